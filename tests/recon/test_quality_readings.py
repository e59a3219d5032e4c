"""Widths of curves, own pixels, differences of sources."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon.errors import BocageError
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.quality.readings import Difference, along_ray, own_pixels, value_at, width_at
from recon.simulate.acquisition import linear_sweep
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource, SourceInfo
from recon.stored import Volume

INFO = SourceInfo("test", "", (0.0, 100.0))


def volume(pixels: np.ndarray, heights: list[float], spacing: float = 0.5) -> Volume:
    grid = PlaneGrid((-3.0, 2.0), (spacing, spacing), pixels.shape[1:])
    return Volume(pixels.astype(np.float32), heights, grid, INFO)


def test_the_width_of_a_gaussian_is_its_fwhm() -> None:
    x = np.linspace(-9, 9, 361)
    assert width_at(x, np.exp(-(x**2) / (2 * 1.7**2))) == pytest.approx(2 * math.sqrt(2 * math.log(2)) * 1.7, rel=1e-3)
    assert width_at(x, np.exp(-(x**2) / (2 * 1.7**2)), 0.1) == pytest.approx(
        2 * math.sqrt(2 * math.log(10)) * 1.7, 1e-3
    )


def test_a_width_is_exact_on_straight_flanks_and_uneven_points() -> None:
    assert width_at([-5.0, 0.0, 1.0, 2.0, 9.0], [0.0, 1.0, 0.8, 0.2, 0.0]) == pytest.approx(2.5 + 1.5)


def test_a_width_ends_at_the_first_fall_not_at_a_side_lobe() -> None:
    assert width_at(np.arange(7.0), [0.0, 1.0, 0.0, 0.9, 0.0, 0.0, 0.0]) == pytest.approx(1.0)


def test_a_curve_that_does_not_fall_has_no_width() -> None:
    assert width_at([0.0, 1.0, 2.0], [1.0, 0.9, 0.1]) == math.inf
    with pytest.raises(BocageError, match="ascending"):
        width_at([0.0, 2.0, 1.0], [0.0, 1.0, 0.0])


def test_own_pixels_are_the_stored_ones() -> None:
    pixels = np.arange(2 * 8 * 10).reshape(2, 8, 10)
    source = volume(pixels, [10.0, 20.0])
    # x from -2.2 to 0.1 begins inside pixel 2 (centre -2.0) and ends in pixel 6 (centre 0.0).
    slab = own_pixels(source, 20.0, Rect(-2.2, 2.3, 0.1, 3.6))
    np.testing.assert_array_equal(slab.pixels, pixels[1, 1:4, 2:7])
    assert slab.grid.origin_mm == pytest.approx((-2.0, 2.5))


def test_own_pixels_of_a_live_volume_are_not_resampled() -> None:
    geometry = linear_sweep(n_views=5, pixel_pitch_mm=1.0, shape=(60, 40))
    live = LiveVolume(ProjectionSet(np.random.default_rng(1).random((5, 60, 40), np.float32), geometry))
    planes, grids = live.conical_slabs([130.0])
    slab = own_pixels(live, 130.0, Rect(-5.0, -7.0, 6.0, 4.0))
    row, column = grids[0].mm_to_index(*slab.grid.origin_mm)
    assert row == pytest.approx(round(row), abs=1e-6)
    assert column == pytest.approx(round(column), abs=1e-6)
    rows, columns = slab.grid.shape
    part = planes[0, round(row) : round(row) + rows, round(column) : round(column) + columns]
    # The density that is added everywhere is smooth; differences of neighbours are the slice's own.
    np.testing.assert_allclose(np.diff(slab.pixels), np.diff(part), atol=0.02 * np.abs(np.diff(part)).max())


def test_nothing_outside_the_field_can_be_measured() -> None:
    with pytest.raises(BocageError, match="Nothing is seen"):
        own_pixels(volume(np.zeros((1, 4, 4)), [10.0]), 10.0, Rect(50.0, 50.0, 60.0, 60.0))


def test_values_are_linear_between_pixels() -> None:
    rows, columns = np.mgrid[:8, :10]
    source = volume((3.0 * rows + columns)[None], [10.0])
    assert value_at(source, (-3.0 + 0.5 * 2.5, 2.0 + 0.5 * 4.25), 10.0) == pytest.approx(3 * 4.25 + 2.5, rel=1e-5)


def test_a_ray_keeps_to_the_line_from_the_tube() -> None:
    assert along_ray((4.0, -6.0, 100.0), 90.0, None) == (4.0, -6.0)
    # Half way to a tube at height 500 above the origin everything is half as far from the axis.
    assert along_ray((4.0, -6.0, 100.0), 300.0, (0.0, 0.0, 500.0)) == pytest.approx((2.0, -3.0))
    assert along_ray((0.0, 0.0, 100.0), 150.0, (80.0, 0.0, 500.0)) == pytest.approx((10.0, 0.0))


def test_a_difference_is_a_source_like_any_other() -> None:
    a, b = np.full((1, 4, 4), 5.0), np.full((1, 4, 4), 3.5)
    difference = Difference(volume(a, [10.0]), volume(b, [10.0]))
    assert isinstance(difference, SlabSource)
    np.testing.assert_allclose(difference.slab(SlabRequest(10.0)).pixels, 1.5)
    assert difference.native_pixel_mm(10.0) == (0.5, 0.5)
    with pytest.raises(BocageError, match="same grids"):
        Difference(volume(a, [10.0]), volume(np.zeros((1, 5, 4)), [10.0])).slab(SlabRequest(10.0))
