"""The views of the sweep on screen, each of which the reader may leave out of the slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from app.jobs import Callbacks, Partial
from app.session import Picture
from recon.progress import Progress
from widgets.translation import mark, tr
from widgets.view_chooser import PICTURE, ViewChooser, ViewEntry

if TYPE_CHECKING:
    from app.main_window import MainWindow

NONE = mark("There are no projections on screen.")
SLOT = "views"


class ViewsDock(QObject):
    """Keeps a `ViewChooser` in step with the session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._worker = window.session, window.thumbnails
        self.chooser = ViewChooser()
        self.chooser.excluded_changed.connect(self._exclude)
        self._uid: str | None = None
        session = self._session
        connect = window.chrome.connect
        connect(session.reading_changed, lambda *_: self.refresh())
        connect(session.picture_changed, lambda _: self.refresh())
        connect(session.active_changed, lambda _: self.refresh())
        connect(session.maximised_changed, self.refresh)
        window.chrome.when_dropped(lambda: self._worker.cancel(SLOT))
        self.refresh()

    def refresh(self) -> None:
        """Show the views of the slices on screen."""
        session = self._session
        uid = session.slices_on_screen()
        picture = session.pictures.get(uid) if uid is not None else None
        if uid is None or picture is None or not picture.is_live or picture.geometry is None:
            if self._uid is not None or not self.chooser.list.count():
                self._uid = None
                self.chooser.set_views((), tr(NONE))
            return
        if uid != self._uid:
            self._uid = uid
            self.chooser.set_views(_entries(picture))
        reconstruction = session.reading.of(uid).reconstruction
        if reconstruction is not None:
            self.chooser.set_excluded(reconstruction.excluded)
        self._want_pictures(uid)

    def _exclude(self, excluded: frozenset[int]) -> None:
        if self._uid is not None:
            self._session.set_reconstruction(self._uid, excluded=excluded)

    def _want_pictures(self, uid: str) -> None:
        """Draw the views that have no picture yet, when anybody looks."""
        source: Any = self._session.follower.live(uid)
        integrals = getattr(source, "integrals", None)
        missing = self.chooser.missing_pictures
        if integrals is None or not missing or not self.chooser.isVisible() or self._worker.is_busy(SLOT):
            return

        def work(progress: Progress, partial: Partial) -> None:
            for number, index in enumerate(missing):
                progress.step(number / len(missing))
                if integrals.coarse.done[index]:
                    partial((index, view_image(integrals, index)))

        def take(found: tuple[int, NDArray[np.uint8]]) -> None:
            if uid == self._uid:
                index, grey = found
                rows, columns = grey.shape
                image = QImage(grey.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()
                self.chooser.set_picture(index, image)

        self._worker.submit(SLOT, work, Callbacks(partial=take))


def view_image(integrals: Any, index: int) -> NDArray[np.uint8]:
    """A small picture of a view, bone white, uint8 (rows, columns)."""
    coarse = integrals.coarse
    view = np.empty(coarse.shape[1:], np.float32)
    coarse.view(index, view)
    step = max(1, min(view.shape) // PICTURE)
    image = view[::step, ::step]
    image = image.T if integrals.turned else image
    low, high = np.percentile(image, (1.0, 99.5))
    return np.ascontiguousarray(np.clip((image - low) * (255.0 / max(high - low, 1e-6)), 0, 255).astype(np.uint8))


def _entries(picture: Picture) -> list[ViewEntry]:
    geometry = picture.geometry
    assert geometry is not None
    entries = []
    for view, angle in enumerate(geometry.view_angle_deg):
        x, y, z = geometry.source_mm[view]
        dose = "" if geometry.exposure is None else tr(", relative exposure {0:.3g}", geometry.exposure[view])
        entries.append(
            ViewEntry(
                f"{view + 1}  {angle:+.1f}°",
                tr("View {0}: tube at {1:.0f}, {2:.0f}, {3:.0f} mm{4}", view + 1, x, y, z, dose),
            )
        )
    return entries
