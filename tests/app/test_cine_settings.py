from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from app.cine import Cine, RateMeter, Run
from app.settings import Settings, SettingsStore, default_path


def test_sweep_turns_at_both_ends_and_loop_starts_again():
    sweep = Cine(10.0, 13.0, 1.0, 10.0, mode="sweep")
    assert [sweep.height_mm(frame) for frame in range(8)] == [10, 11, 12, 13, 12, 11, 10, 11]
    loop = Cine(10.0, 13.0, 1.0, 10.0, mode="loop")
    assert [loop.height_mm(frame) for frame in range(6)] == [10, 11, 12, 13, 10, 11]
    assert Cine(5.0, 5.0, 1.0, 10.0).height_mm(7) == 5.0


def test_time_drops_frames_instead_of_stretching():
    cine = Cine(0.0, 100.0, 1.0, 20.0)
    assert cine.frame_at(0.0, start=5) == 5
    assert cine.frame_at(1.0, start=5) == 25
    assert cine.nearest_frame(33.4) == 33
    assert cine.nearest_frame(-4.0) == 0


def test_rate_of_pictures_shown():
    meter = RateMeter()
    rates = [meter.count(0.1 * index) for index in range(30)]
    assert rates[0] == 0.0
    assert rates[-1] == pytest.approx(10.0)


def test_settings_survive_and_bad_values_do_not(tmp_path: Path):
    path = tmp_path / "b.ini"
    store = SettingsStore(path)
    assert store.current == Settings()
    store.change(brighter_down=False, cine_fps=25.0)
    store.remember_opened(tmp_path)
    store.set_layout("window", QByteArray(b"abc"))
    store.sync()
    again = SettingsStore(path)
    assert (again.current.brighter_down, again.current.cine_fps) == (False, 25.0)
    assert again.current.recent == (str(tmp_path),)
    layout = again.layout("window")
    assert layout is not None
    assert layout.data() == b"abc"
    text = path.read_text().replace("cine_fps=25", "cine_fps=lots").replace("brighter_down=false", "brighter_down=x")
    path.write_text(text)
    assert SettingsStore(path).current.cine_fps == 10.0
    assert SettingsStore(path).current.brighter_down is True


def test_environment_names_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOCAGE_CONFIG", str(tmp_path))
    assert default_path() == tmp_path / "bocage.ini"
    monkeypatch.setenv("BOCAGE_CONFIG", str(tmp_path / "x.ini"))
    assert default_path() == tmp_path / "x.ini"


def test_once_ends_at_the_end_and_begins_anew_there():
    once = Cine(10.0, 13.0, 1.0, 10.0, mode="once")
    assert [once.height_mm(frame) for frame in range(6)] == [10, 11, 12, 13, 13, 13]
    assert [once.is_last(frame) for frame in range(5)] == [False, False, False, True, True]
    assert once.first_frame(13.0) == 0
    assert once.first_frame(12.2) == 2


def test_every_frame_waits_for_the_screen_and_real_time_does_not():
    cine = Cine(0.0, 100.0, 1.0, 20.0)
    clock = Run({"a": cine}, 0.0, {"a": 3})
    assert clock.due(1.0)
    assert clock.heights_mm() == {"a": 23.0}
    every = Run({"a": replace(cine, every_frame=True)}, 0.0, {"a": 3})
    heights = []
    for tick in range(400):
        now = 0.01 * tick
        if tick % 10 == 9:
            every.waiting.clear()  # the screen shows ten frames in a second, though twenty are asked for
        if every.due(now):
            heights += every.heights_mm().values()
            every.waiting = {0}
    assert heights == [4.0 + index for index in range(len(heights))]
    assert len(heights) == pytest.approx(40, abs=1)


def test_every_frame_goes_on_when_a_picture_never_comes():
    run = Run({"a": Cine(0.0, 9.0, 1.0, 10.0, every_frame=True)}, 0.0, {"a": 0})
    assert run.due(0.0)
    run.waiting = {0}
    assert not run.due(1.9)
    assert run.due(2.1)


def test_pictures_of_one_run_keep_step_in_their_own_ranges():
    run = Run({"a": Cine(0.0, 5.0, 1.0, 10.0), "b": Cine(50.0, 52.0, 0.5, 3.0, mode="loop")}, 0.0, {"a": 0, "b": 1})
    assert run.due(0.61)
    assert run.heights_mm() == {"a": 4.0, "b": 51.0}
