"""Sends what waits in the queue: one thread for each server, so that a slow one holds up no other."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.dicom.net.client import Client, connect
from app.dicom.net.credentials import Credentials
from app.dicom.net.errors import NetworkError
from app.dicom.net.jobs import Item
from app.dicom.net.nodes import Node
from app.dicom.net.queue import NOT_OFFERED, SendQueue
from recon.errors import BocageError, Cancelled
from recon.messages import said
from recon.progress import Progress

log = logging.getLogger(__name__)

AT_ONCE, BYTES_AT_ONCE = 200, 256 << 20
"""Objects that are taken at once; a killed process sends at most these anew."""
SETTLE_S = 0.2
"""Answers are written into the queue together; a killed process sends anew what was not written."""
IDLE_S = 60.0
ANSWERS_S = 24 * 3600.0
"""How long an answer to a question for storage commitment is waited for."""


@dataclass(frozen=True)
class Sending:
    """What is going on at a server.

    Attributes
    ----------
    node : str
        Id of the server.
    n_bytes : int
        That went out since the sender began to send to it.
    seconds : float
        Since then.
    """

    node: str
    n_bytes: int
    seconds: float


class Sender:
    """Works off a queue until it is stopped.

    Parameters
    ----------
    queue : SendQueue
    node : callable(id) -> Node or None
        The servers; None for one that was removed.
    credentials : Credentials
    told : callable(Sending)
        Called on threads of the sender while bytes go out.
    """

    def __init__(
        self,
        queue: SendQueue,
        node: Callable[[str], Node | None],
        credentials: Credentials,
        told: Callable[[Sending], object] = lambda _: None,
    ) -> None:
        self._queue, self._node, self._credentials, self._told = queue, node, credentials, told
        self._wake = threading.Event()
        self._progress = Progress()
        self._busy: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._unasked: dict[str, float] = {}
        """When a server is asked again to keep what was sent, after it could not be asked."""
        self._listeners: dict[tuple[str, str, int], Any] = {}
        self._listening = threading.Lock()
        self.deaf = ""
        """Why the answers of servers about what they keep are not heard; "" when they are, or none is owed."""
        self._thread = threading.Thread(target=self._run, name="bocage-sender", daemon=True)

    def start(self) -> None:
        """Begin; what another process left unfinished goes on."""
        self._thread.start()

    def wake(self) -> None:
        """Look into the queue now: something was added, or is to be tried again."""
        self._wake.set()

    @property
    def busy(self) -> tuple[str, ...]:
        """Ids of the servers that something is being sent to."""
        with self._lock:
            return tuple(self._busy)

    def stop(self, timeout_s: float = 10.0) -> bool:
        """End at once; what was being sent waits in the queue. True if all threads have ended."""
        self._progress.cancel()
        self._wake.set()
        until = time.monotonic() + timeout_s
        with self._lock:
            threads = [self._thread, *self._busy.values()]
        for thread in threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    # -- the thread that looks -------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while not self._progress.cancelled:
                self._wake.clear()
                wait = IDLE_S
                try:
                    self._queue.recover()
                    self._attend()
                    wait = self._dispatch()
                except Exception as error:  # a full disk, a queue that is locked: told by the page that reads it
                    log.error("sending: %s", type(error).__name__)
                self._wake.wait(wait)
        finally:
            with self._listening:
                self._close_listeners()

    def _dispatch(self) -> float:
        """Start a thread for each server that is due; seconds until the next one is."""
        now = time.time()
        wait = IDLE_S
        with self._lock:
            due = {node: self._unasked.get(node, now) for node in self._queue.unasked_nodes()}
            due |= self._queue.due(now)
            due = {node: at for node, at in due.items() if node not in self._busy}
            for node, at in due.items():
                if at > now:
                    wait = min(wait, at - now)
                elif not self._progress.cancelled:
                    thread = threading.Thread(target=self._serve, args=(node,), name="bocage-sending", daemon=True)
                    self._busy[node] = thread
                    thread.start()
        return max(0.05, wait)

    def _attend(self, asking: Node | None = None) -> None:
        """Listen for the answers of servers that owe one, and of the one that is about to be asked."""
        owing = [self._node(identity) for identity in self._queue.questioned(time.time() - ANSWERS_S)]
        with self._listening:
            wanted = {place for node in (*owing, asking) if node is not None and (place := _answer_place(node))}
            for place in set(self._listeners) - wanted:
                self._listeners.pop(place).close()
            for place in wanted - set(self._listeners):
                if self._progress.cancelled:
                    return
                from app.dicom.net.commitment import Listener

                title, address, port = place
                try:
                    self._listeners[place] = Listener(title, port, self._take_answer, address)
                    self.deaf = ""
                except NetworkError as error:
                    self.deaf = error.args[0]  # another program has the port: tried again when next looked at

    def _take_answer(self, answer: Any) -> None:
        take_answer(self._queue, answer)
        self.wake()

    def _close_listeners(self) -> None:
        for listener in self._listeners.values():
            listener.close()
        self._listeners.clear()

    # -- the thread of a server ------------------------------------------------------------------------------------

    def _serve(self, identity: str) -> None:
        try:
            node = self._node(identity)
            if node is None:
                self._queue.refuse(identity, said("The server was removed from the list."), time.time())
                self._queue.ask_no_more(identity)
                return
            self._send_all(node)
        except Cancelled:
            pass
        except Exception as error:
            log.error("sending: %s", type(error).__name__)
            self._queue.hold(identity, said("Sending failed unexpectedly ({0}).", type(error).__name__), time.time())
        finally:
            with self._lock:
                self._busy.pop(identity, None)
            self._wake.set()

    def _send_all(self, node: Node) -> None:
        began, n_bytes, last = time.monotonic(), 0, 0.0

        def told(count: int) -> None:
            nonlocal n_bytes, last
            n_bytes += count
            now = time.monotonic()
            if now - last > SETTLE_S:
                last = now
                self._told(Sending(node.id, n_bytes, now - began))

        try:
            client = connect(node, self._credentials)
        except BocageError as error:
            self._failed(node, error)
            self._unasked[node.id] = time.time() + IDLE_S
            return
        try:
            while items := self._queue.claim(node.id, AT_ONCE, BYTES_AT_ONCE, time.time()):
                if not self._send(node, client, items, told):
                    self._unasked[node.id] = time.time() + IDLE_S
                    return
                if self._progress.cancelled:
                    return
            self._confirm(node, client)
        finally:
            client.close()
            self._told(Sending(node.id, n_bytes, time.monotonic() - began))

    def _send(self, node: Node, client: Client, items: Sequence[Item], told: Callable[[int], object]) -> bool:
        """Send what was taken; false when the server is not to be tried further now."""
        open_items = {item.object.sop_uid: item for item in items}
        outcomes: list[tuple[int, str, str, bool]] = []
        last = time.monotonic()

        def write() -> None:
            nonlocal last
            last = time.monotonic()
            if outcomes:
                self._queue.settle(outcomes, time.time())
                outcomes.clear()

        def answered(found: object, answer: object) -> None:
            item = open_items.pop(found.sop_uid)  # type: ignore[attr-defined]
            stored, text, lasting = answer.stored, answer.text, answer.lasting  # type: ignore[attr-defined]
            outcomes.append((item.id, "sent" if stored else "failed", text, lasting))
            if time.monotonic() - last > SETTLE_S:
                write()

        try:
            client.send([item.object for item in items], answered, self._progress, told)
        except BocageError as error:
            outcomes += [(item.id, "waiting", "", False) for item in open_items.values()]
            write()
            self._failed(node, error)
            return False
        except BaseException:
            outcomes += [(item.id, "waiting", "", False) for item in open_items.values()]
            write()
            raise
        outcomes += [(item.id, "waiting", "", False) for item in open_items.values()]
        write()
        self._queue.reached(node.id)
        return True

    def _failed(self, node: Node, error: BocageError) -> None:
        if getattr(error, "lasting", False):
            self._queue.refuse(node.id, error.args[0], time.time())
        else:
            self._queue.hold(node.id, error.args[0], time.time())

    # -- confirming ------------------------------------------------------------------------------------------------

    def _confirm(self, node: Node, client: Client) -> None:
        """Have the server say that it keeps what was sent."""
        if time.time() < self._unasked.get(node.id, 0.0):
            return
        try:
            if node.is_web:
                self._look_there(node, client)
            elif node.commitment:
                self._ask(node)
            else:
                self._queue.ask_no_more(node.id)
        except NetworkError:
            self._unasked[node.id] = time.time() + IDLE_S

    def _look_there(self, node: Node, client: Client) -> None:
        while items := self._queue.unconfirmed(node.id, 1000):
            there = client.holds([item.object for item in items], self._progress)
            self._queue.asked([item.id for item in items], NOT_OFFERED)  # once is enough
            self._queue.confirm([item.id for item in items if item.object.sop_uid in there])

    def _ask(self, node: Node) -> None:
        from pydicom.uid import generate_uid

        from app.dicom.net.commitment import AT_ONCE as MOST
        from app.dicom.net.commitment import ask

        while items := self._queue.unconfirmed(node.id, MOST):
            question = str(generate_uid(prefix=None))
            # Before the answer can come.
            self._queue.asked([item.id for item in items], question)
            self._attend(node)
            try:
                pairs = [(item.object.sop_class, item.object.sop_uid) for item in items]
                answer = ask(node, question, pairs, self._progress)
            except NetworkError as error:
                self._queue.asked([item.id for item in items], NOT_OFFERED if error.lasting else "")
                if not error.lasting:
                    raise
                continue
            if answer is not None:
                take_answer(self._queue, answer)


def _answer_place(node: Node) -> tuple[str, str, int] | None:
    """Where a server reports (AE title, address, port); None where it cannot.

    The address is the one from which this computer reaches the server, not all that it has.
    """
    if not node.answer_port or node.is_web:
        return None
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            wire.connect((node.host, node.port))  # sends nothing
            return node.calling_ae, str(wire.getsockname()[0]), node.answer_port
    except OSError:
        return None


def take_answer(queue: SendQueue, answer: object) -> None:
    """Write a server's answer to a question for storage commitment into the queue."""
    from app.dicom.net.commitment import Commitment

    assert isinstance(answer, Commitment)
    text = said("The server stored the object, but says that it will not keep it.")
    queue.answered(answer.transaction, answer.kept, answer.refused, text)
