"""When to ask for a slab: one request at a time, the newest wish wins, drafts while moving, full detail at rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from recon.slab import Slab, SlabRequest

REST_MS = 60
"""How long nothing may change before full detail is asked for."""


class SlabRequester(QObject):
    """Coalesces what a viewport wants into one outstanding request.

    Parameters
    ----------
    build : callable
        ``build(draft) -> SlabRequest or None``, the wish as things stand at that moment; None when nothing is visible.
    """

    wanted = Signal(object)

    def __init__(self, build: Callable[[bool], SlabRequest | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._outstanding: SlabRequest | None = None
        self._finest: SlabRequest | None = None  # the last request (as draft=False) that was answered in full detail
        self._dirty = False
        self._full_due = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._pump)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._at_rest)

    @property
    def outstanding(self) -> SlabRequest | None:
        """The request that was sent and not yet answered."""
        return self._outstanding

    @property
    def settled(self) -> bool:
        """Whether what is shown is what is wanted, in full detail, and nothing is on its way."""
        idle = self._outstanding is None and not self._dirty and not self._full_due and not self._rest.isActive()
        return idle and self._build(False) in (None, self._finest)

    def changed(self) -> None:
        """Note that something visible changed: ask at the next turn of the event loop, or when the answer is in."""
        self._dirty = True
        self._full_due = False
        self._rest.start()
        if self._outstanding is None:
            self._soon.start()

    def invalidate(self) -> None:
        """Ask again even if nothing visible changed: the source's values did."""
        self._finest = None
        self.changed()

    def answered(self, slab: Slab) -> None:
        """Take note that the slab for the outstanding request is here."""
        request, self._outstanding = self._outstanding, None
        if request is not None and not slab.draft:
            self._finest = replace(request, draft=False)
        self._pump()

    def failed(self) -> None:
        """No slab will come for the outstanding request (an error or a cancellation)."""
        self._outstanding = None
        self._pump()

    def reset(self) -> None:
        """Forget everything: another source."""
        self._outstanding = None
        self._finest = None
        self._dirty = False
        self._full_due = False
        self._rest.stop()
        self._soon.stop()

    def _pump(self) -> None:
        if self._outstanding is not None:
            return
        if self._full_due:
            self._full_due = False
            self._dirty = False
            self._send(self._build(False))
        elif self._dirty:
            self._dirty = False
            self._send(self._build(True))

    def _at_rest(self) -> None:
        self._full_due = True
        self._pump()

    def _send(self, request: SlabRequest | None) -> None:
        if request is None or replace(request, draft=False) == self._finest:
            return
        self._outstanding = request
        self.wanted.emit(request)
