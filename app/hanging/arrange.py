"""From a hanging protocol and a study to an arrangement of viewports, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from app.hanging.protocol import Cell, HangingProtocol, Role, StudyRole
from app.protocols import body_part_term
from app.reading.layout import PANES, Comparison, Layout, grid
from app.session.state import Reconstruction, series_of

Orientation = tuple[int, bool, bool]
"""Quarter turns, flipped horizontally, flipped vertically."""


@dataclass(frozen=True)
class Hanging:
    """A study as it is hung.

    Attributes
    ----------
    layout : Layout
    values : mapping of str to mapping
        What slices start with, by the UID of their picture: ``thickness_mm``, ``interval_mm``, ``algorithm``,
        ``parameters``.
    duplicates : mapping of str to str
        Duplicates to be made, and the series of each.
    orientations : mapping of int to Orientation
        The way round in each viewport.
    """

    layout: Layout
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    duplicates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    orientations: Mapping[int, Orientation] = field(default_factory=lambda: MappingProxyType({}))


def suits(protocol: HangingProtocol, current: Any, prior: Any | None) -> int:
    """How well a protocol suits a study: 0 not at all; the more it asks for and finds, the better.

    Parameters
    ----------
    current, prior : StudyEntry or None
    """
    roles = [cell.role for cell in protocol.cells.values()]
    roles += [cell.over for cell in protocol.cells.values() if cell.over is not None]
    if not roles or any(find(role, current, prior) is None for role in roles):
        return 0
    # A prior to compare with is worth more than another picture of the same study.
    asked = {(role.kind, role.nth, role.study, role.modality) for role in roles}
    score = 1 + sum(3 if study == "prior" else 1 for _, _, study, _ in asked)
    if protocol.modalities:
        if not {entry.modality for entry in current.series} & set(protocol.modalities):
            return 0
        score += 20
    if protocol.body_parts:
        terms = {body_part_term(entry.header.body_part) for entry in current.series}
        if not terms & set(protocol.body_parts):
            return 0
        score += 40
    return score + (100 if protocol.own else 0)


def find(role: Role, current: Any, prior: Any | None) -> str | None:
    """UID of the picture that has a role; None when there is none."""
    study = current if role.study == "current" else prior
    if study is None:
        return None
    entries = [entry for entry in study.series if entry.kind == role.kind and role.modality in ("", entry.modality)]
    if role.nth >= len(entries):
        return None
    uid: str = entries[role.nth].uid
    return f"{uid}#{role.part}" if role.part else uid


def hang(protocol: HangingProtocol, current: Any, prior: Any | None = None) -> Hanging:
    """A study hung by a protocol. What is not shown waits in the places of larger arrangements."""
    layout = Layout(protocol.root, protocol.outside)
    values, duplicates, orientations = {}, {}, {}
    for place, cell in protocol.cells.items():
        uid = find(cell.role, current, prior)
        layout = layout.with_hung(place, uid).with_links(place, cell.links)
        orientations[place] = (cell.quarter_turns, cell.flip_horizontal, cell.flip_vertical)
        over = find(cell.over, current, prior) if cell.over is not None else None
        if over is not None:
            layout = layout.with_compared(place, Comparison(over, cell.mode, cell.upright_line))
        if uid is not None and cell.values:
            values[uid] = cell.values
        for found, role in ((uid, cell.role), (over, cell.over)):
            if found is not None and role is not None and role.part.isdigit():
                duplicates[found] = series_of(found)
    return Hanging(
        _with_spare(layout, protocol, current),
        MappingProxyType(values),
        MappingProxyType(duplicates),
        MappingProxyType(orientations),
    )


def _with_spare(layout: Layout, protocol: HangingProtocol, study: Any) -> Layout:
    """The places that are not shown, filled with what else the study has; all of them where no protocol suits."""
    kinds = ("projections", "volume", "radiograph", "cine", "image", "document")
    spare = []
    for entry in sorted((e for e in study.series if e.kind in kinds), key=lambda e: kinds.index(e.kind)):
        spare += [entry.uid, f"{entry.uid}#projection"] if entry.kind == "projections" else [entry.uid]
    spare = [uid for uid in spare if uid not in layout.hung]
    if not protocol.cells:  # of no protocol: what there is
        layout = replace(layout, root=grid(1, min(max(len(spare), 1), 2)))
    filled = set() if not protocol.cells else set(layout.panes)
    free = [pane for pane in range(PANES) if pane not in filled]
    for pane, uid in zip(free, spare, strict=False):
        layout = layout.with_hung(pane, uid)
    return layout


def loading_order(layout: Layout, series: Sequence[Any]) -> list[str]:
    """The series to load for a layout, each once: single images first, because they are on screen at once.

    Only what is on screen is loaded; the rest waits until it is hung.
    """
    order: dict[str, None] = {}
    for pane in layout.panes:
        comparison = layout.compared[pane]
        for uid in (layout.hung[pane], comparison.over if comparison is not None else None):
            if uid is not None:
                order[series_of(uid)] = None
    images = {entry.uid: entry.n_images for entry in series}
    return sorted(order, key=lambda uid: images.get(uid, 0) > 1)


def by_example(
    title: str,
    layout: Layout,
    current: Any,
    prior: Any | None,
    reconstructions: Mapping[str, Reconstruction],
    orientations: Mapping[int, Orientation],
) -> HangingProtocol:
    """The protocol that would hang a study as it hangs now.

    Parameters
    ----------
    reconstructions : mapping of str to Reconstruction
        Of the slices on screen, by UID; their thickness, interval and algorithm are taken over.
    orientations : mapping of int to Orientation
        Of the viewports.

    Notes
    -----
    It is not yet said whom it is for: `body_parts`, `modalities`, `automatic` are the reader's choice.
    """
    cells: dict[int, Cell] = {}
    for place in layout.panes:
        uid = layout.hung[place]
        role = role_of(uid, current, prior) if uid is not None else None
        if uid is None or role is None:
            continue
        cell = Cell(role, links=layout.links[place])
        turns, horizontal, vertical = orientations.get(place, (0, False, False))
        cell = replace(cell, quarter_turns=turns, flip_horizontal=horizontal, flip_vertical=vertical)
        comparison = layout.compared[place]
        over = role_of(comparison.over, current, prior) if comparison is not None else None
        if comparison is not None and over is not None:
            cell = replace(cell, over=over, mode=comparison.mode, upright_line=comparison.vertical)
        reconstruction = reconstructions.get(uid)
        if reconstruction is not None:
            cell = replace(cell, values=MappingProxyType(_values(reconstruction)))
        cells[place] = cell
    return HangingProtocol("", title, root=layout.root, outside=layout.outside, cells=MappingProxyType(cells), own=True)


def role_of(uid: str, current: Any, prior: Any | None) -> Role | None:
    """The role that a picture has in a study."""
    series = series_of(uid)
    part = uid[len(series) + 1 :]
    names: tuple[StudyRole, ...] = ("current", "prior")
    for study, name in zip((current, prior), names, strict=True):
        entries = tuple(study.series) if study is not None else ()
        for entry in entries:
            if entry.uid == series and entry.kind != "other":
                same = [other.uid for other in entries if other.kind == entry.kind]
                return Role(entry.kind, same.index(series), name, part)
    return None


def _values(reconstruction: Reconstruction) -> dict[str, Any]:
    values: dict[str, Any] = {
        "thickness_mm": reconstruction.thickness_mm,
        "interval_mm": reconstruction.interval_mm,
    }
    if reconstruction.algorithm is not None:
        values["algorithm"] = reconstruction.algorithm.name
        values["parameters"] = asdict(reconstruction.algorithm)
    return values
