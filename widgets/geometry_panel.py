"""The numbers of an acquisition as a table: value, source by word and colour; some can be overridden in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from widgets.geometry_drawing import GeometryDrawing
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import mark, tr

SOURCE_COLOURS = {
    "dicom": "#7fc8a9",
    "breast object": "#5fd7ee",
    "dose report": "#b79cf0",
    "file": "#8fb8ff",
    "user": "#ffab5e",
    "file name": "#e6d36a",
    "preset": "#ffc857",
    "assumed": "#ff8f6b",
}
"""Colour of each source (`recon.provenance.Source`); the word stands beside it."""
HEADERS = (mark("Number and source"), mark("Value"))
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
DOT, PADDING = 9.0, 6
NARROWEST = 300
"""Titles and values stand side by side without being cut off."""


@dataclass(frozen=True)
class NumberRow:
    """One row.

    Attributes
    ----------
    name : str
        Told back when it is overridden.
    title, value, source : str
        As they are shown.
    key : str
        Of `SOURCE_COLOURS`.
    detail : str
        Tooltip: the attribute, and what must be known.
    assumed : bool
    entry : str
        What stands in the field when the row is edited; "" cannot be edited.
    why_fixed : str
        Why it cannot be edited, for the tooltip.
    """

    name: str
    title: str
    value: str
    source: str
    key: str
    detail: str = ""
    assumed: bool = False
    entry: str = ""
    why_fixed: str = ""


class _Delegate(QStyledItemDelegate):
    """Draws the title of a number, and below it the source: a dot in its colour and the word."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        row: NumberRow | None = index.data(ROW_ROLE)
        if row is None:
            super().paint(painter, option, index)
            return
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        blank.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        line = option.fontMetrics.height()
        top = option.rect.center().y() - line - 0.5
        left, width = option.rect.left() + PADDING, option.rect.width() - 2 * PADDING
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(COLOURS.text_dim))
        painter.drawText(QRectF(left, top, width, line), flags, row.title)
        painter.setPen(QColor(COLOURS.warning if row.assumed else COLOURS.text))
        painter.drawText(QRectF(left + DOT + 5, top + line + 1, width, line), flags, row.source)
        colour = QColor(SOURCE_COLOURS.get(row.key, COLOURS.text_dim))
        painter.setPen(QPen(colour, 1.5))
        # A ring instead of a dot: not by the colour alone.
        painter.setBrush(Qt.BrushStyle.NoBrush if row.assumed else colour)
        painter.drawEllipse(QRectF(left + 0.5, top + line + 1 + (line - DOT) / 2, DOT, DOT))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for both lines."""
        row: NumberRow | None = index.data(ROW_ROLE)
        if row is None:
            return super().sizeHint(option, index)
        metrics = option.fontMetrics
        width = max(metrics.horizontalAdvance(row.title), metrics.horizontalAdvance(row.source) + int(DOT) + 5)
        return QSize(width + 2 * PADDING + 6, 2 * metrics.height() + 8)


class _Table(QTableWidget):
    """Edits with Enter as well as with F2 and a double click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits the value of the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            item = self.item(self.currentRow(), 1)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentItem(item)
                self.editItem(item)
                return
        super().keyPressEvent(event)


class GeometryPanel(QWidget):
    """Table, side view and buttons. Signals only."""

    overridden = Signal(str, str)
    """(name, text) the user wrote another value; an empty text takes theirs back."""
    file_wanted = Signal()
    preset_wanted = Signal()
    reverse_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: tuple[NumberRow, ...] = ()
        self.text = plain_label()
        self.table = _Table(0, 2)
        self.table.setHorizontalHeaderLabels([tr(header) for header in HEADERS])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setItemDelegate(_Delegate(self.table))
        self.table.setAccessibleName(tr("Numbers of the acquisition with their sources"))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.sectionResized.connect(lambda *_: self.table.resizeRowsToContents())
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemChanged.connect(self._edited)
        self.drawing = GeometryDrawing()
        self.problem = plain_label(colour=COLOURS.error)
        self.problem.hide()
        self.file = QPushButton(tr("Geometry File…"))
        self.preset = QPushButton(tr("Preset…"))
        self.reverse = QPushButton(tr("Reverse Direction"))
        self.save = QPushButton(tr("Save Geometry…"))
        for button, signal in (
            (self.file, self.file_wanted),
            (self.preset, self.preset_wanted),
            (self.reverse, self.reverse_wanted),
            (self.save, self.save_wanted),
        ):
            button.clicked.connect(signal)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(self.file, 0, 0)
        grid.addWidget(self.preset, 0, 1)
        grid.addWidget(self.reverse, 1, 0)
        grid.addWidget(self.save, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.table, 3)
        column.addWidget(self.problem)
        column.addWidget(self.drawing, 2)
        column.addLayout(grid)
        self.set_rows((), "")

    def sizeHint(self) -> QSize:
        """Room for the table."""
        return QSize(320, 620)

    @property
    def rows(self) -> tuple[NumberRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[NumberRow], text: str) -> None:
        """Show other numbers; `text` stands above them."""
        self.text.setText(text)
        self.text.setVisible(bool(text))
        if tuple(rows) == self._rows and self.table.rowCount() == len(rows):
            return
        self._rows = tuple(rows)
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for index, row in enumerate(rows):
            self._fill(index, row)
        self.table.resizeRowsToContents()
        self.table.blockSignals(blocked)
        # Columns, and a scroll bar, take their width later.
        QTimer.singleShot(0, self.table, self.table.resizeRowsToContents)
        for widget in (self.table, self.drawing, self.file, self.preset, self.reverse, self.save):
            widget.setVisible(bool(rows))

    def _fill(self, index: int, row: NumberRow) -> None:
        tip = "\n".join(part for part in (row.detail, self._how(row)) if part)
        for column, text in enumerate((f"{row.title}, {row.source}", row.value)):
            item = QTableWidgetItem(text)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if column == 1 and row.entry:
                flags |= Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags)
            item.setToolTip(tip)
            if column == 0:
                item.setData(ROW_ROLE, row)
            elif row.assumed:
                item.setForeground(QColor(COLOURS.warning))
            self.table.setItem(index, column, item)

    @staticmethod
    def _how(row: NumberRow) -> str:
        if row.entry:
            return tr("Double-click the value to write your own; empty it to take yours back.")
        return row.why_fixed

    def tell(self, sentence: str) -> None:
        """Say what was wrong with what was written; "" says nothing more."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def set_reversible(self, why_not: str) -> None:
        """Offer to turn the sweep round, or say why it cannot be."""
        self.reverse.setEnabled(not why_not)
        self.reverse.setToolTip(why_not or tr("The views were taken in the other order"))

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() != 1 or not 0 <= item.row() < len(self._rows):
            return
        row = self._rows[item.row()]
        text = item.text().strip()
        blocked = self.table.blockSignals(True)
        item.setText(row.value)  # until it is in force
        self.table.blockSignals(blocked)
        if text != row.value:
            self.overridden.emit(row.name, text)
