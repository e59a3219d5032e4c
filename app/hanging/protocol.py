"""What a hanging protocol says, and its form in a file.

A protocol names no series: it names *roles* ("the first projections of the current study", "the prior's radiograph"),
so that an arrangement made of one study fits the next. It is one JSON object (``resources/hanging`` holds those that
come with the program; readers' own lie in their settings folder).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from app.reading.layout import PANES, CompareMode, LinkSwitches, Node, Split, leaves
from recon.errors import BocageError
from recon.messages import reason_of, said

FORMAT = "bocage-hanging"
VERSION = 1
Kind = Literal["projections", "volume", "radiograph", "cine", "image", "document"]
StudyRole = Literal["current", "prior"]


@dataclass(frozen=True)
class Role:
    """A picture by what it is.

    Attributes
    ----------
    kind : "projections", "volume", "radiograph", "cine", "image" or "document"
    nth : int
        Which one of its kind (and modality), from 0.
    study : "current" or "prior"
        The prior is the latest earlier study of the same patient that is open.
    part : str
        "" for the picture itself; "projection" for the middle view, "views", "synthetic", or the number of a duplicate.
    modality : str
        Only series of this modality; "" for any.
    """

    kind: Kind
    nth: int = 0
    study: StudyRole = "current"
    part: str = ""
    modality: str = ""


@dataclass(frozen=True)
class Cell:
    """What hangs in one viewport, and how.

    Attributes
    ----------
    role : Role
    over : Role or None
        What is laid over it.
    mode : CompareMode
    upright_line : bool
        Whether the swipe line stands upright.
    links : LinkSwitches
    quarter_turns : int
    flip_horizontal, flip_vertical : bool
    values : mapping
        Fields of `Reconstruction` that slices start with: ``thickness_mm``, ``interval_mm``, ``algorithm`` (a name),
        ``parameters`` (of it).
    """

    role: Role
    over: Role | None = None
    mode: CompareMode = "swipe"
    upright_line: bool = True
    links: LinkSwitches = field(default_factory=LinkSwitches)
    quarter_turns: int = 0
    flip_horizontal: bool = False
    flip_vertical: bool = False
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class HangingProtocol:
    """An arrangement, and the studies it is for.

    Attributes
    ----------
    key : str
        Name of its file.
    title : str
    body_parts : tuple of str
        Terms as in `app.protocols` (capitals, no spaces); empty for any part.
    modalities : tuple of str
        Of the current study's series, one of which must be there; empty for any.
    automatic : bool
        Used by itself when it suits; else only when chosen.
    root : Node
        The main window's arrangement; `outside` those of further windows.
    outside : tuple of Node
    cells : mapping of int to Cell
        What hangs in the places; one that is missing stays empty.
    own : bool
        Made by the reader.
    """

    key: str
    title: str
    body_parts: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    automatic: bool = True
    root: Node = 0
    outside: tuple[Node, ...] = ()
    cells: Mapping[int, Cell] = field(default_factory=lambda: MappingProxyType({}))
    own: bool = False


def to_json(protocol: HangingProtocol) -> str:
    """A protocol as the text of its file."""
    cells = {}
    for place, cell in protocol.cells.items():
        entry = asdict(replace(cell, values={}))
        entry["values"] = dict(cell.values)
        cells[str(place)] = entry
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "title": protocol.title,
            "body_parts": list(protocol.body_parts),
            "modalities": list(protocol.modalities),
            "automatic": protocol.automatic,
            "root": _tree(protocol.root),
            "outside": [_tree(node) for node in protocol.outside],
            "cells": cells,
        },
        indent=2,
        ensure_ascii=False,
    )


def from_json(text: str, key: str, *, own: bool = False) -> HangingProtocol:
    """A protocol from the text of its file.

    Raises
    ------
    BocageError
        Names the file and what is wrong with it.
    """
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(said('"format" must be "{0}"', FORMAT))
        if data.get("version") != VERSION:
            raise ValueError(said("version {0} is understood, found {1!r}", VERSION, data.get("version")))
        root = _node(data["root"])
        outside = tuple(_node(node) for node in data.get("outside", []))
        places = [place for node in (root, *outside) for place in leaves(node)]
        if len(set(places)) != len(places) or not set(places) <= set(range(PANES)):
            raise ValueError(said("every viewport may stand once in the arrangement"))
        return HangingProtocol(
            key,
            str(data["title"]),
            tuple(str(part) for part in data.get("body_parts", [])),
            tuple(str(name) for name in data.get("modalities", [])),
            bool(data.get("automatic", True)),
            root,
            outside,
            MappingProxyType({int(place): _cell(cell) for place, cell in data.get("cells", {}).items()}),
            own,
        )
    except (ValueError, KeyError, TypeError) as error:
        what = said("{0!r} is missing", error.args[0]) if isinstance(error, KeyError) else reason_of(error)
        raise BocageError(said("{0}.json is no hanging protocol that can be read: {1}.", key, what)) from None


def _tree(node: Node) -> Any:
    if isinstance(node, int):
        return node
    return {"beside": node.beside, "parts": [_tree(part) for part in node.parts], "shares": list(node.shares)}


def _node(data: Any) -> Node:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    parts = tuple(_node(part) for part in data["parts"])
    shares = tuple(float(share) for share in data.get("shares", [1 / len(parts)] * len(parts)))
    if len(parts) < 2 or len(shares) != len(parts) or not all(math.isfinite(s) and s > 0 for s in shares):
        raise ValueError(said("a split has at least two parts, each with a positive share"))
    total = sum(shares)
    return Split(bool(data["beside"]), parts, tuple(share / total for share in shares))


def _cell(data: Mapping[str, Any]) -> Cell:
    over = data.get("over")
    mode = data.get("mode", "swipe")
    if mode not in get_args(CompareMode):
        raise ValueError(said("a comparison is one of {0}, found {1!r}", ", ".join(get_args(CompareMode)), mode))
    return Cell(
        _role(data["role"]),
        _role(over) if over else None,
        mode,
        bool(data.get("upright_line", True)),
        LinkSwitches(**{name: bool(on) for name, on in data.get("links", {}).items()}),
        int(data.get("quarter_turns", 0)) % 4,
        bool(data.get("flip_horizontal", False)),
        bool(data.get("flip_vertical", False)),
        MappingProxyType(dict(data.get("values", {}))),
    )


def _role(data: Mapping[str, Any]) -> Role:
    if data["kind"] not in get_args(Kind) or data.get("study", "current") not in get_args(StudyRole):
        raise ValueError(said("{0} is no role of a picture", dict(data)))
    return Role(
        data["kind"],
        int(data.get("nth", 0)),
        data.get("study", "current"),
        str(data.get("part", "")),
        str(data.get("modality", "")),
    )
