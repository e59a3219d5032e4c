"""Metal put back into slices that were made without it.

Where metal lies at a height is asked of its traces in the views: the share of the views whose trace covers a point is
their back projection. In focus the traces' edges fall together and the share drops within a pixel; away from there
they part, and metal that all views still have in common shrinks and ends. It is drawn where nearly all views agree.

How dense it is drawn follows from what was taken out of the views: the removed line integral, spread evenly over the
heights at which the views agree, but over no more than a trunk's depth: metal along the sweep has no height of its own.
It varies slowly, keeps its place on the conical grid, and is one coarse image.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.fbp import TRUNK_MM
from recon.backproject import back_project
from recon.cone import Cone
from recon.messages import said
from recon.metal.search import box_of
from recon.parallel import split
from recon.progress import SILENT, Progress
from recon.resample import resample
from recon.samples import Level
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect
from recon.sweep import slopes

Floats = NDArray[np.float32]

NONE, WHOLE = 0.80, 0.95
"""Shares of the views up to which there is no metal, and from which on there is nothing else."""
LEAST_SEEN = 0.05
"""Share of the views that must see a point."""
PLANES = 8
SPREAD = 1.0
"""Standard deviation, in pixels, by which the density is smoothed and continued beyond the metal's edge."""
PART_PIXELS = 2.0
"""Pixels by which edges may wander between the thin slices that a slab is drawn from."""
MOST_PARTS = 24
MARGIN = 3


@runtime_checkable
class Restores(Protocol):
    """A prepared correction that gives back to the slices what it took from the views."""

    layer: MetalLayer | None


def share_of_views(
    traces: Level, field: Level, cone: Cone, heights_mm: Sequence[float], used: NDArray[np.int32],
    start: tuple[int, int], shape: tuple[int, int],
) -> Floats:  # fmt: skip
    """Of the views that see a point, the share whose image covers it, or the mean of other images.

    Parameters
    ----------
    traces : Level
        Images that are zero outside their windows.
    field : Level
        What share of each (large) pixel the views see.
    start, shape : (along, across)
        Part of the conical grid of `traces`.

    Returns
    -------
    ndarray of float32, shape (heights, *shape)
    """

    def mean(level: Level, row: int, column: int, size: tuple[int, int]) -> Floats:
        plan = cone.plan(level, heights_mm, 0.0, used, lambda m: np.full(m.size, 1.0 / used.size), row, column, size[0])
        return np.nan_to_num(back_project(level.samples, plan, size, normalise=False)[..., : size[1]], copy=False)

    out = mean(traces, *start, shape)
    # The field's pixels: the same place on the detector, in their own steps.
    first = [
        math.floor((traces.corner_mm[axis] + start[axis] * traces.pitch_mm[axis] - field.corner_mm[axis])
                   / field.pitch_mm[axis]) - 1
        for axis in (0, 1)
    ]  # fmt: skip
    size = tuple(math.ceil(shape[axis] * traces.pitch_mm[axis] / field.pitch_mm[axis]) + 3 for axis in (0, 1))
    seen = mean(field, first[0], first[1], (size[0], size[1]))
    if seen.min() > 0.999:
        return out
    fine, coarse = shadow_grid(traces, start, shape), shadow_grid(field, (first[0], first[1]), (size[0], size[1]))
    for image, share in zip(out, seen, strict=True):
        whole = resample(np.ascontiguousarray(share), coarse, fine)
        image /= np.where(whole > LEAST_SEEN, whole, np.inf)
    return out


def shadow_grid(level: Level, start: tuple[int, int], shape: tuple[int, int]) -> PlaneGrid:
    """A part of a conical grid as it lies on the detector seen from the reference source, at any height."""
    (u, v), (du, dv) = level.corner_mm, level.pitch_mm
    return PlaneGrid((float(v) + start[1] * dv, float(u) + start[0] * du), (dv, du), shape)


@dataclass(frozen=True, eq=False)
class MetalLayer:
    """What metal adds to slices.

    Attributes
    ----------
    cone : Cone
    traces : list of Level
        1 where a view shows metal, else 0; fine to coarse. Windows of the views that hold all metal.
    field : Level
        What the views see, in large pixels.
    density : ndarray of float32, shape (along, across)
        On `density_grid`: mean attenuation over the depth in which the views agree, 1/mm.
    removed : ndarray of float32, same shape
        The line integral taken out of the views.
    density_grid : PlaneGrid
        Where `density` lies on the detector, seen from the reference source; (across, along) standing for (x, y).
    heights_mm : (low, high)
        Between which there is any.
    """

    cone: Cone
    traces: list[Level]
    field: Level
    density: Floats
    removed: Floats
    density_grid: PlaneGrid
    heights_mm: tuple[float, float]

    @cached_property
    def steepest(self) -> float:
        """How far the outermost view's shadow moves for each mm of height."""
        return float(np.linalg.norm(slopes(self.cone.source_mm), axis=1).max())

    @property
    def nbytes(self) -> int:
        """Memory of what is kept."""
        return self.density.nbytes + self.removed.nbytes + sum(level.samples.nbytes for level in self.traces)

    def add(
        self,
        images: Sequence[FloatImage],
        grid: PlaneGrid,
        heights_mm: Sequence[float],
        thickness_mm: float,
        used: NDArray[np.int32],
        *,
        per_mm: bool = True,
        draft: bool = False,
        averaging: Averaging = "rays",
    ) -> None:
        """Add the metal to slabs on one grid whose rows run along the sweep.

        Parameters
        ----------
        images : sequence of ndarray of float32, shape `grid.shape`
        grid : PlaneGrid
            (across, along) standing for (x, y).
        heights_mm, thickness_mm, draft, averaging
            Of the slabs.
        used : ndarray of int32
            Views that are not left out.
        per_mm : bool
            Whether the slabs are attenuations; otherwise they are line integrals.
        """
        level = self.cone.level_for(self.traces, max(heights_mm), min(grid.spacing_mm), draft)
        value = self.density if per_mm else self.removed
        # Thin slices whose edges wander little from one to the next; those of one group are drawn at one place.
        wander = thickness_mm * self.steepest / (PART_PIXELS * min(level.pitch_mm))
        groups = 1
        if averaging == "vertical":
            groups = self.cone.sub_slabs(level, max(heights_mm), thickness_mm, averaging)
        parts = max(1, math.ceil(min(MOST_PARTS, wander) / groups))
        offsets = thickness_mm * ((np.arange(groups * parts) + 0.5) / (groups * parts) - 0.5)
        low, high = self.heights_mm
        for image, height in zip(images, heights_mm, strict=True):
            for group in offsets.reshape(groups, parts):
                inside = [float(z) for z in height + group if low <= z <= high]
                if inside:
                    place = height + (float(group.mean()) if averaging == "vertical" else 0.0)
                    self._add_group(image, grid, level, value, inside, place, used, 1.0 / offsets.size)

    def _add_group(
        self, image: FloatImage, grid: PlaneGrid, level: Level, value: Floats, heights_mm: Sequence[float],
        place_mm: float, used: NDArray[np.int32], share: float,
    ) -> None:  # fmt: skip
        """Add `share` of each of some thin slices, drawn on the conical grid at `place_mm`."""
        along, across, step_along, step_across = self.cone.grid(level, place_mm)
        # The metal's box in indices of the level's conical grid, which are the same at all heights.
        box, first, pitch = self.density_grid.bounds, level.corner_mm, level.pitch_mm
        asked = grid.bounds
        low = (
            max((box.y0 - first[0]) / pitch[0], (asked.y0 - along) / step_along - MARGIN),
            max((box.x0 - first[1]) / pitch[1], (asked.x0 - across) / step_across - MARGIN),
        )
        high = (
            min((box.y1 - first[0]) / pitch[0], (asked.y1 - along) / step_along + MARGIN),
            min((box.x1 - first[1]) / pitch[1], (asked.x1 - across) / step_across + MARGIN),
        )
        start = (math.floor(low[0]), math.floor(low[1]))
        shape = (math.ceil(high[0]) - start[0] + 1, math.ceil(high[1]) - start[1] + 1)
        if min(shape) < 2:
            return
        metal = np.zeros(shape, np.float32)
        for begin, end in split(len(heights_mm), PLANES):
            covered = share_of_views(level, self.field, self.cone, heights_mm[begin:end], used, start, shape)
            metal += _certainty(covered).sum(axis=0)
        if not metal.any():
            return
        drawn = np.nan_to_num(resample(value, self.density_grid, shadow_grid(level, start, shape))) * metal
        own = self.cone.part(level, place_mm, *start, shape)
        inside = _overlap(grid, own.bounds)
        if inside is not None:
            rows, columns = inside
            origin = grid.index_to_mm(rows.start, columns.start)
            part = PlaneGrid(origin, grid.spacing_mm, (rows.stop - rows.start, columns.stop - columns.start))
            image[rows, columns] += np.nan_to_num(resample(drawn, own, part, factor=share))


def _overlap(grid: PlaneGrid, bounds: Rect) -> tuple[slice, slice] | None:
    """Rows and columns of a grid whose pixels touch a rectangle."""
    row0, column0 = grid.mm_to_index(bounds.x0, bounds.y0)
    row1, column1 = grid.mm_to_index(bounds.x1, bounds.y1)
    rows = slice(max(0, math.floor(row0)), min(grid.shape[0], math.ceil(row1) + 1))
    columns = slice(max(0, math.floor(column0)), min(grid.shape[1], math.ceil(column1) + 1))
    return (rows, columns) if rows.start < rows.stop and columns.start < columns.stop else None


def build(
    traces: list[Level], coarse: Level, removed: Level, field: Level, cone: Cone, heights_mm: Sequence[float],
    progress: Progress = SILENT,
) -> MetalLayer | None:  # fmt: skip
    """Compare the views over all heights, coarsely, and keep what slices need.

    Parameters
    ----------
    traces : list of Level
        As in `MetalLayer`.
    coarse, removed : Level
        Traces and what was taken out, of the whole views at low resolution.
    field : Level
    heights_mm : sequence of float
        Evenly spaced.

    Returns
    -------
    MetalLayer or None
        None when the views agree nowhere.
    """
    from scipy.ndimage import gaussian_filter

    shape, n = coarse.shape, len(coarse.first_mm)
    used, step = np.arange(n, dtype=np.int32), heights_mm[1] - heights_mm[0]
    depth, most = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    there: list[float] = []
    for start, stop in split(len(heights_mm), PLANES):
        progress.step(start / len(heights_mm), said("Placing the metal"))
        block = heights_mm[start:stop]
        weight = _certainty(share_of_views(coarse, field, cone, block, used, (0, 0), shape))
        if weight.any():
            there += [z for z, plane in zip(block, weight, strict=True) if plane.any()]
            depth += step * weight.sum(axis=0)
            # In focus the views' mean is the line integral; away from there it takes in what lies beside.
            taken = weight * share_of_views(removed, field, cone, block, used, (0, 0), shape)
            np.maximum(most, taken.max(axis=0), out=most)
    if not there:
        return None
    known = (depth > 0).astype(np.float32)
    spread = gaussian_filter(known, SPREAD)
    box = box_of(spread > 1e-3)
    assert box is not None
    images = []
    for image in (most / np.clip(depth, step, TRUNK_MM), most):
        smooth, room = gaussian_filter(image * known, SPREAD)[box], spread[box]
        images.append(np.where(room > 1e-3, smooth / np.maximum(room, 1e-3), 0.0).astype(np.float32))
    size = (box[0].stop - box[0].start, box[1].stop - box[1].start)
    grid = shadow_grid(coarse, (box[0].start, box[1].start), size)
    return MetalLayer(cone, traces, field, images[0], images[1], grid, (there[0] - step, there[-1] + step))


def _certainty(share: Floats) -> Floats:
    """How surely a place is metal, from the share of the views that say so."""
    return np.clip((share - NONE) / (WHOLE - NONE), 0.0, 1.0).astype(np.float32)
