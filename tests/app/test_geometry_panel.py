"""The geometry panel in the real window: numbers and sources, the banner, corrections that can be undone, files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fixtures_dicom as fx
import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.dicom.read import load, scan
from app.gui import wait_until_settled
from app.reading.acquisition import GeometryChoice
from app.research.sidecar import write_projections_sidecar
from app.window.geometry_dock import side_view
from recon import trajectories
from recon.frame import PatientFrame
from recon.provenance import Source

SHAPE = (24, 32)


def track() -> Any:
    return trajectories.linear_track(
        source_position_mm=1800 * np.tan(np.radians([-15, -8, 0, 6, 15])),
        source_to_detector_mm=1800.0,
        pixel_pitch_mm=0.4,
        shape=SHAPE,
        patient=PatientFrame.from_letters("L", "F", "P"),
    )


@pytest.fixture
def study(tmp_path: Path) -> Path:
    fx.dx_projections(tmp_path / "study", fx.views(5, *SHAPE), track())
    return tmp_path / "study"


@pytest.fixture
def window(make_window: Callable[..., Any], study: Path) -> Any:
    found = make_window(size=(1280, 900))
    found.open_paths([study])
    wait_until_settled(found, 60)
    found.action_set["geometry_numbers"].trigger()
    wait_until_settled(found, 20)
    return found


def rows(window: Any) -> dict[str, Any]:
    return {row.name: row for row in window.docks.geometry.panel.rows}


def write(window: Any, name: str, text: str) -> None:
    """Write a value into the table as a user does."""
    panel = window.docks.geometry.panel
    index = [row.name for row in panel.rows].index(name)
    panel.table.item(index, 1).setText(text)
    wait_until_settled(window, 60)


def test_every_number_is_shown_with_its_source(window: Any) -> None:
    found = rows(window)
    assert found["distance"].value == "1800 mm"
    assert found["distance"].source == "DICOM"
    assert "(0018,1110)" in found["distance"].detail
    assert found["angles"].value == "−15.00° to 15.00°"
    assert "(0018,1450)" in found["angles"].detail
    assert found["direction"].assumed
    assert found["direction"].source == "Assumed"
    assert not found["pitch"].assumed
    item = window.docks.geometry.panel.table.item(0, 1)
    assert not item.flags() & Qt.ItemFlag.ItemIsEditable


def test_the_banner_names_what_is_assumed_and_leads_to_the_panel(window: Any) -> None:
    banner = window.geometry_banner
    assert banner.isVisible()
    assert "Direction" in banner.label.text()
    window.docks["geometry"].hide()
    banner.show_numbers.click()
    assert window.docks["geometry"].isVisible()


def test_a_number_is_corrected_in_place_and_taken_back(window: Any) -> None:
    session, uid = window.session, window.session.slices_on_screen()
    write(window, "distance", "1500 mm")
    assert session.pictures[uid].geometry.source_mm[2, 2] == pytest.approx(1500.0)
    assert rows(window)["distance"].source == "User"
    assert session.reading.of(uid).geometry == GeometryChoice(source_to_detector_mm=1500.0)
    assert "geometry" in session.stack.undo_text
    write(window, "angles", "-10 to 10")
    expected = 1500 * np.tan(np.radians([-10, -5, 0, 5, 10]))
    assert np.allclose(session.pictures[uid].geometry.source_mm[:, 1], expected, atol=1e-6)
    window.action_set["undo"].trigger()
    wait_until_settled(window, 60)
    assert np.allclose(session.pictures[uid].geometry.source_mm[2], (0, 0, 1500), atol=0.1)
    window.action_set["undo"].trigger()
    wait_until_settled(window, 60)
    assert session.pictures[uid].geometry.source_mm[2, 2] == pytest.approx(1800.0)
    window.action_set["redo"].trigger()
    wait_until_settled(window, 60)
    assert rows(window)["distance"].value == "1500 mm"
    write(window, "distance", "")
    assert session.reading.of(uid).geometry is None
    assert rows(window)["distance"].source == "DICOM"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [("distance", "far", "one length"), ("distance", "-5", "Between"), ("pitch", "7", "Between"),
     ("angles", "30", "first and the last"), ("axis", "z", "x (across")],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_changes_nothing(window: Any, name: str, text: str, sentence: str) -> None:
    before = rows(window)[name].value
    write(window, name, text)
    panel = window.docks.geometry.panel
    assert sentence in panel.problem.text()
    assert rows(window)[name].value == before
    index = [row.name for row in panel.rows].index(name)
    assert panel.table.item(index, 1).text() == before
    assert window.session.reading.of(window.session.slices_on_screen()).geometry is None


def test_the_sweep_is_reversed_and_reversed_back(window: Any) -> None:
    session, uid = window.session, window.session.slices_on_screen()
    before = session.pictures[uid].geometry.source_mm[:, 1]
    window.docks.geometry.panel.reverse.click()
    wait_until_settled(window, 60)
    # Sorted along the sweep, so that the pictures stand in the other order.
    assert np.allclose(session.pictures[uid].geometry.source_mm[:, 1], -before[::-1], atol=1e-6)
    assert not rows(window)["direction"].assumed
    window.action_set["geometry_reverse"].trigger()
    wait_until_settled(window, 60)
    assert np.allclose(session.pictures[uid].geometry.source_mm[:, 1], before, atol=1e-6)


def test_the_axis_of_the_sweep_is_corrected(window: Any) -> None:
    session, uid = window.session, window.session.slices_on_screen()
    before = session.pictures[uid].geometry.source_mm
    write(window, "axis", "x")
    after = session.pictures[uid].geometry.source_mm
    assert np.allclose(after[:, 0], before[:, 1], atol=1e-9)
    assert np.allclose(after[:, 1], 0.0)
    assert rows(window)["axis"].source == "User"
    write(window, "axis", "")
    assert session.reading.of(uid).geometry is None


def test_corrections_come_back_with_the_study(make_window: Callable[..., Any], study: Path) -> None:
    first = make_window()
    first.open_paths([study])
    wait_until_settled(first, 60)
    uid = first.session.slices_on_screen()
    first.geometry_flow.use_numbers(uid, {"source_to_detector_mm": 1600.0})
    wait_until_settled(first, 60)
    if first.journal.keeper is None:
        pytest.skip("no journal is kept in this setting")
    assert first.journal.keeper.flush(10)
    first.close()
    second = make_window()
    second.open_paths([study])
    wait_until_settled(second, 60)
    geometry = second.session.pictures[second.session.slices_on_screen()].geometry
    assert geometry.source_mm[2, 2] == pytest.approx(1600.0)


def test_the_saved_file_gives_the_same_geometry_and_keeps_the_sources(window: Any, study: Path) -> None:
    write(window, "distance", "1500")
    picture = window.session.pictures[window.session.slices_on_screen()]
    window.docks.geometry.save(study / "mine")
    wait_until_settled(window, 60)
    path = study / "mine.geometry.json"
    assert path.name in window.messages.text
    told = {each["name"]: each for each in json.loads(path.read_text())["sources"]}
    assert told["distance"]["source"] == "user"
    entry = next(entry for entry in scan(study).series if entry.kind == "projections")
    loaded = load(entry).projections
    # The file describes the views as they are numbered, so the pictures come in that order.
    assert [found.name for found in entry.files] == sorted(found.name for found in entry.files)
    order = np.argsort(loaded.geometry.source_mm[:, 1])
    assert np.allclose(loaded.geometry.source_mm[order], picture.geometry.source_mm, atol=1e-9)
    for place, view in enumerate(order):
        assert np.array_equal(loaded.views[view], picture.projections.views[place])
    sources = {item.name: item.source for item in loaded.sources}
    assert sources["distance"] is Source.USER
    assert sources["angles"] is Source.DICOM


def test_a_file_of_mirrored_images_mirrors_them_again(tmp_path: Path) -> None:
    fx.dx_projections(tmp_path, fx.views(5, *SHAPE), track(), ViewPosition="AP")
    entry = next(entry for entry in scan(tmp_path).series if entry.kind == "projections")
    first = load(entry).projections
    assert first.mirrored
    write_projections_sidecar(tmp_path / "views.geometry.json", first)
    again = load(next(entry for entry in scan(tmp_path).series if entry.kind == "projections")).projections
    order = np.argsort(again.geometry.source_mm[:, 1])
    assert np.allclose(again.geometry.source_mm[order], first.geometry.source_mm, atol=1e-9)
    assert all(np.array_equal(again.views[view], first.views[place]) for place, view in enumerate(order))
    assert [again.geometry.patient.letters(axis) for axis in np.eye(3)] == ["R", "F", "A"]


def test_a_geometry_file_states_everything(make_window: Callable[..., Any], study: Path) -> None:
    entry = next(entry for entry in scan(study).series if entry.kind == "projections")
    order = np.argsort(load(entry).projections.file_order)
    track().subset(order).save(study / "views.geometry.json")
    window = make_window(size=(1280, 900))
    window.open_paths([study])
    wait_until_settled(window, 60)
    window.docks.show("geometry")
    wait_until_settled(window, 20)
    assert not window.geometry_banner.isVisible()
    panel = window.docks.geometry.panel
    assert {row.source for row in panel.rows if row.name in ("angles", "distance", "pitch")} == {"Geometry file"}
    assert not any(row.entry for row in panel.rows)
    assert not panel.reverse.isEnabled()
    assert "geometry file" in panel.reverse.toolTip()


def test_angles_in_the_names_are_used_once_they_are_confirmed(make_window: Callable[..., Any], tmp_path: Path) -> None:
    images = fx.views(9, *SHAPE)
    for index, angle in enumerate(range(-20, 21, 5)):
        data = fx.dataset(fx.CR, "CR", images[index], "drr", index + 1, PatientOrientation=["L", "F"])
        fx.save(data, tmp_path / f"{angle}.dcm")
    window = make_window(size=(1280, 900))
    window.open_paths([tmp_path])
    wait_until_settled(window, 60)
    page = window.geometry_flow.page(0)
    assert set(page.fields) == {"pitch", "source_to_detector_mm", "source_to_pivot_mm", "first_deg", "last_deg"}
    page.fields["pitch"].setValue(0.8)
    page.fields["source_to_detector_mm"].setValue(1540.0)
    page.fields["source_to_pivot_mm"].setValue(1000.0)
    page.motion.setCurrentIndex(page.motion.findData("isocentric"))
    page.use_numbers.click()
    wait_until_settled(window, 60)
    page = window.geometry_flow.page(0)
    assert page is not None, "the angles are still missing"
    page.use_names.click()
    wait_until_settled(window, 60)
    geometry = window.session.pictures[window.session.slices_on_screen()].geometry
    expected = 1000 * np.sin(np.radians(range(-20, 21, 5)))
    assert np.allclose(geometry.source_mm[:, geometry.sweep_axis], expected, atol=1e-6)
    window.docks.show("geometry")
    wait_until_settled(window, 20)
    assert rows(window)["angles"].source == "File names"
    assert rows(window)["detector"].source == "User"


def test_the_side_view_stands_where_tube_and_detector_do() -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-20, 0, 20], source_to_detector_mm=1200, source_to_axis_mm=750, pixel_pitch_mm=1.0, shape=(100, 200)
    )
    view = side_view(geometry, (), (10.0, 90.0))
    assert view.sources[1] == pytest.approx((0.0, 1200.0))
    assert view.sources[2][0] == pytest.approx(750 * np.sin(np.radians(20)))
    assert len(view.detectors) == 3
    assert view.detectors[1] == (pytest.approx((-100.0, 0.0)), pytest.approx((100.0, 0.0)))


def test_companions_in_other_series_are_found_in_the_same_scan(tmp_path: Path) -> None:
    """A dose report and projections that say neither angles nor distances, in two folders of one study."""
    import acquisitions as aq

    images = fx.views(11, *SHAPE)
    for index in range(11):
        data = fx.dataset(
            fx.MG, "MG", images[index], "projections", index + 1, DetectorElementSpacing=[0.1, 0.1],
            PatientOrientation=["P", "R"], IrradiationEventUID=fx.uid("event"), ViewPosition="CC",
        )  # fmt: skip
        fx.save(data, tmp_path / "images" / f"{index:02d}.dcm")
    event = aq.dose_event(
        fx.uid("event"), start=-13.73, end=13.73, pulses=11, distances={"113750": 685.5, "113748": 648.8}
    )
    report = aq.dose_report([event])
    report.StudyInstanceUID = fx.uid("t")
    fx.save(report, tmp_path / "a report" / "dose.dcm")
    entry = next(entry for entry in scan(tmp_path).series if entry.kind == "projections")
    assert entry.needs == ()
    loaded = load(entry).projections
    assert loaded.geometry.origin == "rdsr"
    assert loaded.geometry.source_mm[0, 1] == pytest.approx(648.8 * np.sin(np.radians(-13.73)), abs=1e-6)
    assert any("evenly spaced" in note for note in loaded.notes)
