"""Measuring in the window: marker calibration, distances across slices, copies, labels, undo."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from synthetic import BALL, PITCH, SID, FakeStudy

from app.gui import wait_until_settled
from app.reading.calibration import Calibration
from app.reading.scale import picture_scale
from app.window.statistics import histogram, profile, statistics
from recon.errors import BocageError
from recon.slab import SlabRequest
from widgets.measurement_layer import texts
from widgets.measurements import KINDS, Measurement, quantity
from widgets.viewport_types import Tool

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(make_window: Callable[..., Any]) -> Any:
    made = make_window(FakeStudy().services())
    made.opening.open_demonstration()
    wait_until_settled(made, 10)
    return made


def place(view: Any, point: tuple[float, float]) -> QPoint:
    x, y = view.transform.to_widget(point, view.view_size)
    return QPoint(round(x), round(y))


def move(view: Any, point: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    position = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, position, view.mapToGlobal(position), Qt.MouseButton.NoButton, button, NO_KEY
    )
    QApplication.sendEvent(view, event)


def drag(view: Any, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view, LEFT, NO_KEY, start)
    move(view, start + QPoint(5, 3), LEFT)
    move(view, end, LEFT)
    QTest.mouseRelease(view, LEFT, NO_KEY, end)


def lines_of(view: Any, identity: str) -> tuple[str, ...]:
    return next(text.lines for text in texts(view.measurement_state()) if text.measurement.id == identity)


# -- calibration by a marker ---------------------------------------------------------------------------------------


def calibrate(window: Any, known_mm: str, ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
    window.session.set_active(1)
    window.action_set["tool_marker"].trigger()
    view = window.panes[1].viewport
    drag(view, place(view, ends[0]), place(view, ends[1]))
    panel = window.panes[1].calibrating.panel
    assert panel is not None
    assert panel.isVisible()
    panel.size_box.selectAll()
    QTest.keyClicks(panel.size_box, known_mm)
    QTest.keyClick(panel.size_box, Qt.Key.Key_Return)
    assert window.panes[1].calibrating.panel is None


def test_a_marker_calibrates_its_radiograph_and_nothing_else(window: Any) -> None:
    session, view = window.session, window.panes[1].viewport
    length = Measurement.new("length", ((-40.0, 30.0), (40.0, 30.0)))
    session.add_measurement("radiograph", length)
    assert "at detector" in lines_of(view, length.id)[0]
    slices_before = window.panes[0].viewport.scale
    calibrate(window, "20", ((-60.0, -20.0), (-35.0, -20.0)))
    found = session.reading.of("radiograph").calibration
    assert found.known_mm == 20
    assert found.drawn_mm == pytest.approx(25, abs=2 / view.transform.pixels_per_mm)
    (line,) = lines_of(view, length.id)
    assert line.startswith(f"{80 * found.factor:.1f} ± ")
    assert line.endswith("mm calibrated (marker 20 mm)")
    assert view.scale.relative == pytest.approx(math.sqrt(2) * 0.5 * PITCH / found.drawn_mm)
    assert any(line.startswith("calibrated (marker 20 mm) ± ") for line in corner_lines(view))
    assert lines_of(view, "marker") == ("Marker 20 mm",)
    assert window.panes[0].viewport.scale == slices_before
    assert window.tool is Tool.WINDOW
    # Points stay where they were drawn: only their meaning changes.
    assert session.reading.of("radiograph").measurements == (length,)
    assert window.action_set["undo"].text() == "&Undo calibration"
    window.action_set["undo"].trigger()
    assert session.reading.of("radiograph").calibration is None
    assert "at detector" in lines_of(view, length.id)[0]
    window.action_set["redo"].trigger()
    assert session.reading.of("radiograph").calibration == found
    window.action_set["remove_calibration"].trigger()
    assert view.scale.kind == "detector"
    window.action_set["undo"].trigger()
    assert view.scale.kind == "marker"


def corner_lines(view: Any) -> list[str]:
    return [line for lines in view._corners.values() for line in lines]


def test_the_marker_is_edited_and_deleted_like_a_measurement(window: Any) -> None:
    session, view = window.session, window.panes[1].viewport
    session.set_calibration("radiograph", Calibration.drawn(20.0, ((-60.0, -20.0), (-35.0, -20.0)), (PITCH, PITCH)))
    drag(view, place(view, (-35.0, -20.0)), place(view, (-20.0, -20.0)))
    found = session.reading.of("radiograph").calibration
    assert found.drawn_mm == pytest.approx(40, abs=2.5 / view.transform.pixels_per_mm)
    assert found.known_mm == 20
    assert len(session.reading.of("radiograph").measurements) == 0
    view.select_measurement("marker")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert session.reading.of("radiograph").calibration is None
    assert view.measurements == ()


def test_calibration_from_an_ellipse_over_the_marker(window: Any) -> None:
    session = window.session
    ball = Measurement.new("ellipse", ((-20.0, -10.0), (6.0, 14.0)))
    session.add_measurement("radiograph", ball)
    session.set_active(1)
    assert not window.action_set["calibrate_selected"].isEnabled()
    window.panes[1].viewport.select_measurement(ball.id)
    window.action_set["calibrate_selected"].trigger()
    window.panes[1].calibrating.panel._accept()
    assert session.reading.of("radiograph").calibration.drawn_mm == pytest.approx(25)  # the mean diameter


def test_slices_are_never_calibrated(window: Any) -> None:
    session = window.session
    session.set_active(0)
    window.update_actions()
    assert not window.action_set["tool_marker"].isEnabled()
    assert "only radiographs" in window.action_set["tool_marker"].toolTip()
    session.set_calibration("projections", Calibration(20.0, 25.0, ((0.0, 0.0), (25.0, 0.0)), 1.0))
    assert session.reading.of("projections").calibration is None
    told: list[str] = []
    session.failed.connect(lambda _, text: told.append(text))
    window.set_tool(Tool.CALIBRATE)
    view = window.panes[0].viewport
    drag(view, place(view, (-20.0, 0.0)), place(view, (20.0, 0.0)))
    assert "scale of their own" in told[0]
    assert window.panes[0].calibrating.panel is None


def test_a_question_that_is_dismissed_changes_nothing(window: Any) -> None:
    window.session.set_active(1)
    window.set_tool(Tool.CALIBRATE)
    view = window.panes[1].viewport
    drag(view, place(view, (-60.0, -20.0)), place(view, (-35.0, -20.0)))
    panel = window.panes[1].calibrating.panel
    QTest.keyClick(panel.size_box, Qt.Key.Key_Escape)
    assert window.panes[1].calibrating.panel is None
    assert window.session.reading.of("radiograph").calibration is None
    assert not window.session.stack.undo_text


def test_a_marker_too_small_is_refused_in_words() -> None:
    with pytest.raises(BocageError, match="5 pixels long or more, found 3"):
        Calibration.drawn(25.4, ((0.0, 0.0), (0.6, 0.0)), (0.2, 0.2))
    with pytest.raises(BocageError, match="positive number of millimetres, found 0"):
        Calibration.drawn(0.0, ((0.0, 0.0), (25.0, 0.0)), (0.2, 0.2))


def test_a_picture_without_any_scale_gets_one(window: Any) -> None:
    session = window.session
    picture = session.pictures["radiograph"]
    picture.source.scale_kind = "unknown"
    state = session.reading.of("radiograph")
    assert picture_scale(picture, state, 0.0).unit == "px"
    calibrated = replace(state, calibration=Calibration(25.4, 127.0, ((0.0, 0.0), (127.0, 0.0)), 1.0))
    scale = picture_scale(picture, calibrated, 0.0)
    assert (scale.unit, scale.factor) == ("mm", pytest.approx(0.2))


def test_slices_know_how_well_their_scale_is_known(window: Any) -> None:
    picture, state = window.session.pictures["projections"], window.session.reading.of("projections")
    thin = picture_scale(picture, replace(state, reconstruction=replace(state.reconstruction, thickness_mm=0.0)), 100.0)
    thick = picture_scale(
        picture, replace(state, reconstruction=replace(state.reconstruction, thickness_mm=60.0)), 100.0
    )
    assert thick.height_error_mm > thin.height_error_mm > 0
    assert thick.height_error_mm >= 60 / math.sqrt(12)
    assert thick.relative == pytest.approx(thick.height_error_mm / (SID - 100))
    assert thin.pixel_mm == pytest.approx((0.9, 0.9))


# -- in space ------------------------------------------------------------------------------------------------------


def test_a_distance_across_slices_in_the_window(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    session.set_height("projections", 80.0)
    window.set_tool(Tool.DISTANCE)
    QTest.mouseClick(view, LEFT, NO_KEY, place(view, (0.0, 0.0)))
    session.set_height("projections", 110.0)
    wait_until_settled(window, 10)
    move(view, place(view, (40.0, 0.0)))
    QTest.mouseClick(view, LEFT, NO_KEY, place(view, (40.0, 0.0)))
    (made,) = session.reading.of("projections").measurements
    assert made.heights_mm == (80.0, 110.0)
    assert quantity(made, "distance") == pytest.approx(50.0, abs=1.5 / view.transform.pixels_per_mm)
    view.select_measurement("")
    for height, near in ((80.0, 1.0), (110.0, 1.0), (95.0, 0.35), (150.0, 0.0)):
        session.set_height("projections", height)
        assert view.measurement_state().nearness(made) == pytest.approx(near)
    assert session.stack.undo_text == "3-D distance measurement"


# -- pixels --------------------------------------------------------------------------------------------------------


def test_statistics_histogram_and_profile_of_the_sources_own_pixels(window: Any) -> None:
    source = window.session.pictures["projections"].source
    disc = Measurement.new("ellipse", ((-30.0, 0.0), (0.0, 40.0)), 100.0)
    found = statistics(source, disc, 0.0, 0.0)
    slab = source.slab(SlabRequest(100.0))
    x = slab.grid.origin_mm[0] + slab.grid.spacing_mm[0] * np.arange(slab.grid.shape[1])
    y = slab.grid.origin_mm[1] + slab.grid.spacing_mm[1] * np.arange(slab.grid.shape[0])
    inside = ((x[None] + 15) / 15) ** 2 + ((y[:, None] - 20) / 20) ** 2 <= 1
    expected = slab.pixels[inside].astype(float)
    assert found.count == expected.size
    assert found.mean == pytest.approx(expected.mean(), rel=1e-6)
    assert found.standard_deviation == pytest.approx(expected.std(ddof=1), rel=1e-4)
    assert found.unit == "1/mm"
    bars = histogram(source, disc, 0.0, 0.0)
    assert bars is not None
    assert bars.counts.sum() == found.count
    line = Measurement.new("profile", ((-40.0, 10.0), (20.0, 10.0)), 100.0)
    along = profile(source, line, 0.0, 0.0)
    assert along is not None
    assert along.values == pytest.approx(0.02 + 0.00002 * along.points_mm[:, 0] + 0.0001, abs=1e-6)
    probe = Measurement.new("probe", (BALL[:2],), 100.0)
    assert statistics(source, probe, 0.0, 0.0).mean == pytest.approx(slab.value_at(*BALL[:2]))
    assert statistics(source, Measurement.new("probe", ((900.0, 0.0),), 100.0), 0.0, 0.0).count == 0
    assert profile(source, disc, 0.0, 0.0) is None
    assert histogram(source, line, 0.0, 0.0) is None


# -- copies --------------------------------------------------------------------------------------------------------


def test_copy_and_paste_on_the_same_slice_and_on_another(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    height = session.height("projections")
    item = replace(Measurement.new("length", ((-40.0, 0.0), (30.0, 0.0)), height), label="Aorta")
    session.add_measurement("projections", item)
    view.select_measurement(item.id)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Aorta"
    assert "70.0" in QGuiApplication.clipboard().text()
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _, beside = session.reading.of("projections").measurements
    assert beside.points_mm != item.points_mm
    assert quantity(beside, "length") == pytest.approx(70)
    assert (beside.label, beside.height_mm, view.selected) == ("Aorta", height, beside.id)
    session.set_height("projections", height + 40)
    window.action_set["paste_measurement"].trigger()
    elsewhere = session.reading.of("projections").measurements[-1]
    assert elsewhere.points_mm == item.points_mm
    assert elsewhere.height_mm == session.height("projections")
    for _ in range(2):
        window.action_set["undo"].trigger()
    assert session.reading.of("projections").measurements == (item,)


def test_copies_to_other_viewports_lie_at_the_same_place(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    session.set_height("projections", 100.0)
    item = Measurement.new("length", (BALL[:2], (0.0, 0.0)), 100.0)
    session.add_measurement("projections", item)
    view.select_measurement(item.id)
    window.update_actions()
    window.action_set["copy_to_viewports"].trigger()
    (copy,) = session.reading.of("radiograph").measurements
    # The middle ray goes straight down on the axis: on the detector all is larger by SID / (SID - height).
    magnification = SID / (SID - 100.0)
    assert copy.points_mm[1] == pytest.approx((0.0, 0.0), abs=1e-6)
    assert copy.points_mm[0] == pytest.approx((BALL[0] * magnification, BALL[1] * magnification))
    assert copy.height_mm is None
    window.action_set["undo"].trigger()
    assert session.reading.of("radiograph").measurements == ()


def test_copies_between_slices_keep_their_height(window: Any) -> None:
    session = window.session
    session.set_active(0)
    session.duplicates.make("projections", 1)
    wait_until_settled(window, 10)
    session.set_height("projections", 100.0)
    item = Measurement.new("distance", ((0.0, 0.0), (10.0, 0.0)), 100.0, (100.0, 130.0))
    session.add_measurement("projections", item)
    window.panes[0].viewport.select_measurement(item.id)
    window.update_actions()
    window.action_set["copy_to_viewports"].trigger()
    (copy,) = session.reading.of("projections#2").measurements
    assert copy.points_mm == pytest.approx(np.array(item.points_mm))
    assert copy.heights_mm == (100.0, 130.0)
    assert copy.id != item.id


# -- tools ---------------------------------------------------------------------------------------------------------


def test_the_tool_is_kept_or_not(window: Any) -> None:
    view = window.panes[0].viewport
    window.set_tool(Tool.LENGTH)
    drag(view, place(view, (-40.0, 20.0)), place(view, (30.0, 20.0)))
    assert window.tool is Tool.LENGTH
    window.settings.change(keep_tool=False)
    drag(view, place(view, (-40.0, 40.0)), place(view, (30.0, 40.0)))
    assert window.tool is Tool.WINDOW
    assert len(view.measurements) == 2


def test_every_kind_has_a_tool_with_an_icon_in_one_button(window: Any) -> None:
    button = window.toolbar.findChild(object, "button_measure")
    listed = [action.objectName() for action in button.menu().actions() if not action.isSeparator()]
    assert listed == [f"tool_{kind.tool.value}" for kind in KINDS.values()]
    for kind in KINDS.values():
        action = window.action_set[f"tool_{kind.tool.value}"]
        assert not action.icon().isNull(), kind.name
        action.trigger()
        if action.isEnabled():
            assert window.tool is kind.tool
            assert button.defaultAction() is action


def test_steps_of_the_arrow_keys_are_one_command(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    height = session.height("projections")
    item = Measurement.new("length", ((-40.0, 0.0), (30.0, 0.0)), height)
    session.add_measurement("projections", item)
    QTest.mouseClick(view, LEFT, NO_KEY, place(view, (-5.0, 0.0)))
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right)
    (moved,) = session.reading.of("projections").measurements
    pixel = view.native_pixel_mm()[0]
    assert moved.points_mm[0][0] == pytest.approx(-40 + 5 * pixel)
    assert session.height("projections") == height
    window.action_set["undo"].trigger()
    assert session.reading.of("projections").measurements == (item,)


def test_a_label_is_edited_with_a_key_and_undone(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    item = Measurement.new("length", ((-40.0, 0.0), (30.0, 0.0)), session.height("projections"))
    session.add_measurement("projections", item)
    view.select_measurement(item.id)
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(object, "label_editor")
    QTest.keyClicks(editor, "Lwz")  # letters that are keys of tools too
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert session.reading.of("projections").measurements[0].label == "Lwz"
    assert window.tool is Tool.WINDOW
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = next(found for found in view.findChildren(QLineEdit) if found.isVisible())
    QTest.keyClicks(editor, "other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert session.reading.of("projections").measurements[0].label == "Lwz"
    window.action_set["undo"].trigger()
    assert session.reading.of("projections").measurements[0].label == ""


def test_the_line_whose_size_is_asked_for_is_seen_and_can_be_moved(window: Any) -> None:
    window.session.set_active(1)
    window.action_set["tool_marker"].trigger()
    pane, view = window.panes[1], window.panes[1].viewport
    drag(view, place(view, (-60.0, -20.0)), place(view, (-35.0, -20.0)))
    asked = view.measurements[-1]
    assert asked.points_mm[1][0] - asked.points_mm[0][0] == pytest.approx(25.0, abs=1.0)
    drag(view, place(view, asked.points_mm[1]), place(view, (-20.0, -20.0)))
    panel = pane.calibrating.panel
    assert panel is not None
    panel.size_box.setValue(20.0)
    QTest.keyClick(panel.size_box, Qt.Key.Key_Return)
    found = window.session.reading.of("radiograph").calibration
    assert found.drawn_mm == pytest.approx(40.0, abs=1.5)
    assert [item.kind for item in view.measurements] == ["marker"]
    assert not window.session.reading.of("radiograph").measurements


def test_arrow_keys_go_back_to_the_slices_after_escape_and_at_another_height(window: Any) -> None:
    session = window.session
    session.set_active(0)
    view, uid = window.panes[0].viewport, window.panes[0].uid
    line = Measurement("m", "length", ((-20.0, 0.0), (20.0, 0.0)), session.height(uid))
    session.add_measurement(uid, line)
    for give_back in (window.action_set["default_tool"].trigger, lambda: session.step_height(uid, 1)):
        view.select_measurement("m", held=True)
        QTest.keyClick(view, Qt.Key.Key_Right)
        moved_to = session.reading.of(uid).measurements[0].points_mm
        assert moved_to != line.points_mm
        give_back()
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert session.reading.of(uid).measurements[0].points_mm == moved_to
        line = session.reading.of(uid).measurements[0]
