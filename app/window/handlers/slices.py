"""Heights, thickness, cine, computing."""

from __future__ import annotations

from collections.abc import Callable

from app.window.handlers.group import Group


class SliceHandlers(Group):
    """Heights, thickness, cine, computing."""

    def _do_height_up(self) -> None:
        self._step(1)

    def _do_height_down(self) -> None:
        self._step(-1)

    def _do_height_up_5(self) -> None:
        self._step(5)

    def _do_height_down_5(self) -> None:
        self._step(-5)

    def _do_height_first(self) -> None:
        self._go(lambda reconstruction: reconstruction.low_mm)

    def _do_height_last(self) -> None:
        self._go(lambda reconstruction: reconstruction.high_mm)

    def _step(self, steps: int) -> None:
        uid = self._window.session.stack_on_screen()
        if uid is not None:
            self._window.session.step_height(uid, steps)

    def _go(self, end: Callable[..., float]) -> None:
        session = self._window.session
        uid = session.stack_on_screen()
        reconstruction = session.reading.of(uid).reconstruction if uid is not None else None
        if uid is not None and reconstruction is not None:
            session.set_height(uid, end(reconstruction))

    def _do_thicker(self) -> None:
        self._thickness(1)

    def _do_thinner(self) -> None:
        self._thickness(-1)

    def _thickness(self, steps: int) -> None:
        pane = self._window.slices_pane()
        if pane is not None:
            pane.step_thickness(steps)

    def _do_play(self, play: bool) -> None:
        self._window.set_playing(play)

    def _do_compute(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.compute(uid)

    def _do_stop_computing(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.stop_and_keep(uid)

    def _do_views(self) -> None:
        self._window.docks.show("views")

    def _do_cancel_reconstruction(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.cancel(uid)
