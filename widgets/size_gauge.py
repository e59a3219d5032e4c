"""A card or a ruler drawn on the screen, that the user drags until it is as large as a real one held against it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.outlined_text import overlay_font, text_width
from widgets.theme import COLOURS
from widgets.translation import tr

Gauge = Literal["card", "ruler"]
CARD_MM = (85.60, 53.98)
"""Bank and identity cards (ISO/IEC 7810, ID-1)."""
RULER_MM = 100.0
EDGE = 12.0
LEFT = 24.0


class SizeGauge(QWidget):
    """The figure; its length in pixels is changed by dragging its right edge and by the arrow keys."""

    pitch_changed = Signal(float)
    """mm from one device pixel to the next, if the figure is as large as the real thing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(560, 290)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Figure to compare with a real one"))
        self.gauge: Gauge = "card"
        self._pitch_mm = 0.25
        self._dragging: float | None = None

    @property
    def pitch_mm(self) -> float:
        """The pitch of device pixels that the figure is drawn for."""
        return self._pitch_mm

    @property
    def length_mm(self) -> float:
        """The length of the real thing."""
        return CARD_MM[0] if self.gauge == "card" else RULER_MM

    @property
    def length_px(self) -> float:
        """The figure's length, logical pixels."""
        return self.length_mm / (self._pitch_mm * self.devicePixelRatioF())

    def set_gauge(self, gauge: Gauge) -> None:
        """Choose the figure; what was found stays."""
        self.gauge = gauge
        self.update()

    def set_pitch(self, pitch_mm: float) -> None:
        """Draw for this pitch; told by no signal."""
        self._pitch_mm = min(max(pitch_mm, 0.031), 1.99)
        self.update()

    def _set_length(self, length_px: float) -> None:
        limit = max(60.0, self.width() - LEFT - 20)
        length = min(max(length_px, 40.0), limit)
        self.set_pitch(self.length_mm / (length * self.devicePixelRatioF()))
        self.pitch_changed.emit(self._pitch_mm)

    # -- events -------------------------------------------------------------------------------------------------------

    def _at_edge(self, x: float) -> bool:
        return abs(x - (LEFT + self.length_px)) <= EDGE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the right edge."""
        if self._at_edge(event.position().x()):
            self._dragging = LEFT + self.length_px - event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the figure longer or shorter."""
        x = event.position().x()
        if self._dragging is not None:
            self._set_length(x + self._dragging - LEFT)
        self.setCursor(
            Qt.CursorShape.SizeHorCursor
            if self._dragging is not None or self._at_edge(x)
            else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the edge."""
        self._dragging = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the length by a device pixel, or by ten with Shift."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}.get(
            Qt.Key(event.key()), 0
        )
        if not step:
            super().keyPressEvent(event)
            return
        many = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._set_length(self.length_px + many * step / self.devicePixelRatioF())

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card or the ruler."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.base))
        painter.setFont(overlay_font(12))
        if self.gauge == "card":
            self._draw_card(painter)
        else:
            self._draw_ruler(painter)
        painter.end()

    def _draw_card(self, painter: QPainter) -> None:
        height = self.length_px * CARD_MM[1] / CARD_MM[0]
        place = QRectF(LEFT, 16, self.length_px, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLOURS.text), 1.5))
        painter.setBrush(QColor(COLOURS.raised))
        radius = 3.18 / CARD_MM[0] * self.length_px
        painter.drawRoundedRect(place, radius, radius)
        painter.setPen(QPen(QColor(COLOURS.active), 3))
        painter.drawLine(QPointF(place.right(), place.top() + radius), QPointF(place.right(), place.bottom() - radius))
        painter.setPen(QColor(COLOURS.text_dim))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "85.60 × 53.98 mm")

    def _draw_ruler(self, painter: QPainter) -> None:
        top, each = 60.0, self.length_px / RULER_MM
        painter.setPen(QPen(QColor(COLOURS.text), 1))
        painter.drawLine(QPointF(LEFT, top), QPointF(LEFT + self.length_px, top))
        for mm in range(int(RULER_MM) + 1):
            x = round(LEFT + mm * each) + 0.5
            tall = 34 if mm % 10 == 0 else 24 if mm % 5 == 0 else 14
            if each >= 2.5 or mm % 5 == 0:
                painter.drawLine(QPointF(x, top), QPointF(x, top - tall))
            if mm % 10 == 0:
                text = str(mm // 10)
                painter.drawText(QPointF(x - text_width(text, 12) / 2, top + 16), text)
        painter.setPen(QPen(QColor(COLOURS.active), 3))
        painter.drawLine(QPointF(LEFT + self.length_px, top - 40), QPointF(LEFT + self.length_px, top + 6))
        painter.setPen(QColor(COLOURS.text_dim))
        painter.drawText(QPointF(LEFT, top + 40), tr("{0} mm in all; numbers are centimetres", f"{RULER_MM:g}"))
