"""The page of the servers: enter, change and test them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.dicom.net.nodes import AUTHENTICATIONS, KINDS, RETRIEVES, Node
from app.jobs import Callbacks
from app.session import sentence
from app.window.file_entry import with_button
from app.window.page import Page
from recon.errors import BocageError
from recon.progress import Progress
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.window.network import Network

IDENTITY = Qt.ItemDataRole.UserRole
TEST, SECRET = "test", "secret"

EXAMPLE = "https://pacs.example.org/dicom-web"


class ServersPage(Page):
    """A list of servers, and the chosen one's particulars."""

    def __init__(self, network: Network, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Servers"), content, parent)
        self._network = network
        self._node: Node | None = None
        self._rows: list[tuple[QWidget, QWidget, tuple[str, ...]]] = []
        columns = QHBoxLayout(content)
        columns.setSpacing(16)
        columns.addLayout(self._list_side())
        columns.addLayout(self._form_side(), 1)
        self.resize(860, 640)
        self.refresh()

    # -- construction ----------------------------------------------------------------------------------------------

    def _list_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Servers"))
        self.list.setFixedWidth(240)
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        side.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.add = QPushButton(tr("Add"))
        self.add.clicked.connect(self._add)
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        side.addLayout(row)
        return side

    def _form_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(7)
        self.title_entry, self.host, self.called, self.calling = (QLineEdit() for _ in range(4))
        self.url, self.qido, self.wado, self.stow, self.user, self.secret = (QLineEdit() for _ in range(6))
        self.authorities, self.certificate, self.key = (QLineEdit() for _ in range(3))
        self.kind, self.retrieve, self.authentication = QComboBox(), QComboBox(), QComboBox()
        for box, words in ((self.kind, KINDS), (self.retrieve, RETRIEVES), (self.authentication, AUTHENTICATIONS)):
            for word, title in words.items():
                box.addItem(tr(title), word)
        self.kind.currentIndexChanged.connect(lambda _: self._show_rows())
        self.authentication.currentIndexChanged.connect(lambda _: self._show_rows())
        self.port, self.answer_port = QSpinBox(), QSpinBox()
        self.port.setRange(1, 65535)
        self.answer_port.setRange(0, 65535)
        self.answer_port.setSpecialValueText(tr("none"))
        for entry in (self.port, self.answer_port):
            entry.setFixedWidth(110)
            entry.setGroupSeparatorShown(False)
        self.tls = QCheckBox(tr("Encrypted (TLS 1.2 or newer)"))
        self.tls.toggled.connect(lambda _: self._show_rows())
        self.several = QCheckBox(tr("Other addresses for single services"))
        self.several.toggled.connect(lambda _: self._show_rows())
        self.check_name = QCheckBox(tr("Its certificate must bear its name"))
        self.commitment = QCheckBox(tr("Ask it to keep what was sent (storage commitment)"))
        self.commitment.toggled.connect(lambda _: self._show_rows())
        for title_of in (self.called, self.calling):
            title_of.setMaxLength(16)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.qido.setPlaceholderText(tr("as above"))
        self.wado.setPlaceholderText(tr("as above"))
        self.stow.setPlaceholderText(tr("as above"))
        self.url.setPlaceholderText(EXAMPLE)
        self.authorities.setPlaceholderText(tr("those that this computer trusts"))
        self.answer_port.setToolTip(
            tr("The port that the server knows for our AE title: there it reports later. Not the receiver's port.")
        )
        dimse, web, tls = ("dimse",), ("web",), ("tls",)
        for title, control, when in (
            (tr("Name"), self.title_entry, ()),
            (tr("Spoken to by"), self.kind, ()),
            (tr("Host"), self.host, dimse),
            (tr("Port"), self.port, dimse),
            (tr("AE title of the server"), self.called, dimse),
            (tr("Our AE title"), self.calling, dimse),
            (tr("Fetch by"), self.retrieve, dimse),
            ("", self.commitment, dimse),
            (tr("Port of its answer"), self.answer_port, ("commitment",)),
            ("", self.tls, dimse),
            (tr("Address"), self.url, web),
            ("", self.several, web),
            (tr("QIDO-RS"), self.qido, ("several",)),
            (tr("WADO-RS"), self.wado, ("several",)),
            (tr("STOW-RS"), self.stow, ("several",)),
            (tr("Log in by"), self.authentication, web),
            (tr("User"), self.user, ("basic",)),
            (tr("Password"), self.secret, ("secret",)),
            (tr("Authorities"), with_button(self, self.authorities, tr("Choose a PEM file")), tls),
            (tr("Our certificate"), with_button(self, self.certificate, tr("Choose a PEM file")), tls),
            (tr("Its key"), with_button(self, self.key, tr("Choose a PEM file")), tls),
            ("", self.check_name, tls),
        ):
            label = QLabel(title)
            if control is self.secret:
                self.secret_label = label
            if title:
                label.setBuddy(control)
                control.setAccessibleName(title)
            self.form.addRow(label, control)
            self._rows.append((label, control, when))
        side.addLayout(self.form)
        self.where = plain_label(colour=COLOURS.text_dim, selectable=True)
        side.addWidget(self.where)
        self.said = plain_label(colour=COLOURS.text, selectable=True)
        side.addWidget(self.said)
        side.addStretch(1)
        line = QFrame()
        line.setProperty("role", "line")
        side.addWidget(line)
        row = QHBoxLayout()
        self.test = QPushButton(tr("Test"))
        self.test.setToolTip(tr("C-ECHO, or a question for one study: does it answer us?"))
        self.test.clicked.connect(self._test)
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        row.addStretch(1)
        row.addWidget(self.test)
        row.addWidget(self.save)
        for button in (self.add, self.remove, self.test):
            button.setAutoDefault(False)  # Enter in an entry saves
        self.save.setDefault(True)
        side.addLayout(row)
        return side

    # -- the list --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the servers there are."""
        chosen = self._node.id if self._node is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for node in self._network.nodes.nodes:
            item = QListWidgetItem(node.name)
            item.setData(IDENTITY, node.id)
            self.list.addItem(item)
            if node.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._chosen()
        if self._network.nodes.problem:
            self._say(self._network.nodes.problem, COLOURS.warning)

    def _chosen(self) -> None:
        item = self.list.currentItem()
        node = self._network.nodes.node(item.data(IDENTITY)) if item is not None else None
        self._show(node)

    def _add(self) -> None:
        self.list.setCurrentRow(-1)
        self._show(Node())
        self.title_entry.setFocus()

    def _remove(self) -> None:
        node = self._node
        if node is None:
            return
        try:
            self._network.nodes.remove(node.id)
        except BocageError as error:
            self._say(str(error), COLOURS.error)
            return
        credentials = self._network.credentials
        self._network.worker.submit(SECRET, lambda *_: credentials.forget(node), Callbacks())
        self._node = None
        self.refresh()
        self._network.nodes_changed.emit()

    # -- the form --------------------------------------------------------------------------------------------------

    def _show(self, node: Node | None) -> None:
        self._node = node
        there = node is not None
        for label, control, _ in self._rows:
            label.setEnabled(there)
            control.setEnabled(there)
        for button in (self.test, self.save):
            button.setEnabled(there)
            button.setToolTip("" if there else tr("No server is chosen."))
        known = there and self._network.nodes.node(node.id) is not None if node is not None else False
        self.remove.setEnabled(known)
        self.remove.setToolTip("" if known else tr("No server is chosen."))
        node = node or Node(id="-")
        for entry, text in (
            (self.title_entry, node.title),
            (self.host, node.host),
            (self.called, node.called_ae),
            (self.calling, node.calling_ae),
            (self.url, node.url),
            (self.qido, node.qido),
            (self.wado, node.wado),
            (self.stow, node.stow),
            (self.user, node.user),
            (self.authorities, node.authorities),
            (self.certificate, node.certificate),
            (self.key, node.key),
        ):
            entry.setText(text)
            entry.setCursorPosition(0)
        self.secret.clear()
        self.port.setValue(node.port)
        self.answer_port.setValue(node.answer_port)
        self.kind.setCurrentIndex(self.kind.findData(node.kind))
        self.retrieve.setCurrentIndex(self.retrieve.findData(node.retrieve))
        self.authentication.setCurrentIndex(self.authentication.findData(node.authentication))
        self.several.setChecked(bool(node.qido or node.wado or node.stow))
        self.tls.setChecked(node.tls)
        self.check_name.setChecked(node.check_name)
        self.commitment.setChecked(node.commitment)
        self._show_rows()
        if there:
            self._say("", COLOURS.text)
        elif not self._network.nodes.nodes:
            self._say(
                tr("No server is entered yet. Press Add, and fill in what its administrator tells you."),
                COLOURS.text_dim,
            )

    def _show_rows(self) -> None:
        """Show what belongs to the kind of server."""
        kind, login = self.kind.currentData(), self.authentication.currentData()
        web = kind == "web"
        conditions = {
            "dimse": not web,
            "web": web,
            "several": web and self.several.isChecked(),
            "basic": web and login == "basic",
            "secret": web and login != "none",
            "tls": web or self.tls.isChecked(),
            "commitment": not web and self.commitment.isChecked(),
        }
        for label, control, when in self._rows:
            visible = all(conditions[word] for word in when)
            label.setVisible(visible)
            control.setVisible(visible)
        token = login == "bearer"
        self.secret_label.setText(tr("Token") if token else tr("Password"))
        self.secret.setPlaceholderText(tr("unchanged") if self._is_known() else "")
        self.where.setVisible(conditions["secret"])
        if conditions["secret"]:
            self._ask_where()

    def _is_known(self) -> bool:
        return self._node is not None and self._network.nodes.node(self._node.id) is not None

    def _ask_where(self) -> None:
        """Say where the password will be kept; asking the system takes a while."""
        credentials = self._network.credentials
        self._network.worker.submit(
            SECRET + "?", lambda *_: credentials.where(), Callbacks(result=lambda text: self.where.setText(shown(text)))
        )

    def entered(self) -> Node:
        """The server as it is entered."""
        assert self._node is not None
        return replace(
            self._node,
            title=self.title_entry.text().strip(),
            kind=self.kind.currentData(),
            host=self.host.text().strip(),
            port=self.port.value(),
            called_ae=self.called.text().strip(),
            calling_ae=self.calling.text().strip(),
            retrieve=self.retrieve.currentData(),
            tls=self.tls.isChecked(),
            commitment=self.commitment.isChecked(),
            answer_port=self.answer_port.value(),
            url=self.url.text().strip(),
            qido=self.qido.text().strip() if self.several.isChecked() else "",
            wado=self.wado.text().strip() if self.several.isChecked() else "",
            stow=self.stow.text().strip() if self.several.isChecked() else "",
            authentication=self.authentication.currentData(),
            user=self.user.text().strip(),
            authorities=self.authorities.text().strip(),
            certificate=self.certificate.text().strip(),
            key=self.key.text().strip(),
            check_name=self.check_name.isChecked(),
        )

    def _save(self) -> None:
        node = self.entered()
        problem = node.problem()
        if problem:
            self._say(problem, COLOURS.warning)
            return
        try:
            self._network.nodes.save(node)
        except BocageError as error:
            self._say(str(error), COLOURS.error)
            return
        secret, credentials = self.secret.text(), self._network.credentials
        if secret:
            self._network.worker.submit(SECRET, lambda *_: credentials.keep(node, secret), Callbacks())
        self._node = node
        self.refresh()
        self._say(tr("Saved."), COLOURS.text_dim)
        self._network.nodes_changed.emit()
        self._network.wake()

    def _test(self) -> None:
        node, secret, credentials = self.entered(), self.secret.text(), self._network.credentials

        def work(progress: Progress, _: object) -> float:
            from app.dicom.net.client import connect
            from app.dicom.net.credentials import Credentials

            known = credentials
            if secret:
                known = Credentials(_Typed(secret))
            client = connect(node, known)
            try:
                return client.echo(progress)
            finally:
                client.close()

        self._say(tr("Asking…"), COLOURS.text_dim)
        self._network.worker.submit(
            TEST,
            work,
            Callbacks(
                result=lambda ms: self._say(self._answer(node, ms), COLOURS.text),
                error=lambda error: self._say(sentence(error), COLOURS.warning),
            ),
        )

    @staticmethod
    def _answer(node: Node, ms: float) -> str:
        text = tr("It answers, after {0} ms.", round(ms))
        if not node.encrypted:
            text += " " + tr("The connection is not encrypted: use it within a network that you trust.")
        return text

    def _say(self, text: str, colour: str) -> None:
        self.said.setStyleSheet(f"color: {colour}")
        self.said.setText(shown(text))


class _Typed:
    """A keyring that knows the password that was typed and not saved yet."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def get_password(self, *_: Any) -> str:
        """The password."""
        return self._secret
