"""What is to be written: the reading, the pictures it is of, and what the reader wants kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from recon.regions import Statistics
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

if TYPE_CHECKING:
    from app.session.state import Picture, Reading


COPIED = ("StudyInstanceUID", "SeriesInstanceUID", "SOPClassUID", "SOPInstanceUID", "Modality", "FrameOfReferenceUID")
CLEANABLE = {
    "PatientID": "patient_id",
    "PatientName": "patient_name",
    "PatientBirthDate": "birth_date",
    "PatientSex": "sex",
    "AccessionNumber": "accession",
    "StudyID": "study_id",
    "StudyDate": "study_date",
    "StudyTime": "study_time",
    "ReferringPhysicianName": "referring_physician",
}
"""What must be there, if empty, and how it is cleaned (`app.dicom.write.texts`)."""


@dataclass(frozen=True)
class Look:
    """How a picture is looked at: what a presentation state keeps.

    Attributes
    ----------
    uid : str
        Of the picture.
    height_mm, thickness_mm : float or None
        Of the slice; None for radiographs.
    window : Window or LutWindow or None
    inverted : bool
        Whether larger values are darker.
    transform : ViewTransform
    extent_mm : (width, height)
        Of what is visible, as it lies on the screen.
    name : str
        Title for lists.
    id : str
        Of the key image; "" for a viewport.
    note : str
    mode : "SCALE TO FIT", "TRUE SIZE" or "MAGNIFY"
        How another station is to size it (PS3.3 C.10.4).
    magnification : float
        Screen pixels for a pixel of the image, for "MAGNIFY".
    """

    uid: str
    height_mm: float | None
    thickness_mm: float | None
    window: Window | LutWindow | None
    inverted: bool
    transform: ViewTransform
    extent_mm: tuple[float, float]
    name: str = ""
    id: str = ""
    note: str = ""
    mode: str = "SCALE TO FIT"
    magnification: float = 1.0


@dataclass(frozen=True, eq=False)
class Capture:
    """A picture of the screen.

    Attributes
    ----------
    pixels : ndarray of uint8, shape (rows, columns, 3)
    identified : bool
        Whether the patient's name or number can be read in it.
    uid : str
        Of the picture that it shows; "" for several.
    name : str
    """

    pixels: NDArray[np.uint8]
    identified: bool
    uid: str = ""
    name: str = ""


@dataclass(frozen=True, eq=False)
class Request:
    """What is written.

    Attributes
    ----------
    folder : Path
        Made if missing; its files appear all together.
    reading : Reading
    pictures : mapping of str to Picture
        Those of the study that are loaded.
    dicom : frozenset of str
        The UIDs of those that were loaded from DICOM files.
    statistics : mapping of str to Statistics
        Of pixels, by the id of the measurement.
    measurements : bool
        Write measurements and findings as a report.
    key_images : tuple of Look
    presentations : tuple of Look
        Of the viewports.
    captures : tuple of Capture
    final : bool
        The report is complete and verified by the reader; else partial and unverified.
    reader, institution : str
    """

    folder: Path
    reading: Reading
    pictures: Mapping[str, Picture]
    dicom: frozenset[str]
    statistics: Mapping[str, Statistics] = field(default_factory=lambda: MappingProxyType({}))
    measurements: bool = True
    key_images: tuple[Look, ...] = ()
    presentations: tuple[Look, ...] = ()
    captures: tuple[Capture, ...] = ()
    final: bool = False
    reader: str = ""
    institution: str = ""


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    folder : Path
    files : tuple of Path
    reports, key_objects, presentations, captures, slices : int
        Documents and images of each kind.
    measurements, findings : int
        In the report.
    notes : tuple of str
        What could not be written, and why.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    reports: int = 0
    key_objects: int = 0
    presentations: int = 0
    captures: int = 0
    slices: int = 0
    measurements: int = 0
    findings: int = 0
    notes: tuple[str, ...] = ()


def evidence_datasets(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Headers with just what documents take over from the images that they refer to, complete and in UTF-8.

    Real headers lack attributes that must be there (if empty), and say others in ways that may not be repeated.
    """
    from pydicom.dataset import Dataset

    from app.dicom.read.safe import text, value, whole
    from app.dicom.write.texts import CLEANED, plain_text

    found = {}
    for uid, header in headers.items():
        data = Dataset()
        data.SpecificCharacterSet = "ISO_IR 192"
        for keyword in COPIED:
            if text(header, keyword):
                setattr(data, keyword, text(header, keyword))
        for keyword, name in CLEANABLE.items():
            setattr(data, keyword, CLEANED[name](text(header, keyword)))
        for keyword in ("StudyDescription", "IssuerOfPatientID"):
            if text(header, keyword):
                setattr(data, keyword, plain_text(text(header, keyword), 64))
        data.Rows, data.Columns = whole(header, "Rows") or 1, whole(header, "Columns") or 1
        if value(header, "NumberOfFrames") is not None:
            data.NumberOfFrames = whole(header, "NumberOfFrames") or 1
        found[uid] = data
    return found
