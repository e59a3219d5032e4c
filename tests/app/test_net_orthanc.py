"""The network client against a real Orthanc: what is sent comes back as it was, whatever is killed in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from dicom_servers import PASSWORD, Orthanc, free_port, needs, own_network
from fixtures_dicom import CT, DX_PRESENTATION, dataset, save, uid
from net_objects import object_of_each_class

from app.dicom.net.client import connect
from app.dicom.net.credentials import Credentials
from app.dicom.net.errors import NeedsPassword, NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import look
from app.dicom.net.query import Query
from app.dicom.net.queue import SendQueue
from app.dicom.net.retrieving import retrieve
from app.dicom.net.sender import Sender
from app.dicom.net.spool import Arrival, Spool
from recon.errors import Cancelled
from recon.progress import Progress

pytestmark = pytest.mark.xdist_group("network")


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.secrets.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.secrets[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.secrets[service, name]


@pytest.fixture(scope="module", autouse=True)
def network() -> Iterator[None]:
    with own_network():
        yield


@pytest.fixture(scope="module")
def orthanc(network: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    needs("Orthanc")
    server = Orthanc(tmp_path_factory.mktemp("orthanc")).start()
    yield server
    server.kill()  # its own end takes seconds, and nobody needs its store any more


@pytest.fixture
def server(orthanc: Orthanc) -> Orthanc:
    if orthanc.process is None or orthanc.process.poll() is not None:
        orthanc.start()
    orthanc.clear()
    return orthanc


@pytest.fixture(scope="module")
def each_class(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return object_of_each_class(tmp_path_factory.mktemp("classes"))


def credentials(*nodes: Node) -> Credentials:
    found = Credentials(Ring())
    for node in nodes:
        found.keep(node, PASSWORD)
    return found


def series(folder: Path, count: int, side: int = 32, name: str = "slices") -> list[Path]:
    rng = np.random.default_rng(5)
    return [
        save(dataset(CT, "CT", rng.integers(0, 4000, (side, side), np.uint16), name, k), folder / f"{name}{k:04d}.dcm")
        for k in range(1, count + 1)
    ]


def send(node: Node, paths: list[Path], secrets: Credentials | None = None) -> dict[str, str]:
    """Send files; what the server said to each that it did not store."""
    client = connect(node, secrets)
    complaints: dict[str, str] = {}
    answers = []
    try:
        client.send([look(path) for path in paths], lambda found, answer: answers.append((found, answer)))
    finally:
        client.close()
    assert len(answers) == len(paths)
    for found, answer in answers:
        if not answer.stored:
            complaints[found.path.name] = answer.text
    return complaints


def wait(condition: Callable[[], Any], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


# -- identical ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_every_class_comes_back_as_it_was_sent(
    server: Orthanc, each_class: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    node = server.node() if kind == "dimse" else server.web_node()
    secrets = credentials(node)
    assert send(node, list(each_class.values()), secrets) == {}
    assert server.n_instances == len(each_class)
    client = connect(node, secrets)
    spool = Spool(tmp_path / "spool")
    for study in client.studies(Query()):
        found = retrieve(client, study.uid, spool)
        assert found.complete, found.text
    client.close()
    for name, path in each_class.items():
        sent = pydicom.dcmread(path)
        place = spool.path(sent.StudyInstanceUID, sent.SeriesInstanceUID, sent.SOPInstanceUID)
        back = pydicom.dcmread(place)
        assert back.file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID, name
        assert back == sent, name
        assert back.get("PixelData") == sent.get("PixelData"), name


def test_a_server_reads_what_was_sent_as_dcmtk_does(server: Orthanc, each_class: dict[str, Path]) -> None:
    """Orthanc's own list of tags, made by dcmtk from what it received, names each object."""
    assert send(server.node(), list(each_class.values())) == {}
    expected = {str(pydicom.dcmread(path, stop_before_pixels=True).SOPInstanceUID) for path in each_class.values()}
    assert sorted(server.sop_uids()) == sorted(expected)


# -- asking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_questions(server: Orthanc, tmp_path: Path, kind: str) -> None:
    pixels = np.zeros((24, 32), np.uint16)
    for number, (name, patient, day, modality, part) in enumerate(
        (
            ("Meier^Anna", "A1", "20260101", "CT", "CHEST"),
            ("Meier^Bernd", "A2", "20260110", "DX", "KNEE"),
            ("Müller^Anna", "B1", "20260120", "CT", "ABDOMEN"),
            ("王^小东=王^小东", "C1", "20260120", "CT", "CHEST"),
        )
    ):
        facts = {"PatientName": name, "PatientID": patient, "StudyDate": day, "BodyPartExamined": part}
        image = dataset(CT if modality == "CT" else DX_PRESENTATION, modality, pixels, "s", study=f"q{number}", **facts)
        image.AccessionNumber = f"ACC{number}"
        save(image, tmp_path / f"{number}.dcm")
    node = server.node() if kind == "dimse" else server.web_node()
    secrets = credentials(node)
    assert send(server.node(), sorted(tmp_path.glob("*.dcm"))) == {}
    client = connect(node, secrets)

    def ids(**fields: str) -> list[str]:
        return sorted(study.patient_id for study in client.studies(Query(**fields)))

    assert ids() == ["A1", "A2", "B1", "C1"]
    assert ids(patient_name="meier") == ["A1", "A2"]
    assert ids(patient_name="meier, an") == ["A1"]
    assert ids(patient_name="Müller") == ["B1"]
    assert ids(patient_name="王") == ["C1"]
    assert ids(patient_name="*Anna") == ["A1", "B1"]
    assert ids(patient_id="A*") == ["A1", "A2"]
    assert ids(first_day="20260105", last_day="20260119") == ["A2"]
    assert ids(first_day="20260120", last_day="20260120") == ["B1", "C1"]
    assert ids(first_day="20260110") == ["A2", "B1", "C1"]
    assert ids(modality="DX") == ["A2"]
    assert ids(accession="ACC2") == ["B1"]
    assert ids(study_uid=uid("q0")) == ["A1"]
    study = client.studies(Query(patient_id="C1"))[0]
    assert (study.patient_name, study.date, study.modalities, study.count) == (
        "王^小东=王^小东",
        "20260120",
        ("CT",),
        1,
    )
    (only,) = client.series(study.uid)
    assert (only.modality, only.body_part, only.count) == ("CT", "CHEST", 1)
    assert [found.uid for found in client.objects(study.uid, only.uid)] == [uid("q3", "s", 1)]
    client.close()


# -- what fails --------------------------------------------------------------------------------------------------------


def test_sentences_for_what_fails(server: Orthanc) -> None:
    def said(node: Node, secret: str = PASSWORD) -> str:
        secrets = Credentials(Ring())
        secrets.keep(node, secret)
        with pytest.raises(NetworkError) as caught:
            connect(node, secrets).echo()
        return str(caught.value)

    nobody = free_port()
    assert "no AE of the name WRONG" in said(server.node(called_ae="WRONG"))
    assert "does not know STRANGER" in said(server.node(calling_ae="STRANGER"))
    assert f"nothing answers at port {nobody}" in said(server.node(port=nobody))
    assert "name no.such.host is not known" in said(server.node(host="no.such.host"))
    assert "not as a DICOM server" in said(server.node(port=server.http_port))
    assert "TLS" in said(server.node(tls=True))
    web = f"http://127.0.0.1:{server.http_port}"
    assert "HTTP 404" in said(server.web_node(url=web + "/nothing"))
    assert "not accept the user or password" in said(server.web_node(), "wrong")
    assert "not accept the user or password" in said(server.web_node(authentication="none"))
    assert "no TLS is spoken" in said(server.web_node(url=web.replace("http:", "https:") + "/dicom-web"))
    assert f"nothing answers at port {nobody}" in said(server.web_node(url=f"http://127.0.0.1:{nobody}/dicom-web"))
    assert "name no.such.host is not known" in said(server.web_node(url="http://no.such.host/dicom-web"))
    with pytest.raises(NeedsPassword):
        connect(server.web_node(), Credentials(Ring())).echo()


def test_storing_that_is_not_allowed_is_no_success(server: Orthanc, tmp_path: Path) -> None:
    """Orthanc accepts such an association and aborts it at the first object."""
    with pytest.raises(NetworkError):
        send(server.node(calling_ae="STRANGER"), series(tmp_path, 1))
    assert server.n_instances == 0


def test_an_unknown_class_is_refused_with_its_name(server: Orthanc, tmp_path: Path) -> None:
    odd = save(dataset("1.2.826.0.1.3680043.9.9999.1", "OT", np.zeros((8, 8), np.uint16)), tmp_path / "odd.dcm")
    good = series(tmp_path, 1)
    complaints = send(server.node(), [odd, *good])
    assert list(complaints) == ["odd.dcm"]
    assert "does not accept objects of the class" in complaints["odd.dcm"]
    assert server.n_instances == 1


# -- fetching ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_what_is_here_is_not_fetched_again(server: Orthanc, tmp_path: Path, kind: str) -> None:
    node = server.node() if kind == "dimse" else server.web_node()
    secrets = credentials(node)
    assert send(server.node(), series(tmp_path / "in", 12)) == {}
    client, spool = connect(node, secrets), Spool(tmp_path / "spool")
    whole: list[str] = []
    first = retrieve(client, uid("t"), spool, on_series=lambda found, _: whole.append(found))
    assert (first.wanted, first.before, first.there, first.text) == (12, 0, 12, "")
    assert whole == [uid("t", "slices")]
    files = sorted(spool.folder.rglob("*.dcm"))
    for path in files[:5]:
        path.unlink()
    kept = {path: path.stat().st_mtime_ns for path in files[5:]}
    second = retrieve(client, uid("t"), spool)
    assert (second.before, second.there) == (7, 12)
    assert 0 < second.n_bytes < 0.6 * first.n_bytes
    assert {path: path.stat().st_mtime_ns for path in files[5:]} == kept
    third = retrieve(client, uid("t"), spool)
    assert (third.before, third.n_bytes, third.complete) == (12, 0, True)
    client.close()
    assert list(spool.folder.rglob("*.part")) == []


AT = 10


class Interrupted(Spool):
    """A spool that does something when its tenth object begins to come."""

    def __init__(self, folder: Path, happens: Callable[[], object]) -> None:
        super().__init__(folder)
        self.happens, self.count = happens, 0

    def part(self) -> Arrival:
        self.count += 1
        if self.count == AT:
            self.happens()
        return super().part()


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_orthanc_killed_while_it_sends_to_us(server: Orthanc, tmp_path: Path, kind: str) -> None:
    node = server.node() if kind == "dimse" else server.web_node()
    secrets = credentials(node)
    assert send(server.node(), series(tmp_path / "in", 30, side=512)) == {}
    client, spool = connect(node, secrets), Spool(tmp_path / "spool")
    ending = Interrupted(spool.folder, server.kill)
    found = retrieve(client, uid("t"), ending)
    assert (found.complete, found.there > 0) == (False, True)
    assert "connection" in found.text
    assert ending.count >= AT
    client.close()
    there = len(list(spool.folder.rglob("*.dcm")))
    assert there < 30
    server.start()
    client = connect(node, secrets)
    again = retrieve(client, uid("t"), spool)
    client.close()
    assert (again.before, again.there, again.complete) == (there, 30, True)
    assert {str(pydicom.dcmread(path).SOPInstanceUID) for path in spool.folder.rglob("*.dcm")} == {
        uid("t", "slices", k) for k in range(1, 31)
    }
    assert list(spool.folder.rglob("*.part")) == []


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_cancelling_a_retrieval_keeps_what_came(server: Orthanc, tmp_path: Path, kind: str) -> None:
    node = server.node() if kind == "dimse" else server.web_node()
    secrets = credentials(node)
    assert send(server.node(), series(tmp_path / "in", 30, side=512)) == {}
    client, spool, progress = connect(node, secrets), Spool(tmp_path / "spool"), Progress()
    with pytest.raises(Cancelled):
        retrieve(client, uid("t"), Interrupted(spool.folder, progress.cancel), progress)
    assert AT - 1 <= len(list(spool.folder.rglob("*.dcm"))) < 30
    assert list(spool.folder.rglob("*.part")) == []
    assert retrieve(client, uid("t"), spool).complete
    client.close()


# -- the queue ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[SendQueue]:
    found = SendQueue(tmp_path / "data")
    yield found
    found.close()


@pytest.fixture
def sending(queue: SendQueue) -> Iterator[Callable[..., Sender]]:
    senders: list[Sender] = []

    def start(node: Node) -> Sender:
        sender = Sender(queue, {node.id: node}.get, credentials(node))
        sender.start()
        senders.append(sender)
        return sender

    yield start
    for sender in senders:
        assert sender.stop()


def states(queue: SendQueue) -> dict[str, int]:
    total: dict[str, int] = {}
    for job in queue.jobs():
        for state, count in job.counts.items():
            total[state] = total.get(state, 0) + count
    return total


def test_storage_commitment_confirms(
    server: Orthanc, queue: SendQueue, sending: Callable[..., Sender], tmp_path: Path
) -> None:
    """Orthanc answers on an association of its own, to the port that it knows for our AE."""
    node = server.node(answer_port=server.receiver_port)
    queue.add(series(tmp_path, 3), node, "three")
    sending(node)
    wait(lambda: states(queue) == {"confirmed": 3})


def test_a_port_that_is_taken_is_said(
    server: Orthanc, queue: SendQueue, sending: Callable[..., Sender], tmp_path: Path
) -> None:
    """The answer is then not heard, and nothing is called confirmed."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        node = server.node(answer_port=taken.getsockname()[1])
        queue.add(series(tmp_path, 2), node)
        sender = sending(node)
        wait(lambda: states(queue) == {"sent": 2} and not sender.busy)
        assert "cannot be listened on" in sender.deaf


def test_commitment_refused_is_sent_again(
    server: Orthanc, queue: SendQueue, sending: Callable[..., Sender], tmp_path: Path
) -> None:
    """An object that the server lost before it was asked comes back as failed, with a sentence."""
    node = server.node(commitment=False)
    paths = series(tmp_path, 2)
    queue.add(paths, node)
    sender = sending(node)
    wait(lambda: states(queue) == {"sent": 2} and not sender.busy)
    assert sender.stop()
    server.clear()
    assert send(server.node(), paths[:1]) == {}
    queue._connection.execute("UPDATE objects SET question = ''")
    sender = sending(server.node(id=node.id, answer_port=server.receiver_port))
    wait(lambda: states(queue) == {"confirmed": 1, "failed": 1})
    assert "will not keep it" in queue.failures(queue.jobs()[0].id)[0][1]
    queue.retry()
    sender.wake()
    wait(lambda: states(queue) == {"confirmed": 2})
    assert server.n_instances == 2


def test_dicomweb_confirms_by_looking(
    server: Orthanc, queue: SendQueue, sending: Callable[..., Sender], tmp_path: Path
) -> None:
    node = server.web_node()
    queue.add(series(tmp_path, 4), node)
    sending(node)
    wait(lambda: states(queue) == {"confirmed": 4})
    assert server.n_instances == 4


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_orthanc_killed_while_we_send(
    server: Orthanc,
    queue: SendQueue,
    sending: Callable[..., Sender],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    node = server.node() if kind == "dimse" else server.web_node()
    paths = series(tmp_path, 60, side=256)
    queue.add(paths, node, "sixty")
    killed_at = 5_000_000 if kind == "dimse" else 7_000_000
    real, gone = connect, 0

    def connect_and_kill(*arguments: Any) -> Any:
        client = real(*arguments)
        send_really = client.send

        def send_and_kill(objects: Any, answered: Any, progress: Progress, told: Any) -> None:
            def tell(count: int) -> None:
                nonlocal gone
                gone += count
                if gone - count < killed_at <= gone:
                    server.kill()
                told(count)

            send_really(objects, answered, progress, tell)

        client.send = send_and_kill
        return client

    monkeypatch.setattr("app.dicom.net.sender.connect", connect_and_kill)
    sender = sending(node)
    wait(lambda: queue.jobs()[0].reason)
    (job,) = queue.jobs()
    assert job.done < 60
    assert job.due_at is not None
    server.start()
    assert server.n_instances >= job.done  # nothing was called sent that the server has not
    queue.retry()
    sender.wake()
    wait(lambda: queue.jobs()[0].done == 60)
    assert sorted(server.sop_uids()) == sorted(uid("t", "slices", k) for k in range(1, 61))


def test_a_wrong_password_waits_for_the_user(
    server: Orthanc, queue: SendQueue, sending: Callable[..., Sender], tmp_path: Path
) -> None:
    node = server.web_node(user="nobody")
    queue.add(series(tmp_path, 2), node)
    sending(node)
    wait(lambda: states(queue) == {"failed": 2})
    (job,) = queue.jobs()
    assert job.due_at is None
    assert "user or password" in job.reason


# -- the command line --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dimse", "web"])
def test_commands(
    server: Orthanc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    from app.cli.main import run

    monkeypatch.setenv("BOCAGE_PASSWORD", PASSWORD)
    place, login = f"ORTHANC@127.0.0.1:{server.dicom_port}", []
    if kind == "web":
        place, login = server.web_node().url, ["--user", server.web_node().user]
    series(tmp_path / "in", 3)

    def command(*arguments: str) -> tuple[int, str]:
        status = run([*arguments, *login])
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    assert command("echo", place)[0] == 0
    status, text = command("send", place, str(tmp_path / "in"))
    assert (status, "stored 3 of 3" in text) == (0, True), text
    assert server.n_instances == 3
    status, text = command("find", place, "--name", "phantom")
    assert (status, text.split()[0]) == (0, uid("t"))
    assert "Phantom" not in text
    assert "Phantom^Fixture" in command("find", place, "--id", "F*", "--patient")[1]
    status, text = command("get", place, uid("t"), "-o", str(tmp_path / "out"))
    assert (status, "3 of 3 objects" in text) == (0, True), text
    assert len(list((tmp_path / "out").rglob("*.dcm"))) == 3
    (tmp_path / "in" / "notes.txt").write_text("no image")
    assert command("find", place)[0] == 2
    assert command("get", place, "1.2.3", "-o", str(tmp_path / "none"))[0] == 2
    assert command("echo", "nowhere")[0] == 2
