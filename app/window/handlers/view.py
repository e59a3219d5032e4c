"""Zoom, links, arrangement."""

from __future__ import annotations

from dataclasses import replace

from app.actions.view import GRIDS
from app.reading.layout import leaves
from app.session import Layout
from app.window.handlers.group import Group, Handler
from recon.messages import said
from widgets.translation import tr
from widgets.viewport_types import OverlayLevel

ZOOM_STEP = 1.25
NEXT_OVERLAY = {
    OverlayLevel.FULL: OverlayLevel.MINIMAL,
    OverlayLevel.MINIMAL: OverlayLevel.NONE,
    OverlayLevel.NONE: OverlayLevel.FULL,
}


class ViewHandlers(Group):
    """Zoom, links, arrangement."""

    def table(self) -> dict[str, Handler]:
        """The handlers, those of the grids and links among them."""
        grids = {f"layout_{rows}x{columns}": self._grid(rows, columns) for rows, columns in GRIDS}
        links = {f"link_{name}": self._link(name) for name in ("height", "pan_zoom", "window", "cine", "cursor")}
        return {**super().table(), **grids, **links}

    # -- zoom ------------------------------------------------------------------------------------------------------

    def _do_fit(self) -> None:
        self._window.active_pane.viewport.fit()

    def _do_one_to_one(self) -> None:
        self._window.active_pane.viewport.one_to_one()

    def _do_zoom_in(self) -> None:
        self._zoom(ZOOM_STEP)

    def _do_zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP)

    def _zoom(self, factor: float) -> None:
        view = self._window.active_pane.viewport
        view.navigate(view.transform.zoomed_about(view.transform.centre_mm, factor))

    # -- links -----------------------------------------------------------------------------------------------------

    def _do_link(self, linked: bool) -> None:
        self._window.linker.set_linked(linked)
        self._window.settings.change(linked=linked)
        self._window.update_actions()

    def _link(self, name: str) -> Handler:
        def change(on: bool) -> None:
            session = self._window.session
            links = replace(session.layout.links[session.active], **{name: on})
            session.set_layout(session.layout.with_links(session.active, links), said("links of a viewport"))

        return change

    def _do_link_here(self) -> None:
        """Take the heights that are on screen now as the same place."""
        session = self._window.session
        first = session.active_picture
        others = [session.hung(pane) for pane in session.visible() if pane != session.active]
        second = next((found for found in others if found is not None and found.is_slices), None)
        if first is None or not first.is_slices or second is None or first.uid == second.uid:
            self._window.tell_status(
                tr("Heights are linked between two different slices on screen; there is only one.")
            )
            return
        placement = session.reading.of(first.uid).placement
        offset = session.common_height(second.uid) - session.height(first.uid)
        session.set_placement(first.uid, replace(placement, z_mm=offset, origin="user"))
        self._window.tell_status(tr("The heights on screen are linked, {0} mm apart.", f"{abs(offset):.1f}"))

    def _do_unlink_offset(self) -> None:
        session = self._window.session
        picture = session.active_picture
        if picture is not None:
            placement = session.reading.of(picture.uid).placement
            session.set_placement(picture.uid, replace(placement, z_mm=0.0))

    # -- arrangement -----------------------------------------------------------------------------------------------

    def _grid(self, rows: int, columns: int) -> Handler:
        return lambda _checked=True: self._arrange(self._window.session.layout.with_grid(rows, columns))

    def _arrange(self, layout: Layout) -> None:
        self._window.session.set_maximised(None)  # Else nothing of it would be seen.
        self._window.session.set_layout(layout)
        self._window.update_actions()  # The choice may change nothing, and then is not told.

    def _do_split_right(self) -> None:
        self._split(beside=True)

    def _do_split_below(self) -> None:
        self._split(beside=False)

    def _split(self, *, beside: bool) -> None:
        session = self._window.session
        new = session.layout.free_pane()
        if new is not None:
            layout = session.layout.split(session.active, beside, new)
            if layout.hung[new] is None:
                layout = layout.with_hung(new, layout.hung[session.active])
            self._arrange(layout)

    def _do_close_viewport(self) -> None:
        session = self._window.session
        self._arrange(session.layout.closed(session.active))

    def _do_move_out(self) -> None:
        session = self._window.session
        layout = session.layout
        inside = session.active in leaves(layout.root)
        self._arrange(layout.moved_out(session.active) if inside else layout.moved_in(session.active))

    def _do_hanging_protocols(self) -> None:
        from app.window.hanging_page import HangingPage

        self._window.pages.show("hangings", lambda window: HangingPage(window.hangings, window))

    def _do_duplicate_slices(self) -> None:
        """Show the slices a second time, with parameters of their own, in the next viewport."""
        session = self._window.session
        uid = session.slices_on_screen()
        if uid is None:
            return
        layout = session.layout
        beside = [pane for pane in layout.panes if pane != session.active]
        pane: int | None
        if beside:
            pane = next((pane for pane in beside if layout.hung[pane] is None), beside[0])
        else:
            pane = layout.free_pane()
            if pane is not None:
                self._arrange(layout.split(session.active, True, pane))
        session.duplicates.make(uid, pane)

    def _do_next_viewport(self) -> None:
        self._step_viewport(1)

    def _do_previous_viewport(self) -> None:
        self._step_viewport(-1)

    def _step_viewport(self, step: int) -> None:
        session = self._window.session
        shown = session.visible()
        at = shown.index(session.active) if session.active in shown else -1
        session.set_active(shown[(at + step) % len(shown)])

    def _do_maximise(self, maximise: bool) -> None:
        session = self._window.session
        session.set_maximised(session.active if maximise else None)

    def _do_overlay(self) -> None:
        level = NEXT_OVERLAY[OverlayLevel(self._window.settings.current.overlay_level)]
        self._window.settings.change(overlay_level=level.value)
        self._window.apply_settings()

    def _do_full_screen(self, full: bool) -> None:
        self._window.set_full_screen(full)
