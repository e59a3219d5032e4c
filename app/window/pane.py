"""One place in the window for a picture: a viewport bound to the session, and the page that asks for a geometry."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.display.monitors import Presentation
from app.jobs import Callbacks, Worker
from app.reading.scale import picture_scale
from app.session import PROJECTION_SUFFIX, WAITING, Busy, Picture, Reading, Session, sentence, series_of
from app.session.auto_window import region_window
from app.window.calibrating import ASKED, Calibrating
from app.window.comparing import Comparing
from app.window.corner_text import Magnification, corner_text
from app.window.effective import effective_mm
from app.window.slabs import Slabs
from app.window.statistics import all_statistics
from recon.notes import Fact
from recon.regions import Statistics
from recon.slab import Rect
from widgets.interpolation import Interpolation
from widgets.measurements import MARKER, Measurement
from widgets.plane_overlay import PlaneOverlay
from widgets.translation import shown, tr
from widgets.view_transform import ViewTransform
from widgets.viewport import Viewport
from widgets.viewport_types import OverlayLevel
from widgets.window import LutWindow, Window

_SPATIAL = re.compile(
    r"geometry|preset|direction|distance|angle|tube|pixel size|pixel spacing|scale|orientation|detector'", re.IGNORECASE
)
"""Notes about where things lie and how large they are."""
STATISTICS_DELAY_MS = 80
BUSY_DELAY_MS = 200
"""Work shorter than this is not announced."""


class Pane(QStackedWidget):
    """A viewport and what it shows of the session.

    Parameters
    ----------
    session : Session
    compute : Worker
        Computes slabs and statistics.
    index : int
        Which place of the layout this is.
    """

    moved = Signal(int, object)
    """(index, ViewTransform) the user panned, zoomed or fitted here."""
    pointed = Signal(int, object)
    """(index, (x, y) or None) the pointer moved here."""
    picture_shown = Signal(int, float)
    """(index, ms) a slab reached the viewport; how long it took to compute."""
    windowed = Signal(int, object)
    """(index, Window) the user dragged a window here."""
    menu_wanted = Signal(QPoint)
    series_dropped = Signal(int, str)
    paths_dropped = Signal(list)
    pinned = Signal(int, object)
    """(index, (x, y)) a point was clicked here to be marked."""
    maximise_wanted = Signal(int)
    selection_changed = Signal()

    def __init__(self, session: Session, compute: Worker, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.viewport = Viewport()
        self.body = QWidget()
        """The viewport, and below it the bar of a comparison."""
        self._stacked = QVBoxLayout(self.body)
        self._stacked.setContentsMargins(0, 0, 0, 0)
        self._stacked.setSpacing(0)
        self._stacked.addWidget(self.viewport, 1)
        self.addWidget(self.body)
        self._session = session
        self._compute = compute
        self._uid: str | None = None
        self._picture: Picture | None = None
        self._link_note = ""
        self._cursor: tuple[float, float] | None = None
        self._interpolation: Interpolation = "bilinear"
        self.presentation: Presentation | None = None
        """How pictures are brought to the monitor that this place lies on."""
        self._statistics = QTimer(self, singleShot=True, interval=STATISTICS_DELAY_MS)
        self._statistics.timeout.connect(self._measure)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_DELAY_MS)
        self._busy.timeout.connect(self._show_busy)
        self.calibrating = Calibrating(self, session)
        self.comparing = Comparing(self, session)
        self.slabs = Slabs(self, session, compute)
        self._connect_viewport()
        session.reading_changed.connect(self._reading_changed)
        session.picture_changed.connect(self._picture_changed)
        session.window_changed.connect(self._window_changed)
        session.height_changed.connect(self._height_changed)
        session.busy_changed.connect(self._busy_changed)
        session.active_changed.connect(lambda active: self.viewport.set_active(active == self.index))
        self.viewport.set_active(session.active == index)

    def _connect_viewport(self) -> None:
        view, session = self.viewport, self._session
        view.slab_wanted.connect(self.slabs.compute)
        view.window_changed.connect(lambda _: self.write_corners())
        view.window_committed.connect(self._window_committed)
        view.transform_changed.connect(self._transform_changed)
        view.height_step_wanted.connect(lambda steps: self._with_uid(session.step_height, steps))
        view.height_wanted.connect(lambda height: self._with_uid(session.set_height, height))
        view.thickness_step_wanted.connect(self.step_thickness)
        view.region_chosen.connect(self._window_region)
        view.cursor_moved.connect(self._cursor_moved)
        view.pin_wanted.connect(lambda x, y: self.pinned.emit(self.index, (x, y)))
        view.measurement_added.connect(lambda item: self._with_uid(session.add_measurement, item))
        view.measurement_changed.connect(self._measurement_changed)
        view.measurement_removed.connect(self._measurement_removed)
        view.measurement_selected.connect(lambda _: self.selection_changed.emit())
        view.activated.connect(lambda: session.set_active(self.index))
        view.maximise_wanted.connect(lambda: self.maximise_wanted.emit(self.index))
        view.context_menu_wanted.connect(self.menu_wanted)
        view.paths_dropped.connect(self.paths_dropped)
        view.series_dropped.connect(lambda uid: self.series_dropped.emit(self.index, uid))

    def _with_uid(self, function: Any, argument: Any) -> None:
        if self._picture is not None:
            function(self._picture.uid, argument)

    def _measurement_changed(self, _old: Measurement, new: Measurement) -> None:
        if new.id == ASKED:
            self.calibrating.ask(new.points_mm)
        elif new.kind == MARKER:
            self.calibrating.redraw(new)
        elif self._picture is not None:
            key = f"nudge:{new.id}" if self.viewport.nudging else ""
            self._session.change_measurement(self._picture.uid, new, merge_key=key)

    def _measurement_removed(self, item: Measurement) -> None:
        if item.id == ASKED:
            self.calibrating.close()
        elif item.kind == MARKER:
            self.calibrating.remove()
        else:
            self._with_uid(self._session.remove_measurements, {item.id})

    # -- what hangs here -------------------------------------------------------------------------------------------

    @property
    def uid(self) -> str | None:
        """UID of the picture that hangs here (it may still be loading)."""
        return self._uid

    @property
    def picture(self) -> Picture | None:
        """The picture, once it is loaded."""
        return self._picture

    @property
    def pointer(self) -> tuple[float, float] | None:
        """The point under the pointer, world mm; None while it is elsewhere."""
        return self._cursor

    @property
    def settled(self) -> bool:
        """Whether everything of this place is on screen in full detail."""
        if self.isHidden() or self._uid is None or self.currentWidget() is not self.body:
            return True
        if self._uid in self._session.failures or series_of(self._uid) in self._session.failures:
            return True
        if self._picture is None or self._picture.uid != self._uid:
            return False
        window = self._session.window(self._uid) is not None
        return window and self.viewport.settled and not self._statistics.isActive()

    def hang(self, uid: str | None) -> None:
        """Show another picture, or none."""
        if uid == self._uid and self._wanted() is self._picture:
            return
        self._uid = uid
        self._take(self._wanted())

    def _wanted(self) -> Picture | None:
        """The picture that hangs here; until it is there, the middle projection stands in for slices."""
        if self._uid is None:
            return None
        pictures = self._session.pictures
        return pictures.get(self._uid) or pictures.get(series_of(self._uid) + PROJECTION_SUFFIX)

    def show_page(self, page: QWidget | None) -> None:
        """Show a page instead of the viewport (None: the viewport again)."""
        for index in range(self.count() - 1, 0, -1):
            old = self.widget(index)
            if old is not None and old is not page:
                self.removeWidget(old)
                old.deleteLater()
        if page is not None:
            self.addWidget(page)
            self.setCurrentWidget(page)

    def add_below(self, bar: QWidget) -> None:
        """Put a bar below the viewport."""
        self._stacked.addWidget(bar)

    def set_link_note(self, note: str) -> None:
        """What must be known of the link to the other pictures; stays on screen with the other assumptions."""
        if note != self._link_note:
            self._link_note = note
            if self._picture is not None:
                self.viewport.info = self._info(self._picture)
                self.viewport.update()

    def _info(self, picture: Picture) -> Any:
        assumed = (note for note in picture.all_notes if not isinstance(note, Fact))
        notes = dict.fromkeys(note for note in (*assumed, self._link_note) if note)
        # What decides where things lie comes first: not all has room over the picture.
        return replace(picture.source.info, notes=tuple(sorted(notes, key=lambda note: not _SPATIAL.search(note))))

    def _take(self, picture: Picture | None) -> None:
        self.slabs.start()
        self.calibrating.close()
        self._picture = picture
        view = self.viewport
        if picture is None:
            view.set_source(None)
            view.set_corner_text({})
            view.set_empty_message(tr("Empty"), tr("Drag a series here from the list."))
            self._busy_changed(self._uid or "")
            return
        state = self._session.reading.of(picture.uid)
        source = picture.source
        view.set_busy(None)
        view.set_source(self._info(picture), source.footprint, source.native_pixel_mm)
        view.set_numbered(picture.is_numbered)
        self._show_badge(picture)
        view.set_inverted(state.inverted)
        window = self._session.window(picture.uid)
        if window is not None:
            view.set_window(window)
        self._show_reconstruction()
        self._show_height()
        self._show_plane_overlay()
        self._show_scale()
        self._show_measurements()
        self._statistics.start()
        self._busy_changed(picture.uid)
        self.comparing.follow()

    def _picture_changed(self, uid: str) -> None:
        if self._uid is None or series_of(uid) != series_of(self._uid):
            return
        picture, old = self._wanted(), self._picture
        if picture is old:
            return
        if picture is None or old is None or picture.kind != old.kind or not picture.is_live:
            self._take(picture)
            return
        # Another algorithm: the old picture stays on screen until the first slab of the new one is there.
        self._picture = picture
        self.slabs.outdate()
        source = picture.source
        self.viewport.replace_source(self._info(picture), source.footprint, source.native_pixel_mm)
        self.viewport.slab_failed()
        self.viewport.refresh()
        self._statistics.start()
        self.write_corners()

    # -- following the session -------------------------------------------------------------------------------------

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        uid = self._picture.uid if self._picture is not None else None
        if uid is None or old.of(uid) is new.of(uid):
            return
        before, after = old.of(uid), new.of(uid)
        if before.measurements != after.measurements or before.calibration != after.calibration:
            self._show_measurements()
            self._statistics.start()
        if before.inverted != after.inverted:
            self.viewport.set_inverted(after.inverted)
        if before.reconstruction != after.reconstruction:
            self._show_reconstruction()
            self._statistics.start()
        self._show_scale()
        self.write_corners()

    def _show_badge(self, picture: Picture) -> None:
        self.viewport.set_badge(tr("Synthetic 2-D") if picture.kind == "synthetic" else "")

    def _show_measurements(self) -> None:
        if self._picture is not None:
            state = self._session.reading.of(self._picture.uid)
            self.viewport.set_measurements((*state.measurements, *self.calibrating.marker()))

    def _show_scale(self) -> None:
        if self._picture is not None:
            state = self._session.reading.of(self._picture.uid)
            self.viewport.set_scale(picture_scale(self._picture, state, self.viewport.height_mm))

    def _show_reconstruction(self) -> None:
        if self._picture is None:
            return
        reconstruction = self._session.reading.of(self._picture.uid).reconstruction
        if reconstruction is None:
            self.viewport.set_heights(None)
            self.viewport.set_thickness(0.0)
            return
        self.viewport.set_heights((reconstruction.low_mm, reconstruction.high_mm))
        self.viewport.set_thickness(reconstruction.thickness_mm)
        self.viewport.set_scroll_interval(reconstruction.interval_mm)

    def _show_plane_overlay(self) -> None:
        """What the file asks to be drawn over the image that is shown."""
        picture = self._picture
        if picture is None or picture.overlays is None:
            return
        height = self._session.height(picture.uid)
        drawn, hidden = picture.overlays.at(height)
        nothing = drawn is None and hidden is None
        bounds = picture.source.footprint(height)
        self.viewport.set_plane_overlay(None if nothing else PlaneOverlay(drawn, hidden, bounds))

    def _show_height(self) -> None:
        if self._picture is not None and self._picture.has_planes:
            self.viewport.set_height(self._session.height(self._picture.uid))
            self._show_scale()
            self._statistics.start()
        self.write_corners()

    def _height_changed(self, uid: str) -> None:
        if uid == self._uid:
            self._show_height()
            self._show_plane_overlay()

    def _window_changed(self, uid: str) -> None:
        window = self._session.window(uid)
        if window is not None and self._picture is not None and self._picture.uid == uid:
            self.viewport.set_window(window)
            self.write_corners()

    def _busy_changed(self, uid: str) -> None:
        if self._uid is None or series_of(uid) != series_of(self._uid):
            return
        busy = self._busy_now()
        if busy is None:
            self._busy.stop()
            self.viewport.set_busy(None)
        elif self.viewport.busy:
            self._show_busy()
        elif not self._busy.isActive():
            self._busy.start()
        if self._picture is None:
            why = self._session.failures.get(series_of(self._uid), "")
            title = tr("Not shown yet") if why == WAITING else tr("Not opened") if why else tr("Empty")
            title = tr("Opening…") if busy is not None else title
            self.viewport.set_empty_message(title, shown(why) if busy is None else "")

    def _busy_now(self) -> Busy | None:
        """What goes on for what hangs here; the loading of its series while it is not there."""
        if self._uid is None:
            return None
        there = self._uid in self._session.pictures
        return self._session.busy(self._uid) or (None if there else self._session.busy(series_of(self._uid)))

    def _show_busy(self) -> None:
        busy = self._busy_now()
        computation = self._session.follower.computation(self._uid) if self._uid is not None else None
        if computation is not None and computation.state == "running" and computation.iteration:
            self.viewport.set_busy(None)  # the iterations on screen say more, and must not be covered
            return
        loading = self._picture is None or self._picture.uid != self._uid
        if busy is not None and (loading or (self._picture is not None and self._picture.is_live)):
            self.viewport.set_busy(shown(busy.text), busy.fraction)

    # -- gestures --------------------------------------------------------------------------------------------------

    def _window_committed(self, _old: Window | LutWindow, new: Window | LutWindow) -> None:
        self._with_uid(self._session.set_window, new)
        self.windowed.emit(self.index, new)

    def _transform_changed(self, transform: ViewTransform) -> None:
        self.write_corners()
        self.moved.emit(self.index, transform)

    def _cursor_moved(self, point: tuple[float, float] | None) -> None:
        self._cursor = point
        self.write_corners()
        self.pointed.emit(self.index, point)

    def step_thickness(self, steps: float) -> None:
        """Make the slab some steps (1 mm, for stored stacks one interval) thicker."""
        picture = self._picture
        reconstruction = self._session.reading.of(picture.uid).reconstruction if picture is not None else None
        if picture is None or reconstruction is None or not picture.is_slices:
            return
        step = 1.0 if picture.is_live else reconstruction.interval_mm
        thickness = max(0.0, round((reconstruction.thickness_mm + steps * step) / step) * step)
        self._session.set_reconstruction(picture.uid, live=True, thickness_mm=min(thickness, 100.0))

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        if self._picture is None:
            self.viewport.set_empty_message(tr("Empty"), tr("Drag a series here from the list."))
            self._busy_changed(self._uid or "")
        else:
            self.calibrating.close()
            self._show_badge(self._picture)
            self.write_corners()
            self._busy_changed(self._picture.uid)
            self._statistics.start()
        self.viewport.update()

    def _window_region(self, region: Rect) -> None:
        """Lay the window over the values within a rectangle of the picture on screen."""
        picture, slab = self._picture, self.viewport.slab
        if picture is None or slab is None:
            return
        before, generation = self.viewport.display_window, self.slabs.generation

        def take(found: Window | None) -> None:
            if generation == self.slabs.generation and found is not None:
                if isinstance(before, Window) and before.function == "sigmoid":
                    found = found.with_function("sigmoid")
                self._session.set_window(picture.uid, found)
                self.windowed.emit(self.index, found)

        self._compute.submit(
            f"region:{self.index}",
            lambda *_: region_window(slab, region),
            Callbacks(result=take, error=lambda error: self._session.failed.emit(picture.uid, sentence(error))),
        )

    # -- the monitor -----------------------------------------------------------------------------------------------

    def set_presentation(self, presentation: Presentation) -> None:
        """Bring pictures to this monitor."""
        self.presentation = presentation
        self.viewport.set_presentation(presentation.table)
        self.write_corners()

    def set_interpolation(self, name: Interpolation) -> None:
        """Choose how magnified pictures are interpolated."""
        self._interpolation = name
        self.viewport.set_interpolation(name)
        self.write_corners()

    def show_true_size(self, pitch_mm: float) -> None:
        """Show a millimetre of the picture on a millimetre of the monitor."""
        view = self.viewport
        wanted = view.scale.factor / (pitch_mm * view.devicePixelRatioF())
        view.navigate(view.transform.zoomed_about(view.transform.centre_mm, wanted / view.transform.pixels_per_mm))

    @property
    def life_size(self) -> float | None:
        """The scale, logical pixels per mm, at which a millimetre is a millimetre on this monitor; None if unknown."""
        size = self.presentation.size if self.presentation is not None else None
        if size is None or size.pitch_mm is None:
            return None
        return self.viewport.scale.factor / (size.pitch_mm * self.viewport.devicePixelRatioF())

    def _magnification(self) -> Magnification:
        size = self.presentation.size if self.presentation is not None else None
        view = self.viewport
        if size is None or size.pitch_mm is None:
            return Magnification(None, False, self._interpolation)
        life = view.transform.pixels_per_mm / view.scale.factor * view.devicePixelRatioF() * size.pitch_mm
        return Magnification(life, size.verified, self._interpolation)

    # -- texts -----------------------------------------------------------------------------------------------------

    def write_corners(self, *, identified: bool = True) -> None:
        """Write the four corners anew; without what names patient and study when they are not to be `identified`."""
        picture, view = self._picture, self.viewport
        if picture is None:
            return
        if not identified:
            picture = replace(picture, header=None)
        state = self._session.reading.of(picture.uid)
        native = view.native_pixel_mm()
        value = None
        if self._cursor is not None and view.slab is not None:
            value = view.slab.value_at(*self._cursor)
        view.set_corner_text(
            corner_text(
                picture,
                height_mm=view.height_mm,
                reconstruction=state.reconstruction,
                window=view.display_window if view.slab is not None else self._session.window(picture.uid),
                inverted=state.inverted,
                zoom=view.zoom() or 0.0,
                pixel_mm=min(native) if native is not None else 0.0,
                value=value,
                algorithm_shown=getattr(picture.source, "algorithm", None),
                magnification=self._magnification(),
                effective_mm=self._effective_mm(),
                scale=view.scale,
            )
        )

    def _effective_mm(self) -> float | None:
        """The effective thickness of what is on screen; None where it cannot be said."""
        picture = self._picture
        if picture is None or not picture.is_live or self.viewport.overlay_level is not OverlayLevel.FULL:
            return None
        return effective_mm(self._session, picture.uid)

    def _measure(self) -> None:
        picture = self._picture
        if picture is None:
            return
        state = self._session.reading.of(picture.uid)
        shown = [
            item
            for item in state.measurements
            if item.spec.samples and (item.height_mm is None or self._is_near(item.height_mm))
        ]
        if not shown:
            self.viewport.set_statistics({})
            return
        source, height, generation = picture.source, self.viewport.height_mm, self.slabs.generation
        thickness = state.reconstruction.thickness_mm if state.reconstruction else 0.0

        def take(found: dict[str, Statistics]) -> None:
            if generation == self.slabs.generation:
                self.viewport.set_statistics(found)

        self._compute.submit(
            f"statistics:{self.index}",
            lambda progress, _: all_statistics(source, shown, height, thickness, progress),
            Callbacks(result=take, error=lambda error: self._session.failed.emit(picture.uid, sentence(error))),
        )

    def _is_near(self, height_mm: float) -> bool:
        """Whether a measurement made at a height belongs to the slice that is shown."""
        reconstruction = self._session.reading.of(self._uid).reconstruction if self._uid is not None else None
        interval = reconstruction.interval_mm if reconstruction is not None else 0.0
        half = 0.5 * max(self.viewport.thickness_mm, interval)
        return abs(height_mm - self.viewport.height_mm) <= half + 1e-6
