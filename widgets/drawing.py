"""A measurement being drawn, point by point, whatever its kind. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from widgets.measurements import MARKER, Kind, Measurement, Point, Points
from widgets.measurements.plane import simplified
from widgets.translation import tr

FREEHAND_STEP = 2.0
"""Logical pixels between the points of a freehand outline while it is drawn."""
FREEHAND_TOLERANCE = 0.8
"""Logical pixels that a freehand outline may change by when it is simplified."""
SMALLEST = 2.0
"""Logical pixels that two points must lie apart."""


@dataclass
class Drawing:
    """The points so far; the last one follows the pointer until it is placed.

    Attributes
    ----------
    kind : Kind
    points : list of (x, y)
        World mm.
    heights : list of float
        Of each point; empty on a radiograph.
    pixel_mm : float
        One logical pixel of the screen.
    """

    kind: Kind
    points: list[Point]
    heights: list[float] = field(default_factory=list)
    pixel_mm: float = 1.0

    @classmethod
    def started(cls, kind: Kind, point: Point, height_mm: float | None, pixel_mm: float) -> Drawing:
        """The first point is placed; the second follows the pointer."""
        many = 1 if kind.points == 1 or kind.freehand else 2
        return cls(kind, [point] * many, [] if height_mm is None else [height_mm] * many, pixel_mm)

    def follow(self, point: Point, height_mm: float | None) -> None:
        """Let the last point follow the pointer; freehand outlines grow by it."""
        if self.kind.freehand:
            if math.dist(point, self.points[-1]) >= FREEHAND_STEP * self.pixel_mm:
                self.points.append(point)
            return
        self.points[-1] = point
        if self.heights and height_mm is not None:
            self.heights[-1] = height_mm
        self.points = list(self.kind.settled(tuple(self.points)))

    @property
    def placeable(self) -> bool:
        """Whether the last point lies apart from the one before it."""
        if len(self.points) < 2:
            return True
        apart = math.dist(self.points[-1], self.points[-2]) >= SMALLEST * self.pixel_mm
        return apart or (self.kind.spatial and len(set(self.heights)) > 1)

    @property
    def complete(self) -> bool:
        """Whether the kind needs no more points."""
        return not self.kind.open_ended and len(self.points) >= self.kind.points

    def place(self) -> None:
        """Leave the last point where it is; another one follows the pointer."""
        self.points.append(self.points[-1])
        if self.heights:
            self.heights.append(self.heights[-1])

    def back(self) -> bool:
        """Take the last placed point back; False when none is left to draw on."""
        if self.kind.freehand or len(self.points) < 3:
            return False
        del self.points[-2]
        if self.heights:
            del self.heights[-2]
        return True

    def closes(self, point: Point, radius_mm: float) -> bool:
        """Whether a click here is one on the first point that ends an outline."""
        placed = len(self.points) - 1
        if not self.kind.open_ended or self.kind.freehand or placed < max(self.kind.points, 3):
            return False
        return math.dist(point, self.points[0]) <= radius_mm

    def ended(self) -> Points | None:
        """The points when the reader ends an open-ended kind here; None when there are too few."""
        if self.kind.freehand:
            points = simplified(self.points, FREEHAND_TOLERANCE * self.pixel_mm, closed=True)
        else:
            points = tuple(self.points[:-1])
        if len(points) > 1 and math.dist(points[-1], points[-2]) < SMALLEST * self.pixel_mm:
            points = points[:-1]  # a double click places its point twice
        return points if self.kind.open_ended and len(points) >= self.kind.points else None

    def measurement(self, points: Points | None = None, height_mm: float | None = None) -> Measurement:
        """The finished measurement."""
        taken = tuple(self.points) if points is None else points
        heights = self.heights[: len(taken)] if self.kind.spatial else ()
        height = heights[0] if heights else height_mm
        return Measurement.new(self.kind.name, taken, height, heights)

    def shown(self, height_mm: float | None) -> Measurement | None:
        """The measurement as it would be now, once it has all its points."""
        if len(self.points) < self.kind.points:
            return None
        heights = tuple(self.heights) if self.kind.spatial else ()
        return Measurement("unfinished", self.kind.name, tuple(self.points), height_mm, heights_mm=heights)

    @property
    def step(self) -> str:
        """What to click next, for kinds of which that is not plain."""
        return tr(self.kind.steps[min(len(self.points), len(self.kind.steps)) - 1]) if _is_guided(self.kind) else ""


def first_step(kind: Kind) -> str:
    """What to click first, for kinds of which that is not plain."""
    return tr(kind.steps[0]) if _is_guided(kind) else ""


def _is_guided(kind: Kind) -> bool:
    return (len(kind.steps) > 1 and (kind.points > 2 or kind.open_ended or kind.spatial)) or kind.name == MARKER
