"""A point that was marked to stay: where it lies in a picture, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets.outlined_text import draw_text, overlay_font
from widgets.theme import COLOURS
from widgets.view_transform import Point, Size, ViewTransform

RADIUS = 7.0


@dataclass(frozen=True)
class Pin:
    """A marked point in one picture.

    Attributes
    ----------
    point : (x, y)
        World mm.
    label : str
    here : bool
        Whether it lies in the plane that is shown; otherwise it is drawn dashed.
    """

    point: Point
    label: str = ""
    here: bool = True


def draw_pin(painter: QPainter, transform: ViewTransform, size: Size, pin: Pin) -> None:
    """Draw a ring with four marks about the point, open in the middle so that nothing of the picture is hidden."""
    x, y = transform.to_widget(pin.point, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, thick in ((QColor(0, 0, 0, 190), 3.4), (QColor(COLOURS.linked), 1.5)):
        pen = QPen(colour, thick)
        if not pin.here and thick < 2:
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.drawEllipse(QPointF(x, y), RADIUS, RADIUS)
        painter.setPen(QPen(colour, thick))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            near, far = RADIUS + 2, RADIUS + 7
            painter.drawLine(QPointF(x + near * dx, y + near * dy), QPointF(x + far * dx, y + far * dy))
    painter.restore()
    if pin.label:
        wide = QFontMetricsF(overlay_font(11)).horizontalAdvance(pin.label)
        left = x + RADIUS + 5 + wide > size[0] - 4
        at = x - RADIUS - 5 if left else x + RADIUS + 5
        draw_text(
            painter, at, y + RADIUS + 1, pin.label, pixel_size=11, colour=COLOURS.linked, align=1.0 if left else 0.0
        )
