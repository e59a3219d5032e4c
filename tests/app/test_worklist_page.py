"""The worklist in the real window, over real files: finding, opening, marking, what arrives, what is away."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fixtures_dicom import CT, DX_PRESENTATION, dataset, save, uid
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.window.worklist_page import WorklistPage
from app.window.worklist_table import COLUMNS, NOTE, ROW
from app.worklist import search
from app.worklist.model import Query

PIXELS = np.zeros((24, 32), np.uint16)
COLUMN = {column.order: number for number, column in enumerate(COLUMNS)}
WAIT = {"timeout": 10_000}


def study(folder: Path, name: str, number: int, **elements: Any) -> None:
    """One radiograph (CT where the number is a multiple of 3) in a folder of its own."""
    ct = number % 3 == 0
    facts = {
        "PatientName": name,
        "PatientID": f"P{number}",
        "PatientBirthDate": "19500101",
        "StudyDate": f"202501{number + 10:02d}",
        "BodyPartExamined": "CHEST" if ct else "KNEE",
        **elements,
    }
    data = dataset(CT if ct else DX_PRESENTATION, "CT" if ct else "DX", PIXELS, f"s{number}", 1, f"t{number}", **facts)
    save(data, folder / str(number) / "1.dcm")


@pytest.fixture
def studies(tmp_path: Path) -> Path:
    folder = tmp_path / "studies"
    for number, name in enumerate(("MEIER^ANNA", "Müller^Jörg", "<b>Wang</b>^XiaoDong=王^小东", "Ito^Ken")):
        study(folder, name, number)
    return folder


@pytest.fixture
def page(make_window: Callable[..., Any], qtbot: Any) -> WorklistPage:
    window = make_window()
    window.action_set["worklist"].trigger()
    found = window.pages["worklist"]
    settle(found, qtbot)
    return found


def settle(page: WorklistPage, qtbot: Any) -> None:
    """Wait until nothing is asked, looked through, or about to be."""
    service = page.worklist

    def rests() -> bool:
        waits = page._later.isActive() or page._pending or page.model._soon.isActive()
        return not (service.is_busy or service.running or waits)

    qtbot.waitUntil(rests, **WAIT)
    qtbot.wait(1)
    qtbot.waitUntil(rests, **WAIT)


def filled(page: WorklistPage, studies: Path, qtbot: Any) -> WorklistPage:
    page.worklist.add(studies)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4, **WAIT)
    settle(page, qtbot)
    return page


def column(page: WorklistPage, order: str) -> list[str]:
    return [page.model.index(row, COLUMN[order]).data() for row in range(page.model.rowCount())]


def test_an_empty_worklist_says_what_to_do(page: WorklistPage) -> None:
    assert page.pages.currentIndex() == 1
    texts = [button.text() for button in page.pages.currentWidget().findChildren(QPushButton)]
    assert texts == ["Add Folder…", "Open Demonstration Case"]
    assert not page.filters.isVisible()
    assert not page.open_button.isVisible()


def test_a_folder_that_is_added_fills_the_list(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    assert page.pages.currentIndex() == 0
    # The newest first; names as they are, whatever they look like.
    assert column(page, "patient_name") == ["Ito, Ken", "<b>Wang</b>, XiaoDong", "Müller, Jörg", "MEIER, ANNA"]
    assert page.model.index(1, COLUMN["patient_name"]).data(Qt.ItemDataRole.ToolTipRole).count("&lt;b&gt;") == 1
    assert page.detail.name.text() == "Ito, Ken"
    assert page.detail.name.textFormat() == Qt.TextFormat.PlainText
    assert page.detail.series.topLevelItemCount() == 1
    assert [page.filters.states[state].text() for state in ("", "new", "read", "rejected")] == [
        *("All: 4", "New: 4", "Read: 0", "Rejected: 0")
    ]
    assert page.said.text() == "4 studies"


def test_typing_in_the_list_searches_and_enter_opens(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    page.table.setFocus()
    qtbot.keyClicks(page.table, "m")
    assert page.search.text() == "m"
    qtbot.keyClicks(page.search, "uller")
    # Enter at once: what is opened is what was typed, not what is still shown.
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    window = page._window
    qtbot.waitUntil(lambda: window.opening.study == uid("t1"), **WAIT)
    assert not page.isVisible()
    settle(page, qtbot)
    page.show()
    page.refresh()
    settle(page, qtbot)
    assert column(page, "patient_name") == ["Müller, Jörg"]
    assert column(page, "state") == ["Being read"]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    settle(page, qtbot)
    assert (page.search.text(), page.model.rowCount(), page.isVisible()) == ("", 4, True)
    assert page.current is not None
    assert page.current.uid == uid("t1")  # what was opened last is selected
    page.search.setText("王")
    settle(page, qtbot)
    assert column(page, "patient_id") == ["P2"]


def test_filters_and_sorting(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    assert [page.filters.modality.itemData(each) for each in range(page.filters.modality.count())] == ["", "CT", "DX"]
    page.filters.modality.setCurrentIndex(1)
    settle(page, qtbot)
    assert column(page, "patient_id") == ["P3", "P0"]
    page.filters.clear_button.click()
    page.filters.periods["today"].click()
    settle(page, qtbot)
    assert page.model.rowCount() == 0
    assert "No study is found" in page.said.text()
    page.filters.clear_button.click()
    header = page.table.horizontalHeader()
    header.setSortIndicator(COLUMN["patient_name"], Qt.SortOrder.AscendingOrder)
    settle(page, qtbot)
    # Folded: the markup before the name is no letter, and case does not count.
    assert sorted(column(page, "patient_name")) == sorted(
        ["<b>Wang</b>, XiaoDong", "Ito, Ken", "MEIER, ANNA", "Müller, Jörg"]
    )
    assert column(page, "patient_name")[-3:] == ["Ito, Ken", "MEIER, ANNA", "Müller, Jörg"]
    page.table.show_column(COLUMN["sex"], True)
    page.close()
    again = WorklistPage(page._window)
    assert again.table.order == ("patient_name", False)
    assert not again.table.isColumnHidden(COLUMN["sex"])
    settle(again, qtbot)
    again.deleteLater()


def test_marks_can_be_taken_back(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    page.table.select(1)
    page.read_action.trigger()
    settle(page, qtbot)
    assert column(page, "state") == ["New", "Read", "New", "New"]
    assert page.filters.states["read"].text() == "Read: 1"
    rejecting = next(each for each in page.reject_button.menu().actions() if each.text() == "Motion blur")
    rejecting.trigger()
    settle(page, qtbot)
    row = page.model.index(1, 0).data(ROW)
    assert (row.marks.state, row.marks.reason) == ("rejected", "111210")
    assert "Rejected: Motion blur" in page.detail.facts.text()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle(page, qtbot)
    assert column(page, "flag") == ["", "★", "", ""]
    page.model.setData(page.model.index(0, NOTE), "ask the surgeon")
    settle(page, qtbot)
    assert column(page, "note")[0] == "ask the surgeon"
    page.table.select(3)
    page.remove_action.trigger()
    settle(page, qtbot)
    assert column(page, "patient_id") == ["P3", "P2", "P1"]
    assert studies.joinpath("0", "1.dcm").exists()
    for _ in range(5):
        page.undo_action.trigger()
        settle(page, qtbot)
    assert column(page, "state") == ["New"] * 4
    assert (set(column(page, "flag")), set(column(page, "note"))) == ({""}, {""})
    assert not page.undo_button.isEnabled()
    page.redo_action.trigger()
    settle(page, qtbot)
    assert column(page, "state") == ["New", "Read", "New", "New"]


def test_read_and_next_follows_filter_and_sort(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    window = page._window
    page.table.select(1)
    page.mark("rejected", "111213")
    page.filters.states["new"].click()
    settle(page, qtbot)
    page.table.select(0)
    page.open()
    qtbot.waitUntil(lambda: window.opening.study == uid("t3"), **WAIT)
    settle(page, qtbot)
    window.action_set["read_and_next"].trigger()
    qtbot.waitUntil(lambda: window.opening.study == uid("t1"), **WAIT)  # the rejected one is passed over
    settle(page, qtbot)
    window.action_set["read_and_next"].trigger()
    qtbot.waitUntil(lambda: window.opening.study == uid("t0"), **WAIT)
    settle(page, qtbot)
    window.action_set["read_and_next"].trigger()
    qtbot.waitUntil(lambda: "No study follows" in window.statusBar().currentMessage(), **WAIT)
    page.show()
    page.filters.clear()
    settle(page, qtbot)
    assert [page.model.index(each, 0).data(ROW).marks.state for each in range(4)] == [
        "read",
        "rejected",
        "read",
        "read",
    ]
    page.undo_action.trigger()
    settle(page, qtbot)
    assert page.model.index(3, 0).data(ROW).marks.state == "new"


def test_what_arrives_is_listed_as_new_and_stands_out(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    window = page._window
    spool = window.receiver.folder
    study(spool, "Late^Lea", 7, StudyDate="20250301")
    window.worklist.arrived(spool / "7")
    qtbot.waitUntil(lambda: page.model.rowCount() == 5, **WAIT)
    settle(page, qtbot)
    first = page.model.index(0, COLUMN["patient_name"])
    assert first.data() == "Late, Lea"
    assert first.data(Qt.ItemDataRole.FontRole).bold()
    assert page.model.index(1, COLUMN["patient_name"]).data(Qt.ItemDataRole.FontRole) is None
    # One folder for all that is received, not one for every study.
    assert [(folder.path, folder.kind) for folder in window.worklist.folders] == [
        (studies, "watched"),
        (spool, "received"),
    ]
    page.table.select(0)
    page.open()
    qtbot.waitUntil(lambda: window.opening.study == uid("t7"), **WAIT)
    settle(page, qtbot)
    assert window.worklist.arrivals == set()


def test_files_that_are_away_are_grey_and_say_so(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    studies.rename(studies.with_name("unplugged"))
    page.worklist.look_again()
    settle(page, qtbot)
    assert page.model.rowCount() == 4
    page.table.select(0)
    settle(page, qtbot)
    name = page.model.index(0, COLUMN["patient_name"])
    assert name.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert "Connect the disk" in name.data(Qt.ItemDataRole.ToolTipRole)
    assert "Connect the disk" in page.detail.warning.text()
    assert not page.open_button.isEnabled()
    assert "not there" in page.open_button.toolTip()
    studies.with_name("unplugged").rename(studies)
    page.worklist.look_again()
    settle(page, qtbot)
    assert page.open_button.isEnabled()


def test_files_that_went_since_are_told(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    studies.rename(studies.with_name("unplugged"))
    page.table.select(0)
    page.open()
    qtbot.waitUntil(lambda: "Connect the disk" in page.said.text() or not page.open_button.isEnabled(), **WAIT)
    settle(page, qtbot)
    assert page.isVisible()
    assert not page._window.opening.study


def test_folders_are_removed_and_everything_is_forgotten(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    page.folders.click()
    folders = page._window.pages["worklist_folders"]
    settle(page, qtbot)
    assert [folders.table.item(0, each).text() for each in (0, 1)] == [str(studies), "4"]
    assert not folders.remove.isEnabled()
    folders.table.selectRow(0)
    folders.remove.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, **WAIT)
    settle(page, qtbot)
    assert "No folder is watched yet" in folders.said.text()
    filled(page, studies, qtbot)
    folders.forget.click()
    assert folders.sure.isVisible()
    folders.sure.click()
    qtbot.waitUntil(lambda: page.pages.currentIndex() == 1, **WAIT)
    settle(page, qtbot)
    assert len(list(studies.rglob("*.dcm"))) == 4
    assert b"MEIER" not in b"".join(each.read_bytes() for each in page.worklist.folder.glob("worklist.sqlite3*"))


def test_a_prior_is_opened_beside(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    study(studies, "Ito^Ken", 5, PatientID="P3", StudyDate="20240101")
    page.worklist.add(studies)
    qtbot.waitUntil(lambda: page.model.rowCount() == 5, **WAIT)
    settle(page, qtbot)
    window = page._window
    page.table.select(0)
    settle(page, qtbot)
    assert page.detail.priors.topLevelItem(0).data(0, ROW) == uid("t5")
    page.open()
    qtbot.waitUntil(lambda: window.opening.study == uid("t3"), **WAIT)
    settle(page, qtbot)
    page.detail.prior_wanted.emit(uid("t5"))
    qtbot.waitUntil(lambda: uid("t5") in window.opening.studies and window.session.layout.count > 1, **WAIT)
    pictures = [{entry.uid for entry in window.opening.studies[uid(each)].series} for each in ("t3", "t5")]
    hung = [{(window.session.layout.hung[place] or "").partition(":")[0]} for place in (0, 1)]
    assert [both & one for both, one in zip(pictures, hung, strict=True)] == hung
    # The prior is only compared with: it is the other one that is marked as read.
    assert window.opening.study == uid("t3")


def test_another_patient_beside_is_told(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    filled(page, studies, qtbot)
    window = page._window
    page.table.select(0)
    page.open()
    qtbot.waitUntil(lambda: window.opening.study == uid("t3"), **WAIT)
    window.worklist.opener.open_beside(uid("t1"))
    qtbot.waitUntil(lambda: "another patient ID" in window.messages.text, **WAIT)


def test_a_damaged_index_is_put_aside_and_told(make_window: Callable[..., Any], studies: Path, qtbot: Any) -> None:
    window = make_window()
    window.worklist.folder.mkdir(parents=True, exist_ok=True)
    window.worklist.folder.joinpath("worklist.sqlite3").write_bytes(b"no database" * 500)
    window.action_set["worklist"].trigger()
    page = window.pages["worklist"]
    settle(page, qtbot)
    assert page.pages.currentIndex() == 1
    assert "worklist" in window.messages.text
    assert len(list(window.worklist.folder.glob("worklist*"))) > 1  # the damaged one is kept under another name
    filled(page, studies, qtbot)


def test_stopping_stays_stopped_until_it_is_asked_for(page: WorklistPage, studies: Path, qtbot: Any) -> None:
    service = page.worklist
    service.add(studies)
    service.stop()
    settle(page, qtbot)
    assert page.model.rowCount() == 0
    service._look_for_changes()
    settle(page, qtbot)
    assert page.model.rowCount() == 0
    service.add(studies)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4, **WAIT)
    settle(page, qtbot)


def test_queries_never_run_on_the_gui_thread(
    page: WorklistPage, studies: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(page, studies, qtbot)
    threads: list[str] = []
    goes_on = threading.Event()
    true_find = search.Finder.find

    def slow(self: search.Finder, query: Query, is_wanted: Callable[[], bool] = lambda: True) -> Any:
        threads.append(threading.current_thread().name)
        goes_on.wait(10)
        return true_find(self, query, is_wanted)

    monkeypatch.setattr(search.Finder, "find", slow)
    # While the first query hangs every key is taken, and only the last question is answered after it.
    qtbot.keyClicks(page.search, "meier")
    assert page.search.text() == "meier"
    goes_on.set()
    settle(page, qtbot)
    assert column(page, "patient_id") == ["P0"]
    assert set(threads) == {"bocage-worklist"}
    assert len(threads) <= 3


def test_a_list_of_many_reads_what_is_looked_at(page: WorklistPage, tmp_path: Path, qtbot: Any) -> None:
    from app.worklist.schema import open_index

    opened = open_index(page.worklist.folder).connection
    opened.executemany(
        "INSERT INTO studies (uid, patient_id, moment, n_instances, n_there, added_at) VALUES (?, ?, ?, 1, 1, 0)",
        [(f"1.2.{number}", f"X{number}", number) for number in range(3000)],
    )
    opened.close()
    page.ask()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3000, **WAIT)
    settle(page, qtbot)
    assert len(page.model._rows) < 300
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.index(2999, COLUMN["patient_id"]).data() == "X0", **WAIT)
    settle(page, qtbot)
    assert len(page.model._rows) < 600


def test_the_start_of_the_program_loads_nothing_of_it() -> None:
    code = (
        "import sys; import app.main_window; print([name for name in sys.modules if name.startswith('app.worklist') "
        "or name in ('app.window.worklist_page', 'pydicom')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
