"""Back projection's kernels against sums written out in float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from recon.backproject import BLOCK_PLANES, MOST_PLANES, Plan, padded
from recon.backproject import back_project as back_project_samples
from recon.progress import Progress
from recon.samples import Samples

Doubles = NDArray[np.float64]


def back_project(
    views: NDArray[np.float32],
    plan: Plan,
    shape: tuple[int, int],
    valid: NDArray[np.int32] | None = None,
    **options: Any,
) -> NDArray[np.float32]:
    """Of float32 views, cut to the columns asked for."""
    return back_project_samples(Samples.of(views, valid), plan, shape, **options)[:, :, : shape[1]]


def hat_means(low: Doubles, high: Doubles, samples: int) -> Doubles:
    """Mean of linear interpolation's weights over [low, high], shape (…, samples): a sum over many thin slices."""
    steps = (np.arange(500) + 0.5) / 500
    out = np.zeros((*low.shape, samples))
    for index in np.ndindex(low.shape):
        at = low[index] + (high[index] - low[index]) * steps
        at = at[(at > -1) & (at < samples)]
        first = np.floor(at).astype(int)
        for tap, weight in ((first, 1 - (at - first)), (first + 1, at - first)):
            keep = (tap >= 0) & (tap < samples)
            np.add.at(out[index], tap[keep], weight[keep] / steps.size)
    return out


def reference(views: NDArray[np.float32], plan: Plan, shape: tuple[int, int]) -> tuple[Doubles, Doubles]:
    """Sum and received share of the weight, for a plan of shifts; rows outside a view count as nothing."""
    n, samples, columns = views.shape
    planes = plan.weight.shape[1]
    out, seen = np.zeros((planes, *shape)), np.zeros((planes, shape[0]))
    rows = np.arange(shape[0])[:, None]
    offset = round(float(plan.column_first[0, 0]))
    left = max(0, -offset)
    right = max(left, min(shape[1], columns - offset))
    for i in range(n):
        taps = hat_means(rows + plan.row_low[i], rows + plan.row_high[i], samples)  # (rows, planes, samples)
        part = np.einsum("rks,sc->krc", taps, views[i].astype(np.float64))
        out[:, :, left:right] += plan.weight[i][:, None, None] * part[:, :, left + offset : right + offset]
        seen += plan.weight[i][:, None] * taps.sum(axis=2).T
    out[:, :, :left], out[:, :, right:] = np.nan, np.nan
    return out, seen / plan.weight.sum(axis=0)[:, None]


def shifts(n: int, planes: int, rng: np.random.Generator, reach: float, thick: float, offset: int = 0) -> Plan:
    low = rng.uniform(-reach, reach, (n, planes))
    high = low + rng.uniform(-thick, thick, (n, planes))
    one = np.ones((n, planes))
    return Plan(one, low, high, one, one * offset, rng.uniform(0.3, 1.0, (n, planes)).astype(np.float32))


def compare(views: NDArray[np.float32], plan: Plan, shape: tuple[int, int]) -> None:
    assert plan.shifts_only
    expected, seen = reference(views, plan, shape)
    got = back_project(views, plan, shape, normalise=False)
    dark = np.broadcast_to(seen[..., None] < 1e-9, got.shape)
    # Without normalising the sum itself is what counts, wherever at least one view falls well onto the row.
    well = np.isfinite(got) & np.isfinite(expected)
    assert np.isnan(got[dark]).all()
    assert np.isnan(got).all(where=np.isnan(expected))
    np.testing.assert_allclose(got[well], expected[well], atol=2e-4 * plan.weight.sum())
    even = back_project(views, plan, shape)
    share = np.broadcast_to(seen[..., None], got.shape)
    half = well & (share > 0.3)
    np.testing.assert_allclose(even[half], expected[half] / share[half], atol=2e-3 * plan.weight.sum())


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 7, 8])
@pytest.mark.parametrize("planes", [1, 3, BLOCK_PLANES])
@pytest.mark.parametrize("thick", [0.0, 0.8, 9.0])
def test_shifts_of_any_number_of_views(n: int, planes: int, thick: float) -> None:
    rng = np.random.default_rng(n * 10 + planes)
    views = rng.normal(size=(n, 37, 11)).astype(np.float32)
    compare(views, shifts(n, planes, rng, 4.0, thick), (37, 11))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    n=st.integers(1, 9),
    samples=st.integers(4, 70),
    columns=st.integers(1, 30),
    planes=st.sampled_from([1, 2, 3, BLOCK_PLANES, MOST_PLANES + 3]),
    rows=st.integers(1, 80),
    width=st.integers(1, 40),
    reach=st.sampled_from([0.0, 3.0, 40.0]),
    thick=st.sampled_from([0.0, 0.01, 1.5, 20.0]),
    offset=st.integers(-12, 12),
)
def test_shifts_of_all_kinds(
    seed: int, n: int, samples: int, columns: int, planes: int, rows: int, width: int, reach: float, thick: float,
    offset: int,
) -> None:  # fmt: skip
    rng = np.random.default_rng(seed)
    views = rng.normal(size=(n, samples, columns)).astype(np.float32)
    compare(views, shifts(n, planes, rng, reach, thick, offset), (rows, width))


def test_a_wide_image_is_cut_into_tiles_without_seams() -> None:
    rng = np.random.default_rng(4)
    views = rng.normal(size=(3, 150, 1100)).astype(np.float32)
    for planes, thick in ((1, 0.0), (2, 0.0), (BLOCK_PLANES, 0.0), (1, 12.0), (2, 12.0)):
        compare(views, shifts(3, planes, rng, 20.0, thick), (150, 1100))


def test_whole_shifts_copy_exactly() -> None:
    views = np.arange(2 * 12 * 5, dtype=np.float32).reshape(2, 12, 5)
    one = np.ones((2, 1))
    low = np.array([[2.0], [-1.0]])
    got = back_project(views, Plan(one, low, low, one, one * 0, np.array([[0.5], [0.5]], np.float32)), (12, 5))[0]
    for row in range(12):
        parts = [views[i, row + shift] for i, shift in ((0, 2), (1, -1)) if 0 <= row + shift < 12]
        # Half a step of 16 bits.
        np.testing.assert_allclose(got[row], np.mean(parts, axis=0), atol=views.max() / 65534)


def test_a_constant_stays_constant_whatever_the_cover() -> None:
    rng = np.random.default_rng(2)
    views = np.full((6, 50, 9), 3.0, np.float32)
    for thick in (0.0, 6.0):
        got = back_project(views, shifts(6, 2, rng, 30.0, thick), (50, 9))
        got /= np.nanmedian(got, axis=(1, 2), keepdims=True)
        np.testing.assert_allclose(got[np.isfinite(got)], 1.0, rtol=1e-3)


def test_planes_asked_together_are_those_asked_alone() -> None:
    rng = np.random.default_rng(8)
    views = rng.normal(size=(7, 90, 33)).astype(np.float32)
    for thick in (0.0, 7.0):
        plan = shifts(7, BLOCK_PLANES, rng, 10.0, thick)
        together = back_project(views, plan, (90, 33))
        for k in range(BLOCK_PLANES):
            alone = Plan(*(getattr(plan, name)[:, k : k + 1] for name in Plan.__dataclass_fields__ if name != "views"))
            np.testing.assert_allclose(back_project(views, alone, (90, 33))[0], together[k], atol=1e-5)


def test_given_memory_is_filled_whatever_it_held() -> None:
    rng = np.random.default_rng(5)
    views = rng.normal(size=(5, 60, 21)).astype(np.float32)
    for offset in (0, -4, 30):
        for thick, planes in ((0.0, 2), (0.0, BLOCK_PLANES), (7.0, 2)):
            plan = shifts(5, planes, rng, 8.0, thick, offset)
            memory = np.full((planes, 70, padded(25)), np.inf, np.float32)
            got = back_project(views, plan, (70, 25), out=memory)
            assert got.base is memory
            np.testing.assert_array_equal(got, back_project(views, plan, (70, 25)))


# -- any scale and shift ---------------------------------------------------------------------------------------------


def general_reference(
    views: NDArray[np.float32], plan: Plan, shape: tuple[int, int]
) -> tuple[Doubles, NDArray[np.bool_]]:
    """Mean over rows of interpolated views, and where every view is a pixel or more inside."""
    n, samples, columns = views.shape
    planes = plan.weight.shape[1]
    out, inside = np.zeros((planes, *shape)), np.ones((planes, *shape), bool)
    r, c = np.arange(shape[0])[:, None], np.arange(shape[1])[None, :]
    steps = (np.arange(200) + 0.5) / 200
    for i in range(n):
        for k in range(planes):
            column = plan.column_step[i, k] * c + plan.column_first[i, k] + 0.0 * r
            low = plan.row_step[i, k] * r + plan.row_low[i, k] + 0.0 * c
            high = plan.row_step[i, k] * r + plan.row_high[i, k] + 0.0 * c
            width = float(plan.row_high[i, k] - plan.row_low[i, k])
            for step in steps if width else (0.5,):
                part = map_coordinates(
                    views[i].astype(np.float64), [low + step * (high - low), column], order=1, mode="nearest"
                )
                out[k] += part * plan.weight[i, k] / (steps.size if width else 1)
            inside[k] &= (np.minimum(low, high) >= 0) & (np.maximum(low, high) <= samples - 1)
            inside[k] &= (column >= 0) & (column <= columns - 1)
    return out, inside


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    n=st.integers(1, 5),
    samples=st.integers(8, 40),
    columns=st.integers(2, 40),
    spread=st.sampled_from([0.0, 1e-7, 0.02, 0.3]),
    thick=st.sampled_from([0.0, 0.5, 6.0]),
)
def test_any_scale_and_shift(seed: int, n: int, samples: int, columns: int, spread: float, thick: float) -> None:
    rng = np.random.default_rng(seed)
    views = rng.normal(size=(n, samples, columns)).astype(np.float32)
    size = (n, 2)
    low = rng.uniform(-2, 2, size)
    plan = Plan(
        1 + rng.uniform(-spread, spread, size),
        low,
        low + rng.uniform(-thick, thick, size),
        1 + rng.uniform(-spread, spread, size),
        rng.uniform(-2, 2, size),
        rng.uniform(0.3, 1.0, size).astype(np.float32),
    )
    shape = (samples + 3, columns + 3)
    expected, inside = general_reference(views, plan, shape)
    got = back_project(views, plan, shape)
    assert np.isfinite(got[inside]).all()
    np.testing.assert_allclose(got[inside], expected[inside], atol=3e-3 * n)


def test_both_paths_agree() -> None:
    """Every column of every view valid: the general path must give what the path of shifts gives."""
    rng = np.random.default_rng(12)
    views = rng.normal(size=(5, 60, 40)).astype(np.float32)
    valid = np.tile(np.array([0, 40], np.int32), (5, 60, 1))
    for thick in (0.0, 5.0):
        plan = shifts(5, 2, rng, 6.0, thick)
        fast, general = back_project(views, plan, (60, 40)), back_project(views, plan, (60, 40), valid)
        np.testing.assert_allclose(fast[:, 12:-12], general[:, 12:-12], atol=1e-4)


def test_pixels_without_data_do_not_count() -> None:
    views = np.full((2, 10, 30), 100.0, np.float32)
    views[0, :, 10:] = 1.0
    views[1, :, :20] = 3.0
    valid = np.zeros((2, 10, 2), np.int32)
    valid[0], valid[1] = (10, 30), (0, 20)
    one, zero = np.ones((2, 1)), np.zeros((2, 1))
    got = back_project(views, Plan(one, zero, zero, one, zero, np.full((2, 1), 0.5, np.float32)), (10, 30), valid)[0]
    expected = np.where(np.arange(30) < 10, 3.0, np.where(np.arange(30) < 20, 2.0, 1.0))
    np.testing.assert_allclose(got, np.broadcast_to(expected, got.shape), atol=100 / 65534)


def test_nothing_asked_inside_is_nan() -> None:
    views = np.ones((3, 12, 6), np.float32)
    one = np.ones((3, 1))
    far = Plan(one, one * 100, one * 100, one, one * 0, one.astype(np.float32))
    beside = Plan(one, one * 0, one * 0, one, one * 50, one.astype(np.float32))
    for plan in (far, beside):
        assert np.isnan(back_project(views, plan, (12, 6))).all()


def test_work_reports_and_stops() -> None:
    from recon.errors import Cancelled

    views = np.ones((3, 200, 6), np.float32)
    one = np.ones((3, 1))
    plan = Plan(one, one * 0, one * 0, one, one * 0, one.astype(np.float32))
    told: list[float] = []
    back_project(views, plan, (200, 6), progress=Progress(lambda fraction, _: told.append(fraction)))
    assert told
    assert max(told) == 1.0
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        back_project(views, plan, (200, 6), progress=stopped)
