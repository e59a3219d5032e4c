"""Brings pictures to the monitors that they lie on: through each one's calibration, with the size of its pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.display.monitors import FILE_NAME, DisplayStore, Presentation, presentation_of
from app.display.screens import identity, screen_of
from app.window.pane import Pane
from recon.messages import joined
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

SETTLING_MS = 60
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Show,
    QEvent.Type.Resize,
    QEvent.Type.ParentChange,
    QEvent.Type.WindowStateChange,
    QEvent.Type.DevicePixelRatioChange,
)


class Displays(QObject):
    """Keeps viewports in step with their monitors.

    Parameters
    ----------
    window : MainWindow
        With its settings, panes, handlers, messages and status bar.
    today : callable returning date
    """

    changed = Signal()
    """A viewport lies on another monitor, or something became known of one."""

    def __init__(self, window: MainWindow, today: Callable[[], date] = date.today) -> None:
        super().__init__(window)
        self.store = DisplayStore(window.settings.path.parent / FILE_NAME)
        self._panes: Sequence[Pane] = window.panes
        self._today = today
        self._shown: dict[int, Presentation] = {}
        self._timer = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._timer.timeout.connect(self.refresh)
        for pane in self._panes:
            pane.installEventFilter(self)
        window.status.display = self.status
        window.status.display_wanted = window.handlers.display.calibrate
        self.changed.connect(window.status.show_display)
        if self.store.problem:
            window.messages.tell(self.store.problem)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._timer.start)
            application.screenRemoved.connect(self._timer.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when a viewport or its window moved."""
        if event.type() in _MOVES:
            self._timer.start()
            if isinstance(watched, QWidget) and watched.window() is not watched:
                window = watched.window()
                # Installed once more, it is only moved to the front.
                window.installEventFilter(self)
        return False

    def refresh(self) -> None:
        """Let every visible viewport follow the monitor that it lies on."""
        today = self._today()
        found: dict[int, Presentation] = {}
        for pane in self._panes:
            if pane.isVisible():
                found[pane.index] = presentation_of(self.store, identity(screen_of(pane)), today)
        if found == self._shown:
            return
        for pane in self._panes:
            if pane.index in found:
                pane.set_presentation(found[pane.index])
        self._shown = found
        self.changed.emit()

    def status(self) -> tuple[str, str]:
        """What the status bar says of the monitors on screen, and its tooltip; empty when all is well."""
        lines = []
        bare = {each.monitor.title for each in self._shown.values() if each.table is None}
        old = {each.monitor.title for each in self._shown.values() if each.old}
        if bare:
            names = joined(sorted(bare), ", ")
            lines.append(tr("Pictures on {0} are shown as they are: its greys were not measured.", names))
        if old:
            names = joined(sorted(old), ", ")
            lines.append(tr("The calibration of {0} is more than a year old; monitors darken.", names))
        text = tr("Display not calibrated") if bare else tr("Display calibration is old") if old else ""
        return text, "\n".join(lines)
