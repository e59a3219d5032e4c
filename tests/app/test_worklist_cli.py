"""``bocage index`` and ``bocage studies``."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from command_line import run
from fixtures_dicom import CT, dataset, save, uid

from app.database import FOLDER_VARIABLE
from app.worklist import schema, studies
from app.worklist.model import Marks

PIXELS = np.zeros((24, 32), np.uint16)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "studies"
    for number in range(3):
        save(
            dataset(
                CT, "CT", PIXELS, "s", number, "A", PatientName="Secret^Sara", PatientID="SEC-1",
                StudyDescription="Thorax", BodyPartExamined="CHEST", AccessionNumber="ACC-9",
            ),
            made / "a" / f"{number}.dcm",
        )  # fmt: skip
    save(dataset(CT, "CT", PIXELS, "s", 1, "B", StudyDate="20250101"), made / "b" / "0.dcm")
    (made / "notes.txt").write_text("nothing of interest")
    (made / "broken.dcm").write_bytes((made / "a" / "0.dcm").read_bytes()[:700])
    return made


def test_folders_are_indexed_and_their_studies_listed(
    data: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "studies")
    assert (status, out) == (0, "The worklist is empty. Fill it: bocage index FOLDER.\n")
    status, _, error = run(capsys, "index")
    assert status == 2
    assert "holds no folder yet" in error
    status, out, error = run(capsys, "index", folder)
    assert status == 0, error
    first, refused, total = out.splitlines()
    assert first == f"{folder}: 2 new studies; files: 4 read, 1 refused, 1 of other kinds"
    assert refused.startswith("  not read: broken.dcm: ")
    assert total == "2 studies in the worklist"
    assert stat.S_IMODE((data / schema.FILE_NAME).stat().st_mode) == 0o600 or os.name == "nt"

    # What is unchanged is not read again; without a folder, all that are in the list are looked through.
    (folder / "b").rename(folder / "c")
    (folder / "a" / "2.dcm").unlink()
    status, out, _ = run(capsys, "index")
    assert out.splitlines()[0] == f"{folder}: 0 new studies; files: 1 moved, 1 gone, 4 unchanged"

    status, out, _ = run(capsys, "studies")
    assert status == 0
    newest, oldest = out.splitlines()
    assert newest == f"{uid('A')}  20260115  CT  CHEST  2 images  new  Thorax"
    assert oldest == f"{uid('B')}  20250101  CT  1 image  new"
    shutil.rmtree(folder)
    status, out, _ = run(capsys, "index")
    assert out.splitlines()[0] == f"{folder}: not there now; what is known of it stays"
    status, out, _ = run(capsys, "studies", "chest")
    assert out == f"{uid('A')}  20260115  CT  CHEST  2 images  new  not there now  Thorax\n"


def test_names_are_shown_only_when_asked_for(data: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "index", folder)
    with closing(schema.open_index(data).connection) as connection:
        studies.set_marks(connection, {uid("A"): Marks("rejected", "111210", True, "Sara moved")})
    for arguments in ((), ("--json",)):
        status, out, error = run(capsys, "studies", "secret", *arguments)
        assert status == 0
        assert uid("A") in out
        for word in ("Secret", "Sara", "SEC-1", "ACC-9"):
            assert word not in out + error
        status, out, _ = run(capsys, "studies", "secret", "--patient", *arguments)
        assert "Secret^Sara" in out
        assert "SEC-1" in out
    status, out, _ = run(capsys, "studies", "--state", "rejected", "--json", "--patient")
    (study,) = json.loads(out)
    assert (study["state"], study["reason"], study["flag"], study["note"]) == ("rejected", "111210", True, "Sara moved")
    assert (study["uid"], study["accession"], study["modalities"], study["n_images"]) == (uid("A"), "ACC-9", ["CT"], 3)
    status, out, _ = run(capsys, "studies", "--state", "read")
    assert (status, out) == (0, "No study was found.\n")
    status, _, error = run(capsys, "studies", "date:someday")
    assert "Not understood: date:someday" in error


@pytest.mark.filterwarnings("ignore:Found unknown escape sequence")
def test_a_name_does_not_command_the_terminal(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(dataset(CT, "CT", PIXELS, StudyDescription="a\x1b]0;title\x07\x1b[2Jb"), tmp_path / "x" / "0.dcm")
    for number in range(23):
        (tmp_path / "x" / f"{number:02}.dcm").write_bytes(b"")
    _, out, _ = run(capsys, "index", tmp_path / "x")
    assert out.count("not read: ") == 20
    assert "  and 3 more\n" in out
    _, out, _ = run(capsys, "studies")
    assert "\ufffd" in out
    assert out.strip().isprintable()
    assert out.rstrip().endswith("b")


def test_what_cannot_be_is_said_in_a_sentence(
    data: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, error = run(capsys, "index", tmp_path / "nowhere")
    assert status == 2
    assert error == f"bocage: {tmp_path / 'nowhere'}: there is no such folder.\n"
    run(capsys, "index", folder)
    # Damage in the middle is met while working; the file is put aside, and the next run starts anew.
    path = data / schema.FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'studies_facets'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    status, _, error = run(capsys, "studies")
    assert status == 2
    assert "put aside" in error
    assert len(list(data.glob("worklist.damaged-*.sqlite3"))) == 1
    status, out, _ = run(capsys, "index", folder)
    assert status == 0
    assert "2 studies in the worklist" in out
    # A data folder that is a file.
    shutil.rmtree(data)
    data.write_text("")
    status, _, error = run(capsys, "studies")
    assert status == 2
    assert "The worklist's index cannot be used" in error


@pytest.mark.parametrize("arguments", [("--help",), ("studies",)])
def test_help_and_the_list_load_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from app.cli import main; assert main.run(sys.argv[1:]) == 0; "
        "print(sorted({'pydicom', 'PySide6', 'torch'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, FOLDER_VARIABLE: str(tmp_path)},
        check=True,
    )
    assert found.stdout.splitlines()[-1] == "[]"
