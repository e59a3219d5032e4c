"""Compiled loops of back projection from any sources: scale and shift along both axes.

Where the tube leaves its straight track a view reaches a slice with a scale a little off 1 and a shift across the
sweep as well. A tile of a plane is made view by view: the view's rows are interpolated along their columns into lines
(a scale near 1 makes long runs of constant whole shift, so that this stays a matter of lanes), and lines are
interpolated to rows. Thick slabs use the lines' running integral, so that their thickness costs nothing.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from recon.kernels import AHEAD
from recon.lanes import LANES, load, prefetch, spread, steps, store

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]
Shorts = NDArray[np.int16]


@numba.njit(nogil=True, fastmath=True, cache=True)
def line_of(
    flat: Shorts, source: int, columns: int, factor: float, position: float, step: float, target: Floats, at: int,
    width: int,
) -> None:  # fmt: skip
    """``target[at + c]`` = factor · the row from `source` on, at column ``position + step · c``; ends continued."""
    scale = np.float32(factor)
    c = 0
    while c < width:
        x = position + step * c
        if x < 0.0 or x >= columns - 1:
            # Beyond the row's ends: the end's value, up to where the row begins or to the line's end.
            end = flat[source] if x < 0.0 else flat[source + columns - 1]
            stop = min(width, c + max(1, int(np.ceil(-x / step)))) if x < 0.0 else width
            while c < stop:
                target[at + c] = scale * np.float32(end)
                c += 1
            continue
        j = int(np.floor(x))
        share = x - j
        # The run of columns over which position − index stays between j − c and j − c + 1, inside the row.
        run = min(width - c, columns - 1 - j)
        if step > 1.0 + 1e-12:
            run = min(run, max(1, int(np.ceil((1.0 - share) / (step - 1.0)))))
        elif step < 1.0 - 1e-12:
            run = min(run, int(share / (1.0 - step)) + 1)
        slope = np.float32((step - 1.0) * factor)
        start = np.float32(share * factor)
        near = source + j
        part, growth, whole = spread(start) + spread(slope) * steps(), spread(slope * np.float32(LANES)), spread(scale)
        stop = run - run % LANES
        for t in range(0, stop, LANES):
            a, b = load(flat, near + t), load(flat, near + t + 1)
            store(target, at + c + t, whole * a + part * (b - a))
            part = part + growth
            prefetch(flat, near + t + AHEAD * columns)
        for t in range(stop, run):
            a, b = np.float32(flat[near + t]), np.float32(flat[near + t + 1])
            target[at + c + t] = scale * a + (start + slope * np.float32(t)) * (b - a)
        c += run


@numba.njit(nogil=True, cache=True)
def reach_of(valid: Indices, view: int, row: int, columns: int, position: float, step: float, width: int):  # type: ignore[no-untyped-def]
    """Output columns, within [0, width], whose place in the view's row lies within half a pixel of its data."""
    left, right = 0, columns
    if valid.shape[0] > 0:
        left, right = valid[view, row, 0], valid[view, row, 1]
    if right <= left:
        return 0, 0
    first = max(0, int(np.ceil((left - 0.5 - position) / step - 1e-9)))
    stop = min(width, int(np.floor((right - 0.5 - position) / step + 1e-9)) + 1)
    return first, max(first, stop)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add_thin(
    lines: Floats, at: int, share: float, weight: float, stride: int, out: Floats, to: int, stop: int
) -> None:
    """Two lines onto part of an output row of `stop` columns, of which the last may be no whole lane."""
    p, q = np.float32(weight * (1.0 - share)), np.float32(weight * share)
    ps, qs = spread(p), spread(q)
    whole = stop - stop % LANES
    for c in range(0, whole, LANES):
        store(out, to + c, load(out, to + c) + ps * load(lines, at + c) + qs * load(lines, at + stride + c))
    for c in range(whole, stop):
        out[to + c] += p * lines[at + c] + q * lines[at + stride + c]


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add_thick(
    lines: Floats, low: int, low_share: float, high: int, high_share: float, weight: float, stride: int,
    integral: int, out: Floats, to: int, stop: int,
) -> None:  # fmt: skip
    """The mean between two places among the lines onto part of an output row.

    ∫ of the interpolated view up to j + f is I(j) + (f − f²/2)·line(j) + f²/2·line(j + 1).
    """
    k = np.float32(weight)
    pa, qa = np.float32(weight * (low_share - low_share**2 / 2)), np.float32(weight * low_share**2 / 2)
    pb, qb = np.float32(weight * (high_share - high_share**2 / 2)), np.float32(weight * high_share**2 / 2)
    ks, pas, qas, pbs, qbs = spread(k), spread(pa), spread(qa), spread(pb), spread(qb)
    whole = stop - stop % LANES
    for c in range(0, whole, LANES):
        rise = ks * (load(lines, integral + high + c) - load(lines, integral + low + c))
        upper = pbs * load(lines, high + c) + qbs * load(lines, high + stride + c)
        lower = pas * load(lines, low + c) + qas * load(lines, low + stride + c)
        store(out, to + c, load(out, to + c) + rise + (upper - lower))
    for c in range(whole, stop):
        rise_c = k * (lines[integral + high + c] - lines[integral + low + c])
        upper_c = pb * lines[high + c] + qb * lines[high + stride + c]
        out[to + c] += rise_c + upper_c - pa * lines[low + c] - qa * lines[low + stride + c]


@numba.njit(nogil=True, fastmath=True, cache=True)
def general_tile(
    values: Shorts, scale: Floats, valid: Indices, view: Indices, row_step: Doubles, row_low: Doubles,
    row_high: Doubles, column_step: Doubles, column_first: Doubles, weight: Floats, least: float, normalise: bool,
    out: Floats, plane: int, row_start: int, row_stop: int, column: int, width: int, lines: Floats, cover: Floats,
) -> None:  # fmt: skip
    """Fill a tile of one plane.

    Parameters
    ----------
    valid : ndarray of int32, shape (n, along, 2) or (0, 0, 2)
        Columns with data in each row of each view; none: everywhere.
    view : ndarray of int32, shape (entries,)
    row_step … weight : ndarray, shape (entries,)
        As in `recon.backproject.Plan`, one plane.
    least : float
        Pixels that received less weight become NaN.
    out : ndarray of float32, shape (planes, rows, columns)
        Columns a multiple of 16.
    lines : ndarray of float32, shape (4, room, stride)
        Memory for interpolated rows of four views, or of one and its running integral; stride at least `width`.
    cover : ndarray of float32, shape (row_stop − row_start, ≥ width + 1)
    """
    samples, columns = values.shape[1], values.shape[2]
    stride, room = lines.shape[2], lines.shape[1] * lines.shape[2]
    rows, total = out.shape[1], out.shape[2]
    zero, half = spread(np.float32(0.0)), spread(np.float32(0.5))
    height = row_stop - row_start
    flat, flat_lines, flat_out = values.reshape(-1), lines.reshape(-1), out.reshape(-1)
    cover[:height] = np.float32(0.0)
    for r in range(row_start, row_stop):
        at = (plane * rows + r) * total + column
        for c in range(0, width, LANES):
            store(out, at + c, zero)
    group = 1 if np.any(np.abs(row_high - row_low) > 1e-6) else 4
    # Of each view and row of the tile: the line it begins at, its share of the next one, and its columns.
    place = np.empty((4, height, 2), np.int64)
    share = np.empty((4, height, 2))
    reach = np.empty((4, height, 2), np.int64)
    total_weight = np.float32(0.0)
    for e in range(0, view.size, group):
        count = min(group, view.size - e)
        for lane in range(count):
            v, w, step = view[e + lane], weight[e + lane], row_step[e + lane]
            total_weight += w
            low = min(row_low[e + lane], row_high[e + lane])
            high = max(row_low[e + lane], row_high[e + lane])
            across = column_step[e + lane]
            position = column_first[e + lane] + across * column
            top = int(np.floor(min(max(step * row_start + low, 0.0), samples - 1.0)))
            last = int(np.floor(min(max(step * (row_stop - 1) + high, 0.0), samples - 1.0)))
            top = min(top, samples - 2)
            for y in range(top, min(samples - 1, last + 1) + 1):
                source, to = (v * samples + y) * columns, lane * room + (y - top) * stride
                line_of(flat, source, columns, scale[v, y], position, across, flat_lines, to, width)
            for r in range(row_start, row_stop):
                a, b = step * r + low, step * r + high
                k = r - row_start
                reach[lane, k, 0] = reach[lane, k, 1] = 0
                if b < -0.5 or a > samples - 0.5:
                    continue
                a, b = min(max(a, 0.0), samples - 1.0), min(max(b, 0.0), samples - 1.0)
                ja, jb = min(int(a), samples - 2), min(int(b), samples - 2)
                place[lane, k, 0], place[lane, k, 1] = lane * room + (ja - top) * stride, (jb - top) * stride
                share[lane, k, 0], share[lane, k, 1] = a - ja, b - jb
                first, stop = reach_of(valid, v, int(0.5 * (a + b) + 0.5), columns, position, across, width)
                reach[lane, k, 0], reach[lane, k, 1] = first, stop
                cover[k, first] += w
                cover[k, stop] -= w
        for k in range(height):
            at = (plane * rows + row_start + k) * total + column
            if group == 1:
                first, stop = reach[0, k]
                length = (share[0, k, 1] + place[0, k, 1] // stride) - (share[0, k, 0] + place[0, k, 0] // stride)
                if k == 0:
                    # The running integral of the lines, down to the last that any row asks for.
                    for c in range(0, width, LANES):
                        store(lines, room + c, zero)
                    for line in range(last + 1 - top):
                        for c in range(line * stride, line * stride + width, LANES):
                            mean = half * (load(lines, c) + load(lines, c + stride))
                            store(lines, room + c + stride, load(lines, room + c) + mean)
                if stop > first and length > 1e-6:
                    _add_thick(
                        flat_lines, place[0, k, 0] + first, share[0, k, 0], place[0, k, 1] + first, share[0, k, 1],
                        weight[e] / length, stride, room, flat_out, at + first, stop - first,
                    )  # fmt: skip
                elif stop > first:
                    _add_thin(
                        flat_lines, place[0, k, 0] + first, share[0, k, 0], weight[e], stride, flat_out, at + first,
                        stop - first,
                    )  # fmt: skip
                continue
            begin = max(reach[0, k, 0], reach[1, k, 0], reach[2, k, 0], reach[3, k, 0])
            end = min(reach[0, k, 1], reach[1, k, 1], reach[2, k, 1], reach[3, k, 1])
            if count < 4 or begin > 0 or end < width:
                for lane in range(count):
                    first, stop = reach[lane, k]
                    if stop > first:
                        _add_thin(
                            flat_lines, place[lane, k, 0] + first, share[lane, k, 0], weight[e + lane], stride,
                            flat_out, at + first, stop - first,
                        )  # fmt: skip
                continue
            a0, a1, a2, a3 = place[0, k, 0], place[1, k, 0], place[2, k, 0], place[3, k, 0]
            f0, f1, f2, f3 = share[0, k, 0], share[1, k, 0], share[2, k, 0], share[3, k, 0]
            w0, w1, w2, w3 = weight[e], weight[e + 1], weight[e + 2], weight[e + 3]
            p0, q0 = spread(np.float32(w0 * (1.0 - f0))), spread(np.float32(w0 * f0))
            p1, q1 = spread(np.float32(w1 * (1.0 - f1))), spread(np.float32(w1 * f1))
            p2, q2 = spread(np.float32(w2 * (1.0 - f2))), spread(np.float32(w2 * f2))
            p3, q3 = spread(np.float32(w3 * (1.0 - f3))), spread(np.float32(w3 * f3))
            for c in range(0, width, LANES):
                d = stride + c
                part = load(out, at + c) + p0 * load(lines, a0 + c) + q0 * load(lines, a0 + d)
                part = part + p1 * load(lines, a1 + c) + q1 * load(lines, a1 + d) + p2 * load(lines, a2 + c)
                part = part + q2 * load(lines, a2 + d) + p3 * load(lines, a3 + c) + q3 * load(lines, a3 + d)
                store(out, at + c, part)
    _normalise(
        cover[:height], total_weight, least, normalise, flat_out, (plane * rows + row_start) * total + column,
        total, width,
    )  # fmt: skip


@numba.njit(nogil=True, cache=True)  # no fastmath, which takes it that nothing is NaN
def _normalise(
    cover: Floats, weight: float, least: float, normalise: bool, out: Floats, start: int, stride: int, width: int
) -> None:
    """Make up for the views that miss a pixel; `cover` holds the changes of their weight along each row."""
    full = np.float32(weight * (1.0 - 1e-4))
    for r in range(cover.shape[0]):
        at = start + r * stride
        seen = np.float32(0.0)
        for c in range(width):
            seen += cover[r, c]
            if seen < full:
                if seen <= least:
                    out[at + c] = np.float32(np.nan)
                elif normalise:
                    out[at + c] *= np.float32(weight / seen)
