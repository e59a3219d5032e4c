"""Where reading starts: in the middle of what is in focus somewhere, not of the empty air above the patient. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon.geometry import Geometry
from recon.messages import said
from recon.progress import Progress
from recon.slab import Rect, SlabRequest, SlabSource

HEIGHTS = 24
PIXELS_ACROSS = 224
LOWEST_AXIS_MM = 100.0
MARGIN = 0.25
"""Share of the field left out at each side: the edges of the views lie there."""


def start_height(source: SlabSource, progress: Progress) -> float:
    """The height that halves the sharp detail of a source, mm.

    Coarse thin slabs through the whole range are differentiated; structures in focus have steep edges, what is blurred
    from other heights has not. The median height of the gradient's upper quintile, less its least value (noise and
    blur), lies in the middle of the patient. A quantile, not a mean: the edges of the views make few, steep stripes.
    Where tube and detector turn together, the patient lies about their axis and nothing needs to be looked for.
    """
    low, high = source.info.height_range_mm
    axis = rotation_height(getattr(source, "geometry", None))
    if axis is not None:
        return min(max(axis, low), high)
    heights = np.linspace(low, high, HEIGHTS + 2)[1:-1]
    detail = np.zeros(heights.size)
    for index, height in enumerate(heights):
        progress.step(index / heights.size, said("Looking for the patient"))
        detail[index] = _detail(source, float(height))
    detail = np.nan_to_num(detail - np.nanmin(detail)) if np.isfinite(detail).any() else np.zeros_like(detail)
    total = np.cumsum(detail)
    if total[-1] <= 0:
        return 0.5 * (low + high)
    return float(np.interp(0.5 * total[-1], total, heights))


def rotation_height(geometry: Geometry | None) -> float | None:
    """The height where the central rays of a turning tube and detector cross; None for a detector that stands still.

    None as well where they cross on or near the detector, as in breast units whose detector turns about its own middle:
    no patient lies about that.
    """
    if geometry is None or geometry.n_views < 2 or np.ptp(geometry.normal, axis=0).max() < 1e-3:
        return None
    height = geometry.convergence_height_mm
    return height if height >= LOWEST_AXIS_MM else None


def _detail(source: SlabSource, height_mm: float) -> float:
    field = source.footprint(height_mm)
    dx, dy = MARGIN * field.width, MARGIN * field.height
    pixel = max(field.width / PIXELS_ACROSS, *source.native_pixel_mm(height_mm))
    region = Rect(field.x0 + dx, field.y0 + dy, field.x1 - dx, field.y1 - dy)
    pixels: NDArray[np.float32] = source.slab(SlabRequest(height_mm, 0.0, region, pixel)).pixels
    if min(pixels.shape) < 3:
        return 0.0
    with np.errstate(invalid="ignore"):
        squares = np.diff(pixels, axis=0)[:, :-1] ** 2 + np.diff(pixels, axis=1)[:-1] ** 2
    finite = squares[np.isfinite(squares)]
    return float(np.sqrt(np.quantile(finite, 0.8))) if finite.size else 0.0
