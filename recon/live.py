"""`LiveVolume`: slabs computed from the projections when they are asked for."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recon.algorithms import FilteredBackProjection, OnePass
from recon.backproject import Plan, back_project
from recon.errors import BocageError
from recon.filters import as_pairs, filter_rows, load_columns, padded_length, padding_blend, store_columns
from recon.geometry import Geometry
from recon.parallel import run_tiles, split
from recon.preprocess import LineIntegrals, fields_mm, line_integrals
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.resample import halved, halved_axis, resample
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo

FILTER_COLUMNS = 64
LEVELS = 4
SCRATCH_BYTES = 64 << 20
SMEAR_PIXELS = 1.0
"""Largest drift of a fixed point against the rays, in pixels, within a sub-slab at the field's edge."""
STORED_SMEAR_PIXELS = 0.5
"""The same for slabs at fixed (x, y), which are stored: they agree with the mean of thin slices within 1 %."""
UNEVEN_SMEAR_PIXELS = 0.25
"""The same for sources at unlike heights."""


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
    algorithm : OnePass
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
        algorithm: OnePass | None = None,
        progress: Progress = SILENT,
        *,
        _integrals: LineIntegrals | None = None,
        _coarse: LineIntegrals | None = None,
        _preview: bool = False,
    ) -> None:
        self.projections = projections
        self.algorithm: OnePass = algorithm if algorithm is not None else FilteredBackProjection()
        if projections.geometry.n_views < 2:
            raise BocageError("Tomosynthesis needs at least two views from different positions, found one.")
        self.integrals = _integrals if _integrals is not None else line_integrals(projections, progress.part(0.0, 0.3))
        self._coarse = _coarse
        self.is_preview = _preview and _coarse is not None
        """Whether this is made of binned views (`preview`)."""
        used = _coarse if _coarse is not None and _preview else self.integrals
        binning = round(used.along_mm[1] / self.integrals.along_mm[1])
        self._levels = _filtered_levels(used, self.algorithm, binning, progress.part(0.3, 1.0))
        source = self.integrals.source_mm
        self._reference = source.mean(axis=0)
        self._memory = threading.local()
        self._swap = self.integrals.geometry.sweep_axis == 0

    def with_algorithm(self, algorithm: OnePass, progress: Progress = SILENT) -> LiveVolume:
        """The same projections through another algorithm; the line integrals are shared."""
        return LiveVolume(self.projections, algorithm, progress, _integrals=self.integrals, _coarse=self._coarse)

    def preview(self, algorithm: OnePass) -> LiveVolume | None:
        """The same at once but coarse, to be shown until `with_algorithm` is done; None for small views.

        It is filtered from line integrals binned 4 × 4 (once), so it costs a sixteenth.
        """
        if self._coarse is None:
            if min(self.integrals.views.shape[1:]) < 512:
                return None
            self._coarse = self.integrals.binned().binned()
        return LiveVolume(self.projections, algorithm, _integrals=self.integrals, _coarse=self._coarse, _preview=True)

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

    def _cone_grid(self, level: Level | LineIntegrals, height_mm: float) -> tuple[float, float, float, float]:
        """First pixel (along, across) and spacing (along, across) of the conical grid at a height, mm."""
        m = self._magnification(height_mm)
        (u, du), (v, dv) = level.along_mm, level.across_mm
        s, c = float(self._reference[0]), float(self._reference[1])
        return (u + s * (m - 1)) / m, (v + c * (m - 1)) / m, du / m, dv / m

    def footprint(self, height_mm: float) -> Rect:
        """What the middle view sees at a height, world mm."""
        if not self.geometry.is_rectified:
            self._magnification(height_mm)
            low, high = (np.median(corner, axis=0) for corner in fields_mm(self.geometry, height_mm))
            return Rect(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        along, across, step_along, step_across = self._cone_grid(self.integrals, height_mm)
        _, rows, columns = self.integrals.views.shape
        a0, a1 = along - step_along / 2, along + (rows - 0.5) * step_along
        b0, b1 = across - step_across / 2, across + (columns - 0.5) * step_across
        return Rect(a0, b0, a1, b1) if self._swap else Rect(b0, a0, b1, a1)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """Detector pixel over magnification, (dx, dy)."""
        _, _, along, across = self._cone_grid(self.integrals, height_mm)
        return (along, across) if self._swap else (across, along)

    # -- slabs -----------------------------------------------------------------------------------------------------

    def slab(self, request: SlabRequest) -> Slab:
        """The slab on the grid that the request asks for; NaN where no view has data."""
        region = request.region or self.footprint(request.height_mm)
        pixel = min(self.native_pixel_mm(request.height_mm)) if request.pixel_mm is None else request.pixel_mm
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
        pixels: list[FloatImage] = []
        for index, share, image, own_grid in self._pieces(level, heights_mm, thickness_mm, grid.bounds, averaging):
            part = resample(image.T if self._swap else image, own_grid, grid)
            if share != 1.0:
                part *= np.float32(share)
            if len(pixels) == index:
                pixels.append(part)
            else:
                pixels[index] += part
        coarse = draft and level is not self._levels[0]
        return [
            Slab(image, grid, height, thickness_mm, coarse) for image, height in zip(pixels, heights_mm, strict=True)
        ]

    def _level_for(self, height_mm: float, pixel_mm: float, draft: bool) -> Level:
        chosen = 0
        for index in range(1, len(self._levels)):
            _, _, along, across = self._cone_grid(self._levels[index], height_mm)
            if max(along, across) <= pixel_mm * 1.02:
                chosen = index
        if draft:
            chosen = min(chosen + 1, len(self._levels) - 1)
        return self._levels[chosen]

    def _pieces(
        self, level: Level, heights_mm: Sequence[float], thickness_mm: float, bounds: Rect, averaging: Averaging
    ) -> Iterator[tuple[int, float, FloatImage, PlaneGrid]]:
        """Slabs or sub-slabs on the parts of conical grids that cover `bounds`.

        Yields the slab's index, the piece's share in it, its pixels (rows along the sweep; valid until the next
        piece) and its grid in world axes.
        """
        along_low, along_high = (bounds.x0, bounds.x1) if self._swap else (bounds.y0, bounds.y1)
        across_low, across_high = (bounds.y0, bounds.y1) if self._swap else (bounds.x0, bounds.x1)
        _, rows, columns = level.views.shape
        starts, stops = [], []
        # Sub-slabs at fixed (x, y) need as much of their own conical grids; those along the rays keep their indices.
        reach = 0.0 if averaging == "rays" else thickness_mm / 2
        for height in (*heights_mm, min(heights_mm) - reach, max(heights_mm) + reach):
            along, across, step_along, step_across = self._cone_grid(level, height)
            starts.append(((along_low - along) / step_along, (across_low - across) / step_across))
            stops.append(((along_high - along) / step_along, (across_high - across) / step_across))
        low = np.floor(np.min(starts, axis=0)).astype(int) - 2
        high = np.ceil(np.max(stops, axis=0)).astype(int) + 3
        row0, column0 = max(0, int(low[0])), max(0, int(low[1]))
        row1, column1 = min(rows, int(high[0])), min(columns, int(high[1]))
        if row1 <= row0 or column1 <= column0:  # nothing of the field is asked for: one empty pixel
            row0, column0, row1, column1 = 0, 0, 1, 1
        parts = self._sub_slabs(level, max(heights_mm), thickness_mm, averaging)
        shape = (row1 - row0, column1 - column0)
        planes = [
            (index, height + thickness_mm * ((part + 0.5) / parts - 0.5))
            for index, height in enumerate(heights_mm)
            for part in range(parts)
        ]
        size = len(planes) if parts == 1 else max(1, SCRATCH_BYTES // (4 * shape[0] * shape[1]))
        for start, stop in split(len(planes), size):
            block = planes[start:stop]
            images = back_project(
                level.views,
                self._plan(level, [z for _, z in block], thickness_mm / parts, row0, column0, shape[0]),
                shape,
                level.valid,
                out=self._scratch(len(block), shape),
            )
            for (index, z), image in zip(block, images, strict=True):
                own = self._part_grid(level, z if averaging == "vertical" else heights_mm[index], row0, column0, shape)
                yield index, 1.0 / parts, image, _swapped(own) if self._swap else own

    def _scratch(self, planes: int, shape: tuple[int, int]) -> FloatImage:
        """Memory of this thread for the conical grid, kept from slab to slab."""
        size = planes * shape[0] * shape[1]
        kept: FloatImage | None = getattr(self._memory, "kept", None)
        if kept is None or kept.size < size:
            kept = np.empty(size, np.float32)
            if kept.nbytes <= SCRATCH_BYTES:
                self._memory.kept = kept
        return kept[:size].reshape(planes, *shape)

    def _sub_slabs(self, level: Level, height_mm: float, thickness_mm: float, averaging: Averaging) -> int:
        """How many sub-slabs keep every drift that one slab ignores small at the field's edge.

        Such drifts are: of fixed points against the reference rays; and, for sources beside the line or at other
        heights, of the reference rays' shadows across the sweep and of their length along it.
        """
        if thickness_mm <= 0:
            return 1
        low, high = height_mm - thickness_mm / 2, height_mm + thickness_mm / 2
        _, rows, columns = level.views.shape
        drift = 0.0
        if averaging == "vertical":
            spread = self._magnification(high) - self._magnification(low)
            drift = max(rows, columns) / 2 * spread / self._magnification(height_mm)
        (_, along, across, step), (_, along2, across2, step2) = (self._shadows(level, z) for z in (low, high))
        lengthening = np.abs(along2 - along) * rows / 2
        sideways = [np.abs(across2 - across + (step2 - step) * column) for column in (0, columns - 1)]
        drift = max(drift, float(lengthening.max()), float(np.max(sideways)))
        allowed = SMEAR_PIXELS
        if averaging == "vertical":
            even = np.ptp(self.integrals.source_mm[:, 2]) <= 1.0
            allowed = STORED_SMEAR_PIXELS if even else UNEVEN_SMEAR_PIXELS
        return max(1, math.ceil(drift / allowed - 1e-6))

    def _shadows(self, level: Level, height_mm: float) -> tuple[NDArray[np.float64], ...]:
        """Where the conical grid at a height falls in the views: first row and step, first column and step, (n,)."""
        source = self.integrals.source_mm
        (u_first, du), (v_first, dv) = level.along_mm, level.across_mm
        along, across, step_along, step_across = self._cone_grid(level, height_mm)
        m = source[:, 2] / (source[:, 2] - height_mm)
        return (
            (along * m - source[:, 0] * (m - 1) - u_first) / du,
            step_along * m / du,
            (across * m - source[:, 1] * (m - 1) - v_first) / dv,
            step_across * m / dv,
        )

    def _plan(
        self,
        level: Level,
        heights_mm: Sequence[float],
        thickness_mm: float,
        row0: int = 0,
        column0: int = 0,
        rows: int | None = None,
    ) -> Plan:
        """Where the views fall on parts of the conical grids at some heights that start at [row0, column0].

        A slab's points keep their place on the conical grid: they follow the reference source's rays. With sources at
        unlike heights its shadow's length varies along the sweep: it is that of the middle of `rows`.
        """
        source = self.integrals.source_mm
        shape = (source.shape[0], len(heights_mm))
        row_step, row_low, row_high, column_step, column_first = (np.empty(shape) for _ in range(5))
        weight = np.empty(shape, np.float32)
        middle = (level.views.shape[1] if rows is None else rows) // 2
        for index, height in enumerate(heights_mm):
            first, step, column, column_step[:, index] = self._shadows(level, height)
            row_step[:, index] = step
            column_first[:, index] = column + column0 * column_step[:, index]
            for ends, z in ((row_low, height - thickness_mm / 2), (row_high, height + thickness_mm / 2)):
                first, own_step, _, _ = self._shadows(level, z)
                ends[:, index] = first + (row0 + middle) * own_step - middle * step
            weight[:, index] = self.algorithm.height_factor(source[:, 2] / (source[:, 2] - height))
        return Plan(row_step, row_low, row_high, column_step, column_first, weight)

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


def _filtered_levels(integrals: LineIntegrals, algorithm: OnePass, binning: int, progress: Progress) -> list[Level]:
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
    response = algorithm.frequency_response(frequency, du, binning)
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


def _binned(level: Level) -> Level:
    out = halved(level.views)
    n, rows, _ = out.shape
    valid = None
    if level.valid is not None:
        upper, lower = level.valid[:, 0 : rows * 2 : 2], level.valid[:, 1 : rows * 2 : 2]
        valid = np.empty((n, rows, 2), np.int32)
        valid[..., 0] = (np.maximum(upper[..., 0], lower[..., 0]) + 1) // 2
        valid[..., 1] = np.minimum(upper[..., 1], lower[..., 1]) // 2
    return Level(out, halved_axis(level.along_mm), halved_axis(level.across_mm), valid)


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
