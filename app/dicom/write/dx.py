"""Digital X-Ray images: the modules that projections, radiographs and slices share (PS3.3 A.26)."""

from __future__ import annotations

from datetime import datetime

from pydicom.dataset import Dataset

from app.dicom.write import anatomy, series
from app.dicom.write.facts import ExposureFacts, StudyFacts
from app.dicom.write.series import ds, ds_list
from recon.frame import PatientFrame

FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1"
FOR_PROCESSING = "1.2.840.10008.5.1.4.1.1.1.1.1"


def dx_dataset(
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
    """A DX dataset with the patient, study, series, equipment, anatomy and common image attributes."""
    data = series.base_dataset(
        facts,
        sop_class_uid=sop_class_uid,
        modality="DX",
        series_uid=series_uid,
        series_number=series_number,
        description=description,
        instance=instance,
        created=created,
    )
    data.PresentationIntentType = "FOR PROCESSING" if sop_class_uid == FOR_PROCESSING else "FOR PRESENTATION"
    if frame is not None:
        data.PatientOrientation = orientation_letters(frame)
    else:
        # DX demands a value and knows no "unknown". Empty is the one breach of the standard made here: an invented
        # left and right could mislead a reader.
        data.PatientOrientation = ""
    found = anatomy.region(facts)
    data.AnatomicRegionSequence = [] if found is None else [found]
    data.ImageLaterality = facts.laterality
    if facts.view_position:
        data.ViewPosition = facts.view_position
    view = anatomy.view(facts)
    if view is not None:
        data.ViewCodeSequence = [view]
    data.AcquisitionContextSequence = []
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.PresentationLUTShape = "IDENTITY"
    return data


def orientation_letters(frame: PatientFrame) -> list[str]:
    """Patient Orientation: the directions of the rows and of the columns."""
    return [frame.letters((1.0, 0.0, 0.0)), frame.letters((0.0, 1.0, 0.0))]


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
