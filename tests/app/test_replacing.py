"""Files are there complete or as they were before."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.replacing import replacing
from recon.errors import BocageError


def test_what_was_there_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as part:
            part.write_text("half")
            assert path.read_text() == "old"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "old"
    with replacing(path) as part:
        part.write_text("new")
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "new"


def test_a_folder_that_nothing_came_of_is_removed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), replacing(tmp_path / "new" / "a.txt"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with (
        pytest.raises(BocageError, match=r"a\.txt: cannot be written .* Choose another"),
        replacing(tmp_path / "file" / "a.txt"),
    ):
        pass
