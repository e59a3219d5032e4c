"""The page of the worklist's folders: which are watched, what was found in them, and forgetting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.window.page import Page
from app.window.worklist_service import Worklist
from app.worklist.model import Folder
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import mark, shown, tr

COLUMNS = (mark("Folder"), mark("Files"), mark("Not read"), mark("Looked through"))


class FoldersPage(Page):
    """Folders that the worklist watches."""

    def __init__(self, worklist: Worklist, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Folders of the Worklist"), content, parent)
        self._worklist = worklist
        box = QVBoxLayout(content)
        box.setSpacing(10)
        text = QLabel(
            tr("Studies in these folders, and in all folders inside them, are listed. Nothing is copied or changed.")
        )
        text.setWordWrap(True)
        box.addWidget(text)
        self.table = self._table()
        box.addWidget(self.table, 1)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(8)
        self.said = plain_label()
        self.said.setProperty("role", "dim")
        box.addWidget(self.progress)
        box.addWidget(self.said)
        row = QHBoxLayout()
        self.forget = QPushButton(tr("Forget Everything"))
        self.forget.setToolTip(
            tr("The list, all marks and notes are erased from this computer. The studies' files stay where they are.")
        )
        self.sure = QPushButton(tr("Yes, Forget Everything"))
        self.sure.setStyleSheet(f"color: {COLOURS.error}")
        self.keep = QPushButton(tr("Keep"))
        self.stop = QPushButton(tr("Stop"))
        self.stop.setToolTip(tr("What was read stays; the next time goes on from there"))
        self.again = QPushButton(tr("Look Through Again"))
        self.remove = QPushButton(tr("Remove"))
        self.remove.setToolTip(tr("Watch the folder no longer. Its files stay where they are."))
        self.add = QPushButton(tr("Add Folder…"))
        self.add.setProperty("primary", True)
        self.forget.clicked.connect(lambda: self._ask(True))
        self.keep.clicked.connect(lambda: self._ask(False))
        self.sure.clicked.connect(self._forget)
        self.stop.clicked.connect(worklist.stop)
        self.again.clicked.connect(worklist.look_again)
        self.remove.clicked.connect(self._remove)
        self.add.clicked.connect(lambda: worklist.choose_folder(self))
        for button in (self.forget, self.sure, self.keep):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.stop, self.again, self.remove, self.add):
            row.addWidget(button)
        for button in (self.forget, self.sure, self.keep, self.stop, self.again, self.remove, self.add):
            button.setAutoDefault(False)
        box.addLayout(row)
        worklist.folders_changed.connect(self._show)
        worklist.failed.connect(self._failed)
        worklist.listen(self)
        self.resize(760, 420)
        self.refresh()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        table.setHorizontalHeaderLabels([tr(title) for title in COLUMNS])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAccessibleName(tr("Folders of the worklist"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 80), (2, 80), (3, 170)):
            table.setColumnWidth(column, width)
        table.itemSelectionChanged.connect(self._update)
        return table

    def refresh(self) -> None:
        """Read the folders anew."""
        self._ask(False)
        self._show()
        self._worklist.refresh_folders()

    def _show(self) -> None:
        folders, running = self._worklist.folders, self._worklist.running
        if [self._path(row) for row in range(self.table.rowCount())] != [folder.path for folder in folders]:
            self.table.setRowCount(len(folders))
        for row, folder in enumerate(folders):
            for column, text in enumerate(_texts(folder)):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, folder.path)
                item.setToolTip(text)
                if not folder.present:
                    item.setForeground(QColor(COLOURS.text_disabled))
                self.table.setItem(row, column, item)
        self.progress.setVisible(bool(running))
        self.stop.setVisible(bool(running))
        if running:
            self.progress.setValue(round(100 * sum(done for done, _ in running.values()) / len(running)))
            self.said.setText(tr("Looking through {0}", str(next(iter(running)))))
        elif not folders:
            self.said.setText(tr("No folder is watched yet. Press Add Folder… and choose where your studies are."))
        else:
            self.said.setText("")
        self._update()

    def _path(self, row: int) -> Path | None:
        item = self.table.item(row, 0)
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def _update(self) -> None:
        chosen = bool(self.table.selectedItems())
        self.remove.setEnabled(chosen)
        self.remove.setToolTip(
            tr("Watch the folder no longer. Its files stay where they are.") if chosen else tr("Select a folder first.")
        )
        self.again.setEnabled(bool(self._worklist.folders) and not self._worklist.running)

    def _remove(self) -> None:
        rows = {item.row() for item in self.table.selectedItems()}
        for path in [self._path(row) for row in sorted(rows)]:
            if path is not None:
                self._worklist.remove(path)

    def _ask(self, on: bool) -> None:
        """Ask in place whether everything is to be forgotten."""
        self.forget.setVisible(not on)
        self.sure.setVisible(on)
        self.keep.setVisible(on)

    def _forget(self) -> None:
        self._ask(False)
        self._worklist.forget()

    def _failed(self, text: str) -> None:
        self.said.setText(shown(text))


def _texts(folder: Folder) -> tuple[str, ...]:
    if not folder.present:
        state = tr("not there now")
    elif not folder.checked_at:
        state = tr("not yet")
    else:
        moment = QDateTime.fromSecsSinceEpoch(int(folder.checked_at))
        state = QLocale().toString(moment, tr("d MMM yyyy") + " HH:mm")
        if not folder.complete:
            state = tr("only in part")
    name = str(folder.path) if folder.kind == "watched" else tr("{0} (received)", str(folder.path))
    return name, str(folder.n_files), str(folder.n_problems or ""), state
