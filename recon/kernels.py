"""Compiled loops of back projection. `recon.backproject` says what they compute and hands them their tiles.

Single-threaded, with the GIL released; arrays are C-contiguous.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]

LANES = 4
"""Views summed at a time."""


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add_row(views: Floats, i: int, row: int, weights: Floats, out: Floats, base: int, width: int) -> None:
    """Two or three neighbouring rows of one view onto one output row; rows outside the view count as zero."""
    samples = views.shape[1]
    taps = weights.size
    if row >= 0 and row + taps <= samples:
        a, b = views[i, row, base : base + width], views[i, row + 1, base : base + width]
        p, q = weights[0], weights[1]
        if taps == 2:
            for c in range(width):
                out[c] += p * a[c] + q * b[c]
        else:
            d, s = views[i, row + 2, base : base + width], weights[2]
            for c in range(width):
                out[c] += p * a[c] + q * b[c] + s * d[c]
        return
    for t in range(taps):
        j = row + t
        w = weights[t]
        if 0 <= j < samples and w != 0.0:
            source = views[i, j, base : base + width]
            for c in range(width):
                out[c] += w * source[c]


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_two_taps(
    views: Floats,
    first: Indices,
    weights: Floats,
    out: Floats,
    row_start: int,
    row_count: int,
    column: int,
    width: int,
    base: int,
) -> None:
    """out[k, row, column …] += Σ of two rows of each view, four views and two output rows at a time.

    `base` is the view column of output column `column`. (Tiles are named by indices, not by slices: a slice would
    hide from the compiler that columns are contiguous.)
    """
    n, samples = views.shape[0], views.shape[1]
    planes = out.shape[0]
    full = n // LANES * LANES
    for i in range(0, full, LANES):
        for k in range(planes):
            w0, w1, w2, w3 = weights[i, k], weights[i + 1, k], weights[i + 2, k], weights[i + 3, k]
            p0, p1, p2, p3 = w0[0], w1[0], w2[0], w3[0]
            q0, q1, q2, q3 = w0[1], w1[1], w2[1], w3[1]
            f0, f1, f2, f3 = first[i, k], first[i + 1, k], first[i + 2, k], first[i + 3, k]
            lowest = min(f0, f1, f2, f3)
            highest = max(f0, f1, f2, f3)
            r = 0
            while r < row_count:
                y = row_start + r
                if y + lowest < 0 or y + highest + 2 >= samples or r + 1 == row_count:
                    for lane in range(LANES):
                        target = out[k, y, column : column + width]
                        _add_row(views, i + lane, y + first[i + lane, k], weights[i + lane, k], target, base, width)
                    r += 1
                    continue
                a0 = views[i, y + f0, base : base + width]
                b0 = views[i, y + f0 + 1, base : base + width]
                c0 = views[i, y + f0 + 2, base : base + width]
                a1 = views[i + 1, y + f1, base : base + width]
                b1 = views[i + 1, y + f1 + 1, base : base + width]
                c1 = views[i + 1, y + f1 + 2, base : base + width]
                a2 = views[i + 2, y + f2, base : base + width]
                b2 = views[i + 2, y + f2 + 1, base : base + width]
                c2 = views[i + 2, y + f2 + 2, base : base + width]
                a3 = views[i + 3, y + f3, base : base + width]
                b3 = views[i + 3, y + f3 + 1, base : base + width]
                c3 = views[i + 3, y + f3 + 2, base : base + width]
                upper = out[k, y, column : column + width]
                lower = out[k, y + 1, column : column + width]
                for c in range(width):
                    upper[c] += (
                        p0 * a0[c] + q0 * b0[c] + p1 * a1[c] + q1 * b1[c]
                        + p2 * a2[c] + q2 * b2[c] + p3 * a3[c] + q3 * b3[c]
                    )  # fmt: skip
                    lower[c] += (
                        p0 * b0[c] + q0 * c0[c] + p1 * b1[c] + q1 * c1[c]
                        + p2 * b2[c] + q2 * c2[c] + p3 * b3[c] + q3 * c3[c]
                    )  # fmt: skip
                r += 2
    for i in range(full, n):
        for k in range(planes):
            for y in range(row_start, row_start + row_count):
                target = out[k, y, column : column + width]
                _add_row(views, i, y + first[i, k], weights[i, k], target, base, width)


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_box_ends(
    views: Floats,
    low_first: Indices,
    low_weights: Floats,
    high_first: Indices,
    high_weights: Floats,
    out: Floats,
    row_start: int,
    row_count: int,
    width: int,
    base: int,
) -> None:
    """out[k, r] += Σ of three rows at both ends of each view's box, two views and four output rows at a time."""
    n, samples = views.shape[0], views.shape[1]
    planes = out.shape[0]
    for i in range(0, n, 2):
        for k in range(planes):
            pair = i + 1 if i + 1 < n else i
            used0, used1 = low_weights[i, k].any(), pair > i and low_weights[pair, k].any()
            if not (used0 or used1):
                continue
            both = used0 and used1
            p00, p01, p02 = low_weights[i, k, 0], low_weights[i, k, 1], low_weights[i, k, 2]
            q00, q01, q02 = high_weights[i, k, 0], high_weights[i, k, 1], high_weights[i, k, 2]
            p10, p11, p12 = low_weights[pair, k, 0], low_weights[pair, k, 1], low_weights[pair, k, 2]
            q10, q11, q12 = high_weights[pair, k, 0], high_weights[pair, k, 1], high_weights[pair, k, 2]
            low0, low1 = low_first[i, k], low_first[pair, k]
            high0, high1 = high_first[i, k], high_first[pair, k]
            lowest, highest = min(low0, low1), max(high0, high1)
            r = 0
            while r < row_count:
                y = row_start + r
                if not both or y + lowest < 0 or y + highest + 6 > samples or r + 4 > row_count:
                    for lane in range(2):
                        if (used0, used1)[lane]:
                            target = out[k, r]
                            at = y + low_first[i + lane, k]
                            _add_row(views, i + lane, at, low_weights[i + lane, k], target, base, width)
                            at = y + high_first[i + lane, k]
                            _add_row(views, i + lane, at, high_weights[i + lane, k], target, base, width)
                    r += 1
                    continue
                a00 = views[i + 0, y + low0 + 0, base : base + width]
                a01 = views[i + 0, y + low0 + 1, base : base + width]
                a02 = views[i + 0, y + low0 + 2, base : base + width]
                a03 = views[i + 0, y + low0 + 3, base : base + width]
                a04 = views[i + 0, y + low0 + 4, base : base + width]
                a05 = views[i + 0, y + low0 + 5, base : base + width]
                b00 = views[i + 0, y + high0 + 0, base : base + width]
                b01 = views[i + 0, y + high0 + 1, base : base + width]
                b02 = views[i + 0, y + high0 + 2, base : base + width]
                b03 = views[i + 0, y + high0 + 3, base : base + width]
                b04 = views[i + 0, y + high0 + 4, base : base + width]
                b05 = views[i + 0, y + high0 + 5, base : base + width]
                a10 = views[i + 1, y + low1 + 0, base : base + width]
                a11 = views[i + 1, y + low1 + 1, base : base + width]
                a12 = views[i + 1, y + low1 + 2, base : base + width]
                a13 = views[i + 1, y + low1 + 3, base : base + width]
                a14 = views[i + 1, y + low1 + 4, base : base + width]
                a15 = views[i + 1, y + low1 + 5, base : base + width]
                b10 = views[i + 1, y + high1 + 0, base : base + width]
                b11 = views[i + 1, y + high1 + 1, base : base + width]
                b12 = views[i + 1, y + high1 + 2, base : base + width]
                b13 = views[i + 1, y + high1 + 3, base : base + width]
                b14 = views[i + 1, y + high1 + 4, base : base + width]
                b15 = views[i + 1, y + high1 + 5, base : base + width]
                t0, t1, t2, t3 = out[k, r], out[k, r + 1], out[k, r + 2], out[k, r + 3]
                for c in range(width):
                    t0[c] += (
                        p00 * a00[c]
                        + p01 * a01[c]
                        + p02 * a02[c]
                        + q00 * b00[c]
                        + q01 * b01[c]
                        + q02 * b02[c]
                        + p10 * a10[c]
                        + p11 * a11[c]
                        + p12 * a12[c]
                        + q10 * b10[c]
                        + q11 * b11[c]
                        + q12 * b12[c]
                    )
                    t1[c] += (
                        p00 * a01[c]
                        + p01 * a02[c]
                        + p02 * a03[c]
                        + q00 * b01[c]
                        + q01 * b02[c]
                        + q02 * b03[c]
                        + p10 * a11[c]
                        + p11 * a12[c]
                        + p12 * a13[c]
                        + q10 * b11[c]
                        + q11 * b12[c]
                        + q12 * b13[c]
                    )
                    t2[c] += (
                        p00 * a02[c]
                        + p01 * a03[c]
                        + p02 * a04[c]
                        + q00 * b02[c]
                        + q01 * b03[c]
                        + q02 * b04[c]
                        + p10 * a12[c]
                        + p11 * a13[c]
                        + p12 * a14[c]
                        + q10 * b12[c]
                        + q11 * b13[c]
                        + q12 * b14[c]
                    )
                    t3[c] += (
                        p00 * a03[c]
                        + p01 * a04[c]
                        + p02 * a05[c]
                        + q00 * b03[c]
                        + q01 * b04[c]
                        + q02 * b05[c]
                        + p10 * a13[c]
                        + p11 * a14[c]
                        + p12 * a15[c]
                        + q10 * b13[c]
                        + q11 * b14[c]
                        + q12 * b15[c]
                    )
                r += 4


@numba.njit(nogil=True, fastmath=True, cache=True)
def add_few(
    views: Floats,
    first: Indices,
    weights: Floats,
    k: int,
    out: Floats,
    row_start: int,
    row_count: int,
    left: int,
    right: int,
    offset: int,
) -> None:
    """The narrow boxes of plane k, whose views are few: three rows each, one view at a time."""
    for i in range(views.shape[0]):
        if weights[i, k].any():
            for r in range(row_start, row_start + row_count):
                _add_row(views, i, r + first[i, k], weights[i, k], out[r, left:right], left + offset, right - left)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _hat_integral(x: float) -> float:
    """∫ of max(0, 1 − |t|) from −∞ to x."""
    if x <= -1.0:
        return 0.0
    if x <= 0.0:
        return 0.5 * (1.0 + x) * (1.0 + x)
    if x < 1.0:
        return 1.0 - 0.5 * (1.0 - x) * (1.0 - x)
    return 1.0


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add_box(view: Floats, a: float, b: float, weight: float, base: int, out: Floats) -> None:
    """out += weight · the mean of the interpolated view over rows a … b (zero outside the view)."""
    samples = view.shape[0]
    middle = 0.5 * (a + b)
    for j in range(max(0, int(np.floor(a))), min(samples - 1, int(np.floor(b)) + 1) + 1):
        if b - a < 1e-3:
            w = np.float32(max(0.0, 1.0 - abs(middle - j)) * weight)
        else:
            w = np.float32((_hat_integral(b - j) - _hat_integral(a - j)) / (b - a) * weight)
        source = view[j, base : base + out.size]
        for c in range(out.size):
            out[c] += w * source[c]


@numba.njit(nogil=True, fastmath=True, cache=True)
def wide_row(
    views: Floats,
    low: Doubles,
    high: Doubles,
    weight: Floats,
    wide: NDArray[np.bool_],
    row: int,
    base: int,
    out: Floats,
) -> None:
    """The wide boxes' sum for one row of every plane, directly: where a running sum starts."""
    for k in range(out.shape[0]):
        out[k] = np.float32(0.0)
        for i in range(views.shape[0]):
            if wide[i, k]:
                a = min(low[i, k], high[i, k]) + row
                b = max(low[i, k], high[i, k]) + row
                _add_box(views[i], a, b, weight[i, k], base, out[k])


@numba.njit(nogil=True, fastmath=True, cache=True)
def run_sums(ends: Floats, carry: Floats, out: Floats, row_start: int, row_count: int, left: int) -> None:
    """Add the wide boxes to the slabs' rows: the carried row plus the running sum of the ends."""
    planes = out.shape[0]
    width = carry.shape[1]
    for k in range(planes):
        running = carry[k]
        for r in range(row_count):
            target = out[k, row_start + r, left : left + width]
            step = ends[k, r]
            for c in range(width):
                target[c] += running[c]
                running[c] += step[c]


@numba.njit(nogil=True, fastmath=True, cache=True)
def general_rows(
    views: Floats,
    valid: Indices,
    row_step: Doubles,
    row_low: Doubles,
    row_high: Doubles,
    column_step: Doubles,
    column_first: Doubles,
    weight: Floats,
    out: Floats,
    coverage: Floats,
    row_start: int,
    row_stop: int,
    line: Floats,
) -> None:
    """Any sources over the virtual detector: one interpolated view row at a time, then runs of constant shift.

    `valid[i, row]` is the range (first, end) of columns in which view i has data.
    """
    n, samples = views.shape[0], views.shape[1]
    planes, width = out.shape[0], out.shape[2]
    one = np.float32(1.0)
    for i in range(n):
        for k in range(planes):
            w = weight[i, k]
            e = column_step[i, k]
            for r in range(row_start, row_stop):
                a = row_step[i, k] * r + min(row_low[i, k], row_high[i, k])
                b = row_step[i, k] * r + max(row_low[i, k], row_high[i, k])
                if b < -0.5 or a > samples - 0.5:
                    continue
                a = min(max(a, 0.0), samples - 1.0)
                b = min(max(b, 0.0), samples - 1.0)
                middle = int(0.5 * (a + b) + 0.5)
                left, right = valid[i, middle, 0], valid[i, middle, 1]
                if right - left < 2:
                    continue
                line[:] = np.float32(0.0)
                _add_box(views[i], a, b, 1.0, 0, line)
                # Output columns whose position lies within half a pixel of the valid ones.
                origin = column_first[i, k]
                c = max(0, int(np.ceil((left - 0.5 - origin) / e)))
                stop = min(width, int(np.floor((right - 0.5 - origin) / e)) + 1)
                slope = np.float32(e - 1.0)
                while c < stop:
                    position = e * c + origin
                    j = min(max(int(np.floor(position)), left), right - 2)
                    g = position - j
                    run = right - 1 - j
                    if g < 0.0:
                        run = 1
                    elif e > 1.0 + 1e-12:
                        run = min(run, max(1, int((1.0 - g) / (e - 1.0)) + 1))
                    elif e < 1.0 - 1e-12:
                        run = min(run, int(g / (1.0 - e)) + 1)
                    run = min(run, stop - c)
                    start = np.float32(g)
                    near = line[j : j + run]
                    far = line[j + 1 : j + 1 + run]
                    target = out[k, r, c : c + run]
                    seen = coverage[k, r, c : c + run]
                    for t in range(run):
                        share = min(max(start + slope * np.float32(t), np.float32(0.0)), one)
                        target[t] += w * (near[t] + share * (far[t] - near[t]))
                        seen[t] += w
                    c += run
