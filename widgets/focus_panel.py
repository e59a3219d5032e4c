"""The sharpness along a ray as a curve over the height, whose peaks can be chosen. Signals only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets.outlined_text import overlay_font
from widgets.theme import COLOURS
from widgets.translation import tr

LEFT, RIGHT, TOP, BOTTOM = 10.0, 10.0, 14.0, 20.0
GRAB = 12.0
_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class PeakMark:
    """A height that can be chosen.

    Attributes
    ----------
    height_mm : float
    sharpness : float
        0 to 1.
    text : str
        Of its button: the height, and how sure it is.
    faint : bool
        Whether it may be noise.
    """

    height_mm: float
    sharpness: float
    text: str
    faint: bool = False


class FocusPlot(QWidget):
    """The curve: heights to the right, from the detector to the tube; sharpness upwards."""

    height_chosen = Signal(float)
    """mm: a peak was clicked, or any other height (which then is not snapped to)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMouseTracking(True)
        self._heights: NDArray[np.float64] = np.empty(0)
        self._values: NDArray[np.float64] = np.empty(0)
        self._peaks: tuple[PeakMark, ...] = ()
        self._height: float | None = None
        self._hovered: int | None = None

    def sizeHint(self) -> QSize:
        """A little higher than flat."""
        return QSize(260, 170)

    def set_curve(
        self, heights_mm: NDArray[np.float64], sharpness: NDArray[np.float64], peaks: Sequence[PeakMark]
    ) -> None:
        """Show a curve (ascending heights, mm; sharpness 0 to 1) with its peaks."""
        self._heights, self._values, self._peaks = heights_mm, sharpness, tuple(peaks)
        self._hovered = None
        self.update()

    def set_height(self, height_mm: float | None) -> None:
        """Mark the height of the slice that is shown."""
        if height_mm != self._height:
            self._height = height_mm
            self.update()

    # -- where things lie ---------------------------------------------------------------------------------------------

    def x_of(self, height_mm: float) -> float:
        """Where a height is drawn."""
        low, high = float(self._heights[0]), float(self._heights[-1])
        return LEFT + (height_mm - low) / max(high - low, 1e-9) * (self.width() - LEFT - RIGHT)

    def y_of(self, sharpness: float) -> float:
        """Where a sharpness is drawn."""
        return self.height() - BOTTOM - sharpness * (self.height() - TOP - BOTTOM)

    def height_at(self, x: float) -> float:
        """The height that is drawn at `x`, kept inside the curve."""
        low, high = float(self._heights[0]), float(self._heights[-1])
        share = (x - LEFT) / max(self.width() - LEFT - RIGHT, 1.0)
        return low + min(max(share, 0.0), 1.0) * (high - low)

    def peak_at(self, x: float, y: float) -> int | None:
        """The peak whose mark lies here."""
        best, found = GRAB, None
        for index, peak in enumerate(self._peaks):
            distance = float(np.hypot(self.x_of(peak.height_mm) - x, self.y_of(min(peak.sharpness, 1.0)) - y))
            if distance < best:
                best, found = distance, index
        return found

    # -- painting and the mouse ---------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axis, the curve, the slice's height and the peaks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.setPen(QPen(QColor(COLOURS.border), 1))
        painter.setBrush(QColor(COLOURS.base))
        painter.drawRoundedRect(frame, 4, 4)
        if self._heights.size < 2:
            return
        self._paint_axis(painter)
        line = QPolygonF(
            [QPointF(self.x_of(z), self.y_of(v)) for z, v in zip(self._heights, self._values, strict=True)]
        )
        area = QPolygonF(line)
        area.append(QPointF(self.x_of(float(self._heights[-1])), self.y_of(0.0)))
        area.append(QPointF(self.x_of(float(self._heights[0])), self.y_of(0.0)))
        tint = COLOURS.linked if any(not peak.faint for peak in self._peaks) else COLOURS.text_disabled
        fill = QColor(tint)
        fill.setAlpha(40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tint), 1.4))
        painter.drawPolyline(line)
        if self._height is not None:
            x = self.x_of(self._height)
            painter.setPen(QPen(QColor(COLOURS.active), 1.4))
            painter.drawLine(QPointF(x, TOP - 8), QPointF(x, self.y_of(0.0)))
        for index, peak in enumerate(self._peaks):
            radius = 5.5 if index == self._hovered else 4.0
            place = QPointF(self.x_of(peak.height_mm), self.y_of(min(peak.sharpness, 1.0)))
            painter.setPen(QPen(QColor(COLOURS.linked), 1.4))
            painter.setBrush(QColor(COLOURS.base if peak.faint else COLOURS.linked))
            painter.drawEllipse(place, radius, radius)
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        low, high = float(self._heights[0]), float(self._heights[-1])
        least = 44.0 * (high - low) / max(self.width() - LEFT - RIGHT, 1.0)
        power = 10.0 ** np.floor(np.log10(max(least, 1e-6)))
        step = next(factor * power for factor in (*_STEPS, 10.0) if factor * power >= least * (1 - 1e-9))
        painter.setFont(overlay_font(10))
        bottom = self.y_of(0.0)
        painter.setPen(QPen(QColor(COLOURS.border_strong), 1))
        painter.drawLine(QPointF(LEFT, bottom), QPointF(self.width() - RIGHT, bottom))
        ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
        for number, height in enumerate(ticks):
            x = self.x_of(float(height))
            painter.setPen(QPen(QColor(COLOURS.border_strong), 1))
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 3))
            painter.setPen(QColor(COLOURS.text_dim))
            text = tr("{0} mm", f"{height:g}") if number == len(ticks) - 1 else f"{height:g}"
            box = QRectF(x - 30, bottom + 3, 60, 15)
            if box.right() > self.width() - 2:
                box.moveRight(self.width() - 2)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)
            elif box.left() < 2:
                box.moveLeft(max(x - 4, 3))
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
            else:
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the peak under the pointer, or the height."""
        if self._heights.size < 2 or event.button() != Qt.MouseButton.LeftButton:
            return
        peak = self.peak_at(event.position().x(), event.position().y())
        self.height_chosen.emit(self.height_at(event.position().x()) if peak is None else self._peaks[peak].height_mm)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which peak would be chosen, and what height lies under the pointer."""
        if self._heights.size < 2:
            return
        hovered = self.peak_at(event.position().x(), event.position().y())
        self.setToolTip(
            self._peaks[hovered].text if hovered is not None else f"{self.height_at(event.position().x()):.0f} mm"
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor if hovered is not None else Qt.CursorShape.CrossCursor)
        if event.buttons() & Qt.MouseButton.LeftButton and hovered is None:
            self.height_chosen.emit(self.height_at(event.position().x()))
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what was under the pointer."""
        super().leaveEvent(event)
        self._hovered = None
        self.update()


class FocusPanel(QWidget):
    """What was found along a ray: a sentence, the curve, and a button for each height."""

    height_chosen = Signal(float)
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        bold = self.headline.font()
        bold.setBold(True)
        self.headline.setFont(bold)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setProperty("role", "dim")
        self.plot = FocusPlot()
        self.plot.height_chosen.connect(self.height_chosen)
        self.buttons: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.clear_button = QPushButton(tr("Remove the mark"))
        self.clear_button.setToolTip(tr("Take the marked point away (Escape)"))
        self.clear_button.clicked.connect(self.clear_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.headline)
        column.addWidget(self.plot)
        column.addLayout(self._list)
        column.addWidget(self.detail)
        column.addWidget(self.clear_button)
        column.addStretch(1)

    def show_text(self, headline: str, detail: str = "", *, marked: bool = False) -> None:
        """Say what was found, or what to do; `marked`: there is a mark that can be taken away."""
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.clear_button.setVisible(marked)

    def set_curve(
        self, heights_mm: NDArray[np.float64], sharpness: NDArray[np.float64], peaks: Sequence[PeakMark]
    ) -> None:
        """Show a curve with its peaks; empty arrays show none."""
        self.plot.setVisible(heights_mm.size > 1)
        self.plot.set_curve(heights_mm, sharpness, peaks)
        for button in self.buttons:
            self._list.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for peak in peaks:
            button = QPushButton(peak.text)
            button.setToolTip(tr("Show the slice at this height and put the mark there"))
            button.clicked.connect(lambda _=False, height=peak.height_mm: self.height_chosen.emit(height))
            self._list.addWidget(button)
            self.buttons.append(button)
