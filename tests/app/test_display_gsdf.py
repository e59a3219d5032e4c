"""The greyscale standard against its own printed table, and calibration against displays that are known."""

import numpy as np
import pytest

from app.display.characteristic import (
    DARK_LEVELS,
    STANDARD_LEVELS,
    Characteristic,
    Reading,
    parse_characteristic,
    presentation_table,
    read_characteristic,
)
from app.display.conformance import conformance, predicted, uncorrected
from app.display.gsdf import jnd_index, jnd_index_of_standard, luminance
from recon.errors import BocageError

TABLE_B_1 = {
    1: 0.0500,
    2: 0.0547,
    3: 0.0594,
    4: 0.0643,
    5: 0.0696,
    6: 0.0750,
    7: 0.0807,
    8: 0.0866,
    9: 0.0927,
    10: 0.0991,
    512: 130.0653,
    1021: 3941.8580,
    1022: 3967.5470,
    1023: 3993.4040,
}
"""PS3.14, annex B."""


def gamma(exponent=2.2, low=0.4, high=400.0, levels=STANDARD_LEVELS):
    return tuple(Reading(level, low + (high - low) * (level / 255) ** exponent) for level in levels)


@pytest.mark.parametrize(("index", "cd_m2"), TABLE_B_1.items())
def test_the_standards_table(index, cd_m2):
    # Four printed decimals; at the top the printed coefficients themselves depart by 2 in 100 000.
    assert float(luminance(index)) == pytest.approx(cd_m2, rel=3e-5, abs=5.1e-5)
    assert float(jnd_index(cd_m2)) == pytest.approx(index, abs=0.02)
    assert float(jnd_index_of_standard(cd_m2)) == pytest.approx(index, abs=0.1)


def test_both_ways_are_each_others_inverse():
    indices = np.linspace(1, 1023, 4001)
    values = luminance(indices)
    assert np.all(np.diff(values) > 0)
    assert np.abs(jnd_index(values) - indices).max() < 1e-6


@pytest.mark.parametrize("value", [0.0, 0.04, 5000.0, np.nan])
def test_outside_the_standard_is_an_error(value):
    with pytest.raises(BocageError):
        jnd_index(value)


def test_a_display_that_follows_the_standard_needs_no_correction():
    low, high = jnd_index([1.0, 400.0])
    readings = [Reading(level, float(luminance(low + (high - low) * level / 255))) for level in STANDARD_LEVELS]
    own = uncorrected(Characteristic(tuple(readings)))
    assert own.largest_deviation < 1e-6
    assert own.ratio == pytest.approx(400)
    assert own.use == "primary"
    table = presentation_table(Characteristic(tuple(readings)), 256)
    assert np.abs(table.astype(int) - np.arange(256)).max() == 0


def test_calibration_makes_a_gamma_display_follow():
    screen = Characteristic(gamma(low=1.0, levels=(*STANDARD_LEVELS, *DARK_LEVELS)), 0.2)
    assert uncorrected(screen).largest_deviation > 0.3
    after = predicted(screen)
    assert after.largest_deviation < 0.10
    assert after.use == "primary"
    # Against the true curve of the display rather than its readings: each P-value lies within a level of its target.
    levels = np.arange(256.0)
    truth = jnd_index(1.0 + 399.0 * (levels / 255) ** 2.2 + 0.2)
    table = presentation_table(screen)
    reached = truth[table]
    target = np.linspace(truth[0], truth[-1], table.size)
    assert np.abs(reached - target).max() < 0.75 * np.diff(truth).max() + 0.5
    assert table[0] == 0
    assert table[-1] == 255
    assert np.all(np.diff(table.astype(int)) >= 0)
    assert len(np.unique(table)) > 200


def test_deviations_are_of_each_interval():
    j0, step = 100.0, 2.0
    indices = [j0, j0 + 30 * step, j0 + 30 * step + 30 * step * 1.5, 0.0]
    indices[3] = j0 + 90 * step  # the last makes up, so that the mean step stays
    readings = [Reading(30 * n, float(luminance(j))) for n, j in enumerate(indices)]
    found = conformance(readings)
    assert found.deviations == pytest.approx((0.0, 0.5, -0.5), abs=1e-6)
    assert found.jnds == pytest.approx(180)
    assert found.use == "none"


def test_ambient_light_lowers_the_ratio_and_is_judged():
    dark, lit = (conformance(gamma(low=0.5), light) for light in (0.0, 2.0))
    assert dark.ratio == pytest.approx(800)
    assert lit.ratio == pytest.approx(402 / 2.5)
    by_title = {limit.title: limit for limit in lit.limits()}
    assert not by_title["Luminance ratio"].primary
    assert by_title["Luminance ratio"].secondary
    assert not by_title["Room light to darkest level"].primary


def test_dcmtk_file(tmp_path):
    path = tmp_path / "monitor.lut"
    lines = "".join(f"  {level}\t{0.19 + 0.45 * level:.6f}\n" for level in range(256))
    path.write_text(f"# Monitor characteristic file\n\n  max   255\n\n  amb\t1.0\n\n# DDL   LumVal\n{lines}# eof")
    found = read_characteristic(path)
    assert len(found.readings) == 256
    assert found.ambient_cd_m2 == 1.0
    assert found.darkest_cd_m2 == pytest.approx(1.19)
    assert found.readings[255].cd_m2 == pytest.approx(0.19 + 0.45 * 255)


@pytest.mark.parametrize("separator", [",", ", ", ";", "\t", " "])
def test_csv_with_a_header(separator):
    lines = [f"ddl{separator}cd/m2", *(f"{each.level}{separator}{each.cd_m2:.3f}" for each in gamma())]
    found = parse_characteristic("\n".join(lines))
    assert [each.level for each in found.readings] == list(STANDARD_LEVELS)


def test_a_comma_as_decimal_sign_and_another_depth():
    text = "max 1023\n" + "\n".join(f"{n * 1023 // 11};{1 + 3 * n},50" for n in range(12))
    found = parse_characteristic(text)
    assert found.readings[-1] == Reading(255, 34.5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no readings"),
        ("0, 1\nhello there\n", 'line 2: expected a driving level and a luminance in cd/m², found "hello there"'),
        ("ill 2000\n", "printer"),
        ("0, 1\n255, 200\n", "at least 10 readings"),
        ("\n".join(f"{n}, {n}" for n in range(0, 250, 10)), "0 and 255"),
        ("\n".join(f"{15 * n}, {200 - n}" for n in range(18)), "must not fall"),
        ("\n".join(f"{15 * n}.5, {n}" for n in range(18)), "whole number"),
        ("\n".join(f"{15 * n}, {n / 10}" for n in range(18)), "room's light"),
    ],
)
def test_what_is_wrong_is_said(text, says):
    with pytest.raises(BocageError, match=says.replace("(", r"\(").replace("²", ".")):
        parse_characteristic(text)


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(BocageError, match=r"nowhere\.csv"):
        read_characteristic(tmp_path / "nowhere.csv")


def test_short_intervals_are_not_judged():
    """256 driving levels are too coarse for steps of two or three P-values; that is no fault of the calibration."""
    levels = (*STANDARD_LEVELS, *DARK_LEVELS)
    screen = Characteristic(gamma(low=1.2, levels=levels), 0.15)
    table = presentation_table(screen)
    shown = [
        Reading(level, 1.2 + 398.8 * (float(table[round(level * (table.size - 1) / 255)]) / 255) ** 2.2)
        for level in levels
    ]
    found = conformance(shown, 0.15)
    assert found.levels == STANDARD_LEVELS
    assert found.largest_deviation < 0.10
    # All 256 levels, as in files; and a set of its own.
    assert conformance([Reading(n, 1.0 + n) for n in range(256)]).levels == STANDARD_LEVELS
    assert conformance([Reading(n, 1.0 + n) for n in (0, 5, 20, 100, 250, 255)]).levels == (0, 20, 100, 255)
