"""The half of a viewport that deals with measurements: which there are, the selected one, its label, its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from recon.regions import Statistics
from widgets.gestures import Gestures
from widgets.label_editor import LabelEditor
from widgets.measurement_layer import MeasurementState, texts
from widgets.measurements import MARKER, Measurement, Scale, moved
from widgets.slab_view import SlabView
from widgets.view_transform import Point
from widgets.viewport_types import Tool

_DELETE_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MeasuringView(SlabView):
    """Keeps the measurements of a picture and tells of what the user does to them; `Viewport` draws and gestures."""

    measurement_added = Signal(object)
    measurement_changed = Signal(object, object)
    """(old, new), when the edit ends."""
    measurement_removed = Signal(object)
    measurement_selected = Signal(str)
    """Its id, or an empty text."""
    marker_drawn = Signal(object)
    """Measurement of kind "marker": the picture's scale shall follow from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = Tool.WINDOW
        self.measurements: tuple[Measurement, ...] = ()
        self.selected = ""
        self._held = False
        self.nudging = False
        """Whether the change being told of is a step of the arrow keys: many of them are one command."""
        self._statistics: dict[str, Statistics] = {}
        self._scale = Scale()
        self._editor: LabelEditor | None = None
        self._cursor: Point | None = None
        self._hovered = ""
        self._gestures = self._make_gestures()

    def _make_gestures(self) -> Gestures:
        raise NotImplementedError

    def measurement_state(self) -> MeasurementState:
        """Collect what the measurement layer shows now."""
        raise NotImplementedError

    def refresh_cursor(self) -> None:
        """Give the mouse pointer the shape that tells what a press would do."""
        raise NotImplementedError

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

    # -- measurements -------------------------------------------------------------------------------------------------

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left button does; a measurement being drawn is given up."""
        self._gestures.cancel()
        self.tool = tool
        self.refresh_cursor()

    def set_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show these measurements."""
        self._put(measurements)
        if self.selected and all(measurement.id != self.selected for measurement in self.measurements):
            self.select_measurement("")
        self.update()

    def _put(self, measurements: Iterable[Measurement]) -> None:
        """Take these measurements; statistics of pixels that are no longer theirs go."""
        places = {item.id: (item.points_mm, item.height_mm) for item in self.measurements}
        self.measurements = tuple(measurements)
        for item in self.measurements:
            if places.get(item.id, (item.points_mm, item.height_mm)) != (item.points_mm, item.height_mm):
                self._statistics.pop(item.id, None)

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

    def let_go(self) -> bool:
        """Give the arrow keys back to the slices and select nothing; False when no measurement was clicked."""
        if not self._held:
            return False
        self.select_measurement("")
        return True

    def set_height(self, height_mm: float) -> None:
        """Show another height; the arrow keys no longer move what was clicked at the one before."""
        if height_mm != self.height_mm:
            self._held = False
        super().set_height(height_mm)

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
        self._put(new if found.id == old.id else found for found in self.measurements)
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

    # -- keys ---------------------------------------------------------------------------------------------------------

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
