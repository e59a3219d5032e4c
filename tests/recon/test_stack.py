"""Stacks of planes: every algorithm on a phantom, places, stopping, memory."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from recon import trajectories
from recon.algorithms import ALGORITHMS, StackAlgorithm, build
from recon.algorithms.huber import Huber
from recon.algorithms.mits import Mits
from recon.algorithms.sirt import Sirt
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.penalty import CURVATURE, huber, huber_gradient
from recon.progress import SILENT
from recon.projections import ProjectionSet
from recon.reconstruction import reconstruct
from recon.simulate.acquisition import linear_sweep
from recon.simulate.phantoms import Phantom
from recon.simulate.shapes import Ellipsoid, Sphere
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource
from recon.stack import Iteration, StackProblem, StackVolume, reconstruct_stack

HEIGHTS = np.arange(36.0, 165.0, 4.0)
BEADS = ((32.0, -41.0, 60.0), (32.0, -41.0, 100.0), (32.0, -41.0, 140.0))
BODY = Phantom(
    (Ellipsoid((0.0, 0.0, 100.0), (110.0, 100.0, 60.0), 0.02), *(Sphere(place, 3.0, 0.08) for place in BEADS))
)
STACKS = [name for name, kind in ALGORITHMS.items() if issubclass(kind, StackAlgorithm)]


def geometry(name: str) -> Geometry:
    if name == "circle":
        angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        source = np.stack((300 * np.cos(angle), 300 * np.sin(angle), 0 * angle + 1500), axis=1)
        return Geometry(source, [0, 0, 0], [0, 1, 0], [1, 0, 0], (2.0, 2.0), (150, 140))
    if name == "turning":
        return trajectories.isocentric(
            angle_deg=np.linspace(-15, 15, 13), source_to_detector_mm=1500, source_to_axis_mm=1400,
            pixel_pitch_mm=2.0, shape=(150, 140), sweep_axis="y",
        )  # fmt: skip
    return linear_sweep(n_views=25, pixel_pitch_mm=2.0, shape=(150, 140), sweep_axis=name[-1])


@pytest.fixture(scope="module")
def lives() -> dict[str, LiveVolume]:
    return {
        name: LiveVolume(ProjectionSet(BODY.line_integrals(geometry(name)), geometry(name)))
        for name in ("track y", "track x", "circle", "turning")
    }


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("track", ["track y", "track x", "circle", "turning"])
def test_beads_are_found_where_they_are(name: str, track: str, lives: dict[str, LiveVolume]) -> None:
    """Off the axis, at three heights, whatever the algorithm and the sweep: nothing drifts with height."""
    if name == "mits" and not track.startswith("track"):
        pytest.skip("needs a straight track")
    volume = reconstruct_stack(lives[track], build(name), HEIGHTS)  # type: ignore[arg-type]
    assert isinstance(volume, SlabSource)
    for x, y, z in BEADS:
        grid = PlaneGrid.covering(Rect(x - 14, y - 14, x + 14, y + 14), 1.0)
        slab = volume.slabs([z], 0.0, grid)[0]
        assert slab.height_mm == z
        background = np.median(slab.pixels)
        weight = np.maximum(slab.pixels - background - 0.5 * (slab.pixels.max() - background), 0.0)
        rows, columns = np.mgrid[: grid.shape[0], : grid.shape[1]]
        place = grid.index_to_mm(np.average(rows, weights=weight), np.average(columns, weights=weight))
        assert place == pytest.approx((x, y), abs=0.5)
        # Half-way between the beads each is seen less.
        for other in volume.slabs([z - 20, z + 20], 0.0, grid):
            assert slab.pixels.max() - background > 1.15 * (other.pixels.max() - np.median(other.pixels))


@pytest.mark.parametrize("name", ["sirt", "os-sart", "mlem", "huber"])
@pytest.mark.parametrize("track", ["track y", "circle"])
def test_iterations_come_nearer_to_the_views(name: str, track: str, lives: dict[str, LiveVolume]) -> None:
    told: list[tuple[int, float, int]] = []

    def tell(iteration: Iteration, volume: StackVolume) -> None:
        told.append((iteration.number, iteration.residual, volume.iterations))

    volume = reconstruct_stack(lives[track], build(name, {"iterations": 5}), HEIGHTS, on_iteration=tell)  # type: ignore[arg-type]
    assert [number for number, _, _ in told] == [0, 1, 2, 3, 4, 5]
    assert [number for _, _, number in told] == [0, 1, 2, 3, 4, 5]
    assert math.isnan(told[0][1])
    residuals = volume.residuals
    assert residuals == tuple(residual for _, residual, _ in told[1:])
    assert all(later < earlier for earlier, later in pairwise(residuals))
    assert residuals[-1] < 0.06
    assert volume.planes.min() >= 0.0


def test_lines_and_planes_agree(lives: dict[str, LiveVolume]) -> None:
    """The same iterations through the projector of any sources, forced by a hair's breadth beside the line."""
    live = lives["track y"]
    source = live.geometry.source_mm + np.where(np.arange(25) % 2, 1e-3, -1e-3)[:, None] * [1.0, 0.0, 0.0]
    other = LiveVolume(ProjectionSet(live.projections.views, replace(live.geometry, source_mm=source)))
    volumes = [reconstruct_stack(each, Sirt(iterations=2), HEIGHTS) for each in (live, other)]
    first, second = (volume.slab(SlabRequest(100.0, 0.0, Rect(-100, -100, 100, 100), 2.0)).pixels for volume in volumes)
    np.testing.assert_allclose(first, second, atol=2e-4)


def test_density_is_kept(lives: dict[str, LiveVolume]) -> None:
    """The planes together hold what the views have measured: their mean column is the body's."""
    volume = reconstruct_stack(lives["track y"], Sirt(iterations=5), HEIGHTS)
    middle = Rect(-20, 20, 0, 40)
    column = sum(4.0 * float(volume.slab(SlabRequest(float(z), 0.0, middle, 2.0)).pixels.mean()) for z in HEIGHTS)
    truth = 2 * 0.02 * 60 * math.sqrt(1 - (10 / 110) ** 2 - (30 / 100) ** 2)
    assert column == pytest.approx(truth, rel=0.03)


def test_stopping_keeps_what_is_done(lives: dict[str, LiveVolume]) -> None:
    volume = reconstruct_stack(
        lives["track y"], Sirt(iterations=50), HEIGHTS, on_iteration=lambda done, _: done.number < 2
    )
    assert volume.iterations == 2
    assert len(volume.residuals) == 2
    alone = reconstruct_stack(lives["track y"], Sirt(iterations=2), HEIGHTS)
    np.testing.assert_array_equal(volume.planes, alone.planes)


def test_views_left_out_are_not_used(lives: dict[str, LiveVolume]) -> None:
    live = lives["track y"]
    views = live.projections.views.copy()
    views[7] += 3.0  # a view that is wrong
    spoilt = LiveVolume(ProjectionSet(views, live.geometry))
    wanted = SlabRequest(100.0, 0.0, Rect(-50, -50, 50, 50), 2.0)
    right = reconstruct(live.projections, Sirt(iterations=2), HEIGHTS.tolist(), excluded=[7]).slab(wanted).pixels
    left_out = reconstruct_stack(spoilt.excluding([7]), Sirt(iterations=2), HEIGHTS).slab(wanted).pixels
    kept = reconstruct_stack(spoilt, Sirt(iterations=2), HEIGHTS).slab(wanted).pixels
    np.testing.assert_allclose(left_out, right, atol=1e-5)
    assert np.abs(kept - right).max() > 5e-4


def test_it_stays_within_a_memory_budget() -> None:
    size = linear_sweep(n_views=5, pixel_pitch_mm=1.0, shape=(300, 280))
    live = LiveVolume(ProjectionSet(np.ones((5, 300, 280), np.float32), size))
    heights = np.arange(50.0, 90.0, 4.0)
    full = StackProblem(live, heights, budget_bytes=1 << 30)
    assert full.level_number == 0
    assert full.notes == ()
    need = 4 * full.planes.size + 2 * full.samples.values.size
    coarse = StackProblem(live, heights, budget_bytes=need // 3)
    assert coarse.level_number == 1
    assert 4 * coarse.planes.size + 2 * coarse.samples.values.size <= need // 3
    assert "2 × 2 detector pixels" in coarse.notes[0]
    with pytest.raises(BocageError, match=r"10 planes need .* even with large pixels"):
        StackProblem(live, heights, budget_bytes=1000)


@pytest.mark.parametrize("heights", [[], [50.0], [60.0, 50.0], [50.0, 50.0]])
def test_heights_must_be_a_stack(heights: list[float], lives: dict[str, LiveVolume]) -> None:
    with pytest.raises(BocageError, match="at least two heights, in ascending order"):
        StackProblem(lives["track y"], heights)


def test_slabs_average_planes(lives: dict[str, LiveVolume]) -> None:
    volume = reconstruct_stack(lives["track x"], Sirt(iterations=1), HEIGHTS)
    region = Rect(-50, -50, 50, 50)
    thick = volume.slab(SlabRequest(101.0, 9.0, region, 2.0))
    assert (thick.height_mm, thick.thickness_mm) == (101.0, 9.0)
    grid = thick.grid
    # A plane stands for 4 mm: the slab from 96.5 to 105.5 mm holds so much of three.
    thin = {z: volume.slabs([z], 0.0, grid)[0].pixels for z in (96.0, 100.0, 104.0)}
    vertical = volume.slabs([101.0], 9.0, grid, averaging="vertical")[0].pixels
    np.testing.assert_allclose(vertical, (1.5 * thin[96.0] + 4.0 * thin[100.0] + 3.5 * thin[104.0]) / 9, atol=1e-6)
    assert np.abs(thick.pixels - vertical).max() < 3e-3
    assert volume.info.height_range_mm == (36.0, 164.0)
    assert volume.info.interval_mm == 4.0


@pytest.mark.parametrize(
    ("height", "thickness", "found", "shares"),
    [
        (100.0, 8.0, 8.0, {96.0: 0.25, 100.0: 0.5, 104.0: 0.25}),  # twice the interval, as protocols have it
        (100.0, 4.0, 4.0, {100.0: 1.0}),
        (100.0, 1.0, 1.0, {100.0: 1.0}),
        (102.0, 4.0, 4.0, {100.0: 0.5, 104.0: 0.5}),
        (36.0, 20.0, 4.0, {36.0: 1.0}),  # no more fits around the lowest plane
        (40.0, 20.0, 12.0, {36.0: 1 / 3, 40.0: 1 / 3, 44.0: 1 / 3}),
        (10.0, 8.0, 0.0, {36.0: 1.0}),
    ],
)
def test_a_slab_is_made_of_planes_by_their_share_in_it(
    lives: dict[str, LiveVolume], height: float, thickness: float, found: float, shares: dict[float, float]
) -> None:
    volume = reconstruct_stack(lives["track y"], Mits(), HEIGHTS)
    # Every plane holds a number of its own.
    volume.planes[...] = HEIGHTS[:, None, None]
    slab = volume.slab(SlabRequest(height, thickness, Rect(-10, -10, 10, 10), 2.0))
    assert slab.thickness_mm == pytest.approx(found)
    assert slab.height_mm == pytest.approx(max(height, 36.0))
    assert slab.pixels[5, 5] == pytest.approx(sum(plane * share for plane, share in shares.items()), rel=1e-5)


@pytest.mark.parametrize("name", STACKS)
def test_where_no_view_has_data_nothing_is_invented(name: str) -> None:
    """Columns in the collimator's shadow: there is nothing, as in slabs computed alone."""
    sweep = geometry("track y")
    counts = np.round(50000 * np.exp(-BODY.line_integrals(sweep))).astype(np.uint16)
    counts[:, :, :35] = 0
    covered = ProjectionSet(counts, sweep, "counts", air=50000.0)
    slab = reconstruct(covered, build(name), HEIGHTS).slab(SlabRequest(100.0))
    alone = LiveVolume(covered).slab(SlabRequest(100.0))
    nothing = np.isnan(slab.pixels).all(axis=0)
    assert nothing[:35].all()
    assert not nothing[40:].any()
    np.testing.assert_array_equal(nothing, np.isnan(alone.pixels).all(axis=0))


@pytest.mark.parametrize("jitter_mm", [1e-9, 1e-7, 1e-6, 1e-5, 1e-3])
@pytest.mark.parametrize("name", STACKS)
def test_decimals_of_the_positions_do_not_matter(name: str, jitter_mm: float) -> None:
    exact = geometry("track y")
    views = BODY.line_integrals(exact)
    request = SlabRequest(100.0, 0.0, Rect(-60, -60, 60, 60), 2.0)
    heights = HEIGHTS[::4]
    expected = reconstruct(ProjectionSet(views, exact), build(name), heights).slab(request).pixels
    for seed in range(3):
        source = exact.source_mm + np.random.default_rng(seed).normal(0, jitter_mm, exact.source_mm.shape)
        rounded = replace(exact, source_mm=source)
        found = reconstruct(ProjectionSet(views, rounded), build(name), heights).slab(request).pixels
        np.testing.assert_allclose(found, expected, atol=3e-4)


# -- single algorithms -----------------------------------------------------------------------------------------------


def test_mits_needs_a_straight_track(lives: dict[str, LiveVolume]) -> None:
    with pytest.raises(BocageError, match="straight line parallel to the detector"):
        reconstruct_stack(lives["circle"], Mits(), HEIGHTS)


def test_mits_tells_planes_apart() -> None:
    """Two planes of fine lines across the sweep, each alone: what is in one does not appear in the other."""
    sweep = linear_sweep(n_views=31, half_angle_deg=20, pixel_pitch_mm=1.0, shape=(256, 16))
    live = LiveVolume(ProjectionSet(np.ones((31, 256, 16), np.float32), sweep))
    problem = StackProblem(live, [60.0, 80.0, 100.0])
    pair = problem.projector
    line = np.arange(pair.shape[2])
    truth = np.zeros(pair.shape, np.float32)
    inside = np.exp(-(((line - pair.shape[2] / 2) / 50.0) ** 4))
    truth[0], truth[2] = 0.01 * inside * np.cos(2 * np.pi * line / 9), 0.01 * inside * np.cos(2 * np.pi * line / 13)
    for view in range(31):
        problem.samples.put(view, pair.project(truth, view))
    for _ in Mits(regularisation=0.001, window="ramp").run(problem, SILENT):
        pass
    error = np.abs(problem.planes - truth)[:, :, 60:-60].max()
    assert error < 0.05 * 0.01


def test_hubers_gradient_is_that_of_the_penalty() -> None:
    rng = np.random.default_rng(2)
    plane = rng.normal(size=(7, 9))
    gradient = np.empty((7, 9), np.float32)
    huber_gradient(plane.astype(np.float32), 2.0, 0.4, gradient)
    for row, column in ((0, 0), (3, 4), (6, 8), (0, 5)):
        step = np.zeros_like(plane)
        step[row, column] = 1e-5
        slope = (huber(plane + step, 0.4) - huber(plane - step, 0.4)) / 2e-5
        assert gradient[row, column] == pytest.approx(2.0 * slope, abs=1e-4)


def test_the_edge_preserving_iterations_minimise_their_sum(lives: dict[str, LiveVolume]) -> None:
    """Data and penalty together fall with every iteration, and noise falls more than an edge."""
    live = lives["track y"]
    rng = np.random.default_rng(3)
    noisy = live.projections.views + rng.normal(0, 0.05, live.projections.views.shape).astype(np.float32)
    live = LiveVolume(ProjectionSet(noisy, live.geometry))
    algorithm = Huber(iterations=6, strength=1.0, edge=0.0005)
    problem = StackProblem(live, HEIGHTS)
    beta = algorithm.strength * problem.projector.mean_curvature / CURVATURE
    sums = []
    for _ in algorithm.run(problem, SILENT):
        squares = sum(
            float(np.sum((problem.samples.take(v) - problem.projector.project(problem.planes, v)).astype(float) ** 2))
            for v in range(25)
        )
        roughness = sum(huber(plane.astype(np.float64), algorithm.edge) for plane in problem.planes)
        sums.append(0.5 * problem.projector.row_weight * squares + beta * roughness)
    assert all(later < earlier for earlier, later in pairwise(sums))
    smooth = reconstruct_stack(live, algorithm, HEIGHTS)
    plain = reconstruct_stack(live, Sirt(iterations=6), HEIGHTS)
    flat = SlabRequest(100.0, 0.0, Rect(-30, 10, 20, 60), 2.0)
    bead = SlabRequest(100.0, 0.0, Rect(27, -46, 37, -36), 1.0)
    noise = [np.diff(volume.slab(flat).pixels, axis=0).std() for volume in (smooth, plain)]
    assert noise[0] < 0.5 * noise[1]
    assert smooth.slab(bead).pixels.mean() > 0.85 * plain.slab(bead).pixels.mean()
