"""Points, and pictures made of the projections."""

from __future__ import annotations

from app.session import SYNTHETIC_SUFFIX, VIEWS_SUFFIX
from app.window.handlers.group import Group
from recon.messages import said


class PointHandlers(Group):
    """Points, and pictures made of the projections."""

    def _do_find_in_depth(self) -> None:
        pane = self._window.active_pane
        point = pane.viewport.menu_point if pane.viewport.menu_point is not None else pane.pointer
        pane.viewport.menu_point = None
        if point is not None:
            self._window.points.take(pane.index, point)
        else:
            self._window.tell_status(said("Point at a place in a picture first."))

    def _do_remove_pin(self) -> None:
        self._window.points.clear()

    def _do_hang_views(self) -> None:
        self._hang(VIEWS_SUFFIX)

    def _do_hang_synthetic(self) -> None:
        self._hang(SYNTHETIC_SUFFIX)

    def _hang(self, suffix: str) -> None:
        session = self._window.session
        uid = session.sweep_on_screen()
        if uid is not None:
            self._window.opening.show_series(uid + suffix, session.active)
