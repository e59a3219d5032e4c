"""A document as a page shows it: plain texts, tables, a tree, references to images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DocumentKind = Literal["report", "dose", "key_images", "presentation", "file"]
Fact = tuple[str, str]
"""A name and its value."""


@dataclass(frozen=True)
class Reference:
    """An image (or another object) that a document speaks of.

    Attributes
    ----------
    instance, sop_class, series : str
        UIDs; `series` is "" where the document does not say.
    frames : tuple of int
        From 1; () means all.
    """

    instance: str
    sop_class: str = ""
    series: str = ""
    frames: tuple[int, ...] = ()


@dataclass(frozen=True)
class Node:
    """One item of a content tree (PS3.3 C.17.3).

    Attributes
    ----------
    name : str
        Meaning of the concept name; "" where it has none.
    value : str
        As text, numbers with their unit.
    code : (value, scheme)
        Of the concept name, to find things by; ("", "") without one.
    number : float or None
        Of numeric items, in `unit` (UCUM).
    reference : Reference or None
    """

    name: str
    value: str = ""
    code: tuple[str, str] = ("", "")
    number: float | None = None
    unit: str = ""
    reference: Reference | None = None
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows of texts, with a title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Attachment:
    """A file within the object.

    Attributes
    ----------
    media_type : str
        "application/pdf" …
    suffix : str
        For a file name: ".pdf".
    size : int
        Bytes.
    """

    media_type: str
    suffix: str
    size: int


@dataclass(frozen=True, eq=False)
class Document:
    """What a document says.

    Attributes
    ----------
    facts : tuple of (name, value)
        Date, completion, verification …
    summary : tuple of (name, value)
        What matters most: totals of a dose report, the note of key images, what a presentation applies.
    tables : tuple of Table
    nodes : tuple of Node
        The content tree.
    references : tuple of Reference
        The images of key images and presentations, in order.
    notes : tuple of str
        What could not be read.
    """

    kind: DocumentKind
    title: str
    path: Path
    facts: tuple[Fact, ...] = ()
    summary: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    nodes: tuple[Node, ...] = ()
    references: tuple[Reference, ...] = ()
    attachment: Attachment | None = None
    notes: tuple[str, ...] = ()
