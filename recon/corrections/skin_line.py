"""The body's edge: thickness that falls off towards the skin, and skin that is overexposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numba
import numpy as np
from numpy.typing import NDArray

from recon.corrections.base import Correction
from recon.errors import BocageError
from recon.messages import said
from recon.notes import Fact
from recon.parameters import number
from recon.preprocess import LineIntegrals
from recon.progress import SILENT, Progress
from recon.resample import bin_image

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

PIXEL_MM = 0.5
"""Pixel, on the detector, in which the outline is found."""
SECTORS = 36
"""Directions from the body's middle for each of which the skin has its own profile."""
SMOOTH_SECTORS = 1.5
"""Standard deviation, in sectors, over which profiles are averaged."""
SMOOTH_OUTLINE = 1.5
"""Standard deviation, in pixels, of the smoothing of the distance from the outline, which is found in whole pixels."""
CLIP, CLIPPED = 1.5, 3
"""Standard deviations beyond which pixels are left out of a profile, and how often that is repeated."""
KNOT_MM = 0.1
"""Step of the profiles over the distance."""
LEAST_CONTRAST = 0.3
"""Line integral between air and body below which there is no edge to see."""
OUTLINE = 0.04
"""Share of the way from air to body where the outline lies."""


@dataclass(frozen=True)
class SkinLine(Correction):
    """The views' thickness profile towards the skin is measured and made even.

    Within the distance from the skin where a compressed breast is rounded, the line integral falls from its full value
    to nothing, far more than tissues differ. A ramp filter answers to that edge with a bright rim and a dark band.
    As in the peripheral equalisation of mammograms (Bick, Giger, Schmidt et al., Acad. Radiol. 3:481, 1996; Snoeren and
    Karssemeijer, IEEE Trans. Med. Imaging 23:799, 2004), the mean line integral over the distance from the outline is
    taken as the profile of thickness, for each direction and view, and what it lacks of the full thickness is added.
    Beyond the outline the added thickness goes on, so that there is no edge. Overexposed skin, where the detector
    stores its highest value, is outside the outline and is continued in the same way.
    """

    name: ClassVar[str] = "skin-line"
    order: ClassVar[int] = 30
    title: ClassVar[str] = "Skin line"
    description: ClassVar[str] = (
        "Evens out the falling thickness towards the skin, as of a compressed breast, and overexposed skin: no bright "
        "rim and no dark band along the edge. Detail is kept; the thickness of the periphery is not shown any more."
    )

    strength: float = number(
        0.9,
        "Strength",
        "Share of the missing thickness that is made up for; 1 leaves no outline of the body.",
        0.0,
        1.0,
        0.05,
    )
    periphery_mm: float = number(
        45.0,
        "Periphery",
        "Distance from the skin, on the detector, within which the thickness is made even: about as wide as the body "
        "is thick, since oblique rays reach the full thickness later.",
        3.0,
        150.0,
        1.0,
        "mm",
    )

    def prepare(self, integrals: LineIntegrals, progress: Progress = SILENT) -> EvenPeriphery:
        """Make sure that there is a skin line; each view is measured when it is corrected.

        Raises
        ------
        BocageError
            When no view shows the body's edge before air.
        """
        even = EvenPeriphery(self, integrals.projections.geometry.pixel_pitch_mm)
        n = integrals.projections.geometry.n_views
        views = sorted({0, n // 2, n - 1})
        for done, view in enumerate(views):
            progress.step(done / len(views), said("Looking for the skin line"))
            if body_of(even.coarse(integrals.real(view)[0])) is not None:
                return even
        raise BocageError(
            said(
                "Skin line: the first, middle and last view do not show the edge of the body before air, so "
                "there is nothing to even out. Switch the correction off."
            )
        )


class EvenPeriphery:
    """Adds to a view what its periphery lacks in thickness; each view is measured by itself."""

    def __init__(self, correction: SkinLine, pitch_mm: tuple[float, float]) -> None:
        self._strength, self._periphery = np.float32(correction.strength), correction.periphery_mm
        self._factor = max(1, round(PIXEL_MM / max(pitch_mm)))
        self._pitch = (pitch_mm[0] * self._factor, pitch_mm[1] * self._factor)
        self.note: str = Fact(said("thickness made even along the skin line"))

    def coarse(self, image: Floats) -> Floats:
        """A view in the pixels in which the outline is found."""
        out = np.empty((-(-image.shape[0] // self._factor), -(-image.shape[1] // self._factor)), np.float32)
        bin_image(image, self._factor, out)
        return out

    def __call__(self, index: int, image: Floats) -> None:
        """Make the thickness of one view even."""
        del index
        coarse = self.coarse(image)
        found = body_of(coarse)
        if found is None:
            return
        body, air = found
        distance, sector = polar(body, self._pitch)
        knots, profile = profiles(coarse[body], distance[body], sector[body], air, self._periphery)
        lack = ((profile[:, -1:] - profile) * self._strength).astype(np.float32)
        _add(distance, sector, lack, np.float32(1.0 / (knots[1] - knots[0])), self._factor, image)


def polar(body: NDArray[np.bool_], pitch_mm: tuple[float, float]) -> tuple[Floats, Floats]:
    """Distance from the outline, and the direction in which the nearest point of it lies.

    Returns
    -------
    distance : ndarray of float32, shape (rows, columns)
        mm, negative outside.
    sector : ndarray of float32, same shape
        0 … `SECTORS` once around the body's middle.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter

    half = 0.5 * min(pitch_mm)
    inside, near = distance_transform_edt(body, sampling=pitch_mm, return_indices=True)
    outside, beside = distance_transform_edt(~body, sampling=pitch_mm, return_indices=True)
    distance = np.where(body, inside - half, half - outside).astype(np.float32)
    nearest = np.where(body, near, beside)
    rows, columns = np.nonzero(body)
    across, along = (nearest[0] - rows.mean()) * pitch_mm[0], (nearest[1] - columns.mean()) * pitch_mm[1]
    sector = (np.arctan2(across, along) / (2 * np.pi) % 1.0) * SECTORS
    return np.asarray(gaussian_filter(distance, SMOOTH_OUTLINE, mode="nearest")), sector.astype(np.float32)


def body_of(image: Floats) -> tuple[NDArray[np.bool_], float] | None:
    """The largest connected part that is not air, and the air's line integral; None where there is not both.

    Overexposed pixels all hold the same least line integral and count as air.
    """
    from scipy.ndimage import binary_fill_holes, label

    low = float(np.quantile(image, 0.002))
    high = image[image > low + LEAST_CONTRAST]
    if high.size < 0.05 * image.size:
        return None
    full = float(np.median(high))
    above = image > low + OUTLINE * (full - low)
    parts, count = label(above)
    if not count:
        return None
    body = binary_fill_holes(parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:])))
    if body.mean() > 0.995:
        return None
    return np.asarray(body), float(np.median(image[~above])) if (~above).any() else low


def profiles(
    values: Floats, distance_mm: Floats, sector: Floats, air: float, periphery_mm: float
) -> tuple[Doubles, Doubles]:
    """Mean line integral over the distance from the outline, for each sector, never falling inwards.

    Parameters
    ----------
    values, distance_mm, sector : ndarrays, shape (pixels,)
        Of the body's pixels.
    air : float
        The profile's start.

    Returns
    -------
    knots : ndarray of float64, shape (k,)
        0 … `periphery_mm`, evenly spaced.
    profile : ndarray of float64, shape (SECTORS, k)
    """
    # Bins of even area where the thickness rises like a root.
    count = max(12, round(periphery_mm / PIXEL_MM))
    edges = periphery_mm * 1.1 * (np.arange(count + 1) / count) ** 1.3
    bins = np.searchsorted(edges, distance_mm, side="right") - 1
    keep = (bins >= 0) & (bins < count)
    index = np.minimum(sector[keep].astype(int), SECTORS - 1) * count + bins[keep]
    value, place = values[keep].astype(np.float64), distance_mm[keep].astype(np.float64)
    whole = np.ones(index.size)
    for _ in range(CLIPPED):
        mean, at = _means(index, value, place, whole, count)
        # Lesions and vessels stand out of the profile and are no part of it.
        off = value - mean.ravel()[index]
        ring = index % count
        spread = np.sqrt(np.bincount(ring, whole * off**2, count) / np.maximum(np.bincount(ring, whole, count), 1))
        whole = (np.abs(off) <= CLIP * spread[ring] + 1e-9).astype(np.float64)
    mean, at = _means(index, value, place, whole, count)
    mean, at = np.concatenate((np.full((SECTORS, 1), air), mean), axis=1), np.concatenate(([0.0], at))
    mean = np.maximum.accumulate(mean, axis=1)
    knots = np.linspace(0.0, periphery_mm, max(2, round(periphery_mm / KNOT_MM)) + 1)
    return knots, np.array([np.interp(knots, at, line) for line in mean])


def _means(
    index: NDArray[np.intp], value: Doubles, place: Doubles, weight: Doubles, count: int
) -> tuple[Doubles, Doubles]:
    """Means over (sector, distance), smoothed over the sectors, and the distances' means, for `count` distances."""
    from scipy.ndimage import gaussian_filter1d

    total, near, pixels = (
        np.bincount(index, weight * each, SECTORS * count).reshape(SECTORS, count) for each in (value, place, 1.0)
    )
    ring = np.maximum(pixels.sum(axis=0), 1e-9)
    mean_of_all, at = total.sum(axis=0) / ring, near.sum(axis=0) / ring
    there = pixels.sum(axis=0) > 0
    filled = np.arange(count)
    mean_of_all = np.interp(filled, filled[there], mean_of_all[there])
    at = np.interp(filled, filled[there], at[there])
    total, pixels = (gaussian_filter1d(each, SMOOTH_SECTORS, axis=0, mode="wrap") for each in (total, pixels))
    # Sectors without an outline (the chest's wall) take the mean of all.
    little = 1e-3 * pixels.max()
    return (total + little * mean_of_all) / (pixels + little), at


@numba.njit(nogil=True, fastmath=True, cache=True)
def _add(distance: Floats, sector: Floats, lack: Floats, per_mm: float, factor: int, image: Floats) -> None:
    """Add what a table (sector, distance) says; distances are bilinear between coarse pixels."""
    rows, columns = distance.shape
    sectors, last = lack.shape[0], lack.shape[1] - 1
    for r in range(image.shape[0]):
        y = min(max((r + 0.5) / factor - 0.5, 0.0), rows - 1.0)
        i = min(int(y), max(rows - 2, 0))
        g = y - i
        below = min(i + 1, rows - 1)
        for c in range(image.shape[1]):
            x = min(max((c + 0.5) / factor - 0.5, 0.0), columns - 1.0)
            j = min(int(x), max(columns - 2, 0))
            f = x - j
            beside = min(j + 1, columns - 1)
            upper = distance[i, j] + f * (distance[i, beside] - distance[i, j])
            lower = distance[below, j] + f * (distance[below, beside] - distance[below, j])
            d = max((upper + g * (lower - upper)) * per_mm, 0.0)
            if d >= last:
                continue
            k = int(d)
            t = d - k
            s = sector[i if g < 0.5 else below, j if f < 0.5 else beside] - 0.5
            a = int(np.floor(s))
            w = s - a
            a, b = a % sectors, (a + 1) % sectors
            one = lack[a, k] + t * (lack[a, k + 1] - lack[a, k])
            other = lack[b, k] + t * (lack[b, k + 1] - lack[b, k])
            image[r, c] += np.float32(one + w * (other - one))


def warm_up() -> None:
    """Compile the kernels."""
    ones = np.ones((2, 2), np.float32)
    _add(ones, ones, ones, np.float32(1.0), 2, np.ones((4, 4), np.float32))
