"""What a pane needs to show a second picture over its own: the slabs of both, titles, the bar, the blink."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.reading.layout import Comparison
from app.session import Picture, Session, series_of
from app.session.planes import Laid, laid
from recon.slab import Slab, SlabRequest, SlabSource
from widgets.compared import ComparedLook
from widgets.translation import shown, tr
from widgets.window import LutWindow, Window

if TYPE_CHECKING:
    from app.window.pane import Pane

BLINK_HZ = 1.0
TwoSlabs = tuple[Slab, Slab | None, tuple[Slab, float] | None]


class Comparing(QObject):
    """The comparison of one pane."""

    def __init__(self, pane: Pane, session: Session) -> None:
        super().__init__(pane)
        self._pane = pane
        self._session = session
        self._shown: Comparison | None = None
        self._laid: Laid | None = None
        self._last: tuple[SlabSource, SlabRequest, Slab] | None = None
        self._key: tuple[object, ...] | None = None
        self.blink_hz = BLINK_HZ
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._flip)
        view = pane.viewport
        view.over_window_committed.connect(self._over_window)
        session.reading_changed.connect(lambda *_: self.follow())
        session.picture_changed.connect(self._picture_changed)
        session.window_changed.connect(self._window_changed)
        session.height_changed.connect(self._height_changed)

    @property
    def comparison(self) -> Comparison | None:
        """What is laid over the pane's picture; None while nothing is, or while one of the two is not loaded."""
        wanted = self._session.layout.compared[self._pane.index]
        under = self._pane.picture
        if wanted is None or under is None or under.uid == wanted.over or under.uid != self._pane.uid:
            return None
        return wanted if wanted.over in self._session.pictures else None

    @property
    def over(self) -> Picture | None:
        """The picture on top."""
        found = self.comparison
        return self._session.pictures[found.over] if found is not None else None

    @property
    def note(self) -> str:
        """How the two were laid on each other, or why they cannot be."""
        return self._laid.note if self._laid is not None else ""

    # -- following the session -------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Bring the view up to date with what is compared and how the two lie."""
        now, view = self.comparison, self._pane.viewport
        before, self._shown = self._shown, now
        if now is None:
            if before is not None:
                self._laid = self._last = None
                view.set_comparing(False)
                self._blink.stop()
            return
        under, over = self._pane.picture, self._session.pictures[now.over]
        assert under is not None
        if before is None or before.over != now.over:
            view.set_comparing(False)
        view.set_comparing(True)
        found = laid(self._session, under, over)
        look = ComparedLook(now.mode, now.vertical, (self._title(under), self._title(over)), found.note)
        another = view.compared.look.mode != now.mode
        view.compared.look = look
        if another and before is not None:
            view.compared.alone = ""
        key, self._key = self._key, self._places(under, over)
        if self._laid is None or key != self._key or found.source is None or before is None or before.over != now.over:
            self._laid = found
            self._pane.viewport.refresh()
        elif another and now.mode == "difference":
            view.compared.forget_spread()
            view.refresh()
        self._show_window()
        self._run_blink()
        view.update()

    def _places(self, under: Picture, over: Picture) -> tuple[object, ...]:
        """What the second picture's pixels depend on, besides the request."""
        reading, session = self._session.reading, self._session
        states = [reading.of(picture.uid) for picture in (under, over)]
        thickness = states[1].reconstruction.thickness_mm if states[1].reconstruction else 0.0
        free = 0.0 if under.is_slices else session.height(over.uid)
        return (under.uid, over.uid, id(over.source), states[0].placement, states[1].placement, thickness, free)

    def _picture_changed(self, uid: str) -> None:
        wanted = self._session.layout.compared[self._pane.index]
        if wanted is not None and series_of(uid) in (series_of(wanted.over), series_of(self._pane.uid or "")):
            self._last = None
            self.follow()

    def _window_changed(self, uid: str) -> None:
        if self._shown is not None and uid == self._shown.over:
            self._show_window()

    def _height_changed(self, uid: str) -> None:
        under = self._pane.picture
        if self._shown is not None and uid == self._shown.over and under is not None and not under.is_slices:
            self.follow()

    def _show_window(self) -> None:
        over, layer = self.over, self._pane.viewport.compared.over
        if over is not None:
            window = self._session.window(over.uid)
            if window is not None:
                layer.set_window(window)
            layer.set_inverted(self._session.reading.of(over.uid).inverted)
            self._pane.viewport.update()

    def _over_window(self, window: Window | LutWindow) -> None:
        over = self.over
        if over is not None:
            self._session.set_window(over.uid, window)

    def _title(self, picture: Picture) -> str:
        """What a picture is, in a few words: by what tells the two apart."""
        found = self._session.reading.of(picture.uid).reconstruction
        if picture.is_live and found is not None and found.algorithm is not None:
            # What is on screen: the chosen algorithm may still have to be computed.
            source = self._session.pictures.get(picture.uid, picture).source
            algorithm = getattr(source, "algorithm", None) or found.algorithm
            text = tr("Slices, {0} mm, {1}", f"{found.thickness_mm:g}", tr(algorithm.title))
            return text + (f" ({picture.uid.rpartition('#')[2]})" if "#" in picture.uid else "")
        return shown(picture.title)

    # -- slabs -----------------------------------------------------------------------------------------------------

    def compute(self, source: SlabSource, request: SlabRequest) -> TwoSlabs:
        """Compute the slab below and what is compared with it; called on the worker's thread.

        Both come from one request, so they always belong to the same place and height.
        """
        found, look = self._laid, self._pane.viewport.compared.look
        last = self._last
        known = last is not None and last[0] is source and last[1] == request
        slab = last[2] if known and last is not None else source.slab(request)
        self._last = (source, request, slab)
        if found is None or found.source is None:
            return slab, None, None
        asked = replace(request, region=slab.grid.bounds, pixel_mm=slab.grid.spacing_mm[0])
        over = found.source.slab(asked)
        if look.mode != "difference" or over.grid.shape != slab.grid.shape:
            return slab, over, None
        from widgets.compared_kernel import difference

        pixels, spread = difference(slab.pixels, over.pixels)
        return slab, over, (replace(slab, pixels=pixels), spread)

    # -- blinking --------------------------------------------------------------------------------------------------

    def set_blink_hz(self, rate: float) -> None:
        """Choose how often a second both pictures are shown."""
        self.blink_hz = rate
        self._run_blink()

    def _run_blink(self) -> None:
        if self._shown is not None and self._shown.mode == "blink":
            self._blink.start(round(500 / self.blink_hz))
        else:
            self._blink.stop()

    def _flip(self) -> None:
        view = self._pane.viewport
        # Both must be there before one takes the other's place: else a blink would show what is only late.
        if view.isVisible() and view.compared.over.slab is not None and not view.compared.alone:
            view.compared.phase_over = not view.compared.phase_over
            view.update()

    def toggle(self) -> None:
        """Show the other one of the two alone."""
        compared = self._pane.viewport.compared
        compared.alone = "under" if compared.alone == "over" else "over"
        self._pane.viewport.update()
