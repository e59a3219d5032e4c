<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Bocage</name>
        <message>
            <location filename="app/about.py" />
            <source>Bocage is not a medical device. It has not been cleared or certified for diagnosis; do not base decisions about patients on it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/about.py" />
            <source>An open volume-radiography (digital X-ray tomosynthesis) workstation, named after André Bocage, who described the tomograph in 1921. Licence: Apache License 2.0.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/about.py" />
            <source>not installed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/about.py" />
            <source>## Demonstration case: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/about.py" />
            <source>About Bocage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open Fol&amp;der…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open every study in a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Open Files…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open &amp;Demonstration Case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Geometry of the Projections…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Choose a geometry file or a vendor preset for the projections on screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>no slices on screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Export Slices as DICOM…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Write the slices of the range, as they are set now, as a DICOM series</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Save Picture…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Save the active viewport as PNG, with what is written over it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>no picture in the active viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Close the window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the last change back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing to undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Do again what was taken back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing to redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove &amp;Measurement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove the selected one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>no measurement is selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove &amp;All Measurements</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove every measurement of the active picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>there are no measurements in the active viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Preferences…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Settings that are remembered</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag: right is wider, down is brighter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Pan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag the picture (also with the middle button)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Zoom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag to zoom about the pressed point (also with the right button)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Scroll Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag up and down through the heights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Measure a distance at the slice's height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Angle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Measure an angle: three points</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Ellipse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Mean, deviation and area of an elliptical region</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Back to Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Stop drawing, leave full screen or maximised view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Automatic Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window over the values in the body</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window from the file or a preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>this picture has no window with this number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 3</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 4</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 5</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 6</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 7</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 8</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 9</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Invert</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange black and white</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Flip &amp;Horizontally</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange left and right on the screen; the letters follow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Flip &amp;Vertically</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange top and bottom on the screen; the letters follow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Rotate Right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>A quarter turn clockwise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Rotate &amp;Left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>A quarter turn anticlockwise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Original Orientation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>No flips and no turns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice &amp;Up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>One interval towards the tube</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice &amp;Down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>One interval towards the detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five Slices Up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five intervals towards the tube</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five Slices Down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five intervals towards the detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Lowest Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The detector's end of the range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Highest Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The tube's end of the range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Thicker Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>One millimetre thicker (Alt+wheel)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Thi&amp;nner Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>One millimetre thinner (Alt+wheel)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Play Cine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Go through the heights by itself</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Com&amp;pute Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Compute all slices of the range together, with the iterative algorithm chosen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>the slices on screen are not computed from projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>the algorithm needs no computing, or its slices are there already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>the range holds one slice only, and at least two are needed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Stop Computing and &amp;Keep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing is being computed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Views of the Sweep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Show the single projections, and leave bad ones out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Cancel Reconstruction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Keep the picture that is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Fit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The whole picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;One to One</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>One pixel of the picture on one of the screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom &amp;In</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Larger</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom O&amp;ut</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Smaller</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Link Pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>What is linked goes together in all viewports: height, pan and zoom, cursor, through the geometry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>needs two pictures on screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The slices go to the same height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Pan and Zoom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The same place in the same size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pictures of the same kind take over the same window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Cine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Cine plays them together</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Curso&amp;r</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The point under the pointer is marked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Link Heights As &amp;Shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the heights on screen as the same place, and keep their offset: for examinations without a common frame</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Forget the &amp;Offset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The active picture's heights are linked without an offset again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Split to the &amp;Right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>A new viewport beside the active one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Split &amp;Below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>A new viewport below the active one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Close Viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the active viewport away; its neighbours get its room</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>To a Window of Its &amp;Own, or Back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Put the active viewport into a window of its own, for another monitor, or back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Han&amp;ging Protocols…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Keep the present arrangement as a protocol for such studies, and look after those there are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Duplicate Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Show the slices once more, with thickness, algorithm and window of their own</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Next Viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Make the next viewport the active one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pre&amp;vious Viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Make the previous viewport the active one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Maximise Viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The active one alone, and back (double click)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Text in the &amp;Corners</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Full, minimal, none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>F&amp;ull Screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The whole screen, and back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Command Palette…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Find everything that can be done by typing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Keys and Mouse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>All keys and what the mouse does</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Change Keys…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Choose which keys do what</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>English</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;About Bocage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Version, licence, sources of the demonstration data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Tools</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Left drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>The chosen tool; at the start: window (right is wider, down is brighter)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Ctrl + left drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window, 2.5 times as fast</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Middle drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Right drag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom about the pressed point</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Right click</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Wheel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slices, one interval a step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Shift + wheel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slices, five intervals a step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Ctrl + wheel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom about the pointer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Alt + wheel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice thickness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Double click</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Maximise the viewport, and back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag on the ruler</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag a handle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Change a measurement, with any tool</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drop files or folders</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open them</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>&amp;Arrangement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>Lin&amp;ked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>&amp;Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/help.py" />
            <source>As the Computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/help.py" />
            <source>The language of the window, at once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>there are as many viewports as can be shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>it is the only viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>Rows and columns of viewports</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>{0} of the demonstration case {1} is damaged or missing. Install Bocage again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>There is no demonstration case "{0}". Installed: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>{0}/case.toml: not a description of a case ({1}). Install Bocage again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>The demonstration case is ready</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>Making the demonstration case (only this once): decoding the CT</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>{0} is being changed by other programs. Close them and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>The demonstration case could not be written to {0}: {1}. It needs about 150 MB; make room, or name another folder in the environment variable BOCAGE_CACHE.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/__init__.py" />
            <source>The sign of the angles must be 1 or −1, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/__init__.py" />
            <source>this kind of object is not opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}. The DICOM tags differ by up to {1:.1f} mm; the file is used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>given ({0})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}; the views are taken in the order of their instance numbers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}; the DICOM tags agree within {1:.2g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>preset {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast tomosynthesis</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>X-ray 3D angiographic</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>X-ray 3D craniofacial</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Secondary capture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>An unknown kind of object</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Synthetic projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} is not opened by this version.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Hologic proprietary projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Hologic's own compressed format (Secondary Capture with private elements), which only Hologic software reads. Ask for an export as Breast Tomosynthesis or Breast Projection X-Ray Image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>CT projections (DICOM-CT-PD)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Projections of a helical CT with a curved detector: not tomosynthesis, and not opened here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} holds no image to show here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Colour images are not opened; X-ray images have one sample per pixel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} localizer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Several multi-frame runs without view angles: fluoroscopy, not a sweep.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>A multi-frame run whose views do not differ by any angle: fluoroscopy, not a sweep. A geometry file beside it makes it a set of projections.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} images of one size and one view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>A localizer image of a scanner, not a section.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>Reading images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>{0}: has no frame {1} (it has {2}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>{0}: truncated in image {1}. Copy it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>{0}: cannot be read ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The tube is taken to move along the image's {0} (not stated).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The chest wall's side is not stated; the tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>{0} is taken to move the tube along the image's {1} axis (not stated).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>source to axis {0:g} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The tube is taken to move in the plane of the detector's chest wall edge.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The middle gantry angle is taken as the detector's normal.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>Tube angles are taken relative to the detector at {0:.2f}°.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The middle tube angle ({0:.2f}°) is taken as the detector's normal.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The tube is taken to move along the patient's head–foot axis; the tags do not state the direction.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the detector's pixel pitch (Detector Element Spacing or Imager Pixel Spacing)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>pixel pitch {0:g} mm from {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>an angle that differs between the views (none of the angle attributes varies)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>{0} view angles from {1:.2f}° to {2:.2f}° from {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The direction of the sweep was reversed by choice.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the distance from source to detector (Distance Source to Detector)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>source to detector {0:g} mm from {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the distance from source to the axis of rotation (Distance Source to Isocenter)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The direction in which the angles count is taken as written; the detector is taken to stand still.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The tube is taken to move over the detector's middle: the chest wall's side is not stated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>Distance Source to Detector grows with the angle, so it is taken along the central ray; the track's height is {0:.1f} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>Distance Source to Detector ({0:g} mm) is taken as the track's distance from the detector plane; the tube points at the detector's middle from every place.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>Two angles vary; only the larger sweep is used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The world frame stands on the detector of the middle angle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>columns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The field of view's rotation and flip are taken into account.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The detector is stated {0:g} mm below the axis, but the distances make it {1:g} mm; the distances are used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The stated magnification {0:g} disagrees with the stated distances ({1:.3f}); neither is used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/grid.py" />
            <source>{0}: expected an image, found no rows and columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/grid.py" />
            <source>"{0}" holds no views.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>{0}: the geometry of the views is not complete. Missing: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>Give a geometry file that belongs to these images, or choose a preset.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>Found: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: holds no image (it states neither rows nor columns).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: a colour image; X-ray images have one sample per pixel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} of {2} bits per pixel; 8, 16 or 32 allocated bits are expected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: an image of {1} × {2} pixels is larger than any detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} images of {2} × {3} need {4:.1f} GiB of memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: decoded to {1}, but {2} × {3} pixels are announced.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>Image {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: not enough memory for {1:.1f} GiB of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: not enough memory to decode it ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: image {1} cannot be decoded ({2}); it is damaged or of an unknown variant.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} × {2} pixels among images of another size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: its pixels are stored otherwise than those of its series.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: image {1} made the decoder fail; it is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: image {1} takes too long to decode; it is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>sign {0:+d}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>no sign stated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Pixel Intensity Relationship {0}, {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>assumed for images for presentation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: already logarithmic ({0}); they are taken as attenuation up to a scale, so slices have no unit.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: detector counts (assumed; {0}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Reading headers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>The file's rescale is applied to the views.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Looking for the range of values</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: {0}, as given.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: detector counts (Pixel Intensity Relationship LIN, {0}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Padding pixels are among the views; they are treated as values.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>The counts are stored as signed numbers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Larger stored values mean fewer counts; they are turned over.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>counts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>line integrals</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are at the detector ({0}); the patient is shown magnified.{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source> Its Pixel Spacing is not a length and is ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Pixel Spacing without a calibration type</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>The tube is assumed to stand {0:g} mm above the detector's middle; the tags do not state its place.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Reading the image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Calibrated by an object of known size in the image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are corrected for magnification by the device, for an assumed depth.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Pixel Spacing differs from the detector's; how it was corrected is not stated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Scale unknown: lengths are in pixels.{0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are divided by the stated magnification {0:g}.{1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are divided by the magnification {0:.3f} of the stated distances {1:g} and {2:g} mm.{3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>distance {0:g} mm and pitch {1:g} mm from the tags</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Photometric Interpretation and Presentation LUT Shape contradict each other; the former is followed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>The detector's pitch is exchanged between rows and columns, as the field of view is rotated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source> No spacing is stated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: truncated; its compressed pixel data have no end. Copy it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: it names no SOP class or instance; the file is truncated or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: the file is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: {1} bytes are too few for a DICOM file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its transfer syntax is not stated, so its pixels cannot be read reliably.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its deflated content is larger than {1} MiB.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: describes an image of {1} × {2} pixels, but the file ends before the pixels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: truncated; {1} bytes of pixels are expected, {2} are there. Copy it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its header has too many elements to be an image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: an element of {1} bytes is announced, but the file ends before; it is truncated or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its sequences are nested too deep to be an image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its header does not fit into memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: the file is no longer there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: not a valid DICOM file ({1} while reading).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: should hold an image, but the file ends before it; it is truncated or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: no DICOM file in spite of its name (the preamble of PS3.10 is missing).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>More than {0} files; the rest is not searched. Open a smaller folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: refers to no images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: the same image was found before; this copy is not opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: a packed archive is not opened; unpack it and open the folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: not a format that is opened here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: its reference {1!r} leads outside its folder; ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0} refers to {1}, which is not there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0} ({1} of {2})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: there is no such file or folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: folders are nested too deep; not searched further.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/thumbnail.py" />
            <source>A picture needs rows and columns, found an array of shape {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>View Position says that the tube was {0} the patient, so the images are stored as seen from the tube; their columns are reversed on loading.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Patient Orientation "{0}" names no two directions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Patient Orientation is absent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>behind</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>in front of</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Element spacing × binning ({0:g} mm) is used, not the imager pixel spacing {1:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>The pixel pitch is taken from {0}, which need not be true at the detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Orientation unknown: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>top level</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Table {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Window {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Its rescale slope of 0 is not applied.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Its modality table is damaged and not applied.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The pixel spacing is not stated; 1 mm is assumed, so lengths are not true.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices' positions are not stated; an interval of 1 mm is assumed, so heights are not true.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are turned against each other; they are shown as if parallel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices' Image Orientation holds no two perpendicular directions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are placed by their Slice Location.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are placed by their number and Spacing Between Slices ({0:g} mm).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Slices that lie where another one lies are left out ({0}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are not evenly spaced ({0:.3g} to {1:.3g} mm).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Shown as coronal planes, resorted from the stored ones.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The planes that a volume can be resorted to are "coronal", found "{0}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Only axial volumes (rows to the left, columns to the back) can be resorted to coronal planes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Only evenly spaced slices can be resorted to coronal planes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are shifted against each other within their planes; they are shown as if aligned.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Tomo Layer Heights disagree with the slices' positions; the positions are used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The pixel spacing is the detector's: the slices state none of their own.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>{0} views written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM projections are detector counts; line integrals can be kept as .npz instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM projections are integers from 0 to 65535, found {0}. Round the counts.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>The patient's orientation is unknown; the images say none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM attributes cannot say this geometry; only {0} carries it. Keep them together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>Writing view {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>View {0} holds counts from {1} to {2}; DICOM keeps 0 to 65535. Rescale.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>Writing the radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>Radiograph written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>A radiograph has one view, but its geometry describes {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>A radiograph must be uint16 of {0} rows × {1} columns, found {2} {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: is a file, but the images need a folder of this name. Choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: the folder cannot be written ({1}). Choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: writing failed ({1}). Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>{0} slices written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>The patient's orientation is unknown; the slices say none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>There are no slices to write; the range of heights is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>The heights of a slice series must ascend or descend without repeats.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>Writing slice {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>The slices of one series must lie on one grid; compute them with one pixel size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/export.py" />
            <source>The slices of a NIfTI volume must be evenly spaced; choose one interval.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/export.py" />
            <source>NIfTI holds at most {0} voxels along an axis, found {1} × {2} × {3}; choose a larger pixel, or TIFF.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/export.py" />
            <source>Expected {0} slices, found {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/export.py" />
            <source>The slices of one file must lie on one grid; compute them with one pixel size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/export.py" />
            <source>{0}: cannot be written ({1}). Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>The window was not ready after {0:.0f} seconds.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>{0}: the picture could not be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>The study did not open; nothing is on screen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>a split has at least two parts, each with a positive share</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>a comparison is one of {0}, found {1!r}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0} is no role of a picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>"format" must be "{0}"</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>version {0} is understood, found {1!r}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>every viewport may stand once in the arrangement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0!r} is missing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0}.json is no hanging protocol that can be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/store.py" />
            <source>{0}: the protocol was written, but reads back otherwise. It is not saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/store.py" />
            <source>{0}: the protocol could not be written ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/hanging/store.py" />
            <source>{0}: cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Not linked: the pictures look at the patient from different directions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Not linked: the radiograph has no scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Linked by scale only, about the centres: the radiograph has no geometry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Linked by scale only, about the centres: no common frame of reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Open a study</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Drop a folder or files here, choose File ▸ Open Folder (Ctrl+Shift+O), or File ▸ Open Demonstration Case to see a chest.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Toolbar</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>&amp;Recent Studies</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>&amp;Hanging</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Window &amp;{0}: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>No studies opened yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>; partly unconfirmed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>{0} (nominal, not calibrated{1})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>A sweep has at least two views, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>{0}.toml: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>protocol</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: truncated; {1} bytes are expected. Copy it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: holds {1}; real numbers are expected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: an array of {1:.1f} GiB is announced; that is more than is opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: "{1}" must be one number or one word, found {2} {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable .npz file ({1}); copy or save it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable .npy file ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: its array "{1}" cannot be read ({2}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: its array "{1}" is damaged ({2}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable TIFF file ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: cannot be decoded ({1}); save it uncompressed or with deflate.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>the geometry of the views (a file *.geometry.json beside the images)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>what the values are: "counts" (detector signal) or "line_integrals" (already −ln(I/I₀))</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: whole numbers without a stated kind; they are taken as detector counts (brighter is more dose).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>"spacing_zyx_mm" and "orientation" (LPS)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "kind" must be "counts" or "line_integrals", found "{1}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>nothing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: expected an array "views" (projections) or "hu" (a CT), found {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: views must be an array (views, rows, columns), found the shape {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Geometry: {0}; the views are taken in the order of the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: states that its values are {1}; they cannot be taken for {2}. If the file is wrong, correct it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: has changed since it was found. Open it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "hu" must be an array (z, y, x), found the shape {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: expected {1}, three positive lengths.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "view_index" must hold one whole number for each of its {1} views.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: it is not stated {1}. Say which.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: a CT array needs a file spacing.json beside it with {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: a single picture; projections are at least three images of one size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0} views of {1} × {2} pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "air" must be the counts of the open field, found {1!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Spacing: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: counts, as given.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: line integrals, as given.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: {1} pixels among images of {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>taken {0} (positive moves the source towards increasing {1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>as written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>reversed by choice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: "rotation" must say whether the "detector rotates with the source" or is "stationary".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: {1} angles for {2} views.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: the axis must lie between source and detector, found {1:g} of {2:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>trajectory description, {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>The direction of the angles is not stated in {0}; it is {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>The pixel size {0:g} mm is taken as that of the detector's plane.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: its distances, shape and angles must be numbers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: larger than a geometry file can be.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: not a readable JSON file; a geometry file is expected. It may be cut short, or of another kind.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>isocentric</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>arc, stationary detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: a volume must have three dimensions, found {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: its voxels are vectors or colours; single values are expected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: a volume of {1} × {2} × {3} voxels is more than is opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>The volume's axes are not perpendicular; it is shown as if they were.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: not a readable {1} file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: its voxels cannot be read; the file is truncated or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/duplicates.py" />
            <source>duplicate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/duplicates.py" />
            <source>hanging of the study</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>Filtering the projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>projection's own pixel pitch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>Middle projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>Projection {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Opening was cancelled. Double-click the series in the list to open it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Preparing the demonstration case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>hanging of a series</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Searching</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Reading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Nothing that can be shown was found. {0} file{1} not opened; the first: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>No X-ray projections, slices or radiographs were found there. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>{0} cannot be shown as a picture.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>Answer the question about these projections first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>Something went wrong in the program ({0}). The picture on screen may be out of date.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>layout</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/start_height.py" />
            <source>Looking for the patient</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>height range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>inversion</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>placement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>calibration</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>reconstruction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>slice thickness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>slice interval</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>correction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>views left out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>algorithm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>{0} measurement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>change of {0} measurement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>removal of all measurements</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>removal of {0} measurement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>at detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>in patient (stated magnification)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>calibrated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>Lung</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>Mediastinum</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>Bone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>High contrast</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>Low contrast</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>The most important</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>None</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Darker</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>As the computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Drag down: brighter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Window by dragging: down makes the picture brighter (off: darker).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Cine speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Pictures per second when cine starts.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Cine goes back and forth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>On: back and forth. Off: from the start again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Smooth enlargement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Interpolate when magnified beyond the source's own pixels; off shows the pixels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Text in the corners</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>How much text lies over the pictures.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Of the first slices of a study that no protocol belongs to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Theme</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Darker suits a reading room without light.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Memory budget</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>For pictures in memory: beyond it those not on screen are let go of. 0 takes a share of the machine's memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What to try next, one line below the pictures.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints that need not be shown again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Of the window. The command line speaks English.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Link pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Pan, zoom and cursor of pictures side by side go together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>The set of keys that the reader's own changes start from.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Changed keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What differs from the set of keys.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Recent studies</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Folders and files opened last, newest first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Start folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Where the file dialogs open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/shortcuts.py" />
            <source>Bocage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>Reading the CT</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>Placing the CT before the detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: not found. Give a CT volume (NIfTI, MHA, NRRD, DICOM) or a demonstration case.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: the slices are oblique to the patient's axes. Resample the CT to straight axes first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected a volume, found {1} voxels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}/case.toml: unknown settings {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>simulated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected one volume of CT numbers, found {1} dimensions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: not a volume that can be read (NIfTI, MHA, NRRD or DICOM CT).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected a folder with one DICOM series, found {1}. Give the series' own folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must be {2}, found {3!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: not valid TOML ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} unknown. Known: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a list of texts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must be one of {2}, found "{3}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must lie between {2:g} and {3:g}, found {4:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a whole number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show middle projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>No patient name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Hang the whole study</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show in viewport {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>W/L: table from the file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source> (sigmoid)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>born {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Zoom {0:.0f} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0} {1:.1f} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Acc. {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Nominal thickness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Slab</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Height {0:.1f} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Interval {0:g} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px in slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Thin slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Single slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px at detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px, calibrated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px, stated magnification</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>No scale: lengths in pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>sex {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Compute starts anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>The range holds one slice only. This algorithm computes at least two together: widen the range or make the interval smaller.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>There are no slices on screen. Open projections or a stored volume.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0} slices are computed together, in about {1:.1f} GB of memory. The range must hold the whole body: what lies outside it is explained by the slices inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>, residual {0:.2f} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Stopping after this iteration…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Starting from filtered back projection…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Iteration {0} of {1} done{2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>From the study's body part</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Chosen here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0}, changed since</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Studies</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Cine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Put {0} into a window of its own, or back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Hide {0}; the View menu brings it back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0} iterations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Computed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Stopped after {0} of {1} iterations{2}. {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>The depth over which a small detail is seen with at least half its contrast (full width at half maximum of the slice sensitivity profile). It follows from the sweep angle, the filter, the height and the nominal thickness; averaging a thicker slab adds to it, a wider sweep lessens it, and coarse detail is seen through more of it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>{0} for {1:g} mm detail</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>Effective thickness: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>without limit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>Effective thickness: not predicted for this algorithm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/exporting.py" />
            <source>{0} slices{1} were written to {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/exporting.py" />
            <source>1 slice{0} was written to {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_flow.py" />
            <source>Open a geometry file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_flow.py" />
            <source>Geometry files (*.json)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_flow.py" />
            <source>All files (*)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Detector counts (air is bright)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Line integrals −ln(I/I₀) (air is 0)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>What you choose is an assumption about this acquisition and stays on screen in amber.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Where were tube and detector?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>What do the values mean?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Missing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Found in the files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>taken from the data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Open field's counts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Vendor preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Use this preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Open geometry file…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>A JSON file with the source and detector of every view (see the handbook)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Use this</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Keep the present geometry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>The values are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Not confirmed by a source: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Numbers from: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Slices are being exported already. Wait until they are written, or cancel that export first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>The slices are still being computed. Stop the computation or wait until it is done, then export them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Open a folder with studies</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Open files or a DICOMDIR</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Save the picture as PNG</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>PNG pictures (*.png)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Choose where the folder with the slices goes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>The picture was saved as {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>{0}: the picture could not be written. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Exporting slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/handlers/view.py" />
            <source>links of a viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>No study is open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>The study lacks a picture that this protocol hangs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>My arrangement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hanging Protocols</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hang Now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Delete</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Keep the present arrangement: viewports, pictures, comparisons, links, thickness, algorithm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hang such studies by itself</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Save</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>No protocol is selected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>For</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>By itself</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>any</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Your own: double click to rename</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Comes with the program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Only your own can be deleted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Body part</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Modality</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Mouse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Keys and Mouse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Windows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Windows from the file, then presets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>The wheel goes through the heights, Shift makes it five times as fast, Alt changes the slice thickness. Dragging changes the window; the right button zooms, the middle one pans.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Every slice is computed when you look at it: thickness, filter and height on the right take effect at once, and Ctrl+Z takes everything back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Point at something in one picture: its place in the other is marked. K links and parts the pictures, M or a double click fills the window with one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Ctrl+K finds everything that can be done, by typing what it is. F1 lists keys and mouse.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Arrange pictures as you like them, then keep that for all such studies: View ▸ Hanging Protocols (Ctrl+Shift+H).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>No More Hints</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>The preferences bring them back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Next</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Got It</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/linker.py" />
            <source>at {0:.0f} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/menus.py" />
            <source>Not now: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/message_bar.py" />
            <source>Dismiss this message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>What do you want to do?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Command palette</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Hanging</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Show {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>In the active viewport</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Empty</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Drag a series here from the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Not shown yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Opening…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Not opened</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/preferences.py" />
            <source>Preferences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Change Keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Search actions and keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Set</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>These keys alone start the selected action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Add</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>These keys start the selected action too</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>No keys for the selected action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Reset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>The keys of the set for the selected action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Reset All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>New keys</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>{0} stands for several: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Menu</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>How long the last slice took to compute, and its size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>{0} of {1} GB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Memory that the pictures take, and the budget (Edit ▸ Preferences)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>{0} × {1} pixels in {2:.0f} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/viewport_grid.py" />
            <source>Bocage: viewports</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>There are no projections on screen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>, relative exposure {0:.3g}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>View {0}: tube at {1:.0f}, {2:.0f}, {3:.0f} mm{4}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Filtered back projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Thin, crisp sections; the ramp filter suppresses blur from other heights.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How the ramp is rolled off towards high frequencies: less noise against less sharpness.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Ramp (sharpest)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Shepp–Logan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Cosine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Hamming</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Hann (smoothest)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Cut-off</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Frequency where the filter ends, as a share of the detector's limit.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Density</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How much of the density of large areas is kept: 0 shows edges and detail only, 1 the density of a body 20 cm deep (less in a thinner one), with the blur of other heights that comes with it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Effective thickness (filter)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Depth over which detail stays in focus, set by a filter in the reconstruction; 0 leaves what the sweep gives. The slice thickness above averages finished slices instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Ripple suppression</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How many of the views with the highest and with the lowest value are left out at each pixel: fewer copies of dense edges (metal, cortical bone) from other heights, which show when there are few views. Slices take about four times as long.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Shift and add</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>The plain mean of the shifted views: true density, but blur from other heights stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>MITS (matrix inversion)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Blur from the other slices is calculated and taken off, at once: crisp detail with few views' ripple; needs a straight track.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Noise control</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Higher is smoother and thicker, lower is crisper and noisier.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How high frequencies are rolled off: less noise against less sharpness.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>SIRT (iterative)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>All views correct all slices at once, again and again: density is kept, and blur is explained away by degrees.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Iterations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>More are sharper and noisier, and take longer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Share of each correction that is made; below 1 is slower and smoother.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>No negative density</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Values below air are set to air after each iteration.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>OS-SART (iterative)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Corrections by part of the views at a time: many SIRT steps' sharpness in a few.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Subsets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Parts that the views are divided into; as many as views is SART, one is SIRT.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Values below air are set to air after each step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>MLEM (iterative)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Slices are multiplied until they explain the views; dense detail gains first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Parts of the views that have their say in turn; 1 is plain MLEM.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Edge-preserving (iterative)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>SIRT that smooths noise between neighbours but keeps edges higher than a threshold.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>More come nearer to the balance of sharpness and smoothness.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Smoothing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Weight of smoothness against the views; 0 is plain SIRT.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Edge</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Steps higher than this are kept as edges (water is 0.02).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Metal artefact reduction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Takes implants, screws and wires out of the projections before reconstruction and draws them into the slices again: no dark bands and ripple beside them. What lay hidden behind metal in some views is continued from beside it, so bone next to an implant must be read with care.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How far metal must stand out of its surroundings in a projection (as −ln of the transmission: 0.8 lets pass less than half). Lower finds thinner screws and wires, too low takes dense bone for metal.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Widest metal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Width of the widest implant on the detector: 30 mm for nails, plates and screws, 80 mm for knee and hip prostheses.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Smallest metal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Smaller spots are left as they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Agreement of the views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Share of the projections in which something must look like metal to be taken for it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Margin</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Rim around metal that is replaced with it: the penumbra of its edge on the detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Scatter correction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Subtracts scattered radiation, which veils contrast most behind thick parts. True density and even brightness over large areas; noise rises with the contrast.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Scatter share</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>How much of what is detected behind 20 cm of soft tissue is scatter: about 0.2 to 0.4 with an anti-scatter grid, 0.5 to 0.8 without one. Too high a share makes thick parts black and white.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Spread</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Full width at half maximum of the scatter from a narrow beam, on the detector: wider for thicker bodies and for larger gaps between body and detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Skin line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Evens out the falling thickness towards the skin, as of a compressed breast, and overexposed skin: no bright rim and no dark band along the edge. Detail is kept; the thickness of the periphery is not shown any more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Strength</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Share of the missing thickness that is made up for; 1 leaves no outline of the body.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Periphery</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms" />
            <source>Distance from the skin, on the detector, within which the thickness is made even: about as wide as the body is thick, since oblique rays reach the full thickness later.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>{0} needs a tube on a straight line parallel to the detector's rows or columns. Choose another algorithm for this acquisition.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/cone.py" />
            <source>The height must lie well below the tube (below {0:.0f} mm), found {1:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>scatter subtracted ({0:.0f} % behind 20 cm of tissue)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Skin line: the first, middle and last view do not show the edge of the body before air, so there is nothing to even out. Switch the correction off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>thickness made even along the skin line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Looking for the skin line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>there is no space left on the disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>you may not write there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>a file of that name is in the way</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>{0} slices computed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>There are no slices to compute; the range of heights is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>A slice of {0:.3g} × {1:.3g} pixels of {2:g} mm has too many pixels (at most {3} million); choose a larger pixel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>Slice {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/filtering.py" />
            <source>Filtering</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/filtering.py" />
            <source>The views are too small to reconstruct ({0} × {1} samples).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/filters.py" />
            <source>There is no filter "{0}". Choose one of: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient directions of the world axes must be three perpendicular unit vectors.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient directions of the world axes make a mirror image (left-handed); a detector seen from the tube cannot be mirrored. Check the signs of x, y and z.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient direction of {0} must be one of L R P A H F, found "{1}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must hold vectors of three numbers, found an array of shape {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" holds a number that is not finite.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be {1} finite numbers, found {2!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The pixel pitch must be positive, found {0:g} and {1:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The pixel pitch must lie between {0:g} and {1:g} mm, found {2:g} and {3:g} mm. Is it in millimetres?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The detector must have at least one row and one column, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The origin of a geometry must be one of {0}, found "{1}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>collinear</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>at {0:.1f}° to each other</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The row and column directions of view {0} are {1}; they must be perpendicular.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies behind its detector ({1:.1f} mm). The detector's front is where column direction × row direction points; check the axes' signs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies in the plane of its detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies at height {1:.1f} mm; it must lie above the plane z = 0 of the world frame (z points from the detector towards the tube).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: expected "format": "{1}", which names a Bocage geometry file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: expected "version": {1}, found {2!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: {1} missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: "patient" must name a letter for each of "x", "y" and "z".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be a vector of three numbers, or one such vector for each view.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be {1} numbers, found {2!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" has {1} vectors, but another part of the geometry has {2}. Give one vector for all views or one for each view.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" holds {1:.4g} mm, which no tube and detector stand apart. Is it in millimetres?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The exposures must be {0} positive numbers, one for each view.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The {0} direction of view {1} must be a unit vector, found length {2:.4g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: the geometry file cannot be read ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: not a readable JSON file ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} of {1} views taken from {2} positions, several from each</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views, steps uneven ({1:.2g}° to {2:.2g}°)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} missing in a sweep of otherwise even steps, between views {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>exposure differs from view to view ({0:.2g} to {1:.2g} of the mean)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views taken from the same position: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views, steps uneven ({1:.0f} to {2:.0f} mm)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>1 view is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} missing in a sweep of otherwise even steps, in {1} places</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>Tomosynthesis needs at least two views from different positions, found one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>Of {0} views only {1} hold any data; at least two are needed. Are the pixel values what they are said to be?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>There is no view {0}; the acquisition has {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>At least two views from different positions must be kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>The slab thickness must lie between 0 and 500 mm, found {0:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>{0} of {1} views left out: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/layer.py" />
            <source>Placing the metal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>Looking for metal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>Replacing metal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>metal replaced in {0} of {1} views and drawn where they agree</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>no metal was found in the projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/metal/vote.py" />
            <source>Comparing the views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>open field {0} counts (brightest {1:.1g} % of the pixels)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>Looking for the open field</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>All pixels are saturated; give the open field's counts (air).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>The views hold no counts above zero; are they line integrals?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>The open field's counts (air) must be positive, found {0:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>open field {0} counts (given)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>no parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0} has no parameter "{1}". It has: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be on or off, found "{2}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be a number, found "{2}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be one of {2}; found {3!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be on or off; found {2!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be a whole number; found {2:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must lie between {2:g} and {3:g}{4}; found {5:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>views without any data are left out: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>{0} pixels were not numbers and were set to 0</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>turned, tilted or shifted detector rectified onto the plane of the slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>{0:.0f} % of the pixels lie in the collimator's shadow (zero counts)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections must be an array (views, rows, columns), found shape {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections must be real numbers, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>1 view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>{0} views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The geometry describes {0}, but there are {1} images. Give the geometry file that belongs to these images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The geometry expects images of {0} rows × {1} columns, found {2} × {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The kind of the views must be "counts" or "line_integrals", found "{0}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/projector.py" />
            <source>Projecting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/reconstruction.py" />
            <source>{0} is not an algorithm that can be run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/rectify.py" />
            <source>View {0} sees its detector at more than a right angle to the slices; slices parallel to the detector cannot be made from it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/registry.py" />
            <source>There is no {0} "{1}". Choose one of: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulated projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulating views {0} to {1} of {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulating the radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>A sweep needs at least one view, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The half sweep angle must lie between 0° and 80°, found {0:g}°.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The tube must stand above the CT, whose uppermost slice lies {0:.0f} mm above the detector; found the tube at {1:.0f} mm. Choose a larger source-to-detector distance.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The quanta per pixel in the open field must be a positive number, found {0:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>Adding quantum noise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The number of photons must be positive, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The gain must be positive, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The stored depth must be 1 to 16 bits, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/phantoms.py" />
            <source>The oversampling must be at least 1, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/shapes.py" />
            <source>The {0} of a phantom's part must be positive, found {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/shapes.py" />
            <source>A cylinder needs two different ends.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A CT must be an array (slices, rows, columns), found shape {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A CT can only be placed with the world axes along the patient's axes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A volume must be an array (z, y, x), found shape {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The voxel spacing must be three positive lengths (x, y, z), found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The volume's origin must be three finite numbers (x, y, z), found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The volume can be extended towards R, L, A, P, H or F, found "{0}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/slab.py" />
            <source>The pixel size must be a positive number of millimetres, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>{0} planes need {1:.1f} GiB of memory even with large pixels; {2:.1f} GiB may be used. Choose fewer planes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Line integrals</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Iteration {0} of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Planes that are computed together need at least two heights, in ascending order.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>computed with pixels of {0} × {0} detector pixels to stay within {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stack_volume.py" />
            <source>The height must be a number, found {0:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A volume of {0} slices of {1} × {2} pixels was announced, found an array of shape {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A volume needs at least one slice with at least one pixel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>The heights of a volume's slices must ascend.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A radiograph must be an array (rows, columns), found shape {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A radiograph's pixel spacing must be positive, found {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A radiograph's geometry must describe one view of the image's size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/sweep.py" />
            <source>All views were taken from the same position along the sweep; no depth can be computed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>positions of the source</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>distance from source to detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>number of turns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>distance from source to the axis of rotation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The detector's angles must be one for all views, or {0}; found {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The radii of the tube's path must be positive, found {0:g} and {1:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The number of views must be a whole number, at least 1; found {0!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>A spiral's inner radius must be 0 or more and less than the outer; found {0:g} and {1:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The fulcrum must lie between the detector and the tube ({0:g} mm), found {1:g} mm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The central ray of a view stands {0:.1f}° from the detector's normal; at most {1:g}° make slices. Check the tube's positions and distances, in millimetres.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>{0}, found {1!r}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The {0} must be finite numbers, at least one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The tube's angles must lie between −{0:g}° and {0:g}° from the detector's normal, found {1:g}°. Give them relative to the middle of the sweep, in degrees.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The {0} must be a positive number, found {1:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The axis of rotation must lie between source and detector, found {0:g} mm from the source to the axis and {1:g} mm to the detector.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The sweep axis must be "x" or "y", found "{0}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="recon/warmup.py" />
            <source>Preparing the reconstruction engine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Slices and radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Slices and middle projection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Stored slices and radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Stored slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Two radiographs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>One radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior slices, with radiographs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior stored slices, with radiographs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior stored slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast, arc of 25°, stationary detector</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Mammography unit with the tube on an arc over a stationary detector: 9 views over ±12.5°, 660 mm, pivot 40 mm above the detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Carestream DRX-Evolution Plus</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Wall stand or table, tube on a straight path over a stationary detector, turned towards its middle. Sweep angle, images for each degree and resolution are the operator's choice; ±20° with 60 views at 1000 mm are taken here. The tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>sweep, number of views, distance and pixel size, which the operator chooses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Circular path, 30°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Tube on a circle over a stationary detector, 15° from the axis all around: 60 views at 1100 mm, beginning on the side of the last column and turning towards the last row. Research and laboratory set-ups.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>all numbers, which differ between set-ups</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fujifilm Amulet Innovality, breast, 15°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit, standard mode: 15 views over ±7.5° at 650 mm, the tube on an arc about a pivot 46 mm above a stationary detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>distance, pivot, sweep, that the detector stands still, and the pixel size of projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fujifilm Amulet Innovality, breast, 40°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit, high-resolution mode: 15 views over ±20° at 650 mm, the tube on an arc about a pivot 46 mm above a stationary detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>GE VolumeRAD, chest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Wall stand, tube on a straight vertical track, stationary detector: 60 to 61 views over ±15° at 1800 mm. The tube is taken to move along the image's columns, from the first row's side to the last row's.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>GE VolumeRAD, table, 40°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table, tube on a straight track over a stationary detector: 61 views over ±20°, as used for spine, abdomen and extremities. The tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>the source-to-detector distance of 1000 mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Hologic Selenia Dimensions, breast, 15°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit with the tube on an arc about the detector's surface: 15 views over ±7.5° at 700 mm, while the detector turns by ±2.1° about its own middle, in the tube's sense. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>that the detector turns in the tube's sense</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Linear sweep, 40°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table or stand with the tube on a straight track over a stationary detector: ±20° at 1100 mm, as used for extremities and spine. The tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>the distance of 1100 mm, which differs between devices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Pendulum, 40°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table whose detector moves opposite to the tube about a fulcrum, as in classical linear tomography (Shimadzu's and Siemens' fluoroscopy tables): ±20° at 1100 mm, fulcrum 100 mm above the detector. Where the fulcrum stood elsewhere, slices are sharp at wrong heights. The tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>all numbers, which differ between devices and examinations</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Shimadzu Sonialvision, table, 40°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fluoroscopy table whose detector moves opposite to the tube about a fulcrum: 74 views over ±20° at 1100 mm (also 8° and 36 views). The fulcrum is set for each examination; it is taken 150 mm above the detector here. Where it stood elsewhere, slices are sharp at wrong heights. The tube is taken to move along the image's columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>distance, sweep, number of views, pixel size and the fulcrum's height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Siemens Mammomat Inspiration, breast, 50°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit with the tube on an arc about a pivot 50 mm above a stationary detector: 25 views over ±25° at 650 mm. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Spiral path, 30°</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Tube on a spiral of three turns from the axis outwards over a stationary detector, up to 15° from the axis: 90 views at 1100 mm at constant speed, ending on the side of the last column. Research and laboratory set-ups.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Abdomen and urography</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Kidneys, ureters and stones; soft tissue needs density and little noise.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Cervical spine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Dens and facet joints, free of jaw and occiput.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Chest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Standing before a wall stand, postero-anterior: from the ribs at the detector to the back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Foot and ankle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Tarsal bones free of each other; stress fractures.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Hand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thin slices through small joints; erosions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Head and sinuses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Air-filled sinuses and thin bone, with enough density to tell fluid from air.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Knee</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Tibial plateau, joint space, osteophytes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Lumbar spine and sacrum</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Vertebrae, facet and sacroiliac joints, free of bowel gas.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Pelvis and hip</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Joints and the seam between bone and implant; a wide window that holds metal.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Shoulder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Glenoid, acromioclavicular and sternoclavicular joints.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thoracic spine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Vertebrae free of ribs and lung.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Wrist and forearm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thin slices for fine fracture lines; scaphoid.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Height: drag to go through the slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Frames per second asked for</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Go to the lowest slice (Home)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Go to the highest slice (End)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Lowest height that cine shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Highest height that cine shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source> fps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Frames per second that are really shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Pause (Space)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Play through the slices (Space)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Loop: from the highest slice to the lowest at once; click for there and back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Sweep: there and back; click to loop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>{0} fps shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual: root mean square of what the projections of the slices lack of the views, relative to the views. It falls fast at first; when it hardly falls any more, further iterations mostly add noise.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>iteration</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Compute</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Compute all slices of the range with these parameters (F5)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Stop and keep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Finish the iteration that runs, stop, and keep its slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual {0:.2f} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/measurements.py" />
            <source>A measurement is one of {0}, found "{1}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/measurements.py" />
            <source>A measurement of kind {0} has {1} points, found {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/measurements.py" />
            <source>length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/measurements.py" />
            <source>angle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/measurements.py" />
            <source>ellipse</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/overlays.py" />
            <source>orientation unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/overlays.py" />
            <source>+ {0} more in the panel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>{0} slices in the range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Protocol</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Height</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Height of the slice above the detector (wheel, Up, Down)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice interval</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Distance from one slice to the next: what one step of the wheel moves, and what is exported</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Range from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Lowest height of the slices, of cine and of the export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Range to</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Highest height of the slices, of cine and of the export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Algorithm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Defaults</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>These slices were stored; only projections can be reconstructed with another algorithm.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Reconstruction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Corrections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>No protocol</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice thickness (nominal)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Nominal thickness: the reconstruction is averaged over this range of heights (Alt + wheel). How thick the section really is depends on the sweep, the filter and the detail: see below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slab thickness (average)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Stored slices within this thickness are averaged (Alt + wheel); nothing is reconstructed anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Starting values for a part of the body: heights, thickness, interval, filter and window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>How the slices are computed from the projections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Set this algorithm's parameters back to their defaults</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>1 slice in the range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Other</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 slice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} slices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Show which files could not be opened, and why</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Drop a folder, files or a DICOMDIR here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open every study in a folder (Ctrl+Shift+O)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open demonstration case</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>A chest: projections simulated from a real CT, with the plain radiograph</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>1 file could not be opened</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>{0} files could not be opened</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>and {0} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/translation.py" />
            <source>d MMM yyyy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Views of the sweep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Leave out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Leave the selected views out of all slices, or take them back (Delete)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Use all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Take all views that were left out back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Take back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>{0} of {1} views are used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>All {0} views are used. Double-click one to leave it out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Nothing open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Drop a series here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>  inverted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Height {0} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Thickness {0} mm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Window: table from the file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Zoom {0}×</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Value {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A display table needs two entries or more and a range, found {0} from {1} to {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's function must be one of {0}, found "{1}".</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's centre and width must be finite, found {0} and {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's width must be {0}, found {1:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A display table without entries cannot be used.</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
