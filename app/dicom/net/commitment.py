"""Storage commitment (PS3.4 annex J): a server says that it will keep what it was sent.

We ask by N-ACTION; the server answers by N-EVENT-REPORT, on the same association or, later, on one that it opens to
our AE. `Listener` takes the latter where no receiver does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import AE, evt

from app.dicom.net.association import associate, close, hung_up_when_cancelled, lost
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import EXPLICIT_LITTLE, IMPLICIT_LITTLE
from app.dicom.read.safe import items, text
from app.dicom.receive.pdu import is_uid
from recon.messages import said
from recon.progress import SILENT, Progress

COMMITMENT = "1.2.840.10008.1.20.1"
WELL_KNOWN = "1.2.840.10008.1.20.1.1"
AT_ONCE = 500
SAME_ASSOCIATION_S = 1.0
"""How long the answer is waited for on the association of the question."""
_SYNTAXES = (IMPLICIT_LITTLE, EXPLICIT_LITTLE)


@dataclass(frozen=True)
class Commitment:
    """A server's answer.

    Attributes
    ----------
    transaction : str
        UID of the question.
    kept, refused : tuple of str
        Instance UIDs.
    """

    transaction: str
    kept: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def commitment_of(data: Any) -> Commitment | None:
    """The content of an N-EVENT-REPORT (PS3.4 table J.3-2); None when it names no question."""
    transaction = text(data, "TransactionUID")
    if not is_uid(transaction):
        return None
    kept, refused = (
        tuple(text(item, "ReferencedSOPInstanceUID") for item in items(data, keyword))
        for keyword in ("ReferencedSOPSequence", "FailedSOPSequence")
    )
    return Commitment(transaction, kept, refused)


def ask(
    node: Node, transaction: str, objects: Sequence[tuple[str, str]], progress: Progress = SILENT
) -> Commitment | None:
    """Ask a server to commit itself to objects.

    Parameters
    ----------
    node : Node
    transaction : str
        A new UID, which its answer will bear.
    objects : sequence of (SOP class, instance UID)
        At most `AT_ONCE`.

    Returns
    -------
    Commitment or None
        None when the answer comes later.

    Raises
    ------
    NetworkError
        With ``lasting`` when the server does not offer it.
    """
    answered = threading.Event()
    answers: list[Commitment] = []

    def report(event: Any) -> Any:
        found = commitment_of(event.event_information)
        if found is not None and found.transaction == transaction:
            answers.append(found)
            answered.set()
        return 0x0000, None

    wanted = Dataset()
    wanted.TransactionUID = transaction
    wanted.ReferencedSOPSequence = [_reference(*found) for found in objects]
    association = associate(node, [(COMMITMENT, _SYNTAXES)], handlers=[(evt.EVT_N_EVENT_REPORT, report)])
    try:
        with hung_up_when_cancelled(association, progress):
            status, _ = association.send_n_action(wanted, 1, UID(COMMITMENT), UID(WELL_KNOWN))
            if not status:
                raise lost(node)
            if status.Status != 0:
                raise NetworkError(
                    said("{0}: it did not take the question whether it keeps the objects.", node.name), lasting=True
                )
            until = time.monotonic() + SAME_ASSOCIATION_S
            while not answered.wait(0.05) and time.monotonic() < until and association.is_established:
                progress.step(0.0)
    finally:
        close(association)
    return answers[0] if answers else None


def _reference(sop_class: str, uid: str) -> Dataset:
    data = Dataset()
    data.ReferencedSOPClassUID, data.ReferencedSOPInstanceUID = sop_class, uid
    return data


class Listener:
    """Takes the answers that servers send on associations of their own.

    Parameters
    ----------
    ae_title : str
        Ours.
    port : int
        The one that the servers know for it; 0 takes any.
    on_answer : callable(Commitment)
        Called on a thread of the listener.
    address : str
        "127.0.0.1" hears this computer only.

    Raises
    ------
    NetworkError
        When the port cannot be listened on.
    """

    def __init__(
        self, ae_title: str, port: int, on_answer: Callable[[Commitment], object], address: str = "127.0.0.1"
    ) -> None:
        def report(event: Any) -> Any:
            found = commitment_of(event.event_information)
            if found is not None:
                on_answer(found)
            return 0x0000, None

        entity = AE(ae_title=ae_title)
        entity.require_called_aet = True
        entity.maximum_associations = 4
        entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = 15
        # Whoever reports is the provider: it asks for that role, we take the user's (PS3.4 J.3.3).
        entity.add_supported_context(UID(COMMITMENT), list(_SYNTAXES), scu_role=True, scp_role=True)
        self._server: Any
        try:
            self._server = entity.start_server(
                (address, port), block=False, evt_handlers=[(evt.EVT_N_EVENT_REPORT, report)]
            )
        except OSError:
            raise NetworkError(
                said("Port {0} cannot be listened on; another program may use it.", port), lasting=True
            ) from None
        self.port = int(self._server.socket.getsockname()[1])

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
