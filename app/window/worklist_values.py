"""What the parts of the worklist in the window hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.worklist.model import Marks, Result, SeriesRow, StudyRow

PAGE = 100
"""Rows that are read together."""


@dataclass(frozen=True)
class Found:
    """An answer, with the first of its rows."""

    result: Result
    rows: tuple[StudyRow, ...]
    known: int
    """Studies of the index, listed or not; 0 says that nothing was ever added."""


@dataclass(frozen=True)
class Detail:
    """What is shown of one study below the list."""

    study: StudyRow
    series: tuple[SeriesRow, ...]
    priors: tuple[StudyRow, ...]
    places: tuple[Path, ...]


@dataclass(frozen=True)
class Marking:
    """Something that was said of studies (by UID)."""

    text: str
    before: Mapping[str, Marks]
    after: Mapping[str, Marks]
