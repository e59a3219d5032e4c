"""The one table of kinds. Adding a kind is adding one `Kind` to its family's file, and its tool to `Tool`. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from widgets.measurements import angles, lines, marks, regions
from widgets.measurements.spec import Kind
from widgets.viewport_types import Tool

MARKER = "marker"
"""The kind that is no measurement but a picture's calibration."""

FAMILIES: tuple[tuple[Kind, ...], ...] = (lines.KINDS, angles.KINDS, regions.KINDS, marks.KINDS)
"""In the order of the menus."""
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for family in FAMILIES for kind in family})
MEASURING: Mapping[Tool, Kind] = MappingProxyType({kind.tool: kind for kind in KINDS.values()})
"""The kind that a tool draws."""
