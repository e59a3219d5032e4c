"""Opening, saving, leaving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.window.elements_page import ElementsPage
from app.window.exporting import Exported, SliceExport, export_slices
from app.window.handlers.group import Group
from app.window.page import is_there
from app.window.saving import save
from recon.messages import said
from recon.progress import Progress
from widgets.translation import tr

EXPORT = "export"
ONE_EXPORT = said("Slices are being exported already. Wait until they are written, or cancel that export first.")
COMPUTING = said(
    "The slices are still being computed. Stop the computation or wait until it is done, then export them."
)


class FileHandlers(Group):
    """Opening, saving, leaving."""

    def _do_open_folder(self) -> None:
        dialog = self._dialog(tr("Open a folder with studies"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda names: self._window.open_paths([Path(name) for name in names]))
        dialog.open()

    def _do_open_files(self) -> None:
        dialog = self._dialog(tr("Open files or a DICOMDIR"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._window.open_paths([Path(name) for name in names]))
        dialog.open()

    def _do_open_demonstration(self) -> None:
        self._window.opening.open_demonstration()

    def _do_elements(self) -> None:
        self.show_elements()

    def show_elements(self) -> None:
        """Show every element of the file in the active viewport."""
        self._window.pages.show("elements", ElementsPage)

    def _do_export_slices(self) -> None:
        from app.window.slices_page import SlicesPage

        self._window.pages.show("export_slices", lambda window: SlicesPage(window, window))

    def export_slices(
        self,
        folder: Path,
        how: SliceExport | None = None,
        done: Callable[[Exported], object] = lambda _: None,
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        """Write the slices on screen as DICOM, in the background; `done` is told what was written."""
        window = self._window
        session = window.session
        uid = session.slices_on_screen()
        picture = session.pictures.get(uid) if uid is not None else None
        if uid is None or picture is None:
            return
        reconstruction = session.reading.of(uid).reconstruction
        if reconstruction is None:
            return
        if window.exports.is_busy(EXPORT):
            window.messages.tell(ONE_EXPORT)
            return
        computation = session.follower.computation(uid)
        if computation is not None and computation.state == "running":
            window.messages.tell(COMPUTING)
            return
        entry = window.opening.entry(uid)
        shown = session.window(uid)
        written: list[Exported] = []

        def work(progress: Progress, _: object) -> str:
            written.append(export_slices(folder, picture, reconstruction, shown, entry, progress, how))
            return written[0].told

        def tell(told: str) -> None:
            window.messages.tell(told)
            if is_there(done):
                done(written[0])

        save(window, EXPORT, tr("Exporting slices"), work, tell, ended)

    def _do_quit(self) -> None:
        self._window.close()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._window.start_folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
