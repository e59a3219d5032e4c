"""Reading images: own pixels, values at places, widths of curves, differences of sources."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.slab import Rect, Slab, SlabRequest, SlabSource, SourceInfo

Doubles = NDArray[np.float64]


def width_at(position: ArrayLike, value: ArrayLike, share: float = 0.5) -> float:
    """Width of a curve's peak at a share of its greatest value; 0.5 is the full width at half maximum (FWHM).

    Parameters
    ----------
    position : array_like, shape (k,)
        Ascending.
    value : array_like, shape (k,)
    share : float

    Returns
    -------
    float
        Distance between the first points on both sides of the maximum where the curve, linear between its points,
        falls to that share; infinite when it ends before on either side.
    """
    x, y = np.asarray(position, dtype=np.float64), np.asarray(value, dtype=np.float64)
    if x.shape != y.shape or x.size < 3 or np.any(np.diff(x) <= 0):
        raise BocageError(said("A curve needs at least three points at ascending positions to have a width."))
    top = int(np.argmax(y))
    level = share * y[top]
    return _first_below(x[top:], y[top:], level) + _first_below(-x[top::-1], y[top::-1], level)


def _first_below(x: Doubles, y: Doubles, level: float) -> float:
    """Distance from the first point to where a curve first falls to a level."""
    below = np.flatnonzero(y < level)
    if below.size == 0:
        return math.inf
    end = int(below[0])
    step = (y[end - 1] - level) / (y[end - 1] - y[end])
    return float(x[end - 1] + step * (x[end] - x[end - 1]) - x[0])


def own_pixels(source: SlabSource, height_mm: float, region: Rect, thickness_mm: float = 0.0) -> Slab:
    """A part of a slab on the source's own pixels, so that display resamples nothing.

    The source's field of view is taken to begin at a pixel's edge, as that of live and stored volumes does; of what
    `region` asks for, whole pixels inside the field are given.
    """
    pixel = min(source.native_pixel_mm(height_mm))
    field = source.footprint(height_mm)
    wanted = region.intersected(field)
    if wanted is None:
        raise BocageError(
            said(
                "Nothing is seen at height {0:g} mm where quality is to be measured (x {1:g} to {2:g} mm, y "
                "{3:g} to {4:g} mm).",
                height_mm,
                region.x0,
                region.x1,
                region.y0,
                region.y1,
            )
        )
    x0, y0 = (
        start + math.floor((low - start) / pixel + 1e-6) * pixel
        for start, low in ((field.x0, wanted.x0), (field.y0, wanted.y0))
    )
    return source.slab(SlabRequest(height_mm, thickness_mm, Rect(x0, y0, wanted.x1, wanted.y1), pixel))


def value_at(source: SlabSource, place_mm: tuple[float, float], height_mm: float, thickness_mm: float = 0.0) -> float:
    """The value at a point (x, y) of a slab, linear between the source's own pixels; NaN outside the field."""
    pixel = min(source.native_pixel_mm(height_mm))
    x, y = place_mm
    region = Rect(x - pixel / 2, y - pixel / 2, x + pixel / 2, y + pixel / 2)
    return float(source.slab(SlabRequest(height_mm, thickness_mm, region, pixel)).pixels[0, 0])


def along_ray(
    place_mm: tuple[float, float, float], height_mm: float, towards_mm: tuple[float, float, float] | None
) -> tuple[float, float]:
    """Where the ray from a source through a place meets a height, (x, y); straight above it without a source.

    The mean of the tube's positions as the source keeps what a sweep leaves of an object off its plane in the middle,
    also where the sweep is not symmetric about the object.
    """
    x, y, z = place_mm
    if towards_mm is None:
        return x, y
    share = (height_mm - z) / (towards_mm[2] - z)
    return x + share * (towards_mm[0] - x), y + share * (towards_mm[1] - y)


@dataclass(frozen=True)
class Difference:
    """A `SlabSource`: one source less another, of the same acquisition with and without an object.

    What an object adds, at the brightness of the body that it lies in: for linear algorithms the response to the object
    alone, for others the local response (compare Fessler and Rogers, IEEE Trans. Image Process. 5:1346, 1996).
    """

    source: SlabSource
    without: SlabSource

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        return self.source.info

    def footprint(self, height_mm: float) -> Rect:
        """The field of view at a height, world mm."""
        return self.source.footprint(height_mm)

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """The source's own (dx, dy) at a height, mm."""
        return self.source.native_pixel_mm(height_mm)

    def slab(self, request: SlabRequest) -> Slab:
        """The difference of both slabs."""
        upper, lower = self.source.slab(request), self.without.slab(request)
        if upper.pixels.shape != lower.pixels.shape:
            raise BocageError(said("Only sources on the same grids can be compared."))
        return Slab(upper.pixels - lower.pixels, upper.grid, upper.height_mm, upper.thickness_mm, upper.draft)
