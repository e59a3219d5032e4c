"""The network's values: servers and their file, secrets, questions, bodies, the wire's bytes; nothing is sent."""

from __future__ import annotations

import io
import json
import os
import stat
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pynetdicom.dimse_messages import C_STORE_RQ
from pynetdicom.dsutils import decode

from app.dicom.net import wire
from app.dicom.net.answers import study_filters, study_of
from app.dicom.net.credentials import Credentials
from app.dicom.net.multipart import boundary_of, read_parts
from app.dicom.net.nodes import Node, NodeStore, is_ae_title
from app.dicom.net.objects import meta_bytes, read_meta
from app.dicom.net.query import FoundObject, Query, name_matches, name_pattern
from app.dicom.net.spool import HELD, Spool

DIMSE = Node(host="pacs.example.org", port=104, called_ae="PACS", title="Archive")
WEB = Node(kind="web", url="https://pacs.example.org/dicom-web", authentication="basic", user="reader")


# -- servers -----------------------------------------------------------------------------------------------------------


def test_servers_are_kept_and_come_back(tmp_path: Path) -> None:
    store = NodeStore(tmp_path)
    store.save(DIMSE)
    store.save(WEB)
    store.remember(WEB.id)
    again = NodeStore(tmp_path)
    assert again.nodes == (DIMSE, WEB)
    assert again.last == WEB.id
    assert stat.S_IMODE(again.path.stat().st_mode) == 0o600
    store.remove(DIMSE.id)
    assert NodeStore(tmp_path).nodes == (WEB,)


def test_no_password_is_ever_in_the_file(tmp_path: Path) -> None:
    store, secrets = NodeStore(tmp_path), Credentials(object())
    store.save(WEB)
    assert not secrets.keep(WEB, "very secret")  # a keyring that does not work: for this session only
    assert secrets.secret(WEB) == "very secret"
    assert "very secret" not in "".join(path.read_text() for path in tmp_path.iterdir())
    assert not any("password" in name or "secret" in name or "token" in name for name in vars(WEB))


def test_a_keyring_keeps_what_the_session_forgets() -> None:
    kept: dict[tuple[str, str], str] = {}

    class Ring:
        def set_password(self, service: str, name: str, secret: str) -> None:
            kept[service, name] = secret

        def get_password(self, service: str, name: str) -> str | None:
            return kept.get((service, name))

        def delete_password(self, service: str, name: str) -> None:
            del kept[service, name]

    assert Credentials(Ring()).keep(WEB, "word")
    assert kept == {("bocage", WEB.id): "word"}
    other = Credentials(Ring())
    assert other.secret(WEB) == "word"
    other.forget(WEB)
    assert kept == {}
    assert other.secret(WEB) == ""


def test_without_a_keyring_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert "no keyring" in Credentials().where()
    assert "in the keyring" in Credentials(object()).where()


@pytest.mark.parametrize("content", ["", "{", '{"servers": 3}', '{"servers": [3, {"kind": "fax"}]}', "\0\0"])
def test_a_damaged_list_of_servers_is_said_and_kept_aside(tmp_path: Path, content: str) -> None:
    (tmp_path / "servers.json").write_text(content)
    store = NodeStore(tmp_path)
    assert store.nodes == ()
    said = bool(store.problem)
    store.save(DIMSE)
    assert NodeStore(tmp_path).nodes == (DIMSE,)
    assert (tmp_path / "servers.unreadable").exists() == said


def test_a_newer_file_is_read_as_far_as_it_is_understood(tmp_path: Path) -> None:
    entry = {"id": "x", "kind": "dimse", "host": "h", "port": "not a number", "future": 1, "tls": 1}
    (tmp_path / "servers.json").write_text(json.dumps({"version": 9, "servers": [entry]}))
    (node,) = NodeStore(tmp_path).nodes
    assert (node.host, node.port, node.tls) == ("h", 104, False)


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        (Node(called_ae="PACS"), "host name"),
        (Node(host="h", called_ae=""), "AE title of the server"),
        (Node(host="h", called_ae="A" * 17), "AE title of the server"),
        (Node(host="h", called_ae="A", calling_ae="a\\b"), "AE title of this computer"),
        (Node(host="h", called_ae="A", port=0), "port"),
        (Node(host="h", called_ae="A", certificate="/nowhere.pem"), "/nowhere.pem"),
        (Node(kind="web", url="ftp://h/x"), "https://"),
        (Node(kind="web", url="https://"), "https://"),
        (Node(kind="web", url="https://h", authentication="basic"), "user's name"),
        (DIMSE, ""),
        (WEB, ""),
    ],
)
def test_what_is_missing_is_said(node: Node, sentence: str) -> None:
    assert sentence in node.problem()
    assert bool(sentence) == bool(node.problem())


def test_ae_titles() -> None:
    assert all(map(is_ae_title, ("A", "ORTHANC 1", "a" * 16)))
    assert not any(map(is_ae_title, ("", " ", "a" * 17, "a\\b", "ä", "a\n")))


# -- questions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("", ""),
        ("meier", "meier*"),
        ("Meier, Anna", "Meier*^Anna*"),
        ("  meier   an ", "meier*^an*"),
        ("*anna", "*anna"),
        ("Meier^A?na", "Meier^A?na"),
        ("王", "王*"),
    ],
)
def test_wildcards_are_added_sensibly(typed: str, pattern: str) -> None:
    assert name_pattern(typed) == pattern


def test_names_match_in_any_spelling() -> None:
    assert name_matches("mei*^a*", "Meier^Anna")
    assert not name_matches("mei*^b*", "Meier^Anna")
    assert name_matches("王*", "Wang^XiaoDong=王^小东")
    assert name_matches("wang*", "Wang^XiaoDong=王^小东")
    assert not name_matches("a.b*", "axb")


def test_days() -> None:
    today = date(2026, 3, 1)
    ask = Query()
    assert ask.with_days("today", today).dates == "20260301"
    assert ask.with_days("yesterday", today).dates == "20260228"
    assert ask.with_days("week", today).dates == "20260223-20260301"
    assert Query(first_day="20260101").dates == "20260101-"
    assert Query(last_day="20260101").dates == "-20260101"
    assert ask.with_days("any", today).is_empty
    assert study_filters(Query(patient_name="a", modality="DX")) == {"PatientName": "a*", "ModalitiesInStudy": "DX"}


def test_answers_that_servers_make_up() -> None:
    assert study_of("n", Dataset()) is None
    data = Dataset()
    data.StudyInstanceUID = "1.2/../../evil"
    assert study_of("n", data) is None
    data.StudyInstanceUID = "1.2.3"
    data.add_new("NumberOfStudyRelatedInstances", "LO", "many")
    data.PatientName = "A^B"
    found = study_of("n", data)
    assert found is not None
    assert (found.patient_name, found.count) == ("A^B", 0)


# -- bytes -------------------------------------------------------------------------------------------------------------


def test_a_command_set_is_what_pynetdicom_reads() -> None:
    content = wire.command_set(
        {
            wire.AFFECTED_CLASS: "1.2.840.10008.5.1.4.1.1.2",
            wire.COMMAND_FIELD: 1,
            wire.MESSAGE: 7,
            wire.PRIORITY: 0,
            wire.DATA_TYPE: 1,
            wire.AFFECTED_INSTANCE: "1.2.3",
        }
    )
    data = decode(io.BytesIO(content), True, True)
    assert data.CommandGroupLength == len(content) - 12
    message = C_STORE_RQ()
    message.command_set = data
    assert message.command_set.AffectedSOPInstanceUID == "1.2.3"
    assert message.command_set.MessageID == 7
    assert wire.uid(wire.elements(content), wire.AFFECTED_INSTANCE) == "1.2.3"
    assert wire.number(wire.elements(content), wire.MESSAGE) == 7


@given(st.binary(max_size=200))
def test_any_bytes_as_a_command_set(content: bytes) -> None:
    import struct

    try:
        found = wire.elements(content)
    except struct.error:
        return
    assert all(isinstance(value, bytes) for value in found.values())


def test_file_meta_is_what_pydicom_reads(tmp_path: Path) -> None:
    import pydicom

    content = meta_bytes("1.2.840.10008.5.1.4.1.1.2", "1.2.345", "1.2.840.10008.1.2.1")
    path = tmp_path / "m.dcm"
    path.write_bytes(content)
    meta = pydicom.filereader.read_file_meta_info(path)
    assert meta.MediaStorageSOPInstanceUID == "1.2.345"
    assert meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
    found = read_meta(io.BytesIO(content + b"\x08\x00\x05\x00CS\x02\x00  "))
    assert found is not None
    assert (found.syntax, found.offset) == ("1.2.840.10008.1.2.1", len(content))


@given(st.binary(max_size=400))
def test_any_bytes_as_file_meta(content: bytes) -> None:
    import struct

    for start in (content, b"\0" * 128 + b"DICM" + content):
        try:
            read_meta(io.BytesIO(start))
        except struct.error:
            pytest.fail("a file that is cut off must not end in an error")


class _Part:
    def __init__(self, parts: list[Any]) -> None:
        self.file, self.dropped = io.BytesIO(), False
        self.write = self.file.write
        parts.append(self)

    def drop(self) -> None:
        self.dropped = True


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 64))
def test_parts_come_back_however_they_are_cut(contents: list[bytes], chunk: int) -> None:
    boundary = b"b0undary"
    if any(b"\r\n--" + boundary in content for content in contents):
        return
    body = b"preamble" + b"".join(
        b"\r\n--" + boundary + b"\r\nContent-Type: application/dicom\r\n\r\n" + content for content in contents
    )
    stream = io.BytesIO(body + b"\r\n--" + boundary + b"--\r\n")
    parts: list[Any] = []
    whole: list[Any] = []
    read_parts(lambda count: stream.read(min(count, chunk)), boundary, lambda: _Part(parts), whole.append)
    assert [part.file.getvalue() for part in parts] == contents
    assert whole == parts


@given(st.integers(0, 120))
def test_a_body_that_is_cut_off_is_no_whole_part(at: int) -> None:
    body = b"--b\r\nContent-Type: application/dicom\r\n\r\n" + b"x" * 80 + b"\r\n--b--"
    stream = io.BytesIO(body[:at])
    parts: list[Any] = []
    whole: list[Any] = []
    with pytest.raises(ValueError, match="part"):
        read_parts(stream.read, b"b", lambda: _Part(parts), whole.append)
    assert whole == []
    assert all(part.dropped for part in parts)


def test_boundaries() -> None:
    assert boundary_of('multipart/related; type="application/dicom"; boundary="a b"') == b"a b"
    assert boundary_of("multipart/related; boundary=abc; start=x") == b"abc"
    assert boundary_of("application/dicom") == b""


# -- the spool ---------------------------------------------------------------------------------------------------------


def test_nothing_leaves_the_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    names = ("../../evil", "/etc/passwd", "..\\..\\x", "a\0b", "1.2.3", "")
    for study in names:
        for uid in names:
            path = spool.path(study, "s/../..", uid)
            assert path.resolve().is_relative_to(spool.folder.resolve())


def test_an_object_is_whole_or_not_there(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    wanted = [FoundObject("1.1", "1.2", f"1.3.{k}") for k in range(3)]
    assert spool.missing(wanted) == wanted
    arrival = spool.part()
    arrival.write(b"whole")
    assert spool.missing(wanted) == wanted
    path = arrival.keep("1.1", "1.2", "1.3.0")
    assert path.read_bytes() == b"whole"
    assert spool.missing(wanted) == wanted[1:]
    again = spool.part()
    again.write(b"another")
    again.keep("1.1", "1.2", "1.3.0")
    assert path.read_bytes() == b"whole"
    left = spool.part()
    for arriving in (left, young := spool.part()):
        arriving.write(b"x" * (HELD + 1))  # too large for memory
    old, recent = sorted(spool.folder.rglob("*.part"), key=lambda found: found.stat().st_ino)
    os.utime(old, (0, 0))
    assert spool.clean(time.time()) == 1
    assert list(spool.folder.rglob("*.part")) == [recent]
    for arriving in (left, young):
        arriving.drop()
    assert list(spool.folder.rglob("*.part")) == []


def test_what_a_server_says_does_not_command_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from types import SimpleNamespace

    from app.cli import network
    from app.dicom.net.query import FoundStudy

    study = FoundStudy("1", "1.2.3", description="a\x1b]0;title\x07\x1b[2Jb")
    answering = SimpleNamespace(studies=lambda *_: [study], close=lambda: None)
    monkeypatch.setattr(network, "client_of", lambda _: answering)
    assert network.find(network.Asked("PACS@127.0.0.1:104"), Query(patient_id="1")) == 0
    out = capsys.readouterr().out
    assert "title" in out
    assert out.strip().isprintable()
