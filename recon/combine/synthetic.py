"""A synthetic 2-D radiograph: the middle view, with the detail of all heights as the whole sweep shows it.

What is computed looks like the radiograph from the middle source position and registers with it, point by point. Along
each of its rays slices are weighted by how much they hold in focus, and what they show, seen by all views, takes the
place of the middle view's own detail, seen by one. This is the way of synthesised mammography: the low frequencies of a
projection with the high ones of the slices (Hong et al., Med. Phys. 42:3611, 2015), weighted rather than the maximum
through them, so that noise is not picked (van Schie et al., IEEE Trans. Med. Imaging 32:2322, 2013).

Only detail that changes along the sweep is replaced: a sweep holds no other about the height, and filtered slices show
no other. Let L be a mean over a few millimetres along the sweep and H = 1 − L; M the middle view; B the mean of the few
views beside it, laid over each other for the body's middle; f(z) the slices on M's rays; e(z) the local energy of
H f(z), and n its lower quartile along the ray, which noise and ripple make. Then

    w(z) = max(1 − κ n/e(z), 0),    D = H Σ w(z) f(z),    S = M + share · (L (B − M) + c g ∗ D − H M).

w is Wiener's gain. With κ = 0 all weights are 1, and D is M's own detail again, for the sum of all slices along a ray
is its projection; so structures in focus nearly keep the contrast that they have in the radiograph. The filter g, of
few taps, is the one that fits g ∗ D best to H M in the least squares: it takes up the slices' unit and undoes the
roll-off of their filter as far as their noise allows; c is the emphasis, 1 by default. With a share of 0 the result is
the middle view.

It is computed, not exposed, and must be labelled so wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.combine.options import TITLE, Synthetic
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.live import LiveVolume
from recon.messages import said
from recon.notes import Fact
from recon.parallel import run_tiles, split
from recon.progress import SILENT, Progress
from recon.resample import resample, turned
from recon.slab import FloatImage, PlaneGrid, SourceInfo
from recon.stored import Radiograph

SEARCH_PIXELS = 700
"""About the longer side of the images in which the sharpest heights are looked for."""
SMOOTH_MM = 4.0
"""Over which the energy of detail is averaged."""
NEIGHBOURS = 2
"""Views on each side of the middle one whose low frequencies are averaged with its."""
TAPS = 3
"""Of the fitted filter, on each side."""
STRIP = 64


def synthetic_radiograph(live: LiveVolume, options: Synthetic | None = None, progress: Progress = SILENT) -> Radiograph:
    """Compute a synthetic radiograph.

    Parameters
    ----------
    live : LiveVolume
    options : Synthetic
    progress : Progress

    Returns
    -------
    Radiograph
        Line integrals, with the geometry of the middle view (on the virtual detector, parallel to the slices). NaN
        where the middle view has no data.

    Raises
    ------
    BocageError
        When no height is left to be searched.
    Cancelled
    """
    options = Synthetic() if options is None else options
    lowest, highest = live.height_range_mm
    low, high = max(options.low_mm, lowest), min(options.high_mm, highest)
    if high <= low:
        raise BocageError(
            said(
                "Synthetic 2-D: the highest height must lie above the lowest, within {0:g} to {1:g} mm; found {2:g} to "
                "{3:g} mm.",
                lowest,
                highest,
                options.low_mm,
                options.high_mm,
            )
        )
    used = live.used_views
    index = int(used[np.argmin(np.abs(used - live.geometry.n_views // 2))])
    geometry = replace(live.integrals.geometry.subset([index]), exposure=None)
    progress.step(0.0, said("The middle view"))
    view, seen = _view(live, index)
    grid = _detector_grid(geometry)
    image = view
    if options.detail_share > 0:
        source = (float(value) for value in geometry.source_mm[0])
        rays = _Rays(live, tuple(source), grid, _heights(low, high, options.step_mm), 0 if live.integrals.turned else 1)
        image = rays.combined(view, index, seen, options, progress)
    image[~seen] = np.nan
    info = SourceInfo(
        title=said(TITLE),
        unit="",
        height_range_mm=(0.0, 0.0),
        patient=geometry.patient,
        notes=(
            *live.projections.notes,
            said("Synthetic 2-D: computed from the sweep, not an exposure"),
            Fact(
                said(
                    "detail of {0:.0f} % from slices of {1:g} mm between {2:g} and {3:g} mm",
                    100 * options.detail_share,
                    options.step_mm,
                    low,
                    high,
                )
            ),
        ),
    )
    return Radiograph(image, grid.spacing_mm, info, geometry, "detector", said("projection's own pixel pitch"))


def _heights(low: float, high: float, step: float) -> NDArray[np.float64]:
    """Middles of slices that fill a range."""
    count = max(1, round((high - low) / step))
    return low + (high - low) * (np.arange(count) + 0.5) / count


def _view(live: LiveVolume, index: int) -> tuple[FloatImage, NDArray[np.bool_]]:
    """A view as line integrals (rows, columns) in world axes, and where it was seen."""
    integrals = live.integrals
    image = np.empty(integrals.shape[1:], np.float32)
    valid = integrals.view(index, image)
    seen = np.ones(image.shape, np.bool_)
    if valid is not None:
        across = np.arange(image.shape[1])
        seen = (across >= valid[:, :1]) & (across < valid[:, 1:])
    if integrals.turned:
        return turned(image), np.ascontiguousarray(seen.T)
    return image, seen


@dataclass(frozen=True, eq=False)
class _Rays:
    """Slices on the rays of one view.

    Attributes
    ----------
    live : LiveVolume
    source_mm : (x, y, z)
    grid : PlaneGrid
        Of the view's pixels, in the plane z = 0.
    heights_mm : ndarray of float64, shape (k,)
    across : int
        The image axis that runs across the sweep.
    """

    live: LiveVolume
    source_mm: tuple[float, ...]
    grid: PlaneGrid
    heights_mm: NDArray[np.float64]
    across: int

    def combined(
        self, view: FloatImage, index: int, seen: NDArray[np.bool_], options: Synthetic, progress: Progress
    ) -> FloatImage:
        """The view (whose number is `index`) with its detail along the sweep partly replaced."""
        binning = max(1, round(max(self.grid.shape) / SEARCH_PIXELS))
        weights, coarse = self._weights(_binned(self.grid, binning), options, progress.part(0.02, 0.35))
        total = np.zeros(self.grid.shape, np.float32)
        part = progress.part(0.35, 0.95)
        for order, height in enumerate(self.heights_mm):
            part.step(order / self.heights_mm.size, said("Combining slices"))
            _add_weighted(self.slab(float(height), self.grid), resample(weights[order], coarse, self.grid), total)
        progress.step(0.95, said("Combining slices"))
        half = _half_width(options.detail_mm, self.grid, self.along)
        wanted = _high_pass(view, half, self.along)
        detail = _high_pass(total, half, self.along)
        detail = _fitted(detail, wanted, seen)
        detail *= np.float32(options.emphasis)
        detail -= wanted
        quiet = self._base(index, np.where(seen, view, np.float32(0.0)))
        quiet -= view
        quiet[~seen] = 0.0
        detail += quiet - _high_pass(quiet, half, self.along)
        detail *= np.float32(options.detail_share)
        detail += view
        return detail

    def _base(self, index: int, view: FloatImage) -> FloatImage:
        """The mean of the view and its neighbours, laid over it for the middle of the heights."""
        integrals, height = self.live.integrals, float(self.heights_mm.mean())
        total, count = np.array(view), np.ones(view.shape, np.float32)
        target = self._on_rays(self.source_mm, self.grid, height)
        for other in range(index - NEIGHBOURS, index + NEIGHBOURS + 1):
            if other == index or other not in self.live.used_views:
                continue
            image, seen = _view(self.live, other)
            image[~seen] = np.nan
            geometry = integrals.geometry.subset([other])
            grid = _detector_grid(geometry)
            source = tuple(float(value) for value in geometry.source_mm[0])
            moved = resample(image, self._on_rays(source, grid, height), target)
            there = np.isfinite(moved)
            total[there] += moved[there]
            count += there
        total /= count
        return total

    @staticmethod
    def _on_rays(source_mm: tuple[float, ...], grid: PlaneGrid, height_mm: float) -> PlaneGrid:
        """Where the rays from a source to a grid on the detector meet a height."""
        x, y, z = source_mm
        share = (z - height_mm) / z
        (u, v), (du, dv) = grid.origin_mm, grid.spacing_mm
        return PlaneGrid((x + (u - x) * share, y + (v - y) * share), (du * share, dv * share), grid.shape)

    @property
    def along(self) -> int:
        """The image axis that runs along the sweep."""
        return 1 - self.across

    def slab(self, height_mm: float, grid: PlaneGrid) -> FloatImage:
        """A slice whose pixels lie on the rays of a grid on the detector; NaN where there is none."""
        thickness = float(np.diff(self.heights_mm).mean()) if self.heights_mm.size > 1 else 0.0
        return self.live.slabs([height_mm], thickness, self._on_rays(self.source_mm, grid, height_mm))[0].pixels

    def _weights(self, grid: PlaneGrid, options: Synthetic, progress: Progress) -> tuple[FloatImage, PlaneGrid]:
        """Weight of each height, float32 (heights, rows, columns), and where these pixels lie: some of the grid's."""
        step = max(1, round(SMOOTH_MM / 2 / min(grid.spacing_mm)))
        kept = PlaneGrid(
            grid.origin_mm,
            (grid.spacing_mm[0] * step, grid.spacing_mm[1] * step),
            (-(-grid.shape[0] // step), -(-grid.shape[1] // step)),
        )
        energy = np.empty((self.heights_mm.size, *kept.shape), np.float32)
        half = _half_width(options.detail_mm, grid, self.along)
        smooth = [_half_width(SMOOTH_MM, grid, axis) for axis in (0, 1)]

        def one(index: int) -> None:
            detail = _high_pass(self.slab(float(self.heights_mm[index]), grid), half, self.along)
            np.nan_to_num(detail, copy=False)
            detail *= detail
            energy[index] = _box(_box(detail, smooth[0], 0)[::step], smooth[1], 1)[:, ::step]

        for index in range(self.heights_mm.size):
            progress.step(index / self.heights_mm.size, said("Looking for the sharpest heights"))
            one(index)
        np.maximum(energy, np.float32(1e-30), out=energy)
        noise = np.partition(energy, self.heights_mm.size // 4, axis=0)[self.heights_mm.size // 4]
        noise *= np.float32(options.selectivity)
        np.divide(noise, energy, out=energy)
        np.subtract(np.float32(1.0), energy, out=energy)
        return np.maximum(energy, np.float32(0.0), out=energy), kept


def _detector_grid(geometry: Geometry) -> PlaneGrid:
    """Where the pixels of a view on the virtual detector lie in the plane z = 0."""
    (rows, columns), (dy, dx) = geometry.shape, geometry.pixel_pitch_mm
    x, y = (float(value) for value in geometry.detector_centre_mm[0, :2])
    return PlaneGrid((x - (columns - 1) / 2 * dx, y - (rows - 1) / 2 * dy), (dx, dy), geometry.shape)


def _binned(grid: PlaneGrid, binning: int) -> PlaneGrid:
    (x, y), (dx, dy), (rows, columns) = grid.origin_mm, grid.spacing_mm, grid.shape
    corner = (x + (binning - 1) / 2 * dx, y + (binning - 1) / 2 * dy)
    return PlaneGrid(corner, (dx * binning, dy * binning), (-(-rows // binning), -(-columns // binning)))


def _half_width(size_mm: float, grid: PlaneGrid, axis: int) -> int:
    """Pixels on each side of the middle in a mean over a size."""
    return max(1, round((size_mm / grid.spacing_mm[1 - axis] - 1) / 2))


def _high_pass(image: FloatImage, half: int, axis: int) -> FloatImage:
    """The image less its mean along one axis, twice over 2 half + 1 pixels."""
    mean = _box(_box(image, half, axis), half, axis)
    return np.subtract(image, mean, out=mean)


def _box(image: FloatImage, half: int, axis: int, out: FloatImage | None = None) -> FloatImage:
    """Means over 2 half + 1 pixels along one axis, of those that are numbers; nearer the border, over fewer."""
    out = np.empty(image.shape, np.float32) if out is None else out
    strips = split(image.shape[1 - axis], STRIP)
    kernel = _box_down if axis == 0 else _box_along

    def strip(index: int) -> None:
        part = slice(*strips[index])
        if axis == 0:
            kernel(image[:, part], half, out[:, part])
        else:
            kernel(image[part], half, out[part])

    run_tiles(strip, len(strips))
    return out


@numba.njit(nogil=True, cache=True)
def _box_down(image: FloatImage, half: int, out: FloatImage) -> None:
    rows, columns = image.shape
    total = np.zeros(columns, np.float64)
    count = np.zeros(columns, np.int32)
    for r in range(-half, rows):
        new, old = r + half, r - half - 1
        if new < rows:
            for c in range(columns):
                if not np.isnan(image[new, c]):
                    total[c] += image[new, c]
                    count[c] += 1
        if old >= 0:
            for c in range(columns):
                if not np.isnan(image[old, c]):
                    total[c] -= image[old, c]
                    count[c] -= 1
        if r >= 0:
            for c in range(columns):
                out[r, c] = total[c] / count[c] if count[c] > 0 else np.nan


@numba.njit(nogil=True, cache=True)
def _box_along(image: FloatImage, half: int, out: FloatImage) -> None:
    rows, columns = image.shape
    for r in range(rows):
        total = 0.0
        count = 0
        for c in range(-half, columns):
            new, old = c + half, c - half - 1
            if new < columns and not np.isnan(image[r, new]):
                total += image[r, new]
                count += 1
            if old >= 0 and not np.isnan(image[r, old]):
                total -= image[r, old]
                count -= 1
            if c >= 0:
                out[r, c] = total / count if count > 0 else np.nan


def _fitted(detail: FloatImage, wanted: FloatImage, seen: NDArray[Any]) -> FloatImage:
    """Some detail through the even filter of few taps along both axes that brings it nearest to what is wanted."""
    parts = [detail, *(_shifted_pair(detail, axis, shift) for axis in (0, 1) for shift in range(1, TAPS + 1))]
    rows = np.flatnonzero(seen.any(axis=1))[:: max(1, detail.shape[0] // 500)]
    inside = seen[rows]
    columns = np.stack([part[rows][inside] for part in parts]).astype(np.float64)
    matrix = columns @ columns.T
    scale = float(np.trace(matrix)) / len(parts)
    if scale <= 0:
        return np.zeros_like(detail)
    right = columns @ wanted[rows][inside].astype(np.float64)
    taps = np.linalg.solve(matrix + 1e-6 * scale * np.eye(len(parts)), right)
    total = parts[0] * np.float32(taps[0])
    for tap, part in zip(taps[1:], parts[1:], strict=True):
        part *= np.float32(tap)
        total += part
    return np.asarray(total, np.float32)


def _shifted_pair(image: FloatImage, axis: int, shift: int) -> FloatImage:
    """The sum of the image moved both ways; the border goes on."""
    size = image.shape[axis]
    indices = np.arange(size)
    before = np.take(image, np.maximum(indices - shift, 0), axis=axis)
    before += np.take(image, np.minimum(indices + shift, size - 1), axis=axis)
    return before


def _add_weighted(image: FloatImage, weight: FloatImage, total: FloatImage) -> None:
    rows = split(image.shape[0], STRIP)
    run_tiles(lambda index: _add_rows(image, weight, total, *rows[index]), len(rows))


@numba.njit(nogil=True, cache=True)
def _add_rows(image: FloatImage, weight: FloatImage, total: FloatImage, start: int, stop: int) -> None:
    for r in range(start, stop):
        for c in range(image.shape[1]):
            product = image[r, c] * weight[r, c]
            if not np.isnan(product):
                total[r, c] += product


def warm_up() -> None:
    """Compile the kernels."""
    image = np.ones((3, 3), np.float32)
    for axis in (0, 1):
        _box(image, 1, axis)
    _add_weighted(image, image, image.copy())
