"""The page that exports slices as DICOM: as which object, how compressed, which of them, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.dicom.write.encoding import Encoding
from app.dicom.write.kinds import CT_WARNING, SliceKind
from app.session import Picture, Reconstruction
from app.session.follow import heights_of
from app.window.exporting import Exported, SliceExport
from app.window.page import Page
from recon.frame import PatientFrame
from recon.messages import mark
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

SLOT = "export"
KINDS = tuple(SliceKind)
ENCODINGS = tuple(Encoding)
STANDS = (
    ("", mark("Unknown")),
    ("LFP", mark("PA: patient's left at the right, head up")),
    ("RFA", mark("AP: patient's right at the right, head up")),
    ("PFR", mark("Lateral, right side to the tube")),
    ("AFL", mark("Lateral, left side to the tube")),
)
"""Where the columns, the rows and the way to the tube point in the patient."""
SIDES = (("", mark("As the images say")), ("L", mark("Left")), ("R", mark("Right")))
VIEWS = ("CC", "MLO", "ML", "LM", "LMO", "FB", "XCCL", "XCCM")
IMPLANTS = (("", mark("As the images say")), ("NO", mark("No implant")), ("YES", mark("With an implant")))


class SlicesPage(Page):
    """Says as what slices are exported; nothing is written before the button is pressed."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Export Slices as DICOM"), content, parent)
        self._window = window
        self._folder: Path | None = None
        self._written: Exported | None = None
        self._range: tuple[str, float, float] | None = None
        box = QVBoxLayout(content)
        box.setSpacing(8)
        self.kinds = QButtonGroup(self)
        self._whys: list[QLabel] = []
        self._tags: list[QLabel] = []
        box.addLayout(self._build_kinds())
        self.warning = QLabel(tr(CT_WARNING))
        self.warning.setWordWrap(True)
        self.warning.setStyleSheet(f"color: {COLOURS.warning}")
        box.addWidget(self.warning)
        self._form = QFormLayout()
        self.stand, self.side, self.view, self.implant = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.encoding, self.description = QComboBox(), QLineEdit()
        for combo, items in (
            (self.stand, STANDS),
            (self.side, SIDES),
            (self.view, (SIDES[0], *((name, name) for name in VIEWS))),
            (self.implant, IMPLANTS),
            (self.encoding, [(entry.value, entry.label) for entry in ENCODINGS]),
        ):
            for word, title in items:
                combo.addItem(tr(title), word)
            combo.currentIndexChanged.connect(lambda _: self._tell())
        self.stand.currentIndexChanged.connect(lambda _: self._stood())
        self.description.setMaxLength(40)
        self.description.setPlaceholderText(tr("Tomosynthesis slices"))
        self.description.setToolTip(tr("Lists of series show it; that it is not for diagnosis is added"))
        self.low, self.high = QDoubleSpinBox(), QDoubleSpinBox()
        heights = QHBoxLayout()
        for end in (self.low, self.high):
            end.setRange(-5000, 5000)
            end.setDecimals(1)
            end.setSuffix(tr(" mm"))
            end.valueChanged.connect(lambda _: self._tell())
            heights.addWidget(end, 1)
        self._compression = QLabel()
        self.folder = QLabel()
        for label in (self._compression, self.folder):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._compression.setStyleSheet(f"color: {COLOURS.text_dim}")
        choose = QPushButton(tr("Choose…"))
        choose.setToolTip(tr("Another folder; a new one is made in it"))
        choose.clicked.connect(self._ask)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        self._form.addRow(tr("Patient stands"), self.stand)
        self._form.addRow(tr("Breast"), self.side)
        self._form.addRow(tr("View position"), self.view)
        self._form.addRow(tr("Implant"), self.implant)
        self._form.addRow(tr("Heights"), heights)
        self._form.addRow(tr("File compression"), self.encoding)
        self._form.addRow("", self._compression)
        self._form.addRow(tr("Description"), self.description)
        self._form.addRow(tr("Into a new folder in"), place)
        box.addLayout(self._form)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setStyleSheet(f"color: {COLOURS.text_dim}")
        box.addWidget(self.facts)
        self.export = QPushButton(tr("Export"))
        self.export.setProperty("primary", True)
        self.export.clicked.connect(self._export)
        self.show_folder = QPushButton(tr("Open folder"))
        self.show_folder.clicked.connect(self._open)
        self.send = QPushButton(tr("Send…"))
        self.send.setToolTip(tr("Send what was exported to a server"))
        self.send.clicked.connect(self._send)
        row = QHBoxLayout()
        row.addWidget(self.export, 1)
        row.addWidget(self.show_folder)
        row.addWidget(self.send)
        box.addLayout(row)
        self.outcome = QLabel()
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setWordWrap(True)
        box.addWidget(self.outcome)
        box.addStretch(1)
        self.setMinimumWidth(820)
        self._recall()
        self.refresh()

    def _build_kinds(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(16)
        for number, kind in enumerate(KINDS):
            button = QRadioButton(tr(kind.label))
            button.setToolTip(tr(kind.purpose))
            why, tag = QLabel(tr(kind.purpose)), QLabel(tr("Recommended"))
            why.setWordWrap(True)
            why.setStyleSheet(f"color: {COLOURS.text_dim}")
            tag.setStyleSheet(f"color: {COLOURS.focus}")
            self.kinds.addButton(button, number)
            self._whys.append(why)
            self._tags.append(tag)
            grid.addWidget(button, number, 0)
            grid.addWidget(why, number, 1)
            grid.addWidget(tag, number, 2)
        self.kinds.idClicked.connect(lambda _: self._tell())
        return grid

    # -- what is on screen ---------------------------------------------------------------------------------------------

    def picture(self) -> Picture | None:
        """The slices that would be written."""
        session = self._window.session
        uid = session.slices_on_screen()
        return session.pictures.get(uid) if uid is not None else None

    def _reconstruction(self, picture: Picture) -> Reconstruction | None:
        return self._window.session.reading.of(picture.uid).reconstruction

    def _is_breast(self) -> bool:
        picture = self.picture()
        header = picture.header if picture is not None else None
        return header is not None and (header.body_part.upper() == "BREAST" or header.modality.upper() == "MG")

    def _frame(self) -> PatientFrame | None:
        picture = self.picture()
        own = picture.source.info.patient if picture is not None else None
        letters: str = self.stand.currentData() or ""
        return own or (PatientFrame.from_letters(*letters) if letters else None)

    @property
    def kind(self) -> str:
        """The word of the object that is chosen."""
        return KINDS[max(self.kinds.checkedId(), 0)].value

    def recommended(self) -> str:
        """The word of the object that fits best."""
        if self._frame() is None:
            return "capture"
        return "breast" if self._is_breast() else "dx"

    def why_not_kind(self, kind: str) -> str:
        """Why slices cannot be written as this object; "" when they can be."""
        if self._frame() is None and kind != "capture":
            return tr("The patient's orientation is unknown. Say below how the patient stands.")
        if kind == "breast" and not self._is_breast():
            return tr("The body part is not the breast.")
        return ""

    def why_not(self) -> str:
        """Why nothing can be exported now; "" when it can."""
        picture = self.picture()
        if picture is None or self._reconstruction(picture) is None:
            return tr("There are no slices on screen. Open projections or slices first.")
        if self._window.exports.is_busy(SLOT):
            return tr("Slices are being exported.")
        if self.why_not_kind(self.kind):
            return self.why_not_kind(self.kind)
        return "" if self._count() else tr("No slice lies in the range of heights; choose a larger one.")

    def _count(self) -> int:
        picture = self.picture()
        made = self._reconstruction(picture) if picture is not None else None
        low, high = self.low.value(), self.high.value()
        return sum(low - 0.051 <= height <= high + 0.051 for height in heights_of(made)) if made is not None else 0

    # -- what is shown -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Bring it up to date with what is on screen."""
        picture = self.picture()
        made = self._reconstruction(picture) if picture is not None else None
        if picture is not None and made is not None:
            heights = heights_of(made)
            found = (picture.uid, heights[0], heights[-1]) if heights else None
            if found is not None and found != self._range:
                self._range = found
                self.low.setValue(found[1])
                self.high.setValue(found[2])
        if self.kinds.checkedId() < 0 or self.why_not_kind(self.kind):
            self._check(self.recommended())
        self._tell()

    def _stood(self) -> None:
        """The patient's orientation was said, or unsaid: another object fits best now."""
        self._check(self.recommended())
        self._tell()

    def _check(self, kind: str) -> None:
        self.kinds.button(KINDS.index(SliceKind(kind))).setChecked(True)

    def _tell(self) -> None:
        picture = self.picture()
        unknown = picture is not None and picture.source.info.patient is None
        self._form.setRowVisible(self.stand, unknown)
        for control in (self.side, self.view, self.implant):
            self._form.setRowVisible(control, self.kind == "breast")
        best = self.recommended()
        for number, kind in enumerate(KINDS):
            why = self.why_not_kind(kind)
            self.kinds.button(number).setEnabled(not why)
            self._whys[number].setText(why or tr(kind.purpose))
            self._tags[number].setVisible(kind == best)
        self.warning.setVisible(self.kind == "ct")
        self._compression.setText(tr(ENCODINGS[max(self.encoding.currentIndex(), 0)].purpose))
        folder = self._folder or Path(self._window.start_folder())
        self.folder.setText(str(folder))
        why = self.why_not()
        self.export.setEnabled(not why)
        self.export.setToolTip(why)
        count = self._count()
        self.facts.setText(why or (tr("1 slice") if count == 1 else tr("{0} slices", count)))
        for button in (self.show_folder, self.send):
            button.setVisible(self._written is not None)
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    # -- what is done --------------------------------------------------------------------------------------------------

    def how(self) -> SliceExport:
        """What is chosen."""
        breast = self.kind == "breast"
        return SliceExport(
            self.kind,
            self.encoding.currentData(),
            self.description.text().strip(),
            self._frame(),
            self.side.currentData() if breast else "",
            self.view.currentData() if breast else "",
            self.implant.currentData() if breast else "",
            (self.low.value() - 0.051, self.high.value() + 0.051),
        )

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Choose where the folder with the slices goes"), self._window.start_folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.choose_folder(Path(name)))
        dialog.open()

    def choose_folder(self, folder: Path) -> None:
        """Take a folder for what is exported."""
        self._folder = folder
        self._tell()

    def _export(self) -> None:
        self._remember()
        self._written = None
        self.outcome.setText("")
        folder = self._folder or Path(self._window.start_folder())
        self._window.handlers.file.export_slices(folder, self.how(), self._done, self._tell)
        self._tell()

    def _done(self, written: Exported) -> None:
        self._written = written
        self.outcome.setText(shown(written.told))
        self._tell()

    def _open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.folder)))

    def _send(self) -> None:
        if self._written is not None:
            self._window.send(self._written.files, tr("Exported slices"))

    def _recall(self) -> None:
        last = dict(entry.split("=", 1) for entry in self._window.settings.current.exporting if "=" in entry)
        if last.get("kind") in [kind.value for kind in KINDS]:
            self._check(last["kind"])
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(last.get("encoding", ""))))
        if last.get("folder"):
            self._folder = Path(last["folder"])

    def _remember(self) -> None:
        chosen = {"encoding": self.encoding.currentData()}
        if self.kind != self.recommended():  # the best one follows the study
            chosen["kind"] = self.kind
        if self._folder is not None:
            chosen["folder"] = str(self._folder)
        self._window.settings.change(exporting=tuple(f"{name}={value}" for name, value in chosen.items()))
