"""The status bar: what was computed how fast, what goes on in the background, and what was assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton

from app.session import SYNTHETIC_SUFFIX, Busy
from app.window.pane import Pane
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow


DELAY_MS = 250
"""Work shorter than this is not announced."""


@dataclass(frozen=True)
class Work:
    """Something that goes on in the background.

    Attributes
    ----------
    text : str
    fraction : float or None
        Done; None where that is not known.
    cancel : callable or None
        Stops it.
    """

    text: str
    fraction: float | None = None
    cancel: Callable[[], object] | None = None


class Status:
    """Fills a window's status bar.

    Of several pieces of work the one that began last stands in front; a click on it brings the next to the front.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        bar = window.statusBar()
        self._works: dict[str, Work] = {}
        self._work = QToolButton()
        self._work.setAutoRaise(True)
        self._work.clicked.connect(self._next)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(160)
        self._progress.setMaximumHeight(12)
        self._progress.setTextVisible(False)
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self._cancel_pressed)
        self._delay = QTimer(window, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(lambda: self._set_visible(True))
        self._time = QLabel()
        self._memory = QLabel()
        window.memory.changed.connect(self._show_memory)
        for widget in (self._work, self._progress, self._cancel):
            bar.addWidget(widget)
            widget.hide()
        self._display = QToolButton()
        self._display.setAutoRaise(True)
        self._display.clicked.connect(self._display_pressed)
        self._display.hide()
        self.display: Callable[[], tuple[str, str]] = lambda: ("", "")
        """What is said of the monitor, and its tooltip; empty: nothing to say."""
        self.display_wanted: Callable[[], object] = lambda: None
        """Called when the words about the monitor are clicked."""
        bar.addPermanentWidget(self._display)
        bar.addPermanentWidget(self._time)
        bar.addPermanentWidget(self._memory)
        self._shown: tuple[float, Pane] | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self._cancel.setText(tr("Cancel"))
        self._time.setToolTip(tr("How long the last slice took to compute, and its size"))
        self._write()
        if self._shown is not None:
            self.show_time(*self._shown)
        self._show_memory()
        self.show_display()

    def _show_memory(self) -> None:
        memory = self._window.memory
        self._memory.setText(tr("Memory {0} of {1} GB", f"{memory.used / 1e9:.1f}", f"{memory.budget / 1e9:.0f}"))
        self._memory.setToolTip(tr("Memory that the pictures take, and the budget (Edit ▸ Preferences)"))

    def show_opening(self, busy: Busy | None) -> None:
        """Show how far searching a folder or making the demonstration case is."""
        self.show("opening", Work(busy.text, busy.fraction, self._window.opening.cancel) if busy is not None else None)

    def show_busy(self, uid: str) -> None:
        """Show loading or filtering of a picture, which can be cancelled here."""
        session, opening = self._window.session, self._window.opening
        busy, cancel = session.busy(uid), opening.cancel_loading
        if uid in session.pictures:
            cancel = session.follower.cancel
        if uid.endswith(SYNTHETIC_SUFFIX):
            cancel = self._window.synthetic.cancel
        self.show(f"picture:{uid}", Work(busy.text, busy.fraction, partial(cancel, uid)) if busy is not None else None)

    def show(self, key: str, work: Work | None) -> None:
        """Show a piece of work, by a key of its own, with its progress and a button to stop it (None: it has ended)."""
        if work is None:
            self._works.pop(key, None)
        else:
            self._works[key] = work
        if not self._works:
            self._delay.stop()
            self._set_visible(False)
        elif self._work.isHidden() and not self._delay.isActive():
            self._delay.start()
        self._write()

    def _front(self) -> Work | None:
        return next(reversed(self._works.values()), None)

    def _write(self) -> None:
        front = self._front()
        if front is None:
            self._work.setText("")
            self._work.setToolTip("")
            return
        more = len(self._works) - 1
        text = shown(front.text)
        self._work.setText(tr("{0}  (+ {1} more)", text, more) if more else text)
        tips = [shown(work.text) for work in reversed(self._works.values())]
        self._work.setToolTip("\n".join([*tips, tr("Click for the next.")]) if more else "")
        self._progress.setRange(0, 0 if front.fraction is None else 1000)
        self._progress.setValue(round(1000 * (front.fraction or 0.0)))
        if not self._work.isHidden():
            self._cancel.setVisible(front.cancel is not None)

    def _next(self) -> None:
        """Bring the piece of work to the front that has waited longest."""
        if len(self._works) > 1:
            key = next(reversed(self._works))
            self._works = {key: self._works.pop(key), **self._works}
            self._write()

    def _set_visible(self, visible: bool) -> None:
        front = self._front()
        self._work.setVisible(visible)
        self._progress.setVisible(visible)
        self._cancel.setVisible(visible and front is not None and front.cancel is not None)

    def show_time(self, taken_ms: float, pane: Pane) -> None:
        """Show how long a slab took."""
        slab = pane.viewport.slab
        if slab is not None:
            self._shown = (taken_ms, pane)
            rows, columns = slab.pixels.shape
            self._time.setText(tr("{0} × {1} pixels in {2:.0f} ms", columns, rows, taken_ms))

    def show_display(self) -> None:
        """Say quietly what `display` says of the monitor: that pictures go to it without a calibration."""
        text, tip = self.display()
        self._display.setStyleSheet(f"QToolButton {{ color: {COLOURS.text_dim}; border: none; padding: 0 6px; }}")
        self._display.setText(text)
        self._display.setToolTip(f"{tip}\n{tr('Click to calibrate.')}" if text else "")
        self._display.setVisible(bool(text))

    def _display_pressed(self) -> None:
        self.display_wanted()

    @property
    def display_text(self) -> str:
        """What the bar says about the monitor."""
        return self._display.text()

    @property
    def text(self) -> str:
        """What the bar says about background work."""
        return self._work.text() if self._works else ""

    def _cancel_pressed(self) -> None:
        front = self._front()
        if front is not None and front.cancel is not None:
            front.cancel()
