"""Measurements and notes on pictures: one table of kinds, and values that are true and say how true. No Qt.

`KINDS` is the table; each family of kinds has a file (`lines`, `angles`, `regions`, `marks`). The model of uncertainty
stands in `scale`.
"""

from __future__ import annotations

from widgets.measurements.kinds import FAMILIES, KINDS, MARKER, MEASURING
from widgets.measurements.model import (
    Measurement,
    columns,
    copied,
    handle_at,
    handles,
    has_lengths,
    measured,
    moved,
    moved_handle,
    outline,
    outline_distance_mm,
    quantity,
    value_lines,
    value_text,
)
from widgets.measurements.plane import Point, Points
from widgets.measurements.scale import Scale
from widgets.measurements.spec import Kind, Stroke, Value

__all__ = [
    "FAMILIES",
    "KINDS",
    "MARKER",
    "MEASURING",
    "Kind",
    "Measurement",
    "Point",
    "Points",
    "Scale",
    "Stroke",
    "Value",
    "columns",
    "copied",
    "handle_at",
    "handles",
    "has_lengths",
    "measured",
    "moved",
    "moved_handle",
    "outline",
    "outline_distance_mm",
    "quantity",
    "value_lines",
    "value_text",
]
