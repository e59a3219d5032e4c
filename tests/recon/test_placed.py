"""A source in the plane of another picture."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon.errors import BocageError
from recon.placed import PlacedSource, turned
from recon.placement import PlaneMap, SpaceMap, rotation
from recon.slab import PlaneGrid, Rect, SlabRequest, SourceInfo
from recon.stored import Radiograph

SOURCE = (12.0, -30.0, 1000.0)


def wave(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 100.0 + 40.0 * np.sin(x / 9.0) + 30.0 * np.cos(y / 11.0 + 0.3)


def radiograph() -> Radiograph:
    columns, rows = np.meshgrid(np.arange(400), np.arange(360))
    grid = Radiograph(np.zeros((360, 400), np.float32), (0.5, 0.5), SourceInfo("", "", (0.0, 0.0))).grid
    x, y = grid.origin_mm[0] + columns * 0.5, grid.origin_mm[1] + rows * 0.5
    return Radiograph(wave(x, y).astype(np.float32), (0.5, 0.5), SourceInfo("", "", (0.0, 0.0)))


def test_maps_compose_and_invert() -> None:
    first = PlaneMap.similarity(12.0, 1.2, (3.0, -4.0), (10.0, 20.0))
    second = PlaneMap.projection(SOURCE, 0.0, 130.0)
    both = first.then(second)
    assert both((7.0, -2.0)) == pytest.approx(second(first((7.0, -2.0))))
    assert both.inverse(both((7.0, -2.0))) == pytest.approx((7.0, -2.0))
    assert first((10.0, 20.0)) == pytest.approx((13.0, 16.0))
    assert (first.scale, first.turn_deg) == pytest.approx((1.2, 12.0))
    again = PlaneMap.through(both, (5.0, 5.0))
    assert again is not None
    assert again((70.0, -31.0)) == pytest.approx(both((70.0, -31.0)))
    with pytest.raises(BocageError, match="focal spot"):
        PlaneMap.projection(SOURCE, 0.0, 1200.0)


def test_rotations_are_right_handed_in_the_stated_order() -> None:
    assert rotation(90.0, 0.0, 0.0) @ (1.0, 0.0, 0.0) == pytest.approx((0.0, 1.0, 0.0), abs=1e-12)
    assert rotation(0.0, 90.0, 0.0) @ (0.0, 1.0, 0.0) == pytest.approx((0.0, 0.0, 1.0), abs=1e-12)
    assert rotation(0.0, 0.0, 90.0) @ (0.0, 0.0, 1.0) == pytest.approx((1.0, 0.0, 0.0), abs=1e-12)
    placed = SpaceMap.placed((1.0, 2.0, 3.0), 10.0, -20.0, 30.0, centre_mm=(4.0, 5.0, 6.0))
    assert placed.angles_deg == pytest.approx((10.0, -20.0, 30.0))
    assert placed((4.0, 5.0, 6.0)) == pytest.approx((5.0, 7.0, 9.0))
    assert placed.then(placed.inverse)((7.0, 8.0, 9.0)) == pytest.approx((7.0, 8.0, 9.0))


@pytest.mark.parametrize(
    ("carry", "tolerance"),
    [
        (PlaneMap.projection(SOURCE, 150.0, 0.0), 0.15),
        (PlaneMap.similarity(7.0, 1.1, (5.0, -3.0)), 0.3),
        (PlaneMap.similarity(90.0, 1.0), 0.3),
        (PlaneMap(((-1.0, 0.0), (0.0, 1.0))), 0.3),
    ],
)
def test_every_pixel_shows_what_lies_behind_the_map(carry: PlaneMap, tolerance: float) -> None:
    placed = PlacedSource(radiograph(), lambda _: (carry, 0.0))
    slab = placed.slab(SlabRequest(150.0, region=Rect(-60.0, -50.0, 60.0, 50.0), pixel_mm=0.45))
    columns, rows = np.meshgrid(np.arange(slab.grid.shape[1]), np.arange(slab.grid.shape[0]))
    x, y = slab.grid.index_to_mm(rows, columns)
    (a, b), (c, d) = carry.matrix
    u, v = a * x + b * y + carry.offset[0], c * x + d * y + carry.offset[1]
    assert slab.height_mm == 150.0
    assert float(np.nanmax(np.abs(slab.pixels - wave(u, v)))) < tolerance
    assert np.isfinite(slab.pixels).all()


def test_outside_is_empty_and_the_footprint_is_carried() -> None:
    carry = PlaneMap.projection(SOURCE, 200.0, 0.0)
    placed = PlacedSource(radiograph(), lambda _: (carry, 0.0))
    footprint = placed.footprint(200.0)
    assert footprint.width == pytest.approx(200.0 * 0.8)
    assert placed.native_pixel_mm(200.0)[0] == pytest.approx(0.5 * 0.8)
    slab = placed.slab(SlabRequest(200.0, region=Rect(footprint.x1 - 5, 0.0, footprint.x1 + 5, 5.0), pixel_mm=0.5))
    assert np.isfinite(slab.pixels[:, :9]).all()
    assert np.isnan(slab.pixels[:, 11:]).all()
    turned_off = PlacedSource(radiograph(), lambda _: (PlaneMap.similarity(30.0, shift_mm=(900.0, 0.0)), 0.0))
    nothing = turned_off.slab(SlabRequest(0.0, region=Rect(-20.0, -20.0, 20.0, 20.0), pixel_mm=1.0))
    assert np.isnan(nothing.pixels).all()


def test_a_turned_picture_keeps_fine_stripes_from_aliasing() -> None:
    stripes = np.tile(np.where(np.arange(400) % 2, 200.0, 0.0), (360, 1)).astype(np.float32)
    source = Radiograph(stripes, (0.5, 0.5), SourceInfo("", "", (0.0, 0.0)))
    placed = PlacedSource(source, lambda _: (PlaneMap.similarity(3.0), 0.0))
    slab = placed.slab(SlabRequest(0.0, region=Rect(-40.0, -40.0, 40.0, 40.0), pixel_mm=2.2))
    assert float(np.ptp(slab.pixels)) < 60.0


def test_bilinear_samples_agree_with_scipy() -> None:
    from scipy.ndimage import map_coordinates

    image = np.random.default_rng(1).random((40, 50)).astype(np.float32)
    grid, target = PlaneGrid((0.0, 0.0), (1.0, 1.0), (40, 50)), PlaneGrid((12.0, 10.0), (0.7, 0.7), (20, 25))
    carry = PlaneMap.similarity(17.0, centre_mm=(20.0, 17.0))
    columns, rows = np.meshgrid(np.arange(25), np.arange(20))
    x, y = target.index_to_mm(rows, columns)
    (a, b), (c, d) = carry.matrix
    places = [c * x + d * y + carry.offset[1], a * x + b * y + carry.offset[0]]
    expected = map_coordinates(image.astype(np.float64), places, order=1)
    assert np.allclose(turned(image, grid, target, carry), expected, atol=1e-5)
    assert math.isfinite(float(expected.sum()))
