"""Writes a reading: the documents, the presentations, the captures, and the slices that they need.

Runs on a worker thread. All files appear in the folder together at the end, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.dicom.evidence.places import Places, Plane, places_of, shown_curve
from app.dicom.evidence.request import Look, Request, Written, evidence_datasets
from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

SLICE_SERIES, REPORT_SERIES, KEY_SERIES, STATE_SERIES, CAPTURE_SERIES = 950, 951, 952, 953, 954
"""Series Numbers, beyond those of usual acquisitions."""
FOLDER = "bocage-reading"


def new_folder(folder: Path) -> Path:
    """A folder of its own for what is written, below another one."""
    number = 1
    while (folder / f"{FOLDER}-{number}").exists():
        number += 1
    return folder / f"{FOLDER}-{number}"


@dataclass
class _Job:
    """What is known while it is written."""

    request: Request
    temporary: Path
    uids: dict[str, str]
    places: dict[str, Places] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    slices: dict[tuple[str, float, float], tuple[Plane, Any]] = field(default_factory=dict)
    states: int = 0


def write_evidence(request: Request, progress: Progress = SILENT) -> Written:
    """Write what a request asks for.

    Raises
    ------
    BocageError
        Nothing to write, no DICOM image to refer to, no name for a final report, or the folder cannot be written.
    """
    from app.dicom.write.facts import StudyFacts
    from app.dicom.write.series import atomic_folder

    if request.final and not (request.reader.strip() and request.institution.strip()):
        raise BocageError(said("A final report names its reader and the institution. Enter both."))
    fresh = StudyFacts()
    names = ("slices", "report", "key objects", "states", "captures")
    written = Written(request.folder)
    with atomic_folder(request.folder) as temporary:
        job = _Job(request, temporary, {name: fresh.uid() for name in names})
        _find(job, progress.part(0.0, 0.2))
        if not job.places:
            raise BocageError(
                said(
                    "Nothing on screen was loaded from DICOM images, so there is nothing for DICOM objects to refer to."
                )
            )
        kept, written = _write_looks(job, written, progress.part(0.2, 0.7))
        progress.step(0.75, said("Writing the report"))
        if request.measurements:
            written = _write_report(job, written, fresh.uid())
        written = _write_key_objects(job, written, kept, fresh)
        progress.step(0.85, said("Writing captures"))
        written = _write_captures(job, written, fresh)
        if not job.names:
            raise BocageError(
                said(
                    "There is nothing to write: no measurement, finding, key image or presentation was chosen or made."
                )
            )
    progress.step(1.0, said("Written"))
    files = tuple(request.folder / name for name in job.names)
    return replace(written, files=files, notes=tuple(dict.fromkeys((*job.notes, *written.notes))))


def _find(job: _Job, progress: Progress) -> None:
    """Where each picture is stored that anything to be written belongs to."""
    request, reading = job.request, job.request.reading
    wanted = {look.uid for look in (*request.key_images, *request.presentations)}
    wanted |= {each.uid for each in request.captures}
    if request.measurements:
        wanted |= {uid for uid, state in reading.series.items() if state.measurements or state.calibration is not None}
        wanted |= {finding.uid for finding in reading.findings}
    known = [uid for uid in request.pictures if uid in wanted] or list(request.pictures)[:1]
    for number, uid in enumerate(known):
        progress.step(number / len(known), said("Reading headers"))
        if uid in request.dicom:
            job.places[uid] = places_of(request.pictures[uid], request.pictures)


def _save(job: _Job, data: Dataset, name: str) -> None:
    from app.dicom.evidence.document import save

    save(job.temporary / name, data)
    job.names.append(name)


# -- looks ---------------------------------------------------------------------------------------------------------


def _write_looks(job: _Job, written: Written, progress: Progress) -> tuple[list[tuple[Look, Any]], Written]:
    """The presentation states of key images and viewports; the key images with where they are stored."""
    from app.dicom.evidence.key_objects import Kept
    from app.dicom.evidence.states import state
    from app.dicom.write.facts import StudyFacts

    kept: list[tuple[Look, Any]] = []
    looks = [*job.request.key_images, *job.request.presentations]
    for number, look in enumerate(looks):
        progress.step(number / len(looks), said("Writing presentations"))
        planes, headers = _planes(job, look)
        if not planes:
            why = said("it is computed, and stored nowhere") if look.uid in job.places else said("no DICOM images")
            job.notes.append(said("{0}: left out ({1}).", _title(look), why))
            continue
        data = None
        shown_as = planes[0].shown_as
        if shown_as != "colour":
            curve = shown_curve(job.request.pictures[look.uid], planes[0]) if shown_as == "curve" else None
            if shown_as == "curve" and curve is None:
                job.notes.append(said("{0}: its presentation says no window.", _title(look)))
            job.states += 1
            data, notes = state(
                job.request,
                look,
                planes,
                headers,
                evidence_datasets({plane.key.instance: headers[plane.key.instance] for plane in planes}),
                (job.uids["states"], StudyFacts().uid()),
                (STATE_SERIES, job.states),
                curve,
            )
            job.notes += notes
            _save(job, data, f"presentation_{job.states:03d}.dcm")
        elif not look.id:
            job.notes.append(said("{0}: no presentation is written; it cannot say colours.", _title(look)))
        if look.id:
            kept.append((look, Kept(look.id, planes[0], data)))
    return kept, replace(written, presentations=job.states, slices=len(job.slices))


def _title(look: Look) -> str:
    return look.name or said("A picture")


def _planes(job: _Job, look: Look) -> tuple[list[Plane], Mapping[str, Any]]:
    """The stored images that a look is of, and their headers; computed slices are written first."""
    place = job.places.get(look.uid)
    if place is None:
        return [], {}
    if job.request.pictures[look.uid].is_live:
        plane, header = _slice(job, look)
        return [plane], {plane.key.instance: header}
    if not look.id and job.request.pictures[look.uid].kind == "volume":
        return list(place.planes), place.headers
    nearest = place.nearest(look.height_mm)
    return ([nearest] if nearest is not None else []), place.headers


def _slice(job: _Job, look: Look) -> tuple[Plane, Any]:
    """A computed slice as a DX image of its own, written once for the same height and thickness."""
    from app.dicom.evidence.places import stored_plane
    from app.dicom.read.safe import read_header
    from app.dicom.write import ReconstructionFacts, SliceKind, StudyFacts, read_sources, write_slices
    from recon.notes import Fact
    from recon.provenance import geometry_sources
    from recon.slab import SlabRequest
    from widgets.window import Window

    height, thickness = float(look.height_mm or 0.0), float(look.thickness_mm or 0.0)
    key = (look.uid, round(height, 4), round(thickness, 4))
    if key in job.slices:
        return job.slices[key]
    picture, place = job.request.pictures[look.uid], job.places[look.uid]
    source: Any = picture.source
    if getattr(source, "is_preview", False):
        source = source.with_algorithm(source.algorithm)
    slab = source.slab(SlabRequest(height, thickness))
    sources = read_sources(picture.files)
    header = next(iter(evidence_datasets(place.headers).values()))
    study = str(header.StudyInstanceUID)
    facts = StudyFacts.from_header(picture.header, study, place.frame_of_reference, **sources.facts)
    number = len(job.slices) + 1
    made = ReconstructionFacts.of(
        source,
        sources.images,
        sources.acquisition,
        geometry_note="; ".join(note for note in picture.all_notes if not isinstance(note, Fact)),
        geometry_sources=geometry_sources(picture.projections.sources) if picture.projections is not None else (),
        window=(look.window.centre, look.window.width) if isinstance(look.window, Window) else None,
        description=f"Key slice at {height:.1f} mm",
        series_number=SLICE_SERIES,
    )
    folder = job.temporary / f"slice-{number}"
    # A DX image must say how the patient lay; where nobody knows, a secondary capture leaves it open.
    frame = source.info.patient
    kind = SliceKind.DX if frame is not None else SliceKind.CAPTURE
    [path] = write_slices(folder, [slab], frame, facts, made, kind=kind).files
    name = f"slice_{number:03d}.dcm"
    path.rename(job.temporary / name)
    folder.rmdir()
    job.names.append(name)
    found = read_header(job.temporary / name)
    plane = stored_plane(found, slab.grid, 1, height, thickness_mm=slab.thickness_mm)
    job.slices[key] = (plane, found.dataset)
    return job.slices[key]


# -- documents -----------------------------------------------------------------------------------------------------


def _write_report(job: _Job, written: Written, instance_uid: str) -> Written:
    from app.dicom.evidence.report import report

    found = report(job.request, job.places, job.uids["report"], instance_uid, REPORT_SERIES)
    if found is None:
        return written
    _save(job, found.data, "report.dcm")
    job.notes += found.notes
    return replace(written, reports=1, measurements=found.measurements, findings=found.findings)


def _write_key_objects(job: _Job, written: Written, kept: Sequence[tuple[Look, Any]], fresh: Any) -> Written:
    from app.dicom.evidence.key_objects import key_objects

    notes = list(dict.fromkeys(look.note for look, _ in kept))
    headers: dict[str, Any] = {}
    for place in job.places.values():
        headers.update(place.headers)
    for plane, header in job.slices.values():
        headers[plane.key.instance] = header
    for number, note in enumerate(notes, 1):
        own = [each for look, each in kept if look.note == note]
        wanted = {each.plane.key.instance: headers[each.plane.key.instance] for each in own}
        uids, numbers = (job.uids["key objects"], fresh.uid()), (KEY_SERIES, number)
        data = key_objects(job.request, note, own, evidence_datasets(wanted), uids, numbers)
        _save(job, data, f"key_images_{number:03d}.dcm")
    return replace(written, key_objects=len(notes))


def _write_captures(job: _Job, written: Written, fresh: Any) -> Written:
    from app.dicom.evidence.captures import capture

    for number, taken in enumerate(job.request.captures, 1):
        place = job.places.get(taken.uid) or next(iter(job.places.values()))
        source = next(iter(evidence_datasets(place.headers).values()))
        plane = place.at(None) if taken.uid and len(place.planes) == 1 else None
        uids, numbers = (job.uids["captures"], fresh.uid()), (CAPTURE_SERIES, number)
        _save(job, capture(taken, source, plane, uids, numbers, job.request.institution), f"capture_{number:03d}.dcm")
    return replace(written, captures=len(job.request.captures))
