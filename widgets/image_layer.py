"""The picture itself: a slab, windowed, drawn at its world rectangle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from recon.slab import Slab
from widgets.interpolation import Interpolation, visible_samples
from widgets.view_transform import Size, ViewTransform
from widgets.window import LutWindow, Window

_EXACT = 0.05  # device pixels: how far from a whole pixel a slab may lie and still be copied unscaled


class ImageLayer:
    """Keeps the display pixels of one slab; recomputes them only when slab, window or orientation changed."""

    def __init__(self) -> None:
        self.slab: Slab | None = None
        self.window: Window | LutWindow = Window(0.5, 1.0, "linear_exact")
        self.inverted = False
        self.interpolation: Interpolation = "bilinear"
        self.presentation: NDArray[np.uint8] | None = None
        """The monitor's driving level for each P-value; None: as they are."""
        self.drawn_exactly = False
        """Whether the last `draw` copied pixels one to one."""
        self._grey: NDArray[np.uint32] | None = None
        self._image: QImage | None = None
        self._pixels: NDArray[np.uint32] | None = None
        self._orientation: object = None
        self._magnified: tuple[object, NDArray[np.float32]] | None = None

    def set_slab(self, slab: Slab | None) -> None:
        """Show another slab."""
        self.slab = slab
        self._grey = self._image = self._magnified = None

    def set_window(self, window: Window | LutWindow) -> None:
        """Use another window."""
        if window != self.window:
            self.window = window
            self._grey = self._image = None

    def set_inverted(self, inverted: bool) -> None:
        """Exchange black and white (pixels without data stay black)."""
        if inverted != self.inverted:
            self.inverted = inverted
            self._grey = self._image = None

    def set_presentation(self, presentation: NDArray[np.uint8] | None) -> None:
        """Bring greys to the monitor through its table (None: as they are)."""
        if presentation is not self.presentation:
            self.presentation = presentation
            self._grey = self._image = None

    def image(self, transform: ViewTransform) -> QImage | None:
        """Return the windowed slab as the screen shows it: flipped and turned, not scaled."""
        if self.slab is None:
            return None
        orientation = transform.matrix
        if self._image is None or orientation != self._orientation:
            if self._grey is None:
                planes = self.slab.pixels if self.slab.colour is None else self.slab.colour
                self._grey = self._displayed(planes)
            pixels = transform.oriented(self._grey)
            rows, columns = pixels.shape
            # The QImage shares the array's memory: keep the array alive beside it.
            self._pixels = pixels
            self._image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
            self._orientation = orientation
        return self._image

    def _displayed(self, planes: NDArray[np.float32]) -> NDArray[np.uint32]:
        """Display pixels of values (rows, columns), or of red, green and blue (3, rows, columns)."""
        from widgets.window_kernel import to_display  # numba is loaded with the first picture

        if planes.ndim == 2:
            return to_display(planes, self.window, self.inverted, self.presentation)
        red, green, blue = (to_display(plane, self.window, self.inverted, self.presentation) for plane in planes)
        mixed: NDArray[np.uint32] = red & np.uint32(0xFFFF0000)
        mixed |= (green & np.uint32(0xFF00)) | (blue & np.uint32(0xFF))
        return mixed

    def draw(self, painter: QPainter, transform: ViewTransform, size: Size, device_ratio: float) -> None:
        """Draw the slab; copied pixel by pixel where it lies on the device's own grid, else interpolated."""
        image = self.image(transform)
        if image is None or self.slab is None:
            return
        edges = transform.widget_rect(self.slab.grid.bounds, size)
        left, top, right, bottom = (edge * device_ratio for edge in edges)
        self.drawn_exactly = (
            abs(right - left - image.width()) < _EXACT
            and abs(bottom - top - image.height()) < _EXACT
            and abs(left - round(left)) < _EXACT
            and abs(top - round(top)) < _EXACT
        )
        if self.drawn_exactly:
            image.setDevicePixelRatio(device_ratio)
            painter.drawImage(QPointF(round(left) / device_ratio, round(top) / device_ratio), image)
            return
        image.setDevicePixelRatio(1.0)
        if self.interpolation != "nearest" and right - left > image.width():
            self._draw_magnified(painter, transform, (left, top, right, bottom), size, device_ratio)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.interpolation != "nearest")
        target = QRectF(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1])
        visible = target.intersected(QRectF(0.0, 0.0, size[0], size[1]))
        if visible.isEmpty():
            painter.restore()
            return
        # Only the visible part is handed over, with one pixel more so that interpolation sees its neighbours.
        sx, sy = image.width() / target.width(), image.height() / target.height()
        x0 = max(0, int((visible.left() - target.left()) * sx) - 1)
        y0 = max(0, int((visible.top() - target.top()) * sy) - 1)
        x1 = min(image.width(), int((visible.right() - target.left()) * sx) + 2)
        y1 = min(image.height(), int((visible.bottom() - target.top()) * sy) + 2)
        part = QRectF(x0, y0, x1 - x0, y1 - y0)
        place = QRectF(target.left() + x0 / sx, target.top() + y0 / sy, part.width() / sx, part.height() / sy)
        painter.drawImage(place, image, part)
        painter.restore()

    def _draw_magnified(
        self,
        painter: QPainter,
        transform: ViewTransform,
        edges: tuple[float, float, float, float],
        size: Size,
        device_ratio: float,
    ) -> None:
        """Interpolate values, not greys, at the display's own pixels; then window them."""
        from widgets.magnify import magnified

        assert self.slab is not None
        left, top, right, bottom = edges
        rows, columns = self.slab.grid.shape
        if transform.quarter_turns % 2:
            rows, columns = columns, rows
        x0, across = visible_samples(left, right, columns, size[0] * device_ratio)
        y0, down = visible_samples(top, bottom, rows, size[1] * device_ratio)
        if not across.size or not down.size:
            return
        key = (transform.matrix, edges, size, device_ratio, self.interpolation)
        if self._magnified is None or self._magnified[0] != key:
            # Beyond the visible part only what the widest kernel reaches is touched.
            r0, c0 = max(0, int(down[0]) - 3), max(0, int(across[0]) - 3)
            part = np.s_[r0 : int(down[-1]) + 5, c0 : int(across[-1]) + 5]
            colour = self.slab.colour
            planes = [self.slab.pixels] if colour is None else list(colour)
            seen = [
                magnified(transform.oriented(plane)[part], down - r0, across - c0, self.interpolation)
                for plane in planes
            ]
            self._magnified = (key, seen[0] if colour is None else np.stack(seen))
        grey = self._displayed(self._magnified[1])
        image = QImage(grey.data, grey.shape[1], grey.shape[0], 4 * grey.shape[1], QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(device_ratio)
        painter.drawImage(QPointF(x0 / device_ratio, y0 / device_ratio), image)
