"""Slices on their way into a file: spooled as they arrive, then mapped to stored integers.

Values are stored as uint16 by one linear mapping for the whole series, kept as a Real World Value Mapping
(`app.dicom.values`); 0 is Pixel Padding Value (nothing was computed there). Slices are spooled to disk as float32
while they arrive, because the mapping needs their range: memory never holds more than one slice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.dicom.values import ValueMapping
from app.dicom.write.facts import ReconstructionFacts, StudyFacts
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.progress import Progress
from recon.slab import PlaneGrid, Slab

PADDING = 0
_FIRST, _LAST = 1, 65535
_SAMPLED = 64
"""Slices that the window is found from; more would take memory that grows with their number."""


@dataclass
class _Samples:
    """Every 16th row and column of slices evenly spread over all that arrive, at most `_SAMPLED` of them."""

    kept: list[NDArray[np.float32]] = field(default_factory=list)
    every: int = 1

    def add(self, index: int, pixels: NDArray[np.float32]) -> None:
        """Look at slice `index`."""
        if index % self.every:
            return
        if len(self.kept) == _SAMPLED:
            self.kept, self.every = self.kept[::2], 2 * self.every
            if index % self.every:
                return
        sample = pixels[::16, ::16]
        self.kept.append(sample[np.isfinite(sample)])


@dataclass
class Spool:
    """Slices on disk, and what is known once all have arrived."""

    path: Path
    grid: PlaneGrid
    heights_mm: list[float]
    thickness_mm: list[float]
    low: float
    high: float
    samples: _Samples

    @property
    def count(self) -> int:
        """How many slices there are."""
        return len(self.heights_mm)

    @property
    def interval_mm(self) -> float | None:
        """The slice interval; None for one slice or uneven heights."""
        steps = np.diff(self.heights_mm)
        if steps.size == 0 or not np.allclose(steps, steps.mean(), rtol=1e-3, atol=1e-6) or steps.mean() == 0:
            return None
        return float(abs(steps.mean()))

    def mapping(self, unit: str) -> ValueMapping:
        """The line from stored values to values in `unit`."""
        low, high = self.low, self.high
        if not high > low:
            low, high = (low - 0.5, low + 0.5) if math.isfinite(low) else (0.0, 1.0)
        slope = (high - low) / (_LAST - _FIRST)
        return ValueMapping(slope, low - _FIRST * slope, _FIRST, _LAST, unit)

    def window(self, mapping: ValueMapping, wanted: tuple[float, float] | None) -> tuple[float, float]:
        """Centre and width in stored values."""
        if wanted is not None:
            return (wanted[0] - mapping.intercept) / mapping.slope, max(wanted[1] / mapping.slope, 1.0)
        samples = np.concatenate(self.samples.kept)
        if samples.size == 0:
            return 32768.0, 65535.0
        low, high = (float(value) for value in np.percentile(samples, (1.0, 99.0)))
        return ((low + high) / 2 - mapping.intercept) / mapping.slope, max((high - low) / mapping.slope, 1.0)


@dataclass(frozen=True)
class Stack:
    """A spooled series and all that its objects say.

    Attributes
    ----------
    window : (centre, width)
        In stored values.
    created : datetime
        Of the whole series.
    """

    spool: Spool
    mapping: ValueMapping
    window: tuple[float, float]
    frame: PatientFrame | None
    facts: StudyFacts
    recon: ReconstructionFacts
    series_uid: str
    created: datetime

    @property
    def spacing_mm(self) -> tuple[float, float]:
        """Pixel Spacing: between rows, between columns."""
        return (self.spool.grid.spacing_mm[1], self.spool.grid.spacing_mm[0])

    @property
    def thickness_mm(self) -> list[float]:
        """Slice thickness of every slice; of a thin one the interval, or 1 mm for a single one."""
        return [thickness if thickness > 0 else self.spool.interval_mm or 1.0 for thickness in self.spool.thickness_mm]

    def position_mm(self, index: int) -> list[float] | None:
        """Image Position (Patient) of a slice; None where the patient's orientation is unknown."""
        if self.frame is None:
            return None
        x, y = self.spool.grid.origin_mm
        return [float(value) for value in self.frame.to_patient((x, y, self.spool.heights_mm[index]))]

    def directions(self) -> list[float] | None:
        """Image Orientation (Patient)."""
        if self.frame is None:
            return None
        both = [*self.frame.direction((1.0, 0.0, 0.0)), *self.frame.direction((0.0, 1.0, 0.0))]
        return [float(value) for value in both]

    def images(self, progress: Progress) -> Iterator[NDArray[np.uint16]]:
        """The slices as stored values, one after the other."""
        rows, columns = self.spool.grid.shape
        with self.spool.path.open("rb") as file:
            for index in range(self.spool.count):
                progress.step(index / self.spool.count, said("Writing slice {0} of {1}", index + 1, self.spool.count))
                values = np.fromfile(file, np.float32, rows * columns).reshape(rows, columns)
                yield stored(values, self.mapping)


def spool_slabs(path: Path, slabs: Iterable[Slab], progress: Progress, count: int | None) -> Spool:
    """Take slices one by one and keep them on disk.

    Raises
    ------
    BocageError
        No slices, different grids, or heights out of order.
    """
    spool: Spool | None = None
    with path.open("wb") as file:
        for index, slab in enumerate(slabs):
            progress.step(index / count if count else 0.0, f"Slice {index + 1}" + (f" of {count}" if count else ""))
            if spool is None:
                spool = Spool(path, slab.grid, [], [], math.inf, -math.inf, _Samples())
            elif not _same(slab.grid, spool.grid):
                raise BocageError(
                    said("The slices of one series must lie on one grid; compute them with one pixel size.")
                )
            spool.heights_mm.append(slab.height_mm)
            spool.thickness_mm.append(slab.thickness_mm)
            pixels = np.ascontiguousarray(slab.pixels, dtype=np.float32)
            finite = np.isfinite(pixels)
            if finite.any():
                spool.low = min(spool.low, float(pixels.min(where=finite, initial=np.inf)))
                spool.high = max(spool.high, float(pixels.max(where=finite, initial=-np.inf)))
            spool.samples.add(index, pixels)
            pixels.tofile(file)
    if spool is None:
        raise BocageError(said("There are no slices to write; the range of heights is empty."))
    steps = np.diff(spool.heights_mm)
    if not (np.all(steps > 0) or np.all(steps < 0)):
        raise BocageError(said("The heights of a slice series must ascend or descend without repeats."))
    return spool


def _same(a: PlaneGrid, b: PlaneGrid) -> bool:
    return a.shape == b.shape and np.allclose(a.origin_mm + a.spacing_mm, b.origin_mm + b.spacing_mm, atol=1e-6)


def stored(values: NDArray[np.float32], mapping: ValueMapping) -> NDArray[np.uint16]:
    """Values as they are stored."""
    scaled = (values.astype(np.float64) - mapping.intercept) / mapping.slope
    known = np.isfinite(scaled)
    whole = np.clip(np.rint(np.where(known, scaled, 0.0)), _FIRST, _LAST).astype(np.uint16)
    return np.where(known, whole, np.uint16(PADDING))
