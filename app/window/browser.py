"""The study browser, filled from what opening found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu

from app.session import PROJECTION_SUFFIX, SYNTHETIC_SUFFIX, VIEWS_SUFFIX, Busy, series_of
from app.window.corner_text import date, person_name, time
from recon.messages import said
from widgets.study_browser import ProblemItem, SeriesItem, StudyBrowser, StudyItem
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

PROJECTION_TITLE = mark("Show middle projection")
VIEWS_TITLE = mark("Views of the sweep")
SYNTHETIC_TITLE = mark("Synthetic 2-D")


class Browser(QObject):
    """Fills a `StudyBrowser` and acts on what is chosen in it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._opening = window.opening
        self.widget = StudyBrowser()
        self.widget.series_activated.connect(self._activated)
        self.widget.context_menu_wanted.connect(self._menu)
        self.widget.paths_dropped.connect(window.open_paths)
        self.widget.open_folder_wanted.connect(window.action_set["open_folder"].trigger)
        self.widget.worklist_wanted.connect(window.action_set["worklist"].trigger)
        self.widget.open_demonstration_wanted.connect(window.action_set["open_demonstration"].trigger)
        connect = window.chrome.connect
        connect(self._opening.catalogue_changed, self.refresh)
        connect(self._opening.thumbnail_ready, self._thumbnail)
        connect(self._opening.busy_changed, self._busy)
        connect(window.session.reading_changed, lambda *_: self._mark_shown())
        self.refresh()

    def refresh(self) -> None:
        """List studies, what a running search has found so far, and problems."""
        studies = [_study(study.uid, study.header, study.series) for study in self._opening.studies.values()]
        known = {study.uid for study in studies}
        found: dict[str, list[Any]] = {}
        for entry in self._opening.found:
            if entry.study_uid not in known:
                found.setdefault(entry.study_uid, []).append(entry)
        studies += [_study(uid, entries[0].header, entries) for uid, entries in found.items()]
        self.widget.set_studies(studies)
        for uid, image in self._opening.thumbnails.items():
            self._thumbnail(uid, image)
        self.widget.set_problems(ProblemItem(problem.path, shown(problem.reason)) for problem in self._opening.problems)
        self._mark_shown()

    def _thumbnail(self, uid: str, image: Any) -> None:
        pixels = np.ascontiguousarray(image, dtype=np.uint8)
        rows, columns = pixels.shape
        # The copy owns its memory; the array may go.
        picture = QImage(pixels.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()
        self.widget.set_thumbnail(uid, picture)

    def _busy(self, busy: Busy | None) -> None:
        self.widget.set_busy(shown(busy.text) if busy else None, busy.fraction if busy else None)

    def _mark_shown(self) -> None:
        session = self._window.session
        hung = (session.layout.hung[index] for index in session.layout.panes)
        own = (VIEWS_SUFFIX, SYNTHETIC_SUFFIX)  # have lines of their own in the list
        self.widget.set_shown({uid if uid.endswith(own) else series_of(uid) for uid in hung if uid is not None})

    def _activated(self, uid: str) -> None:
        self._window.opening.show_series(uid, self._window.session.active)
        self._window.active_pane.viewport.setFocus()

    def _menu(self, uid: str, place: QPoint) -> None:
        entry = self._opening.entry(uid)
        if entry is None:
            return
        menu = QMenu(self._window)
        session = self._window.session
        for number, pane in enumerate(session.layout.panes, 1):
            where = tr("Show in viewport {0}", number) if session.layout.count > 1 else tr("Show here")
            menu.addAction(where, partial(self._opening.show_series, uid, pane))
        if entry.kind == "projections" and uid == entry.uid:
            menu.addAction(tr(VIEWS_TITLE), lambda: self._activated(uid + VIEWS_SUFFIX))
            menu.addAction(tr(SYNTHETIC_TITLE), lambda: self._activated(uid + SYNTHETIC_SUFFIX))
            menu.addAction(tr(PROJECTION_TITLE), lambda: self._show_projection(uid))
        menu.addSeparator()
        menu.addAction(tr("Hang the whole study"), lambda: self._opening.show_study(entry.study_uid))
        menu.addSeparator()
        menu.addAction(tr("Send the series…"), partial(self._window.network.send_series, entry))
        menu.addAction(tr("Send the study…"), partial(self._window.network.send_study, entry.study_uid))
        menu.popup(place)

    def _show_projection(self, uid: str) -> None:
        session = self._window.session
        session.set_layout(
            session.layout.with_hung(session.active, uid + PROJECTION_SUFFIX), said("hanging of a series")
        )
        self._opening.load(uid)


def _study(uid: str, header: Any, entries: Iterable[Any]) -> StudyItem:
    name = person_name(header.patient_name) or tr("No patient name")
    when = f"{date(header.study_date)} {time(header.study_time)}".strip()
    detail = "  ·  ".join(part for part in (when, header.study_description) if part)
    return StudyItem(uid, name, detail, tuple(item for entry in entries for item in _items(entry)))


def _items(entry: Any) -> tuple[SeriesItem, ...]:
    """A series, and what can be hung that is made of it."""
    own = _series(entry)
    if entry.kind != "projections":
        return (own,)
    scrolled = tr("The projections themselves, to scroll or play through")
    computed = tr("A radiograph computed from the sweep; it is not an exposure")
    return (
        own,
        SeriesItem(entry.uid + VIEWS_SUFFIX, tr(VIEWS_TITLE), "views", entry.n_images, notes=(scrolled,), derived=True),
        SeriesItem(entry.uid + SYNTHETIC_SUFFIX, tr(SYNTHETIC_TITLE), "synthetic", 1, notes=(computed,), derived=True),
    )


def _series(entry: Any) -> SeriesItem:
    item = SeriesItem(entry.uid, shown(entry.title) or entry.modality, entry.kind, entry.n_images)
    return replace(
        item, detail=entry.modality, needs=tuple(map(shown, entry.needs)), notes=tuple(map(shown, entry.notes))
    )
