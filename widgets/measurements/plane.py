"""Plane geometry that the measurements are made of. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Point = tuple[float, float]
Points = tuple[Point, ...]


def added(a: Point, b: Point, factor: float = 1.0) -> Point:
    """a + factor · b."""
    return (a[0] + factor * b[0], a[1] + factor * b[1])


def difference(a: Point, b: Point) -> Point:
    """The vector from b to a."""
    return (a[0] - b[0], a[1] - b[1])


def dot(a: Point, b: Point) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1]


def cross(a: Point, b: Point) -> float:
    """The z component of the vector product."""
    return a[0] * b[1] - a[1] * b[0]


def middle(a: Point, b: Point) -> Point:
    """Half way between two points."""
    return (0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1]))


def direction(a: Point, b: Point) -> Point:
    """Unit vector from a to b; along x when they coincide."""
    length = math.dist(a, b)
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length > 0 else (1.0, 0.0)


def normal(a: Point, b: Point) -> Point:
    """Unit vector across the line from a to b."""
    x, y = direction(a, b)
    return (-y, x)


def foot(point: Point, a: Point, b: Point) -> Point:
    """The foot of the perpendicular from a point on the (endless) line through a and b."""
    along = direction(a, b)
    return added(a, along, dot(difference(point, a), along))


def angle_between(u: Point, w: Point) -> float:
    """Angle between two vectors, 0…180 degrees; NaN when one has no length."""
    if math.hypot(*u) == 0 or math.hypot(*w) == 0:
        return math.nan
    # atan2 of cross and dot stays accurate near 0 and 180 degrees, where acos does not.
    return math.degrees(math.atan2(abs(cross(u, w)), dot(u, w)))


def path_length(points: Sequence[Point], *, closed: bool = False) -> float:
    """Length of a chain of lines, with the line back to the first point when closed."""
    if len(points) < 2:
        return 0.0
    ends = [*points[1:], points[0]] if closed else list(points[1:])
    return sum(math.dist(a, b) for a, b in zip(points, ends, strict=False))


def polygon_area(points: Sequence[Point]) -> float:
    """Area inside a closed outline by the shoelace formula; where it crosses itself, the parts' difference."""
    if len(points) < 3:
        return 0.0
    # About the first point, so that far from the origin no digits are lost.
    own = [difference(point, points[0]) for point in points]
    return 0.5 * abs(sum(cross(a, b) for a, b in zip(own, [*own[1:], own[0]], strict=True)))


def ellipse_perimeter(a: float, b: float) -> float:
    """Perimeter of an ellipse with semi-axes a and b, by Gauss' arithmetic-geometric mean (DLMF 19.8.6, 19.30.2)."""
    x, y = max(a, b), min(a, b)
    if y <= 0:
        return 4.0 * x
    total, power = x * x - 0.5 * (x * x - y * y), 0.5
    while x - y > 1e-15 * x:
        x, y, half = 0.5 * (x + y), math.sqrt(x * y), 0.5 * (x - y)
        power *= 2.0
        total -= power * half * half
    return 2.0 * math.pi * total / x


def ellipse_outline(a: Point, b: Point, n: int = 128) -> Points:
    """Points on the ellipse within the rectangle between two opposite corners."""
    (cx, cy), rx, ry = middle(a, b), 0.5 * abs(b[0] - a[0]), 0.5 * abs(b[1] - a[1])
    turns = (2 * math.pi * k / n for k in range(n))
    return tuple((cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns)


def segment_distance(point: Point, a: Point, b: Point) -> float:
    """Distance from a point to the line between a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy
    t = 0.0 if squared == 0 else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared
    t = min(max(t, 0.0), 1.0)
    return math.dist(point, (a[0] + t * dx, a[1] + t * dy))


def simplified(points: Sequence[Point], tolerance: float, *, closed: bool = False) -> Points:
    """Leave out points within `tolerance` of the line without them (Douglas & Peucker, Cartographica 10, 1973).

    Parameters
    ----------
    closed : bool
        The last point joins the first: the outline is cut at its first point and the one farthest from it.
    """
    if len(points) < 3:
        return tuple(points)
    array = np.asarray(points, dtype=np.float64)
    if closed:
        far = int(np.argmax(np.hypot(*(array - array[0]).T)))
        if far == 0:
            return (points[0],)
        first, second = array[: far + 1], np.vstack([array[far:], array[:1]])
        kept = [*_kept(first, tolerance)[:-1], *(far + i for i in _kept(second, tolerance)[:-1])]
    else:
        kept = _kept(array, tolerance)
    return tuple(tuple(points)[i] for i in kept)


def _kept(array: np.ndarray, tolerance: float) -> list[int]:
    """Indices that remain, the ends among them, ascending."""
    keep = {0, len(array) - 1}
    spans = [(0, len(array) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        a, along = array[first], array[last] - array[first]
        offset = array[first + 1 : last] - a
        squared = float(along @ along)
        t = np.clip(offset @ along / squared, 0.0, 1.0) if squared > 0 else np.zeros(len(offset))
        distances = np.hypot(*(offset - t[:, None] * along).T)
        worst = int(np.argmax(distances))
        if distances[worst] > tolerance:
            middle_index = first + 1 + worst
            keep.add(middle_index)
            spans += [(first, middle_index), (middle_index, last)]
    return sorted(keep)
