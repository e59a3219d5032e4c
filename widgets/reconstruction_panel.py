"""The panel at the right: protocol, slice, range, algorithm and corrections with their parameters. Signals only."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.computation_bar import ComputationBar
from widgets.controls import ParameterLike, ParameterPanel, SliderWithEntry, WheelGuard, heading, separator
from widgets.correction_panel import CorrectionPanel
from widgets.translation import shown, tr

MAXIMUM_THICKNESS_MM = 60.0
MAXIMUM_INTERVAL_MM = 20.0


class ReconstructionPanel(QWidget):
    """What the slices are and how they are made. It keeps no state but that of its controls.

    Notes
    -----
    Setters emit nothing. ``…_changed`` signals come live while a slider is dragged, ``…_committed`` when it is let go:
    show the first, put the second on the undo stack.
    """

    protocol_changed = Signal(str)
    """Key of the protocol that was chosen; "" for none."""
    height_changed = Signal(float)
    height_committed = Signal(float)
    thickness_changed = Signal(float)
    thickness_committed = Signal(float)
    interval_changed = Signal(float)
    interval_committed = Signal(float)
    range_changed = Signal(float, float)
    range_committed = Signal(float, float)
    """(from, to), mm; from is never above to."""
    algorithm_changed = Signal(str)
    """Name of the algorithm that was chosen."""
    parameters_changed = Signal(dict)
    parameters_committed = Signal(dict)
    """Values by name."""
    corrections_changed = Signal(dict)
    corrections_committed = Signal(dict)
    """{name: {parameter: value}} of the corrections that are on."""
    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._reason = ""
        self._reconstructs = True
        self._algorithms: dict[str, tuple[str, str, Sequence[ParameterLike]]] = {}
        self.protocol_box = QComboBox()
        self.protocol_box.setAccessibleName(tr("Protocol"))
        self.protocol_box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.protocol_note = QLabel()
        self.protocol_note.setProperty("role", "dim")
        self.protocol_note.setWordWrap(True)
        self.height_control = SliderWithEntry(
            tr("Height"), 0, 100, 0.5, "mm", 1, tr("Height of the slice above the detector (wheel, Up, Down)")
        )
        self.thickness_control = SliderWithEntry("", 0, MAXIMUM_THICKNESS_MM, 0.5, "mm", 1)
        self.effective_label = QLabel()
        self.effective_label.setProperty("role", "dim")
        self.effective_label.setWordWrap(True)
        self.interval_control = SliderWithEntry(
            tr("Slice interval"),
            0.1,
            MAXIMUM_INTERVAL_MM,
            0.1,
            "mm",
            1,
            tr("Distance from one slice to the next: what one step of the wheel moves, and what is exported"),
        )
        self.from_control = SliderWithEntry(
            tr("Range from"), 0, 100, 1, "mm", 1, tr("Lowest height of the slices, of cine and of the export")
        )
        self.to_control = SliderWithEntry(
            tr("Range to"), 0, 100, 1, "mm", 1, tr("Highest height of the slices, of cine and of the export")
        )
        self.algorithm_box = QComboBox()
        self.algorithm_box.setAccessibleName(tr("Algorithm"))
        self.algorithm_box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        guard = WheelGuard(self)
        self.protocol_box.installEventFilter(guard)
        self.algorithm_box.installEventFilter(guard)
        self.algorithm_note = QLabel()
        self.algorithm_note.setProperty("role", "dim")
        self.algorithm_note.setWordWrap(True)
        self.parameter_panel = ParameterPanel()
        self.correction_panel = CorrectionPanel()
        self.computation_bar = ComputationBar()
        self.computation_bar.hide()
        self.defaults_button = QPushButton(tr("Defaults"))
        self.count_label = QLabel()
        self.count_label.setProperty("role", "dim")
        self.notes_label = QLabel()
        self.notes_label.setProperty("role", "note")
        self.notes_label.setWordWrap(True)
        self.notes_label.setTextFormat(Qt.TextFormat.RichText)
        self.facts_label = QLabel()
        self.facts_label.setProperty("role", "dim")
        self.facts_label.setWordWrap(True)
        self.facts_label.setTextFormat(Qt.TextFormat.RichText)
        self.reason_label = QLabel()
        self.reason_label.setProperty("role", "dim")
        self.reason_label.setWordWrap(True)
        self.reason_label.hide()
        self._build()
        self._connect()
        self.set_notes(())
        self.set_reconstructs(True)
        self._show_enabled()

    def _build(self) -> None:
        inside = self._inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(9)
        column.addWidget(self.reason_label)
        self._protocol_parts: list[QWidget] = [
            heading(tr("Protocol")),
            self.protocol_box,
            self.protocol_note,
            separator(),
        ]
        for widget in self._protocol_parts:
            column.addWidget(widget)
        column.addWidget(heading(tr("Slice")))
        column.addWidget(self.height_control)
        column.addWidget(self.thickness_control)
        column.addWidget(self.effective_label)
        column.addWidget(self.interval_control)
        column.addWidget(separator())
        column.addWidget(heading(tr("Range")))
        column.addWidget(self.from_control)
        column.addWidget(self.to_control)
        column.addWidget(self.count_label)
        column.addWidget(separator())
        row = QHBoxLayout()
        row.addWidget(heading(tr("Reconstruction")))
        row.addStretch(1)
        row.addWidget(self.defaults_button)
        column.addLayout(row)
        column.addWidget(self.algorithm_box)
        column.addWidget(self.algorithm_note)
        column.addWidget(self.parameter_panel)
        self._correction_parts: list[QWidget] = [
            separator(),
            heading(tr("Corrections")),
            self.correction_panel,
            separator(),
        ]
        for widget in self._correction_parts:
            column.addWidget(widget)
        column.addWidget(self.notes_label)
        column.addWidget(self.facts_label)
        column.addStretch(1)
        area = self.area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        # Below the scrolled part: what starts, tells and stops a computation is always in sight.
        outer.addWidget(self.computation_bar)

    def _connect(self) -> None:
        self.protocol_box.activated.connect(self._protocol_chosen)
        self.height_control.value_changed.connect(self.height_changed)
        self.height_control.value_committed.connect(self.height_committed)
        self.thickness_control.value_changed.connect(self.thickness_changed)
        self.thickness_control.value_committed.connect(self.thickness_committed)
        self.interval_control.value_changed.connect(self._interval_moved)
        self.interval_control.value_committed.connect(self.interval_committed)
        self.from_control.value_changed.connect(lambda _value: self._range_moved(lower=True))
        self.to_control.value_changed.connect(lambda _value: self._range_moved(lower=False))
        for control in (self.from_control, self.to_control):
            control.value_committed.connect(lambda _value: self.range_committed.emit(*self.heights()))
        self.algorithm_box.currentIndexChanged.connect(self._chosen)
        self.parameter_panel.values_changed.connect(self.parameters_changed)
        self.parameter_panel.values_committed.connect(self.parameters_committed)
        self.correction_panel.values_changed.connect(self.corrections_changed)
        self.correction_panel.values_committed.connect(self.corrections_committed)
        self.defaults_button.clicked.connect(self._to_defaults)

    # -- what the application sets ------------------------------------------------------------------------------------

    def set_protocols(self, protocols: Sequence[tuple[str, str, str]]) -> None:
        """Offer protocols, each by (key, title, description), after an entry for none."""
        with QSignalBlocker(self.protocol_box):
            self.protocol_box.clear()
            self.protocol_box.addItem(tr("No protocol"), "")
            for key, title, description in protocols:
                self.protocol_box.addItem(tr(title), key)
                self.protocol_box.setItemData(
                    self.protocol_box.count() - 1, tr(description), Qt.ItemDataRole.ToolTipRole
                )

    def set_protocol(self, key: str, note: str) -> None:
        """Show the protocol that the slices were started from ("": none), and what is to be said of it."""
        self.protocol_box.setCurrentIndex(max(0, self.protocol_box.findData(key)))
        self.protocol_note.setText(note)
        self.protocol_note.setVisible(bool(note) and self._reconstructs)

    def set_limits(self, low_mm: float, high_mm: float) -> None:
        """Give the heights that the source can answer for."""
        for control in (self.height_control, self.from_control, self.to_control):
            control.set_range(low_mm, high_mm)
        self._show_count()

    def set_height(self, height_mm: float) -> None:
        """Show the height."""
        self.height_control.set_value(height_mm)

    def set_thickness(self, thickness_mm: float) -> None:
        """Show the thickness."""
        self.thickness_control.set_value(thickness_mm)

    def set_effective_thickness(self, text: str, tooltip: str = "") -> None:
        """Show what the section's thickness is for a small detail, below the nominal one; "" for nothing to say."""
        self.effective_label.setText(text)
        self.effective_label.setToolTip(tooltip)
        self.effective_label.setVisible(bool(text))

    def set_interval(self, interval_mm: float) -> None:
        """Show the interval; arrow keys on the height move by it."""
        self.interval_control.set_value(interval_mm)
        self.height_control.set_key_step(interval_mm)
        self._show_count()

    def set_range(self, low_mm: float, high_mm: float) -> None:
        """Show the range of heights."""
        self.from_control.set_value(low_mm)
        self.to_control.set_value(high_mm)
        self._show_count()

    def heights(self) -> tuple[float, float]:
        """Return the range (from, to), mm."""
        return (self.from_control.value(), self.to_control.value())

    def set_reconstructs(self, reconstructs: bool) -> None:
        """Say whether slices are computed from projections (nominal thickness) or averaged from a stored stack."""
        self._reconstructs = reconstructs
        if reconstructs:
            self.thickness_control.set_title(tr("Slice thickness (nominal)"))
            self.thickness_control.set_tooltip(
                tr(
                    "Nominal thickness: the reconstruction is averaged over this range of heights (Alt + wheel). "
                    "How thick the section really is depends on the sweep, the filter and the detail: see below."
                )
            )
        else:
            self.thickness_control.set_title(tr("Slab thickness (average)"))
            self.thickness_control.set_tooltip(
                tr("Stored slices within this thickness are averaged (Alt + wheel); nothing is reconstructed anew.")
            )
        self._show_enabled()
        self._widen()

    def set_algorithms(self, algorithms: Mapping[str, Any]) -> None:
        """Offer algorithms.

        Parameters
        ----------
        algorithms : mapping
            Name to an object with ``title``, ``description`` and ``parameters()`` or a ``parameters`` sequence; or name
            to a tuple (title, description, parameters).
        """
        self._algorithms = {}
        with QSignalBlocker(self.algorithm_box):
            self.algorithm_box.clear()
            for name, algorithm in algorithms.items():
                if isinstance(algorithm, tuple):
                    title, description, parameters = algorithm
                else:
                    title, description, parameters = algorithm.title, algorithm.description, algorithm.parameters
                    parameters = parameters() if callable(parameters) else parameters
                self._algorithms[name] = (title, description, tuple(parameters))
                self.algorithm_box.addItem(tr(title), name)
        self._show_algorithm()

    def set_corrections(self, corrections: Mapping[str, tuple[str, str, Sequence[ParameterLike]]]) -> None:
        """Offer corrections of the projections: name to (title, description, parameters)."""
        self.correction_panel.set_corrections(corrections)
        self._show_enabled()

    def set_algorithm(self, name: str, values: Mapping[str, Any] | None = None) -> None:
        """Show the algorithm in use and the values of its parameters."""
        index = self.algorithm_box.findData(name)
        if index >= 0 and index != self.algorithm_box.currentIndex():
            with QSignalBlocker(self.algorithm_box):
                self.algorithm_box.setCurrentIndex(index)
            self._show_algorithm()
        if values is not None:
            self.parameter_panel.set_values(values)

    def algorithm(self) -> tuple[str, dict[str, Any]]:
        """Return (name, values) as they are shown."""
        return (str(self.algorithm_box.currentData() or ""), self.parameter_panel.values())

    def set_notes(self, notes: Sequence[str], facts: Sequence[str] = ()) -> None:
        """Show what belongs to this reconstruction: assumptions in amber, plain facts below them, dimmed."""
        for label, lines in ((self.notes_label, notes), (self.facts_label, facts)):
            label.setText("".join(f"<p style='margin:3px 0'>{html.escape(shown(line))}</p>" for line in lines))
            label.setVisible(bool(lines))

    def set_enabled_reason(self, reason: str) -> None:
        """Disable the whole panel and say why; an empty reason enables it."""
        self._reason = reason
        self._show_enabled()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_enabled(self) -> None:
        self.reason_label.setText(self._reason)
        self.reason_label.setVisible(bool(self._reason))
        for control in (
            self.height_control,
            self.thickness_control,
            self.interval_control,
            self.from_control,
            self.to_control,
        ):
            control.set_enabled_reason(self._reason)
        why = self._reason
        if not why and not self._reconstructs:
            why = tr("These slices were stored; only projections can be reconstructed with another algorithm.")
        for part in self._protocol_parts:
            part.setVisible(self._reconstructs)
        for part in self._correction_parts:
            part.setVisible(self._reconstructs and bool(self.correction_panel.switches))
        self.protocol_note.setVisible(self._reconstructs and bool(self.protocol_note.text()))
        self.protocol_box.setEnabled(not why)
        self.protocol_box.setToolTip(
            why or tr("Starting values for a part of the body: heights, thickness, interval, filter and window")
        )
        self.algorithm_box.setEnabled(not why)
        self.algorithm_box.setToolTip(why or tr("How the slices are computed from the projections"))
        self.parameter_panel.set_enabled_reason(why)
        self.correction_panel.set_enabled_reason(why)
        self.defaults_button.setEnabled(not why)
        self.defaults_button.setToolTip(why or tr("Set this algorithm's parameters back to their defaults"))

    def _show_algorithm(self) -> None:
        _, description, parameters = self._algorithms.get(str(self.algorithm_box.currentData()), ("", "", ()))
        self.algorithm_note.setText(tr(description))
        self.algorithm_note.setVisible(bool(description))
        self.parameter_panel.set_parameters(parameters)
        self.defaults_button.setVisible(bool(parameters))
        self._show_enabled()
        self._widen()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is shown has its style, and with it the widths of its texts."""
        super().showEvent(event)
        self._widen()

    def _widen(self) -> None:
        # Wide enough for the longest title beside its entry, with room for the scroll bar.
        self.setMinimumWidth(max(260, self._inside.minimumSizeHint().width() + 12))

    def _protocol_chosen(self) -> None:
        self.protocol_changed.emit(str(self.protocol_box.currentData() or ""))

    def _chosen(self) -> None:
        self._show_algorithm()
        self.algorithm_changed.emit(str(self.algorithm_box.currentData() or ""))

    def _to_defaults(self) -> None:
        _, _, parameters = self._algorithms.get(str(self.algorithm_box.currentData()), ("", "", ()))
        self.parameter_panel.set_values({parameter.name: parameter.default for parameter in parameters})
        self.defaults_wanted.emit()
        self.parameters_changed.emit(self.parameter_panel.values())
        self.parameters_committed.emit(self.parameter_panel.values())

    def _interval_moved(self, interval_mm: float) -> None:
        self._show_count()
        self.interval_changed.emit(interval_mm)

    def _range_moved(self, *, lower: bool) -> None:
        low, high = self.heights()
        if low > high:
            # The end that was not moved follows, so that the range is never upside down.
            if lower:
                self.to_control.set_value(low)
            else:
                self.from_control.set_value(high)
        self._show_count()
        self.range_changed.emit(*self.heights())

    def _show_count(self) -> None:
        low, high = self.heights()
        interval = self.interval_control.value()
        count = int((high - low) / interval + 1e-6) + 1 if interval > 0 else 1
        many = tr("{0} slices in the range", count)
        self.count_label.setText(many if count != 1 else tr("1 slice in the range"))
