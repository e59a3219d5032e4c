"""Algorithms: their parameters, weights and filters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.algorithms import ALGORITHMS, FilteredBackProjection, ShiftAndAdd, build, parameters
from recon.errors import BocageError
from recon.filtering import _LineFilter
from recon.sweep import direction_steps, is_straight, path_steps_mm, rise, slopes, steps_mm


def test_all_are_known_by_name_and_described() -> None:
    assert next(iter(ALGORITHMS)) == "fbp"
    assert {"fbp", "shift-and-add"} <= set(ALGORITHMS)
    for name, algorithm in ALGORITHMS.items():
        assert algorithm.name == name
        assert algorithm.title
        assert algorithm.description
        assert build(name) == algorithm()
        for parameter in parameters(algorithm):
            assert parameter.title
            assert parameter.description
            if parameter.kind == "float":
                assert parameter.minimum <= parameter.default <= parameter.maximum
            if parameter.kind == "choice":
                assert parameter.default in dict(parameter.choices)


def test_parameters_are_built_from_text() -> None:
    built = build("fbp", {"cutoff": "0.5", "window": "cosine", "low_frequency_share": 0.1})
    assert built == FilteredBackProjection(window="cosine", cutoff=0.5, low_frequency_share=0.1)


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("sirt!", {}, 'no algorithm "sirt!". Choose one of: fbp, shift-and-add'),
        (
            "fbp",
            {"filter": "hann"},
            'has no parameter "filter". It has: window, cutoff, low_frequency_share, effective_thickness_mm, trim',
        ),
        ("fbp", {"cutoff": "much"}, 'cutoff must be a number, found "much"'),
        ("fbp", {"cutoff": 3}, r"Cut-off must lie between 0\.1 and 1; found 3"),
        ("fbp", {"cutoff": float("nan")}, "Cut-off must lie between"),
        ("fbp", {"window": "none"}, "Filter must be one of ramp, .*; found 'none'"),
        ("shift-and-add", {"cutoff": 1}, 'has no parameter "cutoff". It has: trim'),
    ],
)
def test_wrong_parameters_are_refused(name: str, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        build(name, values)


# -- weights ---------------------------------------------------------------------------------------------------------


def track(positions: list[float], distance: float = 1000.0) -> np.ndarray:
    return np.array([[s, 0.0, distance] for s in positions])


def test_steps_are_half_the_way_to_both_neighbours() -> None:
    np.testing.assert_allclose(steps_mm(track([0.0, 10.0, 30.0, 60.0])), [10.0, 15.0, 25.0, 30.0])
    np.testing.assert_allclose(rise(track([0.0, 10.0, 30.0, 60.0])), 0.0)


@given(st.permutations(range(7)))
def test_the_order_of_the_views_does_not_matter(order: list[int]) -> None:
    source = track([-90.0, -40.0, 0.0, 5.0, 20.0, 80.0, 81.0])
    np.testing.assert_allclose(steps_mm(source[list(order)]), steps_mm(source)[list(order)])


def test_repeated_views_share_their_step() -> None:
    once = steps_mm(track([-50.0, 0.0, 50.0]))
    twice = steps_mm(track([-50.0, 0.0, 0.0, 0.0, 50.0]))
    np.testing.assert_allclose(twice[1:4], once[1] / 3)
    np.testing.assert_allclose([twice[0], twice[4]], [once[0], once[2]])


class Lattice:
    """Sources and samples along the sweep, as a filter sees them."""

    def __init__(self, source: np.ndarray, along: np.ndarray) -> None:
        self.source_mm, self.shape = source, (len(source), along.size, 4)
        self.first_mm = np.tile((along[0], 0.0), (len(source), 1))
        self.pitch_mm, self.binning = (along[1] - along[0], 1.0), 1


def test_fbp_weighs_views_by_the_change_of_their_rays_slope() -> None:
    along = np.linspace(-100.0, 250.0, 8)
    fbp, all_views = FilteredBackProjection(), np.arange(3)
    straight = track([-50.0, 0.0, 100.0])
    weights = _LineFilter(Lattice(straight, along), fbp, 0.0).weight * fbp.shares(straight, all_views)[:, None]
    # On a straight track: Δs / D, the same for all samples.
    np.testing.assert_allclose(weights, np.array([50.0, 75.0, 100.0])[:, None] / 1000.0 * np.ones((1, 8)))
    # On an arc: the numerical derivative of the slope (s − u)/D along the path.
    angle = np.radians(np.linspace(-20, 20, 41))
    arc = np.stack((600 * np.sin(angle), 0 * angle, 50 + 600 * np.cos(angle)), axis=1)
    got = _LineFilter(Lattice(arc, along), fbp, 0.0).weight * fbp.shares(arc, np.arange(41))[:, None]
    slope = (arc[:, :1] - along) / arc[:, 2:]
    np.testing.assert_allclose(got[1:-1], np.abs(slope[2:] - slope[:-2])[:, :] / 2, rtol=2e-3)


def test_views_left_out_pass_their_share_on() -> None:
    fbp, source = FilteredBackProjection(), track([-90.0, -40.0, 0.0, 30.0, 90.0])
    used = np.array([0, 1, 3, 4])
    np.testing.assert_allclose(fbp.shares(source, used), [50.0, 60.0, 65.0, 60.0])


# -- curved paths ----------------------------------------------------------------------------------------------------


def circle(n: int, radius: float = 200.0) -> np.ndarray:
    angle = 2 * np.pi * np.arange(n) / n + 0.1
    return np.stack((radius * np.cos(angle), radius * np.sin(angle), np.full(n, 1000.0)), axis=1)


def test_paths_are_told_from_tracks() -> None:
    assert is_straight(track([-90.0, 0.0, 90.0]))
    assert is_straight(track([-90.0, 0.0, 90.0]) + [0.0, 30.0, 0.0])
    assert not is_straight(circle(12))
    diagonal = track([-90.0, 0.0, 90.0])
    diagonal[:, 1] = diagonal[:, 0]
    assert not is_straight(diagonal)


def test_steps_along_a_straight_track_are_those_of_every_direction() -> None:
    source = track([-90.0, -60.0, -30.0, 0.0, 30.0, 60.0, 90.0])
    angle = np.radians([0.0, 40.0, 75.0])
    steps = direction_steps(slopes(source), angle)
    np.testing.assert_allclose(steps, np.full((7, 1), 0.03) * np.cos(angle), rtol=1e-9)


def test_a_circle_is_passed_twice_in_every_direction() -> None:
    """The steps of all views cover the range of slopes once, so each of two passes takes half."""
    source = circle(90)
    steps = direction_steps(slopes(source), np.radians([0.0, 33.0, 90.0, 140.0]))
    np.testing.assert_allclose(steps.sum(axis=0), 0.4, rtol=0.03)


def test_a_closed_path_has_equal_steps_and_a_gap_passes_to_its_neighbours() -> None:
    source = circle(24)
    np.testing.assert_allclose(path_steps_mm(source, np.arange(24)), 2 * 200 * np.sin(np.pi / 24), rtol=1e-9)
    fbp, used = FilteredBackProjection(), np.delete(np.arange(24), 5)
    shares = fbp.shares(source, used)
    np.testing.assert_allclose(shares[[3, 8]], 1.0)
    np.testing.assert_allclose(shares[[4, 5]], 1.5, rtol=0.01)
    # Where the path is counted from makes no difference.
    shares = fbp.shares(source, np.arange(2, 24))
    np.testing.assert_allclose(shares[[0, -1]], 2.0, rtol=0.03)
    np.testing.assert_allclose(shares[1:-1], 1.0)


def test_shift_and_add_is_a_mean() -> None:
    algorithm = ShiftAndAdd()
    np.testing.assert_allclose(algorithm.shares(track([0.0, 1.0, 5.0, 9.0]), np.arange(3)), 1 / 3)
    assert algorithm.gain(np.arange(5.0), 0.2) is None
    np.testing.assert_array_equal(algorithm.height_factor(np.array([1.0, 1.7])), 1.0)


def test_density_needs_no_other_filter() -> None:
    assert FilteredBackProjection(low_frequency_share=1.0).density == pytest.approx(1 / 200)
    assert FilteredBackProjection(low_frequency_share=0.9).filtering == FilteredBackProjection().filtering
    assert FilteredBackProjection(cutoff=0.9).filtering != FilteredBackProjection().filtering
    np.testing.assert_allclose(FilteredBackProjection().height_factor(np.array([1.0, 1.5])), [1.0, 2.25])
