"""Work off the GUI thread: the latest request of each slot wins, results come back as calls on the GUI thread.

A `Worker` owns one thread and any number of named *slots*. A slot remembers one waiting request; a newer one replaces
it and asks the running one (if it belongs to the same slot) to stop. Slots take turns, so that two linked views are
both updated however fast one of them asks. The kernels are themselves parallel, so one computing thread is enough.

Callbacks run on the thread that made the worker. Those of a request that has been replaced or cancelled are not
called, except `Callbacks.stopped`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from recon.errors import BocageError, Cancelled
from recon.parallel import stand_back
from recon.progress import Progress

log = logging.getLogger(__name__)

Partial = Callable[[Any], None]
Work = Callable[[Progress, Partial], Any]
"""Called on the worker's thread as ``work(progress, partial)``; what it returns is the result."""

NICENESS, BEHIND = 4, 15
"""Workers give way to the GUI thread where the system knows priorities of threads (Linux), and those that nobody waits
for while looking at a picture give way to the others."""

PROGRESS_INTERVAL_S = 0.04
"""Progress reports closer together than this are left out: the GUI thread has better things to do."""


def _ignore(*_arguments: Any) -> None:
    """Do nothing."""


def _give_way(niceness: int) -> None:
    """Lower the priority of the calling thread; the threads it starts inherit that."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


@dataclass(frozen=True)
class Callbacks:
    """What happens on the GUI thread.

    Attributes
    ----------
    result : callable(result)
    partial : callable(object)
        Results on the way, in order, before `result`.
    error : callable(exception)
        The work raised; `Exception` of any kind.
    progress : callable(fraction, text)
    stopped : callable()
        The request was replaced by a newer one or cancelled, and nothing more of it will come.
    """

    result: Callable[[Any], None] = _ignore
    partial: Callable[[Any], None] = _ignore
    error: Callable[[Exception], None] = _ignore
    progress: Callable[[float, str], None] = _ignore
    stopped: Callable[[], None] = _ignore


@dataclass(eq=False)
class _Job:
    slot: str
    generation: int
    work: Work
    callbacks: Callbacks
    progress: Progress = field(default_factory=Progress)
    abandoned: bool = False


class Worker(QObject):
    """One thread with fair, latest-wins slots.

    Parameters
    ----------
    name : str
        Name of the thread.
    parent : QObject, optional
    behind : bool
        Whether its work takes long and gives way to that of the others.

    Notes
    -----
    `shutdown` must be called before the program ends; afterwards `submit` does nothing.
    """

    busy_changed = Signal(bool)
    """Emitted on the GUI thread when the worker starts after a rest and when nothing is left to do."""

    _posted = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None, *, behind: bool = False) -> None:
        super().__init__(parent)
        self._behind = behind
        self._waiting: OrderedDict[str, _Job] = OrderedDict()
        self._running: _Job | None = None
        self._finished: list[_Job] = []
        """Done, with the outcome on its way to the GUI thread."""
        self._generation: dict[str, int] = {}
        self._condition = threading.Condition()
        self._closing = False
        self._busy = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"bocage-{name}", daemon=True)
        self._thread.start()

    # -- asked on the GUI thread -----------------------------------------------------------------------------------

    def submit(self, slot: str, work: Work, callbacks: Callbacks, *, finish_running: bool = False) -> int:
        """Ask for `work`; a request of the same slot that waits or runs is given up.

        Parameters
        ----------
        finish_running : bool
            Let a running request of the slot end and deliver, and only replace the waiting one: a slider that is
            dragged faster than the work ends still shows something.

        Returns
        -------
        int
            The request's generation in its slot.
        """
        with self._condition:
            generation = self._generation.get(slot, 0) + 1
            self._generation[slot] = generation
            if self._closing:
                return generation
            self._give_up(slot, waiting_only=finish_running)
            self._waiting[slot] = _Job(slot, generation, work, callbacks)
            self._condition.notify()
        if not self._busy:
            self._busy = True
            self.busy_changed.emit(True)
        return generation

    def cancel(self, slot: str) -> None:
        """Give up what `slot` waits for or runs."""
        with self._condition:
            self._give_up(slot)
        # The thread may have seen this request waiting when it looked whether it may rest.
        self._posted.emit((None, "rest", ()))

    def is_busy(self, slot: str | None = None) -> bool:
        """Whether anything (of `slot`) waits, runs or has a result on the way to the GUI thread."""
        if slot is None:
            return self._busy
        with self._condition:
            return slot in self._waiting or (self._running is not None and self._running.slot == slot)

    def shutdown(self, timeout_s: float = 20.0) -> bool:
        """Stop the work and end the thread; true if it has ended within `timeout_s`."""
        with self._condition:
            self._closing = True
            self._waiting.clear()
            if self._running is not None:
                self._running.progress.cancel()
            self._condition.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _give_up(self, slot: str, *, waiting_only: bool = False) -> None:
        waiting = self._waiting.pop(slot, None)
        if waiting is not None:
            waiting.abandoned = True
            self._posted.emit((waiting, "stopped", ()))
        if waiting_only:
            return
        for job in self._finished:
            job.abandoned = job.abandoned or job.slot == slot
        if self._running is not None and self._running.slot == slot:
            self._running.abandoned = True
            self._running.progress.cancel()

    # -- on the worker's thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        _give_way(BEHIND if self._behind else NICENESS)
        if self._behind:
            stand_back()
        while True:
            with self._condition:
                while not self._waiting and not self._closing:
                    self._condition.wait()
                if self._closing:
                    return
                # The slot that has waited longest; a replaced request goes to the end of the queue.
                _, job = self._waiting.popitem(last=False)
                self._running = job
            outcome = self._execute(job)
            with self._condition:
                self._running = None
                self._finished.append(job)
                rest = not self._waiting and not self._closing
            self._posted.emit((job, *outcome))
            del job, outcome  # half a gigabyte, perhaps, that nothing else may hold while this thread waits
            if rest:
                self._posted.emit((None, "rest", ()))

    def _execute(self, job: _Job) -> tuple[str, tuple[Any, ...]]:
        """Do the work; the callback that is due and its arguments."""
        last = 0.0

        def report(fraction: float, text: str) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PROGRESS_INTERVAL_S or fraction >= 1.0:
                last = now
                self._posted.emit((job, "progress", (fraction, text)))

        progress = job.progress.part(0.0, 1.0)
        progress._report = report
        try:
            result = job.work(progress, lambda value: self._posted.emit((job, "partial", (value,))))
        except Cancelled:
            return ("stopped", ())
        except Exception as error:  # Whatever a file or a kernel throws is told to the user, not lost in a thread.
            if not isinstance(error, BocageError):
                # Slots and texts of foreign exceptions may say what the file says of the patient.
                log.error(
                    "work of %s failed: %s", self._thread.name, type(error).__name__, exc_info=log.isEnabledFor(10)
                )
            return ("error", (error,))
        return ("result", (result,))

    # -- back on the GUI thread ------------------------------------------------------------------------------------

    def _deliver(self, message: tuple[_Job | None, str, tuple[Any, ...]]) -> None:
        job, what, arguments = message
        if job is None:
            with self._condition:
                rest = not self._waiting and self._running is None
            if rest and self._busy:
                self._busy = False
                self.busy_changed.emit(False)
            return
        if what in ("result", "error", "stopped"):
            with self._condition:
                if job in self._finished:
                    self._finished.remove(job)
        if self._closing:
            return
        if not job.abandoned:
            getattr(job.callbacks, what)(*arguments)
        elif what in ("stopped", "result", "error"):
            job.callbacks.stopped()
