"""The receiver's parsers on what hypothesis makes: either a value, or the error that they say they raise."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receiver_peers import EXPLICIT, IMPLICIT, SECONDARY_CAPTURE, SERIES, STUDY, command, data_set, element, request

from app.dicom.receive import (
    AssociationRefused,
    Event,
    Failed,
    Load,
    Received,
    Rejected,
    SetAside,
    Started,
    Stopped,
    StudyComplete,
)
from app.dicom.receive.dimse import chosen_syntax, is_storage, read_command, response
from app.dicom.receive.events import decoded, encoded
from app.dicom.receive.identity import Identity, Unreadable, identify
from app.dicom.receive.pdu import Answer, ProtocolError, accepting, commanding, read_request, rejecting, values_of
from recon.messages import Message, said

CHANGES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=20)


def changed(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    found = bytearray(data)
    for place, value in changes:
        found[place % len(found)] = value
    return bytes(found[: len(found) - cut])


def identity_of(data: bytes, *, explicit: bool = True) -> Identity:
    return identify(io.BytesIO(data), 0, len(data), explicit=explicit)


@given(CHANGES, st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_any_request(changes: list[tuple[int, int]], cut: int) -> None:
    try:
        found = read_request(changed(request()[6:], changes, cut))
    except ProtocolError:
        return
    assert len(found.contexts) <= 128
    assert found.calling.isprintable()
    assert accepting(found, tuple(Answer(each.id, 0, EXPLICIT) for each in found.contexts), 16384)


@given(CHANGES, st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_any_command(changes: list[tuple[int, int]], cut: int) -> None:
    try:
        found = read_command(changed(command("1.2.3"), changes, cut))
    except ProtocolError:
        return
    assert len(response(found, 0xC000)) < 400


@given(CHANGES, st.integers(0, 1300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_data_set(changes: list[tuple[int, int]], cut: int, explicit: bool) -> None:
    try:
        found = identity_of(changed(data_set("1.2.3"), changes, cut), explicit=explicit)
    except Unreadable:
        return
    for uid in (found.sop_class, found.sop_instance, found.study, found.series):
        assert 0 < len(uid) <= 64
        assert set(uid) <= set("0123456789.")


@given(st.binary(max_size=300))
def test_any_values(body: bytes) -> None:
    try:
        found = list(values_of(memoryview(body)))
    except ProtocolError:
        return
    assert sum(6 + len(fragment) for _, _, fragment in found) == len(body)


def test_identity_of_every_cut_is_refused() -> None:
    whole = data_set("1.2.3", 64)
    assert identity_of(whole) == Identity(SECONDARY_CAPTURE, "1.2.3", STUDY, SERIES)
    bounds = {len(whole)}
    for cut in range(1, len(whole)):
        try:
            identity_of(whole[:-cut])
            bounds.add(len(whole) - cut)
        except Unreadable:
            continue
    # Only between two elements, behind the four UIDs, can nobody see that something is missing.
    assert len(bounds) == 4


def test_identity_steps_over_sequences_and_fragments() -> None:
    inner = element(0x0020, 0x000D, b"UI", b"9.9.9")
    item = b"\xfe\xff\x00\xe0"
    undefined = b"\xff\xff\xff\xff"
    nested = element(0x0008, 0x1115, b"SQ", b"")[:8] + undefined + item + undefined + inner
    nested += b"\xfe\xff\x0d\xe0\0\0\0\0" + item + struct.pack("<L", len(inner)) + inner + b"\xfe\xff\xdd\xe0\0\0\0\0"
    unknown = element(0x0009, 0x1001, b"UN", b"")[:8] + undefined + item + undefined
    unknown += struct.pack("<HHL", 0x0020, 0x000D, 4) + b"9.9\0" + b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"
    whole = data_set("1.2.3", 8)
    at = whole.index(b"\x08\0\x60\0")
    pixels = element(0x7FE0, 0x0010, b"OB", b"")[:8] + undefined + item + b"\0\0\0\0" + item + b"\4\0\0\0abcd"
    data = whole[:at] + nested + unknown + whole[at:-20] + pixels + b"\xfe\xff\xdd\xe0\0\0\0\0"
    assert identity_of(data).study == STUDY
    with pytest.raises(Unreadable):
        identity_of(data[:-8])
    assert identity_of(data + b"\0\0\0").study == STUDY, "padding behind the pixels"


def test_answers_fit_what_the_peer_takes() -> None:
    found = response(read_command(command("1.2.3")), 0xA700)
    for limit in (64, 100, 16384, 0):
        sent, whole = commanding(5, found, limit), b""
        while sent:
            kind, length = struct.unpack_from(">BxL", sent)
            assert kind == 4
            assert limit == 0 or length <= limit
            ((context, control, fragment),) = values_of(memoryview(sent[6 : 6 + length]))
            assert context == 5
            whole += fragment
            sent = sent[6 + length :]
            assert control == (1 if sent else 3)
        assert whole == found


def test_pynetdicom_understands_the_answers() -> None:
    from pynetdicom.dsutils import decode
    from pynetdicom.pdu import A_ASSOCIATE_AC, A_ASSOCIATE_RJ

    accepted = A_ASSOCIATE_AC()
    accepted.decode(accepting(read_request(request()[6:]), (Answer(1, 0, EXPLICIT), Answer(3, 4, IMPLICIT)), 131_072))
    told = accepted.to_primitive()
    assert told.maximum_length_received == 131_072
    assert [(each.context_id, each.result) for each in told.presentation_context_definition_results_list] == [
        (1, 0),
        (3, 4),
    ]
    rejected = A_ASSOCIATE_RJ()
    rejected.decode(rejecting((1, 1, 3)))
    assert rejected.reason_str == "Calling AE title not recognised"
    answer = decode(io.BytesIO(response(read_command(command("1.2.3")), 0xA700)), True, True)
    assert (answer.CommandField, answer.Status, answer.MessageIDBeingRespondedTo) == (0x8001, 0xA700, 7)
    assert answer.AffectedSOPInstanceUID == "1.2.3"
    assert answer.ErrorComment == "Out of resources"


def test_storage_classes_are_those_of_the_standard() -> None:
    from pynetdicom import sop_class

    for uid in sop_class._STORAGE_CLASSES.values():
        assert is_storage(uid)
    for name, table in vars(sop_class).items():
        if name.startswith("_") and name.endswith("_CLASSES") and name != "_STORAGE_CLASSES":
            assert not [uid for uid in table.values() if isinstance(uid, str) and is_storage(uid)], name


def test_syntaxes_that_are_taken() -> None:
    jpeg, deflated, big = "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"
    assert chosen_syntax((jpeg, IMPLICIT, EXPLICIT)) == EXPLICIT
    assert chosen_syntax((deflated, jpeg)) == jpeg
    assert chosen_syntax((deflated, big)) == ""


EVENTS: tuple[Event, ...] = (
    Started("127.0.0.1", 11112),
    AssociationRefused(said("“{0}” is not on the list.", "A"), "A", "B", "::1", unknown=True),
    Received(Path("/a/b.dcm"), "1.2", "1.3", "1.4", 5, "A", again=True),
    SetAside(Path("/a"), "1.2", "A", said("There is another.")),
    StudyComplete("1.2", Path("/a"), 3, "A"),
    Rejected(said("Why: {0}.", said("inner {0}", 3)), "A", "::1", 0xC000),
    Load(1, 2, 3),
    Failed(said("It is over.")),
    Stopped(),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_events_come_through_the_pipe(event: Event) -> None:
    found = decoded(encoded(event))
    assert found == event
    if isinstance(event, Rejected):
        assert isinstance(found, Rejected)
        assert isinstance(found.reason, Message)
        assert found.reason.values == (said("inner {0}", 3),)
        assert replace(found) == event


def test_the_program_has_one_implementation_class() -> None:
    from app.dicom.receive.pdu import IMPLEMENTATION_CLASS
    from app.dicom.write.series import IMPLEMENTATION_CLASS_UID

    assert IMPLEMENTATION_CLASS == IMPLEMENTATION_CLASS_UID
