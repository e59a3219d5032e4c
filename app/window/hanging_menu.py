"""Hanging protocols in the window: a menu of those that suit the study, and saving the present arrangement."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.hanging import HangingProtocol, HangingStore, by_example, hang, suits
from app.hanging.arrange import Orientation
from app.hanging.store import prior_of
from app.protocols import body_part_term
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Hangings(QObject):
    """The hanging protocols of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.store: HangingStore = window.hanging

    def _study(self) -> tuple[Any, Any]:
        studies = self._window.opening.studies
        current = studies.get(self._window.opening.study)
        return current, prior_of(current, tuple(studies.values())) if current is not None else None

    def why_not(self, protocol: HangingProtocol) -> str:
        """Why a protocol cannot be used now; "" when it can."""
        current, prior = self._study()
        if current is None:
            return tr("No study is open.")
        return "" if suits(protocol, current, prior) else tr("The study lacks a picture that this protocol hangs.")

    def use(self, protocol: HangingProtocol) -> None:
        """Hang the study by a protocol, as a command."""
        current, prior = self._study()
        if current is not None:
            self._window.opening.rehang(hang(protocol, current, prior))

    def present(self, title: str) -> HangingProtocol | None:
        """The present arrangement as a protocol; None when no study is open."""
        current, prior = self._study()
        if current is None:
            return None
        session = self._window.session
        reconstructions = {
            uid: found for uid, state in session.reading.series.items() if (found := state.reconstruction) is not None
        }
        orientations: dict[int, Orientation] = {}
        for pane in self._window.panes:
            transform = pane.viewport.transform
            orientations[pane.index] = (
                transform.quarter_turns,
                transform.flip_horizontal,
                transform.flip_vertical,
            )
        return by_example(title, session.layout, current, prior, reconstructions, orientations)

    def example(self) -> tuple[str, list[str], list[str]]:
        """What a protocol of the present study could be called, and whom it could be for: body parts, modalities."""
        current, _ = self._study()
        if current is None:
            return "", [], []
        terms = (body_part_term(getattr(entry.header, "body_part", "")) for entry in current.series)
        parts = list(dict.fromkeys(term for term in terms if term))
        modalities = list(dict.fromkeys(entry.modality for entry in current.series if entry.modality))
        return (parts[0].capitalize() if parts else tr("My arrangement")), parts, modalities

    def fill(self, menu: QMenu) -> None:
        """Offer the protocols that suit the study, and the page."""
        menu.clear()
        menu.setToolTipsVisible(True)
        for protocol in self.store.protocols():
            action = menu.addAction(protocol.title if protocol.own else tr(protocol.title))
            why = self.why_not(protocol)
            action.setEnabled(not why)
            action.setToolTip(why)
            action.triggered.connect(partial(self._chosen, protocol))
        menu.addSeparator()
        menu.addAction(self._window.action_set["hanging_protocols"])

    def _chosen(self, protocol: HangingProtocol, _checked: bool = False) -> None:
        self.use(protocol)
