"""The open field: the counts of a ray that passes nothing, and each view's share of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.notes import Fact
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet

AIR_QUANTILE = 0.999


def air_value(projections: ProjectionSet, progress: Progress = SILENT) -> tuple[float, str]:
    """The open field's counts and a sentence that says where it comes from.

    Without a given value the brightest part of the unsaturated pixels of all views is taken, which presumes that
    some pixel sees the tube directly.
    """
    if projections.air is not None:
        if not (np.isfinite(projections.air) and projections.air > 0):
            raise BocageError(said("The open field's counts (air) must be positive, found {0:g}.", projections.air))
        return float(projections.air), Fact(said("open field {0} counts (given)", _digits(projections.air)))
    n = projections.geometry.n_views
    step = max(1, projections.views.shape[1] // 256)
    exposure = relative_exposure(projections.geometry)
    parts = []
    for view in range(n):
        progress.step(view / n, said("Looking for the open field"))
        sample = np.asarray(projections.views[view])[::step, ::step].astype(np.float32)
        usable = np.isfinite(sample)
        if projections.saturation is not None:
            usable &= sample < projections.saturation
        # Every view as if it had the mean exposure, which is what the value is multiplied by later.
        parts.append(sample[usable] / np.float32(exposure[view]))
    samples = np.concatenate(parts)
    if samples.size == 0:
        raise BocageError(said("All pixels are saturated; give the open field's counts (air)."))
    air = float(np.quantile(samples, AIR_QUANTILE))
    if air <= 0:
        raise BocageError(said("The views hold no counts above zero; are they line integrals?"))
    return air, said(
        "open field {0} counts (brightest {1:.1g} % of the pixels)", _digits(air), 100 * (1 - AIR_QUANTILE)
    )


def relative_exposure(geometry: Geometry) -> NDArray[np.float64]:
    """Exposure of each view over the mean, shape (n,); ones when unknown."""
    if geometry.exposure is None:
        return np.ones(geometry.n_views)
    return np.asarray(geometry.exposure / geometry.exposure.mean())


def _digits(value: float) -> str:
    """Four digits at least, never as a power of ten."""
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"
