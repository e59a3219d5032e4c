"""What a file asks to be drawn over its image: graphics in a colour of their own, and a shutter that hides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from recon.slab import Rect
from widgets.theme import COLOURS
from widgets.view_transform import Size, ViewTransform

Mask = NDArray[np.bool_]
SHUTTER = 0xFF000000
"""Black: the shutter's own value, whatever the window."""


class PlaneOverlay:
    """Bits over one image.

    Parameters
    ----------
    drawn, hidden : ndarray of bool, shape (rows, columns), or None
        Graphics; what the shutter hides.
    bounds : Rect
        Where the image lies, world mm.
    """

    def __init__(self, drawn: Mask | None, hidden: Mask | None, bounds: Rect) -> None:
        self._drawn, self._hidden, self.bounds = drawn, hidden, bounds
        self._image: QImage | None = None
        self._pixels: NDArray[np.uint32] | None = None
        self._orientation: object = None

    def draw(self, painter: QPainter, transform: ViewTransform, size: Size) -> None:
        """Draw it where the image is."""
        if self._image is None or self._orientation != transform.matrix:
            self._make(transform)
        if self._image is None:
            return
        left, top, right, bottom = transform.widget_rect(self.bounds, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, right - left < self._image.width())
        painter.drawImage(QRectF(left, top, right - left, bottom - top), self._image)
        painter.restore()

    def _make(self, transform: ViewTransform) -> None:
        first = self._drawn if self._drawn is not None else self._hidden
        if first is None:
            return
        pixels = np.zeros(first.shape, np.uint32)
        if self._hidden is not None:
            pixels[self._hidden] = SHUTTER
        if self._drawn is not None:
            pixels[self._drawn] = QColor(COLOURS.overlay_text).rgba()
        self._pixels = transform.oriented(pixels)
        rows, columns = self._pixels.shape
        # The QImage shares the array's memory: the array is kept beside it.
        self._image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
        self._orientation = transform.matrix
