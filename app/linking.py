"""Linking two pictures of the same patient: where a point of one lies in the other.

A slice at height z lies in the world frame; a radiograph is the plane z = 0 of its own world frame, which is the
slice's when both were taken on the same detector (the usual case: the plain radiograph belongs to the sweep). With the
radiograph's focal spot s = (sx, sy, SID) a slice point p = (x, y, z) falls on the detector at

    u = s + (p − s) · SID / (SID − z),

which is the central projection; the factor SID / (SID − z) is the magnification of that height.

Without the radiograph's geometry the two can only be laid over each other by scale about their centres. That is said in
`Link.note`, never done silently.

A picture whose own frame is another one, or that was moved against the others, carries a `Placement`; then points go
through the common frame: out of the one picture by its placement, and into the other by the inverse of its.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.reading.placement import Placement
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said
from recon.rays import Ray

Point = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """What linking needs to know of one picture.

    Attributes
    ----------
    height_mm : float
        Height of the slice shown, in the common frame. Of two radiographs, the second's is the height at which they are
        linked.
    projection : Geometry or None
        The geometry of one view when the picture is a radiograph or projection; None for slices.
    is_projection : bool
        Whether the picture is a radiograph (with or without geometry).
    centre_mm : (x, y)
        Centre of the whole picture, used when only the scale is known.
    patient : PatientFrame or None
    scaled : bool
        Whether its lengths are millimetres; they are pixels otherwise.
    world : str
        Name of the world frame: pictures with the same name share their coordinates for certain.
    placement : Placement
        How its own frame lies in the common one.
    """

    height_mm: float
    is_projection: bool = False
    projection: Geometry | None = None
    centre_mm: Point = (0.0, 0.0)
    patient: PatientFrame | None = None
    world: str = ""
    scaled: bool = True
    placement: Placement = field(default_factory=Placement)

    @property
    def placed(self) -> bool:
        """Whether somebody said where it lies."""
        return self.placement.origin != "none"

    @property
    def source_mm(self) -> tuple[float, float, float] | None:
        """The focal spot when the geometry is known."""
        if self.projection is None:
            return None
        x, y, z = self.projection.source_mm[0]
        return (float(x), float(y), float(z))


@dataclass(frozen=True)
class Link:
    """The map between two pictures, and how far it can be trusted.

    Attributes
    ----------
    kind : "geometry", "scale" or "none"
    note : str
        What the user must know; "" when the link is exact.
    first, second : Plane
    """

    kind: Literal["geometry", "scale", "none"]
    note: str
    first: Plane
    second: Plane

    def forward(self, point: Point) -> Point | None:
        """Where a point of the first picture lies in the second."""
        return _carry(self.kind, self.first, self.second, point)

    def backward(self, point: Point) -> Point | None:
        """Where a point of the second picture lies in the first."""
        return _carry(self.kind, self.second, self.first, point)

    @property
    def magnification(self) -> float:
        """Millimetres in the second picture for one millimetre in the first."""
        if self.kind != "geometry":
            return 1.0
        depth = _depth(self.first, self.second)
        scale = self.first.placement.scale / self.second.placement.scale
        return scale * magnification(self.second, depth) / magnification(self.first, depth)


def link(first: Plane, second: Plane) -> Link:
    """The best link between two pictures.

    Two slices, or a slice and a radiograph with a geometry, are linked exactly. Pictures that look at the patient from
    other directions are not linked at all.
    """
    if not _same_directions(first.patient, second.patient):
        return Link(
            "none", said("Not linked: the pictures look at the patient from different directions"), first, second
        )
    if first.scaled != second.scaled:
        return Link("none", said("Not linked: the radiograph has no scale"), first, second)
    planes = (first, second)
    if any(plane.is_projection and plane.projection is None and not plane.placed for plane in planes):
        return Link(
            "scale", said("Linked by scale only, about the centres: the radiograph has no geometry"), first, second
        )
    if first.world != second.world and not any(plane.placed for plane in planes):
        return Link(
            "scale", said("Linked by scale only, about the centres: no common frame of reference"), first, second
        )
    note = next((plane.placement.note for plane in planes if plane.placement.note), "")
    return Link("geometry", note, first, second)


def magnification(plane: Plane, height_mm: float) -> float:
    """How much larger than life a picture shows the height `height_mm`; 1 for slices and without geometry."""
    source = plane.source_mm
    if source is None or height_mm >= source[2]:
        return 1.0
    return source[2] / (source[2] - height_mm)


def _same_directions(one: PatientFrame | None, other: PatientFrame | None) -> bool:
    if one is None or other is None:
        return True
    return all(sum(p * q for p, q in zip(a, b, strict=True)) > 0.9 for a, b in zip(one.axes, other.axes, strict=True))


def _depth(first: Plane, second: Plane) -> float:
    """The height at which the two pictures are laid over each other: that of the slice."""
    return second.height_mm if first.is_projection else first.height_mm


def _carry(kind: str, origin: Plane, target: Plane, point: Point) -> Point | None:
    if kind == "none":
        return None
    if kind == "scale":
        return (
            point[0] - origin.centre_mm[0] + target.centre_mm[0],
            point[1] - origin.centre_mm[1] + target.centre_mm[1],
        )
    height = _depth(origin, target)
    common = origin.placement.to_common(point)
    world = _to_height(origin, height, common) if origin.projection is not None else common
    if world is None:
        return None
    seen = _onto(target, height, world) if target.projection is not None else world
    return target.placement.from_common(seen) if seen is not None else None


def ray_of(plane: Plane, point: Point) -> Ray | None:
    """The ray of a point of a radiograph, in the common frame; None for slices and without geometry."""
    if plane.projection is None:
        return None
    geometry = plane.projection
    column, row = _index(geometry, plane.placement.to_common(point))
    return Ray.of_pixel(geometry, 0, row, column)


def shadow_of(plane: Plane, height_mm: float, point: Point) -> Point | None:
    """Where a point of the common frame falls on a radiograph; None for slices and without geometry."""
    seen = _onto(plane, height_mm, point)
    return plane.placement.from_common(seen) if seen is not None else None


def _index(geometry: Geometry, point: Point) -> Point:
    """(column, row) of a point of a picture, which is laid out in millimetres about its detector's middle."""
    rows, columns = geometry.shape
    x, y = geometry.detector_centre_mm[0, :2]
    between_rows, between_columns = geometry.pixel_pitch_mm
    return (
        float((point[0] - x) / between_columns + (columns - 1) / 2),
        float((point[1] - y) / between_rows + (rows - 1) / 2),
    )


def _onto(plane: Plane, height_mm: float, point: Point) -> Point | None:
    source, geometry = plane.source_mm, plane.projection
    if source is None or geometry is None or height_mm >= source[2]:
        return None
    if not geometry.is_flat:  # a detector that is tilted, turned or moved off the plane z = 0
        row, column = (float(value[0]) for value in geometry.project((*point, height_mm)))
        rows, columns = geometry.shape
        x, y = geometry.detector_centre_mm[0, :2]
        between_rows, between_columns = geometry.pixel_pitch_mm
        return (
            float(x + (column - (columns - 1) / 2) * between_columns),
            float(y + (row - (rows - 1) / 2) * between_rows),
        )
    factor = source[2] / (source[2] - height_mm)
    return (source[0] + (point[0] - source[0]) * factor, source[1] + (point[1] - source[1]) * factor)


def _to_height(plane: Plane, height_mm: float, point: Point) -> Point | None:
    source, geometry = plane.source_mm, plane.projection
    if source is None or geometry is None or height_mm >= source[2]:
        return None
    if not geometry.is_flat:
        column, row = _index(geometry, point)
        return Ray.of_pixel(geometry, 0, row, column).at(height_mm)
    factor = (source[2] - height_mm) / source[2]
    return (source[0] + (point[0] - source[0]) * factor, source[1] + (point[1] - source[1]) * factor)
