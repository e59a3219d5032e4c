"""The table that says what becomes of each attribute (PS3.15 E.1), and the options that soften it (PS3.15 E.3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Literal

from recon.messages import mark

Action = Literal["remove", "empty", "dummy", "uid", "keep", "shift", "clean", "recurse"]


def _option(title: str, description: str, code: str, meaning: str, default: bool = False) -> bool:
    from dataclasses import field

    facts = {"title": title, "description": description, "code": code, "meaning": meaning}
    return field(default=default, metadata=facts)


@dataclass(frozen=True)
class Options:
    """What is kept beyond the Basic Profile; each is an option of PS3.15 E.3 with its code (PS3.16 CID 7050).

    `full_dates` and `modified_dates` exclude each other; the modified ones win.
    """

    descriptors: bool = _option(
        mark("Descriptions, cleaned"),
        mark("Series and study descriptions keep the words of a list of anatomy and technique; other words go."),
        "113105",
        "Clean Descriptors Option",
        True,
    )
    modified_dates: bool = _option(
        mark("Dates, all moved by the same days"),
        mark("The time between examinations stays true; the dates do not."),
        "113107",
        "Retain Longitudinal Temporal Information Modified Dates Option",
    )
    full_dates: bool = _option(
        mark("Dates as they are"),
        mark("Dates and times of the examinations stay."),
        "113106",
        "Retain Longitudinal Temporal Information Full Dates Option",
    )
    patient: bool = _option(
        mark("Sex, age, size and weight"),
        mark("Ages above 89 years become 90."),
        "113108",
        "Retain Patient Characteristics Option",
        True,
    )
    device: bool = _option(
        mark("The device"),
        mark("Station name, serial numbers and detector stay."),
        "113109",
        "Retain Device Identity Option",
    )
    institution: bool = _option(
        mark("The institution"),
        mark("Name and address of the hospital stay."),
        "113112",
        "Retain Institution Identity Option",
    )
    uids: bool = _option(
        mark("Identifiers (UIDs)"),
        mark("The objects keep their identifiers, so that they can be found again in the archive."),
        "113110",
        "Retain UIDs Option",
    )

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the options that hold."""
        names = tuple(item.name for item in fields(self) if getattr(self, item.name))
        return tuple(name for name in names if name != "full_dates" or not self.modified_dates)

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """Code value (DCM) and meaning of the profile and of each option, as De-identification Method says them.

        Structured content and graphics are always cleaned rather than replaced (PS3.15 E.3.3, E.3.4).
        """
        by_name = {item.name: (item.metadata["code"], item.metadata["meaning"]) for item in fields(self)}
        return (
            ("113100", "Basic Application Confidentiality Profile"),
            ("113104", "Clean Structured Content Option"),
            ("113103", "Clean Graphics Option"),
            *(by_name[name] for name in self.chosen),
        )


@dataclass(frozen=True)
class Row:
    """One attribute of the table: its action in the Basic Profile and in the options that name it."""

    basic: str
    options: dict[str, str]


@cache
def table() -> dict[int, Row]:
    """The rows for single attributes, by tag. Groups of attributes (50xx, 60xx, private) are removed whole."""
    text = resources.files("resources").joinpath("dicom", "confidentiality.json").read_text(encoding="utf-8")
    rows: dict[int, Row] = {}
    for row in json.loads(text)["rows"]:
        if "X" not in row["tag"]:
            options = {name: value for name, value in row.items() if name not in ("tag", "name", "basic")}
            rows[int(row["tag"], 16)] = Row(row["basic"], options)
    return rows


def action(tag: int, vr: str, options: Options) -> Action:
    """What becomes of a standard attribute; "recurse" for those that the table does not name.

    Where the table offers several actions, depending on the attribute's type in the object ("X/Z/D"), the one is taken
    that is valid for every type: a dummy, else an empty value.
    """
    row = table().get(tag)
    if row is None:
        return "recurse"
    chosen = options.chosen
    for name in chosen:
        wanted = row.options.get(name)
        if wanted == "K":
            return "recurse" if vr == "SQ" else "keep"
        if wanted == "C":
            if name == "modified_dates":
                return "shift"
            if name == "descriptors":
                return "clean"
    if "structured" in row.options or "graphics" in row.options:
        return "clean" if vr == "SQ" else "remove"
    if "U" in row.basic:
        return "recurse" if vr == "SQ" else "uid"
    if "D" in row.basic:
        return "dummy"
    return "empty" if "Z" in row.basic else "remove"
