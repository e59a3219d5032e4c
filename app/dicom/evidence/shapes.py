"""Measurements as the graphics of DICOM, and back: what is drawn, by points of the picture's own plane. No pydicom.

Structured reports know points, chains of lines, polygons and ellipses (PS3.3 C.18.6.1.2), so that a measurement of
several lines is several graphics: each value is inferred from the one that gives it, and every viewer draws all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from widgets.measurements import KINDS, Measurement, Point
from widgets.measurements.plane import Points, direction, dot, foot, middle

ELLIPSE_POINTS = 72
"""Corners of the polygon that stands for an ellipse which is turned against the picture."""


@dataclass(frozen=True)
class Part:
    """One graphic of a measurement.

    Attributes
    ----------
    type : "POINT", "POLYLINE" or "ELLIPSE"
    points_mm : tuple of (x, y)
        Closed outlines repeat the first point at the end. Of an ellipse the ends of the longer axis, then those of the
        shorter one.
    values : tuple of str
        Names of the quantities that follow from it.
    heights_mm : tuple of float
        Of each point, where they have heights of their own.
    closed : bool
        Whether it goes around a region.
    """

    type: str
    points_mm: Points
    values: tuple[str, ...] = ()
    heights_mm: tuple[float, ...] = ()
    closed: bool = False


def is_region(kind: str) -> bool:
    """Whether a measurement is one region or point, and not lines that values are inferred from."""
    return KINDS[kind].is_closed or KINDS[kind].samples == "point" or KINDS[kind].labelled


def parts(measurement: Measurement) -> tuple[Part, ...]:
    """The graphics of a measurement, in an order that gives its points back (`points_of`)."""
    kind, points = measurement.kind, measurement.points_mm
    if kind == "ellipse":
        return (Part("ELLIPSE", ellipse_axes(points), closed=True),)
    if kind == "rectangle":
        (ax, ay), (bx, by) = points
        return (Part("POLYLINE", ((ax, ay), (bx, ay), (bx, by), (ax, by), (ax, ay)), closed=True),)
    if KINDS[kind].is_closed:
        return (Part("POLYLINE", (*points, points[0]), closed=True),)
    if len(points) == 1:
        return (Part("POINT", points),)
    if kind == "bidirectional":
        first_longer = math.dist(*points[:2]) >= math.dist(*points[2:])
        names = ("long_axis", "short_axis") if first_longer else ("short_axis", "long_axis")
        return (Part("POLYLINE", points[:2], names[:1]), Part("POLYLINE", points[2:], names[1:]))
    if kind == "cobb":
        return (Part("POLYLINE", points[:2], ("cobb",)), Part("POLYLINE", points[2:], ("cobb",)))
    if kind == "ctr":
        top, bottom, one, other, left, right = points
        return (
            Part("POLYLINE", (top, bottom), ("ctr",)),
            Part("POLYLINE", (one, foot(one, top, bottom)), ("heart",)),
            Part("POLYLINE", (other, foot(other, top, bottom)), ("heart",)),
            Part("POLYLINE", (left, right), ("thorax",)),
        )
    if measurement.heights_mm:
        return (Part("POLYLINE", points, ("distance",), measurement.heights_mm),)
    value = "angle" if kind == "angle" else "length"
    return (Part("POLYLINE", points, () if kind == "arrow" else (value,)),)


def ellipse_axes(points: Points) -> Points:
    """The ends of the axes of the ellipse between two corners, the longer one first (PS3.3 C.18.6.1.2).

    The first end of each axis lies at the first corner's side, so that the corners come back as they were.
    """
    (ax, ay), (bx, by) = points
    cx, cy = middle(*points)
    across, along = ((ax, cy), (bx, cy)), ((cx, ay), (cx, by))
    return (*across, *along) if abs(bx - ax) >= abs(by - ay) else (*along, *across)


def points_of(kind: str, drawn: Sequence[Points]) -> Points | None:
    """The points of a measurement whose graphics (`parts`) were read; None when they do not belong to the kind."""
    flat = tuple(point for points in drawn for point in points)
    if kind not in KINDS or not flat:
        return None
    if kind == "ellipse":
        corners = corners_of_ellipse(flat)
        return corners if len(drawn) == 1 else None
    if kind == "rectangle":
        return (flat[0], flat[2]) if len(flat) == 5 else None
    if KINDS[kind].is_closed:
        flat = flat[:-1]
    elif kind == "ctr":
        flat = (*drawn[0], drawn[1][0], drawn[2][0], *drawn[3]) if [len(each) for each in drawn] == [2] * 4 else ()
    spec = KINDS[kind]
    fits = len(flat) >= spec.points if spec.open_ended else len(flat) == spec.points
    return flat if fits else None


def corners_of_ellipse(axes: Points) -> Points | None:
    """Two corners around an ellipse given by the ends of its axes; None when it is turned against the picture."""
    if len(axes) != 4:
        return None
    a, b, c, d = axes
    one, other = direction(a, b), direction(c, d)
    tolerance = 1e-3
    if abs(one[1]) <= tolerance and abs(other[0]) <= tolerance:
        return ((a[0], c[1]), (b[0], d[1]))
    if abs(one[0]) <= tolerance and abs(other[1]) <= tolerance:
        return ((c[0], a[1]), (d[0], b[1]))
    return None


def turned_ellipse(axes: Points) -> Points:
    """Points on an ellipse given by the ends of its axes, whichever way round."""
    a, b, c, d = (np.asarray(point) for point in axes)
    turns = np.linspace(0, 2 * math.pi, ELLIPSE_POINTS, endpoint=False)[:, None]
    found = (a + b) / 2 + np.cos(turns) * (b - a) / 2 + np.sin(turns) * (d - c) / 2
    return tuple((float(x), float(y)) for x, y in found)


@dataclass(frozen=True)
class Drawn:
    """A graphic of another program in the picture's plane.

    Attributes
    ----------
    type : str
        Graphic Type.
    points_mm : tuple of (x, y)
    heights_mm : tuple of float
        Of each point, for graphics in space.
    """

    type: str
    points_mm: Points
    heights_mm: tuple[float, ...] = ()


@dataclass(frozen=True)
class Made:
    """A kind of measurement with its points."""

    kind: str
    points_mm: Points
    heights_mm: tuple[float, ...] = ()


def recognised(drawn: Sequence[Drawn], names: Sequence[str], same_height_mm: float) -> tuple[Made, ...]:
    """The kinds that suit the graphics of another program's measurement best.

    Parameters
    ----------
    drawn : sequence of Drawn
        All on one picture.
    names : sequence of str
        What is measured on them, in the words of the report.
    same_height_mm : float
        Heights closer than this are one plane.
    """
    said = " ".join(names).lower()
    lines = [each.points_mm for each in drawn if each.type == "POLYLINE" and len(each.points_mm) == 2]
    flat = all(not each.heights_mm or np.ptp(each.heights_mm) <= same_height_mm for each in drawn)
    if flat and len(lines) == 2 == len(drawn):
        if "axis" in said and _crossing(*lines):
            return (Made("bidirectional", (*lines[0], *lines[1])),)
        if "cobb" in said:
            return (Made("cobb", (*lines[0], *lines[1])),)
    if len(drawn) == 1 and "cobb" in said and drawn[0].type == "POLYLINE" and len(drawn[0].points_mm) == 4:
        return (Made("cobb", drawn[0].points_mm),)
    found: list[Made] = []
    for each in drawn:
        found += _one(each, said, same_height_mm)
    return tuple(found)


def _crossing(one: Points, other: Points) -> bool:
    """Whether two lines stand at a right angle, to a degree."""
    return abs(dot(direction(*one), direction(*other))) < 0.02


def _one(each: Drawn, said: str, same_height_mm: float) -> list[Made]:
    points, heights = each.points_mm, each.heights_mm
    if heights and np.ptp(heights) > same_height_mm:
        # Only a distance may go from one slice to another.
        return [Made("distance", points, heights)] if each.type == "POLYLINE" and len(points) == 2 else []
    if each.type in ("POINT", "MULTIPOINT"):
        return [Made("probe", (point,)) for point in points]
    if each.type == "CIRCLE" and len(points) == 2:
        (x, y), radius = points[0], math.dist(*points)
        return [Made("ellipse", ((x - radius, y - radius), (x + radius, y + radius)))]
    if each.type == "ELLIPSE" and len(points) == 4:
        corners = corners_of_ellipse(points)
        return [Made("ellipse", corners) if corners is not None else Made("freehand", turned_ellipse(points))]
    if each.type not in ("POLYLINE", "POLYGON", "INTERPOLATED"):
        return []
    closed = len(points) > 3 and math.dist(points[0], points[-1]) < 1e-3
    if closed or (each.type == "POLYGON" and len(points) > 2):
        return [Made("polygon", points[:-1] if closed else points)]
    if len(points) == 3 and "angle" in said:
        return [Made("angle", points)]
    if len(points) == 2:
        return [Made("length", points)]
    return [Made("polyline", points)] if len(points) > 2 else [Made("probe", points[:1])]


def centre(points: Sequence[Point]) -> Point:
    """The mean of some points."""
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
