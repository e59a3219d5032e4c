"""Attacks on a receiver. Each returns what came of it in a few words; the test and the table assert the rest."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from receiver_peers import (
    IMPLICIT,
    SECONDARY_CAPTURE,
    SERIES,
    Desk,
    Peer,
    command,
    data_set,
    element,
    p_data,
    request,
)

DEFLATED = "1.2.840.10008.1.2.1.99"
Attack = Callable[[Desk, bool], str]
ATTACKS: dict[str, Attack] = {}


def attack(title: str) -> Callable[[Attack], Attack]:
    def enter(function: Attack) -> Attack:
        ATTACKS[title] = function
        return function

    return enter


def _flood(peer: Peer, head: bytes, limit: int) -> int:
    """Send a head and then zeros until the peer closes; how many bytes it took."""
    sent, block = 0, bytes(1 << 20)
    with contextlib.suppress(OSError):
        peer.send(head)
        while sent < limit:
            peer.send(block)
            sent += len(block)
    return sent


def _ends(peer: Peer) -> str:
    """How the other side ends the connection."""
    try:
        kind, _ = peer.pdu()
    except OSError:
        return "closed"
    return {0: "closed", 3: "rejected", 7: "aborted"}.get(kind, f"answered by PDU {kind}")


def _connected(desk: Desk, asked: bytes | None = None) -> Peer:
    peer = Peer(desk.port)
    kind, _ = peer.associate(asked)
    assert kind == 2, "the peer is a good one so far"
    return peer


@attack("PDU of 4 GB announced by a stranger")
def lying_length(desk: Desk, large: bool) -> str:
    with Peer(desk.port) as peer:
        sent = _flood(peer, struct.pack(">BxL", 1, 0xFFFFFFF0), 64 << 20)
    assert sent < 16 << 20, sent
    return "aborted after the header"


@attack("PDU of 4 GB announced within an association")
def lying_data(desk: Desk, large: bool) -> str:
    with _connected(desk) as peer:
        sent = _flood(peer, struct.pack(">BxL", 4, 0xFFFFFFF0), 64 << 20)
    assert sent < 16 << 20, sent
    return "aborted after the header"


@attack("A-ASSOCIATE-RQ without end")
def endless_request(desk: Desk, large: bool) -> str:
    with Peer(desk.port) as peer:
        # The largest length that is taken, of items of the largest size, and then nothing.
        peer.send(struct.pack(">BxL", 1, 131_072) + bytes(68) + struct.pack(">BxH", 0x20, 0xFFFF) + bytes(60_000))
        found = _ends(peer)
    assert found in ("aborted", "closed")
    return f"{found} after the time for associating"


@attack("A-ASSOCIATE-RQ of thousands of items")
def many_items(desk: Desk, large: bool) -> str:
    body = request()[6:] + struct.pack(">BxH", 0x60, 0) * 25_000
    with Peer(desk.port) as peer:
        peer.send(struct.pack(">BxL", 1, len(body)) + body)
        kind, _ = peer.pdu()
    return "served" if kind == 2 else "rejected"


@attack("100 connections that say nothing")
def idle(desk: Desk, large: bool) -> str:
    silent = [socket.create_connection(("127.0.0.1", desk.port), 5) for _ in range(100)]
    began = time.monotonic()
    served = desk.serves("1.2.3.100.1")
    took = time.monotonic() - began
    for each in silent:
        each.close()
    assert served, "a good peer gets in while they wait"
    assert took < 2.0, took
    return f"good peer served meanwhile in {1000 * took:.0f} ms"


@attack("a request byte by byte (slowloris)")
def slow(desk: Desk, large: bool) -> str:
    with Peer(desk.port) as peer:
        began, asked = time.monotonic(), request()
        with contextlib.suppress(OSError):
            for byte in asked:
                peer.send(bytes((byte,)))
                time.sleep(0.05)
        took = time.monotonic() - began
    assert took < 0.05 * len(asked), "it was not let go on to the end"
    return f"closed after {took:.1f} s"


@attack("an object byte by byte")
def slow_object(desk: Desk, large: bool) -> str:
    with _connected(desk) as peer:
        began = time.monotonic()
        peer.send(p_data(1, 3, command("1.2.3.101")))
        with contextlib.suppress(OSError):
            while time.monotonic() - began < 20:
                peer.send(p_data(1, 0, b"\0"))
                time.sleep(0.05)
        took = time.monotonic() - began
    assert took < 10, took
    return f"closed after {took:.1f} s"


@attack("an association that says nothing")
def idle_association(desk: Desk, large: bool) -> str:
    began = time.monotonic()
    with _connected(desk) as peer:
        assert _ends(peer) == "aborted"
    return f"aborted after {time.monotonic() - began:.1f} s"


@attack("wrong calling and called AE title")
def wrong_titles(desk: Desk, large: bool) -> str:
    found = []
    for calling, called in (("EVIL", "BOCAGE"), ("GOOD", "OTHER"), ("", ""), ("\x00\xff<b>", "BOCAGE")):
        with Peer(desk.port) as peer:
            asked = bytearray(request(calling="X", called="Y"))
            asked[10:26] = called.encode("latin-1").ljust(16)
            asked[26:42] = calling.encode("latin-1").ljust(16)
            kind, body = peer.associate(bytes(asked))
            found.append((kind, tuple(body[1:])))
    assert found == [(3, (1, 1, 3)), (3, (1, 1, 7)), (3, (1, 1, 7)), (3, (1, 1, 3))], found
    return "rejected"


@attack("paths, NUL and length in the UID of the command")
def bad_uids(desk: Desk, large: bool) -> str:
    statuses = set()
    with _connected(desk) as peer:
        for uid in ("../../pwned", "..\\..\\pwned", "/etc/passwd", "1.2\0.3", "1." * 50 + "1", "", "1..2", "1.2.é"):
            statuses.add(peer.store(uid, data_set("1.2.3")))
        assert peer.release() == 6
    assert statuses == {0x0117}, statuses
    return "0x0117, nothing kept"


@attack("paths in the UIDs of the data set")
def bad_data_uids(desk: Desk, large: bool) -> str:
    good = data_set("1.2.3.102")
    statuses = set()
    with _connected(desk) as peer:
        for data in (
            data_set("../../pwned"),
            data_set("1.2.3.102", study="../../../pwned"),
            data_set("1.2.3.102", study="1.2\0/../x"),
            good.replace(SERIES.encode(), b"/tmp/pwned".ljust(len(SERIES), b"\0")),
            data_set("1.2.3.102", study="9" * 65),
        ):
            statuses.add(peer.store("1.2.3.102", data))
    assert statuses <= {0xC000, 0xA900}, statuses
    return "0xC000, nothing kept"


@attack("UIDs of command and data set differ")
def mismatch(desk: Desk, large: bool) -> str:
    with _connected(desk) as peer:
        assert peer.store("1.2.3.103", data_set("1.2.3.104")) == 0xA900
        other = data_set("1.2.3.103", sop_class="1.2.840.10008.5.1.4.1.1.2")
        assert peer.store("1.2.3.103", other) == 0xA900
    return "0xA900, nothing kept"


@attack("an object larger than is taken")
def oversize(desk: Desk, large: bool) -> str:
    size = round(1.2 * desk.receiver.settings.object_bytes)
    with _connected(desk) as peer:
        status = peer.store("1.2.3.105", data_set("1.2.3.105", size))
        assert status == 0xA700, hex(status)
        assert peer.store("1.2.3.106") == 0, "the association goes on"
    return f"{size / 1e6:.0f} MB: 0xA700, association goes on"


@attack("an object without end")
def endless_object(desk: Desk, large: bool) -> str:
    with _connected(desk) as peer:
        peer.send(p_data(1, 3, command("1.2.3.107")))
        piece, sent = p_data(1, 0, bytes(131_000)), 0
        with contextlib.suppress(OSError):
            while sent < 64 << 20:
                peer.send(piece)
                sent += len(piece)
    assert sent < 48 << 20, sent
    return "aborted at twice the largest size"


@attack("a deflated transfer syntax")
def deflated(desk: Desk, large: bool) -> str:
    with Peer(desk.port) as peer:
        kind, body = peer.associate(request(contexts=((SECONDARY_CAPTURE, (DEFLATED,)),)))
        assert kind == 2
        assert _results(body) == [4], "transfer syntaxes not supported"
        peer.send(p_data(1, 3, command("1.2.3.108")))
        found = _ends(peer)
    assert found == "aborted"
    return "context refused, use of it aborted"


def _results(body: bytes) -> list[int]:
    """The results of the contexts in an A-ASSOCIATE-AC."""
    results, at = [], 68
    while at < len(body):
        kind, length = struct.unpack_from(">BxH", body, at)
        if kind == 0x21:
            results.append(body[at + 6])
        at += 4 + length
    return results


@attack("unknown and unwanted presentation contexts")
def contexts(desk: Desk, large: bool) -> str:
    classes = ("1.2.3.4.5", "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.1.20.1", "1.2.840.10008.5.1.4.1.1.201.5")
    with Peer(desk.port) as peer:
        asked = request(contexts=(*((each, (IMPLICIT,)) for each in classes), (SECONDARY_CAPTURE, (IMPLICIT,))))
        kind, body = peer.associate(asked)
        assert kind == 2
        assert _results(body) == [3, 3, 3, 3, 0]
        assert peer.release() == 6
    return "refused one by one"


@attack("garbage and broken data sets")
def garbage(desk: Desk, large: bool) -> str:
    whole = data_set("1.2.3.109")
    bomb = element(0x0040, 0x0555, b"SQ", b"")[:8] + b"\xff" * 4 + b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
    statuses = set()
    with _connected(desk) as peer:
        for data in (
            random.Random(0).randbytes(50_000),
            b"",
            whole[: len(whole) // 2],
            whole[:-500],
            whole[:37],
            b"\0" * 10_000,
            whole[:100] + bomb * 5000,
            element(0x7FE0, 0x0010, b"OW", bytes(100)),
            whole[:-1160] + element(0x7FE0, 0x0010, b"OW", b"")[:8] + struct.pack("<L", 0xFFFFFFF0) + bytes(8),
        ):
            statuses.add(peer.store("1.2.3.109", data))
        assert peer.store("1.2.3.110") == 0, "the association goes on"
    assert statuses == {0xC000}, {hex(status) for status in statuses}
    return "0xC000, nothing kept"


@attack("a data set of empty elements")
def empty_elements(desk: Desk, large: bool) -> str:
    count = 1_200_000 if large else 60_000
    head = data_set("1.2.3.111")[:-1164]
    filler = b"".join(element(0x0029, 0x1000 + number % 4096, b"LO", b"") for number in range(4096))
    began = time.monotonic()
    with _connected(desk) as peer:
        status = peer.store("1.2.3.111", head + filler * (count // 4096))
        took = time.monotonic() - began
    assert took < 20, took
    return f"{count} elements: {status:#06x} after {took:.1f} s"


@attack("broken commands and fragments")
def broken_commands(desk: Desk, large: bool) -> str:
    good = command("1.2.3.112")
    for sent in (
        p_data(1, 3, b"\xff" * 50),
        p_data(1, 3, good[:-3]),
        p_data(1, 3, b""),
        p_data(1, 1, bytes(60_000)),
        p_data(1, 2, b"data without a command"),
        p_data(1, 3, good) + p_data(1, 3, good),
        p_data(99, 3, good),
        struct.pack(">BxL", 4, 10) + struct.pack(">LBB", 1000, 1, 3) + bytes(4),
        struct.pack(">BxL", 4, 5) + bytes(5),
        struct.pack(">BxL", 9, 4) + bytes(4),
        request(),
        p_data(1, 3, good) + struct.pack(">BxL", 5, 4) + bytes(4),
    ):
        with _connected(desk) as peer:
            peer.send(sent)
            assert _ends(peer) == "aborted", sent[:20]
    return "aborted"


@attack("services that are not there")
def other_services(desk: Desk, large: bool) -> str:
    with _connected(desk) as peer:
        peer.send(p_data(1, 3, command("", field_=0x20, has_data=False)))
        assert peer.status() == 0x0211
        peer.send(p_data(1, 3, command("1.2.3.113", has_data=False)))
        assert peer.status() == 0x0212
        peer.send(p_data(3, 3, command("1.2.3.113")) + p_data(3, 2, data_set("1.2.3.113")))
        assert peer.status() == 0x0122
        assert peer.store("1.2.3.113") == 0
    return "0x0211, 0x0212, 0x0122"


@attack("the connection breaks in the middle of an object")
def broken_off(desk: Desk, large: bool) -> str:
    for ending in (b"", struct.pack(">BxL", 7, 4) + bytes(4)):
        with _connected(desk) as peer:
            peer.send(p_data(1, 3, command("1.2.3.114")) + p_data(1, 0, bytes(100_000)) + ending)
    return "nothing kept"


@attack("links in the place of folders")
def links(desk: Desk, large: bool) -> str:
    from app.dicom.receive.spool import name_of

    outside = desk.spool.parent / "outside"
    outside.mkdir(exist_ok=True)
    study = "1.2.826.0.1.3680043.2.1.666"
    (desk.spool / name_of(study)).symlink_to(outside, target_is_directory=True)
    with _connected(desk) as peer:
        status = peer.store("1.2.3.115", data_set("1.2.3.115", study=study))
    (desk.spool / name_of(study)).unlink()
    assert status == 0xA700, hex(status)
    assert not list(outside.iterdir())
    return "0xA700, nothing outside"


@attack("many small objects")
def many_small(desk: Desk, large: bool) -> str:
    count = 2000 if large else 200
    began = time.monotonic()
    with _connected(desk) as peer:
        for number in range(count):
            assert peer.store(f"1.2.3.200.{number}") == 0
        assert peer.release() == 6
    return f"{count} kept, {count / (time.monotonic() - began):.0f} in a second"


@attack("more associations than allowed")
def too_many(desk: Desk, large: bool) -> str:
    allowed = desk.receiver.settings.per_address
    peers = [_connected(desk) for _ in range(allowed)]
    try:
        with Peer(desk.port) as peer:
            kind, body = peer.associate()
        assert (kind, tuple(body[1:])) == (3, (2, 3, 2))
        assert peers[0].echo() == 0
    finally:
        for each in peers:
            each.release()
            each.socket.close()
    return "rejected for a while (2, 3, 2)"


def outside_files(desk: Desk) -> list[Path]:
    """Files beside the spool, or in it where none should be."""
    beside = [path for path in desk.spool.parent.rglob("*") if path.is_file() and desk.spool not in path.parents]
    odd = [
        path
        for path in desk.spool.rglob("*")
        if path.is_file() and path.suffix not in (".dcm",) and path.name not in (".arrived", "lock")
    ]
    return beside + odd
