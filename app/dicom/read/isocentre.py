"""Poses of source and detector from the isocentre reference system of breast projections (PS3.3 C.8.31.6).

The isocentre's axes are X from the gantry's left to its right, Y from its front to its rear, Z up, as seen by the
patient who faces it. The source lies at the Distance Source to Isocenter in the direction of its two angles; the
detector's reference point at its position, turned by its own two angles. The active area's corner and orientation say
where the pixels lie on the detector; without them the image's axes are found by the patient's directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.numbers import axis_text
from app.dicom.read.safe import numbers
from app.dicom.read.sweep import breast_axis, chest_wall_side, is_breast, varies
from app.dicom.read.views import ViewTags, attribute, column, detector_axes, field_rotation, orientation_letters
from recon.errors import GeometryError
from recon.frame import LETTER_DIRECTIONS
from recon.geometry import Geometry
from recon.messages import said
from recon.provenance import Sourced

Array = NDArray[np.float64]
SEQUENCE = "IsocenterReferenceSystemSequence"
STEEPEST_DEG = 80.0
OFF_CENTRE, LEANING = 1.5, 0.1
"""A middle source that stands farther beside the detector than so many of its sides, and so much of its height, belongs
to a wrong corner or position."""


@dataclass(frozen=True, eq=False)
class Poses:
    """The geometry that the isocentre system gives.

    Attributes
    ----------
    angles_deg : ndarray, shape (n,)
        Of the source, from the detector's normal, as they are stated.
    mirror : bool
        The images are stored as seen from the tube; their columns must be reversed, and the geometry is for that.
    numbers : tuple of Sourced
        Of the poses: detector, axis, direction.
    notes : tuple of str
    """

    geometry: Geometry
    mirror: bool
    angles_deg: Array
    numbers: tuple[Sourced, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Area:
    """Image axes and centre in the detector's own coordinates, each shape (n, 3)."""

    right: Array
    down: Array
    centre: Array
    stated: bool
    notes: tuple[str, ...] = ()


def poses(
    views: Sequence[ViewTags],
    source_to_isocentre_mm: Array | None,
    source_to_detector_mm: Array | None,
    pitch_mm: tuple[float, float],
    shape: tuple[int, int],
) -> Poses | str | None:
    """Poses of all views.

    Returns
    -------
    Poses, or a sentence that says why they cannot be used, or None when the files do not tell them.
    """
    primary = column(views, "XRaySourceIsocenterPrimaryAngle", SEQUENCE)
    secondary = _or_zero(views, "XRaySourceIsocenterSecondaryAngle")
    turned, tilted = (
        _or_zero(views, "DetectorIsocenterPrimaryAngle"),
        _or_zero(views, "DetectorIsocenterSecondaryAngle"),
    )
    if primary is None or source_to_isocentre_mm is None or not varies(primary):
        return None
    if max(float(np.abs(angles).max()) for angles in (primary - turned, secondary - tilted)) > STEEPEST_DEG:
        return said("The angles of the isocentre system are too steep to be used.")
    source = source_to_isocentre_mm[:, None] * _direction(primary, secondary)
    place = _detector_place(views, turned, tilted, source_to_isocentre_mm, source_to_detector_mm)
    if place is None:
        return None
    reference, is_placed = place
    frame = _frame(turned, tilted)
    area = _stated_area(views, pitch_mm, shape)
    if area is None:
        area = _area_by_letters(views, frame, reference, pitch_mm, shape, float(turned.mean()))
    if area is None:
        return None
    right, down, centre = (np.einsum("nij,nj->ni", frame, part) for part in (area.right, area.down, area.centre))
    centre = centre + reference
    notes = list(area.notes)
    mirror = bool(np.sum(np.cross(right[0], down[0]) * frame[0][:, 2]) < 0)
    if mirror:
        right = -right
        notes.append(said("The images are stored as seen from the tube; their columns are reversed on loading."))
    geometry = _in_world(source, centre, right, down, pitch_mm, shape)
    if isinstance(geometry, str):
        return geometry
    return Poses(geometry, mirror, primary - turned, _numbers(geometry, area, is_placed, turned, tilted), tuple(notes))


def _or_zero(views: Sequence[ViewTags], keyword: str) -> Array:
    found = column(views, keyword, SEQUENCE)
    return found if found is not None else np.zeros(len(views))


def _direction(primary_deg: Array, secondary_deg: Array) -> Array:
    """Unit vectors: the primary angle lies between Z and X in the XZ plane, the secondary one between Z and Y."""
    vector = np.stack(
        (np.tan(np.radians(primary_deg)), np.tan(np.radians(secondary_deg)), np.ones_like(primary_deg)), axis=-1
    )
    return np.asarray(vector / np.linalg.norm(vector, axis=1, keepdims=True))


def _frame(primary_deg: Array, secondary_deg: Array) -> Array:
    """Detector axes Xd, Yd, Zd in isocentre coordinates as the columns of matrices, shape (n, 3, 3)."""
    # A detector that lies flat beyond 90° is turned in the XZ plane; tan alone would lose its side.
    primary = np.radians(primary_deg)
    normal = np.stack((np.sin(primary), np.tan(np.radians(secondary_deg)), np.cos(primary)), axis=-1)
    normal = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    across = np.cross((0.0, 1.0, 0.0), normal)
    across = across / np.linalg.norm(across, axis=1, keepdims=True)
    return np.stack((across, np.cross(normal, across), normal), axis=-1)


def _detector_place(
    views: Sequence[ViewTags], turned: Array, tilted: Array, to_isocentre: Array, to_detector: Array | None
) -> tuple[Array, bool] | None:
    """The detector's reference point, shape (n, 3), and whether all three coordinates are stated."""
    parts = [column(views, f"Detector{axis}PositionToIsocenter", SEQUENCE) for axis in "XYZ"]
    if all(part is not None for part in parts):
        return np.stack([part for part in parts if part is not None], axis=-1), True
    height = parts[2]
    if height is None:
        if to_detector is None or float((to_detector - to_isocentre).min()) < 0:
            return None
        height = to_isocentre - to_detector
        return _frame(turned, tilted)[:, :, 2] * height[:, None], False
    # Written without its sign by some: the detector lies on the other side of the isocentre than the tube.
    return -_frame(turned, tilted)[:, :, 2] * np.abs(height)[:, None], False


def _stated_area(views: Sequence[ViewTags], pitch_mm: tuple[float, float], shape: tuple[int, int]) -> _Area | None:
    """The image on the detector, by the corner and orientation of the active area (PS3.3 C.8.31.6.1.5)."""
    corners = [view.numbers("DetectorActiveAreaTLHCPosition", SEQUENCE) for view in views]
    cosines = [view.numbers("DetectorActiveAreaOrientation", SEQUENCE) for view in views]
    if not all(len(corner) == 3 for corner in corners) or not all(len(cosine) == 6 for cosine in cosines):
        return None
    corner, cosine = np.array(corners), np.array(cosines)
    along_row, along_column = cosine[:, :3], cosine[:, 3:]
    if (
        np.abs(np.linalg.norm(along_row, axis=1) - 1).max() > 1e-3
        or np.abs(np.linalg.norm(along_column, axis=1) - 1).max() > 1e-3
    ):
        return None
    first = views[0]
    element = numbers(first.dataset, "DetectorElementSpacing")
    element = element if len(element) == 2 else pitch_mm
    origin = first.numbers("FieldOfViewOrigin", "FieldOfViewSequence")
    active = numbers(first.dataset, "DetectorActiveOrigin")
    if len(origin) == 2 and len(active) == 2:
        offset = (origin[0] - active[0], origin[1] - active[1])
    else:
        offset = (0.0, 0.0)
    rows, columns = shape
    height, width = rows * pitch_mm[0], columns * pitch_mm[1]
    if field_rotation(first) in (90, 270):
        height, width = width, height
    # The corner is the middle of its element; the edge lies half an element before it.
    centre = (
        corner
        + along_column * ((offset[0] - 0.5) * element[0] + height / 2)
        + along_row * ((offset[1] - 0.5) * element[1] + width / 2)
    )
    (right_axis, right_sign), (_, down_sign) = detector_axes(first)
    if right_axis == 0:
        return _Area(right_sign * along_row, down_sign * along_column, centre, True)
    return _Area(down_sign * along_column, right_sign * along_row, centre, True)


def _area_by_letters(
    views: Sequence[ViewTags],
    frame: Array,
    reference: Array,
    pitch_mm: tuple[float, float],
    shape: tuple[int, int],
    turned_deg: float,
) -> _Area | None:
    """The image on the detector, by the patient's directions: upright, facing the gantry, chest wall at its edge.

    Then the patient's front is towards Yd, and Xd is the patient's right turned by the detector's angle.
    """
    first = views[0]
    letters = orientation_letters(first)
    if letters is None or not is_breast(first) or chest_wall_side(first) == 0:
        return None
    axis, _ = breast_axis(first, [])
    along = "xy".index(axis)
    angle = np.radians(turned_deg)
    across = (-np.cos(angle), 0.0, -np.sin(angle))  # Xd in patient coordinates (LPS)
    towards = float(np.dot(LETTER_DIRECTIONS[letters[along]], across))
    if abs(towards) < 0.2:
        return None
    unit = np.eye(3)
    axes = [unit[0], unit[0]]
    axes[along] = np.sign(towards) * unit[0]
    axes[1 - along] = -chest_wall_side(first) * unit[1]
    extent = shape[along] * pitch_mm[along]  # of the axis away from the chest wall: rows for a sweep along x
    n = len(views)
    # The tube's plane, Y = 0, holds the detector's edge at the chest wall.
    edge = -np.einsum("ni,ni->n", frame[:, :, 1], reference)
    centre = np.zeros((n, 3))
    centre[:, 1] = edge + extent / 2
    notes = (
        said("The tube is taken to move in the plane of the detector's chest wall edge."),
        said("The patient is taken to face the gantry upright; that decides the direction of the sweep."),
    )
    return _Area(np.tile(axes[0], (n, 1)), np.tile(axes[1], (n, 1)), centre, False, notes)


def _in_world(
    source: Array, centre: Array, right: Array, down: Array, pitch_mm: tuple[float, float], shape: tuple[int, int]
) -> Geometry | str:
    """Into the frame of the detector of the middle view."""
    inwards = np.cross(right, down)
    # The middle of the sweep; a detector that does not move gives the same frame for all.
    along = max((right[0], down[0]), key=lambda axis: float(np.ptp(source @ axis)))
    middle = int(np.argsort(source @ along, kind="stable")[len(source) // 2])
    axes = np.stack((right[middle], down[middle], inwards[middle]))
    moved = (source - centre[middle]) @ axes.T
    sides = np.array((shape[1] * pitch_mm[1], shape[0] * pitch_mm[0]))
    if np.any(np.abs(moved[middle, :2]) > OFF_CENTRE * sides + LEANING * abs(float(moved[middle, 2]))):
        return said(
            "By the detector's corner and position the tube stands {0:.0f} mm beside the detector; they are not used.",
            float(np.abs(moved[middle, :2]).max()),
        )
    try:
        return Geometry(
            moved, (centre - centre[middle]) @ axes.T, down @ axes.T, right @ axes.T, pitch_mm, shape, origin="dicom"
        )
    except GeometryError as error:
        return said("The isocentre system cannot be used: {0}", error)


def _numbers(geometry: Geometry, area: _Area, is_placed: bool, turned: Array, tilted: Array) -> tuple[Sourced, ...]:
    moving = float(np.ptp(turned)) > 0.01 or float(np.ptp(tilted)) > 0.01
    if moving:
        pose: str = said("turns by {0:.2f}°", float(max(np.ptp(turned), np.ptp(tilted))))
    elif float(np.ptp(geometry.detector_centre_mm, axis=0).max()) > 0.01:
        pose = said("moves by {0:.1f} mm", float(np.linalg.norm(np.ptp(geometry.detector_centre_mm, axis=0))))
    else:
        pose = said("stands still")
    where = attribute("DetectorActiveAreaTLHCPosition") if area.stated else attribute("DetectorZPositionToIsocenter")
    if not area.stated and not is_placed:
        where = attribute("DetectorIsocenterPrimaryAngle")
    note = "" if area.stated else area.notes[0]
    direction = attribute("DetectorActiveAreaOrientation" if area.stated else "PatientOrientation")
    sense = said("stated") if area.stated else said("by the patient's side")
    return (
        Sourced("detector", pose, where=where, note=note, assumed=not area.stated),
        Sourced("axis", axis_text(geometry.sweep_axis), where=direction),
        Sourced(
            "direction", sense, where=direction, note="" if area.stated else area.notes[1], assumed=not area.stated
        ),
    )
