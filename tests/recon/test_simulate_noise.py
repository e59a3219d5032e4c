from __future__ import annotations

import numpy as np
import pytest

from recon.errors import BocageError
from recon.simulate import noise
from recon.simulate.noise import counts


@pytest.mark.parametrize(("line", "photons"), [(0.0, 20000.0), (3.0, 20000.0), (5.0, 900.0), (6.0, 400.0)])
def test_mean_and_variance_are_poissons(line: float, photons: float) -> None:
    image = np.full((600, 500), line, dtype=np.float32)
    gain, mean = 2.0, photons * np.exp(-line)
    values = counts(image, photons, gain, seed=2).astype(float)
    assert values.mean() == pytest.approx(gain * mean, abs=6 * gain * np.sqrt(mean / values.size))
    assert values.var() == pytest.approx(gain**2 * mean, rel=0.02)


def test_pixels_are_independent() -> None:
    values = counts(np.full((400, 400), 1.0, dtype=np.float32), 5000.0, seed=3).astype(float)
    values -= values.mean()
    for other in (np.roll(values, 1, axis=0), np.roll(values, 1, axis=1), np.roll(values, 64, axis=0)):
        assert abs(float((values * other).mean() / values.var())) < 0.015


def test_the_seed_decides_and_the_order_of_tiles_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.random.default_rng(0).uniform(0, 5, (3, 130, 40)).astype(np.float32)
    first = counts(image, 8000.0, 2.0, seed=11)
    np.testing.assert_array_equal(first, counts(image, 8000.0, 2.0, seed=11))
    assert (first != counts(image, 8000.0, 2.0, seed=12)).mean() > 0.9

    def backwards(function, count, *_):  # type: ignore[no-untyped-def]
        for tile in reversed(range(count)):
            function(tile)

    monkeypatch.setattr(noise, "run_tiles", backwards)
    np.testing.assert_array_equal(first, counts(image, 8000.0, 2.0, seed=11))


def test_clipping_offset_and_electronic_noise() -> None:
    open_field = np.zeros((64, 64), dtype=np.float32)
    assert counts(open_field, 50000.0, 2.0).dtype == np.uint16
    assert counts(open_field, 50000.0, 2.0).max() == 65535
    assert np.all(counts(open_field, 50000.0, 2.0, bits=12) == 4095)
    dark = np.full((300, 300), 80.0, dtype=np.float32)
    assert np.all(counts(dark, 1000.0, offset=100.0) == 100)
    noisy = counts(dark, 1000.0, offset=100.0, electronic_noise=3.0)
    assert noisy.std() == pytest.approx(3.0, rel=0.03)
    assert counts(dark, 1000.0, electronic_noise=3.0).min() == 0


def test_bad_numbers_are_refused() -> None:
    image = np.zeros((2, 2), dtype=np.float32)
    with pytest.raises(BocageError, match="photons"):
        counts(image, 0.0)
    with pytest.raises(BocageError, match="gain"):
        counts(image, 1.0, -1.0)
    with pytest.raises(BocageError, match="bits"):
        counts(image, 1.0, bits=17)
