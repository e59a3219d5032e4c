"""Ripple: edges repeated in other planes, once for each view; and the artefact index."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from recon.errors import BocageError
from recon.messages import said
from recon.quality.readings import Doubles


def ripple_period_mm(source_mm: Doubles, place_mm: tuple[float, float, float], height_mm: float) -> float:
    """Distance between the copies of an edge in another plane: the mean step of the tube seen through the object.

    Δs·|Δz| / (D − z) for steps Δs of a tube at height D, an object at z and a plane Δz away from it.

    Parameters
    ----------
    source_mm : ndarray of float64, shape (n, 3)
        In the order of the sweep.
    """
    slope = (source_mm[:, :2] - np.asarray(place_mm)[:2]) / (source_mm[:, 2:] - place_mm[2])
    return float(np.linalg.norm(np.diff(slope, axis=0), axis=1).mean() * abs(height_mm - place_mm[2]))


def residual(profile: ArrayLike, spacing_mm: float, period_mm: float) -> Doubles:
    """A profile along the sweep less its running mean over one period of the ripple.

    The running mean of anything that repeats itself with the period is constant, so the residual keeps the ripple
    whole and loses the even blur. A period below two pixels is taken as two.

    Returns
    -------
    ndarray of float64
        Shorter than the profile by half a period at each end.
    """
    values = np.asarray(profile, dtype=np.float64)
    width = max(period_mm / spacing_mm, 2.0)
    reach = int(np.ceil(width / 2))
    if values.ndim != 1 or values.size < 4 * reach + 1 or not np.isfinite(values).all():
        raise BocageError(
            said(
                "A profile of ripple must hold at least two periods ({0:.3g} mm) of finite values; found {1} "
                "values every {2:.3g} mm.",
                2 * period_mm,
                values.size,
                spacing_mm,
            )
        )
    # Integral of the profile, each value standing for its pixel, from half a period before each to half after it.
    edges = np.arange(values.size + 1) - 0.5
    integral = np.concatenate(([0.0], np.cumsum(values)))
    place = np.arange(reach, values.size - reach, dtype=np.float64)
    mean = (np.interp(place + width / 2, edges, integral) - np.interp(place - width / 2, edges, integral)) / width
    return values[reach : values.size - reach] - mean


def ripple(profile: ArrayLike, spacing_mm: float, period_mm: float) -> float:
    """Standard deviation of the `residual` off the object's plane, along the tube's travel."""
    return float(np.std(residual(profile, spacing_mm, period_mm)))


def artefact_index(with_artefact: ArrayLike, reference: ArrayLike) -> float:
    """AI = √|σ_art² − σ_ref²|: what an artefact adds to the standard deviation of a region.

    Parameters
    ----------
    with_artefact, reference : array_like, any shape
        Pixels of the region, and of the same or a like region without the artefact (Gomi et al., PLoS ONE
        14:e0222406, 2019).
    """
    spread = [float(np.nanvar(np.asarray(part, dtype=np.float64))) for part in (with_artefact, reference)]
    return float(np.sqrt(abs(spread[0] - spread[1])))
