"""The thread that owns the journal: it writes what it is given, reads it back, and tries again when it cannot.

Nobody waits for it. Changes that come while it writes are written together in the next transaction, and of a drag only
the newest state; so the disk sets the pace and nothing piles up.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from app.database import checkpoint, transaction
from app.journal import compact, schema, store
from app.journal.desk import Desk, Entry, JournalState
from app.journal.parts import field_of
from app.journal.store import Recalled, Row, Study
from app.journal.view import PART as VIEW
from recon.errors import BocageError
from recon.messages import said

log = logging.getLogger(__name__)
T = TypeVar("T")

RETRY_S = 2.0
"""After a failure it is tried again this often."""
COMPACT_EVERY = 2000
"""Changes after which a running session clears up."""


class Writer:
    """Owns the journal in a folder.

    Parameters
    ----------
    folder : Path
    tell : callable(JournalState)
        Called on the writer's thread when the state changes.
    tell_note : callable(str)
        Called there with a sentence about the file itself (it was damaged, it is of a newer version).
    prepare : callable(connection), optional
        Called with every connection that is opened for writing (tests limit its size).
    """

    def __init__(
        self,
        folder: Path,
        tell: Callable[[JournalState], None] = lambda _: None,
        tell_note: Callable[[str], None] = lambda _: None,
        *,
        retry_s: float = RETRY_S,
        prepare: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        self.folder = folder
        self.latencies_s: deque[float] = deque(maxlen=10000)
        """Of the changes written last: from the change to having been read back."""
        self._tell, self._tell_note = tell, tell_note
        self._retry_s, self._prepare = retry_s, prepare
        self._condition = threading.Condition()
        self._entries: deque[Entry] = deque()
        self._questions: deque[tuple[Callable[[sqlite3.Connection], Any], Future[Any]]] = deque()
        self._closing = False
        self._retry_now = False
        self._tries = 0
        self._state = JournalState()
        # Below: the writer's thread only.
        self._desks: dict[str, Desk] = {}
        self._opened: schema.Opened | None = None
        self._reader: sqlite3.Connection | None = None
        self._file: tuple[int, int] = (0, 0)
        self._session = 0
        self._current = ""
        self._written = 0
        self._failure = ""
        self._told_unwritable = False
        self._thread = threading.Thread(target=self._run, name="bocage-journal", daemon=True)
        self._thread.start()

    # -- asked by others -------------------------------------------------------------------------------------------

    @property
    def state(self) -> JournalState:
        """Whether everything is on the disk, as it was told last."""
        with self._condition:
            return self._state

    @property
    def session(self) -> int:
        """Number of this run in the journal; 0 while it could not be opened."""
        return self._session

    def put(self, entry: Entry) -> None:
        """Hand over a change; returns at once."""
        with self._condition:
            self._entries.append(entry)
            if entry.counts:
                self._state = JournalState("saving", self._failure, self._state.unsaved + 1, self._state.at)
            self._condition.notify_all()
        if entry.counts:
            self._tell(self.state)

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Have something done with the journal on its thread, after the changes that were handed over before."""
        future: Future[T] = Future()
        with self._condition:
            if self._closing:
                future.set_exception(BocageError(said("The journal is closed.")))
                return future
            self._questions.append((question, future))
            self._condition.notify_all()
        return future

    def recall(self, study: Study) -> Future[Recalled | None]:
        """Look up what was done to a study, and go on from there; None if nothing was, or it is open already."""

        def look(connection: sqlite3.Connection) -> Recalled | None:
            desk = self._desk(study)
            if desk.adopted or desk.branch or desk.changes:
                return None
            found = store.recall(connection, study.key)
            desk.adopted = True
            if found is not None:
                desk.parent = found.branch
                desk.state = dict(found.branch.parts)
            return found

        return self.ask(look)

    def set_current(self, key: str) -> None:
        """Say which study is being read."""

        def note(connection: sqlite3.Connection) -> None:
            self._current = key
            store.set_current(connection, self._session, key)

        self.ask(note)

    def forget(self, key: str | None) -> Future[None]:
        """Forget a study (None: everything), also what is being done to it now up to here."""

        def work(connection: sqlite3.Connection) -> None:
            if key is None:
                compact.forget_all(connection, self._session)
                compact.forget_damaged(self.folder)
                self._desks.clear()
            else:
                compact.forget_study(connection, key)
                self._desks.pop(key, None)

        return self.ask(work)

    def size(self) -> Future[compact.Size]:
        """Look up what the journal takes."""

        def work(connection: sqlite3.Connection) -> compact.Size:
            assert self._opened is not None
            return compact.size_of(connection, self._opened.path)

        return self.ask(work)

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until everything handed over is on the disk and was read back; false if it is not."""
        limit = time.monotonic() + timeout_s
        with self._condition:
            tried = self._tries
            while self._state.unsaved or self._entries:
                left = limit - time.monotonic()
                # One try may have been under way; the next is the one that was asked for.
                failed = self._state.kind == "failed" and self._tries >= tried + 2 and not self._entries
                if left <= 0 or failed or not self._thread.is_alive():
                    return False
                self._retry_now = True
                self._condition.notify_all()
                self._condition.wait(min(left, 0.5))
            return True

    def close(self, timeout_s: float = 5.0) -> bool:
        """Flush, say that the session ended, and end the thread; false if something is not on the disk."""
        saved = self.flush(timeout_s)
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        self._thread.join(timeout_s)
        return saved and not self._thread.is_alive()

    # -- the thread ------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._condition:
                retry = bool(self._failure)
                if not (self._entries or self._questions or self._closing or self._retry_now):
                    self._condition.wait(self._retry_s if retry else None)
                entries, questions = list(self._entries), list(self._questions)
                self._entries.clear()
                self._questions.clear()
                asked, self._retry_now = self._retry_now, False
                closing = self._closing
            if closing and self._opened is None and not entries and not self._desks:
                return
            for entry in entries:
                self._tell_unwritable(self._desk(entry.study).fold(entry))
            if not self._failure or asked or closing or not entries:
                self._try_to_write()
                with self._condition:
                    self._tries += 1
                    self._condition.notify_all()
            else:
                self._say_failed()  # the next try comes with the clock
                with self._condition:
                    self._condition.wait(self._retry_s)
            for question, future in questions:
                self._answer(question, future)
            if closing:
                self._end()
                return

    def _answer(self, question: Callable[[sqlite3.Connection], Any], future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(question(self._connection()))
        except Exception as error:
            future.set_exception(error)

    def _tell_unwritable(self, names: tuple[str, ...]) -> None:
        if names and not self._told_unwritable:
            self._told_unwritable = True
            what = ", ".join(sorted({field_of(name) for name in names}))
            self._tell_note(said("Some of what you do cannot be kept in the journal: {0}. The rest is kept.", what))

    def _desk(self, study: Study) -> Desk:
        desk = self._desks.get(study.key)
        if desk is None:
            desk = self._desks[study.key] = Desk(study)
        elif study.paths:
            desk.study = study
        return desk

    def _try_to_write(self) -> None:
        try:
            if not self._opened or not self._is_same_file():
                self._close_connections()
                self._connection()
            for desk in self._desks.values():
                self._write(desk)
        except (sqlite3.Error, OSError, _NotThere) as error:
            self._failed(error)
            return
        except Exception as error:  # whatever it is, the thread goes on and the user is told
            log.error("the journal failed: %s", type(error).__name__, exc_info=log.isEnabledFor(10))
            self._failed(error)
            return
        self._failure = ""
        with self._condition:
            unsaved = sum(entry.counts for entry in self._entries)
            before = self._state
            if before.kind in ("saving", "failed"):
                self._state = JournalState("saving" if unsaved else "saved", "", unsaved, time.time())
            changed = self._state != before
            self._condition.notify_all()
        if changed:
            self._tell(self.state)
        if self._written >= COMPACT_EVERY:
            self._written = 0
            with contextlib.suppress(sqlite3.Error):
                compact.compact(self._connection())

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, sqlite3.Error) and schema.is_damage(error):
            self._close_connections()  # opening again puts the damaged file aside
        self._failure = schema.reason(error)
        self._say_failed()

    def _say_failed(self) -> None:
        with self._condition:
            before = self._state
            unsaved = self._unsaved() + sum(entry.counts for entry in self._entries)
            # A journal that cannot be opened is worth a word even before there is anything to save.
            self._state = JournalState("failed", self._failure, unsaved, before.at)
            changed = self._state != before
            self._condition.notify_all()
        if changed:
            self._tell(self.state)

    def _unsaved(self) -> int:
        return sum(desk.unsaved for desk in self._desks.values())

    def _write(self, desk: Desk) -> None:
        connection = self._connection()
        state, dirty = dict(desk.state), set(desk.dirty)
        if desk.view is not None and desk.view != state.get(VIEW):
            state[VIEW] = desk.view
            if desk.branch:  # looking alone is nothing to keep
                dirty.add(VIEW)
        if not desk.changes and not dirty:
            desk.queued.clear()
            return
        if not desk.branch:
            dirty = set(state)
        parts: dict[str, str | None] = {name: state.get(name) for name in dirty}
        rows: dict[int, Row] = {}
        with transaction(connection):
            branch = desk.branch
            if not branch:
                branch = store.start_branch(connection, self._session, desk.study, desk.parent, state)
                if self._current == desk.study.key:
                    connection.execute("UPDATE sessions SET study = ? WHERE id = ?", (self._current, self._session))
            store.put_parts(connection, branch, parts)
            numbers = []
            for change in desk.changes:
                row = change.row()
                number = store.add_change(connection, branch, row, change.id)
                numbers.append(number)
                rows[number] = row
        if not store.read_back(self._readable(), branch, parts, rows):
            raise _NotThere
        for change, number in zip(desk.changes, numbers, strict=True):
            change.id = number
        if desk.changes:
            desk.last = desk.changes[-1]
        desk.branch = branch
        desk.state = state
        self._written += len(desk.changes)
        desk.changes = []
        desk.dirty = set()
        now = time.perf_counter()
        self.latencies_s.extend(now - queued for queued in desk.queued)
        desk.queued.clear()

    # -- the file --------------------------------------------------------------------------------------------------

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            opened = schema.open_journal(self.folder)
            if self._prepare is not None:
                self._prepare(opened.connection)
            try:
                new_file = not store.is_entered(opened.connection, self._session)
                if new_file:
                    self._session = store.begin_session(opened.connection)
            except BaseException:
                opened.connection.close()
                raise
            self._opened, self._file = opened, _identity(opened.path)
            for note in opened.notes:
                self._tell_note(note)
            if new_file:
                for desk in self._desks.values():
                    # Another file knows nothing of what was in the one before.
                    if desk.branch or desk.parent is not None:
                        desk.dirty = set(desk.state)
                    desk.branch, desk.parent, desk.last = 0, None, None
                    for change in desk.changes:
                        change.id = 0
            with contextlib.suppress(sqlite3.Error):
                compact.compact(opened.connection)
        return self._opened.connection

    def _readable(self) -> sqlite3.Connection:
        """A connection of its own to read back with: what it sees is in the file, not in the writer's memory."""
        if self._reader is None:
            assert self._opened is not None
            self._reader = schema.connect(self._opened.path, read_only=True)
        return self._reader

    def _is_same_file(self) -> bool:
        """Whether the journal is still the file under its name: it may have been deleted or put aside meanwhile."""
        assert self._opened is not None
        try:
            return _identity(self._opened.path) == self._file
        except OSError:
            return False

    def _close_connections(self) -> None:
        for connection in (self._reader, self._opened.connection if self._opened is not None else None):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
        self._reader = self._opened = None

    def _end(self) -> None:
        if self._opened is not None and not self._unsaved():
            with contextlib.suppress(sqlite3.Error, OSError):
                store.end_session(self._opened.connection, self._session)
                checkpoint(self._opened.connection)
        self._close_connections()
        for _, future in self._questions:
            future.cancel()


class _NotThere(BocageError):
    """What was written is not what is read."""

    def __init__(self) -> None:
        super().__init__(said("what was written could not be read back"))


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return (found.st_dev, found.st_ino)
