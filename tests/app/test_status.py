"""The status bar with several pieces of work."""

from __future__ import annotations

from typing import Any

from synthetic import FakeStudy

from app.gui import process_events
from app.window.status import DELAY_MS, Work


def test_the_latest_stands_in_front_and_all_can_be_reached_and_cancelled(make_window: Any) -> None:
    window = make_window(FakeStudy().services())
    status, cancelled = window.status, []
    status.show("a", Work("First", 0.2, lambda: cancelled.append("a")))
    assert status._work.isHidden(), "short work is not announced"
    process_events(DELAY_MS / 1000 + 0.1)
    assert status.text == "First"
    status.show("b", Work("Second", None))
    assert status.text == "Second  (+ 1 more)"
    assert status._progress.maximum() == 0, "how far it is is not known"
    assert status._cancel.isHidden()
    status.show("a", Work("First", 0.5, lambda: cancelled.append("a")))
    assert status.text.startswith("Second"), "progress of another does not push itself to the front"
    status._work.click()
    assert status.text == "First  (+ 1 more)"
    assert status._progress.value() == 500
    status._cancel.click()
    assert cancelled == ["a"]
    status.show("a", None)
    assert status.text == "Second"
    status.show("b", None)
    assert status._work.isHidden()
