"""The conical grid: where slices' pixels lie, and where their shadows fall in every view.

On the conical grid of a reference source a pixel keeps its place in the view of that source at every height: the grid
shrinks towards the source (pixel = pitch × (D − z)/D). See `recon.backproject` for what this saves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recon.backproject import Plan
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.samples import Level
from recon.slab import Averaging, PlaneGrid

Doubles = NDArray[np.float64]

SMEAR_PIXELS = 1.0
"""Largest drift of a fixed point against the rays, in pixels, within a sub-slab at the field's edge."""
STORED_SMEAR_PIXELS = 0.5
"""The same for slabs at fixed (x, y), which are stored: they agree with the mean of thin slices within 1 %."""
UNEVEN_SMEAR_PIXELS = 0.25
"""The same for sources at unlike heights."""


SNAP_PIXELS = 0.01
"""What places of samples may be off for the sake of evenness: sources that lie on a line but for their decimals."""


class Lattice(Protocol):
    """Where samples lie on the virtual detector: a `Level`, or line integrals."""

    @property
    def corner_mm(self) -> Doubles:
        """The median view's first sample, (along, across)."""
        ...

    @property
    def pitch_mm(self) -> tuple[float, float]:
        """Distance between samples (along, across)."""
        ...


@dataclass(frozen=True, eq=False)
class Cone:
    """The conical grids of an acquisition.

    Attributes
    ----------
    source_mm : ndarray of float64, shape (n, 3)
        (along the sweep, across, height) of each source.
    """

    source_mm: Doubles

    @cached_property
    def reference_mm(self) -> Doubles:
        """The reference source: the mean of all, (along, across, height)."""
        return np.asarray(self.source_mm.mean(axis=0))

    def magnification(self, height_mm: float) -> float:
        """Of the reference source; refuses heights at or above the tube."""
        distance = float(self.reference_mm[2])
        highest = 0.95 * float(self.source_mm[:, 2].min())
        if not (math.isfinite(height_mm) and height_mm < highest):
            raise BocageError(
                said("The height must lie well below the tube (below {0:.0f} mm), found {1:g} mm.", highest, height_mm)
            )
        return distance / (distance - height_mm)

    def grid(self, level: Lattice, height_mm: float) -> tuple[float, float, float, float]:
        """First pixel (along, across) and spacing (along, across) at a height, mm.

        Pixel [0, 0] casts its shadow from the reference source onto the median view's first sample.
        """
        m = self.magnification(height_mm)
        u, v = level.corner_mm
        s, c, _ = self.reference_mm
        du, dv = level.pitch_mm
        return float((u + s * (m - 1)) / m), float((v + c * (m - 1)) / m), du / m, dv / m

    def part(self, level: Level, height_mm: float, row: int, column: int, shape: tuple[int, int]) -> PlaneGrid:
        """A part of the grid from [row, column] on, (across, along) standing for (x, y)."""
        along, across, step_along, step_across = self.grid(level, height_mm)
        return PlaneGrid((across + column * step_across, along + row * step_along), (step_across, step_along), shape)

    def shadows(self, level: Level, height_mm: float) -> tuple[Doubles, Doubles, Doubles, Doubles]:
        """Where the grid at a height falls in the views: first row and step, first column and step, (n,) each."""
        along, across, step_along, step_across = self.grid(level, height_mm)
        source = self.source_mm
        m = source[:, 2] / (source[:, 2] - height_mm)
        du, dv = level.pitch_mm
        rows, columns = level.shape
        first_column = (across * m - source[:, 1] * (m - 1) - level.first_mm[:, 1]) / dv
        return (
            (along * m - source[:, 0] * (m - 1) - level.first_mm[:, 0]) / du,
            _snapped(step_along * m / du, 1.0, SNAP_PIXELS / rows),
            _snapped(first_column, np.round(first_column), SNAP_PIXELS),
            _snapped(step_across * m / dv, 1.0, SNAP_PIXELS / columns),
        )

    def plan(
        self,
        level: Level,
        heights_mm: Sequence[float],
        thickness_mm: float,
        used: NDArray[np.int32],
        weights: Callable[[Doubles], Doubles],
        row: int = 0,
        column: int = 0,
        rows: int | None = None,
    ) -> Plan:
        """Where the used views fall on parts of the grids at some heights that start at [row, column].

        A slab's points keep their place on the conical grid: they follow the reference source's rays. With sources at
        unlike heights its shadow's length varies along the sweep: it is that of the middle of `rows`.

        Parameters
        ----------
        weights : callable
            Weight of the used views from their magnifications at a height, both shape (m,).
        """
        shape = (used.size, len(heights_mm))
        row_step, row_low, row_high, column_step, column_first = (np.empty(shape) for _ in range(5))
        weight = np.empty(shape, np.float32)
        middle = (level.shape[0] if rows is None else rows) // 2
        distance = self.source_mm[used, 2]
        for index, height in enumerate(heights_mm):
            _, step, first, across = (values[used] for values in self.shadows(level, height))
            row_step[:, index] = step
            column_step[:, index] = across
            column_first[:, index] = first + column * across
            for ends, z in ((row_low, height - thickness_mm / 2), (row_high, height + thickness_mm / 2)):
                first, own_step, _, _ = (values[used] for values in self.shadows(level, z))
                ends[:, index] = first + (row + middle) * own_step - middle * step
            weight[:, index] = weights(distance / (distance - height))
        return Plan(row_step, row_low, row_high, column_step, column_first, weight, used)

    def sub_slabs(self, level: Level, height_mm: float, thickness_mm: float, averaging: Averaging) -> int:
        """How many sub-slabs keep every drift that one slab ignores small at the field's edge.

        Such drifts are: of fixed points against the reference rays; and, for sources beside the line or at other
        heights, of the reference rays' shadows across the sweep and of their length along it.
        """
        if thickness_mm <= 0:
            return 1
        low, high = height_mm - thickness_mm / 2, height_mm + thickness_mm / 2
        rows, columns = level.shape
        drift = 0.0
        if averaging == "vertical":
            spread = self.magnification(high) - self.magnification(low)
            drift = max(rows, columns) / 2 * spread / self.magnification(height_mm)
        (_, along, across, step), (_, along2, across2, step2) = (self.shadows(level, z) for z in (low, high))
        lengthening = np.abs(along2 - along) * rows / 2
        sideways = [np.abs(across2 - across + (step2 - step) * column) for column in (0, columns - 1)]
        drift = max(drift, float(lengthening.max()), float(np.max(sideways)))
        allowed = SMEAR_PIXELS
        if averaging == "vertical":
            even = np.ptp(self.source_mm[:, 2]) <= 1.0
            allowed = STORED_SMEAR_PIXELS if even else UNEVEN_SMEAR_PIXELS
        return max(1, math.ceil(drift / allowed - 1e-6))

    def level_for(self, levels: Sequence[Level], height_mm: float, pixel_mm: float, draft: bool) -> Level:
        """The coarsest level that is fine enough for a pixel at a height; a draft takes the next coarser one."""
        chosen = 0
        for index in range(1, len(levels)):
            _, _, along, across = self.grid(levels[index], height_mm)
            if max(along, across) <= pixel_mm * 1.02:
                chosen = index
        return levels[min(chosen + 1, len(levels) - 1) if draft else chosen]


def _snapped(place: Doubles, even: Doubles | float, tolerance: float) -> Doubles:
    """Even places where all views' are even but for a tolerance."""
    return np.broadcast_to(even, place.shape) if np.all(np.abs(place - even) < tolerance) else place


def offered_heights_mm(geometry: Geometry) -> tuple[float, float]:
    """Heights at which slices are offered and a body may lie; filters along the depth are exact in their middle."""
    lowest_source = float(geometry.source_mm[:, 2].min())
    pivot = geometry.convergence_height_mm
    if pivot < 100.0:  # on the detector: the body lies on its cover
        return 0.0, float(round(min(0.4 * lowest_source, 350.0)))
    # Tube and detector turn about the body's middle.
    return max(0.0, float(round(pivot - 200.0))), float(round(min(pivot + 200.0, 0.8 * lowest_source)))


def swapped(grid: PlaneGrid) -> PlaneGrid:
    """The grid with its axes exchanged."""
    return PlaneGrid(grid.origin_mm[::-1], grid.spacing_mm[::-1], grid.shape[::-1])


def plane_spacing(heights_mm: Doubles) -> Doubles:
    """What each plane stands for along the height, mm: half the way to both neighbours, the whole at the ends."""
    if heights_mm.size < 2:
        return np.ones(heights_mm.size)
    gap = np.diff(heights_mm)
    return np.asarray(0.5 * (np.concatenate((gap[:1], gap)) + np.concatenate((gap, gap[-1:]))))
