"""Asking for the geometry of projections, in the viewport where their slices will stand. Never modal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.jobs import Callbacks, Worker
from app.reading.acquisition import GeometryChoice
from app.session import Services, Session, sentence, series_of
from app.session.opening import Missing, Opening
from app.window.geometry_page import GeometryPage
from app.window.pane import Pane
from widgets.translation import tr


class GeometryFlow(QObject):
    """Puts the page where it is needed and hands the answer to `Opening`."""

    def __init__(
        self,
        session: Session,
        opening: Opening,
        panes: Sequence[Pane],
        background: Worker,
        services: Services,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._opening, self._panes = session, opening, panes
        self._background, self._services = background, services
        self._parent = parent
        self._pages: dict[int, tuple[str, GeometryPage]] = {}
        opening.geometry_wanted.connect(self.show_pages)
        session.reading_changed.connect(lambda *_: self._follow_layout())
        session.picture_changed.connect(lambda _: self._follow_layout())

    def page(self, pane: int) -> GeometryPage | None:
        """The page in a viewport's place, or None."""
        found = self._pages.get(pane)
        return found[1] if found is not None else None

    def show_pages(self, uid: str) -> None:
        """Ask in every viewport where this series hangs."""
        for pane in self._panes:
            hung = self._session.layout.hung[pane.index]
            if hung is not None and series_of(hung) == uid and hung == uid:
                self._show(pane, uid, self._opening.missing.get(uid), can_cancel=False)

    def ask_again(self) -> None:
        """Let the user choose another geometry for the slices on screen."""
        uid = self._session.slices_on_screen()
        for pane in self._panes:
            if uid is not None and pane.uid == uid and pane.picture is not None and pane.picture.is_live:
                self._show(pane, uid, None, can_cancel=True)
                return

    def keep_present(self) -> bool:
        """Take away a page that only offers another geometry; false if there is none."""
        for index, (uid, _) in list(self._pages.items()):
            if uid in self._session.pictures:
                self._remove(index)
                return True
        return False

    def retranslate(self) -> None:
        """Ask anew, in the language in use."""
        for index, (uid, _) in list(self._pages.items()):
            self._remove(index)
            there = uid in self._session.pictures
            self._show(self._panes[index], uid, None if there else self._opening.missing.get(uid), can_cancel=there)

    def _follow_layout(self) -> None:
        """Take pages away whose series hangs elsewhere or is loaded, and bring them back with their series."""
        for index, (uid, _) in list(self._pages.items()):
            hung = self._session.layout.hung[index]
            if hung != uid:
                self._remove(index)
        for pane in self._panes:
            hung = self._session.layout.hung[pane.index]
            if hung in self._opening.missing and pane.index not in self._pages:
                self._show(pane, str(hung), self._opening.missing[str(hung)], can_cancel=False)

    def _show(self, pane: Pane, uid: str, error: Missing | None, *, can_cancel: bool) -> None:
        entry = self._opening.entry(uid)
        if entry is None:
            return
        asks_geometry = error is None or error.asks_geometry
        page = GeometryPage(
            entry.title,
            error.missing if error is not None else (),
            error.found if error is not None else (),
            asks_kind=error is not None and error.asks_kind,
            asks_geometry=asks_geometry,
            can_cancel=can_cancel,
            wanted=error.wanted if error is not None else (),
            offered_deg=error.offered_deg if error is not None else (),
        )
        self._pages[pane.index] = (uid, page)
        page.preset_chosen.connect(lambda preset, options: self._use_preset(uid, preset, options))
        page.file_wanted.connect(lambda options: self.pick_file(uid, options))
        page.kind_chosen.connect(lambda options: self._provide(uid, None, options))
        page.numbers_given.connect(lambda values, options: self.use_numbers(uid, values, options))
        page.cancelled.connect(lambda: self._remove(pane.index))
        pane.show_page(page)
        if asks_geometry:
            self._background.submit(
                f"presets:{pane.index}",
                lambda *_: self._services.presets(),
                Callbacks(
                    result=lambda presets: self._fill(page, presets, entry),
                    error=lambda failure: page.tell(sentence(failure)),
                ),
            )

    def _fill(self, page: GeometryPage, presets: Any, entry: Any) -> None:
        if any(page is shown for _, shown in self._pages.values()):
            page.set_presets(presets, entry.n_images, entry.header.model)

    def _remove(self, index: int) -> None:
        if self._pages.pop(index, None) is not None:
            self._panes[index].show_page(None)

    def choice(self, uid: str) -> GeometryChoice:
        """What the reader has said so far about the acquisition of a series."""
        return self._session.reading.of(series_of(uid)).geometry or GeometryChoice()

    def _use_preset(self, uid: str, preset: Any, options: dict[str, Any]) -> None:
        # Numbers that the user gave stay; another geometry's file does not.
        self._provide(uid, self.choice(uid).with_values(preset=preset.key, file=""), options)

    def pick_file(self, uid: str, options: dict[str, Any]) -> None:
        """Let the user choose a geometry file."""
        dialog = QFileDialog(self._parent, tr("Open a geometry file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Geometry files (*.json)"), tr("All files (*)")])
        entry = self._opening.entry(uid)
        if entry is not None and entry.files:
            dialog.setDirectory(str(Path(entry.files[0]).parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.use_file(uid, Path(name), options))
        dialog.open()

    def use_file(self, uid: str, path: Path, options: dict[str, Any] | None = None) -> None:
        """Load a series with a geometry file."""
        self._provide(uid, GeometryChoice(file=str(path.absolute())), options or {})

    def use_numbers(self, uid: str, values: dict[str, Any], options: dict[str, Any] | None = None) -> None:
        """Load a series with numbers that the user gives in place of the files' (fields of `GeometryChoice`)."""
        self._provide(uid, self.choice(uid).with_values(**values), options or {})

    def _provide(self, uid: str, choice: GeometryChoice | None, options: dict[str, Any]) -> None:
        for index, (shown, _) in list(self._pages.items()):
            if shown == uid:
                self._remove(index)
        self._opening.provide(uid, choice, **options)
