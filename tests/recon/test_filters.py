"""The ramp and its relatives against |ν|, against an analytic reconstruction, and at truncated borders."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recon.column_transform import transform
from recon.errors import BocageError
from recon.filtering import filter_view, padded_length
from recon.filters import APODISATIONS, apodisation, depth_window, padding_blend, ramp

PITCH = 0.4


def response(length: int, window: str = "ramp", cutoff: float = 1.0, floor: float = 0.0) -> NDArray[np.float64]:
    frequency = np.arange(length // 2 + 1) / (length * PITCH)
    return (floor + ramp(frequency, PITCH)) * apodisation(window, frequency / (cutoff * 0.5 / PITCH))


def filtered(rows: NDArray[np.float64], gain: NDArray[np.float64], far: float = 1e7) -> NDArray[np.float32]:
    """Rows (count, samples) as the columns of a view, with the source so far that cos γ is 1."""
    view = np.ascontiguousarray(rows.T, dtype=np.float32)
    one, zero = np.ones(len(view), np.float32), np.zeros(len(view), np.float32)
    run(view, gain, one, zero, np.zeros(view.shape[1], np.float32), far)
    return view.T


def run(
    view: NDArray[np.float32],
    gain: NDArray[np.float64],
    weight: NDArray[np.float32],
    along_squared: NDArray[np.float32],
    across_squared: NDArray[np.float32],
    distance: float,
) -> None:
    samples, columns = view.shape
    made = transform(padded_length(samples))
    assert gain.size == made.length // 2 + 1
    memory = np.full((2, made.length * 16), np.nan, np.float32)
    across = np.zeros(columns + 32, np.float32)
    across[:columns] = across_squared
    filter_view(
        view, weight, along_squared, across, distance, made.arrange(gain),
        made.radices, made.twiddles, memory[0], memory[1],
    )  # fmt: skip


@pytest.mark.parametrize("length", [64, 500, 2560])
def test_the_ramp_is_the_frequency_but_for_its_mean(length: int) -> None:
    gain = response(length)
    frequency = np.arange(length // 2 + 1) / (length * PITCH)
    # The kernel cut at ±N/2 differs from |ν| by the cut tail: 4/(π² N pitch) · ½ at ν = 0, less and less above.
    assert gain[0] == pytest.approx(2 / (np.pi**2 * length * PITCH), rel=0.02)
    np.testing.assert_allclose(gain[1:], frequency[1:], atol=1.1 * gain[0])
    np.testing.assert_allclose(gain[length // 8 :], frequency[length // 8 :], rtol=0.01)


@pytest.mark.parametrize(
    ("window", "half", "end"),
    [
        ("ramp", 1.0, 1.0),
        ("shepp-logan", np.sin(np.pi / 4) / (np.pi / 4), 2 / np.pi),
        ("cosine", np.sqrt(0.5), 0.0),
        ("hamming", 0.54, 0.08),
        ("hann", 0.5, 0.0),
    ],
)
def test_roll_offs(window: str, half: float, end: float) -> None:
    ratio = np.array([0.0, 0.5, 1.0, 1.0001])
    np.testing.assert_allclose(apodisation(window, ratio), [1.0, half, end, 0.0], atol=1e-12)
    gain, bare = response(512, window, 0.5), response(512)
    frequency = np.arange(257) / (512 * PITCH)
    cut = 0.5 * 0.5 / PITCH
    np.testing.assert_array_equal(gain[frequency > cut * 1.0001], 0.0)
    low = frequency <= cut
    np.testing.assert_allclose(gain[low], bare[low] * apodisation(window, frequency[low] / cut), atol=1e-12)


def test_every_roll_off_is_tested_and_has_a_title() -> None:
    assert set(APODISATIONS) == {"ramp", "shepp-logan", "cosine", "hamming", "hann"}
    assert all(title for title, _ in APODISATIONS.values())


def test_an_unknown_roll_off_is_refused() -> None:
    with pytest.raises(BocageError, match=r'no filter "boxcar"\. Choose one of: ramp, shepp-logan'):
        response(64, "boxcar")


def test_the_depth_window_makes_sections_of_its_thickness() -> None:
    """Its transform, over heights, is as wide at half its height as was asked for."""
    thickness = 6.0
    frequency = np.linspace(-1.0, 1.0, 4001)
    heights = np.linspace(0.0, 6.0, 1201)
    profile = (depth_window(frequency, thickness)[:, None] * np.cos(2 * np.pi * frequency[:, None] * heights)).sum(
        axis=0
    )
    half = np.interp(-0.5, -profile / profile[0], heights)
    assert 2 * half == pytest.approx(thickness, rel=0.005)


@pytest.mark.parametrize("samples", [4, 5, 37, 256, 1023, 2022])
def test_the_padded_length_is_even_and_keeps_a_quarter_apart(samples: int) -> None:
    length = padded_length(samples)
    assert length % 2 == 0
    assert 1.25 * samples <= length <= 1.6 * samples + 8


def test_a_disc_reconstructs_to_its_value() -> None:
    """All angles: the filtered projections of a disc back-projected at its points give the disc (Radon)."""
    samples, radius, value = 401, 30.0, 0.02
    position = (np.arange(samples) - 200) * PITCH
    chord = value * 2 * np.sqrt(np.maximum(0.0, radius**2 - position**2))
    rows = filtered(np.stack((chord, chord)), response(padded_length(samples)))
    # By symmetry every angle contributes the same at the centre; elsewhere sum over angles.
    assert np.pi * rows[0, 200] == pytest.approx(value, rel=0.01)
    angle = np.linspace(0, np.pi, 720, endpoint=False)
    for x, expected in ((12.0, value), (25.0, value), (40.0, 0.0), (60.0, 0.0)):
        total = np.mean(np.interp(x * np.cos(angle), position, rows[0])) * np.pi
        assert total == pytest.approx(expected, abs=0.01 * value)


def test_a_sine_is_scaled_by_its_frequency() -> None:
    samples = 1000
    frequency = 0.15
    position = np.arange(samples) * PITCH
    row = np.cos(2 * np.pi * frequency * position)
    got = filtered(row[None], response(padded_length(samples)))[0]
    middle = slice(300, 700)
    np.testing.assert_allclose(got[middle], frequency * row[middle], atol=0.01 * frequency)


def test_two_columns_share_a_row_without_leaking() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(5, 200))
    gain = response(padded_length(200), "hann", 0.8, 0.003)
    together = filtered(rows, gain)
    for index in range(5):
        np.testing.assert_allclose(together[index], filtered(rows[index : index + 1], gain)[0], atol=2e-6)


# -- truncated borders -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("samples", [100, 1024])
def test_a_constant_or_sloping_row_is_nothing_to_the_ramp(samples: int) -> None:
    """As of a plate that goes on for ever: no bright border, no pedestal that would grow with the height."""
    rows = np.stack((np.full(samples, 5.0), np.linspace(2.0, 7.0, samples)))
    # Padded with zeros the border would be 5 · (1/4 + …)/pitch ≈ 1.5; |ν| at Nyquist × 5 = 6.25.
    np.testing.assert_allclose(filtered(rows, response(padded_length(samples))), 0.0, atol=5e-5)


def test_a_row_that_ends_in_air_is_not_touched() -> None:
    rng = np.random.default_rng(4)
    row = np.zeros(200)
    row[30:170] = rng.normal(size=140) + 3.0
    length = padded_length(200)
    padded = np.concatenate((row, np.zeros(length - 200)))
    exact = np.fft.irfft(np.fft.rfft(padded) * response(length))[:200]
    np.testing.assert_allclose(filtered(row[None], response(length))[0], exact, atol=2e-5)


def test_a_slope_cut_off_at_both_ends_has_no_bright_border() -> None:
    """A body wider than the detector: the filtered border stays within what a gentle profile can give."""
    samples = 1024
    position = (np.arange(samples) - samples / 2) * PITCH
    width = position[-1]
    profile = 6.0 - 2.0 * (position / width) ** 2 + 0.8 * position / width
    got = filtered(profile[None], response(padded_length(samples)))[0]
    # True answer of the profile continued by its ends, from a very long row.
    far = 16 * samples
    reach = np.concatenate((np.full(far, profile[0]), profile, np.full(far, profile[-1])))
    length = reach.size + reach.size % 2
    reach = np.append(reach, profile[-1:].repeat(length - reach.size))
    exact = np.fft.irfft(np.fft.rfft(reach) * response(length))[far : far + samples]
    assert np.abs(got - exact)[1:-1].max() < 0.005
    assert np.abs(got - exact).max() < 0.02
    step = np.abs(filtered(np.concatenate((np.zeros(200), np.full(624, 5.0), np.zeros(200)))[None],
                           response(padded_length(1024)))).max()  # fmt: skip
    # Within a sample of the border a real step of 5 would rise to `step`; the border may not exceed a hundredth of it.
    assert np.abs(got[:8]).max() < 0.02 * step
    assert np.abs(got[-8:]).max() < 0.02 * step


def test_the_padding_joins_both_ends() -> None:
    samples, length = 100, padded_length(100)
    blend = padding_blend(samples, length)
    assert blend.size == length - samples
    assert blend[0] == pytest.approx(1.0)  # beside the right end: the right end's value
    assert blend[-1] == pytest.approx(0.0)
    assert np.all(np.diff(blend) <= 0)


def test_weights_and_obliquity() -> None:
    """Each sample is weighed by its weight and by the cosine of its ray's angle to the normal."""
    samples, columns, distance = 16, 39, 50.0
    along, across = (np.arange(samples) - 3.0) * 2, (np.arange(columns) - 9.0) * 1.5
    rng = np.random.default_rng(6)
    view, weight = rng.random((samples, columns)).astype(np.float32), rng.random(samples).astype(np.float32)
    view[:4] = view[-4:] = 0.0  # air at both ends
    cosine = distance / np.sqrt(distance**2 + along[:, None] ** 2 + across[None, :] ** 2)
    expected = view * weight[:, None] * cosine
    run(
        view, np.ones(padded_length(samples) // 2 + 1), weight, (along**2).astype(np.float32),
        (across**2).astype(np.float32), distance,
    )  # fmt: skip
    np.testing.assert_allclose(view, expected, atol=1e-6)
