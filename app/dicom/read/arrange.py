"""The views of a projection series in their order, with the geometry that belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.classify import instance_key
from app.dicom.read.companions import Companions
from app.dicom.read.geometry import Resolved, compare, resolve, sweep_order
from app.dicom.read.names import angles_in_names
from app.dicom.read.numbers import of_geometry
from app.dicom.read.safe import DicomFile, number, whole
from app.presets import find_preset
from app.reading.acquisition import GeometryChoice
from app.research.sidecar import Sidecar, choose, read_sidecar
from recon.errors import GeometryError
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.provenance import Source, Sources, ordered

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
    wanted : tuple of str
        Names of the numbers that are missing (of `recon.provenance.TITLES`).
    numbers : tuple of Sourced
        Every number that is known, with its source.
    offered_deg : tuple of float
        Angles in the names of the files, for the user to confirm.
    order : tuple of int
        Place of each view among the files by their instance numbers (or among the frames).
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
    wanted: tuple[str, ...] = ()
    numbers: Sources = ()
    offered_deg: tuple[float, ...] = ()
    order: tuple[int, ...] = ()

    @property
    def n_views(self) -> int:
        """Number of views."""
        return len(self.files) if self.frames is None else int(self.frames.size)


def arrange(
    files: Sequence[DicomFile],
    sidecars: Sequence[Sidecar] = (),
    *,
    given: Geometry | None = None,
    angle_sign: int = 1,
    choice: GeometryChoice | None = None,
    companions: Companions | None = None,
) -> Arranged:
    """Order the views and find their geometry.

    A geometry that is given, or a file beside the images, describes the views in the order of Instance Number (or of
    frames); the tags' own geometry is sorted along the sweep.

    Parameters
    ----------
    choice : GeometryChoice, optional
        What the user says; numbers or a preset of theirs come before a geometry file beside the images.
    companions : Companions, optional
        Dose reports and breast tomosynthesis objects of the same study.
    """
    choice = choice or GeometryChoice()
    ordered_files = tuple(sorted(files, key=instance_key))
    first = ordered_files[0].dataset
    shape = (whole(first, "Rows") or 1, whole(first, "Columns") or 1)
    frames = whole(first, "NumberOfFrames") or 1
    index = np.arange(frames) if len(ordered_files) == 1 and frames > 1 else None
    count = len(ordered_files) if index is None else frames
    preset = find_preset(choice.preset) if choice.preset else None
    names: tuple[float, ...] = ()
    if index is None:
        told = [number(found.dataset, "InstanceNumber") for found in ordered_files]
        names = angles_in_names([found.path for found in ordered_files], told) or ()
    resolved = resolve(
        [found.dataset for found in ordered_files],
        choice=choice,
        companions=companions,
        preset=preset,
        names_deg=names,
        angle_sign=angle_sign,
    )
    sequence = tuple(range(count))
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
        numbers = _numbers(given, resolved, ())
        return Arranged(
            ordered_files, index, shape, geometry, mirror, (), resolved.found, notes, numbers=numbers, order=sequence
        )
    sidecar = _sidecar(choice, sidecars, count, shape, ordered_files[0].path.stem, angle_sign)
    if sidecar is not None:
        geometry, patient_notes = _with_patient(sidecar.geometry, resolved)
        notes = (_agreement(sidecar, resolved), *sidecar.notes, *patient_notes)
        mirror = resolved.mirror and sidecar.geometry.patient is None
        numbers = _numbers(sidecar.geometry, resolved, sidecar.numbers, Source.FILE)
        return Arranged(
            ordered_files, index, shape, geometry, mirror, (), resolved.found, notes, sidecar, numbers=numbers,
            order=sequence,
        )  # fmt: skip
    own = resolved.geometry
    # A preset's views are numbered, not measured: they stay in the order of their numbers.
    nominal = any(item.name == "angles" and item.source is Source.PRESET for item in resolved.numbers)
    if own is not None and not nominal:
        order = sweep_order(own)
        own = own.subset(order)
        sequence = tuple(int(k) for k in order)
        if index is None:
            ordered_files = tuple(ordered_files[k] for k in order)
        else:
            index = order
    return Arranged(
        ordered_files,
        index,
        shape,
        own,
        resolved.mirror,
        resolved.missing,
        resolved.found,
        resolved.notes,
        wanted=resolved.wanted,
        numbers=resolved.numbers,
        offered_deg=resolved.offered_deg,
        order=sequence,
    )


def _sidecar(
    choice: GeometryChoice, sidecars: Sequence[Sidecar], count: int, shape: tuple[int, int], stem: str, angle_sign: int
) -> Sidecar | None:
    """The geometry file that is used: the user's, else the one beside the images unless the user says otherwise."""
    if choice.file:
        path = Path(choice.file)
        found = read_sidecar(path, angle_sign=-angle_sign if choice.reverse else angle_sign)
        if found is None:
            raise GeometryError(said("{0}: this JSON file holds no geometry.", path.name))
        return found
    only_reversed = replace(choice, reverse=False).is_empty
    return choose(sidecars, count, shape, stem) if only_reversed else None


def _numbers(geometry: Geometry, resolved: Resolved, told: Sources, source: Source | None = None) -> Sources:
    """Of a geometry that is given whole; the images still say how they are oriented and exposed."""
    own = {item.name: item for item in of_geometry(geometry, told, source)}
    of_images = {"field", "views", "matrix"}
    if geometry.patient is None:
        of_images.add("patient")
    if "exposure" not in own:
        of_images.add("exposure")
    kept = [item for item in resolved.numbers if item.name in of_images]
    return ordered((*own.values(), *kept))


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
