"""How thick what is seen in a slab really is. No Qt."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from recon.algorithms import OnePass
from recon.geometry import Geometry

if TYPE_CHECKING:
    from app.session.state import Reconstruction

SMALL_MM = 0.5
"""The detail that it is predicted for."""
HEIGHT_STEP_MM = 5.0


def effective_depth_mm(source: Any, algorithm: Any, reconstruction: Reconstruction, height_mm: float) -> float | None:
    """The effective thickness of a slab for small detail, mm; infinite without limit, None where it is not predicted.

    Parameters
    ----------
    source : SlabSource
        Live: it has a geometry.
    algorithm : Algorithm
        The one that made what is on screen; known for one-pass algorithms only.
    """
    geometry = getattr(source, "geometry", None)
    if not isinstance(geometry, Geometry) or not isinstance(algorithm, OnePass):
        return None
    if geometry.n_views - len(reconstruction.excluded) < 2:
        return None
    # It changes slowly with the height: one value for every few millimetres, while cine runs.
    height = HEIGHT_STEP_MM * round(height_mm / HEIGHT_STEP_MM)
    return _predicted(geometry, reconstruction.excluded, algorithm, height, reconstruction.thickness_mm)


@lru_cache(maxsize=256)
def _predicted(
    geometry: Geometry, excluded: frozenset[int], algorithm: Any, height_mm: float, nominal_mm: float
) -> float:
    from recon.quality.thickness import effective_thickness_mm

    return float(effective_thickness_mm(used(geometry, excluded), algorithm, height_mm, nominal_mm, SMALL_MM))


@lru_cache(maxsize=4)
def used(geometry: Geometry, excluded: frozenset[int]) -> Geometry:
    """The geometry without the views that are left out."""
    if not excluded:
        return geometry
    return geometry.subset(np.setdiff1d(np.arange(geometry.n_views), list(excluded)))
