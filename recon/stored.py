"""Stored images as slab sources: a stack of slices, and a single radiograph."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.minify import minified
from recon.resample import displayed, resample
from recon.slab import FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo

ScaleKind = Literal["detector", "calibrated", "magnified", "unknown"]


def _answer(image: NDArray[Any], grid: PlaneGrid, request: SlabRequest) -> tuple[FloatImage, PlaneGrid]:
    """`image` on the grid that the request asks for."""
    if request.region is None and request.pixel_mm is None:
        return np.array(image, dtype=np.float32), grid
    pixel = request.pixel_mm if request.pixel_mm is not None else min(grid.spacing_mm)
    target = PlaneGrid.covering(request.region or grid.bounds, pixel)
    sample = displayed if request.shown else resample
    return sample(np.ascontiguousarray(image), grid, target), target


def _means(image: NDArray[Any], _grid: PlaneGrid, half: PlaneGrid) -> FloatImage:
    rows, columns = half.shape
    blocks = image[: rows * 2, : columns * 2].astype(np.float32).reshape(rows, 2, columns, 2)
    return np.ascontiguousarray(blocks.mean(axis=(1, 3)))


class PlaneReader(Protocol):
    """Slices that are fetched when they are asked for."""

    @property
    def shape(self) -> tuple[int, int, int]:
        """(z, rows, columns)."""
        ...

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the slices."""
        ...

    @property
    def ndim(self) -> int:
        """3."""
        ...

    @property
    def nbytes(self) -> int:
        """Memory that it holds now."""
        ...

    def __getitem__(self, index: int, /) -> NDArray[Any]:
        """One slice (rows, columns); not to be changed."""
        ...

    def prepare(self, first: int, last: int) -> None:
        """Fetch the slices `first` … `last` (included), which are asked for next."""
        ...

    def whole(self) -> NDArray[Any]:
        """All slices, shape (z, rows, columns), for who needs voxels in any order."""
        ...


class Volume:
    """A stored stack of slices (a reconstructed volume, a CT).

    Parameters
    ----------
    pixels : ndarray, shape (z, rows, columns), any real dtype, or PlaneReader
        Kept as given (it may be a memory map).
    heights_mm : array_like, shape (z,)
        Height of each slice, strictly ascending.
    grid : PlaneGrid
        The in-plane grid, common to all slices.
    info : SourceInfo
    slope, intercept : float
        Values shown are ``pixels × slope + intercept``.
    padding_value : float or None
        Stored value that means "nothing here"; becomes NaN.
    """

    def __init__(
        self,
        pixels: NDArray[Any] | PlaneReader,
        heights_mm: ArrayLike,
        grid: PlaneGrid,
        info: SourceInfo,
        slope: float = 1.0,
        intercept: float = 0.0,
        padding_value: float | None = None,
    ) -> None:
        heights = np.asarray(heights_mm, dtype=np.float64)
        if pixels.ndim != 3 or pixels.shape[0] != heights.size or pixels.shape[1:] != grid.shape:
            raise BocageError(
                said(
                    "A volume of {0} slices of {1} × {2} pixels was announced, found an array of shape {3}.",
                    heights.size,
                    grid.shape[0],
                    grid.shape[1],
                    tuple(pixels.shape),
                )
            )
        if heights.size == 0 or 0 in pixels.shape:
            raise BocageError(said("A volume needs at least one slice with at least one pixel."))
        if heights.size > 1 and not np.all(np.diff(heights) > 0):
            raise BocageError(said("The heights of a volume's slices must ascend."))
        self.pixels = pixels
        self.heights_mm = heights
        self.grid = grid
        self._info = info
        self.slope, self.intercept, self.padding_value = slope, intercept, padding_value

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        return self._info

    def footprint(self, height_mm: float) -> Rect:  # noqa: ARG002 - the same at all heights
        """The field of view, world mm."""
        return self.grid.bounds

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:  # noqa: ARG002
        """The stored pixel spacing (dx, dy)."""
        return self.grid.spacing_mm

    def slab(self, request: SlabRequest) -> Slab:
        """The stored slice nearest to the height, or the mean of the slices whose centres lie within the slab."""
        nearest = int(np.argmin(np.abs(self.heights_mm - request.height_mm)))
        half = request.thickness_mm / 2 + 1e-6
        inside = np.flatnonzero(np.abs(self.heights_mm - request.height_mm) <= half)
        first, last = (int(inside[0]), int(inside[-1])) if inside.size else (nearest, nearest)
        if last > first and not isinstance(self.pixels, np.ndarray):
            self.pixels.prepare(first, last)
        image = self._values(first)
        for index in range(first + 1, last + 1):
            image = image + self._values(index)
        if last > first:
            image /= np.float32(last - first + 1)
        pixels, grid = _answer(image, self.grid, request)
        height = float((self.heights_mm[first] + self.heights_mm[last]) / 2)
        spacing = float(np.diff(self.heights_mm).mean()) if self.heights_mm.size > 1 else 0.0
        thickness = (last - first + 1) * spacing if last > first else 0.0
        return Slab(pixels, grid, height, thickness)

    def whole(self) -> NDArray[Any]:
        """All stored values, shape (z, rows, columns); reads what is not in memory yet."""
        return self.pixels if isinstance(self.pixels, np.ndarray) else self.pixels.whole()

    def _values(self, index: int) -> FloatImage:
        stored = self.pixels[index]
        image = stored.astype(np.float32)
        if self.slope != 1.0 or self.intercept != 0.0:
            image *= np.float32(self.slope)
            image += np.float32(self.intercept)
        if self.padding_value is not None:
            image[stored == self.padding_value] = np.nan
        return image


class Radiograph:
    """A plain radiograph: one image in the plane of its detector (height 0).

    Parameters
    ----------
    pixels : ndarray, shape (rows, columns), any real dtype
    spacing_mm : (dx, dy)
        Distance between columns and rows in the plane that `scale_kind` names.
    info : SourceInfo
    geometry : Geometry or None
        The one view's source and detector; None when unknown.
    scale_kind : {"detector", "calibrated", "magnified", "unknown"}
        What the spacing is true for: the detector's plane, a calibrated object, the patient by a stated magnification,
        or nothing (then spacing is 1 and lengths are pixels).
    scale_note : str
        Where the spacing comes from.
    """

    def __init__(
        self,
        pixels: NDArray[Any],
        spacing_mm: tuple[float, float],
        info: SourceInfo,
        geometry: Geometry | None = None,
        scale_kind: ScaleKind = "detector",
        scale_note: str = "",
    ) -> None:
        if pixels.ndim != 2 or 0 in pixels.shape:
            raise BocageError(
                said("A radiograph must be an array (rows, columns), found shape {0}.", tuple(pixels.shape))
            )
        if not all(np.isfinite(spacing_mm)) or min(spacing_mm) <= 0:
            raise BocageError(said("A radiograph's pixel spacing must be positive, found {0}.", spacing_mm))
        if geometry is not None and (geometry.n_views != 1 or geometry.shape != pixels.shape):
            raise BocageError(said("A radiograph's geometry must describe one view of the image's size."))
        self.pixels = pixels
        self.geometry = geometry
        self.scale_kind: ScaleKind = scale_kind
        self.scale_note = scale_note
        self._info = info
        rows, columns = pixels.shape
        centre = (0.0, 0.0) if geometry is None else tuple(geometry.detector_centre_mm[0, :2])
        dx, dy = spacing_mm
        self.grid = PlaneGrid(
            (float(centre[0] - (columns - 1) / 2 * dx), float(centre[1] - (rows - 1) / 2 * dy)),
            (float(dx), float(dy)),
            (rows, columns),
        )

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        return self._info

    def footprint(self, height_mm: float) -> Rect:  # noqa: ARG002 - a single plane
        """The image's edges, world mm."""
        return self.grid.bounds

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:  # noqa: ARG002
        """The pixel spacing (dx, dy)."""
        return self.grid.spacing_mm

    @cached_property
    def _pyramid(self) -> list[tuple[NDArray[Any], PlaneGrid]]:
        """The image and its exact 2 × 2 means, down to about 512 pixels."""
        return self._halved(_means)

    @cached_property
    def _shown_pyramid(self) -> list[tuple[NDArray[Any], PlaneGrid]]:
        """The image and its halves without moiré."""
        return self._halved(minified)

    def _halved(
        self, halve: Callable[[NDArray[Any], PlaneGrid, PlaneGrid], FloatImage]
    ) -> list[tuple[NDArray[Any], PlaneGrid]]:
        levels: list[tuple[NDArray[Any], PlaneGrid]] = [(np.ascontiguousarray(self.pixels), self.grid)]
        while max(levels[-1][1].shape) > 1024:
            image, grid = levels[-1]
            rows, columns = grid.shape[0] // 2, grid.shape[1] // 2
            (x, y), (dx, dy) = grid.origin_mm, grid.spacing_mm
            half = PlaneGrid((x + dx / 2, y + dy / 2), (dx * 2, dy * 2), (rows, columns))
            levels.append((halve(image, grid, half), half))
        return levels

    def slab(self, request: SlabRequest) -> Slab:
        """The image on the requested grid; height and thickness do not apply."""
        pyramid = self._shown_pyramid if request.shown else self._pyramid
        # Half as fine again as the screen: what halving has dulled is then beyond what is shown.
        finer = 1.5 if request.shown else 1.0
        image, grid = pyramid[0]
        if request.pixel_mm is not None:
            for level in pyramid:
                if max(level[1].spacing_mm) * finer <= request.pixel_mm * 1.001:
                    image, grid = level
        pixels, target = _answer(image, grid, request)
        return Slab(pixels, target, 0.0, 0.0)
