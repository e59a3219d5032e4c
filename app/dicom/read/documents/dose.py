"""A radiation dose report at a glance: the irradiation events in a table, and the totals (PS3.16 TID 10001, 10011)."""

from __future__ import annotations

from collections.abc import Iterator

from app.dicom.read.documents.model import Fact, Node, Table
from recon.messages import said

EVENTS = frozenset({("113706", "DCM"), ("113819", "DCM")})
"""Irradiation Event X-Ray Data; CT Acquisition."""
ACCUMULATED = frozenset({("113702", "DCM"), ("113811", "DCM")})
"""Accumulated X-Ray Dose Data; CT Accumulated Dose Data."""
COLUMNS: tuple[tuple[str, str], ...] = (
    (said("Start"), "111526"),
    (said("Protocol"), "125203"),
    (said("Type"), "113721"),
    (said("View"), "111031"),
    (said("Side"), "111037"),
    (said("Angle"), "112011"),
    (said("End angle"), "113739"),
    (said("Second angle"), "112012"),
    (said("Pulses"), "113768"),
    (said("kVp"), "113733"),
    (said("Tube current"), "113734"),
    (said("Exposure"), "113736"),
    (said("Exposure time"), "113824"),
    (said("Distance to detector"), "113750"),
    (said("Compression"), "111633"),
    (said("Dose area product"), "122130"),
    (said("Reference dose"), "113738"),
    (said("Entrance kerma"), "111636"),
    (said("Glandular dose"), "111631"),
    ("CTDIvol", "113830"),
    ("DLP", "113838"),
)
"""Heading and code (DCM) of what is told of an event."""


def dose_summary(root: Node) -> tuple[list[Fact], tuple[Table, ...]]:
    """Totals as the report states them, and a table of the events.

    Columns that no event fills are left out.
    """
    events = [node for node in walked(root) if node.code in EVENTS]
    rows = [tuple(_of(event, code) for _, code in COLUMNS) for event in events]
    used = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    tables = []
    if events and used:
        numbered = tuple((str(number), *(row[at] for at in used)) for number, row in enumerate(rows, 1))
        headings = ("", *(COLUMNS[at][0] for at in used))
        tables.append(Table(said("Irradiation events"), headings, numbered))
    totals: list[Fact] = [(said("Events"), str(len(events)))] if events else []
    pulses = [_number(event, "113768") for event in events]
    if any(found is not None for found in pulses):
        totals.append((said("Pulses"), f"{sum(found or 0 for found in pulses):g}"))
    planes = [node for node in walked(root) if node.code in ACCUMULATED]
    for node in planes:
        plane = next((child.value for child in node.children if child.code == ("113764", "DCM")), "")
        suffix = f" ({plane})" if plane and len(planes) > 1 else ""
        totals += [(child.name + suffix, child.value) for child in node.children if child.number is not None]
    return totals, tuple(tables)


def walked(node: Node) -> Iterator[Node]:
    """A node and all below it, in order."""
    yield node
    for child in node.children:
        yield from walked(child)


def _first(event: Node, code: str) -> Node | None:
    return next((node for node in walked(event) if node.code == (code, "DCM")), None)


def _of(event: Node, code: str) -> str:
    """What an event says; all values where it says several (kVp of each pulse), the ends where there are many."""
    found = [node.value for node in walked(event) if node.code == (code, "DCM") and node.value]
    distinct = list(dict.fromkeys(found))
    return ", ".join(distinct) if len(distinct) <= 3 else f"{distinct[0]} … {distinct[-1]}"


def _number(event: Node, code: str) -> float | None:
    found = _first(event, code)
    return found.number if found is not None else None
