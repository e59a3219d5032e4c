"""Two pictures in one view, by their pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from recon.slab import PlaneGrid, Slab, SourceInfo
from widgets.compare_bar import CompareBar
from widgets.compared import TITLE_SIZE, ComparedLayer, ComparedLook
from widgets.compared_kernel import difference, matched
from widgets.image_layer import ImageLayer
from widgets.outlined_text import line_height
from widgets.overlays import CornerLayout
from widgets.view_transform import ViewTransform
from widgets.viewport import Viewport
from widgets.viewport_types import Corner
from widgets.window import Window

SIZE = (80, 60)
GRID = PlaneGrid((-39.5, -29.5), (1.0, 1.0), (60, 80))
TRANSFORM = ViewTransform(centre_mm=(0.0, 0.0), pixels_per_mm=1.0)


def slab(values: Any) -> Slab:
    return Slab(np.broadcast_to(np.asarray(values, np.float32), GRID.shape).copy(), GRID, 0.0)


def layer(under: Any, over: Any, mode: str, **look: Any) -> ComparedLayer:
    below = ImageLayer()
    below.set_slab(slab(under))
    below.set_window(Window(127.5, 255.0, "linear_exact"))
    found = ComparedLayer(below)
    found.look = ComparedLook(mode, **look)  # type: ignore[arg-type]
    pixels, spread = difference(slab(under).pixels, slab(over).pixels)
    found.set_slabs(slab(over), (slab(pixels), spread))
    found.over.set_window(Window(127.5, 255.0, "linear_exact"))
    return found


def drawn(compared: ComparedLayer) -> np.ndarray:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    compared.draw(painter, TRANSFORM, (80.0, 60.0), 1.0)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(60, 80, 4)
    return rows[:, :, 2::-1].copy()


def test_swipe_shows_the_lower_picture_left_or_above_and_the_upper_one_on_the_other_side(qtbot: Any) -> None:
    compared = layer(60.0, 200.0, "swipe")
    compared.position = 0.25
    seen = drawn(compared)
    assert (seen[:, :20] == 60).all()
    assert (seen[:, 20:] == 200).all()
    compared.look = ComparedLook("swipe", vertical=False)
    seen = drawn(compared)
    assert (seen[:15] == 60).all()
    assert (seen[15:] == 200).all()


@pytest.mark.parametrize(("opacity", "grey"), [(0.0, 60), (1.0, 200), (0.5, 130)])
def test_blend_runs_from_one_picture_to_the_other(qtbot: Any, opacity: float, grey: int) -> None:
    compared = layer(60.0, 200.0, "blend")
    compared.opacity = opacity
    assert (drawn(compared) == grey).all()


def test_blink_and_alone_show_one_of_the_two(qtbot: Any) -> None:
    compared = layer(60.0, 200.0, "blink")
    assert (drawn(compared) == 60).all()
    compared.phase_over = True
    assert (drawn(compared) == 200).all()
    compared.alone = "under"
    assert (drawn(compared) == 60).all()


def test_two_colours_are_grey_where_both_are_equal(qtbot: Any) -> None:
    values = np.tile(np.arange(80, dtype=np.float32) * 3, (60, 1))
    same = drawn(layer(values, values, "colour"))
    assert (same == same[:, :, :1]).all()
    apart = drawn(layer(200.0, 50.0, "colour"))[0, 0]
    assert tuple(apart) == (200, 125, 50)


def test_the_difference_of_a_picture_with_itself_is_zero_and_middle_grey(qtbot: Any) -> None:
    values = np.random.default_rng(1).normal(100.0, 20.0, GRID.shape)
    pixels, _ = difference(slab(values).pixels, slab(values).pixels)
    assert (pixels == 0.0).all()
    assert np.unique(drawn(layer(values, values, "difference"))).tolist() in ([127], [128])


def test_greys_are_matched_also_when_one_is_inverted_or_holds_something_of_its_own() -> None:
    values = np.random.default_rng(1).normal(100.0, 20.0, (300, 400)).astype(np.float32)
    for gain, offset in ((2.5, -40.0), (-0.5, 900.0)):
        other = (values - offset) / gain
        other[:40, :40] = other.max() * 3  # an implant, 1 % of the picture
        found = matched(values, other.astype(np.float32))
        assert found[0] == pytest.approx(gain, rel=0.05)
        left, _ = difference(values, other.astype(np.float32))
        assert abs(float(np.median(left[100:]))) < 1.0


def test_colours_and_greys_go_through_the_monitors_table_once(qtbot: Any) -> None:
    compared = layer(60.0, 200.0, "blend")
    compared.under.set_presentation(255 - np.arange(256, dtype=np.uint8))
    compared.opacity = 1.0
    assert (drawn(compared) == 55).all()
    assert compared.under.presentation is not None


def test_the_line_is_dragged_with_any_tool_and_windows_belong_to_the_side_under_the_pointer(qtbot: Any) -> None:
    view = Viewport()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.set_source(SourceInfo("", "", (0.0, 0.0)), lambda _: GRID.bounds, lambda _: (1.0, 1.0))
    view.show()
    view.set_slab(slab(60.0))
    view.set_comparing(True)
    view.set_compared_slabs(slab(200.0))
    assert view.line_under(QPointF(203.0, 20.0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
    qtbot.mouseMove(view, QPoint(300, 80))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 80))
    assert view.compared.position == pytest.approx(0.75)
    under = view.display_window
    before = view.compared.over.window
    with qtbot.waitSignal(view.over_window_committed):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(350, 100))
        qtbot.mouseMove(view, QPoint(360, 110))
        qtbot.mouseMove(view, QPoint(370, 120))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(370, 120))
    assert view.display_window == under
    assert view.compared.over.window != before


def test_the_bar_tells_what_is_wanted(qtbot: Any) -> None:
    bar = CompareBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_look("blend", True, 0.3, "Registered by geometry")
    assert bar.amount.value() == 30
    assert bar.note.text() == "Registered by geometry"
    assert not bar.upright.isVisible()
    with qtbot.waitSignal(bar.mode_wanted, check_params_cb=lambda mode: mode == "difference"):
        qtbot.mouseClick(bar.buttons["difference"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.amount_changed, check_params_cb=lambda value: value == 0.8):
        bar.amount.setValue(80)
    bar.adjust.click()
    bar.show_placement({"x_mm": 2.0}, ["x_mm", "y_mm"])
    assert not bar.adjusting.boxes["z_mm"].isVisible()
    with qtbot.waitSignal(bar.placement_changed, check_params_cb=lambda name, v: (name, v) == ("x_mm", 7.0)):
        qtbot.keyClick(bar.adjusting, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize("mode", ["swipe", "blink", "blend", "colour", "difference"])
def test_what_is_compared_is_written_below_the_patients_name(qtbot: Any, monkeypatch: Any, mode: str) -> None:
    tops: list[float] = []
    monkeypatch.setattr("widgets.compared.draw_text", lambda _, x, top, text, **kept: tops.append(top))
    view = Viewport()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.set_source(SourceInfo("", "", (0.0, 0.0)), lambda _: GRID.bounds, lambda _: (1.0, 1.0))
    view.set_corner_text({Corner.TOP_LEFT: ("Name", "ID", "sex"), Corner.TOP_RIGHT: ("Hospital", "date")})
    view.set_slab(slab(60.0))
    view.set_comparing(True)
    view.compared.look = ComparedLook(mode, titles=("one", "other"))  # type: ignore[arg-type]
    view.set_compared_slabs(slab(200.0), (slab(1.0), 1.0))
    view.grab()
    corners = CornerLayout(view._overlay_state(False))
    assert tops
    assert min(tops) >= corners.block_height(Corner.TOP_LEFT)


def test_the_height_ruler_begins_below_the_titles(qtbot: Any) -> None:
    view = Viewport()
    qtbot.addWidget(view)
    view.resize(320, 400)
    view.set_source(SourceInfo("", "", (0.0, 300.0)), lambda _: GRID.bounds, lambda _: (1.0, 1.0))
    view.set_heights((0.0, 300.0))
    view.set_corner_text({Corner.TOP_LEFT: ("Name", "ID", "sex"), Corner.TOP_RIGHT: ("Hospital", "date")})
    alone = view.ruler()
    view.set_comparing(True)
    ruler = view.ruler()
    assert alone is not None
    assert ruler is not None
    corners = CornerLayout(view._overlay_state(False))
    top = max(corners.block_height(corner) for corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)) + 4.0
    # The number at the upper end reaches 9 pixels above it.
    assert ruler.top - 9.0 >= max(top, 34.0) + line_height(TITLE_SIZE)
