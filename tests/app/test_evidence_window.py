"""Saving a reading from the window, the offer to show it, and presentations to switch to and back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pydicom
import pytest
from evidence_study import measurements, write_study
from synthetic import FakeStudy

from app.dicom.read import scan
from app.gui import process_events, wait_until_settled
from app.reading.layout import LinkSwitches
from recon.progress import SILENT
from widgets.view_transform import ViewTransform
from widgets.window import Window


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study, and a reading saved beside it by the first test that needs one."""
    made = tmp_path_factory.mktemp("study")
    write_study(made)
    return made


def until(true: Callable[[], object]) -> None:
    for _ in range(400):
        if true():
            return
        process_events(0.02)
    raise AssertionError("did not happen")


def opened(make_window: Callable[..., Any], folder: Path) -> Any:
    window = make_window()
    window.open_paths([folder])
    wait_until_settled(window, 30)
    return window


def picture_of(window: Any, kind: str) -> str:
    return next(uid for uid, picture in window.session.pictures.items() if picture.kind == kind)


def saved(make_window: Callable[..., Any], folder: Path) -> Path:
    """Read the study and save the reading, unless that was done before."""
    target = folder / "bocage-reading-1"
    if target.exists():
        return target
    window = opened(make_window, folder)
    session = window.session
    live, radiograph = picture_of(window, "slices"), picture_of(window, "radiograph")
    session.set_height(live, 51.3)
    session.set_window(live, Window(0.03, 0.2, "linear_exact"))
    wait_until_settled(window, 20)
    own = measurements(session.height(live))
    session.add_measurements("measurements", {live: own[:3], radiograph: measurements(None)[:2]})
    window.action_set["key_image"].trigger()
    session.keeping.add_finding(live, own[0], 9.3)
    pane = next(pane for pane in window.panes if pane.uid == radiograph)
    session.set_window(radiograph, Window(2100.0, 900.0))
    window.linker.blockSignals(True)
    pane.viewport.set_transform(
        replace(pane.viewport.transform, pixels_per_mm=20.0, quarter_turns=1, centre_mm=(2.0, 1.0))
    )
    window.action_set["save_evidence"].trigger()
    page = window.pages["evidence"]
    assert page.counts["measurements"].text() == "5 measurements, 1 finding"
    assert page.counts["presentations"].text() == "2 viewports"
    assert page.place() == folder
    page.parts["captures"].setChecked(True)
    page.reader.setText("Anna Bell")
    assert page.save.isEnabled()
    page.save.click()
    until(page.outcome.text)
    assert page.outcome.text().startswith(f"Saved in {target}: 5 measurements, 1 finding, 1 list of key images")
    window.close()
    return target


def test_what_the_page_writes(make_window: Callable[..., Any], folder: Path) -> None:
    target = saved(make_window, folder)
    kinds = sorted(pydicom.dcmread(path).Modality for path in target.glob("*.dcm"))
    assert kinds == ["DX", "KO", "OT", "PR", "PR", "PR", "SR"]
    capture = pydicom.dcmread(target / "capture_001.dcm")
    assert capture.BurnedInAnnotation == "NO"
    assert capture.pixel_array.std() > 1
    report = pydicom.dcmread(target / "report.dcm")
    assert (report.CompletionFlag, report.VerificationFlag) == ("PARTIAL", "UNVERIFIED")
    assert "Bell^Anna" in str(report)


def test_a_saved_reading_is_offered_shown_and_undone(
    make_window: Callable[..., Any], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(make_window, folder)
    monkeypatch.setenv("BOCAGE_DATA", str(tmp_path / "another"))
    window = opened(make_window, folder)
    until(lambda: window.evidence.offer.text)
    assert "5 measurements, 1 finding, 1 key image, 2 presentations (Bocage · Bell, Anna" in window.evidence.offer.text
    assert window.action_set["show_evidence"].isEnabled()
    session = window.session
    before = session.reading
    window.evidence.offer.show_button.click()
    until(lambda: session.reading.key_images)
    live = picture_of(window, "slices")
    assert [each.kind for each in session.reading.of(live).measurements] == ["length", "polyline", "bidirectional"]
    assert {each.height_mm for each in session.reading.of(live).measurements} == {51.3}
    [image], [finding] = session.reading.key_images, session.reading.findings
    assert (image.uid, image.height_mm, image.window.width) == (live, 51.3, pytest.approx(0.2))
    assert finding.measurement == session.reading.of(live).measurements[0].id
    assert window.evidence.offer.text == ""
    # Shown again nothing comes twice, and one step takes all of it back.
    window.evidence.show_reading()
    wait_until_settled(window, 20)
    assert len(session.reading.of(live).measurements) == 3
    session.stack.undo()
    assert session.reading.of(live).measurements == before.of(live).measurements == ()
    assert session.reading.key_images == session.reading.findings == ()


def test_what_the_journal_brought_back_is_not_offered_again(make_window: Callable[..., Any], folder: Path) -> None:
    target = saved(make_window, folder)
    first = opened(make_window, folder)
    until(lambda: first.evidence.has_reading)
    first.evidence.show_reading()
    until(lambda: first.session.reading.key_images)
    first.close()
    window = opened(make_window, folder)
    until(lambda: window.evidence.offer.text)
    assert window.evidence.offer.text.startswith("A reading is stored with this study: 2 presentations (")
    assert not window.evidence.offer.show_button.isVisible()
    window.evidence.offer.later_button.click()
    assert window.evidence.offer.text == ""
    assert target.exists()


def test_what_arrives_while_the_study_is_read_is_offered(
    make_window: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    target = saved(make_window, folder)
    study = tmp_path / "study"
    shutil.copytree(folder / "r", study / "r")
    window = opened(make_window, study)
    process_events(0.1)
    assert window.evidence.offer.text == ""
    assert not window.evidence.has_reading
    shutil.copy(target / "report.dcm", study)
    found = window.opening
    found.studies[found.study] = scan([study], SILENT, lambda _: None).studies[0]
    found.catalogue_changed.emit()
    until(lambda: window.evidence.offer.text)
    assert window.evidence.offer.text.startswith("A reading is stored with this study: 5 measurements, 1 finding (")
    # Only the radiograph is there: the rest waits for the pictures that it belongs to, and that is said.
    window.evidence.offer.show_button.click()
    radiograph = picture_of(window, "radiograph")
    until(lambda: window.session.reading.of(radiograph).measurements)
    assert len(window.session.reading.of(radiograph).measurements) == 2
    assert window.messages.text.startswith("2 came back. 4 more belong to pictures that are not open")


def assert_fitted(view: Any, before: ViewTransform) -> None:
    """The place and the way round are as before, and the picture is fitted into the viewport, whose size may change."""
    assert view.fitted
    assert replace(view.transform, pixels_per_mm=1.0) == replace(before, pixels_per_mm=1.0)


def test_presentations_are_switched_to_and_back(
    make_window: Callable[..., Any], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(make_window, folder)
    monkeypatch.setenv("BOCAGE_DATA", str(tmp_path / "another"))
    window = opened(make_window, folder)
    until(lambda: len(window.evidence.titles()) == 2)
    session, radiograph = window.session, picture_of(window, "radiograph")
    pane = next(pane for pane in window.panes if pane.uid == radiograph)
    session.set_layout(session.layout.with_links(pane.index, LinkSwitches(False, False, False, False, False)))
    pane.viewport.fit()
    before = pane.viewport.transform
    first = session.reading
    titles = dict(window.evidence.titles())
    apply = next(apply for title, apply in titles.items() if title.startswith("Radiograph (Bocage"))
    apply()
    until(lambda: session.window(radiograph) == Window(2100.0, 900.0))
    shown = pane.viewport.transform
    assert shown.quarter_turns == 1
    # The saved area is seen, centred, as large as this viewport allows; in pixels of 0.8 mm about the image's middle.
    [area] = next(each.areas for each in window.evidence.presentations() if each.description == "Radiograph")
    columns, rows = zip(area.top_left, area.bottom_right, strict=True)
    left, right = (min(columns) - 1 - 24) * 0.8, (max(columns) - 24) * 0.8
    top, bottom = (min(rows) - 1 - 20) * 0.8, (max(rows) - 20) * 0.8
    seen = shown.visible_rect(pane.viewport.view_size)
    assert shown.centre_mm == pytest.approx(((left + right) / 2, (top + bottom) / 2), abs=1e-6)
    assert shown.centre_mm == pytest.approx((2.0, 1.0), abs=0.8)
    assert min(seen.width - (right - left), seen.height - (bottom - top)) == pytest.approx(0.0, abs=1e-6)
    assert max(seen.width - (right - left), seen.height - (bottom - top)) >= -1e-6
    window.action_set["undo"].trigger()
    assert session.reading == first
    assert_fitted(pane.viewport, before)
    apply()
    until(lambda: session.window(radiograph) == Window(2100.0, 900.0))
    session.set_inverted(radiograph, not session.reading.of(radiograph).inverted)
    window.evidence.fill(window._presentations)
    back = next(action for action in window._presentations.actions() if action.text() == "As Before")
    back.trigger()
    assert session.window(radiograph) == window.session.automatic.of(radiograph)
    assert_fitted(pane.viewport, before)
    # Its drawings stay: they are on the undo stack, and not part of how the picture is looked at.
    assert [each.kind for each in session.reading.of(radiograph).measurements][:1] == ["length"]
    entries = [entry.title for entry in window.palette_box._found()]
    assert any(title.startswith("Presentation: Radiograph") for title in entries)


def test_the_page_says_why_nothing_can_be_saved(make_window: Callable[..., Any], tmp_path: Path) -> None:
    window = make_window(FakeStudy().services())
    assert not window.action_set["save_evidence"].isEnabled()
    assert not window.action_set["show_evidence"].isEnabled()
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.action_set["save_evidence"].trigger()
    page = window.pages["evidence"]
    page.final.setChecked(True)
    assert "names its reader" in page.facts.text()
    assert not page.save.isEnabled()
    page.reader.setText("A")
    page.institution.setText("B")
    assert page.save.isEnabled()
    for choice in page.parts.values():
        choice.setChecked(False)
    assert page.facts.text() == "Choose what is saved."
    assert not page.identified.isEnabled()
    page.parts["measurements"].setChecked(True)
    page.write(tmp_path)
    until(lambda: window.messages.text)
    assert "no longer there" in window.messages.text
    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_can_be_sent(make_window: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    saved(make_window, folder)
    window = opened(make_window, folder)
    sent: list[tuple[Any, ...]] = []
    window.network.send = lambda *asked: sent.append(asked)
    radiograph = picture_of(window, "radiograph")
    window.session.add_measurement(radiograph, measurements(None)[0])
    window.action_set["save_evidence"].trigger()
    page = window.pages["evidence"]
    assert not page.send.isVisible()
    page.parts["presentations"].setChecked(False)
    page.parts["key_images"].setChecked(False)
    page.parts["window"].setChecked(True)
    page.identified.setChecked(True)
    page.write(tmp_path)
    until(page.send.isVisible)
    page.send.click()
    [(files, title)] = sent
    assert {path.name for path in files} == {"report.dcm", "capture_001.dcm"}
    assert title == "Saved reading"
    capture = pydicom.dcmread(next(path for path in files if path.name.startswith("capture")))
    assert (capture.BurnedInAnnotation, capture.Columns) == ("YES", window.width())
