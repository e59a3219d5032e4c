"""Where the numbers of an acquisition come from: each with its unit, its source, and whether it was assumed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from recon.messages import Message, mark, said


class Source(Enum):
    """Where a number comes from, the most trustworthy first."""

    DICOM = "dicom"
    """An attribute of the images."""
    BREAST_OBJECT = "breast object"
    """A Breast Tomosynthesis Image of the same examination, which tells of the projections it was made of."""
    DOSE_REPORT = "dose report"
    """An X-Ray Radiation Dose SR of the same examination."""
    FILE = "file"
    """A geometry file, or the file of the values themselves."""
    USER = "user"
    NAME = "file name"
    """The names of the image files, after the user said that they are angles."""
    PRESET = "preset"
    """Nominal numbers of a device."""
    ASSUMED = "assumed"
    """Nothing says it."""


SOURCE_TITLES: dict[Source, str] = {
    Source.DICOM: mark("DICOM"),
    Source.BREAST_OBJECT: mark("Breast object"),
    Source.DOSE_REPORT: mark("Dose report"),
    Source.FILE: mark("Geometry file"),
    Source.USER: mark("User"),
    Source.NAME: mark("File names"),
    Source.PRESET: mark("Preset"),
    Source.ASSUMED: mark("Assumed"),
}

TITLES: dict[str, str] = {
    "views": mark("Views"),
    "matrix": mark("Matrix"),
    "pitch": mark("Pixel pitch"),
    "field": mark("Field of view"),
    "angles": mark("View angles"),
    "axis": mark("Sweep along"),
    "direction": mark("Direction"),
    "distance": mark("Source to detector"),
    "pivot": mark("Source to axis"),
    "object": mark("Source to patient"),
    "source": mark("Source positions"),
    "detector": mark("Detector"),
    "patient": mark("Patient directions"),
    "exposure": mark("Exposure of views"),
    "values": mark("Pixel values"),
}
"""Every number of an acquisition, in the order in which they are shown."""
_ASCII = str.maketrans({"×": "x", "−": "-", "…": "...", "°": " deg", "–": "-", "’": "'"})
_FORMATS = {"mm": ".5g", "°": ".2f", "": ".4g", "px": ".0f"}


@dataclass(frozen=True)
class Sourced:
    """One number (or direction) of an acquisition.

    Attributes
    ----------
    name : str
        One of `TITLES`.
    value : float, tuple of float, or str
        A tuple is a pair (rows, columns), or the first and the last of a range (`spread`).
    unit : str
        "mm", "°", "px" or "".
    source : Source
    where : str
        The attribute with its tag, as ``"Column Angulation (0018,1450)"``, or another place. It holds no file names:
        they may name the patient.
    note : str
        What must be known of it: a sentence.
    assumed : bool
        Whether it, or a part of it (its sign, its meaning), is not stated anywhere.
    """

    name: str
    value: float | tuple[float, ...] | str
    unit: str = ""
    source: Source = Source.DICOM
    where: str = ""
    note: str = ""
    assumed: bool = False

    @property
    def text(self) -> str:
        """The value with its unit."""
        if isinstance(self.value, str):
            return self.value
        form = _FORMATS.get(self.unit, ".5g")
        unit = "°" if self.unit == "°" else f" {self.unit}" if self.unit else ""
        if isinstance(self.value, tuple):
            if self.name in ("matrix", "pitch"):
                return " × ".join(format(part, form) for part in self.value) + unit
            return said("{0} to {1}", *(_signed(part, form) + unit for part in (self.value[0], self.value[-1])))
        return format(self.value, form) + unit

    @property
    def is_certain(self) -> bool:
        """Whether it is stated by somebody who knows: not assumed, not nominal."""
        return not self.assumed and self.source not in (Source.PRESET, Source.ASSUMED)

    def sentence(self) -> str:
        """One short English line, as for a record: "source to detector 1800 mm: Distance Source to Detector (…)"."""
        head = f"{TITLES[self.name].lower()} {self.text}"
        origin = self.where or SOURCE_TITLES[self.source].lower()
        if self.source not in (Source.DICOM, Source.ASSUMED) and self.where:
            origin = f"{SOURCE_TITLES[self.source].lower()}, {self.where}"
        if not self.where and self.source is Source.ASSUMED:
            return f"{head} (assumed)"
        return f"{head}: {origin}" + (" (assumed)" if self.assumed else "")


Sources = tuple[Sourced, ...]


def geometry_sources(sources: Iterable[Sourced]) -> tuple[str, ...]:
    """Short English lines that say where every number comes from, without names of files or of patients.

    They are ASCII, for records in any character set.
    """
    return tuple(item.sentence().translate(_ASCII) for item in sources)


def assumed(sources: Iterable[Sourced]) -> Sources:
    """Those that are assumed, or nominal."""
    return tuple(item for item in sources if not item.is_certain)


def ordered(sources: Iterable[Sourced]) -> Sources:
    """In the order in which they are shown; of several with one name the last."""
    by_name = {item.name: item for item in sources}
    return tuple(by_name[name] for name in TITLES if name in by_name)


def to_json(sources: Iterable[Sourced]) -> list[dict[str, Any]]:
    """For the geometry file."""
    return [
        {
            "name": item.name,
            "value": list(item.value) if isinstance(item.value, tuple) else _plain(item.value),
            "unit": item.unit,
            "source": item.source.value,
            "where": str(item.where),
            "note": str(item.note),
            "assumed": item.assumed,
        }
        for item in sources
    ]


def from_json(data: Any) -> Sources:
    """What a geometry file says of its own numbers; what is not understood is left out."""
    if not isinstance(data, Sequence) or isinstance(data, str):
        return ()
    known = {item.value: item for item in Source}
    found = []
    for each in data[:64]:
        if not isinstance(each, Mapping) or each.get("name") not in TITLES or each.get("source") not in known:
            continue
        value = _value(each.get("value"))
        if value is None:
            continue
        texts = {key: _text(each.get(key)) for key in ("unit", "where", "note")}
        found.append(
            Sourced(
                str(each["name"]), value, source=known[each["source"]], assumed=each.get("assumed") is True, **texts
            )
        )
    return ordered(found)


def _signed(value: float, form: str) -> str:
    return format(value, form).replace("-", "−")


def _plain(value: float | str) -> float | str:
    return str(value) if isinstance(value, Message) else value


def _value(value: Any) -> float | tuple[float, ...] | str | None:
    if isinstance(value, str):
        return _text(value)
    parts = value if isinstance(value, list) else [value]
    if not 0 < len(parts) <= 4 or any(isinstance(part, bool) or not isinstance(part, int | float) for part in parts):
        return None
    if not all(math.isfinite(part) for part in parts):
        return None
    numbers = tuple(float(part) for part in parts)
    return numbers if isinstance(value, list) else numbers[0]


def _text(value: Any) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
