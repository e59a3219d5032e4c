"""The journal's SQLite file: its tables, and what is told of one that is damaged or of another version.

One file for all of the user's studies, in the user's data folder alone. ``synchronous=FULL``, so that what was
committed also survives the loss of power (with NORMAL it would only survive the loss of the process). The price, one
flush of the disk for each commit, is paid on the journal's own thread.
"""

from __future__ import annotations

from pathlib import Path

from app.database import Opened, connect, data_folder, is_damage, opened, reason
from recon.messages import mark

__all__ = [
    "FILE_NAME",
    "MIGRATIONS",
    "VERSION",
    "Opened",
    "connect",
    "data_folder",
    "is_damage",
    "open_journal",
    "reason",
]

FILE_NAME = "journal.sqlite3"

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

NEWER = mark(
    "{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. "
    "Until Bocage is updated your work is kept in {3}."
)
DAMAGED = mark(
    "The journal of your work was damaged and has been put aside as {0}; a new one was begun. "
    "What you did before may not come back by itself."
)


def open_journal(folder: Path) -> Opened:
    """Open the journal in a folder (`app.database.opened`)."""
    return opened(folder, FILE_NAME, MIGRATIONS, newer=NEWER, damaged=DAMAGED)
