"""The views of a sweep as small pictures, each of which can be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from widgets.theme import COLOURS
from widgets.translation import tr

PICTURE = 92
_IMAGE, _TEXT, _OUT = (Qt.ItemDataRole.UserRole + index for index in range(3))


@dataclass(frozen=True)
class ViewEntry:
    """One view.

    Attributes
    ----------
    text : str
        Below its picture: number and angle.
    tooltip : str
    """

    text: str
    tooltip: str = ""


class _Delegate(QStyledItemDelegate):
    """Draws a picture with its text; a view that is left out is dark and crossed."""

    def sizeHint(
        self,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(PICTURE + 10, PICTURE + 26)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state = option.rect, option.state
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect.adjusted(1, 1, -1, -1), QColor(COLOURS.hover if chosen else COLOURS.raised))
        box = QRectF(rect.left() + 5, rect.top() + 5, PICTURE, PICTURE)
        painter.fillRect(box, QColor(COLOURS.image))
        picture = index.data(_IMAGE)
        left_out = bool(index.data(_OUT))
        if isinstance(picture, QPixmap):
            size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(0.3 if left_out else 1.0)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
        if left_out:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(COLOURS.error), 2))
            inner = box.adjusted(22, 22, -22, -22)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(QPointF(inner.right(), inner.top()), QPointF(inner.left(), inner.bottom()))
        painter.setPen(QColor(COLOURS.text_disabled if left_out else COLOURS.text_dim))
        below = QRectF(rect.left(), box.bottom() + 2, rect.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data(_TEXT)))
        painter.restore()


class ViewChooser(QWidget):
    """Which views of a sweep are used.

    Signals
    -------
    excluded_changed(frozenset)
        Numbers, from 0, of the views left out.
    """

    excluded_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._excluded: frozenset[int] = frozenset()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setProperty("role", "dim")
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Views of the sweep"))
        self.toggle_button = QPushButton(tr("Leave out"))
        self.toggle_button.setToolTip(tr("Leave the selected views out of all slices, or take them back (Delete)"))
        self.all_button = QPushButton(tr("Use all"))
        self.all_button.setToolTip(tr("Take all views that were left out back"))
        row = QHBoxLayout()
        row.addWidget(self.toggle_button)
        row.addWidget(self.all_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.addWidget(self.label)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.list.installEventFilter(self)
        self.list.itemDoubleClicked.connect(lambda _item: self.toggle_selected())
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.toggle_button.clicked.connect(self.toggle_selected)
        self.all_button.clicked.connect(lambda: self._change(frozenset()))
        self.set_views((), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave selected views out, or take them back, at Delete; the window's own Delete waits meanwhile."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.toggle_selected()
                return True
        return super().eventFilter(watched, event)

    def set_views(self, views: Sequence[ViewEntry], reason: str = "") -> None:
        """List other views, all used; the reason says why there are none."""
        self.list.clear()
        for view in views:
            item = QListWidgetItem()
            item.setData(_TEXT, view.text)
            item.setToolTip(view.tooltip)
            self.list.addItem(item)
        self._reason = reason
        self.set_excluded(frozenset())

    def set_picture(self, index: int, image: QImage) -> None:
        """Show a view's small picture."""
        item = self.list.item(index)
        if item is not None:
            item.setData(_IMAGE, QPixmap.fromImage(image))

    @property
    def missing_pictures(self) -> list[int]:
        """Views that have no picture yet."""
        items = (self.list.item(index) for index in range(self.list.count()))
        return [index for index, item in enumerate(items) if item is not None and item.data(_IMAGE) is None]

    def set_excluded(self, excluded: frozenset[int]) -> None:
        """Show which views are left out, without a signal."""
        self._excluded = excluded
        count = self.list.count()
        for index in range(count):
            item = self.list.item(index)
            if item is not None:
                item.setData(_OUT, index in excluded)
        if not count:
            self.label.setText(self._reason)
        elif excluded:
            self.label.setText(tr("{0} of {1} views are used.", count - len(excluded), count))
        else:
            self.label.setText(tr("All {0} views are used. Double-click one to leave it out.", count))
        self._show_buttons()

    def toggle_selected(self) -> None:
        """Leave the selected views out; if all of them are out already, take them back."""
        chosen = {index.row() for index in self.list.selectedIndexes()}
        if chosen:
            back = chosen <= self._excluded
            self._change(self._excluded - chosen if back else self._excluded | chosen)

    def _change(self, excluded: frozenset[int]) -> None:
        if excluded != self._excluded:
            self.set_excluded(frozenset(excluded))
            self.excluded_changed.emit(self._excluded)

    def _show_buttons(self) -> None:
        chosen = {index.row() for index in self.list.selectedIndexes()}
        back = bool(chosen) and chosen <= self._excluded
        self.toggle_button.setText(tr("Take back") if back else tr("Leave out"))
        self.toggle_button.setEnabled(bool(chosen))
        self.all_button.setEnabled(bool(self._excluded))
