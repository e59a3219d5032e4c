"""Key images, findings and the report."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from synthetic import BALL

from app.gui import process_events, wait_until_settled
from app.pictures.report import write_pdf
from widgets.measurements import Measurement
from widgets.window import Window

LENGTH = Measurement("m", "length", ((10.0, 0.0), (10.0, 24.0)), 100.0, "Nodule")


@pytest.fixture
def window(ball_window: Any) -> Any:
    return ball_window


def finish(window: Any) -> None:
    for _ in range(300):
        process_events(0.02)
        if window.docks.findings._stage is None and window.settled:
            return


def test_a_key_image_comes_back_as_it_was_kept(window: Any) -> None:
    session, view = window.session, window.active_pane.viewport
    session.set_window("projections", Window(0.03, 0.01, "linear_exact"))
    session.set_reconstruction("projections", thickness_mm=8.0)
    view.navigate(view.transform.mirrored().zoomed_about((20.0, 10.0), 3.0))
    wait_until_settled(window, 20)
    shown = view.transform
    window.action_set["key_image"].trigger()
    kept = session.reading.key_images[0]
    assert (kept.uid, kept.height_mm, kept.thickness_mm) == ("projections", BALL[2], 8.0)
    assert re.match(r"\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d$", kept.time)
    finish(window)
    dock = window.docks.findings
    assert kept.id in dock._thumbnails
    # Everything changes, then a double click brings it back.
    session.set_height("projections", 20.0)
    session.set_window("projections", Window(0.3, 0.1, "linear_exact"))
    session.set_reconstruction("projections", thickness_mm=2.0)
    view.navigate(view.transform.upright())
    view.fit()
    dock.images.itemActivated.emit(dock.images.item(0))
    wait_until_settled(window, 20)
    assert session.height("projections") == BALL[2]
    assert session.window("projections") == Window(0.03, 0.01, "linear_exact")
    assert session.reading.of("projections").reconstruction.thickness_mm == 8.0
    assert view.transform.flip_horizontal
    assert view.transform.pixels_per_mm == pytest.approx(shown.pixels_per_mm, rel=0.01)
    assert view.transform.centre_mm == pytest.approx(shown.centre_mm, abs=0.5)


def test_notes_removal_and_undo(window: Any) -> None:
    window.action_set["key_image"].trigger()
    finish(window)
    dock, session = window.docks.findings, window.session
    item = dock.images.item(0)
    item.setText("Seen best here")
    assert session.reading.key_images[0].note == "Seen best here"
    session.stack.undo()
    assert session.reading.key_images[0].note == ""
    assert "100.0 mm" in dock.images.item(0).text()
    dock.images.item(0).setSelected(True)
    dock.remove_image.click()
    assert session.reading.key_images == ()
    session.stack.undo()
    assert len(session.reading.key_images) == 1


def test_a_finding_takes_the_size_of_its_measurement_and_follows_it(window: Any) -> None:
    session, dock = window.session, window.docks.findings
    session.add_measurement("projections", LENGTH)
    window.active_pane.viewport.select_measurement("m")
    window.action_set["add_finding"].trigger()
    finding = session.reading.findings[0]
    assert (finding.text, finding.height_mm, finding.size_mm) == ("Nodule", 100.0, pytest.approx(24.0))
    assert finding.point_mm == (10.0, 12.0)
    assert [dock.table.item(0, column).text() for column in range(4)] == ["Nodule", "", "100.0", "24.0"]
    session.change_measurement("projections", replace(LENGTH, points_mm=((10.0, 0.0), (10.0, 30.0))))
    assert dock.table.item(0, 3).text() == "30.0"
    assert not dock.table.item(0, 3).flags() & Qt.ItemFlag.ItemIsEditable, "measured, not typed"
    # Without its measurement the size that was taken over stays.
    session.remove_measurements("projections", {"m"})
    assert dock.table.item(0, 3).text() == "24.0"
    dock.table.item(0, 1).setText("Left upper lobe")
    assert session.reading.findings[0].location == "Left upper lobe"


def test_a_finding_of_a_distance_in_3d_lies_at_its_middle(window: Any) -> None:
    spatial = replace(LENGTH, kind="distance", heights_mm=(100.0, 120.0))
    window.session.add_measurement("projections", spatial)
    window.active_pane.viewport.select_measurement("m")
    window.action_set["add_finding"].trigger()
    finding = window.session.reading.findings[0]
    assert finding.point_mm == (10.0, 12.0)
    assert finding.height_mm == 110.0


def test_findings_are_ordered_typed_jumped_to_and_removed(window: Any) -> None:
    session, dock = window.session, window.docks.findings
    for text, height in (("First", 40.0), ("Second", 90.0)):
        session.set_height("projections", height)
        window.action_set["add_finding"].trigger()
        dock.table.item(dock.table.rowCount() - 1, 0).setText(text)
    dock.table.item(0, 3).setText("12,5 mm")
    assert session.reading.findings[0].size_mm == 12.5
    dock.table.item(0, 3).setText("large")
    assert session.reading.findings[0].size_mm is None
    dock.table.selectRow(1)
    dock.up.click()
    assert [finding.text for finding in session.reading.findings] == ["Second", "First"]
    dock.table.itemDoubleClicked.emit(dock.table.item(1, 2))
    assert session.height("projections") == 40.0
    dock.table.selectRow(0)
    dock.remove.click()
    assert [finding.text for finding in session.reading.findings] == ["First"]
    session.stack.undo()
    assert len(session.reading.findings) == 2


def report(window: Any, path: Path) -> None:
    window.action_set["report"].trigger()
    page = window.pages["report"]
    page.impression.setPlainText("A ball & nothing <else>.")
    page.save_to(path)
    for _ in range(300):
        process_events(0.02)
        if path.exists() and not window.pictures.busy:
            return


def test_the_report_says_what_was_found_and_how_it_was_made(window: Any, tmp_path: Path) -> None:
    session = window.session
    window.action_set["key_image"].trigger()
    session.add_measurement("projections", LENGTH)
    window.active_pane.viewport.select_measurement("m")
    window.action_set["add_finding"].trigger()
    path = tmp_path / "report.html"
    report(window, path)
    text = path.read_text("utf-8")
    for words in (
        "Nodule",
        "24.0",
        "Test, Phantom",
        "A ball &amp; nothing &lt;else&gt;.",
        "nominal slice thickness 5.0 mm",
    ):
        assert words in text
    assert "Geometry: preset of the test" in text, "what was assumed is said"
    assert text.count("data:image/png;base64,") == 1
    assert session.reading.impression == "A ball & nothing <else>."
    session.stack.undo()
    assert session.reading.impression == ""
    # Without names.
    page = window.pages["report"]
    page.identified.setChecked(False)
    other = tmp_path / "other.html"
    report(window, other)
    assert "Phantom" not in other.read_text("utf-8")


def test_the_pdf_has_one_page_for_a_usual_case_and_more_for_a_long_one(window: Any, tmp_path: Path) -> None:
    window.action_set["key_image"].trigger()
    window.action_set["add_finding"].trigger()
    path = tmp_path / "report.pdf"
    report(window, path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    page = window.pages["report"]
    long = replace(page._report(), impression="\n".join(["A line of many."] * 120))
    assert write_pdf(long, tmp_path / "long.pdf", "Letter") >= 2
    assert window.messages.text == ""
    (tmp_path / "file").touch()
    page.save_to(tmp_path / "file" / "report.pdf")
    finish(window)
    process_events(0.5)
    assert "cannot be written" in window.messages.text


def test_closing_the_window_ends_what_is_being_made(window: Any, tmp_path: Path) -> None:
    window.action_set["key_image"].trigger()
    window.action_set["report"].trigger()
    window.pages["report"].save_to(tmp_path / "report.pdf")
    threads = {thread.name for thread in threading.enumerate()}
    assert "bocage-stage" in threads
    window.close()
    process_events(0.3)
    assert "bocage-stage" not in {thread.name for thread in threading.enumerate()}
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_closed_does_not_end_its_report(window: Any, tmp_path: Path) -> None:
    """As when the language is changed while the report is made."""
    window.action_set["key_image"].trigger()
    window.action_set["report"].trigger()
    window.pages["report"].save_to(tmp_path / "report.pdf")
    window.pages.close()
    for _ in range(300):
        process_events(0.02)
        if not window.pictures.busy:
            break
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert window.messages.text == ""


def test_a_report_says_what_it_lacks(window: Any, tmp_path: Path) -> None:
    window.action_set["key_image"].trigger()
    finish(window)
    window.session.release_pictures(set())
    path = tmp_path / "report.html"
    report(window, path)
    assert "<img" not in path.read_text("utf-8")
    process_events(0.1)
    assert "missing in it: 1" in window.statusBar().currentMessage()


def test_keeping_a_comparison_says_that_the_lower_picture_alone_is_kept(window: Any) -> None:
    window.action_set["key_image"].trigger()
    assert window.statusBar().currentMessage() == "Kept as key image 1."
    window.action_set["compare_toggle"].trigger()
    window.action_set["key_image"].trigger()
    assert "without the one laid over it" in window.statusBar().currentMessage()
