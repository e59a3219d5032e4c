"""Cine in the real window: each viewport by itself, together, every frame, once, range and rate."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from app.settings import SettingsStore


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.session.set_height("projections", 20.0)
    return window


@pytest.fixture
def two(window: Any) -> Any:
    """Slices twice, with heights of their own."""
    window.action_set["duplicate_slices"].trigger()
    window.session.set_active(1)
    window.action_set["link_height"].trigger()
    wait_until_settled(window, 20)
    window.session.set_active(0)
    return window


def heights(window: Any, uid: str, seconds: float) -> list[float]:
    found = [window.session.height(uid)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        process_events(0.01)
        if window.session.height(uid) != found[-1]:
            found.append(window.session.height(uid))
    return found


def test_once_ends_at_the_end_and_begins_anew(window: Any, qtbot: Any) -> None:
    bar = window.docks.cine_bar
    bar.from_entry.setValue(20.0)
    bar.to_entry.setValue(26.0)
    for _ in range(2):
        bar.mode_button.click()
    assert bar.mode() == window.cine.cine.mode == "once"
    bar.fps_entry.setValue(60)
    bar.play_button.click()
    qtbot.waitUntil(lambda: not window.cine.playing, timeout=4000)
    assert window.session.height("projections") == 26.0
    assert not bar.play_button.isChecked()
    assert not window.action_set["play"].isChecked()
    bar.play_button.click()
    assert window.session.height("projections") < 26.0
    assert SettingsStore().current.cine_mode == "once"


def test_every_frame_is_shown_in_order(window: Any) -> None:
    shown: list[float] = []
    view = window.panes[0].viewport
    window.panes[0].picture_shown.connect(lambda *_: shown.append(view.slab.height_mm))
    window.session.pictures["projections"].source.delay_s = 0.03
    bar = window.docks.cine_bar
    bar.every_button.click()
    bar.fps_entry.setValue(60)
    bar.play_button.click()
    process_events(1.0)
    bar.play_button.click()
    steps = [b - a for a, b in itertools.pairwise(shown) if b != a]
    assert len(steps) > 8
    assert set(steps) == {1.0}, "no height was left out although the slices take longer than a frame"


def test_pictures_play_each_by_itself(two: Any) -> None:
    session, cine = two.session, two.cine
    for pane in (0, 1):
        session.set_active(pane)
        two.action_set["link_cine"].trigger()
    assert not session.layout.links[0].cine
    session.set_active(0)
    cine.change(fps=20.0)
    two.set_playing(True)
    session.set_active(1)
    assert not cine.playing, "the controls speak of the active picture"
    assert not two.docks.cine_bar.play_button.isChecked()
    assert cine.run_of("projections") is not None
    before = session.height("projections#2")
    assert len(heights(two, "projections", 0.4)) > 3
    assert session.height("projections#2") == before
    # The second at a rate and in a range of its own.
    two.docks.cine_bar.from_entry.setValue(100.0)
    two.docks.cine_bar.to_entry.setValue(103.0)
    two.docks.cine_bar.fps_entry.setValue(40)
    two.set_playing(True)
    seen = heights(two, "projections#2", 0.5)
    assert set(seen[1:]) <= {100.0, 101.0, 102.0, 103.0}
    assert cine.cine_of("projections").fps == 20.0
    session.set_active(0)
    two.set_playing(False)
    assert cine.run_of("projections#2") is not None
    cine.stop()
    assert cine.run_of("projections") is cine.run_of("projections#2") is None


def test_linked_cine_plays_together_and_stops_together(two: Any) -> None:
    session, cine = two.session, two.cine
    session.set_height("projections#2", 60.0)
    cine.change(fps=30.0)
    two.set_playing(True)
    process_events(0.4)
    assert session.height("projections") > 22.0
    assert session.height("projections#2") - session.height("projections") == pytest.approx(40.0, abs=2.0)
    session.set_active(1)
    assert cine.playing
    two.set_playing(False)
    assert cine.run_of("projections") is cine.run_of("projections#2") is None


def test_the_ends_of_the_range_are_dragged(window: Any) -> None:
    bar = window.docks.cine_bar
    slider = bar.slider
    y = slider.height() - 3
    low = QPoint(round(slider.x_of(slider.ends[0])), y)
    target = QPoint(round(slider.x_of(slider.minimum() + (slider.maximum() - slider.minimum()) // 4)), y)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, low)
    QTest.mouseMove(slider, target)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    cine = window.cine.cine
    assert cine.low_mm == pytest.approx(50.0, abs=2.0)
    assert cine.high_mm == 200.0
    assert bar.from_entry.value() == pytest.approx(cine.low_mm, abs=0.05)
    assert window.session.height("projections") == 20.0, "the height stays"
