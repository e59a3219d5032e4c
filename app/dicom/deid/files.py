"""De-identifying files into a new folder: headers cleaned, pixels copied byte by byte, names without meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from pydicom.dataset import FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian

from app.dicom.deid.clean import Cleaner
from app.dicom.deid.risks import risks
from app.dicom.read.elements import UNDEFINED
from app.dicom.read.safe import DicomFile, read_header, text, value, whole
from app.dicom.write.series import atomic_folder
from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress

CHUNK = 1 << 22
PREAMBLE = b"\0" * 128
GEOMETRY_SUFFIX = ".geometry.json"


@dataclass(frozen=True)
class LeftOut:
    """A file that was not written, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Export:
    """What was written.

    Attributes
    ----------
    folder : Path
    files : tuple of Path
        Named by numbers: ``study_1/series_1/000001.dcm``.
    left_out : tuple of LeftOut
    warnings : tuple of str
        What must be looked at before the folder is given away, each once.
    """

    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass
class _Places:
    """Numbers of studies and series in the order in which they are met."""

    studies: dict[str, int] = field(default_factory=dict)
    series: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, dataset: Any) -> Path:
        study, series = text(dataset, "StudyInstanceUID"), text(dataset, "SeriesInstanceUID")
        number = self.studies.setdefault(study, len(self.studies) + 1)
        within = sum(1 for known, _ in self.series if known == study)
        place = self.series.setdefault((study, series), within + 1)
        self.counts[study, series] = self.counts.get((study, series), 0) + 1
        return Path(f"study_{number}") / f"series_{place}" / f"{self.counts[study, series]:06d}.dcm"


def deidentify(
    files: Iterable[Path],
    folder: str | Path,
    cleaner: Cleaner,
    progress: Progress = SILENT,
    *,
    geometry_files: Sequence[Path] = (),
    with_risks: bool = False,
) -> Export:
    """Write de-identified copies.

    Parameters
    ----------
    files : iterable of Path
        DICOM files.
    folder : path
        New or empty; its files appear all together at the end, or not at all.
    cleaner : Cleaner
        Made for this export.
    geometry_files : sequence of Path
        Geometry files beside projections; their notes are taken out, and they go beside the first series of their
        folder.
    with_risks : bool
        Write also what may show who the patient is in its pixels (`risks`).

    Raises
    ------
    BocageError
        When the folder is not empty or cannot be written, or nothing is left to write.
    """
    folder, wanted = Path(folder), list(files)
    if folder.is_dir() and any(folder.iterdir()):
        raise BocageError(said("{0}: is not empty. De-identified files go into a new folder.", folder.name))
    places, names, left = _Places(), list[Path](), list[LeftOut]()
    warnings: dict[str, None] = {}
    beside: dict[Path, Path] = {}
    with atomic_folder(folder) as temporary:
        for index, path in enumerate(wanted):
            progress.step(index / max(1, len(wanted)), said("De-identifying {0} of {1}", index + 1, len(wanted)))
            try:
                found = read_header(path)
            except BocageError as error:
                left.append(LeftOut(path, str(error)))
                continue
            told = risks(found.dataset)
            grave = next((risk for risk in told if risk.grave), None)
            if grave is not None and not with_risks:
                left.append(LeftOut(path, grave.sentence))
                continue
            warnings.update({risk.sentence: None for risk in told})
            name = places.of(found.dataset)
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            write_clean(found, temporary / name, cleaner)
            names.append(name)
            beside.setdefault(path.parent, name.parent)
        if not names:
            reason = left[0].reason if left else said("there were no files")
            raise BocageError(said("Nothing was written: {0}", reason))
        for path in geometry_files:
            if path.parent in beside:
                _copy_geometry(path, temporary / beside[path.parent] / f"views{GEOMETRY_SUFFIX}")
    progress.step(1.0, said("{0} files written", len(names)))
    return Export(folder, tuple(folder / name for name in names), tuple(left), tuple(warnings))


def write_clean(found: DicomFile, path: Path, cleaner: Cleaner) -> None:
    """Write one de-identified file; the pixels are copied from the file, overlay bits within them are cleared.

    Whatever follows the pixels (padding, signatures) is dropped.
    """
    import pydicom

    dataset = found.dataset
    mask = _overlay_mask(found)
    cleaner.clean(dataset)
    meta, old = FileMetaDataset(), dataset.file_meta
    deflated = found.syntax == DeflatedExplicitVRLittleEndian
    meta.TransferSyntaxUID = ExplicitVRLittleEndian if deflated else old.TransferSyntaxUID
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = dataset.SOPClassUID, dataset.SOPInstanceUID
    dataset.file_meta, dataset.preamble = meta, PREAMBLE
    with path.open("wb") as out:
        pydicom.dcmwrite(out, dataset, implicit_vr=None, enforce_file_format=True)
        if found.pixel_offset is not None:
            _copy_pixels(found, out, mask)


def _overlay_mask(found: DicomFile) -> int | None:
    """The bits of a pixel that are the image, when old overlays are kept in the others (PS3.5 8.1.2)."""
    dataset = found.dataset
    embedded = any(
        (int(tag) >> 16) & 0xFF00 == 0x6000 and int(tag) & 0xFFFF == 0x0102 and value(dataset, int(tag))
        for tag in list(dataset.keys())
    )
    allocated, stored = whole(dataset, "BitsAllocated") or 16, whole(dataset, "BitsStored") or 16
    if not embedded or stored >= allocated or allocated not in (8, 16, 32):
        return None
    if found.pixel_length == UNDEFINED:
        raise BocageError(
            said("{0}: overlays are hidden in its compressed pixels and cannot be removed.", found.path.name)
        )
    high = whole(dataset, "HighBit")
    shift = (high if high is not None else stored - 1) + 1 - stored
    return ((1 << stored) - 1) << max(0, shift)


def _copy_pixels(found: DicomFile, out: IO[bytes], mask: int | None) -> None:
    offset = found.pixel_offset or 0
    head = 8 if found.syntax == "1.2.840.10008.1.2" else 12
    start = offset - head
    if found.deflated is not None:
        length = found.pixel_length
        out.write(found.deflated[start:offset])
        out.write(_masked(found.deflated[offset : offset + length], mask, found))
        return
    with found.path.open("rb") as source:
        source.seek(start)
        out.write(source.read(head))
        if found.pixel_length == UNDEFINED:
            _copy_fragments(source, out, found)
            return
        left = found.pixel_length
        while left > 0:
            part = source.read(min(CHUNK, left))
            if not part:
                raise BocageError(said("{0}: truncated; its pixels are not all there.", found.path.name))
            out.write(_masked(part, mask, found))
            left -= len(part)


def _masked(part: bytes, mask: int | None, found: DicomFile) -> bytes:
    if mask is None:
        return part
    import numpy as np

    order = ">" if found.syntax == "1.2.840.10008.1.2.2" else "<"
    values = np.frombuffer(part, f"{order}u{(whole(found.dataset, 'BitsAllocated') or 16) // 8}")
    return bytes((values & values.dtype.type(mask)).tobytes())


def _copy_fragments(source: IO[bytes], out: IO[bytes], found: DicomFile) -> None:
    """Items up to and with the delimiter (PS3.5 A.4)."""
    while True:
        head = source.read(8)
        if len(head) < 8:
            raise BocageError(said("{0}: truncated; its compressed pixel data have no end.", found.path.name))
        out.write(head)
        if head[:4] == b"\xfe\xff\xdd\xe0":
            return
        left = int.from_bytes(head[4:], "little")
        while left > 0:
            part = source.read(min(CHUNK, left))
            if not part:
                raise BocageError(said("{0}: truncated; its compressed pixel data have no end.", found.path.name))
            out.write(part)
            left -= len(part)


def _copy_geometry(path: Path, target: Path) -> None:
    """A geometry file without its note, which is free text; numbers say nothing about a person."""
    from recon.geometry import Geometry

    try:
        replace(Geometry.load(path), note="").save(target)
    except (BocageError, OSError, ValueError, json.JSONDecodeError):
        return
