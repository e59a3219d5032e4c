"""Hints for the first time: one line below the pictures, when what it speaks of is on screen; never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.actions import Context
from app.settings import Settings
from recon.messages import mark
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow


@dataclass(frozen=True)
class Hint:
    """One hint.

    Attributes
    ----------
    id : str
        Remembered once it was read.
    text : str
    when : callable(Context) -> bool
        Whether what it speaks of is on screen.
    """

    id: str
    text: str
    when: Callable[[Context], bool]


HINTS: tuple[Hint, ...] = (
    Hint(
        "slices",
        mark(
            "The wheel goes through the heights, Shift makes it five times as fast, Alt changes the slice thickness. "
            "Dragging changes the window; the right button zooms, the middle one pans."
        ),
        lambda c: c.slices,
    ),
    Hint(
        "live",
        mark(
            "Every slice is computed when you look at it: thickness, filter and height on the right take effect at "
            "once, and Ctrl+Z takes everything back."
        ),
        lambda c: c.live,
    ),
    Hint(
        "linked",
        mark(
            "Point at something in one picture: its place in the other is marked. K links and parts the pictures, "
            "M or a double click fills the window with one."
        ),
        lambda c: c.pictures > 1,
    ),
    Hint(
        "palette",
        mark("Ctrl+K finds everything that can be done, by typing what it is. F1 lists keys and mouse."),
        lambda c: c.picture,
    ),
    Hint(
        "hanging",
        mark(
            "Arrange pictures as you like them, then keep that for all such studies: View ▸ Hanging Protocols "
            "(Ctrl+Shift+H)."
        ),
        lambda c: c.picture,
    ),
)


class HintBar(QWidget):
    """Shows the first hint that suits and was not read; the reader goes on, or wants no more."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._context = Context()
        self._shown: Hint | None = None
        self._wanted = window.settings.current.hints
        self.setObjectName("hintBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.next = QPushButton()
        self.next.clicked.connect(self._read)
        self.enough = QPushButton()
        self.enough.clicked.connect(self._stop)
        for button in (self.next, self.enough):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 5, 8, 5)
        box.addWidget(self.label, 1)
        box.addWidget(self.next)
        box.addWidget(self.enough)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.enough.setText(tr("No More Hints"))
        self.enough.setToolTip(tr("The preferences bring them back"))
        self.refresh()

    def apply_settings(self, settings: Settings) -> None:
        """Begin again when the reader wants hints again."""
        if settings.hints and not self._wanted:
            self._window.settings.change(hints_read=())
        self._wanted = settings.hints
        self.refresh()

    def update_context(self, context: Context) -> None:
        """Show what suits what is on screen now."""
        self._context = context
        self.refresh()

    def refresh(self) -> None:
        """Show the next hint, or none."""
        current = self._window.settings.current
        left = [hint for hint in HINTS if hint.id not in current.hints_read and hint.when(self._context)]
        self._shown = left[0] if left and current.hints else None
        if self._shown is not None:
            self.label.setText(tr(self._shown.text))
            self.next.setText(tr("Next") if len(left) > 1 else tr("Got It"))
        self.setVisible(self._shown is not None)

    def _read(self) -> None:
        if self._shown is not None:
            read = self._window.settings.current.hints_read
            self._window.settings.change(hints_read=(*read, self._shown.id))
        self.refresh()

    def _stop(self) -> None:
        self._wanted = False
        self._window.settings.change(hints=False)
        self.refresh()
