"""Grey levels and the way round."""

from __future__ import annotations

from app.actions.base import PICTURE, Action, Need


def _preset(number: int) -> Action:
    need = Need(lambda c: c.presets >= number, "this picture has no window with this number")
    return Action(
        f"preset_{number}", f"Window {number}", "image", (str(number),), "", "Window from the file or a preset", (need,)
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "auto_window",
        "&Automatic Window",
        "image",
        ("0",),
        "auto_window",
        "Window over the values in the body",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    *(_preset(number) for number in range(1, 10)),
    Action(
        "invert",
        "&Invert",
        "image",
        ("I",),
        "invert",
        "Exchange black and white",
        (PICTURE,),
        checkable=True,
        toolbar=True,
        context=True,
        separated=True,
    ),
    Action(
        "flip_horizontal",
        "Flip &Horizontally",
        "image",
        ("H",),
        "flip_horizontal",
        "Exchange left and right on the screen; the letters follow",
        (PICTURE,),
        toolbar=True,
        context=True,
        separated=True,
    ),
    Action(
        "flip_vertical",
        "Flip &Vertically",
        "image",
        ("V",),
        "flip_vertical",
        "Exchange top and bottom on the screen; the letters follow",
        (PICTURE,),
        context=True,
    ),
    Action(
        "rotate_right",
        "&Rotate Right",
        "image",
        ("R",),
        "rotate_right",
        "A quarter turn clockwise",
        (PICTURE,),
        toolbar=True,
        context=True,
    ),
    Action(
        "rotate_left",
        "Rotate &Left",
        "image",
        ("Shift+R",),
        "rotate_left",
        "A quarter turn anticlockwise",
        (PICTURE,),
        context=True,
    ),
    Action(
        "reset_orientation", "&Original Orientation", "image", (), "", "No flips and no turns", (PICTURE,), context=True
    ),
)
