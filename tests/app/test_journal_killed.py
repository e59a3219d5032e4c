"""The program is really killed in the middle of work, and what was done is there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from app.journal import schema, store
from app.journal.encode import decode
from app.journal.parts import part_name
from widgets.measurements import Measurement

VICTIM = Path(__file__).parent / "journal_victim.py"
UID = "projections"
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")


class Victim:
    """The killed program, and what it said it had done."""

    def __init__(self, folder: Path, seed: int, count: int, how: str = "flood") -> None:
        root = Path(__file__).parents[2]
        study = folder.parent / "study"
        study.mkdir(exist_ok=True)
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(VICTIM), str(seed), str(count), how, str(study)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": str(root),
                "QT_QPA_PLATFORM": "offscreen",
                "BOCAGE_DATA": str(folder),
                "BOCAGE_CONFIG": str(folder.parent / "config"),
            },
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def wait_for(self, word: str, timeout_s: float = 120.0) -> None:
        limit = time.monotonic() + timeout_s
        while word not in self.lines:
            if time.monotonic() > limit or (self.process.poll() is not None and not self._reader.is_alive()):
                self.process.kill()
                assert self.process.stderr is not None
                raise AssertionError(f"{word} was never said: {self.process.stderr.read()[-2000:]}")
            time.sleep(0.002)

    def kill(self) -> int:
        """Kill it; the number of the last change that it named."""
        self.process.kill()
        assert self.process.wait(30) == -signal.SIGKILL
        self._reader.join(30)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return max((int(line) for line in self.lines if line.isdigit()), default=0)

    @property
    def saved(self) -> int:
        """The number of the last change that it said was saved."""
        return max((int(line.split()[1]) for line in self.lines if line.startswith("saved ")), default=0)


def last_kept(folder: Path) -> int:
    """The number of the last change in the file, which must be whole."""
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        recalled = store.recall(connection, "S")
    finally:
        connection.close()
    if recalled is None:
        return 0
    found, reports = decode(recalled.branch.parts[part_name(UID, "measurements")], tuple[Measurement, ...])
    assert reports == ()
    numbers = [int(item.id[1:]) for item in found]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    return numbers[-1]


@pytest.mark.parametrize("how", ["hand", "flood", "compacting"])
def test_a_killed_program_loses_at_most_the_gesture_in_progress(tmp_path: Path, how: str) -> None:
    def one(seed: int) -> int:
        folder = tmp_path / str(seed) / "data"
        folder.parent.mkdir()
        victim = Victim(folder, seed, 5000, how)
        victim.wait_for("ready")
        chance = random.Random(1000 + seed)
        victim.wait_for(str(chance.randint(1, 12 if how == "hand" else 60)))
        time.sleep(chance.uniform(0.0, 0.6))
        named = victim.kill()
        kept, saved = last_kept(folder), victim.saved
        assert named >= 1
        # What was called saved is there, without exception; a change may be there before anyone was told.
        assert saved <= kept <= named + 1, f"seed {seed}: {saved} was called saved, kept is {kept}, named {named}"
        if how == "hand":
            assert kept >= named - 1, f"seed {seed}: the last gesture was {named}, kept is {kept}"
        return saved

    # A hand is judged by the clock, so nothing may run beside it.
    with ThreadPoolExecutor(1 if how == "hand" else 2) as pool:
        assert max(pool.map(one, range(3 if how == "hand" else 4))) > 0


def test_the_next_start_offers_to_restore_and_brings_the_same_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_window: Any
) -> None:
    folder = tmp_path / "data"
    victim = Victim(folder, 7, 12)
    victim.wait_for("done")
    time.sleep(1.5)  # heights and zoom are written once a second
    victim.kill()
    monkeypatch.setenv("BOCAGE_DATA", str(folder))
    window = make_window(FakeStudy().services())
    wait(lambda: not window.journal.offer.isHidden())
    text = window.journal.offer.text
    assert "did not end properly" in text
    assert "“study”" in text
    assert "Test" not in text  # no patient
    assert window.session.pictures == {}  # nothing is opened unasked
    window.journal.offer.restore_button.click()
    wait(lambda: window.session.slices_on_screen() == UID)
    wait_until_settled(window, 30)
    assert window.journal.offer.isHidden()
    state = window.session.reading.of(UID)
    assert [item.id for item in state.measurements] == [f"m{number}" for number in range(1, 13)]
    assert state.measurements[-1].height_mm == pytest.approx(window.session.height(UID))
    window.close()
    another = make_window(FakeStudy().services())
    process_events(0.5)
    assert another.journal.offer.isHidden()


def wait(condition: Any, timeout_s: float = 20.0) -> None:
    limit = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < limit
        process_events(0.01)
