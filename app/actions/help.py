"""Keys, mouse, about."""

from __future__ import annotations

from app.actions.base import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "shortcuts", "&Keys and Mouse", "help", ("F1", "?"), "help", "All keys and what the mouse does", toolbar=True
    ),
    Action("about", "&About Bocage", "help", (), "", "Version, licence, sources of the demonstration data"),
)
