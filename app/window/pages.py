"""The pages of a window: each in a window of its own, made when it is wanted first, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.main_window import MainWindow

Maker = Callable[["MainWindow"], QWidget]
"""Makes a page, with the window as its parent."""


class Pages:
    """The pages of one window that were shown, by their names."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._made: dict[str, QWidget] = {}
        self._makers: dict[str, Maker] = {}

    def __getitem__(self, name: str) -> QWidget:
        return self._made[name]

    def show(self, name: str, make: Maker) -> QWidget:
        """Show a page; it is made if it was not shown before, and brought up to date (``refresh``) if it was closed."""
        if name not in self._made:
            self._makers[name] = make
            self._made[name] = make(self._window)
        page = self._made[name]
        if hasattr(page, "refresh") and not page.isVisible():
            page.refresh()
        page.show()
        page.raise_()
        page.activateWindow()
        return page

    def close(self) -> dict[str, QByteArray]:
        """Close and forget all; where those that were visible stood, by their names."""
        places = {name: page.saveGeometry() for name, page in self._made.items() if page.isVisible()}
        for page in self._made.values():
            page.close()
            page.deleteLater()
        self._made.clear()
        return places

    def reopen(self, places: dict[str, QByteArray]) -> None:
        """Make pages anew and put them where they stood (`close`)."""
        for name, place in places.items():
            self.show(name, self._makers[name]).restoreGeometry(place)
