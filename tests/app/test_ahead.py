"""Frames of cine that are computed before they are due."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from app.jobs import Worker
from app.window.ahead import Ahead
from recon.errors import BocageError
from recon.slab import SlabRequest

ONE, TWO = SlabRequest(1.0), SlabRequest(2.0)


@pytest.fixture
def worker(qtbot: Any) -> Any:
    worker = Worker("test")
    yield worker
    worker.shutdown()


def test_the_expected_is_given_once_and_others_are_not(worker: Worker, qtbot: Any) -> None:
    ahead, taken, asked = Ahead(worker, "ahead"), [], []
    ahead.look(ONE, lambda *_: "one")
    qtbot.waitUntil(lambda: not worker.is_busy())
    assert not ahead.give(TWO, taken.append, lambda: asked.append(2))
    assert ahead.give(ONE, taken.append, lambda: asked.append(1))
    assert taken == ["one"]
    assert not ahead.give(ONE, taken.append, lambda: asked.append(1)), "it was given away"
    assert asked == []


def test_who_comes_early_waits_for_it(worker: Worker, qtbot: Any) -> None:
    go, ahead, taken = threading.Event(), Ahead(worker, "ahead"), []
    ahead.look(ONE, lambda *_: go.wait(5) and "one")
    assert ahead.give(ONE, taken.append, lambda: taken.append("asked"))
    ahead.look(TWO, lambda *_: "two")
    assert taken == [], "and nothing that comes later takes its place"
    go.set()
    qtbot.waitUntil(lambda: taken == ["one"])


def test_what_fails_is_asked_for_again(worker: Worker, qtbot: Any) -> None:
    go, ahead, taken = threading.Event(), Ahead(worker, "ahead"), []

    def work(*_: Any) -> str:
        go.wait(5)
        raise BocageError("No.")

    ahead.look(ONE, work)
    assert ahead.give(ONE, taken.append, lambda: taken.append("asked"))
    go.set()
    qtbot.waitUntil(lambda: taken == ["asked"])
    ahead.look(TWO, lambda *_: "two")
    ahead.forget()
    process_events(0.05)
    assert not ahead.give(TWO, taken.append, lambda: None)


def test_cine_finds_its_frames_there(make_window: Any) -> None:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.action_set["duplicate_slices"].trigger()
    wait_until_settled(window, 20)
    window.session.set_active(0)
    found: list[bool] = []
    for pane in window.panes[:2]:
        give = pane.slabs._ahead.give
        pane.slabs._ahead.give = lambda *args, give=give: found.append(give(*args)) or found[-1]
    window.cine.change(fps=20.0)
    window.set_playing(True)
    assert window.cine.upcoming_mm("projections", 1.0) == window.session.height("projections") + 1.0
    assert window.cine.upcoming_mm("projections#2", 1.0) == window.session.height("projections#2") + 1.0
    process_events(1.0)
    window.set_playing(False)
    assert window.cine.upcoming_mm("projections", 1.0) is None
    assert len(found) > 20
    assert sum(found) > 0.8 * len(found), "both the picture that is played and the one that follows it"
    wait_until_settled(window, 20)
    for pane in window.panes[:2]:
        assert pane.viewport.slab.height_mm == window.session.height(pane.uid)
        assert not pane.viewport.slab.draft
