"""How pictures are brought to the monitor: window by region and its function, interpolation, true size, calibration."""

from __future__ import annotations

from app.actions.base import PICTURE, Action, Need
from recon.messages import mark

SCALED = Need(lambda c: c.scaled, mark("nothing gives this picture a scale in millimetres"))
SHAPED = Need(lambda c: not c.table_window, mark("the window is a table from the file, which has a shape of its own"))

TOOL = Action(
    "tool_region",
    mark("Window by Re&gion"),
    "tools",
    ("G",),
    "window_region",
    mark("Drag a rectangle: the window is laid over the values in it"),
    checkable=True,
    choice="tool",
    toolbar=True,
)

IMAGE: tuple[Action, ...] = (
    Action(
        "sigmoid",
        mark("Sigmoid &Curve"),
        "image",
        ("Shift+W",),
        "",
        mark("Window with a curve that spares the brightest and darkest details, instead of a straight line"),
        (PICTURE, SHAPED),
        checkable=True,
        context=True,
    ),
    Action(
        "interpolation",
        mark("&Next Interpolation"),
        "image",
        ("Shift+I",),
        "",
        mark("Magnified pixels: bilinear, bicubic, Lanczos, or as squares"),
        (PICTURE,),
    ),
)

VIEW: tuple[Action, ...] = (
    Action(
        "true_size",
        mark("&True Size"),
        "view",
        ("Ctrl+2",),
        "true_size",
        mark("Life size on this monitor: at the slice's height; for radiographs in the plane that their scale is for"),
        (PICTURE, SCALED),
        toolbar=True,
        context=True,
    ),
)

MONITORS: tuple[Action, ...] = (
    Action(
        "display_size",
        mark("Measure Monitor Si&ze…"),
        "view",
        (),
        "",
        mark("With a ruler or a bank card, so that true size is true"),
        separated=True,
    ),
    Action(
        "display_calibration",
        mark("Calibrate Monitor &Greys…"),
        "view",
        (),
        "",
        mark("Test patterns, and calibration to the greyscale standard (DICOM PS3.14) with a luminance meter"),
    ),
)

ACTIONS: tuple[Action, ...] = (TOOL, *IMAGE, *VIEW, *MONITORS)
