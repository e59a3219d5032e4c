"""Switches for what is done to the projections before reconstruction, each with its parameters. Signals only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from widgets.controls import ParameterLike, ParameterPanel
from widgets.translation import tr

INDENT = 22
"""Pixels by which parameters stand to the right of their switch."""


class CorrectionPanel(QWidget):
    """One switch for each correction; the parameters of one that is on stand below it.

    Notes
    -----
    Setters emit nothing. Parameters of a correction that is switched off are kept until it is on again.
    """

    values_changed = Signal(dict)
    """{name: {parameter: value}} of the corrections that are on, live."""
    values_committed = Signal(dict)
    """The same, when a change is complete."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._tooltips: dict[str, str] = {}
        self.switches: dict[str, QCheckBox] = {}
        self.parameter_panels: dict[str, ParameterPanel] = {}

    def set_corrections(self, corrections: Mapping[str, tuple[str, str, Sequence[ParameterLike]]]) -> None:
        """Offer corrections, all off: name to (title, description, parameters). Done once."""
        for name, (title, description, parameters) in corrections.items():
            switch, panel = QCheckBox(tr(title)), ParameterPanel(parameters)
            self._tooltips[name] = tr(description)
            switch.setToolTip(tr(description))
            panel.setContentsMargins(INDENT, 0, 0, 0)
            panel.hide()
            switch.toggled.connect(panel.setVisible)
            switch.toggled.connect(self._committed)
            panel.values_changed.connect(lambda _: self.values_changed.emit(self.values()))
            panel.values_committed.connect(lambda _: self.values_committed.emit(self.values()))
            self.switches[name], self.parameter_panels[name] = switch, panel
            self._column.addWidget(switch)
            self._column.addWidget(panel)

    def values(self) -> dict[str, dict[str, Any]]:
        """Return the parameters of the corrections that are on, by name."""
        return {
            name: self.parameter_panels[name].values() for name, switch in self.switches.items() if switch.isChecked()
        }

    def set_values(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Show which corrections are on, and with what parameters."""
        for name, switch in self.switches.items():
            with QSignalBlocker(switch):
                switch.setChecked(name in values)
            self.parameter_panels[name].setVisible(name in values)
            self.parameter_panels[name].set_values(values.get(name, {}))

    def set_enabled_reason(self, reason: str) -> None:
        """Disable all and say why; an empty reason enables them."""
        for name, switch in self.switches.items():
            switch.setEnabled(not reason)
            switch.setToolTip(reason or self._tooltips[name])
            self.parameter_panels[name].set_enabled_reason(reason)

    def _committed(self) -> None:
        self.values_changed.emit(self.values())
        self.values_committed.emit(self.values())
