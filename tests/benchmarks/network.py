"""The network client against dcmtk's tools, in one run, on a loopback of its own.

    python -m tests.benchmarks.network [--smoke]

Sending: our client and ``storescu`` take turns with the same ``storescp``. Fetching: our client, ``getscu`` and
``movescu`` take turns with the same Orthanc. The median of the rounds is printed, and the ratio of the speeds: above 1
ours is faster. `storescu` and the others are timed from the start of their process, which they need for each job; ours
from the first byte of an open program. Then the latency of questions, and whether objects of each class come back from
Orthanc as they were sent.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

# ruff: noqa: E402 - the fixtures of the tests are found by this path.
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

import numpy as np
import pydicom
from dicom_servers import OWN_AE, PASSWORD, Orthanc, free_port, own_network, storescp
from fixtures_dicom import CT, dataset, save
from net_objects import object_of_each_class

from app.dicom.net.client import connect
from app.dicom.net.credentials import Credentials
from app.dicom.net.nodes import Node
from app.dicom.net.objects import look
from app.dicom.net.query import Query
from app.dicom.net.retrieving import retrieve
from app.dicom.net.spool import Spool

SETS = (("200 × 0.5 MB", 200, 512, 512), ("20 × 8 MB", 20, 2000, 2000), ("1000 × 5 kB", 1000, 48, 48))
SMOKE = (("10 × 0.5 MB", 10, 512, 512), ("30 × 5 kB", 30, 48, 48))


class Ring:
    """A keyring that knows the test server's password."""

    def get_password(self, *_: str) -> str:
        """The password."""
        return PASSWORD


def series(folder: Path, count: int, rows: int, columns: int, study: str) -> list[Path]:
    """Write CT slices of noise."""
    rng = np.random.default_rng(1)
    return [
        save(
            dataset(CT, "CT", rng.integers(0, 4000, (rows, columns), np.uint16), "s", k, study),
            folder / f"{k:05d}.dcm",
        )
        for k in range(1, count + 1)
    ]


def timed(work: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(*command: str) -> None:
    """Run a program of dcmtk; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]


def compare(rounds: int, ways: Sequence[tuple[str, Callable[[], Any]]]) -> dict[str, float]:
    """The median seconds of each way, which take turns."""
    times: dict[str, list[float]] = {name: [] for name, _ in ways}
    for turn in range(rounds):
        for name, work in ways if turn % 2 == 0 else reversed(ways):
            times[name].append(timed(work))
    return {name: statistics.median(found) for name, found in times.items()}


def report(title: str, size: int, times: dict[str, float], ours: str, theirs: str) -> None:
    """Print a line."""
    cells = "  ".join(f"{name} {seconds:6.2f} s {size / seconds / 1e6:6.0f} MB/s" for name, seconds in times.items())
    print(f"{title:14s} {cells}   ours/{theirs} {times[theirs] / times[ours]:.2f}")


def sending(work: Path, sets: Sequence[tuple[str, int, int, int]], rounds: int) -> None:
    """Our client and storescu to the same storescp."""
    print("\nSending to storescp")
    for number, (title, count, rows, columns) in enumerate(sets):
        paths = series(work / f"set{number}", count, rows, columns, f"set{number}")
        size = sum(path.stat().st_size for path in paths)
        with storescp(work / "out", "+xa") as port:
            node = Node(host="127.0.0.1", port=port, called_ae="STORESCP")

            def ours(node: Node = node, paths: list[Path] = paths) -> None:
                answers: list[Any] = []
                client = connect(node)
                client.send([look(path) for path in paths], lambda _, answer: answers.append(answer))
                client.close()
                assert len(answers) == len(paths)
                assert all(answer.stored for answer in answers)

            def theirs(port: int = port, folder: Path = paths[0].parent) -> None:
                run("storescu", "-aec", "STORESCP", "+sd", "127.0.0.1", str(port), str(folder))

            report(title, size, compare(rounds, (("ours", ours), ("storescu", theirs))), "ours", "storescu")
        shutil.rmtree(work / "out")


def fetching(work: Path, server: Orthanc, sets: Sequence[tuple[str, int, int, int]], rounds: int) -> None:
    """Our client, getscu and movescu from the same Orthanc."""
    print("\nFetching from Orthanc")
    node, web, secrets = server.node(), server.web_node(), Credentials(Ring())
    out = work / "fetched"
    for number, (title, _, _, _) in enumerate(sets):
        server.clear()
        paths = sorted((work / f"set{number}").iterdir())
        size = sum(path.stat().st_size for path in paths)
        client = connect(node)
        client.send([look(path) for path in paths], lambda *_: None)
        client.close()
        uid = str(pydicom.dcmread(paths[0], stop_before_pixels=True).StudyInstanceUID)

        def ours(which: Node, uid: str = uid, count: int = len(paths)) -> None:
            shutil.rmtree(out, ignore_errors=True)
            client = connect(which, secrets)
            found = retrieve(client, uid, Spool(out))
            client.close()
            assert found.there == count, found.text

        def theirs(program: str, uid: str = uid, count: int = len(paths)) -> None:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            to = ("-aet", OWN_AE, "-aec", "ORTHANC", "-S", "-od", str(out))
            more = ("-aem", OWN_AE, "+P", str(server.receiver_port)) if program == "movescu" else ()
            keys = ("-k", "0008,0052=STUDY", "-k", f"0020,000d={uid}")
            run(program, *to, *more, *keys, "127.0.0.1", str(server.dicom_port))
            assert len(list(out.iterdir())) == count

        ways = (
            ("C-GET", partial(ours, node)),
            ("WADO", partial(ours, web)),
            ("getscu", partial(theirs, "getscu")),
            ("movescu", partial(theirs, "movescu")),
        )
        report(title, size, compare(rounds, ways), "C-GET", "getscu")


def asking(work: Path, server: Orthanc, count: int) -> None:
    """How long questions take."""
    print(f"\nQuestions to Orthanc with {count} studies (median of 20)")
    server.clear()
    rng = np.random.default_rng(2)
    paths = [
        save(
            dataset(
                *(CT, "CT", rng.integers(0, 9, (8, 8), np.uint16), "s", 1, f"study{k}"),
                PatientName=f"Name{k:03d}^Given",
                PatientID=f"P{k}",
            ),
            work / "studies" / f"{k}.dcm",
        )
        for k in range(count)
    ]
    client = connect(server.node())
    client.send([look(path) for path in paths], lambda *_: None)
    client.close()
    for title, node in (("C-FIND", server.node()), ("QIDO-RS", server.web_node())):
        client = connect(node, Credentials(Ring()))
        for what, query in (("one study", Query(patient_id="P7")), ("all studies", Query(first_day="20260101"))):
            client.studies(query)
            times = [timed(partial(client.studies, query)) for _ in range(20)]
            print(f"{title:8s} {what:12s} {1000 * statistics.median(times):7.1f} ms")
        client.close()


def identical(work: Path, server: Orthanc) -> bool:
    """Whether objects of each class come back as they were sent."""
    print("\nObject class → identical after Orthanc: data set and pixels, by C-STORE + C-GET, and by STOW + WADO")
    objects = object_of_each_class(work / "classes")
    results: dict[str, list[bool]] = {name: [] for name in objects}
    for node in (server.node(), server.web_node()):
        server.clear()
        client, spool = connect(node, Credentials(Ring())), Spool(work / f"back-{node.kind}")
        client.send([look(path) for path in objects.values()], lambda *_: None)
        for study in client.studies(Query()):
            retrieve(client, study.uid, spool)
        client.close()
        for name, path in objects.items():
            sent = pydicom.dcmread(path)
            place = spool.path(sent.StudyInstanceUID, sent.SeriesInstanceUID, sent.SOPInstanceUID)
            back = pydicom.dcmread(place) if place.exists() else None
            results[name].append(
                back is not None
                and back == sent
                and back.get("PixelData") == sent.get("PixelData")
                and back.file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID
            )
    for name, found in results.items():
        print(f"{name:28s} {'  '.join('identical' if same else 'DIFFERENT' for same in found)}")
    return all(all(found) for found in results.values())


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="small sets, one round")
    options = parser.parse_args()
    sets, rounds = (SMOKE, 1) if options.smoke else (SETS, 3)
    work = Path(tempfile.mkdtemp(prefix="bocage-network-"))
    os.environ["TCP_NODELAY"] = "1"  # dcmtk reads it; without it waits 40 ms at small objects, on both sides
    try:
        with own_network():
            sending(work, sets, rounds)
            server = Orthanc(work / "orthanc", extra={"ConcurrentJobs": 2}).start()
            server.receiver_port = server.receiver_port or free_port()
            try:
                fetching(work, server, sets, rounds)
                asking(work, server, 20 if options.smoke else 200)
                same = identical(work, server)
            finally:
                server.stop()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
