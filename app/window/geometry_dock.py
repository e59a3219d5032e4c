"""The dock that shows where every number of an acquisition comes from, and lets the reader say otherwise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from app.reading.acquisition import GeometryChoice
from app.session import Picture, series_of
from app.window.saving import save
from recon.messages import said
from recon.progress import Progress
from recon.provenance import SOURCE_TITLES, TITLES, Source, Sourced
from widgets.geometry_drawing import SideView
from widgets.geometry_panel import GeometryPanel, NumberRow
from widgets.translation import mark, shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

NOTHING = mark("No projections are on screen. Open a sweep to see where its geometry comes from.")
BY_FILE = mark("A geometry file states every position. Change the file, or choose a preset instead.")
FIELDS = {
    "distance": "source_to_detector_mm",
    "pivot": "source_to_pivot_mm",
    "pitch": "pixel_pitch_mm",
    "angles": "angles_deg",
    "axis": "axis",
}
"""Numbers that can be overridden in place, with their fields of `GeometryChoice`."""
LIMITS = {"distance": (1.0, 20000.0), "pivot": (1.0, 20000.0), "pitch": (0.001, 5.0), "angles": (-80.0, 80.0)}
SUFFIX = ".geometry.json"


class Wrong(str):
    """A sentence in place of a value."""


def sweep_of(window: MainWindow) -> Picture | None:
    """The live slices on screen (or behind a picture on screen) whose projections are meant."""
    uid = window.session.sweep_on_screen()
    return window.session.pictures.get(uid) if uid is not None else None


def stated_by_file(picture: Picture) -> bool:
    """Whether a geometry file gives every position."""
    assert picture.projections is not None
    return any(item.name == "source" and item.source is Source.FILE for item in picture.projections.sources)


class GeometryDock(QObject):
    """Keeps a `GeometryPanel` in step with the projections on screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.panel = GeometryPanel()
        panel = self.panel
        panel.overridden.connect(self.override)
        panel.file_wanted.connect(self._pick_file)
        panel.preset_wanted.connect(window.geometry_flow.ask_again)
        panel.reverse_wanted.connect(self.reverse)
        panel.save_wanted.connect(self.ask_where_to_save)
        panel.file.setToolTip(tr("Use a JSON file with the source and detector of every view"))
        panel.preset.setToolTip(tr("Use nominal numbers of a device where the images say none"))
        panel.save.setToolTip(tr("Write the geometry with the source of every number, to lie beside the images"))
        connect = window.chrome.connect
        session = window.session
        for signal in (session.picture_changed, session.active_changed):
            connect(signal, lambda _: self.refresh())
        connect(session.maximised_changed, self.refresh)
        connect(session.reading_changed, lambda *_: self.refresh())
        self._shown: tuple[Any, ...] = ()

    def refresh(self) -> None:
        """Show the numbers of the projections on screen; nothing is done while nobody sees them."""
        if not self.panel.isVisible():
            return
        picture = sweep_of(self._window)
        projections = picture.projections if picture is not None else None
        if picture is None or projections is None:
            self._shown = ()
            self.panel.set_rows((), tr(NOTHING))
            return
        reconstruction = self._window.session.reading.of(picture.uid).reconstruction
        heights = (reconstruction.low_mm, reconstruction.high_mm) if reconstruction is not None else None
        if self._shown == (projections, heights):
            return
        self._shown = (projections, heights)
        fixed = stated_by_file(picture)
        self.panel.tell("")
        rows = [_row(item, fixed) for item in projections.sources]
        open_points = sum(not item.is_certain for item in projections.sources)
        text = (
            tr("{0} of {1} numbers are assumed or nominal.", open_points, len(rows))
            if open_points
            else tr("Every number is stated.")
        )
        self.panel.set_rows(rows, text)
        by_angles = any(item.name == "direction" for item in projections.sources)
        self.panel.set_reversible(tr(BY_FILE) if fixed and not by_angles else "")
        self.panel.drawing.set_view(side_view(projections.geometry, projections.sources, heights))

    # -- what the reader says --------------------------------------------------------------------------------------

    def override(self, name: str, text: str) -> None:
        """Take a number that the reader wrote; an empty text takes theirs back."""
        picture = sweep_of(self._window)
        if picture is None:
            return
        value: Any = None
        if text:
            value = _parsed(name, text)
            if isinstance(value, Wrong):
                self.panel.tell(value)
                return
        self.panel.tell("")
        if value is None:
            value = getattr(GeometryChoice(), FIELDS[name])
        self._window.geometry_flow.use_numbers(series_of(picture.uid), {FIELDS[name]: value})

    def reverse(self) -> None:
        """Turn the sweep round."""
        picture = sweep_of(self._window)
        if picture is not None:
            flow, uid = self._window.geometry_flow, series_of(picture.uid)
            flow.use_numbers(uid, {"reverse": not flow.choice(uid).reverse})

    def _pick_file(self) -> None:
        picture = sweep_of(self._window)
        if picture is not None:
            self._window.geometry_flow.pick_file(series_of(picture.uid), {})

    def ask_where_to_save(self) -> None:
        """Let the reader say where the geometry file goes."""
        picture = sweep_of(self._window)
        if picture is None:
            return
        folder = str(picture.files[0].parent) if picture.files else self._window.start_folder()
        dialog = QFileDialog(self._window, tr("Save the geometry"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Geometry files (*.geometry.json)"), tr("All files (*)")])
        dialog.selectFile("views" + SUFFIX)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the geometry file of the projections on screen, in the background."""
        picture = sweep_of(self._window)
        if picture is None or picture.projections is None:
            return
        projections = picture.projections
        if not path.name.endswith(".json"):
            path = path.with_name(path.name + SUFFIX)

        def work(_: Progress, __: object) -> str:
            from app.research.sidecar import write_projections_sidecar

            write_projections_sidecar(path, projections)
            return said("The geometry was written to {0}.", path)

        save(self._window, "geometry", tr("Saving the geometry"), work, self._window.messages.tell)


def _row(item: Sourced, fixed: bool) -> NumberRow:
    where = shown(item.where)
    detail = "\n".join(part for part in (where, shown(item.note)) if part)
    entry = ""
    if item.name in FIELDS and not fixed:
        entry = item.text
    source = Source.ASSUMED if item.assumed and item.source is Source.ASSUMED else item.source
    word = tr(SOURCE_TITLES[source])
    if item.assumed and source is not Source.ASSUMED:
        word = tr("Partly assumed")
        detail = "\n".join(part for part in (tr(SOURCE_TITLES[source]), detail) if part)
    return NumberRow(
        item.name,
        tr(TITLES[item.name]),
        shown(item.text),
        word,
        source.value,
        detail,
        not item.is_certain,
        entry,
        tr(BY_FILE) if fixed and item.name in FIELDS else "",
    )


def _parsed(name: str, text: str) -> Any:
    """The value that was written, or a `Wrong` that says what is wrong with it."""
    if name == "axis":
        letter = text.lower()[:1]
        return letter if letter in ("x", "y") else Wrong(tr("Write x (across the image) or y (down the image)."))
    found = [float(part.replace("−", "-").replace(",", ".")) for part in re.findall(r"[-−+]?\d+(?:[.,]\d+)?", text)]
    low, high = LIMITS[name]
    if name == "angles":
        if len(found) != 2 or found[0] == found[1]:
            return Wrong(tr("Write the first and the last angle, as “-15 to 15”."))
    elif name == "pitch":
        found = found * 2 if len(found) == 1 else found
        if len(found) != 2:
            return Wrong(tr("Write the pitch in millimetres, as “0.2” or “0.2 × 0.2”."))
    elif len(found) != 1:
        return Wrong(tr("Write one length in millimetres."))
    if any(not low <= part <= high for part in found):
        return Wrong(tr("Between {0:g} and {1:g} is possible.", low, high))
    return tuple(found) if len(found) == 2 else found[0]


def side_view(geometry: Any, sources: Any, heights: tuple[float, float] | None) -> SideView:
    """Tube and detector seen along the axis that the tube does not move along."""
    axis = geometry.sweep_axis
    points = tuple((float(point[axis]), float(point[2])) for point in geometry.source_mm)
    half = geometry.shape[1 - axis] * geometry.pixel_pitch_mm[1 - axis] / 2
    along = geometry.column_direction if axis == 0 else geometry.row_direction
    detectors = []
    for index in sorted({0, geometry.n_views // 2, geometry.n_views - 1}):
        centre, direction = geometry.detector_centre_mm[index], along[index]
        start, end = centre - half * direction, centre + half * direction
        pose = ((float(start[axis]), float(start[2])), (float(end[axis]), float(end[2])))
        if pose not in detectors:
            detectors.append(pose)
    pivot = next((item.value for item in sources if item.name == "pivot" and isinstance(item.value, float)), None)
    centre = None
    if pivot is not None:
        middle = int(np.argmin(np.abs(geometry.view_angle_deg)))
        lowest = geometry.source_distance_mm[middle] - pivot
        centre = (float(geometry.detector_centre_mm[middle, axis]), float(lowest))
    left = right = ""
    if geometry.patient is not None:
        unit = np.eye(3)[axis]
        left, right = geometry.patient.letters(-unit), geometry.patient.letters(unit)
    return SideView(
        points, tuple(detectors), centre, heights, left, right,
        any(not item.is_certain for item in sources if item.name in ("angles", "direction", "distance", "pivot")),
    )  # fmt: skip
