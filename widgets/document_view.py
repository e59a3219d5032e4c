"""A document as a calm page to read: a title, facts, tables, a tree of names and values; text can be chosen and copied.

Everything that comes from a file is plain text: it is escaped, and the page loads nothing.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QMouseEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from widgets.theme import COLOURS

_LINK = "ref:"
_INDENT = 18


@dataclass(frozen=True)
class DocumentLine:
    """A name and its value, with lines below it.

    Attributes
    ----------
    link : int
        Number that `DocumentView.link_activated` tells when the value is clicked; −1 for no link.
    """

    name: str
    value: str = ""
    link: int = -1
    lines: tuple[DocumentLine, ...] = ()


@dataclass(frozen=True)
class DocumentTable:
    """Rows of texts under headings."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DocumentText:
    """What a page shows, from above.

    Attributes
    ----------
    kind : str
        In small letters above the title.
    facts : tuple of (name, value)
        Below the title.
    notes : tuple of str
        What could not be read, in amber.
    summary : tuple of (name, value)
        What matters most.
    lines_title : str
        Above the tree.
    """

    title: str
    kind: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    summary: tuple[tuple[str, str], ...] = ()
    tables: tuple[DocumentTable, ...] = ()
    lines_title: str = ""
    lines: tuple[DocumentLine, ...] = ()


class _Text(QTextBrowser):
    """A browser that goes nowhere."""

    pressed = Signal()

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Load nothing, whatever a text names."""
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that the page is worked with."""
        self.pressed.emit()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the page is worked with."""
        self.pressed.emit()
        super().focusInEvent(event)


class DocumentView(QWidget):
    """Shows one document.

    Signals
    -------
    link_activated(int)
        A value with a link was clicked.
    action_triggered(str)
        One of the buttons (`set_actions`) was pressed: its key.
    activated()
        The page is worked with.
    """

    link_activated = Signal(int)
    action_triggered = Signal(str)
    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.set_active(False)
        self.text = _Text()
        self.text.setOpenLinks(False)
        self.text.setUndoRedoEnabled(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # numbers of a table are not broken
        self.text.document().setDocumentMargin(18)
        self.text.anchorClicked.connect(self._clicked)
        self.text.pressed.connect(self.activated)
        self.told = QLabel()
        self.told.setProperty("role", "dim")
        self.told.setWordWrap(True)
        self._bar = QWidget()
        self._buttons = QHBoxLayout(self._bar)
        self._buttons.setContentsMargins(18, 8, 18, 8)
        self._bar.hide()
        self.buttons: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(2, 2, 2, 2)
        box.setSpacing(0)
        box.addWidget(self.text, 1)
        box.addWidget(self._bar)

    def set_active(self, active: bool) -> None:
        """Mark this page as the one that commands apply to, as viewports are."""
        frame = COLOURS.active if active else COLOURS.border
        self.setStyleSheet(
            f"#documentView {{ background: {COLOURS.panel}; border: {2 if active else 1}px solid {frame}; }}"
            f"#documentView QTextBrowser {{ background: {COLOURS.panel}; border: none; }}"
        )

    def set_document(self, shown: DocumentText) -> None:
        """Show another document, from its beginning."""
        self.text.setHtml(page(shown))

    def set_actions(self, actions: Iterable[tuple[str, str, str, str]]) -> None:
        """Offer buttons below the text: (key, text, tooltip, why it is disabled or "")."""
        for button in self.buttons.values():
            button.deleteLater()
        self._buttons.removeWidget(self.told)
        self.buttons = {}
        for key, text, tip, why in actions:
            button = QPushButton(text)
            button.setIcon(QIcon())
            button.setEnabled(not why)
            button.setToolTip(why or tip)
            button.clicked.connect(lambda _=False, key=key: self.action_triggered.emit(key))
            self._buttons.addWidget(button)
            self.buttons[key] = button
        self._buttons.addWidget(self.told, 1)
        self._bar.setVisible(bool(self.buttons))

    def _clicked(self, url: QUrl) -> None:
        name = url.toString()
        if name.startswith(_LINK) and name[len(_LINK) :].isdigit():
            self.link_activated.emit(int(name[len(_LINK) :]))


def page(shown: DocumentText) -> str:
    """The page as HTML; every text of it is escaped."""
    parts = [f"<body style='color:{COLOURS.text}; font-size:13px'>"]
    if shown.kind:
        parts.append(f"<p style='color:{COLOURS.text_dim}; font-size:11px; margin-bottom:0'>{_plain(shown.kind)}</p>")
    parts.append(f"<p style='font-size:20px; font-weight:600; margin-top:2px'>{_plain(shown.title)}</p>")
    parts += [f"<p style='color:{COLOURS.warning}'>{_plain(note)}</p>" for note in shown.notes]
    parts.append(_pairs(shown.facts, 12, COLOURS.text_dim))
    if shown.summary:
        parts.append(_pairs(shown.summary, 14, COLOURS.text))
    for table in shown.tables:
        parts += [_heading(table.title), _rows(table)]
    if shown.lines:
        parts.append(_heading(shown.lines_title))
        parts += _lines(shown.lines, 0)
    return "".join((*parts, "</body>"))


def _plain(text: str) -> str:
    return html.escape(text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")


def _heading(text: str) -> str:
    if not text:
        return ""
    return f"<p style='font-size:14px; font-weight:600; margin-top:16px; margin-bottom:4px'>{_plain(text)}</p>"


def _pairs(pairs: Sequence[tuple[str, str]], size: int, colour: str) -> str:
    rows = "".join(
        f"<tr><td style='color:{COLOURS.text_dim}; padding-right:16px'>{_plain(name)}</td>"
        f"<td style='color:{colour}'>{_plain(value)}</td></tr>"
        for name, value in pairs
    )
    return f"<table cellspacing='0' cellpadding='2' style='font-size:{size}px; margin-top:8px'>{rows}</table>"


def _rows(table: DocumentTable) -> str:
    cell = "padding:3px 10px 3px 0"
    head = "".join(f"<td style='{cell}; color:{COLOURS.text_dim}'>{_plain(name)}</td>" for name in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td style='{cell}'>{_plain(value)}</td>" for value in row) + "</tr>" for row in table.rows
    )
    return f"<table cellspacing='0' style='font-size:12px'><tr>{head}</tr>{body}</table>"


def _lines(lines: Sequence[DocumentLine], depth: int) -> list[str]:
    parts = []
    for line in lines:
        value = _plain(line.value)
        if line.link >= 0:
            value = f"<a href='{_LINK}{line.link}' style='color:{COLOURS.focus}'>{value}</a>"
        name = f"<span style='color:{COLOURS.text_dim}'>{_plain(line.name)}</span>" if line.name else ""
        if line.lines and not line.value:
            name = f"<b>{_plain(line.name)}</b>"
        between = "&nbsp;&nbsp; " if name and value else ""
        style = f"margin-left:{_INDENT * depth}px; margin-top:2px; margin-bottom:2px"
        if name or value:
            parts.append(f"<p style='{style}'>{name}{between}{value}</p>")
        parts += _lines(line.lines, depth + bool(name or value))
    return parts
