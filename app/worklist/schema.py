"""The index's SQLite file: where it lies, its tables, and what is done with one that is damaged or of another version.

``synchronous=NORMAL``: after a loss of power the last commits may be missing, and the folders are looked through again
at the next start anyway.
"""

from __future__ import annotations

from pathlib import Path

from app.database import Opened, opened
from recon.messages import mark

FILE_NAME = "worklist.sqlite3"
BUSY_S = 10.0
"""Another program may write a batch of files at the moment."""

SEARCH_TABLE = """
    CREATE VIRTUAL TABLE search USING fts5 (
        name, patient, accession, part, modality, words, tokenize = 'trigram case_sensitive 1'
    );
    """

# A study's row is made of the files that were found and of what the user said of it (state … hidden).
# A file may hold nothing of interest (no instance), and then perhaps a problem. Copies are files of one instance.
# headers: what files say of their patient and study, as JSON (`studies.FACTS`); one for most studies.
# instances.header is no foreign key: looking for what refers to a header that goes would need an index of its own.
# hidden: 0 listed, 1 removed from the list by the user, 2 its folder is no longer watched.
MIGRATIONS = (
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        added_at REAL NOT NULL,
        checked_at REAL,
        present INTEGER NOT NULL DEFAULT 1,
        complete INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE directories (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        folder INTEGER NOT NULL REFERENCES folders (id),
        there INTEGER NOT NULL DEFAULT 1,
        mtime_ns INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX directories_of_folder ON directories (folder);
    CREATE TABLE studies (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        patient_name TEXT NOT NULL DEFAULT '',
        name_key TEXT NOT NULL DEFAULT '',
        patient_id TEXT NOT NULL DEFAULT '',
        birth_date TEXT NOT NULL DEFAULT '',
        sex TEXT NOT NULL DEFAULT '',
        study_date TEXT NOT NULL DEFAULT '',
        study_time TEXT NOT NULL DEFAULT '',
        moment INTEGER NOT NULL DEFAULT 0,
        description TEXT NOT NULL DEFAULT '',
        accession TEXT NOT NULL DEFAULT '',
        modalities TEXT NOT NULL DEFAULT '',
        body_parts TEXT NOT NULL DEFAULT '',
        laterality TEXT NOT NULL DEFAULT '',
        institution TEXT NOT NULL DEFAULT '',
        doubtful TEXT NOT NULL DEFAULT '',
        n_series INTEGER NOT NULL DEFAULT 0,
        n_images INTEGER NOT NULL DEFAULT 0,
        n_instances INTEGER NOT NULL DEFAULT 0,
        n_there INTEGER NOT NULL DEFAULT 0,
        state INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        flag INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        hidden INTEGER NOT NULL DEFAULT 0,
        added_at REAL NOT NULL,
        opened_at REAL,
        facets INTEGER GENERATED ALWAYS AS (state + 4 * flag + 8 * hidden + 32 * (n_there > 0)) VIRTUAL,
        day INTEGER GENERATED ALWAYS AS (moment / 1000000) VIRTUAL
    );
    CREATE INDEX studies_facets ON studies (facets, day);
    CREATE INDEX studies_moment ON studies (moment DESC, id DESC);
    CREATE INDEX studies_name ON studies (name_key, moment DESC, id DESC);
    CREATE INDEX studies_patient ON studies (patient_id, moment DESC, id DESC);
    CREATE INDEX studies_added ON studies (added_at DESC, moment DESC, id DESC);
    CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        uid TEXT NOT NULL,
        number INTEGER,
        description TEXT NOT NULL DEFAULT '',
        modality TEXT NOT NULL DEFAULT '',
        body_part TEXT NOT NULL DEFAULT '',
        laterality TEXT NOT NULL DEFAULT '',
        view_position TEXT NOT NULL DEFAULT '',
        UNIQUE (study, uid)
    );
    CREATE INDEX series_modality ON series (modality);
    CREATE INDEX series_body_part ON series (body_part);
    CREATE TABLE headers (
        id INTEGER PRIMARY KEY,
        study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        facts TEXT NOT NULL,
        UNIQUE (study, facts)
    );
    CREATE TABLE instances (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        header INTEGER NOT NULL,
        images INTEGER NOT NULL
    );
    CREATE INDEX instances_of_series ON instances (series);
    CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        directory INTEGER NOT NULL REFERENCES directories (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        instance INTEGER REFERENCES instances (id) ON DELETE SET NULL,
        problem TEXT,
        UNIQUE (directory, name)
    );
    CREATE INDEX files_of_instance ON files (instance) WHERE instance IS NOT NULL;
    CREATE INDEX files_with_problem ON files (directory) WHERE problem IS NOT NULL;
    CREATE TABLE readings (
        study TEXT NOT NULL,
        pid INTEGER NOT NULL,
        process_started REAL NOT NULL,
        host TEXT NOT NULL,
        since REAL NOT NULL,
        PRIMARY KEY (study, pid, process_started, host)
    ) WITHOUT ROWID;
    """
    + SEARCH_TABLE,
)
VERSION = len(MIGRATIONS)


NEWER = mark(
    "{0} was written by a newer version of Bocage (format {1}, this one knows {2}) and is left alone. "
    "Until Bocage is updated the worklist is kept in {3}."
)
DAMAGED = mark(
    "The worklist's index was damaged and has been put aside as {0}; a new one was begun. Add your folders "
    "again: the studies come back, what was marked as read or rejected does not."
)


def open_index(folder: Path, *, check: bool = False) -> Opened:
    """Open the index in a folder (`app.database.opened`).

    Parameters
    ----------
    folder : Path
        Of the user's data; the file in it is `FILE_NAME`.
    check : bool
        Look through all of it for damage first. It takes long with hundreds of megabytes; asked for once damage was
        met (`app.database.is_damage`).
    """
    return opened(
        folder, FILE_NAME, MIGRATIONS, newer=NEWER, damaged=DAMAGED, durable="NORMAL", busy_s=BUSY_S, check=check
    )
