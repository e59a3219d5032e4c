"""Kinds that are lines: length, polyline, 3-D distance, two diameters, profile. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping

from recon.messages import mark
from widgets.measurements.plane import (
    Point,
    Points,
    added,
    difference,
    direction,
    dot,
    foot,
    normal,
    path_length,
)
from widgets.measurements.scale import Scale
from widgets.measurements.spec import Heights, Kind, Quantity, Stroke, Value
from widgets.measurements.text import bare, joined, number, plus_minus
from widgets.measurements.words import tr
from widgets.viewport_types import Tool

START, END = mark("Click the first end"), mark("Click the other end")


def path_gradient(points: Points, *, closed: bool = False) -> tuple[Point, ...]:
    """How the length of a chain of lines changes with each of its points."""
    n = len(points)
    found = []
    for index, point in enumerate(points):
        gx = gy = 0.0
        for other in (index - 1, index + 1):
            if closed or 0 <= other < n:
                end = points[other % n]
                length = math.dist(point, end)
                if length > 0:
                    gx, gy = gx + (point[0] - end[0]) / length, gy + (point[1] - end[1]) / length
        found.append((gx, gy))
    return tuple(found)


def _length(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    return (Quantity("length", mark("Length"), "length", path_length(points), path_gradient(points)),)


def _length_line(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    return (joined(number(values["length"]), scale.label),)


def _ruled(points: Points) -> tuple[Stroke, ...]:
    return (Stroke(points, ends="ticks"),)


# -- 3-D distance --------------------------------------------------------------------------------------------------


def _distance(points: Points, heights: Heights) -> tuple[Quantity, ...]:
    in_plane = path_length(points)
    depth = abs(heights[1] - heights[0]) if len(heights) == 2 else 0.0
    return (
        Quantity("distance", mark("3-D distance"), "length", math.hypot(in_plane, depth)),
        Quantity("in_plane", mark("In plane"), "length", in_plane),
        Quantity("depth", mark("In height"), "length", depth),
    )


def _distance_lines(values: Mapping[str, Value], _scale: Scale) -> tuple[str, ...]:
    # Each end has a height of its own, which stands by it: no "at … mm" behind the value.
    return (
        tr("{0} in 3-D", number(values["distance"])),
        tr("in plane {0}, in height {1} mm", bare(values["in_plane"]), bare(values["depth"])),
    )


# -- two diameters -------------------------------------------------------------------------------------------------
# Points: the ends of the long axis, then those of the short one, which crosses it at a right angle.


def _crossing(points: Points, kept: int = 2) -> Points:
    """Put the short axis at a right angle to the long one, through its end `kept` (2 or 3)."""
    if len(points) < 4 or math.dist(points[0], points[1]) == 0:
        return points
    a, b, c, d = points
    across = normal(a, b)
    taken, other = (c, d) if kept == 2 else (d, c)
    far = added(foot(taken, a, b), across, dot(difference(other, a), across))
    return (a, b, taken, far) if kept == 2 else (a, b, far, taken)


def _moved_diameter(points: Points, handle: int, to: Point) -> Points:
    """Move one end; a turned long axis takes the short one along, a moved end of that takes its other end along."""
    a, b, c, d = points
    if handle in (2, 3):
        return _crossing((a, b, to, d) if handle == 2 else (a, b, c, to), handle)
    after = (to, b) if handle == 0 else (a, to)
    length, longer = math.dist(a, b), math.dist(*after)
    if length == 0 or longer == 0:
        return points
    # The short axis in the frame of the long one: where along it, and how far to either side.
    along, across = direction(a, b), normal(a, b)
    part = dot(difference(c, a), along) / length
    sides = [dot(difference(end, a), across) for end in (c, d)]
    base = added(after[0], direction(*after), part * longer)
    c, d = (added(base, normal(*after), side) for side in sides)
    return (*after, c, d)


def _diameters(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    one, other = math.dist(points[0], points[1]), math.dist(points[2], points[3])
    long, short = max(one, other), min(one, other)
    return (
        Quantity("long_axis", mark("Long axis"), "length", long),
        Quantity("short_axis", mark("Short axis"), "length", short),
    )


def _diameter_lines(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    long, short = values["long_axis"], values["short_axis"]
    return (joined(bare(long), "×", plus_minus(short), long.unit, scale.label),)


def _diameter_strokes(points: Points) -> tuple[Stroke, ...]:
    strokes = [Stroke(points[:2], ends="ticks")]
    if len(points) > 2:
        end = points[3] if len(points) > 3 else foot(points[2], points[0], points[1])
        strokes.append(Stroke((points[2], end), ends="ticks"))
    return tuple(strokes)


KINDS = (
    Kind(
        "length",
        mark("Length"),
        Tool.LENGTH,
        "length",
        2,
        _ruled,
        _length,
        _length_line,
        mark("Measure a distance at the slice's height"),
        ("L", "D"),
        (START, END),
    ),
    Kind(
        "polyline",
        mark("Polyline"),
        Tool.POLYLINE,
        "polyline",
        2,
        _ruled,
        _length,
        _length_line,
        mark("Length along a chain of lines; a double click or Enter ends it"),
        steps=(START, mark("Click the next point; double click or Enter ends")),
        open_ended=True,
    ),
    Kind(
        "bidirectional",
        mark("Two Diameters"),
        Tool.BIDIRECTIONAL,
        "bidirectional",
        4,
        _diameter_strokes,
        _diameters,
        _diameter_lines,
        mark("Long axis, and short axis at a right angle to it"),
        ("B",),
        (
            mark("Click the first end of the long axis"),
            mark("Click its other end"),
            mark("Click one end of the short axis"),
            mark("Click its other end"),
        ),
        moved_handle=_moved_diameter,
        settled=_crossing,
    ),
    Kind(
        "distance",
        mark("3-D Distance"),
        Tool.DISTANCE,
        "distance",
        2,
        _ruled,
        _distance,
        _distance_lines,
        mark("Distance between points on different slices: click, scroll, click"),
        steps=(mark("Click the first point, then scroll"), mark("Click the second point, on any slice")),
        spatial=True,
    ),
    Kind(
        "profile",
        mark("Line Profile"),
        Tool.PROFILE,
        "profile",
        2,
        _ruled,
        _length,
        _length_line,
        mark("Pixel values along a line"),
        steps=(START, END),
        samples="line",
    ),
)
