"""What passes between reconstruction and display: requests for slabs, slabs, and their sources.

A *slab* is the section at one height, of one thickness, at one pixel size, inside one field of view. Everything
that can be looked at (live projections, a stored volume, a radiograph) is a `SlabSource`; viewers, cine,
measurement, export and comparison know only that protocol.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said

FloatImage = NDArray[np.float32]

Averaging = Literal["rays", "vertical"]
"""Average a slab along the rays of the middle view, or at fixed (x, y); see `recon.live.LiveVolume.slabs`."""


@dataclass(frozen=True)
class Rect:
    """A rectangle in world millimetres; edges, not pixel centres."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Extent along x in mm."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Extent along y in mm."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """Centre (x, y) in mm."""
        return (0.5 * (self.x0 + self.x1), 0.5 * (self.y0 + self.y1))

    def intersected(self, other: Rect) -> Rect | None:
        """The common part, or None."""
        rect = Rect(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))
        return rect if rect.width > 0 and rect.height > 0 else None

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside (edges included)."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True)
class PlaneGrid:
    """A pixel grid in a plane of constant height. Pixel *centres* are integer indices.

    Attributes
    ----------
    origin_mm : (x, y)
        World position of the centre of pixel [0, 0].
    spacing_mm : (dx, dy)
        Distance between neighbouring columns (x) and rows (y).
    shape : (rows, columns)
    """

    origin_mm: tuple[float, float]
    spacing_mm: tuple[float, float]
    shape: tuple[int, int]

    def index_to_mm(self, row: float, column: float) -> tuple[float, float]:
        """World (x, y) of a (fractional) pixel index."""
        return (
            self.origin_mm[0] + column * self.spacing_mm[0],
            self.origin_mm[1] + row * self.spacing_mm[1],
        )

    def mm_to_index(self, x: float, y: float) -> tuple[float, float]:
        """(row, column), fractional, of a world point."""
        return (
            (y - self.origin_mm[1]) / self.spacing_mm[1],
            (x - self.origin_mm[0]) / self.spacing_mm[0],
        )

    @property
    def bounds(self) -> Rect:
        """The rectangle covered by whole pixels (half a pixel beyond the outer centres)."""
        (x, y), (dx, dy), (rows, columns) = self.origin_mm, self.spacing_mm, self.shape
        return Rect(x - dx / 2, y - dy / 2, x + (columns - 0.5) * dx, y + (rows - 0.5) * dy)

    @classmethod
    def covering(cls, rect: Rect, pixel_mm: float) -> PlaneGrid:
        """The grid of square pixels that starts at `rect`'s upper left edge and covers it."""
        if not (pixel_mm > 0 and math.isfinite(pixel_mm)):
            raise BocageError(said("The pixel size must be a positive number of millimetres, found {0}.", pixel_mm))
        columns = max(1, math.ceil(rect.width / pixel_mm - 1e-6))
        rows = max(1, math.ceil(rect.height / pixel_mm - 1e-6))
        return cls((rect.x0 + pixel_mm / 2, rect.y0 + pixel_mm / 2), (pixel_mm, pixel_mm), (rows, columns))


@dataclass(frozen=True)
class SlabRequest:
    """What to compute.

    Attributes
    ----------
    height_mm : float
        Height (world z) of the slab's middle.
    thickness_mm : float
        Nominal slab thickness: the slab is the mean of thin slices over this range of heights. 0 is one thin slice.
    region : Rect or None
        Wanted field of view, world mm; None is the source's whole footprint at this height.
    pixel_mm : float or None
        Wanted square pixel; None is the source's own pixel at this height. A larger pixel is a mean over its area.
    draft : bool
        True asks for a coarser, faster slab on the same grid (while a slider is being dragged).
    shown : bool
        For the eye: larger pixels without moiré (`recon.minify`), which reach a little beyond their own area.
    """

    height_mm: float
    thickness_mm: float = 0.0
    region: Rect | None = None
    pixel_mm: float | None = None
    draft: bool = False
    shown: bool = False


@dataclass(frozen=True)
class Slab:
    """What was computed.

    Attributes
    ----------
    pixels : ndarray of float32, shape (rows, columns)
        NaN where the source has nothing (outside its footprint).
    grid : PlaneGrid
        Where the pixels lie.
    height_mm, thickness_mm : float
        As computed (a stored volume answers with its own nearest values).
    draft : bool
        Whether finer detail is available.
    colour : ndarray of float32, shape (3, rows, columns), or None
        Red, green and blue of a colour image; `pixels` are then its luminance.
    """

    pixels: FloatImage
    grid: PlaneGrid
    height_mm: float
    thickness_mm: float = 0.0
    draft: bool = False
    colour: FloatImage | None = None

    def value_at(self, x: float, y: float) -> float:
        """The pixel value nearest to a world point; NaN outside."""
        row, column = self.grid.mm_to_index(x, y)
        r, c = round(row), round(column)
        rows, columns = self.grid.shape
        return float(self.pixels[r, c]) if 0 <= r < rows and 0 <= c < columns else math.nan


@dataclass(frozen=True)
class SourceInfo:
    """The facts about a source that viewers show or obey.

    Attributes
    ----------
    title : str
        Short name for the user ("Live slices", "Radiograph").
    unit : str
        Unit of the pixel values: "1/mm", "HU", or "" for arbitrary.
    height_range_mm : (lowest, highest)
        Heights that can be asked for; equal when the source is a single plane.
    interval_mm : float
        Natural step between heights (the stored slice spacing, or the default interval).
    reconstructs : bool
        True when thickness and height are computed from projections (not read from a stored stack).
    patient : PatientFrame or None
        None when the orientation is unknown: no letters are drawn then.
    notes : tuple of str
        Assumptions to keep on screen ("geometry: preset GE VolumeRAD (user)").
    """

    title: str
    unit: str
    height_range_mm: tuple[float, float]
    interval_mm: float = 1.0
    reconstructs: bool = False
    patient: PatientFrame | None = None
    notes: tuple[str, ...] = field(default_factory=tuple)


@runtime_checkable
class SlabSource(Protocol):
    """Anything that can be looked at by height.

    Calls are pure and thread-safe, and may be slow: never on the GUI thread.
    """

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        ...

    def footprint(self, height_mm: float) -> Rect:
        """The field of view at a height, world mm."""
        ...

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:
        """The source's own (dx, dy) at a height, mm."""
        ...

    def slab(self, request: SlabRequest) -> Slab:
        """Compute the slab on exactly the grid ``PlaneGrid.covering(region, pixel_mm)``."""
        ...
