"""How pictures are brought to the monitor."""

from __future__ import annotations

from app.display.screens import screen_of
from app.window.handlers.group import Group
from recon.messages import said
from widgets.interpolation import INTERPOLATIONS, TITLES
from widgets.translation import tr
from widgets.window import Window


class DisplayHandlers(Group):
    """How pictures are brought to the monitor."""

    def _do_sigmoid(self, sigmoid: bool) -> None:
        session = self._window.session
        picture = session.active_picture
        window = session.window(picture.uid) if picture is not None else None
        if picture is not None and isinstance(window, Window):
            session.set_window(picture.uid, window.with_function("sigmoid" if sigmoid else "linear_exact"))

    def _do_interpolation(self) -> None:
        names = tuple(INTERPOLATIONS)
        now = self._window.settings.current.interpolation
        following = names[(names.index(now) + 1) % len(names)] if now in names else names[0]
        self._window.settings.change(interpolation=following)
        self._window.apply_settings()
        self._window.tell_status(tr("Magnified pictures: {0}.", tr(TITLES[following])))

    def _do_true_size(self) -> None:
        pane = self._window.active_pane
        picture = pane.picture
        if picture is None:
            return
        size = pane.presentation.size if pane.presentation is not None else None
        if size is None or size.pitch_mm is None:
            self._window.messages.tell(
                tr("The size of this monitor's pixels is not known. Measure it with a bank card or a ruler first.")
            )
            self._do_display_size()
            return
        pane.show_true_size(size.pitch_mm)
        told = {
            "slice": tr("Life size at the slice's height."),
            "detector": tr("Life size in the plane of the detector; the patient appears larger than life."),
            "magnified": tr("Life size by the stated magnification, for one depth only."),
            "calibrated": tr("Life size in the plane of the calibration object."),
        }.get(picture.scale_kind, "")
        if not size.verified:
            told = said("{0} {1}", told, tr("The size of this monitor was not verified."))
        self._window.tell_status(told)

    def _do_display_size(self) -> None:
        from app.window.calibration.size_page import SizePage

        displays = self._window.displays
        self._window.pages.show("display_size", lambda parent: SizePage(displays.store, displays.refresh, parent))

    def calibrate(self) -> None:
        """Show the page on which the monitor is calibrated."""
        self._do_display_calibration()

    def _do_display_calibration(self) -> None:
        from app.window.calibration.page import CalibrationPage

        displays, pane = self._window.displays, self._window.active_pane
        self._window.pages.show(
            "display_calibration",
            lambda parent: CalibrationPage(displays.store, displays.refresh, screen_of(pane), parent),
        )
