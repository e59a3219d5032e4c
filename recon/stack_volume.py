"""A stack of computed planes as a source of slabs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import StackAlgorithm
from recon.cone import plane_spacing, swapped
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.messages import said
from recon.resample import resample, turned
from recon.samples import Level
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo

BORDER = 3
"""Pixels beyond what is asked for that a plane is cut to."""


@dataclass(frozen=True, eq=False)
class _Lattice:
    """Where planes' pixels lie, without the views that a `Level` holds."""

    corner_mm: NDArray[np.float64]
    pitch_mm: tuple[float, float]


class StackVolume:
    """Planes on conical grids, computed together.

    Parameters
    ----------
    live : LiveVolume
        From which they were computed.
    algorithm : StackAlgorithm
    level : Level
        Whose pixels they have.
    heights_mm : ndarray of float64, shape (k,)
    planes : ndarray of float32, shape (k, across, along)
        1/mm; may still be changing.
    margin : (across, along)
        Pixels that the planes reach beyond the field on each side.
    notes : tuple of str
    """

    def __init__(
        self,
        live: LiveVolume,
        algorithm: StackAlgorithm,
        level: Level,
        heights_mm: NDArray[np.float64],
        planes: FloatImage,
        margin: tuple[int, int],
        notes: tuple[str, ...] = (),
    ) -> None:
        # The finest views are of no more use, and half a gigabyte perhaps.
        self.live, self.algorithm = live.lightened() or live, algorithm
        self.corrections, self.excluded = live.corrections, live.excluded
        self.heights_mm, self.planes = heights_mm, planes
        self._lattice = _Lattice(level.corner_mm, level.pitch_mm)
        self._margin, self._notes = margin, notes
        self.iterations = 0
        """Iterations done."""
        self.residuals: tuple[float, ...] = ()
        """What the projections of the planes lacked of the views before each iteration, relative."""

    @property
    def projections(self) -> object:
        """The projections that the planes were computed from."""
        return self.live.projections

    @property
    def geometry(self) -> Geometry:
        """The geometry as acquired."""
        return self.live.geometry

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        info = self.live.info
        spacing = float(np.diff(self.heights_mm).mean())
        return SourceInfo(
            title=info.title,
            unit=self.algorithm.unit,
            height_range_mm=(float(self.heights_mm[0]), float(self.heights_mm[-1])),
            interval_mm=spacing,
            reconstructs=False,
            patient=info.patient,
            notes=(*info.notes, *self._notes),
        )

    def footprint(self, height_mm: float) -> Rect:
        """The field of view at a height, world mm."""
        return self.live.footprint(height_mm)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """The planes' pixel at a height, (dx, dy)."""
        _, _, along, across = self.live.cone.grid(self._lattice, height_mm)
        return (along, across) if self.live.integrals.turned else (across, along)

    def slab(self, request: SlabRequest) -> Slab:
        """The plane nearest to the height, or the mean of the planes by their share in the slab."""
        height, _, _ = self._shares(request.height_mm, request.thickness_mm)
        region = request.region or self.footprint(height)
        pixel = min(self.native_pixel_mm(height)) if request.pixel_mm is None else request.pixel_mm
        grid = PlaneGrid.covering(region, pixel)
        return self.slabs([request.height_mm], request.thickness_mm, grid)[0]

    def slabs(
        self,
        heights_mm: Sequence[float],
        thickness_mm: float,
        grid: PlaneGrid,
        draft: bool = False,  # noqa: ARG002 - planes are there already
        averaging: Averaging = "rays",
    ) -> list[Slab]:
        """Slabs at several heights on one grid; see `recon.live.LiveVolume.slabs`."""
        if not (math.isfinite(thickness_mm) and 0 <= thickness_mm < 500):
            raise BocageError(said("The slab thickness must lie between 0 and 500 mm, found {0:g}.", thickness_mm))
        own = grid if self.live.integrals.turned else swapped(grid)
        out = []
        for wanted in heights_mm:
            middle, thick, shares = self._shares(wanted, thickness_mm)
            image: FloatImage | None = None
            for index, share in shares:
                height = float(self.heights_mm[index])
                part, part_grid = self._part(index, height if averaging == "vertical" else middle, own.bounds)
                image = resample(part, part_grid, own, image, share)
            assert image is not None
            self.live.give_back([image.T], swapped(own), [middle], thick, averaging=averaging, per_mm=True)
            out.append(Slab(image if self.live.integrals.turned else turned(image), grid, middle, thick))
        return out

    def _shares(self, height_mm: float, thickness_mm: float) -> tuple[float, float, list[tuple[int, float]]]:
        """Height and thickness of what can be shown of a slab, and the planes in it with their shares.

        A plane stands for half the way to its neighbours; a thin slab is the plane nearest to it. At the stack's ends a
        slab is as thick as fits around its height.
        """
        if not math.isfinite(height_mm):
            raise BocageError(said("The height must be a number, found {0:g}.", height_mm))
        half = plane_spacing(self.heights_mm) / 2
        low, high = self.heights_mm - half, self.heights_mm + half
        nearest = int(np.argmin(np.abs(self.heights_mm - height_mm)))
        reach = min(thickness_mm / 2, height_mm - low[0], high[-1] - height_mm)
        if reach < 1e-6:
            return float(self.heights_mm[nearest]), 0.0, [(nearest, 1.0)]
        within = np.clip(np.minimum(height_mm + reach, high) - np.maximum(height_mm - reach, low), 0.0, None)
        shares = within / within.sum()
        planes = [(int(index), float(shares[index])) for index in np.flatnonzero(shares > 1e-6)]
        return height_mm, 2 * reach, planes

    def _part(self, index: int, height_mm: float, bounds: Rect) -> tuple[FloatImage, PlaneGrid]:
        """What of a plane covers `bounds` (x along the sweep, y across), within the field, and its grid."""
        along, across, step_along, step_across = self.live.cone.grid(self._lattice, height_mm)
        _, lines, length = self.planes.shape
        (down, left) = self._margin
        low = np.array([(bounds.y0 - across) / step_across, (bounds.x0 - along) / step_along])
        high = np.array([(bounds.y1 - across) / step_across, (bounds.x1 - along) / step_along])
        field = np.array([lines - 2 * down, length - 2 * left])
        first = np.clip(np.floor(low).astype(int) - BORDER, 0, field - 1)
        stop = np.clip(np.ceil(high).astype(int) + BORDER + 1, first + 1, field)
        rows, columns = (slice(int(a), int(b)) for a, b in zip(first, stop, strict=True))
        cut = self.planes[index, rows.start + down : rows.stop + down, columns.start + left : columns.stop + left]
        grid = PlaneGrid(
            (along + columns.start * step_along, across + rows.start * step_across),
            (step_along, step_across),
            (rows.stop - rows.start, columns.stop - columns.start),
        )
        return np.ascontiguousarray(cut), grid
