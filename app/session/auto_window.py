"""The first window of a picture: over the values that occur within the body. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon.progress import Progress
from recon.slab import Rect, Slab, SlabRequest, SlabSource
from widgets.window import Window, automatic

PIXELS_ACROSS = 320
"""A picture of this width is enough for percentiles and takes a few milliseconds."""


def automatic_window(source: SlabSource, height_mm: float, thickness_mm: float, progress: Progress) -> Window:
    """The window over the 1st to 99th percentile of what lies within the body.

    The field's border is left out: a tenth at each side of an image, a quarter of computed slices, where the edges of
    the views make stripes. So are the values at either end that fill an area without structure: the air beside the
    patient.
    """
    progress.step(0.0)
    footprint = source.footprint(height_mm)
    pixel = max(footprint.width / PIXELS_ACROSS, *source.native_pixel_mm(height_mm))
    slab = source.slab(SlabRequest(height_mm, thickness_mm, footprint, pixel))
    return window_of(slab.pixels, 0.25 if source.info.reconstructs else 0.1)


def region_window(slab: Slab, region: Rect) -> Window | None:
    """The window over the 1st to 99th percentile of what a slab shows within a rectangle; None where it has nothing."""
    (top, left), (bottom, right) = (
        slab.grid.mm_to_index(*corner) for corner in ((region.x0, region.y0), (region.x1, region.y1))
    )
    rows, columns = slab.grid.shape
    part = slab.pixels[
        max(0, round(top)) : min(rows, round(bottom) + 1), max(0, round(left)) : min(columns, round(right) + 1)
    ]
    values = part[np.isfinite(part)]
    return automatic(values, 1.0, 99.0) if values.size else None


def window_of(pixels: NDArray[np.float32], margin: float = 0.1) -> Window:
    """The automatic window of an image that shows a whole picture, float32 (rows, columns), NaN outside."""
    rows, columns = pixels.shape
    top, left = int(margin * rows), int(margin * columns)
    inner = pixels[top : rows - top, left : columns - left]
    values = inner[np.isfinite(inner)]
    if values.size < 16:
        return automatic(pixels)
    return automatic(_without_flat_ends(values), 1.0, 99.0)


def _without_flat_ends(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Leave out the heaped values at either end of the histogram (air, saturation, direct exposure)."""
    low, high = (float(value) for value in np.percentile(values, (0.1, 99.9)))
    if not high > low:
        return values
    counts, edges = np.histogram(values, bins=64, range=(low, high))
    kept_low, kept_high = low, high
    typical = values.size / 64
    # A heap: the end's bins hold far more than their share; the body's own values never crowd at an end like this.
    if counts[:2].sum() > 6 * typical:
        stop = next((i for i in range(2, 32) if counts[i] < 1.5 * typical), 2)
        kept_low = float(edges[stop])
    if counts[-2:].sum() > 6 * typical:
        stop = next((i for i in range(61, 31, -1) if counts[i] < 1.5 * typical), 61)
        kept_high = float(edges[stop + 1])
    kept = values[(values >= kept_low) & (values <= kept_high)]
    return kept if kept.size > values.size // 20 else values
