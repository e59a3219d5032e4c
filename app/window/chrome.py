"""What surrounds the viewports and is built anew when the language changes: docks, menus, palette, pages.

Nothing of it knows more than the session does, so nothing is lost. It must leave no trace, however: what listens to
the session, to opening, to cine or to anything else that outlives it is connected with `Chrome.connect`. What stays,
and shows texts, is an attribute of the window with a method `retranslate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtWidgets import QDockWidget, QMenu

from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Chrome:
    """The parts of a window that come and go together, and what ties them to the parts that stay."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._tied: list[QMetaObject.Connection] = []
        self._parts: list[QObject] = []
        self._leaving: list[Callable[[], object]] = []

    def connect(self, signal: Any, slot: Callable[..., object]) -> None:
        """Call `slot` at a signal of something that stays, until these parts go."""
        self._tied.append(signal.connect(slot))

    def when_dropped(self, function: Callable[[], object]) -> None:
        """Have something done before these parts go: work in the background must not come back to them."""
        self._leaving.append(function)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Whatever of ours becomes the window's child meanwhile is a part; what Qt makes for itself is not."""
        before = self._window.children()
        yield
        new = (child for child in self._window.children() if child not in before)
        self._parts += [child for child in new if isinstance(child, QDockWidget | QMenu) or _is_ours(child)]

    def drop(self) -> None:
        """Let the parts go."""
        for function in self._leaving:
            function()
        for connection in self._tied:
            QObject.disconnect(connection)
        for part in self._parts:
            if isinstance(part, QDockWidget):
                self._window.removeDockWidget(part)
            part.setParent(None)
            part.deleteLater()
        self._leaving, self._tied, self._parts = [], [], []

    def rebuild(self) -> None:
        """Show everything in the language in use. State lives in the session; work in the background goes on."""
        window = self._window
        state, kept = window.saveState(), window.docks.kept()
        pages = window.pages.close()
        self.drop()
        window.toolbar.setWindowTitle(tr("Toolbar"))
        window.build_chrome()
        window.docks.restore(kept)
        for part in (*window.panes, *vars(window).values()):
            if hasattr(part, "retranslate"):
                part.retranslate()
        window.comparisons.retranslate()
        window.restoreState(state)
        window.displays.changed.emit()
        window.apply_settings()
        window.arrange()
        window.pages.reopen(pages)
        window.active_pane.viewport.setFocus()


def _is_ours(child: QObject) -> bool:
    return not type(child).__module__.startswith("PySide6")
