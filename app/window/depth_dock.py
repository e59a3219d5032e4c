"""The docks of the marked point (sharpness over height) and of synthetic radiographs (how they are computed)."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.session import SYNTHETIC_SUFFIX
from recon.combine.options import Synthetic
from recon.focus import CLEAR, LIKELY, FocusProfile, Peak
from recon.messages import said
from recon.parameters import parameters
from widgets.controls import ParameterPanel
from widgets.focus_panel import FocusPanel, PeakMark
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

NOTHING = mark("No point is marked")
WHAT_TO_DO = mark(
    "Click a point of a radiograph or a projection with the point tool (X), or with Alt and any tool: its height is "
    "found by sharpness, and it is marked in all pictures."
)
COARSE_MM = 10.0


class DepthDock(QObject):
    """Keeps a `FocusPanel` in step with the marked point."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._points = window, window.points
        self.panel = FocusPanel()
        self.panel.height_chosen.connect(self._choose)
        self.panel.clear_wanted.connect(self._points.clear)
        connect = window.chrome.connect
        connect(self._points.changed, self.refresh)
        connect(window.session.height_changed, lambda _: self._show_height())
        self.refresh()

    def _choose(self, height_mm: float) -> None:
        self._points.choose(self._points.to_common(height_mm))

    def refresh(self) -> None:
        """Show what is known of the point."""
        points, panel = self._points, self.panel
        profile = points.profile
        if profile is None:
            panel.set_curve(np.empty(0), np.empty(0), ())
            if points.pin is None and not points.problem:
                panel.show_text(tr(NOTHING), tr(WHAT_TO_DO))
            elif points.searching:
                panel.show_text(tr("Looking for the height…"), marked=True)
            elif points.problem:
                panel.show_text(tr("No height was found"), shown(points.problem), marked=points.pin is not None)
            elif points.pin is not None and points.pin.height_mm is not None:
                panel.show_text(tr("Marked at {0:.1f} mm", points.pin.height_mm), "", marked=True)
            return
        marks = [PeakMark(peak.height_mm, peak.sharpness, _peak_text(peak), _faint(peak)) for peak in profile.peaks]
        panel.set_curve(profile.heights_mm, profile.sharpness, marks)
        panel.show_text(_headline(profile), _detail(profile), marked=True)
        self._show_height()

    def _show_height(self) -> None:
        session, points = self._window.session, self._points
        if points.profile is not None:
            uid = points.sweep if points.sweep in session.pictures else session.slices_on_screen()
            self.panel.plot.set_height(session.height(uid) if uid is not None else None)


def _faint(peak: Peak) -> bool:
    return peak.confidence < LIKELY


def _peak_text(peak: Peak) -> str:
    if peak.confidence >= CLEAR:
        return tr("{0:.1f} mm – clear", peak.height_mm)
    if peak.confidence >= LIKELY:
        return tr("{0:.1f} mm – likely", peak.height_mm)
    return tr("{0:.1f} mm – may be noise", peak.height_mm)


def _headline(profile: FocusProfile) -> str:
    """How sure the height is, in words."""
    verdict = profile.verdict
    if profile.best_mm is not None and verdict == "clear":
        return tr("In focus at {0:.1f} mm", profile.best_mm)
    if profile.best_mm is not None and verdict == "likely":
        return tr("Probably at {0:.1f} mm", profile.best_mm)
    if verdict == "several":
        return tr("Several structures lie behind this point")
    return tr("No height can be given")


def _detail(profile: FocusProfile) -> str:
    parts = []
    others = [peak for peak in profile.peaks[1:] if not _faint(peak)]
    if profile.verdict == "several":
        parts.append(tr("None is much sharper than the others: choose a height, and look at the slices."))
    elif profile.verdict == "none":
        parts.append(
            tr(
                "Nothing along this ray stands out from the noise. The slices stay where they are; the mark has no "
                "height."
            )
        )
    elif others:
        heights = ", ".join(f"{peak.height_mm:.0f}" for peak in others)
        parts.append(tr("Other structures on the same ray: {0} mm.", heights))
    if profile.verdict in ("clear", "likely") and profile.scale.patch_mm > COARSE_MM:
        parts.append(tr("Found by the outline of something large; small detail shows nothing clear."))
    return " ".join(parts)


class SyntheticDock(QObject):
    """Lets the reader say how the synthetic radiograph on screen is computed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session = window.session
        self.widget = QWidget()
        self.widget.setObjectName("panel")
        self.widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.parameters = ParameterPanel(parameters(Synthetic))
        self.parameters.values_committed.connect(self._take)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addWidget(self.parameters)
        column.addStretch(1)
        connect = window.chrome.connect
        connect(self._session.reading_changed, lambda *_: self.refresh())
        connect(self._session.picture_changed, lambda _: self.refresh())
        connect(self._session.active_changed, lambda _: self.refresh())
        self.refresh()

    def _uid(self) -> str | None:
        """The synthetic radiograph that is meant: the active one, else the first on screen."""
        layout = self._session.layout
        hung = [layout.hung[pane] for pane in (self._session.active, *self._session.visible())]
        return next((uid for uid in hung if uid is not None and uid.endswith(SYNTHETIC_SUFFIX)), None)

    def refresh(self) -> None:
        """Show the parameters in force."""
        uid = self._uid()
        picture = self._session.pictures.get(uid) if uid is not None else None
        if uid is None:
            self._text.setText(tr("No synthetic radiograph is on screen. The Slices menu shows one."))
            self.parameters.set_enabled_reason(tr("No synthetic radiograph is on screen."))
            return
        self._text.setText(tr(Synthetic.description))
        self.parameters.set_enabled_reason("")
        options = self._session.reading.of(uid).synthetic
        if options is None:
            options = Synthetic()
            series = self._session.reading.of(uid.removesuffix(SYNTHETIC_SUFFIX)).reconstruction
            if series is not None and picture is not None:
                options = replace(options, low_mm=series.low_mm, high_mm=series.high_mm)
        self.parameters.set_values(asdict(options))

    def _take(self, values: dict[str, Any]) -> None:
        uid = self._uid()
        if uid is not None:
            state = self._session.reading.of(uid)
            options = Synthetic(**values)
            if options.high_mm <= options.low_mm:
                self._session.failed.emit(uid, said("The highest height must lie above the lowest."))
                self.refresh()
                return
            self._session.change_series(uid, replace(state, synthetic=options))
            self._session.stack.seal()
