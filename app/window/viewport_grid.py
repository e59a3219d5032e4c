"""The viewports: a tree of splits with movable borders in the main window, and further windows for other monitors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.reading.layout import Node, leaves
from app.session import Layout, Split
from widgets.translation import tr

HANDLE = 4
"""Width of the borders, logical pixels."""
WHOLE = 10_000
"""What the shares of a splitter are parts of."""


class SplitArea(QWidget):
    """Shows one tree of places.

    Signals
    -------
    resized(object)
        The tree (`Node`) with the shares that the user gave it.
    """

    resized = Signal(object)

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self._node: Node | None = None
        self._root: QWidget | None = None
        self._splitters: dict[QSplitter, Split] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def arrange(self, node: Node, shown: Sequence[int]) -> None:
        """Show a tree; of its places only those in `shown`."""
        if node != self._node and node != self._as_dragged():
            self._build(node)
        self._node = node
        for pane in leaves(node):
            self._panes[pane].setVisible(pane in shown)
        for splitter, split in self._splitters.items():
            splitter.setVisible(any(pane in shown for pane in leaves(split)))

    def clear(self) -> None:
        """Give the places back."""
        for pane in leaves(self._node) if self._node is not None else ():
            if self.isAncestorOf(self._panes[pane]):
                self._panes[pane].setParent(None)
        self._node = None

    def _build(self, node: Node) -> None:
        old = self._root
        for pane in leaves(self._node) if self._node is not None else ():
            # What stays is taken over by the new splitters; what goes must not be deleted with the old ones.
            if self.isAncestorOf(self._panes[pane]) and pane not in leaves(node):
                self._panes[pane].hide()
                self._panes[pane].setParent(None)
        self._splitters = {}
        self._root = self._made(node)
        self._box.addWidget(self._root)
        if old is not None and not any(old is pane for pane in self._panes):
            old.hide()
            old.deleteLater()

    def _made(self, node: Node) -> QWidget:
        if isinstance(node, int):
            return self._panes[node]
        splitter = QSplitter(Qt.Orientation.Horizontal if node.beside else Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(HANDLE)
        for part in node.parts:
            splitter.addWidget(self._made(part))
        splitter.setSizes([round(WHOLE * share) for share in node.shares])
        splitter.splitterMoved.connect(lambda *_: self.resized.emit(self._as_dragged()))
        self._splitters[splitter] = node
        return splitter

    def _as_dragged(self) -> Node | None:
        """The tree with the shares that are on screen."""

        def read(widget: QWidget | None, node: Node) -> Node:
            if isinstance(node, int) or not isinstance(widget, QSplitter):
                return node
            sizes = widget.sizes()
            total = sum(sizes)
            parts = tuple(read(widget.widget(at), part) for at, part in enumerate(node.parts))
            if total == 0 or not all(sizes):
                return Split(node.beside, parts, node.shares)
            return Split(node.beside, parts, tuple(round(size / total, 4) for size in sizes))

        return read(self._root, self._node) if self._node is not None else None


class ViewportWindow(QWidget):
    """A window of its own with viewports, for another monitor.

    Signals
    -------
    closed()
        The user closed it: its places go back to the main window.
    """

    closed = Signal()

    def __init__(self, panes: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Bocage: viewports"))
        self.area = SplitArea(panes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self.resize(1000, 900)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the places back to the main window."""
        event.accept()
        # After this event: the places must not be taken out of a window that is being closed.
        QTimer.singleShot(0, self.closed.emit)


class ViewportGrid(SplitArea):
    """The main window's viewports, and the windows beside it.

    Signals
    -------
    root_resized(object), outside_resized(int, object)
        The user moved a border: the tree with its new shares.
    outside_closed(int)
        Another window was closed by the user.
    """

    outside_resized = Signal(int, object)
    outside_closed = Signal(int)

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(panes, parent)
        self.windows: list[ViewportWindow] = []
        self.opened: Callable[[ViewportWindow, int], None] = lambda *_: None
        """Called with a new window and its number, before it is shown."""

    def arrange_all(self, layout: Layout, shown: Sequence[int]) -> None:
        """Show the places of a layout that are in `shown`."""
        while len(self.windows) > len(layout.outside):
            window = self.windows.pop()
            window.area.clear()
            window.hide()
            window.deleteLater()
        self.arrange(layout.root, shown)
        for number, node in enumerate(layout.outside):
            if number == len(self.windows):
                window = ViewportWindow(self._panes, self.window())
                window.area.resized.connect(lambda tree, number=number: self.outside_resized.emit(number, tree))
                window.closed.connect(lambda number=number: self.outside_closed.emit(number))
                self.windows.append(window)
                self.opened(window, number)
            self.windows[number].area.arrange(node, shown)
            self.windows[number].show()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        for window in self.windows:
            window.setWindowTitle(tr("Bocage: viewports"))

    def geometries(self) -> list[QByteArray]:
        """Where the windows beside the main one stand."""
        return [window.saveGeometry() for window in self.windows]
