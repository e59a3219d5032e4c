"""One face for both kinds of server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.dicom.net.credentials import Credentials
from app.dicom.net.nodes import Node
from app.dicom.net.query import FoundObject, FoundSeries, FoundStudy, Query
from app.imports import prepare_dicom
from recon.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.dicom.net.objects import SendObject
    from app.dicom.net.spool import Spool
    from app.dicom.net.storing import Answer

_importing = threading.Lock()
Told = Callable[[int], object]
"""Told how many bytes went or came."""


class MoveTarget(Protocol):
    """A receiver of this computer that a server can send to."""

    @property
    def ae_title(self) -> str:
        """Its AE title, which the server must know."""

    @property
    def folder(self) -> Path:
        """Where it puts what arrives, as a `Spool` does."""


class Client(Protocol):
    """A server that can be asked, fetched from and sent to.

    Every method raises `NetworkError` with a sentence, and `Cancelled` at once when its `progress` is cancelled. None
    is for the GUI thread. A client is used by one thread; several clients of one server may be used at once.
    """

    node: Node

    def echo(self, progress: Progress = SILENT) -> float:
        """Ask whether it is there; milliseconds until the answer."""

    def studies(self, query: Query, progress: Progress = SILENT) -> list[FoundStudy]:
        """Studies, at most `app.dicom.net.query.MOST`."""

    def series(self, study_uid: str, progress: Progress = SILENT) -> list[FoundSeries]:
        """The series of a study."""

    def objects(self, study_uid: str, series_uid: str, progress: Progress = SILENT) -> list[FoundObject]:
        """The objects of a series."""

    def fetch(
        self,
        wanted: Sequence[FoundObject],
        whole: bool,
        spool: Spool,
        progress: Progress = SILENT,
        told: Told = lambda _: None,
    ) -> str:
        """Fetch objects of one series into the spool.

        Parameters
        ----------
        wanted : sequence of FoundObject
        whole : bool
            Whether they are all that the series has.

        Returns
        -------
        str
            What the server complained of, "" for nothing. What is missing is seen in the spool.
        """

    def send(
        self,
        objects: Sequence[SendObject],
        answered: Callable[[SendObject, Answer], object],
        progress: Progress = SILENT,
        told: Told = lambda _: None,
    ) -> None:
        """Send objects in order; `answered` is called with the server's answer to each."""

    def holds(self, objects: Iterable[SendObject], progress: Progress = SILENT) -> set[str]:
        """The instance UIDs of those objects that the server says it has."""

    def close(self) -> None:
        """End what is open."""


def connect(
    node: Node, credentials: Credentials | None = None, target: MoveTarget | None = None, work: Path | None = None
) -> Client:
    """Make a client of a server; nothing is sent yet.

    Parameters
    ----------
    node : Node
    credentials : Credentials, optional
        Where the passwords of DICOMweb servers are.
    target : MoveTarget, optional
        For servers that are fetched from by C-MOVE.
    work : Path, optional
        Folder for objects that must be re-encoded for a server; a temporary one if not given.
    """
    prepare_dicom()
    with _importing:  # several threads connect at once
        if node.is_web:
            from app.dicom.net.web import WebClient
        else:
            from app.dicom.net.dimse import DimseClient
    return WebClient(node, credentials or Credentials()) if node.is_web else DimseClient(node, target, work)
