"""The page of the hanging protocols: keep the present arrangement as one, and look after those there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.hanging import HangingProtocol
from app.window.page import Page
from recon.errors import BocageError
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.window.hanging_menu import Hangings


class HangingPage(Page):
    """Keeps the present arrangement as a protocol; renames, switches and deletes the reader's own."""

    def __init__(self, hangings: Hangings, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Hanging Protocols"), content, parent)
        self._hangings = hangings
        self._shown: tuple[HangingProtocol, ...] = ()
        box = QVBoxLayout(content)
        box.setSpacing(12)
        box.addLayout(self._form())
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {COLOURS.warning}")
        box.addWidget(self._problem)
        self.table = self._table()
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.use = QPushButton(tr("Hang Now"))
        self.use.clicked.connect(self._use)
        self.delete = QPushButton(tr("Delete"))
        self.delete.clicked.connect(self._delete)
        row.addWidget(self.use)
        row.addWidget(self.delete)
        row.addStretch(1)
        box.addLayout(row)
        self.resize(640, 520)
        self.refresh()

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        head = QLabel(tr("Keep the present arrangement: viewports, pictures, comparisons, links, thickness, algorithm"))
        head.setWordWrap(True)
        form.addWidget(head, 0, 0, 1, 3)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.part = QComboBox()
        self.modality = QComboBox()
        self.automatic = QCheckBox(tr("Hang such studies by itself"))
        self.automatic.setChecked(True)
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        for column, (title, control) in enumerate(
            ((tr("Name"), self.name), (tr("Body part"), self.part), (tr("Modality"), self.modality))
        ):
            label = QLabel(title)
            label.setBuddy(control)
            form.addWidget(label, 1, column)
            form.addWidget(control, 2, column)
            control.setAccessibleName(title)
        form.addWidget(self.automatic, 3, 0, 1, 2)
        form.addWidget(self.save, 3, 2)
        form.setColumnStretch(0, 1)
        return form

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([tr("Protocol"), tr("For"), tr("By itself")])
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        table.itemChanged.connect(self._changed)
        table.itemSelectionChanged.connect(self._selected)
        table.itemDoubleClicked.connect(lambda item: None if self._shown[item.row()].own else self._use())
        return table

    def refresh(self) -> None:
        """Show what the present study offers, and the protocols there are."""
        title, parts, modalities = self._hangings.example()
        self.name.setText(title)
        self.save.setEnabled(bool(title))
        self.save.setToolTip("" if title else tr("No study is open."))
        for box, found in ((self.part, parts), (self.modality, modalities)):
            box.clear()
            for value in found:
                box.addItem(value, value)
            box.addItem(tr("any"), "")
        self._fill()

    def _fill(self) -> None:
        self._shown = self._hangings.store.protocols()
        self._problem.setText(" ".join(map(shown, self._hangings.store.problems)))
        self._problem.setVisible(bool(self._hangings.store.problems))
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._shown))
        for row, protocol in enumerate(self._shown):
            name = QTableWidgetItem(protocol.title if protocol.own else tr(protocol.title))
            whom = ", ".join((*protocol.body_parts, *protocol.modalities)) or tr("any")
            places = QTableWidgetItem(whom)
            switch = QTableWidgetItem()
            switch.setCheckState(Qt.CheckState.Checked if protocol.automatic else Qt.CheckState.Unchecked)
            fixed = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            own = Qt.ItemFlag.ItemIsEditable if protocol.own else Qt.ItemFlag.NoItemFlags
            name.setFlags(fixed | own)
            places.setFlags(fixed)
            switch.setFlags(fixed | (Qt.ItemFlag.ItemIsUserCheckable if protocol.own else Qt.ItemFlag.NoItemFlags))
            tip = tr("Your own: double click to rename") if protocol.own else tr("Comes with the program")
            for column, item in enumerate((name, places, switch)):
                item.setToolTip(tip)
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        self._selected()

    def _chosen(self) -> HangingProtocol | None:
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) and self.table.selectedItems() else None

    def _selected(self) -> None:
        chosen = self._chosen()
        why = self._hangings.why_not(chosen) if chosen is not None else tr("No protocol is selected.")
        self.use.setEnabled(not why)
        self.use.setToolTip(why)
        self.delete.setEnabled(chosen is not None and chosen.own)
        self.delete.setToolTip("" if chosen is not None and chosen.own else tr("Only your own can be deleted."))

    def _save(self) -> None:
        protocol = self._hangings.present(self.name.text().strip() or tr("Protocol"))
        if protocol is None:
            return
        part, modality = self.part.currentData(), self.modality.currentData()
        self._keep(
            replace(
                protocol,
                body_parts=(part,) if part else (),
                modalities=(modality,) if modality else (),
                automatic=self.automatic.isChecked(),
            )
        )

    def _keep(self, protocol: HangingProtocol) -> None:
        try:
            self._hangings.store.save(protocol)
        except BocageError as error:
            self._problem.setText(shown(str(error)))
            self._problem.show()
            return
        self._fill()

    def _changed(self, item: QTableWidgetItem) -> None:
        protocol = self._shown[item.row()]
        if item.column() == 0:
            self._keep(replace(protocol, title=item.text().strip() or protocol.title))
        elif item.column() == 2:
            self._keep(replace(protocol, automatic=item.checkState() is Qt.CheckState.Checked))

    def _use(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._hangings.use(chosen)

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._hangings.store.remove(chosen)
            self._fill()
