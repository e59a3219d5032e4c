"""Keys, mouse, about."""

from __future__ import annotations

from app.actions.base import Action
from recon.messages import mark
from widgets.languages import LANGUAGES, SYSTEM

LANGUAGE_CHOICES = {SYSTEM: mark("As the Computer"), **LANGUAGES}

ACTIONS: tuple[Action, ...] = (
    Action("palette", "&Command Palette…", "help", ("Ctrl+K",), "search", "Find everything that can be done by typing"),
    Action(
        "shortcuts", "&Keys and Mouse", "help", ("F1", "?"), "help", "All keys and what the mouse does", toolbar=True
    ),
    Action("edit_shortcuts", "&Change Keys…", "help", (), "", "Choose which keys do what"),
    *(
        Action(
            f"language_{name}",
            title,
            "help",
            tip=mark("The language of the window, at once"),
            checkable=True,
            choice="language",
            submenu="language",
        )
        for name, title in LANGUAGE_CHOICES.items()
    ),
    Action("about", "&About Bocage", "help", (), "", "Version, licence, sources of the demonstration data"),
)
