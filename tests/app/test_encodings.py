"""Every encoding of dicom objects is opened as what it is, or explained: kinds, order, values, millimetres."""

from __future__ import annotations

import sys
from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import pydicom
import pydicom.data
import pytest
from pydicom.pixels import apply_color_lut, pixel_array

from app.dicom.read import load, scan, thumbnail
from app.dicom.read.colour import expanded
from app.dicom.read.overlays import shutter
from recon.slab import SlabRequest

sys.path.insert(0, str(Path(__file__).parents[1]))

MR = "1.2.840.10008.5.1.4.1.1.4"
ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1"
SINGLE_BIT = "1.2.840.10008.5.1.4.1.1.7.1"
BYTES = "1.2.840.10008.5.1.4.1.1.7.2"
SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
RT_IMAGE = "1.2.840.10008.5.1.4.1.1.481.1"
SHAPE = (12, 16)


def frames(count: int) -> np.ndarray:
    """Frame k holds 100 k and a ramp."""
    ramp = np.arange(SHAPE[0] * SHAPE[1]).reshape(SHAPE) % 50
    return (100 * np.arange(count)[:, None, None] + ramp).astype(np.uint16)


def entries(path: Path) -> list:
    catalogue = scan(path)
    assert not catalogue.problems
    return list(catalogue.series)


def only(path: Path):
    (entry,) = entries(path)
    return entry


# -- breast ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "kind", "title"),
    [
        ("TOMO_PROJ", "projections", "Breast projections"),
        ("TOMO_SCOUT", "cine", "Breast scout"),
        ("STEREO_PLUS", "cine", "Stereo views of the breast"),
    ],
)
def test_breast_projections_are_told_from_what_was_taken_to_aim(tmp_path, stated, kind, title):
    path = fx.breast_projections(tmp_path / "b.dcm", frames(3), (-10, 0, 10))
    data = pydicom.dcmread(path)
    data.ImageType = ["ORIGINAL", "PRIMARY", stated, "NONE"]
    del data.SeriesDescription
    data.save_as(path)
    entry = only(tmp_path)
    assert (entry.kind, entry.title, entry.n_images) == (kind, title, 3)


def test_a_synthetic_projection_is_no_volume_and_has_its_own_millimetres(tmp_path):
    data = fx.dataset(
        fx.BREAST_TOMOSYNTHESIS,
        "MG",
        frames(1),
        "s2d",
        ImageType=["DERIVED", "PRIMARY", "TOMOSYNTHESIS", "GENERATED_2D"],
    )
    data.SharedFunctionalGroupsSequence = [
        fx.item(PixelMeasuresSequence=[fx.item(PixelSpacing=["0.1", "0.08"], SliceThickness="1")])
    ]
    fx.save(data, tmp_path / "s.dcm")
    entry = only(tmp_path)
    assert (entry.kind, entry.facts["class"]) == ("radiograph", "Synthetic 2-D")
    loaded = load(entry)
    assert loaded.source.native_pixel_mm(0) == pytest.approx((0.08, 0.1))
    assert any("not an exposure" in note for note in loaded.notes)


def split_volume(folder: Path, count: int, **facts) -> None:
    for index in range(count):
        data = fx.dataset(
            fx.MG,
            "MG",
            frames(count)[index],
            "split",
            index + 1,
            ImageType=["DERIVED", "PRIMARY"],
            VolumetricProperties="VOLUME",
            ConcatenationUID=fx.uid("split"),
            InConcatenationNumber=count - index,
            ImagerPixelSpacing=["0.1", "0.1"],
            SpacingBetweenSlices="2",
            **facts,
        )
        fx.save(data, folder / f"{index}.dcm")


def test_a_volume_split_into_single_frames_is_one_and_its_synthetic_projection_is_not_in_it(tmp_path):
    split_volume(tmp_path, 4, SliceLocation="0")
    single = fx.dataset(fx.MG, "MG", frames(1)[0], "split", 9, ImageType=["DERIVED", "PRIMARY"])
    fx.save(single, tmp_path / "synthetic.dcm")
    found = {entry.kind: entry for entry in entries(tmp_path)}
    assert set(found) == {"volume", "radiograph"}
    assert found["volume"].n_images == 4
    source = load(found["volume"]).source
    assert np.diff(source.heights_mm) == pytest.approx([2, 2, 2])


def test_parts_of_one_object_are_put_together_in_their_order(tmp_path):
    for part in (1, 0):
        path = fx.volume_frames(tmp_path / f"{part}.dcm", frames(3) + np.uint16(1000 * part), first=(0, 6.0 * part, 0))
        data = pydicom.dcmread(path)
        data.SeriesInstanceUID, data.SeriesDescription = fx.uid("whole"), "whole"
        data.SOPInstanceUID = fx.uid("part", part)
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
        data.ConcatenationUID, data.InConcatenationNumber = fx.uid("c"), part + 1
        data.InConcatenationTotalNumber = 2
        data.save_as(path)
    entry = only(tmp_path)
    loaded = load(entry)
    assert entry.n_images == 6
    values = [float(loaded.source.slab(SlabRequest(height)).pixels[0, 0]) for height in loaded.source.heights_mm]
    assert values == [0, 100, 200, 1000, 1100, 1200]
    assert [plane.frame for plane in loaded.planes] == [1, 2, 3, 1, 2, 3]
    (tmp_path / "1.dcm").unlink()
    assert "1 of 2 parts" in only(tmp_path).notes[0]


def test_breast_sections_stored_as_ct_are_no_hounsfield_units(tmp_path):
    for index in range(3):
        data = fx.dataset(fx.CT, "MG", frames(3)[index], "victre", index + 1)
        fx.save(data, tmp_path / f"{index}.dcm")
    entry = only(tmp_path)
    loaded = load(entry)
    assert (entry.kind, entry.facts["class"]) == ("volume", "Breast tomosynthesis stored as CT")
    assert loaded.source.info.unit == ""
    assert any("lengths are not true" in note for note in loaded.notes)
    assert any("heights are not true" in note for note in loaded.notes)


# -- runs and pictures -------------------------------------------------------------------------------------------------


def test_a_run_in_time_is_leafed_through_at_its_own_rate(tmp_path):
    run = fx.dataset(fx.XA, "XA", frames(5), "run", FrameTimeVector=[0, 100, 100, 100, 100], BitsStored=12)
    run.ImagerPixelSpacing = ["0.3", "0.3"]
    fx.save(run, tmp_path / "run.dcm")
    entry = only(tmp_path)
    assert (entry.kind, entry.n_images, entry.header.frame_rate) == ("cine", 5, 10.0)
    loaded = load(entry)
    assert loaded.source.info.height_range_mm == (1, 5)
    shown = [float(loaded.source.slab(SlabRequest(number)).pixels[0, 0]) for number in (1, 2.4, 5)]
    assert shown == [0, 100, 400]
    assert loaded.source.native_pixel_mm(1) == (0.3, 0.3)
    assert loaded.planes[3].frame == 4
    assert thumbnail(entry).shape == SHAPE


def test_several_runs_of_a_series_are_several(tmp_path):
    for number in (1, 2):
        fx.save(fx.dataset(fx.XA, "XA", frames(3), "runs", number), tmp_path / f"{number}.dcm")
    assert [entry.kind for entry in entries(tmp_path)] == ["cine", "cine"]


@pytest.mark.parametrize("planar", [0, 1])
def test_colours_are_shown_as_they_are(tmp_path, planar):
    rgb = np.random.default_rng(4).integers(0, 256, (*SHAPE, 3)).astype(np.uint8)
    data = fx.dataset(fx.SC, "OT", rgb[..., 0], "colour", SamplesPerPixel=3, PhotometricInterpretation="RGB")
    data.PlanarConfiguration = planar
    data.PixelData = (rgb.transpose(2, 0, 1) if planar else rgb).tobytes()
    data.PixelSpacing = ["0.5", "0.5"]
    fx.save(data, tmp_path / "c.dcm")
    entry = only(tmp_path)
    loaded = load(entry)
    slab = loaded.source.slab(SlabRequest(0))
    assert (entry.kind, loaded.source.scale_kind) == ("image", "unknown")
    assert np.array_equal(slab.colour, rgb.transpose(2, 0, 1))
    grey = 0.2126 * rgb[..., 0] + 0.7152 * rgb[..., 1] + 0.0722 * rgb[..., 2]
    assert np.allclose(slab.pixels, grey, atol=1e-3)
    assert any("not for measurement" in note for note in loaded.notes)
    assert thumbnail(entry).max() > 100


@pytest.mark.parametrize("name", ["examples_palette.dcm", "gdcm-US-ALOKA-16.dcm", "gdcm-US-ALOKA-16_big.dcm"])
def test_colour_tables_are_those_of_pydicom(name):
    path = Path(pydicom.data.get_testdata_file(name))
    data = pydicom.dcmread(path)
    wanted = apply_color_lut(pixel_array(path, index=0), data)
    wanted = wanted >> 8 if wanted.dtype == np.uint16 else wanted
    assert np.array_equal(load(only(path)).source.frame(0), wanted)


def test_segmented_tables_end_where_they_are_full():
    words = np.array([0, 1, 7, 1, 4, 11, 2, 1, 0, 0], "<u2")
    assert expanded(words.tobytes(), 6, 16).tolist() == [7, 8, 9, 10, 11, 7]
    endless = np.array([0, 1, 7, 2, 1, 3 * 2, 0], "<u2")  # a copy of itself
    assert expanded(endless.tobytes(), 60000, 16) is None
    assert expanded(b"\x01\x00", 4, 16) is None


def test_single_bits_localizers_and_portal_images(tmp_path):
    bits = np.arange(SHAPE[0] * SHAPE[1]).reshape(SHAPE) % 3 == 0
    data = fx.dataset(SINGLE_BIT, "OT", frames(1)[0], "bits", NumberOfFrames=1)
    data.BitsAllocated, data.BitsStored, data.HighBit = 1, 1, 0
    data["PixelData"].VR = "OB"
    data.PixelData = np.packbits(bits, bitorder="little").tobytes()
    fx.save(data, tmp_path / "bits.dcm")
    pilot = fx.dataset(fx.CT, "CT", frames(1)[0], "pilot", ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])
    pilot.ImageOrientationPatient = list(fx.CORONAL)
    fx.save(pilot, tmp_path / "pilot.dcm")
    portal = fx.dataset(RT_IMAGE, "RTIMAGE", frames(1)[0], "portal", ImagePlanePixelSpacing=["0.25", "0.25"])
    portal.RTImageSID = "1500"
    fx.save(portal, tmp_path / "portal.dcm")
    found = {entry.title: entry for entry in entries(tmp_path)}
    assert np.array_equal(load(found["bits"]).source.frame(0) > 0, bits)
    assert found["pilot"].kind == "image"
    assert load(found["pilot"]).source.info.patient.letters((0, 1, 0)) == "F"
    portal_source = load(found["portal"]).source
    assert (found["portal"].kind, portal_source.native_pixel_mm(0)) == ("radiograph", (0.25, 0.25))
    assert "1500 mm from the source" in portal_source.scale_note


def test_what_is_not_shown_says_what_to_do(tmp_path):
    mask = fx.dataset(SEGMENTATION, "SEG", frames(1)[0].astype(np.uint8), "mask")
    fx.save(mask, tmp_path / "mask.dcm")
    video = fx.dataset(fx.XA, "XA", frames(2).astype(np.uint8), "video")
    path = fx.save(video, tmp_path / "video.dcm")
    raw = path.read_bytes()
    # The same length, so that nothing else moves.
    old, new = b"1.2.840.10008.1.2.1\x00", b"1.2.840.10008.1.2.4.102\x00"
    at = raw.index(old) - 2
    raw = raw[:at] + len(new).to_bytes(2, "little") + new + raw[at + 2 + len(old) :]
    group = raw.index(b"UL\x04\x00") + 4
    length = int.from_bytes(raw[group : group + 4], "little") + len(new) - len(old)
    path.write_bytes(raw[:group] + length.to_bytes(4, "little") + raw[group + 4 :])
    told = {entry.header.series_description: (entry.kind, entry.notes[0]) for entry in scan(tmp_path).series}
    assert told["mask"][0] == told["video"][0] == "other"
    assert "Open the images it belongs to" in told["mask"][1]
    assert "uncompressed multi-frame" in told["video"][1]


# -- stacks ------------------------------------------------------------------------------------------------------------


def test_echoes_that_lie_on_each_other_are_volumes_of_their_own(tmp_path):
    for number in range(6):
        echo, place = number % 2 + 1, number // 2
        data = fx.dataset(
            MR,
            "MR",
            frames(6)[number],
            "mr",
            number + 1,
            ImagePositionPatient=[0, 0, 3 * place],
            ImageOrientationPatient=list(fx.AXIAL),
            EchoNumbers=echo,
            PixelSpacing=["1", "1"],
        )
        fx.save(data, tmp_path / f"{number}.dcm")
    found = entries(tmp_path)
    assert [(entry.kind, entry.n_images) for entry in found] == [("volume", 3)] * 2
    assert ["echo 1" in found[0].title, "echo 2" in found[1].title] == [True, True]
    second = load(found[1]).source
    assert [float(second.slab(SlabRequest(height)).pixels[0, 0]) for height in (0, 3, 6)] == [100, 300, 500]


def test_times_of_one_enhanced_object_are_volumes_of_their_own(tmp_path):
    groups = [
        {"FrameContentSequence": [fx.item(TemporalPositionIndex=number % 2 + 1, StackID="1")]} for number in range(6)
    ]
    fx.volume_frames(
        tmp_path / "mr.dcm",
        frames(6),
        ENHANCED_MR,
        "MR",
        directions=fx.AXIAL,
        per_frame=groups,
        order=[0, 0, 1, 1, 2, 2],
    )
    found = entries(tmp_path)
    assert [entry.n_images for entry in found] == [3, 3]
    assert "time 2" in found[1].title
    loaded = load(found[1])
    assert [plane.frame for plane in loaded.planes] == [2, 4, 6]
    assert thumbnail(found[1]).shape == SHAPE


def test_multi_frame_captures_are_sections_only_where_they_say_so(tmp_path):
    fx.volume_frames(tmp_path / "sections.dcm", frames(4).astype(np.uint8), BYTES, "OT")
    fx.save(fx.dataset(BYTES, "OT", frames(4).astype(np.uint8), "plain"), tmp_path / "plain.dcm")
    assert {entry.title: entry.kind for entry in entries(tmp_path)} == {"sections": "volume", "plain": "cine"}


# -- overlays ----------------------------------------------------------------------------------------------------------


def with_overlay(data, bits: np.ndarray, origin: tuple[int, int], group: int = 0x6000, frame_count: int = 1):
    data.add_new((group, 0x0010), "US", bits.shape[-2])
    data.add_new((group, 0x0011), "US", bits.shape[-1])
    data.add_new((group, 0x0040), "CS", "G")
    data.add_new((group, 0x0050), "SS", list(origin))
    data.add_new((group, 0x0100), "US", 1)
    data.add_new((group, 0x0102), "US", 0)
    if frame_count > 1:
        data.add_new((group, 0x0015), "IS", frame_count)
        data.add_new((group, 0x0051), "US", 2)
    packed = np.packbits(bits, bitorder="little").tobytes()
    data.add_new((group, 0x3000), "OW", packed + b"\x00" * (len(packed) % 2))
    return data


def test_overlays_that_begin_outside_of_the_image_are_cut(tmp_path):
    bits = np.random.default_rng(1).random((9, 11)) < 0.5
    data = with_overlay(fx.dataset(fx.DX_PRESENTATION, "DX", frames(1)[0], "o"), bits, (-2, 9))
    fx.save(with_overlay(data, bits[:2, :2] | True, (12, 16), 0x6002), tmp_path / "o.dcm")
    drawn, hidden = load(only(tmp_path)).overlays.at(0)
    wanted = np.zeros(SHAPE, bool)
    wanted[:6, 8:16] = bits[3:, :8]
    wanted[11, 15] = True
    assert np.array_equal(drawn, wanted)
    assert hidden is None


def test_overlays_in_high_bits_and_over_some_frames(tmp_path):
    bits = np.random.default_rng(2).random(SHAPE) < 0.3
    stored = frames(1)[0] | (bits.astype(np.uint16) << 13)
    data = fx.dataset(fx.CR, "CR", stored, "high", BitsStored=12)
    for element, vr, value in ((0x10, "US", SHAPE[0]), (0x11, "US", SHAPE[1]), (0x50, "SS", [1, 1])):
        data.add_new((0x6000, element), vr, value)
    data.add_new((0x6000, 0x0100), "US", 16)
    data.add_new((0x6000, 0x0102), "US", 13)
    fx.save(data, tmp_path / "high.dcm")
    run = np.random.default_rng(3).random((2, *SHAPE)) < 0.5
    data = with_overlay(fx.dataset(fx.XA, "XA", frames(4), "run"), run, (1, 1), frame_count=2)
    fx.save(data, tmp_path / "run.dcm")
    found = {entry.title: load(entry) for entry in entries(tmp_path)}
    assert np.array_equal(found["high"].overlays.at(0)[0], bits)
    assert np.array_equal(found["high"].source.pixels, frames(1)[0])
    over_run = [found["run"].overlays.at(number)[0] for number in (1, 2, 3, 4)]
    assert over_run[0] is None
    assert over_run[3] is None
    assert np.array_equal(np.stack(over_run[1:3]), run)


def test_shutters_hide_what_lies_outside():
    data = fx.item(Rows=20, Columns=30, ShutterShape=["RECTANGULAR", "CIRCULAR"])
    data.ShutterLeftVerticalEdge, data.ShutterRightVerticalEdge = 3, 28
    data.ShutterUpperHorizontalEdge, data.ShutterLowerHorizontalEdge = 2, 19
    data.CenterOfCircularShutter, data.RadiusOfCircularShutter = [10, 15], 8
    hidden = shutter(data)
    y, x = np.mgrid[1:21, 1:31]
    shown = (x >= 3) & (x <= 28) & (y >= 2) & (y <= 19) & ((y - 10) ** 2 + (x - 15) ** 2 <= 64)
    assert np.array_equal(~hidden, shown)
    triangle = fx.item(
        Rows=20, Columns=30, ShutterShape="POLYGONAL", VerticesOfThePolygonalShutter=[1, 1, 20, 1, 1, 30]
    )
    inside = ~shutter(triangle)
    assert inside[0, 0]
    assert not inside[19, 29]
    assert inside.sum() == pytest.approx(0.5 * 20 * 30, rel=0.1)


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "raw", "wanted"),
    [
        ("GB18030", "Wang^XiaoDong=王^小东".encode("gb18030"), "王^小东"),
        ("ISO_IR 144", "Люкceмбypг".encode("iso8859_5"), "Люкceмбypг"),
        ("\\ISO 2022 IR 87", b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", "山田^太郎"),
        ("\\ISO 2022 IR 149", b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7", "洪^吉洞"),
        ("ISO_IR 100", "Иванов".encode("cp1251"), ""),  # Cyrillic in a wrong character set: shown somehow
        ("ISO_IR 999", b"M\xfcller^Eva", ""),
        ("", b"M\xfcller^Eva", ""),
        ("ISO_IR 192", b"M\xff\xfe^Eva", ""),
        ("ISO 2022 IR 87", b"\x1b$B;3\x1b(", ""),
    ],
)
def test_names_in_any_character_set_are_shown_or_replaced(tmp_path, charset, raw, wanted):
    data = fx.dataset(fx.DX_PRESENTATION, "DX", frames(1)[0], "names", PatientName="N" * (len(raw) + len(raw) % 2))
    data.SpecificCharacterSet = "C" * (len(charset) + len(charset) % 2) if charset else "X"
    path = fx.save(data, tmp_path / "n.dcm")
    held = path.read_bytes().replace(b"N" * (len(raw) + len(raw) % 2), raw + b" " * (len(raw) % 2))
    stated = charset.encode() + b" " * (len(charset) % 2)
    path.write_bytes(held.replace(b"CS\x02\x00X ", b"CS\x02\x00  ").replace(b"C" * len(stated), stated, 1))
    entry = only(tmp_path)
    assert entry.header.patient_name
    assert wanted in entry.header.patient_name
    load(entry)


# -- real files --------------------------------------------------------------------------------------------------------


def test_every_file_that_ships_with_the_libraries_is_opened_or_explained():
    from benchmarks.encodings import outcomes, shipped_files

    files = [path for path in shipped_files() if path.stat().st_size < 1 << 20]
    found = [outcome for path in files for outcome in outcomes(path)]
    assert len(files) > 200
    assert [outcome for outcome in found if outcome.result == "fault"] == []
    assert all(outcome.sentence.endswith(".") for outcome in found if outcome.result in ("refused", "named"))
    assert sum(outcome.result == "opened" for outcome in found) > 150
