"""Weighing and filtering all views once, and keeping them at several resolutions.

One view at a time is made (`recon.preprocess`), filtered, and kept as 16-bit samples with its 2 × 2 means for coarser
display; nothing else of it stays in memory. Views are done in an order that spreads over the sweep from the first, so
that a slab can be computed from those that are there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numba
import numpy as np
import scipy.fft
from numpy.typing import NDArray

from recon.algorithms.base import OnePass
from recon.column_transform import PAIR, Transform, backward, fast_length, forward, multiply, transform
from recon.errors import BocageError
from recon.filters import padding_blend
from recon.lanes import LANES, load, root, spread, store
from recon.messages import said
from recon.parallel import run_tiles
from recon.preprocess import LineIntegrals, ViewSource, binned_ranges, cosine
from recon.progress import SILENT, Progress
from recon.resample import halve_image
from recon.samples import Level, Samples, aligned
from recon.sweep import direction_steps, is_straight, rise, slopes

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

LEVELS = 4
LEAST_LEVEL = 128
DIRECTIONS = 180
LOWEST = 8
"""Frequencies, from 0 on, at which a plane filter is taken from its kernel."""


@dataclass(eq=False)
class FilteredViews:
    """Filtered views at several resolutions, complete or on their way.

    Attributes
    ----------
    levels : list of Level
        Fine to coarse.
    ready : ndarray of int32, shape (m,)
        The views that are done, in order; replaced, never changed, as more are done.
    """

    levels: list[Level]
    ready: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    @property
    def complete(self) -> bool:
        """Whether all views are done."""
        return self.ready.size == len(self.levels[0].first_mm)


def coarser(
    n: int, along: int, across: int, first_mm: Doubles, pitch_mm: tuple[float, float], least: int = LEAST_LEVEL
) -> list[Level]:
    """Room for views at several resolutions, fine to coarse, as long as they have `least` samples along both axes."""
    levels = []
    first, pitch = np.array(first_mm), np.array(pitch_mm)
    while True:
        levels.append(Level(Samples(n, along, across), first, (float(pitch[0]), float(pitch[1]))))
        along, across = along // 2, across // 2
        first, pitch = first + pitch / 2, pitch * 2
        if len(levels) == LEVELS or min(along, across) < least:
            return levels


def spread_order(n: int) -> list[int]:
    """0 … n − 1 in an order whose beginnings are spread evenly: the ends, the middle, the quarters and so on."""
    order = [0, n - 1][:n]
    step = 1 << max(0, (n - 1).bit_length())
    known = set(order)
    while step >= 1:
        for start in range(step // 2, n, step):
            if start not in known:
                order.append(start)
                known.add(start)
        step //= 2
    return order + [index for index in range(n) if index not in known]


def filter_views(
    source: ViewSource,
    algorithm: OnePass,
    height_mm: float,
    progress: Progress = SILENT,
    on_ready: Callable[[FilteredViews], None] | None = None,
) -> FilteredViews:
    """Weigh and filter all views.

    Parameters
    ----------
    source : ViewSource
        `LineIntegrals` keep their coarse copy on the way.
    algorithm : OnePass
    height_mm : float
        Where a filter along the depth is exact; it changes by the square of the magnification.
    on_ready : callable(FilteredViews), optional
        Called from a working thread when a quarter of the views is done, evenly spread; the same object fills further.

    Raises
    ------
    BocageError
        When the views are too small.
    """
    n, along, across = source.shape
    if along < 4 or across < 4:
        raise BocageError(said("The views are too small to reconstruct ({0} × {1} samples).", along, across))
    out = FilteredViews(coarser(n, along, across, source.first_mm, source.pitch_mm))
    kernel: _Filter = (_LineFilter if is_straight(source.source_mm) else _PlaneFilter)(source, algorithm, height_mm)
    buffers = threading.local()
    order = spread_order(n)
    lock = threading.Lock()
    done: list[int] = []
    first_part = max(2, n // 4) if n >= 8 else n

    def one(position: int) -> None:
        index = order[position]
        if not hasattr(buffers, "views"):
            buffers.views = [aligned(level.shape) for level in out.levels]
        view = buffers.views[0]
        valid = source.view(index, view)
        if isinstance(source, LineIntegrals):
            source.remember(index, view, valid)
        kernel.apply(index, view, buffers)
        for number, level in enumerate(out.levels):
            if number:
                halve_image(buffers.views[number - 1], buffers.views[number])
                if valid is not None:
                    valid = binned_ranges(valid, 2, level.shape, out.levels[number - 1].shape[1])
            level.samples.put(index, buffers.views[number])
            if valid is not None:
                level.samples.limit(index, valid)
        with lock:
            done.append(index)
            out.ready = np.array(sorted(done), np.int32)
            tell = on_ready is not None and len(done) == first_part and first_part < n
        if tell and on_ready is not None:
            on_ready(out)

    run_tiles(one, n, progress, said("Filtering"))
    return out


def depth_scale(source_mm: Doubles, height_mm: float) -> float:
    """The squared magnification: a detector frequency times a source's slope times this is one along the height.

    Parameters
    ----------
    source_mm : ndarray of float64, shape (n, 3)
        (along, across, height).
    """
    mean = float(source_mm[:, 2].mean())
    return (mean / (mean - height_mm)) ** 2


class _Filter:
    """Filters one view in place."""

    def __init__(self, source: ViewSource, algorithm: OnePass, height_mm: float) -> None:
        self.source, self.algorithm = source, algorithm
        n, along, across = source.shape
        centre = source.source_mm
        # Positions relative to each view's source.
        self.along = source.first_mm[:, :1] + source.pitch_mm[0] * np.arange(along) - centre[:, :1]
        self.across = source.first_mm[:, 1:] + source.pitch_mm[1] * np.arange(across) - centre[:, 1:2]
        self.distance = centre[:, 2]
        self.depth_scale = depth_scale(centre, height_mm)
        # The rate at which the ray's slope (s − u)/D changes along the sweep, over the sweep's own step.
        inclination = rise(centre) if is_straight(centre) else np.zeros(n)
        self.weight = np.abs(self.distance[:, None] + self.along * inclination[:, None]) / self.distance[:, None] ** 2

    def apply(self, index: int, view: Floats, buffers: Any) -> None:
        """Filter view `index`, float32 (along, across); `buffers` belong to the calling thread."""
        raise NotImplementedError


class _LineFilter(_Filter):
    """Along the sweep: a straight track, and arcs over it."""

    def __init__(self, source: ViewSource, algorithm: OnePass, height_mm: float) -> None:
        super().__init__(source, algorithm, height_mm)
        samples = source.shape[1]
        self.transform: Transform = transform(padded_length(samples))
        length, pitch = self.transform.length, source.pitch_mm[0]
        frequency = np.arange(length // 2 + 1) / (length * pitch)
        gain = algorithm.gain(frequency, pitch, source.binning)
        self.gains: list[Floats] | None = None
        if gain is not None:
            slope = slopes(source.source_mm)[:, 0]
            depth = [algorithm.depth_gain(frequency * abs(each) * self.depth_scale) for each in slope]
            self.gains = [self.transform.arrange(gain if part is None else gain * part) for part in depth]

    def apply(self, index: int, view: Floats, buffers: Any) -> None:
        if self.gains is None:
            return
        if not hasattr(buffers, "re"):
            size = self.transform.length * LANES
            buffers.re, buffers.im = aligned((size,)), aligned((size,))
        columns = view.shape[1]
        across = np.zeros(columns + PAIR, np.float32)
        across[:columns] = self.across[index] ** 2
        filter_view(
            view, self.weight[index].astype(np.float32), (self.along[index] ** 2).astype(np.float32), across,
            float(self.distance[index]), self.gains[index], self.transform.radices,
            self.transform.twiddles, buffers.re, buffers.im,
        )  # fmt: skip


class _PlaneFilter(_Filter):
    """Along a curved path: in each direction of the plane by what the view stands for there."""

    def __init__(self, source: ViewSource, algorithm: OnePass, height_mm: float) -> None:
        super().__init__(source, algorithm, height_mm)
        _, along, across = source.shape
        self.size = (padded_length(along), padded_length(across))
        u = np.fft.fftfreq(self.size[0], source.pitch_mm[0])[:, None]
        v = np.fft.rfftfreq(self.size[1], source.pitch_mm[1])[None, :]
        frequency = np.hypot(u, v)
        angle = np.arctan2(v, u)
        self.direction = np.minimum((angle / np.pi * DIRECTIONS).astype(np.int16), DIRECTIONS - 1)
        middle = (np.arange(DIRECTIONS) + 0.5) * np.pi / DIRECTIONS
        self.slope = slopes(source.source_mm)
        self.steps = direction_steps(self.slope, middle)
        self.towards = self.slope[:, :1] * np.cos(middle) + self.slope[:, 1:] * np.sin(middle)
        gain = algorithm.gain(frequency, max(source.pitch_mm), source.binning)
        self.frequency = frequency.astype(np.float32)
        self.gain = None if gain is None else gain.astype(np.float32)
        if self.gain is not None:
            lowest = lowest_gains(algorithm, source, self.size)
            k = lowest.shape[1]
            self.gain[:k, :k], self.gain[1 - k :, :k] = lowest[:k], lowest[k:]
        self.blends = tuple(padding_blend(*pair) for pair in zip((along, across), self.size, strict=True))

    def apply(self, index: int, view: Floats, buffers: Any) -> None:  # noqa: ARG002 - FFTs keep their own
        if self.gain is None:
            return
        samples, columns = view.shape
        padded = np.empty(self.size, np.float32)
        padded[:samples, :columns] = view * cosine(self.source, index)
        _pad(padded, samples, columns, *self.blends)
        spectrum = scipy.fft.rfft2(padded)
        factor = self.gain * self.steps[index].astype(np.float32)[self.direction]
        factor[0, 0] = self.gain[0, 0] * self.steps[index].mean()
        reach = np.abs(self.towards[index]) * self.depth_scale
        depth = self.algorithm.depth_gain(self.frequency * reach.astype(np.float32)[self.direction])
        spectrum *= factor if depth is None else factor * depth.astype(np.float32)
        view[...] = scipy.fft.irfft2(spectrum, s=self.size)[:samples, :columns]


def lowest_gains(algorithm: OnePass, source: ViewSource, size: tuple[int, int]) -> Doubles:
    """A plane filter at its lowest frequencies: what its kernel has there when it is cut at the padding's border.

    Taken as it is at the frequencies of the padded view, a ramp is 0 at the lowest, so that the padded mean would be
    missing from everything within the view. (Along a line `recon.filters.ramp` does the same in closed form.)

    Returns
    -------
    ndarray of float64, shape (2k − 1, k)
        At the frequencies 0 … and … −1 of the first axis, 0 … of the second, in units of 1 over the padded size.
    """
    most = min(LOWEST, *(samples // 2 for samples in size))
    count, dense = 8 * LOWEST, 4
    length = [samples * pitch for samples, pitch in zip(size, source.pitch_mm, strict=True)]
    u, v = (np.fft.fftfreq(count * dense, each / count) for each in length)
    gain = algorithm.gain(np.hypot(u[:, None], v[None, :]), max(source.pitch_mm), source.binning)
    assert gain is not None
    # Four times as dense in frequency, so four times as wide in space: next to nothing wraps round into the middle.
    middle = np.r_[0 : count // 2, -(count // 2) : 0]
    kernel = scipy.fft.ifft2(gain).real[np.ix_(middle, middle)]
    low = np.r_[0:most, 1 - most : 0]
    return np.asarray(scipy.fft.fft2(kernel).real[np.ix_(low, np.arange(most))])


def padded_length(samples: int) -> int:
    """An even, fast length that keeps the two ends of a row apart.

    A quarter more is enough: the ends are joined smoothly, and the ramp's kernel has fallen to 1/n² there.
    """
    return fast_length(-(-samples * 5 // 4))


def _pad(padded: Floats, rows: int, columns: int, down: Floats, right: Floats) -> None:
    """Continue an image in the corner of `padded` by its border values, blended where opposite borders meet.

    The mean of the border is taken off all of it: the ramp leaves nothing of a body that goes on beyond the view, but
    of the padded view's own mean it leaves a little.
    """
    edge = max(1, min(8, rows // 4, columns // 4))
    first, last = padded[:rows, :edge].mean(axis=1), padded[:rows, columns - edge : columns].mean(axis=1)
    padded[:rows, columns:] = first[:, None] + (last - first)[:, None] * right
    top, bottom = padded[:edge].mean(axis=0), padded[rows - edge : rows].mean(axis=0)
    padded[rows:] = top + (bottom - top) * down[:, None]
    sides, ends = first.mean() + last.mean(), top[:columns].mean() + bottom[:columns].mean()
    padded -= np.float32((rows * sides + columns * ends) / (2 * (rows + columns)))


@numba.njit(nogil=True, fastmath=True, cache=True)
def filter_view(
    view: Floats, weight: Floats, along_squared: Floats, across_squared: Floats, distance: float,
    gain: Floats, radices: NDArray[np.int64], twiddles: Floats, re: Floats, im: Floats,
) -> None:  # fmt: skip
    """Weigh and filter the columns of a view, in place.

    Each sample becomes ``view[u, c] · weight[u] · cos γ`` with cos γ = D/√(D² + (u − s)² + (v − c)²), which turns the
    path's length into height. From each column the straight line through its ends is taken off: a body wider than the
    detector would otherwise end in steps, which the ramp turns into bright bands, and the ramp of a straight line that
    goes on for ever is nothing. So the body's density enters the slices elsewhere (`recon.live`), the same at every
    height. A column that ends in air at both sides stays as it is.

    Parameters
    ----------
    view : ndarray of float32, shape (samples, columns)
    weight, along_squared : ndarray of float32, shape (samples,)
    across_squared : ndarray of float32, shape (≥ columns + 32,)
    gain : ndarray of float32, shape (length,)
        From `Transform.arrange`.
    re, im : ndarray of float32, size length · 16
    """
    samples, columns = view.shape
    length = gain.size
    edge = max(1, min(8, samples // 4))
    squared, share = np.float32(distance * distance), spread(np.float32(1.0 / edge))
    none = spread(np.float32(0.0))
    for start in range(0, columns, PAIR):
        whole = start + PAIR <= columns
        near, far = load(across_squared, start), load(across_squared, start + LANES)
        for u in range(samples):
            at = u * LANES
            if whole:
                x, y = load(view, u * columns + start), load(view, u * columns + start + LANES)
            else:
                for c in range(LANES):
                    re[at + c] = view[u, start + c] if start + c < columns else np.float32(0.0)
                    im[at + c] = view[u, start + LANES + c] if start + LANES + c < columns else np.float32(0.0)
                x, y = load(re, at), load(im, at)
            base = spread(squared + along_squared[u])
            factor = spread(weight[u] * np.float32(distance))
            store(re, at, x * factor / root(base + near))
            store(im, at, y * factor / root(base + far))
        for part in (re, im):
            first, last = none, none
            for t in range(edge):
                first = first + load(part, t * LANES)
                last = last + load(part, (samples - 1 - t) * LANES)
            slope = (last - first) * spread(np.float32(1.0 / (edge * max(1, samples - edge))))
            line = first * share - slope * spread(np.float32(0.5 * (edge - 1)))
            for t in range(samples):
                store(part, t * LANES, load(part, t * LANES) - line)
                line = line + slope
            for t in range(samples, length):
                store(part, t * LANES, none)
        forward(re, im, length, radices, twiddles)
        multiply(re, im, gain)
        backward(re, im, length, radices, twiddles)
        for u in range(samples):
            at = u * LANES
            if whole:
                store(view, u * columns + start, load(re, at))
                store(view, u * columns + start + LANES, load(im, at))
            else:
                for c in range(LANES):
                    if start + c < columns:
                        view[u, start + c] = re[at + c]
                    if start + LANES + c < columns:
                        view[u, start + LANES + c] = im[at + c]


def warm_up() -> None:
    """Compile the kernels."""
    made = transform(padded_length(8))
    line, memory = np.ones(8, np.float32), np.zeros(made.length * LANES, np.float32)
    gain = made.arrange(np.ones(made.length // 2 + 1))
    filter_view(
        np.ones((8, 4), np.float32), line, line, np.ones(64, np.float32), 1.0, gain,
        made.radices, made.twiddles, memory, memory.copy(),
    )  # fmt: skip
