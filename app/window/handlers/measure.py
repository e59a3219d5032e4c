"""Measuring and annotating: labels, copies, calibration."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from app.reading.scale import picture_scale
from app.session import Picture
from app.window.handlers.group import Group
from app.window.pane import Pane
from recon.messages import said
from widgets.measurements import MARKER, Measurement, Points, copied, moved, value_lines
from widgets.translation import tr

BESIDE_PIXELS = 16.0
"""A copy pasted where its original is lies this far beside it, logical pixels."""


class MeasureHandlers(Group):
    """Measuring and annotating: labels, copies, calibration."""

    _copied: tuple[Pane, Picture, Measurement] | None = None

    @property
    def has_copy(self) -> bool:
        """Whether a measurement was copied."""
        return self._copied is not None

    def _do_edit_label(self) -> None:
        self._window.active_pane.viewport.edit_label()

    # -- copies ----------------------------------------------------------------------------------------------------

    def _do_copy_measurement(self) -> None:
        pane = self._window.active_pane
        item, picture = pane.viewport.selected_measurement, pane.picture
        if item is None or picture is None or item.kind == MARKER:
            return
        self._copied = (pane, picture, item)
        height = item.height_mm if item.height_mm is not None else 0.0
        scale = picture_scale(picture, self._window.session.reading.of(picture.uid), height)
        lines = value_lines(item, scale, pane.viewport.statistics.get(item.id))
        QGuiApplication.clipboard().setText("\n".join(line for line in (item.label, *lines) if line))
        self._window.update_actions()

    def _do_paste_measurement(self) -> None:
        target = self._window.active_pane
        if self._copied is None or target.picture is None:
            return
        source, picture, item = self._copied
        view = target.viewport
        if target.picture.uid == picture.uid:
            pasted = self._on_slice(copied(item), target)
            if any(
                found.points_mm == item.points_mm and found.planes_mm == pasted.planes_mm for found in view.measurements
            ):
                beside = BESIDE_PIXELS / view.transform.pixels_per_mm
                (rx, ry), (dx, dy) = view.transform.right, view.transform.down
                pasted = moved(pasted, beside * (rx + dx), beside * (ry + dy))
        else:
            origin = source if source.picture is not None and source.picture.uid == picture.uid else None
            carried = self._carried(item, origin, target)
            if carried is None:
                self._window.tell_status(tr("That place does not lie in this picture."))
                return
            pasted = self._on_slice(carried, target)
        self._window.session.add_measurement(target.picture.uid, pasted)
        view.select_measurement(pasted.id)

    def _do_copy_to_viewports(self) -> None:
        window = self._window
        origin = window.active_pane
        item = origin.viewport.selected_measurement
        if item is None or origin.picture is None or item.kind == MARKER:
            return
        added: dict[str, tuple[Measurement, ...]] = {}
        for index in window.session.visible():
            pane = window.panes[index]
            if pane.picture is None or pane.picture.uid in (origin.picture.uid, *added):
                continue
            carried = self._carried(item, origin, pane)
            if carried is not None:
                added[pane.picture.uid] = (carried,)
        window.session.add_measurements(said("copies of a measurement"), added)
        window.tell_status(tr("Copied to other pictures: {0}.", len(added)))

    def _carried(self, item: Measurement, origin: Pane | None, target: Pane) -> Measurement | None:
        """A copy of a measurement at the same place and height in another pane; None outside what it knows of."""
        points: Points = item.points_mm
        if target.picture is None:
            return None
        if origin is not None:
            link = self._window.linker.link(origin, target)
            if link is None:
                return None
            found = [link.forward(point) for point in points]
            if any(point is None for point in found):
                return None
            points = tuple(point for point in found if point is not None)
        source = origin.picture if origin is not None else None
        if not target.picture.is_slices:
            return None if item.spec.spatial else self._on_slice(copied(item, points), target)
        if item.height_mm is None or source is None or not source.is_slices:
            return self._on_slice(copied(item, points), target)
        session = self._window.session
        there = session.reading.of(target.picture.uid).placement
        here = session.reading.of(source.uid).placement
        heights = [there.height_from_common(here.height_to_common(height)) for height in item.planes_mm]
        return replace(copied(item, points), height_mm=heights[0], heights_mm=tuple(heights) if item.heights_mm else ())

    def _on_slice(self, item: Measurement, target: Pane) -> Measurement:
        """The measurement on the slice that a pane shows; one in space keeps its depth."""
        height = target.viewport.plane_height
        if height is None:
            return replace(item, height_mm=None, heights_mm=())
        if item.spec.spatial:
            heights = item.heights_mm or (height,) * len(item.points_mm)
            return replace(item, height_mm=height, heights_mm=tuple(height + z - heights[0] for z in heights))
        return replace(item, height_mm=height)

    # -- calibration -----------------------------------------------------------------------------------------------

    def _do_calibrate_selected(self) -> None:
        pane = self._window.active_pane
        item = pane.viewport.selected_measurement
        if item is not None and pane.picture is not None:
            pane.calibrating.ask(across(item))

    def _do_remove_calibration(self) -> None:
        self._window.active_pane.calibrating.remove()


def across(item: Measurement) -> Points:
    """The line across a marker that a length or an ellipse was drawn over: of an ellipse, of its mean diameter."""
    (ax, ay), (bx, by) = item.points_mm[:2]
    if not item.spec.is_closed:
        return item.points_mm[:2]
    half, cx, cy = 0.25 * (abs(bx - ax) + abs(by - ay)), 0.5 * (ax + bx), 0.5 * (ay + by)
    return ((cx - half, cy), (cx + half, cy))
