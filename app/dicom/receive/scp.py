"""The receiver's process: it listens, gives every connection a thread, and tells its parent in lines of JSON.

It is started with its orders on the standard input, and ends when that is closed: however the program that started it
ends, it does not stay behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.dicom.receive.association import Association, House
from app.dicom.receive.events import (
    AssociationRefused,
    Event,
    Failed,
    Load,
    Rejected,
    Started,
    Stopped,
    StudyComplete,
    encoded,
)
from app.dicom.receive.guard import TICK_S, Door
from app.dicom.receive.settings import ReceiverSettings, understood
from app.dicom.receive.spool import InTheWay, Spool
from recon.errors import BocageError, disk_reason
from recon.messages import said

SETTLED_S, QUIET_S = 1.0, 10.0
"""A study is told of when nothing more of it has come for so long: after its association, and during it."""
TOLD_EACH_S = 10
"""Refusals and rejections told in a second; a flood of them must not reach the window."""
BACKLOG = 256
STACK_BYTES = 512 << 10
MEMORY_BYTES = 512 << 20
"""Of the process (Linux): what it needs is a tenth."""
CLOSING_S = 3.0
GATHER_S = 0.02
"""How long events are gathered before they are written, so that the program is not woken for every small object."""
MOST_GATHERED = 10_000
"""Events that wait for a program that does not read; then the associations wait too."""


@dataclass
class _Arriving:
    folder: Path
    calling: str
    count: int = 0
    last: float = 0.0
    sources: set[int] = field(default_factory=set)


class Arrivals:
    """What studies are on their way."""

    def __init__(self) -> None:
        self._studies: dict[str, _Arriving] = {}
        self._lock = threading.Lock()

    def stored(self, source: int, study_uid: str, folder: Path, calling: str) -> None:
        """An object of a study has taken its place."""
        with self._lock:
            study = self._studies.setdefault(study_uid, _Arriving(folder, calling))
            study.count += 1
            study.last = time.monotonic()
            study.sources.add(source)

    def left(self, source: int) -> None:
        """An association has ended."""
        with self._lock:
            for study in self._studies.values():
                study.sources.discard(source)

    def due(self, *, all_: bool = False) -> list[StudyComplete]:
        """The studies that nothing more has come of for a while; they are told of once."""
        now = time.monotonic()
        with self._lock:
            found = [
                (uid, study)
                for uid, study in self._studies.items()
                if all_ or now - study.last > (QUIET_S if study.sources else SETTLED_S)
            ]
            for uid, _ in found:
                del self._studies[uid]
        return [StudyComplete(uid, study.folder, study.count, study.calling) for uid, study in found]


class Scp:
    """A Storage SCP that listens.

    Parameters
    ----------
    settings : ReceiverSettings
    folder : Path
        The spool.
    tell : callable(event)
        Called on any thread.
    """

    def __init__(self, settings: ReceiverSettings, folder: Path, tell: Callable[[Event], None]) -> None:
        self._settings, self._tell_all = settings, tell
        self._spool = Spool(
            folder,
            settings.quota_bytes,
            settings.quota_files,
            settings.keep_free_bytes,
            settings.object_bytes,
        )
        self._door = Door(settings.associations, settings.per_address)
        self._arrivals = Arrivals()
        self.closing = threading.Event()
        self._listener: socket.socket | None = None
        self._house: House | None = None
        self._telling = threading.Lock()
        self._allowance = (0, 0)

    def open(self) -> None:
        """Make everything ready and listen.

        Raises
        ------
        BocageError
        """
        problem = self._settings.problem()
        if problem:
            raise BocageError(problem)
        tls = tls_context(self._settings) if self._settings.uses_tls else None
        try:
            self._spool.open()
        except OSError as error:
            raise BocageError(
                said("The folder for received studies cannot be used: {0}.", disk_reason(error))
            ) from error
        self._house = House(
            self._settings,
            self._spool,
            self._door,
            tls,
            self.closing,
            self.tell,
            self._arrivals.stored,
            self._arrivals.left,
        )
        self._listener = _listening(self._settings)
        self._listener.settimeout(TICK_S)
        self.tell(Started(self._settings.address, self._listener.getsockname()[1]))

    def run(self) -> None:
        """Take connections until `closing` is set; then end them all."""
        assert self._listener is not None
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        with self._listener:
            while not self.closing.is_set():
                try:
                    connection, peer = self._listener.accept()
                except TimeoutError:
                    continue
                except OSError:
                    # Of one connection that went away meanwhile, or too many open files: neither ends the receiver.
                    self.closing.wait(0.05)
                    continue
                self._take(connection, peer[0])
        self._door.close()
        end = time.monotonic() + CLOSING_S
        while not self._door.is_empty() and time.monotonic() < end:
            time.sleep(0.01)
        for study in self._arrivals.due(all_=True):
            self.tell(study)
        self._spool.close()

    def end(self) -> None:
        """Have `run` end, from another thread."""
        self.closing.set()
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)  # wakes the one who waits, where the system does that

    def _take(self, connection: socket.socket, address: str) -> None:
        visit = self._door.enter(connection, address.removeprefix("::ffff:"))
        if visit is None:
            connection.close()
            return
        assert self._house is not None
        association = Association(self._house, visit)
        try:
            threading.Thread(target=association.run, name="association", daemon=True).start()
        except RuntimeError:  # no more threads
            self._door.leave(visit)
            connection.close()

    def _watch(self) -> None:
        """Tell of studies that have arrived, and how busy it is."""
        before: Load | None = None
        while not self.closing.wait(TICK_S / 2):
            for study in self._arrivals.due():
                self.tell(study)
            load = Load(self._door.seated, *self._spool.used)
            if load != before:
                before = load
                self.tell(load)

    def tell(self, event: Event) -> None:
        """Tell of an event; of refusals only so many."""
        with self._telling:
            if isinstance(event, AssociationRefused | Rejected):
                second = int(time.monotonic())
                told = self._allowance[1] if self._allowance[0] == second else 0
                if told >= TOLD_EACH_S:
                    return
                self._allowance = (second, told + 1)
            self._tell_all(event)


def tls_context(settings: ReceiverSettings) -> ssl.SSLContext:
    """What encrypts: TLS 1.2 or newer (PS3.15 B.12 names the profile BCP 195), with the peer's certificate if asked.

    Raises
    ------
    BocageError
        When a file is not what it should be.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # Without the last argument a protected key would ask at a terminal that nobody sees.
        context.load_cert_chain(settings.certificate, settings.key, lambda: "")
    except (OSError, ValueError) as error:
        raise BocageError(
            said(
                "The certificate {0} and the key {1} cannot be used together. "
                "Both must be PEM files, of one pair, and the key without a password.",
                Path(settings.certificate).name,
                Path(settings.key).name,
            )
        ) from error
    if settings.authorities:
        try:
            context.load_verify_locations(settings.authorities)
        except (OSError, ValueError) as error:
            raise BocageError(
                said("{0} holds no certificates. Choose a PEM file.", Path(settings.authorities).name)
            ) from error
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _listening(settings: ReceiverSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    try:
        return socket.create_server((settings.address, settings.port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = said("Port {0} is used by another program. Choose another port, or end that one.", settings.port)
        elif error.errno in (errno.EACCES, errno.EPERM):
            sentence = said("You may not use port {0}. Choose one above 1023, for example 11112.", settings.port)
        elif error.errno == errno.EADDRNOTAVAIL:
            sentence = said("{0} is no address of this computer. Choose another one.", settings.address)
        else:
            sentence = said("The receiver cannot listen at {0}, port {1}.", settings.address, settings.port)
        raise BocageError(sentence) from error


class Teller:
    """Writes events to the program, many at a time."""

    def __init__(self) -> None:
        self._waiting: list[Event] = []
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        threading.Thread(target=self._run, name="teller", daemon=True).start()

    def tell(self, event: Event) -> None:
        """Have an event written soon."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._waiting) < MOST_GATHERED)
            self._waiting.append(event)
            self._changed.notify_all()

    def flush(self) -> None:
        """Write what waits."""
        with self._writing:
            with self._changed:
                events, self._waiting = self._waiting, []
                self._changed.notify_all()
            try:
                sys.stdout.buffer.write(b"".join(map(encoded, events)))
                sys.stdout.buffer.flush()
            except OSError:
                os._exit(1)  # the program is gone

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting))
            time.sleep(GATHER_S)
            self.flush()


def _bound_process() -> None:
    """No core files, which would hold pictures; files for the user alone; a limit to memory where there is one."""
    os.umask(0o077)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform.startswith("linux"):
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    threading.stack_size(STACK_BYTES)


def main(orders: dict[str, Any]) -> None:
    """Run until the standard input is closed (see `app.dicom.receive.receiver`).

    Parameters
    ----------
    orders : dict
        ``settings`` (`settings.plain`) and ``spool``, a path.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_process()
    teller = Teller()
    tell = teller.tell
    scp = Scp(understood(orders["settings"]), Path(orders["spool"]), tell)

    def follow() -> None:
        while os.read(0, 4096):
            pass
        scp.end()

    status = 0
    try:
        scp.open()
        threading.Thread(target=follow, name="orders", daemon=True).start()
        scp.run()
        tell(Stopped())
    except (BocageError, InTheWay) as error:
        tell(Failed(error.args[0]))
        status = 1
    except Exception as error:
        tell(Failed(said("The receiver ended because of an error of its own ({0}).", type(error).__name__)))
        status = 1
    teller.flush()
    os._exit(status)  # threads of peers that do not answer hold nothing up
