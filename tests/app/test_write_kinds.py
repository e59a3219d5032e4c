"""Every object that slices are written as: validators find no error, foreign programs rebuild the same volume."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
import SimpleITK
from written import (
    BREAST,
    BREAST_FACTS,
    CHEST,
    CHEST_FACTS,
    GRID,
    HEIGHTS,
    NAME,
    NUMBERS,
    arc,
    checkers,
    counts,
    errors,
    reconstruction,
    run,
    slabs,
    slices,
    tool,
    track,
)

from app.cli.simulate import parse_breast
from app.dicom.provenance import contribution_texts, read_provenance
from app.dicom.read import load, scan
from app.dicom.values import read_mapping
from app.dicom.write import (
    Encoding,
    SliceKind,
    SourceImage,
    StudyFacts,
    recommended,
    why_not,
    write_breast_projections,
    write_radiograph,
    write_slices,
)
from app.dicom.write.stack import stored
from app.simulate import SimulationSettings, simulate
from recon.errors import BocageError, Cancelled
from recon.geometry import Geometry
from recon.progress import Progress
from recon.slab import SlabRequest

KINDS = list(SliceKind)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[SliceKind, tuple[Path, ...]]:
    folder = tmp_path_factory.mktemp("kinds")
    return {kind: slices(folder / kind, kind, number=900 + index) for index, kind in enumerate(KINDS)}


def frame_of(kind: SliceKind):
    return BREAST if kind is SliceKind.BREAST else CHEST


def expected(path: Path) -> np.ndarray:
    """Stored values, computed from the slabs by the mapping that the object states."""
    mapping = read_mapping(pydicom.dcmread(path, stop_before_pixels=True))
    assert mapping is not None
    return np.stack([stored(slab.pixels, mapping) for slab in slabs()])


@pytest.mark.parametrize("kind", KINDS)
def test_the_validators_find_no_error(written: dict, kind: SliceKind) -> None:
    assert errors(written[kind][0]) == errors(written[kind][-1]) == []
    for name in ("dcmdump", "dcmftest"):
        text = run(tool(name), *(["+P", "PatientName"] if name == "dcmdump" else []), written[kind][0])
        assert "error" not in text.lower()
        assert ("yes" in text) if name == "dcmftest" else ("小东" in text)


@pytest.mark.parametrize("kind", KINDS)
def test_itk_rebuilds_the_volume(written: dict, kind: SliceKind) -> None:
    files = written[kind]
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames([str(path) for path in files])
    image = SimpleITK.ReadImage(str(files[0])) if kind.is_multiframe else reader.Execute()
    frame = frame_of(kind)
    np.testing.assert_allclose(image.GetSpacing(), (0.5, 0.6, 2.5), atol=1e-3)
    np.testing.assert_allclose(image.GetOrigin(), frame.to_patient((-7.25, -4.75, 100.0)), atol=1e-3)
    np.testing.assert_allclose(np.array(image.GetDirection()).reshape(3, 3).T, np.array(frame.axes), atol=1e-3)
    np.testing.assert_array_equal(SimpleITK.GetArrayFromImage(image), expected(files[0]))


@pytest.mark.parametrize("kind", KINDS)
def test_dcm2niix_rebuilds_the_volume(written: dict, kind: SliceKind, tmp_path: Path) -> None:
    text = run(tool("dcm2niix"), "-z", "n", "-f", "out", "-o", tmp_path, written[kind][0].parent)
    [path] = list(tmp_path.glob("out*.nii")) or pytest.fail(text)
    image = nibabel.load(path)
    data = np.asanyarray(image.dataobj)
    assert sorted(data.shape) == [6, 20, 30]
    # NIfTI is RAS; every corner voxel must lie where the frame says, with the value that lies there.
    values, frame = expected(written[kind][0]), frame_of(kind)
    for x, y, z in ((0, 1, 0), (29, 0, 0), (3, 19, 0), (5, 4, 5), (29, 19, 5)):
        place = frame.to_patient((-7.25 + 0.5 * x, -4.75 + 0.6 * y, HEIGHTS[z])) * [-1, -1, 1]
        index = np.linalg.inv(image.affine) @ [*place, 1]
        np.testing.assert_allclose(index[:3], np.rint(index[:3]), atol=2e-3)
        assert data[tuple(np.rint(index[:3]).astype(int))] == values[z, y, x]


@pytest.mark.parametrize("kind", KINDS)
def test_highdicom_finds_the_volume(written: dict, kind: SliceKind) -> None:
    from highdicom import get_volume_from_series
    from highdicom.image import imread

    files = written[kind]
    if kind.is_multiframe:
        volume = imread(files[0]).get_volume(apply_real_world_transform=False, apply_modality_transform=False)
    else:
        volume = get_volume_from_series([pydicom.dcmread(path) for path in files], apply_real_world_transform=False)
    assert volume.spatial_shape == (6, 20, 30)
    # It turns a stack round so that it becomes right-handed; either end may come first.
    ends = [frame_of(kind).to_patient((-7.25, -4.75, HEIGHTS[k])) for k in (0, -1)]
    place = volume.affine @ [0, 0, 0, 1]
    assert min(np.linalg.norm(place[:3] - end) for end in ends) < 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_reopened_here_everything_stands_where_it_stood(written: dict, kind: SliceKind) -> None:
    catalogue = scan([written[kind][0].parent])
    [entry] = catalogue.series
    assert (entry.kind, entry.n_images) == ("volume", 6)
    loaded = load(entry)
    source, mapping = loaded.source, read_mapping(pydicom.dcmread(written[kind][0]))
    assert source is not None
    assert mapping is not None
    assert source.info.height_range_mm == pytest.approx((HEIGHTS[0], HEIGHTS[-1]), abs=1e-6)
    assert source.info.unit == "1/mm"
    assert source.info.patient is not None
    np.testing.assert_allclose(source.info.patient.axes, frame_of(kind).axes, atol=1e-9)
    for slab in slabs():
        read = source.slab(SlabRequest(slab.height_mm))
        assert read.grid.spacing_mm == pytest.approx(GRID.spacing_mm) or read.pixels.shape == GRID.shape
        np.testing.assert_allclose(read.pixels, slab.pixels, atol=0.51 * mapping.slope + 1e-9)
    [window] = loaded.windows
    assert 0.015 < window.window.centre < 0.03
    assert any("Filtered back projection" in note for note in loaded.notes)


@pytest.mark.parametrize("kind", KINDS)
def test_provenance_is_inside_and_comes_back(written: dict, kind: SliceKind) -> None:
    data = pydicom.dcmread(written[kind][-1], stop_before_pixels=True)
    found = read_provenance(data)
    assert found is not None
    assert found.algorithm == "Filtered back projection"
    assert "window=hann" in found.parameters
    assert found.geometry_sources == NUMBERS  # far more than one text holds
    sources = [pydicom.dcmread(path) for path in sorted((written[kind][0].parent.parent / "projections").glob("*.dcm"))]
    assert list(found.sources) == [source.SOPInstanceUID for source in sources]
    assert data.StudyInstanceUID == sources[0].StudyInstanceUID
    assert data.FrameOfReferenceUID == sources[0].FrameOfReferenceUID
    assert data.SeriesInstanceUID != sources[0].SeriesInstanceUID
    [referenced] = data.ReferencedSeriesSequence
    assert referenced.SeriesInstanceUID == sources[0].SeriesInstanceUID
    assert "NOT FOR DIAGNOSIS" in data.SeriesDescription
    if kind is SliceKind.CT:
        assert "TOMOSYNTHESIS - not HU" in data.SeriesDescription
        assert data.RescaleType == "US"


def test_the_breast_object_says_how_each_projection_was_made(written: dict) -> None:
    data = pydicom.dcmread(written[SliceKind.BREAST][0], stop_before_pixels=True)
    [acquisition] = data.XRay3DAcquisitionSequence
    angles = [float(item.PositionerPrimaryAngle) for item in acquisition.PerProjectionAcquisitionSequence]
    np.testing.assert_allclose(angles, [-12.5, -6.0, 0.5, 7.0, 12.4], atol=1e-6)
    assert sum(float(item.ExposureInmAs) for item in acquisition.PerProjectionAcquisitionSequence) == pytest.approx(50)
    [reconstruction_] = data.XRay3DReconstructionSequence
    assert (reconstruction_.ApplicationName, reconstruction_.AlgorithmType) == ("Bocage", "FILTER_BACK_PROJ")
    assert data.ContributingSourcesSequence[0].DetectorID == "SIMULATED"
    assert (data.ViewCodeSequence[0].CodeValue, data.BreastImplantPresent) == ("399162004", "NO")
    # What is not known is left out, not invented.
    bare = replace(reconstruction((), arc()), acquisition=None, sources=())
    folder = written[SliceKind.BREAST][0].parent / "bare"
    path = write_slices(folder, slabs(), BREAST, BREAST_FACTS, bare, kind=SliceKind.BREAST).files[0]
    assert errors(path) == []
    assert "XRay3DAcquisitionSequence" not in pydicom.dcmread(path)


def test_a_whole_study_is_consistent(written: dict, tmp_path: Path) -> None:
    """Dcentvfy checks what files of one study, series and frame of reference must share, and dangling references."""
    geometry = replace(track().subset([2]), exposure=None)
    write_radiograph(tmp_path, np.arange(24 * 32, dtype=np.uint16).reshape(24, 32), geometry, CHEST_FACTS)
    chest = [path for kind in KINDS if kind is not SliceKind.BREAST for path in written[kind]]
    chest += sorted((written[SliceKind.DX][0].parent.parent / "projections").glob("*.dcm"))
    chest += sorted(tmp_path.glob("*.dcm"))
    breast = sorted(written[SliceKind.BREAST][0].parent.parent.glob("*/*.dcm"))
    for program in checkers("dcentvfy"):
        assert "Error" not in run(program, *chest)
        assert "Error" not in run(program, *breast)


def test_breast_projections_say_the_whole_geometry(tmp_path: Path) -> None:
    geometry = arc()
    [path] = write_breast_projections(tmp_path, counts(geometry), BREAST_FACTS).files
    assert errors(path) == []
    data = pydicom.dcmread(path)
    np.testing.assert_array_equal(data.pixel_array, counts(geometry).views)
    # The source and the first pixel by the standard's own definitions (PS3.3 C.8.31.6.1), in the isocentre's axes.
    sources, corners = [], []
    for group in data.PerFrameFunctionalGroupsSequence:
        [system], [lengths] = group.IsocenterReferenceSystemSequence, group.XRayGeometrySequence
        first, second = np.radians([system.XRaySourceIsocenterPrimaryAngle, system.XRaySourceIsocenterSecondaryAngle])
        beam = [np.sin(first) * np.cos(second), np.sin(second), np.cos(first) * np.cos(second)]
        sources.append(lengths.DistanceSourceToIsocenter * np.array(beam))
        detector = [getattr(system, f"Detector{axis}PositionToIsocenter") for axis in "XYZ"]
        corners.append(np.array(detector) + system.DetectorActiveAreaTLHCPosition)
        directions = np.array(system.DetectorActiveAreaOrientation).reshape(2, 3)
    # x of the image points to the front (Y), y to the patient's left (against X, which points to the right).
    np.testing.assert_allclose(directions, [[0, 1, 0], [-1, 0, 0]])
    pixel = geometry.pixel_to_world(0, np.array([0.0]), np.array([0.0]))[0]
    for source, corner, world in zip(sources, corners, geometry.source_mm, strict=True):
        step = source - corner
        np.testing.assert_allclose([step[1], -step[0], step[2]], world - pixel, atol=1e-6)
    # Read by the tags alone it is the same geometry.
    (tmp_path / "views.geometry.json").rename(tmp_path / "kept.txt")
    loaded = load(scan([path]).series[0])
    assert loaded.projections is not None
    assert loaded.projections.geometry.equals(Geometry.from_json(geometry.to_json()), tolerance=1e-3)
    assert loaded.projections.air == pytest.approx(60000)


def test_breast_projections_that_cannot_be_said_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BocageError, match="its side and its view"):
        write_breast_projections(tmp_path, counts(arc()), CHEST_FACTS)
    with pytest.raises(BocageError, match="chest wall"):
        write_breast_projections(tmp_path, counts(replace(arc(), patient=CHEST)), BREAST_FACTS)
    assert list(tmp_path.iterdir()) == []


def test_the_object_that_fits_is_recommended_and_others_say_why_not(tmp_path: Path) -> None:
    assert recommended(CHEST_FACTS, CHEST) is SliceKind.DX
    assert recommended(BREAST_FACTS, BREAST) is SliceKind.BREAST
    assert recommended(replace(BREAST_FACTS, implant=""), BREAST) is SliceKind.DX
    assert recommended(CHEST_FACTS, None) is SliceKind.CAPTURE
    assert "not the breast" in why_not(SliceKind.BREAST, CHEST_FACTS, CHEST)
    assert "side" in why_not(SliceKind.BREAST, replace(BREAST_FACTS, laterality="U"), BREAST)
    assert "view" in why_not(SliceKind.BREAST, replace(BREAST_FACTS, view_position=""), BREAST)
    for kind in KINDS:
        assert bool(why_not(kind, CHEST_FACTS, None)) is (kind is not SliceKind.CAPTURE)
    with pytest.raises(BocageError, match="orientation is unknown"):
        write_slices(tmp_path / "x", slabs(), None, CHEST_FACTS, reconstruction((), track()), kind=SliceKind.CT)
    assert not (tmp_path / "x").exists()


def test_an_unknown_orientation_is_no_error_in_a_capture(tmp_path: Path) -> None:
    facts = reconstruction((), track())
    [path] = write_slices(tmp_path, slabs(), None, CHEST_FACTS, facts, kind=SliceKind.CAPTURE).files
    assert errors(path) == []
    loaded = load(scan([path]).series[0])
    assert loaded.source is not None
    assert loaded.source.info.patient is None
    assert loaded.source.info.height_range_mm == pytest.approx((HEIGHTS[0], HEIGHTS[-1]))


def test_mistakes_that_validators_found_once_are_not_made_again(written: dict) -> None:
    for kind in KINDS:
        folder = written[kind][0].parent.parent
        for path in (*written[kind], *sorted((folder / "projections").glob("*.dcm"))):
            data = pydicom.dcmread(path, stop_before_pixels=True)
            for element in data.iterall():
                if element.VR in ("LO", "SH", "CS", "ST", "DS"):
                    limit = {"LO": 64, "SH": 16, "CS": 16, "ST": 1024, "DS": 16}[element.VR]
                    values = element.value if element.VM > 1 else [element.value]
                    for value in values:
                        text = str(getattr(value, "original_string", value) if element.VR == "DS" else value)
                        assert len(text) <= limit, element.keyword
            assert data.SpecificCharacterSet == "ISO_IR 192"
            assert str(data.PatientName) == NAME
            assert all(len(group) <= 64 for group in str(data.PatientName).split("="))
            if data.get("PresentationIntentType") == "FOR PROCESSING":
                assert "WindowCenter" not in data
            assert "Laterality" not in data  # beside Image or Frame Laterality it may not stand
            if data.Modality == "DX" and "PresentationIntentType" in data:
                assert list(data.ImageType)[2] == ""
            assert "ReferencedImageEvidenceSequence" not in data
            if kind.is_multiframe and path in written[kind]:
                assert "AcquisitionDateTime" not in data
    breast = pydicom.dcmread(written[SliceKind.BREAST][0])
    assert "XRay3DFrameTypeSequence" not in breast.SharedFunctionalGroupsSequence[0]
    assert all("XRay3DFrameTypeSequence" in group for group in breast.PerFrameFunctionalGroupsSequence)
    assert float(breast.XRay3DAcquisitionSequence[0].HalfValueLayer) == 0.5
    source = pydicom.dcmread(written[SliceKind.BREAST][0].parent.parent / "projections" / "projections.dcm")
    assert (source.PositionerMotion, source.PositionerType) == ("DYNAMIC", "MAMMOGRAPHIC")


def test_texts_of_files_are_made_fit(tmp_path: Path) -> None:
    facts = StudyFacts(
        patient_name="A" * 90 + "^B",
        patient_id="1\\2\n3",
        birth_date="19701332",
        sex="female",
        study_uid="../../evil",
        study_description="x" * 99,
        accession="A" * 30,
        body_part="Lumbar spine, lateral!",
        laterality="?",
    )
    assert facts.study_uid.startswith("2.25.")
    assert (facts.birth_date, facts.sex, facts.laterality, facts.patient_id) == ("", "", "U", "1 2 3")
    [path, *_] = write_slices(tmp_path, slabs(), CHEST, facts, reconstruction((), track())).files
    assert errors(path) == []
    # 64 characters, not bytes, are allowed in each of three groups (PS3.5 6.2); dciodvfy counts the bytes of all.
    long = StudyFacts(patient_name="A" * 90 + "^B=" + "王" * 70 + "==extra").patient_name
    assert long == "A" * 64 + "=" + "王" * 64


def test_images_of_another_study_are_referenced_there(tmp_path: Path) -> None:
    other = SourceImage("1.2.840.10008.5.1.4.1.1.1.1.1", "2.25.7", "2.25.8", "2.25.9")
    recon = replace(reconstruction((), track()), sources=(other,))
    for kind in (SliceKind.DX, SliceKind.ANGIOGRAPHIC):
        path = write_slices(tmp_path / kind, slabs(), CHEST, CHEST_FACTS, recon, kind=kind).files[0]
        assert errors(path) == []
        data = pydicom.dcmread(path, stop_before_pixels=True)
        [study] = data.StudiesContainingOtherReferencedInstancesSequence
        assert study.StudyInstanceUID == "2.25.9"
        assert "ReferencedSeriesSequence" not in data


def test_a_synthetic_radiograph_says_that_it_was_computed(tmp_path: Path) -> None:
    geometry = replace(track().subset([2]), exposure=None)
    pixels = np.arange(24 * 32, dtype=np.uint16).reshape(24, 32)
    recon = replace(reconstruction((), track()), sources=(SourceImage("1.2.840.10008.5.1.4.1.1.1.1.1", "2.25.7"),))
    [path] = write_radiograph(tmp_path, pixels, geometry, CHEST_FACTS, computed=recon).files
    assert errors(path) == []
    data = pydicom.dcmread(path)
    assert list(data.ImageType) == ["DERIVED", "PRIMARY", "", "GENERATED_2D"]
    assert read_provenance(data).sources == ("2.25.7",)


def test_cancelling_a_volume_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def some():
        for index, slab in enumerate(slabs()):
            if index == 3:
                progress.cancel()
            yield slab

    for encoding in (Encoding.NONE, Encoding.JPEG_LS):
        facts, kind = reconstruction((), track()), SliceKind.ANGIOGRAPHIC
        with pytest.raises(Cancelled):
            write_slices(tmp_path / "s", some(), CHEST, CHEST_FACTS, facts, progress, kind=kind, encoding=encoding)
    assert list(tmp_path.iterdir()) == []


def test_a_simulated_breast_is_one_breast_projection_image(tmp_path: Path) -> None:
    lump = np.full((20, 20, 20), -1000, np.int16)
    lump[4:16, 4:16, 4:16] = 40
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(lump), str(tmp_path / "lump.nii"))
    settings = SimulationSettings(photons_per_view=500, radiograph_photons=1000, clearance_mm=1.0)
    simulate(tmp_path / "lump.nii", tmp_path / "o", settings, geometry=arc(), breast=("R", "CC"))
    [path] = (tmp_path / "o" / "projections").glob("*.dcm")
    assert errors(path) == errors(tmp_path / "o" / "radiograph" / "radiograph.dcm") == []
    for program in checkers("dcentvfy"):
        assert "Error" not in run(program, path, tmp_path / "o" / "radiograph" / "radiograph.dcm")
    loaded = load(scan([path]).series[0])
    assert loaded.projections is not None
    assert loaded.projections.geometry.equals(arc(), tolerance=1e-3)
    with pytest.raises(BocageError, match="chest wall"):
        simulate(tmp_path / "lump.nii", tmp_path / "n", settings, geometry=track(), breast=("R", "CC"))
    assert parse_breast("l-mlo") == ("L", "MLO")
    with pytest.raises(BocageError, match="RCC"):
        parse_breast("breast")


def test_long_texts_go_on_in_a_further_item() -> None:
    lines = [f"line {index} " + "x" * 100 for index in range(30)]
    texts = contribution_texts(iter(lines))
    assert all(len(text) <= 1024 for text in texts)
    assert "\r\n".join(texts).split("\r\n") == lines
    assert [len(text) for text in contribution_texts(iter(["y" * 2500]))] == [1024, 1024, 452]
