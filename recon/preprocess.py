"""From stored views to line integrals on the virtual detector.

The *virtual detector* lies in the plane z = 0, parallel to the slices, one for all views. When the real detector
stood there already nothing is resampled; a tilted or moving one is rectified once (a homography for each view).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError, GeometryError
from recon.geometry import Geometry
from recon.notes import Fact
from recon.parallel import run_tiles
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.resample import halved, halved_axis

AIR_QUANTILE = 0.999


@dataclass(frozen=True)
class LineIntegrals:
    """Line integrals on the virtual detector, sweep axis first.

    Attributes
    ----------
    views : ndarray of float32, shape (n, along, across)
        Samples along the sweep axis are the rows, whichever world axis that is; never modified.
    valid : ndarray of bool, shape (n, along, across), or None
        Where a rectified view has data; None when everywhere.
    along_mm, across_mm : (first, pitch)
        Position of the first sample's centre and the pitch on the virtual detector.
    source_mm : ndarray of float64, shape (n, 3)
        (along, across, height) of each source.
    geometry : Geometry
        The virtual geometry (rectified), in world axes.
    notes : tuple of str
        What was taken from the data.
    """

    views: NDArray[np.float32]
    valid: NDArray[np.bool_] | None
    along_mm: tuple[float, float]
    across_mm: tuple[float, float]
    source_mm: NDArray[np.float64]
    geometry: Geometry
    notes: tuple[str, ...] = ()

    def binned(self) -> LineIntegrals:
        """The same with means of 2 × 2 samples."""
        views = halved(self.views)
        _, rows, columns = views.shape
        valid = None
        if self.valid is not None:
            blocks = self.valid[:, : 2 * rows, : 2 * columns].reshape(-1, rows, 2, columns, 2)
            valid = np.asarray(blocks.all(axis=(2, 4)))
        along, across = halved_axis(self.along_mm), halved_axis(self.across_mm)
        return replace(self, views=views, valid=valid, along_mm=along, across_mm=across)


def _digits(value: float) -> str:
    """Four digits at least, never as a power of ten."""
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"


def air_value(projections: ProjectionSet) -> tuple[float, str]:
    """The open field's counts and a sentence that says where it comes from.

    Without a given value the brightest part of the unsaturated pixels of all views is taken, which presumes that
    some pixel sees the tube directly.
    """
    if projections.air is not None:
        if not (np.isfinite(projections.air) and projections.air > 0):
            raise BocageError(f"The open field's counts (air) must be positive, found {projections.air:g}.")
        return float(projections.air), Fact(f"open field {_digits(projections.air)} counts (given)")
    step = max(1, projections.views.shape[1] // 256)
    sample = projections.views[:, ::step, ::step].astype(np.float32)
    usable = np.isfinite(sample)
    if projections.saturation is not None:
        usable &= sample < projections.saturation
    # Every view as if it had the mean exposure, which is what the value is multiplied by later.
    sample /= relative_exposure(projections.geometry)[:, None, None].astype(np.float32)
    sample = sample[usable]
    if sample.size == 0:
        raise BocageError("All pixels are saturated; give the open field's counts (air).")
    air = float(np.quantile(sample, AIR_QUANTILE))
    if air <= 0:
        raise BocageError("The views hold no counts above zero; are they line integrals?")
    return air, f"open field {_digits(air)} counts (brightest {100 * (1 - AIR_QUANTILE):.1g} % of the pixels)"


def relative_exposure(geometry: Geometry) -> NDArray[np.float64]:
    """Exposure of each view over the mean, shape (n,); ones when unknown."""
    if geometry.exposure is None:
        return np.ones(geometry.n_views)
    return np.asarray(geometry.exposure / geometry.exposure.mean())


@numba.njit(nogil=True, fastmath=True, cache=True)
def _log_view(counts: NDArray[Any], air: float, floor: float, out: NDArray[np.float32]) -> None:
    top = np.float32(np.log(air))
    low = np.float32(floor)
    for r in range(counts.shape[0]):
        for c in range(counts.shape[1]):
            out[r, c] = top - np.log(max(np.float32(counts[r, c]), low))


@numba.njit(nogil=True, cache=True)
def _table_view(counts: NDArray[Any], table: NDArray[np.float32], out: NDArray[np.float32]) -> None:
    for r in range(counts.shape[0]):
        for c in range(counts.shape[1]):
            out[r, c] = table[counts[r, c]]


def line_integrals(projections: ProjectionSet, progress: Progress = SILENT) -> LineIntegrals:
    """Line integrals −ln(I/I₀) of all views, rectified onto the virtual detector.

    Dead pixels (zero or negative counts) are taken as half a count, the least that a detector could have counted;
    saturated pixels keep the saturation value. Zero counts that reach the image's border are the collimator's shadow:
    nothing is known there, so the last measured value goes on (a cliff would ring in every slice) and the pixels do
    not count as seen. Each view's open field follows its relative exposure.

    Raises
    ------
    BocageError
        When no open field can be found.
    """
    geometry = projections.geometry
    notes: list[str] = []
    n, rows, columns = projections.views.shape
    flat = geometry.is_rectified
    turned = (geometry if flat else _virtual(geometry)).sweep_axis == 0
    if projections.kind == "counts":
        air, note = air_value(projections)
        notes.append(note)
    exposure = relative_exposure(geometry)
    out = np.empty((n, columns, rows) if turned and flat else (n, rows, columns), np.float32)
    table_input = projections.views.dtype in (np.dtype(np.uint8), np.dtype(np.uint16))
    shadowed = projections.kind == "counts" and _border_zeros(projections.views)
    seen = np.ones(out.shape, np.bool_) if shadowed else None

    bad = np.zeros(n, np.int64)

    def one(index: int) -> None:
        view = projections.views[index]
        target = out[index].T if turned and flat else out[index]
        if projections.kind == "line_integrals":
            target[...] = view
            return
        open_field = air * exposure[index]
        floor = 0.5 if np.issubdtype(view.dtype, np.integer) else 1e-6 * open_field
        if table_input:
            values = np.arange(np.iinfo(view.dtype).max + 1)
            table = (np.log(open_field) - np.log(np.maximum(values, floor))).astype(np.float32)
            _table_view(view, table, target)
        else:
            counts = np.ascontiguousarray(view, dtype=np.float32)
            wrong = ~np.isfinite(counts)
            bad[index] = np.count_nonzero(wrong)
            if bad[index]:
                counts = np.where(wrong, np.float32(open_field), counts)
            _log_view(counts, open_field, floor, target)
        if seen is not None:
            mask = seen[index].T if turned and flat else seen[index]
            order = (1, 0) if turned else (0, 1)
            _continue_shadow(view.transpose(order), target.transpose(order), mask.transpose(order))

    run_tiles(one, n, progress.part(0.0, 1.0 if flat else 0.5), "Line integrals")
    if seen is not None:
        notes.append(
            Fact(f"{100 * (1 - float(seen.mean())):.0f} % of the pixels lie in the collimator's shadow (zero counts)")
        )
    if projections.kind == "line_integrals":
        bad[0] = np.count_nonzero(~np.isfinite(out))
        if bad[0]:
            np.nan_to_num(out, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    if bad.any():
        notes.append(f"{bad.sum()} pixels were not numbers and were set to 0")
    if flat:
        return _arranged(out, seen, geometry, turned, tuple(notes))
    rectified, valid, virtual = rectify(out, geometry, seen, progress.part(0.5, 1.0))
    notes.append(Fact("turned, tilted or shifted detector rectified onto the plane of the slices"))
    if turned:
        rectified = np.ascontiguousarray(rectified.transpose(0, 2, 1))
        valid = np.ascontiguousarray(valid.transpose(0, 2, 1))
    return _arranged(rectified, valid, virtual, turned, tuple(notes))


SHADOW_RUN = 8
"""Neighbouring zeros on an edge of the image that make a shadow; fewer are dead pixels."""


def _border_zeros(views: NDArray[Any]) -> bool:
    """Whether a shadow reaches the border of any view: zero counts side by side, not single dead pixels."""
    for edge in (views[:, 0], views[:, -1], views[:, :, 0], views[:, :, -1]):
        dark = edge <= 0
        if not dark.any():
            continue
        run = min(SHADOW_RUN, dark.shape[1])
        windows = np.lib.stride_tricks.sliding_window_view(dark, run, axis=1)
        if bool(windows.all(axis=2).any()):
            return True
    return False


PENUMBRA = 3
"""Pixels beside the collimator's shadow that are taken as part of it."""


@numba.njit(nogil=True, cache=True)
def _continue_shadow(counts: NDArray[Any], out: NDArray[np.float32], seen: NDArray[np.bool_]) -> None:
    """Continue each line along the first axis into the zeros at its ends; lines without data stay as they are."""
    samples = counts.shape[0]
    for c in range(counts.shape[1]):
        first = 0
        while first < samples and counts[first, c] <= 0:
            first += 1
        if first == samples:
            seen[:, c] = False
            continue
        last = samples - 1
        while counts[last, c] <= 0:
            last -= 1
        if first > 0:
            first = min(first + PENUMBRA, last)
        if last < samples - 1:
            last = max(last - PENUMBRA, first)
        for r in range(first):
            out[r, c] = out[first, c]
            seen[r, c] = False
        for r in range(last + 1, samples):
            out[r, c] = out[last, c]
            seen[r, c] = False


def _arranged(
    views: NDArray[np.float32],
    valid: NDArray[np.bool_] | None,
    geometry: Geometry,
    turned: bool,
    notes: tuple[str, ...],
) -> LineIntegrals:
    row_pitch, column_pitch = geometry.pixel_pitch_mm
    rows, columns = geometry.shape
    x0 = geometry.detector_centre_mm[0, 0] - (columns - 1) / 2 * column_pitch
    y0 = geometry.detector_centre_mm[0, 1] - (rows - 1) / 2 * row_pitch
    x, y = (float(x0), column_pitch), (float(y0), row_pitch)
    order = [0, 1, 2] if turned else [1, 0, 2]
    return LineIntegrals(
        views=views,
        valid=valid,
        along_mm=x if turned else y,
        across_mm=y if turned else x,
        source_mm=np.ascontiguousarray(geometry.source_mm[:, order]),
        geometry=geometry,
        notes=notes,
    )


def fields_mm(geometry: Geometry, height_mm: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest corner (x, y) of what each view's detector sees of the plane at a height, (n, 2) each."""
    n, (rows, columns) = geometry.n_views, geometry.shape
    corners = np.empty((n, 4, 2))
    for view in range(n):
        points = geometry.pixel_to_world(
            view, np.array([-0.5, -0.5, rows - 0.5, rows - 0.5]), np.array([-0.5, columns - 0.5, -0.5, columns - 0.5])
        )
        source = geometry.source_mm[view]
        depth = source[2] - points[:, 2]
        if np.any(depth <= 0.05 * source[2]):
            raise GeometryError(
                f"View {view + 1} sees its detector at more than a right angle to the slices; "
                "slices parallel to the detector cannot be made from it."
            )
        corners[view] = (source + (points - source) * ((source[2] - height_mm) / depth)[:, None])[:, :2]
    return corners.min(axis=1), corners.max(axis=1)


def _virtual(geometry: Geometry) -> Geometry:
    """The virtual detector in the plane z = 0 that holds what the views see, with the same pitch and sources.

    Detectors that turn about a body far above them see fields far apart at z = 0, and the same one at the body's
    height: all are held, up to three times one view's field, so that an outlying view cannot blow the detector up.
    """
    lows, highs = fields_mm(geometry, 0.0)
    low, high = np.median(lows, axis=0), np.median(highs, axis=0)
    size_mm = high - low
    low, high = np.maximum(lows.min(axis=0), low - size_mm), np.minimum(highs.max(axis=0), high + size_mm)
    row_pitch, column_pitch = geometry.pixel_pitch_mm
    size = (round((high[1] - low[1]) / row_pitch), round((high[0] - low[0]) / column_pitch))
    centre = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, 0.0])
    return replace(
        geometry,
        detector_centre_mm=centre,
        row_direction=np.array([0.0, 1.0, 0.0]),
        column_direction=np.array([1.0, 0.0, 0.0]),
        shape=size,
    )


@numba.njit(nogil=True, cache=True)
def _warp(
    image: NDArray[np.float32],
    seen: NDArray[np.bool_],
    homography: NDArray[np.float64],
    out: NDArray[np.float32],
    valid: NDArray[np.bool_],
) -> None:
    """Bilinear; outside the image the nearest edge value, marked invalid."""
    rows, columns = image.shape
    h = homography
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            w = h[2, 0] * c + h[2, 1] * r + h[2, 2]
            x = (h[0, 0] * c + h[0, 1] * r + h[0, 2]) / w
            y = (h[1, 0] * c + h[1, 1] * r + h[1, 2]) / w
            valid[r, c] = -0.5 <= x <= columns - 0.5 and -0.5 <= y <= rows - 0.5
            x = min(max(x, 0.0), columns - 1.0)
            y = min(max(y, 0.0), rows - 1.0)
            j = min(int(x), max(columns - 2, 0))
            i = min(int(y), max(rows - 2, 0))
            f = x - j
            g = y - i
            j1 = min(j + 1, columns - 1)
            i1 = min(i + 1, rows - 1)
            upper = image[i, j] + f * (image[i, j1] - image[i, j])
            lower = image[i1, j] + f * (image[i1, j1] - image[i1, j])
            out[r, c] = upper + g * (lower - upper)
            valid[r, c] = valid[r, c] and seen[i, j] and seen[i1, j1]


def rectify(
    views: NDArray[np.float32],
    geometry: Geometry,
    seen: NDArray[np.bool_] | None = None,
    progress: Progress = SILENT,
) -> tuple[NDArray[np.float32], NDArray[np.bool_], Geometry]:
    """Views as a detector in the plane z = 0 would have recorded them.

    Parameters
    ----------
    views : ndarray of float32, shape (n, rows, columns)
    geometry : Geometry
        Of the real detectors.
    seen : ndarray of bool, shape (n, rows, columns), optional
        False where a view has no data.

    Returns
    -------
    rectified : ndarray of float32, shape (n, rows', columns')
    valid : ndarray of bool, same shape
        False where the real detector saw nothing.
    virtual : Geometry
    """
    virtual = _virtual(geometry)
    n, shape = geometry.n_views, virtual.shape
    out = np.empty((n, *shape), np.float32)
    valid = np.empty((n, *shape), np.bool_)
    everything = np.ones(views.shape[1:], np.bool_)

    def one(view: int) -> None:
        _warp(
            views[view],
            everything if seen is None else seen[view],
            homography(geometry, virtual, view),
            out[view],
            valid[view],
        )

    run_tiles(one, n, progress, "Rectifying")
    return out, valid, virtual


def homography(geometry: Geometry, virtual: Geometry, view: int) -> NDArray[np.float64]:
    """The map from virtual pixel (column, row, 1) to real pixel (column, row, 1), up to scale, shape (3, 3).

    A virtual pixel lies on the real detector where the ray from the source through it meets the detector plane.
    """
    pitch_row, pitch_column = virtual.pixel_pitch_mm
    first = virtual.pixel_to_world(0, 0.0, 0.0)
    to_world = np.zeros((3, 3))
    to_world[0, 0], to_world[1, 1] = pitch_column, pitch_row
    to_world[:, 2] = first
    source = geometry.source_mm[view]
    column, row = geometry.column_direction[view], geometry.row_direction[view]
    centre, normal = geometry.detector_centre_mm[view], geometry.normal[view]
    # hit = source + (p − source)·d/((p − source)·(−n)); multiplied by the denominator it is linear in p.
    distance = geometry.source_distance_mm[view]
    rays = to_world.copy()
    rays[:, 2] -= source
    depth = -(normal @ rays)
    offset = source - centre
    rows, columns = geometry.shape
    real_row_pitch, real_column_pitch = geometry.pixel_pitch_mm
    u = (column @ rays * distance + column @ offset * depth) / real_column_pitch + (columns - 1) / 2 * depth
    v = (row @ rays * distance + row @ offset * depth) / real_row_pitch + (rows - 1) / 2 * depth
    return np.stack((u, v, depth))


def warm_up() -> None:
    """Compile the kernels."""
    out = np.empty((2, 2), np.float32)
    for target in (out, out.T):
        for dtype in (np.uint8, np.uint16):
            _table_view(np.ones((2, 2), dtype), np.zeros(65536, np.float32), target)
            _continue_shadow(np.ones((2, 2), dtype).T, target, np.ones((2, 2), np.bool_).T)
        _log_view(np.ones((2, 2), np.float32), 1.0, 0.5, target)
    _warp(out, np.ones((2, 2), np.bool_), np.eye(3), out.copy(), np.empty((2, 2), np.bool_))
