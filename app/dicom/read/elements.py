"""Walking through the elements of a data set without building anything: bounded in bytes, elements, nesting and time.

What a data set claims is checked before a library is let at it: every length against the bytes that are there, the
number of elements (those in sequences included, which are converted only when somebody asks for them), the depth of
sequences. Only the headers of elements are read; values are fetched afterwards, those that are wanted.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from app.dicom.read.model import ReadError
from recon.messages import said

UNDEFINED = 0xFFFFFFFF
PIXEL_TAG = 0x7FE00010
PIXEL_TAGS = frozenset((0x7FE00008, 0x7FE00009, PIXEL_TAG))
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
CLASS_TAG, FRAMES_TAG, META_GROUP = 0x00080016, 0x00280008, 0x0002
MAX_DEPTH = 48
MAX_SECONDS = 2.0
"""Processor time of the reading thread; a slow disk or a busy machine is not the file's fault."""
MAX_HEADER = 256 << 20
MAX_ELEMENTS = 50_000
ELEMENTS_OF_A_FRAME, BYTES_OF_A_FRAME = 200, 16_384
"""Multi-frame headers may hold so many elements more for each frame, as far as the file is large enough for frames."""
MOST_ELEMENTS = 400_000
REPORT_ROOT, ELEMENTS_OF_A_REPORT = b"1.2.840.10008.5.1.4.1.1.88.", 120_000
"""Dose reports of long interventions are trees of so many elements."""
LONG = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
"""Value representations with a length of 32 bits (PS3.5 7.1.2)."""


class Source(Protocol):
    """Bytes by their place."""

    size: int

    def fetch(self, at: int, count: int) -> bytes:
        """So many bytes from a place on, fewer at the end."""
        ...


class FileSource:
    """A file's bytes."""

    def __init__(self, file: Any, size: int) -> None:
        self._file, self.size = file, size

    def fetch(self, at: int, count: int) -> bytes:
        """Read; never asks for more than is there, as `read` sets memory aside for what it is asked for."""
        self._file.seek(at)
        return bytes(self._file.read(min(count, max(0, self.size - at))))


@dataclass
class Element:
    """Where an element of the outermost level lies; `vr` is None in implicit data sets."""

    tag: int
    vr: str | None
    length: int
    at: int
    """Of the value."""
    end: int
    """The place after its value, and after its delimiter."""


@dataclass
class Outline:
    """What a walk found.

    Attributes
    ----------
    elements : list of Element
        The outermost level, before the pixel data.
    implicit : bool
        As it is, whatever the transfer syntax says.
    pixels : Element or None
    count : int
        Elements of all levels.
    """

    elements: list[Element] = field(default_factory=list)
    implicit: bool = False
    pixels: Element | None = None
    count: int = 0
    end: int = 0


@lru_cache(maxsize=4096)
def _is_sequence(tag: int) -> bool:
    """Whether the dictionary makes a tag a sequence; private tags are in no dictionary."""
    from pydicom.datadict import dictionary_VR

    try:
        return dictionary_VR(tag) == "SQ"
    except KeyError:
        return False


class Walker:
    """Walks through one data set.

    Parameters
    ----------
    source : Source
    name : str
        Of the file, for sentences.
    little : bool
    wanted : frozenset of int, optional
        Sequences that are not among them are passed over where their length allows it.
    """

    CHUNK = 1 << 14

    def __init__(self, source: Source, name: str, little: bool = True, wanted: frozenset[int] | None = None) -> None:
        self._source, self._name, self._wanted = source, name, wanted
        order = "<" if little else ">"
        self._tag = struct.Struct(order + "HH").unpack_from
        self._short = struct.Struct(order + "H").unpack_from
        self._long = struct.Struct(order + "L").unpack_from
        self._data, self._base = b"", 0
        self._fetched = 0
        self._allowed = MAX_ELEMENTS
        self._deadline = time.thread_time() + MAX_SECONDS
        self.count = 0

    # -- bytes ---------------------------------------------------------------------------------------------------------

    def _at(self, at: int, count: int) -> int:
        """Where ``count`` bytes from `at` on lie in the buffer; −1 when the data set ends before."""
        index = at - self._base
        if index >= 0 and index + count <= len(self._data):
            return index
        self._fetched += self.CHUNK
        if self._fetched > MAX_HEADER:
            raise ReadError(said("{0}: its header takes more than {1} MiB.", self._name, MAX_HEADER >> 20))
        self._data, self._base = self._source.fetch(at, max(count, self.CHUNK)), at
        return 0 if len(self._data) >= count else -1

    def _counted(self) -> None:
        self.count += 1
        if self.count > self._allowed:
            raise ReadError(said("{0}: its header has too many elements to be an image.", self._name))
        if self.count & 0xFFF == 0 and time.thread_time() > self._deadline:
            raise ReadError(said("{0}: reading its header takes too long; it is damaged.", self._name))

    def _check_end(self, length: int, at: int, end: int) -> None:
        if at + length > end:
            raise ReadError(
                said(
                    "{0}: an element of {1} bytes is announced, but the file ends before; it is truncated or damaged.",
                    self._name,
                    length,
                )
            )

    # -- elements ------------------------------------------------------------------------------------------------------

    def head(self, at: int, implicit: bool) -> tuple[int, bytes | None, int, int] | None:
        """(tag, VR, length, place of the value) of the element at a place; None where the data set ends."""
        index = self._at(at, 8)
        if index < 0:
            return None
        data = self._data
        group, element = self._tag(data, index)
        tag = group << 16 | element
        if implicit or group == 0xFFFE:
            return tag, None, self._long(data, index + 4)[0], at + 8
        vr = data[index + 4 : index + 6]
        if vr in LONG:
            index = self._at(at, 12)
            if index < 0:
                return None
            return tag, vr, self._long(self._data, index + 8)[0], at + 12
        if not (0x40 < vr[0] < 0x5B and 0x40 < vr[1] < 0x5B):
            # Some writers change to implicit within an explicit data set.
            return tag, None, self._long(data, index + 4)[0], at + 8
        return tag, vr, self._short(data, index + 6)[0], at + 8

    def looks_implicit(self, at: int, assumed: bool) -> bool:
        """Whether the first element of a data set has no VR: some files say otherwise than they are."""
        index = self._at(at, 6)
        if index < 0:
            return assumed
        first, second = self._data[index + 4], self._data[index + 5]
        return not (0x40 < first < 0x5B and 0x40 < second < 0x5B)

    def outline(self, at: int, implicit: bool, stop: Callable[[int], bool] | None = None) -> Outline:
        """Walk from a place to the pixel data or the end.

        Raises
        ------
        ReadError
            For a data set that cannot be one of an image, or that is cut off.
        """
        size = self._source.size
        implicit = self.looks_implicit(at, implicit)
        found = Outline(implicit=implicit)
        elements, wanted = found.elements, self._wanted
        while True:
            head = self.head(at, implicit)
            if head is None or (stop is not None and stop(head[0])):
                break
            tag, vr, length, value = head
            if tag == 0 or tag == ITEM_END:
                break  # padding after the data set
            self._counted()
            if tag in PIXEL_TAGS and tag >> 16 == 0x7FE0:
                found.pixels = Element(tag, None, length, value, value)
                break
            if length == UNDEFINED:
                at = self._undefined(value, vr, implicit, 1, size)
            else:
                self._check_end(length, value, size)
                at = value + length
                if tag == FRAMES_TAG:
                    self._allow(value, length)
                elif tag == CLASS_TAG:
                    self._allow_report(value, length)
                elif (wanted is None or tag in wanted) and self._nests(tag, vr):
                    self._sequence(value, at, implicit or vr == b"UN", 1)
            elements.append(Element(tag, None if vr is None else vr.decode("latin-1"), length, value, at))
        found.count, found.end = self.count, at
        return found

    def _allow(self, at: int, length: int) -> None:
        """Number of Frames: headers of many frames are long."""
        index = self._at(at, length) if length <= 16 else -1
        try:
            frames = int(self._data[index : index + length].strip(b" \x00")) if index >= 0 else 1
        except ValueError:
            return
        frames = max(0, min(frames, self._source.size // BYTES_OF_A_FRAME))
        self._allowed = min(MAX_ELEMENTS + ELEMENTS_OF_A_FRAME * frames, MOST_ELEMENTS)

    def _allow_report(self, at: int, length: int) -> None:
        """SOP Class: structured reports are longer than headers of images."""
        index = self._at(at, length) if length <= 64 else -1
        if index >= 0 and self._data.startswith(REPORT_ROOT, index):
            self._allowed = max(self._allowed, ELEMENTS_OF_A_REPORT)

    @staticmethod
    def _nests(tag: int, vr: bytes | None) -> bool:
        return vr == b"SQ" or ((vr is None or vr == b"UN") and _is_sequence(tag))

    def _undefined(self, at: int, vr: bytes | None, implicit: bool, depth: int, end: int) -> int:
        """The end of a value of undefined length: a sequence, or fragments."""
        if vr in (b"OB", b"OW"):
            return self._fragments(at, end)
        return self._sequence(at, None, implicit, depth, end)

    def _fragments(self, at: int, end: int) -> int:
        while True:
            head = self.head(at, True)
            if head is None or head[0] not in (ITEM, SEQUENCE_END):
                raise ReadError(said("{0}: a value of its header has no end; it is truncated or damaged.", self._name))
            self._counted()
            if head[0] == SEQUENCE_END:
                return head[3]
            self._check_end(head[2], head[3], end)
            at = head[3] + head[2]

    def _sequence(self, at: int, stop: int | None, implicit: bool, depth: int, end: int | None = None) -> int:
        """Walk the items of a sequence up to `stop`, or to its delimiter; the place after it."""
        if depth > MAX_DEPTH:
            raise ReadError(said("{0}: its sequences are nested too deep to be an image.", self._name))
        limit = stop if stop is not None else end if end is not None else self._source.size
        while stop is None or at < stop:
            head = self.head(at, True)
            if head is None:
                break
            tag, _, length, value = head
            self._counted()
            if tag == SEQUENCE_END:
                return value
            if tag != ITEM:
                break
            if length == UNDEFINED:
                at = self._items(value, None, implicit, depth, limit)
            elif value + length > limit:
                break
            else:
                at = self._items(value, value + length, implicit, depth, limit)
        else:
            return at
        if stop is None:
            raise ReadError(said("{0}: a sequence of its header has no end; it is truncated or damaged.", self._name))
        # What follows is no item. Its reader stops here as well; should it not, there is no more than this.
        self.count += (stop - at) // 8
        self._counted()
        return stop

    def _items(self, at: int, stop: int | None, implicit: bool, depth: int, limit: int) -> int:
        """Walk the elements of an item."""
        implicit = implicit or self.looks_implicit(at, implicit)
        end = stop if stop is not None else limit
        while at + 8 <= end:
            head = self.head(at, implicit)
            if head is None:
                break
            tag, vr, length, value = head
            self._counted()
            if tag == ITEM_END:
                return value if stop is None else stop
            if tag == SEQUENCE_END and stop is None:
                return at  # the item's own delimiter is missing
            if length == UNDEFINED:
                at = self._undefined(value, vr, implicit, depth + 1, end)
                continue
            if value + length > end:
                break
            at = value + length
            if self._nests(tag, vr):
                self._sequence(value, at, implicit or vr == b"UN", depth + 1)
        if stop is None:
            raise ReadError(said("{0}: a sequence of its header has no end; it is truncated or damaged.", self._name))
        self.count += max(0, stop - at) // 8
        self._counted()
        return stop
