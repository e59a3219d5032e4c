"""Noise power spectrum (NPS) of uniform regions, two-dimensional, along and across the sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.quality.readings import Doubles
from recon.slab import PlaneGrid, Rect

LINES = 7
"""Frequencies on each side of an axis that a one-dimensional spectrum is the mean of; the axis itself is left out."""


@dataclass(frozen=True, eq=False)
class NoisePower:
    """A noise power spectrum.

    Attributes
    ----------
    power : ndarray of float64, shape (n, n)
        In the image's unit squared times mm²; zero frequency in the middle, at [n//2, n//2].
    row_frequency, column_frequency : ndarray of float64, shape (n,)
        Cycles per mm down the rows and along the columns, ascending.
    regions : int
        How many regions it is the mean of.
    """

    power: Doubles
    row_frequency: Doubles
    column_frequency: Doubles
    regions: int

    @property
    def variance(self) -> float:
        """The integral over all frequencies: the variance of the detrended regions (Parseval)."""
        step = (self.row_frequency[1] - self.row_frequency[0]) * (self.column_frequency[1] - self.column_frequency[0])
        return float(self.power.sum() * step)

    def along(self, axis: int) -> tuple[Doubles, Doubles]:
        """The spectrum along one image axis (0: down the rows, 1: along the columns).

        Returns
        -------
        frequency : ndarray of float64, shape (k,)
            Cycles per mm, > 0 up to Nyquist's.
        power : ndarray of float64, shape (k,)
            Mean over seven lines on each side of the axis, which is left out itself because detrending and shading
            touch it (IEC 62220-1-1:2015), and over both signs of the frequency.
        """
        turned = self.power if axis == 0 else self.power.T
        frequency = self.row_frequency if axis == 0 else self.column_frequency
        middle, lines = turned.shape[1] // 2, min(LINES, (turned.shape[1] - 1) // 2)
        used = [middle + side * line for line in range(1, lines + 1) for side in (-1, 1)]
        line = turned[:, used].mean(axis=1)
        zero = turned.shape[0] // 2
        count = (turned.shape[0] - 1) // 2
        return frequency[zero + 1 : zero + 1 + count], (
            line[zero + 1 : zero + 1 + count] + line[zero - 1 :: -1][:count]
        ) / 2

    def mean_frequency(self, axis: int) -> float:
        """Mean of the absolute frequency along an axis, weighted by the power: where the noise's grain is."""
        frequency = np.abs(self.row_frequency[:, None] if axis == 0 else self.column_frequency[None, :])
        return float((self.power * frequency).sum() / self.power.sum())


def noise_power(
    image: NDArray[np.floating], grid: PlaneGrid, size: int = 64, regions: Sequence[Rect] | None = None
) -> NoisePower:
    """The NPS of an image of something uniform.

    NPS(u, v) = dx·dy / (nx·ny) · ⟨|DFT(region − trend)|²⟩ over square regions that overlap by half; the trend is a
    polynomial of the second degree in x and y, fitted to each region (IEC 62220-1-1:2015; Siewerdsen, Cunningham and
    Jaffray, Med. Phys. 29:2655, 2002). Its integral over frequency is the variance.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
    grid : PlaneGrid
    size : int
        Pixels along a region's side; halved down to 16 where `regions` are too small for it.
    regions : sequence of Rect, optional
        The uniform parts, world mm; None: the whole image.

    Raises
    ------
    BocageError
        When no region of 16 × 16 pixels fits.
    """
    parts = [_pixels(image, grid, region) for region in regions] if regions is not None else [np.asarray(image)]
    while size > 16 and not any(min(part.shape) >= size for part in parts):
        size //= 2
    dx, dy = grid.spacing_mm
    project = _detrending(size)
    total, count = np.zeros((size, size)), 0
    for part in parts:
        for row in range(0, part.shape[0] - size + 1, size // 2):
            for column in range(0, part.shape[1] - size + 1, size // 2):
                region = part[row : row + size, column : column + size].astype(np.float64).ravel()
                if not np.isfinite(region).all():
                    continue
                region -= project @ (project.T @ region)
                total += np.abs(np.fft.fft2(region.reshape(size, size))) ** 2
                count += 1
    if not count:
        raise BocageError(
            said("The uniform region is too small for a noise power spectrum: no {0} × {0} pixels fit.", size)
        )
    power = np.fft.fftshift(total) * (dx * dy / (size * size * count))
    return NoisePower(
        power, np.fft.fftshift(np.fft.fftfreq(size, dy)), np.fft.fftshift(np.fft.fftfreq(size, dx)), count
    )


def _detrending(size: int) -> Doubles:
    """Orthonormal basis of the polynomials of the second degree on a square, shape (size², 6)."""
    y, x = (axis.ravel() for axis in np.meshgrid(*[np.linspace(-1, 1, size)] * 2, indexing="ij"))
    return np.linalg.qr(np.stack((np.ones_like(x), x, y, x * x, x * y, y * y), axis=1))[0]


def _pixels(image: NDArray[np.floating], grid: PlaneGrid, region: Rect) -> NDArray[np.floating]:
    """Whole pixels inside a rectangle."""
    row0, column0 = grid.mm_to_index(region.x0, region.y0)
    row1, column1 = grid.mm_to_index(region.x1, region.y1)
    rows = slice(max(0, int(np.ceil(row0 + 0.5 - 1e-6))), max(0, int(np.floor(row1 - 0.5 + 1e-6)) + 1))
    columns = slice(max(0, int(np.ceil(column0 + 0.5 - 1e-6))), max(0, int(np.floor(column1 - 0.5 + 1e-6)) + 1))
    return np.asarray(image[rows, columns])
