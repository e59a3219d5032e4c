"""Noise power, contrast and ripple of images that are known exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon.errors import BocageError
from recon.quality.contrast import disc_contrast
from recon.quality.noise import noise_power
from recon.quality.ripple import artefact_index, residual, ripple, ripple_period_mm
from recon.slab import PlaneGrid, Rect

DX, DY = 0.3, 0.2
SIGMA = 2.5


def white(shape: tuple[int, int] = (256, 384), seed: int = 0) -> tuple[np.ndarray, PlaneGrid]:
    return np.random.default_rng(seed).normal(40.0, SIGMA, shape), PlaneGrid((0.0, 0.0), (DX, DY), shape)


# -- noise power -----------------------------------------------------------------------------------------------------


def test_white_noise_is_flat_at_its_variance_times_the_pixels_area() -> None:
    image, grid = white()
    power = noise_power(image, grid)
    assert power.regions == 7 * 11
    level = SIGMA**2 * DX * DY
    for axis, pixel in ((0, DY), (1, DX)):
        frequency, line = power.along(axis)
        assert frequency[0] == pytest.approx(1 / (64 * pixel))
        assert frequency[-1] == pytest.approx(31 / (64 * pixel))
        # 77 regions that overlap by half, 28 lines: a few per cent.
        np.testing.assert_allclose(line[2:], level, rtol=0.12)
        assert line.mean() == pytest.approx(level, rel=0.02)
        # White up to Nyquist: the mean of |f| is half of it.
        assert power.mean_frequency(axis) == pytest.approx(0.25 / pixel, rel=0.02)


def test_the_integral_is_the_variance_of_what_detrending_leaves() -> None:
    """Parseval, against the residual of a least-squares fit made here."""
    image, grid = white((64, 64), seed=5)
    y, x = np.mgrid[:64, :64] / 10.0
    columns = np.stack([np.ones(64 * 64), *(part.ravel() for part in (x, y, x * x, x * y, y * y))], axis=1)
    rest = image.ravel() - columns @ np.linalg.lstsq(columns, image.ravel(), rcond=None)[0]
    power = noise_power(image, grid)
    assert power.regions == 1
    assert power.variance == pytest.approx(np.mean(rest**2), rel=1e-9)
    assert power.variance == pytest.approx(SIGMA**2, rel=0.06)


def test_shading_of_the_second_degree_does_not_count() -> None:
    image, grid = white((128, 128))
    y, x = np.mgrid[:128, :128]
    shaded = image + 300 + 4 * x - 3 * y + 0.05 * x * y - 0.1 * x * x + 0.02 * y * y
    np.testing.assert_allclose(noise_power(shaded, grid).power, noise_power(image, grid).power, rtol=1e-6, atol=1e-8)


def test_filtered_noise_has_the_filters_power_in_the_filters_direction() -> None:
    """The mean of neighbouring rows: cos²(π·f·dy) down the rows, flat along the columns."""
    image, _ = white((513, 512), seed=2)
    smooth = (image[1:] + image[:-1]) / 2
    power = noise_power(smooth, PlaneGrid((0.0, 0.0), (DX, DY), smooth.shape))
    f, down = power.along(0)
    expected = SIGMA**2 * DX * DY * np.cos(np.pi * f * DY) ** 2
    np.testing.assert_allclose(down, expected, atol=0.12 * SIGMA**2 * DX * DY)
    assert down[-4:].mean() < 0.05 * down[:4].mean()
    _, right = power.along(1)
    assert right[-8:].mean() == pytest.approx(right[2:10].mean(), rel=0.05)
    assert power.variance == pytest.approx(SIGMA**2 / 2, rel=0.02)


def test_only_the_uniform_regions_are_used() -> None:
    image, grid = white((200, 200))
    image[:, 100:] *= 50
    image[:3] = np.nan
    power = noise_power(image, grid, regions=[Rect(0.0, 0.0, 99.4 * DX, 199 * DY)])
    assert power.variance == pytest.approx(SIGMA**2, rel=0.05)
    # Too small for 64 pixels: 32 are taken.
    small = noise_power(image, grid, regions=[Rect(0.0, 10 * DY, 40 * DX, 60 * DY)])
    assert small.power.shape == (32, 32)
    assert small.variance == pytest.approx(SIGMA**2, rel=0.1)
    with pytest.raises(BocageError, match="16 × 16"):
        noise_power(image, grid, regions=[Rect(0.0, 10 * DY, 10 * DX, 60 * DY)])


# -- contrast --------------------------------------------------------------------------------------------------------


def discs(axis: int, seed: int = 0) -> tuple[np.ndarray, PlaneGrid, list[tuple[float, float]]]:
    """Two discs of contrast 3 in noise of standard deviation 0.5, with dark bands along the sweep."""
    shape = (240, 260)
    grid = PlaneGrid((-39.0, -36.0), (0.3, 0.3), shape)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    x, y = grid.origin_mm[0] + columns * 0.3, grid.origin_mm[1] + rows * 0.3
    centres = [(-15.0, 0.0), (15.0, 0.0)] if axis == 1 else [(0.0, -15.0), (0.0, 15.0)]
    image = np.full(shape, 20.0)
    for cx, cy in centres:
        across, along = (x - cx, y - cy) if axis == 1 else (y - cy, x - cx)
        radius = np.hypot(across, along)
        image -= 5.0 * (np.abs(across) <= 4.2) * (radius > 4)
        image += 3.0 * (radius <= 4)
    return image + np.random.default_rng(seed).normal(0, 0.5, shape), grid, centres


@pytest.mark.parametrize("axis", [0, 1])
def test_contrast_and_noise_of_discs(axis: int) -> None:
    image, grid, centres = discs(axis)
    found = disc_contrast(image, grid, centres, 4.0, axis)
    assert found.signal == pytest.approx(3.0, abs=0.06)
    assert found.noise == pytest.approx(0.5, rel=0.03)
    assert found.cnr == pytest.approx(6.0, rel=0.05)


def test_discs_that_cannot_be_measured_are_refused() -> None:
    image, grid, _ = discs(1)
    with pytest.raises(BocageError, match="outside the image"):
        disc_contrast(image, grid, [(200.0, 0.0)], 4.0)
    with pytest.raises(BocageError, match="at least one disc"):
        disc_contrast(image, grid, [], 4.0)


# -- ripple ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", [2.0, 3.3, 5.05])
def test_ripple_on_an_even_blur_is_the_ripples_own_deviation(period: float) -> None:
    """A sine of amplitude 0.4 on a slope: standard deviation 0.4/√2; the slope leaves nothing."""
    spacing = 0.1
    place = np.arange(600) * spacing
    slope = 7.0 + 0.3 * place
    assert ripple(slope, spacing, period) == pytest.approx(0.0, abs=1e-9)
    found = ripple(slope + 0.4 * np.sin(2 * np.pi * place / period + 0.7), spacing, period)
    assert found == pytest.approx(0.4 / math.sqrt(2), rel=0.02)


def test_a_staircase_of_copies_is_a_saw_tooth() -> None:
    """Edges copied every 1.6 mm, each a step of 0.25: the residual is even within ±0.125, sd 0.25/√12."""
    place = (np.arange(1600) + 0.5) * 0.02
    stairs = 0.25 * np.floor(place / 1.6)
    rest = residual(stairs, 0.02, 1.6)
    assert np.abs(rest).max() == pytest.approx(0.125, abs=0.002)
    assert ripple(stairs, 0.02, 1.6) == pytest.approx(0.25 / math.sqrt(12), rel=0.01)


def test_a_profile_too_short_for_its_period_is_refused() -> None:
    with pytest.raises(BocageError, match="two periods"):
        ripple(np.zeros(20), 0.1, 2.0)


def test_the_period_of_copies() -> None:
    """60 views over ±482 mm at 1800 mm: steps of 16.34 mm, 50 mm above an object at 150 mm: 0.495 mm."""
    source = np.zeros((60, 3))
    source[:, 1], source[:, 2] = np.linspace(-482, 482, 60), 1800.0
    assert ripple_period_mm(source, (0.0, 0.0, 150.0), 200.0) == pytest.approx(964 / 59 * 50 / 1650)
    assert ripple_period_mm(source, (20.0, -5.0, 150.0), 100.0) == pytest.approx(964 / 59 * 50 / 1650)


def test_the_artefact_index_is_what_the_artefact_adds() -> None:
    """Independent deviations add in squares: √(5² + 12²) = 13."""
    rng = np.random.default_rng(0)
    reference, artefact = rng.normal(0, 5, (400, 400)), rng.normal(0, 12, (400, 400))
    assert artefact_index(reference + artefact, rng.normal(0, 5, (400, 400))) == pytest.approx(12.0, rel=0.01)
    assert artefact_index(reference, reference) == 0.0
