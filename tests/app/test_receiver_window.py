"""The receiver in the window: off by default, opens what arrives, offers it while something is read, tells a crash."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from receiver_peers import PEER, STUDY, Peer, data_set, element, p_data, request

from app.dicom.receive import AssociationRefused, ReceiverSettings, Sender
from app.dicom.receive.settings import load_settings
from app.dicom.receive.spool import unopened

DX = "1.2.840.10008.5.1.4.1.1.1.1"


@pytest.fixture
def window(make_window: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("BOCAGE_DATA", str(tmp_path / "data"))
    return make_window()


def radiograph(uid: str, study: str) -> bytes:
    """A small radiograph that opens."""
    head, pixels = data_set(uid, 1152, study=study, sop_class=DX)[:-1164], element(0x7FE0, 0x0010, b"OW", bytes(1152))
    head = head[: head.index(b"\x28\0\x10\0")].replace(b"CS\x02\0OT", b"CS\x02\0DX")
    number = [
        (0x0002, 1),
        (0x0010, 24),
        (0x0011, 24),
        (0x0100, 16),
        (0x0101, 12),
        (0x0102, 11),
        (0x0103, 0),
    ]
    rows = {tag: element(0x0028, tag, b"US", value.to_bytes(2, "little")) for tag, value in number}
    photometric = element(0x0028, 0x0004, b"CS", b"MONOCHROME2 ")
    return head + rows.pop(0x0002) + photometric + b"".join(rows.values()) + pixels


def switched_on(window: Any, qtbot: Any, **settings: Any) -> int:
    """Switch the receiver on; its port."""
    flow = window.receiver
    flow.ready = True
    values = {"enabled": True, "port": 0, "senders": (Sender(PEER),), "keep_free_bytes": 0, **settings}
    flow.apply(ReceiverSettings(**values))
    qtbot.waitUntil(lambda: flow.state == "running", timeout=10_000)
    qtbot.waitUntil(lambda: "BOCAGE" in flow.indicator.text(), timeout=5000)
    return int(flow.receiver.port)


def push(port: int, study: str, count: int = 2) -> None:
    with Peer(port) as peer:
        assert peer.associate(request(contexts=((DX, ("1.2.840.10008.1.2.1",)),)))[0] == 2
        for number in range(count):
            uid = f"{study}.9.{number}"
            peer.send(p_data(1, 3, _command(uid)) + p_data(1, 2, radiograph(uid, study)))
            assert peer.status() == 0
        assert peer.release() == 6


def _command(uid: str) -> bytes:
    from receiver_peers import command

    return command(uid, sop_class=DX)


def test_it_is_off_until_it_is_switched_on(window: Any, qtbot: Any) -> None:
    flow = window.receiver
    page = flow.show_page()
    qtbot.waitUntil(lambda: flow.ready, timeout=5000)
    assert not page.enabled.isChecked()
    assert flow.receiver is None
    assert flow.indicator.isHidden()
    assert page.entered().address == "127.0.0.1"
    assert not page.test.isEnabled()
    assert page.test.toolTip()


def test_a_study_opens_by_itself_and_the_next_one_is_offered(window: Any, qtbot: Any) -> None:
    port = switched_on(window, qtbot)
    flow = window.receiver
    push(port, STUDY)
    qtbot.waitUntil(lambda: window.opening.study == STUDY, timeout=10_000)
    assert flow.objects == 2
    other = STUDY + ".5"
    push(port, other)
    qtbot.waitUntil(lambda: "New study from GOOD: 2 objects." in flow.offer.text, timeout=10_000)
    assert window.opening.study == STUDY
    qtbot.waitUntil(lambda: [each.study_uid for each in unopened(flow.folder)] == [other], timeout=5000)
    flow.offer.open_button.click()
    qtbot.waitUntil(lambda: window.opening.study == other, timeout=10_000)
    assert flow.offer.text == ""
    qtbot.waitUntil(lambda: unopened(flow.folder) == [], timeout=5000)


def test_more_of_the_study_on_screen_moves_nothing(window: Any, qtbot: Any) -> None:
    port = switched_on(window, qtbot)
    push(port, STUDY, 1)
    qtbot.waitUntil(lambda: window.opening.study == STUDY, timeout=10_000)
    qtbot.waitUntil(lambda: window.settled, timeout=10_000)
    layout = window.session.layout
    push(port, STUDY, 3)
    qtbot.waitUntil(lambda: len(window.opening.studies[STUDY].series[0].files) >= 1, timeout=5000)
    qtbot.waitUntil(lambda: unopened(window.receiver.folder) == [], timeout=10_000)
    assert window.session.layout == layout
    assert window.receiver.offer.text == ""


def test_sender_is_allowed_from_the_list_of_those_turned_away(window: Any, qtbot: Any) -> None:
    port = switched_on(window, qtbot, senders=())
    flow = window.receiver
    page = flow.show_page()
    with Peer(port) as peer:
        assert peer.associate()[0] == 3
    qtbot.waitUntil(lambda: page.turned.rowCount() == 1, timeout=5000)
    assert isinstance(flow.turned[0].event, AssociationRefused)
    assert not page.allow.isEnabled()
    page.turned.selectRow(0)
    assert page.allow.isEnabled()
    page.allow.click()
    assert flow.settings.senders == (Sender(PEER, "127.0.0.1"),)
    qtbot.waitUntil(lambda: flow.state == "running" and flow.receiver.settings == flow.settings, timeout=10_000)
    with Peer(flow.receiver.port) as peer:
        assert peer.associate()[0] == 2
    kept = load_settings(window.settings.path.parent)
    assert kept.senders == flow.settings.senders
    assert kept.enabled


def test_test_button_asks_for_an_echo(window: Any, qtbot: Any) -> None:
    switched_on(window, qtbot)
    page = window.receiver.show_page()
    page.test.click()
    qtbot.waitUntil(lambda: page.said.text() == "The receiver answers.", timeout=10_000)


def test_exposed_port_is_warned_of(window: Any, qtbot: Any) -> None:
    page = window.receiver.show_page()
    qtbot.waitUntil(lambda: window.receiver.ready, timeout=5000)
    assert page.warning.isHidden()
    page.address.setCurrentIndex(1)
    assert "nothing is encrypted" in page.warning.text()
    assert page.apply.isEnabled()
    page.address.setEditText("nowhere")
    assert "no address of this computer" in page.warning.text()
    assert not page.apply.isEnabled()
    page.address.setEditText("192.168.1.4")
    assert page.entered().address == "192.168.1.4"


def test_crash_is_told_and_it_starts_again(window: Any, qtbot: Any) -> None:
    switched_on(window, qtbot)
    flow = window.receiver
    os.kill(flow.receiver.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: "unexpectedly" in flow.offer.text, timeout=5000)
    assert flow.state == "failed"
    assert flow.indicator.text() == "Receiver stopped"
    flow.offer.restart_button.click()
    qtbot.waitUntil(lambda: flow.state == "running", timeout=10_000)
    assert flow.offer.text == ""


def test_next_start_offers_what_was_not_opened(window: Any, make_window: Callable[..., Any], qtbot: Any) -> None:
    port = switched_on(window, qtbot, opens=False)
    push(port, STUDY)
    qtbot.waitUntil(lambda: bool(window.receiver.offer.text), timeout=10_000)
    window.close()
    again = make_window()
    again.receiver.begin()
    qtbot.waitUntil(lambda: again.receiver.ready and bool(again.receiver.offer.text), timeout=10_000)
    assert again.receiver.settings == window.receiver.settings
    again.receiver.offer.later_button.click()
    qtbot.waitUntil(lambda: unopened(again.receiver.folder) == [], timeout=5000)


def test_c_move_finds_the_receiver(window: Any, qtbot: Any) -> None:
    assert window.network.target() is None
    switched_on(window, qtbot)
    target = window.network.target()
    assert (target.ae_title, target.folder) == ("BOCAGE", window.receiver.folder)
    assert target.folder == window.network.spool.folder


def test_settings_that_are_damaged_open_no_port(tmp_path: Path) -> None:
    from app.dicom.receive.settings import FILE_NAME, save_settings

    settings = ReceiverSettings(enabled=True, address="0.0.0.0", senders=(Sender("A", "10.0.0.0/8"),))
    save_settings(settings, tmp_path)
    assert load_settings(tmp_path) == settings
    file = tmp_path / FILE_NAME
    text = file.read_text()
    for before, after in (
        ('"10.0.0.0/8"', '"10.0.0.0/99"'),
        ('"certificate": ""', '"certificate": 5'),
        ("11112", '"x"'),
    ):
        assert before in text
        file.write_text(text.replace(before, after))
        assert not load_settings(tmp_path).enabled
    file.write_text(text[:-10])
    assert load_settings(tmp_path) == ReceiverSettings()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ae_title": ""}, "no AE title"),
        ({"ae_title": "A\\B"}, "no AE title"),
        ({"ae_title": "SEVENTEEN_LETTERS"}, "no AE title"),
        ({"address": "localhost"}, "no address"),
        ({"port": 70_000}, "no port"),
        ({"senders": (Sender("A", "1.2.3"),)}, "neither an address nor a network"),
        ({"certificate": "/nowhere.pem"}, "certificate and its key"),
        ({"certificate": "/nowhere.pem", "key": "/nowhere.key"}, "is not there"),
        ({"max_pdu": 1 << 30}, "must lie between"),
    ],
)
def test_problems_of_settings(changes: dict[str, Any], words: str) -> None:
    assert words in replace(ReceiverSettings(), **changes).problem()


def test_senders_match_title_and_network() -> None:
    settings = ReceiverSettings(senders=(Sender("A", "192.168.1.0/24"), Sender("B", "::1"), Sender("C")))
    assert settings.allows("A", "192.168.1.77")
    assert not settings.allows("A", "192.168.2.77")
    assert not settings.allows("a", "192.168.1.77")
    assert settings.allows("B", "::1")
    assert not settings.allows("B", "127.0.0.1")
    assert settings.allows("C", "203.0.113.1")
    assert not settings.allows("", "192.168.1.77")
