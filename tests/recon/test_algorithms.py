"""Algorithms: their parameters, weights and filters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.algorithms import ALGORITHMS, FilteredBackProjection, ShiftAndAdd, build, parameters
from recon.algorithms.fbp import sweep_steps_mm
from recon.errors import BocageError


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
        ("fbp", {"filter": "hann"}, 'has no parameter "filter". It has: window, cutoff, low_frequency_share'),
        ("fbp", {"cutoff": "much"}, 'cutoff must be a number, found "much"'),
        ("fbp", {"cutoff": 3}, r"Cut-off must lie between 0\.1 and 1; found 3"),
        ("fbp", {"cutoff": float("nan")}, "Cut-off must lie between"),
        ("fbp", {"window": "none"}, "Filter must be one of ramp, .*; found 'none'"),
        ("shift-and-add", {"cutoff": 1}, 'has no parameter "cutoff". It has: no parameters'),
    ],
)
def test_wrong_parameters_are_refused(name: str, values: dict[str, object], sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        build(name, values)


# -- weights ---------------------------------------------------------------------------------------------------------


def track(positions: list[float], distance: float = 1000.0) -> np.ndarray:
    return np.array([[s, 0.0, distance] for s in positions])


def test_steps_are_half_the_way_to_both_neighbours() -> None:
    along, height = sweep_steps_mm(track([0.0, 10.0, 30.0, 60.0]))
    np.testing.assert_allclose(along, [10.0, 15.0, 25.0, 30.0])
    np.testing.assert_allclose(height, 0.0)


@given(st.permutations(range(7)))
def test_the_order_of_the_views_does_not_matter(order: list[int]) -> None:
    source = track([-90.0, -40.0, 0.0, 5.0, 20.0, 80.0, 81.0])
    along, _ = sweep_steps_mm(source)
    shuffled, _ = sweep_steps_mm(source[list(order)])
    np.testing.assert_allclose(shuffled, along[list(order)])


def test_repeated_views_share_their_step() -> None:
    once, _ = sweep_steps_mm(track([-50.0, 0.0, 50.0]))
    twice, _ = sweep_steps_mm(track([-50.0, 0.0, 0.0, 0.0, 50.0]))
    np.testing.assert_allclose(twice[1:4], once[1] / 3)
    np.testing.assert_allclose([twice[0], twice[4]], [once[0], once[2]])


def test_fbp_weighs_views_by_the_change_of_their_rays_slope() -> None:
    along = np.array([-100.0, 0.0, 250.0])
    straight = FilteredBackProjection().weights(track([-50.0, 0.0, 100.0]), along)
    # On a straight track: Δs / D, the same for all samples.
    np.testing.assert_allclose(straight, np.array([50.0, 75.0, 100.0])[:, None] / 1000.0 * np.ones((1, 3)))
    # On an arc: the numerical derivative of the slope (s − u)/D along the path.
    angle = np.radians(np.linspace(-20, 20, 41))
    arc = np.stack((600 * np.sin(angle), 0 * angle, 50 + 600 * np.cos(angle)), axis=1)
    got = FilteredBackProjection().weights(arc, along)
    slope = (arc[:, :1] - along) / arc[:, 2:]
    np.testing.assert_allclose(got[1:-1], np.abs(slope[2:] - slope[:-2])[:, :] / 2, rtol=2e-3)


def test_shift_and_add_is_a_mean() -> None:
    algorithm = ShiftAndAdd()
    weights = algorithm.weights(track([0.0, 1.0, 5.0, 9.0]), np.zeros(6))
    np.testing.assert_allclose(weights.sum(axis=0), 1.0)
    assert algorithm.frequency_response(np.arange(5.0), 0.2) is None
    np.testing.assert_array_equal(algorithm.height_factor(np.array([1.0, 1.7])), 1.0)


def test_the_density_is_the_gain_at_zero() -> None:
    frequency = np.arange(513) / (1024 * 0.4)
    none, full = (
        FilteredBackProjection("ramp", low_frequency_share=share).frequency_response(frequency, 0.4)
        for share in (0.0, 1.0)
    )
    np.testing.assert_allclose(full - none, 0.01)
    np.testing.assert_allclose(FilteredBackProjection().height_factor(np.array([1.0, 1.5])), [1.0, 2.25])
