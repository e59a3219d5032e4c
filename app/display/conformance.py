"""How well a monitor follows the greyscale standard, judged by the limits for reading stations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.display.characteristic import STANDARD_LEVELS, Characteristic, Reading, presentation_table
from app.display.gsdf import jnd_index
from recon.errors import BocageError
from recon.messages import mark, said

Use = Literal["primary", "secondary", "none"]

PRIMARY_CD_M2, PRIMARY_RATIO, PRIMARY_DEVIATION = 350.0, 250.0, 0.10
SECONDARY_CD_M2, SECONDARY_RATIO, SECONDARY_DEVIATION = 250.0, 100.0, 0.20
DARKEST_CD_M2 = 1.0
AMBIENT_SHARE = 0.25
LEAST_INTERVAL = 12
SOURCES = mark(
    "Limits: ACR–AAPM–SIIM Technical Standard for Electronic Practice of Medical Imaging "
    "(L′max, L′min, luminance ratio); AAPM TG-18, Assessment of Display Performance (contrast response, room light)."
)
"""Where the limits come from: for diagnosis, and for displays on which is only looked up what was found."""


@dataclass(frozen=True)
class Limit:
    """One property with its limit.

    Attributes
    ----------
    title : str
        Marked for translation.
    value : float
    unit : str
    text : str
        The limit for primary diagnosis, in signs.
    primary, secondary : bool
        Whether the limit for diagnosis, and that for other displays, is kept.
    """

    title: str
    value: float
    unit: str
    text: str
    primary: bool
    secondary: bool


@dataclass(frozen=True)
class Conformance:
    """How a display system follows the standard.

    Attributes
    ----------
    levels : tuple of int
        P-values of the readings.
    indices : tuple of float
        JND index of each, with the room's light.
    deviations : tuple of float
        Of each interval: JNDs for a step of the P-value, relative to the mean over all (0 is perfect).
    darkest_cd_m2, brightest_cd_m2 : float
        L'min and L'max.
    ambient_cd_m2, black_cd_m2 : float
        The room's light, and the darkest level without it.
    """

    levels: tuple[int, ...]
    indices: tuple[float, ...]
    deviations: tuple[float, ...]
    darkest_cd_m2: float
    brightest_cd_m2: float
    ambient_cd_m2: float
    black_cd_m2: float

    @property
    def ratio(self) -> float:
        """The luminance ratio L'max / L'min."""
        return self.brightest_cd_m2 / self.darkest_cd_m2

    @property
    def largest_deviation(self) -> float:
        """The largest of all intervals, as a share."""
        return max(abs(value) for value in self.deviations)

    @property
    def jnds(self) -> float:
        """Just-noticeable differences from black to white."""
        return self.indices[-1] - self.indices[0]

    def limits(self) -> tuple[Limit, ...]:
        """Every property with its limit."""
        worst = self.largest_deviation
        # What the limits mean is kept at their last printed digit: 10.0 % is within 10 %.
        shown = round(worst, 3)
        quiet = self.ambient_cd_m2 <= AMBIENT_SHARE * max(self.black_cd_m2, 1e-9)
        return (
            Limit(
                mark("Brightest, L′max"),
                self.brightest_cd_m2,
                "cd/m²",
                f"≥ {PRIMARY_CD_M2:g}",
                self.brightest_cd_m2 >= PRIMARY_CD_M2,
                self.brightest_cd_m2 >= SECONDARY_CD_M2,
            ),
            Limit(
                mark("Darkest, L′min"),
                self.darkest_cd_m2,
                "cd/m²",
                f"≥ {DARKEST_CD_M2:g}",
                self.darkest_cd_m2 >= DARKEST_CD_M2,
                True,
            ),
            Limit(
                mark("Luminance ratio"),
                self.ratio,
                "",
                f"≥ {PRIMARY_RATIO:g}",
                self.ratio >= PRIMARY_RATIO,
                self.ratio >= SECONDARY_RATIO,
            ),
            Limit(
                mark("Largest deviation of contrast"),
                100 * worst,
                "%",
                f"≤ {100 * PRIMARY_DEVIATION:g}",
                shown <= PRIMARY_DEVIATION,
                shown <= SECONDARY_DEVIATION,
            ),
            Limit(
                mark("Room light to darkest level"),
                self.ambient_cd_m2 / max(self.black_cd_m2, 1e-9),
                "",
                f"≤ {AMBIENT_SHARE:g}",
                quiet,
                True,
            ),
        )

    @property
    def use(self) -> Use:
        """What the display may be used for by its luminance response."""
        limits = self.limits()
        if all(limit.primary for limit in limits):
            return "primary"
        return "secondary" if all(limit.secondary for limit in limits) else "none"


def conformance(readings: Sequence[Reading], ambient_cd_m2: float = 0.0) -> Conformance:
    """Judge readings of P-values.

    Parameters
    ----------
    readings : sequence of Reading
        Levels are P-values (0 … 255) as the display system presents them.
    ambient_cd_m2 : float
        The room's light, added to every reading.

    Notes
    -----
    The 18 usual levels are judged where all were read, else levels at least 12 apart: over shorter intervals the
    coarseness of 256 driving levels is larger than what is judged.

    References
    ----------
    DICOM PS3.14, annex C: JNDs per increment of P-value. AAPM TG-18, 4.3.4: their deviation for each interval.
    """
    ordered = judged(sorted(readings, key=lambda each: each.level))
    if len(ordered) < 3:
        raise BocageError(said("At least 3 readings are needed to judge a display, found {0}.", len(ordered)))
    levels = np.array([each.level for each in ordered], dtype=np.float64)
    values = np.array([each.cd_m2 for each in ordered]) + ambient_cd_m2
    indices = jnd_index(values)
    if np.any(np.diff(levels) <= 0):
        raise BocageError(said("Every P-value is measured once."))
    mean = (indices[-1] - indices[0]) / (levels[-1] - levels[0])
    if not mean > 0:
        raise BocageError(said("The display is not brighter at the highest P-value than at the lowest."))
    deviations = np.diff(indices) / np.diff(levels) / mean - 1.0
    return Conformance(
        tuple(int(level) for level in levels),
        tuple(float(value) for value in indices),
        tuple(float(value) for value in deviations),
        float(values[0]),
        float(values[-1]),
        ambient_cd_m2,
        float(ordered[0].cd_m2),
    )


def judged(ordered: Sequence[Reading]) -> list[Reading]:
    """Those of ordered readings that are far enough apart to be judged, the first and the last among them."""
    found = {each.level: each for each in ordered}
    if all(level in found for level in STANDARD_LEVELS):
        return [found[level] for level in STANDARD_LEVELS]
    kept: list[Reading] = []
    for each in ordered:
        if not kept or each.level - kept[-1].level >= LEAST_INTERVAL:
            kept.append(each)
    if kept and kept[-1] is not ordered[-1]:
        kept = [*kept[:-1], ordered[-1]] if len(kept) > 1 else [*kept, ordered[-1]]
    return kept


def uncorrected(characteristic: Characteristic) -> Conformance:
    """How the monitor follows the standard by itself: P-values are driving levels."""
    return conformance(characteristic.readings, characteristic.ambient_cd_m2)


def predicted(characteristic: Characteristic, table: NDArray[np.uint8] | None = None) -> Conformance:
    """How the monitor should follow the standard through its presentation table, at the 18 usual P-values.

    What remains is the coarseness of 256 driving levels.
    """
    from app.display.gsdf import luminance

    table = presentation_table(characteristic) if table is None else table
    values = luminance(np.clip(characteristic.indices(), 1.0, 1023.0)) - characteristic.ambient_cd_m2
    readings = [
        Reading(level, float(values[table[round(level * (table.size - 1) / 255)]])) for level in STANDARD_LEVELS
    ]
    return conformance(readings, characteristic.ambient_cd_m2)
