import math

import numpy as np
import pytest

from recon.errors import BocageError
from recon.slab import PlaneGrid, Rect, Slab
from widgets.measurements import (
    Measurement,
    angle_deg,
    area_mm2,
    ellipse_mask,
    ellipse_statistics,
    handle_at,
    handles,
    length_mm,
    moved,
    moved_handle,
    outline_distance_mm,
    value_text,
)

LENGTH = Measurement("l", "length", ((0, 0), (30, 40)), 12.0)
ANGLE = Measurement("a", "angle", ((10, 0), (0, 0), (0, 10)))
ELLIPSE = Measurement("e", "ellipse", ((-10, -5), (10, 5)))


def test_values():
    assert length_mm(LENGTH) == 50
    assert angle_deg(ANGLE) == pytest.approx(90)
    assert area_mm2(ELLIPSE) == pytest.approx(math.pi * 50)


@pytest.mark.parametrize("degrees", [0.01, 30.0, 90.0, 135.0, 179.99, 180.0])
def test_angles_of_every_size(degrees):
    t = math.radians(degrees)
    found = Measurement("a", "angle", ((5, 0), (0, 0), (7 * math.cos(t), -7 * math.sin(t))))
    assert angle_deg(found) == pytest.approx(degrees, abs=1e-9)


def test_an_angle_without_arms_has_no_value():
    assert value_text(Measurement("a", "angle", ((0, 0), (0, 0), (1, 1)))) == "–"


def test_value_texts():
    assert value_text(LENGTH) == "50.0 mm"
    assert value_text(LENGTH, "mm", "at detector") == "50.0 mm at detector"
    assert value_text(LENGTH, "px", "at detector") == "50 px"
    assert value_text(ANGLE) == "90.0°"
    assert value_text(ELLIPSE) == "20.0 × 10.0 mm · 157 mm²"


def test_wrong_measurements_are_refused():
    with pytest.raises(BocageError, match="2 points, found 3"):
        Measurement("x", "length", ((0, 0), (1, 1), (2, 2)))
    with pytest.raises(BocageError, match="circle"):
        Measurement("x", "circle", ((0, 0), (1, 1)))


def test_statistics_count_pixel_centres_inside():
    grid = PlaneGrid.covering(Rect(-20, -20, 20, 20), 0.25)
    x = grid.origin_mm[0] + 0.25 * np.arange(grid.shape[1])
    pixels = np.broadcast_to(x.astype(np.float32), grid.shape).copy()
    found = ellipse_statistics(ELLIPSE, Slab(pixels, grid, 0.0))
    assert found.mean == pytest.approx(0, abs=1e-5)
    # The standard deviation of x over an ellipse with semi-axis a is a / 2.
    assert found.standard_deviation == pytest.approx(5.0, rel=0.01)
    assert found.count * 0.25**2 == pytest.approx(found.area_mm2, rel=0.01)
    assert found.minimum == pytest.approx(-10, abs=0.3)


def test_statistics_leave_missing_pixels_out():
    grid = PlaneGrid.covering(Rect(-20, -20, 20, 20), 0.5)
    pixels = np.full(grid.shape, 7.0, dtype=np.float32)
    pixels[:, : grid.shape[1] // 2] = np.nan
    found = ellipse_statistics(ELLIPSE, Slab(pixels, grid, 0.0))
    assert found.mean == 7
    assert found.count == pytest.approx(ellipse_mask(ELLIPSE, grid).sum() / 2, abs=2)
    far = moved(ELLIPSE, 500, 0)
    assert math.isnan(ellipse_statistics(far, Slab(pixels, grid, 0.0)).mean)


def test_handles_can_be_taken_and_moved():
    assert handle_at(LENGTH, (29, 41), 2.0) == 1
    assert handle_at(LENGTH, (15, 20), 2.0) is None
    assert length_mm(moved_handle(LENGTH, 1, (0, 10))) == 10
    assert moved_handle(LENGTH, 1, (0, 10)).id == "l"


@pytest.mark.parametrize("index", range(4))
def test_each_corner_of_an_ellipse_leaves_the_opposite_one_alone(index):
    corners = handles(ELLIPSE)
    target = (corners[index][0] * 1.5, corners[index][1] * 2)
    changed = handles(moved_handle(ELLIPSE, index, target))
    assert target in changed
    opposite = (-corners[index][0], -corners[index][1])
    assert opposite in changed


def test_outline_distances():
    assert outline_distance_mm(LENGTH, (15, 20)) == pytest.approx(0)
    assert outline_distance_mm(LENGTH, (30, 50)) == pytest.approx(10)
    assert outline_distance_mm(ELLIPSE, (0, 5)) == pytest.approx(0, abs=1e-6)
    assert outline_distance_mm(ELLIPSE, (0, 0)) == pytest.approx(5, abs=0.01)
