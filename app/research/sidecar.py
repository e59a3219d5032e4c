"""Geometry files beside images: the program's own format, and short descriptions of a trajectory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.dicom.read.model import Problem
from recon import trajectories
from recon.errors import GeometryError
from recon.geometry import FORMAT, Geometry
from recon.messages import said
from recon.projections import ProjectionSet
from recon.provenance import Source, Sourced, Sources, from_json, ordered, to_json

MAX_BYTES = 64 << 20
SOURCES = "sources"
"""Key of the geometry file under which every number's source is kept (see `recon.provenance.to_json`)."""


@dataclass(frozen=True, eq=False)
class Sidecar:
    """A geometry file.

    Attributes
    ----------
    notes : tuple of str
        What a short description left open and how it was taken.
    numbers : tuple of Sourced
        What the file says of where its numbers come from, and what a short description leaves open.
    by_angles : bool
        It is a short description, so that the sense of its angles can be turned round.
    """

    path: Path
    geometry: Geometry
    notes: tuple[str, ...] = ()
    numbers: Sources = ()
    by_angles: bool = False

    def fits(self, n: int, shape: tuple[int, int]) -> bool:
        """Whether it describes `n` views of `shape`."""
        return self.geometry.n_views == n and self.geometry.shape == tuple(shape)


def trajectory_geometry(
    data: Mapping[str, Any], *, angle_sign: int = 1, where: str = "The trajectory"
) -> tuple[Geometry, tuple[str, ...]]:
    """The geometry of a short trajectory description.

    Parameters
    ----------
    data : mapping
        ``sad_mm`` (source to axis), ``sid_mm`` (source to detector), ``pixel_mm``, ``shape`` [n, rows, columns],
        ``angle_deg`` [n] and ``rotation``, a text that says whether the detector rotates with the source.
    angle_sign : {1, -1}
        −1 for devices that count angles the other way.

    Returns
    -------
    geometry, notes
    """
    missing = [key for key in ("sad_mm", "sid_mm", "pixel_mm", "shape", "angle_deg") if key not in data]
    if missing:
        raise GeometryError(said("{0}: {1} missing.", where, ", ".join(missing)))
    rotation = str(data.get("rotation", "")).lower()
    turning = "detector rotates" in rotation or "rotates with" in rotation or "isocentric" in rotation
    still = "stationary" in rotation or "detector fixed" in rotation
    if turning == still:
        raise GeometryError(
            said('{0}: "rotation" must say whether the "detector rotates with the source" or is "stationary".', where)
        )
    if angle_sign not in (1, -1):
        raise GeometryError(said("The sign of the angles must be 1 or −1, found {0}.", angle_sign))
    try:
        angles = [float(angle) * angle_sign for angle in data["angle_deg"]]
        shape = [int(size) for size in data["shape"]]
        distance, axis_distance, pixel = float(data["sid_mm"]), float(data["sad_mm"]), float(data["pixel_mm"])
    except (TypeError, ValueError):
        raise GeometryError(said("{0}: its distances, shape and angles must be numbers.", where)) from None
    if len(shape) == 3 and shape[0] != len(angles):
        raise GeometryError(said("{0}: {1} angles for {2} views.", where, len(angles), shape[0]))
    if not 0 < axis_distance < distance:
        raise GeometryError(
            said(
                "{0}: the axis must lie between source and detector, found {1:g} of {2:g} mm.",
                where,
                axis_distance,
                distance,
            )
        )
    axis = "y" if "transverse axis" in rotation or "left-right axis" in rotation else "x"
    build = trajectories.isocentric if turning else trajectories.arc
    pivot = {"source_to_axis_mm" if turning else "source_to_pivot_mm": axis_distance}
    geometry = build(
        angle_deg=angles,
        source_to_detector_mm=distance,
        pixel_pitch_mm=pixel,
        shape=(shape[-2], shape[-1]),
        sweep_axis=axis,
        origin="file",
        note=said("trajectory description, {0}", said("isocentric") if turning else said("arc, stationary detector")),
        **pivot,
    )
    sign = said("as written") if angle_sign > 0 else said("reversed by choice")
    towards = said("columns") if axis == "x" else said("rows")
    direction = said("taken {0} (positive moves the source towards increasing {1}).", sign, towards)
    return geometry, (
        said("The direction of the angles is not stated in {0}; it is {1}", where, direction),
        said("The pixel size {0:g} mm is taken as that of the detector's plane.", pixel),
    )


def read_sidecar(path: Path, *, angle_sign: int = 1) -> Sidecar | None:
    """A geometry file of either kind; None for any other JSON file.

    Raises
    ------
    GeometryError
        When it announces a geometry but does not hold one; the text names the file.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise GeometryError(said("{0}: larger than a geometry file can be.", path.name))
        data = json.loads(path.read_text(encoding="utf-8-sig"))  # editors on Windows put a byte order mark first
    except GeometryError:
        raise
    except OSError as error:
        raise GeometryError(said("{0}: the geometry file cannot be read ({1}).", path.name, error.strerror)) from None
    except (ValueError, RecursionError):
        raise GeometryError(
            said(
                "{0}: not a readable JSON file; a geometry file is expected. It may be cut short, or of another kind.",
                path.name,
            )
        ) from None
    if not isinstance(data, dict):
        return None
    if data.get("format") == FORMAT:
        return Sidecar(path, Geometry.from_json(data, where=path.name), numbers=from_json(data.get(SOURCES)))
    if {"sad_mm", "sid_mm", "angle_deg"} <= set(data):
        geometry, notes = trajectory_geometry(data, angle_sign=angle_sign, where=path.name)
        return Sidecar(path, geometry, notes, _open_points(geometry, notes, reverse=angle_sign < 0), by_angles=True)
    return None


def _open_points(geometry: Geometry, notes: tuple[str, ...], *, reverse: bool) -> Sources:
    """What a short description does not say: the sense of its angles, and where its pixel size holds."""
    sense, size = notes
    return (
        Sourced("pitch", geometry.pixel_pitch_mm, "mm", Source.FILE, "pixel_mm", size, assumed=True),
        Sourced("angles", _ends(geometry), "°", Source.FILE, "angle_deg"),
        Sourced(
            "direction", said("reversed") if reverse else said("as written"),
            source=Source.USER if reverse else Source.ASSUMED, note=sense, assumed=not reverse,
        ),
    )  # fmt: skip


def _ends(geometry: Geometry) -> tuple[float, float]:
    angles = geometry.view_angle_deg
    return float(angles[0]), float(angles[-1])


def write_sidecar(path: Path, geometry: Geometry, numbers: Sources = ()) -> None:
    """Write a geometry file that also says where its numbers come from.

    The file describes the views in the order of their instance numbers (or frames), so `geometry` must be in it.

    Raises
    ------
    GeometryError
        When the file cannot be written; the text names it.
    """
    data = {**geometry.to_json(), SOURCES: to_json(ordered(numbers))}
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise GeometryError(
            said("{0}: the geometry file cannot be written ({1}). Choose another folder.", path.name, error.strerror)
        ) from None


def write_projections_sidecar(path: Path, projections: ProjectionSet) -> None:
    """Write the geometry file of loaded projections, so that it fits their files as they are stored.

    The views go back into the order of their files. Where the images were mirrored on loading, the file says no
    patient directions: then the images' own attributes are asked again, and mirror them again.
    """
    geometry = projections.geometry
    if projections.file_order:
        places = sorted(range(geometry.n_views), key=lambda view: projections.file_order[view])
        geometry = geometry.subset(places)
    if projections.mirrored:
        geometry = replace(geometry, patient=None)
    write_sidecar(path, geometry, projections.sources)


def find_sidecars(folder: Path, *, angle_sign: int = 1) -> tuple[list[Sidecar], list[Problem]]:
    """The geometry files in a folder (``*.geometry.json``, ``geometry.json``), and those that are damaged."""
    found: list[Sidecar] = []
    problems: list[Problem] = []
    try:
        paths = sorted(folder.glob("*.json"))
    except OSError:
        return [], []
    for path in paths:
        if path.name != "geometry.json" and not path.name.endswith(".geometry.json"):
            continue
        try:
            sidecar = read_sidecar(path, angle_sign=angle_sign)
        except GeometryError as error:
            problems.append(Problem(path, str(error)))
            continue
        if sidecar is not None:
            found.append(sidecar)
    return found, problems


def choose(sidecars: Sequence[Sidecar], n: int, shape: tuple[int, int], stem: str = "") -> Sidecar | None:
    """The one that describes exactly these views; of several, the one named like the images, else none."""
    fitting = [sidecar for sidecar in sidecars if sidecar.fits(n, shape)]
    if len(fitting) > 1:
        named = [sidecar for sidecar in fitting if stem and sidecar.path.name.startswith(f"{stem}.")]
        fitting = named or fitting
        if len(fitting) > 1 and not all(fitting[0].geometry.equals(other.geometry) for other in fitting[1:]):
            return None
    return fitting[0] if fitting else None
