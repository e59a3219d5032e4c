"""Comparing two pictures in one viewport."""

from __future__ import annotations

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.reading.layout import Comparison
from app.window.compare_flow import MODES
from app.window.handlers.group import Group
from recon.messages import said
from widgets.translation import shown


class CompareHandlers(Group):
    """Comparing two pictures in one viewport."""

    def _do_compare_with(self) -> None:
        pane, flow = self._window.active_pane, self._window.comparisons
        menu = QMenu(self._window)
        for picture in flow.candidates(pane):
            action = menu.addAction(shown(picture.title))
            action.setCheckable(True)
            over = pane.comparing.over
            action.setChecked(over is not None and over.uid == picture.uid)
            action.triggered.connect(lambda _=False, uid=picture.uid: flow.start(pane, uid))
        inside = pane.rect().contains(pane.mapFromGlobal(QCursor.pos()))
        menu.popup(QCursor.pos() if inside else pane.mapToGlobal(pane.rect().center()))

    def _do_compare_toggle(self) -> None:
        pane, flow = self._window.active_pane, self._window.comparisons
        if pane.comparing.comparison is not None:
            pane.comparing.toggle()
            return
        found = flow.candidates(pane)
        if found:
            flow.start(pane, found[0].uid)

    def _do_compare_mode(self) -> None:
        pane = self._window.active_pane
        now = pane.comparing.comparison
        if now is not None:
            self._window.comparisons.change(pane, mode=MODES[(MODES.index(now.mode) + 1) % len(MODES)])

    def _do_compare_less(self) -> None:
        self._window.comparisons.step(self._window.active_pane, -1)

    def _do_compare_more(self) -> None:
        self._window.comparisons.step(self._window.active_pane, 1)

    def _do_compare_register(self) -> None:
        self._window.comparisons.register(self._window.active_pane)

    def _do_compare_side(self) -> None:
        """The upper picture in the plane of the lower one, alone in the next viewport."""
        window = self._window
        pane, session = window.active_pane, window.session
        now, under = pane.comparing.comparison, pane.uid
        if now is None or under is None:
            return
        layout = session.layout
        beside = next((place for place in layout.panes if place != pane.index), None)
        if beside is None:
            beside = layout.free_pane()
            if beside is None:
                return
            layout = layout.split(pane.index, True, beside)
        layout = layout.with_hung(beside, under).with_compared(beside, Comparison(now.over, "blend"))
        session.set_layout(layout.with_compared(pane.index, None), said("side by side"))
        window.comparisons.amount(window.panes[beside], 1.0)

    def _do_compare_end(self) -> None:
        self._window.comparisons.end(self._window.active_pane)
