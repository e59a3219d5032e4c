"""Keys, mouse, about."""

from __future__ import annotations

from app.actions.base import Action

ACTIONS: tuple[Action, ...] = (
    Action("palette", "&Command Palette…", "help", ("Ctrl+K",), "search", "Find everything that can be done by typing"),
    Action(
        "shortcuts", "&Keys and Mouse", "help", ("F1", "?"), "help", "All keys and what the mouse does", toolbar=True
    ),
    Action("edit_shortcuts", "&Change Keys…", "help", (), "", "Choose which keys do what"),
    Action("about", "&About Bocage", "help", (), "", "Version, licence, sources of the demonstration data"),
)
