"""Filtered back projection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import OnePass, trim_parameter
from recon.filters import APODISATIONS, apodisation, depth_window, ramp
from recon.parameters import choice, number
from recon.sweep import is_straight, path_steps_mm, steps_mm

TRUNK_MM = 200.0
"""Depth of a trunk: the mean line integral over it is the trunk's mean attenuation, which *Density* 1 shows."""


@dataclass(frozen=True)
class FilteredBackProjection(OnePass):
    """Ramp filter along the sweep, then back projection.

    For a source on a line at distance D from the detector, with g = p·cos γ (γ: the ray's angle to the normal) and
    magnification M = D / (D − z), the attenuation is

        f(y, z) = (M² / D) ∫ ds ∫ g(u, s) h(u* − u) du,

    where h is the ramp's kernel and u* the point's shadow: the slope–intercept form of the Radon inversion formula,
    exact in each plane through the track for a full sweep (compare Feldkamp, Davis and Kress, JOSA A 1:612, 1984;
    Lauritsch and Härer, Proc. SPIE 3338:1127, 1998). On a curved path the ramp acts along the path: in each direction
    of the plane it is the density of the depth frequencies that the views measure there (`recon.sweep`).

    A finite sweep leaves out the wedge of frequencies that no view has measured; `low_frequency_share` gives back some
    of the density that the ramp takes, from the mean of the unfiltered views, so that it is even over all heights.
    `effective_thickness_mm` is a roll-off along the depth frequency (Lauritsch and Härer; Mertelmeier et al., Proc.
    SPIE 6142:61420F, 2006): it makes the section as thick for fine detail as for coarse, and lessens noise and ripple.
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
        "How much of the density of large areas is kept: 0 shows edges and detail only, 1 the density of a body "
        "20 cm deep (less in a thinner one), with the blur of other heights that comes with it.",
        0.0,
        1.0,
        0.05,
    )
    effective_thickness_mm: float = number(
        0.0,
        "Effective thickness (filter)",
        "Depth over which detail stays in focus, set by a filter in the reconstruction; 0 leaves what the sweep gives. "
        "The slice thickness above averages finished slices instead.",
        0.0,
        30.0,
        0.5,
        "mm",
    )

    trim: int = trim_parameter()

    @property
    def trimmed(self) -> int:
        """`trim`."""
        return self.trim

    @property
    def density(self) -> float:
        """`low_frequency_share` of the mean attenuation over a trunk."""
        return self.low_frequency_share / TRUNK_MM

    @property
    def filtering(self) -> FilteredBackProjection:
        """Density is added, and contributions are left out, after filtering."""
        return replace(self, low_frequency_share=0.0, trim=0)

    def gain(self, frequency: NDArray[np.float64], pitch_mm: float, binning: int = 1) -> NDArray[np.float64]:
        """Ramp × apodisation, cycles/mm."""
        limit = self.cutoff * binning * 0.5 / pitch_mm
        return ramp(frequency, pitch_mm) * apodisation(self.window, frequency / limit)

    def depth_gain(self, frequency: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Hann's window up to 1/thickness: its half height lies at 1/(2·thickness)."""
        if self.effective_thickness_mm <= 0:
            return None
        return depth_window(frequency, self.effective_thickness_mm)

    def shares(self, source_mm: NDArray[np.float64], used: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """The step of the sweep that each view stands for, mm; on curved paths what it gains from views left out."""
        if is_straight(source_mm):
            return steps_mm(source_mm[used])
        everything = np.arange(len(source_mm))
        return path_steps_mm(source_mm, used) / path_steps_mm(source_mm, everything)[used]

    def height_factor(self, magnification: NDArray[np.float64]) -> NDArray[np.float64]:
        """M²: the ramp's kernel scales with the inverse square of the sample distance."""
        return magnification**2
