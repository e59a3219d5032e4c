"""The Fourier transform down the columns against NumPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.column_transform import backward, fast_length, forward, multiply, transform
from recon.lanes import LANES


def run(lines: np.ndarray, gain: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The transform, and what comes back after a filter."""
    made = transform(len(lines))
    re, im = (np.ascontiguousarray(part, np.float32).ravel() for part in (lines.real, lines.imag))
    forward(re, im, made.length, made.radices, made.twiddles)
    spectrum = (re + 1j * im).reshape(-1, LANES)
    multiply(re, im, made.arrange(np.ones(made.length // 2 + 1) if gain is None else gain))
    backward(re, im, made.length, made.radices, made.twiddles)
    return spectrum, (re + 1j * im).reshape(-1, LANES)


@settings(max_examples=40, deadline=None)
@given(twos=st.integers(1, 9), threes=st.integers(0, 3), fives=st.integers(0, 2), seed=st.integers(0, 2**31))
def test_all_lengths(twos: int, threes: int, fives: int, seed: int) -> None:
    length = 2**twos * 3**threes * 5**fives
    rng = np.random.default_rng(seed)
    lines = rng.normal(size=(length, LANES)) + 1j * rng.normal(size=(length, LANES))
    spectrum, back = run(lines, None)
    expected = np.fft.fft(lines, axis=0)[transform(length).order]
    np.testing.assert_allclose(spectrum, expected, atol=1e-6 * np.abs(expected).max() * np.log2(2 * length))
    np.testing.assert_allclose(back, lines, atol=1e-5)


@pytest.mark.parametrize("length", [240, 2560])
def test_a_filter_is_applied_to_real_and_imaginary_lines_alike(length: int) -> None:
    rng = np.random.default_rng(3)
    lines = rng.normal(size=(length, LANES)) + 1j * rng.normal(size=(length, LANES))
    gain = rng.uniform(0.0, 2.0, length // 2 + 1)
    _, back = run(lines, gain)
    for got, given_ in ((back.real, lines.real), (back.imag, lines.imag)):
        expected = np.fft.irfft(np.fft.rfft(given_, axis=0) * gain[:, None], length, axis=0)
        np.testing.assert_allclose(got, expected, atol=2e-5)


@given(st.integers(1, 5000))
def test_fast_lengths(least: int) -> None:
    length = fast_length(least)
    assert length >= least
    assert length % 2 == 0
    assert np.prod(transform(length).radices) == length
    assert sorted(transform(length).order) == list(range(length))
