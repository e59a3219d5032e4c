"""A small panel over the picture that asks for the known size of a marker."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from widgets.translation import tr

LEAST_MM, MOST_MM = 0.5, 1000.0
_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CalibrationPanel(QFrame):
    """Asks for the true size of what was drawn.

    Parameters
    ----------
    parent : QWidget
        The viewport.
    known_mm : float
        What it starts with.
    measured : str
        What was drawn, as the picture has it now ("27.9 mm at detector").
    place : QPoint
        Where to stand; it is moved into the parent.
    """

    accepted = Signal(float)
    dismissed = Signal()

    def __init__(self, parent: QWidget, known_mm: float, measured: str, place: QPoint) -> None:
        super().__init__(parent)
        self.setObjectName("calibration_panel")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.size_box = QDoubleSpinBox(decimals=2, minimum=LEAST_MM, maximum=MOST_MM, singleStep=0.1, value=known_mm)
        self.size_box.setSuffix(tr(" mm"))
        self.size_box.setObjectName("marker_size")
        self.size_box.setToolTip(tr("The marker's true size between the two ends of the line"))
        apply = QPushButton(tr("Calibrate"))
        apply.setObjectName("apply_calibration")
        apply.setDefault(True)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("cancel_calibration")
        apply.clicked.connect(self._accept)
        cancel.clicked.connect(self.dismissed)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(apply)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.addWidget(QLabel(tr("Drawn")), 0, 0)
        grid.addWidget(QLabel(measured), 0, 1)
        grid.addWidget(QLabel(tr("True size")), 1, 0)
        grid.addWidget(self.size_box, 1, 1)
        grid.addLayout(buttons, 2, 0, 1, 2)
        self.adjustSize()
        self.move(
            max(6, min(place.x(), parent.width() - self.width() - 6)),
            max(6, min(place.y(), parent.height() - self.height() - 6)),
        )
        self.show()
        self.raise_()
        self.size_box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.size_box.selectAll()

    def _accept(self) -> None:
        self.size_box.interpretText()
        self.accepted.emit(self.size_box.value())

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the panel from being taken as shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calibrates, Escape gives up; no key reaches the viewport."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        event.accept()
