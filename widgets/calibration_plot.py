"""How a monitor follows the greyscale standard: JND indices against the straight line, and each step's deviation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.outlined_text import line_height, overlay_font, text_width
from widgets.theme import COLOURS
from widgets.translation import tr

TEXT = 11


@dataclass(frozen=True)
class Curve:
    """One response.

    Attributes
    ----------
    title : str
        As shown.
    levels : sequence of int
        P-values 0 … 255.
    indices : sequence of float
        JND index of each.
    deviations : sequence of float
        Of each interval, as a share.
    colour : str
    dots : bool
        Measured: drawn as dots; otherwise a line.
    """

    title: str
    levels: Sequence[int]
    indices: Sequence[float]
    deviations: Sequence[float]
    colour: str
    dots: bool = True


class CalibrationPlot(QWidget):
    """Two plots below each other on one axis of P-values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(380, 360)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._curves: tuple[Curve, ...] = ()
        self._limit = 0.10

    def show_curves(self, curves: Sequence[Curve], limit: float) -> None:
        """Show these responses, and the band within which each step must lie."""
        self._curves = tuple(curves)
        self._limit = limit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both plots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(overlay_font(TEXT))
        painter.fillRect(self.rect(), QColor(COLOURS.base))
        legend = line_height(TEXT) + 8 if self._curves else 0
        height = self.height() - legend - 2 * 24 - 46
        upper = QRectF(52, legend + 22, self.width() - 66, 0.55 * height)
        lower = QRectF(52, upper.bottom() + 42, upper.width(), height - upper.height())
        self._draw_legend(painter)
        self._draw_indices(painter, upper)
        self._draw_deviations(painter, lower)
        painter.end()

    def _draw_legend(self, painter: QPainter) -> None:
        x = 52.0
        for curve in self._curves:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(curve.colour))
            painter.drawEllipse(QPointF(x + 4, 12), 3.5, 3.5)
            painter.setPen(QColor(COLOURS.text))
            painter.drawText(QPointF(x + 13, 16), curve.title)
            x += 13 + text_width(curve.title, TEXT) + 18

    def _draw_indices(self, painter: QPainter, place: QRectF) -> None:
        ends = [index for curve in self._curves for index in (curve.indices[0], curve.indices[-1])] or [0.0, 1000.0]
        step = 100.0 if max(ends) - min(ends) <= 600 else 200.0
        low, high = step * math.floor(min(ends) / step), step * math.ceil(max(ends) / step)
        marks = [low + n * step for n in range(round((high - low) / step) + 1)]
        self._draw_axes(painter, place, tr("Just-noticeable differences"), low, high, marks, "{:.0f}")
        for curve in self._curves:
            first, last = QPointF(0, 0), QPointF(0, 0)
            points = [
                _at(place, level / 255, (index - low) / (high - low))
                for level, index in zip(curve.levels, curve.indices, strict=True)
            ]
            first, last = points[0], points[-1]
            painter.setPen(QPen(QColor(COLOURS.border_strong), 1, Qt.PenStyle.DashLine))
            painter.drawLine(first, last)
            _draw_points(painter, points, curve)

    def _draw_deviations(self, painter: QPainter, place: QRectF) -> None:
        worst = max((abs(value) for curve in self._curves for value in curve.deviations), default=0.3)
        top = next((limit for limit in (0.3, 0.6, 1.2) if worst <= limit), 2.4)
        marks = [top * n / 2 for n in range(-2, 3)]
        self._draw_axes(
            painter, place, tr("Deviation of contrast from the mean, %"), -top, top, marks, "{:+.0f}", scale=100
        )
        band = QColor(COLOURS.slider)
        band.setAlpha(50)
        upper = _at(place, 0, (self._limit + top) / (2 * top))
        below = _at(place, 1, (-self._limit + top) / (2 * top))
        painter.fillRect(QRectF(upper, below), band)
        painter.setPen(QColor(COLOURS.text_dim))
        bottom = tr("P-value")
        painter.drawText(QPointF(place.center().x() - text_width(bottom, TEXT) / 2, place.bottom() + 30), bottom)
        for curve in self._curves:
            middles = [(a + b) / 2 for a, b in zip(curve.levels, curve.levels[1:], strict=False)]
            points = [
                _at(place, middle / 255, (min(max(value, -top), top) + top) / (2 * top))
                for middle, value in zip(middles, curve.deviations, strict=True)
            ]
            _draw_points(painter, points, curve)

    @staticmethod
    def _draw_axes(
        painter: QPainter,
        place: QRectF,
        title: str,
        low: float,
        high: float,
        marks: Sequence[float],
        form: str,
        scale: float = 1.0,
    ) -> None:
        painter.setPen(QColor(COLOURS.text_dim))
        painter.drawText(QPointF(place.left(), place.top() - 7), title)
        for mark in marks:
            y = _at(place, 0, (mark - low) / (high - low)).y()
            painter.setPen(QPen(QColor(COLOURS.border), 1))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(QColor(COLOURS.text_dim))
            text = form.format(mark * scale)
            painter.drawText(QPointF(place.left() - 8 - text_width(text, TEXT), y + 4), text)
        for level in (0, 64, 128, 192, 255):
            x = place.left() + place.width() * level / 255
            painter.setPen(QPen(QColor(COLOURS.border), 1))
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
            painter.setPen(QColor(COLOURS.text_dim))
            painter.drawText(QPointF(x - text_width(str(level), TEXT) / 2, place.bottom() + 15), str(level))


def _at(place: QRectF, across: float, up: float) -> QPointF:
    return QPointF(place.left() + across * place.width(), place.bottom() - up * place.height())


def _draw_points(painter: QPainter, points: Sequence[QPointF], curve: Curve) -> None:
    colour = QColor(curve.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2 if curve.dots else 1.8))
    painter.drawPolyline(QPolygonF(list(points)))
    if curve.dots:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            painter.drawEllipse(point, 2.8, 2.8)
