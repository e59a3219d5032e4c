"""The receiver under attack: bounded memory, nothing outside its folder, and a good peer is served afterwards."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receiver_attacks import ATTACKS, outside_files
from receiver_peers import Desk, Peer, command, data_set, p_data, request, running

from app.dicom.receive import AssociationRefused, Rejected
from app.dicom.receive import spool as spools

MOST_MB = 60
"""Of the process, whatever is done to it; it starts with some 22."""
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    spool = tmp_path_factory.mktemp("attacked") / "spool"
    with running(spool, acse_s=1.0, dimse_s=1.0, network_s=1.5, object_bytes=10_000_000, per_address=6) as desk:
        yield desk


@pytest.mark.parametrize("title", ATTACKS)
def test_attack(desk: Desk, title: str) -> None:
    before = len(desk.files())
    ATTACKS[title](desk, False)
    assert desk.serves(f"1.2.3.9.{list(ATTACKS).index(title)}"), "a good peer is served after it"
    assert desk.memory_mb() < MOST_MB
    assert desk.receiver.state == "running"
    end = time.monotonic() + 5
    while desk.parts() and time.monotonic() < end:
        time.sleep(0.02)
    assert outside_files(desk) == []
    assert desk.parts() == []
    for path in desk.files()[before:]:
        assert len(path.stem) == len(path.parent.name) == len(path.parent.parent.name) == 32


def test_what_was_turned_away_is_told_without_patient_data(desk: Desk) -> None:
    with Peer(desk.port) as peer:
        peer.associate(request(calling="EVIL"))
    told = desk.told(AssociationRefused)
    assert any(each.unknown and each.calling_ae == "EVIL" and each.address == "127.0.0.1" for each in told)
    assert any(isinstance(each, Rejected) for each in desk.events)
    assert "Nobody" not in repr(desk.events)


@given(
    st.one_of(
        st.binary(max_size=400),
        st.builds(lambda kind, body: struct.pack(">BxL", kind, len(body)) + body, st.integers(0, 255), st.binary()),
        st.builds(
            lambda places: bytes(_mutated(request(), places)),
            st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255)), min_size=1, max_size=12),
        ),
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fuzzed_strangers_end_nothing_but_their_connection(desk: Desk, sent: bytes) -> None:
    with Peer(desk.port) as peer:
        peer.send(sent)
        peer.socket.close()
    assert desk.receiver.state == "running"


@given(st.lists(st.tuples(st.integers(0, 1600), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fuzzed_messages_end_nothing_but_their_association(desk: Desk, places: list[tuple[int, int]]) -> None:
    message = p_data(1, 3, command("1.2.3.400")) + p_data(1, 2, data_set("1.2.3.400"))
    with Peer(desk.port) as peer:
        assert peer.associate()[0] == 2
        peer.send(bytes(_mutated(message, places)))
        peer.socket.close()
    assert desk.receiver.state == "running"


def _mutated(data: bytes, places: list[tuple[int, int]]) -> bytearray:
    found = bytearray(data)
    for place, value in places:
        found[place % len(found)] = value
    return found


def test_after_the_fuzzing_it_serves(desk: Desk) -> None:
    assert desk.serves("1.2.3.401")
    assert desk.memory_mb() < MOST_MB
    threads = int(Path(f"/proc/{desk.receiver.pid}/stat").read_text().rsplit(")", 1)[1].split()[17])
    assert threads < 40


@pytest.mark.parametrize("quota", [{"quota_bytes": 1_000_000}, {"quota_files": 2}])
def test_quota_leaves_nothing_half(tmp_path: Path, quota: dict[str, int]) -> None:
    with running(tmp_path / "spool", **quota) as desk, Peer(desk.port) as peer:
        assert peer.associate()[0] == 2
        statuses = [peer.store(f"1.2.3.{number}", data_set(f"1.2.3.{number}", 300_000)) for number in range(5)]
        assert peer.echo() == 0
        kept = len(desk.files())
        assert statuses == [0] * kept + [0xA700] * (5 - kept)
        assert kept == (2 if "quota_files" in quota else 3)
        assert desk.parts() == []
        assert desk.told(Rejected)[0].status == 0xA700


def test_disk_that_is_nearly_full(tmp_path: Path) -> None:
    with running(tmp_path / "spool", keep_free_bytes=10**15) as desk, Peer(desk.port) as peer:
        assert peer.associate()[0] == 2
        assert peer.store("1.2.3.1") == 0xA700
        assert desk.files() == []
        assert desk.parts() == []


def test_disk_that_is_really_full(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs the right to mount one")
    try:
        with running(place / "spool") as desk, Peer(desk.port) as peer:
            assert peer.associate()[0] == 2
            assert peer.store("1.2.3.1", data_set("1.2.3.1", 1_500_000)) == 0xA700
            assert "no space left" in desk.told(Rejected)[0].reason
            assert desk.parts() == []
            assert peer.store("1.2.3.2", data_set("1.2.3.2", 300_000)) == 0
            assert len(desk.files()) == 1
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_room_that_the_user_makes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spools, "RECOUNT_S", 0.0)
    spool = spools.Spool(tmp_path, quota_bytes=10**6, quota_files=1, keep_free_bytes=0, object_bytes=10**6)
    spool.open()
    place = tmp_path / "study" / "series"
    place.mkdir(parents=True)
    (place / "a.dcm").write_bytes(bytes(10))
    with pytest.raises(spools.NoRoom):
        spool.use(0, 2)
    (place / "a.dcm").unlink()
    spool.begin().drop()
    assert spool.used == (0, 0)
    spool.close()
    assert not list(tmp_path.rglob("*.part"))
