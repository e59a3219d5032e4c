"""Keeps the viewports together: height, pan and zoom, window, cursor, each where it is switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject

from app.linking import Link, Plane, link
from app.session import LinkSwitches, Picture, Session
from app.session.planes import plane_of
from app.window.pane import Pane
from widgets.translation import tr
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

What = Literal["height", "pan_zoom", "window", "cine", "cursor"]


class Linker(QObject):
    """Carries what the user does in one pane to the others, while `linked` is on.

    What goes together is switched for each viewport (`Layout.links`): a pane takes part in what is on for it. Points
    and heights go through the common frame (`app.linking`).
    """

    def __init__(self, session: Session, panes: Sequence[Pane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panes = panes
        self._pointed: tuple[int, tuple[float, float]] | None = None
        self._carrying = False
        self.linked = True
        for pane in panes:
            pane.moved.connect(self._carry_view)
            pane.pointed.connect(self._carry_point)
            pane.windowed.connect(self._carry_window)
        session.height_changed.connect(self._carry_height)
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

    def switches(self, index: int) -> LinkSwitches:
        """What a pane does together with the others."""
        return self._session.layout.links[index]

    def link(self, first: Pane, second: Pane) -> Link | None:
        """The link between two panes' pictures as they are shown now; None when either is empty."""
        if first.picture is None or second.picture is None:
            return None
        return link(self.plane(first.picture), self.plane(second.picture))

    def plane(self, picture: Picture) -> Plane:
        """What linking needs to know of a picture as it is shown now."""
        return plane_of(self._session, picture)

    def others(self, index: int, what: What) -> list[Pane]:
        """The panes on screen that do something together with one."""
        origin = self._panes[index]
        if not self.linked or origin.picture is None or not getattr(self.switches(index), what):
            return []
        return [
            pane
            for pane in self._panes
            if pane.index != index
            and pane.isVisible()
            and pane.picture is not None
            and getattr(self.switches(pane.index), what)
        ]

    def _carry_view(self, index: int, transform: ViewTransform) -> None:
        origin = self._panes[index]
        for pane in self.others(index, "pan_zoom"):
            found = self.link(origin, pane)
            centre = found.forward(transform.centre_mm) if found is not None else None
            if found is None or centre is None:
                continue
            scale = transform.pixels_per_mm / found.magnification
            pane.viewport.set_transform(replace(pane.viewport.transform, centre_mm=centre, pixels_per_mm=scale))
            pane.write_corners()

    def _carry_height(self, uid: str) -> None:
        """Take the other slices along to the same height of the common frame."""
        if not self._carrying:
            common = self._session.common_height(uid)
            self._carrying = True
            try:
                for other in self._linked_slices(uid):
                    placement = self._session.reading.of(other).placement
                    self._session.set_height(other, placement.height_from_common(common))
            finally:
                self._carrying = False
        self._repeat_point()

    def _linked_slices(self, uid: str) -> list[str]:
        """Other slices on screen that go to the same height as those of a UID."""
        shown = [self._panes[index] for index in self._session.visible()]
        origin = next((pane for pane in shown if pane.uid == uid and self.switches(pane.index).height), None)
        if origin is None or origin.picture is None or not origin.picture.is_slices:
            return []
        found = {
            pane.uid: None
            for pane in self.others(origin.index, "height")
            if pane.uid is not None and pane.uid != uid and pane.picture is not None and pane.picture.is_slices
        }
        return list(found)

    def carried_with(self, uid: str) -> list[str]:
        """The slices that follow the height of those of a UID."""
        return self._linked_slices(uid)

    def played_with(self, uid: str) -> list[str]:
        """What cine plays together with a picture."""
        shown = [self._panes[index] for index in self._session.visible()]
        origin = next((pane for pane in shown if pane.uid == uid and self.switches(pane.index).cine), None)
        if origin is None:
            return []
        found = {
            pane.uid: None
            for pane in self.others(origin.index, "cine")
            if pane.uid != uid and pane.picture is not None and pane.picture.has_planes
        }
        return [other for other in found if other is not None]

    def _carry_window(self, index: int, window: Window | LutWindow) -> None:
        """Give the other panes' pictures the same window, where they show the same scale of values."""
        origin = self._panes[index].picture
        for pane in self.others(index, "window"):
            picture = pane.picture
            if origin is None or picture is None or picture.uid == origin.uid:
                continue
            if picture.source.info.unit == origin.source.info.unit and picture.kind == origin.kind:
                self._session.set_window(picture.uid, window, together=True)

    def _carry_point(self, index: int, point: tuple[float, float] | None) -> None:
        self._pointed = None if point is None else (index, point)
        self._panes[index].viewport.set_linked_point(None)
        taking_part = self.others(index, "cursor")
        for pane in self._panes:
            if pane.index != index and pane not in taking_part:
                pane.viewport.set_linked_point(None)
        for pane in taking_part:
            found = self.link(self._panes[index], pane) if point is not None else None
            place = found.forward(point) if found is not None and point is not None else None
            label = ""
            if found is not None and found.kind == "geometry" and not found.second.is_projection:
                label = tr("at {0:.0f} mm", found.second.height_mm)
            pane.viewport.set_linked_point(place, label)

    def _repeat_point(self) -> None:
        if self._pointed is not None:
            self._carry_point(*self._pointed)

    def refresh_notes(self) -> None:
        """Say on screen where a link is not exact."""
        for pane in self._panes:
            notes = []
            if pane.picture is not None and not pane.picture.is_slices:
                links = [self.link(pane, other) for other in self.others(pane.index, "pan_zoom")]
                notes = [found.note for found in links if found is not None and found.note]
            elif pane.picture is not None and self.others(pane.index, "height"):
                placement = self._session.reading.of(pane.picture.uid).placement
                if placement.origin == "user" and placement.z_mm:
                    notes = [tr("Heights linked with an offset of {0} mm", f"{placement.z_mm:+.1f}")]
            pane.set_link_note(notes[0] if notes else "")
