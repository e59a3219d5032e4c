"""What is on the screen: pixels, letters, sharpness."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from recon.frame import PatientFrame
from widgets.overlays import edge_letters, scale_bar_length
from widgets.view_transform import ViewTransform
from widgets.viewport import Corner, OverlayLevel
from widgets.window import Window

ORIENTATIONS = list(itertools.product(range(4), (False, True), (False, True)))
MARK = (70.0, -50.0)
"""World centre of the bright mark: to the patient's left (+x) and head (-y) in the frame L, F, P."""


def _mark_on_screen(viewport, grey) -> tuple[float, float]:
    viewport.set_overlay_level(OverlayLevel.NONE)
    image = grey(viewport.rendered_image())
    rows, columns = np.nonzero(image[4:-4, 4:-4] > 250)
    assert rows.size > 100
    return float(columns.mean()) + 4.5, float(rows.mean()) + 4.5


@pytest.mark.parametrize(("turns", "horizontal", "vertical"), ORIENTATIONS)
def test_letters_agree_with_the_pixels(viewport, qtbot, grey, turns, horizontal, vertical):
    viewport.info = replace(viewport.info, notes=())
    viewport.set_transform(ViewTransform((0.0, 0.0), 2.0, turns, horizontal, vertical))
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    x, y = _mark_on_screen(viewport, grey)
    letters = edge_letters(viewport.info.patient, viewport.transform)
    # The mark lies towards L and H: on the screen it must be on the side of those letters.
    beyond = {"left": x < 290, "right": x > 310, "top": y < 240, "bottom": y > 260}
    for edge, letter in letters.items():
        assert beyond[edge] == (letter in "LH"), (edge, letter, x, y)
    assert (x, y) == pytest.approx(viewport.transform.to_widget(MARK, viewport.view_size), abs=1.0)


def test_oblique_frames_have_up_to_three_letters():
    c, s = np.cos(0.3), np.sin(0.3)
    frame = PatientFrame(((c, 0, s), (0, 1, 0), (-s, 0, c)))
    assert edge_letters(frame, ViewTransform()) == {"right": "LH", "left": "RF", "bottom": "P", "top": "A"}


def test_at_rest_the_pixels_are_copied_one_to_one(viewport, grey):
    viewport.rendered_image()
    assert viewport.drawn_exactly
    assert not viewport.slab.draft
    viewport.set_overlay_level(OverlayLevel.NONE)
    seen = grey(viewport.rendered_image())
    left, top, right, bottom = (
        round(edge) for edge in viewport.transform.widget_rect(viewport.slab.grid.bounds, viewport.view_size)
    )
    expected = np.floor(np.nan_to_num(viewport.display_window.apply(viewport.slab.pixels)) * 255 + 0.5)
    assert expected.shape == (bottom - top, right - left)
    part = np.s_[20 : expected.shape[0] - 80, 20 : expected.shape[1] - 20]
    assert np.abs(seen[top:bottom, left:right][part] - expected[part]).max() <= 1


def test_requests_follow_the_screen_and_stop_at_the_native_pixel(viewport, qtbot):
    request = viewport.asked[-1]
    assert request.pixel_mm == pytest.approx(1 / viewport.transform.pixels_per_mm)
    assert not request.draft
    viewport.set_transform(ViewTransform(MARK, 10.0))
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    request = viewport.asked[-1]
    assert request.pixel_mm == 0.25
    assert request.region.width == pytest.approx(600 / 10, abs=4)


def test_outside_is_black_even_when_inverted(viewport, grey, qtbot):
    viewport.set_transform(ViewTransform((100.0, 0.0), 2.0))
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    viewport.set_overlay_level(OverlayLevel.NONE)
    viewport.set_inverted(True)
    image = grey(viewport.rendered_image())
    assert image[100:300, 320:560].max() == 0
    assert image[250, 200] > 100


def test_inverted_pixels_are_the_negative(viewport, grey):
    viewport.set_overlay_level(OverlayLevel.NONE)
    before = grey(viewport.rendered_image()).astype(int)
    viewport.set_inverted(True)
    after = grey(viewport.rendered_image()).astype(int)
    part = np.s_[60:300, 100:500]
    assert np.abs(before[part] + after[part] - 255).max() <= 1


def test_the_old_picture_stays_while_a_new_one_is_computed(make_viewport, source, qtbot, grey):
    viewport = make_viewport(source, answer=False)
    viewport.set_slab(source.slab(viewport.asked[-1]))
    viewport.set_transform(viewport.transform.zoomed_about(MARK, 1.7))
    x, y = _mark_on_screen(viewport, grey)
    assert not viewport.drawn_exactly
    assert (x, y) == pytest.approx(viewport.transform.to_widget(MARK, viewport.view_size), abs=1.5)


def test_one_to_one_shows_each_pixel_once(viewport, qtbot):
    viewport.one_to_one()
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    viewport.rendered_image()
    assert viewport.zoom() == pytest.approx(1.0)
    assert viewport.asked[-1].pixel_mm == pytest.approx(0.25)
    assert viewport.drawn_exactly


def test_a_fitted_view_stays_fitted_when_resized_or_turned(viewport, qtbot):
    viewport.resize(400, 300)
    qtbot.waitUntil(lambda: viewport.settled, timeout=2000)
    assert viewport.transform.pixels_per_mm == pytest.approx(300 / 160)
    viewport.set_transform(viewport.transform.rotated(1))
    assert viewport.transform.pixels_per_mm == pytest.approx(300 / 200)
    viewport.set_transform(viewport.transform.panned(10, 0))
    viewport.resize(600, 500)
    assert viewport.transform.pixels_per_mm == pytest.approx(300 / 200)


def test_overlays_are_drawn_by_level(viewport, grey):
    viewport.set_window(Window(1e6, 1.0, "linear_exact"))  # a black picture: what is left is overlay
    viewport.set_corner_text({Corner.TOP_LEFT: ("First", "Second", "Third"), Corner.TOP_RIGHT: ("Right",)})
    drawn = {}
    for level in OverlayLevel:
        viewport.set_overlay_level(level)
        drawn[level] = grey(viewport.rendered_image())[3:70, 3:200] > 128
    assert drawn[OverlayLevel.FULL][20:].any()
    assert drawn[OverlayLevel.MINIMAL][:20].any()
    assert not drawn[OverlayLevel.MINIMAL][24:].any()
    assert not drawn[OverlayLevel.NONE].any()


def test_assumptions_stay_on_the_screen_at_every_level(viewport):
    viewport.set_window(Window(1e6, 1.0, "linear_exact"))
    for level in OverlayLevel:
        viewport.set_overlay_level(level)
        image = viewport.rendered_image()
        amber = sum(
            image.pixelColor(x, y).red() > 200 and image.pixelColor(x, y).blue() < 130
            for x in range(180, 420)
            for y in range(420, 490)
        )
        assert amber > 40, level


@pytest.mark.parametrize(
    ("pixels_per_mm", "widest", "length"), [(1.0, 120, 100), (2.0, 120, 50), (0.37, 100, 200), (30.0, 100, 2)]
)
def test_scale_bars_are_round(pixels_per_mm, widest, length):
    assert scale_bar_length(pixels_per_mm, widest) == length


def test_small_viewports_paint_without_text(make_viewport, source):
    viewport = make_viewport(source, size=(130, 105))
    viewport.set_corner_text(dict.fromkeys(Corner, ("A very long line of text " * 5,)))
    assert not viewport.rendered_image().isNull()


def test_an_empty_viewport_says_what_it_is_for(qtbot, grey):
    from widgets.viewport import Viewport

    viewport = Viewport()
    qtbot.addWidget(viewport)
    viewport.resize(400, 300)
    viewport.set_empty_message("No radiograph in this study", "Drag a series here.")
    viewport.show()
    assert (grey(viewport.rendered_image())[100:200, 50:350] > 80).sum() > 100
