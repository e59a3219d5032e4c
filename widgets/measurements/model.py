"""A measurement, and what can be done with one whatever its kind: values, handles, hits, moves. No Qt."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from recon.errors import BocageError
from recon.messages import mark, said
from recon.regions import Statistics
from widgets.measurements.kinds import KINDS
from widgets.measurements.plane import Point, Points, segment_distance
from widgets.measurements.scale import Scale, scaled_values
from widgets.measurements.spec import Kind, Stroke, Value
from widgets.measurements.text import joined, mean_line, pixel_unit, pixel_value, range_line
from widgets.measurements.words import tr


@dataclass(frozen=True)
class Measurement:
    """One measurement or note on a picture.

    Attributes
    ----------
    id : str
        Unique; kept through edits.
    kind : str
        One of `KINDS`.
    points_mm : tuple of (x, y)
        In the picture's own millimetres; their meaning is that of the kind.
    height_mm : float or None
        World z of the plane; None when there is only one plane (a radiograph).
    label : str
        The reader's own words, drawn before the value.
    note : str
        More of them, for the table and the report; not drawn.
    heights_mm : tuple of float
        World z of each point, for kinds whose points lie in planes of their own; empty for the others.
    """

    id: str
    kind: str
    points_mm: Points
    height_mm: float | None = None
    label: str = ""
    note: str = ""
    heights_mm: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        spec = KINDS.get(self.kind)
        if spec is None:
            raise BocageError(said('A measurement is one of {0}, found "{1}".', ", ".join(KINDS), self.kind))
        n = len(self.points_mm)
        if spec.open_ended and n < spec.points:
            raise BocageError(
                said("A measurement of kind {0} has {1} or more points, found {2}.", self.kind, spec.points, n)
            )
        if not spec.open_ended and n != spec.points:
            raise BocageError(said("A measurement of kind {0} has {1} points, found {2}.", self.kind, spec.points, n))
        if self.heights_mm and (not spec.spatial or len(self.heights_mm) != n):
            raise BocageError(
                said("A measurement of kind {0} does not have {1} heights.", self.kind, len(self.heights_mm))
            )

    @classmethod
    def new(
        cls,
        kind: str,
        points_mm: Sequence[Point],
        height_mm: float | None = None,
        heights_mm: Sequence[float] = (),
    ) -> Measurement:
        """Make a measurement with a fresh id."""
        points = tuple((float(x), float(y)) for x, y in points_mm)
        return cls(uuid.uuid4().hex, kind, points, height_mm, heights_mm=tuple(map(float, heights_mm)))

    @property
    def spec(self) -> Kind:
        """Everything about its kind."""
        return KINDS[self.kind]

    @property
    def planes_mm(self) -> tuple[float, ...]:
        """The heights that it belongs to; empty on a radiograph."""
        if self.heights_mm:
            return self.heights_mm
        return () if self.height_mm is None else (self.height_mm,)


# -- values --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def measured(measurement: Measurement, scale: Scale) -> tuple[Value, ...]:
    """The values of a measurement's geometry, with units and uncertainties."""
    if measurement.height_mm is not None and scale.kind == "slice":
        scale = replace(scale, height_mm=measurement.height_mm)
    return scaled_values(measurement.points_mm, measurement.heights_mm, measurement.spec.quantities, scale)


def quantity(measurement: Measurement, name: str) -> float:
    """One value of a measurement's geometry by its name, in the picture's own millimetres."""
    found = measurement.spec.quantities(measurement.points_mm, measurement.heights_mm)
    return next(item.value for item in found if item.name == name)


def has_lengths(measurement: Measurement) -> bool:
    """Whether any of its values depends on the scale."""
    return any(value.unit.startswith(("mm", "px")) for value in measured(measurement, Scale()))


def value_lines(
    measurement: Measurement, scale: Scale | None = None, statistics: Statistics | None = None
) -> tuple[str, ...]:
    """What is written beside a measurement, without its label, in the user's language.

    Parameters
    ----------
    scale : Scale, optional
        Of the picture at the measurement's height; plain millimetres if not given.
    statistics : Statistics, optional
        Of its pixels, for kinds that have some; not written while they are unknown.
    """
    scale = scale if scale is not None else Scale()
    if measurement.height_mm is not None and scale.kind == "slice":
        scale = replace(scale, height_mm=measurement.height_mm)
    values = {value.name: value for value in measured(measurement, scale)}
    above, below = (_statistics_lines(measurement, statistics, first=first) for first in (True, False))
    return (*above, *measurement.spec.lines(values, scale), *below)


def value_text(measurement: Measurement, scale: Scale | None = None) -> str:
    """The first line of `value_lines`: the measurement's value in short."""
    return next(iter(value_lines(measurement, scale)), "")


def _statistics_lines(measurement: Measurement, found: Statistics | None, *, first: bool) -> tuple[str, ...]:
    samples = measurement.spec.samples
    if found is None or not samples or first != (samples == "point"):
        return ()
    if found.count == 0:
        return (tr("no pixels here"),)
    if samples == "point":
        return (joined(pixel_value(found.mean, found.unit), pixel_unit(found.unit)),)
    return (
        mean_line(found.mean, found.standard_deviation, found.unit),
        range_line(found.minimum, found.maximum, found.count, found.unit),
    )


def columns(
    measurement: Measurement, scale: Scale | None = None, statistics: Statistics | None = None
) -> tuple[Value, ...]:
    """The same for machines (tables, CSV): every value by name, with unit and uncertainty.

    Names are "length", "area", "mean" … (see each kind's `quantities`); statistics come last, as "value" for a probe
    and as "mean", "sd", "min", "max", "n" otherwise.
    """
    values = measured(measurement, scale if scale is not None else Scale())
    samples = measurement.spec.samples
    if statistics is None or not samples:
        return values
    unit = statistics.unit
    if samples == "point":
        return (*values, Value("value", mark("Value"), statistics.mean, unit))
    return (
        *values,
        Value("mean", mark("Mean"), statistics.mean, unit),
        Value("sd", mark("Standard deviation"), statistics.standard_deviation, unit),
        Value("min", mark("Minimum"), statistics.minimum, unit),
        Value("max", mark("Maximum"), statistics.maximum, unit),
        Value("n", mark("Pixels"), float(statistics.count), ""),
    )


# -- editing -------------------------------------------------------------------------------------------------------


def handles(measurement: Measurement) -> Points:
    """The points to grab, world mm."""
    return measurement.spec.handles(measurement.points_mm)


def moved_handle(measurement: Measurement, handle: int, point: Point) -> Measurement:
    """The measurement with one handle (index into `handles`) moved to `point`, world mm."""
    to = (float(point[0]), float(point[1]))
    return replace(measurement, points_mm=measurement.spec.moved_handle(measurement.points_mm, handle, to))


def moved(measurement: Measurement, dx: float, dy: float) -> Measurement:
    """The whole measurement shifted by (dx, dy) mm."""
    return replace(measurement, points_mm=tuple((x + dx, y + dy) for x, y in measurement.points_mm))


def copied(measurement: Measurement, points_mm: Points | None = None) -> Measurement:
    """The same with an id of its own, and other points if given."""
    points = measurement.points_mm if points_mm is None else points_mm
    return replace(measurement, id=uuid.uuid4().hex, points_mm=points)


# -- hits ----------------------------------------------------------------------------------------------------------


def handle_at(measurement: Measurement, point: Point, radius_mm: float) -> int | None:
    """Index of the handle nearest to `point` within `radius_mm`, or None."""
    near = sorted(
        (abs(x - point[0]) + abs(y - point[1]), index)
        for index, (x, y) in enumerate(handles(measurement))
        if (x - point[0]) ** 2 + (y - point[1]) ** 2 <= radius_mm**2
    )
    return near[0][1] if near else None


def outline_distance_mm(measurement: Measurement, point: Point) -> float:
    """Distance (mm) from a world point to the drawn outline."""
    return min(_stroke_distance(stroke, point) for stroke in outline(measurement) if not stroke.thin)


@lru_cache(maxsize=256)
def outline(measurement: Measurement) -> tuple[Stroke, ...]:
    """The lines of its drawing, world mm."""
    return measurement.spec.strokes(measurement.points_mm)


def _stroke_distance(stroke: Stroke, point: Point) -> float:
    points = (
        [*stroke.points_mm, stroke.points_mm[0]] if stroke.closed or len(stroke.points_mm) == 1 else stroke.points_mm
    )
    return min(segment_distance(point, a, b) for a, b in itertools.pairwise(points))
