"""Whose data set it is, and whether it is whole: the four UIDs, found by stepping over elements, decoding none.

A walk over tags and lengths (PS3.5 section 7), little endian alone. It reads a few kilobytes of a file of any size,
takes no value into memory but the UIDs, and ends after a bounded number of steps.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from app.dicom.receive.pdu import is_uid
from recon.errors import BocageError
from recon.messages import said

UNDEFINED = 0xFFFFFFFF
LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
"""Value representations with a length of 32 bits (PS3.5 7.1.2)."""
SHORT = frozenset(
    {
        *(b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL"),
        *(b"SS", b"ST", b"TM", b"UI", b"UL", b"US"),
    }
)
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
PIXELS = 0x7FE00010
WANTED = {0x00080016: "sop_class", 0x00080018: "sop_instance", 0x0020000D: "study", 0x0020000E: "series"}
MOST_STEPS, DEEPEST = 1_000_000, 64
WINDOW = 16_384

CUT = said("The data set ends in the middle of an element; the sender broke off or the object is damaged.")
GARBAGE = said("The data set is not built as its transfer syntax says.")
NAMELESS = said("The data set does not say its class, instance, study and series (their UIDs).")
BAD_UID = said("The data set has a UID that is not built as one.")


class Unreadable(BocageError):
    """A data set that cannot be understood."""


@dataclass(frozen=True)
class Identity:
    """The UIDs of an object, each built as a UID."""

    sop_class: str
    sop_instance: str
    study: str
    series: str


class _Window:
    """Bytes of a file at any place, a window of it at a time."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self._end = file, end
        self._at, self._held = 0, b""

    def at(self, place: int, count: int) -> tuple[bytes, int]:
        """Bytes that hold `count` from `place` on (fewer at the end), and where in them `place` is."""
        if not (self._at <= place and place + count <= self._at + len(self._held)):
            self._file.seek(place)
            self._at, self._held = place, self._file.read(min(max(WINDOW, count), max(0, self._end - place)))
        return self._held, place - self._at


def identify(file: BinaryIO, start: int, end: int, *, explicit: bool) -> Identity:
    """Find the UIDs of the data set between two places of a file, and step to its end.

    Parameters
    ----------
    file : binary file
    start, end : int
        Of the data set, in bytes from the beginning of the file.
    explicit : bool
        Whether value representations are written.

    Raises
    ------
    Unreadable
        When it is no data set, ends in the middle of something, or lacks one of the four UIDs.
    """
    window = _Window(file, end)
    found: dict[str, str] = {}
    opened: list[tuple[bool, bool]] = []
    """Sequences and items without a length that have not ended: whether an item, whether VRs stood around it."""
    at, steps, seen_pixels = start, 0, False
    while at < end:
        steps += 1
        if steps > MOST_STEPS or len(opened) > DEEPEST:
            raise Unreadable(said("The data set has more elements, or deeper ones, than are looked through."))
        if end - at < 8:
            if seen_pixels and not opened:
                break  # padding behind the pixels does no harm
            raise Unreadable(CUT)
        held, place = window.at(at, 12)
        group, element, length = struct.unpack_from("<HHL", held, place)
        tag = group << 16 | element
        if group == 0xFFFE:
            at += 8
            if tag == ITEM and opened and not opened[-1][0]:
                if length == UNDEFINED:
                    opened.append((True, explicit))
                else:
                    at += length
            elif opened and tag == (ITEM_END if opened[-1][0] else SEQUENCE_END):
                explicit = opened.pop()[1]
            else:
                raise Unreadable(GARBAGE)
        else:
            if opened and not opened[-1][0]:
                raise Unreadable(GARBAGE)
            header, representation = 8, b""
            if explicit:
                representation = held[place + 4 : place + 6]
                if representation in LONG:
                    if end - at < 12:
                        raise Unreadable(CUT)
                    header, length = 12, int.from_bytes(held[place + 8 : place + 12], "little")
                elif representation in SHORT:
                    length = int.from_bytes(held[place + 6 : place + 8], "little")
                elif seen_pixels and not opened:
                    break
                else:
                    raise Unreadable(GARBAGE)
            if length == UNDEFINED:
                if representation not in (b"", b"SQ", b"UN") and tag != PIXELS:
                    raise Unreadable(GARBAGE)
                opened.append((False, explicit))
                # What has an unknown representation and no length is written in implicit VR (PS3.5 6.2.2, note 3).
                explicit = explicit and representation != b"UN"
                at += header
            else:
                if not opened and tag in WANTED:
                    found[WANTED[tag]] = _uid(window, at + header, min(length, end - at - header))
                at += header + length
            seen_pixels = seen_pixels or tag == PIXELS
        if at > end:
            raise Unreadable(CUT)
    if opened:
        raise Unreadable(CUT)
    missing = [name for name in WANTED.values() if not found.get(name)]
    if missing:
        raise Unreadable(NAMELESS)
    return Identity(**found)


def _uid(window: _Window, at: int, length: int) -> str:
    if length > 66:
        raise Unreadable(BAD_UID)
    held, place = window.at(at, length)
    text = held[place : place + length].rstrip(b"\0 ").decode("latin-1")
    if text and not is_uid(text):
        raise Unreadable(BAD_UID)
    return text
