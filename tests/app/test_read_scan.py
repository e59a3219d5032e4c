"""Scanning: grouping, DICOMDIR, refusals, broken and hostile files."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from pathlib import Path

import fixtures_dicom as fx
import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, JPEGLSLossless, RLELossless

from app.dicom.read import load, safe, scan, thumbnail
from recon import trajectories
from recon.errors import BocageError, Cancelled
from recon.progress import Progress

IMAGE = (np.arange(40 * 48).reshape(40, 48) % 4096).astype(np.uint16)
TRACK = trajectories.linear_track(
    source_position_mm=np.linspace(-300, 300, 7), source_to_detector_mm=1800, pixel_pitch_mm=0.4, shape=(24, 32)
)


def good(path: Path, name: object = "r", **facts) -> Path:
    return fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE, f"s{name}", **facts), path)


def reasons(catalogue) -> dict[str, str]:
    return {problem.path.name: problem.reason for problem in catalogue.problems}


def test_a_mixed_folder(tmp_path):
    fx.dx_projections(tmp_path / "study" / "projections", fx.views(7, 24, 32), TRACK)
    fx.ct_slices(tmp_path / "study" / "ct", np.zeros((4, 8, 8), np.int16))
    good(tmp_path / "study" / "deep" / "er" / "r.dcm")
    np.savez(tmp_path / "views.npz", views=fx.views(3, 8, 8))
    (tmp_path / "notes.txt").write_text("ignored")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 " + bytes(500))
    (tmp_path / "empty.dcm").touch()
    found = []
    catalogue = scan(tmp_path, on_found=found.append)
    kinds = sorted((entry.kind, entry.n_images) for entry in catalogue.series)
    assert kinds == [("projections", 3), ("projections", 7), ("radiograph", 1), ("volume", 4)]
    assert len(catalogue.studies) == 2  # one study of DICOM, one folder of arrays
    assert {entry.uid for entry in found} == {entry.uid for entry in catalogue.series}
    assert reasons(catalogue) == {
        "paper.pdf": "paper.pdf: not a format that is opened here.",
        "empty.dcm": "empty.dcm: the file is empty.",
    }
    study = next(study for study in catalogue.studies if len(study.series) == 3)
    assert study.header.patient_name == "Phantom^Fixture"
    assert [path.name for path in next(e for e in study.series if e.kind == "radiograph").files] == ["r.dcm"]


def test_series_are_announced_before_everything_is_read(tmp_path):
    for folder in "abc":
        good(tmp_path / folder / "r.dcm", folder)
    order = []

    class Watching(Progress):
        def step(self, fraction: float, text: str = "") -> None:
            order.append(fraction)

    scan(tmp_path, Watching(), on_found=lambda entry: order.append(entry.title))
    assert order.index("sa") < order.index(pytest.approx(2 / 3))
    cancelled = Progress()
    cancelled.cancel()
    with pytest.raises(Cancelled):
        scan(tmp_path, cancelled)


def test_planes_of_several_directions_are_kept_apart(tmp_path):
    for k in range(6):
        directions = list(fx.AXIAL if k < 4 else fx.CORONAL)
        data = fx.dataset(
            fx.CT, "CT", IMAGE, "pilot", k + 1, ImagePositionPatient=[0, k, k], ImageOrientationPatient=directions
        )
        fx.save(data, tmp_path / f"{k}.dcm")
    assert [entry.n_images for entry in scan(tmp_path).series] == [4, 2]


def test_interleaved_series_are_not_announced_for_each_file(tmp_path):
    for k in range(24):
        fx.save(
            fx.dataset(
                fx.CT,
                "CT",
                IMAGE,
                "ab"[k % 2],
                k + 1,
                ImagePositionPatient=[0, 0, k],
                ImageOrientationPatient=list(fx.AXIAL),
            ),
            tmp_path / f"{k:02d}.dcm",
        )
    told = []
    catalogue = scan(tmp_path, on_found=told.append)
    assert [entry.n_images for entry in catalogue.series] == [12, 12]
    assert len(told) < 14
    assert {entry.uid: entry.n_images for entry in told} == {entry.uid: 12 for entry in catalogue.series}


def test_files_given_one_by_one_and_paths_that_do_not_exist(tmp_path):
    paths = [good(tmp_path / f"{k}.dcm", k) for k in range(3)]
    catalogue = scan([paths[0], paths[2], tmp_path / "none.dcm"])
    assert len(catalogue.series) == 2
    assert "no such file" in reasons(catalogue)["none.dcm"]


def test_copies_and_mixed_sizes(tmp_path):
    data = fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE, "same", 1)
    fx.save(data, tmp_path / "a.dcm")
    fx.save(data, tmp_path / "b.dcm")
    fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE[:20], "same", 2), tmp_path / "c.dcm")
    catalogue = scan(tmp_path)
    assert [entry.title for entry in catalogue.series] == ["same (1 of 2)", "same (2 of 2)"]
    assert len({entry.uid for entry in catalogue.series}) == 2
    assert "this copy is not opened" in reasons(catalogue)["b.dcm"]


def write_dicomdir(folder: Path, references: list[list[str]]) -> Path:
    data = Dataset()
    data.FileSetID = "X"
    data.DirectoryRecordSequence = [
        fx.item(DirectoryRecordType="IMAGE", ReferencedFileID=parts) for parts in references
    ]
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    meta.MediaStorageSOPInstanceUID, meta.TransferSyntaxUID = fx.uid("dir"), ExplicitVRLittleEndian
    data.file_meta = meta
    path = folder / "DICOMDIR"
    data.save_as(path, enforce_file_format=True)
    return path


def test_a_dicomdir_names_files_of_its_own_folder_only(tmp_path):
    media = tmp_path / "media"
    good(media / "IMAGES" / "IM1", 1)
    good(media / "images2" / "im2", 2)
    good(media / "IMAGES" / "UNLISTED", 3)
    good(tmp_path / "secret.dcm", 4)
    (media / "LINK").symlink_to(tmp_path / "secret.dcm")
    path = write_dicomdir(
        media, [["IMAGES", "IM1"], ["IMAGES2", "IM2"], ["..", "secret.dcm"], ["IMAGES", "GONE"], ["LINK"]]
    )
    catalogue = scan(path)
    assert sorted(entry.title for entry in catalogue.series) == ["s1", "s2"]
    texts = [problem.reason for problem in catalogue.problems]
    assert len(texts) == 3
    assert sum("outside its folder" in text for text in texts) == 2
    assert any("IMAGES/GONE, which is not there" in text for text in texts)
    # The folder itself is searched without it.
    assert len(scan(media).series) == 4


def test_proprietary_and_foreign_objects_are_named_and_refused(tmp_path):
    hologic = fx.dataset(fx.SC, "MG", IMAGE, "hologic")
    block = hologic.private_block(0x7E01, "HLXR", create=True)
    block.add_new(0x12, "OB", b"\x00" * 64)
    fx.save(hologic, tmp_path / "hologic.dcm")
    raw = fx.dataset(fx.CT, "CT", IMAGE, "ctpd", ImagePositionPatient=[0, 0, 0])
    raw.private_block(0x7031, "GEMS_CTPD", create=True).add_new(0x01, "FL", 0.5)
    fx.save(raw, tmp_path / "ctpd.dcm")
    catalogue = scan(tmp_path)
    entries = {entry.header.series_description: entry for entry in catalogue.series}
    assert {entry.kind for entry in entries.values()} == {"other"}
    assert "Ask your PACS" in entries["hologic"].notes[0]
    assert "Breast Projection X-Ray Image" in entries["hologic"].notes[0]
    assert "not tomosynthesis" in entries["ctpd"].notes[0]
    for entry in entries.values():
        with pytest.raises(BocageError):
            load(entry)
        assert thumbnail(entry).max() == 0


def test_truncated_files_say_so_and_the_rest_opens(tmp_path):
    good(tmp_path / "ok.dcm", "ok")
    whole = good(tmp_path / "pixels.dcm", "cut").read_bytes()
    (tmp_path / "pixels.dcm").write_bytes(whole[:-1000])
    (tmp_path / "header.dcm").write_bytes(whole[:600])
    (tmp_path / "start.dcm").write_bytes(whole[:136])
    (tmp_path / "nopreamble.dcm").write_bytes(whole[132:])
    fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE, "rle"), tmp_path / "rle.dcm", RLELossless, True)
    compressed = (tmp_path / "rle.dcm").read_bytes()
    (tmp_path / "rle.dcm").write_bytes(compressed[:-200])
    catalogue = scan(tmp_path)
    assert [entry.title for entry in catalogue.series] == ["sok"]
    told = reasons(catalogue)
    assert f"{IMAGE.nbytes} bytes of pixels are expected, {IMAGE.nbytes - 1000} are there" in told["pixels.dcm"]
    assert set(told) == {"pixels.dcm", "header.dcm", "start.dcm", "nopreamble.dcm", "rle.dcm"}
    assert "compressed pixel data have no end" in told["rle.dcm"]
    assert "preamble" in told["nopreamble.dcm"]
    assert all(reason.endswith(".") and name in reason for name, reason in told.items())


def raw_file(path: Path, body: bytes, syntax: bytes = b"1.2.840.10008.1.2.1\x00") -> Path:
    def element(group: int, number: int, vr: bytes, value: bytes) -> bytes:
        return struct.pack("<HH2sH", group, number, vr, len(value)) + value

    meta = element(2, 2, b"UI", b"1.2.840.10008.5.1.4.1.1.1\x00") + element(2, 3, b"UI", b"1.2.3\x00")
    meta += element(2, 0x10, b"UI", syntax)
    path.write_bytes(bytes(128) + b"DICM" + element(2, 0, b"UL", struct.pack("<L", len(meta))) + meta + body)
    return path


def test_hostile_headers_are_refused_without_memory_or_time(tmp_path, monkeypatch):
    raw_file(tmp_path / "length.dcm", struct.pack("<HH2sHL", 8, 0x16, b"OB", 0, 0xFFFFFFF0) + b"x")
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    nest = (struct.pack("<HH2sHL", 8, 0x1111, b"SQ", 0, 0xFFFFFFFF) + item) * 3000
    raw_file(tmp_path / "nested.dcm", nest)
    monkeypatch.setattr(safe, "MAX_INFLATED", 1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = struct.pack("<HH2sHL", 9, 0x10, b"OB", 0, 16 << 20)
    bomb = packer.compress(start + bytes(16 << 20)) + packer.flush()
    raw_file(tmp_path / "bomb.dcm", bomb, DeflatedExplicitVRLittleEndian.encode() + b"")
    catalogue = scan(tmp_path)
    assert not catalogue.series
    told = reasons(catalogue)
    assert set(told) == {"length.dcm", "nested.dcm", "bomb.dcm"}
    assert "larger than 1 MiB" in told["bomb.dcm"]


def test_damaged_compressed_pixels_are_refused_when_loaded(tmp_path):
    path = fx.save(fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE, "bad"), tmp_path / "bad.dcm", RLELossless, True)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"\xfe\xff\x00\xe0") + 8  # the fragment's value: the RLE header
    data[at : at + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))
    entry = scan(path).series[0]
    with pytest.raises(BocageError, match=r"bad\.dcm: image 1 cannot be decoded"):
        load(entry)
    with pytest.raises(BocageError):
        thumbnail(entry)


@pytest.mark.parametrize("syntax", [None, JPEGLSLossless])
def test_random_damage_never_escapes(tmp_path, syntax):
    rng = np.random.default_rng(11)
    facts = {"PatientOrientation": ["L", "F"], "PixelSpacing": [0.2, 0.2], "DistanceSourceToDetector": "1800"}
    data = fx.dataset(fx.DX_PRESENTATION, "DX", IMAGE, "fuzz", **facts)
    original = fx.save(data, tmp_path / "o.dcm", syntax or ExplicitVRLittleEndian, syntax is not None).read_bytes()
    (tmp_path / "o.dcm").unlink()
    header = len(original) - IMAGE.nbytes if syntax is None else 1200
    for k in range(60):
        damaged = bytearray(original)
        if k % 3 == 0:
            damaged = damaged[: int(rng.integers(200, len(original)))]
        for _ in range(int(rng.integers(1, 12))):
            damaged[int(rng.integers(132, min(header, len(damaged))))] = int(rng.integers(256))
        (tmp_path / f"{k:02d}.dcm").write_bytes(bytes(damaged))
    catalogue = scan(tmp_path)
    for entry in catalogue.series:
        with suppress(BocageError):  # anything else fails the test
            thumbnail(entry)
            load(entry)
    assert all(problem.reason for problem in catalogue.problems)
    assert len(catalogue.problems) + sum(len(entry.files) for entry in catalogue.series) >= 60


def test_odd_numbers_in_headers_do_no_harm(tmp_path):
    path = good(
        tmp_path / "r.dcm",
        PixelSpacing=["0.2", "0.2"],
        DistanceSourceToDetector="1800.00",
        WindowCenter="100",
        WindowWidth="5",
    )
    data = path.read_bytes().replace(b"1800.00 ", b"NaN     ").replace(b"0.2\\0.2 ", b"1e9\\-1  ")
    path.write_bytes(data)
    loaded = load(scan(path).series[0])
    assert loaded.source.scale_kind == "unknown"
    assert loaded.source.geometry is None
