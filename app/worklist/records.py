"""What the index keeps of one file: read from its header, refused with a sentence, or of no interest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recon.messages import Message, said

if TYPE_CHECKING:
    from app.dicom.read.model import Header

TAGS = (
    *("SpecificCharacterSet", "SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"),
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyDescription"),
    *("SeriesDescription", "InstitutionName", "AccessionNumber", "Modality", "BodyPartExamined", "Laterality"),
    *("ImageLaterality", "ViewPosition", "SeriesNumber", "Rows", "Columns", "NumberOfFrames", "SamplesPerPixel"),
    "BitsAllocated",
)


@dataclass(frozen=True)
class Record:
    """One object in a file.

    Attributes
    ----------
    uid, study, series : str
        SOP Instance UID, or the file's path where there is none; the keys of study and series as opening makes them.
    images : int
        Pictures in it: its frames, 0 for reports and the like.
    """

    uid: str
    study: str
    series: str
    series_number: int | None
    images: int
    header: Header


@dataclass(frozen=True)
class FileFound:
    """A file as it was on the disk, and what is in it.

    Attributes
    ----------
    record : Record or None
        None for files of no interest, and for those with a `problem`.
    problem : str
        Why it was refused; "" if it was not.
    """

    path: Path
    size: int
    mtime_ns: int
    inode: int
    record: Record | None = None
    problem: str = ""


def read_record(path: Path) -> Record | None:
    """Read a file's header; None for one that is no image, report or the like (other formats, a DICOMDIR).

    Raises
    ------
    ReadError
        With a sentence that names the file.
    """
    from app.dicom.read.classify import series_number
    from app.dicom.read.model import ReadError
    from app.dicom.read.safe import check_complete, is_dicom, is_directory, read_header, text, whole
    from app.dicom.read.scan import header_of

    try:
        if path.stat().st_size == 0:
            raise ReadError(said("{0}: the file is empty.", path.name))
        if not is_dicom(path):
            return None
        found = read_header(path, TAGS)
        if is_directory(found):
            return None
        check_complete(found)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(said("{0}: cannot be read ({1}).", path.name, reason)) from None
    dataset = found.dataset
    folder = f"folder:{path.parent.absolute()}"
    return Record(
        uid=text(dataset, "SOPInstanceUID") or f"file:{path.absolute()}",
        study=text(dataset, "StudyInstanceUID") or folder,
        series=text(dataset, "SeriesInstanceUID") or folder,
        series_number=series_number(dataset),
        images=max(1, whole(dataset, "NumberOfFrames") or 1) if whole(dataset, "Rows") else 0,
        header=header_of(dataset),
    )


def packed(sentence: object) -> str:
    """A sentence as JSON that keeps what it was made of."""
    if isinstance(sentence, Message):
        values = [value if isinstance(value, int | float) else packed(value) for value in sentence.values]
        return json.dumps([sentence.template, *values], ensure_ascii=False)
    return json.dumps(str(sentence), ensure_ascii=False)


def unpacked(kept: str) -> str:
    """The sentence that `packed` made this of."""
    found = json.loads(kept)
    if isinstance(found, list):
        return said(found[0], *(unpacked(value) if isinstance(value, str) else value for value in found[1:]))
    return str(found)
