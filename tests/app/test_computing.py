"""Stack algorithms, views left out and density in the real window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from ball import BALL, write_study
from PySide6.QtCore import QPoint, Qt

from app.gui import process_events, wait_until_settled
from app.session import Layout
from recon.algorithms.fbp import FilteredBackProjection
from recon.algorithms.huber import Huber
from recon.algorithms.sirt import Sirt
from recon.corrections import CORRECTIONS
from recon.corrections.scatter import ScatterCorrection
from recon.corrections.skin_line import SkinLine
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.quality.thickness import effective_thickness_mm
from recon.stack_volume import StackVolume


@pytest.fixture
def window(make_window: Any, tmp_path: Path) -> Any:
    made = make_window()
    made.open_paths([write_study(tmp_path / "study")])
    wait_until_settled(made, 60)
    uid = made.session.slices_on_screen()
    made.session.set_reconstruction(uid, low_mm=20.0, high_mm=110.0, interval_mm=5.0)
    made.session.set_height(uid, 60.0)
    wait_until_settled(made, 20)
    return made


def source(window: Any) -> Any:
    return window.session.pictures[window.session.slices_on_screen()].source


def reconstruction(window: Any) -> Any:
    return window.session.reading.of(window.session.slices_on_screen()).reconstruction


def choose(window: Any, name: str) -> None:
    box = window.docks.panel.algorithm_box
    box.setCurrentIndex(box.findData(name))


def computation(window: Any) -> Any:
    return window.session.follower.computation(window.session.slices_on_screen())


def test_planes_wait_for_a_word_and_are_shown(window: Any, qtbot: Any) -> None:
    bar = window.docks.panel.computation_bar
    assert bar.isHidden()
    before = source(window)
    choose(window, "sirt")
    wait_until_settled(window, 20)
    assert source(window) is before, "what is shown stays until the planes are there"
    assert computation(window).state == "needed"
    assert not bar.compute_button.isHidden()
    assert "19 slices are computed together" in bar.text.text()
    assert window.action_set["compute"].isEnabled()
    assert not window.action_set["stop_computing"].isEnabled()
    seen: list[int] = []
    window.session.computing_changed.connect(lambda _: seen.append(computation(window).iteration))
    qtbot.mouseClick(bar.compute_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: computation(window).state == "done", timeout=60000)
    wait_until_settled(window, 20)
    assert isinstance(source(window), StackVolume)
    # Each iteration is told as it is done; a busy window hears of several at a time.
    assert len(seen) >= 10
    assert seen == sorted(seen)
    assert len(computation(window).residuals) == 10
    assert "10 iterations, residual" in bar.text.text()
    assert not bar.curve.isHidden()
    slab = window.panes[0].viewport.slab
    assert slab.value_at(*BALL[:2]) > 1.2 * slab.value_at(BALL[0] - 20, BALL[1])
    assert window.panes[0].viewport.display_window is not None


def test_undo_and_redo_bring_slices_back_without_computing(window: Any, qtbot: Any) -> None:
    live = source(window)
    choose(window, "sirt")
    window.session.follower.compute(window.session.slices_on_screen())
    qtbot.waitUntil(lambda: computation(window).state == "done", timeout=60000)
    planes = source(window)
    window.action_set["undo"].trigger()
    assert source(window) is live
    assert computation(window) is None
    assert window.docks.panel.computation_bar.isHidden()
    window.action_set["redo"].trigger()
    assert source(window) is planes
    assert computation(window).state == "done"


def test_other_parameters_need_computing_again(window: Any, qtbot: Any) -> None:
    uid = window.session.slices_on_screen()
    choose(window, "sirt")
    window.session.follower.compute(uid)
    qtbot.waitUntil(lambda: computation(window).state == "done", timeout=60000)
    window.session.set_reconstruction(uid, algorithm=Sirt(iterations=3))
    assert computation(window).state == "needed"
    assert isinstance(source(window), LiveVolume)
    window.session.set_reconstruction(uid, thickness_mm=12.0)
    window.action_set["undo"].trigger()
    window.action_set["undo"].trigger()
    assert computation(window).state == "done"


def test_a_run_is_stopped_and_kept(window: Any, qtbot: Any) -> None:
    uid = window.session.slices_on_screen()
    choose(window, "huber")
    window.session.set_reconstruction(uid, algorithm=Huber(iterations=200))
    window.session.follower.compute(uid)
    qtbot.waitUntil(lambda: computation(window).iteration >= 2, timeout=60000)
    assert window.action_set["stop_computing"].isEnabled()
    window.action_set["stop_computing"].trigger()
    qtbot.waitUntil(lambda: computation(window).state == "done", timeout=60000)
    assert 2 <= computation(window).iteration < 200
    kept, bar = source(window), window.docks.panel.computation_bar
    assert isinstance(kept, StackVolume)
    assert f"Stopped after {kept.iterations} of 200 iterations, residual" in bar.text.text()
    # It can be computed further, and what was kept comes back when that is given up at once.
    assert not bar.compute_button.isHidden()
    assert window.action_set["compute"].isEnabled()
    window.action_set["compute"].trigger()
    assert computation(window).state == "running"
    window.session.follower.cancel(uid)
    assert computation(window).stopped
    assert source(window) is kept
    # Stopped at its start there is nothing to keep.
    window.session.set_reconstruction(uid, algorithm=Huber(iterations=100))
    window.session.follower.compute(uid)
    window.session.follower.stop_and_keep(uid)
    qtbot.waitUntil(lambda: computation(window).state != "running", timeout=60000)
    assert computation(window).state == "needed"
    assert isinstance(source(window), LiveVolume)
    assert window.session.busy(uid) is None


def test_one_slice_alone_is_not_offered(window: Any) -> None:
    uid, bar = window.session.slices_on_screen(), window.docks.panel.computation_bar
    window.session.set_reconstruction(uid, low_mm=60.0, high_mm=62.0)
    choose(window, "sirt")
    assert bar.compute_button.isHidden()
    assert "one slice only" in bar.text.text()
    assert not window.action_set["compute"].isEnabled()
    assert "one slice only" in window.action_set["compute"].toolTip()
    window.session.follower.compute(uid)
    assert computation(window).state == "needed"
    window.session.set_reconstruction(uid, high_mm=65.0)
    assert "2 slices are computed together" in bar.text.text()
    assert not bar.compute_button.isHidden()
    window.session.set_layout(Layout.of_grid(1, 1))
    assert bar.isHidden(), "there are no slices to compute"


def test_a_run_is_cancelled(window: Any, qtbot: Any, tmp_path: Path) -> None:
    uid = window.session.slices_on_screen()
    live = source(window)
    choose(window, "huber")
    window.session.set_reconstruction(uid, algorithm=Huber(iterations=200))
    window.session.follower.compute(uid)
    qtbot.waitUntil(lambda: computation(window).iteration >= 1, timeout=60000)
    window.handlers.file.export_slices(tmp_path / "out")
    assert "still being computed" in window.messages.text
    assert not window.exports.is_busy()
    window.action_set["cancel_reconstruction"].trigger()
    assert computation(window).state == "needed"
    assert source(window) is live
    wait_until_settled(window, 20)


def test_views_are_left_out_at_once_and_told(window: Any, qtbot: Any) -> None:
    window.action_set["views"].trigger()
    chooser = window.docks.views.chooser
    assert chooser.list.count() == 15
    qtbot.waitUntil(lambda: not chooser.missing_pictures, timeout=10000)
    chooser.list.item(2).setSelected(True)
    chooser.list.item(9).setSelected(True)
    qtbot.mouseClick(chooser.toggle_button, Qt.MouseButton.LeftButton)
    assert source(window).excluded == {2, 9}
    assert "13 of 15 views are used" in chooser.label.text()
    assert "2 of 15 views left out: 3, 10" in window.docks.panel.facts_label.text()
    qtbot.keyClick(chooser.list, Qt.Key.Key_Delete)
    assert source(window).excluded == frozenset()
    qtbot.keyClick(chooser.list, Qt.Key.Key_Delete)
    assert source(window).excluded == {2, 9}
    window.action_set["undo"].trigger()
    window.action_set["undo"].trigger()
    assert source(window).excluded == {2, 9}
    assert window.action_set["undo"].text() == "&Undo views left out"
    window.action_set["undo"].trigger()
    assert source(window).excluded == frozenset()
    assert "All 15 views" in chooser.label.text()


def test_too_few_views_are_refused_and_the_picture_stays(window: Any) -> None:
    before = source(window)
    window.docks.views.chooser._change(frozenset(range(14)))
    assert source(window) is before
    assert "At least two views" in window.messages.text
    assert "All 15 views" in window.docks.views.chooser.label.text()
    window.docks.views.chooser._change(frozenset(range(15)))
    assert source(window) is before
    assert "All 15 views" in window.docks.views.chooser.label.text()
    assert window.session.stack.redo_text == ""
    window.action_set["undo"].trigger()
    assert reconstruction(window).interval_mm != 5.0, "undo takes back what was done before the refusal"
    assert "At least two views" in window.messages.text
    window.action_set["redo"].trigger()
    assert reconstruction(window).interval_mm == 5.0
    assert reconstruction(window).excluded == frozenset()


def test_density_needs_no_filtering(window: Any) -> None:
    uid = window.session.slices_on_screen()
    levels = source(window).levels
    dark = float(np.nanmean(window.panes[0].viewport.slab.pixels))
    window.session.set_reconstruction(uid, algorithm=FilteredBackProjection(low_frequency_share=0.8))
    assert source(window).levels is levels
    wait_until_settled(window, 20)
    assert float(np.nanmean(window.panes[0].viewport.slab.pixels)) > 1.5 * dark


def test_the_panel_shows_effective_beside_nominal_thickness(window: Any) -> None:
    label, session = window.docks.panel.effective_label, window.session
    uid = session.slices_on_screen()

    def shown() -> list[float]:
        return [float(number) for number in re.findall(r"([\d.]+) mm for", label.text())]

    session.set_reconstruction(uid, thickness_mm=0.0)
    thin = shown()
    assert len(thin) == 2
    assert thin[0] < thin[1], "coarser detail is seen through more of the body"
    geometry = source(window).geometry
    assert thin[0] == pytest.approx(effective_thickness_mm(geometry, source(window).algorithm, 60.0), abs=0.05)
    session.set_reconstruction(uid, thickness_mm=20.0)
    assert shown()[0] > thin[0]
    session.set_reconstruction(uid, thickness_mm=0.0, excluded=frozenset({0, 1, 2, 12, 13, 14}))
    assert shown()[0] > 1.3 * thin[0], "less of the sweep is used"
    few = shown()[0]
    session.set_height(uid, 100.0)
    process_events(0.5)  # while heights are gone through, the panel waits for the end
    assert shown()[0] != few
    choose(window, "sirt")
    assert label.text() == "Effective thickness: not predicted for this algorithm"


def test_corrections_are_switched_followed_and_undone(window: Any, qtbot: Any) -> None:
    panel, session = window.docks.panel, window.session
    corrections = panel.correction_panel
    assert list(corrections.switches) == list(CORRECTIONS)
    before, parameters = source(window), corrections.parameter_panels["scatter"]
    automatic = session.automatic.of(session.slices_on_screen())
    assert parameters.isHidden()
    qtbot.mouseClick(corrections.switches["scatter"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert not parameters.isHidden()
    assert source(window) is before, "the picture stays until the other is there"
    wait_until_settled(window, 20)
    assert source(window).corrections == (ScatterCorrection(),)
    assert source(window) is not before
    assert "scatter" in panel.facts_label.text().lower()
    widened = session.automatic.of(session.slices_on_screen()).width
    assert widened > 1.1 * automatic.width, "contrast that scatter veiled"
    assert window.action_set["undo"].text() == "&Undo correction"
    parameters.controls["share"].entry.setValue(0.6)
    wait_until_settled(window, 20)
    assert source(window).corrections == (ScatterCorrection(share=0.6),)
    parameters.controls["share"].entry.setValue(0.5)
    window.action_set["undo"].trigger()
    assert parameters.values()["share"] == pytest.approx(0.6), "each typed value is a step of its own"
    window.action_set["undo"].trigger()
    window.action_set["undo"].trigger()
    wait_until_settled(window, 20)
    assert source(window).corrections == ()
    assert not corrections.switches["scatter"].isChecked()
    session.set_reconstruction(session.slices_on_screen(), corrections=(ScatterCorrection(share=0.7),))
    assert corrections.switches["scatter"].isChecked()
    assert parameters.values()["share"] == pytest.approx(0.7)


def test_the_automatic_window_follows_a_correction_while_planes_wait(window: Any, qtbot: Any) -> None:
    session, uid = window.session, window.session.slices_on_screen()
    automatic = session.automatic.of(uid)
    choose(window, "sirt")
    told: list[str] = []
    session.busy_changed.connect(lambda _: told.append(session.busy(uid).text if session.busy(uid) else ""))
    switch = window.docks.panel.correction_panel.switches["scatter"]
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    wait_until_settled(window, 20)
    assert source(window).corrections == (ScatterCorrection(),)
    assert session.automatic.of(uid).width > 1.1 * automatic.width
    assert told[0] == ScatterCorrection.title
    assert FilteredBackProjection.title not in told


def test_a_correction_that_does_not_apply_is_told_and_switched_off(
    window: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise BocageError("There is no skin to be seen.")

    monkeypatch.setattr(SkinLine, "prepare", refuse)
    before, switch = source(window), window.docks.panel.correction_panel.switches["skin-line"]
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    wait_until_settled(window, 20)
    assert source(window) is before
    assert "There is no skin to be seen." in window.messages.text
    assert not switch.isChecked()
    window.action_set["undo"].trigger()
    wait_until_settled(window, 20)
    assert reconstruction(window).interval_mm != 5.0, "undo takes back what was done before the refusal"
    window.action_set["redo"].trigger()
    # With planes to be computed chosen, these stay chosen.
    choose(window, "sirt")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    window.session.set_reconstruction(window.session.slices_on_screen(), thickness_mm=9.0)
    wait_until_settled(window, 20)
    assert not switch.isChecked()
    assert (reconstruction(window).algorithm, reconstruction(window).corrections) == (Sirt(), ())
    assert reconstruction(window).thickness_mm == 9.0
    for text in ("slice thickness", "algorithm", "slice interval"):
        assert window.session.stack.undo_text == text
        window.action_set["undo"].trigger()
    wait_until_settled(window, 20)
    assert reconstruction(window).corrections == ()


def test_written_slices_name_the_corrections_and_views_they_are_made_of(window: Any, tmp_path: Path) -> None:
    uid = window.session.slices_on_screen()
    window.session.set_reconstruction(
        uid, corrections=(ScatterCorrection(),), excluded=frozenset({1}), low_mm=60.0, high_mm=65.0
    )
    wait_until_settled(window, 20)
    window.handlers.file.export_slices(tmp_path / "out")
    wait_until_settled(window, 30)
    data = pydicom.dcmread(next((tmp_path / "out").rglob("*.dcm")))
    assert "Corrected: Scatter correction (share=0.3" in data.DerivationDescription
    assert "14 projections" in data.DerivationDescription
