"""Protocols in the reading session and the window: what slices start with, choosing another, undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import synthetic
from synthetic import FakeStudy

from app.gui import wait_until_settled
from app.protocols import find_protocol
from app.session import SeriesState
from app.session.auto_window import automatic_window
from app.session.state import command_text, first_reconstruction, started
from recon.algorithms import FilteredBackProjection
from recon.progress import SILENT
from widgets.window import Window


def opened(make_window: Any, body_part: str) -> tuple[Any, FakeStudy]:
    study = FakeStudy(body_part=body_part)
    window = make_window(study.services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    return window, study


def test_slices_start_with_their_protocol_within_the_sources_heights() -> None:
    source = synthetic.FakeLive(synthetic.projection_set())  # 0 to 200 mm
    hand = first_reconstruction(source, 5.0, find_protocol("hand"))
    assert (hand.low_mm, hand.high_mm, hand.interval_mm, hand.thickness_mm) == (0.0, 140.0, 0.5, 1.0)
    assert hand.algorithm == FilteredBackProjection(
        window="cosine", low_frequency_share=0.2, effective_thickness_mm=1.0
    )
    assert hand.protocol == "hand"
    none = first_reconstruction(source, 5.0)
    assert (none.low_mm, none.high_mm, none.thickness_mm, none.protocol) == (0.0, 200.0, 5.0, "")
    assert started(replace(source, algorithm=hand.algorithm), 3.0, "", none).algorithm == FilteredBackProjection()
    fewer = replace(none, excluded=frozenset({1}))
    assert started(source, 3.0, "hand", fewer) == replace(hand, excluded=frozenset({1}))
    assert command_text(SeriesState(reconstruction=none), SeriesState(reconstruction=hand)) == "protocol"


def test_a_study_opens_with_the_protocol_of_its_body_part(make_window: Any) -> None:
    window, study = opened(make_window, "HAND")
    uid = window.session.slices_on_screen()
    reconstruction = window.session.reading.of(uid).reconstruction
    assert reconstruction.protocol == "hand"
    assert reconstruction.thickness_mm == 1.0
    # Filtered once, with the protocol's own filter.
    assert study.live is not None
    assert study.live.algorithm == reconstruction.algorithm
    assert window.session.pictures[uid].source is study.live
    panel = window.docks.panel
    assert panel.protocol_box.currentText() == "Hand"
    assert panel.protocol_note.text() == "From the study's body part"
    assert len(window.session.stack) == 0
    window.session.set_reconstruction(uid, thickness_mm=3.0)
    assert panel.protocol_note.text() == "From the study's body part, changed since"
    window.session.stack.undo()
    assert panel.protocol_note.text() == "From the study's body part"


def test_the_window_is_the_protocols_share_of_the_automatic_one(make_window: Any) -> None:
    window, study = opened(make_window, "PELVIS")
    session, uid = window.session, window.session.slices_on_screen()
    plain = automatic_window(study.live, session.height(uid), 4.0, SILENT)
    got = session.window(uid)
    assert isinstance(got, Window)
    assert got.width == pytest.approx(1.3 * plain.width)
    assert got.centre == pytest.approx(plain.centre + 0.05 * plain.width)


def test_choosing_a_protocol_is_one_command(make_window: Any) -> None:
    window, _ = opened(make_window, "CHEST")
    session, panel = window.session, window.docks.panel
    uid = session.slices_on_screen()
    before, first_window = session.reading.of(uid).reconstruction, session.window(uid)
    panel.protocol_changed.emit("pelvis")
    wait_until_settled(window, 20)
    after = session.reading.of(uid).reconstruction
    assert (after.protocol, after.thickness_mm, after.interval_mm) == ("pelvis", 4.0, 2.0)
    assert session.pictures[uid].source.algorithm == after.algorithm
    assert panel.protocol_note.text() == "Chosen here"
    assert session.window(uid).width == pytest.approx(1.3 * first_window.width, rel=0.05)
    assert session.stack.undo_text == "protocol"
    session.stack.undo()
    wait_until_settled(window, 20)
    assert session.reading.of(uid).reconstruction == before
    assert panel.protocol_box.currentText() == "Chest"
    assert session.window(uid).width == pytest.approx(first_window.width, rel=0.05)
    assert len(session.stack) == 0
    panel.protocol_changed.emit("")
    wait_until_settled(window, 20)
    none = session.reading.of(uid).reconstruction
    assert (none.protocol, none.algorithm) == ("", FilteredBackProjection())
    assert (none.low_mm, none.high_mm) == synthetic.HEIGHT_RANGE
    assert not panel.protocol_note.isVisible()


def test_a_window_measured_for_the_protocol_before_is_not_taken(make_window: Any) -> None:
    window, _ = opened(make_window, "CHEST")
    session, uid = window.session, window.session.slices_on_screen()
    session.automatic.measure(uid)  # Told after the next line, whenever it is done.
    session.set_protocol(uid, "pelvis")
    wait_until_settled(window, 20)
    plain = automatic_window(session.pictures[uid].source, session.height(uid), 4.0, SILENT)
    assert session.window(uid).width == pytest.approx(1.3 * plain.width)


def test_the_readers_own_window_stays_when_the_protocol_changes(make_window: Any) -> None:
    window, _ = opened(make_window, "CHEST")
    session, uid = window.session, window.session.slices_on_screen()
    mine = Window(0.03, 0.05, "linear_exact")
    session.set_window(uid, mine)
    session.set_protocol(uid, "hand")
    wait_until_settled(window, 20)
    assert session.window(uid) == mine
    session.set_window(uid, None)
    wait_until_settled(window, 20)
    assert session.window(uid) != mine


def test_an_unknown_part_opens_as_before(make_window: Any) -> None:
    window, study = opened(make_window, "PHANTOM")
    uid = window.session.slices_on_screen()
    reconstruction = window.session.reading.of(uid).reconstruction
    assert reconstruction.protocol == ""
    assert reconstruction.thickness_mm == window.session.first_thickness_mm
    assert study.live is not None
    assert study.live.algorithm == FilteredBackProjection()
    assert window.docks.panel.protocol_box.currentText() == "No protocol"
