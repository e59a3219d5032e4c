"""Minification without aliasing: a cubic kernel as wide as the target's pixels ask for."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.parallel import run_tiles, split
from recon.slab import FloatImage, PlaneGrid

TILE_ROWS = 64
FULL_WIDTH = 1.25
"""From this ratio of pixels on the kernel is Mitchell and Netravali's; below it goes over into an interpolating one."""
LEAST = 1e-3
"""Target pixels of which a smaller share lies on the source are outside."""
LEAST_WEIGHT = 0.05


def kernel(distance: NDArray[np.float64], blur: float) -> NDArray[np.float64]:
    """Weight of a source pixel at a distance, in the larger of the two pixels; 0 from 2 on.

    Parameters
    ----------
    blur : float
        B of Mitchell and Netravali's family, with B + 2C = 1: 1/3 is their choice, 0 is Catmull and Rom's, which keeps
        the values at whole distances.

    References
    ----------
    Mitchell and Netravali, Reconstruction filters in computer graphics, Computer Graphics 22(4):221 (1988).
    """
    x, b = np.abs(distance), blur
    c = (1.0 - b) / 2.0
    near = (12 - 9 * b - 6 * c) * x**3 + (-18 + 12 * b + 6 * c) * x**2 + (6 - 2 * b)
    far = (-b - 6 * c) * x**3 + (6 * b + 30 * c) * x**2 + (-12 * b - 48 * c) * x + (8 * b + 24 * c)
    return np.where(x < 1, near, np.where(x < 2, far, 0.0)) / 6.0


def weights(
    start: float, step: float, count: int, size: int
) -> tuple[NDArray[np.int32], FloatImage, NDArray[np.int32], NDArray[np.bool_]]:
    """What each target pixel takes along one axis.

    Parameters
    ----------
    start, step : float
        Place of the first target pixel's centre and their distance, in source pixels.
    count, size : int
        Target and source pixels.

    Returns
    -------
    first : ndarray of int32, shape (count,)
        The first source pixel, all within the source.
    share : ndarray of float32, shape (count, taps)
        Of it and those after it; sums to 1, and is 0 beyond the source.
    nearest : ndarray of int32, shape (count,)
        The source pixel in whose place the target pixel lies.
    outside : ndarray of bool, shape (count,)
    """
    width = max(step, 1.0)
    blur = min((width - 1.0) / (FULL_WIDTH - 1.0), 1.0) / 3.0
    taps = min(math.ceil(4.0 * width) + 1, size)
    centre = start + step * np.arange(count)
    first = np.clip(np.ceil(centre - 2.0 * width), 0, size - taps).astype(np.int32)
    place = first[:, None] + np.arange(taps)[None, :]
    share = kernel((place - centre[:, None]) / width, blur)
    total = share.sum(axis=1, keepdims=True)
    share = np.where(total > LEAST_WEIGHT, share / np.where(total > LEAST_WEIGHT, total, 1.0), 0.0)
    half = step / 2
    covered = np.minimum(centre + half + 0.5, size) - np.maximum(centre - half + 0.5, 0.0)
    outside = (covered < LEAST * step) | (total[:, 0] <= LEAST_WEIGHT)
    nearest = np.clip(np.floor(centre + 0.5), 0, size - 1).astype(np.int32)
    return first, share.astype(np.float32), nearest, outside


@numba.njit(nogil=True, fastmath=False, cache=True)
def _tile(
    source: NDArray[Any],
    columns: int,
    rows_first: NDArray[np.int32],
    rows_share: FloatImage,
    rows_nearest: NDArray[np.int32],
    rows_outside: NDArray[np.bool_],
    first: NDArray[np.int32],
    share: FloatImage,
    nearest: NDArray[np.int32],
    outside: NDArray[np.bool_],
    out: FloatImage,
    start: int,
    stop: int,
    factor: float,
    add: bool,
) -> None:
    taps_down, taps = rows_share.shape[1], share.shape[1]
    line = np.empty(columns, np.float32)
    known = np.empty(columns, np.float32)
    for r in range(start, stop):
        if rows_outside[r]:
            out[r, :] = np.nan
            continue
        line[:] = np.float32(0.0)
        for tap in range(taps_down):
            weight = rows_share[r, tap]
            row = source[rows_first[r] + tap]
            for c in range(columns):
                line[c] += weight * np.float32(row[c])
        total = np.float32(0.0)
        for c in range(columns):
            total += line[c]
        whole = total == total  # otherwise something is missing, and the others share its weight
        if not whole:
            for c in range(columns):
                value, weight_known = np.float32(0.0), np.float32(0.0)
                for tap in range(taps_down):
                    each = np.float32(source[rows_first[r] + tap, c])
                    if each == each:
                        value += rows_share[r, tap] * each
                        weight_known += rows_share[r, tap]
                line[c], known[c] = value, weight_known
        for c in range(out.shape[1]):
            if outside[c]:
                out[r, c] = np.nan
                continue
            j = first[c]
            value = np.float32(0.0)
            for tap in range(taps):
                value += share[c, tap] * line[j + tap]
            if not whole:
                centre = np.float32(source[rows_nearest[r], nearest[c]])
                weight_known = np.float32(0.0)
                for tap in range(taps):
                    weight_known += share[c, tap] * known[j + tap]
                if centre != centre or weight_known < np.float32(0.05):
                    value = np.float32(np.nan)
                else:
                    value /= weight_known
            value = np.float32(factor * value)
            out[r, c] = out[r, c] + value if add else value


def minified(
    source: NDArray[Any],
    source_grid: PlaneGrid,
    target_grid: PlaneGrid,
    onto: FloatImage | None = None,
    factor: float = 1.0,
) -> FloatImage:
    """Sample an image on a coarser grid of the same plane, without moiré.

    What is finer than the target's pixels can show is taken away before it is sampled: a pattern of 1.5 times their
    limiting frequency, which would come back as one of half of it, is left with 4 % of its contrast (a mean over the
    pixel leaves 30 %). Edges are overshot by less than 2 %.

    Parameters
    ----------
    source, source_grid, target_grid, onto, factor
        As for `recon.resample.resample`.

    Returns
    -------
    ndarray of float32, shape `target_grid.shape`
        NaN where a pixel lies outside the source, or on a missing value; missing values have no weight elsewhere.
    """
    row0, column0 = source_grid.mm_to_index(*target_grid.origin_mm)
    row_step = target_grid.spacing_mm[1] / source_grid.spacing_mm[1]
    column_step = target_grid.spacing_mm[0] / source_grid.spacing_mm[0]
    rows, columns = target_grid.shape
    height, width = source_grid.shape
    down = weights(row0, row_step, rows, height)
    across = weights(column0, column_step, columns, width)
    out = np.empty((rows, columns), np.float32) if onto is None else onto
    tiles = split(rows, TILE_ROWS)
    run_tiles(
        lambda index: _tile(source, width, *down, *across, out, *tiles[index], factor, onto is not None), len(tiles)
    )
    return out


def warm_up() -> None:
    """Compile the kernel."""
    fine = PlaneGrid((0.0, 0.0), (1.0, 1.0), (4, 4))
    coarse = PlaneGrid((0.5, 0.5), (2.0, 2.0), (2, 2))
    for dtype in (np.float32, np.uint16, np.int16):
        minified(np.ones((4, 4), dtype), fine, coarse)
