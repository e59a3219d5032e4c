"""DICOMweb: logins, TLS, and servers that answer what no server should."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from dicom_servers import own_network
from fixtures_dicom import CT, dataset, save

from app.dicom.net.arriving import SpoolError
from app.dicom.net.client import connect
from app.dicom.net.credentials import Credentials
from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.objects import look
from app.dicom.net.query import FoundObject, Query
from app.dicom.net.spool import Spool
from app.dicom.net.storing import Answer
from recon.progress import Progress

pytestmark = pytest.mark.xdist_group("network")


NO_ROOM = "Stub: it has no room for more objects just now (status A700)."


class Ring:
    """A keyring with one word for all."""

    def __init__(self, word: str) -> None:
        self.word = word

    def get_password(self, *_: str) -> str:
        return self.word


@pytest.fixture(scope="module", autouse=True)
def network() -> Iterator[None]:
    with own_network():
        yield


# -- servers that misbehave --------------------------------------------------------------------------------------------


class Stub:
    """An HTTP server that answers as it is told, and remembers what it was asked."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answer: Callable[[Any], None] = lambda handler: reply(handler, 200, b"[]")
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stub.requests.append((self.command, self.path, dict(self.headers)))
                stub.answer(self)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/dw"
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.url = self.url.replace("http:", "https:")
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def reply(handler: Any, status: int, body: bytes, kind: str = "application/dicom+json", **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", headers.pop("length", str(len(body))))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def stub() -> Iterator[Stub]:
    found = Stub()
    yield found
    found.close()


def client(stub: Stub, **changes: Any) -> Any:
    return connect(Node(**{"kind": "web", "url": stub.url, "title": "Stub", **changes}), Credentials(Ring("t0ken")))


def test_a_token_is_sent_as_bearer_and_a_password_as_basic(stub: Stub) -> None:
    client(stub, authentication="bearer").echo()
    client(stub, authentication="basic", user="ä").echo()
    client(stub).echo()
    sent = [headers.get("Authorization") for _, _, headers in stub.requests]
    assert sent == ["Bearer t0ken", "Basic w6Q6dDBrZW4=", None]


def test_a_login_does_not_follow_to_another_host(stub: Stub) -> None:
    other = Stub()
    try:
        stub.answer = lambda handler: reply(handler, 302, b"", Location=other.url.replace("127.0.0.1", "localhost"))
        for login in ("bearer", "basic"):
            try:
                client(stub, authentication=login, user="u").echo()
            except NetworkError:
                continue
        assert all("Authorization" not in headers for _, _, headers in other.requests)
    finally:
        other.close()


def test_tls(tmp_path: Path) -> None:
    """Orthanc 1.10 of Debian ends with a fault when it is asked by TLS, so Python's own server stands in."""
    import trustme

    authority, stranger = trustme.CA(), trustme.CA()
    for name, found in (("authority", authority), ("stranger", stranger)):
        found.cert_pem.write_to_path(str(tmp_path / f"{name}.pem"))
    ours = authority.issue_cert("us")
    ours.cert_chain_pems[0].write_to_path(str(tmp_path / "our.pem"))
    ours.private_key_pem.write_to_path(str(tmp_path / "our_key.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    own = {name: str(tmp_path / f"{name}.pem") for name in ("authority", "stranger", "our", "our_key")}
    good = {"authorities": own["authority"], "certificate": own["our"], "key": own["our_key"]}
    server = Stub(context)
    try:
        assert client(server, **good).echo() > 0
        local = server.url.replace("127.0.0.1", "localhost")
        assert client(server, **{**good, "url": local, "check_name": False}).echo() > 0
        for changes, sentence in (
            ({"authorities": own["stranger"]}, "signed by nobody that is trusted"),
            ({"authorities": ""}, "signed by nobody that is trusted"),
            ({"url": local}, "certificate is not accepted"),
            ({"certificate": "", "key": ""}, "not accept our certificate|connection ended|certificate of ours"),
            ({"url": server.url.replace("https", "http")}, "connection ended|HTTP"),
        ):
            with pytest.raises(NetworkError, match=sentence):
                client(server, **{**good, **changes}).echo()
    finally:
        server.close()


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (200, b"<html>welcome</html>", "text/html", "not QIDO-RS"),
        (200, b'{"a": 1}', "application/json", ""),
        (200, b"[1, 2]", "application/json", ""),
        (200, b'[{"0020000D": {"vr": "UI", "Value": ["../../evil"]}}]', "application/json", ""),
        (200, b'[{"0020000D": {"vr": "XX"}}]', "application/json", ""),
        (200, b"\xff\xfe", "application/json", "not QIDO-RS"),
        (204, b"", "application/json", ""),
        (403, b"", "text/plain", "does not allow"),
        (500, b"", "text/plain", "HTTP 500"),
        (503, b"", "text/plain", "HTTP 503"),
    ],
)
def test_strange_answers_to_a_question(stub: Stub, status: int, body: bytes, kind: str, sentence: str) -> None:
    stub.answer = lambda handler: reply(handler, status, body, kind)
    if sentence:
        with pytest.raises(NetworkError, match=sentence):
            client(stub).studies(Query(patient_id="1"))
    else:
        assert client(stub).studies(Query(patient_id="1")) == []


def test_wildcards_and_carets_are_not_escaped(stub: Stub) -> None:
    """Orthanc 1.10 does not undo the escapes, and would find nothing without a word."""
    client(stub).studies(Query(patient_name="meier, an", first_day="20260101", last_day="20260131"))
    (_, path, _), *_ = stub.requests
    assert "PatientName=meier*^an*" in path
    assert "StudyDate=20260101-20260131" in path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    return save(dataset(CT, "CT", np.arange(64, dtype=np.uint16).reshape(8, 8)), tmp_path / "image.dcm")


@pytest.mark.parametrize("fault", ["cut", "short", "rubbish", "other", "plain", "traversal"])
def test_strange_objects_are_not_kept(stub: Stub, image: Path, tmp_path: Path, fault: str) -> None:
    found = look(image)
    wanted = FoundObject(found.study_uid, found.series_uid, found.sop_uid)
    content = image.read_bytes()
    if fault == "other":
        content = content.replace(found.sop_uid.encode(), found.sop_uid[:-1].encode() + b"\0")
    elif fault == "traversal":
        evil = b"../../../evil".ljust(len(found.sop_uid), b"x")
        content = content.replace(found.sop_uid.encode(), evil)
    elif fault == "rubbish":
        content = b"\x00" * 128 + b"DICM" + b"rubbish" * 100
    elif fault == "short":
        content = content[:-20]
    body = b"--B\r\nContent-Type: application/dicom\r\n\r\n" + content + b"\r\n--B--\r\n"
    length = str(len(body))
    if fault == "cut":
        body = body[: len(body) // 2]

    def answer(handler: Any) -> None:
        if fault == "plain":
            reply(handler, 200, content, "application/dicom")
        else:
            reply(handler, 200, body, "multipart/related; boundary=B", length=length)
        handler.close_connection = True

    stub.answer = answer
    spool = Spool(tmp_path / "spool")
    if fault == "cut":
        with pytest.raises(NetworkError, match="connection ended"):
            client(stub).fetch([wanted], True, spool, Progress())
    else:
        complaint = client(stub).fetch([wanted], True, spool, Progress())
        assert bool(complaint) == (fault != "plain")
    kept = [path for path in tmp_path.rglob("*.dcm") if path != image]
    assert len(kept) == (fault == "plain")
    assert list(tmp_path.rglob("*.part")) == []
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("multipart", [True, False])
def test_a_full_disk_is_not_blamed_on_the_server(
    stub: Stub, image: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, multipart: bool
) -> None:
    found = look(image)
    monkeypatch.setattr("app.dicom.net.spool.LOOK", 1 << 10)
    monkeypatch.setattr("app.dicom.net.spool.shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    content = image.read_bytes() + bytes(1 << 12)
    body = b"--B\r\nContent-Type: application/dicom\r\n\r\n" + content + b"\r\n--B--\r\n" if multipart else content
    kind = "multipart/related; boundary=B" if multipart else "application/dicom"
    stub.answer = lambda handler: reply(handler, 200, body, kind)
    wanted = FoundObject(found.study_uid, found.series_uid, found.sop_uid)
    with pytest.raises(SpoolError, match="cannot be written there"):
        client(stub).fetch([wanted], True, Spool(tmp_path / "spool"), Progress())
    assert [path for path in tmp_path.rglob("*.dcm") if path != image] == []
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize(
    ("status", "data", "answer"),
    [
        (200, {"00081199": ["own"]}, Answer(True)),
        (200, {"00081199": ["own"], "00081198": []}, Answer(True)),  # Orthanc: the sequence is there, and empty
        (200, None, Answer(True)),
        (
            202,
            {"00081198": [("own", 0xA700)]},
            Answer(False, "Stub: it has no room for more objects just now (status A700)."),
        ),
        (409, {"00081198": [("own", 0x0111)]}, Answer(True)),
        (
            409,
            {"00081198": [("own", 0xC000)]},
            Answer(False, "Stub: it does not understand the object (status C000).", lasting=True),
        ),
        (202, {"00081199": ["another"]}, Answer(False, "Stub: it did not say that it stored the object.")),
    ],
)
def test_what_a_stow_answer_means(stub: Stub, image: Path, status: int, data: Any, answer: Answer) -> None:
    found = look(image)
    uids = {"own": found.sop_uid, "another": "1.2.3"}

    def item(entry: Any) -> dict[str, Any]:
        uid, reason = entry if isinstance(entry, tuple) else (entry, None)
        made: dict[str, Any] = {"00081155": {"vr": "UI", "Value": [uids[uid]]}}
        if reason is not None:
            made["00081197"] = {"vr": "US", "Value": [reason]}
        return made

    body = b"<html/>"
    if data is not None:
        body = json.dumps({tag: {"vr": "SQ", "Value": list(map(item, items))} for tag, items in data.items()}).encode()
    stub.answer = lambda handler: reply(handler, status, body)
    answers: list[Answer] = []
    client(stub).send([found], lambda _, given: answers.append(given))
    assert answers == [answer]


@pytest.mark.parametrize(("status", "lasting"), [(401, True), (403, True), (415, True), (500, False), (507, False)])
def test_a_refused_stow_is_no_success(stub: Stub, image: Path, status: int, lasting: bool) -> None:
    stub.answer = lambda handler: reply(handler, status, b"")
    answers: list[Answer] = []
    with pytest.raises(NetworkError) as caught:
        client(stub).send([look(image)], lambda _, given: answers.append(given))
    assert caught.value.lasting == lasting
    assert answers == []


def test_cancel_ends_a_wait_for_an_answer(stub: Stub, image: Path) -> None:
    from recon.errors import Cancelled

    came, go_on = threading.Event(), threading.Event()

    def answer(handler: Any) -> None:
        came.set()
        go_on.wait(20.0)
        handler.close_connection = True

    stub.answer = answer
    progress = Progress()
    threading.Thread(target=lambda: (came.wait(10.0), progress.cancel())).start()
    for ask in (
        lambda: client(stub).studies(Query(patient_id="1"), progress),
        lambda: client(stub).send([look(image)], lambda *_: None, progress),
    ):
        with pytest.raises(Cancelled):
            ask()
    go_on.set()
