"""Where fetched objects are put: whole or not at all, and never outside.

``<folder>/<study>/<series>/<object>.dcm``, each name made from a UID by a hash, as the receiver names them: what a
server sends names no place on this disk. A file is written beside as ``.part``, flushed, and renamed, so that what
bears its name is whole.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from app.dicom.net.query import FoundObject
from app.dicom.receive.spool import name_of
from recon.errors import BocageError, disk_reason
from recon.messages import said

GROWING = ".fetching"
HELD = 1 << 20
"""Bytes of an object that stay in memory until it is whole."""
LOOK, KEEP_FREE = 16 << 20, 1 << 29
"""After so many bytes of an object the disk is looked at; so many are left to others."""
LEFT_S = 3600.0
"""Parts older than this are left from a process that was killed."""


@lru_cache(maxsize=100_000)
def hashed(uid: str) -> str:
    """The name of a folder or file for a UID, as the receiver gives it."""
    return name_of(uid)


class Spool:
    """A folder of fetched objects.

    Parameters
    ----------
    folder : Path
        Made when something arrives.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def study_folder(self, study_uid: str) -> Path:
        """Where a study's objects are."""
        return self.folder / hashed(study_uid)

    def path(self, study_uid: str, series_uid: str, uid: str) -> Path:
        """Where an object is, or would be."""
        return self.study_folder(study_uid) / hashed(series_uid) / f"{hashed(uid)}.dcm"

    def missing(self, wanted: Iterable[FoundObject]) -> list[FoundObject]:
        """Those of some objects that are not here yet."""
        there: dict[Path, set[str]] = {}
        left = []
        for found in wanted:
            folder = self.study_folder(found.study_uid) / hashed(found.series_uid)
            if folder not in there:
                there[folder] = _names(folder)
            if f"{hashed(found.uid)}.dcm" not in there[folder]:
                left.append(found)
        return left

    def count(self, study_uid: str) -> int:
        """How many objects of a study are here."""
        return sum(len(_names(folder)) for folder in self.study_folder(study_uid).glob("*/"))

    def part(self) -> Arrival:
        """A new object to write what arrives into."""
        return Arrival(self)

    def adopt(self, other: Spool, wanted: Iterable[FoundObject]) -> None:
        """Take objects over that another spool has.

        Raises
        ------
        BocageError
        """
        for found in wanted:
            source = other.path(found.study_uid, found.series_uid, found.uid)
            if source.is_file() and not self.path(found.study_uid, found.series_uid, found.uid).exists():
                arrival = self.part()
                try:
                    with source.open("rb") as file:
                        shutil.copyfileobj(file, arrival, 1 << 20)
                    arrival.keep(found.study_uid, found.series_uid, found.uid)
                except OSError as error:
                    arrival.drop()
                    raise BocageError(
                        said("{0}: what arrives cannot be written there ({1}).", self.folder, disk_reason(error))
                    ) from None

    def clean(self, now: float) -> int:
        """Remove parts that a killed process left; how many there were."""
        count = 0
        for path in (self.folder / GROWING).glob("*.part"):
            with contextlib.suppress(OSError):
                if now - path.stat().st_mtime > LEFT_S:
                    path.unlink()
                    count += 1
        return count


class Arrival:
    """An object that is arriving. `keep` or `drop` ends it.

    Small objects stay in memory until they are whole: making a file waits for the disk while another is flushed.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.folder = spool.folder
        self.size = 0
        self._held = io.BytesIO()
        self._file: BinaryIO | None = None
        self._path: Path | None = None

    def write(self, data: bytes | memoryview) -> None:
        """Write what came.

        Raises
        ------
        OSError
        """
        self.size += len(data)
        if self._file is None and self.size > HELD:
            self._open()
        if self.size // LOOK != (self.size - len(data)) // LOOK and shutil.disk_usage(self.folder).free < KEEP_FREE:
            raise OSError(errno.ENOSPC, "no room")
        (self._held if self._file is None else self._file).write(data)

    def _open(self) -> BinaryIO:
        growing = self._spool.folder / GROWING
        growing.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = growing / f"{secrets.token_hex(16)}.part"
        self._file = self._path.open("x+b")
        self._file.write(self._held.getbuffer())
        self._held = io.BytesIO()
        return self._file

    @contextlib.contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """What came, to be looked through from its beginning."""
        file: BinaryIO = self._held if self._file is None else self._file
        file.flush()
        file.seek(0)
        try:
            yield file
        finally:
            file.seek(0, io.SEEK_END)

    def keep(self, study_uid: str, series_uid: str, uid: str) -> Path:
        """Put the whole object in its place; an object that is there already stays.

        Raises
        ------
        OSError
        """
        target = self._spool.path(study_uid, series_uid, uid)
        if target.exists():
            self.drop()
            return target
        file = self._file if self._file is not None else self._open()
        file.flush()
        os.fsync(file.fileno())
        file.close()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        assert self._path is not None
        os.replace(self._path, target)
        return target

    def drop(self) -> None:
        """Leave nothing behind."""
        self._held = io.BytesIO()
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()


def _names(folder: Path) -> set[str]:
    """The files in a folder; it may not be there."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}
    except OSError:
        return set()
