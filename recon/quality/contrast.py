"""Contrast-to-noise ratio (CNR) of discs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.quality.readings import Doubles
from recon.slab import PlaneGrid

INNER = 0.8
"""Share of a disc's radius that its mean is taken over, clear of its blurred border."""
BESIDE = (1.5, 3.0)
"""Where the background is, in radii from the disc's middle, across the sweep."""


@dataclass(frozen=True)
class Contrast:
    """Like discs against their background.

    Attributes
    ----------
    signal : float
        Mean over the discs less mean over their backgrounds, in the image's unit.
    noise : float
        Standard deviation of the background's pixels.
    """

    signal: float
    noise: float

    @property
    def cnr(self) -> float:
        """(mean of the object − mean of the background) / standard deviation of the background.

        Also called the signal-difference-to-noise ratio (SDNR); as in Zhang et al., Med. Phys. 33:3781 (2006).
        """
        return self.signal / self.noise


def disc_contrast(
    image: NDArray[np.floating],
    grid: PlaneGrid,
    centres_mm: Sequence[tuple[float, float]],
    radius_mm: float,
    sweep_axis: int = 1,
) -> Contrast:
    """Contrast and noise of like discs.

    The background lies beside each disc across the sweep, as wide as the disc: along the sweep a filter leaves dark
    bands beside an object, which are its artefact and not its background.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
    grid : PlaneGrid
    centres_mm : sequence of (x, y)
        Backgrounds of neighbours must not overlap their discs.
    radius_mm : float
    sweep_axis : {0, 1}
        World axis of the sweep (0: x, 1: y).

    Raises
    ------
    BocageError
        When a disc or its background holds no pixel.
    """
    rows, columns = np.indices(image.shape)
    x = grid.origin_mm[0] + columns * grid.spacing_mm[0]
    y = grid.origin_mm[1] + rows * grid.spacing_mm[1]
    signals, variances = [], []
    for cx, cy in centres_mm:
        along, across = (x - cx, np.abs(y - cy)) if sweep_axis == 0 else (y - cy, np.abs(x - cx))
        inside = np.hypot(along, across) <= INNER * radius_mm
        beside = (np.abs(along) <= radius_mm) & (across >= BESIDE[0] * radius_mm) & (across <= BESIDE[1] * radius_mm)
        disc, background = _finite(image[inside]), _finite(image[beside])
        if disc.size == 0 or background.size < 2:
            raise BocageError(
                said("A disc of {0:g} mm is too small for the pixels, or lies outside the image.", 2 * radius_mm)
            )
        signals.append(disc.mean() - background.mean())
        variances.append(background.var(ddof=1))
    if not signals:
        raise BocageError(said("A contrast needs at least one disc."))
    return Contrast(float(np.mean(signals)), float(np.sqrt(np.mean(variances))))


def _finite(values: NDArray[np.floating]) -> Doubles:
    return np.asarray(values[np.isfinite(values)], dtype=np.float64)
