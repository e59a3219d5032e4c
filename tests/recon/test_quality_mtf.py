"""The MTF of images whose blur is known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import erf, j1

from recon.errors import BocageError
from recon.quality.mtf import Mtf, bead_mtf, bead_profile, edge_mtf, wire_mtf
from recon.slab import PlaneGrid

SIGMA = 0.31
SPACING = (0.25, 0.2)  # dx, dy


def lines(shape: tuple[int, int] = (160, 130), axis: int = 0, tangent: float = 1 / 12) -> tuple[np.ndarray, PlaneGrid]:
    """Signed distance (mm) of every pixel from a slanted straight line across the middle."""
    grid = PlaneGrid((7.0, -3.0), SPACING, shape)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    y, x = (rows - shape[0] / 2 + 0.3) * SPACING[1], (columns - shape[1] / 2) * SPACING[0]
    distance = (y - tangent * x) if axis == 0 else (x - tangent * y)
    return distance / math.hypot(1.0, tangent), grid


def gaussian_f(share: float, sigma: float = SIGMA) -> float:
    """Where exp(−2π²σ²f²) falls to a share."""
    return math.sqrt(-math.log(share) / 2) / (math.pi * sigma)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_blurred_line_has_the_gaussian_mtf(axis: int) -> None:
    distance, grid = lines((160, 130) if axis == 0 else (130, 160), axis)
    mtf = wire_mtf(np.exp(-(distance**2) / (2 * SIGMA**2)), grid, axis)
    assert mtf.frequency[0] == 0.0
    expected = np.exp(-2 * np.pi**2 * SIGMA**2 * mtf.frequency**2)
    np.testing.assert_allclose(mtf.value, expected, atol=0.01)
    assert mtf.falls_to(0.5) == pytest.approx(gaussian_f(0.5), rel=0.01)
    assert mtf.falls_to(0.1) == pytest.approx(gaussian_f(0.1), rel=0.01)
    assert mtf.nyquist == pytest.approx(0.5 / SPACING[1 - axis])


@pytest.mark.parametrize("axis", [0, 1])
def test_a_blurred_edge_has_the_same_mtf(axis: int) -> None:
    distance, grid = lines((160, 130) if axis == 0 else (130, 160), axis)
    for image in (1 + erf(distance / (SIGMA * math.sqrt(2))), 7 - erf(distance / (SIGMA * math.sqrt(2)))):
        mtf = edge_mtf(image, grid, axis)
        np.testing.assert_allclose(mtf.value, np.exp(-2 * np.pi**2 * SIGMA**2 * mtf.frequency**2), atol=0.01)


def test_the_pixels_aperture_is_part_of_the_mtf() -> None:
    """Pixels that average over their height: sinc times the Gaussian, beyond Nyquist as well (presampled)."""
    distance, grid = lines()
    cosine = math.cos(math.atan(1 / 12))
    parts = (np.arange(20) + 0.5) / 20 - 0.5
    image = np.mean([np.exp(-((distance + part * SPACING[1] * cosine) ** 2) / (2 * 0.05**2)) for part in parts], axis=0)
    mtf = wire_mtf(image, grid, 0)
    f = np.array([1.0, 2.5, 3.5])
    expected = np.sinc(f * SPACING[1] * cosine) * np.exp(-2 * np.pi**2 * 0.05**2 * f**2)
    np.testing.assert_allclose(np.interp(f, mtf.frequency, mtf.value), expected, atol=0.015)


def test_the_wires_own_width_is_taken_out() -> None:
    diameter = 0.3
    fine = np.arange(-4, 4, 0.002)
    chord = 2 * np.sqrt(np.maximum((diameter / 2) ** 2 - fine**2, 0))
    kernel = np.exp(-(fine**2) / (2 * 0.15**2))
    profile = np.convolve(chord, kernel, mode="same")
    distance, grid = lines()
    image = np.interp(distance, fine, profile)
    mtf = wire_mtf(image, grid, 0, diameter_mm=diameter)
    below = mtf.frequency < 2.2
    expected = np.exp(-2 * np.pi**2 * 0.15**2 * mtf.frequency[below] ** 2)
    np.testing.assert_allclose(mtf.value[below], expected, atol=0.02)
    # Where less than 0.3 is left of the wire's own spectrum 2·J1(x)/x, x = π·f·d, nothing is claimed.
    x = brentq(lambda x: 2 * j1(x) / x - 0.3, 2.0, 3.5)
    assert mtf.frequency[-1] == pytest.approx(x / (math.pi * diameter), rel=0.01)


def test_a_band_pass_is_a_share_of_its_maximum() -> None:
    """The second derivative of a Gaussian: f²·exp(−2π²σ²f²), greatest at 1/(√2·π·σ)."""
    distance, grid = lines()
    image = (1 - distance**2 / SIGMA**2) * np.exp(-(distance**2) / (2 * SIGMA**2))
    mtf = wire_mtf(image, grid, 0)
    assert mtf.value[0] < 0.01
    peak = 1 / (math.sqrt(2) * math.pi * SIGMA)
    assert mtf.frequency[np.argmax(mtf.value)] == pytest.approx(peak, rel=0.03)
    f = np.linspace(peak, 4, 4000)
    curve = (f / peak) ** 2 * np.exp(1 - (f / peak) ** 2)
    assert mtf.falls_to(0.5) == pytest.approx(float(f[np.argmax(curve < 0.5)]), rel=0.01)


def test_what_does_not_fall_is_infinite() -> None:
    mtf = Mtf(np.linspace(0, 2, 5), np.array([0.2, 1.0, 0.9, 0.8, 0.7]), 1.0)
    assert mtf.falls_to(0.5) == math.inf
    assert mtf.falls_to(0.85) == pytest.approx(1.25)


def test_missing_pixels_do_not_count() -> None:
    distance, grid = lines()
    image = np.exp(-(distance**2) / (2 * SIGMA**2))
    image[:, :9] = np.nan
    image[:4] = np.nan
    # Columns without the line have no peak that lies on it; they are left out.
    assert wire_mtf(image, grid, 0).falls_to(0.5) == pytest.approx(gaussian_f(0.5), rel=0.01)


@pytest.mark.parametrize("tangent", [0.0, 0.5])
def test_a_line_along_the_pixels_or_far_from_them_is_refused(tangent: float) -> None:
    distance, grid = lines((300, 130), tangent=tangent)
    with pytest.raises(BocageError, match="slanted"):
        wire_mtf(np.exp(-(distance**2) / (2 * SIGMA**2)), grid, 0)


def test_an_image_without_a_line_is_refused() -> None:
    grid = PlaneGrid((0.0, 0.0), SPACING, (60, 60))
    with pytest.raises(BocageError, match="no straight wire"):
        wire_mtf(np.random.default_rng(3).random((60, 60)), grid, 0)
    with pytest.raises(BocageError, match="axis 0 or 1"):
        wire_mtf(np.zeros((5, 5)), grid, 0)


@pytest.mark.parametrize("axis", [0, 1])
def test_beads_at_fractions_of_a_pixel_give_a_fine_profile(axis: int) -> None:
    grid = PlaneGrid((-12.0, -15.0), (0.25, 0.25), (121, 97))
    rows, columns = np.mgrid[:121, :97]
    x, y = grid.origin_mm[0] + columns * 0.25, grid.origin_mm[1] + rows * 0.25
    # Beads side by side on the other axis, each another eighth of a pixel along the profile.
    places = []
    for index in range(8):
        main, other = 0.4 + index / 8 * 0.25, -9.0 + 2.5 * index
        places.append((other, main) if axis == 0 else (main, other))
    sigma = 0.2
    image = sum(np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * sigma**2)) for px, py in places)
    assert isinstance(image, np.ndarray)
    offset, value = bead_profile(image, grid, axis, places, 4.0)
    assert offset[1] - offset[0] == pytest.approx(0.25 / 8)
    np.testing.assert_allclose(value / value.max(), np.exp(-(offset**2) / (2 * sigma**2)), atol=0.01)
    mtf = bead_mtf(offset, value, 0.25)
    assert mtf.falls_to(0.5) == pytest.approx(gaussian_f(0.5, sigma), rel=0.01)


def test_a_bead_outside_is_refused() -> None:
    grid = PlaneGrid((0.0, 0.0), (1.0, 1.0), (20, 20))
    with pytest.raises(BocageError, match="outside"):
        bead_profile(np.zeros((20, 20)), grid, 0, [(40.0, 5.0)])
