"""From folders to rows: what is new or changed is read, what is gone is forgotten, what is unchanged costs a look.

A file is unchanged when its size, its time of change and its number on the disk are; where a disk numbers all files
anew whenever it is connected (exFAT, network disks), size and time must do. Headers are read outside of
transactions and written in batches, so that whoever stops this (or kills it) loses one batch, and the next run goes on
from there. A moved file is known again by its SOP Instance UID.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.dicom.read.classify import natural
from app.dicom.read.model import ReadError
from app.dicom.read.scan import MAX_DEPTH
from app.worklist import files
from app.worklist.model import Report
from app.worklist.records import FileFound, read_record
from recon.progress import SILENT, Progress

BATCH, BATCH_S = 200, 0.5
"""Files that are written together, or so many seconds of reading."""
WALKING = 0.1
"""Share of the progress for looking through the folders."""


@dataclass
class _Walk:
    """What looking through the directories found.

    Attributes
    ----------
    to_read : list of FileFound
        New or changed files, not read yet.
    gone : set of int
        Numbers of files that are no longer under their names.
    missing : list of int
        Numbers of directories that are no longer there.
    visited : dict of Path to int
        Directories, and when each was changed last, before it was looked through.
    """

    to_read: list[FileFound] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    missing: list[int] = field(default_factory=list)
    visited: dict[Path, int] = field(default_factory=dict)
    unchanged: int = 0
    changed: int = 0


def index_folder(
    connection: sqlite3.Connection,
    path: Path,
    progress: Progress = SILENT,
    on_batch: Callable[[frozenset[str]], None] = lambda _: None,
    *,
    only: Path | None = None,
) -> Report:
    """Bring a folder's part of the index up to date.

    Parameters
    ----------
    connection : sqlite3.Connection
    path : Path
        A folder of the index (`files.add_folder`).
    progress : Progress
        May cancel; what was read until then stays.
    on_batch : callable
        Called with the UIDs of studies that are new whenever something was written.
    only : Path, optional
        Look at this part of the folder alone.

    Raises
    ------
    Cancelled
    """
    row = connection.execute("SELECT id, complete FROM folders WHERE path = ?", (str(path),)).fetchone()
    if row is None:
        return Report()
    folder, complete = int(row[0]), bool(row[1])
    if not _is_there(path):
        everything = files.known_directories(connection, folder, path)
        files.set_there(connection, list(everything.values()), False)
        files.set_checked(connection, folder, present=False, complete=complete)
        on_batch(frozenset())
        return Report(away=True)
    known = files.known_directories(connection, folder, only if only is not None else path)
    walk = _walk(connection, only if only is not None else path, known, progress.part(0.0, WALKING))
    report = _read(connection, folder, walk, progress.part(WALKING, 1.0), on_batch)
    if only is None and walk.gone and not walk.unchanged and not walk.changed and not report.moved:
        # Nothing of what was known is left: an unmounted disk leaves an empty folder, or another disk has its place.
        files.set_there(connection, [number for at, number in known.items() if _holds_gone(connection, number)], False)
        files.set_checked(connection, folder, present=False, complete=complete)
        on_batch(frozenset())
        return replace(report, away=True)
    files.remove_files(connection, sorted(walk.gone))
    files.remove_directories(connection, walk.missing)
    files.set_there(connection, [number for at, number in known.items() if at in walk.visited], True)
    files.note_directories(connection, folder, walk.visited)
    if only is None:
        files.set_checked(connection, folder, present=True, complete=True)
    on_batch(frozenset())
    return replace(report, gone=len(walk.gone) - report.moved)


def _is_there(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _holds_gone(connection: sqlite3.Connection, directory: int) -> bool:
    return connection.execute("SELECT 1 FROM files WHERE directory = ? LIMIT 1", (directory,)).fetchone() is not None


def _walk(connection: sqlite3.Connection, start: Path, known: dict[Path, int], progress: Progress) -> _Walk:
    """Compare the directories with the index."""
    walk = _Walk()
    stack, kept = [start], []
    while stack:
        here = stack.pop()
        done = len(walk.visited)
        progress.step(done / max(len(known), done + len(stack) + 1), here.name)
        try:
            mtime_ns = here.stat().st_mtime_ns
            with os.scandir(here) as listing:
                entries = sorted(
                    (entry for entry in listing if not entry.name.startswith(".")),
                    key=lambda entry: natural(Path(entry.name)),
                )
        except OSError as error:
            # What cannot be listed is not gone.
            if not isinstance(error, FileNotFoundError):
                kept.append(here)
            continue
        walk.visited[here] = mtime_ns
        before = files.known_files(connection, known[here]) if here in known else {}
        inner, met = [], []
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    inner.append(here / entry.name)
                    continue
                if not entry.is_file() or entry.name.upper() == "DICOMDIR":
                    continue
                found = entry.stat()
            except OSError:
                continue
            met.append((before.pop(entry.name, None), FileFound(here / entry.name, *_identity(found))))
        _compare(met, walk)
        walk.gone.update(was.id for was in before.values())
        if len(here.parts) - len(start.parts) < MAX_DEPTH:
            stack += reversed(inner)
    for directory, number in known.items():
        if directory not in walk.visited and not any(directory.is_relative_to(each) for each in kept):
            walk.missing.append(number)
            walk.gone.update(was.id for was in files.known_files(connection, number).values())
    return walk


def _compare(met: list[tuple[files.KnownFile | None, FileFound]], walk: _Walk) -> None:
    """Which of the files of one directory are to be read."""
    alike = {
        now.path: was.inode == now.inode
        for was, now in met
        if was is not None and (was.size, was.mtime_ns) == (now.size, now.mtime_ns)
    }
    renumbered = len(alike) > 1 and not any(alike.values())
    for was, now in met:
        if alike.get(now.path, False) or (renumbered and now.path in alike):
            walk.unchanged += 1
            continue
        walk.changed += was is not None
        walk.to_read.append(now)


def _identity(found: os.stat_result) -> tuple[int, int, int]:
    # Numbers of files on some network disks do not fit into SQLite's integers.
    return found.st_size, found.st_mtime_ns, found.st_ino & 0x7FFF_FFFF_FFFF_FFFF


def _read(
    connection: sqlite3.Connection,
    folder: int,
    walk: _Walk,
    progress: Progress,
    on_batch: Callable[[frozenset[str]], None],
) -> Report:
    """Read the headers of what is new or changed, and write them in batches."""
    gone = files.uids_in(connection, walk.gone)
    total, moved, refused, other = len(walk.to_read), 0, 0, 0
    arrived: set[str] = set()
    batch: list[FileFound] = []
    written = time.monotonic()

    def write() -> None:
        nonlocal batch, written
        if batch:
            new = files.put_files(connection, folder, batch)
            arrived.update(new)
            on_batch(new)
        batch, written = [], time.monotonic()

    try:
        for number, each in enumerate(walk.to_read):
            progress.step(number / total, each.path.name)
            try:
                found = replace(each, record=read_record(each.path))
                other += found.record is None
            except ReadError as error:
                found = replace(each, problem=error.args[0] if error.args else str(error))
                refused += 1
            if found.record is not None and found.record.uid in gone:
                gone.discard(found.record.uid)
                moved += 1
            batch.append(found)
            if len(batch) >= BATCH or time.monotonic() - written > BATCH_S:
                write()
    finally:
        write()
    progress.step(1.0)
    return Report(
        read=total,
        new=total - walk.changed - moved,
        changed=walk.changed,
        moved=moved,
        unchanged=walk.unchanged,
        refused=refused,
        other=other,
        arrived=frozenset(arrived),
    )
