"""The collimator's shadow: zero counts that reach the border of a view, where nothing is known."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

SHADOW_RUN = 8
"""Neighbouring zeros on an edge of the image that make a shadow; fewer are dead pixels."""
PENUMBRA = 3
"""Pixels beside the shadow that are taken as part of it."""


def fill(counts: NDArray[Any], target: Floats, axis: int) -> Mask | None:
    """Continue a view into the shadow: a cliff there would ring in every slice.

    Parameters
    ----------
    counts : ndarray, shape (rows, columns)
        As stored.
    target : ndarray of float32, same shape
        The view's line integrals, continued in place.
    axis : int
        Along which the nearest measured value goes on: the sweep's.

    Returns
    -------
    ndarray of bool, same shape, or None
        Where the view was seen; None when there is no shadow. A view without any count is 0 and nowhere seen.
    """
    if not _border_zeros(counts):
        return None
    seen = np.ones(counts.shape, np.bool_)
    order = (axis, 1 - axis)
    _continue_shadow(counts.transpose(order), target.transpose(order), seen.transpose(order))
    return seen


def _border_zeros(view: NDArray[Any]) -> bool:
    """Whether a shadow reaches the border of a view: zero counts side by side, not single dead pixels."""
    for edge in (view[0], view[-1], view[:, 0], view[:, -1]):
        dark = edge <= 0
        if not dark.any():
            continue
        windows = np.lib.stride_tricks.sliding_window_view(dark, min(SHADOW_RUN, dark.size))
        if bool(windows.all(axis=1).any()):
            return True
    return False


@numba.njit(nogil=True, cache=True)
def _continue_shadow(counts: NDArray[Any], out: Floats, seen: Mask) -> None:
    """Continue each line along the first axis into the zeros at its ends; one without data is its nearest with some."""
    samples, lines = counts.shape
    dark = np.zeros(lines, np.bool_)
    for c in range(counts.shape[1]):
        first = 0
        while first < samples and counts[first, c] <= 0:
            first += 1
        if first == samples:
            seen[:, c] = False
            dark[c] = True
            continue
        last = samples - 1
        while counts[last, c] <= 0:
            last -= 1
        if first > 0:
            first = min(first + PENUMBRA, last)
        if last < samples - 1:
            last = max(last - PENUMBRA, first)
        for r in range(first):
            out[r, c] = out[first, c]
            seen[r, c] = False
        for r in range(last + 1, samples):
            out[r, c] = out[last, c]
            seen[r, c] = False
    if dark.all():
        out[:, :] = np.float32(0.0)
        return
    # The penumbra dims the first lines beside the shadow too, unless it is all that there is.
    dimmed = dark.copy()
    lit = np.flatnonzero(~dark)
    if lit[0] > 0:
        dimmed[lit[0] : lit[0] + PENUMBRA] = True
    if lit[-1] < lines - 1:
        dimmed[max(lit[-1] - PENUMBRA + 1, 0) : lit[-1] + 1] = True
    if not dimmed.all():
        dark = dimmed
    lit = np.flatnonzero(~dark)
    for line in np.flatnonzero(dark):
        out[:, line] = out[:, lit[np.argmin(np.abs(lit - line))]]
        seen[:, line] = False


def warm_up() -> None:
    """Compile the kernels."""
    for axis in (0, 1):
        for dtype in (np.uint8, np.uint16):
            fill(np.zeros((2, 2), dtype), np.ones((2, 2), np.float32), axis)
