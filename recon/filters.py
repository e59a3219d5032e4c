"""Frequency responses: the ramp, roll-offs, the depth window; and padding at truncated borders."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said

Response = NDArray[np.float64]

APODISATIONS: dict[str, tuple[str, Callable[[Response], Response]]] = {
    "ramp": ("Ramp (sharpest)", np.ones_like),
    "shepp-logan": ("Shepp–Logan", lambda x: np.sinc(x / 2)),
    "cosine": ("Cosine", lambda x: np.cos(np.pi * x / 2)),
    "hamming": ("Hamming", lambda x: 0.54 + 0.46 * np.cos(np.pi * x)),
    "hann": ("Hann (smoothest)", lambda x: 0.5 + 0.5 * np.cos(np.pi * x)),
}
"""Roll-offs by name: title, and gain as a function of frequency over cut-off (0…1)."""


def apodisation(name: str, ratio: Response) -> Response:
    """Gain of a roll-off at frequency/cut-off `ratio`; zero above 1."""
    if name not in APODISATIONS:
        raise BocageError(said('There is no filter "{0}". Choose one of: {1}.', name, ", ".join(APODISATIONS)))
    return np.where(ratio <= 1.0, APODISATIONS[name][1](np.minimum(ratio, 1.0)), 0.0)


def ramp(frequency: Response, pitch_mm: float) -> Response:
    """The ramp |ν| as the transform of its band-limited kernel, in cycles/mm.

    Parameters
    ----------
    frequency : ndarray of float64, shape (k,), or any shape
        One-dimensional: the ≥ 0 frequencies 0, 1/(N·pitch), … of a real FFT of even length N. Of any other shape: taken
        as they are.
    pitch_mm : float
        Sample distance.

    Notes
    -----
    The kernel is sampled in space (Kak and Slaney, *Principles of Computerized Tomographic Imaging*, eq. 3.61), not |ν|
    in frequency: the latter's zero at ν = 0 would take the mean of the padded row instead of the row's and bias every
    slice.
    """
    if frequency.ndim != 1:
        return np.abs(frequency)
    count = 2 * (frequency.size - 1)
    kernel = np.zeros(count)
    kernel[0] = 0.25 / pitch_mm**2
    odd = np.arange(1, count // 2 + 1, 2)
    kernel[odd] = -1.0 / (np.pi * odd * pitch_mm) ** 2
    kernel[-odd] = kernel[odd]
    return np.asarray(np.fft.rfft(kernel).real * pitch_mm)


def depth_window(frequency: Response, thickness_mm: float) -> Response:
    """Hann's window over depth frequency, zero from 1/thickness on.

    Its transform is `thickness_mm` wide at half height (to 0.2 %), so it makes sections so thick wherever the sweep
    reaches that depth frequency.
    """
    return apodisation("hann", np.abs(frequency) * thickness_mm)


def padding_blend(samples: int, length: int) -> NDArray[np.float32]:
    """Share of a row's right end along the padding that follows it: flat at both ends, a half cosine between."""
    position = (np.arange(length - samples) + 0.5) / max(length - samples, 1)
    return (0.5 + 0.5 * np.cos(np.pi * np.clip(2.0 * position - 0.5, 0.0, 1.0))).astype(np.float32)
