"""Studies that are being fetched: one after the other, each with its progress, its end, and what failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs import Callbacks, Partial, Worker
from app.session import sentence
from app.window.status import Work
from recon.progress import Progress
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.dicom.net.nodes import Node
    from app.main_window import MainWindow
    from app.window.network import Network

Key = tuple[str, str]
"""The id of the server, and the UID of the study."""

STATES = {
    "waiting": mark("Waiting"),
    "running": mark("Arriving"),
    "done": mark("Here"),
    "partial": mark("Incomplete"),
    "failed": mark("Failed"),
    "cancelled": mark("Cancelled"),
}


@dataclass(frozen=True)
class Fetch:
    """A study that is fetched.

    Attributes
    ----------
    state : str
        A key of `STATES`.
    wanted, there : int
        Objects.
    text : str
        What failed.
    """

    key: Key
    title: str
    series: tuple[str, ...] = ()
    opens: bool = False
    state: str = "waiting"
    wanted: int = 0
    there: int = 0
    text: str = ""
    folder: Path | None = None

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def fraction(self) -> float:
        """Done, 0 to 1."""
        return self.there / self.wanted if self.wanted else 0.0


@dataclass(frozen=True)
class _Whole:
    """A series is here whole."""

    uid: str
    folder: Path


class Fetches(QObject):
    """Fetches studies.

    Signals
    -------
    changed(key)
    """

    changed = Signal(object)

    def __init__(self, window: MainWindow, network: Network) -> None:
        super().__init__(network)
        self._window, self._network = window, network
        self._worker = Worker("fetch", self)
        self.known: dict[Key, Fetch] = {}

    def start(
        self, node: Node, study_uid: str, title: str, *, series: tuple[str, ...] = (), opens: bool = False
    ) -> None:
        """Fetch a study, or some of its series; what is here already is not fetched again.

        Parameters
        ----------
        opens : bool
            Open the study when its first series is there.
        """
        key = (node.id, study_uid)
        known = self.known.get(key)
        if known is not None and known.active:
            if (known.series and set(series) - set(known.series)) or (known.series and not series):
                series = tuple(dict.fromkeys((*known.series, *series))) if series else ()
            else:
                return
        self.known[key] = Fetch(key, title, series, opens)
        self._submit(node, key)
        self._tell(key)

    def retry(self, key: Key) -> None:
        """Fetch again what failed."""
        node, known = self._network.nodes.node(key[0]), self.known.get(key)
        if node is not None and known is not None and not known.active:
            self.start(node, key[1], known.title, series=known.series, opens=known.opens)

    def cancel(self, key: Key) -> None:
        """Stop; what came stays."""
        known = self.known.get(key)
        if known is not None and known.active:
            self._worker.cancel(_slot(key))
            self._change(key, state="cancelled", text=tr("Cancelled; what arrived until then is kept."))

    def _submit(self, node: Node, key: Key) -> None:
        fetch = self.known[key]
        credentials, spool, target = self._network.credentials, self._network.spool, self._network.target()

        def work(progress: Progress, partial: Partial) -> Any:
            from app.dicom.net.client import connect
            from app.dicom.net.retrieving import retrieve

            client = connect(node, credentials, target)
            try:
                return retrieve(
                    client,
                    key[1],
                    spool,
                    progress,
                    series=fetch.series,
                    told=partial,
                    on_series=lambda uid, folder: partial(_Whole(uid, folder)),
                )
            finally:
                client.close()

        self._worker.submit(
            _slot(key),
            work,
            Callbacks(
                result=lambda found: self._ended(key, found),
                partial=lambda state: self._progressed(key, state),
                error=lambda error: self._change(key, state="failed", text=sentence(error)),
            ),
        )

    def _progressed(self, key: Key, state: Any) -> None:
        if isinstance(state, _Whole):
            fetch = self.known[key]
            if fetch.opens and fetch.folder is None:
                self._change(key, folder=state.folder)
                self._open(state.folder, key[1])
            return
        self._change(key, state="running", wanted=state.wanted, there=state.there)

    def _ended(self, key: Key, found: Any) -> None:
        opened = self.known[key].folder is not None
        state = "done" if found.complete else "partial" if found.there else "failed"
        self._change(key, state=state, wanted=found.wanted, there=found.there, text=shown(found.text))
        if opened and key[1] in self._window.opening.studies:
            # The other series of the study, without hanging it anew: it is being read.
            self._window.opening.open([found.folder], hang=False)
        elif self.known[key].opens and found.there:
            self._change(key, folder=found.folder)
            self._open(found.folder, key[1])
        worklist = getattr(self._window, "worklist", None)
        if worklist is not None and found.there:
            worklist.arrived(found.folder)

    def _open(self, folder: Path, study_uid: str) -> None:
        """Open what came; not among the recent studies, where the folder's name would say nothing."""
        self._window.messages.clear()
        self._window.opening.open([folder], study_uid)

    def _change(self, key: Key, **changes: Any) -> None:
        self.known[key] = replace(self.known[key], **changes)
        self._tell(key)

    def _tell(self, key: Key) -> None:
        fetch = self.known[key]
        work = None
        if fetch.active:
            text = tr("Fetching {0}", fetch.title) if fetch.title else tr("Fetching a study")
            work = Work(text, fetch.fraction if fetch.wanted else None, lambda: self.cancel(key))
        self._window.status.show(f"fetch:{key[0]}:{key[1]}", work)
        self.changed.emit(key)

    def close(self) -> None:
        """End everything."""
        self._worker.shutdown()


def _slot(key: Key) -> str:
    return f"fetch:{key[0]}:{key[1]}"
