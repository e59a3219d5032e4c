"""A line over the picture to write the label of a measurement in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.translation import tr

WIDTH = 220
LONGEST = 200
"""Characters of a label."""


class LabelEditor(QLineEdit):
    """Takes one line of text in place: Enter or a click elsewhere keeps it, Escape does not.

    Parameters
    ----------
    parent : QWidget
        The viewport.
    text : str
        What stands there.
    place : QPoint
        Its upper left corner in the parent; it is moved into it.
    """

    ended = Signal(object)
    """The text, or None when it was given up; sent once."""

    def __init__(self, parent: QWidget, text: str, place: QPoint) -> None:
        super().__init__(text, parent)
        self.setObjectName("label_editor")
        self.setPlaceholderText(tr("Label"))
        self.setMaxLength(LONGEST)
        self._open = True
        width, height = min(WIDTH, parent.width() - 12), self.sizeHint().height()
        self.setGeometry(
            max(6, min(place.x() - 6, parent.width() - width - 6)),
            max(6, min(place.y() - 5, parent.height() - height - 6)),
            width,
            height,
        )
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def discard(self) -> None:
        """Close it without a word."""
        self._open = False
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Keep every key from being taken as a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the text, Escape gives it up; no key reaches the viewport."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self._end(None)
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the text when the user goes elsewhere (but not for its own context menu)."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._end(self.text())

    def _end(self, text: str | None) -> None:
        if self._open:
            self.discard()
            self.ended.emit(text)
