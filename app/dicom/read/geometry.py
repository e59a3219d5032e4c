"""From what is known of an acquisition to a `Geometry`: every number with its source, and what is missing.

The reading order is that of precision: poses of the isocentre reference system, angles of the detector, of a tube
column, of the positioner or gantry, those that a reconstructed breast object lists, those of a dose report, a vendor
preset, the names of the files once the user has confirmed them. What the user says comes before all of them. Nothing
is assumed without a note; when a number is missing, it is named.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read import distances, isocentre
from app.dicom.read.angles import is_straight, sweep_of
from app.dicom.read.companions import Companions, view_of
from app.dicom.read.distances import AGREE, Distance
from app.dicom.read.known import Known, Ledger
from app.dicom.read.numbers import axis_text, measured, of_orientation, of_views
from app.dicom.read.placing import build, pose_of, reversed_sweep
from app.dicom.read.safe import number
from app.dicom.read.sweep import (
    Stated,
    Sweep,
    is_breast,
    reversed_by_choice,
)
from app.dicom.read.views import (
    Orientation,
    Pitch,
    ViewTags,
    attribute,
    column,
    detector_pitch,
    opposite,
    patient_orientation,
    views_of,
)
from app.presets import GeometryPreset
from app.reading.acquisition import GeometryChoice
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said
from recon.provenance import Source, Sourced, Sources, ordered

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Resolved:
    """What is known of the acquisition of a projection series.

    Attributes
    ----------
    geometry : Geometry or None
        In the order of the views given; None when something is missing.
    mirror : bool
        The images' columns must be reversed (see `Orientation`); the geometry is for the reversed images.
    missing, found, notes : tuple of str
    wanted : tuple of str
        Names (of `recon.provenance.TITLES`) of the numbers that are missing.
    numbers : tuple of Sourced
        Every number that is known, with its source.
    offered_deg : tuple of float
        View angles in the names of the files, which the user has not confirmed; empty when there are none.
    """

    geometry: Geometry | None
    mirror: bool = False
    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    patient: PatientFrame | None = None
    wanted: tuple[str, ...] = ()
    numbers: Sources = ()
    offered_deg: tuple[float, ...] = ()


def resolve(
    datasets: Sequence[Any],
    *,
    choice: GeometryChoice | None = None,
    companions: Companions | None = None,
    preset: GeometryPreset | None = None,
    names_deg: Sequence[float] = (),
    angle_sign: int = 1,
) -> Resolved:
    """The geometry of a projection series.

    Parameters
    ----------
    datasets : sequence of Dataset
        One multi-frame header, or one header for each view.
    choice : GeometryChoice, optional
        What the user says; its file and preset are not looked at here.
    companions : Companions, optional
        Of the same study.
    preset : GeometryPreset, optional
        For numbers that nothing else gives.
    names_deg : sequence of float, optional
        Angles in the files' names; taken only when `choice` confirms them.
    angle_sign : {1, -1}
        −1 turns the sweep round, for devices that count angles the other way.
    """
    views, ledger = views_of(datasets), Ledger()
    choice, companions = choice or GeometryChoice(), companions or Companions()
    first = views[0]
    shape = (int(number(first.dataset, "Rows", 1) or 1), int(number(first.dataset, "Columns", 1) or 1))
    known = Known(
        views,
        datasets,
        choice,
        companions.breast_for(datasets, len(views)),
        companions.event_for(datasets, len(views)),
        companions,
        preset,
        tuple(names_deg) if len(names_deg) == len(views) else (),
        shape,
    )
    orientation = _seen_from_detector(first, patient_orientation(first))
    ledger.notes += orientation.notes
    ledger.numbers += of_views(views, shape)
    pitch = _pitch(known, ledger)
    reverse = (angle_sign < 0) != choice.reverse
    posed = _poses(known, pitch, ledger) if pitch is not None and choice.angles_deg is None else None
    if posed is not None:
        orientation = _mirrored(orientation, posed.mirror)
        geometry = posed.geometry
        if reverse:
            ledger.notes.append(said("The direction of the sweep was reversed by choice."))
            geometry = reversed_sweep(geometry)
        return _finish(known, geometry, orientation, ledger, posed.numbers)
    sweep = sweep_of(known, ledger)
    whole_preset = sweep is None and preset is not None
    distance = _distance(known, ledger)
    if sweep is not None and choice.axis:
        sweep = replace(sweep, axis=choice.axis)
    if whole_preset and preset is not None and pitch is not None:
        return _of_preset(known, preset, pitch, distance, orientation, reverse, ledger)
    straight = is_straight(known, sweep)
    pivot = None if sweep is None or straight else _pivot(known, distance, ledger)
    if sweep is None:
        ledger.missing["angles"] = said("an angle that differs between the views (none of the angle attributes varies)")
    if distance is None:
        ledger.missing["distance"] = said("the distance from source to detector (Distance Source to Detector)")
    if sweep is not None and not straight and pivot is None:
        ledger.missing["pivot"] = said(
            "the distance from source to the axis of rotation (Distance Source to Isocenter)"
        )
    if ledger.missing or pitch is None or sweep is None or distance is None:
        return _told(known, None, orientation, ledger)
    if straight and sweep.kind != "column":
        sweep = replace(sweep, kind="column")
    if orientation.mirror and sweep.axis == "x":
        sweep = reversed_by_choice(sweep)
    if reverse:
        ledger.notes.append(said("The direction of the sweep was reversed by choice."))
        sweep = replace(
            reversed_by_choice(sweep), direction=Stated(where=said("reversed by the user"), note=sweep.direction.note)
        )
    try:
        geometry = build(known, sweep, distance, pivot, pitch.value_mm, orientation.mirror, ledger)
    except BocageError as error:
        ledger.missing["angles"] = str(error).rstrip(".")
        return _told(known, None, orientation, ledger)
    return _finish(known, geometry, orientation, ledger, _of_sweep(known, sweep, geometry, reverse))


# -- single numbers ----------------------------------------------------------------------------------------------------


def _pitch(known: Known, ledger: Ledger) -> Pitch | None:
    given = known.choice.pixel_pitch_mm
    pitch = detector_pitch(known.first)
    if given is not None:
        pitch = Pitch(given, said("the user"))
        ledger.numbers.append(Sourced("pitch", given, "mm", Source.USER))
    elif pitch is not None:
        note = pitch.notes[0] if pitch.notes else ""
        ledger.numbers.append(
            Sourced("pitch", pitch.value_mm, "mm", Source.DICOM, pitch.where, note, assumed=pitch.doubtful)
        )
    elif known.preset is not None:
        value = known.preset.pixel_pitch_mm
        pitch = Pitch((value, value), said("the preset"))
        ledger.numbers.append(Sourced("pitch", pitch.value_mm, "mm", Source.PRESET, known.preset.title))
        ledger.notes.append(said("The pixel pitch {0:g} mm is that of the preset.", value))
    if pitch is None:
        ledger.missing["pitch"] = said("the detector's pixel pitch (Detector Element Spacing or Imager Pixel Spacing)")
        return None
    ledger.found.append(said("pixel pitch {0:g} mm from {1}", pitch.value_mm[0], pitch.source))
    ledger.notes += pitch.notes
    return pitch


def _distance(known: Known, ledger: Ledger) -> Distance | None:
    given = known.choice.source_to_detector_mm
    if given is not None:
        found: Distance | None = distances.constant("distance", given, known.count, Source.USER, "")
    else:
        found = distances.source_to_detector(known.views, known.breast, known.event)
    if found is None and known.preset is not None:
        preset = known.preset
        found = distances.constant("distance", preset.source_to_detector_mm, known.count, Source.PRESET, preset.title)
        ledger.notes.append(
            said("The distance from source to detector, {0:g} mm, is that of the preset.", found.value_mm[0])
        )
    doubt = distances.impossible(known.views)
    if doubt:
        ledger.found.append(doubt)
    if found is None:
        return None
    ledger.numbers.append(found.stated)
    ledger.found.append(said("source to detector {0:g} mm from {1}", found.value_mm[0], _origin(found)))
    behind = distances.object_distance(known.views, found.value_mm, ledger.notes)
    if behind is not None:
        ledger.numbers.append(behind)
    return found


def _pivot(known: Known, distance: Distance | None, ledger: Ledger) -> Distance | None:
    given = known.choice.source_to_pivot_mm
    if given is not None:
        found: Distance | None = distances.constant("pivot", given, known.count, Source.USER, "")
    else:
        found = distances.source_to_axis(
            known.views, distance.value_mm if distance is not None else None, known.breast, known.event
        )
    if found is None and distance is not None:
        height = column(known.views, "DetectorZPositionToIsocenter", isocentre.SEQUENCE)
        if height is not None:
            value = distance.value_mm - np.abs(height)
            where = attribute("DetectorZPositionToIsocenter")
            if float(value.min()) > 0:
                found = Distance(value, Sourced("pivot", float(value[0]), "mm", Source.DICOM, where))
    if found is None and known.preset is not None and known.preset.source_to_pivot_mm > 0:
        preset = known.preset
        found = distances.constant("pivot", preset.source_to_pivot_mm, known.count, Source.PRESET, preset.title)
        ledger.notes.append(
            said("The distance from source to axis, {0:g} mm, is that of the preset.", found.value_mm[0])
        )
    if found is None:
        return None
    ledger.numbers.append(found.stated)
    ledger.found.append(said("source to axis {0:g} mm", found.value_mm[0]))
    return found


def _origin(found: Distance) -> str:
    if found.stated.source is Source.USER:
        return said("the user")
    return found.name


# -- the sweep ---------------------------------------------------------------------------------------------------------


def _poses(known: Known, pitch: Pitch | None, ledger: Ledger) -> isocentre.Poses | None:
    """The poses of the isocentre system, unless the user's word replaces a part of them."""
    given = known.choice
    if pitch is None or given.source_to_detector_mm or given.source_to_pivot_mm or given.axis or given.trajectory:
        return None
    to_detector = distances.source_to_detector(known.views)
    to_axis = column(known.views, "DistanceSourceToIsocenter", distances.GEOMETRY)
    found = isocentre.poses(
        known.views,
        to_axis,
        None if to_detector is None else to_detector.value_mm,
        pitch.value_mm,
        known.shape,
    )
    if found is None:
        return None
    if isinstance(found, str):
        ledger.notes.append(found)
        return None
    assert to_axis is not None
    ledger.notes += found.notes
    geometry, angles = found.geometry, found.angles_deg
    ledger.found.append(
        said(
            "{0} view angles from {1:.2f}° to {2:.2f}° from {3}",
            known.count, float(angles.min()), float(angles.max()), "Isocenter Reference System",
        )
    )  # fmt: skip
    if to_detector is not None:
        ledger.numbers.append(to_detector.stated)
        ledger.found.append(said("source to detector {0:g} mm from {1}", to_detector.value_mm[0], to_detector.name))
        behind = distances.object_distance(known.views, to_detector.value_mm, ledger.notes)
        ledger.numbers += [behind] if behind is not None else []
        middle = int(np.argmin(np.abs(angles)))
        implied = float(geometry.source_distance_mm[middle])
        if abs(implied / float(np.median(to_detector.value_mm)) - 1) > AGREE:
            ledger.notes.append(
                said(
                    "By the isocentre system the source is {0:.1f} mm from the detector, but {1:.1f} mm are stated; "
                    "the isocentre system is used.",
                    implied, float(np.median(to_detector.value_mm)),
                )
            )  # fmt: skip
    where = attribute("XRaySourceIsocenterPrimaryAngle")
    ledger.numbers += [
        Sourced("pivot", float(np.median(to_axis)), "mm", Source.DICOM, attribute("DistanceSourceToIsocenter")),
        Sourced("angles", (float(angles.min()), float(angles.max())), "°", Source.DICOM, where),
    ]
    return found


# -- a preset, and the numbers of a sweep ------------------------------------------------------------------------------


def _of_preset(
    known: Known,
    preset: GeometryPreset,
    pitch: Pitch,
    distance: Distance | None,
    orientation: Orientation,
    reverse: bool,
    ledger: Ledger,
) -> Resolved:
    """A preset's whole sweep, with the distances that the files or the user state."""
    own = replace(preset, sweep_axis=known.choice.axis) if known.choice.axis else preset
    if distance is not None and distance.stated.source is not Source.PRESET:
        own = replace(own, source_to_detector_mm=float(np.median(distance.value_mm)))
    if own.source_to_pivot_mm:
        pivot = _pivot(known, distance, ledger)
        own = own if pivot is None else replace(own, source_to_pivot_mm=float(np.median(pivot.value_mm)))
    try:
        geometry = own.build(known.count, known.shape, pitch.value_mm, reverse=reverse)
    except BocageError as error:
        ledger.missing["angles"] = str(error).rstrip(".")
        return _told(known, None, orientation, ledger)
    note = said("Nominal numbers of a device, not those of this acquisition.")
    angles = geometry.view_angle_deg
    facts = [
        Sourced("angles", (float(angles[0]), float(angles[-1])), "°", Source.PRESET, preset.title, note),
        Sourced("axis", axis_text("xy".index(own.sweep_axis)), source=Source.USER)
        if known.choice.axis
        else Sourced("axis", axis_text("xy".index(own.sweep_axis)), source=Source.PRESET, where=preset.title),
        Sourced("direction", said("reversed") if reverse else said("as numbered"),
                source=Source.USER if reverse else Source.ASSUMED,
                note=said("The views are taken in the order of their numbers."), assumed=not reverse),
        Sourced("detector", pose_of(geometry), source=Source.PRESET, where=preset.title),
    ]  # fmt: skip
    ledger.notes.insert(
        0,
        said(
            "Geometry: {0}; the views are taken in the order of their instance numbers.",
            said("preset {0}", geometry.note),
        ),
    )
    return _finish(known, geometry, orientation, ledger, facts)


def _seen_from_detector(view: ViewTags, orientation: Orientation) -> Orientation:
    """For cranio-caudal views the tube is above: where the letters put it below, the image is seen from the tube."""
    if orientation.mirror or orientation.frame is None or not is_breast(view) or view_of(view.dataset)[1] != "CC":
        return orientation
    if orientation.frame.letters((0.0, 0.0, 1.0)) != "F":
        return orientation
    note = said("The images are stored as seen from the tube; their columns are reversed on loading.")
    return replace(_mirrored(orientation, True), notes=(*orientation.notes, note))


def _mirrored(orientation: Orientation, mirror: bool) -> Orientation:
    """The patient's directions of images that are mirrored because of the poses, not of the View Position."""
    if mirror == orientation.mirror or orientation.frame is None:
        return Orientation(orientation.frame, mirror, orientation.notes)
    x, y, z = (orientation.frame.letters(axis)[0] for axis in np.eye(3))
    return Orientation(PatientFrame.from_letters(opposite(x), y, opposite(z)), mirror, orientation.notes)


def _of_sweep(known: Known, sweep: Sweep, geometry: Geometry, reverse: bool) -> list[Sourced]:
    """The numbers of a sweep that is known by its angles."""
    angles = sweep.angle_deg
    stated = not sweep.direction.note or reverse
    where = sweep.direction.where
    detector = [item for item in (_still(known, sweep, geometry),) if item is not None]
    return [
        Sourced("angles", (float(angles.min()), float(angles.max())), "°", sweep.origin, sweep.where,
                sweep.approximate, assumed=bool(sweep.approximate)),
        Sourced("axis", axis_text("xy".index(sweep.axis)), source=Source.USER)
        if known.choice.axis
        else Sourced("axis", axis_text("xy".index(sweep.axis)),
                source=Source.ASSUMED if sweep.along.note else Source.DICOM, where=sweep.along.where,
                note=sweep.along.note, assumed=bool(sweep.along.note)),
        Sourced("direction", said("reversed") if reverse else said("as written") if not stated else said("stated"),
                source=Source.USER if reverse else Source.DICOM if stated else Source.ASSUMED, where=where,
                note=sweep.direction.note, assumed=not stated),
        *detector,
    ]  # fmt: skip


def _still(known: Known, sweep: Sweep, geometry: Geometry) -> Sourced | None:
    pose = pose_of(geometry)
    if known.choice.trajectory:
        return Sourced("detector", pose, source=Source.USER)
    if sweep.kind == "gantry":
        return None if np.abs(geometry.detector_centre_mm[:, :2]).min() > 0 else Sourced("detector", pose)
    if sweep.turns:
        return Sourced("detector", pose, where=attribute("PositionerType"))
    note = said("No attribute says whether the detector moves; it is taken to stand still.")
    return Sourced("detector", pose, source=Source.ASSUMED, note=note, assumed=True)


# -- the result --------------------------------------------------------------------------------------------------------


def _finish(
    known: Known,
    geometry: Geometry,
    orientation: Orientation,
    ledger: Ledger,
    facts: Sequence[Sourced],
) -> Resolved:
    ledger.numbers = [*facts, *ledger.numbers] if _has(ledger, "detector") else [*ledger.numbers, *facts]
    relative, where = _exposure(known.views)
    if where:
        ledger.numbers.append(
            Sourced("exposure", (float(relative.min()), float(relative.max())), "", Source.DICOM, where)
            if relative is not None
            else Sourced("exposure", said("equal"), source=Source.DICOM, where=where)
        )
    geometry = replace(
        geometry,
        patient=orientation.frame,
        exposure=relative,
        origin=_geometry_origin(ledger.numbers),
        note="; ".join(ledger.found) if geometry.origin != "preset" else geometry.note,
    )
    ledger.numbers += measured(geometry)
    return _told(known, geometry, orientation, ledger)


def _has(ledger: Ledger, name: str) -> bool:
    return any(item.name == name for item in ledger.numbers)


def _geometry_origin(numbers: Sequence[Sourced]) -> str:
    """The least certain source of what decides the geometry, as `Geometry.origin` names it."""
    deciding = {item.source for item in numbers if item.name in ("pitch", "angles", "distance", "pivot", "axis")}
    for source, origin in (
        (Source.PRESET, "preset"),
        (Source.USER, "user"),
        (Source.NAME, "user"),
        (Source.DOSE_REPORT, "rdsr"),
    ):
        if source in deciding:
            return origin
    return "dicom"


def _told(known: Known, geometry: Geometry | None, orientation: Orientation, ledger: Ledger) -> Resolved:
    ledger.numbers.append(of_orientation(known.first, orientation.frame, orientation.mirror))
    names = known.names_deg if "angles" in ledger.missing and not known.choice.names else ()
    return Resolved(
        geometry,
        orientation.mirror,
        tuple(ledger.missing.values()),
        tuple(ledger.found),
        tuple(dict.fromkeys(ledger.notes)),
        orientation.frame,
        tuple(ledger.missing),
        ordered(ledger.numbers),
        names,
    )


def _exposure(views: Sequence[ViewTags]) -> tuple[Array | None, str]:
    """Relative exposure of each view, mean 1 (None when equal or unknown), and where it was read ("" if unknown)."""
    told = ""
    for keyword, sequence in (
        ("ExposureInuAs", None),
        ("ExposureInmAs", "XRayAcquisitionDoseSequence"),
        ("RelativeXRayExposure", "XRayAcquisitionDoseSequence"),
    ):
        values = column(views, keyword, sequence)
        if values is not None and float(values.min()) > 0:
            told = told or attribute(keyword)
            relative = values / values.mean()
            if float(np.ptp(relative)) > 1e-3:
                return relative, attribute(keyword)
    return None, told


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
