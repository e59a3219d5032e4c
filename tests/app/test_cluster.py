"""Batches on a real cluster of two worker processes on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from command_line import run
from sphere import write_study

from app.cli.reconstruct import cluster as clusters

distributed = pytest.importorskip("distributed")

SLOW = ("--format=nifti.gz", "--heights=0:200", "--interval=0.1")
"""Some two thousand slices: long enough to be interrupted."""
STUDIES = 4


def local_cluster(workers: int) -> Any:
    """Worker processes of one thread; nothing listens beyond this machine, not even for diagnostics."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    )


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies")
    for index in range(1, STUDIES + 1):
        write_study(folder / str(index), index)
    return folder


@pytest.fixture(scope="module")
def here(studies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same studies reconstructed without a cluster.

    In processes of their own: kernels that a process has just compiled are inlined otherwise than those it finds
    compiled, and round otherwise in the last digits. After the first, every process finds them.
    """
    first, output = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("here")
    for source, target, options in ((studies / "1", first, ["--format=npz"]), (studies, output, SLOW)):
        command = [sys.executable, "-m", "app", "reconstruct", str(source), "-o", str(target), *options]
        subprocess.run(command, check=True, capture_output=True)
    return output


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with local_cluster(2) as cluster:
        yield cluster.scheduler_address


def process_of(part: Path) -> int:
    """The process that writes a hidden folder; its name ends with ``host-process.part``."""
    return int(part.name.removesuffix(".part").rsplit("-", 1)[1])


def running(output: Path, seconds: float = 60.0) -> list[Path]:
    """The hidden folders of tasks, as soon as one has begun to write slices."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if list(output.glob(".*.part/.*")):
            return sorted(output.glob(".*.part"))
        time.sleep(0.005)
    raise AssertionError("no task began")


def assert_same(output: Path, here: Path) -> None:
    """Every result complete, equal to the local one byte for byte, and nothing else there."""
    assert sorted(path.name for path in output.iterdir()) == sorted(path.name for path in here.iterdir())
    for folder in here.iterdir():
        names = sorted(path.name for path in folder.iterdir())
        assert sorted(path.name for path in (output / folder.name).iterdir()) == names
        for name in ("volume.nii.gz", "volume.json"):
            assert (output / folder.name / name).read_bytes() == (folder / name).read_bytes()


def test_a_worker_killed_in_the_middle_loses_nothing(
    studies: Path, here: Path, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "r"
    killed: list[tuple[Path, bool]] = []

    def kill() -> None:
        part = running(output)[0]
        os.kill(process_of(part), signal.SIGKILL)
        time.sleep(0.05)
        killed.append((part, part.exists()))

    killer = Thread(target=kill)
    killer.start()
    status, out, err = run(capsys, "reconstruct", studies, "-o", output, *SLOW, "--scheduler", scheduler)
    killer.join()
    assert status == 0, out + err
    assert f"{STUDIES} series: {STUDIES} done" in out
    assert "ecret" not in out + err
    ((part, was_left),) = killed
    assert was_left, "the worker had finished before it was killed"
    assert not part.exists()
    assert_same(output, here)
    # The same command again finds all of it finished, without asking a worker for more than that.
    status, out, _ = run(capsys, "reconstruct", studies, "-o", output, *SLOW, "--scheduler", scheduler)
    assert status == 0
    assert f"{STUDIES} kept" in out


def test_ctrl_c_stops_the_workers_and_leaves_nothing_half_written(
    studies: Path, here: Path, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "r"

    def interrupt() -> None:
        running(output)
        os.kill(os.getpid(), signal.SIGINT)

    interrupter = Thread(target=interrupt)
    interrupter.start()
    status, out, err = run(capsys, "reconstruct", studies, "-o", output, *SLOW, "--scheduler", scheduler)
    interrupter.join()
    assert status == 130
    assert "cancelled" in out
    assert "is half written" in err
    names = [path.name for path in output.iterdir()] if output.exists() else []
    assert [name for name in names if name.startswith(".")] == []
    with distributed.Client(scheduler, set_as_default=False) as client:
        assert all(tasks == () for tasks in client.processing().values())
    status, out, _ = run(capsys, "reconstruct", studies, "-o", output, *SLOW, "--scheduler", scheduler)
    assert status == 0
    assert_same(output, here)


def test_failures_come_back_as_sentences(
    studies: Path, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("reconstruct", studies, "-o", tmp_path / "r", "--heights=90:92", "--scheduler", scheduler)
    status, out, _ = run(capsys, *command, "--exclude=99")
    assert status == 2
    assert f"{STUDIES} failed" in out
    assert "There is no view 99" in out
    monkeypatch.setattr("app.dicom.write.series.version", lambda: "99.0")
    status, out, _ = run(capsys, *command)
    assert status == 2
    assert "started by Bocage 99.0; install one version everywhere" in out
    assert not (tmp_path / "r").exists()


def test_without_a_scheduler_or_workers_it_is_said(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "CONNECT_S", 0.5)
    monkeypatch.setattr(clusters, "JOIN_S", 0.2)
    command = ("reconstruct", studies, "-o", tmp_path / "r", "--scheduler")
    status, _, err = run(capsys, *command, "somewhere")
    assert status == 2
    assert "such as tcp://127.0.0.1:8786; found somewhere" in err
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        status, _, err = run(capsys, *command, f"tcp://127.0.0.1:{free.getsockname()[1]}")
    assert status == 2
    assert "no Dask scheduler answers there" in err
    with local_cluster(0) as empty:
        status, _, err = run(capsys, *command, empty.scheduler_address)
    assert status == 2
    assert "the scheduler has no workers" in err
    assert not (tmp_path / "r").exists()
