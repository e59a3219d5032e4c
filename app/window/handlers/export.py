"""What is on screen as files, on the clipboard, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication, QImage

from app.pictures.exporter import Look
from app.window.handlers.group import Group
from widgets.translation import tr


class ExportHandlers(Group):
    """What is on screen as files, on the clipboard, on paper."""

    def _do_save_picture(self) -> None:
        self._export_page()

    def _do_save_film(self) -> None:
        self._export_page().choose("film")

    def _export_page(self) -> Any:
        from app.window.export_page import ExportPage

        return self._window.pages.show("export", lambda window: ExportPage(window, window))

    def save_picture(self, pane: int, path: Path) -> None:
        """Save what a viewport shows."""
        self._window.pictures.save_picture(self._window.panes[pane], path, Look(identified=True))

    def _do_copy_picture(self) -> None:
        window = self._window

        def take(image: QImage | None) -> None:
            if image is not None:
                QGuiApplication.clipboard().setImage(image)
                window.tell_status(tr("The picture is on the clipboard."))

        window.pictures.picture(window.active_pane, Look(), take)

    def _do_print_life(self) -> None:
        self._printing().preview(life=True)

    def _do_print_fitted(self) -> None:
        self._printing().preview(life=False)

    def _do_deidentify(self) -> None:
        self._deid_page()

    def deidentify(self, files: Sequence[Path], geometry_files: Sequence[Path] = ()) -> None:
        """Ask how these files are de-identified."""
        self._deid_page().take(files, geometry_files)

    def _deid_page(self) -> Any:
        from app.window.deid_page import DeidPage

        return self._window.pages.show("deidentify", lambda window: DeidPage(window, window))

    def _printing(self) -> Any:
        from app.pictures.paper import Printing  # printing is loaded when it is wanted

        return Printing(self._window)
