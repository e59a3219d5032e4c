"""The send queue as a file: what it keeps, what it never does, and two programs at once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fixtures_dicom import CT, dataset, save

from app.dicom.net.nodes import Node
from app.dicom.net.queue import BACKOFF_S, SendQueue
from recon.messages import Message, said

NODE = Node(host="h", called_ae="A", title="Archive")
OTHER = Node(host="i", called_ae="B")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    pixels = np.zeros((4, 4), np.uint16)
    return [save(dataset(CT, "CT", pixels, "s", k), folder / f"{k}.dcm") for k in range(6)]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[SendQueue]:
    found = SendQueue(tmp_path / "data")
    yield found
    found.close()


def counts(queue: SendQueue) -> list[dict[str, int]]:
    return [job.counts for job in queue.jobs()]


def test_what_was_added_survives(files: list[Path], tmp_path: Path) -> None:
    queue = SendQueue(tmp_path)
    added = queue.add(files, NODE, "Six images")
    assert (added.count, added.known, added.problems) == (6, 0, ())
    queue.close()
    again = SendQueue(tmp_path)
    (job,) = again.jobs()
    assert (job.title, job.node, job.counts, job.state) == ("Six images", NODE.id, {"waiting": 6}, "waiting")
    assert job.n_bytes == sum(path.stat().st_size for path in files)
    again.close()


def test_nothing_waits_twice(queue: SendQueue, files: list[Path]) -> None:
    queue.add(files[:4], NODE)
    again = queue.add(files, NODE)
    assert (again.count, again.known) == (2, 4)
    assert queue.add(files[:1], OTHER).count == 1
    items = queue.claim(NODE.id, 100, 1 << 30, time.time())
    assert [item.object.path for item in items] == files
    assert queue.claim(NODE.id, 100, 1 << 30, time.time()) == []
    queue.settle([(item.id, "sent", "", False) for item in items], time.time())
    assert queue.add(files, NODE).known == 6
    assert queue.add(files[:2], NODE, again=True).count == 2


def test_a_folder_with_other_things_in_it(queue: SendQueue, files: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "0.dcm").write_bytes(files[0].read_bytes())
    (folder / "notes.txt").write_text("no image")
    (folder / "cut.dcm").write_bytes(files[1].read_bytes()[:-10])
    (folder / ".hidden").write_text("")
    added = queue.add([folder, tmp_path / "nowhere.dcm"], NODE)
    assert added.count == 1
    assert sorted(text.split(":")[0] for text in added.problems) == ["cut.dcm", "notes.txt", "nowhere.dcm"]


def test_copies_are_kept_until_the_job_goes(queue: SendQueue, files: list[Path], tmp_path: Path) -> None:
    leaving = tmp_path / "leaving.dcm"
    leaving.write_bytes(files[0].read_bytes())
    added = queue.add([leaving], NODE, copy=True)
    leaving.unlink()
    (item,) = queue.claim(NODE.id, 9, 1 << 30, time.time())
    item.object.check_unchanged()
    assert item.object.path.read_bytes() == files[0].read_bytes()
    assert added.job is not None
    queue.remove(added.job)
    assert not item.object.path.exists()


def test_failures_wait_longer_each_time_and_can_be_retried(queue: SendQueue, files: list[Path]) -> None:
    queue.add(files[:2], NODE)
    now = time.time()
    for attempt in range(3):
        first, second = queue.claim(NODE.id, 9, 1 << 30, now)
        queue.settle(
            [(first.id, "failed", said("{0}: no room.", "Archive"), False), (second.id, "waiting", "", False)], now
        )
        (job,) = queue.jobs()
        assert job.counts == {"failed": 1, "waiting": 1}
        assert job.due_at == pytest.approx(now + BACKOFF_S[attempt])
        assert [item.object.path for item in queue.claim(NODE.id, 9, 1 << 30, now)] == files[1:2]
        queue.settle([(second.id, "waiting", "", False)], now)
        now = job.due_at
    ((name, reason),) = queue.failures(job.id)
    assert (name, reason) == ("0.dcm", "Archive: no room.")
    assert isinstance(reason, Message)
    assert reason.template == "{0}: no room."
    queue.retry(job.id)
    assert counts(queue) == [{"waiting": 2}]


def test_a_lasting_failure_is_not_tried_again(queue: SendQueue, files: list[Path]) -> None:
    queue.add(files[:1], NODE)
    (item,) = queue.claim(NODE.id, 9, 1 << 30, time.time())
    queue.settle([(item.id, "failed", "No.", True)], time.time())
    assert queue.due(time.time()) == {}
    assert queue.jobs()[0].due_at is None
    queue.retry()
    assert queue.due(time.time() + 1)[NODE.id] <= time.time() + 1


def test_a_server_that_cannot_be_reached_is_held(queue: SendQueue, files: list[Path]) -> None:
    queue.add(files, NODE)
    now = time.time()
    assert [queue.hold(NODE.id, "Nobody is there.", now) - now for _ in range(8)] == pytest.approx(
        [*BACKOFF_S, BACKOFF_S[-1], BACKOFF_S[-1]]
    )
    assert queue.due(now)[NODE.id] == pytest.approx(now + BACKOFF_S[-1])
    assert queue.jobs()[0].reason == "Nobody is there."
    queue.reached(NODE.id)
    assert queue.due(now)[NODE.id] <= now


def test_paused_and_removed(queue: SendQueue, files: list[Path]) -> None:
    first = queue.add(files[:3], NODE).job
    second = queue.add(files[3:], NODE).job
    assert first is not None
    assert second is not None
    queue.pause(first, paused=True)
    assert {item.job for item in queue.claim(NODE.id, 9, 1 << 30, time.time())} == {second}
    queue.pause(first, paused=False)
    queue.remove(second)
    assert [job.id for job in queue.jobs()] == [first]
    for item in queue.claim(NODE.id, 9, 1 << 30, time.time()):
        queue.settle([(item.id, "sent", "", False)], time.time())
    queue.clear_done()
    assert queue.jobs() == []


def test_a_second_program_takes_nothing_that_the_first_is_sending(files: list[Path], tmp_path: Path) -> None:
    first, second = SendQueue(tmp_path), SendQueue(tmp_path)
    first.add(files, NODE)
    taken = first.claim(NODE.id, 4, 1 << 30, time.time())
    assert len(taken) == 4
    assert second.recover() == 0
    assert len(second.claim(NODE.id, 9, 1 << 30, time.time())) == 2
    first.close()
    assert len(second.claim(NODE.id, 9, 1 << 30, time.time())) == 4
    second.close()


def test_what_a_dead_process_was_sending_waits_again(files: list[Path], tmp_path: Path) -> None:
    queue = SendQueue(tmp_path)
    queue.add(files, NODE)
    assert len(queue.claim(NODE.id, 9, 1 << 30, time.time())) == 6
    queue._connection.execute("UPDATE owners SET process_started = process_started - 1000")
    queue._connection.close()
    again = SendQueue(tmp_path)
    assert again.recover() == 6
    assert counts(again) == [{"waiting": 6}]
    again.close()


def test_storage_commitment(queue: SendQueue, files: list[Path]) -> None:
    queue.add(files[:3], NODE)
    items = queue.claim(NODE.id, 9, 1 << 30, time.time())
    queue.settle([(item.id, "sent", "", False) for item in items], time.time())
    assert queue.unasked_nodes() == (NODE.id,)
    queue.asked([item.id for item in items], "2.25.1")
    assert queue.unasked_nodes() == ()
    assert queue.questioned(0.0) == (NODE.id,)
    uids = [item.object.sop_uid for item in items]
    assert queue.answered("2.25.999", uids, []) == 0  # nobody asked that
    assert queue.answered("2.25.1", uids[:2], uids[2:], "Not kept.") == 3
    (job,) = queue.jobs()
    assert (job.counts, job.reason) == ({"confirmed": 2, "failed": 1}, "Not kept.")


def test_a_damaged_file_is_put_aside(tmp_path: Path, files: list[Path]) -> None:
    (tmp_path / "sending.sqlite3").write_bytes(b"SQLite format 3\0" + b"rubbish" * 900)
    queue = SendQueue(tmp_path)
    assert "damaged" in queue.notes[0]
    assert queue.add(files[:1], NODE).count == 1
    queue.close()
    assert sqlite3.connect(tmp_path / "sending.sqlite3").execute("SELECT count(*) FROM objects").fetchone() == (1,)
