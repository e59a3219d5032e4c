"""What is asked of a server, and what it answers: values that both kinds of server share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from recon.messages import mark

DAYS: dict[str, str] = {
    "any": mark("Any date"),
    "today": mark("Today"),
    "yesterday": mark("Yesterday"),
    "week": mark("Last 7 days"),
    "month": mark("Last 30 days"),
    "year": mark("Last 365 days"),
    "range": mark("From … to …"),
}
"""Quick choices of the study date."""
_BACK = {"today": (0, 0), "yesterday": (1, 1), "week": (6, 0), "month": (29, 0), "year": (364, 0)}
MOST = 500
"""Studies that are taken from one server; with more, the question is too wide."""


@dataclass(frozen=True)
class Query:
    """What to look for; empty fields match everything.

    Attributes
    ----------
    patient_name : str
        As typed; see `name_pattern`.
    patient_id, accession : str
        ``*`` and ``?`` are wildcards.
    first_day, last_day : str
        YYYYMMDD, inclusive.
    modality : str
    body_part : str
        Looked for in the series, as studies have none.
    study_uid : str
    """

    patient_name: str = ""
    patient_id: str = ""
    accession: str = ""
    first_day: str = ""
    last_day: str = ""
    modality: str = ""
    body_part: str = ""
    study_uid: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything there is."""
        return self == Query()

    @property
    def dates(self) -> str:
        """The range of dates as DICOM writes it (PS3.4 C.2.2.2.5)."""
        if not self.first_day and not self.last_day:
            return ""
        return self.first_day if self.first_day == self.last_day else f"{self.first_day}-{self.last_day}"

    def with_days(self, choice: str, today: date) -> Query:
        """With the dates of a quick choice (a key of `DAYS`)."""
        if choice not in _BACK:
            return replace(self, first_day="", last_day="") if choice == "any" else self
        first, last = (f"{today - timedelta(days=days):%Y%m%d}" for days in _BACK[choice])
        return replace(self, first_day=first, last_day=last)


def name_pattern(typed: str) -> str:
    """A typed name as a pattern for Patient's Name.

    "meier" finds what begins so; "meier anna" or "meier, anna" family and given name, each by its beginning. What
    has wildcards or carets of its own is taken as it is.
    """
    text = " ".join(typed.split())
    if not text:
        return ""
    if any(sign in text for sign in "*?^="):
        return text
    parts = [part for part in re.split(r"[,\s]+", text) if part]
    return "*^".join(parts) + "*"


def name_matches(pattern: str, name: str) -> bool:
    """Whether a person's name matches a pattern in one of its spellings (PS3.4 C.2.2.2.4, PS3.5 6.2.1)."""
    signs = {"*": ".*", "?": "."}
    wanted = re.compile("".join(signs.get(sign, re.escape(sign)) for sign in pattern.casefold()))
    return any(wanted.fullmatch(spelling) is not None for spelling in (name.casefold(), *name.casefold().split("=")))


@dataclass(frozen=True)
class FoundStudy:
    """A study that a server has.

    Attributes
    ----------
    node : str
        Id of the server.
    count : int
        Objects, 0 where the server does not say.
    """

    node: str
    uid: str
    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    date: str = ""
    time: str = ""
    description: str = ""
    accession: str = ""
    modalities: tuple[str, ...] = ()
    n_series: int = 0
    count: int = 0
    body_parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundSeries:
    """A series of a study that a server has."""

    node: str
    study_uid: str
    uid: str
    number: str = ""
    modality: str = ""
    description: str = ""
    body_part: str = ""
    count: int = 0


@dataclass(frozen=True)
class FoundObject:
    """An object of a series that a server has; `sop_class` is "" where the server does not say."""

    study_uid: str
    series_uid: str
    uid: str
    sop_class: str = ""


STUDY_KEYS = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyInstanceUID", "StudyDate", "StudyTime"),
    *("StudyDescription", "AccessionNumber", "ModalitiesInStudy"),
    *("NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances"),
)
SERIES_KEYS = (
    *("StudyInstanceUID", "SeriesInstanceUID", "SeriesNumber", "Modality", "SeriesDescription", "BodyPartExamined"),
    "NumberOfSeriesRelatedInstances",
)
OBJECT_KEYS = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID")
