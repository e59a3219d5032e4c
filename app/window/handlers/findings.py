"""What the reader keeps: key images, findings, the report."""

from __future__ import annotations

from app.reading.scale import picture_scale
from app.window.findings_dock import first_length
from app.window.handlers.group import Group
from widgets.translation import tr


class FindingHandlers(Group):
    """What the reader keeps: key images, findings, the report."""

    def _do_key_image(self) -> None:
        window, pane = self._window, self._window.active_pane
        if pane.picture is None:
            return
        view = pane.viewport
        if window.session.keeping.keep_image(pane.picture.uid, view.transform, view.view_size) is not None:
            number = len(window.session.reading.key_images)
            if pane.comparing.comparison is None:
                window.tell_status(tr("Kept as key image {0}.", number))
            else:
                window.tell_status(
                    tr("Kept as key image {0}: the lower picture, without the one laid over it.", number)
                )

    def _do_add_finding(self) -> None:
        window, pane = self._window, self._window.active_pane
        picture = pane.picture
        if picture is None:
            return
        measurement = pane.viewport.selected_measurement
        size = None
        if measurement is not None:
            state = window.session.reading.of(picture.uid)
            size = first_length(measurement, picture_scale(picture, state, window.session.height(picture.uid)))
        window.session.keeping.add_finding(picture.uid, measurement, size)
        window.docks.show("findings")
        window.docks.findings.edit_newest()

    def _do_findings(self) -> None:
        self._window.docks.show("findings")

    def _do_show_evidence(self) -> None:
        self._window.evidence.show_reading()

    def _do_save_evidence(self) -> None:
        from app.window.evidence_page import EvidencePage

        self._window.pages.show("evidence", lambda window: EvidencePage(window, window))

    def _do_report(self) -> None:
        from app.window.report_page import ReportPage

        self._window.pages.show("report", lambda window: ReportPage(window, window))
