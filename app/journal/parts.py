"""A reading divided into the parts that are written one by one, and put together again.

A part is one field of `Reading` (``layout``, ``findings``) or one field of one picture's state
(``series/<uid>/measurements``). A change writes only the parts that it touched. Which fields there are is asked of
the dataclasses, so a new one needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, get_args

from app.journal.encode import Undecodable, decode, hints_of
from app.journal.view import PART, View
from app.session.state import Reading, SeriesState

SERIES = "series"


@dataclass(frozen=True)
class Part:
    """What a change did to one part.

    Attributes
    ----------
    name : str
    before, after : object
        Frozen values; `GONE` where there is none.
    """

    name: str
    before: Any
    after: Any


class _Gone:
    """There is no such part."""

    def __repr__(self) -> str:
        return "GONE"


GONE = _Gone()


def part_name(uid: str, field: str) -> str:
    """Name of a part of one picture's state."""
    return f"{SERIES}/{uid}/{field}"


def uid_of(name: str) -> str:
    """UID of the picture that a part belongs to; "" for parts of the whole reading."""
    return name.removeprefix(f"{SERIES}/").rpartition("/")[0] if name.startswith(f"{SERIES}/") else ""


def field_of(name: str) -> str:
    """Name of the field that a part holds."""
    return name.rpartition("/")[2]


def changed_parts(old: Reading, new: Reading) -> Iterator[Part]:
    """The parts in which two readings differ.

    States are compared by identity first: a change shares all that it leaves alone.
    """
    for item in fields(Reading):
        before, after = getattr(old, item.name), getattr(new, item.name)
        if before is after:
            continue
        if item.name == SERIES:
            yield from _changed_series(before, after)
        elif before != after:
            yield Part(item.name, before, after)


def _changed_series(old: Mapping[str, SeriesState], new: Mapping[str, SeriesState]) -> Iterator[Part]:
    for uid in {**old, **new}:
        before, after = old.get(uid), new.get(uid)
        if before is after:
            continue
        for item in fields(SeriesState):
            was = getattr(before, item.name) if before is not None else GONE
            now = getattr(after, item.name) if after is not None else GONE
            if was is not now and was != now:
                yield Part(part_name(uid, item.name), was, now)


def hint_of(name: str) -> Any:
    """The type of a part.

    Raises
    ------
    Undecodable
        When no field has that name.
    """
    if name == PART:
        return View
    kind: Any = Reading
    if uid_of(name):
        kind = get_args(hints_of(Reading)[SERIES])[1]
    hints = hints_of(kind)
    if field_of(name) not in hints:
        raise Undecodable(f"{field_of(name)}: not known to this version")
    return hints[field_of(name)]


def decode_parts(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Read parts.

    Returns
    -------
    values : dict
        By name, of all that could be read.
    reports : dict
        By name, what was left out of which part.
    """
    values: dict[str, Any] = {}
    reports: dict[str, tuple[str, ...]] = {}
    for name, text in texts.items():
        try:
            values[name], left_out = decode(text, hint_of(name))
        except Undecodable as error:
            left_out = (str(error),)
        if left_out:
            reports[name] = left_out
    return values, reports


def with_parts(reading: Reading, values: Mapping[str, Any]) -> Reading:
    """The reading with some parts replaced (`GONE` puts the default back)."""
    whole = {name: value for name, value in values.items() if not uid_of(name)}
    defaults = Reading()
    reading = replace(
        reading, **{name: getattr(defaults, name) if value is GONE else value for name, value in whole.items()}
    )
    series = dict(reading.series)
    plain = SeriesState()
    for name, value in values.items():
        uid, field = uid_of(name), field_of(name)
        if uid:
            state = series.get(uid, plain)
            series[uid] = replace(state, **{field: getattr(plain, field) if value is GONE else value})
    return replace(reading, series=MappingProxyType(series))
