"""A point marked in all pictures, and its height found by sharpness when it was clicked on a radiograph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.jobs import Callbacks
from app.linking import Plane, Point, ray_of, shadow_of
from app.session import Picture, sentence
from recon.messages import said
from recon.rays import Ray
from widgets.pin import Pin
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.window.pane import Pane
    from recon.focus import FocusProfile

SLOT = "focus"
NO_GEOMETRY = said(
    "This radiograph has no geometry: where its focal spot stood is not known, so its points have no ray to search "
    "along. Click on a projection of the sweep instead."
)
NO_SWEEP = said("No sweep of this examination is open, in which the height of the point could be found.")
NOT_READY = said("The projections are still being filtered. Click again when they are ready.")


@dataclass(frozen=True)
class Marked:
    """A point in the common frame.

    Attributes
    ----------
    world : str
        Name of the frame (`Plane.world`).
    point : (x, y)
        Of a slice; not used with a ray.
    height_mm : float or None
        None while only the ray is known.
    ray : Ray or None
        It was clicked on a radiograph.
    """

    world: str
    point: Point
    height_mm: float | None
    ray: Ray | None = None

    def at(self, height_mm: float) -> Point:
        """Where it lies, or would lie, at a height."""
        return self.ray.at(height_mm) if self.ray is not None else self.point


class Points(QObject):
    """The one marked point of a window.

    Signals
    -------
    changed()
        The point or its sharpness profile changed.
    """

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.pin: Marked | None = None
        self.profile: FocusProfile | None = None
        self.sweep: str = ""
        """UID of the slices whose sweep the profile was computed from."""
        self.searching = False
        self.problem = ""
        """Why there is no profile for the point."""

    def follow(self) -> None:
        """Keep the marks in step with what is shown; after the panes and the window, which are then up to date."""
        session, window = self._session, self._window
        for pane in window.panes:
            pane.pinned.connect(self.take)
        session.height_changed.connect(lambda _: self.refresh())
        session.picture_changed.connect(lambda _: self.refresh())
        session.reading_changed.connect(lambda *_: self.refresh())
        session.maximised_changed.connect(self.refresh)
        window.opening.study_changed.connect(lambda _: self.clear())

    # -- what the user does ----------------------------------------------------------------------------------------

    def take(self, index: int, point: Point) -> None:
        """Mark a point of a viewport; on a radiograph or projection look for its height."""
        pane = self._window.panes[index]
        picture = pane.picture
        if picture is None:
            return
        self._window.compute.cancel(SLOT)
        self.profile, self.problem, self.searching = None, "", False
        plane = self._window.linker.plane(picture)
        if picture.is_slices:
            self.pin = Marked(plane.world, plane.placement.to_common(point), plane.height_mm)
            self._tell()
            return
        ray = ray_of(plane, point)
        if ray is None:
            self._refuse(NO_GEOMETRY)
            return
        self.pin = Marked(plane.world, point, None, ray)
        sweep = self._sweep_of(picture)
        if sweep is None:
            self._refuse(NO_SWEEP)
            return
        live: Any = self._session.follower.live(sweep.uid)
        if not hasattr(live, "integrals") or live.used_views.size < 2:
            self._refuse(NOT_READY)
            return
        self._search(sweep, live, ray)

    def choose(self, height_mm: float) -> None:
        """Put the point at a height of its ray, common frame, and show the slices there."""
        if self.pin is None:
            return
        self.pin = replace(self.pin, height_mm=height_mm)
        session = self._session
        uid = self.sweep if self.sweep in session.pictures else session.slices_on_screen()
        if uid is not None:
            session.set_height(uid, session.reading.of(uid).placement.height_from_common(height_mm))
        self._tell()

    def clear(self) -> bool:
        """Take the mark away; false if there is none."""
        if self.pin is None and not self.problem:
            return False
        self._window.compute.cancel(SLOT)
        self.pin = self.profile = None
        self.problem, self.searching = "", False
        self._tell()
        return True

    # -- looking for the height ------------------------------------------------------------------------------------

    def _sweep_of(self, picture: Picture) -> Picture | None:
        """The live slices of the examination that a radiograph belongs to; those on screen first."""
        pictures = self._session.pictures
        shown = self._session.slices_on_screen()
        first = [pictures[shown]] if shown is not None else []
        placed = self._session.reading.of(picture.uid).placement.origin != "none"
        for found in (*first, *pictures.values()):
            if found.is_live and (found.study_uid == picture.study_uid or (placed and found.uid == shown)):
                return found
        return None

    def _search(self, sweep: Picture, live: Any, ray: Ray) -> None:
        # Here, since it brings the filters with it, which no start should wait for.
        from recon.focus import focus_profile

        placement = self._session.reading.of(sweep.uid).placement

        def own(point: tuple[float, float, float]) -> tuple[float, float, float]:
            return (*placement.from_common(point[:2]), placement.height_from_common(point[2]))

        own_ray = Ray(own(ray.source_mm), own(ray.through_mm))
        self.sweep, self.searching = sweep.uid, True

        def take(profile: FocusProfile) -> None:
            self.searching, self.profile = False, profile
            if profile.best_mm is not None and profile.verdict in ("clear", "likely"):
                self.choose(placement.height_to_common(profile.best_mm))
            else:
                self._tell()

        def fail(error: Exception) -> None:
            self.searching, self.problem = False, sentence(error)
            self._tell()

        self._window.compute.submit(
            SLOT,
            lambda progress, _: focus_profile(live, own_ray, progress=progress),
            Callbacks(result=take, error=fail),
        )
        self._window.docks.show("depth")
        self._tell()

    def to_common(self, height_mm: float) -> float:
        """The common height of one of the profile's."""
        return self._session.reading.of(self.sweep).placement.height_to_common(height_mm)

    def _refuse(self, why: str) -> None:
        self.problem = why
        self._window.messages.tell(why)
        self._tell()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        self.refresh()
        self._window.update_actions()
        self.changed.emit()

    def retranslate(self) -> None:
        """Write the marks anew, in the language in use."""
        self.refresh()

    def refresh(self) -> None:
        """Mark the point in every picture."""
        for pane in self._window.panes:
            pane.viewport.set_pin(self._pin_in(pane))

    def _pin_in(self, pane: Pane) -> Pin | None:
        marked, picture = self.pin, pane.picture
        if marked is None or picture is None:
            return None
        plane = self._window.linker.plane(picture)
        if plane.world != marked.world and not plane.placed:
            return None
        if not plane.is_projection:
            return self._in_slices(marked, picture, plane)
        if marked.height_mm is not None:
            if plane.projection is None:
                return None
            place = shadow_of(plane, marked.height_mm, marked.at(marked.height_mm))
            return Pin(place) if place is not None else None
        if marked.ray is None or plane.source_mm is None or not np.allclose(plane.source_mm, marked.ray.source_mm):
            return None  # of the ray only the view that it was clicked in sees a single point
        low = 0.5 * plane.source_mm[2]
        place = shadow_of(plane, low, marked.ray.at(low))
        return Pin(place, tr("height not known"), here=False) if place is not None else None

    def _in_slices(self, marked: Marked, picture: Picture, plane: Plane) -> Pin:
        if marked.height_mm is None:
            place = plane.placement.from_common(marked.at(plane.height_mm))
            return Pin(place, tr("on the ray"), here=False)
        place = plane.placement.from_common(marked.at(marked.height_mm))
        reconstruction = self._session.reading.of(picture.uid).reconstruction
        reach = 0.5
        if reconstruction is not None:
            reach = max(0.5 * reconstruction.thickness_mm, 0.5 * reconstruction.interval_mm)
        off = marked.height_mm - plane.height_mm
        here = abs(off) <= reach + 1e-6
        return Pin(place, "" if here else tr("{0:+.0f} mm", off), here)
