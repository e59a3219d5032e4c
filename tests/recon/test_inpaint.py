"""Holes are filled by a plate that continues values and slopes."""

from __future__ import annotations

import numpy as np
import pytest

from recon.inpaint import fill

ROWS, COLUMNS = np.mgrid[:160, :200].astype(np.float32)


def hole_at(row: int, column: int, height: int, width: int) -> np.ndarray:
    hole = np.zeros(ROWS.shape, np.bool_)
    hole[row : row + height, column : column + width] = True
    return hole


@pytest.mark.parametrize("hole", [hole_at(60, 70, 8, 8), hole_at(40, 50, 60, 60), hole_at(20, 90, 120, 12)])
def test_a_slope_goes_on_through_a_hole(hole: np.ndarray) -> None:
    truth = 3.0 + 0.02 * ROWS - 0.01 * COLUMNS
    image = truth.copy()
    image[hole] = 99.0
    fill(image, hole)
    np.testing.assert_array_equal(image[~hole], truth[~hole])
    np.testing.assert_allclose(image[hole], truth[hole], atol=2e-3)


def test_slopes_are_continued_at_the_rim() -> None:
    """A trough of 40 pixels: its flank goes on inside the hole, where a membrane would have a kink."""
    truth = 5.0 + 1e-3 * (COLUMNS - 100) ** 2
    hole = hole_at(30, 80, 100, 40)
    image = np.where(hole, np.float32(0.0), truth)
    fill(image, hole)
    steps = np.diff(image[80, 76:84])
    expected = np.diff(truth[80, 76:84])
    np.testing.assert_allclose(steps, expected, atol=0.25 * abs(expected[3]))
    # Two thirds of the trough's depth of 0.4 are found.
    assert image[80, 100] < 5.4 - 0.25


def test_values_do_not_swing_beyond_what_surrounds_them() -> None:
    """A flank that falls by 0.2 a pixel up to the hole, and level ground behind it."""
    truth = np.where(COLUMNS < 80, 5.0 + 0.2 * (80.0 - COLUMNS), 5.0).astype(np.float32)
    hole = hole_at(30, 78, 100, 62)
    image = np.where(hole, np.float32(0.0), truth)
    fill(image, hole)
    # The flank, continued over half the hole, would fall by 6.
    assert image[hole].min() > 5.0 - 0.15
    assert image[hole].max() < 5.6


def test_noise_at_the_rim_does_not_reach_far() -> None:
    rng = np.random.default_rng(2)
    noise = rng.normal(size=ROWS.shape).astype(np.float32)
    hole = hole_at(50, 60, 60, 60)
    image = noise.copy()
    fill(image, hole)
    inner = image[70:90, 80:100]
    assert np.abs(inner).max() < 0.6  # of a standard deviation


@pytest.mark.parametrize("hole", [hole_at(0, 60, 30, 20), hole_at(130, 150, 30, 50), hole_at(60, 0, 20, 200)])
def test_holes_at_the_border_of_an_image_are_filled(hole: np.ndarray) -> None:
    image = np.full(ROWS.shape, 2.0, np.float32)
    image[hole] = -7.0
    fill(image, hole)
    np.testing.assert_allclose(image, 2.0, atol=1e-3)


def test_nothing_known_becomes_zero_and_no_hole_changes_nothing() -> None:
    image = np.full((9, 5), 3.0, np.float32)
    fill(image, np.zeros(image.shape, np.bool_))
    assert (image == 3.0).all()
    fill(image, np.ones(image.shape, np.bool_))
    assert (image == 0.0).all()


@pytest.mark.parametrize("shape", [(1, 40), (3, 3), (4, 4), (7, 90), (33, 5)])
def test_images_of_any_size(shape: tuple[int, int]) -> None:
    image, hole = np.full(shape, 4.0, np.float32), np.zeros(shape, np.bool_)
    hole[shape[0] // 2, shape[1] // 2] = True
    image[hole] = 0.0
    fill(image, hole)
    np.testing.assert_allclose(image, 4.0, atol=1e-4)
