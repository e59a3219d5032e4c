"""Hanging protocols: which one suits, what it hangs, made by example, kept in files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from synthetic import FakeStudy

from app.gui import wait_until_settled
from app.hanging import Cell, HangingProtocol, HangingStore, Role, by_example, loading_order
from app.hanging.protocol import from_json, to_json
from app.hanging.store import prior_of
from app.reading.layout import Comparison, Layout, LinkSwitches, grid
from app.session import PROJECTION_SUFFIX, Reconstruction
from recon.algorithms import ShiftAndAdd
from recon.errors import BocageError

COUNTS = {"projections": 60, "volume": 50, "radiograph": 1, "other": 1}


def study(*kinds: str, uid: str = "now", when: str = "20260105", part: str = "KNEE", patient: str = "7") -> Any:
    def header() -> SimpleNamespace:
        return SimpleNamespace(patient_id=patient, study_date=when, study_time="", body_part=part)

    series = [
        SimpleNamespace(uid=f"{uid}-{kind}{i}", kind=kind, n_images=COUNTS[kind], modality="DX", header=header())
        for i, kind in enumerate(kinds)
    ]
    return SimpleNamespace(uid=uid, header=header(), series=tuple(series))


@pytest.fixture
def store(tmp_path: Path) -> HangingStore:
    return HangingStore(tmp_path / "hanging")


def hung(store: HangingStore, *kinds: str) -> Layout:
    return store.best(study(*kinds), ()).layout


def test_what_comes_with_the_program(store: HangingStore) -> None:
    both = hung(store, "radiograph", "projections")
    assert both.is_grid(1, 2)
    assert both.hung[:3] == ("now-projections1", "now-radiograph0", "now-projections1" + PROJECTION_SUFFIX)
    assert loading_order(both, study("radiograph", "projections").series) == ["now-radiograph0", "now-projections1"]
    alone = hung(store, "projections")
    assert alone.hung[:2] == ("now-projections0", "now-projections0" + PROJECTION_SUFFIX)
    assert loading_order(alone, ()) == ["now-projections0"]
    assert (hung(store, "volume").count, hung(store, "volume").hung[0]) == (1, "now-volume0")
    assert hung(store, "volume", "radiograph").hung[:2] == ("now-volume0", "now-radiograph1")
    assert hung(store, "radiograph", "radiograph").count == 2
    assert hung(store, "radiograph").count == 1
    assert hung(store, "other").panes == (0,)


def test_the_latest_prior_of_the_same_patient_hangs_beside(store: HangingStore) -> None:
    now = study("projections", "radiograph")
    before = study("projections", "radiograph", uid="old", when="20240101")
    older = study("projections", uid="older", when="20200101")
    other = study("projections", uid="other", when="20250101", patient="8")
    studies = (now, before, older, other)
    assert prior_of(now, studies) is before
    layout = store.best(now, studies).layout
    assert layout.is_grid(2, 2)
    assert layout.hung[:4] == ("now-projections0", "old-projections0", "now-radiograph1", "old-radiograph1")
    assert prior_of(study("projections", patient=""), studies) is None, "no ID says nothing"


def test_by_example_and_back_again(store: HangingStore) -> None:
    now = study("projections", "radiograph")
    layout = Layout(grid(2, 2), outside=(4,))
    layout = layout.with_hung(0, "now-projections0").with_hung(1, "now-projections0#2").with_hung(2, "now-radiograph1")
    layout = layout.with_compared(0, Comparison("now-radiograph1", "blend", vertical=False))
    layout = layout.with_links(1, LinkSwitches(window=True)).with_hung(4, "now-projections0#projection")
    thick = Reconstruction(12.0, 3.0, 0.0, 100.0, ShiftAndAdd())
    made = by_example("Knee", layout, now, None, {"now-projections0#2": thick}, {2: (1, False, True)})
    saved = store.save(replace(made, body_parts=("KNEE",)))
    assert saved.key == "knee"
    assert store.protocols()[0] == saved

    # Another study of a knee is hung the same way, a chest is not.
    again = store.best(study("radiograph", "projections", uid="next"), ())
    assert again.layout.root == layout.root
    assert again.layout.outside == (4,)
    assert again.layout.hung[:5] == (
        "next-projections1", "next-projections1#2", "next-radiograph0", None, "next-projections1#projection",
    )  # fmt: skip
    assert again.layout.compared[0] == Comparison("next-radiograph0", "blend", vertical=False)
    assert again.layout.links[1].window
    assert again.values["next-projections1#2"]["thickness_mm"] == 12.0
    assert again.duplicates == {"next-projections1#2": "next-projections1"}
    assert again.orientations[2] == (1, False, True)
    assert store.best(study("projections", "radiograph", part="CHEST"), ()).layout.is_grid(1, 2)
    # Chosen by hand only.
    store.save(replace(saved, automatic=False))
    assert store.best(now, ()).layout.is_grid(1, 2)
    store.remove(saved)
    assert all(not protocol.own for protocol in store.protocols())


def test_files_are_read_strictly_and_never_lost(store: HangingStore) -> None:
    protocol = HangingProtocol("k", "T", cells=MappingProxyType({0: Cell(Role("volume"))}), own=True)
    assert from_json(to_json(protocol), "k", own=True) == protocol
    for text, what in (
        ("{", "k.json"),
        ('{"format": "x"}', "bocage-hanging"),
        ('{"format": "bocage-hanging", "version": 9}', "version 1"),
        ('{"format": "bocage-hanging", "version": 1, "root": 0}', "'title' is missing"),
        ('{"format": "bocage-hanging", "version": 1, "title": "", "root": {"beside": true, "parts": [1, 1]}}', "once"),
    ):
        with pytest.raises(BocageError, match=what):
            from_json(text, "k")
    store.folder.mkdir()
    (store.folder / "broken.json").write_text("{")
    assert all(not found.own for found in store.protocols())
    assert "broken.json" in store.problems[0]
    assert (store.folder / "broken.json").exists()


def test_a_protocol_hangs_the_window(make_window: Any) -> None:
    window = make_window(FakeStudy().services())
    cells = {
        0: Cell(Role("projections"), values=MappingProxyType({"thickness_mm": 9.0}), flip_horizontal=True),
        1: Cell(Role("projections", part="2"), values=MappingProxyType({"algorithm": "shift-and-add"})),
        2: Cell(Role("radiograph"), quarter_turns=1),
    }
    window.hanging.save(HangingProtocol("", "Three", root=grid(1, 3), cells=MappingProxyType(cells)))
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    assert [window.panes[pane].uid for pane in range(3)] == ["projections", "projections#2", "radiograph"]
    assert window.session.reading.of("projections").reconstruction.thickness_mm == 9.0
    assert window.session.reading.of("projections#2").reconstruction.thickness_mm == 9.0, (
        "as the first, where nothing is said"
    )
    assert window.panes[1].picture.source.algorithm.name == "shift-and-add"
    assert window.panes[0].picture.source.algorithm.name == "fbp"
    assert window.panes[0].viewport.transform.flip_horizontal
    assert window.panes[2].viewport.transform.quarter_turns == 1
    assert len(window.session.stack) == 0


def test_kept_from_the_page_used_from_the_menu_and_undone(make_window: Any) -> None:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.session.set_layout(Layout.of_grid(2, 1, ("radiograph", "projections")))
    window.panes[0].viewport.navigate(window.panes[0].viewport.transform.mirrored())
    window.action_set["hanging_protocols"].trigger()
    page = window.pages["hangings"]
    page.name.setText("Stacked")
    page.automatic.setChecked(False)
    page.save.click()
    assert page.table.item(0, 0).text() == "Stacked"
    assert page.table.item(0, 2).checkState() is not page.table.item(1, 2).checkState()

    window.session.set_layout(Layout.of_grid(1, 1, ("projections",)))
    window.panes[0].viewport.navigate(window.panes[0].viewport.transform.upright())
    wait_until_settled(window, 20)
    window.hangings.fill(window._hanging)
    actions = {action.text(): action for action in window._hanging.actions()}
    assert not actions["Current and prior slices"].isEnabled()
    assert "lacks a picture" in actions["Current and prior slices"].toolTip()
    actions["Stacked"].trigger()
    wait_until_settled(window, 20)
    assert window.session.layout.is_grid(2, 1)
    assert [window.panes[pane].uid for pane in (0, 1)] == ["radiograph", "projections"]
    assert window.panes[0].viewport.transform.flip_horizontal
    window.session.stack.undo()
    wait_until_settled(window, 20)
    assert window.session.layout.is_grid(1, 1)
    # Renamed and deleted.
    page.table.item(0, 0).setText("One above the other")
    assert window.hanging.protocols()[0].title == "One above the other"
    page.table.selectRow(0)
    page.delete.click()
    assert not window.hanging.protocols()[0].own
    assert not page.delete.isEnabled()
