"""What stands in the list of studies found: how it is asked for, sorted and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidgetItem

from app.dicom.net.query import FoundStudy, Query
from recon.progress import Progress
from widgets.theme import COLOURS

if TYPE_CHECKING:
    from app.dicom.net.nodes import Node

BORN, DATE, BODY_PART, ACCESSION, OBJECTS, SERVER, STATE = 2, 3, 6, 7, 8, 9, 10
"""Columns."""
FOUND = Qt.ItemDataRole.UserRole
FRACTION = Qt.ItemDataRole.UserRole + 1
BODY_PART_STUDIES = 60
"""Of so many studies the series are looked through for a body part; of more it would take too long."""


def ask_node(node: Node, credentials: Any, query: Query, progress: Progress) -> list[FoundStudy]:
    """Studies of one server; a body part is looked for in their series, as studies have none."""
    from app.dicom.net.client import connect

    client = connect(node, credentials)
    try:
        found = client.studies(query, progress)
        if not query.body_part:
            return found
        chosen = []
        for study in found[:BODY_PART_STUDIES]:
            parts = tuple(dict.fromkeys(one.body_part for one in client.series(study.uid, progress) if one.body_part))
            if any(query.body_part in part.upper() for part in parts):
                chosen.append(replace(study, body_parts=parts))
        return chosen
    finally:
        client.close()


class StudyRow(QTreeWidgetItem):
    """A study; dates are sorted as dates, numbers as numbers."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else 0
        if column in (BORN, DATE):
            return str(self.data(column, FOUND)) < str(other.data(column, FOUND))
        if column == OBJECTS:
            return int(self.text(column) or 0) < int(other.text(column) or 0)
        return self.text(column).casefold() < other.text(column).casefold()


class StateDelegate(QStyledItemDelegate):
    """A thin bar below the word, while something is on its way."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        super().paint(painter, option, index)
        fraction = index.data(FRACTION)
        if fraction is None:
            return
        area = option.rect.adjusted(4, option.rect.height() - 4, -4, -2)
        painter.fillRect(area, QColor(COLOURS.raised))
        area.setWidth(max(2, round(area.width() * float(fraction))))
        painter.fillRect(area, QColor(COLOURS.slider))
