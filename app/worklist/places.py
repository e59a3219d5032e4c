"""From a study in the index back to what is to be opened."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path


def places(connection: sqlite3.Connection, uid: str) -> list[Path]:
    """What to open to see a study: directories that hold nothing else, files otherwise; each object once.

    Of copies those are taken whose directory holds most of the study. A directory is opened as such only if the index
    knows of nothing else in it or below, so that what lies beside the images (geometry files) and what was added since
    come with it.
    """
    rows = connection.execute(
        "SELECT d.id, d.path, f.name, i.id FROM studies s JOIN series r ON r.study = s.id "
        "JOIN instances i ON i.series = r.id JOIN files f ON f.instance = i.id "
        "JOIN directories d ON d.id = f.directory WHERE s.uid = ? AND d.there ORDER BY d.path, f.name",
        (uid,),
    ).fetchall()
    held: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for directory, path, name, instance in rows:
        held[directory, path].setdefault(instance, name)
    found: list[Path] = []
    seen: set[int] = set()
    for (directory, path), names in sorted(held.items(), key=lambda each: (-len(each[1]), each[0][1])):
        wanted = [name for instance, name in names.items() if instance not in seen]
        if not wanted:
            continue
        if len(wanted) == len(names) and _is_alone(connection, directory, path, uid):
            found.append(Path(path))
        else:
            found += [Path(path) / name for name in wanted]
        seen.update(names)
    return found


def _is_alone(connection: sqlite3.Connection, directory: int, path: str, uid: str) -> bool:
    """Whether a directory holds nothing but one study, and nothing below it does."""
    other = connection.execute(
        "SELECT 1 FROM files f JOIN instances i ON i.id = f.instance JOIN series r ON r.id = i.series "
        "JOIN studies s ON s.id = r.study WHERE f.directory = ? AND s.uid != ? LIMIT 1",
        (directory, uid),
    ).fetchone()
    if other is not None:
        return False
    # Everything below begins with the path and a separator.
    for separator in ("/", "\\"):
        below = path.rstrip(separator) + separator
        inner = connection.execute(
            "SELECT 1 FROM directories d JOIN files f ON f.directory = d.id WHERE d.path > ? AND d.path < ? LIMIT 1",
            (below, below + "\U0010ffff"),
        ).fetchone()
        if inner is not None:
            return False
    return True
