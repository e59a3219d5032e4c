"""What the mouse does in a viewport: one state machine for tools, navigation, the ruler and measurements."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from widgets.measurements import POINT_COUNTS, Kind, Measurement, Point, handles, moved, moved_handle
from widgets.view_transform import bounding_rect
from widgets.viewport_types import Tool
from widgets.window import LutWindow, Window
from widgets.window_drag import dragged

if TYPE_CHECKING:
    from widgets.viewport import Viewport

CLICK_PIXELS = 4
"""A press and release closer together than this is a click, not a drag."""
FAST = 2.5
"""Ctrl makes a window drag this much faster."""
SCROLL_PIXELS = 6.0
"""The scroll tool moves one step for this many pixels."""
ZOOM_PIXELS = 180.0
"""A zoom drag over this distance upwards enlarges e times."""
WHEEL_ZOOM = 1.2
"""Zoom factor of one wheel notch."""
MEASURING: dict[Tool, Kind] = {Tool.LENGTH: "length", Tool.ANGLE: "angle", Tool.ELLIPSE: "ellipse"}


@dataclass
class _Press:
    button: Qt.MouseButton
    position: QPointF
    last: QPointF
    world: Point
    drag: Callable[[QMouseEvent, _Press], None] | None = None
    moved: bool = False
    release: Callable[[_Press], None] | None = None


class Gestures:
    """Turns mouse events into changes of a viewport. It keeps only what belongs to the gesture under way."""

    def __init__(self, viewport: Viewport) -> None:
        self._view = viewport
        self._press: _Press | None = None
        self._wheel_rest = 0.0
        self._wheel_key: object = None
        self._scroll_rest = 0.0
        self._window_before: Window | LutWindow | None = None
        self.creating: Kind | None = None
        self.points: list[Point] = []
        """Points of the measurement being drawn; the last one follows the pointer."""
        self.region: tuple[Point, Point] | None = None
        """Corners of the rectangle whose window is asked for, while it is dragged."""
        self.edited_before: Measurement | None = None
        self.edited: Measurement | None = None

    # -- press, move, release ---------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Start what the button and the place under the pointer ask for."""
        view = self._view
        position = event.position()
        world = view.world_at(position)
        button = event.button()
        if self._press is not None and button != self._press.button:
            if event.buttons() & self._press.button:
                return
            self._forget_press()
        press = _Press(button, position, position, world)
        self._press = press
        if button == Qt.MouseButton.MiddleButton:
            press.drag = self._pan
        elif button == Qt.MouseButton.RightButton:
            press.drag = self._zoom
            press.release = self._menu
        elif button == Qt.MouseButton.LeftButton:
            self._left_press(press)
        view.refresh_cursor()

    def _left_press(self, press: _Press) -> None:
        view = self._view
        if self.creating is not None:
            self._place_point(press)
            return
        ruler = view.ruler()
        if ruler is not None and ruler.contains(press.position.x(), press.position.y()):
            press.drag = self._ruler
            press.moved = True
            view.height_wanted.emit(ruler.height_at(press.position.y()))
            return
        hit = view.measurement_state().hit(press.position.x(), press.position.y())
        if hit is not None and (hit[1] is not None or view.tool is Tool.POINT or view.tool in MEASURING):
            measurement, handle = hit
            view.select_measurement(measurement.id)
            self.edited_before = self.edited = measurement
            press.drag = self._move_handle(handle) if handle is not None else self._move_whole
            press.release = self._finish_edit
            return
        if view.tool in MEASURING and view.info is not None:
            view.select_measurement("")
            self.creating = MEASURING[view.tool]
            self.points = [press.world, press.world]
            press.drag = self._draw
            press.release = self._released_while_drawing
            return
        press.release = self._region_released if view.tool is Tool.REGION else self._click
        press.drag = {
            Tool.REGION: self._drag_region,
            Tool.WINDOW: self._window,
            Tool.PAN: self._pan,
            Tool.ZOOM: self._zoom,
            Tool.SCROLL: self._scroll,
        }.get(view.tool)
        self._window_before = view.display_window
        self._scroll_rest = 0.0

    def move(self, event: QMouseEvent) -> None:
        """Continue the gesture under way."""
        press = self._press
        position = event.position()
        if press is None:
            if self.creating is not None:
                self.points[-1] = self._view.world_at(position)
                self._view.update()
            return
        if not press.moved and (position - press.position).manhattanLength() >= CLICK_PIXELS:
            press.moved = True
        if press.moved and press.drag is not None:
            press.drag(event, press)
        press.last = position

    def release(self, event: QMouseEvent) -> None:
        """End the gesture of this button."""
        press = self._press
        if press is None or event.button() != press.button:
            return
        self._press = None
        if press.release is not None:
            press.release(press)
        before, self._window_before = self._window_before, None
        after = self._view.display_window
        if before is not None and before != after:
            self._view.window_committed.emit(before, after)
        self._view.refresh_cursor()

    def _forget_press(self) -> None:
        # The release went elsewhere (a dialog opened, the window was taken away): end as if nothing more had happened.
        self._press = None
        self._window_before = None
        self.region = None
        self.edited = self.edited_before = None

    @property
    def dragging(self) -> bool:
        """Whether a button is held."""
        return self._press is not None

    @property
    def panning(self) -> bool:
        """Whether the picture is being moved."""
        return self._press is not None and self._press.drag == self._pan

    @property
    def busy(self) -> bool:
        """Whether a measurement is being drawn or edited, or a region for its window."""
        return self.creating is not None or self.edited is not None or self.region is not None

    def unfinished(self, height_mm: float | None) -> Measurement | None:
        """Return the measurement being drawn, once it has all its points, as it would be now."""
        if self.creating is None or len(self.points) < POINT_COUNTS[self.creating]:
            return None
        return Measurement("unfinished", self.creating, tuple(self.points), height_mm)

    def cancel(self) -> bool:
        """Give up the measurement being drawn or edited; tell whether there was one."""
        if self.region is not None:
            self.region = None
        elif self.creating is not None:
            self.creating = None
            self.points = []
        elif self.edited is not None:
            self.edited = self.edited_before = None
        else:
            return False
        if self._press is not None:
            self._press.drag = self._press.release = None
        self._view.update()
        return True

    # -- drags ------------------------------------------------------------------------------------------------------

    def _pan(self, event: QMouseEvent, press: _Press) -> None:
        delta = event.position() - press.last
        self._view.navigate(self._view.transform.panned(delta.x(), delta.y()))

    def _zoom(self, event: QMouseEvent, press: _Press) -> None:
        dy = press.last.y() - event.position().y()
        self._view.navigate(self._view.transform.zoomed_about(press.world, math.exp(dy / ZOOM_PIXELS)))

    def _window(self, event: QMouseEvent, press: _Press) -> None:
        view = self._view
        delta = event.position() - press.last
        speed = FAST if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
        # "Down is brighter" is about what is seen, so an inverted display turns the centre's direction round.
        down = view.brighter_down != view.inverted
        window = dragged(view.display_window, speed * delta.x(), speed * delta.y(), brighter_down=down)
        view.set_window(window)
        view.window_changed.emit(window)

    def _drag_region(self, event: QMouseEvent, press: _Press) -> None:
        self.region = (press.world, self._view.world_at(event.position()))
        self._view.update()

    def _region_released(self, press: _Press) -> None:
        region, self.region = self.region, None
        if region is None:
            self._click(press)
            return
        self._view.update()
        self._view.region_chosen.emit(bounding_rect(region))

    def _scroll(self, event: QMouseEvent, press: _Press) -> None:
        self._scroll_rest += (press.last.y() - event.position().y()) / SCROLL_PIXELS
        steps = math.trunc(self._scroll_rest)
        if steps:
            self._scroll_rest -= steps
            self._view.height_step_wanted.emit(float(steps))

    def _ruler(self, event: QMouseEvent, _press: _Press) -> None:
        ruler = self._view.ruler()
        if ruler is not None:
            self._view.height_wanted.emit(ruler.height_at(event.position().y()))

    # -- measurements -----------------------------------------------------------------------------------------------

    def _draw(self, event: QMouseEvent, _press: _Press) -> None:
        self.points[-1] = self._view.world_at(event.position())
        self._view.update()

    def _released_while_drawing(self, press: _Press) -> None:
        # A drag draws the first stretch; a click leaves it hanging on the pointer until the next click.
        if press.moved:
            self._place_next()

    def _place_point(self, press: _Press) -> None:
        self.points[-1] = press.world
        press.drag = self._draw
        press.release = lambda _press: self._place_next()

    def _place_next(self) -> None:
        if self.creating is None:
            return
        if math.dist(self.points[-1], self.points[-2]) * self._view.transform.pixels_per_mm < 2:
            return  # no extent yet: wait for the next click
        if len(self.points) < POINT_COUNTS[self.creating]:
            self.points.append(self.points[-1])
            self._view.update()
            return
        measurement = Measurement.new(self.creating, self.points, self._view.plane_height)
        self.creating = None
        self.points = []
        self._view.add_measurement(measurement)

    def _move_handle(self, handle: int) -> Callable[[QMouseEvent, _Press], None]:
        def drag(event: QMouseEvent, press: _Press) -> None:
            if self.edited_before is not None:
                world = self._view.world_at(event.position())
                # The handle keeps its distance from the pointer, so that taking hold of it does not move it.
                from_press = (world[0] - press.world[0], world[1] - press.world[1])
                x, y = handles(self.edited_before)[handle]
                self.edited = moved_handle(self.edited_before, handle, (x + from_press[0], y + from_press[1]))
                self._view.update()

        return drag

    def _move_whole(self, event: QMouseEvent, press: _Press) -> None:
        if self.edited_before is not None:
            world = self._view.world_at(event.position())
            self.edited = moved(self.edited_before, world[0] - press.world[0], world[1] - press.world[1])
            self._view.update()

    def _finish_edit(self, _press: _Press) -> None:
        before, after = self.edited_before, self.edited
        self.edited = self.edited_before = None
        if before is not None and after is not None and before != after:
            self._view.change_measurement(before, after)

    # -- clicks -----------------------------------------------------------------------------------------------------

    def _click(self, press: _Press) -> None:
        if press.moved:
            return
        hit = self._view.measurement_state().hit(press.position.x(), press.position.y())
        self._view.select_measurement(hit[0].id if hit is not None else "")
        if hit is None and self._view.info is not None:
            self._view.point_clicked.emit(*press.world)

    def _menu(self, press: _Press) -> None:
        if not press.moved:
            self._view.context_menu_wanted.emit(self._view.mapToGlobal(press.position.toPoint()))

    # -- wheel ------------------------------------------------------------------------------------------------------

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll by whole steps, zoom or change the thickness; small touchpad movements add up to steps."""
        delta: QPoint = event.angleDelta()
        # With Alt (and with Shift on some systems) Qt reports the wheel as horizontal.
        notches = (delta.y() or delta.x()) / 120.0
        modifiers = event.modifiers()
        view = self._view
        if notches == 0 or view.info is None:
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            point = view.world_at(event.position())
            view.navigate(view.transform.zoomed_about(point, WHEEL_ZOOM**notches))
            return
        kind = modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
        key = (kind, notches > 0)
        if key != self._wheel_key:
            self._wheel_key = key
            self._wheel_rest = 0.0
        self._wheel_rest += notches
        steps = math.trunc(self._wheel_rest + math.copysign(1e-9, self._wheel_rest))
        if not steps:
            return
        self._wheel_rest -= steps
        if modifiers & Qt.KeyboardModifier.AltModifier:
            view.thickness_step_wanted.emit(float(steps))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            view.height_step_wanted.emit(5.0 * steps)
        else:
            view.height_step_wanted.emit(float(steps))
