"""Planes computed together: iterations and inversions over a stack of slices on conical grids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.algorithms.base import StackAlgorithm
from recon.errors import BocageError
from recon.live import LiveVolume
from recon.progress import SILENT, Progress
from recon.slab import SlabSource

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Iteration:
    """What stands after an iteration.

    Attributes
    ----------
    number : int
        0 is the start.
    planes : ndarray of float32, shape (k, along, across)
        Attenuation, 1/mm, on the planes' conical grids; it goes on changing with the next iteration.
    residual : float
        Root mean square of what the planes' projections lack of the views, over that of the views.
    """

    number: int
    planes: Floats
    residual: float


@dataclass(frozen=True, eq=False)
class StackProblem:
    """The planes, the views and the projector pair between them."""


def reconstruct_stack(
    live: LiveVolume,
    algorithm: StackAlgorithm,
    heights_mm: Sequence[float],
    progress: Progress = SILENT,
    on_iteration: Callable[[Iteration], None] | None = None,
) -> SlabSource:
    """Compute planes at heights together, from a live volume's views."""
    del live, heights_mm, progress, on_iteration
    raise BocageError(f"{algorithm.title} is not there yet.")
