"""Malformed files, of a public corpus and as hypothesis makes them: opened or refused with a sentence, never worse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import fuzzing
import guarded
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MEGABYTES = 200
SECONDS = 2.0


def few(examples: int) -> settings:
    """The same examples in every run."""
    return settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
    )


def test_the_public_corpus_is_opened_or_refused(tmp_path: Path) -> None:
    files = fuzzing.unpacked(tmp_path)
    assert len(files) == fuzzing.FILES
    outcomes = guarded.run("through", files)
    worse = [outcome for outcome in outcomes if outcome.kind not in ("opened", "refused")]
    assert worse == []
    assert max(outcome.seconds for outcome in outcomes) < SECONDS
    assert max(outcome.megabytes for outcome in outcomes) < MEGABYTES
    kinds = Counter(outcome.kind for outcome in outcomes)
    # Files that other programs choke on are opened where their image is whole.
    assert kinds["opened"] >= 550
    assert kinds["opened"] + kinds["refused"] == fuzzing.FILES


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return fuzzing.seeds(tmp_path_factory.mktemp("seeds"))


def test_the_seeds_themselves_are_opened(tmp_path: Path, seeds: dict[str, bytes]) -> None:
    for name, data in seeds.items():
        path = tmp_path / "a.dcm"
        path.write_bytes(data)
        assert guarded.through(path) == "", name


@pytest.mark.parametrize("name", fuzzing.NAMES)
def test_damaged_files_of_every_class(tmp_path: Path, seeds: dict[str, bytes], name: str) -> None:
    path = tmp_path / "a.dcm"

    @few(15)
    @given(st.data())
    def damaged(data: st.DataObject) -> None:
        path.write_bytes(data.draw(fuzzing.mutations(seeds[name])))
        guarded.through(path)  # whatever is no sentence is raised

    damaged()


def test_made_up_structures(tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"

    @few(60)
    @given(fuzzing.structures())
    def made(body: bytes) -> None:
        path.write_bytes(fuzzing.as_file(body))
        guarded.through(path)

    made()
