"""The network client against dcmtk's storescp and dcmqrscp, and against servers that misbehave."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from dicom_servers import OWN_AE, dcmqrscp, free_port, needs, own_network, storescp
from fixtures_dicom import CT, dataset, save, uid
from net_objects import JPEG_LS, object_of_each_class
from pynetdicom import AE, evt
from pynetdicom.sop_class import CTImageStorage

from app.dicom.net.client import connect
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import look
from app.dicom.net.query import Query
from app.dicom.net.queue import SendQueue
from app.dicom.net.retrieving import retrieve
from app.dicom.net.spool import Spool
from app.dicom.net.storing import LIMIT, Answer, contexts_for, in_associations
from recon.errors import Cancelled
from recon.progress import Progress

pytestmark = pytest.mark.xdist_group("network")


@pytest.fixture(scope="module", autouse=True)
def network() -> Iterator[None]:
    with own_network():
        yield


def node(port: int, **changes: Any) -> Node:
    return Node(**{"host": "127.0.0.1", "port": port, "called_ae": "STORESCP", "title": "dcmtk", **changes})


def images(folder: Path, count: int, side: int = 32) -> list[Path]:
    rng = np.random.default_rng(9)
    return [
        save(dataset(CT, "CT", rng.integers(0, 4000, (side, side), np.uint16), "s", k), folder / f"{k:04d}.dcm")
        for k in range(1, count + 1)
    ]


def send(to: Node, paths: list[Path], progress: Progress | None = None) -> list[Answer]:
    answers: list[Answer] = []
    client = connect(to)
    try:
        client.send([look(path) for path in paths], lambda _, answer: answers.append(answer), progress or Progress())
    finally:
        client.close()
    return answers


def received(folder: Path) -> dict[str, Any]:
    found = [pydicom.dcmread(path) for path in folder.iterdir() if path.is_file()]
    return {str(data.SOPInstanceUID): data for data in found}


# -- storing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [("+xa",), ("+xa", "-pdu", "4096"), ("+xa", "-pdu", "131072")])
def test_storescp_gets_what_was_stored(tmp_path: Path, options: tuple[str, ...]) -> None:
    paths = list(object_of_each_class(tmp_path / "in").values())
    with storescp(tmp_path / "out", *options) as port:
        answers = send(node(port), paths)
    assert [answer.stored for answer in answers] == [True] * len(paths)
    there = received(tmp_path / "out")
    for path in paths:
        sent = pydicom.dcmread(path)
        back = there[str(sent.SOPInstanceUID)]
        assert back == sent, path.name
        assert back.file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID


@pytest.mark.parametrize(("option", "syntax"), [("+xe", "1.2.840.10008.1.2.1"), ("+xi", "1.2.840.10008.1.2")])
def test_what_is_not_taken_compressed_is_sent_without_loss(tmp_path: Path, option: str, syntax: str) -> None:
    pixels = np.random.default_rng(3).integers(0, 4096, (24, 32), np.uint16)
    paths = [
        save(dataset(CT, "CT", pixels, "jls", 1), tmp_path / "jls.dcm", JPEG_LS, compress=True),
        save(dataset(CT, "CT", pixels, "plain", 2), tmp_path / "plain.dcm"),
    ]
    with storescp(tmp_path / "out", option) as port:
        answers = send(node(port), paths)
    assert answers == [Answer(stored=True)] * 2
    there = received(tmp_path / "out")
    for path in paths:
        back = there[str(pydicom.dcmread(path).SOPInstanceUID)]
        assert np.array_equal(back.pixel_array, pixels)
        # storescp may prefer implicit VR where both are proposed, but nothing compressed comes.
        assert back.file_meta.TransferSyntaxUID in (syntax, "1.2.840.10008.1.2", "1.2.840.10008.1.2.1")


def test_an_association_aborted_in_the_middle_is_no_success(tmp_path: Path) -> None:
    paths = images(tmp_path / "in", 3, side=256)
    with (
        storescp(tmp_path / "out", "--abort-during") as port,
        pytest.raises(NetworkError, match="ended the connection"),
    ):
        send(node(port), paths)


def test_a_server_that_refuses_associations(tmp_path: Path) -> None:
    with storescp(tmp_path / "out", "--refuse") as port, pytest.raises(NetworkError, match="rejected the association"):
        send(node(port), images(tmp_path / "in", 1))


def test_cancelling_ends_a_wait_for_the_answer(tmp_path: Path) -> None:
    progress = Progress()
    answers: list[Answer] = []
    with storescp(tmp_path / "out", "--sleep-after", "30") as port:
        client = connect(node(port))
        found = [look(path) for path in images(tmp_path / "in", 1)]
        began = time.monotonic()
        with pytest.raises(Cancelled):
            client.send(found, lambda _, answer: answers.append(answer), progress, lambda _: progress.cancel())
        assert time.monotonic() - began < 5.0
        client.close()
    assert answers == []


def test_a_large_object_is_not_held_in_memory(tmp_path: Path) -> None:
    """64 MB go out and come back with a few megabytes of memory, by each way."""
    import tracemalloc

    frames = np.zeros((64, 1024, 512), np.uint16)
    frames[:, ::7, ::5] = 1000
    path = save(dataset("1.2.840.10008.5.1.4.1.1.7.3", "OT", frames, "big"), tmp_path / "in" / "big.dcm")
    del frames
    with dcmqrscp(tmp_path / "archive", free_port()) as port:
        archive = node(port, called_ae="DCMTK")
        client, spool = connect(archive), Spool(tmp_path / "spool")
        client.echo()
        tracemalloc.start()
        client.send([look(path)], lambda _, answer: answer)
        sent = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        assert retrieve(client, uid("t"), spool).complete
        fetched = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        client.close()
    assert sent < 8_000_000
    assert fetched < 16_000_000
    (back,) = spool.folder.rglob("*.dcm")
    assert back.stat().st_size > 64 * 1024 * 1024


# -- statuses ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answering(network: None) -> Iterator[Callable[[int], Node]]:
    """A server that answers each C-STORE with a status."""
    entity = AE("STORESCP")
    entity.add_supported_context(CTImageStorage)
    said = [0]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, lambda _: said[0])])

    def answer(status: int) -> Node:
        said[0] = status
        return node(server.socket.getsockname()[1])

    yield answer
    server.shutdown()


@pytest.mark.parametrize(
    ("status", "stored", "lasting", "text"),
    [
        (0x0000, True, False, ""),
        (0xB000, True, False, "changed or left out"),
        (0x0111, True, False, "already"),
        (0xA700, False, False, "no room"),
        (0xA900, False, True, "not what its class demands"),
        (0xC000, False, True, "does not understand"),
        (0x0124, False, True, "does not allow"),
        (0x0110, False, False, "did not store"),
    ],
)
def test_what_a_status_means(
    answering: Callable[..., Node], tmp_path: Path, status: int, stored: bool, lasting: bool, text: str
) -> None:
    (answer,) = send(answering(status), images(tmp_path, 1))
    assert (answer.stored, answer.lasting) == (stored, lasting)
    assert text in answer.text
    assert bool(text) == bool(answer.text)


def test_a_changed_or_missing_file_is_not_sent(answering: Callable[..., Node], tmp_path: Path) -> None:
    paths = images(tmp_path, 3)
    found = [look(path) for path in paths]
    paths[0].unlink()
    paths[1].write_bytes(paths[1].read_bytes() + b"\x00\x00")
    answers: list[Answer] = []
    client = connect(answering(0))
    client.send(found, lambda _, answer: answers.append(answer))
    client.close()
    assert [answer.stored for answer in answers] == [False, False, True]
    assert "no longer there" in answers[0].text
    assert "was changed" in answers[1].text


# -- TLS ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    import trustme

    folder = tmp_path_factory.mktemp("tls")
    authority, stranger = trustme.CA(), trustme.CA()
    server, ours, foreign = (
        authority.issue_cert("127.0.0.1", "localhost"),
        authority.issue_cert("us"),
        stranger.issue_cert("us"),
    )
    named: dict[str, str] = {}
    for name, blob in (
        ("authority", authority.cert_pem),
        ("stranger", stranger.cert_pem),
        ("server_key", server.private_key_pem),
        ("server", server.cert_chain_pems[0]),
        ("our_key", ours.private_key_pem),
        ("our", ours.cert_chain_pems[0]),
        ("foreign_key", foreign.private_key_pem),
        ("foreign", foreign.cert_chain_pems[0]),
    ):
        path = folder / f"{name}.pem"
        blob.write_to_path(str(path))
        named[name] = str(path)
    return named


def test_tls(tmp_path: Path, certificates: dict[str, str]) -> None:
    known = certificates
    paths = images(tmp_path / "in", 4, side=256)
    secured = ("+tls", known["server_key"], known["server"], "+cf", known["authority"], "+xa")
    own = {"tls": True, "authorities": known["authority"], "certificate": known["our"], "key": known["our_key"]}
    with storescp(tmp_path / "out", *secured) as port:
        assert connect(node(port, **own)).echo() > 0
        assert send(node(port, **own), paths) == [Answer(stored=True)] * 4
        for changes, sentence in (
            ({"authorities": known["stranger"]}, "signed by nobody that is trusted"),
            ({"host": "localhost.localdomain"}, "not known in this network|certificate is not accepted"),
            ({"certificate": "", "key": ""}, "accept our certificate|ended the con|certificate of ours"),
            (
                {"certificate": known["foreign"], "key": known["foreign_key"]},
                "accept our certificate|ended the con|certificate of ours",
            ),
            ({"tls": False}, "whether it wants TLS"),
        ):
            with pytest.raises(NetworkError, match=sentence):
                connect(node(port, **{**own, **changes})).echo()
    assert len(received(tmp_path / "out")) == 4


def test_tls_files_that_cannot_be_used(tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.pem"
    rubbish.write_text("no certificate")
    with pytest.raises(NetworkError, match="cannot be read as PEM"):
        connect(node(free_port(), tls=True, authorities=str(rubbish))).echo()


# -- dcmqrscp: a second kind of archive --------------------------------------------------------------------------------


def test_dcmqrscp_stores_finds_and_gives_back(tmp_path: Path) -> None:
    paths = list(object_of_each_class(tmp_path / "in").values())
    with dcmqrscp(tmp_path / "archive", free_port()) as port:
        archive = node(port, called_ae="DCMTK")
        answers = send(archive, paths)
        taken = [path for path, answer in zip(paths, answers, strict=True) if answer.stored]
        assert len(taken) >= len(paths) - 2, [answer.text for answer in answers]
        client, spool = connect(archive), Spool(tmp_path / "spool")
        assert client.studies(Query(patient_name="nobody")) == []
        studies = client.studies(Query(patient_name="Phantom"))
        assert studies
        for study in client.studies(Query(first_day="20260101")):
            found = retrieve(client, study.uid, spool)
            assert found.complete, found.text
        client.close()
    for path in taken:
        sent = pydicom.dcmread(path)
        back = pydicom.dcmread(spool.path(sent.StudyInstanceUID, sent.SeriesInstanceUID, sent.SOPInstanceUID))
        if sent.file_meta.TransferSyntaxUID.is_encapsulated:  # this archive takes nothing compressed
            assert np.array_equal(back.pixel_array, sent.pixel_array)
        else:
            assert back == sent, path.name


def test_c_move_to_our_receiver(tmp_path: Path) -> None:
    from app.dicom.receive import Receiver, ReceiverSettings, Sender

    settings = ReceiverSettings(ae_title=OWN_AE, port=free_port(), senders=(Sender("DCMTK"),))

    class Target:
        ae_title, folder = OWN_AE, tmp_path / "received"

    with (
        dcmqrscp(tmp_path / "archive", settings.port) as port,
        Receiver(settings, Target.folder, lambda _: None) as receiver,
    ):
        assert receiver.wait()
        archive = node(port, called_ae="DCMTK", retrieve="move")
        paths = images(tmp_path / "in", 5)
        assert all(answer.stored for answer in send(archive, paths))
        spool = Spool(Target.folder)
        client = connect(archive, target=Target())
        found = retrieve(client, uid("t"), spool)
        assert (found.complete, found.text) == (True, "")
        elsewhere = Spool(tmp_path / "elsewhere")
        assert retrieve(client, uid("t"), elsewhere).complete
        client.close()
        assert {path.name for path in elsewhere.folder.rglob("*.dcm")} == {
            path.name for path in Target.folder.rglob("*.dcm")
        }
        with pytest.raises(NetworkError, match="needs the receiver"):
            retrieve(connect(archive), uid("t"), Spool(tmp_path / "third"))
        strange = Target()
        strange.ae_title, strange.folder = "NOBODY", tmp_path / "nowhere"
        found = retrieve(connect(archive, target=strange), uid("t"), Spool(tmp_path / "third"))
        assert (found.there, "does not know NOBODY" in found.text) == (0, True), found.text


# -- our own end -------------------------------------------------------------------------------------------------------

SENDING = """
import sys, time
from pathlib import Path
from app.dicom.net.credentials import Credentials
from app.dicom.net.nodes import NodeStore
from app.dicom.net.queue import SendQueue
from app.dicom.net.sender import Sender
folder = Path(sys.argv[1])
queue = SendQueue(folder)
sender = Sender(queue, NodeStore(folder).node, Credentials(object()))
sender.start()
print("started", flush=True)
time.sleep(60)
"""


def test_our_own_process_killed_while_it_sends(tmp_path: Path) -> None:
    """Killed several times without warning, it goes on where it was; at the end each object is there."""
    from app.dicom.net.nodes import NodeStore

    needs("storescp")
    paths = images(tmp_path / "in", 40, side=256)
    with storescp(tmp_path / "out", "+xa") as port:
        folder = tmp_path / "data"
        to = node(port, commitment=False)
        NodeStore(folder).save(to)
        queue = SendQueue(folder)
        assert queue.add(paths, to).count == 40
        queue.close()
        for wanted in (5, 20, 40):
            process = subprocess.Popen([sys.executable, "-c", SENDING, str(folder)], stdout=subprocess.PIPE)
            assert process.stdout is not None
            assert process.stdout.readline().strip() == b"started"
            until = time.monotonic() + 30
            while sum(path.is_file() for path in (tmp_path / "out").iterdir()) < wanted:
                assert time.monotonic() < until
                time.sleep(0.005)
            if wanted == 40:
                time.sleep(0.5)
            process.kill()
            process.wait()
            process.stdout.close()
    queue = SendQueue(folder)
    queue.recover()
    (job,) = queue.jobs()
    queue.close()
    assert job.counts == {"sent": 40}
    there = received(tmp_path / "out")
    assert sorted(there) == sorted(uid("t", "s", k) for k in range(1, 41))
    for path in paths:
        sent = pydicom.dcmread(path)
        assert there[str(sent.SOPInstanceUID)].PixelData == sent.PixelData


def test_more_classes_than_an_association_has_room_for(tmp_path: Path) -> None:
    """A hundred classes, each with two contexts, go in several associations, in order, and all arrive."""
    from pynetdicom import StoragePresentationContexts
    from pynetdicom.service_class import StorageServiceClass
    from pynetdicom.sop_class import uid_to_service_class

    known = [str(context.abstract_syntax) for context in StoragePresentationContexts]
    classes = [name for name in known if uid_to_service_class(name) is StorageServiceClass][:100]
    pixels = np.zeros((4, 4), np.uint16)
    paths = [save(dataset(name, "OT", pixels, "s", k), tmp_path / f"{k}.dcm") for k, name in enumerate(classes)]
    objects = [look(path) for path in paths]
    groups = list(in_associations(objects))
    assert [found for group in groups for found in group] == objects
    assert [len(contexts_for(group)) for group in groups] == [LIMIT, 2 * 100 - LIMIT]
    entity = AE("STORESCP")
    entity.supported_contexts = StoragePresentationContexts
    arrived: list[str] = []

    def store(event: Any) -> int:
        arrived.append(str(event.request.AffectedSOPInstanceUID))
        return 0

    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, store)])
    try:
        answers = send(node(server.socket.getsockname()[1]), paths)
    finally:
        server.shutdown()
    assert all(answer.stored for answer in answers)
    assert arrived == [found.sop_uid for found in objects]
