"""Arrangement, links and duplicates in the real window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from synthetic import FakeStudy

from app.gui import process_events, wait_until_settled
from app.linking import Plane, link
from app.reading.placement import Placement
from widgets.window import Window


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window


def trigger(window: Any, name: str) -> None:
    window.action_set[name].trigger()
    wait_until_settled(window, 20)


def test_three_by_three_and_back(window: Any) -> None:
    trigger(window, "layout_3x3")
    assert window.session.visible() == tuple(range(9))
    assert all(window.panes[pane].isVisible() for pane in range(9))
    widths = {window.panes[pane].width() // 12 for pane in range(9)}
    assert max(widths) - min(widths) <= 1
    assert window.action_set["layout_3x3"].isChecked()
    trigger(window, "layout_1x1")
    assert [pane.index for pane in window.panes if pane.isVisible()] == [0]
    assert window.panes[0].viewport.slab is not None
    window.session.stack.undo()
    wait_until_settled(window, 20)
    assert window.session.layout.is_grid(3, 3)


def test_splitting_closing_and_maximising(window: Any) -> None:
    trigger(window, "split_below")
    assert window.session.layout.count == 3
    new = window.session.layout.panes[1]
    assert window.panes[new].uid == window.panes[0].uid or window.panes[new].uid is not None
    assert window.panes[new].y() > 0 or window.panes[new].parentWidget() is not window.panes[1].parentWidget()
    window.session.set_active(new)
    trigger(window, "maximise")
    assert window.session.visible() == (new,)
    trigger(window, "maximise")
    trigger(window, "close_viewport")
    assert window.session.layout.is_grid(1, 2)
    assert not window.panes[new].isVisible()


def test_a_viewport_in_a_window_of_its_own(window: Any, qtbot: Any) -> None:
    window.session.set_active(1)
    trigger(window, "move_out")
    assert len(window.grid.windows) == 1
    outside = window.grid.windows[0]
    assert outside.isVisible()
    assert window.panes[1].window() is outside
    assert window.panes[1].viewport.slab is not None
    # Its keys work there too, and closing it gives the viewport back.
    assert window.action_set["invert"] in outside.actions()
    outside.close()
    qtbot.waitUntil(lambda: window.panes[1].window() is window)
    wait_until_settled(window, 20)
    assert window.session.layout.is_grid(1, 2)
    assert window.panes[1].viewport.slab is not None


def test_moved_borders_are_kept_and_undone(window: Any) -> None:
    splitter = next(iter(window.grid._splitters))
    window.grid.window().resize(1400, 800)
    process_events(0.05)
    before = window.session.layout.root
    splitter.moveSplitter(300, 1)
    process_events(0.05)
    root = window.session.layout.root
    assert root != before
    assert root.shares[0] == pytest.approx(300 / sum(splitter.sizes()), abs=0.02)
    assert window.session.layout.is_grid(1, 2)
    window.session.stack.undo()
    process_events(0.05)
    assert window.session.layout.root == before
    shown = next(iter(window.grid._splitters)).sizes()
    assert shown[0] == pytest.approx(shown[1], abs=12)


def test_a_duplicate_has_parameters_of_its_own(window: Any) -> None:
    session = window.session
    session.set_height("projections", 100.0)
    session.set_active(0)
    trigger(window, "duplicate_slices")
    assert window.panes[1].uid == "projections#2"
    session.set_reconstruction("projections#2", thickness_mm=20.0)
    session.set_window("projections#2", Window(0.02, 0.01, "linear_exact"))
    wait_until_settled(window, 20)
    assert window.panes[1].viewport.thickness_mm == 20.0
    assert window.panes[0].viewport.thickness_mm == 5.0
    assert window.panes[0].viewport.display_window != window.panes[1].viewport.display_window
    # One command made and hung it.
    for _ in range(3):
        session.stack.undo()
    wait_until_settled(window, 20)
    assert window.panes[1].uid == "radiograph"
    session.stack.redo()
    wait_until_settled(window, 20)
    assert window.panes[1].uid == "projections#2"
    assert window.panes[1].viewport.slab is not None


def test_heights_go_together_where_they_are_linked(window: Any) -> None:
    session = window.session
    trigger(window, "duplicate_slices")
    session.set_height("projections", 60.0)
    assert session.height("projections#2") == 60.0
    session.set_active(1)
    trigger(window, "link_height")
    assert not session.layout.links[1].height
    session.set_height("projections", 80.0)
    assert session.height("projections#2") == 60.0
    # The heights on screen are one place from now on: the offset is kept, shown and undone.
    trigger(window, "link_height")
    trigger(window, "link_here")
    assert session.reading.of("projections#2").placement.z_mm == 20.0
    assert "Heights linked with an offset of +20.0 mm" in window.panes[1].viewport.info.notes
    assert "20.0 mm apart" in window.statusBar().currentMessage()
    session.set_height("projections", 90.0)
    assert session.height("projections#2") == 70.0
    session.set_height("projections#2", 30.0)
    assert session.height("projections") == 50.0
    session.stack.undo()
    session.set_height("projections", 40.0)
    assert session.height("projections#2") == 40.0
    assert not any("offset" in note for note in window.panes[1].viewport.info.notes)


def test_a_window_is_taken_over_where_it_is_linked_and_undone_at_once(window: Any) -> None:
    session = window.session
    trigger(window, "duplicate_slices")
    for pane in (0, 1):
        session.set_active(pane)
        trigger(window, "link_window")
    wanted = Window(0.03, 0.02, "linear_exact")
    window.panes[0].viewport.window_committed.emit(session.window("projections"), wanted)
    assert session.window("projections") == session.window("projections#2") == wanted
    session.stack.undo()
    assert session.window("projections") != wanted
    assert session.window("projections#2") != wanted


def test_placements_carry_points_and_their_inverse() -> None:
    moved = Placement(3.0, -4.0, 0.0, 12.0, scale=1.1, centre_mm=(5.0, 6.0, 0.0), origin="user")
    first, second = Plane(90.0, world="a"), Plane(90.0, world="b", placement=moved)
    found = link(first, second)
    assert found.kind == "geometry"
    point = (17.0, -8.0)
    seen = found.forward(point)
    assert seen is not None
    assert moved.to_common(seen) == pytest.approx(point)
    assert found.backward(seen) == pytest.approx(point)
    # Lengths: a millimetre here is 1/1.1 there.
    other = found.forward((18.0, -8.0))
    assert np.hypot(other[0] - seen[0], other[1] - seen[1]) == pytest.approx(found.magnification)
    # A mere offset in height does not move points of the plane.
    assert link(first, replace(first, placement=Placement(z_mm=5.0, origin="user"))).forward(point) == point


def test_the_keys_stay_with_the_active_viewport_when_the_arrangement_changes(window: Any, qtbot: Any) -> None:
    session = window.session
    window.activateWindow()
    session.set_active(session.layout.panes[0])
    window.active_pane.viewport.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.active_pane.viewport)
    for name in ("layout_3x3", "split_right", "close_viewport", "layout_1x2", "maximise", "maximise", "layout_1x1"):
        expected = session.active if name != "close_viewport" else None
        window.action_set[name].trigger()
        qtbot.wait(20)
        assert QApplication.focusWidget() is window.active_pane.viewport, name
        assert session.active in session.visible(), name
        assert expected is None or session.active == expected, name


def test_a_maximised_viewport_gives_way_when_another_arrangement_is_chosen(window: Any) -> None:
    session = window.session
    session.set_maximised(session.active)
    trigger(window, "split_right")
    assert session.maximised is None
    assert len(session.visible()) == session.layout.count == 3
