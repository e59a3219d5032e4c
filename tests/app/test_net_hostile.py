"""Archives that send what was not asked for, or what is no DICOM: nothing of it is kept, nothing hangs."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fixtures_dicom import CT, dataset, uid
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE, evt
from pynetdicom.sop_class import (
    CTImageStorage,
    StudyRootQueryRetrieveInformationModelFind,
    StudyRootQueryRetrieveInformationModelGet,
)

from app.dicom.net.client import connect
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.query import MOST, FoundObject, Query
from app.dicom.net.spool import Spool
from recon.progress import Progress

WANTED = FoundObject(uid("t"), uid("t", "s"), uid("t", "s", 1), CT)


def image(**changes: Any) -> Any:
    data = dataset(CT, "CT", np.zeros((8, 8), np.uint16), "s", 1)
    for keyword, value in changes.items():
        setattr(data, keyword, value)
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return data


class Archive:
    """Answers C-FIND and C-GET with what it is given."""

    def __init__(self) -> None:
        self.objects: list[Any] = []
        self.answers: list[Any] = []
        self.cancelled = threading.Event()
        entity = AE("ARCHIVE")
        entity.add_supported_context(StudyRootQueryRetrieveInformationModelFind)
        entity.add_supported_context(StudyRootQueryRetrieveInformationModelGet)
        entity.add_supported_context(CTImageStorage, scu_role=True, scp_role=True)
        handlers = [(evt.EVT_C_GET, self._get), (evt.EVT_C_FIND, self._find)]
        self._server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
        self.node = Node(
            host="127.0.0.1", port=self._server.socket.getsockname()[1], called_ae="ARCHIVE", title="Archive"
        )

    def _get(self, event: Any) -> Iterator[Any]:
        yield len(self.objects)
        for data in self.objects:
            yield 0xFF00, data

    def _find(self, event: Any) -> Iterator[Any]:
        for answer in self.answers:
            if event.is_cancelled:
                self.cancelled.set()
                yield 0xFE00, None
                return
            yield 0xFF00, answer

    def close(self) -> None:
        self._server.shutdown()


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    found = Archive()
    yield found
    found.close()


def fetch(node: Node, spool: Spool) -> str:
    client = connect(node)
    try:
        return client.fetch([WANTED], True, spool, Progress())
    finally:
        client.close()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_asked_for_is_kept(archive: Archive, tmp_path: Path) -> None:
    archive.objects = [image()]
    spool = Spool(tmp_path / "spool")
    assert fetch(archive.node, spool) == ""
    assert spool.missing([WANTED]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"StudyInstanceUID": "1.2.3"},
        {"SOPInstanceUID": "1.2.3"},
        {"SOPInstanceUID": uid("t", "s", 2)},
        {"StudyInstanceUID": "../../evil"},
        {"SeriesInstanceUID": "../../../evil"},
        {"SeriesInstanceUID": ""},
    ],
)
def test_other_objects_are_not_kept(archive: Archive, tmp_path: Path, changes: dict[str, str]) -> None:
    archive.objects = [image(**changes), image()]
    spool = Spool(tmp_path / "spool")
    assert "arrived" in fetch(archive.node, spool)
    assert files(tmp_path) == [spool.path(WANTED.study_uid, WANTED.series_uid, WANTED.uid)]


def test_a_flood_of_answers_is_cut_off(archive: Archive) -> None:
    answer = image()
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(answer, keyword)
    answer.QueryRetrieveLevel = "STUDY"
    archive.answers = [answer] * (MOST + 300)
    client = connect(archive.node)
    assert len(client.studies(Query(patient_id="1"))) == MOST
    # The association still serves the next question.
    archive.answers = [answer]
    assert len(client.studies(Query(patient_id="1"))) == 1
    client.close()


# -- bytes that are no DICOM -------------------------------------------------------------------------------------------


@contextmanager
def raw(answer: Callable[[socket.socket, bytes], None]) -> Iterator[Node]:
    """A server that reads an association request and then does as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    wire, _ = listening.accept()
                except OSError:
                    return
                with wire:
                    wire.settimeout(5.0)
                    try:
                        head = wire.recv(6, socket.MSG_WAITALL)
                        if len(head) == 6:
                            request = wire.recv(struct.unpack(">L", head[2:])[0], socket.MSG_WAITALL)
                            answer(wire, request)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Node(host="127.0.0.1", port=listening.getsockname()[1], called_ae="RAW", title="Raw")
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join()


def accept(wire: socket.socket, request: bytes) -> None:
    """Accept every context with its first transfer syntax (PS3.8 9.3.3)."""
    items, at = b"", 68
    while at + 4 <= len(request):
        kind, length = struct.unpack_from(">BxH", request, at)
        if kind == 0x20:
            syntax = request.find(b"\x40\x00", at)
            size = struct.unpack_from(">H", request, syntax + 2)[0]
            name = request[syntax : syntax + 4 + size]
            items += struct.pack(">BxHBxBx", 0x21, 4 + len(name), request[at + 4], 0) + name
        at += 4 + length
    context = b"1.2.840.10008.3.1.1.1"
    user = struct.pack(">BxHL", 0x51, 4, 16384) + struct.pack(">BxH", 0x52, 5) + b"1.2.3"
    body = request[:68] + struct.pack(">BxH", 0x10, len(context)) + context
    body += items + struct.pack(">BxH", 0x50, len(user)) + user
    wire.sendall(struct.pack(">BxL", 2, len(body)) + body)
    wire.recv(65536)


def pdu(fragment: bytes, control: int = 3) -> bytes:
    return struct.pack(">BxLLBB", 4, len(fragment) + 6, len(fragment) + 2, 1, control) + fragment


@pytest.mark.parametrize(
    "garbage",
    [
        struct.pack(">BxL", 4, 0xFFFFFFF0) + b"x" * 100,
        struct.pack(">BxLLBB", 4, 6, 0xFFFF, 1, 3),
        pdu(b"\0" * 3),
        pdu(b"rubbish in the place of a command set"),
        pdu(b"", 0),
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        struct.pack(">BxLxxBB", 7, 4, 2, 0),
        struct.pack(">BxLL", 5, 4, 0),
        b"",
    ],
    ids=("huge", "overrun", "short", "rubbish", "data", "http", "abort", "release", "closed"),
)
@pytest.mark.parametrize("service", ["find", "get"])
def test_garbage_in_the_place_of_an_answer(tmp_path: Path, garbage: bytes, service: str) -> None:
    def answer(wire: socket.socket, request: bytes) -> None:
        accept(wire, request)
        wire.sendall(garbage)
        time.sleep(0.05)

    began = time.monotonic()
    with raw(answer) as node:
        client = connect(node)
        ask = {
            "find": lambda: client.studies(Query(patient_id="1")),
            "get": lambda: client.fetch([WANTED], True, Spool(tmp_path / "spool"), Progress()),
        }[service]
        with pytest.raises(NetworkError):
            ask()
        client.close()
    assert time.monotonic() - began < 8.0
    assert files(tmp_path) == []


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9\r\n", struct.pack(">BxL", 2, 0xFFFFFFF0)])
def test_garbage_in_the_place_of_an_association(answer: bytes) -> None:
    with raw(lambda wire, _: wire.sendall(answer)) as node, pytest.raises(NetworkError, match="not as a DICOM server"):
        connect(node).echo()
