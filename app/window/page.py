"""A page in a window of its own that does not hold up the work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from shiboken6 import isValid


def is_there(called: Any) -> bool:
    """Whether the page that a callback is a method of is still there: a change of language makes pages anew."""
    owner = getattr(called, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class Page(QDialog):
    """A titled, non-modal window with one content and a Close button.

    Parameters
    ----------
    title : str
    content : QWidget
    parent : QWidget, optional
    """

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.NonModal)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        # The style's own icon is drawn for light themes.
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(content)
        layout.addWidget(buttons)
