"""Headers of acquisitions without pixels, as devices write them: numbers, no code of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fixtures_dicom import BREAST_TOMOSYNTHESIS, MG, XA, ds, item, uid
from pydicom.dataset import Dataset

DOSE_REPORT = "1.2.840.10008.5.1.4.1.1.88.67"
RT_IMAGE = "1.2.840.10008.5.1.4.1.1.481.1"


def header(sop: str, modality: str, rows: int, columns: int, instance: int = 1, **elements: Any) -> Dataset:
    """A header without pixels; elements with the value None are left out."""
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = sop, uid("acquisition", sop, instance)
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("acquisition"), uid("acquisition", sop)
    data.Modality, data.InstanceNumber, data.Rows, data.Columns = modality, instance, rows, columns
    for keyword, value in elements.items():
        if value is not None:
            setattr(data, keyword, value)
    return data


def single_frames(
    sop: str, modality: str, shape: tuple[int, int], per_view: Sequence[dict[str, Any]], **shared: Any
) -> list[Dataset]:
    """One header for each view."""
    return [
        header(sop, modality, *shape, instance, **{**shared, **own}) for instance, own in enumerate(per_view, start=1)
    ]


def mammograms(
    angles: Sequence[float], keyword: str, shape: tuple[int, int] = (24, 32), **shared: Any
) -> list[Dataset]:
    """Digital mammography images, one for each tube angle."""
    facts: dict[str, Any] = {
        "DistanceSourceToDetector": "650",
        "DistanceSourceToIsocenter": 600.0,
        "DetectorElementSpacing": [0.1, 0.1],
        "PatientOrientation": ["P", "R"],
    }
    facts.update(shared)
    return single_frames(MG, "MG", shape, [{keyword: ds(angle)} for angle in angles], **facts)


def xa(
    frames: int, start: float, increments: Sequence[float], shape: tuple[int, int] = (24, 32), **more: Any
) -> Dataset:
    """A multi-frame XA header with positioner angle increments."""
    facts: dict[str, Any] = {
        "NumberOfFrames": frames,
        "PositionerType": "CARM",
        "PositionerMotion": "DYNAMIC",
        "PositionerPrimaryAngle": ds(start),
        "PositionerSecondaryAngle": "0",
        "PositionerPrimaryAngleIncrement": [ds(step) for step in increments],
        "DistanceSourceToDetector": "1200",
        "DistanceSourceToIsocenter": 750.0,
        "ImagerPixelSpacing": [0.4, 0.4],
    }
    facts.update(more)
    return header(XA, "XA", *shape, **facts)


def breast_frames(
    sop: str,
    per_frame: Sequence[dict[str, Any]],
    *,
    shape: tuple[int, int],
    source_to_detector: float,
    source_to_isocentre: float,
    field: dict[str, Any] | None = None,
    **elements: Any,
) -> Dataset:
    """A Breast Projection header; `per_frame` holds the items of the isocentre reference system."""
    data = header(sop, "MG", *shape, NumberOfFrames=len(per_frame), **elements)
    shared = item(
        FramePixelDataPropertiesSequence=[item(ImagerPixelSpacing=[0.1, 0.1])],
        XRayGeometrySequence=[
            item(DistanceSourceToDetector=ds(source_to_detector), DistanceSourceToIsocenter=float(source_to_isocentre))
        ],
    )
    if field:
        shared.FieldOfViewSequence = [item(**field)]
    data.SharedFunctionalGroupsSequence = [shared]
    data.PerFrameFunctionalGroupsSequence = [item(IsocenterReferenceSystemSequence=[item(**own)]) for own in per_frame]
    return data


def _code(value: str, scheme: str = "DCM") -> Dataset:
    return item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=value)


def number_item(code: str, value: float, unit: str) -> Dataset:
    """A NUM content item."""
    return item(
        ValueType="NUM",
        ConceptNameCodeSequence=[_code(code)],
        MeasuredValueSequence=[item(NumericValue=ds(value), MeasurementUnitsCodeSequence=[_code(unit, "UCUM")])],
    )


def dose_event(
    event: str,
    *,
    rotational: bool = True,
    start: float | None = None,
    end: float | None = None,
    pulses: int | None = None,
    distances: dict[str, float] | None = None,
    unit: str = "mm",
) -> Dataset:
    """An Irradiation Event X-Ray Data container (TID 10003), its numbers one level deeper, as in real ones."""
    inner = []
    for code, value, of in (("112011", start, "deg"), ("113739", end, "deg"), ("113768", pulses, "1")):
        if value is not None:
            inner.append(number_item(code, value, of))
    inner += [number_item(code, value, unit) for code, value in (distances or {}).items()]
    return item(
        ValueType="CONTAINER",
        ConceptNameCodeSequence=[_code("113706")],
        ContentSequence=[
            item(ValueType="UIDREF", ConceptNameCodeSequence=[_code("113769")], UID=event),
            item(
                ValueType="CODE",
                ConceptNameCodeSequence=[_code("113721")],
                ConceptCodeSequence=[_code("113613" if rotational else "113611")],
            ),
            item(ValueType="CONTAINER", ConceptNameCodeSequence=[_code("113705")], ContentSequence=inner),
        ],
    )


def dose_report(events: Sequence[Dataset]) -> Dataset:
    """An X-Ray Radiation Dose SR."""
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = DOSE_REPORT, uid("acquisition", "report")
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("acquisition"), uid("acquisition", "report series")
    data.Modality, data.ValueType = "SR", "CONTAINER"
    data.ConceptNameCodeSequence = [_code("113701")]
    data.ContentSequence = list(events)
    return data


def breast_object(
    angles: Sequence[float], references: Sequence[str] = (), frame: str = "", sop: str = BREAST_TOMOSYNTHESIS
) -> Dataset:
    """A Breast Tomosynthesis header that lists the angles of its projections."""
    data = header(sop, "MG", 24, 32, NumberOfFrames=3, FrameOfReferenceUID=frame or None)
    acquisition = item(
        DistanceSourceToDetector="660",
        PerProjectionAcquisitionSequence=[item(PositionerPrimaryAngle=ds(angle)) for angle in angles],
    )
    if references:
        acquisition.SourceImageSequence = [item(ReferencedSOPInstanceUID=each) for each in references]
    data.XRay3DAcquisitionSequence = [acquisition]
    return data
