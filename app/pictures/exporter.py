"""Makes pictures and films of what is on screen, in the background, with progress and cancel."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

from app.jobs import Work
from app.pictures.films import Frame, film
from app.pictures.report import Report, ReportPicture, write_html, write_pdf
from app.pictures.stage import Scene, Stage
from app.pictures.values import Kind, scaled, write_values
from app.replacing import replacing
from app.session import Reconstruction
from app.window.saving import save
from recon.errors import BocageError
from recon.messages import said
from recon.progress import Progress
from recon.slab import SlabRequest, SlabSource
from widgets.theme import COLOURS
from widgets.translation import tr
from widgets.view_transform import ViewTransform
from widgets.viewport_types import OverlayLevel
from widgets.window import Window

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.window.pane import Pane

SLOT = "pictures"
AHEAD = 4
"""Frames that are painted before they are encoded."""
WAIT_S = 0.1


@dataclass(frozen=True)
class Look:
    """How pictures are made.

    Attributes
    ----------
    size : (width, height) or None
        In pixels; None is that of the viewport.
    overlay : OverlayLevel
    identified : bool
        Whether the patient's name and the like are written.
    """

    size: tuple[int, int] | None = None
    overlay: OverlayLevel = OverlayLevel.FULL
    identified: bool = False


def frame_heights(reconstruction: Reconstruction, low_mm: float, high_mm: float, *, sweep: bool) -> list[float]:
    """The heights of a film: through the range, and back again for a sweep (its ends once)."""
    first = reconstruction.clamped(low_mm)
    count = max(1, int((reconstruction.clamped(high_mm) - first) / reconstruction.interval_mm + 1e-6) + 1)
    there = [first + index * reconstruction.interval_mm for index in range(count)]
    return there + there[-2:0:-1] if sweep else there


def as_frame(image: QImage) -> Frame:
    """The pixels of a picture, (rows, columns, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows, columns = image.height(), image.width()
    lines: NDArray[np.uint8] = np.frombuffer(image.constBits(), np.uint8).reshape(rows, image.bytesPerLine())
    # A copy: the memory is the image's, which goes.
    return lines[:, : 3 * columns].reshape(rows, columns, 3).copy()


class PictureExporter(QObject):
    """Of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._stages: list[Stage] = []

    @property
    def busy(self) -> bool:
        """Whether pictures are being made."""
        return bool(self._stages) or self._window.exports.is_busy(SLOT)

    # -- one picture -----------------------------------------------------------------------------------------------

    def picture(
        self,
        pane: Pane,
        look: Look,
        take: Callable[[QImage | None], None],
        transform: ViewTransform | None = None,
    ) -> None:
        """Make the picture of a viewport; `take` is called with it (None: it cannot be had).

        Parameters
        ----------
        transform : ViewTransform, optional
            Place, zoom and way round for the size of `look`; what is seen on screen if not given.
        """
        if pane.picture is None:
            take(None)
            return
        stage = self._stage(pane, look)

        def done(image: QImage | None) -> None:
            self._close(stage)
            take(image)

        scene = self._scene(pane, look) if transform is None else Scene(pane.picture.uid, transform=transform)
        stage.make(scene, done)

    def save_picture(self, pane: Pane, path: Path, look: Look) -> None:
        """Save the picture of a viewport as PNG, JPEG or TIFF of 8 bits."""
        if self._refused():
            return
        self.picture(pane, look, lambda image: self._save(image, path))

    def save_window(self, path: Path, *, identified: bool) -> None:
        """Save the whole window; the list of studies and all messages are covered unless it may be `identified`."""
        if not self._refused():
            self._save(self.window_image(identified=identified), path)

    def window_image(self, *, identified: bool) -> QImage:
        """The whole window as it stands; what names patients is covered unless it may be `identified`."""
        window = self._window
        if identified:
            return window.grab().toImage()
        for pane in window.panes:
            pane.write_corners(identified=False)
        image = window.grab().toImage()
        for pane in window.panes:
            pane.write_corners()
        offers = (window.journal.offer, window.evidence.offer)
        painter = QPainter(image)
        for widget in (window.docks.browser.widget, window.messages, *offers, window.statusBar()):
            if widget.isVisibleTo(window) and widget.window() is window:
                painter.fillRect(QRect(widget.mapTo(window, QPoint()), widget.size()), QColor(COLOURS.panel))
        painter.end()
        return image

    def _save(self, image: QImage | None, path: Path) -> None:
        def work(*_: Any) -> str:
            if image is None:
                raise BocageError(said("The picture could not be made: it did not become ready."))
            with replacing(path) as part:
                part.touch()  # Qt does not say why it cannot write
                saved = image.save(str(part), path.suffix.removeprefix(".").upper())  # type: ignore[call-overload]
                if not saved or QImage(str(part)).size() != image.size():
                    raise BocageError(
                        said("{0}: the picture could not be written. Choose another folder or another format.", path)
                    )
            return said("The picture was saved as {0}.", path)

        self._submit(work, tr("Saving the picture"))

    # -- values ----------------------------------------------------------------------------------------------------

    def save_values(self, pane: Pane, path: Path, kind: Kind, *, native: bool, windowed: bool) -> None:
        """Save the values of what a viewport shows as an image of 16 bits.

        Parameters
        ----------
        native : bool
            The whole picture in its own pixels; else what is on screen, in the screen's pixels.
        windowed : bool
            Between the edges of the window; else between the least and the greatest value.
        """
        picture, slab = pane.picture, pane.viewport.slab
        if picture is None or slab is None or self._refused():
            return
        source: SlabSource = picture.source
        request = SlabRequest(pane.viewport.height_mm, pane.viewport.thickness_mm)
        window = pane.viewport.display_window
        edges = window.edges if windowed and isinstance(window, Window) else (None, None)
        scaled_mm = picture.length_unit == "mm"

        def work(*_: Any) -> str:
            wanted = source.slab(request) if native else slab
            facts: dict[str, object] = {
                "program": "Bocage",
                "picture": str(picture.title),
                "unit": source.info.unit,
                "nominal_thickness_mm": wanted.thickness_mm,
                "pixel_mm": list(wanted.grid.spacing_mm) if scaled_mm else None,
                "true_for": picture.scale_kind,
            }
            if picture.is_slices:
                facts["height_mm"] = wanted.height_mm
            write_values(
                path, kind, scaled(wanted.pixels, *edges), wanted.grid.spacing_mm if scaled_mm else None, facts
            )
            rows, columns = wanted.pixels.shape
            return said("The values of {1} × {0} pixels were saved as {2}.", rows, columns, path)

        self._submit(work, tr("Saving values"))

    # -- films -----------------------------------------------------------------------------------------------------

    def save_film(
        self, pane: Pane, path: Path, look: Look, heights_mm: Sequence[float], fps: float, *, repeat: bool = True
    ) -> None:
        """Save cine of a viewport as GIF or MP4 (see `film`)."""
        if pane.picture is None or self._refused():
            return
        stage, scene = self._stage(pane, look), self._scene(pane, look)
        frames: queue.Queue[QImage | None] = queue.Queue()
        count, asked = len(heights_mm), 0
        heights = iter(heights_mm)

        def ask() -> None:
            nonlocal asked
            height = next(heights, None)
            if height is None:
                return
            asked += 1
            moved = Scene(scene.uid, height, scene.transform)
            stage.make(moved, made)

        def made(image: QImage | None) -> None:
            frames.put(image)
            wait_or_ask()

        def wait_or_ask() -> None:
            if frames.qsize() < AHEAD:
                ask()
            else:
                QTimer.singleShot(10, stage, wait_or_ask)

        def work(progress: Progress, _: object) -> str:
            with film(path, fps, repeat=repeat) as target:
                for number in range(count):
                    frame = _next(frames, progress, number / count)
                    if frame is None:
                        raise BocageError(said("Frame {0} of {1} could not be made.", number + 1, count))
                    target.add(as_frame(frame))
            rate = f"{target.fps:.4g}"
            return said("A film of {0} frames at {1} per second was saved as {2}.", count, rate, path)

        self._submit(work, tr("Saving the film"), ended=lambda: self._close(stage))
        ask()

    # -- the report ------------------------------------------------------------------------------------------------

    def save_report(
        self,
        report: Report,
        wanted: Sequence[tuple[Scene, ReportPicture]],
        path: Path,
        size: tuple[int, int],
        page: str,
    ) -> None:
        """Make the key images of a report and write it, as the file's ending says.

        Parameters
        ----------
        report : Report
            Without its pictures.
        wanted : sequence of (Scene, ReportPicture)
            The key images, without the images themselves.
        path : Path
            ``.html``; anything else is a PDF.
        size : (width, height)
            Of the key images, pixels.
        page : str
            One of `PAGES`.
        """
        if self._refused():
            return
        stage = self._open(Stage(self._window.session, size, OverlayLevel.MINIMAL, identified=False, parent=self))
        images: queue.Queue[QImage | None] = queue.Queue()
        for scene, _ in wanted:
            stage.make(scene, images.put)

        def work(progress: Progress, _: object) -> str:
            made = [_next(images, progress, number / (len(wanted) + 1)) for number in range(len(wanted))]
            pictures = [
                replace(picture, image=image)
                for (_, picture), image in zip(wanted, made, strict=True)
                if image is not None
            ]
            full = replace(report, pictures=pictures)
            if path.suffix.lower() == ".html":
                write_html(full, path)
            else:
                write_pdf(full, path, page)
            if len(pictures) < len(wanted):
                missing = len(wanted) - len(pictures)
                return said("The report was saved as {0}. Key images that are missing in it: {1}.", path, missing)
            return said("The report was saved as {0}.", path)

        self._submit(work, tr("Saving the report"), ended=lambda: self._close(stage))

    # -- common ----------------------------------------------------------------------------------------------------

    def _refused(self) -> bool:
        """Whether something is being saved, which is told: two would end each other."""
        if self.busy:
            self._window.messages.tell(tr("Pictures are being saved already. Wait until they are written, or cancel."))
        return self.busy

    def _open(self, stage: Stage) -> Stage:
        self._stages.append(stage)
        return stage

    def _stage(self, pane: Pane, look: Look) -> Stage:
        size = look.size or (pane.viewport.width(), pane.viewport.height())
        stage = Stage(
            self._window.session, size, look.overlay, pane=pane.index, identified=look.identified, parent=self
        )
        stage.show_compared_as(pane.viewport.compared)
        return self._open(stage)

    def _scene(self, pane: Pane, look: Look) -> Scene:
        assert pane.picture is not None
        view, transform = pane.viewport, pane.viewport.transform
        if look.size is not None:
            # What is seen stays seen: the scale follows the size.
            factor = min(look.size[0] / view.width(), look.size[1] / view.height())
            transform = replace(transform, pixels_per_mm=transform.pixels_per_mm * factor)
        return Scene(pane.picture.uid, transform=transform)

    def _close(self, stage: Stage) -> None:
        if stage in self._stages:
            self._stages.remove(stage)
            stage.close()

    def _submit(self, work: Work, text: str, ended: Callable[[], None] = lambda: None) -> None:
        save(self._window, SLOT, text, work, ended=ended)


def _next(frames: queue.Queue[QImage | None], progress: Progress, fraction: float) -> QImage | None:
    """The next frame, as soon as it is painted; cancelling ends the wait."""
    while True:
        progress.step(fraction)
        try:
            return frames.get(timeout=WAIT_S)
        except queue.Empty:
            continue
