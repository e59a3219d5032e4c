"""Frames to leaf through: a run in time, a stereo pair, or one picture in grey or colour; numbered from 1."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.resample import displayed, resample
from recon.slab import FloatImage, PlaneGrid, Rect, Slab, SlabRequest, SourceInfo
from recon.stored import ScaleKind

CACHE_BYTES = 256 << 20
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue (ITU-R BT.709)."""


class FrameStack:
    """Frames as a `SlabSource` whose "height" is the number of the frame, from 1.

    Parameters
    ----------
    read : callable(int) -> ndarray
        Reads a frame, from 0: values (rows, columns), or red, green and blue (rows, columns, 3). Called from any
        thread; frames that were read are kept while there is room.
    count : int
    shape : (rows, columns)
    spacing_mm : (dx, dy)
        1 where nothing is known: lengths are then pixels.
    info : SourceInfo
        Its range of heights is that of the numbers.
    scale_kind : {"detector", "calibrated", "magnified", "unknown"}
    scale_note : str
    cache_bytes : int
        Room for frames that were read.
    """

    def __init__(
        self,
        read: Callable[[int], NDArray[Any]],
        count: int,
        shape: tuple[int, int],
        spacing_mm: tuple[float, float],
        info: SourceInfo,
        scale_kind: ScaleKind = "unknown",
        scale_note: str = "",
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        if count < 1 or min(shape) < 1:
            raise BocageError(said("A run needs at least one frame with at least one pixel."))
        if not all(np.isfinite(spacing_mm)) or min(spacing_mm) <= 0:
            raise BocageError(said("A radiograph's pixel spacing must be positive, found {0}.", spacing_mm))
        self.count = count
        self.scale_kind: ScaleKind = scale_kind
        self.scale_note = scale_note
        self._read, self._info, self._room = read, info, cache_bytes
        rows, columns = shape
        dx, dy = (float(spacing) for spacing in spacing_mm)
        self.grid = PlaneGrid((-(columns - 1) / 2 * dx, -(rows - 1) / 2 * dy), (dx, dy), (rows, columns))
        self._kept: OrderedDict[int, NDArray[Any]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def info(self) -> SourceInfo:
        """Facts about the source; its "heights" are numbers of frames."""
        return self._info

    @property
    def nbytes(self) -> int:
        """Memory of the frames that are kept."""
        with self._lock:
            return sum(frame.nbytes for frame in self._kept.values())

    def index(self, height_mm: float) -> int:
        """The frame, from 0, that a "height" stands for: the nearest."""
        return min(max(round(height_mm) - 1, 0), self.count - 1)

    def footprint(self, height_mm: float) -> Rect:  # noqa: ARG002 - the same for all frames
        """The image's edges, mm."""
        return self.grid.bounds

    def native_pixel_mm(self, height_mm: float) -> tuple[float, float]:  # noqa: ARG002
        """The pixel spacing (dx, dy)."""
        return self.grid.spacing_mm

    def frame(self, index: int) -> NDArray[Any]:
        """One frame, from 0, as it was read."""
        with self._lock:
            if index in self._kept:
                self._kept.move_to_end(index)
                return self._kept[index]
        image = self._read(index)
        if image.shape[:2] != self.grid.shape or image.shape[2:] not in ((), (3,)):
            raise BocageError(said("Frame {0} is of another size than the first.", index + 1))
        with self._lock:
            self._kept[index] = image
            total = sum(kept.nbytes for kept in self._kept.values())
            while total > self._room and len(self._kept) > 1:
                total -= self._kept.popitem(last=False)[1].nbytes
        return image

    def slab(self, request: SlabRequest) -> Slab:
        """The frame nearest to the number asked for, on the grid asked for; thickness does not apply."""
        index = self.index(request.height_mm)
        image = self.frame(index)
        if request.region is None and request.pixel_mm is None:
            target = self.grid
        else:
            pixel = request.pixel_mm if request.pixel_mm is not None else min(self.grid.spacing_mm)
            target = PlaneGrid.covering(request.region or self.grid.bounds, pixel)
        height = float(index + 1) if self.count > 1 else 0.0
        if image.ndim == 2:
            return Slab(self._sampled(image, target, request.shown), target, height)
        colour = np.stack([self._sampled(image[..., part], target, request.shown) for part in range(3)])
        grey = np.tensordot(np.asarray(LUMINANCE, np.float32), colour, axes=1)
        return Slab(np.asarray(grey, np.float32), target, height, colour=colour)

    def _sampled(self, image: NDArray[Any], target: PlaneGrid, shown: bool) -> FloatImage:
        if target is self.grid:
            return image.astype(np.float32)
        return (displayed if shown else resample)(np.ascontiguousarray(image), self.grid, target)
