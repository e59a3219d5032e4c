"""What the three kinds of series share: the dataset's common modules, decimal strings, atomic folders."""

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

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian
from pydicom.valuerep import format_number_as_ds

from app.dicom.write.facts import ExposureFacts, StudyFacts
from recon.errors import BocageError, disk_reason
from recon.frame import PatientFrame
from recon.messages import said

DX_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1"
DX_FOR_PROCESSING = "1.2.840.10008.5.1.4.1.1.1.1.1"
NOT_FOR_DIAGNOSIS = "NOT FOR DIAGNOSIS"

# Body Part Examined to Anatomic Region (PS3.16 annex L), only those that need no laterality to be sensible.
_REGIONS = {
    "CHEST": ("51185008", "Thorax"),
    "ABDOMEN": ("818983003", "Abdomen"),
    "HEAD": ("69536005", "Head"),
    "SKULL": ("89546000", "Skull"),
    "NECK": ("45048000", "Neck"),
    "PELVIS": ("816092008", "Pelvis"),
    "HIP": ("29836001", "Hip"),
    "KNEE": ("72696002", "Knee"),
    "HAND": ("85562004", "Hand"),
    "WRIST": ("8205005", "Wrist"),
    "FOOT": ("56459004", "Foot"),
    "ANKLE": ("70258002", "Ankle joint"),
    "SHOULDER": ("16982005", "Shoulder"),
    "ELBOW": ("127949000", "Elbow"),
    "BREAST": ("76752008", "Breast"),
}
_VIEWS = {"PA": ("399348003", "postero-anterior"), "AP": ("399067008", "antero-posterior")}


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


def code(value: str, meaning: str, scheme: str = "SCT") -> Dataset:
    """A code sequence item."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


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
    series_uid: str,
    series_number: int,
    description: str,
    instance: int,
    created: datetime,
    frame: PatientFrame | None,
) -> Dataset:
    """A DX dataset with the patient, study, series, equipment, anatomy and common image attributes.

    `created` is the time of the whole series: its attributes may not differ between its images.
    """
    data = Dataset()
    for_processing = sop_class_uid == DX_FOR_PROCESSING
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID = sop_class_uid
    data.SOPInstanceUID = facts.uid("instance", series_uid, instance)
    data.InstanceCreationDate, data.InstanceCreationTime = created.strftime("%Y%m%d"), created.strftime("%H%M%S")
    data.StudyInstanceUID, data.SeriesInstanceUID = facts.study_uid, series_uid
    data.FrameOfReferenceUID, data.PositionReferenceIndicator = facts.frame_of_reference_uid, ""
    data.StudyDate, data.StudyTime = facts.study_date, facts.study_time
    data.SeriesDate, data.SeriesTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.ContentDate, data.ContentTime = data.InstanceCreationDate, data.InstanceCreationTime
    data.AccessionNumber, data.ReferringPhysicianName, data.StudyID = facts.accession, "", facts.study_id
    if facts.study_description:
        data.StudyDescription = facts.study_description
    data.PatientName, data.PatientID = facts.patient_name, facts.patient_id
    data.PatientBirthDate, data.PatientSex = facts.birth_date, facts.sex
    data.Modality, data.SeriesNumber, data.SeriesDescription = "DX", series_number, description[:64]
    data.PresentationIntentType = "FOR PROCESSING" if for_processing else "FOR PRESENTATION"
    data.Manufacturer, data.ManufacturerModelName = facts.manufacturer, facts.model
    if facts.institution:
        data.InstitutionName = facts.institution
    data.SoftwareVersions = f"Bocage {version()}"
    data.InstanceNumber = instance
    data.BurnedInAnnotation, data.LossyImageCompression = "NO", "00"
    if frame is not None:
        data.PatientOrientation = [frame.letters((1.0, 0.0, 0.0)), frame.letters((0.0, 1.0, 0.0))]
    else:
        # DX demands a value and knows no "unknown". Empty is the one breach of the standard made here: an invented
        # left and right could mislead a reader.
        data.PatientOrientation = ""
    if facts.body_part:
        data.BodyPartExamined = facts.body_part
    region = _REGIONS.get(facts.body_part.upper())
    data.AnatomicRegionSequence = [] if region is None else [code(*region)]
    data.ImageLaterality = facts.laterality
    if facts.view_position:
        data.ViewPosition = facts.view_position
    view = _VIEWS.get(facts.view_position)
    if view is not None:
        data.ViewCodeSequence = [code(*view)]
    data.AcquisitionContextSequence = []
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.PresentationLUTShape = "IDENTITY"
    return data


def add_pixels(data: Dataset, pixels: NDArray[np.uint16]) -> None:
    """The pixel module of one uint16 image."""
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = pixels.shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 16, 15, 0
    raw = np.ascontiguousarray(pixels, dtype="<u2").tobytes()
    data.add_new("PixelData", "OW", raw)


def add_detector(
    data: Dataset, spacing_mm: tuple[float, float], shape: tuple[int, int], *, element_mm: tuple[float, float] | None
) -> None:
    """The DX detector module. `spacing_mm`, `element_mm` are (between rows, between columns)."""
    data.ImagerPixelSpacing = ds_list(spacing_mm)
    data.DetectorType = ""
    data.FieldOfViewOrigin, data.FieldOfViewRotation, data.FieldOfViewHorizontalFlip = ["0", "0"], "0", "NO"
    if element_mm is not None:
        data.DetectorConfiguration = "AREA"
        data.DetectorElementSpacing = ds_list(element_mm)
        data.DetectorBinning = ["1", "1"]
        data.DetectorActiveShape = "RECTANGLE"
        data.DetectorActiveDimensions = ds_list((shape[0] * element_mm[0], shape[1] * element_mm[1]))
        data.DetectorActiveOrigin = ["0", "0"]


def add_exposure(data: Dataset, exposure: ExposureFacts | None, relative: float = 1.0) -> None:
    """The acquisition dose attributes that are known; `relative` scales the exposure."""
    if exposure is None:
        return
    if exposure.kvp is not None:
        data.KVP = ds(exposure.kvp)
    if exposure.tube_current_ma is not None:
        data.XRayTubeCurrent = round(exposure.tube_current_ma)
    if exposure.time_ms is not None:
        data.ExposureTime = round(exposure.time_ms)
    if exposure.mas is not None:
        mas = exposure.mas * relative
        if mas >= 1:
            data.Exposure = round(mas)
        data.ExposureInuAs = round(1000 * mas)


def save(data: Dataset, path: Path) -> None:
    """Write one file (explicit VR little endian)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = data.SOPClassUID
    meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = "2.25.215829417640961743066839310361528411905"
    meta.ImplementationVersionName = "BOCAGE_" + version()[:9]
    data.file_meta = meta
    data.save_as(path, enforce_file_format=True)


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
