"""Tube path, axis, detector and slices of an acquisition, drawn to scale from the side. It only draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.outlined_text import overlay_font
from widgets.theme import COLOURS
from widgets.translation import tr

MARGIN = 16.0
LETTERS = 18.0
SCALE_BAR_MM = (10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)

Point = tuple[float, float]
Placing = Callable[[Point], QPointF]


@dataclass(frozen=True)
class SideView:
    """What is drawn, in millimetres: (along the sweep, height).

    Attributes
    ----------
    sources : tuple of points
        In the order of the views.
    detectors : tuple of (start, end)
        One for each different pose.
    axis : point or None
        Where the tube turns about; None on a straight track.
    slices_mm : (lowest, highest) or None
        Heights that are reconstructed.
    left, right : str
        Patient letters of the two ends of the sweep; "" when unknown.
    uncertain : bool
        Something of it is assumed.
    """

    sources: tuple[Point, ...]
    detectors: tuple[tuple[Point, Point], ...]
    axis: Point | None = None
    slices_mm: tuple[float, float] | None = None
    left: str = ""
    right: str = ""
    uncertain: bool = False


class GeometryDrawing(QWidget):
    """Shows a `SideView`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: SideView | None = None
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Side view of tube and detector"))
        self.setToolTip(
            tr("Seen along the detector, to scale. Dots: the tube in each view; bar: the detector; band: the slices.")
        )

    def sizeHint(self) -> QSize:
        """A little higher than wide."""
        return QSize(280, 230)

    def set_view(self, view: SideView | None) -> None:
        """Show another acquisition; None shows nothing."""
        self.view = view
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(COLOURS.base))
        view = self.view
        if view is None or not view.sources:
            return
        painter.setFont(overlay_font(11))
        points = [*view.sources, *(end for pair in view.detectors for end in pair)]
        if view.axis is not None:
            points.append(view.axis)
        xs, zs = [x for x, _ in points], [z for _, z in points]
        area = QRectF(self.rect()).adjusted(MARGIN + LETTERS, MARGIN, -MARGIN - LETTERS, -MARGIN - 14)
        scale = min(area.width() / max(max(xs) - min(xs), 1.0), area.height() / max(max(zs) - min(zs), 1.0))
        if scale <= 0:
            return
        middle, low = (min(xs) + max(xs)) / 2, min(zs)

        def at(point: Point) -> QPointF:
            return QPointF(area.center().x() + (point[0] - middle) * scale, area.bottom() - (point[1] - low) * scale)

        self._draw_slices(painter, view, at)
        self._draw_rays(painter, view, at)
        self._draw_detectors(painter, view, at)
        self._draw_path(painter, view, at)
        self._draw_letters(painter, view, area)
        self._draw_scale(painter, scale)

    def _draw_slices(self, painter: QPainter, view: SideView, at: Placing) -> None:
        if view.slices_mm is None or not view.detectors:
            return
        ends = [end[0] for pair in view.detectors for end in pair]
        low, high = view.slices_mm
        band = QRectF(at((min(ends), high)), at((max(ends), low)))
        fill = QColor(COLOURS.slider)
        fill.setAlpha(70)
        painter.fillRect(band, fill)
        painter.setPen(QPen(QColor(COLOURS.focus), 1))
        painter.drawLine(band.topLeft(), band.topRight())
        painter.drawLine(band.bottomLeft(), band.bottomRight())

    def _draw_rays(self, painter: QPainter, view: SideView, at: Placing) -> None:
        """The outer views' rays to both ends of their detector."""
        painter.setPen(QPen(QColor(COLOURS.border_strong), 1, Qt.PenStyle.DotLine))
        for index in {0, len(view.sources) - 1}:
            detector = view.detectors[0 if index == 0 else -1]
            for end in detector:
                painter.drawLine(at(view.sources[index]), at(end))

    def _draw_detectors(self, painter: QPainter, view: SideView, at: Placing) -> None:
        for index, (start, end) in enumerate(view.detectors):
            first = index == len(view.detectors) // 2
            painter.setPen(QPen(QColor(COLOURS.text if first else COLOURS.text_disabled), 3 if first else 1.5))
            painter.drawLine(at(start), at(end))

    def _draw_path(self, painter: QPainter, view: SideView, at: Placing) -> None:
        colour = QColor(COLOURS.warning if view.uncertain else COLOURS.linked)
        painter.setPen(QPen(colour, 1))
        painter.drawPolyline(QPolygonF([at(source) for source in view.sources]))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for source in view.sources:
            painter.drawEllipse(at(source), 2.0, 2.0)
        # The first view is marked: the sweep has a direction.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.2))
        painter.drawEllipse(at(view.sources[0]), 5.0, 5.0)
        if view.axis is not None:
            centre = at(view.axis)
            painter.setPen(QPen(QColor(COLOURS.text_dim), 1.2))
            painter.drawLine(centre - QPointF(5, 0), centre + QPointF(5, 0))
            painter.drawLine(centre - QPointF(0, 5), centre + QPointF(0, 5))

    def _draw_letters(self, painter: QPainter, view: SideView, area: QRectF) -> None:
        painter.setPen(QColor(COLOURS.text_dim))
        for letter, x in ((view.left, area.left() - LETTERS - 6), (view.right, area.right() + 6)):
            box = QRectF(x, area.bottom() - 22, LETTERS, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)

    def _draw_scale(self, painter: QPainter, scale: float) -> None:
        length = next((mm for mm in SCALE_BAR_MM if mm * scale >= 40.0), SCALE_BAR_MM[-1])
        left, bottom = 10.0, self.height() - 7.0
        painter.setPen(QPen(QColor(COLOURS.text_dim), 1.5))
        painter.drawLine(QPointF(left, bottom), QPointF(left + length * scale, bottom))
        box = QRectF(left, bottom - 17, 90, 14)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), f"{length:g} mm")
