"""The table of the worklist: rows are read when they come into sight, however many studies there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont

from app.window.corner_text import date, person_name, time
from app.window.worklist_service import Worklist
from app.window.worklist_values import PAGE, Found
from app.worklist.model import REJECT_REASONS, STATE_TITLES, StudyRow
from widgets.theme import COLOURS
from widgets.translation import date_text, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

Index = QModelIndex | QPersistentModelIndex
HERE = QModelIndex()
ROW = int(Qt.ItemDataRole.UserRole) + 1
"""StudyRow, None while it is being read."""
SIDES = {"L": mark("left"), "R": mark("right"), "B": mark("both")}


@dataclass(frozen=True)
class Column:
    """A column: its title, what is written, what it is sorted by (of `app.worklist.search.ORDERS`), and its width."""

    title: str
    text: Callable[[StudyRow], str]
    order: str
    width: int
    shown: bool = True
    right: bool = False


def state_text(row: StudyRow) -> str:
    """What was done to a study, in one or two words."""
    if row.reading:
        return tr("Being read")
    if row.marks.state == "rejected" and row.marks.reason:
        return f"{tr('Rejected')}: {tr(REJECT_REASONS.get(row.marks.reason, row.marks.reason))}"
    return tr(STATE_TITLES[row.marks.state])


def short_state(row: StudyRow) -> str:
    """What was done to a study, in a word."""
    return tr("Being read") if row.reading else tr(STATE_TITLES[row.marks.state])


def there_text(row: StudyRow) -> str:
    """Whether its files can be reached; "" when all can."""
    return {
        "all": "",
        "some": tr("Some of its files are not there now."),
        "away": tr("Its files are not there now. Connect the disk that holds them."),
        "gone": tr("Its files were deleted or moved out of the watched folders."),
    }[row.there]


def name_text(row: StudyRow) -> str:
    """The patient's name."""
    return person_name(row.patient_name) or tr("No patient name")


def _moment(row: StudyRow) -> str:
    return " ".join(part for part in (date(row.study_date), time(row.study_time)) if part)


def _added(row: StudyRow) -> str:
    moment = datetime.fromtimestamp(row.added_at)  # noqa: DTZ006 - the reader's own day
    return f"{date_text(moment.date())} {moment:%H:%M}"


COLUMNS: tuple[Column, ...] = (
    Column("★", lambda row: "★" if row.marks.flag else "", "flag", 30),
    Column(mark("State"), short_state, "state", 92),
    Column(mark("Patient"), name_text, "patient_name", 172),
    Column(mark("ID"), lambda row: row.patient_id, "patient_id", 88),
    Column(mark("Born"), lambda row: date(row.birth_date), "birth_date", 106),
    Column(mark("Sex"), lambda row: row.sex, "sex", 44, shown=False),
    Column(mark("Date"), _moment, "moment", 148),
    Column(mark("Description"), lambda row: row.description, "description", 158),
    Column(mark("Modality"), lambda row: ", ".join(row.modalities), "modalities", 74),
    Column(mark("Body part"), lambda row: ", ".join(row.body_parts), "body_parts", 84),
    Column(mark("Side"), lambda row: tr(SIDES[row.laterality]) if row.laterality in SIDES else "", "laterality", 50),
    Column(mark("Images"), lambda row: str(row.n_images), "n_images", 62, right=True),
    Column(mark("Note"), lambda row: row.marks.note, "note", 100),
    Column(mark("Accession"), lambda row: row.accession, "accession", 96, shown=False),
    Column(mark("Series"), lambda row: str(row.n_series), "n_series", 60, shown=False, right=True),
    Column(mark("Institution"), lambda row: row.institution, "institution", 130, shown=False),
    Column(mark("Added"), _added, "added_at", 150, shown=False),
)
NOTE = next(number for number, column in enumerate(COLUMNS) if column.order == "note")
DATE = next(number for number, column in enumerate(COLUMNS) if column.order == "moment")


class StudyTable(QAbstractTableModel):
    """Studies in the order in which they were found.

    Signals
    -------
    note_written(row, text)
        A note was typed into the table.
    """

    note_written = Signal(object, str)

    def __init__(self, worklist: Worklist, parent: Any = None) -> None:
        super().__init__(parent)
        self._worklist = worklist
        self._ids: list[int] = []
        self._rows: dict[int, StudyRow] = {}
        """By their numbers in the index."""
        self._stale: set[int] = set()
        """Those of `_rows` that are read again when they come into sight."""
        self._wanted: set[int] = set()
        """Pages to be read."""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def take(self, found: Found) -> None:
        """Show what was found. Where the studies are the same, nothing moves."""
        ids = found.result.ids.tolist()
        fresh = {row.id: row for row in found.rows}
        if ids == self._ids:
            self._stale = self._rows.keys() - fresh.keys()
            self._rows.update(fresh)
            self._tell_changed()
            return
        self.beginResetModel()
        self._ids, self._rows = ids, fresh
        self._wanted.clear()
        self._stale.clear()
        self.endResetModel()

    def _tell_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def row(self, number: int) -> StudyRow | None:
        """A study by its place; None while it is being read."""
        if not 0 <= number < len(self._ids):
            return None
        found = self._rows.get(self._ids[number])
        if found is None or found.id in self._stale:
            self._wanted.add(number // PAGE)
            self._soon.start()
        return found

    def place(self, study: int) -> int:
        """Where a study (its number in the index) stands; -1 if it does not."""
        try:
            return self._ids.index(study)
        except ValueError:
            return -1

    def _read(self) -> None:
        pages = sorted(self._wanted)
        ids = [each for page in pages for each in self._ids[page * PAGE : (page + 1) * PAGE]]
        self._worklist.rows(ids, self._take_rows)

    def _take_rows(self, rows: Iterable[StudyRow]) -> None:
        self._wanted.clear()
        fresh = {row.id: row for row in rows}
        self._rows.update(fresh)
        self._stale -= fresh.keys()
        self._tell_changed()

    # -- Qt's ------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = HERE) -> int:
        """Qt's: studies found."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = HERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's: notes are written in place."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NOTE else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section].right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Click to sort; right click to choose columns")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's."""
        row, column = self.row(index.row()), COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and column.order == "patient_name" else None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(column.text(row).split())
        if role == Qt.ItemDataRole.EditRole:
            return row.marks.note
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(state_text(row) if column.order == "state" else column.text(row), there_text(row))
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.FontRole and row.uid in self._worklist.arrivals:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _colour(self, row: StudyRow, column: Column) -> QColor | None:
        if row.there in ("away", "gone"):
            return QColor(COLOURS.text_disabled)
        if column.order == "flag":
            return QColor(COLOURS.active)
        if column.order == "state":
            if row.reading:
                return QColor(COLOURS.active)
            return QColor({"new": COLOURS.linked, "rejected": COLOURS.error}.get(row.marks.state, COLOURS.text_dim))
        return QColor(COLOURS.text_dim) if row.marks.state == "rejected" else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's: a note was written."""
        row = self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None or index.column() != NOTE:
            return False
        self.note_written.emit(row, str(value).strip())
        return True


def plain_tip(*texts: str) -> str:
    """A tooltip of texts that may come from files: never read as rich text."""
    import html

    lines = [html.escape(text) for text in texts if text]
    return f"<p style='white-space: pre-wrap'>{'<br>'.join(lines)}</p>" if lines else ""
