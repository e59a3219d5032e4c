"""From float pixels to display pixels: the fast path of windowing."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from widgets.window import LutWindow, Window

TABLE_SIZE = 16384

# No fastmath here: NaN means "no data" and must be recognised.


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _linear(pixels: NDArray[Any], low: float, scale: float, invert: int, out: NDArray[Any]) -> None:
    low32 = np.float32(low)
    scale32 = np.float32(scale)
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            value = pixels[row, column]
            level = (value - low32) * scale32
            # The comparisons are false for NaN, so an empty pixel ends at 0 before the inversion.
            level = level if level > np.float32(0.0) else np.float32(0.0)
            level = level if level < np.float32(255.0) else np.float32(255.0)
            grey = np.uint32(np.int32(level + np.float32(0.5))) ^ np.uint32(invert)
            grey = grey if value == value else np.uint32(0)
            out[row, column] = np.uint32(0xFF000000) | grey * np.uint32(0x010101)


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _presented(
    pixels: NDArray[Any], low: float, scale: float, presentation: NDArray[Any], invert: bool, out: NDArray[Any]
) -> None:
    low32 = np.float32(low)
    scale32 = np.float32(scale)
    last = np.float32(presentation.size - 1)
    # Through a reversed table: the same work for both polarities.
    table = presentation[::-1].copy() if invert else presentation.copy()
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            value = pixels[row, column]
            level = (value - low32) * scale32
            level = level if level > np.float32(0.0) else np.float32(0.0)
            level = level if level < last else last
            grey = np.uint32(table[np.int32(level + np.float32(0.5))])
            grey = grey if value == value else np.uint32(0)
            out[row, column] = np.uint32(0xFF000000) | grey * np.uint32(0x010101)


@numba.njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _table(pixels: NDArray[Any], low: float, scale: float, table: NDArray[Any], out: NDArray[Any]) -> None:
    low32 = np.float32(low)
    scale32 = np.float32(scale)
    last = np.float32(table.size - 1)
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            value = pixels[row, column]
            index = (value - low32) * scale32
            index = index if index > np.float32(0.0) else np.float32(0.0)
            index = index if index < last else last
            grey = np.uint32(table[np.int32(index + np.float32(0.5))])
            grey = grey if value == value else np.uint32(0)
            out[row, column] = np.uint32(0xFF000000) | grey * np.uint32(0x010101)


def to_display(
    pixels: NDArray[np.float32],
    window: Window | LutWindow,
    inverted: bool = False,
    presentation: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint32]:
    """Window an image into display pixels.

    Parameters
    ----------
    pixels : ndarray of float32, shape (rows, columns)
        NaN is drawn black, inverted or not.
    inverted : bool
        Exchange black and white.
    presentation : ndarray of uint8, shape (n,), optional
        The calibrated monitor's driving level for each of n P-values from black to white. None: the greys are the
        P-values themselves, 0 … 255, as they are for files and for monitors that are not calibrated.

    Returns
    -------
    ndarray of uint32, shape (rows, columns), C order
        0xFFRRGGBB with equal red, green and blue, as ``QImage.Format_RGB32`` wants it: the form in which a raster
        window is filled without another conversion.
    """
    pixels = np.ascontiguousarray(pixels, dtype=np.float32)
    out: NDArray[np.uint32] = np.empty(pixels.shape, dtype=np.uint32)
    if isinstance(window, Window) and window.function != "sigmoid":
        low, high = window.edges
        span = high - low
        steps_of_grey = 255 if presentation is None else presentation.size - 1
        # A linear window of width 1 is a threshold: its ramp has no length.
        scale = steps_of_grey / span if span > 0 else 1e30
        if presentation is None:
            _linear(pixels, low, scale, 255 if inverted else 0, out)
        else:
            _presented(pixels, low, scale, presentation, inverted, out)
        return out
    low, high = _table_range(window)
    if isinstance(window, LutWindow):
        # A whole number of table places for each entry, so that every entry is met exactly.
        steps = max(len(window.table) - 1, 1)
        size = steps * max(1, TABLE_SIZE // steps) + 1
    else:
        size = TABLE_SIZE
    shares = window.lut(low, high, size)
    if inverted:
        shares = np.float32(1.0) - shares
    last = np.float32(255 if presentation is None else presentation.size - 1)
    greys = (shares * last + np.float32(0.5)).astype(np.int32)
    table = greys.astype(np.uint8) if presentation is None else presentation[greys]
    _table(pixels, low, (size - 1) / (high - low), table, out)
    return out


def _table_range(window: Window | LutWindow) -> tuple[float, float]:
    if isinstance(window, LutWindow):
        low, high = window.edges
        return (low, high if high > low else low + 1.0)
    # Beyond 2 widths a sigmoid differs from 0 or 1 by less than 1/255 / 10.
    return (window.centre - 2.0 * window.width, window.centre + 2.0 * window.width)


def warm_up() -> None:
    """Compile the kernels (or load them from the cache)."""
    # Read-only pixels are another type to the compiler.
    for writeable in (True, False):
        tiny = np.zeros((2, 2), dtype=np.float32)
        tiny.flags.writeable = writeable
        to_display(tiny, Window(0.0, 1.0, "linear_exact"))
        to_display(tiny, Window(0.0, 1.0, "sigmoid"))
        for table_writeable in (True, False):
            table = np.arange(256, dtype=np.uint8)
            table.flags.writeable = table_writeable
            to_display(tiny, Window(0.0, 1.0, "linear_exact"), presentation=table)


if __name__ == "__main__":
    warm_up()
