"""Pixels inside outlines and along lines, against masks and ramps that are known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path as Outline

from recon.regions import (
    Ellipse,
    Polygon,
    Statistics,
    histogram_of,
    profile_samples,
    region_histogram,
    region_values,
    statistics_of,
)
from recon.slab import PlaneGrid, Rect, Slab

GRID = PlaneGrid.covering(Rect(-20, -15, 20, 15), 0.5)
X = GRID.origin_mm[0] + 0.5 * np.arange(GRID.shape[1])
Y = GRID.origin_mm[1] + 0.5 * np.arange(GRID.shape[0])


def ramp(a=2.0, b=-3.0, c=100.0):
    pixels = a * X[None, :] + b * Y[:, None] + c
    return Slab(pixels.astype(np.float32), GRID, 0.0)


@given(st.lists(st.tuples(st.floats(-25, 25), st.floats(-20, 20)), min_size=3, max_size=9))
def test_a_polygon_has_the_pixels_that_matplotlib_finds_inside(vertices):
    mask = Polygon(tuple(vertices)).mask(GRID)
    centres = np.stack(np.meshgrid(X, Y), axis=-1).reshape(-1, 2)
    # Even-odd by counting the edges to the right of each centre: an implementation of its own.
    a, b = np.array(vertices), np.roll(np.array(vertices), -1, axis=0)
    straddles = (a[None, :, 1] > centres[:, None, 1]) != (b[None, :, 1] > centres[:, None, 1])
    with np.errstate(all="ignore"):
        slope = (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        at = a[None, :, 0] + (centres[:, None, 1] - a[None, :, 1]) * slope[None]
    expected = ((straddles & (centres[:, None, 0] < at)).sum(axis=1) % 2 == 1).reshape(GRID.shape)
    on_an_edge = (straddles & np.isclose(centres[:, None, 0], at, atol=1e-9)).any(axis=1).reshape(GRID.shape)
    assert np.array_equal(mask[~on_an_edge], expected[~on_an_edge])
    assert mask.shape == GRID.shape


def test_a_convex_polygon_agrees_with_matplotlib():
    vertices = ((-10.1, -7.3), (12.2, -3.1), (7.7, 9.9), (-6.1, 11.2))
    centres = np.stack(np.meshgrid(X, Y), axis=-1).reshape(-1, 2)
    expected = Outline(vertices).contains_points(centres).reshape(GRID.shape)
    assert np.array_equal(Polygon(vertices).mask(GRID), expected)


def test_neighbouring_polygons_share_no_pixel_and_leave_none_out():
    left = Polygon(((-10, -10), (0.25, -10), (0.25, 10), (-10, 10))).mask(GRID)
    right = Polygon(((0.25, -10), (10, -10), (10, 10), (0.25, 10))).mask(GRID)
    both = Polygon(((-10, -10), (10, -10), (10, 10), (-10, 10))).mask(GRID)
    assert not (left & right).any()
    assert np.array_equal(left | right, both)
    assert both.sum() == 40 * 40


def test_an_ellipse_has_the_pixels_within_its_equation():
    ellipse = Ellipse((3.0, -2.0), (8.0, 5.0))
    expected = ((X[None, :] - 3) / 8) ** 2 + ((Y[:, None] + 2) / 5) ** 2 <= 1
    assert np.array_equal(ellipse.mask(GRID), expected)
    values = region_values(ramp(), ellipse)
    found = statistics_of(values, "HU")
    picked = ramp().pixels[expected].astype(np.float64)
    assert found.count == picked.size
    assert found.mean == pytest.approx(picked.mean())
    assert found.standard_deviation == pytest.approx(picked.std(ddof=1))
    assert (found.minimum, found.maximum, found.unit) == (picked.min(), picked.max(), "HU")
    # And against theory: the mean is the value at the centre, SD² = (a·8/2)² + (b·5/2)².
    assert found.mean == pytest.approx(100 + 2 * 3 + 3 * 2, abs=0.05)
    assert found.standard_deviation == pytest.approx(math.hypot(2 * 4, 3 * 2.5), rel=0.01)


def test_pixels_without_a_value_do_not_count():
    slab = ramp()
    slab.pixels[:, :40] = np.nan
    whole = Polygon(((-50, -50), (50, -50), (50, 50), (-50, 50)))
    assert statistics_of(region_values(slab, whole)).count == GRID.shape[0] * (GRID.shape[1] - 40)
    away = Polygon(((90, 90), (95, 90), (95, 95)))
    assert statistics_of(region_values(slab, away)) == pytest.approx(Statistics(), nan_ok=True)


def test_histograms_count_every_pixel_once():
    region = Ellipse((0.0, 0.0), (12.0, 9.0))
    for bins in (None, 16):
        found = region_histogram(ramp(), region, bins, "HU")
        assert found.counts.sum() == region.mask(GRID).sum()
        assert len(found.edges) == len(found.counts) + 1
        assert np.all(np.diff(found.edges) > 0)
    values = np.array([3.0, 3.0, 5.0, 4.0, 3.0])
    levels = histogram_of(values)
    assert levels.counts.tolist() == [3, 1, 1]
    assert levels.edges.tolist() == [2.5, 3.5, 4.5, 5.5]
    assert histogram_of(np.full(7, 0.02)).counts.tolist() == [7]
    assert histogram_of(np.zeros(0)).counts.size == 0


@given(
    st.tuples(st.floats(-19, 19), st.floats(-14, 14)),
    st.tuples(st.floats(-19, 19), st.floats(-14, 14)),
)
def test_a_profile_over_a_ramp_is_exact(start, end):
    found = profile_samples(ramp(), (start, end))
    expected = 2 * found.points_mm[:, 0] - 3 * found.points_mm[:, 1] + 100
    assert found.values == pytest.approx(expected, abs=2e-4)
    assert found.distance_mm[-1] == pytest.approx(math.dist(start, end))
    assert tuple(found.points_mm[0]) == pytest.approx(start)
    assert tuple(found.points_mm[-1]) == pytest.approx(end)
    assert np.diff(found.distance_mm).max(initial=0) <= 0.25 + 1e-9


def test_a_profile_does_not_smooth_an_edge():
    pixels = np.where(X[None, :] < 0, 0.0, 1.0) * np.ones((GRID.shape[0], 1))
    found = profile_samples(Slab(pixels.astype(np.float32), GRID, 0.0), ((-5.0, 0.1), (5.0, 0.1)))
    # From 0 to 1 within the one pixel between the two centres at the edge.
    assert found.values[found.points_mm[:, 0] <= -0.25].max() == 0
    assert found.values[found.points_mm[:, 0] >= 0.25].min() == 1


def test_a_profile_around_a_corner_and_beyond_the_picture():
    found = profile_samples(ramp(), ((0, 0), (10, 0), (10, 5)))
    assert found.distance_mm[-1] == 15
    corner = np.argmin(abs(found.distance_mm - 10))
    assert tuple(found.points_mm[corner]) == pytest.approx((10, 0), abs=0.2)
    out = profile_samples(ramp(), ((15, 0), (30, 0)))
    assert np.isnan(out.values[out.points_mm[:, 0] > 20.01]).all()
    assert np.isfinite(out.values[out.points_mm[:, 0] < 20]).all()
