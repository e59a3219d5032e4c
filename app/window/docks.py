"""The panels around the viewports, bound to the session: studies, reconstruction, cine."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMenu, QWidget

from app.session import Picture, Reconstruction
from app.session.follow import heights_of
from app.session.state import started
from app.settings import Settings
from app.window.cine_control import CineControl
from app.window.effective import effective_thickness
from recon.messages import joined
from recon.notes import Fact
from widgets.cine_bar import CineBar
from widgets.reconstruction_panel import ReconstructionPanel
from widgets.translation import mark, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

RESTING_MS = 120
"""After so long at one height the panel says all of it."""

ANEW = mark("Compute starts anew.")
ONE_SLICE = mark(
    "The range holds one slice only. This algorithm computes at least two together: widen the range or make the "
    "interval smaller."
)
NO_SLICES = mark("There are no slices on screen. Open projections or a stored volume.")


class Docks(QObject):
    """Creates the docks and keeps them in step with the session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        from app.window.browser import Browser
        from app.window.depth_dock import DepthDock, SyntheticDock
        from app.window.findings_dock import FindingsDock
        from app.window.geometry_dock import GeometryDock
        from app.window.table_dock import TableDock
        from app.window.views_dock import ViewsDock

        self._window = window
        self._session = window.session
        self._shown_uid: str | None = None
        self._algorithms_offered = False
        self._remembered: dict[tuple[str, str], dict[str, Any]] = {}
        self.browser = Browser(window)
        self.panel = ReconstructionPanel()
        self.cine_bar = CineBar()
        self.views = ViewsDock(window)
        self.findings = FindingsDock(window)
        self.measurements = TableDock(window)
        self.depth = DepthDock(window)
        self.synthetic = SyntheticDock(window)
        self.geometry = GeometryDock(window)
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        window.setCorner(Qt.Corner.BottomLeftCorner, left)
        window.setCorner(Qt.Corner.BottomRightCorner, right)
        self._docks: dict[str, QDockWidget] = {}
        for name, title, widget, area in (
            ("studies", tr("Studies"), self.browser.widget, left),
            ("reconstruction", tr("Reconstruction"), self.panel, right),
            ("cine", tr("Cine"), self.cine_bar, bottom),
            ("views", tr("Views"), self.views.chooser, right),
            ("findings", tr("Findings"), self.findings.widget, right),
            ("depth", tr("Depth"), self.depth.panel, right),
            ("synthetic", tr("Synthetic 2-D"), self.synthetic.widget, right),
            ("measurements", tr("Measurements"), self.measurements.widget, right),
            ("geometry", tr("Geometry"), self.geometry.panel, right),
        ):
            self._docks[name] = self._dock(name, title, widget, area)
        panel = self._docks["reconstruction"]
        for name in ("views", "findings", "synthetic", "measurements", "geometry"):
            window.tabifyDockWidget(panel, self._docks[name])
        window.splitDockWidget(panel, self._docks["depth"], Qt.Orientation.Vertical)
        for name in ("views", "findings", "depth", "synthetic", "measurements", "geometry"):
            self._docks[name].hide()  # asked for when it is wanted
        # They rest while nobody sees them.
        self._docks["views"].visibilityChanged.connect(lambda shown: self.views.refresh() if shown else None)
        self._docks["geometry"].visibilityChanged.connect(lambda shown: self.geometry.refresh() if shown else None)
        self._docks["measurements"].visibilityChanged.connect(
            lambda shown: self.measurements.refresh() if shown else None
        )
        self._docks["cine"].setTitleBarWidget(QWidget())
        window.resizeDocks([self._docks["studies"], panel], [250, 290], Qt.Orientation.Horizontal)
        self._resting = QTimer(self, singleShot=True, interval=RESTING_MS)
        self._waits = False
        self._resting.timeout.connect(lambda: self._show_effective() if self._waits else None)
        self._connect_panel()
        self.cine = CineControl(window, self.cine_bar)
        session = self._session
        connect = window.chrome.connect
        connect(session.reading_changed, lambda *_: self.refresh())
        connect(session.picture_changed, lambda _: self.refresh())
        connect(session.active_changed, lambda _: self.refresh())
        connect(session.height_changed, self._height_changed)
        connect(session.maximised_changed, self.refresh)
        connect(session.computing_changed, self._computing_changed)
        self.refresh()

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock_{name}")
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        for button, tip in (
            ("qt_dockwidget_floatbutton", tr("Put {0} into a window of its own, or back", title)),
            ("qt_dockwidget_closebutton", tr("Hide {0}; the View menu brings it back", title)),
        ):
            found = dock.findChild(QAbstractButton, button)
            if found is not None:
                found.setToolTip(tip)
        return dock

    def kept(self) -> dict[str, Any]:
        """What only these widgets know, for those that take their place in another language."""
        views = (self.browser.widget.view, self.panel.area)
        return {
            "remembered": self._remembered,
            "series": self.browser.widget.current_series(),
            "scrolled": [view.verticalScrollBar().value() for view in views],
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Take over what `kept` gave."""
        self._remembered = kept["remembered"]
        self.browser.widget.select_series(kept["series"])
        for view, value in zip((self.browser.widget.view, self.panel.area), kept["scrolled"], strict=True):
            view.verticalScrollBar().setValue(value)

    def __getitem__(self, name: str) -> QDockWidget:
        """A dock by its name."""
        return self._docks[name]

    def add_to_menu(self, menu: QMenu) -> None:
        """Add the switches that show and hide the docks."""
        menu.addSeparator()
        for dock in self._docks.values():
            menu.addAction(dock.toggleViewAction())

    def show(self, name: str) -> None:
        """Show a dock by its name, before those that share its place."""
        self[name].show()
        self[name].raise_()

    def apply_settings(self, settings: Settings) -> None:
        """Take speed and direction of cine from the settings."""
        self.cine.apply_settings(settings)

    # -- the reconstruction panel ----------------------------------------------------------------------------------

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.protocol_changed.connect(self._choose_protocol)
        panel.height_changed.connect(self._set_height)
        panel.thickness_changed.connect(lambda value: self._reconstruct(True, thickness_mm=value))
        panel.interval_changed.connect(lambda value: self._reconstruct(True, interval_mm=value))
        panel.range_changed.connect(lambda low, high: self._reconstruct(True, low_mm=low, high_mm=high))
        for committed in (
            panel.thickness_committed,
            panel.interval_committed,
            panel.range_committed,
            panel.parameters_committed,
            panel.corrections_committed,
        ):
            committed.connect(lambda *_: self._session.stack.seal())
        panel.algorithm_changed.connect(self._choose_algorithm)
        panel.computation_bar.compute_wanted.connect(self._compute)
        panel.computation_bar.stop_wanted.connect(self._stop)
        panel.parameters_changed.connect(self._set_parameters)
        panel.corrections_changed.connect(self._set_corrections)

    def _reconstruct(self, live: bool, **values: Any) -> None:
        if self._shown_uid is not None:
            self._session.set_reconstruction(self._shown_uid, live=live, **values)

    def _set_height(self, height_mm: float) -> None:
        if self._shown_uid is not None:
            self._session.set_height(self._shown_uid, height_mm)

    def _choose_protocol(self, key: str) -> None:
        if self._shown_uid is not None:
            self._session.set_protocol(self._shown_uid, key)
            self.refresh()  # The choice may change nothing, and then is not told.

    def _choose_algorithm(self, name: str) -> None:
        from recon.algorithms import build

        uid = self._shown_uid
        if uid is None:
            return
        current = self._session.reading.of(uid).reconstruction
        if current is not None and current.algorithm is not None:
            self._remembered[uid, current.algorithm.name] = asdict(current.algorithm)
        self._reconstruct(False, algorithm=build(name, self._remembered.get((uid, name))))

    def _set_parameters(self, values: dict[str, Any]) -> None:
        from recon.algorithms import build

        name, _ = self.panel.algorithm()
        if name:
            self._reconstruct(True, algorithm=build(name, values))

    def _set_corrections(self, values: dict[str, dict[str, Any]]) -> None:
        from recon.corrections import build

        self._reconstruct(True, corrections=tuple(build(name, given) for name, given in values.items()))

    def refresh(self) -> None:
        """Show the parameters of the slices on screen."""
        self.cine.refresh()
        session, panel = self._session, self.panel
        uid = session.slices_on_screen()
        picture = session.pictures.get(uid) if uid is not None else None
        reconstruction = session.reading.of(uid).reconstruction if uid is not None else None
        if uid is None or picture is None or reconstruction is None:
            self._shown_uid = None
            panel.set_enabled_reason(tr(NO_SLICES))
            panel.computation_bar.hide()
            panel.set_notes(self._notes(None), self._facts(session.active_picture))
            return
        self._shown_uid = uid
        if picture.is_live and not self._algorithms_offered:
            self._offer_algorithms()
        panel.set_enabled_reason("")
        panel.set_reconstructs(picture.is_live)
        panel.set_limits(*session.limits_mm(uid))
        panel.set_range(reconstruction.low_mm, reconstruction.high_mm)
        panel.set_interval(reconstruction.interval_mm)
        panel.set_thickness(reconstruction.thickness_mm)
        if picture.is_live:
            panel.set_protocol(reconstruction.protocol, self._protocol_note(picture, reconstruction))
        algorithm: Any = reconstruction.algorithm
        if algorithm is not None:
            panel.set_algorithm(algorithm.name, asdict(algorithm))
        panel.correction_panel.set_values({item.name: asdict(item) for item in reconstruction.corrections})
        self._computing_changed(uid)
        panel.set_notes(self._notes(picture), self._facts(picture))
        self._height_changed(uid)
        self._show_effective()

    # -- computing stacks ------------------------------------------------------------------------------------------

    def _compute(self) -> None:
        if self._shown_uid is not None:
            self._session.follower.compute(self._shown_uid)

    def _stop(self) -> None:
        if self._shown_uid is not None:
            self._session.follower.stop_and_keep(self._shown_uid)

    def _computing_changed(self, uid: str) -> None:
        if uid != self._shown_uid:
            return
        bar, found = self.panel.computation_bar, self._session.follower.computation(uid)
        bar.setVisible(found is not None)
        if found is None:
            return
        if found.state == "needed":
            if found.possible:
                bar.show_needed(self._effort(uid))
            else:
                bar.show_needed(tr(ONE_SLICE), possible=False)
            return
        left = tr(", residual {0:.2f} %", 100 * found.residuals[-1]) if found.residuals else ""
        if found.state == "done":
            count = tr("{0} iterations", found.iteration) if found.iteration != 1 else tr("Computed")
            text = tr("{0}{1}.", count, left)
            if found.stopped:
                text = tr(
                    "Stopped after {0} of {1} iterations{2}. {3}", found.iteration, found.iterations, left, tr(ANEW)
                )
            bar.show_done(text, found.residuals, found.iterations, again=found.stopped)
            return
        text = tr("Stopping after this iteration…") if found.stopping else tr("Starting from filtered back projection…")
        if found.iteration and not found.stopping:
            text = tr("Iteration {0} of {1} done{2}.", found.iteration, found.iterations, left)
        bar.show_running(text, found.residuals, found.iterations, stopping=found.stopping)

    def _effort(self, uid: str) -> str:
        """What computing the planes will take."""
        from recon.algorithms import StackAlgorithm
        from recon.stack import estimate_bytes

        reconstruction = self._session.reading.of(uid).reconstruction
        source: Any = self._session.follower.live(uid)
        algorithm = reconstruction.algorithm if reconstruction is not None else None
        if reconstruction is None or not isinstance(algorithm, StackAlgorithm) or not hasattr(source, "integrals"):
            return ""
        memory = estimate_bytes(source, heights_of(reconstruction), algorithm)
        return tr(
            "{0} slices are computed together, in about {1:.1f} GB of memory. The range must hold the whole "
            "body: what lies outside it is explained by the slices inside.",
            reconstruction.n_slices,
            memory / 1e9,
        )

    @staticmethod
    def _facts(picture: Picture | None) -> tuple[str, ...]:
        """What is merely stated of a picture."""
        return tuple(note for note in picture.all_notes if isinstance(note, Fact)) if picture is not None else ()

    def _notes(self, slices: Picture | None) -> tuple[str, ...]:
        """What was assumed of the slices, then of the other pictures on screen with their names."""
        notes = [note for note in slices.all_notes if not isinstance(note, Fact)] if slices is not None else []
        for index in self._session.visible():
            other = self._session.hung(index)
            if other is not None and other is not slices:
                assumed = (note for note in other.all_notes if not isinstance(note, Fact))
                notes += [joined((other.title, note), ": ") for note in assumed if note not in notes]
        return tuple(dict.fromkeys(notes))

    def _protocol_note(self, picture: Picture, reconstruction: Reconstruction) -> str:
        """Where the protocol comes from, and whether anything was changed since."""
        key = reconstruction.protocol
        if not key:
            return ""
        matched = picture.protocol is not None and picture.protocol.key == key
        origin = tr("From the study's body part") if matched else tr("Chosen here")
        live, thickness = self._session.follower.live(picture.uid), self._session.first_thickness_mm
        changed = reconstruction != started(live, thickness, key, reconstruction)
        return tr("{0}, changed since", origin) if changed else origin

    def _offer_algorithms(self) -> None:
        from app.protocols import protocols
        from recon.algorithms import ALGORITHMS, parameters
        from recon.corrections import CORRECTIONS

        self._algorithms_offered = True
        self.panel.set_protocols([(protocol.key, protocol.title, protocol.description) for protocol in protocols()])
        self.panel.set_algorithms(
            {name: (kind.title, kind.description, parameters(kind)) for name, kind in ALGORITHMS.items()}
        )
        self.panel.set_corrections(
            {name: (kind.title, kind.description, parameters(kind)) for name, kind in CORRECTIONS.items()}
        )

    def _height_changed(self, uid: str) -> None:
        if uid == self._shown_uid:
            height = self._session.height(uid)
            self.panel.set_height(height)
            # Milliseconds each: while the heights are gone through, the panel waits for the end.
            if self._resting.isActive():
                self._waits = True
            else:
                self._show_effective()
            self._resting.start()

    def _show_effective(self) -> None:
        self._waits = False
        if self._shown_uid is not None:
            self.panel.set_effective_thickness(*effective_thickness(self._session, self._shown_uid))
