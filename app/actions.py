"""Everything the user can do, as data: menus, toolbar, viewport menu and help page are drawn from `ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """What decides whether an action is possible."""

    picture: bool = False
    slices: bool = False
    live: bool = False
    selected: bool = False
    measurements: bool = False
    undo: str = ""
    redo: str = ""
    pictures: int = 0
    scaled: bool = False
    presets: int = 0
    computation: str = ""
    can_compute: bool = False
    one_slice: bool = False


@dataclass(frozen=True)
class Need:
    """A condition, and what a disabled action says when it is not met."""

    met: Callable[[Context], bool]
    why: str


PICTURE = Need(lambda c: c.picture, "no picture in the active viewport")
SLICES = Need(lambda c: c.slices, "no slices on screen")
SELECTED = Need(lambda c: c.selected, "no measurement is selected")
MEASURED = Need(lambda c: c.measurements, "there are no measurements in the active viewport")
TWO = Need(lambda c: c.pictures > 1, "needs two pictures on screen")
LIVE = Need(lambda c: c.live, "the slices on screen are not computed from projections")
NEEDS_COMPUTING = Need(
    lambda c: c.can_compute or c.one_slice, "the algorithm needs no computing, or its slices are there already"
)
SEVERAL_SLICES = Need(lambda c: not c.one_slice, "the range holds one slice only, and at least two are needed")
COMPUTING = Need(lambda c: c.computation == "running", "nothing is being computed")
CAN_UNDO = Need(lambda c: bool(c.undo), "nothing to undo")
CAN_REDO = Need(lambda c: bool(c.redo), "nothing to redo")


@dataclass(frozen=True)
class Action:
    """One thing the user can do.

    Attributes
    ----------
    id : str
        The handler's name.
    text : str
        Menu text, with an ellipsis when more is asked.
    group : str
        The menu (one of `MENUS`).
    shortcuts : tuple of str
        Qt key sequences; the first is shown.
    icon : str
        Name of an icon file, "" for none.
    tip : str
        What it does, one sentence without a full stop.
    needs : tuple of Need
    checkable : bool
    choice : str
        Checkable actions with the same choice exclude each other.
    toolbar, context : bool
        Whether it stands on the toolbar and in the viewport's menu.
    separated : bool
        Whether a line is drawn above it.
    in_viewport : bool
        Whether the keys act only while a viewport has the focus: lists and sliders need them too.
    """

    id: str
    text: str
    group: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    needs: tuple[Need, ...] = ()
    checkable: bool = False
    choice: str = ""
    toolbar: bool = False
    context: bool = False
    separated: bool = False
    in_viewport: bool = False

    def why_disabled(self, context: Context) -> str:
        """Why the action is not possible now; "" when it is."""
        return next((need.why for need in self.needs if not need.met(context)), "")


MENUS: tuple[tuple[str, str], ...] = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("tools", "&Tools"),
    ("image", "&Image"),
    ("slices", "&Slices"),
    ("view", "&View"),
    ("help", "&Help"),
)


def _tool(name: str, text: str, keys: tuple[str, ...], tip: str, separated: bool = False) -> Action:
    return Action(
        f"tool_{name}", text, "tools", keys, name, tip, checkable=True, choice="tool", toolbar=True, separated=separated
    )


def _preset(number: int) -> Action:
    need = Need(lambda c: c.presets >= number, "this picture has no window with this number")
    return Action(
        f"preset_{number}", f"Window {number}", "image", (str(number),), "", "Window from the file or a preset", (need,)
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "open_folder",
        "Open Fol&der…",
        "file",
        ("Ctrl+Shift+O",),
        "folder",
        "Open every study in a folder",
        toolbar=True,
    ),
    Action("open_files", "&Open Files…", "file", ("Ctrl+O",), "open", "Open files or a DICOMDIR"),
    Action(
        "open_demonstration",
        "Open &Demonstration Case",
        "file",
        (),
        "demo",
        "A chest: projections simulated from a real CT, with the plain radiograph",
    ),
    Action(
        "geometry",
        "&Geometry of the Projections…",
        "file",
        (),
        "geometry",
        "Choose a geometry file or a vendor preset for the projections on screen",
        (SLICES,),
        separated=True,
    ),
    Action(
        "export_slices",
        "&Export Slices as DICOM…",
        "file",
        ("Ctrl+E",),
        "export",
        "Write the slices of the range, as they are set now, as a DICOM series",
        (SLICES,),
        separated=True,
    ),
    Action(
        "save_picture",
        "&Save Picture…",
        "file",
        ("Ctrl+Shift+S",),
        "camera",
        "Save the active viewport as PNG, with what is written over it",
        (PICTURE,),
    ),
    Action("quit", "&Quit", "file", ("Ctrl+Q",), "", "Close the window", separated=True),
    Action("undo", "&Undo", "edit", ("Ctrl+Z",), "undo", "Take the last change back", (CAN_UNDO,), toolbar=True),
    Action(
        "redo",
        "&Redo",
        "edit",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        "Do again what was taken back",
        (CAN_REDO,),
        toolbar=True,
    ),
    Action(
        "remove_measurement",
        "Remove &Measurement",
        "edit",
        ("Del", "Backspace"),
        "",
        "Remove the selected one",
        (SELECTED,),
        context=True,
        separated=True,
        in_viewport=True,
    ),
    Action(
        "remove_all_measurements",
        "Remove &All Measurements",
        "edit",
        (),
        "",
        "Remove every measurement of the active picture",
        (MEASURED,),
        context=True,
    ),
    Action("preferences", "&Preferences…", "edit", ("Ctrl+,",), "", "Settings that are remembered", separated=True),
    _tool("window", "&Window", ("W",), "Drag: right is wider, down is brighter"),
    _tool("pan", "&Pan", ("P", "T"), "Drag the picture (also with the middle button)"),
    _tool("zoom", "&Zoom", ("Z",), "Drag to zoom about the pressed point (also with the right button)"),
    _tool("scroll", "&Scroll Slices", ("S",), "Drag up and down through the heights"),
    _tool("length", "&Length", ("L", "D"), "Measure a distance at the slice's height", separated=True),
    _tool("angle", "&Angle", ("A",), "Measure an angle: three points"),
    _tool("ellipse", "&Ellipse", ("E",), "Mean, deviation and area of an elliptical region"),
    Action(
        "default_tool",
        "&Back to Window",
        "tools",
        ("Esc",),
        "",
        "Stop drawing, leave full screen or maximised view",
        separated=True,
    ),
    Action(
        "auto_window",
        "&Automatic Window",
        "image",
        ("0",),
        "auto_window",
        "Window over the values in the body",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    *(_preset(number) for number in range(1, 10)),
    Action(
        "invert",
        "&Invert",
        "image",
        ("I",),
        "invert",
        "Exchange black and white",
        (PICTURE,),
        checkable=True,
        toolbar=True,
        context=True,
        separated=True,
    ),
    Action(
        "flip_horizontal",
        "Flip &Horizontally",
        "image",
        ("H",),
        "flip_horizontal",
        "Exchange left and right on the screen; the letters follow",
        (PICTURE,),
        toolbar=True,
        context=True,
        separated=True,
    ),
    Action(
        "flip_vertical",
        "Flip &Vertically",
        "image",
        ("V",),
        "flip_vertical",
        "Exchange top and bottom on the screen; the letters follow",
        (PICTURE,),
        context=True,
    ),
    Action(
        "rotate_right",
        "&Rotate Right",
        "image",
        ("R",),
        "rotate_right",
        "A quarter turn clockwise",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    Action(
        "rotate_left",
        "Rotate &Left",
        "image",
        ("Shift+R",),
        "rotate_left",
        "A quarter turn anticlockwise",
        (PICTURE,),
        context=True,
    ),
    Action(
        "reset_orientation", "&Original Orientation", "image", (), "", "No flips and no turns", (PICTURE,), context=True
    ),
    Action(
        "height_up", "Slice &Up", "slices", ("Up",), "", "One interval towards the tube", (SLICES,), in_viewport=True
    ),
    Action(
        "height_down",
        "Slice &Down",
        "slices",
        ("Down",),
        "",
        "One interval towards the detector",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "height_up_5",
        "Five Slices Up",
        "slices",
        ("PgUp",),
        "",
        "Five intervals towards the tube",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "height_down_5",
        "Five Slices Down",
        "slices",
        ("PgDown",),
        "",
        "Five intervals towards the detector",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "height_first",
        "&Lowest Slice",
        "slices",
        ("Home",),
        "",
        "The detector's end of the range",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "height_last",
        "&Highest Slice",
        "slices",
        ("End",),
        "",
        "The tube's end of the range",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "thicker",
        "&Thicker Slice",
        "slices",
        ("Shift+Up",),
        "",
        "One millimetre thicker (Alt+wheel)",
        (SLICES,),
        separated=True,
        in_viewport=True,
    ),
    Action(
        "thinner",
        "Thi&nner Slice",
        "slices",
        ("Shift+Down",),
        "",
        "One millimetre thinner (Alt+wheel)",
        (SLICES,),
        in_viewport=True,
    ),
    Action(
        "play",
        "&Play Cine",
        "slices",
        ("Space", "C"),
        "play",
        "Go through the heights by itself",
        (SLICES,),
        checkable=True,
        separated=True,
    ),
    Action(
        "compute",
        "Com&pute Slices",
        "slices",
        ("F5",),
        "",
        "Compute all slices of the range together, with the iterative algorithm chosen",
        (LIVE, NEEDS_COMPUTING, SEVERAL_SLICES),
        separated=True,
    ),
    Action(
        "stop_computing",
        "Stop Computing and &Keep",
        "slices",
        ("Shift+F5",),
        "",
        "Finish the iteration that runs, stop, and keep its slices",
        (COMPUTING,),
    ),
    Action(
        "views",
        "&Views of the Sweep",
        "slices",
        ("Ctrl+Shift+V",),
        "projections",
        "Show the single projections, and leave bad ones out",
        (LIVE,),
    ),
    Action(
        "cancel_reconstruction", "&Cancel Reconstruction", "slices", (), "", "Keep the picture that is shown", (SLICES,)
    ),
    Action("fit", "&Fit", "view", ("F",), "fit", "The whole picture", (PICTURE,), toolbar=True, context=True),
    Action(
        "one_to_one",
        "&One to One",
        "view",
        ("Ctrl+1",),
        "one_to_one",
        "One pixel of the picture on one of the screen",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    Action("zoom_in", "Zoom &In", "view", ("+", "="), "zoom_in", "Larger", (PICTURE,), in_viewport=True),
    Action("zoom_out", "Zoom O&ut", "view", ("-",), "zoom_out", "Smaller", (PICTURE,), in_viewport=True),
    Action(
        "link",
        "&Link Pictures",
        "view",
        ("K",),
        "link",
        "Pan, zoom and cursor go together, through the geometry",
        (TWO,),
        checkable=True,
        toolbar=True,
        separated=True,
    ),
    Action(
        "layout_1x1",
        "One &Viewport",
        "view",
        ("Ctrl+Alt+1",),
        "layout_1x1",
        "One picture",
        checkable=True,
        choice="layout",
        toolbar=True,
        separated=True,
    ),
    Action(
        "layout_1x2",
        "&Two Viewports",
        "view",
        ("Ctrl+Alt+2",),
        "layout_1x2",
        "Two side by side",
        checkable=True,
        choice="layout",
        toolbar=True,
    ),
    Action(
        "layout_2x2",
        "Fou&r Viewports",
        "view",
        ("Ctrl+Alt+4",),
        "layout_2x2",
        "Two rows of two",
        checkable=True,
        choice="layout",
        toolbar=True,
    ),
    Action(
        "next_viewport",
        "&Next Viewport",
        "view",
        ("Tab",),
        "",
        "Make the next viewport the active one",
        in_viewport=True,
    ),
    Action(
        "maximise",
        "&Maximise Viewport",
        "view",
        ("M",),
        "maximise",
        "The active one alone, and back (double click)",
        checkable=True,
        context=True,
    ),
    Action("overlay", "Text in the &Corners", "view", ("O",), "overlay", "Full, minimal, none", separated=True),
    Action(
        "full_screen", "F&ull Screen", "view", ("F11",), "full_screen", "The whole screen, and back", checkable=True
    ),
    Action(
        "shortcuts", "&Keys and Mouse", "help", ("F1", "?"), "help", "All keys and what the mouse does", toolbar=True
    ),
    Action("about", "&About Bocage", "help", (), "", "Version, licence, sources of the demonstration data"),
)

MOUSE: tuple[tuple[str, str], ...] = (
    ("Left drag", "The chosen tool; at the start: window (right is wider, down is brighter)"),
    ("Ctrl + left drag", "Window, 2.5 times as fast"),
    ("Middle drag", "Pan"),
    ("Right drag", "Zoom about the pressed point"),
    ("Right click", "Menu"),
    ("Wheel", "Slices, one interval a step"),
    ("Shift + wheel", "Slices, five intervals a step"),
    ("Ctrl + wheel", "Zoom about the pointer"),
    ("Alt + wheel", "Slice thickness"),
    ("Double click", "Maximise the viewport, and back"),
    ("Drag on the ruler", "Height"),
    ("Drag a handle", "Change a measurement, with any tool"),
    ("Drop files or folders", "Open them"),
)


def by_id(identity: str) -> Action:
    """The action with this id."""
    return next(action for action in ACTIONS if action.id == identity)
