"""From tags to a `Geometry`: which numbers were taken, from where, what was assumed, what is missing.

The order in which attributes are tried is that of PS3.3's own precision: the isocentre reference system of each
frame, then the angles of a tube column, of the detector, of the positioner, of a gantry. Nothing is assumed without a
note; when a number is missing, it is named.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.safe import number, text
from app.dicom.read.views import (
    Orientation,
    ViewTags,
    column,
    detector_pitch,
    field_flipped,
    field_rotation,
    orientation_letters,
    patient_orientation,
    views_of,
)
from recon import trajectories
from recon.errors import GeometryError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said

Array = NDArray[np.float64]
MIN_SWEEP_DEG = 0.5


@dataclass(frozen=True, eq=False)
class Resolved:
    """What the tags of a projection series say.

    Attributes
    ----------
    geometry : Geometry or None
        In the order of the views given; None when something is missing.
    mirror : bool
        The images' columns must be reversed (see `Orientation`); the geometry is for the reversed images.
    missing, found, notes : tuple of str
    """

    geometry: Geometry | None
    mirror: bool = False
    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    patient: PatientFrame | None = None


@dataclass
class _Ledger:
    missing: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Sweep:
    """View angles along one image axis.

    Attributes
    ----------
    kind : {"column", "isocentre", "detector", "positioner", "gantry"}
    angle_deg : ndarray, shape (n,)
        Positive moves the source towards positive `axis`.
    axis : {"x", "y"}
    """

    kind: str
    angle_deg: Array
    axis: str
    source: str


def varies(values: Array | None) -> bool:
    """Whether angles differ enough to be a sweep."""
    return values is not None and values.size > 1 and float(np.ptp(values)) >= MIN_SWEEP_DEG


def increments(views: Sequence[ViewTags], keyword: str) -> Array | None:
    """A positioner angle of every view, with the increments of a multi-frame XA applied (PS3.3 C.8.7.5)."""
    values = column(views, keyword, "PositionerPositionSequence")
    if values is None:
        return None
    steps = views[0].numbers(keyword + "Increment")
    if len(views) > 1 and steps and all(view.dataset is views[0].dataset for view in views):
        if len(steps) == 1:
            return np.asarray(values[0] + steps[0] * np.arange(len(views)))
        if len(steps) == len(views):
            return np.asarray(values[0] + np.cumsum(steps) - steps[0])
    return values


def find_sweep(views: Sequence[ViewTags], notes: list[str] | None = None) -> Sweep | None:
    """The first set of angles that varies, in the reading order; None when none does."""
    notes = notes if notes is not None else []
    source = column(views, "XRaySourceIsocenterPrimaryAngle", "IsocenterReferenceSystemSequence")
    if source is not None and varies(source):
        detector = column(views, "DetectorIsocenterPrimaryAngle", "IsocenterReferenceSystemSequence")
        relative = source - (detector if detector is not None else 0.0)
        if varies(relative):
            axis, _ = _breast_axis(views[0], notes)
            return Sweep("isocentre", relative, axis, "Isocenter Reference System")
    tilt = column(views, "ColumnAngulation")
    kind = text(views[0].dataset, "PositionerType").upper()
    if tilt is not None and varies(tilt) and kind in ("", "COLUMN"):
        axis = _column_axis(views[0], notes)
        return Sweep("column", tilt, axis, "Column Angulation")
    pairs = (
        ("detector", "DetectorPrimaryAngle", "DetectorSecondaryAngle", "DetectorPositionSequence"),
        ("positioner", "PositionerPrimaryAngle", "PositionerSecondaryAngle", "PositionerPositionSequence"),
    )
    for name, first, second, sequence in pairs:
        if name == "positioner":
            angles = [(increments(views, keyword), keyword) for keyword in (first, second)]
        else:
            angles = [(column(views, keyword, sequence), keyword) for keyword in (first, second)]
        moving = [(values, keyword) for values, keyword in angles if values is not None and varies(values)]
        if not moving:
            continue
        values, keyword = max(moving, key=lambda pair: float(np.ptp(pair[0])))
        if len(moving) == 2:
            notes.append(said("Two angles vary; only the larger sweep is used."))
        if name == "positioner":
            values = _about_detector(views, values, keyword, notes)
        axis = _angle_axis(views[0], keyword, notes)
        if _is_c_arm(views[0]) and keyword.endswith("PrimaryAngle"):
            # PS3.3 C.8.7.5: positive moves the detector to the patient's left, so the source to the other side.
            values = -values
        return Sweep(name, values, axis, _spoken(keyword))
    gantry = column(views, "GantryAngle")
    if gantry is not None and varies(gantry) and text(views[0].dataset, "Modality") == "RTIMAGE":
        unwrapped = np.degrees(np.unwrap(np.radians(gantry)))
        notes.append(said("The middle gantry angle is taken as the detector's normal."))
        return Sweep("gantry", unwrapped - _middle(unwrapped), "x", "Gantry Angle")
    return None


def _spoken(keyword: str) -> str:
    words = "".join(" " + letter if letter.isupper() else letter for letter in keyword)
    return words.strip()


def _middle(values: Array) -> float:
    return float((values.min() + values.max()) / 2)


def _is_c_arm(view: ViewTags) -> bool:
    kind = text(view.dataset, "PositionerType").upper()
    return kind in ("CARM", "C-ARM") or (not kind and text(view.dataset, "Modality").upper() in ("XA", "RF"))


def _about_detector(views: Sequence[ViewTags], values: Array, keyword: str, notes: list[str]) -> Array:
    """Positioner angles relative to the detector's normal."""
    if _is_c_arm(views[0]):
        if abs(_middle(values)) > 1e-6:
            notes.append(said("The world frame stands on the detector of the middle angle."))
        return np.asarray(values - _middle(values))
    fixed = column(views, keyword.replace("Positioner", "Detector"), "DetectorPositionSequence")
    if fixed is not None and float(np.ptp(fixed)) < MIN_SWEEP_DEG and abs(float(fixed.mean())) > MIN_SWEEP_DEG:
        notes.append(said("Tube angles are taken relative to the detector at {0:.2f}°.", fixed.mean()))
        return np.asarray(values - fixed.mean())
    half = float(np.ptp(values)) / 2
    if abs(_middle(values)) > half:  # an oblique view (MLO): the gantry's own angle is in each number
        notes.append(said("The middle tube angle ({0:.2f}°) is taken as the detector's normal.", _middle(values)))
        return np.asarray(values - _middle(values))
    return values


def _own(view: ViewTags) -> bool:
    """Whether this program wrote the image: then its own axes hold (see `app.dicom.write.projections`)."""
    return text(view.dataset, "SoftwareVersions").startswith("Bocage")


def _default_axis(view: ViewTags) -> str:
    """The detector's y in the image: exchanged when the field of view is rotated by a quarter turn."""
    return "x" if field_rotation(view) in (90, 270) else "y"


def _column_axis(view: ViewTags, notes: list[str]) -> str:
    if _own(view):
        return "y"
    found = orientation_letters(view)
    if found is not None and ("H" in found or "F" in found):
        axis = "xy"[next(index for index, letter in enumerate(found) if letter in "HF")]
        notes.append(
            said("The tube is taken to move along the patient's head–foot axis; the tags do not state the direction.")
        )
        return axis
    axis = _default_axis(view)
    notes.append(
        said(
            "The tube is taken to move along the image's {0} (not stated).",
            said("rows") if axis == "x" else said("columns"),
        )
    )
    return axis


def _breast_axis(view: ViewTags, notes: list[str]) -> tuple[str, int]:
    """The sweep axis (parallel to the chest wall) and the chest wall's side of the other axis (−1, +1, 0 unknown)."""
    found = orientation_letters(view)
    for index, letter in enumerate(found or ()):
        if letter in "AP":
            return "yx"[index], 1 if letter == "P" else -1
    notes.append(said("The chest wall's side is not stated; the tube is taken to move along the image's columns."))
    return "y", 0


def _angle_axis(view: ViewTags, keyword: str, notes: list[str]) -> str:
    if text(view.dataset, "Modality").upper() == "MG":
        return _breast_axis(view, notes)[0]
    if _own(view):
        return "x" if keyword.endswith("PrimaryAngle") else "y"
    wanted = "LR" if keyword.endswith("PrimaryAngle") else "HF"
    found = orientation_letters(view)
    for index, letter in enumerate(found or ()):
        if letter in wanted:
            return "xy"[index]
    axis = "x" if keyword.endswith("PrimaryAngle") else "y"
    notes.append(said("{0} is taken to move the tube along the image's {1} axis (not stated).", _spoken(keyword), axis))
    return axis


def resolve(datasets: Sequence[Any], *, angle_sign: int = 1) -> Resolved:
    """The geometry that the tags of a projection series give.

    Parameters
    ----------
    datasets : sequence of Dataset
        One multi-frame header, or one header for each view.
    angle_sign : {1, -1}
        −1 turns the sweep round, for devices that count angles the other way.
    """
    views = views_of(datasets)
    first, ledger = views[0], _Ledger()
    orientation = patient_orientation(first)
    ledger.notes += orientation.notes
    rows, columns = number(first.dataset, "Rows", 1), number(first.dataset, "Columns", 1)
    shape = (int(rows or 1), int(columns or 1))
    pitch = detector_pitch(first)
    if pitch is None:
        ledger.missing.append(said("the detector's pixel pitch (Detector Element Spacing or Imager Pixel Spacing)"))
    else:
        ledger.found.append(said("pixel pitch {0:g} mm from {1}", pitch.value_mm[0], pitch.source))
        ledger.notes += pitch.notes
    sweep = find_sweep(views, ledger.notes)
    if sweep is None:
        ledger.missing.append(said("an angle that differs between the views (none of the angle attributes varies)"))
    else:
        low, high = float(sweep.angle_deg.min()), float(sweep.angle_deg.max())
        ledger.found.append(
            said("{0} view angles from {1:.2f}° to {2:.2f}° from {3}", len(views), low, high, sweep.source)
        )
        if field_flipped(first) or field_rotation(first):
            ledger.notes.append(said("The field of view's rotation and flip are taken into account."))
    distance, pivot = _distances(views, sweep, ledger)
    if ledger.missing or pitch is None or sweep is None or distance is None:
        return _told(None, orientation, ledger)
    sign = angle_sign * _image_sign(first, sweep, orientation)
    if sign < 0 and angle_sign < 0:
        ledger.notes.append(said("The direction of the sweep was reversed by choice."))
    try:
        geometry = _build(
            views, replace(sweep, angle_deg=sign * sweep.angle_deg), distance, pivot, pitch.value_mm, shape, ledger
        )
    except GeometryError as error:
        ledger.missing.append(str(error).rstrip("."))
        return _told(None, orientation, ledger)
    geometry = replace(geometry, patient=orientation.frame, exposure=_exposure(views), note="; ".join(ledger.found))
    return _told(geometry, orientation, ledger)


def _told(geometry: Geometry | None, orientation: Orientation, ledger: _Ledger) -> Resolved:
    missing, found, notes = tuple(ledger.missing), tuple(ledger.found), tuple(ledger.notes)
    return Resolved(geometry, orientation.mirror, missing, found, notes, orientation.frame)


def _image_sign(view: ViewTags, sweep: Sweep, orientation: Orientation) -> int:
    """−1 where the image axis runs against the one that the angle counts along."""
    sign = 1
    found = orientation_letters(view)
    if sweep.kind == "positioner" and _is_c_arm(view) and found is not None:
        # Angles count towards the patient's left and head; the axes were chosen as x → L and y → F.
        letter = found["xy".index(sweep.axis)]
        sign = -1 if letter in "RH" else 1
    elif found is None and sweep.kind in ("column", "detector"):
        rotation, flipped = field_rotation(view), field_flipped(view)
        sign = -1 if rotation == 180 or (sweep.axis == "x" and flipped and rotation == 0) else 1
    if orientation.mirror and sweep.axis == "x":
        sign = -sign
    return sign


def _distances(views: Sequence[ViewTags], sweep: Sweep | None, ledger: _Ledger) -> tuple[Array | None, Array | None]:
    """Source-to-detector and source-to-pivot distances of every view, mm."""
    distance = column(views, "DistanceSourceToDetector", "XRayGeometrySequence")
    name = "Distance Source to Detector"
    if distance is None and text(views[0].dataset, "Modality") == "RTIMAGE":
        distance, name = column(views, "RTImageSID"), "RT Image SID"
    if distance is None or float(distance.min()) <= 0:
        ledger.missing.append(said("the distance from source to detector (Distance Source to Detector)"))
        distance = None
    else:
        ledger.found.append(said("source to detector {0:g} mm from {1}", distance[0], name))
        behind = column(views, "DistanceSourceToPatient", "XRayGeometrySequence")
        factor = column(views, "EstimatedRadiographicMagnificationFactor", "XRayGeometrySequence")
        if (
            behind is not None
            and factor is not None
            and float(behind.min()) > 0
            and float(behind[0]) < float(distance[0])
        ):
            ratio = float(distance[0] / behind[0])
            if factor[0] > 0 and abs(ratio / float(factor[0]) - 1) > 0.02:
                ledger.notes.append(
                    said(
                        "The stated magnification {0:g} disagrees with the stated distances ({1:.3f}); neither "
                        "is used.",
                        factor[0],
                        ratio,
                    )
                )
    if sweep is None or sweep.kind == "column":
        return distance, None
    pivot = column(views, "DistanceSourceToIsocenter", "XRayGeometrySequence")
    if pivot is None and text(views[0].dataset, "Modality") == "RTIMAGE":
        pivot = column(views, "RadiationMachineSAD")
    if pivot is None and sweep.kind == "isocentre" and distance is not None:
        height = column(views, "DetectorZPositionToIsocenter", "IsocenterReferenceSystemSequence")
        pivot = None if height is None else distance - np.abs(height)
    if pivot is None or float(pivot.min()) <= 0:
        ledger.missing.append(said("the distance from source to the axis of rotation (Distance Source to Isocenter)"))
        return distance, None
    ledger.found.append(said("source to axis {0:g} mm", pivot[0]))
    return distance, pivot


def _build(
    views: Sequence[ViewTags],
    sweep: Sweep,
    distance: Array,
    pivot: Array | None,
    pitch: tuple[float, float],
    shape: tuple[int, int],
    ledger: _Ledger,
) -> Geometry:
    if sweep.kind == "column":
        return _linear(sweep, distance, pitch, shape, ledger)
    assert pivot is not None
    facts: dict[str, Any] = {
        "source_to_detector_mm": float(np.median(distance)),
        "pixel_pitch_mm": pitch,
        "shape": shape,
        "sweep_axis": sweep.axis,
        "origin": "dicom",
    }
    if sweep.kind == "gantry" or (sweep.kind == "positioner" and _is_c_arm(views[0])):
        return trajectories.isocentric(angle_deg=sweep.angle_deg, source_to_axis_mm=float(np.median(pivot)), **facts)
    if sweep.kind != "isocentre":
        ledger.notes.append(
            said("The direction in which the angles count is taken as written; the detector is taken to stand still.")
        )
    geometry = trajectories.arc(angle_deg=sweep.angle_deg, source_to_pivot_mm=float(np.median(pivot)), **facts)
    height = column(views, "DetectorZPositionToIsocenter", "IsocenterReferenceSystemSequence")
    if sweep.kind == "isocentre" and height is not None:
        told = float(np.median(np.abs(height)))
        implied = float(np.median(distance - pivot))
        if abs(told - implied) > 0.02 * float(np.median(distance)):
            ledger.notes.append(
                said(
                    "The detector is stated {0:g} mm below the axis, but the distances make it {1:g} mm; the "
                    "distances are used.",
                    told,
                    implied,
                )
            )
    return _over_chest_wall(views[0], geometry, sweep, ledger)


def _over_chest_wall(view: ViewTags, geometry: Geometry, sweep: Sweep, ledger: _Ledger) -> Geometry:
    """In breast units the tube moves in the plane of the chest wall's edge of the detector, not over its middle."""
    if text(view.dataset, "Modality").upper() != "MG":
        return geometry
    axis, side = _breast_axis(view, [])
    if side == 0 or axis != sweep.axis:
        ledger.notes.append(
            said("The tube is taken to move over the detector's middle: the chest wall's side is not stated.")
        )
        return geometry
    other = 1 if sweep.axis == "x" else 0
    extent = geometry.shape[1 - other] * geometry.pixel_pitch_mm[1 - other]
    source = np.array(geometry.source_mm)
    source[:, other] += side * extent / 2
    ledger.notes.append(said("The tube is taken to move in the plane of the detector's chest wall edge."))
    return replace(geometry, source_mm=source)


def _linear(
    sweep: Sweep, distance: Array, pitch: tuple[float, float], shape: tuple[int, int], ledger: _Ledger
) -> Geometry:
    """A tube column on a straight track parallel to the detector, tilted towards the detector's middle."""
    cosine = np.cos(np.radians(sweep.angle_deg))
    tangent = np.tan(np.radians(sweep.angle_deg))
    slant = distance * cosine
    if float(np.ptp(distance)) > 1e-3 * float(distance.mean()) and float(np.ptp(slant)) <= 1e-3 * float(slant.mean()):
        height = slant
        ledger.notes.append(
            said(
                "Distance Source to Detector grows with the angle, so it is taken along the central ray; the "
                "track's height is {0:.1f} mm.",
                height.mean(),
            )
        )
    else:
        height = distance
        ledger.notes.append(
            said(
                "Distance Source to Detector ({0:g} mm) is taken as the track's distance from the detector "
                "plane; the tube points at the detector's middle from every place.",
                distance.mean(),
            )
        )
    source = np.zeros((distance.size, 3))
    source[:, "xy".index(sweep.axis)] = height * tangent
    source[:, 2] = height
    return Geometry(
        source, np.zeros(3), np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), pitch, shape, origin="dicom"
    )


def _exposure(views: Sequence[ViewTags]) -> Array | None:
    """Relative exposure of each view, mean 1; None when equal or unknown."""
    for keyword, sequence in (
        ("ExposureInuAs", None),
        ("ExposureInmAs", "XRayAcquisitionDoseSequence"),
        ("RelativeXRayExposure", "XRayAcquisitionDoseSequence"),
    ):
        values = column(views, keyword, sequence)
        if values is not None and float(values.min()) > 0:
            relative = values / values.mean()
            if float(np.ptp(relative)) > 1e-3:
                return relative
    return None


def sweep_order(geometry: Geometry) -> NDArray[np.intp]:
    """View indices by source position along the sweep."""
    return np.argsort(geometry.source_mm[:, geometry.sweep_axis], kind="stable")


def compare(first: Geometry, second: Geometry) -> float:
    """The largest distance between corresponding sources and detector centres, mm; infinite when not comparable."""
    if first.n_views != second.n_views or first.shape != second.shape:
        return math.inf
    return float(
        max(
            np.linalg.norm(first.source_mm - second.source_mm, axis=1).max(),
            np.linalg.norm(first.detector_centre_mm - second.detector_centre_mm, axis=1).max(),
        )
    )
