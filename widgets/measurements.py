"""Lengths, angles and ellipses in world millimetres: values, handles, hit testing, editing. No Qt."""

from __future__ import annotations

import itertools
import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.slab import PlaneGrid, Slab

Point = tuple[float, float]
Kind = Literal["length", "angle", "ellipse"]

POINT_COUNTS: dict[str, int] = {"length": 2, "angle": 3, "ellipse": 2}


@dataclass(frozen=True)
class Measurement:
    """One measurement in a plane of constant height.

    Attributes
    ----------
    id : str
        Unique; kept through edits.
    kind : {"length", "angle", "ellipse"}
    points_mm : tuple of (x, y)
        World mm. length: the two ends. angle: first arm's end, vertex, second arm's end. ellipse: two opposite corners
        of the rectangle around it (its axes are parallel to x and y).
    height_mm : float or None
        World z of the plane; None when there is only one plane (a radiograph).
    label : str
        The reader's own words, drawn before the value.
    """

    id: str
    kind: Kind
    points_mm: tuple[Point, ...]
    height_mm: float | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.kind not in POINT_COUNTS:
            raise BocageError(said('A measurement is one of {0}, found "{1}".', ", ".join(POINT_COUNTS), self.kind))
        if len(self.points_mm) != POINT_COUNTS[self.kind]:
            raise BocageError(
                said(
                    "A measurement of kind {0} has {1} points, found {2}.",
                    self.kind,
                    POINT_COUNTS[self.kind],
                    len(self.points_mm),
                )
            )

    @classmethod
    def new(cls, kind: Kind, points_mm: Sequence[Point], height_mm: float | None = None) -> Measurement:
        """Make a measurement with a fresh id."""
        return cls(uuid.uuid4().hex, kind, tuple((float(x), float(y)) for x, y in points_mm), height_mm)


@dataclass(frozen=True)
class RegionStatistics:
    """Statistics of the pixels whose centres lie inside a region.

    Attributes
    ----------
    mean, standard_deviation, minimum, maximum : float
        In the slab's unit; the standard deviation is that of the sample (n - 1). NaN when no pixel is inside.
    count : int
        Pixels counted (NaN pixels are left out).
    area_mm2 : float
        Area of the shape itself, not of the counted pixels.
    """

    mean: float
    standard_deviation: float
    minimum: float
    maximum: float
    count: int
    area_mm2: float


def length_mm(measurement: Measurement) -> float:
    """Distance between the two ends of a length, mm."""
    (ax, ay), (bx, by) = measurement.points_mm[:2]
    return math.hypot(bx - ax, by - ay)


def angle_deg(measurement: Measurement) -> float:
    """Return the angle at the middle point, 0…180 degrees; NaN when an arm has no length."""
    (ax, ay), (vx, vy), (bx, by) = measurement.points_mm
    ux, uy, wx, wy = ax - vx, ay - vy, bx - vx, by - vy
    if math.hypot(ux, uy) == 0 or math.hypot(wx, wy) == 0:
        return math.nan
    # atan2 of cross and dot stays accurate near 0 and 180 degrees, where acos does not.
    return math.degrees(math.atan2(abs(ux * wy - uy * wx), ux * wx + uy * wy))


def ellipse_axes(measurement: Measurement) -> tuple[Point, float, float]:
    """(centre, semi-axis along x, semi-axis along y) of an ellipse, mm."""
    (ax, ay), (bx, by) = measurement.points_mm
    return ((0.5 * (ax + bx), 0.5 * (ay + by)), 0.5 * abs(bx - ax), 0.5 * abs(by - ay))


def area_mm2(measurement: Measurement) -> float:
    """Area of an ellipse, mm²."""
    _, a, b = ellipse_axes(measurement)
    return math.pi * a * b


def ellipse_mask(measurement: Measurement, grid: PlaneGrid) -> NDArray[np.bool_]:
    """Whether each pixel *centre* of `grid` lies inside an ellipse; shape (rows, columns)."""
    (cx, cy), a, b = ellipse_axes(measurement)
    rows, columns = grid.shape
    if a == 0 or b == 0:
        return np.zeros((rows, columns), dtype=np.bool_)
    x = (grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(columns) - cx) / a
    y = (grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(rows) - cy) / b
    return np.asarray(x[None, :] ** 2 + y[:, None] ** 2 <= 1.0)


def ellipse_statistics(measurement: Measurement, slab: Slab) -> RegionStatistics:
    """Statistics of a slab inside an ellipse.

    Parameters
    ----------
    measurement : Measurement
        Of kind "ellipse".
    slab : Slab
        Its pixels should be the source's own (not those of a minified display), or the standard deviation is too small.
    """
    values = slab.pixels[ellipse_mask(measurement, slab.grid)]
    values = values[np.isfinite(values)].astype(np.float64)
    area = area_mm2(measurement)
    if values.size == 0:
        return RegionStatistics(math.nan, math.nan, math.nan, math.nan, 0, area)
    deviation = float(values.std(ddof=1)) if values.size > 1 else math.nan
    return RegionStatistics(
        float(values.mean()), deviation, float(values.min()), float(values.max()), int(values.size), area
    )


def value_text(measurement: Measurement, unit: str = "mm", scale_label: str = "") -> str:
    """Write the value: "34.2 mm", "34.2 mm at detector", "12 px", "87.3°", "24.1 × 18.0 mm · 341 mm²".

    Parameters
    ----------
    unit : str
        "mm", or "px" when the image has no scale (then one world unit is one pixel).
    scale_label : str
        What the millimetres refer to, e.g. "at detector"; appended to lengths and areas.
    """
    digits = 0 if unit == "px" else 1
    suffix = f" {scale_label}" if scale_label and unit != "px" else ""
    if measurement.kind == "length":
        return f"{length_mm(measurement):.{digits}f} {unit}{suffix}"
    if measurement.kind == "angle":
        value = angle_deg(measurement)
        return "–" if math.isnan(value) else f"{value:.1f}°"
    _, a, b = ellipse_axes(measurement)
    area = area_mm2(measurement)
    area_digits = 1 if area < 100 and unit != "px" else 0
    return f"{2 * a:.{digits}f} × {2 * b:.{digits}f} {unit} · {area:.{area_digits}f} {unit}²{suffix}"


def handles(measurement: Measurement) -> tuple[Point, ...]:
    """Return the points to grab, world mm: the points themselves; for an ellipse the four corners around it."""
    if measurement.kind != "ellipse":
        return measurement.points_mm
    (ax, ay), (bx, by) = measurement.points_mm
    return ((ax, ay), (bx, by), (bx, ay), (ax, by))


def moved_handle(measurement: Measurement, handle: int, point: Point) -> Measurement:
    """Return the measurement with one handle (index into `handles`) moved to `point`, world mm."""
    x, y = float(point[0]), float(point[1])
    if measurement.kind == "ellipse" and handle >= 2:
        (ax, ay), (bx, by) = measurement.points_mm
        # Handles 2 and 3 are the corners between the two stored points.
        points = ((ax, y), (x, by)) if handle == 2 else ((x, ay), (bx, y))
        return replace(measurement, points_mm=points)
    points_list = list(measurement.points_mm)
    points_list[handle] = (x, y)
    return replace(measurement, points_mm=tuple(points_list))


def moved(measurement: Measurement, dx: float, dy: float) -> Measurement:
    """Return the whole measurement shifted by (dx, dy) mm."""
    return replace(measurement, points_mm=tuple((x + dx, y + dy) for x, y in measurement.points_mm))


def handle_at(measurement: Measurement, point: Point, radius_mm: float) -> int | None:
    """Index of the handle nearest to `point` within `radius_mm`, or None."""
    distances = [math.dist(point, handle) for handle in handles(measurement)]
    best = min(range(len(distances)), key=distances.__getitem__)
    return best if distances[best] <= radius_mm else None


def outline_distance_mm(measurement: Measurement, point: Point) -> float:
    """Distance (mm) from a world point to the drawn outline."""
    if measurement.kind == "ellipse":
        return _ellipse_distance(measurement, point)
    points = measurement.points_mm
    return min(_segment_distance(point, a, b) for a, b in itertools.pairwise(points))


def _segment_distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy
    t = 0.0 if squared == 0 else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared
    t = min(max(t, 0.0), 1.0)
    return math.dist(point, (a[0] + t * dx, a[1] + t * dy))


def _ellipse_distance(measurement: Measurement, point: Point) -> float:
    (cx, cy), a, b = ellipse_axes(measurement)
    t = np.linspace(0.0, 2.0 * math.pi, 181)
    return float(np.hypot(cx + a * np.cos(t) - point[0], cy + b * np.sin(t) - point[1]).min())
