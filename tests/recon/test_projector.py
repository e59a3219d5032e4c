"""The projector pair: exact transposes, and rays looked up one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from recon.algorithms import ShiftAndAdd
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.projector import Projector, Update
from recon.samples import Samples

HEIGHTS = [20.0, 33.0, 50.0, 64.0]


def flat(source: object, shape: tuple[int, int] = (37, 30), pitch: tuple[float, float] = (1.1, 0.9)) -> Geometry:
    return Geometry(source, [0, 0, 0], [0, 1, 0], [1, 0, 0], pitch, shape)  # type: ignore[arg-type]


def geometries() -> dict[str, Geometry]:
    angle = np.radians(np.linspace(-20, 20, 5))
    round_ = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    moving = np.zeros((5, 3))
    moving[:, 1] = np.linspace(8, -8, 5)
    track = np.stack((0 * angle, np.linspace(-90, 110, 5), 0 * angle + 400), axis=1)
    return {
        "track": flat(track),
        "track along x": flat(track[:, [1, 0, 2]]),
        "moving detector": Geometry(track, moving, [0, 1, 0], [1, 0, 0], (1.1, 0.9), (37, 30)),
        "arc": flat(np.stack((0 * angle + 4, 380 * np.sin(angle), 40 + 380 * np.cos(angle)), axis=1)),
        "circle": flat(np.stack((70 * np.cos(round_), 70 * np.sin(round_), 0 * round_ + 400), axis=1)),
        "turning detector": Geometry.isocentric(
            angle_deg=np.degrees(angle), source_to_detector_mm=500, source_to_axis_mm=400, pixel_pitch_mm=1.5,
            shape=(34, 30), sweep_axis="y",
        ),
    }  # fmt: skip


def projector(geometry: Geometry, heights: list[float] = HEIGHTS) -> Projector:
    views = np.ones((geometry.n_views, *geometry.shape), np.float32)
    live = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    level = live.levels[0]
    return Projector(live.cone, level, heights, live.used_views, level.samples.valid)


def inner_products(pair: Projector, seed: int) -> tuple[float, float, float]:
    """⟨A x, y⟩, ⟨x, Aᵀ y⟩ and the size that their difference is measured by."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=pair.shape).astype(np.float32)
    y = rng.normal(size=pair.views_shape).astype(np.float32)
    for view in range(pair.views_shape[0]):
        y[view][~pair.mask(view)] = 0.0
    ax = np.stack([pair.project(x, view) for view in range(pair.views_shape[0])]).astype(np.float64)
    aty = pair.back_project(y).astype(np.float64)
    return float(np.sum(ax * y)), float(np.sum(x * aty)), float(np.linalg.norm(ax) * np.linalg.norm(y))


@pytest.mark.parametrize("name", list(geometries()))
def test_the_back_projection_is_the_transpose(name: str) -> None:
    pair = projector(geometries()[name])
    assert pair.by_lines == (name in ("track", "track along x", "moving detector"))
    forward, back, size = inner_products(pair, 1)
    assert abs(forward - back) <= 1e-6 * size


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    n=st.integers(2, 6),
    rows=st.integers(6, 50),
    columns=st.integers(6, 40),
    off_line=st.sampled_from([0.0, 25.0]),
    uneven=st.sampled_from([0.0, 40.0]),
    tilt=st.sampled_from([0.0, 12.0]),
)
def test_it_is_so_for_any_geometry(
    seed: int, n: int, rows: int, columns: int, off_line: float, uneven: float, tilt: float
) -> None:
    """To 1e-4 of the size of the inner product, in float32 with 16-bit nothing."""
    rng = np.random.default_rng(seed)
    source = np.stack(
        (
            rng.uniform(-1, 1, n) * off_line,
            np.sort(rng.uniform(-120, 120, n)) + np.arange(n),
            400 + rng.uniform(-1, 1, n) * uneven,
        ),
        axis=1,
    )
    a = np.radians(rng.uniform(-1, 1, n) * tilt)
    row = np.stack((0 * a, np.cos(a), -np.sin(a)), axis=1)
    geometry = Geometry(source, [0, 0, 0], row, [1, 0, 0], (1.1, 0.9), (rows, columns))
    heights = np.sort(rng.uniform(5, 90, 3)) + [0.0, 1.0, 2.0]
    forward, back, size = inner_products(projector(geometry, heights.tolist()), seed)
    assert abs(forward - back) <= 1e-4 * max(abs(forward), 1e-2 * size)


@pytest.mark.parametrize("name", ["track", "track along x", "moving detector", "arc", "circle"])
def test_projections_are_sums_along_the_rays(name: str) -> None:
    """Each ray's crossings with the planes, looked up in world coordinates."""
    geometry = geometries()[name]
    views = np.ones((geometry.n_views, *geometry.shape), np.float32)
    live = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    level = live.levels[0]
    pair = Projector(live.cone, level, HEIGHTS, live.used_views, None)
    rng = np.random.default_rng(4)
    planes = rng.normal(size=pair.shape).astype(np.float32)
    along_axis = 0 if live.integrals.turned else 1
    rows, columns = geometry.shape
    for view in (0, geometry.n_views - 1):
        r, c = np.mgrid[:rows, :columns]
        hit = geometry.pixel_to_world(view, r, c)
        source = geometry.source_mm[view]
        expected = np.zeros((rows, columns))
        for k, height in enumerate(HEIGHTS):
            point = source + (hit - source) * ((source[2] - height) / source[2])
            along, across, step_along, step_across = live.cone.grid(level, height)
            u = (point[..., along_axis] - along) / step_along + pair.margin[1]
            v = (point[..., 1 - along_axis] - across) / step_across + pair.margin[0]
            plane = planes[k].astype(np.float64)
            expected += pair.spacing_mm[k] * map_coordinates(plane, [v, u], order=1, mode="nearest")
        got = pair.project(planes, view)
        np.testing.assert_allclose(got if live.integrals.turned else got.T, expected, atol=2e-3)


# -- updates ---------------------------------------------------------------------------------------------------------


def dense(pair: Projector) -> NDArray[np.float64]:
    """The matrix A, rays by elements, from projections of single elements."""
    size = int(np.prod(pair.shape))
    columns = []
    for index in range(size):
        x = np.zeros(size, np.float32)
        x[index] = 1.0
        planes = x.reshape(pair.shape)
        columns.append(np.concatenate([pair.project(planes, view).ravel() for view in range(pair.views_shape[0])]))
    return np.stack(columns, axis=1).astype(np.float64)


@pytest.mark.parametrize("name", ["track", "circle"])
@pytest.mark.parametrize("subsets", [1, 2])
def test_updates_are_those_of_the_matrix(name: str, subsets: int) -> None:
    """SIRT and MLEM steps written out with the dense matrix."""
    small = geometries()[name]
    small = Geometry(small.source_mm[:4], [0, 0, 0], [0, 1, 0], [1, 0, 0], (6.0, 5.0), (9, 7))
    pair = projector(small, [20.0, 60.0])
    matrix = dense(pair)
    rng = np.random.default_rng(5)
    truth = rng.uniform(0.01, 0.03, pair.shape)
    y = (matrix @ truth.ravel()).reshape(pair.views_shape)
    samples = Samples.of(y.astype(np.float32))
    parts = [np.arange(first, 4, subsets) for first in range(subsets)]
    per_view = int(np.prod(pair.views_shape[1:]))
    rays = [np.concatenate([np.arange(per_view) + view * per_view for view in part]) for part in parts]
    for rule in (Update(0.7), Update(multiplicative=True)):
        start = rng.uniform(0.01, 0.03, pair.shape).astype(np.float32)
        planes, x = start.copy(), start.astype(np.float64).ravel()
        weights = [pair.column_weights(part, rule) for part in parts]
        pair.update(planes, samples, parts, rule, weights)
        for part in rays:
            a, b = matrix[part], y.ravel()[part]
            reached = a.sum(axis=0)
            seen = reached > 1e-3 * reached.max()
            if rule.multiplicative:
                x = np.where(seen, x * (a.T @ (b / (a @ x))) / np.maximum(reached, 1e-9), x)
            else:
                step = a.T @ ((b - a @ x) * pair.row_weight)
                x = np.where(seen, np.maximum(0.0, x + 0.7 * step / np.maximum(reached, 1e-9)), x)
        np.testing.assert_allclose(planes, x.reshape(pair.shape), rtol=2e-3)
