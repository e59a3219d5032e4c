"""A line above the viewports for what went wrong: dismissible, never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from widgets.translation import shown, tr


class MessageBar(QWidget):
    """Shows one sentence until it is dismissed or replaced; further ones wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._waiting: list[str] = []
        self._sentence = ""
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = self._close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(close)
        self.retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; "" when hidden."""
        return self._sentence if not self.isHidden() else ""

    def tell(self, sentence: str) -> None:
        """Show a sentence, after those that wait."""
        if not sentence or sentence == self.text or sentence in self._waiting:
            return
        if self.isHidden():
            self._sentence = sentence
            self._label.setText(shown(sentence))
            self.show()
        else:
            self._waiting.append(sentence)

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        for write in (self._close.setToolTip, self._close.setAccessibleName):
            write(tr("Dismiss this message"))
        self._label.setText(shown(self._sentence))

    def clear(self) -> None:
        """Forget what was told: something else begins."""
        self._waiting.clear()
        self.hide()

    def dismiss(self) -> None:
        """Hide the sentence; the next one is shown."""
        self.hide()
        if self._waiting:
            self.tell(self._waiting.pop(0))
