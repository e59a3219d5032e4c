"""What waits to be written of one study, and how changes are taken into it. No thread, no file."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Literal

from app.journal.encode import encode
from app.journal.parts import GONE, Part
from app.journal.store import Branch, Kind, Row, Study

Difference = tuple[int, int, str | None, str | None]
"""How many characters two texts share at the beginning and at the end, and what stands between in each."""

KEPT_PENDING = 2000
"""Single changes that are held while nothing can be written; the state is always held whole."""


@dataclass(frozen=True)
class Entry:
    """One change, as the GUI thread hands it over.

    Attributes
    ----------
    study : Study
    kind : Kind or "view"
        "put" writes only parts that were written before; "view" is written beside changes and is none itself.
    merges : bool
        It belongs to the change before it (a drag).
    parts : tuple of Part
    queued_s : float
        `time.perf_counter` when it was made.
    """

    study: Study
    kind: Kind | Literal["view"]
    text: str
    merge_key: str
    merges: bool
    at: float
    parts: tuple[Part, ...]
    queued_s: float = field(default_factory=time.perf_counter)

    @property
    def counts(self) -> bool:
        """Whether it is something that the reader did."""
        return self.kind in ("do", "undo", "redo")


@dataclass(frozen=True)
class JournalState:
    """Whether the reader's work is on the disk.

    Attributes
    ----------
    kind : "idle", "saving", "saved" or "failed"
        "saved" only after the rows were read back.
    reason : str
        Why it failed.
    unsaved : int
        Changes that are not on the disk.
    at : float
        When it was saved last, seconds since 1970; 0 for never.
    """

    kind: Literal["idle", "saving", "saved", "failed"] = "idle"
    reason: str = ""
    unsaved: int = 0
    at: float = 0.0


@dataclass
class Change:
    """A row that is being made: what each part was and is."""

    kind: Kind
    text: str
    merge_key: str
    at: float
    delta: dict[str, tuple[str | None, str | None]]
    id: int = 0

    written: str = ""
    """`delta` as it is written, once nothing more is added."""

    def row(self) -> Row:
        """As it is written."""
        return Row(self.kind, self.text, self.merge_key, self.at, self.written or self._written(), self.id)

    def freeze(self) -> None:
        """Nothing more is added: whole texts need not be held."""
        if not self.written:
            self.written, self.delta = self._written(), {}

    def _written(self) -> str:
        values = {name: difference(*pair) for name, pair in self.delta.items()}
        return json.dumps(values, separators=(",", ":"))


@dataclass
class Desk:
    """What is known of one study, and what is still to be written of it."""

    study: Study
    parent: Branch | None = None
    adopted: bool = False
    state: dict[str, str] = field(default_factory=dict)
    """Every part as it shall be on the disk."""
    branch: int = 0
    changes: list[Change] = field(default_factory=list)
    dirty: set[str] = field(default_factory=set)
    last: Change | None = None
    """The change written last, to which a drag may go on."""
    view: str | None = None
    queued: list[float] = field(default_factory=list)

    @property
    def unsaved(self) -> int:
        """Changes that are not on the disk."""
        return len(self.changes) or int(bool(self.dirty))

    def fold(self, entry: Entry) -> tuple[str, ...]:
        """Take a change into what is to be written; the names of parts that no journal can hold."""
        if entry.kind == "view":
            self.view = encode(entry.parts[0].after)
            return ()
        if entry.counts:
            self.queued.append(entry.queued_s)
        delta, unwritable = self._delta(entry)
        last = self.changes[-1] if self.changes else self.last
        if entry.kind == "start":
            if not (self.branch or self.changes):
                return ()  # nothing to mark the end of
        elif not delta:
            return unwritable
        elif entry.merges and last is not None:
            for name, (before, after) in delta.items():
                last.delta[name] = (last.delta[name][0] if name in last.delta else before, after)
            last.at = entry.at
            if last is self.last:
                self.changes.append(last)
                self.last = None
            return unwritable
        if self.changes:
            self.changes[-1].freeze()
        self.changes.append(Change(entry.kind, entry.text, entry.merge_key, entry.at, delta))
        if len(self.changes) > KEPT_PENDING:
            del self.changes[: -KEPT_PENDING // 2]
        return unwritable

    def _delta(self, entry: Entry) -> tuple[dict[str, tuple[str | None, str | None]], tuple[str, ...]]:
        delta: dict[str, tuple[str | None, str | None]] = {}
        unwritable = []
        for part in entry.parts:
            known = self.state.get(part.name)
            if entry.kind == "put" and known is None:
                continue  # nothing that the reader did
            try:
                after = None if part.after is GONE else encode(part.after)
                before = encode(part.before) if known is None and part.before is not GONE else known
            except TypeError:
                unwritable.append(part.name)
                continue
            if after == known:
                continue
            delta[part.name] = (before, after)
            self.dirty.add(part.name)
            if after is None:
                del self.state[part.name]
            else:
                self.state[part.name] = after
        return delta, tuple(unwritable)


def difference(before: str | None, after: str | None) -> Difference:
    """How one JSON text became another: what they share is not written again (None: there was none)."""
    if before is None or after is None:
        return (0, 0, before, after)
    limit = min(len(before), len(after))
    start = _shared(before, after, limit)
    end = _shared(before[start:][::-1], after[start:][::-1], limit - start)
    return (start, end, before[start : len(before) - end], after[start : len(after) - end])


def undone(text: str | None, change: Difference) -> str | None:
    """The text before a change, from the one after it.

    Raises
    ------
    ValueError
        When the text is not the one after it.
    """
    start, end, before, after = change
    if before is None or after is None:
        if text != after:
            raise ValueError("the change does not belong to this text")
        return before
    if text is None or len(text) != start + len(after) + end or text[start : len(text) - end] != after:
        raise ValueError("the change does not belong to this text")
    return text[:start] + before + text[len(text) - end :]


def _shared(first: str, second: str, limit: int) -> int:
    """How many characters two texts begin with alike, by halving: comparing slices is fast."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
