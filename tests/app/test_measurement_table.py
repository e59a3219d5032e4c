"""The table of measurements, its CSV, and the values of the selected one."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from synthetic import BALL, FakeStudy

from app.gui import process_events, wait_until_settled
from app.reading.table import Row, csv_text
from app.window.statistics import statistics
from app.window.table_dock import HEIGHT, KIND, LABEL
from recon.regions import Histogram, Profile, Statistics
from widgets.measurements import Measurement, Scale, value_lines

LENGTH = Measurement("m", "length", ((10.0, 0.0), (10.0, 24.0)), 100.0, "Nodule")
BOX = Measurement("b", "rectangle", ((-20.0, -20.0), (0.0, 10.0)), BALL[2], "")


@pytest.fixture
def window(make_window: Any) -> Any:
    window = make_window(FakeStudy().services())
    window.open_paths([Path("/nowhere")])
    wait_until_settled(window, 20)
    window.session.set_height("projections", BALL[2])
    window.session.add_measurement("projections", LENGTH)
    window.session.add_measurement("projections", BOX)
    window.action_set["measurement_table"].trigger()
    wait_until_settled(window, 20)
    process_events(0.05)
    return window


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_numbers_units_and_calibration_and_no_formulas() -> None:
    evil = Measurement("e", "length", ((0.0, 0.0), (3.0, 4.0)), None, '=HYPERLINK("x")')
    rows = [
        Row("u", "Slices", LENGTH, Scale(pixel_mm=(0.2, 0.2), height_mm=100.0)),
        Row("u", "Slices", BOX, Scale()),
        Row("v", "Chest, PA", evil, Scale("detector", 1.0, (0.2, 0.2))),
    ]
    found = list(csv.DictReader(csv_text(rows, {"b": Statistics(341.5, 12.25, 300, 380, 512, "HU")}).splitlines()))
    assert [float(found[index]["length (mm)"]) for index in (0, 2)] == [24.0, 5.0]
    # Half a pixel at each of two ends, twice for 95 %: 2 · √2 · 0.1 mm.
    assert float(found[0]["length uncertainty 95 % (mm)"]) == pytest.approx(0.2 * math.sqrt(2))
    assert (found[1]["mean (HU)"], found[1]["sd (HU)"], found[1]["n"]) == ("341.5", "12.25", "512")
    assert found[0]["mean (HU)"] == ""
    assert float(found[1]["area (mm²)"]) == 600.0
    assert [line["calibration"] for line in found] == ["slice", "slice", "detector"]
    assert found[2]["picture"] == "Chest, PA"
    assert found[2]["label"].startswith("'=")
    assert found[2]["height (mm)"] == ""


def test_a_row_goes_to_its_slice_and_is_renamed_and_removed_in_one_command(window: Any) -> None:
    session, dock = window.session, window.docks.measurements
    assert dock.table.rowCount() == 2
    assert [dock.table.item(row, HEIGHT).text() for row in (0, 1)] == ["100.0", f"{BALL[2]:.1f}"]
    session.set_height("projections", 20.0)
    dock.table.selectRow(0)
    dock.jump(0)
    wait_until_settled(window, 20)
    assert session.height("projections") == pytest.approx(100.0)
    assert window.active_pane.viewport.selected_measurement.id == "m"
    dock.table.item(0, LABEL).setText("Granuloma")
    process_events(0.05)
    assert session.reading.of("projections").measurements[0].label == "Granuloma"
    dock.table.selectAll()
    dock._remove()
    process_events(0.05)
    assert session.reading.of("projections").measurements == ()
    assert dock.table.rowCount() == 0
    assert not dock.export.isEnabled()
    window.action_set["undo"].trigger()
    process_events(0.05)
    assert dock.table.rowCount() == 2


def test_export_reads_back_with_statistics(window: Any, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    window.docks.measurements.export_to(path)
    for _ in range(200):
        process_events(0.02)
        if path.exists():
            break
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    found = read(path)
    assert len(found) == 2
    assert float(found[0]["length (mm)"]) == 24.0
    assert any(name.startswith("mean") and math.isfinite(float(found[1][name])) for name in found[1] if found[1][name])
    assert not list(tmp_path.glob(".*"))


def test_the_selected_measurement_shows_its_values_and_they_follow_the_slice(window: Any) -> None:
    dock = window.docks.measurements
    dock.table.selectRow(0)
    wait_until_settled(window, 20)
    process_events(0.1)
    data = dock.plot.data
    assert isinstance(data, Profile)
    assert data.distance_mm[-1] == pytest.approx(24.0)
    dock.table.selectRow(1)
    wait_until_settled(window, 20)
    process_events(0.1)
    first = dock.plot.data
    assert isinstance(first, Histogram)
    assert int(first.counts.sum()) == dock.plot.statistics.count > 0
    window.session.set_height("projections", BALL[2] - 40)
    wait_until_settled(window, 20)
    process_events(0.1)
    assert dock.plot.data is not first
    assert np.isfinite(dock.plot.statistics.mean)
    assert dock.plot.caption == f"at {BALL[2] - 40:.1f} mm", "it says of which slice the values are"


def test_only_what_is_one_line_has_a_profile(window: Any) -> None:
    cobb = Measurement("c", "cobb", ((0.0, 0.0), (10.0, 0.0), (0.0, 30.0), (10.0, 32.0)), BALL[2])
    window.session.add_measurement("projections", cobb)
    dock = window.docks.measurements
    wait_until_settled(window, 20)
    dock.refresh()
    row = next(index for index, row in enumerate(dock._rows) if row.measurement.id == "c")
    dock.table.selectRow(row)
    wait_until_settled(window, 20)
    process_events(0.1)
    assert dock.plot.data is None, "a curve through the gap between two lines says nothing"


def test_keys_in_the_table(window: Any) -> None:
    dock = window.docks.measurements
    window.docks.show("measurements")
    window.session.set_height("projections", 20.0)
    dock.table.setFocus()
    dock.table.selectRow(0)
    QTest.keyClick(dock.table, Qt.Key.Key_Return)
    assert window.session.height("projections") == dock._rows[0].measurement.height_mm
    dock.table.setFocus()
    QTest.keyClick(dock.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + len(dock._rows)
    assert lines[0].split("\t")[:2] == ["Label", "Value"]


def test_the_table_rests_while_nobody_sees_it(window: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dock, filled = window.docks.measurements, []
    monkeypatch.setattr(dock, "rows", lambda rows=dock.rows: filled.append(1) or rows())
    window.docks["measurements"].hide()
    item = window.session.reading.of("projections").measurements[0]
    window.session.change_measurement("projections", replace(item, label="Renamed"))
    process_events(0.05)
    assert not filled
    assert dock.table.item(0, 0).text() != "Renamed"
    window.action_set["measurement_table"].trigger()
    process_events(0.05)
    assert dock.table.item(0, 0).text() == "Renamed"


def test_the_table_writes_the_pixels_of_probes_and_regions_as_the_picture_does(window: Any) -> None:
    session, dock = window.session, window.docks.measurements
    window.docks.show("measurements")
    height = session.height("projections")
    probe = Measurement("probe", "probe", ((0.0, 0.0),), height)
    session.add_measurement("projections", probe)
    process_events(0.4)
    wait_until_settled(window, 20)
    process_events(0.1)
    rows = {row.measurement.id: index for index, row in enumerate(dock.rows())}
    source, thickness = session.pictures["projections"].source, 0.0
    state = session.reading.of("projections").reconstruction
    thickness = state.thickness_mm if state is not None else thickness
    expected = value_lines(probe, dock.rows()[rows["probe"]].scale, statistics(source, probe, height, thickness))
    assert len(expected) == 2
    assert dock.table.item(rows["probe"], 1).text() == "; ".join(expected)


def test_kinds_are_named_in_the_language_in_use(window: Any) -> None:
    window.settings.change(language="zh_CN")
    window.apply_settings()
    process_events(0.2)
    window.docks.show("measurements")
    process_events(0.1)
    table = window.docks.measurements.table
    assert table.rowCount() == 2
    for row in range(2):
        assert not table.item(row, KIND).text().isascii()
