"""Reading evidence objects, whoever wrote them: one function for each kind of file.

Values are taken as `app.dicom.read.safe` gives them, so that damaged elements are passed over and never raise. What is
not understood is left out; what a presentation says beyond what is shown here is a note.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from app.dicom.evidence import concepts
from app.dicom.evidence.concepts import Code
from app.dicom.evidence.model import (
    Annotation,
    Coordinates,
    DisplayedArea,
    Evidence,
    Graphic,
    Group,
    ImageKey,
    KeyObject,
    KeyObjects,
    Origin,
    Presentation,
    Report,
    ShownWindow,
    Stated,
)
from app.dicom.read.safe import item, items, number, numbers, read_header, text, value, whole
from app.dicom.read.voi import FUNCTIONS, lut_entries
from recon.errors import BocageError
from recon.messages import said
from widgets.window import LutWindow, Window

STATES = {
    "1.2.840.10008.5.1.4.1.1.11.1": "Grayscale Softcopy Presentation State",
    "1.2.840.10008.5.1.4.1.1.11.2": "Color Softcopy Presentation State",
    "1.2.840.10008.5.1.4.1.1.11.3": "Pseudo-Color Softcopy Presentation State",
}
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
REPORTS = tuple(f"1.2.840.10008.5.1.4.1.1.88.{number}" for number in ("11", "22", "33", "34", "35"))
"""Basic Text, Enhanced, Comprehensive, Comprehensive 3D and Extensible SR."""
DEEPEST = 12
MOST_GROUPS = 2000
MOST_POINTS = 20_000
LONGEST_LABEL = 200
TOOL_NAME = re.compile(r"[\w.]+@[^:]*:\w+")
"""Tracking identifiers that name the tool of a web viewer ("Cornerstone3DTools@^0.1.0:Length"), and no finding."""
T = TypeVar("T", Report, KeyObjects, Presentation)


def report_of(path: Path) -> Report:
    """The measurement groups of a structured report (TID 1500 and its like).

    Raises
    ------
    ReadError
        It cannot be read.
    BocageError
        It is another kind of file.
    """
    data = _header(path, REPORTS, said("a structured report"))
    origin = _origin(path, data)
    groups = []
    for number_, container in enumerate(_containers(data, concepts.MEASUREMENT_GROUP)):
        if number_ >= MOST_GROUPS:
            break
        group = _group(container, f"{origin.uid} {number_}")
        if group is not None:
            groups.append(group)
    impression = next((text(each, "TextValue") for each in _children(data, concepts.IMPRESSION)), "")
    return Report(
        origin,
        tuple(groups),
        impression,
        text(data, "CompletionFlag") == "COMPLETE",
        text(data, "VerificationFlag") == "VERIFIED",
    )


def key_objects_of(path: Path) -> KeyObjects:
    """The images of a Key Object Selection document; errors as of `report_of`."""
    data = _header(path, (KEY_OBJECTS,), said("a key object selection"))
    found = []
    for each in items(data, "ContentSequence"):
        if text(each, "ValueType") != "IMAGE":
            continue
        for key, reference in _references(item(each, "ReferencedSOPSequence")):
            shown = text(item(reference, "ReferencedSOPSequence"), "ReferencedSOPInstanceUID")
            uid = text(each, "ObservationUID")
            identity = concepts.identity_of(uid, "") if uid else concepts.identity_of("", f"{path.name} {key}")
            found.append(KeyObject(key, shown, identity))
    title = text(item(data, "ConceptNameCodeSequence"), "CodeMeaning")
    note = next((text(each, "TextValue") for each in _children(data, concepts.KEY_DESCRIPTION)), "")
    return KeyObjects(_origin(path, data), title, note, tuple(found))


def presentation_of(path: Path) -> Presentation:
    """What a presentation state asks for; errors as of `report_of`."""
    data = _header(path, tuple(STATES), said("a presentation state"))
    return Presentation(
        _origin(path, data),
        text(data, "ContentLabel"),
        text(data, "ContentDescription"),
        tuple(key for series in items(data, "ReferencedSeriesSequence") for key in _image_keys(series)),
        tuple(_windows(data)),
        _inverted(data),
        _quarter_turns(data),
        text(data, "ImageHorizontalFlip") == "Y",
        tuple(_areas(data)),
        tuple(_annotations(data)),
        tuple(_notes(data)),
    )


def evidence_of(paths: Iterable[Path]) -> Evidence:
    """All evidence objects among some files; others, and what cannot be read, are passed over."""
    reports: list[Report] = []
    key_objects: list[KeyObjects] = []
    presentations: list[Presentation] = []
    for path in paths:
        try:
            kind = text(read_header(path, ["SOPClassUID", "SOPInstanceUID"]).dataset, "SOPClassUID")
            if kind in REPORTS:
                found = report_of(path)
                if found.groups or found.impression:
                    reports.append(found)
            elif kind == KEY_OBJECTS:
                key_objects.append(key_objects_of(path))
            elif kind in STATES:
                presentations.append(presentation_of(path))
        except BocageError:
            continue
    # What was saved again comes as it was saved last.
    return Evidence(_newest_first(reports), _newest_first(key_objects), _newest_first(presentations))


def _newest_first(found: list[T]) -> tuple[T, ...]:
    return tuple(sorted(found, key=lambda each: each.origin.moment, reverse=True))


def _header(path: Path, classes: tuple[str, ...], what: str) -> Any:
    data = read_header(path).dataset
    if text(data, "SOPClassUID") not in classes:
        raise BocageError(said("{0}: not {1}.", path.name, what))
    return data


def _origin(path: Path, data: Any) -> Origin:
    maker = text(data, "Manufacturer")
    reader = text(item(data, "VerifyingObserverSequence"), "VerifyingObserverName") or text(data, "ContentCreatorName")
    reader = reader or next((text(each, "PersonName") for each in _children(data, concepts.PERSON_NAME)), "")
    date = text(data, "ContentDate") or text(data, "PresentationCreationDate") or text(data, "InstanceCreationDate")
    time = text(data, "ContentTime") or text(data, "PresentationCreationTime") or text(data, "InstanceCreationTime")
    return Origin(path, text(data, "SOPInstanceUID"), maker, reader, date, maker == concepts.MANUFACTURER, time)


# -- content trees -------------------------------------------------------------------------------------------------


def _is(holder: Any, code: Code) -> bool:
    name = item(holder, "ConceptNameCodeSequence")
    return text(name, "CodeValue") == code[0] and text(name, "CodingSchemeDesignator") == code[1]


def _children(holder: Any, code: Code) -> Iterator[Any]:
    return (each for each in items(holder, "ContentSequence") if _is(each, code))


def _containers(holder: Any, code: Code, depth: int = 0) -> Iterator[Any]:
    """Content items of a name, wherever they stand."""
    if depth > DEEPEST:
        return
    for each in items(holder, "ContentSequence"):
        if _is(each, code):
            yield each
        else:
            yield from _containers(each, code, depth + 1)


def _coded(holder: Any) -> str:
    return text(item(holder, "ConceptCodeSequence"), "CodeMeaning")


def _group(container: Any, fallback: str) -> Group | None:
    tracking = next((text(each, "UID") for each in _children(container, concepts.TRACKING_UID)), "")
    title = _words(container, concepts.TRACKING_IDENTIFIER)
    tool = next(iter(_children(container, concepts.TOOL)), None)
    kind = text(item(tool, "ConceptCodeSequence"), "CodeValue") if tool is not None else ""
    findings = [_coded(each) or text(each, "TextValue") for each in _children(container, concepts.FINDING)]
    sites = [_coded(each) for each in _children(container, concepts.FINDING_SITE)]
    graphics, stated = _drawn(container)
    own = bool(kind)
    label = _words(container, concepts.LABEL)
    if not own:
        label = next((each for each in findings if each), "") or ("" if TOOL_NAME.fullmatch(title) else title)
    found = _words(container, concepts.FOUND) if own else ""
    if not own and not graphics and not stated and not findings:
        return None
    return Group(
        concepts.identity_of(tracking, "") if tracking else concepts.identity_of("", fallback),
        kind,
        label[:LONGEST_LABEL],
        _words(container, concepts.COMMENT),
        found or next((each for each in findings if each), ""),
        _words(container, concepts.LOCATION) or ", ".join(site for site in sites if site),
        tuple(graphics),
        tuple(stated),
        next((text(each, "UID") for each in _children(container, concepts.SERIES)), ""),
        _words(container, concepts.PICTURE),
        _link(container, concepts.MEASURED_BY),
        _link(container, concepts.SHOWN_BY),
        _first_image(container),
    )


def _words(holder: Any, code: Code) -> str:
    return next((text(each, "TextValue") for each in _children(holder, code)), "")


def _link(holder: Any, code: Code) -> str:
    uid = next((text(each, "UID") for each in _children(holder, code)), "")
    return concepts.identity_of(uid) if uid else ""


def _drawn(container: Any) -> tuple[list[Graphic], list[Stated]]:
    """Graphics and numbers of a group in their order; a graphic that several numbers share comes once."""
    graphics: list[Graphic] = []
    stated: list[Stated] = []
    image = _first_image(container)

    def walk(holder: Any, depth: int) -> None:
        if depth > DEEPEST:
            return
        for each in items(holder, "ContentSequence"):
            kind = text(each, "ValueType")
            if kind == "NUM":
                found = _stated(each)
                if found is not None:
                    stated.append(found)
                walk(each, depth + 1)
            elif kind in ("SCOORD", "SCOORD3D"):
                graphic = _graphic(each, kind, image)
                if graphic is not None and graphic not in graphics:
                    graphics.append(graphic)
            elif kind == "CONTAINER":
                walk(each, depth + 1)

    walk(container, 0)
    return graphics, stated


def _stated(each: Any) -> Stated | None:
    measured = item(each, "MeasuredValueSequence")
    found = number(measured, "NumericValue")
    if found is None:
        return None
    name = item(each, "ConceptNameCodeSequence")
    unit = text(item(measured, "MeasurementUnitsCodeSequence"), "CodeValue")
    return Stated(text(name, "CodeMeaning"), found, unit, text(name, "CodeValue"))


def _graphic(each: Any, kind: str, image: ImageKey | None) -> Graphic | None:
    flat = numbers(each, "GraphicData")
    size = 2 if kind == "SCOORD" else 3
    if not flat or len(flat) % size or len(flat) > size * MOST_POINTS:
        return None
    points: Coordinates = tuple(tuple(flat[start : start + size]) for start in range(0, len(flat), size))
    shape = text(each, "GraphicType").upper()
    if size == 3:
        frame = text(each, "ReferencedFrameOfReferenceUID")
        return Graphic(shape, points, None, frame) if frame else None
    own = _first_image(each) or image
    return Graphic(shape, points, own) if own is not None else None


def _first_image(holder: Any) -> ImageKey | None:
    for each in items(holder, "ContentSequence"):
        if text(each, "ValueType") == "IMAGE":
            for key, _ in _references(item(each, "ReferencedSOPSequence")):
                return key
    return None


# -- references ----------------------------------------------------------------------------------------------------


def _references(reference: Any) -> Iterator[tuple[ImageKey, Any]]:
    """One key for each frame that a reference names."""
    instance = text(reference, "ReferencedSOPInstanceUID")
    if not instance:
        return
    frames = [int(frame) for frame in numbers(reference, "ReferencedFrameNumber") if frame >= 1] or [0]
    for frame in frames:
        yield ImageKey(instance, frame), reference


def _image_keys(holder: Any) -> tuple[ImageKey, ...]:
    return tuple(key for each in items(holder, "ReferencedImageSequence") for key, _ in _references(each))


# -- presentations -------------------------------------------------------------------------------------------------


def _windows(data: Any) -> Iterator[ShownWindow]:
    signed = (number(data, "RescaleIntercept") or 0.0) < 0
    for each in items(data, "SoftcopyVOILUTSequence"):
        window = _window(each, signed=signed)
        if window is not None:
            yield ShownWindow(window, _image_keys(each), text(item(each, "VOILUTSequence"), "LUTExplanation"))


def _window(each: Any, *, signed: bool) -> Window | LutWindow | None:
    table = item(each, "VOILUTSequence")
    if len(table):
        found = lut_entries(table, -1 if signed or _is_signed(table) else 0)
        return LutWindow(float(found[0]), found[1] / float(2 ** found[2] - 1)) if found is not None else None
    centre, width = number(each, "WindowCenter"), number(each, "WindowWidth")
    if centre is None or width is None:
        return None
    function = FUNCTIONS.get(text(each, "VOILUTFunction").upper(), "linear")
    try:
        return Window(centre, width, function)  # type: ignore[arg-type]
    except BocageError:
        return None  # a width that no window can have


def _is_signed(table: Any) -> bool:
    try:
        return str(table["LUTDescriptor"].VR) == "SS"
    except Exception:  # an element that its representation forbids
        return False


def _inverted(data: Any) -> bool:
    shape = text(data, "PresentationLUTShape").upper()
    if shape:
        return shape == "INVERSE"
    table = item(data, "PresentationLUTSequence")
    found = lut_entries(table, 0) if len(table) else None
    return found is not None and bool(found[1][0] > found[1][-1])


def _quarter_turns(data: Any) -> int:
    return round((number(data, "ImageRotation") or 0.0) / 90.0) % 4


def _areas(data: Any) -> Iterator[DisplayedArea]:
    for each in items(data, "DisplayedAreaSelectionSequence"):
        first, last = (
            numbers(each, "DisplayedAreaTopLeftHandCorner"),
            numbers(each, "DisplayedAreaBottomRightHandCorner"),
        )
        if len(first) == 2 == len(last) and max(map(abs, (*first, *last))) < 1e6:
            yield DisplayedArea(
                (int(first[0]), int(first[1])),
                (int(last[0]), int(last[1])),
                text(each, "PresentationSizeMode").upper() or "SCALE TO FIT",
                number(each, "PresentationPixelMagnificationRatio", 1e-3, 1e3),
                _image_keys(each),
            )


def _annotations(data: Any) -> Iterator[Annotation]:
    for each in items(data, "GraphicAnnotationSequence"):
        images, layer = _image_keys(each), text(each, "GraphicLayer")
        for drawn in items(each, "GraphicObjectSequence"):
            flat = numbers(drawn, "GraphicData")
            in_pixels = text(drawn, "GraphicAnnotationUnits").upper() == "PIXEL"
            if in_pixels and len(flat) >= 2 and len(flat) % 2 == 0 and len(flat) <= 2 * MOST_POINTS:
                points: Coordinates = tuple((flat[k], flat[k + 1]) for k in range(0, len(flat), 2))
                yield Annotation(
                    text(drawn, "GraphicType").upper(), points, images, "", text(drawn, "TrackingUID"), layer
                )
        for written in items(each, "TextObjectSequence"):
            place = _text_place(written)
            words = text(written, "UnformattedTextValue").replace("\r\n", "\n").replace("\r", "\n")
            if place is not None and words:
                yield Annotation("TEXT", (place,), images, words, text(written, "TrackingUID"), layer)


def _text_place(written: Any) -> tuple[float, float] | None:
    """Where a text stands, in pixels: its anchor, else the corner of its box."""
    anchor = numbers(written, "AnchorPoint")
    if len(anchor) == 2 and text(written, "AnchorPointAnnotationUnits").upper() == "PIXEL":
        return anchor[0], anchor[1]
    corner = numbers(written, "BoundingBoxTopLeftHandCorner")
    if len(corner) == 2 and text(written, "BoundingBoxAnnotationUnits").upper() == "PIXEL":
        return corner[0], corner[1]
    return None


def _notes(data: Any) -> Iterator[str]:
    if text(data, "SOPClassUID") != next(iter(STATES)):
        yield said("{0}: its colours are not shown.", STATES[text(data, "SOPClassUID")])
    if text(data, "ShutterShape") or value(data, "ShutterOverlayGroup") is not None:
        yield said("Its shutter is not applied.")
    table = item(data, "PresentationLUTSequence")
    found = lut_entries(table, 0) if len(table) else None
    if found is not None and not _straight(found[1]):
        yield said("Its presentation table is not a straight line and is shown as one.")
    if whole(data, "ImageRotation") is not None and (number(data, "ImageRotation") or 0.0) % 90.0 != 0:
        yield said("It is turned by an angle that is no right one.")
    displayed = any(
        text(drawn, "GraphicAnnotationUnits").upper() == "DISPLAY"
        for each in items(data, "GraphicAnnotationSequence")
        for drawn in items(each, "GraphicObjectSequence")
    )
    if displayed:
        yield said("Drawings that belong to the screen and not to the image are left out.")


def _straight(entries: Any) -> bool:
    if len(entries) < 3 or math.isclose(float(entries[0]), float(entries[-1])):
        return True
    line = np.linspace(float(entries[0]), float(entries[-1]), len(entries))
    return bool(np.abs(np.asarray(entries) - line).max() <= 0.01 * abs(float(entries[-1]) - float(entries[0])))
