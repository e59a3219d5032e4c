"""The page on which keys are changed: a set to start from, and every action with its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS, MENUS, by_id
from app.settings import SettingsStore
from app.shortcuts import OWN_SET, OWN_TITLE, conflicts, effective_keys, set_keys, shortcut_sets, written
from app.window.page import Page
from widgets.theme import COLOURS
from widgets.translation import plain, tr

NATIVE = QKeySequence.SequenceFormat.NativeText
IDENTITY = Qt.ItemDataRole.UserRole


class ShortcutsPage(Page):
    """Every action with its keys; changes take effect at once."""

    def __init__(self, store: SettingsStore, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Change Keys"), content, parent)
        self._store, self._changed = store, changed
        box = QVBoxLayout(content)
        self.sets = QComboBox()
        self.sets.addItem(tr(OWN_TITLE), OWN_SET)
        for found in shortcut_sets():
            self.sets.addItem(tr(found.title), found.key)
            self.sets.setItemData(self.sets.count() - 1, "\n".join(found.sources), Qt.ItemDataRole.ToolTipRole)
        self.sets.setCurrentIndex(max(0, self.sets.findData(store.current.shortcut_set)))
        self.sets.activated.connect(self._choose_set)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        label = QLabel(tr("Keys"))
        label.setBuddy(self.sets)
        head.addWidget(label)
        head.addWidget(self.sets)
        head.addWidget(self.search, 1)
        box.addLayout(head)
        self._model = QStandardItemModel(0, 3)
        self._model.setHorizontalHeaderLabels([tr("Action"), tr("Menu"), tr("Keys")])
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setFilterKeyColumn(-1)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._filter.setFilterFixedString)
        self.table = QTableView()
        self.table.setModel(self._filter)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for column, mode in enumerate(("Stretch", "ResizeToContents", "ResizeToContents")):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        box.addWidget(self.table, 1)
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.add = QPushButton(tr("Set"))
        self.add.setToolTip(tr("These keys alone start the selected action"))
        self.more = QPushButton(tr("Add"))
        self.more.setToolTip(tr("These keys start the selected action too"))
        self.none = QPushButton(tr("None"))
        self.none.setToolTip(tr("No keys for the selected action"))
        self.reset = QPushButton(tr("Reset"))
        self.reset.setToolTip(tr("The keys of the set for the selected action"))
        self.reset_all = QPushButton(tr("Reset All"))
        self.add.clicked.connect(lambda: self._put(self._typed()))
        self.more.clicked.connect(lambda: self._put((*self._now()[self._chosen()], *self._typed())))
        self.none.clicked.connect(lambda: self._put(()))
        self.reset.clicked.connect(lambda: self._put(set_keys(self._store.current.shortcut_set)[self._chosen()]))
        self.reset_all.clicked.connect(lambda: self._write({}))
        row = QHBoxLayout()
        new = QLabel(tr("New keys"))
        new.setBuddy(self.keys)
        row.addWidget(new)
        row.addWidget(self.keys, 1)
        for button in (self.add, self.more, self.none, self.reset, self.reset_all):
            row.addWidget(button)
        box.addLayout(row)
        self.conflict = QLabel()
        self.conflict.setWordWrap(True)
        self.conflict.setStyleSheet(f"color: {COLOURS.warning}")
        box.addWidget(self.conflict)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        self.resize(760, 640)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys in force."""
        chosen = self._chosen()
        groups, keys = dict(MENUS), self._now()
        clashing = conflicts(keys)
        taken = {identity for found in clashing.values() for identity in found}
        self._model.removeRows(0, self._model.rowCount())
        for action in ACTIONS:
            shown = ", ".join(QKeySequence(key).toString(NATIVE) for key in keys[action.id])
            texts = (plain(tr(action.text)).rstrip("…"), plain(tr(groups[action.group])), shown)
            row = [QStandardItem(text) for text in texts]
            row[0].setData(action.id, IDENTITY)
            row[0].setToolTip(tr(action.tip))
            if action.id in taken:
                row[2].setForeground(Qt.GlobalColor.yellow)
            self._model.appendRow(row)
            if action.id == chosen:
                self.table.selectRow(self._filter.mapFromSource(row[0].index()).row())
        sentences = [
            tr("{0} stands for several: {1}.", QKeySequence(key).toString(NATIVE), ", ".join(map(_title, found)))
            for key, found in clashing.items()
        ]
        self.conflict.setText(" ".join(sentences))
        self.conflict.setVisible(bool(sentences))
        self._selected()

    def select(self, identity: str) -> None:
        """Select an action."""
        for row in range(self._filter.rowCount()):
            if self._filter.index(row, 0).data(IDENTITY) == identity:
                self.table.selectRow(row)

    def _chosen(self) -> str:
        rows = self.table.selectionModel().selectedRows()
        return str(rows[0].data(IDENTITY)) if rows else ""

    def _typed(self) -> tuple[str, ...]:
        text = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (text,) if text else ()

    def _now(self) -> dict[str, tuple[str, ...]]:
        current = self._store.current
        return effective_keys(current.shortcut_set, current.shortcuts)

    def _selected(self) -> None:
        chosen = self._chosen()
        for control in (self.keys, self.add, self.more, self.none, self.reset):
            control.setEnabled(bool(chosen))

    def _put(self, own: tuple[str, ...]) -> None:
        """Give the selected action these keys; another one that had them loses them."""
        chosen = self._chosen()
        if not chosen:
            return
        keys = {
            identity: tuple(key for key in found if key not in own or identity == chosen)
            for identity, found in self._now().items()
        }
        keys[chosen] = tuple(dict.fromkeys(own))
        self.keys.clear()
        self._write(keys)

    def _choose_set(self) -> None:
        self._store.change(shortcut_set=self.sets.currentData())
        self._write({})

    def _write(self, keys: dict[str, tuple[str, ...]]) -> None:
        self._store.change(shortcuts=written(keys, self._store.current.shortcut_set))
        self._changed()
        self.refresh()


def _title(identity: str) -> str:
    return plain(tr(by_id(identity).text)).rstrip("…")
