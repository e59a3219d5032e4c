"""Re-encoding objects for servers that do not take them as they are stored: never with loss.

Decoders are compiled code that may crash on a damaged image, and hold Python's lock while they work; so this is done in
a process of its own: ``python -m app.dicom.net.transcode`` reads lines ``source<TAB>target<TAB>syntax``.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.dicom.net.errors import NetworkError
from app.dicom.net.objects import SendObject, look
from recon.messages import said

LONGEST_S = 180.0
DONE = "done"


class Transcoder:
    """Re-encodes objects into temporary files.

    Parameters
    ----------
    work : Path, optional
        Folder for them; the system's for temporary files if not given.
    """

    def __init__(self, work: Path | None = None) -> None:
        self._work = work
        self._process: subprocess.Popen[str] | None = None

    @contextlib.contextmanager
    def as_syntax(self, found: SendObject, syntax: str) -> Iterator[SendObject]:
        """The object in another transfer syntax, for as long as the block runs.

        Raises
        ------
        NetworkError
            When it cannot be decoded.
        """
        folder = Path(tempfile.mkdtemp(prefix="bocage-", dir=self._work))
        try:
            target = folder / "object.dcm"
            if not self._convert(found.path, target, syntax):
                raise NetworkError(
                    said(
                        "{0}: the server takes such images uncompressed only, and this one cannot be decoded.",
                        found.path.name,
                    ),
                    lasting=True,
                )
            yield replace(look(target), study_uid=found.study_uid)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _convert(self, source: Path, target: Path, syntax: str) -> bool:
        if any(sign in f"{source}{target}" for sign in "\t\n\r"):
            return False
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.dicom.net.transcode"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(LONGEST_S, process.kill)
        timer.start()
        try:
            process.stdin.write(f"{source}\t{target}\t{syntax}\n")
            process.stdin.flush()
            return process.stdout.readline().strip() == DONE
        except OSError:
            return False
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()
            try:
                process.wait(2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def convert(source: Path, target: Path, syntax: str) -> None:
    """Write an object in an uncompressed transfer syntax; its identity stays, as no pixel changes."""
    import pydicom
    from pydicom.uid import UID

    data = pydicom.dcmread(source)
    if data.file_meta.TransferSyntaxUID.is_encapsulated:
        data.decompress(generate_instance_uid=False)
    chosen = UID(syntax)
    data.file_meta.TransferSyntaxUID = chosen
    data.save_as(
        target,
        implicit_vr=chosen.is_implicit_VR,
        little_endian=chosen.is_little_endian,
        enforce_file_format=True,
    )


def main() -> None:
    """Convert what the lines of standard input say, and answer each."""
    for line in sys.stdin:
        try:
            source, target, syntax = line.rstrip("\n").split("\t")
            convert(Path(source), Path(target), syntax)
            answer = DONE
        except Exception as error:
            answer = type(error).__name__
        print(answer, flush=True)


if __name__ == "__main__":
    main()
