"""The slider of the cine bar: height, and a range whose two ends can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QStyle, QWidget

from widgets.controls import JumpSlider
from widgets.theme import COLOURS

_MARGIN = 6
"""Half the handle's width: where the groove's ends are."""
_GRAB = 6
"""How near to an end it is taken hold of."""


class CineSlider(JumpSlider):
    """A `JumpSlider` with the ends of the range below its groove; they are dragged in the slider's lower half."""

    range_dragged = Signal(int, int)
    """Both ends, in the slider's steps, while one of them is being dragged."""
    range_released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._ends = (self.minimum(), self.maximum())
        self._held: int | None = None
        self.setMinimumSize(80, 26)
        self.setMouseTracking(True)

    @property
    def ends(self) -> tuple[int, int]:
        """The range, in the slider's steps."""
        return self._ends

    def set_ends(self, low: int, high: int) -> None:
        """Show a range."""
        if (low, high) != self._ends:
            self._ends = (low, high)
            self.update()

    def x_of(self, value: int) -> float:
        """Where a value lies, logical pixels."""
        room = max(1, self.width() - 2 * _MARGIN)
        return _MARGIN + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room)

    def _end_at(self, position: QPointF) -> int | None:
        """The end of the range that a press takes hold of: 0, 1 or None."""
        if position.y() < self.height() / 2 + 2 or not self.isEnabled():
            return None
        distances = [abs(self.x_of(end) - position.x()) for end in self._ends]
        nearest = 0 if distances[0] < distances[1] else 1
        if distances[0] == distances[1] and position.x() < self.x_of(self._ends[0]):
            nearest = 0
        return nearest if distances[nearest] <= _GRAB else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end of the range, else of the height."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._end_at(event.position())
            if self._held is not None:
                event.accept()
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an end; it does not pass the other."""
        if self._held is None:
            over = not event.buttons() and self._end_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        room = max(1, self.width() - 2 * _MARGIN)
        x = round(event.position().x()) - _MARGIN
        value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x, room)
        low, high = self._ends
        ends = (min(value, high), high) if self._held == 0 else (low, max(value, low))
        if ends != self._ends:
            self.set_ends(*ends)
            self.range_dragged.emit(*ends)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is None:
            super().mouseReleaseEvent(event)
            return
        self._held = None
        self.range_released.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the range's ends as flags below the groove, and a line between them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(COLOURS.active)
        if not self.isEnabled():
            colour.setAlpha(60)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        base = self.height() - 1.0
        low, high = (self.x_of(end) for end in self._ends)
        painter.drawRect(QRectF(low, base - 1.5, max(high - low, 1.0), 1.5))
        for x in (low, high):
            painter.drawPolygon(QPolygonF([QPointF(x, base - 8), QPointF(x - 4.5, base), QPointF(x + 4.5, base)]))
        painter.end()
