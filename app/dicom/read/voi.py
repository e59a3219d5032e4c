"""From stored values to shown ones: rescale, padding, windows and tables of the file (PS3.3 C.11)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.pixels import PixelFormat
from app.dicom.read.safe import item, items, number, numbers, text, value, whole, words
from app.dicom.values import SLICE_LABEL, TRANSMISSION_LABEL, ValueMapping, read_mapping
from recon.errors import BocageError
from recon.messages import said
from widgets.window import LutWindow, NamedWindow, Window

FUNCTIONS = {"LINEAR": "linear", "LINEAR_EXACT": "linear_exact", "SIGMOID": "sigmoid", "": "linear"}


@dataclass(frozen=True, eq=False)
class Modality:
    """From stored values to values: a line, or a table.

    Attributes
    ----------
    unit : str
        "HU", "1/mm" or "".
    table : ndarray or None
        Modality LUT: entry k belongs to the stored value ``first + k``.
    mapped : bool
        The line is a real-world value mapping, which the file's windows do not count with.
    """

    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""
    table: NDArray[np.float32] | None = None
    first: int = 0
    mapped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> bool:
        """Whether values are the stored ones."""
        return self.table is None and self.slope == 1.0 and self.intercept == 0.0

    def apply(self, stored: NDArray[Any]) -> NDArray[np.float32]:
        """Values as float32."""
        if self.table is not None:
            index = np.clip(stored.astype(np.int64) - self.first, 0, self.table.size - 1)
            return self.table[index]
        values = stored.astype(np.float32)
        if not self.identity:
            values *= np.float32(self.slope)
            values += np.float32(self.intercept)
        return values


def lut_entries(holder: Any, low: int) -> tuple[int, NDArray[np.float64], int] | None:
    """(first mapped value, entries, bits) of a LUT item; None when it is damaged.

    PS3.3 C.11.1.1: 0 entries mean 65536; the first mapped value is signed when pixels are. 8-bit tables may come
    packed in words.
    """
    descriptor = numbers(holder, "LUTDescriptor")
    data = value(holder, "LUTData")
    if len(descriptor) != 3 or data is None:
        return None
    count, first, bits = (int(part) for part in descriptor)
    count = 65536 if count == 0 else count
    if low < 0 and first > 32767:
        first -= 65536
    if not 8 <= bits <= 16:
        return None
    try:
        if isinstance(data, bytes):
            entries = np.frombuffer(data, "u1" if bits == 8 and len(data) in (count, count + 1) else "<u2").astype(
                np.float64
            )
        else:
            entries = np.asarray(data, dtype=np.float64).ravel()
    except (TypeError, ValueError):
        return None
    if bits == 8 and entries.size == (count + 1) // 2 and entries.size < count:
        entries = np.frombuffer(entries.astype("<u2").tobytes(), "u1").astype(np.float64)
    if entries.size < count or count < 1:
        return None
    return first, entries[:count], bits


def real_world_mapping(dataset: Any) -> ValueMapping | None:
    """The real-world mapping of our own objects; None when there is none or it is damaged."""
    try:
        return read_mapping(dataset)
    except Exception:  # values that their representation forbids
        return None


def _group(dataset: Any, sequence: str, frame: int) -> Any:
    for holder, index in (("PerFrameFunctionalGroupsSequence", frame), ("SharedFunctionalGroupsSequence", 0)):
        inner = item(item(dataset, holder, index), sequence)
        if len(inner):
            return inner
    return None


def modality(dataset: Any, layout: PixelFormat, frame: int = 0) -> Modality:
    """The modality transform of a frame: real-world mapping of our slices, table, or rescale."""
    mapping = real_world_mapping(dataset)
    if mapping is not None and mapping.label == SLICE_LABEL:
        return Modality(mapping.slope, mapping.intercept, mapping.unit, mapped=True)
    table_item = item(dataset, "ModalityLUTSequence")
    if len(table_item):
        found = lut_entries(table_item, layout.low)
        if found is None:
            return Modality(notes=(said("Its modality table is damaged and not applied."),))
        first, entries, _ = found
        return Modality(table=entries.astype(np.float32), first=first)
    place = _group(dataset, "PixelValueTransformationSequence", frame) or dataset
    slope, intercept = number(place, "RescaleSlope"), number(place, "RescaleIntercept")
    if slope is None and intercept is None:
        return Modality()
    if slope == 0:
        return Modality(notes=(said("Its rescale slope of 0 is not applied."),))
    kind = text(place, "RescaleType").upper()
    is_ct = text(dataset, "Modality").upper() == "CT"
    unit = "HU" if kind == "HU" or (is_ct and kind == "" and mapping is None) else ""
    if mapping is not None and mapping.label == TRANSMISSION_LABEL:
        unit = ""
    return Modality(1.0 if slope is None else slope, intercept or 0.0, unit)


def padding_mask(stored: NDArray[Any], dataset: Any) -> NDArray[np.bool_] | None:
    """Where the stored values are padding (value, or the range to Pixel Padding Range Limit); None if nowhere."""
    found = padding_range(dataset)
    if found is None:
        return None
    mask = (stored >= found[0]) & (stored <= found[1])
    return mask if mask.any() else None


def padding_range(dataset: Any) -> tuple[int, int] | None:
    """The stored values that are padding, both ends included; None when the file names none."""
    pad, limit = whole(dataset, "PixelPaddingValue"), whole(dataset, "PixelPaddingRangeLimit")
    if pad is None:
        return None
    if whole(dataset, "PixelRepresentation") == 1:
        # Written as unsigned by many: the same bits, read as signed.
        bits = whole(dataset, "BitsAllocated") or 16
        pad, limit = (part if part is None or part < 1 << (bits - 1) else part - (1 << bits) for part in (pad, limit))
    assert pad is not None
    return (min(pad, limit), max(pad, limit)) if limit is not None else (pad, pad)


def windows(dataset: Any, layout: PixelFormat, transform: Modality, frame: int = 0) -> tuple[NamedWindow, ...]:
    """All windows and tables of the file, tables first, in values after the modality transform.

    A per-frame VOI functional group replaces the data set's own windows.
    """
    place = _group(dataset, "FrameVOILUTSequence", frame) or dataset
    found: list[NamedWindow] = []
    for index, entry in enumerate(items(place, "VOILUTSequence"), 1):
        table = lut_entries(entry, layout.low if transform.identity else math.floor(_lowest(layout, transform)))
        if table is None:
            continue
        first, entries, bits = table
        name = text(entry, "LUTExplanation") or said("Table {0}", index)
        # Many writers state 16 bits and use fewer; the table's own maximum is then full white.
        top = float(2**bits - 1)
        peak = float(entries.max())
        scale = top if peak > top / 2 or peak <= 0 else peak
        found.append(NamedWindow(name, LutWindow(float(first), entries / scale)))
    centres, widths = numbers(place, "WindowCenter"), numbers(place, "WindowWidth")
    names = words(place, "WindowCenterWidthExplanation")
    function = FUNCTIONS.get(text(place, "VOILUTFunction").upper(), "linear")
    count = min(len(centres), len(widths))
    for index in range(count):
        window = _window(centres[index], widths[index], function, transform)
        if window is not None:
            default = said("Window") if count == 1 else said("Window {0}", index + 1)
            name = names[index] if index < len(names) and names[index] else default
            found.append(NamedWindow(name, window))
    return tuple(found)


def _lowest(layout: PixelFormat, transform: Modality) -> float:
    if transform.table is not None:
        return float(transform.table.min())
    ends = (layout.low * transform.slope + transform.intercept, layout.high * transform.slope + transform.intercept)
    return min(ends)


def _window(centre: float, width: float, function: str, transform: Modality) -> Window | None:
    try:
        if not transform.mapped:
            return Window(centre, width, function)  # type: ignore[arg-type]
        plain = Window(centre, width, function)  # type: ignore[arg-type]
        low, high = (edge * transform.slope + transform.intercept for edge in plain.edges)
        kind = "sigmoid" if function == "sigmoid" else "linear_exact"
        return Window((low + high) / 2, abs(high - low), kind)  # type: ignore[arg-type]
    except BocageError:
        return None  # a width that no window can have


def same_transforms(transforms: Sequence[Modality]) -> bool:
    """Whether all frames share one linear transform."""
    first = transforms[0]
    return (
        all(
            entry.table is None and entry.slope == first.slope and entry.intercept == first.intercept
            for entry in transforms
        )
        and first.table is None
    )
