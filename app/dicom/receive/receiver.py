"""The receiver as the program has it: a child process, its state, and its events."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

import app
from app.dicom.receive.events import Event, Failed, Started, Stopped, decoded
from app.dicom.receive.settings import ReceiverSettings, plain
from recon.messages import said

if TYPE_CHECKING:
    import subprocess

State = Literal["stopped", "starting", "running", "stopping", "failed"]

STOPPING_S = 5.0
LONGEST_LINE = 65_536
# The child takes the parent's path, and nothing from the folder it happens to be started in (-I).
_BOOT = (
    "import json, sys; orders = json.loads(sys.stdin.buffer.readline()); sys.path[:] = orders['path']; "
    "from app.dicom.receive.scp import main; main(orders)"
)


class Receiver:
    """A Storage SCP in a process of its own.

    Parameters
    ----------
    settings : ReceiverSettings
    spool : Path
        Where objects go: ``<study>/<series>/<object>.dcm``, hashes of their UIDs.
    on_event : callable(event)
        Called on a thread of the receiver's, one event after the other.

    Notes
    -----
    It ends with `stop`, with the program however that ends, and by itself when it fails, which is told (`Failed`);
    it may be started again.
    """

    def __init__(self, settings: ReceiverSettings, spool: Path, on_event: Callable[[Event], None]) -> None:
        self.settings, self.spool = settings, Path(spool)
        self._on_event = on_event
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._state: State = "stopped"
        self._port = 0
        self._failure = ""
        self._changed = threading.Condition()

    def __enter__(self) -> Receiver:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    @property
    def state(self) -> State:
        """What it does."""
        return self._state

    @property
    def port(self) -> int:
        """The port it listens on; 0 while it does not."""
        return self._port if self._state == "running" else 0

    @property
    def failure(self) -> str:
        """Why it does not run, a sentence; "" unless it has failed."""
        return self._failure

    @property
    def pid(self) -> int | None:
        """Of the process; None when there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start the process, unless it runs; it tells `Started` or `Failed` (see `wait`)."""
        with self._changed:
            if self._state in ("starting", "running", "stopping"):
                return
            self._state, self._failure, self._port = "starting", "", 0
        import subprocess  # not needed where no receiver is started

        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._end(Failed(said("The receiver's process cannot be started ({0}).", error.strerror or "")))
            return
        self._process = process
        root = str(Path(app.__file__).resolve().parent.parent)
        orders = {
            "path": [root, *(entry for entry in sys.path if entry)],
            "settings": plain(self.settings),
            "spool": str(self.spool.absolute()),
        }
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(json.dumps(orders).encode() + b"\n")
            process.stdin.flush()
        self._thread = threading.Thread(target=self._listen, args=(process,), name="bocage-receiver", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float = 10.0) -> bool:
        """Wait until it runs or has failed; true if it runs."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != "starting", timeout_s)
            return self._state == "running"

    def stop(self, wait_s: float = STOPPING_S) -> None:
        """End it; objects that are half received are dropped, and their senders notice. It may take a moment.

        Parameters
        ----------
        wait_s : float
            How long it may take before it is killed.
        """
        with self._changed:
            process, thread = self._process, self._thread
            if process is None or self._state not in ("starting", "running"):
                return
            self._state = "stopping"
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        if thread is not None and thread is not threading.current_thread():
            thread.join(wait_s)
            if thread.is_alive():
                process.kill()
                thread.join(wait_s)

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Follow the process to its end."""
        assert process.stdout is not None
        last: Failed | Stopped | None = None
        with process.stdout as lines:
            while line := lines.readline(LONGEST_LINE):
                try:
                    event = decoded(line)
                except (ValueError, KeyError, TypeError):
                    continue
                if isinstance(event, Failed | Stopped):
                    last = event
                    continue
                if isinstance(event, Started):
                    with self._changed:
                        self._port = event.port
                        if self._state == "starting":
                            self._state = "running"
                        self._changed.notify_all()
                self._on_event(event)
        status = process.wait()
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        if last is None and self._state != "stopping":
            last = Failed(
                said(
                    "The receiver's process ended unexpectedly (status {0}). What it had received whole is kept.",
                    status,
                )
            )
        self._end(last or Stopped())

    def _end(self, event: Failed | Stopped) -> None:
        with self._changed:
            self._state = "failed" if isinstance(event, Failed) else "stopped"
            self._failure = event.sentence if isinstance(event, Failed) else ""
            self._process = None
            self._changed.notify_all()
        self._on_event(event)
