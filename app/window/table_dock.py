"""The dock of all measurements: a table to jump, rename, remove and export, and the values of the selected one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.jobs import Callbacks
from app.reading.scale import picture_scale
from app.reading.table import Row, csv_text
from app.replacing import replacing
from app.session import Reading, sentence
from app.window.saving import ask_where, save
from app.window.sections import button, section
from app.window.statistics import histogram, profile, statistics
from recon.messages import said
from recon.progress import Progress
from recon.regions import Statistics
from widgets.measurements import value_lines
from widgets.translation import shown, tr
from widgets.value_plot import ValuePlot

if TYPE_CHECKING:
    from app.main_window import MainWindow

IDENTITY = Qt.ItemDataRole.UserRole
LABEL, VALUE, HEIGHT, KIND, PICTURE = range(5)
PLOT_SLOT, CSV_SLOT, PIXELS_SLOT = "measurement-values", "measurement-table", "measurement-pixels"
PIXELS_DELAY_MS = 120


class TableDock(QObject):
    """Shows and changes the measurements of all pictures."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.widget = QWidget()
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels([tr("Label"), tr("Value"), tr("Height"), tr("Kind"), tr("Picture")])
        self.table.setAccessibleName(tr("Measurements"))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # What is read first is in sight in a narrow dock; kind and picture are there in a wide one.
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in ((LABEL, 70), (VALUE, 168), (HEIGHT, 54), (KIND, 80)):
            self.table.setColumnWidth(column, width)
        self.plot = ValuePlot()
        self.remove = button(tr("Remove"), self._remove, tr("Remove the selected measurements (Del)"))
        self.copy = button(tr("Copy Table"), self.copy_table, tr("The table as text for a spreadsheet (Ctrl+C)"))
        self.export = button(tr("Export CSV…"), self._ask, tr("All values with units, uncertainty and calibration"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(section(tr("Measurements"), self.table, (self.remove, None, self.copy, self.export)))
        splitter.addWidget(self.plot)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        box = QVBoxLayout(self.widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(splitter)
        self._rows: list[Row] = []
        self._pixels: dict[Any, Statistics] = {}
        """Statistics of the rows' pixels, by what they were counted from."""
        self._count_soon = QTimer(self, singleShot=True, interval=PIXELS_DELAY_MS)
        self._count_soon.timeout.connect(self._count)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: self.refresh() if self.widget.isVisible() else None)
        self.table.itemSelectionChanged.connect(self._selected)
        self.table.itemClicked.connect(lambda cell: self.jump(cell.row()))
        for keys in ("Return", "Enter"):
            enter = QShortcut(QKeySequence(keys), self.table)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)  # not while a label is written
            enter.activated.connect(lambda: self.jump(self.table.currentRow()))
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_table)
        self.table.itemChanged.connect(self._renamed)
        shortcut = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._remove)
        connect, session = window.chrome.connect, self._session
        connect(session.reading_changed, self._reading_changed)
        connect(session.picture_changed, lambda _: self._soon.start())
        connect(session.height_changed, lambda *_: self._plot() if self.widget.isVisible() else None)
        window.chrome.when_dropped(lambda: window.background.cancel(PLOT_SLOT))
        self.refresh()

    def rows(self) -> list[Row]:
        """The measurements of the pictures that are loaded."""
        session, found = self._session, []
        for uid, picture in session.pictures.items():
            state = session.reading.of(uid)
            for item in state.measurements:
                height = item.height_mm if item.height_mm is not None else session.height(uid)
                found.append(Row(uid, shown(picture.title), item, picture_scale(picture, state, height)))
        return found

    def _reading_changed(self, old: Reading, new: Reading) -> None:
        for uid in self._session.pictures:
            before, after = old.of(uid), new.of(uid)
            moved = (before.calibration, before.reconstruction) != (after.calibration, after.reconstruction)
            if before.measurements != after.measurements or (moved and after.measurements):
                # Once for a burst of changes, as while a handle is dragged; windows and places are not in the table.
                self._soon.start()
                return

    def refresh(self) -> None:
        """Show the measurements as they are; the selection stays."""
        chosen = self._chosen()
        self._rows = self.rows()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        self.table.clearSelection()
        select = self.table.selectionModel()
        for index, row in enumerate(self._rows):
            for column, text in enumerate(self._texts(row)):
                cell = QTableWidgetItem(text)
                cell.setData(IDENTITY, row.measurement.id)
                cell.setToolTip(tr("Double click to write") if column == LABEL else f"{text}\n{row.scale.explanation}")
                if column != LABEL:
                    cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if column == HEIGHT:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(index, column, cell)
            if row.measurement.id in chosen:
                flags = select.SelectionFlag.Select | select.SelectionFlag.Rows
                select.select(self.table.model().index(index, 0), flags)
        self.table.blockSignals(False)
        self._count_soon.start()
        self.export.setEnabled(bool(self._rows))
        self.copy.setEnabled(bool(self._rows))
        for each, tip in (
            (self.export, tr("All values with units, uncertainty and calibration")),
            (self.copy, tr("The table as text for a spreadsheet (Ctrl+C)")),
        ):
            each.setToolTip(tip if self._rows else tr("There are no measurements."))
        self._selected()

    def _texts(self, row: Row) -> tuple[str, ...]:
        item = row.measurement
        lines = value_lines(item, row.scale, self._pixels.get(self._counted_from(row)))
        height = f"{item.height_mm:.1f}" if item.height_mm is not None else "–"
        return (item.label, "; ".join(lines), height, tr(item.spec.noun), row.picture)

    def _counted_from(self, row: Row) -> tuple[Any, ...]:
        if row.uid not in self._session.pictures:
            return ()
        source, height, thickness = self._slab_of(row)
        own = row.measurement.height_mm is not None
        return (row.uid, replace(row.measurement, label="", note=""), id(source), None if own else height, thickness)

    def _count(self) -> None:
        """Find the statistics of the pixels that are not known yet, and write them into the table."""
        rows = [row for row in self._rows if row.measurement.spec.samples and row.uid in self._session.pictures]
        asked = [(self._counted_from(row), row, *self._slab_of(row)) for row in rows]
        self._pixels = {key: self._pixels[key] for key, *_ in asked if key in self._pixels}
        missing = [item for item in asked if item[0] not in self._pixels]
        if not missing:
            return

        def work(progress: Progress, _: object) -> dict[Any, Statistics]:
            found = {}
            for number, (key, row, source, height, thickness) in enumerate(missing):
                progress.step(number / len(missing))
                found[key] = statistics(source, row.measurement, height, thickness)
            return found

        def show(found: dict[Any, Statistics]) -> None:
            self._pixels.update(found)
            self.table.blockSignals(True)
            for index, row in enumerate(self._rows):
                cell = self.table.item(index, VALUE)
                if cell is not None and self._counted_from(row) in found:
                    text = self._texts(row)[VALUE]
                    cell.setText(text)
                    cell.setToolTip(f"{text}\n{row.scale.explanation}")
            self.table.blockSignals(False)

        self._window.background.submit(PIXELS_SLOT, work, Callbacks(result=show))

    def _chosen(self) -> set[str]:
        return {cell.data(IDENTITY) for cell in self.table.selectedItems()}

    def _selected(self) -> None:
        some = bool(self._chosen())
        self.remove.setEnabled(some)
        self.remove.setToolTip(
            tr("Remove the selected measurements (Del)") if some else tr("No measurement is selected.")
        )
        self._plot()

    # -- what the user does ----------------------------------------------------------------------------------------

    def jump(self, index: int) -> None:
        """Show the picture and the height of a measurement, and select it there."""
        if len(self._chosen()) > 1 or not 0 <= index < len(self._rows):
            return
        row, window = self._rows[index], self._window
        window.docks.findings.hang(row.uid)
        if row.measurement.height_mm is not None:
            self._session.set_height(row.uid, row.measurement.height_mm)
        window.active_pane.viewport.select_measurement(row.measurement.id)
        self.table.setFocus()

    def _renamed(self, cell: QTableWidgetItem) -> None:
        row = next((row for row in self._rows if row.measurement.id == cell.data(IDENTITY)), None)
        text = cell.text().strip()
        if row is not None and cell.column() == LABEL and text != row.measurement.label:
            self._session.change_measurement(row.uid, replace(row.measurement, label=text))

    def _remove(self) -> None:
        chosen = self._chosen()
        reading = self._session.reading
        for uid in {row.uid for row in self._rows if row.measurement.id in chosen}:
            state = reading.of(uid)
            left = tuple(item for item in state.measurements if item.id not in chosen)
            reading = reading.with_series(uid, replace(state, measurements=left))
        if reading is not self._session.reading:
            self._session.change(said("removal of measurements"), reading)

    def copy_table(self) -> None:
        """Put the table on the clipboard, cells separated by tabs."""
        headers = [str(self.table.model().headerData(c, Qt.Orientation.Horizontal)) for c in range(PICTURE + 1)]
        lines = ["\t".join(headers), *("\t".join(self._texts(row)) for row in self._rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._window.tell_status(tr("The table is on the clipboard."))

    def _ask(self) -> None:
        title = tr("Export Measurements")
        ask_where(self._window, self.widget, title, "CSV", "measurements.csv", self.export_to)

    def export_to(self, path: Path) -> None:
        """Write all measurements as CSV, with the statistics of their pixels."""
        asked = [(row, *self._slab_of(row)) for row in self.rows()]

        def work(progress: Progress, _: object) -> str:
            found = {}
            for number, (row, source, height, thickness) in enumerate(asked):
                progress.step(number / len(asked))
                if row.measurement.spec.samples:
                    found[row.measurement.id] = statistics(source, row.measurement, height, thickness)
            # With a byte order mark: without it spreadsheets take UTF-8 for the code page of the computer.
            data = csv_text([row for row, *_ in asked], found, shown).encode("utf-8-sig")
            with replacing(path) as part:
                part.write_bytes(data)
            return said("{0} measurements were saved as {1}.", len(asked), path)

        save(self._window, CSV_SLOT, tr("Saving values"), work)

    # -- values of the selected one --------------------------------------------------------------------------------

    def _slab_of(self, row: Row) -> tuple[Any, float, float]:
        """Source, height and thickness that a measurement's values come from."""
        session = self._session
        state = session.reading.of(row.uid)
        thickness = state.reconstruction.thickness_mm if state.reconstruction is not None else 0.0
        return session.pictures[row.uid].source, session.height(row.uid), thickness

    def _plot(self) -> None:
        chosen = self._chosen()
        row = next((row for row in self._rows if row.measurement.id in chosen), None) if len(chosen) == 1 else None
        if row is None or row.uid not in self._session.pictures:
            self._window.background.cancel(PLOT_SLOT)
            self.plot.set_data(None)
            return
        source, height, thickness = self._slab_of(row)
        # While scrolling the values are those of the slice on screen, at the measurement's place.
        item = replace(row.measurement, height_mm=height) if row.measurement.height_mm is not None else row.measurement
        scale = row.scale
        caption = tr("at {0:.1f} mm", height) if row.measurement.height_mm is not None else ""

        def work(*_: Any) -> Any:
            if item.spec.region is not None:
                return histogram(source, item, height, thickness), statistics(source, item, height, thickness)
            return profile(source, item, height, thickness), None

        def show(found: Any) -> None:
            factor = 1.0 / scale.pixel_mm[0] if scale.kind == "unknown" and scale.pixel_mm[0] > 0 else scale.factor
            data, counted = found
            self.plot.set_data(data, counted, scale.unit, factor, caption)

        def fail(error: Exception) -> None:
            self.plot.set_data(None)
            self._window.messages.tell(sentence(error))

        self._window.background.submit(PLOT_SLOT, work, Callbacks(result=show, error=fail))
