"""The command line end to end, on a sphere whose place is known."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from command_line import run
from sphere import CENTRE, MU, geometry, sphere_views, write_research

from app.cli import main as cli
from app.cli.reconstruct.options import height_list, parse_heights
from app.cli.simulate import parse_size
from app.cli.terminal import Bar, progress_bar
from app.dicom.values import read_mapping
from app.dicom.write import StudyFacts, write_projections
from recon.errors import BocageError, Cancelled
from recon.projections import ProjectionSet


@pytest.fixture(scope="module")
def research(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_research(tmp_path_factory.mktemp("research"))


@pytest.fixture(scope="module")
def dicom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dicom")
    counts = np.rint(50000 * np.exp(-sphere_views(geometry()))).astype(np.uint16)
    facts = StudyFacts(patient_name="Secret^Person", patient_id="SECRET-7", view_position="PA")
    write_projections(folder / "p", ProjectionSet(counts, geometry(), kind="counts", air=50000.0), facts)
    return folder


def sharpest(volume: np.ndarray, heights: np.ndarray) -> float:
    return float(heights[np.argmax(np.nanvar(volume, axis=(1, 2)))])


def test_npz_holds_the_sphere_where_it_is(research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(
        capsys,
        "reconstruct",
        research,
        "-o",
        tmp_path / "r",
        "--format",
        "npz",
        "--heights",
        "70:110",
        "--interval",
        "2",
    )
    assert status == 0, err
    assert "21 slices" in out
    with np.load(tmp_path / "r" / "volume.npz") as data:
        assert set(data.files) == {"volume", "heights_mm", "pixel_spacing_mm", "origin_mm"}
        volume, heights = data["volume"], data["heights_mm"]
        spacing, origin = data["pixel_spacing_mm"], data["origin_mm"]
    assert volume.dtype == np.float32
    assert np.all(np.isfinite(volume))
    np.testing.assert_allclose(heights, np.arange(70, 111, 2))
    assert origin.shape == (3,)
    assert origin[2] == heights[0]
    assert sharpest(volume, heights) == CENTRE[2]
    middle = np.nan_to_num(volume[list(heights).index(90.0)])
    bright = np.argwhere(middle > 0.5 * middle.max())
    row, column = bright.mean(axis=0)
    assert origin[0] + column * spacing[1] == pytest.approx(CENTRE[0], abs=0.5)
    assert origin[1] + row * spacing[0] == pytest.approx(CENTRE[1], abs=0.5)
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == ["bocage.json", "volume.npz"]


def test_dicom_slices_belong_to_the_study_of_their_projections(
    dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(
        capsys, "reconstruct", dicom, "-o", tmp_path / "s", "--heights=80:100", "--interval=5", "--thickness=2"
    )
    assert status == 0, err
    assert "SECRET" not in out + err
    assert "Secret" not in out + err
    files = sorted((tmp_path / "s").glob("*.dcm"))
    assert len(files) == 5
    source = pydicom.dcmread(next((dicom / "p").glob("*.dcm")))
    slices = [pydicom.dcmread(path) for path in files]
    for data, height in zip(slices, (80, 85, 90, 95, 100), strict=True):
        assert data.StudyInstanceUID == source.StudyInstanceUID
        assert data.FrameOfReferenceUID == source.FrameOfReferenceUID
        assert data.PatientID == "SECRET-7"
        assert len(data.SourceImageSequence) == 15
        assert float(data.TomoLayerHeight) == height
        assert float(data.SliceThickness) == 2.0
        assert float(data.ImagePositionPatient[1]) == pytest.approx(height)
    mapping = read_mapping(slices[2])
    values = mapping.intercept + mapping.slope * slices[2].pixel_array
    # A limited sweep keeps part of a sphere's attenuation in its own slice; the scale is 1/mm.
    assert 0.1 * MU < values.max() < MU


def test_tiff_with_its_numbers_beside(dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import tifffile

    arguments = (
        "--format",
        "tiff",
        "--heights",
        "88:92",
        "--interval",
        "2",
        "--pixel",
        "1",
        "--algorithm",
        "shift-and-add",
    )
    status, _, err = run(capsys, "reconstruct", dicom, "-o", tmp_path, *arguments)
    assert status == 0, err
    data = json.loads((tmp_path / "volume.json").read_text())
    with tifffile.TiffFile(tmp_path / "volume.tif") as tiff:
        assert tiff.is_bigtiff
        assert len(tiff.pages) == 3
        page = tiff.pages[0]
        assert page.dtype == np.float32
        numerator, denominator = page.tags["XResolution"].value
        assert numerator / denominator == pytest.approx(10.0)
    assert data["heights_mm"] == [88.0, 90.0, 92.0]
    assert data["pixel_spacing_mm"] == [1.0, 1.0]
    assert data["algorithm"] == "shift-and-add"


def test_info_says_where_the_geometry_comes_from_and_hides_the_patient(
    dicom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "info", dicom)
    assert status == 0
    assert "15 views" in out
    assert "96 × 112" in out
    assert "geometry from" in out
    assert "-15.00° to 15.00°" in out
    assert "Secret" not in out
    assert "SECRET" not in out
    _, out, _ = run(capsys, "info", dicom, "--patient")
    assert "SECRET-7" in out


def test_an_earlier_result_is_kept_unless_overwriting(
    dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "s"
    assert run(capsys, "reconstruct", dicom, "-o", folder, "--heights", "80:100")[0] == 0
    status, _, err = run(capsys, "reconstruct", dicom, "-o", folder, "--heights", "80:85")
    assert status == 2
    assert "--overwrite" in err
    assert len(list(folder.glob("*.dcm"))) == 5
    assert run(capsys, "reconstruct", dicom, "-o", folder, "--heights", "80:85", "--overwrite")[0] == 0
    assert len(list(folder.glob("*.dcm"))) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reconstruct", "{dicom}", "-o", "{out}", "--heights", "low:high"], "FROM:TO"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--interval", "0"], "interval"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--algorithm", "magic"], "magic"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--set", "nonsense"], "PARAMETER=VALUE"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--thickness", "-1"], "thickness"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--series", "9.9.9"], "9.9.9"),
        (["reconstruct", "{dicom}", "-o", "{out}", "--geometry", "{out}/none.json"], "none.json"),
        (["reconstruct", "/nowhere", "-o", "{out}"], "no such file"),
        (["info", "/nowhere"], "no such file"),
        (["open", "/nowhere"], "no such file"),
    ],
)
def test_errors_are_one_sentence_and_status_2(
    arguments: list[str], words: str, dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, *(part.format(dicom=dicom, out=tmp_path / "o") for part in arguments))
    assert status == 2
    assert err.startswith("bocage: ")
    assert err.count("\n") == 1
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "o").exists()


def test_usage_errors_have_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "frobnicate")
    assert status == 2
    assert "frobnicate" in err
    status, _, err = run(capsys, "reconstruct", "x")
    assert status == 2
    assert "--output" in err


def test_no_display_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    status, _, err = run(capsys)
    assert status == 2
    assert "no display" in err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--version")
    assert status == 0
    assert out.startswith("bocage ")


def test_help_names_the_commands() -> None:
    done = subprocess.run([sys.executable, "-m", "app", "--help"], capture_output=True, text=True, check=True)
    for name in ("open", "info", "reconstruct", "simulate", "demo"):
        assert f" {name} " in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from app.cli.main import run; run(['--help']);"
        "print([m for m in ('numpy', 'pydicom', 'PySide6', 'numba', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_interrupt_cancels_at_the_next_step() -> None:
    before = signal.getsignal(signal.SIGINT)
    with progress_bar() as progress:
        progress.step(0.1)
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(Cancelled):
            progress.step(0.2)
    assert signal.getsignal(signal.SIGINT) is before


def test_interrupting_a_reconstruction_leaves_nothing(
    dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.dicom.write.slices as slices

    original = slices.spool_slabs

    def interrupted(*arguments: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return original(*arguments)

    monkeypatch.setattr(slices, "spool_slabs", interrupted)
    status, _, err = run(capsys, "reconstruct", dicom, "-o", tmp_path / "s", "--heights", "80:100")
    assert status == 130
    assert "cancelled" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format_", ["npz", "tiff"])
def test_a_failure_half_way_leaves_no_file_and_no_folder(
    dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    import recon.export as stack

    original = stack.reconstruct_volume

    def failing(*arguments: object, **options: object) -> object:
        yield next(original(*arguments, **options))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stack, "reconstruct_volume", failing)
    status, _, err = run(capsys, "reconstruct", dicom, "-o", tmp_path / "s", "--heights=80:100", "--format", format_)
    assert status == 2
    assert "no space left on the disk" in err
    assert list(tmp_path.iterdir()) == []


def test_the_bar_draws_on_a_terminal_and_writes_lines_elsewhere() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    live, piped = Terminal(), io.StringIO()
    bar = Bar(live)
    bar(0.5, "Filtering")
    bar.clear()
    assert " 50 % Filtering" in live.getvalue()
    assert live.getvalue().endswith("\r\x1b[K")
    Bar(piped)(0.5, "Filtering")
    assert piped.getvalue() == ""


def test_heights_and_sizes() -> None:
    assert parse_heights("100:200") == (100.0, 200.0)
    assert parse_heights(" 200 : -5.5 ") == (-5.5, 200.0)
    assert height_list(0.0, 1.0, 0.1)[-1] == pytest.approx(1.0)
    assert len(height_list(0.0, 1.0, 0.1)) == 11
    assert height_list(5.0, 5.0, 1.0) == [5.0]
    assert parse_size("512x640") == (512, 640)
    assert parse_size("512") == (512, 512)
    for bad in ("1", "a:b", "1:2:3", "nan:2"):
        with pytest.raises(BocageError):
            parse_heights(bad)
    with pytest.raises(BocageError, match="too many"):
        height_list(0, 1e6, 1)


def test_a_preset_serves_views_that_carry_no_geometry(
    research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.presets import geometry_presets

    key = geometry_presets()[0].key
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sphere.npz").write_bytes((research / "sphere.npz").read_bytes())
    output = ("-o", tmp_path / "r", "--format=npz", "--heights=88:92")
    status, _, err = run(capsys, "reconstruct", bare, *output)
    assert status == 2
    assert "geometry" in err
    status, out, _ = run(capsys, "info", bare)
    assert status == 0
    assert key in out
    status, out, err = run(capsys, "reconstruct", bare, *output, "--preset", key)
    assert status == 0, err
    assert "preset" in out
    status, _, err = run(capsys, "reconstruct", bare, *output, "--preset", "nothing", "--overwrite")
    assert status == 2
    assert key in err


def test_a_geometry_file_given_replaces_the_one_beside(
    research: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lower = replace(geometry(), source_mm=geometry().source_mm * (1, 1, 0.5))
    lower.save(tmp_path / "lower.json")
    arguments = ("--format=npz", "--heights=0:10", "--geometry", tmp_path / "lower.json")
    assert run(capsys, "reconstruct", research, "-o", tmp_path / "r", *arguments)[0] == 0
    status, out, _ = run(capsys, "info", research, "--geometry", tmp_path / "lower.json")
    assert status == 0
    assert "source to detector 500.0 mm" in out


def test_a_small_simulation_of_the_shipped_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from app.cases import case_names

    arguments = ("--views=3", "--size=48x40", "--pitch=8", "--seed=3")
    status, _, err = run(capsys, "simulate", case_names()[0], "-o", tmp_path / "s", *arguments)
    assert status == 0, err
    data = pydicom.dcmread(next((tmp_path / "s" / "projections").glob("*.dcm")))
    assert (data.Rows, data.Columns) == (48, 40)
    assert len(list((tmp_path / "s").rglob("*.dcm"))) == 4
    status, _, err = run(capsys, "simulate", tmp_path / "none.nii", "-o", tmp_path / "t")
    assert status == 2
    assert "none.nii" in err


def test_the_job_without_a_window(
    dicom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.cli.show as show

    taken: list[tuple[list[Path], Path]] = []
    monkeypatch.setattr(show, "_screenshot", lambda paths, file: taken.append((paths, file)))
    monkeypatch.setattr(show, "has_display", lambda: False)
    status, out, err = run(capsys, "open", dicom, "-o", tmp_path / "out")
    assert status == 0, err
    assert "no display" in out
    assert "ms a slice" in out
    assert taken == [([dicom], tmp_path / "out" / "window.png")]
    count = len(list((tmp_path / "out" / "slices").glob("*.dcm")))
    assert f"{count} slices" in out
    assert count > 10


def test_a_fault_of_the_program_is_one_sentence_without_data(
    research: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("Secret^Person")

    monkeypatch.setattr("app.cli.info.show_info", broken)
    status, _, err = run(capsys, "info", research)
    assert status == 1
    assert "a fault of the program" in err
    assert "RuntimeError in test_cli.py line" in err
    assert "Secret" not in err
    assert err.count("\n") == 1
    monkeypatch.setenv("BOCAGE_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        cli.run(["info", str(research)])


def test_ctrl_c_before_the_work_begins_is_said(
    research: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.info.show_info", interrupted)
    status, _, err = run(capsys, "info", research)
    assert (status, err) == (130, "bocage: cancelled; nothing was written.\n")


def test_unopened_files_are_named_once_and_archives_say_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "study.zip").write_bytes(b"PK")
    (tmp_path / "note.dcm").write_text("not an image " * 20)
    status, out, _ = run(capsys, "info", tmp_path)
    assert status == 0
    assert out.count("study.zip") == 1
    assert "unpack it" in out
    assert "note.dcm: no DICOM file in spite of its name" in out
