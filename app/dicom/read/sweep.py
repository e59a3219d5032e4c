"""The view angles of a sweep, along which image axis they count, and in which direction.

They are tried in the order of PS3.3's own precision: the isocentre reference system of each frame, the angles of the
detector, of a tube column, of the positioner, of a gantry. A direction that no attribute states is `assumed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.safe import text
from app.dicom.read.views import (
    ViewTags,
    attribute,
    column,
    detector_axes,
    field_rotation,
    orientation_letters,
)
from recon.messages import said
from recon.provenance import Source

Array = NDArray[np.float64]
MIN_SWEEP_DEG = 0.5


@dataclass(frozen=True)
class Stated:
    """Where something about the sweep is said; `note` tells what was taken for granted, "" when nothing was."""

    where: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Sweep:
    """View angles along one image axis.

    Attributes
    ----------
    kind : {"column", "isocentre", "detector", "positioner", "gantry"}
    angle_deg : ndarray, shape (n,)
        Positive moves the source towards positive `axis`.
    axis : {"x", "y"}
    source : str
        Name of what the angles were read from.
    where : str
        The same with its tag.
    origin : Source
    along, direction : Stated
        Of the axis, and of the sense in which the angles count.
    approximate : str
        Why the single angles are not exact; "" when they are stated.
    turns : bool
        The detector turns with the tube.
    """

    kind: str
    angle_deg: Array
    axis: str
    source: str
    where: str = ""
    origin: Source = Source.DICOM
    along: Stated = field(default_factory=Stated)
    direction: Stated = field(default_factory=Stated)
    approximate: str = ""
    turns: bool = False


def varies(values: Array | None) -> bool:
    """Whether angles differ enough to be a sweep."""
    return values is not None and values.size > 1 and float(np.ptp(values)) >= MIN_SWEEP_DEG


def increments(views: Sequence[ViewTags], keyword: str, notes: list[str] | None = None) -> Array | None:
    """A positioner angle of every view, with the increments of a multi-frame XA applied (PS3.3 C.8.7.5.1.3).

    One increment is that of every frame; a list holds the offsets of the frames from the first angle. Some devices
    write the step from frame to frame instead: a list that does not go one way can only be that.
    """
    values = column(views, keyword, "PositionerPositionSequence")
    if values is None:
        return None
    steps = views[0].numbers(keyword + "Increment")
    if len(views) > 1 and steps and all(view.dataset is views[0].dataset for view in views):
        listed = np.asarray(steps, dtype=np.float64)
        if listed.size == 1:
            return np.asarray(values[0] + listed[0] * np.arange(len(views)))
        if listed.size == len(views):
            moves = np.diff(listed)
            one_way = max(np.count_nonzero(moves > 0), np.count_nonzero(moves < 0)) >= 0.8 * moves.size
            if one_way or not np.any(listed):
                return np.asarray(values[0] + listed)
            if notes is not None:
                notes.append(
                    said("{0} does not go one way, so its values are taken as steps.", attribute(keyword + "Increment"))
                )
            return np.asarray(values[0] + np.cumsum(listed) - listed[0])
    return values


def middle(values: Array) -> float:
    """Halfway between the lowest and the highest."""
    return float((values.min() + values.max()) / 2)


def is_c_arm(view: ViewTags) -> bool:
    """Whether tube and detector turn together about the patient."""
    kind = text(view.dataset, "PositionerType").upper()
    return kind in ("CARM", "C-ARM") or (not kind and text(view.dataset, "Modality").upper() in ("XA", "RF"))


def is_breast(view: ViewTags) -> bool:
    """Whether it was taken by a breast unit."""
    return text(view.dataset, "Modality").upper() == "MG"


def find_sweep(views: Sequence[ViewTags], notes: list[str] | None = None) -> Sweep | None:
    """The first set of angles that varies, in the reading order; None when none does."""
    notes = notes if notes is not None else []
    for find in (_isocentre, _detector, _column, _positioner, _gantry):
        found = find(views, notes)
        if found is not None:
            return found
    return None


def _isocentre(views: Sequence[ViewTags], notes: list[str]) -> Sweep | None:
    sequence = "IsocenterReferenceSystemSequence"
    source = column(views, "XRaySourceIsocenterPrimaryAngle", sequence)
    if source is None or not varies(source):
        return None
    detector = column(views, "DetectorIsocenterPrimaryAngle", sequence)
    relative = source - (detector if detector is not None else 0.0)
    if not varies(relative):
        return None
    axis, along = breast_axis(views[0], notes)
    direction = Stated(note=said("The direction in which the angles count is taken as written."))
    where = attribute("XRaySourceIsocenterPrimaryAngle")
    return Sweep("isocentre", relative, axis, "Isocenter Reference System", where, along=along, direction=direction)


def _column(views: Sequence[ViewTags], notes: list[str]) -> Sweep | None:
    tilt = column(views, "ColumnAngulation")
    kind = text(views[0].dataset, "PositionerType").upper()
    if tilt is None or not varies(tilt) or kind not in ("", "COLUMN"):
        return None
    axis, sign, along, direction = _column_axis(views[0], notes)
    return Sweep(
        "column", sign * tilt, axis, "Column Angulation", attribute("ColumnAngulation"), along=along,
        direction=direction,
    )  # fmt: skip


def _moving(angles: Sequence[tuple[Array | None, str]], notes: list[str]) -> tuple[Array, str] | None:
    """The angle that varies most, with its keyword."""
    moving = [(values, keyword) for values, keyword in angles if values is not None and varies(values)]
    if len(moving) == 2:
        notes.append(said("Two angles vary; only the larger sweep is used."))
    return max(moving, key=lambda pair: float(np.ptp(pair[0])), default=None)


def _detector(views: Sequence[ViewTags], notes: list[str]) -> Sweep | None:
    """The beam's angles about the detector's normal (PS3.3 C.8.7.5.1.4).

    Primary: positive tilts the beam towards higher columns, so the source stands at lower ones; secondary: positive
    tilts it towards lower rows. Rows and columns are the detector's, before the field of view is rotated (Siemens
    Mammomat writes its tube angle here).
    """
    sequence = "DetectorPositionSequence"
    keywords = ("DetectorPrimaryAngle", "DetectorSecondaryAngle")
    found = _moving([(column(views, keyword, sequence), keyword) for keyword in keywords], notes)
    if found is None:
        return None
    values, keyword = found
    first = views[0]
    axis_number, sign = detector_axes(first)[0 if keyword == keywords[0] else 1]
    sign = -sign if keyword == keywords[0] else sign
    along, direction = Stated(attribute(keyword)), Stated(attribute(keyword))
    axis = "xy"[axis_number]
    if is_breast(first):
        wall, stated = breast_axis(first, [])
        if not stated.note and wall != axis:
            # The chest wall decides; the sense then is open.
            axis, along = wall, stated
            direction = Stated(note=said("The direction in which the angles count is taken as written."))
            notes.append(direction.note)
    elif field_rotation(first):
        notes.append(said("{0} is taken to count along the detector's rows before rotation.", _spoken(keyword)))
    return Sweep(
        "detector", sign * values, axis, _spoken(keyword), attribute(keyword), along=along, direction=direction
    )


def _positioner(views: Sequence[ViewTags], notes: list[str]) -> Sweep | None:
    first = views[0]
    keywords = ("PositionerPrimaryAngle", "PositionerSecondaryAngle")
    angles = [(increments(views, keyword, notes), keyword) for keyword in keywords]
    if is_c_arm(first):
        # Enhanced XA tells the same angles relative to the room (PS3.3 C.8.19.6.13.1.2).
        keywords_of_room = ("PositionerIsocenterPrimaryAngle", "PositionerIsocenterSecondaryAngle")
        room = [(column(views, keyword, "IsocenterReferenceSystemSequence"), keyword) for keyword in keywords_of_room]
        angles = room if any(varies(values) for values, _ in room) else angles
    found = _moving(angles, notes)
    if found is None:
        return None
    values, keyword = found
    primary = keyword.endswith("PrimaryAngle")
    values = _about_detector(views, values, keyword, notes)
    axis, sign, along, direction = _positioner_axis(first, keyword, notes)
    if is_c_arm(first) and primary:
        # PS3.3 C.8.7.5.1.2: positive moves the detector to the patient's left, so the source to the other side.
        sign = -sign
    return Sweep(
        "positioner", sign * values, axis, _spoken(keyword), attribute(keyword), along=along, direction=direction,
        turns=is_c_arm(first),
    )  # fmt: skip


def _gantry(views: Sequence[ViewTags], notes: list[str]) -> Sweep | None:
    """A linac's gantry (IEC 61217: clockwise seen from its front), its images seen from the source."""
    gantry = column(views, "GantryAngle")
    if gantry is None or not varies(gantry) or text(views[0].dataset, "Modality") != "RTIMAGE":
        return None
    unwrapped = np.degrees(np.unwrap(np.radians(gantry)))
    notes.append(said("The middle gantry angle is taken as the detector's normal."))
    name = attribute("GantryAngle")
    return Sweep(
        "gantry", unwrapped - middle(unwrapped), "x", "Gantry Angle", name, along=Stated("IEC 61217"),
        direction=Stated("IEC 61217"), turns=True,
    )  # fmt: skip


def of_angles(
    view: ViewTags, angle_deg: Array, source: str, where: str, origin: Source, notes: list[str], approximate: str = ""
) -> Sweep:
    """The sweep of angles that come from beside the images: about the middle one, along the likely axis."""
    angles = np.asarray(angle_deg, dtype=np.float64)
    if abs(middle(angles)) > float(np.ptp(angles)) / 2:
        notes.append(said("The middle tube angle ({0:.2f}°) is taken as the detector's normal.", middle(angles)))
        angles = angles - middle(angles)
    if is_c_arm(view):
        axis, sign, along, direction = _positioner_axis(view, "PositionerPrimaryAngle", notes)
        sign = -sign
    elif is_breast(view):
        (axis, along), sign = breast_axis(view, notes), 1
        direction = Stated(note=said("The direction in which the angles count is taken as written."))
    else:
        axis, sign, along, direction = _column_axis(view, notes)
    if approximate:
        notes.append(approximate)
    turns = is_c_arm(view)
    return Sweep("positioner", sign * angles, axis, source, where, origin, along, direction, approximate, turns)


def reversed_by_choice(sweep: Sweep) -> Sweep:
    """The same the other way round, because the user says so."""
    return replace(sweep, angle_deg=-sweep.angle_deg)


# -- the image axis ----------------------------------------------------------------------------------------------------


def _about_detector(views: Sequence[ViewTags], values: Array, keyword: str, notes: list[str]) -> Array:
    """Positioner angles relative to the detector's normal."""
    if is_c_arm(views[0]):
        if abs(middle(values)) > 1e-6:
            notes.append(said("The world frame stands on the detector of the middle angle."))
        return np.asarray(values - middle(values))
    fixed = column(views, keyword.replace("Positioner", "Detector"), "DetectorPositionSequence")
    if fixed is not None and float(np.ptp(fixed)) < MIN_SWEEP_DEG and abs(float(fixed.mean())) > MIN_SWEEP_DEG:
        notes.append(said("Tube angles are taken relative to the detector at {0:.2f}°.", fixed.mean()))
        return np.asarray(values - fixed.mean())
    half = float(np.ptp(values)) / 2
    if abs(middle(values)) > half:  # an oblique view (MLO): the gantry's own angle is in each number
        notes.append(said("The middle tube angle ({0:.2f}°) is taken as the detector's normal.", middle(values)))
        return np.asarray(values - middle(values))
    return values


def _own(view: ViewTags) -> bool:
    """Whether this program wrote the image: then its own axes hold (see `app.dicom.write.projections`)."""
    return text(view.dataset, "SoftwareVersions").startswith("Bocage")


def _column_axis(view: ViewTags, notes: list[str]) -> tuple[str, int, Stated, Stated]:
    """The axis of a tube column, and on which side of it positive angles stand.

    PS3.3 C.8.7.6: positive tilts the beam towards the head of the table, so the source stands towards its foot.
    """
    if _own(view):
        own = Stated(said("as this program writes it"))
        return "y", 1, own, own
    found = orientation_letters(view)
    letter = next((letter for letter in found or () if letter in "HF"), "")
    if found is not None and letter:
        axis = "xy"[found.index(letter)]
        note = said(
            "The tube is taken to move along the patient's head–foot axis; the tags do not state the direction."
        )
        notes.append(note)
        return axis, 1 if letter == "F" else -1, Stated(attribute("PatientOrientation")), Stated(note=note)
    axis_number, sign = detector_axes(view)[1]
    axis = "xy"[axis_number]
    note = said(
        "The tube is taken to move along the image's {0} (not stated).",
        said("rows") if axis == "x" else said("columns"),
    )
    notes.append(note)
    return axis, sign, Stated(note=note), Stated(note=note)


def breast_axis(view: ViewTags, notes: list[str]) -> tuple[str, Stated]:
    """The sweep axis of a breast unit: parallel to the chest wall."""
    found = orientation_letters(view)
    for index, letter in enumerate(found or ()):
        if letter in "AP":
            return "yx"[index], Stated(attribute("PatientOrientation"))
    note = said("The chest wall's side is not stated; the tube is taken to move along the image's columns.")
    notes.append(note)
    return "y", Stated(note=note)


def chest_wall_side(view: ViewTags) -> int:
    """On which side of the other axis the chest wall lies: −1, +1, 0 unknown."""
    letter = next((letter for letter in orientation_letters(view) or () if letter in "AP"), "")
    return {"P": 1, "A": -1}.get(letter, 0)


def _positioner_axis(view: ViewTags, keyword: str, notes: list[str]) -> tuple[str, int, Stated, Stated]:
    if is_breast(view):
        axis, along = breast_axis(view, notes)
        return axis, 1, along, Stated(note=said("The direction in which the angles count is taken as written."))
    primary = keyword.endswith("PrimaryAngle")
    if _own(view):
        own = Stated(said("as this program writes it"))
        return "x" if primary else "y", 1, own, own
    found = orientation_letters(view)
    letter = next((letter for letter in found or () if letter in ("LR" if primary else "HF")), "")
    if found is not None and letter:
        axis, where = "xy"[found.index(letter)], attribute("PatientOrientation")
        if is_c_arm(view):
            # Angles count towards the patient's left and head: the source moves to L (before the turn) and to F.
            return axis, -1 if letter in "RH" else 1, Stated(where), Stated(where)
        note = said("The direction in which the angles count is taken as written.")
        return axis, 1, Stated(where), Stated(note=note)
    axis = "x" if primary else "y"
    note = said("{0} is taken to move the tube along the image's {1} axis (not stated).", _spoken(keyword), axis)
    notes.append(note)
    return axis, 1, Stated(note=note), Stated(note=note)


def _spoken(keyword: str) -> str:
    words = "".join(" " + letter if letter.isupper() else letter for letter in keyword)
    return words.strip()
