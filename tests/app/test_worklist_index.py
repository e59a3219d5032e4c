"""The worklist's index: real files that come, change, move and go; marks that stay; two programs at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fixtures_dicom import CT, DX_PRESENTATION, dataset, save, uid

from app.database import is_damage
from app.dicom.read import scan
from app.worklist import files, schema, studies
from app.worklist.indexer import index_folder
from app.worklist.model import Marks, Query, Report
from app.worklist.places import places
from app.worklist.search import Finder
from app.worklist.watch import changed_folders
from recon.errors import Cancelled
from recon.progress import Progress

PIXELS = np.zeros((24, 32), np.uint16)


def image(path: Path, study: str = "t", series: str = "s", instance: int = 1, sop: str = CT, **elements: Any) -> Path:
    modality = "CT" if sop == CT else "DX"
    return save(dataset(sop, modality, PIXELS, series, instance, study, **elements), path)


class Desk:
    """An index, and the folder that it watches."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.connection = schema.open_index(data).connection
        self.reader = sqlite3.connect(data / schema.FILE_NAME)
        self.finder = Finder(self.reader)
        self.folder = folder
        folder.mkdir(exist_ok=True)
        files.add_folder(self.connection, folder)

    def index(self, **options: Any) -> Report:
        return index_folder(self.connection, self.folder, **options)

    def found(self, text: str = "", **options: Any) -> list[studies.StudyRow]:
        return self.finder.rows(self.finder.find(Query(text, **options)).ids)

    def one(self, text: str = "") -> studies.StudyRow:
        (row,) = self.found(text)
        return row

    def count(self, table: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def close(self) -> None:
        self.reader.close()
        self.connection.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "data", tmp_path / "studies")
    yield made
    assert made.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert made.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    made.close()


def test_a_study_is_one_row_with_its_facts(desk: Desk) -> None:
    for number in range(3):
        image(
            desk.folder / "a" / f"{number}.dcm", "A", "slices", number + 1,
            PatientName="Müller^Jörg=山田^太郎=やまだ^たろう", PatientID="00123-45", BodyPartExamined="CHEST",
            StudyDescription="Thorax", AccessionNumber="ACC7", InstitutionName="St. Bocage", Laterality="L",
            StudyDate="20260115", StudyTime="102030.5", PatientSex="M", PatientBirthDate="19600102",
        )  # fmt: skip
    image(desk.folder / "b" / "plain.dcm", "A", "plain", 1, DX_PRESENTATION, SeriesNumber=2, BodyPartExamined="RIBS")
    report = desk.index()
    assert (report.read, report.new, report.refused) == (4, 4, 0)
    assert report.arrived == {uid("A")}
    row = desk.one()
    assert (row.patient_name, row.patient_id) == ("Müller^Jörg=山田^太郎=やまだ^たろう", "00123-45")
    assert (row.study_date, row.study_time, row.accession) == ("20260115", "102030.5", "ACC7")
    assert (row.birth_date, row.sex, row.institution, row.description) == ("19600102", "M", "St. Bocage", "Thorax")
    assert (row.modalities, row.body_parts, row.laterality) == (("CT", "DX"), ("CHEST", "RIBS"), "L")
    assert (row.n_series, row.n_images, row.there) == (2, 4, "all")
    assert row.marks == Marks()
    series = studies.series_rows(desk.connection, row.id)
    found = [(each.description, each.modality, each.n_images) for each in series]
    assert found == [("slices", "CT", 3), ("plain", "DX", 1)]
    # The same grouping as opening makes.
    catalogue = scan(desk.folder)
    assert [study.uid for study in catalogue.studies] == [row.uid]


def test_what_most_files_say_of_the_patient_holds_and_who_disagrees_is_told(desk: Desk) -> None:
    right = {"PatientName": "Li^Na", "PatientID": "7", "PatientBirthDate": "19500101", "AccessionNumber": "A1"}
    for number in range(3):
        image(desk.folder / f"{number}.dcm", "A", "s", number, **right)
    image(desk.folder / "3.dcm", "A", "s", 3, PatientName="LI^NA", PatientID="7")
    image(desk.folder / "4.dcm", "A", "s", 4, PatientName="", PatientID="")
    desk.index()
    row = desk.one()
    assert (row.patient_name, row.patient_id, row.birth_date, row.accession) == ("Li^Na", "7", "19500101", "A1")
    assert row.doubtful == (), "capitals and what is left empty are no other patient"
    # Somebody else's image under the same study.
    image(desk.folder / "5.dcm", "A", "s", 5, PatientName="Doe^Jo", PatientID="X-9")
    desk.index()
    row = desk.one("doe")
    assert (row.patient_name, row.doubtful) == ("Li^Na", ("patient_name", "patient_id"))
    assert desk.one("id:x9") == desk.one("name:na") == row
    (desk.folder / "5.dcm").unlink()
    desk.index()
    assert desk.one().doubtful == ()
    assert desk.found("doe") == []
    # De-identified in place: no name stays behind.
    for number in range(4):
        image(desk.folder / f"{number}.dcm", "A", "s", number, PatientName="", PatientID="")
    desk.index()
    row = desk.one()
    assert (row.patient_name, row.patient_id, row.birth_date) == ("", "", "")
    assert desk.found("na") == []
    assert desk.count("headers") == 1


def test_frames_are_pictures_and_reports_are_none(desk: Desk) -> None:
    many = dataset(DX_PRESENTATION, "DX", np.zeros((7, 24, 32), np.uint16), "run", 1, "M")
    save(many, desk.folder / "many.dcm")
    report = dataset("1.2.840.10008.5.1.4.1.1.88.11", "SR", PIXELS, "report", 1, "M")
    del report.PixelData, report.Rows, report.Columns
    save(report, desk.folder / "report.dcm")
    desk.index()
    row = desk.one()
    assert (row.n_series, row.n_images, row.modalities) == (2, 7, ("DX", "SR"))


def test_unchanged_files_are_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.worklist import indexer

    for number in range(5):
        image(desk.folder / f"{number}.dcm", "A", "s", number)
    (desk.folder / "notes.txt").write_text("nothing of interest")
    (desk.folder / "broken.dcm").write_bytes((desk.folder / "0.dcm").read_bytes()[:700])
    first = desk.index()
    assert (first.read, first.refused, first.other) == (7, 1, 1)
    read: list[str] = []
    original = indexer.read_record
    monkeypatch.setattr(indexer, "read_record", lambda path: read.append(path.name) or original(path))
    again = desk.index()
    assert (again.read, again.unchanged, read) == (0, 7, [])
    # One is written over: it alone is read.
    image(desk.folder / "3.dcm", "A", "s", 3, SeriesDescription="corrected afterwards")
    changed = desk.index()
    assert (changed.read, changed.changed, changed.unchanged, read) == (1, 1, 6, ["3.dcm"])
    assert desk.one("afterwards").n_images == 5
    ((path, sentence),) = files.problems(desk.connection)
    assert path == desk.folder / "broken.dcm"
    assert "broken.dcm" in sentence


def test_a_disk_that_numbers_its_files_anew_is_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.worklist import indexer

    for number in range(4):
        image(desk.folder / f"{number}.dcm", "A", "s", number)
    desk.index()
    original = indexer._identity

    def renumbered(found: os.stat_result) -> tuple[int, int, int]:
        size, mtime_ns, inode = original(found)
        return size, mtime_ns, inode + 1000

    with monkeypatch.context() as patch:
        patch.setattr(indexer, "_identity", renumbered)
        assert desk.index().unchanged == 4
    # One that was replaced by another of the same size and time is.
    path = desk.folder / "3.dcm"
    before = path.stat()
    other = image(desk.folder.parent / "other.dcm", "B", "s", 3)
    other.write_bytes(other.read_bytes().ljust(before.st_size, b"\0"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert other.stat().st_size == before.st_size
    other.replace(path)
    assert (desk.index().changed, {row.uid for row in desk.found()}) == (1, {uid("A"), uid("B")})


def test_a_moved_study_keeps_what_was_said_of_it(desk: Desk) -> None:
    for number in range(3):
        image(desk.folder / "old" / f"{number}.dcm", "A", "s", number)
    desk.index()
    studies.set_marks(desk.connection, {uid("A"): Marks("rejected", "111210", True, "again, please")})
    (desk.folder / "old").rename(desk.folder / "new")
    report = desk.index()
    assert (report.moved, report.new, report.gone) == (3, 0, 0)
    row = desk.one()
    assert row.marks == Marks("rejected", "111210", True, "again, please")
    assert (row.n_images, row.there) == (3, "all")
    assert desk.count("files") == 3
    assert desk.count("directories") == 2
    assert places(desk.connection, row.uid) == [desk.folder / "new"]
    # One file alone is given another name.
    (desk.folder / "new" / "1.dcm").rename(desk.folder / "new" / "one.dcm")
    assert desk.index().moved == 1
    assert desk.one().n_images == 3


def test_deleted_files_are_noticed_and_the_study_stays_as_such(desk: Desk) -> None:
    for number in range(3):
        image(desk.folder / "a" / f"{number}.dcm", "A", "s", number)
    image(desk.folder / "b" / "0.dcm", "B", "s", 0)
    desk.index()
    (desk.folder / "a" / "2.dcm").unlink()
    assert desk.index().gone == 1
    (row,) = (row for row in desk.found() if row.uid == uid("A"))
    assert (row.n_images, row.there) == (2, "all")
    shutil.rmtree(desk.folder / "a")
    assert desk.index().gone == 2
    (row,) = (row for row in desk.found() if row.uid == uid("A"))
    assert row.there == "gone"
    assert places(desk.connection, row.uid) == []
    assert desk.count("instances") == 1
    # They come back from a backup.
    image(desk.folder / "c" / "0.dcm", "A", "s", 0)
    desk.index()
    (row,) = (row for row in desk.found() if row.uid == uid("A"))
    assert (row.n_images, row.there) == (1, "all")


@pytest.mark.parametrize("how", ["removed", "empty", "another"])
def test_a_disk_that_is_not_connected_is_not_a_deletion(desk: Desk, how: str) -> None:
    for number in range(3):
        image(desk.folder / f"{number}.dcm", "A", "s", number)
    desk.index()
    away = desk.folder.with_name("away")
    desk.folder.rename(away)
    if how != "removed":
        desk.folder.mkdir()  # where a disk was mounted, an empty folder is left
    if how == "another":
        image(desk.folder / "x.dcm", "X")
    report = desk.index()
    assert report.away
    (row,) = (row for row in desk.found() if row.uid == uid("A"))
    assert (row.there, row.n_images) == ("away", 3)
    assert not files.folders(desk.connection)[0].present
    shutil.rmtree(desk.folder, ignore_errors=True)
    away.rename(desk.folder)
    back = desk.index()
    assert (back.read, back.unchanged) == (0, 3)
    (row,) = (row for row in desk.found() if row.uid == uid("A"))
    assert row.there == "all"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_cannot_be_listed_is_not_gone(desk: Desk) -> None:
    image(desk.folder / "locked" / "0.dcm", "A")
    desk.index()
    (desk.folder / "locked").chmod(0)
    try:
        assert desk.index().gone == 0
    finally:
        (desk.folder / "locked").chmod(0o700)
    assert desk.one().there == "all"


def test_copies_are_one_study_and_open_once(desk: Desk) -> None:
    for number in range(3):
        image(desk.folder / "a" / f"{number}.dcm", "A", "s", number)
        image(desk.folder / "copy" / "deep" / f"{number}.dcm", "A", "s", number)
    image(desk.folder / "copy" / "deep" / "more.dcm", "A", "s", 9)
    image(desk.folder / "mixed" / "0.dcm", "A", "s", 10)
    image(desk.folder / "mixed" / "1.dcm", "B", "s", 0)
    desk.index()
    row = next(row for row in desk.found() if row.uid == uid("A"))
    assert (row.n_images, row.n_series) == (5, 1)
    assert desk.count("files") == 9
    opened = places(desk.connection, row.uid)
    assert opened == [desk.folder / "copy" / "deep", desk.folder / "mixed" / "0.dcm"]
    catalogue = scan(opened)
    assert [study.uid for study in catalogue.studies] == [row.uid]
    assert sum(len(entry.files) for entry in catalogue.series) == 5
    assert catalogue.problems == ()
    # One of two copies goes: nothing is lost.
    shutil.rmtree(desk.folder / "copy")
    desk.index()
    row = next(row for row in desk.found() if row.uid == uid("A"))
    assert (row.n_images, row.there) == (4, "all")
    assert places(desk.connection, row.uid) == [desk.folder / "a", desk.folder / "mixed" / "0.dcm"]


def test_a_file_that_holds_another_study_now_leaves_the_old_one(desk: Desk) -> None:
    image(desk.folder / "0.dcm", "A", "s", 0)
    image(desk.folder / "1.dcm", "A", "s", 1)
    desk.index()
    image(desk.folder / "1.dcm", "B", "s", 1)
    desk.index()
    assert {row.uid: row.n_images for row in desk.found()} == {uid("A"): 1, uid("B"): 1}
    assert desk.count("instances") == 2


def test_a_folder_that_is_no_longer_watched_takes_its_studies_along_but_not_the_marks(desk: Desk) -> None:
    image(desk.folder / "a" / "0.dcm", "A")
    image(desk.folder / "b" / "0.dcm", "B")
    desk.index()
    studies.set_marks(desk.connection, {uid("A"): Marks("read", note="no change")})
    files.remove_folder(desk.connection, desk.folder)
    assert desk.found() == []
    assert desk.count("files") == desk.count("instances") == desk.count("series") == desk.count("directories") == 0
    assert desk.count("studies") == 1
    assert (desk.folder / "a" / "0.dcm").exists()
    files.add_folder(desk.connection, desk.folder)
    report = desk.index()
    assert report.arrived == {uid("A"), uid("B")}
    assert {row.uid: row.marks for row in desk.found()} == {
        uid("A"): Marks("read", note="no change"), uid("B"): Marks(),
    }  # fmt: skip


def test_what_is_removed_from_the_list_does_not_come_back_with_the_next_look(desk: Desk) -> None:
    image(desk.folder / "0.dcm", "A")
    desk.index()
    studies.set_marks(desk.connection, {uid("A"): Marks(removed=True)})
    image(desk.folder / "1.dcm", "A", "s", 2)
    desk.index()
    assert desk.found() == []
    assert [row.n_images for row in desk.found(removed=True)] == [2]
    assert (desk.folder / "0.dcm").exists()
    studies.set_marks(desk.connection, {uid("A"): Marks()})
    assert len(desk.found()) == 1


def test_folders_within_folders_are_one(desk: Desk, tmp_path: Path) -> None:
    inner = desk.folder / "inner"
    image(inner / "0.dcm", "A")
    desk.index()
    assert files.add_folder(desk.connection, inner)[1] == desk.folder
    outer = tmp_path
    number, path = files.add_folder(desk.connection, outer)
    assert path == outer
    assert [folder.path for folder in files.folders(desk.connection)] == [outer]
    report = index_folder(desk.connection, outer)
    assert report.unchanged >= 1, "what was known of the inner folder is not read again"
    assert desk.one().n_images == 1
    assert number == files.folders(desk.connection)[0].id


def test_stopped_in_the_middle_it_goes_on_from_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.worklist import indexer

    monkeypatch.setattr(indexer, "BATCH", 4)
    for number in range(20):
        image(desk.folder / f"{number:02}.dcm", "A", "s", number)
    progress = Progress()
    seen: list[int] = []

    def stop(_: frozenset[str]) -> None:
        seen.append(desk.count("files"))
        if len(seen) == 2:
            progress.cancel()

    with pytest.raises(Cancelled):
        desk.index(progress=progress, on_batch=stop)
    assert desk.count("files") == 8
    assert not files.folders(desk.connection)[0].complete
    assert changed_folders(desk.connection) == (), "who stopped it does not want it to begin again by itself"
    again = desk.index()
    assert (again.read, again.unchanged) == (12, 8)
    assert files.folders(desk.connection)[0].complete
    assert desk.one().n_images == 20


def test_changes_are_noticed_by_the_times_of_directories(desk: Desk) -> None:
    image(desk.folder / "a" / "0.dcm", "A")
    desk.index()
    assert changed_folders(desk.connection) == ()
    image(desk.folder / "a" / "1.dcm", "A", "s", 2)
    os.utime(desk.folder / "a", ns=(1, 2))
    assert changed_folders(desk.connection) == (desk.folder,)
    desk.index()
    assert changed_folders(desk.connection) == ()
    (desk.folder / "b").mkdir()
    os.utime(desk.folder, ns=(1, 3))
    assert changed_folders(desk.connection) == (desk.folder,)
    desk.index()
    shutil.rmtree(desk.folder)
    assert changed_folders(desk.connection) == (desk.folder,)
    desk.index()
    assert changed_folders(desk.connection) == ()
    desk.folder.mkdir()
    assert changed_folders(desk.connection) == (), "an empty folder where a disk was mounted"
    image(desk.folder / "0.dcm", "A")
    assert changed_folders(desk.connection) == (desk.folder,)


def test_dates_of_former_standards_are_dates(desk: Desk) -> None:
    data = dataset(CT, "CT", PIXELS, "s", 1, "A", PatientBirthDate="1950.02.03")
    data.StudyDate, data.StudyTime = "1994.11.05", "10:20:30.5"
    save(data, desk.folder / "0.dcm")
    desk.index()
    row = desk.one("1994-11")
    assert (row.study_date, row.study_time, row.birth_date) == ("19941105", "102030.5", "19500203")


def test_files_without_uids_are_studies_by_their_folder_as_in_opening(desk: Desk) -> None:
    for number in range(2):
        data = dataset(CT, "CT", PIXELS, "s", number, "N")
        del data.StudyInstanceUID, data.SeriesInstanceUID
        save(data, desk.folder / "x" / f"{number}.dcm")
    desk.index()
    assert [study.uid for study in scan(desk.folder).studies] == [desk.one().uid]
    assert desk.one().n_images == 2


# -- patients ----------------------------------------------------------------------------------------------------------


def test_priors_are_of_the_same_patient_only(desk: Desk) -> None:
    same = {"PatientName": "Li^Na", "PatientID": "7", "PatientBirthDate": "19500101"}
    image(desk.folder / "0.dcm", "now", "s", 0, **same, StudyDate="20260301")
    image(desk.folder / "1.dcm", "before", "s", 1, **same, StudyDate="20240301")
    image(desk.folder / "2.dcm", "long before", "s", 2, **{**same, "PatientName": "LI^NA"}, StudyDate="20200301")
    image(desk.folder / "3.dcm", "no birth date", "s", 3, PatientName="Li^Na", PatientID="7", StudyDate="20190301")
    image(desk.folder / "4.dcm", "another", "s", 4, PatientName="Doe^Jo", PatientID="7", PatientBirthDate="19800101")
    image(desk.folder / "5.dcm", "other id", "s", 5, **{**same, "PatientID": "8"})
    desk.index()
    now = studies.row_of(desk.connection, uid("now"))
    assert now is not None
    assert [row.uid for row in studies.priors(desk.connection, now)] == [
        uid("before"), uid("long before"), uid("no birth date"),
    ]  # fmt: skip


def test_the_file_is_the_users_alone_and_nothing_stays_after_forgetting(desk: Desk, tmp_path: Path) -> None:
    image(desk.folder / "0.dcm", "A", PatientName="Zyxwvut^Qwerty", PatientID="SECRET-77")
    desk.index()
    studies.set_marks(desk.connection, {uid("A"): Marks(note="Plughxyzzy")})
    data = tmp_path / "data"
    if os.name != "nt":
        assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in data.iterdir())
    raw = b"".join(path.read_bytes() for path in data.iterdir())
    assert b"Zyxwvut" in raw
    shutil.copy(data / schema.FILE_NAME, data / "worklist.damaged-20260101-000000.sqlite3")
    studies.forget_all(desk.connection)
    raw = b"".join(path.read_bytes() for path in data.iterdir()).lower()
    for word in (b"zyxwvut", b"secret", b"plughxyzzy", str(desk.folder).encode().lower()):
        assert word not in raw
    assert (desk.folder / "0.dcm").exists()
    assert desk.found() == []
    files.add_folder(desk.connection, desk.folder)
    desk.index()
    assert desk.one("zyxw").marks == Marks()


# -- the file ----------------------------------------------------------------------------------------------------------


def test_a_damaged_index_is_put_aside_and_a_newer_one_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    schema.open_index(folder).connection.close()
    path = folder / schema.FILE_NAME
    path.write_bytes(b"\xa5" * 5000)
    opened = schema.open_index(folder)
    assert "put aside" in opened.notes[0]
    assert len(list(folder.glob("worklist.damaged-*.sqlite3"))) == 1
    opened.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    opened.connection.close()
    before = path.read_bytes()
    newer = schema.open_index(folder)
    assert newer.path.name == f"worklist-{schema.VERSION}.sqlite3"
    assert "newer version" in newer.notes[0]
    assert path.read_bytes() == before
    newer.connection.close()
    assert is_damage(sqlite3.DatabaseError("database disk image is malformed"))


def test_two_connections_write_at_once_and_see_each_other(desk: Desk, tmp_path: Path) -> None:
    import threading

    other = Desk(tmp_path / "data", tmp_path / "others")
    for number in range(30):
        image(desk.folder / f"{number}.dcm", "A", "s", number)
        image(other.folder / f"{number}.dcm", "B", "s", number)
    failures: list[BaseException] = []

    def run(each: Desk) -> None:
        try:
            each.index()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(each,)) for each in (desk, other)]
    for thread in threads:
        thread.start()
    studies.claim(desk.connection, uid("A"))
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert {row.uid: row.n_images for row in desk.found()} == {uid("A"): 30, uid("B"): 30}
    studies.claim(desk.connection, uid("A"))
    assert [row.reading for row in other.found("", order="added_at")].count(True) == 1
    # A program that is gone reads nothing.
    desk.connection.execute("UPDATE readings SET pid = 999999999")
    assert not any(row.reading for row in other.found())
    studies.claim(desk.connection, "")
    other.close()


def test_marks_can_be_put_back(desk: Desk) -> None:
    image(desk.folder / "0.dcm", "A")
    desk.index()
    before = {uid("A"): desk.one().marks}
    assert before == {uid("A"): Marks()}
    studies.set_marks(desk.connection, {uid("A"): replace(Marks(), state="read", flag=True)})
    assert desk.one().marks == Marks("read", flag=True)
    studies.set_marks(desk.connection, before)
    assert desk.one().marks == Marks()
