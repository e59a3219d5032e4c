"""The page that makes a report of the study that is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.pictures.report import PAGES, FindingRow, Report, ReportPicture
from app.pictures.stage import Scene
from app.reading.findings import KeyImage
from app.reading.scale import picture_scale
from app.session import Picture
from app.window.corner_text import date, person_name
from app.window.findings_dock import scene_of
from app.window.page import Page
from app.window.saving import ask_where
from recon.notes import Fact
from widgets.translation import date_text, shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

PICTURE_SIZE = (720, 720)
"""Of a key image in the report, pixels."""


class ReportPage(Page):
    """Asks for what only the reader knows, shows what the report will hold, and writes it."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Report"), content, parent)
        self._window, self._session = window, window.session
        current = window.settings.current
        box = QVBoxLayout(content)
        form = QFormLayout()
        self.title = QLineEdit(tr("Tomosynthesis report"))
        self.institution, self.reader = QLineEdit(current.institution), QLineEdit(current.reader)
        self.impression = QPlainTextEdit()
        self.impression.setPlaceholderText(tr("Your summary"))
        self.impression.setTabChangesFocus(True)
        self.identified = QCheckBox(tr("Name, ID and birth date of the patient"))
        self.identified.setChecked(True)
        self.paper = QComboBox()
        for name in PAGES:
            self.paper.addItem(name)
        self.paper.setCurrentText(current.paper)
        for label, control in (
            (tr("Title"), self.title),
            (tr("Institution"), self.institution),
            (tr("Reader"), self.reader),
            (tr("Impression"), self.impression),
            ("", self.identified),
            (tr("Paper"), self.paper),
        ):
            form.addRow(label, control)
            if label:
                control.setAccessibleName(label)
        box.addLayout(form)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        box.addWidget(self.facts)
        row = QHBoxLayout()
        self.pdf = QPushButton(tr("Save as PDF…"))
        self.pdf.setProperty("primary", True)
        self.html = QPushButton(tr("Save as HTML…"))
        self.pdf.clicked.connect(lambda: self._ask("pdf"))
        self.html.clicked.connect(lambda: self._ask("html"))
        row.addStretch(1)
        row.addWidget(self.html)
        row.addWidget(self.pdf)
        box.addLayout(row)
        self.impression.textChanged.connect(self._written)
        self.institution.editingFinished.connect(lambda: self._remember(institution=self.institution.text().strip()))
        self.reader.editingFinished.connect(lambda: self._remember(reader=self.reader.text().strip()))
        self.paper.currentTextChanged.connect(lambda name: self._remember(paper=name))
        self.resize(560, 520)
        self.refresh()

    def _remember(self, **values: str) -> None:
        self._window.settings.change(**values)

    def _written(self) -> None:
        self._session.keeping.set_impression(self.impression.toPlainText())

    def refresh(self) -> None:
        """Show what the report will hold."""
        reading = self._session.reading
        if self.impression.toPlainText() != reading.impression:
            self.impression.blockSignals(True)
            self.impression.setPlainText(reading.impression)
            self.impression.blockSignals(False)
        images, findings = len(reading.key_images), len(reading.findings)
        why = "" if self._window.opening.study else tr("No study is open.")
        if not why and not images and not findings:
            text = tr("No key images and no findings yet: keep pictures with Shift+K, add findings with N.")
        else:
            text = why or tr("In the report: key images {0}, findings {1}.", images, findings)
        self.facts.setText(text)
        for button in (self.pdf, self.html):
            button.setEnabled(not why)
            button.setToolTip(why)

    def _ask(self, ending: str) -> None:
        ask_where(self._window, self, tr("Save the report"), ending.upper(), f"report.{ending}", self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the report as it is now, as PDF or HTML, as the file's ending says."""
        wanted = []
        for number, image in enumerate(self._session.reading.key_images, 1):
            picture = self._session.pictures.get(image.uid)
            scene = Scene(image.uid)  # without its picture, which was let go of or not loaded, nothing is to be had
            if picture is not None:
                scene = scene_of(image, PICTURE_SIZE, picture.source.footprint(image.height_mm or 0.0))
            wanted.append((scene, ReportPicture(QImage(), number, self._caption(image), image.note)))
        self._window.pictures.save_report(self._report(), wanted, path, PICTURE_SIZE, self.paper.currentText())

    def _caption(self, image: KeyImage) -> str:
        picture = self._session.pictures.get(image.uid)
        title = shown(picture.title) if picture is not None else ""
        if image.height_mm is None:
            return title
        return tr("{0}, height {1:.1f} mm, nominal thickness {2:.1f} mm", title, image.height_mm, image.thickness_mm)

    # -- what it says ----------------------------------------------------------------------------------------------

    def _report(self) -> Report:
        reading, window = self._session.reading, self._window
        study = window.opening.studies.get(window.opening.study)
        header: Any = study.header if study is not None else None
        patient: list[tuple[str, str]] = []
        about: list[tuple[str, str]] = []
        if header is not None:
            if self.identified.isChecked():
                patient = [
                    (tr("Patient"), person_name(header.patient_name)),
                    (tr("ID"), header.patient_id),
                    (tr("Born"), date(header.birth_date)),
                    (tr("Sex"), header.sex),
                ]
            about = [
                (tr("Study"), header.study_description),
                (tr("Date"), date(header.study_date)),
                (tr("Accession"), header.accession if self.identified.isChecked() else ""),
                (tr("System"), " ".join(part for part in (header.manufacturer, header.model) if part)),
            ]
        numbers = {image.id: str(number) for number, image in enumerate(reading.key_images, 1)}
        findings = []
        for finding in reading.findings:
            picture = self._session.pictures.get(finding.uid)
            height = f"{finding.height_mm:.1f}" if finding.height_mm is not None else ""
            size = window.docks.findings.size_mm(finding)
            findings.append(
                FindingRow(
                    finding.text,
                    finding.location,
                    shown(picture.title) if picture is not None else "",
                    height,
                    f"{size:.1f}" if size is not None else "",
                    numbers.get(finding.key_image, ""),
                )
            )
        used = dict.fromkeys([*(image.uid for image in reading.key_images), *(item.uid for item in reading.findings)])
        facts = [
            (shown(self._session.pictures[uid].title), self._made(self._session.pictures[uid]))
            for uid in used
            if uid in self._session.pictures
        ]
        return Report(
            self.title.text().strip() or tr("Report"),
            self.institution.text().strip(),
            self.reader.text().strip(),
            date_text(datetime.now().astimezone().date()),
            [pair for pair in patient if pair[1]],
            [pair for pair in about if pair[1]],
            (),
            findings,
            reading.impression,
            facts,
            self._footer(),
        )

    def _made(self, picture: Picture) -> list[str]:
        """How a picture was made, and what was assumed of it."""
        state = self._session.reading.of(picture.uid)
        reconstruction, said_of = state.reconstruction, []
        algorithm: Any = getattr(picture.source, "algorithm", None)
        if algorithm is not None:
            said_of.append(tr(algorithm.title))
        if reconstruction is not None:
            said_of.append(tr("nominal slice thickness {0:.1f} mm", reconstruction.thickness_mm))
            said_of.append(tr("slice interval {0:.1f} mm", reconstruction.interval_mm))
            said_of += [tr(correction.title) for correction in reconstruction.corrections]
        scale = picture_scale(picture, state, self._session.height(picture.uid))
        said_of.append(tr("lengths: {0}", scale.bar_label or tr("true at the slice's height")))
        said_of += [shown(note) for note in picture.all_notes if not isinstance(note, Fact)]
        return said_of

    def _footer(self) -> str:
        text = tr("Made with Bocage. Pictures in a report are no pictures for diagnosis.")
        if self._window.status.display_text:
            text += " " + tr("They were read on a display that is not calibrated.")
        return text
