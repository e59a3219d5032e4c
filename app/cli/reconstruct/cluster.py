"""A batch on a Dask cluster whose machines share a file system: one task a series.

The scheduler gives a series whose worker dies to another one; `app.cli.reconstruct.batch` sees to it that no attempt
leaves anything half-written, and that a second attempt at what is finished does nothing.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.cli import faults
from app.cli.reconstruct.batch import Outcome, Task, run_task
from recon.errors import BocageError, Cancelled
from recon.progress import Progress

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL_ONLY = "--host 127.0.0.1 --no-dashboard --dashboard-address 127.0.0.1:0"
"""For a scheduler that nothing beyond this machine reaches: without a dashboard it still answers diagnostics, on all
interfaces unless it is told one. Dask asks nobody for a password: other machines need a trusted network, or its TLS.
"""
CONNECT_S = 10.0
JOIN_S = 60.0
"""How long to wait for the scheduler, and for a first worker."""
STOP_S = 60.0
"""How long to wait for workers to stop when the batch is cancelled."""
POLL_S = 0.1
REPORT_S = 0.5
"""How often a worker tells of its progress."""

# -- on a worker -------------------------------------------------------------------------------------------------------

_one_at_a_time = threading.Lock()
"""A reconstruction uses all processors of its process, and most of its memory."""
_stopped: set[str] = set()
"""Batches that are not wanted any more; told to every worker process by `stop`."""


def stop(run: str) -> None:
    """Let the tasks of a batch in this process end at their next step."""
    _stopped.add(run)


def work(task: Task, version: str) -> Outcome:
    """Do a task on a worker."""
    with _one_at_a_time:
        try:
            problem = _unfit(task, version)
            if problem:
                return Outcome(task.name, task.label, "failed", problem)
            reporter = _Reporter(task)
            reporter(0.0, "")
            return run_task(task, reporter.progress)
        except Cancelled:
            return Outcome(task.name, task.label, "cancelled", "")


def _unfit(task: Task, version: str) -> str:
    """Why this worker cannot do a task; empty if it can."""
    from app.dicom.write.series import version as own

    if own() != version:
        return (
            f"the worker runs Bocage {own()}, but the batch was started by Bocage {version}; install one version "
            "everywhere, so that all results are made alike."
        )
    missing = [path for path in (task.output, task.entry.files[0]) if not path.exists()]
    if missing:
        return (
            f"the worker does not see {missing[0]}; studies and results must lie on a file system that the workers "
            "share, under the same path."
        )
    return ""


class _Reporter:
    """Sends progress to whoever started the batch, and stops the task when it is not wanted any more."""

    def __init__(self, task: Task) -> None:
        from distributed import get_worker

        self._worker, self._task, self._last = get_worker(), task, 0.0
        self.progress = Progress(self)

    def __call__(self, fraction: float, text: str) -> None:  # noqa: ARG002 - the bar tells of many series at once
        if self._task.run in _stopped:
            self.progress.cancel()
            raise Cancelled
        if time.monotonic() - self._last >= REPORT_S:
            self._last = time.monotonic()
            self._worker.log_event(topic_of(self._task.run), {"name": self._task.name, "fraction": fraction})


# -- where the batch was started ---------------------------------------------------------------------------------------


def topic_of(run: str) -> str:
    """The topic on which workers tell of a batch's progress."""
    return f"bocage-{run}"


def run_on_cluster(tasks: Sequence[Task], address: str, progress: Progress) -> Iterator[Outcome]:
    """Do tasks on a cluster, in no particular order.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://127.0.0.1:8786``.

    Raises
    ------
    BocageError
        When Dask is not installed, or there is no scheduler or no worker.
    Cancelled
        When the work is no longer wanted; workers have stopped then, and left nothing half-written.
    """
    from app.dicom.write.series import version

    client = _connect(address)
    batch = _Batch(client, tasks)
    try:
        _wait_for_a_worker(client, address, progress)
        batch.submit(version())
        while batch.pending:
            yield from batch.finished()
            try:
                progress.step(*batch.progress())
            except Cancelled:
                yield from batch.stop()
                raise
            time.sleep(POLL_S)
    finally:
        client.close()


class _Batch:
    """Tasks on their way through a cluster."""

    def __init__(self, client: Client, tasks: Sequence[Task]) -> None:
        self._client, self._tasks, self._run = client, tasks, tasks[0].run
        self.pending: dict[Future[Outcome], Task] = {}
        self._fractions: dict[str, float] = {}

    def submit(self, version: str) -> None:
        """Give all tasks to the scheduler, which starts them in this order."""
        self._client.subscribe_topic(topic_of(self._run), self._hear)
        for task in self._tasks:
            # Keys appear in the workers' logs, so they say nothing but the sub-folder's name.
            key = f"bocage-{task.name}-{self._run[:8]}"
            self.pending[self._client.submit(work, task, version, key=key, pure=False)] = task

    def _hear(self, event: tuple[float, Any]) -> None:
        self._fractions[event[1]["name"]] = event[1]["fraction"]

    def progress(self) -> tuple[float, str]:
        """The done share of all work, and how things stand."""
        n, left = len(self._tasks), {task.name for task in self.pending.values()}
        running = left & set(self._fractions)
        share = (n - len(left) + sum(self._fractions[name] for name in running)) / n
        return share, f"{n - len(left)} of {n} series done, {len(running)} on workers"

    def finished(self) -> Iterator[Outcome]:
        """Take the tasks that have ended."""
        for future in [future for future in self.pending if future.status != "pending"]:
            task = self.pending.pop(future)
            yield future.result() if future.status == "finished" else _lost(future, task)

    def stop(self) -> Iterator[Outcome]:
        """Stop all workers, and take what had ended before."""
        deadline = time.monotonic() + STOP_S
        self._client.run(stop, self._run, on_error="ignore")
        while self.pending and time.monotonic() < deadline:
            yield from (outcome for outcome in self.finished() if outcome.state != "cancelled")
            time.sleep(POLL_S)


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise BocageError("--scheduler needs Dask. Install it: pip install 'bocage[cluster]'.") from None
    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
        raise BocageError(
            f"--scheduler expects the address of a Dask scheduler, such as tcp://127.0.0.1:8786; found {address}."
        )
    # What goes wrong is told in a sentence; the log would draw tracebacks across the progress bar.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=CONNECT_S, set_as_default=False, name="bocage")
    except (OSError, RuntimeError):
        raise BocageError(
            f"{address}: no Dask scheduler answers there. Start one where Bocage is installed, with: "
            f"dask scheduler {LOCAL_ONLY}"
        ) from None


def _wait_for_a_worker(client: Client, address: str, progress: Progress) -> None:
    deadline = time.monotonic() + JOIN_S
    while not client.nthreads():
        progress.step(0.0, "Waiting for a worker to join")
        if time.monotonic() > deadline:
            raise BocageError(
                f"{address}: the scheduler has no workers. Start some where Bocage is installed, with: "
                f"dask worker {address} --nthreads 1"
            )
        time.sleep(POLL_S)


def _lost(future: Future[Outcome], task: Task) -> Outcome:
    """The outcome of a task that gave none."""
    error = future.exception() if future.status == "error" else None
    if error is None:
        sentence = "the scheduler was lost. Run the same command again: what is finished is kept."
    elif type(error).__name__ == "KilledWorker":
        sentence = "the workers that took it died one after the other; probably it needs more memory than they have."
    elif isinstance(error, ImportError) or "deserializ" in str(error):
        # The scheduler reads tasks too.
        sentence = "the scheduler or the worker cannot run Bocage; install the same version on all machines."
    else:
        sentence = faults.sentence(error)
    return Outcome(task.name, task.label, "failed", sentence)
