"""The main window on its monitor: not calibrated, calibrated, life size, windows by region."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import fixtures_dicom as fx
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from synthetic import FakeStudy

from app.dicom.read import load, scan
from app.display.characteristic import STANDARD_LEVELS, Characteristic, Reading
from app.display.monitors import Calibration
from app.display.screens import identity, screen_of
from app.gui import wait_until_settled
from app.window.calibration.readings_table import CHECK, MONITOR
from recon.slab import Rect
from widgets.view_transform import ViewTransform
from widgets.viewport_types import Corner, Tool
from widgets.window import Window

TODAY = date.fromtimestamp(time.time())  # noqa: DTZ012 - the reader's own calendar
CURVE = Characteristic(tuple(Reading(n, 1.1 + 398 * (n / 255) ** 2.2) for n in STANDARD_LEVELS), 0.1)


@pytest.fixture
def window(make_window, tmp_path):
    window = make_window(FakeStudy(body_part="CHEST").services())
    window.open_paths([tmp_path])
    wait_until_settled(window, 20)
    window.displays.refresh()
    return window


def here(window):
    return identity(screen_of(window.active_pane))


def corner(window, pane=0):
    return " | ".join(window.panes[pane].viewport._corners[Corner.BOTTOM_LEFT])


def test_not_calibrated_is_said_quietly_and_calibrated_is_not(window):
    assert window.status.display_text == "Display not calibrated"
    assert window.panes[0].viewport._image.presentation is None
    assert not window.messages.isVisible()
    window.displays.store.set_calibration(here(window), Calibration(CURVE, TODAY))
    window.displays.refresh()
    assert window.status.display_text == ""
    for index in window.session.visible():
        assert window.panes[index].viewport._image.presentation is not None
    window.displays.store.set_calibration(here(window), Calibration(CURVE, date(2020, 1, 1)))
    window.displays.refresh()
    assert window.status.display_text == "Display calibration is old"
    window.displays.store.set_calibration(here(window), None)
    window.displays.refresh()
    assert window.panes[0].viewport._image.presentation is None


def test_another_window_of_the_same_settings_knows_the_calibration(window, make_window, tmp_path):
    window.displays.store.set_calibration(here(window), Calibration(CURVE, TODAY))
    again = make_window(FakeStudy().services())
    again.displays.refresh()
    assert again.status.display_text == ""


def test_the_page_measures_judges_and_saves(window, tmp_path, qtbot):
    window.action_set["display_calibration"].trigger()
    page = window.pages["display_calibration"]
    assert not page.isModal()
    assert not page.save.isEnabled()
    path = tmp_path / "readings.csv"
    path.write_text("ddl, cd/m2\n" + "".join(f"{each.level}, {each.cd_m2:.4f}\n" for each in CURVE.readings))
    page.ambient.setValue(0.0)
    page.read_file(path)
    assert len(page.table.readings(MONITOR)) == 18
    page.ambient.setValue(0.1)
    page.person.setText("A. Physicist")
    assert "Suitable for primary diagnosis" in page.verdict.text()
    page.save_calibration()
    found = window.displays.store.of(here(window)).calibration
    assert found.characteristic.brightest_cd_m2 == pytest.approx(399.2)
    assert found.measured_by == "A. Physicist"
    assert found.measured_on == TODAY
    assert window.panes[0].viewport._image.presentation is not None
    # A check that shows a display without any correction is believed, whatever was expected.
    page.table.set_readings(CHECK, CURVE.readings)
    assert "Does not follow" in page.verdict.text()
    page.table.set_reading(MONITOR, 30, 0.2)
    assert "must not fall" in page.problem.text()
    assert not page.save.isEnabled()
    page.forget.click()
    assert window.status.display_text == "Display not calibrated"


def test_a_wrong_file_is_told_on_the_page(window, tmp_path):
    window.action_set["display_calibration"].trigger()
    page = window.pages["display_calibration"]
    path = tmp_path / "notes.txt"
    path.write_text("nothing\nhere\n")
    page.read_file(path)
    assert "notes.txt" in page.problem.text()
    assert page.problem.isVisible()


@pytest.mark.parametrize("pitch", [0.2, 0.165])
def test_true_size_is_true(window, pitch):
    window.displays.store.set_pitch(here(window), pitch, TODAY)
    window.displays.refresh()
    window.action_set["true_size"].trigger()
    wait_until_settled(window, 20)
    view = window.panes[0].viewport
    # 100 mm of the patient are 100 mm of the monitor.
    (left, _), (right, _) = (view.transform.to_widget((x, 0.0), view.view_size) for x in (-50.0, 50.0))
    assert (right - left) * view.devicePixelRatioF() * pitch == pytest.approx(100.0, abs=0.01)
    assert "life size" in corner(window)
    assert "not verified" not in corner(window)
    window.action_set["zoom_in"].trigger()
    assert "life size" not in corner(window)


def test_an_unverified_size_says_so_and_an_unknown_one_asks(window, monkeypatch):
    monitor = here(window)
    stated = monitor.stated_pitch_mm
    if stated is not None:
        window.action_set["true_size"].trigger()
        assert "screen size not verified" in corner(window)
    monkeypatch.setattr("app.display.monitors.MonitorId.stated_pitch_mm", None)
    window.displays._shown = {}
    window.displays.refresh()
    window.action_set["true_size"].trigger()
    assert window.pages["display_size"].isVisible()
    assert "not known" in window.messages.text


def test_a_radiograph_says_for_which_plane(window):
    window.displays.store.set_pitch(here(window), 0.2, TODAY)
    window.displays.refresh()
    window.session.set_active(1)
    window.linker.set_linked(False)
    window.action_set["true_size"].trigger()
    assert "life size at detector" in corner(window, 1)


def test_the_size_page_saves_for_its_monitor(window):
    window.action_set["display_size"].trigger()
    page = window.pages["display_size"]
    page.gauge._set_length(400.0)
    page.save()
    expected = 85.60 / 400 / page.gauge.devicePixelRatioF()
    assert window.displays.store.size(here(window)).pitch_mm == pytest.approx(expected)
    assert window.panes[0].presentation.size.verified


# -- windows ---------------------------------------------------------------------------------------------------------


def test_window_by_region_is_over_the_values_in_it(window, qtbot):
    view = window.panes[0].viewport
    view.navigate(ViewTransform((0.0, 0.0), 2.0))
    wait_until_settled(window, 20)
    window.action_set["tool_region"].trigger()
    assert window.tool is Tool.REGION
    region = Rect(-60.0, -60.0, 20.0, -10.0)
    corners = [
        QPoint(*(round(value) for value in view.transform.to_widget(point, view.view_size)))
        for point in ((region.x0, region.y0), (region.x1, region.y1))
    ]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corners[0])
    QTest.mouseMove(view, corners[0] + QPoint(30, 20))
    QTest.mouseMove(view, corners[1])
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corners[1])
    qtbot.waitUntil(lambda: bool(window.session.reading.of("projections").windows), timeout=3000)
    got = window.session.window("projections")
    # The phantom's values: 0.02 + 2e-5 x + 1e-5 y; percentiles of a sum of two even spreads.
    x, y = np.meshgrid(np.linspace(region.x0, region.x1, 400), np.linspace(region.y0, region.y1, 400))
    low, high = np.percentile(0.02 + 2e-5 * x + 1e-5 * y, (1, 99))
    assert got.edges == pytest.approx((low, high), abs=2e-5)
    assert window.session.stack.undo_text == "window"


def test_sigmoid_and_back_keeps_black_and_white(window):
    session = window.session
    session.set_window("projections", Window(0.02, 0.01, "linear_exact"))
    window.action_set["sigmoid"].trigger()
    assert session.window("projections") == Window(0.02, 0.01, "sigmoid")
    assert window.action_set["sigmoid"].isChecked()
    assert "sigmoid" in corner(window)
    window.action_set["sigmoid"].trigger()
    assert session.window("projections") == Window(0.02, 0.01, "linear_exact")


def test_the_readers_window_survives(window, qtbot):
    session, own = window.session, Window(0.021, 0.013, "sigmoid")
    session.set_window("projections", own)
    view = window.panes[0].viewport

    def check():
        wait_until_settled(window, 20)
        assert session.window("projections") == own
        assert view.display_window == own

    session.step_height("projections", 7)
    check()
    session.set_reconstruction("projections", thickness_mm=12.0)
    check()
    window.set_playing(True)
    qtbot.wait(400)
    window.set_playing(False)
    check()
    algorithm = session.reading.of("projections").reconstruction.algorithm
    session.set_reconstruction("projections", algorithm=replace(algorithm, cutoff=0.7))
    check()
    session.set_reconstruction("projections", low_mm=20.0)
    check()
    window.set_tool(Tool.PAN)
    window.action_set["flip_horizontal"].trigger()
    check()
    session.set_inverted("projections", True)
    check()


def test_presets_of_the_body_part_are_on_the_keys(window):
    titles = [window.action_set[f"preset_{number}"].text() for number in range(1, 5)]
    assert any("Lung" in title for title in titles)
    assert any("Mediastinum" in title for title in titles)
    automatic = window.session.automatic.of("projections")
    number = next(index + 1 for index, title in enumerate(titles) if "Lung" in title)
    window.action_set[f"preset_{number}"].trigger()
    lung = window.session.window("projections")
    assert lung.centre < automatic.centre  # darker tissue, so a lower centre
    assert lung.width < automatic.width


def test_interpolation_goes_round_and_is_said(window):
    seen = []
    for _ in range(4):
        window.action_set["interpolation"].trigger()
        seen.append(window.settings.current.interpolation)
        line = corner(window)
        assert ("Interpolation" in line) == (seen[-1] != "bilinear")
        assert window.panes[0].viewport._image.interpolation == seen[-1]
    assert sorted(seen) == ["bicubic", "bilinear", "lanczos", "nearest"]


def test_effective_thickness_stands_beside_the_nominal_one(window):
    lines = " ".join(window.panes[0].viewport._corners[Corner.BOTTOM_RIGHT])
    assert "(eff. " in lines
    shown = float(lines.split("(eff. ")[1].split(")")[0])
    assert shown > window.session.reading.of("projections").reconstruction.thickness_mm


# -- windows of every frame ------------------------------------------------------------------------------------------


def _frames(tmp_path, differ=True):
    images = np.random.default_rng(3).integers(0, 1000, (6, 24, 30)).astype(np.uint16)
    per_frame = [
        {"FrameVOILUTSequence": [fx.item(WindowCenter=str(500 + 40 * n * differ), WindowWidth="300")]} for n in range(6)
    ]
    return fx.volume_frames(tmp_path / "study" / "v.dcm", images, per_frame=per_frame)


def test_windows_of_every_frame_are_read(tmp_path):
    _frames(tmp_path)
    (series,) = scan([tmp_path / "study"]).series
    loaded = load(series)
    assert [window.centre for _, window in loaded.plane_windows] == [500 + 40 * n for n in range(6)]
    assert [height for height, _ in loaded.plane_windows] == pytest.approx(list(loaded.source.heights_mm))


def test_frames_with_one_window_have_no_windows_of_their_own(tmp_path):
    _frames(tmp_path, differ=False)
    (series,) = scan([tmp_path / "study"]).series
    assert load(series).plane_windows == ()


def test_the_frames_window_is_followed_until_the_reader_sets_one(make_window, tmp_path):
    _frames(tmp_path)
    window = make_window()
    window.open_paths([tmp_path / "study"])
    wait_until_settled(window, 20)
    session = window.session
    (uid,) = session.pictures
    view = window.panes[0].viewport
    heights = session.pictures[uid].source.heights_mm
    for index in (0, 4, 2):
        session.set_height(uid, float(heights[index]))
        wait_until_settled(window, 20)
        assert session.window(uid).centre == 500 + 40 * index
        assert view.display_window.centre == 500 + 40 * index
    own = Window(444.0, 222.0)
    session.set_window(uid, own)
    for height in heights:
        session.set_height(uid, float(height))
        wait_until_settled(window, 20)
        assert session.window(uid) == own
        assert view.display_window == own
    session.set_window(uid, None)
    assert session.window(uid).centre == 500 + 40 * 5


def test_moved_to_another_monitor_the_pictures_follow(window, monkeypatch, qtbot):
    """Two monitors side by side at x = 400, one of them calibrated and measured."""
    from app.display.monitors import MonitorId

    left, right = (MonitorId("Acme", "One", serial, "DP", (400, 300), (80.0, 60.0)) for serial in ("11", "12"))
    window.move(10, 10)
    monkeypatch.setattr("app.window.displays.screen_of", lambda pane: pane.window().x())
    monkeypatch.setattr("app.window.displays.identity", lambda x: left if x < 400 else right)
    window.displays.store.set_calibration(right, Calibration(CURVE, TODAY))
    window.displays.store.set_pitch(right, 0.21, TODAY)
    window.displays.refresh()
    pane = window.panes[0]
    assert pane.viewport._image.presentation is None
    assert not pane.presentation.size.verified
    window.move(500, 10)
    qtbot.waitUntil(lambda: pane.viewport._image.presentation is not None, timeout=2000)
    assert window.status.display_text == ""
    assert pane.presentation.size.pitch_mm == 0.21
    window.move(20, 10)
    qtbot.waitUntil(lambda: pane.viewport._image.presentation is None, timeout=2000)
    assert window.status.display_text == "Display not calibrated"
