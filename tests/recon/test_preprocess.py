"""From counts to line integrals on the virtual detector."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recon import trajectories
from recon.errors import BocageError, GeometryError
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.open_field import air_value
from recon.preprocess import LineIntegrals
from recon.projections import ProjectionSet
from recon.rectify import homography
from recon.simulate.phantoms import Phantom
from recon.simulate.shapes import Ellipsoid
from recon.slab import Rect, SlabRequest


def track(axis: str = "y", n: int = 3, shape: tuple[int, int] = (20, 16), **changes: object) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=np.linspace(-90, 90, n), source_to_detector_mm=1000, pixel_pitch_mm=(0.5, 0.4),
        shape=shape, sweep_axis=axis, **changes,
    )  # fmt: skip


class Made:
    """All line integrals of a set, and which samples have data."""

    def __init__(self, projections: ProjectionSet) -> None:
        self.source = LineIntegrals(projections)
        n, along, across = self.source.shape
        self.views = np.empty((n, along, across), np.float32)
        ranges = [self.source.view(index, self.views[index]) for index in range(n)]
        self.valid: NDArray[np.bool_] | None = None
        if any(found is not None for found in ranges):
            self.valid = np.ones((n, along, across), bool)
            columns = np.arange(across)
            for mask, found in zip(self.valid, ranges, strict=True):
                if found is not None:
                    mask[...] = (columns >= found[:, :1]) & (columns < found[:, 1:])
        self.notes = self.source.notes
        self.geometry = self.source.geometry


def line_integrals(projections: ProjectionSet) -> Made:
    return Made(projections)


def in_image(integrals: NDArray[np.float32], axis: str) -> NDArray[np.float32]:
    return integrals.transpose(0, 2, 1) if axis == "x" else integrals


# -- the logarithm ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.uint32, np.float32, np.float64])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_counts_become_minus_log(dtype: type, axis: str) -> None:
    rng = np.random.default_rng(1)
    views = rng.integers(1, 120, (3, 20, 16)).astype(dtype)
    got = line_integrals(ProjectionSet(views, track(axis), "counts", air=100.0))
    assert got.views.dtype == np.float32
    np.testing.assert_allclose(in_image(got.views, axis), -np.log(views / 100.0), atol=2e-6)
    assert got.valid is None
    assert any("100" in note for note in got.notes)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int32, np.float32])
def test_dead_and_negative_pixels_stay_finite(dtype: type) -> None:
    views = np.full((3, 20, 16), 50).astype(dtype)
    views[1, 10, 8] = 0
    if np.issubdtype(dtype, np.signedinteger) or dtype is np.float32:
        views[1, 11, 8] = -7
    got = line_integrals(ProjectionSet(views, track(), "counts", air=100.0)).views
    assert np.isfinite(got).all()
    least = np.log(100 / 0.5) if np.issubdtype(dtype, np.integer) else -np.log(1e-6)
    assert got[1, 10, 8] == pytest.approx(least, rel=1e-4)
    assert got[0, 10, 8] == pytest.approx(np.log(2), abs=1e-6)


def test_counts_that_are_not_numbers_do_not_spread() -> None:
    views = np.full((3, 20, 16), 50.0, np.float32)
    views[0, 3, 3], views[1, 4, 4], views[2, 5, 5] = np.nan, np.inf, -np.inf
    for air in (100.0, None):
        got = line_integrals(ProjectionSet(views, track(), "counts", air=air))
        assert np.isfinite(got.views).all()
        others = np.ones(views.shape, bool)
        others[0, 3, 3] = others[1, 4, 4] = others[2, 5, 5] = False
        np.testing.assert_allclose(got.views[others], np.log((air or 50.0) / 50.0), atol=1e-5)
        assert any("not numbers" in note for note in got.notes)


def test_line_integrals_that_are_not_numbers_become_zero_and_are_told() -> None:
    views = np.full((3, 20, 16), 2.0, np.float32)
    views[0, 3, 3], views[1, 4, 4] = np.nan, np.inf
    got = line_integrals(ProjectionSet(views, track()))
    assert got.views[0, 3, 3] == got.views[1, 4, 4] == 0.0
    assert np.count_nonzero(got.views == 2.0) == views.size - 2
    assert any("2 pixels were not numbers" in note for note in got.notes)


def test_saturated_pixels_keep_the_saturation_value() -> None:
    views = np.full((3, 20, 16), 1000, np.uint16)
    views[:, :5] = 4095
    got = line_integrals(ProjectionSet(views, track(), "counts", air=8000.0, saturation=4095.0)).views
    np.testing.assert_allclose(got[:, :5], np.log(8000 / 4095), rtol=1e-4)
    np.testing.assert_allclose(got[:, 5:], np.log(8.0), rtol=1e-4)


# -- the open field --------------------------------------------------------------------------------------------------


def test_the_open_field_from_the_data_is_the_brightest_unsaturated() -> None:
    rng = np.random.default_rng(2)
    views = rng.integers(100, 2000, (3, 200, 160)).astype(np.uint16)
    views[:, :, :20] = 30000  # the open field beside the body
    views[:, :3, 100:] = 65535  # clipped
    air, note = air_value(ProjectionSet(views, track(shape=(200, 160)), "counts", saturation=65535.0))
    assert air == 30000
    assert "brightest" in note


def test_the_open_field_follows_the_exposure() -> None:
    """The same body at unequal exposure gives equal line integrals, with the open field given or found."""
    rng = np.random.default_rng(3)
    body = rng.uniform(0.0, 2.0, (200, 160))
    body[:, :30] = 0.0
    exposure = np.array([0.5, 1.0, 1.5])
    views = (30000 * exposure[:, None, None] * np.exp(-body)).astype(np.uint16)
    geometry = track(shape=(200, 160), exposure=exposure)
    for air in (30000.0, None):
        got = line_integrals(ProjectionSet(views, geometry, "counts", air=air)).views
        np.testing.assert_allclose(got, np.broadcast_to(body, got.shape), atol=2e-3)


@pytest.mark.parametrize("air", [0.0, -5.0, np.nan, np.inf])
def test_an_impossible_open_field_is_refused(air: float) -> None:
    with pytest.raises(BocageError, match=r"open field's counts \(air\) must be positive"):
        line_integrals(ProjectionSet(np.ones((3, 20, 16), np.uint16), track(), "counts", air=air))


def test_nothing_to_find_the_open_field_in() -> None:
    with pytest.raises(BocageError, match="All pixels are saturated"):
        line_integrals(ProjectionSet(np.full((3, 20, 16), 255, np.uint8), track(), "counts", saturation=255.0))
    with pytest.raises(BocageError, match="no counts above zero"):
        line_integrals(ProjectionSet(np.zeros((3, 20, 16), np.uint8), track(), "counts"))


# -- the collimator's shadow -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", ["x", "y"])
def test_the_collimators_shadow_continues_the_last_value_and_does_not_count(axis: str) -> None:
    body = np.linspace(0.5, 1.5, 40 * 30).reshape(40, 30)
    views = np.repeat((50000 * np.exp(-body)).astype(np.uint16)[None], 3, axis=0)
    if axis == "y":
        views[1, :8] = 0
    else:
        views[1, :, :8] = 0
    got = line_integrals(ProjectionSet(views, track(axis, shape=(40, 30)), "counts", air=50000.0))
    assert got.valid is not None
    values, seen = in_image(got.views, axis), in_image(got.valid, axis)  # type: ignore[arg-type]
    assert seen[0].all()
    assert seen[2].all()
    lines = values[1] if axis == "y" else values[1].T
    assert not (seen[1] if axis == "y" else seen[1].T)[:8].any()
    assert (seen[1] if axis == "y" else seen[1].T)[14:].all()
    assert values.max() < 1.6  # no cliff of ln(50000/0.5)
    np.testing.assert_array_equal(lines[:8], np.broadcast_to(lines[8], (8, lines.shape[1])))
    np.testing.assert_allclose(values[0], body, atol=1e-3)


def test_dead_pixels_at_the_border_are_no_shadow() -> None:
    """They must not cost every slice the price of partly seen views."""
    views = np.full((3, 40, 30), 1000, np.uint16)
    views[0, 0, 4], views[1, 7:9, 0], views[2, -1, -1] = 0, 0, 0
    got = line_integrals(ProjectionSet(views, track(shape=(40, 30)), "counts", air=2000.0))
    assert got.valid is None
    views[2, :, :2] = 0
    got = line_integrals(ProjectionSet(views, track(shape=(40, 30)), "counts", air=2000.0))
    assert got.valid is not None
    assert not got.valid[2, :, :2].any()
    assert got.valid[0].mean() > 0.95


# -- arrangement -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", ["x", "y"])
def test_the_sweep_comes_first_and_places_are_kept(axis: str) -> None:
    geometry = Geometry(track(axis).source_mm, [3.0, -7.0, 0.0], [0, 1, 0], [1, 0, 0], (0.5, 0.4), (20, 16))
    views = np.random.default_rng(0).random((3, 20, 16)).astype(np.float32)
    got = line_integrals(ProjectionSet(views, geometry))
    np.testing.assert_array_equal(in_image(got.views, axis), views)
    x, y = (3.0 - 7.5 * 0.4, 0.4), (-7.0 - 9.5 * 0.5, 0.5)
    along, across = (x, y) if axis == "x" else (y, x)
    np.testing.assert_allclose(got.source.first_mm, np.tile((along[0], across[0]), (3, 1)))
    np.testing.assert_allclose(got.source.pitch_mm, (along[1], across[1]))
    order = [0, 1, 2] if axis == "x" else [1, 0, 2]
    np.testing.assert_allclose(got.source.source_mm, geometry.source_mm[:, order])


@pytest.mark.parametrize("axis", ["x", "y"])
def test_a_detector_that_moves_in_its_plane_is_not_resampled(axis: str) -> None:
    centre = np.zeros((3, 3))
    centre[:, 0 if axis == "x" else 1] = [12.3, 0.0, -12.3]
    geometry = Geometry(track(axis).source_mm, centre, [0, 1, 0], [1, 0, 0], (0.5, 0.4), (20, 16))
    views = np.random.default_rng(0).random((3, 20, 16)).astype(np.float32)
    got = line_integrals(ProjectionSet(views, geometry))
    np.testing.assert_array_equal(in_image(got.views, axis), views)
    first = -7.5 * 0.4 if axis == "x" else -9.5 * 0.5
    np.testing.assert_allclose(got.source.first_mm[:, 0], [first + 12.3, first, first - 12.3])
    assert got.valid is None


def test_the_views_given_are_not_changed() -> None:
    views = np.random.default_rng(0).random((3, 20, 16)).astype(np.float32)
    views[0, 0, 0] = np.nan
    before = views.copy()
    line_integrals(ProjectionSet(views, track()))
    np.testing.assert_array_equal(views, before)


# -- rectification ---------------------------------------------------------------------------------------------------


def smooth_body() -> Phantom:
    """A body without edges at pixel scale: wide ellipsoids."""
    return Phantom(
        (
            Ellipsoid((5.0, -4.0, 480.0), (70.0, 50.0, 40.0), 0.02),
            Ellipsoid((-30.0, 20.0, 520.0), (25.0, 35.0, 30.0), 0.03),
        )
    )


@pytest.mark.parametrize("axis", ["x", "y"])
def test_rectified_views_are_those_of_the_virtual_detector(axis: str) -> None:
    geometry = trajectories.isocentric(
        angle_deg=[-25.0, -8.0, 0.0, 20.0], source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=1.5,
        shape=(150, 170), sweep_axis=axis,
    )  # fmt: skip
    body = smooth_body()
    got = line_integrals(ProjectionSet(body.line_integrals(geometry), geometry))
    virtual = got.geometry
    assert virtual.is_flat
    assert got.valid is not None
    rectified, valid = in_image(got.views, axis), in_image(got.valid, axis)  # type: ignore[arg-type]
    np.testing.assert_array_equal(virtual.source_mm, geometry.source_mm)
    exact = body.line_integrals(virtual)
    # Nothing that a view has seen is left out.
    shadow, kept = (body.line_integrals(each).sum(axis=(1, 2)) for each in (geometry, virtual))
    assert np.all(kept > 0.9 * shadow)
    # An ellipsoid's rim is a square root, which linear interpolation rounds; between the rims it is smooth.
    inner = valid & (exact > 0.4 * exact.max())
    assert inner.mean() > 0.03
    assert np.quantile(np.abs(rectified - exact)[inner], 0.9) < 2e-3 * exact.max()
    assert np.sqrt(np.mean((rectified - exact)[valid] ** 2)) < 5e-3 * exact.max()


@settings(max_examples=40, deadline=None)
@given(
    tilt=st.floats(-30, 30), turn=st.floats(-20, 20), row=st.floats(0, 99), column=st.floats(0, 79),
    shift=st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50)),
)  # fmt: skip
def test_the_homography_is_the_ray(
    tilt: float, turn: float, row: float, column: float, shift: tuple[float, float, float]
) -> None:
    """A virtual pixel's real pixel is where the ray through it meets the real detector, for any attitude."""
    a, b = np.radians(tilt), np.radians(turn)
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    about_z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    attitude = about_y @ about_z
    real = Geometry([30.0, -60.0, 1200.0], shift, attitude @ [0, 1, 0], attitude @ [1, 0, 0], (0.9, 1.1), (100, 80))
    virtual = Geometry([30.0, -60.0, 1200.0], [4.0, 5.0, 0.0], [0, 1, 0], [1, 0, 0], (0.9, 1.1), (100, 80))
    u, v, w = homography(real, virtual, 0) @ [column, row, 1.0]
    expected_row, expected_column = real.project(virtual.pixel_to_world(0, row, column))
    assert (v / w, u / w) == pytest.approx((expected_row[0], expected_column[0]), abs=1e-6)


def test_a_detector_below_the_plane_is_brought_up() -> None:
    """Parallel to the slices but at another height: only a scale."""
    sources = [[0.0, s, 1000.0] for s in (-100.0, 0.0, 100.0)]
    low = Geometry(sources, [0, 0, -40.0], [0, 1, 0], [1, 0, 0], (0.8, 0.8), (120, 120))
    body = Phantom((Ellipsoid((3.0, 8.0, 90.0), (20.0, 14.0, 12.0), 0.02),))
    got = line_integrals(ProjectionSet(body.line_integrals(low), low))
    exact = body.line_integrals(got.geometry)
    assert got.valid is None  # each view's window holds just what the view saw
    inner = exact > 0.4 * exact.max()
    assert inner.mean() > 0.02
    assert np.abs(got.views - exact)[inner].max() < 6e-3 * exact.max()


def test_a_detector_on_edge_is_refused() -> None:
    geometry = trajectories.isocentric(
        angle_deg=[0.0, 80.0], source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=1.5, shape=(600, 600)
    )
    with pytest.raises(GeometryError, match="View 2 sees its detector"):
        line_integrals(ProjectionSet(np.ones((2, 600, 600), np.float32), geometry))


@pytest.mark.parametrize("axis", ["x", "y"])
def test_the_collimators_shadow_beside_the_sweep_is_no_cliff(axis: str) -> None:
    """Lines that lie in the shadow as a whole go on with what is nearest."""
    counts = np.full((3, 40, 44), 1000.0, np.float32)
    counts *= np.linspace(1.0, 2.0, 44, dtype=np.float32)
    counts[:, :, :12] = 0
    counts[:, :, 36:] = 0
    if axis == "x":
        counts = np.ascontiguousarray(counts.transpose(0, 2, 1))
    made = line_integrals(ProjectionSet(counts, track(axis, shape=counts.shape[1:]), "counts", air=4000.0))
    views = made.views
    assert made.valid is not None
    lit = made.valid[0].any(axis=0)
    assert 12 <= np.flatnonzero(lit)[0] <= 16
    assert 32 <= np.flatnonzero(lit)[-1] < 36
    assert views.max() < np.log(4.0)
    assert (views[:, :, 0] == views[:, :, 14]).all()
    assert (views[:, :, 43] == views[:, :, 33]).all()


def test_a_view_without_data_is_left_out_and_told() -> None:
    geometry = track(n=5, shape=(40, 40))
    rng = np.random.default_rng(3)
    counts = rng.integers(500, 900, (5, 40, 40)).astype(np.uint16)
    whole = LiveVolume(ProjectionSet(counts, geometry, "counts", air=1000.0)).excluding([2])
    counts = counts.copy()
    counts[2] = 0
    live = LiveVolume(ProjectionSet(counts, geometry, "counts", air=1000.0))
    assert live.used_views.tolist() == [0, 1, 3, 4]
    assert any("left out: 3" in note for note in live.info.notes)
    request = SlabRequest(50.0, 0.0, Rect(-4, -4, 4, 4), 0.4)
    np.testing.assert_allclose(live.slab(request).pixels, whole.slab(request).pixels, atol=1e-5)
    counts[1:] = 0
    with pytest.raises(BocageError, match="only 1 hold any data"):
        LiveVolume(ProjectionSet(counts, geometry, "counts", air=1000.0))
