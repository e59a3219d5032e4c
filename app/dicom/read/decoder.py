"""Compressed frames are decoded in processes of their own, so that no decoder can hold up or end the program.

A few processes (`decoder_worker`) are started when the first frame is asked for, used again and again, and end with the
program. One that fails, takes too long or is no longer wanted is ended and replaced; its frame is refused with a
sentence. A frame comes back through a pipe straight into its array: 8 MB take 3 ms, against 50 ms and more of decoding,
and there is nothing that could be left behind.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from recon.errors import Cancelled
from recon.messages import said
from recon.parallel import THREADS
from recon.progress import SILENT, Progress

PROCESSES = max(1, min(4, THREADS))
WATCH_S = 0.05
PATIENCE = 6.0
"""The time by the clock that a frame may take, in multiples of the processor time that it is given."""
LEAST_PATIENCE_S, MEGAPIXEL_S = 10.0, 1.2
PIPE_BYTES = 1 << 20


@dataclass(frozen=True)
class Frame:
    """A compressed frame.

    Attributes
    ----------
    parts : tuple of (offset, length)
        Its fragments in the file; () leaves it to pydicom to find them.
    number : int
        In the file, from 0.
    samples : int or None
        None gives stored values; a number of samples gives colours, through pydicom.
    """

    path: Path
    syntax: str
    number: int
    parts: tuple[tuple[int, int], ...]
    rows: int
    columns: int
    bits_allocated: int
    signed: bool
    samples: int | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the decoded array."""
        return (self.rows, self.columns) if (self.samples or 1) == 1 else (self.rows, self.columns, self.samples or 1)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the decoded array."""
        return np.dtype(f"<{'i' if self.signed else 'u'}{self.bits_allocated // 8}")

    @property
    def patience_s(self) -> float:
        """How long it may take by the clock."""
        return LEAST_PATIENCE_S + PATIENCE * MEGAPIXEL_S * self.rows * self.columns / 1e6


class _Process:
    """One decoding process."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        # Not multiprocessing: that would import the program's main module again, whatever that is.
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("decoder_worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.niceness = _niceness()
        self.deadline = float("inf")
        self.progress = SILENT
        self.ended = ""
        _widen(self.process.stdout)

    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, frame: Frame, out: NDArray[Any]) -> dict[str, Any]:
        """Decode into `out`; {} when the process failed."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        request = {
            "path": os.fspath(frame.path),
            "syntax": frame.syntax,
            "frame": frame.number,
            "parts": frame.parts,
            "rows": frame.rows,
            "columns": frame.columns,
            "bits_allocated": frame.bits_allocated,
            "signed": frame.signed,
            "samples": frame.samples,
        }
        try:
            _write(stdin, json.dumps(request).encode() + b"\n")
            head = json.loads(_line(stdout))
            if isinstance(head, dict) and head.get("bytes") == out.nbytes:
                _fill(stdout, memoryview(out.reshape(-1).view(np.uint8).data))
                return head
            return head if isinstance(head, dict) and "refused" in head else {}
        except (OSError, EOFError, ValueError):
            return {}

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)


def _niceness() -> int:
    """Of the calling thread, which the processes it starts inherit (Linux)."""
    if sys.platform.startswith("linux"):
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    return 0


def _widen(pipe: Any) -> None:
    """Let a pipe hold more than 64 KiB where the system can."""
    try:
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)  # type: ignore[attr-defined, unused-ignore]
    except (ImportError, AttributeError, OSError):
        return


def _write(pipe: Any, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) :]


def _line(pipe: Any) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        found = pipe.read(1)
        if not found or len(line) > 4096:
            raise EOFError
        line += found
    return line


def _fill(pipe: Any, view: memoryview) -> None:
    while view:
        count = pipe.readinto(view)
        if not count:
            raise EOFError
        view = view[count:]


class Pool:
    """So many decoding processes at most; every method may be called by any thread."""

    def __init__(self, size: int = PROCESSES) -> None:
        self._size = size
        self._condition = threading.Condition()
        self._idle: list[_Process] = []
        self._busy: list[_Process] = []
        self._starting = 0
        self._watching = False
        self._closed = False

    def decode(self, frame: Frame, out: NDArray[Any] | None = None, progress: Progress = SILENT) -> NDArray[Any]:
        """Decode a frame.

        Parameters
        ----------
        frame : Frame
        out : ndarray, of the frame's shape and dtype, C-contiguous, optional
            Filled and returned.
        progress : Progress
            Its cancellation ends the decoding.

        Raises
        ------
        ReadError
            With a sentence that names file and image.
        Cancelled
        """
        image = np.empty(frame.shape, frame.dtype) if out is None else out
        process = self._take(progress)
        process.progress, process.deadline = progress, time.monotonic() + frame.patience_s
        self._watch()
        answer: dict[str, Any] = {}
        try:
            answer = process.ask(frame, image)
        finally:
            self._give(process, bool(answer))
        if "bytes" in answer:
            return image
        if progress.cancelled:
            raise Cancelled
        raise ReadError(_sentence(frame, answer, process.ended))

    def close(self) -> None:
        """End all processes; frames that are being decoded are refused."""
        with self._condition:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
            self._condition.notify_all()
        for process in processes:
            process.end()

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that are there."""
        with self._condition:
            return [process.process.pid for process in (*self._idle, *self._busy)]

    def _take(self, progress: Progress) -> _Process:
        niceness = _niceness()
        with self._condition:
            while True:
                if self._closed:
                    raise Cancelled
                if progress.cancelled:
                    raise Cancelled
                while self._idle:
                    process = self._idle.pop()
                    # One that was started by work in the background would be slow for somebody who waits.
                    if process.alive() and process.niceness <= niceness:
                        self._busy.append(process)
                        return process
                    process.end()
                if len(self._busy) + self._starting < self._size:
                    self._starting += 1
                    break
                self._condition.wait(WATCH_S)
        started: _Process | None = None
        try:
            started = _Process()
        except OSError as error:
            raise ReadError(
                said("The process that decodes images cannot be started ({0}).", error.strerror or type(error).__name__)
            ) from None
        finally:
            with self._condition:
                self._starting -= 1
                if started is not None:
                    self._busy.append(started)
        return started

    def _give(self, process: _Process, well: bool) -> None:
        with self._condition:
            self._busy.remove(process)
            process.deadline, process.progress = float("inf"), SILENT
            again = well and not process.ended and not self._closed
            if again:
                self._idle.append(process)
            self._condition.notify()
        if not again:
            process.end()

    def _watch(self) -> None:
        """See to it that somebody looks at the clock."""
        with self._condition:
            if self._watching:
                return
            self._watching = True
        threading.Thread(target=self._look, name="decoding-watch", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(WATCH_S)
            with self._condition:
                if not self._busy:
                    self._watching = False
                    return
                for process in self._busy:
                    if process.ended:
                        continue
                    if process.progress.cancelled:
                        process.ended = "cancelled"
                    elif time.monotonic() > process.deadline:
                        process.ended = "late"
                    if process.ended:
                        with contextlib.suppress(OSError):
                            process.process.kill()


def _sentence(frame: Frame, answer: dict[str, Any], ended: str) -> str:
    from pydicom.uid import UID

    name, image, kind = frame.path.name, frame.number + 1, UID(frame.syntax).name
    what, detail = answer.get("refused"), answer.get("detail")
    if ended == "late":
        return said("{0}: image {1} takes too long to decode; it is damaged.", name, image)
    if what == "memory":
        return said("{0}: not enough memory to decode it ({1}).", name, kind)
    if what == "file":
        return said("{0}: cannot be read ({1}).", name, str(detail))
    if what == "truncated":
        return said("{0}: truncated in image {1}. Copy it again.", name, image)
    if what == "shape" and isinstance(detail, list):
        return said(
            "{0}: decoded to {1}, but {2} × {3} pixels are announced.",
            name,
            " × ".join(str(int(length)) for length in detail),
            frame.rows,
            frame.columns,
        )
    if what is None:
        return said("{0}: image {1} made the decoder fail; it is damaged.", name, image)
    return said("{0}: image {1} cannot be decoded ({2}); it is damaged or of an unknown variant.", name, image, kind)


POOL = Pool()
"""The program's decoding processes; none before the first frame."""
atexit.register(POOL.close)
