"""The page on which a monitor's greys are measured, judged and calibrated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.display.characteristic import DARK_LEVELS, LEAST_READINGS, STANDARD_LEVELS, Characteristic, read_characteristic
from app.display.conformance import PRIMARY_DEVIATION, SOURCES, Conformance, conformance, predicted, uncorrected
from app.display.monitors import Calibration, DisplayStore
from app.display.screens import identity
from app.window.calibration.readings_table import CHECK, MONITOR, ReadingsTable
from app.window.page import Page
from recon.errors import BocageError
from recon.messages import reason_of
from widgets.calibration_plot import CalibrationPlot, Curve
from widgets.display_patterns import TITLES, Pattern
from widgets.pattern_window import PatternWindow
from widgets.theme import COLOURS
from widgets.translation import date_text, mark, shown, tr

LEVEL_SETS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (mark("18 levels (AAPM TG-18)"), STANDARD_LEVELS),
    (mark("22 levels, more in the dark"), tuple(sorted({*STANDARD_LEVELS, *DARK_LEVELS}))),
    (mark("52 levels"), tuple(range(0, 256, 5))),
)
VERDICTS = {
    "primary": mark("Suitable for primary diagnosis"),
    "secondary": mark("Not for primary diagnosis: for review only"),
    "none": mark("Does not follow the greyscale standard"),
}
GOOD = "#7fd28a"


class CalibrationPage(Page):
    """Measures a monitor with a luminance meter and keeps its calibration.

    Parameters
    ----------
    store : DisplayStore
    changed : callable
        Called when a calibration was saved or forgotten.
    screen : QScreen
        The monitor that is chosen at the start.
    today : callable returning date
    """

    calibrated = Signal()

    def __init__(
        self,
        store: DisplayStore,
        changed: Callable[[], None],
        screen: QScreen,
        parent: QWidget | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        content = QWidget()
        super().__init__(tr("Display calibration"), content, parent)
        self._store, self._changed, self._today = store, changed, today
        self._pattern: PatternWindow | None = None
        self.table = ReadingsTable()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._monitor_row())
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(self._left(), 0)
        columns.addLayout(self._right(), 1)
        outer.addLayout(columns, 1)
        self.problem = _words("", COLOURS.error)
        self.problem.hide()
        outer.addWidget(self.problem)
        self.resize(1020, 760)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._list_screens)
            application.screenRemoved.connect(self._list_screens)
        self._list_screens()
        self.monitor.setCurrentIndex(max(0, self.monitor.findData(identity(screen).key)))
        self._show_monitor()

    # -- construction ----------------------------------------------------------------------------------------------

    def _monitor_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.monitor = QComboBox()
        self.monitor.setAccessibleName(tr("Monitor"))
        self.monitor.setMinimumWidth(260)
        self.monitor.currentIndexChanged.connect(lambda _: self._show_monitor())
        self.facts = _words("", COLOURS.text_dim)
        row.addWidget(QLabel(tr("Monitor")))
        row.addWidget(self.monitor)
        row.addWidget(self.facts, 1)
        return row

    def _left(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(6)
        box.addWidget(_heading(tr("1  Look at test patterns")))
        self.pattern = QComboBox()
        self.pattern.setAccessibleName(tr("Test pattern"))
        for name, title in TITLES.items():
            if name != "meter":
                self.pattern.addItem(tr(title), name)
        show = QPushButton(tr("Show"))
        show.setToolTip(tr("On the whole of the chosen monitor; Esc closes it"))
        show.clicked.connect(lambda: self.show_pattern(self.pattern.currentData(), through=True))
        row = QHBoxLayout()
        row.addWidget(self.pattern, 1)
        row.addWidget(show)
        box.addLayout(row)
        box.addWidget(_heading(tr("2  Measure")))
        self.level_set = QComboBox()
        self.level_set.setAccessibleName(tr("Levels"))
        for title, _ in LEVEL_SETS:
            self.level_set.addItem(tr(title))
        self.level_set.setCurrentIndex(1)
        self.level_set.activated.connect(lambda index: self.table.set_levels(LEVEL_SETS[index][1]))
        box.addWidget(self.level_set)
        self.table.set_levels(LEVEL_SETS[1][1])
        self.table.changed.connect(self.evaluate)
        self.table.setMinimumSize(330, 240)
        box.addWidget(self.table, 1)
        buttons = QGridLayout()
        for place, (text, tip, action) in enumerate(
            (
                (tr("Measure the monitor…"), tr("Shows level after level for the meter"), self.measure_monitor),
                (tr("From file…"), tr("CSV (level, cd/m²) or a monitor characteristic file of DCMTK"), self._ask_file),
                (tr("Check the calibration…"), tr("The same levels through the saved calibration"), self.measure_check),
                (tr("Clear"), tr("Empties both columns"), self._clear),
            )
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(action)
            buttons.addWidget(button, place // 2, place % 2)
            if place == 2:
                self.check_button = button
        box.addLayout(buttons)
        box.addLayout(self._facts_form())
        return box

    def _facts_form(self) -> QFormLayout:
        form = QFormLayout()
        self.ambient = QDoubleSpinBox()
        self.ambient.setRange(0.0, 50.0)
        self.ambient.setDecimals(3)
        self.ambient.setSingleStep(0.05)
        self.ambient.setSuffix(" cd/m²")
        self.ambient.setToolTip(
            tr(
                "Luminance of the switched-off screen in the reading room's light. "
                "0 if the readings were made from a distance and hold it already."
            )
        )
        self.ambient.valueChanged.connect(lambda _: self.evaluate())
        self.person, self.meter = QLineEdit(), QLineEdit()
        self.meter.setPlaceholderText(tr("Type, serial number"))
        for label, control in (
            (tr("Room light on the screen"), self.ambient),
            (tr("Measured by"), self.person),
            (tr("Meter"), self.meter),
        ):
            control.setAccessibleName(label)
            form.addRow(label, control)
        return form

    def _right(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.addWidget(_heading(tr("3  Result")))
        self.plot = CalibrationPlot()
        box.addWidget(self.plot, 1)
        self.verdict = _words("", COLOURS.text)
        box.addWidget(self.verdict)
        self.limits = QGridLayout()
        self.limits.setHorizontalSpacing(18)
        holder = QWidget()
        holder.setLayout(self.limits)
        box.addWidget(holder)
        box.addWidget(_words(tr(SOURCES), COLOURS.text_disabled, small=True))
        row = QHBoxLayout()
        self.save = QPushButton(tr("Save calibration"))
        self.save.clicked.connect(self.save_calibration)
        self.forget = QPushButton(tr("Forget calibration"))
        self.forget.setToolTip(tr("Pictures on this monitor are shown as they are again"))
        self.forget.clicked.connect(self._forget)
        row.addWidget(self.save)
        row.addWidget(self.forget)
        row.addStretch(1)
        box.addLayout(row)
        return box

    # -- the monitor -----------------------------------------------------------------------------------------------

    def _list_screens(self, *_: object) -> None:
        chosen = self.monitor.currentData()
        self.monitor.blockSignals(True)
        self.monitor.clear()
        for screen in QGuiApplication.screens():
            found = identity(screen)
            self.monitor.addItem(found.title, found.key)
        self.monitor.setCurrentIndex(max(0, self.monitor.findData(chosen)))
        self.monitor.blockSignals(False)
        if self.monitor.currentData() != chosen and chosen is not None:
            self._show_monitor()

    def screen_chosen(self) -> QScreen | None:
        """The chosen monitor's screen."""
        key = self.monitor.currentData()
        return next((screen for screen in QGuiApplication.screens() if identity(screen).key == key), None)

    def _show_monitor(self) -> None:
        screen = self.screen_chosen()
        if screen is None:
            return
        found = identity(screen)
        calibration = self._store.of(found).calibration
        self._tell_facts()
        if calibration is not None:
            self.ambient.setValue(calibration.characteristic.ambient_cd_m2)
            self.person.setText(calibration.measured_by)
            self.meter.setText(calibration.meter)
            self.table.set_levels([each.level for each in calibration.characteristic.readings])
            self.table.set_readings(MONITOR, calibration.characteristic.readings)
            self.table.set_readings(CHECK, calibration.check)
        else:
            self._clear()

    def _tell_facts(self) -> None:
        screen = self.screen_chosen()
        if screen is None:
            return
        found = identity(screen)
        calibration = self._store.of(found).calibration
        parts = [f"{found.pixels[0]} × {found.pixels[1]}"]
        if found.serial:
            parts.append(tr("serial number {0}", found.serial))
        if calibration is None:
            parts.append(tr("not calibrated"))
        elif calibration.is_old(self._today()):
            parts.append(tr("calibration is old: of {0}", date_text(calibration.measured_on)))
        else:
            when, until = date_text(calibration.measured_on), date_text(calibration.valid_until)
            parts.append(tr("calibrated on {0}, valid until {1}", when, until))
        self.facts.setText("  ·  ".join(parts))
        self.check_button.setEnabled(calibration is not None)
        self.forget.setEnabled(calibration is not None)

    # -- patterns --------------------------------------------------------------------------------------------------

    def show_pattern(self, name: Pattern, through: bool) -> PatternWindow | None:
        """Fill the chosen monitor with a pattern, through its calibration if it has one and `through` is set."""
        screen = self.screen_chosen()
        if screen is None:
            return None
        calibration = self._store.of(identity(screen)).calibration
        table = calibration.table if through and calibration is not None else None
        if self._pattern is not None:
            self._pattern.close()
        window = PatternWindow(screen, self.table.levels, table)
        window.closed.connect(self._pattern_closed)
        self._pattern = window
        window.show_pattern(name)
        return window

    def _pattern_closed(self) -> None:
        self._pattern = None

    def measure_monitor(self) -> None:
        """Show the monitor's own levels one after another."""
        self._measure(MONITOR)

    def measure_check(self) -> None:
        """Show the levels through the calibration one after another."""
        self._measure(CHECK)

    def _measure(self, column: int) -> None:
        window = self.show_pattern("meter", through=column == CHECK)
        if window is not None:
            window.reading_typed.connect(lambda level, value: self.table.set_reading(column, level, value))
            measured = {each.level for each in self.table.readings(column)}
            left = [level for level in self.table.levels if level not in measured]
            window.show_pattern("meter", left[0] if left else self.table.levels[0])

    # -- readings --------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, tr("Open luminance readings"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(tr("Readings (*.csv *.txt *.lut *.dat);;All files (*)"))
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.open()

    def read_file(self, path: Path) -> None:
        """Take the monitor's readings from a file."""
        try:
            found = read_characteristic(path)
        except BocageError as error:
            self._tell(shown(reason_of(error)))
            return
        self._tell("")
        self.ambient.setValue(found.ambient_cd_m2)
        self.table.set_levels([each.level for each in found.readings])
        self.table.set_readings(CHECK, ())
        self.table.set_readings(MONITOR, found.readings)

    def _clear(self) -> None:
        self.table.set_readings(MONITOR, ())
        self.table.set_readings(CHECK, ())

    def characteristic(self) -> Characteristic | None:
        """The monitor's curve, when enough is filled in; what is wrong with it is told."""
        readings = self.table.readings(MONITOR)
        if len(readings) < LEAST_READINGS:
            return None
        try:
            return Characteristic(readings, self.ambient.value())
        except BocageError as error:
            self._tell(shown(reason_of(error)))
            return None

    def evaluate(self) -> None:
        """Judge what is filled in."""
        self._tell("")
        curves: list[Curve] = []
        result: Conformance | None = None
        title = ""
        curve = self.characteristic()
        if curve is not None:
            own, expected = uncorrected(curve), predicted(curve)
            curves = [
                _curve(tr("Monitor itself"), own, COLOURS.text_dim),
                _curve(tr("Expected when calibrated"), expected, COLOURS.focus, dots=False),
            ]
            result, title = expected, tr("Expected when calibrated")
        check = self.table.readings(CHECK)
        if len(check) >= LEAST_READINGS:
            try:
                measured = conformance(check, self.ambient.value())
                curves.append(_curve(tr("Measured when calibrated"), measured, COLOURS.active))
                result, title = measured, tr("Measured when calibrated")
            except BocageError as error:
                self._tell(shown(reason_of(error)))
        self.plot.show_curves(curves, PRIMARY_DEVIATION)
        self.save.setEnabled(curve is not None)
        self._show_result(title, result)

    def _show_result(self, title: str, result: Conformance | None) -> None:
        while self.limits.count():
            item = self.limits.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if result is None:
            count = len(self.table.readings(MONITOR))
            self.verdict.setText(
                tr("{0} of {1} levels measured; at least {2} are needed.", count, self.table.rowCount(), LEAST_READINGS)
            )
            self.verdict.setStyleSheet(f"color: {COLOURS.text_dim};")
            return
        self.verdict.setText(f"{title}: {tr(VERDICTS[result.use])}")
        colour = {"primary": GOOD, "secondary": COLOURS.warning, "none": COLOURS.error}[result.use]
        self.verdict.setStyleSheet(f"color: {colour}; font-weight: 600;")
        locale = QLocale()
        for row, limit in enumerate(result.limits()):
            value = locale.toString(limit.value, "f", 2 if limit.value < 10 else 1 if limit.value < 100 else 0)
            colour = COLOURS.text if limit.primary else COLOURS.warning if limit.secondary else COLOURS.error
            for column, (text, tint) in enumerate(
                (
                    (tr(limit.title), COLOURS.text_dim),
                    (f"{value} {limit.unit}".strip(), colour),
                    (f"{limit.text} {limit.unit}".strip(), COLOURS.text_dim),
                    (tr("kept") if limit.primary else tr("not kept"), colour),
                )
            ):
                label = _words(text, tint)
                label.setWordWrap(False)
                self.limits.addWidget(label, row, column)

    # -- saving ----------------------------------------------------------------------------------------------------

    def save_calibration(self) -> None:
        """Keep what was measured; pictures on this monitor go through it from now on."""
        screen, curve = self.screen_chosen(), self.characteristic()
        if screen is None or curve is None:
            return
        found = identity(screen)
        before = self._store.of(found).calibration
        check = self.table.readings(CHECK)
        same = before is not None and before.characteristic == curve
        if before is not None and not same and check == before.check:
            check = ()  # it was measured through the former calibration
        made = Calibration(
            curve,
            before.measured_on if before is not None and same and check == before.check else self._today(),
            self.person.text().strip(),
            self.meter.text().strip(),
            check,
        )
        try:
            self._store.set_calibration(found, made)
        except BocageError as error:
            self._tell(shown(reason_of(error)))
            return
        if not check:
            self.table.set_readings(CHECK, ())
        self._tell_facts()
        self._changed()

    def _forget(self) -> None:
        screen = self.screen_chosen()
        if screen is None:
            return
        try:
            self._store.set_calibration(identity(screen), None)
        except BocageError as error:
            self._tell(shown(reason_of(error)))
            return
        self._tell_facts()
        self._changed()

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def done(self, result: int) -> None:
        """Close the pattern with the page."""
        if self._pattern is not None:
            self._pattern.close()
        super().done(result)


def _curve(title: str, found: Conformance, colour: str, dots: bool = True) -> Curve:
    return Curve(title, found.levels, found.indices, found.deviations, colour, dots)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setStyleSheet("font-weight: 600;")
    return label


def _words(text: str, colour: str, small: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {colour};" + (" font-size: 11px;" if small else ""))
    return label
