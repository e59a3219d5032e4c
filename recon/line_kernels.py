"""Compiled loops of the projector pair for sweeps in which every line along the sweep stands alone.

With all sources at one height on a line along the sweep, the line of the planes at one place across it is seen by the
same line of every view, by a constant shift of each plane: an independent problem that fits the cache. A line's
iteration is done there from first to last, and memory is read and written once.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from recon.lanes import LANES, larger, load, spread, store

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]
Shorts = NDArray[np.int16]

WIDE = 4 * LANES
"""Elements summed at a time: so many that the weights' broadcasts do not matter."""


@numba.njit(nogil=True, fastmath=True, cache=True)
def gather(lines: Floats, first: Indices, near: Floats, far: Floats, out: Floats, at: int, count: int) -> None:
    """out[at + t] = Σ_k near[k] · lines[k, first[k] + t] + far[k] · lines[k, first[k] + t + 1].

    Parameters
    ----------
    lines : ndarray of float32, shape (k, length)
        Long enough for whole groups of 64 from every `first` on, and one more.
    first : ndarray of int32, shape (k,)
    near, far : ndarray of float32, shape (k,)
    out : ndarray of float32
        Written in whole groups of 64.
    """
    length = lines.shape[1]
    zero = spread(np.float32(0.0))
    for t in range(0, count, WIDE):
        a, b, c, d = zero, zero, zero, zero
        for k in range(first.size):
            j = k * length + first[k] + t
            p, q = spread(near[k]), spread(far[k])
            a = a + p * load(lines, j) + q * load(lines, j + 1)
            b = b + p * load(lines, j + LANES) + q * load(lines, j + LANES + 1)
            c = c + p * load(lines, j + 2 * LANES) + q * load(lines, j + 2 * LANES + 1)
            d = d + p * load(lines, j + 3 * LANES) + q * load(lines, j + 3 * LANES + 1)
        store(out, at + t, a)
        store(out, at + t + LANES, b)
        store(out, at + t + 2 * LANES, c)
        store(out, at + t + 3 * LANES, d)


@numba.njit(nogil=True, fastmath=True, cache=True)
def additive(
    values: Shorts, scale: Floats, views: Indices, line: int, planes: Floats, first: Indices, near: Floats,
    far: Floats, back: Indices, back_near: Floats, back_far: Floats, column: Floats, row: float, floor: float,
    penalty: Floats, x: Floats, residual: Floats, work: Floats, start: int,
) -> float:  # fmt: skip
    """One simultaneous update of a line by some views; the sum of the squared residuals.

    x ← max(floor, x + column · (Aᵀ(row · (y − A x)) − penalty)).

    Parameters
    ----------
    values, scale : Samples' arrays, shape (n, across, along) and (n, across)
    views : ndarray of int32, shape (m,)
    planes : ndarray of float32, shape (k, across, length)
        Updated at `line`.
    first, near, far : shape (m, k)
        Of the projection: the place in the planes' line that sample 0 of a view takes, and the two weights.
    back, back_near, back_far : shape (k, m)
        Of the back projection: the place in `residual` that element 0 of a plane's line takes.
    column : ndarray of float32, shape (k, length)
    penalty : ndarray of float32, shape (k, across, length) or (0, 0, 0)
        Gradient of a penalty, if there is one.
    x : ndarray of float32, shape (k, ≥ length + 80)
    residual : ndarray of float32, shape (m, ≥ …)
        Zero before `start` and behind the samples.
    work : ndarray of float32
    """
    depth, length, samples = planes.shape[0], planes.shape[2], values.shape[2]
    for k in range(depth):
        x[k, :length] = planes[k, line]
    total = 0.0
    for m in range(views.size):
        gather(x, first[m], near[m], far[m], work, 0, samples)
        factor = scale[views[m], line]
        squares = np.float32(0.0)
        for u in range(samples):
            difference = np.float32(values[views[m], line, u]) * factor - work[u]
            squares += difference * difference
            residual[m, start + u] = np.float32(row) * difference
        total += float(squares)
    lowest = spread(np.float32(floor))
    whole = length - length % LANES
    for k in range(depth):
        gather(residual, back[k], back_near[k], back_far[k], work, 0, length)
        if penalty.size > 0:
            for r in range(length):
                work[r] -= penalty[k, line, r]
        for r in range(0, whole, LANES):
            at = k * x.shape[1] + r
            store(x, at, larger(lowest, load(x, at) + load(column, k * length + r) * load(work, r)))
        for r in range(whole, length):
            x[k, r] = max(np.float32(floor), x[k, r] + column[k, r] * work[r])
        planes[k, line] = x[k, :length]
    return total


@numba.njit(nogil=True, fastmath=True, cache=True)
def multiplicative(
    values: Shorts, scale: Floats, views: Indices, line: int, planes: Floats, first: Indices, near: Floats,
    far: Floats, back: Indices, back_near: Floats, back_far: Floats, column: Floats, least: float,
    x: Floats, residual: Floats, work: Floats, start: int,
) -> float:  # fmt: skip
    """x ← x · column · Aᵀ(y / A x); parameters and result as of `additive`, `least` the smallest A x."""
    depth, length, samples = planes.shape[0], planes.shape[2], values.shape[2]
    for k in range(depth):
        x[k, :length] = planes[k, line]
    total = 0.0
    for m in range(views.size):
        gather(x, first[m], near[m], far[m], work, 0, samples)
        factor = scale[views[m], line]
        squares = np.float32(0.0)
        for u in range(samples):
            value = np.float32(values[views[m], line, u]) * factor
            difference = value - work[u]
            squares += difference * difference
            residual[m, start + u] = max(value, np.float32(0.0)) / max(work[u], np.float32(least))
        total += float(squares)
    for k in range(depth):
        gather(residual, back[k], back_near[k], back_far[k], work, 0, length)
        for r in range(length):
            factor_r = column[k, r] * work[r] if column[k, r] > 0.0 else np.float32(1.0)
            planes[k, line, r] = x[k, r] * factor_r
    return total
