"""Printing in life size: a page on which a millimetre of the slice is a millimetre of the paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from app.pictures.exporter import Look
from recon.messages import mark
from recon.slab import Rect
from widgets.translation import tr
from widgets.view_transform import ViewTransform
from widgets.viewport_types import OverlayLevel

if TYPE_CHECKING:
    from app.main_window import MainWindow

DOTS_PER_MM = 150 / 25.4
"""Of the picture that is printed; text has a legible size at this density."""
MARGIN_MM = 10.0
FOOT_MM = 14.0
"""Below the picture: what it is, and a rule to check the size with."""
RULE_MM = 100.0
INK = "#010101"
"""Not quite black: a pen like the first one is not recorded, and the preview would take the colour of the screen."""


PLANES = {
    "detector": mark("in the plane of the detector"),
    "magnified": mark("in the patient, by the stated magnification"),
    "calibrated": mark("in the plane of the calibration"),
    "marker": mark("in the plane of the marker"),
}
"""What a radiograph's life size is true for, by the kind of its scale."""


def page_transform(
    view: ViewTransform, footprint: Rect, paper_mm: tuple[float, float], *, life: bool, factor: float = 1.0
) -> ViewTransform:
    """What is printed: the screen's middle in life size, or the whole picture as large as the paper allows.

    Parameters
    ----------
    factor : float
        True millimetres for one of the picture's own.
    """
    if life:
        return replace(view, pixels_per_mm=DOTS_PER_MM * factor)
    return view.fitted(footprint, (paper_mm[0] * DOTS_PER_MM, paper_mm[1] * DOTS_PER_MM))


def fits(view: ViewTransform, footprint: Rect, paper_mm: tuple[float, float], factor: float = 1.0) -> bool:
    """Whether the whole picture has room on the paper in life size."""
    width, height = footprint.width * factor, footprint.height * factor
    if view.quarter_turns % 2:
        width, height = height, width
    return width <= paper_mm[0] and height <= paper_mm[1]


def picture_room(page_mm: tuple[float, float]) -> tuple[float, float]:
    """The room for the picture on a page, mm."""
    return (page_mm[0] - 2 * MARGIN_MM, page_mm[1] - 2 * MARGIN_MM - FOOT_MM)


def paint_page(
    painter: QPainter, page_mm: tuple[float, float], dots_per_mm: float, image: QImage, lines: tuple[str, str]
) -> None:
    """Paint a page: the picture, and below it two lines of text and a rule of 100 mm.

    Parameters
    ----------
    page_mm : (width, height)
        Of the whole page; `painter` has its origin at the page's corner, in dots.
    image : QImage
        `DOTS_PER_MM` pixels for a millimetre, whatever the device's dots.
    """
    painter.save()
    painter.scale(dots_per_mm, dots_per_mm)  # millimetres from here on
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    room = picture_room(page_mm)
    width, height = image.width() / DOTS_PER_MM, image.height() / DOTS_PER_MM
    shown_width, shown_height = min(width, room[0]), min(height, room[1])
    part = QRectF(
        (width - shown_width) / 2 * DOTS_PER_MM,
        (height - shown_height) / 2 * DOTS_PER_MM,
        shown_width * DOTS_PER_MM,
        shown_height * DOTS_PER_MM,
    )
    left = (page_mm[0] - shown_width) / 2
    painter.drawImage(QRectF(left, MARGIN_MM, shown_width, shown_height), image, part)
    wide = page_mm[0] - 2 * MARGIN_MM
    top, end = page_mm[1] - MARGIN_MM - FOOT_MM + 2, page_mm[0] - MARGIN_MM
    _text(painter, QRectF(MARGIN_MM, top, wide, 4.2), lines[0])
    _text(painter, QRectF(MARGIN_MM, top + 5.2, wide - RULE_MM - 6, 4.2), lines[1])
    painter.setPen(QPen(QColor(INK), 0.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    y = top + 8.0
    painter.drawLine(QPointF(end - RULE_MM, y), QPointF(end, y))
    for centimetre in range(11):
        x = end - RULE_MM + 10 * centimetre
        painter.drawLine(QPointF(x, y - (2.2 if centimetre % 5 == 0 else 1.2)), QPointF(x, y))
    _text(painter, QRectF(end - RULE_MM, y + 0.3, RULE_MM, 3.4), tr("100 mm on this paper"))
    painter.restore()


def _text(painter: QPainter, box: QRectF, text: str) -> None:
    """A line of text in a box of millimetres: fonts know no such small sizes, so it is painted large and scaled."""
    painter.save()
    painter.translate(box.topLeft())
    factor = 40.0
    painter.scale(1 / factor, 1 / factor)
    painter.setPen(QPen(QColor(INK), 1.0))
    font = QFont()
    font.setPixelSize(round(box.height() * 0.75 * factor))
    painter.setFont(font)
    room = QRectF(0, 0, box.width() * factor, box.height() * factor)
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
    painter.restore()


class Printing:
    """Prints the active viewport of a window, after a preview that holds up nothing."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def preview(self, *, life: bool) -> None:
        """Make the picture, then show the page before it is printed."""
        window, pane = self._window, self._window.active_pane
        picture = pane.picture
        if picture is None:
            return
        footprint = picture.source.footprint(pane.viewport.height_mm)
        orientation = QPageLayout.Orientation.Portrait
        if footprint.width > footprint.height:
            orientation = QPageLayout.Orientation.Landscape
        layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF(0, 0, 0, 0))
        layout.setMode(QPageLayout.Mode.FullPageMode)
        page = layout.fullRect(QPageLayout.Unit.Millimeter)
        paper = picture_room((page.width(), page.height()))
        factor = pane.viewport.scale.factor
        transform = page_transform(pane.viewport.transform, footprint, paper, life=life, factor=factor)
        look = Look((round(paper[0] * DOTS_PER_MM), round(paper[1] * DOTS_PER_MM)), OverlayLevel.FULL, True)
        lines = self._lines(life and not fits(pane.viewport.transform, footprint, paper, factor), life)

        def made(image: QImage | None) -> None:
            if image is None:
                window.messages.tell(tr("The picture could not be made: it did not become ready."))
                return
            self._show(layout, image, lines)

        window.pictures.picture(pane, look, made, transform)

    def _lines(self, cut: bool, life: bool) -> tuple[str, str]:
        picture = self._window.active_pane.picture
        assert picture is not None
        what = tr("Life size") if life else tr("Not life size: fitted to the paper")
        if life and picture.is_slices:
            what = tr("Life size at the slice's height of {0:.1f} mm", self._window.active_pane.viewport.height_mm)
        elif life:
            what = tr("Life size {0}", tr(PLANES.get(self._window.active_pane.viewport.scale.kind, "")))
        if cut:
            what = tr("{0}; the picture is larger than the paper, its edges are cut off", what)
        return what, tr("Bocage. Paper is no display for diagnosis.")

    def _show(self, layout: QPageLayout, image: QImage, lines: tuple[str, str]) -> None:
        dialog = QPrintPreviewDialog(self._window)
        printer = dialog.printer()  # the dialog's own: it must live as long as that
        printer.setPageLayout(layout)
        printer.setFullPage(True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Print"))
        dialog.resize(900, 1000)

        def paint(target: QPrinter) -> None:
            painter = QPainter(target)
            page = target.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
            paint_page(painter, (page.width(), page.height()), target.resolution() / 25.4, image, lines)
            painter.end()

        dialog.paintRequested.connect(paint)
        dialog.show()
