"""A stack of slices on one grid, in blocks."""

from __future__ import annotations

import numpy as np
import pytest

from recon import export, trajectories
from recon.errors import BocageError, Cancelled
from recon.export import reconstruct_volume
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Rect, SlabRequest, SourceInfo
from recon.stored import Volume


@pytest.fixture(scope="module")
def live() -> LiveVolume:
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-150, 150, 9), source_to_detector_mm=1000, pixel_pitch_mm=1.0, shape=(48, 40)
    )
    views = np.random.default_rng(5).random((9, 48, 40), dtype=np.float32)
    return LiveVolume(ProjectionSet(views, geometry))


def test_blocks_give_the_slices_asked_one_by_one(live: LiveVolume, monkeypatch: pytest.MonkeyPatch) -> None:
    heights = [float(height) for height in range(20, 80, 5)]
    whole = list(reconstruct_volume(live, heights, 4.0))
    monkeypatch.setattr(export, "BLOCK_SLICES", 5)
    parts = list(reconstruct_volume(live, heights, 4.0))
    assert [slab.height_mm for slab in whole] == heights
    for slab, part in zip(whole, parts, strict=True):
        assert slab.grid == whole[0].grid
        np.testing.assert_allclose(slab.pixels, part.pixels, rtol=1e-4, atol=1e-6)
        alone = live.slab(SlabRequest(slab.height_mm, 4.0, slab.grid.bounds, slab.grid.spacing_mm[0]))
        np.testing.assert_allclose(slab.pixels, alone.pixels, rtol=1e-4, atol=1e-6)


def test_the_grid_covers_the_lowest_and_largest_field(live: LiveVolume) -> None:
    first = next(reconstruct_volume(live, [60.0, 10.0]))
    field = live.footprint(10.0)
    assert first.grid.bounds.width == pytest.approx(field.width, abs=first.grid.spacing_mm[0])
    chosen = next(reconstruct_volume(live, [60.0], region=Rect(-5, -6, 5, 6), pixel_mm=0.5))
    assert chosen.grid == PlaneGrid.covering(Rect(-5, -6, 5, 6), 0.5)


def test_slices_of_other_heights_and_thicknesses_lie_on_the_same_pixels(live: LiveVolume) -> None:
    thick = next(reconstruct_volume(live, [40.0], 10.0))
    thin = list(reconstruct_volume(live, list(np.arange(35.5, 45.0, 1.0)), 0.0))
    assert thick.grid == thin[0].grid
    assert thick.grid.spacing_mm == pytest.approx((1.0, 1.0))
    with pytest.raises(BocageError, match=r"too many pixels .* larger pixel"):
        next(reconstruct_volume(live, [40.0], pixel_mm=1e-6))


@pytest.mark.parametrize("track", ["linear", "arc", "uneven"])
def test_a_thick_slice_is_the_mean_of_thin_ones(track: str) -> None:
    """Of a small sphere inside the slab, by exact chords; also where the sources stand at unlike heights."""
    angles = np.radians(np.linspace(-20, 20, 31))
    source = np.zeros((31, 3))
    source[:, 1], source[:, 2] = 900 * np.sin(angles), 1000.0
    if track == "arc":
        source[:, 2] -= 900 * (1 - np.cos(angles))
    if track == "uneven":
        source += np.random.default_rng(3).uniform(-20, 20, (31, 3))
    geometry = Geometry(source, (0, 0, 0), (0, 1, 0), (1, 0, 0), (0.6, 0.6), (180, 160))
    rows, columns = np.mgrid[:180, :160]
    views = np.empty((31, 180, 160), np.float32)
    for view in range(31):
        ray = geometry.pixel_to_world(view, rows, columns) - source[view]
        ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
        offset = np.array([-22.0, 25.0, 82.0]) - source[view]
        views[view] = 0.1 * np.sqrt(np.maximum(9.0 - (offset @ offset - (ray @ offset) ** 2), 0.0))
    live = LiveVolume(ProjectionSet(views, geometry))
    thick = next(reconstruct_volume(live, [80.0], 10.0)).pixels
    thin = np.mean([slab.pixels for slab in reconstruct_volume(live, list(np.arange(75.125, 85.0, 0.25)))], axis=0)
    seen = np.isfinite(thick) & np.isfinite(thin)
    assert np.sqrt(np.mean((thick - thin)[seen] ** 2) / np.mean(thin[seen] ** 2)) < 0.01


def test_a_stored_volume_is_read_the_same_way() -> None:
    pixels = np.arange(3 * 4 * 5, dtype=np.float32).reshape(3, 4, 5)
    info = SourceInfo("Stored", "", (0.0, 20.0), 10.0)
    volume = Volume(pixels, np.array([0.0, 10.0, 20.0]), PlaneGrid((0.0, 0.0), (1.0, 1.0), (4, 5)), info)
    slabs = list(reconstruct_volume(volume, [0.0, 10.0, 20.0]))
    np.testing.assert_allclose(np.stack([slab.pixels for slab in slabs]), pixels)


def test_cancelled_and_empty(live: LiveVolume) -> None:
    with pytest.raises(BocageError, match="empty"):
        list(reconstruct_volume(live, []))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        next(reconstruct_volume(live, [10.0], progress=progress))
