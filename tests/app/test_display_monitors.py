"""What is known of monitors survives, belongs to the right one, and a damaged file is no loss in silence."""

from datetime import date, timedelta

import numpy as np
import pytest

from app.display.characteristic import STANDARD_LEVELS, Characteristic, Reading
from app.display.monitors import Calibration, DisplayStore, MonitorId, presentation_of
from recon.errors import BocageError

LEFT = MonitorId("Eizo", "RX560", "123", "DP-1", (2048, 2560), (337.9, 422.4))
RIGHT = MonitorId("Eizo", "RX560", "124", "DP-2", (2048, 2560), (337.9, 422.4))
CURVE = Characteristic(tuple(Reading(n, 1.0 + 0.006 * n * n) for n in STANDARD_LEVELS), 0.1)


def test_a_calibration_is_kept_for_its_monitor(tmp_path):
    store = DisplayStore(tmp_path / "deep" / "displays.json")
    made = Calibration(CURVE, date(2026, 3, 1), "A. Physicist", "meter 7", (Reading(0, 1.0),), "after warm-up")
    store.set_calibration(LEFT, made)
    store.set_pitch(LEFT, 0.1649, date(2026, 3, 2))
    again = DisplayStore(store.path)
    assert again.of(LEFT).calibration == made
    assert again.of(RIGHT).calibration is None
    # Another socket, same serial number: the same monitor.
    moved = MonitorId("Eizo", "RX560", "123", "HDMI-1", (2048, 2560))
    assert again.of(moved).calibration == made
    assert again.size(moved).verified
    assert again.size(RIGHT).pitch_mm == pytest.approx(0.165, abs=1e-4)
    assert not again.size(RIGHT).verified
    again.set_calibration(LEFT, None)
    assert DisplayStore(store.path).of(LEFT).pitch_mm == 0.1649


def test_without_a_serial_number_the_connector_tells_monitors_apart():
    one, two = (MonitorId("Acme", "TV", "0000", name, (1920, 1080)) for name in ("HDMI-1", "HDMI-2"))
    assert one.key != two.key


def test_age():
    made = Calibration(CURVE, date(2026, 1, 1))
    assert not made.is_old(date(2026, 12, 31))
    assert made.is_old(made.valid_until + timedelta(days=1))
    assert made.table.dtype == np.uint8
    assert not made.table.flags.writeable


def test_presentation(tmp_path):
    store = DisplayStore(tmp_path / "displays.json")
    assert presentation_of(store, LEFT, date(2026, 1, 1)).table is None
    store.set_calibration(LEFT, Calibration(CURVE, date(2026, 1, 1)))
    assert not presentation_of(store, LEFT, date(2026, 6, 1)).old
    assert presentation_of(store, LEFT, date(2027, 6, 1)).old
    assert presentation_of(store, LEFT, date(2027, 6, 1)).table is not None


@pytest.mark.parametrize("stated", [(0.0, 0.0), (160.0, 90.0), (1600.0, 90.0), (4.0, 5.0)])
def test_a_size_that_cannot_be_true_is_not_believed(stated):
    # 160 × 90 mm is what many drivers say when they know nothing but the shape.
    monitor = MonitorId("", "", "", "x", (1920, 1200), stated)
    assert monitor.stated_pitch_mm is None or 0.03 < monitor.stated_pitch_mm < 2
    if stated != (160.0, 90.0):
        assert monitor.stated_pitch_mm is None


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "other", "version": 1}', '{"format": "bocage-displays"}'])
def test_a_damaged_file_is_told_and_kept(tmp_path, text):
    path = tmp_path / "displays.json"
    path.write_text(text)
    store = DisplayStore(path)
    assert "displays.json" in store.problem
    store.set_pitch(LEFT, 0.2, date(2026, 1, 1))
    assert path.with_suffix(".damaged.json").read_text() == text
    assert DisplayStore(path).of(LEFT).pitch_mm == 0.2


def test_an_impossible_pitch_is_refused(tmp_path):
    store = DisplayStore(tmp_path / "displays.json")
    with pytest.raises(BocageError, match=r"0\.03 and 2 mm"):
        store.set_pitch(LEFT, 20.0, date(2026, 1, 1))
    assert not store.path.exists()
