"""Servers: asking, fetching, sending."""

from __future__ import annotations

from app.window.handlers.group import Group


class NetworkHandlers(Group):
    """Servers: asking, fetching, sending."""

    def _do_query(self) -> None:
        self._window.network.show_query()

    def _do_priors(self) -> None:
        self._window.network.show_priors()

    def _do_send_study(self) -> None:
        self._window.network.send_study(self._window.opening.study)

    def _do_send_queue(self) -> None:
        self._window.network.show_queue()

    def _do_servers(self) -> None:
        self._window.network.show_servers()

    def _do_receiver(self) -> None:
        self._window.receiver.show_page()
