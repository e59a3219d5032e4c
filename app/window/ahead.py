"""The next frame of cine, computed while the present one is looked at.

A frame that is there when it is due is painted on time; without it every frame is late by as long as it takes to
compute, which is not always the same, and the motion is uneven.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.jobs import Callbacks, Worker
from recon.slab import SlabRequest

Result = Any
Take = Callable[[Result], None]


class Ahead:
    """What was computed ahead for one viewport: at most one frame.

    Parameters
    ----------
    compute : Worker
    slot : str
        Of its own in the worker.
    """

    def __init__(self, compute: Worker, slot: str) -> None:
        self._compute, self._slot = compute, slot
        self._wanted: SlabRequest | None = None
        self._result: Result | None = None
        self._waiting: tuple[Take, Callable[[], None]] | None = None

    def forget(self) -> None:
        """Give up: the picture is another one."""
        self._wanted = self._result = self._waiting = None
        self._compute.cancel(self._slot)

    def give(self, request: SlabRequest, take: Take, otherwise: Callable[[], None]) -> bool:
        """Give the answer to a request, at once or as soon as it is there; false when it is none that was expected.

        Parameters
        ----------
        take : callable(result)
        otherwise : callable()
            Called when the answer does not come after all.
        """
        if request != self._wanted:
            return False
        if self._result is None:
            self._waiting = (take, otherwise)
            return True
        result, self._wanted, self._result = self._result, None, None
        take(result)
        return True

    def look(self, request: SlabRequest, work: Callable[..., Result]) -> None:
        """Compute the answer to a request that will come."""
        if request == self._wanted or self._waiting is not None:
            return  # it is on its way, or someone waits for the one before
        self._wanted, self._result = request, None

        def done(result: Result) -> None:
            if request != self._wanted:
                return
            waiting, self._waiting = self._waiting, None
            if waiting is None:
                self._result = result
                return
            self._wanted = None
            waiting[0](result)

        def lost(*_: Any) -> None:
            if request == self._wanted:
                waiting, self._wanted, self._waiting = self._waiting, None, None
                if waiting is not None:
                    waiting[1]()

        self._compute.submit(self._slot, work, Callbacks(result=done, error=lost, stopped=lost))
