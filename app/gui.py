"""Starting the window, and taking a picture of it without a screen."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recon.errors import BocageError
from recon.messages import said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.main_window import MainWindow

EXTRA_SETTLING_MS = 60
SWITCH_INTERVAL_S = 0.001
"""The GUI thread, which wants little but at once, waits at most so long for a thread that runs Python."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one `QApplication`, themed."""
    from PySide6.QtWidgets import QApplication

    from widgets.theme import apply_theme

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = QApplication(["bocage", *arguments])
    app.setApplicationName("Bocage")
    app.setApplicationDisplayName("Bocage")
    apply_theme(app)
    return app


def run_window(paths: Sequence[str | Path] = (), demo: bool = False) -> int:
    """Open the window and run until it is closed.

    Parameters
    ----------
    paths : sequence of path
        Studies to open.
    demo : bool
        Open the demonstration case.

    Returns
    -------
    int
        The exit status.
    """
    app = application()
    from PySide6.QtCore import QTimer

    from app.main_window import MainWindow

    window = MainWindow()
    window.show()

    def start() -> None:
        window.warm_up()
        if paths:
            window.open_paths([Path(path) for path in paths])
        elif demo:
            window.opening.open_demonstration()

    # The window is on screen before anything is opened.
    QTimer.singleShot(0, start)
    # Ctrl+C in the terminal closes the window properly: Python sees signals only while it runs, hence the timer.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    awake = QTimer()
    awake.timeout.connect(lambda: None)
    awake.start(300)
    return app.exec()


def screenshot(
    paths: Sequence[str | Path],
    file: str | Path,
    size: tuple[int, int] = (1600, 1000),
    *,
    height_mm: float | None = None,
    thickness_mm: float | None = None,
    demo: bool = False,
    timeout_s: float = 180.0,
    prepare: Callable[[MainWindow], None] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Open a study in the real main window, without a screen if there is none, and save what the window shows.

    Parameters
    ----------
    paths : sequence of path
    file : path
        PNG.
    size : (width, height)
        Of the window in pixels.
    height_mm, thickness_mm : float, optional
        The slice to show; the window's own choice if not given.
    prepare : callable(MainWindow), optional
        Called once everything is on screen; then it is waited for again.
    tell : callable(str)
        Told what goes on.

    Raises
    ------
    BocageError
        When the study does not open, with the window's own message, or it takes longer than `timeout_s`.
    """
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    from app.main_window import MainWindow
    from app.settings import SettingsStore

    store = SettingsStore.temporary()
    store.change(hints=False)
    window = MainWindow(store)
    try:
        window.resize(*size)
        window.show()
        tell("opening the study")
        if demo:
            window.opening.open_demonstration()
        else:
            window.open_paths([Path(path) for path in paths])
        wait_until_settled(window, timeout_s)
        if window.session.active_picture is None and not any(
            window.geometry_flow.page(pane.index) for pane in window.panes
        ):
            raise BocageError(window.messages.text or said("The study did not open; nothing is on screen."))
        uid = window.session.slices_on_screen()
        if uid is not None and thickness_mm is not None:
            window.session.set_reconstruction(uid, thickness_mm=thickness_mm)
        if uid is not None and height_mm is not None:
            window.session.set_height(uid, height_mm)
        if prepare is not None:
            prepare(window)
        wait_until_settled(window, timeout_s)
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not window.grab().save(str(path)):
            raise BocageError(said("{0}: the picture could not be written.", path))
        return path
    finally:
        window.close()
        window.deleteLater()
        process_events(0.02)


def wait_until_settled(window: MainWindow, timeout_s: float) -> None:
    """Run the event loop until everything on screen is there in full detail."""
    limit = time.monotonic() + timeout_s
    while time.monotonic() < limit:
        process_events(0.02)
        if window.settled:
            process_events(EXTRA_SETTLING_MS / 1000)
            if window.settled:
                return
    raise BocageError(said("The window was not ready after {0:.0f} seconds.", timeout_s))


def process_events(seconds: float) -> None:
    """Run the event loop for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(max(1, round(1000 * seconds)), loop.quit)
    loop.exec()
