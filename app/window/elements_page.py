"""A page with every element of the file on screen: a tree to search. What it shows is on screen only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QColor, QFontDatabase, QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from app.jobs import Callbacks
from app.session import sentence, series_of
from app.window.page import Page
from widgets.theme import COLOURS
from widgets.translation import shown, tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

READING = "elements"


class ElementsPage(Page):
    """Follows the active viewport: the elements of the image (or the document) there."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._path: Path | None = None
        content = QWidget()
        super().__init__(tr("All Elements"), content, window)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "dim")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search tag, name or value"))
        self.search.setClearButtonEnabled(True)
        self.model = QStandardItemModel(0, 4)
        self.filter = QSortFilterProxyModel()
        self.filter.setSourceModel(self.model)
        self.filter.setRecursiveFilteringEnabled(True)
        self.filter.setAutoAcceptChildRows(True)
        self.filter.setFilterKeyColumn(-1)
        self.filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = QTreeView()
        self.view.setModel(self.filter)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(14)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.view.setAlternatingRowColors(False)
        self.view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self._delay = QTimer(self, singleShot=True, interval=150)
        self._delay.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _: self._delay.start())
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view, self._copy)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.search, 1)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.view, 1)
        self.resize(860, 640)
        session = window.session
        # Bound methods: what is tied to a function of no object would outlive the page.
        for signal in (
            session.active_changed,
            session.reading_changed,
            session.height_changed,
            session.picture_changed,
        ):
            signal.connect(self._follow)

    def refresh(self) -> None:
        """Read the file of what is on screen now."""
        self._path = None
        self._read()

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        path = file_on_screen(self._window)
        if path is None:
            self._path = None
            self._fill((), tr("Nothing with a DICOM file is in the active viewport. Click another one."))
            return
        if path == self._path:
            return
        self._path = path

        def work(*_: Any) -> Any:
            from app.dicom.read.tree import element_rows

            return element_rows(path)

        self._window.background.submit(
            READING,
            work,
            Callbacks(
                result=lambda rows: self._fill(rows, path.name) if path == self._path else None,
                error=lambda error: self._fill((), shown(sentence(error))) if path == self._path else None,
            ),
        )

    def _fill(self, rows: Sequence[Any], title: str) -> None:
        self.title.setText(title)
        self.model.clear()
        self.model.setHorizontalHeaderLabels([tr("Tag"), tr("Name"), tr("VR"), tr("Value")])
        root = self.model.invisibleRootItem()
        for row in rows:
            root.appendRow(_items(row))
        header = self.view.header()
        for column, width in enumerate((230, 250, 44)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _search(self) -> None:
        self.filter.setFilterFixedString(self.search.text().strip())
        if self.search.text().strip():
            self.view.expandAll()
        else:
            self.view.collapseAll()

    def _copy(self) -> None:
        """Copy the chosen rows, columns set apart by tabs."""
        rows = self.view.selectionModel().selectedRows()
        lines = ("\t".join(str(row.siblingAtColumn(column).data() or "") for column in range(4)) for row in rows)
        QApplication.clipboard().setText("\n".join(lines))


def _items(row: Any) -> list[QStandardItem]:
    texts = (row.tag, shown(row.name), row.vr, shown(row.value))
    items = [QStandardItem(text) for text in texts]
    items[0].setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    if row.private:
        items[0].setToolTip(tr("A private element: its maker alone knows what it means"))
        for item in items:
            item.setForeground(QColor(COLOURS.warning))
    for inner in row.rows:
        items[0].appendRow(_items(inner))
    return items


def file_on_screen(window: MainWindow) -> Path | None:
    """The DICOM file of what is in the active viewport: of the slice or the view that is shown."""
    session = window.session
    uid = session.layout.hung[session.active]
    if uid is None:
        return None
    document = session.documents.get(uid)
    if document is not None:
        return Path(document.path)
    picture, entry = session.pictures.get(uid), window.opening.entry(series_of(uid))
    if picture is None or not picture.files or getattr(entry, "format", "dicom") != "dicom":
        return None
    return Path(picture.files[_file_index(picture, entry, session.height(uid))])


def _file_index(picture: Any, entry: Any, height_mm: float) -> int:
    """Which of a picture's files holds the image at a height."""
    files = len(picture.files)
    if files == 1:
        return 0
    if picture.planes:
        plane = min(picture.planes, key=lambda plane: abs(plane.height_mm - height_mm))
        instances = list(entry.facts.get("instances", ())) if entry is not None else []
        return instances.index(plane.instance) if plane.instance in instances[:files] else 0
    return min(max(round(height_mm) - 1, 0), files - 1) if picture.is_views else files // 2
