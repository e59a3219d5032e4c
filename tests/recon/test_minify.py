"""Pictures smaller than life: nothing finer than the screen's pixels comes back as moiré, from any kind of source."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from recon import trajectories
from recon.algorithms import ShiftAndAdd
from recon.live import LiveVolume
from recon.minify import kernel, minified
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource, SourceInfo
from recon.stored import Radiograph, Volume

PITCH = 0.2
INFO = SourceInfo("", "", (0.0, 0.0))
RATIOS = (1.15, 1.37, 1.5, 1.9, 2.0, 2.6, 3.3, 4.2, 5.7)


def volume(image: NDArray[np.float32]) -> SlabSource:
    pixels = np.stack((image, image))
    return Volume(pixels, [0.0, 1.0], PlaneGrid((0.0, 0.0), (PITCH, PITCH), image.shape), INFO)


def radiograph(image: NDArray[np.float32]) -> SlabSource:
    return Radiograph(np.round(1000 * image).astype(np.uint16), (PITCH, PITCH), INFO)


def live(image: NDArray[np.float32]) -> SlabSource:
    """Views of something flat on the detector, which is in focus at height 0."""
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-60, 60, 3), source_to_detector_mm=1000, pixel_pitch_mm=PITCH, shape=image.shape
    )
    views = np.repeat(image[None], 3, axis=0)
    return LiveVolume(ProjectionSet(views, geometry, "line_integrals"), ShiftAndAdd())


SOURCES: dict[str, Callable[[NDArray[np.float32]], SlabSource]] = {
    "volume": volume,
    "radiograph": radiograph,
    "live": live,
}


def contrast(source: SlabSource, ratio: float) -> float:
    pixels = source.slab(SlabRequest(0.0, 0.0, None, PITCH * ratio, shown=True)).pixels
    rows, columns = (size // 4 for size in pixels.shape)
    inner = pixels[rows:-rows, columns:-columns]
    assert np.isfinite(inner).all()
    return float(inner.std() / inner.mean())


def wave(frequency: float, axis: int, size: int = 768) -> NDArray[np.float32]:
    """A sine pattern, cycles a pixel, about 1."""
    line = 1.0 + 0.5 * np.cos(2 * np.pi * frequency * np.arange(size) + 0.4)
    return np.ascontiguousarray(np.broadcast_to(line if axis else line[:, None], (size, size)), np.float32)


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("axis", [0, 1])
def test_no_pattern_comes_back_as_moire(kind: str, axis: int) -> None:
    """From 1.6 times the limiting frequency on a pattern would come back at less than half of it, wide and plain."""
    full = contrast(SOURCES[kind](wave(0.02, axis)), 1.0)
    worst = {}
    for frequency in (0.2, 0.27, 0.33, 0.41, 0.47, 0.5):
        source = SOURCES[kind](wave(frequency, axis))
        for ratio in RATIOS:
            if frequency * ratio >= 0.8:
                worst[frequency, ratio] = contrast(source, ratio) / full
    assert len(worst) > 25
    # Live views are halved on the way, which lets a little more through.
    assert max(worst.values()) < (0.10 if kind == "live" else 0.05), max(worst, key=worst.__getitem__)
    assert np.mean(list(worst.values())) < 0.04


@pytest.mark.parametrize("kind", SOURCES)
def test_what_the_screen_can_show_is_kept(kind: str) -> None:
    full = contrast(SOURCES[kind](wave(0.02, 1)), 1.0)
    for ratio in RATIOS:
        assert contrast(SOURCES[kind](wave(0.25 / ratio, 1)), ratio) / full > 0.72
        assert contrast(SOURCES[kind](wave(0.1 / ratio, 1)), ratio) / full > 0.93


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("ratio", [1.4, 2.0, 2.7])
def test_a_zone_plate_fades_where_it_is_too_fine(kind: str, ratio: float) -> None:
    size = 768
    r2 = ((np.arange(size) - size / 2) ** 2)[:, None] + ((np.arange(size) - size / 2) ** 2)[None, :]
    plate = (1.0 + 0.5 * np.cos(np.pi * 0.5 / (size / 2) * r2)).astype(np.float32)  # 0.5 cycles a pixel at the border
    source = SOURCES[kind](plate)
    pixels = source.slab(SlabRequest(0.0, 0.0, None, PITCH * ratio, shown=True)).pixels
    middle = np.array(pixels.shape) / 2 - 0.5
    row, column = np.indices(pixels.shape)
    radius = ratio * np.hypot(row - middle[0], column - middle[1])
    frequency = 0.5 * radius / (size / 2)  # along the radius, cycles a source pixel
    inside = radius < 0.47 * size
    scale = pixels[inside].mean()
    slow = inside & (frequency < 0.2 / ratio)
    fine = inside & (frequency > 0.8 / ratio)
    assert pixels[slow].std() / scale > 0.27
    if fine.any():
        assert pixels[fine].std() / scale < (0.03 if kind == "live" else 0.02)


def test_values_stay() -> None:
    image = np.random.default_rng(1).normal(100.0, 5.0, (300, 280)).astype(np.float32)
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (300, 280))
    for ratio in (1.03, 1.3, 2.4):
        assert float(minified(image, source, PlaneGrid.covering(source.bounds, ratio)).mean()) == pytest.approx(
            float(image.mean()), abs=0.05
        )
    # A plane stays a plane, up to the border's reach.
    plane = (np.arange(300)[:, None] * 2.0 + np.arange(280)[None, :]).astype(np.float32)
    target = PlaneGrid.covering(Rect(20, 20, 250, 250), 2.3)
    x = target.origin_mm[0] + 2.3 * np.arange(target.shape[1])
    y = target.origin_mm[1] + 2.3 * np.arange(target.shape[0])
    np.testing.assert_allclose(minified(plane, source, target), 2.0 * y[:, None] + x[None, :], atol=0.15)


def test_missing_values_do_not_spread() -> None:
    image = np.ones((100, 100), np.float32)
    image[:, 60:] = np.nan
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (100, 100))
    target = PlaneGrid.covering(source.bounds, 2.0)
    got = minified(image, source, target)
    assert np.isnan(got[:, 30:]).all()
    np.testing.assert_allclose(got[:, :30], 1.0, atol=1e-5)
    assert np.isnan(minified(image, source, PlaneGrid((300.0, 0.0), (2.0, 2.0), (3, 3)))).all()


def test_sums_are_added_up() -> None:
    image = np.random.default_rng(2).normal(size=(40, 50)).astype(np.float32)
    source = PlaneGrid((0.0, 0.0), (1.0, 1.0), (40, 50))
    target = PlaneGrid.covering(source.bounds, 1.7)
    once = minified(image, source, target)
    twice = minified(image, source, target, once.copy(), 0.5)
    np.testing.assert_allclose(twice, 1.5 * once, atol=1e-5)


def test_the_kernels_by_their_paper() -> None:
    assert kernel(np.array([0.0, 1.0, 2.0]), 1 / 3) == pytest.approx([16 / 18, 1 / 18, 0.0])
    assert kernel(np.array([0.0, 1.0, 0.5, 1.5]), 0.0) == pytest.approx([1.0, 0.0, 9 / 16, -1 / 16])
