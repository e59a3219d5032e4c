"""All measurements in one table."""

from __future__ import annotations

from app.actions.base import Action
from recon.messages import mark

ACTIONS: tuple[Action, ...] = (
    Action(
        "measurement_table",
        mark("Measurement &Table"),
        "measure",
        ("Ctrl+Shift+T",),
        "",
        mark("Show all measurements: jump, rename, remove, export; profile and histogram of the selected one"),
    ),
)
