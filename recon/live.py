"""`LiveVolume`: slabs computed from the projections when they are asked for."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numba
import numpy as np
from numpy.typing import NDArray

from recon.algorithms import Algorithm, FilteredBackProjection
from recon.backproject import Plan, back_project
from recon.errors import BocageError
from recon.filters import as_pairs, filter_rows, load_columns, padded_length, padding_blend, store_columns
from recon.geometry import Geometry
from recon.parallel import run_tiles, split
from recon.preprocess import LineIntegrals, line_integrals
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.resample import resample
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo

FILTER_COLUMNS = 64
LEVELS = 4
SCRATCH_BYTES = 64 << 20
SMEAR_PIXELS = 1.0
"""Largest drift of a fixed point against the rays, in pixels, within a sub-slab at the field's edge."""


@dataclass(frozen=True)
class Level:
    """Filtered views at one resolution; level l has pixels of 2^l samples.

    Attributes
    ----------
    views : ndarray of float32, shape (n, along, across)
    along_mm, across_mm : (first, pitch)
        On the virtual detector.
    valid : ndarray of int32, shape (n, along, 2), or None
        Range of columns with data, for rectified views.
    """

    views: NDArray[np.float32]
    along_mm: tuple[float, float]
    across_mm: tuple[float, float]
    valid: NDArray[np.int32] | None


class LiveVolume:
    """A `SlabSource` over filtered projections: any height, thickness, region and pixel size.

    Parameters
    ----------
    projections : ProjectionSet
    algorithm : Algorithm
    progress : Progress
        Of the preprocessing and filtering done here.

    Raises
    ------
    BocageError
        When the views cannot be reconstructed, with the reason.
    """

    def __init__(
        self,
        projections: ProjectionSet,
        algorithm: Algorithm | None = None,
        progress: Progress = SILENT,
        *,
        _integrals: LineIntegrals | None = None,
    ) -> None:
        self.projections = projections
        self.algorithm: Algorithm = algorithm if algorithm is not None else FilteredBackProjection()
        if projections.geometry.n_views < 2:
            raise BocageError("Tomosynthesis needs at least two views from different positions, found one.")
        self.integrals = _integrals if _integrals is not None else line_integrals(projections, progress.part(0.0, 0.3))
        self._levels = _filtered_levels(self.integrals, self.algorithm, progress.part(0.3, 1.0))
        source = self.integrals.source_mm
        self._reference = source.mean(axis=0)
        self._memory = threading.local()
        self._swap = self.integrals.geometry.sweep_axis == 0

    def with_algorithm(self, algorithm: Algorithm, progress: Progress = SILENT) -> LiveVolume:
        """The same projections through another algorithm; the line integrals are shared."""
        return LiveVolume(self.projections, algorithm, progress, _integrals=self.integrals)

    @property
    def geometry(self) -> Geometry:
        """The geometry as acquired."""
        return self.projections.geometry

    @cached_property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        geometry = self.projections.geometry
        lowest_source = float(self.integrals.source_mm[:, 2].min())
        pivot = geometry.convergence_height_mm
        if pivot < 100.0:  # on the detector: the body lies on its cover
            heights = (0.0, float(round(min(0.4 * lowest_source, 350.0))))
        else:  # tube and detector turn about the body's middle
            heights = (max(0.0, float(round(pivot - 200.0))), float(round(min(pivot + 200.0, 0.8 * lowest_source))))
        return SourceInfo(
            title=self.projections.title,
            unit=self.algorithm.unit,
            height_range_mm=heights,
            interval_mm=1.0,
            reconstructs=True,
            patient=geometry.patient,
            notes=(*self.projections.notes, *self.integrals.notes),
        )

    # -- where things lie ------------------------------------------------------------------------------------------

    def _magnification(self, height_mm: float) -> float:
        distance = float(self._reference[2])
        if not (math.isfinite(height_mm) and height_mm < 0.95 * float(self.integrals.source_mm[:, 2].min())):
            raise BocageError(f"The height must lie below the tube ({distance:.0f} mm), found {height_mm:g} mm.")
        return distance / (distance - height_mm)

    def _cone_grid(self, level: Level, height_mm: float) -> tuple[float, float, float, float]:
        """First pixel (along, across) and spacing (along, across) of the conical grid at a height, mm."""
        m = self._magnification(height_mm)
        (u, du), (v, dv) = level.along_mm, level.across_mm
        s, c = float(self._reference[0]), float(self._reference[1])
        return (u + s * (m - 1)) / m, (v + c * (m - 1)) / m, du / m, dv / m

    def footprint(self, height_mm: float) -> Rect:
        """What the middle view sees at a height, world mm."""
        level = self._levels[0]
        along, across, step_along, step_across = self._cone_grid(level, height_mm)
        a0, a1 = along - step_along / 2, along + (level.views.shape[1] - 0.5) * step_along
        b0, b1 = across - step_across / 2, across + (level.views.shape[2] - 0.5) * step_across
        return Rect(a0, b0, a1, b1) if self._swap else Rect(b0, a0, b1, a1)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """Detector pixel over magnification, (dx, dy)."""
        _, _, along, across = self._cone_grid(self._levels[0], height_mm)
        return (along, across) if self._swap else (across, along)

    # -- slabs -----------------------------------------------------------------------------------------------------

    def slab(self, request: SlabRequest) -> Slab:
        """The slab on the grid that the request asks for; NaN where no view has data."""
        region = request.region or self.footprint(request.height_mm)
        pixel = request.pixel_mm or min(self.native_pixel_mm(request.height_mm))
        return self.slabs([request.height_mm], request.thickness_mm, PlaneGrid.covering(region, pixel), request.draft)[
            0
        ]

    def slabs(
        self,
        heights_mm: Sequence[float],
        thickness_mm: float,
        grid: PlaneGrid,
        draft: bool = False,
        averaging: Averaging = "rays",
    ) -> list[Slab]:
        """Slabs at several heights on one grid, computed together: each view is read once for all of them.

        Parameters
        ----------
        heights_mm : sequence of float
        thickness_mm : float
            Nominal: each slab is the mean over heights ± thickness/2.
        grid : PlaneGrid
        draft : bool
            Compute from coarser views.
        averaging : {"rays", "vertical"}
            Whether a slab is averaged along the middle view's rays, as a radiograph averages the body, so that
            what lies off the axis is not smeared outwards; or at fixed (x, y), as the mean of slices stored on one
            grid. They agree to the noise's texture; the second costs more for thick slabs in wide fields.
        """
        if not (math.isfinite(thickness_mm) and 0 <= thickness_mm < 500):
            raise BocageError(f"The slab thickness must lie between 0 and 500 mm, found {thickness_mm:g}.")
        level = self._level_for(max(heights_mm), min(grid.spacing_mm), draft)
        cones, cone_grids = self._cones(level, heights_mm, thickness_mm, grid.bounds, averaging)
        slabs = []
        for height, cone, cone_grid in zip(heights_mm, cones, cone_grids, strict=True):
            pixels = resample(cone.T if self._swap else cone, cone_grid, grid)
            slabs.append(Slab(pixels, grid, height, thickness_mm, draft and level is not self._levels[0]))
        return slabs

    def _level_for(self, height_mm: float, pixel_mm: float, draft: bool) -> Level:
        chosen = 0
        for index in range(1, len(self._levels)):
            _, _, along, across = self._cone_grid(self._levels[index], height_mm)
            if max(along, across) <= pixel_mm * 1.02:
                chosen = index
        if draft:
            chosen = min(chosen + 1, len(self._levels) - 1)
        return self._levels[chosen]

    def _cones(
        self, level: Level, heights_mm: Sequence[float], thickness_mm: float, bounds: Rect, averaging: Averaging
    ) -> tuple[list[FloatImage], list[PlaneGrid]]:
        """Slabs on the parts of their own conical grids that cover `bounds`, and these grids in world axes."""
        along_low, along_high = (bounds.x0, bounds.x1) if self._swap else (bounds.y0, bounds.y1)
        across_low, across_high = (bounds.y0, bounds.y1) if self._swap else (bounds.x0, bounds.x1)
        _, rows, columns = level.views.shape
        starts, stops = [], []
        for height in heights_mm:
            along, across, step_along, step_across = self._cone_grid(level, height)
            starts.append(((along_low - along) / step_along, (across_low - across) / step_across))
            stops.append(((along_high - along) / step_along, (across_high - across) / step_across))
        low = np.floor(np.min(starts, axis=0)).astype(int) - 2
        high = np.ceil(np.max(stops, axis=0)).astype(int) + 3
        row0, column0 = max(0, int(low[0])), max(0, int(low[1]))
        row1, column1 = min(rows, int(high[0])), min(columns, int(high[1]))
        if row1 <= row0 or column1 <= column0:  # nothing of the field is asked for: one empty pixel
            row0, column0, row1, column1 = 0, 0, 1, 1
        parts = 1 if averaging == "rays" else self._sub_slabs(level, max(heights_mm), thickness_mm)
        planes = [
            height + thickness_mm * ((part + 0.5) / parts - 0.5) for height in heights_mm for part in range(parts)
        ]
        plan = self._plan(level, planes, thickness_mm / parts, row0, column0)
        shape = (row1 - row0, column1 - column0)
        images = back_project(
            level.views,
            plan,
            shape,
            level.valid,
            normalise=self.algorithm.normalised_by_coverage,
            out=self._scratch(len(planes), shape),
        )
        cones, grids = [], []
        for index, height in enumerate(heights_mm):
            own = slice(index * parts, (index + 1) * parts)
            cones.append(
                images[own][0] if parts == 1 else self._merged(level, height, planes[own], images[own], row0, column0)
            )
            part = self._part_grid(level, height, row0, column0, shape)
            grids.append(_swapped(part) if self._swap else part)
        return cones, grids

    def _scratch(self, planes: int, shape: tuple[int, int]) -> FloatImage:
        """Memory of this thread for the conical grid, kept from slab to slab."""
        size = planes * shape[0] * shape[1]
        kept: FloatImage | None = getattr(self._memory, "kept", None)
        if kept is None or kept.size < size:
            kept = np.empty(size, np.float32)
            if kept.nbytes <= SCRATCH_BYTES:
                self._memory.kept = kept
        return kept[:size].reshape(planes, *shape)

    def _sub_slabs(self, level: Level, height_mm: float, thickness_mm: float) -> int:
        """How many sub-slabs keep the drift against the rays below `SMEAR_PIXELS` at the field's edge."""
        if thickness_mm <= 0:
            return 1
        low = self._magnification(height_mm - thickness_mm / 2)
        high = self._magnification(height_mm + thickness_mm / 2)
        edge = max(level.views.shape[1:]) / 2
        drift = edge * (high - low) / self._magnification(height_mm)
        return max(1, math.ceil(drift / SMEAR_PIXELS - 1e-9))

    def _plan(self, level: Level, heights_mm: Sequence[float], thickness_mm: float, row0: int, column0: int) -> Plan:
        """Where the views fall on parts of the conical grids at some heights that start at [row0, column0].

        A slab's points keep their place on the conical grid: they follow the reference source's rays.
        """
        source = self.integrals.source_mm
        (u_first, du), (v_first, dv) = level.along_mm, level.across_mm
        shape = (source.shape[0], len(heights_mm))
        row_step, row_low, row_high, column_step, column_first = (np.empty(shape) for _ in range(5))
        weight = np.empty(shape, np.float32)
        for index, height in enumerate(heights_mm):
            for ends, z in ((row_low, height - thickness_mm / 2), (row_high, height + thickness_mm / 2)):
                along, _, step_along, _ = self._cone_grid(level, z)
                m = source[:, 2] / (source[:, 2] - z)
                ends[:, index] = ((along + row0 * step_along) * m - source[:, 0] * (m - 1) - u_first) / du
            _, across, step_along, step_across = self._cone_grid(level, height)
            m = source[:, 2] / (source[:, 2] - height)
            row_step[:, index] = step_along * m / du
            column_step[:, index] = step_across * m / dv
            first = (across + column0 * step_across) * m - source[:, 1] * (m - 1)
            column_first[:, index] = (first - v_first) / dv
            weight[:, index] = self.algorithm.height_factor(m)
        return Plan(row_step, row_low, row_high, column_step, column_first, weight)

    def _merged(
        self,
        level: Level,
        height_mm: float,
        heights_mm: Sequence[float],
        block: NDArray[np.float32],
        row0: int,
        column0: int,
    ) -> FloatImage:
        """The mean of sub-slabs, each brought from its own conical grid onto that of the slab's middle."""
        target = self._part_grid(level, height_mm, row0, column0, block.shape[1:])
        total: FloatImage | None = None
        for own_height, image in zip(heights_mm, block, strict=True):
            moved = resample(image, self._part_grid(level, own_height, row0, column0, block.shape[1:]), target)
            total = moved if total is None else np.add(total, moved, out=total)
        assert total is not None
        total /= np.float32(len(heights_mm))
        return total

    def _part_grid(self, level: Level, height_mm: float, row0: int, column0: int, shape: tuple[int, ...]) -> PlaneGrid:
        """A part of the conical grid, (across, along) standing for (x, y)."""
        along, across, step_along, step_across = self._cone_grid(level, height_mm)
        return PlaneGrid(
            (across + column0 * step_across, along + row0 * step_along),
            (step_across, step_along),
            (shape[0], shape[1]),
        )


def _swapped(grid: PlaneGrid) -> PlaneGrid:
    return PlaneGrid(grid.origin_mm[::-1], grid.spacing_mm[::-1], grid.shape[::-1])


def _filtered_levels(integrals: LineIntegrals, algorithm: Algorithm, progress: Progress) -> list[Level]:
    """Weigh and filter all views, and bin them 2 × 2 for coarser display."""
    n, samples, columns = integrals.views.shape
    if samples < 4 or columns < 4:
        raise BocageError(f"The views are too small to reconstruct ({samples} × {columns} samples).")
    (u0, du), (v0, dv) = integrals.along_mm, integrals.across_mm
    u = np.asarray(u0 + du * np.arange(samples), dtype=np.float64)
    v = np.asarray(v0 + dv * np.arange(columns), dtype=np.float64)
    weights = algorithm.weights(integrals.source_mm, u)
    length = padded_length(samples)
    frequency = np.arange(length // 2 + 1) / (length * du)
    response = algorithm.frequency_response(frequency, du)
    out = np.empty_like(integrals.views)
    blend = padding_blend(samples, length)
    gain = np.zeros(1, np.float32) if response is None else response.astype(np.float32)
    buffers = threading.local()
    tiles = [(view, *part) for view in range(n) for part in split(columns, FILTER_COLUMNS)]

    def tile(index: int) -> None:
        view, start, stop = tiles[index]
        weight = weights[view].astype(np.float32)
        if response is None:
            np.multiply(integrals.views[view, :, start:stop], weight[:, None], out=out[view, :, start:stop])
            return
        s, c, distance = integrals.source_mm[view]
        along_squared, across_squared = ((u - s) ** 2).astype(np.float32), ((v - c) ** 2).astype(np.float32)
        if not hasattr(buffers, "rows"):
            buffers.rows = np.zeros((FILTER_COLUMNS // 2, length), np.complex64)
        rows = buffers.rows[: (stop - start + 1) // 2]
        load_columns(
            integrals.views[view], start, stop, weight, along_squared, across_squared, distance, blend, as_pairs(rows)
        )
        store_columns(as_pairs(filter_rows(rows, gain)), out[view], start, stop)

    run_tiles(tile, len(tiles), progress, "Filtering")
    levels = [Level(out, integrals.along_mm, integrals.across_mm, _column_ranges(integrals.valid))]
    while len(levels) < LEVELS and min(levels[-1].views.shape[1:]) >= 256:
        levels.append(_binned(levels[-1]))
    return levels


@numba.njit(nogil=True, fastmath=True, cache=True)
def _bin_view(view: NDArray[np.float32], out: NDArray[np.float32]) -> None:
    quarter = np.float32(0.25)
    for r in range(out.shape[0]):
        upper, lower, target = view[2 * r], view[2 * r + 1], out[r]
        for c in range(out.shape[1]):
            target[c] = quarter * (upper[2 * c] + upper[2 * c + 1] + lower[2 * c] + lower[2 * c + 1])


def _binned(level: Level) -> Level:
    n, rows, columns = level.views.shape
    rows, columns = rows // 2, columns // 2
    out = np.empty((n, rows, columns), np.float32)
    run_tiles(lambda view: _bin_view(level.views[view], out[view]), n)
    valid = None
    if level.valid is not None:
        upper, lower = level.valid[:, 0 : rows * 2 : 2], level.valid[:, 1 : rows * 2 : 2]
        valid = np.empty((n, rows, 2), np.int32)
        valid[..., 0] = (np.maximum(upper[..., 0], lower[..., 0]) + 1) // 2
        valid[..., 1] = np.minimum(upper[..., 1], lower[..., 1]) // 2
    (u, du), (v, dv) = level.along_mm, level.across_mm
    return Level(out, (u + du / 2, du * 2), (v + dv / 2, dv * 2), valid)


def _column_ranges(valid: NDArray[np.bool_] | None) -> NDArray[np.int32] | None:
    """First and end column with data in each row of each view (a rectified detector is convex)."""
    if valid is None:
        return None
    columns = valid.shape[2]
    first = np.argmax(valid, axis=2)
    end = columns - np.argmax(valid[:, :, ::-1], axis=2)
    empty = ~valid.any(axis=2)
    first[empty], end[empty] = 0, 0
    return np.ascontiguousarray(np.stack((first, end), axis=-1).astype(np.int32))


def warm_up() -> None:
    """Compile the kernels of this module."""
    _bin_view(np.ones((2, 2), np.float32), np.empty((1, 1), np.float32))
