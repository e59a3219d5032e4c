"""Everything the user can do, as data: menus, toolbar, viewport menu and help page are drawn from `ACTIONS`.

One file holds the actions of one subject; the handler of each stands in the file of the same name in
`app.window.handlers`.
"""

from __future__ import annotations

from app.actions import (
    cine,
    compare,
    display,
    edit,
    export,
    file,
    findings,
    geometry,
    image,
    measure,
    network,
    point,
    slices,
    table,
    tools,
    view,
    worklist,
)
from app.actions import help as helping
from app.actions.base import Action, Context, Need
from recon.messages import mark

__all__ = ["ACTIONS", "MENUS", "MOUSE", "SUBMENUS", "Action", "Context", "Need", "by_id"]

MENUS: tuple[tuple[str, str], ...] = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("tools", "&Tools"),
    ("measure", "&Measure"),
    ("image", "&Image"),
    ("slices", "&Slices"),
    ("view", "&View"),
    ("network", "&Network"),
    ("help", "&Help"),
)


SUBMENUS: dict[str, str] = {
    "geometry": mark("&Geometry"),
    "compare": mark("Com&parison"),
    "layout": mark("&Arrangement"),
    "links": mark("Lin&ked"),
    "language": mark("&Language"),
}

ACTIONS: tuple[Action, ...] = (
    *file.ACTIONS[:3],
    *worklist.ACTIONS,
    *(action for action in file.ACTIONS[3:-1] if action.id != "export_slices"),
    *geometry.ACTIONS,
    *(action for action in file.ACTIONS if action.id == "export_slices"),
    *(action for action in (*export.ACTIONS, *findings.ACTIONS) if action.group == "file"),
    *file.ACTIONS[-1:],
    *edit.ACTIONS,
    *(action for action in export.ACTIONS if action.group == "edit"),
    *tools.ACTIONS[:4],
    display.TOOL,
    point.TOOL,
    *tools.ACTIONS[4:],
    *point.ACTIONS,
    *measure.ACTIONS,
    *(action for action in findings.ACTIONS if action.group == "measure"),
    *table.ACTIONS,
    *image.ACTIONS,
    *display.IMAGE,
    *slices.ACTIONS[:9],
    *cine.ACTIONS,
    *slices.ACTIONS[9:],
    *point.PICTURES,
    *view.ACTIONS[:2],
    *display.VIEW,
    *view.ACTIONS[2:],
    *compare.ACTIONS,
    *display.MONITORS,
    *network.ACTIONS,
    *helping.ACTIONS,
)

MOUSE: tuple[tuple[str, str], ...] = (
    ("Left drag", "The chosen tool; at the start: window (right is wider, down is brighter)"),
    ("Ctrl + left drag", "Window, 2.5 times as fast"),
    ("Alt + click", "Mark the point in all pictures; on a radiograph find its height"),
    ("Middle drag", "Pan"),
    ("Right drag", "Zoom about the pressed point"),
    ("Right click", "Menu"),
    ("Wheel", "Slices, one interval a step"),
    ("Shift + wheel", "Slices, five intervals a step"),
    ("Ctrl + wheel", "Zoom about the pointer"),
    ("Alt + wheel", "Slice thickness"),
    ("Double click", "Maximise the viewport, and back"),
    ("Drag on the ruler", "Height"),
    ("Drag a handle", "Change a measurement, with any tool"),
    ("Drag the outline", "Move the selected measurement; with Ctrl a copy of it"),
    ("Double click on a measurement", "Edit its label"),
    ("Arrow keys", "Move the measurement that was clicked by one pixel of the source, with Shift by ten"),
    ("Enter, Backspace, Escape", "While drawing: end, take the last point back, give up"),
    ("Drag the line of a comparison", "Move it: the lower picture is left of it or above"),
    ("Shift + drop a series", "Lay it over the picture there, to compare"),
    ("Drop files or folders", "Open them"),
)


def by_id(identity: str) -> Action:
    """The action with this id."""
    return next(action for action in ACTIONS if action.id == identity)
