"""Metal in single views: candidates at low resolution, outlines at full resolution.

Metal is told from bone by what it adds to the line integral for its width. What is narrower than a window is what a
grey opening by that window takes away (Serra, *Image Analysis and Mathematical Morphology*, 1982). Up to 20 mm it
counts when it exceeds the threshold; beyond that the threshold grows with the width, as bones and limbs do. And metal
has edges: tissue that is as dense because it lies along the rays (the chest's wall, a bone's cortex) rises slowly.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recon.geometry import Geometry
from recon.inpaint import MARGIN, fill
from recon.resample import bin_image, resample
from recon.slab import PlaneGrid

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Box = tuple[slice, slice]

SEARCH_PIXEL_MM = 0.8
"""Pixel of the search for candidates, on the detector."""
NARROW_MM = 20.0
"""Width up to which the threshold is the same."""
EDGE_MM = 2.0
"""Length over which metal's edge is steep."""
ENCLOSED = 0.3
"""Share of a region enclosed by edges that must be metal to make it metal as a whole."""
GROW_MM = 4.0
"""How far from what exceeds the whole threshold metal may lie that exceeds half of it."""
LOW = 0.5
"""Share of the threshold: of the rise at edges, and above which pixels belong to metal beside them."""
COVER = 2
"""Pixels of the search by which candidates are widened before they are outlined."""
SMOOTH = 0.7
"""Standard deviation, in pixels, of the smoothing against quantum noise."""


def search_factor(geometry: Geometry) -> int:
    """How many detector pixels are binned for the search."""
    return max(1, round(SEARCH_PIXEL_MM / max(geometry.pixel_pitch_mm)))


def binned(geometry: Geometry, factor: int) -> Geometry:
    """The same detectors with pixels of factor × factor; a last row or column may reach beyond the detector."""
    rows, columns = (-(-size // factor) for size in geometry.shape)
    down, right = ((new * factor - old) / 2 for new, old in zip((rows, columns), geometry.shape, strict=True))
    pitch = geometry.pixel_pitch_mm
    centre = geometry.detector_centre_mm + down * pitch[0] * geometry.row_direction
    return replace(
        geometry,
        detector_centre_mm=centre + right * pitch[1] * geometry.column_direction,
        pixel_pitch_mm=(pitch[0] * factor, pitch[1] * factor),
        shape=(rows, columns),
    )


def box_of(mask: Mask, margin: int = 0) -> Box | None:
    """Rows and columns that hold a mask, a margin wider but inside the image; None where it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return (
        slice(max(0, int(rows[0]) - margin), min(mask.shape[0], int(rows[-1]) + 1 + margin)),
        slice(max(0, int(columns[0]) - margin), min(mask.shape[1], int(columns[-1]) + 1 + margin)),
    )


def candidates(image: Floats, pitch_mm: tuple[float, float], threshold: float, widest_mm: float) -> Mask:
    """Pixels of one view that may be metal.

    Parameters
    ----------
    image : ndarray of float32, shape (rows, columns)
        Line integrals, binned.
    pitch_mm : (between rows, between columns)
    threshold : float
        Line integral above the surroundings, for what is up to 20 mm wide.
    widest_mm : float
        Width of the widest metal, on the detector.
    """
    from scipy.ndimage import gaussian_filter, grey_opening, maximum_filter, minimum_filter

    smooth = gaussian_filter(image, SMOOTH, mode="nearest")
    near = _window(EDGE_MM, pitch_mm)
    rise = maximum_filter(smooth, near, mode="nearest") - minimum_filter(smooth, near, mode="nearest")
    metal, less = np.zeros(image.shape, np.bool_), np.zeros(image.shape, np.bool_)
    widths = [NARROW_MM]
    while widths[-1] < widest_mm:
        widths.append(min(2 * widths[-1], widest_mm))
    for width in widths:
        above = smooth - grey_opening(smooth, _window(width, pitch_mm), mode="nearest")
        least = threshold * width / NARROW_MM
        metal |= _with_edges(above > least, rise, LOW * threshold)
        less |= above > LOW * least
    if not metal.any():
        return metal
    metal |= _enclosed(metal, rise > LOW * threshold, near)
    grown = maximum_filter(metal, _window(2 * GROW_MM, pitch_mm))
    return holding((less & grown) | metal, metal)


def _with_edges(mask: Mask, rise: Floats, least: float) -> Mask:
    """The connected parts of a mask along whose rim an image rises enough, in the median."""
    from scipy.ndimage import label, maximum_filter, median, minimum_filter

    parts, count = label(mask, np.ones((3, 3)))
    if not count:
        return mask
    rim = np.where(minimum_filter(parts, 3) == 0, maximum_filter(parts, 3), 0)
    keep = np.zeros(count + 1, np.bool_)
    there = rim > 0
    keep[1:] = np.asarray(median(rise[there], rim[there], np.arange(1, count + 1))) >= least
    return np.asarray(keep[parts])


def _enclosed(mask: Mask, edge: Mask, reach: tuple[int, int]) -> Mask:
    """Regions within edges, up to them, of which a good part is in a mask.

    Metal that lies between a dark and a bright place stands out of the dark one only; its edges show the rest.
    """
    from scipy.ndimage import label, maximum_filter

    parts, count = label(~edge)
    if not count:
        return mask
    size, hit = (np.bincount(each, minlength=count + 1) for each in (parts.ravel(), parts[mask]))
    keep = hit >= ENCLOSED * np.maximum(size, 1)
    keep[0] = False
    return np.asarray(maximum_filter(keep[parts], reach))


def _window(width_mm: float, pitch_mm: tuple[float, float]) -> tuple[int, int]:
    """An odd number of rows and columns that reach so far from edge to edge."""
    rows, columns = (2 * max(1, round(width_mm / pitch / 2)) + 1 for pitch in pitch_mm)
    return rows, columns


def holding(body: Mask, seed: Mask, least_pixels: int = 1) -> Mask:
    """The connected parts of a mask that hold a seed and are large enough."""
    from scipy.ndimage import label

    parts, count = label(body, np.ones((3, 3)))
    keep = np.zeros(count + 1, np.bool_)
    keep[np.unique(parts[seed & body])] = True
    keep &= np.bincount(parts.ravel(), minlength=count + 1) >= least_pixels
    keep[0] = False
    return np.asarray(keep[parts])


def outline(image: Floats, rough: Mask, factor: int, threshold: float, least_pixels: int) -> tuple[Box, Mask] | None:
    """Metal at full resolution: what stands out of the surroundings continued into it.

    Parameters
    ----------
    image : ndarray of float32, shape (rows, columns)
        Line integrals.
    rough : ndarray of bool
        Where to look, binned by `factor`.
    threshold : float
        Metal holds a pixel this far above its surroundings; its edge lies at half of that.
    least_pixels : int
        Smaller parts are none.

    Returns
    -------
    box : (rows, columns)
        With the surroundings that filling looks at.
    metal : ndarray of bool
        On the box. None is returned when there is no metal.
    """
    from scipy.ndimage import binary_fill_holes, gaussian_filter, maximum_filter

    wide = maximum_filter(rough, 2 * COVER + 1)
    coarse = box_of(wide, -(-MARGIN // factor))
    if coarse is None:
        return None
    box = (
        slice(coarse[0].start * factor, min(coarse[0].stop * factor, image.shape[0])),
        slice(coarse[1].start * factor, min(coarse[1].stop * factor, image.shape[1])),
    )
    part = np.ascontiguousarray(image[box])
    region = _spread(wide[coarse], factor, part.shape)
    small = np.empty(wide[coarse].shape, np.float32)
    bin_image(part, factor, small)
    # Twice: the second time only the metal found is covered, so that its surroundings are continued from nearer by.
    hole = wide[coarse]
    for _ in range(2):
        around = small.copy()
        fill(around, hole)
        above = gaussian_filter(part - _enlarged(around, factor, part.shape), SMOOTH, mode="nearest")
        found = holding((above > LOW * threshold) & region, above > threshold, least_pixels)
        if not found.any():
            return None
        rows, columns = np.nonzero(found)
        hole = np.zeros(small.shape, np.bool_)
        hole[rows // factor, columns // factor] = True
        hole = maximum_filter(hole, 3) & wide[coarse]
    return box, np.asarray(binary_fill_holes(found))


def _spread(mask: Mask, factor: int, shape: tuple[int, ...]) -> Mask:
    """Each pixel as factor × factor pixels."""
    return np.asarray(mask.repeat(factor, axis=0).repeat(factor, axis=1)[: shape[0], : shape[1]])


def _enlarged(image: Floats, factor: int, shape: tuple[int, ...]) -> Floats:
    """A binned image in the pixels it was made of, bilinear."""
    middle = (factor - 1) / 2
    coarse = PlaneGrid((middle, middle), (float(factor), float(factor)), (image.shape[0], image.shape[1]))
    return resample(image, coarse, PlaneGrid((0.0, 0.0), (1.0, 1.0), (shape[0], shape[1])))
