"""A source shown in the plane of another picture: through a central projection, a similarity, or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.parallel import run_tiles, split
from recon.placement import PlaneMap
from recon.slab import FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SlabSource, SourceInfo

Place = Callable[[float], tuple[PlaneMap, float]]
"""From the height shown: the map from that plane into the source's, and the source's height."""

FINER = 0.7
"""Pixel of the source's slab that is turned, in target pixels: interpolating it again costs little sharpness."""
TILE_ROWS = 64


@numba.njit(nogil=True, fastmath=False, cache=True)
def _turned_tile(
    source: NDArray[Any],
    row0: float,
    column0: float,
    row_step: NDArray[np.float64],
    column_step: NDArray[np.float64],
    out: FloatImage,
    start: int,
    stop: int,
) -> None:
    """Bilinear samples at ``(row0, column0) + r · row_step + c · column_step``; NaN beyond half a pixel outside."""
    rows, columns = source.shape
    for r in range(start, stop):
        for c in range(out.shape[1]):
            y = row0 + r * row_step[0] + c * column_step[0]
            x = column0 + r * row_step[1] + c * column_step[1]
            if not (y >= -0.5 and y <= rows - 0.5 and x >= -0.5 and x <= columns - 0.5):
                out[r, c] = np.nan
                continue
            y = min(max(y, 0.0), rows - 1.0)
            x = min(max(x, 0.0), columns - 1.0)
            k, j = int(y), int(x)
            f, g = np.float32(y - k), np.float32(x - j)
            below, right = min(k + 1, rows - 1), min(j + 1, columns - 1)
            upper = source[k, j] + g * (source[k, right] - source[k, j])
            lower = source[below, j] + g * (source[below, right] - source[below, j])
            out[r, c] = upper + f * (lower - upper)


def turned(image: FloatImage, grid: PlaneGrid, target: PlaneGrid, carry: PlaneMap) -> FloatImage:
    """Sample an image through a similarity, bilinearly.

    Parameters
    ----------
    image : ndarray of float32, shape `grid.shape`
        Its pixel should not be much smaller than the target's behind the map: nothing is averaged here.
    target : PlaneGrid
    carry : PlaneMap
        From the target's plane to the image's.

    Returns
    -------
    ndarray of float32, shape `target.shape`
        NaN outside the image.
    """
    out = np.empty(target.shape, np.float32)
    (a, b), (c, d) = carry.matrix
    (dx, dy), (tx, ty) = grid.spacing_mm, target.spacing_mm
    row0, column0 = grid.mm_to_index(*carry(target.origin_mm))
    row_step = np.array([d * ty / dy, b * ty / dx])
    column_step = np.array([c * tx / dy, a * tx / dx])
    image = np.ascontiguousarray(image, dtype=np.float32)
    tiles = split(target.shape[0], TILE_ROWS)
    run_tiles(
        lambda tile: _turned_tile(image, row0, column0, row_step, column_step, out, *tiles[tile]),
        len(tiles),
    )
    return out


class PlacedSource:
    """A slab source laid into the planes of another picture.

    Parameters
    ----------
    source : SlabSource
    place : callable
        From the height shown to the map from that plane into the source's and the source's own height. Pure.
    info : SourceInfo, optional
        What it says of itself here; the source's own by default.
    thickness_mm : float or None
        Slab thickness of the source; None takes that of the request.
    heights_mm : (lowest, highest), optional
        Beyond these heights of the source (by more than an interval) there is nothing.

    Notes
    -----
    Where the map neither turns nor reflects (a central projection, an offset, a scale), the source computes on exactly
    the pixels wanted, so nothing is interpolated twice; with its own antialiasing. Else it computes a slab of somewhat
    smaller pixels, which is sampled bilinearly.
    """

    def __init__(
        self,
        source: SlabSource,
        place: Place,
        info: SourceInfo | None = None,
        thickness_mm: float | None = None,
        heights_mm: tuple[float, float] | None = None,
    ) -> None:
        self.source = source
        self.place = place
        self._info = info or source.info
        self.thickness_mm = thickness_mm
        self.heights_mm = heights_mm

    @property
    def info(self) -> SourceInfo:
        """Facts about the source as it is shown here."""
        return self._info

    def footprint(self, height_mm: float) -> Rect:
        """The source's field of view in the plane of a height (a rectangle around it when it is turned)."""
        carry, height = self.place(height_mm)
        return carry.inverse.bounds(self.source.footprint(height))

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """The source's own pixel in the plane of a height."""
        carry, height = self.place(height_mm)
        dx, dy = self.source.native_pixel_mm(height)
        return (dx / carry.scale, dy / carry.scale)

    def slab(self, request: SlabRequest) -> Slab:
        """The source's slab on the grid that is asked for."""
        carry, height = self.place(request.height_mm)
        pixel = request.pixel_mm if request.pixel_mm is not None else min(self.native_pixel_mm(request.height_mm))
        target = PlaneGrid.covering(request.region or self.footprint(request.height_mm), pixel)
        thickness = request.thickness_mm if self.thickness_mm is None else self.thickness_mm
        asked = replace(request, height_mm=height, thickness_mm=thickness)
        if self.heights_mm is not None:
            slack = self.source.info.interval_mm
            if not self.heights_mm[0] - slack <= height <= self.heights_mm[1] + slack:
                return _empty(target, request)
        if carry.is_straight:
            found = self.source.slab(
                replace(asked, region=carry.bounds(target.bounds), pixel_mm=pixel * carry.matrix[0][0])
            )
            if found.grid.shape == target.shape:
                return replace(found, grid=target, height_mm=request.height_mm)
            return replace(
                found, pixels=turned(found.pixels, found.grid, target, carry), grid=target, height_mm=request.height_mm
            )
        fine = max(pixel * carry.scale * FINER, min(*self.source.native_pixel_mm(height), pixel * carry.scale))
        around = _grown(carry.bounds(target.bounds), 2 * fine).intersected(_grown(self.source.footprint(height), fine))
        if around is None:
            return _empty(target, request)
        found = self.source.slab(replace(asked, region=around, pixel_mm=fine))
        pixels = turned(found.pixels, found.grid, target, carry)
        return replace(found, pixels=pixels, grid=target, height_mm=request.height_mm)


def _empty(grid: PlaneGrid, request: SlabRequest) -> Slab:
    return Slab(np.full(grid.shape, np.nan, np.float32), grid, request.height_mm, request.thickness_mm)


def _grown(rect: Rect, by: float) -> Rect:
    return Rect(rect.x0 - by, rect.y0 - by, rect.x1 + by, rect.y1 + by)


def warm_up() -> None:
    """Compile the kernel."""
    grid = PlaneGrid((0.0, 0.0), (1.0, 1.0), (2, 2))
    turned(np.zeros((2, 2), np.float32), grid, grid, PlaneMap.similarity(1.0))
