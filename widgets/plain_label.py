"""Labels for texts that may come from files or peers: never read as rich text, wrapped to the width there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(text: str = "", colour: str = "", *, selectable: bool = False) -> QLabel:
    """A label of plain text.

    Parameters
    ----------
    text : str
    colour : str
        Of the text (`widgets.theme.COLOURS`); "" leaves the theme's.
    selectable : bool
        Whether its text can be marked and copied.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if colour:
        label.setStyleSheet(f"color: {colour};")
    return label
