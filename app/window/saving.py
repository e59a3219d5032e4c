"""How files are saved: the reader says where, and they are written in the background, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.jobs import Callbacks, Work
from app.session import sentence
from app.window.page import is_there
from app.window.status import Work as Shown

if TYPE_CHECKING:
    from app.main_window import MainWindow


def ask_where(
    window: MainWindow, parent: QWidget, title: str, kind: str, name: str, take: Callable[[Path], object]
) -> None:
    """Ask for a file to be written; `take` is called with it, or never.

    Parameters
    ----------
    kind : str
        What it is called.
    name : str
        What is suggested; its ending is put to names without one.
    """
    ending = name.rpartition(".")[2]
    dialog = QFileDialog(parent, title, window.start_folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*.{ending})")
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
    dialog.open()


def save(
    window: MainWindow,
    slot: str,
    text: str,
    work: Work,
    tell: Callable[[str], object] | None = None,
    ended: Callable[[], object] = lambda: None,
) -> None:
    """Do `work` on the thread that writes files; the status bar shows how far it is and can cancel it.

    Parameters
    ----------
    slot : str
        Of `MainWindow.exports`.
    text : str
        What is done, for the status bar.
    work : Work
        Returns a sentence.
    tell : callable(str), optional
        Is called with that; `MainWindow.tell_status` if not given.
    ended : callable()
        However it ends.
    """

    def finish() -> None:
        window.status.show(slot, None)
        if is_there(ended):
            ended()

    def done(told: str) -> None:
        finish()
        if tell is not None and is_there(tell):
            tell(told)
        else:
            window.tell_status(told.partition("\n")[0])

    def failed(error: Exception) -> None:
        finish()
        window.messages.tell(sentence(error))

    def show(fraction: float, _text: str = "") -> None:
        window.status.show(slot, Shown(text, fraction, lambda: window.exports.cancel(slot)))

    window.exports.submit(slot, work, Callbacks(result=done, error=failed, progress=show, stopped=finish))
    show(0.0)
