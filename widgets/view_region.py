"""Which region, at which pixel size, a view needs. No Qt."""

from __future__ import annotations

import math

from recon.slab import Rect
from widgets.view_transform import Size, ViewTransform, bounding_rect

_BORDER_PIXELS = 2
"""Source pixels beyond the visible edge, for interpolation, when the image is magnified."""


def request_region(
    transform: ViewTransform, size: Size, device_ratio: float, footprint: Rect, native_mm: float
) -> tuple[Rect, float] | None:
    """Return the region (world mm) and pixel size (mm) to ask for; None when nothing of the image is visible.

    Parameters
    ----------
    size : (width, height)
        Of the widget, logical pixels.
    device_ratio : float
        Device pixels for each logical pixel.
    footprint : Rect
        The source's field of view at the height shown.
    native_mm : float
        The source's own pixel: nothing finer is asked for.

    Notes
    -----
    Minified, the region's edges fall on the display's device pixels, so that the slab is drawn without resampling.
    Magnified, they fall on the source's own pixels (counted from the footprint's corner) for the same reason.
    """
    device_mm = 1.0 / (transform.pixels_per_mm * device_ratio)
    if device_mm >= native_mm * (1.0 - 1e-6):
        return _display_region(transform, size, device_ratio, footprint, device_mm)
    seen = transform.visible_rect(size).intersected(footprint)
    if seen is None:
        return None
    border = _BORDER_PIXELS
    x0 = footprint.x0 + max(0, math.floor((seen.x0 - footprint.x0) / native_mm) - border) * native_mm
    y0 = footprint.y0 + max(0, math.floor((seen.y0 - footprint.y0) / native_mm) - border) * native_mm
    x1 = min(footprint.x0 + (math.ceil((seen.x1 - footprint.x0) / native_mm) + border) * native_mm, footprint.x1)
    y1 = min(footprint.y0 + (math.ceil((seen.y1 - footprint.y0) / native_mm) + border) * native_mm, footprint.y1)
    return (Rect(x0, y0, x1, y1), native_mm)


def _display_region(
    transform: ViewTransform, size: Size, device_ratio: float, footprint: Rect, device_mm: float
) -> tuple[Rect, float] | None:
    edges = [edge * device_ratio for edge in transform.widget_rect(footprint, size)]
    tiny = 1e-3  # an edge on a pixel boundary must not claim the next pixel by rounding
    left = max(0, math.floor(edges[0] + tiny))
    top = max(0, math.floor(edges[1] + tiny))
    right = min(math.ceil(size[0] * device_ratio - tiny), math.ceil(edges[2] - tiny))
    bottom = min(math.ceil(size[1] * device_ratio - tiny), math.ceil(edges[3] - tiny))
    if right <= left or bottom <= top:
        return None
    corners = [(left / device_ratio, top / device_ratio), (right / device_ratio, bottom / device_ratio)]
    return (bounding_rect([transform.to_world(corner, size) for corner in corners]), device_mm)


def aligned(transform: ViewTransform, size: Size, device_ratio: float, footprint: Rect) -> ViewTransform:
    """Shift a one-to-one view by less than a pixel so that the image's pixels fall on the display's own."""
    left, top, _, _ = (edge * device_ratio for edge in transform.widget_rect(footprint, size))
    return transform.panned((round(left) - left) / device_ratio, (round(top) - top) / device_ratio)
