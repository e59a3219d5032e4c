"""How fast the receiver takes objects, against dcmtk's ``storescp`` and pynetdicom, from one sender in one run.

    python -m tests.benchmarks.receive [--smoke]

The sender is dcmtk's ``storescu``; receivers take turns, and the median of the rounds is printed. The ratio is the
speed of ours over that of ``storescp``: above 1 ours is faster. ``storescu`` is run as it is shipped, where it holds
small packets back until they are acknowledged (RFC 896), and with ``TCP_NODELAY=1`` for both of dcmtk's ends, which is
the comparison of the programs alone. Ours has every object on the disk before it answers (``fsync``), which the others
do not; "unflushed" is ours without. The two ratios are of these to ``storescp``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# ruff: noqa: E402 - the fixtures of the tests are found by this path.
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

from receiver_peers import AE, data_set, running

from app.dicom.receive import Sender
from app.dicom.receive.spool import file_meta

SETS = (("200 × 0.5 MB", 200, 500_000), ("20 × 8 MB", 20, 8_000_000), ("1000 × 5 kB", 1000, 4_600))
SMOKE = (("10 × 0.5 MB", 10, 500_000), ("30 × 5 kB", 30, 4_600))
SECONDARY_CAPTURE, EXPLICIT = "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.1.2.1"
PYNETDICOM = """
import os, sys
from pynetdicom import AE, evt, _config
_config.STORE_RECV_CHUNKED_DATASET = True
def store(event):
    os.replace(event.dataset_path, sys.argv[2] + "/" + event.request.AffectedSOPInstanceUID)
    return 0
entity = AE("BOCAGE")
entity.maximum_pdu_size = 131072
entity.add_supported_context("1.2.840.10008.5.1.4.1.1.7", ["1.2.840.10008.1.2.1"])
entity.start_server(("127.0.0.1", int(sys.argv[1])), evt_handlers=[(evt.EVT_C_STORE, store)])
"""
Server = Callable[[Path, bool], contextlib.AbstractContextManager[int]]


def written(folder: Path, count: int, size: int) -> Path:
    """Files to send."""
    folder.mkdir()
    for number in range(count):
        uid = f"1.2.826.0.1.3680043.2.5.{size}.{number}"
        meta = file_meta((SECONDARY_CAPTURE, uid), EXPLICIT, "BENCH")
        (folder / f"{number:05}.dcm").write_bytes(meta + data_set(uid, size))
    return folder


def sent(folder: Path, port: int, quick: bool) -> float:
    """Seconds that ``storescu`` takes for a folder."""
    began = time.perf_counter()
    subprocess.run(
        ["storescu", "-aet", "STORESCU", "-aec", AE, "+sd", "127.0.0.1", str(port), str(folder)],
        check=True,
        env=_environment(quick),
    )
    return time.perf_counter() - began


def _environment(quick: bool) -> dict[str, str]:
    return {**os.environ, **({"TCP_NODELAY": "1"} if quick else {})}


@contextlib.contextmanager
def ours(place: Path, _quick: bool) -> Iterator[int]:
    """Our receiver as it is."""
    with running(place, senders=(Sender("STORESCU"),)) as desk:
        yield desk.port


@contextlib.contextmanager
def unflushed(place: Path, _quick: bool) -> Iterator[int]:
    """Our receiver, leaving the disk to the operating system as the others do."""
    with running(place, senders=(Sender("STORESCU"),), flush=False) as desk:
        yield desk.port


@contextlib.contextmanager
def _process(command: list[str], port: int, quick: bool) -> Iterator[int]:
    process = subprocess.Popen(command, env=_environment(quick), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def dcmtk(place: Path, quick: bool) -> contextlib.AbstractContextManager[int]:
    """``storescp``."""
    place.mkdir()
    port = _free_port()
    return _process(["storescp", "-aet", AE, "-od", str(place), str(port)], port, quick)


def pynetdicom(place: Path, quick: bool) -> contextlib.AbstractContextManager[int]:
    """Its storage SCP, written to files in chunks."""
    place.mkdir()
    port = _free_port()
    return _process([sys.executable, "-c", PYNETDICOM, str(port), str(place)], port, quick)


SERVERS: dict[str, Server] = {"ours": ours, "unflushed": unflushed, "storescp": dcmtk, "pynetdicom": pynetdicom}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a few objects, one round")
    smoke = parser.parse_args().smoke
    rounds = 1 if smoke else 3
    print(
        f"{'':14}{'sender':>12}"
        + "".join(f"{name:>12}" for name in SERVERS)
        + f"{'ratio':>9}{'unflushed':>11}{'ours MB/s':>12}"
    )
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, (title, count, size) in enumerate(SMOKE if smoke else SETS):
            folder = written(root / f"set{number}", count, size)
            for quick in (True, False):
                # As it is shipped a thousand small objects take storescp a minute and a half: once is enough.
                taken: dict[str, list[float]] = {each: [] for each in SERVERS}
                for turn in range(rounds if quick else 1):
                    for each, server in SERVERS.items():
                        with server(root / f"{number}-{quick}-{turn}-{each}", quick) as port:
                            taken[each].append(sent(folder, port, quick))
                medians = {each: statistics.median(values) for each, values in taken.items()}
                columns = "".join(f"{seconds:10.2f} s" for seconds in medians.values())
                speed = count * size / medians["ours"] / 1e6
                how = "TCP_NODELAY" if quick else "as shipped"
                ratios = [medians["storescp"] / medians[each] for each in ("ours", "unflushed")]
                print(f"{title:14}{how:>12}{columns}{ratios[0]:8.2f}×{ratios[1]:10.2f}×{speed:12.0f}", flush=True)


if __name__ == "__main__":
    main()
