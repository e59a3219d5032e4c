"""The viewport: shows one slab source, draws everything over it, and reports gestures. It owns no study.

The viewport asks for what it needs (`Viewport.slab_wanted`) and is given it (`Viewport.set_slab`); it computes no
slab itself. Only the visible region is asked for, at the size of the display's pixels and never finer than the source,
on a grid that falls on the display's own pixels: at rest the picture is copied one to one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from recon.slab import SourceInfo
from widgets import overlays
from widgets.compared import TITLES_HEIGHT
from widgets.gestures import Gestures
from widgets.height_ruler import HeightRuler
from widgets.measurement_layer import MeasurementState, draw_measurements
from widgets.measurements import MEASURING
from widgets.measuring_view import MeasuringView
from widgets.outlined_text import draw_text
from widgets.pin import Pin, draw_pin
from widgets.plane_overlay import PlaneOverlay
from widgets.slab_view import Footprint, NativePixel
from widgets.theme import COLOURS
from widgets.translation import tr
from widgets.view_transform import Point
from widgets.viewport_types import SERIES_MIME_TYPE, Corner, OverlayLevel, Tool
from widgets.window import Window

__all__ = ["SERIES_MIME_TYPE", "Corner", "OverlayLevel", "Tool", "Viewport"]


class Viewport(MeasuringView):
    """One view of a slab source.

    Notes
    -----
    Setters (``set_…``) never emit the signal of what they set, so two viewports can be linked without loops. Signals
    are emitted for what the user does here, and by `fit`, `one_to_one` and `navigate`.

    The window is read as `display_window`; ``window()`` stays QWidget's own method.
    """

    height_step_wanted = Signal(float)
    """Steps of the scroll interval; positive is up, towards the tube."""
    thickness_step_wanted = Signal(float)
    height_wanted = Signal(float)
    """mm, from the ruler."""
    cursor_moved = Signal(object)
    """(x, y) world mm under the pointer, or None when it left."""
    point_clicked = Signal(float, float)
    """World mm; a click without movement that took hold of nothing."""
    pin_wanted = Signal(float, float)
    """World mm: the same with the tool for points, or with Alt and any tool."""
    region_chosen = Signal(object)
    """Rect, world mm: a rectangle was dragged with the tool that windows by region."""
    activated = Signal()
    maximise_wanted = Signal()
    context_menu_wanted = Signal(QPoint)
    """Global position, ready for ``QMenu.exec``."""
    paths_dropped = Signal(list)
    """List of pathlib.Path."""
    series_dropped = Signal(str)
    """Series UID, dragged from the study browser."""
    series_laid_over = Signal(str)
    """Series UID, dropped with Shift: lay it over what is here."""
    compared_moved = Signal()
    """The swipe line was dragged."""
    over_window_committed = Signal(object)
    """Window of the second picture, when a drag over it ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.brighter_down = True
        """Preference: a window drag downwards makes the picture brighter."""
        self.active = False
        self.overlay_level = OverlayLevel.FULL
        self._corners: dict[Corner, tuple[str, ...]] = {}
        self._linked: Point | None = None
        self._linked_label = ""
        self.numbered = False
        """Whether planes have numbers (the views of a sweep) rather than heights in millimetres."""
        self.badge = ""
        """What the picture must never be taken without, whatever is written over it."""
        self.pin: Pin | None = None
        self.plane_overlay: PlaneOverlay | None = None
        self.menu_point: Point | None = None
        """World point where the menu was asked for last; None from the keyboard."""
        self._empty = (tr("Nothing open"), tr("Drop a series here."))
        self._busy: tuple[str, float | None] | None = None
        self._ruler_hovered = False
        self._on_line = False
        self._drop_target = False

    def _make_gestures(self) -> Gestures:
        return Gestures(self)

    def set_source(
        self, info: SourceInfo | None, footprint: Footprint | None = None, native_pixel: NativePixel | None = None
    ) -> None:
        """Show another source as `SlabView.set_source` does; measurements and marks of the old one go."""
        self._gestures.cancel()
        self.end_label_edit()
        self.measurements = ()
        self.selected = self._hovered = ""
        self._statistics = {}
        self._linked = self.pin = self.menu_point = self.plane_overlay = None
        self.numbered, self.badge = False, ""
        super().set_source(info, footprint, native_pixel)

    # -- what is drawn over the image ---------------------------------------------------------------------------------

    def set_corner_text(self, texts: Mapping[Corner, tuple[str, ...]]) -> None:
        """Give the lines of the corners, the most important first.

        A BOTTOM_LEFT or BOTTOM_RIGHT that is not given is filled by the viewport itself: `readout` (window, zoom, value
        under the pointer) and `position_text` (height and thickness).
        """
        if texts != self._corners:
            self._corners = dict(texts)
            self._update_soon()

    def set_overlay_level(self, level: OverlayLevel) -> None:
        """Choose how much is written over the image."""
        self.overlay_level = level
        self.update()

    def set_linked_point(self, point: Point | None, label: str = "") -> None:
        """Mark a world point (mm) that is pointed at in another view."""
        if (point, label) != (self._linked, self._linked_label):
            self._linked, self._linked_label = point, label
            self.update()

    def set_pin(self, pin: Pin | None) -> None:
        """Mark a point to stay (None: no longer)."""
        if pin != self.pin:
            self.pin = pin
            self.update()

    def set_plane_overlay(self, overlay: PlaneOverlay | None) -> None:
        """Draw what the file asks for over its image (None: nothing); it goes with the other text over the image."""
        self.plane_overlay = overlay
        self.update()

    def set_numbered(self, numbered: bool) -> None:
        """Say that planes have numbers rather than heights."""
        self.numbered = numbered
        self.update()

    def set_badge(self, text: str) -> None:
        """Say what the picture is, also when nothing else is written over it ("" for ordinary pictures)."""
        self.badge = text
        self.update()

    def set_active(self, active: bool) -> None:
        """Mark this view as the one that commands apply to."""
        self.active = active
        self.update()

    def set_empty_message(self, title: str, detail: str = "") -> None:
        """Give the text shown while there is no source."""
        self._empty = (title, detail)
        self.update()

    def set_busy(self, text: str | None, fraction: float | None = None) -> None:
        """Show that something is being computed for this view (None: no longer)."""
        self._busy = None if text is None else (text, fraction)
        self.update()

    @property
    def busy(self) -> bool:
        """Whether the view shows that something is being computed."""
        return self._busy is not None

    def readout(self) -> tuple[str, ...]:
        """Return the lines about the picture: window, zoom, value under the pointer."""
        window = self.display_window
        if isinstance(window, Window):
            lines = [tr("W {0}  L {1}", _number(window.width), _number(window.centre))]
        else:
            lines = [tr("Window: table from the file")]
        if self.inverted:
            lines[0] += tr("  inverted")
        zoom = self.zoom()
        if zoom is not None:
            lines.append(tr("Zoom {0}×", f"{zoom:.2f}"))
        if self._cursor is not None and self.slab is not None:
            value = self.slab.value_at(*self._cursor)
            if not math.isnan(value):
                unit = self.info.unit if self.info is not None else ""
                lines.append(tr("Value {0}", f"{_number(value)} {unit}".strip()))
        return tuple(lines)

    def position_text(self) -> tuple[str, ...]:
        """Return the lines about the plane: height and thickness; empty for a source with a single plane."""
        if self.plane_height is None:
            return ()
        return (
            tr("Height {0} mm", f"{self.height_mm:.1f}"),
            tr("Thickness {0} mm", f"{self.thickness_mm:.1f}"),
        )

    def measurement_state(self) -> MeasurementState:
        """Collect what the measurement layer shows now, the one under the mouse in its present form."""
        edited = self._gestures.edited
        shown = [edited if edited is not None and found.id == edited.id else found for found in self.measurements]
        drawn = self._gestures.unfinished()
        ruler = self.ruler()
        if drawn is not None:
            shown.append(drawn)
        return MeasurementState(
            self.transform,
            self.view_size,
            shown,
            {key: found for key, found in self._statistics.items() if edited is None or key != edited.id},
            drawn.id if drawn is not None else self.selected,
            self._hovered,
            self.height_mm,
            max(0.5 * self.thickness_mm, 0.5 * self._interval_mm),
            self._scale,
            self._gestures.unfinished_lines(),
            overlays.taken(self._overlay_state(ruler is not None)),
            ruler.box[0] if ruler is not None else None,
        )

    # -- painting -----------------------------------------------------------------------------------------------------

    def ruler(self) -> HeightRuler | None:
        """Return the height ruler as it lies in the widget now, or None."""
        if self._heights is None or self.info is None or self.overlay_level is OverlayLevel.NONE:
            return None
        layout = overlays.CornerLayout(self._overlay_state(False))
        above, below = (layout.block_height(corner) for corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT))
        return HeightRuler.placed(self._heights, self.view_size, above + TITLES_HEIGHT * self.comparing, below)

    def rendered_image(self) -> QImage:
        """Return what is on the screen, overlays included, in device pixels.

        Greys are P-values: a file is not for one monitor, so no calibration is in it.
        """
        table = self._image.presentation
        self._image.set_presentation(None)
        try:
            return self.grab().toImage()
        finally:
            self._image.set_presentation(table)

    def _overlay_state(self, ruler: bool) -> overlays.OverlayState:
        corners = dict(self._corners)
        if self.info is not None:
            corners.setdefault(Corner.BOTTOM_LEFT, self.readout())
            corners.setdefault(Corner.BOTTOM_RIGHT, self.position_text())
        info = self.info
        return overlays.OverlayState(
            self.transform,
            self.view_size,
            self.overlay_level,
            info.patient if info is not None else None,
            info is not None,
            corners if info is not None else {},
            info.notes if info is not None else (),
            self._scale,
            ruler,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture and everything over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0))
        size = self.view_size
        if self.info is None:
            overlays.draw_message(painter, size, *self._empty)
        else:
            layer = self.compared if self.comparing else self._image
            layer.draw(painter, self.transform, size, self.devicePixelRatioF())
            if self.plane_overlay is not None and self.overlay_level is not OverlayLevel.NONE and not self.comparing:
                self.plane_overlay.draw(painter, self.transform, size)
            self._paint_over(painter)
            if self.comparing:
                corners = overlays.CornerLayout(self._overlay_state(False))
                top = max(corners.block_height(corner) for corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)) + 4.0
                self.compared.draw_over(painter, size, self.active, max(top, 34.0))
        if self._busy is not None:
            overlays.draw_busy(painter, size, *self._busy)
        overlays.draw_border(painter, size, self.active, self._drop_target)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        if self.measurements or self._gestures.drawing is not None or self._gestures.edited is not None:
            draw_measurements(painter, self.measurement_state())
        if self._gestures.region is not None:
            overlays.draw_region(painter, self.transform, size=self.view_size, corners=self._gestures.region)
        ruler = self.ruler()
        state = self._overlay_state(ruler is not None)
        layout = overlays.CornerLayout(state)
        overlays.draw_letters(painter, state)
        overlays.draw_corners(painter, state, layout)
        overlays.draw_step(painter, state, layout, self.step)
        overlays.draw_bottom_centre(painter, state, layout)
        if ruler is not None and self.info is not None:
            patient, digits = (None, 0) if self.numbered else (self.info.patient, 1)
            ruler.draw(painter, self.height_mm, self.thickness_mm, patient, self._ruler_hovered, digits)
        if self.badge and self.overlay_level is OverlayLevel.NONE:
            width, _ = self.view_size
            draw_text(painter, 0.5 * width, 12, self.badge, pixel_size=13, bold=True, colour=COLOURS.warning, align=0.5)
        if self.pin is not None:
            draw_pin(painter, self.transform, self.view_size, self.pin)
        if self._linked is not None:
            overlays.draw_linked_point(painter, state, self._linked, self._linked_label)

    # -- events -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Activate the view and start a gesture."""
        if not self.active:
            self.activated.emit()
        self._gestures.press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue a gesture; report the point under the mouse."""
        self._gestures.move(event)
        self._pointed(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._gestures.release(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Maximise; on a measurement edit its label; end an open-ended one, of others place just another point."""
        left = event.button() == Qt.MouseButton.LeftButton
        drawing = self._gestures.drawing
        if left and drawing is not None and drawing.kind.open_ended:
            self._gestures.end()
        elif left and drawing is None and (found := self.measurement_under(event.position())) is not None:
            self._gestures.cancel()
            self.edit_label(found.id)
        elif left and self.tool not in MEASURING and self._free(event.position()):
            self.maximise_wanted.emit()
        else:
            self._gestures.press(event)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, zoom or change the thickness."""
        if not self.active:
            self.activated.emit()
        self._gestures.wheel(event)
        self._gestures.follow(event.position())
        self._pointed(event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu from the keyboard; with the mouse it opens when the right button is released in place."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.menu_point = self._cursor
            self.context_menu_wanted.emit(event.globalPos())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep Delete and Escape from being taken as shortcuts while a measurement needs them; zoom by pinching."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._changed()
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.navigate(self.transform.zoomed_about(self.world_at(event.position()), 1.0 + event.value()))
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the view that commands apply to."""
        super().focusInEvent(event)
        if not self.active:
            self.activated.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the point under the mouse."""
        super().leaveEvent(event)
        self._cursor = None
        self._hovered = ""
        self._ruler_hovered = False
        self.cursor_moved.emit(None)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept series from the browser, and files and folders."""
        data = event.mimeData()
        if data.hasFormat(SERIES_MIME_TYPE) or data.hasUrls():
            self._drop_target = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the drop frame away."""
        self._drop_target = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Report what was dropped."""
        self._drop_target = False
        self.update()
        data = event.mimeData()
        if data.hasFormat(SERIES_MIME_TYPE):
            event.acceptProposedAction()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            dropped = self.series_laid_over if shift and self.info is not None else self.series_dropped
            dropped.emit(bytes(data.data(SERIES_MIME_TYPE).data()).decode("utf-8"))
            return
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def line_under(self, position: QPointF) -> bool:
        """Whether the swipe line lies under a widget position."""
        return self.comparing and self.compared.on_line(position.x(), position.y(), self.view_size)

    def move_line(self, position: QPointF) -> None:
        """Put the swipe line under a widget position."""
        width, height = self.view_size
        at = position.x() / max(width, 1.0) if self.compared.look.vertical else position.y() / max(height, 1.0)
        self.compared.position = min(max(at, 0.0), 1.0)
        self.update()
        self.compared_moved.emit()

    def refresh_cursor(self) -> None:
        """Give the mouse pointer the shape that tells what a press would do."""
        if self._on_line and not self._gestures.panning:
            upright = self.compared.look.vertical
            shape = Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        elif self._gestures.panning:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._ruler_hovered:
            shape = Qt.CursorShape.SizeVerCursor
        elif self._hovered and not self._gestures.dragging:
            shape = Qt.CursorShape.PointingHandCursor
        elif self.info is None:
            shape = Qt.CursorShape.ArrowCursor
        else:
            shape = _CURSORS.get(self.tool, Qt.CursorShape.ArrowCursor)
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _free(self, position: QPointF) -> bool:
        ruler = self.ruler()
        on_ruler = ruler is not None and ruler.contains(position.x(), position.y())
        return not on_ruler and self.measurement_under(position) is None

    def _pointed(self, position: QPointF) -> None:
        if self.info is None:
            return
        self._cursor = self.world_at(position)
        if not self._gestures.dragging:
            ruler = self.ruler()
            self._ruler_hovered = ruler is not None and ruler.contains(position.x(), position.y())
            found = None if self._gestures.drawing is not None else self.measurement_under(position)
            self._hovered = found.id if found is not None else ""
            self._on_line = self.line_under(position)
        self.refresh_cursor()
        self.cursor_moved.emit(self._cursor)
        self.update()


_CURSORS = {
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.ZOOM: Qt.CursorShape.SizeAllCursor,
    Tool.SCROLL: Qt.CursorShape.SizeVerCursor,
    Tool.POINT: Qt.CursorShape.CrossCursor,
    Tool.REGION: Qt.CursorShape.CrossCursor,
    **dict.fromkeys(MEASURING, Qt.CursorShape.CrossCursor),
}


def _number(value: float) -> str:
    """Write a value with as many digits as a reader needs: 1234, 56.7, 0.0213."""
    size = abs(value)
    if size >= 100:
        return f"{value:.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 1 else f"{value:.3g}"
