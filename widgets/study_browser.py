"""The panel at the left: studies and their series with thumbnails, what could not be opened and why, a drop target."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from widgets.series_delegate import (
    ITEM_ROLE,
    THUMBNAIL_ROLE,
    SeriesDelegate,
    SeriesItem,
    StudyItem,
    count_text,
    kind_text,
)
from widgets.theme import COLOURS, icon, icon_pixmap
from widgets.translation import tr
from widgets.viewport_types import SERIES_MIME_TYPE

__all__ = ["SERIES_MIME_TYPE", "ProblemItem", "SeriesItem", "StudyBrowser", "StudyItem"]

_SHOWN_PROBLEMS = 200


@dataclass(frozen=True)
class ProblemItem:
    """A file or folder that could not be opened, and the sentence that says why."""

    path: Path
    reason: str


class _Model(QStandardItemModel):
    """Series can be dragged: their UID under `SERIES_MIME_TYPE`."""

    def mimeTypes(self) -> list[str]:
        return [SERIES_MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        for index in indexes:
            item = index.data(ITEM_ROLE)
            if isinstance(item, SeriesItem):
                data.setData(SERIES_MIME_TYPE, item.uid.encode("utf-8"))
                data.setText(item.title)
        return data


class StudyBrowser(QWidget):
    """Lists what was found. It opens nothing itself."""

    series_activated = Signal(str)
    """Series UID, by double click or Enter."""
    series_selected = Signal(str)
    """Series UID, or an empty text."""
    context_menu_wanted = Signal(str, QPoint)
    """(series UID, global position)."""
    paths_dropped = Signal(list)
    """List of pathlib.Path."""
    open_folder_wanted = Signal()
    open_demonstration_wanted = Signal()
    worklist_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumWidth(230)
        self._items: dict[str, QStandardItem] = {}
        self._thumbnails: dict[str, QPixmap] = {}
        self._shown: frozenset[str] = frozenset()
        self.model = _Model(self)
        self.view = QTreeView()
        self.problems_button = QToolButton()
        self._problems_area = QScrollArea()
        self._problems_label = QLabel()
        self._progress_label = QLabel()
        self._progress = QProgressBar()
        self._pages = QStackedWidget()
        self._build()
        self.set_studies(())
        self.set_problems(())
        self.set_busy(None)

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(SeriesDelegate(lambda uid: uid in self._shown, self))
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setIndentation(0)
        view.setItemsExpandable(False)
        view.setExpandsOnDoubleClick(False)
        view.setUniformRowHeights(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.activated.connect(self._activate)
        view.selectionModel().currentChanged.connect(self._selected)
        self._progress_label.setProperty("role", "dim")
        self._progress_label.setContentsMargins(10, 6, 10, 2)
        self._progress.setTextVisible(False)
        self._progress.setProperty("role", "thin")
        self.problems_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.problems_button.setIcon(icon("warning", COLOURS.warning))
        self.problems_button.setIconSize(QSize(16, 16))
        self.problems_button.setCheckable(True)
        self.problems_button.setProperty("role", "section")
        self.problems_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.problems_button.setToolTip(tr("Show which files could not be opened, and why"))
        self.problems_button.toggled.connect(self._problems_area.setVisible)
        self._problems_label.setWordWrap(True)
        self._problems_label.setTextFormat(Qt.TextFormat.RichText)
        self._problems_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problems_label.setContentsMargins(10, 2, 10, 8)
        self._problems_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._problems_area.setWidget(self._problems_label)
        self._problems_area.setWidgetResizable(True)
        self._problems_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problems_area.setMaximumHeight(220)
        self._problems_area.hide()
        self._pages.addWidget(view)
        self._pages.addWidget(self._empty_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress_label)
        column.addWidget(self._progress)
        column.addWidget(self._pages, 1)
        column.addWidget(self.problems_button)
        column.addWidget(self._problems_area)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 12, 22, 12)
        column.setSpacing(10)
        picture = QLabel()
        picture.setPixmap(icon_pixmap("folder", 44, COLOURS.text_disabled))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text = QLabel(tr("Drop a folder, files or a DICOMDIR here"))
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open_button = QPushButton(tr("Open folder…"))
        self.open_button.setProperty("primary", True)
        self.open_button.setToolTip(tr("Open every study in a folder (Ctrl+Shift+O)"))
        self.demonstration_button = QPushButton(tr("Open demonstration case"))
        self.demonstration_button.setToolTip(
            tr("A chest: projections simulated from a real CT, with the plain radiograph")
        )
        self.worklist_button = QPushButton(tr("Worklist…"))
        self.worklist_button.setToolTip(tr("The studies in your folders, to find, open and mark (Ctrl+Shift+L)"))
        self.worklist_button.clicked.connect(self.worklist_wanted)
        self.open_button.clicked.connect(self.open_folder_wanted)
        self.demonstration_button.clicked.connect(self.open_demonstration_wanted)
        column.addStretch(2)
        column.addWidget(picture)
        column.addWidget(text)
        column.addSpacing(6)
        column.addWidget(self.open_button)
        column.addWidget(self.worklist_button)
        column.addWidget(self.demonstration_button)
        column.addStretch(3)
        return page

    # -- what the application sets ------------------------------------------------------------------------------------

    def set_studies(self, studies: Iterable[StudyItem]) -> None:
        """List these studies; selection, scroll position and thumbnails that still apply are kept."""
        current = self.current_series()
        scrolled = self.view.verticalScrollBar().value()
        self.model.clear()
        self._items = {}
        for study in studies:
            self.add_study(study)
        self._thumbnails = {uid: pixmap for uid, pixmap in self._thumbnails.items() if uid in self._items}
        if current in self._items:
            self.view.setCurrentIndex(self._items[current].index())
        self.view.verticalScrollBar().setValue(scrolled)
        self._pages.setCurrentIndex(0 if self._items else 1)

    def add_study(self, study: StudyItem) -> None:
        """Add one study below the others."""
        parent = _row(study, study.title)
        parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
        parent.setToolTip("\n".join(part for part in (study.title, study.detail) if part))
        self.model.appendRow(parent)
        for series in study.series:
            self._append(parent, series)
        self.view.expandAll()
        self._pages.setCurrentIndex(0)

    def add_series(self, study_uid: str, series: SeriesItem) -> None:
        """Add one series to a study that is listed already; a series that is listed is replaced in its place."""
        known = self._items.get(series.uid)
        if known is not None:
            known.setData(series, ITEM_ROLE)
            known.setToolTip(_tooltip(series))
            return
        for row in range(self.model.rowCount()):
            parent = self.model.item(row)
            item = parent.data(ITEM_ROLE)
            if isinstance(item, StudyItem) and item.uid == study_uid:
                self._append(parent, series)
                self.view.expandAll()
                return

    def set_thumbnail(self, series_uid: str, image: QImage) -> None:
        """Give a series its picture."""
        pixmap = QPixmap.fromImage(image)
        self._thumbnails[series_uid] = pixmap
        item = self._items.get(series_uid)
        if item is not None:
            item.setData(pixmap, THUMBNAIL_ROLE)

    def set_shown(self, series_uids: Iterable[str]) -> None:
        """Mark the series that hang in viewports."""
        self._shown = frozenset(series_uids)
        self.view.viewport().update()

    def set_problems(self, problems: Iterable[ProblemItem]) -> None:
        """List what could not be opened."""
        listed = tuple(problems)
        self.problems_button.setVisible(bool(listed))
        if not listed:
            self.problems_button.setChecked(False)
        one, many = tr("1 file could not be opened"), tr("{0} files could not be opened")
        self.problems_button.setText(one if len(listed) == 1 else many.format(len(listed)))
        parts = [
            f"<p style='margin:5px 0'><b>{html.escape(problem.path.name)}</b><br>"
            f"<span style='color:{COLOURS.text_dim}'>{html.escape(problem.reason)}</span></p>"
            for problem in listed[:_SHOWN_PROBLEMS]
        ]
        if len(listed) > _SHOWN_PROBLEMS:
            parts.append(f"<p>{tr('and {0} more', len(listed) - _SHOWN_PROBLEMS)}</p>")
        self._problems_label.setText("".join(parts))

    def set_busy(self, text: str | None, fraction: float | None = None) -> None:
        """Show that files are being looked through (None: no longer); fraction None is "for how long is not known"."""
        self._progress_label.setVisible(text is not None)
        self._progress.setVisible(text is not None)
        self._progress_label.setText(text or "")
        self._progress.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self._progress.setValue(round(1000 * fraction))

    def current_series(self) -> str:
        """Return the UID of the selected series, or an empty text."""
        item = self.view.currentIndex().data(ITEM_ROLE)
        return item.uid if isinstance(item, SeriesItem) else ""

    def select_series(self, series_uid: str) -> None:
        """Select a series."""
        item = self._items.get(series_uid)
        if item is not None:
            self.view.setCurrentIndex(item.index())

    def series_uids(self) -> tuple[str, ...]:
        """Return the UIDs of all series in the order of the list."""
        return tuple(self._items)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _append(self, parent: QStandardItem, series: SeriesItem) -> None:
        item = _row(series, series.title)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
        item.setToolTip(_tooltip(series))
        if series.uid in self._thumbnails:
            item.setData(self._thumbnails[series.uid], THUMBNAIL_ROLE)
        self._items[series.uid] = item
        parent.appendRow(item)

    def _activate(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE)
        if isinstance(item, SeriesItem):
            self.series_activated.emit(item.uid)

    def _selected(self, current: QModelIndex) -> None:
        item = current.data(ITEM_ROLE)
        self.series_selected.emit(item.uid if isinstance(item, SeriesItem) else "")

    def _menu(self, position: QPoint) -> None:
        item = self.view.indexAt(position).data(ITEM_ROLE)
        if isinstance(item, SeriesItem):
            self.context_menu_wanted.emit(item.uid, self.view.viewport().mapToGlobal(position))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark_drop(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Take the drop frame away."""
        self._mark_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Report the dropped paths."""
        self._mark_drop(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def _mark_drop(self, over: bool) -> None:
        self.setStyleSheet(f"#panel {{ border: 2px solid {COLOURS.focus}; }}" if over else "")


def _row(item: StudyItem | SeriesItem, text: str) -> QStandardItem:
    row = QStandardItem(text)
    row.setData(item, ITEM_ROLE)
    row.setData(text, int(Qt.ItemDataRole.AccessibleTextRole))
    return row


def _tooltip(series: SeriesItem) -> str:
    if series.derived:
        return "\n".join((series.title, *series.notes))
    head = f"{series.title}\n{kind_text(series.kind)} · {count_text(series.kind, series.n_images)}"
    return "\n".join((head, *filter(None, (series.detail,)), *series.needs, *series.notes))
