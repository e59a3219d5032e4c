"""The viewports in the middle of the window: one, two or four, with movable borders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.session import Layout


class ViewportGrid(QSplitter):
    """Two rows of two places; those that a layout does not use are hidden."""

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._panes = list(panes)
        self._rows = [QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Horizontal)]
        for row, splitter in enumerate(self._rows):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(4)
            for pane in self._panes[2 * row : 2 * row + 2]:
                splitter.addWidget(pane)
            self.addWidget(splitter)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(4)
        self._shape = (0, 0)

    def arrange(self, layout: Layout, shown: Sequence[int]) -> None:
        """Show some places of a layout; equal sizes when the arrangement changed."""
        if self._shape != (layout.rows, layout.columns):
            self._shape = (layout.rows, layout.columns)
            for splitter in (self, *self._rows):
                splitter.setSizes([10_000] * splitter.count())
        for index, pane in enumerate(self._panes):
            pane.setVisible(index in shown)
        for row, splitter in enumerate(self._rows):
            splitter.setVisible(any(index // 2 == row for index in shown))
