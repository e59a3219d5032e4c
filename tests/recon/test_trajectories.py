"""Trajectories against calculations by hand, and refusals in sentences."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from recon import trajectories
from recon.errors import GeometryError
from recon.geometry import Geometry

DETECTOR: dict[str, Any] = {"pixel_pitch_mm": 0.2, "shape": (8, 9)}


def stands_still(geometry: Geometry, height_mm: float) -> bool:
    """Whether a point on the axis at a height casts its shadow on the middle of every view's detector."""
    row, column = geometry.project([0.0, 0.0, height_mm])
    middle = (geometry.shape[0] - 1) / 2, (geometry.shape[1] - 1) / 2
    return np.allclose(row, middle[0]) and np.allclose(column, middle[1])


# -- by hand -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("axis", "index"), [("x", 0), ("y", 1)])
def test_linear_track(axis: str, index: int) -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-482.3, 0, 482.3], source_to_detector_mm=1800, sweep_axis=axis, **DETECTOR
    )
    expected = np.zeros((3, 3))
    expected[:, index], expected[:, 2] = (-482.3, 0, 482.3), 1800
    np.testing.assert_allclose(geometry.source_mm, expected)
    assert geometry.is_rectified
    assert geometry.sweep_axis == index
    assert geometry.sweep_angle_deg == pytest.approx(2 * math.degrees(math.atan(482.3 / 1800)))
    assert geometry.convergence_height_mm == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(("axis", "index"), [("x", 0), ("y", 1)])
def test_the_pendulums_detector_moves_opposite_in_its_plane(axis: str, index: int) -> None:
    geometry = trajectories.pendulum(
        source_position_mm=[-300.0, 0.0, 200.0], source_to_detector_mm=1100, fulcrum_height_mm=100, sweep_axis=axis,
        **DETECTOR,
    )  # fmt: skip
    # Similar triangles: the detector's way is a tenth of the tube's, 100 mm below the fulcrum against 1000 mm above.
    np.testing.assert_allclose(geometry.detector_centre_mm[:, index], [30.0, 0.0, -20.0], atol=1e-12)
    np.testing.assert_allclose(geometry.detector_centre_mm[:, [1 - index, 2]], 0.0)
    np.testing.assert_allclose(geometry.source_mm[:, index], [-300.0, 0.0, 200.0])
    np.testing.assert_allclose(geometry.source_distance_mm, 1100)
    assert stands_still(geometry, 100.0)
    assert geometry.is_flat
    assert not geometry.is_rectified
    assert geometry.convergence_height_mm == pytest.approx(100.0)
    # Seen from the fulcrum.
    angles = [-math.degrees(math.atan(0.3)), 0.0, math.degrees(math.atan(0.2))]
    np.testing.assert_allclose(geometry.view_angle_deg, angles, atol=0.2)


@pytest.mark.parametrize(("axis", "index"), [("x", 0), ("y", 1)])
def test_arc(axis: str, index: int) -> None:
    angles = np.array([-25.0, 0.0, 10.0])
    geometry = trajectories.arc(
        angle_deg=angles, source_to_detector_mm=650, source_to_pivot_mm=600, sweep_axis=axis, **DETECTOR
    )
    pivot = np.array([0.0, 0.0, 50.0])
    np.testing.assert_allclose(np.linalg.norm(geometry.source_mm - pivot, axis=1), 600)
    offset = geometry.source_mm - pivot
    np.testing.assert_allclose(np.degrees(np.arctan2(offset[:, index], offset[:, 2])), angles)
    np.testing.assert_allclose(geometry.source_mm[:, 1 - index], 0)
    assert geometry.is_rectified


@pytest.mark.parametrize("axis", ["x", "y"])
def test_isocentric_keeps_the_axis_on_the_detectors_middle(axis: str) -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-20, 0, 35], source_to_detector_mm=1500, source_to_axis_mm=1000, sweep_axis=axis, **DETECTOR
    )
    assert stands_still(geometry, 500.0)
    np.testing.assert_allclose(geometry.source_distance_mm, 1500)
    np.testing.assert_allclose(geometry.detector_centre_mm[1], 0, atol=1e-12)
    # The detector stays perpendicular to the central ray.
    ray = geometry.source_mm - geometry.detector_centre_mm
    np.testing.assert_allclose(np.cross(ray, geometry.normal), 0, atol=1e-9)
    assert geometry.convergence_height_mm == pytest.approx(500)
    assert not geometry.is_flat
    assert geometry.sweep_axis == "xy".index(axis)


def test_a_detector_that_turns_about_its_own_middle_stays_there() -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-7.5, 0, 7.5], source_to_detector_mm=700, source_to_axis_mm=700, sweep_axis="y", **DETECTOR
    )
    np.testing.assert_allclose(geometry.detector_centre_mm, 0, atol=1e-12)
    np.testing.assert_allclose(
        geometry.row_direction[2], [0, math.cos(math.radians(7.5)), -math.sin(math.radians(7.5))]
    )


def test_a_breast_units_detector_turns_less_than_its_tube() -> None:
    geometry = trajectories.arc(
        angle_deg=[-7.5, 0, 7.5], source_to_detector_mm=700, source_to_pivot_mm=700, detector_angle_deg=[-2.1, 0, 2.1],
        **DETECTOR,
    )  # fmt: skip
    np.testing.assert_allclose(geometry.detector_centre_mm, 0)
    np.testing.assert_allclose(np.linalg.norm(geometry.source_mm, axis=1), 700)
    # The central ray meets it at 7.5° − 2.1° from its normal.
    ray = geometry.source_mm / 700
    np.testing.assert_allclose(np.degrees(np.arccos(np.sum(ray * geometry.normal, axis=1))), [5.4, 0, 5.4], atol=1e-6)
    both = trajectories.arc(
        angle_deg=[-7.5, 7.5], source_to_detector_mm=700, source_to_pivot_mm=700, detector_angle_deg=[-7.5, 7.5],
        **DETECTOR,
    )  # fmt: skip
    assert both.equals(
        trajectories.isocentric(
            angle_deg=[-7.5, 7.5], source_to_detector_mm=700, source_to_axis_mm=700, sweep_axis="y", **DETECTOR
        )
    )


def test_a_circle_and_an_ellipse() -> None:
    angles = np.array([0.0, 90.0, 225.0])
    circle = trajectories.ellipse(angle_deg=angles, radius_mm=200, source_to_detector_mm=1000, **DETECTOR)
    half = 200 * math.sqrt(0.5)
    np.testing.assert_allclose(circle.source_mm, [[200, 0, 1000], [0, 200, 1000], [-half, -half, 1000]], atol=1e-9)
    assert circle.is_rectified
    oblong = trajectories.ellipse(
        angle_deg=angles, radius_mm=(200, 90), source_to_detector_mm=1000, fulcrum_height_mm=200, **DETECTOR
    )
    np.testing.assert_allclose(oblong.source_mm[:2], [[200, 0, 1000], [0, 90, 1000]], atol=1e-9)
    np.testing.assert_allclose(oblong.detector_centre_mm[:2], [[-50, 0, 0], [0, -22.5, 0]], atol=1e-9)
    assert oblong.is_flat
    assert stands_still(oblong, 200.0)
    assert oblong.convergence_height_mm == pytest.approx(200.0)


def test_a_spiral_is_travelled_at_constant_speed() -> None:
    geometry = trajectories.spiral(
        n_views=200, turns=3.0, radius_mm=(0.0, 300.0), source_to_detector_mm=1200, fulcrum_height_mm=150, **DETECTOR
    )
    x, y, z = geometry.source_mm.T
    radius = np.hypot(x, y)
    np.testing.assert_allclose(z, 1200)
    assert (radius[0], radius[-1]) == pytest.approx((0.0, 300.0), abs=1e-6)
    # Archimedes: the radius grows with the angle, 100 mm a turn; the first views lie too near the axis to have one.
    angle = np.unwrap(np.arctan2(y[5:], x[5:]))
    np.testing.assert_allclose(radius[5:], 300.0 * angle / (6 * math.pi), rtol=1e-3)
    step = np.hypot(np.diff(x), np.diff(y))
    assert np.ptp(step[20:]) < 0.01 * step.mean()
    # Its length: (c/2)(φ√(1 + φ²) + arsinh φ) for r = c·φ.
    c, end = 300.0 / (6 * math.pi), 6 * math.pi
    length = c / 2 * (end * math.sqrt(1 + end**2) + math.asinh(end))
    assert step.sum() == pytest.approx(length, rel=2e-3)
    assert stands_still(geometry, 150.0)


def test_facts_pass_on_to_the_geometry() -> None:
    geometry = trajectories.ellipse(
        angle_deg=[0, 120, 240], radius_mm=100, source_to_detector_mm=900, pixel_pitch_mm=(0.2, 0.3), shape=(5, 6),
        origin="preset", exposure=[1, 2, 3], note="here",
    )  # fmt: skip
    assert (geometry.origin, geometry.note) == ("preset", "here")
    assert geometry.pixel_pitch_mm == (0.2, 0.3)
    assert geometry.exposure is not None
    np.testing.assert_allclose(geometry.exposure, [1, 2, 3])


# -- refusals ------------------------------------------------------------------------------------------------------

VALID: dict[str, dict[str, Any]] = {
    "linear_track": {"source_position_mm": [-1, 1], "source_to_detector_mm": 9},
    "pendulum": {"source_position_mm": [-1, 1], "source_to_detector_mm": 9, "fulcrum_height_mm": 1},
    "arc": {"angle_deg": [-1, 1], "source_to_detector_mm": 9, "source_to_pivot_mm": 8},
    "isocentric": {"angle_deg": [-1, 1], "source_to_detector_mm": 9, "source_to_axis_mm": 8},
    "ellipse": {"angle_deg": [0, 90], "radius_mm": 2, "source_to_detector_mm": 9},
    "spiral": {"n_views": 9, "turns": 2, "radius_mm": (1, 3), "source_to_detector_mm": 9},
}


@pytest.mark.parametrize("name", list(VALID))
def test_the_valid_ones_are_taken(name: str) -> None:
    assert getattr(trajectories, name)(**VALID[name], **DETECTOR).n_views in (2, 9)


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("linear_track", {"sweep_axis": "z"}, 'sweep axis must be "x" or "y", found "z"'),
        ("linear_track", {"source_position_mm": []}, "positions of the source must be finite numbers"),
        ("linear_track", {"source_position_mm": [0, math.nan]}, "positions of the source must be finite numbers"),
        ("linear_track", {"source_position_mm": "far"}, "positions of the source must be finite numbers"),
        ("linear_track", {"source_to_detector_mm": -5}, "source to detector must be a positive number, found -5"),
        ("linear_track", {"source_to_detector_mm": None}, "source to detector must be a positive number, found"),
        ("linear_track", {"source_position_mm": [0, 900]}, r"stands 89\.4° from the detector's normal"),
        ("linear_track", {"pixel_pitch_mm": "fine"}, "pixel pitch must be one number, or two"),
        ("linear_track", {"pixel_pitch_mm": (1, 2, 3)}, "pixel pitch must be one number, or two"),
        ("pendulum", {"fulcrum_height_mm": 9}, r"fulcrum must lie between the detector and the tube \(9 mm\), found 9"),
        ("pendulum", {"fulcrum_height_mm": -1}, "fulcrum must lie between the detector and the tube"),
        ("pendulum", {"fulcrum_height_mm": math.nan}, "fulcrum's height is one number"),
        ("arc", {"angle_deg": [-1, 120]}, "angles must lie between −80° and 80° .*, found 120°"),
        ("arc", {"detector_angle_deg": [1, 2, 3]}, "detector's angles must be one for all views, or 2; found 3"),
        ("arc", {"source_to_pivot_mm": 10}, "axis of rotation must lie between source and detector"),
        ("arc", {"source_to_pivot_mm": 0}, "axis of rotation must be a positive number, found 0"),
        ("isocentric", {"source_to_axis_mm": 9.5}, r"found 9\.5 mm from the source to the axis and 9 mm"),
        ("isocentric", {"angle_deg": [math.inf]}, "angles must be finite numbers"),
        ("isocentric", {"sweep_axis": "rows"}, 'sweep axis must be "x" or "y", found "rows"'),
        ("ellipse", {"radius_mm": 0}, "radii of the tube's path must be positive, found 0 and 0 mm"),
        ("ellipse", {"radius_mm": (1, 2, 3)}, "radius must be one number, or two"),
        ("ellipse", {"radius_mm": (1, -2)}, "radii of the tube's path must be positive, found 1 and -2 mm"),
        ("spiral", {"n_views": 0}, "number of views must be a whole number, at least 1; found 0"),
        ("spiral", {"n_views": 3.5}, r"number of views must be a whole number, at least 1; found 3\.5"),
        ("spiral", {"turns": 0}, "number of turns must be a positive number, found 0"),
        ("spiral", {"radius_mm": (3, 1)}, "inner radius must be 0 or more and less than the outer; found 3 and 1 mm"),
        ("spiral", {"radius_mm": 3}, "an inner and an outer radius, found 3"),
    ],
)
def test_what_no_device_does_is_refused_with_a_sentence(name: str, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(GeometryError, match=sentence):
        getattr(trajectories, name)(**{**DETECTOR, **VALID[name], **changes})
