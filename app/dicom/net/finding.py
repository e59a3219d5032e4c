"""C-FIND (PS3.4 annex C) and C-ECHO (annex A)."""

from __future__ import annotations

import struct
import time
from io import BytesIO
from typing import Any

from pydicom.dataset import Dataset
from pynetdicom.dsutils import decode, encode

from app.dicom.net import wire
from app.dicom.net.association import accepted, associate, close, hung_up_when_cancelled, lost
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import EXPLICIT_LITTLE, IMPLICIT_LITTLE
from recon.messages import said
from recon.progress import Progress

FIND_MODEL = "1.2.840.10008.5.1.4.1.2.2.1"
VERIFICATION = "1.2.840.10008.1.1"
FIND_REQUEST, FIND_RESPONSE, CANCEL_REQUEST = 0x0020, 0x8020, 0x0FFF
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
        self.association = associate(node, [(FIND_MODEL, (EXPLICIT_LITTLE, IMPLICIT_LITTLE))])
        (self._context,) = accepted(self.association).items()
        self._wire = wire.Wire(self.association)
        self._message = 0

    def find(self, wanted: Dataset, progress: Progress, most: int = 1 << 31) -> list[Any]:
        """Ask; the data sets of the answers, at most so many (then the server is told to stop).

        Raises
        ------
        NetworkError, Cancelled
        """
        self._message = self._message % 65535 + 1
        (_, syntax), context = self._context
        implicit = syntax == IMPLICIT_LITTLE
        request: dict[int, int | str]
        request = {wire.AFFECTED_CLASS: FIND_MODEL, wire.COMMAND_FIELD: FIND_REQUEST, wire.MESSAGE: self._message}
        command = wire.command_set({**request, wire.PRIORITY: 0, wire.DATA_TYPE: 1})
        found: list[Any] = []
        try:
            with hung_up_when_cancelled(self.association, progress), self._wire.held():
                self._wire.message(context, command, encode(wanted, implicit, True) or b"")
                while True:
                    _, answer = self._wire.command()
                    status = wire.number(answer, wire.STATUS)
                    if wire.number(answer, wire.COMMAND_FIELD) != FIND_RESPONSE or status is None:
                        raise ValueError("no answer to C-FIND")
                    content = b""
                    if wire.number(answer, wire.DATA_TYPE) != wire.NO_DATA:
                        content = b"".join(self._wire.data())
                    if status not in PENDING:
                        break
                    if len(found) < most:
                        found.append(_decoded(content, implicit=implicit))
                        if len(found) == most:
                            self._wire.message(context, self._cancel())
        except (OSError, struct.error, ValueError):
            raise lost(self._node) from None
        if status not in (0x0000, 0xFE00):
            raise self._refused(status)
        return [data for data in found if data is not None]

    def _cancel(self) -> bytes:
        """C-CANCEL-RQ (PS3.7 table 9.3-6)."""
        values: dict[int, int | str] = {wire.COMMAND_FIELD: CANCEL_REQUEST, wire.RESPONDED_TO: self._message}
        return wire.command_set({**values, wire.DATA_TYPE: wire.NO_DATA})

    def _refused(self, status: int) -> NetworkError:
        name, code = self._node.name, f"{status:04X}"
        if status == 0x0124:
            return NetworkError(said("{0}: it does not allow us to ask (status {1}).", name, code), lasting=True)
        return NetworkError(said("{0}: it could not answer the question (status {1}).", name, code))

    def close(self, *, failed: bool = False) -> None:
        """End the association; at once when something `failed`."""
        close(self.association, failed=failed)


def _decoded(content: bytes, *, implicit: bool) -> Any:
    """An answer's data set; None when it cannot be read."""
    try:
        return decode(BytesIO(content), implicit, True)
    except Exception:  # what a server makes up
        return None
