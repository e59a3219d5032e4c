import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.slab import Rect
from widgets.view_region import aligned, request_region
from widgets.view_transform import MAXIMUM_PIXELS_PER_MM, ViewTransform

coordinates = st.floats(-500, 500)
points = st.tuples(coordinates, coordinates)
transforms = st.builds(
    ViewTransform,
    points,
    st.floats(0.05, 40),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)
sizes = st.tuples(st.integers(50, 3000), st.integers(50, 3000))


@given(transforms, sizes, points)
def test_world_to_widget_and_back(transform, size, point):
    there = transform.world_to_widget(point, size)
    assert transform.widget_to_world(there, size) == pytest.approx(point, abs=1e-6)
    assert transform.to_widget(point, size) == pytest.approx(tuple(there), abs=1e-6)
    assert transform.to_world(tuple(there), size) == pytest.approx(point, abs=1e-6)


@given(transforms, points, st.floats(0.2, 5), sizes)
def test_zoom_keeps_the_point_in_place(transform, point, factor, size):
    before = transform.to_widget(point, size)
    zoomed = transform.zoomed_about(point, factor)
    assert zoomed.to_widget(point, size) == pytest.approx(before, abs=1e-5)
    assert zoomed.pixels_per_mm == pytest.approx(transform.pixels_per_mm * factor)


@given(transforms, points, st.tuples(st.floats(-300, 300), st.floats(-300, 300)), sizes)
def test_pan_moves_by_screen_pixels(transform, point, by, size):
    x, y = transform.to_widget(point, size)
    assert transform.panned(*by).to_widget(point, size) == pytest.approx((x + by[0], y + by[1]), abs=1e-5)


@given(transforms, points, sizes)
def test_mirror_upend_and_turn_act_on_the_screen(transform, point, size):
    width, height = size
    x, y = transform.to_widget(point, size)
    assert transform.mirrored().to_widget(point, size) == pytest.approx((width - x, y), abs=1e-5)
    assert transform.upended().to_widget(point, size) == pytest.approx((x, height - y), abs=1e-5)
    turned = transform.rotated(1).to_widget(point, size)
    # A clockwise quarter turn takes the screen's right to its bottom.
    assert turned == pytest.approx((width / 2 - (y - height / 2), height / 2 + (x - width / 2)), abs=1e-5)
    assert transform.rotated(1).rotated(-1) == transform
    assert transform.mirrored().mirrored() == transform


@given(transforms, sizes)
def test_fitted_shows_the_whole_rectangle(transform, size):
    rect = Rect(-30.0, -10.0, 50.0, 60.0)
    fitted = transform.fitted(rect, size)
    left, top, right, bottom = fitted.widget_rect(rect, size)
    assert left >= -1e-6
    assert top >= -1e-6
    assert right <= size[0] + 1e-6
    assert bottom <= size[1] + 1e-6
    assert max((right - left) / size[0], (bottom - top) / size[1]) == pytest.approx(1.0)
    assert (fitted.quarter_turns, fitted.flip_horizontal) == (transform.quarter_turns, transform.flip_horizontal)


@given(transforms, sizes)
def test_visible_rect_has_the_corners_of_the_widget(transform, size):
    rect = transform.visible_rect(size)
    for corner in ((0, 0), (size[0], 0), (0, size[1]), size):
        x, y = transform.to_world(corner, size)
        assert rect.x0 - 1e-6 <= x <= rect.x1 + 1e-6
        assert rect.y0 - 1e-6 <= y <= rect.y1 + 1e-6
    assert rect.width * rect.height * transform.pixels_per_mm**2 == pytest.approx(size[0] * size[1])


@given(transforms)
def test_oriented_pixels_lie_where_the_transform_puts_them(transform):
    rows, columns = 5, 7
    image = np.arange(rows * columns, dtype=np.uint8).reshape(rows, columns)
    seen = transform.oriented(image)
    size = (100.0, 80.0)
    # One millimetre for each pixel, the image's middle at the centre of the view.
    unit = ViewTransform((0, 0), 1.0, transform.quarter_turns, transform.flip_horizontal, transform.flip_vertical)
    for row in range(rows):
        for column in range(columns):
            x, y = unit.to_widget((column - columns / 2 + 0.5, row - rows / 2 + 0.5), size)
            at_row = math.floor(y - size[1] / 2 + seen.shape[0] / 2)
            at_column = math.floor(x - size[0] / 2 + seen.shape[1] / 2)
            assert seen[at_row, at_column] == image[row, column]


def test_scale_is_kept_within_limits():
    assert ViewTransform(pixels_per_mm=1e9).pixels_per_mm == MAXIMUM_PIXELS_PER_MM
    assert ViewTransform(quarter_turns=5).quarter_turns == 1


@given(transforms, sizes, st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_requested_region_lies_on_device_pixels_and_is_never_finer_than_the_source(transform, size, ratio):
    footprint = Rect(-200.0, -150.0, 200.0, 150.0)
    native = 0.4
    found = request_region(transform, size, ratio, footprint, native)
    seen = transform.visible_rect(size).intersected(footprint)
    if found is None:
        return
    region, pixel = found
    assert pixel >= native * (1 - 1e-6)
    if seen is not None:
        slack = max(pixel, 1e-6) * 1.01
        assert region.x0 <= seen.x0 + slack
        assert region.y1 >= seen.y1 - slack
    if pixel > native * (1 + 1e-6):
        assert pixel == pytest.approx(1.0 / (transform.pixels_per_mm * ratio))
        edges = [edge * ratio for edge in transform.widget_rect(region, size)]
        assert edges == pytest.approx([round(edge) for edge in edges], abs=1e-4)
        assert min(edges) >= -1e-4
    else:
        steps = ((region.x0 - footprint.x0) / native, (region.y0 - footprint.y0) / native)
        assert steps == pytest.approx((round(steps[0]), round(steps[1])), abs=1e-6)


def test_nothing_visible_asks_for_nothing():
    far = ViewTransform((5000.0, 0.0), 1.0)
    assert request_region(far, (400, 300), 1.0, Rect(-10, -10, 10, 10), 0.1) is None
    assert request_region(ViewTransform((5000.0, 0.0), 50.0), (400, 300), 1.0, Rect(-10, -10, 10, 10), 0.1) is None


def test_aligned_puts_image_pixels_on_screen_pixels():
    footprint = Rect(-10.13, -7.77, 10.0, 8.0)
    transform = aligned(ViewTransform((0.21, 0.4), 2.5), (301, 200), 1.0, footprint)
    left, top, _, _ = transform.widget_rect(footprint, (301, 200))
    assert (left, top) == pytest.approx((round(left), round(top)), abs=1e-9)
