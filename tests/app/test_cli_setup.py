"""The check of Qt's system libraries, which runs before anything is installed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app import setup_system

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs the libraries")


@pytest.fixture
def no_cursor(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """A system without two of the libraries; taking a name from the set installs it."""
    absent = {"libxcb-cursor.so.0", "libEGL.so.1"}
    real = ctypes.CDLL

    def load(name: str, *rest: Any) -> Any:
        if name in absent:
            raise OSError(name)
        return real(name, *rest)

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(setup_system, "LIBRARIES", {"libxcb-cursor.so.0": "libxcb-cursor0", "libEGL.so.1": "libegl1"})
    monkeypatch.setattr(setup_system, "has_font", lambda: True)
    return absent


def test_not_root_gets_the_exact_command(
    no_cursor: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup_system.shutil, "which", lambda name: "/usr/bin/" + name)
    assert setup_system.main() == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "sudo apt-get install -y libxcb-cursor0 libegl1" in err


def test_another_system_gets_the_libraries_names(
    no_cursor: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup_system.shutil, "which", lambda name: None)
    assert setup_system.main() == 1
    assert "libxcb-cursor.so.0 libEGL.so.1" in capsys.readouterr().err


def test_root_on_debian_installs_and_fetches_the_lists_only_when_needed(
    no_cursor: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        calls.append(command[1])
        if command[1] == "install" and "update" in calls:
            no_cursor.clear()
        failed = command[1] == "install" and bool(no_cursor)
        return SimpleNamespace(returncode=int(failed), stderr="not found")

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(setup_system.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(subprocess, "run", run)
    assert setup_system.main() == 0
    assert calls == ["install", "update", "install"]


def test_it_needs_nothing_but_the_standard_library() -> None:
    path = Path(setup_system.__file__)
    code = (
        f"import runpy, sys; runpy.run_path({str(path)!r}); sys.exit(any(m in sys.modules for m in ('numpy', 'recon')))"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, timeout=60)
