"""The memory budget: what pictures take, and letting go of those that are not on screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.session.session import Session
from app.session.state import Picture, series_of
from recon.messages import said

AUTOMATIC_SHARE = 0.6
"""Of the machine's memory, when the user sets no budget."""
LOOK_AGAIN_MS = 500
"""Stored volumes take more with every slice that is looked at."""


def machine_bytes() -> int:
    """Memory of the machine, bytes."""
    import psutil

    return int(psutil.virtual_memory().total)


def budget_bytes(budget_gb: float) -> int:
    """The budget in bytes; 0 GB means a share of the machine's memory."""
    return int(budget_gb * 1e9) if budget_gb > 0 else int(AUTOMATIC_SHARE * machine_bytes())


def parts(picture: Picture) -> dict[int, int]:
    """The blocks of memory that a picture holds: their identities and sizes in bytes.

    Pictures of one acquisition share blocks (the views as read), so blocks and not sums are given.
    """
    source: Any = picture.source
    found: dict[int, int] = {}
    projections = picture.projections
    if projections is not None:
        shape, dtype = projections.views.shape, projections.views.dtype
        found[id(projections)] = int(shape[0] * shape[1] * shape[2] * dtype.itemsize)
    pixels = getattr(source, "pixels", None)
    if pixels is not None:
        found[id(pixels)] = int(pixels.nbytes)
    held = getattr(source, "nbytes", None)
    if held is not None:
        found[id(source)] = int(held)
    return found


class MemoryKeeper(QObject):
    """Keeps a session's pictures within the budget.

    Signals
    -------
    changed()
        Another amount is in use.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order: list[str] = []
        """Series, the one shown last at the end."""
        self.budget = budget_bytes(0.0)
        self.used = 0
        self._told = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._changed = False
        session.picture_changed.connect(lambda _: self.check())
        session.reading_changed.connect(self._reading_changed)
        session.height_changed.connect(lambda _: self._check_soon())

    def _reading_changed(self, old: Any, new: Any) -> None:
        if old.layout != new.layout:
            self.check()
        self._check_soon()

    def _check_soon(self) -> None:
        if self._again.isActive():
            self._changed = True
        else:
            self._again.start()

    def _look_again(self) -> None:
        self.check()
        if self._changed:
            self._changed = False
            self._again.start()

    def set_budget(self, budget_gb: float) -> None:
        """Set the budget (0: a share of the machine's memory)."""
        self.budget = budget_bytes(budget_gb)
        self._session.follower.budget_bytes = self.free
        self.check()

    def free(self) -> int:
        """What is left of the budget, bytes; never less than a tenth of it."""
        return max(self.budget - self.used, self.budget // 10)

    def check(self) -> None:
        """Let go of series that are not on screen, those shown longest ago first, until the budget holds."""
        session = self._session
        shown = {series_of(uid) for uid in self._on_screen()}
        self._order = [uid for uid in self._order if uid not in shown] + sorted(shown)
        used = self._sum()
        for series in [uid for uid in self._order if uid not in shown]:
            if used <= self.budget:
                break
            keep = {series_of(uid) for uid in session.pictures} - {series}
            session.release_pictures(keep)
            self._order.remove(series)
            used = self._sum()
        over = used > self.budget
        if over and not self._told:
            session.failed.emit(
                "",
                said(
                    "The pictures on screen take {0:.1f} GB, more than the memory budget of {1:.1f} GB. Close "
                    "viewports, or raise the budget in the preferences.",
                    used / 1e9,
                    self.budget / 1e9,
                ),
            )
        self._told = over
        if used != self.used:
            self.used = used
            self.changed.emit()

    def _on_screen(self) -> list[str]:
        layout = self._session.layout
        over = [comparison.over for comparison in layout.compared if comparison is not None]
        return [uid for uid in (*(layout.hung[pane] for pane in layout.panes), *over) if uid is not None]

    def _sum(self) -> int:
        blocks: dict[int, int] = {}
        for picture in self._session.pictures.values():
            blocks |= parts(picture)
        return sum(blocks.values())
