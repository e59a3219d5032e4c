"""Modulation transfer function (MTF) in the plane, along and across the sweep.

An object much finer than its image is a line (wire), a step (edge) or a point (bead). A line or edge that is slightly
slanted against the pixels is sampled at every fraction of a pixel, so that its profile is known more finely than the
pixels are (Fujita et al., IEEE Trans. Med. Imaging 11:34, 1992; IEC 62220-1-1:2015); a row of beads at different
fractions does the same for points. The MTF is the modulus of the profile's Fourier transform, and so includes the
detector's aperture and all interpolation, but not the display's (the *presampled* MTF).

A ramp filter takes zero frequency away: an MTF along the sweep may begin at 0 and rise first. It is therefore given as
a share of its greatest value, which for an image that keeps density is its value at zero, and f50 and f10 lie above the
maximum.

A wire or edge along the sweep is seen by no ramp filter, so the MTF across the sweep comes from points: the transform
of the profile through their middle, as is done in digital breast tomosynthesis (Marshall and Bosmans, Phys. Med. Biol.
67, 2022, topical review).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.quality.readings import Doubles
from recon.slab import PlaneGrid

BINS_PER_PIXEL = 8
"""Samples of an oversampled profile to one pixel."""
FREQUENCIES = 256
LEAST_OWN = 0.3
"""Frequencies at which less than this is left of the object's own spectrum are not measured."""
REACH_MM = 8.0


@dataclass(frozen=True, eq=False)
class Mtf:
    """A modulation transfer function.

    Attributes
    ----------
    frequency : ndarray of float64, shape (k,)
        Cycles per mm, from 0 up to at most the sampling frequency (twice Nyquist's).
    value : ndarray of float64, shape (k,)
        Share of the greatest value.
    nyquist : float
        Half the sampling frequency of the pixels, cycles per mm.
    """

    frequency: Doubles
    value: Doubles
    nyquist: float

    def falls_to(self, share: float) -> float:
        """The first frequency above the maximum where it falls to a share (0.5 for f50); infinite if it does not."""
        top = int(np.argmax(self.value))
        below = np.flatnonzero(self.value[top:] < share)
        if below.size == 0:
            return math.inf
        end = top + int(below[0])
        (f0, f1), (v0, v1) = self.frequency[end - 1 : end + 1], self.value[end - 1 : end + 1]
        return float(f0 + (v0 - share) / (v0 - v1) * (f1 - f0))


def wire_mtf(
    image: NDArray[np.floating], grid: PlaneGrid, axis: int, diameter_mm: float = 0.0, reach_mm: float = REACH_MM
) -> Mtf:
    """The MTF perpendicular to a thin, slightly slanted wire.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
        The wire crosses the whole image, brighter than its surroundings, which are 0 (see `readings.Difference`).
    grid : PlaneGrid
    axis : {0, 1}
        Image axis along which the wire's width is measured; it must lie within 20° of the other axis.
    diameter_mm : float
        Of the wire, whose own spectrum 2·J₁(x)/x, x = π·f·d, is divided out; 0 for an ideal line.
    reach_mm : float
        Half the length of the profile that is transformed.

    Raises
    ------
    BocageError
        When there is no such wire.
    """
    turned, spacing = _turned(image, grid, axis)
    offset, line = _oversampled(turned, spacing, _peaks(np.where(np.isfinite(turned), turned, 0.0)), reach_mm, "wire")
    return _transform(offset, line, spacing[0], diameter_mm)


def edge_mtf(image: NDArray[np.floating], grid: PlaneGrid, axis: int, reach_mm: float = REACH_MM) -> Mtf:
    """The MTF perpendicular to a slightly slanted straight edge; parameters and errors as for `wire_mtf`.

    The derivative of the oversampled edge profile is the line's.
    """
    turned, spacing = _turned(image, grid, axis)
    steps = np.abs(np.diff(np.where(np.isfinite(turned), turned, 0.0), axis=0))
    offset, edge = _oversampled(turned, spacing, _peaks(steps) + 0.5, reach_mm, "edge")
    step = offset[1] - offset[0]
    # A difference over one bin is the derivative seen through a second bin.
    return _transform(offset[1:] - step / 2, np.diff(edge) / step, spacing[0], 0.0, bins=2)


def bead_profile(
    image: NDArray[np.floating],
    grid: PlaneGrid,
    axis: int,
    places_mm: Sequence[tuple[float, float]],
    reach_mm: float = REACH_MM,
) -> tuple[Doubles, Doubles]:
    """The profile through the middle of like beads, finer than the pixels where their places differ by fractions.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
    grid : PlaneGrid
    axis : {0, 1}
        Image axis along which the profile runs.
    places_mm : sequence of (x, y)
        The beads' centres; their shadows must not overlap along `axis` within `reach_mm`.

    Returns
    -------
    offset_mm, value : ndarrays of float64, shape (k,)
        Mean of all beads in bins of a pixel over `BINS_PER_PIXEL`.
    """
    turned, (spacing, _) = _turned(image, grid, axis)
    offsets, values = [], []
    for place in places_mm:
        index = grid.mm_to_index(*place)
        main, other = (index[0], index[1]) if axis == 0 else (index[1], index[0])
        left = int(np.clip(math.floor(other), 0, turned.shape[1] - 2))
        share = other - left
        if not -0.5 <= share <= 1.5:
            raise BocageError(said("A bead lies outside the image in which its width is to be measured."))
        values.append((1 - share) * turned[:, left] + share * turned[:, left + 1])
        offsets.append((np.arange(turned.shape[0]) - main) * spacing)
    return _binned(np.concatenate(offsets), np.concatenate(values), spacing / BINS_PER_PIXEL, reach_mm)


def bead_mtf(offset_mm: Doubles, value: Doubles, pixel_mm: float, diameter_mm: float = 0.0) -> Mtf:
    """The MTF of a `bead_profile`, with the bead's own spectrum 2·J₁(x)/x, x = π·f·d, divided out."""
    return _transform(offset_mm, value, pixel_mm, diameter_mm)


def _turned(image: NDArray[np.floating], grid: PlaneGrid, axis: int) -> tuple[Doubles, tuple[float, float]]:
    """The image with the measured axis first, and its spacing in that order."""
    if axis not in (0, 1) or image.ndim != 2 or image.shape != grid.shape:
        raise BocageError(said("An MTF is measured along axis 0 or 1 of an image on its grid."))
    dx, dy = grid.spacing_mm
    array = np.asarray(image, dtype=np.float64)
    return (array, (dy, dx)) if axis == 0 else (array.T, (dx, dy))


def _peaks(image: Doubles) -> Doubles:
    """Row of each column's maximum, by a parabola through its neighbours."""
    top = np.clip(np.argmax(image, axis=0), 1, image.shape[0] - 2)
    column = np.arange(image.shape[1])
    below, middle, above = (image[top + shift, column] for shift in (-1, 0, 1))
    bend = below - 2 * middle + above
    safe = np.where(bend < 0, bend, -np.inf)
    return top + np.clip(0.5 * (below - above) / safe, -0.5, 0.5)


def _oversampled(
    image: Doubles, spacing: tuple[float, float], rows: Doubles, reach_mm: float, name: str
) -> tuple[Doubles, Doubles]:
    """Profile perpendicular to the straight line through given rows of the columns."""
    column = np.arange(rows.size, dtype=np.float64)
    # Columns half the image apart first: their median withstands columns that do not show the line.
    half = rows.size // 2
    slope = float(np.median(rows[half:] - rows[: rows.size - half])) / max(half, 1)
    intercept = float(np.median(rows - slope * column))
    for _ in range(2):
        kept = np.abs(rows - slope * column - intercept) < 1.5
        if kept.sum() < max(8, 0.7 * rows.size):
            raise BocageError(
                said("There is no straight {0} across the image whose sharpness could be measured.", name)
            )
        slope, intercept = np.polyfit(column[kept], rows[kept], 1)
    tangent = slope * spacing[0] / spacing[1]
    if abs(slope) * rows.size < 1.0 or abs(tangent) > math.tan(math.radians(20.0)):
        raise BocageError(
            said(
                "The {0} must be slanted against the pixels by a few degrees and cross at least one row of them; "
                "it is slanted by {1:.2f}°.",
                name,
                math.degrees(math.atan(tangent)),
            )
        )
    distance = (np.arange(image.shape[0])[:, None] - slope * column - intercept) * spacing[0]
    distance *= math.cos(math.atan(tangent))
    return _binned(distance.ravel(), image.ravel(), spacing[0] / BINS_PER_PIXEL, reach_mm)


def _binned(distance: Doubles, value: Doubles, bin_mm: float, reach_mm: float) -> tuple[Doubles, Doubles]:
    """Means of values in bins of distance, linear between them at the bins' middles."""
    used = np.isfinite(value) & (np.abs(distance) <= reach_mm)
    half = math.floor(reach_mm / bin_mm)
    index = np.rint(distance[used] / bin_mm).astype(int) + half
    inside = (index >= 0) & (index <= 2 * half)
    counts = np.bincount(index[inside], minlength=2 * half + 1)
    filled = np.flatnonzero(counts)
    if filled.size < BINS_PER_PIXEL:
        raise BocageError(said("The image is too small to measure sharpness in it."))
    # At the mean distance of what a bin holds, which need not be its middle.
    place, mean = (
        np.bincount(index[inside], part[used][inside], minlength=2 * half + 1)[filled] / counts[filled]
        for part in (distance, value)
    )
    centre = (np.arange(filled[0], filled[-1] + 1) - half) * bin_mm
    return centre, np.interp(centre, place, mean)


def _transform(offset: Doubles, line: Doubles, pixel_mm: float, diameter_mm: float, bins: int = 1) -> Mtf:
    """Modulus of a profile's transform, without what the bins and the object itself take."""
    frequency = np.arange(FREQUENCIES + 1) / (FREQUENCIES * pixel_mm)
    own = _disc(frequency, diameter_mm)
    measured = own >= LEAST_OWN
    measured &= np.cumprod(measured).astype(bool)
    frequency, own = frequency[measured], own[measured]
    step = offset[1] - offset[0]
    spectrum = np.abs(np.exp(-2j * np.pi * frequency[:, None] * offset) @ line)
    spectrum /= np.sinc(frequency * step) ** bins * own
    top = float(spectrum.max())
    if not top > 0:
        raise BocageError(said("There is nothing in the image whose sharpness could be measured."))
    return Mtf(frequency, spectrum / top, 0.5 / pixel_mm)


def _disc(frequency: Doubles, diameter_mm: float) -> Doubles:
    """Spectrum of the chords of a circle, 2·J₁(x)/x with x = π·f·d; 1 at zero."""
    from scipy.special import j1

    x = np.pi * frequency * diameter_mm
    safe = np.where(x > 1e-9, x, 1.0)
    return np.asarray(np.where(x > 1e-9, 2 * j1(safe) / safe, 1.0))
