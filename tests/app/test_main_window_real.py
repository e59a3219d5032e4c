"""The real window over real files: research data written by the test, read and reconstructed by the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from ball import BALL, sweep, write_study
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from app.gui import screenshot, wait_until_settled
from app.window.exporting import SliceExport
from recon.errors import BocageError
from recon.frame import PatientFrame
from widgets.overlays import edge_letters


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "study")


def test_ball_is_in_focus_at_its_height(make_window: Any, study: Path) -> None:
    window = make_window()
    window.open_paths([study])
    wait_until_settled(window, 60)
    assert window.panes[0].picture.is_live
    uid = window.session.slices_on_screen()
    window.session.set_reconstruction(uid, thickness_mm=0.0)
    sharpness = {}
    for height in (20.0, 60.0, 100.0):
        window.session.set_height(uid, height)
        wait_until_settled(window, 20)
        slab = window.panes[0].viewport.slab
        ball, beside = slab.value_at(*BALL[:2]), slab.value_at(BALL[0] - 20, BALL[1])
        sharpness[height] = ball - beside
    assert sharpness[60.0] > 1.5 * max(sharpness[20.0], sharpness[100.0])


def test_laterality_from_the_file_to_the_pixels_of_the_window(make_window: Any, study: Path) -> None:
    """The ball lies towards world +x, which the geometry file calls the patient's left, and towards the head."""
    geometry = replace(sweep(), patient=PatientFrame.from_letters("L", "F", "P"))
    geometry.save(study / "views.geometry.json")
    window = make_window()
    window.open_paths([study])
    wait_until_settled(window, 60)
    window.session.set_height(window.session.slices_on_screen(), BALL[2])
    window.settings.change(overlay_level="none")
    window.apply_settings()
    for flip in (False, True):
        if flip:
            window.action_set["flip_horizontal"].trigger()
        wait_until_settled(window, 20)
        for pane in window.panes[:2] if not flip else window.panes[:1]:
            view = pane.viewport
            edges = edge_letters(view.info.patient, view.transform)
            assert edges["right"] == ("R" if flip else "L")
            x, y = brightest(window, view)
            assert (x < 0) == flip, "the ball lies at the patient's left"
            assert y < 0, "the ball lies towards the head"
            m = 1.0 if pane.picture.is_slices else 1000.0 / (1000.0 - BALL[2])
            expected = view.transform.to_widget((BALL[0] * m, BALL[1] * m), view.view_size)
            found = (x + view.width() / 2, y + view.height() / 2)
            assert found == pytest.approx(expected, abs=4.0)


def brightest(window: Any, view: Any) -> tuple[float, float]:
    """Centre of the brightest pixels of a view in a picture of the whole window, from the view's middle."""
    shot = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(shot.constBits(), np.uint8).reshape(shot.height(), shot.bytesPerLine())[:, : shot.width()]
    corner = view.mapTo(window, QPoint(0, 0))
    # The middle of the view: ball and surroundings, without the field's borders.
    dx, dy = view.width() // 4, view.height() // 3
    part = pixels[corner.y() + dy : corner.y() + view.height() - dy, corner.x() + dx : corner.x() + view.width() - dx]
    rows, columns = np.nonzero(part >= part.max() - 3)
    return columns.mean() + dx - view.width() / 2, rows.mean() + dy - view.height() / 2


def test_missing_geometry_asks_and_the_answer_stays_on_screen(make_window: Any, study: Path, tmp_path: Path) -> None:
    geometry_file = tmp_path / "mine.json"
    (study / "views.geometry.json").rename(geometry_file)
    window = make_window()
    window.open_paths([study])
    wait_until_settled(window, 60)
    page = window.geometry_flow.page(0)
    assert page is not None
    assert window.panes[0].currentWidget() is page
    assert window.panes[0].picture is None, "nothing is assumed before the user has chosen"
    assert page.use_preset.isEnabled()
    page.preset.setCurrentIndex(0)
    title = page.preset.currentText()
    page.use_preset.click()
    wait_until_settled(window, 60)
    assert window.geometry_flow.page(0) is None
    view = window.panes[0].viewport
    assert window.panes[0].picture.is_live
    assert any("preset" in note and title.split(",")[0] in note for note in view.info.notes)
    # A better answer: the geometry file.
    window.action_set["geometry"].trigger()
    assert window.geometry_flow.page(0) is not None
    window.geometry_flow.use_file(window.session.slices_on_screen(), geometry_file)
    wait_until_settled(window, 60)
    assert window.panes[0].picture.geometry.equals(sweep())
    assert not any("preset" in note for note in view.info.notes)


def test_a_geometry_file_that_does_not_fit_is_refused_with_a_sentence(
    make_window: Any, study: Path, tmp_path: Path
) -> None:
    (study / "views.geometry.json").unlink()
    wrong = sweep().subset(range(7))
    wrong.save(tmp_path / "wrong.json")
    window = make_window()
    window.open_paths([study])
    wait_until_settled(window, 60)
    uid = window.session.layout.hung[0]
    window.geometry_flow.use_file(uid, tmp_path / "wrong.json")
    wait_until_settled(window, 60)
    assert "7 views" in window.messages.text
    assert window.geometry_flow.page(0) is not None


def test_export_writes_the_slices_that_are_on_screen(make_window: Any, study: Path, tmp_path: Path) -> None:
    window = make_window()
    window.open_paths([study])
    wait_until_settled(window, 60)
    uid = window.session.slices_on_screen()
    window.session.set_reconstruction(uid, low_mm=56.0, high_mm=64.0, interval_mm=2.0, thickness_mm=4.0)
    target = tmp_path / "out"
    target.mkdir()
    how = SliceExport(frame=PatientFrame.from_letters("L", "F", "P"))  # the images do not say it
    window.handlers.file.export_slices(target, how)
    window.handlers.file.export_slices(target, how)
    assert "exported already" in window.messages.text, "a second export does not end the first"
    window.messages.dismiss()
    wait_until_settled(window, 60)
    assert "5 slices (Filtered back projection) were written" in window.messages.text
    files = sorted(target.rglob("*.dcm"))
    assert len(files) == 5
    heights = [float(pydicom.dcmread(file).TomoLayerHeight) for file in files]
    assert heights == [56.0, 58.0, 60.0, 62.0, 64.0]


def test_screenshot_shows_the_study_in_the_real_window(study: Path, tmp_path: Path, qtbot: Any) -> None:
    path = screenshot([study], tmp_path / "window.png", (1280, 800), height_mm=60.0)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1280, 800)
    values = {image.pixelColor(x, y).value() for x in range(200, 900, 7) for y in range(100, 700, 7)}
    assert len(values) > 40, "a picture, not an empty window"


def test_screenshot_of_nothing_says_why(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BocageError, match="No X-ray projections"):
        screenshot([tmp_path / "empty"], tmp_path / "window.png")
