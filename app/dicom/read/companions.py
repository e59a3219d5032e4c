"""Objects of the same examination that tell how projections were acquired: dose reports, breast tomosynthesis images.

They arrive in series of their own, so they are looked for in the whole study. What they say is kept in small frozen
values; nothing of the patient is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.dicom.read.model import ReadError
from app.dicom.read.safe import DicomFile, item, items, number, read_header, text, words
from app.dicom.read.views import attribute

DOSE_REPORT = "1.2.840.10008.5.1.4.1.1.88.67"
BREAST_TOMOSYNTHESIS = "1.2.840.10008.5.1.4.1.1.13.1.3"
XRAY_3D = ("1.2.840.10008.5.1.4.1.1.13.1.1", "1.2.840.10008.5.1.4.1.1.13.1.2")
CLASSES = (DOSE_REPORT, BREAST_TOMOSYNTHESIS, *XRAY_3D)
MAX_ITEMS = 100_000
MAX_DEPTH = 24
SAME_DEG = 0.1
"""Sweeps of one kind differ by the encoder's noise."""
ROTATIONAL = ("113613",)
"""Codes of Irradiation Event Type (DCM, CID 10002) that mean a sweep: Rotational Acquisition."""
_LENGTHS = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_NUMBERS = {
    "112011": "start_deg",
    "113739": "end_deg",
    "113768": "pulses",
    "113750": "source_to_detector_mm",
    "113748": "source_to_isocentre_mm",
}
"""DCM codes of TID 10003: Positioner Primary Angle, … End Angle, Number of Pulses, Distance Source to Detector,
Distance Source to Isocenter."""


@dataclass(frozen=True)
class DoseEvent:
    """One irradiation event of a dose report (PS3.16 TID 10003).

    Attributes
    ----------
    uid : str
        Irradiation Event UID.
    rotational : bool
        Its type is Rotational Acquisition, or it has an end angle.
    pulses : int
        0 when unknown.
    """

    uid: str = ""
    rotational: bool = False
    start_deg: float | None = None
    end_deg: float | None = None
    pulses: int = 0
    source_to_detector_mm: float | None = None
    source_to_isocentre_mm: float | None = None

    def agrees(self, other: DoseEvent) -> bool:
        """Whether both tell of the same sweep, as far as they tell."""
        pairs = (
            (self.start_deg, other.start_deg, SAME_DEG),
            (self.end_deg, other.end_deg, SAME_DEG),
            (self.source_to_detector_mm, other.source_to_detector_mm, 1.0),
            (self.source_to_isocentre_mm, other.source_to_isocentre_mm, 1.0),
        )
        return all((a is None) == (b is None) and abs((a or 0.0) - (b or 0.0)) <= near for a, b, near in pairs)


@dataclass(frozen=True)
class BreastAcquisition:
    """What a reconstructed object says of the projections that it was made of (X-Ray 3D Acquisition Sequence).

    Attributes
    ----------
    angles_deg : tuple of float
        Positioner Primary Angle of each projection, as listed.
    references : tuple of str
        SOP Instance UIDs of its source images, as listed.
    view : (laterality, view position code)
    """

    angles_deg: tuple[float, ...] = ()
    references: tuple[str, ...] = ()
    frame_of_reference: str = ""
    view: tuple[str, str] = ("", "")
    source_to_detector_mm: float | None = None
    source_to_isocentre_mm: float | None = None


@dataclass(frozen=True)
class Companions:
    """The acquisition facts of one study's companions."""

    events: tuple[DoseEvent, ...] = ()
    breast: tuple[BreastAcquisition, ...] = field(default=())

    def event_for(self, datasets: Sequence[Any], count: int) -> DoseEvent | None:
        """The event that made these projections: by its UID, else the study's only sweep, or one of equal ones."""
        wanted = {uid for dataset in datasets for uid in _event_uids(dataset)}
        named = [event for event in self.events if event.uid and event.uid in wanted]
        if named:
            return named[0] if len({event.uid for event in named}) == 1 else None
        sweeps = [event for event in self.events if event.rotational]
        if not sweeps or any(event.pulses not in (0, count) or not event.agrees(sweeps[0]) for event in sweeps):
            return None
        return sweeps[0]

    def breast_for(self, datasets: Sequence[Any], count: int) -> BreastAcquisition | None:
        """The reconstructed object that was made of these projections, with an angle for each of them."""
        fitting = [found for found in self.breast if len(found.angles_deg) == count]
        instances = {text(dataset, "SOPInstanceUID") for dataset in datasets}
        referring = [found for found in fitting if instances & set(found.references)]
        if referring:
            return referring[0] if _agree(referring) else None
        first = datasets[0]
        frame = text(first, "FrameOfReferenceUID")
        same = [found for found in fitting if frame and found.frame_of_reference == frame]
        if not same:
            view = view_of(first)
            same = [found for found in fitting if found.view == view and any(view)]
        same = same or (fitting if len(self.breast) == 1 else [])
        # Angles that are not known to belong to one view must not come from one of several.
        return same[0] if same and _agree(same) else None

    def breast_angles(self, found: BreastAcquisition, datasets: Sequence[Any]) -> tuple[float, ...]:
        """Its angles in the order of these single images, where it refers to each of them; else as listed."""
        by_image = dict(zip(found.references, found.angles_deg, strict=False))
        names = [text(dataset, "SOPInstanceUID") for dataset in datasets]
        if len(found.references) == len(found.angles_deg) == len(names) and set(names) == set(by_image):
            return tuple(by_image[name] for name in names)
        return found.angles_deg


def _agree(found: Sequence[BreastAcquisition]) -> bool:
    return len({each.angles_deg for each in found}) == 1


def _event_uids(dataset: Any) -> Iterator[str]:
    yield from words(dataset, "IrradiationEventUID")
    for sequence in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
        for group in items(dataset, sequence):
            yield from words(item(group, "IrradiationEventIdentificationSequence"), "IrradiationEventUID")


def view_of(dataset: Any) -> tuple[str, str]:
    """Laterality and view of a breast image: "L", "CC" or the code of the view."""
    anatomy = item(item(dataset, "SharedFunctionalGroupsSequence"), "FrameAnatomySequence")
    laterality = text(anatomy, "FrameLaterality") or text(dataset, "ImageLaterality") or text(dataset, "Laterality")
    code = text(item(dataset, "ViewCodeSequence"), "CodeValue")
    position = text(dataset, "ViewPosition").upper()
    return laterality, {"399162004": "CC", "R-10242": "CC", "399368009": "MLO", "R-10226": "MLO"}.get(code, "") or (
        code or position
    )


def read_companions(files: Iterable[DicomFile]) -> Companions:
    """What whole headers of dose reports and reconstructed objects say; anything else among them is passed over."""
    events: list[DoseEvent] = []
    breast: list[BreastAcquisition] = []
    for found in files:
        kind = text(found.dataset, "SOPClassUID")
        if kind == DOSE_REPORT:
            events += dose_events(found.dataset)
        elif kind in CLASSES:
            acquisition = breast_acquisition(found.dataset)
            if acquisition is not None:
                breast.append(acquisition)
    return Companions(tuple(dict.fromkeys(events)), tuple(dict.fromkeys(breast)))


def companions_in(paths: Iterable[Path]) -> Companions:
    """The same for files; what cannot be read is passed over, for the scan has told of it."""
    headers = []
    for path in paths:
        with contextlib.suppress(ReadError):
            headers.append(read_header(path))
    return read_companions(headers)


# -- dose reports ------------------------------------------------------------------------------------------------------


def dose_events(report: Any) -> list[DoseEvent]:
    """The irradiation events of an X-Ray Radiation Dose SR (containers with code 113706, DCM)."""
    return [_event(container) for container in _containers(report)]


def _containers(report: Any) -> Iterator[Any]:
    waiting, seen = [(report, 0)], 0
    while waiting and seen < MAX_ITEMS:
        node, depth = waiting.pop()
        seen += 1
        if _code(node, "ConceptNameCodeSequence") == "113706":
            yield node
        elif depth < MAX_DEPTH:
            waiting += [(inner, depth + 1) for inner in reversed(items(node, "ContentSequence"))]


def _event(container: Any) -> DoseEvent:
    facts: dict[str, Any] = {}
    rotational = False
    for node in _below(container):
        code = _code(node, "ConceptNameCodeSequence")
        if code == "113769" and not facts.get("uid"):
            facts["uid"] = text(node, "UID")
        elif code == "113721":
            rotational = _code(node, "ConceptCodeSequence") in ROTATIONAL
        elif code in _NUMBERS and _NUMBERS[code] not in facts:
            value = _measured(node, length=_NUMBERS[code].endswith("_mm"))
            if value is not None:
                facts[_NUMBERS[code]] = value
    pulses = facts.pop("pulses", 0.0)
    start, end = facts.get("start_deg"), facts.get("end_deg")
    swept = start is not None and end is not None and abs(end - start) > 0.5
    return DoseEvent(rotational=rotational or swept, pulses=int(pulses) if 0 < pulses < 1e6 else 0, **facts)


def _below(container: Any) -> Iterator[Any]:
    waiting, seen = [(inner, 1) for inner in reversed(items(container, "ContentSequence"))], 0
    while waiting and seen < MAX_ITEMS:
        node, depth = waiting.pop()
        seen += 1
        yield node
        if depth < MAX_DEPTH:
            waiting += [(inner, depth + 1) for inner in reversed(items(node, "ContentSequence"))]


def _code(node: Any, sequence: str) -> str:
    return text(item(node, sequence), "CodeValue")


def _measured(node: Any, *, length: bool) -> float | None:
    """The number of a NUM item, lengths in mm; None without one or in a unit that is not understood."""
    measured = item(node, "MeasuredValueSequence")
    value = number(measured, "NumericValue")
    if value is None or not length:
        return value
    scale = _LENGTHS.get(_code(measured, "MeasurementUnitsCodeSequence"))
    return None if scale is None or value <= 0 else value * scale


# -- reconstructed objects ---------------------------------------------------------------------------------------------


def breast_acquisition(dataset: Any) -> BreastAcquisition | None:
    """The acquisition of a Breast Tomosynthesis (or X-Ray 3D) object; None when it lists no projections."""
    acquisition = item(dataset, "XRay3DAcquisitionSequence")
    projections = items(acquisition, "PerProjectionAcquisitionSequence")
    angles = [number(each, "PositionerPrimaryAngle", -360.0, 360.0) for each in projections]
    if not angles or any(angle is None for angle in angles):
        return None
    references = [text(each, "ReferencedSOPInstanceUID") for each in items(acquisition, "SourceImageSequence")]
    if not references:
        references = [
            text(each, "ReferencedSOPInstanceUID")
            for source in items(dataset, "ContributingSourcesSequence")
            for each in items(source, "ContributingSOPInstancesReferenceSequence")
        ]
    return BreastAcquisition(
        tuple(angle for angle in angles if angle is not None),
        tuple(references),
        text(dataset, "FrameOfReferenceUID"),
        view_of(dataset),
        number(acquisition, "DistanceSourceToDetector", 1.0, 1e5),
        number(acquisition, "DistanceSourceToIsocenter", 1.0, 1e5),
    )


BREAST_WHERE = attribute("PerProjectionAcquisitionSequence")
EVENT_WHERE = "Positioner Primary Angle (112011, DCM)"
