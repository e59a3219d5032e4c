"""Small things in the real window that are easily lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from widgets import translation


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def test_the_window_fits_a_small_screen(window: Any) -> None:
    window.resize(1024, 700)
    process_events(0.05)
    assert window.width() <= 1024
    assert window.height() <= 700


def test_escape_keeps_the_present_geometry(window: Any) -> None:
    window.action_set["geometry"].trigger()
    assert window.geometry_flow.page(0) is not None
    window.action_set["default_tool"].trigger()
    assert window.geometry_flow.page(0) is None
    assert window.panes[0].currentWidget() is window.panes[0].body


def test_old_messages_go_when_something_else_is_opened(window: Any) -> None:
    window.messages.tell("The first file is broken.")
    window.messages.tell("The second file is broken.")
    window.open_paths([Path("/nowhere")])
    assert window.messages.text == ""
    wait_until_settled(window, 20)
    assert window.messages.text == ""


def test_cine_counts_heights_and_not_refinements(window: Any) -> None:
    rates: list[float] = []
    window.cine.rate_changed.connect(rates.append)
    window.cine.change(fps=10.0)
    window.set_playing(True)
    process_events(1.6)
    window.set_playing(False)
    shown = [rate for rate in rates if rate > 0]
    assert shown
    assert max(shown) < 13


def test_a_picture_in_its_own_polarity_is_not_inverted(window: Any) -> None:
    session = window.session
    picture = session.active_picture
    session.pictures[picture.uid] = replace(picture, inverted=True)
    session.set_inverted(picture.uid, True)
    assert not window.action_set["invert"].isChecked()
    window.action_set["invert"].trigger()
    assert window.action_set["invert"].isChecked()
    assert session.reading.of(picture.uid).inverted is False


def test_notes_of_radiographs_stand_in_the_panel(window: Any) -> None:
    radiograph = window.session.hung(1)
    note = "The scale is taken from a ruler in the picture."
    window.session.pictures[radiograph.uid] = replace(radiograph, notes=(note,))
    window.session.set_active(1)
    window.session.set_maximised(1)
    window.docks.refresh()
    assert note in window.docks.panel.notes_label.text()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_of_the_empty_panel_is_cut_off(make_window: Any, language: str) -> None:
    window = make_window(FakeStudy().services())
    try:
        window.settings.change(language=language)
        window.apply_settings()
        process_events(0.2)
        area = window.docks.panel.area
        assert area.widget().width() <= area.viewport().width()
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    finally:
        translation.install("en")
