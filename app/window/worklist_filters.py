"""The line of chips above the worklist: what is shown, with counts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QToolButton, QWidget

from app.worklist.model import STATES, Query, Result, State
from widgets.flow_layout import FlowLayout
from widgets.theme import COLOURS
from widgets.translation import mark, tr

PERIODS = {"": mark("Any day"), "today": mark("Today"), "this week": mark("This week")}
STATE_CHIPS: dict[str, str] = {
    "": mark("All: {0}"),
    "new": mark("New: {0}"),
    "read": mark("Read: {0}"),
    "rejected": mark("Rejected: {0}"),
}


class Filters(QWidget):
    """Chips and lists that narrow a query.

    Signals
    -------
    changed()
        By the user.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = FlowLayout(self, gap=6)
        line.setContentsMargins(0, 0, 0, 0)
        self.states = {state: self._chip(tr(text, "–")) for state, text in STATE_CHIPS.items()}
        self.periods = {period: self._chip(tr(text)) for period, text in PERIODS.items()}
        self.modality, self.body_part = QComboBox(), QComboBox()
        self.flagged = self._chip("★")
        self.flagged.setToolTip(tr("Only studies with a star"))
        self.removed = self._chip(tr("Removed"))
        self.removed.setToolTip(tr("Studies that were removed from the list, to put them back"))
        self._groups = [self._exclusive(self.states), self._exclusive(self.periods)]
        for chip in self.states.values():
            line.addWidget(chip)
        line.addWidget(_gap())
        for chip in self.periods.values():
            line.addWidget(chip)
        line.addWidget(_gap())
        for choice, title, width in ((self.modality, tr("Any modality"), 130), (self.body_part, tr("Any part"), 150)):
            choice.addItem(title, "")
            choice.setFixedWidth(width)
            choice.currentIndexChanged.connect(self._tell)
            line.addWidget(choice)
        self.modality.setAccessibleName(tr("Modality"))
        self.body_part.setAccessibleName(tr("Body part"))
        line.addWidget(_gap())
        for chip in (self.flagged, self.removed):
            chip.toggled.connect(self._tell)
            line.addWidget(chip)
        self.clear_button = self._chip(tr("Clear"))
        self.clear_button.setCheckable(False)
        self.clear_button.setToolTip(tr("Show all studies"))
        line.addWidget(self.clear_button)

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(text)
        chip.setCheckable(True)
        chip.setStyleSheet(
            f"QToolButton {{ border: 1px solid {COLOURS.border}; border-radius: 11px; padding: 3px 11px; }}"
            f"QToolButton:hover {{ background: {COLOURS.hover}; }}"
            f"QToolButton:focus {{ border-color: {COLOURS.focus}; }}"
            f"QToolButton:checked {{ background: {COLOURS.raised}; border-color: {COLOURS.active};"
            f" color: {COLOURS.active}; }}"
        )
        return chip

    def _exclusive(self, chips: dict[str, QToolButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        for chip in chips.values():
            group.addButton(chip)
        chips[""].setChecked(True)
        group.buttonToggled.connect(lambda _, on: self._tell() if on else None)
        return group

    def _tell(self, *_: object) -> None:
        self.changed.emit()

    def narrowed(self, query: Query) -> Query:
        """A query with what is chosen here."""
        state = next(state for state, chip in self.states.items() if chip.isChecked())
        chosen: frozenset[State] = frozenset(each for each in STATES if each == state)
        return replace(
            query,
            states=chosen,
            period=next(period for period, chip in self.periods.items() if chip.isChecked()),
            modality=self.modality.currentData() or "",
            body_part=self.body_part.currentData() or "",
            flagged=self.flagged.isChecked(),
            removed=self.removed.isChecked(),
        )

    def clear(self) -> None:
        """Choose everything."""
        was = self.blockSignals(True)
        self.states[""].setChecked(True)
        self.periods[""].setChecked(True)
        self.modality.setCurrentIndex(0)
        self.body_part.setCurrentIndex(0)
        self.flagged.setChecked(False)
        self.removed.setChecked(False)
        self.blockSignals(was)
        self.changed.emit()

    def show_counts(self, result: Result) -> None:
        """Write how many there are of each."""
        self.states[""].setText(tr(STATE_CHIPS[""], sum(result.counts.values())))
        for state, count in result.counts.items():
            self.states[state].setText(tr(STATE_CHIPS[state], count))
        self.flagged.setText(f"★ {result.flagged}" if result.flagged else "★")
        self.clear_button.setVisible(replace(result.query, text="").is_narrow)

    def show_values(self, values: dict[str, tuple[str, ...]]) -> None:
        """Fill the lists; what is chosen stays."""
        _fill(self.modality, values["modality"])
        _fill(self.body_part, values["body_part"])


def _gap() -> QWidget:
    gap = QWidget()
    gap.setFixedSize(10, 1)
    return gap


def _fill(choice: QComboBox, values: tuple[str, ...]) -> None:
    chosen = choice.currentData()
    if [choice.itemData(number) for number in range(1, choice.count())] == list(values):
        return
    was = choice.blockSignals(True)
    while choice.count() > 1:
        choice.removeItem(1)
    for value in values:
        choice.addItem(value, value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    choice.blockSignals(was)
