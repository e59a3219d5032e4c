"""A curve of values along a line, or a histogram of those in a region, with its mean. It only draws."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from recon.regions import Histogram, Profile, Statistics
from widgets.measurements.text import pixel_unit, pixel_value
from widgets.outlined_text import overlay_font
from widgets.theme import COLOURS
from widgets.translation import tr

LEFT, RIGHT, TOP, BOTTOM = 64.0, 14.0, 26.0, 24.0


class ValuePlot(QWidget):
    """Shows a `Profile` or a `Histogram`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data: Profile | Histogram | None = None
        self.statistics: Statistics | None = None
        self.length_unit = "mm"
        self.factor = 1.0
        self.caption = ""
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Values of the selected measurement"))

    def sizeHint(self) -> QSize:
        """A low strip."""
        return QSize(280, 170)

    def set_data(
        self,
        data: Profile | Histogram | None,
        statistics: Statistics | None = None,
        length_unit: str = "mm",
        factor: float = 1.0,
        caption: str = "",
    ) -> None:
        """Show other values; None shows what to do to see some.

        Parameters
        ----------
        length_unit : str
            Of the distance along a profile.
        factor : float
            That unit for one of the picture's own millimetres.
        caption : str
            Where the values come from, written above them.
        """
        self.data, self.statistics, self.length_unit, self.factor = data, statistics, length_unit, factor
        self.caption = caption
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(COLOURS.base))
        painter.setFont(overlay_font(11))
        painter.setPen(QColor(COLOURS.text_dim))
        data = self.data
        shown = data is not None and (
            bool(np.isfinite(data.values).any()) if isinstance(data, Profile) else bool(data.counts.any())
        )
        if data is None or not shown:
            text = tr("Select a line or a region to see its values.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(12, 0, -12, 0), int(flags), text)
            return
        area = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)
        top = QRectF(area.left(), 4, area.width(), TOP - 8)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.caption)
        painter.setPen(QPen(QColor(COLOURS.border_strong), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        if isinstance(data, Profile):
            self._profile(painter, area, data)
        else:
            self._histogram(painter, area, data)

    def _profile(self, painter: QPainter, area: QRectF, data: Profile) -> None:
        low, high = float(np.nanmin(data.values)), float(np.nanmax(data.values))
        room = 0.05 * (high - low) or 0.5 * abs(high) or 1.0
        low, high = low - room, high + room
        length = float(data.distance_mm[-1]) or 1.0
        painter.setPen(QPen(QColor(COLOURS.measurement), 1.4))
        line = QPolygonF()
        for distance, value in zip(data.distance_mm, data.values, strict=True):
            if math.isfinite(value):
                y = area.bottom() - area.height() * (value - low) / (high - low)
                line.append(QPointF(area.left() + area.width() * distance / length, y))
            else:  # outside the picture the curve is broken, not bridged
                painter.drawPolyline(line)
                line = QPolygonF()
        painter.drawPolyline(line)
        unit = pixel_unit(data.unit)
        self._ends(painter, area, (pixel_value(low, data.unit), pixel_value(high, data.unit)), unit)
        self._foot(painter, area, "0", f"{length * self.factor:.1f} {self.length_unit}")

    def _histogram(self, painter: QPainter, area: QRectF, data: Histogram) -> None:
        first, last = float(data.edges[0]), float(data.edges[-1])
        span, most = (last - first) or 1.0, int(data.counts.max())

        def across(value: float) -> float:
            return area.left() + area.width() * (value - first) / span

        found = self.statistics
        if found is not None and math.isfinite(found.mean) and math.isfinite(found.standard_deviation):
            left = max(across(found.mean - found.standard_deviation), area.left())
            right = min(across(found.mean + found.standard_deviation), area.right())
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), QColor(COLOURS.raised))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS.slider))
        for count, start, end in zip(data.counts, data.edges[:-1], data.edges[1:], strict=True):
            tall = area.height() * int(count) / most
            painter.drawRect(QRectF(across(start), area.bottom() - tall, max(across(end) - across(start), 1.0), tall))
        text = ""
        if found is not None and math.isfinite(found.mean):
            painter.setPen(QPen(QColor(COLOURS.measurement), 1.4))
            painter.drawLine(QPointF(across(found.mean), area.top()), QPointF(across(found.mean), area.bottom()))
            text = tr(
                "mean {0} ± SD {1} {2}",
                pixel_value(found.mean, data.unit),
                pixel_value(found.standard_deviation, data.unit),
                pixel_unit(data.unit),
            )
        self._ends(painter, area, ("0", str(most)), tr("pixels"), text)
        unit = pixel_unit(data.unit)
        self._foot(painter, area, pixel_value(first, data.unit), f"{pixel_value(last, data.unit)} {unit}".strip())

    def _ends(self, painter: QPainter, area: QRectF, ends: tuple[str, str], unit: str, text: str = "") -> None:
        painter.setPen(QColor(COLOURS.text_dim))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for value, y in zip(ends, (area.bottom(), area.top()), strict=True):
            painter.drawText(QRectF(0, y - 9, LEFT - 6, 18), right, value)
        painter.drawText(QRectF(LEFT, 2, area.width(), 18), int(Qt.AlignmentFlag.AlignLeft), unit)
        painter.drawText(QRectF(LEFT, 2, area.width(), 18), int(Qt.AlignmentFlag.AlignRight), text)

    def _foot(self, painter: QPainter, area: QRectF, first: str, last: str) -> None:
        painter.setPen(QColor(COLOURS.text_dim))
        box = QRectF(area.left(), area.bottom() + 3, area.width(), 18)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), first)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), last)
