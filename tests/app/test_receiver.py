"""The receiver with good peers: dcmtk's and pynetdicom's senders, duplicates, ends of every kind, TLS."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from receiver_peers import (
    AE,
    EXPLICIT,
    IMPLICIT,
    PEER,
    SECONDARY_CAPTURE,
    STUDY,
    Desk,
    Peer,
    command,
    data_set,
    p_data,
    request,
    running,
)

from app.dicom.receive import (
    AssociationRefused,
    Failed,
    Received,
    Receiver,
    ReceiverSettings,
    Rejected,
    Sender,
    SetAside,
    Stopped,
    StudyComplete,
)
from app.dicom.receive.spool import file_meta, name_of, opened, unopened
from recon.errors import BocageError

CLASSES = {
    "DX": "1.2.840.10008.5.1.4.1.1.1.1",
    "BreastProjection": "1.2.840.10008.5.1.4.1.1.13.1.4",
    "BTO": "1.2.840.10008.5.1.4.1.1.13.1.3",
    "X-Ray 3D": "1.2.840.10008.5.1.4.1.1.13.1.1",
    "SR": "1.2.840.10008.5.1.4.1.1.88.34",
    "KOS": "1.2.840.10008.5.1.4.1.1.88.59",
    "GSPS": "1.2.840.10008.5.1.4.1.1.11.1",
    "SC": SECONDARY_CAPTURE,
}


def needs(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} (dcmtk) is not installed")
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    senders = (Sender(PEER), Sender("STORESCU"), Sender("DCMSEND"), Sender("PYNETDICOM", "127.0.0.0/8"))
    with running(tmp_path_factory.mktemp("receiver") / "spool", senders=senders) as desk:
        yield desk


def _written(place: Path, root: str, *, plain: bool) -> Path:
    """A file of each class; unless plain one of them is in implicit VR, and sequences have no lengths."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.sequence import Sequence
    from pydicom.uid import UID

    for number, (name, sop_class) in enumerate(CLASSES.items()):
        data, inner = Dataset(), Dataset()
        inner.StudyInstanceUID = "1.2.999"  # of another study, within a sequence: not this object's
        inner.is_undefined_length_sequence_item = not plain
        data.SOPClassUID, data.SOPInstanceUID = sop_class, f"{root}.{number}"
        data.StudyInstanceUID, data.SeriesInstanceUID = root, f"{root}.7.{number}"
        data.PatientName, data.PatientID, data.Modality = "Planted^Name", "PLANTED-ID", "OT"
        data.ReferencedStudySequence = Sequence([inner, inner])
        data["ReferencedStudySequence"].is_undefined_length = not plain
        data.Rows, data.Columns, data.BitsAllocated, data.SamplesPerPixel = 24, 32, 16, 1
        data.BitsStored, data.HighBit, data.PixelRepresentation = 12, 11, 0
        data.PhotometricInterpretation = "MONOCHROME2"
        data.PixelData = bytes(range(256)) * 6
        data.file_meta = FileMetaDataset()
        data.file_meta.TransferSyntaxUID = UID(IMPLICIT if name == "GSPS" and not plain else EXPLICIT)
        data.save_as(place / f"{number}.dcm", enforce_file_format=True)
    return place


def _data(path: Path) -> tuple[str, bytes]:
    """Transfer syntax and bytes of the data set of a file."""
    from pydicom import dcmread

    meta = dcmread(path, stop_before_pixels=True).file_meta
    return str(meta.TransferSyntaxUID), path.read_bytes()[144 + int(meta.FileMetaInformationGroupLength) :]


def _check(desk: Desk, sent: Path, root: str) -> None:
    """Every object is where it should be, byte for byte."""
    for number in range(len(CLASSES)):
        names = (name_of(root), name_of(f"{root}.7.{number}"), f"{name_of(f'{root}.{number}')}.dcm")
        assert _data(desk.spool.joinpath(*names)) == _data(sent / f"{number}.dcm")
    assert not [path for path in desk.files() if "Planted" in str(path)]


@pytest.mark.parametrize("tool", ["storescu", "dcmsend"])
def test_dcmtk_pushes_a_folder(desk: Desk, tmp_path: Path, tool: str) -> None:
    path, root = needs(tool), f"1.2.826.0.1.3680043.2.{len(tool)}"
    _written(tmp_path, root, plain=True)  # it writes lengths of its own otherwise
    # Its list of classes is older than some of ours; the second option takes them from the files.
    options = ["-R", "+sd"] if tool == "storescu" else ["+sd"]
    done = subprocess.run(
        [path, "-aet", tool.upper(), "-aec", AE, *options, "127.0.0.1", str(desk.port), str(tmp_path)],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _check(desk, tmp_path, root)


def test_pynetdicom_sends_every_class(desk: Desk, tmp_path: Path) -> None:
    import pynetdicom
    from pydicom import dcmread

    root = "1.2.826.0.1.3680043.2.99"
    _written(tmp_path, root, plain=False)
    entity = pynetdicom.AE("PYNETDICOM")
    for sop_class in CLASSES.values():
        entity.add_requested_context(sop_class, [EXPLICIT])
        entity.add_requested_context(sop_class, [IMPLICIT])
    association = entity.associate("127.0.0.1", desk.port, ae_title=AE)
    assert association.is_established
    assert len(association.accepted_contexts) == 2 * len(CLASSES)
    for path in sorted(tmp_path.iterdir()):
        assert association.send_c_store(dcmread(path)).Status == 0
    association.release()
    _check(desk, tmp_path, root)


def test_dcmtk_echo(desk: Desk) -> None:
    done = subprocess.run(
        [needs("echoscu"), "-aet", PEER, "-aec", AE, "127.0.0.1", str(desk.port)], check=False, timeout=20
    )
    assert done.returncode == 0


def test_the_same_object_is_kept_once_and_another_is_set_aside(desk: Desk) -> None:
    uid = "1.2.3.500"
    with Peer(desk.port) as peer:
        assert peer.associate()[0] == 2
        assert [peer.store(uid), peer.store(uid, piece=100), peer.store(uid, data_set(uid, 2000))] == [0, 0, 0]
        assert peer.store(uid, data_set(uid, 2000)) == 0
        assert peer.release() == 6
    received = desk.told(Received, sop_uid=uid, count=2)
    assert [event.again for event in received] == [False, True]
    path = desk.spool / name_of(STUDY) / name_of(STUDY + ".1") / f"{name_of(uid)}.dcm"
    assert received[0].path == path
    assert path.read_bytes().endswith(data_set(uid))
    aside = {event.path for event in desk.told(SetAside, sop_uid=uid, count=2)}
    assert len(aside) == 1
    (other,) = aside
    assert other.parent == desk.spool / ".aside"
    assert other.read_bytes().endswith(data_set(uid, 2000))


def test_the_file_is_a_dicom_file(desk: Desk) -> None:
    from pydicom import dcmread

    with Peer(desk.port) as peer:
        peer.associate()
        assert peer.store("1.2.3.501") == 0
    path = desk.told(Received, sop_uid="1.2.3.501")[0].path
    read = dcmread(path)
    assert read.file_meta.TransferSyntaxUID == EXPLICIT
    assert read.file_meta.SourceApplicationEntityTitle == PEER
    assert read.SOPInstanceUID == read.file_meta.MediaStorageSOPInstanceUID == "1.2.3.501"
    tool = shutil.which("dcmftest")
    if tool:
        assert b"yes" in subprocess.run([tool, str(path)], capture_output=True, check=False).stdout
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_study_is_complete_once_its_sender_has_left(tmp_path: Path) -> None:
    with running(tmp_path / "spool") as desk:
        with Peer(desk.port) as peer:
            peer.associate()
            for number in range(4):
                assert peer.store(f"1.2.3.{number}") == 0
            assert not any(isinstance(event, StudyComplete) for event in desk.events)
            peer.release()
        (complete,) = desk.told(StudyComplete)
        assert complete == StudyComplete(STUDY, desk.spool / name_of(STUDY), 4, PEER)
        (arrival,) = unopened(desk.spool)
        assert (arrival.study_uid, arrival.folder, arrival.n_objects) == (STUDY, complete.folder, 4)
        opened(arrival.folder)
        assert unopened(desk.spool) == []


def test_uncompressed_syntaxes_are_preferred(desk: Desk) -> None:
    jpeg = "1.2.840.10008.1.2.4.90"
    contexts = ((SECONDARY_CAPTURE, (jpeg, IMPLICIT, EXPLICIT)), (SECONDARY_CAPTURE, ("1.2.3", jpeg)))
    with Peer(desk.port) as peer:
        _, body = peer.associate(request(contexts=contexts))
    assert body.count(EXPLICIT.encode() + b"\x21") == 1  # the next context's item follows at once
    assert body.count(jpeg.encode()) == 1


def test_killed_in_the_middle_of_an_object(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    with running(spool) as desk:
        with Peer(desk.port) as peer:
            peer.associate()
            assert peer.store("1.2.3.1") == 0
            peer.send(p_data(1, 3, command("1.2.3.2")) + p_data(1, 0, data_set("1.2.3.2", 60_000)[:50_000]))
            assert peer.socket.getsockname()
            end = time.monotonic() + 5
            while not any(part.stat().st_size > 50_000 for part in desk.parts()) and time.monotonic() < end:
                time.sleep(0.01)
            assert desk.receiver.pid is not None
            os.kill(desk.receiver.pid, signal.SIGKILL)
            assert "unexpectedly" in desk.told(Failed)[0].sentence
        assert desk.receiver.state == "failed"
        assert len(desk.files()) == 1
        assert len(desk.parts()) == 1
        desk.receiver.start()
        assert desk.receiver.wait()
        assert desk.parts() == []
        assert [arrival.n_objects for arrival in unopened(spool)] == [1]
        assert desk.serves("1.2.3.2")
        assert len(desk.files()) == 2


def test_another_receiver_of_the_same_folder_keeps_its_parts(tmp_path: Path) -> None:
    with running(tmp_path / "spool") as desk, Peer(desk.port) as peer:
        peer.associate()
        peer.send(p_data(1, 3, command("1.2.3.1")) + p_data(1, 0, data_set("1.2.3.1")[:500]))
        end = time.monotonic() + 5
        while not desk.parts() and time.monotonic() < end:
            time.sleep(0.01)
        with running(tmp_path / "spool"):
            assert len(desk.parts()) == 1
        peer.send(p_data(1, 2, data_set("1.2.3.1")[500:]))
        assert peer.status() == 0


def test_it_ends_with_the_program_however_that_ends(tmp_path: Path) -> None:
    program = (
        "import sys, time; sys.path.insert(0, sys.argv[1]);"
        "from receiver_peers import running; from pathlib import Path;"
        "held = running(Path(sys.argv[2])); desk = held.__enter__();"
        "print(desk.receiver.pid, flush=True); time.sleep(60)"
    )
    here = str(Path(__file__).parent)
    parent = subprocess.Popen(
        [sys.executable, "-c", program, here, str(tmp_path / "spool")],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the receiver stayed behind")


def test_stop_tells_and_drops_what_is_half(tmp_path: Path) -> None:
    with running(tmp_path / "spool") as desk:
        with Peer(desk.port) as peer:
            peer.associate()
            peer.send(p_data(1, 3, command("1.2.3.1")) + p_data(1, 0, bytes(100)))
            desk.receiver.stop()
            assert peer.pdu()[0] in (0, 7)
        assert isinstance(desk.events[-1], Stopped)
        assert desk.receiver.state == "stopped"
        assert desk.receiver.port == 0
        assert not list((tmp_path / "spool" / ".incoming").iterdir())


def test_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        events: list[object] = []
        receiver = Receiver(ReceiverSettings(port=taken.getsockname()[1]), tmp_path, events.append)
        receiver.start()
        assert not receiver.wait()
        receiver.stop()
        assert "is used by another program" in receiver.failure


def test_address_of_another_computer(tmp_path: Path) -> None:
    receiver = Receiver(ReceiverSettings(address="192.0.2.1", port=0), tmp_path, lambda _: None)
    receiver.start()
    assert not receiver.wait()
    assert "no address of this computer" in receiver.failure


# -- TLS ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    """A receiver that wants certificates of an authority, and the files of a peer that has one."""
    import trustme

    place = tmp_path_factory.mktemp("tls")
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(place / "authority.pem")
    for name, by in (("server", authority), ("client", authority), ("stranger", other)):
        made = by.issue_cert("127.0.0.1", common_name=name)
        made.private_key_pem.write_to_path(place / f"{name}.key")
        made.cert_chain_pems[0].write_to_path(place / f"{name}.pem")
    files = {
        "certificate": str(place / "server.pem"),
        "key": str(place / "server.key"),
        "authorities": str(place / "authority.pem"),
    }
    with running(place / "spool", acse_s=1.0, **files) as desk:
        yield desk, place


def _context(place: Path, name: str = "") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(place / "authority.pem")
    if name:
        context.load_cert_chain(place / f"{name}.pem", place / f"{name}.key")
    return context


def test_tls_with_the_right_certificate(secured: tuple[Desk, Path]) -> None:
    desk, place = secured
    with Peer(desk.port, tls=_context(place, "client")) as peer:
        assert peer.associate()[0] == 2
        assert peer.store("1.2.3.1", data_set("1.2.3.1", 400_000)) == 0
        assert peer.release() == 6
        assert isinstance(peer.socket, ssl.SSLSocket)
        assert peer.socket.version() in ("TLSv1.2", "TLSv1.3")


@pytest.mark.parametrize("name", ["", "stranger"])
def test_tls_without_a_certificate_that_is_known(secured: tuple[Desk, Path], name: str) -> None:
    desk, place = secured
    with pytest.raises((OSError, AssertionError)), Peer(desk.port, tls=_context(place, name)) as peer:
        assert peer.associate()[0] == 2
    words = "the peer's certificate is signed by no known authority" if name else "the peer showed no certificate"
    assert desk.told(AssociationRefused, reason=f"The encrypted connection failed ({words}).")


def test_plain_connection_to_an_encrypted_port(secured: tuple[Desk, Path]) -> None:
    desk, place = secured
    with Peer(desk.port) as peer:
        assert peer.associate()[0] != 2
    # Silence during the handshake holds nobody up.
    silent = [socket.create_connection(("127.0.0.1", desk.port)) for _ in range(20)]
    with Peer(desk.port, tls=_context(place, "client")) as peer:
        assert peer.associate()[0] == 2
    for each in silent:
        each.close()


def test_old_tls_is_refused(secured: tuple[Desk, Path]) -> None:
    desk, place = secured
    context = _context(place, "client")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(OSError, match=r"(?i)alert|protocol|ssl"):
        Peer(desk.port, tls=context)


def test_dcmtk_over_tls(secured: tuple[Desk, Path]) -> None:
    desk, place = secured
    tool = needs("echoscu")
    port = str(desk.port)
    files = ["+tls", str(place / "client.key"), str(place / "client.pem"), "+cf", str(place / "authority.pem")]
    done = subprocess.run([tool, *files, "-aet", PEER, "-aec", AE, "127.0.0.1", port], check=False, timeout=20)
    assert done.returncode == 0
    plain = subprocess.run(
        [tool, "-ta", "2", "-aet", PEER, "-aec", AE, "127.0.0.1", port], check=False, timeout=20, capture_output=True
    )
    assert plain.returncode != 0


def test_it_asks_itself(desk: Desk, secured: tuple[Desk, Path]) -> None:
    from app.dicom.receive.check import echo

    for each in (desk, secured[0]):
        echo(each.receiver.settings, each.port)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    with pytest.raises(BocageError, match="No answer"):
        echo(desk.receiver.settings, free)
    # Its own AE title opens nothing but the echo.
    with Peer(desk.port) as peer:
        peer.associate(request(calling=AE))
        peer.send(p_data(1, 3, command("1.2.3.9")))
        assert peer.pdu()[0] == 7


def test_key_that_does_not_fit(secured: tuple[Desk, Path], tmp_path: Path) -> None:
    _, place = secured
    settings = ReceiverSettings(port=0, certificate=str(place / "server.pem"), key=str(place / "client.key"))
    receiver = Receiver(settings, tmp_path, lambda _: None)
    receiver.start()
    assert not receiver.wait()
    assert "cannot be used together" in receiver.failure


def test_rejections_are_told(desk: Desk) -> None:
    with Peer(desk.port) as peer:
        peer.associate()
        assert peer.store("1.2.3.600", b"garbage!") == 0xC000
    assert desk.told(Rejected, status=0xC000)[-1].calling_ae == PEER


@pytest.mark.skipif(os.name != "posix", reason="whole parts are marked by their mode")
def test_whole_object_whose_name_was_lost_takes_its_place(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    left = spool / ".incoming" / "of-a-process-that-was-killed"
    left.mkdir(parents=True)
    for number, whole in ((1, True), (2, False), (3, True)):
        path = left / f"{number}.part"
        data = data_set(f"1.2.3.{number}")
        # The third says that it is whole and is not, which only a damaged disk can bring about.
        path.write_bytes(
            file_meta((SECONDARY_CAPTURE, f"1.2.3.{number}"), EXPLICIT, PEER) + (data[:-9] if number == 3 else data)
        )
        path.chmod(0o400 if whole else 0o600)
    with running(spool) as desk:
        assert [path.stem for path in desk.files()] == [name_of("1.2.3.1")]
        assert desk.files()[0].read_bytes().endswith(data_set("1.2.3.1"))
        assert not left.exists()
        (arrival,) = unopened(spool)
        assert (arrival.n_objects, arrival.calling_ae) == (1, PEER)
