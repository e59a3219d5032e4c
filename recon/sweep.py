"""How views share the directions of a sweep: steps between neighbours, straight tracks and curved paths."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said

Doubles = NDArray[np.float64]

STRAIGHT = 0.03
"""A path whose slopes leave its axis by less than this share of their range counts as straight."""
CLOSED = 2.5
"""A path whose ends are nearer to each other than so many of its steps goes all around."""
NEIGHBOURS = 2
"""Views on each side whose distance tells how densely a direction is sampled on a curved path."""


def slopes(source_mm: Doubles) -> Doubles:
    """Horizontal distance over height of each source, (along, across) the sweep, less their mean, shape (n, 2)."""
    slope = source_mm[:, :2] / source_mm[:, 2:]
    return np.asarray(slope - slope.mean(axis=0))


def is_straight(source_mm: Doubles) -> bool:
    """Whether the tube moves along the sweep axis only; otherwise filters act along the path, in two dimensions.

    Parameters
    ----------
    source_mm : ndarray of float64, shape (n, 3)
        (along, across, height).
    """
    along, across = np.ptp(slopes(source_mm), axis=0)
    return bool(across <= STRAIGHT * along)


def steps_mm(source_mm: Doubles) -> Doubles:
    """How far along the sweep each view stands for, shape (n,).

    Half the way to both neighbours, the whole step at the ends; repeated positions share their step. So irregular,
    dropped and repeated views weigh right.

    Raises
    ------
    BocageError
        When all views were taken from one position.
    """
    position, inverse, counts = np.unique(source_mm[:, 0].round(6), return_inverse=True, return_counts=True)
    if position.size == 1:
        raise BocageError(
            said("All views were taken from the same position along the sweep; no depth can be computed.")
        )
    return np.asarray((_half_steps(position) / counts)[inverse])


def rise(source_mm: Doubles) -> Doubles:
    """Change of the sources' height for each mm along the sweep, shape (n,); 0 on a track parallel to the slices."""
    position, inverse, counts = np.unique(source_mm[:, 0].round(6), return_inverse=True, return_counts=True)
    if position.size == 1:
        return np.zeros(len(source_mm))
    height = np.bincount(inverse, source_mm[:, 2]) / counts
    return np.asarray((_half_steps(height) / _half_steps(position))[inverse])


def _half_steps(values: Doubles) -> Doubles:
    """Half the difference of both neighbours; the whole difference at the ends."""
    steps = np.empty_like(values)
    steps[1:-1] = (values[2:] - values[:-2]) / 2
    steps[0], steps[-1] = values[1] - values[0], values[-1] - values[-2]
    return steps


def path_steps_mm(source_mm: Doubles, used: NDArray[np.integer[Any]]) -> Doubles:
    """How much of a curved path each used view stands for, shape (m,): half the way to the views before and after it.

    The views are taken in the order given; repeated positions share their part.

    Parameters
    ----------
    source_mm : ndarray of float64, shape (n, 3)
        Of all views: whether they go all around (circle, ellipse) does not change when some are left out.
    used : ndarray of int, shape (m,)
    """
    gap = np.linalg.norm(np.diff(source_mm, axis=0), axis=1)
    closed = len(gap) > 1 and np.linalg.norm(source_mm[0] - source_mm[-1]) < CLOSED * np.median(gap)
    own = source_mm[used]
    if len(own) < 3:
        return np.ones(len(own))
    gap = np.linalg.norm(np.diff(own, axis=0), axis=1)
    closing = np.linalg.norm(own[0] - own[-1])
    ends = (closing, closing) if closed else (gap[0], gap[-1])
    steps = 0.5 * (np.concatenate((ends[:1], gap)) + np.concatenate((gap, ends[1:])))
    return np.maximum(steps, 1e-9)


def direction_steps(slope: Doubles, angle: Doubles) -> Doubles:
    """What each view stands for among the slopes seen along directions of the plane, shape (views, angles).

    In the direction φ a view's slope is s·cos φ + c·sin φ, and the steps between neighbouring slopes are the density
    compensation of the depth frequencies that the views measure there (Orlov, Sov. Phys. Cryst. 20:312, 1975, for any
    curve). Where a path passes the same slopes again, the passes share them. The density is taken over a few
    neighbours, so that views that nearly coincide do not weigh nothing and everything in turn.

    Parameters
    ----------
    slope : ndarray of float64, shape (n, 2)
    angle : ndarray of float64, shape (k,)
        Radians.
    """
    n = len(slope)
    reach = min(NEIGHBOURS, max(1, (n - 1) // 2))
    out = np.empty((n, angle.size))
    position = slope[:, :1] * np.cos(angle) + slope[:, 1:] * np.sin(angle)
    for column in range(angle.size):
        order = np.argsort(position[:, column], kind="stable")
        ordered = position[order, column]
        low = np.maximum(np.arange(n) - reach, 0)
        high = np.minimum(np.arange(n) + reach, n - 1)
        out[order, column] = (ordered[high] - ordered[low]) / (high - low)
    return out
