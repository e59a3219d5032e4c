"""A program that indexes is really killed; another reads and marks at the same time; what was written is sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from fixtures_dicom import CT, dataset, save, uid

from app.database import connect
from app.worklist import files, schema, studies
from app.worklist.indexer import index_folder
from app.worklist.model import Marks, Query
from app.worklist.search import Finder

VICTIM = Path(__file__).parent / "worklist_victim.py"
PIXELS = np.zeros((24, 32), np.uint16)
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")


def start(data: Path, folder: Path, how: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, str(VICTIM), str(data), str(folder), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def sound(data: Path) -> int:
    """Files in the index, which is whole; every one of them is in a study that can be found."""
    with closing(schema.open_index(data, check=True).connection) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        count = int(connection.execute("SELECT count(*) FROM files").fetchone()[0])
        listed = connection.execute("SELECT coalesce(sum(n_images), 0) FROM studies").fetchone()[0]
        assert listed == count
        (found,) = connection.execute("SELECT count(*) FROM search WHERE search MATCH 'phantom'").fetchone()
        (kept,) = connection.execute("SELECT count(*) FROM studies").fetchone()
        assert found == kept
    return count


def test_killed_while_it_indexes_the_index_is_sound_and_the_next_run_goes_on(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "studies"
    for number in range(32):
        save(dataset(CT, "CT", PIXELS, "s", number, number // 7), folder / f"{number:02}.dcm")

    # In the middle of a transaction: two batches are there, nothing of the third.
    with start(data, folder, "within") as victim:
        assert victim.wait(60) == -signal.SIGKILL
    assert sound(data) == 10
    assert not list(data.glob("*damaged*"))

    # Between two of them, while this program marks and looks.
    with start(data, folder, "ask") as victim:
        assert victim.stdin is not None
        assert victim.stdout is not None
        try:
            assert victim.stdout.readline().strip() == "15"
            with closing(schema.open_index(data).connection) as connection:
                studies.set_marks(connection, {uid(0): Marks("read", note="seen meanwhile")})
                with closing(connect(data / schema.FILE_NAME, read_only=True)) as reader:
                    assert Finder(reader).find(Query("meanwhile")).counts == {"new": 0, "read": 1, "rejected": 0}
            victim.stdin.write("go on\n")
            victim.stdin.flush()
            assert victim.stdout.readline().strip() == "20"
        finally:
            victim.kill()
            victim.wait(60)
    assert sound(data) == 20

    with closing(schema.open_index(data).connection) as connection:
        assert not files.folders(connection)[0].complete
        report = index_folder(connection, folder)
        assert (report.read, report.unchanged, report.gone) == (12, 20, 0)
        row = studies.row_of(connection, uid(0))
        assert row is not None
        assert (row.marks.note, row.n_images) == ("seen meanwhile", 7)
    assert sound(data) == 32
