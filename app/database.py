"""SQLite files of the user's own: how they are opened, migrated, and what is done with a damaged one.

Write-ahead logging, so that a killed process leaves the last committed state and readers never wait for a writer.
Files and their logs are for the user alone.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from recon.messages import reason_of, said

FOLDER_VARIABLE = "BOCAGE_DATA"
BUSY_S = 2.0
"""How long a statement waits for another program that is writing; then it is told, and tried again."""
JOURNAL_LIMIT_BYTES = 4 * 2**20
"""The write-ahead log is cut back to this after a checkpoint."""


def data_folder() -> Path:
    """Where the user's files are kept: ``BOCAGE_DATA``, or the user's data folder."""
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("bocage", appauthor=False))


@dataclass(frozen=True)
class Opened:
    """A file that was opened, and what the user must know of it."""

    connection: sqlite3.Connection
    path: Path
    notes: tuple[str, ...] = ()


def connect(path: Path, *, read_only: bool = False, busy_s: float | None = None) -> sqlite3.Connection:
    """Open a connection; transactions are begun and ended explicitly (`transaction`)."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(
        uri, timeout=BUSY_S if busy_s is None else busy_s, isolation_level=None, uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock is taken at once, so that it cannot fail half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Newer(Exception):
    """The file was written by a newer version of the program."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def prepared(
    path: Path,
    migrations: Sequence[str],
    *,
    durable: Literal["FULL", "NORMAL"] = "FULL",
    busy_s: float | None = None,
    check: bool = True,
) -> sqlite3.Connection:
    """A connection to a file that is made or migrated if needed.

    Parameters
    ----------
    migrations : sequence of str
        Statements of each version, the first from nothing; their number is the version.
    durable : {"FULL", "NORMAL"}
        FULL: what was committed survives the loss of power, at one flush of the disk for each commit. NORMAL: the
        loss of the process; after a loss of power the file is whole, but the last commits may be missing.
    check : bool
        Look through an existing file for damage first, which takes time in proportion to its size.

    Raises
    ------
    Newer
    sqlite3.Error, OSError
        No permission, no room, locked by another program, or damaged (`is_damage`).
    """
    new = not path.exists()
    if new:
        # Made by us and not by SQLite: at no moment may others read it.
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = connect(path, busy_s=busy_s)
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(migrations):
            raise Newer(version)
        if version == 0:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only has an effect before the first table
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {durable}")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten as well
        connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}")
        if check and not new:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError("database disk image is malformed")
        migrate(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def opened(folder: Path, name: str, migrations: Sequence[str], *, newer: str, damaged: str, **how: Any) -> Opened:
    """Open a file in a folder of the user's data, made or migrated if needed.

    A damaged file is put aside under another name, never deleted; one of a newer version is left alone, and a file of
    this version is used beside it.

    Parameters
    ----------
    name : str
        Of the file ("journal.sqlite3").
    newer, damaged : str
        What is told then, marked texts: with places for the file's name, its format, the one known here and the name of
        the file in use; and for the name of the one put aside.
    **how
        As of `prepared`.

    Raises
    ------
    sqlite3.Error, OSError
        When there is none to be had: no permission, no room, locked by another program.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, version = folder / name, len(migrations)
    try:
        return Opened(prepared(path, migrations, **how), path)
    except Newer as found:
        path = path.with_stem(f"{path.stem}-{version}")
        note = said(newer, name, found.version, version, path.name)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        note = said(damaged, str(set_aside(path)))
    return Opened(prepared(path, migrations, **how), path, (note,))


def migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Bring the tables to this version; all or nothing, also when two programs do it at once."""
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) == len(migrations):
        return
    with transaction(connection):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for number in range(version, len(migrations)):
            for statement in migrations[number].split(";"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def checkpoint(connection: sqlite3.Connection) -> None:
    """Move the log into the file and cut it; another program that reads at the moment makes it wait for later."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def size_of(path: Path) -> int:
    """Bytes that a file takes with its logs."""
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]
    return sum(file.stat().st_size for file in files if file.exists())


def set_aside(path: Path) -> Path:
    """Rename a damaged file with its log; its new path."""
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
    """Why a file cannot be written, in a few words for the user."""
    if isinstance(error, sqlite3.Error):
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return said("the disk is full")
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return said("the folder cannot be written")
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return said("another program holds the file")
        if code == sqlite3.SQLITE_CANTOPEN:
            return said("the folder cannot be opened for writing")
        if code == sqlite3.SQLITE_IOERR:
            return said("the disk cannot be written")
        if is_damage(error):
            return said("the file is damaged")
    if isinstance(error, PermissionError):
        return said("the folder cannot be written")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return reason_of(error) or type(error).__name__
