"""DIMSE messages written to and read from an association's connection directly (PS3.7 annex E, PS3.8 9.3.5).

pynetdicom opens and ends associations. It also makes a primitive, a PDU and a queue entry of every 16 KiB, keeps whole
objects in memory, and learns of an answer only when its loop looks. For what moves objects, a `Wire` takes the
connection over for a while: an object of any size takes a megabyte of memory, and progress and cancel cost nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, cast

from pynetdicom.association import Association

from app.dicom.net.association import Line

BATCH = 1 << 20
"""Bytes that are written in one go."""
PIECE = 1 << 17
"""The largest PDU that is made, where the server takes any."""
LARGEST_COMMAND = 1 << 20
RESTING_S = 0.02
COMMAND, LAST = 1, 2
"""Bits of a fragment's control header (PS3.8 E.2)."""
NO_DATA = 0x0101

# Elements of the command set (PS3.7 E.1), all of group 0000.
AFFECTED_CLASS, COMMAND_FIELD, MESSAGE, RESPONDED_TO = 0x0002, 0x0100, 0x0110, 0x0120
DESTINATION, PRIORITY, DATA_TYPE, STATUS = 0x0600, 0x0700, 0x0800, 0x0900
AFFECTED_INSTANCE, FAILED = 0x1000, 0x1022


class Fragment(NamedTuple):
    """A piece of a message."""

    context: int
    control: int
    data: memoryview


class Wire:
    """The connection of an association, taken over.

    Its methods raise `OSError`, `struct.error` or `ValueError` when the connection ends or what comes is no DIMSE.
    """

    def __init__(self, association: Association) -> None:
        self.association = association
        self._line = cast("Line", association.dul.socket)
        limit = int(association.acceptor.maximum_length or 0)
        self.payload = max(1, min(limit or PIECE, PIECE) - 6)
        self._waiting: list[Fragment] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep pynetdicom away from the connection; its two threads, which look a thousand times a second, rest."""
        dul, checkpoint = self.association.dul, self.association._reactor_checkpoint
        before = dul._run_loop_delay
        self._line.hold(held=True)
        dul._run_loop_delay = RESTING_S
        checkpoint.clear()
        try:
            yield
        finally:
            dul._run_loop_delay = before
            self._line.hold(held=False)
            self.touch()
            checkpoint.set()

    def touch(self) -> None:
        """Say that the connection is not idle."""
        self.association.dul._idle_timer.restart()

    def write(self, *parts: bytes | memoryview) -> None:
        """Write bytes."""
        wire = self._line.socket
        if wire is None:
            raise OSError("closed")
        wire.sendall(b"".join(parts))
        self.touch()

    def message(self, context: int, content: bytes, data: bytes = b"") -> None:
        """Send a message: a command set, and a data set if there is one."""
        parts: list[bytes | memoryview] = [fragment(context, COMMAND | LAST, content)]
        parts += self.data_parts(context, memoryview(data), last=True)
        self.write(*parts)

    def data_parts(self, context: int, data: memoryview, *, last: bool) -> list[bytes | memoryview]:
        """A piece of a data set as PDUs; `last` if it is the last piece."""
        parts: list[bytes | memoryview] = []
        for start in range(0, len(data), self.payload):
            piece = data[start : start + self.payload]
            ends = last and start + self.payload >= len(data)
            parts += (head(context, LAST if ends else 0, len(piece)), piece)
        return parts

    def send_file(self, context: int, content: bytes, file: BinaryIO, length: int) -> Iterator[int]:
        """Send a message whose data set are the next `length` bytes of a file; yields the bytes of each batch."""
        parts: list[bytes | memoryview] = [fragment(context, COMMAND | LAST, content)]
        per_batch = max(1, BATCH // self.payload) * self.payload
        left = length
        while left:
            data = memoryview(file.read(min(per_batch, left)))
            if not data:
                raise OSError("the file ends before its end")
            left -= len(data)
            parts += self.data_parts(context, data, last=not left)
            self.write(*parts)
            parts = []
            yield len(data)

    def fragment(self) -> Fragment:
        """Read the next fragment."""
        while not self._waiting:
            kind, length = struct.unpack(">BxL", self._exactly(6))
            body = memoryview(self._exactly(length))
            if kind != 4:
                raise OSError("no P-DATA")  # an abort, or the server wants to release
            at = 0
            while at < len(body):
                size, context, control = struct.unpack_from(">LBB", body, at)
                if size < 2 or at + 4 + size > len(body):
                    raise ValueError("a fragment longer than its PDU")
                self._waiting.append(Fragment(context, control, body[at + 6 : at + 4 + size]))
                at += 4 + size
            self.touch()
        return self._waiting.pop(0)

    def command(self) -> tuple[int, dict[int, bytes]]:
        """Read the next command set; its context and its elements."""
        content = bytearray()
        while True:
            piece = self.fragment()
            if not piece.control & COMMAND or len(content) + len(piece.data) > LARGEST_COMMAND:
                raise ValueError("no command")
            content += piece.data
            if piece.control & LAST:
                return piece.context, elements(bytes(content))

    def data(self) -> Iterator[memoryview]:
        """Read the data set of the message whose command was read last, piece by piece."""
        while True:
            piece = self.fragment()
            if piece.control & COMMAND:
                raise ValueError("no data set")
            yield piece.data
            if piece.control & LAST:
                return

    def _exactly(self, count: int) -> bytearray:
        data = self._line.recv(count)
        if len(data) != count:
            raise OSError("closed")
        return data


def head(context: int, control: int, length: int) -> bytes:
    """The beginning of a P-DATA-TF PDU with one fragment of so many bytes."""
    return struct.pack(">BxLLBB", 4, length + 6, length + 2, context, control)


def fragment(context: int, control: int, data: bytes) -> bytes:
    """A P-DATA-TF PDU with one fragment."""
    return head(context, control, len(data)) + data


def command_set(values: dict[int, int | str]) -> bytes:
    """A command set: implicit VR little endian, in ascending order, with its length (PS3.7 6.3.1)."""
    content = b"".join(
        _element(element, struct.pack("<H", value) if isinstance(value, int) else _text(element, value))
        for element, value in sorted(values.items())
    )
    return _element(0, struct.pack("<L", len(content))) + content


def elements(content: bytes) -> dict[int, bytes]:
    """The elements of a command set."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 8 <= len(content):
        group, element, length = struct.unpack_from("<HHL", content, at)
        if group == 0:
            found[element] = content[at + 8 : at + 8 + length]
        at += 8 + length
    return found


def number(found: dict[int, bytes], element: int) -> int | None:
    """A number (US) of a command set; None when it is not there."""
    value = found.get(element, b"")
    return int(struct.unpack("<H", value)[0]) if len(value) == 2 else None


def uid(found: dict[int, bytes], element: int) -> str:
    """A UID of a command set; "" when it is not there."""
    return found.get(element, b"").decode("ascii", "replace").strip("\x00 ")


def _element(element: int, value: bytes) -> bytes:
    return struct.pack("<HHL", 0, element, len(value)) + value


def _text(element: int, text: str) -> bytes:
    value = text.encode("ascii")
    return value + (b" " if element == DESTINATION else b"\x00") * (len(value) % 2)
