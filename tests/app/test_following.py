"""The picture follows its filter: coarsely at once, then fully, and never with two sets of the finest views."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

from synthetic import FakeStudy

from app.gui import wait_until_settled


def test_a_coarse_preview_stands_in_until_the_filter_is_done(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(filter_s=1.5, previews=True)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    session, panel = window.session, window.docks.panel
    before = weakref.ref(session.pictures["projections"].source)
    study.live = None

    def shown() -> Any:
        return session.pictures["projections"].source

    panel.parameters_changed.emit({**panel.algorithm()[1], "cutoff": 0.5})
    qtbot.waitUntil(lambda: shown().is_preview, timeout=5000)
    assert shown().algorithm.cutoff == 0.5
    assert session.busy("projections") is not None

    # Meanwhile nothing holds the finest views of the picture before.
    def given_up() -> bool:
        gc.collect()
        return before() is None

    qtbot.waitUntil(given_up, timeout=1000)
    assert shown().is_preview
    qtbot.waitUntil(lambda: not shown().is_preview, timeout=10000)
    assert shown().algorithm.cutoff == 0.5
    assert session.busy("projections") is None
    # Cancelled, the last fully filtered picture comes back, with its parameters: coarsely at once, then filtered again.
    panel.parameters_changed.emit({**panel.algorithm()[1], "cutoff": 0.3})
    qtbot.waitUntil(lambda: shown().is_preview, timeout=5000)
    window.action_set["cancel_reconstruction"].trigger()
    assert shown().is_light
    assert shown().algorithm.cutoff == 0.5
    assert session.reading.of("projections").reconstruction.algorithm.cutoff == 0.5
    window.action_set["cancel_reconstruction"].trigger()  # there is nothing to go back to
    wait_until_settled(window, 10)
    assert not shown().is_preview
    assert shown().algorithm.cutoff == 0.5
    assert session.busy("projections") is None


def test_a_filter_changed_and_changed_back_is_filtered_again(make_window: Any, qtbot: Any) -> None:
    study = FakeStudy(filter_s=0.5, previews=True)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    session, panel = window.session, window.docks.panel
    parameters = panel.algorithm()[1]

    def shown() -> Any:
        return session.pictures["projections"].source

    panel.parameters_changed.emit({**parameters, "cutoff": 0.5})
    qtbot.waitUntil(lambda: shown().algorithm.cutoff == 0.5, timeout=5000)
    panel.parameters_changed.emit(parameters)
    assert shown().is_light
    assert shown().algorithm.cutoff == parameters["cutoff"]
    wait_until_settled(window, 10)
    assert not shown().is_preview
    assert shown().algorithm.cutoff == parameters["cutoff"]


def test_filtering_ends_with_the_study_it_belongs_to(make_window: Any, qtbot: Any) -> None:
    window = make_window(FakeStudy(filter_s=1.0).services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    session, panel = window.session, window.docks.panel
    panel.parameters_changed.emit({**panel.algorithm()[1], "cutoff": 0.5})
    assert session.busy("projections") is not None
    session.release_pictures(set())
    assert session.busy("projections") is None
    qtbot.waitUntil(lambda: not session.background.is_busy(), timeout=10000)
    assert session.busy("projections") is None
    assert window.status.text == ""
