"""Filtered back projection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import OnePass, choice, number
from recon.errors import BocageError
from recon.filters import APODISATIONS, ramp_response

TRUE_DENSITY_FLOOR = 0.01
"""Gain at frequency 0, in cycles/mm, that shows a trunk about 200 mm deep at its mean attenuation over a ±15° sweep:
the back projection of g = µT over slopes of total range q = 0.54 is floor·q·µT, equal to µ when floor = 1/(qT)."""


@dataclass(frozen=True)
class FilteredBackProjection(OnePass):
    """Ramp filter along the sweep, then back projection.

    For a source on a line at distance D from the detector, with g = p·cos γ (γ: the ray's angle to the normal) and
    magnification M = D / (D − z), the attenuation is

        f(y, z) = (M² / D) ∫ ds ∫ g(u, s) h(u* − u) du,

    where h is the ramp's kernel and u* the point's shadow: the slope–intercept form of the Radon inversion formula,
    exact in each plane through the track for a full sweep (compare Feldkamp, Davis and Kress, JOSA A 1:612, 1984;
    Lauritsch and Härer, Proc. SPIE 3338:1127, 1998). A finite sweep leaves out the wedge of frequencies that no view
    has measured; `low_frequency_share` gives back some of the density that the ramp takes.
    """

    name: ClassVar[str] = "fbp"
    order: ClassVar[int] = 0
    title: ClassVar[str] = "Filtered back projection"
    description: ClassVar[str] = "Thin, crisp sections; the ramp filter suppresses blur from other heights."

    window: str = choice(
        "hann",
        "Filter",
        "How the ramp is rolled off towards high frequencies: less noise against less sharpness.",
        {name: title for name, (title, _) in APODISATIONS.items()},
    )
    cutoff: float = number(
        1.0, "Cut-off", "Frequency where the filter ends, as a share of the detector's limit.", 0.1, 1.0, 0.05
    )
    low_frequency_share: float = number(
        0.3,
        "Density",
        "How much of the density of large areas is kept: 0 shows edges and detail only, 1 about the true density, "
        "with the blur of other heights that comes with it.",
        0.0,
        1.0,
        0.05,
    )

    def frequency_response(
        self, frequency: NDArray[np.float64], pitch_mm: float, binning: int = 1
    ) -> NDArray[np.float64]:
        """Ramp × apodisation, with a floor at low frequencies (cycles/mm)."""
        return ramp_response(
            frequency, pitch_mm, self.window, self.cutoff * binning, self.low_frequency_share * TRUE_DENSITY_FLOOR
        )

    def weights(self, source_mm: NDArray[np.float64], along_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """|s'D − (s − u)D'| / D² times the view's share of the sweep, shape (n, samples).

        The rate at which the ray's slope (s − u)/D changes as the source moves; on a straight track Δs / D. So
        irregular, dropped and repeated views weigh right.
        """
        s, distance = source_mm[:, 0], source_mm[:, 2]
        step_s, step_distance = sweep_steps_mm(source_mm)
        rate = step_s[:, None] * distance[:, None] - (s[:, None] - along_mm) * step_distance[:, None]
        return np.asarray(np.abs(rate) / distance[:, None] ** 2)

    def height_factor(self, magnification: NDArray[np.float64]) -> NDArray[np.float64]:
        """M²: the ramp's kernel scales with the inverse square of the sample distance."""
        return magnification**2


def sweep_steps_mm(source_mm: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Change of (along, height) that each view stands for in the order along the sweep, two arrays of shape (n,).

    Half the way to both neighbours, the whole step at the ends; repeated positions share their step.
    """
    position, inverse, counts = np.unique(source_mm[:, 0].round(6), return_inverse=True, return_counts=True)
    if position.size == 1:
        raise BocageError("All views were taken from the same position along the sweep; no depth can be computed.")
    height = np.bincount(inverse, source_mm[:, 2]) / counts
    steps = []
    for values in (position, height):
        step = np.empty_like(values)
        step[1:-1] = (values[2:] - values[:-2]) / 2
        step[0], step[-1] = values[1] - values[0], values[-1] - values[-2]
        steps.append((step / counts)[inverse])
    return steps[0], steps[1]
