"""Filling holes in images: a plate under tension through what surrounds them.

Near a hole's rim the filled values continue the slopes as well as the values, so that neither a step nor a kink is left
for a ramp filter to find; farther in, tension draws the plate flat, so that it does not swing beyond what surrounds it
(Smith and Wessel, Geophysics 55:293, 1990). It is relaxed on a pyramid, from a coarse solution that knows the whole
hole to the finest: a few sweeps for each level are enough, and the rim's noise is averaged over as many pixels as the
place lies away from it.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SWEEPS, MOST_SWEEPS = 16, 96
"""Relaxations of the finest level, and at most of coarser ones, each of which takes twice as many."""
TENSION = 0.01
"""Share of Δu = 0; the rest is Δ²u = 0, with which slopes go on for about √((1 − t) / 5t) = 4 pixels."""
OVER = 1.3
"""Over-relaxation."""
COARSEST = 3
"""Pixels of a side at which the pyramid ends."""
MARGIN = 24
"""Pixels around a hole that its filling looks at."""


def fill(image: Floats, hole: Mask, sweeps: int = SWEEPS) -> None:
    """Fill the holes of an image, in place.

    Parameters
    ----------
    image : ndarray of float32, shape (rows, columns), C order
    hole : ndarray of bool, same shape
        True where the image is not known. Where nothing is known at all the image becomes zero.
    sweeps : int
        Relaxations of the finest level.
    """
    if not hole.any():
        return
    if hole.all():
        image[...] = 0.0
        return
    if min(image.shape) <= COARSEST:
        image[hole] = image[~hole].mean()
        return
    half = ((image.shape[0] + 1) // 2, (image.shape[1] + 1) // 2)
    coarse, unknown = np.empty(half, np.float32), np.empty(half, np.bool_)
    _halve(image, hole, True, coarse, unknown)
    if unknown.all():
        _halve(image, hole, False, coarse, unknown)
    fill(coarse, unknown, min(2 * sweeps, MOST_SWEEPS))
    _double(coarse, hole, image)
    _relax(image, hole, sweeps)


@numba.njit(nogil=True, cache=True)
def _halve(image: Floats, hole: Mask, whole: bool, out: Floats, unknown: Mask) -> None:
    """Means of the known among 2 × 2 pixels; `whole`: only where all are, as the mean of some lies off the middle."""
    rows, columns = image.shape
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            total, count = np.float32(0.0), 0
            bottom, end = min(2 * r + 2, rows), min(2 * c + 2, columns)
            for y in range(2 * r, bottom):
                for x in range(2 * c, end):
                    if not hole[y, x]:
                        total += image[y, x]
                        count += 1
            unknown[r, c] = count < (bottom - 2 * r) * (end - 2 * c) if whole else count == 0
            out[r, c] = total / np.float32(max(count, 1))


@numba.njit(nogil=True, cache=True)
def _double(coarse: Floats, hole: Mask, out: Floats) -> None:
    """Bilinear values of an image of half the size, into holes."""
    rows, columns = coarse.shape
    for r in range(out.shape[0]):
        y = min(max(0.5 * r - 0.25, 0.0), rows - 1.0)
        i = min(int(y), rows - 2)
        g = np.float32(y - i)
        for c in range(out.shape[1]):
            if hole[r, c]:
                x = min(max(0.5 * c - 0.25, 0.0), columns - 1.0)
                j = min(int(x), columns - 2)
                f = np.float32(x - j)
                upper = coarse[i, j] + f * (coarse[i, j + 1] - coarse[i, j])
                lower = coarse[i + 1, j] + f * (coarse[i + 1, j + 1] - coarse[i + 1, j])
                out[r, c] = upper + g * (lower - upper)


@numba.njit(nogil=True, cache=True)
def _mirror(index: int, size: int) -> int:
    if index < 0:
        return min(-1 - index, size - 1)
    return max(2 * size - 1 - index, 0) if index >= size else index


@numba.njit(nogil=True, fastmath=True, cache=True)
def _relax(image: Floats, hole: Mask, sweeps: int) -> None:
    """Gauss–Seidel sweeps in the holes; the image is mirrored at its border."""
    rows, columns = image.shape
    u, plate, over = image, 1.0 - TENSION, np.float32(OVER)
    near, diagonal, far = np.float32(0.4 * plate + 0.25 * TENSION), np.float32(0.1 * plate), np.float32(0.05 * plate)
    for sweep in range(sweeps):
        for step in range(rows):
            r = step if sweep % 2 == 0 else rows - 1 - step
            inner = 2 <= r < rows - 2
            for c in range(columns):
                if not hole[r, c]:
                    continue
                if inner and 2 <= c < columns - 2:
                    cross = u[r - 1, c] + u[r + 1, c] + u[r, c - 1] + u[r, c + 1]
                    corners = u[r - 1, c - 1] + u[r - 1, c + 1] + u[r + 1, c - 1] + u[r + 1, c + 1]
                    distant = u[r - 2, c] + u[r + 2, c] + u[r, c - 2] + u[r, c + 2]
                else:
                    a, b, d, e = (
                        _mirror(r - 1, rows), _mirror(r + 1, rows), _mirror(c - 1, columns), _mirror(c + 1, columns)
                    )  # fmt: skip
                    cross = u[a, c] + u[b, c] + u[r, d] + u[r, e]
                    corners = u[a, d] + u[a, e] + u[b, d] + u[b, e]
                    distant = u[_mirror(r - 2, rows), c] + u[_mirror(r + 2, rows), c]
                    distant += u[r, _mirror(c - 2, columns)] + u[r, _mirror(c + 2, columns)]
                value = near * cross - diagonal * corners - far * distant
                u[r, c] += over * (value - u[r, c])


def warm_up() -> None:
    """Compile the kernels."""
    hole = np.zeros((8, 8), np.bool_)
    hole[3:5, 3:5] = True
    fill(np.ones((8, 8), np.float32), hole)
