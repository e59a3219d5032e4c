"""The page that writes a study without its patient, for teaching and research."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.dicom.deid.profile import Options
from app.imports import prepare_dicom
from app.window.page import Page
from app.window.saving import save
from recon.messages import ending
from recon.progress import Progress
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

SLOT = "deidentify"
TOLD = 6
"""So many reasons are written out; a long list would hide the first ones."""


class DeidPage(Page):
    """Says what stays of a study, how the case is called and where it goes."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("De-identify for Teaching"), content, parent)
        self._window = window
        self._files: tuple[Path, ...] = ()
        self._geometry_files: tuple[Path, ...] = ()
        self._given = False
        box = QVBoxLayout(content)
        box.setSpacing(8)
        self.about = plain_label(colour=COLOURS.text, selectable=True)
        box.addWidget(self.about)
        box.addWidget(
            plain_label(
                tr(
                    "By the Basic Profile of DICOM PS3.15: names, numbers, dates and private elements are taken out, "
                    "and every object gets a new identifier. The pixels stay as they are. The geometry of the "
                    "projections stays too."
                ),
                COLOURS.text_dim,
            )
        )
        form = QFormLayout()
        self.name = QLineEdit(tr("Case 1"))
        self.name.setMaxLength(60)
        self.name.setToolTip(tr("Stands in place of the patient's name and number"))
        form.addRow(tr("The case is called"), self.name)
        box.addLayout(form)
        box.addWidget(plain_label(tr("What stays besides:"), COLOURS.text))
        self.options: dict[str, QCheckBox] = {}
        for item in fields(Options):
            choice = QCheckBox(tr(item.metadata["title"]))
            choice.setToolTip(tr(item.metadata["description"]))
            choice.setChecked(bool(item.default))
            self.options[item.name] = choice
            box.addWidget(choice)
        for one, other in (("full_dates", "modified_dates"), ("modified_dates", "full_dates")):
            self.options[one].toggled.connect(
                lambda on, other=other: self.options[other].setChecked(False) if on else None
            )
        self.with_risks = QCheckBox(tr("Also what may show a name in its pixels"))
        self.with_risks.setToolTip(
            tr("Screen captures, ultrasound, scanned documents. Look at every picture before you give them away.")
        )
        box.addWidget(self.with_risks)
        self.write = QPushButton(tr("Write…"))
        self.write.setProperty("primary", True)
        self.write.clicked.connect(self._ask)
        box.addWidget(self.write)
        self.outcome = plain_label(colour=COLOURS.text_dim, selectable=True)
        box.addWidget(self.outcome)
        box.addStretch(1)
        self.setMinimumWidth(460)
        self.refresh()

    def take(self, files: Sequence[Path], geometry_files: Sequence[Path] = ()) -> None:
        """Ask about these files instead of the study on screen."""
        self._files, self._geometry_files, self._given = tuple(files), tuple(geometry_files), True
        self._tell()

    def refresh(self) -> None:
        """Ask about the study that is read."""
        self._given = False
        opening = self._window.opening
        study = opening.studies.get(opening.study)
        entries: list[Any] = [entry for entry in study.series if entry.format == "dicom"] if study is not None else []
        self._files = tuple(dict.fromkeys(Path(path) for entry in entries for path in entry.files))
        self._geometry_files = tuple(entry.geometry_path for entry in entries if entry.geometry_path is not None)
        self.outcome.setText("")
        self._tell()

    def chosen(self) -> Options:
        """The options as they are set."""
        return Options(**{name: choice.isChecked() for name, choice in self.options.items()})

    def _tell(self) -> None:
        count = len(self._files)
        if count:
            what = tr("The files chosen") if self._given else tr("The study that is read")
            self.about.setText(tr("{0}: {1} file{2}", what, count, ending(count, "s", "")))
        else:
            self.about.setText(tr("Open a study first: there is nothing to de-identify."))
        self.write.setEnabled(count > 0 and not self._window.exports.is_busy(SLOT))

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Choose where the new folder goes"), self._window.start_folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.write_to(Path(name)))
        dialog.open()

    def write_to(self, parent: Path) -> None:
        """Write into a new folder below `parent`, called like the case."""
        files, geometry_files, options = self._files, self._geometry_files, self.chosen()
        name, with_risks = self.name.text(), self.with_risks.isChecked()

        def work(progress: Progress, _: object) -> str:
            prepare_dicom()
            from app.dicom.deid.clean import Cleaner
            from app.dicom.deid.files import deidentify

            done = deidentify(
                files,
                free_folder(parent, name),
                Cleaner(options, name),
                progress,
                geometry_files=geometry_files,
                with_risks=with_risks,
            )
            return _summary(done)

        self.write.setEnabled(False)
        save(self._window, SLOT, tr("De-identifying"), work, self._done, ended=self._tell)

    def _done(self, told: str) -> None:
        self.outcome.setText(told)
        self._window.tell_status(told.splitlines()[0])


def _summary(done: Any) -> str:
    count = len(done.files)
    lines = [tr("{0} file{1} written to {2}.", count, ending(count, "s", ""), done.folder.name)]
    if done.left_out:
        lines.append(tr("Left out: {0}", len(done.left_out)))
        lines += [f"  {item.path.name}: {shown(item.reason)}" for item in done.left_out[:TOLD]]
        if len(done.left_out) > TOLD:
            lines.append("  …")
    if done.warnings:
        lines.append(tr("Look at these before you give the folder away:"))
        lines += [f"  {shown(warning)}" for warning in done.warnings]
    return "\n".join(lines)


def free_folder(parent: Path, name: str) -> Path:
    """A new folder called like the case, with a number when there is one already."""
    plain = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in name).strip() or "case"
    folder, number = parent / plain, 2
    while folder.exists():
        folder, number = parent / f"{plain} {number}", number + 1
    return folder
