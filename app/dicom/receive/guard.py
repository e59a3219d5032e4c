"""What a connection may do: how long it may take, how much it may send at once, and how many may be there.

A peer that has not asked for an association yet is a stranger. Strangers wait in a room of fixed size; when it is full
the longest waiting one of the address that has most of them goes, so that neither idle connections nor a flood keep a
real device out.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.dicom.receive.pdu import UNEXPECTED_PDU, UNRECOGNIZED_PDU, ProtocolError
from recon.messages import said

TICK_S = 0.5
"""How often a wait looks up whether it should end."""
WAITING = 32
"""How many strangers may be there at once."""
SEND_S = 10.0
LINGER_BYTES = 1 << 20
"""How much of what still comes is thrown away while the peer may read why it is hung up on."""
FIRST_BYTES = 4096
_QUICKACK = getattr(socket, "TCP_QUICKACK", None)


class Gone(Exception):
    """The peer has closed the connection, or it was closed from here."""


class TooSlow(Exception):
    """The peer took longer than it may."""


class Wire:
    """The bytes of a connection as PDUs, never more of them in memory than may be.

    Parameters
    ----------
    connection : socket
    closing : threading.Event
        Set when every connection must end.
    """

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection, self._closing = connection, closing
        self._view = memoryview(bytearray(FIRST_BYTES))
        self._start = self._end = 0
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read_pdu(self, limits: Mapping[int, int], deadline: float) -> tuple[int, memoryview]:
        """The next PDU's type and what follows its header, valid until the next call.

        Parameters
        ----------
        limits : mapping of type to int
            The longest of each type; it is compared before anything is read.
        deadline : float
            In the time of `time.monotonic`.

        Raises
        ------
        ProtocolError
            For a type that is not among `limits`, or one that is too long.
        Gone, TooSlow
        """
        self._need(6, deadline)
        kind, length = struct.unpack_from(">BxL", self._view, self._start)
        if not 1 <= kind <= 7:
            raise ProtocolError(said("a PDU of an unknown type"), UNRECOGNIZED_PDU)
        if kind not in limits:
            raise ProtocolError(said("a PDU that does not belong here"), UNEXPECTED_PDU)
        if length > limits[kind]:
            raise ProtocolError(said("a PDU is longer than was agreed"))
        self._need(6 + length, deadline)
        body = self._view[self._start + 6 : self._start + 6 + length]
        self._start += 6 + length
        return kind, body

    def send(self, data: bytes) -> None:
        """Send all of it, or give up on a peer that does not listen."""
        try:
            self._connection.settimeout(SEND_S)
            self._connection.sendall(data)
        except TimeoutError as error:
            raise TooSlow from error
        except OSError as error:
            raise Gone from error

    def hang_up(self, linger_s: float) -> None:
        """Say that nothing more comes, and let what was said last arrive: closing at once could overtake it."""
        with contextlib.suppress(OSError, ValueError):
            if isinstance(self._connection, ssl.SSLSocket):
                self._connection.settimeout(linger_s)
                self._connection.unwrap()
                return
            self._connection.shutdown(socket.SHUT_WR)
            end = time.monotonic() + linger_s
            room = memoryview(bytearray(65_536))
            read = 0
            while (left := end - time.monotonic()) > 0 and read < LINGER_BYTES and not self._closing.is_set():
                self._connection.settimeout(left)
                got = self._connection.recv_into(room)
                if not got:
                    break
                read += got

    def _need(self, count: int, deadline: float) -> None:
        """Have `count` bytes from `self._start` on; memory grows as they arrive, not as they are announced."""
        held = self._end - self._start
        if held >= count:
            return
        if self._start:
            self._view[:held] = bytes(self._view[self._start : self._end])
            self._start, self._end = 0, held
        self._connection.settimeout(TICK_S)
        while self._end < count:
            if self._end == len(self._view):
                larger = memoryview(bytearray(min(4 * len(self._view), max(count, 65_536))))
                larger[: self._end] = self._view[: self._end]
                self._view = larger
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooSlow
            if self._closing.is_set():
                raise Gone
            try:
                got = self._connection.recv_into(self._view[self._end :])
            except TimeoutError:
                continue
            except (OSError, ValueError) as error:
                raise Gone from error
            if not got:
                raise Gone
            self._end += got
            if _QUICKACK is not None and got < 16_384:
                # Senders hold a small packet back until the one before it is acknowledged (RFC 896), and a receiver
                # its acknowledgement for 40 ms (RFC 1122 4.2.3.2): together 80 ms for every small object.
                with contextlib.suppress(OSError):
                    self._connection.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)


@dataclass(eq=False)
class Visit:
    """One connection, from when it was taken to when it has ended.

    Attributes
    ----------
    address : str
    seated : bool
        Whether it has an association.
    leaving : bool
        Whether it was sent away.
    since : float
        When it came, in the time of `time.monotonic`.
    """

    connection: socket.socket
    address: str
    seated: bool = False
    leaving: bool = False
    since: float = field(default_factory=time.monotonic)

    def send_away(self) -> None:
        """Wake whoever waits for its bytes: none come any more."""
        self.leaving = True
        with contextlib.suppress(OSError):
            # The one of encrypted connections would go on unencrypted.
            socket.socket.shutdown(self.connection, socket.SHUT_RDWR)


class Door:
    """Who is there.

    Parameters
    ----------
    associations, per_address : int
        How many may be served at once, in total and of one address.
    """

    def __init__(self, associations: int, per_address: int) -> None:
        self._associations, self._per_address = associations, per_address
        self._visits: list[Visit] = []
        """In the order in which they came."""
        self._lock = threading.Lock()

    def enter(self, connection: socket.socket, address: str) -> Visit | None:
        """Take a stranger in; None when there are too many, even of those that have just been sent away."""
        visit = Visit(connection, address)
        evicted = None
        with self._lock:
            strangers = [each for each in self._visits if not each.seated]
            if len(strangers) >= 2 * WAITING:
                return None
            waiting = [each for each in strangers if not each.leaving]
            if len(waiting) >= WAITING:
                crowd, _ = Counter(each.address for each in (*waiting, visit)).most_common(1)[0]
                evicted = next((each for each in waiting if each.address == crowd), visit)
                evicted.leaving = True
            self._visits.append(visit)
        if evicted is not None:
            evicted.send_away()
        return visit

    def seat(self, visit: Visit) -> bool:
        """Give it an association; false when all are taken."""
        with self._lock:
            seated = [each for each in self._visits if each.seated]
            of_address = sum(each.address == visit.address for each in seated)
            visit.seated = len(seated) < self._associations and of_address < self._per_address
            return visit.seated

    def leave(self, visit: Visit) -> None:
        """It has ended."""
        with self._lock:
            self._visits.remove(visit)

    @property
    def seated(self) -> int:
        """How many associations there are."""
        with self._lock:
            return sum(each.seated for each in self._visits)

    def close(self) -> None:
        """Send everybody away."""
        with self._lock:
            visits = list(self._visits)
        for visit in visits:
            visit.send_away()

    def is_empty(self) -> bool:
        """Whether all have left."""
        with self._lock:
            return not self._visits
