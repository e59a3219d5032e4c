"""The table of luminance readings: one row a level, typed or filled from a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.display.characteristic import Reading
from widgets.theme import COLOURS
from widgets.translation import tr

MONITOR, CHECK = 1, 2
"""Columns: the monitor itself; through its calibration."""


class ReadingsTable(QTableWidget):
    """Levels with two columns of readings."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels([tr("Level"), tr("Monitor, cd/m²"), tr("Calibrated, cd/m²")])
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setDefaultSectionSize(22)
        self.setAccessibleName(tr("Luminance readings"))
        self.setToolTip(tr("Type readings, or paste a column of numbers. Empty fields are not measured yet."))
        self.itemChanged.connect(self._edited)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of the rows."""
        items = (self.item(row, 0) for row in range(self.rowCount()))
        return tuple(int(item.data(Qt.ItemDataRole.UserRole)) for item in items if item is not None)

    def set_levels(self, levels: Sequence[int]) -> None:
        """Show rows for these levels; readings of levels that stay are kept."""
        kept = {column: dict(_pairs(self.readings(column))) for column in (MONITOR, CHECK)}
        self.blockSignals(True)
        self.setRowCount(0)
        self.setRowCount(len(levels))
        for row, level in enumerate(sorted(levels)):
            item = QTableWidgetItem(str(level))
            item.setData(Qt.ItemDataRole.UserRole, level)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setForeground(QColor(COLOURS.text_dim))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, 0, item)
            for column in (MONITOR, CHECK):
                self._put(row, column, kept[column].get(level))
        self.blockSignals(False)
        self.changed.emit()

    def set_readings(self, column: int, readings: Sequence[Reading]) -> None:
        """Fill a column; levels that are not there yet get rows."""
        found = dict(_pairs(readings))
        if set(found) - set(self.levels):
            self.set_levels(sorted({*self.levels, *found}) if len(found) < 10 else sorted(found))
        self.blockSignals(True)
        for row, level in enumerate(self.levels):
            self._put(row, column, found.get(level))
        self.blockSignals(False)
        self.changed.emit()

    def set_reading(self, column: int, level: int, cd_m2: float) -> None:
        """Put in one reading."""
        if level in self.levels:
            row = self.levels.index(level)
            self._put(row, column, cd_m2)
            item = self.item(row, column)
            if item is not None:
                self.scrollToItem(item)
            self.changed.emit()

    def readings(self, column: int) -> tuple[Reading, ...]:
        """The readings of a column that are filled in and are numbers."""
        found = []
        for row, level in enumerate(self.levels):
            item = self.item(row, column)
            value = number(item.text()) if item is not None else None
            if value is not None:
                found.append(Reading(level, value))
        return tuple(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a column of numbers; delete what is selected."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                if item.column():
                    item.setText("")
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), MONITOR)
        for offset, line in enumerate(text.splitlines()):
            value = number(line.split("\t")[-1])
            if value is not None and row + offset < self.rowCount():
                self.blockSignals(True)
                self._put(row + offset, column, value)
                self.blockSignals(False)
        self.changed.emit()

    def _put(self, row: int, column: int, value: float | None) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
        text = "" if value is None else QLocale().toString(value, "g", 6)
        if item.text() != text:
            item.setText(text)

    def _edited(self, item: QTableWidgetItem) -> None:
        wrong = bool(item.text().strip()) and number(item.text()) is None
        self.blockSignals(True)
        item.setForeground(QColor(COLOURS.error if wrong else COLOURS.text))
        item.setToolTip(tr("A luminance is a number of cd/m², 0 or more.") if wrong else "")
        self.blockSignals(False)
        if item.column():
            self.changed.emit()


def number(text: str) -> float | None:
    """A typed luminance with a point or a comma; None when it is none."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 1e6 else None


def _pairs(readings: Sequence[Reading]) -> list[tuple[int, float]]:
    return [(each.level, each.cd_m2) for each in readings]
