"""The model of uncertainty against closed forms and against a simulation; what stands beside values."""

import math
from dataclasses import replace

import numpy as np
import pytest

from widgets.measurements import KINDS, Measurement, Scale, columns, value_lines, value_text
from widgets.measurements.scale import (
    ASSUMED_SCALE,
    COVERAGE,
    height_error,
    marker_relative,
    scaled_values,
    slice_relative,
)

P = 0.2
DETECTOR = Scale("detector", pixel_mm=(P, P))


def found(item, scale):
    return {value.name: value for value in columns(item, scale)}


def test_a_length_has_two_ends_of_half_a_pixel_each():
    for points in (((0, 0), (50, 0)), ((0, 0), (30, 40)), ((5, -2), (5, 90))):
        value = found(Measurement("l", "length", points), DETECTOR)["length"]
        assert value.uncertainty == pytest.approx(COVERAGE * math.sqrt(2) * P / 2)


def test_the_scale_adds_in_quadrature_once_for_lengths_and_twice_for_areas():
    scale = replace(DETECTOR, relative=0.02)
    length = found(Measurement("l", "length", ((0, 0), (50, 0))), scale)["length"]
    assert length.uncertainty == pytest.approx(COVERAGE * math.hypot(math.sqrt(2) * P / 2, 0.02 * 50))
    box = found(Measurement("r", "rectangle", ((0, 0), (40, 30))), scale)["area"]
    ends = math.hypot(30 * math.sqrt(2) * P / 2, 40 * math.sqrt(2) * P / 2)
    assert box.uncertainty == pytest.approx(COVERAGE * math.hypot(ends, 2 * 0.02 * 1200), rel=1e-6)


def test_angles_and_ratios_do_not_know_the_scale():
    ctr = Measurement("c", "ctr", ((0, -100), (0, 100), (-40, 20), (90, 30), (-130, 50), (140, 50)))
    for item in (Measurement("a", "angle", ((30, 0), (0, 0), (0, 40))), ctr):
        name = next(iter(found(item, DETECTOR)))
        sharp, vague = found(item, DETECTOR)[name], found(item, replace(DETECTOR, relative=0.2))[name]
        assert sharp.uncertainty == vague.uncertainty
        assert found(item, replace(DETECTOR, kind="marker", factor=0.7))[name].value == pytest.approx(sharp.value)


def test_an_angles_uncertainty_in_closed_form():
    item = Measurement("a", "angle", ((30, 0), (0, 0), (0, 40)))
    u = P / 2
    # Each arm's end turns it by u/length; the vertex turns both, by two independent components here.
    expected = math.hypot(u / 30, u / 40, u / 30, u / 40)
    assert found(item, DETECTOR)["angle"].uncertainty == pytest.approx(COVERAGE * math.degrees(expected), rel=1e-3)


@pytest.mark.parametrize(
    "kind", ["polygon", "polyline", "ellipse", "bidirectional", "cobb", "ctr", "distance", "angle"]
)
def test_propagation_agrees_with_simulation(kind):
    examples = {
        "polygon": ((0, 0), (30, 4), (26, 33), (3, 25)),
        "polyline": ((0, 0), (30, 4), (26, 33)),
        "ellipse": ((0, 0), (40, 22)),
        "bidirectional": ((0, 0), (40, 0), (20, -8), (20, 12)),
        "cobb": ((0, 0), (40, 6), (2, 80), (38, 70)),
        "ctr": ((0, -100), (0, 100), (-40, 20), (90, 30), (-130, 50), (140, 50)),
        "distance": ((0, 0), (30, 10)),
        "angle": ((30, 0), (0, 0), (10, 40)),
    }
    points = np.array(examples[kind], dtype=float)
    heights = (100.0, 130.0) if kind == "distance" else ()
    scale = Scale("slice", pixel_mm=(0.3, 0.5), height_error_mm=1.2)
    values = scaled_values(tuple(map(tuple, points)), heights, KINDS[kind].quantities, scale)
    random = np.random.default_rng(1)
    drawn = []
    for _ in range(4000):
        moved = points + random.standard_normal(points.shape) * (0.15, 0.25)
        lifted = tuple(z + 1.2 * random.standard_normal() for z in heights)
        drawn.append([q.value for q in KINDS[kind].quantities(tuple(map(tuple, moved)), lifted)])
    spread = np.std(np.array(drawn), axis=0)
    for value, simulated in zip(values, spread, strict=True):
        assert value.uncertainty == pytest.approx(COVERAGE * simulated, rel=0.06)


def test_a_marker_scales_values_and_their_uncertainty():
    scale = Scale("marker", 0.8, (P, P), 0.01, marker_mm=25.4)
    value = found(Measurement("l", "length", ((0, 0), (50, 0))), scale)["length"]
    assert value.value == 40
    assert value.uncertainty == pytest.approx(COVERAGE * math.hypot(0.8 * math.sqrt(2) * P / 2, 0.01 * 40))
    area = found(Measurement("r", "rectangle", ((0, 0), (10, 10))), scale)["area"]
    assert area.value == pytest.approx(64)
    assert scale.label == "calibrated (marker 25.4 mm)"
    assert scale.bar_label == "calibrated (marker 25.4 mm) ± 2.0 %"
    with pytest.raises(ValueError, match="heights"):
        columns(Measurement("d", "distance", ((0, 0), (1, 0)), 1.0, heights_mm=(1.0, 2.0)), scale)


def test_where_the_scale_comes_from():
    assert marker_relative(25.0, 0.2) == pytest.approx(math.sqrt(2) * 0.1 / 25)
    assert height_error(6.0) == pytest.approx(6 / math.sqrt(12))
    assert height_error(1.0, 3.0) == height_error(3.0)
    assert slice_relative(2.0, 1000.0, assumed=False) == 0.002
    assert slice_relative(2.0, 1000.0, assumed=True) == pytest.approx(math.hypot(0.002, ASSUMED_SCALE))


def test_what_stands_behind_values():
    length = Measurement("l", "length", ((0, 0), (50, 0)), 123.0)
    plain = Measurement("l", "length", ((0, 0), (50, 0)))
    assert value_text(length, Scale("slice", pixel_mm=(0.4, 0.4), height_mm=90.0)) == "50.0 ± 0.6 mm at 123 mm"
    assert value_text(plain, DETECTOR) == "50.0 ± 0.3 mm at detector"
    assert value_text(plain, Scale("unknown", pixel_mm=(1, 1))) == "50 ± 2 px"
    assert value_text(plain, Scale("calibrated", pixel_mm=(P, P))).endswith("calibrated (stated in the file)")
    assert value_text(plain, Scale("magnified", pixel_mm=(P, P))).endswith("in patient (stated magnification)")


def test_honest_words():
    assert "shorter" in Scale("detector").explanation
    assert "unknown" in Scale("detector").explanation
    known = Scale("detector", shorter=0.139, shorter_at_mm=250.0).explanation
    assert "14 %" in known
    assert "250 mm" in known
    assert "assumed" in Scale("slice", assumed=True).explanation
    assert "plane of the marker" in Scale("marker", marker_mm=25.4).explanation
    assert value_lines(Measurement("l", "length", ((0, 0), (50, 0))), Scale("unknown")) == ("50 px",)


def test_an_uncertainty_is_never_written_as_nothing_or_smaller_than_it_is():
    small = Scale("detector", pixel_mm=(0.001, 0.001))
    assert value_text(Measurement("l", "length", ((0, 0), (50, 0))), small) == "50.00 ± 0.01 mm at detector"
    assert "± 0.4" in value_text(
        Measurement("l", "length", ((0, 0), (50, 0))), Scale("detector", pixel_mm=(0.25, 0.25))
    )
