"""Keeping the journal small, and forgetting."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from app.database import checkpoint, transaction
from app.database import size_of as size_of_file
from app.journal.store import BEHIND_DAYS

KEPT_CHANGES = 500
"""Single changes kept of each study beside its state, as many as can be undone."""
KEPT_SESSIONS = 50
PAGES_AT_ONCE = 256
"""Given back to the disk in one step, so that no other program waits long."""


@dataclass(frozen=True)
class Size:
    """What the journal takes.

    Attributes
    ----------
    size_bytes : int
        Of the file with its log.
    studies : int
    """

    size_bytes: int
    studies: int


def compact(connection: sqlite3.Connection, now: float | None = None) -> None:
    """Remove what nobody needs any more; the state of every study stays.

    Removed are branches whose place another one has taken, those that were put aside longer than `BEHIND_DAYS` ago,
    changes beyond `KEPT_CHANGES` of each study, and old sessions. Every step is a transaction of its own, so a process
    that is killed here leaves a whole journal.

    """
    now = time.time() if now is None else now
    with transaction(connection):
        # As long as the session that took a branch's place may still be put aside, both stay.
        behind = connection.execute(
            "SELECT DISTINCT own.id FROM branches AS own JOIN branches AS child ON child.parent = own.id "
            "WHERE child.base_revision >= own.revision AND child.discarded_at IS NULL "
            "AND own.session NOT IN (SELECT id FROM sessions WHERE ended_at IS NULL AND settled = 0) "
            "AND child.session NOT IN (SELECT id FROM sessions WHERE ended_at IS NULL AND settled = 0) "
            "ORDER BY own.id"
        ).fetchall()
        for (old,) in behind:
            # What it took the place of is behind its child from now on.
            connection.execute(
                "UPDATE branches SET (parent, base_revision) = "
                "(SELECT parent, base_revision FROM branches WHERE id = ?) WHERE parent = ?",
                (old, old),
            )
            connection.execute("DELETE FROM branches WHERE id = ?", (old,))
    with transaction(connection):
        connection.execute("DELETE FROM branches WHERE discarded_at < ?", (now - BEHIND_DAYS * 86400,))
    with transaction(connection):
        connection.execute(
            "DELETE FROM changes WHERE id IN (SELECT id FROM ("
            "SELECT id, row_number() OVER (PARTITION BY branch ORDER BY id DESC) AS place FROM changes"
            ") WHERE place > ?)",
            (KEPT_CHANGES,),
        )
    with transaction(connection):
        connection.execute(
            "DELETE FROM sessions WHERE id NOT IN (SELECT session FROM branches) AND (ended_at IS NOT NULL OR settled) "
            "AND id NOT IN (SELECT id FROM sessions ORDER BY id DESC LIMIT ?)",
            (KEPT_SESSIONS,),
        )
    connection.execute(f"PRAGMA incremental_vacuum({PAGES_AT_ONCE})").fetchall()
    checkpoint(connection)


def forget_study(connection: sqlite3.Connection, key: str) -> None:
    """Remove all that was ever done to a study, and overwrite it on the disk."""
    with transaction(connection):
        connection.execute("DELETE FROM branches WHERE study = ?", (key,))
        connection.execute("DELETE FROM studies WHERE key = ?", (key,))
        connection.execute("DELETE FROM unread WHERE study = ?", (key,))
        connection.execute("UPDATE sessions SET study = '' WHERE study = ?", (key,))
    _sweep(connection)


def forget_all(connection: sqlite3.Connection, session: int) -> None:
    """Remove everything but the running session's entry, and overwrite it on the disk."""
    with transaction(connection):
        for table in ("branches", "studies", "unread"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM sessions WHERE id != ?", (session,))
        connection.execute("UPDATE sessions SET study = ''")
    _sweep(connection)


def _sweep(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA incremental_vacuum").fetchall()
    checkpoint(connection)


def forget_damaged(folder: Path) -> int:
    """Remove journals that were put aside as damaged; how many files went."""
    found = list(folder.glob("journal.damaged-*"))
    for path in found:
        path.unlink()
    return len(found)


def size_of(connection: sqlite3.Connection, path: Path) -> Size:
    """What the journal takes on the disk."""
    studies = connection.execute("SELECT count(DISTINCT study) FROM branches").fetchone()[0]
    return Size(size_of_file(path), int(studies))
