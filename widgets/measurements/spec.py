"""What a kind of measurement has to say of itself: points, outline, handles, values. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from recon.regions import Region
from widgets.measurements.plane import Point, Points
from widgets.viewport_types import Tool

if TYPE_CHECKING:
    from widgets.measurements.scale import Scale

Heights = tuple[float, ...]
Dimension = Literal["length", "area", "angle", "ratio"]
Ends = Literal["", "ticks", "arrow", "arc", "dot"]
Samples = Literal["", "region", "line", "point"]


@dataclass(frozen=True)
class Stroke:
    """One line of a drawing, world mm.

    Attributes
    ----------
    points_mm : tuple of (x, y)
    closed : bool
        The last point is joined to the first.
    ends : "", "ticks", "arrow", "arc" or "dot"
        What else is drawn: short lines across both ends, the head of an arrow at the first, an arc about the second of
        three points, or a small cross with a gap at each.
    thin : bool
        A line of the construction: drawn dashed, and not taken hold of.
    """

    points_mm: Points
    closed: bool = False
    ends: Ends = ""
    thin: bool = False


@dataclass(frozen=True)
class Quantity:
    """One value in the picture's own millimetres, before the scale.

    Attributes
    ----------
    name : str
        For machines: "length", "area" …
    title : str
        For readers; marked for translation.
    dimension : "length", "area", "angle" or "ratio"
    value : float
        mm, mm², degrees or a number; NaN where there is none.
    gradient : tuple of (d/dx, d/dy) for each point, optional
        Where it is known in closed form; found by differences otherwise.
    """

    name: str
    title: str
    dimension: Dimension
    value: float
    gradient: tuple[Point, ...] | None = None


@dataclass(frozen=True)
class Value:
    """One value as it is shown and written: scaled, with its uncertainty.

    Attributes
    ----------
    name, title : str
        As in `Quantity`.
    value : float
    unit : str
        "mm", "px", "mm²", "px²", "°", the picture's unit of values, or "" for numbers.
    uncertainty : float or None
        Half width of the interval with about 95 % coverage (`widgets.measurements.scale`); None where none is given.
    """

    name: str
    title: str
    value: float
    unit: str
    uncertainty: float | None = None


Quantities = Callable[[Points, Heights], tuple[Quantity, ...]]
Lines = Callable[[Mapping[str, Value], "Scale"], tuple[str, ...]]


def unchanged(points: Points) -> Points:
    """The points as they are."""
    return points


def move_point(points: Points, handle: int, to: Point) -> Points:
    """Put one point elsewhere."""
    return (*points[:handle], to, *points[handle + 1 :])


def chain(points: Points) -> tuple[Stroke, ...]:
    """One line through all points."""
    return (Stroke(points),)


def nothing(_values: Mapping[str, Value], _scale: Scale) -> tuple[str, ...]:
    """No line of text besides the label."""
    return ()


@dataclass(frozen=True)
class Kind:
    """Everything about one kind of measurement. Drawing, hit tests, editing and values read nothing else.

    Attributes
    ----------
    name : str
        As it is stored.
    title, tip : str
        For the reader; marked for translation.
    tool : Tool
    icon : str
    shortcuts : tuple of str
    points : int
        How many there are; the least number of open-ended kinds.
    strokes : callable
        The lines of the drawing (of a part of the points, too, while it is being drawn).
    quantities : callable
        The values.
    lines : callable
        What is written beside it, by the names of its values.
    steps : tuple of str
        What to click next, for each point; marked for translation.
    open_ended : bool
        Points are added until the reader ends it (double click, Enter, or the first point again).
    freehand : bool
        Drawn in one go with the button held, then simplified.
    spatial : bool
        Each point has a height of its own.
    labelled : bool
        It is the label that counts: asked for as soon as the points are there.
    samples : "", "region", "line" or "point"
        Which pixels belong to it.
    region : callable, optional
        Its inside.
    anchor : callable, optional
        Where its text belongs; anywhere beside it if not given.
    handles, moved_handle, settled : callable
        What can be taken hold of; the points after a handle was moved; while it is drawn, the points with the last one
        where the constraints let it be.
    """

    name: str
    title: str
    tool: Tool
    icon: str
    points: int
    strokes: Callable[[Points], tuple[Stroke, ...]] = chain
    quantities: Quantities = lambda _points, _heights: ()
    lines: Lines = nothing
    tip: str = ""
    shortcuts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    open_ended: bool = False
    freehand: bool = False
    spatial: bool = False
    labelled: bool = False
    samples: Samples = ""
    region: Callable[[Points], Region] | None = None
    handles: Callable[[Points], Points] = unchanged
    moved_handle: Callable[[Points, int, Point], Points] = move_point
    settled: Callable[[Points], Points] = unchanged
    anchor: Callable[[Points], Point] | None = None

    @property
    def noun(self) -> str:
        """The title within a sentence ("length", "3-D distance"); marked for translation with the table."""
        return " ".join(word if word[:1].isdigit() else word.lower() for word in self.title.split())

    @property
    def is_closed(self) -> bool:
        """Whether it has an inside."""
        return self.region is not None
