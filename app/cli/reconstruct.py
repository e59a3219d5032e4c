"""``bocage reconstruct``: from projections to slices on disk."""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.cli import protocol as protocols
from app.cli import study as studies
from app.cli.terminal import progress_bar
from recon.errors import BocageError
from recon.progress import Progress
from recon.slab import Slab

if TYPE_CHECKING:
    from app.dicom.read import LoadedSeries, SeriesEntry, StudyEntry
    from recon.algorithms import Algorithm
    from recon.live import LiveVolume

RESULTS = ("slice_*.dcm", "volume.npz", "volume.tif", "volume.json")
"""Names of what is written, for `--overwrite`."""


@dataclass(frozen=True)
class Job:
    """The options of the command.

    Attributes
    ----------
    protocol : str or None
        A body part's protocol, which decides the options that are not named in `given` (`app.cli.protocol`).
    given : frozenset of str
        The options that the user gave himself.
    """

    study: Path
    output: Path
    geometry_file: Path | None = None
    preset: str | None = None
    protocol: str | None = None
    algorithm: str = "fbp"
    settings: tuple[str, ...] = ()
    heights: str | None = None
    interval_mm: float = 5.0
    thickness_mm: float = 0.0
    format: str = "dicom"
    pixel_mm: float | None = None
    kind: str | None = None
    air: float | None = None
    series: str | None = None
    overwrite: bool = False
    given: frozenset[str] = frozenset()


@dataclass
class Result:
    """What was done and how long it took."""

    files: tuple[Path, ...]
    heights_mm: tuple[float, ...]
    shape: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def ms_per_slice(self) -> float:
        """Time of computing (not writing) one slice."""
        return 1000 * self.seconds.get("computing", math.nan) / max(len(self.heights_mm), 1)


def reconstruct_study(job: Job) -> int:
    """Run the command; says on stdout what was used and what was written."""
    # Wrong options are told before anything is read; what the study's own body part gives is known later.
    asked = protocols.settled(job, protocols.named(job.protocol))
    algorithm = build_algorithm(asked.algorithm, asked.settings)
    _check(asked)
    earlier = earlier_results(job.output)
    if earlier and not job.overwrite:
        raise BocageError(
            f"{job.output}: holds an earlier result ({len(earlier)} files). Choose another folder, or --overwrite."
        )
    with progress_bar() as progress:
        catalogue = studies.find(job.study, progress.part(0.0, 0.05))
        entry = studies.choose(catalogue, job.study, job.series)
        start = time.perf_counter()
        loaded = studies.load_projections(
            entry,
            progress.part(0.05, 0.2),
            geometry_file=job.geometry_file,
            preset=job.preset,
            kind=job.kind,
            air=job.air,
        )
        reading = time.perf_counter() - start
        study = next(study for study in catalogue.studies if entry in study.series)
        if job.protocol == protocols.AUTO:
            part = entry.header.body_part or study.header.body_part
            asked = protocols.settled(job, protocols.named(protocols.AUTO, part))
            algorithm = build_algorithm(asked.algorithm, asked.settings)
        result = run(asked, study, entry, loaded, algorithm, progress.part(0.2, 1.0))
    result.seconds = {"reading": reading, **result.seconds}
    remove_stale(earlier, result)
    report(result, job.output)
    return 0


def run(
    job: Job, study: StudyEntry, entry: SeriesEntry, loaded: LoadedSeries, algorithm: Algorithm, progress: Progress
) -> Result:
    """Filter, compute the slices one after the other, and write them."""
    from recon.algorithms import OnePass
    from recon.export import reconstruct_volume
    from recon.live import LiveVolume

    assert isinstance(algorithm, OnePass)
    if loaded.projections is None:
        raise BocageError(f'Series "{entry.title}" holds no projections.')
    start = time.perf_counter()
    live = LiveVolume(loaded.projections, algorithm, progress.part(0.0, 0.3))
    filtering = time.perf_counter() - start
    offered = live.info.height_range_mm
    low, high = parse_heights(job.heights) if job.heights else protocols.heights_mm(job, offered)
    heights = height_list(low, high, job.interval_mm)
    # The writers step once for each slice that they take, so the slices themselves report nothing.
    clock = _Clock(reconstruct_volume(live, heights, job.thickness_mm, pixel_mm=job.pixel_mm))
    start = time.perf_counter()
    files, notes = _write(job, study, entry, live, algorithm, clock, heights, progress.part(0.3, 1.0))
    elapsed = time.perf_counter() - start
    return Result(
        files=files,
        heights_mm=tuple(heights),
        shape=clock.shape,
        notes=tuple(dict.fromkeys((*protocols.note(job), *loaded.notes, *live.info.notes, *notes))),
        seconds={"filtering": filtering, "computing": clock.seconds, "writing": elapsed - clock.seconds},
    )


def _write(
    job: Job,
    study: StudyEntry,
    entry: SeriesEntry,
    live: LiveVolume,
    algorithm: Algorithm,
    slabs: _Clock,
    heights: list[float],
    progress: Progress,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    if job.format == "npz":
        from app.export import write_npz

        path = job.output / "volume.npz"
        write_npz(path, slabs, heights, progress)
        return (path,), ()
    if job.format == "tiff":
        from app.export import write_tiff

        path = job.output / "volume.tif"
        extra = {
            "unit": live.info.unit,
            "thickness_mm": job.thickness_mm,
            "algorithm": algorithm.name,
            "parameters": settings_of(algorithm),
            "note": "NOT FOR DIAGNOSIS",
        }
        return (path, write_tiff(path, slabs, heights, extra, progress)), ()
    from app.dicom.write import ReconstructionFacts, StudyFacts, source_images, write_slices

    sources, frame_uid = source_images(entry.files) if entry.format == "dicom" else ((), "")
    geometry = live.geometry
    recon = ReconstructionFacts(
        algorithm=algorithm.title,
        parameters=settings_of(algorithm),
        unit=live.info.unit,
        n_views=geometry.n_views,
        sweep_angle_deg=geometry.sweep_angle_deg,
        source_to_detector_mm=float(np.median(geometry.source_distance_mm)),
        detector_pitch_mm=geometry.pixel_pitch_mm,
        geometry_note="" if geometry.origin == "dicom" else f"origin {geometry.origin}",
        sources=sources,
    )
    facts = StudyFacts.from_header(study.header, study.uid if entry.format == "dicom" else "", frame_uid)
    written = write_slices(job.output, slabs, geometry.patient, facts, recon, progress, count=len(heights))
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


def build_algorithm(name: str, settings: tuple[str, ...]) -> Algorithm:
    """The algorithm with the parameters of ``--set``."""
    from recon.algorithms import build

    values = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key:
            raise BocageError(f'--set expects PARAMETER=VALUE, found "{setting}".')
        values[key.strip()] = value.strip()
    return build(name, values)


def settings_of(algorithm: Algorithm) -> dict[str, Any]:
    """An algorithm's parameters as they are set."""
    from recon.algorithms import parameters

    return {parameter.name: getattr(algorithm, parameter.name) for parameter in parameters(type(algorithm))}


def parse_heights(text: str) -> tuple[float, float]:
    """Two numbers from ``FROM:TO``."""
    match = re.fullmatch(r"\s*([-+.\deE]+)\s*:\s*([-+.\deE]+)\s*", text)
    try:
        low, high = (float(part) for part in match.groups()) if match else (math.nan, math.nan)
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high)):
        raise BocageError(f'--heights expects FROM:TO in millimetres, for example 100:200; found "{text}".')
    return min(low, high), max(low, high)


def height_list(low: float, high: float, interval_mm: float) -> list[float]:
    """Heights from `low` up to at most `high`, both included where the interval divides the range."""
    if not (math.isfinite(interval_mm) and interval_mm > 0):
        raise BocageError(
            f"The interval between slices must be a positive number of millimetres, found {interval_mm:g}."
        )
    count = math.floor((high - low) / interval_mm + 1e-6) + 1
    if count > 5000:
        raise BocageError(f"{count:.4g} slices are too many (at most 5000); choose a larger interval or fewer heights.")
    return [low + index * interval_mm for index in range(count)]


def earlier_results(folder: Path) -> list[Path]:
    """Files of an earlier result; slices of two results must not mix in one folder."""
    return [path for pattern in RESULTS for path in folder.glob(pattern)] if folder.is_dir() else []


def remove_stale(earlier: list[Path], result: Result) -> None:
    """Remove what an earlier, longer result left, now that the new one is complete."""
    for path in set(earlier) - set(result.files):
        path.unlink(missing_ok=True)


def _check(job: Job) -> None:
    if not (math.isfinite(job.thickness_mm) and job.thickness_mm >= 0):
        raise BocageError(f"The slice thickness must be 0 or more millimetres, found {job.thickness_mm:g}.")
    if job.pixel_mm is not None and not (math.isfinite(job.pixel_mm) and job.pixel_mm > 0):
        raise BocageError(f"The pixel size must be a positive number of millimetres, found {job.pixel_mm:g}.")
    height_list(*(parse_heights(job.heights) if job.heights else (0.0, 0.0)), job.interval_mm)


def report(result: Result, folder: Path) -> None:
    """Say what was used and written."""
    first, last, n = result.heights_mm[0], result.heights_mm[-1], len(result.heights_mm)
    step = result.heights_mm[1] - first if n > 1 else 0.0
    rows, columns = result.shape
    print(f"{n} slices of {rows} × {columns}, heights {first:g} to {last:g} mm every {step:g} mm")
    for note in result.notes:
        print(f"note: {note}")
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in result.seconds.items())
    print(f"{times}; {result.ms_per_slice:.0f} ms a slice")
    where = folder if len(result.files) > 2 else ", ".join(str(path) for path in result.files)
    print(f"written: {where}")
    sys.stdout.flush()
