"""What an algorithm is: a frozen set of typed, described, bounded parameters, and what they mean.

Two kinds: a `OnePass` algorithm is a filter and weights, so that any slab can be computed alone while one looks
(`recon.live.LiveVolume`); a `StackAlgorithm` computes all its planes together (`recon.stack`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from recon.parameters import Parametrised, integer

if TYPE_CHECKING:
    from recon.progress import Progress
    from recon.stack import Iteration, StackProblem


@dataclass(frozen=True)
class Algorithm(Parametrised):
    """A way to compute slices from projections."""

    unit: ClassVar[str] = "1/mm"
    order: ClassVar[int] = 100
    """Place in lists of algorithms; the lowest is the default."""


def trim_parameter() -> Any:
    """The dataclass field for `OnePass.trimmed`."""
    return integer(
        0,
        "Ripple suppression",
        "How many of the views with the highest and with the lowest value are left out at each pixel: fewer copies of "
        "dense edges (metal, cortical bone) from other heights, which show when there are few views. Slices take "
        "about four times as long.",
        0,
        2,
    )


@dataclass(frozen=True)
class OnePass(Algorithm):
    """A linear algorithm: filtered views, back-projected with a weight for each.

    Subclasses that filter give `gain`; what changes with the height alone (`height_factor`, `density`) costs no new
    filtering.
    """

    @property
    def density(self) -> float:
        """What is added of the plain mean of the shifted views (their low frequencies), 1/mm."""
        return 0.0

    @property
    def trimmed(self) -> int:
        """How many of the highest and of the lowest contributions of the views to a pixel are left out."""
        return 0

    @property
    def filtering(self) -> OnePass:
        """The algorithm with everything at its default that leaves the filtered views as they are."""
        return self

    def gain(self, frequency: NDArray[np.float64], pitch_mm: float, binning: int = 1) -> NDArray[np.float64] | None:
        """The filter over frequency on the detector; None leaves the views unfiltered.

        Parameters
        ----------
        frequency : ndarray of float64, any shape
            Cycles per mm, ≥ 0; along the sweep, or in the plane where the tube's path is curved.
        pitch_mm : float
            Sample distance.
        binning : int
            How many detector pixels a sample is the mean of; cut-offs stay those of the detector.
        """
        del frequency, pitch_mm, binning
        return None

    def depth_gain(self, frequency: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The filter over frequency along the height (cycles per mm, ≥ 0, any shape); None is one everywhere."""
        del frequency
        return None

    def shares(self, source_mm: NDArray[np.float64], used: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Weight of each used view in the sum.

        Parameters
        ----------
        source_mm : ndarray of float64, shape (n, 3)
            (along the sweep, across, height) of all sources.
        used : ndarray of int, shape (m,)
            The views that are summed.

        Returns
        -------
        ndarray of float64, shape (m,)
        """
        del source_mm
        return np.full(used.size, 1.0 / used.size)

    def height_factor(self, magnification: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factor of a view at a height where it has this magnification."""
        return np.ones_like(magnification)


@dataclass(frozen=True)
class StackAlgorithm(Algorithm):
    """An algorithm that computes all its planes together: iterations, or one inversion."""

    copies: ClassVar[int] = 1
    """Stacks of planes that it holds at a time."""

    def run(self, problem: StackProblem, progress: Progress) -> Iterator[Iteration]:
        """Compute the planes; yield each iteration's result as it is done.

        Whoever takes the iterations may stop taking them and keep the last.
        """
        raise NotImplementedError
