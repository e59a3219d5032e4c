"""Views as 16-bit samples."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.samples import Samples


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 5), st.integers(1, 70), st.floats(-6, 6))
def test_no_sample_is_off_by_more_than_half_a_step_of_its_row(seed: int, rows: int, columns: int, power: float) -> None:
    rng = np.random.default_rng(seed)
    views = (rng.normal(size=(2, rows, columns)) * 10.0**power).astype(np.float32)
    views[0, 0] = 0.0
    samples = Samples.of(views)
    for view in range(2):
        step = np.abs(views[view]).max(axis=1, keepdims=True) / 32767
        assert np.all(np.abs(samples.take(view) - views[view]) <= 0.505 * step + 1e-30)
    np.testing.assert_array_equal(samples.take(0)[0], 0.0)


def test_a_bright_wire_coarsens_its_own_row_alone() -> None:
    rng = np.random.default_rng(1)
    views = rng.normal(size=(1, 40, 100)).astype(np.float32)
    views[0, 20, 50] = 1e4
    error = np.abs(Samples.of(views).take(0) - views[0]).max(axis=1)
    assert error[20] > 0.01
    assert np.delete(error, 20).max() < 1e-4


def test_limits_begin_everywhere() -> None:
    samples = Samples.of(np.ones((3, 4, 10), np.float32))
    assert samples.valid is None
    samples.limit(1, np.array([[2, 7]] * 4, np.int32))
    assert samples.valid is not None
    np.testing.assert_array_equal(samples.valid[0], [[0, 10]] * 4)
    np.testing.assert_array_equal(samples.valid[1], [[2, 7]] * 4)
