"""What evidence objects share: patient, study, series and equipment, and how they are written. No highdicom."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.multival import MultiValue
from pydicom.uid import ExplicitVRLittleEndian

from app.dicom.evidence import concepts
from app.dicom.write.series import IMPLEMENTATION_CLASS_UID, version
from app.dicom.write.texts import person_name, plain_text

TEXTS = ("PN", "LO", "SH", "LT", "ST", "UC", "UT")
"""Value representations whose text the character set is for."""


def person(name: str) -> str:
    """A reader's name as DICOM writes it: the last word is the family name, unless it is written so already.

    A single word ends in a caret: without one it is taken for a mistake, and highdicom prints a warning with the name.
    """
    clean = person_name(name)
    words = clean.split()
    return clean if "^" in clean or not words else f"{words[-1]}^{' '.join(words[:-1])}"


def document(
    source: Dataset,
    sop_class: str,
    modality: str,
    instance_uid: str,
    series_uid: str,
    numbers: tuple[int, int],
    description: str,
    institution: str = "",
) -> Dataset:
    """The patient, study, series, equipment and common modules of an object beside an image.

    Parameters
    ----------
    source : Dataset
        What is taken over (`evidence_datasets`).
    numbers : (series number, instance number)
    """
    now = datetime.now().astimezone()
    data = Dataset()
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID, data.SOPInstanceUID = sop_class, instance_uid
    data.InstanceCreationDate, data.InstanceCreationTime = now.strftime("%Y%m%d"), now.strftime("%H%M%S")
    for keyword in (
        *("PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "StudyInstanceUID"),
        *("StudyDate", "StudyTime", "StudyID", "AccessionNumber", "ReferringPhysicianName", "StudyDescription"),
    ):
        if keyword in source:
            setattr(data, keyword, source[keyword].value)
    data.Modality, data.SeriesInstanceUID, data.SeriesNumber = modality, series_uid, numbers[0]
    data.SeriesDescription, data.InstanceNumber = plain_text(description, 64), numbers[1]
    add_common(data)
    if institution:
        data.InstitutionName = plain_text(institution, 64)
    return data


def add_common(data: Dataset) -> None:
    """Equipment, and the one attribute of the series that every validator misses where no body side is known."""
    data.Manufacturer, data.ManufacturerModelName = concepts.MANUFACTURER, "Bocage"
    data.SoftwareVersions = f"Bocage {version()}"
    data.Laterality = ""


def character_set(data: Dataset) -> str:
    """ISO_IR 100 (Latin-1) where it holds every text, as more stations know it; else ISO_IR 192 (UTF-8)."""
    for element in data.iterall():
        if element.VR in TEXTS:
            values = element.value if isinstance(element.value, list | MultiValue) else [element.value]
            if not all(_is_latin(str(each)) for each in values if each is not None):
                return "ISO_IR 192"
    return "ISO_IR 100"


def _is_latin(text: str) -> bool:
    # The controls between the two halves of Latin-1 are no letters.
    return all(ord(letter) < 0x80 or 0xA0 <= ord(letter) <= 0xFF for letter in text)


def save(path: Path, data: Dataset) -> None:
    """Write one document (explicit VR little endian)."""
    data.SpecificCharacterSet = character_set(data)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = data.SOPClassUID
    meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = IMPLEMENTATION_CLASS_UID
    meta.ImplementationVersionName = "BOCAGE_" + version()[:9]
    data.file_meta = meta
    data.save_as(path, enforce_file_format=True)
