"""Projections: classification, geometry from tags, values, geometry files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import pytest
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from app.dicom.read import MissingGeometry, load, scan, thumbnail
from app.dicom.write import StudyFacts, write_projections
from app.presets import find_preset
from app.reading.acquisition import GeometryChoice
from recon import trajectories
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.notes import Fact
from recon.projections import ProjectionSet, Views

ROWS, COLUMNS = 24, 32


def every(views: Views) -> np.ndarray:
    """All views as one array."""
    return np.stack([views[index] for index in range(views.shape[0])])


def track(n: int = 9, pitch: float = 0.4, shape: tuple[int, int] = (ROWS, COLUMNS)) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-482.3, 482.3, n),
        source_to_detector_mm=1800.0,
        pixel_pitch_mm=pitch,
        shape=shape,
        patient=PatientFrame.from_letters("L", "F", "P"),
    )


def only(folder: Path, kind: str = "projections"):
    catalogue = scan(folder)
    entries = [entry for entry in catalogue.series if entry.kind == kind]
    assert len(entries) == 1, [(entry.kind, entry.title) for entry in catalogue.series]
    return entries[0]


def test_column_angulation_gives_the_track_and_sorts_the_views(tmp_path):
    images, geometry = fx.views(9, ROWS, COLUMNS), track()
    fx.dx_projections(tmp_path, images, geometry)
    entry = only(tmp_path)
    assert entry.needs == ()
    assert entry.n_images == 9
    loaded = load(entry)
    found = loaded.projections
    assert np.abs(found.geometry.source_mm - geometry.source_mm).max() < 0.01
    assert found.geometry.pixel_pitch_mm == pytest.approx((0.4, 0.4))
    assert found.geometry.origin == "dicom"
    assert np.array_equal(every(found.views), images)
    assert found.views.dtype == np.uint16
    assert found.kind == "counts"
    assert found.saturation == 65535
    assert found.geometry.patient.letters((0, 0, 1)) == "P"
    assert any("distance from the detector plane" in note for note in found.notes)
    assert any("head–foot" in note for note in found.notes)


def test_distance_along_the_ray_is_recognised(tmp_path):
    fx.dx_projections(tmp_path, fx.views(7, ROWS, COLUMNS), track(7), sid_along_ray=True)
    found = load(only(tmp_path)).projections
    assert np.abs(found.geometry.source_mm - track(7).source_mm).max() < 0.01
    assert any("along the central ray" in note for note in found.notes)


def test_a_patient_lying_across_moves_the_sweep_to_x(tmp_path):
    geometry = track(7)
    fx.dx_projections(tmp_path, fx.views(7, ROWS, COLUMNS), geometry, PatientOrientation=["F", "R"], ViewPosition="PA")
    found = load(only(tmp_path)).projections.geometry
    assert found.sweep_axis == 0
    assert np.allclose(found.source_mm[:, 0], geometry.source_mm[:, 1], atol=0.01)


def test_rotated_field_of_view_exchanges_the_pitch_and_the_default_axis(tmp_path):
    fx.dx_projections(
        tmp_path,
        fx.views(7, ROWS, COLUMNS),
        track(7),
        PatientOrientation=None,
        ViewPosition=None,
        DetectorElementSpacing=[0.1, 0.2],
        ImagerPixelSpacing=None,
        FieldOfViewRotation="90",
    )
    loaded = load(only(tmp_path))
    geometry = loaded.projections.geometry
    assert geometry.pixel_pitch_mm == pytest.approx((0.4, 0.2))
    assert geometry.sweep_axis == 0
    assert geometry.patient is None
    assert any("Orientation unknown" in note for note in loaded.notes)


def test_images_stored_as_seen_from_the_tube_are_mirrored(tmp_path):
    images = fx.views(7, ROWS, COLUMNS)
    fx.dx_projections(tmp_path, images, track(7), ViewPosition="AP")
    loaded = load(only(tmp_path))
    assert np.array_equal(every(loaded.projections.views), images[:, :, ::-1])
    patient = loaded.projections.geometry.patient
    assert [patient.letters(axis) for axis in np.eye(3)] == ["R", "F", "A"]
    assert any("reversed on loading" in note for note in loaded.notes)


def test_the_pitch_comes_from_the_elements_and_a_disagreement_is_told(tmp_path):
    fx.dx_projections(tmp_path, fx.views(7, ROWS, COLUMNS), track(7), ImagerPixelSpacing=[0.3764, 0.3764])
    loaded = load(only(tmp_path))
    assert loaded.projections.geometry.pixel_pitch_mm == pytest.approx((0.4, 0.4))
    assert any("0.3764" in note for note in loaded.notes)


def test_missing_numbers_are_named_and_a_preset_helps(tmp_path):
    images = fx.views(7, ROWS, COLUMNS)
    fx.dx_projections(tmp_path, images, track(7), shuffle=False, ColumnAngulation=None, DistanceSourceToDetector=None)
    entry = only(tmp_path)
    assert any("angle" in need for need in entry.needs)
    assert any("distance from source to detector" in need for need in entry.needs)
    with pytest.raises(MissingGeometry) as caught:
        load(entry)
    assert len(caught.value.missing) == 2
    assert any("pixel pitch 0.4 mm" in found for found in caught.value.found)
    preset = find_preset("ge-volumerad-chest").build(7, (ROWS, COLUMNS), 0.4)
    loaded = load(entry, geometry=preset)
    assert loaded.projections.geometry.origin == "preset"
    assert loaded.projections.geometry.patient.letters((1, 0, 0)) == "L"
    assert np.array_equal(every(loaded.projections.views), images)
    assert any("preset GE VolumeRAD" in note for note in loaded.notes)
    with pytest.raises(BocageError, match="8 views, but there are 7"):
        load(entry, geometry=find_preset("ge-volumerad-chest").build(8, (ROWS, COLUMNS), 0.4))


def test_a_geometry_file_beside_is_used_and_compared(tmp_path):
    images, geometry = fx.views(7, ROWS, COLUMNS), track(7)
    fx.dx_projections(tmp_path / "a", images, geometry, shuffle=False)
    geometry.save(tmp_path / "a" / "views.geometry.json")
    loaded = load(only(tmp_path / "a"))
    assert loaded.projections.geometry.equals(geometry)
    assert any("DICOM tags agree" in note for note in loaded.notes)
    fx.dx_projections(tmp_path / "b", images, geometry, shuffle=False)
    replace(geometry, source_mm=geometry.source_mm + np.array([3.0, 0, 0])).save(tmp_path / "b" / "views.geometry.json")
    loaded = load(only(tmp_path / "b"))
    assert any("differ by up to 3.0 mm" in note for note in loaded.notes)


def test_a_geometry_file_makes_projections_of_plain_images_and_a_damaged_one_is_listed(tmp_path):
    images = fx.views(3, ROWS, COLUMNS)
    for index, image in enumerate(images):
        fx.save(fx.dataset(fx.CR, "CR", image, "cr", index + 1), tmp_path / f"{index}.dcm")
    (tmp_path / "broken.geometry.json").write_text('{"format": "bocage-geometry", "version": 1}')
    catalogue = scan(tmp_path)
    assert [entry.kind for entry in catalogue.series] == ["radiograph"] * 3
    assert len({entry.uid for entry in catalogue.series}) == 3
    assert any("source_mm" in problem.reason for problem in catalogue.problems)
    track(3).save(tmp_path / "views.geometry.json")
    loaded = load(only(tmp_path), kind="counts")
    assert np.array_equal(every(loaded.projections.views), images)


@pytest.mark.parametrize("axis", ["linear", "arc-x", "arc-y"])
def test_what_we_write_reads_back(tmp_path, axis):
    patient = PatientFrame.from_letters("L", "F", "P")
    facts = {"pixel_pitch_mm": 0.4, "shape": (ROWS, COLUMNS), "patient": patient}
    if axis == "linear":
        geometry = track(9)
    else:
        geometry = trajectories.arc(
            angle_deg=np.linspace(-12.5, 12.5, 9),
            source_to_detector_mm=660.0,
            source_to_pivot_mm=620.0,
            sweep_axis=axis[-1],
            **facts,
        )
    geometry = replace(geometry, exposure=np.linspace(0.8, 1.2, 9))
    images = fx.views(9, ROWS, COLUMNS)
    projections = ProjectionSet(images, geometry, "counts", air=50000.0)
    write_projections(tmp_path / "p", projections, StudyFacts(entropy="x", view_position="PA"))
    entry = only(tmp_path / "p")
    assert entry.geometry_path is not None
    with_file = load(entry)
    assert with_file.projections.geometry.equals(geometry)
    assert with_file.projections.air == pytest.approx(50000.0, rel=1e-6)
    assert any("DICOM tags agree" in note for note in with_file.notes)
    (tmp_path / "p" / "views.geometry.json").unlink()
    found = load(only(tmp_path / "p")).projections
    assert np.abs(found.geometry.source_mm - geometry.source_mm).max() < 0.1
    assert np.array_equal(every(found.views), images)
    assert np.allclose(found.geometry.exposure, geometry.exposure, atol=2e-3)


@pytest.mark.parametrize("presentation", [False, True])
def test_breast_projections_with_the_isocentre_system(tmp_path, presentation):
    angles = np.linspace(-12.5, 12.5, 9)
    images = fx.views(9, ROWS, COLUMNS) >> 2
    fx.breast_projections(tmp_path / "b.dcm", images, angles, presentation=presentation, orientation=("P", "R"))
    entry = only(tmp_path)
    assert entry.n_images == 9
    loaded = load(entry)
    found = loaded.projections
    assert np.allclose(found.geometry.source_mm[:, 1], 620 * np.sin(np.radians(angles)), atol=0.01)
    assert np.allclose(found.geometry.source_mm[:, 2], 40 + 620 * np.cos(np.radians(angles)), atol=0.01)
    # P\R: the chest wall lies at the last column, and the tube above it.
    assert np.allclose(found.geometry.source_mm[:, 0], COLUMNS * 0.14 / 2, atol=1e-6)
    if presentation:
        assert found.kind == "line_integrals"
        assert found.views.dtype == np.float32
        expected = images * (14 * np.log(2) / (2**14 - 1))
        assert np.allclose(every(found.views), expected, rtol=1e-5)
    else:
        assert found.kind == "counts"
        assert np.array_equal(every(found.views), images)
        assert found.saturation == 2**14 - 1
    assert [named.window.function for named in loaded.windows] == ["sigmoid"]


def test_breast_projections_of_an_oblique_view(tmp_path):
    images = fx.views(5, ROWS, COLUMNS) >> 2
    fx.breast_projections(tmp_path / "b.dcm", images, np.linspace(33, 57, 5), isocentre=False)
    loaded = load(only(tmp_path))
    angles = np.radians(np.linspace(-12, 12, 5))
    assert np.allclose(loaded.projections.geometry.source_mm[:, 1], 620 * np.sin(angles), atol=0.01)
    assert any("45.00" in note for note in loaded.notes)


def test_reversed_angles_sort_the_frames(tmp_path):
    images = fx.views(5, ROWS, COLUMNS) >> 2
    fx.breast_projections(tmp_path / "b.dcm", images, np.linspace(12, -12, 5), orientation=("P", "R"))
    found = load(only(tmp_path)).projections
    assert np.array_equal(every(found.views), images[::-1])
    assert np.all(np.diff(found.geometry.source_mm[:, 1]) > 0)
    flipped = load(only(tmp_path), angle_sign=-1).projections
    assert np.array_equal(every(flipped.views), images)


def test_xa_increments(tmp_path):
    images = fx.views(11, ROWS, COLUMNS)
    fx.xa_run(tmp_path / "xa.dcm", images, 10.0, 2.0)
    loaded = load(only(tmp_path))
    expected = trajectories.isocentric(
        angle_deg=np.linspace(10, -10, 11),
        source_to_detector_mm=1200,
        source_to_axis_mm=750,
        pixel_pitch_mm=0.4,
        shape=(ROWS, COLUMNS),
    )
    found = loaded.projections.geometry
    # Positive angles move the detector to the patient's left, so the source to the right: sorted by the source.
    assert np.allclose(found.source_mm, expected.source_mm[::-1], atol=1e-6)
    assert np.array_equal(every(loaded.projections.views), images[::-1])


def test_a_run_without_a_sweep_is_no_set_of_projections(tmp_path):
    fx.xa_run(tmp_path / "xa.dcm", fx.views(5, ROWS, COLUMNS), 10.0, 0.0)
    assert [entry.kind for entry in scan(tmp_path).series] == ["cine"]


def test_a_preset_that_adds_a_number_leaves_the_views_along_the_sweep(tmp_path):
    """Written in another order than the tube moved; the preset knows the axis only."""
    images = fx.views(5, ROWS, COLUMNS)
    for index, angle in enumerate((10.0, -20.0, 0.0, 20.0, -10.0)):
        data = fx.dataset(
            fx.MG, "MG", images[index], "mammomat", index + 1, PositionerPrimaryAngle=fx.ds(angle),
            DistanceSourceToDetector="650", DetectorElementSpacing=[0.085, 0.085], PatientOrientation=["P", "R"],
            PixelIntensityRelationship="LIN", PixelIntensityRelationshipSign=1,
        )  # fmt: skip
        fx.save(data, tmp_path / f"{index}.dcm")
    entry = only(tmp_path)
    loaded = load(entry, choice=GeometryChoice(preset="siemens-mammomat-inspiration")).projections
    assert np.allclose(loaded.geometry.source_mm[:, 1], 600 * np.sin(np.radians([-20, -10, 0, 10, 20])), atol=1e-6)
    assert loaded.file_order == (1, 4, 2, 0, 3)
    assert np.array_equal(every(loaded.views), images[[1, 4, 2, 0, 3]])
    assert loaded.geometry.origin == "preset"


def test_views_exported_one_series_each_are_joined_by_their_names(tmp_path):
    """As the only public set of real tomosynthesis projections comes (DART): CR, a series for each angle."""
    images = fx.views(9, ROWS, COLUMNS)
    for index, angle in enumerate(range(-16, 17, 4)):
        data = fx.dataset(fx.CR, "CR", images[index], f"s{angle}", 1, ImagerPixelSpacing=[0.65, 0.65])
        fx.save(data, tmp_path / "a" / f"{angle}.dcm")
        fx.save(fx.dataset(fx.CR, "CR", images[index], f"t{angle}", 1), tmp_path / "b" / f"image{index}.dcm")
    entries = scan(tmp_path).series
    assert sorted(entry.kind for entry in entries) == ["projections"] + ["radiograph"] * 9
    entry = next(entry for entry in entries if entry.kind == "projections")
    choice = GeometryChoice(
        names=True, trajectory="isocentric", source_to_detector_mm=1540.0, source_to_pivot_mm=1000.0
    )
    loaded = load(entry, choice=choice).projections
    expected = 1000 * np.sin(np.radians(range(-16, 17, 4)))
    assert np.allclose(loaded.geometry.source_mm[:, loaded.geometry.sweep_axis], expected, atol=1e-6)
    assert np.array_equal(every(load(entry, choice=choice, kind="counts").projections.views), images)


def test_detector_angles_without_a_pivot_name_it(tmp_path):
    for index, angle in enumerate((-15.0, 0.0, 15.0)):
        data = fx.dataset(
            fx.MG,
            "MG",
            fx.views(1, ROWS, COLUMNS)[0],
            "mammomat",
            index + 1,
            DetectorPrimaryAngle=fx.ds(angle),
            PositionerPrimaryAngle="0.03",
            DistanceSourceToDetector="650",
            DetectorElementSpacing=[0.085, 0.085],
            PatientOrientation=["A", "R"],
        )
        fx.save(data, tmp_path / f"{index}.dcm")
    entry = only(tmp_path)
    assert entry.needs == ("the distance from source to the axis of rotation (Distance Source to Isocenter)",)


def test_falling_counts_and_rescale(tmp_path):
    images = fx.views(7, ROWS, COLUMNS)
    fx.dx_projections(tmp_path / "a", images, track(7), PixelIntensityRelationshipSign=-1)
    found = load(only(tmp_path / "a")).projections
    assert found.kind == "counts"
    assert np.array_equal(every(found.views), 65535 - images)
    fx.dx_projections(tmp_path / "b", images, track(7), RescaleSlope="2", RescaleIntercept="10")
    found = load(only(tmp_path / "b")).projections
    assert np.array_equal(every(found.views), images * np.float32(2) + 10)
    assert load(only(tmp_path / "b"), kind="line_integrals").projections.kind == "line_integrals"
    with pytest.raises(BocageError, match="must be"):
        load(only(tmp_path / "b"), kind="photons")


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless])
def test_compressed_projections(tmp_path, syntax):
    images = fx.views(5, 40, 48) >> 2
    fx.breast_projections(tmp_path / "b.dcm", images, np.linspace(-10, 10, 5), compress=syntax, orientation=("P", "R"))
    assert np.array_equal(every(load(only(tmp_path)).projections.views), images)


def test_portal_images_of_a_linac(tmp_path):
    images = fx.views(5, ROWS, COLUMNS)
    for index, angle in enumerate((352, 356, 0, 4, 8)):
        data = fx.dataset(
            "1.2.840.10008.5.1.4.1.1.481.1",
            "RTIMAGE",
            images[index],
            "portal",
            index + 1,
            GantryAngle=fx.ds(angle),
            RTImageSID="1500",
            RadiationMachineSAD="1000",
            ImagePlanePixelSpacing=[0.8, 0.8],
        )
        fx.save(data, tmp_path / f"{index}.dcm")
    loaded = load(only(tmp_path))
    expected = trajectories.isocentric(
        angle_deg=[-8, -4, 0, 4, 8],
        source_to_detector_mm=1500,
        source_to_axis_mm=1000,
        pixel_pitch_mm=0.8,
        shape=(ROWS, COLUMNS),
    )
    assert np.allclose(loaded.projections.geometry.source_mm, expected.source_mm, atol=1e-6)
    assert np.array_equal(every(loaded.projections.views), images)


def test_middle_image_comes_first_and_the_thumbnail_shows_bone_bright(tmp_path):
    images = fx.views(9, ROWS, COLUMNS)
    images[:, 8:16, 12:20] = 500  # an absorber: few counts
    fx.dx_projections(tmp_path, images, track(9))
    entry = only(tmp_path)
    seen = []
    load(entry, on_first=lambda image: seen.append(image.copy()))
    assert np.array_equal(seen[0], images[4])
    small = thumbnail(entry, 16)
    assert small.shape == (12, 16)
    assert small[5, 7] > small[1, 1]


def test_what_the_files_state_is_a_fact_and_what_is_assumed_is_not(tmp_path):
    geometry = track()
    views = np.full((geometry.n_views, ROWS, COLUMNS), 900, np.uint16)
    write_projections(tmp_path, ProjectionSet(views, geometry, "counts", air=1000.0), StudyFacts(study_uid="1.2.3"))
    stated = load(only(tmp_path)).projections
    assert stated is not None
    assert [note for note in stated.notes if not isinstance(note, Fact)] == []
    preset = find_preset("ge-volumerad-chest").build(geometry.n_views, geometry.shape, 0.4)
    assumed = load(only(tmp_path), geometry=preset).projections
    assert assumed is not None
    assert [note for note in assumed.notes if "preset" in note and not isinstance(note, Fact)]


def test_uncompressed_views_stay_in_their_files(tmp_path: Path) -> None:
    """They are read when they are asked for, and files that are gone are said in a sentence."""
    images = fx.views(7, ROWS, COLUMNS)
    fx.dx_projections(tmp_path, images, track(7))
    views = load(only(tmp_path)).projections.views
    assert not isinstance(views, np.ndarray)
    assert views.shape == images.shape
    assert np.array_equal(views[3], images[3])
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(BocageError, match="no longer there"):
        views[3]


def test_a_file_that_is_too_short_is_named_before_anything_is_computed(tmp_path: Path) -> None:
    fx.dx_projections(tmp_path, fx.views(7, ROWS, COLUMNS), track(7))
    entry = only(tmp_path)
    path = sorted(tmp_path.iterdir())[-1]
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(BocageError, match=f"{path.name}: .*truncated"):
        load(entry)
