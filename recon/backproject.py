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

Sources at other heights or beside the line need a second interpolation across the sweep (`recon.kernels_general`).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.kernels import (
    PAIRS,
    TRIPLES,
    Doubles,
    Floats,
    Indices,
    add_block,
    add_boxes,
    add_pairs,
    add_triples,
    apply_factors,
    clear,
    even_factors,
    run_sums,
)
from recon.kernels_general import general_tile
from recon.kernels_trimmed import trimmed_tile
from recon.lanes import LANES
from recon.parallel import THREADS, run_tiles, split
from recon.progress import SILENT, Progress
from recon.samples import Samples, aligned

TILE_COLUMNS = 2048
"""Columns of a tile of few slices, or from any sources: long rows keep the memory's prefetching busy."""
SLICE_ROWS = 64
"""Rows of a tile of few slices by shifts."""
TILE_ROWS = 32
BLOCK_COLUMNS = 256
"""Columns of a tile of many slices, whose unpacked rows and sums stay in the cache."""
BLOCK_PLANES = 12
"""From so many planes on, unpacking rows for all of them pays; measured with 25 and 60 views of 1011² and 2022²."""
MOST_PLANES = 32

NARROW = 1.0
"""A box up to this many rows is summed directly by three rows; a wider one through running sums."""

LEAST_SHARE = 0.25
"""Pixels that received less than this share of the lightest view's weight are seen by no view."""


@dataclass(frozen=True)
class Plan:
    """Where each view falls on a block of k output planes, in sample indices of the views.

    Attributes
    ----------
    row_step : ndarray of float64, shape (m, k)
        Output row r of a plane reads view rows from ``row_step·r + row_low`` to ``row_step·r + row_high``.
    row_low, row_high : ndarray of float64, shape (m, k)
        Equal for thin slices.
    column_step, column_first : ndarray of float64, shape (m, k)
        Output column c reads view column ``column_step·c + column_first``.
    weight : ndarray of float32, shape (m, k)
    views : ndarray of int32, shape (m,), or None
        Which views; None: all, in their order.
    """

    row_step: Doubles
    row_low: Doubles
    row_high: Doubles
    column_step: Doubles
    column_first: Doubles
    weight: Floats
    views: Indices | None = None

    @property
    def shifts_only(self) -> bool:
        """Whether rows need a constant shift and columns one common whole shift."""
        first = self.column_first
        return bool(
            np.all(np.abs(self.row_step - 1.0) < 1e-9)
            and np.all(np.abs(self.column_step - 1.0) < 1e-9)
            and np.all(np.abs(first - np.round(first[0, 0])) < 1e-6)
        )

    @property
    def index(self) -> Indices:
        """The views as numbers."""
        return np.arange(self.weight.shape[0], dtype=np.int32) if self.views is None else self.views


def _lanes(columns: int) -> int:
    """Columns in whole lanes."""
    return -(-columns // LANES) * LANES


def padded(columns: int) -> int:
    """Columns that the kernels need room for: they go on in whole lanes from wherever a view begins."""
    return _lanes(columns + LANES - 1)


def back_project(
    samples: Samples,
    plan: Plan,
    shape: tuple[int, int],
    normalise: bool = True,
    progress: Progress = SILENT,
    out: Floats | None = None,
    trim: int = 0,
) -> Floats:
    """Sum the views onto a block of planes.

    Parameters
    ----------
    samples : Samples
        Filtered views; the sweep runs along the first image axis.
    plan : Plan
        For k planes.
    shape : (rows, columns)
        Of the output planes: rows along the sweep.
    normalise : bool
        Divide by the share of the views' weight that saw the pixel, so that brightness stays even at borders.
    out : ndarray of float32, shape (k, rows, padded(columns)), C order, optional
        Memory for the result; fresh memory costs a page fault every 1024 pixels, a tenth of a slice's time.
    trim : int
        How many of the highest and of the lowest contributions to a pixel are left out, at most two; the rest is
        scaled up to the weight of all. Always normalises.

    Returns
    -------
    ndarray of float32, shape (k, rows, padded(columns))
        NaN where no view has data. What lies beyond `columns` means nothing.
    """
    planes = plan.weight.shape[1]
    if out is None:
        out = aligned((planes, shape[0], padded(shape[1])))
    if trim:
        _trimmed(samples, plan, shape, trim, out, progress)
        return out
    if samples.valid is None and plan.shifts_only:
        offset = round(float(plan.column_first[0, 0]))
        left, right = max(0, -offset), max(0, min(shape[1], samples.values.shape[2] - offset))
        if right > left:
            fill = _thin if np.array_equal(plan.row_low, plan.row_high) else _thick
            fill(samples, plan, offset, (left, right), normalise, out, progress)
        out[:, :, :left], out[:, :, right:] = np.nan, np.nan
        return out
    _general(samples, plan, shape, normalise, out, progress)
    return out


def _memory(store: threading.local, name: str, shape: tuple[int, ...]) -> Floats:
    """Memory of this thread, kept from tile to tile."""
    size = int(np.prod(shape))
    kept: Floats | None = getattr(store, name, None)
    if kept is None or kept.size < size:
        kept = aligned((size,))
        setattr(store, name, kept)
    return kept[:size].reshape(shape)


def _tiles(rows: int, height: int, columns: tuple[int, int], width: int) -> list[tuple[int, int, int, int]]:
    """Tiles (first row, end, first column, width in whole lanes); neighbours in a strip follow each other."""
    left, right = columns
    return [
        (row, stop, left + start, _lanes(end - start))
        for start, end in split(right - left, width)
        for row, stop in split(rows, height)
    ]


def _thin(
    samples: Samples, plan: Plan, offset: int, columns: tuple[int, int], normalise: bool, out: Floats,
    progress: Progress,
) -> None:  # fmt: skip
    """Thin planes for a plan of shifts: linear interpolation between two rows of each view."""
    start = np.floor(plan.row_low)
    share = plan.row_low - start
    first: Indices = start.astype(np.int32)
    weights: Floats = (np.stack((1.0 - share, share), axis=-1) * plan.weight[..., None]).astype(np.float32)
    factor = _factors(samples.values.shape[1], plan, out.shape[1], normalise)
    if out.shape[0] < BLOCK_PLANES:
        _few(samples, plan.index, first, weights, factor, offset, columns, out, progress)
        return
    parts = split(out.shape[0], MOST_PLANES)
    for number, (start_plane, stop) in enumerate(parts):
        planes = slice(start_plane, stop)
        _many(
            samples, plan.index, np.ascontiguousarray(first[:, planes]), np.ascontiguousarray(weights[:, planes]),
            factor[planes], offset, columns, out[planes], progress.part(number / len(parts), (number + 1) / len(parts)),
        )  # fmt: skip


def _few(
    samples: Samples, view: Indices, first: Indices, weights: Floats, factor: Floats, offset: int,
    columns: tuple[int, int], out: Floats, progress: Progress,
) -> None:  # fmt: skip
    """Straight from the views, plane by plane."""
    planes, rows, _ = out.shape
    tiles = _tiles(rows, SLICE_ROWS, columns, TILE_COLUMNS)
    own = [(np.ascontiguousarray(first[:, k]), np.ascontiguousarray(weights[:, k])) for k in range(planes)]

    def tile(index: int) -> None:
        row, stop, column, width = tiles[index]
        for plane in range(planes):
            clear(out, plane, row, stop, column, width)
            add_pairs(
                samples.values, samples.scale, view, *own[plane], out, plane, row, stop, column, width, offset + column
            )
            apply_factors(factor, out, plane, row, stop, column, width)

    run_tiles(tile, len(tiles), progress)


def _many(
    samples: Samples, view: Indices, first: Indices, weights: Floats, factor: Floats, offset: int,
    columns: tuple[int, int], out: Floats, progress: Progress,
) -> None:  # fmt: skip
    """All planes of a tile together, from rows unpacked once."""
    planes, rows, _ = out.shape
    room = TILE_ROWS + 2 + int(np.max(first.max(axis=1) - first.min(axis=1)))
    # Strips of several tiles go down the columns: the rows that tiles share are still in the cache.
    strips = _tiles(rows, max(TILE_ROWS, -(-rows // (4 * THREADS))), columns, BLOCK_COLUMNS)
    store = threading.local()

    def strip(index: int) -> None:
        row, stop, column, width = strips[index]
        lines = _memory(store, "lines", (PAIRS, room, BLOCK_COLUMNS + LANES))
        sums = _memory(store, "sums", (planes, TILE_ROWS, BLOCK_COLUMNS + LANES))
        for start in range(row, stop, TILE_ROWS):
            end = min(start + TILE_ROWS, stop)
            add_block(
                samples.values, samples.scale, view, first, weights, out, start, end, column, width, offset + column,
                lines, sums,
            )  # fmt: skip
            for plane in range(planes):
                apply_factors(factor, out, plane, start, end, column, width)

    run_tiles(strip, len(strips), progress)


@dataclass(frozen=True)
class _Entries:
    """Three neighbouring rows of views each, onto one plane."""

    view: Indices
    first: Indices
    weights: Floats

    @classmethod
    def chosen(cls, keep: NDArray[np.bool_], view: Indices, first: Doubles, weights: Doubles) -> _Entries:
        return cls(view[keep], first[keep].astype(np.int32), np.ascontiguousarray(weights[keep], dtype=np.float32))


@dataclass(frozen=True)
class _Boxes:
    """One plane of a slab: boxes of up to a row summed directly, wider ones as the difference of two running sums.

    The mean of the interpolated view over [a, b] is (Q(b) − Q(a))/(b − a) with its integral Q, and the unit step
    Q(x + 1) − Q(x) is the quadratic B-spline ((1 − f)²/2, ½ + f − f², f²/2) of rows k, k + 1, k + 2 at x = k + f.
    """

    narrow: _Entries
    ends: _Entries
    wide: tuple[Indices, Doubles, Doubles, Floats]

    @classmethod
    def of(cls, view: Indices, low: Doubles, high: Doubles, weight: Floats) -> _Boxes:
        low, high = np.minimum(low, high), np.maximum(low, high)
        width = high - low
        wide = width > NARROW
        start = np.floor(low)
        position = start[:, None] + np.arange(3)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = (_hat(high[:, None] - position) - _hat(low[:, None] - position)) / width[:, None]
        centre = 0.5 * (low + high)[:, None] - position
        mean = np.where(width[:, None] > 1e-3, mean, np.maximum(0.0, 1.0 - np.abs(centre))) * weight[:, None]
        parts = []
        for end, sign in ((low, -1.0), (high, 1.0)):
            first = np.floor(end)
            f = end - first
            spline = np.stack(((1.0 - f) ** 2 / 2, 0.5 + f - f * f, f * f / 2), axis=-1)
            factor = sign * weight / np.where(wide, width, 1.0)
            parts.append(_Entries.chosen(wide, view, first, spline * factor[:, None]))
        # The upper ends of as many views as are summed at a time, then their lower ends, which find their rows in the
        # cache: several streams from memory side by side take less time than one after the other.
        groups = np.arange(parts[0].view.size) // TRIPLES
        order = np.argsort(np.concatenate((2 * groups + 1, 2 * groups)), kind="stable")
        low_ends, high_ends = ((part.view, part.first, part.weights) for part in parts)
        ends = _Entries(*(np.concatenate(pair)[order] for pair in zip(low_ends, high_ends, strict=True)))
        return cls(_Entries.chosen(~wide, view, start, mean), ends, (view[wide], low[wide], high[wide], weight[wide]))


def _thick(
    samples: Samples, plan: Plan, offset: int, columns: tuple[int, int], normalise: bool, out: Floats,
    progress: Progress,
) -> None:  # fmt: skip
    """Slabs for a plan of shifts."""
    values, scale, view = samples.values, samples.scale, plan.index
    planes, rows, _ = out.shape
    boxes = [_Boxes.of(view, plan.row_low[:, k], plan.row_high[:, k], plan.weight[:, k]) for k in range(planes)]
    strips = _tiles(rows, max(SLICE_ROWS, -(-rows // (2 * THREADS))), columns, TILE_COLUMNS)
    factor = _factors(values.shape[1], plan, rows, normalise)
    store = threading.local()

    def strip(index: int) -> None:
        row, stop, column, width = strips[index]
        base = offset + column
        # What the strip's first row holds is summed directly: rounding must not run through the whole image.
        carry = _memory(store, "carry", (planes, 1, width))
        ends = _memory(store, "ends", (1, SLICE_ROWS, width))
        for plane, box in enumerate(boxes):
            carry[plane] = 0.0
            wide, low, high, weight = box.wide
            add_boxes(values, scale, wide, low + row, high + row, weight, carry, plane * width, width, base)
        for at in range(row, stop, SLICE_ROWS):
            end = min(at + SLICE_ROWS, stop)
            for plane, box in enumerate(boxes):
                clear(out, plane, at, end, column, width)
                near, far = box.narrow, box.ends
                add_triples(
                    values, scale, near.view, near.first, near.weights, out, plane, at, end, column, width, base, 0
                )
                clear(ends, 0, 0, end - at, 0, width)
                add_triples(values, scale, far.view, far.first, far.weights, ends, 0, 0, end - at, 0, width, base, at)
                run_sums(ends, carry[plane, 0], out, plane, at, end - at, column)
                apply_factors(factor, out, plane, at, end, column, width)

    run_tiles(strip, len(strips), progress)


def _factors(samples: int, plan: Plan, rows: int, normalise: bool) -> Floats:
    """For each plane and row, what makes up for the views that miss it, shape (planes, rows)."""
    out = np.empty((plan.weight.shape[1], rows), np.float32)
    low, high = np.minimum(plan.row_low, plan.row_high), np.maximum(plan.row_low, plan.row_high)
    even_factors(low, high, plan.weight, samples, normalise, LEAST_SHARE, out)
    return out


def _hat(x: Doubles) -> Doubles:
    """∫ of max(0, 1 − |t|) from −∞ to x."""
    x = np.clip(x, -1.0, 1.0)
    return np.where(x < 0, 0.5 * (1.0 + x) ** 2, 1.0 - 0.5 * (1.0 - x) ** 2)


def _general(
    samples: Samples, plan: Plan, shape: tuple[int, int], normalise: bool, out: Floats, progress: Progress
) -> None:
    values, scale = samples.values, samples.scale
    valid = samples.valid if samples.valid is not None else np.empty((0, 0, 2), np.int32)
    planes = out.shape[0]
    parts = ("row_step", "row_low", "row_high", "column_step", "column_first", "weight")
    own = [tuple(np.ascontiguousarray(getattr(plan, name)[:, k]) for name in parts) for k in range(planes)]
    view = plan.index
    reach = np.abs(plan.row_high - plan.row_low).max(initial=0.0)
    room = int(np.ceil(TILE_ROWS * max(1.0, float(plan.row_step.max(initial=1.0))) + reach)) + 4
    tiles = _tiles(shape[0], TILE_ROWS, (0, shape[1]), TILE_COLUMNS)
    least = [LEAST_SHARE * float(plan.weight[:, k].min()) for k in range(planes)]
    store = threading.local()

    def tile(index: int) -> None:
        row, stop, column, width = tiles[index]
        lines = _memory(store, "lines", (4, room, TILE_COLUMNS + LANES))
        cover = _memory(store, "cover", (stop - row, TILE_COLUMNS + LANES))
        for plane in range(planes):
            general_tile(
                values, scale, valid, view, *own[plane], least[plane], normalise, out, plane, row, stop, column,
                width, lines, cover,
            )  # fmt: skip

    run_tiles(tile, len(tiles), progress)


def _trimmed(samples: Samples, plan: Plan, shape: tuple[int, int], trim: int, out: Floats, progress: Progress) -> None:
    valid = samples.valid if samples.valid is not None else np.empty((0, 0, 2), np.int32)
    planes = out.shape[0]
    parts = ("row_step", "row_low", "row_high", "column_step", "column_first", "weight")
    own = [tuple(np.ascontiguousarray(getattr(plan, name)[:, k]) for name in parts) for k in range(planes)]
    reach = np.abs(plan.row_high - plan.row_low).max(initial=0.0)
    room = int(np.ceil(TILE_ROWS * max(1.0, float(plan.row_step.max(initial=1.0))) + reach)) + 4
    tiles = _tiles(shape[0], TILE_ROWS, (0, shape[1]), BLOCK_COLUMNS)
    least = [LEAST_SHARE * float(plan.weight[:, k].min()) for k in range(planes)]
    store = threading.local()

    def tile(index: int) -> None:
        row, stop, column, width = tiles[index]
        stride = BLOCK_COLUMNS + LANES
        lines = _memory(store, "lines", (2, room, stride))
        sums, extremes = _memory(store, "sums", (TILE_ROWS, stride)), _memory(store, "extremes", (4, TILE_ROWS, stride))
        cover = _memory(store, "cover", (2, TILE_ROWS, stride))
        for plane in range(planes):
            trimmed_tile(
                samples.values, samples.scale, valid, plan.index, *own[plane], least[plane], trim, out, plane, row,
                stop, column, width, lines, sums, extremes, cover,
            )  # fmt: skip

    run_tiles(tile, len(tiles), progress)


def warm_up() -> None:
    """Compile the kernels."""
    samples = Samples.of(np.ones((5, 40, 8), np.float32))
    one, zero = np.ones((5, 4)), np.zeros((5, 4))
    weight = np.full((5, 4), 0.2, np.float32)
    for high in (zero, one * 3):
        for first in (0.0, 0.25):
            back_project(samples, Plan(one, zero, high, one, zero + first, weight), (4, 4))
    thin = Plan(one[:, :1], zero[:, :1], zero[:, :1], one[:, :1], zero[:, :1], weight[:, :1])
    back_project(samples, thin, (4, 4))
    back_project(samples, thin, (4, 4), trim=1)
