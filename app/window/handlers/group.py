"""What the files of handlers have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.main_window import MainWindow

Handler = Callable[..., None]


class Group:
    """Handlers of one subject. Each method `_do_<id>` handles the action with that id (see `app.actions`)."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def table(self) -> dict[str, Handler]:
        """The handlers of this group by the ids of their actions."""
        names = (name for name in dir(self) if name.startswith("_do_"))
        return {name.removeprefix("_do_"): getattr(self, name) for name in names}
