"""Proof on the demonstration chest, downsized: slabs show what the CT holds at their own height."""

from __future__ import annotations

import numpy as np
import pytest
from measures import Agreement, correlation, demonstration_chest, slab_disagreement

from recon.algorithms import ShiftAndAdd
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.simulate.acquisition import linear_sweep
from recon.simulate.forward import project
from recon.simulate.volume import VoxelVolume
from recon.slab import PlaneGrid, Rect

HEIGHTS = [80.0, 110.0, 140.0, 170.0, 200.0, 230.0]


@pytest.fixture(scope="module")
def chest() -> tuple[VoxelVolume, Rect]:
    return demonstration_chest()


@pytest.fixture(scope="module")
def live(chest: tuple[VoxelVolume, Rect]) -> LiveVolume:
    volume, _ = chest
    geometry = linear_sweep(n_views=31, pixel_pitch_mm=1.6, shape=(256, 256))
    return LiveVolume(ProjectionSet(project(volume, geometry), geometry))


@pytest.fixture(scope="module")
def curves(live: LiveVolume, chest: tuple[VoxelVolume, Rect]) -> dict[str, list[Agreement]]:
    volume, scanned = chest
    sources = {"fbp": live, "shift-and-add": live.with_algorithm(ShiftAndAdd())}
    return {name: correlation(source, volume, scanned, HEIGHTS, 5.0, 1.2) for name, source in sources.items()}


@pytest.mark.parametrize("name", ["fbp", "shift-and-add"])
def test_slabs_correlate_with_the_cts_own_at_their_height_and_not_at_others(
    curves: dict[str, list[Agreement]], name: str
) -> None:
    curve = curves[name]
    assert [item.height_mm for item in curve] == HEIGHTS
    for item in curve:
        assert item.band > max(item.off) + (0.1 if name == "fbp" else 0.0), item
        assert item.plain > 0.25, item
    assert np.mean([item.band for item in curve]) > (0.45 if name == "fbp" else 0.35)


def test_the_ramp_ties_detail_to_its_height_better_than_the_plain_mean(curves: dict[str, list[Agreement]]) -> None:
    fbp, plain = (np.mean([item.band for item in curves[name]]) for name in ("fbp", "shift-and-add"))
    assert fbp > plain + 0.05


@pytest.mark.parametrize("thickness", [5.0, 20.0])
def test_chest_slabs_are_the_mean_of_thin_slices(live: LiveVolume, thickness: float) -> None:
    grid = PlaneGrid.covering(Rect(-90.0, -110.0, 60.0, 40.0), 1.6)
    assert slab_disagreement(live, 140.0, thickness, "vertical", grid) < 0.01
    assert slab_disagreement(live, 140.0, thickness, "rays") < 0.01
