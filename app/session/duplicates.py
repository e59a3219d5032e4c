"""Further pictures of the same source, with thickness, algorithm and window of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.reading.layout import Layout
from app.session.state import series_of, with_values
from recon.messages import said

if TYPE_CHECKING:
    from app.session.session import Session


class Duplicates:
    """Makes and renews the duplicates of one session (`Reading.duplicates`)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make(self, uid: str, pane: int | None = None) -> str | None:
        """Make a second picture of the same source.

        Parameters
        ----------
        pane : int, optional
            Where it is hung, as part of the same command.

        Returns
        -------
        str or None
            Its UID; None when the picture is not loaded or has no slices.
        """
        session = self._session
        picture = session.pictures.get(uid)
        if picture is None or not picture.is_slices:
            return None
        series = series_of(uid)
        taken = {series, *session.reading.series, *session.pictures}
        number = next(n for n in range(2, len(taken) + 3) if f"{series}#{n}" not in taken)
        new = f"{series}#{number}"
        reading = session.reading.with_series(new, replace(session.reading.of(uid), measurements=()))
        reading = replace(reading, duplicates=MappingProxyType({**reading.duplicates, new: series}))
        if pane is not None:
            reading = replace(reading, layout=reading.layout.with_hung(pane, new))
        self._adopt(new, uid)
        session.change(said("duplicate"), reading)
        session.stack.seal()
        session.tell_adopted(new)
        return new

    def renew(self, uid: str) -> None:
        """Make the duplicates of a series that was loaded (again)."""
        session = self._session
        for new, series in session.reading.duplicates.items():
            state = session.reading.series.get(new)
            if series != uid or state is None:
                continue
            if state.reconstruction is None:
                first = session.reading.of(uid).reconstruction
                if first is not None and new in session.first_values:
                    first = with_values(first, session.first_values[new])
                session.put(session.reading.with_series(new, replace(state, reconstruction=first)))
            session.follower.forget(new)
            self._adopt(new, uid)
            session.tell_adopted(new)

    def rehang(self, layout: Layout, values: Mapping[str, Mapping[str, Any]], duplicates: Mapping[str, str]) -> None:
        """Hang the study another way, as one command.

        Parameters
        ----------
        values : mapping of str to mapping
            What slices are set to, by UID, as in `Session.start_reading`.
        duplicates : mapping of str to str
            Duplicates that are needed, and the series of each.
        """
        session = self._session
        session.first_values |= values
        reading = replace(
            session.reading, layout=layout, duplicates=MappingProxyType({**session.reading.duplicates, **duplicates})
        )
        for uid in (*values, *duplicates):
            state = reading.of(uid)
            now = state.reconstruction or reading.of(series_of(uid)).reconstruction
            if now is not None:
                state = replace(state, reconstruction=with_values(now, values.get(uid, {})))
            reading = reading.with_series(uid, state)
        missing = [uid for uid in duplicates if uid not in session.pictures and series_of(uid) in session.pictures]
        for uid in missing:
            self._adopt(uid, series_of(uid))
        session.change(said("hanging of the study"), reading)
        session.stack.seal()
        for uid in missing:
            session.tell_adopted(uid)

    def _adopt(self, new: str, uid: str) -> None:
        session = self._session
        picture = session.pictures[uid]
        source = session.follower.live(uid) if picture.is_live else picture.source
        title = said("{0} ({1})", picture.title, new.rpartition("#")[2])
        session.adopt(new, replace(picture, title=title, source=source), session.height(uid))
