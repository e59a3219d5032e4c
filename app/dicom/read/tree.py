"""Every element of a file as rows to read: tag, name, VR, value shortened; tolerant of broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.dicom.read.safe import read_header
from recon.messages import said

MAX_ROWS = 20_000
MAX_DEPTH = 40
MAX_VALUE = 200
BULK = frozenset({"OB", "OW", "OF", "OD", "OL", "OV", "UN"})


@dataclass(frozen=True)
class ElementRow:
    """One element, or one item of a sequence.

    Attributes
    ----------
    tag : str
        "(0010,0010)"; of an item its number.
    name : str
    vr : str
    value : str
        As text on one line, shortened.
    private : bool
    """

    tag: str
    name: str
    vr: str
    value: str
    private: bool = False
    rows: tuple[ElementRow, ...] = ()


@dataclass
class _Count:
    rows: int = 0

    @property
    def full(self) -> bool:
        return self.rows >= MAX_ROWS


def element_rows(path: Path) -> tuple[ElementRow, ...]:
    """The elements of a file, those of its meta information first; pixel data are not among them.

    Raises
    ------
    ReadError
        When the file cannot be read at all. An element that cannot is a row that says so.
    """
    found = read_header(path)
    count = _Count()
    meta = getattr(found.dataset, "file_meta", None)
    rows = [*_rows(meta, count, 0), *_rows(found.dataset, count, 0)]
    if count.full:
        rows.append(ElementRow("", said("What follows the first {0} elements is left out.", MAX_ROWS), "", ""))
    return tuple(rows)


def _rows(dataset: Any, count: _Count, depth: int) -> Iterator[ElementRow]:
    if dataset is None:
        return
    try:
        tags = sorted(dataset.keys())
    except Exception:  # whatever a broken data set raises
        return
    for tag in tags:
        if count.full:
            return
        count.rows += 1
        yield _row(dataset, tag, count, depth)


def _row(dataset: Any, tag: Any, count: _Count, depth: int) -> ElementRow:
    place, private = f"({tag >> 16:04X},{tag & 0xFFFF:04X})", bool((tag >> 16) & 1)
    try:
        element = dataset[tag]
        name, vr = str(element.name), str(element.VR)
        if vr == "SQ":
            items = list(element.value)
            inner = tuple(_items(items, count, depth + 1)) if depth < MAX_DEPTH else ()
            return ElementRow(place, name, vr, said("{0} items", len(items)), private, inner)
        return ElementRow(place, name, vr, _value(element, vr), private)
    except Exception as error:  # a value that its representation forbids, an unknown representation
        return ElementRow(place, "", "", said("cannot be read ({0})", type(error).__name__), private)


def _items(items: list[Any], count: _Count, depth: int) -> Iterator[ElementRow]:
    for number, item in enumerate(items, 1):
        if count.full:
            return
        count.rows += 1
        yield ElementRow(f"{number}", said("Item"), "", "", False, tuple(_rows(item, count, depth)))


def _value(element: Any, vr: str) -> str:
    value = element.value
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray):
        if vr in BULK and len(value) > 64:
            return said("{0} bytes", len(value))
        plain = bytes(value).rstrip(b"\x00 ")
        text = plain.decode("latin-1") if plain.isascii() else plain.hex(" ")
    elif isinstance(value, str | int | float):
        text = str(value)
    else:
        try:
            text = "\\".join(str(part) for part in value[:64])
        except TypeError:
            text = str(value)
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 1] + "…"
