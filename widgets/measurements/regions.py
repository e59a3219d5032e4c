"""Kinds with an inside: rectangle, ellipse, polygon, freehand. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping

from recon import regions
from recon.messages import mark
from widgets.measurements.lines import path_gradient
from widgets.measurements.plane import (
    Point,
    Points,
    ellipse_outline,
    ellipse_perimeter,
    middle,
    path_length,
    polygon_area,
)
from widgets.measurements.scale import Scale
from widgets.measurements.spec import Heights, Kind, Quantity, Stroke, Value
from widgets.measurements.text import bare, joined, number
from widgets.measurements.words import tr
from widgets.viewport_types import Tool

CORNER, OPPOSITE = mark("Press at one corner and drag"), mark("Release at the opposite corner")


def corners(points: Points) -> Points:
    """The four corners of the rectangle between two opposite ones, around it."""
    (ax, ay), (bx, by) = points[:2]
    return ((ax, ay), (bx, ay), (bx, by), (ax, by))


def _box_handles(points: Points) -> Points:
    """The two stored corners, the two others, and the middles of the edges at x = ax, y = ay, x = bx, y = by."""
    (ax, ay), (bx, by) = points
    mx, my = middle(*points)
    return ((ax, ay), (bx, by), (bx, ay), (ax, by), (ax, my), (mx, ay), (bx, my), (mx, by))


def _move_box(points: Points, handle: int, to: Point) -> Points:
    (ax, ay), (bx, by), (x, y) = *points, to
    return (
        ((x, y), (bx, by)),
        ((ax, ay), (x, y)),
        ((ax, y), (x, by)),
        ((x, ay), (bx, y)),
        ((x, ay), (bx, by)),
        ((ax, y), (bx, by)),
        ((ax, ay), (x, by)),
        ((ax, ay), (bx, y)),
    )[handle]


def _sides(points: Points) -> tuple[float, float]:
    (ax, ay), (bx, by) = points
    return abs(bx - ax), abs(by - ay)


def _extent(points: Points) -> tuple[Quantity, Quantity]:
    width, height = _sides(points)
    return (
        Quantity("width", mark("Width"), "length", width),
        Quantity("height", mark("Height"), "length", height),
    )


def _rectangle(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    width, height = _sides(points)
    return (
        *_extent(points),
        Quantity("area", mark("Area"), "area", width * height),
        Quantity("perimeter", mark("Perimeter"), "length", 2 * (width + height)),
    )


def _ellipse(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    width, height = _sides(points)
    return (
        *_extent(points),
        Quantity("area", mark("Area"), "area", 0.25 * math.pi * width * height),
        Quantity("perimeter", mark("Perimeter"), "length", ellipse_perimeter(0.5 * width, 0.5 * height)),
    )


def area_gradient(points: Points) -> tuple[Point, ...]:
    """How the area inside a closed outline changes with each of its points (up to a common sign)."""
    n = len(points)
    found = []
    for index in range(n):
        (px, py), (qx, qy) = points[index - 1], points[(index + 1) % n]
        found.append((0.5 * (qy - py), 0.5 * (px - qx)))
    return tuple(found)


def _outline(points: Points, _heights: Heights) -> tuple[Quantity, ...]:
    around = path_length(points, closed=True)
    return (
        Quantity("area", mark("Area"), "area", polygon_area(points), area_gradient(points)),
        Quantity("perimeter", mark("Perimeter"), "length", around, path_gradient(points, closed=True)),
    )


def _box_lines(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    width, height = values["width"], values["height"]
    around = joined(bare(values["perimeter"]), width.unit)
    return (
        joined(bare(width), "×", bare(height), width.unit, scale.label),
        tr("{0}, perimeter {1}", number(values["area"]), around),
    )


def _area_lines(values: Mapping[str, Value], scale: Scale) -> tuple[str, ...]:
    around = values["perimeter"]
    perimeter = tr("perimeter {0}", joined(bare(around), around.unit))
    return (joined(number(values["area"]), scale.label), perimeter)


def _ellipse_region(points: Points) -> regions.Ellipse:
    width, height = _sides(points)
    return regions.Ellipse(middle(*points), (0.5 * width, 0.5 * height))


KINDS = (
    Kind(
        "rectangle",
        mark("Rectangle"),
        Tool.RECTANGLE,
        "rectangle",
        2,
        lambda points: (Stroke(corners(points), closed=True),),
        _rectangle,
        _box_lines,
        mark("Area, mean and deviation of a rectangle"),
        steps=(CORNER, OPPOSITE),
        samples="region",
        region=lambda points: regions.Polygon(corners(points)),
        handles=_box_handles,
        moved_handle=_move_box,
    ),
    Kind(
        "ellipse",
        mark("Ellipse"),
        Tool.ELLIPSE,
        "ellipse",
        2,
        lambda points: (Stroke(ellipse_outline(points[0], points[1]), closed=True),),
        _ellipse,
        _box_lines,
        mark("Area, mean and deviation of an elliptical region"),
        ("E",),
        (CORNER, OPPOSITE),
        samples="region",
        region=_ellipse_region,
        handles=_box_handles,
        moved_handle=_move_box,
    ),
    Kind(
        "polygon",
        mark("Polygon"),
        Tool.POLYGON,
        "polygon",
        3,
        lambda points: (Stroke(points, closed=True),),
        _outline,
        _area_lines,
        mark("Area, mean and deviation inside corners; a double click, Enter or the first point ends it"),
        steps=(mark("Click the first corner"), mark("Click the next corner; double click, Enter or the first ends")),
        open_ended=True,
        samples="region",
        region=regions.Polygon,
    ),
    Kind(
        "freehand",
        mark("Freehand Region"),
        Tool.FREEHAND,
        "freehand",
        3,
        lambda points: (Stroke(points, closed=True),),
        _outline,
        _area_lines,
        mark("Area, mean and deviation inside an outline drawn with the button held"),
        steps=(mark("Press and draw around the region"),),
        open_ended=True,
        freehand=True,
        samples="region",
        region=regions.Polygon,
    ),
)
