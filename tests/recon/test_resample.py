"""Resampling between grids of one plane."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import map_coordinates

from recon.resample import resample
from recon.slab import PlaneGrid, Rect


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 999),
    rows=st.integers(1, 40),
    columns=st.integers(1, 40),
    ratio=st.floats(0.05, 1.2),
    shift=st.tuples(st.floats(-8, 8), st.floats(-8, 8)),
    dtype=st.sampled_from([np.float32, np.uint16, np.int16]),
)
def test_magnified_it_is_bilinear(
    seed: int, rows: int, columns: int, ratio: float, shift: tuple[float, float], dtype: type
) -> None:
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 1000, (rows, columns)).astype(dtype)
    source = PlaneGrid((3.0, -2.0), (0.7, 0.5), (rows, columns))
    target = PlaneGrid((3.0 + shift[0], -2.0 + shift[1]), (0.7 * ratio, 0.5 * ratio), (23, 29))
    got = resample(image, source, target)
    x = target.origin_mm[0] + target.spacing_mm[0] * np.arange(29)
    y = target.origin_mm[1] + target.spacing_mm[1] * np.arange(23)
    c, r = (x - 3.0) / 0.7, (y + 2.0) / 0.5
    r, c = np.meshgrid(r, c, indexing="ij")
    expected = map_coordinates(image.astype(np.float64), [r, c], order=1, mode="nearest")
    inside = (r >= -0.5) & (r <= rows - 0.5) & (c >= -0.5) & (c <= columns - 0.5)
    edge = np.minimum.reduce([np.abs(r + 0.5), np.abs(r - rows + 0.5), np.abs(c + 0.5), np.abs(c - columns + 0.5)])
    sure = edge > 1e-6
    np.testing.assert_array_equal(np.isnan(got)[sure], ~inside[sure])
    keep = inside & sure
    np.testing.assert_allclose(got[keep], expected[keep], atol=0.05)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 999), ratio=st.floats(1.3, 9.0), shift=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
)  # fmt: skip
def test_minified_it_is_the_mean_over_the_pixel(seed: int, ratio: float, shift: tuple[float, float]) -> None:
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(31, 37)).astype(np.float32)
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (31, 37))
    target = PlaneGrid(shift, (ratio, ratio), (7, 6))
    got = resample(image, source, target)
    # Exact areas from cumulative sums, linear between pixel edges.
    total = np.pad(np.cumsum(np.cumsum(image, 0, dtype=np.float64), 1), ((1, 0), (1, 0)))
    for row in range(7):
        for column in range(6):
            top, left = shift[1] + (row - 0.5) * ratio + 0.5, shift[0] + (column - 0.5) * ratio + 0.5
            edges = [
                np.clip(value, 0, size)
                for value, size in ((top, 31), (top + ratio, 31), (left, 37), (left + ratio, 37))
            ]
            area = (edges[1] - edges[0]) * (edges[3] - edges[2])
            if area < 0.01 * ratio:
                continue
            corner = map_coordinates(
                total, [[edges[1], edges[0], edges[1], edges[0]], [edges[3], edges[2], edges[2], edges[3]]], order=1
            )
            expected = (corner[0] + corner[1] - corner[2] - corner[3]) / area
            assert got[row, column] == pytest.approx(expected, abs=2e-3)


def test_outside_is_not_a_number() -> None:
    image = np.ones((5, 5), np.float32)
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (5, 5))
    for pixel in (0.5, 3.0):
        got = resample(image, source, PlaneGrid.covering(Rect(-20.0, -20.0, 20.0, 20.0), pixel))
        assert np.isnan(got[0]).all()
        assert np.isfinite(got).any()
        assert np.nanmin(got) == np.nanmax(got) == 1.0
    assert np.isnan(resample(image, source, PlaneGrid((100.0, 0.0), (1.0, 1.0), (3, 3)))).all()


@pytest.mark.parametrize("axis", [0, 1])
def test_lines_finer_than_the_pixel_turn_grey(axis: int) -> None:
    """Black and white lines of one pixel: whatever the ratio, what is left is below a box's own leak, 1/ratio."""
    image = np.zeros((600, 600), np.float32)
    image[(slice(None),) * axis + (slice(None, None, 2),)] = 1.0
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (600, 600))
    for ratio in (2.0, 2.31, 3.0, 3.77, 4.0, 6.5, 11.9):
        got = resample(image, source, PlaneGrid.covering(Rect(20, 20, 580, 580), ratio))
        assert float(got.mean()) == pytest.approx(0.5, abs=0.01)
        assert np.abs(got - 0.5).max() <= 0.5 / ratio + 1e-4
    for ratio in (2.0, 4.0):
        got = resample(image, source, PlaneGrid.covering(Rect(20, 20, 580, 580), ratio))
        np.testing.assert_allclose(got, 0.5, atol=1e-5)


def test_the_same_grid_copies() -> None:
    image = np.random.default_rng(0).normal(size=(20, 30)).astype(np.float32)
    grid = PlaneGrid((5.0, 6.0), (0.3, 0.4), (20, 30))
    np.testing.assert_allclose(resample(image, grid, grid), image, atol=1e-6)


def test_a_strided_image_is_read_as_it_is() -> None:
    image = np.random.default_rng(0).normal(size=(20, 30)).astype(np.float32)
    source, target = PlaneGrid((0.0, 0.0), (1.0, 1.0), (30, 20)), PlaneGrid((1.0, 1.0), (3.0, 3.0), (9, 6))
    np.testing.assert_array_equal(resample(image.T, source, target), resample(image.T.copy(), source, target))
