"""What the mouse and the keys do."""

import math

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from widgets.view_transform import ViewTransform
from widgets.viewport import SERIES_MIME_TYPE, Tool
from widgets.window import Window

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def drag(viewport, start, end, button=LEFT, modifiers=NO_KEY, steps=5):
    QTest.mousePress(viewport, button, modifiers, QPoint(*start))
    for step in range(1, steps + 1):
        x = start[0] + (end[0] - start[0]) * step / steps
        y = start[1] + (end[1] - start[1]) * step / steps
        _move(viewport, (x, y), button, modifiers)
    QTest.mouseRelease(viewport, button, modifiers, QPoint(*end))


def _move(viewport, position, button=Qt.MouseButton.NoButton, modifiers=NO_KEY):
    point = QPointF(*position)
    event = QMouseEvent(
        QEvent.Type.MouseMove, point, viewport.mapToGlobal(point), Qt.MouseButton.NoButton, button, modifiers
    )
    QApplication.sendEvent(viewport, event)


def wheel(viewport, delta, modifiers=NO_KEY, position=(300, 250), horizontal=False):
    point = QPointF(*position)
    angle = QPoint(delta, 0) if horizontal else QPoint(0, delta)
    event = QWheelEvent(
        point,
        viewport.mapToGlobal(point),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def collect(signal):
    found = []
    signal.connect(lambda *arguments: found.append(arguments[0] if len(arguments) == 1 else arguments))
    return found


def test_window_drag_right_is_wider(viewport):
    changed, committed = collect(viewport.window_changed), collect(viewport.window_committed)
    before = viewport.display_window
    drag(viewport, (200, 200), (260, 200))
    assert viewport.display_window.width > before.width
    assert viewport.display_window.centre == before.centre
    assert len(changed) >= 4
    assert committed == [(before, viewport.display_window)]


def test_window_drag_down_is_brighter(viewport, grey):
    before = grey(viewport.rendered_image())[150, 300]
    drag(viewport, (200, 200), (200, 260))
    assert grey(viewport.rendered_image())[150, 300] > before
    assert viewport.display_window.width == 1000


def test_window_drag_down_is_brighter_on_an_inverted_picture_too(viewport, grey):
    viewport.set_inverted(True)
    before = grey(viewport.rendered_image())[150, 300]
    drag(viewport, (200, 200), (200, 260))
    assert grey(viewport.rendered_image())[150, 300] > before


def test_window_drag_obeys_the_preference(viewport, grey):
    viewport.brighter_down = False
    before = grey(viewport.rendered_image())[150, 300]
    drag(viewport, (200, 200), (200, 260))
    assert grey(viewport.rendered_image())[150, 300] < before


def test_ctrl_makes_the_window_drag_faster(viewport):
    drag(viewport, (200, 200), (240, 200))
    slow = math.log(viewport.display_window.width / 1000)
    viewport.set_window(Window(500, 1000, "linear_exact"))
    drag(viewport, (200, 200), (240, 200), modifiers=CTRL)
    assert math.log(viewport.display_window.width / 1000) == pytest.approx(2.5 * slow)


def test_middle_drag_pans_with_any_tool(viewport):
    viewport.set_tool(Tool.LENGTH)
    told = collect(viewport.transform_changed)
    world = viewport.world_at(QPointF(300, 250))
    drag(viewport, (300, 250), (330, 235), MIDDLE)
    assert viewport.transform.to_widget(world, viewport.view_size) == pytest.approx((330, 235))
    assert told[-1] == viewport.transform
    assert not viewport.fitted


def test_right_drag_zooms_about_the_pressed_point(viewport):
    menus = collect(viewport.context_menu_wanted)
    world = viewport.world_at(QPointF(400, 300))
    before = viewport.transform.pixels_per_mm
    drag(viewport, (400, 300), (400, 250), RIGHT)
    assert viewport.transform.pixels_per_mm > before * 1.1
    assert viewport.transform.to_widget(world, viewport.view_size) == pytest.approx((400, 300))
    assert menus == []


def test_right_click_asks_for_the_menu(viewport):
    menus = collect(viewport.context_menu_wanted)
    QTest.mouseClick(viewport, RIGHT, NO_KEY, QPoint(100, 120))
    assert menus == [viewport.mapToGlobal(QPoint(100, 120))]


def test_a_lost_release_does_not_block_the_mouse(viewport):
    QTest.mousePress(viewport, LEFT, NO_KEY, QPoint(200, 200))
    told = collect(viewport.transform_changed)
    point = QPointF(300, 250)
    press = QMouseEvent(QEvent.Type.MouseButtonPress, point, viewport.mapToGlobal(point), MIDDLE, MIDDLE, NO_KEY)
    QApplication.sendEvent(viewport, press)
    _move(viewport, (330, 250), MIDDLE)
    assert len(told) == 1


def test_wheel_scrolls_by_steps(viewport):
    steps = collect(viewport.height_step_wanted)
    wheel(viewport, 120)
    wheel(viewport, -240)
    wheel(viewport, 120, SHIFT)
    assert steps == [1.0, -2.0, 5.0]


def test_small_touchpad_movements_add_up(viewport):
    steps = collect(viewport.height_step_wanted)
    for _ in range(9):
        wheel(viewport, 40)
    assert steps == [1.0, 1.0, 1.0]
    wheel(viewport, 80)
    wheel(viewport, -80)  # turning round forgets what had added up
    assert len(steps) == 3
    wheel(viewport, -40)
    assert steps[-1] == -1.0


@pytest.mark.parametrize("horizontal", [False, True])
def test_alt_wheel_changes_the_thickness(viewport, horizontal):
    thickness, heights = collect(viewport.thickness_step_wanted), collect(viewport.height_step_wanted)
    wheel(viewport, 120, ALT, horizontal=horizontal)
    assert thickness == [1.0]
    assert heights == []


def test_ctrl_wheel_zooms_about_the_pointer(viewport):
    world = viewport.world_at(QPointF(420, 130))
    before = viewport.transform.pixels_per_mm
    wheel(viewport, 120, CTRL, (420, 130))
    assert viewport.transform.pixels_per_mm == pytest.approx(before * 1.2)
    assert viewport.transform.to_widget(world, viewport.view_size) == pytest.approx((420, 130))
    wheel(viewport, -120, CTRL, (420, 130))
    assert viewport.transform.pixels_per_mm == pytest.approx(before)


def test_scroll_tool_drags_through_the_heights(viewport):
    viewport.set_tool(Tool.SCROLL)
    steps = collect(viewport.height_step_wanted)
    drag(viewport, (200, 300), (200, 240), steps=10)
    assert sum(steps) == pytest.approx(60 / 6, abs=1)


def test_setting_a_transform_tells_nobody(viewport):
    told = collect(viewport.transform_changed)
    viewport.set_transform(ViewTransform((5, 5), 3.0))
    viewport.set_window(Window(1, 2))
    assert told == []


def test_a_click_reports_its_point_and_activates(viewport):
    clicked, active = collect(viewport.point_clicked), collect(viewport.activated)
    QTest.mouseClick(viewport, LEFT, NO_KEY, QPoint(310, 260))
    assert clicked[0] == pytest.approx(viewport.world_at(QPointF(310, 260)))
    assert active


def test_the_point_under_the_mouse_is_reported_until_it_leaves(viewport):
    seen = collect(viewport.cursor_moved)
    _move(viewport, (310, 260))
    assert seen[-1] == pytest.approx(viewport.world_at(QPointF(310, 260)))
    assert any(line.startswith("Value") for line in viewport.readout())
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert seen[-1] is None
    assert not any(line.startswith("Value") for line in viewport.readout())


def test_double_click_maximises(viewport):
    wanted = collect(viewport.maximise_wanted)
    QTest.mouseDClick(viewport, LEFT, NO_KEY, QPoint(200, 200))
    assert len(wanted) == 1
    viewport.set_tool(Tool.LENGTH)
    QTest.mouseDClick(viewport, LEFT, NO_KEY, QPoint(200, 200))
    assert len(wanted) == 1


def test_ruler_drag_asks_for_heights(viewport):
    ruler = viewport.ruler()
    assert ruler.y_of(20.0) == ruler.bottom
    wanted = collect(viewport.height_wanted)
    before = viewport.display_window
    drag(viewport, (round(ruler.x), round(ruler.y_of(70.0))), (round(ruler.x), round(ruler.y_of(100.0))))
    millimetres_per_pixel = 100.0 / (ruler.bottom - ruler.top)
    assert wanted[0] == pytest.approx(70.0, abs=millimetres_per_pixel)
    assert wanted[-1] == pytest.approx(100.0, abs=millimetres_per_pixel)
    assert viewport.display_window == before
    drag(viewport, (round(ruler.x), round(ruler.top + 20)), (round(ruler.x), 0))
    assert wanted[-1] == 120.0


def test_a_source_with_one_plane_has_no_ruler(viewport):
    viewport.set_heights(None)
    assert viewport.ruler() is None


def test_series_and_files_can_be_dropped(viewport, tmp_path):
    series, paths = collect(viewport.series_dropped), collect(viewport.paths_dropped)
    data = QMimeData()
    data.setData(SERIES_MIME_TYPE, b"1.2.3")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    for mime in (data, files):
        enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, NO_KEY)
        QApplication.sendEvent(viewport, enter)
        assert enter.isAccepted()
        event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, LEFT, NO_KEY)
        QApplication.sendEvent(viewport, event)
    assert series == ["1.2.3"]
    assert paths == [[tmp_path]]
