"""How studies and series are drawn in the study browser: cards with a thumbnail, a kind and a count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.theme import COLOURS, icon_pixmap
from widgets.translation import tr

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""StudyItem or SeriesItem."""
THUMBNAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""QPixmap."""

STUDY_HEIGHT = 46
SERIES_HEIGHT = 78
DERIVED_HEIGHT = 32
DERIVED_INDENT = 22
THUMBNAIL = 62

_BADGES = {
    "projections": ("projections", "#7fb2dd"),
    "volume": ("slices", "#7fcab8"),
    "radiograph": ("radiograph", "#c9b6e4"),
    "views": ("projections", "#7fb2dd"),
    "synthetic": ("radiograph", "#e3b98c"),
    "cine": ("play", "#9cc0e0"),
    "image": ("image", "#b7bcc6"),
    "document": ("document", "#d8cfa8"),
    "other": ("image", COLOURS.text_dim),
}


@dataclass(frozen=True)
class SeriesItem:
    """A series as the browser shows it.

    Attributes
    ----------
    uid : str
    title : str
        The series description, or what stands in for it.
    kind : {"projections", "volume", "radiograph", "cine", "image", "document", "other"}
    n_images : int
    detail : str
        One more short line: modality, date, size.
    needs : tuple of str
        What is missing before it can be reconstructed; shown with an amber sign.
    notes : tuple of str
        Assumptions; in the tooltip.
    derived : bool
        Whether it is made of the series above it; then it is a line rather than a card.
    """

    uid: str
    title: str
    kind: str = "other"
    n_images: int = 1
    detail: str = ""
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derived: bool = False


@dataclass(frozen=True)
class StudyItem:
    """A study as the browser shows it: `title` is the patient's name, `detail` date and description."""

    uid: str
    title: str
    detail: str = ""
    series: tuple[SeriesItem, ...] = field(default_factory=tuple)


def kind_text(kind: str) -> str:
    """Name a kind of series."""
    names = {
        "projections": tr("Projections"),
        "volume": tr("Slices"),
        "radiograph": tr("Radiograph"),
        "cine": tr("Run"),
        "image": tr("Image"),
        "document": tr("Document"),
    }
    return names.get(kind, tr("Other"))


def count_text(kind: str, count: int) -> str:
    """Write how many images a series has, in its own words: "60 views", "51 slices", "1 image"."""
    if kind == "projections":
        one, many = (
            tr("1 view"),
            tr("{0} views"),
        )
    elif kind == "volume":
        one, many = (
            tr("1 slice"),
            tr("{0} slices"),
        )
    elif kind == "cine":
        one, many = (
            tr("1 frame"),
            tr("{0} frames"),
        )
    elif kind == "document":
        one, many = (
            tr("1 file"),
            tr("{0} files"),
        )
    else:
        one, many = (
            tr("1 image"),
            tr("{0} images"),
        )
    return one if count == 1 else many.format(count)


class SeriesDelegate(QStyledItemDelegate):
    """Draws studies as headings and series as cards.

    Parameters
    ----------
    is_shown : callable
        ``is_shown(series_uid) -> bool``: whether a series hangs in a viewport now.
    """

    def __init__(self, is_shown: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_shown = is_shown

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give studies and series their fixed heights; the width follows the view."""
        item = index.data(ITEM_ROLE)
        if isinstance(item, SeriesItem) and item.derived:
            return QSize(150, DERIVED_HEIGHT)
        return QSize(150, STUDY_HEIGHT if isinstance(item, StudyItem) else SERIES_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        item = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if isinstance(item, StudyItem):
            _paint_study(painter, rect, item)
        elif isinstance(item, SeriesItem):
            state = option.state
            selected = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            if item.derived:
                self._paint_derived(painter, rect, item, selected, hovered)
            else:
                self._paint_series(painter, rect, item, index.data(THUMBNAIL_ROLE), selected, hovered)
        painter.restore()

    def _paint_derived(self, painter: QPainter, rect: QRect, item: SeriesItem, selected: bool, hovered: bool) -> None:
        card = rect.adjusted(5 + DERIVED_INDENT, 1, -5, -3)
        painter.setPen(QPen(QColor(COLOURS.focus if selected else COLOURS.border), 1))
        painter.setBrush(QColor(COLOURS.raised if selected or hovered else COLOURS.panel))
        painter.drawRoundedRect(card.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        shown = self._is_shown(item.uid)
        if shown:
            painter.fillRect(QRect(card.left() + 1, card.top() + 4, 3, card.height() - 8), QColor(COLOURS.active))
        name, tint = _BADGES.get(item.kind, _BADGES["other"])
        top = card.top() + (card.height() - 16) // 2
        painter.drawPixmap(card.left() + 9, top, icon_pixmap(name, 16, tint, painter.device().devicePixelRatioF()))
        left = card.left() + 32
        _line(painter, left, top, card.right() - 5 - left, item.title, 12, COLOURS.text)

    def _paint_series(
        self, painter: QPainter, rect: QRect, item: SeriesItem, thumbnail: QPixmap | None, selected: bool, hovered: bool
    ) -> None:
        card = rect.adjusted(5, 2, -5, -3)
        painter.setPen(QPen(QColor(COLOURS.focus if selected else COLOURS.border), 1))
        painter.setBrush(QColor(COLOURS.raised if selected or hovered else COLOURS.panel))
        painter.drawRoundedRect(card.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        frame = QRect(card.left() + 5, card.top() + 5, THUMBNAIL, THUMBNAIL)
        painter.fillRect(frame, QColor("#000000"))
        if thumbnail is not None and not thumbnail.isNull():
            _paint_thumbnail(painter, frame, thumbnail)
        else:
            name, _ = _BADGES.get(item.kind, _BADGES["other"])
            painter.drawPixmap(frame.center().x() - 12, frame.center().y() - 12, icon_pixmap(name, 24, COLOURS.border))
        if self._is_shown(item.uid):
            painter.setPen(QPen(QColor(COLOURS.active), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
        left = frame.right() + 9
        width = card.right() - 5 - left
        y = card.top() + 6
        _line(painter, left, y, width, item.title, 12, COLOURS.text, QFont.Weight.DemiBold)
        name, tint = _BADGES.get(item.kind, _BADGES["other"])
        painter.drawPixmap(left, y + 20, icon_pixmap(name, 16, tint, painter.device().devicePixelRatioF()))
        badge = f"{kind_text(item.kind)} · {count_text(item.kind, item.n_images)}"
        _line(painter, left + 21, y + 20, width - 21, badge, 11, tint)
        if item.needs:
            sign = icon_pixmap("warning", 16, COLOURS.warning, painter.device().devicePixelRatioF())
            painter.drawPixmap(left, y + 39, sign)
            _line(painter, left + 21, y + 39, width - 21, item.needs[0], 11, COLOURS.warning)
        elif item.detail:
            _line(painter, left, y + 39, width, item.detail, 11, COLOURS.text_dim)


def _paint_study(painter: QPainter, rect: QRect, item: StudyItem) -> None:
    painter.setPen(QPen(QColor(COLOURS.border), 1))
    painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
    width = rect.width() - 16
    _line(painter, rect.left() + 8, rect.top() + 7, width, item.title, 13, COLOURS.text, QFont.Weight.DemiBold)
    _line(painter, rect.left() + 8, rect.top() + 25, width, item.detail, 11, COLOURS.text_dim)


def _paint_thumbnail(painter: QPainter, frame: QRect, thumbnail: QPixmap) -> None:
    size = thumbnail.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(frame.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, thumbnail)


def _line(
    painter: QPainter,
    left: int,
    top: int,
    width: int,
    text: str,
    pixel_size: int,
    colour: str,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    font = QFont()
    font.setPixelSize(pixel_size)
    font.setWeight(weight)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    box = QRect(left, top, width, 17)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
