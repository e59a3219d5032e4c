"""Undo, measurements, preferences."""

from __future__ import annotations

from app.window.handlers.group import Group


class EditHandlers(Group):
    """Undo, measurements, preferences."""

    def _do_undo(self) -> None:
        self._window.session.stack.undo()

    def _do_redo(self) -> None:
        self._window.session.stack.redo()

    def _do_remove_measurement(self) -> None:
        self._window.active_pane.viewport.remove_selected()

    def _do_remove_all_measurements(self) -> None:
        picture = self._window.session.active_picture
        if picture is not None:
            self._window.session.remove_measurements(picture.uid)

    def _do_preferences(self) -> None:
        from app.window.preferences import PreferencesPage

        self._window.pages.show(
            "preferences", lambda window: PreferencesPage(window.settings, window.apply_settings, window)
        )
