"""Keeps the viewports of one patient together: pan and zoom in world millimetres, and the point under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from app.linking import Link, Plane, link
from app.session import Picture, Session
from app.window.pane import Pane
from widgets.view_transform import ViewTransform


class Linker(QObject):
    """Carries gestures from one pane to the others while `linked` is on."""

    def __init__(self, session: Session, panes: Sequence[Pane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panes = panes
        self._pointed: tuple[int, tuple[float, float]] | None = None
        self.linked = True
        for pane in panes:
            pane.moved.connect(self._carry_view)
            pane.pointed.connect(self._carry_point)
        session.height_changed.connect(lambda _: self._repeat_point())
        session.reading_changed.connect(lambda *_: self.refresh_notes())
        session.picture_changed.connect(lambda _: self.refresh_notes())

    def set_linked(self, linked: bool) -> None:
        """Link or part the viewports; linking takes over the active one's place and zoom."""
        self.linked = linked
        self.refresh_notes()
        if linked:
            pane = self._panes[self._session.active]
            self._carry_view(pane.index, pane.viewport.transform)
        else:
            for pane in self._panes:
                pane.viewport.set_linked_point(None)

    def link(self, first: Pane, second: Pane) -> Link | None:
        """The link between two panes' pictures as they are shown now; None when either is empty."""
        if first.picture is None or second.picture is None:
            return None
        return link(self._plane(first.picture), self._plane(second.picture))

    def _plane(self, picture: Picture) -> Plane:
        info = picture.source.info
        projection = not picture.is_slices
        height = self._session.height(picture.uid)
        if projection:
            slices = self._session.slices_on_screen()
            height = self._session.height(slices) if slices is not None else 0.0
        centre = picture.source.footprint(0.0 if projection else height).centre
        # The plain radiograph belongs to the sweep of its study: detector and patient stood still. A stored
        # volume has an origin of its own.
        world = picture.world if picture.kind == "volume" else picture.study_uid
        geometry = picture.geometry if projection else None
        return Plane(height, projection, geometry, centre, info.patient, world, picture.length_unit == "mm")

    def _others(self, index: int) -> list[Pane]:
        shown = [pane for pane in self._panes if pane.index != index and pane.isVisible() and pane.picture is not None]
        return shown if self._panes[index].picture is not None else []

    def _carry_view(self, index: int, transform: ViewTransform) -> None:
        if not self.linked:
            return
        origin = self._panes[index]
        for pane in self._others(index):
            found = self.link(origin, pane)
            centre = found.forward(transform.centre_mm) if found is not None else None
            if found is None or centre is None:
                continue
            scale = transform.pixels_per_mm / found.magnification
            pane.viewport.set_transform(replace(pane.viewport.transform, centre_mm=centre, pixels_per_mm=scale))
            pane.write_corners()

    def _carry_point(self, index: int, point: tuple[float, float] | None) -> None:
        self._pointed = None if point is None else (index, point)
        for pane in self._panes:
            if pane.index == index:
                pane.viewport.set_linked_point(None)
        for pane in self._others(index):
            found = self.link(self._panes[index], pane) if self.linked and point is not None else None
            place = found.forward(point) if found is not None and point is not None else None
            label = ""
            if found is not None and found.kind == "geometry" and not found.second.is_projection:
                label = f"at {found.second.height_mm:.0f} mm"
            pane.viewport.set_linked_point(place, label)

    def _repeat_point(self) -> None:
        if self._pointed is not None:
            self._carry_point(*self._pointed)

    def refresh_notes(self) -> None:
        """Say on screen where a link is not exact."""
        for pane in self._panes:
            notes = []
            if self.linked and pane.picture is not None and not pane.picture.is_slices:
                links = [self.link(pane, other) for other in self._others(pane.index)]
                notes = [found.note for found in links if found is not None and found.note]
            pane.set_link_note(notes[0] if notes else "")
