"""Giving a radiograph its scale by a marker of known size: the line, the question, the command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from app.reading.calibration import Calibration
from app.session import Picture, Session
from recon.errors import BocageError
from widgets.calibration_panel import CalibrationPanel
from widgets.measurements import KINDS, MARKER, Measurement, Point, value_text
from widgets.translation import tr

if TYPE_CHECKING:
    from app.window.pane import Pane

FIRST_MM = 25.4
"""What the question starts with: the common ball and disc of one inch."""

ASKED = "asked"
"""Id of the line whose size is asked for."""


class Calibrating(QObject):
    """The calibration of the picture in one pane."""

    def __init__(self, pane: Pane, session: Session) -> None:
        super().__init__(pane)
        self._pane = pane
        self._session = session
        self._last_mm = FIRST_MM
        self.panel: CalibrationPanel | None = None
        self._asked: tuple[Point, ...] = ()
        """The line whose size is asked for; it is seen meanwhile."""
        pane.viewport.marker_drawn.connect(lambda drawn: self.ask(drawn.points_mm))

    def marker(self) -> tuple[Measurement, ...]:
        """The marker as something that is drawn and edited like a measurement; nothing without a calibration."""
        if self._asked:
            return (Measurement(ASKED, KINDS["length"].name, self._asked),)
        picture = self._pane.picture
        found = self._session.reading.of(picture.uid).calibration if picture is not None else None
        return (Measurement(MARKER, MARKER, found.points_mm),) if found is not None else ()

    def ask(self, points: tuple[Point, ...]) -> None:
        """Ask for the true size of a line that was drawn across a marker."""
        self.close()
        picture, view = self._pane.picture, self._pane.viewport
        if picture is None:
            return
        if picture.is_slices:
            self._session.failed.emit(
                picture.uid, tr("Slices have a scale of their own: only radiographs are calibrated by a marker.")
            )
            return
        drawn = Measurement(MARKER, MARKER, points)
        known = self._session.reading.of(picture.uid).calibration
        x, y = view.transform.to_widget(points[-1], view.view_size)
        # In the picture's own scale, also where one marker already changed it.
        measured = value_text(replace(drawn, kind=KINDS["length"].name), view.scale)
        start = known.known_mm if known is not None else self._last_mm
        self.panel = CalibrationPanel(view, start, measured, QPoint(round(x) + 16, round(y) + 16))
        lines = self._session.reading.of(picture.uid).measurements
        self._asked = () if any(line.points_mm == points for line in lines) else points
        self._show()
        self.panel.accepted.connect(lambda size: self._take(picture, points, size))
        self.panel.dismissed.connect(self.close)

    def close(self) -> None:
        """Take the question away."""
        panel, self.panel = self.panel, None
        if panel is not None:
            self._asked = ()
            self._show()
            panel.hide()
            panel.deleteLater()
            self._pane.viewport.setFocus()

    def _show(self) -> None:
        picture = self._pane.picture
        if picture is not None:
            state = self._session.reading.of(picture.uid)
            self._pane.viewport.set_measurements((*state.measurements, *self.marker()))

    def redraw(self, marker: Measurement) -> None:
        """The line across the marker was moved: its known size stays."""
        picture = self._pane.picture
        known = self._session.reading.of(picture.uid).calibration if picture is not None else None
        if picture is not None and known is not None:
            self._take(picture, marker.points_mm, known.known_mm)

    def remove(self) -> None:
        """Take the calibration away."""
        if self._pane.picture is not None:
            self._session.set_calibration(self._pane.picture.uid, None)

    def _take(self, picture: Picture, points: tuple[Point, ...], known_mm: float) -> None:
        self.close()
        self._last_mm = known_mm
        try:
            found = Calibration.drawn(known_mm, points, picture.source.native_pixel_mm(0.0))
        except BocageError as error:
            self._session.failed.emit(picture.uid, str(error))
            return
        self._session.set_calibration(picture.uid, found)
