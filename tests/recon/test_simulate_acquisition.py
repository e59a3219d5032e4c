from __future__ import annotations

import numpy as np
import pytest

from recon import trajectories
from recon.errors import BocageError, Cancelled
from recon.progress import Progress
from recon.simulate.acquisition import AIR_COUNTS, linear_sweep, radiograph_geometry, simulate_acquisition
from recon.simulate.forward import project
from recon.simulate.volume import VoxelVolume


@pytest.fixture
def block() -> VoxelVolume:
    return VoxelVolume(np.full((60, 40, 20), 0.02, dtype=np.float32), (-9.5, -19.5, 40.0), (1.0, 1.0, 1.0))


def test_the_sweep_is_the_one_asked_for() -> None:
    geometry = linear_sweep(n_views=7, half_angle_deg=12.0, source_to_detector_mm=1000.0, shape=(8, 9))
    assert geometry.view_angle_deg[[0, -1]] == pytest.approx([-12.0, 12.0])
    assert geometry.sweep_axis == 1
    assert np.ptp(np.diff(geometry.source_mm[:, 1])) < 1e-9
    with pytest.raises(BocageError, match="at least one view"):
        linear_sweep(n_views=0)
    with pytest.raises(BocageError, match="between 0° and 80°"):
        linear_sweep(half_angle_deg=90.0)


def test_counts_follow_the_line_integrals(block: VoxelVolume) -> None:
    geometry = linear_sweep(n_views=18, shape=(80, 64), pixel_pitch_mm=1.0)
    projections, radiograph = simulate_acquisition(block, geometry, 20000.0, 200000.0, seed=4)
    assert projections.kind == "counts"
    assert projections.air == AIR_COUNTS
    assert projections.views.dtype == radiograph.dtype == np.uint16
    lines = project(block, geometry)
    measured = -np.log(projections.views / AIR_COUNTS)
    error = (measured - lines) * np.sqrt(20000.0 * np.exp(-lines))  # in standard deviations
    assert abs(error.mean()) < 0.02
    assert error.std() == pytest.approx(1.0, abs=0.02)
    central = project(block, radiograph_geometry(geometry))[0]
    noise = (-np.log(radiograph / AIR_COUNTS) - central) * np.sqrt(200000.0 * np.exp(-central))
    assert noise.std() == pytest.approx(1.0, abs=0.05)


def test_the_seed_decides(block: VoxelVolume) -> None:
    geometry = linear_sweep(n_views=3, shape=(20, 16), pixel_pitch_mm=3.0)
    first, plain = simulate_acquisition(block, geometry, seed=1)
    again, plain_again = simulate_acquisition(block, geometry, seed=1)
    other, _ = simulate_acquisition(block, geometry, seed=2)
    np.testing.assert_array_equal(first.views, again.views)
    np.testing.assert_array_equal(plain, plain_again)
    assert (first.views != other.views).mean() > 0.8


def test_the_radiograph_is_taken_from_the_middle() -> None:
    turned = trajectories.isocentric(
        angle_deg=[-20.0, 5.0, 30.0],
        source_to_detector_mm=1500.0,
        source_to_axis_mm=1000.0,
        pixel_pitch_mm=1.0,
        shape=(4, 4),
    )
    single = radiograph_geometry(turned)
    assert single.n_views == 1
    np.testing.assert_allclose(single.source_mm[0], turned.source_mm[1], atol=1e-9)
    flat = radiograph_geometry(linear_sweep(shape=(4, 4)))
    np.testing.assert_allclose(flat.source_mm, [[0.0, 0.0, 1800.0]], atol=1e-9)


def test_progress_rises_and_cancels(block: VoxelVolume) -> None:
    steps: list[tuple[float, str]] = []
    progress = Progress(lambda done, text: steps.append((done, text)))
    geometry = linear_sweep(n_views=20, shape=(16, 16), pixel_pitch_mm=4.0)
    simulate_acquisition(block, geometry, progress=progress)
    fractions = [done for done, _ in steps]
    assert fractions[-1] == 1.0
    assert min(np.diff(fractions)) > -0.02
    assert any("17 to 20 of 20" in text for _, text in steps)
    progress.cancel()
    with pytest.raises(Cancelled):
        simulate_acquisition(block, geometry, progress=progress)


def test_impossible_exposures_and_tubes_are_refused(block: VoxelVolume) -> None:
    geometry = linear_sweep(n_views=3, shape=(20, 16), pixel_pitch_mm=3.0)
    for photons in (0.0, -5.0, float("nan")):
        with pytest.raises(BocageError, match="must be a positive number"):
            simulate_acquisition(block, geometry, photons)
    low = linear_sweep(n_views=3, shape=(20, 16), pixel_pitch_mm=3.0, source_to_detector_mm=90.0)
    with pytest.raises(BocageError, match=r"above the CT, whose uppermost slice lies 99 mm.*tube at 90 mm"):
        simulate_acquisition(block, low)
