"""The worklist in the window: its threads, its connections, and what the page and the receiver ask of it.

Asking and marking go through one thread, looking through folders through another; each has connections of its own.
Nothing is opened before it is wanted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from app.jobs import Callbacks, Worker
from app.session import sentence
from app.window.page import is_there
from app.window.status import Work
from app.window.worklist_index import Index
from app.window.worklist_opener import Opener
from app.window.worklist_values import PAGE, Detail, Found, Marking
from recon.progress import Progress
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.worklist.model import Folder, Marks, Query, Report, StudyRow

START_MS = 4000
"""How long after the window the folders are looked through: the first picture goes first."""
WATCH_MS = 30_000
FIND, ROWS, DETAIL, VALUES, CLAIM, FOLDERS, WATCH = (
    *("find", "rows", "detail", "values", "claim", "folders", "watch"),
)


class Worklist(QObject):
    """The worklist of one main window.

    Signals
    -------
    changed()
        Something may stand otherwise in the list.
    folders_changed()
        `folders`, or what is being looked through.
    failed(text)
        A sentence for the user.
    """

    changed = Signal()
    folders_changed = Signal()
    failed = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.folder = window.network.folder.parent
        """Where the index lies."""
        self.folders: tuple[Folder, ...] = ()
        self.running: dict[Path, tuple[float, str]] = {}
        """What is being looked through: done fraction, and the file or folder at hand."""
        self.query: Query | None = None
        """What was asked for last; the order in which studies follow each other."""
        self.arrivals: set[str] = set()
        """UIDs of the studies that came since the program began and were not opened."""
        self.done: list[Marking] = []
        self.undone: list[Marking] = []
        """What was said of studies and can be taken back, and what was taken back."""
        self._writes = 0
        self.opener = Opener(self, window)
        self._listeners: list[QWidget] = []
        self._stopped: set[Path] = set()
        """What the user stopped: it goes on when that is asked for."""
        self._asking: tuple[Worker, Index] | None = None
        self._looking: tuple[Worker, Index] | None = None
        self._closed = False
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_for_changes)
        window.opening.study_changed.connect(self._opened)
        if not window.settings.is_temporary:
            QTimer.singleShot(START_MS, self, self.begin)

    # -- threads ---------------------------------------------------------------------------------------------------

    def ask(self, slot: str, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        """Do ``work(connection, finder, progress)`` on the asking thread."""
        if self._closed:
            return
        if self._asking is None:
            self._asking = Worker("worklist", self), Index(self.folder)
        worker, index = self._asking
        worker.submit(
            slot,
            lambda progress, _: index.do(lambda connection, finder: work(connection, finder, progress)),
            Callbacks(result=lambda result: self._hand_over(index, done, result), error=self._failed),
        )

    def _look(self, slot: str, work: Callable[..., Any], told: Callbacks) -> None:
        """Do ``work(connection, progress, partial)`` on the thread that looks through folders."""
        if self._closed:
            return
        if self._looking is None:
            self._looking = Worker("worklist-folders", self, behind=True), Index(self.folder)
        worker, index = self._looking
        worker.submit(
            slot,
            lambda progress, part: index.do(lambda connection, _: work(connection, progress, part)),
            replace(told, result=lambda result: self._hand_over(index, told.result, result)),
        )

    def _hand_over(self, index: Index, done: Callable[[Any], None], result: Any) -> None:
        """Give a result to who asked for it, unless that page is gone."""
        for note in index.take_notes():
            self._window.messages.tell(note)
        if is_there(done):
            done(result)

    def _failed(self, error: Exception) -> None:
        self.tell(sentence(error))

    def tell(self, text: str) -> None:
        """Say something in the pages, or in the window where none is open."""
        self.failed.emit(text)
        if not any(isValid(page) and page.isVisible() for page in self._listeners):
            self._window.messages.tell(text)

    def listen(self, page: QWidget) -> None:
        """A page says that it shows what `failed` says."""
        self._listeners = [one for one in self._listeners if isValid(one)] + [page]

    @property
    def is_busy(self) -> bool:
        """Whether anything is asked or looked through."""
        return any(each is not None and each[0].is_busy() for each in (self._asking, self._looking))

    def close(self) -> None:
        """End the threads with the window."""
        self._closed = True
        self._watch.stop()
        for each in (self._asking, self._looking):
            if each is not None and each[0].shutdown():
                each[1].close()

    # -- asking ----------------------------------------------------------------------------------------------------

    def find(self, query: Query, done: Callable[[Found], None]) -> None:
        """Ask; of several questions only the latest is answered."""
        self.query = query

        def work(connection: sqlite3.Connection, finder: Any, progress: Progress) -> Found:
            result = finder.find(query, lambda: not progress.cancelled)
            known = connection.execute("SELECT count(*) FROM (SELECT 1 FROM studies LIMIT 1)").fetchone()[0]
            return Found(result, tuple(finder.rows(result.ids[:PAGE])), known)

        self.ask(FIND, work, done)

    def rows(self, ids: Sequence[int], done: Callable[[list[StudyRow]], None]) -> None:
        """Read rows by their numbers."""
        self.ask(ROWS, lambda _connection, finder, _progress: finder.rows(ids), done)

    def values(self, done: Callable[[dict[str, tuple[str, ...]]], None]) -> None:
        """Modalities and body parts that there are."""

        def work(_connection: sqlite3.Connection, finder: Any, _progress: Progress) -> dict[str, tuple[str, ...]]:
            return {column: finder.values(column) for column in ("modality", "body_part")}

        self.ask(VALUES, work, done)

    def detail(self, study: StudyRow, done: Callable[[Detail], None]) -> None:
        """What is known of a study besides its row."""

        def work(connection: sqlite3.Connection, _finder: Any, _progress: Progress) -> Detail:
            from app.worklist.places import places
            from app.worklist.studies import priors, series_rows

            series, others = series_rows(connection, study.id), priors(connection, study)
            return Detail(study, series, tuple(others), tuple(places(connection, study.uid)))

        self.ask(DETAIL, work, done)

    def places(self, uids: Sequence[str], done: Callable[[list[Path]], None]) -> None:
        """Where the files of studies are that can be reached now: folders and files."""

        def work(connection: sqlite3.Connection, _finder: Any, _progress: Progress) -> list[Path]:
            from app.worklist.places import places

            return [path for uid in uids for path in places(connection, uid) if path.exists()]

        self.ask("places", work, done)

    # -- marks -----------------------------------------------------------------------------------------------------

    def mark(self, before: Mapping[str, Marks], after: Mapping[str, Marks], text: str) -> None:
        """Write what the user says of studies (by UID), so that it can be taken back."""
        changed = {uid: marks for uid, marks in after.items() if before.get(uid) != marks}
        if changed:
            self.note_marking(Marking(text, {uid: before[uid] for uid in changed}, changed))
            self._write(changed)

    def note_marking(self, marking: Marking) -> None:
        """Something was said of studies, and can be taken back."""
        self.done.append(marking)
        self.undone.clear()

    def undo(self) -> None:
        """Take back what was said last."""
        if self.done:
            marking = self.done.pop()
            self.undone.append(marking)
            self._write(marking.before)

    def redo(self) -> None:
        """Say again what was taken back last."""
        if self.undone:
            marking = self.undone.pop()
            self.done.append(marking)
            self._write(marking.after)

    def _write(self, marks: Mapping[str, Marks]) -> None:
        def work(connection: sqlite3.Connection, _finder: Any, _progress: Progress) -> None:
            from app.worklist.studies import set_marks

            set_marks(connection, marks)

        # A slot of its own, for nothing that waits to be written may be given up.
        self._writes += 1
        self.ask(f"mark {self._writes}", work, lambda _: self.changed.emit())

    # -- being read ------------------------------------------------------------------------------------------------

    def _opened(self, uid: str) -> None:
        """A study is on screen: it is being read."""
        if not uid or (self._asking is None and not self._has_index):
            return
        self.arrivals.discard(uid)

        def work(connection: sqlite3.Connection, _finder: Any, _progress: Progress) -> None:
            from app.worklist.studies import claim

            claim(connection, uid)

        self.ask(CLAIM, work, lambda _: self.changed.emit())

    # -- folders ---------------------------------------------------------------------------------------------------

    @property
    def _has_index(self) -> bool:
        return self.folder.joinpath("worklist.sqlite3").exists()

    def begin(self) -> None:
        """Look through the folders once, and notice changes from then on; nothing is made where nothing is."""
        if self._closed or not self._has_index:
            return
        self.refresh_folders(self.look_again)

    def refresh_folders(self, then: Callable[[], None] = lambda: None) -> None:
        """Read `folders`."""

        def work(connection: sqlite3.Connection, _progress: Progress, _part: object) -> tuple[Folder, ...]:
            from app.worklist.files import folders

            return folders(connection)

        def take(found: tuple[Folder, ...]) -> None:
            self.folders = found
            if found and not self._closed:
                self._watch.start()
            self.folders_changed.emit()
            then()

        self._look(FOLDERS, work, Callbacks(result=take, error=self._failed))

    def look_again(self) -> None:
        """Look through all folders."""
        self._stopped.clear()
        for folder in self.folders:
            self._index(folder.path)

    def add(self, path: Path, kind: Literal["watched", "received"] = "watched", *, only: Path | None = None) -> None:
        """Keep a folder in the list with everything below it."""
        self._index(path, kind, only=only)

    def arrived(self, folder: Path) -> None:
        """A study was received or fetched: list it as new."""
        spools = {self._window.receiver.folder, self._window.network.spool.folder}
        root = folder.parent if folder.parent in spools else folder
        self.add(root, "received", only=folder if folder != root else None)

    def _index(
        self, path: Path, kind: Literal["watched", "received"] | None = None, *, only: Path | None = None
    ) -> None:
        """Look through a folder; one that is given a kind is entered first."""
        place = only or path

        def work(connection: sqlite3.Connection, progress: Progress, part: Callable[[Any], None]) -> Report:
            from app.worklist.files import add_folder
            from app.worklist.indexer import index_folder

            kept = add_folder(connection, path, kind)[1] if kind is not None else path
            inner = only if only is not None else path if kept != path else None
            return index_folder(connection, kept, progress, part, only=inner)

        def advance(fraction: float, text: str) -> None:
            self.running[place] = fraction, text
            self._show()

        def ended(report: Report | None = None) -> None:
            self.running.pop(place, None)
            self._show()
            if report is not None and kind == "received":
                self.arrivals |= report.arrived
            self.changed.emit()
            self.refresh_folders()

        def failed(error: Exception) -> None:
            ended()
            self._failed(error)

        self.running[place] = 0.0, ""
        self._show()
        self._look(
            f"index {place}",
            work,
            Callbacks(
                result=ended, partial=lambda _: self.changed.emit(), error=failed, progress=advance, stopped=ended
            ),
        )

    def stop(self) -> None:
        """Stop looking through folders; what was read stays, and the next time goes on from there."""
        if self._looking is not None:
            self._stopped |= self.running.keys()
            for place in list(self.running):
                self._looking[0].cancel(f"index {place}")

    def remove(self, path: Path) -> None:
        """Keep a folder no longer; its files stay where they are."""

        def work(connection: sqlite3.Connection, _progress: Progress, _part: object) -> None:
            from app.worklist.files import remove_folder

            remove_folder(connection, path)

        self._change(f"remove {path}", work)

    def forget(self) -> None:
        """Forget everything: folders, studies, and what was said of them. Their files stay where they are."""

        def work(connection: sqlite3.Connection, _progress: Progress, _part: object) -> None:
            from app.worklist.studies import forget_all

            forget_all(connection)

        self.stop()
        self.arrivals.clear()
        self._change("forget", work)

    def _change(self, slot: str, work: Callable[..., None]) -> None:
        def done(_: None) -> None:
            self.changed.emit()
            self.refresh_folders()

        self._look(slot, work, Callbacks(result=done, error=self._failed))

    def _look_for_changes(self) -> None:
        if self.running:
            return

        def work(connection: sqlite3.Connection, _progress: Progress, _part: object) -> tuple[Path, ...]:
            from app.worklist.watch import changed_folders

            return changed_folders(connection)

        def take(paths: tuple[Path, ...]) -> None:
            for path in paths:
                if path not in self._stopped:
                    self._index(path)

        self._look(WATCH, work, Callbacks(result=take, error=self._failed))

    def _show(self) -> None:
        """Say in the status bar what goes on."""
        if not self.running:
            self._window.status.show("worklist", None)
        else:
            fractions = [fraction for fraction, _ in self.running.values()]
            text = tr("Looking through folders for the worklist")
            self._window.status.show("worklist", Work(text, sum(fractions) / len(fractions), self.stop))
        self.folders_changed.emit()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self._show()

    # -- pages -----------------------------------------------------------------------------------------------------

    def show_page(self) -> Any:
        """Show the page of the worklist."""
        from app.window.worklist_page import WorklistPage

        return self._window.pages.show("worklist", lambda window: WorklistPage(window, window))

    def show_folders(self) -> Any:
        """Show the page of the folders."""
        from app.window.worklist_folders_page import FoldersPage

        return self._window.pages.show("worklist_folders", lambda window: FoldersPage(window.worklist, window))

    def choose_folder(self, parent: Any = None) -> None:
        """Ask for a folder, and add it."""
        dialog = QFileDialog(parent or self._window, tr("Add folder to the worklist"), self._window.start_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.open()
        self._dialog = dialog
