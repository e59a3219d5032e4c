"""Metal reduction on a trunk with bone texture and a nail, whose every part is known exactly."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from proof_corrections import nail_outline
from scipy.ndimage import binary_dilation

from recon import trajectories
from recon.algorithms import FilteredBackProjection, ShiftAndAdd
from recon.algorithms.sirt import Sirt
from recon.corrections import prepare
from recon.corrections.metal import MetalReduction
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.metal.layer import MetalLayer
from recon.metal.search import binned, candidates
from recon.metal.vote import agreed, to_plane
from recon.preprocess import LineIntegrals
from recon.projections import ProjectionSet
from recon.reconstruction import reconstruct
from recon.simulate.phantoms import Cylinder, Ellipsoid, Phantom, Sphere
from recon.slab import PlaneGrid, Rect, SlabRequest

PITCH, SHAPE = 0.8, (220, 200)
HEIGHT, RADIUS, TITANIUM = 80.0, 5.0, 0.25
TURN = np.radians(25.0)
START = (-40.0 * np.cos(TURN), -40.0 * np.sin(TURN), HEIGHT)
END = (40.0 * np.cos(TURN), 40.0 * np.sin(TURN), HEIGHT)


def track(axis: str = "y", n: int = 31) -> Geometry:
    reach = 1000.0 * np.tan(np.radians(15.0))
    return trajectories.linear_track(
        source_position_mm=np.linspace(-reach, reach, n), source_to_detector_mm=1000, pixel_pitch_mm=PITCH,
        shape=SHAPE if axis == "y" else SHAPE[::-1], sweep_axis=axis,
    )  # fmt: skip


def arc() -> Geometry:
    return trajectories.arc(
        angle_deg=np.linspace(-15, 15, 31), source_to_detector_mm=1000, source_to_pivot_mm=950, pixel_pitch_mm=PITCH,
        shape=SHAPE,
    )  # fmt: skip


def isocentric() -> Geometry:
    """Detectors that are tilted against the slices; the body lies about the axis."""
    return trajectories.isocentric(
        angle_deg=np.linspace(-15, 15, 31), source_to_detector_mm=1000, source_to_axis_mm=920, pixel_pitch_mm=PITCH,
        shape=SHAPE, sweep_axis="y",
    )  # fmt: skip


GEOMETRIES = {"track": track(), "track along x": track("x"), "arc": arc(), "isocentric": isocentric()}


@cache
def trunk() -> Phantom:
    """Soft tissue, a bone across it and a cloud of trabeculae."""
    rng = np.random.default_rng(3)
    bone = Ellipsoid((10.0, -5.0, HEIGHT), (45.0, 14.0, 14.0), 0.02)
    texture = tuple(
        Sphere((float(x), float(y), float(HEIGHT + z)), 1.8, 0.03)
        for x, y, z in rng.uniform((-50, -40, -15), (50, 40, 15), (120, 3))
    )
    return Phantom((Ellipsoid((0.0, 0.0, HEIGHT), (160.0, 220.0, 75.0), 0.02), bone, *texture))


NAIL = Phantom((Cylinder(START, END, RADIUS, TITANIUM),))


def exposed(line_integrals: np.ndarray, seed: int, quanta: float = 4e5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return -np.log(np.maximum(rng.poisson(quanta * np.exp(-line_integrals)), 0.5) / quanta).astype(np.float32)


@cache
def case(name: str) -> tuple[ProjectionSet, ProjectionSet, ProjectionSet]:
    """With the nail; without it, twice."""
    geometry = GEOMETRIES[name]
    body, nail = (phantom.line_integrals(geometry, oversampling=2) for phantom in (trunk(), NAIL))
    views = (exposed(each, seed) for each, seed in ((body + nail, 1), (body, 2), (body, 3)))
    first, second, third = (ProjectionSet(each, geometry) for each in views)
    return first, second, third


@cache
def corrected(name: str) -> LiveVolume:
    projections = case(name)[0]
    return LiveVolume(projections, corrections=[MetalReduction()])


def layer_of(live: LiveVolume) -> MetalLayer:
    layer = live.integrals.corrections[0].layer  # type: ignore[attr-defined]
    assert isinstance(layer, MetalLayer)
    return layer


def distance_from_nail(grid: PlaneGrid) -> np.ndarray:
    """From the line of the nail's axis, in the plane."""
    x = grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(grid.shape[1])
    y = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(grid.shape[0])
    across, along = np.meshgrid(x, y)
    return np.asarray(np.abs(along * np.cos(TURN) - across * np.sin(TURN)))


@pytest.mark.parametrize("name", ["track", "arc", "isocentric"])
@pytest.mark.parametrize("off_mm", [0.0, 25.0, -40.0])
def test_ripple_beside_a_nail_falls_and_the_rest_stays(name: str, off_mm: float) -> None:
    grid = PlaneGrid.covering(Rect(-55.0, -55.0, 55.0, 55.0), 0.4)
    distance = distance_from_nail(grid)
    # The nail's shadow from the outermost views wanders by so much.
    smear = RADIUS + abs(off_mm) * np.tan(np.radians(17.0))
    beside = (distance > (RADIUS if off_mm == 0.0 else 0.0) + 1.5) & (distance < smear + 10.0)
    live = corrected(name)
    with_nail, once, again = (LiveVolume(each) for each in case(name))
    off, reference, other = (each.slabs([HEIGHT + off_mm], 0.0, grid)[0].pixels for each in (with_nail, once, again))
    on = live.slabs([HEIGHT + off_mm], 0.0, grid)[0].pixels
    drawn = np.zeros_like(on)
    layer_of(live).add([drawn], grid, [HEIGHT + off_mm], 0.0, np.arange(31, dtype=np.int32))
    beside &= drawn == 0
    assert np.std((off - reference)[beside]) > 30 * np.std((other - reference)[beside])
    # What remains is noise, and the bone's edge and trabeculae that the nail hid.
    assert np.std((off - reference)[beside]) > 15 * np.std((on - reference)[beside])
    far = distance > smear + 25.0
    assert np.std((on - reference)[far]) < 1.06 * np.std((other - reference)[far])


def test_columns_that_no_metal_touches_do_not_change() -> None:
    """Filters act along the sweep only; what remains is the 16-bit samples' rounding, a hundredth of the noise."""
    projections = case("track")[0]
    plain = FilteredBackProjection(low_frequency_share=0.0)
    off, on = LiveVolume(projections, plain), corrected("track").with_algorithm(plain)
    grid = PlaneGrid.covering(Rect(52.0, -60.0, 72.0, 60.0), 0.7)
    for a, b in zip(off.slabs([50.0, 80.0], 3.0, grid), on.slabs([50.0, 80.0], 3.0, grid), strict=True):
        np.testing.assert_allclose(a.pixels, b.pixels, atol=1e-6)


@pytest.mark.parametrize("name", list(GEOMETRIES))
def test_the_nail_is_drawn_where_it_is_and_as_wide(name: str) -> None:
    grid = PlaneGrid.covering(Rect(-30.0, -40.0, 30.0, 40.0), 0.1)
    layer = layer_of(corrected(name))
    turned = name == "track along x"
    # The layer draws with rows along the sweep.
    own = PlaneGrid(grid.origin_mm[::-1], grid.spacing_mm[::-1], grid.shape[::-1]) if turned else grid
    target = np.zeros(own.shape, np.float32)
    layer.add([target], own, [HEIGHT], 0.0, np.arange(31, dtype=np.int32))
    image = target.T if turned else target
    y = grid.origin_mm[1] + 0.1 * np.arange(grid.shape[0])
    half = RADIUS / np.cos(TURN)
    pixel = PITCH * (1000.0 - HEIGHT) / 1000.0
    for column in range(0, grid.shape[1], 60):
        x = grid.origin_mm[0] + 0.1 * column
        line = image[:, column]
        bright = y[line > 0.5 * line.max()]
        low, high = bright[0], bright[-1]
        assert 0.5 * (low + high) == pytest.approx(x * np.tan(TURN), abs=0.5 * pixel)
        assert high - low == pytest.approx(2 * half, abs=1.2 * pixel)


def test_outlines_of_the_benchmark() -> None:
    place, width = nail_outline(0.8)
    assert place.on < 0.5 * 0.8
    assert width.on < 0.8


def test_what_was_taken_out_comes_back() -> None:
    """Summed over the heights, the drawn density is the line integral through the nail (a ray along z)."""
    layer = layer_of(corrected("track"))
    grid = PlaneGrid((0.0, 0.0), (0.5, 0.5), (1, 1))
    heights = np.arange(30.0, 131.0, 1.0)
    images = [np.zeros((1, 1), np.float32) for _ in heights]
    layer.add(images, grid, list(heights), 0.0, np.arange(31, dtype=np.int32))
    assert sum(float(image[0, 0]) for image in images) == pytest.approx(2 * RADIUS * TITANIUM, rel=0.15)
    # A mean of line integrals shows it whole.
    image = np.zeros((1, 1), np.float32)
    layer.add([image], grid, [HEIGHT], 0.0, np.arange(31, dtype=np.int32), per_mm=False)
    assert float(image[0, 0]) == pytest.approx(2 * RADIUS * TITANIUM, rel=0.1)


def drawn(live: LiveVolume, request: SlabRequest) -> np.ndarray:
    """A slab less the same without the layer."""
    region = request.region
    assert region is not None
    bare = LiveVolume.__new__(LiveVolume)
    bare.__dict__.update(live.__dict__, _layers=[])
    return np.asarray(live.slab(request).pixels - bare.slab(request).pixels)


REGION = Rect(-50.0, -40.0, 50.0, 40.0)


@pytest.mark.parametrize("thickness", [6.0, 20.0])
def test_metal_in_a_slab_is_the_mean_of_thin_slices(thickness: float) -> None:
    live = corrected("track")
    grid = PlaneGrid.covering(REGION, 0.8)
    heights = HEIGHT + thickness * ((np.arange(60) + 0.5) / 60 - 0.5)
    used = np.arange(31, dtype=np.int32)
    thin = [np.zeros(grid.shape, np.float32) for _ in heights]
    layer_of(live).add(thin, grid, list(heights), 0.0, used)
    slab = np.zeros(grid.shape, np.float32)
    layer_of(live).add([slab], grid, [HEIGHT], thickness, used, averaging="vertical")
    expected = np.mean(thin, axis=0)
    assert np.sqrt(np.mean((slab - expected) ** 2)) < 0.06 * np.sqrt(np.mean(expected**2))


def test_metal_follows_regions_drafts_pixels_and_views_left_out() -> None:
    live = corrected("track")
    whole = drawn(live, SlabRequest(HEIGHT, 0.0, REGION, 0.8))
    part = drawn(live, SlabRequest(HEIGHT, 0.0, Rect(-10.0, -8.0, 22.0, 16.0), 0.8))
    np.testing.assert_allclose(part, whole[40:70, 50:90], atol=1e-6)
    draft = drawn(live, SlabRequest(HEIGHT, 0.0, REGION, 0.8, draft=True))
    assert np.corrcoef(draft.ravel(), whole.ravel())[0, 1] > 0.95
    coarse = drawn(live, SlabRequest(HEIGHT, 0.0, REGION, 3.2))
    blocks = whole[:100, :124].reshape(25, 4, 31, 4)
    np.testing.assert_allclose(coarse[:25, :31], blocks.mean(axis=(1, 3)), atol=0.15 * whole.max())
    fewer = drawn(live.excluding([0, 1, 2, 17, 30]), SlabRequest(HEIGHT, 0.0, REGION, 0.8))
    assert np.corrcoef(fewer.ravel(), whole.ravel())[0, 1] > 0.97
    # Far above the nail the views share nothing of it any more.
    assert not drawn(live, SlabRequest(HEIGHT + 60.0, 0.0, REGION, 0.8)).any()
    assert drawn(live, SlabRequest(HEIGHT, 0.0, Rect(300.0, 300.0, 310.0, 310.0), 0.8)).shape == (13, 13)


def test_shift_and_add_and_one_call_do_it_too() -> None:
    projections = case("track")[0]
    source = reconstruct(projections, ShiftAndAdd(), corrections=[MetalReduction()])
    slab = source.slab(SlabRequest(HEIGHT, 0.0, REGION, 0.8)).pixels
    plain = LiveVolume(case("track")[1], ShiftAndAdd()).slab(SlabRequest(HEIGHT, 0.0, REGION, 0.8)).pixels
    row, column = 50, 62  # on the nail
    assert slab[row, column] - plain[row, column] == pytest.approx(2 * RADIUS * TITANIUM, rel=0.15)
    assert any("metal replaced in 31 of 31 views" in note for note in source.info.notes)


@pytest.mark.parametrize("name", ["track", "track along x"])
def test_planes_computed_together_get_it_back_in_its_place(name: str) -> None:
    heights = np.arange(20.0, 141.0, 10.0)
    source = reconstruct(case(name)[0], Sirt(iterations=1), heights, corrections=[MetalReduction()])
    grid = PlaneGrid.covering(Rect(-25.0, -25.0, 25.0, 25.0), 0.4)
    distance = distance_from_nail(grid)
    slab = source.slabs([HEIGHT], 0.0, grid)[0].pixels
    body = np.median(slab[distance > RADIUS + 5.0])
    metal = slab - body > 0.25 * (slab.max() - body)
    assert slab.max() > 4 * body
    assert distance[metal].max() < RADIUS + 0.8
    assert metal[distance < RADIUS - 0.8].mean() > 0.99
    thick = source.slabs([HEIGHT], 20.0, grid)[0].pixels
    assert np.median(thick[distance < 1.0]) > 2 * body, "slabs of several planes hold it too"


def test_a_body_without_metal_is_left_as_it_is() -> None:
    projections = case("track")[1]
    (prepared,) = prepare(projections, [MetalReduction()])
    assert prepared.note == "no metal was found in the projections"
    integrals = LineIntegrals(projections, [prepared])
    np.testing.assert_array_equal(integrals.real(7)[0], projections.views[7])


def test_what_few_views_take_for_metal_is_left_as_it_is() -> None:
    """A square that is dense in four of the views stands for bones behind one another there."""
    projections = case("track")[1]
    views = projections.views.copy()
    views[10:14, 100:112, 60:75] += 2.0
    changed = ProjectionSet(views, projections.geometry)
    pitch = (PITCH, PITCH)
    assert candidates(views[11], pitch, 0.8, 80.0)[104, 66]
    (prepared,) = prepare(changed, [MetalReduction()])
    image = views[11].copy()
    prepared(11, image)
    np.testing.assert_array_equal(image, views[11])


def test_metal_at_the_edge_of_the_field_is_replaced_and_drawn() -> None:
    geometry = track()
    rod = Phantom((Cylinder((-120.0, 60.0, HEIGHT), (120.0, 60.0, HEIGHT), 4.0, TITANIUM),))
    body = trunk().line_integrals(geometry)
    projections = ProjectionSet(exposed(body + rod.line_integrals(geometry), 4), geometry)
    live = LiveVolume(projections, corrections=[MetalReduction()])
    line = drawn(live, SlabRequest(HEIGHT, 0.0, Rect(-0.2, 50.0, 0.2, 70.0), 0.4))[:, 0]
    y = 50.2 + 0.4 * np.arange(line.size)
    bright = y[line > 0.5 * np.nanmax(line)]
    assert bright[0] == pytest.approx(56.0, abs=0.8)
    assert bright[-1] == pytest.approx(64.0, abs=0.8)


# -- parts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [2, 3, 7])
def test_binned_pixels_lie_in_the_middle_of_theirs(factor: int) -> None:
    geometry = isocentric()
    coarse = binned(geometry, factor)
    assert coarse.shape == (-(-SHAPE[0] // factor), -(-SHAPE[1] // factor))
    middle = (factor - 1) / 2
    for view in (0, 20):
        np.testing.assert_allclose(
            coarse.pixel_to_world(view, 3, 5),
            geometry.pixel_to_world(view, 3 * factor + middle, 5 * factor + middle),
            atol=1e-9,
        )


@pytest.mark.parametrize("name", list(GEOMETRIES))
def test_rays_meet_planes_where_the_geometry_says(name: str) -> None:
    geometry = GEOMETRIES[name]
    lattice = LineIntegrals(ProjectionSet(np.zeros((31, *geometry.shape), np.float32), geometry))
    point, grid = np.array((12.0, -17.0, 95.0)), (-60.0, -50.0, 0.7, 0.9)
    rows, columns = geometry.project(point)
    along, across = (point[0], point[1]) if lattice.turned else (point[1], point[0])
    for view in (0, 9, 30):
        matrix = to_plane(geometry, view, point[2], grid, lattice.turned)
        i, j, w = matrix @ (columns[view], rows[view], 1.0)
        np.testing.assert_allclose((i / w, j / w), ((along + 60.0) / 0.7, (across + 50.0) / 0.9), atol=1e-6)


@pytest.mark.parametrize("name", list(GEOMETRIES))
def test_what_all_views_see_is_agreed_on(name: str) -> None:
    """A ball's shadows come back from the vote; a spot beside it in one view does not."""
    geometry = binned(GEOMETRIES[name], 2)
    masks = Phantom((Sphere((5.0, 8.0, HEIGHT), 6.0, 1.0),)).line_integrals(geometry) > 0
    truth = masks.copy()
    masks[12, 5:12, 5:12] = True
    shadows = agreed(masks, geometry, 0.75)
    assert not shadows[12, 5:12, 5:12].any()
    for view in (0, 15, 30):
        # To a pixel: what is outlined later reaches two pixels farther.
        assert binary_dilation(shadows[view], np.ones((3, 3)))[truth[view]].all()
        assert binary_dilation(truth[view], np.ones((7, 7)))[shadows[view]].all()


def test_candidates_are_dense_for_their_width_and_have_edges() -> None:
    rows, columns = np.mgrid[:200, :200].astype(np.float32) * 0.8  # mm
    body = 3.0 + 0.004 * rows

    def found(added: np.ndarray) -> np.ndarray:
        return candidates((body + added).astype(np.float32), (0.8, 0.8), 0.8, 80.0)

    def rod(radius: float, per_mm: float) -> np.ndarray:
        return 2 * per_mm * np.sqrt(np.maximum(radius**2 - (columns - 80.0) ** 2, 0.0))

    nail = found(rod(6.0, 0.25))
    assert nail[:, 95:106].all()
    assert not nail[:, :88].any()
    assert found(rod(2.0, 0.25))[100, 100]
    # A femur's shaft: 30 mm wide, its cortex included; and a ridge as high as metal, but with flat flanks.
    assert not found(rod(15.0, 0.03)).any()
    assert not found(1.5 * np.exp(-(((columns - 80.0) / 9.0) ** 2))).any()
    # A limb with its bone in air, 70 mm wide.
    limb = 0.04 * np.sqrt(np.maximum(35.0**2 - (columns - 80.0) ** 2, 0.0))
    assert not candidates((limb + rod(12.0, 0.03)).astype(np.float32), (0.8, 0.8), 0.8, 80.0).any()
    # A plate of titanium, 8 mm thick, half of it over the edge of something denser.
    plate = ((np.abs(columns - 80.0) < 15.0) & (np.abs(rows - 80.0) < 20.0)) * 2.0
    beside = 1.5 / (1.0 + np.exp(-(columns - 80.0) / 3.0))
    mask = found(plate + beside)
    assert mask[80:120, 85:115].mean() > 0.9
    assert mask[:, :75].sum() + mask[:, 125:].sum() == 0
