"""Depth from sharpness: at what height along a ray through a radiograph something is in focus.

A point of a radiograph is a ray. At each height of it a small patch is looked up in every view of the sweep, where that
patch would cast its shadow if something lay there. What does lie there casts the same detail in all of them; what lies
elsewhere casts different detail in each, and quantum noise is different in each. So the measure is the agreement of
views, not the sharpness of a computed slice:

* Views are band-passed along the sweep, which is the only direction in which they move against each other, and smoothed
  across it. The band is fixed on the detector, so that noise weighs the same at every height.
* The *coherent energy* E is the mean product of such details between any two different views, over the patch. Products
  of a view with itself are left out, and with them all that noise contributes: without a structure E is 0 in the mean,
  whatever the noise, so that nothing has to be known or assumed about it.
* The *coherence* ρ is E over the mean energy of the details in the single views: the semblance of Neidell and Taner,
  Geophysics 36:498 (1971), without its bias. It is 1 when all views agree. A strong edge that merely crosses the patch
  in some views raises E a little but the energy of the views much more, so that ρ stays low.
* Sharpness is √(E·ρ), for positive E: E alone follows strong structures far from focus, ρ alone follows weak detail in
  quiet places.

The plane-sweep idea is Collins's (CVPR 1996, 358). Structures that run along the sweep have no height by any sweep.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numba
import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.live import LiveVolume
from recon.messages import said
from recon.parallel import run_tiles
from recon.progress import SILENT, Progress
from recon.rays import Ray
from recon.samples import Level

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """What size of detail is looked for.

    Attributes
    ----------
    patch_mm : float
        Width of the patch; it is weighted by a Gaussian that falls to 1/8 at its edge.
    fine_mm, coarse_mm : float
        Standard deviations of the band's Gaussians, on the detector.
    """

    patch_mm: float
    fine_mm: float
    coarse_mm: float


SCALES = (Scale(7.0, 0.35, 1.1), Scale(20.0, 1.0, 3.2))
"""Calcifications, vessels and cortical edges; and, where these show nothing clear, the outlines of nodules."""
MOST_SAMPLES = 8_000_000
"""Of the views that are read; coarser ones are taken rather than more."""
REFINED = 4
"""How many of the highest peaks are looked at in finer steps."""
LEAST_PROMINENCE = 0.08
"""Of a peak that is reported, as a share of the highest sharpness."""
NOISE, CERTAIN = 4.0, 12.0
"""Coherence over its spread along the ray, in standard deviations: what noise reaches by itself; what it never does."""
CLEAR, LIKELY = 0.75, 0.4
"""Confidences from which a height is called clear or likely; ``make proof`` shows how often such are right."""


@dataclass(frozen=True)
class Peak:
    """A height at which something is in focus.

    Attributes
    ----------
    height_mm : float
    sharpness : float
        As a share of the highest.
    prominence : float
        How far the sharpness falls on both sides before it rises to a higher peak; a share of the highest sharpness.
    coherence : float
        How well views agree there, up to 1.
    confidence : float
        0 to 1: that it is no chance of the noise, nor a mere ripple beside a higher peak.
    """

    height_mm: float
    sharpness: float
    prominence: float
    coherence: float
    confidence: float


@dataclass(frozen=True, eq=False)
class FocusProfile:
    """Sharpness along a ray.

    Attributes
    ----------
    ray : Ray
    heights_mm : ndarray of float64, shape (k,)
        Ascending, evenly spaced.
    sharpness : ndarray of float64, shape (k,)
        As a share of its highest value; 0 where fewer than half the views see the place.
    coherence : ndarray of float64, shape (k,)
        How well views agree.
    peaks : tuple of Peak
        Highest sharpness first; empty when nothing stands out.
    scale : Scale
        Of the detail that was found.
    """

    ray: Ray
    heights_mm: Doubles
    sharpness: Doubles
    coherence: Doubles
    peaks: tuple[Peak, ...]
    scale: Scale

    @property
    def best_mm(self) -> float | None:
        """The most likely height; None when nothing stands out."""
        return self.peaks[0].height_mm if self.peaks else None

    @property
    def confidence(self) -> float:
        """0 to 1: that the point belongs to a structure at `best_mm`, and not to noise or to the second best height."""
        if not self.peaks:
            return 0.0
        second = self.peaks[1].sharpness / self.peaks[0].sharpness if len(self.peaks) > 1 else 0.0
        return self.peaks[0].confidence * (1.0 - 0.8 * second**2)

    @property
    def verdict(self) -> Literal["clear", "likely", "several", "none"]:
        """The confidence in a word; "several": structures at more than one height cannot be told apart by sharpness."""
        if self.confidence >= CLEAR:
            return "clear"
        if self.confidence >= LIKELY:
            return "likely"
        return "several" if len(self.peaks) > 1 and self.peaks[1].confidence >= LIKELY else "none"


def focus_profile(
    live: LiveVolume,
    ray: Ray,
    heights_mm: tuple[float, float] | None = None,
    progress: Progress = SILENT,
) -> FocusProfile:
    """Compute the sharpness along a ray.

    Fine detail is looked for first, coarser detail where that shows nothing clear.

    Parameters
    ----------
    live : LiveVolume
        Whose filtered views are read; views left out are not.
    ray : Ray
    heights_mm : (low, high), optional
        Where to look; all heights that are offered by default.
    progress : Progress

    Returns
    -------
    FocusProfile

    Raises
    ------
    BocageError
        When the ray does not pass through what the sweep sees.
    Cancelled
    """
    low, high = live.height_range_mm if heights_mm is None else heights_mm
    best: FocusProfile | None = None
    for index, scale in enumerate(SCALES):
        part = progress.part(index / len(SCALES), (index + 1) / len(SCALES))
        found = _profile(live, ray, low, high, scale, part)
        if found is not None and (best is None or found.confidence > best.confidence + 0.1):
            best = found
        if best is not None and best.peaks and best.peaks[0].confidence >= LIKELY:
            break  # even if it is one of several: coarser patches would only take in more
    progress.step(1.0)
    if best is None:
        raise BocageError(
            said("Fewer than half the views of the sweep see this place, so that its height cannot be found.")
        )
    return best


def _profile(
    live: LiveVolume, ray: Ray, low: float, high: float, scale: Scale, progress: Progress
) -> FocusProfile | None:
    """At one scale; None where too few views see the ray."""
    step = _step_mm(live, high, scale)
    heights = np.linspace(low, high, max(5, round((high - low) / step) + 1))
    strips = _Strips.of(live, ray, low, high, scale, progress.part(0.0, 0.5))
    energy, coherence = strips.measure(ray, heights, progress.part(0.5, 1.0))
    if not np.isfinite(energy).any():
        return None
    sharpness = _sharpness(energy, coherence)
    top = float(sharpness.max())
    seen = coherence[np.isfinite(coherence)]
    usual = float(np.median(seen))
    spread = 1.4826 * float(np.median(np.abs(seen - usual))) + 1e-9
    peaks = []
    for index, prominence in _peaks(sharpness)[:REFINED] if top > 0 else ():
        near = heights[index] + step * np.linspace(-1.0, 1.0, 9)
        own_energy, own_coherence = strips.measure(ray, near)
        place, value = vertex(near, _sharpness(own_energy, own_coherence))
        agreed = float(np.nanmax(own_coherence))
        certain = min(max(((agreed - usual) / spread - NOISE) / (CERTAIN - NOISE), 0.0), 1.0)
        certain *= min(1.0, prominence / value / 0.4)
        peaks.append(Peak(min(max(place, low), high), value / top, prominence / top, agreed, certain))
    peaks.sort(key=lambda peak: -peak.sharpness)
    return FocusProfile(ray, heights, sharpness / max(top, 1e-30), np.nan_to_num(coherence), tuple(peaks), scale)


def vertex(position: Doubles, value: Doubles) -> tuple[float, float]:
    """Position and value of a sampled curve's maximum, by the parabola through it and its neighbours."""
    top = int(np.argmax(value))
    if not 0 < top < value.size - 1:
        return float(position[top]), float(value[top])
    below, middle, above = value[top - 1 : top + 2]
    bend = below - 2 * middle + above
    shift = 0.5 * (below - above) / bend if bend < 0 else 0.0
    return float(position[top] + shift * (position[1] - position[0])), float(middle - 0.25 * (below - above) * shift)


def _step_mm(live: LiveVolume, high_mm: float, scale: Scale) -> float:
    """A step over which the finest detail of the band begins to go out of focus, mm."""
    source = live.integrals.source_mm[live.used_views]
    slopes = float(np.ptp(source[:, 0])) / float(source[:, 2].mean() - high_mm / 2)
    return min(max(scale.fine_mm / max(slopes, 0.05), 0.5), 3.0)


def _sharpness(energy: Doubles, coherence: Doubles) -> Doubles:
    return np.asarray(np.sqrt(np.maximum(np.nan_to_num(energy), 0.0) * np.maximum(np.nan_to_num(coherence), 0.0)))


def _peaks(curve: Doubles) -> list[tuple[int, float]]:
    """Peaks (index, prominence) that stand out, highest first; an end counts as a peak when the curve falls from it."""
    from scipy.signal import find_peaks

    padded = np.concatenate(([0.0], curve, [0.0]))
    found, facts = find_peaks(padded, prominence=LEAST_PROMINENCE * float(curve.max()))
    pairs = [(int(index) - 1, float(value)) for index, value in zip(found, facts["prominences"], strict=True)]
    return sorted(pairs, key=lambda pair: -curve[pair[0]])


@dataclass(frozen=True, eq=False)
class _Strips:
    """Band-passed parts of views in which the ray's patches cast their shadows.

    Attributes
    ----------
    level : Level
    source_mm : ndarray, shape (m, 3)
        (along, across, height) of the used views.
    first_mm : ndarray, shape (m, 2)
        (along, across) of each strip's first sample.
    values : ndarray of float32, shape (m, along, across)
    sizes : ndarray of int32, shape (m, 4)
        First and end row, first and end column of each strip that lie in its view.
    turned : bool
    scale : Scale
    """

    level: Level
    source_mm: Doubles
    first_mm: Doubles
    values: Floats
    sizes: NDArray[np.int32]
    turned: bool
    scale: Scale

    @classmethod
    def of(cls, live: LiveVolume, ray: Ray, low: float, high: float, scale: Scale, progress: Progress) -> _Strips:
        """Read and filter what patches between two heights need."""
        used, turned = live.used_views, live.integrals.turned
        source = live.integrals.source_mm[used]
        if not high < 0.95 * source[:, 2].min():
            raise BocageError(said("The heights must lie below the tube."))
        # The shadow of the ray is a line from that of its lower end to that of its upper one.
        ends = np.stack([_shadow(source, _turned(ray.at(z), turned), z) for z in (low, high)])
        largest = float((source[:, 2] / (source[:, 2] - high)).max())
        for level in live.levels:
            pitch = np.asarray(level.pitch_mm)
            margin = scale.patch_mm / 2 * largest + 3.0 * scale.coarse_mm + 2 * pitch
            start = np.floor((ends.min(axis=0) - margin - level.first_mm[used]) / pitch).astype(np.int64)
            stop = np.ceil((ends.max(axis=0) + margin - level.first_mm[used]) / pitch).astype(np.int64) + 1
            shape = (stop - start).max(axis=0)
            if used.size * int(shape.prod()) <= MOST_SAMPLES:
                break
        first = level.first_mm[used] + start * pitch
        values = np.zeros((used.size, int(shape[0]), int(shape[1])), np.float32)
        sizes = np.zeros((used.size, 4), np.int32)
        band = _band(scale.fine_mm / level.pitch_mm[0], scale.coarse_mm / level.pitch_mm[0], live.algorithm.unit == "")
        smooth = _gaussian(scale.fine_mm / level.pitch_mm[1])

        def read(index: int) -> None:
            view, (row, column) = int(used[index]), start[index]
            rows, columns = level.shape
            a0, a1 = max(row, 0), min(row + shape[0], rows)
            b0, b1 = max(column, 0), min(column + shape[1], columns)
            if a1 <= a0 or b1 <= b0:
                return
            part = level.samples.values[view, a0:a1, b0:b1].astype(np.float32)
            part *= level.samples.scale[view, a0:a1, None]
            into = values[index, a0 - row : a1 - row, b0 - column : b1 - column]
            _filter(part, band, smooth, into)
            valid = level.samples.valid
            if valid is not None:  # columns with data, of the rows that are looked at
                ranges = valid[view, a0:a1]
                seen = ranges[:, 1] > ranges[:, 0]
                if not seen.any():
                    return
                b0, b1 = max(b0, int(ranges[seen, 0].max())), min(b1, int(ranges[seen, 1].min()))
                a0, a1 = a0 + int(np.argmax(seen)), a1 - int(np.argmax(seen[::-1]))
            sizes[index] = (a0 - row, a1 - row, b0 - column, b1 - column)

        run_tiles(read, used.size, progress)
        return cls(level, source, first, values, sizes, turned, scale)

    def measure(self, ray: Ray, heights_mm: Doubles, progress: Progress = SILENT) -> tuple[Doubles, Doubles]:
        """Coherent energy and coherence at some heights; NaN where fewer than half the views see the patch."""
        n, k = len(self.source_mm), heights_mm.size
        pitch, scale = self.level.pitch_mm, self.scale
        spacing = max(pitch[0], pitch[1], scale.fine_mm * 0.7)
        half = int(scale.patch_mm / 2 / spacing)
        offsets = spacing * np.arange(-half, half + 1)
        weight = np.exp(-0.5 * (offsets / (scale.patch_mm / 4)) ** 2).astype(np.float32)
        centre = np.array([_turned(ray.at(float(z)), self.turned) for z in heights_mm])
        m = self.source_mm[:, 2] / (self.source_mm[:, 2] - heights_mm[:, None])  # (k, n)
        place = centre[:, None] * m[..., None] - self.source_mm[:, :2] * (m[..., None] - 1) - self.first_mm
        place /= np.asarray(pitch)
        step = np.stack((m * spacing / pitch[0], m * spacing / pitch[1]), axis=-1)
        energy, power = np.full(k, np.nan), np.full(k, np.nan)

        def one(index: int) -> None:
            energy[index], power[index] = _agreement(
                self.values, self.sizes, place[index], step[index], weight, max(2, (n + 1) // 2)
            )

        run_tiles(one, k, progress)
        with np.errstate(divide="ignore", invalid="ignore"):
            return energy, np.where(power > 0, energy / power, np.where(np.isnan(power), np.nan, 0.0))


def _turned(point: tuple[float, float], turned: bool) -> Doubles:
    """(along, across) of a world point (x, y)."""
    return np.array(point if turned else point[::-1])


def _shadow(source: Doubles, point: Doubles, height: float) -> Doubles:
    m = (source[:, 2] / (source[:, 2] - height))[:, None]
    return np.asarray(point * m - source[:, :2] * (m - 1))


def _gaussian(sigma: float, reach: int | None = None) -> Floats:
    reach = math.ceil(3 * sigma) if reach is None else reach
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-3)) ** 2)
    return np.asarray(taps / taps.sum(), np.float32)


def _band(fine: float, coarse: float, steepen: bool) -> Floats:
    """Taps of the difference of two Gaussians, and of its derivative if views are unfiltered: noise gain 1.

    The derivative's gain is that of the ramp which filtered views have gone through.
    """
    reach = math.ceil(3 * coarse) + 1
    taps = _gaussian(fine, reach) - _gaussian(coarse, reach)
    if steepen:
        taps = np.gradient(taps)
    return np.asarray(taps / np.sqrt((taps**2).sum()), np.float32)


@numba.njit(nogil=True, fastmath=True, cache=True)
def _filter(image: Floats, along: Floats, across: Floats, out: Floats) -> None:
    """Both one-dimensional filters; at the image's edge its border goes on."""
    rows, columns = image.shape
    half, side = along.size // 2, across.size // 2
    line = np.empty(columns, np.float32)
    for r in range(rows):
        line[:] = np.float32(0.0)
        for t in range(along.size):
            source = image[min(max(r + t - half, 0), rows - 1)]
            tap = along[t]
            for c in range(columns):
                line[c] += tap * source[c]
        for c in range(columns):
            total = np.float32(0.0)
            for t in range(across.size):
                total += across[t] * line[min(max(c + t - side, 0), columns - 1)]
            out[r, c] = total


@numba.njit(nogil=True, fastmath=True, cache=True)
def _agreement(
    values: Floats,
    sizes: NDArray[np.int32],
    place: Doubles,
    step: Doubles,
    weight: Floats,
    least: int,
) -> tuple[float, float]:
    """Mean product of the details of two views, and mean energy within a view, over one patch."""
    n, size = place.shape[0], weight.size
    half = size // 2
    sums = np.zeros((size, size), np.float32)
    power = 0.0
    seen = 0
    for v in range(n):
        row0, column0 = place[v, 0] - half * step[v, 0], place[v, 1] - half * step[v, 1]
        row1, column1 = place[v, 0] + half * step[v, 0], place[v, 1] + half * step[v, 1]
        if row0 < sizes[v, 0] or column0 < sizes[v, 2] or row1 >= sizes[v, 1] - 1 or column1 >= sizes[v, 3] - 1:
            continue
        seen += 1
        for i in range(size):
            row = row0 + i * step[v, 0]
            a = int(row)
            f = np.float32(row - a)
            upper, lower = values[v, a], values[v, a + 1]
            own = 0.0
            for j in range(size):
                column = column0 + j * step[v, 1]
                b = int(column)
                g = np.float32(column - b)
                one = upper[b] + g * (upper[b + 1] - upper[b])
                two = lower[b] + g * (lower[b + 1] - lower[b])
                value = one + f * (two - one)
                sums[i, j] += value
                own += weight[j] * value * value
            power += weight[i] * own
    if seen < least:
        return np.nan, np.nan
    total = 0.0
    for i in range(size):
        for j in range(size):
            total += weight[i] * weight[j] * sums[i, j] * sums[i, j]
    return (total - power) / (seen * (seen - 1.0)), power / seen


def warm_up() -> None:
    """Compile the kernels."""
    image = np.ones((8, 8), np.float32)
    taps = np.ones(3, np.float32)
    _filter(image[1:, 1:], taps, taps, image[1:, 1:].copy())
    _agreement(image[None], np.array([[0, 8, 0, 8]], np.int32), np.full((1, 2), 3.0), np.ones((1, 2)), taps, 2)
