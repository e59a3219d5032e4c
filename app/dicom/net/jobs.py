"""What the send queue consists of: its tables, its values, and sentences as they are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.dicom.net.objects import SendObject
from recon.messages import Message

MIGRATIONS = (
    """
    CREATE TABLE owners (
        id INTEGER PRIMARY KEY,
        pid INTEGER NOT NULL,
        process_started REAL NOT NULL,
        host TEXT NOT NULL
    );
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        node TEXT NOT NULL,
        title TEXT NOT NULL,
        added_at REAL NOT NULL,
        paused INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE objects (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        node TEXT NOT NULL,
        path TEXT NOT NULL,
        sop_class TEXT NOT NULL,
        sop_uid TEXT NOT NULL,
        study_uid TEXT NOT NULL,
        series_uid TEXT NOT NULL,
        syntax TEXT NOT NULL,
        start INTEGER NOT NULL,
        size INTEGER NOT NULL,
        changed_ns INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',
        attempts INTEGER NOT NULL DEFAULT 0,
        due_at REAL,
        reason TEXT NOT NULL DEFAULT '',
        owner INTEGER,
        question TEXT NOT NULL DEFAULT '',
        changed_at REAL NOT NULL
    );
    CREATE UNIQUE INDEX open_once ON objects (node, sop_uid) WHERE state IN ('waiting', 'sending', 'failed');
    CREATE INDEX by_state ON objects (node, state, id);
    CREATE INDEX by_job ON objects (job, state);
    CREATE INDEX by_uid ON objects (sop_uid);
    CREATE INDEX by_question ON objects (question);
    CREATE TABLE holds (
        node TEXT PRIMARY KEY,
        due_at REAL NOT NULL,
        attempts INTEGER NOT NULL,
        reason TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


@dataclass(frozen=True)
class Item:
    """An object in the queue."""

    id: int
    job: int
    object: SendObject


@dataclass(frozen=True)
class Job:
    """What was given to the queue at once.

    Attributes
    ----------
    id : int
    node : str
        Id of the server.
    title : str
    added_at : float
    paused : bool
    counts : dict of str to int
        Objects by state.
    n_bytes, bytes_done : int
        Of all objects, and of those that the server has.
    reason : str
        Why the first of the failed, or the whole server, has to wait; "" if none.
    due_at : float or None
        When the next try is due, where something failed; None if nobody will try.
    """

    id: int
    node: str
    title: str
    added_at: float
    paused: bool
    counts: dict[str, int]
    n_bytes: int
    bytes_done: int
    reason: str = ""
    due_at: float | None = None

    @property
    def total(self) -> int:
        """How many objects it has."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many of them the server has."""
        return self.counts.get("sent", 0) + self.counts.get("confirmed", 0)

    @property
    def state(self) -> str:
        """The word for the whole: that of its objects, or "paused"."""
        if self.done == self.total:
            return "confirmed" if self.counts.get("sent", 0) == 0 else "sent"
        if self.paused:
            return "paused"
        if self.counts.get("sending"):
            return "sending"
        return "waiting" if self.counts.get("waiting") else "failed"


@dataclass(frozen=True)
class Added:
    """What came of adding.

    Attributes
    ----------
    job : int or None
        None when nothing was added.
    count : int
        Objects that were added.
    known : int
        Objects that were left out, as they wait already or were sent as they are.
    problems : tuple of str
        Files that cannot be sent, a sentence each.
    """

    job: int | None
    count: int
    known: int = 0
    problems: tuple[str, ...] = ()


def packed(text: str) -> str:
    """A sentence as it is kept, so that it can be said in another language later."""
    return json.dumps(_plain(text), ensure_ascii=False) if text else ""


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return {"t": value.template, "v": [_plain(item) for item in value.values]}
    return value if isinstance(value, int | float | str) else str(value)


def unpacked(text: str) -> str:
    """A sentence as it was kept."""
    try:
        return str(_made(json.loads(text))) if not text.startswith("{") else _made(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError):
        return text


def _made(value: Any) -> Any:
    return Message(value["t"], tuple(_made(item) for item in value["v"])) if isinstance(value, dict) else value
