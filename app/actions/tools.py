"""What the left mouse button does."""

from __future__ import annotations

from app.actions.base import Action


def _tool(name: str, text: str, keys: tuple[str, ...], tip: str, separated: bool = False) -> Action:
    return Action(
        f"tool_{name}", text, "tools", keys, name, tip, checkable=True, choice="tool", toolbar=True, separated=separated
    )


ACTIONS: tuple[Action, ...] = (
    _tool("window", "&Window", ("W",), "Drag: right is wider, down is brighter"),
    _tool("pan", "&Pan", ("P", "T"), "Drag the picture (also with the middle button)"),
    _tool("zoom", "&Zoom", ("Z",), "Drag to zoom about the pressed point (also with the right button)"),
    _tool("scroll", "&Scroll Slices", ("S",), "Drag up and down through the heights"),
    Action(
        "default_tool",
        "&Back to Window",
        "tools",
        ("Esc",),
        "",
        "Stop drawing, leave full screen or maximised view",
        separated=True,
    ),
)
