"""Errors of the network: sentences that say which server, what failed and what to do."""

from __future__ import annotations

from recon.errors import BocageError


class NetworkError(BocageError):
    """Something between us and a server failed.

    Attributes
    ----------
    lasting : bool
        Whether trying again later is of no use before somebody changes something.
    """

    def __init__(self, text: str, *, lasting: bool = False) -> None:
        super().__init__(text)
        self.lasting = lasting


class NeedsPassword(NetworkError):
    """The server wants a password or token, and none is known in this session."""

    def __init__(self, text: str) -> None:
        super().__init__(text, lasting=True)
