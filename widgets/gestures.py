"""What the mouse does in a viewport: one state machine for tools, navigation, the ruler and measurements."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from widgets.drawing import Drawing, first_step
from widgets.measurement_layer import HANDLE_RADIUS, Unfinished
from widgets.measurements import MEASURING, Kind, Measurement, Point, Points, copied, handles, moved, moved_handle
from widgets.translation import tr
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


@dataclass
class _Press:
    button: Qt.MouseButton
    position: QPointF
    last: QPointF
    world: Point
    drag: Callable[[QMouseEvent, _Press], None] | None = None
    moved: bool = False
    copies: bool = False
    release: Callable[[_Press], None] | None = None
    pins: bool = False
    """Whether a click marks the point: with Alt and any tool."""


class Gestures:
    """Turns mouse events into changes of a viewport. It keeps only what belongs to the gesture under way."""

    def __init__(self, viewport: Viewport) -> None:
        self._view = viewport
        self._press: _Press | None = None
        self._wheel_rest = 0.0
        self._wheel_key: object = None
        self._scroll_rest = 0.0
        self._window_before: Window | LutWindow | None = None
        self._over_before: Window | LutWindow | None = None
        self._layer = viewport.compared.under
        """The picture whose window is dragged."""
        self.drawing: Drawing | None = None
        """The measurement being drawn; its last point follows the pointer."""
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
        copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        press = _Press(button, position, position, world, copies=copies)
        press.pins = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
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
        if self.drawing is not None:
            self._press_while_drawing(press)
            return
        if press.pins and view.info is not None:
            press.release = self._click
            return
        ruler = view.ruler()
        if ruler is not None and ruler.contains(press.position.x(), press.position.y()):
            press.drag = self._ruler
            press.moved = True
            view.height_wanted.emit(ruler.height_at(press.position.y()))
            return
        if view.line_under(press.position):
            press.moved = True
            press.drag = lambda event, _press: view.move_line(event.position())
            return
        if self._take_hold(press):
            return
        if view.tool in MEASURING and view.info is not None:
            view.select_measurement("")
            if not self._can_draw(MEASURING[view.tool]):
                return
            pixel = 1.0 / view.transform.pixels_per_mm
            self.drawing = Drawing.started(MEASURING[view.tool], press.world, view.plane_height, pixel)
            press.drag = self._draw
            press.release = self._released_while_drawing
            return
        press.pins = view.tool is Tool.POINT and view.info is not None
        press.release = self._region_released if view.tool is Tool.REGION else self._click
        press.drag = {
            Tool.REGION: self._drag_region,
            Tool.WINDOW: self._window,
            Tool.PAN: self._pan,
            Tool.ZOOM: self._zoom,
            Tool.SCROLL: self._scroll,
        }.get(view.tool)
        self._layer = view.compared.layer_at(press.position.x(), press.position.y(), view.view_size)
        self._over_before = None
        if view.comparing and self._layer is not view.compared.under:
            self._over_before = self._layer.window
        else:
            self._layer = view.compared.under
            self._window_before = view.display_window
        self._scroll_rest = 0.0

    def _take_hold(self, press: _Press) -> bool:
        """Start to edit what lies under the pointer: a handle with any tool, the whole by its outline."""
        view = self._view
        state = view.measurement_state()
        x, y = press.position.x(), press.position.y()
        hit = state.hit(x, y)
        if hit is None:
            # A text without a drawing is taken by its words.
            worded = state.label_hit(x, y)
            if worded is None or not worded.spec.labelled or worded.spec.points != 1:
                return False
            measurement, handle = worded, None
        else:
            measurement, handle = hit
            movable = view.tool is Tool.POINT or view.tool in MEASURING or measurement.id == view.selected
            if handle is None and not movable:
                return False
        view.select_measurement(measurement.id, held=True)
        self.edited_before = self.edited = measurement
        press.drag = self._move_handle(handle) if handle is not None and not press.copies else self._move_whole
        press.release = self._finish_edit
        return True

    def move(self, event: QMouseEvent) -> None:
        """Continue the gesture under way."""
        press = self._press
        position = event.position()
        if press is None:
            self.follow(position)
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
        over = self._view.compared.over
        if self._over_before not in (None, self._layer.window) and self._layer is over:
            self._view.over_window_committed.emit(over.window)
        self._over_before = None
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
        return self.drawing is not None or self.edited is not None or self.region is not None

    def unfinished(self) -> Measurement | None:
        """Return the measurement being drawn, once it has all its points, as it would be now."""
        return self.drawing.shown(self._view.plane_height) if self.drawing is not None else None

    def unfinished_lines(self) -> Unfinished | None:
        """Return what is there of the measurement being drawn, while it lacks points."""
        drawing = self.drawing
        if drawing is None or len(drawing.points) >= drawing.kind.points:
            return None
        return Unfinished(drawing.kind, tuple(drawing.points))

    @property
    def step(self) -> str:
        """What to click next, in the user's language; "" where that is plain."""
        if self.drawing is not None:
            return self.drawing.step
        kind = MEASURING.get(self._view.tool)
        if kind is None or self.edited is not None:
            return ""
        return first_step(kind) if self._can_draw(kind) else tr("Distances in 3-D are measured on slices")

    def _can_draw(self, kind: Kind) -> bool:
        """Whether a kind is possible here: points in space need planes with heights."""
        return not kind.spatial or (self._view.plane_height is not None and not self._view.numbered)

    def cancel(self) -> bool:
        """Give up the measurement being drawn or edited; tell whether there was one."""
        if self.region is not None:
            self.region = None
        elif self.drawing is not None:
            self.drawing = None
        elif self.edited is not None:
            self.edited = self.edited_before = None
        else:
            return False
        if self._press is not None:
            self._press.drag = self._press.release = None
        self._view.update()
        return True

    def back(self) -> bool:
        """Take the last point of the measurement being drawn back; with none left, give it up."""
        if self.drawing is None:
            return False
        if not self.drawing.back():
            return self.cancel()
        self._view.update()
        return True

    def end(self) -> bool:
        """End an open-ended measurement here; tell whether one is being drawn."""
        if self.drawing is None:
            return False
        points = self.drawing.ended()
        if points is not None:
            self._finish(points)
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
        if self._over_before is not None:
            layer = self._layer
            down = view.brighter_down != layer.inverted
            changed = dragged(layer.window, speed * delta.x(), speed * delta.y(), brighter_down=down)
            if layer is view.compared.difference:  # no difference stays middle grey
                changed = replace(changed, centre=0.0)
            layer.set_window(changed)
            view.update()
            return
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

    def follow(self, position: QPointF) -> None:
        """Let the point that is not placed yet follow the pointer (also when the slice under it changes)."""
        if self.drawing is not None and not self.drawing.kind.freehand:
            self.drawing.follow(self._view.world_at(position), self._view.plane_height)
            self._view.update()

    def _draw(self, event: QMouseEvent, _press: _Press) -> None:
        if self.drawing is not None:
            self.drawing.follow(self._view.world_at(event.position()), self._view.plane_height)
            self._view.update()

    def _released_while_drawing(self, press: _Press) -> None:
        drawing = self.drawing
        if drawing is None:
            return
        if drawing.kind.freehand:
            points = drawing.ended()
            if points is not None and press.moved:
                self._finish(points)
            else:
                self.cancel()
        elif press.moved or (drawing.complete and drawing.kind.points == 1):
            # A drag draws the first stretch; a click leaves it hanging on the pointer until the next click.
            self._place_next()

    def _press_while_drawing(self, press: _Press) -> None:
        drawing = self.drawing
        if drawing is None:
            return
        if drawing.closes(press.world, HANDLE_RADIUS * drawing.pixel_mm):
            self.end()
            return
        drawing.follow(press.world, self._view.plane_height)
        press.drag = self._draw
        press.release = lambda _press: self._place_next()

    def _place_next(self) -> None:
        drawing = self.drawing
        if drawing is None or not drawing.placeable:
            return  # no extent yet: wait for the next click
        if drawing.complete:
            self._finish(None)
        else:
            drawing.place()
            self._view.update()

    def _finish(self, points: Points | None) -> None:
        drawing, self.drawing = self.drawing, None
        if drawing is not None:
            self._view.finish_drawing(drawing.measurement(points, self._view.plane_height))

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

    def _finish_edit(self, press: _Press) -> None:
        before, after = self.edited_before, self.edited
        self.edited = self.edited_before = None
        if before is None or after is None or before == after:
            return
        if press.copies:
            self._view.add_measurement(copied(after))
        else:
            self._view.change_measurement(before, after)

    # -- clicks -----------------------------------------------------------------------------------------------------

    def _click(self, press: _Press) -> None:
        if press.moved:
            return
        if press.pins:
            self._view.pin_wanted.emit(*press.world)
            return
        found = self._view.measurement_under(press.position)
        self._view.select_measurement(found.id if found is not None else "", held=True)
        if found is None and self._view.info is not None:
            self._view.point_clicked.emit(*press.world)

    def _menu(self, press: _Press) -> None:
        if not press.moved:
            self._view.menu_point = press.world
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
