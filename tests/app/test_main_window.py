"""The real window over a study in memory."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import synthetic
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from synthetic import BALL, FakeStudy

from app.dicom.read.model import Catalogue, Problem, StudyEntry
from app.gui import wait_until_settled
from app.linking import Plane, link
from recon.errors import BocageError
from widgets.measurements import quantity
from widgets.viewport import Viewport
from widgets.viewport_types import Corner, Tool
from widgets.window import Window


@pytest.fixture
def study() -> FakeStudy:
    return FakeStudy()


@pytest.fixture
def window(make_window: Any, study: FakeStudy) -> Any:
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def drag(view: Viewport, start: QPoint, stop: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mousePress(view, button, Qt.KeyboardModifier.NoModifier, start)
    for step in (0.3, 0.7, 1.0):
        QTest.mouseMove(view, start + (stop - start) * step)
    QTest.mouseRelease(view, button, Qt.KeyboardModifier.NoModifier, stop)


def place(view: Viewport, point: tuple[float, float]) -> QPoint:
    x, y = view.transform.to_widget(point, view.view_size)
    return QPoint(round(x), round(y))


def wheel(view: Viewport, notches: int, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    middle = QPointF(view.rect().center())
    event = QWheelEvent(
        middle, view.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def grey(image: QImage, x: float, y: float) -> int:
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio)).value()


# -- start and opening -------------------------------------------------------------------------------------------------


def test_empty_window_says_what_to_do_and_why_things_are_off(make_window: Any, study: FakeStudy) -> None:
    window = make_window(study.services())
    assert not window.action_set["export_slices"].isEnabled()
    assert "no slices on screen" in window.action_set["export_slices"].toolTip()
    assert window.action_set["open_folder"].isEnabled()
    assert window.panes[0].viewport.info is None
    assert window.settled


def test_study_hangs_slices_beside_the_radiograph(window: Any, study: FakeStudy) -> None:
    session = window.session
    assert session.layout.is_grid(1, 2)
    assert [window.panes[i].uid for i in (0, 1)] == ["projections", "radiograph"]
    assert window.panes[0].viewport.slab is not None
    assert not window.panes[0].viewport.slab.draft
    assert window.docks.browser.widget.series_uids() == (
        "projections",
        "projections#views",
        "projections#synthetic",
        "radiograph",
    )
    assert session.window("projections") is not None
    corners = window.panes[0].viewport._corners
    assert corners[Corner.TOP_LEFT][0] == "Test, Phantom"
    assert any(line.startswith("Height") for line in corners[Corner.BOTTOM_RIGHT])
    assert window.panes[0].viewport.info.notes == ("Geometry: preset of the test",)


def test_nothing_is_loaded_or_computed_on_the_gui_thread(window: Any, study: FakeStudy) -> None:
    assert study.load_threads == {"bocage-loading"}
    assert study.live is not None
    assert study.live.threads <= {"bocage-compute", "bocage-loading"}


def test_projections_alone_hang_beside_their_middle_view(make_window: Any) -> None:
    window = make_window(FakeStudy(with_radiograph=False).services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    assert window.panes[1].picture.kind == "projection"
    # Counts are shown as line integrals: the denser square is brighter.
    slab = window.panes[1].viewport.slab
    assert slab.value_at(-60.0, -30.0) > slab.value_at(0.0, 0.0)


def test_a_series_that_fails_says_why_and_the_rest_opens(make_window: Any) -> None:
    problem = Problem(Path("/nowhere/x"), "x: not an image.")
    study = FakeStudy(
        fails={"projections": BocageError("views.npz: is cut short. Copy it again.")}, problems=(problem,)
    )
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    assert window.messages.text == "views.npz: is cut short. Copy it again."
    assert window.panes[1].picture is not None
    assert window.panes[0].picture is None
    window.messages.dismiss()
    assert window.messages.text == ""


# -- heights, thickness, cine ------------------------------------------------------------------------------------------


def test_wheel_keys_ruler_and_panel_move_the_height(window: Any, qtbot: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    start = session.height("projections")
    wheel(view, 1)
    assert session.height("projections") == start + 1
    wheel(view, -1, Qt.KeyboardModifier.ShiftModifier)
    assert session.height("projections") == start - 4
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert session.height("projections") == start - 3
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert session.height("projections") == start - 8
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert session.height("projections") == 0
    window.docks.panel.height_control.value_changed.emit(77.0)
    assert session.height("projections") == 77.0
    assert window.docks.cine_bar.position() == pytest.approx(77.0)
    wait_until_settled(window, 10)
    assert view.slab.height_mm == 77.0


def test_dragging_shows_drafts_at_once_and_detail_after_rest(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(delay_s=0.06)  # slower than what is shown in full detail while moving
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    assert study.live is not None
    study.live.requests.clear()
    view = window.panes[0].viewport
    for height in range(50, 60):
        window.session.set_height("projections", float(height))
        qtbot.wait(10)
    released = time.monotonic()
    assert study.live.requests
    assert all(request.draft for request in study.live.requests)
    qtbot.waitUntil(lambda: view.slab.height_mm == 59.0 and not view.slab.draft, timeout=2000)
    assert time.monotonic() - released < 1.0


def test_alt_wheel_changes_thickness_as_one_undoable_command(window: Any) -> None:
    view = window.panes[0].viewport
    for _ in range(3):
        wheel(view, 1, Qt.KeyboardModifier.AltModifier)
    assert window.session.reading.of("projections").reconstruction.thickness_mm == 8.0
    assert view.thickness_mm == 8.0
    window.action_set["undo"].trigger()
    assert view.thickness_mm == 5.0


def test_cine_plays_by_the_clock_and_tells_the_rate(window: Any, qtbot: Any) -> None:
    heights: list[float] = []
    window.session.height_changed.connect(lambda uid: heights.append(window.session.height(uid)))
    rates: list[float] = []
    window.cine.rate_changed.connect(rates.append)
    window.docks.cine_bar.fps_entry.setValue(30)
    started = time.monotonic()
    window.docks.cine_bar.play_button.click()
    assert window.cine.playing
    qtbot.wait(900)
    QTest.keyClick(window.panes[0].viewport, Qt.Key.Key_Space)
    assert not window.cine.playing
    assert not window.docks.cine_bar.play_button.isChecked()
    assert heights[-1] - heights[0] == pytest.approx((time.monotonic() - started) * 30, abs=8)
    assert max(rates) > 5
    assert window.settings.current.cine_fps == 30.0


def test_range_limits_the_height(window: Any) -> None:
    session = window.session
    session.set_height("projections", 150.0)
    session.set_reconstruction("projections", high_mm=120.0)
    assert session.height("projections") == 120.0
    assert window.panes[0].viewport.ruler().high_mm == 120.0


# -- window, measurements, undo ----------------------------------------------------------------------------------------


def test_users_window_survives_everything_and_is_undone(window: Any) -> None:
    session, view = window.session, window.panes[0].viewport
    automatic = view.display_window
    drag(view, QPoint(150, 300), QPoint(200, 320))
    chosen = view.display_window
    assert chosen.width > automatic.width
    assert session.window("projections") == chosen
    assert window.action_set["undo"].text() == "&Undo window"
    session.step_height("projections", 5)
    session.set_reconstruction("projections", thickness_mm=12.0)
    wait_until_settled(window, 10)
    assert view.display_window == chosen
    window.action_set["undo"].trigger()
    window.action_set["undo"].trigger()
    assert view.display_window == automatic
    assert window.action_set["redo"].isEnabled()


def test_measure_undo_and_redo(window: Any) -> None:
    view = window.panes[0].viewport
    window.action_set["tool_length"].trigger()
    a, b = place(view, (-40.0, 20.0)), place(view, (30.0, 20.0))
    drag(view, a, b)
    (made,) = window.session.reading.of("projections").measurements
    assert quantity(made, "length") == pytest.approx(70.0, abs=2 / view.transform.pixels_per_mm)
    assert made.height_mm == window.session.height("projections")
    assert window.action_set["undo"].text() == "&Undo length measurement"
    QTest.keyClick(window.panes[0].viewport, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.measurements == ()
    assert window.action_set["redo"].text() == "&Redo length measurement"
    window.action_set["redo"].trigger()
    assert view.measurements == (made,)
    view.select_measurement(made.id)
    window.action_set["remove_measurement"].trigger()
    assert window.session.reading.of("projections").measurements == ()
    window.action_set["undo"].trigger()
    assert view.measurements == (made,)


def test_region_statistics_come_from_native_pixels(window: Any, qtbot: Any, study: FakeStudy) -> None:
    view = window.panes[0].viewport
    window.session.set_height("projections", BALL[2])
    window.set_tool(Tool.ELLIPSE)
    drag(view, place(view, (BALL[0] - 4, BALL[1] - 4)), place(view, (BALL[0] + 4, BALL[1] + 4)))
    qtbot.waitUntil(lambda: bool(view.statistics), timeout=3000)
    (found,) = view.statistics.values()
    assert found.mean == pytest.approx(0.04, abs=0.002)
    assert found.unit == "1/mm"
    assert found.count > 20
    assert study.live is not None
    assert any(request.region is not None and request.pixel_mm is None for request in study.live.requests)


def test_radiograph_lengths_are_labelled_at_detector(window: Any) -> None:
    detector, slices = window.panes[1].viewport.scale, window.panes[0].viewport.scale
    assert (detector.kind, detector.label) == ("detector", "at detector")
    # 250 mm above the detector, of the 1000 mm to the tube.
    assert detector.shorter == pytest.approx(0.25)
    assert slices.label == f"at {window.session.height('projections'):.0f} mm"
    assert slices.bar_label == ""


def test_layout_changes_are_undoable(window: Any) -> None:
    window.action_set["layout_2x2"].trigger()
    wait_until_settled(window, 10)
    assert window.panes[2].isVisible()
    assert window.panes[2].picture.kind == "projection"
    window.action_set["undo"].trigger()
    assert not window.panes[2].isVisible()


def test_maximise_is_a_glance_and_escape_leaves_it(window: Any) -> None:
    QTest.mouseDClick(window.panes[1].viewport, Qt.MouseButton.LeftButton)
    assert window.session.maximised == 1
    assert not window.panes[0].isVisible()
    window.action_set["default_tool"].trigger()
    assert window.panes[0].isVisible()


def test_presets_and_automatic_window_on_keys(window: Any, qtbot: Any) -> None:
    view = window.panes[0].viewport
    automatic = view.display_window
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.display_window.width == pytest.approx(0.55 * automatic.width)
    assert "High contrast" in window.action_set["preset_1"].text()
    QTest.keyClick(view, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: view.display_window.width != pytest.approx(0.55 * automatic.width))
    assert window.session.stack.undo_text == "window"


# -- algorithms --------------------------------------------------------------------------------------------------------


def test_algorithm_change_keeps_the_old_picture_until_the_new_one_is_there(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(filter_s=0.3)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    view, box = window.panes[0].viewport, window.docks.panel.algorithm_box
    old = view.slab
    box.setCurrentIndex(box.findData("shift-and-add"))
    qtbot.wait(120)
    assert view.slab is old
    assert window.session.busy("projections") is not None
    qtbot.waitUntil(lambda: view.slab is not old, timeout=5000)
    wait_until_settled(window, 10)
    assert np.nanmedian(view.slab.pixels) > 1.0
    assert view.display_window.centre > 1.0, "another scale of values has an automatic window of its own"
    assert window.session.busy("projections") is None
    window.action_set["undo"].trigger()
    wait_until_settled(window, 10)
    assert np.nanmedian(view.slab.pixels) < 1.0
    assert view.display_window.centre < 1.0
    assert box.currentData() == "fbp"


def test_filter_parameters_live_and_cancelled(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(filter_s=0.4)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    shown = window.session.pictures["projections"].source.algorithm
    panel = window.docks.panel
    for cutoff in (0.9, 0.8, 0.7):
        panel.parameters_changed.emit({**panel.algorithm()[1], "cutoff": cutoff})
    panel.parameters_committed.emit(panel.algorithm()[1])
    assert len(window.session.stack) == 1
    assert window.session.stack.undo_text == "cut-off"
    window.action_set["cancel_reconstruction"].trigger()
    wait_until_settled(window, 10)
    assert window.session.pictures["projections"].source.algorithm == shown
    assert window.session.reading.of("projections").reconstruction.algorithm == shown


# -- linking -----------------------------------------------------------------------------------------------------------


def test_pan_and_zoom_are_linked_through_the_geometry(window: Any) -> None:
    slices, radiograph = (pane.viewport for pane in window.panes[:2])
    drag(slices, QPoint(150, 200), QPoint(190, 260), Qt.MouseButton.MiddleButton)
    wheel(slices, 2, Qt.KeyboardModifier.ControlModifier)
    height = window.session.height("projections")
    geometry = synthetic.geometry(3).subset([1])
    expected = link(Plane(height), Plane(0.0, True, geometry))
    assert radiograph.transform.centre_mm == pytest.approx(expected.forward(slices.transform.centre_mm), abs=1e-6)
    ratio = slices.transform.pixels_per_mm / radiograph.transform.pixels_per_mm
    assert ratio == pytest.approx(synthetic.SID / (synthetic.SID - height))
    # and back
    drag(radiograph, QPoint(150, 200), QPoint(120, 180), Qt.MouseButton.MiddleButton)
    assert slices.transform.centre_mm == pytest.approx(expected.backward(radiograph.transform.centre_mm), abs=1e-6)
    # unlinked: alone
    window.action_set["link"].trigger()
    before = radiograph.transform
    drag(slices, QPoint(150, 200), QPoint(100, 260), Qt.MouseButton.MiddleButton)
    assert radiograph.transform == before


def test_cursor_shows_where_the_point_lies_in_the_other(window: Any) -> None:
    slices, radiograph = (pane.viewport for pane in window.panes[:2])
    point = (30.0, -20.0)
    slices.cursor_moved.emit(point)
    height = window.session.height("projections")
    m = synthetic.SID / (synthetic.SID - height)
    assert radiograph._linked == pytest.approx((30.0 * m, -20.0 * m))
    # The same pointer, another height: the point moves in the radiograph.
    window.session.set_height("projections", height + 40)
    m = synthetic.SID / (synthetic.SID - height - 40)
    assert radiograph._linked == pytest.approx((30.0 * m, -20.0 * m))
    radiograph.cursor_moved.emit((m * 30.0, -m * 20.0))
    assert slices._linked == pytest.approx(point)
    radiograph.cursor_moved.emit(None)
    assert slices._linked is None


def test_link_without_geometry_is_never_silent(make_window: Any) -> None:
    window = make_window(FakeStudy(radiograph_geometry=False).services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    assert any("scale only" in note for note in window.panes[1].viewport.info.notes)
    window.action_set["link"].trigger()
    assert not any("scale only" in note for note in window.panes[1].viewport.info.notes)


def test_windows_are_separate(window: Any) -> None:
    before = window.panes[1].viewport.display_window
    window.session.set_window("projections", Window(1.0, 2.0, "linear_exact"))
    assert window.panes[1].viewport.display_window == before


# -- laterality --------------------------------------------------------------------------------------------------------


def test_right_mark_lies_beside_the_letter_r_in_every_orientation(window: Any) -> None:
    view = window.panes[0].viewport
    window.session.set_window("projections", Window(0.045, 0.03, "linear_exact"))
    window.settings.change(overlay_level="none")
    window.apply_settings()
    for actions in (
        (),
        ("flip_horizontal",),
        ("flip_vertical",),
        ("rotate_right",),
        ("rotate_right", "rotate_right"),
        ("rotate_left", "flip_horizontal"),
    ):
        window.action_set["reset_orientation"].trigger()
        for name in actions:
            window.action_set[name].trigger()
        wait_until_settled(window, 10)
        x, y = brightest(window, view)
        letters = orientation(view)
        right = {"left": x < 0, "right": x > 0, "top": y < 0, "bottom": y > 0}
        side = next(edge for edge, letter in letters.items() if letter == "R")
        head = next(edge for edge, letter in letters.items() if letter == "H")
        assert right[side], f"{actions}: the R mark is not at the side of the letter R"
        assert right[head], f"{actions}: the R mark is not at the side of the letter H"
    window.action_set["reset_orientation"].trigger()
    assert orientation(view)["left"] == "R", "a PA chest hangs as if facing the patient"


def orientation(view: Viewport) -> dict[str, str]:
    from widgets.overlays import edge_letters

    return edge_letters(view.info.patient, view.transform)


def brightest(window: Any, view: Viewport) -> tuple[float, float]:
    """Centre of the white pixels of the view in a picture of the whole window, from the view's middle."""
    shot = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(shot.constBits(), np.uint8).reshape(shot.height(), shot.bytesPerLine())[:, : shot.width()]
    corner = view.mapTo(window, QPoint(0, 0))
    part = pixels[corner.y() + 3 : corner.y() + view.height() - 3, corner.x() + 3 : corner.x() + view.width() - 3]
    rows, columns = np.nonzero(part > 250)
    assert rows.size > 50
    return columns.mean() - part.shape[1] / 2, rows.mean() - part.shape[0] / 2


# -- the window itself -------------------------------------------------------------------------------------------------


def test_settings_and_layout_are_remembered(make_window: Any, study: FakeStudy) -> None:
    first = make_window(study.services())
    first.settings.change(brighter_down=False)
    first.docks["studies"].hide()
    first.close()
    second = make_window(study.services())
    assert second.settings.current.brighter_down is False
    assert second.panes[0].viewport.brighter_down is False
    assert not second.docks["studies"].isVisible()


def test_pages_open_without_holding_up_the_work(window: Any) -> None:
    window.action_set["shortcuts"].trigger()
    window.action_set["about"].trigger()
    window.action_set["preferences"].trigger()
    assert QApplication.activeModalWidget() is None
    page = window.pages["preferences"]
    level = page.controls["overlay_level"]
    level.setCurrentIndex(level.findData("minimal"))
    assert window.panes[0].viewport.overlay_level.value == "minimal"


def test_save_picture(window: Any, tmp_path: Path, qtbot: Any) -> None:
    window.handlers.export.save_picture(0, tmp_path / "a.png")
    qtbot.waitUntil((tmp_path / "a.png").exists)
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == window.panes[0].viewport.width()


def test_series_menu_shows_another_series(window: Any) -> None:
    window.session.set_active(1)
    window.docks.browser.widget.series_activated.emit("projections")
    wait_until_settled(window, 10)
    assert window.panes[1].uid == "projections"
    # Both show the same slices: one height for both.
    window.session.set_height("projections", 60.0)
    wait_until_settled(window, 10)
    assert window.panes[0].viewport.slab.height_mm == window.panes[1].viewport.slab.height_mm == 60.0


def test_loading_can_be_cancelled_and_taken_up_again(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(with_radiograph=False, load_s=1.0)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    qtbot.waitUntil(window.status._cancel.isVisible, timeout=5000)
    window.status._cancel.click()
    wait_until_settled(window, 10)
    assert window.panes[0].picture is None
    study.load_s = 0.0
    window.docks.browser.widget.series_activated.emit("projections")
    wait_until_settled(window, 10)
    assert window.panes[0].picture is not None


def test_what_is_dropped_is_opened(make_window: Any, study: FakeStudy) -> None:
    window = make_window(study.services())
    window.panes[0].viewport.paths_dropped.emit([Path("/nowhere")])
    wait_until_settled(window, 10)
    assert window.panes[0].picture is not None
    assert window.settings.current.recent[0].endswith("nowhere")
    window._fill_recent()
    assert [action.text() for action in window._recent.actions()] == ["nowhere"]


def test_demonstration_case_opens_like_any_study(make_window: Any, study: FakeStudy) -> None:
    window = make_window(study.services())
    window.action_set["open_demonstration"].trigger()
    wait_until_settled(window, 10)
    assert window.panes[0].picture is not None
    assert window.settings.current.recent == ()


def test_dragging_a_handle_is_one_undoable_change(window: Any) -> None:
    view = window.panes[0].viewport
    window.set_tool(Tool.LENGTH)
    drag(view, place(view, (-40.0, 20.0)), place(view, (30.0, 20.0)))
    window.set_tool(Tool.WINDOW)
    (made,) = view.measurements
    drag(view, place(view, made.points_mm[1]), place(view, (30.0, 50.0)))
    (changed,) = window.session.reading.of("projections").measurements
    assert changed.id == made.id
    assert quantity(changed, "length") == pytest.approx(np.hypot(70.0, 30.0), abs=2.5 / view.transform.pixels_per_mm)
    assert window.session.stack.undo_text == "change of length measurement"
    window.action_set["undo"].trigger()
    assert view.measurements == (made,)


def test_measurements_show_at_their_height_only(window: Any) -> None:
    view = window.panes[0].viewport
    window.set_tool(Tool.LENGTH)
    drag(view, place(view, (-40.0, 20.0)), place(view, (30.0, 20.0)))
    view.select_measurement("")
    height = window.session.height("projections")
    assert view.measurement_state().nearness(view.measurements[0]) == 1.0
    window.session.set_height("projections", height + 40.0)
    assert view.measurement_state().nearness(view.measurements[0]) == 0.0


def test_the_study_with_projections_is_hung_first(make_window: Any) -> None:
    study = FakeStudy()
    own = study.catalogue().studies[0]
    other = StudyEntry("CT", synthetic.HEADER, (synthetic.entry("ct", "other", 3, "CT"),))
    services = replace(study.services(), scan=lambda *_: Catalogue((other, own)))
    window = make_window(services)
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 10)
    assert window.opening.study == "S"
    assert "ct" in window.docks.browser.widget.series_uids()
