"""Noticing that something changed below the watched folders, at the cost of one look at each directory."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from app.worklist import files


def changed_folders(connection: sqlite3.Connection) -> tuple[Path, ...]:
    """The folders to be looked through again.

    Files that come, go or are renamed change the time of their directory; a file that is written over in place does
    not, and is noticed when everything is looked through (at the start, or when asked for). So is what was left when
    somebody stopped: it is not begun again behind their back.
    """
    found: dict[Path, None] = {}
    for path, present in files.noted_folders(connection):
        # Where a disk was mounted an empty folder is left.
        there = path.is_dir() if present else _holds_anything(path)
        if there != present:
            found[path] = None
    for folder_path, directory, mtime_ns in files.noted_directories(connection):
        if folder_path in found:
            continue
        try:
            if directory.stat().st_mtime_ns != mtime_ns:
                found[folder_path] = None
        except OSError:
            found[folder_path] = None
    return tuple(found)


def _holds_anything(folder: Path) -> bool:
    try:
        with os.scandir(folder) as listing:
            return next(listing, None) is not None
    except OSError:
        return False
