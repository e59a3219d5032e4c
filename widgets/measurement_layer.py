"""Measurements over the image: how they are drawn and which one lies under the pointer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.measurements import Measurement, Point, handle_at, handles, outline_distance_mm, value_text
from widgets.outlined_text import draw_text, line_height, text_width
from widgets.theme import COLOURS
from widgets.view_transform import Size, ViewTransform

HANDLE_RADIUS = 9.0
"""Logical pixels around a handle that take hold of it."""
OUTLINE_RADIUS = 6.0
"""Logical pixels around an outline that take hold of the whole measurement."""
FADE_MM = 5.0
"""Beyond its own slab a measurement is drawn faintly up to this distance, then not at all."""


@dataclass(frozen=True)
class MeasurementState:
    """All that the layer shows, at one moment."""

    transform: ViewTransform
    size: Size
    measurements: Sequence[Measurement] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    selected: str = ""
    hovered: str = ""
    height_mm: float = 0.0
    tolerance_mm: float = 0.5
    unit: str = "mm"
    scale_label: str = ""

    def nearness(self, measurement: Measurement) -> float:
        """How visible a measurement is at this height: 1 in its own slab, 0.35 near it, 0 elsewhere."""
        if measurement.height_mm is None or measurement.id == self.selected:
            return 1.0
        distance = abs(measurement.height_mm - self.height_mm)
        if distance <= self.tolerance_mm + 1e-6:
            return 1.0
        return 0.35 if distance <= self.tolerance_mm + FADE_MM else 0.0

    def hit(self, x: float, y: float) -> tuple[Measurement, int | None] | None:
        """Return what lies under a widget position: (measurement, handle), handle None for the outline; or None."""
        point = self.transform.to_world((x, y), self.size)
        scale = self.transform.pixels_per_mm
        # The selected one first, then the latest drawn: what is on top is taken.
        order = [measurement for measurement in reversed(self.measurements) if self.nearness(measurement) == 1.0]
        order.sort(key=lambda measurement: measurement.id != self.selected)
        for measurement in order:
            handle = handle_at(measurement, point, HANDLE_RADIUS / scale)
            if handle is not None:
                return (measurement, handle)
        for measurement in order:
            if outline_distance_mm(measurement, point) <= OUTLINE_RADIUS / scale:
                return (measurement, None)
        return None


def draw_measurements(painter: QPainter, state: MeasurementState) -> None:
    """Draw every measurement that belongs to this height, with its value."""
    for measurement in state.measurements:
        nearness = state.nearness(measurement)
        if nearness > 0:
            painter.save()
            painter.setOpacity(nearness)
            _draw_one(painter, state, measurement)
            painter.restore()


def draw_unfinished(painter: QPainter, state: MeasurementState, kind: str, points: Sequence[Point]) -> None:
    """Draw the first arm of an angle whose end is still to come."""
    if kind == "angle" and len(points) == 2:
        a, b = (QPointF(*state.transform.to_widget(point, state.size)) for point in points)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in _pens(COLOURS.measurement_selected):
            painter.setPen(pen)
            painter.drawLine(a, b)
        painter.restore()


def _pens(colour: str, width: float = 1.5) -> tuple[QPen, QPen]:
    outline = QPen(QColor(0, 0, 0, 170), width + 2.0)
    line = QPen(QColor(colour), width)
    for pen in (outline, line):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return outline, line


def _draw_one(painter: QPainter, state: MeasurementState, measurement: Measurement) -> None:
    selected = measurement.id == state.selected
    colour = COLOURS.measurement_selected if selected else COLOURS.measurement
    points = [QPointF(*state.transform.to_widget(point, state.size)) for point in measurement.points_mm]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(colour, 1.8 if selected else 1.4):
        painter.setPen(pen)
        if measurement.kind == "ellipse":
            painter.drawEllipse(QRectF(points[0], points[1]).normalized())
        else:
            painter.drawPolyline(points)
            if measurement.kind == "length":
                _draw_end_ticks(painter, points)
            else:
                _draw_arc(painter, points)
    if selected or measurement.id == state.hovered:
        _draw_handles(painter, state, measurement, colour)
    _draw_value(painter, state, measurement, points, colour)


def _draw_end_ticks(painter: QPainter, points: Sequence[QPointF]) -> None:
    a, b = points
    dx, dy = b.x() - a.x(), b.y() - a.y()
    length = math.hypot(dx, dy)
    if length < 1:
        return
    nx, ny = -dy / length * 5, dx / length * 5
    for end in (a, b):
        painter.drawLine(QPointF(end.x() - nx, end.y() - ny), QPointF(end.x() + nx, end.y() + ny))


def _draw_arc(painter: QPainter, points: Sequence[QPointF]) -> None:
    a, vertex, b = points
    start = math.degrees(math.atan2(-(a.y() - vertex.y()), a.x() - vertex.x()))
    stop = math.degrees(math.atan2(-(b.y() - vertex.y()), b.x() - vertex.x()))
    span = (stop - start + 180.0) % 360.0 - 180.0
    arms = [math.hypot(end.x() - vertex.x(), end.y() - vertex.y()) for end in (a, b)]
    radius = min(20.0, 0.6 * min(arms))
    if radius > 4:
        box = QRectF(vertex.x() - radius, vertex.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, round(start * 16), round(span * 16))


def _draw_handles(painter: QPainter, state: MeasurementState, measurement: Measurement, colour: str) -> None:
    if measurement.kind == "ellipse":
        pen = QPen(QColor(colour), 1.0, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        corners = [QPointF(*state.transform.to_widget(point, state.size)) for point in measurement.points_mm]
        painter.drawRect(QRectF(corners[0], corners[1]).normalized())
    painter.setPen(QPen(QColor(0, 0, 0, 200), 1.2))
    painter.setBrush(QColor(colour))
    for handle in handles(measurement):
        painter.drawEllipse(QPointF(*state.transform.to_widget(handle, state.size)), 4.0, 4.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_value(
    painter: QPainter, state: MeasurementState, measurement: Measurement, points: Sequence[QPointF], colour: str
) -> None:
    lines = [value_text(measurement, state.unit, state.scale_label)]
    if measurement.label:
        lines.insert(0, measurement.label)
    lines.extend(line for line in state.values.get(measurement.id, "").splitlines() if line)
    step = line_height(12)
    width = max(text_width(line, 12) for line in lines)
    if measurement.kind == "ellipse":
        box = QRectF(points[0], points[1]).normalized()
        x, y = box.right() + 8, box.center().y() - 0.5 * step * len(lines)
    elif measurement.kind == "angle":
        x, y = points[1].x() + 12, points[1].y() + 8
    else:
        end = max(points, key=lambda point: (point.x(), point.y()))
        x, y = end.x() + 10, end.y() - 0.5 * step
    # The value stays readable at the border of the view.
    if x + width > state.size[0] - 6:
        x = min(point.x() for point in points) - width - 10
        if x < 6.0 and len(lines) > 1:
            # At neither side: below, or above where the view ends, so that what was measured stays visible.
            top, bottom = min(point.y() for point in points), max(point.y() for point in points)
            below = bottom + 8 + step * len(lines) <= state.size[1] - 6
            x, y = points[0].x(), bottom + 8 if below else top - 8 - step * len(lines)
    x = min(max(x, 6.0), max(6.0, state.size[0] - width - 6))
    y = min(max(y, 6.0), max(6.0, state.size[1] - step * len(lines) - 6))
    for index, line in enumerate(lines):
        draw_text(painter, x, y + index * step, line, pixel_size=12, colour=colour)
