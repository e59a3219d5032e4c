"""Back projection of filtered views onto slices, by shift-and-add.

A central projection between two parallel planes is a homothety, so a view reaches a slice by one scale and one shift
for each axis. On the *conical grid* of a reference source (pixel = pitch × (D − z)/D) the scale is 1 for every view
whose source has the same height D, and the shift across the sweep is 0 when the sources lie on a line along it. Then
each slice row is a weighted sum of pairs of view rows, the weights are the same for all rows, and the inner loop runs
over contiguous columns.

A *slab* follows the reference rays: seen in one view its points wander along the sweep as their height changes, so
the mean over the thickness is a box along the view's rows. A box is the difference of two running sums, and since the
weights do not depend on the row, one running sum over the finished slab serves all views: a slab costs two thin
slices' arithmetic and one reading of the views, whatever its thickness.

Sources at other heights or beside the line need a second interpolation across the sweep; its scale is close to 1, so
a row falls into long runs of constant whole shift, whose inner loop is contiguous too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.kernels import (
    Doubles,
    Floats,
    Indices,
    add_box_ends,
    add_few,
    add_two_taps,
    general_rows,
    run_sums,
    wide_row,
)
from recon.parallel import THREADS, run_tiles, split
from recon.progress import SILENT, Progress

TILE_COLUMNS = 2048
"""Columns that one tile takes: long rows keep the inner loops busy."""

NARROW = 1.0
"""A box up to this many rows is summed directly by three rows; a wider one through running sums."""


@dataclass(frozen=True)
class Plan:
    """Where each view falls on a block of k output planes, in sample indices of the views.

    Attributes
    ----------
    row_step : ndarray of float64, shape (n, k)
        Output row r of a plane reads view rows from ``row_step·r + row_low`` to ``row_step·r + row_high``.
    row_low, row_high : ndarray of float64, shape (n, k)
        Equal for thin slices.
    column_step, column_first : ndarray of float64, shape (n, k)
        Output column c reads view column ``column_step·c + column_first``.
    weight : ndarray of float32, shape (n, k)
    """

    row_step: Doubles
    row_low: Doubles
    row_high: Doubles
    column_step: Doubles
    column_first: Doubles
    weight: Floats

    @property
    def shifts_only(self) -> bool:
        """Whether rows need a constant shift and columns one common whole shift."""
        first = self.column_first
        return bool(
            np.all(np.abs(self.row_step - 1.0) < 1e-9)
            and np.all(np.abs(self.column_step - 1.0) < 1e-9)
            and np.all(np.abs(first - np.round(first[0, 0])) < 1e-6)
        )


@dataclass(frozen=True)
class _Taps:
    """Weights of neighbouring view rows: plane row r gets Σ weights[i, k, t] · view i's row r + first[i, k] + t."""

    first: Indices
    weights: Floats


def _thin_taps(plan: Plan) -> _Taps:
    """Linear interpolation: two rows."""
    position = 0.5 * (plan.row_low + plan.row_high)
    first = np.floor(position)
    share = position - first
    weights = np.stack((1.0 - share, share), axis=-1) * plan.weight[..., None]
    return _taps(first, weights)


def _slab_taps(plan: Plan) -> tuple[_Taps, _Taps, _Taps, NDArray[np.bool_]]:
    """Taps of the narrow boxes, of the lower and the upper ends of the wide ones, and which are wide.

    The mean of the interpolated view over [a, b] is (Q(b) − Q(a))/(b − a) with its integral Q, and the unit step
    Q(x + 1) − Q(x) is the quadratic B-spline ((1 − f)²/2, ½ + f − f², f²/2) of rows k, k + 1, k + 2 at x = k + f.
    """
    low = np.minimum(plan.row_low, plan.row_high)
    high = np.maximum(plan.row_low, plan.row_high)
    width = high - low
    wide = width > NARROW
    # Narrow: the hat functions' means over [a, b].
    start = np.floor(low)
    position = np.stack([start + t for t in range(3)], axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (_hat(high[..., None] - position) - _hat(low[..., None] - position)) / width[..., None]
    centre = 0.5 * (low + high)[..., None] - position
    mean = np.where(width[..., None] > 1e-3, mean, np.maximum(0.0, 1.0 - np.abs(centre)))
    narrow = _taps(start, np.where(wide[..., None], 0.0, mean * plan.weight[..., None]))
    ends = []
    for end, sign in ((low, -1.0), (high, 1.0)):
        first = np.floor(end)
        f = end - first
        spline = np.stack(((1.0 - f) ** 2 / 2, 0.5 + f - f * f, f * f / 2), axis=-1)
        scale = np.where(wide, sign * plan.weight / np.where(wide, width, 1.0), 0.0)
        ends.append(_taps(first, spline * scale[..., None]))
    return narrow, ends[0], ends[1], wide


def _taps(first: Doubles, weights: Doubles) -> _Taps:
    return _Taps(first.astype(np.int32), np.ascontiguousarray(weights, dtype=np.float32))


def _hat(x: Doubles) -> Doubles:
    """∫ of max(0, 1 − |t|) from −∞ to x."""
    x = np.clip(x, -1.0, 1.0)
    return np.where(x < 0, 0.5 * (1.0 + x) ** 2, 1.0 - 0.5 * (1.0 - x) ** 2)


def back_project(
    views: Floats,
    plan: Plan,
    shape: tuple[int, int],
    valid: Indices | None = None,
    normalise: bool = True,
    progress: Progress = SILENT,
    out: Floats | None = None,
) -> Floats:
    """Sum the views onto a block of planes.

    Parameters
    ----------
    views : ndarray of float32, shape (n, along, across), C order
        Filtered views; the sweep runs along the first image axis.
    plan : Plan
        For k planes.
    shape : (rows, columns)
        Of the output planes: rows along the sweep.
    valid : ndarray of int32, shape (n, along, 2), optional
        Range of columns in which a view has data, for rectified views.
    normalise : bool
        Divide by the share of the views' weight that saw the pixel, so that brightness stays even at borders.
    out : ndarray of float32, shape (k, rows, columns), C order, optional
        Memory for the result; fresh memory costs a page fault every 1024 pixels, a tenth of a slice's time.

    Returns
    -------
    ndarray of float32, shape (k, rows, columns)
        NaN where no view has data.
    """
    planes = plan.weight.shape[1]
    if out is None:
        out = np.empty((planes, *shape), np.float32)
    if valid is None and plan.shifts_only:
        offset = round(float(plan.column_first[0, 0]))
        left, right = max(0, -offset), max(0, min(shape[1], views.shape[2] - offset))
        out[:, :, :left], out[:, :, right:] = np.nan, np.nan
        if right <= left:
            return out
        _shift_and_add(views, plan, offset, (left, right), out, progress)
        # The weight that every row received: the same sums over views of ones.
        ones = np.ones((views.shape[0], views.shape[1], 1), np.float32)
        coverage = np.empty((planes, shape[0], 1), np.float32)
        _shift_and_add(ones, plan, 0, (0, 1), coverage, SILENT)
        scale = _scale(coverage, plan.weight, normalise)
        for plane, row in np.argwhere(scale[:, :, 0] != 1.0):
            out[plane, row] *= scale[plane, row]
        return out
    if valid is None:
        valid = np.empty((views.shape[0], views.shape[1], 2), np.int32)
        valid[..., 0], valid[..., 1] = 0, views.shape[2]
    out[...] = 0.0
    seen = np.zeros_like(out)
    tiles = split(shape[0], 16)

    def tile(index: int) -> None:
        line = np.empty(views.shape[2], np.float32)
        general_rows(
            views, valid, plan.row_step, plan.row_low, plan.row_high, plan.column_step, plan.column_first,
            plan.weight, out, seen, *tiles[index], line,
        )  # fmt: skip

    run_tiles(tile, len(tiles), progress)
    out *= _scale(seen, plan.weight, normalise)
    return out


def _shift_and_add(
    views: Floats, plan: Plan, offset: int, columns: tuple[int, int], out: Floats, progress: Progress
) -> None:
    """Fill the columns of `out` (k, rows, columns) from view columns `offset` farther, for a plan of shifts only."""
    planes, rows, _ = out.shape
    left, right = columns
    if np.array_equal(plan.row_low, plan.row_high):
        taps = _thin_taps(plan)
        # Long rows keep the loops busy; the planes' tiles and the view rows they need stay in the cache.
        tiles = [
            (*at, *part) for at in split(rows, 16 if planes > 1 else 32) for part in split(right - left, TILE_COLUMNS)
        ]

        def thin(index: int) -> None:
            row, row_stop, start, stop = tiles[index]
            column, width = left + start, stop - start
            out[:, row:row_stop, column : column + width] = 0.0
            add_two_taps(views, taps.first, taps.weights, out, row, row_stop - row, column, width, offset + column)

        run_tiles(thin, len(tiles), progress)
        return
    narrow, low, high, wide = _slab_taps(plan)
    # Both ends of a box read the same rows soon after each other: the rows between them must stay in the cache.
    step = max(16, 64 // planes)
    strips = [
        (*at, *part)
        for at in split(rows, max(32, -(-rows // (2 * THREADS))))
        for part in split(right - left, TILE_COLUMNS)
    ]

    def thick(index: int) -> None:
        row, row_stop, start, stop = strips[index]
        column, width = left + start, stop - start
        carry = np.empty((planes, width), np.float32)
        wide_row(views, plan.row_low, plan.row_high, plan.weight, wide, row, offset + column, carry)
        ends = np.empty((planes, step, width), np.float32)
        for at in range(row, row_stop, step):
            count = min(step, row_stop - at)
            out[:, at : at + count, column : column + width] = 0.0
            for k in range(planes):
                add_few(views, narrow.first, narrow.weights, k, out[k], at, count, column, column + width, offset)
            ends[...] = 0.0
            ends_taps = (low.first, low.weights, high.first, high.weights)
            add_box_ends(views, *ends_taps, ends, at, count, width, offset + column)
            run_sums(ends, carry, out, at, count, column)

    run_tiles(thick, len(strips), progress)


def _scale(coverage: Floats, weight: Floats, normalise: bool) -> Floats:
    """Factor that makes up for the views that miss a pixel; NaN where all of them do."""
    total = weight.sum(axis=0)[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = total / coverage if normalise else np.ones_like(coverage)
    # Rounding must not cost a pass over the image where every view sees it.
    scale = np.where(np.abs(scale - 1.0) < 1e-4, 1.0, scale)
    return np.where(coverage > 0.25 * weight.min(), scale, np.nan).astype(np.float32)


def warm_up() -> None:
    """Compile the kernels."""
    views = np.ones((5, 16, 8), np.float32)
    one, zero = np.ones((5, 1)), np.zeros((5, 1))
    weight = np.full((5, 1), 0.2, np.float32)
    for high in (zero, one * 3):
        for first in (0.0, 0.25):
            back_project(views, Plan(one, zero, high, one, zero + first, weight), (4, 4))
