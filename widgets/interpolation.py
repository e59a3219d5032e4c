"""The interpolations of magnified pictures and their kernels. NumPy only; `widgets.magnify` applies them."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recon.messages import mark

Interpolation = Literal["nearest", "bilinear", "bicubic", "lanczos"]
INTERPOLATIONS: tuple[Interpolation, ...] = ("bilinear", "bicubic", "lanczos", "nearest")
"""The first is the default."""
TITLES: dict[Interpolation, str] = {
    "bilinear": mark("bilinear"),
    "bicubic": mark("bicubic"),
    "lanczos": mark("Lanczos"),
    "nearest": mark("pixels as squares"),
}


def interpolation_of(text: str) -> Interpolation:
    """The interpolation of a setting; the default for one that is not known."""
    return next((name for name in INTERPOLATIONS if name == text), INTERPOLATIONS[0])


_REACH: dict[Interpolation, int] = {"nearest": 1, "bilinear": 1, "bicubic": 2, "lanczos": 3}


def kernel(name: Interpolation, distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight of a source pixel at a distance (in source pixels) from the point that is interpolated.

    References
    ----------
    Cubic: Keys, IEEE Trans ASSP 29:1153 (1981), a = −0.5. Lanczos: Duchon, J Appl Meteorol 18:1016 (1979), 3 lobes.
    """
    x = np.abs(distance)
    if name == "bilinear":
        return np.asarray(np.maximum(1.0 - x, 0.0))
    if name == "bicubic":
        near = (1.5 * x - 2.5) * x * x + 1.0
        far = ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
        return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))
    if name == "lanczos":
        return np.where(x < 3.0, np.sinc(x) * np.sinc(x / 3.0), 0.0)
    return np.asarray(x <= 0.5, dtype=np.float64)


def weights(
    name: Interpolation, positions: NDArray[np.float64], size: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """First source pixel, and the weights of it and its successors, for each position.

    Parameters
    ----------
    positions : ndarray, shape (n,)
        In source pixels; pixel centres are whole numbers.
    size : int
        Source pixels; beyond the border the outermost one goes on.

    Returns
    -------
    first : ndarray of int32, shape (n,)
        May reach beyond the source; the caller clips.
    share : ndarray of float32, shape (n, taps)
        Sums to 1.
    """
    inner = np.clip(positions, 0.0, size - 1.0)
    if name == "nearest":
        return np.floor(inner + 0.5).astype(np.int32), np.ones((positions.size, 1), np.float32)
    reach = _REACH[name]
    first = np.floor(inner).astype(np.int32) - (reach - 1)
    distance = first[:, None] + np.arange(2 * reach)[None, :] - inner[:, None]
    share = kernel(name, distance)
    return first, (share / share.sum(axis=1, keepdims=True)).astype(np.float32)


def visible_samples(edge: float, end: float, count: int, limit: float) -> tuple[int, NDArray[np.float64]]:
    """Which display pixels along one axis show an image, and where in the image their centres lie.

    Parameters
    ----------
    edge, end : float
        Where the image's edges lie, device pixels.
    count : int
        Image pixels between them.
    limit : float
        Device pixels of the widget.

    Returns
    -------
    start : int
        The first display pixel.
    positions : ndarray of float64
        In image pixels; pixel centres are whole numbers. Empty when nothing is visible.
    """
    start, stop = max(0, math.ceil(edge - 0.5)), min(math.ceil(limit), math.ceil(end - 0.5))
    centres = np.arange(start, max(stop, start), dtype=np.float64) + 0.5
    return start, (centres - edge) * (count / (end - edge)) - 0.5
