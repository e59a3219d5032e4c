"""Points: marking one everywhere, finding its height, and pictures made of the projections."""

from __future__ import annotations

from app.actions.base import PICTURE, SWEEP, Action, Need
from recon.messages import mark

PIN = Need(lambda c: c.pin, mark("no point is marked"))

TOOL = Action(
    "tool_point",
    mark("Poin&t"),
    "tools",
    ("X",),
    "point",
    mark(
        "Click: mark a point in all pictures; on a radiograph or projection its height is found by sharpness "
        "(also Alt + click with any tool)"
    ),
    checkable=True,
    choice="tool",
    toolbar=True,
)

ACTIONS: tuple[Action, ...] = (
    Action(
        "find_in_depth",
        mark("&Find in Depth"),
        "tools",
        ("Shift+X",),
        "crosshair",
        mark("Mark the point under the pointer in all pictures; on a radiograph or projection its height is found"),
        (PICTURE,),
        context=True,
        separated=True,
    ),
    Action(
        "remove_pin", mark("Re&move the Mark"), "tools", (), "", mark("Take the marked point away (Escape)"), (PIN,)
    ),
)

PICTURES: tuple[Action, ...] = (
    Action(
        "hang_views",
        mark("Sh&ow Views of the Sweep"),
        "slices",
        ("Ctrl+Shift+P",),
        "projections",
        mark("Scroll or play through the projections themselves in the active viewport"),
        (SWEEP,),
        separated=True,
    ),
    Action(
        "hang_synthetic",
        mark("Show S&ynthetic 2-D"),
        "slices",
        ("Ctrl+Shift+Y",),
        "radiograph",
        mark("A radiograph computed from the sweep in the active viewport; it is not an exposure"),
        (SWEEP,),
    ),
)
