"""The two services of the receiver, C-STORE and C-ECHO, as messages (PS3.7 sections 6.3, 9.3, annex E)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from app.dicom.receive.pdu import ProtocolError
from recon.messages import said

VERIFICATION = "1.2.840.10008.1.1"
STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1."
NOT_OF_PATIENTS = (STORAGE_ROOT + "200.", STORAGE_ROOT + "201.")
"""Below the root, but protocols and inventories: other services, and objects that belong to no study."""
STORAGE_BESIDE = frozenset(
    {
        STORAGE_ROOT + "200.2",
        STORAGE_ROOT + "200.8",
        "1.2.840.10008.5.1.4.34.7",
        "1.2.840.10008.5.1.4.34.10",
    }
)
"""Performed protocols and RT instructions, which do belong to one."""

EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
COMPRESSED = frozenset(
    {
        *(f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 57, 70, 80, 81, 90, 91, 201, 202, 203)),
        "1.2.840.10008.1.2.5",
    }
)
"""JPEG, JPEG-LS, JPEG 2000, HTJ2K and RLE (PS3.5 A.4). Deflated data sets are not taken: half a megabyte of them can
fill a machine. Big endian was retired in 2006, and every sender must offer implicit VR little endian (PS3.5 10.1)."""

STORE_RQ, ECHO_RQ, CANCEL_RQ = 0x0001, 0x0030, 0x0FFF
RESPONSE = 0x8000
NO_DATA = 0x0101
COMMAND_LIMIT = 16_384
"""The longest command set that is read; those of C-STORE have some 300 bytes."""

SUCCESS = 0x0000
PROCESSING_FAILURE = 0x0110
INVALID_INSTANCE = 0x0117
CLASS_NOT_SUPPORTED = 0x0122
UNRECOGNIZED = 0x0211
MISTYPED = 0x0212
OUT_OF_RESOURCES = 0xA700
DOES_NOT_MATCH = 0xA900
CANNOT_UNDERSTAND = 0xC000
COMMENTS = {
    PROCESSING_FAILURE: "Processing failure",
    INVALID_INSTANCE: "SOP Instance UID is not a UID",
    CLASS_NOT_SUPPORTED: "SOP class not supported in this context",
    UNRECOGNIZED: "Only C-STORE and C-ECHO are served",
    MISTYPED: "No data set",
    OUT_OF_RESOURCES: "Out of resources",
    DOES_NOT_MATCH: "UIDs of command and data set differ",
    CANNOT_UNDERSTAND: "Data set cannot be read to its end",
}
"""What the peer is told beside the status: nothing about this computer."""


def is_storage(uid: str) -> bool:
    """Whether it is a storage SOP class of a patient's objects (PS3.4 B.5; PS3.6 annex A keeps them below a root)."""
    return (uid.startswith(STORAGE_ROOT) and not uid.startswith(NOT_OF_PATIENTS)) or uid in STORAGE_BESIDE


def chosen_syntax(proposed: tuple[str, ...]) -> str:
    """The transfer syntax that is taken of those proposed; "" if none.

    Uncompressed ones before others, so that nothing is compressed on the way; then the one the peer named first.
    """
    for syntax in (EXPLICIT, IMPLICIT):
        if syntax in proposed:
            return syntax
    return next((syntax for syntax in proposed if syntax in COMPRESSED), "")


@dataclass(frozen=True)
class Command:
    """What is read of a command set.

    Attributes
    ----------
    field : int
        (0000,0100), which says what is asked.
    message : int
        (0000,0110) Message ID.
    sop_class, sop_instance : str
        As they stand there, not checked.
    has_data : bool
        Whether a data set follows.
    """

    field: int
    message: int
    sop_class: str
    sop_instance: str
    has_data: bool


def read_command(encoded: bytes) -> Command:
    """Read a command set, which is always implicit VR little endian (PS3.7 6.3.1).

    Raises
    ------
    ProtocolError
        When it is not built as it should be, or lacks what every request has.
    """
    found: dict[int, bytes] = {}
    at = 0
    while at < len(encoded):
        if at + 8 > len(encoded):
            raise ProtocolError(said("a command ends within an element"))
        group, element, length = struct.unpack_from("<HHL", encoded, at)
        if group != 0 or at + 8 + length > len(encoded):
            raise ProtocolError(said("a command holds what is no element of it"))
        found[element] = encoded[at + 8 : at + 8 + length]
        at += 8 + length

    def number(element: int) -> int:
        value = found.get(element, b"")
        if len(value) != 2:
            raise ProtocolError(said("a command lacks a number"))
        return int.from_bytes(value, "little")

    field = number(0x0100)
    return Command(
        field=field,
        message=number(0x0120 if field == CANCEL_RQ else 0x0110),
        sop_class=_text(found.get(0x0002, b"")),
        sop_instance=_text(found.get(0x1000, b"")),
        has_data=number(0x0800) != NO_DATA,
    )


def _text(value: bytes) -> str:
    # A UID is padded with one NUL (PS3.5 9.1); whatever else is wrong with it stays, and is refused.
    return value.removesuffix(b"\0").decode("latin-1")


def response(command: Command, status: int) -> bytes:
    """The response to a request (PS3.7 9.3.1.2, 9.3.5.2) as a command set."""
    elements = [(0x0002, _padded(command.sop_class))] if _repeatable(command.sop_class) else []
    elements.append((0x0100, struct.pack("<H", command.field | RESPONSE)))
    elements.append((0x0120, struct.pack("<H", command.message)))
    elements.append((0x0800, struct.pack("<H", NO_DATA)))
    elements.append((0x0900, struct.pack("<H", status)))
    if status in COMMENTS:
        elements.append((0x0902, _padded(COMMENTS[status], b" ")))
    if command.field == STORE_RQ and _repeatable(command.sop_instance):
        elements.append((0x1000, _padded(command.sop_instance)))
    body = b"".join(struct.pack("<HHL", 0, element, len(value)) + value for element, value in elements)
    return struct.pack("<HHLL", 0, 0, 4, len(body)) + body


def _repeatable(uid: str) -> bool:
    return 0 < len(uid) <= 64 and uid.isascii() and uid.isprintable()


def _padded(text: str, pad: bytes = b"\0") -> bytes:
    value = text.encode("ascii", "replace")
    return value + pad * (len(value) % 2)
