"""What all written objects share: the dataset's common modules, decimal strings, files, atomic folders."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.valuerep import format_number_as_ds

from app.dicom.write.encoding import Encoding, write_pixels
from app.dicom.write.facts import StudyFacts
from app.dicom.write.texts import plain_text
from recon.errors import BocageError, disk_reason
from recon.messages import said

NOT_FOR_DIAGNOSIS = "NOT FOR DIAGNOSIS"
IMPLEMENTATION_CLASS_UID = "2.25.215829417640961743066839310361528411905"


@dataclass(frozen=True)
class WrittenSeries:
    """A series that was written.

    Attributes
    ----------
    folder : Path
    files : tuple of Path
        The DICOM files, in order.
    series_uid : str
    notes : tuple of str
        What the reader of these files must know (for example, that only the geometry file carries the geometry).
    """

    folder: Path
    files: tuple[Path, ...]
    series_uid: str
    notes: tuple[str, ...] = ()


def ds(value: float) -> str:
    """A decimal string of at most 16 characters, as precise as fits (PS3.5 6.2)."""
    return str(format_number_as_ds(float(value)))


def ds_list(values: Iterable[float]) -> list[str]:
    """Decimal strings."""
    return [ds(value) for value in values]


def item(**elements: Any) -> Dataset:
    """A sequence's item, by keywords; what is None is left out."""
    made = Dataset()
    for keyword, value in elements.items():
        if value is not None:
            setattr(made, keyword, value)
    return made


def code(value: str, meaning: str, scheme: str = "SCT") -> Dataset:
    """A code sequence item."""
    return item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


@cache
def version() -> str:
    """The program's version, for Software Versions."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("bocage")
    except PackageNotFoundError:
        return "0"


def base_dataset(
    facts: StudyFacts,
    *,
    sop_class_uid: str,
    modality: str,
    series_uid: str,
    series_number: int,
    description: str,
    instance: int,
    created: datetime,
) -> Dataset:
    """The patient, study, series, frame of reference, equipment and SOP common modules of any image.

    `created` is the time of the whole series: its attributes may not differ between its images.
    """
    data = Dataset()
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID = sop_class_uid
    data.SOPInstanceUID = facts.uid("instance", series_uid, instance)
    data.InstanceCreationDate, data.InstanceCreationTime = created.strftime("%Y%m%d"), created.strftime("%H%M%S")
    data.StudyInstanceUID, data.SeriesInstanceUID = facts.study_uid, series_uid
    data.FrameOfReferenceUID, data.PositionReferenceIndicator = facts.frame_of_reference_uid, ""
    data.StudyDate, data.StudyTime = facts.study_date, facts.study_time
    data.SeriesDate, data.SeriesTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.ContentDate, data.ContentTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.AccessionNumber, data.StudyID = facts.accession, facts.study_id
    data.ReferringPhysicianName = facts.referring_physician
    if facts.study_description:
        data.StudyDescription = facts.study_description
    data.PatientName, data.PatientID = facts.patient_name, facts.patient_id
    data.PatientBirthDate, data.PatientSex = facts.birth_date, facts.sex
    data.Modality, data.SeriesNumber, data.SeriesDescription = modality, series_number, plain_text(description, 64)
    data.Manufacturer, data.ManufacturerModelName = facts.manufacturer, facts.model
    # Enhanced objects may not leave the serial number out; a program has none of its own.
    data.DeviceSerialNumber = "software"
    if facts.institution:
        data.InstitutionName = facts.institution
    data.SoftwareVersions = f"Bocage {version()}"
    data.InstanceNumber = instance
    data.BurnedInAnnotation, data.LossyImageCompression = "NO", "00"
    if facts.body_part:
        data.BodyPartExamined = facts.body_part
    return data


def add_pixel_module(data: Dataset, shape: tuple[int, int]) -> None:
    """The image pixel module of uint16 images, without the pixels (see `write_object`)."""
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 16, 15, 0


def write_object(
    path: Path,
    data: Dataset,
    frames: Iterable[bytes],
    count: int = 1,
    encoding: Encoding = Encoding.NONE,
) -> None:
    """Write one object with its frames as `app.dicom.write.encoding.encoded` gives them, one by one."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = data.SOPClassUID
    meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    meta.TransferSyntaxUID = encoding.syntax
    meta.ImplementationClassUID = IMPLEMENTATION_CLASS_UID
    meta.ImplementationVersionName = "BOCAGE_" + version()[:9]
    data.file_meta = meta
    write_pixels(path, data, frames, count, encoding)


@contextmanager
def atomic_folder(folder: str | Path) -> Iterator[Path]:
    """A temporary folder whose files appear in `folder` together, when the block ends without an error.

    The temporary folder lies on the same file system, so that the final renames cannot fail half-way for lack of
    space: in `folder` itself where that exists (it may be a disk's top, such as a memory stick's), else beside it.
    """
    folder = Path(folder)
    try:
        if folder.exists() and not folder.is_dir():
            raise BocageError(
                said("{0}: is a file, but the images need a folder of this name. Choose another.", folder)
            )
        where = folder if folder.is_dir() else folder.parent
        where.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=where))
    except OSError as error:
        raise BocageError(
            said("{0}: the folder cannot be written ({1}). Choose another.", folder, disk_reason(error))
        ) from None
    try:
        yield temporary
        folder.mkdir(exist_ok=True)
        for path in sorted(temporary.iterdir()):
            os.replace(path, folder / path.name)
    except OSError as error:
        raise BocageError(
            said("{0}: writing failed ({1}). Choose another folder.", folder, disk_reason(error))
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
