"""Folders of studies: each in its own place, failures told, interrupted batches resumed; and all options."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pydicom
import pytest
from command_line import run
from sphere import MU, geometry, sphere_views, write_research, write_study

import app.cli.reconstruct.batch as batch
from app.cli.reconstruct.options import Options, build_corrections, parse_region, parse_views
from app.cli.reconstruct.series import planes_mm
from recon.algorithms import ShiftAndAdd
from recon.algorithms.sirt import Sirt
from recon.corrections import CORRECTIONS, Correction
from recon.errors import BocageError
from recon.export import reconstruct_volume
from recon.live import LiveVolume
from recon.parameters import number
from recon.preprocess import LineIntegrals, PreparedCorrection
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.reconstruction import reconstruct
from recon.slab import Rect

NPZ = ("--format=npz", "--heights=88:92", "--interval=2")


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three studies in folders named after patients."""
    folder = tmp_path_factory.mktemp("studies")
    for index in (1, 2, 3):
        write_study(folder / f"Secret^Person {index}", index)
    return folder


@pytest.fixture(scope="module")
def research(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_research(tmp_path_factory.mktemp("one"))


def hidden(folder: Path) -> list[Path]:
    return list(folder.rglob(".*"))


def volume(folder: Path) -> np.ndarray:
    with np.load(folder / "volume.npz") as data:
        return np.asarray(data["volume"])


# -- folders -----------------------------------------------------------------------------------------------------------


def test_each_study_has_a_folder_of_its_own_without_patient_data(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "reconstruct", studies, "-o", tmp_path / "r", *NPZ)
    assert status == 0, err
    folders = sorted((tmp_path / "r").iterdir())
    assert [folder.name[:9] for folder in folders] == ["20260101-", "20260102-", "20260103-"]
    assert all(re.fullmatch(r"\d{8}-[0-9a-f]{8}", folder.name) for folder in folders)
    assert "3 series: 3 done" in out
    for folder in folders:
        assert sorted(path.name for path in folder.iterdir()) == ["bocage.json", "volume.npz"]
        text = (folder / "bocage.json").read_text()
        assert "ecret" not in text + out + err
        assert "SECRET" not in text + out + err
        manifest = json.loads(text)
        assert manifest["files"] == {"volume.npz": (folder / "volume.npz").stat().st_size}
        assert manifest["facts"]["slices"] == 3
    # From study to study the shadow moves by a column of the detector, the sphere at 90 of 1000 mm by 0.91 of it.
    slices = [volume(folder)[1] for folder in folders]
    columns = [np.argwhere(image > 0.5 * image.max())[:, 1].mean() for image in slices]
    np.testing.assert_allclose(np.diff(columns), 0.91, atol=0.15)


def test_one_series_goes_into_the_folder_itself(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uid = str(pydicom.dcmread(next((studies / "Secret^Person 2").glob("*.dcm"))).SeriesInstanceUID)
    status, out, err = run(capsys, "reconstruct", studies, "-o", tmp_path / "r", *NPZ, "--series", uid)
    assert status == 0, err
    assert "3 slices of" in out
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["bocage.json", "volume.npz"]


def test_a_failing_study_stops_no_other(studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(studies / "Secret^Person 1", tmp_path / "in" / "a")
    np.savez(tmp_path / "in" / "bare.npz", views=sphere_views(geometry()), kind="line_integrals")
    (tmp_path / "in" / "broken.dcm").write_text("not an image " * 20)
    status, out, err = run(capsys, "reconstruct", tmp_path / "in", "-o", tmp_path / "r", *NPZ)
    assert status == 2
    assert err == ""
    assert "2 series: 1 done, 1 failed" in out
    lines = out.splitlines()
    failed = next(index for index, line in enumerate(lines) if line.startswith("failed"))
    assert "file:bare.npz" in lines[failed]
    assert "geometry" in lines[failed + 1]
    assert "not opened: broken.dcm" in out
    assert len(list((tmp_path / "r").iterdir())) == 1
    # With the geometry that was missing the same command does the rest; the name follows the place in the folder.
    geometry().save(tmp_path / "in" / "bare.geometry.json")
    status, out, _ = run(capsys, "reconstruct", tmp_path / "in", "-o", tmp_path / "r", *NPZ)
    assert status == 0
    assert "1 done, 1 kept" in out
    assert any(path.name.startswith("undated-") for path in (tmp_path / "r").iterdir())


def test_faults_of_the_program_and_lack_of_memory_stop_no_other(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = batch.reconstruct_series
    errors: list[Exception | None] = [RuntimeError("Secret^Person"), MemoryError(), None]

    def failing(*arguments: object) -> object:
        error = errors.pop(0)
        if error is not None:
            raise error
        return original(*arguments)

    monkeypatch.setattr(batch, "reconstruct_series", failing)
    status, out, _ = run(capsys, "reconstruct", studies, "-o", tmp_path / "r", *NPZ)
    assert status == 2
    assert "1 done, 2 failed" in out
    assert "RuntimeError in test_cli_batch.py" in out
    assert "not enough memory" in out
    assert "Secret" not in out
    assert hidden(tmp_path / "r") == []


def test_assumptions_are_said_once(studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    preset = ("--preset", "generic-linear-40")
    _, out, _ = run(capsys, "reconstruct", studies, "-o", tmp_path / "r", *NPZ, *preset)
    assert out.count("preset") == 1
    assert re.search(r"note: .*preset.*\(3 series\)", out)


@pytest.mark.parametrize("format_", ["dicom", "npz", "tiff", "nifti"])
def test_results_inside_the_folder_are_not_taken_for_projections(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    shutil.copytree(studies, tmp_path / "in")
    command = ("reconstruct", tmp_path / "in", "-o", tmp_path / "in" / "r", "--heights=80:100", "--format", format_)
    assert run(capsys, *command)[0] == 0
    status, out, _ = run(capsys, *command)
    assert status == 0
    assert "3 series: 3 kept" in out
    assert "not opened" not in out


def test_an_output_that_cannot_be_made_is_a_sentence(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = run(capsys, "reconstruct", studies, "-o", tmp_path / "file", *NPZ)
    assert status == 2
    assert "a file of that name is in the way" in err


def test_dask_is_optional(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    command = ("reconstruct", studies, "-o", tmp_path / "r", *NPZ)
    status, _, err = run(capsys, *command, "--scheduler", "tcp://127.0.0.1:8786")
    assert status == 2
    assert "pip install 'bocage[cluster]'" in err
    assert not (tmp_path / "r").exists()
    assert run(capsys, *command)[0] == 0


# -- resuming ----------------------------------------------------------------------------------------------------------


def interrupted_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Ctrl-C in the middle of a series, when `count` are done."""
    import app.export as export

    original, started = export.write_npz, []

    def interrupted(path: Path, slabs: object, heights: object, progress: Progress) -> None:
        started.append(path)
        if len(started) > count:
            os.kill(os.getpid(), signal.SIGINT)
        original(path, slabs, heights, progress)

    monkeypatch.setattr(export, "write_npz", interrupted)


def test_ctrl_c_leaves_what_is_complete_and_the_same_command_goes_on(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "r"
    command = ("reconstruct", studies, "-o", output, *NPZ)
    with monkeypatch.context() as patch:
        interrupted_after(patch, 1)
        status, out, err = run(capsys, *command)
    assert status == 130
    assert "1 done, 2 cancelled" in out
    assert "1 of 3 series are complete" in err
    (first,) = output.iterdir()
    before = (first / "volume.npz").stat().st_mtime_ns
    status, out, err = run(capsys, *command)
    assert status == 0, err
    assert "2 done, 1 kept" in out
    assert (first / "volume.npz").stat().st_mtime_ns == before
    assert len(list(output.iterdir())) == 3
    with monkeypatch.context() as patch:
        interrupted_after(patch, 0)
        assert run(capsys, "reconstruct", studies, "-o", tmp_path / "nothing", *NPZ)[0] == 130
    assert not (tmp_path / "nothing").exists()


def test_a_killed_batch_leaves_nothing_half_written_under_a_name(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "r"
    options = ["--format=nifti.gz", "--heights=0:200", "--interval=0.1"]
    command = ["reconstruct", str(studies), "-o", str(output), *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    deadline = time.monotonic() + 60
    while not list(output.glob(".*.part/.*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert list(output.glob(".*.part")) != []
    complete = [path for path in output.iterdir() if not path.name.startswith(".")]
    assert all((path / "bocage.json").exists() for path in complete)
    status, out, _ = run(capsys, *command)
    assert status == 0
    assert f"{3 - len(complete)} done" in out
    assert len(list(output.glob("*/volume.nii.gz"))) == 3
    assert hidden(output) == []


def test_other_options_or_data_are_not_taken_for_finished(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(studies, tmp_path / "in")
    output = tmp_path / "r"
    command = ("reconstruct", tmp_path / "in", "-o", output, *NPZ)
    assert run(capsys, *command)[0] == 0
    status, out, _ = run(capsys, *command, "--thickness=4")
    assert status == 2
    assert "3 failed" in out
    assert "thickness_mm was 0, now 4" in out
    assert "--overwrite" in out
    # A geometry file is known by what it says, not by its name.
    geometry().save(tmp_path / "g.json")
    status, out, _ = run(capsys, *command, "--geometry", tmp_path / "g.json")
    assert "geometry_file was not given, now" in out
    # A view that came later.
    view = sorted((tmp_path / "in" / "Secret^Person 2").glob("*.dcm"))[3]
    view.unlink()
    (tmp_path / "in" / "Secret^Person 2" / "views.geometry.json").unlink()
    status, out, _ = run(capsys, *command)
    assert status == 2
    assert "2 kept, 1 failed" in out
    assert "the projections have changed since" in out
    status, out, _ = run(capsys, *command, "--overwrite", "--thickness=4")
    assert status == 0
    assert "3 done" in out
    assert "thickness_mm" not in run(capsys, *command, "--thickness=4")[1]


def test_a_damaged_result_is_made_again_and_other_files_stay(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "r"
    command = ("reconstruct", studies, "-o", output, "--heights=88:92", "--interval=2")
    assert run(capsys, *command)[0] == 0
    first, second, third = sorted(output.iterdir())
    (first / "slice_002.dcm").unlink()
    (first / "notes.txt").write_text("mine")
    (second / "bocage.json").write_text("{")
    status, out, _ = run(capsys, *command)
    assert status == 0
    assert "2 done, 1 kept" in out
    assert len(list(first.glob("*.dcm"))) == 3
    assert (first / "notes.txt").read_text() == "mine"
    assert [path.name for path in sorted(third.iterdir())] == ["bocage.json", *(f"slice_00{k}.dcm" for k in (1, 2, 3))]
    # Another format replaces the files of the first.
    status, _, err = run(capsys, "reconstruct", studies, "-o", output, *NPZ, "--overwrite")
    assert status == 0, err
    assert sorted(path.name for path in first.iterdir()) == ["bocage.json", "notes.txt", "volume.npz"]


def test_the_faster_of_two_attempts_gives_the_name(studies: Path, tmp_path: Path) -> None:
    from app.dicom.read import scan

    catalogue = scan(studies)
    chosen = [entry for entry in catalogue.series if entry.kind == "projections"]
    task = batch.plan(catalogue, chosen, studies, tmp_path, Options(heights_mm=(90.0, 92.0), interval_mm=1.0))[0]
    outcomes: list[batch.Outcome] = []

    def also(fraction: float, text: str) -> None:
        if not outcomes and fraction > 0.9:
            # While the first attempt writes, a second one, in a process of its own, begins and ends.
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(batch.os, "getpid", lambda: 1)
                outcomes.append(batch.run_task(task, SILENT))

    first = batch.run_task(task, Progress(also))
    assert [outcome.state for outcome in (*outcomes, first)] == ["done", "done"]
    assert [path.name for path in tmp_path.iterdir()] == [task.name]
    assert "Secret" not in repr(task)


# -- options -----------------------------------------------------------------------------------------------------------


def test_region_and_pixel_give_the_grid(research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("reconstruct", research, "-o", tmp_path / "r", *NPZ, "--pixel=0.5")
    status, _, err = run(capsys, *command, "--region=2,-12,22,-2")
    assert status == 0, err
    with np.load(tmp_path / "r" / "volume.npz") as data:
        assert data["volume"].shape == (3, 20, 40)
        np.testing.assert_allclose(data["origin_mm"], (2.25, -11.75, 88.0))
    status, _, err = run(capsys, *command, "--overwrite", "--region=900,0,950,10")
    assert status == 2
    assert "beside what the views see" in err


def test_views_left_out_are_not_used_and_not_named_as_sources(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = studies / "Secret^Person 1"
    options = ("--heights=90:92", "--interval=2", "--algorithm=shift-and-add", "--exclude", "3,13")
    status, out, err = run(capsys, "reconstruct", study, "-o", tmp_path / "n", "--format=npz", *options)
    assert status == 0, err
    assert "2 of 15 views left out: 3, 13" in out
    counts = np.rint(50000 * np.exp(-np.roll(sphere_views(geometry()), 1, axis=2))).astype(np.uint16)
    # A set without the same two views, whose middle is the same, so that both are interpolated alike.
    kept = [view for view in range(15) if view not in (2, 12)]
    fewer = LiveVolume(ProjectionSet(counts[kept], geometry().subset(kept), kind="counts", air=50000.0), ShiftAndAdd())
    expected = [np.nan_to_num(slab.pixels) for slab in reconstruct_volume(fewer, [90.0, 92.0])]
    np.testing.assert_allclose(volume(tmp_path / "n"), expected, atol=1e-6)

    assert run(capsys, "reconstruct", study, "-o", tmp_path / "d", *options)[0] == 0
    data = pydicom.dcmread(tmp_path / "d" / "slice_001.dcm")
    files = sorted(study.glob("*.dcm"))
    sources = {str(pydicom.dcmread(path).SOPInstanceUID) for path in files}
    named = {str(item.ReferencedSOPInstanceUID) for item in data.SourceImageSequence}
    left_out = {str(pydicom.dcmread(files[view]).SOPInstanceUID) for view in (2, 12)}
    assert named == sources - left_out
    assert data.NumberOfTomosynthesisSourceImages == 13
    assert "13 projections" in data.DerivationDescription

    status, _, err = run(capsys, "reconstruct", study, "-o", tmp_path / "x", "--exclude", "16")
    assert status == 2
    assert "no view 16; the acquisition has 15" in err


@dataclass(frozen=True)
class Lifted(Correction):
    """Adds to every line integral."""

    name: ClassVar[str] = "lifted"
    title: ClassVar[str] = "Lifted"
    description: ClassVar[str] = "For the test."

    by: float = number(1.0, "By", "What is added.", 0.0, 9.0)

    def prepare(self, integrals: LineIntegrals, progress: Progress = SILENT) -> PreparedCorrection:
        return Lift(self.by)


class Lift:
    def __init__(self, by: float) -> None:
        self.by, self.note = np.float32(by), f"lifted by {by:g}"

    def __call__(self, index: int, image: np.ndarray) -> None:
        image += self.by


def test_corrections_are_done_and_told(
    studies: Path, research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CORRECTIONS, "lifted", Lifted)
    command = ("reconstruct", research, *NPZ, "--algorithm=shift-and-add", "--region=-10,-10,10,10", "-o")
    assert run(capsys, *command, tmp_path / "plain")[0] == 0
    status, out, err = run(capsys, *command, tmp_path / "lifted", "--correct", "lifted:by=2.5")
    assert status == 0, err
    assert "lifted by 2.5" in out
    # Shift-and-add is the mean of the line integrals, so what is added comes out.
    np.testing.assert_allclose(volume(tmp_path / "lifted"), volume(tmp_path / "plain") + 2.5, atol=5e-3)

    study = studies / "Secret^Person 1"
    assert run(capsys, "reconstruct", study, "-o", tmp_path / "d", "--heights=90:90", "--correct", "lifted")[0] == 0
    assert "Corrected: Lifted (by=1)" in pydicom.dcmread(tmp_path / "d" / "slice_001.dcm").DerivationDescription
    tiff = ("--format=tiff", "--heights=90:90", "--correct=lifted:by=3", "--set=cutoff=0.5", "--exclude=2")
    assert run(capsys, "reconstruct", study, "-o", tmp_path / "t", *tiff)[0] == 0
    beside = json.loads((tmp_path / "t" / "volume.json").read_text())
    assert beside["corrections"] == {"lifted": {"by": 3.0}}
    assert beside["parameters"]["cutoff"] == 0.5
    assert beside["views_left_out"] == [2]


def test_options_that_cannot_be_meant_are_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CORRECTIONS, "lifted", Lifted)
    assert build_corrections(["lifted:by=2"]) == (Lifted(by=2.0),)
    assert parse_views("17, 3,3") == (2, 16)
    assert parse_region("-1.5,-2,3,4e1") == Rect(-1.5, -2.0, 3.0, 40.0)
    for texts, words in (
        (["magic"], 'no correction "magic". Choose one of: .*lifted'),
        (["lifted:by"], "NAME:PARAMETER=VALUE"),
        (["lifted:up=1"], 'no parameter "up". It has: by'),
        (["lifted:by=99"], "between 0 and 9"),
        (["lifted", "lifted:by=1"], "twice"),
    ):
        with pytest.raises(BocageError, match=words):
            build_corrections(texts)
    for text in ("0", "-1", "1.5", "", "3,,4", "²"):
        with pytest.raises(BocageError, match="counted from 1"):
            parse_views(text)
    for text in ("1,2,3", "5,0,1,9", "a,b,c,d", "0,0,inf,1"):
        with pytest.raises(BocageError, match="x0,y0,x1,y1"):
            parse_region(text)
    with pytest.raises(BocageError, match="geometry file or a preset"):
        Options(geometry_file=Path("a"), preset="b")


def test_planes_computed_together_hold_the_body_and_the_wanted_heights() -> None:
    """The geometry offers 0 to 350 mm (40 % of 1000 mm is more)."""
    planes = planes_mm(geometry(), Options(heights_mm=(101.0, 111.0), interval_mm=5.0))
    np.testing.assert_allclose(np.diff(planes), 5.0)
    assert 101.0 in planes
    assert 111.0 in planes
    assert -5.0 < planes[0] <= 0.0
    assert 345.0 < planes[-1] <= 350.0
    beyond = planes_mm(geometry(), Options(heights_mm=(-10.0, 400.0), interval_mm=10.0))
    assert (beyond[0], beyond[-1]) == (-10.0, 400.0)


def test_planes_computed_together_come_out_at_the_wanted_heights(
    research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("reconstruct", research, "-o", tmp_path, "--format=npz", "--heights=80:100", "--interval=10")
    status, out, err = run(capsys, *command, "--algorithm=sirt", "--set", "iterations=2", "--exclude=1,15")
    assert status == 0, err
    assert "reconstructing" in out
    assert "2 of 15 views left out: 1, 15" in out
    projections = ProjectionSet(sphere_views(geometry()), geometry())
    # All planes from the detector to 350 mm take part, although three are asked for.
    source = reconstruct(projections, Sirt(iterations=2), list(range(0, 351, 10)), excluded=(0, 14))
    expected = [np.nan_to_num(slab.pixels) for slab in reconstruct_volume(source, [80.0, 90.0, 100.0])]
    np.testing.assert_allclose(volume(tmp_path), expected, rtol=1e-4, atol=1e-7)
    assert np.argmax(volume(tmp_path).max(axis=(1, 2))) == 1  # the sphere lies at 90 mm


def test_slices_have_their_scale(studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "reconstruct", studies / "Secret^Person 1", "-o", tmp_path, *NPZ)[0] == 0
    assert 0.1 * MU < volume(tmp_path)[1].max() < MU


def test_a_single_result_in_a_batch_s_folder_is_not_taken_for_the_batch_s(
    studies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both volumes have the same size; only the manifest tells them apart."""
    output = tmp_path / "r"
    command = ("reconstruct", studies, "-o", output, *NPZ)
    assert run(capsys, *command)[0] == 0
    first = min(output.iterdir())
    before = volume(first)
    other = ("--algorithm=shift-and-add", "--overwrite")
    assert run(capsys, "reconstruct", studies / "Secret^Person 1", "-o", first, *NPZ, *other)[0] == 0
    status, out, _ = run(capsys, *command)
    assert (status, "2 kept, 1 failed" in out) == (2, True)
    assert "holds a result of something else" in out
    assert "algorithm was shift-and-add" in out
    status, out, _ = run(capsys, *command, "--overwrite")
    assert (status, "3 done" in out) == (0, True)
    np.testing.assert_array_equal(volume(first), before)
