"""What is written passes the validators, and other programs place it where it belongs."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pydicom
import pytest
import SimpleITK

from app.dicom.values import air_counts, read_mapping
from app.dicom.write import (
    GEOMETRY_FILE,
    ExposureFacts,
    ReconstructionFacts,
    SourceImage,
    StudyFacts,
    source_images,
    write_projections,
    write_radiograph,
    write_slices,
)
from app.dicom.write.series import atomic_folder
from recon import trajectories
from recon.errors import BocageError, Cancelled
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Slab

CHEST = PatientFrame.from_letters("L", "F", "P")
SHAPE = (24, 32)
# A DX image must say its orientation; when nobody knows it, this one error is better than an invented left and right.
UNKNOWN_ORIENTATION = [
    "Error - Empty attribute (no value) Type 1C Conditional Element=<PatientOrientation> Module=<DXImage>"
]
FACTS = StudyFacts(patient_name="Phantom^Chest", patient_id="P1", view_position="PA", entropy="tests", sex="O")


def tool(name: str) -> str:
    path = Path(sys.executable).parent / name
    if not path.exists():
        pytest.skip(f"{name} (dicom3tools) is not installed")
    return str(path)


def verify(path: Path) -> list[str]:
    """The errors that dciodvfy finds (its exit code says nothing)."""
    done = subprocess.run([tool("dciodvfy"), str(path)], capture_output=True, text=True, check=False, timeout=60)
    text = done.stdout + done.stderr
    assert "DX" in text, text
    return [line for line in text.splitlines() if line.startswith("Error")]


def linear(n: int = 5, **facts: object) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=1800 * np.tan(np.radians(np.linspace(-15, 15, n))),
        source_to_detector_mm=1800.0,
        pixel_pitch_mm=0.4,
        shape=SHAPE,
        patient=CHEST,
        exposure=np.linspace(0.9, 1.1, n),
        origin="user",
        **facts,
    )


def counts(geometry: Geometry) -> ProjectionSet:
    views = np.random.default_rng(1).integers(0, 65536, (geometry.n_views, *geometry.shape)).astype(np.uint16)
    return ProjectionSet(views, geometry, kind="counts", air=60000.0)


def slabs(n: int = 6, thickness: float = 3.0) -> Iterator[Slab]:
    rows, columns = 20, 30
    y, x = np.mgrid[0:rows, 0:columns]
    for k in range(n):
        pixels = (0.02 + 0.001 * k + 1e-4 * x - 2e-4 * y).astype(np.float32)
        pixels[0, 0] = np.nan
        yield Slab(pixels, PlaneGrid((-7.25, -4.75), (0.5, 0.6), (rows, columns)), 100.0 + 2.5 * k, thickness)


RECON = ReconstructionFacts(
    "Filtered back projection",
    {"window": "hann", "cutoff": 0.8},
    n_views=5,
    sweep_angle_deg=30.0,
    source_to_detector_mm=1800.0,
    sources=(SourceImage("1.2.840.10008.5.1.4.1.1.1.1.1", "2.25.1"),),
)


def test_projections_pass_the_validator_and_come_back_exactly(tmp_path: Path) -> None:
    projections = counts(linear())
    written = write_projections(tmp_path / "p", projections, FACTS, exposure=ExposureFacts(120.0, 200.0, 2.5, 0.5))
    assert not written.notes
    assert len(written.files) == 5
    angles = []
    for index, path in enumerate(written.files):
        assert verify(path) == []
        data = pydicom.dcmread(path)
        np.testing.assert_array_equal(data.pixel_array, projections.views[index])
        assert data.PixelIntensityRelationship == "LIN"
        assert list(data.PatientOrientation) == ["L", "F"]
        assert [float(v) for v in data.DetectorElementSpacing] == [0.4, 0.4]
        assert data.RelativeXRayExposure == round(100_000 * np.linspace(0.9, 1.1, 5)[index])
        assert data.ExposureInuAs == round(500 * np.linspace(0.9, 1.1, 5)[index])
        assert air_counts(data) == pytest.approx(60000.0, rel=1e-12)
        angles.append(float(data.ColumnAngulation))
        assert float(data.DistanceSourceToDetector) == 1800.0
    # The attributes alone give the source back to far better than a micrometre.
    along = 1800 * np.tan(np.radians(angles))
    np.testing.assert_allclose(along, projections.geometry.source_mm[:, 1], atol=1e-7)
    assert Geometry.load(tmp_path / "p" / GEOMETRY_FILE).equals(projections.geometry)


def test_an_arc_is_said_by_positioner_angles_about_its_pivot(tmp_path: Path) -> None:
    angles = np.array([-25.3, -11.0, 0.4, 12.0, 24.0])
    for axis, keyword in (("x", "PositionerPrimaryAngle"), ("y", "PositionerSecondaryAngle")):
        geometry = trajectories.arc(
            angle_deg=angles, source_to_detector_mm=660, source_to_pivot_mm=620, pixel_pitch_mm=0.1, shape=SHAPE,
            sweep_axis=axis, patient=CHEST,
        )  # fmt: skip
        written = write_projections(tmp_path / axis, counts(geometry), FACTS)
        data = [pydicom.dcmread(path) for path in written.files]
        assert verify(written.files[0]) == []
        np.testing.assert_allclose([float(d[keyword].value) for d in data], angles, atol=1e-6)
        assert float(data[0].DistanceSourceToDetector) == pytest.approx(660, abs=1e-6)
        assert data[0].DistanceSourceToIsocenter == pytest.approx(620, abs=1e-6)
        assert not any("ColumnAngulation" in d for d in data)


def test_what_dicom_cannot_say_is_left_to_the_geometry_file_and_said(tmp_path: Path) -> None:
    geometry = trajectories.isocentric(
        angle_deg=np.linspace(-20, 20, 5), source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=0.4,
        shape=SHAPE,
    )  # fmt: skip
    written = write_projections(tmp_path, counts(geometry), FACTS)
    assert GEOMETRY_FILE in written.notes[-1]
    data = pydicom.dcmread(written.files[0])
    assert "ColumnAngulation" not in data
    assert "PositionerPrimaryAngle" not in data
    assert Geometry.load(tmp_path / GEOMETRY_FILE).equals(geometry)
    assert verify(written.files[0]) == UNKNOWN_ORIENTATION


def test_a_sweep_along_x_does_not_pretend_to_be_a_column_sweep(tmp_path: Path) -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-100, 0, 100], source_to_detector_mm=1000, pixel_pitch_mm=0.4, shape=SHAPE, sweep_axis="x"
    )
    written = write_projections(tmp_path, counts(geometry), FACTS)
    assert written.notes
    assert "ColumnAngulation" not in pydicom.dcmread(written.files[0])


@pytest.mark.parametrize(
    ("views", "kind", "words"),
    [
        (np.zeros((5, *SHAPE), np.float32), "line_integrals", "line integrals"),
        (np.zeros((5, *SHAPE), np.float32), "counts", "float32"),
        (np.full((5, *SHAPE), 70000, np.int32), "counts", "70000"),
    ],
)
def test_views_that_dicom_cannot_keep_are_refused(tmp_path: Path, views: np.ndarray, kind: str, words: str) -> None:
    with pytest.raises(BocageError, match=words):
        write_projections(tmp_path / "p", ProjectionSet(views, linear(), kind=kind), FACTS)
    assert list(tmp_path.iterdir()) == []


def test_the_radiograph_passes_and_says_its_distance(tmp_path: Path) -> None:
    geometry = linear().subset([2])
    pixels = np.arange(SHAPE[0] * SHAPE[1], dtype=np.uint16).reshape(SHAPE)
    written = write_radiograph(tmp_path, pixels, replace(geometry, exposure=None), FACTS, window=(300.0, 500.0))
    assert verify(written.files[0]) == []
    data = pydicom.dcmread(written.files[0])
    np.testing.assert_array_equal(data.pixel_array, pixels)
    assert (data.PhotometricInterpretation, data.ViewPosition) == ("MONOCHROME2", "PA")
    assert (float(data.WindowCenter), float(data.WindowWidth)) == (300.0, 500.0)
    assert float(data.DistanceSourceToDetector) == 1800.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["radiograph.dcm", "radiograph.geometry.json"]
    assert Geometry.load(tmp_path / "radiograph.geometry.json").equals(geometry)
    with pytest.raises(BocageError, match="uint16"):
        write_radiograph(tmp_path, pixels.astype(np.int32), geometry, FACTS)


def test_slices_pass_the_validator(tmp_path: Path) -> None:
    written = write_slices(tmp_path, slabs(), CHEST, FACTS, RECON)
    for path in written.files:
        assert verify(path) == []
    data = pydicom.dcmread(written.files[2])
    assert "NOT FOR DIAGNOSIS" in data.SeriesDescription
    assert "Filtered back projection (window=hann, cutoff=0.8)" in data.DerivationDescription
    assert data.TomoClass == "TOMOSYNTHESIS"
    assert float(data.TomoLayerHeight) == 105.0
    assert float(data.SliceThickness) == 3.0
    assert float(data.SpacingBetweenSlices) == 2.5
    assert data.SourceImageSequence[0].ReferencedSOPInstanceUID == "2.25.1"
    assert data.StudyInstanceUID == FACTS.study_uid
    assert data.FrameOfReferenceUID == FACTS.frame_of_reference_uid


def test_the_values_come_back_in_their_unit(tmp_path: Path) -> None:
    written = write_slices(tmp_path, slabs(), CHEST, FACTS, RECON)
    for path, slab in zip(written.files, slabs(), strict=True):
        data = pydicom.dcmread(path)
        mapping = read_mapping(data)
        assert mapping is not None
        assert mapping.unit == "1/mm"
        stored = data.pixel_array
        assert (stored[0, 0], data.PixelPaddingValue) == (0, 0)
        values = mapping.intercept + mapping.slope * stored.astype(np.float64)
        known = np.isfinite(slab.pixels)
        assert np.all(stored[known] >= mapping.first)
        np.testing.assert_allclose(values[known], slab.pixels[known], atol=0.51 * mapping.slope)
    spread = 0.02 + 0.001 * 5 + 1e-4 * 29 - (0.02 - 2e-4 * 19)
    assert mapping.slope == pytest.approx(spread / 65534, rel=1e-3)


def test_simpleitk_reads_the_series_as_the_volume_it_is(tmp_path: Path) -> None:
    frame = PatientFrame(CHEST.axes, (12.0, -30.0, 400.0), located=True)
    written = write_slices(tmp_path, slabs(), frame, FACTS, RECON)
    names = SimpleITK.ImageSeriesReader.GetGDCMSeriesFileNames(str(tmp_path), written.series_uid)
    assert [Path(name).name for name in names] == [path.name for path in written.files]
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(names)
    image = reader.Execute()
    assert image.GetSize() == (30, 20, 6)
    np.testing.assert_allclose(image.GetSpacing(), (0.5, 0.6, 2.5), atol=1e-9)
    np.testing.assert_allclose(image.GetOrigin(), frame.to_patient((-7.25, -4.75, 100.0)), atol=1e-9)
    direction = np.array(image.GetDirection()).reshape(3, 3)
    np.testing.assert_allclose(direction.T, np.array(CHEST.axes), atol=1e-9)
    # The world's x, y, z of a voxel end where the frame says.
    point = image.TransformIndexToPhysicalPoint((4, 7, 3))
    np.testing.assert_allclose(point, frame.to_patient((-7.25 + 4 * 0.5, -4.75 + 7 * 0.6, 107.5)), atol=1e-6)


def test_a_study_is_consistent_as_a_whole(tmp_path: Path) -> None:
    """Dcentvfy checks shared entities and references over all files of the study."""
    projections = write_projections(tmp_path / "p", counts(linear()), FACTS)
    write_radiograph(
        tmp_path / "r", np.zeros(SHAPE, np.uint16) + np.arange(32, dtype=np.uint16), linear().subset([2]), FACTS
    )
    sources, frame_uid = source_images(projections.files)
    assert frame_uid == FACTS.frame_of_reference_uid
    write_slices(tmp_path / "s", slabs(), CHEST, FACTS, replace(RECON, sources=sources))
    files = sorted(str(path) for path in tmp_path.rglob("*.dcm"))
    assert len(files) == 12
    done = subprocess.run([tool("dcentvfy"), *files], capture_output=True, text=True, check=False, timeout=60)
    assert "Error" not in done.stdout + done.stderr
    assert len({pydicom.dcmread(name).SOPInstanceUID for name in files}) == 12


def test_a_series_has_one_time_however_long_writing_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dcentvfy finds series whose images disagree about the series' own time."""
    seconds = itertools.count()
    start = datetime(2026, 3, 1, 23, 59, 58, tzinfo=UTC)
    monkeypatch.setattr(StudyFacts, "now", lambda _: start + timedelta(seconds=next(seconds)))
    for written in (
        write_projections(tmp_path / "p", counts(linear()), FACTS),
        write_slices(tmp_path / "s", slabs(), CHEST, FACTS, RECON),
    ):
        assert len({pydicom.dcmread(path).SeriesTime for path in written.files}) == 1


def test_thin_and_single_slices_and_an_unknown_orientation(tmp_path: Path) -> None:
    written = write_slices(tmp_path, slabs(1, thickness=0.0), None, FACTS, replace(RECON, unit="", sources=()))
    assert "orientation" in written.notes[0]
    assert verify(written.files[0]) == UNKNOWN_ORIENTATION
    data = pydicom.dcmread(written.files[0])
    assert "ImagePositionPatient" not in data
    assert "SpacingBetweenSlices" not in data
    assert "SliceThickness" not in data
    assert not data.PatientOrientation
    assert read_mapping(data).unit == ""


def test_slices_of_different_grids_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    first, second = list(slabs(2))
    other = replace(second, grid=replace(second.grid, spacing_mm=(0.5, 0.5)))
    with pytest.raises(BocageError, match="one grid"):
        write_slices(tmp_path / "s", [first, other], CHEST, FACTS, RECON)
    with pytest.raises(BocageError, match="no slices"):
        write_slices(tmp_path / "s", [], CHEST, FACTS, RECON)
    with pytest.raises(BocageError, match="ascend"):
        write_slices(tmp_path / "s", [first, first], CHEST, FACTS, RECON)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def some() -> Iterator[Slab]:
        for index, slab in enumerate(slabs()):
            if index == 3:
                progress.cancel()
            yield slab

    with pytest.raises(Cancelled):
        write_slices(tmp_path / "s", some(), CHEST, FACTS, RECON, progress)
    assert list(tmp_path.iterdir()) == []


def test_slices_are_taken_one_by_one(tmp_path: Path) -> None:
    import weakref

    alive: list[weakref.ref[np.ndarray]] = []

    def watched() -> Iterator[Slab]:
        for slab in slabs(8):
            pixels = slab.pixels.copy()
            alive.append(weakref.ref(pixels))
            yield replace(slab, pixels=pixels)
            del pixels
            assert sum(ref() is not None for ref in alive) <= 2

    write_slices(tmp_path, watched(), CHEST, FACTS, RECON)
    assert len(alive) == 8


def test_uids_are_new_each_time_or_the_same_with_entropy(tmp_path: Path) -> None:
    assert StudyFacts().study_uid != StudyFacts().study_uid
    assert StudyFacts(entropy="a").study_uid == StudyFacts(entropy="a").study_uid != StudyFacts(entropy="b").study_uid
    assert StudyFacts().uid("x").startswith("2.25.")
    assert len(StudyFacts().uid("x")) <= 64
    facts = StudyFacts(study_uid="2.25.7", frame_of_reference_uid="2.25.8")
    one = write_slices(tmp_path / "1", slabs(), CHEST, facts, RECON)
    two = write_slices(tmp_path / "2", slabs(), CHEST, facts, RECON)
    assert one.series_uid != two.series_uid
    assert pydicom.dcmread(two.files[0]).StudyInstanceUID == "2.25.7"
    same = [write_slices(tmp_path / name, slabs(), CHEST, FACTS, RECON).files[0].read_bytes() for name in "ab"]
    assert same[0] == same[1]


def test_decimal_strings_never_exceed_sixteen_characters(tmp_path: Path) -> None:
    grid = PlaneGrid((-1 / 3, 1e-7 / 3), (1 / 3, 1 / 7), (20, 30))
    odd = [replace(slab, grid=grid, height_mm=slab.height_mm + 1 / 3) for slab in slabs(3)]
    sine, cosine = np.sin(0.127), np.cos(0.127)
    frame = PatientFrame(((1, 0, 0), (0, sine, -cosine), (0, cosine, sine)), (1 / 3, 2 / 3, 1e3 / 7))
    written = write_slices(tmp_path, odd, frame, FACTS, RECON)
    for path in written.files:
        assert verify(path) == []
        for element in pydicom.dcmread(path).iterall():
            if element.VR == "DS" and element.value is not None:
                values = element.value if element.VM > 1 else [element.value]
                assert all(len(str(getattr(value, "original_string", value))) <= 16 for value in values)


def test_the_geometry_file_is_the_documented_one(tmp_path: Path) -> None:
    write_projections(tmp_path, counts(linear()), FACTS)
    data = json.loads((tmp_path / GEOMETRY_FILE).read_text())
    assert (data["format"], data["version"], data["patient"]) == ("bocage-geometry", 1, {"x": "L", "y": "F", "z": "P"})


def test_a_file_where_the_folder_should_be_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("x")
    with pytest.raises(BocageError, match="is a file"):
        write_slices(tmp_path / "s", slabs(), CHEST, FACTS, RECON)


def test_images_are_prepared_on_the_disk_that_takes_them(tmp_path: Path) -> None:
    """An existing folder may be the top of another disk, onto which nothing can be renamed from outside."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with atomic_folder(stick) as temporary:
        assert temporary.parent == stick
        (temporary / "slice.dcm").write_bytes(b"x")
        assert not (stick / "slice.dcm").exists()
    assert [path.name for path in stick.iterdir()] == ["slice.dcm"]
    with pytest.raises(BocageError, match="no space left on the disk"), atomic_folder(stick) as temporary:
        raise OSError("108800 requested and 57600 written")
    assert [path.name for path in stick.iterdir()] == ["slice.dcm"]
    with atomic_folder(tmp_path / "new" / "slices") as temporary:
        assert temporary.parent == tmp_path / "new"
