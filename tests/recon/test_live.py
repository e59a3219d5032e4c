"""`LiveVolume` against looking up every point's shadow in every view, in float64, through `Geometry.project`."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from recon import trajectories
from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.errors import BocageError
from recon.filtering import spread_order
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.slab import PlaneGrid, Rect, SlabRequest, SlabSource

SHAPE = (150, 131)


def track(axis: str, positions: NDArray[np.float64] | list[float], **changes: object) -> Geometry:
    return trajectories.linear_track(
        source_position_mm=positions, source_to_detector_mm=1000, pixel_pitch_mm=0.8, shape=SHAPE, sweep_axis=axis,
        **changes,
    )  # fmt: skip


def circle(n: int, radius: float = 200.0) -> Geometry:
    angle = 2 * np.pi * np.arange(n) / n + 0.2
    source = np.stack((radius * np.cos(angle), 0.7 * radius * np.sin(angle), np.full(n, 1000.0)), axis=1)
    return Geometry(source, [0, 0, 0], [0, 1, 0], [1, 0, 0], (0.8, 0.8), SHAPE)


def scattered(seed: int) -> Geometry:
    """Sources off any line, at different heights, over a detector with its middle elsewhere and oblong pixels."""
    rng = np.random.default_rng(seed)
    source = np.stack((rng.uniform(-60, 60, 6), np.linspace(-200, 230, 6), 1000 + rng.uniform(-90, 90, 6)), axis=1)
    return Geometry(source, [7.0, -5.0, 0], [0, 1, 0], [1, 0, 0], (0.7, 0.9), SHAPE)


GEOMETRIES = {
    "along y": track("y", np.linspace(-200, 200, 9)),
    "along x": track("x", np.linspace(-200, 200, 9)),
    "two views": track("y", [-90, 60]),
    "three views": track("x", [-90, 10, 60]),
    "five views, uneven": track("y", [-200, -150, 0, 20, 180]),
    "seven views, unordered": track("x", [30, -150, 0, 110, 180, -60, -20]),
    "repeated views": track("y", [-100, -100, 0, 50, 50, 120]),
    "arc along y": trajectories.arc(
        angle_deg=np.linspace(-25, 25, 7), source_to_detector_mm=660, source_to_pivot_mm=640, pixel_pitch_mm=0.8,
        shape=SHAPE,
    ),
    "arc along x": trajectories.arc(
        angle_deg=np.linspace(-15, 25, 6), source_to_detector_mm=660, source_to_pivot_mm=640, pixel_pitch_mm=0.8,
        shape=SHAPE, sweep_axis="x",
    ),
    "circular path": circle(8),
    "off the line": scattered(1),
    "off the line 2": scattered(7),
    "one row of sources beside the middle": Geometry(
        [[33.0, s, 1000.0] for s in (-150, -50, 60, 150)], [0, 0, 0], [0, 1, 0], [1, 0, 0], (0.8, 0.8), SHAPE
    ),
}  # fmt: skip


def noise(geometry: Geometry, smooth: bool = False) -> NDArray[np.float32]:
    rng = np.random.default_rng(3)
    views = rng.normal(size=(geometry.n_views, *geometry.shape))
    if smooth:
        from scipy.ndimage import gaussian_filter

        views = 5 * gaussian_filter(views, (0, 2.0, 2.0))
    return views.astype(np.float32)


def conical(live: LiveVolume, height: float) -> PlaneGrid:
    """The grid on which nothing is resampled."""
    bounds, spacing = live.footprint(height), live.native_pixel_mm(height)
    shape = (round(bounds.height / spacing[1]), round(bounds.width / spacing[0]))
    return PlaneGrid((bounds.x0 + spacing[0] / 2, bounds.y0 + spacing[1] / 2), spacing, shape)


def looked_up(
    views: NDArray[np.float32], geometry: Geometry, x: NDArray[np.float64], y: NDArray[np.float64], height: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Mean over the views that see the points, where any does, and where no shadow is near a border."""
    points = np.stack(np.broadcast_arrays(x, y, height), axis=-1)
    row, column = geometry.project(points)
    rows, columns = geometry.shape
    total, count = np.zeros(points.shape[:-1]), np.zeros(points.shape[:-1])
    clear = np.ones(points.shape[:-1], bool)
    for view in range(geometry.n_views):
        r, c = row[view], column[view]
        sample = map_coordinates(views[view].astype(np.float64), [r, c], order=1, mode="nearest")
        outside = np.maximum(np.maximum(-r, r - (rows - 1)), np.maximum(-c, c - (columns - 1)))
        sees = outside <= 1e-6
        clear &= (outside <= 1e-6) | (outside >= 1.0)
        total += np.where(sees, sample, 0.0)
        count += sees
    with np.errstate(invalid="ignore"):
        return total / count, count > 0, clear


@pytest.mark.parametrize("name", list(GEOMETRIES))
@pytest.mark.parametrize("height", [0.0, 63.0, 210.0])
def test_thin_slices(name: str, height: float) -> None:
    geometry = GEOMETRIES[name]
    views = noise(geometry)
    live = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    grid = conical(live, height)
    slab = live.slabs([height], 0.0, grid)[0]
    x = grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1])[None, :]
    y = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0])[:, None]
    expected, seen, clear = looked_up(views, geometry, x, y, height)
    keep = seen & clear
    assert keep.mean() > 0.5
    np.testing.assert_allclose(slab.pixels[keep], expected[keep], atol=3e-4)
    assert np.isnan(slab.pixels[~seen & clear]).all()


@pytest.mark.parametrize("name", list(GEOMETRIES))
@pytest.mark.parametrize("thickness", [2.0, 30.0])
def test_slabs_are_the_mean_of_thin_slices_along_the_rays_of_the_mean_source(name: str, thickness: float) -> None:
    geometry = GEOMETRIES[name]
    live = LiveVolume(ProjectionSet(noise(geometry, smooth=True), geometry), ShiftAndAdd())
    height, count = 50.0, 41
    slab = live.slabs([height], thickness, conical(live, height))[0].pixels
    thin = [
        live.slabs([z], 0.0, conical(live, z))[0].pixels
        for z in height + thickness * ((np.arange(count) + 0.5) / count - 0.5)
    ]
    mean = np.mean(thin, axis=0)
    middle = (slice(50, 100), slice(35, 95))
    error = np.sqrt(np.mean((slab - mean)[middle] ** 2) / np.mean(mean[middle] ** 2))
    # The yardstick is hard: noise without low frequencies, of which a thick slab leaves little. Off a straight track
    # neighbouring heights move unevenly, which is allowed for to a pixel at the field's edge.
    assert error < (0.01 if len(set(geometry.source_mm[:, 2])) == 1 else 0.025), f"{100 * error:.2f} %"


@pytest.mark.parametrize("name", ["along y", "along x", "arc along x", "circular path"])
@pytest.mark.parametrize("thickness", [2.0, 20.0])
def test_vertical_slabs_are_the_mean_of_thin_slices_on_one_grid(name: str, thickness: float) -> None:
    geometry = GEOMETRIES[name]
    live = LiveVolume(ProjectionSet(noise(geometry, smooth=True), geometry), ShiftAndAdd())
    # Off the middle, to a corner of what all views see: there points wander most against the rays.
    grid = PlaneGrid((4.0, 8.0), (0.6, 0.6), (30, 30))
    height, count = 50.0, 41
    slab = live.slabs([height], thickness, grid, averaging="vertical")[0].pixels
    heights = height + thickness * ((np.arange(count) + 0.5) / count - 0.5)
    mean = np.mean([live.slabs([z], 0.0, grid)[0].pixels for z in heights], axis=0)
    seen = np.isfinite(mean)
    assert seen.all()
    assert np.isfinite(slab[seen]).all()
    error = np.sqrt(np.mean((slab - mean)[seen] ** 2) / np.mean(mean[seen] ** 2))
    assert error < (0.015 if "arc" in name else 0.01), f"{100 * error:.2f} %"


@pytest.mark.parametrize("name", ["along y", "along x", "arc along y", "off the line"])
def test_sweeps_of_unlike_heights_share_the_views(name: str) -> None:
    geometry = GEOMETRIES[name]
    live = LiveVolume(ProjectionSet(noise(geometry), geometry), ShiftAndAdd())
    grid = PlaneGrid.covering(Rect(-9.0, -8.0, 10.0, 11.0), 0.6)
    heights = [10.0, 50.0, 150.0]
    for thickness in (0.0, 8.0):
        for averaging in ("rays", "vertical"):
            together = live.slabs(heights, thickness, grid, averaging=averaging)  # type: ignore[arg-type]
            for height, slab in zip(heights, together, strict=True):
                alone = live.slabs([height], thickness, grid, averaging=averaging)[0]  # type: ignore[arg-type]
                assert slab.height_mm == height
                # Together the slices share the middle of the rows and the number of sub-slabs of the highest.
                difference = np.sqrt(np.mean((slab.pixels - alone.pixels) ** 2) / np.mean(alone.pixels**2))
                assert difference < (1e-5 if thickness == 0 else 1e-3 if averaging == "rays" else 0.05)


# -- regions and pixels ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live() -> LiveVolume:
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-150, 150, 9), source_to_detector_mm=1000, pixel_pitch_mm=0.5, shape=(301, 263)
    )
    return LiveVolume(ProjectionSet(noise(geometry, smooth=True), geometry), ShiftAndAdd())


def test_it_is_a_slab_source(live: LiveVolume) -> None:
    assert isinstance(live, SlabSource)
    assert live.info.reconstructs
    low, high = live.info.height_range_mm
    assert 0 <= low < high < 1000


@pytest.mark.parametrize("thickness", [0.0, 12.0])
@pytest.mark.parametrize(
    "region", [Rect(-20.0, -10.0, 15.0, 30.0), Rect(50.0, -90.0, 90.0, -50.0), Rect(-200, -200, 200, 200)]
)
def test_a_region_is_a_part_of_the_whole(live: LiveVolume, thickness: float, region: Rect) -> None:
    whole_grid = conical(live, 80.0)
    whole = live.slabs([80.0], thickness, whole_grid)[0].pixels
    spacing = whole_grid.spacing_mm[0]
    row, column = (round(value) for value in whole_grid.mm_to_index(region.x0, region.y0))
    size = (round(region.height / spacing), round(region.width / spacing))
    grid = PlaneGrid(whole_grid.index_to_mm(row, column), (spacing, spacing), size)
    part = live.slabs([80.0], thickness, grid)[0].pixels
    expected = np.full(size, np.nan, np.float32)
    rows, columns = np.arange(size[0]) + row, np.arange(size[1]) + column
    r, c = (rows >= 0) & (rows < whole.shape[0]), (columns >= 0) & (columns < whole.shape[1])
    expected[np.ix_(r, c)] = whole[np.ix_(rows[r], columns[c])]
    np.testing.assert_array_equal(np.isnan(part), np.isnan(expected))
    # Where a pixel falls within rounding of the next interpolation interval the border may take either neighbour.
    np.testing.assert_allclose(part, expected, atol=2e-3)


def test_a_region_far_away_is_empty_on_its_own_grid(live: LiveVolume) -> None:
    slab = live.slab(SlabRequest(50.0, 0.0, Rect(900, 900, 950, 930), 1.0))
    assert slab.grid.shape == (30, 50)
    assert np.isnan(slab.pixels).all()


def test_the_answer_has_exactly_the_grid_asked_for(live: LiveVolume) -> None:
    region = Rect(-31.7, -22.2, 40.1, 9.9)
    for draft in (False, True):
        slab = live.slab(SlabRequest(75.0, 3.0, region, 0.37, draft))
        assert slab.grid == PlaneGrid.covering(region, 0.37)
        assert slab.pixels.shape == slab.grid.shape
        assert slab.pixels.dtype == np.float32
        assert slab.draft is draft
        assert (slab.height_mm, slab.thickness_mm) == (75.0, 3.0)


@pytest.mark.parametrize("pixel", [0.9, 1.9, 4.1])
@pytest.mark.parametrize("draft", [False, True])
def test_larger_pixels_are_means_of_fine_ones(live: LiveVolume, pixel: float, draft: bool) -> None:
    region = Rect(-40.0, -40.0, 40.0, 40.0)
    coarse = live.slab(SlabRequest(60.0, 0.0, region, pixel, draft))
    fine = live.slab(SlabRequest(60.0, 0.0, PlaneGrid.covering(region, pixel).bounds, pixel / 9)).pixels
    blocks = fine.reshape(coarse.grid.shape[0], 9, coarse.grid.shape[1], 9).mean(axis=(1, 3))
    error = np.std(coarse.pixels - blocks) / np.std(fine)
    # The views' own halves are no means: they let no moiré through.
    assert error < (0.25 if draft else 0.12)


def test_detail_finer_than_the_pixel_turns_grey() -> None:
    """Lines of one detector pixel each, in pixels of several: no beat of the two grids is seen."""
    geometry = trajectories.linear_track(
        source_position_mm=[-1e-3, 0.0, 1e-3], source_to_detector_mm=1000, pixel_pitch_mm=0.5, shape=(512, 512)
    )
    lines = np.zeros((3, 512, 512), np.float32)
    lines[:, ::2] = 1.0
    for views in (lines, lines.transpose(0, 2, 1).copy()):
        source = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
        for pixel in (1.0, 1.23, 1.7, 2.0, 2.9, 4.0, 7.3):
            slab = source.slab(SlabRequest(0.0, 0.0, Rect(-100, -100, 100, 100), pixel)).pixels
            assert np.nanmean(slab) == pytest.approx(0.5, abs=0.02)
            # Nearest or linear sampling would give a beat of full strength (standard deviation 0.5).
            assert np.nanstd(slab) < 0.12, pixel


def test_laterality_and_order_of_rows() -> None:
    """A bright pixel at a known place of asymmetric views comes out at that place for both sweep axes."""
    for axis in ("x", "y"):
        geometry = track(axis, [-100.0, 0.0, 100.0])
        point = (6.0, -9.0, 120.0)
        rows, columns = (np.rint(value).astype(int) for value in geometry.project(point))
        views = np.zeros((3, *SHAPE), np.float32)
        for view in range(3):
            views[view, rows[view] - 1 : rows[view] + 2, columns[view] - 1 : columns[view] + 2] = 1.0
        slab = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd()).slab(SlabRequest(120.0))
        assert slab.value_at(*point[:2]) == pytest.approx(1.0, abs=0.3)
        assert slab.value_at(-point[0], point[1]) == pytest.approx(0.0, abs=1e-3)
        assert slab.value_at(point[0], -point[1]) == pytest.approx(0.0, abs=1e-3)


def test_a_tube_and_detector_that_turn_together_see_their_axis_in_every_view() -> None:
    """At the rotation axis' height the middle of the field is seen by all views, however far they turn."""
    geometry = trajectories.isocentric(
        angle_deg=np.linspace(-25, 25, 11), source_to_detector_mm=1500, source_to_axis_mm=1000, pixel_pitch_mm=2.5,
        shape=(120, 110),
    )  # fmt: skip
    x, y, z = 18.0, -25.0, 510.0
    views = np.zeros((11, 120, 110), np.float32)
    for view, (row, column) in enumerate(zip(*geometry.project((x, y, z)), strict=True)):
        r, c = np.mgrid[:120, :110]
        views[view] = np.exp(-((r - row) ** 2 + (c - column) ** 2) / 8)
    source = LiveVolume(ProjectionSet(views, geometry), ShiftAndAdd())
    field = source.footprint(500.0)
    np.testing.assert_allclose((field.width, field.height), (110 * 2.5 / 1.5, 120 * 2.5 / 1.5), rtol=0.05)
    assert source.slab(SlabRequest(z)).value_at(x, y) > 0.8  # 1 but for a pixel's blur
    assert source.slab(SlabRequest(z - 60)).value_at(x, y) < 0.5


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_another_algorithm_shares_the_line_integrals(live: LiveVolume) -> None:
    told: list[float] = []
    other = live.with_algorithm(FilteredBackProjection(), Progress(lambda fraction, _: told.append(fraction)))
    assert other.integrals is live.integrals
    assert other.projections is live.projections
    assert isinstance(other.algorithm, FilteredBackProjection)
    assert max(told) == pytest.approx(1.0)
    again = LiveVolume(live.projections, FilteredBackProjection())
    request = SlabRequest(60.0, 4.0, Rect(-20, -20, 20, 20), 0.5)
    np.testing.assert_array_equal(other.slab(request).pixels, again.slab(request).pixels)


def test_the_same_question_gives_the_same_answer_from_many_threads(live: LiveVolume) -> None:
    from concurrent.futures import ThreadPoolExecutor

    requests = [SlabRequest(20.0 * k, 5.0 * (k % 3), Rect(-30, -40, 50, 40), 0.7) for k in range(8)]
    alone = [live.slab(request).pixels for request in requests]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            for one, other in zip(alone, pool.map(lambda request: live.slab(request).pixels, requests), strict=True):
                np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (SlabRequest(1000.0), "must lie well below the tube"),
        (SlabRequest(float("nan")), "must lie well below the tube"),
        (SlabRequest(10.0, -1.0), "thickness must lie between 0 and 500"),
        (SlabRequest(10.0, float("nan")), "thickness must lie between 0 and 500"),
        (SlabRequest(10.0, 0.0, None, 0.0), "pixel size must be a positive number"),
        (SlabRequest(10.0, 0.0, None, -1.0), "pixel size must be a positive number"),
    ],
)
def test_impossible_requests_are_refused(live: LiveVolume, request_: SlabRequest, sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        live.slab(request_)


def test_one_view_or_one_position_is_refused() -> None:
    one = track("y", [0.0])
    with pytest.raises(BocageError, match="at least two views"):
        LiveVolume(ProjectionSet(np.ones((1, *SHAPE)), one))
    same = track("y", [10.0, 10.0, 10.0])
    with pytest.raises(BocageError, match="same position along the sweep"):
        LiveVolume(ProjectionSet(np.ones((3, *SHAPE)), same))


def test_tiny_views_are_refused() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-9, 9], source_to_detector_mm=100, pixel_pitch_mm=1, shape=(3, 9)
    )
    with pytest.raises(BocageError, match="too small"):
        LiveVolume(ProjectionSet(np.ones((2, 3, 9)), geometry))


def test_a_preview_shows_what_the_full_filter_will() -> None:
    size = 520
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-250, 250, 9),
        source_to_detector_mm=1000.0,
        pixel_pitch_mm=0.4,
        shape=(size, size + 6),
    )
    rng = np.random.default_rng(5)
    smooth = np.cumsum(np.cumsum(rng.normal(size=(9, size, size + 6)), axis=1), axis=2).astype(np.float32)
    live = LiveVolume(ProjectionSet(smooth / smooth.std(), geometry))
    algorithm = FilteredBackProjection(window="cosine", cutoff=0.4)
    preview, full = live.preview(algorithm), live.with_algorithm(algorithm)
    assert preview is not None
    assert preview.is_preview
    assert not full.is_preview
    assert preview.footprint(80.0) == full.footprint(80.0)
    assert preview.native_pixel_mm(80.0) == full.native_pixel_mm(80.0)
    request = SlabRequest(80.0, 4.0, Rect(-60.0, -60.0, 60.0, 60.0), 1.6)
    coarse, fine = preview.slab(request).pixels, full.slab(request).pixels
    assert coarse.shape == fine.shape
    assert np.corrcoef(coarse.ravel(), fine.ravel())[0, 1] > 0.99
    # Near the limiting frequency means of 4 × 4 differ from twice halved views.
    assert np.sqrt(np.mean((coarse - fine) ** 2)) < 0.15 * fine.std()
    # A preview leads on to the full filter, not to its own coarse views.
    again = preview.with_algorithm(algorithm).slab(request).pixels
    np.testing.assert_array_equal(again, fine)


def test_the_finest_views_can_be_let_go_of_and_are_made_again() -> None:
    size = 520
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-250, 250, 5), source_to_detector_mm=1000.0, pixel_pitch_mm=0.4,
        shape=(size, size),
    )  # fmt: skip
    live = LiveVolume(ProjectionSet(noise(geometry, smooth=True), geometry))
    light = live.lightened()
    assert light is not None
    assert light.is_light
    assert light.is_preview
    assert light.lightened() is None
    assert light.nbytes < 0.4 * live.nbytes
    wide = SlabRequest(60.0, 0.0, None, 2.2 * live.native_pixel_mm(60.0)[0])
    np.testing.assert_array_equal(light.slab(wide).pixels, live.slab(wide).pixels)
    again = light.with_algorithm(live.algorithm)
    assert not again.is_preview
    assert not again.is_light
    fine = SlabRequest(60.0, 0.0, Rect(-20, -20, 20, 20))
    np.testing.assert_array_equal(again.slab(fine).pixels, live.slab(fine).pixels)
    preview = light.preview(FilteredBackProjection(cutoff=0.5))
    assert preview is not None
    assert not preview.is_light


def test_small_views_need_no_preview() -> None:
    geometry = trajectories.linear_track(
        source_position_mm=[-100.0, 0.0, 100.0], source_to_detector_mm=1000.0, pixel_pitch_mm=1.0, shape=(64, 64)
    )
    live = LiveVolume(ProjectionSet(np.ones((3, 64, 64), np.float32), geometry))
    assert live.preview(FilteredBackProjection()) is None


# -- part of the views -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sweep() -> ProjectionSet:
    geometry = track("y", np.linspace(-200, 200, 17))
    return ProjectionSet(noise(geometry, smooth=True), geometry)


class Waiting:
    """Views of which only the first few to be filtered come before a word is given."""

    def __init__(self, views: NDArray[np.float32], first: list[int]) -> None:
        self.views, self.first = views, first
        self.shape, self.dtype = views.shape, views.dtype
        self.word = threading.Event()

    def __getitem__(self, index: int) -> NDArray[np.float32]:
        if index not in self.first:
            assert self.word.wait(20)
        return np.asarray(self.views[index])


def test_a_first_picture_comes_from_the_views_already_filtered(sweep: ProjectionSet) -> None:
    """It is the slice of just those views, which are spread over the sweep, and says that more is to come."""
    first = spread_order(17)[:4]
    views = Waiting(np.asarray(sweep.views), first)
    early: list[tuple[NDArray[np.int32], NDArray[np.float32], bool]] = []
    request = SlabRequest(60.0, 4.0, Rect(-20, -20, 20, 20), 0.8)

    def ready(live: LiveVolume) -> None:
        early.append((live.used_views, live.slab(request).pixels, live.is_preview))
        views.word.set()

    live = LiveVolume(ProjectionSet(views, sweep.geometry), on_ready=ready)
    assert not live.is_preview
    assert live.used_views.size == 17
    assert len(early) == 1
    used, pixels, preview = early[0]
    assert preview
    assert sorted(first) == used.tolist() == [0, 4, 8, 16]
    rest = set(range(17)) - set(first)
    np.testing.assert_allclose(live.excluding(rest).slab(request).pixels, pixels, rtol=1e-4, atol=1e-6)


def test_views_left_out_cost_no_filtering_and_are_told(sweep: ProjectionSet) -> None:
    live = LiveVolume(sweep)
    without = live.excluding([3, 11])
    assert without.levels is live.levels
    assert "2 of 17 views left out: 4, 12" in without.info.notes
    assert not any("left out" in note for note in live.info.notes)
    keep = [view for view in range(17) if view not in (3, 11)]
    alone = LiveVolume(ProjectionSet(sweep.views[keep], sweep.geometry.subset(keep)))
    request = SlabRequest(60.0, 4.0, Rect(-20, -20, 20, 20), 0.8)
    # The reference of the grid is the mean source, which two views less move a little.
    np.testing.assert_allclose(without.slab(request).pixels, alone.slab(request).pixels, atol=2e-3 * 5)
    np.testing.assert_array_equal(without.excluding([]).slab(request).pixels, live.slab(request).pixels)


@pytest.mark.parametrize(
    ("views", "sentence"),
    [([17], "There is no view 18; the acquisition has 17"), (range(16), "At least two views from different positions")],
)
def test_impossible_exclusions_are_refused(sweep: ProjectionSet, views: list[int], sentence: str) -> None:
    with pytest.raises(BocageError, match=sentence):
        LiveVolume(sweep).excluding(views)


def test_density_follows_at_once_and_is_even_over_the_height() -> None:
    """A plate that fills the field, at any height: its share of the density is the same in all slices."""
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-300, 300, 21), source_to_detector_mm=1200, pixel_pitch_mm=2.0, shape=(160, 150)
    )
    source = geometry.source_mm[:, None, None]
    point = np.stack([geometry.pixel_to_world(0, *np.mgrid[:160, :150])] * 21)
    path = np.linalg.norm(point - source, axis=-1) / source[..., 2]
    views = (100.0 * 0.02 * path).astype(np.float32)  # 100 mm of water, through which oblique rays go farther
    live = LiveVolume(ProjectionSet(views, geometry))
    full = live.with_algorithm(FilteredBackProjection(low_frequency_share=1.0))
    assert full.levels is live.levels
    middle = [float(np.mean(full.slab(SlabRequest(z, 0.0, Rect(-40, -40, 40, 40), 2.0)).pixels)) for z in (0, 100, 300)]
    # 100 mm of water spread over a trunk of 200 mm.
    np.testing.assert_allclose(middle, 0.01, rtol=0.01)
