"""The half of a viewport that deals with its source: what is visible, what to ask for, the picture itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from recon.slab import Rect, Slab, SlabRequest, SourceInfo
from widgets.compared import ComparedLayer
from widgets.image_layer import ImageLayer
from widgets.interpolation import Interpolation
from widgets.slab_requests import SlabRequester
from widgets.view_region import aligned, request_region
from widgets.view_transform import Point, Size, ViewTransform
from widgets.window import LutWindow, Window

LATE_MS = 30
"""How long the texts of another height wait for its picture, so that both are painted at once."""

Footprint = Callable[[float], Rect]
NativePixel = Callable[[float], tuple[float, float]]


class SlabView(QWidget):
    """Shows one slab source through a `ViewTransform`; `widgets.viewport.Viewport` adds overlays and gestures."""

    slab_wanted = Signal(object)
    """SlabRequest: compute this and answer with `set_slab` (or `slab_failed`). One at a time."""
    window_changed = Signal(object)
    """Window, while it is being dragged."""
    window_committed = Signal(object, object)
    """(old, new) Window or LutWindow, when the drag ends."""
    transform_changed = Signal(object)
    """ViewTransform, after every pan, zoom or fit made here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.info: SourceInfo | None = None
        self.transform = ViewTransform()
        self.height_mm = 0.0
        self.thickness_mm = 0.0
        self.inverted = False
        self._footprint: Footprint | None = None
        self._native: NativePixel | None = None
        self._heights: tuple[float, float] | None = None
        self._interval_mm = 1.0
        self._fit_wanted = True
        self._image = ImageLayer()
        self.compared = ComparedLayer(self._image)
        """The second picture, while there is one (`set_comparing`)."""
        self.comparing = False
        self._requests = SlabRequester(self._build_request, self)
        self._requests.wanted.connect(self.slab_wanted)
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(self.update)

    # -- the source and what is shown of it ---------------------------------------------------------------------------

    @property
    def slab(self) -> Slab | None:
        """What is on the screen."""
        return self._image.slab

    @property
    def display_window(self) -> Window | LutWindow:
        """The window in use."""
        return self._image.window

    @property
    def drawn_exactly(self) -> bool:
        """Whether the last repaint copied the slab's pixels one to one."""
        return self._image.drawn_exactly

    @property
    def settled(self) -> bool:
        """Whether the wanted slab is shown in full detail and nothing is on its way."""
        return self._requests.settled

    @property
    def plane_height(self) -> float | None:
        """The height that new measurements belong to; None for a source with a single plane."""
        if self.info is None or self.info.height_range_mm[0] == self.info.height_range_mm[1]:
            return None
        return self.height_mm

    def set_source(
        self, info: SourceInfo | None, footprint: Footprint | None = None, native_pixel: NativePixel | None = None
    ) -> None:
        """Show another source (None: nothing), fitted, from the middle of its heights.

        Parameters
        ----------
        footprint, native_pixel : callable
            The source's own ``footprint`` and ``native_pixel_mm``; called on the GUI thread, so they must be cheap.
        """
        self.info = info
        self._footprint = footprint
        self._native = native_pixel
        self._requests.reset()
        self._image.set_slab(None)
        self.compared.clear()
        if info is not None:
            low, high = info.height_range_mm
            self.height_mm = 0.5 * (low + high)
            self._heights = (low, high) if high > low else None
            self._interval_mm = info.interval_mm
        else:
            self._heights = None
        self._fit_wanted = True
        self._refit()
        self._changed()

    def replace_source(self, info: SourceInfo, footprint: Footprint, native_pixel: NativePixel) -> None:
        """Show the same anatomy from another source: everything stays, the picture too until the new one is there."""
        self.info, self._footprint, self._native = info, footprint, native_pixel

    def set_height(self, height_mm: float) -> None:
        """Show another height."""
        if height_mm != self.height_mm:
            self.height_mm = height_mm
            self.update_with_slab()
            self._ask()

    def set_thickness(self, thickness_mm: float) -> None:
        """Show another slab thickness, mm."""
        if thickness_mm != self.thickness_mm:
            self.thickness_mm = thickness_mm
            self._changed()

    def set_heights(self, heights: tuple[float, float] | None) -> None:
        """Give the range of the height ruler; None takes the ruler away."""
        self._heights = heights
        self.update()

    def set_scroll_interval(self, interval_mm: float) -> None:
        """Give the distance between neighbouring slices: measurements within half of it belong to this slice."""
        self._interval_mm = interval_mm
        self.update()

    def refresh(self) -> None:
        """Ask for the same view again: the source's values changed (another filter or algorithm)."""
        self._requests.invalidate()

    def set_slab(self, slab: Slab) -> None:
        """Show the answer to `slab_wanted`."""
        self._image.set_slab(slab)
        self._late.stop()
        self.update()
        self._requests.answered(slab)

    def set_comparing(self, comparing: bool) -> None:
        """Lay a second picture over the first, or no longer; it comes with `set_compared_slabs`."""
        if comparing != self.comparing:
            self.comparing = comparing
            self.compared.clear()
        self.update()

    def set_compared_slabs(self, over: Slab | None, difference: tuple[Slab, float] | None = None) -> None:
        """Show the second picture with the slab that `set_slab` gave; see `ComparedLayer.set_slabs`."""
        self.compared.set_slabs(over, difference)
        self.update()

    def slab_failed(self) -> None:
        """Tell that no slab will come for the outstanding request."""
        self._requests.failed()

    def set_window(self, window: Window | LutWindow) -> None:
        """Use another window."""
        self._image.set_window(window)
        self.update()

    def set_inverted(self, inverted: bool) -> None:
        """Exchange black and white; what lies outside the image stays black."""
        self.inverted = inverted
        self._image.set_inverted(inverted)
        self.update()

    def set_interpolation(self, name: Interpolation) -> None:
        """Choose how magnified pixels are interpolated ("nearest": they are shown as squares)."""
        self._image.interpolation = name
        self.update()

    def set_presentation(self, table: NDArray[np.uint8] | None) -> None:
        """Bring greys to the monitor through its calibration (None: as they are)."""
        self._image.set_presentation(table)
        self.update()

    # -- navigation ---------------------------------------------------------------------------------------------------

    def set_transform(self, transform: ViewTransform) -> None:
        """Show this part of the plane, this way round."""
        if transform == self.transform:
            return
        same_place = (transform.centre_mm, transform.pixels_per_mm) == (
            self.transform.centre_mm,
            self.transform.pixels_per_mm,
        )
        # A fitted picture that is only turned or mirrored stays fitted.
        self._fit_wanted = self._fit_wanted and same_place
        self.transform = transform
        self._changed()
        self._refit()

    def navigate(self, transform: ViewTransform) -> None:
        """Do as `set_transform` does, and tell others by `transform_changed`: for what the user does in this view."""
        if transform != self.transform:
            self.set_transform(transform)
            self.transform_changed.emit(self.transform)

    def fit(self) -> None:
        """Show the whole image, as large as possible; it stays fitted when the widget is resized."""
        self._fit_wanted = True
        self._refit()

    def one_to_one(self) -> None:
        """Show one image pixel on each pixel of the display."""
        native = self.native_pixel_mm()
        if native is not None and self._footprint is not None:
            ratio = self.devicePixelRatioF()
            scale = 1.0 / (min(native) * ratio * self.transform.pixels_per_mm)
            zoomed = self.transform.zoomed_about(self.transform.centre_mm, scale)
            self.navigate(aligned(zoomed, self.view_size, ratio, self._footprint(self.height_mm)))

    @property
    def fitted(self) -> bool:
        """Whether the view follows the widget's size."""
        return self._fit_wanted

    @property
    def view_size(self) -> Size:
        """The widget's size in logical pixels."""
        return (float(self.width()), float(self.height()))

    def native_pixel_mm(self) -> tuple[float, float] | None:
        """Return the source's own pixel at this height, mm."""
        return self._native(self.height_mm) if self._native is not None else None

    def zoom(self) -> float | None:
        """Return display pixels for each image pixel: 1 is one to one."""
        native = self.native_pixel_mm()
        return None if native is None else self.transform.pixels_per_mm * self.devicePixelRatioF() * min(native)

    def world_at(self, position: QPointF) -> Point:
        """Return the world point (mm) at a widget position."""
        return self.transform.to_world((position.x(), position.y()), self.view_size)

    def _refit(self) -> None:
        if not self._fit_wanted or self._footprint is None or not self.isVisible():
            return
        fitted = self.transform.fitted(self._footprint(self.height_mm), self.view_size)
        if fitted != self.transform:
            self.transform = fitted
            self._changed()
            self.transform_changed.emit(fitted)

    def update_with_slab(self) -> None:
        """Repaint together with the slab that is on its way; without it if it takes long.

        Half the paints while the heights are gone through, and the texts never speak of another picture.
        """
        if self.info is None or not self.isVisible():
            self.update()
        elif not self._late.isActive():
            self._late.start()

    def _changed(self) -> None:
        self.update()
        self._ask()

    def _ask(self) -> None:
        if self.info is not None and self.isVisible():
            self._requests.changed()

    def _build_request(self, draft: bool) -> SlabRequest | None:
        return self.request_at(self.height_mm, draft)

    def request_at(self, height_mm: float, draft: bool) -> SlabRequest | None:
        """Return what this view would ask for at a height; None when nothing of it is visible."""
        if self.info is None or self._footprint is None or self._native is None or not self.isVisible():
            return None
        found = request_region(
            self.transform,
            self.view_size,
            self.devicePixelRatioF(),
            self._footprint(height_mm),
            min(self._native(height_mm)),
        )
        if found is None:
            return None
        region, pixel_mm = found
        return SlabRequest(height_mm, self.thickness_mm, region, pixel_mm, draft, shown=True)

    # -- events -------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the first slab: only now is the size known."""
        super().showEvent(event)
        self._refit()
        self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted view fitted, and ask for what became visible."""
        super().resizeEvent(event)
        self._refit()
        self._changed()
