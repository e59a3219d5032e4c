"""The page on which the size of a monitor's pixels is measured with a ruler or a bank card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QMoveEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from app.display.monitors import DisplayStore
from app.display.screens import identity, screen_of
from app.window.page import Page
from recon.errors import BocageError
from recon.messages import reason_of
from widgets.size_gauge import SizeGauge
from widgets.theme import COLOURS
from widgets.translation import date_text, shown, tr

LIKELY_MM = 0.25


class SizePage(Page):
    """Measures the monitor that the page itself lies on.

    Parameters
    ----------
    store : DisplayStore
    changed : callable
        Called when a size was saved or forgotten.
    """

    def __init__(
        self,
        store: DisplayStore,
        changed: Callable[[], None],
        parent: QWidget | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        content = QWidget()
        super().__init__(tr("True size"), content, parent)
        self._store, self._changed, self._today = store, changed, today
        self._key = ""
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.monitor = QLabel()
        self.monitor.setTextFormat(Qt.TextFormat.PlainText)
        self.monitor.setStyleSheet("font-weight: 600;")
        box.addWidget(self.monitor)
        told = QLabel(
            tr(
                "Hold a bank card or a ruler against the screen and drag the orange edge until both are equally long. "
                "The arrow keys change it by a pixel. Move this window to another monitor to measure that one."
            )
        )
        told.setWordWrap(True)
        box.addWidget(told)
        row = QHBoxLayout()
        self._kind = QButtonGroup(self)
        for index, text in enumerate((tr("Bank card"), tr("Ruler, 10 cm"))):
            button = QRadioButton(text)
            self._kind.addButton(button, index)
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        self.gauge = SizeGauge()
        self.gauge.pitch_changed.connect(lambda _: self._tell())
        self._kind.button(0).setChecked(True)
        self._kind.idToggled.connect(lambda index, on: self.gauge.set_gauge(("card", "ruler")[index]) if on else None)
        box.addWidget(self.gauge, 1)
        self.facts = QLabel()
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        box.addWidget(self.facts)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setStyleSheet(f"color: {COLOURS.error};")
        self.problem.hide()
        box.addWidget(self.problem)
        buttons = QHBoxLayout()
        save = QPushButton(tr("Save size"))
        save.clicked.connect(self.save)
        self.forget = QPushButton(tr("Forget size"))
        self.forget.setToolTip(tr("The monitor's own word counts again, unverified"))
        self.forget.clicked.connect(self._forget)
        buttons.addWidget(save)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        box.addLayout(buttons)
        self.resize(640, 520)

    def show_monitor(self) -> None:
        """Follow the page to the monitor that it lies on."""
        found = identity(screen_of(self))
        size = self._store.size(found)
        if found.key != self._key:
            self._key = found.key
            self.gauge.set_pitch(size.pitch_mm or LIKELY_MM)
        self.monitor.setText(found.title)
        self._tell()

    def _tell(self) -> None:
        found = identity(screen_of(self))
        known = self._store.of(found)
        locale = QLocale()
        pitch = self.gauge.pitch_mm
        wide, high = (pitch * count / 10 for count in found.pixels)
        lines = [
            tr(
                "A pixel is {0} mm; the picture on this monitor is {1} × {2} cm.",
                locale.toString(pitch, "f", 4),
                locale.toString(wide, "f", 1),
                locale.toString(high, "f", 1),
            )
        ]
        stated = found.stated_pitch_mm
        if stated is None:
            lines.append(tr("The monitor does not state its size."))
        else:
            lines.append(tr("The monitor states {0} mm.", locale.toString(stated, "f", 4)))
        if known.pitch_mm is None or known.pitch_on is None:
            lines.append(tr("Not measured yet."))
        else:
            value = locale.toString(known.pitch_mm, "f", 4)
            lines.append(tr("Measured on {0}: {1} mm.", date_text(known.pitch_on), value))
        self.facts.setText("\n".join(lines))
        self.forget.setEnabled(known.pitch_mm is not None)

    def save(self) -> None:
        """Keep the size of this monitor's pixels."""
        self._keep(self.gauge.pitch_mm)

    def _forget(self) -> None:
        self._keep(None)

    def _keep(self, pitch_mm: float | None) -> None:
        try:
            self._store.set_pitch(identity(screen_of(self)), pitch_mm, self._today())
        except BocageError as error:
            self.problem.setText(shown(reason_of(error)))
            self.problem.show()
            return
        self.problem.hide()
        self._tell()
        self._changed()

    def showEvent(self, event: QShowEvent) -> None:
        """Find the monitor."""
        super().showEvent(event)
        self.show_monitor()
        self.gauge.setFocus()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Follow to another monitor."""
        super().moveEvent(event)
        if self.isVisible():
            self.show_monitor()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the display's scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.show_monitor()
