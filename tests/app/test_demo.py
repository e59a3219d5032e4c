"""The demonstration study: made once, whole or not at all, and right way up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pydicom
import pytest

from app import cases, demo
from app.simulate import SimulationSettings
from recon.errors import BocageError, Cancelled
from recon.geometry import Geometry
from recon.progress import Progress

ROOT = Path(__file__).parents[2]
SMALL = SimulationSettings(views=4, shape=(24, 20), pixel_pitch_mm=16.0)


def block(*_: object, **__: object) -> np.ndarray:
    hu = np.full((12, 10, 14), -1000, dtype=np.int16)
    hu[2:9, 3:8, 4:12] = 0
    return hu


@pytest.fixture
def small_ct(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny CT instead of the chest: these tests look at files, not at anatomy."""
    monkeypatch.setattr(demo, "read_case_ct", block)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_shipped_ct_decodes_bit_exactly() -> None:
    case = cases.find_case()
    hu = cases.read_case_ct(case, verify=True)
    assert hu.shape == case.shape == (275, 397, 512)
    assert (hu.min(), hu.max()) == (-1000, 1979)
    assert "CC BY 3.0" in case.citation
    assert "10.7937/K9/TCIA.2015.LO9QL9SX" in case.citation
    assert "CC BY 3.0" in case.acknowledgement
    assert sum(path.stat().st_size for path in case.folder.iterdir()) < 40 * 2**20


def test_a_damaged_or_unknown_case_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BocageError, match=r'no demonstration case "elbow".*chest_lidc0314'):
        cases.find_case("elbow")
    folder = tmp_path / "chest"
    shutil.copytree(cases.cases_folder() / cases.DEFAULT_CASE, folder)
    with (folder / "ct.dcm").open("r+b") as file:
        file.truncate(4_000_000)
    monkeypatch.setattr(cases, "cases_folder", lambda: tmp_path)
    with pytest.raises(BocageError, match="is damaged or missing"):
        cases.read_case_ct(cases.find_case("chest"))


def test_the_study_is_written_once_and_reused(tmp_path: Path, small_ct: None) -> None:
    steps: list[tuple[float, str]] = []
    place = demo.demonstration_case(Progress(lambda done, text: steps.append((done, text))), tmp_path, settings=SMALL)
    assert sorted(path.name for path in place.iterdir()) == [
        "CITATION.md",
        "LICENSE.txt",
        "complete.json",
        "projections",
        "radiograph",
    ]
    assert len(list((place / "projections").glob("*.dcm"))) == 4
    assert Geometry.load(place / "projections" / "views.geometry.json").n_views == 4
    fractions = [done for done, _ in steps]
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert {"decoding", "Simulating", "Writing"} <= {text.split(": ")[-1].split(" ")[0] for _, text in steps}

    made = (place / demo.STAMP).stat().st_mtime_ns
    assert demo.demonstration_case(folder=tmp_path, settings=SMALL) == place
    assert (place / demo.STAMP).stat().st_mtime_ns == made
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_files_say_what_they_are(tmp_path: Path, small_ct: None) -> None:
    place = demo.demonstration_case(folder=tmp_path, settings=SMALL)
    files = [pydicom.dcmread(path) for path in sorted(place.rglob("*.dcm"))]
    assert len(files) == 5
    assert {str(file.PatientName) for file in files} == {"Demonstration^Chest"}
    assert all("imulated" in file.SeriesDescription and "imulated" in file.StudyDescription for file in files)
    assert len({file.StudyInstanceUID for file in files}) == 1
    assert len({file.SeriesInstanceUID for file in files}) == 2
    assert {tuple(file.PatientOrientation) for file in files} == {("L", "F")}
    radiograph = pydicom.dcmread(next((place / "radiograph").glob("*.dcm")))
    assert radiograph.PhotometricInterpretation == "MONOCHROME2"
    assert radiograph.WindowWidth > 1
    again = demo.demonstration_case(folder=tmp_path / "elsewhere", settings=SMALL)
    assert contents(place) == contents(again)  # the same study, with the same UIDs, everywhere


@pytest.mark.parametrize("harm", ["version", "missing file", "short file", "bad stamp"])
def test_an_outdated_or_damaged_study_is_made_again(
    tmp_path: Path, small_ct: None, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    place = demo.demonstration_case(folder=tmp_path, settings=SMALL)
    view = place / "projections" / "view_002.dcm"
    if harm == "version":
        monkeypatch.setattr(demo, "VERSION", demo.VERSION + 1)
        (place / "left over").write_text("of the old version")
    elif harm == "missing file":
        view.unlink()
    elif harm == "short file":
        view.write_bytes(view.read_bytes()[:100])
    else:
        (place / demo.STAMP).write_text("{")
    assert demo.demonstration_case(folder=tmp_path, settings=SMALL) == place
    assert not (place / "left over").exists()
    assert pydicom.dcmread(view).pixel_array.shape == (24, 20)
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_cancelling_leaves_nothing(tmp_path: Path, small_ct: None) -> None:
    progress = Progress(lambda done, _: progress.cancel() if done > 0.5 else None)
    with pytest.raises(Cancelled):
        demo.demonstration_case(progress, tmp_path, settings=SMALL)
    assert list((tmp_path / "cases").iterdir()) == []


def test_a_full_or_closed_disk_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cases").write_text("a file where the folder should be")
    with pytest.raises(BocageError, match=r"could not be written to .*BOCAGE_CACHE"):
        demo.demonstration_case(folder=tmp_path, settings=SMALL)


def test_the_cache_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_ct: None) -> None:
    monkeypatch.setenv("BOCAGE_CACHE", str(tmp_path / "mine"))
    assert demo.demonstration_case(settings=SMALL).is_relative_to(tmp_path / "mine")
    monkeypatch.delenv("BOCAGE_CACHE")
    assert demo.cache_folder().name == "bocage" or "bocage" in demo.cache_folder().parts


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from app import demo
from tests_block import block, SMALL
demo.read_case_ct = block
if len(sys.argv) > 2:
    import os
    demo._stamp = lambda *_: os._exit(9)  # killed when all files are written but before they are in place
demo.demonstration_case(folder=Path(sys.argv[1]), settings=SMALL)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    helper = tmp_path / "tests_block.py"
    source = Path(__file__).read_text(encoding="utf-8")
    body = source[source.index("SMALL = ") : source.index("@pytest.fixture")]
    helper.write_text(f"import numpy as np\nfrom app.simulate import SimulationSettings\n{body}", encoding="utf-8")
    path = tmp_path / "make.py"
    path.write_text(SCRIPT.format(root=str(ROOT)), encoding="utf-8")
    return path


def test_two_processes_at_once_leave_one_whole_study(tmp_path: Path, script: Path) -> None:
    folder = tmp_path / "cache"
    running = [subprocess.Popen([sys.executable, str(script), str(folder)]) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert [path.name for path in (folder / "cases").iterdir()] == [cases.DEFAULT_CASE]
    assert len(list((folder / "cases").rglob("*.dcm"))) == 5


def test_a_killed_process_leaves_no_study_and_its_rest_goes_in_time(
    tmp_path: Path, script: Path, small_ct: None
) -> None:
    folder = tmp_path / "cache"
    assert subprocess.run([sys.executable, str(script), str(folder), "killed"], check=False).returncode == 9
    (rest,) = (folder / "cases").iterdir()
    assert rest.name.startswith(".")
    place = demo.demonstration_case(folder=folder, settings=SMALL)
    assert len(list(place.rglob("*.dcm"))) == 5
    assert rest.exists()  # may belong to a process that still runs
    long_ago = time.time() - 2 * 3600
    for path in [rest, *rest.rglob("*")]:
        os.utime(path, (long_ago, long_ago))
    shutil.rmtree(place)
    demo.demonstration_case(folder=folder, settings=SMALL)
    assert not rest.exists()


def test_the_chest_stands_upright_with_its_left_on_the_right(tmp_path: Path) -> None:
    """In the real case: shoulders above, the large clear lung (the patient's left) on the image's right."""
    settings = SimulationSettings.of_case(cases.find_case())
    coarse = SimulationSettings(
        **{**vars(settings), "views": 3, "shape": (256, 256), "pixel_pitch_mm": 1.6, "soften": 0.0}
    )
    place = demo.demonstration_case(folder=tmp_path, settings=coarse)
    image = pydicom.dcmread(next((place / "radiograph").glob("*.dcm")))
    lines = image.pixel_array / 1000.0
    assert image.WindowCenter - image.WindowWidth / 2 < np.median(lines) * 1000 < image.WindowCenter + image.WindowWidth
    right_lung, left_lung = lines[38:60, 62:95], lines[38:60, 145:178]  # the upper lobes; the right one is consolidated
    assert np.median(left_lung) < 0.8 * np.median(right_lung)
    abdomen = lines[215:250, 60:195]
    assert np.median(abdomen) > 1.5 * np.median(left_lung)
    spine, beside = lines[40:200, 116:126], lines[40:200, 150:180]
    assert np.median(spine) > np.median(beside) + 1
    # The tube above the head (small y) throws the chest towards the feet (large rows).
    views = [-np.log(pydicom.dcmread(path).pixel_array / 40000.0) for path in sorted(place.rglob("view_*.dcm"))]
    edges = [int(np.argmax(np.diff(view[100:230, 60:90].mean(axis=1)))) for view in (views[0], views[2])]
    assert edges[0] > edges[1]
