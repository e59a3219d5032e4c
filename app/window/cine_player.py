"""Plays cine: a timer asks where playing stands by the wall clock and sets the height."""

from __future__ import annotations

import math
import time
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.cine import Cine, RateMeter
from app.session import Session

TICK_MS = 8


class CinePlayer(QObject):
    """Goes through the heights of one picture.

    Signals
    -------
    playing_changed(bool)
    rate_changed(float)
        Pictures per second that reached the screen.
    pace_changed(float)
        Milliseconds for a frame while playing; infinite when cine stops.
    """

    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    pace_changed = Signal(float)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._meter = RateMeter()
        self._last_report = 0.0
        self._uid = ""
        self._started = 0.0
        self._start_frame = 0
        self._frame = -1
        self._shown_mm = math.nan
        self.cine = Cine(0.0, 1.0, 1.0, 10.0)
        """What is played, or will be."""

    @property
    def playing(self) -> bool:
        """Whether cine runs."""
        return self._timer.isActive()

    @property
    def uid(self) -> str:
        """The picture that is played."""
        return self._uid

    def play(self, uid: str) -> None:
        """Start at the height that is shown."""
        self._uid = uid
        self._meter.reset()
        self._restart(self.cine.nearest_frame(self._session.height(uid)))
        self._timer.start()
        self.pace_changed.emit(1000 / self.cine.fps)
        self.playing_changed.emit(True)

    def stop(self) -> None:
        """Stop where it is."""
        if self.playing:
            self._timer.stop()
            self.pace_changed.emit(math.inf)
            self.playing_changed.emit(False)
            self.rate_changed.emit(0.0)

    def change(self, **values: object) -> None:
        """Change range, interval, speed or direction; a running cine goes on from where it is."""
        cine = replace(self.cine, **values)  # type: ignore[arg-type]
        if cine == self.cine:
            return
        same_frames = (cine.low_mm, cine.high_mm, cine.interval_mm, cine.sweep) == (
            self.cine.low_mm,
            self.cine.high_mm,
            self.cine.interval_mm,
            self.cine.sweep,
        )
        self.cine = cine
        if self.playing:
            self.pace_changed.emit(1000 / cine.fps)
            self._restart(self._frame if same_frames else cine.nearest_frame(self._session.height(self._uid)))

    def picture_shown(self, height_mm: float) -> None:
        """Count a picture of the played source that reached the screen; its refinement is not another one."""
        if self.playing and height_mm != self._shown_mm:
            self._shown_mm = height_mm
            now = time.monotonic()
            rate = self._meter.count(now)
            if now - self._last_report > 0.25:
                self._last_report = now
                self.rate_changed.emit(rate)

    def _restart(self, frame: int) -> None:
        self._started = time.monotonic()
        self._start_frame = self._frame = frame

    def _tick(self) -> None:
        if self._uid not in self._session.pictures:
            self.stop()
            return
        frame = self.cine.frame_at(time.monotonic() - self._started, self._start_frame)
        if frame != self._frame:
            self._frame = frame
            self._session.set_height(self._uid, self.cine.height_mm(frame))
