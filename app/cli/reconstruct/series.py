"""One series of projections: read, reconstructed, and its slices written one after the other."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import study as studies
from app.cli.protocol import notes as protocol_notes
from app.cli.protocol import with_heights
from app.cli.reconstruct.formats import OutputFormat
from app.cli.reconstruct.options import Options, height_list, patient_frame
from recon.algorithms import StackAlgorithm
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.progress import Progress
from recon.provenance import Sources
from recon.slab import Rect, Slab, SlabSource

if TYPE_CHECKING:
    from app.dicom.read import SeriesEntry, StudyEntry

UNKNOWN_ORIENTATION = "The patient's orientation is unknown; the NIfTI file says none (sform code 0)."


@dataclass(frozen=True)
class Result:
    """What was written and how long it took.

    Attributes
    ----------
    files : tuple of Path
    heights_mm : tuple of float
    shape : (rows, columns)
        Of each slice.
    notes : tuple of str
    seconds : dict
        Of reading, filtering (or reconstructing all planes), computing the slices and writing them.
    """

    files: tuple[Path, ...]
    heights_mm: tuple[float, ...]
    shape: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def ms_per_slice(self) -> float:
        """Time of computing (not writing) one slice."""
        return 1000 * self.seconds.get("computing", math.nan) / max(len(self.heights_mm), 1)

    @property
    def summary(self) -> str:
        """One line about the slices."""
        first, last, n = self.heights_mm[0], self.heights_mm[-1], len(self.heights_mm)
        step = self.heights_mm[1] - first if n > 1 else 0.0
        rows, columns = self.shape
        return f"{n} slices of {rows} × {columns}, heights {first:g} to {last:g} mm every {step:g} mm"


def reconstruct_series(
    study: StudyEntry, entry: SeriesEntry, folder: Path, options: Options, progress: Progress
) -> Result:
    """Read a series, reconstruct it, and write its slices into a folder.

    The options are settled (`app.cli.protocol`). Nothing appears in the folder unless all is complete. Memory holds the
    views and a block of slices.

    Raises
    ------
    BocageError
        When the series cannot be read, reconstructed so or written, with the reason.
    """
    from recon.export import reconstruct_volume
    from recon.reconstruction import reconstruct

    start = time.perf_counter()
    loaded = studies.load_projections(
        entry,
        progress.part(0.0, 0.2),
        geometry_file=options.geometry_file,
        preset=options.preset,
        kind=options.kind,
        air=options.air,
    )
    projections = loaded.projections
    assert projections is not None
    read = time.perf_counter()
    options = with_heights(options, projections.geometry)
    stack = isinstance(options.algorithm, StackAlgorithm)
    source = reconstruct(
        projections,
        options.algorithm,
        planes_mm(projections.geometry, options) if stack else (),
        corrections=options.corrections,
        excluded=options.excluded,
        progress=progress.part(0.2, 0.8 if stack else 0.45),
    )
    reconstructed = time.perf_counter()
    heights = height_list(*(options.heights_mm or source.info.height_range_mm), options.interval_mm)
    _check_region(source, min(heights), options.region)
    # The writers step once for each slice that they take, so the slices themselves report nothing.
    clock = _Clock(
        reconstruct_volume(source, heights, options.thickness_mm, region=options.region, pixel_mm=options.pixel_mm)
    )
    series = _Series(study, loaded.entry, source, projections.geometry, projections.sources, heights, options)
    files, notes = series.write(folder, clock, progress.part(0.8 if stack else 0.45, 1.0))
    return Result(
        files=files,
        heights_mm=tuple(heights),
        shape=clock.shape,
        notes=tuple(dict.fromkeys((*loaded.notes, *source.info.notes, *notes, *protocol_notes(options)))),
        seconds={
            "reading": read - start,
            "reconstructing" if stack else "filtering": reconstructed - read,
            "computing": clock.seconds,
            "writing": time.perf_counter() - reconstructed - clock.seconds,
        },
    )


def planes_mm(geometry: Geometry, options: Options) -> list[float]:
    """The planes for an algorithm that computes all planes together, which must hold the whole body.

    They cover the range that the geometry offers, and the wanted heights are among them.
    """
    from recon.cone import offered_heights_mm

    low, high = offered_heights_mm(geometry)
    wanted = options.heights_mm or (low, high)
    below = math.ceil(max(wanted[0] - low, 0.0) / options.interval_mm - 1e-6)
    return height_list(wanted[0] - below * options.interval_mm, max(high, wanted[1]), options.interval_mm)


def _check_region(source: SlabSource, height_mm: float, region: Rect | None) -> None:
    seen = source.footprint(height_mm)
    if region is not None and region.intersected(seen) is None:
        raise BocageError(
            f"The region lies beside what the views see, which at {height_mm:g} mm is x from {seen.x0:.1f} to "
            f"{seen.x1:.1f} mm and y from {seen.y0:.1f} to {seen.y1:.1f} mm."
        )


@dataclass(frozen=True)
class _Series:
    """What the writers need to know of a reconstruction."""

    study: StudyEntry
    entry: SeriesEntry
    source: SlabSource
    geometry: Geometry
    numbers: Sources
    heights_mm: list[float]
    options: Options

    def write(self, folder: Path, slabs: _Clock, progress: Progress) -> tuple[tuple[Path, ...], tuple[str, ...]]:
        """Write the slices; the files and what their reader must know."""
        from app import export

        if self.options.format == OutputFormat.DICOM:
            return self._write_dicom(folder, slabs, progress)
        path = folder / self.options.format.file_name
        facts = {"unit": self.source.info.unit, **self.options.computed(), "note": "NOT FOR DIAGNOSIS"}
        if self.options.format == OutputFormat.NPZ:
            export.write_npz(path, slabs, self.heights_mm, progress)
            return (path,), ()
        if self.options.format == OutputFormat.TIFF:
            return (path, export.write_tiff(path, slabs, self.heights_mm, facts, progress)), ()
        frame = self.source.info.patient
        beside = export.write_nifti(path, slabs, self.heights_mm, frame, facts, progress)
        return (path, beside), (() if frame is not None else (UNKNOWN_ORIENTATION,))

    def _write_dicom(self, folder: Path, slabs: _Clock, progress: Progress) -> tuple[tuple[Path, ...], tuple[str, ...]]:
        from app.dicom.write import (
            Encoding,
            ReconstructionFacts,
            SliceKind,
            StudyFacts,
            read_sources,
            recommended,
            write_slices,
        )
        from recon.provenance import geometry_sources

        geometry, options, dicom = self.geometry, self.options, self.entry.format == "dicom"
        sources = read_sources(self.entry.files if dicom else ())
        note = "" if geometry.origin == "dicom" else f"origin {geometry.origin}"
        recon = ReconstructionFacts.of(
            self.source,
            sources.images,
            sources.acquisition,
            geometry_note=note,
            geometry_sources=geometry_sources(self.numbers),
        )
        facts = StudyFacts.from_header(
            self.study.header, self.study.uid if dicom else "", sources.frame_of_reference_uid, **sources.facts
        )
        frame = geometry.patient or (patient_frame(options.orientation) if options.orientation else None)
        kind = options.dicom_object.value
        written = write_slices(
            folder,
            slabs,
            frame,
            facts,
            recon,
            progress,
            count=len(self.heights_mm),
            kind=recommended(facts, frame) if kind == "auto" else SliceKind(kind),
            encoding=Encoding(options.compression.value),
        )
        return written.files, written.notes


class _Clock:
    """Passes slabs through and adds up the time that computing them takes."""

    def __init__(self, slabs: Iterator[Slab]) -> None:
        self._slabs = slabs
        self.seconds = 0.0
        self.shape = (0, 0)

    def __iter__(self) -> Iterator[Slab]:
        return self

    def __next__(self) -> Slab:
        start = time.perf_counter()
        slab = next(self._slabs)
        self.seconds += time.perf_counter() - start
        self.shape = slab.grid.shape
        return slab
