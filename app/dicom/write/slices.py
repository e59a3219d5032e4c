"""Reconstructed slices as a series of Digital X-Ray images, For Presentation, with the tomography module.

Values are stored as uint16 by one linear mapping for the whole series, kept as a Real World Value Mapping
(`app.dicom.values`); 0 is Pixel Padding Value (nothing was computed there). Slices are spooled to disk as float32
while they arrive, because the mapping needs their range: memory never holds more than one slice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from app.dicom.values import ValueMapping, add_mapping
from app.dicom.write import series
from app.dicom.write.facts import ReconstructionFacts, StudyFacts
from app.dicom.write.series import NOT_FOR_DIAGNOSIS, WrittenSeries, ds, ds_list
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.slab import PlaneGrid, Slab

PADDING = 0
_FIRST, _LAST = 1, 65535
_SPOOL = "slices.float32"
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
class _Spooled:
    """What is known once all slices have arrived."""

    grid: PlaneGrid
    heights_mm: list[float]
    thickness_mm: list[float]
    low: float
    high: float
    samples: _Samples

    @property
    def interval_mm(self) -> float | None:
        """The slice interval; None for one slice or uneven heights."""
        steps = np.diff(self.heights_mm)
        if steps.size == 0 or not np.allclose(steps, steps.mean(), rtol=1e-3, atol=1e-6) or steps.mean() == 0:
            return None
        return float(abs(steps.mean()))


def write_slices(
    folder: str | Path,
    slabs: Iterable[Slab],
    frame: PatientFrame | None,
    facts: StudyFacts,
    recon: ReconstructionFacts,
    progress: Progress = SILENT,
    *,
    count: int | None = None,
) -> WrittenSeries:
    """Write slices as a DX series.

    Parameters
    ----------
    folder : path
        Made if missing. Its files appear all together at the end; nothing is left after an error or cancellation.
    slabs : iterable of Slab
        All on one grid, heights ascending or descending. Taken one by one.
    frame : PatientFrame or None
        None: the orientation is unknown, and the files then say no position or orientation in the patient.
    facts : StudyFacts
        With the study and frame of reference of the projections.
    recon : ReconstructionFacts
    count : int, optional
        Number of slabs, for the progress.

    Raises
    ------
    BocageError
        No slices, different grids, heights out of order, or the folder cannot be written.
    """
    folder = Path(folder)
    series_uid = facts.uid("series", "slices", recon.series_number, recon.derivation())
    names: list[str] = []
    with series.atomic_folder(folder) as temporary:
        spool = temporary / _SPOOL
        spooled = _spool(spool, slabs, progress.part(0.0, 0.8), count)
        mapping = _mapping(spooled, recon.unit)
        window = _window(spooled, mapping, recon.window)
        created = facts.now()
        n = len(spooled.heights_mm)
        digits = max(3, len(str(n)))
        rows, columns = spooled.grid.shape
        with spool.open("rb") as file:
            for index in range(n):
                progress.step(0.8 + 0.2 * index / n, said("Writing slice {0} of {1}", index + 1, n))
                values = np.fromfile(file, np.float32, rows * columns).reshape(rows, columns)
                data = _dataset(spooled, index, frame, facts, recon, series_uid, created)
                data.WindowCenter, data.WindowWidth = ds(window[0]), ds(window[1])
                add_mapping(data, mapping, "Attenuation" if recon.unit == "1/mm" else "Value")
                data.add_new("PixelPaddingValue", "US", PADDING)
                series.add_pixels(data, _stored(values, mapping))
                name = f"slice_{index + 1:0{digits}d}.dcm"
                series.save(data, temporary / name)
                names.append(name)
        spool.unlink()
    progress.step(1.0, said("{0} slices written", n))
    notes = () if frame is not None else (said("The patient's orientation is unknown; the slices say none."),)
    return WrittenSeries(folder, tuple(folder / name for name in names), series_uid, notes)


def _spool(path: Path, slabs: Iterable[Slab], progress: Progress, count: int | None) -> _Spooled:
    spooled: _Spooled | None = None
    with path.open("wb") as file:
        for index, slab in enumerate(slabs):
            progress.step(index / count if count else 0.0, f"Slice {index + 1}" + (f" of {count}" if count else ""))
            if spooled is None:
                spooled = _Spooled(slab.grid, [], [], math.inf, -math.inf, _Samples())
            elif not _same(slab.grid, spooled.grid):
                raise BocageError(
                    said("The slices of one series must lie on one grid; compute them with one pixel size.")
                )
            spooled.heights_mm.append(slab.height_mm)
            spooled.thickness_mm.append(slab.thickness_mm)
            pixels = np.ascontiguousarray(slab.pixels, dtype=np.float32)
            finite = np.isfinite(pixels)
            if finite.any():
                spooled.low = min(spooled.low, float(pixels.min(where=finite, initial=np.inf)))
                spooled.high = max(spooled.high, float(pixels.max(where=finite, initial=-np.inf)))
            spooled.samples.add(index, pixels)
            pixels.tofile(file)
    if spooled is None:
        raise BocageError(said("There are no slices to write; the range of heights is empty."))
    steps = np.diff(spooled.heights_mm)
    if not (np.all(steps > 0) or np.all(steps < 0)):
        raise BocageError(said("The heights of a slice series must ascend or descend without repeats."))
    return spooled


def _same(a: PlaneGrid, b: PlaneGrid) -> bool:
    return a.shape == b.shape and np.allclose(a.origin_mm + a.spacing_mm, b.origin_mm + b.spacing_mm, atol=1e-6)


def _mapping(spooled: _Spooled, unit: str) -> ValueMapping:
    low, high = spooled.low, spooled.high
    if not high > low:
        low, high = (low - 0.5, low + 0.5) if math.isfinite(low) else (0.0, 1.0)
    slope = (high - low) / (_LAST - _FIRST)
    return ValueMapping(slope, low - _FIRST * slope, _FIRST, _LAST, unit)


def _stored(values: NDArray[np.float32], mapping: ValueMapping) -> NDArray[np.uint16]:
    scaled = (values.astype(np.float64) - mapping.intercept) / mapping.slope
    known = np.isfinite(scaled)
    whole = np.clip(np.rint(np.where(known, scaled, 0.0)), _FIRST, _LAST).astype(np.uint16)
    return np.where(known, whole, np.uint16(PADDING))


def _window(spooled: _Spooled, mapping: ValueMapping, wanted: tuple[float, float] | None) -> tuple[float, float]:
    """Centre and width in stored values."""
    if wanted is not None:
        return (wanted[0] - mapping.intercept) / mapping.slope, max(wanted[1] / mapping.slope, 1.0)
    samples = np.concatenate(spooled.samples.kept)
    if samples.size == 0:
        return 32768.0, 65535.0
    low, high = (float(value) for value in np.percentile(samples, (1.0, 99.0)))
    return ((low + high) / 2 - mapping.intercept) / mapping.slope, max((high - low) / mapping.slope, 1.0)


def _dataset(
    spooled: _Spooled,
    index: int,
    frame: PatientFrame | None,
    facts: StudyFacts,
    recon: ReconstructionFacts,
    series_uid: str,
    created: datetime,
) -> Dataset:
    grid, height = spooled.grid, spooled.heights_mm[index]
    spacing = (grid.spacing_mm[1], grid.spacing_mm[0])
    data = series.base_dataset(
        facts,
        sop_class_uid=series.DX_FOR_PRESENTATION,
        series_uid=series_uid,
        series_number=recon.series_number,
        description=f"{recon.description[: 63 - len(NOT_FOR_DIAGNOSIS)]} {NOT_FOR_DIAGNOSIS}",
        instance=index + 1,
        created=created,
        frame=frame,
    )
    data.ImageType = ["DERIVED", "PRIMARY", ""]
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    # Imager Pixel Spacing may not be absent; without the detector's pitch the slice's own is the honest one.
    series.add_detector(data, recon.detector_pitch_mm or spacing, grid.shape, element_mm=None)
    data.PixelSpacing = ds_list(spacing)
    data.PixelSpacingCalibrationType = "GEOMETRY"
    data.PixelSpacingCalibrationDescription = "Pixel spacing in the slice's own plane"
    data.PositionerType = "COLUMN"
    if recon.source_to_detector_mm is not None:
        data.DistanceSourceToDetector = ds(recon.source_to_detector_mm)
    data.TomoLayerHeight = ds(height)
    data.TomoType, data.TomoClass = "LINEAR", "TOMOSYNTHESIS"
    if recon.sweep_angle_deg is not None:
        data.TomoAngle = ds(recon.sweep_angle_deg)
    if recon.n_views is not None:
        data.NumberOfTomosynthesisSourceImages = recon.n_views
    data.DerivationDescription = recon.derivation()
    if recon.sources:
        data.SourceImageSequence = [
            _reference(source.sop_class_uid, source.sop_instance_uid) for source in recon.sources
        ]
    if spooled.thickness_mm[index] > 0:
        data.SliceThickness = ds(spooled.thickness_mm[index])
    interval = spooled.interval_mm
    if interval is not None:
        data.SpacingBetweenSlices = ds(interval)
    data.SliceLocation = ds(height)
    if frame is not None:
        first = frame.to_patient((grid.origin_mm[0], grid.origin_mm[1], height))
        data.ImagePositionPatient = ds_list(first)
        data.ImageOrientationPatient = ds_list([*frame.direction((1.0, 0.0, 0.0)), *frame.direction((0.0, 1.0, 0.0))])
    return data


def _reference(sop_class_uid: str, sop_instance_uid: str) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class_uid, sop_instance_uid
    item.PurposeOfReferenceCodeSequence = [
        series.code("121322", "Source image for image processing operation", scheme="DCM")
    ]
    return item
