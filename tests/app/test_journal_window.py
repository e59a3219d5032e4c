"""The window with its journal: work comes back, nothing leaks into another study, what is not saved is told."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import synthetic
from synthetic import FakeStudy, entry

from app.dicom.read.model import Catalogue, StudyEntry
from app.gui import process_events, wait_until_settled
from app.journal import schema, store
from app.journal.encode import encode
from app.journal.store import Study, Unfinished
from app.reading.findings import Finding
from recon.algorithms import ShiftAndAdd
from recon.progress import Progress
from widgets.measurements import Measurement
from widgets.window import LutWindow, Window

UID = "projections"


class TwoStudies(FakeStudy):
    """Two studies of projections and a radiograph; a folder named "one" holds only the first."""

    def scan(self, paths: list[Path], progress: Progress, on_found: Any) -> Catalogue:
        first = super().catalogue().studies[0]
        other = StudyEntry("T", synthetic.HEADER, (entry("others", "projections", 5, "T"),))
        return Catalogue((first,) if paths[0].name == "one" else (first, other))


def opened(make_window: Any, path: Path, services: FakeStudy | None = None) -> Any:
    window = make_window((services or FakeStudy()).services())
    window.open_paths([path])
    wait_until_settled(window, 20)
    return window


def wait(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    limit = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < limit
        process_events(0.01)


def saved(window: Any) -> None:
    assert window.journal.keeper.flush(10)
    wait(lambda: window.journal.label.text() == "All changes saved")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "study of today"
    folder.mkdir()
    return folder


def work(window: Any) -> None:
    session = window.session
    session.add_measurement(UID, Measurement("a", "length", ((0.0, 0.0), (30.0, 40.0)), 60.0))
    session.set_window(UID, Window(0.03, 0.02, "sigmoid"))
    session.set_window("radiograph", LutWindow(0.0, list(range(256)), 8))
    session.set_reconstruction(UID, thickness_mm=12.0, algorithm=ShiftAndAdd())
    session.change("finding", replace(session.reading, findings=(Finding("f", UID, "nodule", height_mm=60.0),)))
    session.set_layout(session.layout.with_grid(2, 1))
    session.set_height(UID, 60.0)
    session.set_active(1)


def test_work_comes_back_after_a_clean_close_and_cannot_be_undone_by_accident(make_window: Any, path: Path) -> None:
    window = opened(make_window, path)
    assert window.journal.label.text() == ""  # nothing done, nothing said
    work(window)
    saved(window)
    assert str(window.journal.keeper.folder) in window.journal.label.toolTip()
    before = window.session.reading
    window.close()
    again = opened(make_window, path)
    session = again.session
    assert session.reading == before
    assert session.height(UID) == pytest.approx(60.0)
    assert session.active == 1
    assert len(session.stack) == 0
    assert session.stack.undo_text == ""
    said = again.statusBar().currentMessage()
    assert "1 measurement" in said
    assert "2 windows" in said
    assert "1 finding" in said
    assert again.messages.text == ""
    assert again.journal.offer.isHidden()
    # And goes on from there.
    session.add_measurement(UID, Measurement("b", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    saved(again)
    again.close()
    third = opened(make_window, path)
    assert [item.id for item in third.session.reading.of(UID).measurements] == ["a", "b"]


def test_looking_alone_leaves_nothing(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    window.session.set_height(UID, 33.0)
    process_events(1.2)
    window.close()
    connection = sqlite3.connect(own_data / schema.FILE_NAME)
    assert connection.execute("SELECT count(*) FROM branches").fetchone()[0] == 0
    assert connection.execute("SELECT count(*) FROM sessions WHERE ended_at IS NULL").fetchone()[0] == 0
    connection.close()


def test_zoom_and_turns_come_back(make_window: Any, path: Path) -> None:
    window = opened(make_window, path)
    window.linker.linked = False
    window.session.add_measurement(UID, Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    view = window.panes[0].viewport
    view.navigate(view.transform.rotated(1).zoomed_about((5.0, 6.0), 2.5))
    shown, beside = view.transform, window.panes[1].viewport.transform
    saved(window)
    window.close()
    again = opened(make_window, path)
    wait(lambda: again.panes[0].viewport.transform.pixels_per_mm == pytest.approx(shown.pixels_per_mm))
    found = again.panes[0].viewport.transform
    assert found.quarter_turns == 1
    assert found.centre_mm == pytest.approx(shown.centre_mm)
    found = again.panes[1].viewport.transform
    assert found.pixels_per_mm == pytest.approx(beside.pixels_per_mm)
    assert found.centre_mm == pytest.approx(beside.centre_mm)


def test_undone_is_gone_and_redone_is_there(make_window: Any, path: Path) -> None:
    window = opened(make_window, path)
    for name in "abc":
        window.session.add_measurement(UID, Measurement(name, "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    window.session.stack.undo()
    window.session.stack.undo()
    window.session.stack.redo()
    window.close()
    again = opened(make_window, path)
    assert [item.id for item in again.session.reading.of(UID).measurements] == ["a", "b"]


def test_a_radiograph_that_starts_inverted_stays_so_when_only_a_measurement_comes_back(
    make_window: Any, path: Path
) -> None:
    class Inverted(FakeStudy):
        def load(self, wanted: Any, **options: Any) -> Any:
            found = super().load(wanted, **options)
            return replace(found, inverted=True) if wanted.kind == "radiograph" else found

    window = opened(make_window, path, Inverted())
    assert window.session.reading.of("radiograph").inverted
    window.session.add_measurement("radiograph", Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0))))
    window.close()
    again = opened(make_window, path, Inverted())
    assert again.session.reading.of("radiograph").inverted
    assert len(again.session.reading.of("radiograph").measurements) == 1


def test_studies_keep_their_own(make_window: Any, path: Path) -> None:
    window = opened(make_window, path, TwoStudies())
    session, opening = window.session, window.opening
    finding = Finding("f", UID, "of S")
    session.change("finding", replace(session.reading, findings=(finding,)))
    opening.show_study("T")
    wait_until_settled(window, 20)
    assert session.reading.findings == ()
    session.add_measurement("others", Measurement("t", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    # A series of the other study hung beside: what is done to it belongs to its own study.
    opening.show_series(UID, 1)
    wait_until_settled(window, 20)
    session.add_measurement(UID, Measurement("s", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    opening.show_study("S")
    wait_until_settled(window, 20)
    assert session.reading.findings == (finding,)
    assert session.stack.undo_text == ""
    saved(window)
    window.close()
    one = path / "one"
    one.mkdir()
    again = opened(make_window, one, TwoStudies())
    assert again.session.reading.findings == (finding,)
    assert [item.id for item in again.session.reading.of(UID).measurements] == ["s"]
    assert again.session.reading.of("others").measurements == ()
    again.open_paths([path])
    wait_until_settled(again, 20)
    again.opening.show_study("T")
    wait_until_settled(again, 20)
    assert again.session.reading.findings == ()
    assert [item.id for item in again.session.reading.of("others").measurements] == ["t"]
    # The prior that hung beside is open, so the arrangement is whole.
    assert UID in again.session.layout.hung


def test_a_duplicate_comes_back_with_its_own_thickness(make_window: Any, path: Path) -> None:
    window = opened(make_window, path)
    duplicate = window.session.duplicates.make(UID, 1)
    assert duplicate is not None
    window.session.set_reconstruction(duplicate, thickness_mm=33.0)
    window.close()
    again = opened(make_window, path)
    assert again.session.layout.hung[1] == duplicate
    assert again.session.pictures[duplicate].is_slices
    assert again.session.reading.of(duplicate).reconstruction.thickness_mm == 33.0


def test_not_saved_is_told_and_the_window_asks_once_before_it_leaves(
    make_window: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(make_window, path)
    session = window.session
    session.add_measurement(UID, Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    saved(window)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fail(*_: Any) -> None:
        raise full

    true = store.put_parts
    monkeypatch.setattr(store, "put_parts", fail)
    session.add_measurement(UID, Measurement("b", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    wait(lambda: "NOT saved" in window.journal.label.text())
    assert window.journal.label.text() == "NOT saved: the disk is full"
    assert "go on working" in window.journal.label.toolTip()
    session.add_measurement(UID, Measurement("c", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    assert not window.close()
    assert window.isVisible()
    assert "2 changes are not saved, because the disk is full" in window.messages.text
    monkeypatch.setattr(store, "put_parts", true)
    wait(lambda: window.journal.label.text() == "All changes saved")
    assert window.close()
    again = opened(make_window, path)
    assert [item.id for item in again.session.reading.of(UID).measurements] == ["a", "b", "c"]


def test_leaving_without_saving_is_possible(
    make_window: Any, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BOCAGE_DATA", str(tmp_path / "file" / "data"))
    window = opened(make_window, path)
    assert "could not be looked up" in window.messages.text
    window.session.add_measurement(UID, Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    wait(lambda: "NOT saved" in window.journal.label.text())
    assert not window.close()
    assert window.close()


def test_what_cannot_be_read_is_told_once_and_kept(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    window.close()
    connection = sqlite3.connect(own_data / schema.FILE_NAME)
    name = f"series/{UID}/measurements"
    text = encode((Measurement("a", "length", ((0.0, 0.0), (1.0, 0.0))),)).replace("length", "of tomorrow")
    connection.execute("UPDATE parts SET value = ? WHERE name = ?", (text, name))
    connection.execute("INSERT INTO parts SELECT branch, 'dose', 1, '7' FROM parts WHERE name = ?", (name,))
    connection.commit()
    again = opened(make_window, path)
    assert "of tomorrow" in again.messages.text
    assert again.session.reading.of(UID).measurements == ()
    assert again.session.reading.of(UID).windows["fbp"] == Window(0.03, 0.02, "sigmoid")
    assert len(again.session.reading.findings) == 1
    again.session.add_measurement(UID, Measurement("n", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    again.close()
    kept = dict(connection.execute("SELECT name, value FROM unread").fetchall())
    # What is not known at all stays among the parts; what was written over is kept beside.
    assert kept[name] == text
    parts = dict(connection.execute("SELECT name, value FROM parts").fetchall())
    assert parts["dose"] == "7"
    connection.close()


def test_other_files_under_the_same_study_are_told(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    window.close()
    connection = sqlite3.connect(own_data / schema.FILE_NAME)
    connection.execute("UPDATE studies SET fingerprint = 'another'")
    connection.commit()
    connection.close()
    again = opened(make_window, path)
    assert "not the same as when you worked on it last" in again.messages.text
    assert len(again.session.reading.of(UID).measurements) == 1


def test_no_patient_data_is_written(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    window.close()
    data = b"".join(file.read_bytes() for file in own_data.iterdir())
    for text in (synthetic.HEADER.patient_name, synthetic.HEADER.birth_date, "Phantom"):
        assert text.encode() not in data


def test_the_offer_is_made_without_opening_and_taken_once(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    saved(window)
    pretend_dead(own_data)
    first, second = make_window(FakeStudy().services()), make_window(FakeStudy().services())
    for each in (first, second):
        wait(lambda each=each: not each.journal.offer.isHidden())
        assert "6 changes to “study of today” are safe" in each.journal.offer.text
    first.journal.offer.restore_button.click()
    wait(lambda: first.session.slices_on_screen() == UID)
    wait_until_settled(first, 20)
    assert len(first.session.reading.of(UID).measurements) == 1
    second.journal.offer.restore_button.click()
    wait(lambda: "another window already" in second.messages.text)
    assert second.session.pictures == {}


def test_discarded_work_is_gone_and_can_be_brought_back(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    saved(window)
    pretend_dead(own_data)
    again = make_window(FakeStudy().services())
    wait(lambda: not again.journal.offer.isHidden())
    again.journal.offer.discard_button.click()
    assert not again.journal.offer.back_button.isHidden()
    assert again.journal.offer.restore_button.isHidden()
    wait(lambda: count(own_data, "discarded_at IS NOT NULL") == 1)
    again.journal.offer.back_button.click()
    wait(lambda: again.session.slices_on_screen() == UID)
    assert len(again.session.reading.of(UID).measurements) == 1


def test_opening_the_study_takes_the_offer(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    work(window)
    saved(window)
    pretend_dead(own_data)
    again = make_window(FakeStudy().services())
    wait(lambda: not again.journal.offer.isHidden())
    again.open_paths([path])
    wait_until_settled(again, 20)
    assert again.journal.offer.isHidden()
    assert len(again.session.reading.of(UID).measurements) == 1
    again.close()
    third = make_window(FakeStudy().services())
    process_events(0.5)
    assert third.journal.offer.isHidden()


def test_the_offer_speaks_of_other_studies_too(make_window: Any) -> None:
    window = make_window(FakeStudy().services())
    bar = window.journal.offer
    study = Study("1", ("/gone",), "knee")
    bar.show_offers([Unfinished(1, study, 1, 1.7e9, 1), Unfinished(2, Study("2", (), ""), 5, 1.7e9, 3)])
    assert "Your change to “knee” is safe" in bar.text
    assert "another study" in bar.text
    bar.discard_button.click()
    assert "kept for 30 days" in bar.text
    window.journal._restore(Unfinished(1, study, 1, 1.7e9, 0))
    bar.opened("1")
    assert "Your 5 changes to “2” are safe" in bar.text
    assert "3 other studies" in bar.text
    bar.opened("2")
    assert bar.isHidden()


def test_pictures_taken_without_a_user_leave_no_journal(qtbot: Any, own_data: Path) -> None:
    from app.main_window import MainWindow
    from app.settings import SettingsStore

    window = MainWindow(SettingsStore.temporary(), FakeStudy().services())
    assert window.journal.keeper is None
    window.close()
    assert not own_data.exists()


def test_forgetting_from_the_window(make_window: Any, path: Path) -> None:
    window = opened(make_window, path)
    work(window)
    saved(window)
    sizes: list[Any] = []
    window.journal.keeper.size(sizes.append)
    wait(lambda: bool(sizes))
    assert sizes[0].studies == 1
    assert sizes[0].size_bytes > 0
    window.journal.keeper.forget_all().result(5)
    window.close()
    again = opened(make_window, path)
    assert again.session.reading.of(UID).measurements == ()


def test_the_gui_thread_never_waits(make_window: Any, path: Path, own_data: Path) -> None:
    window = opened(make_window, path)
    window.session.add_measurement(UID, Measurement("0", "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
    saved(window)
    other = sqlite3.connect(own_data / schema.FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    keeper = window.journal.keeper
    longest = 0.0
    for number in range(1, 50):
        old = window.session.reading
        window.session.blockSignals(True)
        window.session.add_measurement(UID, Measurement(str(number), "length", ((0.0, 0.0), (1.0, 0.0)), 60.0))
        window.session.blockSignals(False)
        started = time.perf_counter()
        keeper._reading_changed(old, window.session.reading)
        longest = max(longest, time.perf_counter() - started)
    other.execute("ROLLBACK")
    other.close()
    assert longest < 0.05  # it takes microseconds; a wait for the lock would take seconds


def pretend_dead(folder: Path) -> None:
    """As if the processes of all sessions so far had been killed."""
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    connection.execute("UPDATE sessions SET process_started = 0")
    connection.commit()
    connection.close()


def count(folder: Path, where: str) -> int:
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    try:
        return int(connection.execute(f"SELECT count(*) FROM branches WHERE {where}").fetchone()[0])
    finally:
        connection.close()
