"""Back projection without the views' extremes, against sorting all contributions of each pixel."""

from __future__ import annotations

import numpy as np
import pytest
from proof_corrections import few_views

from recon import trajectories
from recon.algorithms import FilteredBackProjection, OnePass, ShiftAndAdd, build
from recon.backproject import Plan, back_project
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.projections import ProjectionSet
from recon.samples import Samples
from recon.slab import Rect, SlabRequest

N, SHAPE = 11, (70, 300)


def samples(valid: bool = False) -> Samples:
    rng = np.random.default_rng(4)
    ranges = None
    if valid:
        first = rng.integers(0, 60, (N, SHAPE[0]))
        ranges = np.stack((first, first + 200), axis=-1).astype(np.int32)
    return Samples.of(rng.normal(size=(N, *SHAPE)).astype(np.float32), ranges)


def plan(thickness: float, shifts: bool = False) -> Plan:
    rng = np.random.default_rng(5)
    low = rng.uniform(-25.0, 25.0, (N, 1))
    one = np.ones((N, 1))
    row_step = one if shifts else 1.0 + 0.01 * rng.normal(size=(N, 1))
    column_step = one if shifts else 1.0 + 0.004 * rng.normal(size=(N, 1))
    column = 0.0 * one if shifts else rng.uniform(-4.0, 4.0, (N, 1))
    return Plan(row_step, low, low + thickness, column_step, column, np.full((N, 1), 1.0 / N, np.float32))


def of_one_view(source: Samples, whole: Plan, view: int) -> np.ndarray:
    """A view's own picture of the slice; NaN where it sees nothing."""
    parts = (getattr(whole, name)[view : view + 1] for name in
             ("row_step", "row_low", "row_high", "column_step", "column_first"))  # fmt: skip
    # Two views so that the general path is taken in any case, of which the second does not reach the slice.
    row_step, low, high, column_step, column = (np.concatenate((part, part)) for part in parts)
    low[1], high[1], row_step[1] = 1e6, 1e6, 1.0 + 1e-6
    single = Plan(row_step, low, high, column_step, column, np.full((2, 1), 0.5, np.float32),
                  np.array([view, view], np.int32))  # fmt: skip
    return back_project(source, single, SHAPE)[0, :, : SHAPE[1]].astype(np.float64)


@pytest.mark.parametrize("valid", [False, True])
@pytest.mark.parametrize(("thickness", "shifts"), [(0.0, True), (0.0, False), (0.4, False), (6.3, False)])
def test_the_extremes_of_each_pixel_are_left_out(thickness: float, shifts: bool, valid: bool) -> None:
    source, whole = samples(valid), plan(thickness, shifts)
    views = np.array([of_one_view(source, whole, view) for view in range(N)])
    count = np.isfinite(views).sum(axis=0)
    ordered = np.sort(np.where(np.isfinite(views), views, np.inf), axis=0)
    for trim in (1, 2):
        off = np.minimum(trim, np.maximum(count - 1, 0) // 4)
        rank = np.arange(N)[:, None, None]
        inside = (rank >= off) & (rank < count - off)
        expected = np.where(inside, ordered, 0.0).sum(axis=0) / np.maximum(inside.sum(axis=0), 1)
        got = back_project(source, whole, SHAPE, trim=trim)[0, :, : SHAPE[1]]
        np.testing.assert_array_equal(np.isnan(got), count == 0)
        np.testing.assert_allclose(got[count > 0], expected[count > 0], atol=2e-4)


def test_leaving_nothing_out_is_the_mean() -> None:
    source, whole = samples(), plan(0.0, shifts=True)
    same = Samples.of(np.repeat(source.take(0)[None], N, axis=0))
    one = np.ones((N, 1))
    level = Plan(one, 3.2 * one, 3.2 * one, one, 0.0 * one, whole.weight)
    mean = back_project(same, level, (60, SHAPE[1]))[0, :, : SHAPE[1]]
    trimmed = back_project(same, level, (60, SHAPE[1]), trim=2)[0, :, : SHAPE[1]]
    np.testing.assert_allclose(trimmed, mean, atol=1e-4)


@pytest.mark.parametrize("algorithm", [FilteredBackProjection(), ShiftAndAdd()])
def test_it_is_an_option_that_needs_no_new_filtering(algorithm: OnePass) -> None:
    assert algorithm.trimmed == 0
    trimmed = build(algorithm.name, {"trim": "2"})
    assert isinstance(trimmed, OnePass)
    assert trimmed.trimmed == 2
    assert trimmed.filtering == algorithm.filtering
    with pytest.raises(BocageError, match="Ripple suppression must lie between 0 and 2"):
        build(algorithm.name, {"trim": 3})


@pytest.mark.parametrize("thickness", [0.0, 8.0])
def test_a_live_volume_leaves_the_bad_view_out(thickness: float) -> None:
    """One of nine equal views holds a bright square: in the mean it shows, without the extremes it does not."""
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-200, 200, 9), source_to_detector_mm=1000, pixel_pitch_mm=0.8, shape=(120, 90)
    )
    views = np.ones((9, 120, 90), np.float32)
    views[4, 50:60, 40:50] = 10.0
    projections = ProjectionSet(views, geometry)
    request = SlabRequest(60.0, thickness, Rect(-20.0, -20.0, 20.0, 20.0), 0.5)
    plain = LiveVolume(projections, ShiftAndAdd())
    assert plain.slab(request).pixels.max() > 1.5
    trimmed = plain.with_algorithm(ShiftAndAdd(trim=1))
    np.testing.assert_allclose(trimmed.slab(request).pixels, 1.0, atol=1e-3)
    fewer = trimmed.excluding([0, 1, 2, 3, 8])  # four are left: too few to leave any out
    assert fewer.slab(request).pixels.max() > 2.0


def test_copies_of_dense_edges_fall_and_contrast_stays() -> None:
    rows = few_views(11, {"plain": FilteredBackProjection(), "trimmed": FilteredBackProjection(trim=2)})
    by_measure = {row.measure.split(" ")[0] + row.measure.split(" ")[3]: row for row in rows}
    assert by_measure["copiesbar"].off > 2.5 * by_measure["copiesbar"].on
    assert by_measure["copiesbead"].off > 2.0 * by_measure["copiesbead"].on
    assert by_measure["contrastball"].on == pytest.approx(by_measure["contrastball"].off, rel=0.02)
