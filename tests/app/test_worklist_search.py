"""What is typed finds what is meant: names in every script, identifications, periods, lists; in order, with counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.database import connect
from app.dicom.read.model import Header
from app.worklist import files, schema, studies
from app.worklist.asked import parse, period
from app.worklist.model import Marks, Query
from app.worklist.records import FileFound, Record
from app.worklist.search import ORDERS, Finder
from recon.errors import Cancelled

TODAY = date(2026, 1, 14)
"""A Wednesday."""

STUDIES = {
    "mueller": Header(
        patient_name="Müller^Jörg", patient_id="00123-45", birth_date="19600102", sex="M", study_date="20260114",
        study_time="101500", study_description="Thorax PA", accession="ACC-7", modality="DX", body_part="CHEST",
        laterality="R", institution="St. Bocage",
    ),
    "wang": Header(
        patient_name="Wang^XiaoMing=王^小明", patient_id="W9", study_date="20260113", study_time="0900",
        study_description="双侧乳腺断层", modality="MG", body_part="BREAST",
    ),
    "yamada": Header(
        patient_name="Yamada^Tarou=山田^太郎=やまだ^たろう", patient_id="Y77", study_date="20260105", modality="DX",
        body_part="HAND", study_description="Hand fracture, follow-up",
    ),
    "kim": Header(patient_name="Hong^Gildong=洪^吉洞=홍^길동", patient_id="K-1", study_date="20251231", modality="CT"),
    "dvorak": Header(patient_name="Dvořák^Łukasz", patient_id="D5", study_date="20240229", modality="CR"),
    "tanaka": Header(patient_name="ﾀﾅｶ^ﾊﾅｺ", patient_id="T2", study_date="20200101", modality="DX"),
    "undated": Header(patient_name="O'Brien^Máire Siobhán^^Dr", patient_id="123-45-678", modality="DX"),
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("worklist")
    with closing(schema.open_index(made).connection) as connection:
        folder, path = files.add_folder(connection, made / "studies")
        found = [
            FileFound(path / name / "0.dcm", 1000, 1, 1, Record(f"{name}.1", name, f"{name}.0", 1, 1, header))
            for name, header in STUDIES.items()
        ]
        assert files.put_files(connection, folder, found) == set(STUDIES)
        studies.set_marks(
            connection,
            {
                "wang": Marks("read", flag=True),
                "kim": Marks("rejected", "111210", note="Bitte wiederholen: verwackelt"),
                "tanaka": Marks("read"),
            },
        )
    return made


@pytest.fixture
def reader(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(data / schema.FILE_NAME, read_only=True)) as connection:
        yield connection


@pytest.fixture
def finder(reader: sqlite3.Connection) -> Finder:
    return Finder(reader, lambda: TODAY)


def found(finder: Finder, text: str = "", **options: object) -> list[str]:
    return [row.uid for row in finder.rows(finder.find(Query(text, **options)).ids)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("m", ["mueller", "wang", "undated"]),  # beginnings of words, "MG" too, the newest first
        ("mü", ["mueller"]),
        ("MUL", ["mueller"]),
        ("muell", ["mueller"]),
        ("ülle", ["mueller"]),
        ("joerg muller", ["mueller"]),
        ("dvorak", ["dvorak"]),
        ("lukasz", ["dvorak"]),
        ("obrien", ["undated"]),
        ("o'brien", ["undated"]),
        ("maire", ["undated"]),
        ("王", ["wang"]),
        ("小明", ["wang"]),
        ("明", ["wang"]),
        ("王小", ["wang"]),
        ("王小明", ["wang"]),
        ("王 小明", ["wang"]),
        ("乳腺", ["wang"]),
        ("山田太郎", ["yamada"]),
        ("山田　太郎", ["yamada"]),
        ("やまだたろう", ["yamada"]),
        ("ヤマダ", ["yamada"]),
        ("홍길동", ["kim"]),
        ("길동", ["kim"]),
        ("たなか", ["tanaka"]),
        ("タナカ", ["tanaka"]),
        ("0012345", ["mueller"]),
        ("00123-45", ["mueller"]),
        ("12345", ["mueller", "undated"]),
        ("id:00123", ["mueller"]),
        ("name:123", []),
        ("acc:acc7", ["mueller"]),
        ("ractur", ["yamada"]),
        ("follow up", ["yamada"]),
        ("wackelt", ["kim"]),
        ("chest", ["mueller"]),
        ("part:hand", ["yamada"]),
        ("mod:mg", ["wang"]),
        ("dx hand", ["yamada"]),
        ("today", ["mueller"]),
        ("昨天", ["wang"]),
        ("yesterday mg", ["wang"]),
        ("last week", ["yamada"]),
        ("2026-01 dx", ["mueller", "yamada"]),
        ("2024..2025", ["kim", "dvorak"]),
        ("29.2.2024", ["dvorak"]),
        ("20260105", ["yamada"]),
        ("state:rej", ["kim"]),
        ("nobody", []),
        ('" OR * ( ) NEAR ^ : -', []),
        ("name:\"müller", ["mueller"]),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(finder: Finder, typed: str, expected: list[str]) -> None:
    assert found(finder, typed) == expected


def test_lists_narrow_and_counts_tell_of_every_state(finder: Finder) -> None:
    everything = finder.find(Query())
    assert everything.counts == {"new": 4, "read": 2, "rejected": 1}
    assert (everything.total, everything.flagged, everything.ids.size) == (7, 1, 7)
    read = finder.find(Query(states=frozenset({"read"})))
    assert read.counts == everything.counts, "the counts show what another choice would give"
    assert found(finder, states=frozenset({"read"})) == ["wang", "tanaka"]
    assert found(finder, states=frozenset({"read", "rejected"}), modality="CT") == ["kim"]
    assert found(finder, body_part="CHEST") == ["mueller"]
    assert found(finder, modality="D") == [], "a value of a list is meant as a whole"
    assert found(finder, period="this week") == ["mueller", "wang"]
    assert found(finder, "dx", period="..2025") == ["tanaka", "undated"], "an open end takes in what has no date"
    assert found(finder, flagged=True) == ["wang"]
    assert finder.values("modality") == ("CR", "CT", "DX", "MG")
    assert finder.values("body_part") == ("BREAST", "CHEST", "HAND")
    assert finder.find(Query("date:someday dx")).note == "date:someday"


@pytest.mark.parametrize("order", ORDERS)
def test_every_column_sorts_both_ways(finder: Finder, order: str) -> None:
    up = finder.rows(finder.find(Query(order=order, descending=False)).ids)
    down = finder.rows(finder.find(Query(order=order, descending=True)).ids)
    assert len(up) == len(down) == len(STUDIES)
    if order in ("patient_id", "accession", "birth_date", "n_images"):
        values = [getattr(row, order) for row in up]
        assert values == sorted(values)
        assert [getattr(row, order) for row in down] == values[::-1]
    if order == "patient_name":
        assert [row.uid for row in up][:3] == ["dvorak", "kim", "mueller"], "accents do not send a name to the end"


def test_a_query_that_is_no_longer_wanted_stops(reader: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.worklist import search

    monkeypatch.setattr(search, "STEPS", 1)
    with pytest.raises(Cancelled):
        Finder(reader).find(Query("müller"), lambda: False)
    assert found(Finder(reader), "müller") == ["mueller"]


def test_what_another_connection_writes_is_seen_at_the_next_query(finder: Finder, data: Path) -> None:
    assert found(finder, "state:rej") == ["kim"]
    with closing(schema.open_index(data).connection) as writer:
        before = {"dvorak": studies.row_of(writer, "dvorak").marks}
        studies.set_marks(writer, {"dvorak": Marks("rejected", "111209")})
        assert found(finder, "state:rej") == ["kim", "dvorak"]
        studies.set_marks(writer, before)
    assert found(finder, "state:rej") == ["kim"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", (20260114, 20260114)),
        ("this week", (20260112, 20260118)),
        ("last week", (20260105, 20260111)),
        ("last month", (20251201, 20251231)),
        ("last 7 days", (20260108, 20260114)),
        ("最近7天", (20260108, 20260114)),
        ("2024-02", (20240201, 20240229)),
        ("2024", (20240101, 20241231)),
        ("31.1.2026", (20260131, 20260131)),
        ("2024-02..2025", (20240201, 20251231)),
        ("2025..", (20250101, 99991231)),
        ("2026-02-30", None),
        ("2026-13", None),
        ("0000", None),
        ("last 99999 days", None),
        ("soon", None),
        ("..", (1, 99991231)),
    ],
)
def test_periods(typed: str, expected: tuple[int, int] | None) -> None:
    assert period(typed, TODAY) == expected


def test_nothing_that_is_typed_breaks_the_query(finder: Finder) -> None:
    for text in ("last 9999 days", "0..0", "\x00\x02\x03", "a" * 5000, "١٢٣", "name:", "date:", "state:", "۝*\"'"):
        assert finder.find(Query(text)).total == len(STUDIES)
    assert parse("last 9999 days", TODAY).period is not None
