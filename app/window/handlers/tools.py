"""What the left mouse button does."""

from __future__ import annotations

from collections.abc import Callable

from app.actions import ACTIONS
from app.window.handlers.group import Group, Handler
from widgets.viewport_types import Tool


class ToolHandlers(Group):
    """What the left mouse button does."""

    def table(self) -> dict[str, Handler]:
        """The handlers, those of the tools among them."""
        tools = (action.id for action in ACTIONS if action.id.startswith("tool_"))
        return {**super().table(), **{name: self._tool(Tool(name.removeprefix("tool_"))) for name in tools}}

    def _tool(self, tool: Tool) -> Callable[..., None]:
        return lambda _checked=True: self._window.set_tool(tool)

    def _do_default_tool(self) -> None:
        """One step back: the drawing, the mark, what was clicked, the tool, the full screen, the maximised view."""
        window = self._window
        if window.cancel_drawing() or window.geometry_flow.keep_present():
            return
        if window.points.clear():
            return
        if window.active_pane.viewport.let_go():
            return
        if window.tool is not Tool.WINDOW:
            window.set_tool(Tool.WINDOW)
        elif window.isFullScreen():
            window.set_full_screen(False)
        elif window.session.maximised is not None:
            window.session.set_maximised(None)
        else:
            window.active_pane.viewport.select_measurement("")
