"""Effective thickness: against hand calculation, and against reconstructed beads."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recon import trajectories
from recon.algorithms import FilteredBackProjection, OnePass, ShiftAndAdd
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.projections import ProjectionSet
from recon.quality import objects
from recon.quality.objects import Frame
from recon.quality.profile import slice_sensitivity
from recon.quality.thickness import effective_thickness_mm, predicted_profile
from recon.reconstruction import reconstruct
from recon.simulate.acquisition import linear_sweep

RAMP = FilteredBackProjection(low_frequency_share=0.0)


def fine(half_angle: float, n: int = 201) -> Geometry:
    """Pixels far finer than the detail."""
    return linear_sweep(n_views=n, half_angle_deg=half_angle, pixel_pitch_mm=0.02, shape=(2000, 2000))


# -- by hand ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("half_angle", "diameter"), [(10.0, 0.5), (20.0, 0.5), (15.0, 2.0)])
def test_shift_and_add_of_a_ball(half_angle: float, diameter: float) -> None:
    """The mean over the views of the ball's chords, 2·√(r² − (t·Δz·cos γ)²), where each slope t leaves it."""
    height, distance, radius = 200.0, 1800.0, diameter / 2
    slope = np.linspace(-1, 1, 201) * distance * math.tan(math.radians(half_angle)) / (distance - height)
    cosine = 1 / np.sqrt(1 + slope**2)

    def signal(away: float) -> float:
        return float(np.mean(np.sqrt(np.maximum(radius**2 - (slope * away * cosine) ** 2, 0))))

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if signal(middle) > radius / 2 else (low, middle)
    found = effective_thickness_mm(fine(half_angle), ShiftAndAdd(), height, detail_mm=diameter)
    assert found == pytest.approx(2 * low, rel=0.01)


def test_thick_slabs_are_as_thick_as_they_say() -> None:
    for nominal in (15.0, 30.0, 60.0):
        assert effective_thickness_mm(fine(20.0), RAMP, 150.0, nominal) == pytest.approx(nominal, rel=0.005)


def test_a_filter_along_the_depth_sets_the_thickness_where_the_sweep_is_wide() -> None:
    """Hann's window up to 1/T is T wide at half height; the height changes that by the magnification.

    The filter is exact at 175 mm, in the middle of the heights offered: (1800/1625)² there.
    """
    wide = linear_sweep(n_views=401, half_angle_deg=45.0, pixel_pitch_mm=0.02, shape=(2000, 2000))
    algorithm = FilteredBackProjection(window="ramp", low_frequency_share=0.0, effective_thickness_mm=10.0)
    assert effective_thickness_mm(wide, algorithm, 175.0, detail_mm=0.2) == pytest.approx(10.0, rel=0.02)
    expected = 10.0 * (1800 / 1625) ** 2 / (1800 / 1500) ** 2
    assert effective_thickness_mm(wide, algorithm, 300.0, detail_mm=0.2) == pytest.approx(expected, rel=0.02)


def test_thinner_with_the_sweep_thicker_with_the_detail() -> None:
    values = [effective_thickness_mm(fine(angle), RAMP, 150.0) for angle in (5.0, 10.0, 20.0, 40.0)]
    assert values == sorted(values, reverse=True)
    # Small angles: the depth frequencies shrink with the tangent.
    assert values[0] / values[1] == pytest.approx(math.tan(math.radians(10)) / math.tan(math.radians(5)), rel=0.03)
    details = [effective_thickness_mm(fine(15.0), RAMP, 150.0, detail_mm=size) for size in (0.25, 0.5, 1.0, 4.0)]
    assert details == sorted(details)
    # The ramp's response to balls of any size has one shape: it grows with the ball where the pixels are finer.
    assert details[3] / details[2] == pytest.approx(4.0, rel=0.05)


def test_the_profile_is_one_in_the_plane_and_even() -> None:
    step, value = predicted_profile(fine(15.0), RAMP, 150.0)
    assert value[0] == 1.0
    assert value[round(12.0 / step)] == pytest.approx(0.0, abs=0.01)
    width = 2 * step * (np.argmax(value < 0.5) - 0.5)
    assert width == pytest.approx(effective_thickness_mm(fine(15.0), RAMP, 150.0), rel=0.02)


def test_too_few_views_do_not_focus() -> None:
    """Three of five views from one place above the ball: they keep three fifths of the signal at every height."""
    source = np.array([[0.0, along, 1800.0] for along in (-400.0, 0.0, 0.0, 0.0, 400.0)])
    geometry = Geometry(source, np.zeros(3), np.array([0, 1.0, 0]), np.array([1.0, 0, 0]), (0.2, 0.2), (2000, 2000))
    step, value = predicted_profile(geometry, ShiftAndAdd(), 150.0)
    assert value[round(12.0 / step)] == pytest.approx(0.6, abs=0.01)
    assert effective_thickness_mm(geometry, ShiftAndAdd(), 150.0) == math.inf
    assert effective_thickness_mm(geometry.subset([0, 1, 4]), ShiftAndAdd(), 150.0) < 5.0


def test_wide_profiles_are_found() -> None:
    """A sweep of ±2° and a coarse detail: beyond the range that is looked at first."""
    geometry = linear_sweep(n_views=301, half_angle_deg=2.0, pixel_pitch_mm=0.2, shape=(2000, 2000))
    # Half of the signal is left where the mean of √(1 − (x·k)²) over the views x in 0…1 is a half, k > 1 there: π/(4k).
    expected = 2 * (math.pi / 2) * 1.5 / (math.tan(math.radians(2.0)) * 1800 / 1650)
    found = effective_thickness_mm(geometry, ShiftAndAdd(), 150.0, detail_mm=3.0)
    assert found == pytest.approx(expected, rel=0.03)


def test_wrong_values_are_refused() -> None:
    with pytest.raises(BocageError, match="below the tube"):
        effective_thickness_mm(fine(15.0), RAMP, 1800.0)
    with pytest.raises(BocageError, match="0 or more"):
        effective_thickness_mm(fine(15.0), RAMP, 150.0, -1.0)
    with pytest.raises(BocageError, match="larger than 0"):
        effective_thickness_mm(fine(15.0), RAMP, 150.0, detail_mm=0.0)


# -- against reconstructed beads -------------------------------------------------------------------------------------


def circle() -> Geometry:
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    source = np.stack((250 * np.cos(angle), 250 * np.sin(angle), np.full(32, 1200.0)), axis=1)
    return Geometry(source, np.zeros(3), np.array([0, 1.0, 0]), np.array([1.0, 0, 0]), (0.25, 0.25), (1600, 1600))


GEOMETRIES = {
    "track": (lambda: linear_sweep(n_views=41, pixel_pitch_mm=0.2, shape=(2000, 2000)), 150.0),
    "track along x, high": (
        lambda: linear_sweep(n_views=41, half_angle_deg=20, pixel_pitch_mm=0.2, shape=(2000, 2000), sweep_axis="x"),
        300.0,
    ),
    "arc": (
        lambda: trajectories.arc(
            angle_deg=np.linspace(-12.5, 12.5, 25), source_to_detector_mm=660, source_to_pivot_mm=620,
            pixel_pitch_mm=0.1, shape=(2400, 2400),
        ),
        30.0,
    ),
    "turning detector": (
        lambda: trajectories.isocentric(
            angle_deg=np.linspace(-20, 20, 31), source_to_detector_mm=1200, source_to_axis_mm=800, pixel_pitch_mm=0.3,
            shape=(1000, 1000),
        ),
        450.0,
    ),
    "half a sweep": (
        lambda: trajectories.linear_track(
            source_position_mm=np.linspace(0, 600, 41), source_to_detector_mm=1800, pixel_pitch_mm=0.2,
            shape=(2000, 2000),
        ),
        150.0,
    ),
    "circle": (circle, 120.0),
}  # fmt: skip
ALGORITHMS: list[tuple[OnePass, float]] = [
    (ShiftAndAdd(), 0.0),
    (RAMP, 0.0),
    (RAMP, 8.0),
    (FilteredBackProjection(window="ramp"), 0.0),
    (FilteredBackProjection(cutoff=0.5), 0.0),
    (FilteredBackProjection(effective_thickness_mm=6.0), 0.0),
    (FilteredBackProjection(effective_thickness_mm=6.0), 8.0),
]


@pytest.mark.parametrize("name", GEOMETRIES)
def test_the_prediction_is_what_beads_measure(name: str) -> None:
    """Within 10 % (mostly 3 %) for any path of the tube, filter and slab."""
    make, height = GEOMETRIES[name]
    geometry = make()
    frame = Frame.of(geometry, height)
    pixel = min(geometry.pixel_pitch_mm) * (frame.tube_mm[2] - height) / frame.tube_mm[2]
    places = [
        frame.place(along + index / 4 * pixel, across + (3 * index % 4) / 4 * pixel, height)
        for index, (along, across) in enumerate([(-6.0, -6.0), (6.0, 6.0), (-6.0, 6.0), (6.0, -6.0)])
    ]
    beads = objects.beads(places, 0.5)
    seen = objects.cropped(geometry, beads, 60)
    views = ProjectionSet(beads.line_integrals(seen, oversampling=objects.OVERSAMPLING), seen)
    for algorithm, slab in ALGORITHMS:
        predicted = effective_thickness_mm(geometry, algorithm, height, slab)
        heights = height + predicted * np.array([-0.7, -0.55, -0.45, -0.3, 0.0, 0.3, 0.45, 0.55, 0.7])
        source = reconstruct(views, algorithm)
        measured = slice_sensitivity(source, places, heights, slab, frame.tube_mm).fwhm_mm
        assert predicted == pytest.approx(measured, rel=0.1), (algorithm, slab)


def test_views_left_out_make_it_thicker() -> None:
    geometry = linear_sweep(n_views=60, pixel_pitch_mm=0.2, shape=(2000, 2000))
    whole = effective_thickness_mm(geometry, RAMP, 150.0)
    half = effective_thickness_mm(geometry.subset(np.arange(15, 45)), RAMP, 150.0)
    assert half == pytest.approx(2 * whole, rel=0.05)
