"""Proof on an analytic phantom: things stand at their heights and places, slabs are means, values are true."""

from __future__ import annotations

import numpy as np
import pytest
from measures import conical_part, find, slab_disagreement, spheres_and_wire

from recon import trajectories
from recon.algorithms import Algorithm, FilteredBackProjection, ShiftAndAdd
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.shadow import PENUMBRA
from recon.simulate.acquisition import linear_sweep
from recon.simulate.phantoms import Phantom, bead_column
from recon.simulate.shapes import Box, Cylinder, Sphere
from recon.slab import PlaneGrid, Rect, SlabRequest

PITCH, FIELD, RADIUS = 0.4, (320.0, 270.0), 4.0
ROWS, COLUMNS = round(FIELD[0] / PITCH), round(FIELD[1] / PITCH)


def arc() -> Geometry:
    return trajectories.arc(
        angle_deg=np.linspace(-20, 20, 31), source_to_detector_mm=1200, source_to_pivot_mm=1150, pixel_pitch_mm=PITCH,
        shape=(ROWS, COLUMNS),
    )  # fmt: skip


GEOMETRIES = {
    "track along y": lambda: linear_sweep(n_views=41, pixel_pitch_mm=PITCH, shape=(ROWS, COLUMNS)),
    "track along x": lambda: linear_sweep(n_views=41, pixel_pitch_mm=PITCH, shape=(COLUMNS, ROWS), sweep_axis="x"),
    "arc": arc,
}


@pytest.fixture(scope="module", params=list(GEOMETRIES))
def acquired(request: pytest.FixtureRequest) -> tuple[Phantom, LiveVolume]:
    geometry = GEOMETRIES[request.param]()
    phantom = spheres_and_wire(250.0, RADIUS)
    return phantom, LiveVolume(ProjectionSet(phantom.line_integrals(geometry, oversampling=2), geometry))


@pytest.mark.parametrize("algorithm", [FilteredBackProjection(), ShiftAndAdd()], ids=lambda item: item.name)
def test_everything_is_sharpest_at_its_height_and_stands_at_its_place(
    acquired: tuple[Phantom, LiveVolume], algorithm: Algorithm
) -> None:
    phantom, live = acquired
    source = live if algorithm == live.algorithm else live.with_algorithm(algorithm)
    along_x = live.geometry.sweep_axis == 0
    for name, place in phantom.landmarks.items():
        if name == "wire" and along_x:
            continue  # lies nearly along the sweep: nothing can tell its height
        found = find(source, name, place, RADIUS)
        assert abs(found.height_error_mm) < 0.5, found
        assert found.plane_error_mm < 0.2, found


@pytest.mark.parametrize(
    "algorithm", [FilteredBackProjection(window="ramp"), ShiftAndAdd()], ids=lambda item: item.name
)
@pytest.mark.parametrize("x", [-80.0, 0.0, 75.0])
def test_a_column_of_beads_far_off_the_axis_does_not_drift_with_height(algorithm: Algorithm, x: float) -> None:
    """Beads straight above each other, off the axis, stay straight above each other."""
    heights = [30.0, 80.0, 130.0, 180.0]
    geometry = linear_sweep(n_views=25, pixel_pitch_mm=PITCH, shape=(600, 600))
    tops = []
    for height in heights:
        beads = bead_column([height], start_mm=(x, 60.0), radius_mm=1.5)
        live = LiveVolume(ProjectionSet(beads.line_integrals(geometry, oversampling=2), geometry), algorithm)
        slab = live.slab(SlabRequest(height, 0.0, Rect(x - 6, 54, x + 6, 66), 0.2))
        weight = np.maximum(slab.pixels - 0.5 * slab.pixels.max(), 0)
        rows, columns = np.mgrid[: slab.grid.shape[0], : slab.grid.shape[1]]
        tops.append(
            slab.grid.index_to_mm(float(np.average(rows, weights=weight)), float(np.average(columns, weights=weight)))
        )
    tops_mm = np.array(tops)
    np.testing.assert_allclose(tops_mm, np.broadcast_to((x, 60.0), tops_mm.shape), atol=0.1)


@pytest.mark.parametrize("thickness", [2.0, 10.0, 25.0])
def test_a_slab_is_the_mean_of_thin_slices(acquired: tuple[Phantom, LiveVolume], thickness: float) -> None:
    """Within 1 %: at fixed (x, y) on one grid, and along the rays on the conical grid; through spheres."""
    _, live = acquired
    for height in (60.0, 148.0):
        # Each holds a sphere that the slab cuts.
        centre = (0.0, 0.0) if height == 60.0 else (49.5, -67.5)
        grid = PlaneGrid.covering(Rect(centre[0] - 30, centre[1] - 30, centre[0] + 30, centre[1] + 30), PITCH)
        # Off a track the field's edge drifts unevenly, which is allowed for to a pixel.
        straight = len(set(live.geometry.source_mm[:, 2])) == 1
        assert slab_disagreement(live, height, thickness, "vertical", grid) < (0.01 if straight else 0.015)
        assert slab_disagreement(live, height, thickness, "rays") < 0.01


# -- true values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half_angle", [15.0, 40.0, 60.0])
@pytest.mark.parametrize("height", [20.0, 150.0])
def test_fbp_gives_a_discs_centre_the_share_of_angles_that_were_seen(half_angle: float, height: float) -> None:
    """1/mm: Radon's inversion gives every angle the same share of a disc's middle, so a sweep over 2θ sees 2θ/180°.

    The disc is a cylinder across the sweep; its angles are those under which the sources are seen from it.
    """
    distance, count, radius, value = 1000.0, 161, 6.0, 0.02
    reach = (distance - height) * np.tan(np.radians(half_angle))
    position = np.linspace(-reach, reach, count)
    shadow = reach * height / (distance - height)
    rows = int(2 * (shadow + 60) / 0.4)
    geometry = trajectories.linear_track(
        source_position_mm=position, source_to_detector_mm=distance, pixel_pitch_mm=0.4, shape=(rows, 8)
    )
    cylinder = Phantom((Cylinder((-90.0, 0.0, height), (90.0, 0.0, height), radius, value),))
    views = cylinder.line_integrals(geometry, oversampling=2)
    algorithm = FilteredBackProjection(window="ramp", low_frequency_share=0.0)
    live = LiveVolume(ProjectionSet(views, geometry), algorithm)
    assert live.info.unit == "1/mm"
    step = position[1] - position[0]
    # The end views stand for a whole step, half of it beyond the sweep.
    seen = 2 * np.degrees(np.arctan((reach + step / 2) / (distance - height)))
    got = live.slab(SlabRequest(height, 0.0, Rect(-0.4, -1.0, 0.4, 1.0), 0.2)).pixels.mean()
    assert got == pytest.approx(value * seen / 180.0, rel=0.03)


def test_fbp_is_exact_in_every_plane_through_the_track() -> None:
    """A sphere beside the track's vertical plane: the fan's plane is tilted, the share of angles the same."""
    height, distance, value = 100.0, 1000.0, 0.02
    reach = 700.0
    position = np.linspace(-reach, reach, 101)
    geometry = trajectories.linear_track(
        source_position_mm=position, source_to_detector_mm=distance, pixel_pitch_mm=0.5, shape=(420, 520)
    )
    for x in (0.0, 110.0):
        sphere = Phantom((Sphere((x, 0.0, height), 6.0, value),))
        live = LiveVolume(
            ProjectionSet(sphere.line_integrals(geometry, oversampling=2), geometry),
            FilteredBackProjection(window="ramp", low_frequency_share=0.0),
        )
        from_track = np.hypot(distance - height, x)
        seen = 2 * np.degrees(np.arctan((reach + (position[1] - position[0]) / 2) / from_track))
        got = live.slab(SlabRequest(height, 0.0, Rect(x - 0.4, -0.4, x + 0.4, 0.4), 0.2)).pixels.mean()
        assert got == pytest.approx(value * seen / 180.0, rel=0.04)


def test_the_density_setting_shows_a_trunk_at_about_its_attenuation() -> None:
    """A large block 200 mm deep over a ±15° sweep, density 1: the block's attenuation, as the panel says."""
    geometry = linear_sweep(n_views=31, pixel_pitch_mm=2.0, shape=(220, 200))
    block = Phantom((Box((0.0, 0.0, 120.0), (900.0, 1500.0, 200.0), 0.02),))
    views = block.line_integrals(geometry)
    for share in (1.0, 0.5):
        live = LiveVolume(ProjectionSet(views, geometry), FilteredBackProjection(low_frequency_share=share))
        for height in (30.0, 120.0, 250.0):
            middle = float(np.nanmean(live.slabs([height], 0.0, conical_part(live, height, 0.3))[0].pixels))
            assert middle == pytest.approx(0.02 * share, rel=0.005)


def test_shift_and_add_is_the_mean_line_integral() -> None:
    geometry = linear_sweep(n_views=21, pixel_pitch_mm=1.0, shape=(200, 160))
    block = Phantom((Box((0.0, 0.0, 120.0), (900.0, 1500.0, 200.0), 0.02),))
    views = block.line_integrals(geometry)
    live = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    got = live.slab(SlabRequest(60.0)).value_at(0.0, 0.0)
    point = np.array([0.0, 0.0, 60.0])
    tilt = (geometry.source_mm - point) / (geometry.source_mm[:, 2:] - 60.0)
    assert got == pytest.approx(0.02 * 200 * np.linalg.norm(tilt, axis=1).mean(), rel=1e-3)


# -- truncated borders -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["x", "y"])
def wide_body(request: pytest.FixtureRequest) -> tuple[str, LiveVolume]:
    geometry = linear_sweep(n_views=41, pixel_pitch_mm=1.0, shape=(400, 400), sweep_axis=request.param)
    block = Phantom((Box((0.0, 0.0, 120.0), (3000.0, 3000.0, 200.0), 0.02),))
    return request.param, LiveVolume(ProjectionSet(block.line_integrals(geometry), geometry))


@pytest.mark.parametrize("algorithm", [FilteredBackProjection(), ShiftAndAdd()], ids=lambda item: item.name)
def test_a_body_wider_than_the_detector_is_evenly_bright_up_to_the_border(
    wide_body: tuple[str, LiveVolume], algorithm: Algorithm
) -> None:
    axis, source = wide_body
    live = source.with_algorithm(algorithm)
    for height in (20.0, 120.0, 200.0):
        check_evenness(live, axis, height)


def check_evenness(live: LiveVolume, axis: str, height: float) -> None:
    slab = live.slabs([height], 0.0, conical_part(live, height, 1.0))[0].pixels
    assert np.isfinite(slab).all()
    profile = slab.mean(axis=0 if axis == "x" else 1).astype(np.float64)
    middle = profile[150:250].mean()
    # No band: every stretch of 8 pixels as bright as its neighbours, borders included.
    smooth = profile.reshape(-1, 8).mean(axis=1)
    assert np.abs(np.diff(smooth)).max() < 0.01 * abs(middle)
    assert np.abs(profile / middle - 1).max() < 0.02


@pytest.mark.parametrize("axis", ["x", "y"])
def test_a_collimator_that_moves_over_the_views_leaves_no_steps(axis: str) -> None:
    """Each view misses another part of the field; what is left is as bright as where all views see."""
    geometry = linear_sweep(n_views=21, pixel_pitch_mm=1.5, shape=(220, 200), sweep_axis=axis)
    block = Phantom((Box((0.0, 0.0, 100.0), (3000.0, 3000.0, 100.0), 0.02),))
    counts = (40000 * np.exp(-block.line_integrals(geometry))).astype(np.uint16)
    lines = counts if axis == "y" else counts.transpose(0, 2, 1)
    for view in range(21):
        lines[view, : 4 * view] = 0
        lines[view, :, :15] = 0
    live = LiveVolume(ProjectionSet(counts, geometry, "counts", air=40000.0))
    for thickness in (0.0, 12.0):
        slab = live.slab(SlabRequest(60.0, thickness)).pixels
        image = slab if axis == "y" else slab.T
        assert np.isnan(image[:, :13]).all()
        assert np.isfinite(image[10:, 15 + PENUMBRA + 1 :]).all()
        profile = image[10:, 20:].mean(axis=1)
        assert np.abs(profile / profile[100:150].mean() - 1).max() < 0.02
