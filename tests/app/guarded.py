"""Work on files that nobody trusts, in a child process of limited memory; also a program of its own.

``run(what, paths)`` starts ``python guarded.py what`` and gives it paths one by one. The child answers each with a
line: what came of it, its processor time, its peak memory. A child that ends or says nothing for too long is started
again, and the path it was at has *crashed* or *hung*.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MEMORY = 3 << 30
"""Address space of the child; the libraries alone map about one gigabyte."""
SILENCE_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """What came of a file.

    Attributes
    ----------
    kind : str
        "opened", "refused", "leaked" (an exception that is no sentence), "crashed", "hung".
    seconds : float
        Processor time of the child, which a busy machine does not change.
    megabytes : int
        By which the child's peak memory grew.
    """

    path: Path
    kind: str
    told: str = ""
    seconds: float = 0.0
    megabytes: int = 0


def run(what: str, paths: Sequence[Path], memory: int = MEMORY) -> list[Outcome]:
    """The outcomes, in the order of the paths."""
    found: list[Outcome] = []
    waiting = list(paths)
    while waiting:
        with _Child(what, memory) as child:
            while waiting:
                outcome = child.ask(waiting.pop(0))
                found.append(outcome)
                if outcome.kind in ("crashed", "hung"):
                    break
    return found


class _Child:
    def __init__(self, what: str, memory: int) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OPENBLAS_NUM_THREADS": "1",
            "BOCAGE_THREADS": "2",
        }
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), what, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._reader.join(10)

    def ask(self, path: Path) -> Outcome:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(str(path)).encode() + b"\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=SILENCE_S)
        except queue.Empty:
            self._process.kill()
            return Outcome(path, "hung")
        except OSError:
            line = b""
        if not line:
            return Outcome(path, "crashed", f"exit status {self._process.wait(10)}")
        answer = json.loads(line)
        return Outcome(path, answer["kind"], answer["told"], answer["seconds"], answer["megabytes"])


# -- in the child ------------------------------------------------------------------------------------------------------


def through(path: Path) -> str:
    """Everything that the program does with a file: search, picture, load, frames, every element as text."""
    from app.dicom.read import ReadError, load, scan, thumbnail
    from app.dicom.read.safe import check_complete, read_header
    from recon.errors import BocageError

    catalogue = scan(path)
    told = [problem.reason for problem in catalogue.problems]
    opened = False
    for entry in catalogue.series:
        try:
            thumbnail(entry)
            loaded = load(entry)
            opened = True
            source: Any = loaded.source
            if source is not None:
                from recon.slab import SlabRequest

                low, high = source.info.height_range_mm
                source.slab(SlabRequest((low + high) / 2))
            elif loaded.projections is not None:
                loaded.projections.views[0].sum()
        except BocageError as error:
            told.append(str(error))
    with contextlib.suppress(ReadError):
        found = read_header(path)
        elements(found.dataset)
        check_complete(found)
    if not opened and not told:
        raise AssertionError("neither opened nor refused")
    if not all(text.strip().endswith((".", "?", "!")) for text in told):
        raise AssertionError("no sentence")
    return "" if opened else told[0]


def header(path: Path) -> str:
    """The header alone, and its numbers."""
    from app.dicom.read.safe import read_header

    elements(read_header(path).dataset)
    return ""


def elements(dataset: Any) -> int:
    """Every element as text, as a page of elements shows them; how many."""
    from app.dicom.read.safe import items, text

    count = 0
    for tag in sorted(dataset.keys()):
        text(dataset, int(tag))
        count += 1
        for inner in items(dataset, int(tag)):
            if hasattr(inner, "keys"):
                count += elements(inner)
    return count


def main() -> None:
    what, memory = sys.argv[1], int(sys.argv[2])
    channel = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    import resource

    from app.imports import prepare_dicom

    prepare_dicom()
    import app.dicom.read.volumes  # noqa: F401
    import recon.slab  # noqa: F401
    from recon.errors import BocageError

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    work = {"through": through, "header": header}[what]
    for line in sys.stdin.buffer:
        path = Path(json.loads(line))
        reset_peak()
        before, start = peak(), time.process_time()
        try:
            told = work(path)
            kind = "refused" if told else "opened"
        except BocageError as error:
            kind, told = "refused", str(error)
        except BaseException as error:  # what must not happen
            kind, told = "leaked", f"{type(error).__name__}: {error}"[:200]
        answer = {
            "kind": kind,
            "told": told,
            "seconds": time.process_time() - start,
            "megabytes": max(0, peak() - before) >> 20,
        }
        channel.write(json.dumps(answer).encode() + b"\n")
        channel.flush()


def reset_peak() -> None:
    """Forget the peak of the resident memory (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The peak of the resident memory, bytes."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) << 10
    except (OSError, IndexError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


if __name__ == "__main__":
    main()
