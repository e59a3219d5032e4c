"""Multipart bodies (RFC 2046) as streams: of answers, part by part, and of what is sent, straight from the files."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.dicom.net.objects import SendObject

CHUNK = 1 << 18
LONGEST_HEAD = 1 << 16


def boundary_of(content_type: str) -> bytes:
    """The boundary of a content type; b"" when it is not multipart."""
    if not content_type.lower().lstrip().startswith("multipart/"):
        return b""
    found = re.search(r'boundary\s*=\s*(?:"([^"]+)"|([^\s;,]+))', content_type, re.IGNORECASE)
    return (found.group(1) or found.group(2)).encode("latin-1") if found else b""


def read_parts(
    read: Callable[[int], bytes], boundary: bytes, begin: Callable[[], Any], end: Callable[[Any], object]
) -> None:
    """Copy each part of a body to a file.

    Parameters
    ----------
    read : callable(count) -> bytes
        b"" at the end of the stream.
    boundary : bytes
    begin : callable() -> object with `write` and `drop`
        Called when a part begins.
    end : callable(object)
        Called when it is whole.

    Raises
    ------
    ValueError
        The body ends in the middle of a part.
    """
    mark = b"\r\n--" + boundary
    buffer = b"\r\n"  # the first boundary may stand at the very beginning

    def more() -> bool:
        nonlocal buffer
        data = read(CHUNK)
        buffer += data
        return bool(data)

    while (at := buffer.find(mark)) < 0:
        buffer = buffer[-len(mark) :]
        if not more():
            raise ValueError("no part")
    buffer = buffer[at + len(mark) :]
    while True:
        while len(buffer) < 2 and more():
            pass
        if buffer[:2] == b"--":
            return
        while (at := buffer.find(b"\r\n\r\n")) < 0:
            if len(buffer) > LONGEST_HEAD or not more():
                raise ValueError("no end of a part's head")
        buffer = buffer[at + 4 :]
        arrival = begin()
        try:
            while (at := buffer.find(mark)) < 0:
                keep = len(mark)
                if len(buffer) > keep:
                    arrival.write(buffer[:-keep])
                    buffer = buffer[-keep:]
                if not more():
                    raise ValueError("the body ends in a part")
            arrival.write(buffer[:at])
            buffer = buffer[at + len(mark) :]
        except BaseException:
            arrival.drop()
            raise
        end(arrival)


class Body:
    """Files as a multipart/related body; its length is known, its content is read while it is sent.

    Parameters
    ----------
    objects : sequence of SendObject
    sent : callable(bytes)
        Told what went out; raises to stop.
    """

    def __init__(self, objects: Sequence[SendObject], sent: Callable[[int], object]) -> None:
        self._objects, self._sent = objects, sent
        self.boundary = secrets.token_hex(16)
        self._head = f"--{self.boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode("ascii")
        self._tail = f"--{self.boundary}--\r\n".encode("ascii")

    @property
    def content_type(self) -> str:
        """Of the request."""
        return f'multipart/related; type="application/dicom"; boundary={self.boundary}'

    def __len__(self) -> int:
        return sum(len(self._head) + found.size + 2 for found in self._objects) + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        for found in self._objects:
            head = self._head
            left = found.size
            with found.path.open("rb") as file:
                while left:
                    data = file.read(min(CHUNK, left))
                    if not data:
                        raise OSError("the file ends before its end")
                    left -= len(data)
                    yield head + data
                    head = b""
                    self._sent(len(data))
            yield b"\r\n"
        yield self._tail
