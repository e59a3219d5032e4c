from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.progress import Progress
from recon.simulate import forward
from recon.simulate.phantoms import Box, Ellipsoid, Phantom, Sphere
from recon.simulate.volume import VoxelVolume


@pytest.fixture(scope="module")
def noise_volume() -> VoxelVolume:
    array = np.random.default_rng(5).random((37, 53, 61), dtype=np.float32)
    array[:, :9] = 0  # rows that the fast path may skip
    array[20:23] = 0
    return VoxelVolume(array, (-33.0, -20.0, 11.0), (1.1, 0.9, 0.8))


def line(**changes: object) -> Geometry:
    values: dict[str, object] = {
        "source_position_mm": np.linspace(-60, 75, 11),
        "source_to_detector_mm": 300.0,
        "pixel_pitch_mm": (0.35, 0.6),
        "shape": (270, 141),
    }
    return trajectories.linear_track(**{**values, **changes})  # type: ignore[arg-type]


def geometries() -> dict[str, Geometry]:
    sweep = line()
    return {
        "along y": sweep,
        "along x": line(sweep_axis="x"),
        "one view": line(source_position_mm=[3.0]),
        "arc": trajectories.arc(
            angle_deg=np.linspace(-20, 20, 5),
            source_to_detector_mm=300.0,
            source_to_pivot_mm=280.0,
            pixel_pitch_mm=0.8,
            shape=(90, 140),
        ),
        "pendulum along y": trajectories.pendulum(
            source_position_mm=np.linspace(-60, 75, 11), source_to_detector_mm=300.0, fulcrum_height_mm=90.0,
            pixel_pitch_mm=0.7, shape=(141, 97),
        ),
        "pendulum along x": trajectories.pendulum(
            source_position_mm=[-40.0, 0.0, 55.0], source_to_detector_mm=300.0, fulcrum_height_mm=40.0,
            pixel_pitch_mm=0.7, shape=(141, 97), sweep_axis="x",
        ),
        "circle about a fulcrum": trajectories.ellipse(
            angle_deg=np.arange(0, 360, 45), radius_mm=60.0, source_to_detector_mm=300.0, fulcrum_height_mm=40.0,
            pixel_pitch_mm=0.7, shape=(120, 97),
        ),
        "off-centre detector": Geometry(
            sweep.source_mm, (7.0, -12.0, 0.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.5, 0.5), (61, 80)
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(geometries()))
def test_the_fast_path_gives_what_the_ray_by_ray_path_gives(noise_volume: VoxelVolume, name: str) -> None:
    geometry = geometries()[name]
    assert forward.separable(noise_volume, geometry)
    fast = forward.project(noise_volume, geometry)
    slow = forward.project(noise_volume, geometry, force_generic=True)
    assert slow.max() > 10
    np.testing.assert_allclose(fast, slow, atol=2e-4)


def test_a_uniform_block_gives_the_length_of_the_ray_in_it() -> None:
    block = VoxelVolume(np.full((50, 400, 400), 0.02, dtype=np.float32), (-99.75, -99.75, 10.0), (0.5, 0.5, 1.0))
    geometry = line(shape=(41, 41), pixel_pitch_mm=2.0)
    views = forward.project(block, geometry)
    for view in (0, 5, 10):
        for row, column in ((20, 20), (0, 40), (33, 7)):
            ray = geometry.pixel_to_world(view, row, column) - geometry.source_mm[view]
            length = 50.0 * float(np.linalg.norm(ray) / abs(ray[2]))
            assert views[view, row, column] == pytest.approx(0.02 * length, rel=1e-5)


def test_turning_the_scene_turns_nothing_in_the_images(noise_volume: VoxelVolume) -> None:
    """x → y → z → x for volume, sources and detector: rays then run mainly along x."""
    geometry = line(shape=(40, 33), pixel_pitch_mm=1.5)
    reference = forward.project(noise_volume, geometry, force_generic=True)
    lift = np.array([0.0, 0.0, 400.0])  # sources must lie above z = 0
    turned = Geometry(
        np.roll(geometry.source_mm, 1, axis=1) + lift,
        np.roll(geometry.detector_centre_mm, 1, axis=1) + lift,
        np.roll(geometry.row_direction, 1, axis=1),
        np.roll(geometry.column_direction, 1, axis=1),
        geometry.pixel_pitch_mm,
        geometry.shape,
    )
    x, y, z = noise_volume.origin_mm
    dx, dy, dz = noise_volume.spacing_mm
    array = np.ascontiguousarray(noise_volume.attenuation.transpose(1, 2, 0))  # new (z, y, x) is old (y, x, z)
    volume = VoxelVolume(array, (z, x, y + 400.0), (dz, dx, dy))
    assert not forward.separable(volume, turned)
    np.testing.assert_allclose(forward.project(volume, turned), reference, atol=2e-4)


def test_only_what_lies_between_source_and_detector_counts() -> None:
    array = np.ones((3, 40, 40), dtype=np.float32)
    geometry = line(source_position_mm=[0.0], shape=(9, 9))
    for height in (-10.0, 310.0):
        volume = VoxelVolume(array, (-20.0, -20.0, height), (1.0, 1.0, 1.0))
        for generic in (False, True):
            assert not forward.project(volume, geometry, force_generic=generic).any()


@pytest.mark.parametrize("tilted", [False, True])
def test_a_voxelised_phantom_agrees_with_its_exact_line_integrals(tilted: bool) -> None:
    phantom = Phantom(
        (
            Ellipsoid((4.0, -6.0, 60.0), (30.0, 24.0, 20.0), 0.02),
            Box((10.0, 5.0, 55.0), (12.0, 10.0, 8.0), 0.03),
            Sphere((-12.0, -8.0, 66.0), 6.0, 0.04),
        )
    )
    x, y, z = (np.arange(low + 0.3, high, 0.6) for low, high in ((-30, 38), (-34, 22), (36, 84)))
    zz, yy, xx = np.meshgrid(z, y, x, indexing="ij")
    volume = VoxelVolume(phantom.attenuation_at(np.stack([xx, yy, zz], axis=-1)), (x[0], y[0], z[0]), (0.6, 0.6, 0.6))
    if tilted:
        geometry = trajectories.isocentric(
            angle_deg=[-30.0, 10.0, 55.0],
            source_to_detector_mm=400.0,
            source_to_axis_mm=340.0,
            pixel_pitch_mm=0.8,
            shape=(110, 120),
        )
        assert not forward.separable(volume, geometry)
    else:
        geometry = line(source_position_mm=[-50.0, 0.0, 70.0], shape=(250, 160), pixel_pitch_mm=0.5)
    exact = phantom.line_integrals(geometry)
    computed = forward.project(volume, geometry)
    inside = exact > 0.05
    error = np.sqrt(np.mean((computed - exact)[inside] ** 2) / np.mean(exact[inside] ** 2))
    assert inside.sum() > 5000
    assert error < 0.02  # staircases of the voxels
    assert computed.sum() == pytest.approx(exact.sum(), rel=0.005)


def test_chosen_views_and_progress() -> None:
    volume = VoxelVolume(np.ones((4, 30, 30), dtype=np.float32), (-15.0, -15.0, 20.0), (1.0, 1.0, 1.0))
    geometry = line(shape=(30, 30))
    steps: list[float] = []
    some = forward.project(volume, geometry, Progress(lambda done, _: steps.append(done)), views=np.array([7, 2]))
    everything = forward.project(volume, geometry)
    np.testing.assert_array_equal(some, everything[[7, 2]])
    assert steps[-1] == 1.0


def test_bad_volumes_are_refused_with_a_sentence() -> None:
    with pytest.raises(BocageError, match="an array"):
        VoxelVolume(np.ones((3, 3), dtype=np.float32), (0, 0, 0), (1, 1, 1))
    with pytest.raises(BocageError, match="positive lengths"):
        VoxelVolume(np.ones((3, 3, 3), dtype=np.float32), (0, 0, 0), (1, 0, 1))
    with pytest.raises(BocageError, match="finite"):
        VoxelVolume(np.ones((3, 3, 3), dtype=np.float32), (0, float("nan"), 0), (1, 1, 1))
