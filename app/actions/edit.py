"""Undo, measurements, preferences."""

from __future__ import annotations

from app.actions.base import CAN_REDO, CAN_UNDO, MEASURED, SELECTED, Action

ACTIONS: tuple[Action, ...] = (
    Action("undo", "&Undo", "edit", ("Ctrl+Z",), "undo", "Take the last change back", (CAN_UNDO,), toolbar=True),
    Action(
        "redo",
        "&Redo",
        "edit",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        "Do again what was taken back",
        (CAN_REDO,),
        toolbar=True,
    ),
    Action(
        "remove_measurement",
        "Remove &Measurement",
        "edit",
        ("Del", "Backspace"),
        "",
        "Remove the selected one",
        (SELECTED,),
        context=True,
        separated=True,
        in_viewport=True,
    ),
    Action(
        "remove_all_measurements",
        "Remove &All Measurements",
        "edit",
        (),
        "",
        "Remove every measurement of the active picture",
        (MEASURED,),
        context=True,
    ),
    Action("preferences", "&Preferences…", "edit", ("Ctrl+,",), "", "Settings that are remembered", separated=True),
)
