"""A real archive sends to the receiver: everything arrives as it is, also when the receiver is killed meanwhile."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from dicom_servers import Orthanc, needs, own_network
from receiver_peers import STUDY, Desk, data_set, running

from app.dicom.receive import Failed, Received, Sender
from app.dicom.receive.spool import file_meta, name_of

pytestmark = pytest.mark.xdist_group("network")
SECONDARY_CAPTURE, EXPLICIT = "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.1.2.1"
COUNT = 60


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    needs("Orthanc")
    with own_network():
        found = Orthanc(tmp_path_factory.mktemp("orthanc")).start()
        try:
            for number in range(COUNT):
                uid = f"1.2.826.0.1.3680043.2.8.{number}"
                file = file_meta((SECONDARY_CAPTURE, uid), EXPLICIT, "TEST") + data_set(uid, 100_000)
                found.rest("/instances", "POST", file)
            yield found
        finally:
            found.kill()  # its own end takes seconds


def _send(orthanc: Orthanc) -> int:
    """Have Orthanc send everything; how many it says have arrived. It answers with an error where one has not."""
    order = {"Resources": orthanc.rest("/studies"), "Synchronous": True, "Timeout": 10}
    answer = orthanc.rest("/modalities/own/store", "POST", json.dumps(order).encode())
    return COUNT - int(answer["FailedInstancesCount"])


def _check(desk: Desk) -> None:
    for number in range(COUNT):
        uid = f"1.2.826.0.1.3680043.2.8.{number}"
        path = desk.spool / name_of(STUDY) / name_of(STUDY + ".1") / f"{name_of(uid)}.dcm"
        assert path.read_bytes().endswith(data_set(uid, 100_000))
    assert len(desk.files()) == COUNT
    assert not (desk.spool / ".aside").exists()
    assert desk.parts() == []


def test_archive_sends(orthanc: Orthanc, tmp_path: Path) -> None:
    with running(tmp_path / "spool", port=orthanc.receiver_port, senders=(Sender("ORTHANC"),)) as desk:
        orthanc.rest("/modalities/own/echo", "POST", b"{}")
        assert _send(orthanc) == COUNT
        _check(desk)
        assert _send(orthanc) == COUNT
        assert len(desk.told(Received, again=True, count=COUNT)) == COUNT
        _check(desk)


def test_receiver_killed_while_the_archive_sends(orthanc: Orthanc, tmp_path: Path) -> None:
    with running(tmp_path / "spool", port=orthanc.receiver_port, senders=(Sender("ORTHANC"),)) as desk:
        answers: list[int] = []

        def send() -> None:
            try:
                answers.append(_send(orthanc))
            except OSError:
                answers.append(-1)

        sending = threading.Thread(target=send)
        sending.start()
        desk.told(Received, count=5, wait_s=15)
        assert desk.receiver.pid is not None
        os.kill(desk.receiver.pid, signal.SIGKILL)
        desk.told(Failed)
        sending.join(30)
        whole = {path.name for path in desk.files()}
        assert len(whole) >= 5
        assert answers == [-1] or len(whole) == COUNT, "the archive knows that not everything has arrived"
        desk.receiver.start()
        assert desk.receiver.wait()
        assert _send(orthanc) == COUNT
        _check(desk)
