"""Which angles a sweep is made of: the user's, the images', those of other objects, those in the files' names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.dicom.read.companions import BREAST_WHERE, EVENT_WHERE
from app.dicom.read.known import Known, Ledger
from app.dicom.read.sweep import MIN_SWEEP_DEG, Stated, Sweep, find_sweep, of_angles
from app.dicom.read.views import field_flipped, field_rotation
from recon.messages import said
from recon.provenance import Source


def sweep_of(known: Known, ledger: Ledger) -> Sweep | None:
    """The angles of the views, by the first source that tells them."""
    found = _user_sweep(known, ledger) or find_sweep(known.views, ledger.notes)
    found = found or _breast_sweep(known, ledger) or _dose_sweep(known, ledger) or _named_sweep(known, ledger)
    if found is None:
        return None
    low, high = float(found.angle_deg.min()), float(found.angle_deg.max())
    ledger.found.append(
        said("{0} view angles from {1:.2f}° to {2:.2f}° from {3}", known.count, low, high, found.source)
    )
    if field_flipped(known.first) or field_rotation(known.first):
        ledger.notes.append(said("The field of view's rotation and flip are taken into account."))
    return found


def _user_sweep(known: Known, ledger: Ledger) -> Sweep | None:
    if known.choice.angles_deg is None:
        return None
    first, last = known.choice.angles_deg
    stated = find_sweep(known.views)
    angles = np.linspace(first, last, known.count)
    if stated is not None and stated.kind != "isocentre":
        # The files' own axis; the user's angles count along it.
        along = Stated(stated.along.where, stated.along.note)
        return replace(
            stated, angle_deg=angles, source=said("the user"), where="", origin=Source.USER, along=along,
            direction=Stated(where=said("as the user gave it")),
        )  # fmt: skip
    swept = of_angles(known.first, angles, said("the user"), "", Source.USER, ledger.notes)
    return replace(swept, angle_deg=angles, direction=Stated(where=said("as the user gave it")))


def _breast_sweep(known: Known, ledger: Ledger) -> Sweep | None:
    if known.breast is None:
        return None
    angles = np.array(known.companions.breast_angles(known.breast, known.datasets))
    if float(np.ptp(angles)) < MIN_SWEEP_DEG:
        return None
    note = said("The view angles are those that a reconstructed image of this examination lists.")
    ledger.notes.append(note)
    return of_angles(
        known.first, angles, said("a breast tomosynthesis object"), BREAST_WHERE, Source.BREAST_OBJECT, ledger.notes
    )


def _dose_sweep(known: Known, ledger: Ledger) -> Sweep | None:
    event = known.event
    if event is None or event.start_deg is None or event.end_deg is None:
        return None
    if event.pulses not in (0, known.count) or abs(event.end_deg - event.start_deg) < MIN_SWEEP_DEG:
        return None
    note = said("The dose report states only the first and the last angle; the views are taken to be evenly spaced.")
    angles = np.linspace(event.start_deg, event.end_deg, known.count)
    return of_angles(known.first, angles, said("the dose report"), EVENT_WHERE, Source.DOSE_REPORT, ledger.notes, note)


def _named_sweep(known: Known, ledger: Ledger) -> Sweep | None:
    if not known.choice.names or not known.names_deg:
        return None
    ledger.notes.append(said("The view angles are the numbers in the names of the files, as you confirmed."))
    angles = np.array(known.names_deg)
    return of_angles(known.first, angles, said("the names of the files"), "", Source.NAME, ledger.notes)


def is_straight(known: Known, sweep: Sweep | None) -> bool:
    """Whether the tube runs on a straight track, so that no axis of rotation is needed."""
    if sweep is None:
        return known.choice.trajectory == "linear"
    if sweep.kind == "column":
        return True
    if known.choice.source_to_pivot_mm is not None or sweep.turns or sweep.kind in ("isocentre", "gantry"):
        return False
    if known.choice.trajectory:
        return known.choice.trajectory == "linear"
    return known.preset is not None and known.preset.trajectory in ("linear", "pendulum")
