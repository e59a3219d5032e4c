"""Plays cine: a timer asks what is due and sets the heights. Several pictures can play, each by itself or together."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.cine import Cine, RateMeter, Run
from app.session import Session

TICK_MS = 2
REPORT_S = 0.25


def _somewhere(_uid: str) -> set[int]:
    return {0}


def _alone(_uid: str) -> Sequence[str]:
    return ()


class CinePlayer(QObject):
    """Goes through the heights of pictures.

    What `change`, `cine`, `playing` and the signals speak of is the *current* picture (`show`), whose slices the
    controls act on. Range, rate and mode are kept for every picture.

    Parameters
    ----------
    session : Session

    Attributes
    ----------
    together : callable(uid) -> sequence of str
        The pictures that are played together with one.
    carried : callable(uid) -> sequence of str
        Those that follow its height anyway, and need no driving.
    places : callable(uid) -> set of int
        Where a picture is on screen: every frame waits until it was shown there.

    Signals
    -------
    playing_changed(bool)
    rate_changed(float)
        Pictures per second of the current picture that reached the screen.
    pace_changed(float)
        Milliseconds for the fastest frame while anything plays; infinite when all has stopped. 0 when every frame is
        played: each is shown in full detail.
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
        self._shown_mm = math.nan
        self._default = Cine(0.0, 1.0, 1.0, 10.0)
        self._cines: dict[str, Cine] = {}
        self._runs: dict[str, Run] = {}
        self.limits: dict[str, tuple[float, float]] = {}
        """The heights of each picture that its range was chosen within."""
        self._current = ""
        self._told = False
        self.together: Callable[[str], Sequence[str]] = _alone
        self.carried: Callable[[str], Sequence[str]] = _alone
        self.places: Callable[[str], set[int]] = _somewhere

    # -- what is played --------------------------------------------------------------------------------------------

    @property
    def uid(self) -> str:
        """The current picture."""
        return self._current

    @property
    def cine(self) -> Cine:
        """What is played of the current picture, or will be."""
        return self.cine_of(self._current)

    def cine_of(self, uid: str) -> Cine:
        """What is played of a picture, or will be."""
        return self._cines.get(uid, self._default)

    @property
    def playing(self) -> bool:
        """Whether the current picture plays."""
        return self.run_of(self._current) is not None

    def run_of(self, uid: str) -> Run | None:
        """What plays a picture now."""
        return next((run for run in self._runs.values() if uid in run.cines), None)

    def show(self, uid: str) -> None:
        """Make another picture the current one; what plays goes on."""
        if uid != self._current:
            self._current = uid
            self._meter.reset()
            self._shown_mm = math.nan
            self._tell()

    def change(self, uid: str | None = None, **values: object) -> None:
        """Change range, interval, speed or mode of a picture (None: the current one); what runs goes on from there."""
        uid = self._current if uid is None else uid
        before = self.cine_of(uid)
        cine = replace(before, **values)  # type: ignore[arg-type]
        self._cines[uid] = cine
        run = self.run_of(uid)
        if cine == before or run is None:
            return
        now = time.monotonic()
        if cine == replace(before, fps=cine.fps, every_frame=cine.every_frame):
            starts = {other: run.frame(other) for other in run.cines}
        else:
            starts = {other: run.frame(other) for other in run.cines}
            starts[uid] = cine.nearest_frame(self._session.height(uid))
        run.cines[uid] = cine
        run.started_s, run.starts, run.count = now, starts, 0
        self._tell_pace()

    def set_default(self, **values: object) -> None:
        """Change what pictures start with, and those that still have it."""
        old, self._default = self._default, replace(self._default, **values)  # type: ignore[arg-type]
        for uid, cine in list(self._cines.items()):
            same = {name: value for name, value in values.items() if getattr(cine, name) == getattr(old, name)}
            if same:
                self.change(uid, **same)

    # -- playing ---------------------------------------------------------------------------------------------------

    def play(self, uid: str) -> None:
        """Start a picture at the height that is shown, and those that are played together with it."""
        self.stop(uid)
        members = [uid, *(other for other in self.together(uid) if other != uid)]
        for other in members:
            self.stop(other)
        cines: dict[str, Cine] = {}
        following: set[str] = set()
        for other in members:
            if other not in following:
                cines[other] = self.cine_of(other)
                following |= set(self.carried(other))
        starts = {other: cine.first_frame(self._session.height(other)) for other, cine in cines.items()}
        self._runs[uid] = run = Run(cines, time.monotonic(), starts)
        self._meter.reset()
        self._move(run)
        self._timer.start()
        self._tell()
        self._tell_pace()

    def stop(self, uid: str | None = None) -> None:
        """Stop where it is: one picture with those that play together with it, or all (None)."""
        if uid is None:
            self._runs.clear()
        else:
            run = self.run_of(uid)
            if run is None:
                return
            del self._runs[run.leader]
        if not self._runs:
            self._timer.stop()
        self._tell()
        self._tell_pace()

    def picture_shown(self, index: int, uid: str, height_mm: float) -> None:
        """Count a picture that reached the screen in a place; its refinement is not another one."""
        for run in self._runs.values():
            run.waiting.discard(index)
        if uid == self._current and self.playing and height_mm != self._shown_mm:
            self._shown_mm = height_mm
            now = time.monotonic()
            rate = self._meter.count(now)
            if now - self._last_report > REPORT_S:
                self._last_report = now
                self.rate_changed.emit(rate)

    def upcoming_mm(self, uid: str, taken_ms: float) -> float | None:
        """The height that is shown of a picture next; None while it does not play, or when it is too late for that.

        Parameters
        ----------
        taken_ms : float
            How long a picture takes to compute: where the rate cannot be kept, frames are left out, and nobody knows
            which.
        """
        for run in self._runs.values():
            moving = {other: None for each in run.cines for other in (each, *self.carried(each))}
            views = sum(len(self.places(other)) for other in moving)
            if uid not in moving or not run.keeps_up(time.monotonic(), views * taken_ms / 1000):
                continue
            for other, cine in run.cines.items():
                if uid == other or uid in self.carried(other):
                    # What follows another keeps its distance from it.
                    apart = self._session.height(uid) - self._session.height(other)
                    return cine.height_mm(run.frame(other) + 1) + apart
        return None

    def _tick(self) -> None:
        now = time.monotonic()
        for leader, run in list(self._runs.items()):
            if any(uid not in self._session.pictures for uid in run.cines):
                self.stop(leader)
                continue
            if run.due(now):
                if not any(self.places(uid) for uid in run.cines):
                    self.stop(leader)  # nobody looks
                    continue
                self._move(run)
                if run.ended:
                    self.stop(leader)

    def _move(self, run: Run) -> None:
        heights = run.heights_mm()
        if run.cine.every_frame:
            for uid, height in heights.items():
                if height != self._session.height(uid):
                    for other in (uid, *self.carried(uid)):
                        run.waiting |= self.places(other)
        for uid, height in heights.items():
            self._session.set_height(uid, height)

    def _tell(self) -> None:
        if self.playing != self._told:
            self._told = self.playing
            self.playing_changed.emit(self._told)
            if not self._told:
                self.rate_changed.emit(0.0)

    def _tell_pace(self) -> None:
        runs = [run.cine for run in self._runs.values()]
        if not runs:
            self.pace_changed.emit(math.inf)
        elif any(cine.every_frame for cine in runs):
            self.pace_changed.emit(0.0)
        else:
            self.pace_changed.emit(1000 / max(cine.fps for cine in runs))
