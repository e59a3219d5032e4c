"""How cine plays."""

from __future__ import annotations

from app.cine import MODES
from app.window.handlers.group import Group

RATES = (1, 2, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60)
"""Frames per second that the keys go through."""


class CineHandlers(Group):
    """How cine plays."""

    def _do_cine_every_frame(self, every: bool) -> None:
        self._window.docks.cine.set_every_frame(every)

    def _do_cine_mode(self) -> None:
        mode = self._window.cine.cine.mode
        self._window.docks.cine.set_mode(MODES[(MODES.index(mode) + 1) % len(MODES)])

    def _do_cine_faster(self) -> None:
        now = self._window.cine.cine.fps
        self._window.docks.cine.set_fps(next((rate for rate in RATES if rate > now + 0.5), RATES[-1]))

    def _do_cine_slower(self) -> None:
        now = self._window.cine.cine.fps
        self._window.docks.cine.set_fps(next((rate for rate in reversed(RATES) if rate < now - 0.5), RATES[0]))

    def _do_frame_next(self) -> None:
        self._step(1)

    def _do_frame_previous(self) -> None:
        self._step(-1)

    def _step(self, steps: int) -> None:
        uid = self._window.docks.cine.uid
        if uid is not None:
            self._window.cine.stop(uid)
            self._window.session.step_height(uid, steps)

    def _do_cine_from_here(self) -> None:
        uid, cine = self._window.docks.cine.uid, self._window.cine.cine
        if uid is not None:
            height = self._window.session.height(uid)
            self._window.docks.cine.set_range(height, max(height, cine.high_mm))

    def _do_cine_to_here(self) -> None:
        uid, cine = self._window.docks.cine.uid, self._window.cine.cine
        if uid is not None:
            height = self._window.session.height(uid)
            self._window.docks.cine.set_range(min(height, cine.low_mm), height)
