"""What is read from and written to the journal, as plain functions of an SQLite connection. One thread at a time."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from app.database import transaction
from app.journal import encode

Kind = Literal["do", "undo", "redo", "start", "put"]
"""What happened: a command was done, undone or done again; the study was hung anew; or a state was put in force."""
BEHIND_DAYS = 30.0
"""How long something that was put aside by the user can be brought back."""


@dataclass(frozen=True)
class Study:
    """What the journal knows of a study.

    Attributes
    ----------
    key : str
        Its UID, or the name that stands for it where files have none.
    paths : tuple of str
        What to open to see it again.
    title : str
        Without the patient's name.
    fingerprint : str
        Of its files; another one means that they changed.
    """

    key: str
    paths: tuple[str, ...] = ()
    title: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Branch:
    """What one session did to one study.

    Attributes
    ----------
    id : int
    revision : int
        Grows with every change.
    changes : int
        How many of them the session made.
    changed_at : float
        Seconds since 1970.
    parts : mapping of str to str
        The state: JSON by part.
    """

    id: int
    revision: int
    changes: int
    changed_at: float
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recalled:
    """A study as it was left.

    Attributes
    ----------
    study : Study
        As it was when it was journalled.
    branch : Branch
        What was done last.
    others : tuple of Branch
        What was done in other windows at the same time, without parts.
    """

    study: Study
    branch: Branch
    others: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Unfinished:
    """A session whose process ended without closing its journal.

    Attributes
    ----------
    session : int
    study : Study
        The one that was being read.
    changes : int
        Made to it in that session.
    changed_at : float
    further : int
        Other studies with changes in the same session.
    """

    session: int
    study: Study
    changes: int
    changed_at: float
    further: int


@dataclass(frozen=True)
class Row:
    """One change as it is written.

    Attributes
    ----------
    delta : str
        JSON: for each part the `app.journal.desk.Difference` between before and after.
    """

    kind: Kind
    text: str
    merge_key: str
    at: float
    delta: str
    id: int = 0


# -- sessions ----------------------------------------------------------------------------------------------------------


@cache
def process_started() -> float:
    """When this process began: with its number it names the process for good."""
    import psutil

    return float(psutil.Process().create_time())


def begin_session(connection: sqlite3.Connection, now: float | None = None) -> int:
    """Enter this run of the program; its number."""
    with transaction(connection):
        row = connection.execute(
            "INSERT INTO sessions (pid, process_started, host, started_at) VALUES (?, ?, ?, ?)",
            (os.getpid(), process_started(), platform.node(), time.time() if now is None else now),
        )
    return int(row.lastrowid or 0)


def is_entered(connection: sqlite3.Connection, session: int) -> bool:
    """Whether this run is entered in this file under a number."""
    row = connection.execute("SELECT pid, process_started FROM sessions WHERE id = ?", (session,)).fetchone()
    return row is not None and tuple(row) == (os.getpid(), process_started())


def end_session(connection: sqlite3.Connection, session: int) -> None:
    """Say that the session ended as it should."""
    with transaction(connection):
        connection.execute("UPDATE sessions SET ended_at = ?, settled = 1 WHERE id = ?", (time.time(), session))


def set_current(connection: sqlite3.Connection, session: int, study: str) -> None:
    """Say which study a session reads."""
    with transaction(connection):
        connection.execute("UPDATE sessions SET study = ? WHERE id = ?", (study, session))


def is_alive(pid: int, started: float, host: str) -> bool:
    """Whether a process that wrote to the journal may still run; of other machines nothing can be known."""
    if host != platform.node():
        return True
    import psutil

    try:
        process = psutil.Process(pid)
        return bool(abs(process.create_time() - started) < 1.0 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def unfinished(connection: sqlite3.Connection, session: int) -> tuple[Unfinished, ...]:
    """Sessions that did not end as they should and changed something, the newest first."""
    found = []
    rows = connection.execute(
        "SELECT id, pid, process_started, host, study FROM sessions "
        "WHERE ended_at IS NULL AND settled = 0 AND id != ? ORDER BY id DESC",
        (session,),
    ).fetchall()
    for number, pid, started, host, current in rows:
        if is_alive(pid, started, host):
            continue
        branches = connection.execute(
            "SELECT study, changes, changed_at FROM branches "
            "WHERE session = ? AND changes > 0 AND discarded_at IS NULL ORDER BY study = ? DESC, changed_at DESC",
            (number, current),
        ).fetchall()
        if branches:
            key, changes, changed_at = branches[0]
            study = _study(connection, key)
            found.append(Unfinished(number, study, changes, changed_at, len(branches) - 1))
    return tuple(found)


def settle(connection: sqlite3.Connection, session: int) -> bool:
    """Take an unfinished session's offer; false when another window has taken it already."""
    with transaction(connection):
        taken = connection.execute("UPDATE sessions SET settled = 1 WHERE id = ? AND settled = 0", (session,))
    return taken.rowcount == 1


def discard(connection: sqlite3.Connection, session: int, *, back: bool = False) -> None:
    """Put aside what a session did (or bring it `back`); kept for `BEHIND_DAYS`."""
    with transaction(connection):
        connection.execute(
            "UPDATE branches SET discarded_at = ? WHERE session = ?", (None if back else time.time(), session)
        )


# -- studies -----------------------------------------------------------------------------------------------------------


def _study(connection: sqlite3.Connection, key: str) -> Study:
    row = connection.execute("SELECT paths, title, fingerprint FROM studies WHERE key = ?", (key,)).fetchone()
    if row is None:
        return Study(key)
    return Study(key, tuple(json.loads(row[0])), row[1], row[2])


# A branch is behind when another, not put aside, started from its last revision.
_HEADS = """
    SELECT id, revision, changes, changed_at FROM branches AS own
    WHERE study = ? AND discarded_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM branches AS child
        WHERE child.parent = own.id AND child.base_revision >= own.revision AND child.discarded_at IS NULL
    )
    ORDER BY changed_at DESC, id DESC
"""


def recall(connection: sqlite3.Connection, key: str) -> Recalled | None:
    """What was done to a study last; None if nothing was."""
    heads = [Branch(*row) for row in connection.execute(_HEADS, (key,))]
    if not heads:
        return None
    parts = dict(connection.execute("SELECT name, value FROM parts WHERE branch = ?", (heads[0].id,)).fetchall())
    branch = Branch(heads[0].id, heads[0].revision, heads[0].changes, heads[0].changed_at, parts)
    return Recalled(_study(connection, key), branch, tuple(heads[1:]))


def keep_unread(connection: sqlite3.Connection, key: str, parts: Mapping[str, str]) -> None:
    """Keep what this version could not read, before something else is written in its place."""
    with transaction(connection):
        connection.executemany(
            "INSERT OR IGNORE INTO unread (study, name, value, at) VALUES (?, ?, ?, ?)",
            [(key, name, value, time.time()) for name, value in parts.items()],
        )


# -- writing -----------------------------------------------------------------------------------------------------------


def start_branch(
    connection: sqlite3.Connection, session: int, study: Study, parent: Branch | None, parts: Mapping[str, str]
) -> int:
    """Begin what a session does to a study with all that was there; within a transaction. Its number."""
    put_study(connection, study)
    row = connection.execute(
        "INSERT INTO branches (session, study, parent, base_revision, revision, changed_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            session,
            study.key,
            parent.id if parent is not None else None,
            parent.revision if parent is not None else 0,
            parent.revision if parent is not None else 0,
            time.time(),
        ),
    )
    branch = int(row.lastrowid or 0)
    put_parts(connection, branch, parts)
    return branch


def put_study(connection: sqlite3.Connection, study: Study) -> None:
    """Write what is known of a study; within a transaction."""
    connection.execute(
        "INSERT INTO studies (key, paths, title, fingerprint, changed_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET paths = excluded.paths, title = excluded.title, "
        "fingerprint = excluded.fingerprint, changed_at = excluded.changed_at",
        (study.key, json.dumps(study.paths), study.title, study.fingerprint, time.time()),
    )


def put_parts(connection: sqlite3.Connection, branch: int, parts: Mapping[str, str | None]) -> None:
    """Write parts of a branch's state (None: there is none any more); within a transaction."""
    connection.executemany(
        "INSERT INTO parts (branch, name, version, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (branch, name) DO UPDATE SET version = excluded.version, value = excluded.value",
        [(branch, name, encode.VERSION, value) for name, value in parts.items() if value is not None],
    )
    connection.executemany(
        "DELETE FROM parts WHERE branch = ? AND name = ?",
        [(branch, name) for name, value in parts.items() if value is None],
    )


def add_change(connection: sqlite3.Connection, branch: int, row: Row, replaced: int = 0) -> int:
    """Write a change, or in the place of one (a drag goes on); within a transaction. Its number."""
    if replaced:
        connection.execute(
            "UPDATE changes SET at = ?, text = ?, delta = ? WHERE id = ? AND branch = ?",
            (row.at, row.text, row.delta, replaced, branch),
        )
        number = replaced
    else:
        written = connection.execute(
            "INSERT INTO changes (branch, at, kind, text, merge_key, delta) VALUES (?, ?, ?, ?, ?, ?)",
            (branch, row.at, row.kind, row.text, row.merge_key, row.delta),
        )
        number = int(written.lastrowid or 0)
    connection.execute(
        "UPDATE branches SET revision = revision + 1, changes = changes + ?, changed_at = ? WHERE id = ?",
        (0 if replaced or row.kind in ("start", "put") else 1, row.at, branch),
    )
    return number


def read_back(
    connection: sqlite3.Connection, branch: int, parts: Mapping[str, str | None], rows: Mapping[int, Row]
) -> bool:
    """Whether the file holds exactly what was to be written."""
    for name, value in parts.items():
        found = connection.execute("SELECT value FROM parts WHERE branch = ? AND name = ?", (branch, name)).fetchone()
        if (found[0] if found is not None else None) != value:
            return False
    for number, row in rows.items():
        found = connection.execute("SELECT delta FROM changes WHERE id = ? AND branch = ?", (number, branch)).fetchone()
        if found is None or found[0] != row.delta:
            return False
    return True
