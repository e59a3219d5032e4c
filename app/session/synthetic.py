"""Synthetic radiographs: computed when they are hung, and again when the sweep is corrected or filtered another way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.jobs import Callbacks, Worker
from app.session.session import Busy, Session, sentence
from app.session.state import SYNTHETIC_SUFFIX, Picture, series_of
from recon.combine.options import Synthetic
from recon.messages import said

CANCELLED = said("Computing was cancelled. Hang the synthetic radiograph again to start anew.")


class SyntheticMaker(QObject):
    """Gives a session the synthetic radiographs that hang in its viewports."""

    def __init__(self, session: Session, background: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._worker = session, background
        self._made: dict[str, Any] = {}
        """What each is made of, or is being made of."""
        session.picture_changed.connect(lambda _: self.check())
        session.reading_changed.connect(lambda *_: self.check())

    def check(self) -> None:
        """Compute what is on screen and not there, or out of date."""
        layout = self._session.layout
        over = [comparison.over for comparison in layout.compared if comparison is not None]
        hung = {uid for uid in (*(layout.hung[pane] for pane in layout.panes), *over) if uid is not None}
        for uid in hung:
            if uid.endswith(SYNTHETIC_SUFFIX):
                self._follow(uid)
        for uid in [uid for uid in self._made if uid not in hung]:
            if uid not in self._session.pictures:
                self._give_up(uid)

    def _follow(self, uid: str) -> None:
        session = self._session
        series = series_of(uid)
        slices = session.pictures.get(series)
        live: Any = session.follower.live(series)
        if slices is None or not slices.is_live or not hasattr(live, "integrals") or live.is_preview:
            return
        state = session.reading.of(series)
        options = session.reading.of(uid).synthetic
        reconstruction = state.reconstruction
        low, high = (reconstruction.low_mm, reconstruction.high_mm) if reconstruction is not None else (0.0, 0.0)
        key = (id(slices.projections), live.algorithm.filtering, live.corrections, live.excluded, options, low, high)
        there = uid in session.pictures or self._worker.is_busy(_slot(uid)) or uid in session.failures
        if self._made.get(uid) == key and there:
            return
        self._made[uid] = key
        session.failures.pop(uid, None)

        def take(picture: Picture) -> None:
            session.set_busy(uid, None)
            session.add_picture(picture)

        def fail(error: Exception) -> None:
            session.fail(uid, sentence(error))

        self._worker.submit(
            _slot(uid),
            lambda progress, _: synthetic_picture(uid, slices, live, options, (low, high), progress),
            Callbacks(
                result=take,
                error=fail,
                progress=lambda fraction, text: session.set_busy(uid, Busy(text, fraction)),
                stopped=lambda: session.set_busy(uid, None),
            ),
        )
        session.set_busy(uid, Busy(said("Computing synthetic 2-D"), 0.0))

    def cancel(self, uid: str) -> None:
        """Stop computing one; it is computed when it is hung again."""
        self._session.failures[uid] = CANCELLED
        self._worker.cancel(_slot(uid))

    def _give_up(self, uid: str) -> None:
        del self._made[uid]
        self._session.failures.pop(uid, None)
        self._worker.cancel(_slot(uid))


def _slot(uid: str) -> str:
    return f"synthetic:{uid}"


def synthetic_picture(
    uid: str, slices: Picture, live: Any, options: Any, heights_mm: tuple[float, float], progress: Any
) -> Picture:
    """Compute the picture; on a working thread.

    Parameters
    ----------
    options : Synthetic or None
        None: the defaults, for the range of heights that is read.
    heights_mm : (low, high)
    """
    from recon.combine.synthetic import synthetic_radiograph

    low, high = heights_mm
    given = options if options is not None else Synthetic()
    if options is None and high > low:
        given = replace(given, low_mm=low, high_mm=high)
    source = synthetic_radiograph(live, given, progress)
    return Picture(
        uid=uid,
        kind="synthetic",
        source=source,
        title=said("Synthetic 2-D"),
        header=slices.header,
        geometry=source.geometry,
        world=slices.world,
        notes=slices.notes,
        files=slices.files,
        study_uid=slices.study_uid,
    )
