"""The page that saves a reading as DICOM objects beside the study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
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

from app.imports import prepare_dicom
from app.pictures.exporter import Look as Taken
from app.pictures.exporter import as_frame
from app.session import Picture, Reading
from app.window.page import Page
from app.window.saving import save
from recon.messages import ending, mark
from recon.progress import Progress
from widgets.plain_label import plain_label
from widgets.theme import COLOURS
from widgets.translation import shown, tr
from widgets.viewport_types import OverlayLevel

if TYPE_CHECKING:
    from app.dicom.evidence.request import Capture, Request
    from app.main_window import MainWindow
    from app.window.pane import Pane

SLOT = "evidence"
PARTS = (
    (
        "measurements",
        mark("Measurements and findings"),
        mark("A structured report: numbers, units, and where they lie"),
    ),
    ("key_images", mark("Key images"), mark("A list that PACS and viewers show as the images that matter")),
    (
        "presentations",
        mark("Presentation of what is on screen"),
        mark("Window, zoom, turns and drawings, to switch on"),
    ),
    ("captures", mark("Picture of the active viewport"), mark("Opens everywhere; not for measuring")),
    ("window", mark("Picture of the whole window"), mark("The same, of all viewports with their panels")),
)
"""What can be saved: a word, what is said, what it is for."""
LIFE = 0.005


class EvidencePage(Page):
    """Says what is saved, as whose reading and where."""

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(tr("Save Reading as DICOM"), content, parent)
        self._window = window
        self._folder: Path | None = None
        self._study = ""
        self._files: tuple[Path, ...] = ()
        """What was saved last."""
        current = window.settings.current
        box = QVBoxLayout(content)
        box.setSpacing(8)
        self.parts: dict[str, QCheckBox] = {}
        self.counts: dict[str, QLabel] = {}
        box.addLayout(self._build_parts())
        self.identified = QCheckBox(tr("Pictures show the patient's name"))
        box.addWidget(self.identified)
        form = QFormLayout()
        self.reader, self.institution = QLineEdit(current.reader), QLineEdit(current.institution)
        self.partial = QRadioButton(tr("Partial, not verified"))
        self.final = QRadioButton(tr("Final, verified by the reader"))
        self.partial.setChecked(True)
        self._state = QButtonGroup(self)
        states = QHBoxLayout()
        for button in (self.partial, self.final):
            self._state.addButton(button)
            states.addWidget(button)
        states.addStretch(1)
        self.folder = plain_label()
        choose = QPushButton(tr("Choose…"))
        choose.setToolTip(tr("Another folder; a new one is made in it"))
        choose.clicked.connect(self._ask)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        form.addRow(tr("Reader"), self.reader)
        form.addRow(tr("Institution"), self.institution)
        form.addRow(tr("The report is"), states)
        form.addRow(tr("Into a new folder in"), place)
        box.addLayout(form)
        self.facts = plain_label(colour=COLOURS.text_dim)
        box.addWidget(self.facts)
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        self.send = QPushButton(tr("Send…"))
        self.send.setToolTip(tr("Send what was saved to a server"))
        self.send.clicked.connect(self._send)
        row = QHBoxLayout()
        row.addWidget(self.save, 1)
        row.addWidget(self.send)
        box.addLayout(row)
        self.outcome = plain_label()
        box.addWidget(self.outcome)
        box.addStretch(1)
        self.setMinimumWidth(560)
        for entry, name in ((self.reader, "reader"), (self.institution, "institution")):
            entry.setAccessibleName(tr("Reader") if name == "reader" else tr("Institution"))
            entry.editingFinished.connect(
                lambda entry=entry, name=name: window.settings.change(**{name: entry.text().strip()})
            )
            entry.textChanged.connect(lambda _: self._tell())
        for control in (*self.parts.values(), self.final):
            control.toggled.connect(lambda _: self._tell())
        window.session.reading_changed.connect(self._reading_changed)
        self.refresh()

    def _build_parts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for row, (word, title, purpose) in enumerate(PARTS):
            choice, count, what = QCheckBox(tr(title)), QLabel(), QLabel(tr(purpose))
            what.setStyleSheet(f"color: {COLOURS.text_dim}")
            what.setContentsMargins(26, 0, 0, 6)
            what.setMinimumHeight(what.sizeHint().height())
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            choice.setChecked(word in ("measurements", "key_images", "presentations"))
            self.parts[word], self.counts[word] = choice, count
            grid.addWidget(choice, 2 * row, 0)
            grid.addWidget(count, 2 * row, 1)
            grid.addWidget(what, 2 * row + 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        return grid

    # -- what there is ---------------------------------------------------------------------------------------------

    def _reading_changed(self, _old: Any, _new: Any) -> None:
        if self.isVisible():
            self._tell()

    def refresh(self) -> None:
        """Ask about the study that is read."""
        if self._study != self._window.opening.study:
            self._study, self._folder, self._files = self._window.opening.study, None, ()
            self.outcome.setText("")
        self._tell()

    def pictures(self) -> dict[str, Picture]:
        """The loaded pictures of the study."""
        study = self._window.opening.study
        found = self._window.session.pictures.items()
        return {uid: picture for uid, picture in found if picture.study_uid == study}

    def _reading(self) -> Reading:
        """The reading as far as it is of this study: what was done to others stays with them."""
        opening, reading = self._window.opening, self._window.session.reading

        def own(uid: str) -> bool:
            entry = opening.entry(uid)
            return entry is not None and entry.study_uid == opening.study

        series = {uid: state for uid, state in reading.series.items() if own(uid)}
        findings = tuple(finding for finding in reading.findings if own(finding.uid))
        return replace(reading, series=MappingProxyType(series), findings=findings)

    def _dicom(self, uid: str) -> bool:
        entry = self._window.opening.entry(uid)
        return entry is not None and entry.format == "dicom"

    def _panes(self) -> list[Pane]:
        """The viewports that show a picture which a presentation can be saved of."""
        window = self._window
        panes = [window.panes[index] for index in window.session.visible()]
        return [pane for pane in panes if pane.picture is not None and self._dicom(pane.picture.uid)]

    def _texts(self) -> dict[str, str]:
        """How much there is of each part."""
        reading, known = self._window.session.reading, self.pictures()
        measured = sum(len(reading.of(uid).measurements) for uid in known)
        found, kept, panes = len(reading.findings), len(reading.key_images), len(self._panes())
        listed = (
            tr("{0} measurement{1}", measured, ending(measured)),
            tr("{0} finding{1}", found, ending(found)),
        )
        return {
            "measurements": ", ".join(listed),
            "key_images": tr("{0} key image{1}", kept, ending(kept)),
            "presentations": tr("{0} viewport{1}", panes, ending(panes)),
            "captures": "",
            "window": "",
        }

    def why_not(self) -> str:
        """Why nothing can be saved now; "" when it can."""
        known = self.pictures()
        if not known:
            return tr("Open a study first: there is nothing to save.")
        if not any(self._dicom(uid) for uid in known):
            return tr("This study was not loaded from DICOM images, so DICOM objects have nothing to refer to.")
        if self._window.exports.is_busy(SLOT) or self._window.pictures.busy:
            return tr("Something is being saved already.")
        if not any(choice.isChecked() for choice in self.parts.values()):
            return tr("Choose what is saved.")
        if self.final.isChecked() and not (self.reader.text().strip() and self.institution.text().strip()):
            return tr("A final report names its reader and the institution.")
        return ""

    def place(self) -> Path:
        """The folder that the new one is made in: the study's own unless another was chosen."""
        if self._folder is not None:
            return self._folder
        for uid, picture in self.pictures().items():
            if picture.files and self._dicom(uid):
                folder = Path(picture.files[0]).parent
                # Series often lie in folders of their own below the study's.
                study = self._window.opening.studies.get(self._window.opening.study)
                apart = {Path(path).parent for entry in (study.series if study else ()) for path in entry.files[:1]}
                return folder.parent if len(apart) > 1 and folder.parent not in apart else folder
        return Path(self._window.start_folder())

    def _tell(self) -> None:
        why = self.why_not()
        for word, text in self._texts().items():
            self.counts[word].setText(text)
        captures = self.parts["captures"].isChecked() or self.parts["window"].isChecked()
        self.identified.setEnabled(captures)
        self.identified.setToolTip(
            tr("Marks them as having it burnt in; off: corners say nothing about the patient")
            if captures
            else tr("Choose a picture of the viewport or the window first")
        )
        self.folder.setText(str(self.place()))
        self.save.setEnabled(not why)
        self.save.setToolTip(why)
        self.send.setVisible(bool(self._files))
        live = any(picture.is_live for picture in self.pictures().values())
        told = tr("Computed slices that are shown or kept are written too, so that others have an image to show.")
        self.facts.setText(why or (told if live else ""))

    # -- saving ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Choose where the new folder goes"), str(self.place()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self._folder = Path(name)
        self._tell()

    def _save(self) -> None:
        self.write()

    def write(self, folder: Path | None = None) -> None:
        """Save into a new folder in `folder`, by default in the one that is shown."""
        if self.why_not():
            return
        where = folder if folder is not None else self.place()
        self.save.setEnabled(False)
        self.outcome.setText("")
        taken: list[tuple[QImage, str, str]] = []
        window = self._window
        if self.parts["window"].isChecked():
            taken.append((window.pictures.window_image(identified=self.identified.isChecked()), "", "Bocage"))
        pane = window.active_pane
        if self.parts["captures"].isChecked() and pane.picture is not None:
            uid, title = pane.picture.uid, str(pane.picture.title)

            def take(image: QImage | None) -> None:
                if image is not None:
                    taken.append((image, uid, title))
                self._submit(where, taken)

            window.pictures.picture(pane, Taken(None, OverlayLevel.FULL, self.identified.isChecked()), take)
            return
        self._submit(where, taken)

    def request(self, where: Path, captures: list[tuple[QImage, str, str]]) -> Callable[[], Request]:
        """What is to be written, as it stands now; made on the thread that writes it."""
        window, known = self._window, self.pictures()
        reading, chosen = self._reading(), {word: box.isChecked() for word, box in self.parts.items()}
        identified = self.identified.isChecked()
        frames = [(as_frame(image), uid, title) for image, uid, title in captures]
        looks = [_look(pane, window) for pane in self._panes()] if chosen["presentations"] else []
        kept = _kept(window) if chosen["key_images"] else []
        dicom = frozenset(uid for uid in known if self._dicom(uid))
        reader, institution = self.reader.text().strip(), self.institution.text().strip()
        final = self.final.isChecked()

        def make() -> Request:
            from app.dicom.evidence.request import Capture, Look, Request
            from app.dicom.evidence.write import new_folder

            def captured(pixels: NDArray[np.uint8], uid: str, title: str) -> Capture:
                return Capture(pixels, identified, uid, title)

            return Request(
                new_folder(where),
                reading,
                known,
                dicom,
                measurements=chosen["measurements"],
                key_images=tuple(Look(**values) for values in kept),
                presentations=tuple(Look(**values) for values in looks),
                captures=tuple(captured(*frame) for frame in frames),
                final=final,
                reader=reader,
                institution=institution,
            )

        return make

    def _submit(self, where: Path, captures: list[tuple[QImage, str, str]]) -> None:
        make = self.request(where, captures)

        files: list[Path] = []

        def work(progress: Progress, _partial: object) -> str:
            prepare_dicom()
            from app.dicom.evidence.write import write_evidence

            request = make()
            request = replace(request, statistics=_statistics(request, progress.part(0.0, 0.3)))
            written = write_evidence(request, progress.part(0.3, 1.0))
            files.extend(written.files)
            return _told(written)

        done = partial(self._done, files)
        save(self._window, SLOT, tr("Saving the reading as DICOM"), work, done, ended=self._tell)

    def _send(self) -> None:
        self._window.network.send(self._files, tr("Saved reading"))

    def _done(self, files: list[Path], told: str) -> None:
        self._files = tuple(files)
        self.outcome.setText(told)
        self._window.tell_status(told.splitlines()[0])
        self._tell()
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))


def _look(pane: Pane, window: MainWindow) -> dict[str, Any]:
    """How a viewport looks at its picture: the fields of `app.dicom.evidence.request.Look`."""
    picture, session, view = pane.picture, window.session, pane.viewport
    assert picture is not None
    state = session.reading.of(picture.uid)
    scale = view.transform.pixels_per_mm
    life = pane.life_size
    mode = "TRUE SIZE" if life is not None and abs(scale / life - 1) <= LIFE else "SCALE TO FIT"
    made = state.reconstruction
    return {
        "uid": picture.uid,
        "height_mm": session.height(picture.uid) if picture.has_planes else None,
        "thickness_mm": made.thickness_mm if made is not None else None,
        "window": session.window(picture.uid),
        "inverted": state.inverted,
        "transform": view.transform,
        "extent_mm": (view.view_size[0] / scale, view.view_size[1] / scale),
        "name": _named(picture, session.height(picture.uid) if picture.is_slices else None),
        "mode": mode,
    }


def _named(picture: Picture, height_mm: float | None) -> str:
    """A picture and its height, for lists of other stations: in English, as DICOM's own words are."""
    return str(picture.title) if height_mm is None else f"{picture.title}, {height_mm:.1f} mm"


def _kept(window: MainWindow) -> list[dict[str, Any]]:
    """The key images as looks."""
    found = []
    for image in window.session.reading.key_images:
        picture = window.session.pictures.get(image.uid)
        found.append(
            {
                "uid": image.uid,
                "height_mm": image.height_mm,
                "thickness_mm": image.thickness_mm,
                "window": image.window,
                "inverted": image.inverted,
                "transform": image.transform,
                "extent_mm": image.extent_mm,
                "name": _named(picture, image.height_mm) if picture is not None else "",
                "id": image.id,
                "note": image.note,
            }
        )
    return found


def _statistics(request: Request, progress: Progress) -> dict[str, Any]:
    """Pixel values of all measurements, at their own heights."""
    from app.window.statistics import all_statistics

    found: dict[str, Any] = {}
    for uid, picture in request.pictures.items():
        state = request.reading.of(uid)
        thickness = state.reconstruction.thickness_mm if state.reconstruction is not None else 0.0
        if request.measurements and state.measurements and picture.kind != "image":
            found.update(all_statistics(picture.source, state.measurements, 0.0, thickness, progress))
    return found


def _told(written: Any) -> str:
    """What was written, one line; then what could not be."""
    parts = [
        tr(text, count, ending(count))
        for text, count in (
            (mark("{0} measurement{1}"), written.measurements),
            (mark("{0} finding{1}"), written.findings),
            (mark("{0} list{1} of key images"), written.key_objects),
            (mark("{0} presentation{1}"), written.presentations),
            (mark("{0} slice{1}"), written.slices),
            (mark("{0} capture{1}"), written.captures),
        )
        if count
    ]
    first = tr("Saved in {0}: {1}.", written.folder, ", ".join(parts))
    return "\n".join((first, *(shown(note) for note in written.notes)))
