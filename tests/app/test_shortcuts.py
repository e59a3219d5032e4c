"""Keys that can be changed, and the command palette."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from synthetic import FakeStudy

from app.actions import ACTIONS
from app.gui import process_events, wait_until_settled
from app.shortcuts import conflicts, effective_keys, own_keys, set_keys, shortcut_sets, written
from app.window.palette import Entry, score


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def test_no_set_gives_a_key_to_two_actions() -> None:
    ids = {action.id for action in ACTIONS}
    assert conflicts(own_keys()) == {}
    assert {found.key for found in shortcut_sets()} == {"weasis", "ohif"}
    for found in shortcut_sets():
        assert set(found.keys) <= ids
        assert conflicts(set_keys(found.key)) == {}
        for own in found.keys.values():
            assert all(not QKeySequence(key).isEmpty() for key in own)
    assert set_keys("weasis")["overlay"] == ("I",)
    assert set_keys("weasis")["invert"] == ("Ctrl+I",)


def test_changes_are_written_as_differences() -> None:
    keys = {**set_keys("ohif"), "invert": ("X", "Ctrl+I"), "fit": ()}
    changes = written(keys, "ohif")
    assert len(changes) == 2
    assert effective_keys("ohif", changes) == keys
    assert effective_keys("ohif", ("gone  Q",)) == set_keys("ohif"), "an action of another version"


def test_changed_keys_act_and_are_remembered(window: Any, qtbot: Any) -> None:
    window.action_set["edit_shortcuts"].trigger()
    page = window.pages["shortcuts"]
    page.select("invert")
    page.keys.setKeySequence(QKeySequence("J"))
    page.add.click()
    assert window.action_set["invert"].shortcuts() == [QKeySequence("J")]
    assert "(J)" in window.action_set["invert"].toolTip()
    window.activateWindow()
    view = window.active_pane.viewport
    view.setFocus()
    uid = window.session.active_picture.uid
    QTest.keyClick(view, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: window.session.reading.of(uid).inverted)
    # Taken from another action: that one loses it, and nothing stands for two things.
    page.select("invert")
    page.keys.setKeySequence(QKeySequence("W"))
    page.add.click()
    assert window.action_set["tool_window"].shortcuts() == []
    assert conflicts(window.keys()) == {}
    from app.settings import SettingsStore

    again = SettingsStore().current
    assert effective_keys(again.shortcut_set, again.shortcuts)["invert"] == ("W",)
    page.reset_all.click()
    assert window.keys() == own_keys()
    page.sets.setCurrentIndex(page.sets.findData("ohif"))
    page.sets.activated.emit(page.sets.currentIndex())
    assert window.action_set["rotate_left"].shortcuts() == [QKeySequence("L")]


def entry(title: str, group: str = "View", detail: str = "", why: str = "") -> Entry:
    return Entry(title, group, detail, "", why, lambda: None)


def test_the_best_fit_comes_first() -> None:
    rotate, invert = entry("Rotate Right", "Image"), entry("Invert", "Image", "Exchange black and white")
    assert score(rotate, "rot") > score(entry("Undo rotation"), "rot") > 0
    assert score(invert, "black") > 0
    assert score(invert, "image black") > 0
    assert score(invert, "black rotate") == 0
    assert score(rotate, "rtr") > 0, "letters in order"
    assert score(entry("Résumé"), "resume") > 0
    assert score(entry("Fit"), "fit") > score(entry("Fit", why="no picture"), "fit") > 0


def test_the_palette_finds_says_why_and_does(window: Any) -> None:
    window.action_set["palette"].trigger()
    palette = window.palette_box
    assert palette.isVisible()
    palette.line.setText("invert")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    uid = window.session.active_picture.uid
    assert window.session.reading.of(uid).inverted
    # What cannot be done says why, and nothing happens.
    window.action_set["palette"].trigger()
    palette.line.setText("redo")
    chosen = palette.list.currentItem().data(Qt.ItemDataRole.UserRole)
    assert chosen.why == "nothing to redo"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    # Pictures and hanging protocols are found as well.
    window.action_set["palette"].trigger()
    palette.line.setText("show radiograph")
    window.session.set_active(0)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    wait_until_settled(window, 20)
    assert window.panes[0].uid == "radiograph"


def test_the_palette_is_as_high_as_what_it_found(window: Any) -> None:
    window.action_set["palette"].trigger()
    palette = window.palette_box
    full = palette.height()
    palette.line.setText("invert")
    found = palette.list.count()
    assert 0 < found < 4
    assert palette.height() < full
    last = palette.list.visualItemRect(palette.list.item(found - 1))
    assert 0 <= palette.list.viewport().height() - last.bottom() < 20  # all of it in sight, and nothing below
    palette.line.setText("")
    assert palette.height() == full


def test_keys_typed_into_the_palette_do_not_act(window: Any) -> None:
    window.action_set["palette"].trigger()
    process_events(0.02)
    before = window.session.reading
    QTest.keyClicks(window.palette_box.line, "ivh ")
    assert window.palette_box.line.text() == "ivh "
    assert window.session.reading == before
