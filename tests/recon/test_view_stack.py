"""The projections as a stack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recon import trajectories
from recon.geometry import Geometry
from recon.projections import ProjectionSet
from recon.slab import Rect, SlabRequest, SlabSource
from recon.stored import Radiograph
from recon.view_stack import ViewStack, view_as_radiograph, view_image

AIR = 4000.0


def geometry(n: int = 5, shape: tuple[int, int] = (600, 520)) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-200, 200, n), source_to_detector_mm=1000.0, pixel_pitch_mm=0.5, shape=shape
    )


def counts(seed: int = 0, **of: object) -> ProjectionSet:
    made = geometry(**of)  # type: ignore[arg-type]
    views = np.random.default_rng(seed).integers(1, 4000, (made.n_views, *made.shape)).astype(np.uint16)
    return ProjectionSet(views, made, "counts", air=AIR)


def test_it_is_a_source_whose_heights_are_numbers_of_views() -> None:
    stack = ViewStack(counts())
    assert isinstance(stack, SlabSource)
    assert stack.info.height_range_mm == (1.0, 5.0)
    assert stack.info.interval_mm == 1.0
    assert [stack.index(height) for height in (-3, 1, 1.4, 1.6, 5, 9)] == [0, 0, 0, 1, 4, 4]
    assert stack.slab(SlabRequest(2.3)).height_mm == 2.0


def test_pixels_are_line_integrals_and_lie_where_the_radiographs_would() -> None:
    projections = counts()
    stack = ViewStack(projections)
    for index in (0, 3):
        slab = stack.slab(SlabRequest(index + 1.0))
        np.testing.assert_allclose(slab.pixels, np.log(AIR / projections.views[index]), atol=1e-5)
        single = view_as_radiograph(projections, index)
        assert slab.grid == single.grid
        assert isinstance(single, Radiograph)
        np.testing.assert_array_equal(single.pixels, slab.pixels)


def test_each_view_has_its_own_geometry_and_angle() -> None:
    stack = ViewStack(counts())
    np.testing.assert_allclose(stack.view_geometry(2.0).source_mm[0], stack.geometry.source_mm[1])
    assert stack.angle_deg(1.0) == pytest.approx(-np.degrees(np.arctan(0.2)))
    assert stack.angle_deg(3.0) == pytest.approx(0.0)


@pytest.mark.parametrize("pixel", [1.0, 1.7, 2.0, 4.0, 9.0])
def test_minified_views_are_means_and_do_not_alias(pixel: float) -> None:
    """A fine stripe pattern becomes grey; an even slope stays exact."""
    made = geometry(3)
    rows, columns = np.mgrid[: made.shape[0], : made.shape[1]].astype(np.float32)
    stripes = (columns % 2) * 2 - 1
    views = np.stack([0.01 * columns + 0.02 * rows, stripes, np.zeros_like(rows)]).astype(np.float32)
    stack = ViewStack(ProjectionSet(views, made))
    region = Rect(-100, -120, 100, 120)
    slab = stack.slab(SlabRequest(1.0, region=region, pixel_mm=pixel))
    y, x = np.indices(slab.grid.shape)
    x_mm, y_mm = slab.grid.origin_mm[0] + x * pixel, slab.grid.origin_mm[1] + y * pixel
    expected = 0.01 * (x_mm / 0.5 + 259.5) + 0.02 * (y_mm / 0.5 + 299.5)
    np.testing.assert_allclose(slab.pixels, expected, atol=0.005)  # boxes of whole bins, at odd sizes
    assert np.abs(stack.slab(SlabRequest(2.0, region=region, pixel_mm=pixel)).pixels).max() < 0.35


def test_bins_of_an_uneven_size_lie_in_place() -> None:
    made = geometry(2, shape=(603, 521))
    rows, columns = np.mgrid[: made.shape[0], : made.shape[1]].astype(np.float32)
    stack = ViewStack(ProjectionSet(np.stack([columns + 3 * rows] * 2), made))
    slab = stack.slab(SlabRequest(1.0, region=Rect(-50, -50, 50, 50), pixel_mm=2.0))
    x, y = slab.grid.index_to_mm(10, 20)
    assert slab.pixels[10, 20] == pytest.approx((x / 0.5 + 260) + 3 * (y / 0.5 + 301), abs=1e-2)


def test_few_views_are_kept() -> None:
    stack = ViewStack(counts(n=12), cache_bytes=4 << 20)
    for height in range(1, 13):
        stack.slab(SlabRequest(float(height)))
        stack.slab(SlabRequest(float(height), pixel_mm=1.0))
    assert stack.nbytes <= 4 << 20
    fresh = ViewStack(stack.projections)
    np.testing.assert_array_equal(
        stack.slab(SlabRequest(1.0, pixel_mm=1.0)).pixels, fresh.slab(SlabRequest(1.0, pixel_mm=1.0)).pixels
    )


def test_views_of_unlike_exposure_are_shown_alike() -> None:
    made = replace(geometry(3, (200, 160)), exposure=np.array([1.0, 2.0, 3.0]))
    share = made.exposure / made.exposure.mean()  # type: ignore[operator, union-attr]
    views = np.stack([np.full((200, 160), 1000 * value, np.float32) for value in share])
    stack = ViewStack(ProjectionSet(views, made, "counts", air=2000.0))
    for height in (1.0, 2.0, 3.0):
        np.testing.assert_allclose(stack.slab(SlabRequest(height)).pixels, np.log(2.0), rtol=1e-4)


def test_the_collimators_shadow_is_nothing() -> None:
    projections = counts()
    views = projections.views.copy()  # type: ignore[attr-defined]
    views[:, :, :40] = 0
    views[1, 300, 200] = 0
    image = view_image(replace(projections, views=views), 1)
    assert np.isnan(image[:, :40]).all()
    assert np.isfinite(image[:, 40:]).all()
    assert image[300, 200] == pytest.approx(np.log(AIR / 0.5))
