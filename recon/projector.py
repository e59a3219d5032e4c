"""The matched projector pair between planes on conical grids and the views.

A ray's line integral times the cosine of its angle to the normal is Σ Δz · x over the planes it crosses, x interpolated
linearly between a plane's pixels; the back projection is the exact transpose. Planes and views keep lines *along* the
sweep contiguous: arrays are (planes, across, along) and (views, across, along). Planes reach beyond the field as far as
any ray does: a ray that left them would have to be explained by what is inside.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.cone import Cone, plane_spacing
from recon.lanes import LANES
from recon.line_kernels import WIDE, additive, gather, multiplicative
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.plane_kernels import back_project_plane, project_lines
from recon.progress import SILENT, Progress
from recon.samples import Level, Samples, aligned

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int32]

LINES = 16
"""Lines in one tile."""
BATCH_VIEWS = 8
LEAST_INTEGRAL = 1e-3
"""Line integrals are divided by no less."""
LEAST_REACHED = 1e-3
"""Elements that the views reach less than this share of the best are left alone."""


@dataclass(frozen=True)
class Update:
    """What one simultaneous update does with the residuals of its views.

    Attributes
    ----------
    relaxation : float
        Share of the step that brings the residuals' mean to zero.
    floor : float
        Least attenuation, 1/mm; −inf for none.
    multiplicative : bool
        x ← x · Aᵀ(y / A x) / Aᵀ1 instead of x ← x + Aᵀ(y − A x).
    curvature : float
        Of a penalty, at most; it shortens the step so that data and penalty together cannot overshoot.
    """

    relaxation: float = 1.0
    floor: float = 0.0
    multiplicative: bool = False
    curvature: float = 0.0


class Projector:
    """The pair for some views and planes.

    Parameters
    ----------
    cone : Cone
    level : Level
        Where the views' samples lie (its samples are not used).
    heights_mm : sequence of float
        Ascending.
    used : ndarray of int32, shape (m,)
        Which views; they are numbered 0 … m − 1 here.
    valid : ndarray of int32, shape (n, along, 2), or None
        First and end column (across) with data in each row of each view.
    """

    def __init__(
        self,
        cone: Cone,
        level: Level,
        heights_mm: Sequence[float] | Doubles,
        used: NDArray[np.int32],
        valid: Indices | None = None,
    ) -> None:
        self.heights_mm = np.asarray(heights_mm, dtype=np.float64)
        self.spacing_mm = plane_spacing(self.heights_mm)
        along, across = level.shape
        m, depth = used.size, self.heights_mm.size
        row, row_step, column, column_step = (np.empty((m, depth)) for _ in range(4))
        for k, height in enumerate(self.heights_mm):
            row[:, k], row_step[:, k], column[:, k], column_step[:, k] = (
                values[used] for values in cone.shadows(level, float(height))
            )
        # Where sample [v, u] of a view crosses a plane, in the plane's pixels.
        self.along_step, self.across_step = 1.0 / row_step, 1.0 / column_step
        start_along, start_across = _snapped(-row * self.along_step), _snapped(-column * self.across_step)
        self.margin = (_margin(start_across, self.across_step, across), _margin(start_along, self.along_step, along))
        """Pixels (across, along) that the planes reach beyond the field on each side."""
        self.across, self.along = start_across + self.margin[0], start_along + self.margin[1]
        self.views_shape = (m, across, along)
        self.shape = (depth, across + 2 * self.margin[0], along + 2 * self.margin[1])
        self.limits = None if valid is None else _line_limits(valid[used], across)
        self.straight = bool(
            self.margin[0] == 0
            and np.all(self.along_step == 1.0)
            and np.all(self.across_step == 1.0)
            and np.all(self.across == 0.0)
        )
        """Whether the tube moves along the samples, parallel to them: what is on a line stays on it."""
        self.by_lines = self.straight and self.limits is None
        """Whether lines along the sweep stand alone (`recon.line_kernels`)."""
        self._memory = threading.local()

    # -- the operators -----------------------------------------------------------------------------------------------

    def project(self, planes: Floats, view: int) -> Floats:
        """One view's line integrals along the height, float32 (across, along)."""
        out = aligned(self.views_shape[1:])
        tiles = split(self.views_shape[1], LINES)
        first, near, far = self._taps(np.array([view]))[:3]

        def tile(index: int) -> None:
            if self.by_lines:
                x, _, work = self._line_memory(1)
                for line in range(*tiles[index]):
                    x[:, : self.shape[2]] = planes[:, line]
                    gather(x, first[0], near[0], far[0], work, 0, self.views_shape[2])
                    out[line] = work[: self.views_shape[2]]
                return
            blend = self._kept("blend", (self.shape[2] + LANES,))
            project_lines(
                planes, self.spacing_mm, self.across[view], self.across_step[view], self.along[view],
                self.along_step[view], *tiles[index], out, blend,
            )  # fmt: skip

        run_tiles(tile, len(tiles))
        return out

    def back_project(self, views: Floats) -> Floats:
        """The transpose for all views, float32 (m, across, along) → (k, across, along)."""
        out = np.zeros(self.shape, np.float32)
        if self.by_lines:
            tiles = split(self.shape[1], LINES)
            every = np.arange(self.views_shape[0])
            back, near, far = self._taps(every)[3:]

            def tile(index: int) -> None:
                _, residual, work = self._line_memory(every.size)
                for line in range(*tiles[index]):
                    residual[: every.size, self._start : self._start + self.views_shape[2]] = views[:, line]
                    for k in range(self.shape[0]):
                        gather(residual, back[k], near[k], far[k], work, 0, self.shape[2])
                        out[k, line] = work[: self.shape[2]]

            run_tiles(tile, len(tiles))
            return out
        for view in range(self.views_shape[0]):
            self._add_back(views[view : view + 1], [view], out)
        return out

    def _add_back(self, views: Floats, numbers: Sequence[int], out: Floats) -> None:
        def plane(k: int) -> None:
            for image, view in zip(views, numbers, strict=True):
                self._add_plane(image, view, k, out[k])

        run_tiles(plane, self.shape[0])

    def _add_plane(self, image: Floats, view: int, plane: int, out: Floats) -> None:
        back_project_plane(
            image, self.spacing_mm[plane], self.across[view, plane], self.across_step[view, plane],
            self.along[view, plane], self.along_step[view, plane], self._limits(view), out,
            self._kept("blend", (self.shape[2] + LANES,)),
        )  # fmt: skip

    def _limits(self, view: int) -> Indices:
        if self.limits is not None:
            return self.limits[view]
        everywhere = np.zeros((self.views_shape[1], 2), np.int32)
        everywhere[:, 1] = self.views_shape[2]
        return everywhere

    # -- iterations --------------------------------------------------------------------------------------------------

    def update(
        self,
        planes: Floats,
        samples: Samples,
        subsets: Sequence[NDArray[np.int64]],
        rule: Update,
        column: Sequence[Any],
        penalty: Floats | None = None,
        progress: Progress = SILENT,
    ) -> float:
        """Update the planes by each subset of views in turn.

        Parameters
        ----------
        planes : ndarray of float32, shape `shape`
            Updated in place.
        samples : Samples
            The views, (m, across, along).
        column : sequence of ndarray or None
            For each subset what `column_weights` gave.
        penalty : ndarray of float32, shape `shape`, optional
            Gradient of a penalty, taken off before the step; for one subset.

        Returns
        -------
        float
            Σ (y − A x)² over all views, each before the step of its own subset.
        """
        if self.by_lines:
            return self._update_lines(planes, samples, subsets, rule, column, penalty, progress)
        total = 0.0
        for number, views in enumerate(subsets):
            part = progress.part(number / len(subsets), (number + 1) / len(subsets))
            total += self._update_planes(planes, samples, views, rule, penalty, part)
        return total

    @property
    def row_weight(self) -> float:
        """One over what every ray gathers from planes of ones, 1/mm."""
        return 1.0 / float(self.spacing_mm.sum())

    @property
    def mean_curvature(self) -> float:
        """Bound on the curvature of ½ Σ R (y − A x)² in an element that all views see, R one over the rows' sums."""
        return float(self.spacing_mm.mean()) * self.views_shape[0]

    def column_weights(self, views: NDArray[np.int64], rule: Update) -> Floats | None:
        """The step of each element, float32 (k, along), where lines stand alone; None elsewhere: found on the way."""
        if not self.by_lines:
            return None
        reached = np.stack([self.reached(k, views)[0] for k in range(self.shape[0])])
        return _steps(reached, rule)

    def reached(self, plane: int, views: NDArray[np.int64]) -> Floats:
        """What a plane receives from views of ones (the transpose of ones), float32 (across, along), mm."""
        spacing = float(self.spacing_mm[plane])
        if self.limits is None:
            # Lines and samples separate: each view gives the product of what it gives along both axes.
            lines, columns = (
                _given(start[views, plane], step[views, plane], samples, size)
                for start, step, samples, size in (
                    (self.across, self.across_step, self.views_shape[1], self.shape[1]),
                    (self.along, self.along_step, self.views_shape[2], self.shape[2]),
                )
            )
            return np.asarray(lines.T @ columns * np.float32(spacing))
        out = np.zeros(self.shape[1:], np.float32)
        ones = np.ones(self.views_shape[1:], np.float32)
        for view in views:
            self._add_plane(ones, int(view), plane, out)
        return out

    def _update_lines(
        self,
        planes: Floats,
        samples: Samples,
        subsets: Sequence[NDArray[np.int64]],
        rule: Update,
        column: Sequence[Any],
        penalty: Floats | None,
        progress: Progress,
    ) -> float:
        tiles = split(self.shape[1], LINES)
        taps = [(views.astype(np.int32), self._taps(views)) for views in subsets]
        most = max(views.size for views in subsets)
        totals = np.zeros(len(tiles))
        nothing = np.empty((0, 0, 0), np.float32) if penalty is None else penalty

        def tile(index: int) -> None:
            x, residual, work = self._line_memory(most)
            for line in range(*tiles[index]):
                for (views, lists), step in zip(taps, column, strict=True):
                    if rule.multiplicative:
                        totals[index] += multiplicative(
                            samples.values, samples.scale, views, line, planes, *lists, step, LEAST_INTEGRAL, x,
                            residual[: views.size], work, self._start,
                        )  # fmt: skip
                    else:
                        totals[index] += additive(
                            samples.values, samples.scale, views, line, planes, *lists, step, self.row_weight,
                            rule.floor, nothing, x, residual[: views.size], work, self._start,
                        )  # fmt: skip

        run_tiles(tile, len(tiles), progress)
        return float(totals.sum())

    def _update_planes(
        self,
        planes: Floats,
        samples: Samples,
        views: NDArray[np.int64],
        rule: Update,
        penalty: Floats | None,
        progress: Progress,
    ) -> float:
        change = np.zeros(self.shape, np.float32)
        total = 0.0
        parts = split(views.size, BATCH_VIEWS)
        for number, (start, stop) in enumerate(parts):
            progress.step(number / len(parts), said("Projecting"))
            batch = [int(view) for view in views[start:stop]]
            images = np.empty((len(batch), *self.views_shape[1:]), np.float32)
            for image, view in zip(images, batch, strict=True):
                made = self.project(planes, view)
                samples.take(view, image)
                seen = self.mask(view)
                difference = image - made
                total += float(np.sum(difference[seen].astype(np.float64) ** 2))
                if rule.multiplicative:
                    np.divide(np.maximum(image, 0.0), np.maximum(made, np.float32(LEAST_INTEGRAL)), out=image)
                else:
                    np.multiply(difference, np.float32(self.row_weight), out=image)
            self._add_back(images, batch, change)

        def plane(k: int) -> None:
            step = _steps(self.reached(k, views), rule)
            if rule.multiplicative:
                planes[k] *= np.where(step > 0, change[k] * step, np.float32(1.0))
                return
            moved = change[k] if penalty is None else change[k] - penalty[k]
            np.maximum(planes[k] + step * moved, np.float32(rule.floor), out=planes[k])

        run_tiles(plane, self.shape[0])
        progress.step(1.0)
        return total

    def mask(self, view: int) -> NDArray[np.bool_]:
        """Where a view has data, bool (across, along)."""
        limits = self._limits(view)
        place = np.arange(self.views_shape[2])
        return np.asarray((place >= limits[:, :1]) & (place < limits[:, 1:]))

    # -- lines -------------------------------------------------------------------------------------------------------

    @property
    def _start(self) -> int:
        """Zeros before the samples in a line of residuals."""
        return 2 * self.margin[1] + 2

    def _taps(self, views: NDArray[Any]) -> tuple[Indices, Floats, Floats, Indices, Floats, Floats]:
        """Places and weights of `gather` for the projection (m, k) and its transpose (k, m)."""
        place = self.along[views]
        first = np.floor(place).astype(np.int32)
        share = place - first
        near, far = (1.0 - share) * self.spacing_mm, share * self.spacing_mm
        # Element r takes (1 − share) of sample r − first and share of sample r − first − 1.
        back = self._start - first.T - 1
        return (
            np.ascontiguousarray(first),
            near.astype(np.float32),
            far.astype(np.float32),
            np.ascontiguousarray(back.astype(np.int32)),
            np.ascontiguousarray(far.T.astype(np.float32)),
            np.ascontiguousarray(near.T.astype(np.float32)),
        )

    def _line_memory(self, views: int) -> tuple[Floats, Floats, Floats]:
        """Of this thread: a line of all planes, residuals of the views, and work; zero beyond what is filled."""
        length = self.shape[2] + WIDE + LANES
        wide = self._start + max(self.views_shape[2], self.shape[2]) + 2 * self.margin[1] + WIDE + LANES
        return (
            self._kept("x", (self.shape[0], _whole(length))),
            self._kept("residual", (views, _whole(wide))),
            self._kept("work", (_whole(length),)),
        )

    def _kept(self, name: str, shape: tuple[int, ...]) -> Floats:
        kept: Floats | None = getattr(self._memory, name, None)
        if kept is None or kept.shape != shape:
            kept = aligned(shape)
            kept[...] = 0.0
            setattr(self._memory, name, kept)
        return kept


def _snapped(place: Doubles) -> Doubles:
    """Whole numbers where rounding has just missed them."""
    whole = np.round(place)
    return np.where(np.abs(place - whole) < 1e-9, whole, place)


def _margin(start: Doubles, step: Doubles, size: int) -> int:
    """Pixels beyond [0, size − 1] that any sample reaches, with room for interpolation; 0 where none does."""
    ends = np.stack((start, start + step * (size - 1)))
    beyond = max(0.0, float(-ends.min()), float(ends.max() - (size - 1)))
    return 0 if beyond < 1e-9 else int(np.ceil(beyond)) + 2


def _given(start: Doubles, step: Doubles, samples: int, size: int) -> Floats:
    """What each view gives to the elements of an axis from samples of one, float32 (m, size)."""
    place = start[:, None] + step[:, None] * np.arange(samples)
    first = np.floor(place).astype(np.int64)
    share = place - first
    out = np.zeros((start.size, size + 2))
    row = np.arange(start.size)[:, None] * (size + 2)
    for index, weight in ((first, 1.0 - share), (first + 1, share)):
        out += np.bincount((row + index).ravel(), weight.ravel(), out.size).reshape(out.shape)
    return out[:, :size].astype(np.float32)


def _steps(reached: Floats, rule: Update) -> Floats:
    """Relaxation over what reaches each element and the penalty's curvature; 0 where no view does."""
    with np.errstate(divide="ignore"):
        step = rule.relaxation / (reached + np.float32(rule.curvature))
    return np.where(reached > LEAST_REACHED * reached.max(), step, 0.0).astype(np.float32)


def _whole(length: int) -> int:
    return -(-length // LANES) * LANES


def _line_limits(valid: Indices, across: int) -> Indices:
    """Samples with data along each line, (m, across, 2), from ranges of columns in each row, (m, along, 2)."""
    line = np.arange(across)
    out = np.zeros((len(valid), across, 2), np.int32)
    for limits, rows in zip(out, valid, strict=True):
        seen = (line[:, None] >= rows[:, 0]) & (line[:, None] < rows[:, 1])
        some = seen.any(axis=1)
        limits[:, 0] = np.where(some, np.argmax(seen, axis=1), 0)
        limits[:, 1] = np.where(some, seen.shape[1] - np.argmax(seen[:, ::-1], axis=1), 0)
    return out
