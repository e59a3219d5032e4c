"""The worklist's index as one thread of the window uses it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from recon.errors import BocageError
from recon.messages import said

_OPENING = threading.Lock()
"""Two threads that meet a damaged file must not both put it aside."""


class Index:
    """The connections of one thread, opened when they are wanted; a damaged file is put aside once it is met."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: tuple[sqlite3.Connection, sqlite3.Connection, Any] | None = None
        self._notes: tuple[str, ...] = ()

    def do(self, work: Callable[[sqlite3.Connection, Any], Any]) -> Any:
        """Call ``work(connection, finder)``.

        Raises
        ------
        BocageError
            When the index cannot be used.
        """
        from app.database import is_damage, reason

        try:
            try:
                return work(*self._open())
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self.close()
                return work(*self._open(check=True))
        except (sqlite3.Error, OSError) as error:
            raise BocageError(said("The worklist cannot be used: {0}.", reason(error))) from error

    def _open(self, *, check: bool = False) -> tuple[sqlite3.Connection, Any]:
        if self._parts is None:
            from app.database import connect
            from app.worklist.schema import open_index
            from app.worklist.search import Finder

            with _OPENING:
                opened = open_index(self._folder, check=check)
            self._notes = opened.notes
            # What was read is told from what changed by a connection that nothing is written through.
            reader = connect(opened.path)
            self._parts = opened.connection, reader, Finder(reader)
        return self._parts[0], self._parts[2]

    def take_notes(self) -> tuple[str, ...]:
        """What the user must know of the file, once."""
        notes, self._notes = self._notes, ()
        return notes

    def close(self) -> None:
        """Close the connections."""
        if self._parts is not None:
            self._parts[0].close()
            self._parts[1].close()
            self._parts = None
