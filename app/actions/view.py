"""Zoom, links, arrangement."""

from __future__ import annotations

from app.actions.base import PICTURE, SLICES, TWO, Action, Need
from app.reading.layout import PANES
from recon.messages import mark

GRIDS = ((1, 1), (1, 2), (2, 1), (1, 3), (1, 4), (2, 2), (2, 3), (3, 2), (3, 3))
"""Rows and columns of the arrangements that have a name."""
ON_TOOLBAR = ((1, 1), (1, 2), (2, 2))
ROOM = Need(lambda c: c.viewports < PANES, mark("there are as many viewports as can be shown"))
SEVERAL_VIEWPORTS = Need(lambda c: c.viewports > 1, mark("it is the only viewport"))


def _grid(rows: int, columns: int) -> Action:
    number = rows * columns
    return Action(
        f"layout_{rows}x{columns}",
        f"{rows} × {columns}",
        "view",
        (f"Ctrl+Alt+{number}",) if (rows, columns) not in ((2, 1), (1, 4), (3, 2)) else (),
        f"layout_{rows}x{columns}",
        mark("Rows and columns of viewports"),
        checkable=True,
        toolbar=(rows, columns) in ON_TOOLBAR,
        separated=(rows, columns) == (1, 1),
        submenu="layout",
    )


def _link(name: str, text: str, tip: str) -> Action:
    return Action(f"link_{name}", text, "view", (), "", tip, (TWO,), checkable=True, submenu="links")


ACTIONS: tuple[Action, ...] = (
    Action("fit", "&Fit", "view", ("F",), "fit", "The whole picture", (PICTURE,), toolbar=True, context=True),
    Action(
        "one_to_one",
        "&One to One",
        "view",
        ("Ctrl+1",),
        "one_to_one",
        "One pixel of the picture on one of the screen",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    Action("zoom_in", "Zoom &In", "view", ("+", "="), "zoom_in", "Larger", (PICTURE,), in_viewport=True),
    Action("zoom_out", "Zoom O&ut", "view", ("-",), "zoom_out", "Smaller", (PICTURE,), in_viewport=True),
    Action(
        "link",
        "&Link Pictures",
        "view",
        ("K",),
        "link",
        "What is linked goes together in all viewports: height, pan and zoom, cursor, through the geometry",
        (TWO,),
        checkable=True,
        toolbar=True,
        separated=True,
    ),
    _link("height", "&Height", "The slices go to the same height"),
    _link("pan_zoom", "&Pan and Zoom", "The same place in the same size"),
    _link("window", "&Window", "Pictures of the same kind take over the same window"),
    _link("cine", "&Cine", "Cine plays them together"),
    _link("cursor", "Curso&r", "The point under the pointer is marked"),
    Action(
        "link_here",
        "Link Heights As &Shown",
        "view",
        ("Ctrl+L",),
        "",
        "Take the heights on screen as the same place, and keep their offset: for examinations without a common frame",
        (TWO, SLICES),
        submenu="links",
        separated=True,
    ),
    Action(
        "unlink_offset",
        "Forget the &Offset",
        "view",
        (),
        "",
        "The active picture's heights are linked without an offset again",
        (SLICES,),
        submenu="links",
    ),
    *(_grid(rows, columns) for rows, columns in GRIDS),
    Action(
        "split_right",
        "Split to the &Right",
        "view",
        ("Ctrl+Alt+Right",),
        "split_right",
        "A new viewport beside the active one",
        (ROOM,),
        separated=True,
        submenu="layout",
    ),
    Action(
        "split_below",
        "Split &Below",
        "view",
        ("Ctrl+Alt+Down",),
        "split_below",
        "A new viewport below the active one",
        (ROOM,),
        submenu="layout",
    ),
    Action(
        "close_viewport",
        "&Close Viewport",
        "view",
        ("Ctrl+W",),
        "close_viewport",
        "Take the active viewport away; its neighbours get its room",
        (SEVERAL_VIEWPORTS,),
        submenu="layout",
    ),
    Action(
        "move_out",
        "To a Window of Its &Own, or Back",
        "view",
        ("Ctrl+Alt+W",),
        "move_out",
        "Put the active viewport into a window of its own, for another monitor, or back",
        (SEVERAL_VIEWPORTS,),
        submenu="layout",
    ),
    Action(
        "hanging_protocols",
        "Han&ging Protocols…",
        "view",
        ("Ctrl+Shift+H",),
        "",
        "Keep the present arrangement as a protocol for such studies, and look after those there are",
    ),
    Action(
        "duplicate_slices",
        "&Duplicate Slices",
        "view",
        ("Ctrl+D",),
        "duplicate",
        "Show the slices once more, with thickness, algorithm and window of their own",
        (SLICES,),
    ),
    Action(
        "next_viewport",
        "&Next Viewport",
        "view",
        ("Tab",),
        "",
        "Make the next viewport the active one",
        in_viewport=True,
    ),
    Action(
        "previous_viewport",
        "Pre&vious Viewport",
        "view",
        ("Shift+Tab",),
        "",
        "Make the previous viewport the active one",
        in_viewport=True,
    ),
    Action(
        "maximise",
        "&Maximise Viewport",
        "view",
        ("M",),
        "maximise",
        "The active one alone, and back (double click)",
        checkable=True,
        context=True,
    ),
    Action("overlay", "Text in the &Corners", "view", ("O",), "overlay", "Full, minimal, none", separated=True),
    Action(
        "full_screen", "F&ull Screen", "view", ("F11",), "full_screen", "The whole screen, and back", checkable=True
    ),
)
