"""Keys, mouse, about."""

from __future__ import annotations

from app.actions.help import LANGUAGE_CHOICES
from app.window.handlers.group import Group, Handler


class HelpHandlers(Group):
    """Keys, mouse, about."""

    def table(self) -> dict[str, Handler]:
        """The handlers, those of the languages among them."""
        return {**super().table(), **{f"language_{name}": self._language(name) for name in LANGUAGE_CHOICES}}

    def _language(self, name: str) -> Handler:
        def choose(_checked: bool = True) -> None:
            self._window.settings.change(language=name)
            self._window.apply_settings()

        return choose

    def _do_shortcuts(self) -> None:
        from app.window.help_page import HelpPage

        self._window.pages.show("help", lambda window: HelpPage(window.keys, window))

    def _do_palette(self) -> None:
        self._window.palette_box.open()

    def _do_edit_shortcuts(self) -> None:
        from app.window.shortcuts_page import ShortcutsPage

        self._window.pages.show(
            "shortcuts", lambda window: ShortcutsPage(window.settings, window.apply_settings, window)
        )

    def _do_about(self) -> None:
        from app.about import AboutPage

        self._window.pages.show("about", AboutPage)
