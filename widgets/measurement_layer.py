"""Measurements over the image: how they are drawn and which one lies under the pointer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from recon.regions import Statistics
from widgets.label_placement import Box, Labelled, placed
from widgets.measurements import (
    MARKER,
    Kind,
    Measurement,
    Point,
    Points,
    Scale,
    Stroke,
    handle_at,
    handles,
    has_lengths,
    outline,
    outline_distance_mm,
    value_lines,
)
from widgets.outlined_text import draw_text, line_height, text_width
from widgets.theme import COLOURS
from widgets.translation import tr
from widgets.view_transform import Size, ViewTransform

HANDLE_RADIUS = 10.0
"""Logical pixels around a handle that take hold of it."""
OUTLINE_RADIUS = 6.0
"""Logical pixels around an outline that take hold of the whole measurement."""
FADE_MM = 5.0
"""Beyond its own slab a measurement is drawn faintly up to this distance, then not at all."""
FAINT = 0.35
TEXT = 12
END_TEXT = 11
FAR_TEXT = 22.0
"""A text farther than this from what it belongs to is joined to it by a fine line."""
MANY_HANDLES = 24
"""Outlines with more points than this show smaller handles."""


@dataclass(frozen=True)
class Unfinished:
    """The measurement being drawn, while it lacks points.

    Attributes
    ----------
    kind : Kind
    points : tuple of (x, y)
        World mm; the last one follows the pointer.
    """

    kind: Kind
    points: Points


@dataclass(frozen=True)
class MeasurementState:
    """All that the layer shows, at one moment."""

    transform: ViewTransform
    size: Size
    measurements: Sequence[Measurement] = ()
    statistics: Mapping[str, Statistics] = field(default_factory=dict)
    selected: str = ""
    hovered: str = ""
    height_mm: float = 0.0
    tolerance_mm: float = 0.5
    scale: Scale = field(default_factory=Scale)
    unfinished: Unfinished | None = None
    taken: tuple[Box, ...] = ()
    """Where else something is written, logical pixels."""
    free_width: float | None = None
    """So much of the width is left for texts (by the ruler); all of it if not given."""

    def is_at(self, height_mm: float) -> bool:
        """Whether a height belongs to the slab that is shown."""
        return abs(height_mm - self.height_mm) <= self.tolerance_mm + 1e-6

    def nearness(self, measurement: Measurement) -> float:
        """How visible a measurement is at this height: 1 in its own slab, less near it, 0 elsewhere."""
        planes = measurement.planes_mm
        if not planes or measurement.id == self.selected:
            return 1.0
        distance = min(abs(plane - self.height_mm) for plane in planes)
        if distance <= self.tolerance_mm + 1e-6:
            return 1.0
        between = min(planes) <= self.height_mm <= max(planes)
        return FAINT if between or distance <= self.tolerance_mm + FADE_MM else 0.0

    def hit(self, x: float, y: float) -> tuple[Measurement, int | None] | None:
        """Return what lies under a widget position: (measurement, handle), handle None for the outline; or None."""
        point = self.transform.to_world((x, y), self.size)
        scale = self.transform.pixels_per_mm
        # The selected one first, then the latest drawn: what is on top is taken.
        order = [measurement for measurement in reversed(self.measurements) if self.nearness(measurement) == 1.0]
        order.sort(key=lambda measurement: measurement.id != self.selected)
        for measurement in order:
            handle = handle_at(measurement, point, HANDLE_RADIUS / scale)
            # An end in another slice is moved there, where what it points at is seen.
            if handle is not None and (not measurement.heights_mm or self.is_at(measurement.heights_mm[handle])):
                return (measurement, handle)
        for measurement in order:
            if outline_distance_mm(measurement, point) <= OUTLINE_RADIUS / scale:
                return (measurement, None)
        return None

    def label_hit(self, x: float, y: float) -> Measurement | None:
        """The measurement whose text lies under a widget position."""
        place = QPointF(x, y)
        for text in reversed(texts(self)):
            if text.box.contains(place) and self.nearness(text.measurement) == 1.0:
                return text.measurement
        return None

    def at(self, point: Point) -> QPointF:
        """Where a world point lies in the widget."""
        return QPointF(*self.transform.to_widget(point, self.size))


@dataclass(frozen=True)
class Text:
    """What is written beside one measurement, and where."""

    measurement: Measurement
    lines: tuple[str, ...]
    box: QRectF


def texts(state: MeasurementState) -> list[Text]:
    """The texts of all measurements that are visible, placed so that they cover little of what is drawn."""
    shown = [item for item in state.measurements if state.nearness(item) > 0]
    # The selected one chooses its place first: it stays put while others give way.
    shown.sort(key=lambda item: item.id != state.selected)
    written = [(item, lines) for item in shown if (lines := _lines(state, item))]
    items = tuple(
        Labelled(
            tuple(_line(state, stroke) for stroke in outline(item)),
            item.spec.is_closed,
            max(text_width(line, TEXT) for line in lines),
            float(line_height(TEXT) * len(lines)),
            fixed=item.spec.labelled and item.spec.points == 1,
            anchor=_anchor(state, item),
        )
        for item, lines in written
    )
    taken = (*state.taken, *(box for item in shown for _, box in _end_texts(state, item)))
    places = placed(items, (state.free_width or state.size[0], state.size[1]), taken)
    return [
        Text(item, lines, QRectF(place[0], place[1], wanted.width, wanted.height))
        for (item, lines), place, wanted in zip(written, places, items, strict=True)
    ]


def _lines(state: MeasurementState, item: Measurement) -> tuple[str, ...]:
    values = value_lines(item, state.scale, state.statistics.get(item.id))
    if item.id == state.selected and state.scale.caution and item.kind != MARKER and has_lengths(item):
        values = (*values, state.scale.caution)
    return (item.label, *values) if item.label else values


def _end_texts(state: MeasurementState, item: Measurement) -> list[tuple[str, Box]]:
    """The height of each end of a measurement in space, and the box that it is written in."""
    found: list[tuple[str, Box]] = []
    for point, height in zip(item.points_mm, item.heights_mm, strict=bool(item.heights_mm)):
        x, y = state.transform.to_widget(point, state.size)
        text = tr("at {0} mm", f"{round(height, 1):g}")
        half = 0.5 * text_width(text, END_TEXT)
        found.append((text, (x - half, y + 8, x + half, y + 8 + line_height(END_TEXT))))
    return found


def _anchor(state: MeasurementState, item: Measurement) -> Point | None:
    anchor = item.spec.anchor
    return state.transform.to_widget(anchor(item.points_mm), state.size) if anchor is not None else None


def _line(state: MeasurementState, stroke: Stroke) -> tuple[Point, ...]:
    places = state.transform.world_to_widget(stroke.points_mm, state.size).tolist()
    points = tuple((x, y) for x, y in places)
    return (*points, points[0]) if stroke.closed else points


# -- drawing -------------------------------------------------------------------------------------------------------


def draw_measurements(painter: QPainter, state: MeasurementState) -> None:
    """Draw every measurement that belongs to this height, with its value, and the one being drawn."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for measurement in state.measurements:
        nearness = state.nearness(measurement)
        if nearness > 0:
            painter.setOpacity(nearness)
            _draw_one(painter, state, measurement)
    for text in texts(state):
        painter.setOpacity(state.nearness(text.measurement))
        _draw_text(painter, state, text)
    painter.setOpacity(1.0)
    unfinished = state.unfinished
    if unfinished is not None:
        for stroke in unfinished.kind.strokes(unfinished.points):
            _draw_stroke(painter, state, stroke, COLOURS.measurement_selected, 1.8)
    painter.restore()


def _colour(state: MeasurementState, measurement: Measurement) -> str:
    return COLOURS.measurement_selected if measurement.id == state.selected else COLOURS.measurement


def _draw_one(painter: QPainter, state: MeasurementState, measurement: Measurement) -> None:
    selected = measurement.id == state.selected
    colour = _colour(state, measurement)
    for stroke in outline(measurement):
        _draw_stroke(painter, state, stroke, colour, 1.8 if selected else 1.4)
    if measurement.heights_mm:
        _draw_ends_in_space(painter, state, measurement, colour)
    if selected or measurement.id == state.hovered:
        _draw_handles(painter, state, measurement, colour)


def _pens(colour: str, width: float, *, thin: bool) -> tuple[QPen, QPen]:
    around = QPen(QColor(0, 0, 0, 170), width + 2.0)
    line = QPen(QColor(colour), 1.0 if thin else width)
    for pen in (around, line):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if thin:
        line.setDashPattern([4.0, 4.0])
        around.setColor(QColor(0, 0, 0, 90))
    return around, line


def _draw_stroke(painter: QPainter, state: MeasurementState, stroke: Stroke, colour: str, width: float) -> None:
    points = [QPointF(x, y) for x, y in state.transform.world_to_widget(stroke.points_mm, state.size).tolist()]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(colour, width, thin=stroke.thin):
        painter.setPen(pen)
        if stroke.closed:
            painter.drawPolygon(points)
        elif len(points) > 1:
            painter.drawPolyline(points)
        ends = _ENDS.get(stroke.ends)
        if ends is not None:
            ends(painter, points)


def _draw_ticks(painter: QPainter, points: Sequence[QPointF]) -> None:
    if len(points) < 2:
        return
    for end, inner in ((points[0], points[1]), (points[-1], points[-2])):
        dx, dy = inner.x() - end.x(), inner.y() - end.y()
        length = math.hypot(dx, dy)
        if length >= 1:
            nx, ny = -dy / length * 5, dx / length * 5
            painter.drawLine(QPointF(end.x() - nx, end.y() - ny), QPointF(end.x() + nx, end.y() + ny))


def _draw_arrow(painter: QPainter, points: Sequence[QPointF]) -> None:
    if len(points) < 2:
        return
    tip, tail = points[0], points[-1]
    length = math.hypot(tail.x() - tip.x(), tail.y() - tip.y())
    if length < 1:
        return
    ux, uy = (tail.x() - tip.x()) / length, (tail.y() - tip.y()) / length
    size = min(13.0, 0.6 * length)
    sides = [QPointF(tip.x() + size * (ux + s * 0.42 * uy), tip.y() + size * (uy - s * 0.42 * ux)) for s in (-1, 1)]
    painter.drawPolyline([sides[0], tip, sides[1]])


def _draw_arc(painter: QPainter, points: Sequence[QPointF]) -> None:
    if len(points) < 3:
        return
    a, vertex, b = points
    start = math.degrees(math.atan2(-(a.y() - vertex.y()), a.x() - vertex.x()))
    stop = math.degrees(math.atan2(-(b.y() - vertex.y()), b.x() - vertex.x()))
    span = (stop - start + 180.0) % 360.0 - 180.0
    arms = [math.hypot(end.x() - vertex.x(), end.y() - vertex.y()) for end in (a, b)]
    radius = min(20.0, 0.6 * min(arms))
    if radius > 4:
        box = QRectF(vertex.x() - radius, vertex.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, round(start * 16), round(span * 16))


def _draw_cross(painter: QPainter, points: Sequence[QPointF]) -> None:
    for point in points:
        # A gap in the middle: the pixel that is meant stays visible.
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(
                QPointF(point.x() + 3.5 * dx, point.y() + 3.5 * dy), QPointF(point.x() + 9 * dx, point.y() + 9 * dy)
            )


_ENDS = {"ticks": _draw_ticks, "arrow": _draw_arrow, "arc": _draw_arc, "dot": _draw_cross}


def _draw_ends_in_space(painter: QPainter, state: MeasurementState, measurement: Measurement, colour: str) -> None:
    """Mark which end lies on this slice, where the line goes through it, and the height of each end."""
    for point, height in zip(measurement.points_mm, measurement.heights_mm, strict=True):
        place, here = state.at(point), state.is_at(height)
        painter.setPen(QPen(QColor(0, 0, 0, 200) if here else QColor(colour), 1.2))
        painter.setBrush(QColor(colour) if here else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, 4.0, 4.0)
    for text, (left, top, _, _) in _end_texts(state, measurement):
        draw_text(painter, left, top, text, pixel_size=END_TEXT, colour=colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    (a, b), (low, high) = measurement.points_mm, measurement.heights_mm
    if low != high and not (state.is_at(low) or state.is_at(high)):
        part = (state.height_mm - low) / (high - low)
        if 0 < part < 1:
            through = state.at((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
            painter.setPen(QPen(QColor(colour), 1.2))
            painter.drawEllipse(through, 2.5, 2.5)


def _draw_handles(painter: QPainter, state: MeasurementState, measurement: Measurement, colour: str) -> None:
    grips = handles(measurement)
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1.2))
    painter.setBrush(QColor(colour))
    radius = 4.0 if len(grips) <= MANY_HANDLES else 2.6
    for handle in grips:
        painter.drawEllipse(state.at(handle), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_text(painter: QPainter, state: MeasurementState, text: Text) -> None:
    colour = _colour(state, text.measurement)
    _draw_leader(painter, state, text, colour)
    for index, line in enumerate(text.lines):
        draw_text(painter, text.box.x(), text.box.y() + index * line_height(TEXT), line, pixel_size=TEXT, colour=colour)


def _draw_leader(painter: QPainter, state: MeasurementState, text: Text, colour: str) -> None:
    """A fine line to a text that had to go far away."""
    box = text.box
    points = [point for stroke in outline(text.measurement) for point in stroke.points_mm]
    places = state.transform.world_to_widget(points, state.size)
    ends = np.clip(places, (box.left() - 2, box.top()), (box.right() + 2, box.bottom()))
    distances = np.hypot(*(places - ends).T)
    nearest = int(np.argmin(distances))
    if distances[nearest] > FAR_TEXT:
        pen = QPen(QColor(colour), 0.8)
        pen.setDashPattern([2.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(*places[nearest]), QPointF(*ends[nearest]))
