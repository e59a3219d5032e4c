"""Opening studies from the worklist: alone, beside another, one after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.session.opening import KINDS
from app.window.worklist_values import PAGE, Marking
from recon.messages import mark, said
from recon.progress import Progress
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.window.worklist_service import Worklist
    from app.worklist.model import Marks, Query, StudyRow

NEXT = "next"
AWAY = mark("The files of this study cannot be found now. Connect the disk that holds them.")


class Opener(QObject):
    """Opens what stands in the worklist of one main window."""

    def __init__(self, worklist: Worklist, window: MainWindow) -> None:
        super().__init__(worklist)
        self._worklist, self._window = worklist, window
        self.last: int | None = None
        """The study (its number in the index) that was opened last."""
        self._beside = ""
        """UID of the study that is on its way to stand beside what is on screen."""
        window.opening.catalogue_changed.connect(self._hang_beside)

    def open(self, study: StudyRow, done: Callable[[bool], None] = lambda _: None) -> None:
        """Open a study that is in the list; `done` hears whether its files are there."""

        def take(paths: list[Path]) -> None:
            self._beside = ""
            if paths:
                self.last = study.id
                self._window.messages.clear()
                self._window.opening.open(paths, study.uid)
            else:
                self._worklist.tell(said(AWAY))
                self._worklist.look_again()
            done(bool(paths))

        self._worklist.places([study.uid], take)

    def open_beside(self, uid: str) -> None:
        """Open a study beside what is on screen, to compare."""

        def take(paths: list[Path]) -> None:
            opening = self._window.opening
            if not paths:
                self._worklist.tell(said(AWAY))
            elif not opening.study:
                opening.open(paths, uid)
            else:
                self._beside = uid
                opening.open(paths, uid, hang=False)

        self._worklist.places([uid], take)

    def _hang_beside(self) -> None:
        window = self._window
        study = window.opening.studies.get(self._beside)
        if study is None:
            return
        self._beside = ""
        pictures = [entry for entry in study.series if entry.kind in KINDS]
        if not pictures:
            return
        if window.session.layout.count < 2:
            window.action_set["layout_1x2"].trigger()
        active = window.session.active
        place = next((pane for pane in window.session.visible() if pane != active), active)
        best = min(pictures, key=lambda entry: KINDS.index(entry.kind))
        # What is read stays the study that was opened; this one only stands beside it.
        window.session.set_layout(window.session.layout.with_hung(place, best.uid), said("hanging of a series"))
        window.opening.load(best.uid)
        own = window.opening.studies.get(window.opening.study)
        if own is not None and own.header.patient_id != study.header.patient_id:
            window.messages.tell(said("The study beside has another patient ID. Compare the names and birth dates."))

    def read_and_next(self) -> None:
        """Mark the study on screen as read and open the one that follows it in the list, as it is sorted now."""
        from app.worklist.model import Query

        query, uid = self._worklist.query or Query(), self._window.opening.study

        def work(
            connection: sqlite3.Connection, finder: Any, _progress: Progress
        ) -> tuple[dict[str, Marks], StudyRow | None]:
            from app.worklist.studies import row_of, set_marks

            ids = [int(number) for number in finder.find(query).ids]
            row = row_of(connection, uid)
            before: dict[str, Marks] = {}
            if row is not None:
                before = {uid: row.marks}
                set_marks(connection, {uid: replace(row.marks, state="read", reason="")})
            first = ids.index(row.id) + 1 if row is not None and row.id in ids else 0
            for start in range(first, len(ids), PAGE):
                for other in finder.rows(ids[start : start + PAGE]):
                    if other.uid != uid and _follows(other, query):
                        return before, other
            return before, None

        def take(found: tuple[dict[str, Marks], StudyRow | None]) -> None:
            before, following = found
            if before:
                after = {uid: replace(before[uid], state="read", reason="")}
                if after != before:
                    self._worklist.note_marking(Marking(tr("Mark as Read"), before, after))
            if following is not None:
                self.open(following)
            else:
                self._window.tell_status(tr("No study follows in the worklist."))
            self._worklist.changed.emit()

        self._worklist.ask(NEXT, work, take)


def _follows(study: StudyRow, query: Query) -> bool:
    """Whether a study is opened after another: it can be, nobody reads it, and it was not rejected (unless asked)."""
    wanted = study.marks.state != "rejected" or "rejected" in query.states
    return wanted and not study.reading and study.there in ("all", "some")
