"""Resampling images between pixel grids of one plane: bilinear when magnifying, area-weighted when minifying."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.parallel import run_tiles, split
from recon.slab import FloatImage, PlaneGrid

TILE_ROWS = 64


@numba.njit(nogil=True, fastmath=False, cache=True)
def _bilinear_tile(
    source: NDArray[Any],
    row0: float,
    row_step: float,
    out: FloatImage,
    start: int,
    stop: int,
    left: NDArray[np.int32],
    share: FloatImage,
    line: FloatImage,
) -> None:
    rows, columns = source.shape
    for r in range(start, stop):
        position = row0 + r * row_step
        if not (-0.5 <= position <= rows - 0.5):
            out[r, :] = np.nan
            continue
        position = min(max(position, 0.0), rows - 1.0)
        k = min(int(position), rows - 2) if rows > 1 else 0
        f = np.float32(position - k)
        upper = source[k]
        lower = source[min(k + 1, rows - 1)]
        for c in range(columns):
            line[c] = (np.float32(1.0) - f) * np.float32(upper[c]) + f * np.float32(lower[c])
        for c in range(out.shape[1]):
            j = left[c]
            if j < 0:
                out[r, c] = np.nan
            else:
                g = share[c]
                out[r, c] = line[j] + g * (line[min(j + 1, columns - 1)] - line[j])


@numba.njit(nogil=True, fastmath=False, cache=True)
def _area_tile(
    source: NDArray[Any],
    row0: float,
    row_step: float,
    column0: float,
    column_step: float,
    out: FloatImage,
    start: int,
    stop: int,
    line: FloatImage,
) -> None:
    """Box of one output pixel, with fractional shares of the source pixels at its edges."""
    rows, columns = source.shape
    for r in range(start, stop):
        top = max(row0 + (r - 0.5) * row_step + 0.5, 0.0)
        bottom = min(row0 + (r + 0.5) * row_step + 0.5, float(rows))
        if bottom - top < 1e-3 * row_step:
            out[r, :] = np.nan
            continue
        line[:] = np.float32(0.0)
        for k in range(int(top), min(math.ceil(bottom), rows)):
            weight = np.float32((min(bottom, k + 1.0) - max(top, float(k))) / (bottom - top))
            row = source[k]
            for c in range(columns):
                line[c] += weight * np.float32(row[c])
        for c in range(out.shape[1]):
            first = max(column0 + (c - 0.5) * column_step + 0.5, 0.0)
            last = min(column0 + (c + 0.5) * column_step + 0.5, float(columns))
            if last - first < 1e-3 * column_step:
                out[r, c] = np.nan
                continue
            total = 0.0
            for j in range(int(first), min(math.ceil(last), columns)):
                total += (min(last, j + 1.0) - max(first, float(j))) * line[j]
            out[r, c] = total / (last - first)


def resample(source: NDArray[Any], source_grid: PlaneGrid, target_grid: PlaneGrid) -> FloatImage:
    """Sample an image on another grid of the same plane.

    Each axis pair is magnified bilinearly or, when the target pixel is larger than 1.25 source pixels, averaged over
    the target pixel, so that fine detail never aliases.

    Parameters
    ----------
    source : ndarray, shape (rows, columns), any real dtype
    source_grid, target_grid : PlaneGrid

    Returns
    -------
    ndarray of float32, shape `target_grid.shape`
        NaN where a pixel's centre (magnified) or whole area (minified) lies outside the source.
    """
    row0, column0 = source_grid.mm_to_index(*target_grid.origin_mm)
    row_step = target_grid.spacing_mm[1] / source_grid.spacing_mm[1]
    column_step = target_grid.spacing_mm[0] / source_grid.spacing_mm[0]
    rows, columns = target_grid.shape
    out = np.empty((rows, columns), np.float32)
    tiles = split(rows, TILE_ROWS)
    width = source.shape[1]
    if max(row_step, column_step) > 1.25:

        def tile(index: int) -> None:
            line = np.empty(width, np.float32)
            _area_tile(source, row0, row_step, column0, column_step, out, *tiles[index], line)

    else:
        position = column0 + np.arange(columns) * column_step
        inside = (position >= -0.5) & (position <= width - 0.5)
        position = np.clip(position, 0.0, width - 1.0)
        floor = np.minimum(np.floor(position), max(width - 2, 0))
        left = np.where(inside, floor, -1).astype(np.int32)
        share = (position - floor).astype(np.float32)

        def tile(index: int) -> None:
            line = np.empty(width, np.float32)
            _bilinear_tile(source, row0, row_step, out, *tiles[index], left, share, line)

    run_tiles(tile, len(tiles))
    return out


@numba.njit(nogil=True, fastmath=True, cache=True)
def _halve(image: FloatImage, out: FloatImage) -> None:
    quarter = np.float32(0.25)
    for r in range(out.shape[0]):
        upper, lower, target = image[2 * r], image[2 * r + 1], out[r]
        for c in range(out.shape[1]):
            target[c] = quarter * (upper[2 * c] + upper[2 * c + 1] + lower[2 * c] + lower[2 * c + 1])


def halved(images: FloatImage) -> FloatImage:
    """Means of 2 × 2 pixels of each image, shape (n, rows, columns) → (n, rows // 2, columns // 2)."""
    n, rows, columns = images.shape
    out = np.empty((n, rows // 2, columns // 2), np.float32)
    run_tiles(lambda index: _halve(images[index], out[index]), n)
    return out


def halved_axis(axis_mm: tuple[float, float]) -> tuple[float, float]:
    """(First sample's centre, pitch) of an axis after `halved`."""
    first, pitch = axis_mm
    return first + pitch / 2, pitch * 2


def warm_up() -> None:
    """Compile the kernels."""
    halved(np.ones((1, 2, 2), np.float32))
    fine = PlaneGrid((0.0, 0.0), (1.0, 1.0), (4, 4))
    coarse = PlaneGrid((0.5, 0.5), (2.0, 2.0), (2, 2))
    for dtype in (np.float32, np.uint16, np.int16):
        image = np.ones((4, 4), dtype)
        resample(image, fine, coarse)
        resample(image, fine, PlaneGrid((0.0, 0.0), (0.5, 0.5), (4, 4)))
