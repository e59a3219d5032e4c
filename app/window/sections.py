"""What docks are made of: titled views with buttons below them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets.theme import COLOURS, icon


def button(text: str, clicked: Callable[[], object], tip: str, name: str = "") -> QPushButton:
    """A button with a text or the icon `name`."""
    made = QPushButton(text)
    if name:
        made.setIcon(icon(name))
    made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def section(title: str, view: QWidget, buttons: tuple[QPushButton | None, ...]) -> QWidget:
    """A titled view with buttons below it; None among them pushes apart."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(10, 8, 10, 8)
    label = QLabel(title.upper())
    label.setStyleSheet(f"color: {COLOURS.text_dim}; font-weight: 600;")
    box.addWidget(label)
    box.addWidget(view, 1)
    row = QHBoxLayout()
    row.setSpacing(4)
    for each in buttons:
        if each is None:
            row.addStretch(1)
        else:
            row.addWidget(each)
    if None not in buttons:
        row.addStretch(1)
    box.addLayout(row)
    return made
