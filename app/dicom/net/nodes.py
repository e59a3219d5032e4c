"""The servers that the user entered, as values and in a file beside the settings.

Passwords and tokens are never part of it: see `app.dicom.net.credentials`.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.dicom.receive.settings import is_ae_title
from app.replacing import replacing
from recon.messages import mark, said

FILE_NAME = "servers.json"
VERSION = 1
OWN_TITLE = "BOCAGE"
UNWRITABLE = mark("{0}: the list of servers cannot be written ({1}).")

KINDS: dict[str, str] = {"dimse": mark("DICOM (DIMSE)"), "web": mark("DICOMweb")}
RETRIEVES: dict[str, str] = {"get": mark("C-GET"), "move": mark("C-MOVE to this computer")}
AUTHENTICATIONS: dict[str, str] = {
    "none": mark("None"),
    "basic": mark("User and password"),
    "bearer": mark("Token (Bearer)"),
}


@dataclass(frozen=True)
class Node:
    """A server.

    Attributes
    ----------
    id : str
        Names it in the queue and in the keyring, whatever its title.
    title : str
        What the user calls it.
    kind : str
        "dimse" or "web".
    host, port, called_ae, calling_ae :
        Of a DIMSE server; `calling_ae` is our own AE title there.
    retrieve : str
        "get" or "move": how objects are fetched from a DIMSE server.
    tls : bool
        DIMSE over TLS. A DICOMweb address says so itself (https).
    commitment : bool
        Whether a DIMSE server is asked to commit itself to what was sent (PS3.4 annex J).
    answer_port : int
        The port that the server knows for our AE, where it may report that later; 0 hears only reports on the
        association of the question.
    url : str
        The root of a DICOMweb server; `qido`, `wado` and `stow` replace it where a server has several.
    authentication : str
        "none", "basic" or "bearer".
    user : str
        For "basic".
    authorities : str
        File with certificates (PEM) that the server's must be signed by; "" takes the system's.
    certificate, key : str
        Files (PEM) of our own certificate, where the server wants one.
    check_name : bool
        Whether the server's certificate must bear its name.
    """

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    title: str = ""
    kind: str = "dimse"
    host: str = ""
    port: int = 104
    called_ae: str = ""
    calling_ae: str = OWN_TITLE
    retrieve: str = "get"
    tls: bool = False
    commitment: bool = True
    answer_port: int = 0
    url: str = ""
    qido: str = ""
    wado: str = ""
    stow: str = ""
    authentication: str = "none"
    user: str = ""
    authorities: str = ""
    certificate: str = ""
    key: str = ""
    check_name: bool = True

    @property
    def is_web(self) -> bool:
        """Whether it is spoken to by DICOMweb."""
        return self.kind == "web"

    @property
    def name(self) -> str:
        """What it is called in sentences."""
        return self.title or self.address

    @property
    def address(self) -> str:
        """Where it is."""
        return self.url if self.is_web else f"{self.called_ae}@{self.host}:{self.port}"

    @property
    def encrypted(self) -> bool:
        """Whether what goes to it is encrypted."""
        return self.tls if not self.is_web else all(_scheme(url) == "https" for url in self.urls)

    @property
    def urls(self) -> tuple[str, ...]:
        """The DICOMweb addresses in use, for QIDO, WADO and STOW."""
        return tuple((own or self.url).rstrip("/") for own in (self.qido, self.wado, self.stow))

    def problem(self) -> str:
        """What is missing or cannot be, as a sentence; "" when the server can be asked."""
        if self.is_web:
            return self._web_problem()
        if not self.host.strip():
            return said("Enter the host name or address of the server.")
        if not 0 < self.port < 65536:
            return said("The port must lie between 1 and 65535; {0} does not.", self.port)
        if not 0 <= self.answer_port < 65536:
            return said("The port must lie between 1 and 65535; {0} does not.", self.answer_port)
        for title, whose in ((self.called_ae, said("of the server")), (self.calling_ae, said("of this computer"))):
            if not is_ae_title(title):
                return said("The AE title {0} must have 1 to 16 letters, digits or signs, without a backslash.", whose)
        if self.retrieve not in RETRIEVES:
            return said("The way to retrieve must be C-GET or C-MOVE.")
        return self._files_problem()

    def _web_problem(self) -> str:
        for url in self.urls:
            if _scheme(url) not in ("http", "https") or not urlsplit(url).hostname:
                return said("The address must begin with https:// or http:// and name a host.")
        if self.authentication not in AUTHENTICATIONS:
            return said("The way to log in must be none, user and password, or a token.")
        if self.authentication == "basic" and not self.user:
            return said("Enter the user's name at the server.")
        return self._files_problem()

    def _files_problem(self) -> str:
        for name in (self.authorities, self.certificate, self.key):
            if name and not Path(name).is_file():
                return said("{0}: the file of a certificate or key is not there. Choose it again.", name)
        if bool(self.certificate) != bool(self.key):
            return said("An own certificate needs its key, and a key its certificate.")
        return ""


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""


class NodeStore:
    """Reads and writes the list of servers.

    Parameters
    ----------
    folder : Path
        Where the settings are.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self.problem = ""
        """Why the file could not be read; "" when it could. It is then kept aside before anything is written."""
        self.last = ""
        """Id of the server that was sent to last."""
        self._nodes = self._load()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The servers, in the user's order."""
        return self._nodes

    def node(self, identity: str) -> Node | None:
        """The server with an id, or None when it was removed."""
        return next((node for node in self._nodes if node.id == identity), None)

    def save(self, node: Node) -> None:
        """Put a server into the list, in the place of the one with the same id.

        Raises
        ------
        BocageError
            When the file cannot be written.
        """
        if any(known.id == node.id for known in self._nodes):
            self._write(tuple(node if known.id == node.id else known for known in self._nodes))
        else:
            self._write((*self._nodes, node))

    def remove(self, identity: str) -> None:
        """Take a server out of the list."""
        self._write(tuple(node for node in self._nodes if node.id != identity))

    def remember(self, identity: str) -> None:
        """Remember the server that was sent to."""
        if identity != self.last:
            self.last = identity
            self._write(self._nodes)

    def _load(self) -> tuple[Node, ...]:
        try:
            content = json.loads(self.path.read_text("utf-8"))
            entries = content["servers"]
            self.last = str(content.get("last", ""))
            return tuple(node for entry in entries if (node := _understood(entry)) is not None)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError):
            self.problem = said("{0}: the list of servers cannot be read. Enter the servers again.", self.path)
            return ()

    def _write(self, nodes: Iterable[Node]) -> None:
        self._nodes = tuple(nodes)
        content = {
            "format": "bocage-servers",
            "version": VERSION,
            "last": self.last,
            "servers": [asdict(node) for node in self._nodes],
        }
        with replacing(self.path, UNWRITABLE) as part:
            if self.problem and self.path.exists():
                os.replace(self.path, self.path.with_suffix(".unreadable"))
                self.problem = ""
            # Readable by the user alone: it says where patients' images are.
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "w", encoding="utf-8") as file:
                json.dump(content, file, indent=1, ensure_ascii=False)


def _understood(entry: Any) -> Node | None:
    """A server as far as this version understands it; None when it is none."""
    if not isinstance(entry, dict):
        return None
    values: dict[str, Any] = {}
    for item in fields(Node):
        value = entry.get(item.name)
        kind = type(getattr(_EXAMPLE, item.name))
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            values[item.name] = value
    node = replace(_EXAMPLE, **values)
    return node if node.id != _EXAMPLE.id and node.kind in KINDS else None


_EXAMPLE = Node(id="-")
