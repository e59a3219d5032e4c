"""Pictures made comparable: one grid, gaps filled, structure of one range of sizes kept, local contrast evened out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recon.slab import FloatImage, PlaneGrid

BoolImage = NDArray[np.bool_]


def filled(pixels: FloatImage) -> tuple[FloatImage, BoolImage]:
    """The picture with gaps at its middle value and outliers cut off, and where it has data."""
    inside = np.isfinite(pixels)
    if not inside.any():
        return np.zeros_like(pixels), inside
    low, middle, high = np.percentile(pixels[inside], (0.5, 50.0, 99.5))
    return np.clip(np.where(inside, pixels, np.float32(middle)), low, high).astype(np.float32), inside


def structure(
    pixels: FloatImage, pixel_mm: float, fine_mm: float, coarse_mm: float, evened: bool = True
) -> tuple[FloatImage, BoolImage]:
    """Structure between two sizes, with local contrast evened out.

    Parameters
    ----------
    pixels : ndarray of float32, shape (rows, columns)
        NaN where there is nothing.
    pixel_mm : float
    fine_mm, coarse_mm : float
        Standard deviations of the two Gaussians whose difference is taken.
    evened : bool
        Divide by the local standard deviation: a rib weighs as much before the lung as before the heart.

    Returns
    -------
    ndarray of float32, ndarray of bool
        The structure (0 outside), and where it can be trusted: away from gaps.
    """
    from scipy.ndimage import binary_erosion, gaussian_filter

    image, inside = filled(pixels)
    if float(np.ptp(image)) <= 1e-5 * float(np.abs(image).max(initial=0.0)):
        return np.zeros_like(image), inside
    weight = inside.astype(np.float32)

    def smooth(values: FloatImage, sigma_mm: float) -> FloatImage:
        sigma = sigma_mm / pixel_mm
        if sigma < 0.3:
            return values
        # Normalised by the part of the kernel that has data, so that edges of the field make no structure.
        share = gaussian_filter(weight, sigma, mode="constant")
        return np.asarray(
            gaussian_filter(values * weight, sigma, mode="constant") / np.maximum(share, 1e-3), dtype=np.float32
        )

    band = (smooth(image, fine_mm) - smooth(image, coarse_mm)) * weight
    if evened:
        local = np.sqrt(np.maximum(smooth(band * band, 3 * coarse_mm), 0.0))
        level = float(local[inside].mean()) if inside.any() else 1.0
        band /= local + np.float32(0.2 * level + 1e-12)
    reach = max(1, round(fine_mm / pixel_mm))
    trusted = binary_erosion(inside, iterations=reach, border_value=0) if inside.any() else inside
    return np.where(trusted, np.clip(band, -4.0, 4.0), 0.0).astype(np.float32), np.asarray(trusted)


def along(band: FloatImage, direction: tuple[float, float] | None) -> FloatImage:
    """The second derivative of structure along a direction (x, y); None leaves it as it is.

    A sweep along y tells heights apart only by structure that changes along y: what is even along the sweep is equally
    sharp in many slices.
    """
    if direction is None:
        return band
    from scipy.ndimage import gaussian_filter

    x, y = direction
    length = float(np.hypot(x, y))
    x, y = x / length, y / length
    out = np.zeros_like(band)
    for weight, order in ((x * x, (0, 2)), (2 * x * y, (1, 1)), (y * y, (2, 0))):
        if abs(weight) > 1e-3:
            out += np.float32(weight) * gaussian_filter(band, 1.0, order=order)
    level = float(np.abs(out).mean())
    return np.clip(out / max(5.0 * level, 1e-12), -1.0, 1.0).astype(np.float32)


def regrid(pixels: FloatImage, grid: PlaneGrid, pixel_mm: float) -> tuple[FloatImage, PlaneGrid]:
    """The picture on square pixels of another size, averaged."""
    from recon.resample import resample

    target = PlaneGrid.covering(grid.bounds, pixel_mm)
    return resample(np.ascontiguousarray(pixels, dtype=np.float32), grid, target), target
