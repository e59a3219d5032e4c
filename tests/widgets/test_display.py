"""Greys on their way to the monitor: its table, interpolation, patterns, the gauge of its size."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from scipy.ndimage import map_coordinates

from recon.slab import PlaneGrid, Slab
from widgets.display_patterns import GREYS, TITLES, pattern
from widgets.interpolation import INTERPOLATIONS, kernel, visible_samples, weights
from widgets.magnify import magnified
from widgets.pattern_window import PatternWindow
from widgets.size_gauge import CARD_MM, SizeGauge
from widgets.view_transform import ViewTransform
from widgets.viewport import OverlayLevel
from widgets.window import LutWindow, Window
from widgets.window_kernel import to_display

GAMMA = np.round(255 * np.linspace(0, 1, 1024) ** 1.7).astype(np.uint8)
VALUES = np.linspace(-20, 120, 5001, dtype=np.float32)[None, :]
WINDOWS = [
    Window(50.0, 100.0, "linear_exact"),
    Window(50.0, 101.0, "linear"),
    Window(50.0, 60.0, "sigmoid"),
    LutWindow(0.0, np.linspace(0, 1, 101) ** 2),
]


@pytest.mark.parametrize("window", WINDOWS, ids=["exact", "linear", "sigmoid", "table"])
@pytest.mark.parametrize("inverted", [False, True])
def test_greys_go_through_the_monitors_table(window, inverted):
    seen = to_display(VALUES, window, inverted, GAMMA) & 0xFF
    share = window.apply(VALUES)
    wanted = GAMMA[np.round((1 - share if inverted else share) * 1023).astype(int)]
    assert np.abs(seen.astype(int) - wanted).max() <= 2  # the table's own step
    assert (seen == wanted).mean() > 0.98


def test_without_data_stays_black_and_a_straight_table_changes_nothing():
    values = np.array([[np.nan, 0.0, 50.0, 100.0]], np.float32)
    straight = np.arange(256, dtype=np.uint8)
    for inverted in (False, True):
        plain = to_display(values, WINDOWS[0], inverted)
        assert np.array_equal(plain, to_display(values, WINDOWS[0], inverted, straight))
        assert plain[0, 0] == 0xFF000000


def test_a_saved_picture_holds_p_values(viewport, grey):
    viewport.set_overlay_level(OverlayLevel.NONE)
    plain = grey(viewport.rendered_image())
    viewport.set_presentation(GAMMA)
    on_screen = grey(viewport.grab().toImage())
    assert np.array_equal(grey(viewport.rendered_image()), plain)
    inside = np.s_[100:300, 100:400]
    assert np.abs(on_screen[inside].astype(int) - GAMMA[plain[inside].astype(int) * 1023 // 255]).max() <= 3
    assert np.array_equal(grey(viewport.grab().toImage()), on_screen)


# -- interpolation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INTERPOLATIONS)
def test_interpolation_keeps_values_at_pixel_centres_and_constants(name):
    rng = np.random.default_rng(1)
    image = rng.random((12, 9)).astype(np.float32)
    rows, columns = np.arange(12.0), np.arange(9.0)
    assert np.abs(magnified(image, rows, columns, name) - image).max() < 2e-6
    flat = magnified(np.full((7, 7), 3.5, np.float32), np.linspace(-0.5, 6.5, 40), np.linspace(-0.5, 6.5, 40), name)
    assert np.abs(flat - 3.5).max() < 1e-5


def test_bilinear_is_scipys():
    image = np.random.default_rng(2).random((20, 30)).astype(np.float32)
    rows, columns = np.linspace(0, 19, 77), np.linspace(0, 29, 101)
    expected = map_coordinates(image, np.meshgrid(rows, columns, indexing="ij"), order=1)
    assert np.abs(magnified(image, rows, columns, "bilinear") - expected).max() < 1e-5


@pytest.mark.parametrize(("name", "error"), [("bilinear", 0.06), ("bicubic", 0.015), ("lanczos", 0.008)])
def test_finer_kernels_follow_a_wave_more_closely(name, error):
    # 10 pixels a period, read between the pixels and away from the border.
    wave = np.sin(2 * np.pi * np.arange(60) / 10).astype(np.float32)
    at = np.linspace(10, 50, 400)
    found = magnified(np.tile(wave, (8, 1)), np.array([4.0]), at, name)[0]
    assert np.abs(found - np.sin(2 * np.pi * at / 10)).max() < error


def test_kernels_by_their_papers():
    assert kernel("bicubic", np.array([0.0, 0.5, 1.0, 1.5, 2.0])) == pytest.approx([1, 0.5625, 0, -0.0625, 0])
    half = np.sinc(0.5) * np.sinc(0.5 / 3)
    assert kernel("lanczos", np.array([0.0, 0.5, 1.0, 3.0])) == pytest.approx([1, half, 0, 0], abs=1e-12)
    for name in INTERPOLATIONS:
        assert weights(name, np.linspace(0, 9, 50), 10)[1].sum(axis=1) == pytest.approx(np.ones(50), abs=1e-6)


@pytest.mark.parametrize("name", INTERPOLATIONS)
def test_missing_pixels_do_not_spread(name):
    image = np.ones((10, 10), np.float32)
    image[:, 5:] = np.nan
    across = np.linspace(0, 9, 181)
    found = magnified(image, np.array([4.0]), across, name)[0]
    assert np.all(np.isnan(found[across > 4.51]))
    assert np.abs(found[across < 4.49] - 1).max() < 1e-5


def test_display_pixels_over_an_image():
    start, at = visible_samples(10.0, 30.0, 5, 100.0)
    assert (start, at.size) == (10, 20)
    assert at[:4] == pytest.approx([-0.375, -0.125, 0.125, 0.375])
    start, at = visible_samples(-30.0, 50.0, 20, 40.0)
    assert (start, at.size) == (0, 40)
    assert at[0] == pytest.approx(30.5 / 4 - 0.5)


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("name", INTERPOLATIONS)
def test_magnified_pictures_lie_where_they_belong(viewport, grey, qtbot, name, turns, flip):
    viewport.set_overlay_level(OverlayLevel.NONE)
    viewport.set_interpolation(name)
    viewport.set_transform(ViewTransform((66.0, -48.0), 9.0, turns, flip))
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    image = grey(viewport.rendered_image())
    assert not viewport.drawn_exactly
    rows, columns = np.nonzero(image[4:-4, 4:-4] > 250)
    x, y = viewport.transform.to_widget((70.0, -50.0), viewport.view_size)
    assert columns.mean() + 4.5 == pytest.approx(x, abs=1.0)
    assert rows.mean() + 4.5 == pytest.approx(y, abs=1.0)


def test_pixels_as_squares_are_squares(viewport, grey, qtbot):
    viewport.set_overlay_level(OverlayLevel.NONE)
    viewport.set_interpolation("nearest")
    checks = np.indices((20, 20)).sum(axis=0) % 2 * np.float32(1000)
    slab = Slab(checks.astype(np.float32), PlaneGrid((-2.375, -2.375), (0.25, 0.25), (20, 20)), viewport.height_mm)
    viewport.set_transform(ViewTransform((0.0, 0.0), 64.0))  # 16 display pixels each
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    viewport.set_slab(slab)
    seen = grey(viewport.rendered_image())[200:300, 250:350]
    assert set(np.unique(seen)) == {0, 255}
    viewport.set_interpolation("bicubic")
    assert len(np.unique(grey(viewport.rendered_image())[200:300, 250:350])) > 20


# -- patterns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1920, 1080), (2048, 2560), (640, 480)])
@pytest.mark.parametrize("name", TITLES)
def test_patterns_fill_the_monitor(name, size):
    image = pattern(name, *size, level=45)
    assert image.shape == size[::-1]
    assert image.dtype == np.uint8
    if name == "quality":
        assert set(GREYS) <= set(np.unique(image))
        assert {13, 242} <= set(np.unique(image))  # 5 and 95 %
    if name.startswith("uniform") or name == "meter":
        assert len(np.unique(image)) == 1
    if name == "lines":
        line = image[size[1] // 6, 10:200].astype(int)
        assert set(np.abs(np.diff(line))) == {255}


def test_the_meters_field_in_a_surround_is_a_tenth():
    image = pattern("meter", 1000, 800, level=200, surround=True)
    assert (image == 200).mean() == pytest.approx(0.1, rel=0.01)
    assert image[400, 500] == 200


def test_pattern_window_steps_and_takes_readings(qtbot):
    from PySide6.QtGui import QGuiApplication

    table = np.arange(255, -1, -1, dtype=np.uint8)
    window = PatternWindow(QGuiApplication.primaryScreen(), (0, 15, 30), table)
    got = []
    window.reading_typed.connect(lambda *reading: got.append(reading))
    window.show_pattern("meter", 0)
    qtbot.waitExposed(window)
    assert set(np.unique(window.pixels())) == {255}  # through the table
    QTest.keyClicks(window, "0,42")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert got == [(0, 0.42)]
    assert window.level == 15
    QTest.keyClicks(window, "9.")
    QTest.keyClick(window, Qt.Key.Key_Escape)  # gives up the reading, not the pattern
    assert window.typed == ""
    assert window.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert window.level == 30
    QTest.keyClick(window, Qt.Key.Key_Down)
    assert window.shown == "quality"
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_dragging_the_card_measures_the_screen(qtbot):
    gauge = SizeGauge()
    qtbot.addWidget(gauge)
    gauge.resize(800, 400)
    gauge.set_pitch(0.25)
    gauge.show()
    before = gauge.length_px
    assert before == pytest.approx(CARD_MM[0] / 0.25)
    found = []
    gauge.pitch_changed.connect(found.append)
    edge = QPointF(24 + before, 100).toPoint()
    QTest.mousePress(gauge, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(gauge, edge + QPointF(60, 0).toPoint())
    QTest.mouseRelease(gauge, Qt.MouseButton.LeftButton, pos=edge + QPointF(60, 0).toPoint())
    assert found[-1] == pytest.approx(CARD_MM[0] / (before + 60), rel=0.005)
    gauge.set_gauge("ruler")
    assert gauge.length_px == pytest.approx(100 / found[-1])
    length = gauge.length_px
    QTest.keyClick(gauge, Qt.Key.Key_Right)
    assert gauge.length_px == pytest.approx(length + 1)
