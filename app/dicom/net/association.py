"""Associations with a DIMSE server (PS3.8): opened with a sentence when they fail, bounded in time, ended at once.

pynetdicom's upper layer reads by 4 KiB, believes any announced PDU length and waits for ever on its socket. `Line`
takes its socket's place in an association: it reads by what was announced, refuses absurd lengths, has a timeout,
and can be *held* by whoever writes and reads on it directly (`app.dicom.net.storing`).
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pynetdicom import AE, _config
from pynetdicom.association import Association
from pynetdicom.transport import AssociationSocket

from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.tls import client_context, tls_sentence
from recon.errors import Cancelled
from recon.messages import said
from recon.progress import Progress

# What pynetdicom writes into logs would name patients.
_config.LOG_HANDLER_LEVEL = "none"
_config.LOG_REQUEST_IDENTIFIERS = _config.LOG_RESPONSE_IDENTIFIERS = False
logging.getLogger("pynetdicom").setLevel(logging.CRITICAL + 1)

CONNECT_S = 10.0
ANSWER_S = 60.0
"""How long an answer may take to begin; servers that fetch from an archive are slow."""
RELEASE_S = 10.0
RECEIVE_PDU = 131072
"""What we let a server send in one piece: the most that dcmtk, and with it most servers, can."""
LARGEST_PDU = 1 << 24
WATCH_S = 0.05
NOTICED_S = 2.0
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Linux takes it back after a while, so it is asked for again and again."""
_ABORT = struct.pack(">BxLxxBB", 7, 4, 0, 0)

Context = tuple[str, tuple[str, ...]]
"""A presentation context that is asked for: abstract syntax and transfer syntaxes."""


class Line(AssociationSocket):
    """The connection of an association; see the module's text."""

    held: bool
    guard: threading.Lock
    seen: threading.Event

    @classmethod
    def take_place(cls, line: Any) -> None:
        """Take the place of an association's socket, and wait until its thread has noticed.

        Otherwise that thread, on its way from looking to reading, could read an answer that is not for it.
        """
        line.held, line.guard, line.seen = False, threading.Lock(), threading.Event()
        line.__class__ = cls
        line.seen.wait(NOTICED_S)

    @property
    def ready(self) -> bool:
        """Whether the upper layer may read something."""
        with self.guard:
            self.seen.set()
            return not self.held and bool(super().ready)

    def hold(self, *, held: bool) -> None:
        """Keep the upper layer away, or let it look again."""
        with self.guard:
            self.held = held

    def recv(self, nr_bytes: int) -> bytearray:
        """Read so many bytes; fewer when the connection ends."""
        if nr_bytes > LARGEST_PDU:
            raise OSError("a PDU longer than was agreed")
        wire: Any = self.socket
        data = bytearray(nr_bytes)
        view, at = memoryview(data), 0
        while at < nr_bytes:
            if _QUICK_ACK is not None:
                # Servers that write an answer in pieces wait for the acknowledgement of each, 40 ms by default.
                wire.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
            count = wire.recv_into(view[at:])
            if not count:
                break
            at += count
        view.release()
        return data if at == nr_bytes else data[:at]


def associate(
    node: Node,
    contexts: Iterable[Context],
    *,
    roles: Iterable[Any] = (),
    handlers: Iterable[Any] = (),
    answer_s: float = ANSWER_S,
) -> Association:
    """Open an association.

    Parameters
    ----------
    node : Node
    contexts : iterable of Context
        At most 128.
    roles : iterable
        Role selection items (PS3.7 D.3.3.4).
    handlers : iterable
        pynetdicom's event handlers.

    Raises
    ------
    NetworkError
        With what failed: the name, the connection, TLS, an AE title, or nothing of what we want is offered.
    """
    problem = node.problem()
    if problem:
        raise NetworkError(problem, lasting=True)
    entity = AE(ae_title=node.calling_ae)
    entity.connection_timeout = CONNECT_S
    entity.acse_timeout, entity.dimse_timeout, entity.network_timeout = RELEASE_S, answer_s, answer_s
    for abstract, syntaxes in contexts:
        entity.add_requested_context(abstract, list(syntaxes))
    security = (client_context(node), node.host) if node.tls else None
    wrong = _unresolved(node)
    if wrong is not None:
        raise wrong
    association = entity.associate(
        node.host,
        node.port,
        ae_title=node.called_ae,
        max_pdu=RECEIVE_PDU,
        ext_neg=list(roles) or None,
        tls_args=security,
        evt_handlers=list(handlers) or None,
    )
    if not association.is_established:
        raise _refused(node, association)
    line: Any = association.dul.socket
    line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.socket.settimeout(answer_s)
    Line.take_place(line)
    return association


def accepted(association: Association) -> dict[tuple[str, str], int]:
    """The context that was accepted for (abstract syntax, transfer syntax)."""
    return {
        (str(context.abstract_syntax), str(context.transfer_syntax[0])): int(context.context_id or 0)
        for context in association.accepted_contexts
    }


def close(association: Association, *, failed: bool = False) -> None:
    """End an association, and its threads in any case: in good order if it still stands and nothing `failed`."""
    if association.is_established and not failed:
        association.release()
    else:
        hang_up(association)
    association.dul.kill_dul()
    association._kill = True
    association._reactor_checkpoint.set()
    if association is not threading.current_thread():
        association.join(RELEASE_S)


def hang_up(association: Association) -> None:
    """End the connection at once; whoever waits on it wakes. From any thread."""
    line = association.dul.socket
    wire = line.socket if line is not None else None
    if wire is None:
        return
    with contextlib.suppress(OSError, ValueError):
        if not getattr(line, "held", False) and not isinstance(wire, ssl.SSLSocket):
            wire.send(_ABORT, socket.MSG_DONTWAIT)
    with contextlib.suppress(OSError, ValueError):
        # Not SSLSocket's own, which unwraps first.
        socket.socket.shutdown(wire, socket.SHUT_RDWR)


@contextlib.contextmanager
def hung_up_when_cancelled(association: Association, progress: Progress) -> Iterator[None]:
    """End the connection within `WATCH_S` when the work is no longer wanted; then `Cancelled` is raised.

    A wait for an answer of the server cannot ask `progress`, so a thread of its own does.
    """
    with watched(progress, lambda: hang_up(association)):
        yield


@contextlib.contextmanager
def watched(progress: Progress, stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` once when `progress` is cancelled while the block runs; then raise `Cancelled`."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(WATCH_S):
            if progress.cancelled:
                stop()
                return

    thread = threading.Thread(target=watch, name="bocage-cancel", daemon=True)
    thread.start()
    try:
        yield
    except Exception:
        if progress.cancelled:
            raise Cancelled from None
        raise
    finally:
        over.set()
        thread.join()
    if progress.cancelled:
        raise Cancelled


# -- what failed -------------------------------------------------------------------------------------------------------


def _unresolved(node: Node) -> NetworkError | None:
    try:
        socket.getaddrinfo(node.host, node.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return NetworkError(
            said("{0}: the name {1} is not known in this network. Check the host.", node.name, node.host)
        )
    return None


def _refused(node: Node, association: Association) -> NetworkError:
    if association.is_rejected:
        return _rejected(node, association.acceptor.primitive)
    for answer in list(association.dul.to_user_queue.queue):
        # A server that rejects and hangs up before pynetdicom looks is taken for one that was not reached.
        if getattr(answer, "result", None) in (1, 2) and hasattr(answer, "diagnostic"):
            return _rejected(node, answer)
    if association.rejected_contexts and not association.accepted_contexts:
        return NetworkError(said("{0}: it is reached, but does not offer this service.", node.name), lasting=True)
    return diagnose(node)


def _rejected(node: Node, answer: Any) -> NetworkError:
    """PS3.8 table 9-21."""
    source, reason = getattr(answer, "result_source", None), getattr(answer, "diagnostic", None)
    if (source, reason) == (1, 7):
        return NetworkError(
            said("{0}: no AE of the name {1} is there. Check the server's AE title.", node.name, node.called_ae),
            lasting=True,
        )
    if (source, reason) == (1, 3):
        return NetworkError(
            said(
                "{0}: it does not know {1}, our AE title. Have it entered there, or change it here.",
                node.name,
                node.calling_ae,
            ),
            lasting=True,
        )
    if source == 3:
        return NetworkError(said("{0}: it has too many connections just now. Try again later.", node.name))
    return NetworkError(
        said("{0}: it rejected the association. Check both AE titles with its administrator.", node.name), lasting=True
    )


def diagnose(node: Node) -> NetworkError:
    """Why no association came about, found out by connecting once more."""
    wrong = _unresolved(node)
    if wrong is not None:
        return wrong
    try:
        wire: Any = socket.create_connection((node.host, node.port), timeout=CONNECT_S)
    except ConnectionRefusedError:
        return NetworkError(
            said("{0}: nothing answers at port {1} of {2}. Is the server running?", node.name, node.port, node.host)
        )
    except TimeoutError:
        return NetworkError(
            said("{0}: {1} does not answer within {2} s. Check host and port.", node.name, node.host, round(CONNECT_S))
        )
    except OSError:
        return NetworkError(said("{0}: {1} cannot be reached from this computer.", node.name, node.host))
    with wire:
        if node.tls:
            try:
                with client_context(node).wrap_socket(wire, server_hostname=node.host) as secured:
                    secured.settimeout(1.0)
                    # A server that wants our certificate says so only when something is read (TLS 1.3).
                    with contextlib.suppress(TimeoutError):
                        secured.recv(1)
            except ssl.SSLError as error:
                return NetworkError(tls_sentence(node, error), lasting=True)
            except TimeoutError:
                return NetworkError(
                    said("{0}: no TLS is spoken at this port. Switch TLS off, or use the port for TLS.", node.name),
                    lasting=True,
                )
            except OSError:
                return NetworkError(
                    said(
                        "{0}: it closed the connection instead of TLS. Switch TLS off, or use the port for TLS.",
                        node.name,
                    ),
                    lasting=True,
                )
            return NetworkError(said("{0}: it ended the connection without an answer.", node.name))
    return NetworkError(
        said(
            "{0}: something answers at port {1}, but not as a DICOM server. Check the port, and whether it wants TLS.",
            node.name,
            node.port,
        )
    )


def lost(node: Node) -> NetworkError:
    """What is said when an association ends before its answer."""
    return NetworkError(
        said("{0}: it ended the connection before it answered. It may not allow this to our AE title.", node.name)
    )
