"""The page that stands in a viewport when projections do not say their geometry: what is missing, and what to do.

Nothing is assumed until the user has chosen; what was chosen stays on screen afterwards (the notes of the source).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import mark, shown, tr

KINDS = (
    ("counts", mark("Detector counts (air is bright)")),
    ("line_integrals", mark("Line integrals −ln(I/I₀) (air is 0)")),
)
FIELDS = (
    ("pitch", mark("Pixel pitch"), 0.0, 5.0, "mm"),
    ("source_to_detector_mm", mark("Source to detector"), 0.0, 10000.0, "mm"),
    ("source_to_pivot_mm", mark("Source to axis"), 0.0, 10000.0, "mm"),
    ("first_deg", mark("First view's angle"), -81.0, 80.0, "°"),
    ("last_deg", mark("Last view's angle"), -81.0, 80.0, "°"),
)
NEEDED_FOR = {
    "pitch": "pitch",
    "source_to_detector_mm": "distance",
    "source_to_pivot_mm": "pivot",
    "first_deg": "angles",
    "last_deg": "angles",
}
MOTIONS = (
    ("linear", mark("on a straight track")),
    ("arc", mark("on an arc, the detector stands still")),
    ("isocentric", mark("together with the detector")),
)


class GeometryPage(QScrollArea):
    """Asks for the geometry of a series, and for the kind of research data.

    Parameters
    ----------
    title : str
        The series, without patient data.
    missing, found : sequence of str
        What is needed, and what was found where.
    asks_kind : bool
        Whether the kind of the values is not known either (research data).
    can_cancel : bool
        Whether there is a picture to go back to.
    wanted : sequence of str
        Names of the missing numbers, which can be entered here.
    offered_deg : sequence of float
        Angles in the names of the files, which the user may confirm.
    """

    preset_chosen = Signal(object, dict)
    """(GeometryPreset, options)"""
    file_wanted = Signal(dict)
    """(options) the user wants to pick a geometry file."""
    kind_chosen = Signal(dict)
    """(options) only kind and air are given; the geometry is known."""
    numbers_given = Signal(dict, dict)
    """(values, options) numbers that the user says in place of the files: fields of `GeometryChoice`."""
    cancelled = Signal()

    def __init__(
        self,
        title: str,
        missing: Sequence[str],
        found: Sequence[str],
        *,
        asks_kind: bool = False,
        asks_geometry: bool = True,
        can_cancel: bool = False,
        wanted: Sequence[str] = (),
        offered_deg: Sequence[float] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        outer = QVBoxLayout(body)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self._box = QVBoxLayout()
        self._box.setSpacing(10)
        holder = QWidget()
        holder.setMaximumWidth(560)
        holder.setMinimumWidth(300)
        holder.setLayout(self._box)
        row.addWidget(holder, 6)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)
        self.setWidget(body)
        self._presets: tuple[Any, ...] = ()
        self._model = ""
        head = tr("Where were tube and detector?") if asks_geometry else tr("What do the values mean?")
        self._box.addWidget(_label(f"<span style='font-size:15px; font-weight:600'>{head}</span>"))
        self._box.addWidget(plain_label(shown(title), COLOURS.text_dim))
        self._list(tr("Missing"), missing, COLOURS.warning)
        self._list(tr("Found in the files"), found, COLOURS.text_dim)
        self._kind: QButtonGroup | None = None
        self._air: QDoubleSpinBox | None = None
        if asks_kind:
            self._add_kind()
        if asks_geometry:
            if offered_deg:
                self._add_names(offered_deg)
            self._add_geometry()
            if wanted:
                self._add_numbers(tuple(wanted))
        else:
            use = QPushButton(tr("Use this"))
            use.clicked.connect(lambda: self.kind_chosen.emit(self.options()))
            self._box.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)
        if can_cancel:
            back = QPushButton(tr("Keep the present geometry"))
            back.clicked.connect(self.cancelled)
            self._box.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.problem = plain_label("", COLOURS.error)
        self.problem.hide()
        self._box.addWidget(self.problem)

    def set_presets(self, presets: Sequence[Any], n_views: int = 0, model: str = "") -> None:
        """Offer these vendor presets: those of the device that the images name, then by their number of views."""
        self._presets = tuple(
            sorted(presets, key=lambda preset: (not preset.names(model), abs(preset.views - n_views)))
        )
        self._model = model
        self.preset.clear()
        for preset in self._presets:
            self.preset.addItem(tr(preset.title))
        self.use_preset.setEnabled(bool(self._presets))
        self._describe()

    def tell(self, sentence: str) -> None:
        """Say what went wrong with the choice."""
        self.problem.setText(shown(sentence))
        self.problem.setVisible(bool(sentence))

    def options(self) -> dict[str, Any]:
        """What was said besides the geometry: ``kind`` and ``air``."""
        options: dict[str, Any] = {}
        if self._kind is not None:
            options["kind"] = KINDS[max(0, self._kind.checkedId())][0]
            if options["kind"] == "counts" and self._air is not None and self._air.value() > 0:
                options["air"] = self._air.value()
        return options

    def _list(self, title: str, items: Sequence[str], colour: str) -> None:
        if items:
            self._box.addWidget(plain_label(tr("{0}:", title), COLOURS.text))
            self._box.addWidget(plain_label("\n".join(f"•  {shown(item)}" for item in items), colour))

    def _add_kind(self) -> None:
        self._box.addWidget(plain_label(tr("The values are"), COLOURS.text))
        self._kind = QButtonGroup(self)
        for index, (_, text) in enumerate(KINDS):
            button = QRadioButton(tr(text))
            self._kind.addButton(button, index)
            self._box.addWidget(button)
        self._kind.button(0).setChecked(True)
        row = QHBoxLayout()
        self._air = QDoubleSpinBox()
        self._air.setRange(0.0, 1e9)
        self._air.setDecimals(1)
        self._air.setSpecialValueText(tr("taken from the data"))
        self._air.setAccessibleName(tr("Open field's counts"))
        row.addWidget(QLabel(tr("Open field's counts")))
        row.addWidget(self._air, 1)
        self._kind.idToggled.connect(lambda index, on: self._air.setEnabled((index == 0) == on) if self._air else None)
        self._box.addLayout(row)

    def _add_geometry(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        self._box.addWidget(line)
        # Each on its own line: the titles of presets are long, and viewports may be narrow.
        self.preset = QComboBox()
        self.preset.setAccessibleName(tr("Vendor preset"))
        self.preset.currentIndexChanged.connect(self._describe)
        self.use_preset = QPushButton(tr("Use this preset"))
        self.use_preset.setEnabled(False)
        self.use_preset.clicked.connect(self._choose_preset)
        self._box.addWidget(QLabel(tr("Vendor preset")))
        self._box.addWidget(self.preset)
        self.description = plain_label("", COLOURS.text_dim)
        self._box.addWidget(self.description)
        self._box.addWidget(self.use_preset, 0, Qt.AlignmentFlag.AlignLeft)
        self.open_file = QPushButton(tr("Open geometry file…"))
        self.open_file.setToolTip(tr("A JSON file with the source and detector of every view (see the handbook)"))
        self.open_file.clicked.connect(lambda: self.file_wanted.emit(self.options()))
        self._box.addWidget(self.open_file, 0, Qt.AlignmentFlag.AlignLeft)
        note = tr("What you choose is an assumption about this acquisition and stays on screen in amber.")
        self._box.addWidget(plain_label(note, COLOURS.text_dim))

    def _add_names(self, angles: Sequence[float]) -> None:
        self._box.addWidget(
            plain_label(
                tr(
                    "The names of the {0} files are numbers from {1:g} to {2:g}. If they are the view angles in "
                    "degrees, they can be used.",
                    len(angles), min(angles), max(angles),
                ),
                COLOURS.text,
            )
        )  # fmt: skip
        self.use_names = QPushButton(tr("They Are the View Angles"))
        self.use_names.clicked.connect(lambda: self.numbers_given.emit({"names": True}, self.options()))
        self._box.addWidget(self.use_names, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_numbers(self, wanted: tuple[str, ...]) -> None:
        """Fields for what is missing; a field left at "not known" stays missing."""
        self._box.addWidget(plain_label(tr("Or enter the numbers, if you know them"), COLOURS.text))
        form = QFormLayout()
        form.setSpacing(6)
        self.fields: dict[str, QDoubleSpinBox] = {}
        for name, title, low, high, unit in FIELDS:
            # Which sweeps need an axis is known only with their angles.
            if NEEDED_FOR[name] not in wanted and not (NEEDED_FOR[name] == "pivot" and "angles" in wanted):
                continue
            field = QDoubleSpinBox()
            field.setRange(low, high)
            field.setDecimals(3 if unit == "mm" and high < 100 else 2)
            field.setValue(low)
            field.setSpecialValueText(tr("not known"))
            field.setSuffix("°" if unit == "°" else f" {unit}")
            field.setAccessibleName(tr(title))
            form.addRow(tr(title), field)
            self.fields[name] = field
        self.motion: QComboBox | None = None
        if "angles" in wanted or "pivot" in wanted:
            self.motion = QComboBox()
            self.motion.addItem(tr("as the files say"), "")
            for key, text in MOTIONS:
                self.motion.addItem(tr(text), key)
            self.motion.setAccessibleName(tr("Motion of the tube"))
            form.addRow(tr("Motion of the tube"), self.motion)
        self._box.addLayout(form)
        self.use_numbers = QPushButton(tr("Use These Numbers"))
        self.use_numbers.clicked.connect(self._give_numbers)
        self._box.addWidget(self.use_numbers, 0, Qt.AlignmentFlag.AlignLeft)

    def _give_numbers(self) -> None:
        found = {name: field.value() for name, field in self.fields.items() if field.value() > field.minimum()}
        values: dict[str, Any] = {}
        for name in ("source_to_detector_mm", "source_to_pivot_mm"):
            if name in found:
                values[name] = found[name]
        if "pitch" in found:
            values["pixel_pitch_mm"] = (found["pitch"], found["pitch"])
        if "first_deg" in found and "last_deg" in found:
            values["angles_deg"] = (found["first_deg"], found["last_deg"])
        if self.motion is not None and self.motion.currentData():
            values["trajectory"] = self.motion.currentData()
        if not values:
            self.tell(tr("Enter at least one number first."))
            return
        self.tell("")
        self.numbers_given.emit(values, self.options())

    def _choose_preset(self) -> None:
        index = self.preset.currentIndex()
        if 0 <= index < len(self._presets):
            self.tell("")
            self.preset_chosen.emit(self._presets[index], self.options())

    def _describe(self) -> None:
        index = self.preset.currentIndex()
        if 0 <= index < len(self._presets):
            preset = self._presets[index]
            sources = "; ".join(str(source) for source in preset.sources)
            lines = [tr("The images name this device.")] if preset.names(self._model) else []
            lines += [tr(" ".join(preset.description.split()))]
            lines += [tr("Not confirmed by a source: {0}.", tr(preset.unconfirmed))] if preset.unconfirmed else []
            lines += [tr("Numbers from: {0}.", sources)] if sources else []
            self.description.setText("\n".join(lines))
        else:
            self.description.setText("")


def _label(html: str) -> QLabel:
    label = QLabel(html)
    label.setWordWrap(True)
    return label
