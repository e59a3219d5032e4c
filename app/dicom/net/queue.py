"""What is to be sent, in a file: it survives a restart and a killed process. Nothing is lost, nothing goes twice.

An object is *waiting*, *sending*, *sent* (the server said that it stored it), *confirmed* (the server said that it
keeps it) or *failed*, then with a sentence and, where that is of use, the time of the next try. What a killed process
was sending waits again: a server that had stored it already says so, and keeps it once.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.database import opened, transaction
from app.dicom.net.jobs import MIGRATIONS, Added, Item, Job, packed, unpacked
from app.dicom.net.nodes import Node
from app.dicom.net.objects import SendObject
from app.journal.store import is_alive, process_started
from recon.errors import BocageError
from recon.messages import mark, said
from recon.progress import SILENT, Progress

FILE_NAME = "sending.sqlite3"
OUTBOX = "outbox"
BACKOFF_S = (5.0, 20.0, 60.0, 300.0, 900.0, 1800.0)
"""After the first failure, the second, …; the last one again and again."""
NOT_OFFERED = "-"
"""In the place of a question's UID: the server offers no storage commitment."""
NEWER = mark(
    "{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. "
    "Until Bocage is updated what is to be sent is kept in {3}."
)
DAMAGED = mark("The queue of what is to be sent was damaged and has been put aside as {0}.")


class SendQueue:
    """The queue of one user, shared by all windows of the program.

    Parameters
    ----------
    folder : Path
        The user's data folder.

    Raises
    ------
    BocageError
        When the file cannot be opened.

    Notes
    -----
    All methods may be called from any thread, but for the GUI's: they read and write files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: tuple[str, ...] = ()
        self._lock = threading.RLock()
        self.changed: Callable[[], object] = lambda: None
        """Called after every change, on the thread that made it."""
        try:
            file = opened(folder, FILE_NAME, MIGRATIONS, newer=NEWER, damaged=DAMAGED, busy_s=10.0)
            self._connection, self.notes = file.connection, file.notes
            self._owner = self._enter()
        except (sqlite3.Error, OSError) as error:
            raise BocageError(
                said("{0}: the queue of what is to be sent cannot be opened ({1}).", folder / FILE_NAME, error)
            ) from None

    def close(self) -> None:
        """Close the file; what this process was sending waits again."""
        with self._lock:
            with contextlib.suppress(sqlite3.Error), self._writing():
                self._connection.execute(_GIVE_BACK + " AND owner = ?", (self._owner,))
                self._connection.execute("DELETE FROM owners WHERE id = ?", (self._owner,))
            self._connection.close()

    # -- adding ----------------------------------------------------------------------------------------------------

    def add(
        self,
        paths: Iterable[Path],
        node: Node,
        title: str = "",
        *,
        again: bool = False,
        copy: bool = False,
        progress: Progress = SILENT,
    ) -> Added:
        """Put files into the queue of a server.

        Parameters
        ----------
        paths : iterable of Path
            Files, and folders with all that is in them.
        node : Node
        title : str
            What the user reads in the list.
        again : bool
            Also what was sent to this server already.
        copy : bool
            Keep copies until they are sent: for files that will not stay where they are.
        """
        from app.imports import prepare_dicom

        prepare_dicom()
        from app.dicom.net.objects import look

        found: list[SendObject] = []
        problems: list[str] = []
        files = list(files_in(paths))
        for index, path in enumerate(files):
            progress.step(index / max(len(files), 1), said("Looking through what is to be sent"))
            try:
                found.append(look(path))
            except BocageError as error:
                problems.append(str(error))
            except OSError as error:
                problems.append(said("{0}: cannot be read ({1}).", path.name, error.strerror or ""))
        found = list({item.sop_uid: item for item in found}.values())
        with self._lock:
            added = self._add(found, node, title, again=again, copy=copy)
        self.changed()
        return Added(added[0], added[1], len(found) - added[1], tuple(problems))

    def _add(
        self, found: Sequence[SendObject], node: Node, title: str, *, again: bool, copy: bool
    ) -> tuple[int | None, int]:
        now = time.time()
        count = 0
        with self._writing():
            job = int(
                self._connection.execute(
                    "INSERT INTO jobs (node, title, added_at) VALUES (?, ?, ?)", (node.id, title, now)
                ).lastrowid
                or 0
            )
            for item in found:
                known = self._connection.execute(
                    "SELECT id, state, size, changed_ns FROM objects WHERE node = ? AND sop_uid = ? "
                    "ORDER BY state IN ('waiting', 'sending', 'failed') DESC, id DESC LIMIT 1",
                    (node.id, item.sop_uid),
                ).fetchone()
                if known is not None:
                    same = known[2:] == (item.size, item.changed_ns)
                    if known[1] in ("waiting", "sending") or (known[1] in ("sent", "confirmed") and same and not again):
                        continue
                    if known[1] == "failed":
                        self._connection.execute("DELETE FROM objects WHERE id = ?", (known[0],))
                if copy:
                    item = self._copied(job, item)
                self._connection.execute(
                    "INSERT INTO objects (job, node, path, sop_class, sop_uid, study_uid, series_uid, syntax, start, "
                    "size, changed_ns, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(job, node.id, str(item.path.absolute()), item.sop_class, item.sop_uid, item.study_uid),
                        *(item.series_uid, item.syntax, item.offset, item.size, item.changed_ns, now),
                    ),
                )
                count += 1
            self._connection.execute("DELETE FROM jobs WHERE id NOT IN (SELECT job FROM objects)")
            self._connection.execute("DELETE FROM holds WHERE node = ?", (node.id,))
        return (job if count else None), count

    def _copied(self, job: int, item: SendObject) -> SendObject:
        from dataclasses import replace

        folder = self.folder / OUTBOX / str(job)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = folder / f"{len(list(folder.iterdir()))}.dcm"
        shutil.copyfile(item.path, target)
        found = target.stat()
        return replace(item, path=target, changed_ns=found.st_mtime_ns)

    # -- for the sender --------------------------------------------------------------------------------------------

    def recover(self) -> int:
        """Let wait again what processes were sending that have ended; how much that was."""
        with self._lock:
            rows = self._connection.execute("SELECT id, pid, process_started, host FROM owners").fetchall()
            gone = [row[0] for row in rows if row[0] != self._owner and not is_alive(*row[1:])]
            count = 0
            with self._writing():
                for owner in gone:
                    count += self._connection.execute(_GIVE_BACK + " AND owner = ?", (owner,)).rowcount
                    self._connection.execute("DELETE FROM owners WHERE id = ?", (owner,))
        if count:
            self.changed()
        return count

    def due(self, now: float) -> dict[str, float]:
        """When each server with open work is due next."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT objects.node, max(coalesce(holds.due_at, 0), min(coalesce(objects.due_at, ?))) FROM objects "
                "JOIN jobs ON jobs.id = objects.job AND NOT jobs.paused LEFT JOIN holds ON holds.node = objects.node "
                "WHERE state = 'waiting' OR (state = 'failed' AND objects.due_at IS NOT NULL) GROUP BY objects.node",
                (now,),
            ).fetchall()
        return {str(node): float(at) for node, at in rows}

    def claim(self, node: str, limit: int, most_bytes: int, now: float) -> list[Item]:
        """Take the next objects of a server, in their order; they are *sending* from now on."""
        with self._lock, self._writing():
            rows = self._connection.execute(
                f"SELECT objects.id, {_COLUMNS} FROM objects JOIN jobs ON jobs.id = objects.job AND NOT jobs.paused "
                "WHERE objects.node = ? AND (state = 'waiting' OR (state = 'failed' AND due_at <= ?)) "
                "ORDER BY objects.id LIMIT ?",
                (node, now, limit),
            ).fetchall()
            items: list[Item] = []
            size = 0
            for row in rows:
                item = _item(row)
                if items and size + item.object.size > most_bytes:
                    break
                size += item.object.size
                items.append(item)
            self._connection.executemany(
                "UPDATE objects SET state = 'sending', owner = ?, changed_at = ? WHERE id = ?",
                [(self._owner, now, item.id) for item in items],
            )
        return items

    def settle(self, outcomes: Iterable[tuple[int, str, str, bool]], now: float) -> None:
        """Write what became of objects.

        Parameters
        ----------
        outcomes : iterable of (id, state, sentence, lasting)
            State is "sent", "failed" or "waiting" (not tried); `lasting` failures are not tried again.
        """
        with self._lock, self._writing():
            for identity, state, text, lasting in outcomes:
                if state == "failed":
                    self._connection.execute(
                        "UPDATE objects SET state = 'failed', attempts = attempts + 1, owner = NULL, reason = ?, "
                        "changed_at = ?, due_at = CASE WHEN ? THEN NULL ELSE ? + CASE attempts "
                        + " ".join(f"WHEN {index} THEN {delay}" for index, delay in enumerate(BACKOFF_S))
                        + f" ELSE {BACKOFF_S[-1]} END END WHERE id = ? AND state = 'sending'",
                        (packed(text), now, lasting, now, identity),
                    )
                else:
                    self._connection.execute(
                        "UPDATE objects SET state = ?, owner = NULL, reason = ?, due_at = NULL, changed_at = ? "
                        "WHERE id = ? AND state = 'sending'",
                        (state, packed(text), now, identity),
                    )
        self.changed()

    def hold(self, node: str, text: str, now: float) -> float:
        """Let a server wait that cannot be reached, longer each time; when it is due."""
        with self._lock, self._writing():
            row = self._connection.execute("SELECT attempts FROM holds WHERE node = ?", (node,)).fetchone()
            attempts = int(row[0]) if row is not None else 0
            due = now + BACKOFF_S[min(attempts, len(BACKOFF_S) - 1)]
            self._connection.execute(
                "INSERT OR REPLACE INTO holds (node, due_at, attempts, reason) VALUES (?, ?, ?, ?)",
                (node, due, attempts + 1, packed(text)),
            )
        self.changed()
        return due

    def refuse(self, node: str, text: str, now: float) -> None:
        """Fail all that waits for a server, as trying again is of no use before somebody changes something."""
        with self._lock, self._writing():
            self._connection.execute(
                "UPDATE objects SET state = 'failed', due_at = NULL, owner = NULL, reason = ?, changed_at = ? "
                "WHERE node = ? AND (state IN ('waiting', 'failed') OR (state = 'sending' AND owner = ?))",
                (packed(text), now, node, self._owner),
            )
        self.changed()

    def reached(self, node: str) -> None:
        """Say that a server answers."""
        with self._lock, self._writing():
            self._connection.execute("DELETE FROM holds WHERE node = ?", (node,))

    # -- confirming ------------------------------------------------------------------------------------------------

    def unconfirmed(self, node: str, limit: int) -> list[Item]:
        """Objects that were sent, and that the server was not yet asked to keep."""
        with self._lock:
            rows = self._connection.execute(
                f"SELECT objects.id, {_COLUMNS} FROM objects "
                "WHERE node = ? AND state = 'sent' AND question = '' ORDER BY id LIMIT ?",
                (node, limit),
            ).fetchall()
        return [_item(row) for row in rows]

    def unasked_nodes(self) -> tuple[str, ...]:
        """Servers that have not been asked to keep what was sent."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT DISTINCT node FROM objects WHERE state = 'sent' AND question = ''"
            ).fetchall()
        return tuple(str(row[0]) for row in rows)

    def ask_no_more(self, node: str) -> None:
        """Say that a server is not asked to keep what was sent."""
        with self._lock, self._writing():
            self._connection.execute(
                "UPDATE objects SET question = ? WHERE node = ? AND state = 'sent' AND question = ''",
                (NOT_OFFERED, node),
            )

    def asked(self, ids: Iterable[int], question: str) -> None:
        """Say which question was asked of objects."""
        with self._lock, self._writing():
            self._connection.executemany(
                "UPDATE objects SET question = ? WHERE id = ?", [(question, identity) for identity in ids]
            )

    def questioned(self, since: float) -> tuple[str, ...]:
        """Servers that owe an answer to a question asked after `since`."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT DISTINCT node FROM objects WHERE state = 'sent' AND question NOT IN ('', ?) AND changed_at > ?",
                (NOT_OFFERED, since),
            ).fetchall()
        return tuple(str(row[0]) for row in rows)

    def confirm(self, ids: Iterable[int]) -> None:
        """Say that the server keeps objects."""
        with self._lock, self._writing():
            self._connection.executemany(
                "UPDATE objects SET state = 'confirmed', changed_at = ? WHERE id = ? AND state = 'sent'",
                [(time.time(), identity) for identity in ids],
            )
        self.changed()

    def answered(self, question: str, kept: Iterable[str], refused: Iterable[str], text: str = "") -> int:
        """Take a server's answer to a question; how many objects it speaks of.

        What the server does not keep has failed, and is to be sent again.
        """
        now, count = time.time(), 0
        with self._lock, self._writing():
            for uid in kept:
                count += self._connection.execute(
                    "UPDATE objects SET state = 'confirmed', changed_at = ? "
                    "WHERE question = ? AND sop_uid = ? AND state = 'sent'",
                    (now, question, uid),
                ).rowcount
            for uid in refused:
                # A newer copy of it may wait already.
                count += self._connection.execute(
                    "UPDATE OR IGNORE objects SET state = 'failed', due_at = ?, question = '', reason = ?, "
                    "changed_at = ? WHERE question = ? AND sop_uid = ? AND state = 'sent'",
                    (now + BACKOFF_S[0], packed(text), now, question, uid),
                ).rowcount
        self.changed()
        return count

    # -- for the user ----------------------------------------------------------------------------------------------

    def jobs(self) -> list[Job]:
        """All jobs, the newest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT jobs.id, jobs.node, title, added_at, paused, state, count(*), sum(size) FROM jobs "
                "JOIN objects ON objects.job = jobs.id GROUP BY jobs.id, state ORDER BY jobs.id DESC"
            ).fetchall()
            holds = {
                str(node): (float(at), unpacked(text))
                for node, at, text in self._connection.execute("SELECT node, due_at, reason FROM holds")
            }
            failed = {
                int(job): (unpacked(text), due)
                for job, text, due in self._connection.execute(
                    "SELECT job, reason, min(coalesce(due_at, 1e18)) FROM objects WHERE state = 'failed' GROUP BY job"
                )
            }
        grouped: dict[int, list[Any]] = {}
        for row in rows:
            grouped.setdefault(int(row[0]), []).append(row)
        return [_job(found, holds, failed) for found in grouped.values()]

    def failures(self, job: int, limit: int = 200) -> list[tuple[str, str]]:
        """Names of files that failed, and why."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT path, reason FROM objects WHERE job = ? AND state = 'failed' ORDER BY id LIMIT ?", (job, limit)
            ).fetchall()
        return [(Path(path).name, unpacked(reason)) for path, reason in rows]

    def retry(self, job: int | None = None) -> None:
        """Try at once what failed, of one job or of all; what was sent stays sent."""
        with self._lock, self._writing():
            only = "" if job is None else f" AND job = {int(job)}"
            self._connection.execute(
                "UPDATE objects SET state = 'waiting', due_at = NULL, attempts = 0, reason = '' "
                f"WHERE state = 'failed'{only}"
            )
            nodes = "" if job is None else f" WHERE node = (SELECT node FROM jobs WHERE id = {int(job)})"
            self._connection.execute(f"DELETE FROM holds{nodes}")
        self.changed()

    def pause(self, job: int, *, paused: bool) -> None:
        """Hold a job back, or let it go on; what is being sent ends."""
        with self._lock, self._writing():
            self._connection.execute("UPDATE jobs SET paused = ? WHERE id = ?", (paused, job))
        self.changed()

    def remove(self, job: int) -> None:
        """Take a job out; what the server has, it has."""
        with self._lock:
            with self._writing():
                self._connection.execute("DELETE FROM jobs WHERE id = ?", (job,))
            shutil.rmtree(self.folder / OUTBOX / str(int(job)), ignore_errors=True)
        self.changed()

    def clear_done(self) -> None:
        """Take out the jobs whose objects the server has all."""
        for job in self.jobs():
            if job.done == job.total:
                self.remove(job.id)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _enter(self) -> int:
        with self._writing():
            row = self._connection.execute(
                "INSERT INTO owners (pid, process_started, host) VALUES (?, ?, ?)",
                (os.getpid(), process_started(), platform.node()),
            )
        return int(row.lastrowid or 0)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with transaction(self._connection):
            yield


_COLUMNS = "job, path, sop_class, sop_uid, study_uid, series_uid, syntax, start, size, changed_ns"
_GIVE_BACK = "UPDATE objects SET state = 'waiting', owner = NULL WHERE state = 'sending'"


def _item(row: Sequence[Any]) -> Item:
    identity, job, path, *rest = row
    return Item(int(identity), int(job), SendObject(Path(path), *rest))


def _job(rows: Sequence[Any], holds: dict[str, tuple[float, str]], failed: dict[int, tuple[str, float]]) -> Job:
    identity, node, title, added_at, paused = rows[0][:5]
    counts = {str(row[5]): int(row[6]) for row in rows}
    reason, due = failed.get(int(identity), ("", 1e18))
    if node in holds and (counts.get("waiting") or counts.get("sending")):
        due, reason = holds[node]
    return Job(
        int(identity),
        str(node),
        str(title),
        float(added_at),
        bool(paused),
        counts,
        sum(int(row[7]) for row in rows),
        sum(int(row[7]) for row in rows if row[5] in ("sent", "confirmed")),
        reason,
        due if due < 1e17 else None,
    )


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Files, and what is in folders, without what is hidden."""
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file() and not found.name.startswith("."))
        else:
            yield path
