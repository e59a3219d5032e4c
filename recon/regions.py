"""Pixels inside outlines and along lines: masks, statistics, histograms, profiles.

Pixels count by their *centres*, wholly or not at all: no pixel is weighted, so that a region's standard deviation is
that of the image. The slabs given should be on the source's own pixels, not those of a minified display.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recon.slab import PlaneGrid, Slab

Point = tuple[float, float]
MAXIMUM_BINS = 256
MAXIMUM_SAMPLES = 20_000


@dataclass(frozen=True)
class Polygon:
    """The inside of a closed outline; where it crosses itself, the even-odd rule holds.

    Attributes
    ----------
    vertices_mm : tuple of (x, y)
    """

    vertices_mm: tuple[Point, ...]

    def mask(self, grid: PlaneGrid) -> NDArray[np.bool_]:
        """Whether each pixel's centre lies inside; shape (rows, columns)."""
        rows, columns = grid.shape
        inside = np.zeros((rows, columns), dtype=np.bool_)
        if len(self.vertices_mm) < 3:
            return inside
        points = np.asarray(self.vertices_mm, dtype=np.float64)
        after = np.roll(points, -1, axis=0)
        ys = grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(rows)
        # An edge belongs to the rows from its upper end (included) to its lower (left out): a vertex counts once.
        low, high = np.minimum(points[:, 1], after[:, 1]), np.maximum(points[:, 1], after[:, 1])
        for row in range(rows):
            crossed = (low <= ys[row]) & (ys[row] < high)
            if not crossed.any():
                continue
            a, b = points[crossed], after[crossed]
            x = a[:, 0] + (ys[row] - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
            edges = np.sort((x - grid.origin_mm[0]) / grid.spacing_mm[0])
            for left, right in edges.reshape(-1, 2):
                first, last = max(0, math.ceil(left)), min(columns, math.ceil(right))
                inside[row, first : max(first, last)] = True
        return inside

    @property
    def bounds_mm(self) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) around it."""
        return _bounds(self.vertices_mm)


@dataclass(frozen=True)
class Ellipse:
    """The inside of an ellipse whose axes are parallel to x and y.

    Attributes
    ----------
    centre_mm : (x, y)
    semi_axes_mm : (along x, along y)
    """

    centre_mm: Point
    semi_axes_mm: tuple[float, float]

    def mask(self, grid: PlaneGrid) -> NDArray[np.bool_]:
        """Whether each pixel's centre lies inside; shape (rows, columns)."""
        (cx, cy), (a, b) = self.centre_mm, self.semi_axes_mm
        rows, columns = grid.shape
        if a == 0 or b == 0:
            return np.zeros((rows, columns), dtype=np.bool_)
        x = (grid.origin_mm[0] + grid.spacing_mm[0] * np.arange(columns) - cx) / a
        y = (grid.origin_mm[1] + grid.spacing_mm[1] * np.arange(rows) - cy) / b
        return np.asarray(x[None, :] ** 2 + y[:, None] ** 2 <= 1.0)

    @property
    def bounds_mm(self) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) around it."""
        (cx, cy), (a, b) = self.centre_mm, self.semi_axes_mm
        return (cx - a, cy - b, cx + a, cy + b)


Region = Polygon | Ellipse


@dataclass(frozen=True)
class Statistics:
    """Statistics of pixel values.

    Attributes
    ----------
    mean, standard_deviation, minimum, maximum : float
        In `unit`; the standard deviation is that of the sample (n - 1). NaN when there are too few pixels.
    count : int
        Pixels counted; those without a value are left out.
    unit : str
        Of the values: "1/mm", "HU", or "" for arbitrary.
    """

    mean: float = math.nan
    standard_deviation: float = math.nan
    minimum: float = math.nan
    maximum: float = math.nan
    count: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Histogram:
    """How often values occur.

    Attributes
    ----------
    edges : ndarray of float64, shape (bins + 1,)
        Ascending; the last bin includes its upper edge.
    counts : ndarray of int64, shape (bins,)
    unit : str
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    unit: str = ""


@dataclass(frozen=True)
class Profile:
    """Values along a line or a chain of lines.

    Attributes
    ----------
    distance_mm : ndarray of float64, shape (n,)
        From the first point, along the line, in the picture's own millimetres.
    points_mm : ndarray of float64, shape (n, 2)
        World (x, y) of each sample.
    values : ndarray of float64, shape (n,)
        NaN outside the picture.
    unit : str
    """

    distance_mm: NDArray[np.float64]
    points_mm: NDArray[np.float64]
    values: NDArray[np.float64]
    unit: str = ""


def region_values(slab: Slab, region: Region) -> NDArray[np.float64]:
    """The values of the pixels whose centres lie inside, without those that have none; shape (n,)."""
    values = slab.pixels[region.mask(slab.grid)]
    return values[np.isfinite(values)].astype(np.float64)


def statistics_of(values: NDArray[np.float64], unit: str = "") -> Statistics:
    """Statistics of finite values, shape (n,)."""
    if values.size == 0:
        return Statistics(unit=unit)
    deviation = float(values.std(ddof=1)) if values.size > 1 else math.nan
    return Statistics(float(values.mean()), deviation, float(values.min()), float(values.max()), int(values.size), unit)


def histogram_of(values: NDArray[np.float64], bins: int | None = None, unit: str = "") -> Histogram:
    """A histogram of finite values.

    Parameters
    ----------
    values : ndarray, shape (n,)
    bins : int, optional
        By Freedman and Diaconis' rule if not given (Z. Wahrscheinlichkeitstheorie 57, 453, 1981), 256 at most; for few
        whole numbers (stored grey levels) one bin a level.
    """
    if values.size == 0:
        return Histogram(np.zeros(1), np.zeros(0, dtype=np.int64), unit)
    low, high = float(values.min()), float(values.max())
    if low == high:
        half = 0.5 * max(abs(low) * 1e-6, 1e-9)
        return Histogram(np.array([low - half, low + half]), np.array([values.size], dtype=np.int64), unit)
    if bins is None:
        if high - low < MAXIMUM_BINS and np.array_equal(values, np.round(values)):
            edges = np.arange(low, high + 2) - 0.5
            return Histogram(edges, np.histogram(values, edges)[0].astype(np.int64), unit)
        lower, upper = np.percentile(values, (25, 75))
        width = 2.0 * (upper - lower) / values.size ** (1 / 3)
        bins = math.ceil((high - low) / width) if width > 0 else 32
        bins = min(max(bins, 8), MAXIMUM_BINS)
    counts, edges = np.histogram(values, bins, (low, high))
    return Histogram(edges.astype(np.float64), counts.astype(np.int64), unit)


def region_histogram(slab: Slab, region: Region, bins: int | None = None, unit: str = "") -> Histogram:
    """The histogram of a region's pixels; see `region_values` and `histogram_of`."""
    return histogram_of(region_values(slab, region), bins, unit)


def profile_samples(slab: Slab, points_mm: Sequence[Point], step_mm: float | None = None, unit: str = "") -> Profile:
    """Sample a slab along a chain of straight lines.

    Values are interpolated linearly between the centres of the four nearest pixels (exact where the image is linear);
    nothing is averaged across the line.

    Parameters
    ----------
    points_mm : sequence of (x, y)
        Two or more points, world mm.
    step_mm : float, optional
        Distance between samples; half the smaller pixel if not given. The ends are always sampled.
    """
    corners = np.asarray(points_mm, dtype=np.float64)
    lengths = np.hypot(*np.diff(corners, axis=0).T)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    step = step_mm if step_mm is not None else 0.5 * min(slab.grid.spacing_mm)
    n = min(max(2, math.ceil(ends[-1] / step - 1e-9) + 1), MAXIMUM_SAMPLES)
    distance = np.linspace(0.0, ends[-1], n)
    x, y = np.interp(distance, ends, corners[:, 0]), np.interp(distance, ends, corners[:, 1])
    return Profile(distance, np.column_stack([x, y]), _interpolated(slab, x, y), unit)


def _interpolated(slab: Slab, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bilinear values; within half a pixel of the border the border's own, NaN beyond."""
    grid, (rows, columns) = slab.grid, slab.grid.shape
    c = (x - grid.origin_mm[0]) / grid.spacing_mm[0]
    r = (y - grid.origin_mm[1]) / grid.spacing_mm[1]
    outside = (c < -0.5 - 1e-9) | (c > columns - 0.5 + 1e-9) | (r < -0.5 - 1e-9) | (r > rows - 0.5 + 1e-9)
    c, r = np.clip(c, 0, columns - 1), np.clip(r, 0, rows - 1)
    c0, r0 = np.minimum(c.astype(np.intp), max(columns - 2, 0)), np.minimum(r.astype(np.intp), max(rows - 2, 0))
    c1, r1 = np.minimum(c0 + 1, columns - 1), np.minimum(r0 + 1, rows - 1)
    wc, wr = c - c0, r - r0
    values = np.zeros(c.shape)
    for rr, cc, weight in (
        (r0, c0, (1 - wr) * (1 - wc)),
        (r0, c1, (1 - wr) * wc),
        (r1, c0, wr * (1 - wc)),
        (r1, c1, wr * wc),
    ):
        # A pixel without a value must not spoil a sample that lies on its neighbour.
        values += np.where(weight > 1e-9, weight * slab.pixels[rr, cc].astype(np.float64), 0.0)
    values[outside] = np.nan
    return values


def _bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))
