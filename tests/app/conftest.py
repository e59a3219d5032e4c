"""Fixtures of the window's tests: everything offscreen, settings in a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "settings" / "bocage.ini"
    monkeypatch.setenv("BOCAGE_CONFIG", str(path))
    yield path
