"""Documents: reports, dose reports, key images, presentations, encapsulated files; their pages in the window."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import fixtures_dicom as fx
import numpy as np
import pydicom
import pydicom.data
import pytest
from pydicom.dataset import Dataset

from app.dicom.read import load, scan
from app.dicom.read.documents.files import attached
from app.dicom.read.tree import element_rows
from recon.errors import BocageError
from widgets.document_view import DocumentLine, DocumentText, DocumentView, page

SR = "1.2.840.10008.5.1.4.1.1.88.33"
DOSE = "1.2.840.10008.5.1.4.1.1.88.67"
KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59"
PRESENTATION = "1.2.840.10008.5.1.4.1.1.11.1"
PDF = "1.2.840.10008.5.1.4.1.1.104.1"


def code(value: str, meaning: str, scheme: str = "DCM") -> Dataset:
    return fx.item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def content(kind: str, name: Dataset, children: tuple[Dataset, ...] = (), **facts: Any) -> Dataset:
    made = fx.item(RelationshipType="CONTAINS", ValueType=kind, ConceptNameCodeSequence=[name], **facts)
    if children:
        made.ContentSequence = list(children)
    return made


def amount(name: Dataset, value: str, unit: str) -> Dataset:
    measured = fx.item(NumericValue=value, MeasurementUnitsCodeSequence=[code(unit, unit, "UCUM")])
    return content("NUM", name, MeasuredValueSequence=[measured])


def picture(sop: str, instance: str, *frames: int) -> Dataset:
    reference = fx.item(ReferencedSOPClassUID=sop, ReferencedSOPInstanceUID=instance)
    if frames:
        reference.ReferencedFrameNumber = list(frames)
    return content("IMAGE", code("121079", "Baseline"), ReferencedSOPSequence=[reference])


def report(path: Path, sop: str, title: Dataset, items: tuple[Dataset, ...], series: str, **facts: Any) -> Path:
    data = fx.dataset(sop, "SR", np.zeros((1, 1), np.uint8), series)
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(data, keyword)
    data.ConceptNameCodeSequence, data.ValueType = [title], "CONTAINER"
    data.ContentSequence = list(items)
    data.ContentDate, data.ContentTime = "20260115", "102030"
    for keyword, value in facts.items():
        setattr(data, keyword, value)
    return fx.save(data, path)


def document(path: Path) -> Any:
    (entry,) = scan(path).series
    assert entry.kind == "document"
    return load(entry).document


def test_a_report_is_a_tree_of_names_and_values_with_units(tmp_path):
    measured = content(
        "CONTAINER",
        code("125007", "Measurement Group"),
        (
            content("TEXT", code("112039", "Tracking Identifier"), TextValue="Nodule <b>1</b>\nsecond line"),
            amount(code("410668003", "Length", "SCT"), "12.50", "mm"),
            amount(code("42798000", "Area", "SCT"), "7.1", "mm2"),
            content("CODE", code("363698007", "Site", "SCT"), ConceptCodeSequence=[code("39607008", "Lung", "SCT")]),
            content("PNAME", code("121008", "Observer"), PersonName="Reader^Anna"),
        ),
    )
    path = report(tmp_path / "sr.dcm", SR, code("126000", "Imaging Measurement Report"), (measured,), "sr")
    data = pydicom.dcmread(path)
    data.CompletionFlag, data.VerificationFlag = "PARTIAL", "UNVERIFIED"
    data.save_as(path)
    found = document(path)
    (group,) = found.nodes
    assert (found.kind, found.title, group.name) == ("report", "Imaging Measurement Report", "Measurement Group")
    assert [node.value for node in group.children][1:] == ["12.50 mm", "7.1 mm²", "Lung", "Reader, Anna"]
    assert (group.children[1].number, group.children[1].unit) == (12.5, "mm")
    assert dict(found.facts)["State"] == "partial"
    assert dict(found.facts)["Date"] == "2026-01-15 10:20:30"


def test_a_dose_report_begins_with_its_events_and_totals(tmp_path):
    def event(angle: str, end: str, pulses: str) -> Dataset:
        return content(
            "CONTAINER",
            code("113706", "Irradiation Event X-Ray Data"),
            (
                content("DATETIME", code("111526", "DateTime Started"), DateTime="20260115102030"),
                content(
                    "CODE",
                    code("113721", "Irradiation Event Type"),
                    ConceptCodeSequence=[code("113613", "Rotational Acquisition")],
                ),
                amount(code("112011", "Positioner Primary Angle"), angle, "deg"),
                amount(code("113739", "Positioner Primary End Angle"), end, "deg"),
                amount(code("113768", "Number of Pulses"), pulses, "{pulses}"),
                amount(code("113733", "KVP"), "29", "kV"),
                amount(code("122130", "Dose Area Product"), "0.00002", "Gy.m2"),
            ),
        )

    totals = content(
        "CONTAINER",
        code("113702", "Accumulated X-Ray Dose Data"),
        (amount(code("113722", "Dose Area Product Total"), "0.00004", "Gy.m2"),),
    )
    items = (totals, event("-13.73", "13.73", "11"), event("-7.4", "7.6", "15"))
    path = report(tmp_path / "dose.dcm", DOSE, code("113701", "X-Ray Radiation Dose Report"), items, "dose")
    found = document(path)
    summary = dict(found.summary)
    assert found.kind == "dose"
    assert (summary["Events"], summary["Pulses"]) == ("2", "26")
    assert summary["Dose Area Product Total"] == "0.00004 Gy·m²"
    (table,) = found.tables
    columns = dict(zip(table.columns, zip(*table.rows, strict=True), strict=True))
    assert columns["Angle"] == ("-13.73°", "-7.4°")
    assert columns["End angle"] == ("13.73°", "7.6°")
    assert columns["kVp"] == ("29 kV", "29 kV")
    assert columns["Start"][0] == "2026-01-15 10:20:30"
    assert "DLP" not in columns


def test_key_objects_of_another_writer_are_read(tmp_path):
    import highdicom

    fx.ct_slices(tmp_path, np.zeros((2, 4, 4), np.int16), shuffle=False)
    images = [pydicom.dcmread(path) for path in sorted(tmp_path.glob("*.dcm"))]
    for image in images:
        image.PatientBirthDate = image.PatientSex = image.StudyID = image.AccessionNumber = ""
        image.ReferringPhysicianName = ""
        image.FrameOfReferenceUID = "1.2.3"
    chosen = highdicom.ko.KeyObjectSelection(
        document_title=highdicom.sr.CodedConcept("113000", "DCM", "Of Interest"),
        referenced_objects=images,
        description="Compare with the prior",
    )
    made = highdicom.ko.KeyObjectSelectionDocument(
        evidence=images,
        content=chosen,
        series_instance_uid=fx.uid("ko"),
        series_number=9,
        sop_instance_uid=fx.uid("ko", 1),
        instance_number=1,
        manufacturer="Other",
    )
    made.save_as(tmp_path / "ko.dcm")
    found = document(tmp_path / "ko.dcm")
    assert (found.kind, found.title) == ("key_images", "Of Interest")
    assert dict(found.summary)["Key Object Description"] == "Compare with the prior"
    assert [reference.instance for reference in found.references] == [image.SOPInstanceUID for image in images]
    assert {reference.series for reference in found.references} == {images[0].SeriesInstanceUID}


def test_a_presentation_says_what_it_would_apply(tmp_path):
    data = fx.dataset(PRESENTATION, "PR", np.zeros((1, 1), np.uint8), "pr")
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(data, keyword)
    data.ContentLabel, data.ContentDescription = "LUNG", "Lung, seen from the left"
    data.ReferencedSeriesSequence = [
        fx.item(
            SeriesInstanceUID="1.2.3",
            ReferencedImageSequence=[fx.item(ReferencedSOPClassUID=fx.CT, ReferencedSOPInstanceUID="1.2.3.4")],
        )
    ]
    data.SoftcopyVOILUTSequence = [
        fx.item(WindowCenter="-600", WindowWidth="1500", WindowCenterWidthExplanation="LUNG", VOILUTFunction="SIGMOID")
    ]
    data.PresentationLUTShape, data.ImageRotation, data.ImageHorizontalFlip = "INVERSE", 90, "Y"
    area = fx.item(PresentationSizeMode="TRUE SIZE")
    area.DisplayedAreaTopLeftHandCorner, area.DisplayedAreaBottomRightHandCorner = [1, 1], [512, 400]
    data.DisplayedAreaSelectionSequence = [area]
    note = fx.item(UnformattedTextValue="Here")
    data.GraphicAnnotationSequence = [fx.item(GraphicLayer="NOTES", TextObjectSequence=[note])]
    found = document(fx.save(data, tmp_path / "pr.dcm"))
    summary = dict(found.summary)
    assert (found.kind, found.title) == ("presentation", "Lung, seen from the left")
    assert summary["Window"] == "width 1500, centre -600 (sigmoid, LUNG)"
    assert summary["Greys"] == "inverted"
    assert summary["Way round"] == "turned by 90°, left and right exchanged"
    assert summary["Part shown"] == "life size; columns 1 to 512, rows 1 to 400"
    assert found.nodes[0].children[0].value == "Here"
    assert [reference.instance for reference in found.references] == ["1.2.3.4"]


def pdf_object(path: Path, held: bytes) -> Path:
    data = fx.dataset(PDF, "DOC", np.zeros((1, 1), np.uint8), "pdf")
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(data, keyword)
    data.DocumentTitle, data.MIMETypeOfEncapsulatedDocument = "Letter", "application/pdf"
    data.EncapsulatedDocumentLength = len(held)
    data.add_new("EncapsulatedDocument", "OB", held + b"\x00" * (len(held) % 2))
    return fx.save(data, path)


def test_an_encapsulated_file_comes_out_as_it_was_put_in(tmp_path):
    held = b"%PDF-1.4 something odd"[:21]
    found = document(pdf_object(tmp_path / "p.dcm", held))
    assert (found.title, found.attachment.suffix, found.attachment.size) == ("Letter", ".pdf", 21)
    assert attached(tmp_path / "p.dcm") == held
    assert found.notes == ()
    assert "does not begin like one" in document(pdf_object(tmp_path / "q.dcm", b"MZ not a pdf")).notes[0]


def test_reports_without_end_are_cut_and_broken_ones_told(tmp_path, monkeypatch):
    from app.dicom.read.documents import reports

    monkeypatch.setattr(reports, "MAX_NODES", 50)
    many = tuple(content("TEXT", code("1", "Line"), TextValue=str(number)) for number in range(80))
    path = report(tmp_path / "long.dcm", SR, code("1", "Long"), many, "long")
    found = document(path)
    assert len(found.nodes) == 49
    assert "left out" in found.notes[0]
    nothing = report(tmp_path / "none.dcm", SR, code("2", "Empty"), (Dataset(),), "none")
    assert document(nothing).nodes[0].value == ""
    broken = pdf_object(tmp_path / "broken.dcm", b"x")
    data = pydicom.dcmread(broken)
    del data.EncapsulatedDocument
    data.save_as(broken)
    with pytest.raises(BocageError, match=r"broken\.dcm: holds no document"):
        load(scan(broken).series[0])


def test_texts_of_files_are_never_markup(qtbot):
    evil = "<img src='file:///etc/passwd'><a href='http://example.org'>x</a>"
    shown = DocumentText(evil, evil, ((evil, evil),), (evil,), ((evil, evil),), (), evil, (DocumentLine(evil, evil),))
    assert "<img" not in page(shown)
    assert "http://example.org'>x" not in page(shown)
    view = DocumentView()
    qtbot.addWidget(view)
    view.set_document(shown)
    assert view.text.toPlainText().count(evil) == 10
    assert view.text.loadResource(2, "file:///etc/passwd") is None


def test_every_element_is_a_row_and_broken_ones_say_so(tmp_path):
    data = fx.dataset(fx.DX_PRESENTATION, "DX", np.zeros((4, 4), np.uint16), "tags")
    data.PatientComments = "two\r\nlines " + "x" * 400
    data.private_block(0x0019, "MAKER", create=True).add_new(1, "LO", "secret")
    data.ProcedureCodeSequence = [code("1", "One"), code("2", "Two")]
    data.KVP = "80.0"
    path = fx.save(data, tmp_path / "t.dcm")
    path.write_bytes(path.read_bytes().replace(b"DS\x04\x0080.0", b"DS\x04\x008,,0"))
    rows = {row.tag: row for row in element_rows(path)}
    assert rows["(0010,0010)"].value == "Phantom^Fixture"
    assert rows["(0002,0010)"].name == "Transfer Syntax UID"
    assert rows["(0010,4000)"].value.startswith("two lines x")
    assert len(rows["(0010,4000)"].value) == 200
    assert rows["(0019,1001)"].private
    assert not rows["(0018,0060)"].private
    assert rows["(0018,0060)"].value in ("cannot be read (ValueError)", "8,,0")
    assert [inner.rows[2].value for inner in rows["(0008,1032)"].rows] == ["One", "Two"]
    for name in ("badVR.dcm", "nested_priv_SQ.dcm", "test-SR.dcm"):
        with suppress(BocageError):  # anything else fails the test
            assert element_rows(Path(pydicom.data.get_testdata_file(name)))


# -- in the window -----------------------------------------------------------------------------------------------------


def test_a_page_opens_the_image_that_was_clicked_at_its_slice(make_window, tmp_path, qtbot):
    from app.gui import wait_until_settled
    from app.window.document_flow import references

    volume = np.arange(5)[:, None, None] * np.ones((1, 12, 16))
    fx.ct_slices(tmp_path, volume.astype(np.int16), shuffle=False)
    third = pydicom.dcmread(tmp_path / "ct004.dcm").SOPInstanceUID
    note = content("TEXT", code("113012", "Key Object Description"), TextValue="Look at the rib")
    items = (note, picture(fx.CT, third), picture(fx.CT, "1.2.3.9"))
    report(tmp_path / "ko.dcm", KEY_OBJECTS, code("113000", "Of Interest"), items, "ko", Modality="KO")
    pdf_object(tmp_path / "p.dcm", b"%PDF-1.4 .")
    window = make_window()
    window.open_paths([tmp_path])
    wait_until_settled(window, 20)
    entries = {entry.title: entry for study in window.opening.studies.values() for entry in study.series}
    key_objects = entries["Of Interest"]
    window.opening.show_series(key_objects.uid, 0)
    qtbot.waitUntil(lambda: window.documents.page(0) is not None, timeout=10_000)
    view = window.documents.page(0)
    text = view.text.toPlainText()
    assert "Look at the rib" in text
    assert "2 images" in text
    assert "not open here" in text
    view.link_activated.emit(0)
    wait_until_settled(window, 20)
    ct = entries["ct"]
    layout = window.session.layout
    assert ct.uid in [layout.hung[pane] for pane in layout.panes]
    assert layout.count == 2
    # The slices ascend by 2 mm; the fourth was named.
    assert window.session.height(ct.uid) == pytest.approx(6.0)
    assert references(window.session.documents[key_objects.uid])[0].instance == third
    window.session.set_active(0)
    window.handlers.file.show_elements()
    elements = window.pages["elements"]
    qtbot.waitUntil(lambda: elements.title.text() == "ko.dcm" and elements.model.rowCount() > 10, timeout=10_000)
    elements.search.setText("look at the rib")
    qtbot.waitUntil(lambda: elements.filter.rowCount() == 1, timeout=5_000)
    letter = entries["Letter"]
    window.opening.show_series(letter.uid, 0)
    qtbot.waitUntil(lambda: letter.uid in window.session.documents, timeout=10_000)
    assert "Letter" in window.documents.page(0).text.toPlainText()
    window.documents.save_attachment(window.session.documents[letter.uid], tmp_path / "out" / "letter.pdf")
    qtbot.waitUntil((tmp_path / "out" / "letter.pdf").is_file, timeout=10_000)
    assert (tmp_path / "out" / "letter.pdf").read_bytes() == b"%PDF-1.4 ."
    # Another picture in its place takes the page away, and undo brings it back.
    window.opening.show_series(ct.uid, 0)
    assert window.documents.page(0) is None
    window.session.stack.undo()
    assert window.documents.page(0) is not None
    window.grab()


def test_a_run_plays_at_its_own_rate_and_overlays_go_with_the_text(make_window, tmp_path):
    from app.gui import wait_until_settled

    run = fx.dataset(fx.XA, "XA", np.random.default_rng(1).integers(0, 4000, (6, 24, 32)).astype(np.uint16), "run")
    run.CineRate, run.ImagerPixelSpacing = 12, ["0.3", "0.3"]
    bits = np.zeros((24, 32), bool)
    bits[2:22, 4:28] = True
    for element, vr, value in ((0x10, "US", 24), (0x11, "US", 32), (0x50, "SS", [1, 1]), (0x100, "US", 1)):
        run.add_new((0x6000, element), vr, value)
    run.add_new((0x6000, 0x3000), "OW", np.packbits(bits, bitorder="little").tobytes())
    fx.save(run, tmp_path / "run.dcm")
    window = make_window()
    window.open_paths([tmp_path])
    wait_until_settled(window, 20)
    picture_shown = window.session.active_picture
    assert (picture_shown.kind, window.session.stack_on_screen()) == ("cine", picture_shown.uid)
    assert window.cine.cine.fps == 12
    assert window.cine.cine.steps == 6
    window.session.step_height(picture_shown.uid, 1)
    wait_until_settled(window, 20)
    assert window.session.height(picture_shown.uid) == 2
    view = window.active_pane.viewport
    assert view.plane_overlay is not None
    from widgets.theme import COLOURS
    from widgets.viewport_types import OverlayLevel

    def coloured() -> int:
        image = view.grab().toImage()
        wanted = COLOURS.overlay_text
        points = ((x, y) for x in range(0, image.width(), 8) for y in range(0, image.height(), 8))
        return sum(image.pixelColor(x, y).name() == wanted for x, y in points)

    with_overlay = coloured()
    view.set_overlay_level(OverlayLevel.NONE)
    assert with_overlay > 100 > coloured()
