"""The ruler at the right edge of a slice view: the whole range of heights, where we are, how thick the slab is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from recon.frame import PatientFrame
from widgets.outlined_text import draw_text, line_height
from widgets.theme import COLOURS
from widgets.view_transform import Size

_STEPS = (1.0, 2.0, 5.0)
_RIGHT = 14  # distance of the line from the widget's edge
_NUMBERS = 46  # width of the numbers beside it
_GRAB = 30  # width of the strip that takes the mouse


@dataclass(frozen=True)
class HeightRuler:
    """Geometry of the ruler in a widget: the highest plane (towards the tube) is at the top.

    Attributes
    ----------
    low_mm, high_mm : float
        The range of heights.
    top, bottom : float
        Where `high_mm` and `low_mm` are drawn, logical pixels.
    x : float
        Where the line stands.
    """

    low_mm: float
    high_mm: float
    top: float
    bottom: float
    x: float

    @classmethod
    def placed(cls, heights: tuple[float, float], size: Size, above: float, below: float) -> HeightRuler | None:
        """Place a ruler between text blocks of the heights `above` and `below`; None when there is no room.

        Parameters
        ----------
        heights : (low, high)
            mm; equal values give no ruler.
        """
        low, high = heights
        top = max(above + 18, 0.14 * size[1], 34.0)
        bottom = size[1] - max(below + 18, 0.14 * size[1], 34.0)
        if high <= low or bottom - top < 60 or size[0] < 160:
            return None
        return cls(low, high, round(top) + 0.5, round(bottom) + 0.5, round(size[0] - _RIGHT) + 0.5)

    def y_of(self, height_mm: float) -> float:
        """Return where a height is drawn, logical pixels."""
        return self.bottom - (height_mm - self.low_mm) / (self.high_mm - self.low_mm) * (self.bottom - self.top)

    def height_at(self, y: float) -> float:
        """Return the height (mm) drawn at `y`, kept inside the range."""
        height = self.low_mm + (self.bottom - y) / (self.bottom - self.top) * (self.high_mm - self.low_mm)
        return min(max(height, self.low_mm), self.high_mm)

    def contains(self, x: float, y: float) -> bool:
        """Tell whether the mouse takes hold of the ruler here."""
        return x >= self.x + _RIGHT - _GRAB and self.top - 10 <= y <= self.bottom + 10

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What the ruler and its numbers cover: (left, top, right, bottom), logical pixels."""
        return (self.x - _NUMBERS, self.top - 16, self.x + _RIGHT, self.bottom + 16)

    def tick_step(self, least_pixels: float = 36.0) -> float:
        """Return the roundest distance of labelled ticks, mm, with at least `least_pixels` between them."""
        least = least_pixels * (self.high_mm - self.low_mm) / (self.bottom - self.top)
        power = 10.0 ** math.floor(math.log10(least))
        return next(step * power for step in (*_STEPS, 10.0) if step * power >= least * (1 - 1e-9))

    def draw(
        self,
        painter: QPainter,
        height_mm: float,
        thickness_mm: float,
        patient: PatientFrame | None,
        hovered: bool,
        digits: int = 1,
    ) -> None:
        """Draw ticks, the slab's extent and the handle with its height, to so many digits."""
        self._draw_scale(painter, patient, height_mm)
        y = self.y_of(min(max(height_mm, self.low_mm), self.high_mm))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if thickness_mm > 0:
            upper = self.y_of(min(height_mm + thickness_mm / 2, self.high_mm))
            lower = self.y_of(max(height_mm - thickness_mm / 2, self.low_mm))
            extent = QColor(COLOURS.active)
            extent.setAlpha(110)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(extent)
            painter.drawRect(QRectF(self.x - 3.5, upper, 7, max(lower - upper, 1.0)))
        size = 7.5 if hovered else 6.0
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1))
        painter.setBrush(QColor(COLOURS.active))
        tip = self.x - 3
        painter.drawPolygon(
            QPolygonF([QPointF(tip, y), QPointF(tip + 1.6 * size, y - size), QPointF(tip + 1.6 * size, y + size)])
        )
        painter.restore()
        label = f"{height_mm:.{digits}f}"
        top = y - 0.5 * line_height(12)
        draw_text(painter, tip - 6, top, label, pixel_size=12, bold=True, colour=COLOURS.active, align=1.0)

    def _draw_scale(self, painter: QPainter, patient: PatientFrame | None, height_mm: float) -> None:
        major = self.tick_step()
        minor = major / 5
        labels_at = self.y_of(height_mm)
        lines = [QLineF(self.x, self.top, self.x, self.bottom)]
        for index in range(math.ceil(self.low_mm / minor - 1e-6), math.floor(self.high_mm / minor + 1e-6) + 1):
            y = round(self.y_of(index * minor)) + 0.5
            lines.append(QLineF(self.x - (6 if index % 5 == 0 else 3), y, self.x, y))
        for colour, thick in ((QColor(0, 0, 0, 190), 3.2), (QColor(COLOURS.overlay_dim), 1.0)):
            painter.setPen(QPen(colour, thick))
            painter.drawLines(lines)
        for index in range(math.ceil(self.low_mm / major - 1e-6), math.floor(self.high_mm / major + 1e-6) + 1):
            y = self.y_of(index * major)
            if abs(y - labels_at) > 14:
                draw_text(
                    painter,
                    self.x - 9,
                    y - 0.5 * line_height(10),
                    f"{index * major:g}",
                    pixel_size=10,
                    colour=COLOURS.overlay_dim,
                    align=1.0,
                )
        if patient is not None:
            # Which way the heights run in the patient: the tube's side above, the detector's below.
            for z, y in ((1, self.top - 18), (-1, self.bottom + 3)):
                letter = patient.letters((0, 0, z))[:1]
                draw_text(painter, self.x, y, letter, pixel_size=11, colour=COLOURS.overlay_dim, align=0.5)
