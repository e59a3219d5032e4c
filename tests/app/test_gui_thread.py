"""The window always answers: no piece of work holds the GUI thread for longer than 50 ms.

A heartbeat runs on the GUI thread. A gap between two beats counts by the *processor time* that the GUI thread itself
spent in it, not by the clock: a thread that is not given a processor, on a machine busy with other things, is not
blocked by the program. What sleeps or waits on the GUI thread would escape that, so the clock counts too, with slack
for the machine (`CLOCK_MS`): waiting for a computation, a file or a lock takes longer than it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from synthetic import FakeStudy, projection_set

from app.gui import wait_until_settled
from app.session.state import Picture
from recon.live import LiveVolume
from recon.projections import ProjectionSet

OWN_MS = 50.0
CLOCK_MS = 400.0
BEAT_MS = 2


class Watchdog:
    """Remembers the longest gaps between beats of the GUI thread."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self.what = ""
        self.own_ms: list[tuple[float, str]] = []
        self.clock_ms: list[tuple[float, str]] = []

    def start(self, what: str) -> None:
        self.what = what
        self._clock, self._own = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        clock, own = time.perf_counter(), time.thread_time()
        self.clock_ms.append((1e3 * (clock - self._clock), self.what))
        self.own_ms.append((1e3 * (own - self._own), self.what))
        self._clock, self._own = clock, own

    @contextmanager
    def watching(self, what: str) -> Iterator[None]:
        self.start(what)
        yield
        self._beat()
        self._timer.stop()


@pytest.fixture
def watchdog(qtbot: Any) -> Iterator[Watchdog]:
    found = Watchdog()
    yield found
    assert max(found.own_ms)[0] <= OWN_MS, f"the GUI thread computed for {max(found.own_ms)}"
    assert max(found.clock_ms)[0] <= CLOCK_MS, f"the GUI thread did not answer for {max(found.clock_ms)}"


def read_through(window: Any, watchdog: Watchdog, uid: str, qtbot: Any) -> None:
    """What a reader does with slices on screen."""
    session = window.session
    with watchdog.watching("scrolling"):
        for _ in range(30):
            session.step_height(uid, 1)
            qtbot.wait(8)
    with watchdog.watching("thickness"):
        for thickness in (2.0, 6.0, 12.0):
            session.set_reconstruction(uid, live=True, thickness_mm=thickness)
            qtbot.wait(30)
    with watchdog.watching("cine"):
        window.docks.cine.set_fps(30)
        window.set_playing(True)
        qtbot.wait(500)
        window.docks.cine.set_every_frame(True)
        qtbot.wait(300)
        window.set_playing(False)
    with watchdog.watching("settling"):
        wait_until_settled(window, 20)


def test_the_window_answers_while_a_study_is_opened_and_read(make_window: Any, qtbot: Any, watchdog: Watchdog) -> None:
    window = make_window(FakeStudy(delay_s=0.02, load_s=0.3, filter_s=0.2).services())
    window.warm_up()  # as the program does at its start
    qtbot.waitUntil(lambda: not window.background.is_busy(), timeout=20000)
    qtbot.wait(200)
    with watchdog.watching("opening"):
        window.open_paths([Path("/nowhere")])
        wait_until_settled(window, 20)
    read_through(window, watchdog, "projections", qtbot)


def test_the_window_answers_while_real_projections_are_read(make_window: Any, qtbot: Any, watchdog: Watchdog) -> None:
    window = make_window(FakeStudy().services())
    data: ProjectionSet = projection_set(9)
    live = LiveVolume(data)
    window.warm_up()
    qtbot.waitUntil(lambda: not window.background.is_busy(), timeout=20000)
    qtbot.wait(300)
    with watchdog.watching("adding"):
        window.session.add_picture(Picture("real", "slices", live, "Slices", geometry=data.geometry, study_uid="s"))
        window.session.set_layout(window.session.layout.with_hung(0, "real"))
        wait_until_settled(window, 20)
    read_through(window, watchdog, "real", qtbot)


def test_the_watchdog_barks(qtbot: Any) -> None:
    found = Watchdog()
    with found.watching("waiting"):
        qtbot.wait(10)
        time.sleep(0.06)
        qtbot.wait(10)
    assert max(found.clock_ms)[0] >= 60.0
    assert max(found.own_ms)[0] < 30.0
    with found.watching("computing"):
        end = time.thread_time() + 0.06
        while time.thread_time() < end:
            pass
        qtbot.wait(10)
    assert max(found.own_ms)[0] >= 60.0
