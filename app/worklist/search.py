"""Finding studies: which ones, in which order, and how many of each state, fast enough for every keystroke.

The numbers of all studies with day and state fit into an array of a few hundred kilobytes, which is read again only
when the file has changed (``PRAGMA data_version``); so are orders. Words come from the full-text table. What is left
are operations on arrays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.worklist.asked import FIRST, LAST, parse, period, with_facets
from app.worklist.model import STATES, Query, Result, State, StudyRow
from app.worklist.studies import rows
from recon.errors import Cancelled

ORDERS = {
    "moment": "moment",
    "patient_name": "name_key",
    "patient_id": "patient_id",
    "birth_date": "birth_date",
    "sex": "sex",
    "description": "description COLLATE NOCASE",
    "accession": "accession",
    "modalities": "modalities",
    "body_parts": "body_parts",
    "laterality": "laterality",
    "institution": "institution COLLATE NOCASE",
    "n_series": "n_series",
    "n_images": "n_images",
    "state": "state",
    "flag": "flag",
    "note": "note COLLATE NOCASE",
    "added_at": "added_at",
}
"""What the list can be sorted by, and the expression of it. Equal ones stand with the newest study first."""

FACET_BITS, DAY_BITS = 8, 27
STEPS = 20_000
"""Steps of SQLite between two looks whether a query is still wanted."""


class Finder:
    """Answers queries on one connection; for one thread.

    Parameters
    ----------
    connection : sqlite3.Connection
        That nothing is written through: what it sees changes with ``PRAGMA data_version``.
    today : callable, optional
        What day it is.
    """

    def __init__(self, connection: sqlite3.Connection, today: Callable[[], date] = date.today) -> None:
        self._connection, self._today = connection, today
        self._version = -1
        self._numbers: NDArray[np.int64] = np.empty(0, np.int64)
        self._days: NDArray[np.int64] = self._numbers
        self._facets: NDArray[np.int64] = self._numbers
        self._at: NDArray[np.int64] = self._numbers
        """Place in the arrays above by the number of the study."""
        self._orders: dict[tuple[str, bool], NDArray[np.int64]] = {}
        self._values: dict[str, tuple[str, ...]] = {}

    def find(self, query: Query, is_wanted: Callable[[], bool] = lambda: True) -> Result:
        """Answer a query.

        Raises
        ------
        Cancelled
            When it is wanted no longer.
        """
        connection = self._connection
        connection.set_progress_handler(lambda: not is_wanted(), STEPS)
        try:
            return self._find(query)
        except sqlite3.OperationalError as error:
            if not is_wanted():
                raise Cancelled from error
            raise
        finally:
            connection.set_progress_handler(None, 0)

    def _find(self, query: Query) -> Result:
        self._refresh()
        asked = parse(query.text, self._today())
        hidden = (self._facets >> 3) & 3
        listed = hidden == (1 if query.removed else 0)
        chosen = listed.copy()
        spans = [span for span in (asked.period, period(query.period, self._today())) if span is not None]
        for low, high in spans:
            # An open end takes in studies without a date.
            chosen &= (self._days >= (low if low > FIRST else 0)) & (self._days <= min(high, LAST))
        match = with_facets(asked.match, query.modality, query.body_part)
        if match:
            chosen &= self._matching(match)
        states = self._facets & 3
        flags = (self._facets >> 2) & 1
        wanted = asked.states or query.states
        counts: dict[State, int] = {
            state: int(np.count_nonzero(chosen & (states == number))) for number, state in enumerate(STATES)
        }
        flagged = int(np.count_nonzero(chosen & (flags == 1)))
        if wanted:
            chosen &= np.isin(states, [STATES.index(state) for state in wanted])
        if query.flagged:
            chosen &= flags == 1
        order = self._order(query.order, query.descending)
        places = self._at[order]
        return Result(query, order[chosen[places]], counts, flagged, int(np.count_nonzero(listed)), asked.note)

    def _refresh(self) -> None:
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version == self._version:
            return
        packed = np.fromiter(
            (
                row[0]
                for row in self._connection.execute(
                    f"SELECT (id << {FACET_BITS + DAY_BITS}) | (day << {FACET_BITS}) | facets "
                    "FROM studies INDEXED BY studies_facets"
                )
            ),
            np.int64,
        )
        self._facets = packed & ((1 << FACET_BITS) - 1)
        self._days = (packed >> FACET_BITS) & ((1 << DAY_BITS) - 1)
        self._numbers = packed >> (FACET_BITS + DAY_BITS)
        self._at = np.full(int(self._numbers.max(initial=0)) + 1, -1, np.int64)
        self._at[self._numbers] = np.arange(self._numbers.size)
        self._orders, self._values = {}, {}
        self._version = version

    def _matching(self, match: str) -> NDArray[np.bool_]:
        found = self._connection.execute(
            "SELECT group_concat(rowid, ' ') FROM search WHERE search MATCH ?", (match,)
        ).fetchone()[0]
        numbers = np.fromstring(found, np.int64, sep=" ") if found else np.empty(0, np.int64)
        chosen = np.zeros(self._numbers.size, bool)
        places = self._at[numbers[numbers < self._at.size]]
        chosen[places[places >= 0]] = True
        return chosen

    def _order(self, name: str, descending: bool) -> NDArray[np.int64]:
        key = (name, descending)
        if key not in self._orders:
            way = "DESC" if descending else "ASC"
            by = f"moment {way}, id {way}" if name == "moment" else f"{ORDERS[name]} {way}, moment DESC, id DESC"
            found = self._connection.execute(f"SELECT id FROM studies ORDER BY {by}")
            numbers = np.fromiter((row[0] for row in found), np.int64)
            known = numbers[numbers < self._at.size]
            self._orders[key] = known[self._at[known] >= 0]
        return self._orders[key]

    def rows(self, numbers: Any) -> list[StudyRow]:
        """Studies by their numbers, in that order."""
        return rows(self._connection, [int(number) for number in numbers])

    def values(self, column: str) -> tuple[str, ...]:
        """What there is of "modality" or "body_part", sorted."""
        self._refresh()
        if column not in self._values:
            assert column in ("modality", "body_part")
            # From each value to the next in the index; there are few of them and many series.
            found, last = [], ""
            while True:
                row = self._connection.execute(
                    f"SELECT {column} FROM series WHERE {column} > ? ORDER BY {column} LIMIT 1", (last,)
                ).fetchone()
                if row is None:
                    break
                last = row[0]
                found.append(last)
            self._values[column] = tuple(found)
        return self._values[column]
