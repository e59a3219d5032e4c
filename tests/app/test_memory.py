"""The memory budget is honoured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from synthetic import FakeStudy

from app.gui import wait_until_settled
from app.reading.layout import Layout
from app.session.memory import AUTOMATIC_SHARE, budget_bytes, machine_bytes


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def test_zero_takes_a_share_of_the_machine() -> None:
    assert budget_bytes(0.0) == int(AUTOMATIC_SHARE * machine_bytes())
    assert budget_bytes(2.5) == 2_500_000_000


def test_pictures_share_their_blocks(window: Any) -> None:
    before = window.memory.used
    assert before >= window.session.pictures["projections"].projections.views.nbytes
    window.session.duplicates.make("projections")
    assert window.memory.used == before


def test_what_is_not_on_screen_goes_first_and_comes_back(window: Any) -> None:
    session = window.session
    session.set_layout(Layout.of_grid(1, 1, ("radiograph",)))
    wait_until_settled(window, 20)
    assert "projections" in session.pictures
    radiograph = session.pictures["radiograph"].source.pixels.nbytes
    window.settings.change(memory_gb=0.0)
    window.memory.budget = radiograph + 1000
    window.memory.check()
    assert "projections" not in session.pictures
    assert "radiograph" in session.pictures
    assert window.memory.used <= window.memory.budget
    assert window.messages.text == ""
    # Hung again, it is loaded again; what is on screen is never let go of, but said.
    session.set_layout(Layout.of_grid(1, 2, ("radiograph", "projections")))
    wait_until_settled(window, 20)
    assert window.panes[1].viewport.slab is not None
    assert "memory budget" in window.messages.text


def test_planes_computed_together_are_given_what_is_left(window: Any) -> None:
    window.memory.budget = window.memory.used + 5_000_000
    assert window.session.follower.budget_bytes() == max(5_000_000, window.memory.budget // 10)


def test_scrolling_is_noticed(window: Any, qtbot: Any) -> None:
    """Stored volumes keep the slices that were read; scrolling is no change of the reading."""
    before = window.session.reading
    qtbot.wait(1200)  # what opening set off is over
    window.memory.used = -1
    window.session.set_height("projections", window.session.height("projections") + 1.0)
    assert window.session.reading is before
    qtbot.waitUntil(lambda: window.memory.used > 0, timeout=5000)
