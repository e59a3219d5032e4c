"""The journal's SQLite file: where it lies, its tables, its migrations, and what is done with a damaged one.

One file for all of the user's studies, in the user's data folder alone. Write-ahead logging, so that a killed process
leaves the last committed state; ``synchronous=FULL``, so that what was committed also survives the loss of power
(with NORMAL it would only survive the loss of the process). The price, one flush of the disk for each commit, is paid
on the journal's own thread.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from recon.messages import reason_of, said

FILE_NAME = "journal.sqlite3"
FOLDER_VARIABLE = "BOCAGE_DATA"
BUSY_S = 2.0
"""How long a statement waits for another program that is writing; then it is told, and tried again."""
JOURNAL_LIMIT_BYTES = 4 * 2**20
"""The write-ahead log is cut back to this after a checkpoint."""

# A session is one run of the program. A branch is what one session did to one study: it starts as what was there
# (`parent`, at its revision `base_revision`) and has its own copy of every part, so that two programs at once never
# write the same row. A branch whose parent has not moved on since takes the parent's place.
MIGRATIONS = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        pid INTEGER NOT NULL,
        process_started REAL NOT NULL,
        host TEXT NOT NULL,
        started_at REAL NOT NULL,
        ended_at REAL,
        settled INTEGER NOT NULL DEFAULT 0,
        study TEXT NOT NULL DEFAULT ''
    );
    CREATE TABLE studies (
        key TEXT PRIMARY KEY,
        paths TEXT NOT NULL,
        title TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        changed_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE branches (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES sessions (id),
        study TEXT NOT NULL,
        parent INTEGER,
        base_revision INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL DEFAULT 0,
        changes INTEGER NOT NULL DEFAULT 0,
        changed_at REAL NOT NULL,
        discarded_at REAL,
        UNIQUE (session, study)
    );
    CREATE INDEX branches_of_study ON branches (study);
    CREATE TABLE parts (
        branch INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (branch, name)
    ) WITHOUT ROWID;
    CREATE TABLE changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        branch INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
        at REAL NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        merge_key TEXT NOT NULL,
        delta TEXT NOT NULL
    );
    CREATE INDEX changes_of_branch ON changes (branch, id);
    CREATE TABLE unread (
        id INTEGER PRIMARY KEY,
        study TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        at REAL NOT NULL,
        UNIQUE (study, name, value)
    );
    """,
)
VERSION = len(MIGRATIONS)


def data_folder() -> Path:
    """Where the journal is kept: ``BOCAGE_DATA``, or the user's data folder."""
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("bocage", appauthor=False))


@dataclass(frozen=True)
class Opened:
    """A journal that was opened, and what the user must know of it."""

    connection: sqlite3.Connection
    path: Path
    notes: tuple[str, ...] = ()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a connection as the journal wants it; transactions are begun and ended explicitly."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(uri, timeout=BUSY_S, isolation_level=None, uri=True, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def open_journal(folder: Path) -> Opened:
    """Open the journal in a folder, made or migrated if needed.

    A damaged file is put aside under another name, never deleted; one of a newer version is left alone, and a file
    of this version is used beside it.

    Raises
    ------
    sqlite3.Error, OSError
        When there is no journal to be had: no permission, no room, locked by another program.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    notes: list[str] = []
    try:
        connection = _prepared(path)
    except _Newer as newer:
        path = folder / f"journal-{VERSION}.sqlite3"
        notes.append(
            said(
                "{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. "
                "Until Bocage is updated your work is kept in {3}.",
                FILE_NAME,
                newer.version,
                VERSION,
                path.name,
            )
        )
        connection = _prepared(path)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        aside = set_aside(path)
        notes.append(
            said(
                "The journal of your work was damaged and has been put aside as {0}; a new one was begun. "
                "What you did before may not come back by itself.",
                str(aside),
            )
        )
        connection = _prepared(path)
    return Opened(connection, path, tuple(notes))


class _Newer(Exception):
    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def _prepared(path: Path) -> sqlite3.Connection:
    new = not path.exists()
    connection = connect(path)
    try:
        if new:
            with contextlib.suppress(OSError):
                path.chmod(0o600)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise _Newer(version)
        if version == 0:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only has an effect before the first table
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten as well
        connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}")
        if not new:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError("database disk image is malformed")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to this version; all or nothing, also when two programs do it at once."""
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for number in range(version, VERSION):
            for statement in MIGRATIONS[number].split(";"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def set_aside(path: Path) -> Path:
    """Rename a damaged journal with its log; its new path."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 0
    while True:
        aside = path.with_name(f"{path.stem}.damaged-{stamp}{f'-{number}' if number else ''}{path.suffix}")
        if not aside.exists():
            break
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is no database any more (and not only locked, full or forbidden)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "malformed" in str(error)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reason(error: BaseException) -> str:
    """Why the journal cannot be written, in a few words for the user."""
    if isinstance(error, sqlite3.Error):
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return said("the disk is full")
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return said("the folder cannot be written")
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return said("another program holds the journal")
        if code == sqlite3.SQLITE_CANTOPEN:
            return said("the folder cannot be opened for writing")
        if code == sqlite3.SQLITE_IOERR:
            return said("the disk cannot be written")
        if is_damage(error):
            return said("the journal is damaged")
    if isinstance(error, PermissionError):
        return said("the folder cannot be written")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return reason_of(error) or type(error).__name__
