"""Fixtures of the application's tests: settings in a folder of their own, and a window over a synthetic study."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("settings") / "bocage.ini"
    monkeypatch.setenv("BOCAGE_CONFIG", str(path))
    # Hints take room below the pictures; tests of theirs switch them on.
    path.write_text("[settings]\nhints=false\n")
    return path


@pytest.fixture
def make_window(qtbot: Any) -> Iterator[Callable[..., Any]]:
    """Makes main windows; afterwards none of their threads may be left."""
    from app.gui import application
    from app.main_window import MainWindow

    application()
    windows: list[MainWindow] = []

    def make(services: Any = None, size: tuple[int, int] = (1100, 760)) -> MainWindow:
        window = MainWindow(services=services)
        window.resize(*size)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    qtbot.wait(10)
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("bocage-")]
    assert [name for name in left if not name.startswith("bocage-kernel")] == []


@pytest.fixture
def ball_window(make_window: Callable[..., Any]) -> Any:
    """A window over the synthetic study with its ball in focus."""
    from synthetic import BALL, FakeStudy

    from app.gui import wait_until_settled

    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.session.set_height("projections", BALL[2])
    wait_until_settled(window, 20)
    return window
