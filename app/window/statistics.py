"""Statistics of elliptical regions on the source's own pixels. Runs on the computing thread; no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.window.corner_text import value_text
from recon.progress import Progress
from recon.slab import Rect, SlabRequest, SlabSource
from widgets.measurements import Measurement, ellipse_statistics

MARGIN_PIXELS = 2


def region_texts(
    source: SlabSource,
    measurements: Sequence[Measurement],
    height_mm: float,
    thickness_mm: float,
    progress: Progress,
) -> dict[str, str]:
    """The lines written beside elliptical regions, by measurement id.

    The slab is computed at the source's own pixel, on its own grid, so that neither display interpolation nor
    minification changes the standard deviation.
    """
    texts: dict[str, str] = {}
    for measurement in measurements:
        if measurement.kind != "ellipse":
            continue
        progress.step(0.0)
        region = own_region(source, measurement, height_mm)
        if region is None:
            texts[measurement.id] = "outside the picture"
            continue
        slab = source.slab(SlabRequest(height_mm, thickness_mm, region, None))
        found = ellipse_statistics(measurement, slab)
        unit = source.info.unit
        if found.count == 0:
            texts[measurement.id] = "no pixels inside"
            continue
        mean, deviation = value_text(found.mean, unit), value_text(found.standard_deviation, unit)
        least, most = value_text(found.minimum, unit), value_text(found.maximum, unit)
        texts[measurement.id] = (
            f"mean {_bare(mean, unit)}  SD {deviation}\n"
            f"min {_bare(least, unit)}  max {_bare(most, unit)}  n {found.count}"
        )
    return texts


def _bare(text: str, unit: str) -> str:
    """A value without its unit, which stands once in the line."""
    return text.removesuffix(" /mm").removesuffix(f" {unit}") if unit else text


def own_region(source: SlabSource, measurement: Measurement, height_mm: float) -> Rect | None:
    """The rectangle around an ellipse, widened to whole pixels of the source; None outside its footprint."""
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
