"""A progress bar for the terminal, and Ctrl-C as cancellation."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from recon.progress import Progress

REDRAW_S = 0.1
LINE_S = 5.0


def printable(text: str) -> str:
    """Text from files and peers without what a terminal would take for commands."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


class Bar:
    """Draws progress on a terminal's last line; on anything else a line now and then.

    Parameters
    ----------
    stream : text stream
        Standard error, so that results can be piped.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._live = self._stream.isatty()
        self._lock = threading.Lock()
        self._last = -LINE_S if self._live else time.monotonic()
        self._drawn = False

    def __call__(self, fraction: float, text: str) -> None:
        """Show a fraction of 1 and what is being done; called from any thread."""
        with self._lock:
            now = time.monotonic()
            if now - self._last < (REDRAW_S if self._live else LINE_S):
                return
            self._last = now
            if self._live:
                self._stream.write("\r" + self._line(fraction, text) + "\x1b[K")
                self._drawn = True
            else:
                self._stream.write(f"{round(100 * fraction):3d} % {text}\n")
            self._stream.flush()

    def _line(self, fraction: float, text: str) -> str:
        width = shutil.get_terminal_size().columns - 1
        cells = max(10, min(30, width - 40))
        done = round(cells * fraction)
        return f"[{'█' * done}{'·' * (cells - done)}] {round(100 * fraction):3d} % {text}"[:width]

    def clear(self) -> None:
        """Remove the bar."""
        with self._lock:
            if self._drawn:
                self._stream.write("\r\x1b[K")
                self._stream.flush()
                self._drawn = False


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress shown on the terminal; Ctrl-C cancels it, a second Ctrl-C interrupts at once."""
    bar = Bar()
    progress = Progress(bar)

    def cancel(number: int, frame: FrameType | None) -> None:
        if progress.cancelled:
            signal.default_int_handler(number, frame)
        progress.cancel()

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, cancel) if main else None
    try:
        yield progress
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
        bar.clear()
