"""``--protocol`` and what ``info`` says of protocols: one study, and folders of studies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import run
from sphere import write_research, write_study


@pytest.fixture(scope="module")
def research(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Views that state no part of the body."""
    return write_research(tmp_path_factory.mktemp("research"))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the chest."""
    return write_study(tmp_path_factory.mktemp("study") / "p", 1)


def test_info_says_which_protocol_belongs_to_the_study(
    study: Path, research: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "info", study)
    assert "protocol chest (Chest), from the body part CHEST" in out
    _, out, _ = run(capsys, "info", research)
    assert "no protocol for an unstated body part; --protocol offers abdomen, cspine, chest" in out


def heights_and_facts(folder: Path) -> tuple[list[float], dict[str, Any]]:
    data = json.loads((folder / "volume.json").read_text())
    return data["heights_mm"], data


@pytest.mark.parametrize("name", ["chest", "auto"])
def test_a_protocol_gives_what_the_command_line_does_not(
    name: str, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(
        capsys, "reconstruct", study, "-o", tmp_path / "a", "--protocol", name, "--format", "tiff", "--pixel", "4"
    )
    assert status == 0, err
    assert "note: protocol Chest" in out
    heights, facts = heights_and_facts(tmp_path / "a")
    assert heights[0] == 10.0
    np.testing.assert_allclose(np.diff(heights), 2.5)
    assert facts["thickness_mm"] == 5.0
    assert facts["algorithm"] == "fbp"
    assert facts["parameters"]["effective_thickness_mm"] == 3.0


def test_options_override_the_protocol(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("reconstruct", study, "--protocol", "chest", "--format", "tiff", "--pixel", "4", "--heights", "40:60")
    status, _, err = run(
        capsys, *common, "-o", tmp_path / "a", "--interval", "10", "--thickness", "0", "--set", "cutoff=0.5",
        "--set", "effective_thickness_mm=7",
    )  # fmt: skip
    assert status == 0, err
    heights, facts = heights_and_facts(tmp_path / "a")
    assert heights == [40.0, 50.0, 60.0]
    assert facts["thickness_mm"] == 0.0
    assert facts["parameters"]["cutoff"] == 0.5
    assert facts["parameters"]["effective_thickness_mm"] == 7.0
    # Another algorithm takes none of the protocol's parameters.
    status, _, err = run(capsys, *common, "-o", tmp_path / "b", "--algorithm", "shift-and-add")
    assert status == 0, err
    heights, facts = heights_and_facts(tmp_path / "b")
    assert len(heights) == 9
    assert facts["algorithm"] == "shift-and-add"
    assert facts["parameters"] == {"trim": 0}


def test_protocols_that_are_not_there_are_told_with_the_choices(
    research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "reconstruct", research, "-o", tmp_path, "--protocol", "tail")
    assert (status, 'no protocol "tail". Choose one of: abdomen' in err) == (2, True)
    status, _, err = run(capsys, "reconstruct", research, "-o", tmp_path, "--protocol", "auto")
    assert (status, "a study that does not state its body part. Name one with --protocol" in err) == (2, True)


def test_in_a_folder_each_study_follows_its_own_part(
    research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    studies, results = tmp_path / "studies", tmp_path / "r"
    write_study(studies / "a", 1)
    write_study(studies / "b", 2, body_part="HAND")
    for path in research.iterdir():
        (studies / path.name).write_bytes(path.read_bytes())
    common = ("reconstruct", studies, "-o", results, "--format", "tiff", "--pixel", "4")
    status, out, _ = run(capsys, *common, "--protocol", "auto", "--interval", "10")
    # One study states no part of the body, which stops no other.
    assert status == 2
    assert "3 series: 2 done, 1 failed" in out
    assert "There is no protocol for a study that does not state its body part." in out
    assert "note: protocol" not in out  # A fact of each result, not an assumption.
    found = {}
    for folder in results.iterdir():
        heights, facts = heights_and_facts(folder)
        found[facts["protocol"]] = (heights[0], heights[1] - heights[0], facts["thickness_mm"])
        manifest = json.loads((folder / "bocage.json").read_text())
        assert manifest["options"]["protocol"] == facts["protocol"]
        assert any(note.startswith("protocol ") for note in manifest["facts"]["notes"])
    assert found == {"chest": (10.0, 10.0, 5.0), "hand": (0.0, 10.0, 1.0)}
    # The same again is kept; other values are something else.
    _, out, _ = run(capsys, *common, "--protocol", "auto", "--interval", "10")
    assert "2 kept" in out
    _, out, _ = run(capsys, *common, "--protocol", "hand", "--interval", "10")
    assert "1 done, 1 kept, 1 failed" in out
    assert "protocol was chest, now hand" in out


def test_stack_algorithms_compute_the_whole_body_and_write_the_protocols_heights(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(
        capsys, "reconstruct", study, "-o", tmp_path, "--protocol", "hand", "--interval", "20", "--algorithm", "sirt",
        "--set", "iterations=1", "--format", "tiff",
    )  # fmt: skip
    assert status == 0, err
    heights, facts = heights_and_facts(tmp_path)
    assert heights == list(range(0, 141, 20))
    assert facts["algorithm"] == "sirt"
