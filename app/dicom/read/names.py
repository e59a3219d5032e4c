"""View angles in the names of image files: research data that say them nowhere else.

A number in a name is far more often a counter than an angle (``XR220-1.dcm`` is not 1°), so the rules are strict, and
what is found is only offered: the user has to confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

STEEPEST_DEG = 80.0
_NUMBER = r"(?P<number>[+\-−]?\d{1,2}(?:[.,]\d+)?)"
_BARE = re.compile(_NUMBER + r"$")
_UNIT = re.compile(r".*?(?<![\d.,])" + _NUMBER + r"\s?(?:°|deg|degrees?)(?![a-z])", re.IGNORECASE)
_WORD = re.compile(r".*?(?:angle|winkel|theta)[_ =]?" + _NUMBER + r"(?![\d.])", re.IGNORECASE)


def angles_in_names(files: Sequence[Path], instance_numbers: Sequence[float | None] = ()) -> tuple[float, ...] | None:
    """The angle in the name of each file, degrees, in the order of the files; None when the names say none.

    All names must have the same form: nothing but a number (``-20.dcm``), or a number with its unit or name
    (``view_12.5deg.dcm``, ``angle_-4.dcm``). All numbers must differ. Bare numbers must lie on both sides of zero, or
    they are counters. Where the images have instance numbers of their own, the angles must go one way with them.

    Parameters
    ----------
    files : sequence of Path
    instance_numbers : sequence of float or None
        Of the same files.
    """
    if len(files) < 3:
        return None
    for form in (_BARE, _UNIT, _WORD):
        found = [form.match(path.stem) for path in files]
        if all(found):
            angles = [_number(match["number"]) for match in found if match is not None]
            break
    else:
        return None
    if len(set(angles)) != len(angles) or max(abs(angle) for angle in angles) > STEEPEST_DEG:
        return None
    if form is _BARE and not min(angles) < 0 < max(angles):
        return None
    told = [number for number in instance_numbers if number is not None]
    if len(told) == len(files) and len(set(told)) == len(told):
        along = [angle for _, angle in sorted(zip(told, angles, strict=True))]
        if along != sorted(along) and along != sorted(along, reverse=True):
            return None
    return tuple(angles)


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))
