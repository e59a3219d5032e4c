"""Keys, mouse, about."""

from __future__ import annotations

from app.window.handlers.group import Group


class HelpHandlers(Group):
    """Keys, mouse, about."""

    def _do_shortcuts(self) -> None:
        self._window.show_help()

    def _do_palette(self) -> None:
        self._window.palette_box.open()

    def _do_edit_shortcuts(self) -> None:
        self._window.show_shortcuts()

    def _do_about(self) -> None:
        self._window.show_about()
