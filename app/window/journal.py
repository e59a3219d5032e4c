"""The journal in the window: whether the work is saved, and the offer to go on after an unclean end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout

from app.journal.desk import JournalState
from app.journal.keeper import Keeper
from app.journal.schema import data_folder
from app.journal.store import Unfinished
from app.journal.view import PaneView, View
from app.window.offer_bar import OfferBar
from recon.messages import said
from widgets.theme import COLOURS
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

SAVING_DELAY_MS = 400
"""Writing that takes less is not announced."""
LAST_WAIT_S = 3.0


class Journal(QObject):
    """Keeps the work of one main window.

    Parameters
    ----------
    window : MainWindow
    folder : Path or None
        None keeps nothing (pictures taken without a user).
    """

    def __init__(self, window: MainWindow, folder: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self.offer = OfferBar()
        self.label = QLabel()
        self.keeper: Keeper | None = None
        self._leave = False
        self._heights: dict[str, float] = {}
        self._panes: dict[int, PaneView] = {}
        """How viewports looked that have no picture again yet."""
        self._placed: set[int] = set()
        widget = window.centralWidget()
        centre = widget.layout() if widget is not None else None
        assert isinstance(centre, QVBoxLayout)
        centre.insertWidget(0, self.offer)
        window.statusBar().addPermanentWidget(self.label)
        if folder is None:
            return
        self.keeper = keeper = Keeper(window.session, window.opening, folder, self.view, self)
        self._saving = QTimer(self, singleShot=True, interval=SAVING_DELAY_MS)
        self._saving.timeout.connect(lambda: self._show(keeper.state))
        keeper.state_changed.connect(self._state_changed)
        keeper.told.connect(window.messages.tell)
        keeper.came_back.connect(self._came_back)
        keeper.unfinished_found.connect(self._offer)
        self.offer.restore.connect(self._restore)
        self.offer.discard.connect(self._discard)
        self.offer.bring_back.connect(self._bring_back)
        self.offer.taken.connect(self._taken)
        window.session.picture_changed.connect(self._picture_changed)
        window.opening.study_changed.connect(self.offer.opened)
        for pane in window.panes:
            pane.moved.connect(keeper.view_changed)
            pane.picture_shown.connect(lambda index, _: self._pane_shown(index))
        keeper.look_for_unfinished()

    # -- the view --------------------------------------------------------------------------------------------------

    def view(self) -> View:
        """What is on screen now."""
        session = self._window.session
        heights = {uid: session.height(uid) for uid, picture in session.pictures.items() if picture.is_slices}
        panes = {}
        for index in session.layout.panes:
            viewport = self._window.panes[index].viewport
            turned = viewport.transform
            found = PaneView(turned.quarter_turns, turned.flip_horizontal, turned.flip_vertical)
            if not viewport.fitted and viewport.info is not None:
                found = replace(found, centre_mm=turned.centre_mm, pixels_per_mm=turned.pixels_per_mm)
            panes[str(index)] = found
        return View(session.active, session.maximised, MappingProxyType(heights), MappingProxyType(panes))

    def _came_back(self, sentence: str, view: View | None) -> None:
        self._window.tell_status(sentence)
        if view is None:
            return
        session = self._window.session
        self._heights = dict(view.heights_mm)
        shown = set(session.layout.panes)
        self._panes = {
            int(index): each for index, each in view.panes.items() if index.isdigit() and int(index) in shown
        }
        self._placed = set()
        for uid in list(self._heights):
            self._picture_changed(uid)
        for pane in self._window.panes:
            found = self._panes.get(pane.index)
            if found is not None:
                turned = replace(
                    pane.viewport.transform,
                    quarter_turns=found.quarter_turns,
                    flip_horizontal=found.flip_horizontal,
                    flip_vertical=found.flip_vertical,
                )
                pane.viewport.set_transform(turned)
        if view.active in session.layout.panes:
            session.set_active(view.active)
        if view.maximised in session.layout.panes:
            session.set_maximised(view.maximised)

    def _picture_changed(self, uid: str) -> None:
        if uid in self._heights and uid in self._window.session.pictures:
            self._window.session.set_height(uid, self._heights.pop(uid))

    def _pane_shown(self, index: int) -> None:
        """The first picture of a viewport is there: its place and zoom come back."""
        pane = self._window.panes[index]
        if index not in self._panes or pane.picture is None or pane.picture.uid != pane.uid:
            return
        # A picture that arrives is fitted, which moves those that are linked to it: all are placed until all are there.
        self._placed.add(index)
        # Fitting is told to the linked ones as well, so it comes first.
        for number in sorted(self._placed, key=lambda number: self._panes[number].centre_mm is not None):
            self._place(number, self._panes[number])
        if self._placed >= self._panes.keys() & set(self._window.session.visible()):
            self._panes.clear()

    def _place(self, index: int, found: PaneView) -> None:
        pane = self._window.panes[index]
        if found.centre_mm is not None and found.pixels_per_mm is not None:
            pane.viewport.set_transform(
                replace(pane.viewport.transform, centre_mm=found.centre_mm, pixels_per_mm=found.pixels_per_mm)
            )
            pane.write_corners()
        else:
            pane.viewport.fit()

    # -- saved or not ----------------------------------------------------------------------------------------------

    def _state_changed(self, state: JournalState) -> None:
        if state.kind == "saving":
            if not self._saving.isActive() and self.label.property("kind") != "failed":
                self._saving.start()
        else:
            self._saving.stop()
            self._show(state)

    def _show(self, state: JournalState) -> None:
        assert self.keeper is not None
        texts = {
            "idle": "",
            "saving": tr("Saving…"),
            "saved": tr("All changes saved"),
            "failed": tr("NOT saved: {0}", state.reason),
        }
        self.label.setProperty("kind", state.kind)
        self.label.setText(texts[state.kind])
        self.label.setStyleSheet(f"color: {COLOURS.error};" if state.kind == "failed" else "")
        folder = str(self.keeper.folder)
        if state.kind == "failed":
            tip = tr(
                "{0} changes are in memory only, because {1} ({2}). You can go on working; saving is tried again "
                "every few seconds.",
                state.unsaved,
                state.reason,
                folder,
            )
        else:
            at = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(state.at)).time(), "HH:mm:ss")
            tip = tr("Written to {0} and read back at {1}", folder, at) if state.at else ""
        self.label.setToolTip(tip)

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.offer.retranslate()
        if self.keeper is not None:
            self._show(self.keeper.state)

    # -- after an unclean end --------------------------------------------------------------------------------------

    def _offer(self, found: tuple[Unfinished, ...]) -> None:
        open_already = self._window.opening.study
        for offer in found:
            if offer.study.key == open_already:
                self._taken(offer)
        self.offer.show_offers([offer for offer in found if offer.study.key != open_already])

    def _taken(self, found: Unfinished) -> None:
        assert self.keeper is not None
        self.keeper.settle(found, lambda _: None)

    def _restore(self, found: Unfinished) -> None:
        def go(still_there: bool) -> None:
            paths = [Path(path) for path in found.study.paths if Path(path).exists()]
            if not still_there:
                self._window.messages.tell(said("That work was restored or discarded in another window already."))
            elif not paths:
                self._window.messages.tell(
                    said(
                        "{0}: the study is not there any more. Open it from where it is now; "
                        "your work comes back with it.",
                        ", ".join(found.study.paths) or found.study.key,
                    )
                )
            else:
                self._window.messages.clear()
                self._window.opening.open(paths, found.study.key)

        assert self.keeper is not None
        self.keeper.settle(found, go)

    def _discard(self, found: Unfinished) -> None:
        assert self.keeper is not None
        self.keeper.discard(found)
        self._taken(found)

    def _bring_back(self, found: Unfinished) -> None:
        assert self.keeper is not None
        self.keeper.discard(found, back=True)
        self._restore_again(found)

    def _restore_again(self, found: Unfinished) -> None:
        paths = [Path(path) for path in found.study.paths if Path(path).exists()]
        if paths:
            self._window.opening.open(paths, found.study.key)

    # -- the end ---------------------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether everything is saved, or the user has been told that it is not and closes all the same."""
        if self.keeper is None or self._leave or self.keeper.flush(LAST_WAIT_S):
            return True
        state = self.keeper.state
        self._leave = True
        self._window.messages.tell(
            said(
                "{0} changes are not saved, because {1} ({2}). Make room or free the folder and wait for “All changes "
                "saved”, or close the window once more to leave without saving.",
                state.unsaved,
                state.reason or said("the disk does not answer"),
                self.keeper.folder,
            )
        )
        QTimer.singleShot(30_000, self, self._stay)
        return False

    def _stay(self) -> None:
        self._leave = False

    def close(self) -> None:
        """End the session in the journal."""
        if self.keeper is not None:
            self.keeper.close(LAST_WAIT_S if not self._leave else 0.5)


def folder_of(window: MainWindow) -> Path | None:
    """Where a window's journal is; None for windows whose settings are forgotten too."""
    return None if window.settings.is_temporary else data_folder()
