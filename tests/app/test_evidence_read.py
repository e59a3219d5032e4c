"""What was written comes back where it stood; what other programs wrote comes, too, and says so."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import highdicom as hd
import numpy as np
import pydicom
import pytest
from evidence_study import CHEST, FACTS, SHAPE, Study, errors, geometry, load_study, look, measurements, write_study
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes

from app.dicom.evidence.document import save
from app.dicom.evidence.model import Evidence, ImageKey
from app.dicom.evidence.places import Places, Plane, places_of, space_planes
from app.dicom.evidence.read import evidence_of, key_objects_of, presentation_of, report_of
from app.dicom.evidence.request import Written, evidence_datasets
from app.dicom.evidence.restore import Restorer
from app.dicom.evidence.restored import Restored
from app.dicom.evidence.write import write_evidence
from app.dicom.write import write_projections
from app.reading.calibration import Calibration
from app.reading.findings import Finding
from app.session import Reading
from recon.errors import BocageError
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid
from widgets.measurements import Measurement
from widgets.view_transform import ViewTransform
from widgets.window import LutWindow, Window

TOLERANCE_MM = 1e-3
CALIBRATION = Calibration(25.0, 20.0, ((-8.0, 4.0), (12.0, 4.0)), 0.8)
GREY = Window(2000.0, 1500.0)


@dataclass(frozen=True)
class Made:
    study: Study
    places: dict[str, Places]
    reading: Reading
    written: Written
    evidence: Evidence

    def restored(self, reading: Reading | None = None, evidence: Evidence | None = None) -> Restored:
        start = self.study.reading if reading is None else reading
        return Restorer(evidence or self.evidence, self.places, self.study.pictures, start).all()

    def applied(self, number: int, reading: Reading | None = None) -> Any:
        name = f"presentation_{number:03d}.dcm"
        state = next(each for each in self.evidence.presentations if each.origin.path.name == name)
        start = self.study.reading if reading is None else reading
        return Restorer(self.evidence, self.places, self.study.pictures, start).presentation(state)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("evidence")
    write_study(folder)
    study = load_study(folder)
    reading = study.reading
    live, stored, radiograph = study.uid("slices"), study.uid("volume", "Slices"), study.uid("radiograph")
    frames, views = study.uid("volume", "Volume"), study.uid("views")
    for uid, height in ((live, 51.3), (stored, 55.0), (frames, 55.0), (views, 3.0), (radiograph, None)):
        own = measurements(height, spatial=uid in (live, stored, frames), label="Herd 结节")
        if uid == stored:
            own = (*own, replace(own[0], id="e" * 32, height_mm=53.75))  # a slab between two stored slices
        reading = reading.with_series(uid, replace(reading.of(uid), measurements=own))
    reading = reading.with_series(radiograph, replace(reading.of(radiograph), calibration=CALIBRATION))
    findings = (
        Finding(
            "1" * 32, live, "Nodule", "Lung", (1.0, 2.0), 51.3, 9.25, reading.of(live).measurements[0].id, "a" * 32
        ),
        Finding("2" * 32, radiograph, "Alte Fraktur, 陈旧", "left sixth rib"),
        Finding("3" * 32, live, "Diffuse", "", None, 72.5),
        Finding("4" * 32, stored, "Scar", "", None, 57.5),
    )
    reading = replace(reading, findings=findings, impression="No change.\nControl.")
    whole = ViewTransform((0.0, 0.0), 10.0, 3, False, True)
    request = study.request(
        folder / "evidence",
        reading,
        key_images=(
            look(live, 60.0, id="a" * 32, note="Best", inverted=True),
            look(frames, 55.0, id="b" * 32, transform=whole),
            look(radiograph, None, id="c" * 32, window=LutWindow(1000.0, np.linspace(0, 1, 1500) ** 2)),
            look(views, 2.0, id="d" * 32, window=Window(1.1, 1.5, "sigmoid")),
        ),
        presentations=(
            look(stored, 55.0, window=Window(0.025, 0.01, "sigmoid"), transform=whole),
            look(radiograph, None, window=GREY, inverted=True, mode="MAGNIFY", magnification=2.5),
        ),
        reader="Anna Bell",
    )
    written = write_evidence(request)
    places = {uid: places_of(picture, study.pictures) for uid, picture in study.pictures.items()}
    evidence = evidence_of(written.files)
    known = {instance for place in places.values() for instance in place.headers}
    planes = space_planes(written.files, {key.instance for key in evidence.images} - known)
    return Made(study, places, reading, written, replace(evidence, planes=planes))


def apart(one: Measurement, other: Measurement) -> float:
    """How far the points and planes of two measurements are from each other, mm."""
    assert len(one.points_mm) == len(other.points_mm)
    assert len(one.planes_mm) == len(other.planes_mm)
    between = [math.dist(a, b) for a, b in zip(one.points_mm, other.points_mm, strict=True)]
    return max(between + [abs(a - b) for a, b in zip(one.planes_mm, other.planes_mm, strict=True)])


# -- there and back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "title"),
    [("slices", ""), ("volume", "Slices"), ("volume", "Volume"), ("views", ""), ("radiograph", "")],
)
def test_every_kind_comes_back_where_it_stood(made: Made, kind: str, title: str) -> None:
    uid = made.study.uid(kind, title)
    before = {item.id: item for item in made.reading.of(uid).measurements}
    after = {item.id: item for item in made.restored().measurements[uid]}
    assert after.keys() == before.keys()
    for identity, item in before.items():
        found = after[identity]
        assert (found.kind, found.label, found.note) == (item.kind, item.label, item.note)
        assert apart(found, item) <= TOLERANCE_MM
        # Heights are those that scrolling stops at, so that the measurement is seen on its slice.
        assert found.planes_mm == item.planes_mm


def test_pixels_are_those_of_the_stored_image(made: Made) -> None:
    """Independent of the reader: the report's own coordinates, and where the image says its pixels lie."""
    uid = made.study.uid("volume", "Slices")
    item = next(each for each in made.reading.of(uid).measurements if each.kind == "length")
    report = report_of(made.written.folder / "report.dcm")
    graphic = next(group for group in report.groups if group.id == item.id).graphics[0]
    files = {str(pydicom.dcmread(path).SOPInstanceUID): path for path in made.study.pictures[uid].files}
    assert graphic.image is not None
    data = pydicom.dcmread(files[graphic.image.instance])
    assert float(data.TomoLayerHeight) == 55.0
    for (column, row), (x, y) in zip(graphic.points, item.points_mm, strict=True):
        # From the middle of the grid: 36 columns of 0.5 mm and 30 rows of 0.6; half a pixel from corner to centre.
        assert (column - 0.5 - 17.5) * 0.5 == pytest.approx(x, abs=1e-5)
        assert (row - 0.5 - 14.5) * 0.6 == pytest.approx(y, abs=1e-5)


def test_pixels_of_columns_that_are_shown_in_reverse() -> None:
    """By hand: 4 columns of 2 mm from x = 0; the picture's first pixel is the stored last one."""
    plane = Plane(ImageKey("1"), "", "", PlaneGrid((0.0, 0.0), (2.0, 1.0), (3, 4)), mirrored=True)
    np.testing.assert_allclose(plane.to_pixels(((0.0, 0.0), (6.0, 2.0))), [[3.5, 0.5], [0.5, 2.5]])
    assert plane.to_mm(((3.5, 0.5), (0.5, 2.5))) == ((0.0, 0.0), (6.0, 2.0))
    assert plane.holds(((-1.0, -0.5), (7.0, 2.5)))
    assert not plane.holds(((7.1, 0.0),))


def test_computed_slices_are_given_in_the_patient(made: Made) -> None:
    uid = made.study.uid("slices")
    item = next(each for each in made.reading.of(uid).measurements if each.kind == "distance")
    report = report_of(made.written.folder / "report.dcm")
    graphic = next(group for group in report.groups if group.id == item.id).graphics[0]
    first = pydicom.dcmread(made.study.pictures[uid].files[0])
    assert graphic.frame_of_reference == first.FrameOfReferenceUID
    # PA chest: x to the left (+x), y to the feet (-z), z to the back (+y).
    for point, (x, y), z in zip(graphic.points, item.points_mm, item.heights_mm, strict=True):
        assert point == pytest.approx((x, z, -y), abs=1e-4)
    assert CHEST.axes[1] == (0.0, 0.0, -1.0)


def test_findings_calibration_and_impression_come_back(made: Made) -> None:
    restored = made.restored()
    assert restored.waiting == 0
    radiograph = made.study.uid("radiograph")
    assert restored.impression == "No change.\nControl."
    found = restored.calibrations[radiograph]
    assert (found.known_mm, found.pixel_mm) == (25.0, 0.8)
    assert found.drawn_mm == pytest.approx(20.0, abs=TOLERANCE_MM)
    assert [(each.text, each.location) for each in restored.findings] == [
        ("Nodule", "Lung"),
        ("Alte Fraktur, 陈旧", "left sixth rib"),
        ("Diffuse", ""),
        ("Scar", ""),
    ]
    first, second, third, fourth = restored.findings
    assert (third.height_mm, third.point_mm, fourth.height_mm, fourth.uid) == (
        72.5, None, 57.5, made.study.uid("volume", "Slices"),
    )  # fmt: skip
    wanted = made.reading.findings[0]
    assert (first.id, first.uid, first.measurement, first.key_image) == (
        wanted.id, wanted.uid, wanted.measurement, wanted.key_image,
    )  # fmt: skip
    assert first.size_mm == 9.25
    assert first.height_mm == 51.3
    assert first.point_mm == pytest.approx((1.0, 2.0), abs=TOLERANCE_MM)
    assert (second.uid, second.point_mm, second.size_mm) == (radiograph, None, None)


def test_key_images_come_back_as_they_were_kept(made: Made) -> None:
    by_id = {each.id: each for each in made.restored().key_images}
    assert len(by_id) == 4
    computed = by_id["a" * 32]
    assert (computed.uid, computed.height_mm, computed.thickness_mm) == (made.study.uid("slices"), 60.0, 2.5)
    assert (computed.note, computed.inverted) == ("Best", True)
    assert isinstance(computed.window, Window)
    assert (computed.window.centre, computed.window.width) == pytest.approx((0.025, 0.01), rel=1e-6)
    # Whole pixels of the stored slice, 0.752 mm: within one of them.
    assert computed.extent_mm == pytest.approx((12.0, 9.0), abs=0.8)
    assert computed.transform.centre_mm == pytest.approx((1.0, -2.0), abs=0.8)
    kept = ViewTransform(quarter_turns=1, flip_horizontal=True)
    assert computed.transform.matrix == kept.matrix
    assert by_id["b" * 32].height_mm == 55.0
    assert by_id["b" * 32].transform.matrix == ViewTransform(quarter_turns=3, flip_vertical=True).matrix
    table = by_id["c" * 32].window
    assert isinstance(table, LutWindow)
    values = np.linspace(900, 2600, 50)
    wanted = LutWindow(1000.0, np.linspace(0, 1, 1500) ** 2)
    np.testing.assert_allclose(table.apply(values), wanted.apply(values), atol=2e-5)
    # What a view is shown as is a curve over its stored values: a table, which names the window that it is of.
    view = by_id["d" * 32]
    assert (view.uid, view.height_mm) == (made.study.uid("views"), 2.0)
    assert view.window == Window(1.1, 1.5, "sigmoid")
    assert view.transform.matrix == kept.matrix


def test_presentations_apply_to_their_series(made: Made) -> None:
    stored = made.applied(5)
    assert stored.uid == made.study.uid("volume", "Slices")
    assert stored.height_mm is None, "it is for the whole series, and stays on the slice that is shown"
    assert stored.window.function == "sigmoid"
    assert (stored.window.centre, stored.window.width) == pytest.approx((0.025, 0.01), rel=1e-6)
    assert stored.transform.matrix == ViewTransform(quarter_turns=3, flip_vertical=True).matrix
    radiograph = made.applied(6)
    assert (radiograph.uid, radiograph.window, radiograph.inverted) == (made.study.uid("radiograph"), GREY, True)
    assert (radiograph.mode, radiograph.magnification) == ("MAGNIFY", 2.5)
    # Its drawings are the measurements of the report, as such; what the reading holds does not come twice.
    own = made.reading.of(radiograph.uid).measurements
    assert [(each.id, each.kind) for each in radiograph.annotations] == [(each.id, each.kind) for each in own]
    assert made.applied(6, made.reading).annotations == made.applied(5, made.reading).annotations == ()


def test_nothing_comes_twice(made: Made) -> None:
    once = made.restored().on(made.study.reading)
    again = made.restored(once)
    assert again.is_empty
    assert again.waiting == 0
    # The same for what is there under ids that are no UUIDs, as old journals may have them.
    uid = made.study.uid("radiograph")
    plain = replace(measurements(None)[0], id="m")
    reading = made.study.reading.with_series(uid, replace(made.study.reading.of(uid), measurements=(plain,)))
    written = write_evidence(made.study.request(made.written.folder.parent / "plain", reading))
    evidence = evidence_of(written.files)
    assert made.restored(reading, evidence).is_empty
    assert made.restored(None, evidence).count == 1


def test_what_is_not_loaded_waits(made: Made) -> None:
    pictures = {uid: picture for uid, picture in made.study.pictures.items() if picture.kind == "radiograph"}
    found = Restorer(made.evidence, made.places, pictures, made.study.reading).all()
    assert found.measurements.keys() == {made.study.uid("radiograph")}
    assert len(found.findings) == 1
    assert found.waiting > 50


# -- of other programs ---------------------------------------------------------------------------------------------


def foreign_report(made: Made, folder: Path, groups: list[Any]) -> Evidence:
    uid = made.study.uid("volume", "Slices")
    sources = list(evidence_datasets(made.places[uid].headers).values())
    context = hd.sr.ObservationContext(
        observer_person_context=hd.sr.ObserverContext(
            codes.DCM.Person, hd.sr.PersonObserverIdentifyingAttributes(name="Doe^Jane")
        )
    )
    content = hd.sr.MeasurementReport(
        context, hd.sr.CodedConcept("1", "99X", "Chest"), groups, title=codes.DCM.ImagingMeasurementReport
    )
    data = hd.sr.Comprehensive3DSR(
        sources, content, hd.UID(), 7, hd.UID(), 1, manufacturer="Another maker", is_complete=True
    )
    data.save_as(folder / "foreign.dcm")
    return evidence_of([folder / "foreign.dcm"])


def test_measurements_of_another_program_are_drawn_and_say_whose_they_are(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("volume", "Slices")
    plane = next(each for each in made.places[uid].planes if each.height_mm == 55.0)

    def source() -> Any:
        return hd.sr.SourceImageForRegion(plane.sop_class_uid, plane.key.instance)

    def line(points: list[list[float]], name: Any, title: str) -> Any:
        coordinates = hd.sr.CoordinatesForMeasurement("POLYLINE", np.array(points), source())
        number = hd.sr.Measurement(name, 12.0, codes.UCUM.Millimeter, referenced_coordinates=[coordinates])
        return (
            number
            if title == "part"
            else hd.sr.MeasurementsAndQualitativeEvaluations(
                hd.sr.TrackingIdentifier(hd.UID(), title), measurements=[number]
            )
        )

    def region(kind: str, points: list[list[float]]) -> Any:
        return hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            hd.sr.TrackingIdentifier(hd.UID(), kind),
            referenced_region=hd.sr.ImageRegion(kind, np.array(points), source()),
            finding_type=hd.sr.CodedConcept("27925004", "SCT", "Nodule"),
            finding_sites=[hd.sr.FindingSite(codes.SCT.Lung)],
        )

    diameters = hd.sr.MeasurementsAndQualitativeEvaluations(
        hd.sr.TrackingIdentifier(hd.UID(), "Cornerstone3DTools@^0.1.0:Bidirectional"),
        measurements=[
            line([[10, 10], [20, 10]], codes.SCT.LongAxis, "part"),
            line([[15, 8], [15, 12]], codes.SCT.ShortAxis, "part"),
        ],
    )
    frame = made.places[uid].frame_of_reference
    space = hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        hd.sr.TrackingIdentifier(hd.UID(), "in space"),
        referenced_region=hd.sr.ImageRegion3D(
            "POLYGON", np.array([[0.0, 55.0, 0.0], [2.0, 55.0, 0.0], [2.0, 55.0, -3.0], [0.0, 55.0, 0.0]]), frame
        ),
    )
    evidence = foreign_report(
        made,
        tmp_path,
        [
            line([[10, 10], [30, 10]], codes.SCT.Length, "Length 1"),
            diameters,
            region("ELLIPSE", [[10, 15], [20, 15], [15, 12], [15, 18]]),
            region("ELLIPSE", [[10, 10], [20, 20], [17, 13], [13, 17]]),
            region("CIRCLE", [[18, 15], [22, 15]]),
            region("POLYLINE", [[5, 5], [9, 5], [9, 9], [5, 5]]),
            region("POINT", [[18, 15]]),
            space,
        ],
    )
    restored = made.restored(None, evidence)
    assert restored.waiting == 0
    found = restored.measurements[uid]
    assert [each.kind for each in found] == [
        "length", "bidirectional", "ellipse", "freehand", "ellipse", "polygon", "probe", "polygon",
    ]  # fmt: skip
    assert {each.height_mm for each in found} == {55.0}
    assert all(each.note.startswith("From Another maker") for each in found)
    assert "Length 12 mm" in found[0].note
    # What a web viewer calls its tool is no label.
    assert [each.label for each in found[:3]] == ["Length 1", "", "Nodule"]
    # By hand: pixel corner (10, 10) is 18 columns of 0.5 mm left of the middle, and 15 rows of 0.6 mm.
    assert found[0].points_mm[0] == pytest.approx(((10 - 18) * 0.5, (10 - 15) * 0.6), abs=1e-6)
    assert found[0].points_mm[1] == pytest.approx(((30 - 18) * 0.5, (10 - 15) * 0.6), abs=1e-6)
    # A stored stack counts from the middle of its grid, which lies at (0.5, -0.55) mm of the frame of reference.
    space_mm = np.array(((0.0, 0.0), (2.0, 0.0), (2.0, 3.0))) - (0.5, -0.55)
    np.testing.assert_allclose(found[7].points_mm, space_mm, atol=1e-5)
    # Findings that are coded come with their site, each tied to its drawing.
    assert {(each.text, each.location) for each in restored.findings} == {("Nodule", "Lung")}
    assert len(restored.findings) == 5
    assert restored.findings[0].measurement == found[2].id
    again = made.restored(restored.on(made.study.reading), evidence)
    assert again.is_empty, "the same ids each time"


def test_what_another_program_found_on_an_image_is_a_finding_there(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("volume", "Slices")
    plane = next(each for each in made.places[uid].planes if each.height_mm == 57.5)
    group = hd.sr.MeasurementsAndQualitativeEvaluations(
        hd.sr.TrackingIdentifier(hd.UID(), "opacity"),
        finding_type=hd.sr.CodedConcept("112001", "DCM", "Opacity"),
        source_images=[hd.sr.SourceImageForMeasurementGroup(plane.sop_class_uid, plane.key.instance)],
    )
    restored = made.restored(None, foreign_report(made, tmp_path, [group]))
    [finding] = restored.findings
    assert (finding.text, finding.uid, finding.height_mm, finding.point_mm) == ("Opacity", uid, 57.5, None)
    assert restored.waiting == 0


def test_what_was_saved_again_comes_as_it_was_saved_last(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("radiograph")
    item = measurements(None)[0]
    for number, label in enumerate(("first", "second")):
        state = replace(made.study.reading.of(uid), measurements=(replace(item, label=label),))
        reading = replace(made.study.reading.with_series(uid, state), impression=label)
        [path] = write_evidence(made.study.request(tmp_path / str(2 - number), reading)).files
        data = pydicom.dcmread(path)
        data.ContentTime = f"10000{number}"
        data.save_as(path)
    restored = made.restored(None, evidence_of(sorted(tmp_path.rglob("*.dcm"))))
    [found] = restored.measurements[uid]
    assert (found.id, found.label, restored.impression) == (item.id, "second", "second")


def test_a_presentation_of_another_program_is_shown_with_its_drawings(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("radiograph")
    header = pydicom.dcmread(made.study.pictures[uid].files[0])
    layer = hd.pr.GraphicLayer("ANNOT", order=1)
    state = hd.pr.GrayscaleSoftcopyPresentationState(
        referenced_images=[header],
        series_instance_uid=hd.UID(),
        series_number=9,
        sop_instance_uid=hd.UID(),
        instance_number=1,
        manufacturer="Another maker",
        manufacturer_model_name="M",
        software_versions="1",
        device_serial_number="1",
        content_label="THEIRS",
        graphic_layers=[layer],
        graphic_annotations=[
            hd.pr.GraphicAnnotation(
                [header],
                layer,
                graphic_objects=[hd.pr.GraphicObject("POLYLINE", np.array([[10.0, 10.0], [20.0, 10.0]]), "PIXEL")],
                text_objects=[hd.pr.TextObject("Look here", "PIXEL", anchor_point=(20.0, 10.0))],
            )
        ],
        voi_lut_transformations=[hd.pr.SoftcopyVOILUTTransformation(1800.0, 900.0)],
    )
    state.save_as(tmp_path / "theirs.dcm")
    evidence = evidence_of([tmp_path / "theirs.dcm"])
    [presentation] = evidence.presentations
    assert (presentation.label, presentation.inverted) == ("THEIRS", False)
    restorer = Restorer(evidence, made.places, made.study.pictures, made.study.reading)
    applied = restorer.presentation(presentation)
    assert applied is not None
    assert (applied.uid, applied.window, applied.inverted) == (uid, Window(1800.0, 900.0), False)
    length, text = applied.annotations
    assert (length.kind, text.kind, text.label) == ("length", "text", "Look here")
    assert "Another maker" in length.note
    assert length.points_mm[0] == pytest.approx(((10 - 24) * 0.8, (10 - 20) * 0.8))


def test_key_objects_of_another_program_show_the_whole_image(made: Made, tmp_path: Path) -> None:
    uid = made.study.uid("volume", "Slices")
    header = list(evidence_datasets(made.places[uid].headers).values())[2]
    content = hd.ko.KeyObjectSelection(codes.DCM.OfInterest, [header], description="For the conference")
    document = hd.ko.KeyObjectSelectionDocument([header], content, hd.UID(), 8, hd.UID(), 1, manufacturer="Another")
    document.save_as(tmp_path / "ko.dcm")
    restored = made.restored(None, evidence_of([tmp_path / "ko.dcm"]))
    [image] = restored.key_images
    assert (image.uid, image.note, image.window) == (uid, "For the conference", None)
    assert image.height_mm == made.places[uid].holding(next(iter(evidence_of([tmp_path / "ko.dcm"]).images))).height_mm
    assert image.extent_mm == pytest.approx((18.0, 18.0))


def test_what_is_damaged_is_passed_over_or_a_sentence(made: Made, tmp_path: Path) -> None:
    report = made.written.folder / "report.dcm"
    with pytest.raises(BocageError, match="not a presentation state"):
        presentation_of(report)
    with pytest.raises(BocageError, match="not a key object"):
        key_objects_of(report)
    with pytest.raises(BocageError, match="not a structured report"):
        report_of(made.written.folder / "presentation_001.dcm")
    data = pydicom.dcmread(report)
    group = next(each for each in data.ContentSequence if each.ValueType == "CONTAINER").ContentSequence[0]
    number = next(each for each in group.ContentSequence if each.ValueType == "NUM")
    graphic = next(each for each in number.ContentSequence if each.ValueType.startswith("SCOORD"))
    graphic.GraphicData = graphic.GraphicData[:-1]
    number.MeasuredValueSequence = []
    deep: Any = Dataset()
    deep.ValueType, deep.RelationshipType = "CONTAINER", "CONTAINS"
    inner = deep
    for _ in range(40):
        child = Dataset()
        child.ValueType, child.RelationshipType = "CONTAINER", "CONTAINS"
        inner.ContentSequence = [child]
        inner = child
    data.ContentSequence.append(deep)
    save(tmp_path / "damaged.dcm", data)
    found = report_of(tmp_path / "damaged.dcm")
    assert len(report_of(report).groups) - 1 <= len(found.groups) <= len(report_of(report).groups)
    (tmp_path / "cut.dcm").write_bytes(report.read_bytes()[:3000])
    (tmp_path / "none.dcm").write_bytes(b"no DICOM")
    assert evidence_of([tmp_path / "cut.dcm", tmp_path / "none.dcm", tmp_path / "gone.dcm"]).is_empty
    state = pydicom.dcmread(made.written.folder / "presentation_003.dcm")
    state.DisplayedAreaSelectionSequence[0].DisplayedAreaTopLeftHandCorner = [2**31 - 1, 1]
    state.ImageRotation = 45
    state.SoftcopyVOILUTSequence = [Dataset()]
    save(tmp_path / "state.dcm", state)
    damaged = presentation_of(tmp_path / "state.dcm")
    assert damaged.areas == damaged.windows == ()
    assert damaged.notes


def test_changed_bytes_never_raise_anything_but_sentences(made: Made, tmp_path: Path) -> None:
    """Bytes overwritten, lengths changed, pieces cut out: what can be read is placed, the rest passed over."""
    sources = [path for path in made.written.files if path.name.startswith(("presentation", "key"))]
    rng = np.random.default_rng(11)
    target = tmp_path / "changed.dcm"
    for number in range(60):
        content = bytearray(sources[number % len(sources)].read_bytes())
        for place in rng.integers(132, len(content) - 8, rng.choice((1, 4, 20))):
            if number % 3 == 2:
                del content[place : place + int(rng.integers(1, 8))]
            else:
                content[place : place + 2] = rng.bytes(2)
        target.write_bytes(content)
        evidence = evidence_of([target])
        restorer = Restorer(evidence, made.places, made.study.pictures, made.study.reading)
        assert restorer.all().count <= 4
        for presentation in evidence.presentations:
            restorer.presentation(presentation)


def test_slices_of_a_patient_who_lay_nobody_knows_how(tmp_path: Path) -> None:
    """No left and right is invented: a capture holds the slice, and all of it comes back by frame and height."""
    views = np.random.default_rng(5).integers(2000, 40000, (7, *SHAPE)).astype(np.uint16)
    own = ProjectionSet(views, replace(geometry(), patient=None), kind="counts", air=60000.0)
    write_projections(tmp_path / "p", own, FACTS)
    study = load_study(tmp_path)
    uid = study.uid("slices")
    assert study.pictures[uid].source.info.patient is None
    items = measurements(50.0)
    reading = study.reading.with_series(uid, replace(study.reading.of(uid), measurements=items))
    kept = look(uid, 50.0, id="a" * 32)
    written = write_evidence(study.request(tmp_path / "e", reading, key_images=(kept,)))
    assert {path.name: errors(path) for path in written.files} == {path.name: [] for path in written.files}
    places = {each: places_of(picture, study.pictures) for each, picture in study.pictures.items()}
    evidence = evidence_of(written.files)
    known = {instance for place in places.values() for instance in place.headers}
    left = {key.instance for key in evidence.images} - known
    evidence = replace(evidence, planes=space_planes(written.files, left))
    restored = Restorer(evidence, places, study.pictures, study.reading).all()
    assert [each.id for each in restored.measurements[uid]] == [each.id for each in items]
    for found, item in zip(restored.measurements[uid], items, strict=True):
        assert apart(found, item) <= TOLERANCE_MM
    [image] = restored.key_images
    assert (image.uid, image.height_mm) == (uid, 50.0)
    assert image.transform.centre_mm == pytest.approx((1.0, -2.0), abs=0.8)
    assert isinstance(image.window, Window)
    assert (image.window.centre, image.window.width) == pytest.approx((0.025, 0.01), rel=1e-6)
