"""The numbers of the acquisition."""

from __future__ import annotations

from app.window.geometry_dock import BY_FILE, stated_by_file, sweep_of
from app.window.handlers.group import Group
from widgets.translation import tr


class GeometryHandlers(Group):
    """The numbers of the acquisition."""

    def _do_geometry(self) -> None:
        self._window.geometry_flow.ask_again()

    def _do_geometry_numbers(self) -> None:
        self._window.docks.show("geometry")

    def _do_geometry_reverse(self) -> None:
        picture = sweep_of(self._window)
        if picture is not None and stated_by_file(picture):
            self._window.tell_status(tr(BY_FILE))
        else:
            self._window.docks.geometry.reverse()

    def _do_geometry_save(self) -> None:
        self._window.docks.geometry.ask_where_to_save()
