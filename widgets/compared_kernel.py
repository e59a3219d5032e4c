"""Two pictures in one: display pixels mixed, coloured, and values subtracted."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

SAMPLES = 60_000
"""Pixels that grey levels are matched by."""


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _blend(under: NDArray[Any], over: NDArray[Any], share: int, out: NDArray[Any]) -> None:
    rest = np.uint32(256 - share)
    part = np.uint32(share)
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            grey = ((under[row, column] & 0xFF) * rest + (over[row, column] & 0xFF) * part + np.uint32(128)) >> 8
            out[row, column] = np.uint32(0xFF000000) | (grey * np.uint32(0x010101))


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _colour(under: NDArray[Any], over: NDArray[Any], out: NDArray[Any]) -> None:
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            a, b = under[row, column] & 0xFF, over[row, column] & 0xFF
            out[row, column] = np.uint32(0xFF000000) | (a << 16) | (((a + b) >> 1) << 8) | b


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _present(pixels: NDArray[Any], table: NDArray[Any]) -> None:
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            value = pixels[row, column]
            red, green, blue = table[(value >> 16) & 0xFF], table[(value >> 8) & 0xFF], table[value & 0xFF]
            pixels[row, column] = (
                np.uint32(0xFF000000) | (np.uint32(red) << 16) | (np.uint32(green) << 8) | np.uint32(blue)
            )


def blended(under: NDArray[np.uint32], over: NDArray[np.uint32], opacity: float) -> NDArray[np.uint32]:
    """Mix grey display pixels: opacity 0 is the lower picture, 1 the upper one, exactly."""
    out = np.empty_like(under)
    _blend(under, over, round(256 * min(max(opacity, 0.0), 1.0)), out)
    return out


def coloured(under: NDArray[np.uint32], over: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Lay one picture over the other in two colours: red where the lower one is brighter, blue where the upper one is.

    Where both have the same grey, that grey is seen; the luminance is about that of their mean.
    """
    out = np.empty_like(under)
    _colour(under, over, out)
    return out


def presented(pixels: NDArray[np.uint32], table: NDArray[np.uint8] | None) -> NDArray[np.uint32]:
    """Bring display pixels to a monitor through the driving level of each P-value, in place.

    Parameters
    ----------
    table : ndarray of uint8 or None
        Of any length; None leaves the pixels as they are.
    """
    if table is not None:
        levels = table if table.size == 256 else table[np.rint(np.linspace(0, table.size - 1, 256)).astype(np.intp)]
        _present(pixels, np.ascontiguousarray(levels))
    return pixels


def matched(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[float, float]:
    """Find gain and offset that give `other` the grey levels of `one`, from where both have data.

    Medians and the distances between the 10th and 90th percentiles are made equal, so that what is in one picture only
    moves them little; where bright is dark in the other, the gain is negative.

    Returns
    -------
    gain, offset : float
        (1, 0) where there is nothing to go by.
    """
    step = max(1, int(np.sqrt(one.size / SAMPLES)))
    first, second = one[::step, ::step], other[::step, ::step]
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 16:
        return 1.0, 0.0
    first, second = first[both].astype(np.float64), second[both].astype(np.float64)
    low, middle, high = np.percentile(first, (10.0, 50.0, 90.0))
    lower, centre, upper = np.percentile(second, (10.0, 50.0, 90.0))
    if not (upper > lower and high > low):
        return 1.0, float(middle - centre)
    gain = float((high - low) / (upper - lower))
    together = float(np.mean((first - middle) * (second - centre)))
    gain = -gain if together < 0.0 else gain
    return gain, float(middle - gain * centre)


def difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Subtract `other`, matched in grey levels, from `one`.

    Returns
    -------
    ndarray of float32
        In the unit of `one`; NaN where one of the two has nothing.
    spread : float
        Half the width of a symmetric window that holds nearly all of it.
    """
    gain, offset = matched(one, other)
    out = np.asarray(one - (np.float32(gain) * other + np.float32(offset)), dtype=np.float32)
    step = max(1, int(np.sqrt(one.size / SAMPLES)))
    sample = np.abs(out[::step, ::step])
    sample = sample[np.isfinite(sample)]
    spread = float(np.percentile(sample, 99.0)) if sample.size else 0.0
    level = np.abs(one[::step, ::step][np.isfinite(one[::step, ::step])])
    least = 1e-3 * float(level.max()) if level.size else 0.0
    return out, max(spread, least, 1e-12)


def warm_up() -> None:
    """Compile the kernels."""
    tiny = np.zeros((2, 2), np.uint32)
    blended(tiny, tiny, 0.5)
    presented(coloured(tiny, tiny), np.arange(256, dtype=np.uint8))
