"""Slice sensitivity profile (SSP) and artefact spread function (ASF): how far an object is seen off its plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from recon.errors import BocageError
from recon.messages import said
from recon.quality.readings import Doubles, along_ray, value_at, width_at
from recon.slab import Rect, SlabRequest, SlabSource

Place = tuple[float, float, float]
FINE = 8
"""Readings to a pixel of profiles in the plane."""


@dataclass(frozen=True, eq=False)
class DepthProfile:
    """An object's signal over height.

    Attributes
    ----------
    height_mm : ndarray of float64, shape (k,)
        Ascending.
    value : ndarray of float64, shape (k,)
        Share of the value at the object's height.
    object_mm : float
        The object's height.
    """

    height_mm: Doubles
    value: Doubles
    object_mm: float

    @property
    def fwhm_mm(self) -> float:
        """Full width at half maximum; infinite when it does not fall to the half within the heights measured."""
        return width_at(self.height_mm, self.value)

    def at(self, distance_mm: float) -> float:
        """Mean of both sides at a distance from the object's plane; NaN where it was not measured."""
        sides = [self.object_mm - distance_mm, self.object_mm + distance_mm]
        return float(np.mean(np.interp(sides, self.height_mm, self.value, left=np.nan, right=np.nan)))


def slice_sensitivity(
    source: SlabSource,
    places_mm: Sequence[Place],
    heights_mm: ArrayLike,
    thickness_mm: float = 0.0,
    towards_mm: Place | None = None,
) -> DepthProfile:
    """The SSP: the signal at the middle of a small bead over height, mean of like beads at one height.

    The width depends on the bead, since a limited sweep focuses fine detail in a thinner section than coarse; state its
    diameter (Dobbins and Godfrey, Phys. Med. Biol. 48:R65, 2003).

    Parameters
    ----------
    source : SlabSource
        Bead in nothing, or the difference of a body with and without it (`readings.Difference`).
    places_mm : sequence of (x, y, z)
        The beads' centres; several at different fractions of a pixel even out how the pixels lie.
    heights_mm : array_like
    thickness_mm : float
        Nominal thickness of the slabs that are read.
    towards_mm : (x, y, z), optional
        Mean position of the tube; the profile follows the ray from there through the bead. None: vertical.
    """
    if not places_mm:
        raise BocageError(said("A slice profile needs at least one bead."))
    heights = _answered(source, places_mm[0], heights_mm, thickness_mm)
    values = [
        np.mean([value_at(source, along_ray(place, z, towards_mm), z, thickness_mm) for place in places_mm])
        for z in heights
    ]
    return _normalised(heights, np.array(values), places_mm[0][2])


def plane_profile(
    source: SlabSource, places_mm: Sequence[Place], axis: int, reach_mm: float, thickness_mm: float = 0.0
) -> tuple[Doubles, Doubles]:
    """The profile through the middle of like beads in their plane, read linearly between pixels.

    Parameters
    ----------
    places_mm : sequence of (x, y, z)
        The beads' centres; several at different fractions of a pixel even out how the pixels lie.
    axis : {0, 1}
        World axis along which the profile runs (0: x, 1: y).
    reach_mm : float
        How far it runs to each side.

    Returns
    -------
    offset_mm, value : ndarrays of float64, shape (k,)
        Eight to a pixel; mean of the beads.
    """
    if not places_mm:
        raise BocageError(said("A profile in the plane needs at least one bead."))
    step = min(source.native_pixel_mm(places_mm[0][2])) / FINE
    count = math.ceil(reach_mm / step)
    total = np.zeros(2 * count + 1)
    for x, y, z in places_mm:
        half = ((count + 0.5) * step, step / 2)
        width, height = half if axis == 0 else half[::-1]
        slab = source.slab(SlabRequest(z, thickness_mm, Rect(x - width, y - height, x + width, y + height), step))
        total += slab.pixels.astype(np.float64).ravel()
    return np.arange(-count, count + 1, dtype=np.float64) * step, total / len(places_mm)


def artefact_spread(
    source: SlabSource,
    place_mm: Place,
    radius_mm: float,
    heights_mm: ArrayLike,
    thickness_mm: float = 0.0,
    towards_mm: Place | None = None,
    sweep_axis: int = 1,
) -> DepthProfile:
    """The ASF of a feature over height z: (S(z) − B(z)) / (S(z₀) − B(z₀)).

    S is the mean over a square of 0.8 of the feature's radius to each side of its middle, B that of two such squares
    three radii beside it, across the sweep, where the feature's own blur does not reach (Wu et al., Med. Phys. 31:2636,
    2004).

    Parameters
    ----------
    place_mm, radius_mm
        Of the feature; z₀ is its height.
    sweep_axis : {0, 1}
        World axis of the sweep (0: x, 1: y).
    """
    beside = 3 * radius_mm
    offsets = [(0.0, 0.0), *(((0.0, side) if sweep_axis == 0 else (side, 0.0)) for side in (-beside, beside))]
    heights = _answered(source, place_mm, heights_mm, thickness_mm)
    values = []
    for z in heights:
        x, y = along_ray(place_mm, z, towards_mm)
        signal, *beyond = (_mean(source, (x + dx, y + dy), 0.8 * radius_mm, z, thickness_mm) for dx, dy in offsets)
        values.append(signal - float(np.mean(beyond)))
    return _normalised(heights, np.array(values), place_mm[2])


def _answered(source: SlabSource, place: Place, heights_mm: ArrayLike, thickness_mm: float) -> Doubles:
    """The heights that the source answers with, ascending: a stored volume gives its nearest slices."""
    x, y, _ = place
    answered = set()
    for height in np.asarray(heights_mm, dtype=np.float64).tolist():
        pixel = min(source.native_pixel_mm(height))
        answered.add(source.slab(SlabRequest(height, thickness_mm, Rect(x, y, x + pixel, y + pixel), pixel)).height_mm)
    return np.array(sorted(answered))


def _mean(
    source: SlabSource, centre: tuple[float, float], half_mm: float, height_mm: float, thickness_mm: float
) -> float:
    """Mean over a square, at least one pixel."""
    pixel = min(source.native_pixel_mm(height_mm))
    half = max(1, round(2 * half_mm / pixel)) * pixel / 2
    x, y = centre
    region = Rect(x - half, y - half, x + half, y + half)
    return float(np.mean(source.slab(SlabRequest(height_mm, thickness_mm, region, pixel)).pixels))


def _normalised(heights: Doubles, values: Doubles, object_mm: float) -> DepthProfile:
    """Values as a share of that at the object's height."""
    if heights.size < 3 or not heights[0] <= object_mm <= heights[-1]:
        raise BocageError(
            said(
                "A profile over height needs at least three heights around the object's ({0:g} mm), found {1}.",
                object_mm,
                heights.size,
            )
        )
    focus = float(np.interp(object_mm, heights, values))
    if not (np.isfinite(values).all() and focus > 0):
        raise BocageError(said("The object at height {0:g} mm is not seen over all heights of the profile.", object_mm))
    return DepthProfile(heights, values / focus, object_mm)
