"""Measuring and annotating: a tool for every kind of the table, and what is done with measurements."""

from __future__ import annotations

from app.actions.base import CALIBRATED, COPIED, LINE_SELECTED, PICTURE, RADIOGRAPH, SELECTED, TWO, Action
from recon.messages import mark
from widgets.measurements import FAMILIES, MARKER, Kind


def _tool(kind: Kind, *, separated: bool) -> Action:
    return Action(
        f"tool_{kind.tool.value}",
        kind.title,
        "measure",
        kind.shortcuts,
        kind.icon,
        kind.tip,
        (RADIOGRAPH,) if kind.name == MARKER else (),
        checkable=True,
        choice="tool",
        separated=separated,
        drop_down="measure",
    )


ACTIONS: tuple[Action, ...] = (
    *(
        _tool(kind, separated=index == 0 or kind.name == MARKER)
        for family in FAMILIES
        for index, kind in enumerate(family)
    ),
    Action(
        "calibrate_selected",
        mark("Calibrate from &Selected"),
        "measure",
        (),
        "",
        mark("Take the selected length or ellipse as the marker, and ask for its true size"),
        (RADIOGRAPH, LINE_SELECTED),
    ),
    Action(
        "remove_calibration",
        mark("&Remove Calibration"),
        "measure",
        (),
        "",
        mark("Take the marker's scale away"),
        (CALIBRATED,),
    ),
    Action(
        "edit_label",
        mark("Edit &Label"),
        "measure",
        ("F2",),
        "",
        mark("Write beside the selected measurement"),
        (SELECTED,),
        context=True,
        separated=True,
    ),
    Action(
        "copy_measurement",
        mark("&Copy Measurement"),
        "measure",
        ("Ctrl+C",),
        "",
        mark("Copy the selected one, and its values as text"),
        (SELECTED,),
        in_viewport=True,
    ),
    Action(
        "paste_measurement",
        mark("&Paste Measurement"),
        "measure",
        ("Ctrl+V",),
        "",
        mark("Put the copied one into the active picture, at the slice that is shown"),
        (PICTURE, COPIED),
        in_viewport=True,
    ),
    Action(
        "copy_to_viewports",
        mark("Copy to the &Other Viewports"),
        "measure",
        ("Ctrl+Shift+D",),
        "",
        mark("The same place in every other picture, at the same height"),
        (SELECTED, TWO),
        context=True,
    ),
)
