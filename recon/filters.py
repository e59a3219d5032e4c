"""Filters along the sweep: the ramp family, apodisation, padding at truncated borders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import scipy.fft
from numpy.typing import NDArray

from recon.errors import BocageError

Response = NDArray[np.float64]

APODISATIONS: dict[str, tuple[str, Callable[[Response], Response]]] = {
    "ramp": ("Ramp (sharpest)", np.ones_like),
    "shepp-logan": ("Shepp–Logan", lambda x: np.sinc(x / 2)),
    "cosine": ("Cosine", lambda x: np.cos(np.pi * x / 2)),
    "hamming": ("Hamming", lambda x: 0.54 + 0.46 * np.cos(np.pi * x)),
    "hann": ("Hann (smoothest)", lambda x: 0.5 + 0.5 * np.cos(np.pi * x)),
}
"""Roll-offs by name: title, and gain as a function of frequency over cut-off (0…1)."""


def apodisation(name: str, ratio: NDArray[np.float64]) -> Response:
    """Gain of a roll-off at frequency/cut-off `ratio`; zero above 1."""
    if name not in APODISATIONS:
        raise BocageError(f'There is no filter "{name}". Choose one of: {", ".join(APODISATIONS)}.')
    return np.where(ratio <= 1.0, APODISATIONS[name][1](np.minimum(ratio, 1.0)), 0.0)


def ramp_response(
    frequency: NDArray[np.float64], pitch_mm: float, window: str, cutoff: float, floor: float
) -> Response:
    """The apodised ramp |ν| raised by a constant floor, in cycles/mm.

    Parameters
    ----------
    frequency : ndarray of float64, shape (k,)
        The ≥ 0 frequencies 0, 1/(N·pitch), … of a real FFT of even length N.
    pitch_mm : float
        Sample distance.
    window : str
        A key of `APODISATIONS`.
    cutoff : float
        End of the filter as a share of the Nyquist frequency; above 1 for binned samples of a finer detector.
    floor : float
        Gain added at all frequencies, cycles/mm: what is left of the mean.

    Notes
    -----
    The ramp is the transform of the band-limited kernel sampled in space (Kak and Slaney, *Principles of Computerized
    Tomographic Imaging*, eq. 3.61), not |ν| sampled in frequency: the latter's zero at ν = 0 would take the mean of
    the padded row instead of the row's and bias every slice.
    """
    nyquist = 0.5 / pitch_mm
    count = 2 * (frequency.size - 1)
    kernel = np.zeros(count)
    kernel[0] = 0.25 / pitch_mm**2
    odd = np.arange(1, count // 2 + 1, 2)
    kernel[odd] = -1.0 / (np.pi * odd * pitch_mm) ** 2
    kernel[-odd] = kernel[odd]
    ramp = scipy.fft.rfft(kernel).real * pitch_mm
    return (floor + ramp) * apodisation(window, frequency / (cutoff * nyquist))


def padded_length(samples: int) -> int:
    """An even, fast FFT length that keeps the two ends of a row apart.

    A quarter more is enough: the ends are joined smoothly, and the ramp's kernel has fallen to 1/n² there.
    """
    return 2 * int(scipy.fft.next_fast_len(-(-samples * 5 // 8), real=True))


@numba.njit(nogil=True, fastmath=True, cache=True)
def load_columns(
    view: NDArray[np.float32],
    start: int,
    stop: int,
    weight: NDArray[np.float32],
    along_squared: NDArray[np.float32],
    across_squared: NDArray[np.float32],
    distance: float,
    blend: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """Columns of a view as weighted, padded rows, two in one complex row: ``out[p, u, h]`` is column 2p + h.

    Each sample is ``view[u, c] · weight[u] · cos γ``; cos γ = D/√(D² + (u − s)² + (v − c)²) turns the path's length
    into height. Beyond both ends the rows go on with their border values, blended where they meet: a row cut off at
    the detector's edge would otherwise end in a step, which the ramp turns into a bright band.

    Parameters
    ----------
    view : ndarray of float32, shape (samples, columns)
    weight, along_squared : ndarray of float32, shape (samples,)
    across_squared : ndarray of float32, shape (columns,)
    blend : ndarray of float32, shape (length − samples,)
        Share of the right end in the padding, from `padding_blend`.
    out : ndarray of float32, shape (≥ ⌈(stop − start)/2⌉, length, 2)
        Real and imaginary parts.
    """
    samples = view.shape[0]
    squared = np.float32(distance * distance)
    top = np.float32(distance)
    for block in range(start, stop, 16):  # 16 columns are one cache line of the view
        end = min(block + 16, stop)
        for u in range(samples):
            factor = weight[u] * top
            base = squared + along_squared[u]
            for c in range(block, end):
                t = c - start
                out[t >> 1, u, t & 1] = view[u, c] * factor / np.sqrt(base + across_squared[c])
    edge = max(1, min(8, samples // 4))
    for c in range(stop - start):
        row = out[c >> 1, :, c & 1]
        left = np.float32(0.0)
        right = np.float32(0.0)
        for t in range(edge):
            left += row[t]
            right += row[samples - 1 - t]
        left /= np.float32(edge)
        right /= np.float32(edge)
        for t in range(blend.size):
            row[samples + t] = left + (right - left) * blend[t]


@numba.njit(nogil=True, cache=True)
def store_columns(rows: NDArray[np.float32], view: NDArray[np.float32], start: int, stop: int) -> None:
    """Undo `load_columns`' turn: ``view[u, start + 2p + h] = rows[p, u, h]`` for the samples of the view."""
    for block in range(start, stop, 16):
        end = min(block + 16, stop)
        for u in range(view.shape[0]):
            for c in range(block, end):
                t = c - start
                view[u, c] = rows[t >> 1, u, t & 1]


def padding_blend(samples: int, length: int) -> NDArray[np.float32]:
    """Share of a row's right end along the padding that follows it: flat at both ends, a half cosine between."""
    position = (np.arange(length - samples) + 0.5) / (length - samples)
    return (0.5 + 0.5 * np.cos(np.pi * np.clip(2.0 * position - 0.5, 0.0, 1.0))).astype(np.float32)


def filter_rows(rows: NDArray[np.complex64], response: NDArray[np.float32]) -> NDArray[np.complex64]:
    """Apply a real, even frequency response along the last axis, in place: real and imaginary parts alike.

    Parameters
    ----------
    rows : ndarray of complex64, shape (count, length)
        Padded rows of even length, two real rows in each; overwritten.
    response : ndarray of float32, shape (length // 2 + 1,)

    Returns
    -------
    ndarray of complex64, shape (count, length)
        `rows` itself: a filter that allocates would spend its time in the kernel's page faults.
    """
    spectrum: Any = scipy.fft.fft(rows, axis=1, overwrite_x=True)
    half = response.size
    spectrum[:, :half] *= response
    spectrum[:, half:] *= response[-2:0:-1]
    return np.asarray(scipy.fft.ifft(spectrum, axis=1, overwrite_x=True))


def warm_up() -> None:
    """Compile the kernels."""
    view, line = np.ones((8, 4), np.float32), np.ones(8, np.float32)
    length = padded_length(8)
    rows = np.zeros((2, length), np.complex64)
    load_columns(view, 0, 4, line, line, line[:4], 1.0, padding_blend(8, length), as_pairs(rows))
    store_columns(as_pairs(filter_rows(rows, np.ones(length // 2 + 1, np.float32))), view, 0, 4)


def as_pairs(rows: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Complex rows as (count, length, 2) real and imaginary parts, the same memory."""
    return rows.view(np.float32).reshape(*rows.shape, 2)
