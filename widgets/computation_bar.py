"""Starting, watching and stopping a computation that takes its time: a button, a line of text, a curve."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets.controls import separator
from widgets.theme import COLOURS
from widgets.translation import tr

_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 8, 8, 18


def percent(share: float) -> str:
    """A share for an axis: whole numbers from ten on, else two digits."""
    value = 100 * share
    return f"{value:.0f} %" if value >= 9.95 else f"{value:.2g} %"


class ConvergenceCurve(QWidget):
    """What is left of the views that the slices do not explain, over the iterations, on a logarithmic scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._residuals: tuple[float, ...] = ()
        self._iterations = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr(
                "Residual: root mean square of what the projections of the slices lack of the views, relative to the "
                "views. It falls fast at first; when it hardly falls any more, further iterations mostly add noise."
            )
        )

    def sizeHint(self) -> QSize:
        """Wide as the panel, a few lines high."""
        return QSize(220, 96)

    def set_curve(self, residuals: Sequence[float], iterations: int) -> None:
        """Show residuals (1 is all of the views' signal) of so many iterations."""
        self._residuals = tuple(value for value in residuals if value > 0 and math.isfinite(value))
        self._iterations = max(iterations, len(self._residuals), 1)
        self.setAccessibleName(
            tr("Residual {0:.2f} %", 100 * self._residuals[-1]) if self._residuals else tr("Residual")
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, labels and the curve."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        painter.fillRect(area, QColor(COLOURS.base))
        font = painter.font()
        font.setPixelSize(10)
        painter.setFont(font)
        high = max(self._residuals, default=1.0)
        low = min(self._residuals, default=0.1)
        top, bottom = math.ceil(math.log10(high) * 2 - 1e-9) / 2, math.floor(math.log10(low) * 2 + 1e-9) / 2
        if top - bottom < 0.5:
            bottom = top - 0.5
        steps = round((top - bottom) * 2)
        for step in range(steps + 1):
            value = top - step / 2
            y = area.top() + area.height() * step / steps
            painter.setPen(QPen(QColor(COLOURS.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(COLOURS.text_dim))
            box = QRectF(0, y - 7, _LEFT - 5, 14)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(10**value))
        painter.setPen(QColor(COLOURS.text_dim))
        below = QRectF(area.left(), area.bottom() + 2, area.width(), _BOTTOM - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "1")
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, tr("iteration"))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, str(self._iterations))
        if not self._residuals:
            return
        across = max(self._iterations - 1, 1)
        points = [
            QPointF(
                area.left() + area.width() * index / across,
                area.top() + area.height() * (top - math.log10(value)) / (top - bottom),
            )
            for index, value in enumerate(self._residuals)
        ]
        painter.setPen(QPen(QColor(COLOURS.active), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(COLOURS.active))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[-1], 3, 3)


class ComputationBar(QWidget):
    """Says what a computation needs, starts it, and shows how far it is.

    Signals
    -------
    compute_wanted()
    stop_wanted()
        Stop after the iteration that runs, and keep the result.
    """

    compute_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setProperty("role", "dim")
        self.compute_button = QPushButton(tr("Compute"))
        self.compute_button.setProperty("primary", "true")
        self.compute_button.setToolTip(tr("Compute all slices of the range with these parameters (F5)"))
        self.stop_button = QPushButton(tr("Stop and keep"))
        self.stop_button.setToolTip(tr("Finish the iteration that runs, stop, and keep its slices"))
        self.curve = ConvergenceCurve()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.compute_button)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 10)
        column.setSpacing(6)
        column.addWidget(separator())
        column.addWidget(self.text)
        column.addLayout(row)
        column.addWidget(self.curve)
        self.compute_button.clicked.connect(self.compute_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.show_needed("")

    def show_needed(self, text: str, *, possible: bool = True) -> None:
        """Nothing is computed for these parameters yet; the text says what that will take, or why it cannot be."""
        self.text.setText(text)
        self._show(compute=possible, stop=False, curve=False)

    def show_running(self, text: str, residuals: Sequence[float], iterations: int, *, stopping: bool) -> None:
        """Iterations are under way."""
        self.text.setText(text)
        self.stop_button.setEnabled(not stopping)
        self._show(compute=False, stop=iterations > 0, curve=bool(residuals))
        self.curve.set_curve(residuals, iterations)

    def show_done(self, text: str, residuals: Sequence[float], iterations: int, *, again: bool = False) -> None:
        """The slices on screen are computed with these parameters; `again` offers to compute them anew."""
        self.text.setText(text)
        self._show(compute=again, stop=False, curve=bool(residuals))
        self.curve.set_curve(residuals, iterations)

    def _show(self, *, compute: bool, stop: bool, curve: bool) -> None:
        self.compute_button.setVisible(compute)
        self.stop_button.setVisible(stop)
        self.curve.setVisible(curve)
