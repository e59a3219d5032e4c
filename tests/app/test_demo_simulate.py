"""``simulate``: from a CT file to DICOM that lies where the CT says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk  # noqa: N813

from app.cases import find_case
from app.simulate import SimulationSettings, read_ct, simulate
from recon import trajectories
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.simulate.volume import place_ct

SETTINGS = SimulationSettings(
    views=3, shape=(90, 80), pixel_pitch_mm=1.0, clearance_mm=40.0, radiograph_photons=1e6, photons_per_view=1e6
)
SPACING = (1.5, 1.0, 0.8)  # slices, rows, columns


@pytest.fixture
def hu() -> np.ndarray:
    """A block of water with one dense voxel block off every centre: to the left, in front, near the head."""
    array = np.full((30, 24, 40), -1000, dtype=np.int16)
    array[3:27, 3:21, 4:36] = 0
    array[20:23, 5:8, 27:30] = 20000
    return array


def image_of(hu: np.ndarray) -> sitk.Image:
    image = sitk.GetImageFromArray(hu)
    image.SetSpacing(SPACING[::-1])
    image.SetOrigin((-12.0, 30.0, 1000.0))
    return image


@pytest.mark.parametrize("ending", ["nii.gz", "mha", "nrrd"])
@pytest.mark.parametrize("order", ["LPS", "RAS", "SLP", "AIR"])
def test_any_file_order_gives_the_same_ct(tmp_path: Path, hu: np.ndarray, ending: str, order: str) -> None:
    path = tmp_path / f"ct.{ending}"
    sitk.WriteImage(sitk.DICOMOrient(image_of(hu), order), str(path))
    array, spacing = read_ct(path)
    np.testing.assert_array_equal(array, hu)
    assert spacing == pytest.approx(SPACING)


def test_what_is_no_ct_is_a_sentence(tmp_path: Path, hu: np.ndarray) -> None:
    with pytest.raises(BocageError, match=r"gone\.nii: not found"):
        read_ct(tmp_path / "gone.nii")
    (tmp_path / "text.mha").write_text("hello")
    with pytest.raises(BocageError, match=r"text\.mha: not a volume"):
        read_ct(tmp_path / "text.mha")
    with pytest.raises(BocageError, match="one DICOM series, found 0"):
        read_ct(tmp_path)
    sitk.WriteImage(sitk.GetImageFromArray(hu[0]), str(tmp_path / "flat.mha"))
    with pytest.raises(BocageError, match="expected one volume"):
        read_ct(tmp_path / "flat.mha")
    oblique = image_of(hu)
    c, s = np.cos(0.2), np.sin(0.2)
    oblique.SetDirection((c, -s, 0, s, c, 0, 0, 0, 1))
    sitk.WriteImage(oblique, str(tmp_path / "oblique.nii"))
    with pytest.raises(BocageError, match="oblique"):
        read_ct(tmp_path / "oblique.nii")
    with pytest.raises(BocageError, match='no demonstration case "knee"'):
        simulate("knee", tmp_path / "out")


@pytest.mark.parametrize(("frame", "position"), [(("L", "F", "P"), "PA"), (("R", "F", "A"), "AP")])
def test_the_dense_part_lies_where_the_geometry_projects_it(
    tmp_path: Path, hu: np.ndarray, frame: tuple[str, str, str], position: str
) -> None:
    sitk.WriteImage(image_of(hu), str(tmp_path / "ct.nii"))
    settings = SimulationSettings(**{**vars(SETTINGS), "frame": frame})
    out = simulate(tmp_path / "ct.nii", tmp_path / "out", settings)
    geometry = Geometry.load(out / "projections" / "views.geometry.json")
    assert geometry.patient == PatientFrame.from_letters(*frame)
    volume = place_ct(hu, SPACING, frame=PatientFrame.from_letters(*frame), clearance_mm=40.0)
    dense = np.argwhere(volume.attenuation > 0.3)[:, ::-1].mean(axis=0)
    point = np.array(volume.origin_mm) + dense * np.array(volume.spacing_mm)
    rows, columns = geometry.project(point)
    for index, path in enumerate(sorted((out / "projections").glob("*.dcm"))):
        file = pydicom.dcmread(path)
        assert file.ViewPosition == position
        assert tuple(file.PatientOrientation) == (frame[0], frame[1])
        lines = -np.log(np.maximum(file.pixel_array, 1) / 40000.0)
        bright = np.argwhere(lines > 0.6 * lines.max())
        np.testing.assert_allclose(bright.mean(axis=0), [rows[index], columns[index]], atol=0.6)
    radiograph = pydicom.dcmread(next((out / "radiograph").glob("*.dcm")))
    bright = np.argwhere(radiograph.pixel_array > 0.6 * radiograph.pixel_array.max())
    np.testing.assert_allclose(bright.mean(axis=0), [rows[1], columns[1]], atol=0.6)


def test_a_given_geometry_is_used(tmp_path: Path, hu: np.ndarray) -> None:
    sitk.WriteImage(image_of(hu), str(tmp_path / "ct.mha"))
    geometry = trajectories.isocentric(
        angle_deg=[-10.0, 0.0, 10.0],
        source_to_detector_mm=1200.0,
        source_to_axis_mm=1100.0,
        pixel_pitch_mm=2.0,
        shape=(40, 50),
    )
    out = simulate(tmp_path / "ct.mha", tmp_path / "out", SETTINGS, geometry=geometry)
    kept = Geometry.load(out / "projections" / "views.geometry.json")
    np.testing.assert_allclose(kept.detector_centre_mm, geometry.detector_centre_mm)
    assert kept.patient is not None
    assert kept.patient.letters((1.0, 0.0, 0.0)) == "L"


def test_the_case_settings_are_those_promised() -> None:
    settings = SimulationSettings.of_case(find_case())
    geometry = settings.geometry()
    assert geometry.n_views == 60
    assert min(geometry.shape) >= 1024
    assert geometry.view_angle_deg[[0, -1]] == pytest.approx([-15.0, 15.0])
    assert np.all(geometry.source_distance_mm == 1800.0)
    assert settings.radiograph_photons >= 5 * settings.photons_per_view
