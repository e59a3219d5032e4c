from __future__ import annotations

import threading
import time

import pytest

from app.jobs import Callbacks, Worker
from recon.errors import BocageError


@pytest.fixture
def worker(qtbot):
    worker = Worker("test")
    yield worker
    assert worker.shutdown()


def test_result_arrives_on_the_gui_thread(worker, qtbot):
    seen = []
    worker.submit(
        "a",
        lambda progress, partial: threading.current_thread().name,
        Callbacks(result=lambda r: seen.append((r, threading.current_thread()))),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("bocage-test", threading.main_thread())]


def test_latest_request_wins_and_the_older_is_cancelled(worker, qtbot):
    started, results, stopped = threading.Event(), [], []

    def long(progress, partial):
        started.set()
        while True:
            progress.step(0.1)
            time.sleep(0.001)

    worker.submit("a", long, Callbacks(result=results.append, stopped=lambda: stopped.append("running")))
    assert started.wait(5)
    worker.submit(
        "a", lambda *_: "waiting", Callbacks(result=results.append, stopped=lambda: stopped.append("waiting"))
    )
    worker.submit("a", lambda *_: "newest", Callbacks(result=results.append))
    qtbot.waitUntil(lambda: results == ["newest"])
    assert sorted(stopped) == ["running", "waiting"]


def test_running_request_may_finish(worker, qtbot):
    started, release, results = threading.Event(), threading.Event(), []

    def first(progress, partial):
        started.set()
        release.wait(5)
        return "first"

    worker.submit("a", first, Callbacks(result=results.append))
    assert started.wait(5)
    worker.submit("a", lambda *_: "replaced", Callbacks(result=results.append), finish_running=True)
    worker.submit("a", lambda *_: "last", Callbacks(result=results.append), finish_running=True)
    release.set()
    qtbot.waitUntil(lambda: len(results) == 2)
    assert results == ["first", "last"]


def test_slots_take_turns(worker, qtbot):
    order = []

    def again(slot, left):
        def done(_):
            order.append(slot)
            if left:
                again(slot, left - 1)

        worker.submit(slot, lambda *_: time.sleep(0.002), Callbacks(result=done))

    again("a", 5)
    again("b", 5)
    qtbot.waitUntil(lambda: len(order) == 12)
    assert order.count("a") == order.count("b") == 6
    assert "aaa" not in "".join(order)
    assert "bbb" not in "".join(order)


def test_partial_progress_and_error(worker, qtbot):
    partials, errors, progress = [], [], []

    def work(report, partial):
        partial(1)
        partial(2)
        report.step(1.0, "done")
        raise BocageError("no")

    worker.submit(
        "a",
        work,
        Callbacks(partial=partials.append, error=errors.append, progress=lambda f, t: progress.append((f, t))),
    )
    qtbot.waitUntil(lambda: bool(errors))
    assert partials == [1, 2]
    assert progress == [(1.0, "done")]
    assert str(errors[0]) == "no"


def test_cancel_and_rest(worker, qtbot):
    started, stopped, busy = threading.Event(), [], []
    worker.busy_changed.connect(busy.append)

    def long(progress, partial):
        started.set()
        while True:
            progress.step(0.5)
            time.sleep(0.001)

    worker.submit("a", long, Callbacks(stopped=lambda: stopped.append(1)))
    assert started.wait(5)
    assert worker.is_busy("a")
    worker.cancel("a")
    qtbot.waitUntil(lambda: busy == [True, False])
    assert stopped == [1]
    assert not worker.is_busy()


def test_cancelling_what_waits_lets_the_worker_rest(worker, qtbot):
    started, release = threading.Event(), threading.Event()

    def first(progress, partial):
        started.set()
        release.wait(5)

    worker.submit("a", first, Callbacks())
    assert started.wait(5)
    worker.submit("b", lambda *_: None, Callbacks())
    with worker._condition:
        # The thread ends the first job only now, while the second one still waits.
        release.set()
        time.sleep(0.02)
        worker._give_up("b")
    worker.cancel("b")
    qtbot.waitUntil(lambda: not worker.is_busy(), timeout=2000)


def test_shutdown_ends_the_thread_and_delivers_nothing(qtbot):
    worker, results = Worker("closing"), []
    worker.submit("a", lambda *_: time.sleep(0.05), Callbacks(result=results.append))
    assert worker.shutdown()
    worker.submit("a", lambda *_: 1, Callbacks(result=results.append))
    qtbot.wait(30)
    assert results == []
    assert not [t for t in threading.enumerate() if t.name == "bocage-closing"]
