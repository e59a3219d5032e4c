"""Planes computed together: iterations and inversions over a stack of slices on conical grids."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import StackAlgorithm
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.memory import available_bytes
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.progress import SILENT, Progress
from recon.projector import LEAST_REACHED, Projector, Update
from recon.resample import add_turned, bin_image, turn
from recon.samples import Level, Samples, aligned
from recon.stack_volume import StackVolume

Floats = NDArray[np.float32]

MEMORY_SHARE = 0.5
"""Of the memory that is free, what a stack takes at most unless it is told otherwise."""
START_BLOCK = 8
LEAST_START = np.float32(1e-4)
"""What multiplicative updates begin with at least, 1/mm."""


@dataclass(frozen=True, eq=False)
class Iteration:
    """What stands after an iteration.

    Attributes
    ----------
    number : int
        0 is the start.
    planes : ndarray of float32, shape (k, across, along)
        Attenuation, 1/mm, on the planes' conical grids; it goes on changing with the next iteration.
    residual : float
        What the projections of the planes lacked of the views *before* this iteration: root mean square over that of
        the views; NaN at the start.
    """

    number: int
    planes: Floats
    residual: float = math.nan


class StackProblem:
    """The planes, the views, and the projector pair between them.

    Parameters
    ----------
    live : LiveVolume
        Whose views are used, and from which iterations start.
    heights_mm : sequence of float
        Ascending. Together the planes must hold the whole body.
    budget_bytes : int, optional
        Memory for planes and views; half of what is free if not given. Larger pixels are taken to stay within.
    copies : int
        Stacks of planes that the algorithm needs.

    Raises
    ------
    BocageError
        When the heights are no stack, or nothing fits into the memory.
    """

    def __init__(
        self,
        live: LiveVolume,
        heights_mm: Sequence[float],
        budget_bytes: int | None = None,
        copies: int = 1,
        progress: Progress = SILENT,
    ) -> None:
        heights = np.asarray(heights_mm, dtype=np.float64)
        if heights.ndim != 1 or heights.size < 2 or not np.all(np.diff(heights) > 0):
            raise BocageError(said("Planes that are computed together need at least two heights, in ascending order."))
        self.live = live
        self.heights_mm = heights
        self.used = live.used_views
        budget = int(MEMORY_SHARE * available_bytes()) if budget_bytes is None else budget_bytes
        self.level_number = self._fitting(budget, copies)
        self.level = live.levels[self.level_number]
        self.projector = self._projector(self.level)
        self.notes: tuple[str, ...] = ()
        if self.level_number:
            size = 2**self.level_number
            allowed = f"{budget / 2**30:.1f} GiB"
            self.notes = (said("computed with pixels of {0} × {0} detector pixels to stay within {1}", size, allowed),)
        self.samples = self._views(progress)
        self.planes: Floats = np.zeros(self.projector.shape, np.float32)

    def _projector(self, level: Level) -> Projector:
        return Projector(self.live.cone, level, self.heights_mm, self.used, level.samples.valid)

    def _fitting(self, budget: int, copies: int) -> int:
        """The finest level whose planes and views fit."""
        for number, level in enumerate(self.live.levels):
            needed = _bytes(self._projector(level), copies)
            if needed <= budget:
                return number
        raise BocageError(
            said(
                "{0} planes need {1:.1f} GiB of memory even with large pixels; {2:.1f} GiB may be used. Choose "
                "fewer planes.",
                self.heights_mm.size,
                needed / 2**30,
                budget / 2**30,
            )
        )

    def _views(self, progress: Progress) -> Samples:
        """The used views' line integrals along the height, (m, across, along)."""
        integrals, level = self.live.integrals, self.level
        samples = Samples(*self.projector.views_shape)
        _, along, across = integrals.shape
        factor = 2**self.level_number

        def one(number: int) -> None:
            index = int(self.used[number])
            view = aligned((along, across))
            integrals.view(index, view)
            s, c, distance = integrals.source_mm[index]
            u = integrals.first_mm[index, 0] + integrals.pitch_mm[0] * np.arange(along) - s
            v = integrals.first_mm[index, 1] + integrals.pitch_mm[1] * np.arange(across) - c
            squares = (u[:, None] ** 2 + distance**2).astype(np.float32) + (v**2).astype(np.float32)
            view *= np.float32(distance) / np.sqrt(squares)
            if factor > 1:
                binned = np.empty(level.shape, np.float32)
                bin_image(view, factor, binned)
                view = binned
            turned = np.empty(level.shape[::-1], np.float32)
            turn(view, turned)
            samples.put(number, turned)

        run_tiles(one, self.used.size, progress, said("Line integrals"))
        return samples

    @cached_property
    def signal(self) -> float:
        """Σ y² over all views."""
        total = np.zeros(self.used.size)

        def one(number: int) -> None:
            seen = self.samples.take(number)[self.projector.mask(number)]
            total[number] = float(np.sum(seen.astype(np.float64) ** 2))

        run_tiles(one, self.used.size)
        return float(total.sum())

    def start(self, progress: Progress = SILENT) -> Iteration:
        """Fill the planes with the filtered back projection, and the mean attenuation that its ramp lacks."""
        projector = self.projector
        (down, left), across = projector.margin, projector.views_shape[1]
        self.live.fill_with_mean(self.level, self.heights_mm, projector.margin, self.planes)
        for start, stop in split(self.heights_mm.size, START_BLOCK):
            progress.step(start / self.heights_mm.size, "Filtered back projection")
            images, _ = self.live.conical_slabs(self.heights_mm[start:stop].tolist(), level=self.level_number)
            planes = self.planes[start:stop]
            run_tiles(
                lambda k, images=images, planes=planes: add_turned(images[k, :, :across], planes[k], down, left),  # type: ignore[misc]
                len(planes),
            )
        return Iteration(0, self.planes)

    def mask_unseen(self) -> None:
        """Set what no view reaches, where views end within the field, to NaN: what was put there is invented."""
        if self.projector.limits is None:
            return
        every = np.arange(self.used.size)

        def plane(k: int) -> None:
            reached = self.projector.reached(k, every)
            self.planes[k][reached <= LEAST_REACHED * reached.max()] = np.nan

        run_tiles(plane, len(self.planes))

    def subsets(self, count: int) -> list[NDArray[np.int64]]:
        """The views in `count` interleaved subsets, in an order that takes neighbours far from each other."""
        views = np.arange(self.used.size)
        parts = [views[first::count] for first in range(min(count, views.size))]
        # Bit reversal: 0, 4, 2, 6, 1, 5 … (Guan and Gordon, Phys. Med. Biol. 39:2005, 1994).
        bits = max(1, (len(parts) - 1).bit_length())
        order = sorted(range(len(parts)), key=lambda index: int(f"{index:0{bits}b}"[::-1], 2))
        return [parts[index] for index in order]

    def update(
        self,
        subsets: Sequence[NDArray[np.int64]],
        rule: Update,
        penalty: Floats | None = None,
        progress: Progress = SILENT,
    ) -> float:
        """Update the planes by each subset in turn; the relative residual before the update."""
        key = (rule, tuple(views.tobytes() for views in subsets))
        if getattr(self, "_columns_of", None) != key:
            self._columns = [self.projector.column_weights(views, rule) for views in subsets]
            self._columns_of = key
        squares = self.projector.update(self.planes, self.samples, subsets, rule, self._columns, penalty, progress)
        return math.sqrt(squares / max(self.signal, 1e-30))


def iterate(
    problem: StackProblem, progress: Progress, iterations: int, subsets: int, rule: Update
) -> Iterator[Iteration]:
    """Start from the filtered back projection and update by subsets of the views, again and again."""
    first = problem.start(progress.part(0.0, 0.1))
    if rule.multiplicative:
        # What is zero stays zero for ever: every pixel begins with a little.
        run_tiles(lambda k: np.maximum(first.planes[k], LEAST_START, out=first.planes[k]), len(first.planes))
    yield first
    parts = problem.subsets(subsets)
    for number in range(1, iterations + 1):
        part = progress.part(0.1 + 0.9 * (number - 1) / iterations, 0.1 + 0.9 * number / iterations)
        part.step(0.0, said("Iteration {0} of {1}", number, iterations))
        yield Iteration(number, problem.planes, problem.update(parts, rule, progress=part))


def _bytes(projector: Projector, copies: int) -> int:
    """Memory of the planes and the views of a problem."""
    planes = int(np.prod([float(size) for size in projector.shape]))
    views = int(np.prod([float(size) for size in projector.views_shape]))
    # Where lines do not stand alone the change of all planes is kept as well.
    return 4 * planes * (copies if projector.by_lines else copies + 1) + 2 * views


def estimate_bytes(live: LiveVolume, heights_mm: Sequence[float], algorithm: StackAlgorithm) -> int:
    """Memory that planes and views take at full resolution; less where larger pixels are taken to fit."""
    heights = np.asarray(heights_mm, dtype=np.float64)
    if heights.size < 2:
        return 0
    return _bytes(Projector(live.cone, live.levels[0], heights, live.used_views), algorithm.copies)


def reconstruct_stack(
    live: LiveVolume,
    algorithm: StackAlgorithm,
    heights_mm: Sequence[float],
    progress: Progress = SILENT,
    on_iteration: Callable[[Iteration, StackVolume], bool | None] | None = None,
    budget_bytes: int | None = None,
) -> StackVolume:
    """Compute planes at heights together, from a live volume's views.

    Parameters
    ----------
    on_iteration : callable(Iteration, StackVolume), optional
        Called as each iteration is done, with the volume that shows it; what returns False stops and keeps it.
    budget_bytes : int, optional
        See `StackProblem`.
    """
    problem = StackProblem(live, heights_mm, budget_bytes, algorithm.copies, progress.part(0.0, 0.1))
    residuals: list[float] = []
    volume = StackVolume(
        live, algorithm, problem.level, problem.heights_mm, problem.planes, problem.projector.margin, problem.notes
    )
    for iteration in algorithm.run(problem, progress.part(0.1, 1.0)):
        if not math.isnan(iteration.residual):
            residuals.append(iteration.residual)
        volume.iterations, volume.residuals = iteration.number, tuple(residuals)
        if on_iteration is not None and on_iteration(iteration, volume) is False:
            break
    problem.mask_unseen()
    progress.step(1.0, algorithm.title)
    return volume
