"""Effective thickness: how thick the section is that a small detail is seen in, predicted without an image.

A view with slope t (horizontal shift for each mm of height, as the tube stands against the point) sees the frequency u
of the plane at the depth frequency u·t. So the views sample an object's spectrum in the plane along the depth, and the
slice sensitivity profile at Δz is the sum over views and frequencies

    S(Δz) = Σ_k w_k ∫ du P(u) A(u) I(u) G(u) H(u·t_k) sinc(u·t_k·L) cos(2π·u·t_k·Δz)

with the spectrum P of the detail's shadow, the pixel's aperture A, the interpolations I, the algorithm's filter G and
its filter along the depth H, and the mean over a slab of nominal thickness L. This is the transfer function of a finite
sweep (Grant, Proc. IEEE 60:826, 1972; Lauritsch and Härer, Proc. SPIE 3338:1127, 1998; Zhao and Zhao, Med. Phys.
35:5219, 2008) integrated over what the detail holds of each frequency. The effective thickness is S's full width at
half maximum. It depends on the detail: coarse detail holds low frequencies only, which a limited sweep cannot tell
apart in depth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from recon.algorithms import OnePass
from recon.cone import offered_heights_mm
from recon.errors import BocageError
from recon.filtering import depth_scale
from recon.geometry import Geometry
from recon.messages import said
from recon.quality.objects import Frame
from recon.quality.readings import Doubles
from recon.sweep import direction_steps, is_straight, rise, slopes

DETAIL_MM = 0.5
"""Diameter of the ball that a thickness is stated for."""
FREQUENCIES = 64
DIRECTIONS = 8
"""Directions of the plane, of half a turn, that each view is taken in where the tube's path is curved."""
STEP_DIRECTIONS = 90
FINEST = 16.0
"""Frequencies above this over the detail's diameter are left out: nearly nothing of it."""
LEAST_RANGE_MM = 160.0
"""Period of the transform; profiles are known over a quarter of it."""
TRUSTED = 0.25
"""Of a period between neighbouring depth frequencies: as far as the sum over them stands for the integral."""
WIDEST_MM = 1000.0
STEP_MM = 0.05


@dataclass(frozen=True, eq=False)
class _Views:
    """What of an acquisition does not depend on the height: sources (along, across, height), and pixels."""

    source_mm: Doubles
    pitch_mm: tuple[float, float]
    straight: bool
    flat: bool
    """Whether nothing is rectified."""
    shifts: bool
    """Whether back projection only shifts along the sweep."""
    filter_height_mm: float
    rise: Doubles
    steps: Doubles
    """What views stand for in `STEP_DIRECTIONS` directions of the plane, shape (n, directions); of curved paths."""


@dataclass(frozen=True, eq=False)
class _Rays:
    """What the views hold of a ball at a height; axes (views, directions, frequencies).

    Attributes
    ----------
    frequency : ndarray of float64, shape (1, 1, k)
        Cycles per mm on the detector.
    step : ndarray of float64, shape (1, 1, k)
        Of the frequency, to the next.
    slope : ndarray of float64, shape (n, d, 1)
        Depth frequency over frequency.
    spectrum : ndarray of float64, shape (n, d, k)
        Of the ball's shadow through the pixels and interpolations, times the step of the frequency.
    weight, seen : ndarray of float64, shape (n, d, 1)
        The filter's weight of each view, and the slope that its depth filter is computed for.
    lengthening : ndarray of float64, shape (n, 1, 1)
        1 / cos γ of the ray through the ball, by which its shadow is larger; the filter's weight takes it out.
    magnification : ndarray of float64, shape (n,)
    """

    frequency: Doubles
    step: Doubles
    slope: Doubles
    spectrum: Doubles
    weight: Doubles
    seen: Doubles
    lengthening: Doubles
    magnification: Doubles


def effective_thickness_mm(
    geometry: Geometry,
    algorithm: OnePass,
    height_mm: float,
    nominal_mm: float = 0.0,
    detail_mm: float = DETAIL_MM,
) -> float:
    """The full width at half maximum of the slice sensitivity profile of a small ball in the middle of the field.

    At the detector's own resolution. For 60 views on a straight track it takes a quarter of a millisecond, and as much
    again at another height; about twice that on a curved path.

    Parameters
    ----------
    geometry : Geometry
        Of the views that are used (`Geometry.subset` leaves some out).
    algorithm : OnePass
        Its share of density is not counted: it adds to areas, not to detail.
    height_mm : float
        Of the slab's middle.
    nominal_mm : float
        Nominal thickness of the slab; 0 is a thin slice.
    detail_mm : float
        The ball's diameter.

    Returns
    -------
    float
        Infinite when the profile does not fall to its half, as with too few views.

    Raises
    ------
    BocageError
        When the height is not below the tube, or a length is negative.
    """
    step, value = predicted_profile(geometry, algorithm, height_mm, nominal_mm, detail_mm)
    below = np.flatnonzero(value < 0.5 * value.max())
    beyond = below[below > int(np.argmax(value))]
    if beyond.size == 0:
        return math.inf
    end = int(beyond[0])
    share = (value[end - 1] - 0.5 * value.max()) / (value[end - 1] - value[end])
    return float(2.0 * step * (end - 1 + share))


def predicted_profile(
    geometry: Geometry,
    algorithm: OnePass,
    height_mm: float,
    nominal_mm: float = 0.0,
    detail_mm: float = DETAIL_MM,
) -> tuple[float, Doubles]:
    """The slice sensitivity profile behind `effective_thickness_mm`.

    Returns
    -------
    step_mm : float
    value : ndarray of float64, shape (k,)
        At the distances 0, step, 2·step … from the object's plane, 1 at 0; the profile is even.
    """
    if not (nominal_mm >= 0 and math.isfinite(nominal_mm) and detail_mm > 0 and math.isfinite(detail_mm)):
        raise BocageError(
            said(
                "A thickness must be 0 or more and a detail larger than 0 mm, found {0:g} and {1:g}.",
                nominal_mm,
                detail_mm,
            )
        )
    views = _views(geometry)
    if not height_mm < 0.95 * float(views.source_mm[:, 2].min()):
        raise BocageError(said("The height must lie below the tube, found {0:g} mm.", height_mm))
    rays = _rays(geometry, float(height_mm), float(detail_mm))
    shares = algorithm.shares(views.source_mm, np.arange(len(views.source_mm)))
    amount = rays.spectrum * (shares * algorithm.height_factor(rays.magnification))[:, None, None]
    pitch = views.pitch_mm[0] if views.straight else max(views.pitch_mm)
    gain = algorithm.gain(rays.frequency, pitch)
    if gain is None:
        amount = amount * rays.lengthening
    else:
        amount = amount * (rays.weight * gain)
        depth = algorithm.depth_gain(rays.frequency * rays.seen)
        if depth is not None:
            amount = amount * depth
    along_depth = np.abs(rays.frequency * rays.slope)
    if nominal_mm > 0:
        amount = amount * np.sinc(along_depth * nominal_mm)
    reach = max(LEAST_RANGE_MM, 8 * nominal_mm)
    step, value = _profile(along_depth.ravel(), amount.ravel(), reach)
    if value.min() > 0.5 * value.max():  # wide, or never falling to the half
        share = np.abs(amount)
        trusted = TRUSTED / max(float((share * np.abs(rays.step * rays.slope)).sum() / share.sum()), 1e-12)
        if trusted > reach / 4:
            step, value = _profile(along_depth.ravel(), amount.ravel(), 4 * min(trusted, WIDEST_MM))
    return step, value / value[0]


def _profile(along_depth: Doubles, amount: Doubles, reach_mm: float) -> tuple[float, Doubles]:
    """The cosine transform of amounts at depth frequencies, over a quarter of its period `reach_mm`.

    Amounts are shared between the two nearest of evenly spaced frequencies, and the triangle's own transform is divided
    out (gridding).
    """
    position = along_depth * reach_mm
    index = position.astype(np.intp)
    share = position - index
    size = int(index.max()) + 2
    binned = np.bincount(index, amount * (1 - share), size)
    binned[1:] += np.bincount(index, amount * share, size - 1)
    length = 1 << math.ceil(math.log2(max(2 * size, reach_mm / STEP_MM)))
    binned[0] *= 2  # the only bin that an inverse real transform does not count for both signs
    value = np.fft.irfft(binned, length)[: length // 4]
    return reach_mm / length, value / np.sinc(np.arange(value.size) / length) ** 2


@lru_cache(maxsize=4)
def _views(geometry: Geometry) -> _Views:
    order = [0, 1, 2] if geometry.sweep_axis == 0 else [1, 0, 2]
    row, column = geometry.pixel_pitch_mm
    source = np.ascontiguousarray(geometry.source_mm[:, order])
    straight = is_straight(source)
    angle = (np.arange(STEP_DIRECTIONS) + 0.5) * np.pi / STEP_DIRECTIONS
    return _Views(
        source,
        (column, row) if geometry.sweep_axis == 0 else (row, column),
        straight,
        geometry.is_flat,
        straight and geometry.is_rectified and float(np.ptp(source[:, 2])) < 1e-6,
        sum(offered_heights_mm(geometry)) / 2,
        rise(source),
        np.empty((len(source), 0)) if straight else direction_steps(slopes(source), angle),
    )


@lru_cache(maxsize=8)
def _rays(geometry: Geometry, height_mm: float, detail_mm: float) -> _Rays:
    views = _views(geometry)
    source, distance = views.source_mm, views.source_mm[:, 2]
    magnification = distance / (distance - height_mm)
    # The ball lies in the middle of the field, and the profile follows the ray to the mean source.
    x, y = Frame.of(geometry, height_mm).centre_mm
    centre = np.array((x, y) if geometry.sweep_axis == 0 else (y, x))
    horizontal = source[:, :2] - centre
    tilt = horizontal / (distance - height_mm)[:, None]
    mean = source.mean(axis=0)
    relative = (tilt - (mean[:2] - centre) / (mean[2] - height_mm)) * magnification[:, None]
    lengthening = np.sqrt(1.0 + np.sum(tilt**2, axis=1))
    seen = slopes(source) * depth_scale(source, views.filter_height_mm)
    pixel, pixel_across = _pixels(geometry, views, centre, height_mm, magnification)
    # Frequencies lie more densely where they are low: those make wide profiles.
    limit = min(1.0 / max(views.pitch_mm), FINEST / (detail_mm * float(magnification.mean())))
    frequency, step = _frequencies(limit, FREQUENCIES if views.straight else FREQUENCIES // 2)
    radius = detail_mm / 2 * float(magnification.mean())
    if views.straight:
        # Read on a line of pixels along the sweep: the integral over all frequencies across.
        table = np.linspace(0.0, limit * float(lengthening.max()), 2 * FREQUENCIES)
        across, spread = _frequencies(limit, FREQUENCIES // 2)
        line = _ball(radius * np.hypot(table[:, None], across)) @ (pixel_across(across).mean(axis=0) * spread)
        spectrum = np.interp(frequency * lengthening[:, None], table, line) * pixel(frequency) * step
        along = -horizontal[:, 0] * magnification
        weight = np.abs(distance + along * views.rise) / distance**2
        return _Rays(
            frequency[None, None], step[None, None], relative[:, :1, None], spectrum[:, None], weight[:, None, None],
            np.abs(seen[:, :1, None]), lengthening[:, None, None], magnification,
        )  # fmt: skip
    angle, column = _directions(len(source))
    unit = np.stack((np.cos(angle), np.sin(angle)))
    slope = tilt.T[:, :, None] * unit
    # Along its tilt the shadow is wider than the ball by 1 / cos γ, across it as wide.
    stretched = np.sqrt(1.0 + slope.sum(axis=0) ** 2)
    spectrum = _ball(radius * stretched[..., None] * frequency) * frequency * step
    spectrum *= pixel(frequency * np.abs(unit[0])[..., None]) * pixel_across(frequency * np.abs(unit[1])[..., None])
    return _Rays(
        frequency[None, None], step[None, None], (relative.T[:, :, None] * unit).sum(axis=0)[..., None], spectrum,
        np.take_along_axis(views.steps, column, axis=1)[..., None],
        np.abs((seen.T[:, :, None] * unit).sum(axis=0))[..., None], lengthening[:, None, None],
        magnification,
    )  # fmt: skip


def _frequencies(limit: float, count: int) -> tuple[Doubles, Doubles]:
    """Midpoints of steps that grow from zero to a limit, and the steps."""
    node = (np.arange(count) + 0.5) / count
    return limit * node**2, 2 * limit * node / count


def _directions(n: int) -> tuple[Doubles, NDArray[np.intp]]:
    """Directions of the plane for each view, and their places among `STEP_DIRECTIONS`, shape (n, `DIRECTIONS`).

    Each view has its own: a filter along the depth leaves a narrow range of directions, which few would miss.
    """
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    part = (np.arange(DIRECTIONS) + (np.arange(n)[:, None] * golden) % 1.0) / DIRECTIONS
    return part * np.pi, np.minimum((part * STEP_DIRECTIONS).astype(np.intp), STEP_DIRECTIONS - 1)


Response = Callable[[Doubles], Doubles]


def _pixels(
    geometry: Geometry, views: _Views, centre: Doubles, height_mm: float, magnification: Doubles
) -> tuple[Response, Response]:
    """What is left of frequencies on the virtual detector, along and across, shapes (n, …, k) from (…, k).

    The aperture of a pixel, and linear interpolations at all fractions of one: rectification between the detector's
    pixels, back projection (none across where it only shifts) and reading between those of the virtual detector.
    """
    order = [0, 1] if geometry.sweep_axis == 0 else [1, 0]
    responses = []
    for axis in range(2):
        pitch, own = views.pitch_mm[axis], np.full(geometry.n_views, views.pitch_mm[axis])
        if not views.flat:
            # How far apart the detector's pixels lie on the virtual detector.
            points = np.empty((2, 3))
            points[:, order], points[:, 2] = centre, height_mm
            points[:, order[axis]] += (-0.5, 0.5)
            row, column = (index[:, 1] - index[:, 0] for index in geometry.project(points))
            own = magnification / np.hypot(row, column)
        passes = 1 if axis == 1 and views.shifts else 2
        responses.append(_response(own, pitch, 1 if views.flat else 3, 2 * passes))
    return responses[0], responses[1]


def _response(own: Doubles, pitch_mm: float, power: int, power_virtual: int) -> Response:
    def response(frequency: Doubles) -> Doubles:
        size = own.reshape(-1, *(1,) * max(frequency.ndim - 1, 1))
        return np.asarray(np.sinc(frequency * size) ** power * np.sinc(frequency * pitch_mm) ** power_virtual)

    return response


def _ball(reach: Doubles) -> Doubles:
    """Spectrum of a ball's shadow, 3·(sin x − x·cos x)/x³ with x = 2π·radius·frequency; 1 at zero."""
    x = 2 * np.pi * reach
    safe = np.maximum(x, 1e-2)
    return np.asarray(np.where(x > 1e-2, 3 * (np.sin(safe) - safe * np.cos(safe)) / safe**3, 1.0 - x * x / 10))
