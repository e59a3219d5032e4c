"""The command palette: everything that can be done, found by typing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from app.actions import ACTIONS, MENUS
from widgets.theme import COLOURS
from widgets.translation import plain, tr

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from app.main_window import MainWindow

WIDTH = 620
ROWS = 12
ROW_HEIGHT = 40
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """Something that can be chosen.

    Attributes
    ----------
    title, group : str
        What it is; where it belongs.
    detail : str
        What it does, or why it cannot be done now.
    keys : str
    why : str
        Why it cannot be done now; "" when it can.
    run : callable
    words : str
        Further words by which it is found (the English ones, in another language).
    """

    title: str
    group: str
    detail: str
    keys: str
    why: str
    run: Callable[[], object]
    words: str = ""


def score(entry: Entry, query: str) -> int:
    """How well an entry fits what was typed; 0 not at all.

    Every word must be found: at the start of a word (best), inside one, or as letters in order.
    """
    title = _plain(entry.title)
    rest = _plain(f"{entry.group} {entry.detail} {entry.words}")
    total = 0
    for word in _plain(query).split():
        pattern = re.escape(word)
        if re.search(rf"(?:^|\W){pattern}", title):
            found = 60 + (30 if title.startswith(word) else 0)
        elif word in title:
            found = 40
        elif re.search(rf"(?:^|\W){pattern}", rest):
            found = 25
        elif len(word) > 2 and _in_order(word, title):
            found = 10
        else:
            return 0
        total += found
    return total - (5 if entry.why else 0)


def _plain(text: str) -> str:
    """Small letters without accents."""
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


class Palette(QFrame):
    """A line to type in and what it finds; Enter does it, Escape goes back to the picture."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("palette")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("What do you want to do?"))
        self.line.setAccessibleName(tr("Command palette"))
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.line)
        box.addWidget(self.list)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._entries: list[Entry] = []
        self.hide()

    def open(self) -> None:
        """Show it over the window, empty, with all that can be done."""
        self._entries = list(self._found())
        self.line.clear()
        self._fill("")
        width = min(WIDTH, self._window.width() - 40)
        self.setGeometry((self._window.width() - width) // 2, 70, width, self._height())
        self.show()
        self.raise_()
        self.line.setFocus()

    def _height(self) -> int:
        """As high as what was found needs."""
        rows = min(max(self.list.count(), 1), ROWS)
        return min(rows * ROW_HEIGHT + 60, self._window.height() - 120)

    def _found(self) -> Iterable[Entry]:
        groups = dict(MENUS)
        window = self._window
        for spec in ACTIONS:
            action = window.action_set[spec.id]
            if spec.id == "palette" or not action.isVisible():
                continue
            why = window.action_set.why(spec.id)
            keys = ", ".join(key.toString(key.SequenceFormat.NativeText) for key in action.shortcuts())
            title = plain(action.text()).rstrip("…")
            detail = tr("Not now: {0}.", tr(why)) if why else tr(spec.tip)
            group = plain(tr(groups[spec.group]))
            words = f"{plain(spec.text)} {spec.tip}"
            yield Entry(title, group, detail, keys, why, action.trigger, words)
        for study in window.opening.studies.values():
            for item in study.series:
                if item.kind != "other":
                    yield Entry(
                        tr("Show {0}", item.title or item.modality),
                        tr("Pictures"),
                        tr("In the active viewport"),
                        "",
                        "",
                        partial(self._show_series, item.uid),
                    )
        for title, apply in window.evidence.titles():
            yield Entry(tr("Presentation: {0}", title), tr("Pictures"), tr("Show it as it was saved"), "", "", apply)
        for protocol in window.hanging.protocols():
            why = window.hangings.why_not(protocol)
            title = protocol.title if protocol.own else tr(protocol.title)
            yield Entry(
                title,
                tr("Hanging"),
                why,
                "",
                why,
                partial(window.hangings.use, protocol),
                protocol.title,
            )

    def _show_series(self, uid: str) -> None:
        self._window.opening.show_series(uid, self._window.session.active)

    def _fill(self, query: str) -> None:
        self.list.clear()
        if query.strip():
            scored = [(score(entry, query), entry) for entry in self._entries]
            shown = [entry for value, entry in sorted(scored, key=lambda pair: -pair[0]) if value > 0]
        else:
            shown = sorted(self._entries, key=lambda entry: bool(entry.why))
        for entry in shown:
            item = QListWidgetItem(entry.title)
            item.setData(ENTRY, entry)
            item.setToolTip(entry.detail)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.resize(self.width(), self._height())

    def _run(self, item: QListWidgetItem | None) -> None:
        entry = item.data(ENTRY) if item is not None else None
        if entry is None or entry.why:
            return
        self.close_palette()
        entry.run()

    def close_palette(self) -> None:
        """Give the keys back to the picture."""
        self.hide()
        self._window.active_pane.viewport.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go through the list while the line is typed in."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key of the program acts while the line has the keys
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: ROWS,
                Qt.Key.Key_PageUp: -ROWS,
            }
            key = Qt.Key(event.key())
            if key in steps:
                row = self.list.currentRow() + steps[key]
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.close_palette()
                return True
        return super().eventFilter(watched, event)


class _EntryDelegate(QStyledItemDelegate):
    """Two lines and the keys."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(COLOURS.hover))
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        inner = rect.adjusted(10, 4, -10, -4)
        painter.setFont(bold)
        metrics = painter.fontMetrics()
        keys = metrics.horizontalAdvance(entry.keys) + 16 if entry.keys else 0
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.setPen(QColor(COLOURS.text_disabled if entry.why else COLOURS.text))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, inner.width() - keys)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(QColor(COLOURS.text_dim))
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignRight, entry.keys)
        painter.setFont(option.font)
        painter.setPen(QColor(COLOURS.warning if entry.why else COLOURS.text_dim))
        detail = f"{entry.group}  ·  {entry.detail}" if entry.detail else entry.group
        detail = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, bottom | Qt.AlignmentFlag.AlignLeft, detail)
        painter.restore()
