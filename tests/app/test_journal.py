"""The journal's file and thread: what is called saved is there, whatever happens to disk, file and other programs."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from app.journal import compact, schema, store
from app.journal.desk import Entry, JournalState, difference, undone
from app.journal.encode import encode
from app.journal.parts import Part, part_name
from app.journal.store import Study
from app.journal.writer import Writer
from widgets.measurements import Measurement

STUDY = Study("1.2.3", ("/somewhere/study",), "study", "abc")
UID = "1.2.3.4"


class Reader:
    """Stands for somebody who measures: each `measure` is a change that adds one length."""

    def __init__(self, folder: Path, study: Study = STUDY, **options: Any) -> None:
        self.states: list[JournalState] = []
        self.notes: list[str] = []
        self.study = study
        self.items: tuple[Measurement, ...] = ()
        self.writer = Writer(folder, self.states.append, self.notes.append, **{"retry_s": 0.05, **options})

    def recall(self) -> store.Recalled | None:
        return self.writer.recall(self.study).result(10)

    def measure(self, number: int, merges: bool = False) -> None:
        item = Measurement(f"m{number}", "length", ((0.0, 0.0), (float(number), 0.0)))
        before = self.items
        self.items = (*(before[:-1] if merges else before), item)
        self.put("do", before, merges)

    def put(self, kind: Any, before: tuple[Measurement, ...], merges: bool = False) -> None:
        part = Part(part_name(UID, "measurements"), before, self.items)
        self.writer.put(Entry(self.study, kind, "length measurement", "drag", merges, time.time(), (part,)))

    def wait_for(self, kind: str, timeout_s: float = 10.0) -> JournalState:
        limit = time.monotonic() + timeout_s
        while time.monotonic() < limit:
            if self.writer.state.kind == kind:
                return self.writer.state
            time.sleep(0.005)
        raise AssertionError(f"{self.writer.state} is not {kind}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "user data" / "bocage"


@pytest.fixture
def reader(folder: Path) -> Iterator[Reader]:
    reader = Reader(folder)
    yield reader
    reader.writer.close()


def lengths(folder: Path, key: str = STUDY.key) -> list[int]:
    """The numbers of the measurements that the newest state in the file has, read by SQLite alone."""
    from app.journal.encode import decode

    connection = sqlite3.connect(folder / schema.FILE_NAME)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        recalled = store.recall(connection, key)
    finally:
        connection.close()
    if recalled is None:
        return []
    found, reports = decode(recalled.branch.parts[part_name(UID, "measurements")], tuple[Measurement, ...])
    assert reports == ()
    return [int(item.id[1:]) for item in found]


def test_every_change_is_a_row_and_the_state_is_the_sum(folder: Path, reader: Reader) -> None:
    for number in range(1, 6):
        reader.measure(number)
    assert reader.writer.flush()
    assert reader.writer.state.kind == "saved"
    assert reader.writer.state.unsaved == 0
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    assert connection.execute("SELECT count(*) FROM changes").fetchone()[0] == 5
    assert connection.execute("SELECT changes FROM branches").fetchone()[0] == 5
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()
    assert lengths(folder) == [1, 2, 3, 4, 5]
    if os.name == "posix":
        assert (folder / schema.FILE_NAME).stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0


def test_a_drag_is_one_row_with_the_first_before_and_the_last_after(folder: Path, reader: Reader) -> None:
    reader.measure(1)
    assert reader.writer.flush()
    for number in range(2, 30):
        reader.measure(number, merges=number > 2)
        if number % 7 == 0:
            assert reader.writer.flush()
    assert reader.writer.flush()
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    rows = connection.execute("SELECT delta FROM changes ORDER BY id").fetchall()
    connection.close()
    assert len(rows) == 2
    assert "m29" in rows[1][0]
    assert "m28" not in rows[1][0]
    state = store.recall(sqlite3.connect(folder / schema.FILE_NAME), STUDY.key)
    assert state is not None
    name = part_name(UID, "measurements")
    before = undone(state.branch.parts[name], json.loads(rows[1][0])[name])
    assert before == encode(reader.items[:1])
    assert lengths(folder) == [1, 29]


def test_saved_is_said_only_after_reading_back(folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.measure(1)
    assert reader.writer.flush()
    true = store.read_back
    monkeypatch.setattr(store, "read_back", lambda *_: False)
    reader.measure(2)
    state = reader.wait_for("failed")
    assert "read back" in state.reason
    assert state.unsaved >= 1
    monkeypatch.setattr(store, "read_back", true)
    reader.wait_for("saved")
    assert lengths(folder) == [1, 2]


def test_reading_back_compares_with_the_file(folder: Path, reader: Reader) -> None:
    reader.measure(1)
    assert reader.writer.flush()
    connection = schema.connect(folder / schema.FILE_NAME)
    branch, name, value = connection.execute("SELECT branch, name, value FROM parts").fetchone()
    assert store.read_back(connection, branch, {name: value}, {})
    assert not store.read_back(connection, branch, {name: value + " "}, {})
    assert not store.read_back(connection, branch, {name: None}, {})
    assert not store.read_back(connection, branch, {}, {99: store.Row("do", "", "", 0.0, "{}")})
    connection.close()


def test_what_was_done_before_goes_on(folder: Path, reader: Reader) -> None:
    assert reader.recall() is None
    reader.measure(1)
    reader.measure(2)
    assert reader.writer.close()
    again = Reader(folder)
    recalled = again.recall()
    assert recalled is not None
    assert recalled.others == ()
    assert recalled.study == STUDY
    assert recalled.branch.changes == 2
    assert lengths(folder) == [1, 2]
    again.items = reader.items
    again.measure(3)
    assert again.writer.close()
    assert lengths(folder) == [1, 2, 3]


def test_putting_a_state_in_force_writes_only_what_the_reader_changed_before(folder: Path, reader: Reader) -> None:
    reader.put("put", ())
    assert reader.writer.flush()
    assert not (folder / schema.FILE_NAME).exists() or lengths(folder) == []
    reader.measure(1)
    reader.items = ()
    reader.put("put", ())
    assert reader.writer.flush()
    assert reader.writer.close()
    assert lengths(folder) == []


# -- what may go wrong -------------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_tried_again(folder: Path) -> None:
    connections: list[sqlite3.Connection] = []

    def small(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        connections.append(connection)

    reader = Reader(folder, prepare=small)
    try:
        for number in range(1, 200):
            reader.measure(number)
        state = reader.wait_for("failed")
        assert state.reason == "the disk is full"
        assert state.unsaved > 0
        assert not reader.writer.flush(0.3)
        reader.measure(200)  # the work goes on in memory
        for connection in connections:
            connection.execute("PRAGMA max_page_count = 100000")
        reader.wait_for("saved")
        assert lengths(folder) == list(range(1, 201))
    finally:
        assert reader.writer.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is a folder that nobody can write")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for folder in (Path("/proc/bocage"), tmp_path / "file" / "bocage"):
        (tmp_path / "file").write_text("no folder")
        reader = Reader(folder)
        reader.measure(1)
        state = reader.wait_for("failed")
        assert state.unsaved == 1
        assert state.reason
        assert "\n" not in state.reason
        assert not reader.writer.close(0.2)


def test_another_program_that_holds_the_file_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.1)
    reader = Reader(folder)
    reader.measure(1)
    assert reader.writer.flush()
    other = sqlite3.connect(folder / schema.FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    reader.measure(2)
    state = reader.wait_for("failed")
    assert state.reason == "another program holds the file"
    assert lengths(folder) == [1]
    other.execute("COMMIT")
    other.close()
    reader.wait_for("saved")
    assert lengths(folder) == [1, 2]
    assert reader.writer.close()


@pytest.mark.parametrize("damage", ["head", "middle"])
def test_a_damaged_file_is_put_aside_and_never_deleted(folder: Path, reader: Reader, damage: str) -> None:
    for number in range(1, 300):
        reader.measure(number)
    assert reader.writer.close()
    path = folder / schema.FILE_NAME
    data = bytearray(path.read_bytes())
    at = 0 if damage == "head" else 4096
    data[at : at + 3000] = b"\xa5" * 3000
    path.write_bytes(data)
    again = Reader(folder)
    again.measure(7)
    assert again.writer.flush()
    assert again.writer.close()
    aside = list(folder.glob("journal.damaged-*.sqlite3"))
    assert len(aside) == 1
    assert aside[0].read_bytes() == bytes(data)
    assert len(again.notes) == 1
    assert str(aside[0]) in again.notes[0]
    assert lengths(folder) == [7]


def test_a_file_that_is_deleted_under_the_work_is_written_again_in_full(folder: Path, reader: Reader) -> None:
    for number in range(1, 4):
        reader.measure(number)
    assert reader.writer.flush()
    for path in folder.iterdir():
        path.unlink()
    reader.measure(4)
    assert reader.writer.flush()
    assert lengths(folder) == [1, 2, 3, 4]


def test_a_file_of_a_newer_version_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    newer = sqlite3.connect(folder / schema.FILE_NAME)
    newer.execute("CREATE TABLE future (a)")
    newer.execute(f"PRAGMA user_version = {schema.VERSION + 3}")
    newer.close()
    before = (folder / schema.FILE_NAME).read_bytes()
    reader = Reader(folder)
    reader.measure(1)
    assert reader.writer.close()
    assert (folder / schema.FILE_NAME).read_bytes() == before
    assert "newer version" in reader.notes[0]
    kept = sqlite3.connect(folder / f"journal-{schema.VERSION}.sqlite3")
    assert kept.execute("SELECT count(*) FROM changes").fetchone()[0] == 1
    kept.close()


def test_migrations_are_all_or_nothing_and_end_at_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = schema.open_journal(tmp_path)
    opened.connection.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (a); CREATE TABLE more (a)"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(sqlite3.OperationalError):
        schema.open_journal(tmp_path)
    plain = sqlite3.connect(tmp_path / schema.FILE_NAME)
    assert plain.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION - 1
    assert plain.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone()[0] == 0
    plain.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:-1], "CREATE TABLE more (a)"))
    opened = schema.open_journal(tmp_path)
    assert opened.connection.execute("SELECT count(*) FROM more").fetchone()[0] == 0
    opened.connection.close()


# -- two at once -------------------------------------------------------------------------------------------------------


def test_two_programs_on_one_study_keep_both_works(folder: Path) -> None:
    first, second = Reader(folder), Reader(folder)
    assert first.recall() is None
    assert second.recall() is None
    for number in range(1, 30):
        first.measure(number)
        second.measure(100 + number)
    assert first.writer.close()
    assert second.writer.close()
    third = Reader(folder)
    recalled = third.recall()
    assert recalled is not None
    assert len(recalled.others) == 1
    assert third.writer.close()
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    compact.compact(connection)
    texts = " ".join(row[0] for row in connection.execute("SELECT value FROM parts"))
    connection.close()
    for number in range(1, 30):
        assert f'"m{number}"' in texts
        assert f'"m{100 + number}"' in texts


def test_a_program_that_went_on_keeps_its_work_beside_the_one_that_started_from_it(folder: Path) -> None:
    first = Reader(folder)
    first.recall()
    first.measure(1)
    assert first.writer.flush()
    second = Reader(folder)
    assert second.recall() is not None
    second.items = first.items
    first.measure(2)  # the same row might be merged into: that is a move, too
    assert first.writer.flush()
    second.measure(3)
    assert second.writer.close()
    assert first.writer.close()
    third = Reader(folder)
    recalled = third.recall()
    assert third.writer.close()
    assert recalled is not None
    assert len(recalled.others) == 1


def test_opening_at_once_makes_one_file(folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from app.journal import schema, store\n"
        "opened = schema.open_journal(Path(sys.argv[1])); print(store.begin_session(opened.connection))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    numbers = {int(process.communicate(timeout=60)[0]) for process in running}
    assert numbers == {1, 2, 3}


# -- room, and forgetting ----------------------------------------------------------------------------------------------


def test_the_file_stays_small(folder: Path) -> None:
    for session in range(12):
        reader = Reader(folder)
        recalled = reader.recall()
        if session:
            assert recalled is not None
        for number in range(80):
            reader.items = ()
            reader.measure(number)
        assert reader.writer.close()
    opened = schema.open_journal(folder)
    compact.compact(opened.connection)
    branches = opened.connection.execute("SELECT count(*) FROM branches").fetchone()[0]
    changes = opened.connection.execute("SELECT count(*) FROM changes").fetchone()[0]
    size = compact.size_of(opened.connection, opened.path)
    opened.connection.close()
    assert branches == 1
    assert changes <= compact.KEPT_CHANGES
    assert size.studies == 1
    assert size.size_bytes < 1_000_000
    assert lengths(folder) == [79]


def test_changes_beyond_the_limit_go_and_the_state_stays(
    folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "KEPT_CHANGES", 10)
    for number in range(1, 41):
        reader.measure(number)
    assert reader.writer.close()
    connection = sqlite3.connect(folder / schema.FILE_NAME, isolation_level=None)
    compact.compact(connection)
    assert connection.execute("SELECT count(*) FROM changes").fetchone()[0] == 10
    connection.close()
    assert lengths(folder) == list(range(1, 41))


def test_putting_aside_goes_back_to_what_was_before_and_can_be_undone(folder: Path) -> None:
    first = Reader(folder)
    first.recall()
    first.measure(1)
    assert first.writer.close()
    second = Reader(folder)
    second.recall()
    second.items = first.items
    second.measure(2)
    assert second.writer.flush()
    number = second.writer.session
    connection = sqlite3.connect(folder / schema.FILE_NAME, isolation_level=None)
    compact.compact(connection)  # while the second runs, what it started from must stay
    store.discard(connection, number)
    assert lengths(folder) == [1]
    store.discard(connection, number, back=True)
    assert lengths(folder) == [1, 2]
    store.discard(connection, number)
    compact.compact(connection, now=time.time() + 31 * 86400)
    connection.close()
    assert lengths(folder) == [1]
    second.writer.close()


def test_the_place_of_a_branch_is_taken_through_the_generations(folder: Path) -> None:
    for session in range(3):
        reader = Reader(folder)
        reader.recall()
        reader.items = ()
        reader.measure(session)
        assert reader.writer.flush()
        if session == 0:
            continue_from = reader
        else:
            assert reader.writer.close()
    connection = sqlite3.connect(folder / schema.FILE_NAME, isolation_level=None)
    compact.compact(connection)
    connection.close()
    recalled = store.recall(sqlite3.connect(folder / schema.FILE_NAME), STUDY.key)
    assert recalled is not None
    assert recalled.others == ()  # the first session still runs, but the third started from the second from its end
    assert lengths(folder) == [2]
    continue_from.writer.close()


def test_forgetting_leaves_nothing_on_the_disk(folder: Path, reader: Reader) -> None:
    item = Measurement("x", "length", ((0.0, 0.0), (1.0, 0.0)), label="UNMISTAKABLE")
    reader.items = (item,)
    reader.put("do", ())
    assert reader.writer.flush()
    other = Study("9.9", (), "other")
    reader.writer.put(
        Entry(other, "do", "t", "", False, time.time(), (Part(part_name("9", "measurements"), (), (item,)),))
    )
    assert reader.writer.flush()
    assert reader.writer.size().result(5).studies == 2

    def on_disk() -> int:
        return sum(path.read_bytes().count(b"UNMISTAKABLE") for path in folder.iterdir())

    assert on_disk() > 0
    reader.writer.forget(STUDY.key).result(5)
    assert reader.writer.size().result(5).studies == 1
    assert lengths(folder) == []
    reader.writer.forget(None).result(5)
    assert reader.writer.size().result(5).studies == 0
    assert on_disk() == 0
    reader.items = ()
    reader.measure(1)  # and the work goes on
    assert reader.writer.flush()
    assert lengths(folder) == [1]


def test_only_sessions_that_are_dead_are_offered(folder: Path, reader: Reader) -> None:
    reader.recall()
    reader.measure(1)
    assert reader.writer.flush()
    connection = sqlite3.connect(folder / schema.FILE_NAME, isolation_level=None)
    assert store.unfinished(connection, 999) == ()  # it runs: that is this process
    connection.execute("UPDATE sessions SET process_started = process_started - 1000")
    found = store.unfinished(connection, 999)
    assert [(item.study.key, item.changes, item.further) for item in found] == [(STUDY.key, 1, 0)]
    assert store.settle(connection, found[0].session)
    assert not store.settle(connection, found[0].session)  # only one window takes it
    assert store.unfinished(connection, 999) == ()
    connection.close()


def test_the_data_folder_is_the_users_or_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOCAGE_DATA", str(tmp_path / "x"))
    assert schema.data_folder() == tmp_path / "x"
    monkeypatch.delenv("BOCAGE_DATA")
    assert schema.data_folder().name == "bocage"


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_change_is_written_as_what_differs(start: str, before: str, after: str, end: str) -> None:
    old, new = start + before + end, start + after + end
    change = difference(old, new)
    assert undone(new, change) == old
    assert len(change[2] or "") + len(change[3] or "") <= len(before) + len(after)
    assert undone(new, difference(None, new)) is None
    assert undone(None, difference(old, None)) == old
    with pytest.raises(ValueError, match="does not belong"):
        undone(new + "x", change)


def test_many_measurements_cost_no_more_each(folder: Path, reader: Reader) -> None:
    for number in range(1, 301):
        reader.measure(number)
    assert reader.writer.close()
    connection = sqlite3.connect(folder / schema.FILE_NAME)
    longest = connection.execute("SELECT max(length(delta)) FROM changes").fetchone()[0]
    connection.close()
    assert longest < 1000
    assert (folder / schema.FILE_NAME).stat().st_size < 600_000
