"""The thread pool: every tile once, errors and cancellation raised, small work not stuck behind large."""

from __future__ import annotations

import threading
import time

import pytest

from recon.errors import Cancelled
from recon.parallel import run_tiles, split
from recon.progress import Progress


def test_every_tile_is_done_once() -> None:
    done: list[int] = []
    run_tiles(done.append, 97)
    assert sorted(done) == list(range(97))
    run_tiles(done.append, 0)
    assert len(done) == 97


def test_the_first_error_stops_the_rest_and_is_raised() -> None:
    done: list[int] = []

    def tile(index: int) -> None:
        if index == 5:
            raise ValueError("tile 5")
        done.append(index)
        time.sleep(0.001)

    with pytest.raises(ValueError, match="tile 5"):
        run_tiles(tile, 1000)
    assert len(done) < 100


def test_progress_reaches_one_and_can_cancel() -> None:
    told: list[float] = []
    run_tiles(lambda _: None, 10, Progress(lambda fraction, _: told.append(fraction)))
    assert max(told) == 1.0
    progress = Progress()
    count = 0

    def tile(index: int) -> None:
        nonlocal count
        count += 1
        if index == 3:
            progress.cancel()

    with pytest.raises(Cancelled):
        run_tiles(tile, 10_000, progress)
    assert count < 100


def test_small_work_does_not_wait_for_large() -> None:
    stop = threading.Event()

    def large(_: int) -> None:
        time.sleep(0.01)
        if stop.is_set():
            raise Cancelled

    def run_large() -> None:
        with pytest.raises(Cancelled):
            run_tiles(large, 10_000)

    thread = threading.Thread(target=run_large)
    thread.start()
    try:
        time.sleep(0.05)
        finished: list[int] = []
        small = threading.Thread(target=lambda: run_tiles(finished.append, 20))
        small.start()
        small.join(5.0)
        assert sorted(finished) == list(range(20))
    finally:
        stop.set()
        thread.join()


def test_split_covers_the_length() -> None:
    assert split(10, 4) == [(0, 4), (4, 8), (8, 10)]
    assert split(0, 4) == []
