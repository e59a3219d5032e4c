"""Folders, directories and files in the index, and the objects in them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.database import transaction
from app.worklist.model import HIDDEN, Folder
from app.worklist.records import FileFound, Record, packed, unpacked
from app.worklist.studies import facts_of, held_in, parts_of, refresh_studies


@dataclass(frozen=True)
class KnownFile:
    """A file as the index has it."""

    id: int
    size: int
    mtime_ns: int
    inode: int


# -- folders -----------------------------------------------------------------------------------------------------------


def folders(connection: sqlite3.Connection) -> tuple[Folder, ...]:
    """The folders that are kept in the index, in the order in which they were added."""
    rows = connection.execute(
        "SELECT f.id, f.path, f.kind, coalesce(f.checked_at, 0), f.present, f.complete, "
        "(SELECT count(*) FROM directories d JOIN files x ON x.directory = d.id WHERE d.folder = f.id), "
        "(SELECT count(*) FROM directories d JOIN files x ON x.directory = d.id "
        "WHERE d.folder = f.id AND x.problem IS NOT NULL) FROM folders f ORDER BY f.id"
    )
    return tuple(
        Folder(number, Path(path), kind, checked, bool(present), bool(complete), files, problems)
        for number, path, kind, checked, present, complete, files, problems in rows
    )


def covering(connection: sqlite3.Connection, path: Path) -> Path | None:
    """The folder of the index that a path lies in (or is); None when there is none."""
    wanted = _plain(path)
    for (kept,) in connection.execute("SELECT path FROM folders"):
        if wanted.is_relative_to(kept):
            return Path(kept)
    return None


def _plain(path: Path) -> Path:
    """The path from the root without dots; links stay what they are."""
    return Path(os.path.abspath(path))


def add_folder(
    connection: sqlite3.Connection, path: Path, kind: Literal["watched", "received"] = "watched"
) -> tuple[int, Path]:
    """Enter a folder, or find the one that it lies in; those that lie in it become part of it.

    Returns
    -------
    id : int
    path : Path
        Of the folder that now covers it.
    """
    wanted = _plain(path)
    with transaction(connection):
        present = covering(connection, wanted)
        if present is not None:
            if present == wanted and kind == "watched":
                connection.execute("UPDATE folders SET kind = 'watched' WHERE path = ?", (str(present),))
            number = connection.execute("SELECT id FROM folders WHERE path = ?", (str(present),)).fetchone()[0]
            return int(number), present
        inner = [
            number
            for number, kept in connection.execute("SELECT id, path FROM folders").fetchall()
            if Path(kept).is_relative_to(wanted)
        ]
        added = connection.execute(
            "INSERT INTO folders (path, kind, added_at) VALUES (?, ?, ?)", (str(wanted), kind, time.time())
        )
        for number in inner:
            connection.execute("UPDATE directories SET folder = ? WHERE folder = ?", (added.lastrowid, number))
            connection.execute("DELETE FROM folders WHERE id = ?", (number,))
    return int(added.lastrowid or 0), wanted


def remove_folder(connection: sqlite3.Connection, path: Path) -> None:
    """Watch a folder no longer. Studies that lie nowhere else leave the list; what was said of them is kept."""
    with transaction(connection):
        row = connection.execute("SELECT id FROM folders WHERE path = ?", (str(path),)).fetchone()
        if row is None:
            return
        gone = [
            number
            for (number,) in connection.execute(
                "SELECT f.id FROM files f JOIN directories d ON d.id = f.directory WHERE d.folder = ?", row
            )
        ]
        touched = _remove_files(connection, gone)
        connection.execute("DELETE FROM directories WHERE folder = ?", row)
        connection.execute("DELETE FROM folders WHERE id = ?", row)
        refresh_studies(connection, touched)
        for part in parts_of(touched):
            bare = f"id IN ({held_in(part)}) AND n_instances = 0"
            unsaid = f"{bare} AND state = 0 AND flag = 0 AND note = '' AND hidden = 0"
            ids = [number for (number,) in connection.execute(f"SELECT id FROM studies WHERE {unsaid}", part)]
            connection.executemany("DELETE FROM search WHERE rowid = ?", [(number,) for number in ids])
            connection.executemany("DELETE FROM studies WHERE id = ?", [(number,) for number in ids])
            connection.execute(
                f"UPDATE studies SET hidden = {HIDDEN.index('unwatched')} WHERE {bare} AND hidden = 0", part
            )


def set_checked(connection: sqlite3.Connection, folder: int, *, present: bool, complete: bool) -> None:
    """Note that a folder was looked through."""
    with transaction(connection):
        connection.execute(
            "UPDATE folders SET checked_at = ?, present = ?, complete = ? WHERE id = ?",
            (time.time(), present, complete, folder),
        )


def set_there(connection: sqlite3.Connection, directories: Sequence[int], there: bool) -> None:
    """Note whether directories can be reached; their studies follow."""
    for part in parts_of(directories):
        with transaction(connection):
            held = held_in(part)
            changed = [
                number
                for (number,) in connection.execute(
                    f"UPDATE directories SET there = ? WHERE id IN ({held}) AND there != ? RETURNING id",
                    (there, *part, there),
                )
            ]
            if not changed:
                continue
            held = held_in(changed)
            touched = connection.execute(
                "SELECT DISTINCT s.study FROM files f JOIN instances i ON i.id = f.instance "
                f"JOIN series s ON s.id = i.series WHERE f.directory IN ({held})",
                changed,
            ).fetchall()
            refresh_studies(connection, [number for (number,) in touched])


# -- files -------------------------------------------------------------------------------------------------------------


def known_directories(connection: sqlite3.Connection, folder: int, below: Path) -> dict[Path, int]:
    """The directories of a folder at or below a path, by path."""
    rows = connection.execute("SELECT path, id FROM directories WHERE folder = ?", (folder,))
    return {Path(path): number for path, number in rows if Path(path).is_relative_to(below)}


def known_files(connection: sqlite3.Connection, directory: int) -> dict[str, KnownFile]:
    """What is known of the files in a directory, by name."""
    rows = connection.execute("SELECT name, id, size, mtime_ns, inode FROM files WHERE directory = ?", (directory,))
    return {name: KnownFile(*rest) for name, *rest in rows}


def put_files(connection: sqlite3.Connection, folder: int, files: Sequence[FileFound]) -> frozenset[str]:
    """Enter files as they were found; all or nothing.

    Returns
    -------
    frozenset of str
        UIDs of the studies that were not in the list before.
    """
    arrived: set[str] = set()
    touched: dict[int, None] = {}
    directories: dict[Path, int] = {}
    with transaction(connection):
        for found in files:
            parent = found.path.parent
            if parent not in directories:
                directories[parent] = _directory(connection, folder, parent)
            record, instance = found.record, None
            if record is not None:
                study, new = _study(connection, record)
                touched[study] = None
                if new:
                    arrived.add(record.study)
                series, header = _series(connection, study, record), _header(connection, study, record)
                instance, former = _instance(connection, series, header, record)
                if former is not None:
                    touched.setdefault(former, None)
            before = connection.execute(
                "SELECT i.id, s.study FROM files f JOIN instances i ON i.id = f.instance "
                "JOIN series s ON s.id = i.series WHERE f.directory = ? AND f.name = ?",
                (directories[parent], found.path.name),
            ).fetchone()
            connection.execute(
                "INSERT INTO files (directory, name, size, mtime_ns, inode, instance, problem) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (directory, name) DO UPDATE SET size = excluded.size, "
                "mtime_ns = excluded.mtime_ns, inode = excluded.inode, instance = excluded.instance, "
                "problem = excluded.problem",
                (
                    directories[parent],
                    found.path.name,
                    found.size,
                    found.mtime_ns,
                    found.inode,
                    instance,
                    packed(found.problem) if found.problem else None,
                ),
            )
            if before is not None and before[0] != instance:
                touched.setdefault(before[1], None)
                _remove_bare(connection, [before[0]])
        refresh_studies(connection, touched)
    return frozenset(arrived)


def remove_files(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Forget files that are no longer there; studies without any stay, as such."""
    for part in parts_of(numbers):
        with transaction(connection):
            refresh_studies(connection, _remove_files(connection, part))


def remove_directories(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Forget directories that hold no files any more."""
    for part in parts_of(numbers):
        with transaction(connection):
            connection.execute(
                f"DELETE FROM directories WHERE id IN ({held_in(part)}) "
                "AND NOT EXISTS (SELECT 1 FROM files WHERE directory = directories.id)",
                part,
            )


def note_directories(connection: sqlite3.Connection, folder: int, changed: Mapping[Path, int]) -> None:
    """Note when directories were changed last, as of before each was looked through."""
    with transaction(connection):
        for path, mtime_ns in changed.items():
            connection.execute(
                "INSERT INTO directories (path, folder, mtime_ns) VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE "
                "SET mtime_ns = excluded.mtime_ns WHERE mtime_ns != excluded.mtime_ns",
                (str(path), folder, mtime_ns),
            )


def noted_folders(connection: sqlite3.Connection) -> list[tuple[Path, bool]]:
    """The folders, and whether each was there when it was looked through last."""
    rows = connection.execute("SELECT path, present FROM folders ORDER BY id")
    return [(Path(path), bool(present)) for path, present in rows]


def noted_directories(connection: sqlite3.Connection) -> list[tuple[Path, Path, int]]:
    """Folder, directory and when that was changed last, of all that could be reached and were looked through."""
    rows = connection.execute(
        "SELECT f.path, d.path, d.mtime_ns FROM directories d JOIN folders f ON f.id = d.folder "
        "WHERE d.there AND d.mtime_ns != 0"
    )
    return [(Path(folder), Path(path), mtime_ns) for folder, path, mtime_ns in rows]


def uids_in(connection: sqlite3.Connection, files: Iterable[int]) -> set[str]:
    """SOP Instance UIDs of what lies in files."""
    found: set[str] = set()
    for part in parts_of(files):
        held = held_in(part)
        rows = connection.execute(
            f"SELECT i.uid FROM files f JOIN instances i ON i.id = f.instance WHERE f.id IN ({held})", part
        )
        found.update(uid for (uid,) in rows)
    return found


def _directory(connection: sqlite3.Connection, folder: int, path: Path) -> int:
    row = connection.execute("SELECT id FROM directories WHERE path = ?", (str(path),)).fetchone()
    if row is None:
        added = connection.execute("INSERT INTO directories (path, folder) VALUES (?, ?)", (str(path), folder))
        return int(added.lastrowid or 0)
    return int(row[0])


def _study(connection: sqlite3.Connection, record: Record) -> tuple[int, bool]:
    row = connection.execute("SELECT id, hidden FROM studies WHERE uid = ?", (record.study,)).fetchone()
    if row is None:
        added = connection.execute(
            "INSERT INTO studies (uid, added_at) VALUES (?, ?)", (record.study, round(time.time(), 3))
        )
        return int(added.lastrowid or 0), True
    if row[1] == HIDDEN.index("unwatched"):
        connection.execute("UPDATE studies SET hidden = 0 WHERE id = ?", (row[0],))
        return int(row[0]), True
    return int(row[0]), False


def _series(connection: sqlite3.Connection, study: int, record: Record) -> int:
    header = record.header
    row = connection.execute(
        "INSERT INTO series (study, uid, number, description, modality, body_part, laterality, view_position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (study, uid) DO UPDATE SET number = excluded.number, "
        "description = excluded.description, modality = excluded.modality, body_part = excluded.body_part, "
        "laterality = excluded.laterality, view_position = excluded.view_position RETURNING id",
        (
            study,
            record.series,
            record.series_number,
            header.series_description,
            header.modality.upper(),
            header.body_part.upper(),
            header.laterality.upper(),
            header.view_position,
        ),
    ).fetchone()
    return int(row[0])


def _header(connection: sqlite3.Connection, study: int, record: Record) -> int:
    key = (study, facts_of(record.header))
    row = connection.execute("SELECT id FROM headers WHERE study = ? AND facts = ?", key).fetchone()
    if row is None:
        return int(connection.execute("INSERT INTO headers (study, facts) VALUES (?, ?)", key).lastrowid or 0)
    return int(row[0])


def _instance(connection: sqlite3.Connection, series: int, header: int, record: Record) -> tuple[int, int | None]:
    """The number of an instance, and the study that it belonged to before if that was another one."""
    row = connection.execute(
        "SELECT i.id, i.series, s.study FROM instances i JOIN series s ON s.id = i.series WHERE i.uid = ?",
        (record.uid,),
    ).fetchone()
    if row is None:
        added = connection.execute(
            "INSERT INTO instances (uid, series, header, images) VALUES (?, ?, ?, ?)",
            (record.uid, series, header, record.images),
        )
        return int(added.lastrowid or 0), None
    number, before, study = row
    connection.execute(
        "UPDATE instances SET series = ?, header = ?, images = ? WHERE id = ?", (series, header, record.images, number)
    )
    if before != series:
        connection.execute(
            "DELETE FROM series WHERE id = ? AND NOT EXISTS (SELECT 1 FROM instances WHERE series = series.id)",
            (before,),
        )
        return int(number), int(study)
    return int(number), None


def _remove_files(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[int]:
    """Remove files and what lies in no other; the studies that are to be refreshed."""
    touched: set[int] = set()
    for part in parts_of(numbers):
        held = held_in(part)
        rows = connection.execute(
            "SELECT DISTINCT i.id, s.study FROM files f JOIN instances i ON i.id = f.instance "
            f"JOIN series s ON s.id = i.series WHERE f.id IN ({held})",
            part,
        ).fetchall()
        connection.execute(f"DELETE FROM files WHERE id IN ({held})", part)
        _remove_bare(connection, [number for number, _ in rows])
        touched.update(study for _, study in rows)
    return sorted(touched)


def _remove_bare(connection: sqlite3.Connection, instances: Sequence[int]) -> None:
    """Remove those instances that no file holds, and series that hold nothing then."""
    for part in parts_of(instances):
        series = connection.execute(
            f"DELETE FROM instances WHERE id IN ({held_in(part)}) "
            "AND NOT EXISTS (SELECT 1 FROM files WHERE instance = instances.id) RETURNING series",
            part,
        ).fetchall()
        connection.executemany(
            "DELETE FROM series WHERE id = ? AND NOT EXISTS (SELECT 1 FROM instances WHERE series = series.id)",
            set(series),
        )


def problems(connection: sqlite3.Connection, limit: int = 500) -> list[tuple[Path, str]]:
    """Files that were refused, with the reason as a sentence."""
    rows = connection.execute(
        "SELECT d.path, f.name, f.problem FROM files f JOIN directories d ON d.id = f.directory "
        "WHERE f.problem IS NOT NULL ORDER BY d.path, f.name LIMIT ?",
        (limit,),
    )
    return [(Path(folder) / name, unpacked(problem)) for folder, name, problem in rows]
