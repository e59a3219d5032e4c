"""Compiled loops of back projection by shifts. `recon.backproject` says what they compute and hands them their tiles.

Views are 16-bit samples with a scale for each row (`recon.samples`). What a plane takes from the views is a list of
*entries*: a view, the first of the neighbouring rows that it takes, and their weights. Columns are taken in whole
lanes, so output rows are a multiple of 16 long, and what lies beyond the width asked for means nothing.
Single-threaded, with the GIL released; arrays are C-contiguous and addressed by flat indices (`recon.lanes`).
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from recon.lanes import LANES, load, prefetch, spread, store

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]
Shorts = NDArray[np.int16]

PAIRS = 4
"""Entries of two rows summed at a time."""
TRIPLES = 2
"""Entries of three rows summed at a time."""
AHEAD = 4
"""Rows below those in use that are asked for from memory; the processor's own guess stops at every row's end."""


@numba.njit(nogil=True, fastmath=True, cache=True)
def clear(out: Floats, plane: int, row_start: int, row_stop: int, column: int, width: int) -> None:
    """Set a tile of `out` (planes, rows, columns) to zero."""
    zero = spread(np.float32(0.0))
    for r in range(row_start, row_stop):
        at = (plane * out.shape[1] + r) * out.shape[2] + column
        for c in range(0, width, LANES):
            store(out, at + c, zero)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add_line(
    values: Shorts, scale: Floats, view: int, row: int, base: int, weights: Floats, out: Floats, at: int, width: int
) -> None:
    """Neighbouring rows of one view onto one row of `out`; rows outside the view count as zero."""
    samples, columns = values.shape[1], values.shape[2]
    for t in range(weights.size):
        y = row + t
        if 0 <= y < samples and weights[t] != 0.0:
            weight = spread(weights[t] * scale[view, y])
            source = (view * samples + y) * columns + base
            for c in range(0, width, LANES):
                store(out, at + c, load(out, at + c) + weight * load(values, source + c))


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_pairs(
    values: Shorts, scale: Floats, view: Indices, first: Indices, weights: Floats, out: Floats,
    plane: int, row_start: int, row_stop: int, column: int, width: int, base: int,
) -> None:  # fmt: skip
    """Add two rows of each entry to rows of a plane of `out` (planes, rows, columns).

    Four entries and two output rows at a time: fewer would read and write `out` more often, more would not fit the
    registers.

    Parameters
    ----------
    view, first : ndarray of int32, shape (entries,)
        Output row r takes the view's rows ``r + first`` and ``r + first + 1``.
    weights : ndarray of float32, shape (entries, 2)
    base : int
        The view column that `column` takes.
    """
    samples, columns = values.shape[1], values.shape[2]
    rows, total = out.shape[1], out.shape[2]
    entries = view.size
    for e in range(0, entries, PAIRS):
        count = min(PAIRS, entries - e)
        lowest, highest = first[e : e + count].min(), first[e : e + count].max()
        r = row_start
        while r < row_stop:
            at = (plane * rows + r) * total + column
            if count < PAIRS or r + lowest < 0 or r + highest + 3 > samples or r + 2 > row_stop:
                for k in range(e, e + count):
                    _add_line(values, scale, view[k], r + first[k], base, weights[k], out, at, width)
                r += 1
                continue
            # The upper output row takes rows a and b of a view, the lower one rows b and c.
            v0, y0 = view[e + 0], r + first[e + 0]
            v1, y1 = view[e + 1], r + first[e + 1]
            v2, y2 = view[e + 2], r + first[e + 2]
            v3, y3 = view[e + 3], r + first[e + 3]
            s, t = scale[v0, y0], scale[v0, y0 + 1]
            ua0, ub0 = spread(weights[e + 0, 0] * s), spread(weights[e + 0, 1] * t)
            lb0, lc0 = spread(weights[e + 0, 0] * t), spread(weights[e + 0, 1] * scale[v0, y0 + 2])
            s, t = scale[v1, y1], scale[v1, y1 + 1]
            ua1, ub1 = spread(weights[e + 1, 0] * s), spread(weights[e + 1, 1] * t)
            lb1, lc1 = spread(weights[e + 1, 0] * t), spread(weights[e + 1, 1] * scale[v1, y1 + 2])
            s, t = scale[v2, y2], scale[v2, y2 + 1]
            ua2, ub2 = spread(weights[e + 2, 0] * s), spread(weights[e + 2, 1] * t)
            lb2, lc2 = spread(weights[e + 2, 0] * t), spread(weights[e + 2, 1] * scale[v2, y2 + 2])
            s, t = scale[v3, y3], scale[v3, y3 + 1]
            ua3, ub3 = spread(weights[e + 3, 0] * s), spread(weights[e + 3, 1] * t)
            lb3, lc3 = spread(weights[e + 3, 0] * t), spread(weights[e + 3, 1] * scale[v3, y3 + 2])
            a0 = (v0 * samples + y0) * columns + base
            a1 = (v1 * samples + y1) * columns + base
            a2 = (v2 * samples + y2) * columns + base
            a3 = (v3 * samples + y3) * columns + base
            for c in range(0, width, LANES):
                b0, b1 = load(values, a0 + columns + c), load(values, a1 + columns + c)
                b2, b3 = load(values, a2 + columns + c), load(values, a3 + columns + c)
                upper = (
                    load(out, at + c) + ua0 * load(values, a0 + c) + ub0 * b0 + ua1 * load(values, a1 + c) + ub1 * b1
                )
                upper = upper + ua2 * load(values, a2 + c) + ub2 * b2 + ua3 * load(values, a3 + c) + ub3 * b3
                store(out, at + c, upper)
                d = c + 2 * columns
                lower = load(out, at + total + c) + lb0 * b0 + lc0 * load(values, a0 + d)
                lower = lower + lb1 * b1 + lc1 * load(values, a1 + d) + lb2 * b2 + lc2 * load(values, a2 + d)
                store(out, at + total + c, lower + lb3 * b3 + lc3 * load(values, a3 + d))
                prefetch(values, a0 + AHEAD * columns + c)
                prefetch(values, a0 + (AHEAD + 1) * columns + c)
                prefetch(values, a1 + AHEAD * columns + c)
                prefetch(values, a1 + (AHEAD + 1) * columns + c)
                prefetch(values, a2 + AHEAD * columns + c)
                prefetch(values, a2 + (AHEAD + 1) * columns + c)
                prefetch(values, a3 + AHEAD * columns + c)
                prefetch(values, a3 + (AHEAD + 1) * columns + c)
            r += 2


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_triples(
    values: Shorts, scale: Floats, view: Indices, first: Indices, weights: Floats, out: Floats,
    plane: int, row_start: int, row_stop: int, column: int, width: int, base: int, down: int,
) -> None:  # fmt: skip
    """Add three rows of each entry to rows of a plane of `out`, two entries and two output rows at a time.

    Parameters as in `add_pairs`; weights have shape (entries, 3), and output row r takes the view's rows
    ``r + down + first`` and the two below it.
    """
    samples, columns = values.shape[1], values.shape[2]
    rows, total = out.shape[1], out.shape[2]
    entries = view.size
    for e in range(0, entries, TRIPLES):
        count = min(TRIPLES, entries - e)
        lowest, highest = first[e : e + count].min() + down, first[e : e + count].max() + down
        r = row_start
        while r < row_stop:
            at = (plane * rows + r) * total + column
            if count < TRIPLES or r + lowest < 0 or r + highest + 4 > samples or r + 2 > row_stop:
                for k in range(e, e + count):
                    _add_line(values, scale, view[k], r + down + first[k], base, weights[k], out, at, width)
                r += 1
                continue
            y0, y1 = r + down + first[e], r + down + first[e + 1]
            v0, v1 = view[e], view[e + 1]
            w, x, z = weights[e + 0, 0], weights[e + 0, 1], weights[e + 0, 2]
            ua0, ub0 = spread(w * scale[v0, y0]), spread(x * scale[v0, y0 + 1])
            uc0, lb0 = spread(z * scale[v0, y0 + 2]), spread(w * scale[v0, y0 + 1])
            lc0, ld0 = spread(x * scale[v0, y0 + 2]), spread(z * scale[v0, y0 + 3])
            a0 = (v0 * samples + y0) * columns + base
            w, x, z = weights[e + 1, 0], weights[e + 1, 1], weights[e + 1, 2]
            ua1, ub1 = spread(w * scale[v1, y1]), spread(x * scale[v1, y1 + 1])
            uc1, lb1 = spread(z * scale[v1, y1 + 2]), spread(w * scale[v1, y1 + 1])
            lc1, ld1 = spread(x * scale[v1, y1 + 2]), spread(z * scale[v1, y1 + 3])
            a1 = (v1 * samples + y1) * columns + base
            for c in range(0, width, LANES):
                b0, b1 = load(values, a0 + columns + c), load(values, a1 + columns + c)
                c0, c1 = load(values, a0 + 2 * columns + c), load(values, a1 + 2 * columns + c)
                upper = load(out, at + c) + ua0 * load(values, a0 + c) + ub0 * b0 + uc0 * c0
                store(out, at + c, upper + ua1 * load(values, a1 + c) + ub1 * b1 + uc1 * c1)
                lower = load(out, at + total + c) + lb0 * b0 + lc0 * c0 + ld0 * load(values, a0 + 3 * columns + c)
                store(out, at + total + c, lower + lb1 * b1 + lc1 * c1 + ld1 * load(values, a1 + 3 * columns + c))
                prefetch(values, a0 + AHEAD * columns + c)
                prefetch(values, a0 + (AHEAD + 1) * columns + c)
                prefetch(values, a1 + AHEAD * columns + c)
                prefetch(values, a1 + (AHEAD + 1) * columns + c)
            r += 2


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_block(
    values: Shorts, scale: Floats, view: Indices, first: Indices, weights: Floats, out: Floats,
    row_start: int, row_stop: int, column: int, width: int, base: int, lines: Floats, sums: Floats,
) -> None:  # fmt: skip
    """Fill a tile of many planes, each from two rows of each entry.

    The rows that any plane needs are unpacked once for all planes; they and the sums stay in the cache.

    Parameters
    ----------
    view : ndarray of int32, shape (entries,)
    first : ndarray of int32, shape (entries, planes)
    weights : ndarray of float32, shape (entries, planes, 2)
    lines : ndarray of float32, shape (4, rows, stride)
        Memory for unpacked rows: enough for the tile and the planes' spread (`spread_of`), rows of at least `width`.
    sums : ndarray of float32, shape (planes, rows, stride)
        Memory for the sums, an even number of rows.
    """
    samples, columns = values.shape[1], values.shape[2]
    planes, rows, total = out.shape
    entries = view.size
    height = row_stop - row_start
    stride, room, part = lines.shape[2], lines.shape[1] * lines.shape[2], sums.shape[1] * sums.shape[2]
    zero = spread(np.float32(0.0))
    low = np.zeros(PAIRS, np.int64)
    for at in range(0, planes * part, LANES):
        store(sums, at, zero)
    for e in range(0, entries, PAIRS):
        for lane in range(PAIRS):
            k = min(e + lane, entries - 1)
            low[lane] = first[k].min()
            span = first[k].max() - low[lane] + height + 2
            for line in range(span):
                y = row_start + low[lane] + line
                at = lane * room + line * stride
                if 0 <= y < samples and e + lane < entries:
                    factor = spread(scale[view[k], y])
                    source = (view[k] * samples + y) * columns + base
                    for c in range(0, width, LANES):
                        store(lines, at + c, factor * load(values, source + c))
                else:
                    for c in range(0, width, LANES):
                        store(lines, at + c, zero)
        k1, k2, k3 = min(e + 1, entries - 1), min(e + 2, entries - 1), min(e + 3, entries - 1)
        for plane in range(planes):
            p0, q0 = spread(weights[e, plane, 0]), spread(weights[e, plane, 1])
            p1, q1 = spread(weights[k1, plane, 0]), spread(weights[k1, plane, 1])
            p2, q2 = spread(weights[k2, plane, 0]), spread(weights[k2, plane, 1])
            p3, q3 = spread(weights[k3, plane, 0]), spread(weights[k3, plane, 1])
            a0 = (first[e, plane] - low[0]) * stride
            a1 = room + (first[k1, plane] - low[1]) * stride
            a2 = 2 * room + (first[k2, plane] - low[2]) * stride
            a3 = 3 * room + (first[k3, plane] - low[3]) * stride
            at = plane * part
            for _ in range(0, height, 2):
                for c in range(0, width, LANES):
                    b0, b1 = load(lines, a0 + stride + c), load(lines, a1 + stride + c)
                    b2, b3 = load(lines, a2 + stride + c), load(lines, a3 + stride + c)
                    upper = load(sums, at + c) + p0 * load(lines, a0 + c) + q0 * b0 + p1 * load(lines, a1 + c) + q1 * b1
                    upper = upper + p2 * load(lines, a2 + c) + q2 * b2 + p3 * load(lines, a3 + c) + q3 * b3
                    store(sums, at + c, upper)
                    d = c + 2 * stride
                    lower = load(sums, at + stride + c) + p0 * b0 + q0 * load(lines, a0 + d)
                    lower = lower + p1 * b1 + q1 * load(lines, a1 + d) + p2 * b2 + q2 * load(lines, a2 + d)
                    store(sums, at + stride + c, lower + p3 * b3 + q3 * load(lines, a3 + d))
                a0, a1, a2, a3, at = a0 + 2 * stride, a1 + 2 * stride, a2 + 2 * stride, a3 + 2 * stride, at + 2 * stride
    for plane in range(planes):
        for r in range(height):
            source, at = plane * part + r * stride, (plane * rows + row_start + r) * total + column
            for c in range(0, width, LANES):
                store(out, at + c, load(sums, source + c))


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_boxes(
    values: Shorts, scale: Floats, view: Indices, low: Doubles, high: Doubles, weights: Floats, out: Floats,
    at: int, width: int, base: int,
) -> None:  # fmt: skip
    """Add the mean of each entry's interpolated view over the rows [low, high] to one row of `out`.

    Row j's weight is the integral of its interpolation's hat over the box.
    """
    samples, columns = values.shape[1], values.shape[2]
    for e in range(view.size):
        length = high[e] - low[e]
        for y in range(max(0, int(np.floor(low[e]))), min(samples - 1, int(np.ceil(high[e]))) + 1):
            share = _hat(high[e] - y) - _hat(low[e] - y)
            weight = spread(np.float32(weights[e] * share / length) * scale[view[e], y])
            source = (view[e] * samples + y) * columns + base
            for c in range(0, width, LANES):
                store(out, at + c, load(out, at + c) + weight * load(values, source + c))


@numba.njit(nogil=True, cache=True)
def _hat(x: float) -> float:
    """∫ of max(0, 1 − |t|) from −∞ to x."""
    x = min(max(x, -1.0), 1.0)
    return 0.5 * (1.0 + x) ** 2 if x < 0 else 1.0 - 0.5 * (1.0 - x) ** 2


@numba.njit(nogil=True, fastmath=True, cache=True)
def run_sums(ends: Floats, carry: Floats, out: Floats, plane: int, row: int, count: int, column: int) -> None:
    """Add the wide boxes to rows of a plane: the carried row plus the running sum of the ends.

    Parameters
    ----------
    ends : ndarray of float32, shape (1, ≥ count, width)
    carry : ndarray of float32, shape (width,)
        Updated.
    """
    width = carry.size
    for r in range(count):
        at = (plane * out.shape[1] + row + r) * out.shape[2] + column
        for c in range(0, width, LANES):
            running = load(carry, c)
            store(out, at + c, load(out, at + c) + running)
            store(carry, c, running + load(ends, r * width + c))


@numba.njit(nogil=True, cache=True)  # no fastmath, which takes it that nothing is NaN
def apply_factors(
    factor: Floats, out: Floats, plane: int, row_start: int, row_stop: int, column: int, width: int
) -> None:
    """Multiply rows of a plane of `out` by ``factor[plane, row]``, NaN included."""
    nothing = spread(np.float32(np.nan))
    for r in range(row_start, row_stop):
        at = (plane * out.shape[1] + r) * out.shape[2] + column
        if np.isnan(factor[plane, r]):
            for c in range(0, width, LANES):
                store(out, at + c, nothing)
        elif factor[plane, r] != np.float32(1.0):
            lanes = spread(factor[plane, r])
            for c in range(0, width, LANES):
                store(out, at + c, load(out, at + c) * lanes)


@numba.njit(nogil=True, cache=True)
def even_factors(
    low: Doubles, high: Doubles, weight: Floats, samples: int, normalise: bool, least: float, out: Floats
) -> None:
    """What makes up for the views that miss rows at the borders; NaN where all of them do.

    Parameters
    ----------
    low, high : ndarray of float64, shape (entries, planes)
        Row r of a plane takes the mean of the view's interpolated rows from ``r + low`` to ``r + high``.
    weight : ndarray of float32, shape (entries, planes)
    samples : int
        Rows of a view.
    normalise : bool
        False: only NaN or 1.
    least : float
        Share of the lightest weight up to which a row counts as unseen.
    out : ndarray of float32, shape (planes, rows)
    """
    for plane in range(out.shape[0]):
        total = weight[:, plane].sum()
        bound = least * weight[:, plane].min()
        first, last = low[:, plane].min(), high[:, plane].max()
        for r in range(out.shape[1]):
            factor = 1.0
            if r + first < 0.0 or r + last > samples - 1.0:
                seen = 0.0
                for e in range(low.shape[0]):
                    a, b = r + low[e, plane], r + high[e, plane]
                    if b - a > 1e-3:
                        share = (_below(b, samples) - _below(a, samples)) / (b - a)
                    else:
                        share = min(1.0, max(0.0, min(a + 1.0, samples - a)))
                    seen += weight[e, plane] * share
                if seen <= bound:
                    factor = np.nan
                elif normalise and abs(total / seen - 1.0) > 1e-4:
                    factor = total / seen
            out[plane, r] = np.float32(factor)


@numba.njit(nogil=True, cache=True)
def _below(x: float, samples: int) -> float:
    """Σ over the rows j of a view of ``_hat(x − j)``: how much of the view lies below x."""
    if x <= -1.0:
        return 0.0
    if x < 0.0:
        return 0.5 * (1.0 + x) ** 2
    if x <= samples - 1.0:
        return x + 0.5
    return samples - 0.5 * max(0.0, samples - x) ** 2
