"""Keys, mouse, about."""

from __future__ import annotations

from app.window.handlers.group import Group


class HelpHandlers(Group):
    """Keys, mouse, about."""

    def _do_shortcuts(self) -> None:
        self._window.show_help()

    def _do_about(self) -> None:
        self._window.show_about()
