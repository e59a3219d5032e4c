"""Similarity registration recovers known transforms and knows when it did not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from recon.errors import BocageError, Cancelled
from recon.frame import PatientFrame
from recon.live import LiveVolume
from recon.placed import turned
from recon.placement import PlaneMap, SpaceMap
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.registration import PlaneImage, register_planes, register_volume, sweep_direction
from recon.simulate.acquisition import linear_sweep
from recon.simulate.forward import project
from recon.simulate.volume import place_ct
from recon.slab import PlaneGrid, Rect, SourceInfo
from recon.stored import Volume

GRID = PlaneGrid.covering(Rect(-150.0, -140.0, 150.0, 140.0), 0.8)


def tissue(seed: int) -> np.ndarray:
    """Structure of many sizes."""
    rng = np.random.default_rng(seed)
    total = np.zeros(GRID.shape)
    for sigma in (1.5, 3.0, 6.0, 14.0):
        layer = gaussian_filter(rng.normal(size=GRID.shape), sigma)
        total += layer / layer.std()
    return (1500.0 + 200.0 * total).astype(np.float32)


@pytest.mark.parametrize(
    ("turn", "scale", "shift", "inverted"),
    [(0.0, 1.0, (0.0, 0.0), False), (5.3, 1.07, (14.3, -17.7), False), (-8.2, 0.93, (-21.0, 12.0), True)],
)
def test_known_transforms_are_found_through_noise_and_another_window(
    turn: float, scale: float, shift: tuple[float, float], inverted: bool
) -> None:
    fixed = PlaneImage(tissue(1), GRID)
    true = PlaneMap.similarity(turn, scale, shift, GRID.bounds.centre)
    grid = PlaneGrid.covering(Rect(-130.0, -135.0, 140.0, 125.0), 0.9)
    seen = turned(fixed.pixels, GRID, grid, true.inverse)
    values = 4000.0 * np.exp(-seen / 900.0) if inverted else np.sqrt(np.maximum(seen, 0.0)) * 30.0
    values = values + np.random.default_rng(2).normal(0.0, 0.08 * float(np.nanstd(values)), values.shape)
    match = register_planes(fixed, PlaneImage(values.astype(np.float32), grid))
    ends = [(x, y) for x in (-90.0, 90.0) for y in (-90.0, 90.0)]
    assert max(math.dist(match.carry(end), true(end)) for end in ends) < 0.3
    assert match.carry.turn_deg == pytest.approx(turn, abs=0.1)
    assert match.carry.scale == pytest.approx(scale, rel=0.002)
    assert match.confidence == "good"
    assert match.residual_mm < 0.5
    assert (match.correlation < 0) == inverted


def test_pictures_of_other_things_are_not_matched() -> None:
    match = register_planes(PlaneImage(tissue(1), GRID), PlaneImage(tissue(2), GRID))
    assert match.confidence == "poor"


def test_nothing_to_compare_is_a_sentence_and_a_cancelled_search_stops() -> None:
    empty = PlaneImage(np.full(GRID.shape, 3.0, np.float32), GRID)
    with pytest.raises(BocageError, match="shows nothing"):
        register_planes(empty, PlaneImage(tissue(1), GRID))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        register_planes(PlaneImage(tissue(1), GRID), PlaneImage(tissue(1), GRID), progress=progress)


@pytest.fixture(scope="module")
def scene() -> tuple[LiveVolume, Volume, SpaceMap]:
    """A body of lumps as a CT, the slices of a sweep of it, and where it stood."""
    rng = np.random.default_rng(4)
    lumps = np.zeros((110, 90, 130), np.float32)  # head, back, left
    for sigma in (1.2, 2.0, 4.0):
        layer = gaussian_filter(rng.normal(size=lumps.shape).astype(np.float32), sigma)
        lumps += layer / layer.std()
    hu = np.where(lumps > 1.5, 600.0, -300.0).astype(np.int16)
    frame = PatientFrame.from_letters("L", "F", "P")
    body = place_ct(hu, (1.0, 1.0, 1.0), frame=frame, clearance_mm=20.0)
    geometry = linear_sweep(
        n_views=25,
        half_angle_deg=18.0,
        source_to_detector_mm=1000.0,
        pixel_pitch_mm=0.9,
        shape=(200, 190),
        patient=frame,
    )
    live = LiveVolume(ProjectionSet(project(body, geometry), geometry))
    grid = PlaneGrid((-64.5, -44.5), (1.0, 1.0), (90, 130))
    info = SourceInfo("CT", "HU", (0.0, 109.0), patient=PatientFrame.from_letters("L", "P", "H"))
    volume = Volume(hu, np.arange(110.0), grid, info)
    # The CT's middle is (0, 0, 54.5) in its own world, (0, −54.5, 0) in the straight frame.
    return live, volume, SpaceMap(offset=(0.0, 54.5, 20.0 + 44.5))


def test_a_volume_is_laid_onto_the_slices(scene: tuple[LiveVolume, Volume, SpaceMap]) -> None:
    live, volume, true = scene
    sweep = sweep_direction(live.geometry)
    assert sweep is not None
    assert abs(sweep[1]) == pytest.approx(1.0)
    centre = true((0.0, -54.5, 0.0))
    start = true.then(SpaceMap.placed((3.0, -5.0, 6.0), 2.0, -1.5, 1.0, centre_mm=centre))
    heights = np.linspace(30.0, 95.0, 7)
    match = register_volume(live, volume, start, heights_mm=heights, thickness_mm=2.0, sweep=sweep)
    ends = np.array([(x, y, z) for x in (-50.0, 50.0) for y in (-95.0, -15.0) for z in (-35.0, 35.0)])
    assert float(np.linalg.norm(match.placement(ends) - true(ends), axis=1).max()) < 1.0
    assert match.placement.then(true.inverse).angles_deg == pytest.approx((0.0, 0.0, 0.0), abs=0.5)
    assert match.confidence == "good"


def test_a_volume_of_something_else_is_not_laid_anywhere(scene: tuple[LiveVolume, Volume, SpaceMap]) -> None:
    live, volume, true = scene
    other = Volume(volume.pixels[::-1, ::-1], volume.heights_mm, volume.grid, volume.info)
    match = register_volume(live, other, true, heights_mm=[50.0, 65.0, 80.0], sweep=(0.0, 1.0), search=False)
    assert match.confidence == "poor"
