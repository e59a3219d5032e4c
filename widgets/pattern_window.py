"""A test pattern on the whole of one monitor, pixel for pixel, with the keys to go through levels and patterns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from widgets.display_patterns import LOOK_FOR, TITLES, Pattern, pattern
from widgets.outlined_text import line_height, overlay_font, text_width, wrapped
from widgets.translation import tr

NOTE_MS = 6000
ORDER: tuple[Pattern, ...] = tuple(TITLES)


class PatternWindow(QWidget):
    """Fills a monitor with a pattern.

    Parameters
    ----------
    screen : QScreen
    levels : sequence of int
        That the meter's field goes through.
    table : ndarray of uint8 or None
        From P-values to driving levels; None shows the P-values as driving levels.
    """

    reading_typed = Signal(int, float)
    """(level, cd/m²) typed while the meter's field was shown."""
    closed = Signal()

    def __init__(
        self,
        screen: QScreen,
        levels: Sequence[int],
        table: NDArray[np.uint8] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(tr("Test pattern"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.levels = tuple(levels)
        self.shown: Pattern = "quality"
        self.at = 0
        self.typed = ""
        self._table = table
        self._surround = False
        self._image: tuple[object, NDArray[np.uint8]] | None = None
        self._note = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._note.timeout.connect(self.update)

    @property
    def level(self) -> int:
        """The level of the meter's field."""
        return self.levels[self.at]

    def show_pattern(self, name: Pattern, level: int | None = None) -> None:
        """Show a pattern (the meter's field at a level) on the whole monitor."""
        self.shown = name
        if level is not None and level in self.levels:
            self.at = self.levels.index(level)
        self.typed = ""
        self._note.start()
        if not self.isVisible():
            self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.update()

    def pixels(self) -> NDArray[np.uint8]:
        """The driving levels on the monitor, shape (rows, columns) in device pixels."""
        ratio = self.devicePixelRatioF()
        size = (round(self.width() * ratio), round(self.height() * ratio))
        key = (self.shown, self.level, self._surround, size)
        if self._image is None or self._image[0] != key:
            values = pattern(self.shown, *size, level=self.level, surround=self._surround)
            if self._table is not None:
                steps = np.round(np.arange(256) * (self._table.size - 1) / 255).astype(int)
                values = self._table[steps][values]
            self._image = (key, np.ascontiguousarray(values))
        return self._image[1]

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, type a reading, close."""
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape:
            if self.typed:
                self.typed = ""
            else:
                self.close()
                return
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_PageDown):
            self._step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self._step(-1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            forward = 1 if key == Qt.Key.Key_Down else -1
            self.show_pattern(ORDER[(ORDER.index(self.shown) + forward) % len(ORDER)])
        elif key == Qt.Key.Key_B and self.shown == "meter":
            self._surround = not self._surround
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.typed:
            self._take()
        elif key == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        elif self.shown == "meter" and text and text in "0123456789.,":
            self.typed += text
        else:
            super().keyPressEvent(event)
            return
        self._note.start()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go on with the left button, back with the right one."""
        self._step(1 if event.button() == Qt.MouseButton.LeftButton else -1)
        self._note.start()
        self.update()

    def _step(self, by: int) -> None:
        self.typed = ""
        if self.shown == "meter":
            self.at = min(max(self.at + by, 0), len(self.levels) - 1)
        else:
            self.show_pattern(ORDER[(ORDER.index(self.shown) + by) % len(ORDER)])

    def _take(self) -> None:
        try:
            value = float(self.typed.replace(",", "."))
        except ValueError:
            self.typed = ""
            return
        level = self.level
        self.typed = ""
        if self.at + 1 < len(self.levels):
            self.at += 1
        self.reading_typed.emit(level, value)

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy the pattern pixel for pixel; a note in the corner goes away by itself."""
        painter = QPainter(self)
        values = self.pixels()
        rows, columns = values.shape
        image = QImage(values.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(QPointF(0, 0), image)
        if self._note.isActive() or self.typed:
            self._draw_note(painter)
        painter.end()

    def _draw_note(self, painter: QPainter) -> None:
        """In the lower left corner, away from the meter, and dark enough not to light the room."""
        texts = [tr(TITLES[self.shown])]
        if self.shown == "meter":
            texts[0] = tr("Level {0}  ({1} of {2})", self.level, self.at + 1, len(self.levels))
            texts.append(tr("Reading: {0} cd/m²", self.typed or "–"))
            texts.append(tr("Type the reading and press Enter. ← → level, B grey surround, Esc closes"))
        else:
            texts += wrapped(tr(LOOK_FOR[self.shown]), 460, 12)
            texts.append(tr("↑ ↓ other patterns, Esc closes"))
        step = line_height(12)
        width = max(text_width(text, 12) for text in texts) + 24
        box = QRectF(12, self.height() - 24 - step * len(texts), width, step * len(texts) + 12)
        painter.fillRect(box, QColor(20, 20, 20, 235))
        painter.setFont(overlay_font(12))
        for index, text in enumerate(texts):
            bright = index == 0 or (index == 1 and self.shown == "meter")
            painter.setPen(QColor(200, 200, 200) if bright else QColor(150, 150, 150))
            line = QRectF(box.left() + 12, box.top() + 6 + index * step, width, step)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def closeEvent(self, event: object) -> None:
        """Tell that the monitor is free again."""
        self.closed.emit()
        super().closeEvent(event)  # type: ignore[arg-type]
