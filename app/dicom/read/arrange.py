"""The views of a projection series in their order, with the geometry that belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.classify import instance_key
from app.dicom.read.geometry import Resolved, compare, resolve, sweep_order
from app.dicom.read.safe import DicomFile, whole
from app.research.sidecar import Sidecar, choose
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact

AGREE_MM = 0.5


@dataclass(frozen=True, eq=False)
class Arranged:
    """Projections ready to be loaded.

    Attributes
    ----------
    files : tuple of DicomFile
        One multi-frame file, or one file for each view in order.
    frames : ndarray or None
        For a multi-frame file: the frame of each view.
    geometry : Geometry or None
        In view order; None when something is missing.
    mirror : bool
        Reverse the columns of each image.
    """

    files: tuple[DicomFile, ...]
    frames: NDArray[np.intp] | None
    shape: tuple[int, int]
    geometry: Geometry | None
    mirror: bool = False
    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sidecar: Sidecar | None = None

    @property
    def n_views(self) -> int:
        """Number of views."""
        return len(self.files) if self.frames is None else int(self.frames.size)


def arrange(
    files: Sequence[DicomFile], sidecars: Sequence[Sidecar] = (), *, given: Geometry | None = None, angle_sign: int = 1
) -> Arranged:
    """Order the views and find their geometry.

    A geometry that is given, or a file beside the images, describes the views in the order of Instance Number (or of
    frames); the tags' own geometry is sorted along the sweep.
    """
    ordered = tuple(sorted(files, key=instance_key))
    first = ordered[0].dataset
    shape = (whole(first, "Rows") or 1, whole(first, "Columns") or 1)
    frames = whole(first, "NumberOfFrames") or 1
    index = np.arange(frames) if len(ordered) == 1 and frames > 1 else None
    count = len(ordered) if index is None else frames
    resolved = resolve([found.dataset for found in ordered], angle_sign=angle_sign)
    if given is not None:
        geometry, patient_notes = _with_patient(given, resolved)
        named = (
            (said("preset {0}", given.note) if given.note else said("preset"))
            if given.origin == "preset"
            else said("given ({0})", given.origin)
        )
        notes = (
            said("Geometry: {0}; the views are taken in the order of their instance numbers.", named),
            *patient_notes,
        )
        mirror = resolved.mirror and given.patient is None
        return Arranged(ordered, index, shape, geometry, mirror, (), resolved.found, notes)
    sidecar = choose(sidecars, count, shape, ordered[0].path.stem)
    if sidecar is not None:
        geometry, patient_notes = _with_patient(sidecar.geometry, resolved)
        notes = (_agreement(sidecar, resolved), *sidecar.notes, *patient_notes)
        mirror = resolved.mirror and sidecar.geometry.patient is None
        return Arranged(ordered, index, shape, geometry, mirror, (), resolved.found, notes, sidecar)
    own = resolved.geometry
    if own is not None:
        order = sweep_order(own)
        own = own.subset(order)
        if index is None:
            ordered = tuple(ordered[k] for k in order)
        else:
            index = order
    return Arranged(ordered, index, shape, own, resolved.mirror, resolved.missing, resolved.found, resolved.notes)


def _with_patient(geometry: Geometry, resolved: Resolved) -> tuple[Geometry, tuple[str, ...]]:
    """A geometry without patient directions takes those of the tags."""
    orientation = tuple(note for note in resolved.notes if note.startswith(("Orientation unknown", "View Position")))
    if geometry.patient is not None:
        return geometry, ()
    if resolved.geometry is not None and resolved.geometry.patient is not None:
        return replace(geometry, patient=resolved.geometry.patient), orientation
    return (replace(geometry, patient=resolved.patient), orientation) if resolved.patient else (geometry, orientation)


def _agreement(sidecar: Sidecar, resolved: Resolved) -> str:
    name = sidecar.path.name
    if resolved.geometry is None:
        return Fact(said("Geometry: {0}.", name))
    apart = compare(sidecar.geometry, resolved.geometry)
    if apart <= AGREE_MM:
        return Fact(said("Geometry: {0}; the DICOM tags agree within {1:.2g} mm.", name, max(apart, 0.001)))
    return said("Geometry: {0}. The DICOM tags differ by up to {1:.1f} mm; the file is used.", name, apart)
