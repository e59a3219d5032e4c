"""Controls of the panels: a slider with an exact entry, and panels generated from described parameters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLabel,
    QSlider,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from widgets.translation import tr

_MAXIMUM_TICKS = 100_000
ENTRY_WIDTH = 88
"""Of entries at least, so that they stand below each other."""
ENTRY_FRAME = 44
"""Padding, arrows and frame beside the text of an entry."""


class ParameterLike(Protocol):
    """What a parameter must tell about itself (`recon.algorithms` describes its own so)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def default(self) -> Any: ...  # noqa: D102
    @property
    def minimum(self) -> float: ...  # noqa: D102
    @property
    def maximum(self) -> float: ...  # noqa: D102
    @property
    def step(self) -> float: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def choices(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102


class WheelGuard(QObject):
    """Lets the wheel change an entry only after a click into it: scrolling a panel must not alter values."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore the wheel over an entry without focus; the panel scrolls instead."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class JumpSlider(QSlider):
    """A horizontal slider whose handle goes to where the groove is pressed and follows the mouse from there."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to the pointer, then let the ordinary drag go on."""
        if event.button() == Qt.MouseButton.LeftButton:
            room = max(1, self.width() - 12)
            x = round(event.position().x()) - 6
            value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x, room)
            self.setSliderDown(True)
            self.setValue(value)
        super().mousePressEvent(event)


class SliderWithEntry(QWidget):
    """A titled slider with an exact entry beside it.

    Parameters
    ----------
    title : str
        Shown at the left of the entry, above the slider.
    minimum, maximum, step : float
        In `unit`. The slider moves in steps; the entry takes any value with `decimals` digits.
    unit : str
        Shown in the entry after the number.
    decimals : int
        Digits after the point in the entry.
    tooltip : str
        What the value does; a shortcut if there is one.
    """

    value_changed = Signal(float)
    """At once, also while the slider is being dragged."""
    value_committed = Signal(float)
    """When the slider is let go, or a value was typed or stepped."""

    def __init__(
        self,
        title: str,
        minimum: float,
        maximum: float,
        step: float = 1.0,
        unit: str = "",
        decimals: int = 1,
        tooltip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._minimum, self._maximum, self._step = float(minimum), float(maximum), float(step)
        self._committed = self._minimum
        self.label = QLabel(title)
        self.slider = JumpSlider(Qt.Orientation.Horizontal)
        self.entry = QDoubleSpinBox()
        self.entry.setDecimals(decimals)
        self.entry.setKeyboardTracking(False)
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        if unit:
            self.entry.setSuffix(f" {unit}")
        self.entry.setAccessibleName(title)
        self.slider.setAccessibleName(title)
        guard = WheelGuard(self)
        for control in (self.slider, self.entry):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(guard)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.entry, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self._tooltip = ""
        self._reason = ""
        self.set_tooltip(tooltip or title)
        self.set_range(minimum, maximum, step)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self._commit)
        self.entry.valueChanged.connect(self._typed)

    def value(self) -> float:
        """Return the value."""
        return self.entry.value()

    def set_value(self, value: float) -> None:
        """Set the value without a signal; a slider that is being dragged is left alone."""
        if self.slider.isSliderDown():
            return
        with QSignalBlocker(self.entry):
            self.entry.setValue(value)
        self._committed = self.entry.value()
        self._follow()

    def set_range(self, minimum: float, maximum: float, step: float | None = None) -> None:
        """Set range and step without a signal; the value is kept inside."""
        self._minimum, self._maximum = float(minimum), max(float(maximum), float(minimum))
        if step is not None and step > 0:
            self._step = float(step)
        with QSignalBlocker(self.entry), QSignalBlocker(self.slider):
            self.entry.setRange(self._minimum, self._maximum)
            self.entry.setSingleStep(self._step)
            texts = (self.entry.textFromValue(value) + self.entry.suffix() for value in (self._minimum, self._maximum))
            widest = max(self.entry.fontMetrics().horizontalAdvance(text) for text in texts)
            self.entry.setFixedWidth(max(ENTRY_WIDTH, widest + ENTRY_FRAME))
            ticks = math.ceil((self._maximum - self._minimum) / self._step - 1e-6)
            self.slider.setRange(0, min(max(ticks, 1), _MAXIMUM_TICKS))
            self.slider.setPageStep(max(1, ticks // 20))
        self._follow()

    def set_key_step(self, step: float) -> None:
        """Let arrow keys and the entry's arrows move by `step`, while the slider keeps its fine steps."""
        self.slider.setSingleStep(max(1, round(step / self._tick())))
        self.entry.setSingleStep(step)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.label.setText(title)
        self.entry.setAccessibleName(title)
        self.slider.setAccessibleName(title)

    def set_tooltip(self, text: str) -> None:
        """Change what the tooltip says while the control is enabled."""
        self._tooltip = text
        self._show_tooltip()

    def set_enabled_reason(self, reason: str) -> None:
        """Disable the control and say why in its tooltip; an empty reason enables it."""
        self._reason = reason
        for control in (self.label, self.slider, self.entry):
            control.setEnabled(not reason)
        self._show_tooltip()

    def _show_tooltip(self) -> None:
        text = self._reason or self._tooltip
        for control in (self, self.label, self.slider, self.entry):
            control.setToolTip(text)

    def _tick(self) -> float:
        return max(self._step, (self._maximum - self._minimum) / _MAXIMUM_TICKS)

    def _follow(self) -> None:
        with QSignalBlocker(self.slider):
            if self.entry.value() >= self._maximum:
                self.slider.setValue(self.slider.maximum())
            else:
                self.slider.setValue(round((self.entry.value() - self._minimum) / self._tick()))

    def _slid(self, tick: int) -> None:
        value = min(self._minimum + tick * self._tick(), self._maximum)
        with QSignalBlocker(self.entry):
            self.entry.setValue(value)
        before = self._committed
        self.value_changed.emit(self.entry.value())
        if not self.slider.isSliderDown():
            self._commit_since(before)

    def _typed(self, value: float) -> None:
        self._follow()
        before = self._committed
        self.value_changed.emit(value)
        self._commit_since(before)

    def _commit_since(self, before: float) -> None:
        """Commit, although who heard of the change may have set the value, which counts as committed."""
        self._committed = before
        self._commit()

    def _commit(self) -> None:
        value = self.entry.value()
        if value != self._committed:
            self._committed = value
            self.value_committed.emit(value)


class ParameterPanel(QWidget):
    """Controls generated from described parameters: numbers, choices, switches.

    Parameters
    ----------
    parameters : sequence of ParameterLike
        Drawn in this order.
    """

    values_changed = Signal(dict)
    """All values by name, live."""
    values_committed = Signal(dict)
    """All values by name, when a change is complete."""

    def __init__(self, parameters: Sequence[ParameterLike] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.controls: dict[str, SliderWithEntry | QComboBox | QCheckBox] = {}
        self._tooltips: dict[str, str] = {}
        self._labels: dict[str, QLabel] = {}
        self._guard = WheelGuard(self)
        self.set_parameters(parameters)

    def set_parameters(self, parameters: Sequence[ParameterLike]) -> None:
        """Build the controls anew, at their default values."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.controls, self._tooltips, self._labels = {}, {}, {}
        for parameter in parameters:
            self._add(parameter)

    def values(self) -> dict[str, Any]:
        """Return all values by name."""
        found: dict[str, Any] = {}
        for name, control in self.controls.items():
            if isinstance(control, SliderWithEntry):
                found[name] = control.value()
            elif isinstance(control, QComboBox):
                found[name] = control.currentData()
            else:
                found[name] = control.isChecked()
        return found

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Set some values by name, without a signal; names that are not here are left out."""
        for name, value in values.items():
            control = self.controls.get(name)
            if control is None:
                continue
            if isinstance(control, SliderWithEntry):
                control.set_value(float(value))
            else:
                with QSignalBlocker(control):
                    if isinstance(control, QComboBox):
                        control.setCurrentIndex(max(0, control.findData(value)))
                    else:
                        control.setChecked(bool(value))

    def set_enabled_reason(self, reason: str) -> None:
        """Disable every control and say why; an empty reason enables them."""
        for name, control in self.controls.items():
            if isinstance(control, SliderWithEntry):
                control.set_enabled_reason(reason)
            else:
                control.setEnabled(not reason)
                control.setToolTip(reason or self._tooltips[name])
            if name in self._labels:
                self._labels[name].setEnabled(not reason)

    def _add(self, parameter: ParameterLike) -> None:
        title = tr(parameter.title)
        tooltip = tr(parameter.description) or title
        self._tooltips[parameter.name] = tooltip
        if parameter.kind == "choice":
            combo = QComboBox()
            for value, name in parameter.choices:
                combo.addItem(tr(name), value)
            combo.setCurrentIndex(max(0, combo.findData(parameter.default)))
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.installEventFilter(self._guard)
            combo.setToolTip(tooltip)
            combo.setAccessibleName(title)
            label = QLabel(title)
            label.setToolTip(tooltip)
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(label)
            column.addWidget(combo)
            combo.currentIndexChanged.connect(self._changed_at_once)
            self._labels[parameter.name] = label
            self.controls[parameter.name] = combo
            self._layout.addWidget(box)
        elif parameter.kind == "bool":
            check = QCheckBox(title)
            check.setChecked(bool(parameter.default))
            check.setToolTip(tooltip)
            check.toggled.connect(self._changed_at_once)
            self.controls[parameter.name] = check
            self._layout.addWidget(check)
        else:
            decimals = max(0, math.ceil(-math.log10(parameter.step) - 1e-9)) if parameter.step > 0 else 3
            slider = SliderWithEntry(
                title,
                _finite(parameter.minimum, 0.0),
                _finite(parameter.maximum, 100.0),
                parameter.step,
                parameter.unit,
                decimals,
                tooltip,
            )
            slider.set_value(float(parameter.default))
            slider.value_changed.connect(lambda _value: self.values_changed.emit(self.values()))
            slider.value_committed.connect(lambda _value: self.values_committed.emit(self.values()))
            self.controls[parameter.name] = slider
            self._layout.addWidget(slider)

    def _changed_at_once(self) -> None:
        self.values_changed.emit(self.values())
        self.values_committed.emit(self.values())


def heading(text: str) -> QLabel:
    """Make a small heading inside a panel."""
    label = QLabel(text.upper())
    label.setProperty("role", "heading")
    return label


def separator() -> QFrame:
    """Make a thin line between the parts of a panel."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line


def _finite(value: float, otherwise: float) -> float:
    return value if math.isfinite(value) else otherwise
