"""Tube and detector of a sweep that is known by its angles and distances."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read import isocentre
from app.dicom.read.distances import AGREE, Distance
from app.dicom.read.known import Known, Ledger
from app.dicom.read.sweep import Sweep, breast_axis, chest_wall_side, is_breast
from app.dicom.read.views import ViewTags, attribute, column
from recon import trajectories
from recon.geometry import Geometry
from recon.messages import said
from recon.provenance import Source, Sourced

Array = NDArray[np.float64]


def build(
    known: Known,
    sweep: Sweep,
    distance: Distance,
    pivot: Distance | None,
    pitch: tuple[float, float],
    mirror: bool,
    ledger: Ledger,
) -> Geometry:
    """The geometry of a sweep, in the order of its views.

    Raises
    ------
    GeometryError
        When no tube and detector can move like that.
    """
    if sweep.kind == "column":
        return _linear(sweep, distance.value_mm, pitch, known.shape, ledger)
    assert pivot is not None
    facts: dict[str, Any] = {
        "source_to_detector_mm": float(np.median(distance.value_mm)),
        "pixel_pitch_mm": pitch,
        "shape": known.shape,
        "sweep_axis": sweep.axis,
        "origin": "dicom",
    }
    to_axis = float(np.median(pivot.value_mm))
    turns = sweep.turns if not known.choice.trajectory else known.choice.trajectory == "isocentric"
    if turns:
        geometry = trajectories.isocentric(angle_deg=sweep.angle_deg, source_to_axis_mm=to_axis, **facts)
        return _receptor_moved(known, geometry, ledger) if sweep.kind == "gantry" else geometry
    if sweep.kind != "isocentre":
        ledger.notes.append(
            said("The direction in which the angles count is taken as written; the detector is taken to stand still.")
        )
    geometry = trajectories.arc(angle_deg=sweep.angle_deg, source_to_pivot_mm=to_axis, **facts)
    height = column(known.views, "DetectorZPositionToIsocenter", isocentre.SEQUENCE)
    if sweep.kind == "isocentre" and height is not None:
        told = float(np.median(np.abs(height)))
        implied = float(np.median(distance.value_mm)) - to_axis
        if abs(told - implied) > AGREE * float(np.median(distance.value_mm)):
            ledger.notes.append(
                said(
                    "The detector is stated {0:g} mm below the axis, but the distances make it {1:g} mm; the "
                    "distances are used.",
                    told,
                    implied,
                )
            )
    return _over_chest_wall(known.first, geometry, sweep, mirror, ledger)


def _receptor_moved(known: Known, geometry: Geometry, ledger: Ledger) -> Geometry:
    """A linac's image receptor that does not stand under its axis.

    X-Ray Image Receptor Translation moves the receptor in its own plane, RT Image Position is the place of the first
    pixel in it (PS3.3 C.8.8.2); both count x to the right and y upwards, as seen from the source.
    """
    translation = [view.numbers("XRayImageReceptorTranslation") for view in known.views]
    position = [view.numbers("RTImagePosition") for view in known.views]
    shift = np.zeros((known.count, 2))
    where = []
    if all(len(each) == 3 for each in translation):
        shift += np.array(translation)[:, :2]
        where.append(attribute("XRayImageReceptorTranslation"))
    if all(len(each) == 2 for each in position):
        rows, columns = known.shape
        pitch = geometry.pixel_pitch_mm
        shift += np.array(position) + np.array(((columns - 1) / 2 * pitch[1], -(rows - 1) / 2 * pitch[0]))
        where.append(attribute("RTImagePosition"))
    if not where or float(np.abs(shift).max()) < 1e-6:
        return geometry
    moved = shift[:, :1] * geometry.column_direction - shift[:, 1:] * geometry.row_direction
    ledger.numbers.append(
        Sourced("detector", said("{0:.1f} mm beside the axis", float(np.linalg.norm(shift, axis=1).max())),
                source=Source.DICOM, where=", ".join(where))
    )  # fmt: skip
    return replace(geometry, detector_centre_mm=geometry.detector_centre_mm + moved)


def _over_chest_wall(view: ViewTags, geometry: Geometry, sweep: Sweep, mirror: bool, ledger: Ledger) -> Geometry:
    """In breast units the tube moves in the plane of the chest wall's edge of the detector, not over its middle."""
    if not is_breast(view):
        return geometry
    (axis, _), side = breast_axis(view, []), chest_wall_side(view)
    if side == 0 or axis != sweep.axis:
        ledger.notes.append(
            said("The tube is taken to move over the detector's middle: the chest wall's side is not stated.")
        )
        return geometry
    if sweep.axis == "y" and mirror:
        side = -side
    other = 1 if sweep.axis == "x" else 0
    extent = geometry.shape[1 - other] * geometry.pixel_pitch_mm[1 - other]
    source = np.array(geometry.source_mm)
    source[:, other] += side * extent / 2
    ledger.notes.append(said("The tube is taken to move in the plane of the detector's chest wall edge."))
    return replace(geometry, source_mm=source)


def _linear(
    sweep: Sweep, distance: Array, pitch: tuple[float, float], shape: tuple[int, int], ledger: Ledger
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


def reversed_sweep(geometry: Geometry) -> Geometry:
    """The same poses with the tube's path mirrored across the sweep."""
    axis = geometry.sweep_axis
    source, centre = np.array(geometry.source_mm), np.array(geometry.detector_centre_mm)
    source[:, axis], centre[:, axis] = -source[:, axis], -centre[:, axis]
    return replace(geometry, source_mm=source, detector_centre_mm=centre)


def pose_of(geometry: Geometry) -> str:
    """How the detector moves, in words."""
    if geometry.is_rectified:
        return said("stands still")
    if geometry.is_flat:
        return said("moves by {0:.1f} mm", float(np.ptp(geometry.detector_centre_mm[:, geometry.sweep_axis])))
    lean = np.degrees(np.arccos(np.clip(geometry.normal @ geometry.normal[0], -1.0, 1.0)))
    return said("turns by {0:.2f}°", float(lean.max()))
