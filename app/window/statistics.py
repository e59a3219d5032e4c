"""Pixel values of measurements: statistics, histograms, profiles, on the source's own pixels. No Qt.

Slabs are computed at the source's own pixel, on its own grid, so that neither display interpolation nor minification
changes a standard deviation, and at the measurement's own height. Runs on a computing thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from recon.progress import Progress
from recon.regions import (
    Histogram,
    Profile,
    Statistics,
    profile_samples,
    region_histogram,
    region_values,
    statistics_of,
)
from recon.slab import Rect, Slab, SlabRequest, SlabSource
from widgets.measurements import Measurement

ALONG = ("length", "polyline", "profile")
"""Kinds whose points are one line through the picture: those of an angle or a ratio are several."""
MARGIN_PIXELS = 2


def all_statistics(
    source: SlabSource,
    measurements: Sequence[Measurement],
    height_mm: float,
    thickness_mm: float,
    progress: Progress,
) -> dict[str, Statistics]:
    """Statistics of every measurement that has pixels, by id.

    Parameters
    ----------
    height_mm : float
        For measurements without a height of their own.
    thickness_mm : float
        Nominal, of the slab.
    """
    found: dict[str, Statistics] = {}
    for measurement in measurements:
        progress.step(0.0)
        if measurement.spec.samples:
            found[measurement.id] = statistics(source, measurement, height_mm, thickness_mm)
    return found


def statistics(source: SlabSource, measurement: Measurement, height_mm: float, thickness_mm: float) -> Statistics:
    """Statistics of the pixels of one measurement: inside it, along it, or the one that it points at.

    A count of 0 says that it has none: it lies outside the picture, or between the pixels' centres.
    """
    unit = source.info.unit
    slab = own_slab(source, measurement, height_mm, thickness_mm)
    if slab is None:
        return Statistics(unit=unit)
    spec = measurement.spec
    if spec.samples == "point":
        value = slab.value_at(*measurement.points_mm[0])
        if math.isnan(value):
            return Statistics(unit=unit)
        return Statistics(value, math.nan, value, value, 1, unit)
    if spec.region is not None:
        return statistics_of(region_values(slab, spec.region(measurement.points_mm)), unit)
    values = profile_samples(slab, measurement.points_mm, min(slab.grid.spacing_mm), unit).values
    return statistics_of(values[np.isfinite(values)], unit)


def histogram(
    source: SlabSource, measurement: Measurement, height_mm: float, thickness_mm: float, bins: int | None = None
) -> Histogram | None:
    """The histogram of a region's pixels; None for kinds without an inside, and outside the picture."""
    region = measurement.spec.region
    slab = own_slab(source, measurement, height_mm, thickness_mm) if region is not None else None
    if slab is None or region is None:
        return None
    return region_histogram(slab, region(measurement.points_mm), bins, source.info.unit)


def profile(source: SlabSource, measurement: Measurement, height_mm: float, thickness_mm: float) -> Profile | None:
    """The values along a line (length, polyline, line profile); None for other kinds and outside the picture."""
    if measurement.kind not in ALONG:
        return None
    slab = own_slab(source, measurement, height_mm, thickness_mm)
    return profile_samples(slab, measurement.points_mm, unit=source.info.unit) if slab is not None else None


def own_slab(source: SlabSource, measurement: Measurement, height_mm: float, thickness_mm: float) -> Slab | None:
    """The slab around a measurement on the source's own pixels; None outside its footprint."""
    height = measurement.height_mm if measurement.height_mm is not None else height_mm
    region = own_region(source, measurement, height)
    return source.slab(SlabRequest(height, thickness_mm, region, None)) if region is not None else None


def own_region(source: SlabSource, measurement: Measurement, height_mm: float) -> Rect | None:
    """The rectangle around a measurement, widened to whole pixels of the source; None outside its footprint."""
    footprint = source.footprint(height_mm)
    dx, dy = source.native_pixel_mm(height_mm)
    xs, ys = zip(*measurement.points_mm, strict=True)
    edges = (
        footprint.x0 + (math.floor((min(xs) - footprint.x0) / dx) - MARGIN_PIXELS) * dx,
        footprint.y0 + (math.floor((min(ys) - footprint.y0) / dy) - MARGIN_PIXELS) * dy,
        footprint.x0 + (math.ceil((max(xs) - footprint.x0) / dx) + MARGIN_PIXELS) * dx,
        footprint.y0 + (math.ceil((max(ys) - footprint.y0) / dy) + MARGIN_PIXELS) * dy,
    )
    return Rect(*edges).intersected(footprint)
