"""Compiled loops of the projector pair for any sources: scale and shift along both axes, exact transposes.

Slower than `recon.line_kernels` by the second interpolation and by going through memory for every view.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from recon.lanes import LANES, load, spread, steps, store

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]


@numba.njit(nogil=True, cache=True)
def _run(position: float, step: float, left: int) -> int:
    """How many samples on, at most `left`, the whole part of ``position + t · step`` grows by t exactly."""
    share = position - np.floor(position)
    if step > 1.0 + 1e-12:
        return min(left, max(1, int(np.ceil((1.0 - share) / (step - 1.0)))))
    if step < 1.0 - 1e-12:
        return min(left, int(share / (1.0 - step)) + 1)
    return left


@numba.njit(nogil=True, fastmath=True, cache=True)
def _take(line: Floats, position: float, step: float, weight: float, out: Floats, at: int, count: int) -> None:
    """out[at + t] += weight · line interpolated at position + t · step."""
    t = 0
    while t < count:
        x = position + step * t
        j = int(np.floor(x))
        run = _run(x, step, count - t)
        start, slope = np.float32(weight * (x - j)), np.float32(weight * (step - 1.0))
        part, growth = spread(start) + spread(slope) * steps(), spread(slope * np.float32(LANES))
        whole = np.float32(weight)
        factor = spread(whole)
        stop = run - run % LANES
        for c in range(0, stop, LANES):
            a, b = load(line, j + c), load(line, j + c + 1)
            store(out, at + t + c, load(out, at + t + c) + factor * a + part * (b - a))
            part = part + growth
        for c in range(stop, run):
            a, b = line[j + c], line[j + c + 1]
            out[at + t + c] += whole * a + (start + slope * np.float32(c)) * (b - a)
        t += run


@numba.njit(nogil=True, fastmath=True, cache=True)
def _give(line: Floats, at: int, count: int, position: float, step: float, weight: float, out: Floats) -> None:
    """The transpose of `_take`: out receives line[at + t] at position + t · step."""
    t = 0
    while t < count:
        x = position + step * t
        j = int(np.floor(x))
        run = _run(x, step, count - t)
        start, slope = np.float32(weight * (x - j)), np.float32(weight * (step - 1.0))
        whole = np.float32(weight)
        stop = run - run % LANES
        for pass_ in range(2):
            # Both passes read and write whole lanes one after the other: what overlaps is written before it is read.
            first = np.float32(whole - start) if pass_ == 0 else start
            change = np.float32(-slope) if pass_ == 0 else slope
            part, growth = spread(first) + spread(change) * steps(), spread(change * np.float32(LANES))
            for c in range(0, stop, LANES):
                to = j + pass_ + c
                store(out, to, load(out, to) + part * load(line, at + t + c))
                part = part + growth
            for c in range(stop, run):
                out[j + pass_ + c] += (first + change * np.float32(c)) * line[at + t + c]
        t += run


@numba.njit(nogil=True, fastmath=True, cache=True)
def project_lines(
    planes: Floats, spacing: Doubles, across: Doubles, across_step: Doubles, along: Doubles, along_step: Doubles,
    first: int, stop: int, out: Floats, blend: Floats,
) -> None:  # fmt: skip
    """Lines `first` to `stop` of one view's projection.

    Parameters
    ----------
    planes : ndarray of float32, shape (k, across, along)
    spacing : ndarray of float64, shape (k,)
        What a plane stands for along the height, mm.
    across, across_step, along, along_step : ndarray of float64, shape (k,)
        View sample [v, u] crosses plane k at [across + v · across_step, along + u · along_step].
    out : ndarray of float32, shape (view lines, samples)
    blend : ndarray of float32, shape (≥ along,)
    """
    depth, lines, length = planes.shape
    samples = out.shape[1]
    flat, target = planes.reshape(-1), out.reshape(-1)
    for v in range(first, stop):
        target[v * samples : (v + 1) * samples] = np.float32(0.0)
        for k in range(depth):
            place = across[k] + v * across_step[k]
            j = min(max(int(np.floor(place)), 0), lines - 2)
            share = np.float32(place - j)
            source = (k * lines + j) * length
            p, q = spread(np.float32(1.0) - share), spread(share)
            whole = length - length % LANES
            for r in range(0, whole, LANES):
                store(blend, r, p * load(flat, source + r) + q * load(flat, source + length + r))
            for r in range(whole, length):
                blend[r] = (np.float32(1.0) - share) * flat[source + r] + share * flat[source + length + r]
            _take(blend, along[k], along_step[k], spacing[k], target, v * samples, samples)


@numba.njit(nogil=True, fastmath=True, cache=True)
def back_project_plane(
    view: Floats, spacing: float, across: float, across_step: float, along: float, along_step: float,
    limits: Indices, plane: Floats, work: Floats,
) -> None:  # fmt: skip
    """Add the transpose of `project_lines` for one view and one plane.

    Parameters
    ----------
    view : ndarray of float32, shape (view lines, samples)
    limits : ndarray of int32, shape (view lines, 2)
        First and end sample with data in each line.
    plane : ndarray of float32, shape (across, along)
    work : ndarray of float32, shape (≥ along,)
    """
    lines, length = plane.shape
    samples = view.shape[1]
    flat, target = view.reshape(-1), plane.reshape(-1)
    for v in range(view.shape[0]):
        begin, end = limits[v, 0], limits[v, 1]
        if end <= begin:
            continue
        work[:length] = np.float32(0.0)
        _give(flat, v * samples + begin, end - begin, along + begin * along_step, along_step, spacing, work)
        place = across + v * across_step
        j = min(max(int(np.floor(place)), 0), lines - 2)
        share = np.float32(place - j)
        p, q = spread(np.float32(1.0) - share), spread(share)
        to = j * length
        whole = length - length % LANES
        for r in range(0, whole, LANES):
            part = load(work, r)
            store(target, to + r, load(target, to + r) + p * part)
            store(target, to + length + r, load(target, to + length + r) + q * part)
        for r in range(whole, length):
            target[to + r] += (np.float32(1.0) - share) * work[r]
            target[to + length + r] += share * work[r]
