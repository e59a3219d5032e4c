"""NIfTI in the patient's coordinates, and that no writer holds more than a block of slices."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
import SimpleITK as sitk  # noqa: N813
from sphere import geometry, sphere_views, write_study

from app.cli import main as cli
from app.dicom.read import load, scan
from app.dicom.write import ReconstructionFacts, StudyFacts, write_slices
from app.export import NIFTI_LONGEST, nifti_affine, write_nifti, write_npz, write_tiff
from recon.algorithms import ShiftAndAdd
from recon.errors import BocageError, Cancelled
from recon.export import reconstruct_volume
from recon.frame import PatientFrame
from recon.live import LiveVolume
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Slab

GRID = PlaneGrid((-30.0, 12.5), (0.5, 0.75), (4, 6))
HEIGHTS = [40.0, 42.5, 45.0]
PA = PatientFrame.from_letters("L", "F", "P")
_C, _S = np.cos(0.3), np.sin(0.3)
OBLIQUE = PatientFrame(((_C, 0.0, -_S), (0.0, -1.0, 0.0), (-_S, 0.0, -_C)), (10.0, -20.0, 300.0), True)
"""Turned about the patient's anterior–posterior axis, with a place in the patient."""


def slabs(grid: PlaneGrid = GRID, heights: list[float] = HEIGHTS) -> list[Slab]:
    rng = np.random.default_rng(5)
    return [Slab(rng.normal(0, 1, grid.shape).astype(np.float32), grid, height) for height in heights]


# -- NIfTI -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["volume.nii", "volume.nii.gz"])
@pytest.mark.parametrize("frame", [PA, OBLIQUE])
def test_itk_reads_the_same_volume_at_the_same_place(tmp_path: Path, name: str, frame: PatientFrame) -> None:
    written = slabs()
    beside = write_nifti(tmp_path / name, written, HEIGHTS, frame, {"unit": "1/mm"})
    image = sitk.ReadImage(str(tmp_path / name))
    np.testing.assert_array_equal(sitk.GetArrayFromImage(image), [slab.pixels for slab in written])
    np.testing.assert_allclose(image.GetSpacing(), (0.5, 0.75, 2.5), rtol=1e-6)
    # ITK's points and directions are DICOM's (LPS): voxels lie where the frame puts their world points.
    np.testing.assert_allclose(image.GetOrigin(), frame.to_patient((-30.0, 12.5, 40.0)), atol=1e-4)
    np.testing.assert_allclose(np.reshape(image.GetDirection(), (3, 3)), np.transpose(frame.axes), atol=1e-6)
    np.testing.assert_allclose(
        image.TransformIndexToPhysicalPoint((5, 3, 2)), frame.to_patient((-27.5, 14.75, 45.0)), atol=1e-4
    )
    assert (image.GetMetaData("sform_code"), image.GetMetaData("qform_code")) == ("1", "1")
    assert json.loads(beside.read_text())["heights_mm"] == HEIGHTS
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["volume.json", name])


def test_the_axes_of_a_chest_by_hand() -> None:
    """Columns to the left, rows to the feet, heights to posterior; NIfTI counts right, anterior and superior."""
    np.testing.assert_allclose(
        nifti_affine(GRID, HEIGHTS, PA),
        [[-0.5, 0.0, 0.0, 30.0], [0.0, 0.0, -2.5, -40.0], [0.0, -0.75, 0.0, -12.5], [0.0, 0.0, 0.0, 1.0]],
    )


def test_both_forms_and_the_header_agree(tmp_path: Path) -> None:
    write_nifti(tmp_path / "v.nii", slabs(), HEIGHTS, OBLIQUE, {})
    header = nibabel.load(tmp_path / "v.nii").header
    np.testing.assert_allclose(header.get_qform(), header.get_sform(), atol=1e-4)
    assert header.get_xyzt_units()[0] == "mm"
    assert header.get_data_dtype() == np.float32
    assert header.get_slope_inter() in ((1.0, 0.0), (None, None))
    assert (tmp_path / "v.nii").stat().st_size == 352 + 3 * 4 * 6 * 4


def test_an_unknown_orientation_is_not_invented(tmp_path: Path) -> None:
    write_nifti(tmp_path / "v.nii", slabs(), HEIGHTS, None, {})
    header = nibabel.load(tmp_path / "v.nii").header
    assert (int(header["sform_code"]), int(header["qform_code"])) == (0, 0)
    np.testing.assert_allclose(header.get_zooms(), (0.5, 0.75, 2.5))


def test_it_opens_again_as_a_volume(tmp_path: Path) -> None:
    """As a reader places it: the same patient point has the same value."""
    written = slabs()
    write_nifti(tmp_path / "v.nii.gz", written, HEIGHTS, OBLIQUE, {})
    source = load(scan(tmp_path).series[0]).source
    assert source is not None
    frame = source.info.patient
    assert frame is not None
    x, y = GRID.index_to_mm(2, 4)
    place = frame.to_world(OBLIQUE.to_patient((x, y, 42.5)))
    from recon.slab import SlabRequest

    slab = source.slab(SlabRequest(float(place[2])))
    assert slab.value_at(float(place[0]), float(place[1])) == pytest.approx(float(written[1].pixels[2, 4]))


def test_descending_slices_keep_their_places(tmp_path: Path) -> None:
    write_nifti(tmp_path / "v.nii", slabs()[::-1], HEIGHTS[::-1], PA, {})
    image = sitk.ReadImage(str(tmp_path / "v.nii"))
    for k, height in enumerate(HEIGHTS[::-1]):
        np.testing.assert_allclose(
            image.TransformIndexToPhysicalPoint((0, 0, k)), PA.to_patient((-30.0, 12.5, height)), atol=1e-4
        )


def test_it_lies_where_the_dicom_slices_lie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = write_study(tmp_path / "p", 1)
    for format_ in ("dicom", "nifti", "nifti.gz"):
        command = ["reconstruct", str(study), "-o", str(tmp_path / format_), "--format", format_, "--heights=85:95"]
        assert cli.run(command) == 0, capsys.readouterr().err
    image = sitk.ReadImage(str(tmp_path / "nifti" / "volume.nii"))
    for index, path in enumerate(sorted((tmp_path / "dicom").glob("*.dcm"))):
        data = pydicom.dcmread(path)
        np.testing.assert_allclose(
            image.TransformIndexToPhysicalPoint((0, 0, index)), [float(part) for part in data.ImagePositionPatient],
            atol=1e-3,
        )  # fmt: skip
        directions = np.reshape(image.GetDirection(), (3, 3))[:, :2].T.ravel()
        np.testing.assert_allclose(directions, [float(part) for part in data.ImageOrientationPatient], atol=1e-6)
        np.testing.assert_allclose(image.GetSpacing()[1::-1], [float(part) for part in data.PixelSpacing], rtol=1e-6)
    packed = gzip.decompress((tmp_path / "nifti.gz" / "volume.nii.gz").read_bytes())
    assert packed == (tmp_path / "nifti" / "volume.nii").read_bytes()


def test_a_study_without_orientation_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.savez(tmp_path / "sphere.npz", views=sphere_views(geometry()), kind="line_integrals")
    text = geometry().to_json()
    del text["patient"]
    (tmp_path / "sphere.geometry.json").write_text(json.dumps(text))
    command = ["reconstruct", str(tmp_path), "-o", str(tmp_path / "r"), "--format=nifti", "--heights=85:95"]
    assert cli.run(command) == 0
    assert "note: The patient's orientation is unknown; the NIfTI file says none" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["v.nii", "v.nii.gz"])
def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / name
    with pytest.raises(BocageError, match="evenly spaced"):
        write_nifti(path, slabs(), [40.0, 42.5, 46.0], PA, {})
    wide = PlaneGrid((0.0, 0.0), (1.0, 1.0), (1, NIFTI_LONGEST + 1))
    with pytest.raises(BocageError, match="at most 32767 voxels"):
        write_nifti(path, slabs(wide), HEIGHTS, PA, {})
    with pytest.raises(BocageError, match="no slices"):
        write_nifti(path, [], [], PA, {})
    with pytest.raises(BocageError, match="one grid"):
        write_nifti(path, [*slabs()[:2], *slabs(wide)[2:]], HEIGHTS, PA, {})
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_nifti(path, slabs(), HEIGHTS, PA, {}, progress)
    assert list(tmp_path.iterdir()) == []


def test_equal_volumes_are_equal_files(tmp_path: Path) -> None:
    for name in ("a.nii.gz", "b.nii.gz"):
        write_nifti(tmp_path / name, slabs(), HEIGHTS, PA, {})
    assert (tmp_path / "a.nii.gz").read_bytes() == (tmp_path / "b.nii.gz").read_bytes()


def test_one_slice(tmp_path: Path) -> None:
    write_nifti(tmp_path / "v.nii", slabs()[:1], HEIGHTS[:1], PA, {})
    image = sitk.ReadImage(str(tmp_path / "v.nii"))
    assert image.GetSize() == (6, 4, 1)
    np.testing.assert_allclose(image.GetOrigin(), PA.to_patient((-30.0, 12.5, 40.0)), atol=1e-4)


# -- memory ------------------------------------------------------------------------------------------------------------

SIDE = 192
SLICE = SIDE * SIDE * 4


def many(count: int) -> Iterator[Slab]:
    grid = PlaneGrid((0.0, 0.0), (1.0, 1.0), (SIDE, SIDE))
    frame = np.random.default_rng(1).normal(0, 1, (SIDE, SIDE)).astype(np.float32)
    for index in range(count):
        yield Slab(frame + np.float32(0.01 * index), grid, float(index))


def peak(work: Callable[[], object]) -> int:
    """The most memory, in bytes, that Python and NumPy hold at once during some work."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def dicom(folder: Path, count: int) -> None:
    write_slices(folder, many(count), PA, StudyFacts(), ReconstructionFacts("FBP"), count=count)


WRITERS: dict[str, Callable[[Path, int], object]] = {
    "dicom": dicom,
    "npz": lambda folder, count: write_npz(folder / "v.npz", many(count), range(count)),
    "tiff": lambda folder, count: write_tiff(folder / "v.tif", many(count), range(count), {}),
    "nifti": lambda folder, count: write_nifti(folder / "v.nii", many(count), range(count), PA, {}),
    "nifti.gz": lambda folder, count: write_nifti(folder / "v.nii.gz", many(count), range(count), PA, {}),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_holds_a_few_slices_however_many_there_are(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / "first", 3)  # what is imported and cached once
    counts = (10, 100) if name == "dicom" else (20, 200)  # files of their own take long
    few, many_ = (peak(lambda count=count: WRITERS[name](tmp_path / str(count), count)) for count in counts)
    # The 90 or 180 slices more would be 13 or 26 MB.
    assert many_ < few + 6 * SLICE
    assert many_ < 16 * SLICE


def test_slices_are_computed_in_blocks_of_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    import recon.export

    monkeypatch.setattr(recon.export, "BLOCK_BYTES", 4 * 8 * 96 * 112)
    live = LiveVolume(ProjectionSet(sphere_views(geometry()), geometry()), ShiftAndAdd())

    def compute(count: int) -> None:
        for _ in reconstruct_volume(live, [float(height) for height in range(count)]):
            pass

    compute(20)
    few, many_ = (peak(lambda count=count: compute(count)) for count in (20, 200))
    # The 180 slices more would be 7.7 MB; which threads keep scratch memory is chance.
    assert many_ < few + 1_000_000


def test_the_window_of_many_slices_comes_from_samples_of_all(tmp_path: Path) -> None:
    """Slice values rise from 0 to 1: the middle 98 % of all lie between 0.01 and 0.99."""
    grid = PlaneGrid((0.0, 0.0), (1.0, 1.0), (32, 32))
    rising = (Slab(np.full((32, 32), index / 199, np.float32), grid, float(index)) for index in range(200))
    written = write_slices(tmp_path, rising, PA, StudyFacts(), ReconstructionFacts("FBP"))
    data = pydicom.dcmread(written.files[0])
    stored = 65534.0
    assert float(data.WindowCenter) == pytest.approx(0.5 * stored, rel=0.02)
    assert float(data.WindowWidth) == pytest.approx(0.98 * stored, rel=0.03)


def test_the_samples_of_a_window_are_few_and_evenly_spread() -> None:
    from app.dicom.write.stack import _Samples

    samples = _Samples()
    for index in range(1500):
        samples.add(index, np.full((16, 16), index, np.float32))
    kept = [int(sample[0]) for sample in samples.kept]
    assert 32 <= len(kept) <= 64
    assert kept[0] == 0
    assert set(np.diff(kept)) == {32}
    assert kept[-1] >= 1500 - 32
