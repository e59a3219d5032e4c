"""What must be known of a file to send it."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.dicom.net.errors import NetworkError
from app.dicom.receive.identity import LONG, NAMELESS, Identity, Unreadable, identify
from app.dicom.receive.pdu import is_uid
from app.dicom.receive.spool import file_meta
from recon.messages import said

EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
IMPLICIT_LITTLE = "1.2.840.10008.1.2"
BIG_ENDIAN, DEFLATED = "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"
DIRECTORY = "1.2.840.10008.1.3.10"
META_LIMIT = 1 << 14
TAGS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")


@dataclass(frozen=True)
class SendObject:
    """A DICOM file that is to be sent as it is stored.

    Attributes
    ----------
    path : Path
    sop_class, sop_uid, study_uid, series_uid : str
    syntax : str
        Transfer syntax of the data set.
    offset : int
        Where the data set begins: after the file meta information (PS3.10 7.1).
    size, changed_ns : int
        Of the file when it was looked at.
    """

    path: Path
    sop_class: str
    sop_uid: str
    study_uid: str
    series_uid: str
    syntax: str
    offset: int
    size: int
    changed_ns: int

    def check_unchanged(self) -> None:
        """Refuse a file that has gone or is another one by now.

        Raises
        ------
        NetworkError
        """
        try:
            found = self.path.stat()
        except OSError:
            raise NetworkError(
                said("{0}: the file is no longer there, so it cannot be sent.", self.path.name), lasting=True
            ) from None
        if (found.st_size, found.st_mtime_ns) != (self.size, self.changed_ns):
            raise NetworkError(
                said("{0}: the file was changed after it was queued. Send it anew.", self.path.name), lasting=True
            )


def look(path: Path) -> SendObject:
    """Read what is needed to send a file.

    Raises
    ------
    BocageError
        With a sentence, when it is no DICOM file, ends too early, or names no study.
    OSError
    """
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        meta = read_meta(file)
        if meta is None:
            raise NetworkError(said("{0}: is no DICOM file, so it cannot be sent.", path.name), lasting=True)
        if meta.sop_class == DIRECTORY:
            raise NetworkError(said("{0}: is a table of contents (DICOMDIR), not an object.", path.name), lasting=True)
        try:
            names = _identity(path, file, meta, found.st_size)
        except Unreadable as error:
            raise NetworkError(said("{0}: cannot be sent. {1}", path.name, error.args[0]), lasting=True) from None
    return SendObject(
        path,
        names.sop_class,
        names.sop_instance,
        names.study,
        names.series,
        meta.syntax,
        meta.offset,
        found.st_size,
        found.st_mtime_ns,
    )


def _identity(path: Path, file: BinaryIO, meta: Meta, size: int) -> Identity:
    if meta.syntax not in (BIG_ENDIAN, DEFLATED):
        return identify(file, meta.offset, size, explicit=meta.syntax != IMPLICIT_LITTLE)
    from app.dicom.read.safe import read_header, text

    data = read_header(path, TAGS).dataset
    names = [text(data, tag) for tag in TAGS]
    if not all(map(is_uid, names)):
        raise Unreadable(NAMELESS)
    return Identity(*names)


@dataclass(frozen=True)
class Meta:
    """The file meta information (PS3.10 7.1) as far as it is needed; `offset` is where the data set begins."""

    sop_class: str
    syntax: str
    offset: int


def read_meta(file: BinaryIO) -> Meta | None:
    """Read the file meta information; None when it is not there, or says no transfer syntax."""
    start = file.read(META_LIMIT)
    if start[128:132] != b"DICM":
        return None
    at, found = 132, {}
    while at + 12 <= len(start):
        group, element = struct.unpack_from("<HH", start, at)
        if group != 2:
            break
        long = start[at + 4 : at + 6] in LONG
        length = struct.unpack_from("<L" if long else "<H", start, at + (8 if long else 6))[0]
        at += 12 if long else 8
        found[element] = start[at : at + length]
        at += length
    names = {element: found.get(element, b"").decode("ascii", "replace").strip("\x00 ") for element in (0x02, 0x10)}
    return Meta(names[0x02], names[0x10], at) if is_uid(names[0x10]) and at <= len(start) else None


def meta_bytes(sop_class: str, sop_uid: str, syntax: str) -> bytes:
    """Preamble and file meta information of an object that arrived without (PS3.10 7.1)."""
    return file_meta((sop_class, sop_uid), syntax)


def class_name(sop_class: str) -> str:
    """What a SOP class is called."""
    from pydicom.uid import UID

    return UID(sop_class).name
