"""Hints for the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from synthetic import FakeStudy

from app.gui import wait_until_settled
from app.settings import SettingsStore
from app.window.hints import HINTS


def test_hints_suit_what_is_on_screen_are_read_once_and_come_back(make_window: Any, own_settings: Path) -> None:
    SettingsStore().change(hints=True)
    window = make_window(FakeStudy().services())
    assert window.hints.isHidden(), "nothing to speak of in an empty window"
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    seen = []
    while not window.hints.isHidden():
        seen.append(window.hints.label.text())
        assert (window.hints.next.text() == "Got It") == (len(seen) == len(HINTS))
        window.hints.next.click()
    assert seen == [hint.text for hint in HINTS]
    assert set(SettingsStore().current.hints_read) == {hint.id for hint in HINTS}
    window.settings.change(hints=False)
    window.apply_settings()
    window.settings.change(hints=True)
    window.apply_settings()
    assert not window.hints.isHidden()
    window.hints.enough.click()
    assert window.hints.isHidden()
    assert not SettingsStore().current.hints
