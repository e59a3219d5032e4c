"""The worklist: studies in watched folders, and those that arrive."""

from __future__ import annotations

from app.window.handlers.group import Group


class WorklistHandlers(Group):
    """The worklist: studies in watched folders, and those that arrive."""

    def _do_worklist(self) -> None:
        self._window.worklist.show_page()

    def _do_read_and_next(self) -> None:
        self._window.worklist.opener.read_and_next()
