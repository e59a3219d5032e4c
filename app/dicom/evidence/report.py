"""Measurements and findings as a Comprehensive 3D SR document after TID 1500 (PS3.16).

Each measurement is a group with its tracking identifier. Regions and points are planar regions of interest (TID 1410);
lines and angles are groups (TID 1501) whose numbers are inferred from their lines (TID 320). What lies on a stored
image is written in its pixels (SCOORD), anything else in patient coordinates (SCOORD3D). Every number of a length or
an area says what it is true for as its measurement method, and its uncertainty of about 95 % in its own unit (TID 310).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset
from pydicom.sr.coding import Code as SrCode

from app.dicom.evidence import concepts
from app.dicom.evidence.concepts import Code
from app.dicom.evidence.document import add_common, person
from app.dicom.evidence.places import Places, Plane
from app.dicom.evidence.request import Request, evidence_datasets
from app.dicom.evidence.shapes import Part, is_region, parts
from app.reading.calibration import Calibration
from app.reading.findings import Finding
from app.reading.scale import picture_scale
from app.session.state import Picture
from recon.errors import BocageError
from recon.messages import said
from widgets.measurements import MARKER, Measurement, Scale, columns
from widgets.measurements.spec import Value

CONTAINS = hd.sr.RelationshipTypeValues.CONTAINS
HAS_OBSERVATION_CONTEXT = hd.sr.RelationshipTypeValues.HAS_OBS_CONTEXT
HAS_PROPERTIES = hd.sr.RelationshipTypeValues.HAS_PROPERTIES


class _Outside(BocageError):
    """Points that have no place in a stored image and none in the patient."""


@dataclass(frozen=True)
class Counted:
    """A document, and what is in it."""

    data: Dataset
    measurements: int
    findings: int
    notes: tuple[str, ...]


def concept(code: Code) -> Any:
    """A coded concept; meanings have 64 characters at most."""
    return hd.sr.CodedConcept(code[0][:16], code[1], code[2][:64])


def report(
    request: Request, places: Mapping[str, Places], series_uid: str, instance_uid: str, number: int
) -> Counted | None:
    """The document, or None when there is nothing to say.

    Parameters
    ----------
    places : mapping of str to Places
        Where each picture is stored, by its UID.
    """
    maker = _Groups(request, places)
    groups = list(maker.all())
    if not groups and not request.reading.impression.strip():
        return None
    # Stored images of the pictures that are referred to; all of them, so that a computed slice names its projections.
    used = [places[uid] for uid in maker.used or list(places)[:1]]
    evidence = [data for place in used for data in evidence_datasets(place.headers).values()]
    content = hd.sr.MeasurementReport(
        observation_context=observation_context(request),
        procedure_reported=concept(
            concepts.TOMOSYNTHESIS if any(request.pictures[place.uid].is_live for place in used) else concepts.PROCEDURE
        ),
        imaging_measurements=groups or None,
        title=concept(("126000", "DCM", "Imaging Measurement Report")),
        language_of_content_item_and_descendants=hd.sr.LanguageOfContentItemAndDescendants(
            SrCode("en", "RFC5646", "English")
        ),
    )
    if request.reading.impression.strip():
        content[0].ContentSequence.append(_text(concepts.IMPRESSION, request.reading.impression.strip()))
    data = hd.sr.Comprehensive3DSR(
        evidence=_once(evidence),
        content=content,
        series_instance_uid=series_uid,
        series_number=number,
        sop_instance_uid=instance_uid,
        instance_number=1,
        manufacturer=concepts.MANUFACTURER,
        is_complete=request.final,
        is_final=request.final,
        is_verified=request.final,
        institution_name=request.institution or None,
        verifying_observer_name=person(request.reader) if request.final else None,
        verifying_organization=request.institution if request.final else None,
        series_description="Measurements and findings",
    )
    add_common(data)
    add_scheme(data)
    return Counted(data, maker.measurements, maker.findings, tuple(maker.notes))


def add_scheme(data: Dataset) -> None:
    """Name the program's own coding scheme (PS3.3 C.12.1.1.7.1)."""
    item = Dataset()
    item.CodingSchemeDesignator = concepts.OWN
    item.CodingSchemeName = "Bocage annotations"
    item.CodingSchemeResponsibleOrganization = "Bocage"
    data.CodingSchemeIdentificationSequence = [item]


def observation_context(request: Request) -> Any:
    """Who observed: the reader if named, and the program."""
    device = hd.sr.ObserverContext(
        hd.sr.CodedConcept("121007", "DCM", "Device"),
        hd.sr.DeviceObserverIdentifyingAttributes(
            uid=concepts.uid_of("device"), name="Bocage", manufacturer_name="Bocage", model_name="Bocage"
        ),
    )
    if not request.reader.strip():
        return hd.sr.ObservationContext(observer_device_context=device)
    reader = hd.sr.ObserverContext(
        hd.sr.CodedConcept("121006", "DCM", "Person"),
        hd.sr.PersonObserverIdentifyingAttributes(
            name=person(request.reader), organization_name=request.institution[:64] or None
        ),
    )
    return hd.sr.ObservationContext(observer_person_context=reader, observer_device_context=device)


def _once(datasets: Sequence[Dataset]) -> list[Dataset]:
    return list({data.SOPInstanceUID: data for data in datasets}.values())


def _text(code: Code, value: str, relation: Any = CONTAINS) -> Any:
    return hd.sr.TextContentItem(concept(code), value, relation)


class _Groups:
    """Makes the groups of a document, and counts."""

    def __init__(self, request: Request, places: Mapping[str, Places]) -> None:
        self._request, self._places = request, places
        self.measurements = self.findings = 0
        self.used: list[str] = []
        self.notes: list[str] = []

    def all(self) -> Iterator[Any]:
        """Groups of measurements, then of findings."""
        reading = self._request.reading
        for uid, state in reading.series.items():
            picture = self._request.pictures.get(uid)
            items = state.measurements
            if not items and state.calibration is None:
                continue
            if uid not in self._places or picture is None:
                self.notes.append(_left_out(len(items), picture))
                continue
            self._use(uid)
            for item in items:
                group = self._measurement(picture, item, picture_scale(picture, state, item.height_mm or 0.0))
                if group is not None:
                    self.measurements += 1
                    yield group
            if state.calibration is not None:
                marker = self._marker(picture, state.calibration)
                if marker is not None:
                    yield marker
        for finding in reading.findings:
            picture = self._request.pictures.get(finding.uid)
            if finding.uid in self._places and picture is not None:
                self._use(finding.uid)
                self.findings += 1
                yield self._finding(picture, finding)
            else:
                self.notes.append(said("A finding is left out: its picture is not loaded, or not from DICOM images."))

    def _use(self, uid: str) -> None:
        if uid not in self.used:
            self.used.append(uid)

    # -- measurements ----------------------------------------------------------------------------------------------

    def _measurement(self, picture: Picture, item: Measurement, scale: Scale) -> Any | None:
        place = self._places[picture.uid]
        statistics = self._request.statistics.get(item.id)
        values = columns(item, scale, statistics)
        title = item.label or f"{item.spec.title} {self.measurements + 1}"
        try:
            group = self._group(place, item, values, scale, title)
        except _Outside:
            self.notes.append(
                said(
                    "A {0} is left out: it reaches beyond the stored image, and nothing says where that lies.",
                    said(item.spec.noun),
                )
            )
            return None
        extra = group[0].ContentSequence
        self._say_picture(extra, picture, item.height_mm)
        if item.label:
            extra.append(_text(concepts.LABEL, item.label))
        if item.note:
            extra.append(_text(concepts.COMMENT, item.note))
        return group

    def _group(self, place: Places, item: Measurement, values: Sequence[Value], scale: Scale, title: str) -> Any:
        drawn = parts(item)
        plane = None if item.heights_mm else place.at(item.height_mm)
        if plane is not None and not all(plane.holds(part.points_mm) for part in drawn):
            plane = None
        if plane is None and not self._has_space(place, item):
            raise _Outside(said("The points lie outside of the image."))
        tool = hd.sr.QualitativeEvaluation(concept(concepts.TOOL), concept(concepts.kind_code(item.kind)))
        common: dict[str, Any] = {
            "tracking_identifier": hd.sr.TrackingIdentifier(concepts.uid_of(item.id), title[:64]),
            "qualitative_evaluations": [tool],
        }
        if is_region(item.kind):
            return hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
                referenced_region=_region(drawn[0], plane, place, item.height_mm),
                measurements=[_number(value, scale) for value in values if math.isfinite(value.value)] or None,
                **common,
            )
        numbers, written = [], set()
        for value in _in_order(values, drawn):
            if not math.isfinite(value.value):
                continue
            own = [index for index, part in enumerate(drawn) if value.name in part.values]
            written.update(own)
            coordinates = [_coordinates(drawn[index], plane, place, item.height_mm) for index in own]
            numbers.append(_number(value, scale, coordinates))
        group = hd.sr.MeasurementsAndQualitativeEvaluations(measurements=numbers or None, **common)
        # A value that does not exist (an angle without arms) must not take its lines with it.
        for index, part in enumerate(drawn):
            if index not in written:
                group[0].ContentSequence.append(_region(part, plane, place, item.height_mm))
        return group

    def _has_space(self, place: Places, item: Measurement) -> bool:
        """Whether points can be given in space: the picture has planes at heights in millimetres."""
        picture = self._request.pictures[place.uid]
        return picture.is_slices and bool(item.planes_mm)

    def _marker(self, picture: Picture, calibration: Calibration) -> Any | None:
        plane = self._places[picture.uid].at(None)
        marker = Measurement(f"{picture.uid} marker", MARKER, calibration.points_mm)
        if plane is None or not plane.holds(marker.points_mm):
            return None
        known = Value("length", "Marker", calibration.known_mm, "mm")
        group = self._group(self._places[picture.uid], marker, (known,), Scale("marker"), "Calibration marker")
        self._say_picture(group[0].ContentSequence, picture, None)
        return group

    def _say_picture(self, extra: Any, picture: Picture, height_mm: float | None) -> None:
        """The series, which picture of it, and how a computed slice was made."""
        series = self._places[picture.uid].series_uid
        extra.append(hd.sr.UIDRefContentItem(concept(concepts.SERIES), series, CONTAINS))
        if picture.uid != series:
            extra.append(_text(concepts.PICTURE, picture.uid.removeprefix(series)))
        state = self._request.reading.of(picture.uid)
        if picture.is_live and height_mm is not None and state.reconstruction is not None:
            made = state.reconstruction
            algorithm = getattr(made.algorithm, "title", "")
            extra.append(
                _text(
                    ("slice", concepts.OWN, "Computed slice"),
                    f"Height {height_mm:.1f} mm above the detector, thickness {made.thickness_mm:g} mm, {algorithm}",
                )
            )

    # -- findings --------------------------------------------------------------------------------------------------

    def _finding(self, picture: Picture, finding: Finding) -> Any:
        place = self._places[picture.uid]
        found = concepts.word_code(finding.text, concepts.FINDINGS)
        site = concepts.word_code(finding.location, concepts.SITES)
        region = self._point(place, picture, finding)
        values = []
        if finding.size_mm is not None:
            values.append(Value("size", "Size", finding.size_mm, "mm"))
        if region is None and finding.height_mm is not None and picture.is_slices:
            values.append(Value("slice_height", "Height", finding.height_mm, "mm"))
        common: dict[str, Any] = {
            "tracking_identifier": hd.sr.TrackingIdentifier(
                concepts.uid_of(finding.id), (finding.text or f"Finding {self.findings}")[:64]
            ),
            "finding_type": concept(found) if found is not None else None,
            "finding_sites": [hd.sr.FindingSite(concept(site))] if site is not None else None,
            "measurements": [_number(value, Scale()) for value in values] or None,
            "qualitative_evaluations": [
                hd.sr.QualitativeEvaluation(concept(concepts.TOOL), concept(("finding", concepts.OWN, "Finding")))
            ],
        }
        if region is not None:
            group = hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(referenced_region=region, **common)
        else:
            plane = place.at(finding.height_mm)
            seen = [_image(plane, hd.sr.SourceImageForMeasurementGroup)] if plane is not None else None
            group = hd.sr.MeasurementsAndQualitativeEvaluations(source_images=seen, **common)
        extra = group[0].ContentSequence
        self._say_picture(extra, picture, finding.height_mm)
        for code, text in ((concepts.FOUND, finding.text), (concepts.LOCATION, finding.location)):
            if text:
                extra.append(_text(code, text))
        for code, identity in ((concepts.MEASURED_BY, finding.measurement), (concepts.SHOWN_BY, finding.key_image)):
            if identity:
                extra.append(hd.sr.UIDRefContentItem(concept(code), concepts.uid_of(identity), CONTAINS))
        return group

    def _point(self, place: Places, picture: Picture, finding: Finding) -> Any | None:
        if finding.point_mm is None:
            return None
        part = Part("POINT", (finding.point_mm,))
        plane = place.at(finding.height_mm)
        if plane is not None and plane.holds(part.points_mm):
            return _region(part, plane, place, finding.height_mm)
        if picture.is_slices and finding.height_mm is not None:
            return _region(part, None, place, finding.height_mm)
        return None


def _left_out(count: int, picture: Picture | None) -> str:
    title = picture.title if picture is not None else said("a picture")
    return said("{0} measurements on {1} are left out: it is not loaded, or not from DICOM images.", count, title)


def _in_order(values: Sequence[Value], drawn: Sequence[Part]) -> list[Value]:
    """Values in the order of the graphics that they follow from, so that reading gives the points back in order."""
    order = {name: index for index, part in reversed(list(enumerate(drawn))) for name in part.values}
    return sorted(values, key=lambda value: order.get(value.name, len(drawn)))


def _number(value: Value, scale: Scale, coordinates: Sequence[Any] = ()) -> Any:
    """One number with its unit, what it is true for, its uncertainty and where it comes from."""
    name = concepts.QUANTITIES.get(value.name)
    derivation = concepts.DERIVATIONS.get(value.name)
    if name is None:
        name = concepts.PIXEL_VALUES.get(value.unit, concepts.PIXEL_VALUE)
    unit = concept(concepts.unit_code(value.unit if value.name != "n" else "px", value.name))
    scaled = value.unit in ("mm", "mm²", "px", "px²") and value.name not in ("n", "size", "slice_height")
    made = hd.sr.Measurement(
        name=concept(name),
        value=float(value.value),
        unit=unit,
        derivation=concept(derivation) if derivation is not None else None,
        method=concept(concepts.scale_code(scale)) if scaled else None,
        referenced_coordinates=list(coordinates) or None,
    )
    if value.uncertainty is not None and math.isfinite(value.uncertainty):
        if "ContentSequence" not in made[0]:
            made[0].ContentSequence = hd.sr.ContentSequence()
        for code in (concepts.UPPER, concepts.LOWER):
            made[0].ContentSequence.append(
                hd.sr.NumContentItem(concept(code), float(value.uncertainty), unit, relationship_type=HAS_PROPERTIES)
            )
    return made


def _region(part: Part, plane: Plane | None, place: Places, height_mm: float | None) -> Any:
    """A part as the region of a group."""
    if plane is not None:
        return hd.sr.ImageRegion(
            part.type, plane.to_pixels(part.points_mm), _image(plane, hd.sr.SourceImageForRegion), **_frames(plane)
        )
    return hd.sr.ImageRegion3D(_type_in_space(part), _space(part, place, height_mm), place.frame_of_reference)


def _coordinates(part: Part, plane: Plane | None, place: Places, height_mm: float | None) -> Any:
    """A part as what a number is inferred from."""
    if plane is not None:
        return hd.sr.CoordinatesForMeasurement(
            part.type, plane.to_pixels(part.points_mm), _image(plane, hd.sr.SourceImageForRegion)
        )
    return hd.sr.CoordinatesForMeasurement3D(
        _type_in_space(part), _space(part, place, height_mm), place.frame_of_reference
    )


def _frames(plane: Plane) -> dict[str, Any]:
    return {"pixel_origin_interpretation": hd.sr.PixelOriginInterpretationValues.FRAME} if plane.key.frame else {}


def _image(plane: Plane, kind: Any) -> Any:
    frames = [plane.key.frame] if plane.key.frame else None
    return kind(plane.sop_class_uid, plane.key.instance, frames)


def _type_in_space(part: Part) -> str:
    return "POLYGON" if part.closed and part.type == "POLYLINE" else part.type


def _space(part: Part, place: Places, height_mm: float | None) -> np.ndarray:
    heights = part.heights_mm or (height_mm or 0.0,) * len(part.points_mm)
    return place.to_patient(part.points_mm, heights)
