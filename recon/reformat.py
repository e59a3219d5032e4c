"""A CT or MR volume on the planes of the tomosynthesis world.

Three frames take part. The *common frame* is the world of the slices that it is compared with: planes of constant z are
shown. The *straight frame* has the same directions in the patient, with the volume's own origin: the turn between the
two is found from the two patient frames (for a PA chest world, z to the back, an axial CT is turned by 90° about x), so
letters stay true. A *placement* (a `SpaceMap` from the straight into the common frame) says how the patient lay.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.parallel import run_tiles, split
from recon.placement import SpaceMap
from recon.resample import bin_image
from recon.slab import FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.stored import Volume

TILE_ROWS = 16
DRAFT_PLANES = 3


@numba.njit(nogil=True, fastmath=False, cache=True)
def _plane_tile(
    voxels: NDArray[Any],
    table: NDArray[np.float64],
    start: NDArray[np.float64],
    row_step: NDArray[np.float64],
    column_step: NDArray[np.float64],
    plane_step: NDArray[np.float64],
    planes: int,
    padding: float,
    slope: float,
    intercept: float,
    out: FloatImage,
    first: int,
    stop: int,
) -> None:
    """Mean of trilinear samples over `planes` planes; positions are (z, y, x), z in places of `table`."""
    depth, rows, columns = voxels.shape
    last = table.size - 1
    for r in range(first, stop):
        for c in range(out.shape[1]):
            total = np.float32(0.0)
            count = 0
            for n in range(planes):
                z = start[0] + r * row_step[0] + c * column_step[0] + n * plane_step[0]
                y = start[1] + r * row_step[1] + c * column_step[1] + n * plane_step[1]
                x = start[2] + r * row_step[2] + c * column_step[2] + n * plane_step[2]
                if last > 0:
                    if not (z >= 0 and z <= last):
                        continue
                    t = min(int(z), last - 1)
                    z = table[t] + (z - t) * (table[t + 1] - table[t])
                if not (
                    z >= -0.5
                    and z <= depth - 0.5
                    and y >= -0.5
                    and y <= rows - 0.5
                    and x >= -0.5
                    and x <= columns - 0.5
                ):
                    continue
                z = min(max(z, 0.0), depth - 1.0)
                y = min(max(y, 0.0), rows - 1.0)
                x = min(max(x, 0.0), columns - 1.0)
                k, j, i = int(z), int(y), int(x)
                k1, j1, i1 = min(k + 1, depth - 1), min(j + 1, rows - 1), min(i + 1, columns - 1)
                f, g, h = np.float32(z - k), np.float32(y - j), np.float32(x - i)
                a, b = np.float32(voxels[k, j, i]), np.float32(voxels[k, j, i1])
                d, e = np.float32(voxels[k, j1, i]), np.float32(voxels[k, j1, i1])
                a1, b1 = np.float32(voxels[k1, j, i]), np.float32(voxels[k1, j, i1])
                d1, e1 = np.float32(voxels[k1, j1, i]), np.float32(voxels[k1, j1, i1])
                if padding == padding and (
                    a == padding
                    or b == padding
                    or d == padding
                    or e == padding
                    or a1 == padding
                    or b1 == padding
                    or d1 == padding
                    or e1 == padding
                ):
                    continue
                a += h * (b - a)
                d += h * (e - d)
                a1 += h * (b1 - a1)
                d1 += h * (e1 - d1)
                a += g * (d - a)
                a1 += g * (d1 - a1)
                total += a + f * (a1 - a)
                count += 1
            if count > 0:
                out[r, c] = np.float32(slope) * total / np.float32(count) + np.float32(intercept)
            else:
                out[r, c] = np.nan


def straight_turn(common: PatientFrame | None, own: PatientFrame | None) -> NDArray[np.float64]:
    """The rotation from directions of the straight (and the common) frame to directions of a volume, shape (3, 3).

    Raises
    ------
    BocageError
        When one of the two does not know how it lies in the patient.
    """
    if common is None or own is None:
        which = said("slices") if common is None else said("volume")
        raise BocageError(
            said(
                "The planes of the two cannot be matched: the {0} do not say how they lie in the patient. State the "
                "orientation of the geometry first.",
                which,
            )
        )
    turn = np.asarray(own.axes, dtype=np.float64) @ np.asarray(common.axes, dtype=np.float64).T
    # Axes that are parallel but for rounding are parallel.
    near = np.rint(turn)
    return near if np.abs(turn - near).max() < 1e-4 else turn


class ObliqueVolume:
    """A stored volume sampled on planes of constant height of another world: a `SlabSource` there.

    Parameters
    ----------
    volume : Volume
    patient : PatientFrame
        Of the common frame. Only its directions count here: where the volume lies is said by `placement`.
    placement : SpaceMap
        From the straight frame (see the module) to the common one; see `SpaceMap.placed`.
    info : SourceInfo, optional
        Overrides title, unit and notes.

    Notes
    -----
    Samples are trilinear. A slab is the mean over its thickness of planes that are not further apart than the volume's
    voxels; larger pixels are means of samples as dense as the voxels, so nothing aliases. Voxels of the padding value
    and what lies outside give NaN.
    """

    def __init__(
        self,
        volume: Volume,
        patient: PatientFrame | None,
        placement: SpaceMap | None = None,
        info: SourceInfo | None = None,
    ) -> None:
        self.volume = volume
        self.patient = patient
        self.placement = placement or SpaceMap()
        turn = straight_turn(patient, volume.info.patient)
        self.to_volume = self.placement.inverse.then(SpaceMap.of(turn, (0.0, 0.0, 0.0)))
        """From the common frame to the volume's world."""
        heights = volume.heights_mm
        dx, dy = volume.grid.spacing_mm
        steps = np.diff(heights)
        self._dz = float(steps.mean()) if steps.size else max(dx, dy)
        self._table = np.zeros(1)
        self._table_step = self._dz
        self._table_start = float(heights[0])
        if steps.size and float(np.ptp(steps)) > 0.01 * self._dz:
            # Uneven slices: places of an even ladder half as dense as the closest slices are looked up.
            self._table_step = float(steps.min()) / 2
            self._table_start = float(heights[0]) - self._dz / 2
            count = math.ceil((float(heights[-1]) + self._dz / 2 - self._table_start) / self._table_step) + 1
            ladder = self._table_start + self._table_step * np.arange(count)
            self._table = np.interp(ladder, heights, np.arange(heights.size, dtype=np.float64))
        bounds = volume.grid.bounds
        low, high = float(heights[0]) - self._dz / 2, float(heights[-1]) + self._dz / 2
        corners = np.array(
            [(x, y, z) for x in (bounds.x0, bounds.x1) for y in (bounds.y0, bounds.y1) for z in (low, high)]
        )
        placed = self.to_volume.inverse(corners)
        self._low, self._high = placed.min(axis=0), placed.max(axis=0)
        base = info or volume.info
        self._info = replace(
            base,
            height_range_mm=(float(self._low[2]), float(self._high[2])),
            interval_mm=self._step_along(2),
            patient=patient,
        )

    def at(self, placement: SpaceMap) -> ObliqueVolume:
        """The same volume placed otherwise."""
        return ObliqueVolume(self.volume, self.patient, placement, self._info)

    @property
    def info(self) -> SourceInfo:
        """Facts about the source, in the common frame."""
        return self._info

    @property
    def centre_mm(self) -> tuple[float, float, float]:
        """Where the volume's middle lies in the common frame."""
        x, y, z = (self._low + self._high) / 2
        return (float(x), float(y), float(z))

    @property
    def corners_mm(self) -> NDArray[np.float64]:
        """The corners of the box around the volume in the common frame, shape (8, 3)."""
        ends = np.stack([self._low, self._high])
        return np.array([(x, y, z) for x in ends[:, 0] for y in ends[:, 1] for z in ends[:, 2]])

    def footprint(self, height_mm: float) -> Rect:  # noqa: ARG002 - the box around the volume
        """The rectangle around the whole volume."""
        return Rect(float(self._low[0]), float(self._low[1]), float(self._high[0]), float(self._high[1]))

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:  # noqa: ARG002
        """The voxels' size along the plane's axes."""
        return (self._step_along(0), self._step_along(1))

    def slab(self, request: SlabRequest) -> Slab:
        """The plane (or the mean of planes) at a height of the common frame."""
        pixel = request.pixel_mm if request.pixel_mm is not None else min(self.native_pixel_mm(request.height_mm))
        target = PlaneGrid.covering(request.region or self.footprint(request.height_mm), pixel)
        dense = max(1, math.floor(pixel / min(self.native_pixel_mm(0.0)) + 0.25))
        step = pixel / dense
        grid = PlaneGrid(
            (target.origin_mm[0] - (dense - 1) / 2 * step, target.origin_mm[1] - (dense - 1) / 2 * step),
            (step, step),
            (target.shape[0] * dense, target.shape[1] * dense),
        )
        planes = max(1, math.ceil(request.thickness_mm / self._step_along(2) - 1e-6))
        if request.draft:
            planes = min(planes, DRAFT_PLANES)
        pixels = self._planes(grid, request.height_mm, request.thickness_mm, planes)
        if dense > 1:
            binned = np.empty(target.shape, np.float32)
            bin_image(pixels, dense, binned)
            pixels = binned
        return Slab(pixels, target, request.height_mm, request.thickness_mm, request.draft and planes == DRAFT_PLANES)

    def samples(self, grid: PlaneGrid, height_mm: float) -> FloatImage:
        """Trilinear samples at the points of a grid, however far apart (nothing is averaged)."""
        return self._planes(grid, height_mm, 0.0, 1)

    def _planes(self, grid: PlaneGrid, height_mm: float, thickness_mm: float, planes: int) -> FloatImage:
        pitch = thickness_mm / planes
        lowest = height_mm - (planes - 1) / 2 * pitch
        origin = self._index((*grid.origin_mm, lowest))
        steps = [
            self._index((grid.origin_mm[0] + dx, grid.origin_mm[1] + dy, lowest + dz)) - origin
            for dx, dy, dz in ((0.0, grid.spacing_mm[1], 0.0), (grid.spacing_mm[0], 0.0, 0.0), (0.0, 0.0, pitch))
        ]
        volume = self.volume
        padding = math.nan if volume.padding_value is None else float(volume.padding_value)
        voxels = volume.whole()  # here and not before: this runs where it may take its time
        out = np.empty(grid.shape, np.float32)
        tiles = split(grid.shape[0], TILE_ROWS)

        def tile(index: int) -> None:
            _plane_tile(
                voxels,
                self._table,
                origin,
                *steps,
                planes,
                padding,
                volume.slope,
                volume.intercept,
                out,
                *tiles[index],
            )

        run_tiles(tile, len(tiles))
        return out

    def _index(self, common_mm: tuple[float, float, float]) -> NDArray[np.float64]:
        """(z, y, x) in voxels (z in places of the table where the slices are uneven)."""
        x, y, z = self.to_volume(common_mm)
        grid = self.volume.grid
        row, column = grid.mm_to_index(float(x), float(y))
        return np.array([(float(z) - self._table_start) / self._table_step, row, column])

    def _step_along(self, axis: int) -> float:
        """How far one may go along an axis of the common frame without passing a voxel, mm."""
        direction = np.abs(np.asarray(self.to_volume.matrix)[:, axis])
        dx, dy = self.volume.grid.spacing_mm
        return 1.0 / float(np.max(direction / np.array([dx, dy, self._dz])))


def warm_up() -> None:
    """Compile the kernel for the usual voxels."""
    frame = PatientFrame.from_letters("L", "P", "H")
    grid = PlaneGrid((0.0, 0.0), (1.0, 1.0), (2, 2))
    for dtype in (np.int16, np.uint16, np.float32):
        info = SourceInfo("", "HU", (0.0, 1.0), patient=frame)
        volume = Volume(np.zeros((2, 2, 2), dtype), [0.0, 1.0], grid, info)
        ObliqueVolume(volume, frame).slab(SlabRequest(0.5))
