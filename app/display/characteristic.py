"""What a monitor does: its luminance at each digital driving level, and the table that makes it follow the standard."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.display.gsdf import HIGHEST_CD_M2, LOWEST_CD_M2, jnd_index
from recon.errors import BocageError, disk_reason
from recon.messages import said

LEAST_READINGS = 10
TABLE_LENGTH = 1024
"""P-values that a presentation table tells apart. More than driving levels: none is passed over by rounding twice."""
STANDARD_LEVELS = tuple(range(0, 256, 15))
"""The 18 driving levels at which monitors are measured (AAPM TG-18, 4.3.3)."""
DARK_LEVELS = (2, 4, 7, 11)
"""Levels worth measuring besides: most screens are not straight between 0 and 15."""
LARGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Reading:
    """One luminance reading.

    Attributes
    ----------
    level : int
        Digital driving level (or P-value, when a calibration is checked), 0 … 255.
    cd_m2 : float
        What the meter showed.
    """

    level: int
    cd_m2: float


@dataclass(frozen=True)
class Characteristic:
    """A monitor's characteristic curve.

    Attributes
    ----------
    readings : tuple of Reading
        By level, from 0 to 255; luminance never falls.
    ambient_cd_m2 : float
        Luminance of the room's light reflected by the screen, which is added to every reading.
    """

    readings: tuple[Reading, ...]
    ambient_cd_m2: float = 0.0

    def __post_init__(self) -> None:
        readings = tuple(sorted(self.readings, key=lambda each: each.level))
        object.__setattr__(self, "readings", readings)
        levels = [each.level for each in readings]
        if len(readings) < LEAST_READINGS:
            raise BocageError(
                said(
                    "A characteristic needs at least {0} readings (18 are usual), found {1}.",
                    LEAST_READINGS,
                    len(readings),
                )
            )
        if len(set(levels)) < len(levels):
            twice = next(level for level in levels if levels.count(level) > 1)
            raise BocageError(said("Every driving level is measured once; level {0} was given twice.", twice))
        if levels[0] != 0 or levels[-1] != 255:
            raise BocageError(
                said(
                    "The darkest and the brightest level (0 and 255) must be measured, found {0} to {1}.",
                    levels[0],
                    levels[-1],
                )
            )
        if not math.isfinite(self.ambient_cd_m2) or self.ambient_cd_m2 < 0:
            raise BocageError(said("The room's light is 0 cd/m² or more, found {0:g}.", self.ambient_cd_m2))
        for each in readings:
            if not math.isfinite(each.cd_m2) or each.cd_m2 < 0:
                raise BocageError(
                    said("A luminance is 0 cd/m² or more, found {0:g} at level {1}.", each.cd_m2, each.level)
                )
        for below, above in pairwise(readings):
            if above.cd_m2 < below.cd_m2:
                raise BocageError(
                    said(
                        "The luminance must not fall from one level to the next, found {0:g} cd/m² at level {1} and "
                        "{2:g} at {3}. Measure these again.",
                        below.cd_m2,
                        below.level,
                        above.cd_m2,
                        above.level,
                    )
                )
        darkest, brightest = self.darkest_cd_m2, self.brightest_cd_m2
        if not darkest < brightest:
            raise BocageError(said("All readings are the same; the monitor shows no picture."))
        if darkest < LOWEST_CD_M2 or brightest > HIGHEST_CD_M2:
            raise BocageError(
                said(
                    "With the room's light a screen lies between {0:g} and {1:.0f} cd/m² (PS3.14), found {2:g} to "
                    "{3:g}. Enter the room's light on the screen, if it was left out.",
                    LOWEST_CD_M2,
                    HIGHEST_CD_M2,
                    darkest,
                    brightest,
                )
            )

    @property
    def darkest_cd_m2(self) -> float:
        """L'min: the darkest level with the room's light."""
        return self.readings[0].cd_m2 + self.ambient_cd_m2

    @property
    def brightest_cd_m2(self) -> float:
        """L'max: the brightest level with the room's light."""
        return self.readings[-1].cd_m2 + self.ambient_cd_m2

    def indices(self) -> NDArray[np.float64]:
        """JND index of every driving level 0 … 255 with the room's light, shape (256,).

        Between the readings a curve without overshoot is laid (monotone cubic, in JND indices, where characteristic
        curves are nearly straight).
        """
        from scipy.interpolate import PchipInterpolator

        levels = np.array([each.level for each in self.readings], dtype=np.float64)
        measured = jnd_index(np.array([each.cd_m2 for each in self.readings]) + self.ambient_cd_m2)
        return np.asarray(PchipInterpolator(levels, measured)(np.arange(256.0)), dtype=np.float64)


def presentation_table(characteristic: Characteristic, length: int = TABLE_LENGTH) -> NDArray[np.uint8]:
    """The driving level for each P-value, so that equal steps of P-values are equal steps for the eye.

    Parameters
    ----------
    characteristic : Characteristic
    length : int
        P-values 0 … length − 1, from the darkest to the brightest level.

    Returns
    -------
    ndarray of uint8, shape (length,)
        Ascending; 0 at the first and 255 at the last.

    References
    ----------
    DICOM PS3.14, annex D (the display system's driving levels are chosen nearest to the standard's function).
    """
    indices = characteristic.indices()
    wanted = np.linspace(indices[0], indices[-1], length)
    above = np.clip(np.searchsorted(indices, wanted), 1, 255)
    nearer_below = wanted - indices[above - 1] <= indices[above] - wanted
    table = np.where(nearer_below, above - 1, above).astype(np.uint8)
    table[0], table[-1] = 0, 255
    return np.maximum.accumulate(table)


# -- files ----------------------------------------------------------------------------------------------------

_NUMBER = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_KEYWORD = re.compile(rf"^(max|amb|lum|ill|ord)\s+({_NUMBER})$", re.IGNORECASE)


def read_characteristic(path: Path) -> Characteristic:
    """Read a measured characteristic curve from a text file.

    Two forms are understood: lines ``level, cd/m²`` with a comma, semicolon, tab or blanks between (a header line and a
    comma as decimal sign are allowed), and the monitor characteristic file of DCMTK and DICOMscope, which has besides
    ``max`` (the highest level), ``amb`` (the room's light, cd/m²), optionally ``lum`` (not used) and comments
    after ``#``. Levels of another depth are brought to 0 … 255.

    Raises
    ------
    BocageError
        Names the file and the line.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BocageError(said("{0}: expected a text of levels and luminances, found more than 1 MB.", path.name))
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise BocageError(said("{0}: the readings cannot be read ({1}).", path, disk_reason(error))) from error
    try:
        return parse_characteristic(text)
    except BocageError as error:
        raise BocageError(said("{0}: {1}", path.name, error)) from error


def parse_characteristic(text: str) -> Characteristic:
    """Read a characteristic curve from text; see `read_characteristic`."""
    found: list[tuple[int, float, float]] = []
    highest: float | None = None
    ambient = 0.0
    seen_header = False
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#", 1)[0].strip()
        if not content:
            continue
        keyword = _KEYWORD.match(content)
        if keyword is not None:
            value = _number(keyword[2])
            name = keyword[1].lower()
            if name == "max":
                highest = value
            elif name == "amb":
                ambient = value
            elif name == "ill":
                raise BocageError(
                    said("line {0}: this is the file of a printer or scanner (ill), not of a monitor.", number)
                )
            continue
        pair = _pair(content)
        if pair is None:
            if not found and not seen_header:
                seen_header = True  # a CSV's first line may say what the columns are
                continue
            raise BocageError(
                said('line {0}: expected a driving level and a luminance in cd/m², found "{1}".', number, content)
            )
        found.append((number, *pair))
    if not found:
        raise BocageError(said("no readings were found; expected lines with a driving level and a luminance in cd/m²."))
    top = highest if highest is not None else max(255.0, max(level for _, level, _ in found))
    if not (top >= 1 and float(top).is_integer()):
        raise BocageError(said("the highest driving level (max) must be a whole number, found {0:g}.", top))
    readings: dict[int, float] = {}
    for number, level, cd_m2 in found:
        if not (float(level).is_integer() and 0 <= level <= top):
            raise BocageError(
                said("line {0}: a driving level is a whole number from 0 to {1:g}, found {2:g}.", number, top, level)
            )
        readings.setdefault(round(level * 255 / top), cd_m2)
    return Characteristic(tuple(Reading(level, cd_m2) for level, cd_m2 in readings.items()), ambient)


def _pair(content: str) -> tuple[float, float] | None:
    for separator in (r"\s*;\s*", r"\t+", r"\s*,\s+", r"\s+", r"\s*,\s*"):
        parts = [part.strip(" \t\"'") for part in re.split(separator, content)]
        if len(parts) >= 2 and all(re.fullmatch(_NUMBER, part) for part in parts[:2]):
            return _number(parts[0]), _number(parts[1])
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
