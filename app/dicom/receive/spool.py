"""The folder of what was received: ``<study>/<series>/<object>.dcm``, every name the hash of a checked UID.

An object grows under a name of its own in a folder of this process, is made read-only when its last byte has come,
flushed to the disk with that, and then takes its place in one step. What a process left behind that was killed, or lost
its power, is looked at when the next one begins: what is read-only is whole and takes its place, the rest is removed.
So one flush for each object is enough: should the new name be lost, the object is not. Links planted in the folder are
not followed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import shutil
import stat
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.dicom.receive.dimse import IMPLICIT
from app.dicom.receive.identity import Identity, identify
from app.dicom.receive.pdu import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION, is_uid
from recon.errors import BocageError
from recon.messages import said

GROWING, ASIDE, MARK = ".incoming", ".aside", ".arrived"
WHOLE, PART = ".dcm", ".part"
LOCK = "lock"
SYNTAX, SOURCE = b"\2\0\x10\0UI", b"\2\0\x16\0AE"
"""How the transfer syntax and the sender begin in meta information."""
_MARKS = hasattr(os, "fchmod")
"""Whether a file can be made read-only with the flush of its bytes (not on Windows, where a lost name is not feared:
NTFS writes names to its journal at once)."""
NAME_DIGITS = 32
COMPARED = 1 << 20
LOOK_AT_DISK = 16 << 20
"""Bytes after which an object that grows looks again how much room the disk has."""
RECOUNT_S = 5.0
"""How old a count of what is in the folder may be when something would be refused for its sake."""


class NoRoom(BocageError):
    """The quota is used up, or the disk is as full as it may become."""


class InTheWay(BocageError):
    """Something is where a folder or file of the spool should be."""


@dataclass(frozen=True)
class Kept:
    """Where an object is now.

    Attributes
    ----------
    path : Path
    fate : str
        "new"; "again" when the same bytes were there; "aside" when other bytes have its name.
    size : int
        Of the file.
    """

    path: Path
    fate: str
    size: int


@dataclass(frozen=True)
class Arrival:
    """A study that was received and not opened yet."""

    study_uid: str
    folder: Path
    n_objects: int
    calling_ae: str


def name_of(uid: str) -> str:
    """The name of a UID on the disk."""
    return hashlib.sha256(uid.encode("utf-8")).hexdigest()[:NAME_DIGITS]


def file_meta(identity: tuple[str, str], transfer_syntax: str, calling_ae: str = "") -> bytes:
    """What stands before a data set in a file: preamble, prefix and group 2 (PS3.10 7.1).

    Parameters
    ----------
    identity : (str, str)
        SOP class and instance.
    transfer_syntax : str
    calling_ae : str
        Written as Source Application Entity Title; "" where there is none.
    """

    def element(number: int, representation: bytes, value: bytes, pad: bytes = b"\0") -> bytes:
        value += pad * (len(value) % 2)
        header = struct.pack("<HH2s", 2, number, representation)
        length = struct.pack("<2xL", len(value)) if representation == b"OB" else struct.pack("<H", len(value))
        return header + length + value

    body = b"".join(
        (
            element(0x0001, b"OB", b"\0\1"),
            element(0x0002, b"UI", identity[0].encode()),
            element(0x0003, b"UI", identity[1].encode()),
            element(0x0010, b"UI", transfer_syntax.encode()),
            element(0x0012, b"UI", IMPLEMENTATION_CLASS.encode()),
            element(0x0013, b"SH", IMPLEMENTATION_VERSION.encode(), b" "),
            element(0x0016, b"AE", calling_ae.encode("ascii", "replace"), b" ") if calling_ae else b"",
        )
    )
    return b"\0" * 128 + b"DICM" + element(0x0000, b"UL", struct.pack("<L", len(body))) + body


class Part:
    """An object that grows. Every one ends with `Spool.keep` or `drop`."""

    def __init__(self, spool: Spool, path: Path, limit: int, *, left: bool = False) -> None:
        self._spool, self.path, self._limit = spool, path, limit
        flags = os.O_RDONLY if left else os.O_RDWR | os.O_CREAT | os.O_EXCL
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        self.file = io.FileIO(os.open(path, flags, 0o600), "rb" if left else "r+b")
        self.size = self.start = 0
        self._looked = 0

    def begin(self, meta: bytes) -> None:
        """Write what stands before the data set."""
        self.write(meta)
        self.start = self.size

    def write(self, data: bytes | memoryview) -> None:
        """Write on.

        Raises
        ------
        NoRoom
            When the object, the quota or the disk is at its limit.
        OSError
        """
        size = len(data)
        if self.size - self.start + size > self._limit:
            raise NoRoom(said("The object is larger than {0:.0f} MB, the largest that is taken.", self._limit / 1e6))
        self._spool.use(size, 0)
        self.size += size
        if self.size - self._looked >= LOOK_AT_DISK:
            self._looked = self.size
            self._spool.check_disk()
        written = 0
        while written < size:
            written += self.file.write(data[written:])

    def end(self, *, flush: bool) -> None:
        """It is whole: say so on the disk, and have all of it there."""
        if _MARKS:
            os.fchmod(self.file.fileno(), 0o400)
        if flush:
            os.fsync(self.file.fileno())

    def look_into(self) -> Identity:
        """Whose it is, of a part that a process left.

        Raises
        ------
        Unreadable
        """
        self.size = os.fstat(self.file.fileno()).st_size
        self.start = _data_start(self.file)
        return identify(self.file, self.start, self.size, explicit=self.meta(SYNTAX) != IMPLICIT)

    def meta(self, element: bytes) -> str:
        """A value of the meta information before the data set."""
        self.file.seek(0)
        return _value(self.file.read(self.start), element).rstrip(b"\0 ").decode("ascii", "replace")

    def drop(self) -> None:
        """Remove it."""
        self.file.close()
        self.path.unlink(missing_ok=True)
        self._spool.use(-self.size, -1, forced=True)
        self.size = 0


class Spool:
    """The folder, as the one process that writes into it sees it.

    Parameters
    ----------
    folder : Path
    quota_bytes, quota_files : int
    keep_free_bytes : int
        Of the disk.
    object_bytes : int
        The largest object.
    """

    def __init__(
        self, folder: Path, quota_bytes: int, quota_files: int, keep_free_bytes: int, object_bytes: int
    ) -> None:
        self._folder = folder
        self._quota = (quota_bytes, quota_files)
        self._keep_free, self._object = keep_free_bytes, object_bytes
        self._used = [0, 0]
        self._counted = 0.0
        self._lock = threading.Lock()
        self._placing = threading.Lock()
        self._own: Path | None = None
        self._held: Any = None

    def open(self) -> None:
        """Make the folder, remove what others left half, count what is there.

        Raises
        ------
        InTheWay, OSError
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = self._folder.resolve()
        growing = _made(self._folder / GROWING)
        for left in list(growing.iterdir()):
            self._take_over(left)
        self._own = growing / secrets.token_hex(8)
        self._own.mkdir(mode=0o700)
        self._held = _lock_of(self._own)
        self.recount()

    def _take_over(self, folder: Path) -> None:
        """Keep what a process that has ended left whole, and remove the rest."""
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink(missing_ok=True)
            return
        held = _lock_of(folder)
        if held is None:
            return
        for path in folder.glob(f"*{PART}") if _MARKS else ():
            with contextlib.suppress(OSError, BocageError):
                if stat.S_IMODE(os.lstat(path).st_mode) & stat.S_IWUSR:
                    continue
                part = Part(self, path, self._object, left=True)
                try:
                    self.keep(part, part.look_into(), part.meta(SOURCE))
                finally:
                    part.file.close()
        held.close()
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove this process's folder of growing objects."""
        if self._held is not None:
            self._held.close()
            self._held = None
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)
            self._own = None

    # -- room ------------------------------------------------------------------------------------------------------

    @property
    def used(self) -> tuple[int, int]:
        """Bytes and files that are there."""
        with self._lock:
            return self._used[0], self._used[1]

    def recount(self) -> None:
        """Count anew: the user may have taken studies out."""
        size = count = 0
        for entry in _files(self._folder, (WHOLE, PART)):
            size += entry.stat(follow_symlinks=False).st_size
            count += 1
        with self._lock:
            self._used = [size, count]
            self._counted = time.monotonic()

    def use(self, size: int, files: int, *, forced: bool = False) -> None:
        """Book bytes and files.

        Raises
        ------
        NoRoom
            When they go beyond the quota, unless `forced`.
        """
        for attempt in range(2):
            with self._lock:
                beyond = self._used[0] + size > self._quota[0] or self._used[1] + files > self._quota[1]
                stale = time.monotonic() - self._counted > RECOUNT_S
                if forced or not beyond:
                    self._used = [max(0, self._used[0] + size), max(0, self._used[1] + files)]
                    return
            if attempt or not stale:
                break
            self.recount()
        raise NoRoom(
            said(
                "The folder of received studies holds {0:.1f} of {1:.1f} GB and {2} of {3} files. "
                "Delete studies there, or allow more.",
                self._used[0] / 1e9,
                self._quota[0] / 1e9,
                self._used[1],
                self._quota[1],
            )
        )

    def check_disk(self) -> None:
        """See whether the disk has room.

        Raises
        ------
        NoRoom
        """
        free = shutil.disk_usage(self._folder).free
        if free < self._keep_free:
            raise NoRoom(
                said("The disk has {0:.1f} GB left, and {1:.1f} GB are kept free.", free / 1e9, self._keep_free / 1e9)
            )

    # -- objects ---------------------------------------------------------------------------------------------------

    def begin(self) -> Part:
        """An object begins to come.

        Raises
        ------
        NoRoom, OSError
        """
        assert self._own is not None
        self.check_disk()
        self.use(0, 1)
        path = self._own / f"{secrets.token_hex(12)}{PART}"
        try:
            try:
                return Part(self, path, self._object)
            except FileNotFoundError:  # the user has emptied the folder meanwhile
                self._own.mkdir(parents=True, exist_ok=True, mode=0o700)
                return Part(self, path, self._object)
        except OSError:
            self.use(0, -1, forced=True)
            raise

    def keep(self, part: Part, identity: Identity, calling_ae: str) -> Kept:
        """Put a whole object where it belongs, and close it.

        Raises
        ------
        InTheWay, NoRoom, OSError
            The part is still to be dropped.
        """
        size, start = part.size, part.start
        with self._placing:
            study = _made(self._folder / name_of(identity.study))
            series = _made(study / name_of(identity.series))
            path = series / f"{name_of(identity.sop_instance)}{WHOLE}"
            if os.path.lexists(path):
                if not path.is_file() or path.is_symlink():
                    raise InTheWay(said("{0} is in the way of a received object. Remove it.", path.name))
                digest = _same_data(part.file, start, size, path)
                if digest is None:
                    part.drop()
                    return Kept(path, "again", size)
                fate, path = "aside", _made(self._folder / ASIDE) / f"{path.stem}-{digest[:NAME_DIGITS]}{WHOLE}"
                if os.path.lexists(path):
                    part.drop()
                    return Kept(path, fate, size)
            else:
                fate = "new"
                _mark(study, identity.study, calling_ae)
            part.file.close()
            os.replace(part.path, path)
        return Kept(path, fate, size)


def _files(folder: Path, endings: tuple[str, ...] = (WHOLE,)) -> Iterator[os.DirEntry[str]]:
    """Every object below a folder, without following links; what vanishes meanwhile is left out."""
    waiting = [str(folder)]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False) and entry.name.endswith(endings):
                        yield entry


def _made(folder: Path) -> Path:
    """A folder that is there now, and is no link to another."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        mode = os.lstat(folder).st_mode
    if not stat.S_ISDIR(mode):
        raise InTheWay(said("{0} is in the way of a folder for received studies. Remove it.", folder.name))
    return folder


def _same_data(file: BinaryIO, start: int, end: int, path: Path) -> str | None:
    """None when a file holds the same transfer syntax and data set, else a digest of what has come.

    The meta information is ours, of the same length for the same object and sender; only the data set and its syntax
    are compared, so that another sender's copy is recognised.
    """
    digest = hashlib.sha256()
    file.seek(0)
    digest.update(_value(file.read(start), SYNTAX))
    with open(path, "rb") as other:
        begun = _data_start(other)
        other.seek(0)
        same = digest.digest() == hashlib.sha256(_value(other.read(begun), SYNTAX)).digest()
        same = same and os.fstat(other.fileno()).st_size - begun == end - start
        while chunk := file.read(COMPARED):
            digest.update(chunk)
            same = same and other.read(len(chunk)) == chunk
    return None if same else digest.hexdigest()


def _data_start(file: BinaryIO) -> int:
    """Where the data set begins in a file of this spool."""
    file.seek(0)
    head = file.read(144)
    return 144 + int.from_bytes(head[140:144], "little") if len(head) == 144 else len(head)


def _value(meta: bytes, element: bytes) -> bytes:
    """A value with a short length in meta information made by `file_meta`."""
    at = meta.find(element)
    return meta[at + 8 : at + 8 + int.from_bytes(meta[at + 6 : at + 8], "little")] if at >= 0 else b""


def _lock_of(folder: Path) -> BinaryIO | None:
    """Take the lock of a folder of growing objects; None when its process lives."""
    file = open(folder / LOCK, "ab")  # noqa: SIM115
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass  # On Windows a file that is open cannot be removed, which is a lock as well.
    except OSError:
        file.close()
        return None
    return file


# -- studies that were not opened yet -----------------------------------------------------------------------------


def _mark(study: Path, study_uid: str, calling_ae: str) -> None:
    """Note that something new is in a study's folder."""
    path = study / MARK
    if not os.path.lexists(path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            json.dump({"study_uid": study_uid, "calling_ae": calling_ae}, file)


def opened(study: Path) -> None:
    """A study was opened, or is not wanted: it is not offered again."""
    with contextlib.suppress(OSError):
        (study / MARK).unlink(missing_ok=True)


def unopened(folder: Path) -> list[Arrival]:
    """The studies of a spool that have arrived and were not opened yet, the newest last."""
    found: list[tuple[float, Arrival]] = []
    with contextlib.suppress(OSError):
        for study in Path(folder).iterdir():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                mark = study / MARK
                if study.is_symlink() or mark.is_symlink():
                    continue
                values = json.loads(mark.read_text(encoding="utf-8"))
                count = sum(1 for _ in _files(study))
                if count and is_uid(values["study_uid"]) and name_of(values["study_uid"]) == study.name:
                    arrival = Arrival(values["study_uid"], study, count, str(values["calling_ae"]))
                    found.append((mark.stat().st_mtime, arrival))
    return [arrival for _, arrival in sorted(found, key=lambda each: each[0])]
