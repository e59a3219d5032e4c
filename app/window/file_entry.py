"""An entry for a file or folder, with a button that asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from widgets.translation import tr


def with_button(parent: QWidget, entry: QLineEdit, title: str, *, folder: bool = False) -> QWidget:
    """The entry and a button beside it.

    Parameters
    ----------
    parent : QWidget
        Of the dialog.
    title : str
        Of the dialog, in the language in use.
    folder : bool
        Whether a folder is asked for, not a file.
    """
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    button = QPushButton(tr("Choose…"))
    button.setAutoDefault(False)
    modes = QFileDialog.FileMode

    def ask() -> None:
        dialog = QFileDialog(parent, title, entry.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(modes.Directory if folder else modes.ExistingFile)
        dialog.fileSelected.connect(entry.setText)
        dialog.open()

    button.clicked.connect(ask)
    row.addWidget(entry, 1)
    row.addWidget(button)
    box.setMinimumHeight(button.sizeHint().height())
    return box
