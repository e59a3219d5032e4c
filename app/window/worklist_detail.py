"""The strip below the worklist: whose study it is, its series, and the patient's other studies."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.window.corner_text import date, time
from app.window.worklist_table import ROW, name_text, state_text, there_text
from app.window.worklist_values import Detail
from app.worklist.model import SeriesRow, StudyRow
from widgets.theme import COLOURS
from widgets.translation import tr


class DetailStrip(QWidget):
    """Shows one study.

    Signals
    -------
    prior_wanted(uid)
        Another study of the patient was activated.
    """

    prior_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(16)
        left = QVBoxLayout()
        self.name = self._label("title")
        self.facts = self._label("dim")
        self.place = self._label("dim")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warning = self._label("note")
        for label in (self.name, self.facts, self.warning, self.place):
            left.addWidget(label)
        left.addStretch(1)
        grid.addLayout(left, 0, 0, 2, 1)
        self.series = self._list((tr("Series"), tr("Modality"), tr("View position"), tr("Images")), (0, 74, 104, 62))
        header = self.series.headerItem()
        header.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.series.setAccessibleName(tr("Series of the study"))
        self.priors = self._list((tr("Other studies"), tr("Date"), tr("State")), (0, 110, 80))
        self.priors.setAccessibleName(tr("Other studies of the patient"))
        self.priors.setToolTip(tr("Double click opens one beside what is on screen"))
        self.priors.itemActivated.connect(lambda item, _: self.prior_wanted.emit(item.data(0, ROW)))
        grid.addWidget(self.series, 0, 1)
        grid.addWidget(self.priors, 0, 2)
        for column, stretch in enumerate((3, 4, 4)):
            grid.setColumnStretch(column, stretch)
        self.show_study(None)

    def _label(self, role: str) -> QLabel:
        label = QLabel()
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _list(self, titles: tuple[str, ...], widths: tuple[int, ...]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels(list(titles))
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setMinimumHeight(90)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        for column, width in enumerate(widths):
            if width:
                tree.setColumnWidth(column, width)
        return tree

    def show_study(self, row: StudyRow | None) -> None:
        """Show whose study it is; the rest follows (`show_detail`)."""
        self.name.setText(name_text(row) if row is not None else tr("No study is selected"))
        facts = []
        if row is not None:
            born = tr("born {0}", date(row.birth_date)) if row.birth_date else ""
            facts = [
                ", ".join(part for part in (row.patient_id, born, row.sex) if part),
                " ".join(part for part in (date(row.study_date), time(row.study_time), row.description) if part),
                ", ".join(part for part in (row.accession, row.institution) if part),
                state_text(row),
            ]
        self.facts.setText("\n".join(text for text in facts if text))
        warnings = [] if row is None else [there_text(row)]
        if row is not None and row.doubtful:
            warnings.append(tr("Its files do not agree on the patient's name, ID or birth date."))
        self.warning.setText("\n".join(text for text in warnings if text))
        self.warning.setVisible(bool(self.warning.text()))
        self.place.setText("")
        self.series.clear()
        self.priors.clear()

    def show_detail(self, detail: Detail) -> None:
        """Show series, other studies, and where it lies."""
        self.series.clear()
        self.priors.clear()
        for each in detail.series:
            item = QTreeWidgetItem([_title(each), each.modality, _view(each), str(each.n_images)])
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.series.addTopLevelItem(item)
        for other in detail.priors:
            title = other.description or ", ".join(other.modalities) or tr("Study")
            item = QTreeWidgetItem([" ".join(title.split()), date(other.study_date), state_text(other)])
            item.setData(0, ROW, other.uid)
            if other.there in ("away", "gone"):
                item.setDisabled(True)
            self.priors.addTopLevelItem(item)
        if not detail.priors:
            item = QTreeWidgetItem([tr("None in the list")])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.priors.addTopLevelItem(item)
        if detail.places:
            first = detail.places[0]
            self.place.setText(str(first if len(detail.places) == 1 else first.parent))
        self.place.setStyleSheet(f"color: {COLOURS.text_dim}")


def _title(series: SeriesRow) -> str:
    number = f"{series.number}  " if series.number is not None else ""
    return number + (" ".join(series.description.split()) or tr("No description"))


def _view(series: SeriesRow) -> str:
    return " ".join(part for part in (series.body_part, series.laterality, series.view_position) if part)
