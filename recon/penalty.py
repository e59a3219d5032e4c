"""Penalties on the roughness of slices."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CURVATURE = 8.0
"""Of the sum over the differences to four neighbours, at most, separably (each difference counts for both ends)."""


@numba.njit(nogil=True, fastmath=True, cache=True)
def huber_gradient(plane: Floats, weight: float, edge: float, out: Floats) -> None:
    """weight · Σ over the four neighbours of min(max(x − neighbour, −edge), edge): the gradient of Huber's penalty.

    Parameters
    ----------
    plane, out : ndarray of float32, shape (rows, columns)
    edge : float
        Where the penalty turns from square to straight.
    """
    rows, columns = plane.shape
    high, factor = np.float32(edge), np.float32(weight)
    low = -high
    for r in range(rows):
        above, below = plane[max(r - 1, 0)], plane[min(r + 1, rows - 1)]
        line, target = plane[r], out[r]
        for c in range(columns):
            x = line[c]
            total = min(max(x - above[c], low), high) + min(max(x - below[c], low), high)
            target[c] = total
        for c in range(1, columns):
            target[c] += min(max(line[c] - line[c - 1], low), high)
        for c in range(columns - 1):
            target[c] += min(max(line[c] - line[c + 1], low), high)
        for c in range(columns):
            target[c] *= factor


def huber(plane: NDArray[np.float64], edge: float) -> float:
    """Huber's penalty of a slice: Σ over neighbouring pairs of d²/2 up to `edge`, edge·|d| − edge²/2 beyond."""
    total = 0.0
    for axis in (0, 1):
        d = np.abs(np.diff(plane, axis=axis))
        total += float(np.where(d <= edge, 0.5 * d * d, edge * d - 0.5 * edge * edge).sum())
    return total
