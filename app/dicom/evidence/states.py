"""How a picture is looked at, as a Grayscale Softcopy Presentation State (PS3.3 A.33.1, PS3.4 N).

The state stands for itself: modality transform, window, polarity, turn, flip, part of the image, and the measurements
drawn with their values. Photometric Interpretation is not looked at by whoever applies it (PS3.4 N.2.1.2), so the
polarity that is seen is written as the Presentation LUT Shape, also for MONOCHROME1.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from app.dicom.evidence import concepts
from app.dicom.evidence.concepts import LINE_INTEGRALS
from app.dicom.evidence.document import document, person
from app.dicom.evidence.places import SAME_HEIGHT_MM, Plane
from app.dicom.evidence.request import Look, Request
from app.dicom.evidence.shapes import ellipse_axes
from app.dicom.evidence.spatial import displayed_area, turn_and_flip
from app.dicom.write.series import ds, ds_list
from app.reading.scale import picture_scale
from recon.messages import said
from recon.regions import Statistics
from widgets.measurements import Measurement, Scale, outline, value_lines
from widgets.measurements.plane import Points
from widgets.window import LutWindow, Window

STATE = "1.2.840.10008.5.1.4.1.1.11.1"
LAYER = "MEASURE"
CIELAB_YELLOW = [62000, 33500, 52000]
HEAD_PX = 10.0
"""Of an arrow, pixels of the image."""
SHUTTER = (
    *("ShutterShape", "ShutterLeftVerticalEdge", "ShutterRightVerticalEdge", "ShutterUpperHorizontalEdge"),
    *("ShutterLowerHorizontalEdge", "CenterOfCircularShutter", "RadiusOfCircularShutter"),
    "VerticesOfThePolygonalShutter",
)
MOST_ENTRIES = 65536
Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


def state(
    request: Request,
    look: Look,
    planes: Sequence[Plane],
    headers: Mapping[str, Any],
    evidence: Mapping[str, Dataset],
    uids: tuple[str, str],
    numbers: tuple[int, int],
    curve: Curve | None = None,
) -> tuple[Dataset, tuple[str, ...]]:
    """One presentation state, and what it could not say.

    Parameters
    ----------
    planes : sequence of Plane
        The stored images that it is for.
    headers, evidence : mapping of str to Dataset
        As read, and as taken over, by SOP Instance UID.
    uids, numbers : (series, instance)
    curve : (stored, shown) or None
        What the values of the one plane are shown as, where that is no line (`shown_curve`).
    """
    first = planes[0]
    data = document(
        evidence[first.key.instance], STATE, "PR", uids[1], uids[0], numbers, "Presentations", request.institution
    )
    now = datetime.now().astimezone()
    data.ContentLabel = "KEY IMAGE" if look.id else "PRESENTATION"
    data.ContentDescription = (look.note or str(look.name))[:64]
    data.PresentationCreationDate, data.PresentationCreationTime = now.strftime("%Y%m%d"), now.strftime("%H%M%S")
    data.ContentCreatorName = person(request.reader) if request.reader.strip() else ""
    data.ReferencedSeriesSequence = _series(planes)
    _add_values(data, request, look, planes, headers, curve)
    data.PresentationLUTShape = "INVERSE" if look.inverted else "IDENTITY"
    turns, flip = turn_and_flip(look.transform, first.mirrored)
    data.ImageRotation, data.ImageHorizontalFlip = 90 * turns, "Y" if flip else "N"
    data.DisplayedAreaSelectionSequence = [_area(request, look, first)]
    drawn, missed = _annotations(request, look, planes)
    if drawn:
        data.GraphicAnnotationSequence = drawn
        layer = Dataset()
        layer.GraphicLayer, layer.GraphicLayerOrder = LAYER, 1
        layer.GraphicLayerRecommendedDisplayCIELabValue = CIELAB_YELLOW
        layer.GraphicLayerDescription = "Measurements"
        data.GraphicLayerSequence = [layer]
    notes: tuple[str, ...] = ()
    if missed:
        notes = (said("{0} measurements that reach beyond the image are not drawn in its presentation.", missed),)
    header = headers[first.key.instance]
    if header.get("ShutterShape"):
        for keyword in SHUTTER:
            if keyword in header:
                data[keyword] = copy.deepcopy(header[keyword])
        data.ShutterPresentationValue = 0
    return data, notes


def _reference(planes: Iterable[Plane], *, frames: bool = True) -> list[Dataset]:
    """Image references, one for each instance; frames as far as they are counted."""
    found: dict[str, Dataset] = {}
    numbers: dict[str, list[int]] = {}
    for plane in planes:
        item = found.setdefault(plane.key.instance, Dataset())
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = plane.sop_class_uid, plane.key.instance
        if plane.key.frame:
            numbers.setdefault(plane.key.instance, []).append(plane.key.frame)
    if frames:
        for instance, wanted in numbers.items():
            found[instance].ReferencedFrameNumber = sorted(wanted) if len(wanted) > 1 else wanted[0]
    return list(found.values())


def _series(planes: Sequence[Plane]) -> list[Dataset]:
    series: dict[str, list[Plane]] = {}
    for plane in planes:
        series.setdefault(plane.series_uid, []).append(plane)
    items = []
    for uid, own in series.items():
        item = Dataset()
        item.SeriesInstanceUID, item.ReferencedImageSequence = uid, _reference(own)
        items.append(item)
    return items


# -- values --------------------------------------------------------------------------------------------------------


def _add_values(
    data: Dataset,
    request: Request,
    look: Look,
    planes: Sequence[Plane],
    headers: Mapping[str, Any],
    curve: Curve | None,
) -> None:
    """Modality transform and windows."""
    first = planes[0]
    _add_modality(data, headers[first.key.instance], first)
    if first.shown_as != "line":
        if curve is not None and look.window is not None:
            item = Dataset()
            item.VOILUTSequence = [_curve_table(look.window, curve)]
            data.SoftcopyVOILUTSequence = [item]
        return
    windows = _windows(request, look, planes)
    items = []
    for window, own in windows:
        item = _voi(window, own[0])
        if len(windows) > 1:
            item.ReferencedImageSequence = _reference(own)
        items.append(item)
    if items:
        data.SoftcopyVOILUTSequence = items


def _windows(request: Request, look: Look, planes: Sequence[Plane]) -> list[tuple[Window | LutWindow, list[Plane]]]:
    """The windows in force, each with the planes that have it."""
    picture = request.pictures[look.uid]
    state = request.reading.of(look.uid)
    if not look.id and len(planes) > 1 and picture.plane_windows and not state.windows:
        found: list[tuple[Window | LutWindow, list[Plane]]] = []
        for plane in planes:
            window = picture.window_at(plane.height_mm or 0.0)
            if found and found[-1][0] == window:
                found[-1][1].append(plane)
            elif window is not None:
                found.append((window, [plane]))
        return found
    return [(look.window, list(planes))] if look.window is not None else []


def _add_modality(data: Dataset, header: Any, plane: Plane) -> None:
    """The image's own modality transform: a presentation replaces it, so it is repeated (PS3.4 N.2.1)."""
    place = header
    for sequence, index in (
        ("PerFrameFunctionalGroupsSequence", max(plane.key.frame - 1, 0)),
        ("SharedFunctionalGroupsSequence", 0),
    ):
        groups = header.get(sequence)
        inner = groups[index].get("PixelValueTransformationSequence") if groups and len(groups) > index else None
        if inner:
            place = inner[0]
            break
    if place.get("ModalityLUTSequence"):
        data.ModalityLUTSequence = copy.deepcopy(place.ModalityLUTSequence)
    elif place.get("RescaleSlope") is not None and place.get("RescaleIntercept") is not None:
        data.RescaleIntercept, data.RescaleSlope = ds(float(place.RescaleIntercept)), ds(float(place.RescaleSlope))
        data.RescaleType = str(place.get("RescaleType") or "US")


def _voi(window: Window | LutWindow, plane: Plane) -> Dataset:
    item = Dataset()
    if isinstance(window, LutWindow):
        item.VOILUTSequence = [_table(window, plane)]
        return item
    low, high = sorted((edge - plane.intercept) / plane.slope for edge in window.edges)
    if window.function == "sigmoid":
        centre, width, function = (low + high) / 2, high - low, "SIGMOID"
    elif high - low >= 1:
        # LINEAR is what every station knows; its width counts steps, so that black and white lie where they lay.
        centre, width, function = (low + high) / 2 + 0.5, high - low + 1, "LINEAR"
    else:
        centre, width, function = (low + high) / 2, max(high - low, 1e-9), "LINEAR_EXACT"
    item.WindowCenter, item.WindowWidth, item.VOILUTFunction = ds(centre), ds(width), function
    return item


def _table(window: LutWindow, plane: Plane) -> Dataset:
    """A table of 16 bits over the values between its edges."""
    low, high = sorted((edge - plane.intercept) / plane.slope for edge in window.edges)
    first = math.floor(low)
    count = min(math.ceil(high) - first + 1, MOST_ENTRIES)
    values = (first + np.arange(count)) * plane.slope + plane.intercept
    return _lut(first, np.asarray(window.apply(values)))


def _curve_table(window: Window | LutWindow, curve: Curve) -> Dataset:
    """A table over the stored values of one image that are shown as a curve of them; it says the window it is of."""
    stored, shown = curve
    first, count = int(stored[0]), min(int(stored[-1] - stored[0]) + 1, MOST_ENTRIES)
    values = np.interp(first + np.arange(count), stored, shown)
    item = _lut(first, np.asarray(window.apply(values)))
    if isinstance(window, Window):
        item.LUTExplanation = f"{LINE_INTEGRALS} {window.function} {window.centre:.8g} {window.width:.8g}"
    return item


def _lut(first: int, shown: NDArray[Any]) -> Dataset:
    """A table of 16 bits."""
    entries = np.rint(shown * 65535).astype("<u2")
    item = Dataset()
    # The first value is signed when values after the modality transform can be.
    kind = "SS" if first < 0 else "US"
    item.add_new("LUTDescriptor", kind, [len(entries) if len(entries) < MOST_ENTRIES else 0, first, 16])
    item.add_new("LUTData", "OW", entries.tobytes())
    return item


# -- place ---------------------------------------------------------------------------------------------------------


def _area(request: Request, look: Look, plane: Plane) -> Dataset:
    picture = request.pictures[look.uid]
    area = displayed_area(plane, look.transform, look.extent_mm)
    item = Dataset()
    item.DisplayedAreaTopLeftHandCorner = list(area.top_left)
    item.DisplayedAreaBottomRightHandCorner = list(area.bottom_right)
    scale = picture_scale(picture, request.reading.of(look.uid), look.height_mm or 0.0)
    item.PresentationSizeMode = look.mode if look.mode != "TRUE SIZE" or scale.unit == "mm" else "SCALE TO FIT"
    if scale.unit == "mm":
        spacing = (plane.grid.spacing_mm[1] * scale.factor, plane.grid.spacing_mm[0] * scale.factor)
        item.PresentationPixelSpacing = ds_list(spacing)
    else:
        item.PresentationPixelAspectRatio = ["1", "1"]
    if item.PresentationSizeMode == "MAGNIFY":
        item.PresentationPixelMagnificationRatio = float(look.magnification)
    return item


# -- graphics ------------------------------------------------------------------------------------------------------


def _annotations(request: Request, look: Look, planes: Sequence[Plane]) -> tuple[list[Dataset], int]:
    """The measurements of each plane, and how many could not be drawn."""
    picture, reading_state = request.pictures[look.uid], request.reading.of(look.uid)
    items: list[Dataset] = []
    missed = 0
    for plane in planes:
        own = [each for each in reading_state.measurements if _lies_on(each, plane, computed=picture.is_live)]
        graphics: list[Dataset] = []
        texts: list[Dataset] = []
        for each in own:
            scale = picture_scale(picture, reading_state, each.height_mm or 0.0)
            drawn = _graphics(each, plane)
            if drawn is None:
                missed += 1
                continue
            graphics += drawn
            texts += _texts(each, plane, scale, request.statistics.get(each.id))
        if graphics or texts:
            item = Dataset()
            item.ReferencedImageSequence = _reference([plane])
            item.GraphicLayer = LAYER
            if graphics:
                item.GraphicObjectSequence = graphics
            if texts:
                item.TextObjectSequence = texts
            items.append(item)
    return items, missed


def _lies_on(measurement: Measurement, plane: Plane, *, computed: bool) -> bool:
    """Whether a measurement is seen on a plane: at its height; in a computed slice within its thickness."""
    if plane.height_mm is None:
        return True
    reach = max(0.5 * (plane.thickness_mm or 0.0), SAME_HEIGHT_MM) if computed else SAME_HEIGHT_MM
    return any(abs(height - plane.height_mm) <= reach for height in measurement.planes_mm)


def _graphics(measurement: Measurement, plane: Plane) -> list[Dataset] | None:
    """Its lines in pixels; None when one of them reaches beyond the image."""
    strokes: list[tuple[str, Points]] = []
    for stroke in outline(measurement):
        if measurement.kind == "ellipse":
            strokes.append(("ELLIPSE", ellipse_axes(measurement.points_mm)))
        elif len(stroke.points_mm) == 1:
            strokes.append(("POINT", stroke.points_mm))
        else:
            strokes.append(
                ("POLYLINE", (*stroke.points_mm, stroke.points_mm[0]) if stroke.closed else stroke.points_mm)
            )
    if measurement.kind == "text":
        strokes = []
    if not all(plane.holds(points) for _, points in strokes):
        return None
    found = [_graphic(kind, plane.to_pixels(points), measurement) for kind, points in strokes]
    if measurement.kind == "arrow":
        found += _head(measurement, plane)
    return found


def _graphic(kind: str, pixels: np.ndarray, measurement: Measurement) -> Dataset:
    item = Dataset()
    item.GraphicAnnotationUnits, item.GraphicDimensions = "PIXEL", 2
    item.NumberOfGraphicPoints = len(pixels)
    item.GraphicData = [float(part) for part in pixels.ravel()]
    item.GraphicType = kind
    if kind not in ("POINT",):
        item.GraphicFilled = "N"
    item.TrackingID = measurement.spec.title
    item.TrackingUID = concepts.uid_of(measurement.id)
    return item


def _head(measurement: Measurement, plane: Plane) -> list[Dataset]:
    """The two short lines of an arrow's head."""
    tip, tail = plane.to_pixels(measurement.points_mm)
    length = float(np.hypot(*(tail - tip)))
    if length == 0:
        return []
    along = (tail - tip) / length * min(HEAD_PX, length / 3)
    found = []
    for sign in (-1, 1):
        barb = tip + along + 0.5 * sign * np.array([-along[1], along[0]])
        rows, columns = plane.grid.shape
        if (barb >= 0).all() and barb[0] <= columns and barb[1] <= rows:
            found.append(_graphic("POLYLINE", np.array([tip, barb]), measurement))
    return found


def _texts(measurement: Measurement, plane: Plane, scale: Scale, statistics: Statistics | None) -> list[Dataset]:
    lines = [line for line in (measurement.label, *value_lines(measurement, scale, statistics)) if line]
    anchor = measurement.spec.anchor
    at = anchor(measurement.points_mm) if anchor is not None else max(measurement.points_mm, key=lambda point: point[1])
    if not lines or not plane.holds((at,)):
        return []
    item = Dataset()
    item.AnchorPointAnnotationUnits = "PIXEL"
    item.UnformattedTextValue = "\r\n".join(lines)[:1024]
    item.AnchorPoint = [float(part) for part in plane.to_pixels((at,))[0]]
    item.AnchorPointVisibility = "N"
    item.TrackingID = measurement.spec.title
    item.TrackingUID = concepts.uid_of(measurement.id)
    return [item]
