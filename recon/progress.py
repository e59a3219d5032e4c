"""Progress and cancellation, passed into long work by whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from recon.errors import Cancelled
from recon.messages import joined


class Progress:
    """Receives the done fraction of a piece of work and can stop it.

    Parameters
    ----------
    report : callable, optional
        Called as ``report(fraction, text)`` with ``0 <= fraction <= 1``, from the working thread.

    Notes
    -----
    ``step`` is the only call that work makes; it raises `Cancelled` after `cancel` was called from any thread.
    """

    def __init__(self, report: Callable[[float, str], None] | None = None) -> None:
        self._report = report
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    def step(self, fraction: float, text: str = "") -> None:
        """Report `fraction` done; raise `Cancelled` if the work is no longer wanted."""
        if self._cancelled.is_set():
            raise Cancelled
        if self._report is not None:
            self._report(min(max(fraction, 0.0), 1.0), text)

    def part(self, start: float, stop: float, label: str = "") -> Progress:
        """A progress whose 0…1 is `start`…`stop` of this one (shares its cancellation); its texts follow `label`."""
        child = Progress(lambda fraction, text: self._forward(start + fraction * (stop - start), _told(label, text)))
        child._cancelled = self._cancelled
        return child

    def _forward(self, fraction: float, text: str) -> None:
        if self._report is not None:
            self._report(fraction, text)


def _told(label: str, text: str) -> str:
    return joined((label, text), "") if label else text


SILENT = Progress()
"""A progress nobody watches. Never cancel it."""
