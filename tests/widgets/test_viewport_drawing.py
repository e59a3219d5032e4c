"""Every kind drawn with the mouse and the keyboard; labels, copies and steps."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recon.regions import Statistics
from widgets.measurement_layer import texts
from widgets.measurements import MEASURING, Measurement, Scale, handles, quantity
from widgets.view_transform import ViewTransform
from widgets.viewport import Tool

LEFT, NO_BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(viewport):
    """Two pixels for each millimetre, the origin in the middle (300, 250); heights in the middle of the range."""
    viewport.set_transform(ViewTransform((0.0, 0.0), 2.0))
    for name in ("added", "changed", "removed"):
        found: list = []
        getattr(viewport, f"measurement_{name}").connect(lambda *a, found=found: found.append(a))
        setattr(viewport, f"was_{name}", found)
    return viewport


def at(x, y):
    return QPoint(round(300 + 2 * x), round(250 + 2 * y))


def move(view, point, button=NO_BUTTON, modifiers=NO_KEY):
    position = QPointF(point)
    event = QMouseEvent(QEvent.Type.MouseMove, position, view.mapToGlobal(position), NO_BUTTON, button, modifiers)
    QApplication.sendEvent(view, event)


def click(view, *points):
    for point in points:
        move(view, at(*point))
        QTest.mouseClick(view, LEFT, NO_KEY, at(*point))


def drag(view, *points, modifiers=NO_KEY):
    QTest.mousePress(view, LEFT, modifiers, points[0])
    for point in points[1:]:
        move(view, point, LEFT, modifiers)
    QTest.mouseRelease(view, LEFT, modifiers, points[-1])


def double_click(view, point):
    """As Qt sends it: press, release, double click, release."""
    QTest.mouseClick(view, LEFT, NO_KEY, point)
    QTest.mouseDClick(view, LEFT, NO_KEY, point)


def made(view):
    assert len(view.was_added) == 1
    return view.was_added[0][0]


# -- open-ended kinds ----------------------------------------------------------------------------------------------

CORNERS = ((-40, -40), (40, -40), (40, 40), (-40, 40))


@pytest.mark.parametrize("end", ["double click", "enter", "first point"])
def test_a_polygon_ends(view, end):
    view.set_tool(Tool.POLYGON)
    if end == "double click":
        click(view, *CORNERS[:-1])
        move(view, at(*CORNERS[-1]))
        double_click(view, at(*CORNERS[-1]))
    else:
        click(view, *CORNERS)
        if end == "enter":
            QTest.keyClick(view, Qt.Key.Key_Return)
        else:
            click(view, (-38, -42))  # within the handle's reach
    item = made(view)
    assert item.points_mm == CORNERS
    assert quantity(item, "area") == 6400
    assert quantity(item, "perimeter") == 320
    # The tool stays: the next press begins another one.
    click(view, (0, 0))
    assert view.measurement_state().unfinished.points[0] == (0, 0)


def test_a_polyline_takes_its_points_back(view):
    view.set_tool(Tool.POLYLINE)
    click(view, (0, 0), (30, 0), (30, 40), (90, 90))
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert made(view).points_mm == ((0, 0), (30, 0), (30, 40))
    assert quantity(made(view), "length") == 70


def test_backspace_on_the_first_point_and_escape_give_up(view):
    view.set_tool(Tool.POLYGON)
    click(view, (0, 0), (30, 0))
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert view.measurement_state().unfinished is None
    click(view, (0, 0), (30, 0), (30, 30))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.measurement_state().unfinished is None
    assert not view.was_added


def test_enter_with_too_few_points_goes_on(view):
    view.set_tool(Tool.POLYGON)
    click(view, (0, 0), (30, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.was_added
    click(view, (30, 30))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(made(view).points_mm) == 3


def test_keys_of_a_drawing_are_not_taken_as_shortcuts(view):
    view.set_tool(Tool.POLYGON)
    click(view, (0, 0), (30, 0))
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, NO_KEY)
        event.ignore()
        QApplication.sendEvent(view, event)
        assert event.isAccepted()


def test_a_freehand_outline_is_drawn_in_one_go_and_simplified(view):
    view.set_tool(Tool.FREEHAND)
    turns = np.linspace(0, 2 * math.pi, 240)
    points = [at(40 * math.cos(t), 40 * math.sin(t)) for t in turns]
    drag(view, *points)
    item = made(view)
    assert 8 <= len(item.points_mm) <= 60
    assert quantity(item, "area") == pytest.approx(math.pi * 1600, rel=0.02)
    view.was_added.clear()
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    assert not view.was_added
    assert view.measurement_state().unfinished is None


# -- constructions -------------------------------------------------------------------------------------------------


def test_two_diameters_cross_at_a_right_angle(view):
    view.set_tool(Tool.BIDIRECTIONAL)
    click(view, (-40, 0), (40, 20), (0, -20), (30, 40))
    item = made(view)
    a, b, c, d = (np.array(p) for p in item.points_mm)
    assert tuple(c) == (0, -20)
    assert (b - a) @ (d - c) == pytest.approx(0, abs=1e-9)
    drag(view, at(-40, 0), at(-30, 30), at(-20, 50))
    after = view.was_changed[-1][1]
    a, b, c, d = (np.array(p) for p in after.points_mm)
    assert (b - a) @ (d - c) == pytest.approx(0, abs=1e-9)
    assert tuple(a) == (-20, 50)


def test_the_cardiothoracic_ratio_takes_six_points_and_says_which(view):
    view.set_tool(Tool.CTR)
    assert view.step == ""  # the pointer is elsewhere
    move(view, at(0, -80))
    assert "upper end of the midline" in view.step
    click(view, (0, -80))
    assert "midline" in view.step
    click(view, (0, 80), (-20, 10), (50, 20))
    assert "ribs" in view.step
    click(view, (-90, 40), (90, 60))
    item = made(view)
    assert quantity(item, "heart") == pytest.approx(70)
    assert quantity(item, "thorax") == pytest.approx(180)
    assert quantity(item, "ctr") == pytest.approx(70 / 180)
    assert item.points_mm[5] == pytest.approx((90, 40))  # at the height of the other border


def test_cobb_takes_two_lines(view):
    view.set_tool(Tool.COBB)
    click(view, (-20, -60), (20, -60), (20, 60), (-20, 20))
    assert quantity(made(view), "cobb") == pytest.approx(45)


@pytest.mark.parametrize("tool", [Tool.PROFILE, Tool.RECTANGLE, Tool.ELLIPSE, Tool.LENGTH])
def test_kinds_of_two_points_are_drawn_by_dragging(view, tool):
    view.set_tool(tool)
    drag(view, at(-30, -10), at(0, 0), at(40, 20))
    item = made(view)
    assert item.kind == MEASURING[tool].name
    assert item.points_mm == ((-30, -10), (40, 20))
    assert item.height_mm == 70.0


def test_a_probe_is_one_click(view):
    view.set_tool(Tool.PROBE)
    QTest.mouseClick(view, LEFT, NO_KEY, at(70, -50))
    item = made(view)
    assert item.points_mm == ((70, -50),)
    view.set_statistics({item.id: Statistics(1000.0, count=1, unit="HU")})
    (text,) = texts(view.measurement_state())
    assert text.lines == ("1000 HU", "at 70 mm")


# -- in space ------------------------------------------------------------------------------------------------------


def wheel(view, point, notches):
    position = QPointF(point)
    delta = QPoint(0, 120 * notches)
    event = QWheelEvent(
        position, view.mapToGlobal(position), QPoint(), delta, NO_BUTTON, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, event)


def test_a_distance_between_slices(view):
    view.height_step_wanted.connect(lambda steps: view.set_height(view.height_mm + 2.0 * steps))
    view.set_tool(Tool.DISTANCE)
    view.set_height(60.0)
    click(view, (-20, 0))
    wheel(view, at(-20, 0), 20)
    assert view.height_mm == 100.0
    live = view.measurement_state().measurements[-1]
    assert live.heights_mm == (60.0, 100.0)
    click(view, (10, 0))
    item = made(view)
    assert item.heights_mm == (60.0, 100.0)
    assert quantity(item, "distance") == 50
    view.select_measurement("")
    for height, nearness in ((60.0, 1.0), (100.0, 1.0), (80.0, 0.35), (130.0, 0.0)):
        view.set_height(height)
        state = view.measurement_state()
        assert state.nearness(item) == pytest.approx(nearness), height
        assert state.is_at(height)


def test_an_end_of_a_distance_is_moved_on_its_own_slice(view):
    item = Measurement("s", "distance", ((-60, -40), (20, 30)), 70.0, heights_mm=(70.0, 110.0))
    view.set_measurements((item,))
    first, second = at(-60, -40), at(20, 30)
    for height, here, elsewhere, index in ((70.0, first, second, 0), (110.0, second, first, 1)):
        view.set_height(height)
        state = view.measurement_state()
        assert state.hit(here.x(), here.y()) == (item, index)
        assert state.hit(elsewhere.x(), elsewhere.y()) == (item, None)


def test_a_distance_straight_through_the_slices(view):
    view.set_tool(Tool.DISTANCE)
    view.set_height(60.0)
    click(view, (0, 0))
    view.set_height(90.0)
    click(view, (0, 0))
    assert quantity(made(view), "distance") == 30


# -- labels --------------------------------------------------------------------------------------------------------


def editor(view):
    found = view.findChild(object, "label_editor")
    assert found is not None
    return found


def test_an_arrow_asks_for_its_words(view):
    view.set_tool(Tool.ARROW)
    drag(view, at(0, 0), at(20, 20), at(50, 50))
    item = made(view)
    assert item.points_mm[0] == (0, 0)  # the tip
    QTest.keyClicks(editor(view), "Nodule?")
    QTest.keyClick(editor(view), Qt.Key.Key_Return)
    assert view.was_changed[-1][1].label == "Nodule?"
    (text,) = texts(view.measurement_state())
    assert text.lines == ("Nodule?",)


def test_a_text_without_words_is_gone(view):
    view.set_tool(Tool.TEXT)
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    QTest.keyClick(editor(view), Qt.Key.Key_Escape)
    assert view.measurements == ()
    assert len(view.was_removed) == 1


def test_a_double_click_edits_a_label(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    opened = []
    view.maximise_wanted.connect(lambda: opened.append(1))
    double_click(view, at(5, 0))
    field = editor(view)
    QTest.keyClicks(field, "Aorta")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert view.measurements[0].label == "Aorta"
    assert not opened
    # Also on the words themselves; Escape leaves them.
    box = texts(view.measurement_state())[0].box
    double_click(view, box.center().toPoint())
    QTest.keyClicks(editor(view), "other")
    QTest.keyClick(editor(view), Qt.Key.Key_Escape)
    assert view.measurements[0].label == "Aorta"


def test_typing_a_label_reaches_no_tool(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    view.select_measurement("m")
    assert view.edit_label()
    QTest.keyClick(editor(view), Qt.Key.Key_Backspace)
    QTest.keyClick(editor(view), Qt.Key.Key_Delete)
    assert len(view.measurements) == 1


def test_a_text_is_moved_by_its_words(view):
    view.set_measurements((Measurement("t", "text", ((0, 0),), 70.0, "Old fracture"),))
    box = texts(view.measurement_state())[0].box
    start = box.center().toPoint()
    drag(view, start, start + QPoint(10, 10), start + QPoint(20, 40))
    assert view.was_changed[-1][1].points_mm == ((10, 20),)


# -- moving, copying -----------------------------------------------------------------------------------------------


def test_the_selected_one_moves_by_its_outline_with_any_tool(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    window = view.display_window
    drag(view, at(0, 0), at(10, 10))
    assert view.display_window != window  # not selected: the window tool keeps the drag
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    drag(view, at(0, 0), at(5, 5), at(10, 20))
    assert view.was_changed[-1][1].points_mm == ((-30, 20), (50, 20))


def test_a_ctrl_drag_makes_a_copy(view):
    first = Measurement("m", "length", ((-40, 0), (40, 0)), 70.0, "Aorta")
    view.set_measurements((first,))
    view.select_measurement("m")
    drag(view, at(0, 0), at(5, 5), at(0, 30), modifiers=CTRL)
    copy = made(view)
    assert view.measurements == (first, copy)
    assert copy.points_mm == ((-40, 30), (40, 30))
    assert (copy.label, copy.id != "m") == ("Aorta", True)


def override(view, key, modifiers=NO_KEY):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def test_arrows_move_what_was_clicked_by_source_pixels(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    view.select_measurement("m")
    assert not override(view, Qt.Key.Key_Up)  # only selected, by drawing say: arrows still scroll
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    assert override(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.measurements[0].points_mm == ((-39.75, 0), (40.25, 0))
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert view.measurements[0].points_mm == ((-39.75, 2.5), (40.25, 2.5))


def test_arrows_go_the_way_of_the_screen(view):
    view.set_transform(ViewTransform((0.0, 0.0), 2.0, 1, True, False))
    view.set_measurements((Measurement("m", "probe", ((0, 0),), 70.0),))
    QTest.mouseClick(view, LEFT, NO_KEY, QPoint(300, 250))
    before = view.transform.to_widget(view.measurements[0].points_mm[0], view.view_size)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    after = view.transform.to_widget(view.measurements[0].points_mm[0], view.view_size)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((5, 0))


@pytest.mark.parametrize("miss", [0, 9])
@pytest.mark.parametrize("kind", ["rectangle", "ellipse"])
def test_every_handle_of_a_box_can_be_taken(view, kind, miss):
    item = Measurement("m", kind, ((-40, -20), (40, 20)), 70.0)
    view.set_measurements((item,))
    for index, grip in enumerate(handles(item)):
        outwards = QPoint(int(math.copysign(miss, grip[0])) if grip[0] else 0, 0)
        if grip[0] == 0:
            outwards = QPoint(0, int(math.copysign(miss, grip[1])))
        place = at(*grip) + outwards
        assert view.measurement_state().hit(place.x(), place.y()) == (item, index)


# -- texts and scale -----------------------------------------------------------------------------------------------


def test_values_follow_the_scale(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    view.set_scale(Scale("slice", pixel_mm=(0.25, 0.25), height_mm=70.0))
    assert texts(view.measurement_state())[0].lines == ("80.0 ± 0.4 mm at 70 mm",)
    view.set_scale(Scale("detector", pixel_mm=(0.25, 0.25)))
    assert texts(view.measurement_state())[0].lines == ("80.0 ± 0.4 mm at detector",)


def test_texts_keep_clear_of_corners_letters_and_ruler(view):
    for x, y in ((-140, -115), (120, -115), (-140, 105), (110, 100), (130, 0), (-140, 0)):
        view.set_measurements((Measurement("m", "ellipse", ((x - 8, y - 8), (x + 8, y + 8)), 70.0, "Lung"),))
        state = view.measurement_state()
        (text,) = texts(state)
        for x0, y0, x1, y1 in state.taken:
            apart = text.box.right() <= x0 or text.box.left() >= x1 or text.box.bottom() <= y0 or text.box.top() >= y1
            assert apart, (x, y)
        assert text.box.right() <= view.ruler().box[0]


def test_a_marker_is_told_and_not_kept(view):
    told = []
    view.marker_drawn.connect(told.append)
    view.set_tool(Tool.CALIBRATE)
    drag(view, at(-10, 0), at(0, 0), at(15, 0))
    assert view.measurements == ()
    assert told[0].points_mm == ((-10, 0), (15, 0))


def test_the_selected_one_says_what_else_must_be_known(view):
    view.set_measurements(
        (Measurement("m", "length", ((-40, 0), (40, 0)), 70.0), Measurement("p", "probe", ((0, 50),)))
    )
    view.set_scale(Scale("detector", pixel_mm=(0.25, 0.25), shorter=0.139))
    assert len(texts(view.measurement_state())[0].lines) == 1
    view.select_measurement("m")
    assert texts(view.measurement_state())[0].lines[1] == "in the patient up to 14 % shorter"
    view.set_scale(Scale("detector", pixel_mm=(0.25, 0.25)))
    assert texts(view.measurement_state())[0].lines[1] == "magnification unknown: shorter in the patient"
    view.select_measurement("p")
    assert all(len(text.lines) == 1 for text in texts(view.measurement_state()))


def test_the_heights_of_both_ends_are_not_written_over(view):
    item = Measurement("s", "distance", ((-60, -40), (20, 30)), 70.0, heights_mm=(70.0, 110.0))
    view.set_measurements((item,))
    state = view.measurement_state()
    (text,) = texts(state)
    for x, y in item.points_mm:
        place = at(x, y)
        apart = abs(text.box.center().x() - place.x()) >= 0.5 * text.box.width() + 30 or not (
            text.box.top() < place.y() + 23 and text.box.bottom() > place.y() + 8
        )
        assert apart


def test_there_are_no_distances_in_space_without_heights(view):
    view.set_tool(Tool.DISTANCE)
    view.set_numbered(True)  # the views of a sweep: their numbers are no heights
    click(view, (0, 0), (20, 0))
    assert "on slices" in view.step
    assert not view.was_added
    view.set_numbered(False)
    click(view, (0, 0), (20, 0))
    assert len(view.was_added) == 1


def test_statistics_of_a_region_that_was_moved_are_not_shown(view):
    region = Measurement("m", "ellipse", ((-20, -20), (20, 20)), 70.0)
    view.set_measurements((region,))
    view.set_statistics({"m": Statistics(341.2, 12.1, 300.0, 380.0, 512, "HU")})
    drag(view, at(20, 20), at(30, 30), at(40, 40))
    assert "m" not in view.statistics
    view.set_statistics({"m": Statistics(351.2, 12.1, 300.0, 380.0, 512, "HU")})
    view.set_measurements((region,))  # undone elsewhere
    assert "m" not in view.statistics
    view.set_statistics({"m": Statistics(341.2, 12.1, 300.0, 380.0, 512, "HU")})
    view.change_measurement(region, Measurement("m", "ellipse", ((-20, -20), (20, 20)), 70.0, "Lung"))
    assert "m" in view.statistics
