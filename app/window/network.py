"""What a window has to do with servers: the list of them, the queue of what is sent, what is being fetched.

Everything is made when it is wanted first. The queue is opened soon after the start if there is one, so that what a
killed program was sending goes on.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.database import data_folder
from app.jobs import Callbacks, Worker
from app.session import sentence
from app.window.corner_text import person_name
from app.window.status import Work
from recon.errors import BocageError
from recon.progress import Progress
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.dicom.net.client import MoveTarget
    from app.dicom.net.credentials import Credentials
    from app.dicom.net.jobs import Job
    from app.dicom.net.nodes import Node, NodeStore
    from app.dicom.net.queue import SendQueue
    from app.dicom.net.sender import Sender, Sending
    from app.dicom.net.spool import Spool
    from app.main_window import MainWindow
    from app.window.network_fetches import Fetches

FOLDER, SPOOL = "network", "received"
RESUME_MS = 3000
"""How long after the start the queue is looked at: the first picture goes first."""
TELL_MS = 250
QUEUE = "queue"


class Network(QObject):
    """The network's part of a window.

    Signals
    -------
    nodes_changed()
    jobs_changed()
        `jobs` was read anew.
    sending(Sending)
        Bytes went out.
    """

    nodes_changed = Signal()
    jobs_changed = Signal()
    sending = Signal(object)
    _queue_changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        temporary = window.settings.is_temporary
        self.folder = window.settings.path.parent / FOLDER if temporary else data_folder() / FOLDER
        self.jobs: list[Job] = []
        self.problem = ""
        """Why the queue cannot be used; "" when it can."""
        self._nodes: NodeStore | None = None
        self._credentials: Credentials | None = None
        self._fetches: Fetches | None = None
        self._worker: Worker | None = None
        self._query_worker: Worker | None = None
        self._opened: tuple[SendQueue, Sender] | None = None
        self._opening = threading.Lock()
        self._closed = False
        self.target: Callable[[], MoveTarget | None] = lambda: None
        """The receiver of this computer, where one runs: for servers that are fetched from by C-MOVE."""
        self._later = QTimer(self, singleShot=True, interval=TELL_MS)
        self._later.timeout.connect(self._read_jobs)
        self._queue_changed.connect(self._changed)
        self.sending.connect(self._show_sending)
        self._rates: dict[str, Sending] = {}
        QTimer.singleShot(RESUME_MS, self, self._resume)

    # -- parts -----------------------------------------------------------------------------------------------------

    @property
    def nodes(self) -> NodeStore:
        """The servers."""
        if self._nodes is None:
            from app.dicom.net.nodes import NodeStore

            self._nodes = NodeStore(self._window.settings.path.parent)
        return self._nodes

    @property
    def credentials(self) -> Credentials:
        """The passwords of the servers. Asking it may ask the system: not on the GUI thread."""
        if self._credentials is None:
            from app.dicom.net.credentials import Credentials

            self._credentials = Credentials()
        return self._credentials

    @property
    def worker(self) -> Worker:
        """For short work with the queue and the keyring."""
        if self._worker is None:
            self._worker = Worker("network", self)
        return self._worker

    @property
    def query_worker(self) -> Worker:
        """For asking servers, which may take long to answer."""
        if self._query_worker is None:
            self._query_worker = Worker("query", self)
        return self._query_worker

    @property
    def fetches(self) -> Fetches:
        """What is being fetched."""
        if self._fetches is None:
            from app.window.network_fetches import Fetches

            self._fetches = Fetches(self._window, self)
        return self._fetches

    @property
    def spool(self) -> Spool:
        """Where fetched studies are kept: with the received ones."""
        from app.dicom.net.spool import Spool

        return Spool(self.folder.parent / SPOOL)

    @property
    def last_node(self) -> str:
        """Id of the server that was sent to last; "" if none."""
        return self.nodes.last

    def remember_node(self, identity: str) -> None:
        """Remember the server that was sent to."""
        with contextlib.suppress(BocageError):
            self.nodes.remember(identity)

    def node_title(self, identity: str) -> str:
        """What a server is called, also one that was removed."""
        node = self.nodes.node(identity)
        return node.name if node is not None else tr("a server that was removed")

    # -- the queue -------------------------------------------------------------------------------------------------

    def queue(self) -> SendQueue:
        """The queue, opened with its sender; not on the GUI thread.

        Raises
        ------
        BocageError
        """
        return self._parts()[0]

    def _parts(self) -> tuple[SendQueue, Sender]:
        with self._opening:
            if self._opened is None:
                from app.dicom.net.queue import SendQueue
                from app.dicom.net.sender import Sender

                queue = SendQueue(self.folder)
                queue.changed = self._queue_changed.emit
                sender = Sender(queue, self.nodes.node, self.credentials, self.sending.emit)
                self._opened = (queue, sender)
                if not self._closed:
                    sender.start()
            return self._opened

    @property
    def deaf(self) -> str:
        """Why the answers of servers about what they keep are not heard; "" when they are."""
        return self._opened[1].deaf if self._opened is not None else ""

    def wake(self) -> None:
        """Have the sender look into the queue."""
        if self._opened is not None:
            self._opened[1].wake()

    def with_queue(self, slot: str, work: Callable[[SendQueue, Progress], Any], done: Callable[[Any], Any]) -> None:
        """Do something with the queue on the worker's thread; what went wrong is told."""

        def job(progress: Progress, _: object) -> Any:
            result = work(self.queue(), progress)
            self.wake()
            return result

        def failed(error: Exception) -> None:
            self.problem = sentence(error)
            self._window.messages.tell(self.problem)
            self.jobs_changed.emit()

        self.worker.submit(slot, job, Callbacks(result=done, error=failed))

    def _resume(self) -> None:
        from app.dicom.net.queue import FILE_NAME

        if not self._closed and (self.folder / FILE_NAME).exists():
            self.refresh()

    def refresh(self) -> None:
        """Read the list of jobs."""
        self._later.stop()
        self._read_jobs()

    def _changed(self) -> None:
        if not self._later.isActive() and not self._closed:
            self._later.start()

    def _read_jobs(self) -> None:
        if not self._closed:
            self.with_queue(QUEUE, lambda queue, _: (queue.jobs(), queue.notes), self._take_jobs)

    def _take_jobs(self, found: tuple[list[Job], tuple[str, ...]]) -> None:
        self.jobs, notes = found
        self.problem = ""
        for note in notes:
            self._window.messages.tell(note)
        self._show_status()
        self.jobs_changed.emit()

    def _show_sending(self, state: Sending) -> None:
        self._rates[state.node] = state
        self._show_status()

    def _show_status(self) -> None:
        status = self._window.status
        active = [job for job in self.jobs if job.counts.get("sending") and not job.paused]
        if not active:
            status.show("sending", None)
            return
        total, done = sum(job.total for job in active), sum(job.done for job in active)
        rate = self._rates.get(active[0].node)
        speed = ""
        if rate is not None and rate.seconds > 1.0:
            speed = tr(", {0} MB/s", f"{rate.n_bytes / rate.seconds / 1e6:.1f}")
        text = tr("Sending to {0}: {1} of {2}", self.node_title(active[0].node), done, total) + speed
        status.show("sending", Work(text, done / total if total else None))

    # -- pages -----------------------------------------------------------------------------------------------------

    def show_servers(self) -> Any:
        """Show the page of the servers."""
        from app.window.network_servers_page import ServersPage

        return self._window.pages.show("servers", lambda window: ServersPage(window.network, window))

    def show_query(self) -> Any:
        """Show the page on which servers are asked."""
        from app.window.query_page import QueryPage

        return self._window.pages.show("query", lambda window: QueryPage(window, window))

    def show_queue(self) -> Any:
        """Show what waits, was sent, or failed."""
        from app.window.send_queue_page import QueuePage

        return self._window.pages.show("send_queue", lambda window: QueuePage(window.network, window))

    def show_priors(self) -> None:
        """Look for other studies of the patient on screen."""
        study = self._window.opening.studies.get(self._window.opening.study)
        if study is not None:
            self.show_query().look_for_patient(study.header.patient_id, study.header.patient_name)

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self, paths: Iterable[Path], title: str = "", *, copy: bool = False) -> None:
        """Offer files to be sent: a page asks where to.

        Parameters
        ----------
        paths : iterable of Path
            Files, and folders with all that is in them.
        title : str
            What the reader knows them by.
        copy : bool
            Whether copies are kept until they are sent, as they will not stay where they are.
        """
        from app.window.send_page import SendPage

        page = self._window.pages.show("send", lambda window: SendPage(window.network, window))
        page.offer(list(paths), title, copy=copy)  # type: ignore[attr-defined]

    def send_study(self, uid: str) -> None:
        """Offer the files of a study that is open."""
        study = self._window.opening.studies.get(uid)
        if study is not None:
            self.send(_files(study.series), self._title(study.header))

    def send_series(self, entry: Any) -> None:
        """Offer the files of a series that is open."""
        title = f"{self._title(entry.header)}, {shown(entry.title)}"
        self.send(_files([entry]), title)

    @staticmethod
    def _title(header: Any) -> str:
        return ", ".join(part for part in (person_name(header.patient_name), header.study_description) if part)

    def add(self, paths: Sequence[Path], node: Node, title: str, *, copy: bool, done: Callable[[Any], object]) -> None:
        """Put files into the queue, in the background; `done` is called with what came of it."""

        def work(queue: SendQueue, progress: Progress) -> Any:
            return queue.add(paths, node, title, copy=copy, progress=progress)

        self.with_queue(f"add:{id(paths)}", work, done)

    def close(self) -> None:
        """End everything; what was not sent waits for the next start."""
        self._closed = True
        self._later.stop()
        if self._fetches is not None:
            self._fetches.close()
        for worker in (self._query_worker, self._worker):
            if worker is not None:
                worker.shutdown()
        if self._opened is not None:
            queue, sender = self._opened
            sender.stop()
            queue.close()
            self._opened = None


def _files(series: Iterable[Any]) -> list[Path]:
    return list(dict.fromkeys(path for entry in series for path in entry.files))
