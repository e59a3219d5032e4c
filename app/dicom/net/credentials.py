"""Passwords and tokens of servers: in the system's keyring where there is one, else in memory until the program ends.

They are never in a file of ours, and never in a log.
"""

from __future__ import annotations

import threading
from typing import Any

from app.dicom.net.nodes import Node
from recon.messages import said

SERVICE = "bocage"


class Credentials:
    """The secret of each server.

    Parameters
    ----------
    keyring : module or object, optional
        With ``get_password``, ``set_password`` and ``delete_password``; the system's if not given. Tests give their
        own.
    """

    def __init__(self, keyring: Any = None) -> None:
        self._keyring = keyring
        self._looked = keyring is not None
        self._session: dict[str, str] = {}
        self._lock = threading.Lock()

    def secret(self, node: Node) -> str:
        """The password or token of a server; "" when none is known."""
        with self._lock:
            if node.id in self._session:
                return self._session[node.id]
            keyring = self._system()
            if keyring is None:
                return ""
            try:
                return str(keyring.get_password(SERVICE, node.id) or "")
            except Exception:  # a keyring that is locked, or whose service has gone
                return ""

    def keep(self, node: Node, secret: str) -> bool:
        """Keep a server's secret; true when it is in the keyring, false when it is known for this session only."""
        with self._lock:
            self._session[node.id] = secret
            keyring = self._system()
            if keyring is None:
                return False
            try:
                keyring.set_password(SERVICE, node.id, secret)
            except Exception:
                return False
            return True

    def forget(self, node: Node) -> None:
        """Forget a server's secret everywhere."""
        with self._lock:
            self._session.pop(node.id, None)
            keyring = self._system()
            if keyring is not None:
                try:
                    keyring.delete_password(SERVICE, node.id)
                except Exception:  # it was not there
                    return

    def where(self) -> str:
        """Where secrets are kept, as a sentence. May ask the system: not for the GUI thread."""
        with self._lock:
            if self._system() is None:
                return said("This computer has no keyring: the password is kept in memory until Bocage is closed.")
            return said("The password is kept in the keyring of this computer.")

    def _system(self) -> Any:
        if not self._looked:
            self._looked = True
            self._keyring = _system_keyring()
        return self._keyring


def _system_keyring() -> Any:
    """The system's keyring; None where there is none that keeps anything."""
    try:
        import keyring
        from keyring.backends import fail, null

        found = keyring.get_keyring()
        return None if isinstance(found, fail.Keyring | null.Keyring) else keyring
    except Exception:  # no such package, or a backend that cannot be made
        return None
