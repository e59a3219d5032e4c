"""Results of `bocage reconstruct` among other files: what is replaced, kept, and never touched."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pydicom
import pytest
from command_line import run

from recon.simulate.acquisition import linear_sweep

HEIGHTS = ("--heights", "0:20", "--interval", "10", "--format", "npz")


def research(folder: Path, name: str, seed: int) -> Path:
    """A small sweep of noise, with its geometry beside it."""
    geometry = linear_sweep(n_views=5, pixel_pitch_mm=2.0, shape=(24, 20), origin="file")
    folder.mkdir(parents=True, exist_ok=True)
    geometry.save(folder / f"{name}.geometry.json")
    views = np.random.default_rng(seed).uniform(0.0, 1.0, (5, 24, 20)).astype(np.float32)
    np.savez(folder / f"{name}.npz", views=views, kind="line_integrals")
    return folder


def test_files_of_others_are_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = research(tmp_path / "ow", "volume", 1)
    for name in ("slice_abc.dcm", "volume.nii"):
        (study / name).write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in study.iterdir()}
    code, _, error = run(capsys, "reconstruct", study, "-o", study, *HEIGHTS, "--overwrite")
    assert code != 0
    assert "volume.npz: is in the way" in error
    assert {path.name: path.read_bytes() for path in study.iterdir()} == before
    # In a folder of its own a result replaces itself and nothing else.
    out = tmp_path / "out"
    out.mkdir()
    (out / "volume.nii").write_bytes(b"mine")
    command = ("reconstruct", study / "volume.npz", "-o", out)
    assert run(capsys, *command, *HEIGHTS)[0] == 0
    code, _, error = run(capsys, *command, *HEIGHTS)
    assert code != 0
    assert "earlier result (1 files)" in error
    assert run(capsys, *command, *HEIGHTS[:-1], "tiff", "--overwrite")[0] == 0
    assert sorted(path.name for path in out.iterdir()) == ["bocage.json", "volume.json", "volume.nii", "volume.tif"]
    assert (out / "volume.nii").read_bytes() == b"mine"


def test_other_pixels_under_the_same_names_are_computed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, seed in (("a", 1), ("b", 5)):
        research(research(tmp_path / folder, "one", seed), "two", seed + 1)
    result = ("-o", tmp_path / "r", *HEIGHTS)
    assert run(capsys, "reconstruct", tmp_path / "a", *result)[0] == 0
    code, out, _ = run(capsys, "reconstruct", tmp_path / "a", *result)
    assert code == 0
    assert "2 kept" in out
    code, out, _ = run(capsys, "reconstruct", tmp_path / "b", *result)
    assert code != 0
    assert "the projections have changed since" in out


@pytest.mark.parametrize("setting", ["iterations=nan", "iterations=inf", "iterations=2.5"])
def test_a_number_that_is_not_whole_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    study = research(tmp_path / "s", "one", 1)
    code, _, error = run(
        capsys, "reconstruct", study, "-o", tmp_path / "o", *HEIGHTS, "--algorithm", "sirt", "--set", setting
    )
    assert code == 2
    assert "must be a whole number" in error


def test_what_the_file_states_is_not_overridden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = research(tmp_path / "s", "one", 1)
    command = ("reconstruct", study, "-o", tmp_path / "o", *HEIGHTS)
    code, _, error = run(capsys, *command, "--kind", "counts")
    assert code != 0
    assert "states that its values are line integrals; they cannot be taken for counts" in error
    code, out, _ = run(capsys, *command, "--air", "5")
    assert code == 0
    assert "The open field given is not used" in out


def test_each_slice_says_its_own_thickness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Slices of planes computed together are as thick as fits at the ends of the stack."""
    study = research(tmp_path / "s", "one", 1)
    settings = ("--heights", "0:20", "--interval", "10", "--thickness", "20", "--algorithm", "mits")
    assert run(capsys, "reconstruct", study, "-o", tmp_path / "o", *settings, "--orientation", "LFP")[0] == 0
    found = [pydicom.dcmread(path) for path in sorted((tmp_path / "o").glob("*.dcm"))]
    assert [float(data.TomoLayerHeight) for data in found] == [0.0, 10.0, 20.0]
    assert [float(data.SliceThickness) for data in found] == [10.0, 20.0, 20.0]
    more = ("--orientation", "L,F,P", "--object", "xray3d", "--compress", "jpeg-ls")
    assert run(capsys, "reconstruct", study, "-o", tmp_path / "v", *settings, *more)[0] == 0
    volume = pydicom.dcmread(tmp_path / "v" / "volume.dcm")
    measures = [group.PixelMeasuresSequence[0] for group in volume.PerFrameFunctionalGroupsSequence]
    assert [float(item.SliceThickness) for item in measures] == [10.0, 20.0, 20.0]
    assert volume.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.4.80"


def test_an_orientation_that_nobody_says_is_not_invented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heights = ("--heights", "0:20", "--interval", "10")
    study = research(tmp_path / "s", "one", 1)
    assert run(capsys, "reconstruct", study, "-o", tmp_path / "o", *heights)[0] == 0
    data = pydicom.dcmread(tmp_path / "o" / "volume.dcm")
    assert data.SOPClassUID == "1.2.840.10008.5.1.4.1.1.7.3"
    assert "SharedFunctionalGroupsSequence" not in data
    for more, words in (
        (("--object", "ct"), "orientation is unknown"),
        (("--orientation", "LF"), "three letters"),
        (("--format", "npz", "--object", "ct"), "how DICOM is written"),
    ):
        code, _, error = run(capsys, "reconstruct", study, "-o", tmp_path / "x", *heights, *more)
        assert code != 0
        assert words in error


def test_a_geometry_file_that_was_not_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = research(tmp_path / "s", "one", 1)
    (study / "one.geometry.json").write_text('{"format": "bocage-geometry", "version": 7}')
    code, _, error = run(capsys, "reconstruct", study, "-o", tmp_path / "o", *HEIGHTS)
    assert code != 0
    assert "geometry of the views is not complete" in error
    assert "Not taken: one.geometry.json: " in error


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = research(tmp_path / "s", "one", 1)
    (tmp_path / "file").write_text("mine")
    code, _, error = run(capsys, "reconstruct", study, "-o", tmp_path / "file" / "out", *HEIGHTS)
    assert code != 0
    assert "cannot be written. Choose another" in error
    assert "Filtering" not in error


def test_a_manifest_is_no_licence_for_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither for files outside its folder, nor for what has taken the place of a result."""
    study, out = research(tmp_path / "s", "one", 1), tmp_path / "out"
    assert run(capsys, "reconstruct", study, "-o", out, *HEIGHTS)[0] == 0
    (tmp_path / "precious.txt").write_text("mine!")
    manifest = json.loads((out / "bocage.json").read_text())
    manifest["files"]["../precious.txt"] = 5
    (out / "bocage.json").write_text(json.dumps(manifest))
    assert run(capsys, "reconstruct", study, "-o", out, *HEIGHTS, "--overwrite")[0] == 0
    assert (tmp_path / "precious.txt").read_text() == "mine!"
    (out / "volume.npz").write_bytes(b"other data")
    code, _, error = run(capsys, "reconstruct", study, "-o", out, *HEIGHTS, "--overwrite")
    assert code != 0
    assert "volume.npz: is in the way" in error
    assert (out / "volume.npz").read_bytes() == b"other data"
