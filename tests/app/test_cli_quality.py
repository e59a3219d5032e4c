"""``bocage quality`` from end to end, on coarse pixels."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from command_line import run as run_command

from app.cli import main as cli
from app.cli.quality import Job, command_line
from recon.algorithms import ALGORITHMS
from recon.quality import plots
from recon.simulate.acquisition import linear_sweep

COARSE = ("--pitch", "1", "--views", "9")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    return run_command(capsys, "quality", *arguments)


def test_one_algorithm_with_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "report"
    status, out, err = run(capsys, *COARSE, "--set", "effective_thickness_mm=8", "--thickness", "4", "-o", folder)
    assert status == 0, err
    assert sorted(path.name for path in folder.iterdir()) == [
        "depth.png", "mtf.png", "nps.png", "quality.json", "quality.md",
    ]  # fmt: skip
    assert "straight sweep: 9 views over 30°, 1 mm pixels" in out
    assert "slices 4 mm thick" in out
    assert "effective_thickness_mm = 8.0" in out
    report = json.loads((folder / "quality.json").read_text())["reports"][0]
    value = report["metrics"]["slice_thickness_mm"]["value"]
    line = next(line for line in out.splitlines() if line.startswith("Effective thickness "))
    assert float(line.split()[2]) == pytest.approx(value, rel=0.01)
    assert value == pytest.approx(report["metrics"]["predicted_thickness_mm"]["value"], rel=0.15)
    assert report["settings"]["effective_thickness_mm"] == 8.0
    text = (folder / "quality.md").read_text()
    assert "bocage quality --views 9 --pitch 1 --set effective_thickness_mm=8 --thickness 4" in text
    assert "![mtf](mtf.png)" in text


def test_all_algorithms_on_the_same_views(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *COARSE, "--all", "-o", tmp_path)
    assert status == 0, err
    heading = next(line for line in out.splitlines() if line.startswith("Metric"))
    titles = [algorithm.title for algorithm in ALGORITHMS.values()]
    assert all(title in heading for title in titles)
    reports = json.loads((tmp_path / "quality.json").read_text())["reports"]
    assert [report["algorithm"] for report in reports] == titles
    assert len({json.dumps(report["conditions"]) for report in reports}) == 1
    assert "| Metric | Definition |" in (tmp_path / "quality.md").read_text()


def test_a_geometry_file_and_a_preset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.geometry.json"
    linear_sweep(n_views=7, pixel_pitch_mm=1.2, shape=(350, 330), sweep_axis="x").save(path)
    status, out, err = run(capsys, "--geometry", path, "--algorithm", "shift-and-add", "--height", "120")
    assert status == 0, err
    assert "7 views" in out
    assert "objects at 120 mm" in out
    assert "written" not in out
    status, out, err = run(capsys, "--preset", "ge-volumerad-chest", *COARSE, "--photons", "5000", "--seed", "4")
    assert status == 0, err
    assert "GE VolumeRAD, chest (nominal, not calibrated): 9 views" in out
    assert "5000 quanta" in out


def test_the_bead_study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "--beads", *COARSE, "--height", "150", "-o", tmp_path)
    assert status == 0, err
    rows = json.loads((tmp_path / "beads.json").read_text())["rows"]
    assert len(rows) == 3 * 5 * 3
    assert {round(row["sweep_deg"], 1) for row in rows} == {11.3, 15.0, 20.0}
    assert out.count("±15.0°") == 15
    text = (tmp_path / "beads.md").read_text()
    assert text.startswith("# Bead study\n\nMade by `bocage quality --beads --views 9 --pitch 1 --height 150 -o ")


def test_without_plots_the_table_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    status, out, err = run(capsys, *COARSE, "-o", tmp_path)
    assert status == 0, err
    assert "note: matplotlib is not installed" in out
    assert "Effective thickness" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quality.json", "quality.md"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--geometry", "x.json", "--views", "9"), "already says the sweep and the detector"),
        (("--preset", "ge-volumerad-chest", "--angle", "5"), "only --views and --pitch"),
        (("--all", "--algorithm", "fbp"), "leave out --algorithm and --set"),
        (("--beads", "--thickness", "5"), "--beads has its own sweeps"),
        (("--pitch", "-1"), "--pitch must be a positive number, found -1"),
        (("--algorithm", "sirt!"), 'no algorithm "sirt!"'),
        (("--preset", "none"), 'no preset "none"'),
        ((*COARSE, "--height", "1700"), "Test objects can stand from 10 mm"),
        ((*COARSE, "--thickness", "80"), "slab thinner than 50 mm"),
    ],
)
def test_options_that_do_not_fit(arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *arguments)
    assert status == cli.EXIT_ERROR
    assert sentence in err
    assert "Metric" not in out


def test_a_folder_that_cannot_be_made_costs_no_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = run(capsys, "-o", tmp_path / "file")
    assert status == cli.EXIT_ERROR
    assert "a file of that name is in the way" in err


def test_the_command_can_be_written_again() -> None:
    job = Job(output=Path("my docs"), everything=True, views=9, pitch_mm=0.25)
    assert command_line(job) == "bocage quality --all --views 9 --pitch 0.25 -o 'my docs'"
    assert shlex.split(command_line(job))[-1] == "my docs"
