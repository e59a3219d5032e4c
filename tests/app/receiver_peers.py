"""Peers of the receiver made byte by byte from PS3.7 and PS3.8, so that they can also break every rule of it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.dicom.receive import Event, Receiver, ReceiverSettings, Sender

AE, PEER = "BOCAGE", "GOOD"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
VERIFICATION = "1.2.840.10008.1.1"
EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
STUDY, SERIES = "1.2.826.0.1.3680043.2.1.1", "1.2.826.0.1.3680043.2.1.1.1"


def element(group: int, number: int, representation: bytes, value: bytes) -> bytes:
    value += (b" " if representation in (b"LO", b"PN", b"CS") else b"\0") * (len(value) % 2)
    head = struct.pack("<HH2s", group, number, representation)
    if representation in (b"OB", b"OW", b"SQ", b"UN"):
        return head + struct.pack("<2xL", len(value)) + value
    return head + struct.pack("<H", len(value)) + value


def data_set(uid: str, n_bytes: int = 1152, *, study: str = STUDY, sop_class: str = SECONDARY_CAPTURE) -> bytes:
    """A secondary capture in explicit VR little endian."""
    return b"".join(
        (
            element(0x0008, 0x0016, b"UI", sop_class.encode()),
            element(0x0008, 0x0018, b"UI", uid.encode()),
            element(0x0008, 0x0060, b"CS", b"OT"),
            element(0x0010, 0x0010, b"PN", b"Nobody^Here"),
            element(0x0020, 0x000D, b"UI", study.encode()),
            element(0x0020, 0x000E, b"UI", SERIES.encode()),
            element(0x0028, 0x0010, b"US", struct.pack("<H", 24)),
            element(0x0028, 0x0011, b"US", struct.pack("<H", 24)),
            element(0x7FE0, 0x0010, b"OW", bytes(n_bytes)),
        )
    )


def _item(kind: int, content: bytes) -> bytes:
    return struct.pack(">BxH", kind, len(content)) + content


def request(
    calling: str = PEER,
    called: str = AE,
    contexts: tuple[tuple[str, tuple[str, ...]], ...] = (
        (SECONDARY_CAPTURE, (EXPLICIT,)),
        (VERIFICATION, (IMPLICIT,)),
    ),
) -> bytes:
    """An A-ASSOCIATE-RQ; contexts are numbered 1, 3, 5, …"""
    body = struct.pack(">H2x", 1) + called.encode().ljust(16) + calling.encode().ljust(16) + bytes(32)
    body += _item(0x10, b"1.2.840.10008.3.1.1.1")
    for number, (abstract, transfers) in enumerate(contexts):
        syntaxes = b"".join(_item(0x40, transfer.encode()) for transfer in transfers)
        body += _item(0x20, bytes((2 * number + 1, 0, 0, 0)) + _item(0x30, abstract.encode()) + syntaxes)
    body += _item(0x50, _item(0x51, struct.pack(">L", 16384)) + _item(0x52, b"1.2.3.4"))
    return struct.pack(">BxL", 1, len(body)) + body


def command(uid: str, *, field_: int = 1, sop_class: str = SECONDARY_CAPTURE, has_data: bool = True) -> bytes:
    def one(number: int, value: bytes) -> bytes:
        value += b"\0" * (len(value) % 2)
        return struct.pack("<HHL", 0, number, len(value)) + value

    body = one(0x0002, sop_class.encode()) + one(0x0100, struct.pack("<H", field_)) + one(0x0110, b"\7\0")
    body += one(0x0700, b"\0\0") + one(0x0800, b"\1\0" if has_data else b"\1\1")
    body += one(0x1000, uid.encode("latin-1")) if field_ == 1 else b""
    return one(0x0000, struct.pack("<L", len(body))) + body


def p_data(context: int, control: int, fragment: bytes) -> bytes:
    value = struct.pack(">LBB", len(fragment) + 2, context, control) + fragment
    return struct.pack(">BxL", 4, len(value)) + value


class Peer:
    """A TCP connection to a receiver."""

    def __init__(self, port: int, timeout_s: float = 10.0, tls: ssl.SSLContext | None = None) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="127.0.0.1")

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def pdu(self) -> tuple[int, bytes]:
        """The next PDU; type 0 when the connection has ended."""
        head = self._exactly(6)
        if len(head) < 6:
            return 0, b""
        kind, length = struct.unpack(">BxL", head)
        return kind, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        found = b""
        with contextlib.suppress(ConnectionError):
            while len(found) < count and (got := self.socket.recv(count - len(found))):
                found += got
        return found

    def associate(self, asked: bytes | None = None) -> tuple[int, bytes]:
        self.send(asked if asked is not None else request())
        return self.pdu()

    def status(self) -> int:
        """Of the next response; -1 for an abort, -2 when the connection has ended."""
        kind, body = self.pdu()
        if kind != 4:
            return -1 if kind == 7 else -2
        at = 6
        while at < len(body):
            number, length = struct.unpack_from("<2xHL", body, at)
            if number == 0x0900:
                return int.from_bytes(body[at + 8 : at + 10], "little")
            at += 8 + length
        raise AssertionError("a response without a status")

    def store(self, uid: str, data: bytes | None = None, *, context: int = 1, piece: int = 100_000) -> int:
        """Store an object; the status."""
        data = data_set(uid) if data is None else data
        self.send(p_data(context, 3, command(uid)))
        for at in range(0, max(1, len(data)), piece):
            last = at + piece >= len(data)
            self.send(p_data(context, 2 if last else 0, data[at : at + piece]))
        return self.status()

    def echo(self, context: int = 3) -> int:
        self.send(p_data(context, 3, command("", field_=0x30, sop_class=VERIFICATION, has_data=False)))
        return self.status()

    def release(self) -> int:
        self.send(struct.pack(">BxL", 5, 4) + bytes(4))
        return self.pdu()[0]


@dataclass
class Desk:
    """A receiver with what it told."""

    receiver: Receiver
    spool: Path
    events: list[Event] = field(default_factory=list)

    def told(self, kind: type, wait_s: float = 5.0, count: int = 1, **values: object) -> list:
        """The events of a kind with some values, once there are as many."""
        end = time.monotonic() + wait_s
        while time.monotonic() < end:
            found = [
                event
                for event in list(self.events)
                if isinstance(event, kind) and all(getattr(event, name) == value for name, value in values.items())
            ]
            if len(found) >= count:
                return found
            time.sleep(0.01)
        raise AssertionError(f"{kind.__name__} {values} was not told: {self.events}")

    @property
    def port(self) -> int:
        return self.receiver.port

    def memory_mb(self, line: str = "VmHWM") -> float:
        """Peak memory of the process (or another line of its status)."""
        text = Path(f"/proc/{self.receiver.pid}/status").read_text()
        return int(next(each for each in text.splitlines() if each.startswith(line)).split()[1]) / 1024

    def forget_peak(self) -> None:
        Path(f"/proc/{self.receiver.pid}/clear_refs").write_text("5")

    def files(self) -> list[Path]:
        """Whole objects that stand among the studies."""
        return sorted(path for path in self.spool.glob("[!.]*/*/*") if path.is_file())

    def parts(self) -> list[Path]:
        return [path for path in (self.spool / ".incoming").rglob("*.part") if path.stat().st_size >= 0]

    def serves(self, uid: str) -> bool:
        """Whether a good peer is served now: associated, stored, released."""
        with Peer(self.port) as peer:
            return peer.associate()[0] == 2 and peer.store(uid) == 0 and peer.release() == 6


@contextlib.contextmanager
def running(spool: Path, **settings: object) -> Iterator[Desk]:
    """A receiver on any free port of the loopback."""
    values = {"port": 0, "ae_title": AE, "senders": (Sender(PEER),), "keep_free_bytes": 0, **settings}
    events: list[Event] = []
    receiver = Receiver(ReceiverSettings(**values), spool, events.append)  # type: ignore[arg-type]
    receiver.start()
    try:
        assert receiver.wait(20), receiver.failure
        yield Desk(receiver, spool, events)
    finally:
        receiver.stop()
