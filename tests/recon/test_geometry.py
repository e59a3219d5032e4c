"""Geometry against calculations by hand; refusals in sentences; the geometry file."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon import trajectories
from recon.errors import BocageError, GeometryError
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.projections import ProjectionSet


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "source_mm": [[0.0, -100.0, 1000.0], [0.0, 0.0, 1000.0], [0.0, 100.0, 1000.0]],
        "detector_centre_mm": [0.0, 0.0, 0.0],
        "row_direction": [0.0, 1.0, 0.0],
        "column_direction": [1.0, 0.0, 0.0],
        "pixel_pitch_mm": (0.5, 0.25),
        "shape": (40, 60),
        **changes,
    }


# -- projecting ----------------------------------------------------------------------------------------------------


def test_a_point_on_the_detector_is_its_own_shadow() -> None:
    row, column = Geometry(**facts()).project([3.0, -4.0, 0.0])
    # Index ((rows − 1)/2, (columns − 1)/2) is the centre; pitches 0.5 between rows and 0.25 between columns.
    np.testing.assert_allclose(row, 19.5 - 4.0 / 0.5)
    np.testing.assert_allclose(column, 29.5 + 3.0 / 0.25)


def test_the_shadow_of_a_raised_point_follows_similar_triangles() -> None:
    row, column = Geometry(**facts()).project([1.0, 2.0, 200.0])
    # Magnification 1000/800 from each source: shadow = s + 1.25 (p − s).
    for index, s in enumerate((-100.0, 0.0, 100.0)):
        assert row[index] == pytest.approx(19.5 + (s + 1.25 * (2.0 - s)) / 0.5)
        assert column[index] == pytest.approx(29.5 + 1.25 / 0.25)


def test_points_behind_the_source_have_no_shadow() -> None:
    row, column = Geometry(**facts()).project([[0.0, 0.0, 1000.0], [0.0, 0.0, 1200.0], [0.0, 0.0, 999.0]])
    assert np.isnan(row[:, :2]).all()
    assert np.isnan(column[:, :2]).all()
    assert np.isfinite(row[1, 2])


def test_a_tilted_detector_by_hand() -> None:
    # Turned by 30° about y: column direction (cos, 0, −sin), normal (sin, 0, cos), source 500 mm along the normal.
    cosine, sine = math.cos(math.radians(30)), 0.5
    geometry = Geometry(
        [500 * sine, 0.0, 500 * cosine], [0, 0, 0], [0, 1, 0], [cosine, 0, -sine], (1.0, 1.0), (101, 101)
    )
    row, column = geometry.project([0.0, 7.0, 0.0])
    assert (row[0], column[0]) == pytest.approx((57.0, 50.0))
    # 100 mm towards the source along the normal, 3 mm along the columns: magnified by 500/400.
    row, column = geometry.project([100 * sine + 3 * cosine, -2.0, 100 * cosine - 3 * sine])
    assert (row[0], column[0]) == pytest.approx((50 - 2 * 1.25, 50 + 3 * 1.25))


@given(
    row=st.floats(-5, 45), column=st.floats(-5, 65), share=st.floats(0.0, 0.95), view=st.integers(0, 4),
    tilt=st.floats(-40, 40),
)  # fmt: skip
def test_every_point_of_a_ray_falls_on_the_pixel_it_ends_in(
    row: float, column: float, share: float, view: int, tilt: float
) -> None:
    geometry = trajectories.isocentric(
        angle_deg=np.linspace(tilt - 10, tilt + 10, 5),
        source_to_detector_mm=1500,
        source_to_axis_mm=1000,
        pixel_pitch_mm=(0.7, 0.9),
        shape=(40, 60),
    )
    end = geometry.pixel_to_world(view, row, column)
    point = end + share * (geometry.source_mm[view] - end)
    rows, columns = geometry.project(point)
    assert rows[view] == pytest.approx(row, abs=1e-6)
    assert columns[view] == pytest.approx(column, abs=1e-6)


# -- parts ---------------------------------------------------------------------------------------------------------


def test_subset_keeps_exposure_and_order() -> None:
    geometry = Geometry(**facts(exposure=[0.5, 1.0, 1.5]))
    part = geometry.subset([2, 0])
    assert part.n_views == 2
    np.testing.assert_allclose(part.source_mm[:, 1], [100, -100])
    assert part.exposure is not None
    np.testing.assert_allclose(part.exposure, [1.5, 0.5])


# -- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"row_direction": [1.0, 0.0, 0.0]}, "of view 1 are collinear; they must be perpendicular"),
        ({"row_direction": [0.6, 0.8, 0.0]}, r"are at 53\.1° to each other"),
        ({"row_direction": [0.0, 2.0, 0.0]}, "row direction of view 1 must be a unit vector, found length 2"),
        ({"column_direction": [0.0, 0.0, 0.0]}, "column direction of view 1 must be a unit vector, found length 0"),
        ({"source_mm": [0.0, 0.0, -5.0]}, r"source of view 1 lies behind its detector \(5\.0 mm\)"),
        ({"column_direction": [-1.0, 0.0, 0.0]}, "lies behind its detector .* check the axes' signs"),
        ({"source_mm": [[0, 0, 900], [0, 0, 0.5]]}, "source of view 2 lies in the plane of its detector"),
        ({"source_mm": [0, 0, -5], "detector_centre_mm": [0, 0, -500]}, "must lie above the plane z = 0"),
        ({"pixel_pitch_mm": (0.0, 0.2)}, "pixel pitch must be positive, found 0 and 0.2 mm"),
        ({"pixel_pitch_mm": (0.2, -0.2)}, "pixel pitch must be positive"),
        ({"pixel_pitch_mm": (0.2,)}, '"pixel_pitch_mm" must be 2 finite numbers'),
        ({"pixel_pitch_mm": 0.2}, '"pixel_pitch_mm" must be 2 numbers, found 0.2'),
        ({"pixel_pitch_mm": (math.nan, 0.2)}, '"pixel_pitch_mm" must be 2 finite numbers'),
        ({"shape": (0, 60)}, "at least one row and one column"),
        ({"shape": (40.5, 60)}, "at least one row and one column"),
        ({"source_mm": [0, math.nan, 1000]}, '"source_mm" holds a number that is not finite'),
        ({"detector_centre_mm": [0, 0, math.inf]}, '"detector_centre_mm" holds a number that is not finite'),
        ({"source_mm": [[0, 0], [1, 1]]}, '"source_mm" must hold vectors of three numbers'),
        ({"source_mm": "here"}, '"source_mm" must be a vector of three numbers'),
        ({"source_mm": []}, '"source_mm" must hold vectors of three numbers'),
        ({"detector_centre_mm": [[0, 0, 0], [0, 0, 1]]}, '"detector_centre_mm" has 2 vectors, .* has 3'),
        ({"exposure": [1.0, 2.0]}, "exposures must be 3 positive numbers"),
        ({"exposure": [1.0, 0.0, 1.0]}, "exposures must be 3 positive numbers"),
        ({"exposure": ["much", "more", "most"]}, "exposures must be 3 positive numbers"),
        ({"origin": "guess"}, 'must be one of dicom, rdsr, file, preset, user, found "guess"'),
    ],
)  # fmt: skip
def test_impossible_geometries_are_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(GeometryError, match=sentence):
        Geometry(**facts(**changes))


@pytest.mark.parametrize(
    ("views", "kind", "sentence"),
    [
        (np.zeros((4, 40, 60)), "counts", "describes 3 views, but there are 4 images"),
        (np.zeros((3, 60, 40)), "counts", "expects images of 40 rows × 60 columns, found 60 × 40"),
        (np.zeros((40, 60)), "counts", r"must be an array \(views, rows, columns\), found shape \(40, 60\)"),
        (np.zeros((3, 0, 60)), "counts", "found shape"),
        (np.zeros((3, 40, 60), complex), "counts", "must be real numbers, found complex128"),
        (np.zeros((3, 40, 60), bool), "counts", "must be real numbers, found bool"),
        (np.zeros((3, 40, 60)), "film", 'must be "counts" or "line_integrals", found "film"'),
    ],
)
def test_views_that_do_not_fit_are_refused(views: np.ndarray, kind: Any, sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        ProjectionSet(views, Geometry(**facts()), kind)


# -- the geometry file ---------------------------------------------------------------------------------------------

number = st.floats(-400, 400)


@settings(max_examples=60)
@given(
    along=st.lists(number, min_size=1, max_size=7),
    across=number,
    distance=st.floats(500, 2000),
    pitch=st.tuples(st.floats(0.05, 2), st.floats(0.05, 2)),
    shape=st.tuples(st.integers(1, 4000), st.integers(1, 4000)),
    tilt=st.floats(-45, 45),
    letters=st.sampled_from([None, "LFP", "RFA", "LPH"]),
    exposed=st.booleans(),
    note=st.text(max_size=20),
)
def test_the_geometry_file_keeps_everything(
    along: list[float], across: float, distance: float, pitch: tuple[float, float], shape: tuple[int, int],
    tilt: float, letters: str | None, exposed: bool, note: str,
) -> None:  # fmt: skip
    sine, cosine = math.sin(math.radians(tilt)), math.cos(math.radians(tilt))
    geometry = Geometry(
        [[across, value, distance] for value in along],
        [across, along[0], 0.0],
        [[0.0, 1.0, 0.0]] * len(along),
        [cosine, 0.0, -sine],
        pitch,
        shape,
        origin="preset",
        patient=None if letters is None else PatientFrame.from_letters(*letters),
        exposure=np.linspace(0.5, 1.5, len(along)) if exposed else None,
        note=note,
    )
    data = json.loads(json.dumps(geometry.to_json()))
    again = Geometry.from_json(data)
    for name in ("source_mm", "detector_centre_mm", "row_direction", "column_direction"):
        np.testing.assert_array_equal(getattr(again, name), getattr(geometry, name))
    assert (again.pixel_pitch_mm, again.shape, again.origin, again.note) == (pitch, shape, "preset", note)
    assert (again.patient is None) == (letters is None)
    if again.patient is not None and geometry.patient is not None:
        assert again.patient.axes == geometry.patient.axes
    if geometry.exposure is None:
        assert again.exposure is None
    else:
        np.testing.assert_array_equal(again.exposure, geometry.exposure)
    assert again.equals(geometry)
    assert data["row_direction"] == [0.0, 1.0, 0.0]  # the same for all views: once


def test_saved_and_loaded(tmp_path: Path) -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-5, 5], source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=0.8, shape=(30, 20)
    )
    path = tmp_path / "views.geometry.json"
    geometry.save(path)
    assert Geometry.load(path).equals(geometry, 1e-12)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "other"}, 'expected "format": "bocage-geometry"'),
        ({"version": 2}, 'expected "version": 1, found 2'),
        ({"source_mm": None}, "source_mm"),
        ({"patient": {"x": "L"}}, '"patient" must name a letter for each'),
        ({"patient": {"x": "L", "y": "F", "z": "Q"}}, 'direction of z must be one of .* found "Q"'),
        ({"patient": {"x": "L", "y": "F", "z": ["P"]}}, "direction of z must be one of"),
        ({"patient": {"x": "L", "y": "F", "z": "A"}}, "mirror image"),
        ({"shape": "wide"}, '"shape" must be 2 numbers'),
        ({"exposure": "much"}, "exposures must be 3 positive numbers"),
        ({"row_direction": [1, 0, 0]}, "collinear"),
    ],
)
def test_a_wrong_geometry_file_is_refused_by_name(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    path = tmp_path / "mine.geometry.json"
    path.write_text(json.dumps({**Geometry(**facts()).to_json(), **changes}), encoding="utf-8")
    with pytest.raises(GeometryError, match=f"^mine.geometry.json: .*{sentence}"):
        Geometry.load(path)


@pytest.mark.parametrize("name", ["source_mm", "pixel_pitch_mm", "shape"])
def test_missing_parts_are_named(name: str) -> None:
    data = Geometry(**facts()).to_json()
    del data[name]
    with pytest.raises(GeometryError, match=f"^there: {name} missing"):
        Geometry.from_json(data, where="there")


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "\x00\xff"])
def test_what_is_not_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(GeometryError, match=r"^x\.json: "):
        Geometry.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeometryError, match=r"none\.json: the geometry file cannot be read"):
        Geometry.load(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pixel_pitch_mm": [1e-12, 1e-12]}, r"between 1e-05 and 100 mm.*millimetres"),
        ({"pixel_pitch_mm": [1e9, 1e9]}, r"between 1e-05 and 100 mm.*millimetres"),
        ({"source_mm": [[0, 0, 1e300], [0, 1, 1e300]]}, r"source_mm.*millimetres"),
        ({"detector_centre_mm": [1e9, 0, 0]}, r"detector_centre_mm.*millimetres"),
    ],
)
def test_numbers_beyond_any_device_are_refused(change: dict[str, object], sentence: str) -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-10, 10], source_to_detector_mm=1000, pixel_pitch_mm=0.2, shape=(10, 12)
    )
    with pytest.raises(GeometryError, match=sentence):
        Geometry.from_json({**geometry.to_json(), **change})


def test_a_file_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-10, 10], source_to_detector_mm=1000, pixel_pitch_mm=0.2, shape=(10, 12)
    )
    path = tmp_path / "views.geometry.json"
    path.write_text(json.dumps(geometry.to_json()), encoding="utf-8-sig")
    assert Geometry.load(path).equals(geometry)
