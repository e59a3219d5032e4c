"""What was typed into the search line: words, periods of time, and ``name:``, ``id:``, ``acc:`` before a word."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.worklist.model import STATES, State
from app.worklist.words import facet_phrase, phrase, words_of

Period = tuple[int, int]
"""First and last day as YYYYMMDD, both included."""

FIELDS = {"name": "name", "id": "patient", "acc": "accession", "part": "part", "mod": "modality", "text": "words"}
"""What may stand before a colon, and the column of the index that it means."""
FIRST, LAST = 1, 99991231


@dataclass(frozen=True)
class Asked:
    """The text of a query, understood.

    Attributes
    ----------
    match : str
        The FTS5 expression; "" for no words.
    period : Period or None
    states : frozenset of State
    note : str
        What was not understood, as it was typed; "" if all was.
    """

    match: str = ""
    period: Period | None = None
    states: frozenset[State] = frozenset()
    note: str = ""


def _number(day: date) -> int:
    return 10000 * day.year + 100 * day.month + day.day


def _named(today: date) -> dict[str, Period]:
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    yesterday = today - timedelta(days=1)

    def days(first: date, last: date) -> Period:
        return _number(first), _number(last)

    return {
        "today": days(today, today),
        "yesterday": days(yesterday, yesterday),
        "this week": days(week, week + timedelta(days=6)),
        "last week": days(week - timedelta(days=7), week - timedelta(days=1)),
        "this month": days(month, today.replace(day=monthrange(today.year, today.month)[1])),
        "last month": days(before, month - timedelta(days=1)),
        "this year": (10000 * today.year + 101, 10000 * today.year + 1231),
        "last year": (10000 * (today.year - 1) + 101, 10000 * (today.year - 1) + 1231),
    }


CHINESE = {
    "今天": "today",
    "昨天": "yesterday",
    "本周": "this week",
    "上周": "last week",
    "本月": "this month",
    "上月": "last month",
    "今年": "this year",
    "去年": "last year",
}
_LAST_DAYS = re.compile(r"last (\d{1,4}) days?|最近(\d{1,4})天")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})(\d{2})(\d{2})")
_IN_TEXT = re.compile(
    r"(?<!\S)(?:(?:this|last) (?:week|month|year)|last \d{1,4} days?|today|yesterday|最近\d{1,4}天|"
    + "|".join(CHINESE)
    + r"|\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}\.\d{1,2}\.\d{4}|[\d.-]*\d\.\.[\d.-]*\d|[\d-]*\d\.\.|\.\.\d[\d.-]*)(?!\S)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?<!\S)(\w+):(\"[^\"]*\"|\S+)")


def period(text: str, today: date) -> Period | None:
    """A period in words ("today", "last week", "last 30 days") or dates; None when it is none.

    Dates are a year, a month (2026-01) or a day (2026-01-31, 20260131, 31.1.2026); two with two dots between them are
    a range, of which either end may be open.
    """
    asked = " ".join(text.lower().split())
    named = _named(today).get(CHINESE.get(asked, asked))
    if named is not None:
        return named
    days = _LAST_DAYS.fullmatch(asked)
    if days is not None:
        count = int(days.group(1) or days.group(2))
        return _number(today - timedelta(days=max(count - 1, 0))), _number(today)
    if ".." in asked:
        low, _, high = asked.partition("..")
        first = _span(low.strip()) if low.strip() else (FIRST, FIRST)
        last = _span(high.strip()) if high.strip() else (LAST, LAST)
        return (first[0], last[1]) if first is not None and last is not None else None
    return _span(asked)


def _span(text: str) -> Period | None:
    """First and last day of a year, a month or a day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day, day2, month2, year2, year3, month3, day3 = (int(part) if part else 0 for part in found.groups())
    year, month, day = year or year2 or year3, month or month2 or month3, day or day2 or day3
    try:
        if day:
            return _number(date(year, month, day)), _number(date(year, month, day))
        if month:
            return _number(date(year, month, 1)), _number(date(year, month, monthrange(year, month)[1]))
        return (10000 * year + 101, 10000 * year + 1231) if year else None
    except ValueError:
        return None


def parse(text: str, today: date) -> Asked:
    """Understand what was typed.

    Parameters
    ----------
    text : str
        Every word must be found, anywhere in what the index knows of a study; a word of one or two characters at the
        beginning of a word. Periods as in `period`, except a bare number, which may also be an identification.
    today : date
    """
    phrases: list[str] = []
    states: set[State] = set()
    notes: list[str] = []
    found: Period | None = None

    def narrow(other: Period | None, typed: str) -> None:
        nonlocal found
        if other is None:
            notes.append(typed)
        else:
            found = other if found is None else (max(found[0], other[0]), min(found[1], other[1]))

    def take_field(match: re.Match[str]) -> str:
        field, value = match.group(1).lower(), match.group(2).strip('"')
        if field == "date":
            narrow(period(value, today), match.group())
        elif field == "state":
            meant = [state for state in STATES if state.startswith(value.lower())]
            states.update(meant)
            if not meant:
                notes.append(match.group())
        elif field in FIELDS:
            phrases.extend(f"{FIELDS[field]} : {phrase(word)}" for word in words_of(value))
        else:
            return match.group()
        return " "

    def take_period(match: re.Match[str]) -> str:
        narrow(period(match.group(), today), match.group())
        return " "

    rest = _IN_TEXT.sub(take_period, _FIELD.sub(take_field, text))
    phrases += [phrase(word) for word in words_of(rest)]
    return Asked(" AND ".join(phrases), found, frozenset(states), " ".join(notes))


def with_facets(match: str, modality: str, body_part: str) -> str:
    """An FTS5 expression with the values that were chosen from lists."""
    parts = [match] if match else []
    parts += [f"modality : {facet_phrase(modality)}"] if modality else []
    parts += [f"part : {facet_phrase(body_part)}"] if body_part else []
    return " AND ".join(parts)
