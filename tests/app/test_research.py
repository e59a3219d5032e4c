"""Research data: arrays and pictures with geometry files, trajectories, CT arrays, NIfTI and MetaImage."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import SimpleITK
import tifffile

from app.dicom.read import MissingGeometry, load, scan, thumbnail
from app.research.sidecar import trajectory_geometry
from recon import trajectories
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.slab import SlabRequest


def track(n: int = 6, shape: tuple[int, int] = (10, 12)) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-300, 300, n), source_to_detector_mm=1800, pixel_pitch_mm=0.8, shape=shape
    )


def counts(n: int = 6, shape: tuple[int, int] = (10, 12)) -> np.ndarray:
    return (np.arange(n * shape[0] * shape[1]).reshape(n, *shape) * 7 % 60000 + 100).astype(np.uint16)


def one(path: Path):
    catalogue = scan(path)
    assert len(catalogue.series) == 1, (catalogue.series, catalogue.problems)
    return catalogue.series[0]


def test_an_archive_with_kind_and_air(tmp_path):
    views = counts()
    np.savez(tmp_path / "views.npz", views=views, kind="counts", air=60000.0, central=views[0], junk=np.zeros(3))
    track().save(tmp_path / "views.geometry.json")
    entry = one(tmp_path)
    assert entry.needs == ()
    assert (entry.kind, entry.n_images, entry.format) == ("projections", 6, "npz")
    loaded = load(entry)
    assert np.array_equal(loaded.projections.views, views)
    assert loaded.projections.kind == "counts"
    assert loaded.projections.air == 60000.0
    assert loaded.projections.geometry.equals(track())
    assert not any("without a stated kind" in note for note in loaded.notes)
    assert load(entry, air=50000.0).projections.air == 50000.0


def test_whole_numbers_without_kind_are_noted_and_floats_are_asked_for(tmp_path):
    np.savez_compressed(tmp_path / "a.npz", views=counts())
    track().save(tmp_path / "a.geometry.json")
    loaded = load(one(tmp_path))
    assert loaded.projections.kind == "counts"
    assert any("taken as detector counts" in note for note in loaded.notes)
    lines = np.linspace(0, 6, 3 * 120).reshape(3, 10, 12).astype(np.float16)
    np.savez(tmp_path / "b.npz", views=lines, view_index=np.array([0, 3, 5]))
    entry = next(entry for entry in scan(tmp_path).series if entry.title == "b")
    assert len(entry.needs) == 1
    assert "line_integrals" in entry.needs[0]
    with pytest.raises(BocageError, match="not stated what the values are"):
        load(entry)
    found = load(entry, kind="line_integrals").projections
    assert found.views.dtype == np.float32
    assert np.array_equal(found.views, lines.astype(np.float32))
    assert found.geometry.equals(track().subset([0, 3, 5]))
    with pytest.raises(BocageError, match="must be"):
        load(entry, kind="photons")


def test_without_a_geometry_it_is_asked_for_and_may_be_given(tmp_path):
    np.save(tmp_path / "stack.npy", counts())
    entry = one(tmp_path)
    assert "geometry" in entry.needs[0]
    with pytest.raises(MissingGeometry, match="6 views of 10 × 12"):
        load(entry)
    assert np.array_equal(load(entry, geometry=track()).projections.views, counts())
    with pytest.raises(BocageError, match="5 views, but there are 6"):
        load(entry, geometry=track(5))
    with pytest.raises(BocageError, match="10 rows × 13 columns"):
        load(entry, geometry=track(6, (10, 13)))


def test_pages_and_folders_of_tiff(tmp_path):
    tifffile.imwrite(tmp_path / "stack.tif", counts(), photometric="minisblack")
    track().save(tmp_path / "stack.geometry.json")
    assert np.array_equal(load(one(tmp_path)).projections.views, counts())
    folder = tmp_path / "pages"
    folder.mkdir()
    for index, view in enumerate(counts(11)):
        tifffile.imwrite(folder / f"view{index}.tif", view)
    track(11).save(folder / "geometry.json")
    entry = one(folder)
    assert entry.n_images == 11
    assert [path.name for path in entry.files][:3] == ["view0.tif", "view1.tif", "view2.tif"]
    assert np.array_equal(load(entry).projections.views, counts(11))
    assert thumbnail(entry, 6).shape == (5, 6)


TRAJECTORY = {
    "sad_mm": 1000,
    "sid_mm": 1500,
    "pixel_mm": 0.78,
    "shape": [5, 10, 12],
    "angle_deg": [-20, -10, 0, 10, 20],
    "rotation": "gantry about the patient long axis, detector rotates with the source",
}


def test_a_measured_set_with_a_trajectory_and_a_ct_beside(tmp_path):
    views = (counts(5) % 255).astype(np.uint8)
    np.savez(tmp_path / "portal_images.npz", views=views)
    hu = np.arange(4 * 6 * 8, dtype=np.int16).reshape(4, 6, 8)
    np.savez(tmp_path / "ct_hu.npz", hu=hu)
    (tmp_path / "geometry.json").write_text(json.dumps(TRAJECTORY))
    spacing = {"spacing_zyx_mm": [2.5, 0.9, 0.8], "orientation": "x -> patient left … (LPS)"}
    (tmp_path / "spacing.json").write_text(json.dumps(spacing))
    catalogue = scan(tmp_path)
    assert not catalogue.problems
    assert {entry.kind for entry in catalogue.series} == {"projections", "volume"}
    assert len(catalogue.studies) == 1
    projections, volume = sorted(catalogue.series, key=lambda entry: entry.kind)
    loaded = load(projections)
    expected = trajectories.isocentric(
        angle_deg=TRAJECTORY["angle_deg"],
        source_to_detector_mm=1500,
        source_to_axis_mm=1000,
        pixel_pitch_mm=0.78,
        shape=(10, 12),
        sweep_axis="x",
    )
    assert loaded.projections.geometry.equals(expected)
    assert loaded.projections.geometry.origin == "file"
    assert loaded.projections.views.dtype == np.uint8
    assert any("taken as written" in note for note in loaded.notes)
    flipped = load(projections, angle_sign=-1)
    assert np.allclose(flipped.projections.geometry.source_mm[:, 0], -expected.source_mm[:, 0])
    assert any("reversed by choice" in note for note in flipped.notes)
    source = load(volume).source
    assert source.info.unit == "HU"
    assert np.array_equal(source.slab(SlabRequest(5.0)).pixels, hu[2])
    assert source.grid.spacing_mm == (0.8, 0.9)
    assert [source.info.patient.letters(axis) for axis in np.eye(3)] == ["L", "P", "H"]
    coronal = load(volume, reformat="coronal").source
    assert np.array_equal(coronal.slab(SlabRequest(0.9 * 4)).pixels, hu[::-1, 4, :])
    # Four slices of 2.5 mm and eight columns of 0.8 mm, shown with square pixels.
    assert thumbnail(volume, 12).shape == (12, 8)


def test_trajectories_that_say_too_little_are_refused():
    with pytest.raises(BocageError, match="rotation"):
        trajectory_geometry({**TRAJECTORY, "rotation": ""})
    with pytest.raises(BocageError, match="4 angles for 5 views"):
        trajectory_geometry({**TRAJECTORY, "angle_deg": [0, 1, 2, 3]})
    with pytest.raises(BocageError, match="between source and detector"):
        trajectory_geometry({**TRAJECTORY, "sad_mm": 1600})
    arc, _ = trajectory_geometry({**TRAJECTORY, "rotation": "arc, stationary detector"})
    assert arc.is_rectified


def test_arrays_that_are_not_projections_are_listed(tmp_path):
    np.savez(tmp_path / "grey.npz", grey=np.zeros((3, 3)))
    np.save(tmp_path / "flat.npy", np.zeros((3, 3)))
    np.save(tmp_path / "objects.npy", np.array([{}, None, 3], dtype=object).reshape(3, 1, 1), allow_pickle=True)
    np.savez(tmp_path / "hu.npz", hu=np.zeros((2, 3, 4), np.int16))
    np.save(tmp_path / "cut.npy", counts())
    (tmp_path / "cut.npy").write_bytes((tmp_path / "cut.npy").read_bytes()[:-100])
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "broken.tif").write_bytes(b"II*\x00 nothing at all")
    tifffile.imwrite(tmp_path / "single.tif", counts()[0])
    (tmp_path / "broken.nii").write_bytes(bytes(400))
    catalogue = scan(tmp_path)
    assert not catalogue.series
    told = {problem.path.name: problem.reason for problem in catalogue.problems}
    assert 'expected an array "views"' in told["grey.npz"]
    assert "(views, rows, columns)" in told["flat.npy"]
    assert "real numbers" in told["objects.npy"]
    assert "spacing.json" in told["hu.npz"]
    assert "truncated" in told["cut.npy"]
    assert "single picture" in told["single.tif"]
    assert {"broken.npz", "broken.tif", "broken.nii"} <= set(told)


def test_a_damaged_archive_is_refused_when_loaded(tmp_path):
    np.savez_compressed(tmp_path / "a.npz", views=counts(), kind="counts")
    track().save(tmp_path / "a.geometry.json")
    data = bytearray((tmp_path / "a.npz").read_bytes())
    middle = len(data) // 3
    data[middle : middle + 40] = bytes(40)
    (tmp_path / "a.npz").write_bytes(bytes(data))
    catalogue = scan(tmp_path)
    for entry in catalogue.series:
        with pytest.raises(BocageError, match=r"a\.npz"):
            load(entry)
    assert catalogue.series or catalogue.problems


@pytest.mark.parametrize("name", ["v.nii", "v.nii.gz", "v.mha", "v.mhd"])
@pytest.mark.parametrize("reverse", [False, True])
def test_nifti_and_metaimage(tmp_path, name, reverse):
    pixels = np.arange(4 * 5 * 6, dtype=np.int16).reshape(4, 5, 6)
    image = SimpleITK.GetImageFromArray(pixels)
    image.SetSpacing((0.5, 0.7, 2.0))
    image.SetOrigin((-10.0, 20.0, 30.0))
    # Coronal: i → L, j → F, and k → P (right-handed) or A.
    k = -1.0 if reverse else 1.0
    image.SetDirection((1, 0, 0, 0, 0, k, 0, -1, 0))
    SimpleITK.WriteImage(image, str(tmp_path / name))
    catalogue = scan(tmp_path)
    assert [entry.kind for entry in catalogue.series] == ["volume"]
    assert not catalogue.problems
    loaded = load(catalogue.series[0])
    source = loaded.source
    frame = source.info.patient
    assert [frame.letters(axis) for axis in np.eye(3)] == ["L", "F", "P"]
    assert source.grid.spacing_mm == pytest.approx((0.5, 0.7))
    assert np.allclose(source.heights_mm, [0, 2, 4, 6])
    for index in range(4):
        stored = 3 - index if reverse else index
        slab = source.slab(SlabRequest(2.0 * index))
        assert np.array_equal(slab.pixels, pixels[stored])
        where = image.TransformIndexToPhysicalPoint((0, 0, stored))
        assert np.allclose(frame.to_patient((*source.grid.origin_mm, 2.0 * index)), where, atol=1e-4)
    assert thumbnail(catalogue.series[0], 6).shape == (5, 6)
