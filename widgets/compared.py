"""A second picture over the first: swipe line, blink, blend, two colours, difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from recon.slab import Slab
from widgets.image_layer import ImageLayer
from widgets.outlined_text import draw_text, elided, line_height, text_width
from widgets.theme import COLOURS
from widgets.translation import shown, tr
from widgets.view_transform import Size, ViewTransform
from widgets.window import Window

CompareMode = Literal["swipe", "blink", "blend", "colour", "difference"]
GRIP = 9.0
"""How far from the swipe line it can be taken hold of, logical pixels."""
TITLE_SIZE = 13
TITLES_HEIGHT = 22.0
"""What the titles take below the corners' texts, logical pixels; the height ruler begins further down."""
_TOP = 34.0
UNDER_COLOUR, OVER_COLOUR = QColor(255, 150, 110), QColor(130, 190, 255)


@dataclass(frozen=True)
class ComparedLook:
    """What is compared, and how.

    Attributes
    ----------
    mode : CompareMode
    vertical : bool
        Whether the swipe line stands upright.
    titles : (under, over)
        What the two pictures are.
    note : str
        How they were laid on each other.
    """

    mode: CompareMode = "swipe"
    vertical: bool = True
    titles: tuple[str, str] = ("", "")
    note: str = ""


class ComparedLayer:
    """Draws two pictures of the same plane in one view.

    Parameters
    ----------
    under : ImageLayer
        The view's own.

    Attributes
    ----------
    position : float
        Of the swipe line, 0 … 1 of the view's width or height: the lower picture is left of it or above.
    opacity : float
        Of the upper picture when blended.
    alone : "", "under" or "over"
        Shows one of the two alone, in any mode; blinking sets it.
    """

    def __init__(self, under: ImageLayer) -> None:
        self.under = under
        self.over = ImageLayer()
        self.difference = ImageLayer()
        self.look = ComparedLook()
        self.position = 0.5
        self.opacity = 0.5
        self.alone: Literal["", "under", "over"] = ""
        self.phase_over = False
        """Which of the two the blink shows now."""
        self._spread: float | None = None
        self._wanted_alone: Literal["", "under", "over"] = ""
        """With which of the two the next comparison starts."""
        self._wanted_spread: float | None = None

    def show_as(self, other: ComparedLayer) -> None:
        """Take over the place of the line, the opacity, the window of the difference, and which of the two is seen."""
        self.position, self.opacity = other.position, other.opacity
        self._wanted_alone = other.alone
        if other.look.mode == "blink":
            self._wanted_alone = "over" if other.single is other.over else "under"
        self._spread = self._wanted_spread = other._spread
        self.difference.set_window(other.difference.window)

    def clear(self) -> None:
        """Forget the upper picture."""
        self.over.set_slab(None)
        self.difference.set_slab(None)
        self._spread = self._wanted_spread
        self.alone = self._wanted_alone

    def set_slabs(self, over: Slab | None, difference: tuple[Slab, float] | None) -> None:
        """Show the upper picture's slab, and the difference with half the width of its window (None: not wanted)."""
        self.over.set_slab(over)
        self.difference.set_slab(difference[0] if difference is not None else None)
        if difference is not None and self._spread is None:
            # Kept while slices go by: greys of different heights can be compared.
            self._spread = difference[1]
            self.difference.set_window(Window(0.0, 2.0 * self._spread, "linear_exact"))

    def forget_spread(self) -> None:
        """Choose the window of the difference anew with the next one."""
        self._spread = None

    # -- what is where ------------------------------------------------------------------------------------------------

    @property
    def single(self) -> ImageLayer | None:
        """The one picture that is shown alone now, or None."""
        if self.over.slab is None:
            return self.under
        if self.alone:
            return self.over if self.alone == "over" else self.under
        if self.look.mode == "blink":
            return self.over if self.phase_over else self.under
        return None

    def layer_at(self, x: float, y: float, size: Size) -> ImageLayer:
        """The picture that a window drag at a widget position is meant for."""
        single = self.single
        if single is not None:
            return single
        if self.look.mode == "swipe":
            at = x / size[0] if self.look.vertical else y / size[1]
            return self.under if at < self.position else self.over
        if self.look.mode == "difference" and self.difference.slab is not None:
            return self.difference
        return self.over if self.look.mode == "blend" and self.opacity > 0.5 else self.under

    def on_line(self, x: float, y: float, size: Size) -> bool:
        """Whether the swipe line can be taken hold of here."""
        if self.look.mode != "swipe" or self.single is not None:
            return False
        return abs((x - self.position * size[0]) if self.look.vertical else (y - self.position * size[1])) <= GRIP

    # -- drawing ------------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, transform: ViewTransform, size: Size, ratio: float) -> None:
        """Draw both pictures."""
        single, mode = self.single, self.look.mode
        for layer in (self.over, self.difference):
            layer.interpolation = self.under.interpolation
        if single is not None or mode == "difference":
            layer = single or self.difference
            layer.set_presentation(self.under.presentation)
            layer.draw(painter, transform, size, ratio)
            return
        if mode != "swipe":
            self._draw_mixed(painter, transform, size, ratio)
            return
        self.over.set_presentation(self.under.presentation)
        first, second = self._sides(size)
        for layer, side in ((self.under, first), (self.over, second)):
            painter.save()
            painter.setClipRect(side)
            layer.draw(painter, transform, size, ratio)
            painter.restore()

    def _sides(self, size: Size) -> tuple[QRectF, QRectF]:
        width, height = size
        if self.look.vertical:
            at = round(self.position * width)
            return QRectF(0, 0, at, height), QRectF(at, 0, width - at, height)
        at = round(self.position * height)
        return QRectF(0, 0, width, at), QRectF(0, at, width, height - at)

    def _draw_mixed(self, painter: QPainter, transform: ViewTransform, size: Size, ratio: float) -> None:
        from widgets.compared_kernel import blended, coloured, presented

        # Greys are mixed as P-values; what the monitor needs is done once, at the end.
        table = self.under.presentation
        canvases = []
        for layer in (self.under, self.over):
            layer.set_presentation(None)
            canvases.append(_canvas(layer, transform, size, ratio))
        self.under.set_presentation(table)
        under, over = canvases
        mixed = blended(under, over, self.opacity) if self.look.mode == "blend" else coloured(under, over)
        mixed = presented(mixed, table)
        rows, columns = mixed.shape
        image = QImage(mixed.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(0.0, 0.0), image)

    def draw_over(self, painter: QPainter, size: Size, active: bool, top: float = _TOP) -> None:
        """Draw the swipe line and say which picture is which, not above `top`: whose picture it is stays legible."""
        if self.over.slab is None:
            return
        under, over = self.look.titles
        single, mode = self.single, self.look.mode
        white = QColor(COLOURS.overlay_text)
        if single is not None:
            _title(painter, over if single is self.over else under, size[0] / 2, size, white, "centre", top)
        elif mode == "swipe":
            self._draw_line(painter, size, active)
            if self.look.vertical:
                at = self.position * size[0]
                # The arrows say which side is which: a long title is shortened before they are.
                room = text_width("  ◂", TITLE_SIZE) + 14.0
                under, over = (
                    elided(shown(title), max(wide - room, 0.0), TITLE_SIZE)
                    for title, wide in ((under, at), (over, size[0] - at))
                )
                _title(painter, tr("{0}  ◂", under), at - 8, size, white, "right", top)
                _title(painter, tr("▸  {0}", over), at + 8, size, white, "left", top)
            else:
                at = self.position * size[1]
                _title(painter, tr("▴  {0}", under), size[0] / 2, size, white, "centre", at - 26)
                _title(painter, tr("▾  {0}", over), size[0] / 2, size, white, "centre", at + 8)
        elif mode == "blend":
            percent = round(100 * self.opacity)
            text = tr("{0} {1} %  +  {2} {3} %", under, 100 - percent, over, percent)
            _title(painter, text, size[0] / 2, size, white, "centre", top)
        elif mode == "colour":
            _title(painter, tr("red: {0}", under), size[0] / 2 - 8, size, UNDER_COLOUR, "right", top)
            _title(painter, tr("blue: {0}", over), size[0] / 2 + 8, size, OVER_COLOUR, "left", top)
        else:
            _title(painter, tr("{0}  −  {1}", under, over), size[0] / 2, size, white, "centre", top)
            below = tr("grey levels matched; middle grey is no difference")
            _title(painter, below, size[0] / 2, size, white, "centre", top + line_height(TITLE_SIZE))

    def _draw_line(self, painter: QPainter, size: Size, active: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if self.look.vertical:
            x = round(self.position * size[0]) + 0.5
            ends, middle = (QPointF(x, 0.0), QPointF(x, size[1])), QPointF(x, size[1] / 2)
        else:
            y = round(self.position * size[1]) + 0.5
            ends, middle = (QPointF(0.0, y), QPointF(size[0], y)), QPointF(size[0] / 2, y)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 3.0))
        painter.drawLine(*ends)
        painter.setPen(QPen(QColor(255, 214, 90, 235 if active else 160), 1.2))
        painter.drawLine(*ends)
        painter.setBrush(QColor(20, 20, 20, 200))
        painter.drawEllipse(middle, 7.0, 7.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.restore()


def _title(painter: QPainter, text: str, x: float, size: Size, colour: QColor, place: str, top: float) -> None:
    """A title that stays within the view; `x` is its right or left end, or its middle."""
    room = {"right": x - 6.0, "left": size[0] - x - 6.0}.get(place, size[0] - 12.0)
    text = elided(shown(text), max(room, 0.0), TITLE_SIZE)
    width = text_width(text, TITLE_SIZE)
    left = {"right": x - width, "left": x}.get(place, x - width / 2)
    if text:
        # Bright bone lies behind as well as dark lung.
        painter.fillRect(
            QRectF(left - 6.0, top - 1.0, width + 12.0, line_height(TITLE_SIZE) + 2.0), QColor(0, 0, 0, 130)
        )
        draw_text(painter, left, top, text, pixel_size=TITLE_SIZE, colour=colour.name())


def _canvas(layer: ImageLayer, transform: ViewTransform, size: Size, ratio: float) -> NDArray[np.uint32]:
    """What a layer draws, as display pixels of the whole view."""
    columns, rows = max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))
    pixels = np.full((rows, columns), 0xFF000000, dtype=np.uint32)
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    layer.draw(painter, transform, size, ratio)
    painter.end()
    return pixels
