"""Stored stacks and radiographs as slab sources."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.minify import minified
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource, SourceInfo
from recon.stored import Radiograph, Volume

INFO = SourceInfo("Stored", "HU", (10.0, 19.0))
GRID = PlaneGrid((-5.0, 7.0), (0.5, 0.8), (12, 16))


def stack(dtype: type = np.int16, **changes: float) -> Volume:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 1000, (10, 12, 16)).astype(dtype)
    return Volume(pixels, np.arange(10.0, 20.0), GRID, INFO, **changes)


def test_they_are_slab_sources() -> None:
    assert isinstance(stack(), SlabSource)
    assert isinstance(Radiograph(np.ones((3, 4)), (1.0, 1.0), INFO), SlabSource)


# -- volumes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize(("height", "index"), [(10.0, 0), (13.4, 3), (13.6, 4), (-50.0, 0), (99.0, 9)])
def test_a_thin_request_gives_the_nearest_stored_slice(dtype: type, height: float, index: int) -> None:
    volume = stack(dtype)
    slab = volume.slab(SlabRequest(height))
    np.testing.assert_array_equal(slab.pixels, volume.pixels[index].astype(np.float32))
    assert slab.pixels.dtype == np.float32
    assert slab.height_mm == 10.0 + index
    assert slab.grid == GRID


def test_values_are_rescaled() -> None:
    volume = stack(slope=2.0, intercept=-1024.0)
    np.testing.assert_allclose(volume.slab(SlabRequest(12.0)).pixels, volume.pixels[2] * 2.0 - 1024.0)


@pytest.mark.parametrize(
    ("thickness", "indices"), [(1.0, [4]), (2.0, [3, 4, 5]), (5.0, range(2, 7)), (99.0, range(10))]
)
def test_a_slab_is_the_mean_of_the_slices_inside(thickness: float, indices: list[int]) -> None:
    volume = stack(slope=0.5, intercept=3.0)
    slab = volume.slab(SlabRequest(14.0, thickness))
    expected = np.mean([volume.pixels[index] * 0.5 + 3.0 for index in indices], axis=0)
    np.testing.assert_allclose(slab.pixels, expected, rtol=1e-5)
    # A slab between two slices takes both.
    between = volume.slab(SlabRequest(14.5, 1.0))
    np.testing.assert_allclose(between.pixels, (volume.pixels[4] + volume.pixels[5]) * 0.25 + 3.0, rtol=1e-5)
    assert between.height_mm == 14.5


def test_the_answer_says_what_it_is() -> None:
    volume = stack()
    slab = volume.slab(SlabRequest(14.2, 3.0))
    assert slab.height_mm == pytest.approx(14.0)
    assert slab.thickness_mm == pytest.approx(3.0)
    assert volume.footprint(12.0) == GRID.bounds
    assert volume.native_pixel_mm(12.0) == (0.5, 0.8)


def test_padding_is_not_a_number_and_stays_out_of_the_values() -> None:
    pixels = np.full((3, 12, 16), 100, np.int16)
    pixels[1, 2:5, 3:9] = -2000
    volume = Volume(pixels, [1.0, 2.0, 3.0], GRID, INFO, slope=1.0, intercept=-50.0, padding_value=-2000)
    thin = volume.slab(SlabRequest(2.0)).pixels
    np.testing.assert_array_equal(np.isnan(thin), pixels[1] == -2000)
    assert np.nanmin(thin) == np.nanmax(thin) == 50.0
    # On another grid too, magnified and minified: never a mixture of padding and image.
    for pixel in (0.3, 2.0):
        part = volume.slab(SlabRequest(2.0, 0.0, GRID.bounds, pixel)).pixels
        assert np.isnan(part).any()
        np.testing.assert_allclose(part[np.isfinite(part)], 50.0, rtol=1e-5)


def test_a_region_is_cut_out_where_it_lies() -> None:
    """Values that say their own place come out at their place."""
    grid = PlaneGrid((-20.0, 30.0), (1.0, 1.0), (41, 51))
    x = grid.origin_mm[0] + np.arange(51.0)
    y = grid.origin_mm[1] + np.arange(41.0)
    pixels = (x[None, :] + 100.0 * y[:, None])[None].astype(np.float32)
    volume = Volume(pixels, [5.0], grid, INFO)
    region = Rect(-10.25, 35.5, 12.0, 60.0)
    for pixel in (0.25, 1.0, 2.5):
        slab = volume.slab(SlabRequest(5.0, 0.0, region, pixel))
        assert slab.grid == PlaneGrid.covering(region, pixel)
        for row, column in ((3, 2), (slab.grid.shape[0] - 3, slab.grid.shape[1] - 2)):
            at_x, at_y = slab.grid.index_to_mm(row, column)
            # The mean over a box of 2.5 stored pixels lies up to 0.05 pixels beside its middle.
            tolerance = 0.02 if pixel <= 1.0 else 5.1
            assert slab.pixels[row, column] == pytest.approx(at_x + 100.0 * at_y, abs=tolerance)


def test_fine_lines_turn_grey_in_a_volume_and_in_a_radiograph() -> None:
    lines = np.zeros((512, 640), np.uint16)
    lines[:, ::2] = 1000
    grid = PlaneGrid((0.0, 0.0), (0.1, 0.1), lines.shape)
    for source in (Volume(lines[None], [0.0], grid, INFO), Radiograph(lines, (0.1, 0.1), INFO)):
        bounds = source.footprint(0.0)
        inner = Rect(bounds.x0 + 3, bounds.y0 + 3, bounds.x1 - 3, bounds.y1 - 3)
        for pixel in (0.2, 0.23, 0.4, 0.77, 1.9):
            slab = source.slab(SlabRequest(0.0, 0.0, inner, pixel)).pixels
            assert float(np.nanmean(slab)) == pytest.approx(500.0, abs=12.0)
            # A box leaves at most pixel/size of a line; sampling would leave all, ±500.
            assert np.nanmax(np.abs(slab - 500.0)) <= 500.0 * 0.1 / pixel + 1.0


@pytest.mark.parametrize(
    ("shape", "heights", "sentence"),
    [
        ((3, 12, 16), [1.0, 2.0], "2 slices of 12 × 16 pixels was announced"),
        ((3, 16, 12), [1.0, 2.0, 3.0], "found an array of shape"),
        ((12, 16), [1.0], "found an array of shape"),
        ((3, 12, 16), [1.0, 3.0, 2.0], "must ascend"),
        ((3, 12, 16), [1.0, 1.0, 2.0], "must ascend"),
        ((0, 12, 16), [], "at least one slice"),
    ],
)
def test_wrong_volumes_are_refused(shape: tuple[int, ...], heights: list[float], sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        Volume(np.zeros(shape, np.int16), heights, GRID, INFO)


# -- radiographs -----------------------------------------------------------------------------------------------------


def test_a_radiograph_lies_about_the_worlds_origin() -> None:
    image = Radiograph(np.arange(35.0).reshape(5, 7), (0.2, 0.3), INFO)
    assert image.grid.index_to_mm(2, 3) == pytest.approx((0.0, 0.0))
    field = image.footprint(0.0)
    assert (field.x0, field.y0, field.x1, field.y1) == pytest.approx((-0.7, -0.75, 0.7, 0.75))
    slab = image.slab(SlabRequest(120.0, 30.0))  # neither height nor thickness applies
    assert (slab.height_mm, slab.thickness_mm) == (0.0, 0.0)
    np.testing.assert_array_equal(slab.pixels, image.pixels)


def test_a_radiograph_with_a_geometry_lies_where_its_detector_does() -> None:
    geometry = Geometry([3.0, 4.0, 1800.0], [30.0, -40.0, 0.0], [0, 1, 0], [1, 0, 0], (0.3, 0.2), (5, 7))
    image = Radiograph(np.zeros((5, 7)), (0.2, 0.3), INFO, geometry)
    assert image.grid.index_to_mm(2, 3) == pytest.approx((30.0, -40.0))


def test_a_large_radiograph_is_the_same_from_its_coarser_levels() -> None:
    rng = np.random.default_rng(0)
    coarse = rng.normal(size=(150, 130)).astype(np.float32)
    image = np.kron(coarse, np.ones((16, 16), np.float32))  # 2400 × 2080, blocks that are exact means
    source = Radiograph(image, (0.1, 0.1), INFO)
    slab = source.slab(SlabRequest(0.0, 0.0, source.footprint(0.0), 1.6))
    np.testing.assert_allclose(slab.pixels, coarse, atol=1e-3)


@pytest.mark.parametrize(
    ("shape", "spacing", "sentence"),
    [
        ((3, 4, 5), (1.0, 1.0), "must be an array"),
        ((0, 4), (1.0, 1.0), "must be an array"),
        ((3, 4), (0.0, 1.0), "spacing must be positive"),
        ((3, 4), (1.0, float("nan")), "spacing must be positive"),
    ],
)
def test_wrong_radiographs_are_refused(shape: tuple[int, ...], spacing: tuple[float, float], sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        Radiograph(np.zeros(shape), spacing, INFO)


def test_a_geometry_that_does_not_fit_is_refused() -> None:
    geometry = Geometry([0, 0, 1800.0], [0, 0, 0], [0, 1, 0], [1, 0, 0], (0.3, 0.2), (5, 7))
    with pytest.raises(BocageError, match="one view of the image's size"):
        Radiograph(np.zeros((7, 5)), (0.2, 0.3), INFO, geometry)


# -- grids -----------------------------------------------------------------------------------------------------------


def test_grids_cover_their_rectangle_and_know_their_edges() -> None:
    grid = PlaneGrid.covering(Rect(-1.0, 2.0, 2.05, 4.0), 0.5)
    assert grid.shape == (4, 7)
    assert grid.origin_mm == pytest.approx((-0.75, 2.25))
    bounds = grid.bounds
    assert (bounds.x0, bounds.y0, bounds.x1, bounds.y1) == pytest.approx((-1.0, 2.0, 2.5, 4.0))
    assert grid.mm_to_index(*grid.index_to_mm(2.5, -1.25)) == pytest.approx((2.5, -1.25))


@pytest.mark.parametrize("pixel", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_pixels_are_refused(pixel: float) -> None:
    with pytest.raises(BocageError, match="pixel size must be a positive number"):
        PlaneGrid.covering(Rect(0, 0, 1, 1), pixel)
    with pytest.raises(BocageError, match="pixel size must be a positive number"):
        stack().slab(SlabRequest(12.0, 0.0, None, pixel))


def test_rectangles() -> None:
    one = Rect(0.0, 0.0, 4.0, 2.0)
    assert one.centre == (2.0, 1.0)
    assert one.intersected(Rect(3.0, -1.0, 9.0, 1.0)) == Rect(3.0, 0.0, 4.0, 1.0)
    assert one.intersected(Rect(4.0, 0.0, 5.0, 1.0)) is None
    assert one.contains(4.0, 2.0)
    assert not one.contains(4.1, 2.0)


def test_the_value_under_the_pointer() -> None:
    slab = stack().slab(SlabRequest(10.0))
    assert slab.value_at(*GRID.index_to_mm(3.4, 5.4)) == slab.pixels[3, 5]
    assert np.isnan(slab.value_at(999.0, 0.0))
    assert np.isnan(slab.value_at(*GRID.index_to_mm(-1, 0)))


@pytest.mark.parametrize("pixel", [0.5, 1.6])
def test_a_large_radiograph_is_shown_the_same_from_its_coarser_levels(pixel: float) -> None:
    """Of detail that the screen can show; noise without any limit is dulled a little on the way."""
    rng = np.random.default_rng(0)
    image = gaussian_filter(rng.normal(size=(2400, 2080)), 1.5 * pixel / 0.1).astype(np.float32)
    source = Radiograph(image, (0.1, 0.1), INFO)
    assert len(source._shown_pyramid) > 1
    slab = source.slab(SlabRequest(0.0, 0.0, source.footprint(0.0), pixel, shown=True))
    at_once = minified(image, source.grid, slab.grid)
    assert np.abs(slab.pixels - at_once).max() < 0.05 * image.std()
