"""The page that saves what is on screen: a picture, the values behind it, or cine as a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.pictures.exporter import Look, frame_heights
from app.pictures.values import Kind
from app.session import Reconstruction
from app.settings import choices
from app.window.page import Page
from app.window.saving import ask_where
from recon.messages import mark
from widgets.theme import COLOURS
from widgets.translation import tr
from widgets.viewport_types import OverlayLevel

if TYPE_CHECKING:
    from app.main_window import MainWindow

WHAT = (
    ("picture", mark("The active viewport, as it is shown"), (("png", "PNG"), ("tiff", "TIFF"), ("jpg", "JPEG"))),
    ("window", mark("The whole window"), (("png", "PNG"), ("jpg", "JPEG"))),
    ("values", mark("The values of the picture, 16 bits"), (("tiff", "TIFF"), ("png", "PNG"))),
    ("film", mark("Cine of the active viewport, as a film"), (("mp4", "MP4"), ("gif", "GIF"))),
)
"""What can be saved: a word, what is said, endings and names of the formats."""
LEVELS = (
    (OverlayLevel.FULL, mark("All")),
    (OverlayLevel.MINIMAL, mark("The most important")),
    (OverlayLevel.NONE, mark("None")),
)


class ExportPage(Page):
    """Says what is saved, as what and with what written over it; the file is asked for last."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Save Picture or Cine"), content, parent)
        self._window = window
        box = QVBoxLayout(content)
        self.what = QButtonGroup(self)
        for number, (_, title, _) in enumerate(WHAT):
            button = QRadioButton(tr(title))
            self.what.addButton(button, number)
            box.addWidget(button)
        self.what.button(0).setChecked(True)
        self.what.idClicked.connect(lambda _: self.refresh())
        self._form = QFormLayout()
        box.addLayout(self._form)
        self.format = QComboBox()
        self.overlay = QComboBox()
        for level, title in LEVELS:
            self.overlay.addItem(tr(title), level)
        self.identified = QCheckBox(tr("Write the patient's name"))
        self.identified.setToolTip(tr("Off: pictures say nothing about the patient"))
        self.width_entry, self.height_entry = QSpinBox(), QSpinBox()
        for entry in (self.width_entry, self.height_entry):
            entry.setRange(120, 8192)
            entry.setSuffix(tr(" px"))
            entry.valueChanged.connect(lambda _: self._tell())
        self.native = QCheckBox(tr("The whole picture in its own pixels"))
        self.native.setChecked(True)
        self.windowed = QCheckBox(tr("Between the edges of the window"))
        self.low, self.high, self.fps = QDoubleSpinBox(), QDoubleSpinBox(), QDoubleSpinBox()
        for end in (self.low, self.high):
            end.setRange(-5000, 5000)
            end.setDecimals(1)
            end.setSuffix(tr(" mm"))
            end.valueChanged.connect(lambda _: self._tell())
        self.fps.setRange(1, 60)
        self.fps.setDecimals(0)
        self.fps.setSuffix(tr(" fps"))
        self.fps.valueChanged.connect(lambda _: self._tell())
        self.mode = QComboBox()
        for mode, title in choices("cine_mode").items():
            self.mode.addItem(tr(title), mode)
        self.mode.currentIndexChanged.connect(lambda _: self._tell())
        self._formats: dict[str, str] = {}
        """The ending that was used last, by what was saved."""
        self._rows: list[tuple[QLabel, QWidget, tuple[str, ...]]] = []
        for title, control, kinds in (
            (tr("Format"), self.format, ("picture", "window", "values", "film")),
            (tr("Text over the picture"), self.overlay, ("picture", "film")),
            ("", self.identified, ("picture", "window", "film")),
            (tr("Width"), self.width_entry, ("picture", "film")),
            (tr("Height"), self.height_entry, ("picture", "film")),
            ("", self.native, ("values",)),
            ("", self.windowed, ("values",)),
            (tr("From"), self.low, ("film",)),
            (tr("To"), self.high, ("film",)),
            (tr("Speed"), self.fps, ("film",)),
            (tr("Cine goes"), self.mode, ("film",)),
        ):
            label = QLabel(title)
            label.setBuddy(control)
            if title:
                control.setAccessibleName(title)
            self._form.addRow(label, control)
            self._rows.append((label, control, kinds))
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setStyleSheet(f"color: {COLOURS.text_dim}")
        box.addWidget(self.facts)
        self.save = QPushButton(tr("Save…"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._ask)
        box.addWidget(self.save)
        box.addStretch(1)
        self.setMinimumWidth(420)
        self._take_over()
        self._recall()
        self.refresh()

    @property
    def kind(self) -> str:
        """The word of what is saved (see `WHAT`)."""
        return WHAT[self.what.checkedId()][0]

    def choose(self, kind: str) -> None:
        """Choose what is saved."""
        self.what.button([word for word, _, _ in WHAT].index(kind)).setChecked(True)
        self.refresh()

    def _take_over(self) -> None:
        """Size, range and speed as they are on screen."""
        window = self._window
        view, cine = window.active_pane.viewport, window.cine.cine
        values = ((self.width_entry, view.width()), (self.height_entry, view.height()))
        for entry, value in values:
            entry.setValue(value)
        self.low.setValue(cine.low_mm)
        self.high.setValue(cine.high_mm)
        self.fps.setValue(cine.fps)
        self.mode.setCurrentIndex(self.mode.findData(cine.mode))

    def _recall(self) -> None:
        """What was chosen when something was saved last; names are left out until they are wanted anew."""
        last = dict(entry.split("=", 1) for entry in self._window.settings.current.saving if "=" in entry)
        words = [word for word, _, _ in WHAT]
        if last.get("what") in words:
            self.what.button(words.index(last["what"])).setChecked(True)
        self._formats.update({word: last[word] for word in words if word in last})
        levels = [level.value for level, _ in LEVELS]
        if last.get("text") in levels:
            self.overlay.setCurrentIndex(levels.index(last["text"]))
        for name, control in (("native", self.native), ("windowed", self.windowed)):
            if name in last:
                control.setChecked(last[name] == "yes")

    def _remember(self) -> None:
        self._formats[self.kind] = self.format.currentData()
        level: OverlayLevel = self.overlay.currentData()
        chosen = {
            "what": self.kind,
            "text": level.value,
            "native": "yes" if self.native.isChecked() else "no",
            "windowed": "yes" if self.windowed.isChecked() else "no",
            **self._formats,
        }
        self._window.settings.change(saving=tuple(f"{name}={value}" for name, value in chosen.items()))

    def refresh(self) -> None:
        """Show what belongs to what is saved, and why it may not be possible."""
        kind, formats = self.kind, WHAT[self.what.checkedId()][2]
        chosen = self._formats.get(kind, self.format.currentData())
        self.format.clear()
        for ending, name in formats:
            self.format.addItem(name, ending)
        self.format.setCurrentIndex(max(0, self.format.findData(chosen)))
        for label, control, kinds in self._rows:
            label.setVisible(kind in kinds)
            control.setVisible(kind in kinds)
        self._tell()

    def why_not(self) -> str:
        """Why nothing can be saved now; "" when it can."""
        pane = self._window.active_pane
        if self.kind != "window" and pane.picture is None:
            return tr("There is no picture in the active viewport.")
        if self.kind == "film" and (pane.picture is None or self._reconstruction() is None):
            return tr("The active viewport shows nothing to play.")
        if self._window.pictures.busy:
            return tr("Something is being saved already.")
        return ""

    def _reconstruction(self) -> Reconstruction | None:
        picture = self._window.active_pane.picture
        return self._window.session.reading.of(picture.uid).reconstruction if picture is not None else None

    def heights(self) -> list[float]:
        """The heights of the film."""
        found = self._reconstruction()
        if found is None:
            return []
        sweep = self.mode.currentData() == "sweep"
        return frame_heights(found, self.low.value(), self.high.value(), sweep=sweep)

    def look(self) -> Look:
        """How pictures are made."""
        view = self._window.active_pane.viewport
        size = (self.width_entry.value(), self.height_entry.value())
        same = size == (view.width(), view.height())
        return Look(None if same else size, self.overlay.currentData(), self.identified.isChecked())

    def _tell(self) -> None:
        why = self.why_not()
        self.save.setEnabled(not why)
        text = why
        if not why and self.kind == "film":
            count = len(self.heights())
            text = tr("{0} frames, {1:.1f} s", count, count / self.fps.value())
        elif not why and self.kind == "values":
            text = tr("Values can be got back: the file says slope, intercept and unit, and the size of its pixels.")
        elif not why and self.kind == "window":
            text = tr("Without the patient's name the list of studies and the messages are covered.")
        elif not why:
            text = tr("Grey values as presentation values, without the calibration of this monitor.")
        self.facts.setText(text)

    def _ask(self) -> None:
        ending = self.format.currentData()
        title = tr("Save as {0}", self.format.currentText())
        ask_where(self._window, self, title, self.format.currentText(), f"bocage.{ending}", self.save_to)

    def save_to(self, path: Path) -> None:
        """Save into a file."""
        window = self._window
        pane, pictures = window.active_pane, window.pictures
        self._remember()
        if self.kind == "picture":
            pictures.save_picture(pane, path, self.look())
        elif self.kind == "window":
            pictures.save_window(path, identified=self.identified.isChecked())
        elif self.kind == "values":
            kind: Kind = "png" if self.format.currentData() == "png" else "tiff"
            pictures.save_values(pane, path, kind, native=self.native.isChecked(), windowed=self.windowed.isChecked())
        else:
            again = self.mode.currentData() != "once"
            pictures.save_film(pane, path, self.look(), self.heights(), self.fps.value(), repeat=again)
