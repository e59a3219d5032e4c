"""The view of the worklist's table: columns to choose, and keys that look for studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from app.window.worklist_table import COLUMNS, DATE, NOTE, StudyTable
from widgets.translation import tr

if TYPE_CHECKING:
    from app.settings import SettingsStore

LAYOUT = "worklist"
"""Under this name the columns are remembered."""


class StudyView(QTableView):
    """Studies as lines.

    Signals
    -------
    sorted_otherwise()
    typed(text)
        Letters, which are looked for.
    """

    sorted_otherwise = Signal()
    typed = Signal(str)

    def __init__(self, model: StudyTable, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setAccessibleName(tr("Studies"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # Typing looks for studies; notes are written with F2.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._column_menu)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, column.width)
            self.setColumnHidden(number, not column.shown)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        kept = settings.layout(LAYOUT)
        if kept is not None:
            header.restoreState(kept)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(lambda *_: self.sorted_otherwise.emit())

    @property
    def order(self) -> tuple[str, bool]:
        """What is sorted by (of `app.worklist.search.ORDERS`), and whether the last comes first."""
        header = self.horizontalHeader()
        column = header.sortIndicatorSection()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return COLUMNS[column if 0 <= column < len(COLUMNS) else DATE].order, descending

    @property
    def places(self) -> list[int]:
        """Places of the selected studies, in the order of the list."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def select(self, place: int) -> None:
        """Select one study by its place."""
        column = next(number for number in range(len(COLUMNS)) if not self.isColumnHidden(number))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(place, column), flags)

    def edit_note(self) -> None:
        """Write the current study's note in its place."""
        index = self.currentIndex()
        if index.isValid():
            self.setColumnHidden(NOTE, False)
            place = self.model().index(index.row(), NOTE)
            self.setCurrentIndex(place)
            self.scrollTo(place)
            self.edit(place)

    def remember(self) -> None:
        """Keep which columns there are, how wide, and what is sorted by."""
        self._settings.set_layout(LAYOUT, self.horizontalHeader().saveState())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: letters are looked for, rather than jumped to."""
        text = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if text.strip() and text.isprintable() and not held:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _column_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(tr(column.title))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, number=number: self.show_column(number, on))
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def show_column(self, number: int, on: bool) -> None:
        """Show a column or not; the last one stays."""
        others = [each for each in range(len(COLUMNS)) if each != number and not self.isColumnHidden(each)]
        if on or others:
            self.setColumnHidden(number, not on)
            self.remember()
