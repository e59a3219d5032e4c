"""Slice sensitivity and artefact spread of stored stacks whose shape over height is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon.errors import BocageError
from recon.quality.profile import artefact_spread, plane_profile, slice_sensitivity
from recon.quality.readings import width_at
from recon.slab import PlaneGrid, SourceInfo
from recon.stored import Volume

INFO = SourceInfo("test", "", (0.0, 100.0))
FWHM = 2 * math.sqrt(2 * math.log(2))
HEIGHTS = np.arange(20.0, 80.01, 0.5)


def stack(
    image: object, spacing: float = 0.5, shape: tuple[int, int] = (61, 61), heights: np.ndarray = HEIGHTS
) -> Volume:
    """A volume with values image(x, y, z), its middle pixel at (0, 0)."""
    grid = PlaneGrid((-(shape[1] // 2) * spacing, -(shape[0] // 2) * spacing), (spacing, spacing), shape)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    x, y = grid.origin_mm[0] + columns * spacing, grid.origin_mm[1] + rows * spacing
    assert callable(image)
    return Volume(np.stack([image(x, y, z) for z in heights]).astype(np.float32), heights, grid, INFO)


def blob(place: tuple[float, float, float], sigma_plane: float, sigma_depth: float) -> object:
    px, py, pz = place

    def image(x: np.ndarray, y: np.ndarray, z: float) -> np.ndarray:
        plane = np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * sigma_plane**2))
        return 3.0 * plane * math.exp(-((z - pz) ** 2) / (2 * sigma_depth**2))

    return image


def test_the_profile_of_a_gaussian_is_as_wide_as_it_is() -> None:
    place = (1.5, -2.0, 50.0)
    profile = slice_sensitivity(stack(blob(place, 1.0, 4.0)), [place], HEIGHTS)
    assert profile.fwhm_mm == pytest.approx(FWHM * 4.0, rel=0.002)
    assert profile.at(0.0) == pytest.approx(1.0)
    assert profile.at(8.0) == pytest.approx(math.exp(-2.0), rel=0.01)
    assert math.isnan(profile.at(40.0))


def test_several_beads_are_averaged() -> None:
    narrow, wide = (-10.0, 0.0, 50.0), (10.0, 0.0, 50.0)

    def image(x: np.ndarray, y: np.ndarray, z: float) -> np.ndarray:
        return blob(narrow, 1.0, 3.0)(x, y, z) + blob(wide, 1.0, 6.0)(x, y, z)  # type: ignore[operator]

    profile = slice_sensitivity(stack(image), [narrow, wide], HEIGHTS)
    assert profile.at(6.0) == pytest.approx((math.exp(-2.0) + math.exp(-0.5)) / 2, rel=0.01)


def test_a_slab_averages_what_it_holds() -> None:
    """The mean of a Gaussian over ±6 mm: the difference of two error functions."""
    place = (0.0, 0.0, 50.0)
    profile = slice_sensitivity(stack(blob(place, 1.0, 2.0)), [place], HEIGHTS, 12.0)
    # 25 slices lie within 12 mm, so the mean reaches over 12.5.
    scaled = [math.erf((6.25 + side * 9.0) / (2.0 * math.sqrt(2))) for side in (-1, 1)]
    assert profile.at(9.0) == pytest.approx(sum(scaled) / 2 / math.erf(6.25 / (2 * math.sqrt(2))), rel=0.03)
    assert profile.fwhm_mm == pytest.approx(12.5, abs=0.1)


def test_stored_slices_answer_with_their_own_heights() -> None:
    """Asked for much more densely than slices are stored, each slice counts once, at its height."""
    place = (0.0, 0.0, 50.0)
    coarse = np.arange(20.0, 80.01, 2.0)
    profile = slice_sensitivity(stack(blob(place, 1.0, 4.0), heights=coarse), [place], np.arange(30.0, 70.0, 0.1))
    np.testing.assert_allclose(profile.height_mm, np.arange(30.0, 70.1, 2.0))
    assert profile.fwhm_mm == pytest.approx(FWHM * 4.0, rel=0.02)


def test_the_profile_follows_the_ray_to_the_tube() -> None:
    """A blur that leans towards the tube is measured along its lean."""
    tube, place = (100.0, 0.0, 850.0), (0.0, 0.0, 50.0)

    def image(x: np.ndarray, y: np.ndarray, z: float) -> np.ndarray:
        px = 100.0 * (z - 50.0) / 800.0
        return blob((px, 0.0, 50.0), 0.7, 4.0)(x, y, z)  # type: ignore[operator]

    leaning = stack(image)
    assert slice_sensitivity(leaning, [place], HEIGHTS, towards_mm=tube).fwhm_mm == pytest.approx(FWHM * 4.0, rel=0.03)
    # Straight up it is left by an eighth of a millimetre for each: 1/σ² = 1/4² + (0.125/0.7)².
    vertical = (1 / 4.0**2 + (0.125 / 0.7) ** 2) ** -0.5
    assert slice_sensitivity(leaning, [place], HEIGHTS).fwhm_mm == pytest.approx(FWHM * vertical, rel=0.03)


@pytest.mark.parametrize("axis", [0, 1])
def test_the_asf_takes_the_background_beside_the_feature(axis: int) -> None:
    """A background that changes with height and the feature's own blur along the sweep do not count."""
    place, radius = (0.0, 0.0, 50.0), 2.0

    def image(x: np.ndarray, y: np.ndarray, z: float) -> np.ndarray:
        across = y if axis == 0 else x
        feature = (np.abs(across) <= radius + 0.25) * 1.5 * math.exp(-((z - 50.0) ** 2) / (2 * 5.0**2))
        return feature + 10.0 + 0.2 * z + 0.03 * across

    profile = artefact_spread(stack(image), place, radius, HEIGHTS, sweep_axis=axis)
    assert profile.fwhm_mm == pytest.approx(FWHM * 5.0, rel=0.005)
    assert profile.at(10.0) == pytest.approx(math.exp(-2.0), rel=0.01)


@pytest.mark.parametrize("axis", [0, 1])
def test_the_profile_in_the_plane(axis: int) -> None:
    """Read linearly between pixels, a Gaussian is wider by the mean of the triangle: σ² + p²/6."""
    places = [(-10.0, -8.0, 50.0), (10.125, -7.875, 50.0), (-9.75, 8.25, 50.0), (10.375, 8.375, 50.0)]

    def image(x: np.ndarray, y: np.ndarray, z: float) -> np.ndarray:
        return sum(np.exp(-(((x - px) / 1.0) ** 2 + ((y - py) / 1.5) ** 2) / 2) for px, py, _ in places)  # type: ignore[return-value]

    offset, value = plane_profile(stack(image, shape=(91, 81)), places, axis, 6.0)
    assert offset[0] == -offset[-1]
    assert offset[1] - offset[0] == pytest.approx(0.5 / 8)
    sigma = math.hypot((1.0, 1.5)[axis], 0.5 / math.sqrt(6))
    assert width_at(offset, value) == pytest.approx(FWHM * sigma, rel=0.005)


def test_what_cannot_be_measured_is_said() -> None:
    place = (0.0, 0.0, 50.0)
    source = stack(blob(place, 1.0, 4.0))
    with pytest.raises(BocageError, match="at least one bead"):
        slice_sensitivity(source, [], HEIGHTS)
    with pytest.raises(BocageError, match="three heights around"):
        slice_sensitivity(source, [place], [60.0, 61.0, 62.0])
    with pytest.raises(BocageError, match="not seen"):
        slice_sensitivity(source, [(300.0, 0.0, 50.0)], HEIGHTS)
    with pytest.raises(BocageError, match="at least one bead"):
        plane_profile(source, [], 0, 3.0)
