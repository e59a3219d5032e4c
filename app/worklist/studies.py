"""Studies in the index: their rows, what was said of them, who reads them."""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.database import checkpoint, transaction
from app.journal.store import is_alive, process_started
from app.worklist.model import HIDDEN, STATES, Marks, SeriesRow, StudyRow, There
from app.worklist.schema import FILE_NAME, SEARCH_TABLE
from app.worklist.words import name_key, stored, stored_facets, stored_name, stored_number

if TYPE_CHECKING:
    from app.dicom.read.model import Header

MANY = 500
"""Numbers in one statement."""
NO_PICTURES = ("SR", "KO", "PR", "DOC", "REG", "PLAN", "AU")
"""Modalities that go with pictures and are named after them."""


def parts_of(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Numbers in portions that one statement takes."""
    listed = list(numbers)
    return (listed[at : at + MANY] for at in range(0, len(listed), MANY))


def held_in(numbers: Sequence[int]) -> str:
    """Places for numbers in a statement."""
    return ",".join("?" * len(numbers))


def _moment(day: str, clock: str) -> int:
    """YYYYMMDDHHMMSS as a number; 0 without a date."""
    if not (len(day) >= 8 and day[:8].isascii() and day[:8].isdigit()):
        return 0
    digits = "".join(each for each in clock.split(".")[0] if each.isascii() and each.isdigit())[:6]
    return int(day[:8]) * 1000000 + int(digits.ljust(6, "0"))


FACTS = (
    *("patient_name", "patient_id", "birth_date", "sex", "study_date", "study_time", "study_description"),
    *("accession", "institution"),
)
"""What every file says of its patient and study: attributes of `app.dicom.read.model.Header`."""
PERSON = FACTS[:3]
"""Of these, those that must not differ."""
_DATE = re.compile(r"\d{4}\.\d{2}\.\d{2}", re.ASCII)
_FORMER = {"birth_date": _DATE, "study_date": _DATE, "study_time": re.compile(r"\d{2}(:\d{2}){1,2}(\.\d+)?", re.ASCII)}


def facts_of(header: Header) -> str:
    """What a file says of its patient and study, as the index keeps it."""
    values = {name: getattr(header, name) for name in FACTS}
    for name in _FORMER:
        # ACR-NEMA wrote 1994.11.05 and 10:20:30, and so do files made of its files (PS3.5 table 6.2-1, DA and TM).
        if _FORMER[name].fullmatch(values[name]):
            values[name] = values[name].replace(":", "") if name == "study_time" else values[name].replace(".", "")
    return json.dumps(list(values.values()), ensure_ascii=False)


def refresh_studies(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Bring studies up to date with their series, instances and files; within a transaction."""
    for number in numbers:
        counts = connection.execute(
            "SELECT count(*), coalesce(sum(i.images), 0), coalesce(sum(EXISTS (SELECT 1 FROM files f "
            "JOIN directories d ON d.id = f.directory WHERE f.instance = i.id AND d.there)), 0) "
            "FROM series s JOIN instances i ON i.series = s.id WHERE s.study = ?",
            (number,),
        ).fetchone()
        n_instances, n_images, n_there = counts
        if n_instances == 0:
            # What there was stays in the list, as a study whose files are gone.
            connection.execute("UPDATE studies SET n_instances = 0, n_there = 0 WHERE id = ?", (number,))
            connection.execute("DELETE FROM headers WHERE study = ?", (number,))
            continue
        _put_facts(connection, number)
        rows = connection.execute(
            "SELECT modality, body_part, laterality FROM series WHERE study = ? ORDER BY number, id", (number,)
        ).fetchall()
        modalities = sorted(dict.fromkeys(row[0] for row in rows if row[0]), key=lambda name: name in NO_PICTURES)
        parts = dict.fromkeys(row[1] for row in rows if row[1])
        sides = {row[2] for row in rows if row[2] in ("L", "R", "B")}
        connection.execute(
            "UPDATE studies SET modalities = ?, body_parts = ?, laterality = ?, n_series = ?, n_images = ?, "
            "n_instances = ?, n_there = ? WHERE id = ?",
            (
                "\\".join(modalities),
                "\\".join(parts),
                sides.pop() if len(sides) == 1 else "B" if sides else "",
                len(rows),
                n_images,
                n_instances,
                n_there,
                number,
            ),
        )
        _put_words(connection, number)


def _put_facts(connection: sqlite3.Connection, number: int) -> None:
    """What most files of a study say of it; those that say nothing do not count, of equals the first series holds."""
    said_by = connection.execute(
        "SELECT i.header, count(*) FROM series s JOIN instances i ON i.series = s.id WHERE s.study = ? "
        "GROUP BY i.header ORDER BY min(coalesce(s.number, 1 << 31)), min(i.id)",
        (number,),
    ).fetchall()
    kept = dict(connection.execute("SELECT id, facts FROM headers WHERE study = ?", (number,)).fetchall())
    unused = set(kept) - {header for header, _ in said_by}
    connection.executemany("DELETE FROM headers WHERE id = ?", [(header,) for header in unused])
    votes: dict[str, Counter[str]] = {name: Counter() for name in FACTS}
    for header, count in said_by:
        for name, value in zip(FACTS, json.loads(kept[header]), strict=True):
            if value:
                votes[name][value] += count
    # Counter.most_common keeps the order of first appearance among equals.
    values = {name: votes[name].most_common(1)[0][0] if votes[name] else "" for name in FACTS}
    doubtful = [name for name in PERSON if len({_alike(name, value) for value in votes[name]}) > 1]
    connection.execute(
        "UPDATE studies SET patient_name = ?, patient_id = ?, birth_date = ?, sex = ?, study_date = ?, study_time = ?, "
        "description = ?, accession = ?, institution = ?, name_key = ?, moment = ?, doubtful = ? WHERE id = ?",
        (
            *values.values(),
            name_key(values["patient_name"]),
            _moment(values["study_date"], values["study_time"]),
            "\\".join(doubtful),
            number,
        ),
    )


def _alike(fact: str, value: str) -> str:
    return name_key(value) if fact == "patient_name" else value.strip()


def _put_words(connection: sqlite3.Connection, number: int) -> None:
    """Bring what is searched up to date with a study's row."""
    name, patient, accession, modalities, parts, description, institution, day, note, doubtful = connection.execute(
        "SELECT patient_name, patient_id, accession, modalities, body_parts, description, institution, study_date, "
        "note, doubtful FROM studies WHERE id = ?",
        (number,),
    ).fetchone()
    names, patients = [name], [patient]
    if doubtful:
        # Whichever patient is looked for, the study must be found.
        for (facts,) in connection.execute("SELECT facts FROM headers WHERE study = ? ORDER BY id", (number,)):
            said_of = dict(zip(FACTS, json.loads(facts), strict=True))
            names.append(said_of["patient_name"])
            patients.append(said_of["patient_id"])
    series = connection.execute("SELECT DISTINCT description FROM series WHERE study = ?", (number,)).fetchall()
    texts = (
        "".join(dict.fromkeys(stored_name(each) for each in names)),
        "".join(dict.fromkeys(stored_number(each) for each in patients)),
        stored_number(accession),
        stored_facets(part for part in parts.split("\\") if part),
        stored_facets(each for each in modalities.split("\\") if each),
        stored(description, institution, day, note, *(text for (text,) in series)),
    )
    before = connection.execute(
        "SELECT name, patient, accession, part, modality, words FROM search WHERE rowid = ?", (number,)
    ).fetchone()
    if before == texts:
        return
    if before is not None:
        connection.execute("DELETE FROM search WHERE rowid = ?", (number,))
    connection.execute(
        "INSERT INTO search (rowid, name, patient, accession, part, modality, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *texts),
    )


_ROW = (
    "id, uid, patient_name, patient_id, birth_date, sex, study_date, study_time, description, accession, modalities, "
    "body_parts, laterality, institution, doubtful, n_series, n_images, n_instances, n_there, state, reason, flag, "
    "note, hidden, added_at, opened_at"
)


def rows(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[StudyRow]:
    """Studies by their numbers, in that order; those that are no longer in the index are left out."""
    found: dict[int, StudyRow] = {}
    open_now = being_read(connection)
    for part in parts_of(numbers):
        for row in connection.execute(f"SELECT {_ROW} FROM studies WHERE id IN ({held_in(part)})", part):
            found[row[0]] = _row(row, open_now)
    return [found[number] for number in numbers if number in found]


def row_of(connection: sqlite3.Connection, uid: str) -> StudyRow | None:
    """A study by its UID, whether it is listed or not."""
    row = connection.execute(f"SELECT {_ROW} FROM studies WHERE uid = ?", (uid,)).fetchone()
    return _row(row, being_read(connection)) if row is not None else None


def _row(row: tuple, open_now: frozenset[str]) -> StudyRow:  # type: ignore[type-arg]
    n_instances, n_there, state, reason, flag, note, hidden, added_at, opened_at = row[17:]
    there: There = "gone" if not n_instances else "away" if not n_there else "some" if n_there < n_instances else "all"
    names = ("id", "uid", "patient_name", "patient_id", "birth_date", "sex", "study_date", "study_time")
    return StudyRow(
        **dict(zip(names, row[:8], strict=True)),
        description=row[8],
        accession=row[9],
        modalities=tuple(part for part in row[10].split("\\") if part),
        body_parts=tuple(part for part in row[11].split("\\") if part),
        laterality=row[12],
        institution=row[13],
        doubtful=tuple(name for name in row[14].split("\\") if name),
        n_series=row[15],
        n_images=row[16],
        there=there,
        marks=Marks(STATES[state], reason, bool(flag), note, HIDDEN[hidden] == "removed"),
        reading=row[1] in open_now,
        added_at=added_at,
        opened_at=opened_at or 0.0,
    )


def series_rows(connection: sqlite3.Connection, study: int) -> tuple[SeriesRow, ...]:
    """The series of a study by number."""
    found = connection.execute(
        "SELECT s.uid, s.number, s.description, s.modality, s.body_part, s.laterality, s.view_position, "
        "coalesce(sum(i.images), 0), count(i.id) FROM series s LEFT JOIN instances i ON i.series = s.id "
        "WHERE s.study = ? GROUP BY s.id ORDER BY s.number IS NULL, s.number, s.id",
        (study,),
    )
    return tuple(SeriesRow(*row) for row in found)


def priors(connection: sqlite3.Connection, study: StudyRow) -> list[StudyRow]:
    """Other studies of the same patient in the list, the newest first.

    The same patient is who has the same ID and no other birth date, or, where a study has no ID, the same name and
    birth date. An ID alone is not enough where hospitals number their patients alike.
    """
    if study.patient_id:
        where, values = "patient_id = ?", (study.patient_id,)
    elif study.patient_name and study.birth_date:
        where, values = "patient_id = '' AND name_key = ?", (name_key(study.patient_name),)
    else:
        return []
    found = connection.execute(
        f"SELECT {_ROW} FROM studies WHERE {where} AND id != ? AND hidden = 0 ORDER BY moment DESC, id DESC LIMIT 200",
        (*values, study.id),
    ).fetchall()
    open_now = being_read(connection)
    others = [_row(row, open_now) for row in found]
    return [other for other in others if _same_person(study, other)]


def _same_person(one: StudyRow, other: StudyRow) -> bool:
    if one.birth_date and other.birth_date:
        return one.birth_date == other.birth_date
    return bool(one.patient_id) and name_key(one.patient_name) == name_key(other.patient_name)


def set_marks(connection: sqlite3.Connection, marks: Mapping[str, Marks]) -> None:
    """Write what was said of studies (UIDs)."""
    with transaction(connection):
        for uid, said_of in marks.items():
            row = connection.execute(
                "UPDATE studies SET state = ?, reason = ?, flag = ?, note = ?, hidden = ? WHERE uid = ? RETURNING id",
                (
                    STATES.index(said_of.state),
                    said_of.reason,
                    said_of.flag,
                    said_of.note,
                    HIDDEN.index("removed" if said_of.removed else ""),
                    uid,
                ),
            ).fetchone()
            if row is not None:
                _put_words(connection, row[0])


# -- who reads what ----------------------------------------------------------------------------------------------------


def claim(connection: sqlite3.Connection, uid: str) -> None:
    """Say that this program has a study open, and no other any more; "" for none."""
    own = (os.getpid(), process_started(), platform.node())
    with transaction(connection):
        connection.execute("DELETE FROM readings WHERE pid = ? AND process_started = ? AND host = ?", own)
        if connection.execute("SELECT 1 FROM studies WHERE uid = ?", (uid,)).fetchone() is not None:
            now = round(time.time(), 3)
            connection.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?)", (uid, *own, now))
            connection.execute("UPDATE studies SET opened_at = ? WHERE uid = ?", (now, uid))


def being_read(connection: sqlite3.Connection) -> frozenset[str]:
    """UIDs of the studies that a running program has open."""
    found = connection.execute("SELECT study, pid, process_started, host FROM readings").fetchall()
    return frozenset(study for study, pid, started, host in found if is_alive(pid, started, host))


# -- forgetting --------------------------------------------------------------------------------------------------------


def forget_all(connection: sqlite3.Connection) -> None:
    """Remove everything, folders too, and overwrite it on the disk; no study's file is touched.

    Damaged indices that were put aside are deleted as well, for they hold names, too.
    """
    with transaction(connection):
        for table in ("readings", "files", "instances", "headers", "series", "studies", "directories", "folders"):
            connection.execute(f"DELETE FROM {table}")
        # Words that were deleted linger in the segments of a full-text table; made anew it has none.
        connection.execute("DROP TABLE search")
        connection.execute(SEARCH_TABLE)
    connection.execute("VACUUM")
    checkpoint(connection)
    own = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    for aside in own.parent.glob(f"{Path(FILE_NAME).stem}.damaged-*"):
        aside.unlink(missing_ok=True)
