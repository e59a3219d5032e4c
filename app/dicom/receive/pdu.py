"""The upper layer's protocol data units (PS3.8 section 9.3), as an acceptor reads and writes them.

Only what an acceptor needs: the A-ASSOCIATE-RQ is read, its answers, releases and aborts are written. Every length is
compared with what there is before it is believed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from recon.messages import said

ASSOCIATE_RQ, ASSOCIATE_AC, ASSOCIATE_RJ, DATA, RELEASE_RQ, RELEASE_RP, ABORT = range(1, 8)
ASSOCIATE_LIMIT = 131_072
"""The longest A-ASSOCIATE-RQ that is read: 128 contexts with 30 transfer syntaxes each are shorter."""
APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1"
IMPLEMENTATION_CLASS = "2.25.215829417640961743066839310361528411905"
"""The same as in the files that are written (`app.dicom.write.series`), which this process does not import."""
IMPLEMENTATION_VERSION = "BOCAGE"

# A-ABORT's reasons of the provider (PS3.8 table 9-26).
NOT_SPECIFIED, UNRECOGNIZED_PDU, UNEXPECTED_PDU, INVALID_PARAMETER = 0, 1, 2, 6

# A-ASSOCIATE-RJ: result, source, reason (PS3.8 table 9-21).
WRONG_APPLICATION = (1, 1, 2)
UNKNOWN_CALLING = (1, 1, 3)
UNKNOWN_CALLED = (1, 1, 7)
WRONG_VERSION = (1, 2, 2)
TOO_MANY = (2, 3, 2)

# Results of a presentation context (PS3.8 table 9-18).
ACCEPTED, NO_ABSTRACT_SYNTAX, NO_TRANSFER_SYNTAX = 0, 3, 4

_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_PRINTABLE = re.compile(rb"[^ -~]")


class ProtocolError(Exception):
    """A peer broke the protocol; the association is aborted.

    Attributes
    ----------
    what : str
        What is wrong, in words that stand within a sentence.
    reason : int
        The provider's reason for the A-ABORT.
    """

    def __init__(self, what: str, reason: int = INVALID_PARAMETER) -> None:
        super().__init__(what)
        self.what, self.reason = what, reason


def is_uid(text: str) -> bool:
    """Whether it is built as a UID (PS3.5 9.1); leading zeros, which some devices write, are let pass."""
    return len(text) <= 64 and _UID.fullmatch(text) is not None


@dataclass(frozen=True)
class Proposed:
    """A presentation context that a peer proposes."""

    id: int
    abstract_syntax: str
    transfer_syntaxes: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What is answered to a presentation context."""

    id: int
    result: int
    transfer_syntax: str


@dataclass(frozen=True)
class AssociateRequest:
    """An A-ASSOCIATE-RQ.

    Attributes
    ----------
    titles : bytes
        The 64 bytes of both AE titles and what is reserved behind them, which the answer repeats.
    version : int
        Bits of the protocol versions.
    called, calling : str
        AE titles without spaces around them, printable characters only.
    application : str
    contexts : tuple of Proposed
    max_length : int
        The longest PDU of data that the peer takes; 0 is no limit.
    """

    titles: bytes
    version: int
    called: str
    calling: str
    application: str
    contexts: tuple[Proposed, ...]
    max_length: int


def _items(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The items, or sub-items, that follow one another in `body`."""
    at = 0
    while at < len(body):
        if at + 4 > len(body):
            raise ProtocolError(said("an item ends within its header"))
        kind, length = struct.unpack_from(">BxH", body, at)
        if at + 4 + length > len(body):
            raise ProtocolError(said("an item is longer than what holds it"))
        yield kind, body[at + 4 : at + 4 + length]
        at += 4 + length


def _uid(value: bytes) -> str:
    text = value.rstrip(b"\0 ").decode("ascii", "replace")
    if not is_uid(text):
        raise ProtocolError(said("a name of a syntax is no UID"))
    return text


def _title(value: bytes) -> str:
    return _PRINTABLE.sub(b"?", value.rstrip(b"\0 ").lstrip(b" ")).decode("ascii")


def read_request(body: bytes) -> AssociateRequest:
    """Read an A-ASSOCIATE-RQ (PS3.8 9.3.2) without its six bytes of header.

    Raises
    ------
    ProtocolError
        When it is not built as it should be.
    """
    if len(body) < 68:
        raise ProtocolError(said("the request is too short"))
    application, contexts, max_length = "", {}, 0
    for kind, value in _items(body[68:]):
        if kind == 0x10:
            application = _uid(value)
        elif kind == 0x20:
            context = _proposed(value)
            if context.id in contexts:
                raise ProtocolError(said("two presentation contexts have the same number"))
            contexts[context.id] = context
        elif kind == 0x50:
            for inner, content in _items(value):
                if inner == 0x51:
                    if len(content) != 4:
                        raise ProtocolError(said("the maximum length is not four bytes"))
                    (max_length,) = struct.unpack(">L", content)
    if 0 < max_length < 64:
        raise ProtocolError(said("no answer fits the maximum length"))
    return AssociateRequest(
        titles=body[4:68],
        version=struct.unpack_from(">H", body)[0],
        called=_title(body[4:20]),
        calling=_title(body[20:36]),
        application=application,
        contexts=tuple(contexts.values()),
        max_length=max_length,
    )


def _proposed(value: bytes) -> Proposed:
    if len(value) < 4 or value[0] % 2 == 0:
        raise ProtocolError(said("a presentation context has no odd number"))
    abstract, transfers = "", []
    for kind, content in _items(value[4:]):
        if kind == 0x30:
            abstract = _uid(content)
        elif kind == 0x40:
            transfers.append(_uid(content))
    if not abstract or not transfers:
        raise ProtocolError(said("a presentation context lacks a syntax"))
    return Proposed(value[0], abstract, tuple(transfers))


def _item(kind: int, content: bytes) -> bytes:
    return struct.pack(">BxH", kind, len(content)) + content


def _pdu(kind: int, body: bytes) -> bytes:
    return struct.pack(">BxL", kind, len(body)) + body


def accepting(request: AssociateRequest, answers: tuple[Answer, ...], max_pdu: int) -> bytes:
    """An A-ASSOCIATE-AC (PS3.8 9.3.3)."""
    contexts = b"".join(
        _item(0x21, struct.pack(">BxBx", answer.id, answer.result) + _item(0x40, answer.transfer_syntax.encode()))
        for answer in answers
    )
    user = _item(0x51, struct.pack(">L", max_pdu)) + _item(0x52, IMPLEMENTATION_CLASS.encode())
    user += _item(0x55, IMPLEMENTATION_VERSION.encode())
    body = struct.pack(">H2x", 1) + request.titles + _item(0x10, APPLICATION_CONTEXT.encode()) + contexts
    return _pdu(ASSOCIATE_AC, body + _item(0x50, user))


def rejecting(reason: tuple[int, int, int]) -> bytes:
    """An A-ASSOCIATE-RJ (PS3.8 9.3.4)."""
    return _pdu(ASSOCIATE_RJ, b"\0" + bytes(reason))


def releasing() -> bytes:
    """An A-RELEASE-RP (PS3.8 9.3.7)."""
    return _pdu(RELEASE_RP, b"\0" * 4)


def aborting(reason: int) -> bytes:
    """An A-ABORT of the provider (PS3.8 9.3.8)."""
    return _pdu(ABORT, bytes((0, 0, 2, reason)))


def commanding(context: int, command: bytes, max_length: int) -> bytes:
    """A command set as P-DATA-TF, in as many PDUs as the peer's maximum length needs (PS3.8 9.3.5, annex E)."""
    room = (max_length or len(command) + 6) - 6
    parts = [command[at : at + room] for at in range(0, len(command), room)]
    pdus = [
        _pdu(DATA, struct.pack(">LBB", len(part) + 2, context, 3 if number == len(parts) - 1 else 1) + part)
        for number, part in enumerate(parts)
    ]
    return b"".join(pdus)


def values_of(body: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """The presentation data values of a P-DATA-TF: context, control header, fragment (PS3.8 9.3.5.1, E.2).

    Raises
    ------
    ProtocolError
        When a length does not fit.
    """
    at, end = 0, len(body)
    while at < end:
        if at + 6 > end:
            raise ProtocolError(said("a data value ends within its header"))
        length, context, control = struct.unpack_from(">LBB", body, at)
        if length < 2 or at + 4 + length > end:
            raise ProtocolError(said("a data value is longer than its PDU"))
        yield context, control, body[at + 6 : at + 4 + length]
        at += 4 + length
