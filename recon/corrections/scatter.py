"""Scattered radiation and glare subtracted from the detected intensity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numba
import numpy as np
from numpy.typing import NDArray

from recon.corrections.base import Correction
from recon.messages import said
from recon.notes import Fact
from recon.parameters import number
from recon.preprocess import LineIntegrals
from recon.progress import SILENT, Progress

Floats = NDArray[np.float32]

REFERENCE_INTEGRAL = 3.9
"""Line integral behind 20 cm of soft tissue (0.0194/mm near 70 keV)."""
PIXELS_PER_WIDTH = 10
"""Pixels in which the scatter is computed for each full width of its kernel."""
ITERATIONS = 12
DEEPEST = 0.9
"""Share of a pixel's intensity that is subtracted as it stands; beyond it ever less is, so that something is left."""
FWHM_SIGMAS = 2.3548


@dataclass(frozen=True)
class ScatterCorrection(Correction):
    """Scatter is estimated from the views and subtracted from the intensity.

    Behind a body the single scatter that a beam gives rise to goes as the primary intensity times its attenuation,
    P · (−ln P): none in the open field, most at medium thickness, little where the primary is spent (Ohnesorge, Flohr
    and Klingenbeck-Regn, Eur. Radiol. 9:563, 1999). Spread by a wide kernel K it is what the detector adds,

        I = P + K ∗ (a · P · (−ln P)),

    the kernel superposition of Sun and Star-Lack (Phys. Med. Biol. 55:6695, 2010) with one kernel. P follows by the
    iteration P ← P · I / (P + S(P)), which stays positive and converges for any share of scatter. The kernel is a
    Gaussian; multiple scatter, the anti-scatter grid and the detector's glare are in its share and width.
    """

    name: ClassVar[str] = "scatter"
    order: ClassVar[int] = 20
    title: ClassVar[str] = "Scatter correction"
    description: ClassVar[str] = (
        "Subtracts scattered radiation, which veils contrast most behind thick parts. True density and even brightness "
        "over large areas; noise rises with the contrast."
    )

    share: float = number(
        0.3,
        "Scatter share",
        "How much of what is detected behind 20 cm of soft tissue is scatter: about 0.2 to 0.4 with an anti-scatter "
        "grid, 0.5 to 0.8 without one. Too high a share makes thick parts black and white.",
        0.0,
        0.9,
        0.05,
    )
    width_mm: float = number(
        120.0,
        "Spread",
        "Full width at half maximum of the scatter from a narrow beam, on the detector: wider for thicker bodies and "
        "for larger gaps between body and detector.",
        10.0,
        400.0,
        10.0,
        "mm",
    )

    def prepare(self, integrals: LineIntegrals, progress: Progress = SILENT) -> WithoutScatter:
        """Each view is corrected from itself alone."""
        del progress
        return WithoutScatter(self, integrals.projections.geometry.pixel_pitch_mm)


class WithoutScatter:
    """Subtracts the scatter of one view."""

    def __init__(self, correction: ScatterCorrection, pitch_mm: tuple[float, float]) -> None:
        self._amplitude = correction.share / (1.0 - correction.share) / REFERENCE_INTEGRAL
        step = correction.width_mm / PIXELS_PER_WIDTH
        self._bins = tuple(max(1, round(step / pitch)) for pitch in pitch_mm)
        self._sigma = [
            correction.width_mm / FWHM_SIGMAS / (pitch * count)
            for pitch, count in zip(pitch_mm, self._bins, strict=True)
        ]
        self.note: str = Fact(said("scatter subtracted ({0:.0f} % behind 20 cm of tissue)", 100 * correction.share))

    def __call__(self, index: int, image: Floats) -> None:
        """Turn line integrals of all radiation into those of the primary."""
        del index
        rows, columns = (-(-size // count) for size, count in zip(image.shape, self._bins, strict=True))
        coarse = np.empty((rows, columns), np.float32)
        _mean_intensity(image, *self._bins, coarse)
        _subtract(image, self.scatter(coarse), *self._bins)

    def scatter(self, intensity: Floats) -> Floats:
        """Scatter, as a share of the open field, from the detected intensity.

        Parameters
        ----------
        intensity : ndarray of float32, shape (rows, columns)
            Over that of the open field, in coarse pixels; beyond the detector the body is taken to go on as at its
            edge.
        """
        from scipy.ndimage import gaussian_filter

        primary = intensity.astype(np.float64)
        scatter = np.zeros_like(primary)
        for _ in range(ITERATIONS):
            source = self._amplitude * primary * np.maximum(-np.log(np.maximum(primary, 1e-30)), 0.0)
            scatter = gaussian_filter(source, self._sigma, mode="nearest")
            primary *= intensity / np.maximum(primary + scatter, 1e-30)
        return scatter.astype(np.float32)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _mean_intensity(image: Floats, down: int, right: int, out: Floats) -> None:
    """Means of exp(−line integral) over down × right pixels."""
    rows, columns = image.shape
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            bottom, end = min((r + 1) * down, rows), min((c + 1) * right, columns)
            total = 0.0
            for y in range(r * down, bottom):
                for x in range(c * right, end):
                    total += np.exp(-image[y, x])
            out[r, c] = total / ((bottom - r * down) * (end - c * right))


@numba.njit(nogil=True, fastmath=True, cache=True)
def _subtract(image: Floats, scatter: Floats, down: int, right: int) -> None:
    """Subtract coarse scatter, bilinear between its pixels, from the intensity of an image of line integrals."""
    rows, columns = scatter.shape
    rest, deepest = np.float32(1.0 - DEEPEST), np.float32(DEEPEST)
    for r in range(image.shape[0]):
        y = min(max((r + 0.5) / down - 0.5, 0.0), rows - 1.0)
        i = min(int(y), max(rows - 2, 0))
        g = np.float32(y - i)
        lower_row = min(i + 1, rows - 1)
        for c in range(image.shape[1]):
            x = min(max((c + 0.5) / right - 0.5, 0.0), columns - 1.0)
            j = min(int(x), max(columns - 2, 0))
            f = np.float32(x - j)
            k = min(j + 1, columns - 1)
            upper = scatter[i, j] + f * (scatter[i, k] - scatter[i, j])
            lower = scatter[lower_row, j] + f * (scatter[lower_row, k] - scatter[lower_row, j])
            share = (upper + g * (lower - upper)) * np.exp(image[r, c])
            if share <= deepest:
                image[r, c] -= np.log(np.float32(1.0) - share)
            else:
                image[r, c] += (share - deepest) / rest - np.log(rest)


def warm_up() -> None:
    """Compile the kernels."""
    image, coarse = np.ones((4, 4), np.float32), np.ones((2, 2), np.float32)
    _mean_intensity(image, 2, 2, coarse)
    _subtract(image, coarse * np.float32(0.1), 2, 2)
