"""Compiled loops of trimmed back projection: the views' highest and lowest contributions to a pixel are left out.

A dense edge at another height reaches a pixel of the slice in one or two views only, and with few views each of them is
seen as a copy of the edge (ripple). In the mean without the extremes such a view has no say, while what lies in the
slice is told by all views alike (α-trimmed back projection: J. Digit. Imaging 28:338, 2015). A mean of that kind is no
sum, so neither can one running sum serve all views of a thick slab, nor may views be added in pairs: a tile is made
view by view as for any sources (`recon.kernels_general`), with the extremes kept beside the sum. It takes about eight
times as long as a sum.
"""

from __future__ import annotations

import numba
import numpy as np

from recon.kernels_general import Doubles, Floats, Indices, Shorts, line_of, reach_of
from recon.lanes import LANES, larger, load, smaller, spread, store

MOST = 2
"""Contributions at each end that can be left out."""
FAR = np.float32(3e38)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _take(
    lines: Floats, low: int, low_share: float, high: int, high_share: float, weight: float, stride: int, integral: int,
    thick: bool, sums: Floats, extremes: Floats, to: int, plane: int, stop: int,
) -> None:  # fmt: skip
    """Add a view's contributions to part of a row of sums, and put them in order among the extremes.

    Parameters
    ----------
    low, high : int
        Where in `lines` the thin slice, or the ends of the thick one, begin; `integral` rows further on lies the
        lines' running integral.
    extremes : ndarray of float32, size 4 · plane
        Highest, second highest, lowest, second lowest.
    """
    whole = stop - stop % LANES if stop >= LANES else 0
    k = np.float32(weight)
    p, q = np.float32(weight * (1.0 - low_share)), np.float32(weight * low_share)
    pa, qa = np.float32(weight * (low_share - low_share**2 / 2)), np.float32(weight * low_share**2 / 2)
    pb, qb = np.float32(weight * (high_share - high_share**2 / 2)), np.float32(weight * high_share**2 / 2)
    ps, qs, ks = spread(p), spread(q), spread(k)
    pas, qas, pbs, qbs = spread(pa), spread(qa), spread(pb), spread(qb)
    for c in range(0, whole, LANES):
        if thick:
            value = ks * (load(lines, integral + high + c) - load(lines, integral + low + c))
            value = value + pbs * load(lines, high + c) + qbs * load(lines, high + stride + c)
            value = value - (pas * load(lines, low + c) + qas * load(lines, low + stride + c))
        else:
            value = ps * load(lines, low + c) + qs * load(lines, low + stride + c)
        at = to + c
        store(sums, at, load(sums, at) + value)
        top, bottom = load(extremes, at), load(extremes, 2 * plane + at)
        store(extremes, plane + at, larger(load(extremes, plane + at), smaller(top, value)))
        store(extremes, at, larger(top, value))
        store(extremes, 3 * plane + at, smaller(load(extremes, 3 * plane + at), larger(bottom, value)))
        store(extremes, 2 * plane + at, smaller(bottom, value))
    for c in range(whole, stop):
        if thick:
            one = k * (lines[integral + high + c] - lines[integral + low + c])
            one += pb * lines[high + c] + qb * lines[high + stride + c]
            one -= pa * lines[low + c] + qa * lines[low + stride + c]
        else:
            one = p * lines[low + c] + q * lines[low + stride + c]
        at = to + c
        sums[at] += one
        first, last = extremes[at], extremes[2 * plane + at]
        extremes[plane + at] = max(extremes[plane + at], min(first, one))
        extremes[at] = max(first, one)
        extremes[3 * plane + at] = min(extremes[3 * plane + at], max(last, one))
        extremes[2 * plane + at] = min(last, one)


@numba.njit(nogil=True, fastmath=True, cache=True)
def trimmed_tile(
    values: Shorts, scale: Floats, valid: Indices, view: Indices, row_step: Doubles, row_low: Doubles,
    row_high: Doubles, column_step: Doubles, column_first: Doubles, weight: Floats, least: float, trim: int,
    out: Floats, plane: int, row_start: int, row_stop: int, column: int, width: int, lines: Floats, sums: Floats,
    extremes: Floats, cover: Floats,
) -> None:  # fmt: skip
    """Fill a tile of one plane.

    Parameters as in `recon.kernels_general.general_tile`, and

    trim : int
        1 or 2 contributions at each end are left out, fewer where fewer than five or nine views see a pixel.
    lines : ndarray of float32, shape (2, room, stride)
        Memory for a view's interpolated rows and their running integral.
    sums : ndarray of float32, shape (rows, stride)
    extremes : ndarray of float32, shape (4, rows, stride)
    cover : ndarray of float32, shape (2, rows, ≥ width + 1)
        Changes along each row of the seeing views' weight and number.
    """
    samples, columns = values.shape[1], values.shape[2]
    stride, room = lines.shape[2], lines.shape[1] * lines.shape[2]
    height, part = row_stop - row_start, sums.shape[0] * sums.shape[1]
    zero, half, far = spread(np.float32(0.0)), spread(np.float32(0.5)), spread(FAR)
    flat, flat_lines = values.reshape(-1), lines.reshape(-1)
    flat_sums, flat_extremes = sums.reshape(-1), extremes.reshape(-1)
    cover[:, :height] = np.float32(0.0)
    for at in range(0, height * stride, LANES):
        store(flat_sums, at, zero)
        for k in range(2):
            store(flat_extremes, k * part + at, zero - far)
            store(flat_extremes, (2 + k) * part + at, far)
    total_weight = np.float32(0.0)
    for e in range(view.size):
        v, w, step, across = view[e], weight[e], row_step[e], column_step[e]
        total_weight += w
        low, high = min(row_low[e], row_high[e]), max(row_low[e], row_high[e])
        position = column_first[e] + across * column
        top = int(np.floor(min(max(step * row_start + low, 0.0), samples - 1.0)))
        last = int(np.floor(min(max(step * (row_stop - 1) + high, 0.0), samples - 1.0)))
        top = min(top, samples - 2)
        for y in range(top, min(samples - 1, last + 1) + 1):
            source = (v * samples + y) * columns
            line_of(flat, source, columns, scale[v, y], position, across, flat_lines, (y - top) * stride, width)
        thick = high - low > 1e-6
        if thick:
            for c in range(0, width, LANES):
                store(flat_lines, room + c, zero)
            for line in range(last + 1 - top):
                for c in range(line * stride, line * stride + width, LANES):
                    mean = half * (load(flat_lines, c) + load(flat_lines, c + stride))
                    store(flat_lines, room + c + stride, load(flat_lines, room + c) + mean)
        for r in range(row_start, row_stop):
            a, b, k = step * r + low, step * r + high, r - row_start
            if b < -0.5 or a > samples - 0.5:
                continue
            a, b = min(max(a, 0.0), samples - 1.0), min(max(b, 0.0), samples - 1.0)
            ja, jb = min(int(a), samples - 2), min(int(b), samples - 2)
            first, stop = reach_of(valid, v, int(0.5 * (a + b) + 0.5), columns, position, across, width)
            if stop <= first:
                continue
            cover[0, k, first] += w
            cover[0, k, stop] -= w
            cover[1, k, first] += np.float32(1.0)
            cover[1, k, stop] -= np.float32(1.0)
            box = thick and b - a > 1e-6
            _take(
                flat_lines, (ja - top) * stride + first, a - ja, (jb - top) * stride + first, b - jb,
                w / (b - a) if box else w, stride, room, box, flat_sums, flat_extremes, k * stride + first, part,
                stop - first,
            )  # fmt: skip
    _finish(sums, extremes, cover, total_weight, least, trim, out, plane, row_start, row_stop, column, width)


@numba.njit(nogil=True, cache=True)  # no fastmath, which takes it that nothing is NaN
def _finish(
    sums: Floats, extremes: Floats, cover: Floats, weight: float, least: float, trim: int, out: Floats, plane: int,
    row_start: int, row_stop: int, column: int, width: int,
) -> None:  # fmt: skip
    """Take the extremes off, and make up for them and for the views that miss a pixel."""
    for k in range(row_stop - row_start):
        seen, count = np.float32(0.0), np.float32(0.0)
        for c in range(width):
            seen += cover[0, k, c]
            count += cover[1, k, c]
            if seen <= least:
                out[plane, row_start + k, column + c] = np.float32(np.nan)
                continue
            value, n = sums[k, c], int(count + 0.5)
            off = min(trim, (n - 1) // 4)
            for t in range(off):
                value -= extremes[t, k, c] + extremes[2 + t, k, c]
            out[plane, row_start + k, column + c] = value * np.float32(weight / seen * n / (n - 2 * off))
