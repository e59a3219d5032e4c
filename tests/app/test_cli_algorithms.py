"""``bocage algorithms`` and the help of ``bocage reconstruct``: made from the classes themselves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from command_line import run

from app.cli.algorithms import COMMAND, PAGE, option_help, page
from recon.algorithms import ALGORITHMS, parameters
from recon.corrections import CORRECTIONS, Correction
from recon.parameters import choice, integer, number, switch

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Made(Correction):
    """Follows Someone (2020): x | y."""

    name: ClassVar[str] = "made"
    title: ClassVar[str] = "Made up"
    description: ClassVar[str] = "For the test."

    width_mm: float = number(2.5, "Width", "How wide.", 0.5, 10.0, unit="mm")
    rounds: int = integer(3, "Rounds", "How often.", 1, 9)
    careful: bool = switch(True, "Careful", "Whether slowly.")
    way: str = choice("a", "Way", "Which of two.", {"a": "The first", "b": "The second"})


@dataclass(frozen=True)
class Silent(Correction):
    name: ClassVar[str] = "silent"
    title: ClassVar[str] = "Silent"
    description: ClassVar[str] = "Has no theory."


def test_the_page_in_the_repository_is_up_to_date() -> None:
    there = (ROOT / PAGE).read_text(encoding="utf-8")
    assert there == page(), f"run: {COMMAND}"
    assert COMMAND in there


def test_every_algorithm_and_parameter_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "algorithms")
    assert status == 0
    flat = " ".join(out.split())
    assert set(ALGORITHMS) | set(CORRECTIONS) >= {"fbp", "shift-and-add"}
    for kind in (*ALGORITHMS.values(), *CORRECTIONS.values()):
        assert f"{kind.name}: {kind.title}" in out
        assert kind.description in flat
        for parameter in parameters(kind):
            assert f"    {parameter.name} = " in out
            assert f"{parameter.title}: {parameter.description}" in flat


def test_defaults_bounds_and_units(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CORRECTIONS, "made", Made)
    status, out, _ = run(capsys, "algorithms", "made")
    assert status == 0
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "made: Made up",
        "For the test.",
        "width_mm = 2.5",
        "Width: How wide. Values: 0.5 to 10 mm.",
        "rounds = 3",
        "Rounds: How often. Values: 1 to 9, whole numbers.",
        "careful = on",
        "Careful: Whether slowly. Values: on or off.",
        "way = a",
        "Way: Which of two. Values: a (The first), b (The second).",
    ]
    _, out, _ = run(capsys, "algorithms", "made", "--markdown")
    assert "| Width | `width_mm` | `2.5` | 0.5 to 10 mm | How wide. |" in out
    assert "| Careful | `careful` | `on` | `on` or `off` | Whether slowly. |" in out
    assert "| Way | `way` | `a` | `a` (The first), `b` (The second) | Which of two. |" in out
    assert "Follows Someone (2020)" in out


def test_without_parameters_or_theory(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CORRECTIONS, "silent", Silent)
    _, out, _ = run(capsys, "algorithms", "silent", "--markdown")
    assert out == "# Silent (`silent`)\n\nHas no theory.\n\nIt has no parameters.\n"


def test_an_unknown_name_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "algorithms", "magic")
    assert status == 2
    assert 'no algorithm or correction "magic". Choose one of: fbp, ' in err


def test_the_options_of_reconstruct_name_what_there_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CORRECTIONS, "made", Made)
    texts = option_help()
    for kind in ALGORITHMS.values():
        assert f"{kind.name} ({kind.title})" in texts["algorithm"]
    assert "made (Made up)" in texts["corrections"]
    monkeypatch.setenv("COLUMNS", "200")
    status, out, _ = run(capsys, "reconstruct", "--help")
    assert status == 0
    assert "fbp (Filtered back projection)" in out
    assert "made (Made up)" in out
    for option in ("--set", "--correct", "--exclude", "--region", "--scheduler", "--thickness", "--interval"):
        assert option in out
    assert "dicom, npz, tiff, nifti, nifti.gz" in out


def test_the_lists_are_looked_for_only_when_they_are_shown() -> None:
    code = (
        "import sys; from app.cli.main import run; run(['--help']); before = 'recon.algorithms' in sys.modules;"
        "run(['reconstruct', '--help']); print(before, 'recon.algorithms' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "False True"
