"""Angles: between two arms, Cobb's, and the cardiothoracic ratio with its construction. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping

from recon.messages import mark
from widgets.measurements.plane import (
    Point,
    Points,
    added,
    angle_between,
    difference,
    dot,
    foot,
    middle,
    normal,
)
from widgets.measurements.scale import Scale
from widgets.measurements.spec import Heights, Kind, Quantity, Stroke, Value
from widgets.measurements.text import bare, joined, number, plus_minus
from widgets.measurements.words import tr
from widgets.viewport_types import Tool


def _angle(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    a, vertex, b = points
    value = angle_between(difference(a, vertex), difference(b, vertex))
    return (Quantity("angle", mark("Angle"), "angle", value),)


def _angle_line(values: Mapping[str, Value], _scale: Scale) -> tuple[str, ...]:
    return (number(values["angle"]),)


# -- Cobb ----------------------------------------------------------------------------------------------------------


def cobb_angle(points: Points) -> float:
    """Angle between the lines p0 p1 and p2 p3, degrees, 0…180; NaN when one has no length.

    Each line is directed so that it crosses the axis between the lines' middles from the same side. So the order in
    which ends were clicked does not matter, and a curve of more than 90° is not folded back (J. R. Cobb, 1948: end
    plates of the most tilted vertebrae). Where a line runs along that axis, the acute angle is taken.
    """
    a, b, c, d = points
    first, second = difference(b, a), difference(d, c)
    across = normal(middle(a, b), middle(c, d)) if math.dist(middle(a, b), middle(c, d)) > 0 else (0.0, 0.0)
    sides = dot(first, across), dot(second, across)
    value = angle_between(first, second)
    if 0.0 in sides:
        return min(value, 180.0 - value)
    return value if sides[0] * sides[1] > 0 else 180.0 - value


def _cobb(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    return (Quantity("cobb", mark("Cobb angle"), "angle", cobb_angle(points)),)


def _cobb_line(values: Mapping[str, Value], _scale: Scale) -> tuple[str, ...]:
    return (tr("Cobb {0}", number(values["cobb"])),)


def _cobb_strokes(points: Points) -> tuple[Stroke, ...]:
    strokes = [Stroke(points[:2])]
    if len(points) > 2:
        strokes.append(Stroke(points[2:4]))
    if len(points) > 3:
        strokes.append(Stroke((middle(*points[:2]), middle(*points[2:4])), thin=True))
    return tuple(strokes)


# -- cardiothoracic ratio ------------------------------------------------------------------------------------------
# Points: midline (two), the heart's border farthest from it on either side, the inner borders of the ribs (two).
# C. S. Danzer, Am. J. Med. Sci. 157, 513, 1919: the sum of the heart's largest distances from the midline, over the
# largest inner width of the chest.


def _thorax(points: Points, kept: int = 4) -> Points:
    """Put the chest's width at a right angle to the midline, through its end `kept` (4 or 5)."""
    if len(points) < 6:
        return points
    top, bottom, one, other, left, right = points
    across = normal(top, bottom)
    if kept == 5:
        return (top, bottom, one, other, added(right, across, dot(difference(left, right), across)), right)
    return (top, bottom, one, other, left, added(left, across, dot(difference(right, left), across)))


def _moved_ratio(points: Points, handle: int, to: Point) -> Points:
    return _thorax((*points[:handle], to, *points[handle + 1 :]), handle if handle == 5 else 4)


def _ratio(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    top, bottom, one, other, left, right = points
    across = normal(top, bottom)
    sides = [dot(difference(point, top), across) for point in (one, other)]
    heart = abs(sides[1] - sides[0])
    thorax = abs(dot(difference(right, left), across))
    return (
        Quantity("ctr", mark("Cardiothoracic ratio"), "ratio", heart / thorax if thorax > 0 else math.nan),
        Quantity("heart", mark("Heart width"), "length", heart),
        Quantity("thorax", mark("Chest width"), "length", thorax),
    )


def _ratio_lines(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    heart, thorax = values["heart"], values["thorax"]
    widths = tr("heart {0}, chest {1}", bare(heart), bare(thorax))
    return (tr("CTR {0}", plus_minus(values["ctr"])), joined(widths, heart.unit, scale.label))


def _ratio_strokes(points: Points) -> tuple[Stroke, ...]:
    top, bottom = points[:2]
    strokes = [Stroke((top, bottom))]
    strokes += [Stroke((border, foot(border, top, bottom)), ends="ticks") for border in points[2:4]]
    if len(points) == 6:
        strokes.append(Stroke(points[4:6], ends="ticks"))
    return tuple(strokes)


KINDS = (
    Kind(
        "angle",
        mark("Angle"),
        Tool.ANGLE,
        "angle",
        3,
        lambda points: (Stroke(points, ends="arc"),),
        quantities=_angle,
        lines=_angle_line,
        tip=mark("Measure an angle: three points"),
        shortcuts=("A",),
        anchor=lambda points: points[1],
        steps=(
            mark("Click the end of the first arm"),
            mark("Click the vertex"),
            mark("Click the end of the other arm"),
        ),
    ),
    Kind(
        "cobb",
        mark("Cobb Angle"),
        Tool.COBB,
        "cobb",
        4,
        _cobb_strokes,
        _cobb,
        _cobb_line,
        mark("Angle between two lines, such as end plates"),
        anchor=lambda points: middle(middle(*points[:2]), middle(*points[2:])),
        steps=(
            mark("Click one end of the first end plate"),
            mark("Click its other end"),
            mark("Click one end of the second end plate"),
            mark("Click its other end"),
        ),
    ),
    Kind(
        "ctr",
        mark("Cardiothoracic Ratio"),
        Tool.CTR,
        "ctr",
        6,
        _ratio_strokes,
        _ratio,
        _ratio_lines,
        mark("Midline, the heart's borders, inner width of the chest"),
        steps=(
            mark("Click the upper end of the midline"),
            mark("Click the lower end of the midline"),
            mark("Click the heart's border farthest from the midline"),
            mark("Click the heart's border on the other side"),
            mark("Click the inner border of the ribs where the chest is widest"),
            mark("Click the inner border of the ribs on the other side"),
        ),
        moved_handle=_moved_ratio,
        settled=_thorax,
    ),
)
