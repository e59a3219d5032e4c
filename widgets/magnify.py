"""Interpolation of magnified pictures: from the source's pixels to the display's, by separable kernels."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.parallel import run_tiles, split
from widgets.interpolation import Interpolation, weights

TILE_ROWS = 64

# No fastmath here: NaN means "no data" and must be recognised.


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _tile(
    source: NDArray[Any],
    row_first: NDArray[Any],
    row_share: NDArray[Any],
    column_first: NDArray[Any],
    column_share: NDArray[Any],
    out: NDArray[Any],
    start: int,
    stop: int,
) -> None:
    rows, columns = source.shape
    line = np.empty(columns, np.float32)
    taps_down, taps_across = row_share.shape[1], column_share.shape[1]
    for r in range(start, stop):
        line[:] = np.float32(0.0)
        for tap in range(taps_down):
            k = min(max(row_first[r] + tap, 0), rows - 1)
            weight = row_share[r, tap]
            for c in range(columns):
                line[c] += weight * source[k, c]
        for c in range(out.shape[1]):
            first = column_first[c]
            total = np.float32(0.0)
            if first >= 0 and first + taps_across <= columns:
                for tap in range(taps_across):
                    total += column_share[c, tap] * line[first + tap]
            else:
                for tap in range(taps_across):
                    total += column_share[c, tap] * line[min(max(first + tap, 0), columns - 1)]
            out[r, c] = total


def magnified(
    pixels: NDArray[np.float32],
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    name: Interpolation,
) -> NDArray[np.float32]:
    """Interpolate an image at the crossings of rows and columns.

    Parameters
    ----------
    pixels : ndarray of float32, shape (r, c)
        NaN where there is nothing.
    rows, columns : ndarray, shapes (m,), (n,)
        Positions in source pixels; pixel centres are whole numbers.
    name : {"nearest", "bilinear", "bicubic", "lanczos"}

    Returns
    -------
    ndarray of float32, shape (m, n)
        NaN where the nearest source pixel is NaN; elsewhere such pixels have no weight.
    """
    pixels = np.ascontiguousarray(pixels, dtype=np.float32)
    empty = np.isnan(pixels)
    if not empty.any():
        return _sampled(pixels, rows, columns, name)
    known = _sampled((~empty).astype(np.float32), rows, columns, name)
    values = _sampled(np.where(empty, np.float32(0.0), pixels), rows, columns, name)
    nearest = empty[
        np.clip(np.floor(rows + 0.5).astype(int), 0, pixels.shape[0] - 1)[:, None],
        np.clip(np.floor(columns + 0.5).astype(int), 0, pixels.shape[1] - 1)[None, :],
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(nearest | (known < 0.2), np.float32(np.nan), values / known).astype(np.float32)


def _sampled(
    pixels: NDArray[np.float32], rows: NDArray[np.float64], columns: NDArray[np.float64], name: Interpolation
) -> NDArray[np.float32]:
    row_first, row_share = weights(name, rows, pixels.shape[0])
    column_first, column_share = weights(name, columns, pixels.shape[1])
    out = np.empty((rows.size, columns.size), np.float32)
    tiles = split(rows.size, TILE_ROWS)
    run_tiles(
        lambda index: _tile(pixels, row_first, row_share, column_first, column_share, out, *tiles[index]), len(tiles)
    )
    return out


def warm_up() -> None:
    """Compile the kernel (or load it from the cache)."""
    place = np.array([0.2, 0.8])
    magnified(np.zeros((3, 3), np.float32), place, place, "bilinear")
