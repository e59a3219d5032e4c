"""The bar of a comparison: how the two pictures are shown, and how they lie on each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.flow_layout import FlowLayout
from widgets.translation import mark, shown, tr

MODES: tuple[tuple[str, str, str], ...] = (
    ("swipe", mark("Swipe"), mark("A line between the two, to be dragged")),
    ("blink", mark("Blink"), mark("One after the other in the same place")),
    ("blend", mark("Blend"), mark("One through the other")),
    ("colour", mark("Colour"), mark("Red where the lower picture is brighter, blue where the upper one is")),
    ("difference", mark("Difference"), mark("One minus the other, grey levels matched; no difference is middle grey")),
)
FIELDS: tuple[tuple[str, str, str, float, float, int], ...] = (
    ("x_mm", mark("Right"), " mm", 500.0, 0.5, 1),
    ("y_mm", mark("Down"), " mm", 500.0, 0.5, 1),
    ("turn_deg", mark("Turn"), "°", 180.0, 0.2, 2),
    ("scale", mark("Scale"), "", 4.0, 0.002, 4),
    ("z_mm", mark("Height"), " mm", 800.0, 0.5, 1),
    ("tilt_x_deg", mark("Tilt, horizontal axis"), "°", 60.0, 0.2, 2),
    ("tilt_y_deg", mark("Tilt, vertical axis"), "°", 60.0, 0.2, 2),
)
"""Name, title, unit, limit, step and decimals of a placement's values."""
IN_SPACE = ("z_mm", "tilt_x_deg", "tilt_y_deg")
_ARROWS = {
    Qt.Key.Key_Left: ("x_mm", -1),
    Qt.Key.Key_Right: ("x_mm", 1),
    Qt.Key.Key_Up: ("y_mm", -1),
    Qt.Key.Key_Down: ("y_mm", 1),
    Qt.Key.Key_PageUp: ("z_mm", 1),
    Qt.Key.Key_PageDown: ("z_mm", -1),
}


class CompareBar(QWidget):
    """Tells what the user wants of a comparison; it knows no pictures."""

    mode_wanted = Signal(str)
    vertical_wanted = Signal(bool)
    amount_changed = Signal(float)
    """0 … 1: the swipe line's place, or the upper picture's opacity."""
    rate_changed = Signal(float)
    exchange_wanted = Signal()
    register_wanted = Signal()
    cancel_wanted = Signal()
    reset_wanted = Signal()
    close_wanted = Signal()
    placement_changed = Signal(str, float)
    """(field, value) while it is being changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._vertical = True
        self._modes = QButtonGroup(self)
        # In lines like words: the bar must not make its viewport wider than the reader did.
        controls = QWidget()
        line = FlowLayout(controls, gap=4)
        line.setContentsMargins(8, 3, 6, 3)
        self.buttons: dict[str, QToolButton] = {}
        for mode, title, tip in MODES:
            button = self._button(tr(title), tr(tip), checkable=True)
            button.clicked.connect(lambda _=False, mode=mode: self.mode_wanted.emit(mode))
            self._modes.addButton(button)
            self.buttons[mode] = button
            line.addWidget(button)
        self.upright = self._button("◧", tr("Turn the swipe line"))
        self.upright.clicked.connect(lambda: self.vertical_wanted.emit(not self._vertical))
        self.amount = QSlider(Qt.Orientation.Horizontal)
        self.amount.setRange(0, 100)
        self.amount.setMinimumWidth(60)
        self.amount.setAccessibleName(tr("Place of the line, or opacity"))
        self.amount.valueChanged.connect(lambda value: self.amount_changed.emit(value / 100))
        self.rate = QDoubleSpinBox()
        self.rate.setRange(0.2, 5.0)
        self.rate.setSingleStep(0.2)
        self.rate.setDecimals(1)
        self.rate.setValue(1.0)
        self.rate.setSuffix(" /s")
        self.rate.setToolTip(tr("How often a second both are shown"))
        self.rate.valueChanged.connect(self.rate_changed)
        self.exchange = self._button(tr("Exchange"), tr("The upper picture below, and the lower one on top"))
        self.exchange.clicked.connect(self.exchange_wanted)
        self.register = self._button(tr("Register"), tr("Find automatically how the two lie on each other"))
        self.register.clicked.connect(self.register_wanted)
        self.adjust = self._button(tr("Adjust…"), tr("Move, turn and scale the upper picture by hand"), checkable=True)
        self.adjust.toggled.connect(self._show_adjusting)
        self.reset = self._button(tr("Reset"), tr("Take the placement of the upper picture away"))
        self.reset.clicked.connect(self.reset_wanted)
        self.close_button = self._button("✕", tr("End the comparison"))
        self.close_button.clicked.connect(self.close_wanted)
        line.addWidget(self.upright)
        middle = QWidget()
        between = QHBoxLayout(middle)
        between.setContentsMargins(0, 0, 0, 0)
        between.addWidget(self.amount, 1)
        between.addWidget(self.rate)
        between.addStretch(0)
        middle.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
        line.addWidget(middle)
        for button in (self.exchange, self.register, self.adjust, self.reset, self.close_button):
            line.addWidget(button)
        self.note = QLabel()
        self.note.setObjectName("compareNote")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setMaximumHeight(14)
        self.progress.setMaximumWidth(160)
        self.cancel = self._button(tr("Cancel"), tr("Stop the registration"))
        self.cancel.clicked.connect(self.cancel_wanted)
        second = QHBoxLayout()
        second.setContentsMargins(10, 0, 6, 4)
        second.addWidget(self.note, 1)
        second.addWidget(self.progress)
        second.addWidget(self.cancel)
        self.adjusting = PlacementPanel()
        self.adjusting.changed.connect(self.placement_changed)
        self.adjusting.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(controls)
        layout.addLayout(second)
        layout.addWidget(self.adjusting)
        self.set_working(None)

    def _button(self, text: str, tip: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text if text.isalpha() else tip)
        button.setCheckable(checkable)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_look(self, mode: str, vertical: bool, amount: float, note: str) -> None:
        """Show how the comparison stands; tells nobody."""
        self._vertical = vertical
        self.buttons[mode].setChecked(True)
        self.upright.setText("◧" if vertical else "⬒")
        self.upright.setVisible(mode == "swipe")
        self.amount.setVisible(mode in ("swipe", "blend"))
        self.rate.setVisible(mode == "blink")
        self.amount.blockSignals(True)
        self.amount.setValue(round(100 * amount))
        self.amount.blockSignals(False)
        self.note.setText(shown(note))
        self.note.setToolTip(shown(note))

    def show_placement(self, values: Mapping[str, float], fields: Sequence[str]) -> None:
        """Show a placement, and which of its values can be changed."""
        self.adjusting.show_values(values, fields)

    def set_working(self, fraction: float | None) -> None:
        """Show how far a registration is; None: none goes on."""
        self.progress.setVisible(fraction is not None)
        self.cancel.setVisible(fraction is not None)
        self.register.setEnabled(fraction is None)
        self.progress.setValue(round(100 * (fraction or 0.0)))

    def _show_adjusting(self, on: bool) -> None:
        self.adjusting.setVisible(on)
        if on:
            self.adjusting.setFocus()


class PlacementPanel(QWidget):
    """Boxes for a placement; the arrow keys nudge it (with Shift ten times as far)."""

    changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = FlowLayout(self, gap=6)
        layout.setContentsMargins(10, 0, 10, 6)
        self.boxes: dict[str, QDoubleSpinBox] = {}
        self._pairs: dict[str, QWidget] = {}
        for name, title, unit, limit, step, decimals in FIELDS:
            box = QDoubleSpinBox()
            box.setDecimals(decimals)
            box.setRange(0.25 if name == "scale" else -limit, limit)
            box.setSingleStep(step)
            box.setSuffix(unit)
            box.setValue(1.0 if name == "scale" else 0.0)
            box.setAccessibleName(tr(title))
            box.valueChanged.connect(lambda value, name=name: self.changed.emit(name, value))
            label = QLabel(tr(title))
            label.setBuddy(box)
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 8, 0)
            beside.addWidget(label)
            beside.addWidget(box)
            layout.addWidget(pair)
            self.boxes[name], self._pairs[name] = box, pair
        hint = QLabel(tr("Arrow keys move by 0.5 mm, with Shift by 5 mm"))
        hint.setObjectName("compareNote")
        hint.setWordWrap(True)
        layout.addWidget(hint)

    def show_values(self, values: Mapping[str, float], fields: Sequence[str]) -> None:
        """Show a placement; tells nobody."""
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(values.get(name, box.value()))
            box.blockSignals(False)
            self._pairs[name].setVisible(name in fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nudge."""
        found = _ARROWS.get(Qt.Key(event.key()))
        if found is None or not self.boxes[found[0]].isVisible():
            super().keyPressEvent(event)
            return
        name, sign = found
        fast = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        box = self.boxes[name]
        box.setValue(box.value() + sign * fast * box.singleStep())
        event.accept()
