"""Computes what a viewport shows: the slab that is wanted, as fine as its time allows, and the next frame of cine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.jobs import Callbacks, Worker
from app.session import Picture, Session, sentence
from app.window.ahead import Ahead
from app.window.comparing import TwoSlabs
from recon.slab import SlabRequest

if TYPE_CHECKING:
    from app.window.pane import Pane

FULL_DETAIL_MS = 30.0
"""A view computed faster than this is shown in full detail even while it moves (`Slabs.moving_ms`)."""
FAST_DRAFTS = 8
"""So many fast drafts in a row, and full detail is tried again."""


class Slabs:
    """Of one pane.

    Attributes
    ----------
    moving_ms : float
        How long full detail may take to be shown while the view moves; shorter during fast cine, infinite while every
        frame is played in full detail.
    shown_mm : float
        The height that was asked for of the slab on screen.
    upcoming_mm : callable(uid, ms) -> float or None
        The height that cine will show of a picture next; None while it does not play.
    generation : int
        Another number with every source: what was asked for with one before is out of date.
    """

    def __init__(self, pane: Pane, session: Session, compute: Worker) -> None:
        self._pane, self._session, self._compute = pane, session, compute
        self._slot = f"slab:{pane.index}"
        self._ahead = Ahead(compute, f"ahead:{pane.index}")
        self._full_ms = math.inf
        self._fast_drafts = 0
        self.moving_ms = FULL_DETAIL_MS
        self.shown_mm = math.nan
        self.upcoming_mm: Callable[[str, float], float | None] = lambda *_: None
        self.generation = 0

    def start(self) -> None:
        """Another picture hangs here: nothing of the one before may come."""
        self.outdate()
        self._compute.cancel(self._slot)
        self._full_ms = math.inf

    def outdate(self) -> None:
        """The picture has another source; what is on screen stays until its first slab is there."""
        self.generation += 1
        self._ahead.forget()

    def compute(self, request: SlabRequest) -> None:
        """Compute a slab and show it."""
        pane = self._pane
        picture, view = pane.picture, pane.viewport
        if picture is None:
            return
        if request.draft and (self._full_ms < self.moving_ms or math.isinf(self.moving_ms)):
            request = replace(request, draft=False)
        generation = self.generation

        def take(result: tuple[TwoSlabs, float]) -> None:
            if generation == self.generation:
                (slab, over, difference), taken_ms = result
                self._judge(taken_ms, draft=request.draft)
                self.shown_mm = request.height_mm
                view.set_compared_slabs(over, difference)
                view.set_slab(slab)
                pane.picture_shown.emit(pane.index, taken_ms)
                self._look_ahead(picture, request, taken_ms)

        def fail(error: Exception) -> None:
            if generation == self.generation:
                view.slab_failed()
                self._session.failed.emit(picture.uid, sentence(error))

        def stopped() -> None:
            if generation == self.generation:
                view.slab_failed()

        def ask() -> None:
            work = self._work(picture, request)
            self._compute.submit(self._slot, work, Callbacks(result=take, error=fail, stopped=stopped))

        # What was computed ahead lacks the picture that has come to lie on top since.
        if pane.comparing.comparison is not None or not self._ahead.give(request, take, ask):
            ask()

    def _work(self, picture: Picture, request: SlabRequest) -> Callable[..., tuple[TwoSlabs, float]]:
        source, comparing = picture.source, self._pane.comparing

        def work(*_: Any) -> tuple[TwoSlabs, float]:
            started = time.perf_counter()
            return comparing.compute(source, request), 1000 * (time.perf_counter() - started)

        return work

    def _look_ahead(self, picture: Picture, request: SlabRequest, taken_ms: float) -> None:
        """Compute the next frame of cine while this one is looked at."""
        pane = self._pane
        height = self.upcoming_mm(picture.uid, taken_ms) if pane.comparing.comparison is None else None
        wanted = pane.viewport.request_at(height, request.draft) if height is not None else None
        if wanted is not None and wanted.height_mm != request.height_mm:
            self._ahead.look(wanted, self._work(picture, wanted))

    def _judge(self, taken_ms: float, *, draft: bool) -> None:
        """Remember how long full detail takes; try it again while moving when drafts have long been fast."""
        if not draft:
            self._full_ms, self._fast_drafts = taken_ms, 0
            return
        # Full detail takes twice to three times as long as a draft (`make bench`).
        self._fast_drafts = self._fast_drafts + 1 if taken_ms < self.moving_ms / 4 else 0
        if self._fast_drafts >= FAST_DRAFTS:
            self._full_ms, self._fast_drafts = 0.0, 0
