"""The page of the receiver: on and off, who may send, what was turned away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dicom.receive import AssociationRefused, ReceiverSettings, Sender
from app.dicom.receive.settings import LOOPBACK
from app.window.file_entry import with_button
from app.window.page import Page
from recon.messages import mark
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.window.receiver_flow import ReceiverFlow, Turned

ADDRESSES = ((LOOPBACK, mark("This computer only")), ("0.0.0.0", mark("Every network")))
EXPOSED = mark(
    "Other computers can reach this port, and nothing is encrypted: names and pictures can be read on the way, and an "
    "AE title proves nothing. Choose a certificate, or use a network of the devices alone."
)
GIGABYTE = 10**9
WIDTH = 390
"""Of the settings, in pixels."""
ROW = Qt.ItemDataRole.UserRole


class ReceiverPage(Page):
    """What the receiver is told on the left, who sends to it on the right."""

    def __init__(self, flow: ReceiverFlow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Receiver"), content, parent)
        self._flow = flow
        self._shown = 0
        columns = QHBoxLayout(content)
        columns.setSpacing(20)
        columns.addLayout(self._settings_side())
        columns.addLayout(self._senders_side(), 1)
        self.resize(1040, 660)
        flow.changed.connect(self._refresh_state)
        self.refresh()

    # -- construction ----------------------------------------------------------------------------------------------

    def _settings_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self.enabled = QCheckBox(tr("Receive studies"))
        self.enabled.setToolTip(tr("Listen for devices and archives that send studies to this computer (C-STORE)"))
        self.enabled.toggled.connect(self._switched)
        side.addWidget(self.enabled)
        self.state = plain_label(colour=COLOURS.text_dim)
        self.state.setMinimumSize(WIDTH, 34)
        side.addWidget(self.state)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        self.ae_title = QLineEdit()
        self.ae_title.setMaxLength(16)
        self.address = QComboBox()
        self.address.setEditable(True)
        for address, title in ADDRESSES:
            self.address.addItem(f"{address} – {tr(title)}", address)
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        self.port.setGroupSeparatorShown(False)
        self.certificate, self.key, self.authorities, self.folder = (QLineEdit() for _ in range(4))
        self.certificate.setPlaceholderText(tr("not encrypted"))
        self.authorities.setPlaceholderText(tr("no certificate asked of senders"))
        self.folder.setPlaceholderText(tr("the program's own folder"))
        self.quota, self.free = QDoubleSpinBox(), QDoubleSpinBox()
        for entry in (self.quota, self.free):
            entry.setRange(0.1, 100_000)
            entry.setDecimals(1)
            entry.setSuffix(tr(" GB"))
        for title, control, tip in (
            (tr("AE title"), self.ae_title, tr("What senders must call")),
            (tr("Address"), self.address, tr("The network on which it listens")),
            (tr("Port"), self.port, tr("What senders must enter; below 1024 only an administrator may")),
            (
                tr("Certificate"),
                with_button(self, self.certificate, tr("Choose a PEM file")),
                tr("PEM file; with it connections are encrypted"),
            ),
            (tr("Its key"), with_button(self, self.key, tr("Choose a PEM file")), tr("PEM file without a password")),
            (
                tr("Authorities"),
                with_button(self, self.authorities, tr("Choose a PEM file")),
                tr("Senders must show a certificate signed by one"),
            ),
            (
                tr("Folder"),
                with_button(self, self.folder, tr("Choose where received studies are kept"), folder=True),
                tr("Where studies are kept"),
            ),
            (tr("At most"), self.quota, tr("Nothing more is taken when the folder holds so much")),
            (tr("Leave free"), self.free, tr("Nothing more is taken when the disk has less room")),
        ):
            label = QLabel(title)
            label.setToolTip(tip)
            control.setToolTip(tip)
            control.setAccessibleName(title)
            form.addRow(label, control)
        side.addLayout(form)
        self.opens = QCheckBox(tr("Open a study that arrives while none is being read"))
        side.addWidget(self.opens)
        self.warning = plain_label(colour=COLOURS.warning)
        side.addWidget(self.warning)
        self.said = plain_label(colour=COLOURS.text)
        side.addWidget(self.said)
        side.addStretch(1)
        row = QHBoxLayout()
        self.test = QPushButton(tr("Test"))
        self.test.clicked.connect(self._test)
        self.apply = QPushButton(tr("Apply"))
        self.apply.setProperty("primary", True)
        self.apply.clicked.connect(self._apply)
        row.addStretch(1)
        row.addWidget(self.test)
        row.addWidget(self.apply)
        side.addLayout(row)
        for text in (self.ae_title, self.certificate, self.key, self.authorities, self.folder):
            text.textChanged.connect(lambda _: self._edited())
        self.address.editTextChanged.connect(lambda _: self._edited())
        for number in (self.port, self.quota, self.free):
            number.valueChanged.connect(lambda _: self._edited())
        self.opens.toggled.connect(lambda _: self._edited())
        return side

    def _senders_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.addWidget(_heading(tr("Allowed senders")))
        self.senders = _table((tr("AE title"), tr("Address or network")))
        self.senders.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.senders.itemChanged.connect(lambda _: self._edited())
        self.senders.itemSelectionChanged.connect(self._selected)
        side.addWidget(self.senders, 2)
        self.no_senders = plain_label(colour=COLOURS.text_dim)
        self.no_senders.setText(
            tr("Nobody may send yet. Add a sender, or let the device send once: it appears below and can be allowed.")
        )
        side.addWidget(self.no_senders)
        row = QHBoxLayout()
        self.add = QPushButton(tr("Add"))
        self.add.clicked.connect(lambda: self._add_row(Sender("", ""), edit=True))
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        side.addLayout(row)
        side.addSpacing(8)
        side.addWidget(_heading(tr("Turned away lately")))
        self.turned = _table((tr("Time"), tr("AE title"), tr("Address"), tr("Why")))
        header = self.turned.horizontalHeader()
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.turned.setWordWrap(True)
        self.turned.itemSelectionChanged.connect(self._selected)
        side.addWidget(self.turned, 3)
        row = QHBoxLayout()
        self.allow = QPushButton(tr("Allow This Sender"))
        self.allow.clicked.connect(self._allow)
        row.addWidget(self.allow)
        row.addStretch(1)
        side.addLayout(row)
        return side

    # -- settings --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the settings in force."""
        self._write(self._flow.settings)
        self._refresh_state()

    def _write(self, settings: ReceiverSettings) -> None:
        self._writing = True
        self._written = settings
        self.enabled.setChecked(settings.enabled)
        self.ae_title.setText(settings.ae_title)
        known = [address for address, _ in ADDRESSES]
        if settings.address in known:
            self.address.setCurrentIndex(known.index(settings.address))
        else:
            self.address.setEditText(settings.address)
        self.port.setValue(settings.port)
        for entry, text in (
            (self.certificate, settings.certificate),
            (self.key, settings.key),
            (self.authorities, settings.authorities),
            (self.folder, settings.folder),
        ):
            entry.setText(text)
        self.quota.setValue(settings.quota_bytes / GIGABYTE)
        self.free.setValue(settings.keep_free_bytes / GIGABYTE)
        self.opens.setChecked(settings.opens)
        self.senders.setRowCount(0)
        for sender in settings.senders:
            self._add_row(sender)
        self._writing = False
        self._edited()
        self._selected()

    _writing = False
    _written = ReceiverSettings()

    def entered(self) -> ReceiverSettings:
        """The settings as they are entered."""
        senders = []
        for row in range(self.senders.rowCount()):
            title, network = (_cell(self.senders, row, column) for column in range(2))
            if title or network:
                senders.append(Sender(title, network))
        written = self._written
        quota, free = round(self.quota.value() * GIGABYTE), round(self.free.value() * GIGABYTE)
        return replace(
            written,
            enabled=self.enabled.isChecked(),
            ae_title=self.ae_title.text().strip(),
            address=self.address.currentText().split("–")[0].strip(),
            port=self.port.value(),
            senders=tuple(dict.fromkeys(senders)),
            certificate=self.certificate.text().strip(),
            key=self.key.text().strip(),
            authorities=self.authorities.text().strip(),
            folder=self.folder.text().strip(),
            # Entries show a tenth of a gigabyte; what was not touched keeps its bytes.
            quota_bytes=written.quota_bytes if _same(quota, written.quota_bytes) else quota,
            keep_free_bytes=written.keep_free_bytes if _same(free, written.keep_free_bytes) else free,
            opens=self.opens.isChecked(),
        )

    def _edited(self) -> None:
        """Say what is wrong with what is entered, and whether it is in force."""
        if self._writing:
            return
        settings = self.entered()
        problem = settings.problem()
        self.warning.setText(shown(problem) or ("" if settings.is_local or settings.uses_tls else tr(EXPOSED)))
        self.warning.setVisible(bool(self.warning.text()))
        self.no_senders.setVisible(not settings.senders)
        changed = settings != self._flow.settings
        self.apply.setEnabled(changed and not problem)
        self.apply.setToolTip(
            shown(problem) or (tr("Put these settings into force") if changed else tr("These settings are in force"))
        )

    def _switched(self, _on: bool) -> None:
        if not self._writing:
            if self.entered().problem():
                self._edited()
            else:
                self._apply()

    def _apply(self) -> None:
        settings = self.entered()
        self.said.setText("")
        self._flow.apply(settings)
        self._written = settings
        self._edited()
        self._refresh_state()

    # -- senders ---------------------------------------------------------------------------------------------------

    def _add_row(self, sender: Sender, *, edit: bool = False) -> None:
        row = self.senders.rowCount()
        self.senders.insertRow(row)
        for column, text in enumerate((sender.ae_title, sender.network)):
            self.senders.setItem(row, column, QTableWidgetItem(text))
        if edit:
            self.senders.setCurrentCell(row, 0)
            self.senders.edit(self.senders.model().index(row, 0))

    def _remove(self) -> None:
        row = self.senders.currentRow()
        if row >= 0:
            self.senders.removeRow(row)
            self._edited()

    def _selected(self) -> None:
        """Switch the buttons of the tables; a disabled one says why."""
        chosen = bool(self.senders.selectedItems())
        self.remove.setEnabled(chosen)
        self.remove.setToolTip(tr("Take the chosen sender from the list") if chosen else tr("Choose a sender first"))
        unknown = self._unknown()
        self.allow.setEnabled(unknown is not None)
        if unknown is not None:
            tip = tr("Let {0} at {1} send from now on", unknown.ae_title, unknown.network)
        else:
            tip = tr("Choose a line of a sender that is not on the list")
        self.allow.setToolTip(tip)

    def _unknown(self) -> Sender | None:
        """The sender of the chosen line, if it was turned away only because it is not on the list."""
        row = self.turned.currentRow()
        item = self.turned.item(row, 0) if row >= 0 and self.turned.selectedItems() else None
        sender: Sender | None = item.data(ROW) if item is not None else None
        return sender if sender is not None and sender not in self._flow.settings.senders else None

    def _allow(self) -> None:
        sender = self._unknown()
        if sender is not None:
            self._add_row(sender)
            self._apply()
            self._selected()

    # -- state -----------------------------------------------------------------------------------------------------

    def _refresh_state(self) -> None:
        flow = self._flow
        if not self.isVisible() and self._shown:
            return
        if flow.settings != self._written and self.entered() == self._written:
            self._write(flow.settings)
        self.state.setText(self._state_text())
        running = flow.state == "running"
        self.test.setEnabled(running)
        self.test.setToolTip(
            tr("Ask the receiver for an echo (C-ECHO)") if running else tr("Switch the receiver on first")
        )
        self._fill_turned()
        self._shown = 1

    def _state_text(self) -> str:
        flow = self._flow
        if flow.state == "failed":
            return shown(flow.failure)
        if flow.state != "running" or flow.receiver is None:
            return tr("Starting…") if flow.state == "starting" else tr("Off. No port is open.")
        return tr(
            "Listens at {0}, port {1}. Associations: {2}, objects received: {3}. The folder holds {4} GB.",
            flow.receiver.settings.address,
            flow.receiver.port,
            flow.load.associations,
            flow.objects,
            f"{flow.load.used_bytes / GIGABYTE:.1f}",
        )

    def _fill_turned(self) -> None:
        lines = list(reversed(self._flow.turned))
        chosen = self.turned.currentRow()
        before = self.turned.rowCount()
        if chosen >= 0 and len(lines) > before:
            chosen += len(lines) - before
        self.turned.blockSignals(True)
        self.turned.setRowCount(len(lines))
        for row, turned in enumerate(lines):
            for column, text in enumerate(_line(turned)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
                if column == 0:
                    item.setData(ROW, _sender_of(turned))
                self.turned.setItem(row, column, item)
        if 0 <= chosen < len(lines):
            self.turned.selectRow(chosen)
        self.turned.blockSignals(False)
        self.turned.resizeRowsToContents()
        self._selected()

    def _test(self) -> None:
        self.said.setText(tr("Asking…"))
        self._flow.test(self._tested)

    def _tested(self, problem: str) -> None:
        self.said.setText(shown(problem) if problem else tr("The receiver answers."))


def _same(entered: int, written: int) -> bool:
    return abs(entered - written) <= GIGABYTE // 20


def _cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text().strip() if item is not None else ""


def _sender_of(turned: Turned) -> Sender | None:
    event = turned.event
    if isinstance(event, AssociationRefused) and event.unknown:
        sender = Sender(event.calling_ae, event.address)
        return None if sender.problem() else sender
    return None


def _line(turned: Turned) -> tuple[str, str, str, str]:
    event = turned.event
    clock = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(turned.at)).time(), "HH:mm:ss")
    return clock, event.calling_ae, getattr(event, "address", ""), shown(event.reason)


def _heading(text: str) -> QLabel:
    label = plain_label(colour=COLOURS.text)
    label.setText(text)
    label.setStyleSheet(f"color: {COLOURS.text}; font-weight: 600")
    return label


def _table(titles: tuple[str, ...]) -> QTableWidget:
    table = QTableWidget(0, len(titles))
    table.setHorizontalHeaderLabels(titles)
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.horizontalHeader().setHighlightSections(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setColumnWidth(0, 160)
    return table
