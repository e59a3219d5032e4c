"""Words that may stay in a description: anatomy, technique and views; everything else could be a name."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def vocabulary() -> frozenset[str]:
    """The words, in small letters."""
    return frozenset(resources.files("resources").joinpath("dicom", "words.txt").read_text(encoding="utf-8").split())


_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)?|[+×%]")
_DATE = re.compile(r"\d{1,4}([-./ ])\d{1,2}\1\d{1,4}")


def clean_text(text: str) -> str:
    """The words of a text that tell nothing about a person, in their order; numbers of up to three digits stay.

    Longer numbers may be dates, record or accession numbers.
    """
    kept = [token for token in _TOKEN.findall(_DATE.sub(" ", text)) if _may_stay(token)]
    return " ".join(kept).strip(" +×%")


def _may_stay(token: str) -> bool:
    if token in "+×%":
        return True
    lowered = token.casefold()
    number = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,3}))?([a-z]*)", lowered)
    if number is not None:
        return number[3] in ("", "mm", "cm", "deg", "kv", "mas", "x", "views")
    return lowered in vocabulary()
