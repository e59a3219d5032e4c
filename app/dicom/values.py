"""Real World Value Mapping: what the stored integers of our own objects mean.

A DX image's rescale must be the identity (PS3.3 C.8.11.3), so float values are kept by the standard's Real World
Value Mapping (PS3.3 C.7.6.16.2.11), which needs no private elements:

* slices: ``value = intercept + slope × stored`` in the unit of its Measurement Units code ("/mm" for 1/mm);
* projections with a known open field: transmission ``I/I₀ = stored / air`` (label ``TRANSMISSION``), so that
  the open field's counts can be restored.

Heights above the detector stand in Tomo Layer Height; in classes without it, in Slice Location of our own CT slices in
Slice Location Vector of captures and in Frame Label of our own other multi-frame objects.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

UNITS: dict[str, tuple[str, str]] = {
    "1/mm": ("/mm", "per millimeter"),
    "HU": ("[hnsf'U]", "Hounsfield unit"),
    "": ("1", "no units"),
}
SLICE_LABEL = "VALUE"
TRANSMISSION_LABEL = "TRANSMISSION"


@dataclass(frozen=True)
class ValueMapping:
    """``value = intercept + slope × stored`` for stored values `first`…`last`.

    Attributes
    ----------
    unit : str
        "1/mm", "HU", "" or the file's own UCUM code.
    """

    slope: float
    intercept: float
    first: int
    last: int
    unit: str = ""
    label: str = SLICE_LABEL


def add_mapping(data: Any, mapping: ValueMapping, explanation: str) -> None:
    """Write the mapping into a dataset."""
    data.RealWorldValueMappingSequence = [mapping_item(mapping, explanation)]


def mapping_item(mapping: ValueMapping, explanation: str) -> Any:
    """The mapping as an item of Real World Value Mapping Sequence."""
    from pydicom.dataset import Dataset

    code, meaning = UNITS.get(mapping.unit, (mapping.unit, mapping.unit))
    unit = Dataset()
    unit.CodeValue, unit.CodingSchemeDesignator, unit.CodeMeaning = code, "UCUM", meaning
    item = Dataset()
    # US like the pixels: the VR follows Pixel Representation.
    item.add_new("RealWorldValueFirstValueMapped", "US", mapping.first)
    item.add_new("RealWorldValueLastValueMapped", "US", mapping.last)
    item.RealWorldValueIntercept = mapping.intercept
    item.RealWorldValueSlope = mapping.slope
    item.LUTExplanation = explanation[:64]
    item.LUTLabel = mapping.label
    item.MeasurementUnitsCodeSequence = [unit]
    return item


def read_mapping(data: Any) -> ValueMapping | None:
    """The linear mapping of a dataset, or None when there is none (or it is a table, or not finite).

    Of a multi-frame object the one that all frames share.
    """
    items: Iterable[Any] = data.get("RealWorldValueMappingSequence", None) or []
    for group in () if items else data.get("SharedFunctionalGroupsSequence", None) or []:
        items = [*items, *(group.get("RealWorldValueMappingSequence", None) or [])]
    for item in items:
        slope, intercept = item.get("RealWorldValueSlope"), item.get("RealWorldValueIntercept")
        if slope is None or intercept is None or not (math.isfinite(slope) and math.isfinite(intercept)) or slope == 0:
            continue
        units: list[Any] = list(item.get("MeasurementUnitsCodeSequence", None) or [])
        code = str(units[0].get("CodeValue", "")) if units else ""
        known = {value: name for name, (value, _) in UNITS.items()}
        return ValueMapping(
            slope=float(slope),
            intercept=float(intercept),
            first=int(item.get("RealWorldValueFirstValueMapped", 0)),
            last=int(item.get("RealWorldValueLastValueMapped", 65535)),
            unit=known.get(code, code),
            label=str(item.get("LUTLabel", "")),
        )
    return None


def air_counts(data: Any) -> float | None:
    """The open field's counts of a projection that carries its transmission mapping, else None."""
    mapping = read_mapping(data)
    if mapping is None or mapping.label != TRANSMISSION_LABEL or mapping.intercept != 0.0 or mapping.slope <= 0:
        return None
    return 1.0 / mapping.slope


def frame_label(height_mm: float) -> str:
    """Frame Label of a frame at a height."""
    return f"{height_mm:.10g} mm"


def stated_height(data: Any, frame: int) -> float | None:
    """The height above the detector of a slice or frame of our own objects without Tomo Layer Height, or None."""
    try:
        found = _stated_height(data, frame)
    except Exception:  # values that their representation forbids
        return None
    return found if found is not None and math.isfinite(found) else None


def _stated_height(data: Any, frame: int) -> float | None:
    if not str(data.get("SoftwareVersions", "")).startswith("Bocage"):
        return None
    if "SliceLocationVector" in data:
        vector = data.SliceLocationVector
        return float(vector if isinstance(vector, str | float) else vector[frame])
    if "PerFrameFunctionalGroupsSequence" not in data:
        return float(data.SliceLocation)
    label = str(data.PerFrameFunctionalGroupsSequence[frame].FrameContentSequence[0].FrameLabel)
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?) mm", label, re.ASCII)
    return None if match is None else float(match.group(1))
