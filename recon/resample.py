"""Resampling images between pixel grids of one plane: bilinear when magnifying, area-weighted when minifying."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.minify import minified
from recon.minify import warm_up as warm_up_minify
from recon.parallel import run_tiles, split
from recon.slab import FloatImage, PlaneGrid

TILE_ROWS = 64


@numba.njit(nogil=True, fastmath=False, cache=True)
def _bilinear_tile(
    source: NDArray[Any],
    rows: int,
    columns: int,
    row0: float,
    row_step: float,
    out: FloatImage,
    start: int,
    stop: int,
    left: NDArray[np.int32],
    share: FloatImage,
    factor: float,
    add: bool,
    line: FloatImage,
) -> None:
    for r in range(start, stop):
        position = row0 + r * row_step
        if not (-0.5 <= position <= rows - 0.5):
            out[r, :] = np.nan
            continue
        position = min(max(position, 0.0), rows - 1.0)
        k = min(int(position), rows - 2) if rows > 1 else 0
        f = np.float32(factor * (position - k))
        g = np.float32(factor) - f
        upper = source[k]
        lower = source[min(k + 1, rows - 1)]
        for c in range(columns):
            line[c] = g * np.float32(upper[c]) + f * np.float32(lower[c])
        line[columns] = line[columns - 1]
        for c in range(out.shape[1]):
            j = left[c]
            value = line[j] + share[c] * (line[j + 1] - line[j]) if j >= 0 else np.float32(np.nan)
            out[r, c] = out[r, c] + value if add else value


@numba.njit(nogil=True, fastmath=False, cache=True)
def _area_tile(
    source: NDArray[Any],
    rows: int,
    columns: int,
    row0: float,
    row_step: float,
    column0: float,
    column_step: float,
    out: FloatImage,
    start: int,
    stop: int,
    factor: float,
    add: bool,
    line: FloatImage,
) -> None:
    """Box of one output pixel, with fractional shares of the source pixels at its edges."""
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
            value = np.float32(factor * total / (last - first))
            out[r, c] = out[r, c] + value if add else value


BLUNT = 1.02
"""Target pixels larger than this many source pixels are minified where moiré is to be kept out."""


def displayed(
    source: NDArray[Any],
    source_grid: PlaneGrid,
    target_grid: PlaneGrid,
    onto: FloatImage | None = None,
    factor: float = 1.0,
) -> FloatImage:
    """Sample an image for the eye: as `resample` when magnified, as `recon.minify.minified` when minified."""
    across = target_grid.spacing_mm[0] / source_grid.spacing_mm[0]
    down = target_grid.spacing_mm[1] / source_grid.spacing_mm[1]
    chosen = minified if max(across, down) > BLUNT else resample
    return chosen(source, source_grid, target_grid, onto, factor)


def resample(
    source: NDArray[Any],
    source_grid: PlaneGrid,
    target_grid: PlaneGrid,
    onto: FloatImage | None = None,
    factor: float = 1.0,
) -> FloatImage:
    """Sample an image on another grid of the same plane.

    Each axis pair is magnified bilinearly or, when the target pixel is larger than 1.25 source pixels, averaged over
    the target pixel, so that fine detail never aliases.

    Parameters
    ----------
    source : ndarray, shape (≥ rows, ≥ columns), any real dtype
        On `source_grid`; what lies beyond the grid's rows and columns is not used.
    source_grid, target_grid : PlaneGrid
    onto : ndarray of float32, shape `target_grid.shape`, optional
        The samples are added to it, and it is returned; NaN in either makes NaN.
    factor : float
        Of the samples.

    Returns
    -------
    ndarray of float32, shape `target_grid.shape`
        NaN where a pixel's centre (magnified) or whole area (minified) lies outside the source.
    """
    row0, column0 = source_grid.mm_to_index(*target_grid.origin_mm)
    row_step = target_grid.spacing_mm[1] / source_grid.spacing_mm[1]
    column_step = target_grid.spacing_mm[0] / source_grid.spacing_mm[0]
    rows, columns = target_grid.shape
    out = np.empty((rows, columns), np.float32) if onto is None else onto
    add = onto is not None
    tiles = split(rows, TILE_ROWS)
    height, width = source_grid.shape
    if max(row_step, column_step) > 1.25:

        def tile(index: int) -> None:
            line = np.empty(width, np.float32)
            _area_tile(
                source, height, width, row0, row_step, column0, column_step, out, *tiles[index], factor, add, line
            )

    else:
        position = column0 + np.arange(columns) * column_step
        inside = (position >= -0.5) & (position <= width - 0.5)
        position = np.clip(position, 0.0, width - 1.0)
        floor = np.minimum(np.floor(position), max(width - 2, 0))
        left = np.where(inside, floor, -1).astype(np.int32)
        share = (position - floor).astype(np.float32)

        def tile(index: int) -> None:
            line = np.empty(width + 1, np.float32)
            _bilinear_tile(source, height, width, row0, row_step, out, *tiles[index], left, share, factor, add, line)

    run_tiles(tile, len(tiles))
    return out


@numba.njit(nogil=True, fastmath=True, cache=True)
def bin_image(image: FloatImage, factor: int, out: FloatImage) -> None:
    """Means of factor × factor pixels; a last row or column of `out` that finds fewer takes their mean."""
    rows, columns = image.shape
    line = np.empty(columns, np.float32)
    for r in range(out.shape[0]):
        top, stop = r * factor, min((r + 1) * factor, rows)
        line[:] = image[top]
        for y in range(top + 1, stop):
            for c in range(columns):
                line[c] += image[y, c]
        share = np.float32(1.0 / ((stop - top) * factor))
        whole = min(out.shape[1], columns // factor)
        if factor == 2:
            for c in range(whole):
                out[r, c] = share * (line[2 * c] + line[2 * c + 1])
        elif factor == 4:
            for c in range(whole):
                out[r, c] = share * ((line[4 * c] + line[4 * c + 1]) + (line[4 * c + 2] + line[4 * c + 3]))
        else:
            for c in range(whole):
                out[r, c] = share * line[c * factor : (c + 1) * factor].sum()
        if out.shape[1] > whole:
            out[r, whole] = line[whole * factor :].mean() / np.float32(stop - top)


HALVING = (0.4, 0.1125, -0.0125)
"""Weights of the two pixels that halving puts together, of the next on either side, and of those after them.

A mean of two lets 38 % of a pattern of 1.5 times the new limiting frequency come back as moiré; this 7 %.
"""


@numba.njit(nogil=True, fastmath=True, cache=True)
def halve_image(image: FloatImage, out: FloatImage) -> None:
    """Half as many rows and columns without moiré; pixels lie where `bin_image` with 2 puts them.

    Beyond the border the outermost pixel goes on.
    """
    rows, columns = image.shape
    line = np.empty(columns + 6, np.float32)
    near, next_, far = np.float32(HALVING[0]), np.float32(HALVING[1]), np.float32(HALVING[2])
    for r in range(out.shape[0]):
        a, b = image[min(2 * r, rows - 1)], image[min(2 * r + 1, rows - 1)]
        c, d = image[max(2 * r - 1, 0)], image[min(2 * r + 2, rows - 1)]
        e, f = image[max(2 * r - 2, 0)], image[min(2 * r + 3, rows - 1)]
        for x in range(columns):
            line[x + 2] = near * (a[x] + b[x]) + next_ * (c[x] + d[x]) + far * (e[x] + f[x])
        line[0] = line[1] = line[2]
        for x in range(columns + 2, columns + 6):
            line[x] = line[columns + 1]
        for x in range(out.shape[1]):
            at = 2 * x
            out[r, x] = (
                near * (line[at + 2] + line[at + 3])
                + next_ * (line[at + 1] + line[at + 4])
                + far * (line[at] + line[at + 5])
            )


@numba.njit(nogil=True, cache=True)
def turn(image: FloatImage, out: FloatImage) -> None:
    """Rows to columns, in blocks that stay in the cache."""
    for top in range(0, image.shape[0], 32):
        for left in range(0, image.shape[1], 32):
            for c in range(left, min(left + 32, image.shape[1])):
                for r in range(top, min(top + 32, image.shape[0])):
                    out[c, r] = image[r, c]


@numba.njit(nogil=True, cache=True)
def add_turned(image: FloatImage, out: FloatImage, row: int, column: int) -> None:
    """Add an image with rows and columns exchanged to a part of `out`; what is not a number adds nothing."""
    for top in range(0, image.shape[0], 32):
        for left in range(0, image.shape[1], 32):
            for c in range(left, min(left + 32, image.shape[1])):
                for r in range(top, min(top + 32, image.shape[0])):
                    if not np.isnan(image[r, c]):
                        out[row + c, column + r] += image[r, c]


def turned(image: FloatImage) -> FloatImage:
    """An image with rows and columns exchanged."""
    rows, columns = image.shape
    out = np.empty((columns, rows), np.float32)
    strips = split(columns, TILE_ROWS)
    run_tiles(lambda index: turn(image[:, slice(*strips[index])], out[slice(*strips[index])]), len(strips))
    return out


def warm_up() -> None:
    """Compile the kernels."""
    warm_up_minify()
    bin_image(np.ones((2, 2), np.float32), 2, np.ones((1, 1), np.float32))
    halve_image(np.ones((2, 2), np.float32), np.ones((1, 1), np.float32))
    turned(np.ones((2, 2), np.float32))
    turn(np.ones((2, 2), np.float32), np.ones((2, 2), np.float32))
    add_turned(np.ones((2, 2), np.float32)[:, :1], np.ones((2, 2), np.float32), 0, 0)
    fine = PlaneGrid((0.0, 0.0), (1.0, 1.0), (4, 4))
    coarse = PlaneGrid((0.5, 0.5), (2.0, 2.0), (2, 2))
    for dtype in (np.float32, np.uint16, np.int16):
        image = np.ones((4, 4), dtype)
        resample(image, fine, coarse)
        resample(image, fine, PlaneGrid((0.0, 0.0), (0.5, 0.5), (4, 4)))
