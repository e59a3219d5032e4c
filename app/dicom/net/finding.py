"""C-FIND (PS3.4 annex C) and C-ECHO (annex A)."""

from __future__ import annotations

import time
from typing import Any

from pydicom.dataset import Dataset

from app.dicom.net.association import associate, close, hung_up_when_cancelled, lost
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import EXPLICIT_LITTLE, IMPLICIT_LITTLE
from recon.messages import said
from recon.progress import Progress

FIND_MODEL = "1.2.840.10008.5.1.4.1.2.2.1"
VERIFICATION = "1.2.840.10008.1.1"
PENDING = (0xFF00, 0xFF01)
ECHO_S = 15.0


def echo(node: Node, progress: Progress) -> float:
    """Ask a server whether it is there; milliseconds until its answer.

    Raises
    ------
    NetworkError, Cancelled
    """
    association = associate(node, [(VERIFICATION, (IMPLICIT_LITTLE, EXPLICIT_LITTLE))], answer_s=ECHO_S)
    try:
        start = time.perf_counter()
        with hung_up_when_cancelled(association, progress):
            status = association.send_c_echo()
        if not status:
            raise lost(node)
        if status.Status != 0:
            raise NetworkError(said("{0}: it answered C-ECHO with status {1}.", node.name, f"{status.Status:04X}"))
        return 1000 * (time.perf_counter() - start)
    finally:
        close(association)


class Finding:
    """An association over which is asked.

    Raises
    ------
    NetworkError
    """

    def __init__(self, node: Node) -> None:
        self._node = node
        self.association = associate(node, [(FIND_MODEL, (IMPLICIT_LITTLE, EXPLICIT_LITTLE))])

    def find(self, wanted: Dataset, progress: Progress, most: int = 1 << 31) -> list[Any]:
        """Ask; the data sets of the answers, at most so many (then the server is told to stop).

        Raises
        ------
        NetworkError, Cancelled
        """
        found: list[Any] = []
        ended = False
        with hung_up_when_cancelled(self.association, progress):
            for status, answer in self.association.send_c_find(wanted, FIND_MODEL, msg_id=1):
                if not status:
                    raise lost(self._node)
                if status.Status in PENDING:
                    if answer is not None and len(found) < most:
                        found.append(answer)
                        if len(found) == most:
                            self.association.send_c_cancel(1, query_model=FIND_MODEL)
                    continue
                ended = True
                if status.Status not in (0x0000, 0xFE00):
                    raise self._refused(status)
        if not ended:
            raise lost(self._node)
        return found

    def _refused(self, status: Any) -> NetworkError:
        code = f"{status.Status:04X}"
        if status.Status == 0x0124:
            return NetworkError(
                said("{0}: it does not allow us to ask (status {1}).", self._node.name, code), lasting=True
            )
        return NetworkError(said("{0}: it could not answer the question (status {1}).", self._node.name, code))

    def close(self, *, failed: bool = False) -> None:
        """End the association; at once when something `failed`."""
        close(self.association, failed=failed)
