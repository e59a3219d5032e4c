"""All measurements in one table."""

from __future__ import annotations

from app.window.handlers.group import Group


class TableHandlers(Group):
    """All measurements in one table."""

    def _do_measurement_table(self) -> None:
        self._window.docks.show("measurements")
