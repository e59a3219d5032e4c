"""One amber line above the pictures while anything of the geometry is assumed; a click shows the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.window.geometry_dock import sweep_of
from recon.provenance import TITLES, Source, assumed
from widgets.translation import tr

if TYPE_CHECKING:
    from app.main_window import MainWindow

NAMED = 4
"""So many numbers are named; the panel names them all."""


class GeometryBanner(QWidget):
    """Says which numbers of the projections on screen are assumed or nominal."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.setObjectName("geometryBanner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_numbers = QPushButton()
        self.show_numbers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_numbers.clicked.connect(self._show_panel)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 3, 8, 3)
        box.addWidget(self.label, 1)
        box.addWidget(self.show_numbers)
        session = window.session
        session.picture_changed.connect(lambda _: self.refresh())
        session.active_changed.connect(lambda _: self.refresh())
        session.reading_changed.connect(lambda *_: self.refresh())
        session.maximised_changed.connect(self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew, in the language in use."""
        self.show_numbers.setText(tr("Show Geometry"))
        self.refresh()

    def refresh(self) -> None:
        """Say what is assumed of the projections on screen, or hide."""
        picture = sweep_of(self._window)
        projections = picture.projections if picture is not None else None
        found = assumed(projections.sources) if projections is not None else ()
        self.setVisible(bool(found))
        if not found:
            return
        names = [tr(TITLES[item.name]) for item in found]
        listed = ", ".join(names[:NAMED])
        if len(names) > NAMED:
            listed = tr("{0} and {1} more", listed, len(names) - NAMED)
        nominal = any(item.source is Source.PRESET for item in found)
        text = tr("Geometry nominal or assumed: {0}", listed) if nominal else tr("Geometry assumed: {0}", listed)
        self.label.setText(text)
        self.setToolTip(tr("Click to see every number with its source, and to correct it"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the numbers."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._show_panel()

    def _show_panel(self) -> None:
        self._window.docks.show("geometry")
