"""The pages of the network, over servers in memory."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fixtures_dicom import CT, dataset, save
from synthetic import FakeStudy

from app.dicom.net.errors import NetworkError
from app.dicom.net.nodes import Node
from app.dicom.net.query import FoundObject, FoundSeries, FoundStudy, Query
from app.dicom.net.storing import Answer
from recon.messages import said

ARCHIVE = Node(id="a", title="Archive", host="h", called_ae="A")
CLOUD = Node(id="c", title="Cloud", kind="web", url="https://h/dicom-web")
GONE = Node(id="g", title="Gone", host="g", called_ae="G")


class FakeServer:
    """What a server has, and what was asked of it."""

    def __init__(self, *studies: FoundStudy) -> None:
        self.studies = studies
        self.queries: list[Query] = []
        self.stored: list[str] = []
        self.broken = False
        self.go_on = threading.Event()
        self.go_on.set()


class FakeClient:
    def __init__(self, node: Node, server: FakeServer) -> None:
        self.node, self._server = node, server
        if server.broken:
            raise NetworkError(said("{0}: nothing answers.", node.name))

    def echo(self, progress: Any = None) -> float:
        return 3.0

    def studies(self, query: Query, progress: Any = None) -> list[FoundStudy]:
        self._server.queries.append(query)
        return [replace(study, node=self.node.id) for study in self._server.studies]

    def series(self, study_uid: str, progress: Any = None) -> list[FoundSeries]:
        return [
            FoundSeries(self.node.id, study_uid, f"{study_uid}.{k}", str(k), "DX", f"S{k}", "CHEST", 2) for k in (1, 2)
        ]

    def objects(self, study_uid: str, series_uid: str, progress: Any = None) -> list[FoundObject]:
        return [FoundObject(study_uid, series_uid, f"{series_uid}.{k}") for k in (1, 2)]

    def fetch(self, wanted: Any, whole: bool, spool: Any, progress: Any, told: Any) -> str:
        for found in wanted:
            while not self._server.go_on.wait(0.01):
                progress.step(0.0)
            arrival = spool.part()
            arrival.write(b"x" * 100)
            arrival.keep(found.study_uid, found.series_uid, found.uid)
            told(100)
        return ""

    def send(self, objects: Any, answered: Any, progress: Any, told: Any) -> None:
        for found in objects:
            self._server.stored.append(found.sop_uid)
            answered(found, Answer(stored=True))

    def holds(self, objects: Any, progress: Any = None) -> set[str]:
        return set(self._server.stored)

    def close(self) -> None:
        pass


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeServer]:
    found = {
        "a": FakeServer(
            FoundStudy(
                "", "1.1", "Meier^Anna", "4711", "19610203", "F", "20260101", "1010", "Chest", "A1", ("DX",), 2, 4
            ),
            FoundStudy("", "1.2", "<b>Evil</b>^X", "4712", "", "", "20250101", "", "Knee", "", ("CT",), 2, 0),
        ),
        "c": FakeServer(FoundStudy("", "1.1", "Meier^Anna", "4711", date="20260101", count=6, description="Chest")),
        "g": FakeServer(),
    }
    found["g"].broken = True
    for place in ("app.dicom.net.client.connect", "app.dicom.net.sender.connect"):
        monkeypatch.setattr(place, lambda node, *_: FakeClient(node, found[node.id]))
    return found


@pytest.fixture
def window(make_window: Callable[..., Any], servers: dict[str, FakeServer]) -> Any:
    made = make_window(FakeStudy().services())
    for node in (ARCHIVE, CLOUD, GONE):
        made.network.nodes.save(node)
    return made


def rows(page: Any) -> list[list[str]]:
    tree = page.tree
    return [
        [tree.topLevelItem(row).text(column) for column in range(tree.columnCount())]
        for row in range(tree.topLevelItemCount())
    ]


def asked(page: Any, qtbot: Any, **fields: str) -> None:
    for name, text in fields.items():
        getattr(page, name).setText(text)
    page.ask()
    qtbot.waitUntil(lambda: not page._worker.is_busy(), timeout=10_000)


def test_several_servers_are_asked_and_merged(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    page = window.network.show_query()
    asked(page, qtbot, name="meier")
    assert [servers[name].queries[-1].patient_name for name in ("a", "c")] == ["meier", "meier"]
    found = rows(page)
    assert [row[0] for row in found] == ["Meier, Anna", "<b>Evil</b>, X"]  # as text, the newest first
    assert {found[0][9], found[1][9]} <= {"Archive, Cloud", "Cloud, Archive", "Archive"}
    assert found[0][8] == "6"
    assert "2 studies." in page.said.text()
    assert "Gone: nothing answers." in page.said.text()


def test_asking_for_everything_is_not_done(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    page = window.network.show_query()
    page.ask()
    assert "Enter something" in page.said.text()
    assert servers["a"].queries == []
    page.days.setCurrentIndex(page.days.findData("today"))
    asked(page, qtbot)
    assert servers["a"].queries[0].first_day == servers["a"].queries[0].last_day != ""


def test_series_are_asked_for_when_looked_at_and_fetched_alone(window: Any, qtbot: Any) -> None:
    page = window.network.show_query()
    asked(page, qtbot, patient_id="4711")
    study = page.tree.topLevelItem(0)
    assert study.childCount() == 0
    study.setExpanded(True)
    qtbot.waitUntil(lambda: study.childCount() == 2, timeout=10_000)
    assert [study.child(row).text(4) for row in (0, 1)] == ["S1", "S2"]
    page.tree.clearSelection()
    study.child(1).setSelected(True)
    page.opens.setChecked(False)
    page.get()
    ((key, fetch),) = window.network.fetches.known.items()
    assert fetch.series == ("1.1.2",)
    qtbot.waitUntil(lambda: window.network.fetches.known[key].state == "done", timeout=10_000)
    assert len(list(window.network.spool.folder.rglob("*.dcm"))) == 2
    assert study.text(10) == "Here"


def test_cancel_and_retry(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    for server in servers.values():
        server.go_on.clear()
    page = window.network.show_query()
    page.opens.setChecked(False)
    asked(page, qtbot, name="meier")
    page.tree.setCurrentItem(page.tree.topLevelItem(0))
    assert not page.cancel.isEnabled()
    assert "Nothing of it" in page.cancel.toolTip()
    page.get()
    fetches = window.network.fetches
    (key,) = fetches.known
    qtbot.waitUntil(lambda: fetches.known[key].state == "running", timeout=10_000)
    assert page.cancel.isEnabled()
    assert "Fetching Meier, Anna, Chest" in window.status.text
    page.cancel.click()
    assert fetches.known[key].state == "cancelled"
    qtbot.waitUntil(lambda: not fetches._worker.is_busy(), timeout=10_000)
    for server in servers.values():
        server.go_on.set()
    assert page.retry.isEnabled()
    page.retry.click()
    qtbot.waitUntil(lambda: fetches.known[key].state == "done", timeout=10_000)
    assert fetches.known[key].there == 4
    assert not page.retry.isEnabled()


def test_a_study_opens_with_its_first_series(window: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[list[Path], str, bool]] = []
    monkeypatch.setattr(window.opening, "open", lambda paths, study="", hang=True: opened.append((paths, study, hang)))
    window.opening.studies["1.1"] = object()
    page = window.network.show_query()
    asked(page, qtbot, name="meier")
    page.tree.setCurrentItem(page.tree.topLevelItem(0))
    page.get()
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=10_000)
    folder = window.network.spool.study_folder("1.1")
    # With the first series it is hung; at the end the others are listed, and what is being read stays as it is.
    assert opened == [([folder], "1.1", True), ([folder], "", False)]
    assert str(folder) not in window.settings.current.recent
    window.opening.studies.clear()
    asked(page, qtbot, name="meier")
    assert rows(page)[0][10] in ("Here", "Here: 4 of 6")


def test_priors_are_looked_for_by_id(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    window.open_paths([Path("/nowhere")])
    qtbot.waitUntil(lambda: bool(window.opening.study), timeout=10_000)
    window.action_set["priors"].trigger()
    page = window.pages["query"]
    qtbot.waitUntil(lambda: not page._worker.is_busy(), timeout=10_000)
    assert servers["a"].queries[-1] == Query(patient_id="P1")


def test_sending_from_page_to_list(window: Any, servers: dict[str, FakeServer], qtbot: Any, tmp_path: Path) -> None:
    pixels = np.zeros((4, 4), np.uint16)
    paths = [save(dataset(CT, "CT", pixels, "s", k), tmp_path / f"{k}.dcm") for k in range(3)]
    window.send(paths, "Three images")
    page = window.pages["send"]
    assert page.what.text() == "Three images"
    page.server.setCurrentIndex(page.server.findText("Cloud"))
    page.send.click()
    network = window.network
    qtbot.waitUntil(lambda: bool(network.jobs) and network.jobs[0].counts == {"confirmed": 3}, timeout=20_000)
    table = window.pages["send_queue"].table
    qtbot.waitUntil(lambda: table.item(0, 5).text() == "Confirmed", timeout=5_000)
    assert [table.item(0, column).text() for column in (0, 1, 3)] == ["Three images", "Cloud", "3"]
    assert not page.isVisible()
    window.send(paths, "Again")
    assert page.server.currentText() == "Cloud"  # the server chosen last
    page.send.click()
    qtbot.waitUntil(lambda: "Left out" in page.said.text(), timeout=10_000)
    assert len(servers["c"].stored) == 3
    queue = window.pages["send_queue"]
    queue.clear.click()
    qtbot.waitUntil(lambda: not network.jobs, timeout=10_000)
    assert "Nothing is being sent" in queue.said.text()


def test_a_server_that_is_not_there_is_tried_again(
    window: Any, servers: dict[str, FakeServer], qtbot: Any, tmp_path: Path
) -> None:
    path = save(dataset(CT, "CT", np.zeros((4, 4), np.uint16)), tmp_path / "0.dcm")
    network = window.network
    network.add([path], GONE, "One", copy=False, done=lambda _: None)
    page = network.show_queue()
    qtbot.waitUntil(lambda: bool(network.jobs) and bool(network.jobs[0].reason), timeout=20_000)
    assert "Gone: nothing answers. Next try in" in page.said.text()
    servers["g"].broken = False
    page.table.selectRow(0)
    page.retry.click()
    qtbot.waitUntil(lambda: network.jobs[0].done == 1, timeout=20_000)


def test_servers_are_entered_tested_and_removed(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    page = window.network.show_servers()
    page.add.click()
    page.save.click()
    assert "host name" in page.said.text()
    page.title_entry.setText("New")
    page.host.setText("pacs")
    page.called.setText("PACS")
    page.save.click()
    assert page.said.text() == "Saved."
    node = window.network.nodes.nodes[-1]
    assert (node.title, node.host, node.called_ae) == ("New", "pacs", "PACS")
    servers[node.id] = FakeServer()
    page.test.click()
    qtbot.waitUntil(lambda: "It answers, after 3 ms." in page.said.text(), timeout=10_000)
    assert "not encrypted" in page.said.text()
    servers[node.id].broken = True
    page.test.click()
    qtbot.waitUntil(lambda: "New: nothing answers." in page.said.text(), timeout=10_000)
    page.remove.click()
    assert [known.title for known in window.network.nodes.nodes] == ["Archive", "Cloud", "Gone"]


def test_enter_does_what_is_meant_where_it_is_pressed(window: Any, servers: dict[str, FakeServer], qtbot: Any) -> None:
    from PySide6.QtCore import Qt

    page = window.network.show_query()
    qtbot.keyClicks(page.name, "meier")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(page)) == 2 and not page._worker.is_busy(), timeout=10_000)
    page.opens.setChecked(False)
    page.tree.setFocus()
    page.tree.setCurrentItem(page.tree.topLevelItem(1))
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert list(window.network.fetches.known) == [("a", "1.2")]
    assert len(servers["a"].queries) == 1
    entry = window.network.show_servers()
    entry.add.click()
    qtbot.keyClicks(entry.host, "pacs")
    qtbot.keyClick(entry.host, Qt.Key.Key_Return)
    assert entry.host.text() == "pacs"  # saving was tried, and said what is missing
    assert "AE title" in entry.said.text()


def test_passwords_go_to_the_keyring_alone(window: Any, qtbot: Any) -> None:
    network = window.network
    page = network.show_servers()
    page.list.setCurrentRow(1)
    page.authentication.setCurrentIndex(page.authentication.findData("basic"))
    page.user.setText("reader")
    page.secret.setText("s3cret-word")
    page.save.click()
    qtbot.waitUntil(lambda: network.credentials.secret(CLOUD) == "s3cret-word", timeout=10_000)
    assert page.secret.text() == ""
    everything = b"".join(path.read_bytes() for path in window.settings.path.parent.rglob("*") if path.is_file())
    assert b"s3cret-word" not in everything


def test_another_language_with_the_pages_open(window: Any, qtbot: Any) -> None:
    network = window.network
    network.show_query()
    network.show_servers()
    network.show_queue()
    window.settings.change(language="zh_CN")
    window.apply_settings()
    qtbot.wait(300)
    asked(window.pages["query"], qtbot, name="meier")
    assert len(rows(window.pages["query"])) == 2


def test_starting_loads_nothing_of_the_network() -> None:
    """Nor does the menu: the libraries come with the first question."""
    code = (
        "import sys, app.main_window; "
        "print([name for name in ('pydicom', 'pynetdicom', 'dicomweb_client', 'requests', 'keyring') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_closing_while_sending_ends_the_threads(window: Any, servers: dict[str, FakeServer], tmp_path: Path) -> None:
    path = save(dataset(CT, "CT", np.zeros((4, 4), np.uint16)), tmp_path / "0.dcm")
    window.network.add([path], ARCHIVE, "One", copy=False, done=lambda _: None)
    time.sleep(0.05)
    window.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bocage-send")]
