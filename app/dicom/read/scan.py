"""Finding studies: folders, files, a DICOMDIR; headers only, grouped by study and series."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from app.dicom.read.arrange import arrange
from app.dicom.read.classes import BREAST_PROJECTION, ENHANCED_SECTIONS, FRAMES, PROJECTION_IMAGES
from app.dicom.read.classify import LIKELY_SWEEP, Verdict, classify, instance_key, natural, series_number
from app.dicom.read.companions import CLASSES as COMPANION_CLASSES
from app.dicom.read.companions import Companions, companions_in
from app.dicom.read.model import KINDS, Catalogue, Header, OnFound, Problem, ReadError, SeriesEntry, StudyEntry
from app.dicom.read.names import angles_in_names
from app.dicom.read.safe import (
    DicomFile,
    check_complete,
    is_dicom,
    is_directory,
    items,
    number,
    numbers,
    read_header,
    text,
    value,
    whole,
    words,
)
from app.dicom.read.stacks import concatenated, missing_parts, split
from app.research.sidecar import Sidecar, choose, find_sidecars
from recon.messages import joined, said
from recon.progress import SILENT, Progress

MAX_DEPTH = 32
MAX_FILES = 200_000
IGNORED_SUFFIXES = frozenset(
    {".json", ".txt", ".md", ".rst", ".log", ".toml", ".yaml", ".yml", ".xml", ".html", ".csv", ".raw", ".zraw"}
)
IGNORED_NAMES = frozenset(
    {"license", "licence", "readme", "dicomdir", "thumbs.db", "desktop.ini", "lockfile", "version"}
)

KEPT: tuple[str | int, ...] = (
    *("SpecificCharacterSet", "SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"),
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyDescription"),
    *("SeriesDescription", "InstitutionName", "AccessionNumber", "Modality", "BodyPartExamined", "Laterality"),
    *("ImageLaterality", "ViewPosition", "Manufacturer", "ManufacturerModelName", "SoftwareVersions"),
    *("SeriesNumber", "InstanceNumber", "AcquisitionNumber", "ImageType", "PresentationIntentType", "TomoClass"),
    *("Rows", "Columns", "NumberOfFrames", "SamplesPerPixel", "PhotometricInterpretation", "BitsAllocated"),
    *("BitsStored", "HighBit", "PixelRepresentation", "PatientOrientation", "ImagePositionPatient"),
    *("ImageOrientationPatient", "TomoLayerHeight", "SliceLocation", "PixelSpacing", "ImagerPixelSpacing"),
    *("DetectorElementSpacing", "DetectorBinning", "NominalScannedPixelSpacing", "ImagePlanePixelSpacing"),
    *("FieldOfViewRotation", "FieldOfViewHorizontalFlip", "DistanceSourceToDetector", "DistanceSourceToPatient"),
    *("DistanceSourceToIsocenter", "EstimatedRadiographicMagnificationFactor", "RTImageSID", "RadiationMachineSAD"),
    *("PositionerType", "ColumnAngulation", "PositionerPrimaryAngle", "PositionerSecondaryAngle"),
    *("PositionerPrimaryAngleIncrement", "PositionerSecondaryAngleIncrement", "DetectorPrimaryAngle"),
    *("IrradiationEventUID", "FrameOfReferenceUID", "ViewCodeSequence", "FieldOfViewOrigin", "DetectorActiveOrigin"),
    *("XRayImageReceptorTranslation", "RTImagePosition"),
    *("DetectorSecondaryAngle", "GantryAngle", "ExposureInuAs", "RelativeXRayExposure", "PresentationLUTShape"),
    *("RecommendedDisplayFrameRate", "CineRate", "FrameTime", "FrameTimeVector", "PreferredPlaybackSequencing"),
    *("VolumetricProperties", "ConcatenationUID", "InConcatenationNumber", "InConcatenationTotalNumber"),
    *("ConcatenationFrameOffsetNumber", "EchoNumbers", "EchoTime", "TemporalPositionIdentifier", "TriggerTime"),
    *("ConceptNameCodeSequence", "ContentLabel", "ContentDescription", "DocumentTitle"),
    *(0x00190010, 0x7E010010, 0x70290010, 0x70310010, 0x70310011, 0x70310031, 0x70330010, 0x70370010),
)


@dataclass
class _Found:
    """What the scan has collected so far."""

    series: dict[tuple[str, str], list[DicomFile]] = field(default_factory=dict)
    research: list[SeriesEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sidecars: dict[Path, list[Sidecar]] = field(default_factory=dict)
    instances: set[str] = field(default_factory=set)
    announced: dict[tuple[str, str], int] = field(default_factory=dict)
    told: dict[str, Companions] = field(default_factory=dict)

    def beside(self, folder: Path) -> list[Sidecar]:
        """The geometry files of a folder, read once."""
        if folder not in self.sidecars:
            self.sidecars[folder], problems = find_sidecars(folder)
            self.problems += problems
        return self.sidecars[folder]

    def companions(self, study: str) -> Companions:
        """What the other objects of a study say of its projections, read once."""
        if study not in self.told:
            paths = [
                header.path
                for (uid, _), headers in self.series.items()
                if uid == study
                for header in headers
                if text(header.dataset, "SOPClassUID") in COMPANION_CLASSES
            ]
            self.told[study] = companions_in(paths)
        return self.told[study]


def scan(
    paths: str | Path | Iterable[str | Path], progress: Progress = SILENT, on_found: OnFound | None = None
) -> Catalogue:
    """Find everything that can be opened.

    Parameters
    ----------
    paths : path or iterable of paths
        Folders (searched with everything below), files, a DICOMDIR.
    progress : Progress
    on_found : callable, optional
        Called with each series as soon as it seems whole: when another series follows it, or when its folder ends.
        Called again with the same ``uid`` if more of it turns up later. It runs in the scanning thread.

    Returns
    -------
    Catalogue
        Files that were not opened are listed in `problems`, each with a sentence.
    """
    listed = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    found = _Found()
    folders = _list_files(listed, found)
    total = max(1, sum(len(files) for files in folders.values()))
    done = 0
    for folder, files in folders.items():
        open_series: tuple[str, str] | None = None
        touched: dict[tuple[str, str], None] = {}
        others: list[Path] = []
        for path in files:
            progress.step(done / total, path.name)
            done += 1
            key = _take(path, found, others)
            if key is not None:
                if open_series is not None and key != open_series:
                    _announce(open_series, found, on_found, growing=True)
                touched[key] = None
                open_series = key
        _research(folder, others, found, on_found)
        for key in touched:
            _announce(key, found, on_found)
    progress.step(1.0)
    return _catalogue(found)


def _list_files(paths: Sequence[Path], found: _Found) -> dict[Path, list[Path]]:
    folders: dict[Path, list[Path]] = {}
    seen: set[Path] = set()
    count = 0

    def add(path: Path) -> None:
        nonlocal count
        count += 1
        resolved = path.absolute()
        if resolved not in seen and count <= MAX_FILES:
            seen.add(resolved)
            folders.setdefault(path.parent, []).append(path)

    for path in paths:
        if path.is_dir():
            for folder, inner, names in os.walk(path):
                here = Path(folder)
                if len(here.parts) - len(path.parts) >= MAX_DEPTH:
                    found.problems.append(
                        Problem(here, said("{0}: folders are nested too deep; not searched further.", here.name))
                    )
                    inner.clear()
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                for name in sorted(names, key=lambda name: natural(Path(name))):
                    if not name.startswith(".") and name.upper() != "DICOMDIR":
                        add(here / name)
        elif not path.exists():
            found.problems.append(Problem(path, said("{0}: there is no such file or folder.", path.name)))
        elif path.name.upper() == "DICOMDIR":
            for reference in read_dicomdir(path, found.problems):
                add(reference)
        else:
            add(path)
    if count > MAX_FILES:
        found.problems.append(
            Problem(paths[0], said("More than {0} files; the rest is not searched. Open a smaller folder.", MAX_FILES))
        )
    return folders


def read_dicomdir(path: Path, problems: list[Problem]) -> list[Path]:
    """The files that a DICOMDIR refers to; only such that lie in its own folder or below.

    Each component of a reference is one plain name (PS3.10 8.2), so that nothing outside can be named.
    """
    try:
        directory = read_header(path)
    except ReadError as error:
        problems.append(Problem(path, str(error)))
        return []
    base = path.parent.resolve()
    files: list[Path] = []
    for record in items(directory.dataset, "DirectoryRecordSequence"):
        parts = words(record, "ReferencedFileID")
        if not parts:
            continue
        name = "/".join(parts)
        if any(part in ("", ".", "..") or "/" in part or ":" in part for part in parts):
            problems.append(
                Problem(path, said("{0}: its reference {1!r} leads outside its folder; ignored.", path.name, name))
            )
            continue
        target = _resolve_case(path.parent, parts)
        if target is None:
            problems.append(
                Problem(path.parent.joinpath(*parts), said("{0} refers to {1}, which is not there.", path.name, name))
            )
        elif not target.resolve().is_relative_to(base):
            problems.append(
                Problem(path, said("{0}: its reference {1!r} leads outside its folder; ignored.", path.name, name))
            )
        else:
            files.append(target)
    if not files and not problems:
        problems.append(Problem(path, said("{0}: refers to no images.", path.name)))
    return files


def _resolve_case(folder: Path, parts: Sequence[str]) -> Path | None:
    """A file by its components; media are often copied with their names in lower case."""
    at = folder
    for part in parts:
        if (at / part).exists():
            at = at / part
            continue
        try:
            match = next((entry for entry in at.iterdir() if entry.name.upper().rstrip(".") == part.upper()), None)
        except OSError:
            return None
        if match is None:
            return None
        at = match
    return at if at.is_file() else None


def _take(path: Path, found: _Found, others: list[Path]) -> tuple[str, str] | None:
    """Read one file's header; gives the key of its series, None for anything else."""
    try:
        if not path.is_file():
            return None
        if path.stat().st_size == 0:
            raise ReadError(said("{0}: the file is empty.", path.name))
        if not is_dicom(path):
            others.append(path)
            return None
        header = read_header(path, KEPT)
        if is_directory(header):
            return None
        check_complete(header)
        if (whole(header.dataset, "NumberOfFrames") or 1) > 1 and text(header.dataset, "SOPClassUID") in (
            *BREAST_PROJECTION,
            *PROJECTION_IMAGES,
            *ENHANCED_SECTIONS,
            *FRAMES,
        ):
            header = read_header(path)
    except ReadError as error:
        found.problems.append(Problem(path, str(error)))
        return None
    except OSError as error:
        found.problems.append(
            Problem(path, said("{0}: cannot be read ({1}).", path.name, error.strerror or type(error).__name__))
        )
        return None
    instance = text(header.dataset, "SOPInstanceUID")
    if instance in found.instances:
        found.problems.append(
            Problem(path, said("{0}: the same image was found before; this copy is not opened.", path.name))
        )
        return None
    found.instances.add(instance)
    folder = str(path.parent.absolute())
    study = text(header.dataset, "StudyInstanceUID") or f"folder:{folder}"
    key = (study, text(header.dataset, "SeriesInstanceUID") or f"folder:{folder}")
    found.series.setdefault(key, []).append(header)
    return key


def _research(folder: Path, others: Sequence[Path], found: _Found, on_found: OnFound | None) -> None:
    from app.research import SUFFIXES, find_research

    known = [path for path in others if path.name.lower().endswith(SUFFIXES)]
    for path in others:
        if path in known or path.suffix.lower() in IGNORED_SUFFIXES or path.stem.lower() in IGNORED_NAMES:
            continue
        if path.suffix.lower() in (".dcm", ".ima", ".dicom"):
            reason = said(
                "{0}: no DICOM file in spite of its name (the preamble of PS3.10 is missing). Write it again with one, "
                "or ask for another export.",
                path.name,
            )
        elif path.suffix.lower() in (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz"):
            reason = said("{0}: a packed archive is not opened; unpack it and open the folder.", path.name)
        else:
            reason = said("{0}: not a format that is opened here.", path.name)
        found.problems.append(Problem(path, reason))
    if known:
        entries, problems = find_research(folder, known, found.beside(folder))
        found.problems += problems
        for entry in entries:
            found.research.append(entry)
            if on_found is not None:
                on_found(entry)


def _announce(key: tuple[str, str], found: _Found, on_found: OnFound | None, growing: bool = False) -> None:
    """Tell of a series. While it is `growing`, only when it has doubled: series may be interleaved file by file."""
    files, told = found.series[key], found.announced.get(key, 0)
    if on_found is None or len(files) == told or (growing and len(files) < 2 * told):
        return
    found.announced[key] = len(files)
    for entry in _entries(key, files, found.beside):
        on_found(entry)


# -- entries -----------------------------------------------------------------------------------------------------------


def header_of(dataset: object) -> Header:
    """The display texts of a data set."""
    return Header(
        patient_name=text(dataset, "PatientName"),
        patient_id=text(dataset, "PatientID"),
        birth_date=text(dataset, "PatientBirthDate"),
        sex=text(dataset, "PatientSex"),
        study_date=text(dataset, "StudyDate"),
        study_time=text(dataset, "StudyTime"),
        study_description=text(dataset, "StudyDescription"),
        series_description=text(dataset, "SeriesDescription"),
        institution=text(dataset, "InstitutionName"),
        accession=text(dataset, "AccessionNumber"),
        modality=text(dataset, "Modality"),
        body_part=text(dataset, "BodyPartExamined"),
        laterality=text(dataset, "ImageLaterality") or text(dataset, "Laterality"),
        view_position=text(dataset, "ViewPosition"),
        manufacturer=text(dataset, "Manufacturer"),
        model=text(dataset, "ManufacturerModelName"),
        frame_rate=_frame_rate(dataset),
        playback={0: "loop", 1: "sweep"}.get(whole(dataset, "PreferredPlaybackSequencing") or 0, "")
        if value(dataset, "PreferredPlaybackSequencing") is not None
        else "",
    )


def _frame_rate(dataset: object) -> float:
    """Frames per second (PS3.3 C.7.6.5): recommended, of cine, or from the time of a frame in ms."""
    for keyword in ("RecommendedDisplayFrameRate", "CineRate"):
        rate = number(dataset, keyword, 0.1, 1000.0)
        if rate is not None:
            return rate
    time_ms = number(dataset, "FrameTime", 1.0, 10000.0)
    if time_ms is None:
        each = numbers(dataset, "FrameTimeVector")[1:]  # the first is that of the first frame: 0
        time_ms = sum(each) / len(each) if each and 1.0 <= sum(each) / len(each) <= 10000.0 else None
    return 1000.0 / time_ms if time_ms is not None else 0.0


def _entries(
    key: tuple[str, str],
    files: Sequence[DicomFile],
    beside: Callable[[Path], list[Sidecar]],
    companions: Callable[[], Companions] = Companions,
) -> list[SeriesEntry]:
    """The entries of one series: one for each SOP class, size, direction of planes and stack, or one for each image.

    `companions` is asked only for projections whose own geometry is not complete.
    """
    groups: dict[tuple[object, ...], list[DicomFile]] = {}
    for found in sorted(files, key=instance_key):
        dataset = found.dataset
        planes = tuple(round(part, 1) for part in numbers(dataset, "ImageOrientationPatient"))
        kind = (
            *(text(dataset, "SOPClassUID"), whole(dataset, "Rows") or 0, whole(dataset, "Columns") or 0, planes),
            *_told_apart(dataset),
        )
        groups.setdefault(kind, []).append(found)
    entries: list[SeriesEntry] = []
    for group in groups.values():
        folder = group[0].path.parent
        sidecars = beside(folder)
        frames = whole(group[0].dataset, "NumberOfFrames") or 1
        count = frames if len(group) == 1 else len(group)
        shape = (whole(group[0].dataset, "Rows") or 0, whole(group[0].dataset, "Columns") or 0)
        sidecar = choose(sidecars, count, shape, group[0].path.stem) if count > 1 else None
        verdict = classify(group, sidecar is not None)
        parts = [[found] for found in group] if verdict.separate else [group]
        for part in parts:
            entries += (
                _stacks(key, verdict, part)
                if verdict.kind == "volume"
                else [_entry(key, verdict, part, sidecars, companions)]
            )
    if len(entries) > 1:
        entries = [
            replace(entry, uid=f"{entry.uid}:{index}", title=said("{0} ({1} of {2})", entry.title, index, len(entries)))
            for index, entry in enumerate(entries, 1)
        ]
    return entries


def _told_apart(dataset: object) -> tuple[object, ...]:
    """What makes images of one size a group of their own: localizers, synthetic projections, parts of a volume."""
    kinds = set(words(dataset, "ImageType"))
    return (
        "LOCALIZER" in kinds,
        "GENERATED_2D" in kinds,
        text(dataset, "VolumetricProperties").upper() == "VOLUME",
        text(dataset, "ConcatenationUID"),
    )


def _stacks(key: tuple[str, str], verdict: Verdict, group: Sequence[DicomFile]) -> list[SeriesEntry]:
    """The volumes of a group of sections: several where echoes, times or directions lie on each other."""
    missing = missing_parts(group)
    if missing:
        group = concatenated(group)
        verdict = replace(verdict, reason=joined((verdict.reason, missing)) if verdict.reason else missing)
    elif text(group[0].dataset, "ConcatenationUID"):
        group = concatenated(group)
    entries = []
    for part in split(group):
        used = sorted({index for index, _ in part.places})
        files = [group[index] for index in used]
        entry = _entry(key, verdict, files, ())
        places = tuple((used.index(index), frame) for index, frame in part.places)
        title = said("{0} ({1})", entry.title, part.label) if part.label else entry.title
        entries.append(replace(entry, title=title, n_images=len(places), facts={**entry.facts, "places": places}))
    return entries


def _entry(
    key: tuple[str, str],
    verdict: Verdict,
    group: Sequence[DicomFile],
    sidecars: Sequence[Sidecar],
    companions: Callable[[], Companions] = Companions,
) -> SeriesEntry:
    first = group[0].dataset
    header = header_of(first)
    frames = whole(first, "NumberOfFrames") or 1
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = (verdict.reason,) if verdict.reason else ()
    files, geometry_path = list(group), None
    facts: dict[str, Any] = {"class": verdict.title}
    if verdict.kind == "projections":
        arranged = arrange(group, sidecars)
        if arranged.missing:
            told = companions()
            arranged = arrange(group, sidecars, companions=told)
            facts["companions"] = told
        files, needs, notes = list(arranged.files), arranged.missing, (*notes, *arranged.notes)
        geometry_path = arranged.sidecar.path if arranged.sidecar is not None else None
    described = header.series_description if verdict.kind != "document" else ""
    return SeriesEntry(
        uid=key[1],
        study_uid=key[0],
        kind=verdict.kind,
        title=described or verdict.title,
        modality=header.modality,
        number=series_number(first),
        n_images=frames if len(group) == 1 else len(group),
        files=tuple(found.path for found in files),
        header=header,
        needs=needs,
        notes=notes,
        geometry_path=geometry_path,
        facts={**facts, "instances": tuple(text(found.dataset, "SOPInstanceUID") for found in files)},
    )


def _joined_sweeps(series: dict[tuple[str, str], list[DicomFile]]) -> dict[tuple[str, str], list[DicomFile]]:
    """Sweeps whose views were each exported as a series of their own, joined under the first.

    Only where the single images of one study and folder, all of one kind and size, are named by view angles, and are
    as many as are taken for a sweep (`LIKELY_SWEEP`).
    """
    alike: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for key, files in series.items():
        if len(files) == 1 and (whole(files[0].dataset, "NumberOfFrames") or 1) == 1:
            dataset = files[0].dataset
            sides = (whole(dataset, "Rows"), whole(dataset, "Columns"))
            kind = (key[0], files[0].path.parent, text(dataset, "SOPClassUID"), *sides)
            alike.setdefault(kind, []).append(key)
    joined_series = dict(series)
    for keys in alike.values():
        files = [series[key][0] for key in keys]
        if len(files) >= LIKELY_SWEEP and angles_in_names([found.path for found in files]) is not None:
            for key in keys[1:]:
                del joined_series[key]
            joined_series[keys[0]] = files
    return joined_series


def _catalogue(found: _Found) -> Catalogue:
    studies: dict[str, list[SeriesEntry]] = {}
    for key, files in _joined_sweeps(found.series).items():
        told = partial(found.companions, key[0])
        studies.setdefault(key[0], []).extend(_entries(key, files, found.beside, told))
    for entry in found.research:
        studies.setdefault(entry.study_uid, []).append(entry)
    order = {kind: place for place, kind in enumerate(KINDS)}
    entries = []
    for uid, series in studies.items():
        series.sort(
            key=lambda entry: (
                order[entry.kind] >= order["document"],
                entry.number if entry.number is not None else 1 << 30,
                order[entry.kind],
            )
        )
        entries.append(StudyEntry(uid, series[0].header, tuple(series)))
    entries.sort(key=lambda study: (study.header.study_date, study.header.study_time), reverse=True)
    return Catalogue(tuple(entries), tuple(found.problems))
