"""What the projections' own images say: how to refer to them, whose they are, and how they were acquired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.dicom.write.facts import BREAST_VIEWS, Acquisition, SourceImage
from app.dicom.write.texts import plain_text, uid_text

Get = Callable[[str], Any]
_EQUIPMENT = (
    "Manufacturer",
    "ManufacturerModelName",
    "StationName",
    "DeviceSerialNumber",
    "SoftwareVersions",
    "InstitutionName",
    "AcquisitionDateTime",
    "ProtocolName",
    "AcquisitionProtocolName",
    "DetectorType",
    "DetectorID",
    "DateOfLastDetectorCalibration",
    "TimeOfLastDetectorCalibration",
    "DetectorElementSpacing",
    "Rows",
    "Columns",
    "BitsStored",
    "SeriesNumber",
)
_SWEEP = (
    "KVP",
    "DistanceSourceToDetector",
    "DistanceSourceToPatient",
    "EstimatedRadiographicMagnificationFactor",
    "FieldOfViewShape",
    "FieldOfViewDimensionsInFloat",
    "FieldOfViewOrigin",
    "FieldOfViewRotation",
    "FieldOfViewHorizontalFlip",
    "FilterType",
    "FilterMaterial",
    "FilterThicknessMinimum",
    "FilterThicknessMaximum",
    "Grid",
    "FocalSpots",
    "AnodeTargetMaterial",
    "BodyPartThickness",
    "CompressionForce",
    "PaddleDescription",
    "DetectorTemperature",
    "DetectorBinning",
    "ExposureControlMode",
    "ExposureControlModeDescription",
    "ExposureTimeInms",
    "ExposureInmAs",
    "XRayTubeCurrentInmA",
    "HalfValueLayer",
)
_VIEW = (
    "KVP",
    "RelativeXRayExposure",
    "PositionerPrimaryAngle",
    "PositionerSecondaryAngle",
    "ExposureTimeInms",
    "ExposureInmAs",
    "XRayTubeCurrentInmA",
    "FrameAcquisitionDuration",
    "IrradiationEventUID",
    "CollimatorShape",
    "CollimatorLeftVerticalEdge",
    "CollimatorRightVerticalEdge",
    "CollimatorUpperHorizontalEdge",
    "CollimatorLowerHorizontalEdge",
)
_MAX_VIEWS = 2000


@dataclass(frozen=True)
class Sources:
    """The projections of a reconstruction.

    Attributes
    ----------
    images : tuple of SourceImage
    frame_of_reference_uid : str
        "" if none or not one.
    acquisition : Acquisition or None
    facts : dict
        Of the study, by the names of `StudyFacts`, so that new series agree with the old ones.
    """

    images: tuple[SourceImage, ...] = ()
    frame_of_reference_uid: str = ""
    acquisition: Acquisition | None = None
    facts: dict[str, str] = field(default_factory=dict)


def read_sources(files: Iterable[Path]) -> Sources:
    """What the headers of DICOM projections say. Files that are not DICOM are left out."""
    from app.dicom.read.model import ReadError
    from app.dicom.read.safe import read_header

    headers = []
    for path in files:
        try:
            headers.append(read_header(path).dataset)
        except ReadError:
            continue
    if not headers:
        return Sources()
    images = tuple(
        SourceImage(
            uid_text(data.get("SOPClassUID")),
            uid_text(data.get("SOPInstanceUID")),
            uid_text(data.get("SeriesInstanceUID")),
            uid_text(data.get("StudyInstanceUID")),
        )
        for data in headers
    )
    frames = {uid_text(data.get("FrameOfReferenceUID")) for data in headers}
    return Sources(
        tuple(image for image in images if image.sop_class_uid and image.sop_instance_uid),
        frames.pop() if len(frames) == 1 else "",
        _acquisition(headers),
        _facts(headers[0]),
    )


def source_images(files: Iterable[Path]) -> tuple[tuple[SourceImage, ...], str]:
    """The references to DICOM images, and their frame of reference ("" if none or not one)."""
    found = read_sources(files)
    return found.images, found.frame_of_reference_uid


def _facts(data: Any) -> dict[str, str]:
    known = {
        "study_id": "StudyID",
        "referring_physician": "ReferringPhysicianName",
        "study_description": "StudyDescription",
        "study_date": "StudyDate",
        "study_time": "StudyTime",
        "patient_name": "PatientName",
        "patient_id": "PatientID",
        "birth_date": "PatientBirthDate",
        "accession": "AccessionNumber",
        "view_position": "ViewPosition",
        "laterality": "ImageLaterality",
        "implant": "BreastImplantPresent",
    }
    look = _looking(data, 0)
    facts = {name: str(look(keyword) or "") for name, keyword in known.items()}
    facts["laterality"] = facts["laterality"] or str(look("FrameLaterality") or "")
    if not facts["view_position"]:
        codes = {code: view for view, (code, _) in BREAST_VIEWS.items()}
        items = look("ViewCodeSequence") or []
        facts["view_position"] = codes.get(str(items[0].get("CodeValue", "")), "") if len(items) else ""
    if str(look("Modality") or "") == "MG":
        facts["body_part"] = "BREAST"
    return facts


def _acquisition(headers: Sequence[Any]) -> Acquisition:
    first = headers[0]
    frames = int(first.get("NumberOfFrames", 1) or 1) if len(headers) == 1 else 1
    places = [(first, frame) for frame in range(min(frames, _MAX_VIEWS))] if frames > 1 else [(d, 0) for d in headers]
    views = tuple(_known(_looking(data, frame), _VIEW) for data, frame in places)
    look = _looking(first, 0)
    sweep = _known(look, _SWEEP)
    for name in ("ExposureInmAs", "ExposureTimeInms"):  # of the sweep, not of its first view
        each = [view[name] for view in views if name in view]
        sweep.pop(name, None)
        if len(each) == len(views):
            sweep[name] = float(sum(float(value) for value in each))
    return Acquisition(sweep, views, _known(look, _EQUIPMENT))


def _known(look: Get, keywords: Iterable[str]) -> dict[str, Any]:
    found = {keyword: look(keyword) for keyword in keywords}
    return {
        keyword: plain_text(value, 64) if isinstance(value, str) and not keyword.endswith("UID") else value
        for keyword, value in found.items()
        if value is not None and value != "" and not (hasattr(value, "__len__") and len(value) == 0)
    }


def _looking(data: Any, frame: int) -> Get:
    """Look an element up in a frame's functional groups, in the shared ones, then in the data set."""
    places = []
    for sequence, index in (("PerFrameFunctionalGroupsSequence", frame), ("SharedFunctionalGroupsSequence", 0)):
        items = data.get(sequence) or []
        if len(items) > index:
            places += [group.value[0] for group in items[index] if group.VR == "SQ" and len(group.value or [])]
    places.append(data)

    def look(keyword: str) -> Any:
        for place in places:
            try:
                value = place.get(keyword)
            except Exception:  # a value that its representation forbids
                continue
            if value is not None and value != "":
                return value
        return None

    return look
