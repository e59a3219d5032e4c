"""What the actions do. Each method `_do_<id>` handles the action with that id (see `app.actions`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.actions import ACTIONS
from app.jobs import Callbacks
from app.session import Layout, sentence
from app.session.window_presets import window_presets
from app.window.exporting import export_slices
from widgets.view_transform import ViewTransform
from widgets.viewport_types import OverlayLevel, Tool

if TYPE_CHECKING:
    from app.main_window import MainWindow

ZOOM_STEP = 1.25
EXPORT = "export"
ONE_EXPORT = "Slices are being exported already. Wait until they are written, or cancel that export first."
COMPUTING = "The slices are still being computed. Stop the computation or wait until it is done, then export them."
NEXT_OVERLAY = {
    OverlayLevel.FULL: OverlayLevel.MINIMAL,
    OverlayLevel.MINIMAL: OverlayLevel.NONE,
    OverlayLevel.NONE: OverlayLevel.FULL,
}


class Handlers:
    """The handlers of one main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def table(self) -> dict[str, Callable[..., None]]:
        """The handler of every action by its id."""
        table: dict[str, Callable[..., None]] = {}
        for action in ACTIONS:
            if action.id.startswith("tool_"):
                table[action.id] = self._tool(Tool(action.id.removeprefix("tool_")))
            elif action.id.startswith("preset_"):
                table[action.id] = self._preset(int(action.id.removeprefix("preset_")))
            elif action.id.startswith("layout_"):
                rows, columns = action.id.removeprefix("layout_").split("x")
                table[action.id] = self._layout(int(rows), int(columns))
            else:
                table[action.id] = getattr(self, f"_do_{action.id}")
        return table

    def _tool(self, tool: Tool) -> Callable[..., None]:
        return lambda _checked=True: self._window.set_tool(tool)

    def _preset(self, number: int) -> Callable[..., None]:
        return lambda: self._use_preset(number)

    def _layout(self, rows: int, columns: int) -> Callable[..., None]:
        return lambda _checked=True: self._arrange(rows, columns)

    # -- file ------------------------------------------------------------------------------------------------------

    def _do_open_folder(self) -> None:
        dialog = self._dialog("Open a folder with studies")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda names: self._window.open_paths([Path(name) for name in names]))
        dialog.open()

    def _do_open_files(self) -> None:
        dialog = self._dialog("Open files or a DICOMDIR")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._window.open_paths([Path(name) for name in names]))
        dialog.open()

    def _do_open_demonstration(self) -> None:
        self._window.opening.open_demonstration()

    def _do_geometry(self) -> None:
        self._window.geometry_flow.ask_again()

    def _do_save_picture(self) -> None:
        pane = self._window.active_pane
        dialog = self._dialog("Save the picture as PNG")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PNG pictures (*.png)")
        dialog.setDefaultSuffix("png")
        dialog.fileSelected.connect(lambda name: self.save_picture(pane.index, Path(name)))
        dialog.open()

    def save_picture(self, pane: int, path: Path) -> None:
        """Save what a viewport shows."""
        if self._window.panes[pane].viewport.rendered_image().save(str(path), "PNG"):  # type: ignore[call-overload]
            self._window.tell_status(f"The picture was saved as {path}.")
        else:
            self._window.messages.tell(f"{path}: the picture could not be written. Choose another folder.")

    def _do_export_slices(self) -> None:
        dialog = self._dialog("Choose where the folder with the slices goes")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.export_slices(Path(name)))
        dialog.open()

    def export_slices(self, folder: Path) -> None:
        """Write the slices on screen as DICOM, in the background."""
        window = self._window
        session = window.session
        uid = session.slices_on_screen()
        picture = session.pictures.get(uid) if uid is not None else None
        if uid is None or picture is None:
            return
        reconstruction = session.reading.of(uid).reconstruction
        if reconstruction is None:
            return
        if window.exports.is_busy(EXPORT):
            window.messages.tell(ONE_EXPORT)
            return
        computation = session.follower.computation(uid)
        if computation is not None and computation.state == "running":
            window.messages.tell(COMPUTING)
            return
        entry = window.opening.entry(uid)
        shown = session.window(uid)

        def done(text: str) -> None:
            window.show_work(None)
            window.messages.tell(text)

        def failed(error: Exception) -> None:
            window.show_work(None)
            window.messages.tell(sentence(error))

        def show(fraction: float, _text: str = "") -> None:
            window.show_work("Exporting slices", fraction, lambda: window.exports.cancel(EXPORT))

        window.exports.submit(
            EXPORT,
            lambda progress, _: export_slices(folder, picture, reconstruction, shown, entry, progress),
            Callbacks(result=done, error=failed, progress=show, stopped=lambda: window.show_work(None)),
        )
        show(0.0)

    def _do_quit(self) -> None:
        self._window.close()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._window.start_folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    # -- edit ------------------------------------------------------------------------------------------------------

    def _do_undo(self) -> None:
        self._window.session.stack.undo()

    def _do_redo(self) -> None:
        self._window.session.stack.redo()

    def _do_remove_measurement(self) -> None:
        self._window.active_pane.viewport.remove_selected()

    def _do_remove_all_measurements(self) -> None:
        picture = self._window.session.active_picture
        if picture is not None:
            self._window.session.remove_measurements(picture.uid)

    def _do_preferences(self) -> None:
        self._window.show_preferences()

    # -- tools -----------------------------------------------------------------------------------------------------

    def _do_default_tool(self) -> None:
        """One step back: the drawing, the tool, the full screen, the maximised view."""
        window = self._window
        if window.cancel_drawing() or window.geometry_flow.keep_present():
            return
        if window.tool is not Tool.WINDOW:
            window.set_tool(Tool.WINDOW)
        elif window.isFullScreen():
            window.set_full_screen(False)
        elif window.session.maximised is not None:
            self._do_maximise(False)
        else:
            window.active_pane.viewport.select_measurement("")

    # -- image -----------------------------------------------------------------------------------------------------

    def _do_auto_window(self) -> None:
        session = self._window.session
        picture = session.active_picture
        if picture is not None:
            session.measure_window(picture.uid, take_over=True)

    def _use_preset(self, number: int) -> None:
        session = self._window.session
        picture = session.active_picture
        if picture is not None:
            presets = window_presets(picture, session.automatic(picture.uid))
            if number <= len(presets):
                session.set_window(picture.uid, presets[number - 1].window)

    def _do_invert(self, inverted: bool) -> None:
        picture = self._window.session.active_picture
        if picture is not None:
            # Pictures whose file says that low values are white start exchanged; that is their own way round.
            self._window.session.set_inverted(picture.uid, inverted != picture.inverted)

    def _do_flip_horizontal(self) -> None:
        self._turn(lambda transform: transform.mirrored())

    def _do_flip_vertical(self) -> None:
        self._turn(lambda transform: transform.upended())

    def _do_rotate_right(self) -> None:
        self._turn(lambda transform: transform.rotated(1))

    def _do_rotate_left(self) -> None:
        self._turn(lambda transform: transform.rotated(-1))

    def _do_reset_orientation(self) -> None:
        self._turn(lambda transform: transform.upright())

    def _turn(self, change: Callable[[ViewTransform], ViewTransform]) -> None:
        view = self._window.active_pane.viewport
        fitted = view.fitted
        view.navigate(change(view.transform))
        if fitted:
            view.fit()

    # -- slices ----------------------------------------------------------------------------------------------------

    def _do_height_up(self) -> None:
        self._step(1)

    def _do_height_down(self) -> None:
        self._step(-1)

    def _do_height_up_5(self) -> None:
        self._step(5)

    def _do_height_down_5(self) -> None:
        self._step(-5)

    def _do_height_first(self) -> None:
        self._go(lambda reconstruction: reconstruction.low_mm)

    def _do_height_last(self) -> None:
        self._go(lambda reconstruction: reconstruction.high_mm)

    def _step(self, steps: int) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.step_height(uid, steps)

    def _go(self, end: Callable[..., float]) -> None:
        session = self._window.session
        uid = session.slices_on_screen()
        reconstruction = session.reading.of(uid).reconstruction if uid is not None else None
        if uid is not None and reconstruction is not None:
            session.set_height(uid, end(reconstruction))

    def _do_thicker(self) -> None:
        self._thickness(1)

    def _do_thinner(self) -> None:
        self._thickness(-1)

    def _thickness(self, steps: int) -> None:
        pane = self._window.slices_pane()
        if pane is not None:
            pane.step_thickness(steps)

    def _do_play(self, play: bool) -> None:
        self._window.set_playing(play)

    def _do_compute(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.compute(uid)

    def _do_stop_computing(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.stop_and_keep(uid)

    def _do_views(self) -> None:
        self._window.docks.show_views()

    def _do_cancel_reconstruction(self) -> None:
        uid = self._window.session.slices_on_screen()
        if uid is not None:
            self._window.session.follower.cancel(uid)

    # -- view ------------------------------------------------------------------------------------------------------

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

    def _do_link(self, linked: bool) -> None:
        self._window.linker.set_linked(linked)
        self._window.settings.change(linked=linked)

    def _arrange(self, rows: int, columns: int) -> None:
        layout = self._window.session.layout
        self._window.session.set_layout(Layout(rows, columns, layout.hung))

    def _do_next_viewport(self) -> None:
        session = self._window.session
        shown = session.visible()
        at = shown.index(session.active) if session.active in shown else -1
        session.set_active(shown[(at + 1) % len(shown)])

    def _do_maximise(self, maximise: bool) -> None:
        session = self._window.session
        session.set_maximised(session.active if maximise else None)

    def _do_overlay(self) -> None:
        level = NEXT_OVERLAY[OverlayLevel(self._window.settings.current.overlay_level)]
        self._window.settings.change(overlay_level=level.value)
        self._window.apply_settings()

    def _do_full_screen(self, full: bool) -> None:
        self._window.set_full_screen(full)

    # -- help ------------------------------------------------------------------------------------------------------

    def _do_shortcuts(self) -> None:
        self._window.show_help()

    def _do_about(self) -> None:
        self._window.show_about()
