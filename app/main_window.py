"""The main window: puts the parts together. State lives in the session, pictures in the viewports."""

from __future__ import annotations

import importlib
import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMenuBar, QToolBar, QVBoxLayout, QWidget

from app.actions import Context
from app.actions.view import GRIDS
from app.hanging import HangingStore
from app.imports import prepare_dicom, prepare_numerics
from app.jobs import Callbacks, Worker
from app.pictures.exporter import PictureExporter
from app.pictures.stage import Stage
from app.reading.layout import Node, leaves
from app.session import PANES, Busy, Reading, Services, Session, sentence
from app.session.memory import MemoryKeeper
from app.session.opening import Opening
from app.session.synthetic import SyntheticMaker
from app.session.window_presets import presets_on_keys
from app.settings import SettingsStore
from app.shortcuts import effective_keys
from app.window.chrome import Chrome
from app.window.cine_player import CinePlayer
from app.window.compare_flow import CompareFlow
from app.window.displays import Displays
from app.window.docks import Docks
from app.window.document_flow import DocumentFlow
from app.window.evidence_flow import EvidenceFlow
from app.window.geometry_banner import GeometryBanner
from app.window.geometry_flow import GeometryFlow
from app.window.handlers import Handlers
from app.window.hanging_menu import Hangings
from app.window.hints import HintBar
from app.window.journal import Journal, folder_of
from app.window.linker import Linker
from app.window.menus import ActionSet
from app.window.message_bar import MessageBar
from app.window.network import Network
from app.window.pages import Pages
from app.window.palette import Palette
from app.window.pane import Pane
from app.window.points import Points
from app.window.receiver_flow import ReceiverFlow
from app.window.slabs import FULL_DETAIL_MS
from app.window.status import Status
from app.window.viewport_grid import ViewportGrid, ViewportWindow
from app.window.worklist_service import Worklist
from recon.progress import Progress
from widgets.interpolation import interpolation_of
from widgets.theme import set_theme
from widgets.translation import install, mark, shown, tr
from widgets.viewport_types import OverlayLevel, Tool
from widgets.window import LutWindow, Window

WARM = (
    *("app.dicom.read", "app.protocols", "recon.live", "recon.corrections", "recon.quality.thickness"),
    *("widgets.window_kernel", "widgets.magnify"),
)
"""Modules that the first picture needs; read by the thread that is in nobody's way."""
EMPTY_TITLE = mark("Open a study")
EMPTY_DETAIL = mark(
    "Drop a folder or files here, choose File ▸ Open Folder (Ctrl+Shift+O), "
    "or File ▸ Open Demonstration Case to see a chest."
)


class MainWindow(QMainWindow):
    """The workstation's window.

    Parameters
    ----------
    settings : SettingsStore, optional
        The user's own if not given.
    services : Services, optional
        What opens and reconstructs; tests give their own.
    """

    def __init__(self, settings: SettingsStore | None = None, services: Services | None = None) -> None:
        super().__init__()
        self.settings = settings if settings is not None else SettingsStore()
        install(self.settings.current.language)
        self.setObjectName("main")
        self.setWindowTitle("Bocage")
        self.setAcceptDrops(True)
        services = services if services is not None else Services()
        self.compute = Worker("compute", self)
        self.background = Worker("background", self, behind=True)
        self.loading = Worker("loading", self, behind=True)
        self.thumbnails = Worker("thumbnails", self, behind=True)
        self.exports = Worker("export", self, behind=True)
        self._workers = (self.compute, self.background, self.loading, self.thumbnails, self.exports)
        self.session = Session(self.compute, self.background, self)
        self.hanging = HangingStore(self.settings.path.parent / "hanging")
        self.opening = Opening(self.session, self.loading, self.thumbnails, services, self.hanging, self)
        self.tool = Tool.WINDOW
        self.panes = [Pane(self.session, self.compute, index) for index in range(PANES)]
        self.memory = MemoryKeeper(self.session, self)
        self.linker = Linker(self.session, self.panes, self)
        self.cine = CinePlayer(self.session, self)
        self.cine.together, self.cine.carried = self.linker.played_with, self.linker.carried_with
        self.cine.places = self._places
        self.points = Points(self)
        self.synthetic = SyntheticMaker(self.session, self.background, self)
        for pane in self.panes:
            pane.slabs.upcoming_mm = self.cine.upcoming_mm
        self.messages = MessageBar()
        self.grid = ViewportGrid(self.panes)
        self._build_centre()
        self.comparisons = CompareFlow(self)
        self.geometry_flow = GeometryFlow(self.session, self.opening, self.panes, self.background, services, self)
        self.handlers = Handlers(self)
        self.action_set = ActionSet(self, self.handlers.table(), self.grid)
        self.hangings = Hangings(self)
        self.pictures = PictureExporter(self)
        self.thumbnails_of_key_images: dict[str, QPixmap] = {}
        """Small pictures that were made already, by the id of the key image."""
        self.status = Status(self)
        self.displays = Displays(self)
        self.pages = Pages(self)
        self.network = Network(self)
        self.receiver = ReceiverFlow(self)
        self.worklist = Worklist(self)
        self.evidence = EvidenceFlow(self)
        self.documents = DocumentFlow(self)
        self._build_toolbar()
        self.chrome = Chrome(self)
        self.build_chrome()
        self.action_set["tool_window"].setChecked(True)
        self._connect()
        self.points.follow()
        self.apply_settings()
        self.arrange()
        self._restore_layout()
        self.journal = Journal(self, folder_of(self))

    # -- construction ----------------------------------------------------------------------------------------------

    def _build_centre(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        self.geometry_banner = GeometryBanner(self)
        layout.addWidget(self.geometry_banner)
        layout.addWidget(self.grid, 1)
        self.hints = HintBar(self)
        layout.addWidget(self.hints)
        self.setCentralWidget(centre)

    def _build_toolbar(self) -> None:
        self.toolbar = QToolBar(tr("Toolbar"))
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.action_set.build_toolbar(self.toolbar)
        self.addToolBar(self.toolbar)

    def build_chrome(self) -> None:
        """Make what is made anew when the language changes."""
        with self.chrome.building():
            self.docks = Docks(self)
            self._build_menus()
            self.palette_box = Palette(self)

    def _build_menus(self) -> None:
        self.setMenuBar(QMenuBar())
        self._recent = QMenu(tr("&Recent Studies"), self)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._hanging = QMenu(tr("&Hanging"), self)
        self._hanging.aboutToShow.connect(lambda: self.hangings.fill(self._hanging))
        self._presentations = QMenu(tr("Presentati&on"), self)
        self._presentations.aboutToShow.connect(lambda: self.evidence.fill(self._presentations))
        self.action_set.build_menus({"file": self._add_recent, "view": self._add_to_view})

    def _add_recent(self, menu: QMenu) -> None:
        menu.insertMenu(self.action_set["elements"], self._recent)

    def _add_to_view(self, menu: QMenu) -> None:
        menu.insertMenu(self.action_set["hanging_protocols"], self._hanging)
        menu.insertMenu(self.action_set["hanging_protocols"], self._presentations)
        self.docks.add_to_menu(menu)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for name in self.settings.current.recent:
            path = Path(name)
            action = self._recent.addAction(path.name or name)
            action.setToolTip(name)
            action.triggered.connect(lambda _=False, path=path: self.open_paths([path]))
        if self._recent.isEmpty():
            self._recent.addAction(tr("No studies opened yet")).setEnabled(False)

    def _connect(self) -> None:
        session = self.session
        session.reading_changed.connect(self._reading_changed)
        session.maximised_changed.connect(self.arrange)
        session.picture_changed.connect(lambda _: self.arrange())
        session.active_changed.connect(self._active_changed)
        session.undo_changed.connect(self.update_actions)
        session.window_changed.connect(lambda _: self.update_actions())
        session.failed.connect(lambda _, text: self.messages.tell(text))
        session.busy_changed.connect(self.status.show_busy)
        session.computing_changed.connect(lambda _: self.update_actions())
        self.opening.failed.connect(self.messages.tell)
        self.opening.busy_changed.connect(self.status.show_opening)
        self.opening.busy_changed.connect(self._invite)
        self.opening.study_changed.connect(lambda _: self.cine.stop())
        self.opening.turned.connect(self._turn_panes)
        self.cine.playing_changed.connect(self.action_set["play"].setChecked)
        self.cine.pace_changed.connect(self._pace_changed)
        self.grid.resized.connect(self._root_resized)
        self.grid.outside_resized.connect(self._outside_resized)
        self.grid.outside_closed.connect(self._outside_closed)
        self.grid.opened = self._outside_opened
        for pane in self.panes:
            pane.menu_wanted.connect(lambda place: self.action_set.context_menu(self).popup(place))
            pane.paths_dropped.connect(self.open_paths)
            pane.series_dropped.connect(lambda index, uid: self.opening.show_series(uid, index))
            pane.maximise_wanted.connect(self._toggle_maximised)
            pane.selection_changed.connect(self.update_actions)
            pane.viewport.measurement_added.connect(self._measured)
            pane.viewport.marker_drawn.connect(lambda _: self.set_tool(Tool.WINDOW))
            pane.picture_shown.connect(self._picture_shown)

    def warm_up(self) -> None:
        """Prepare in the background what the first study will need, while the user still looks for it."""

        def work(progress: Progress, _: object) -> None:
            prepare_dicom()
            prepare_numerics()
            for name in WARM:
                importlib.import_module(name)
            importlib.import_module("app.protocols").protocols()  # files that the panel would read
            importlib.import_module("app.warmup").compile_kernels(progress)

        told = Callbacks(
            progress=lambda _, text: self.statusBar().showMessage(shown(text), 1000),
            error=lambda error: self.messages.tell(sentence(error)),
        )
        self.background.submit("warm-up", work, told)

    # -- what is open ----------------------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path], study: str = "") -> None:
        """Open folders and files; of several studies in them the one with a UID is hung."""
        if paths:
            self.messages.clear()
            self.settings.remember_opened(Path(paths[0]).absolute())
            self.opening.open([Path(path) for path in paths], study)

    def send(self, paths: Sequence[Path], title: str = "") -> None:
        """Offer files to be sent to a server."""
        self.network.send(paths, title)

    def start_folder(self) -> str:
        """Where file dialogs open: where the user was last, else home."""
        remembered = self.settings.current.start_folder
        return remembered if remembered and Path(remembered).is_dir() else str(Path.home())

    @property
    def active_pane(self) -> Pane:
        """The active viewport's place."""
        return self.panes[self.session.active]

    def _places(self, uid: str) -> set[int]:
        """Where a picture is on screen."""
        return {index for index in self.session.visible() if self.panes[index].uid == uid}

    def slices_pane(self) -> Pane | None:
        """The place whose slices the reconstruction controls act on."""
        uid = self.session.slices_on_screen()
        places = (self.active_pane, *(self.panes[index] for index in self.session.visible()))
        return next((pane for pane in places if uid is not None and pane.uid == uid), None)

    @property
    def settled(self) -> bool:
        """Whether everything on screen is there in full detail and nothing is on its way."""
        shown = all(self.panes[index].settled for index in self.session.visible())
        return shown and not any(worker.is_busy() for worker in self._workers)

    # -- following the session -------------------------------------------------------------------------------------

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        self.arrange()
        if old.layout != new.layout:
            self.opening.load_layout(new.layout)

    def arrange(self) -> None:
        """Bring the viewports to what the session has hung."""
        layout = self.session.layout
        places = layout.panes
        focused = QApplication.focusWidget()
        reading = any(pane is focused or pane.isAncestorOf(focused) for pane in self.panes if focused is not None)
        for pane in self.panes:
            if pane.index not in places:
                pane.hang(None)
        active = self.session.active
        self.grid.arrange_all(layout, self.session.visible())
        if reading:
            # Qt gives the keys of a viewport that is taken out to whatever is next, as a list that the arrows change.
            self.session.set_active(active)
            self._focus_active()
        for pane in self.panes:
            if pane.index in places:
                pane.hang(layout.hung[pane.index])
        self._invite(None)
        self.linker.refresh_notes()
        self.comparisons.refresh()
        self.update_actions()

    def _root_resized(self, root: Node) -> None:
        self.session.set_layout(replace(self.session.layout, root=root), merge_key="borders")

    def _outside_resized(self, number: int, node: Node) -> None:
        outside = list(self.session.layout.outside)
        outside[number] = node
        self.session.set_layout(replace(self.session.layout, outside=tuple(outside)), merge_key="borders")

    def _outside_closed(self, number: int) -> None:
        layout = self.session.layout
        if number < len(layout.outside):
            for pane in leaves(layout.outside[number]):
                layout = layout.moved_in(pane)
            self.session.set_layout(layout)

    def _outside_opened(self, window: ViewportWindow, number: int) -> None:
        self.action_set.attach(window)
        window.setWindowIcon(self.windowIcon())
        geometry = self.settings.layout(f"outside-{number}")
        if geometry is None or not window.restoreGeometry(geometry):
            # On another monitor, if there is one: that is what it is for.
            screens = [screen for screen in self.screen().virtualSiblings() if screen is not self.screen()]
            if screens:
                window.setGeometry(screens[number % len(screens)].availableGeometry())

    def _turn_panes(self) -> None:
        """The way round that the study's hanging asks for, and nothing left from the study before."""
        for pane in self.panes:
            turns, horizontal, vertical = self.opening.orientations.get(pane.index, (0, False, False))
            pane.viewport.set_transform(
                replace(
                    pane.viewport.transform,
                    quarter_turns=turns,
                    flip_horizontal=horizontal,
                    flip_vertical=vertical,
                )
            )

    def _invite(self, busy: Busy | None) -> None:
        """Say in the empty window what to do, or what is being done."""
        if not self.opening.study and not any(self.session.layout.hung):
            title, detail = (tr(EMPTY_TITLE), tr(EMPTY_DETAIL)) if busy is None else (tr("{0}…", shown(busy.text)), "")
            self.panes[0].viewport.set_empty_message(title, detail)
            self.panes[1].viewport.set_empty_message("", "")

    def _focus_active(self) -> None:
        viewport = self.active_pane.viewport
        if viewport.window() is not QApplication.activeWindow() and QApplication.activeWindow() is not None:
            viewport.activateWindow()
        viewport.setFocus()

    def _active_changed(self, index: int) -> None:
        self.panes[index].viewport.setFocus()
        self.update_actions()

    def _toggle_maximised(self, index: int) -> None:
        self.session.set_active(index)
        self.session.set_maximised(None if self.session.maximised is not None else index)

    def _pace_changed(self, frame_ms: float) -> None:
        """Let pictures in motion take no longer than cine has for a frame; the rest goes into showing them."""
        together = max(1, len(self.session.visible()))  # they are computed one after another
        for pane in self.panes:
            pane.slabs.moving_ms = min(FULL_DETAIL_MS, 0.6 * frame_ms / together) if frame_ms else math.inf

    def _picture_shown(self, index: int, taken_ms: float) -> None:
        self.status.show_time(taken_ms, self.panes[index])
        pane = self.panes[index]
        if pane.uid is not None:
            self.cine.picture_shown(index, pane.uid, pane.slabs.shown_mm)

    _context: Context | None = None

    def update_actions(self) -> None:
        """Bring menus and toolbar up to date."""
        session = self.session
        picture = session.active_picture
        state = session.reading.of(picture.uid) if picture is not None else None
        presets = presets_on_keys(session)
        window = session.window(picture.uid) if picture is not None else None
        slices = session.slices_on_screen()
        computation = session.follower.computation(slices) if slices is not None else None
        stack = session.stack
        chosen = self.active_pane.viewport.selected_measurement
        context = Context(
            study=bool(self.opening.study),
            picture=picture is not None,
            slices=slices is not None,
            stack=session.stack_on_screen() is not None,
            sweep=session.sweep_on_screen() is not None,
            live=slices is not None and session.pictures[slices].is_live,
            selected=bool(self.active_pane.viewport.selected),
            pin=self.points.pin is not None,
            radiograph=picture is not None and not picture.is_slices,
            calibrated=state is not None and state.calibration is not None,
            line_selected=chosen is not None and chosen.kind in ("length", "ellipse"),
            copied=self.handlers.measure.has_copy,
            measurements=bool(state.measurements) if state is not None else False,
            undo=stack.undo_text,
            redo=stack.redo_text,
            viewports=session.layout.count,
            pictures=sum(session.hung(index) is not None for index in session.visible()),
            presets=len(presets),
            scaled=picture is not None and self.active_pane.viewport.scale.unit == "mm",
            table_window=isinstance(window, LutWindow),
            computation=computation.state if computation is not None else "",
            can_compute=computation is not None and computation.can_start,
            comparing=self.active_pane.comparing.comparison is not None,
            comparable=len(session.pictures) > 1,
            one_slice=computation is not None and not computation.possible,
            saved_reading=self.evidence.has_reading,
        )
        if context != self._context:  # milliseconds, and asked for often
            self._context = context
            self.action_set.update(context)
        self.hints.update_context(context)
        for number in range(1, 10):
            title = presets[number - 1].title if number <= len(presets) else "–"
            self.action_set[f"preset_{number}"].setText(tr("Window &{0}: {1}", number, shown(title)))
            self.action_set[f"preset_{number}"].setVisible(number <= max(len(presets), 1))
        inverted = picture is not None and state is not None and state.inverted != picture.inverted
        self.action_set["invert"].setChecked(inverted)
        self.action_set["sigmoid"].setChecked(isinstance(window, Window) and window.function == "sigmoid")
        self.action_set["cine_every_frame"].setChecked(self.cine.cine.every_frame)
        self.action_set["maximise"].setChecked(session.maximised is not None)
        self.action_set["link"].setChecked(self.linker.linked)
        for rows, columns in GRIDS:
            self.action_set[f"layout_{rows}x{columns}"].setChecked(session.layout.is_grid(rows, columns))
        for name, on in asdict(session.layout.links[session.active]).items():
            self.action_set[f"link_{name}"].setChecked(on)

    # -- tools and playing -----------------------------------------------------------------------------------------

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left mouse button does in every viewport."""
        self.tool = tool
        for pane in self.panes:
            pane.viewport.set_tool(tool)
        name = f"tool_{tool.value}"
        self.action_set[name].setChecked(True)

    def _measured(self) -> None:
        if not self.settings.current.keep_tool:
            self.set_tool(Tool.WINDOW)

    def cancel_drawing(self) -> bool:
        """Give up a measurement that is being drawn; false if there is none."""
        for pane in self.panes:
            escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            pane.viewport.keyPressEvent(escape)
            if escape.isAccepted():
                return True
        return False

    def set_playing(self, play: bool) -> None:
        """Start or stop cine."""
        uid = self.session.stack_on_screen()
        if play and uid is not None:
            self.cine.play(uid)
        else:
            self.cine.stop(uid)
            self.action_set["play"].setChecked(False)

    # -- settings and pages ----------------------------------------------------------------------------------------

    def apply_settings(self) -> None:
        """Bring the window up to date with the settings."""
        current = self.settings.current
        application = QApplication.instance()
        another = isinstance(application, QApplication) and set_theme(application, current.theme)
        self.session.first_thickness_mm = current.thickness_mm
        self.session.interpolation = current.interpolation
        self.linker.linked = current.linked
        for pane in self.panes:
            pane.viewport.brighter_down = current.brighter_down
            pane.set_interpolation(interpolation_of(current.interpolation))
            pane.viewport.set_overlay_level(OverlayLevel(current.overlay_level))
        self.docks.apply_settings(current)
        self.memory.set_budget(current.memory_gb)
        self.hints.apply_settings(current)
        self.action_set.use_keys(self.keys())
        self.action_set[f"language_{current.language}"].setChecked(True)
        if install(current.language) or another:
            # What asked for it may be a part of what is built anew.
            QTimer.singleShot(0, self.chrome.rebuild)

    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys in force, by the id of the action."""
        return effective_keys(self.settings.current.shortcut_set, self.settings.current.shortcuts)

    def tell_status(self, text: str) -> None:
        """Say something that may pass by."""
        self.statusBar().showMessage(shown(text), 6000)

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )
        self.action_set["full_screen"].setChecked(full)

    # -- the window itself -----------------------------------------------------------------------------------------

    def _restore_layout(self) -> None:
        geometry, state = self.settings.layout("geometry"), self.settings.layout("state")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1600, 1000)
        if state is not None:
            self.restoreState(state)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keys to the active viewport."""
        super().showEvent(event)
        self.active_pane.viewport.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped beside the viewports."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.open_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout, end the work and the threads; work that cannot be saved is told first."""
        if not self.journal.may_close():
            event.ignore()
            return
        self.cine.stop()
        for stage in self.findChildren(Stage):
            stage.close()
        self.settings.set_layout("geometry", self.saveGeometry())
        self.settings.set_layout("state", self.saveState())
        for number, outside in enumerate(self.grid.geometries()):
            self.settings.set_layout(f"outside-{number}", outside)
        self.settings.sync()
        for window in self.grid.windows:
            window.hide()
        self.pages.close()
        self.network.close()
        self.receiver.close()
        self.worklist.close()
        for worker in self._workers:
            worker.shutdown()
        self.journal.close()
        super().closeEvent(event)
