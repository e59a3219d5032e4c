"""Texts that the standard allows, whatever the files and forms say that they come from (PS3.5 6.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

_UID = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*))+", re.ASCII)


def plain_text(value: object, length: int) -> str:
    """Text for LO, SH and CS elements: no backslash or control character, not longer than allowed (PS3.5 6.2)."""
    clean = "".join(" " if letter == "\\" or not letter.isprintable() else letter for letter in str(value or ""))
    return " ".join(clean.split())[:length].strip()


def person_name(value: object) -> str:
    """A person's name: at most three component groups of at most 64 characters each (PS3.5 6.2)."""
    groups = [plain_text(group, 64).strip("^") for group in str(value or "").split("=")[:3]]
    return "=".join(groups).rstrip("=")


def uid_text(value: object) -> str:
    """A UID, or nothing when the text is none."""
    text = str(value or "").strip()
    return text if len(text) <= 64 and _UID.fullmatch(text) else ""


def _date(value: object) -> str:
    text = str(value or "").strip()
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return ""
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return ""
    return text


def _time(value: object) -> str:
    text = str(value or "").strip()
    return text if re.fullmatch(r"([01]\d|2[0-3])([0-5]\d([0-5]\d(\.\d{1,6})?)?)?", text, re.ASCII) else ""


def _one_of(allowed: str, otherwise: str = "") -> Callable[[object], str]:
    return lambda value: text if (text := str(value or "").strip().upper()) and text in allowed.split() else otherwise


CLEANED: dict[str, Callable[[Any], str]] = {
    "study_uid": uid_text,
    "frame_of_reference_uid": uid_text,
    "patient_name": person_name,
    "patient_id": lambda value: plain_text(value, 64),
    "birth_date": _date,
    "sex": _one_of("M F O"),
    "study_date": _date,
    "study_time": _time,
    "study_id": lambda value: plain_text(value, 16),
    "study_description": lambda value: plain_text(value, 64),
    "accession": lambda value: plain_text(value, 16),
    "referring_physician": person_name,
    "institution": lambda value: plain_text(value, 64),
    "body_part": lambda value: re.sub(r"[^A-Z0-9_ ]", "", str(value or "").upper())[:16].strip(),
    "laterality": _one_of("U R L B", "U"),
    "view_position": lambda value: re.sub(r"[^A-Z0-9_ ]", "", str(value or "").upper())[:16].strip(),
    "implant": _one_of("YES NO"),
    "manufacturer": lambda value: plain_text(value, 64),
    "model": lambda value: plain_text(value, 64),
}
"""How the facts of a study become values that the standard allows, by their names."""
