"""Volumes and radiographs: positions, values, windows, scale, polarity."""

from __future__ import annotations

from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import pydicom.data
import pytest
from pydicom.pixels import apply_modality_lut, apply_voi, apply_windowing
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    RLELossless,
)

from app.dicom.read import load, scan, thumbnail
from app.dicom.write import ReconstructionFacts, StudyFacts, write_slices
from recon import trajectories
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.slab import PlaneGrid, Slab, SlabRequest, SlabSource
from widgets.window import LutWindow, Window


def one(path: Path, **options):
    catalogue = scan(path)
    assert len(catalogue.series) == 1, (catalogue.series, catalogue.problems)
    return load(catalogue.series[0], **options)


def slices(n: int = 5, rows: int = 12, columns: int = 16) -> np.ndarray:
    z, y, x = np.mgrid[:n, :rows, :columns]
    return (1000 + 100 * z + 10 * y + x).astype(np.uint16)


# -- volumes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sop", "modality"),
    [
        (fx.BREAST_TOMOSYNTHESIS, "MG"),
        (fx.XRAY_3D_ANGIOGRAPHIC, "XA"),
        (fx.XRAY_3D_CRANIOFACIAL, "DX"),
        (fx.ENHANCED_CT, "CT"),
    ],
)
def test_multi_frame_volumes_are_sorted_by_position(tmp_path, sop, modality):
    images, order = slices(), [3, 0, 4, 1, 2]
    fx.volume_frames(tmp_path / "v.dcm", images[order], sop, modality, order=order)
    loaded = one(tmp_path)
    volume = loaded.source
    assert isinstance(volume, SlabSource)
    assert loaded.entry.kind == "volume"
    assert loaded.entry.n_images == 5
    assert np.array_equal(volume.pixels, images)
    assert np.allclose(volume.heights_mm, np.arange(5) * 2.0)
    assert volume.grid.spacing_mm == pytest.approx((0.4, 0.5))
    frame = volume.info.patient
    assert [frame.letters(axis) for axis in np.eye(3)] == ["L", "F", "P"]
    # The first pixel of the lowest slice lies at its Image Position.
    assert np.allclose(frame.to_patient((*volume.grid.origin_mm, 0.0)), (-10, 5, 20))
    assert np.allclose(frame.to_patient((*volume.grid.origin_mm, 8.0)), (-10, 13, 20))
    assert loaded.notes == ()
    slab = volume.slab(SlabRequest(height_mm=4.1))
    assert np.array_equal(slab.pixels, images[2])
    small = thumbnail(loaded.entry, 8)
    assert small.shape == (6, 8)


def test_frames_that_descend_along_the_normal(tmp_path):
    images = slices()
    fx.volume_frames(tmp_path / "v.dcm", images, step=-2.0)
    volume = one(tmp_path).source
    assert np.array_equal(volume.pixels, images[::-1])
    assert np.allclose(volume.info.patient.to_patient((*volume.grid.origin_mm, 8.0)), (-10, 5, 20))


def test_uneven_and_repeated_positions_are_told(tmp_path):
    fx.volume_frames(tmp_path / "v.dcm", slices(6), order=[0, 1, 2, 2, 4, 5])
    loaded = one(tmp_path)
    assert loaded.source.pixels.shape[0] == 5
    assert any("left out" in note for note in loaded.notes)
    assert any("not evenly spaced (2 to 4 mm)" in note for note in loaded.notes)


def test_per_frame_rescale_and_windows(tmp_path):
    images = slices(4)
    per_frame = [
        {
            "PixelValueTransformationSequence": [
                fx.item(RescaleSlope=fx.ds(1 + k), RescaleIntercept="5", RescaleType="US")
            ],
            "FrameVOILUTSequence": [
                fx.item(WindowCenter=fx.ds(100 * k), WindowWidth="50", VOILUTFunction="LINEAR_EXACT")
            ],
        }
        for k in range(4)
    ]
    fx.volume_frames(tmp_path / "v.dcm", images, per_frame=per_frame)
    loaded = one(tmp_path)
    for k in range(4):
        assert np.allclose(loaded.source.slab(SlabRequest(2.0 * k)).pixels, images[k] * (1.0 + k) + 5)
    assert [named.window for named in loaded.windows] == [Window(200, 50, "linear_exact")]


def test_ct_slices_in_any_file_order(tmp_path):
    volume = (slices(6).astype(np.int16) - 900).astype(np.int16)
    fx.ct_slices(tmp_path, volume)
    loaded = one(tmp_path)
    source = loaded.source
    assert source.info.unit == "HU"
    assert np.array_equal(source.pixels, volume)
    assert np.allclose(source.slab(SlabRequest(4.0)).pixels, volume[2].astype(float) - 1024)
    assert [(named.title, named.window) for named in loaded.windows] == [
        ("SOFT", Window(40, 400)),
        ("LUNG", Window(-600, 1500)),
    ]
    assert np.allclose(source.info.patient.to_patient((*source.grid.origin_mm, 0.0)), (-20, -30, 100))


def test_ct_as_coronal_planes(tmp_path):
    volume = (slices(6).astype(np.int16) - 900).astype(np.int16)
    fx.ct_slices(tmp_path, volume)
    source = one(tmp_path, reformat="coronal").source
    assert source.pixels.shape == (12, 6, 16)
    assert np.array_equal(source.pixels[3], volume[::-1, 3, :])
    assert source.grid.spacing_mm == pytest.approx((0.8, 2.0))
    frame = source.info.patient
    assert [frame.letters(axis) for axis in np.eye(3)] == ["L", "F", "P"]
    # Voxel (z 5, y 3, x 0) by its own position.
    assert np.allclose(
        frame.to_patient((*source.grid.origin_mm, source.heights_mm[3])), (-20, -30 + 3 * 0.8, 100 + 5 * 2)
    )
    fx.volume_frames(tmp_path / "b" / "v.dcm", slices())
    with pytest.raises(BocageError, match="axial"):
        one(tmp_path / "b", reformat="coronal")


def test_our_own_slices_read_back(tmp_path):
    frame = PatientFrame.from_letters("L", "F", "P")
    grid = PlaneGrid((-7.5, -5.5), (1.0, 1.0), (12, 16))
    rng = np.random.default_rng(5)
    slabs = [Slab(rng.normal(0.02, 0.01, (12, 16)).astype(np.float32), grid, 100.0 + 5 * k, 5.0) for k in range(4)]
    slabs[1].pixels[:, 0] = np.nan
    write_slices(tmp_path / "s", slabs, frame, StudyFacts(entropy="x"), ReconstructionFacts("FBP", window=(0.02, 0.06)))
    loaded = one(tmp_path / "s")
    volume = loaded.source
    assert loaded.entry.kind == "volume"
    assert volume.info.unit == "1/mm"
    assert np.allclose(volume.heights_mm, [100, 105, 110, 115])
    for k, slab in enumerate(slabs):
        back = volume.slab(SlabRequest(100.0 + 5 * k))
        assert np.array_equal(np.isnan(back.pixels), np.isnan(slab.pixels))
        assert np.allclose(back.pixels, slab.pixels, atol=2e-6, equal_nan=True)
    assert np.allclose(
        volume.info.patient.to_patient((*volume.grid.origin_mm, 105.0)), frame.to_patient((-7.5, -5.5, 105))
    )
    low, high = loaded.windows[0].window.edges
    assert (low + high) / 2 == pytest.approx(0.02, abs=1e-5)
    assert high - low == pytest.approx(0.06, rel=1e-3)
    # Without an orientation the heights remain.
    write_slices(tmp_path / "u", slabs, None, StudyFacts(entropy="y"), ReconstructionFacts("FBP"))
    unknown = one(tmp_path / "u")
    assert np.allclose(unknown.source.heights_mm, [100, 105, 110, 115])
    assert unknown.source.info.patient is None
    assert any("Orientation unknown" in note for note in unknown.notes)


def test_slices_without_positions_say_what_was_assumed(tmp_path):
    for k, image in enumerate(slices(7)):
        data = fx.dataset(
            fx.DX_PRESENTATION, "DX", image, "tomo", k + 1, ImageType=["DERIVED", "PRIMARY"], TomoClass="TOMOSYNTHESIS",
            PixelSpacing=[0.4, 0.4], SpacingBetweenSlices="5",
        )  # fmt: skip
        fx.save(data, tmp_path / f"{k}.dcm")
    loaded = one(tmp_path)
    assert np.allclose(loaded.source.heights_mm, np.arange(7) * 5)
    assert any("Spacing Between Slices (5 mm)" in note for note in loaded.notes)


# -- radiographs -------------------------------------------------------------------------------------------------------


def radiograph(
    path: Path, image: np.ndarray, sop: str = fx.DX_PRESENTATION, modality: str = "DX", syntax=None, **facts
):
    data = fx.dataset(sop, modality, image, "r", **facts)
    fx.save(data, path) if syntax is None else fx.save(
        data, path, syntax, compress=syntax in (RLELossless, JPEGLSLossless)
    )
    return data


IMAGE = (np.arange(40 * 48).reshape(40, 48) % 4096).astype(np.uint16)


@pytest.mark.parametrize(
    "syntax", [None, ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, RLELossless, JPEGLSLossless]
)
def test_syntaxes_give_the_same_pixels(tmp_path, syntax):
    radiograph(tmp_path / "r.dcm", IMAGE, syntax=syntax, BitsStored=12)
    loaded = one(tmp_path)
    assert loaded.entry.kind == "radiograph"
    assert np.array_equal(loaded.source.pixels, IMAGE)
    assert loaded.source.pixels.dtype == np.uint16


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_windows_are_those_of_the_standard(tmp_path, function):
    data = radiograph(
        tmp_path / "r.dcm",
        IMAGE,
        BitsStored=12,
        WindowCenter=["2000", "1000.5"],
        WindowWidth=["1500", "301"],
        WindowCenterWidthExplanation=["NORMAL", "HARDER"],
        VOILUTFunction=function,
    )
    loaded = one(tmp_path)
    assert [named.title for named in loaded.windows] == ["NORMAL", "HARDER"]
    for index, named in enumerate(loaded.windows):
        expected = apply_windowing(IMAGE, data, index) / 4095.0
        assert np.abs(named.window.apply(loaded.source.pixels) - expected).max() < 2e-6


def test_a_window_no_one_can_apply_is_left_out(tmp_path):
    radiograph(tmp_path / "r.dcm", IMAGE, WindowCenter=["100", "200"], WindowWidth=["0", "50"])
    assert [named.window for named in one(tmp_path).windows] == [Window(200, 50)]


@pytest.mark.parametrize("packed", [False, True])
def test_voi_tables(tmp_path, packed):
    table = np.linspace(0, 1023, 256).astype(np.uint16)
    radiograph(
        tmp_path / "r.dcm",
        IMAGE,
        WindowCenter="100",
        WindowWidth="50",
        VOILUTSequence=[
            fx.lut(1000, 10, table, packed, LUTExplanation="SOFTER"),
            fx.item(LUTDescriptor=[256, 1000, 10]),
        ],
    )
    loaded = one(tmp_path)
    assert [named.title for named in loaded.windows] == ["SOFTER", "Window"]
    window = loaded.windows[0].window
    assert isinstance(window, LutWindow)
    values = window.apply(np.array([0, 1000, 1100, 1255, 4000]))
    assert np.allclose(values, [0, 0, table[100] / 1023, 1, 1], atol=1e-6)


@pytest.mark.parametrize("shape", [None, "INVERSE", "IDENTITY"])
def test_monochrome1_is_inverted_once(tmp_path, shape):
    facts = {"PresentationLUTShape": shape} if shape else {}
    image = np.full((40, 48), 3000, np.uint16)
    image[10:30, 10:30] = 200  # bone: few counts on film, low values, shown bright
    radiograph(tmp_path / "r.dcm", image, fx.CR, "CR", PhotometricInterpretation="MONOCHROME1", **facts)
    loaded = one(tmp_path)
    assert loaded.inverted
    assert np.array_equal(loaded.source.pixels, image)
    assert any("contradict" in note for note in loaded.notes) == (shape == "IDENTITY")
    small = thumbnail(loaded.entry, 48)
    assert small[20, 20] > small[1, 1]


def test_rescale_modality_table_and_signed_pixels(tmp_path):
    signed = (IMAGE.astype(np.int16) - 2000).astype(np.int16)
    radiograph(tmp_path / "a.dcm", signed, RescaleSlope="0.5", RescaleIntercept="-3")
    assert np.allclose(one(tmp_path / "a.dcm").source.pixels, signed * 0.5 - 3)
    table = (np.arange(4096) ** 2 // 300).astype(np.uint16)
    item = fx.lut(0, 16, table, True, ModalityLUTType="US")
    radiograph(tmp_path / "b.dcm", IMAGE, BitsStored=12, ModalityLUTSequence=[item])
    assert np.array_equal(one(tmp_path / "b.dcm").source.pixels, table[IMAGE])


def test_bits_above_those_stored_are_ignored(tmp_path):
    with_overlay = IMAGE | np.uint16(0x4000)
    radiograph(tmp_path / "a.dcm", with_overlay, BitsStored=12)
    assert np.array_equal(one(tmp_path / "a.dcm").source.pixels, IMAGE)
    negative = (IMAGE.astype(np.int16) // 2 - 1024).astype(np.int16)
    stored = (negative.astype(np.uint16) & 0x0FFF).astype(np.int16)
    radiograph(tmp_path / "b.dcm", stored, BitsStored=12)
    assert np.array_equal(one(tmp_path / "b.dcm").source.pixels, negative)


def test_padding_is_left_out_of_values(tmp_path):
    image = IMAGE.copy()
    image[:5], image[5:8] = 4095, 4000
    data = {"BitsStored": 12, "PixelPaddingValue": 4095, "PixelPaddingRangeLimit": 4000}
    radiograph(tmp_path / "r.dcm", image, **data)
    pixels = one(tmp_path).source.pixels
    inside = (image >= 4000) & (image <= 4095)
    assert np.array_equal(np.isnan(pixels), inside)
    assert np.array_equal(pixels[~inside], image[~inside])


@pytest.mark.parametrize(
    ("facts", "kind", "spacing"),
    [
        ({"ImagerPixelSpacing": [0.2, 0.2]}, "detector", 0.2),
        ({"ImagerPixelSpacing": [0.2, 0.2], "PixelSpacing": [0.2, 0.2]}, "detector", 0.2),
        ({"ImagerPixelSpacing": [0.2, 0.2], "PixelSpacing": ["0.000", "0.000"]}, "detector", 0.2),
        ({"ImagerPixelSpacing": [0.21, 0.21], "EstimatedRadiographicMagnificationFactor": "1.05"}, "magnified", 0.2),
        (
            {"ImagerPixelSpacing": [0.2, 0.2], "DistanceSourceToDetector": "1800", "DistanceSourceToPatient": "1500"},
            "magnified",
            0.2 * 1500 / 1800,
        ),
        (
            {"ImagerPixelSpacing": [0.2, 0.2], "DistanceSourceToDetector": "660", "DistanceSourceToPatient": "660"},
            "detector",
            0.2,
        ),
        (
            {"ImagerPixelSpacing": [0.2, 0.2], "PixelSpacing": [0.17, 0.17], "PixelSpacingCalibrationType": "FIDUCIAL"},
            "calibrated",
            0.17,
        ),
        ({"PixelSpacing": [0.17, 0.17]}, "detector", 0.17),
        ({"PixelSpacing": ["0.000", "0.000"]}, "unknown", 1.0),
        ({}, "unknown", 1.0),
    ],
)
def test_the_scale_says_what_it_is_true_for(tmp_path, facts, kind, spacing):
    radiograph(tmp_path / "r.dcm", IMAGE, **facts)
    source = one(tmp_path).source
    assert source.scale_kind == kind
    assert source.grid.spacing_mm == pytest.approx((spacing, spacing))
    assert source.scale_note


def test_a_known_distance_gives_a_geometry_and_says_what_it_assumes(tmp_path):
    facts = {"ImagerPixelSpacing": [0.2, 0.2], "DistanceSourceToDetector": "1800", "PatientOrientation": ["L", "F"]}
    radiograph(tmp_path / "radiograph.dcm", IMAGE, **facts)
    loaded = one(tmp_path)
    geometry = loaded.source.geometry
    assert np.allclose(geometry.source_mm, [[0, 0, 1800]])
    assert geometry.pixel_pitch_mm == pytest.approx((0.2, 0.2))
    assert any("assumed to stand 1800 mm" in note for note in loaded.notes)
    moved = trajectories.linear_track(
        source_position_mm=[30.0], source_to_detector_mm=1800, pixel_pitch_mm=0.2, shape=(40, 48)
    )
    moved.save(tmp_path / "radiograph.geometry.json")
    loaded = one(tmp_path)
    assert loaded.source.geometry.source_mm[0, 1] == 30.0
    assert not any("assumed" in note for note in loaded.notes)
    assert loaded.source.info.patient.letters((1, 0, 0)) == "L"


def test_the_chest_of_pydicom_data():
    loaded = one(Path(pydicom.data.get_testdata_file("RG1_UNCR.dcm")))
    source = loaded.source
    assert loaded.entry.kind == "radiograph"
    assert loaded.entry.header.view_position == "PA"
    assert loaded.inverted
    assert source.pixels.shape == (1955, 1841)
    assert source.pixels.max() < 2**15
    assert source.scale_kind == "unknown"
    assert "Pixel Spacing is not a length" in source.scale_note
    assert source.geometry is None  # a distance without a pitch is no geometry
    assert [source.info.patient.letters(axis) for axis in np.eye(3)] == ["L", "F", "P"]
    assert [named.window for named in loaded.windows] == [Window(15000, 30000)]
    picture = thumbnail(loaded.entry, 128).astype(float)
    rows, columns = picture.shape
    # Mediastinum and spine are brighter than the lungs beside them.
    band = slice(int(0.3 * rows), int(0.5 * rows))
    middle = picture[band, int(0.45 * columns) : int(0.55 * columns)].mean()
    lungs = [picture[band, int(a * columns) : int((a + 0.1) * columns)].mean() for a in (0.22, 0.68)]
    assert middle > max(lungs) + 20


def test_the_leg_of_pydicom_data():
    loaded = one(Path(pydicom.data.get_testdata_file("RG3_UNCR.dcm")))
    assert loaded.inverted
    assert loaded.source.pixels.shape == (1760, 1760)
    assert loaded.source.pixels.max() < 1024
    assert loaded.source.scale_kind == "unknown"
    assert loaded.entry.header.laterality == "R"
    assert loaded.source.info.patient.letters((1, 0, 0)) == "R"
    assert loaded.windows[0].window == Window(550, 1024)


def as_shown(loaded) -> np.ndarray:
    """What is no radiograph is read frame by frame."""
    return loaded.source.frame(0) if loaded.entry.kind == "image" else loaded.source.pixels


def test_tables_of_real_files_are_those_of_pydicom():
    path = Path(pydicom.data.get_testdata_file("mlut_18.dcm"))
    stored = pydicom.dcmread(path)
    assert np.array_equal(as_shown(one(path)), apply_modality_lut(stored.pixel_array, stored))
    path = Path(pydicom.data.get_testdata_file("vlut_04.dcm"))
    stored = pydicom.dcmread(path)
    expected = apply_voi(stored.pixel_array, stored).astype(float)
    shown = one(path)
    values = shown.windows[0].window.apply(as_shown(shown))
    top = 2.0 ** stored.VOILUTSequence[0].LUTDescriptor[2] - 1
    assert np.abs(values - expected / top).max() < 1e-6


def test_real_lossless_files_decode_exactly():
    first, second = (one(Path(pydicom.data.get_testdata_file(f"RG3_{name}.dcm"))) for name in ("J2KR", "UNCR"))
    assert np.array_equal(first.source.pixels, second.source.pixels)
    path = Path(pydicom.data.get_testdata_file("JPEG-LL.dcm"))  # JPEG lossless, signed
    assert np.array_equal(as_shown(one(path)), pydicom.dcmread(path).pixel_array)
