"""The viewport: shows one slab source, draws everything over it, and reports gestures. It owns no study.

The viewport asks for what it needs (`Viewport.slab_wanted`) and is given it (`Viewport.set_slab`); it computes no
slab itself. Only the visible region is asked for, at the size of the display's pixels and never finer than the source,
on a grid that falls on the display's own pixels: at rest the picture is copied one to one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
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

from recon.regions import Statistics
from recon.slab import SourceInfo
from widgets import overlays
from widgets.gestures import Gestures
from widgets.height_ruler import HeightRuler
from widgets.label_editor import LabelEditor
from widgets.measurement_layer import MeasurementState, draw_measurements, texts
from widgets.measurements import MARKER, MEASURING, Measurement, Scale, moved
from widgets.pin import Pin, draw_pin
from widgets.slab_view import Footprint, NativePixel, SlabView
from widgets.translation import tr
from widgets.view_transform import Point
from widgets.viewport_types import SERIES_MIME_TYPE, Corner, OverlayLevel, Tool
from widgets.window import Window

__all__ = ["SERIES_MIME_TYPE", "Corner", "OverlayLevel", "Tool", "Viewport"]


class Viewport(SlabView):
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
    measurement_added = Signal(object)
    measurement_changed = Signal(object, object)
    """(old, new), when the edit ends."""
    measurement_removed = Signal(object)
    measurement_selected = Signal(str)
    """Its id, or an empty text."""
    marker_drawn = Signal(object)
    """Measurement of kind "marker": the picture's scale shall follow from it."""
    activated = Signal()
    maximise_wanted = Signal()
    context_menu_wanted = Signal(QPoint)
    """Global position, ready for ``QMenu.exec``."""
    paths_dropped = Signal(list)
    """List of pathlib.Path."""
    series_dropped = Signal(str)
    """Series UID, dragged from the study browser."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tool = Tool.WINDOW
        self.brighter_down = True
        """Preference: a window drag downwards makes the picture brighter."""
        self.active = False
        self.overlay_level = OverlayLevel.FULL
        self.measurements: tuple[Measurement, ...] = ()
        self.selected = ""
        self._held = False
        self.nudging = False
        """Whether the change being told of is a step of the arrow keys: many of them are one command."""
        self._statistics: dict[str, Statistics] = {}
        self._scale = Scale()
        self._editor: LabelEditor | None = None
        self._corners: dict[Corner, tuple[str, ...]] = {}
        self._linked: Point | None = None
        self._linked_label = ""
        self.numbered = False
        """Whether planes have numbers (the views of a sweep) rather than heights in millimetres."""
        self.pin: Pin | None = None
        self.menu_point: Point | None = None
        """World point where the menu was asked for last; None from the keyboard."""
        self._empty = (tr("Nothing open"), tr("Drop a series here."))
        self._busy: tuple[str, float | None] | None = None
        self._cursor: Point | None = None
        self._hovered = ""
        self._ruler_hovered = False
        self._drop_target = False
        self._gestures = Gestures(self)

    def set_source(
        self, info: SourceInfo | None, footprint: Footprint | None = None, native_pixel: NativePixel | None = None
    ) -> None:
        """Show another source as `SlabView.set_source` does; measurements and marks of the old one go."""
        self._gestures.cancel()
        self.end_label_edit()
        self.measurements = ()
        self.selected = self._hovered = ""
        self._statistics = {}
        self._linked = self.pin = self.menu_point = None
        self.numbered = False
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

    def set_numbered(self, numbered: bool) -> None:
        """Say that planes have numbers rather than heights."""
        self.numbered = numbered
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

    @property
    def scale(self) -> Scale:
        """What lengths mean here."""
        return self._scale

    def set_scale(self, scale: Scale) -> None:
        """Say what lengths mean here, and how well they are known."""
        if scale != self._scale:
            self._scale = scale
            self._update_soon()

    def _update_soon(self) -> None:
        """Repaint, with the slab if that is waited for."""
        if not self._late.isActive():
            self.update()

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

    # -- measurements -------------------------------------------------------------------------------------------------

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does; a measurement being drawn is given up."""
        self._gestures.cancel()
        self.tool = tool
        self.refresh_cursor()

    def set_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show these measurements."""
        self.measurements = tuple(measurements)
        if self.selected and all(measurement.id != self.selected for measurement in self.measurements):
            self.select_measurement("")
        self.update()

    @property
    def statistics(self) -> Mapping[str, Statistics]:
        """Statistics of the measurements that have pixels, by their ids."""
        return self._statistics

    def set_statistics(self, found: Mapping[str, Statistics]) -> None:
        """Give the statistics of measurements that have pixels, by their ids."""
        self._statistics = dict(found)
        self.update()

    def select_measurement(self, identity: str, *, held: bool = False) -> None:
        """Select a measurement by its id; an empty text selects none.

        Parameters
        ----------
        held : bool
            The user took hold of it: the arrow keys move it, instead of the slices.
        """
        self._held = held and bool(identity)
        if identity != self.selected:
            self.selected = identity
            self.update()
            self.measurement_selected.emit(identity)

    @property
    def selected_measurement(self) -> Measurement | None:
        """The selected one."""
        return next((found for found in self.measurements if found.id == self.selected), None)

    def measurement_under(self, position: QPointF) -> Measurement | None:
        """The measurement whose outline, handle or text lies under a widget position."""
        state = self.measurement_state()
        hit = state.hit(position.x(), position.y())
        return hit[0] if hit is not None else state.label_hit(position.x(), position.y())

    def finish_drawing(self, measurement: Measurement) -> None:
        """Take what was drawn: a measurement, a marker, or something that wants its words first."""
        if measurement.kind == MARKER:
            self.marker_drawn.emit(measurement)
            self.update()
            return
        self.add_measurement(measurement)
        if measurement.spec.labelled:
            self.edit_label(measurement.id)

    def edit_label(self, identity: str = "") -> bool:
        """Open a line over the picture for the label of a measurement (the selected one); False when there is none."""
        found = next((item for item in self.measurements if item.id == (identity or self.selected)), None)
        if found is None:
            return False
        self.end_label_edit()
        self.select_measurement(found.id)
        place = next(
            (text.box.topLeft() for text in texts(self.measurement_state()) if text.measurement == found), None
        )
        if place is None:
            place = QPointF(*self.transform.to_widget(found.points_mm[-1], self.view_size))
        self._editor = LabelEditor(self, found.label, place.toPoint())
        self._editor.ended.connect(lambda text: self._take_label(found.id, text))
        return True

    def end_label_edit(self) -> None:
        """Close the line for a label without taking it."""
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.discard()

    def _take_label(self, identity: str, text: str | None) -> None:
        self._editor = None
        self.setFocus()
        found = next((item for item in self.measurements if item.id == identity), None)
        if found is None:
            return
        label = found.label if text is None else text.strip()
        if not label and found.spec.labelled and found.spec.points == 1:
            self.select_measurement(identity)
            self.remove_selected()  # a text without words is nothing
        elif label != found.label:
            self.change_measurement(found, replace(found, label=label))
        self.update()

    def nudge(self, right: int, down: int) -> bool:
        """Move the selected measurement by source pixels on the screen; False when none is selected."""
        found, native = self.selected_measurement, self.native_pixel_mm()
        if found is None or native is None:
            return False
        (rx, ry), (dx, dy) = self.transform.right, self.transform.down
        x, y = right * rx + down * dx, right * ry + down * dy
        self.nudging = True
        self.change_measurement(found, moved(found, x * native[0], y * native[1]))
        self.nudging = False
        return True

    def add_measurement(self, measurement: Measurement) -> None:
        """Add a measurement that was drawn here, selected, and tell others."""
        self.measurements = (*self.measurements, measurement)
        self.select_measurement(measurement.id)
        self.measurement_added.emit(measurement)
        self.update()

    def change_measurement(self, old: Measurement, new: Measurement) -> None:
        """Replace a measurement that was edited here, and tell others."""
        self.measurements = tuple(new if found.id == old.id else found for found in self.measurements)
        self.measurement_changed.emit(old, new)
        self.update()

    def remove_selected(self) -> bool:
        """Remove the selected measurement and tell others; False when none is selected."""
        removed = [found for found in self.measurements if found.id == self.selected]
        if not removed:
            return False
        self.measurements = tuple(found for found in self.measurements if found.id != self.selected)
        self.select_measurement("")
        self.measurement_removed.emit(removed[0])
        self.update()
        return True

    @property
    def step(self) -> str:
        """What to click next with the tool in use, while the pointer is over the picture."""
        return self._gestures.step if self._cursor is not None else ""

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
        return HeightRuler.placed(self._heights, self.view_size, above, below)

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
            self._image.draw(painter, self.transform, size, self.devicePixelRatioF())
            self._paint_over(painter)
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

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a measurement needs this key more than a shortcut does."""
        key = event.key()
        if self._gestures.busy:
            return key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, *_ENTER_KEYS)
        if not self.selected:
            return False
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return key in _DELETE_KEYS or (self._held and plain and key in _ARROWS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the measurement being drawn, and of the selected one."""
        if self._pressed(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, gestures = event.key(), self._gestures
        if key == Qt.Key.Key_Escape:
            return gestures.cancel()
        if key in _ENTER_KEYS:
            return gestures.end()
        if key == Qt.Key.Key_Backspace and gestures.drawing is not None:
            return gestures.back()
        if key in _DELETE_KEYS:
            return self.remove_selected()
        if key in _ARROWS and self._held:
            pixels = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            right, down = _ARROWS[Qt.Key(key)]
            return self.nudge(pixels * right, pixels * down)
        return False

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
            self.series_dropped.emit(bytes(data.data(SERIES_MIME_TYPE).data()).decode("utf-8"))
            return
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def refresh_cursor(self) -> None:
        """Give the mouse pointer the shape that tells what a press would do."""
        if self._gestures.panning:
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
        self.refresh_cursor()
        self.cursor_moved.emit(self._cursor)
        self.update()


_DELETE_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
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
