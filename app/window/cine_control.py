"""Binds the cine bar to what is played: the slices or the views of a sweep in the active viewport."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.session import Picture
from app.settings import Settings
from widgets.cine_bar import CineBar
from widgets.translation import mark, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

NO_STACK = mark("There are no slices on screen. Open projections or a stored volume.")


class CineControl(QObject):
    """Shows range, rate and mode of one picture and passes on what is wanted."""

    def __init__(self, window: MainWindow, bar: CineBar) -> None:
        super().__init__(bar)
        self._window, self._session, self._cine, self._bar = window, window.session, window.cine, bar
        self._uid: str | None = None
        cine, connect = window.cine, window.chrome.connect
        bar.play_toggled.connect(window.set_playing)
        bar.mode_changed.connect(self.set_mode)
        bar.every_frame_changed.connect(self.set_every_frame)
        bar.fps_changed.connect(self.set_fps)
        bar.range_changed.connect(lambda low, high: cine.change(low_mm=low, high_mm=high))
        bar.position_changed.connect(self._scrub)
        bar.first_wanted.connect(window.action_set["height_first"].trigger)
        bar.last_wanted.connect(window.action_set["height_last"].trigger)
        connect(cine.playing_changed, bar.set_playing)
        connect(cine.rate_changed, lambda rate: bar.set_achieved(rate if cine.playing and rate > 0 else None))
        connect(window.session.height_changed, self._height_changed)

    @property
    def uid(self) -> str | None:
        """The picture that the bar speaks of."""
        return self._uid

    def apply_settings(self, settings: Settings) -> None:
        """Take over what pictures start with."""
        self._cine.set_default(fps=settings.cine_fps, mode=settings.cine_mode, every_frame=settings.cine_every_frame)
        self._show()

    def refresh(self) -> None:
        """Let cine go through what is scrolled: the slices, or the views of a sweep."""
        bar, cine, session = self._bar, self._cine, self._session
        uid = session.stack_on_screen()
        picture = session.pictures.get(uid) if uid is not None else None
        reconstruction = session.reading.of(uid).reconstruction if uid is not None else None
        if uid is None or picture is None or reconstruction is None:
            self._uid = None
            bar.set_enabled_reason(tr(NO_STACK))
            cine.stop()
            cine.show("")
            return
        another, self._uid = uid != self._uid, uid
        cine.show(uid)
        bar.set_enabled_reason("")
        bar.set_numbered(picture.is_numbered, picture.kind == "cine")
        bar.set_interval(reconstruction.interval_mm)
        limits = (reconstruction.low_mm, reconstruction.high_mm)
        if uid not in cine.limits:
            self._start(picture)
        if cine.limits.get(uid) != limits:
            cine.limits[uid] = limits
            cine.change(low_mm=limits[0], high_mm=limits[1])
            another = True
        cine.change(interval_mm=reconstruction.interval_mm)
        if another:
            bar.set_limits(*limits)
            bar.set_playing(cine.playing)
            bar.set_achieved(None)
            self._show()
        bar.set_position(session.height(uid))

    def _start(self, picture: Picture) -> None:
        """What the file says of its playing comes before the settings."""
        rate = float(getattr(picture.header, "frame_rate", 0.0))
        playback = str(getattr(picture.header, "playback", ""))
        if rate > 0:
            self._cine.change(fps=min(max(round(rate), 1.0), 60.0))
        if playback:
            self._cine.change(mode=playback)

    def _show(self) -> None:
        cine = self._cine.cine
        self._bar.set_fps(round(cine.fps))
        self._bar.set_mode(cine.mode)
        self._bar.set_every_frame(cine.every_frame)
        if self._uid is not None:
            self._bar.set_range(cine.low_mm, cine.high_mm)

    def set_mode(self, mode: str) -> None:
        """Go on in another way, from now on for pictures not played yet too."""
        self._cine.change(mode=mode)
        self._window.settings.change(cine_mode=mode)
        self._cine.set_default(mode=mode)
        self._show()

    def set_every_frame(self, every: bool) -> None:
        """Show every frame, or keep the rate."""
        self._cine.change(every_frame=every)
        self._window.settings.change(cine_every_frame=every)
        self._cine.set_default(every_frame=every)
        self._show()

    def set_fps(self, fps: float) -> None:
        """Ask for another rate."""
        fps = min(max(float(fps), 1.0), 60.0)
        self._cine.change(fps=fps)
        self._window.settings.change(cine_fps=fps)
        self._cine.set_default(fps=fps)
        self._show()

    def set_range(self, low_mm: float, high_mm: float) -> None:
        """Play another range."""
        self._cine.change(low_mm=low_mm, high_mm=high_mm)
        self._show()

    def _scrub(self, height_mm: float) -> None:
        if self._uid is not None:
            self._cine.stop(self._uid)
            self._session.set_height(self._uid, height_mm)

    def _height_changed(self, uid: str) -> None:
        if uid == self._uid:
            self._bar.set_position(self._session.height(uid))
