"""What the actions do: one file for each file of actions (see `app.actions`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.window.handlers.cine import CineHandlers
from app.window.handlers.compare import CompareHandlers
from app.window.handlers.display import DisplayHandlers
from app.window.handlers.edit import EditHandlers
from app.window.handlers.export import ExportHandlers
from app.window.handlers.file import FileHandlers
from app.window.handlers.findings import FindingHandlers
from app.window.handlers.geometry import GeometryHandlers
from app.window.handlers.group import Handler
from app.window.handlers.help import HelpHandlers
from app.window.handlers.image import ImageHandlers
from app.window.handlers.measure import MeasureHandlers
from app.window.handlers.network import NetworkHandlers
from app.window.handlers.point import PointHandlers
from app.window.handlers.slices import SliceHandlers
from app.window.handlers.table import TableHandlers
from app.window.handlers.tools import ToolHandlers
from app.window.handlers.view import ViewHandlers
from app.window.handlers.worklist import WorklistHandlers

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Handlers:
    """The handlers of one main window, by subject."""

    def __init__(self, window: MainWindow) -> None:
        self.file = FileHandlers(window)
        self.export = ExportHandlers(window)
        self.findings = FindingHandlers(window)
        self.measurements = TableHandlers(window)
        self.geometry = GeometryHandlers(window)
        self.edit = EditHandlers(window)
        self.tools = ToolHandlers(window)
        self.point = PointHandlers(window)
        self.measure = MeasureHandlers(window)
        self.image = ImageHandlers(window)
        self.slices = SliceHandlers(window)
        self.cine = CineHandlers(window)
        self.view = ViewHandlers(window)
        self.compare = CompareHandlers(window)
        self.display = DisplayHandlers(window)
        self.network = NetworkHandlers(window)
        self.worklist = WorklistHandlers(window)
        self.help = HelpHandlers(window)

    def table(self) -> dict[str, Handler]:
        """The handler of every action by its id."""
        return {identity: handler for group in vars(self).values() for identity, handler in group.table().items()}
