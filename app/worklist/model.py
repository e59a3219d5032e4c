"""The values of the worklist: a study as a row, what was said of it, a folder that is watched, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from recon.messages import mark

State = Literal["new", "read", "rejected"]
STATES: tuple[State, ...] = ("new", "read", "rejected")
"""In the order of their numbers in the index."""
STATE_TITLES: dict[State, str] = {"new": mark("New"), "read": mark("Read"), "rejected": mark("Rejected")}

REJECT_REASONS: dict[str, str] = {
    "111209": mark("Positioning"),
    "111210": mark("Motion blur"),
    "111211": mark("Under exposed"),
    "111212": mark("Over exposed"),
    "111207": mark("Image artefacts"),
    "111208": mark("Grid artefacts"),
    "111214": mark("Detector artefacts"),
    "113026": mark("Double exposure"),
    "111213": mark("No image"),
    "111219": mark("Inappropriate image processing"),
    "111216": mark("Mechanical failure"),
    "111217": mark("Electrical failure"),
    "111218": mark("Software failure"),
    "111220": mark("Other reason"),
}
"""Why an image is rejected: DICOM context group 7011, "Rejected for Quality Reasons" (PS3.16), by its DCM codes."""

Hidden = Literal["", "removed", "unwatched"]
HIDDEN: tuple[Hidden, ...] = ("", "removed", "unwatched")
"""In the order of their numbers in the index."""

There = Literal["all", "some", "away", "gone"]
"""Whether a study's files can be reached: all, some, none for now (a disk that is not connected), none any more."""


@dataclass(frozen=True)
class Marks:
    """What the user said of a study.

    Attributes
    ----------
    state : State
    reason : str
        Of a rejection: one of `REJECT_REASONS`.
    flag : bool
        Set apart to come back to.
    note : str
    removed : bool
        Taken off the list; its files stay where they are.
    """

    state: State = "new"
    reason: str = ""
    flag: bool = False
    note: str = ""
    removed: bool = False


@dataclass(frozen=True)
class StudyRow:
    """A study in the list.

    Attributes
    ----------
    id : int
        In the index.
    patient_name : str
        As DICOM writes it, with all its groups (PS3.5 6.2.1).
    study_date, study_time, birth_date : str
        YYYYMMDD, HHMMSS.
    doubtful : tuple of str
        Those of "patient_name", "patient_id" and "birth_date" on which the files of the study do not agree: perhaps it
        holds images of two patients. What most of them say is in the row.
    n_images : int
        Pictures: frames of multi-frame objects count; reports and the like are none.
    reading : bool
        Some window has it open now.
    added_at, opened_at : float
        Seconds since 1970; 0 when it was never opened.
    """

    id: int
    uid: str
    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    study_date: str = ""
    study_time: str = ""
    description: str = ""
    accession: str = ""
    modalities: tuple[str, ...] = ()
    body_parts: tuple[str, ...] = ()
    laterality: str = ""
    institution: str = ""
    doubtful: tuple[str, ...] = ()
    n_series: int = 0
    n_images: int = 0
    there: There = "all"
    marks: Marks = Marks()
    reading: bool = False
    added_at: float = 0.0
    opened_at: float = 0.0


@dataclass(frozen=True)
class SeriesRow:
    """A series of a study in the list."""

    uid: str
    number: int | None
    description: str
    modality: str
    body_part: str
    laterality: str
    view_position: str
    n_images: int
    n_instances: int


@dataclass(frozen=True)
class Folder:
    """A folder that is kept in the index with everything below it.

    Attributes
    ----------
    kind : "watched" or "received"
        Added by the user, or where the receiver puts what arrives.
    checked_at : float
        When it was looked through last; 0 never.
    present : bool
        Whether it could be reached then.
    complete : bool
        Whether all of it was looked through.
    """

    id: int
    path: Path
    kind: Literal["watched", "received"]
    checked_at: float = 0.0
    present: bool = True
    complete: bool = False
    n_files: int = 0
    n_problems: int = 0


@dataclass(frozen=True)
class Query:
    """What is asked for.

    Attributes
    ----------
    text : str
        As it was typed: words that must all be found, periods, ``name:``, ``id:`` and so on (`asked.parse`).
    states : frozenset of State
        Empty: all.
    period : str
        A period in words or dates (`asked.period`); "" any.
    modality, body_part : str
        As in the files; "" any.
    flagged : bool
        Only those with a flag.
    removed : bool
        Those that were removed from the list, in place of those in it.
    order : str
        One of `search.ORDERS`.
    descending : bool
    """

    text: str = ""
    states: frozenset[State] = frozenset()
    period: str = ""
    modality: str = ""
    body_part: str = ""
    flagged: bool = False
    removed: bool = False
    order: str = "moment"
    descending: bool = True

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out of the list."""
        return replace(self, order="moment", descending=True) != Query()


@dataclass(frozen=True, eq=False)
class Result:
    """What was found.

    Attributes
    ----------
    query : Query
    ids : ndarray of int64, shape (n,)
        The studies in order.
    counts : mapping of State to int
        Of every state, whichever is asked for; everything else of the query holds.
    flagged : int
        With a flag, of all states.
    total : int
        Studies in the list, without any filter.
    note : str
        What was not understood of the text; "" if all was.
    """

    query: Query
    ids: Any
    counts: dict[State, int]
    flagged: int
    total: int
    note: str = ""


@dataclass(frozen=True)
class Report:
    """What looking through a folder found.

    Attributes
    ----------
    read : int
        Files whose headers were read, for they are new or changed.
    new, changed, moved, gone, unchanged, refused : int
        Files.
    other : int
        Of those that were read, how many hold nothing for the list: other formats, a DICOMDIR.
    arrived : frozenset of str
        UIDs of the studies that are new in the index.
    away : bool
        The folder could not be reached; what was known of it stays.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    gone: int = 0
    unchanged: int = 0
    refused: int = 0
    other: int = 0
    arrived: frozenset[str] = frozenset()
    away: bool = False
