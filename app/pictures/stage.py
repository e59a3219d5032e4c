"""A viewport that nobody sees: pictures are made for files, paper and reports exactly as they are painted on screen.

It shows a copy of the session as it stands, so the reader may go on meanwhile, and the pictures are those of the moment
when they were asked for. Presentation values are painted: the calibration of a monitor is no part of a file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage

from app.jobs import Worker
from app.session import Session
from app.window.pane import Pane
from widgets.compared import ComparedLayer
from widgets.interpolation import interpolation_of
from widgets.view_transform import ViewTransform
from widgets.viewport_types import OverlayLevel

LOOK_AGAIN_MS = 5
GIVE_UP_MS = 60_000


@dataclass(frozen=True)
class Scene:
    """One picture to be made.

    Attributes
    ----------
    uid : str
    height_mm : float or None
        Of slices; None leaves it as it is.
    transform : ViewTransform or None
        Place, zoom and way round, for a view of `size`; None shows the whole picture.
    thickness_mm : float or None
        None leaves it as it is.
    window : Window or LutWindow or None
        None leaves it as it is.
    inverted : bool or None
    """

    uid: str
    height_mm: float | None = None
    transform: ViewTransform | None = None
    thickness_mm: float | None = None
    window: Any = None
    inverted: bool | None = None


class Stage(QObject):
    """Makes pictures of a session, one after the other.

    Parameters
    ----------
    session : Session
        Copied as it stands now.
    size : (width, height)
        Of the pictures, in pixels; text has the size that it has on a screen with that many.
    overlay : OverlayLevel
    pane : int
        The viewport whose comparison is shown too.
    identified : bool
        Whether the patient's name and the like are written; without them only what the picture is.
    """

    def __init__(
        self,
        session: Session,
        size: tuple[int, int],
        overlay: OverlayLevel = OverlayLevel.FULL,
        *,
        pane: int = 0,
        identified: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = Worker("stage", self)
        self._session = session.copied(self._worker, self)
        if not identified:
            for uid, picture in self._session.pictures.items():
                self._session.pictures[uid] = replace(picture, header=None)
        self._pane = Pane(self._session, self._worker, pane)
        self._pane.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._pane.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._pane.viewport.set_overlay_level(overlay)
        self._pane.viewport.set_active(False)
        self._pane.set_interpolation(interpolation_of(session.interpolation))
        self._pane.resize(*size)
        self._pane.show()
        self._waiting: deque[tuple[Scene, Callable[[QImage | None], None]]] = deque()
        self._waited_ms = 0
        self._look = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._look.timeout.connect(self._try)

    def show_compared_as(self, compared: ComparedLayer) -> None:
        """Show a comparison as it stands elsewhere: place of the line, opacity, which of the two is seen."""
        self._pane.viewport.compared.show_as(compared)

    def make(self, scene: Scene, take: Callable[[QImage | None], None]) -> None:
        """Make a picture; `take` is called with it, or with None when it cannot be had."""
        self._waiting.append((scene, take))
        if len(self._waiting) == 1:
            self._set(scene)

    def close(self) -> None:
        """End; what was not made yet never comes."""
        self._look.stop()
        self._waiting.clear()
        self._pane.close()
        self._pane.deleteLater()
        self._worker.shutdown()
        self.deleteLater()

    def _set(self, scene: Scene) -> None:
        session, pane = self._session, self._pane
        self._waited_ms = 0
        if scene.uid not in session.pictures:
            QTimer.singleShot(0, lambda: self._done(None))
            return
        pane.hang(scene.uid)
        if scene.thickness_mm is not None:
            session.set_reconstruction(scene.uid, thickness_mm=scene.thickness_mm)
        if scene.height_mm is not None:
            session.set_height(scene.uid, scene.height_mm)
        if scene.window is not None:
            session.set_window(scene.uid, scene.window)
        if scene.inverted is not None:
            session.set_inverted(scene.uid, scene.inverted)
        if scene.transform is not None:
            pane.viewport.set_transform(scene.transform)
        self._look.start()

    def _try(self) -> None:
        self._waited_ms += LOOK_AGAIN_MS
        if self._pane.settled:
            self._done(self._pane.viewport.rendered_image())
        elif self._waited_ms > GIVE_UP_MS:
            self._done(None)
        else:
            self._look.start()

    def _done(self, image: QImage | None) -> None:
        if not self._waiting:
            return
        _, take = self._waiting.popleft()
        take(image)
        if self._waiting:
            self._set(self._waiting[0][0])
