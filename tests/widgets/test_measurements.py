"""Values of every kind against closed forms; handles, hits and constraints."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ellipe

from recon.errors import BocageError
from recon.regions import Statistics
from widgets.measurements import (
    KINDS,
    MEASURING,
    Measurement,
    Scale,
    columns,
    handle_at,
    handles,
    moved,
    moved_handle,
    outline,
    outline_distance_mm,
    quantity,
    value_lines,
    value_text,
)
from widgets.measurements.plane import ellipse_perimeter, simplified
from widgets.viewport_types import Tool

LENGTH = Measurement("l", "length", ((0, 0), (30, 40)), 12.0)
ANGLE = Measurement("a", "angle", ((10, 0), (0, 0), (0, 10)))
ELLIPSE = Measurement("e", "ellipse", ((-10, -5), (10, 5)))
RECTANGLE = Measurement("r", "rectangle", ((-10, -5), (10, 5)))
CTR = Measurement("c", "ctr", ((0, -100), (0, 100), (-40, 20), (90, 30), (-130, 50), (140, 50)))
DIAMETERS = Measurement("d", "bidirectional", ((-20, 0), (20, 0), (5, -6), (5, 9)))
EXAMPLES = {
    "length": LENGTH,
    "polyline": Measurement("p", "polyline", ((0, 0), (3, 4), (3, 10))),
    "bidirectional": DIAMETERS,
    "distance": Measurement("s", "distance", ((0, 0), (30, 0)), 100.0, heights_mm=(100.0, 140.0)),
    "profile": Measurement("f", "profile", ((0, 0), (30, 0))),
    "angle": ANGLE,
    "cobb": Measurement("b", "cobb", ((-10, 0), (10, 0), (-10, 50), (10, 60))),
    "ctr": CTR,
    "rectangle": RECTANGLE,
    "ellipse": ELLIPSE,
    "polygon": Measurement("y", "polygon", ((0, 0), (10, 0), (10, 10), (0, 10))),
    "freehand": Measurement("h", "freehand", ((0, 0), (10, 0), (10, 10))),
    "probe": Measurement("o", "probe", ((3, 4),)),
    "arrow": Measurement("w", "arrow", ((0, 0), (20, 20))),
    "text": Measurement("t", "text", ((5, 5),), label="Clip"),
    "marker": Measurement("marker", "marker", ((0, 0), (25, 0))),
}
point = st.tuples(st.floats(-200, 200), st.floats(-200, 200))


def test_every_kind_is_complete():
    assert set(EXAMPLES) == set(KINDS)
    for name, kind in KINDS.items():
        assert kind.name == name
        assert MEASURING[kind.tool] is kind
        assert kind.title
        assert kind.tip
        assert 1 <= len(kind.steps) <= kind.points
    assert not MEASURING.keys() & {Tool.WINDOW, Tool.PAN, Tool.ZOOM, Tool.SCROLL, Tool.POINT}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_moved_drawn_hit_and_written(kind):
    item = EXAMPLES[kind]
    for index, grip in enumerate(handles(item)):
        assert handle_at(item, grip, 1.0) is not None
        assert moved_handle(item, index, grip).points_mm == pytest.approx(np.array(item.points_mm))
    first = outline(item)[0].points_mm[0]
    assert outline_distance_mm(item, first) == pytest.approx(0)
    away = moved(item, 7.0, -3.0)
    assert outline_distance_mm(away, (first[0] + 7, first[1] - 3)) == pytest.approx(0, abs=1e-9)
    if kind not in ("arrow", "text", "probe"):
        assert value_text(item)
    for before, after in zip(columns(item), columns(away), strict=True):
        assert after.value == pytest.approx(before.value)


# -- values against closed forms -----------------------------------------------------------------------------------


def test_lengths():
    assert quantity(LENGTH, "length") == 50
    assert quantity(EXAMPLES["polyline"], "length") == 11
    assert quantity(EXAMPLES["distance"], "distance") == 50
    assert quantity(EXAMPLES["distance"], "in_plane") == 30
    assert quantity(EXAMPLES["distance"], "depth") == 40


@pytest.mark.parametrize("degrees", [0.01, 30.0, 90.0, 135.0, 179.99, 180.0])
def test_angles_of_every_size(degrees):
    t = math.radians(degrees)
    found = Measurement("a", "angle", ((5, 0), (0, 0), (7 * math.cos(t), -7 * math.sin(t))))
    assert quantity(found, "angle") == pytest.approx(degrees, abs=1e-9)


def test_an_angle_without_arms_has_no_value():
    assert value_text(Measurement("a", "angle", ((0, 0), (0, 0), (1, 1)))) == "–"


def line(centre, tilt_deg, half=15.0, turned=False):
    t = math.radians(tilt_deg)
    ends = [(centre[0] + s * half * math.cos(t), centre[1] + s * half * math.sin(t)) for s in (-1, 1)]
    return tuple(reversed(ends)) if turned else tuple(ends)


@pytest.mark.parametrize("turned", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("tilts", [(0, 0), (-10, 14), (25, -20), (-52, 55), (3, 40)])
@pytest.mark.parametrize("turn", [0, 37, 90, 180])
def test_cobb_angle_of_end_plates(tilts, turned, turn):
    """The angle between the plates, whichever way each was drawn and however the spine lies."""
    points = (*line((0, -80), tilts[0], turned=turned[0]), *line((0, 80), tilts[1], turned=turned[1]))
    t = math.radians(turn)
    rotated = tuple((math.cos(t) * x - math.sin(t) * y, math.sin(t) * x + math.cos(t) * y) for x, y in points)
    found = quantity(Measurement("b", "cobb", rotated), "cobb")
    assert found == pytest.approx(abs(tilts[0] - tilts[1]), abs=1e-9)


def test_cardiothoracic_ratio():
    assert quantity(CTR, "heart") == pytest.approx(130)
    assert quantity(CTR, "thorax") == pytest.approx(270)
    assert quantity(CTR, "ctr") == pytest.approx(130 / 270)
    # It does not depend on how the patient is turned, nor on the scale.
    t = math.radians(12)
    turned = tuple(
        (3 * (math.cos(t) * x - math.sin(t) * y), 3 * (math.sin(t) * x + math.cos(t) * y)) for x, y in CTR.points_mm
    )
    assert quantity(Measurement("c", "ctr", turned), "ctr") == pytest.approx(130 / 270)


def test_areas_and_perimeters():
    assert quantity(RECTANGLE, "area") == 200
    assert quantity(RECTANGLE, "perimeter") == 60
    assert quantity(ELLIPSE, "area") == pytest.approx(math.pi * 50)
    # Ramanujan's second formula is good to 1e-8 at this shape.
    a, b = 10.0, 5.0
    h = ((a - b) / (a + b)) ** 2
    ramanujan = math.pi * (a + b) * (1 + 3 * h / (10 + math.sqrt(4 - 3 * h)))
    assert quantity(ELLIPSE, "perimeter") == pytest.approx(ramanujan, rel=1e-7)
    circle = tuple((20 * math.cos(t), 20 * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 400, endpoint=False))
    n = len(circle)
    found = Measurement("y", "polygon", circle)
    assert quantity(found, "area") == pytest.approx(0.5 * n * 400 * math.sin(2 * math.pi / n))
    assert quantity(found, "perimeter") == pytest.approx(2 * n * 20 * math.sin(math.pi / n))


@pytest.mark.parametrize("ratio", [1.0, 0.9, 0.5, 0.1, 1e-3])
def test_an_ellipses_perimeter_is_the_elliptic_integral(ratio):
    expected = 4 * 30 * float(ellipe(1 - ratio**2))
    assert ellipse_perimeter(30, 30 * ratio) == pytest.approx(expected, rel=1e-12)
    assert ellipse_perimeter(30 * ratio, 30) == pytest.approx(expected, rel=1e-12)


def test_an_area_far_from_the_origin_keeps_its_digits():
    far = moved(EXAMPLES["polygon"], 1e7, -1e7)
    assert quantity(far, "area") == pytest.approx(100, rel=1e-9)


# -- constraints ---------------------------------------------------------------------------------------------------


def across(item):
    a, b, c, d = (np.array(p) for p in item.points_mm)
    return abs(float((b - a) @ (d - c))), float(np.linalg.norm(b - a)), float(np.linalg.norm(d - c))


@given(st.lists(st.tuples(st.integers(0, 3), point), min_size=1, max_size=8))
def test_the_short_axis_stays_at_a_right_angle(moves):
    item = DIAMETERS
    for handle, to in moves:
        item = moved_handle(item, handle, to)
        product, long, short = across(item)
        assert product <= 1e-7 * max(1.0, long * short, long, short) * 400


@given(point)
def test_a_moved_end_of_an_axis_lands_where_it_is_put(to):
    for handle in range(4):
        assert moved_handle(DIAMETERS, handle, to).points_mm[handle] == pytest.approx(to, abs=1e-6)


def test_turning_the_long_axis_takes_the_short_one_along():
    turned = moved_handle(DIAMETERS, 1, (-20, 40))
    assert across(turned)[2] == pytest.approx(15)
    c, d = turned.points_mm[2:]
    # It crosses at 25 of 40 mm of the long axis, 6 mm of it on one side.
    assert (c[1], d[1]) == pytest.approx((25, 25))
    assert sorted(abs(x + 20) for x in (c[0], d[0])) == pytest.approx([6, 9])


@given(st.integers(0, 5), point)
def test_the_width_of_the_chest_stays_at_a_right_angle_to_the_midline(handle, to):
    item = moved_handle(CTR, handle, to)
    top, bottom, _, _, left, right = (np.array(p) for p in item.points_mm)
    assert abs((bottom - top) @ (right - left)) <= 1e-6 * max(1.0, np.linalg.norm(bottom - top)) * 500


@pytest.mark.parametrize("kind", ["ellipse", "rectangle"])
@pytest.mark.parametrize("index", range(4))
def test_each_corner_of_a_box_leaves_the_opposite_one_alone(kind, index):
    item = EXAMPLES[kind]
    corners = handles(item)
    target = (corners[index][0] * 1.5, corners[index][1] * 2)
    changed = handles(moved_handle(item, index, target))
    assert target in changed
    assert (-corners[index][0], -corners[index][1]) in changed


@pytest.mark.parametrize("index", range(4, 8))
def test_each_edge_of_a_box_moves_alone(index):
    before = handles(ELLIPSE)
    x, y = before[index]
    after = handles(moved_handle(ELLIPSE, index, (2 * x + 1, 2 * y + 1)))
    wanted = (2 * x + 1, 0) if y == 0 else (0, 2 * y + 1)
    changed = after[index]
    assert changed[0 if y == 0 else 1] == wanted[0 if y == 0 else 1]
    opposite = 4 + (index - 4 + 2) % 4
    assert after[opposite][0 if y == 0 else 1] == before[opposite][0 if y == 0 else 1]


# -- hits ----------------------------------------------------------------------------------------------------------


def test_handles_can_be_taken_and_moved():
    assert handle_at(LENGTH, (29, 41), 2.0) == 1
    assert handle_at(LENGTH, (15, 20), 2.0) is None
    assert quantity(moved_handle(LENGTH, 1, (0, 10)), "length") == 10
    assert moved_handle(LENGTH, 1, (0, 10)).id == "l"


def test_outline_distances():
    assert outline_distance_mm(LENGTH, (15, 20)) == pytest.approx(0)
    assert outline_distance_mm(LENGTH, (30, 50)) == pytest.approx(10)
    assert outline_distance_mm(ELLIPSE, (0, 5)) == pytest.approx(0, abs=1e-3)
    assert outline_distance_mm(ELLIPSE, (0, 0)) == pytest.approx(5, abs=0.01)
    assert outline_distance_mm(EXAMPLES["polygon"], (0, 5)) == pytest.approx(0)
    # The line between the end plates is a construction and cannot be taken.
    assert outline_distance_mm(EXAMPLES["cobb"], (0, 25)) > 20


def test_wrong_measurements_are_refused():
    with pytest.raises(BocageError, match="2 points, found 3"):
        Measurement("x", "length", ((0, 0), (1, 1), (2, 2)))
    with pytest.raises(BocageError, match="3 or more points, found 2"):
        Measurement("x", "polygon", ((0, 0), (1, 1)))
    with pytest.raises(BocageError, match="circle"):
        Measurement("x", "circle", ((0, 0), (1, 1)))
    with pytest.raises(BocageError, match="not have 2 heights"):
        Measurement("x", "length", ((0, 0), (1, 1)), heights_mm=(1.0, 2.0))


# -- freehand ------------------------------------------------------------------------------------------------------


def test_douglas_peucker_keeps_corners_and_stays_within_its_tolerance():
    t = np.linspace(0, 1, 60)
    square = [
        *((x, 0.0) for x in 10 * t),
        *((10.0, y) for y in 10 * t[1:]),
        *((10 - x, 10.0) for x in 10 * t[1:]),
        *((0.0, 10 - y) for y in 10 * t[1:-1]),
    ]
    assert set(simplified(square, 0.01, closed=True)) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    random = np.random.default_rng(3)
    turn = np.linspace(0, 2 * math.pi, 500, endpoint=False)
    radius = 30 + 2 * np.sin(3 * turn) + 0.05 * random.standard_normal(turn.size)
    drawn = list(zip(radius * np.cos(turn), radius * np.sin(turn), strict=True))
    kept = simplified(drawn, 0.4, closed=True)
    assert len(kept) < 80
    found = Measurement("h", "freehand", kept)
    assert max(outline_distance_mm(found, p) for p in drawn) <= 0.4 + 1e-9
    whole = Measurement("h", "freehand", tuple(drawn))
    assert quantity(found, "area") == pytest.approx(quantity(whole, "area"), rel=0.01)


# -- texts ---------------------------------------------------------------------------------------------------------


def test_value_texts():
    assert value_text(LENGTH) == "50.0 mm at 12 mm"
    assert value_text(LENGTH, Scale("detector")) == "50.0 mm at detector"
    assert value_text(LENGTH, Scale("unknown")) == "50 px"
    assert value_text(ANGLE) == "90.0°"
    assert value_lines(ELLIPSE) == ("20.0 × 10.0 mm", "157 mm², perimeter 48.4 mm")
    assert value_lines(DIAMETERS, Scale("detector")) == ("40.0 × 15.0 mm at detector",)
    assert value_lines(EXAMPLES["distance"]) == ("50.0 mm in 3-D", "in plane 30.0, in height 40.0 mm")
    assert value_lines(CTR, Scale("detector")) == ("CTR 0.48", "heart 130.0, chest 270.0 mm at detector")
    assert value_lines(EXAMPLES["cobb"]) == ("Cobb 26.6°",)
    assert value_lines(EXAMPLES["arrow"]) == ()


def test_texts_with_statistics():
    found = Statistics(341.23, 12.14, 300.0, 380.0, 512, "HU")
    assert value_lines(ELLIPSE, statistics=found)[-2:] == ("mean 341  SD 12 HU", "min 300  max 380  n 512")
    probe = EXAMPLES["probe"]
    assert value_lines(probe, statistics=Statistics(0.02134, count=1, unit="1/mm")) == ("0.0213 /mm",)
    assert value_lines(probe, statistics=Statistics()) == ("no pixels here",)
    assert value_lines(LENGTH, statistics=found) == ("50.0 mm at 12 mm",)


def test_columns_name_every_value():
    found = Statistics(341.2, 12.1, 300.0, 380.0, 512, "HU")
    values = {value.name: (value.value, value.unit) for value in columns(RECTANGLE, statistics=found)}
    assert values == {
        "width": (20, "mm"),
        "height": (10, "mm"),
        "area": (200, "mm²"),
        "perimeter": (60, "mm"),
        "mean": (341.2, "HU"),
        "sd": (12.1, "HU"),
        "min": (300, "HU"),
        "max": (380, "HU"),
        "n": (512, ""),
    }
    assert [value.unit for value in columns(RECTANGLE, Scale("unknown"))] == ["px", "px", "px²", "px"]
