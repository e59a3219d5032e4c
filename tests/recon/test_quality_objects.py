"""Test objects: exact shapes, their places, the part of the detector that sees them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.quality import objects
from recon.quality.objects import Frame, TurnedBox, cropped, seen_by_all
from recon.quality.scene import DISC_CONTRAST_PER_MM, default_height_mm, simulate_scene
from recon.simulate.acquisition import linear_sweep
from recon.simulate.phantoms import SOFT_TISSUE_PER_MM, Phantom
from recon.simulate.shapes import Box, Shape


def coarse(sweep_axis: str = "y", n: int = 7) -> Geometry:
    return linear_sweep(n_views=n, pixel_pitch_mm=1.0, shape=(330, 330), sweep_axis=sweep_axis)


# -- shapes ----------------------------------------------------------------------------------------------------------


def test_a_turned_box_is_a_shape_and_a_box_when_it_is_not_turned() -> None:
    box, turned = Box((3.0, 4.0, 5.0), (6.0, 8.0, 2.0), 0.1), TurnedBox((3.0, 4.0, 5.0), (6.0, 8.0, 2.0), 0.0, 0.1)
    assert isinstance(turned, Shape)
    rng = np.random.default_rng(0)
    source, ray = np.array([50.0, -40.0, 500.0]), rng.normal(0, 30, (200, 3)) - (50.0, -40.0, 500.0)
    for got, expected in zip(turned.chord(source, ray), box.chord(source, ray), strict=True):
        np.testing.assert_allclose(got, expected)
    points = rng.uniform(-3, 10, (200, 3))
    np.testing.assert_array_equal(turned.contains(points), box.contains(points))


def test_a_box_turned_by_30_degrees() -> None:
    """Through its middle along world x a box of width 6 is 6/cos 30° long; its bounds follow its corners."""
    turned = TurnedBox((1.0, 2.0, 3.0), (6.0, 100.0, 2.0), 30.0, 0.1)
    enter, leave = turned.chord(np.array([-200.0, 2.0, 3.0]), np.array([[400.0, 0.0, 0.0]]))
    assert (leave - enter)[0] * 400 == pytest.approx(6 / math.cos(math.radians(30)))
    low, high = turned.bounds_mm()
    half = 3 * math.cos(math.radians(30)) + 50 * math.sin(math.radians(30))
    assert high[0] - 1.0 == pytest.approx(half)
    assert low[0] - 1.0 == pytest.approx(-half)
    assert turned.contains(np.array([1.0 - 49 * 0.5, 2.0 + 49 * math.cos(math.radians(30)), 3.0]))
    assert not turned.contains(np.array([1.0 + 49 * 0.5, 2.0 + 49 * math.cos(math.radians(30)), 3.0]))


@pytest.mark.parametrize("axis", [0, 1])
def test_an_edge_passes_its_point_at_its_slant(axis: int) -> None:
    """The plate ends on the line along = 4 + (across − 7)/12, and lies on the side of smaller `along`."""
    frame = Frame((1.0, -2.0), axis, (0.0, 0.0, 1000.0))
    edge = objects.edge(frame, (4.0, 7.0), 90.0, 40.0)
    across = np.array([-5.0, 0.0, 7.0, 15.0])
    line = 4.0 + (across - 7.0) / 12
    for shift, inside in ((-0.01, True), (0.01, False)):
        points = np.array([frame.place(a + shift, c, 90.0) for a, c in zip(line, across, strict=True)])
        np.testing.assert_array_equal(edge.shapes[0].contains(points), inside)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_wire_has_the_same_slant(axis: int) -> None:
    frame = Frame((1.0, -2.0), axis, (0.0, 0.0, 1000.0))
    wire = objects.wire(frame, (4.0, 7.0), 90.0, 24.0, 0.2)
    points = np.array([frame.place(4.0 + across / 12, 7.0 + across, 90.0) for across in (-11.0, 0.0, 11.0)])
    assert wire.shapes[0].contains(points).all()


# -- places ----------------------------------------------------------------------------------------------------------


def test_the_frame_stands_where_all_views_look() -> None:
    for name, axis in (("x", 0), ("y", 1)):
        frame = Frame.of(coarse(name), 150.0)
        assert frame.sweep_axis == axis
        assert frame.centre_mm == pytest.approx((0.0, 0.0), abs=1e-9)
        assert frame.tube_mm == pytest.approx((0.0, 0.0, 1800.0), abs=1e-9)
        along = frame.place(3.0, 0.0, 10.0)
        assert along[axis] == pytest.approx(3.0)
        assert along[1 - axis] == pytest.approx(0.0, abs=1e-9)
    # Tube over the detector's edge: half way up the middle ray lies half way over.
    source = np.array([[x, 100.0, 1000.0] for x in (-200.0, 0.0, 200.0)])
    still = Geometry(source, np.zeros(3), np.array([0, 1.0, 0]), np.array([1.0, 0, 0]), (1.0, 1.0), (50, 50))
    assert Frame.of(still, 500.0).centre_mm == pytest.approx((0.0, 50.0))


def test_heights_if_not_said() -> None:
    assert default_height_mm(coarse()) == 150.0
    turning = trajectories.isocentric(
        angle_deg=[-10.0, 0.0, 10.0], source_to_detector_mm=1200.0, source_to_axis_mm=800.0, pixel_pitch_mm=1.0,
        shape=(100, 100),
    )  # fmt: skip
    assert default_height_mm(turning) == 400.0


def test_a_part_of_the_detector_sees_what_the_whole_one_sees() -> None:
    geometry = linear_sweep(n_views=5, pixel_pitch_mm=1.0, shape=(201, 180))
    phantom = Phantom((Box((12.0, -30.0, 120.0), (20.0, 30.0, 10.0), 0.02),))
    part = cropped(geometry, phantom, 3)
    whole, seen = phantom.line_integrals(geometry), phantom.line_integrals(part)
    assert part.shape < geometry.shape
    assert whole.sum() == pytest.approx(seen.sum(), rel=1e-6)
    rows, columns = np.nonzero(whole.any(axis=0))
    first = geometry.project(part.pixel_to_world(0, 0, 0))
    row, column = round(float(first[0][0])), round(float(first[1][0]))
    np.testing.assert_allclose(whole[:, row : row + part.shape[0], column : column + part.shape[1]], seen, atol=1e-6)
    assert rows.min() - row in (3, 4)
    assert columns.min() - column in (3, 4)


def test_a_part_of_a_turning_detector() -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-15.0, 0.0, 15.0], source_to_detector_mm=1200.0, source_to_axis_mm=800.0, pixel_pitch_mm=1.0,
        shape=(200, 220),
    )  # fmt: skip
    phantom = Phantom((Box((5.0, 0.0, 400.0), (20.0, 30.0, 10.0), 0.02),))
    part = cropped(geometry, phantom, 2)
    assert part.shape[0] < 60
    for view in range(3):
        shadow = phantom.line_integrals(part)[view]
        assert shadow.sum() == pytest.approx(phantom.line_integrals(geometry)[view].sum(), rel=1e-6)


def test_objects_out_of_sight_are_refused() -> None:
    geometry = coarse()
    with pytest.raises(BocageError, match="does not see"):
        cropped(geometry, Phantom((Box((900.0, 0.0, 100.0), (5.0, 5.0, 5.0), 0.02),)))
    with pytest.raises(BocageError, match="between the tube and the detector"):
        cropped(geometry, Phantom((Box((0.0, 0.0, 1900.0), (5.0, 5.0, 5.0), 0.02),)))
    assert seen_by_all(geometry, [(0.0, 0.0, 100.0)])
    assert not seen_by_all(geometry, [(0.0, 160.0, 300.0)])


def test_fine_objects_are_means_over_the_pixel() -> None:
    """A bead of 0.4 mm keeps its volume: attenuation times volume over the pixel's area at its height."""
    geometry = linear_sweep(n_views=3, half_angle_deg=2.0, pixel_pitch_mm=1.0, shape=(40, 30))
    bead = objects.beads([(0.2, 0.3, 100.0)], 0.4, 2.0)
    views = bead.line_integrals(geometry, oversampling=objects.OVERSAMPLING)
    magnification = 1800 / 1700
    expected = 2.0 * math.pi / 6 * 0.4**3 * magnification**2
    np.testing.assert_allclose(views.sum(axis=(1, 2)), expected, rtol=0.05)


# -- the scene -------------------------------------------------------------------------------------------------------


def test_the_scene_holds_what_it_says() -> None:
    geometry = coarse()
    scene = simulate_scene(geometry, seed=3)
    assert scene.height_mm == 150.0
    assert scene.depth_mm == 100.0
    assert scene.pixel_mm == pytest.approx(1650 / 1800)
    # The same dose whatever the number of views: 7.5 million quanta per mm² shared by seven.
    assert scene.photons_per_view == pytest.approx(7.5e6 / 7)
    middle = 3
    empty = scene.empty.views[middle]
    assert empty.max() == pytest.approx(SOFT_TISSUE_PER_MM * 100, rel=0.01)
    assert (scene.details.views >= scene.empty.views).all()
    metal = scene.plate.views[middle] - empty
    assert metal.max() == pytest.approx(0.5 * 1.0, rel=0.01)
    assert scene.plate_heights_mm == (110.0, 190.0)
    # Where the middle of the 8 mm disc falls: the block, the disc, and noise of the counts.
    counts = scene.noisy.views[middle]
    place = scene.discs_mm[8.0][2]
    row, column = (round(float(index[middle])) for index in scene.noisy.geometry.project(np.array(place)))
    part = counts[row - 2 : row + 3, column - 2 : column + 3]
    expected = SOFT_TISSUE_PER_MM * 100 + DISC_CONTRAST_PER_MM * 5
    assert -np.log(part.mean() / scene.noisy.air) == pytest.approx(expected, abs=0.01)
    np.testing.assert_array_equal(simulate_scene(geometry, seed=3).noisy.views, scene.noisy.views)


def test_planes_hold_the_block_around_the_objects() -> None:
    scene = simulate_scene(coarse(n=3))
    planes = scene.planes_mm(2.5)
    assert planes[0] == 100.0
    assert planes[-1] == 200.0
    assert 150.0 in planes
    np.testing.assert_allclose(np.diff(planes), 2.5)


def test_a_low_tube_gets_a_shallow_block() -> None:
    geometry = linear_sweep(n_views=3, source_to_detector_mm=600.0, pixel_pitch_mm=1.0, shape=(400, 300))
    scene = simulate_scene(geometry, 30.0)
    assert scene.depth_mm == pytest.approx(54.0)


@pytest.mark.parametrize(
    ("height", "photons", "sentence"),
    [
        (3.0, None, "from 10 mm above the detector"),
        (1700.0, None, "from 10 mm above the detector"),
        (900.0, None, "not every view of this geometry sees"),
        (150.0, -1.0, "quanta per pixel must be a positive number"),
    ],
)
def test_scenes_that_cannot_be_are_refused(height: float, photons: float | None, sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        simulate_scene(coarse(), height, photons)


def test_pixels_too_coarse_are_refused() -> None:
    with pytest.raises(BocageError, match="too coarse to measure"):
        simulate_scene(linear_sweep(n_views=3, pixel_pitch_mm=2.0, shape=(200, 200)))
