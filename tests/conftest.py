"""For all tests: Qt draws into memory unless a display is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What readers do in a test is kept in a folder of that test alone."""
    folder = tmp_path_factory.mktemp("user") / "data"
    monkeypatch.setenv("BOCAGE_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, whatever language the one before ended in."""
    yield
    translation = sys.modules.get("widgets.translation")
    if translation is not None:
        translation.install("en")
