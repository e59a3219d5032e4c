"""Drawing, editing and removing measurements with the mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recon.regions import Statistics
from recon.slab import Rect
from widgets.measurements import Measurement, quantity
from widgets.view_transform import ViewTransform
from widgets.viewport import Tool

LEFT, NO_BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(viewport):
    """Two pixels for each millimetre, the origin in the middle (300, 250); heights in the middle of the range."""
    viewport.set_transform(ViewTransform((0.0, 0.0), 2.0))
    for name in ("added", "changed", "removed", "selected"):
        found: list = []
        getattr(viewport, f"measurement_{name}").connect(lambda *a, found=found: found.append(a))
        setattr(viewport, f"was_{name}", found)
    return viewport


def at(x, y):
    return QPoint(round(300 + 2 * x), round(250 + 2 * y))


def move(view, point, button=NO_BUTTON):
    position = QPointF(point)
    event = QMouseEvent(QEvent.Type.MouseMove, position, view.mapToGlobal(position), NO_BUTTON, button, NO_KEY)
    QApplication.sendEvent(view, event)


def drag(view, *points):
    QTest.mousePress(view, LEFT, NO_KEY, points[0])
    for point in points[1:]:
        move(view, point, LEFT)
    QTest.mouseRelease(view, LEFT, NO_KEY, points[-1])


def test_a_length_is_drawn_by_dragging(view):
    view.set_tool(Tool.LENGTH)
    drag(view, at(-20, 0), at(0, 0), at(10, 40))
    (measurement,) = view.was_added[0]
    assert measurement.points_mm == ((-20, 0), (10, 40))
    assert quantity(measurement, "length") == 50
    assert measurement.height_mm == 70.0
    assert view.selected == measurement.id
    assert view.measurements == (measurement,)


def test_a_length_is_drawn_by_two_clicks_with_its_value_alive(view):
    view.set_tool(Tool.LENGTH)
    QTest.mouseClick(view, LEFT, NO_KEY, at(-20, 0))
    move(view, at(10, 0))
    assert quantity(view.measurement_state().measurements[-1], "length") == 30
    assert not view.was_added
    QTest.mouseClick(view, LEFT, NO_KEY, at(20, 0))
    assert quantity(view.was_added[0][0], "length") == 40


def test_an_angle_takes_three_points(view):
    view.set_tool(Tool.ANGLE)
    for point in (at(30, 0), at(0, 0), at(0, 30)):
        move(view, point)
        QTest.mouseClick(view, LEFT, NO_KEY, point)
    (measurement,) = view.was_added[0]
    assert quantity(measurement, "angle") == pytest.approx(90)


def test_an_angle_can_begin_with_a_drag(view):
    view.set_tool(Tool.ANGLE)
    drag(view, at(30, 0), at(10, 0), at(0, 0))
    assert not view.was_added
    move(view, at(-10, 10))
    QTest.mouseClick(view, LEFT, NO_KEY, at(-30, 0))
    assert quantity(view.was_added[0][0], "angle") == pytest.approx(180)


def test_an_ellipse_is_drawn_by_dragging(view):
    view.set_tool(Tool.ELLIPSE)
    drag(view, at(-10, -5), at(0, 0), at(10, 5))
    assert view.was_added[0][0].points_mm == ((-10, -5), (10, 5))


def test_points_are_right_in_every_orientation(view):
    view.set_transform(ViewTransform((0.0, 0.0), 2.0, 1, True, False))
    view.set_tool(Tool.LENGTH)
    ends = [view.transform.to_widget(point, view.view_size) for point in ((-20.0, 5.0), (15.0, 40.0))]
    drag(view, QPoint(*map(round, ends[0])), QPoint(300, 250), QPoint(*map(round, ends[1])))
    found = view.was_added[0][0].points_mm
    assert found[0] == pytest.approx((-20, 5))
    assert found[1] == pytest.approx((15, 40))


def test_escape_gives_up_what_is_being_drawn(view):
    view.set_tool(Tool.LENGTH)
    QTest.mouseClick(view, LEFT, NO_KEY, at(-20, 0))
    move(view, at(10, 0))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.measurement_state().measurements == []
    move(view, at(20, 0))
    assert not view.was_added


def test_a_single_click_leaves_no_measurement_without_extent(view):
    view.set_tool(Tool.LENGTH)
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    QTest.mouseClick(view, LEFT, NO_KEY, at(0, 0))
    assert not view.was_added


@pytest.mark.parametrize("tool", [Tool.WINDOW, Tool.PAN, Tool.LENGTH, Tool.POINT])
@pytest.mark.parametrize("miss", [0, 8])
def test_handles_can_be_moved_with_any_tool(view, tool, miss):
    old = Measurement("m", "length", ((-20, 0), (20, 0)), 70.0)
    view.set_measurements((old,))
    view.set_tool(tool)
    window, transform = view.display_window, view.transform
    press = at(20, 0) + QPoint(0, miss)
    drag(view, press, press + QPoint(0, 30), press + QPoint(0, 60))
    ((before, after),) = view.was_changed
    assert before == old
    assert after.points_mm == ((-20, 0), (20, 30))
    assert after.id == "m"
    assert (view.display_window, view.transform) == (window, transform)
    assert view.measurements == (after,)


def test_escape_gives_an_edit_up(view):
    old = Measurement("m", "length", ((-20, 0), (20, 0)), 70.0)
    view.set_measurements((old,))
    QTest.mousePress(view, LEFT, NO_KEY, at(20, 0))
    move(view, at(40, 20), LEFT)
    assert view.measurement_state().measurements[0] != old
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, NO_KEY, at(40, 20))
    assert not view.was_changed
    assert view.measurements == (old,)


def test_the_whole_measurement_moves_by_its_outline(view):
    view.set_measurements((Measurement("m", "length", ((-40, 0), (40, 0)), 70.0),))
    view.set_tool(Tool.POINT)
    drag(view, at(0, 1), at(5, 5), at(10, 21))
    assert view.was_changed[0][1].points_mm == ((-30, 20), (50, 20))


def test_a_click_selects_and_delete_removes(view):
    kept = Measurement("k", "ellipse", ((-60, -60), (-40, -40)), 70.0)
    gone = Measurement("m", "length", ((-40, 0), (40, 0)), 70.0)
    view.set_measurements((kept, gone))
    QTest.mouseClick(view, LEFT, NO_KEY, at(5, 0))
    assert view.was_selected == [("m",)]
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Delete, NO_KEY)
    override.ignore()
    QApplication.sendEvent(view, override)
    assert override.isAccepted()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.was_removed == [(gone,)]
    assert view.measurements == (kept,)
    assert view.selected == ""
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(view.was_removed) == 1


def test_measurements_of_other_heights_cannot_be_taken(view):
    view.set_measurements((Measurement("m", "length", ((-20, 0), (20, 0)), 74.0),))
    state = view.measurement_state()
    assert state.nearness(state.measurements[0]) == pytest.approx(0.35)
    assert state.hit(340, 250) is None
    view.set_height(74.5)
    state = view.measurement_state()
    assert state.nearness(state.measurements[0]) == 1.0
    assert state.hit(340, 250)[1] == 1
    view.set_height(110.0)
    state = view.measurement_state()
    assert state.nearness(state.measurements[0]) == 0.0


def test_a_radiograph_measures_without_a_height(view):
    view.set_source(replace(view.info, height_range_mm=(0.0, 0.0)), lambda h: Rect(-9, -9, 9, 9), lambda h: (1.0, 1.0))
    assert view.plane_height is None


def test_values_are_drawn(view, grey):
    before = (grey(view.rendered_image()) > 200).sum()
    view.set_measurements((Measurement("m", "ellipse", ((-20, -20), (20, 20)), 70.0),))
    plain = (grey(view.rendered_image()) > 200).sum()
    view.set_statistics({"m": Statistics(341.2, 12.1, 300.0, 380.0, 512, "HU")})
    assert before < plain < (grey(view.rendered_image()) > 200).sum()
