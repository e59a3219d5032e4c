"""``bocage echo``, ``find``, ``get`` and ``send``: servers from the command line.

A server is named as it is in the window's list, or given as ``AE@host:port``, or as the address of a DICOMweb server.
The password of a DICOMweb server comes from the system's keyring, or from the environment (`PASSWORD`): what stands on
a command line can be read by others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli.terminal import printable, progress_bar
from app.dicom.net.client import Client, connect
from app.dicom.net.credentials import Credentials
from app.dicom.net.nodes import OWN_TITLE, Node, NodeStore
from app.dicom.net.query import FoundStudy, Query
from app.settings import default_path
from recon.errors import BocageError, Cancelled
from recon.messages import said

PASSWORD = "BOCAGE_PASSWORD"
_ADDRESS = re.compile(r"(?P<ae>[^@]{1,16})@(?P<host>\[[^\]]+\]|[^:@]+):(?P<port>\d{1,5})")


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line.

    Attributes
    ----------
    server : str
    calling_ae : str
        Replaces the one in the list; "" leaves it.
    user : str
        For a DICOMweb server given by its address.
    """

    server: str
    calling_ae: str = ""
    user: str = ""


class _Given:
    """A keyring that knows the password in the environment."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def get_password(self, *_: Any) -> str:
        """The password."""
        return self._secret


def server(asked: Asked) -> Node:
    """The server that is meant.

    Raises
    ------
    BocageError
        When none of that name is in the list, and it is no address.
    """
    from dataclasses import replace

    nodes = NodeStore(default_path().parent).nodes
    node = next((node for node in nodes if asked.server in (node.id, node.title)), None)
    if node is None:
        node = _from_address(asked)
    if node is None:
        known = ", ".join(node.name for node in nodes) or said("none")
        raise BocageError(
            said(
                "{0}: no such server is in the list ({1}), and it is no address. Write AE@host:port or https://….",
                asked.server,
                known,
            )
        )
    return replace(node, calling_ae=asked.calling_ae) if asked.calling_ae else node


def _from_address(asked: Asked) -> Node | None:
    if asked.server.startswith(("http://", "https://")):
        login = "basic" if asked.user else "none"
        return Node(id=asked.server, kind="web", url=asked.server, authentication=login, user=asked.user)
    found = _ADDRESS.fullmatch(asked.server)
    if found is None:
        return None
    host = found["host"].strip("[]")
    return Node(id=asked.server, host=host, port=int(found["port"]), called_ae=found["ae"], calling_ae=OWN_TITLE)


def client_of(node: Node) -> Client:
    """A client of a server, with the password from the environment or the keyring."""
    given = os.environ.get(PASSWORD)
    return connect(node, Credentials(_Given(given)) if given else Credentials())


def echo(asked: Asked) -> int:
    """Ask a server whether it is there."""
    node = server(asked)
    with progress_bar() as progress:
        ms = client_of(node).echo(progress)
    print(f"{node.name} answers, after {ms:.0f} ms.{'' if node.encrypted else ' The connection is not encrypted.'}")
    return 0


def find(asked: Asked, query: Query, *, patient: bool = False) -> int:
    """Print the studies of a server. No patient data unless asked for."""
    node = server(asked)
    if query.is_empty:
        raise BocageError(said("Say what to look for: a name, an ID, a date, a modality."))
    with progress_bar() as progress:
        client = client_of(node)
        try:
            studies = client.studies(query, progress)
        finally:
            client.close()
    for study in sorted(studies, key=lambda study: (study.date, study.time)):
        print(printable("  ".join(part for part in _parts(study, patient=patient) if part)))
    if not studies:
        print("No study was found.")
    return 0


def _parts(study: FoundStudy, *, patient: bool) -> tuple[str, ...]:
    count = f"{study.count} objects" if study.count else ""
    who = (study.patient_name, study.patient_id) if patient else ()
    return (study.uid, study.date, ",".join(study.modalities), count, study.description, *who)


def get(asked: Asked, study: str, output: Path) -> int:
    """Fetch a study into a folder; what is there already is not fetched again."""
    from app.dicom.net.retrieving import Fetching, retrieve
    from app.dicom.net.spool import Spool

    node = server(asked)
    with progress_bar() as progress:

        def told(state: Fetching) -> None:
            progress.step(state.fraction, f"{state.there} of {state.wanted}")

        client = client_of(node)
        try:
            found = retrieve(client, study, Spool(output), progress, told=told)
        except Cancelled:
            raise Cancelled("cancelled; what arrived is kept, and the same command goes on from there.") from None
        finally:
            client.close()
    print(f"{found.there} of {found.wanted} objects are in {found.folder}.")
    if not found.complete:
        raise BocageError(found.text)
    return 0


def send(asked: Asked, paths: Sequence[Path]) -> int:
    """Send files and folders to a server; says of each that it did not store why."""
    from app.dicom.net.objects import SendObject, look
    from app.dicom.net.queue import files_in
    from app.dicom.net.storing import Answer
    from app.imports import prepare_dicom

    prepare_dicom()
    node = server(asked)
    objects: list[SendObject] = []
    problems: list[str] = []
    for path in files_in(paths):
        try:
            objects.append(look(path))
        except BocageError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{path.name}: cannot be read ({error.strerror}).")
    stored = 0

    with progress_bar() as progress:

        def answered(found: SendObject, answer: Answer) -> None:
            nonlocal stored
            stored += answer.stored
            if not answer.stored:
                problems.append(f"{found.path.name}: {answer.text}")
            progress.step(stored / len(objects), f"{stored} of {len(objects)}")

        client = client_of(node)
        try:
            client.send(objects, answered, progress)
        except Cancelled:
            raise Cancelled(f"cancelled; the server stored {stored} of {len(objects)} objects.") from None
        finally:
            client.close()
    for problem in problems:
        print(printable(problem))
    print(f"{node.name} stored {stored} of {len(objects)} objects.")
    if stored < len(objects) or not objects:
        raise BocageError(said("Not everything was stored. Sending again does no harm: what is there stays once."))
    return 0
