"""Slabs put together from pieces on conical grids: what of the field is asked for, and sub-slabs of thick ones."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.backproject import back_project, padded
from recon.cone import Cone
from recon.parallel import split
from recon.resample import displayed, resample
from recon.samples import Level, aligned
from recon.slab import Averaging, FloatImage, PlaneGrid, Rect

KERNEL_REACH = 4
"""Pixels beyond the grid that minification without moiré looks at, as long as these are up to half its own."""
SCRATCH_BYTES = 64 << 20
"""Of conical grids at a time."""

Weights = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Asked:
    """What slabs are asked for.

    Attributes
    ----------
    heights_mm : tuple of float
    thickness_mm : float
    grid : PlaneGrid
        Its rows run along the sweep: (across, along) stands for (x, y).
    averaging : {"rays", "vertical"}
        See `recon.live.LiveVolume.slabs`.
    field : callable(height_mm) -> Rect
        What is seen at a height, in the grid's axes.
    shown : bool
        For the eye: on a coarser grid without moiré, instead of the mean over its pixels.
    """

    heights_mm: tuple[float, ...]
    thickness_mm: float
    grid: PlaneGrid
    averaging: Averaging
    field: Callable[[float], Rect]
    shown: bool = False


class Pieces:
    """Computes pieces of slabs and puts them together on the grids asked for."""

    def __init__(self, cone: Cone) -> None:
        self.cone = cone
        self._memory = threading.local()

    def add(
        self,
        images: list[FloatImage],
        asked: Asked,
        level: Level,
        used: NDArray[np.int32],
        weights: Weights,
        *,
        factor: float = 1.0,
        trim: int = 0,
    ) -> None:
        """Add slabs to images on the grid asked for; images that are not there yet are made.

        Parameters
        ----------
        images : list of ndarray of float32
        asked : Asked
        level : Level
            The views, and what their samples are.
        used : ndarray of int32, shape (m,)
            Which of them.
        weights : callable
            Of each of those in the sum, from its magnification at a height.
        factor : float
        trim : int
            How many of the highest and lowest contributions to a pixel are left out.
        """
        for index, share, piece, own in self._computed(asked, level, used, weights, trim):
            sample = displayed if asked.shown else resample
            if index == len(images):
                images.append(sample(piece, own, asked.grid, factor=factor * share))
            else:
                sample(piece, own, asked.grid, images[index], factor * share)

    def _computed(
        self, asked: Asked, level: Level, used: NDArray[np.int32], weights: Weights, trim: int
    ) -> Iterator[tuple[int, float, FloatImage, PlaneGrid]]:
        """Slabs or sub-slabs on the parts of conical grids that cover what is asked for.

        Yields the slab's index, the piece's share in it, its pixels (valid until the next piece; columns beyond the
        grid's mean nothing) and its grid.
        """
        heights_mm, thickness_mm, averaging = asked.heights_mm, asked.thickness_mm, asked.averaging
        bounds = asked.grid.bounds
        starts, stops, fields = [], [], []
        # Sub-slabs at fixed (x, y) need as much of their own conical grids; those along the rays keep their indices.
        reach = 0.0 if averaging == "rays" else thickness_mm / 2
        for height in (*heights_mm, min(heights_mm) - reach, max(heights_mm) + reach):
            along, across, step_along, step_across = self.cone.grid(level, height)
            starts.append(((bounds.y0 - along) / step_along, (bounds.x0 - across) / step_across))
            stops.append(((bounds.y1 - along) / step_along, (bounds.x1 - across) / step_across))
            field = asked.field(height)
            fields.append(
                [(field.y0 - along) / step_along, (field.x0 - across) / step_across,
                 (field.y1 - along) / step_along, (field.x1 - across) / step_across]
            )  # fmt: skip
        least, most = np.min(fields, axis=0)[:2], np.max(fields, axis=0)[2:]
        # Pixels that reach into the field, which rounding must not add to.
        least, most = np.floor(least + 0.51), np.ceil(most + 0.49)
        beyond = KERNEL_REACH if asked.shown else 2
        low = np.maximum(np.floor(np.min(starts, axis=0)) - beyond, least).astype(int)
        high = np.minimum(np.ceil(np.max(stops, axis=0)) + beyond + 1, most).astype(int)
        if high[0] <= low[0] or high[1] <= low[1]:  # nothing of the field is asked for: one empty pixel
            low = least.astype(int)
            high = low + 1
        (row, column), shape = (int(low[0]), int(low[1])), (int(high[0] - low[0]), int(high[1] - low[1]))
        parts = self.cone.sub_slabs(level, max(heights_mm), thickness_mm, averaging)
        planes = [
            (index, height + thickness_mm * ((part + 0.5) / parts - 0.5))
            for index, height in enumerate(heights_mm)
            for part in range(parts)
        ]
        size = len(planes) if parts == 1 else max(1, SCRATCH_BYTES // (4 * shape[0] * shape[1]))
        for start, stop in split(len(planes), size):
            block = planes[start:stop]
            plan = self.cone.plan(
                level, [z for _, z in block], thickness_mm / parts, used, weights, row, column, shape[0]
            )
            images = back_project(level.samples, plan, shape, out=self._scratch(len(block), shape), trim=trim)
            for (index, z), image in zip(block, images, strict=True):
                height = z if averaging == "vertical" else heights_mm[index]
                yield index, 1.0 / parts, image, self.cone.part(level, height, row, column, shape)

    def _scratch(self, planes: int, shape: tuple[int, int]) -> FloatImage:
        """Memory of this thread for the conical grid, kept from slab to slab."""
        wanted = (planes, shape[0], padded(shape[1]))
        size = math.prod(wanted)
        kept: FloatImage | None = getattr(self._memory, "kept", None)
        if kept is None or kept.size < size:
            kept = aligned((size,))
            if kept.nbytes <= SCRATCH_BYTES:
                self._memory.kept = kept
        return kept[:size].reshape(wanted)
