"""The page that asks where files are to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.window.page import Page
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.window.network import Network

SHOWN_PROBLEMS = 5


class SendPage(Page):
    """What is sent, and a choice of the server; the one that was taken last stands there."""

    def __init__(self, network: Network, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Send"), content, parent)
        self._network = network
        self._paths: list[Path] = []
        self._title, self._copy = "", False
        box = QVBoxLayout(content)
        box.setSpacing(12)
        self.what = QLabel()
        self.what.setProperty("role", "title")
        self.count = QLabel()
        self.count.setProperty("role", "dim")
        self.said = QLabel()
        for label in (self.what, self.count, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        box.addWidget(self.what)
        box.addWidget(self.count)
        row = QHBoxLayout()
        label = QLabel(tr("To"))
        self.server = QComboBox()
        self.server.setAccessibleName(tr("Server"))
        self.server.setMinimumWidth(240)
        label.setBuddy(self.server)
        self.servers = QPushButton(tr("Servers…"))
        self.servers.setAutoDefault(False)
        self.servers.clicked.connect(network.show_servers)
        row.addWidget(label)
        row.addWidget(self.server, 1)
        row.addWidget(self.servers)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addStretch(1)
        row = QHBoxLayout()
        self.list = QPushButton(tr("What Is Being Sent…"))
        self.list.setAutoDefault(False)
        self.list.clicked.connect(network.show_queue)
        self.send = QPushButton(tr("Send"))
        self.send.setProperty("primary", True)
        self.send.setDefault(True)
        self.send.clicked.connect(self._send)
        row.addWidget(self.list)
        row.addStretch(1)
        row.addWidget(self.send)
        box.addLayout(row)
        network.nodes_changed.connect(self.refresh)
        self.resize(520, 260)
        self.refresh()

    def offer(self, paths: Sequence[Path], title: str, *, copy: bool = False) -> None:
        """Offer files to be sent."""
        self._paths, self._title, self._copy = list(paths), title, copy
        self.what.setText(title or tr("Files"))
        count = len(self._paths)
        self.count.setText(tr("1 file or folder") if count == 1 else tr("{0} files", count))
        self._say("")
        self._update()

    def refresh(self) -> None:
        """Show the servers there are."""
        last = self.server.currentData() or self._network.last_node
        self.server.clear()
        for node in self._network.nodes.nodes:
            self.server.addItem(node.name, node.id)
        self.server.setCurrentIndex(max(0, self.server.findData(last)))
        self._update()

    def _update(self) -> None:
        why = ""
        if not self._paths:
            why = tr("There is nothing to send.")
        elif not self.server.count():
            why = tr("No server is entered yet. Press Servers… and enter one.")
        self.send.setEnabled(not why)
        self.send.setToolTip(why)
        if why:
            self._say(why)

    def _send(self) -> None:
        node = self._network.nodes.node(self.server.currentData() or "")
        if node is None:
            return
        self._network.remember_node(node.id)
        self.send.setEnabled(False)
        self._say(tr("Looking through what is to be sent…"))
        self._network.add(self._paths, node, self._title, copy=self._copy, done=self._added)

    def _added(self, added: Any) -> None:
        parts = []
        if added.count:
            parts.append(tr("Waiting to be sent: {0}.", added.count))
        if added.known:
            parts.append(tr("Left out, as the server has them or they wait already: {0}.", added.known))
        parts += [shown(text) for text in added.problems[:SHOWN_PROBLEMS]]
        if len(added.problems) > SHOWN_PROBLEMS:
            parts.append(tr("{0} more files cannot be sent.", len(added.problems) - SHOWN_PROBLEMS))
        if added.count and not added.problems:
            self._paths = []
            self.close()
            self._network.show_queue()
        self._say(" ".join(parts) or tr("There is nothing to send."), warning=bool(added.problems))
        self._update_after()

    def _update_after(self) -> None:
        self.send.setEnabled(bool(self._paths))

    def _say(self, text: str, *, warning: bool = False) -> None:
        self.said.setStyleSheet(f"color: {COLOURS.warning if warning else COLOURS.text_dim}")
        self.said.setText(text)
