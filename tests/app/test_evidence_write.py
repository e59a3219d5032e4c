"""Evidence objects pass the validators, other programs read and render them, and what they say is true."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import highdicom as hd
import numpy as np
import pydicom
import pytest
from evidence_study import FACTS, Study, errors, load_study, look, measurements, run, tool, write_study
from PIL import Image
from pydicom.pixels import apply_windowing

from app.dicom.evidence.request import Capture, Written
from app.dicom.evidence.spatial import oriented, turn_and_flip
from app.dicom.evidence.write import write_evidence
from app.reading.calibration import Calibration
from app.reading.findings import Finding
from app.reading.scale import picture_scale
from app.session import Reading
from recon.errors import BocageError, Cancelled
from recon.progress import Progress
from recon.slab import SlabRequest
from widgets.measurements import columns
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

HEIGHTS = {"slices": 51.3, "volume": 55.0, "views": 3.0, "radiograph": None, "projection": None}
TABLE = LutWindow(1000.0, np.linspace(0, 1, 1500) ** 2)


@dataclass(frozen=True)
class Made:
    """A study, what was done to it, and what was written of that."""

    study: Study
    reading: Reading
    written: Written

    def data(self, name: str) -> Any:
        return pydicom.dcmread(self.written.folder / name)


def marked(study: Study, label: str = "Nodule") -> Reading:
    """A reading with a measurement of every kind on every picture, a calibration, findings and an impression."""
    reading = study.reading
    for uid, picture in study.pictures.items():
        height = HEIGHTS[picture.kind]
        own = measurements(height, spatial=picture.is_slices, label=label)
        reading = reading.with_series(uid, replace(reading.of(uid), measurements=own))
    radiograph, live = study.uid("radiograph"), study.uid("slices")
    calibration = Calibration(25.0, 20.0, ((-8.0, 4.0), (12.0, 4.0)), 0.8)
    reading = reading.with_series(radiograph, replace(reading.of(radiograph), calibration=calibration))
    measured = reading.of(live).measurements[0]
    findings = (
        Finding("1" * 32, live, "Nodule", "Lung", (1.0, 2.0), 51.3, 9.26, measured.id, "a" * 32),
        Finding("2" * 32, radiograph, "Old fracture, healed", "left sixth rib", None, None, None),
    )
    return replace(reading, findings=findings, impression="No change.\nControl in a year.")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("evidence")
    write_study(folder)
    study = load_study(folder)
    reading = marked(study)
    live, stored, radiograph = study.uid("slices"), study.uid("volume", "Slices"), study.uid("radiograph")
    frames, views = study.uid("volume", "Volume"), study.uid("views")
    grey = Window(2000.0, 1500.0)
    image = np.zeros((20, 31, 3), np.uint8)
    image[4:9, 3:7] = 200
    coloured = image.copy()
    coloured[0, 0] = (255, 200, 0)
    request = study.request(
        folder / "evidence",
        reading,
        key_images=(
            look(live, 60.0, id="a" * 32, note="Seen best here"),
            look(frames, 55.0, id="b" * 32),
            look(radiograph, None, id="c" * 32, window=grey),
            look(views, 2.0, id="d" * 32, note="Seen best here", window=Window(1.1, 1.5, "linear_exact")),
        ),
        presentations=(
            look(stored, 55.0, window=Window(0.025, 0.01, "sigmoid")),
            look(radiograph, None, window=grey, inverted=True),
            look(radiograph, None, window=TABLE, mode="MAGNIFY", magnification=2.5),
            look(live, 51.3, mode="TRUE SIZE"),
        ),
        captures=(Capture(image, False, radiograph, "Radiograph"), Capture(coloured, True)),
        reader="Anna Bell",
        institution="Bench",
        final=True,
    )
    return Made(study, reading, write_evidence(request))


def test_what_is_written_is_told(made: Made) -> None:
    written = made.written
    assert (written.reports, written.key_objects, written.presentations, written.captures) == (1, 2, 8, 2)
    assert (written.slices, written.findings) == (2, 2)
    assert written.measurements == sum(len(state.measurements) for state in made.reading.series.values())
    assert written.notes == ()
    assert {path.name for path in written.folder.iterdir()} == {path.name for path in written.files}


def test_the_validators_find_no_error(made: Made) -> None:
    assert {path.name: errors(path) for path in made.written.files} == {path.name: [] for path in made.written.files}


def test_the_whole_study_is_consistent(made: Made) -> None:
    files = [str(path) for path in sorted(made.study.folder.rglob("*.dcm"))]
    done = subprocess.run([tool("dcentvfy"), *files], capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in (done.stdout + done.stderr).splitlines() if "Error" in line] == []


def test_dcmtk_accepts_the_documents(made: Made) -> None:
    report = run(tool("dsrdump"), str(made.written.folder / "report.dcm"))
    assert "Completion Flag     : COMPLETE" in report
    assert "Verifying Observers" in report
    assert '"Impression")="No change.' in report
    assert report.count('CONTAINER:(,,"Measurement Group")') == made.written.measurements + 2 + 1
    keys = run(tool("dsrdump"), str(made.written.folder / "key_images_001.dcm"))
    assert '"Key Object Description")="Seen best here"' in keys
    assert "IMAGE:=(DX image" in keys
    for path in made.written.files:
        if path.name.startswith("presentation"):
            told = run(tool("dcmpschk"), str(path))
            assert "Test passed" in told, told


# -- rendering -----------------------------------------------------------------------------------------------------


def rendered(image: Path, state: Path, frame: int, target: Path) -> np.ndarray:
    """What dcmtk shows of an image through a presentation state, 8 bits."""
    run(tool("dcmp2pgm"), "-p", str(state), "-f", str(frame), str(image), str(target))
    return np.asarray(Image.open(target))


def shown(made: Made, uid: str, height: float, window: Any, inverted: bool, transform: ViewTransform) -> np.ndarray:
    """The same picture as our viewports show it."""
    slab = made.study.pictures[uid].source.slab(SlabRequest(height))
    grey = np.nan_to_num(window.apply(slab.pixels))
    return np.rint(255 * transform.oriented(1 - grey if inverted else grey))


def file_of(made: Made, instance: str) -> Path:
    for path in made.study.folder.rglob("*.dcm"):
        if str(pydicom.dcmread(path, specific_tags=["SOPInstanceUID"]).SOPInstanceUID) == instance:
            return path
    raise AssertionError(instance)


def referenced(data: Any) -> Any:
    return data.ReferencedSeriesSequence[0].ReferencedImageSequence


@pytest.mark.parametrize(
    ("name", "kind", "title", "height", "window", "inverted"),
    [
        ("presentation_002.dcm", "volume", "Volume", 55.0, Window(0.025, 0.01, "linear_exact"), False),
        ("presentation_003.dcm", "radiograph", "", 0.0, Window(2000.0, 1500.0), False),
        ("presentation_004.dcm", "views", "", 2.0, Window(1.1, 1.5, "linear_exact"), False),
        ("presentation_006.dcm", "radiograph", "", 0.0, Window(2000.0, 1500.0), True),
        ("presentation_007.dcm", "radiograph", "", 0.0, TABLE, False),
    ],
)
def test_dcmtk_shows_the_same_greys_through_the_presentation(
    made: Made, tmp_path: Path, name: str, kind: str, title: str, height: float, window: Any, inverted: bool
) -> None:
    """Window, polarity (of a MONOCHROME1 image, too), turn and flip: at most one grey level of 255 apart."""
    uid = made.study.uid(kind, title)
    state = made.data(name)
    [reference] = referenced(state)
    image = file_of(made, reference.ReferencedSOPInstanceUID)
    frame = int(reference.get("ReferencedFrameNumber", 1))
    if kind == "views":
        assert image == made.study.pictures[uid].files[1], "the second view, in the order of the sweep"
    theirs = rendered(image, made.written.folder / name, frame, tmp_path / "o.pgm")
    ours = shown(made, uid, height, window, inverted, ViewTransform(quarter_turns=1, flip_horizontal=True))
    assert theirs.shape == ours.shape
    assert np.ptp(ours) > 60
    assert np.abs(theirs.astype(float) - ours).max() <= 1.0
    assert state.PresentationLUTShape == ("INVERSE" if inverted else "IDENTITY")


def test_a_sigmoid_is_written_as_one(made: Made) -> None:
    """dcmtk passes over the function of a presentation's window; pydicom shows the stored slice with it as we do."""
    uid = made.study.uid("volume", "Slices")
    plane = next(plane for plane in made.study.pictures[uid].planes if plane.height_mm == pytest.approx(55.0))
    stored = pydicom.dcmread(file_of(made, plane.instance))
    [voi] = made.data("presentation_005.dcm").SoftcopyVOILUTSequence
    assert voi.VOILUTFunction == "SIGMOID"
    stored.WindowCenter, stored.WindowWidth, stored.VOILUTFunction = voi.WindowCenter, voi.WindowWidth, "SIGMOID"
    theirs = apply_windowing(stored.pixel_array, stored) / 65535
    ours = shown(made, uid, 55.0, Window(0.025, 0.01, "sigmoid"), False, ViewTransform()) / 255
    np.testing.assert_allclose(theirs, ours, atol=0.003)


def test_a_computed_slice_is_stored_with_its_presentation(made: Made, tmp_path: Path) -> None:
    state = made.data("presentation_001.dcm")
    [reference] = referenced(state)
    path = file_of(made, reference.ReferencedSOPInstanceUID)
    stored = pydicom.dcmread(path)
    assert path.parent == made.written.folder
    assert float(stored.TomoLayerHeight) == 60.0
    assert float(stored.SliceThickness) == 2.5
    assert len(stored.SourceImageSequence) == 7
    theirs = rendered(path, made.written.folder / "presentation_001.dcm", 1, tmp_path / "o.pgm")
    slab = made.study.pictures[made.study.uid("slices")].source.slab(SlabRequest(60.0, 2.5))
    grey = np.nan_to_num(Window(0.025, 0.01, "linear_exact").apply(slab.pixels))
    ours = 255 * ViewTransform(quarter_turns=1, flip_horizontal=True).oriented(grey)
    # The slice is stored in 65535 steps over its range, whose outliers are far from the window.
    assert np.abs(theirs - ours).max() <= 3


@pytest.mark.parametrize("flips", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turn_and_flip_say_every_way_round(turns: int, flips: tuple[bool, bool], mirrored: bool) -> None:
    """Checked on an array: what the standard does to the stored image is what the view shows of the picture."""
    view = ViewTransform(quarter_turns=turns, flip_horizontal=flips[0], flip_vertical=flips[1])
    stored = np.arange(12).reshape(3, 4)
    picture = stored[:, ::-1] if mirrored else stored
    quarter, flip = turn_and_flip(view, mirrored)
    standard = np.rot90(stored, -quarter)  # clockwise, then left and right exchanged (PS3.3 C.10.6)
    np.testing.assert_array_equal(standard[:, ::-1] if flip else standard, view.oriented(picture))
    again = oriented(ViewTransform(), quarter, flip, mirrored)
    np.testing.assert_array_equal(again.oriented(picture), view.oriented(picture))


def test_displayed_areas_say_what_was_visible(made: Made) -> None:
    """By hand: the view is 12 mm wide and 9 high on the screen, turned once, about (1, -2) mm, with 0.8 mm pixels."""
    [area] = made.data("presentation_003.dcm").DisplayedAreaSelectionSequence
    # Turned by a quarter, 9 mm of columns and 12 mm of rows are seen; the image's middle is pixel (24, 20) + 0.5.
    columns = sorted((area.DisplayedAreaTopLeftHandCorner[0], area.DisplayedAreaBottomRightHandCorner[0]))
    rows = sorted((area.DisplayedAreaTopLeftHandCorner[1], area.DisplayedAreaBottomRightHandCorner[1]))
    assert columns[0] == round(24 + (1 - 4.5) / 0.8) + 1
    assert columns[1] == round(24 + (1 + 4.5) / 0.8)
    assert rows[0] == round(20 + (-2 - 6) / 0.8) + 1
    assert rows[1] == round(20 + (-2 + 6) / 0.8)
    assert area.PresentationSizeMode == "SCALE TO FIT"
    # The marker says that 0.8 mm of the detector are 1 mm of the object.
    assert [float(value) for value in area.PresentationPixelSpacing] == pytest.approx([1.0, 1.0])
    assert made.data("presentation_007.dcm").DisplayedAreaSelectionSequence[0].PresentationSizeMode == "MAGNIFY"
    assert made.data("presentation_008.dcm").DisplayedAreaSelectionSequence[0].PresentationSizeMode == "TRUE SIZE"


def test_the_room_beside_an_image_is_no_part_of_the_area(made: Made, tmp_path: Path) -> None:
    """A fitted picture is the whole image; validators take pixels left of the first one for errors."""
    uid = made.study.uid("radiograph")
    views = {
        "wide": (ViewTransform((0.0, 0.0), 4.0), (100.0, 60.0), [1, 1, 48, 40]),
        "turned": (ViewTransform((0.0, 0.0), 4.0, 1), (100.0, 60.0), [1, 40, 48, 1]),
        # 16 mm about 5 mm from the left edge: 13 mm of the image are seen, 16 pixels of 0.8 mm.
        "left": (ViewTransform((-14.2, 0.0), 4.0), (16.0, 16.0), [1, 11, 16, 30]),
        "beside": (ViewTransform((-90.0, 0.0), 4.0), (16.0, 16.0), [1, 11, 48, 30]),
    }
    looks = tuple(
        look(uid, None, window=Window(2000.0, 1500.0), transform=transform, extent_mm=extent)
        for transform, extent, _ in views.values()
    )
    request = made.study.request(tmp_path / "e", made.study.reading, presentations=looks, measurements=False)
    written = write_evidence(request)
    for path, (_, _, wanted) in zip(written.files, views.values(), strict=True):
        [area] = pydicom.dcmread(path).DisplayedAreaSelectionSequence
        assert [*area.DisplayedAreaTopLeftHandCorner, *area.DisplayedAreaBottomRightHandCorner] == wanted
        assert errors(path) == []


# -- what the documents say ----------------------------------------------------------------------------------------


def test_highdicom_reads_the_groups_and_their_numbers(made: Made) -> None:
    report = hd.sr.srread(made.written.folder / "report.dcm")
    assert isinstance(report, hd.sr.Comprehensive3DSR)
    regions = report.content.get_planar_roi_measurement_groups()
    lines = report.content.get_image_measurement_groups()
    assert len(regions) + len(lines) == made.written.measurements + 3
    uid = made.study.uid("volume", "Slices")
    state = made.reading.of(uid)
    scale = picture_scale(made.study.pictures[uid], state, 55.0)
    for kind in ("length", "rectangle", "angle", "bidirectional"):
        item = next(each for each in state.measurements if each.kind == kind)
        tracking = f"2.25.{int(item.id, 16)}"
        group = next(each for each in (*regions, *lines) if each.tracking_uid == tracking)
        values = {each.name: each.value for each in columns(item, scale)}
        found = {each.name.meaning: each.value for each in group.get_measurements()}
        names = {"length": "Length", "area": "Area", "angle": "Angle", "long_axis": "Long axis", "width": "Width"}
        for name, meaning in names.items():
            if name in values:
                assert found[meaning] == pytest.approx(values[name], rel=1e-12)


def numbers_of(item: Any) -> Any:
    for each in item.get("ContentSequence", ()):
        if each.ValueType == "NUM":
            yield each
        yield from numbers_of(each)


def test_uncertainty_and_scale_stand_at_every_length(made: Made) -> None:
    lengths = [each for each in numbers_of(made.data("report.dcm")) if each.RelationshipType == "CONTAINS"]
    units = {"mm", "mm2"}
    scaled = [
        each
        for each in lengths
        if each.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue in units
        and each.ConceptNameCodeSequence[0].CodeMeaning != "Diameter"
    ]
    assert len(scaled) > 50
    methods = set()
    for each in scaled:
        inner = {child.ConceptNameCodeSequence[0].CodeMeaning: child for child in each.ContentSequence}
        methods.add(inner["Measurement Method"].ConceptCodeSequence[0].CodeMeaning)
        if "Calibration" in str(each) or "+, range of upper measurement uncertainty" not in inner:
            continue
        upper = inner["+, range of upper measurement uncertainty"].MeasuredValueSequence[0]
        own = each.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue
        assert upper.MeasurementUnitsCodeSequence[0].CodeValue == own
        assert float(upper.NumericValue) > 0
    assert {"True at the height of the slice", "Calibrated by a marker that the reader drew"} <= methods
    assert any("detector" in method for method in methods)


def test_references_name_the_frame_and_the_presentation(made: Made) -> None:
    documents = [made.data("key_images_001.dcm"), made.data("key_images_002.dcm")]
    notes, frames, states = [], [], []
    for data in documents:
        texts = [each.TextValue for each in data.ContentSequence if each.ValueType == "TEXT"]
        for each in data.ContentSequence:
            if each.ValueType == "IMAGE":
                reference = each.ReferencedSOPSequence[0]
                notes.append(texts[0] if texts else "")
                frames.append(reference.get("ReferencedFrameNumber"))
                states.append("ReferencedSOPSequence" in reference)
                assert int(str(each.ObservationUID).removeprefix("2.25.")) < 1 << 128
    # A computed slice, a view, a frame and a radiograph.
    assert notes == ["Seen best here", "Seen best here", "", ""]
    assert frames == [None, None, 3, None]
    assert states == [True] * 4


def test_windows_of_every_slice_are_kept_apart(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("volume", "Slices")
    picture = made.study.pictures[uid]
    own = tuple(
        (plane.height_mm, Window(0.02 + 0.001 * k, 0.01, "linear_exact")) for k, plane in enumerate(picture.planes)
    )
    pictures = {uid: replace(picture, plane_windows=own)}
    request = replace(
        made.study.request(tmp_path / "e", made.study.reading, presentations=(look(uid, 55.0),), measurements=False),
        pictures=pictures,
    )
    written = write_evidence(request)
    data = pydicom.dcmread(written.files[0])
    assert len(data.SoftcopyVOILUTSequence) == 5
    assert [len(each.ReferencedImageSequence) for each in data.SoftcopyVOILUTSequence] == [1] * 5
    assert errors(written.files[0]) == []


def test_a_shutter_of_the_image_is_repeated(made: Made, tmp_path: Path) -> None:
    """A presentation replaces the image's own shutter (PS3.4 N.2.4), so one without it would take it away."""
    source = made.study.pictures[made.study.uid("radiograph")].files[0]
    data = pydicom.dcmread(source)
    data.ShutterShape = "RECTANGULAR"
    data.ShutterLeftVerticalEdge, data.ShutterRightVerticalEdge = 5, 44
    data.ShutterUpperHorizontalEdge, data.ShutterLowerHorizontalEdge = 3, 36
    (tmp_path / "r").mkdir()
    data.save_as(tmp_path / "r" / "r.dcm")
    study = load_study(tmp_path / "r")
    [uid] = study.pictures
    shown_as = look(uid, None, window=Window(2000.0, 1500.0))
    request = study.request(tmp_path / "e", study.reading, presentations=(shown_as,), measurements=False)
    [path] = write_evidence(request).files
    state = pydicom.dcmread(path)
    assert (state.ShutterShape, state.ShutterLeftVerticalEdge, state.ShutterPresentationValue) == ("RECTANGULAR", 5, 0)
    assert errors(path) == []


def test_captures_are_grey_or_coloured_and_say_whether_they_name_the_patient(made: Made) -> None:
    grey, coloured = made.data("capture_001.dcm"), made.data("capture_002.dcm")
    assert (grey.PhotometricInterpretation, grey.BurnedInAnnotation) == ("MONOCHROME2", "NO")
    assert (coloured.PhotometricInterpretation, coloured.BurnedInAnnotation) == ("RGB", "YES")
    assert grey.pixel_array.shape == (20, 31)
    assert grey.pixel_array[5, 4] == 200
    assert coloured.pixel_array[0, 0].tolist() == [255, 200, 0]
    assert "SourceImageSequence" in grey


def test_a_chinese_name_stands_in_every_object(tmp_path: Path) -> None:
    name = "Wang^XiaoDong=王^小东=ワン"
    facts = replace(FACTS, patient_name=name, entropy="name")
    write_study(tmp_path, facts)
    study = load_study(tmp_path)
    uid = study.uid("radiograph")
    reading = study.reading.with_series(
        uid, replace(study.reading.of(uid), measurements=measurements(None, label="结节"))
    )
    request = study.request(
        tmp_path / "e",
        reading,
        key_images=(look(uid, None, id="c" * 32, note="肋骨", window=Window(2000.0, 1500.0)),),
        captures=(Capture(np.zeros((8, 8, 3), np.uint8), False),),
        reader="李 明",
    )
    written = write_evidence(request)
    assert len(written.files) == 4
    for path in written.files:
        data = pydicom.dcmread(path)
        assert (str(data.PatientName), data.SpecificCharacterSet) == (name, "ISO_IR 192")
        assert errors(path) == []
    report = pydicom.dcmread(tmp_path / "e" / "report.dcm")
    assert (report.CompletionFlag, report.VerificationFlag, report.PreliminaryFlag) == (
        "PARTIAL",
        "UNVERIFIED",
        "PRELIMINARY",
    )
    assert "结节" in str(report)


def test_what_cannot_be_written_is_a_sentence(made: Made, tmp_path: Path) -> None:
    with pytest.raises(BocageError, match="nothing to write"):
        write_evidence(made.study.request(tmp_path / "e", made.study.reading))
    with pytest.raises(BocageError, match="names its reader"):
        write_evidence(made.study.request(tmp_path / "e", made.reading, final=True))
    with pytest.raises(BocageError, match="loaded from DICOM"):
        write_evidence(replace(made.study.request(tmp_path / "e", made.reading), dicom=frozenset()))
    assert not (tmp_path / "e").exists()


def test_cancelling_leaves_nothing(made: Made, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_evidence(made.study.request(tmp_path / "e", made.reading), progress)
    assert list(tmp_path.iterdir()) == []


def test_points_beyond_the_image_are_left_out_and_told(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("radiograph")
    item = replace(measurements(None)[0], points_mm=((0.0, 0.0), (400.0, 0.0)))
    state = replace(made.study.reading.of(uid), measurements=(item, measurements(None)[1]))
    written = write_evidence(made.study.request(tmp_path / "e", made.study.reading.with_series(uid, state)))
    assert any("reaches beyond the stored image" in note for note in written.notes)
    assert written.measurements == 1
