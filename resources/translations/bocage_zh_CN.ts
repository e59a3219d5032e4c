<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Bocage</name>
        <message>
            <location filename="app/about.py" />
            <source>Bocage is not a medical device. It has not been cleared or certified for diagnosis; do not base decisions about patients on it.</source>
            <translation>Bocage 不是医疗器械，未经诊断用途的注册或认证；请勿据此对患者作出任何决定。</translation>
        </message>
        <message>
            <location filename="app/about.py" />
            <source>An open volume-radiography (digital X-ray tomosynthesis) workstation, named after André Bocage, who described the tomograph in 1921. Licence: Apache License 2.0.</source>
            <translation>开放的容积 X 线摄影（数字断层融合摄影）工作站，以 1921 年提出体层摄影原理的 André Bocage 命名。许可证：Apache License 2.0。</translation>
        </message>
        <message>
            <location filename="app/about.py" />
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <location filename="app/about.py" />
            <source>## Demonstration case: {0}</source>
            <translation>## 演示病例：{0}</translation>
        </message>
        <message>
            <location filename="app/about.py" />
            <source>About Bocage</source>
            <translation>关于 Bocage</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open Fol&amp;der…</source>
            <translation>打开文件夹(&amp;D)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open every study in a folder</source>
            <translation>打开文件夹中的所有检查</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Open Files…</source>
            <translation>打开文件(&amp;O)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open &amp;Demonstration Case</source>
            <translation>打开演示病例(&amp;D)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>All E&amp;lements…</source>
            <translation>所有元素(&amp;L)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Every element of the file in the active viewport, to search</source>
            <translation>活动窗格中文件的每一个元素，可搜索</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Geometry of the Projections…</source>
            <translation>投影几何(&amp;G)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Choose a geometry file or a vendor preset for the projections on screen</source>
            <translation>为屏幕上的投影选择几何文件或厂商预设</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>no slices on screen</source>
            <translation>屏幕上没有断层图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Geometry &amp;Numbers</source>
            <translation>几何数值(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Every number of the acquisition with where it comes from; assumed ones can be corrected</source>
            <translation>采集的每一个数值及其来源；假定的数值可以更正</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Re&amp;verse the Sweep</source>
            <translation>反转扫描方向(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The views were taken in the other order than the angles say</source>
            <translation>投影的拍摄顺序与角度所示相反</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Save the Geometr&amp;y…</source>
            <translation>保存几何(&amp;Y)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Write a geometry file with the source of every number, to lie beside the images</source>
            <translation>写出几何文件并注明每个数值的来源，放在图像旁</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Export Slices as DICOM…</source>
            <translation>断层图像导出为 DICOM(&amp;E)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Write the slices of the range, as they are set now, as a DICOM series</source>
            <translation>将当前设置下范围内的断层图像写成一个 DICOM 序列</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>no picture in the active viewport</source>
            <translation>当前窗格中没有图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Close the window</source>
            <translation>关闭窗口</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the last change back</source>
            <translation>撤回上一步更改</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing to undo</source>
            <translation>没有可撤销的操作</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Do again what was taken back</source>
            <translation>恢复刚才撤销的更改</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing to redo</source>
            <translation>没有可重做的操作</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove &amp;Measurement</source>
            <translation>删除测量(&amp;M)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove the selected one</source>
            <translation>删除选中的测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>no measurement is selected</source>
            <translation>没有选中测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove &amp;All Measurements</source>
            <translation>删除全部测量(&amp;A)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Remove every measurement of the active picture</source>
            <translation>删除当前图像上的所有测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>there are no measurements in the active viewport</source>
            <translation>当前窗格中没有测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Preferences…</source>
            <translation>首选项(&amp;P)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Settings that are remembered</source>
            <translation>程序记住的设置</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Window</source>
            <translation>调窗(&amp;W)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag: right is wider, down is brighter</source>
            <translation>拖动：向右窗宽变宽，向下图像变亮</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Pan</source>
            <translation>平移(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag the picture (also with the middle button)</source>
            <translation>拖动图像（也可用鼠标中键）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Zoom</source>
            <translation>缩放(&amp;Z)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag to zoom about the pressed point (also with the right button)</source>
            <translation>以按下处为中心拖动缩放（也可用鼠标右键）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Scroll Slices</source>
            <translation>逐层浏览(&amp;S)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag up and down through the heights</source>
            <translation>上下拖动浏览各高度</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Back to Window</source>
            <translation>返回调窗(&amp;B)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Stop drawing, leave full screen or maximised view</source>
            <translation>停止绘制，退出全屏或最大化</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>only radiographs are calibrated by a marker</source>
            <translation>只有平片用标定物标定</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>select a length or an ellipse over the marker first</source>
            <translation>请先选中标定物上的长度或椭圆</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>the picture in the active viewport is not calibrated by a marker</source>
            <translation>当前窗格中的图像没有用标定物标定</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>no measurement has been copied</source>
            <translation>尚未复制过测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>needs two pictures on screen</source>
            <translation>需要屏幕上有两幅图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Automatic Window</source>
            <translation>自动窗(&amp;A)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window over the values in the body</source>
            <translation>按体内的像素值自动设窗</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 1</source>
            <translation>窗 1</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window from the file or a preset</source>
            <translation>文件自带的窗或预设窗</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>this picture has no window with this number</source>
            <translation>该图像没有此编号的窗</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 2</source>
            <translation>窗 2</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 3</source>
            <translation>窗 3</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 4</source>
            <translation>窗 4</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 5</source>
            <translation>窗 5</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 6</source>
            <translation>窗 6</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 7</source>
            <translation>窗 7</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 8</source>
            <translation>窗 8</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window 9</source>
            <translation>窗 9</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Invert</source>
            <translation>反片(&amp;I)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange black and white</source>
            <translation>黑白反转</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Flip &amp;Horizontally</source>
            <translation>水平翻转(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange left and right on the screen; the letters follow</source>
            <translation>屏幕上左右互换，方位字母随之改变</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Flip &amp;Vertically</source>
            <translation>垂直翻转(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Exchange top and bottom on the screen; the letters follow</source>
            <translation>屏幕上上下互换，方位字母随之改变</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Rotate Right</source>
            <translation>向右旋转(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>A quarter turn clockwise</source>
            <translation>顺时针旋转 90°</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Rotate &amp;Left</source>
            <translation>向左旋转(&amp;L)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>A quarter turn anticlockwise</source>
            <translation>逆时针旋转 90°</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Original Orientation</source>
            <translation>恢复原方位(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>No flips and no turns</source>
            <translation>不翻转、不旋转</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice &amp;Up</source>
            <translation>上一层(&amp;U)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>One interval towards the tube</source>
            <translation>向球管方向移动一个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>no slices on screen, and the active picture has no planes to scroll</source>
            <translation>屏幕上没有断层图像，当前图像也没有可滚动的平面</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice &amp;Down</source>
            <translation>下一层(&amp;D)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>One interval towards the detector</source>
            <translation>向探测器方向移动一个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five Slices Up</source>
            <translation>上移五层</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five intervals towards the tube</source>
            <translation>向球管方向移动五个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five Slices Down</source>
            <translation>下移五层</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Five intervals towards the detector</source>
            <translation>向探测器方向移动五个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Lowest Slice</source>
            <translation>最低层(&amp;L)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The detector's end of the range</source>
            <translation>范围靠探测器的一端</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Highest Slice</source>
            <translation>最高层(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The tube's end of the range</source>
            <translation>范围靠球管的一端</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Thicker Slice</source>
            <translation>增加层厚(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>One millimetre thicker (Alt+wheel)</source>
            <translation>加厚 1 mm（Alt+滚轮）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Thi&amp;nner Slice</source>
            <translation>减小层厚(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>One millimetre thinner (Alt+wheel)</source>
            <translation>减薄 1 mm（Alt+滚轮）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Play Cine</source>
            <translation>电影播放(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Go through the heights by itself</source>
            <translation>自动逐层播放</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Com&amp;pute Slices</source>
            <translation>计算断层(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Compute all slices of the range together, with the iterative algorithm chosen</source>
            <translation>用所选迭代算法一次计算范围内的所有层</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>the slices on screen are not computed from projections</source>
            <translation>屏幕上的断层图像不是由投影重建的</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>the algorithm needs no computing, or its slices are there already</source>
            <translation>该算法无需计算，或其断层图像已经算好</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>the range holds one slice only, and at least two are needed</source>
            <translation>范围内只有一层，至少需要两层</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Stop Computing and &amp;Keep</source>
            <translation>停止计算并保留(&amp;K)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>nothing is being computed</source>
            <translation>没有正在进行的计算</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Views of the Sweep</source>
            <translation>扫描的各投影(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Show the single projections, and leave bad ones out</source>
            <translation>显示各幅投影，可剔除质量不佳的投影</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Cancel Reconstruction</source>
            <translation>取消重建(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Keep the picture that is shown</source>
            <translation>保留当前显示的图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Fit</source>
            <translation>适合窗格(&amp;F)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The whole picture</source>
            <translation>显示整幅图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;One to One</source>
            <translation>1:1 显示(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>One pixel of the picture on one of the screen</source>
            <translation>图像的一个像素对应屏幕的一个像素</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom &amp;In</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Larger</source>
            <translation>放大图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom O&amp;ut</source>
            <translation>缩小(&amp;U)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Smaller</source>
            <translation>缩小图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Link Pictures</source>
            <translation>图像联动(&amp;L)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>What is linked goes together in all viewports: height, pan and zoom, cursor, through the geometry</source>
            <translation>已联动的项目在所有窗格中同步：高度、平移与缩放、光标，按几何关系对应</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Height</source>
            <translation>高度(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The slices go to the same height</source>
            <translation>断层图像同步到同一高度</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Pan and Zoom</source>
            <translation>平移与缩放(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The same place in the same size</source>
            <translation>相同位置、相同大小</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pictures of the same kind take over the same window</source>
            <translation>同类图像使用相同的窗宽窗位</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Cine</source>
            <translation>电影(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Cine plays them together</source>
            <translation>电影播放时同步</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Curso&amp;r</source>
            <translation>光标(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The point under the pointer is marked</source>
            <translation>标出指针所指的点</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Link Heights As &amp;Shown</source>
            <translation>按当前高度联动(&amp;S)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the heights on screen as the same place, and keep their offset: for examinations without a common frame</source>
            <translation>把屏幕上的高度当作同一位置并保持其偏移：用于没有共同坐标系的检查</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Forget the &amp;Offset</source>
            <translation>取消偏移(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The active picture's heights are linked without an offset again</source>
            <translation>当前图像的高度恢复无偏移联动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Split to the &amp;Right</source>
            <translation>向右拆分(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>A new viewport beside the active one</source>
            <translation>在当前窗格右侧新建窗格</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Split &amp;Below</source>
            <translation>向下拆分(&amp;B)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>A new viewport below the active one</source>
            <translation>在当前窗格下方新建窗格</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Close Viewport</source>
            <translation>关闭窗格(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the active viewport away; its neighbours get its room</source>
            <translation>移除当前窗格，其空间归相邻窗格</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>To a Window of Its &amp;Own, or Back</source>
            <translation>移到单独窗口或移回(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Put the active viewport into a window of its own, for another monitor, or back</source>
            <translation>将当前窗格移到单独的窗口（用于另一台显示器），或移回</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Han&amp;ging Protocols…</source>
            <translation>挂片协议(&amp;G)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Keep the present arrangement as a protocol for such studies, and look after those there are</source>
            <translation>将当前布局保存为此类检查的挂片协议，并管理已有协议</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Duplicate Slices</source>
            <translation>复制断层图像(&amp;D)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Show the slices once more, with thickness, algorithm and window of their own</source>
            <translation>再显示一份断层图像，层厚、算法和窗可单独设置</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Next Viewport</source>
            <translation>下一窗格(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Make the next viewport the active one</source>
            <translation>将下一个窗格设为当前窗格</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pre&amp;vious Viewport</source>
            <translation>上一窗格(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Make the previous viewport the active one</source>
            <translation>将上一个窗格设为当前窗格</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Maximise Viewport</source>
            <translation>最大化窗格(&amp;M)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The active one alone, and back (double click)</source>
            <translation>只显示当前窗格，再次执行则恢复（双击）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Text in the &amp;Corners</source>
            <translation>四角信息(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Full, minimal, none</source>
            <translation>全部、最少、无</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>F&amp;ull Screen</source>
            <translation>全屏(&amp;U)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The whole screen, and back</source>
            <translation>占满整个屏幕，再次执行则恢复</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Compare &amp;With…</source>
            <translation>对比图像(&amp;W)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Lay another picture over the active one: a series can be dropped with Shift as well</source>
            <translation>将另一图像叠加到当前图像上；也可按住 Shift 拖放序列</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Compare, or &amp;Exchange in Place</source>
            <translation>对比，或原位切换(&amp;E)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Start to compare with the likeliest picture; while comparing, show the other one of the two alone</source>
            <translation>与最合适的图像开始对比；对比中则单独显示两者中的另一幅</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Next &amp;Way to Compare</source>
            <translation>下一种对比方式(&amp;W)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Swipe, blink, blend, colour, difference</source>
            <translation>分割线、闪烁、融合、彩色、差值</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Line or Opacity &amp;Back</source>
            <translation>分割线或不透明度后退(&amp;B)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The swipe line to the left or up, or less of the upper picture</source>
            <translation>分割线左移或上移，或降低上层图像的不透明度</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Line or Opacity &amp;On</source>
            <translation>分割线或不透明度前进(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The swipe line to the right or down, or more of the upper picture</source>
            <translation>分割线右移或下移，或提高上层图像的不透明度</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Register Automatically</source>
            <translation>自动配准(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Find how the upper picture lies on the lower one</source>
            <translation>求上层图像与下层图像的对应位置</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Side by Side</source>
            <translation>并排显示(&amp;S)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The upper picture alone in a viewport beside, in the same plane and size</source>
            <translation>上层图像单独显示在旁边的窗格中，平面和大小相同</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>E&amp;nd the Comparison</source>
            <translation>结束对比(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Take the upper picture away</source>
            <translation>移去上层图像</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Command Palette…</source>
            <translation>命令面板(&amp;C)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Find everything that can be done by typing</source>
            <translation>键入文字即可查找所有功能</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Keys and Mouse</source>
            <translation>快捷键与鼠标(&amp;K)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>All keys and what the mouse does</source>
            <translation>所有快捷键及鼠标操作</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Change Keys…</source>
            <translation>更改快捷键(&amp;C)…</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Choose which keys do what</source>
            <translation>设定各功能的快捷键</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;About Bocage</source>
            <translation>关于 Bocage(&amp;A)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Version, licence, sources of the demonstration data</source>
            <translation>版本、许可证及演示数据来源</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Tools</source>
            <translation>工具(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Measure</source>
            <translation>测量(&amp;M)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Image</source>
            <translation>图像(&amp;I)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Slices</source>
            <translation>断层(&amp;S)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Network</source>
            <translation>网络(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Left drag</source>
            <translation>左键拖动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>The chosen tool; at the start: window (right is wider, down is brighter)</source>
            <translation>所选工具；默认为调窗（向右变宽，向下变亮）</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Ctrl + left drag</source>
            <translation>Ctrl + 左键拖动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Window, 2.5 times as fast</source>
            <translation>调窗，速度为 2.5 倍</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Alt + click</source>
            <translation>Alt + 单击</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Mark the point in all pictures; on a radiograph find its height</source>
            <translation>在所有图像中标出该点；在平片上求其高度</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Middle drag</source>
            <translation>中键拖动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Pan</source>
            <translation>平移</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Right drag</source>
            <translation>右键拖动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom about the pressed point</source>
            <translation>以按下处为中心缩放</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Right click</source>
            <translation>右键单击</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slices, one interval a step</source>
            <translation>逐层浏览，每格一个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Shift + wheel</source>
            <translation>Shift + 滚轮</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slices, five intervals a step</source>
            <translation>逐层浏览，每格五个层间隔</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Ctrl + wheel</source>
            <translation>Ctrl + 滚轮</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Zoom about the pointer</source>
            <translation>以指针处为中心缩放</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Alt + wheel</source>
            <translation>Alt + 滚轮</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Slice thickness</source>
            <translation>层厚</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Double click</source>
            <translation>双击</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Maximise the viewport, and back</source>
            <translation>最大化窗格，再次双击则恢复</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag on the ruler</source>
            <translation>在高度标尺上拖动</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag a handle</source>
            <translation>拖动控制点</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Change a measurement, with any tool</source>
            <translation>修改测量，任何工具下均可</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag the outline</source>
            <translation>拖动轮廓</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Move the selected measurement; with Ctrl a copy of it</source>
            <translation>移动选中的测量；按住 Ctrl 则拖出副本</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Double click on a measurement</source>
            <translation>双击测量</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Edit its label</source>
            <translation>编辑其标注</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Arrow keys</source>
            <translation>方向键</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Move the measurement that was clicked by one pixel of the source, with Shift by ten</source>
            <translation>将单击过的测量移动一个图像像素，加 Shift 移动十个</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Enter, Backspace, Escape</source>
            <translation>Enter、退格、Esc</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>While drawing: end, take the last point back, give up</source>
            <translation>绘制时：结束、退回上一点、放弃</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drag the line of a comparison</source>
            <translation>拖动对比的分割线</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Move it: the lower picture is left of it or above</source>
            <translation>移动分割线：下层图像在其左侧或上方</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Shift + drop a series</source>
            <translation>Shift + 拖放序列</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Lay it over the picture there, to compare</source>
            <translation>叠加到该处的图像上进行对比</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Drop files or folders</source>
            <translation>拖入文件或文件夹</translation>
        </message>
        <message>
            <location filename="app/actions" />
            <source>Open them</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>&amp;Geometry</source>
            <translation>几何(&amp;G)</translation>
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>Com&amp;parison</source>
            <translation>对比(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>&amp;Arrangement</source>
            <translation>布局(&amp;A)</translation>
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>Lin&amp;ked</source>
            <translation>联动项目(&amp;K)</translation>
        </message>
        <message>
            <location filename="app/actions/__init__.py" />
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <location filename="app/actions/base.py" />
            <source>no study is open</source>
            <translation>没有打开检查</translation>
        </message>
        <message>
            <location filename="app/actions/base.py" />
            <source>no saved reading is stored with this study</source>
            <translation>此检查没有保存过的阅片结果</translation>
        </message>
        <message>
            <location filename="app/actions/base.py" />
            <source>nothing on screen was made from the projections of a sweep</source>
            <translation>屏幕上没有由扫描投影得到的图像</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>&amp;Every Frame</source>
            <translation>逐帧播放(&amp;E)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Cine leaves no slice out, and the rate adapts; else the rate is kept</source>
            <translation>电影播放不跳过任何层面，速度随之调整；否则保持速度</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Sweep, L&amp;oop or Once</source>
            <translation>往返、循环或单次(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>What cine does at the end of the range</source>
            <translation>电影播放到达范围末端时的方式</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>&amp;Faster Cine</source>
            <translation>加快电影播放(&amp;F)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>More frames per second</source>
            <translation>提高每秒帧数</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Slo&amp;wer Cine</source>
            <translation>减慢电影播放(&amp;W)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Fewer frames per second</source>
            <translation>降低每秒帧数</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>&amp;Next Frame</source>
            <translation>下一帧(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Stop cine, and one frame on</source>
            <translation>停止电影播放并前进一帧</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Pre&amp;vious Frame</source>
            <translation>上一帧(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Stop cine, and one frame back</source>
            <translation>停止电影播放并后退一帧</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Cine From &amp;Here</source>
            <translation>电影播放从此处开始(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>The range starts here</source>
            <translation>范围从此处开始</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>Cine &amp;To Here</source>
            <translation>电影播放到此处结束(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions/cine.py" />
            <source>The range ends here</source>
            <translation>范围到此处结束</translation>
        </message>
        <message>
            <location filename="app/actions/compare.py" />
            <source>nothing is compared in the active viewport</source>
            <translation>当前窗格中没有对比</translation>
        </message>
        <message>
            <location filename="app/actions/compare.py" />
            <source>there is no other picture to compare with</source>
            <translation>没有可供对比的其他图像</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>nothing gives this picture a scale in millimetres</source>
            <translation>该图像没有毫米比例</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>the window is a table from the file, which has a shape of its own</source>
            <translation>该窗来自文件中的查找表，自有曲线形状</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Window by Re&amp;gion</source>
            <translation>区域调窗(&amp;G)</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Drag a rectangle: the window is laid over the values in it</source>
            <translation>拖出矩形：按其中的像素值设窗</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Sigmoid &amp;Curve</source>
            <translation>S 形曲线(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Window with a curve that spares the brightest and darkest details, instead of a straight line</source>
            <translation>用 S 形曲线代替直线调窗，保留最亮和最暗处的细节</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>&amp;Next Interpolation</source>
            <translation>下一种插值(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Magnified pixels: bilinear, bicubic, Lanczos, or as squares</source>
            <translation>放大后的像素：双线性、双三次、Lanczos 或方块</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>&amp;True Size</source>
            <translation>实际尺寸(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Life size on this monitor: at the slice's height; for radiographs in the plane that their scale is for</source>
            <translation>在此显示器上按实际尺寸显示：断层以层面高度为准，平片以其比例所在平面为准</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Measure Monitor Si&amp;ze…</source>
            <translation>测量显示器尺寸(&amp;Z)…</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>With a ruler or a bank card, so that true size is true</source>
            <translation>用直尺或银行卡测量，使实际尺寸准确</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Calibrate Monitor &amp;Greys…</source>
            <translation>校准显示器灰度(&amp;G)…</translation>
        </message>
        <message>
            <location filename="app/actions/display.py" />
            <source>Test patterns, and calibration to the greyscale standard (DICOM PS3.14) with a luminance meter</source>
            <translation>测试图，以及用亮度计按灰度标准（DICOM PS3.14）校准</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>&amp;Save Picture or Cine…</source>
            <translation>保存图片或电影(&amp;S)…</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>The active viewport, the window, the picture's values in 16 bits, or cine as a film</source>
            <translation>当前窗格、整个窗口、16 位像素值，或将电影播放存为影片</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>Save Cine as a &amp;Film…</source>
            <translation>电影存为影片(&amp;F)…</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>Cine of the active viewport as MP4 or GIF</source>
            <translation>将当前窗格的电影播放存为 MP4 或 GIF</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>&amp;Copy Picture</source>
            <translation>复制图片(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>The active viewport as it is shown, without the patient's name, on the clipboard</source>
            <translation>将当前窗格按显示内容（不含患者姓名）复制到剪贴板</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>&amp;Print in Life Size…</source>
            <translation>按实际尺寸打印(&amp;P)…</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>A millimetre of the slice is a millimetre of the paper</source>
            <translation>断层上的一毫米即纸上的一毫米</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>Print &amp;Fitted to the Paper…</source>
            <translation>适合纸张打印(&amp;F)…</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>The whole picture, as large as the paper allows</source>
            <translation>打印整幅图像，在纸张允许范围内尽量大</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>De-&amp;identify for Teaching…</source>
            <translation>去标识化用于教学(&amp;I)…</translation>
        </message>
        <message>
            <location filename="app/actions/export.py" />
            <source>Write the study without names, numbers and dates, by the Basic Profile of DICOM</source>
            <translation>按 DICOM 基本配置，写出不含姓名、号码和日期的检查</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>&amp;Keep as Key Image</source>
            <translation>保存为关键图像(&amp;K)</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Keep the active picture as it is shown: slice, thickness, window, place</source>
            <translation>按当前显示保存图像：层面、层厚、窗、位置</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Add Fi&amp;nding</source>
            <translation>添加发现(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Add a finding at this height, with the size of the selected measurement, and write what it is</source>
            <translation>在此高度添加一项发现，采用选中测量的大小，并写明内容</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>&amp;Findings and Key Images</source>
            <translation>发现与关键图像(&amp;F)</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Show the list of findings and the key images</source>
            <translation>显示发现列表和关键图像</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Show Sa&amp;ved Reading</source>
            <translation>显示已保存的阅片结果(&amp;V)</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Put measurements, findings and key images that are stored with the study where they stood</source>
            <translation>将随检查保存的测量、发现和关键图像放回原处</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Save Reading as &amp;DICOM…</source>
            <translation>将阅片结果存为 DICOM(&amp;D)…</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Measurements, findings, key images, presentations and captures as DICOM objects beside the study</source>
            <translation>将测量、发现、关键图像、呈现状态和截图作为 DICOM 对象存放在检查旁</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>&amp;Report…</source>
            <translation>报告(&amp;R)…</translation>
        </message>
        <message>
            <location filename="app/actions/findings.py" />
            <source>Key images, findings and how the pictures were made, as PDF or HTML</source>
            <translation>关键图像、发现及图像的生成方式，存为 PDF 或 HTML</translation>
        </message>
        <message>
            <location filename="app/actions/help.py" />
            <source>As the Computer</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="app/actions/help.py" />
            <source>The language of the window, at once</source>
            <translation>窗口的语言，立即生效</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Calibrate from &amp;Selected</source>
            <translation>由所选测量标定(&amp;S)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Take the selected length or ellipse as the marker, and ask for its true size</source>
            <translation>将选中的长度或椭圆作为标定物，并输入其实际尺寸</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>&amp;Remove Calibration</source>
            <translation>取消标定(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Take the marker's scale away</source>
            <translation>去除由标定物得到的比例</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Edit &amp;Label</source>
            <translation>编辑标注(&amp;L)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Write beside the selected measurement</source>
            <translation>在选中的测量旁写文字</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>&amp;Copy Measurement</source>
            <translation>复制测量(&amp;C)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Copy the selected one, and its values as text</source>
            <translation>复制选中的测量，并将其数值复制为文本</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>&amp;Paste Measurement</source>
            <translation>粘贴测量(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Put the copied one into the active picture, at the slice that is shown</source>
            <translation>将复制的测量放到当前图像中正在显示的层面</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>Copy to the &amp;Other Viewports</source>
            <translation>复制到其他窗格(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions/measure.py" />
            <source>The same place in every other picture, at the same height</source>
            <translation>在其他每幅图像的相同位置、相同高度</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>&amp;Query and Retrieve…</source>
            <translation>查询与提取(&amp;Q)…</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Look for studies on servers and fetch them</source>
            <translation>在服务器上查找检查并取回</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Look for &amp;Priors</source>
            <translation>查找既往检查(&amp;P)</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Look on the servers for other studies of the patient on screen</source>
            <translation>在服务器上查找屏幕上患者的其他检查</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>&amp;Send Study…</source>
            <translation>发送检查(&amp;S)…</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Send the files of the study on screen to a server</source>
            <translation>将屏幕上检查的文件发送到服务器</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>What Is Being Se&amp;nt…</source>
            <translation>正在发送的内容(&amp;N)…</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>The list of what waits, was sent, or failed</source>
            <translation>等待发送、已发送或失败的列表</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Ser&amp;vers…</source>
            <translation>服务器(&amp;V)…</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Enter, change and test the servers that are asked and sent to</source>
            <translation>添加、修改并测试用于查询和发送的服务器</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>&amp;Receiver…</source>
            <translation>接收器(&amp;R)…</translation>
        </message>
        <message>
            <location filename="app/actions/network.py" />
            <source>Let devices send studies to this computer, and say which</source>
            <translation>允许设备将检查发送到本机，并指定哪些设备</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>no point is marked</source>
            <translation>没有标出点</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Poin&amp;t</source>
            <translation>点(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Click: mark a point in all pictures; on a radiograph or projection its height is found by sharpness (also Alt + click with any tool)</source>
            <translation>单击：在所有图像中标出该点；在平片或投影上由清晰度求其高度（任何工具下也可 Alt + 单击）</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>&amp;Find in Depth</source>
            <translation>求深度(&amp;F)</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Mark the point under the pointer in all pictures; on a radiograph or projection its height is found</source>
            <translation>在所有图像中标出指针所指的点；在平片或投影上求其高度</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Re&amp;move the Mark</source>
            <translation>去除标记点(&amp;M)</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Sh&amp;ow Views of the Sweep</source>
            <translation>显示扫描的各投影(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Scroll or play through the projections themselves in the active viewport</source>
            <translation>在当前窗格中滚动浏览或播放投影本身</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>Show S&amp;ynthetic 2-D</source>
            <translation>显示合成二维图像(&amp;Y)</translation>
        </message>
        <message>
            <location filename="app/actions/point.py" />
            <source>A radiograph computed from the sweep in the active viewport; it is not an exposure</source>
            <translation>在当前窗格显示由断层扫描计算得到的平片；不是曝光所得</translation>
        </message>
        <message>
            <location filename="app/actions/table.py" />
            <source>Measurement &amp;Table</source>
            <translation>测量表(&amp;T)</translation>
        </message>
        <message>
            <location filename="app/actions/table.py" />
            <source>Show all measurements: jump, rename, remove, export; profile and histogram of the selected one</source>
            <translation>显示所有测量：定位、改名、删除、导出；显示选中测量的线剖面和直方图</translation>
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>there are as many viewports as can be shown</source>
            <translation>窗格数已达上限</translation>
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>it is the only viewport</source>
            <translation>这是唯一的窗格</translation>
        </message>
        <message>
            <location filename="app/actions/view.py" />
            <source>Rows and columns of viewports</source>
            <translation>窗格的行数和列数</translation>
        </message>
        <message>
            <location filename="app/actions/worklist.py" />
            <source>&amp;Worklist…</source>
            <translation>工作列表(&amp;W)…</translation>
        </message>
        <message>
            <location filename="app/actions/worklist.py" />
            <source>The studies in your folders, to find, open and mark</source>
            <translation>您各文件夹中的检查：查找、打开和标记</translation>
        </message>
        <message>
            <location filename="app/actions/worklist.py" />
            <source>Mark as Read and &amp;Next</source>
            <translation>标为已阅并看下一个(&amp;N)</translation>
        </message>
        <message>
            <location filename="app/actions/worklist.py" />
            <source>Mark the study on screen as read in the worklist, and open the next one there</source>
            <translation>将屏幕上的检查在工作列表中标为已阅，并打开列表中的下一个</translation>
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>{0} of the demonstration case {1} is damaged or missing. Install Bocage again.</source>
            <translation>演示病例 {1} 的文件 {0} 已损坏或缺失。请重新安装 Bocage。</translation>
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>There is no demonstration case "{0}". Installed: {1}.</source>
            <translation>没有演示病例“{0}”。已安装：{1}。</translation>
        </message>
        <message>
            <location filename="app/cases.py" />
            <source>{0}/case.toml: not a description of a case ({1}). Install Bocage again.</source>
            <translation>{0}/case.toml：不是有效的病例说明（{1}）。请重新安装 Bocage。</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>the folder cannot be written</source>
            <translation>文件夹无法写入</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>the disk is full</source>
            <translation>磁盘已满</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>another program holds the file</source>
            <translation>另一个程序占用了该文件</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>the folder cannot be opened for writing</source>
            <translation>文件夹无法以写入方式打开</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>the disk cannot be written</source>
            <translation>磁盘无法写入</translation>
        </message>
        <message>
            <location filename="app/database.py" />
            <source>the file is damaged</source>
            <translation>文件已损坏</translation>
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>The demonstration case is ready</source>
            <translation>演示病例已就绪</translation>
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>Making the demonstration case (only this once): decoding the CT</source>
            <translation>正在生成演示病例（仅此一次）：解码 CT</translation>
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>{0} is being changed by other programs. Close them and try again.</source>
            <translation>其他程序正在更改 {0}。请关闭这些程序后重试。</translation>
        </message>
        <message>
            <location filename="app/demo.py" />
            <source>The demonstration case could not be written to {0}: {1}. It needs about 150 MB; make room, or name another folder in the environment variable BOCAGE_CACHE.</source>
            <translation>演示病例无法写入 {0}：{1}。约需 150 MB 空间；请腾出空间，或用环境变量 BOCAGE_CACHE 指定其他文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>{0} files written</source>
            <translation>已写出 {0} 个文件</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>{0}: is not empty. De-identified files go into a new folder.</source>
            <translation>{0}：不是空文件夹。去标识化的文件须写入新文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>{0}: overlays are hidden in its compressed pixels and cannot be removed.</source>
            <translation>{0}：压缩像素中藏有叠加图，无法去除。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>De-identifying {0} of {1}</source>
            <translation>正在去标识化：第 {0} 个，共 {1} 个</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>there were no files</source>
            <translation>没有文件</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>Nothing was written: {0}</source>
            <translation>没有写出任何内容：{0}</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>{0}: truncated; its compressed pixel data have no end.</source>
            <translation>{0}：文件被截断；压缩像素数据没有结尾。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/files.py" />
            <source>{0}: truncated; its pixels are not all there.</source>
            <translation>{0}：文件被截断；像素不完整。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Descriptions, cleaned</source>
            <translation>清理后的描述</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Series and study descriptions keep the words of a list of anatomy and technique; other words go.</source>
            <translation>序列和检查描述中只保留解剖与技术词表中的词，其他词去除。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Dates, all moved by the same days</source>
            <translation>所有日期平移相同的天数</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>The time between examinations stays true; the dates do not.</source>
            <translation>各次检查之间的时间间隔保持真实，日期则不然。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Dates as they are</source>
            <translation>原样保留日期</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Dates and times of the examinations stay.</source>
            <translation>检查的日期和时间保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Sex, age, size and weight</source>
            <translation>性别、年龄、身高和体重</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Ages above 89 years become 90.</source>
            <translation>89 岁以上的年龄改为 90 岁。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>The device</source>
            <translation>设备</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Station name, serial numbers and detector stay.</source>
            <translation>工作站名称、序列号和探测器保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>The institution</source>
            <translation>机构</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Name and address of the hospital stay.</source>
            <translation>医院的名称和地址保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>Identifiers (UIDs)</source>
            <translation>标识符（UID）</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/profile.py" />
            <source>The objects keep their identifiers, so that they can be found again in the archive.</source>
            <translation>对象保留其标识符，以便在归档中再次找到。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>An encapsulated document: its text cannot be checked.</source>
            <translation>封装文档：其中的文字无法检查。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>The patient can be recognised in it (Recognizable Visual Features).</source>
            <translation>可从中辨认出患者（Recognizable Visual Features）。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>It says itself that there is writing in the picture (Burned In Annotation).</source>
            <translation>对象自己声明图像中有文字（Burned In Annotation）。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>Sections of a head: the face can be rendered from them.</source>
            <translation>头部断面：可由其重建出面容。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>A capture or ultrasound picture: names are often written into its pixels.</source>
            <translation>截图或超声图像：像素中常写有姓名。</translation>
        </message>
        <message>
            <location filename="app/dicom/deid/risks.py" />
            <source>A derived picture; it does not say whether there is writing in it. Look at it.</source>
            <translation>派生图像；未说明其中是否有文字。请查看。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>a structured report</source>
            <translation>结构化报告</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>a key object selection</source>
            <translation>关键对象选择</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>a presentation state</source>
            <translation>呈现状态</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>{0}: not {1}.</source>
            <translation>{0}：不是{1}。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>{0}: its colours are not shown.</source>
            <translation>{0}：其颜色不显示。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>Its shutter is not applied.</source>
            <translation>其遮光器未应用。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>Its presentation table is not a straight line and is shown as one.</source>
            <translation>其呈现表不是直线，按直线显示。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>It is turned by an angle that is no right one.</source>
            <translation>其旋转角度不是直角的整数倍。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/read.py" />
            <source>Drawings that belong to the screen and not to the image are left out.</source>
            <translation>属于屏幕而不属于图像的图形被略去。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/report.py" />
            <source>{0} measurements on {1} are left out: it is not loaded, or not from DICOM images.</source>
            <translation>略去 {1} 上的 {0} 项测量：图像未载入，或不是来自 DICOM 图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/report.py" />
            <source>a picture</source>
            <translation>一幅图像</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/report.py" />
            <source>The points lie outside of the image.</source>
            <translation>这些点位于图像之外。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/report.py" />
            <source>A finding is left out: its picture is not loaded, or not from DICOM images.</source>
            <translation>略去一项发现：其图像未载入，或不是来自 DICOM 图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/report.py" />
            <source>A {0} is left out: it reaches beyond the stored image, and nothing says where that lies.</source>
            <translation>略去一个{0}：它超出所存图像，且没有说明其所在位置。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/restore.py" />
            <source>another program</source>
            <translation>其他程序</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/restore.py" />
            <source>From {0} {1}</source>
            <translation>来自 {0} {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/restore.py" />
            <source>From {0}</source>
            <translation>来自 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/restore.py" />
            <source>From a presentation by {0}</source>
            <translation>来自 {0} 的呈现状态</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/states.py" />
            <source>{0} measurements that reach beyond the image are not drawn in its presentation.</source>
            <translation>有 {0} 项测量超出图像，未画入其呈现状态。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Written</source>
            <translation>已写出</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>A picture</source>
            <translation>一幅图像</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>A final report names its reader and the institution. Enter both.</source>
            <translation>最终报告须写明阅片医师和机构。请填写两者。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Writing the report</source>
            <translation>正在写出报告</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Writing captures</source>
            <translation>正在写出截图</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Reading headers</source>
            <translation>正在读取文件头</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Writing presentations</source>
            <translation>正在写出呈现状态</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>Nothing on screen was loaded from DICOM images, so there is nothing for DICOM objects to refer to.</source>
            <translation>屏幕上没有来自 DICOM 图像的内容，DICOM 对象无可引用。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>There is nothing to write: no measurement, finding, key image or presentation was chosen or made.</source>
            <translation>没有可写的内容：未选择或未作出任何测量、发现、关键图像或呈现状态。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>it is computed, and stored nowhere</source>
            <translation>它是计算得到的，没有存储</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>no DICOM images</source>
            <translation>没有 DICOM 图像</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>{0}: left out ({1}).</source>
            <translation>{0}：略去（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>{0}: its presentation says no window.</source>
            <translation>{0}：其呈现状态没有说明窗。</translation>
        </message>
        <message>
            <location filename="app/dicom/evidence/write.py" />
            <source>{0}: no presentation is written; it cannot say colours.</source>
            <translation>{0}：不写出呈现状态；它无法表达颜色。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/arriving.py" />
            <source>{0}: what arrives cannot be written there ({1}).</source>
            <translation>{0}：收到的内容无法写入该处（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/arriving.py" />
            <source>An object arrived that was not asked for; it was not kept.</source>
            <translation>收到一个未请求的对象，未保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/arriving.py" />
            <source>An object arrived damaged. {0}</source>
            <translation>收到的一个对象已损坏。{0}</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it rejected the association. Check both AE titles with its administrator.</source>
            <translation>{0}：对方拒绝建立关联。请与其管理员核对双方的 AE 名称。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: something answers at port {1}, but not as a DICOM server. Check the port, and whether it wants TLS.</source>
            <translation>{0}：端口 {1} 有应答，但不是 DICOM 服务器。请检查端口以及是否要求 TLS。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it ended the connection before it answered. It may not allow this to our AE title.</source>
            <translation>{0}：对方未作回答即断开连接。可能不允许我方 AE 名称进行此操作。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it is reached, but does not offer this service.</source>
            <translation>{0}：可以连通，但不提供此服务。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: no AE of the name {1} is there. Check the server's AE title.</source>
            <translation>{0}：该处没有名为 {1} 的 AE。请检查服务器的 AE 名称。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it does not know {1}, our AE title. Have it entered there, or change it here.</source>
            <translation>{0}：对方不认识我方 AE 名称 {1}。请在对方登记，或在此更改。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it has too many connections just now. Try again later.</source>
            <translation>{0}：对方当前连接过多。请稍后再试。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: the name {1} is not known in this network. Check the host.</source>
            <translation>{0}：本网络中找不到名称 {1}。请检查主机。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: nothing answers at port {1} of {2}. Is the server running?</source>
            <translation>{0}：{2} 的端口 {1} 没有应答。服务器是否在运行？</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: {1} does not answer within {2} s. Check host and port.</source>
            <translation>{0}：{1} 在 {2} 秒内没有应答。请检查主机和端口。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: {1} cannot be reached from this computer.</source>
            <translation>{0}：从本机无法连到 {1}。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it ended the connection without an answer.</source>
            <translation>{0}：对方未作回答即断开连接。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: no TLS is spoken at this port. Switch TLS off, or use the port for TLS.</source>
            <translation>{0}：此端口不使用 TLS。请关闭 TLS，或使用 TLS 端口。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/association.py" />
            <source>{0}: it closed the connection instead of TLS. Switch TLS off, or use the port for TLS.</source>
            <translation>{0}：对方未进行 TLS 而是关闭了连接。请关闭 TLS，或使用 TLS 端口。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/commitment.py" />
            <source>{0}: it did not take the question whether it keeps the objects.</source>
            <translation>{0}：对方没有接受是否保存这些对象的询问。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/commitment.py" />
            <source>Port {0} cannot be listened on; another program may use it.</source>
            <translation>无法监听端口 {0}；可能被其他程序占用。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/credentials.py" />
            <source>The password is kept in the keyring of this computer.</source>
            <translation>密码保存在本机的密钥环中。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/credentials.py" />
            <source>This computer has no keyring: the password is kept in memory until Bocage is closed.</source>
            <translation>本机没有密钥环：密码只保存在内存中，直到 Bocage 关闭。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/dimse.py" />
            <source>{0}: C-MOVE needs the receiver of this computer. Switch it on, or choose C-GET.</source>
            <translation>{0}：C-MOVE 需要本机的接收器。请开启它，或选择 C-GET。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/finding.py" />
            <source>{0}: it could not answer the question (status {1}).</source>
            <translation>{0}：对方无法回答查询（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/finding.py" />
            <source>{0}: it answered C-ECHO with status {1}.</source>
            <translation>{0}：对方对 C-ECHO 的回答为状态 {1}。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/finding.py" />
            <source>{0}: it does not allow us to ask (status {1}).</source>
            <translation>{0}：对方不允许我方查询（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/getting.py" />
            <source>{0}: it refused to send this (status {1}).</source>
            <translation>{0}：对方拒绝发送（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/getting.py" />
            <source>{0}: it could not send {1} of the objects (status {2}).</source>
            <translation>{0}：对方有 {1} 个对象未能发送（状态 {2}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/getting.py" />
            <source>{0}: it has not the means to send this just now (status {1}).</source>
            <translation>{0}：对方目前资源不足，无法发送（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/getting.py" />
            <source>{0}: it does not offer C-GET. Choose C-MOVE in the settings of the server.</source>
            <translation>{0}：对方不提供 C-GET。请在该服务器的设置中选择 C-MOVE。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/getting.py" />
            <source>{0}: it does not know {1}, the AE of our receiver. Have it entered there.</source>
            <translation>{0}：对方不认识我方接收器的 AE {1}。请在对方登记。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: the connection ended before the answer.</source>
            <translation>{0}：未得到回答，连接已断开。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it failed to answer (HTTP {1}).</source>
            <translation>{0}：对方未能回答（HTTP {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it does not accept the user or password (HTTP 401).</source>
            <translation>{0}：对方不接受用户或密码（HTTP 401）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it does not allow this to our user (HTTP 403).</source>
            <translation>{0}：对方不允许我方用户进行此操作（HTTP 403）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: nothing is at this address (HTTP {1}). Check the path of the server.</source>
            <translation>{0}：此地址没有内容（HTTP {1}）。请检查服务器的路径。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it has no room for more objects just now (HTTP {1}).</source>
            <translation>{0}：对方目前没有空间存放更多对象（HTTP {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it does not speak this form (HTTP {1}).</source>
            <translation>{0}：对方不支持这种形式（HTTP {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: it refused the request (HTTP {1}).</source>
            <translation>{0}：对方拒绝了请求（HTTP {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: its password is not known in this session. Enter it under Servers.</source>
            <translation>{0}：本次会话中没有其密码。请在“服务器”中输入。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/http.py" />
            <source>{0}: {1} does not answer. Check host and port.</source>
            <translation>{0}：{1} 没有应答。请检查主机和端口。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>{0}: the list of servers cannot be written ({1}).</source>
            <translation>{0}：无法写入服务器列表（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>DICOM (DIMSE)</source>
            <translation>DICOM（DIMSE）</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>DICOMweb</source>
            <translation>DICOMweb</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>C-GET</source>
            <translation>C-GET</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>C-MOVE to this computer</source>
            <translation>C-MOVE 到本机</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>User and password</source>
            <translation>用户和密码</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>Token (Bearer)</source>
            <translation>令牌（Bearer）</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>Enter the host name or address of the server.</source>
            <translation>请输入服务器的主机名或地址。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>The port must lie between 1 and 65535; {0} does not.</source>
            <translation>端口必须在 1 到 65535 之间；{0} 不在其中。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>The way to retrieve must be C-GET or C-MOVE.</source>
            <translation>提取方式必须为 C-GET 或 C-MOVE。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>The way to log in must be none, user and password, or a token.</source>
            <translation>登录方式必须为无、用户和密码，或令牌。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>Enter the user's name at the server.</source>
            <translation>请输入在服务器上的用户名。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>An own certificate needs its key, and a key its certificate.</source>
            <translation>自有证书需要其密钥，密钥也需要其证书。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>of the server</source>
            <translation>服务器的</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>of this computer</source>
            <translation>本机的</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>The AE title {0} must have 1 to 16 letters, digits or signs, without a backslash.</source>
            <translation>AE 名称 {0} 必须为 1 至 16 个字母、数字或符号，不含反斜杠。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>The address must begin with https:// or http:// and name a host.</source>
            <translation>地址必须以 https:// 或 http:// 开头，并写明主机。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>{0}: the file of a certificate or key is not there. Choose it again.</source>
            <translation>{0}：证书或密钥文件不存在。请重新选择。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/nodes.py" />
            <source>{0}: the list of servers cannot be read. Enter the servers again.</source>
            <translation>{0}：无法读取服务器列表。请重新输入服务器。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/objects.py" />
            <source>{0}: the file was changed after it was queued. Send it anew.</source>
            <translation>{0}：文件在排队后被更改。请重新发送。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/objects.py" />
            <source>{0}: is no DICOM file, so it cannot be sent.</source>
            <translation>{0}：不是 DICOM 文件，因此无法发送。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/objects.py" />
            <source>{0}: is a table of contents (DICOMDIR), not an object.</source>
            <translation>{0}：是目录文件（DICOMDIR），不是对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/objects.py" />
            <source>{0}: the file is no longer there, so it cannot be sent.</source>
            <translation>{0}：文件已不存在，因此无法发送。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/objects.py" />
            <source>{0}: cannot be sent. {1}</source>
            <translation>{0}：无法发送。{1}</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Any date</source>
            <translation>任意日期</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Last 30 days</source>
            <translation>最近 30 天</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>Last 365 days</source>
            <translation>最近 365 天</translation>
        </message>
        <message>
            <location filename="app/dicom/net/query.py" />
            <source>From … to …</source>
            <translation>从…到…</translation>
        </message>
        <message>
            <location filename="app/dicom/net/queue.py" />
            <source>{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. Until Bocage is updated what is to be sent is kept in {3}.</source>
            <translation>{0} 由更新版本的 Bocage 写成（格式 {1}，本版本认识 {2}），不作改动。在更新 Bocage 之前，待发送的内容保存在 {3}。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/queue.py" />
            <source>The queue of what is to be sent was damaged and has been put aside as {0}.</source>
            <translation>发送队列已损坏，已作为 {0} 移到一旁。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/queue.py" />
            <source>Looking through what is to be sent</source>
            <translation>正在检查要发送的内容</translation>
        </message>
        <message>
            <location filename="app/dicom/net/queue.py" />
            <source>{0}: the queue of what is to be sent cannot be opened ({1}).</source>
            <translation>{0}：无法打开发送队列（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/queue.py" />
            <source>{0}: cannot be read ({1}).</source>
            <translation>{0}：无法读取（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/retrieving.py" />
            <source>{0}: {1} of the objects did not arrive.</source>
            <translation>{0}：有 {1} 个对象没有到达。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/retrieving.py" />
            <source>{0}: it no longer has this study, or names none of its objects.</source>
            <translation>{0}：对方已没有此检查，或未列出其任何对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/sender.py" />
            <source>The server stored the object, but says that it will not keep it.</source>
            <translation>服务器存储了该对象，但声明不会保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/sender.py" />
            <source>The server was removed from the list.</source>
            <translation>该服务器已从列表中删除。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/sender.py" />
            <source>Sending failed unexpectedly ({0}).</source>
            <translation>发送意外失败（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it did not store the object (status {1}).</source>
            <translation>{0}：对方没有存储该对象（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it does not accept objects of the class {1}.</source>
            <translation>{0}：对方不接受类别为 {1} 的对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it stored the object, but changed or left out parts of it.</source>
            <translation>{0}：对方存储了该对象，但更改或略去了部分内容。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it has this object already.</source>
            <translation>{0}：对方已有此对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it has no room for more objects just now (status {1}).</source>
            <translation>{0}：对方目前没有空间存放更多对象（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it says that the object is not what its class demands (status {1}).</source>
            <translation>{0}：对方认为该对象不符合其类别的要求（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it does not store objects of this class (status {1}).</source>
            <translation>{0}：对方不存储此类对象（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it does not allow us to store (status {1}).</source>
            <translation>{0}：对方不允许我方存储（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: it does not understand the object (status {1}).</source>
            <translation>{0}：对方无法理解该对象（状态 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/storing.py" />
            <source>{0}: the file cannot be read.</source>
            <translation>{0}：无法读取文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: the encrypted connection failed ({1}).</source>
            <translation>{0}：加密连接失败（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: its certificate is not accepted ({1}).</source>
            <translation>{0}：其证书不被接受（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: it broke off the encrypted connection. It may ask for a certificate of ours, or speak no TLS here.</source>
            <translation>{0}：对方中断了加密连接。可能要求我方证书，或此处不使用 TLS。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: it does not accept our certificate. It may ask for one that it knows.</source>
            <translation>{0}：对方不接受我方证书。可能要求其认识的证书。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: its certificate is signed by nobody that is trusted here. Choose the file of its authority.</source>
            <translation>{0}：其证书的签发者在此不受信任。请选择其签发机构的文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/tls.py" />
            <source>{0}: its certificate files cannot be read as PEM. Choose them again.</source>
            <translation>{0}：其证书文件无法按 PEM 读取。请重新选择。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/transcode.py" />
            <source>{0}: the server takes such images uncompressed only, and this one cannot be decoded.</source>
            <translation>{0}：服务器只接受未压缩的此类图像，而这一幅无法解码。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/web.py" />
            <source>{0}: what answers there is not QIDO-RS. Check the address of the server.</source>
            <translation>{0}：该处的应答不是 QIDO-RS。请检查服务器的地址。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/web.py" />
            <source>{0}: it stored only a part, and does not say which.</source>
            <translation>{0}：对方只存储了一部分，且没有说明是哪些。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/web.py" />
            <source>{0}: the connection ended before everything had arrived.</source>
            <translation>{0}：尚未全部到达，连接已断开。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/web.py" />
            <source>{0}: it did not say that it stored the object.</source>
            <translation>{0}：对方没有回答是否已存储该对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/net/web.py" />
            <source>{0}: it no longer has some of the objects.</source>
            <translation>{0}：对方已没有其中一些对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/__init__.py" />
            <source>The sign of the angles must be 1 or −1, found {0}.</source>
            <translation>角度符号必须为 1 或 −1，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/__init__.py" />
            <source>this kind of object is not opened.</source>
            <translation>此类对象不能打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>The view angles are those that a reconstructed image of this examination lists.</source>
            <translation>投影角度取自本次检查的重建图像所列的角度。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>The dose report states only the first and the last angle; the views are taken to be evenly spaced.</source>
            <translation>剂量报告只写明第一个和最后一个角度；各投影按等间隔处理。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>{0} view angles from {1:.2f}° to {2:.2f}° from {3}</source>
            <translation>{0} 个投影角度，{1:.2f}° 至 {2:.2f}°，取自 {3}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>the user</source>
            <translation>用户</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>a breast tomosynthesis object</source>
            <translation>乳腺断层融合对象</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>the dose report</source>
            <translation>剂量报告</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>The view angles are the numbers in the names of the files, as you confirmed.</source>
            <translation>投影角度为文件名中的数字，已由您确认。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>the names of the files</source>
            <translation>文件名</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>The field of view's rotation and flip are taken into account.</source>
            <translation>已计入视野的旋转和翻转。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/angles.py" />
            <source>as the user gave it</source>
            <translation>按用户给定</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}. The DICOM tags differ by up to {1:.1f} mm; the file is used.</source>
            <translation>几何：{0}。DICOM 标签与其相差最多 {1:.1f} mm；采用文件中的值。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>given ({0})</source>
            <translation>给定（{0}）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}; the views are taken in the order of their instance numbers.</source>
            <translation>几何：{0}；各投影按实例编号排序。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}.</source>
            <translation>几何：{0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>Geometry: {0}; the DICOM tags agree within {1:.2g} mm.</source>
            <translation>几何：{0}；DICOM 标签与其相符，误差在 {1:.2g} mm 以内。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>preset {0}</source>
            <translation>预设 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <location filename="app/dicom/read/arrange.py" />
            <source>{0}: this JSON file holds no geometry.</source>
            <translation>{0}：此 JSON 文件不含几何信息。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Breast tomosynthesis</source>
            <translation>乳腺断层融合</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>X-ray 3D angiographic</source>
            <translation>X 线三维血管造影</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>X-ray 3D craniofacial</source>
            <translation>X 线三维颅颌面</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Secondary capture</source>
            <translation>二次采集图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Ultrasound</source>
            <translation>超声</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Segmentation</source>
            <translation>分割</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>A segmentation marks regions of other images; it is no picture of its own. Open the images it belongs to.</source>
            <translation>分割标出其他图像中的区域；自身不是图像。请打开它所属的图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>A segmentation marks regions of other images and is no picture of its own. Open the images it belongs to.</source>
            <translation>分割标出其他图像中的区域，自身不是图像。请打开它所属的图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Parametric map</source>
            <translation>参数图</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>A map of measured values in floating point, which is not shown here. Ask for an export as MR, CT or secondary capture.</source>
            <translation>浮点测量值图，此处不显示。请要求导出为 MR、CT 或二次获取图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>Radiotherapy dose</source>
            <translation>放疗剂量</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>A dose distribution belongs to a plan and is not shown here. Open it in the planning system.</source>
            <translation>剂量分布属于放疗计划，此处不显示。请在计划系统中打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classes.py" />
            <source>An unknown kind of object</source>
            <translation>未知类型的对象</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast projections</source>
            <translation>乳腺投影</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Computed from the sweep, not an exposure of its own.</source>
            <translation>由扫描计算得到，不是单独的曝光。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Its views do not differ by any angle: a run in time, not a sweep. A geometry file beside it makes it a set of projections.</source>
            <translation>其各帧没有角度差别：是随时间的连续采集，不是扫描。旁边放一个几何文件即可作为投影组。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast scout</source>
            <translation>乳腺定位片</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Stereo views of the breast</source>
            <translation>乳腺立体定位投影</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} localizer</source>
            <translation>{0} 定位像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast tomosynthesis stored as CT</source>
            <translation>以 CT 存储的乳腺断层融合</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} projections</source>
            <translation>{0} 投影</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} run</source>
            <translation>{0} 序列</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Hologic proprietary projections</source>
            <translation>Hologic 专有格式投影</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Hologic's own compressed format (Secondary Capture with private elements), which only Hologic software reads. Ask your PACS or acquisition workstation for an export as Breast Tomosynthesis or Breast Projection X-Ray Image.</source>
            <translation>Hologic 自有的压缩格式（带私有元素的二次获取），只有 Hologic 软件可读。请要求 PACS 或采集工作站导出为 Breast Tomosynthesis 或 Breast Projection X-Ray Image。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>CT projections (DICOM-CT-PD)</source>
            <translation>CT 投影（DICOM-CT-PD）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Projections of a helical CT with a curved detector: not tomosynthesis, and not opened here. Open the reconstructed CT series.</source>
            <translation>螺旋 CT 弧形探测器的投影：不是断层融合，此处不打开。请打开重建后的 CT 序列。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>A video stream (MPEG), which is not played here. Ask for the run as an uncompressed multi-frame.</source>
            <translation>视频流（MPEG），此处不播放。请要求以未压缩的多帧图像导出。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} holds no image to show here.</source>
            <translation>{0} 中没有可显示的图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>Breast tomosynthesis in a CT object: its values are no Hounsfield units.</source>
            <translation>以 CT 对象存储的乳腺断层融合：其数值不是亨氏单位。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/classify.py" />
            <source>{0} images of one size and one view</source>
            <translation>{0} 幅尺寸和体位相同的图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/colour.py" />
            <source>{0}: holds no image (it states neither rows nor columns).</source>
            <translation>{0}：没有图像（未注明行数和列数）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/colour.py" />
            <source>{0}: {1} samples of {2} bits per pixel are no picture known here.</source>
            <translation>{0}：每像素 {1} 个样本、{2} 位，不是此处已知的图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/colour.py" />
            <source>{0}: a picture of {1} × {2} pixels is too large to be shown.</source>
            <translation>{0}：{1} × {2} 像素的图像太大，无法显示。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/colour.py" />
            <source>{0}: its colour table is damaged or missing.</source>
            <translation>{0}：其颜色表损坏或缺失。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: image {1} cannot be decoded ({2}); it is damaged or of an unknown variant.</source>
            <translation>{0}：第 {1} 幅图像无法解码（{2}）；已损坏或属于未知的编码。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: image {1} takes too long to decode; it is damaged.</source>
            <translation>{0}：第 {1} 幅图像解码时间过长；已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: not enough memory to decode it ({1}).</source>
            <translation>{0}：内存不足，无法解码（{1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: truncated in image {1}. Copy it again.</source>
            <translation>{0}：第 {1} 幅图像被截断。请重新复制。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: decoded to {1}, but {2} × {3} pixels are announced.</source>
            <translation>{0}：解码结果为 {1}，但注明的是 {2} × {3} 像素。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>{0}: image {1} made the decoder fail; it is damaged.</source>
            <translation>{0}：第 {1} 幅图像导致解码器出错；已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/decoder.py" />
            <source>The process that decodes images cannot be started ({0}).</source>
            <translation>解码图像的进程无法启动（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/distances.py" />
            <source>{0} {1:g} mm, which no tube and detector stand apart</source>
            <translation>{0} {1:g} mm，球管与探测器不可能相距如此</translation>
        </message>
        <message>
            <location filename="app/dicom/read/distances.py" />
            <source>On C-arms this is the distance to the isocentre.</source>
            <translation>在 C 形臂上，这是到等中心的距离。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/distances.py" />
            <source>It is not shorter than the distance to the detector, so it is not used.</source>
            <translation>它不短于到探测器的距离，因此不使用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/distances.py" />
            <source>The stated magnification {0:g} disagrees with the stated distances ({1:.3f}); neither is used.</source>
            <translation>记载的放大率 {0:g} 与记载的距离（{1:.3f}）不符；两者均不采用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/__init__.py" />
            <source>Reading the document</source>
            <translation>正在读取文档</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/__init__.py" />
            <source>{0}: holds no document.</source>
            <translation>{0}：不含文档。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Side</source>
            <translation>侧别</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>End angle</source>
            <translation>终止角</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Second angle</source>
            <translation>第二角</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Pulses</source>
            <translation>脉冲</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>kVp</source>
            <translation>kVp</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Tube current</source>
            <translation>管电流</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Exposure</source>
            <translation>曝光量</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Exposure time</source>
            <translation>曝光时间</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Distance to detector</source>
            <translation>到探测器的距离</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Compression</source>
            <translation>压迫</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Dose area product</source>
            <translation>剂量面积乘积</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Reference dose</source>
            <translation>参考剂量</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Entrance kerma</source>
            <translation>入射空气比释动能</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Glandular dose</source>
            <translation>腺体剂量</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Irradiation events</source>
            <translation>照射事件</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/dose.py" />
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/files.py" />
            <source>It calls itself a PDF, but does not begin like one.</source>
            <translation>它自称 PDF，但开头不像 PDF。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/files.py" />
            <source>Its kind ({0}) is not known here; it is saved with the ending .bin.</source>
            <translation>其类型（{0}）此处未知；以扩展名 .bin 保存。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/files.py" />
            <source>{0}: holds no document, although it should.</source>
            <translation>{0}：本应含有文档，却没有。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/files.py" />
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/files.py" />
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>fitted to the viewport</source>
            <translation>适合窗格</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>life size</source>
            <translation>实际尺寸</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>magnified</source>
            <translation>放大</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Applies to</source>
            <translation>应用于</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>{0} image{1}</source>
            <translation>{0} 幅图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>width {0:g}, centre {1:g}</source>
            <translation>窗宽 {0:g}，窗位 {1:g}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>turned by {0}°</source>
            <translation>旋转 {0}°</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>left and right exchanged</source>
            <translation>左右互换</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>magnified {0:g} times</source>
            <translation>放大 {0:g} 倍</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>{0}; columns {1} to {2}, rows {3} to {4}</source>
            <translation>{0}；第 {1} 至 {2} 列，第 {3} 至 {4} 行</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Graphics</source>
            <translation>图形</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Window</source>
            <translation>窗</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Greys</source>
            <translation>灰阶</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>inverted</source>
            <translation>反片</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Way round</source>
            <translation>方向</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Part shown</source>
            <translation>显示的部分</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Shutter</source>
            <translation>遮光器</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Layer {0}</source>
            <translation>图层 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>table from the file</source>
            <translation>来自文件的表</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>{0} point{1}</source>
            <translation>{0} 个点</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/presentations.py" />
            <source>Graphic</source>
            <translation>图形</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>complete</source>
            <translation>完整</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>partial</source>
            <translation>部分</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>verified</source>
            <translation>已核实</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>not verified</source>
            <translation>未核实</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>{0}, frame{1} {2}</source>
            <translation>{0}，第 {2} 帧</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>{0} {1}, {2} point{3}</source>
            <translation>{0} {1}，{2} 个点</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>an object</source>
            <translation>一个对象</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>The report is very long; what follows the first {0} items is left out.</source>
            <translation>报告很长；前 {0} 项之后的内容略去。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Date</source>
            <translation>日期</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Verification</source>
            <translation>核实</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Verified by</source>
            <translation>核实者</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Made by</source>
            <translation>制作者</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Description</source>
            <translation>描述</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>see item {0}</source>
            <translation>见第 {0} 项</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>in the image</source>
            <translation>图像中</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>in space</source>
            <translation>空间中</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Images</source>
            <translation>图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>a reference that names no object</source>
            <translation>没有指明对象的引用</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>no value</source>
            <translation>无值</translation>
        </message>
        <message>
            <location filename="app/dicom/read/documents/reports.py" />
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: its header takes more than {1} MiB.</source>
            <translation>{0}：其头信息超过 {1} MiB。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: its header has too many elements to be an image.</source>
            <translation>{0}：文件头元素过多，不可能是图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: reading its header takes too long; it is damaged.</source>
            <translation>{0}：读取头信息耗时过长；文件已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: an element of {1} bytes is announced, but the file ends before; it is truncated or damaged.</source>
            <translation>{0}：某元素注明为 {1} 字节，但文件提前结束；文件被截断或已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: its sequences are nested too deep to be an image.</source>
            <translation>{0}：序列嵌套过深，不可能是图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: a sequence of its header has no end; it is truncated or damaged.</source>
            <translation>{0}：头信息中的一个序列没有结尾；文件被截断或损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/elements.py" />
            <source>{0}: a value of its header has no end; it is truncated or damaged.</source>
            <translation>{0}：头信息中的一个值没有结尾；文件被截断或损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>Reading images</source>
            <translation>正在读取图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/frames.py" />
            <source>{0}: has no frame {1} (it has {2}).</source>
            <translation>{0}：没有第 {1} 帧（共 {2} 帧）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>Nominal numbers of a device, not those of this acquisition.</source>
            <translation>设备的标称数值，不是本次采集的数值。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The images are stored as seen from the tube; their columns are reversed on loading.</source>
            <translation>图像按从球管一侧观察存储；载入时左右翻转各列。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>No attribute says whether the detector moves; it is taken to stand still.</source>
            <translation>没有属性说明探测器是否移动；按静止处理。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>an angle that differs between the views (none of the angle attributes varies)</source>
            <translation>各投影间变化的角度（所有角度属性均无变化）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the distance from source to detector (Distance Source to Detector)</source>
            <translation>射线源到探测器的距离（Distance Source to Detector）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the distance from source to the axis of rotation (Distance Source to Isocenter)</source>
            <translation>射线源到旋转轴的距离（Distance Source to Isocenter）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the detector's pixel pitch (Detector Element Spacing or Imager Pixel Spacing)</source>
            <translation>探测器像素间距（Detector Element Spacing 或 Imager Pixel Spacing）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>pixel pitch {0:g} mm from {1}</source>
            <translation>像素间距 {0:g} mm，取自 {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>source to detector {0:g} mm from {1}</source>
            <translation>源像距 {0:g} mm，取自 {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>source to axis {0:g} mm</source>
            <translation>源轴距 {0:g} mm</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The direction of the sweep was reversed by choice.</source>
            <translation>已按选择反转扫描方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The distance from source to detector, {0:g} mm, is that of the preset.</source>
            <translation>源像距 {0:g} mm 取自预设。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The distance from source to axis, {0:g} mm, is that of the preset.</source>
            <translation>源轴距 {0:g} mm 取自预设。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>By the isocentre system the source is {0:.1f} mm from the detector, but {1:.1f} mm are stated; the isocentre system is used.</source>
            <translation>按等中心坐标系，焦点距探测器 {0:.1f} mm，而标明的是 {1:.1f} mm；采用等中心坐标系。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>reversed</source>
            <translation>反向</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>as numbered</source>
            <translation>按编号</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The views are taken in the order of their numbers.</source>
            <translation>投影按其编号的顺序排列。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>the preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>The pixel pitch {0:g} mm is that of the preset.</source>
            <translation>像素间距 {0:g} mm 取自预设。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>as written</source>
            <translation>按所记载的理解</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>stated</source>
            <translation>已标明</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>equal</source>
            <translation>相等</translation>
        </message>
        <message>
            <location filename="app/dicom/read/geometry.py" />
            <source>reversed by the user</source>
            <translation>由用户反向</translation>
        </message>
        <message>
            <location filename="app/dicom/read/grid.py" />
            <source>{0}: expected an image, found no rows and columns.</source>
            <translation>{0}：应为图像，但没有行数和列数。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/grid.py" />
            <source>"{0}" holds no views.</source>
            <translation>“{0}”中没有投影。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>The angles of the isocentre system are too steep to be used.</source>
            <translation>等中心坐标系的角度过陡，无法使用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>The tube is taken to move in the plane of the detector's chest wall edge.</source>
            <translation>假定球管在探测器胸壁侧边缘的平面内移动。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>The patient is taken to face the gantry upright; that decides the direction of the sweep.</source>
            <translation>按患者直立面向机架处理；由此决定扫描方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>By the detector's corner and position the tube stands {0:.0f} mm beside the detector; they are not used.</source>
            <translation>按探测器角点和位置，球管位于探测器旁 {0:.0f} mm；不采用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>turns by {0:.2f}°</source>
            <translation>转动 {0:.2f}°</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>by the patient's side</source>
            <translation>按患者的侧别</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>The isocentre system cannot be used: {0}</source>
            <translation>等中心坐标系无法使用：{0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>moves by {0:.1f} mm</source>
            <translation>移动 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/dicom/read/isocentre.py" />
            <source>stands still</source>
            <translation>静止</translation>
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>{0}: the geometry of the views is not complete. Missing: {1}.</source>
            <translation>{0}：投影的几何信息不完整。缺少：{1}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>Give a geometry file that belongs to these images, or choose a preset.</source>
            <translation>请提供与这些图像相符的几何文件，或选择预设。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/model.py" />
            <source>Found: {0}.</source>
            <translation>已找到：{0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>number of files</source>
            <translation>文件数</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>Left and right of the patient are unknown.</source>
            <translation>患者的左右未知。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>The images' columns are reversed on loading.</source>
            <translation>载入时图像的列被左右翻转。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>right {0}, down {1}, tube {2}</source>
            <translation>向右 {0}，向下 {1}，球管 {2}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>x, across the image</source>
            <translation>x，横贯图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>y, down the image</source>
            <translation>y，沿图像向下</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>rotated by {0}°</source>
            <translation>旋转 {0}°</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>not rotated</source>
            <translation>未旋转</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>{0}, flipped</source>
            <translation>{0}，已翻转</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>from angles and distances</source>
            <translation>由角度和距离得出</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>moves along</source>
            <translation>移动方向</translation>
        </message>
        <message>
            <location filename="app/dicom/read/numbers.py" />
            <source>turns with the tube</source>
            <translation>随球管转动</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: a colour image; X-ray images have one sample per pixel.</source>
            <translation>{0}：彩色图像；X 线图像每像素只有一个采样值。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} of {2} bits per pixel; 8, 16 or 32 allocated bits are expected.</source>
            <translation>{0}：每像素 {2} 位中使用 {1} 位；分配位数应为 8、16 或 32。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: an image of {1} × {2} pixels is larger than any detector.</source>
            <translation>{0}：{1} × {2} 像素的图像大于任何探测器。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} images of {2} × {3} need {4:.1f} GiB of memory.</source>
            <translation>{0}：{1} 幅 {2} × {3} 的图像需要 {4:.1f} GiB 内存。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: not enough memory for {1:.1f} GiB of images.</source>
            <translation>{0}：内存不足，图像需要 {1:.1f} GiB。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: the file is no longer there.</source>
            <translation>{0}：文件已不存在。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: {1} × {2} pixels among images of another size.</source>
            <translation>{0}：{1} × {2} 像素，与其他图像尺寸不同。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>{0}: its pixels are stored otherwise than those of its series.</source>
            <translation>{0}：像素存储方式与同序列其他图像不同。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/pixels.py" />
            <source>Image {0} of {1}</source>
            <translation>图像 {0} / {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>The direction in which the angles count is taken as written; the detector is taken to stand still.</source>
            <translation>角度的正方向按所记载的理解；假定探测器静止。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>{0:.1f} mm beside the axis</source>
            <translation>轴旁 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>The tube is taken to move over the detector's middle: the chest wall's side is not stated.</source>
            <translation>假定球管在探测器中央上方移动：未注明胸壁侧。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>Distance Source to Detector grows with the angle, so it is taken along the central ray; the track's height is {0:.1f} mm.</source>
            <translation>Distance Source to Detector 随角度增大，故按中心线方向理解；轨道高度为 {0:.1f} mm。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>Distance Source to Detector ({0:g} mm) is taken as the track's distance from the detector plane; the tube points at the detector's middle from every place.</source>
            <translation>将 Distance Source to Detector（{0:g} mm）作为轨道到探测器平面的距离；球管在各位置均指向探测器中心。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/placing.py" />
            <source>The detector is stated {0:g} mm below the axis, but the distances make it {1:g} mm; the distances are used.</source>
            <translation>记载的探测器位于旋转轴下方 {0:g} mm，但由各距离推得 {1:g} mm；采用各距离。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: already logarithmic ({0}); they are taken as attenuation up to a scale, so slices have no unit.</source>
            <translation>像素值：已取对数（{0}）；作为相差一个比例的衰减值使用，因此断层图像没有单位。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>detector counts</source>
            <translation>探测器计数</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>logarithmic</source>
            <translation>对数</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>sign {0:+d}</source>
            <translation>符号 {0:+d}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>no sign stated</source>
            <translation>未注明符号</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Pixel Intensity Relationship {0}, {1}</source>
            <translation>Pixel Intensity Relationship {0}，{1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>assumed for images for presentation</source>
            <translation>因是供显示图像而假定</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: detector counts (assumed; {0}).</source>
            <translation>像素值：探测器计数（假定；{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>The file's rescale is applied to the views.</source>
            <translation>已对投影应用文件的重缩放。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Looking for the range of values</source>
            <translation>正在确定像素值范围</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: {0}, as given.</source>
            <translation>像素值：{0}，按给定。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Values: detector counts (Pixel Intensity Relationship LIN, {0}).</source>
            <translation>像素值：探测器计数（Pixel Intensity Relationship LIN，{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Padding pixels are among the views; they are treated as values.</source>
            <translation>投影中有填充像素；按像素值处理。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>The counts are stored as signed numbers.</source>
            <translation>计数以有符号数存储。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>Larger stored values mean fewer counts; they are turned over.</source>
            <translation>存储值越大计数越小；已反转。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>counts</source>
            <translation>计数</translation>
        </message>
        <message>
            <location filename="app/dicom/read/projections.py" />
            <source>line integrals</source>
            <translation>线积分</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are at the detector ({0}); the patient is shown magnified.{1}</source>
            <translation>长度以探测器平面为准（{0}）；患者影像有放大。{1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source> Its Pixel Spacing is not a length and is ignored.</source>
            <translation> 其 Pixel Spacing 不是长度，已忽略。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Pixel Spacing without a calibration type</source>
            <translation>未注明校准方式的 Pixel Spacing</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>The tube is assumed to stand {0:g} mm above the detector's middle; the tags do not state its place.</source>
            <translation>假定球管位于探测器中心上方 {0:g} mm；标签未注明其位置。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Reading the image</source>
            <translation>正在读取图像</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Calibrated by an object of known size in the image.</source>
            <translation>以图像中已知尺寸的物体标定。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are corrected for magnification by the device, for an assumed depth.</source>
            <translation>设备已按假定深度对长度作放大率校正。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>{0:g} mm from the source</source>
            <translation>距焦点 {0:g} mm</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>its image plane</source>
            <translation>其图像平面</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Pixel Spacing differs from the detector's; how it was corrected is not stated.</source>
            <translation>Pixel Spacing 与探测器的像素间距不同；未注明校正方式。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Scale unknown: lengths are in pixels.{0}</source>
            <translation>比例未知：长度以像素为单位。{0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are divided by the stated magnification {0:g}.{1}</source>
            <translation>长度已除以所注明的放大率 {0:g}。{1}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are divided by the magnification {0:.3f} of the stated distances {1:g} and {2:g} mm.{3}</source>
            <translation>长度已除以由所注明距离 {1:g} mm 和 {2:g} mm 得到的放大率 {0:.3f}。{3}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>distance {0:g} mm and pitch {1:g} mm from the tags</source>
            <translation>距离 {0:g} mm 和像素间距 {1:g} mm，取自标签</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Photometric Interpretation and Presentation LUT Shape contradict each other; the former is followed.</source>
            <translation>Photometric Interpretation 与 Presentation LUT Shape 相互矛盾；采用前者。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>The detector's pitch is exchanged between rows and columns, as the field of view is rotated.</source>
            <translation>因视野有旋转，探测器的行、列像素间距已互换。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source>Lengths are at the plane of the image ({0}).</source>
            <translation>长度在图像平面（{0}）处。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/radiographs.py" />
            <source> No spacing is stated.</source>
            <translation> 未注明像素间距。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/runs.py" />
            <source>{0}: not for measurement; lengths are in pixels.</source>
            <translation>{0}：不可用于测量；长度以像素计。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/runs.py" />
            <source>As stored</source>
            <translation>按存储</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its {1} compressed pieces cannot be divided into {2} images.</source>
            <translation>{0}：其 {1} 个压缩片段无法分成 {2} 幅图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: truncated; its compressed pixel data have no end. Copy it again.</source>
            <translation>{0}：文件被截断；压缩像素数据没有结尾。请重新复制。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its deflated content is larger than {1} MiB.</source>
            <translation>{0}：解压后的内容大于 {1} MiB。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: it names no SOP class or instance; the file is truncated or damaged.</source>
            <translation>{0}：没有 SOP 类或实例标识；文件被截断或已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: describes an image of {1} × {2} pixels, but the file ends before the pixels.</source>
            <translation>{0}：注明有 {1} × {2} 像素的图像，但文件在像素数据之前就结束了。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: {1} frames are more than an image has.</source>
            <translation>{0}：{1} 帧超出一个图像所能有的帧数。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: truncated; {1} bytes of pixels are expected, {2} are there. Copy it again.</source>
            <translation>{0}：文件被截断；像素数据应有 {1} 字节，实有 {2} 字节。请重新复制。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: truncated; {1} images are announced, {2} are there. Copy it again.</source>
            <translation>{0}：被截断；声明有 {1} 幅图像，实有 {2} 幅。请重新复制。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its header does not fit into memory.</source>
            <translation>{0}：文件头过大，内存容纳不下。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: not a valid DICOM file ({1} while reading).</source>
            <translation>{0}：不是有效的 DICOM 文件（读取时出现 {1}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: the file is empty.</source>
            <translation>{0}：文件为空。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: {1} bytes are too few for a DICOM file.</source>
            <translation>{0}：{1} 字节太少，不可能是 DICOM 文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: no DICOM file (the preamble of PS3.10 is missing).</source>
            <translation>{0}：不是 DICOM 文件（缺少 PS3.10 的文件前导）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: its transfer syntax is not stated, so its pixels cannot be read reliably. Write it again with one, or ask for another export.</source>
            <translation>{0}：未写明传输语法，无法可靠读取其像素。请写明后重新保存，或要求另行导出。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/safe.py" />
            <source>{0}: should hold an image, but the file ends before it; it is truncated or damaged.</source>
            <translation>{0}：应含图像，但文件提前结束；文件被截断或已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: no DICOM file in spite of its name (the preamble of PS3.10 is missing). Write it again with one, or ask for another export.</source>
            <translation>{0}：名称虽是 DICOM，却不是 DICOM 文件（缺少 PS3.10 的文件前导）。请补上后重新保存，或要求另行导出。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>More than {0} files; the rest is not searched. Open a smaller folder.</source>
            <translation>文件超过 {0} 个，其余不再搜索。请打开较小的文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: refers to no images.</source>
            <translation>{0}：没有引用任何图像。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: the same image was found before; this copy is not opened.</source>
            <translation>{0}：之前已找到同一图像；此副本不打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: a packed archive is not opened; unpack it and open the folder.</source>
            <translation>{0}：压缩包不能打开；请解压后打开文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: not a format that is opened here.</source>
            <translation>{0}：本程序不支持此格式。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: its reference {1!r} leads outside its folder; ignored.</source>
            <translation>{0}：其引用 {1!r} 指向所在文件夹之外，已忽略。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0} refers to {1}, which is not there.</source>
            <translation>{0} 引用了 {1}，但该文件不存在。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0} ({1} of {2})</source>
            <translation>{0}（{1} / {2}）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: there is no such file or folder.</source>
            <translation>{0}：没有此文件或文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/scan.py" />
            <source>{0}: folders are nested too deep; not searched further.</source>
            <translation>{0}：文件夹嵌套过深，不再继续搜索。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>{0} of {1} parts of this object are there; the others are missing.</source>
            <translation>此对象的 {1} 个部分中有 {0} 个；其余缺失。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>stack {0}</source>
            <translation>堆栈 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>echo {0}</source>
            <translation>回波 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>echo time {0} ms</source>
            <translation>回波时间 {0} ms</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>time {0}</source>
            <translation>时间 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>phase {0} %</source>
            <translation>时相 {0} %</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>trigger time {0} ms</source>
            <translation>触发时间 {0} ms</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>acquisition {0}</source>
            <translation>采集 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>sagittal</source>
            <translation>矢状面</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>coronal</source>
            <translation>冠状面</translation>
        </message>
        <message>
            <location filename="app/dicom/read/stacks.py" />
            <source>axial</source>
            <translation>横断面</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The tube is taken to move along the image's {0} (not stated).</source>
            <translation>假定球管沿图像的{0}方向移动（未注明）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The chest wall's side is not stated; the tube is taken to move along the image's columns.</source>
            <translation>未注明胸壁侧；假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>{0} is taken to move the tube along the image's {1} axis (not stated).</source>
            <translation>假定 {0} 使球管沿图像的 {1} 轴移动（未注明）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The middle gantry angle is taken as the detector's normal.</source>
            <translation>将机架角度的中间值作为探测器法线方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The tube is taken to move along the patient's head–foot axis; the tags do not state the direction.</source>
            <translation>假定球管沿患者头足轴移动；标签未注明方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The direction in which the angles count is taken as written.</source>
            <translation>角度的计数方向按所写采用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>Two angles vary; only the larger sweep is used.</source>
            <translation>有两个角度在变化；只采用范围较大的扫描。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The middle tube angle ({0:.2f}°) is taken as the detector's normal.</source>
            <translation>将球管的中间角度（{0:.2f}°）作为探测器法线方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>Tube angles are taken relative to the detector at {0:.2f}°.</source>
            <translation>球管角度以探测器角度 {0:.2f}° 为基准。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>as this program writes it</source>
            <translation>按本程序的写法</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>rows</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>columns</source>
            <translation>列</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>{0} is taken to count along the detector's rows before rotation.</source>
            <translation>{0} 按旋转前沿探测器行的方向计数处理。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>The world frame stands on the detector of the middle angle.</source>
            <translation>世界坐标系以中间角度的探测器为准。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/sweep.py" />
            <source>{0} does not go one way, so its values are taken as steps.</source>
            <translation>{0} 不是单向变化，其数值按步长处理。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/thumbnail.py" />
            <source>A picture needs rows and columns, found an array of shape {0}.</source>
            <translation>图像需要行和列，实际数组形状为 {0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/tree.py" />
            <source>{0} bytes</source>
            <translation>{0} 字节</translation>
        </message>
        <message>
            <location filename="app/dicom/read/tree.py" />
            <source>What follows the first {0} elements is left out.</source>
            <translation>前 {0} 个元素之后的内容略去。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/tree.py" />
            <source>{0} items</source>
            <translation>{0} 个项目</translation>
        </message>
        <message>
            <location filename="app/dicom/read/tree.py" />
            <source>cannot be read ({0})</source>
            <translation>无法读取（{0}）</translation>
        </message>
        <message>
            <location filename="app/dicom/read/tree.py" />
            <source>Item</source>
            <translation>项目</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>View Position says that the tube was {0} the patient, so the images are stored as seen from the tube; their columns are reversed on loading.</source>
            <translation>View Position 表明球管在患者{0}，因此图像是按从球管方向观察存储的；读入时已将列反转。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Patient Orientation "{0}" names no two directions</source>
            <translation>Patient Orientation “{0}”没有给出两个方向</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Patient Orientation is absent</source>
            <translation>没有 Patient Orientation</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>behind</source>
            <translation>后方</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>in front of</source>
            <translation>前方</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Element spacing × binning ({0:g} mm) is used, not the imager pixel spacing {1:g}.</source>
            <translation>采用探测元间距 × 合并倍数（{0:g} mm），而不是 Imager Pixel Spacing {1:g}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>The pixel pitch is taken from {0}, which need not be true at the detector.</source>
            <translation>像素间距取自 {0}，在探测器平面上不一定准确。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>Orientation unknown: {0}.</source>
            <translation>方位未知：{0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/views.py" />
            <source>top level</source>
            <translation>顶层</translation>
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Table {0}</source>
            <translation>查找表 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Window {0}</source>
            <translation>窗 {0}</translation>
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Its rescale slope of 0 is not applied.</source>
            <translation>斜率为 0 的重缩放未应用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/voi.py" />
            <source>Its modality table is damaged and not applied.</source>
            <translation>Modality 查找表已损坏，未应用。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The pixel spacing is not stated; 1 mm is assumed, so lengths are not true.</source>
            <translation>未注明像素间距；假定为 1 mm，因此长度不准确。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices' positions are not stated; an interval of 1 mm is assumed, so heights are not true.</source>
            <translation>未注明层面位置；假定层间隔为 1 mm，因此高度不准确。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are turned against each other; they are shown as if parallel.</source>
            <translation>各层相互有旋转；按平行显示。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices' Image Orientation holds no two perpendicular directions.</source>
            <translation>断层图像的 Image Orientation 没有给出两个相互垂直的方向。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are placed by their Slice Location.</source>
            <translation>各层按 Slice Location 定位。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are placed by their number and Spacing Between Slices ({0:g} mm).</source>
            <translation>各层按编号和 Spacing Between Slices（{0:g} mm）定位。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Slices that lie where another one lies are left out ({0}).</source>
            <translation>与其他层位置重合的层已去除（{0} 层）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are not evenly spaced ({0:.3g} to {1:.3g} mm).</source>
            <translation>层间隔不均匀（{0:.3g} 至 {1:.3g} mm）。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Shown as coronal planes, resorted from the stored ones.</source>
            <translation>按冠状面显示，由存储的层面重排得到。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The planes that a volume can be resorted to are "coronal", found "{0}".</source>
            <translation>容积只能重排为 "coronal"（冠状面），实际为“{0}”。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Only axial volumes (rows to the left, columns to the back) can be resorted to coronal planes.</source>
            <translation>只有轴位容积（行向左、列向后）才能重排为冠状面。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Only evenly spaced slices can be resorted to coronal planes.</source>
            <translation>只有层间隔均匀的断层图像才能重排为冠状面。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The slices are shifted against each other within their planes; they are shown as if aligned.</source>
            <translation>各层在层面内相互有位移；按对齐显示。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Computed by {0}: {1}.</source>
            <translation>由 {0} 计算：{1}。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>Tomo Layer Heights disagree with the slices' positions; the positions are used.</source>
            <translation>Tomo Layer Heights 与层面位置不符；采用层面位置。</translation>
        </message>
        <message>
            <location filename="app/dicom/read/volumes.py" />
            <source>The pixel spacing is the detector's: the slices state none of their own.</source>
            <translation>像素间距为探测器的像素间距：断层图像自身没有注明。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>Another object with the same SOP Instance UID is there already. Both are kept; this one lies aside.</source>
            <translation>已存在具有相同 SOP Instance UID 的另一个对象。两者都保留；这一个放在一旁。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The connection ended in the middle of an object. Nothing of it was kept; send it again.</source>
            <translation>连接在传输对象中途断开。没有保留其任何部分；请重新发送。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The class or instance UID in the data set is not the one that was announced.</source>
            <translation>数据集中的类别或实例 UID 与声明的不符。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The SOP Instance UID is not built as a UID.</source>
            <translation>SOP Instance UID 的构成不符合 UID 规则。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The SOP class is not the one that was agreed, or no storage class.</source>
            <translation>SOP 类别与商定的不符，或不是存储类别。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The object could not be stored ({0}).</source>
            <translation>对象无法存储（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer closed the connection</source>
            <translation>对方关闭了连接</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer did not answer in time</source>
            <translation>对方没有及时回答</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The peer speaks another version of the protocol.</source>
            <translation>对方使用另一版本的协议。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The peer does not want DICOM.</source>
            <translation>对方要的不是 DICOM。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>It called “{0}”, and the receiver's AE title is “{1}”. Set one to the other.</source>
            <translation>对方呼叫“{0}”，而接收器的 AE 名称是“{1}”。请将其中之一改成一致。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>“{0}” at {1} is not on the list of allowed senders.</source>
            <translation>{1} 的“{0}”不在允许的发送方列表中。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>There are too many associations at the same time.</source>
            <translation>同时建立的关联过多。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a presentation context that was not agreed on</source>
            <translation>未商定的呈现上下文</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a data set without its command</source>
            <translation>没有命令的数据集</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a response to nothing</source>
            <translation>没有对应请求的回答</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The sender took too long, and the connection was ended.</source>
            <translation>发送方耗时过长，连接已中断。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The peer does not keep to the protocol ({0}).</source>
            <translation>对方不遵守协议（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>An error of the receiver's own ended a connection ({0}).</source>
            <translation>接收器自身的错误中断了一个连接（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a command in the middle of another message</source>
            <translation>另一消息中途出现的命令</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a command that is too long</source>
            <translation>过长的命令</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The peer asked for something other than storing (C-STORE).</source>
            <translation>对方请求的不是存储（C-STORE）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>an object without end</source>
            <translation>没有结尾的对象</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer showed no certificate</source>
            <translation>对方没有出示证书</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer's certificate is signed by no known authority</source>
            <translation>对方的证书不是由已知机构签发</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer speaks HTTP</source>
            <translation>对方使用 HTTP</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>the peer does not encrypt</source>
            <translation>对方没有加密</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The encrypted connection failed ({0}).</source>
            <translation>加密连接失败（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>The peer sent no data set.</source>
            <translation>对方没有发送数据集。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/association.py" />
            <source>a release in the middle of an object</source>
            <translation>对象传输中途的释放</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/check.py" />
            <source>No answer at {0}, port {1}. A firewall may be in the way.</source>
            <translation>{0} 的端口 {1} 没有应答。可能被防火墙阻挡。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/check.py" />
            <source>The receiver took the connection but did not answer the echo.</source>
            <translation>接收器接受了连接，但没有回答回声测试。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/check.py" />
            <source>The receiver is there but turned its own test away. Try again in a moment.</source>
            <translation>接收器在运行，但拒绝了自己的测试。请稍后再试。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/check.py" />
            <source>No answer at {0}, port {1}. Where senders must show a certificate, this test works only if the receiver's own certificate is signed by one of the authorities.</source>
            <translation>{0} 的端口 {1} 没有应答。若要求发送方出示证书，只有接收器自己的证书由其中某个机构签发时，此测试才有效。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/dimse.py" />
            <source>a command ends within an element</source>
            <translation>命令在元素中间结束</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/dimse.py" />
            <source>a command holds what is no element of it</source>
            <translation>命令中含有不属于它的元素</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/dimse.py" />
            <source>a command lacks a number</source>
            <translation>命令缺少编号</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/guard.py" />
            <source>a PDU of an unknown type</source>
            <translation>未知类型的 PDU</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/guard.py" />
            <source>a PDU that does not belong here</source>
            <translation>此处不应出现的 PDU</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/guard.py" />
            <source>a PDU is longer than was agreed</source>
            <translation>PDU 比商定的长</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/identity.py" />
            <source>The data set ends in the middle of an element; the sender broke off or the object is damaged.</source>
            <translation>数据集在元素中间结束；发送方中断或对象已损坏。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/identity.py" />
            <source>The data set is not built as its transfer syntax says.</source>
            <translation>数据集的构成与其传输语法不符。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/identity.py" />
            <source>The data set does not say its class, instance, study and series (their UIDs).</source>
            <translation>数据集没有说明其类别、实例、检查和序列（的 UID）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/identity.py" />
            <source>The data set has a UID that is not built as one.</source>
            <translation>数据集中有构成不符合规则的 UID。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/identity.py" />
            <source>The data set has more elements, or deeper ones, than are looked through.</source>
            <translation>数据集的元素过多或嵌套过深，超出检查范围。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>a name of a syntax is no UID</source>
            <translation>语法名称不是 UID</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>the request is too short</source>
            <translation>请求过短</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>no answer fits the maximum length</source>
            <translation>没有回答能放进最大长度</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>a presentation context has no odd number</source>
            <translation>呈现上下文没有奇数编号</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>a presentation context lacks a syntax</source>
            <translation>呈现上下文缺少语法</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>an item ends within its header</source>
            <translation>项目在其头部内结束</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>an item is longer than what holds it</source>
            <translation>项目比包含它的部分长</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>a data value ends within its header</source>
            <translation>数据值在其头部内结束</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>a data value is longer than its PDU</source>
            <translation>数据值比其 PDU 长</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>two presentation contexts have the same number</source>
            <translation>两个呈现上下文编号相同</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/pdu.py" />
            <source>the maximum length is not four bytes</source>
            <translation>最大长度不是四个字节</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/receiver.py" />
            <source>The receiver's process ended unexpectedly (status {0}). What it had received whole is kept.</source>
            <translation>接收器的进程意外结束（状态 {0}）。已完整接收的内容保留。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/receiver.py" />
            <source>The receiver's process cannot be started ({0}).</source>
            <translation>接收器的进程无法启动（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>The certificate {0} and the key {1} cannot be used together. Both must be PEM files, of one pair, and the key without a password.</source>
            <translation>证书 {0} 与密钥 {1} 不能一起使用。两者须为成对的 PEM 文件，且密钥没有密码。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>Port {0} is used by another program. Choose another port, or end that one.</source>
            <translation>端口 {0} 被另一个程序占用。请选择其他端口，或结束该程序。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>The folder for received studies cannot be used: {0}.</source>
            <translation>接收检查的文件夹无法使用：{0}。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>{0} holds no certificates. Choose a PEM file.</source>
            <translation>{0} 中没有证书。请选择 PEM 文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>You may not use port {0}. Choose one above 1023, for example 11112.</source>
            <translation>您无权使用端口 {0}。请选择 1023 以上的端口，例如 11112。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>The receiver ended because of an error of its own ({0}).</source>
            <translation>接收器因自身错误而结束（{0}）。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>{0} is no address of this computer. Choose another one.</source>
            <translation>{0} 不是本机的地址。请另选一个。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/scp.py" />
            <source>The receiver cannot listen at {0}, port {1}.</source>
            <translation>接收器无法在 {0} 的端口 {1} 监听。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>“{0}” is no AE title: 1 to 16 letters, digits or signs, without a backslash.</source>
            <translation>“{0}”不是 AE 名称：须为 1 至 16 个字母、数字或符号，不含反斜杠。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>There is no port {0}. Choose one between 1 and 65535.</source>
            <translation>没有端口 {0}。请在 1 到 65535 之间选择。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>Encryption needs a certificate and its key. Choose both files, or neither.</source>
            <translation>加密需要证书及其密钥。请两个文件都选，或都不选。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>“{0}” is no address of this computer. Write for example 127.0.0.1 or 0.0.0.0.</source>
            <translation>“{0}”不是本机的地址。例如写 127.0.0.1 或 0.0.0.0。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>{0} is not there. Choose the file anew.</source>
            <translation>{0} 不存在。请重新选择文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>{0} must lie between {1} and {2}.</source>
            <translation>{0} 必须在 {1} 到 {2} 之间。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/settings.py" />
            <source>“{0}” is neither an address nor a network. Write for example 192.168.1.20 or 192.168.1.0/24.</source>
            <translation>“{0}”既不是地址也不是网络。例如写 192.168.1.20 或 192.168.1.0/24。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/spool.py" />
            <source>The folder of received studies holds {0:.1f} of {1:.1f} GB and {2} of {3} files. Delete studies there, or allow more.</source>
            <translation>接收检查的文件夹已有 {0:.1f} GB（上限 {1:.1f} GB）和 {2} 个文件（上限 {3} 个）。请在其中删除检查，或提高上限。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/spool.py" />
            <source>{0} is in the way of a folder for received studies. Remove it.</source>
            <translation>{0} 占用了接收检查的文件夹的位置。请移除。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/spool.py" />
            <source>The object is larger than {0:.0f} MB, the largest that is taken.</source>
            <translation>该对象大于 {0:.0f} MB，即可接收的上限。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/spool.py" />
            <source>The disk has {0:.1f} GB left, and {1:.1f} GB are kept free.</source>
            <translation>磁盘剩余 {0:.1f} GB，须保留 {1:.1f} GB 空闲。</translation>
        </message>
        <message>
            <location filename="app/dicom/receive/spool.py" />
            <source>{0} is in the way of a received object. Remove it.</source>
            <translation>{0} 占用了所接收对象的位置。请移除。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>It needs the breast as body part, its side and its view (CC, MLO …).</source>
            <translation>它要求检查部位为乳腺，并写明侧别和体位（CC、MLO…）。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>It needs the patient's directions, with the chest wall at an edge of the detector.</source>
            <translation>它要求患者方向，且胸壁位于探测器的一条边。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>The tube must move on a track or an arc along the chest wall over a detector that stands still.</source>
            <translation>球管必须沿胸壁在直线或弧线上移动，探测器静止。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>The tube must move along the chest wall, not towards it.</source>
            <translation>球管必须沿胸壁移动，而不是朝向胸壁。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>{0} views written</source>
            <translation>已写入 {0} 幅投影</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>A breast projection image cannot be written. {0}</source>
            <translation>无法写出乳腺投影图像。{0}</translation>
        </message>
        <message>
            <location filename="app/dicom/write/breast.py" />
            <source>Writing view {0} of {1}</source>
            <translation>正在写入投影 {0} / {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>{0} slices of {1} × {2} pixels are {3:.1f} GB, but an uncompressed DICOM object holds at most 4.3 GB. Choose compression, fewer slices, or one file for each slice.</source>
            <translation>{0} 层 {1} × {2} 像素为 {3:.1f} GB，而未压缩的 DICOM 对象最多 4.3 GB。请选择压缩、减少层数，或每层一个文件。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>Uncompressed</source>
            <translation>未压缩</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>Every station opens it.</source>
            <translation>所有工作站都能打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>Smaller by a quarter to a half, without loss. Most stations open it.</source>
            <translation>缩小四分之一到一半，无损。大多数工作站可打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>Smaller by a quarter to a half, without loss, fast to open. Only new stations read it.</source>
            <translation>缩小四分之一到一半，无损，打开快。只有新的工作站能读。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/encoding.py" />
            <source>Without loss, hardly smaller where there is noise. Old stations open it.</source>
            <translation>无损，有噪声时几乎不变小。旧工作站可打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>Stations will file and hang it as CT, but its values are no Hounsfield units: CT measurements of density, dose registries and CT hanging protocols will take it for what it is not.</source>
            <translation>工作站会把它归为 CT 并按 CT 挂片，但其数值不是亨氏单位：CT 密度测量、剂量登记和 CT 挂片协议会误认它。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>The patient's orientation is unknown. Say it, or choose a secondary capture.</source>
            <translation>患者方向未知。请指定，或选择二次获取。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>The body part is not the breast.</source>
            <translation>检查部位不是乳腺。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>It must say which breast it is; say the side.</source>
            <translation>必须写明是哪一侧乳腺；请指定侧别。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>It must say the view (CC, MLO …); say it.</source>
            <translation>必须写明体位（CC、MLO…）；请指定。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>It must say whether there is an implant; say it.</source>
            <translation>必须写明是否有植入物；请指定。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>Digital X-ray slices</source>
            <translation>数字 X 线层面</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>X-ray 3D volume (angiographic)</source>
            <translation>X 线三维容积（血管造影）</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>X-ray 3D volume (craniofacial)</source>
            <translation>X 线三维容积（颅颌面）</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>CT-compatible slices</source>
            <translation>CT 兼容层面</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>Secondary capture, multi-frame</source>
            <translation>二次获取，多帧</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file a slice. Opens in every station.</source>
            <translation>每层一个文件。所有工作站都能打开。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file. The standard's own object for breast slices.</source>
            <translation>一个文件。标准专为乳腺断层图像设立的对象。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file, for archiving. The exact geometry; named for C-arm volumes.</source>
            <translation>一个文件，用于归档。几何精确；名称为 C 形臂容积。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file, for archiving. The exact geometry; named for dental volumes.</source>
            <translation>一个文件，用于归档。几何精确；名称为牙科容积。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file a slice, for 3-D tools. Will be filed as CT; values are not HU.</source>
            <translation>每层一个文件，供三维工具使用。会归为 CT；数值不是 HU。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/kinds.py" />
            <source>One file, the last resort. Needs no orientation; says the least.</source>
            <translation>一个文件，最后的选择。不需要方向；信息最少。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>The patient's orientation is unknown; the images say none.</source>
            <translation>患者方位未知；图像中未写入方位。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM attributes cannot say this geometry; only {0} carries it. Keep them together.</source>
            <translation>DICOM 属性无法表达此几何；只有 {0} 中有记录。请将它们放在一起保存。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM projections are detector counts; line integrals can be kept as .npz instead.</source>
            <translation>DICOM 投影存储的是探测器计数；线积分可保存为 .npz。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>DICOM projections are integers from 0 to 65535, found {0}. Round the counts.</source>
            <translation>DICOM 投影为 0 至 65535 的整数，实际为 {0}。请对计数取整。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/projections.py" />
            <source>View {0} holds counts from {1} to {2}; DICOM keeps 0 to 65535. Rescale.</source>
            <translation>第 {0} 幅投影的计数为 {1} 至 {2}；DICOM 只能保存 0 至 65535。请重新缩放。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>Writing the radiograph</source>
            <translation>正在写入平片</translation>
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>Radiograph written</source>
            <translation>平片已写入</translation>
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>A radiograph has one view, but its geometry describes {0}.</source>
            <translation>平片只有一个投影，但其几何描述了 {0} 个。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/radiograph.py" />
            <source>A radiograph must be uint16 of {0} rows × {1} columns, found {2} {3}.</source>
            <translation>平片应为 {0} 行 × {1} 列的 uint16，实际为 {2} {3}。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: is a file, but the images need a folder of this name. Choose another.</source>
            <translation>{0}：是文件，但需要同名文件夹存放图像。请另选。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: the folder cannot be written ({1}). Choose another.</source>
            <translation>{0}：文件夹无法写入（{1}）。请另选。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/series.py" />
            <source>{0}: writing failed ({1}). Choose another folder.</source>
            <translation>{0}：写入失败（{1}）。请另选文件夹。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>{0} slices written</source>
            <translation>已写入 {0} 层</translation>
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>{0} cannot be written. {1}</source>
            <translation>无法写出{0}。{1}</translation>
        </message>
        <message>
            <location filename="app/dicom/write/slices.py" />
            <source>The patient's orientation is unknown; the slices say none.</source>
            <translation>患者方位未知；断层图像中未写入方位。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/stack.py" />
            <source>There are no slices to write; the range of heights is empty.</source>
            <translation>没有可写入的断层图像；高度范围为空。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/stack.py" />
            <source>The heights of a slice series must ascend or descend without repeats.</source>
            <translation>断层序列的高度必须递增或递减且不重复。</translation>
        </message>
        <message>
            <location filename="app/dicom/write/stack.py" />
            <source>Writing slice {0} of {1}</source>
            <translation>正在写入断层 {0} / {1}</translation>
        </message>
        <message>
            <location filename="app/dicom/write/stack.py" />
            <source>The slices of one series must lie on one grid; compute them with one pixel size.</source>
            <translation>同一序列的各层必须在同一网格上；请用同一像素尺寸计算。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>no readings were found; expected lines with a driving level and a luminance in cd/m².</source>
            <translation>没有找到读数；每行应有驱动级和亮度（cd/m²）。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>the highest driving level (max) must be a whole number, found {0:g}.</source>
            <translation>最高驱动级（max）应为整数，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>A characteristic needs at least {0} readings (18 are usual), found {1}.</source>
            <translation>特性曲线至少需要 {0} 个读数（通常 18 个），实际为 {1} 个。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>Every driving level is measured once; level {0} was given twice.</source>
            <translation>每个驱动级只测一次；驱动级 {0} 出现两次。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>The darkest and the brightest level (0 and 255) must be measured, found {0} to {1}.</source>
            <translation>必须测量最暗和最亮的驱动级（0 和 255），实际为 {0} 至 {1}。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>The room's light is 0 cd/m² or more, found {0:g}.</source>
            <translation>环境光应不小于 0 cd/m²，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>All readings are the same; the monitor shows no picture.</source>
            <translation>所有读数相同；显示器没有显示图像。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>With the room's light a screen lies between {0:g} and {1:.0f} cd/m² (PS3.14), found {2:g} to {3:g}. Enter the room's light on the screen, if it was left out.</source>
            <translation>计入环境光，屏幕亮度应在 {0:g} 至 {1:.0f} cd/m² 之间（PS3.14），实际为 {2:g} 至 {3:g}。若未计入屏幕上的环境光，请输入。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>{0}: expected a text of levels and luminances, found more than 1 MB.</source>
            <translation>{0}：应为驱动级和亮度的文本，实际大于 1 MB。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>{0}: the readings cannot be read ({1}).</source>
            <translation>{0}：读数无法读取（{1}）。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>line {0}: expected a driving level and a luminance in cd/m², found "{1}".</source>
            <translation>第 {0} 行：应为驱动级和亮度（cd/m²），实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>line {0}: a driving level is a whole number from 0 to {1:g}, found {2:g}.</source>
            <translation>第 {0} 行：驱动级应为 0 至 {1:g} 的整数，实际为 {2:g}。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>A luminance is 0 cd/m² or more, found {0:g} at level {1}.</source>
            <translation>亮度应不小于 0 cd/m²，驱动级 {1} 处实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>The luminance must not fall from one level to the next, found {0:g} cd/m² at level {1} and {2:g} at {3}. Measure these again.</source>
            <translation>亮度不得随驱动级下降：驱动级 {1} 处为 {0:g} cd/m²，驱动级 {3} 处为 {2:g}。请重新测量这几级。</translation>
        </message>
        <message>
            <location filename="app/display/characteristic.py" />
            <source>line {0}: this is the file of a printer or scanner (ill), not of a monitor.</source>
            <translation>第 {0} 行：这是打印机或扫描仪的文件（ill），不是显示器的文件。</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Limits: ACR–AAPM–SIIM Technical Standard for Electronic Practice of Medical Imaging (L′max, L′min, luminance ratio); AAPM TG-18, Assessment of Display Performance (contrast response, room light).</source>
            <translation>限值：ACR–AAPM–SIIM《医学影像电子化技术标准》（L′max、L′min、亮度比）；AAPM TG-18《显示性能评估》（对比度响应、环境光）。</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>At least 3 readings are needed to judge a display, found {0}.</source>
            <translation>判断显示器至少需要 3 个读数，实际为 {0} 个。</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Every P-value is measured once.</source>
            <translation>每个 P 值只测一次。</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>The display is not brighter at the highest P-value than at the lowest.</source>
            <translation>显示器在最高 P 值处并不比最低处亮。</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Brightest, L′max</source>
            <translation>最亮，L′max</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Darkest, L′min</source>
            <translation>最暗，L′min</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Luminance ratio</source>
            <translation>亮度比</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Largest deviation of contrast</source>
            <translation>对比度最大偏差</translation>
        </message>
        <message>
            <location filename="app/display/conformance.py" />
            <source>Room light to darkest level</source>
            <translation>环境光与最暗级之比</translation>
        </message>
        <message>
            <location filename="app/display/gsdf.py" />
            <source>A JND index lies between 1 and 1023, found {0}.</source>
            <translation>JND 指数应在 1 至 1023 之间，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="app/display/gsdf.py" />
            <source>The greyscale standard covers {0:g} to {1:.0f} cd/m², found {2}.</source>
            <translation>灰度标准适用于 {0:g} 至 {1:.0f} cd/m²，实际为 {2}。</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>{0}: the displays' calibrations cannot be read ({1}). No display is calibrated.</source>
            <translation>{0}：无法读取显示器校准数据（{1}）。所有显示器均未校准。</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>a pixel pitch of {0} mm</source>
            <translation>像素间距 {0} mm</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>Monitor</source>
            <translation>显示器</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>A monitor's pixels are between 0.03 and 2 mm apart, found {0:g} mm.</source>
            <translation>显示器像素间距应在 0.03 至 2 mm 之间，实际为 {0:g} mm。</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>expected "{0}" version {1}</source>
            <translation>应为 "{0}" 版本 {1}</translation>
        </message>
        <message>
            <location filename="app/display/monitors.py" />
            <source>it is not text</source>
            <translation>不是文本</translation>
        </message>
        <message>
            <location filename="app/export.py" />
            <source>The slices of a NIfTI volume must be evenly spaced; choose one interval.</source>
            <translation>NIfTI 容积的层间隔必须均匀；请选择一个层间隔。</translation>
        </message>
        <message>
            <location filename="app/export.py" />
            <source>NIfTI holds at most {0} voxels along an axis, found {1} × {2} × {3}; choose a larger pixel, or TIFF.</source>
            <translation>NIfTI 每个轴最多 {0} 个体素，实际为 {1} × {2} × {3}；请选择较大的像素，或用 TIFF。</translation>
        </message>
        <message>
            <location filename="app/export.py" />
            <source>Expected {0} slices, found {1}.</source>
            <translation>应有 {0} 层，实际为 {1} 层。</translation>
        </message>
        <message>
            <location filename="app/export.py" />
            <source>The slices of one file must lie on one grid; compute them with one pixel size.</source>
            <translation>同一文件的各层必须在同一网格上；请用同一像素尺寸计算。</translation>
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>The window was not ready after {0:.0f} seconds.</source>
            <translation>{0:.0f} 秒后窗口仍未就绪。</translation>
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>{0}: the picture could not be written.</source>
            <translation>{0}：图片无法写入。</translation>
        </message>
        <message>
            <location filename="app/gui.py" />
            <source>The study did not open; nothing is on screen.</source>
            <translation>检查未能打开；屏幕上没有图像。</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>a split has at least two parts, each with a positive share</source>
            <translation>拆分至少有两部分，每部分的份额为正数</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>a comparison is one of {0}, found {1!r}</source>
            <translation>对比方式应为 {0} 之一，实际为 {1!r}</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0} is no role of a picture</source>
            <translation>{0} 不是图像的角色</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>"format" must be "{0}"</source>
            <translation>"format" 必须为 "{0}"</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>version {0} is understood, found {1!r}</source>
            <translation>只支持版本 {0}，实际为 {1!r}</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>every viewport may stand once in the arrangement</source>
            <translation>每个窗格在布局中只能出现一次</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0!r} is missing</source>
            <translation>缺少 {0!r}</translation>
        </message>
        <message>
            <location filename="app/hanging/protocol.py" />
            <source>{0}.json is no hanging protocol that can be read: {1}.</source>
            <translation>{0}.json 不是可读取的挂片协议：{1}。</translation>
        </message>
        <message>
            <location filename="app/hanging/store.py" />
            <source>{0}: the protocol was written, but reads back otherwise. It is not saved.</source>
            <translation>{0}：协议已写入，但读回的内容不一致，未保存。</translation>
        </message>
        <message>
            <location filename="app/hanging/store.py" />
            <source>{0}: cannot be read.</source>
            <translation>{0}：无法读取。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>Your earlier work on this study is back.</source>
            <translation>您之前对此检查所做的工作已恢复。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source> (and {0} more)</source>
            <translation>（另有 {0} 项）</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>Not all of your earlier work on this study could be read by this version ({0}{1}). The rest is back; what could not be read is kept in the journal.</source>
            <translation>本版本无法读取您之前对此检查所做的部分工作（{0}{1}）。其余已恢复；无法读取的部分保留在日志中。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>Your earlier work on this study is back ({0}).</source>
            <translation>您之前对此检查所做的工作已恢复（{0}）。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>Whether you worked on this study before could not be looked up: {0}. Nothing of it is lost.</source>
            <translation>无法查询您之前是否处理过此检查：{0}。没有任何内容丢失。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>measurement</source>
            <translation>项测量</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>measurements</source>
            <translation>项测量</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>window</source>
            <translation>窗宽窗位</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>windows</source>
            <translation>项窗设置</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>calibration</source>
            <translation>标定</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>calibrations</source>
            <translation>项标定</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>finding</source>
            <translation>项发现</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>findings</source>
            <translation>项发现</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>key image</source>
            <translation>幅关键图像</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>key images</source>
            <translation>幅关键图像</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>the reconstruction</source>
            <translation>重建参数</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>the arrangement</source>
            <translation>布局</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>The files of this study are not the same as when you worked on it last. Check that your measurements still lie where they should.</source>
            <translation>此检查的文件与您上次处理时不同。请确认测量仍在正确的位置。</translation>
        </message>
        <message>
            <location filename="app/journal/keeper.py" />
            <source>This study was also changed in {0} other window{1} of Bocage at the same time. What was done last is shown; the other work is kept in the journal.</source>
            <translation>同一时间另有 {0} 个 Bocage 窗口也更改了此检查。显示的是最后所做的工作；其他工作保留在日志中。</translation>
        </message>
        <message>
            <location filename="app/journal/schema.py" />
            <source>{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. Until Bocage is updated your work is kept in {3}.</source>
            <translation>{0} 由较新版本的 Bocage 写入（格式 {1}，本版本支持 {2}），未作改动。在更新 Bocage 之前，您的工作保存在 {3} 中。</translation>
        </message>
        <message>
            <location filename="app/journal/schema.py" />
            <source>The journal of your work was damaged and has been put aside as {0}; a new one was begun. What you did before may not come back by itself.</source>
            <translation>您的工作日志已损坏，已另存为 {0}，并新建了日志。之前所做的工作可能无法自动恢复。</translation>
        </message>
        <message>
            <location filename="app/journal/writer.py" />
            <source>what was written could not be read back</source>
            <translation>所写内容无法读回</translation>
        </message>
        <message>
            <location filename="app/journal/writer.py" />
            <source>Some of what you do cannot be kept in the journal: {0}. The rest is kept.</source>
            <translation>您的部分操作无法记入日志：{0}。其余已保存。</translation>
        </message>
        <message>
            <location filename="app/journal/writer.py" />
            <source>The journal is closed.</source>
            <translation>日志已关闭。</translation>
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Not linked: the pictures look at the patient from different directions</source>
            <translation>未联动：图像观察患者的方向不同</translation>
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Not linked: the radiograph has no scale</source>
            <translation>未联动：平片没有比例</translation>
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Linked by scale only, about the centres: the radiograph has no geometry</source>
            <translation>仅按比例以中心联动：平片没有几何信息</translation>
        </message>
        <message>
            <location filename="app/linking.py" />
            <source>Linked by scale only, about the centres: no common frame of reference</source>
            <translation>仅按比例以中心联动：没有共同的参考坐标系</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Open a study</source>
            <translation>打开检查</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Drop a folder or files here, choose File ▸ Open Folder (Ctrl+Shift+O), or File ▸ Open Demonstration Case to see a chest.</source>
            <translation>将文件夹或文件拖到此处，或选择“文件 ▸ 打开文件夹”（Ctrl+Shift+O），也可选择“文件 ▸ 打开演示病例”查看一例胸部。</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Toolbar</source>
            <translation>工具栏</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>&amp;Recent Studies</source>
            <translation>最近的检查(&amp;R)</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>&amp;Hanging</source>
            <translation>挂片(&amp;H)</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Presentati&amp;on</source>
            <translation>呈现状态(&amp;O)</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>Window &amp;{0}: {1}</source>
            <translation>窗 &amp;{0}：{1}</translation>
        </message>
        <message>
            <location filename="app/main_window.py" />
            <source>No studies opened yet</source>
            <translation>尚未打开过检查</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>The picture was saved as {0}.</source>
            <translation>图片已保存为 {0}。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Saving the picture</source>
            <translation>正在保存图片</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>The values of {1} × {0} pixels were saved as {2}.</source>
            <translation>{1} × {0} 像素的值已保存为 {2}。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Saving values</source>
            <translation>正在保存像素值</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>A film of {0} frames at {1} per second was saved as {2}.</source>
            <translation>{0} 帧、每秒 {1} 帧的影片已保存为 {2}。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Saving the film</source>
            <translation>正在保存影片</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>The report was saved as {0}.</source>
            <translation>报告已保存为 {0}。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Saving the report</source>
            <translation>正在保存报告</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>The report was saved as {0}. Key images that are missing in it: {1}.</source>
            <translation>报告已保存为 {0}。其中缺少的关键图像：{1}。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Pictures are being saved already. Wait until they are written, or cancel.</source>
            <translation>正在保存图片。请等待写入完成，或取消。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>The picture could not be made: it did not become ready.</source>
            <translation>无法生成图片：图像未能就绪。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>{0}: the picture could not be written. Choose another folder or another format.</source>
            <translation>{0}：图片无法写入。请另选文件夹或格式。</translation>
        </message>
        <message>
            <location filename="app/pictures/exporter.py" />
            <source>Frame {0} of {1} could not be made.</source>
            <translation>无法生成第 {0} / {1} 帧。</translation>
        </message>
        <message>
            <location filename="app/pictures/films.py" />
            <source>A film is written as .gif or .mp4, found "{0}".</source>
            <translation>影片以 .gif 或 .mp4 写入，实际为“{0}”。</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>in the plane of the detector</source>
            <translation>探测器平面</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>in the patient, by the stated magnification</source>
            <translation>患者体内，按所注明的放大率</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>in the plane of the calibration</source>
            <translation>标定所在平面</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>in the plane of the marker</source>
            <translation>标定物所在平面</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>100 mm on this paper</source>
            <translation>此纸上 100 mm</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Life size</source>
            <translation>实际尺寸</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Not life size: fitted to the paper</source>
            <translation>非实际尺寸：适合纸张</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Life size at the slice's height of {0:.1f} mm</source>
            <translation>层面高度 {0:.1f} mm 处的实际尺寸</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>{0}; the picture is larger than the paper, its edges are cut off</source>
            <translation>{0}；图像大于纸张，边缘被裁切</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Bocage. Paper is no display for diagnosis.</source>
            <translation>Bocage。纸张不能用于诊断显示。</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Print</source>
            <translation>打印</translation>
        </message>
        <message>
            <location filename="app/pictures/paper.py" />
            <source>Life size {0}</source>
            <translation>实际尺寸，{0}</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Finding</source>
            <translation>发现</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Where</source>
            <translation>部位</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Picture</source>
            <translation>图像</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Height, mm</source>
            <translation>高度，mm</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Size, mm</source>
            <translation>大小，mm</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Page {0} of {1}</source>
            <translation>第 {0} 页，共 {1} 页</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>{0}: the report was written, but reads back otherwise. It is not saved.</source>
            <translation>{0}：报告已写入，但读回的内容不一致，因此未保存。</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>{0}: the report could not be written. Choose another folder.</source>
            <translation>{0}：报告无法写入。请另选文件夹。</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Impression</source>
            <translation>印象</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Findings</source>
            <translation>发现</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>Key Images</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <location filename="app/pictures/report.py" />
            <source>How the pictures were made</source>
            <translation>图像的生成方式</translation>
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>; partly unconfirmed</source>
            <translation>；部分未经证实</translation>
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>{0} (nominal, not calibrated{1})</source>
            <translation>{0}（标称值，未校准{1}）</translation>
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>A sweep has at least two views, found {0}.</source>
            <translation>一次扫描至少有两个投影，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>{0}.toml: {1}</source>
            <translation>{0}.toml：{1}</translation>
        </message>
        <message>
            <location filename="app/presets.py" />
            <source>{0}: geometry.angles_deg must hold one angle for each of its {1} views, found {2}.</source>
            <translation>{0}：geometry.angles_deg 必须为其 {1} 个投影各给一个角度，实有 {2} 个。</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Lung</source>
            <translation>肺窗</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Mediastinum</source>
            <translation>纵隔窗</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Bone</source>
            <translation>骨窗</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Fine bone</source>
            <translation>细骨结构</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Soft tissue</source>
            <translation>软组织</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Metal or plaster</source>
            <translation>金属或石膏</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Gas</source>
            <translation>气体</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Contrast medium</source>
            <translation>对比剂</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Sinuses</source>
            <translation>鼻窦</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>Retrocardiac</source>
            <translation>心后区</translation>
        </message>
        <message>
            <location filename="app/protocols.py" />
            <source>protocol</source>
            <translation>协议</translation>
        </message>
        <message>
            <location filename="app/reading/calibration.py" />
            <source>A marker's size must be a positive number of millimetres, found {0}.</source>
            <translation>标定物的尺寸必须为正的毫米数，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="app/reading/calibration.py" />
            <source>The line across a marker must be {0} pixels long or more, found {1}: shorter ones cannot be measured well enough to calibrate a picture.</source>
            <translation>标定物上的线段长度应不小于 {0} 像素，实际为 {1}：过短则测量精度不足以标定图像。</translation>
        </message>
        <message>
            <location filename="app/replacing.py" />
            <source>{0}: cannot be written ({1}). Choose another folder.</source>
            <translation>{0}：无法写入（{1}）。请另选文件夹。</translation>
        </message>
        <message>
            <location filename="app/replacing.py" />
            <source>{0}: cannot be written ({1}).</source>
            <translation>{0}：无法写入（{1}）。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: truncated; {1} bytes are expected. Copy it again.</source>
            <translation>{0}：文件被截断；应有 {1} 字节。请重新复制。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: holds {1}; real numbers are expected.</source>
            <translation>{0}：内容为 {1}；应为实数。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: an array of {1:.1f} GiB is announced; that is more than is opened.</source>
            <translation>{0}：注明的数组有 {1:.1f} GiB，超过可打开的大小。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: "{1}" must be one number or one word, found {2} {3}.</source>
            <translation>{0}：“{1}”应为一个数或一个词，实际为 {2} {3}。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable .npz file ({1}); copy or save it again.</source>
            <translation>{0}：不是可读取的 .npz 文件（{1}）；请重新复制或保存。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable .npy file ({1}).</source>
            <translation>{0}：不是可读取的 .npy 文件（{1}）。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: its array "{1}" cannot be read ({2}).</source>
            <translation>{0}：其数组“{1}”无法读取（{2}）。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: its array "{1}" is damaged ({2}).</source>
            <translation>{0}：其数组“{1}”已损坏（{2}）。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: not a readable TIFF file ({1}).</source>
            <translation>{0}：不是可读取的 TIFF 文件（{1}）。</translation>
        </message>
        <message>
            <location filename="app/research/arrays.py" />
            <source>{0}: cannot be decoded ({1}); save it uncompressed or with deflate.</source>
            <translation>{0}：无法解码（{1}）；请以无压缩或 deflate 压缩保存。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>the geometry of the views (a file *.geometry.json beside the images)</source>
            <translation>各投影的几何（图像旁的 *.geometry.json 文件）</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>what the values are: "counts" (detector signal) or "line_integrals" (already −ln(I/I₀))</source>
            <translation>像素值的含义："counts"（探测器信号）或 "line_integrals"（已取 −ln(I/I₀)）</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: whole numbers without a stated kind; they are taken as detector counts (brighter is more dose).</source>
            <translation>像素值：未注明种类的整数；作为探测器计数使用（越亮剂量越大）。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>"spacing_zyx_mm" and "orientation" (LPS)</source>
            <translation>"spacing_zyx_mm" 和 "orientation"（LPS）</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "kind" must be "counts" or "line_integrals", found "{1}".</source>
            <translation>{0}："kind" 必须为 "counts" 或 "line_integrals"，实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: expected an array "views" (projections) or "hu" (a CT), found {1}.</source>
            <translation>{0}：应有数组 "views"（投影）或 "hu"（CT），实际为 {1}。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: views must be an array (views, rows, columns), found the shape {1}.</source>
            <translation>{0}：投影应为数组（投影、行、列），实际形状为 {1}。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Geometry: {0}; the views are taken in the order of the file.</source>
            <translation>几何：{0}；各投影按文件中的顺序。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Views without geometry</source>
            <translation>没有几何的投影</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: states that its values are {1}; they cannot be taken for {2}. If the file is wrong, correct it.</source>
            <translation>{0}：注明其值为 {1}，不能作为 {2} 使用。若文件有误，请更正。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: has changed since it was found. Open it again.</source>
            <translation>{0}：找到之后已被更改。请重新打开。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "hu" must be an array (z, y, x), found the shape {1}.</source>
            <translation>{0}："hu" 应为数组（z、y、x），实际形状为 {1}。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: expected {1}, three positive lengths.</source>
            <translation>{0}：应有 {1}，三个正的长度。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "view_index" must hold one whole number for each of its {1} views.</source>
            <translation>{0}："view_index" 应为其 {1} 个投影各含一个整数。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: it is not stated {1}. Say which.</source>
            <translation>{0}：未注明{1}。请说明。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: a CT array needs a file spacing.json beside it with {1}.</source>
            <translation>{0}：CT 数组旁应有含 {1} 的 spacing.json 文件。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: a single picture; projections are at least three images of one size.</source>
            <translation>{0}：单幅图片；投影至少为三幅同尺寸的图像。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0} views of {1} × {2} pixels</source>
            <translation>{0} 幅 {1} × {2} 像素的投影</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: "air" must be the counts of the open field, found {1!r}.</source>
            <translation>{0}："air" 应为空场的计数，实际为 {1!r}。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Spacing: {0}.</source>
            <translation>间距：{0}。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: counts, as given.</source>
            <translation>像素值：计数，按给定。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>Values: line integrals, as given.</source>
            <translation>像素值：线积分，按给定。</translation>
        </message>
        <message>
            <location filename="app/research/open.py" />
            <source>{0}: {1} pixels among images of {2}.</source>
            <translation>{0}：{1} 像素，而其他图像为 {2}。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>taken {0} (positive moves the source towards increasing {1}).</source>
            <translation>{0}（正值使射线源向{1}增大的方向移动）。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>reversed by choice</source>
            <translation>已按选择反转</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: "rotation" must say whether the "detector rotates with the source" or is "stationary".</source>
            <translation>{0}："rotation" 应注明 "detector rotates with the source"（探测器随射线源旋转）或 "stationary"（静止）。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: {1} angles for {2} views.</source>
            <translation>{0}：{2} 个投影有 {1} 个角度。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: the axis must lie between source and detector, found {1:g} of {2:g} mm.</source>
            <translation>{0}：旋转轴必须位于射线源与探测器之间，实际为 {2:g} mm 中的 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>trajectory description, {0}</source>
            <translation>轨迹说明，{0}</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>The direction of the angles is not stated in {0}; it is {1}</source>
            <translation>{0} 未注明角度的方向；{1}</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>The pixel size {0:g} mm is taken as that of the detector's plane.</source>
            <translation>像素尺寸 {0:g} mm 视为探测器平面的像素尺寸。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: its distances, shape and angles must be numbers.</source>
            <translation>{0}：距离、形状和角度必须为数字。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: larger than a geometry file can be.</source>
            <translation>{0}：文件过大，不可能是几何文件。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: not a readable JSON file; a geometry file is expected. It may be cut short, or of another kind.</source>
            <translation>{0}：不是可读取的 JSON 文件；应为几何文件。可能不完整，或属于其他类型。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>{0}: the geometry file cannot be written ({1}). Choose another folder.</source>
            <translation>{0}：几何文件无法写入（{1}）。请选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>isocentric</source>
            <translation>等中心</translation>
        </message>
        <message>
            <location filename="app/research/sidecar.py" />
            <source>arc, stationary detector</source>
            <translation>弧形轨迹，探测器静止</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: a volume must have three dimensions, found {1}.</source>
            <translation>{0}：容积必须为三维，实际为 {1}。</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: its voxels are vectors or colours; single values are expected.</source>
            <translation>{0}：体素为向量或彩色；应为单值。</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: a volume of {1} × {2} × {3} voxels is more than is opened.</source>
            <translation>{0}：{1} × {2} × {3} 体素的容积超过可打开的大小。</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>The volume's axes are not perpendicular; it is shown as if they were.</source>
            <translation>容积的轴不相互垂直；按垂直显示。</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: not a readable {1} file.</source>
            <translation>{0}：不是可读取的 {1} 文件。</translation>
        </message>
        <message>
            <location filename="app/research/volumes.py" />
            <source>{0}: its voxels cannot be read; the file is truncated or damaged.</source>
            <translation>{0}：体素无法读取；文件被截断或已损坏。</translation>
        </message>
        <message>
            <location filename="app/session/duplicates.py" />
            <source>duplicate</source>
            <translation>复制断层图像</translation>
        </message>
        <message>
            <location filename="app/session/duplicates.py" />
            <source>hanging of the study</source>
            <translation>检查的挂片</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>note of a key image</source>
            <translation>关键图像备注</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>removal of key images</source>
            <translation>删除关键图像</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>change of a finding</source>
            <translation>修改发现</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>removal of findings</source>
            <translation>删除发现</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>impression</source>
            <translation>印象</translation>
        </message>
        <message>
            <location filename="app/session/keeping.py" />
            <source>order of findings</source>
            <translation>发现的顺序</translation>
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>Filtering the projections</source>
            <translation>正在对投影滤波</translation>
        </message>
        <message>
            <location filename="app/session/loading.py" />
            <source>Middle projection</source>
            <translation>中间投影</translation>
        </message>
        <message>
            <location filename="app/session/memory.py" />
            <source>The pictures on screen take {0:.1f} GB, more than the memory budget of {1:.1f} GB. Close viewports, or raise the budget in the preferences.</source>
            <translation>屏幕上的图像占用 {0:.1f} GB，超过内存上限 {1:.1f} GB。请关闭一些窗格，或在首选项中提高上限。</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Opening was cancelled. Double-click the series in the list to open it.</source>
            <translation>已取消打开。在列表中双击该序列即可打开。</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Preparing the demonstration case</source>
            <translation>正在准备演示病例</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>hanging of a series</source>
            <translation>序列的挂片</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Searching</source>
            <translation>正在搜索</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Reading</source>
            <translation>正在读取</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>Nothing that can be shown was found. {0} file{1} not opened; the first: {2}</source>
            <translation>没有找到可显示的内容。{0} 个文件未能打开；第一个：{2}</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>No X-ray projections, slices or radiographs were found there. Choose another folder.</source>
            <translation>其中没有 X 线投影、断层图像或平片。请选择其他文件夹。</translation>
        </message>
        <message>
            <location filename="app/session/opening.py" />
            <source>{0} cannot be shown as a picture.</source>
            <translation>{0} 不能作为图像显示。</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Laid centre on centre: not registered</source>
            <translation>按中心对中心叠加：未配准</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Laid over by scale only, about the centres: not registered</source>
            <translation>仅按比例以中心叠加：未配准</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Registered by geometry</source>
            <translation>按几何关系配准</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Placed by hand</source>
            <translation>手动放置</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Registered automatically</source>
            <translation>自动配准</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>Cannot be laid over. {0}</source>
            <translation>无法叠加。{0}</translation>
        </message>
        <message>
            <location filename="app/session/planes.py" />
            <source>The pictures cannot be laid on each other: a focal spot lies below the height shown</source>
            <translation>图像无法重叠：有焦点低于所显示的高度</translation>
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>Answer the question about these projections first.</source>
            <translation>请先回答关于这些投影的问题。</translation>
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>Something went wrong in the program ({0}). The picture on screen may be out of date.</source>
            <translation>程序出现错误（{0}）。屏幕上的图像可能不是最新的。</translation>
        </message>
        <message>
            <location filename="app/session/session.py" />
            <source>layout</source>
            <translation>布局</translation>
        </message>
        <message>
            <location filename="app/session/start_height.py" />
            <source>Looking for the patient</source>
            <translation>正在寻找患者所在高度</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>height range</source>
            <translation>高度范围</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>inversion</source>
            <translation>反片</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>placement</source>
            <translation>位置对应</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>geometry of the projections</source>
            <translation>投影的几何</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>synthetic 2-D</source>
            <translation>合成二维图像</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>reconstruction</source>
            <translation>重建</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>slice thickness</source>
            <translation>层厚</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>slice interval</source>
            <translation>层间隔</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>correction</source>
            <translation>校正</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>views left out</source>
            <translation>投影剔除</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>algorithm</source>
            <translation>算法</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>{0} measurement</source>
            <translation>{0}测量</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>change of {0} measurement</source>
            <translation>修改{0}测量</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>removal of all measurements</source>
            <translation>删除全部测量</translation>
        </message>
        <message>
            <location filename="app/session/state.py" />
            <source>removal of {0} measurement</source>
            <translation>删除{0}测量</translation>
        </message>
        <message>
            <location filename="app/session/synthetic.py" />
            <source>Computing was cancelled. Hang the synthetic radiograph again to start anew.</source>
            <translation>已取消计算。重新挂片合成二维图像即可再次开始。</translation>
        </message>
        <message>
            <location filename="app/session/synthetic.py" />
            <source>Computing synthetic 2-D</source>
            <translation>正在计算合成二维图像</translation>
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>High contrast</source>
            <translation>高对比度</translation>
        </message>
        <message>
            <location filename="app/session/window_presets.py" />
            <source>Low contrast</source>
            <translation>低对比度</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Institution</source>
            <translation>医疗机构</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Written at the top of reports.</source>
            <translation>写在报告上方。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Reader</source>
            <translation>阅片医师</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Paper</source>
            <translation>纸张</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Of reports.</source>
            <translation>用于报告。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>There and back</source>
            <translation>往返</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>From the start again</source>
            <translation>从头循环</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Once to the end</source>
            <translation>单次到末端</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Bilinear</source>
            <translation>双线性</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Bicubic</source>
            <translation>双三次</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Pixels as squares</source>
            <translation>方块像素</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>The most important</source>
            <translation>最重要的</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Darker</source>
            <translation>更深</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>As the computer</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Drag down: brighter</source>
            <translation>向下拖动变亮</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Window by dragging: down makes the picture brighter (off: darker).</source>
            <translation>拖动调窗：向下拖动使图像变亮（关闭：变暗）。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Cine speed</source>
            <translation>电影播放速度</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Pictures per second when cine starts.</source>
            <translation>电影播放开始时每秒的图像数。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>fps</source>
            <translation>帧/秒</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What happens at the end of the range.</source>
            <translation>到达范围末端时的方式。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Cine shows every frame</source>
            <translation>电影播放显示每一帧</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>On: no slice is left out, and the rate adapts. Off: the rate is kept, and slices are left out if need be.</source>
            <translation>开：不跳过任何层面，速度随之调整。关：保持速度，必要时跳过层面。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Enlargement</source>
            <translation>放大方式</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>How pictures are interpolated when magnified beyond their own pixels; nearest shows the pixels as squares.</source>
            <translation>放大超过图像自身像素时的插值方法；“方块像素”直接显示像素。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Text in the corners</source>
            <translation>四角信息</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>How much text lies over the pictures.</source>
            <translation>图像上叠加多少文字。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Of the first slices of a study that no protocol belongs to.</source>
            <translation>没有匹配协议的检查最初使用的层厚。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Darker suits a reading room without light.</source>
            <translation>更深的主题适合无灯光的阅片室。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Memory budget</source>
            <translation>内存上限</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>For pictures in memory: beyond it those not on screen are let go of. 0 takes a share of the machine's memory.</source>
            <translation>图像占用的内存：超过后释放不在屏幕上的图像。0 为本机内存的一定比例。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints</source>
            <translation>提示</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What to try next, one line below the pictures.</source>
            <translation>图像下方的一行操作提示。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints read</source>
            <translation>已读提示</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Hints that need not be shown again.</source>
            <translation>不再显示的提示。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Of the window. The command line speaks English.</source>
            <translation>窗口的语言。命令行为英语。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Keep the measuring tool</source>
            <translation>保持测量工具</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>On: draw one after another. Off: back to the window tool after each.</source>
            <translation>开：可连续绘制。关：每次绘制后回到调窗工具。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Link pictures</source>
            <translation>图像联动</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Pan, zoom and cursor of pictures side by side go together.</source>
            <translation>并排图像的平移、缩放和光标同步。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>The set of keys that the reader's own changes start from.</source>
            <translation>自定义快捷键所依据的快捷键方案。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Changed keys</source>
            <translation>已更改的快捷键</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What differs from the set of keys.</source>
            <translation>与快捷键方案不同之处。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Saving pictures</source>
            <translation>保存图片</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>What was chosen last, as name=value.</source>
            <translation>上次的选择，格式为 名称=值。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Recent studies</source>
            <translation>最近的检查</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Folders and files opened last, newest first.</source>
            <translation>最近打开的文件夹和文件，最新的在前。</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Start folder</source>
            <translation>起始文件夹</translation>
        </message>
        <message>
            <location filename="app/settings.py" />
            <source>Where the file dialogs open.</source>
            <translation>文件对话框打开的位置。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>Reading the CT</source>
            <translation>正在读取 CT</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>Placing the CT before the detector</source>
            <translation>正在将 CT 置于探测器前</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: not found. Give a CT volume (NIfTI, MHA, NRRD, DICOM) or a demonstration case.</source>
            <translation>{0}：未找到。请提供 CT 容积（NIfTI、MHA、NRRD、DICOM）或演示病例。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: the slices are oblique to the patient's axes. Resample the CT to straight axes first.</source>
            <translation>{0}：断层与患者坐标轴倾斜。请先将 CT 重采样到正交轴。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected a volume, found {1} voxels.</source>
            <translation>{0}：应为容积，实际为 {1} 体素。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}/case.toml: unknown settings {1}.</source>
            <translation>{0}/case.toml：未知的设置 {1}。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>simulated</source>
            <translation>模拟</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected one volume of CT numbers, found {1} dimensions.</source>
            <translation>{0}：应为一个 CT 值容积，实际为 {1} 维。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: not a volume that can be read (NIfTI, MHA, NRRD or DICOM CT).</source>
            <translation>{0}：不是可读取的容积（NIfTI、MHA、NRRD 或 DICOM CT）。</translation>
        </message>
        <message>
            <location filename="app/simulate.py" />
            <source>{0}: expected a folder with one DICOM series, found {1}. Give the series' own folder.</source>
            <translation>{0}：文件夹中应有一个 DICOM 序列，实际为 {1}。请指定序列自己的文件夹。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must be {2}, found {3!r}.</source>
            <translation>{0}：{1} 应为{2}，实际为 {3!r}。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: not valid TOML ({1}).</source>
            <translation>{0}：不是有效的 TOML（{1}）。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} unknown. Known: {2}.</source>
            <translation>{0}：{1} 未知。已知：{2}。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a table</source>
            <translation>表</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a text</source>
            <translation>文本</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a list of texts</source>
            <translation>文本列表</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must be one of {2}, found "{3}".</source>
            <translation>{0}：{1} 应为 {2} 之一，实际为“{3}”。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a number</source>
            <translation>数字</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>{0}: {1} must lie between {2:g} and {3:g}, found {4:g}.</source>
            <translation>{0}：{1} 应在 {2:g} 与 {3:g} 之间，实际为 {4:g}。</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a list of numbers</source>
            <translation>数字列表</translation>
        </message>
        <message>
            <location filename="app/toml_tables.py" />
            <source>a whole number</source>
            <translation>整数</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show middle projection</source>
            <translation>显示中间投影</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>The projections themselves, to scroll or play through</source>
            <translation>投影本身，可滚动浏览或播放</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>A radiograph computed from the sweep; it is not an exposure</source>
            <translation>由断层扫描计算得到的平片；不是曝光所得</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>No patient name</source>
            <translation>无患者姓名</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Hang the whole study</source>
            <translation>挂片整个检查</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Send the series…</source>
            <translation>发送序列…</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Send the study…</source>
            <translation>发送检查…</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show in viewport {0}</source>
            <translation>在窗格 {0} 中显示</translation>
        </message>
        <message>
            <location filename="app/window/browser.py" />
            <source>Show here</source>
            <translation>在此显示</translation>
        </message>
        <message>
            <location filename="app/window/calibrating.py" />
            <source>Slices have a scale of their own: only radiographs are calibrated by a marker.</source>
            <translation>断层图像自有比例：只有平片用标定物标定。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Suitable for primary diagnosis</source>
            <translation>适合初级诊断</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Not for primary diagnosis: for review only</source>
            <translation>不适合初级诊断：仅供浏览</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Does not follow the greyscale standard</source>
            <translation>不符合灰度标准</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>18 levels (AAPM TG-18)</source>
            <translation>18 级（AAPM TG-18）</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>22 levels, more in the dark</source>
            <translation>22 级，暗部较密</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>52 levels</source>
            <translation>52 级</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Display calibration</source>
            <translation>显示器校准</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>On the whole of the chosen monitor; Esc closes it</source>
            <translation>占满所选显示器；按 Esc 关闭</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Levels</source>
            <translation>级数</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Luminance of the switched-off screen in the reading room's light. 0 if the readings were made from a distance and hold it already.</source>
            <translation>阅片室照明下关闭的屏幕的亮度。若读数是从远处测得且已包含它，则填 0。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Type, serial number</source>
            <translation>型号、序列号</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Save calibration</source>
            <translation>保存校准</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Forget calibration</source>
            <translation>删除校准</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Pictures on this monitor are shown as they are again</source>
            <translation>此显示器上的图像恢复原样显示</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Open luminance readings</source>
            <translation>打开亮度读数</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Readings (*.csv *.txt *.lut *.dat);;All files (*)</source>
            <translation>读数 (*.csv *.txt *.lut *.dat);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>1  Look at test patterns</source>
            <translation>1  观察测试图</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>2  Measure</source>
            <translation>2  测量</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Room light on the screen</source>
            <translation>屏幕上的环境光</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Measured by</source>
            <translation>测量人</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Meter</source>
            <translation>亮度计</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>3  Result</source>
            <translation>3  结果</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>serial number {0}</source>
            <translation>序列号 {0}</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>not calibrated</source>
            <translation>未校准</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Expected when calibrated</source>
            <translation>校准后预期</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>{0} of {1} levels measured; at least {2} are needed.</source>
            <translation>已测 {1} 级中的 {0} 级；至少需要 {2} 级。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Measure the monitor…</source>
            <translation>测量显示器…</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Shows level after level for the meter</source>
            <translation>逐级显示供亮度计测量</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>From file…</source>
            <translation>从文件…</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>CSV (level, cd/m²) or a monitor characteristic file of DCMTK</source>
            <translation>CSV（驱动级，cd/m²）或 DCMTK 的显示器特性文件</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Check the calibration…</source>
            <translation>检查校准…</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>The same levels through the saved calibration</source>
            <translation>通过已保存的校准显示同样的级</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Empties both columns</source>
            <translation>清空两列</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>calibration is old: of {0}</source>
            <translation>校准已过期：{0}</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>calibrated on {0}, valid until {1}</source>
            <translation>校准于 {0}，有效至 {1}</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Monitor itself</source>
            <translation>显示器自身</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>Measured when calibrated</source>
            <translation>校准后实测</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>kept</source>
            <translation>符合</translation>
        </message>
        <message>
            <location filename="app/window/calibration/page.py" />
            <source>not kept</source>
            <translation>不符合</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>Luminance readings</source>
            <translation>亮度读数</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>Type readings, or paste a column of numbers. Empty fields are not measured yet.</source>
            <translation>键入读数，或粘贴一列数字。空白表示尚未测量。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>Level</source>
            <translation>级</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>Monitor, cd/m²</source>
            <translation>显示器，cd/m²</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>Calibrated, cd/m²</source>
            <translation>校准后，cd/m²</translation>
        </message>
        <message>
            <location filename="app/window/calibration/readings_table.py" />
            <source>A luminance is a number of cd/m², 0 or more.</source>
            <translation>亮度应为不小于 0 的数（cd/m²）。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Hold a bank card or a ruler against the screen and drag the orange edge until both are equally long. The arrow keys change it by a pixel. Move this window to another monitor to measure that one.</source>
            <translation>将银行卡或直尺贴在屏幕上，拖动橙色边缘直到两者等长。方向键每次移动一个像素。要测量另一台显示器，请将此窗口移过去。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Save size</source>
            <translation>保存尺寸</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Forget size</source>
            <translation>删除尺寸</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>The monitor's own word counts again, unverified</source>
            <translation>恢复使用显示器自报的尺寸（未核实）</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>A pixel is {0} mm; the picture on this monitor is {1} × {2} cm.</source>
            <translation>一个像素为 {0} mm；此显示器画面为 {1} × {2} cm。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Bank card</source>
            <translation>银行卡</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Ruler, 10 cm</source>
            <translation>直尺，10 cm</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>The monitor does not state its size.</source>
            <translation>显示器未给出其尺寸。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>The monitor states {0} mm.</source>
            <translation>显示器自报 {0} mm。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Not measured yet.</source>
            <translation>尚未测量。</translation>
        </message>
        <message>
            <location filename="app/window/calibration/size_page.py" />
            <source>Measured on {0}: {1} mm.</source>
            <translation>测量于 {0}：{1} mm。</translation>
        </message>
        <message>
            <location filename="app/window/cine_control.py" />
            <source>There are no slices on screen. Open projections or a stored volume.</source>
            <translation>屏幕上没有断层图像。请打开投影或已存的容积。</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>reliable</source>
            <translation>可靠</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>to be checked</source>
            <translation>需核对</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>not reliable</source>
            <translation>不可靠</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>Registered automatically, residual {0:.1f} mm in {1} of {2} patches: {3}</source>
            <translation>自动配准，{2} 个图块中的 {1} 个残差 {0:.1f} mm：{3}</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>No match was found that can be trusted ({0} of {1} patches agree). Nothing was changed; place the picture roughly with Adjust… and register again.</source>
            <translation>没有找到可信的匹配（{1} 个图块中 {0} 个一致）。未作任何更改；请用“调整…”大致放置图像后再次配准。</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>comparison</source>
            <translation>对比</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>end of a comparison</source>
            <translation>结束对比</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>The series is still being opened; try again when it is there.</source>
            <translation>序列仍在打开；请在打开后重试。</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>exchange of the pictures compared</source>
            <translation>交换对比图像</translation>
        </message>
        <message>
            <location filename="app/window/compare_flow.py" />
            <source>{0}; the sweep's focal spot is assumed</source>
            <translation>{0}；假定采用断层扫描的焦点</translation>
        </message>
        <message>
            <location filename="app/window/comparing.py" />
            <source>Slices, {0} mm, {1}</source>
            <translation>断层图像，{0} mm，{1}</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Zoom {0:.0f} %</source>
            <translation>缩放 {0:.0f} %</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>W/L: table from the file</source>
            <translation>窗宽/窗位：文件中的查找表</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source> (sigmoid)</source>
            <translation>（S 形）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>born {0}</source>
            <translation>出生 {0}</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>sex M</source>
            <translation>男</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>sex F</source>
            <translation>女</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>sex O</source>
            <translation>性别：其他</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Frame {0} of {1}</source>
            <translation>第 {0} 帧，共 {1} 帧</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>sex {0}</source>
            <translation>性别 {0}</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Acc. {0}</source>
            <translation>检查号 {0}</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Interpolation {0}</source>
            <translation>插值 {0}</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Nominal thickness</source>
            <translation>标称层厚</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Slab</source>
            <translation>厚层</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Height {0:.1f} mm</source>
            <translation>高度 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Interval {0:g} mm</source>
            <translation>层间隔 {0:g} mm</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px in slice</source>
            <translation>{0:.3f} mm/px（层面）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>View {0} of {1} · angle {2}°</source>
            <translation>投影 {0} / {1} · 角度 {2}°</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px at detector</source>
            <translation>{0:.3f} mm/px（探测器平面）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px</source>
            <translation>{0:.3f} mm/px</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>life size in the marker's plane</source>
            <translation>标定物所在平面上为实际尺寸</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>life size at detector</source>
            <translation>探测器平面实际尺寸</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>life size by stated magnification</source>
            <translation>按所注明放大率的实际尺寸</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>life size, calibrated</source>
            <translation>实际尺寸（已标定）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>screen size not verified</source>
            <translation>屏幕尺寸未核实</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Thin slice</source>
            <translation>薄层</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>Single slice</source>
            <translation>单层</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>(eff. {0})</source>
            <translation>（有效 {0}）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:g} frames/s</source>
            <translation>{0:g} 帧/秒</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px, calibrated</source>
            <translation>{0:.3f} mm/px（已标定）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>{0:.3f} mm/px, stated magnification</source>
            <translation>{0:.3f} mm/px（按所注明的放大率）</translation>
        </message>
        <message>
            <location filename="app/window/corner_text.py" />
            <source>No scale: lengths in pixels</source>
            <translation>无比例：长度以像素为单位</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>{0} file{1} written to {2}.</source>
            <translation>{0} 个文件已写入 {2}。</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>De-identify for Teaching</source>
            <translation>去标识化用于教学</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Case 1</source>
            <translation>病例 1</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Stands in place of the patient's name and number</source>
            <translation>代替患者姓名和号码</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>The case is called</source>
            <translation>病例名称</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Also what may show a name in its pixels</source>
            <translation>以及像素中可能有姓名的内容</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Screen captures, ultrasound, scanned documents. Look at every picture before you give them away.</source>
            <translation>截图、超声、扫描文档。交出之前请查看每一幅图像。</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Write…</source>
            <translation>写出…</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Choose where the new folder goes</source>
            <translation>选择新文件夹的位置</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>De-identifying</source>
            <translation>正在去标识化</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Left out: {0}</source>
            <translation>略去：{0}</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Look at these before you give the folder away:</source>
            <translation>交出文件夹之前请查看以下内容：</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>By the Basic Profile of DICOM PS3.15: names, numbers, dates and private elements are taken out, and every object gets a new identifier. The pixels stay as they are. The geometry of the projections stays too.</source>
            <translation>按 DICOM PS3.15 的基本配置：去除姓名、号码、日期和私有元素，每个对象获得新的标识符。像素保持不变。投影的几何信息也保留。</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>What stays besides:</source>
            <translation>另外保留：</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>The files chosen</source>
            <translation>所选文件</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>The study that is read</source>
            <translation>正在阅读的检查</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>{0}: {1} file{2}</source>
            <translation>{0}：{1} 个文件</translation>
        </message>
        <message>
            <location filename="app/window/deid_page.py" />
            <source>Open a study first: there is nothing to de-identify.</source>
            <translation>请先打开检查：没有可去标识化的内容。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>No point is marked</source>
            <translation>没有标出点</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Click a point of a radiograph or a projection with the point tool (X), or with Alt and any tool: its height is found by sharpness, and it is marked in all pictures.</source>
            <translation>用点工具（X）或在任何工具下按住 Alt 单击平片或投影上的一点：由清晰度求其高度，并在所有图像中标出。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>{0:.1f} mm – may be noise</source>
            <translation>{0:.1f} mm：可能是噪声</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>No height can be given</source>
            <translation>无法给出高度</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>{0:.1f} mm – clear</source>
            <translation>{0:.1f} mm：明确</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>{0:.1f} mm – likely</source>
            <translation>{0:.1f} mm：可能</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>In focus at {0:.1f} mm</source>
            <translation>在 {0:.1f} mm 处清晰</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Probably at {0:.1f} mm</source>
            <translation>可能在 {0:.1f} mm 处</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Several structures lie behind this point</source>
            <translation>此点后方有多个结构重叠</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>None is much sharper than the others: choose a height, and look at the slices.</source>
            <translation>没有一个明显更清晰：请选择一个高度，并查看断层图像。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Found by the outline of something large; small detail shows nothing clear.</source>
            <translation>根据较大结构的轮廓求得；细节未给出明确结果。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Nothing along this ray stands out from the noise. The slices stay where they are; the mark has no height.</source>
            <translation>此射线上没有高出噪声的结构。断层图像保持原位；标记点没有高度。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>No synthetic radiograph is on screen. The Slices menu shows one.</source>
            <translation>屏幕上没有合成二维图像。可由“断层”菜单显示。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>No synthetic radiograph is on screen.</source>
            <translation>屏幕上没有合成二维图像。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Other structures on the same ray: {0} mm.</source>
            <translation>同一射线上的其他结构：{0} mm。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>The highest height must lie above the lowest.</source>
            <translation>最高高度必须大于最低高度。</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Looking for the height…</source>
            <translation>正在求高度…</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>No height was found</source>
            <translation>没有求得高度</translation>
        </message>
        <message>
            <location filename="app/window/depth_dock.py" />
            <source>Marked at {0:.1f} mm</source>
            <translation>已标出，高度 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/displays.py" />
            <source>Display not calibrated</source>
            <translation>显示器未校准</translation>
        </message>
        <message>
            <location filename="app/window/displays.py" />
            <source>Pictures on {0} are shown as they are: its greys were not measured.</source>
            <translation>{0} 上的图像按原样显示：其灰度未经测量。</translation>
        </message>
        <message>
            <location filename="app/window/displays.py" />
            <source>The calibration of {0} is more than a year old; monitors darken.</source>
            <translation>{0} 的校准已超过一年；显示器会逐渐变暗。</translation>
        </message>
        <message>
            <location filename="app/window/displays.py" />
            <source>Display calibration is old</source>
            <translation>显示器校准已过期</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Compute starts anew.</source>
            <translation>“计算”将从头开始。</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>The range holds one slice only. This algorithm computes at least two together: widen the range or make the interval smaller.</source>
            <translation>范围内只有一层。此算法至少需要一次计算两层：请扩大范围或减小层间隔。</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0} slices are computed together, in about {1:.1f} GB of memory. The range must hold the whole body: what lies outside it is explained by the slices inside.</source>
            <translation>将一次计算 {0} 层，约占用 {1:.1f} GB 内存。范围必须包含整个身体：范围外的结构会被归到范围内的层面。</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>, residual {0:.2f} %</source>
            <translation>，残差 {0:.2f} %</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Stopping after this iteration…</source>
            <translation>本次迭代后停止…</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Starting from filtered back projection…</source>
            <translation>从滤波反投影开始…</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Iteration {0} of {1} done{2}.</source>
            <translation>已完成迭代 {0} / {1}{2}。</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>From the study's body part</source>
            <translation>按检查部位自动选择</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Chosen here</source>
            <translation>手动选择</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0}, changed since</source>
            <translation>{0}，之后有更改</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Studies</source>
            <translation>检查列表</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Cine</source>
            <translation>电影播放</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Depth</source>
            <translation>深度</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Measurements</source>
            <translation>测量</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Geometry</source>
            <translation>几何</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Put {0} into a window of its own, or back</source>
            <translation>将{0}移到单独的窗口，或移回</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Hide {0}; the View menu brings it back</source>
            <translation>隐藏{0}；可在“视图”菜单中恢复</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>{0} iterations</source>
            <translation>{0} 次迭代</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Computed</source>
            <translation>已计算</translation>
        </message>
        <message>
            <location filename="app/window/docks.py" />
            <source>Stopped after {0} of {1} iterations{2}. {3}</source>
            <translation>在第 {0} / {1} 次迭代后停止{2}。{3}</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Structured report</source>
            <translation>结构化报告</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Radiation dose report</source>
            <translation>辐射剂量报告</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Key images</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Presentation state</source>
            <translation>呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Encapsulated file</source>
            <translation>封装文件</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>For these images</source>
            <translation>针对以下图像</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Content</source>
            <translation>内容</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Everything in the report</source>
            <translation>报告的全部内容</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Every element of the file (Ctrl+Shift+I)</source>
            <translation>文件的每一个元素 (Ctrl+Shift+I)</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Show its images as it says; undo takes it back</source>
            <translation>按其说明显示图像；撤销可收回</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Save the file</source>
            <translation>保存文件</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>None of its images is in the studies that are open.</source>
            <translation>其图像都不在已打开的检查中。</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>All elements…</source>
            <translation>所有元素…</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Saved as {0}</source>
            <translation>已保存为 {0}</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>That image is not in the studies that are open. Open its series, too.</source>
            <translation>该图像不在已打开的检查中。请同时打开其序列。</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>{0} (not open here)</source>
            <translation>{0}（此处未打开）</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Save file…</source>
            <translation>保存文件…</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Save the file that this object holds, to open it elsewhere</source>
            <translation>保存此对象所含的文件，以便在别处打开</translation>
        </message>
        <message>
            <location filename="app/window/document_flow.py" />
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>The depth over which a small detail is seen with at least half its contrast (full width at half maximum of the slice sensitivity profile). It follows from the sweep angle, the filter, the height and the nominal thickness; averaging a thicker slab adds to it, a wider sweep lessens it, and coarse detail is seen through more of it.</source>
            <translation>小细节保持至少一半对比度的深度范围（层面灵敏度曲线的半高全宽）。它取决于扫描角度、滤波、高度和标称层厚；平均更厚的层会使其增大，扫描角度越大则越小，较粗的细节可见的深度范围更大。</translation>
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>{0} for {1:g} mm detail</source>
            <translation>{0}（{1:g} mm 细节）</translation>
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>Effective thickness: {0}</source>
            <translation>有效层厚：{0}</translation>
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>without limit</source>
            <translation>无限</translation>
        </message>
        <message>
            <location filename="app/window/effective.py" />
            <source>Effective thickness: not predicted for this algorithm</source>
            <translation>有效层厚：此算法无法预测</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>All Elements</source>
            <translation>所有元素</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>Search tag, name or value</source>
            <translation>搜索标签、名称或值</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>A private element: its maker alone knows what it means</source>
            <translation>私有元素：只有其制造者知道含义</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>Nothing with a DICOM file is in the active viewport. Click another one.</source>
            <translation>活动窗格中没有 DICOM 文件。请点击另一个窗格。</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>Tag</source>
            <translation>标签</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="app/window/elements_page.py" />
            <source>VR</source>
            <translation>VR</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>As Before</source>
            <translation>恢复之前</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>presentation</source>
            <translation>呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>The presentation is applied. Undo takes it back.</source>
            <translation>已应用呈现状态。撤销可收回。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>Presentation</source>
            <translation>呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>saved reading</source>
            <translation>已保存的阅片结果</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>{0} came back. {1} more belong to pictures that are not open: they come when you open those.</source>
            <translation>{0} 已恢复。另有 {1} 项属于未打开的图像：打开后即出现。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>No presentation is stored with this study</source>
            <translation>此检查没有保存呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>Window, zoom and way round as before the presentation</source>
            <translation>窗、缩放和方向恢复到应用呈现状态之前</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>No presentation has been applied.</source>
            <translation>没有应用呈现状态。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>The pictures that this presentation is for are not open. Open their series, then apply it again.</source>
            <translation>此呈现状态所针对的图像未打开。请打开其序列，再应用一次。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>{0} measurements, findings and key images came back.</source>
            <translation>{0} 项测量、发现和关键图像已恢复。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_flow.py" />
            <source>Everything of the saved reading is there already.</source>
            <translation>已保存阅片结果的全部内容都已在此。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>Put the measurements, findings and key images where they stood</source>
            <translation>将测量、发现和关键图像放回原处</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>Window, zoom and way round as they were saved</source>
            <translation>窗、缩放和方向按保存时的状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>Not Now</source>
            <translation>暂不</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>Measure ▸ Show Saved Reading does it later</source>
            <translation>以后可用“测量 ▸ 显示已保存的阅片结果”</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>A reading is stored with this study: {0} ({1}).</source>
            <translation>此检查存有阅片结果：{0}（{1}）。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>A reading is stored with this study: {0}.</source>
            <translation>此检查存有阅片结果：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>{0} measurement{1}</source>
            <translation>{0} 项测量</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>{0} finding{1}</source>
            <translation>{0} 项发现</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>{0} key image{1}</source>
            <translation>{0} 幅关键图像</translation>
        </message>
        <message>
            <location filename="app/window/evidence_offer.py" />
            <source>{0} presentation{1}</source>
            <translation>{0} 个呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Saved in {0}: {1}.</source>
            <translation>已保存到 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Measurements and findings</source>
            <translation>测量和发现</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>A structured report: numbers, units, and where they lie</source>
            <translation>结构化报告：数值、单位及其位置</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>A list that PACS and viewers show as the images that matter</source>
            <translation>PACS 和浏览器显示为重要图像的列表</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Presentation of what is on screen</source>
            <translation>屏幕内容的呈现状态</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Window, zoom, turns and drawings, to switch on</source>
            <translation>窗、缩放、旋转和图形，可随时开启</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Picture of the active viewport</source>
            <translation>活动窗格的图像</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Opens everywhere; not for measuring</source>
            <translation>到处都能打开；不可用于测量</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Picture of the whole window</source>
            <translation>整个窗口的图像</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>The same, of all viewports with their panels</source>
            <translation>同上，所有窗格及其面板</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Computed slices that are shown or kept are written too, so that others have an image to show.</source>
            <translation>显示或保留的计算层面也会写出，以便他人有图像可看。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Save Reading as DICOM</source>
            <translation>将阅片结果存为 DICOM</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Pictures show the patient's name</source>
            <translation>图像显示患者姓名</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Partial, not verified</source>
            <translation>部分，未核实</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Final, verified by the reader</source>
            <translation>最终，由阅片医师核实</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Another folder; a new one is made in it</source>
            <translation>另一个文件夹；在其中新建一个文件夹</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>The report is</source>
            <translation>报告为</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Into a new folder in</source>
            <translation>写入新文件夹，位于</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Send…</source>
            <translation>发送…</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Send what was saved to a server</source>
            <translation>将已保存的内容发送到服务器</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>{0} viewport{1}</source>
            <translation>{0} 个窗格</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Open a study first: there is nothing to save.</source>
            <translation>请先打开检查：没有可保存的内容。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>This study was not loaded from DICOM images, so DICOM objects have nothing to refer to.</source>
            <translation>此检查不是由 DICOM 图像载入，DICOM 对象无可引用。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Something is being saved already.</source>
            <translation>正在保存其他内容。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Choose what is saved.</source>
            <translation>请选择要保存的内容。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>A final report names its reader and the institution.</source>
            <translation>最终报告须写明阅片医师和机构。</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Saving the reading as DICOM</source>
            <translation>正在将阅片结果存为 DICOM</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Saved reading</source>
            <translation>已保存的阅片结果</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Marks them as having it burnt in; off: corners say nothing about the patient</source>
            <translation>标明图像中有患者信息；关闭：四角不显示患者信息</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>Choose a picture of the viewport or the window first</source>
            <translation>请先选择窗格或窗口的图像</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>{0} list{1} of key images</source>
            <translation>{0} 个关键图像列表</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>{0} slice{1}</source>
            <translation>{0} 个层面</translation>
        </message>
        <message>
            <location filename="app/window/evidence_page.py" />
            <source>{0} capture{1}</source>
            <translation>{0} 幅截图</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>The active viewport, as it is shown</source>
            <translation>当前窗格，按显示内容</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>The whole window</source>
            <translation>整个窗口</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>The values of the picture, 16 bits</source>
            <translation>图像的像素值，16 位</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Cine of the active viewport, as a film</source>
            <translation>当前窗格的电影播放，存为影片</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Save as {0}</source>
            <translation>存为 {0}</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Save Picture or Cine</source>
            <translation>保存图片或电影</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Write the patient's name</source>
            <translation>写入患者姓名</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Off: pictures say nothing about the patient</source>
            <translation>关闭：图片中没有患者信息</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>The whole picture in its own pixels</source>
            <translation>整幅图像，按其自身像素</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Between the edges of the window</source>
            <translation>仅窗格边缘以内</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>There is no picture in the active viewport.</source>
            <translation>当前窗格中没有图像。</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>The active viewport shows nothing to play.</source>
            <translation>当前窗格中没有可播放的内容。</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>{0} frames, {1:.1f} s</source>
            <translation>{0} 帧，{1:.1f} 秒</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Text over the picture</source>
            <translation>图像上的文字</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Cine goes</source>
            <translation>电影播放方式</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Values can be got back: the file says slope, intercept and unit, and the size of its pixels.</source>
            <translation>可还原为像素值：文件中注明斜率、截距、单位和像素尺寸。</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Without the patient's name the list of studies and the messages are covered.</source>
            <translation>不含患者姓名时，检查列表和消息会被遮盖。</translation>
        </message>
        <message>
            <location filename="app/window/export_page.py" />
            <source>Grey values as presentation values, without the calibration of this monitor.</source>
            <translation>灰度为显示用灰度值，未经此显示器校准。</translation>
        </message>
        <message>
            <location filename="app/window/exporting.py" />
            <source>1 slice{0} was written to {1}.</source>
            <translation>1 层{0}已写入 {1}。</translation>
        </message>
        <message>
            <location filename="app/window/exporting.py" />
            <source>{0} slices{1} were written to {2}.</source>
            <translation>{0} 层{1}已写入 {2}。</translation>
        </message>
        <message>
            <location filename="app/window/exporting.py" />
            <source>No slice lies in the range of heights; choose a larger one.</source>
            <translation>高度范围内没有层面；请选择更大的范围。</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Double click to write</source>
            <translation>双击填写</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>{0:.1f} mm, {1}</source>
            <translation>{0:.1f} mm，{1}</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>No finding is selected.</source>
            <translation>没有选中发现。</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Keep Picture</source>
            <translation>保存图像</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Remove</source>
            <translation>删除</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Remove the selected key images (Del)</source>
            <translation>删除选中的关键图像（Del）</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Add Finding</source>
            <translation>添加发现</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Move up</source>
            <translation>上移</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Move down</source>
            <translation>下移</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Remove the selected findings (Del)</source>
            <translation>删除选中的发现（Del）</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Report…</source>
            <translation>报告…</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Height in mm. Double click goes there.</source>
            <translation>高度（mm）。双击转到该处。</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>{0}
Double click shows it again, F2 writes a note.</source>
            <translation>{0}
双击重新显示，F2 写备注。</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Size in mm, of its measurement</source>
            <translation>大小（mm），取自其测量</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>Size in mm</source>
            <translation>大小（mm）</translation>
        </message>
        <message>
            <location filename="app/window/findings_dock.py" />
            <source>No key image is selected.</source>
            <translation>没有选中关键图像。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_banner.py" />
            <source>Show Geometry</source>
            <translation>显示几何</translation>
        </message>
        <message>
            <location filename="app/window/geometry_banner.py" />
            <source>{0} and {1} more</source>
            <translation>{0} 及另外 {1} 项</translation>
        </message>
        <message>
            <location filename="app/window/geometry_banner.py" />
            <source>Geometry nominal or assumed: {0}</source>
            <translation>几何为标称或假定：{0}</translation>
        </message>
        <message>
            <location filename="app/window/geometry_banner.py" />
            <source>Geometry assumed: {0}</source>
            <translation>几何为假定：{0}</translation>
        </message>
        <message>
            <location filename="app/window/geometry_banner.py" />
            <source>Click to see every number with its source, and to correct it</source>
            <translation>点击查看每个数值及其来源，并可更正</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>No projections are on screen. Open a sweep to see where its geometry comes from.</source>
            <translation>屏幕上没有投影。请打开一次扫描，查看其几何的来源。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>A geometry file states every position. Change the file, or choose a preset instead.</source>
            <translation>几何文件写明了每个位置。请更改文件，或改用预设。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Partly assumed</source>
            <translation>部分为假定</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Use a JSON file with the source and detector of every view</source>
            <translation>使用写有每个投影的焦点和探测器的 JSON 文件</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Use nominal numbers of a device where the images say none</source>
            <translation>图像未写明处采用设备的标称数值</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Write the geometry with the source of every number, to lie beside the images</source>
            <translation>写出几何并注明每个数值的来源，放在图像旁</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>{0} of {1} numbers are assumed or nominal.</source>
            <translation>{1} 个数值中有 {0} 个为假定或标称值。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Every number is stated.</source>
            <translation>每个数值都已写明。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Save the geometry</source>
            <translation>保存几何</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>The geometry was written to {0}.</source>
            <translation>几何已写入 {0}。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Saving the geometry</source>
            <translation>正在保存几何</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Between {0:g} and {1:g} is possible.</source>
            <translation>可用 {0:g} 到 {1:g} 之间的值。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Geometry files (*.geometry.json)</source>
            <translation>几何文件 (*.geometry.json)</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Write x (across the image) or y (down the image).</source>
            <translation>请写 x（横贯图像）或 y（沿图像向下）。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Write the first and the last angle, as “-15 to 15”.</source>
            <translation>请写第一个和最后一个角度，如“-15 to 15”。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Write the pitch in millimetres, as “0.2” or “0.2 × 0.2”.</source>
            <translation>请以毫米写出像素间距，如“0.2”或“0.2 × 0.2”。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_dock.py" />
            <source>Write one length in millimetres.</source>
            <translation>请写一个以毫米计的长度。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_flow.py" />
            <source>Open a geometry file</source>
            <translation>打开几何文件</translation>
        </message>
        <message>
            <location filename="app/window/geometry_flow.py" />
            <source>Geometry files (*.json)</source>
            <translation>几何文件 (*.json)</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Detector counts (air is bright)</source>
            <translation>探测器计数（空气为亮）</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Line integrals −ln(I/I₀) (air is 0)</source>
            <translation>线积分 −ln(I/I₀)（空气为 0）</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>First view's angle</source>
            <translation>第一个投影的角度</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Last view's angle</source>
            <translation>最后一个投影的角度</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>on a straight track</source>
            <translation>沿直线</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>on an arc, the detector stands still</source>
            <translation>沿弧线，探测器静止</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>together with the detector</source>
            <translation>与探测器一起</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>What you choose is an assumption about this acquisition and stays on screen in amber.</source>
            <translation>您的选择是对此次采集的假定，将以琥珀色保留在屏幕上。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Where were tube and detector?</source>
            <translation>球管和探测器的位置是什么？</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>What do the values mean?</source>
            <translation>像素值的含义是什么？</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Missing</source>
            <translation>缺少</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Found in the files</source>
            <translation>文件中已有</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>taken from the data</source>
            <translation>取自数据</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Open field's counts</source>
            <translation>空场计数</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Vendor preset</source>
            <translation>厂商预设</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Use this preset</source>
            <translation>使用此预设</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Open geometry file…</source>
            <translation>打开几何文件…</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>A JSON file with the source and detector of every view (see the handbook)</source>
            <translation>含有每个投影的射线源和探测器位置的 JSON 文件（见手册）</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>They Are the View Angles</source>
            <translation>它们是投影角度</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Use These Numbers</source>
            <translation>使用这些数值</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Use this</source>
            <translation>使用此设置</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Keep the present geometry</source>
            <translation>保留当前几何</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>The values are</source>
            <translation>像素值为</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>The names of the {0} files are numbers from {1:g} to {2:g}. If they are the view angles in degrees, they can be used.</source>
            <translation>{0} 个文件的名称为 {1:g} 到 {2:g} 的数字。如果它们是以度计的投影角度，即可使用。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Or enter the numbers, if you know them</source>
            <translation>如果知道数值，也可直接输入</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>as the files say</source>
            <translation>按文件所写</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Motion of the tube</source>
            <translation>球管的运动</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Enter at least one number first.</source>
            <translation>请先至少输入一个数值。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>The images name this device.</source>
            <translation>图像中写有此设备。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Not confirmed by a source: {0}.</source>
            <translation>尚无来源证实：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/geometry_page.py" />
            <source>Numbers from: {0}.</source>
            <translation>数值来源：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/compare.py" />
            <source>side by side</source>
            <translation>并排显示</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>Magnified pictures: {0}.</source>
            <translation>图像放大方式：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>The size of this monitor's pixels is not known. Measure it with a bank card or a ruler first.</source>
            <translation>此显示器的像素尺寸未知。请先用银行卡或直尺测量。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>The size of this monitor was not verified.</source>
            <translation>此显示器的尺寸未经核实。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>Life size at the slice's height.</source>
            <translation>在层面高度上为实际尺寸。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>Life size in the plane of the detector; the patient appears larger than life.</source>
            <translation>在探测器平面上为实际尺寸；患者影像大于实际。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>Life size by the stated magnification, for one depth only.</source>
            <translation>按所注明的放大率为实际尺寸，仅对一个深度成立。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/display.py" />
            <source>Life size in the plane of the calibration object.</source>
            <translation>在标定物所在平面上为实际尺寸。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/export.py" />
            <source>The picture is on the clipboard.</source>
            <translation>图片已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Slices are being exported already. Wait until they are written, or cancel that export first.</source>
            <translation>正在导出断层图像。请等待写入完成，或先取消该导出。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>The slices are still being computed. Stop the computation or wait until it is done, then export them.</source>
            <translation>断层图像仍在计算。请停止计算或等待完成后再导出。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Open a folder with studies</source>
            <translation>打开含检查的文件夹</translation>
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Open files or a DICOMDIR</source>
            <translation>打开文件或 DICOMDIR</translation>
        </message>
        <message>
            <location filename="app/window/handlers/file.py" />
            <source>Exporting slices</source>
            <translation>正在导出断层图像</translation>
        </message>
        <message>
            <location filename="app/window/handlers/findings.py" />
            <source>Kept as key image {0}.</source>
            <translation>已保存为关键图像 {0}。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/findings.py" />
            <source>Kept as key image {0}: the lower picture, without the one laid over it.</source>
            <translation>已保留为关键图像 {0}：下层图像，不含叠加的图像。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/measure.py" />
            <source>copies of a measurement</source>
            <translation>复制测量</translation>
        </message>
        <message>
            <location filename="app/window/handlers/measure.py" />
            <source>Copied to other pictures: {0}.</source>
            <translation>已复制到其他图像：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/measure.py" />
            <source>That place does not lie in this picture.</source>
            <translation>该位置不在此图像内。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/point.py" />
            <source>Point at a place in a picture first.</source>
            <translation>请先指向图像中的某处。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/view.py" />
            <source>The heights on screen are linked, {0} mm apart.</source>
            <translation>屏幕上的高度已联动，相差 {0} mm。</translation>
        </message>
        <message>
            <location filename="app/window/handlers/view.py" />
            <source>links of a viewport</source>
            <translation>窗格的联动项目</translation>
        </message>
        <message>
            <location filename="app/window/handlers/view.py" />
            <source>Heights are linked between two different slices on screen; there is only one.</source>
            <translation>高度联动需要屏幕上有两幅不同的断层图像；现在只有一幅。</translation>
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>No study is open.</source>
            <translation>没有打开检查。</translation>
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>The study lacks a picture that this protocol hangs.</source>
            <translation>该检查缺少此协议要挂的图像。</translation>
        </message>
        <message>
            <location filename="app/window/hanging_menu.py" />
            <source>My arrangement</source>
            <translation>我的布局</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hanging Protocols</source>
            <translation>挂片协议</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hang Now</source>
            <translation>立即挂片</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Keep the present arrangement: viewports, pictures, comparisons, links, thickness, algorithm</source>
            <translation>保存当前布局：窗格、图像、对比方式、联动、层厚、算法</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Hang such studies by itself</source>
            <translation>此类检查自动按此挂片</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>No protocol is selected.</source>
            <translation>没有选中协议。</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>For</source>
            <translation>适用于</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>By itself</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>any</source>
            <translation>任意</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Your own: double click to rename</source>
            <translation>自定义：双击可重命名</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Comes with the program</source>
            <translation>程序自带</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Only your own can be deleted.</source>
            <translation>只能删除自定义的协议。</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Body part</source>
            <translation>检查部位</translation>
        </message>
        <message>
            <location filename="app/window/hanging_page.py" />
            <source>Modality</source>
            <translation>检查类型</translation>
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Mouse</source>
            <translation>鼠标</translation>
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Keys and Mouse</source>
            <translation>快捷键与鼠标</translation>
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Windows</source>
            <translation>窗</translation>
        </message>
        <message>
            <location filename="app/window/help_page.py" />
            <source>Windows from the file, then presets</source>
            <translation>先是文件自带的窗，然后是预设窗</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>The wheel goes through the heights, Shift makes it five times as fast, Alt changes the slice thickness. Dragging changes the window; the right button zooms, the middle one pans.</source>
            <translation>滚轮逐层浏览，加 Shift 快五倍，加 Alt 改变层厚。左键拖动调窗，右键缩放，中键平移。</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Every slice is computed when you look at it: thickness, filter and height on the right take effect at once, and Ctrl+Z takes everything back.</source>
            <translation>每一层都在您查看时实时计算：右侧的层厚、滤波和高度立即生效，Ctrl+Z 可撤销一切。</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Point at something in one picture: its place in the other is marked. K links and parts the pictures, M or a double click fills the window with one.</source>
            <translation>指向一幅图像中的某点，另一幅图像中会标出对应位置。K 键联动或解除联动，M 键或双击使一幅图像占满窗口。</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Ctrl+K finds everything that can be done, by typing what it is. F1 lists keys and mouse.</source>
            <translation>按 Ctrl+K 键入名称即可找到所有功能。F1 列出快捷键和鼠标操作。</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Arrange pictures as you like them, then keep that for all such studies: View ▸ Hanging Protocols (Ctrl+Shift+H).</source>
            <translation>按习惯排列图像，然后为此类检查保存：视图 ▸ 挂片协议（Ctrl+Shift+H）。</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>No More Hints</source>
            <translation>不再提示</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>The preferences bring them back</source>
            <translation>可在首选项中恢复</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Next</source>
            <translation>下一条</translation>
        </message>
        <message>
            <location filename="app/window/hints.py" />
            <source>Got It</source>
            <translation>知道了</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>Saving…</source>
            <translation>正在保存…</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>All changes saved</source>
            <translation>所有更改已保存</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>NOT saved: {0}</source>
            <translation>未保存：{0}</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>{0} changes are in memory only, because {1} ({2}). You can go on working; saving is tried again every few seconds.</source>
            <translation>{0} 项更改仅在内存中，因为{1}（{2}）。可以继续工作；每隔几秒重试保存。</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>{0} changes are not saved, because {1} ({2}). Make room or free the folder and wait for “All changes saved”, or close the window once more to leave without saving.</source>
            <translation>{0} 项更改未保存，因为{1}（{2}）。请腾出空间或使文件夹可用，等待出现“所有更改已保存”；或再次关闭窗口，不保存退出。</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>Written to {0} and read back at {1}</source>
            <translation>已写入 {0}，并于 {1} 读回核对</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>That work was restored or discarded in another window already.</source>
            <translation>该工作已在其他窗口中恢复或放弃。</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>the disk does not answer</source>
            <translation>磁盘没有响应</translation>
        </message>
        <message>
            <location filename="app/window/journal.py" />
            <source>{0}: the study is not there any more. Open it from where it is now; your work comes back with it.</source>
            <translation>{0}：检查已不在原处。请从现在的位置打开，您的工作会随之恢复。</translation>
        </message>
        <message>
            <location filename="app/window/linker.py" />
            <source>at {0:.0f} mm</source>
            <translation>高度 {0:.0f} mm</translation>
        </message>
        <message>
            <location filename="app/window/linker.py" />
            <source>Heights linked with an offset of {0} mm</source>
            <translation>高度联动，偏移 {0} mm</translation>
        </message>
        <message>
            <location filename="app/window/menus.py" />
            <source>Not now: {0}.</source>
            <translation>当前不可用：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/message_bar.py" />
            <source>Dismiss this message</source>
            <translation>关闭此消息</translation>
        </message>
        <message>
            <location filename="app/window/network.py" />
            <source>a server that was removed</source>
            <translation>已删除的服务器</translation>
        </message>
        <message>
            <location filename="app/window/network.py" />
            <source>, {0} MB/s</source>
            <translation>，{0} MB/s</translation>
        </message>
        <message>
            <location filename="app/window/network.py" />
            <source>Sending to {0}: {1} of {2}</source>
            <translation>正在发送到 {0}：第 {1} 个，共 {2} 个</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Arriving</source>
            <translation>正在到达</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Here</source>
            <translation>已在本机</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Incomplete</source>
            <translation>不完整</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Fetching {0}</source>
            <translation>正在提取 {0}</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Fetching a study</source>
            <translation>正在提取检查</translation>
        </message>
        <message>
            <location filename="app/window/network_fetches.py" />
            <source>Cancelled; what arrived until then is kept.</source>
            <translation>已取消；此前到达的内容保留。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>It answers, after {0} ms.</source>
            <translation>有应答，用时 {0} ms。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Servers</source>
            <translation>服务器</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Encrypted (TLS 1.2 or newer)</source>
            <translation>加密（TLS 1.2 或更新）</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Other addresses for single services</source>
            <translation>各项服务的其他地址</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Its certificate must bear its name</source>
            <translation>其证书必须写有其名称</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Ask it to keep what was sent (storage commitment)</source>
            <translation>请求其保存所发内容（存储承诺）</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>as above</source>
            <translation>同上</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>those that this computer trusts</source>
            <translation>本机信任的机构</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>The port that the server knows for our AE title: there it reports later. Not the receiver's port.</source>
            <translation>服务器为我方 AE 名称登记的端口：之后它向此端口报告。不是接收器的端口。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Test</source>
            <translation>测试</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>C-ECHO, or a question for one study: does it answer us?</source>
            <translation>C-ECHO，或查询一个检查：对方是否应答？</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Saved.</source>
            <translation>已保存。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Asking…</source>
            <translation>正在询问…</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Spoken to by</source>
            <translation>通信方式</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Port</source>
            <translation>端口</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>AE title of the server</source>
            <translation>服务器的 AE 名称</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Our AE title</source>
            <translation>我方 AE 名称</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Fetch by</source>
            <translation>提取方式</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Port of its answer</source>
            <translation>其回答的端口</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>QIDO-RS</source>
            <translation>QIDO-RS</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>WADO-RS</source>
            <translation>WADO-RS</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>STOW-RS</source>
            <translation>STOW-RS</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Log in by</source>
            <translation>登录方式</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Password</source>
            <translation>密码</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Authorities</source>
            <translation>签发机构</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Our certificate</source>
            <translation>我方证书</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Its key</source>
            <translation>其密钥</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>No server is chosen.</source>
            <translation>未选择服务器。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Token</source>
            <translation>令牌</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>unchanged</source>
            <translation>不变</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>The connection is not encrypted: use it within a network that you trust.</source>
            <translation>连接未加密：请只在可信的网络内使用。</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>Choose a PEM file</source>
            <translation>选择 PEM 文件</translation>
        </message>
        <message>
            <location filename="app/window/network_servers_page.py" />
            <source>No server is entered yet. Press Add, and fill in what its administrator tells you.</source>
            <translation>尚未输入服务器。请按“添加”，填写其管理员告知的内容。</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Open the study and go on where you were</source>
            <translation>打开检查，从上次的地方继续</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Discard</source>
            <translation>放弃</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Open the study as it was before; the work is kept for {0} days</source>
            <translation>按原样打开检查；所做的工作保留 {0} 天</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Bring Back</source>
            <translation>找回</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Bocage did not end properly on {0} at {1}. Your change to “{2}” is safe.</source>
            <translation>Bocage 于 {0} {1} 未正常退出。您对“{2}”的更改是安全的。</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Bocage did not end properly on {0} at {1}. Your {2} changes to “{3}” are safe.</source>
            <translation>Bocage 于 {0} {1} 未正常退出。您对“{3}”的 {2} 项更改是安全的。</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>The work was discarded. It is kept for {0} days.</source>
            <translation>所做的工作已放弃，保留 {0} 天。</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Work on another study comes back when you open it.</source>
            <translation>另一检查的工作会在您打开它时恢复。</translation>
        </message>
        <message>
            <location filename="app/window/offer_bar.py" />
            <source>Work on {0} other studies comes back when you open them.</source>
            <translation>另外 {0} 个检查的工作会在您打开它们时恢复。</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>What do you want to do?</source>
            <translation>要做什么？</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Command palette</source>
            <translation>命令面板</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Presentation: {0}</source>
            <translation>呈现状态：{0}</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Pictures</source>
            <translation>图像</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Show it as it was saved</source>
            <translation>按保存时的样子显示</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Hanging</source>
            <translation>挂片</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>Show {0}</source>
            <translation>显示 {0}</translation>
        </message>
        <message>
            <location filename="app/window/palette.py" />
            <source>In the active viewport</source>
            <translation>在当前窗格中</translation>
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Empty</source>
            <translation>空</translation>
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Drag a series here from the list.</source>
            <translation>从列表中将序列拖到此处。</translation>
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Not shown yet</source>
            <translation>尚未显示</translation>
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Opening…</source>
            <translation>正在打开…</translation>
        </message>
        <message>
            <location filename="app/window/pane.py" />
            <source>Not opened</source>
            <translation>未打开</translation>
        </message>
        <message>
            <location filename="app/window/points.py" />
            <source>This radiograph has no geometry: where its focal spot stood is not known, so its points have no ray to search along. Click on a projection of the sweep instead.</source>
            <translation>此平片没有几何信息：焦点位置未知，其上的点没有可供搜索的射线。请改为在扫描的投影上单击。</translation>
        </message>
        <message>
            <location filename="app/window/points.py" />
            <source>No sweep of this examination is open, in which the height of the point could be found.</source>
            <translation>没有打开此检查的断层扫描，无法求该点的高度。</translation>
        </message>
        <message>
            <location filename="app/window/points.py" />
            <source>The projections are still being filtered. Click again when they are ready.</source>
            <translation>投影仍在滤波。请在完成后再次单击。</translation>
        </message>
        <message>
            <location filename="app/window/points.py" />
            <source>height not known</source>
            <translation>高度未知</translation>
        </message>
        <message>
            <location filename="app/window/points.py" />
            <source>on the ray</source>
            <translation>在射线上</translation>
        </message>
        <message>
            <location filename="app/window/preferences.py" />
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Patient</source>
            <translation>患者</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>ID</source>
            <translation>ID</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Born</source>
            <translation>出生日期</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Accession</source>
            <translation>检查号</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Objects</source>
            <translation>对象</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Query and Retrieve</source>
            <translation>查询与提取</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Servers…</source>
            <translation>服务器…</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>family name, given name</source>
            <translation>姓，名</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>The beginning is enough: meier, an. Wildcards of your own: * and ?</source>
            <translation>输入开头即可：meier, an。也可自用通配符：* 和 ?</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Wildcards: * and ?</source>
            <translation>通配符：* 和 ?</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>As DICOM writes it: CHEST, ABDOMEN, KNEE, BREAST …</source>
            <translation>按 DICOM 的写法：CHEST、ABDOMEN、KNEE、BREAST…</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Empty all fields</source>
            <translation>清空所有字段</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Studies found</source>
            <translation>找到的检查</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Open when the first series is there</source>
            <translation>第一个序列到达后即打开</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Priors</source>
            <translation>既往检查</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Look for all studies of the selected patient</source>
            <translation>查找所选患者的所有检查</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Retry Failed</source>
            <translation>重试失败项</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Fetch what did not arrive; what is here stays</source>
            <translation>提取未到达的内容；已有的保留</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Stop fetching the selected studies; what arrived is kept</source>
            <translation>停止提取所选检查；已到达的保留</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Get</source>
            <translation>提取</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Asking {0}…</source>
            <translation>正在询问 {0}…</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>{0}: {1} of {2}</source>
            <translation>{0}：{1} / {2}</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>No study is selected.</source>
            <translation>未选择检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>to</source>
            <translation>至</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>No server is entered yet. Press Servers… and enter one.</source>
            <translation>尚未输入服务器。请按“服务器…”输入一个。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Choose a server first.</source>
            <translation>请先选择服务器。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Enter something to look for, or choose a date: servers hold many studies.</source>
            <translation>请输入查找内容或选择日期：服务器上有很多检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>1 study.</source>
            <translation>1 个检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>{0} studies.</source>
            <translation>{0} 个检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>No study was found.</source>
            <translation>没有找到检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Series {0}</source>
            <translation>序列 {0}</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Series</source>
            <translation>序列</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Fetch the selected studies or series (Enter)</source>
            <translation>提取所选检查或序列 (Enter)</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>All studies of this patient</source>
            <translation>此患者的所有检查</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Patient name</source>
            <translation>患者姓名</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Patient ID</source>
            <translation>患者号</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Study date</source>
            <translation>检查日期</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>{0}: only the first {1} studies are shown. Narrow the search.</source>
            <translation>{0}：只显示前 {1} 个检查。请缩小搜索范围。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Select one study.</source>
            <translation>请选择一个检查。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Nothing of it is being fetched.</source>
            <translation>其中没有正在提取的内容。</translation>
        </message>
        <message>
            <location filename="app/window/query_page.py" />
            <source>Nothing of it has failed.</source>
            <translation>其中没有失败的内容。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>Receiving: {0} objects</source>
            <translation>正在接收：{0} 个对象</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>The receiver is not running.</source>
            <translation>接收器未运行。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>Receiver stopped</source>
            <translation>接收器已停止</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>Receiver: {0}</source>
            <translation>接收器：{0}</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>Click for the receiver's page.</source>
            <translation>点击打开接收器页面。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>{0} more objects of this study have arrived.</source>
            <translation>此检查又到达 {0} 个对象。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>The receiver's settings could not be kept: {0}.</source>
            <translation>接收器的设置无法保存：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_flow.py" />
            <source>Listens at {0}, port {1}; {2} objects received.</source>
            <translation>在 {0} 的端口 {1} 监听；已接收 {2} 个对象。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>Open the study; what you did to the present one is kept</source>
            <translation>打开该检查；您对当前检查所做的一切都会保留</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>Start Again</source>
            <translation>重新启动</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>Start the receiver again</source>
            <translation>重新启动接收器</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>Go on without it; Network ▸ Receiver starts it later</source>
            <translation>不用它继续；以后可用“网络 ▸ 接收器”启动</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>The study stays in the folder of received studies</source>
            <translation>该检查留在接收检查的文件夹中</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>New study from {0}: {1} object{2}.</source>
            <translation>来自 {0} 的新检查：{1} 个对象。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_offer.py" />
            <source>{0} more wait.</source>
            <translation>另有 {0} 个在等待。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Other computers can reach this port, and nothing is encrypted: names and pictures can be read on the way, and an AE title proves nothing. Choose a certificate, or use a network of the devices alone.</source>
            <translation>其他计算机可以访问此端口，且没有加密：途中可以读到姓名和图像，AE 名称也证明不了什么。请选择证书，或使用只有设备的网络。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>This computer only</source>
            <translation>仅本机</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Every network</source>
            <translation>所有网络</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Listens at {0}, port {1}. Associations: {2}, objects received: {3}. The folder holds {4} GB.</source>
            <translation>在 {0} 的端口 {1} 监听。关联：{2}，已接收对象：{3}。文件夹已有 {4} GB。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Receiver</source>
            <translation>接收器</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Receive studies</source>
            <translation>接收检查</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Listen for devices and archives that send studies to this computer (C-STORE)</source>
            <translation>监听向本机发送检查的设备和归档 (C-STORE)</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>not encrypted</source>
            <translation>未加密</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>no certificate asked of senders</source>
            <translation>不要求发送方出示证书</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>the program's own folder</source>
            <translation>程序自己的文件夹</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Open a study that arrives while none is being read</source>
            <translation>没有在阅读时，到达的检查自动打开</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Nobody may send yet. Add a sender, or let the device send once: it appears below and can be allowed.</source>
            <translation>目前谁都不能发送。请添加发送方，或让设备发送一次：它会出现在下方，然后可以允许。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Allow This Sender</source>
            <translation>允许此发送方</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Let {0} at {1} send from now on</source>
            <translation>从现在起允许 {1} 的 {0} 发送</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Choose a line of a sender that is not on the list</source>
            <translation>请选择一行不在列表中的发送方</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>AE title</source>
            <translation>AE 名称</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>What senders must call</source>
            <translation>发送方须呼叫的名称</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>The network on which it listens</source>
            <translation>监听的网络</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>What senders must enter; below 1024 only an administrator may</source>
            <translation>发送方须填写的端口；低于 1024 时只有管理员可用</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Certificate</source>
            <translation>证书</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>PEM file; with it connections are encrypted</source>
            <translation>PEM 文件；有它则连接加密</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>PEM file without a password</source>
            <translation>没有密码的 PEM 文件</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Senders must show a certificate signed by one</source>
            <translation>发送方必须出示由其中之一签发的证书</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Where studies are kept</source>
            <translation>存放检查的位置</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>At most</source>
            <translation>上限</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Nothing more is taken when the folder holds so much</source>
            <translation>文件夹达到此大小时不再接收</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Leave free</source>
            <translation>保留空闲</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Nothing more is taken when the disk has less room</source>
            <translation>磁盘空间低于此值时不再接收</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Allowed senders</source>
            <translation>允许的发送方</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Address or network</source>
            <translation>地址或网络</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Turned away lately</source>
            <translation>最近被拒绝的</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Why</source>
            <translation>原因</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Take the chosen sender from the list</source>
            <translation>将所选发送方从列表中移除</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Choose a sender first</source>
            <translation>请先选择一个发送方</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Ask the receiver for an echo (C-ECHO)</source>
            <translation>向接收器请求回声测试 (C-ECHO)</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Switch the receiver on first</source>
            <translation>请先开启接收器</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Starting…</source>
            <translation>正在启动…</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Off. No port is open.</source>
            <translation>关闭。没有打开任何端口。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>The receiver answers.</source>
            <translation>接收器有应答。</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Choose where received studies are kept</source>
            <translation>选择接收检查的存放位置</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>Put these settings into force</source>
            <translation>使这些设置生效</translation>
        </message>
        <message>
            <location filename="app/window/receiver_page.py" />
            <source>These settings are in force</source>
            <translation>这些设置已生效</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>{0}, height {1:.1f} mm, nominal thickness {2:.1f} mm</source>
            <translation>{0}，高度 {1:.1f} mm，标称层厚 {2:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Made with Bocage. Pictures in a report are no pictures for diagnosis.</source>
            <translation>由 Bocage 生成。报告中的图像不能用于诊断。</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Tomosynthesis report</source>
            <translation>断层融合报告</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Your summary</source>
            <translation>填写诊断印象</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Name, ID and birth date of the patient</source>
            <translation>患者姓名、ID 和出生日期</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Save as PDF…</source>
            <translation>存为 PDF…</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Save as HTML…</source>
            <translation>存为 HTML…</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>No key images and no findings yet: keep pictures with Shift+K, add findings with N.</source>
            <translation>尚无关键图像和发现：用 Shift+K 保存图像，用 N 添加发现。</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>lengths: {0}</source>
            <translation>长度：{0}</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>In the report: key images {0}, findings {1}.</source>
            <translation>报告内容：关键图像 {0} 幅，发现 {1} 项。</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>nominal slice thickness {0:.1f} mm</source>
            <translation>标称层厚 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>slice interval {0:.1f} mm</source>
            <translation>层间隔 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>They were read on a display that is not calibrated.</source>
            <translation>阅片所用的显示器未经校准。</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Study</source>
            <translation>检查</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>System</source>
            <translation>设备</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>true at the slice's height</source>
            <translation>在层面高度上准确</translation>
        </message>
        <message>
            <location filename="app/window/report_page.py" />
            <source>Sex</source>
            <translation>性别</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>Send</source>
            <translation>发送</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>What Is Being Sent…</source>
            <translation>正在发送的内容…</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>There is nothing to send.</source>
            <translation>没有可发送的内容。</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>Looking through what is to be sent…</source>
            <translation>正在检查要发送的内容…</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>1 file or folder</source>
            <translation>1 个文件或文件夹</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>Waiting to be sent: {0}.</source>
            <translation>等待发送：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>Left out, as the server has them or they wait already: {0}.</source>
            <translation>略去（服务器已有或已在等待）：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/send_page.py" />
            <source>{0} more files cannot be sent.</source>
            <translation>另有 {0} 个文件无法发送。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Being sent</source>
            <translation>正在发送</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Sent</source>
            <translation>已发送</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Confirmed</source>
            <translation>已确认</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>The server answered that it stored every object.</source>
            <translation>服务器回答：它已存储每一个对象。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>The server answered that it keeps every object.</source>
            <translation>服务器回答：它会保存每一个对象。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>What</source>
            <translation>内容</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Since</source>
            <translation>自</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>What Is Being Sent</source>
            <translation>正在发送的内容</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Clear Done</source>
            <translation>清除已完成</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Retry</source>
            <translation>重试</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>What is being sent</source>
            <translation>正在发送的内容</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>{0}, failed: {1}</source>
            <translation>{0}，失败：{1}</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>{0} of {1} objects are at their servers.</source>
            <translation>{1} 个对象中有 {0} 个已在其服务器上。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Nothing is selected.</source>
            <translation>没有选中任何项。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Nothing is being sent. Choose Network ▸ Send Study, or Send… in the list of studies.</source>
            <translation>没有正在发送的内容。请选择“网络 ▸ 发送检查”，或检查列表中的“发送…”。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Press Retry when this is mended.</source>
            <translation>解决后请按“重试”。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Go On</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Nothing has failed.</source>
            <translation>没有失败项。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Try at once what failed or waits to be tried</source>
            <translation>立即重试失败或等待重试的项</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Hold back what was not sent yet</source>
            <translation>暂缓尚未发送的内容</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Take it out of the list; what was sent stays at the server</source>
            <translation>从列表中移除；已发送的内容留在服务器上</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Nothing is done.</source>
            <translation>没有已完成的项。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Take out of the list what is sent and confirmed</source>
            <translation>从列表中移除已发送并确认的项</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Whether they are kept cannot be heard: {0}</source>
            <translation>无法得知是否已保存：{0}</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Next try in {0} s.</source>
            <translation>{0} 秒后再试。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>Next try in {0} min.</source>
            <translation>{0} 分钟后再试。</translation>
        </message>
        <message>
            <location filename="app/window/send_queue_page.py" />
            <source>It is done.</source>
            <translation>已完成。</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Change Keys</source>
            <translation>更改快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Search actions and keys</source>
            <translation>搜索功能和快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Set</source>
            <translation>设定</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>These keys alone start the selected action</source>
            <translation>所选功能只用此快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>These keys start the selected action too</source>
            <translation>所选功能也可用此快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>No keys for the selected action</source>
            <translation>所选功能不设快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>The keys of the set for the selected action</source>
            <translation>所选功能恢复方案中的快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Reset All</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>New keys</source>
            <translation>新快捷键</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>{0} stands for several: {1}.</source>
            <translation>{0} 对应多个功能：{1}。</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Action</source>
            <translation>功能</translation>
        </message>
        <message>
            <location filename="app/window/shortcuts_page.py" />
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>PA: patient's left at the right, head up</source>
            <translation>PA：患者左侧在右，头在上</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>AP: patient's right at the right, head up</source>
            <translation>AP：患者右侧在右，头在上</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Lateral, right side to the tube</source>
            <translation>侧位，右侧朝向球管</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Lateral, left side to the tube</source>
            <translation>侧位，左侧朝向球管</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>As the images say</source>
            <translation>按图像所写</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Left</source>
            <translation>左</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>No implant</source>
            <translation>无植入物</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>With an implant</source>
            <translation>有植入物</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Export Slices as DICOM</source>
            <translation>将层面导出为 DICOM</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Tomosynthesis slices</source>
            <translation>断层融合层面</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Lists of series show it; that it is not for diagnosis is added</source>
            <translation>序列列表中显示；会加上“不可用于诊断”</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Patient stands</source>
            <translation>患者站位</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Breast</source>
            <translation>乳腺</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>View position</source>
            <translation>体位</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Implant</source>
            <translation>植入物</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Heights</source>
            <translation>高度</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>File compression</source>
            <translation>文件压缩</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Send what was exported to a server</source>
            <translation>将导出的内容发送到服务器</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>The patient's orientation is unknown. Say below how the patient stands.</source>
            <translation>患者方向未知。请在下面说明患者如何站立。</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>There are no slices on screen. Open projections or slices first.</source>
            <translation>屏幕上没有层面。请先打开投影或层面。</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Slices are being exported.</source>
            <translation>正在导出层面。</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Choose where the folder with the slices goes</source>
            <translation>选择断层图像文件夹的存放位置</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Exported slices</source>
            <translation>已导出的层面</translation>
        </message>
        <message>
            <location filename="app/window/slices_page.py" />
            <source>Recommended</source>
            <translation>推荐</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>How long the last slice took to compute, and its size</source>
            <translation>最近一层的计算用时及其大小</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Memory {0} of {1} GB</source>
            <translation>内存 {0} / {1} GB</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Memory that the pictures take, and the budget (Edit ▸ Preferences)</source>
            <translation>图像占用的内存及上限（编辑 ▸ 首选项）</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>{0}  (+ {1} more)</source>
            <translation>{0}（另有 {1} 项）</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>{0} × {1} pixels in {2:.0f} ms</source>
            <translation>{0} × {1} 像素，{2:.0f} ms</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Click for the next.</source>
            <translation>单击查看下一项。</translation>
        </message>
        <message>
            <location filename="app/window/status.py" />
            <source>Click to calibrate.</source>
            <translation>单击进行校准。</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>Export Measurements</source>
            <translation>导出测量</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>Remove the selected measurements (Del)</source>
            <translation>删除选中的测量（Del）</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>Copy Table</source>
            <translation>复制表格</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>The table as text for a spreadsheet (Ctrl+C)</source>
            <translation>将表格作为文本复制到电子表格（Ctrl+C）</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>Export CSV…</source>
            <translation>导出 CSV…</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>All values with units, uncertainty and calibration</source>
            <translation>全部数值，含单位、不确定度和标定</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>The table is on the clipboard.</source>
            <translation>表格已复制到剪贴板。</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>{0} measurements were saved as {1}.</source>
            <translation>{0} 项测量已保存为 {1}。</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>at {0:.1f} mm</source>
            <translation>高度 {0:.1f} mm</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>No measurement is selected.</source>
            <translation>没有选中测量。</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>removal of measurements</source>
            <translation>删除测量</translation>
        </message>
        <message>
            <location filename="app/window/table_dock.py" />
            <source>There are no measurements.</source>
            <translation>没有测量。</translation>
        </message>
        <message>
            <location filename="app/window/viewport_grid.py" />
            <source>Bocage: viewports</source>
            <translation>Bocage：窗格</translation>
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>There are no projections on screen.</source>
            <translation>屏幕上没有投影。</translation>
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>, relative exposure {0:.3g}</source>
            <translation>，相对曝光量 {0:.3g}</translation>
        </message>
        <message>
            <location filename="app/window/views_dock.py" />
            <source>View {0}: tube at {1:.0f}, {2:.0f}, {3:.0f} mm{4}</source>
            <translation>投影 {0}：球管位于 {1:.0f}, {2:.0f}, {3:.0f} mm{4}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>Series of the study</source>
            <translation>检查的序列</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>Other studies of the patient</source>
            <translation>该患者的其他检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>Double click opens one beside what is on screen</source>
            <translation>双击其中之一，在屏幕内容旁打开</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>No description</source>
            <translation>无描述</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>Other studies</source>
            <translation>其他检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>No study is selected</source>
            <translation>未选择检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>Its files do not agree on the patient's name, ID or birth date.</source>
            <translation>其文件中的患者姓名、患者号或出生日期不一致。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_detail.py" />
            <source>None in the list</source>
            <translation>列表中没有</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Any day</source>
            <translation>任意日期</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>This week</source>
            <translation>本周</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>All: {0}</source>
            <translation>全部：{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>New: {0}</source>
            <translation>新：{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Read: {0}</source>
            <translation>已阅：{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Rejected: {0}</source>
            <translation>废片：{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Only studies with a star</source>
            <translation>只看加星的检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Removed</source>
            <translation>已移除</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Studies that were removed from the list, to put them back</source>
            <translation>已从列表移除的检查，可放回</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Show all studies</source>
            <translation>显示所有检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Any modality</source>
            <translation>任意检查类型</translation>
        </message>
        <message>
            <location filename="app/window/worklist_filters.py" />
            <source>Any part</source>
            <translation>任意部位</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Not read</source>
            <translation>未读取</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Looked through</source>
            <translation>已查看</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>not there now</source>
            <translation>现在不在</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>{0} (received)</source>
            <translation>{0}（接收的）</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Folders of the Worklist</source>
            <translation>工作列表的文件夹</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Studies in these folders, and in all folders inside them, are listed. Nothing is copied or changed.</source>
            <translation>列出这些文件夹及其所有子文件夹中的检查。不复制也不更改任何内容。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Forget Everything</source>
            <translation>全部清除</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>The list, all marks and notes are erased from this computer. The studies' files stay where they are.</source>
            <translation>列表、所有标记和备注将从本机清除。检查的文件保留在原处。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Yes, Forget Everything</source>
            <translation>是，全部清除</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>What was read stays; the next time goes on from there</source>
            <translation>已读取的保留；下次从此处继续</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Look Through Again</source>
            <translation>重新查看</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Watch the folder no longer. Its files stay where they are.</source>
            <translation>不再关注该文件夹。其文件保留在原处。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Add Folder…</source>
            <translation>添加文件夹…</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Folders of the worklist</source>
            <translation>工作列表的文件夹</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>not yet</source>
            <translation>尚未</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Looking through {0}</source>
            <translation>正在查看 {0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>Select a folder first.</source>
            <translation>请先选择文件夹。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>only in part</source>
            <translation>仅部分</translation>
        </message>
        <message>
            <location filename="app/window/worklist_folders_page.py" />
            <source>No folder is watched yet. Press Add Folder… and choose where your studies are.</source>
            <translation>尚未关注任何文件夹。请按“添加文件夹…”，选择检查所在的位置。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_index.py" />
            <source>The worklist cannot be used: {0}.</source>
            <translation>工作列表无法使用：{0}。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_opener.py" />
            <source>The files of this study cannot be found now. Connect the disk that holds them.</source>
            <translation>现在找不到此检查的文件。请连接存放它们的磁盘。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_opener.py" />
            <source>The study beside has another patient ID. Compare the names and birth dates.</source>
            <translation>旁边的检查患者号不同。请核对姓名和出生日期。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_opener.py" />
            <source>No study follows in the worklist.</source>
            <translation>工作列表中没有后续检查。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_opener.py" />
            <source>Mark as Read</source>
            <translation>标为已阅</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>The study on screen is marked as read, and the next in this list is opened</source>
            <translation>屏幕上的检查标为已阅，并打开此列表中的下一个</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Select a study first.</source>
            <translation>请先选择检查。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Worklist</source>
            <translation>工作列表</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Search: name, ID, accession, body part, note, date …</source>
            <translation>搜索：姓名、患者号、检查号、部位、备注、日期…</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Every word must be found; parts of words do. Also: today, last week, 2026-01, 1.2.2026..3.2.2026, name:meier, id:123, acc:77 (Ctrl+F)</source>
            <translation>每个词都须匹配；词的一部分也可。也可输入：today、last week、2026-01、1.2.2026..3.2.2026、name:meier、id:123、acc:77 (Ctrl+F)</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Which folders are watched; add and remove them</source>
            <translation>关注哪些文件夹；添加和移除</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Add the folders that hold your studies. They are listed here; nothing is copied or changed.</source>
            <translation>请添加存有检查的文件夹。它们会列在这里；不复制也不更改任何内容。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Open Demonstration Case</source>
            <translation>打开演示病例</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Open the selected study</source>
            <translation>打开所选检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Open Beside</source>
            <translation>在旁打开</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Show it beside what is on screen</source>
            <translation>在屏幕内容旁显示</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Star</source>
            <translation>加星</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Set studies apart to come back to</source>
            <translation>把检查放在一边，以后再看</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Mark as New</source>
            <translation>标为新</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Write a note into the list</source>
            <translation>在列表中写备注</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Remove from the List</source>
            <translation>从列表移除</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>The files stay where they are</source>
            <translation>文件保留在原处</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Mark as Read and Next</source>
            <translation>标为已阅并看下一个</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Reject</source>
            <translation>判为废片</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Mark as {0}</source>
            <translation>标为{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Put Back into the List</source>
            <translation>放回列表</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>{0} studies</source>
            <translation>{0} 个检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Folders…</source>
            <translation>文件夹…</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>No studies yet</source>
            <translation>还没有检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Looking through your folders…</source>
            <translation>正在查看您的文件夹…</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>No study is found. Change the words or press Clear.</source>
            <translation>没有找到检查。请更改词语或按“清除”。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Not understood: {0}</source>
            <translation>无法理解：{0}</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>The files of this study are not there now.</source>
            <translation>此检查的文件现在不在。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Reject studies for their quality, and say why</source>
            <translation>因质量判为废片，并说明原因</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Take back: {0} (Ctrl+Z)</source>
            <translation>收回：{0} (Ctrl+Z)</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>There is nothing to undo.</source>
            <translation>没有可撤销的操作。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Removed from the list: {0}. The files stay where they are.</source>
            <translation>已从列表移除：{0}。文件保留在原处。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Show in Folder</source>
            <translation>在文件夹中显示</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>De-identify…</source>
            <translation>去标识化…</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>1 study</source>
            <translation>1 个检查</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>Too many studies are selected. Up to {0} are marked at once.</source>
            <translation>选择的检查过多。一次最多标记 {0} 个。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_page.py" />
            <source>rejected</source>
            <translation>废片</translation>
        </message>
        <message>
            <location filename="app/window/worklist_service.py" />
            <source>Looking through folders for the worklist</source>
            <translation>正在为工作列表查看文件夹</translation>
        </message>
        <message>
            <location filename="app/window/worklist_service.py" />
            <source>Add folder to the worklist</source>
            <translation>将文件夹添加到工作列表</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>left</source>
            <translation>左</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>right</source>
            <translation>右</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>both</source>
            <translation>双侧</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Being read</source>
            <translation>正在阅读</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Added</source>
            <translation>已添加</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Some of its files are not there now.</source>
            <translation>其部分文件现在不在。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Its files are not there now. Connect the disk that holds them.</source>
            <translation>其文件现在不在。请连接存放它们的磁盘。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Its files were deleted or moved out of the watched folders.</source>
            <translation>其文件已被删除或移出所关注的文件夹。</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Click to sort; right click to choose columns</source>
            <translation>点击排序；右键选择列</translation>
        </message>
        <message>
            <location filename="app/window/worklist_table.py" />
            <source>Rejected</source>
            <translation>废片</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>New</source>
            <translation>新</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Read</source>
            <translation>已阅</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Positioning</source>
            <translation>体位不当</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Motion blur</source>
            <translation>运动模糊</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Under exposed</source>
            <translation>曝光不足</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Over exposed</source>
            <translation>曝光过度</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Image artefacts</source>
            <translation>图像伪影</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Grid artefacts</source>
            <translation>滤线栅伪影</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Detector artefacts</source>
            <translation>探测器伪影</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Double exposure</source>
            <translation>重复曝光</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>No image</source>
            <translation>无图像</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Inappropriate image processing</source>
            <translation>图像处理不当</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Mechanical failure</source>
            <translation>机械故障</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Electrical failure</source>
            <translation>电气故障</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Software failure</source>
            <translation>软件故障</translation>
        </message>
        <message>
            <location filename="app/worklist/model.py" />
            <source>Other reason</source>
            <translation>其他原因</translation>
        </message>
        <message>
            <location filename="app/worklist/schema.py" />
            <source>{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. Until Bocage is updated the worklist is kept in {3}.</source>
            <translation>{0} 由更新版本的 Bocage 写成（格式 {1}，本版本认识 {2}），不作改动。在更新 Bocage 之前，工作列表保存在 {3}。</translation>
        </message>
        <message>
            <location filename="app/worklist/schema.py" />
            <source>The worklist's index was damaged and has been put aside as {0}; a new one was begun. Add your folders again: the studies come back, what was marked as read or rejected does not.</source>
            <translation>工作列表的索引已损坏，已作为 {0} 移到一旁，并新建了一个。请重新添加文件夹：检查会恢复，已阅或已拒绝的标记不会。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Filtered back projection</source>
            <translation>滤波反投影</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Thin, crisp sections; the ramp filter suppresses blur from other heights.</source>
            <translation>薄而清晰的断层；斜坡滤波抑制其他高度结构的模糊。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Filter</source>
            <translation>滤波器</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>How the ramp is rolled off towards high frequencies: less noise against less sharpness.</source>
            <translation>斜坡滤波在高频处的衰减方式：噪声越低，锐利度也越低。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Ramp (sharpest)</source>
            <translation>斜坡（最锐利）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Shepp–Logan</source>
            <translation>Shepp–Logan</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Hamming</source>
            <translation>Hamming</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Hann (smoothest)</source>
            <translation>Hann（最平滑）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Cut-off</source>
            <translation>截止频率</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Frequency where the filter ends, as a share of the detector's limit.</source>
            <translation>滤波器终止的频率，以探测器极限频率的比例表示。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Density</source>
            <translation>密度</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>How much of the density of large areas is kept: 0 shows edges and detail only, 1 the density of a body 20 cm deep (less in a thinner one), with the blur of other heights that comes with it.</source>
            <translation>大面积密度的保留程度：0 只显示边缘和细节，1 保留 20 cm 厚身体的密度（较薄的身体保留较少），其他高度结构的模糊也随之增加。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Effective thickness (filter)</source>
            <translation>有效层厚（滤波）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Depth over which detail stays in focus, set by a filter in the reconstruction; 0 leaves what the sweep gives. The slice thickness above averages finished slices instead.</source>
            <translation>细节保持清晰的深度范围，由重建中的滤波设定；0 则由扫描角度决定。上方的层厚是对重建后的断层取平均。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>Ripple suppression</source>
            <translation>重影抑制</translation>
        </message>
        <message>
            <location filename="recon/algorithms/fbp.py" />
            <source>How many of the views with the highest and with the lowest value are left out at each pixel: fewer copies of dense edges (metal, cortical bone) from other heights, which show when there are few views. Slices take about four times as long.</source>
            <translation>每个像素处剔除的最高值和最低值投影数：减少其他高度的致密边缘（金属、皮质骨）的重影，投影较少时重影明显。计算时间约为四倍。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Edge-preserving (iterative)</source>
            <translation>边缘保持（迭代）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>SIRT that smooths noise between neighbours but keeps edges higher than a threshold.</source>
            <translation>在 SIRT 基础上平滑相邻像素间的噪声，但保留高于阈值的边缘。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Iterations</source>
            <translation>迭代次数</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>More come nearer to the balance of sharpness and smoothness.</source>
            <translation>次数越多越接近锐利与平滑的平衡。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Weight of smoothness against the views; 0 is plain SIRT.</source>
            <translation>平滑项相对于投影的权重；0 为普通 SIRT。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Edge</source>
            <translation>边缘</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Steps higher than this are kept as edges (water is 0.02).</source>
            <translation>高于此值的阶跃作为边缘保留（水为 0.02）。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>No negative density</source>
            <translation>非负密度</translation>
        </message>
        <message>
            <location filename="recon/algorithms/huber.py" />
            <source>Values below air are set to air after each iteration.</source>
            <translation>每次迭代后将低于空气的值设为空气。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>{0} needs a tube on a straight line parallel to the detector's rows or columns. Choose another algorithm for this acquisition.</source>
            <translation>{0}要求球管沿平行于探测器行或列的直线移动。请为此次采集选择其他算法。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>MITS (matrix inversion)</source>
            <translation>MITS（矩阵逆断层融合）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>Blur from the other slices is calculated and taken off, at once: crisp detail with few views' ripple; needs a straight track.</source>
            <translation>一次性计算并去除其他层面的模糊：细节清晰，少投影时重影少；需要直线轨迹。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>Noise control</source>
            <translation>噪声控制</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>Higher is smoother and thicker, lower is crisper and noisier.</source>
            <translation>值高则更平滑、层更厚；值低则更清晰、噪声更大。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mits.py" />
            <source>How high frequencies are rolled off: less noise against less sharpness.</source>
            <translation>高频的衰减方式：噪声越低，锐利度也越低。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mlem.py" />
            <source>MLEM (iterative)</source>
            <translation>MLEM（迭代）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mlem.py" />
            <source>Slices are multiplied until they explain the views; dense detail gains first.</source>
            <translation>断层图像逐次相乘直至与投影相符；致密细节最先显现。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mlem.py" />
            <source>More are sharper and noisier, and take longer.</source>
            <translation>次数越多越锐利，噪声越大，用时越长。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mlem.py" />
            <source>Subsets</source>
            <translation>子集数</translation>
        </message>
        <message>
            <location filename="recon/algorithms/mlem.py" />
            <source>Parts of the views that have their say in turn; 1 is plain MLEM.</source>
            <translation>投影分成轮流参与的组数；1 为普通 MLEM。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/os_sart.py" />
            <source>OS-SART (iterative)</source>
            <translation>OS-SART（迭代）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/os_sart.py" />
            <source>Corrections by part of the views at a time: many SIRT steps' sharpness in a few.</source>
            <translation>每次用部分投影校正：几次迭代即可达到多次 SIRT 的锐利度。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/os_sart.py" />
            <source>Parts that the views are divided into; as many as views is SART, one is SIRT.</source>
            <translation>投影分成的组数；等于投影数为 SART，1 为 SIRT。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/os_sart.py" />
            <source>Values below air are set to air after each step.</source>
            <translation>每步之后将低于空气的值设为空气。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/shift_and_add.py" />
            <source>Shift and add</source>
            <translation>位移叠加</translation>
        </message>
        <message>
            <location filename="recon/algorithms/shift_and_add.py" />
            <source>The plain mean of the shifted views: true density, but blur from other heights stays.</source>
            <translation>位移后各投影的简单平均：密度真实，但其他高度的模糊仍在。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/sirt.py" />
            <source>SIRT (iterative)</source>
            <translation>SIRT（迭代）</translation>
        </message>
        <message>
            <location filename="recon/algorithms/sirt.py" />
            <source>All views correct all slices at once, again and again: density is kept, and blur is explained away by degrees.</source>
            <translation>所有投影反复同时校正所有层面：密度得以保留，模糊逐步消除。</translation>
        </message>
        <message>
            <location filename="recon/algorithms/sirt.py" />
            <source>Step</source>
            <translation>步长</translation>
        </message>
        <message>
            <location filename="recon/algorithms/sirt.py" />
            <source>Share of each correction that is made; below 1 is slower and smoother.</source>
            <translation>每次校正实际采用的比例；小于 1 则更慢、更平滑。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Synthetic 2-D</source>
            <translation>合成二维图像</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Looks like the radiograph from the middle of the sweep, with the detail of every height as all views show it. It is computed, not exposed.</source>
            <translation>外观如扫描中点拍摄的平片，并含有各投影一致显示的所有高度的细节。由计算得到，不是曝光所得。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Detail share</source>
            <translation>细节比例</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>How much of the detail comes from the slices: 0 is the middle view as it is.</source>
            <translation>细节中有多少来自断层：0 为原样的中间投影。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Lowest height</source>
            <translation>最低高度</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Detail below this height is faded.</source>
            <translation>低于此高度的细节逐渐隐去。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Highest height</source>
            <translation>最高高度</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Detail above this height is faded.</source>
            <translation>高于此高度的细节逐渐隐去。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Slice spacing</source>
            <translation>断层间距</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Thickness of the slices that are searched: smaller is sharper and slower.</source>
            <translation>搜索用断层的厚度：越小越清晰、越慢。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Selectivity</source>
            <translation>选择性</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>How far a slice must stand out along its ray to be shown: higher is less noisy, lower is more complete.</source>
            <translation>断层须在其射线上高出多少才显示：越高噪声越小，越低越完整。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Emphasis</source>
            <translation>强调</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Contrast of the detail against that of the radiograph; 1 is as it is.</source>
            <translation>细节相对于平片的对比度；1 为原样。</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Detail size</source>
            <translation>细节尺寸</translation>
        </message>
        <message>
            <location filename="recon/combine/options.py" />
            <source>Structures up to about this size, along the sweep, come from the slices.</source>
            <translation>沿扫描方向不超过约此尺寸的结构取自断层。</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>The middle view</source>
            <translation>中间投影</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>projection's own pixel pitch</source>
            <translation>投影自身的像素间距</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>Synthetic 2-D: the highest height must lie above the lowest, within {0:g} to {1:g} mm; found {2:g} to {3:g} mm.</source>
            <translation>合成二维图像：最高高度必须大于最低高度，且在 {0:g} 至 {1:g} mm 之内，实际为 {2:g} 至 {3:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>Combining slices</source>
            <translation>正在合成断层</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>Synthetic 2-D: computed from the sweep, not an exposure</source>
            <translation>合成二维图像：由断层扫描计算得到，不是曝光所得</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>Looking for the sharpest heights</source>
            <translation>正在寻找最清晰的高度</translation>
        </message>
        <message>
            <location filename="recon/combine/synthetic.py" />
            <source>detail of {0:.0f} % from slices of {1:g} mm between {2:g} and {3:g} mm</source>
            <translation>{2:g} 至 {3:g} mm 之间厚 {1:g} mm 的断层细节占 {0:.0f} %</translation>
        </message>
        <message>
            <location filename="recon/cone.py" />
            <source>The height must lie well below the tube (below {0:.0f} mm), found {1:g} mm.</source>
            <translation>高度必须明显低于球管（低于 {0:.0f} mm），实际为 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Metal artefact reduction</source>
            <translation>金属伪影校正</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Takes implants, screws and wires out of the projections before reconstruction and draws them into the slices again: no dark bands and ripple beside them. What lay hidden behind metal in some views is continued from beside it, so bone next to an implant must be read with care.</source>
            <translation>重建前从投影中去除植入物、螺钉和钢丝，再绘入断层图像：其旁没有暗带和重影。部分投影中被金属遮挡的结构由周围延续得到，因此植入物旁的骨质须谨慎判读。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>How far metal must stand out of its surroundings in a projection (as −ln of the transmission: 0.8 lets pass less than half). Lower finds thinner screws and wires, too low takes dense bone for metal.</source>
            <translation>金属在投影中须高出周围多少（以透过率的 −ln 表示：0.8 为透过不足一半）。值低可找到较细的螺钉和钢丝，过低则会把致密骨当作金属。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Widest metal</source>
            <translation>金属最大宽度</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Width of the widest implant on the detector: 30 mm for nails, plates and screws, 80 mm for knee and hip prostheses.</source>
            <translation>最宽植入物在探测器上的宽度：髓内钉、钢板和螺钉 30 mm，膝、髋关节假体 80 mm。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Smallest metal</source>
            <translation>金属最小尺寸</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Smaller spots are left as they are.</source>
            <translation>更小的斑点保持不变。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Agreement of the views</source>
            <translation>投影一致性</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Share of the projections in which something must look like metal to be taken for it.</source>
            <translation>被认定为金属的结构须在多大比例的投影中呈金属样。</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Margin</source>
            <translation>边缘余量</translation>
        </message>
        <message>
            <location filename="recon/corrections/metal.py" />
            <source>Rim around metal that is replaced with it: the penumbra of its edge on the detector.</source>
            <translation>金属周围一并替换的边缘：其边缘在探测器上的半影。</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>scatter subtracted ({0:.0f} % behind 20 cm of tissue)</source>
            <translation>已减去散射（20 cm 组织后方 {0:.0f} %）</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>Scatter correction</source>
            <translation>散射校正</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>Subtracts scattered radiation, which veils contrast most behind thick parts. True density and even brightness over large areas; noise rises with the contrast.</source>
            <translation>减去散射线，散射线在厚部位后方对对比度影响最大。密度真实，大面积亮度均匀；噪声随对比度增加。</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>Scatter share</source>
            <translation>散射比例</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>How much of what is detected behind 20 cm of soft tissue is scatter: about 0.2 to 0.4 with an anti-scatter grid, 0.5 to 0.8 without one. Too high a share makes thick parts black and white.</source>
            <translation>20 cm 软组织后方探测到的射线中散射线所占比例：有滤线栅约 0.2 至 0.4，无滤线栅约 0.5 至 0.8。比例过高会使厚部位变得黑白分明。</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>Spread</source>
            <translation>散射展宽</translation>
        </message>
        <message>
            <location filename="recon/corrections/scatter.py" />
            <source>Full width at half maximum of the scatter from a narrow beam, on the detector: wider for thicker bodies and for larger gaps between body and detector.</source>
            <translation>窄束散射线在探测器上的半高全宽：身体越厚、身体与探测器间隙越大则越宽。</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Skin line: the first, middle and last view do not show the edge of the body before air, so there is nothing to even out. Switch the correction off.</source>
            <translation>皮肤线均衡：第一、中间和最后一幅投影中看不到身体与空气的边界，无需均衡。请关闭此校正。</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>thickness made even along the skin line</source>
            <translation>已沿皮肤线均衡厚度</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Looking for the skin line</source>
            <translation>正在寻找皮肤线</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Skin line</source>
            <translation>皮肤线均衡</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Evens out the falling thickness towards the skin, as of a compressed breast, and overexposed skin: no bright rim and no dark band along the edge. Detail is kept; the thickness of the periphery is not shown any more.</source>
            <translation>均衡靠近皮肤处（如受压的乳腺）逐渐变薄的厚度和过曝的皮肤：边缘没有亮边和暗带。细节保留；周边的厚度不再显示。</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Share of the missing thickness that is made up for; 1 leaves no outline of the body.</source>
            <translation>补足缺失厚度的比例；1 则身体轮廓消失。</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Periphery</source>
            <translation>周边宽度</translation>
        </message>
        <message>
            <location filename="recon/corrections/skin_line.py" />
            <source>Distance from the skin, on the detector, within which the thickness is made even: about as wide as the body is thick, since oblique rays reach the full thickness later.</source>
            <translation>距皮肤多远（探测器上）的范围内作厚度均衡：约等于身体厚度，因为斜射线较晚才穿过全部厚度。</translation>
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>there is no space left on the disk</source>
            <translation>磁盘空间不足</translation>
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>you may not write there</source>
            <translation>没有写入权限</translation>
        </message>
        <message>
            <location filename="recon/errors.py" />
            <source>a file of that name is in the way</source>
            <translation>已有同名文件</translation>
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>{0} slices computed</source>
            <translation>已计算 {0} 层</translation>
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>There are no slices to compute; the range of heights is empty.</source>
            <translation>没有可计算的断层；高度范围为空。</translation>
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>A slice of {0:.3g} × {1:.3g} pixels of {2:g} mm has too many pixels (at most {3} million); choose a larger pixel.</source>
            <translation>{0:.3g} × {1:.3g} 个 {2:g} mm 像素的断层像素过多（最多 {3} 百万）；请选择较大的像素。</translation>
        </message>
        <message>
            <location filename="recon/export.py" />
            <source>Slice {0} of {1}</source>
            <translation>层 {0} / {1}</translation>
        </message>
        <message>
            <location filename="recon/filtering.py" />
            <source>Filtering</source>
            <translation>正在滤波</translation>
        </message>
        <message>
            <location filename="recon/filtering.py" />
            <source>The views are too small to reconstruct ({0} × {1} samples).</source>
            <translation>投影太小，无法重建（{0} × {1} 采样）。</translation>
        </message>
        <message>
            <location filename="recon/filters.py" />
            <source>There is no filter "{0}". Choose one of: {1}.</source>
            <translation>没有滤波器“{0}”。请选择：{1}。</translation>
        </message>
        <message>
            <location filename="recon/focus.py" />
            <source>Fewer than half the views of the sweep see this place, so that its height cannot be found.</source>
            <translation>扫描中能看到此处的投影不足一半，无法求得其高度。</translation>
        </message>
        <message>
            <location filename="recon/focus.py" />
            <source>The heights must lie below the tube.</source>
            <translation>高度必须低于球管。</translation>
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient directions of the world axes must be three perpendicular unit vectors.</source>
            <translation>世界坐标轴的患者方向必须为三个相互垂直的单位向量。</translation>
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient directions of the world axes make a mirror image (left-handed); a detector seen from the tube cannot be mirrored. Check the signs of x, y and z.</source>
            <translation>世界坐标轴的患者方向构成镜像（左手系）；从球管方向观察的探测器不可能是镜像。请检查 x、y、z 的符号。</translation>
        </message>
        <message>
            <location filename="recon/frame.py" />
            <source>The patient direction of {0} must be one of L R P A H F, found "{1}".</source>
            <translation>{0} 的患者方向必须为 L R P A H F 之一，实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="recon/frame_stack.py" />
            <source>A run needs at least one frame with at least one pixel.</source>
            <translation>连续采集至少需要一帧，每帧至少一个像素。</translation>
        </message>
        <message>
            <location filename="recon/frame_stack.py" />
            <source>A radiograph's pixel spacing must be positive, found {0}.</source>
            <translation>平片的像素间距必须为正，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/frame_stack.py" />
            <source>Frame {0} is of another size than the first.</source>
            <translation>第 {0} 帧的大小与第一帧不同。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must hold vectors of three numbers, found an array of shape {1}.</source>
            <translation>“{0}”应为三个数的向量，实际数组形状为 {1}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" holds a number that is not finite.</source>
            <translation>“{0}”含有非有限数值。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be {1} finite numbers, found {2!r}.</source>
            <translation>“{0}”应为 {1} 个有限数值，实际为 {2!r}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The pixel pitch must be positive, found {0:g} and {1:g} mm.</source>
            <translation>像素间距必须为正，实际为 {0:g} 和 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The pixel pitch must lie between {0:g} and {1:g} mm, found {2:g} and {3:g} mm. Is it in millimetres?</source>
            <translation>像素间距必须在 {0:g} 与 {1:g} mm 之间，实际为 {2:g} 和 {3:g} mm。单位是否为毫米？</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The detector must have at least one row and one column, found {0}.</source>
            <translation>探测器至少有一行和一列，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The origin of a geometry must be one of {0}, found "{1}".</source>
            <translation>几何的来源必须为 {0} 之一，实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>collinear</source>
            <translation>共线</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>at {0:.1f}° to each other</source>
            <translation>夹角为 {0:.1f}°</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The row and column directions of view {0} are {1}; they must be perpendicular.</source>
            <translation>第 {0} 个投影的行、列方向{1}；两者必须垂直。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies behind its detector ({1:.1f} mm). The detector's front is where column direction × row direction points; check the axes' signs.</source>
            <translation>第 {0} 个投影的射线源位于探测器后方（{1:.1f} mm）。探测器正面为列方向 × 行方向所指的一侧；请检查各轴的符号。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies in the plane of its detector.</source>
            <translation>第 {0} 个投影的射线源位于探测器平面内。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The source of view {0} lies at height {1:.1f} mm; it must lie above the plane z = 0 of the world frame (z points from the detector towards the tube).</source>
            <translation>第 {0} 个投影的射线源位于高度 {1:.1f} mm；必须在世界坐标系 z = 0 平面之上（z 由探测器指向球管）。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: expected "format": "{1}", which names a Bocage geometry file.</source>
            <translation>{0}：应有 "format": "{1}"，表明是 Bocage 几何文件。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: expected "version": {1}, found {2!r}.</source>
            <translation>{0}：应有 "version": {1}，实际为 {2!r}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: {1} missing.</source>
            <translation>{0}：缺少 {1}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: "patient" must name a letter for each of "x", "y" and "z".</source>
            <translation>{0}："patient" 必须为 "x"、"y" 和 "z" 各给出一个字母。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be a vector of three numbers, or one such vector for each view.</source>
            <translation>“{0}”应为三个数的向量，或每个投影各一个这样的向量。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" must be {1} numbers, found {2!r}.</source>
            <translation>“{0}”应为 {1} 个数，实际为 {2!r}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" has {1} vectors, but another part of the geometry has {2}. Give one vector for all views or one for each view.</source>
            <translation>“{0}”有 {1} 个向量，而几何的其他部分有 {2} 个。请给出所有投影共用的一个向量，或每个投影各一个。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>"{0}" holds {1:.4g} mm, which no tube and detector stand apart. Is it in millimetres?</source>
            <translation>“{0}”含有 {1:.4g} mm，球管与探测器不可能相距这么远。单位是否为毫米？</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The exposures must be {0} positive numbers, one for each view.</source>
            <translation>曝光量应为 {0} 个正数，每个投影一个。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>The {0} direction of view {1} must be a unit vector, found length {2:.4g}.</source>
            <translation>第 {1} 个投影的{0}方向必须为单位向量，实际长度为 {2:.4g}。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: the geometry file cannot be read ({1}).</source>
            <translation>{0}：几何文件无法读取（{1}）。</translation>
        </message>
        <message>
            <location filename="recon/geometry.py" />
            <source>{0}: not a readable JSON file ({1}).</source>
            <translation>{0}：不是可读取的 JSON 文件（{1}）。</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} of {1} views taken from {2} positions, several from each</source>
            <translation>{1} 个投影中有 {0} 个采自 {2} 个位置，每个位置多个</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views, steps uneven ({1:.2g}° to {2:.2g}°)</source>
            <translation>{0} 个投影，步距不均匀（{1:.2g}° 至 {2:.2g}°）</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} missing in a sweep of otherwise even steps, between views {1}</source>
            <translation>步距均匀的扫描中{0}缺失，位于投影 {1} 之间</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>exposure differs from view to view ({0:.2g} to {1:.2g} of the mean)</source>
            <translation>各投影曝光量不同（为平均值的 {0:.2g} 至 {1:.2g} 倍）</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views taken from the same position: {1}</source>
            <translation>{0} 个投影采自同一位置：{1}</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views, steps uneven ({1:.0f} to {2:.0f} mm)</source>
            <translation>{0} 个投影，步距不均匀（{1:.0f} 至 {2:.0f} mm）</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>1 view is</source>
            <translation>1 个投影</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} views are</source>
            <translation>{0} 个投影</translation>
        </message>
        <message>
            <location filename="recon/irregular.py" />
            <source>{0} missing in a sweep of otherwise even steps, in {1} places</source>
            <translation>步距均匀的扫描中{0}缺失，共 {1} 处</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>Tomosynthesis needs at least two views from different positions, found one.</source>
            <translation>断层融合至少需要不同位置的两个投影，实际只有一个。</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>Of {0} views only {1} hold any data; at least two are needed. Are the pixel values what they are said to be?</source>
            <translation>{0} 个投影中只有 {1} 个含有数据；至少需要两个。像素值的含义是否与所述相符？</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>There is no view {0}; the acquisition has {1}.</source>
            <translation>没有第 {0} 个投影；此次采集共 {1} 个。</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>At least two views from different positions must be kept.</source>
            <translation>至少须保留不同位置的两个投影。</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>The slab thickness must lie between 0 and 500 mm, found {0:g}.</source>
            <translation>层厚必须在 0 与 500 mm 之间，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="recon/live.py" />
            <source>{0} of {1} views left out: {2}</source>
            <translation>{1} 个投影中剔除 {0} 个：{2}</translation>
        </message>
        <message>
            <location filename="recon/metal/layer.py" />
            <source>Placing the metal</source>
            <translation>正在放置金属</translation>
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>Looking for metal</source>
            <translation>正在寻找金属</translation>
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>Replacing metal</source>
            <translation>正在替换金属</translation>
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>metal replaced in {0} of {1} views and drawn where they agree</source>
            <translation>{1} 个投影中有 {0} 个已替换金属，并在各投影一致处绘出</translation>
        </message>
        <message>
            <location filename="recon/metal/reduction.py" />
            <source>no metal was found in the projections</source>
            <translation>投影中没有发现金属</translation>
        </message>
        <message>
            <location filename="recon/metal/vote.py" />
            <source>Comparing the views</source>
            <translation>正在比较各投影</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>open field {0} counts (brightest {1:.1g} % of the pixels)</source>
            <translation>空场 {0} 计数（最亮的 {1:.1g} % 像素）</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>Looking for the open field</source>
            <translation>正在寻找空场</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>All pixels are saturated; give the open field's counts (air).</source>
            <translation>所有像素均已饱和；请给出空场计数（air）。</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>The views hold no counts above zero; are they line integrals?</source>
            <translation>投影中没有大于零的计数；是否为线积分？</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>The open field's counts (air) must be positive, found {0:g}.</source>
            <translation>空场计数（air）必须为正，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="recon/open_field.py" />
            <source>open field {0} counts (given)</source>
            <translation>空场 {0} 计数（给定）</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>no parameters</source>
            <translation>无参数</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0} has no parameter "{1}". It has: {2}.</source>
            <translation>{0}没有参数“{1}”。其参数为：{2}。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be on or off, found "{2}".</source>
            <translation>{0}：{1} 应为开或关，实际为“{2}”。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be a number, found "{2}".</source>
            <translation>{0}：{1} 应为数字，实际为“{2}”。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be one of {2}; found {3!r}.</source>
            <translation>{0}：{1}应为 {2} 之一，实际为 {3!r}。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be on or off; found {2!r}.</source>
            <translation>{0}：{1}应为开或关，实际为 {2!r}。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must be a whole number; found {2:g}.</source>
            <translation>{0}：{1}应为整数，实际为 {2:g}。</translation>
        </message>
        <message>
            <location filename="recon/parameters.py" />
            <source>{0}: {1} must lie between {2:g} and {3:g}{4}; found {5:g}.</source>
            <translation>{0}：{1}应在 {2:g} 与 {3:g}{4} 之间，实际为 {5:g}。</translation>
        </message>
        <message>
            <location filename="recon/placement.py" />
            <source>A map between two pictures must be finite and must have a scale.</source>
            <translation>两幅图像之间的对应必须为有限值且有比例。</translation>
        </message>
        <message>
            <location filename="recon/placement.py" />
            <source>The planes must lie below the focal spot at {0:.0f} mm.</source>
            <translation>平面必须低于焦点（{0:.0f} mm）。</translation>
        </message>
        <message>
            <location filename="recon/placement.py" />
            <source>A map between two volumes must be finite and must have a scale.</source>
            <translation>两个容积之间的对应必须为有限值且有比例。</translation>
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>views without any data are left out: {0}</source>
            <translation>没有数据的投影已剔除：{0}</translation>
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>{0} pixels were not numbers and were set to 0</source>
            <translation>{0} 个像素不是数值，已设为 0</translation>
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>turned, tilted or shifted detector rectified onto the plane of the slices</source>
            <translation>旋转、倾斜或移位的探测器已校正到层面所在平面</translation>
        </message>
        <message>
            <location filename="recon/preprocess.py" />
            <source>{0:.0f} % of the pixels lie in the collimator's shadow (zero counts)</source>
            <translation>{0:.0f} % 的像素位于准直器遮挡区（计数为零）</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections</source>
            <translation>投影</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections must be an array (views, rows, columns), found shape {0}.</source>
            <translation>投影应为数组（投影、行、列），实际形状为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>Projections must be real numbers, found {0}.</source>
            <translation>投影应为实数，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>1 view</source>
            <translation>1 个投影</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>{0} views</source>
            <translation>{0} 个投影</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The geometry describes {0}, but there are {1} images. Give the geometry file that belongs to these images.</source>
            <translation>几何描述了{0}，但有 {1} 幅图像。请给出与这些图像相符的几何文件。</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The geometry expects images of {0} rows × {1} columns, found {2} × {3}.</source>
            <translation>几何要求 {0} 行 × {1} 列的图像，实际为 {2} × {3}。</translation>
        </message>
        <message>
            <location filename="recon/projections.py" />
            <source>The kind of the views must be "counts" or "line_integrals", found "{0}".</source>
            <translation>投影的种类必须为 "counts" 或 "line_integrals"，实际为“{0}”。</translation>
        </message>
        <message>
            <location filename="recon/projector.py" />
            <source>Projecting</source>
            <translation>正在投影</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Breast object</source>
            <translation>乳腺对象</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Dose report</source>
            <translation>剂量报告</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Geometry file</source>
            <translation>几何文件</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>File names</source>
            <translation>文件名</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Assumed</source>
            <translation>假定</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Views</source>
            <translation>投影</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Matrix</source>
            <translation>矩阵</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Pixel pitch</source>
            <translation>像素间距</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Field of view</source>
            <translation>照射野</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>View angles</source>
            <translation>投影角度</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Sweep along</source>
            <translation>扫描方向</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Direction</source>
            <translation>方向</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Source to detector</source>
            <translation>源像距</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Source to axis</source>
            <translation>源轴距</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Source to patient</source>
            <translation>焦点到患者</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Source positions</source>
            <translation>焦点位置</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Detector</source>
            <translation>探测器</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Patient directions</source>
            <translation>患者方向</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Exposure of views</source>
            <translation>各投影的曝光</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>Pixel values</source>
            <translation>像素值</translation>
        </message>
        <message>
            <location filename="recon/provenance.py" />
            <source>{0} to {1}</source>
            <translation>{0} 至 {1}</translation>
        </message>
        <message>
            <location filename="recon/reconstruction.py" />
            <source>{0} is not an algorithm that can be run.</source>
            <translation>{0} 不是可运行的算法。</translation>
        </message>
        <message>
            <location filename="recon/rectify.py" />
            <source>View {0} sees its detector at more than a right angle to the slices; slices parallel to the detector cannot be made from it.</source>
            <translation>第 {0} 个投影的探测器与层面的夹角超过直角；无法由其得到平行于探测器的层面。</translation>
        </message>
        <message>
            <location filename="recon/reformat.py" />
            <source>slices</source>
            <translation>断层图像</translation>
        </message>
        <message>
            <location filename="recon/reformat.py" />
            <source>volume</source>
            <translation>容积</translation>
        </message>
        <message>
            <location filename="recon/reformat.py" />
            <source>The planes of the two cannot be matched: the {0} do not say how they lie in the patient. State the orientation of the geometry first.</source>
            <translation>两者的平面无法对应：{0}没有注明在患者体内的方位。请先给出几何的方位。</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>Computing slices to compare</source>
            <translation>正在计算用于比较的断层</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>Checking the registration</source>
            <translation>正在核对配准</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>Refining the placement</source>
            <translation>正在精调位置</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>Looking for the height</source>
            <translation>正在寻找高度</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>Preparing the volume</source>
            <translation>正在准备容积</translation>
        </message>
        <message>
            <location filename="recon/registration/rigid.py" />
            <source>The volume cannot be laid onto the slices: the two overlap too little.</source>
            <translation>容积无法配准到断层图像：两者重叠太少。</translation>
        </message>
        <message>
            <location filename="recon/registration/similarity.py" />
            <source>Comparing the pictures</source>
            <translation>正在比较图像</translation>
        </message>
        <message>
            <location filename="recon/registration/similarity.py" />
            <source>Refining the registration</source>
            <translation>正在精调配准</translation>
        </message>
        <message>
            <location filename="recon/registration/similarity.py" />
            <source>The pictures cannot be registered: one of them shows nothing.</source>
            <translation>图像无法配准：其中一幅没有内容。</translation>
        </message>
        <message>
            <location filename="recon/registration/similarity.py" />
            <source>The pictures look at the patient from opposite sides; they cannot be laid on each other.</source>
            <translation>图像从患者的相反两侧观察，无法重叠。</translation>
        </message>
        <message>
            <location filename="recon/registration/similarity.py" />
            <source>The pictures cannot be registered: they overlap too little.</source>
            <translation>图像无法配准：重叠太少。</translation>
        </message>
        <message>
            <location filename="recon/registry.py" />
            <source>There is no {0} "{1}". Choose one of: {2}.</source>
            <translation>没有{0}“{1}”。请选择：{2}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulated projections</source>
            <translation>模拟投影</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulating views {0} to {1} of {2}</source>
            <translation>正在模拟投影 {0} 至 {1}，共 {2} 个</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulating the radiograph</source>
            <translation>正在模拟平片</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>Simulated</source>
            <translation>模拟完成</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>A sweep needs at least one view, found {0}.</source>
            <translation>一次扫描至少需要一个投影，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The half sweep angle must lie between 0° and 80°, found {0:g}°.</source>
            <translation>半扫描角必须在 0° 与 80° 之间，实际为 {0:g}°。</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The tube must stand above the CT, whose uppermost slice lies {0:.0f} mm above the detector; found the tube at {1:.0f} mm. Choose a larger source-to-detector distance.</source>
            <translation>球管必须在 CT 之上；CT 最上层位于探测器上方 {0:.0f} mm，实际球管在 {1:.0f} mm。请选择较大的源像距。</translation>
        </message>
        <message>
            <location filename="recon/simulate/acquisition.py" />
            <source>The quanta per pixel in the open field must be a positive number, found {0:g}.</source>
            <translation>空场每像素量子数必须为正数，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>Adding quantum noise</source>
            <translation>正在加入量子噪声</translation>
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The number of photons must be positive, found {0}.</source>
            <translation>光子数必须为正，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The gain must be positive, found {0}.</source>
            <translation>增益必须为正，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/noise.py" />
            <source>The stored depth must be 1 to 16 bits, found {0}.</source>
            <translation>存储位数必须为 1 至 16，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/phantoms.py" />
            <source>The oversampling must be at least 1, found {0}.</source>
            <translation>过采样至少为 1，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/shapes.py" />
            <source>The {0} of a phantom's part must be positive, found {1}.</source>
            <translation>体模部件的 {0} 必须为正，实际为 {1}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/shapes.py" />
            <source>A cylinder needs two different ends.</source>
            <translation>圆柱需要两个不同的端点。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A CT must be an array (slices, rows, columns), found shape {0}.</source>
            <translation>CT 应为数组（层、行、列），实际形状为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A CT can only be placed with the world axes along the patient's axes.</source>
            <translation>只有世界坐标轴与患者坐标轴平行时才能放置 CT。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>A volume must be an array (z, y, x), found shape {0}.</source>
            <translation>容积应为数组（z、y、x），实际形状为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The voxel spacing must be three positive lengths (x, y, z), found {0}.</source>
            <translation>体素间距应为三个正的长度（x、y、z），实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The volume's origin must be three finite numbers (x, y, z), found {0}.</source>
            <translation>容积原点应为三个有限数值（x、y、z），实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/simulate/volume.py" />
            <source>The volume can be extended towards R, L, A, P, H or F, found "{0}".</source>
            <translation>容积只能向 R、L、A、P、H 或 F 方向延伸，实际为“{0}”。</translation>
        </message>
        <message>
            <location filename="recon/slab.py" />
            <source>The pixel size must be a positive number of millimetres, found {0}.</source>
            <translation>像素尺寸必须为正的毫米数，实际为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>{0} planes need {1:.1f} GiB of memory even with large pixels; {2:.1f} GiB may be used. Choose fewer planes.</source>
            <translation>即使用大像素，{0} 个层面也需要 {1:.1f} GiB 内存，而可用 {2:.1f} GiB。请减少层面数。</translation>
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Line integrals</source>
            <translation>线积分</translation>
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Iteration {0} of {1}</source>
            <translation>迭代 {0} / {1}</translation>
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>Planes that are computed together need at least two heights, in ascending order.</source>
            <translation>一起计算的层面至少需要两个高度，并按递增排列。</translation>
        </message>
        <message>
            <location filename="recon/stack.py" />
            <source>computed with pixels of {0} × {0} detector pixels to stay within {1}</source>
            <translation>以 {0} × {0} 个探测器像素的像素计算，以不超过 {1}</translation>
        </message>
        <message>
            <location filename="recon/stack_volume.py" />
            <source>The height must be a number, found {0:g}.</source>
            <translation>高度必须为数字，实际为 {0:g}。</translation>
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A volume of {0} slices of {1} × {2} pixels was announced, found an array of shape {3}.</source>
            <translation>注明的容积为 {0} 层 {1} × {2} 像素，实际数组形状为 {3}。</translation>
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A volume needs at least one slice with at least one pixel.</source>
            <translation>容积至少有一层，且至少有一个像素。</translation>
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>The heights of a volume's slices must ascend.</source>
            <translation>容积各层的高度必须递增。</translation>
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A radiograph must be an array (rows, columns), found shape {0}.</source>
            <translation>平片应为数组（行、列），实际形状为 {0}。</translation>
        </message>
        <message>
            <location filename="recon/stored.py" />
            <source>A radiograph's geometry must describe one view of the image's size.</source>
            <translation>平片的几何应描述一个与图像同尺寸的投影。</translation>
        </message>
        <message>
            <location filename="recon/sweep.py" />
            <source>All views were taken from the same position along the sweep; no depth can be computed.</source>
            <translation>所有投影都采自扫描的同一位置；无法计算深度。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>positions of the source</source>
            <translation>射线源位置</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>distance from source to detector</source>
            <translation>源像距</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>number of turns</source>
            <translation>圈数</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>distance from source to the axis of rotation</source>
            <translation>射线源到旋转轴的距离</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The detector's angles must be one for all views, or {0}; found {1}.</source>
            <translation>探测器角度应为所有投影共用的一个，或 {0} 个；实际为 {1} 个。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The radii of the tube's path must be positive, found {0:g} and {1:g} mm.</source>
            <translation>球管轨迹的半径必须为正，实际为 {0:g} 和 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The number of views must be a whole number, at least 1; found {0!r}.</source>
            <translation>投影数应为不小于 1 的整数，实际为 {0!r}。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>A spiral's inner radius must be 0 or more and less than the outer; found {0:g} and {1:g} mm.</source>
            <translation>螺旋的内半径应不小于 0 且小于外半径，实际为 {0:g} 和 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The fulcrum must lie between the detector and the tube ({0:g} mm), found {1:g} mm.</source>
            <translation>支点必须位于探测器与球管之间（{0:g} mm），实际为 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The central ray of a view stands {0:.1f}° from the detector's normal; at most {1:g}° make slices. Check the tube's positions and distances, in millimetres.</source>
            <translation>某投影的中心线与探测器法线成 {0:.1f}°；最多 {1:g}° 才能得到层面。请检查球管的位置和距离（毫米）。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>{0}, found {1!r}.</source>
            <translation>{0}，实际为 {1!r}。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The {0} must be finite numbers, at least one.</source>
            <translation>{0}应为有限数值，至少一个。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The tube's angles must lie between −{0:g}° and {0:g}° from the detector's normal, found {1:g}°. Give them relative to the middle of the sweep, in degrees.</source>
            <translation>球管角度相对探测器法线必须在 −{0:g}° 与 {0:g}° 之间，实际为 {1:g}°。请以扫描中点为基准，用度给出。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The {0} must be a positive number, found {1:g}.</source>
            <translation>{0}必须为正数，实际为 {1:g}。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The axis of rotation must lie between source and detector, found {0:g} mm from the source to the axis and {1:g} mm to the detector.</source>
            <translation>旋转轴必须位于射线源与探测器之间，实际射线源到轴 {0:g} mm，到探测器 {1:g} mm。</translation>
        </message>
        <message>
            <location filename="recon/trajectories.py" />
            <source>The sweep axis must be "x" or "y", found "{0}".</source>
            <translation>扫描轴必须为 "x" 或 "y"，实际为“{0}”。</translation>
        </message>
        <message>
            <location filename="recon/view_stack.py" />
            <source>Projection {0} of {1}</source>
            <translation>投影 {0} / {1}</translation>
        </message>
        <message>
            <location filename="recon/warmup.py" />
            <source>Preparing the reconstruction engine</source>
            <translation>正在准备重建引擎</translation>
        </message>
        <message>
            <location filename="resources/cases" />
            <source>Chest, simulated from CT LIDC-IDRI-0314</source>
            <translation>胸部，由 CT LIDC-IDRI-0314 模拟</translation>
        </message>
        <message>
            <location filename="resources/cases" />
            <source>Sixty projections over 30° and a plain radiograph, computed from a real chest CT: one energy, quantum noise, no scatter, no focal blur, no motion. The scan is 275 mm high; above and below it the body is continued by its end slices, softened, so that nothing there is anatomy.</source>
            <translation>由真实胸部 CT 计算的 30° 范围内 60 个投影和一幅平片：单能、量子噪声，无散射、无焦点模糊、无运动。扫描高度为 275 mm；其上下由端部断层延续并模糊化，因此该处不是真实解剖结构。</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Slices and radiograph</source>
            <translation>断层图像与平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Slices and middle projection</source>
            <translation>断层图像与中间投影</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Stored slices and radiograph</source>
            <translation>已存断层图像与平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Stored slices</source>
            <translation>已存断层图像</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Two radiographs</source>
            <translation>两幅平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>One radiograph</source>
            <translation>一幅平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior slices, with radiographs</source>
            <translation>本次与既往断层图像及平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior stored slices, with radiographs</source>
            <translation>本次与既往已存断层图像及平片</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior slices</source>
            <translation>本次与既往断层图像</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior stored slices</source>
            <translation>本次与既往已存断层图像</translation>
        </message>
        <message>
            <location filename="resources/hanging" />
            <source>Current and prior radiograph</source>
            <translation>本次与既往平片</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast, arc of 25°, stationary detector</source>
            <translation>乳腺，25° 弧形轨迹，探测器静止</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Mammography unit with the tube on an arc over a stationary detector: 9 views over ±12.5°, 660 mm, pivot 40 mm above the detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation>球管在静止探测器上方沿弧形移动的乳腺机：9 个投影，±12.5°，660 mm，旋转支点在探测器上方 40 mm。假定球管沿图像的列方向在探测器中央上方移动；若实际在胸壁侧平面内移动，断层会随高度横向偏移，但仍然清晰。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Carestream DRX-Evolution Plus</source>
            <translation>Carestream DRX-Evolution Plus</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Wall stand or table, tube on a straight path over a stationary detector, turned towards its middle. Sweep angle, images for each degree and resolution are the operator's choice; ±20° with 60 views at 1000 mm are taken here. The tube is taken to move along the image's columns.</source>
            <translation>立位或卧位，球管在静止探测器上方沿直线移动并始终指向探测器中心。扫描角度、每度图像数和分辨率由操作者选择；此处取 ±20°、60 个投影、1000 mm。假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>sweep, number of views, distance and pixel size, which the operator chooses</source>
            <translation>扫描角度、投影数、距离和像素尺寸（由操作者选择）</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Circular path, 30°</source>
            <translation>圆形轨迹，30°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Tube on a circle over a stationary detector, 15° from the axis all around: 60 views at 1100 mm, beginning on the side of the last column and turning towards the last row. Research and laboratory set-ups.</source>
            <translation>球管在静止探测器上方沿圆周移动，与轴成 15°：60 个投影，1100 mm，从最后一列一侧开始，向最后一行方向转动。用于研究和实验装置。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>all numbers, which differ between set-ups</source>
            <translation>所有数值（因装置而异）</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fujifilm Amulet Innovality, breast, 15°</source>
            <translation>富士 Amulet Innovality，乳腺，15°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit, standard mode: 15 views over ±7.5° at 650 mm, the tube on an arc about a pivot 46 mm above a stationary detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation>乳腺机标准模式：15 个投影，±7.5°，650 mm，球管绕静止探测器上方 46 mm 的支点沿弧形移动。假定球管沿图像的列方向在探测器中央上方移动；若实际在胸壁侧平面内移动，断层会随高度横向偏移，但仍然清晰。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>distance, pivot, sweep, that the detector stands still, and the pixel size of projections</source>
            <translation>距离、支点、扫描角度、探测器是否静止以及投影的像素尺寸</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fujifilm Amulet Innovality, breast, 40°</source>
            <translation>富士 Amulet Innovality，乳腺，40°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit, high-resolution mode: 15 views over ±20° at 650 mm, the tube on an arc about a pivot 46 mm above a stationary detector. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation>乳腺机高分辨率模式：15 个投影，±20°，650 mm，球管绕静止探测器上方 46 mm 的支点沿弧形移动。假定球管沿图像的列方向在探测器中央上方移动；若实际在胸壁侧平面内移动，断层会随高度横向偏移，但仍然清晰。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>GE VolumeRAD, chest</source>
            <translation>GE VolumeRAD，胸部</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Wall stand, tube on a straight vertical track, stationary detector: 60 to 61 views over ±15° at 1800 mm. The tube is taken to move along the image's columns, from the first row's side to the last row's.</source>
            <translation>立位胸片架，球管沿垂直直线轨道移动，探测器静止：60 至 61 个投影，±15°，1800 mm。假定球管沿图像的列方向移动，从第一行一侧到最后一行一侧。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>GE VolumeRAD, table, 40°</source>
            <translation>GE VolumeRAD，卧位，40°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table, tube on a straight track over a stationary detector: 61 views over ±20°, as used for spine, abdomen and extremities. The tube is taken to move along the image's columns.</source>
            <translation>检查床，球管在静止探测器上方沿直线轨道移动：61 个投影，±20°，用于脊柱、腹部和四肢。假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>the source-to-detector distance of 1000 mm</source>
            <translation>源像距 1000 mm</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Hologic Selenia Dimensions, breast, 15°</source>
            <translation>Hologic Selenia Dimensions，乳腺，15°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit with the tube on an arc about the detector's surface: 15 views over ±7.5° at 700 mm, while the detector turns by ±2.1° about its own middle, in the tube's sense. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation>球管绕探测器表面沿弧形移动的乳腺机：15 个投影，±7.5°，700 mm，同时探测器绕自身中心与球管同向转动 ±2.1°。假定球管沿图像的列方向在探测器中央上方移动；若实际在胸壁侧平面内移动，断层会随高度横向偏移，但仍然清晰。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>that the detector turns in the tube's sense</source>
            <translation>探测器是否与球管同向转动</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Linear sweep, 40°</source>
            <translation>直线扫描，40°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table or stand with the tube on a straight track over a stationary detector: ±20° at 1100 mm, as used for extremities and spine. The tube is taken to move along the image's columns.</source>
            <translation>检查床或胸片架，球管在静止探测器上方沿直线轨道移动：±20°，1100 mm，用于四肢和脊柱。假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>the distance of 1100 mm, which differs between devices</source>
            <translation>1100 mm 的距离（因设备而异）</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Pendulum, 40°</source>
            <translation>摆动式，40°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Table whose detector moves opposite to the tube about a fulcrum, as in classical linear tomography (Shimadzu's and Siemens' fluoroscopy tables): ±20° at 1100 mm, fulcrum 100 mm above the detector. Where the fulcrum stood elsewhere, slices are sharp at wrong heights. The tube is taken to move along the image's columns.</source>
            <translation>探测器绕支点与球管反向移动的检查床，如传统直线体层摄影（岛津、西门子的透视床）：±20°，1100 mm，支点在探测器上方 100 mm。若支点在其他位置，断层会在错误的高度上清晰。假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>all numbers, which differ between devices and examinations</source>
            <translation>所有数值（因设备和检查而异）</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Shimadzu Sonialvision, table, 40°</source>
            <translation>岛津 Sonialvision，卧位，40°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Fluoroscopy table whose detector moves opposite to the tube about a fulcrum: 74 views over ±20° at 1100 mm (also 8° and 36 views). The fulcrum is set for each examination; it is taken 150 mm above the detector here. Where it stood elsewhere, slices are sharp at wrong heights. The tube is taken to move along the image's columns.</source>
            <translation>探测器绕支点与球管反向移动的透视床：74 个投影，±20°，1100 mm（另有 8° 和 36 个投影）。支点每次检查单独设定，此处取探测器上方 150 mm。若支点在其他位置，断层会在错误的高度上清晰。假定球管沿图像的列方向移动。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>distance, sweep, number of views, pixel size and the fulcrum's height</source>
            <translation>距离、扫描角度、投影数、像素尺寸和支点高度</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Siemens Mammomat Inspiration, breast, 50°</source>
            <translation>西门子 Mammomat Inspiration，乳腺，50°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Breast unit with the tube on an arc about a pivot 50 mm above a stationary detector: 25 views over ±25° at 650 mm. The tube is taken to move along the image's columns, over the detector's middle; where it moves in the plane of the chest wall, slices are shifted sideways with height but stay sharp.</source>
            <translation>球管绕静止探测器上方 50 mm 的支点沿弧形移动的乳腺机：25 个投影，±25°，650 mm。假定球管沿图像的列方向在探测器中央上方移动；若实际在胸壁侧平面内移动，断层会随高度横向偏移，但仍然清晰。</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Spiral path, 30°</source>
            <translation>螺旋轨迹，30°</translation>
        </message>
        <message>
            <location filename="resources/presets" />
            <source>Tube on a spiral of three turns from the axis outwards over a stationary detector, up to 15° from the axis: 90 views at 1100 mm at constant speed, ending on the side of the last column. Research and laboratory set-ups.</source>
            <translation>球管在静止探测器上方从轴心向外沿三圈螺旋移动，与轴最大成 15°：90 个投影，1100 mm，匀速，终止于最后一列一侧。用于研究和实验装置。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Abdomen and urography</source>
            <translation>腹部与泌尿系</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Kidneys, ureters and stones; soft tissue needs density and little noise.</source>
            <translation>肾、输尿管与结石；软组织需要密度和低噪声。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Cervical spine</source>
            <translation>颈椎</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Dens and facet joints, free of jaw and occiput.</source>
            <translation>齿状突和关节突关节，避开下颌与枕骨的重叠。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Chest</source>
            <translation>胸部</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Standing before a wall stand, postero-anterior: from the ribs at the detector to the back.</source>
            <translation>立位胸片架后前位：从探测器侧肋骨到背部。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Foot and ankle</source>
            <translation>足与踝</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Tarsal bones free of each other; stress fractures.</source>
            <translation>跗骨互不重叠；应力性骨折。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Hand</source>
            <translation>手</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thin slices through small joints; erosions.</source>
            <translation>薄层显示小关节；骨侵蚀。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Head and sinuses</source>
            <translation>头部与鼻窦</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Air-filled sinuses and thin bone, with enough density to tell fluid from air.</source>
            <translation>含气鼻窦与薄骨，保留足够密度以区分液体与气体。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Knee</source>
            <translation>膝关节</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Tibial plateau, joint space, osteophytes.</source>
            <translation>胫骨平台、关节间隙、骨赘。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Lumbar spine and sacrum</source>
            <translation>腰椎与骶骨</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Vertebrae, facet and sacroiliac joints, free of bowel gas.</source>
            <translation>椎体、关节突关节和骶髂关节，避开肠气重叠。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Pelvis and hip</source>
            <translation>骨盆与髋关节</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Joints and the seam between bone and implant; a wide window that holds metal.</source>
            <translation>关节及骨与植入物的界面；窗宽较宽以容纳金属。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Shoulder</source>
            <translation>肩关节</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Glenoid, acromioclavicular and sternoclavicular joints.</source>
            <translation>关节盂、肩锁关节和胸锁关节。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thoracic spine</source>
            <translation>胸椎</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Vertebrae free of ribs and lung.</source>
            <translation>椎体，避开肋骨和肺的重叠。</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Wrist and forearm</source>
            <translation>腕与前臂</translation>
        </message>
        <message>
            <location filename="resources/protocols" />
            <source>Thin slices for fine fracture lines; scaphoid.</source>
            <translation>薄层显示细微骨折线；舟骨。</translation>
        </message>
        <message>
            <location filename="resources/shortcuts" />
            <source>As in OHIF</source>
            <translation>同 OHIF</translation>
        </message>
        <message>
            <location filename="resources/shortcuts" />
            <source>As in Weasis</source>
            <translation>同 Weasis</translation>
        </message>
        <message>
            <location filename="widgets/calibration_panel.py" />
            <source>The marker's true size between the two ends of the line</source>
            <translation>线段两端之间标定物的实际尺寸</translation>
        </message>
        <message>
            <location filename="widgets/calibration_panel.py" />
            <source>Calibrate</source>
            <translation>标定</translation>
        </message>
        <message>
            <location filename="widgets/calibration_panel.py" />
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="widgets/calibration_panel.py" />
            <source>Drawn</source>
            <translation>所绘长度</translation>
        </message>
        <message>
            <location filename="widgets/calibration_panel.py" />
            <source>True size</source>
            <translation>实际尺寸</translation>
        </message>
        <message>
            <location filename="widgets/calibration_plot.py" />
            <source>P-value</source>
            <translation>P 值</translation>
        </message>
        <message>
            <location filename="widgets/calibration_plot.py" />
            <source>Just-noticeable differences</source>
            <translation>最小可觉差（JND）</translation>
        </message>
        <message>
            <location filename="widgets/calibration_plot.py" />
            <source>Deviation of contrast from the mean, %</source>
            <translation>对比度与平均值的偏差，%</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Sweep</source>
            <translation>往返</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Sweep: there and back</source>
            <translation>往返：来回播放</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Loop: from the highest slice to the lowest at once</source>
            <translation>循环：从最高层面直接回到最低层面</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Once</source>
            <translation>单次</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Once: up to the highest slice, and stop there</source>
            <translation>单次：播放到最高层面后停止</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Height: drag to go through the slices. Drag the ends below: range of cine</source>
            <translation>高度：拖动以浏览层面；拖动下方两端设定电影播放范围</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Frames per second asked for</source>
            <translation>设定的每秒帧数</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>{0}; click for the next way</source>
            <translation>{0}；单击切换下一种方式</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Go to the lowest slice (Home)</source>
            <translation>到最低层（Home）</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Go to the highest slice (End)</source>
            <translation>到最高层（End）</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Lowest height that cine shows</source>
            <translation>电影播放的最低高度</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Highest height that cine shows</source>
            <translation>电影播放的最高高度</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source> fps</source>
            <translation> 帧/秒</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Frames per second that are really shown</source>
            <translation>实际显示的每秒帧数</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Frame {0}</source>
            <translation>第 {0} 帧</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>View {0}</source>
            <translation>投影 {0}</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Pause (Space)</source>
            <translation>暂停（空格键）</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Play through the slices (Space)</source>
            <translation>播放各层（空格键）</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Every frame is shown in full detail, and the rate adapts; click to keep the rate instead</source>
            <translation>每一帧均以完整细节显示，速度随之调整；单击改为保持速度</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Real time: the rate is kept, frames are left out if need be; click to show every frame</source>
            <translation>实时：保持速度，必要时跳帧；单击改为显示每一帧</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>Range</source>
            <translation>范围</translation>
        </message>
        <message>
            <location filename="widgets/cine_bar.py" />
            <source>shown {0}</source>
            <translation>显示 {0}</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Swipe</source>
            <translation>分割线</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>A line between the two, to be dragged</source>
            <translation>两幅图像之间的一条线，可拖动</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Blink</source>
            <translation>闪烁</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>One after the other in the same place</source>
            <translation>在同一位置交替显示</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Blend</source>
            <translation>融合</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>One through the other</source>
            <translation>半透明叠加</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Colour</source>
            <translation>彩色</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Red where the lower picture is brighter, blue where the upper one is</source>
            <translation>下层图像较亮处为红色，上层图像较亮处为蓝色</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Difference</source>
            <translation>差值</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>One minus the other, grey levels matched; no difference is middle grey</source>
            <translation>匹配灰度后两者相减；无差异处为中灰</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Right</source>
            <translation>右移</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Down</source>
            <translation>下移</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Turn</source>
            <translation>旋转</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Scale</source>
            <translation>缩放</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Height</source>
            <translation>高度</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Tilt, horizontal axis</source>
            <translation>绕水平轴倾斜</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Tilt, vertical axis</source>
            <translation>绕垂直轴倾斜</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Turn the swipe line</source>
            <translation>转换分割线方向</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Place of the line, or opacity</source>
            <translation>分割线位置或不透明度</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>How often a second both are shown</source>
            <translation>每秒交替显示的次数</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Exchange</source>
            <translation>交换</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>The upper picture below, and the lower one on top</source>
            <translation>上下层图像互换</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Register</source>
            <translation>配准</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Find automatically how the two lie on each other</source>
            <translation>自动求两幅图像的对应位置</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Adjust…</source>
            <translation>调整…</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Move, turn and scale the upper picture by hand</source>
            <translation>手动移动、旋转和缩放上层图像</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Take the placement of the upper picture away</source>
            <translation>清除上层图像的位置调整</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>End the comparison</source>
            <translation>结束对比</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Stop the registration</source>
            <translation>停止配准</translation>
        </message>
        <message>
            <location filename="widgets/compare_bar.py" />
            <source>Arrow keys move by 0.5 mm, with Shift by 5 mm</source>
            <translation>方向键移动 0.5 mm，加 Shift 移动 5 mm</translation>
        </message>
        <message>
            <location filename="widgets/compared.py" />
            <source>grey levels matched; middle grey is no difference</source>
            <translation>灰度已匹配；中灰为无差异</translation>
        </message>
        <message>
            <location filename="widgets/compared.py" />
            <source>red: {0}</source>
            <translation>红：{0}</translation>
        </message>
        <message>
            <location filename="widgets/compared.py" />
            <source>blue: {0}</source>
            <translation>蓝：{0}</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual: root mean square of what the projections of the slices lack of the views, relative to the views. It falls fast at first; when it hardly falls any more, further iterations mostly add noise.</source>
            <translation>残差：断层图像的投影与实测投影之差的均方根，相对于实测投影。开始下降很快；当几乎不再下降时，继续迭代主要增加噪声。</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>iteration</source>
            <translation>迭代</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Compute</source>
            <translation>计算</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Compute all slices of the range with these parameters (F5)</source>
            <translation>用这些参数计算范围内的所有层（F5）</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Stop and keep</source>
            <translation>停止并保留</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Finish the iteration that runs, stop, and keep its slices</source>
            <translation>完成当前迭代后停止，并保留其断层图像</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual {0:.2f} %</source>
            <translation>残差 {0:.2f} %</translation>
        </message>
        <message>
            <location filename="widgets/computation_bar.py" />
            <source>Residual</source>
            <translation>残差</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Quality overview</source>
            <translation>综合质量</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Greys and contrast steps</source>
            <translation>灰阶与对比度阶梯</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Line pairs, pixel by pixel</source>
            <translation>逐像素线对</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Geometry grid</source>
            <translation>几何网格</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Uniformity, 10 %</source>
            <translation>均匀性，10 %</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Uniformity, 80 %</source>
            <translation>均匀性，80 %</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Field for the meter</source>
            <translation>亮度计测量区</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>All 18 greys differ; in each, two corners are just visible; the 5 % square is seen in black and the 95 % square in white; lines are crisp in the middle and the corners.</source>
            <translation>18 级灰阶均可区分；每级中可隐约看到两个角块；黑中可见 5 % 方块，白中可见 95 % 方块；中央和四角的线条清晰。</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>The stripes in every bar are equally visible; the ramp has no steps and no colour.</source>
            <translation>每一条带中的条纹同样可见；渐变没有台阶、没有偏色。</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Single lines are seen everywhere, and both halves look equally bright.</source>
            <translation>处处可见单根线条，两半亮度相同。</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Lines are straight, squares are square, and the border is seen on all sides.</source>
            <translation>线条平直，方格方正，四边边框可见。</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>The grey is even, without stains, edges or defective pixels.</source>
            <translation>灰度均匀，没有斑点、边缘或坏点。</translation>
        </message>
        <message>
            <location filename="widgets/display_patterns.py" />
            <source>Hold the meter to the middle and write down what it shows.</source>
            <translation>将亮度计贴在中央，记下读数。</translation>
        </message>
        <message>
            <location filename="widgets/focus_panel.py" />
            <source>Remove the mark</source>
            <translation>去除标记点</translation>
        </message>
        <message>
            <location filename="widgets/focus_panel.py" />
            <source>Take the marked point away (Escape)</source>
            <translation>去除标记点（Esc）</translation>
        </message>
        <message>
            <location filename="widgets/focus_panel.py" />
            <source>Show the slice at this height and put the mark there</source>
            <translation>显示此高度的层面，并将标记点置于该处</translation>
        </message>
        <message>
            <location filename="widgets/geometry_drawing.py" />
            <source>Side view of tube and detector</source>
            <translation>球管和探测器的侧视图</translation>
        </message>
        <message>
            <location filename="widgets/geometry_drawing.py" />
            <source>Seen along the detector, to scale. Dots: the tube in each view; bar: the detector; band: the slices.</source>
            <translation>沿探测器方向观察，按比例。点：各投影的球管位置；横条：探测器；带状区：层面。</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Number and source</source>
            <translation>数值与来源</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Numbers of the acquisition with their sources</source>
            <translation>采集的数值及其来源</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Geometry File…</source>
            <translation>几何文件…</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Preset…</source>
            <translation>预设…</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Reverse Direction</source>
            <translation>反转方向</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Save Geometry…</source>
            <translation>保存几何…</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>Double-click the value to write your own; empty it to take yours back.</source>
            <translation>双击数值可写入自己的值；清空则收回。</translation>
        </message>
        <message>
            <location filename="widgets/geometry_panel.py" />
            <source>The views were taken in the other order</source>
            <translation>投影的拍摄顺序相反</translation>
        </message>
        <message>
            <location filename="widgets/gestures.py" />
            <source>Distances in 3-D are measured on slices</source>
            <translation>三维距离在断层图像上测量</translation>
        </message>
        <message>
            <location filename="widgets/interpolation.py" />
            <source>bilinear</source>
            <translation>双线性</translation>
        </message>
        <message>
            <location filename="widgets/interpolation.py" />
            <source>bicubic</source>
            <translation>双三次</translation>
        </message>
        <message>
            <location filename="widgets/interpolation.py" />
            <source>Lanczos</source>
            <translation>Lanczos</translation>
        </message>
        <message>
            <location filename="widgets/interpolation.py" />
            <source>pixels as squares</source>
            <translation>方块像素</translation>
        </message>
        <message>
            <location filename="widgets/label_editor.py" />
            <source>Label</source>
            <translation>标注</translation>
        </message>
        <message>
            <location filename="widgets/measurement_layer.py" />
            <source>at {0} mm</source>
            <translation>（高度 {0} mm）</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>length</source>
            <translation>长度</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>polyline</source>
            <translation>折线</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>two diameters</source>
            <translation>两径线</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>line profile</source>
            <translation>线剖面</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>cobb angle</source>
            <translation>Cobb 角</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>cardiothoracic ratio</source>
            <translation>心胸比</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>freehand region</source>
            <translation>手绘区域</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>probe</source>
            <translation>像素值</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>arrow</source>
            <translation>箭头</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>text</source>
            <translation>文字</translation>
        </message>
        <message>
            <location filename="widgets/measurements" />
            <source>calibrate</source>
            <translation>标定线</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>heart {0}, chest {1}</source>
            <translation>心 {0}，胸 {1}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Cobb {0}</source>
            <translation>Cobb 角 {0}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>CTR {0}</source>
            <translation>心胸比 {0}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Cobb Angle</source>
            <translation>Cobb 角</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Angle between two lines, such as end plates</source>
            <translation>两直线（如椎体终板）之间的角度</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Cardiothoracic Ratio</source>
            <translation>心胸比</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Midline, the heart's borders, inner width of the chest</source>
            <translation>中线、心缘、胸廓内径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Cobb angle</source>
            <translation>Cobb 角</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Cardiothoracic ratio</source>
            <translation>心胸比</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Heart width</source>
            <translation>心脏横径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Chest width</source>
            <translation>胸廓横径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Measure an angle: three points</source>
            <translation>三点测量角度</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the end of the first arm</source>
            <translation>单击第一边的端点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the vertex</source>
            <translation>单击顶点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the end of the other arm</source>
            <translation>单击另一边的端点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click one end of the first end plate</source>
            <translation>单击第一终板的一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click its other end</source>
            <translation>单击其另一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click one end of the second end plate</source>
            <translation>单击第二终板的一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the upper end of the midline</source>
            <translation>单击中线的上端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the lower end of the midline</source>
            <translation>单击中线的下端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the heart's border farthest from the midline</source>
            <translation>单击距中线最远的心缘</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the heart's border on the other side</source>
            <translation>单击另一侧的心缘</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the inner border of the ribs where the chest is widest</source>
            <translation>在胸廓最宽处单击肋骨内缘</translation>
        </message>
        <message>
            <location filename="widgets/measurements/angles.py" />
            <source>Click the inner border of the ribs on the other side</source>
            <translation>单击另一侧的肋骨内缘</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the first end</source>
            <translation>单击第一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the other end</source>
            <translation>单击另一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>{0} in 3-D</source>
            <translation>三维 {0}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>in plane {0}, in height {1} mm</source>
            <translation>层面内 {0}，高度差 {1} mm</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Measure a distance at the slice's height</source>
            <translation>在该层高度上测量距离</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Polyline</source>
            <translation>折线</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Length along a chain of lines; a double click or Enter ends it</source>
            <translation>沿折线的长度；双击或按 Enter 结束</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Two Diameters</source>
            <translation>两径线</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Long axis, and short axis at a right angle to it</source>
            <translation>长径，以及与之垂直的短径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>3-D Distance</source>
            <translation>三维距离</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Distance between points on different slices: click, scroll, click</source>
            <translation>不同层面上两点的距离：单击、滚动、再单击</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Line Profile</source>
            <translation>线剖面</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Pixel values along a line</source>
            <translation>沿直线的像素值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>3-D distance</source>
            <translation>三维距离</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>In plane</source>
            <translation>层面内</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>In height</source>
            <translation>高度差</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Long axis</source>
            <translation>长径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Short axis</source>
            <translation>短径</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the first end of the long axis</source>
            <translation>单击长径的第一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click one end of the short axis</source>
            <translation>单击短径的一端</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the next point; double click or Enter ends</source>
            <translation>单击下一点；双击或按 Enter 结束</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the first point, then scroll</source>
            <translation>单击第一点，然后滚动</translation>
        </message>
        <message>
            <location filename="widgets/measurements/lines.py" />
            <source>Click the second point, on any slice</source>
            <translation>在任意层面上单击第二点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Marker {0} mm</source>
            <translation>标定物 {0} mm</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Probe</source>
            <translation>像素值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Arrow</source>
            <translation>箭头</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Give a radiograph its scale: draw a line across a marker of known size</source>
            <translation>给平片设定比例：在已知尺寸的标定物上画一条线</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Marker</source>
            <translation>标定物</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>The value of one pixel</source>
            <translation>单个像素的值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Point at something: press there, drag to where the text shall stand</source>
            <translation>指向某处：在该处按下，拖到放置文字的位置</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Write on the picture</source>
            <translation>在图像上写字</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Click a point</source>
            <translation>单击一点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Press at what the arrow points at</source>
            <translation>在箭头所指处按下</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Release where the text shall stand</source>
            <translation>在放置文字处松开</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Click where the text shall stand</source>
            <translation>单击放置文字处</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Press at one edge of the marker</source>
            <translation>在标定物的一侧边缘按下</translation>
        </message>
        <message>
            <location filename="widgets/measurements/marks.py" />
            <source>Release at the opposite edge</source>
            <translation>在对侧边缘松开</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>no pixels here</source>
            <translation>此处没有像素</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>Standard deviation</source>
            <translation>标准差</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>Minimum</source>
            <translation>最小值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>Maximum</source>
            <translation>最大值</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>Pixels</source>
            <translation>像素数</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>A measurement is one of {0}, found "{1}".</source>
            <translation>测量必须为 {0} 之一，实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>A measurement of kind {0} has {1} or more points, found {2}.</source>
            <translation>{0} 类测量至少有 {1} 个点，实际为 {2} 个。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>A measurement of kind {0} has {1} points, found {2}.</source>
            <translation>{0} 类测量有 {1} 个点，实际为 {2} 个。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/model.py" />
            <source>A measurement of kind {0} does not have {1} heights.</source>
            <translation>{0} 类测量不能有 {1} 个高度。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Press at one corner and drag</source>
            <translation>在一角按下并拖动</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Release at the opposite corner</source>
            <translation>在对角松开</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>perimeter {0}</source>
            <translation>周长 {0}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>{0}, perimeter {1}</source>
            <translation>{0}，周长 {1}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Area, mean and deviation of a rectangle</source>
            <translation>矩形感兴趣区的面积、均值和标准差</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Area, mean and deviation of an elliptical region</source>
            <translation>椭圆感兴趣区的面积、均值和标准差</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Area, mean and deviation inside corners; a double click, Enter or the first point ends it</source>
            <translation>多边形感兴趣区的面积、均值和标准差；双击、按 Enter 或单击第一点结束</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Freehand Region</source>
            <translation>手绘区域</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Area, mean and deviation inside an outline drawn with the button held</source>
            <translation>按住鼠标绘制的轮廓内的面积、均值和标准差</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Area</source>
            <translation>面积</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Perimeter</source>
            <translation>周长</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Click the first corner</source>
            <translation>单击第一个角点</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Click the next corner; double click, Enter or the first ends</source>
            <translation>单击下一个角点；双击、按 Enter 或单击第一点结束</translation>
        </message>
        <message>
            <location filename="widgets/measurements/regions.py" />
            <source>Press and draw around the region</source>
            <translation>按住鼠标沿区域绘制</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are true at the slice's height.</source>
            <translation>长度在层面高度上准确。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>calibrated (marker {0} mm)</source>
            <translation>已标定（标定物 {0} mm）</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>at detector</source>
            <translation>探测器平面</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>in patient (stated magnification)</source>
            <translation>患者平面（按所注明的放大率）</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>calibrated (stated in the file)</source>
            <translation>已标定（文件中注明）</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>calibrated (marker {0} mm) ± {1} %</source>
            <translation>已标定（标定物 {0} mm）± {1} %</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>in the patient up to {0} % shorter</source>
            <translation>体内实际长度最多短 {0} %</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>if the assumed geometry is right</source>
            <translation>以所假定的几何正确为前提</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>in the marker's plane</source>
            <translation>仅在标定物所在平面</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Nothing gives a scale: lengths are in pixels.</source>
            <translation>没有比例：长度以像素为单位。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are at the detector. In the patient they are shorter: by up to {0} % at {1} mm above it.</source>
            <translation>长度以探测器平面为准。在患者体内较短：在其上方 {1} mm 处最多短 {0} %。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are in the patient, by the magnification that the file states.</source>
            <translation>长度为患者体内长度，按文件注明的放大率。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths follow a calibration that the file states; its uncertainty is not known.</source>
            <translation>长度按文件注明的标定；其不确定度未知。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are true in the plane of the marker of {0} mm only.</source>
            <translation>长度仅在 {0} mm 标定物所在平面上准确。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are true at the slice's height, if the assumed geometry is right.</source>
            <translation>若假定的几何正确，长度在层面高度上准确。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>magnification unknown: shorter in the patient</source>
            <translation>放大率未知：体内实际长度更短</translation>
        </message>
        <message>
            <location filename="widgets/measurements/scale.py" />
            <source>Lengths are at the detector. The magnification is unknown: in the patient they are shorter.</source>
            <translation>长度以探测器平面为准。放大率未知：在患者体内较短。</translation>
        </message>
        <message>
            <location filename="widgets/measurements/text.py" />
            <source>min {0}  max {1}  n {2}</source>
            <translation>最小 {0}  最大 {1}  n {2}</translation>
        </message>
        <message>
            <location filename="widgets/measurements/text.py" />
            <source>mean {0}  SD {1}</source>
            <translation>均值 {0}  SD {1}</translation>
        </message>
        <message>
            <location filename="widgets/overlays.py" />
            <source>orientation unknown</source>
            <translation>方位未知</translation>
        </message>
        <message>
            <location filename="widgets/overlays.py" />
            <source>+ {0} more in the panel</source>
            <translation>+ 另有 {0} 条，见面板</translation>
        </message>
        <message>
            <location filename="widgets/pattern_window.py" />
            <source>Test pattern</source>
            <translation>测试图</translation>
        </message>
        <message>
            <location filename="widgets/pattern_window.py" />
            <source>Level {0}  ({1} of {2})</source>
            <translation>第 {0} 级（{1} / {2}）</translation>
        </message>
        <message>
            <location filename="widgets/pattern_window.py" />
            <source>Reading: {0} cd/m²</source>
            <translation>读数：{0} cd/m²</translation>
        </message>
        <message>
            <location filename="widgets/pattern_window.py" />
            <source>Type the reading and press Enter. ← → level, B grey surround, Esc closes</source>
            <translation>键入读数并按 Enter。← → 换级，B 灰色背景，Esc 关闭</translation>
        </message>
        <message>
            <location filename="widgets/pattern_window.py" />
            <source>↑ ↓ other patterns, Esc closes</source>
            <translation>↑ ↓ 其他测试图，Esc 关闭</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>{0} slices in the range</source>
            <translation>范围内共 {0} 层</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Protocol</source>
            <translation>协议</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Height of the slice above the detector (wheel, Up, Down)</source>
            <translation>断层距探测器的高度（滚轮、上/下键）</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice interval</source>
            <translation>层间隔</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Distance from one slice to the next: what one step of the wheel moves, and what is exported</source>
            <translation>相邻两层的距离：滚轮每格移动的距离，也是导出的间隔</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Range from</source>
            <translation>范围起点</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Lowest height of the slices, of cine and of the export</source>
            <translation>断层、电影播放和导出的最低高度</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Range to</source>
            <translation>范围终点</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Highest height of the slices, of cine and of the export</source>
            <translation>断层、电影播放和导出的最高高度</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Algorithm</source>
            <translation>算法</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Defaults</source>
            <translation>默认值</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>These slices were stored; only projections can be reconstructed with another algorithm.</source>
            <translation>这些断层是已存图像；只有投影才能用其他算法重建。</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice</source>
            <translation>层面</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Reconstruction</source>
            <translation>重建</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Corrections</source>
            <translation>校正</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>No protocol</source>
            <translation>无协议</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slice thickness (nominal)</source>
            <translation>层厚（标称）</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Nominal thickness: the reconstruction is averaged over this range of heights (Alt + wheel). How thick the section really is depends on the sweep, the filter and the detail: see below.</source>
            <translation>标称层厚：在此高度范围内对重建取平均（Alt + 滚轮）。断层的实际厚度取决于扫描角度、滤波和细节大小，见下。</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Slab thickness (average)</source>
            <translation>厚层层厚（平均）</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Stored slices within this thickness are averaged (Alt + wheel); nothing is reconstructed anew.</source>
            <translation>在此厚度内对已存断层取平均（Alt + 滚轮）；不重新重建。</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Starting values for a part of the body: heights, thickness, interval, filter and window</source>
            <translation>各检查部位的初始值：高度、层厚、层间隔、滤波和窗</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>How the slices are computed from the projections</source>
            <translation>由投影计算断层图像的方法</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>Set this algorithm's parameters back to their defaults</source>
            <translation>将此算法的参数恢复为默认值</translation>
        </message>
        <message>
            <location filename="widgets/reconstruction_panel.py" />
            <source>1 slice in the range</source>
            <translation>范围内共 1 层</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Slices</source>
            <translation>断层图像</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Radiograph</source>
            <translation>平片</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Run</source>
            <translation>连续采集</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Image</source>
            <translation>图号</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Document</source>
            <translation>文档</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>Other</source>
            <translation>其他</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 slice</source>
            <translation>1 层</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} slices</source>
            <translation>{0} 层</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 frame</source>
            <translation>1 帧</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} frames</source>
            <translation>{0} 帧</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 file</source>
            <translation>1 个文件</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} files</source>
            <translation>{0} 个文件</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>1 image</source>
            <translation>1 幅</translation>
        </message>
        <message>
            <location filename="widgets/series_delegate.py" />
            <source>{0} images</source>
            <translation>{0} 幅</translation>
        </message>
        <message>
            <location filename="widgets/size_gauge.py" />
            <source>Figure to compare with a real one</source>
            <translation>与实物比较的图形</translation>
        </message>
        <message>
            <location filename="widgets/size_gauge.py" />
            <source>{0} mm in all; numbers are centimetres</source>
            <translation>全长 {0} mm；数字为厘米</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Show which files could not be opened, and why</source>
            <translation>显示哪些文件未能打开及原因</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Drop a folder, files or a DICOMDIR here</source>
            <translation>将文件夹、文件或 DICOMDIR 拖到此处</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open folder…</source>
            <translation>打开文件夹…</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open every study in a folder (Ctrl+Shift+O)</source>
            <translation>打开文件夹中的所有检查（Ctrl+Shift+O）</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Open demonstration case</source>
            <translation>打开演示病例</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>A chest: projections simulated from a real CT, with the plain radiograph</source>
            <translation>一例胸部：由真实 CT 模拟的投影，附平片</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>Worklist…</source>
            <translation>工作列表…</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>The studies in your folders, to find, open and mark (Ctrl+Shift+L)</source>
            <translation>您各文件夹中的检查：查找、打开和标记 (Ctrl+Shift+L)</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>1 file could not be opened</source>
            <translation>1 个文件未能打开</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>{0} files could not be opened</source>
            <translation>{0} 个文件未能打开</translation>
        </message>
        <message>
            <location filename="widgets/study_browser.py" />
            <source>and {0} more</source>
            <translation>另有 {0} 个</translation>
        </message>
        <message>
            <location filename="widgets/translation.py" />
            <source>d MMM yyyy</source>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <location filename="widgets/value_plot.py" />
            <source>Values of the selected measurement</source>
            <translation>选中测量的像素值</translation>
        </message>
        <message>
            <location filename="widgets/value_plot.py" />
            <source>Select a line or a region to see its values.</source>
            <translation>选中线段或感兴趣区可查看其像素值。</translation>
        </message>
        <message>
            <location filename="widgets/value_plot.py" />
            <source>mean {0} ± SD {1} {2}</source>
            <translation>均值 {0} ± 标准差 {1} {2}</translation>
        </message>
        <message>
            <location filename="widgets/value_plot.py" />
            <source>pixels</source>
            <translation>像素数</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Views of the sweep</source>
            <translation>扫描的各投影</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Leave out</source>
            <translation>剔除</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Leave the selected views out of all slices, or take them back (Delete)</source>
            <translation>从所有断层中剔除所选投影，或恢复（Delete）</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Use all</source>
            <translation>全部使用</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Take all views that were left out back</source>
            <translation>恢复所有已剔除的投影</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>Take back</source>
            <translation>恢复</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>{0} of {1} views are used.</source>
            <translation>使用 {1} 个投影中的 {0} 个。</translation>
        </message>
        <message>
            <location filename="widgets/view_chooser.py" />
            <source>All {0} views are used. Double-click one to leave it out.</source>
            <translation>使用全部 {0} 个投影。双击可剔除。</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Nothing open</source>
            <translation>未打开图像</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Drop a series here.</source>
            <translation>将序列拖到此处。</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>  inverted</source>
            <translation>  反片</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Height {0} mm</source>
            <translation>高度 {0} mm</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Thickness {0} mm</source>
            <translation>层厚 {0} mm</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Window: table from the file</source>
            <translation>窗：文件中的查找表</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Zoom {0}×</source>
            <translation>缩放 {0}×</translation>
        </message>
        <message>
            <location filename="widgets/viewport.py" />
            <source>Value {0}</source>
            <translation>值 {0}</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A display table needs two entries or more and a range, found {0} from {1} to {2}.</source>
            <translation>显示查找表需要至少两个条目和一个范围，实际为 {0} 个，从 {1} 到 {2}。</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's function must be one of {0}, found "{1}".</source>
            <translation>窗函数必须为 {0} 之一，实际为“{1}”。</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's centre and width must be finite, found {0} and {1}.</source>
            <translation>窗位和窗宽必须为有限数值，实际为 {0} 和 {1}。</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>at least 1</source>
            <translation>不小于 1</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>positive</source>
            <translation>正数</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A window's width must be {0}, found {1:g}.</source>
            <translation>窗宽必须为{0}，实际为 {1:g}。</translation>
        </message>
        <message>
            <location filename="widgets/window.py" />
            <source>A display table without entries cannot be used.</source>
            <translation>没有条目的显示查找表不能使用。</translation>
        </message>
    </context>
</TS>
