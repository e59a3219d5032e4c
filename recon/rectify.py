"""From real, tilted or turned detectors to the plane of the slices.

Each view gets its own window in the plane z = 0: as large for all, placed where the view sees. Detectors that turn
about a body far above them see fields far apart at z = 0; one window for all would be mostly empty.
"""

from __future__ import annotations

from dataclasses import replace

import numba
import numpy as np
from numpy.typing import NDArray

from recon.errors import GeometryError
from recon.geometry import Geometry
from recon.messages import said

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

LARGEST = 3.0
"""No window is larger than this many times the median view's field, so that an outlying view cannot blow it up."""


def fields_mm(geometry: Geometry, height_mm: float) -> tuple[Doubles, Doubles]:
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
                said(
                    "View {0} sees its detector at more than a right angle to the slices; slices parallel to the "
                    "detector cannot be made from it.",
                    view + 1,
                )
            )
        corners[view] = (source + (points - source) * ((source[2] - height_mm) / depth)[:, None])[:, :2]
    return corners.min(axis=1), corners.max(axis=1)


def virtual_geometry(geometry: Geometry) -> Geometry:
    """The geometry of the windows in the plane z = 0: the same sources and pitch, detectors along the world's axes.

    A geometry whose detectors lie so already is returned as it is.
    """
    if geometry.is_flat:
        return geometry
    lows, highs = fields_mm(geometry, 0.0)
    sizes = highs - lows
    size = np.minimum(sizes.max(axis=0), LARGEST * np.median(sizes, axis=0))
    row_pitch, column_pitch = geometry.pixel_pitch_mm
    centre = np.zeros((geometry.n_views, 3))
    centre[:, :2] = 0.5 * (lows + highs)
    return replace(
        geometry,
        detector_centre_mm=centre,
        row_direction=np.array([0.0, 1.0, 0.0]),
        column_direction=np.array([1.0, 0.0, 0.0]),
        shape=(round(size[1] / row_pitch), round(size[0] / column_pitch)),
    )


def homography(geometry: Geometry, virtual: Geometry, view: int) -> Doubles:
    """The map from virtual pixel (column, row, 1) to real pixel (column, row, 1), up to scale, shape (3, 3).

    A virtual pixel lies on the real detector where the ray from the source through it meets the detector plane.
    """
    pitch_row, pitch_column = virtual.pixel_pitch_mm
    first = virtual.pixel_to_world(view, 0.0, 0.0)
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


@numba.njit(nogil=True, fastmath=True)
def _cubic(f):  # type: ignore[no-untyped-def]
    """Weights of the four samples around a place, f behind the second: Keys' kernel with a = −1/2."""
    one, two, half = np.float32(1.0), np.float32(2.0), np.float32(0.5)
    three, four, five = np.float32(3.0), np.float32(4.0), np.float32(5.0)
    return (
        half * f * (f * (two - f) - one),
        half * (f * f * (three * f - five) + two),
        half * f * ((four - three * f) * f + one),
        half * f * f * (f - one),
    )


@numba.njit(nogil=True, fastmath=True)
def _across(image: Floats, i: int, j: int, a, b, c, d):  # type: ignore[no-untyped-def]
    """Four neighbours in a row by their weights."""
    return a * image[i, j - 1] + b * image[i, j] + c * image[i, j + 1] + d * image[i, j + 2]


@numba.njit(nogil=True, fastmath=True, cache=True)
def warp(image: Floats, seen: Mask, homography: Doubles, out: Floats, valid: Mask) -> None:
    """By cubic convolution, bilinear at the border; outside the image the nearest edge value, marked invalid.

    Linear interpolation would blur what falls between pixels, which the ramp makes visible: against views taken on the
    virtual detector itself its slices are wrong by twice as much. Keys, IEEE Trans. ASSP 29:1153 (1981).

    Parameters
    ----------
    image : ndarray of float32, shape (rows, columns)
    seen : ndarray of bool, shape (rows, columns)
        False where the view has no data.
    homography : ndarray of float64, shape (3, 3)
        From (second, first, 1) index of `out` to (column, row, 1) of the image.
    out : ndarray of float32
    valid : ndarray of bool, the shape of `out`
    """
    rows, columns = image.shape
    h = homography
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            w = 1.0 / (h[2, 0] * c + h[2, 1] * r + h[2, 2])
            x = (h[0, 0] * c + h[0, 1] * r + h[0, 2]) * w
            y = (h[1, 0] * c + h[1, 1] * r + h[1, 2]) * w
            inside = -0.5 <= x <= columns - 0.5 and -0.5 <= y <= rows - 0.5
            x = min(max(x, 0.0), columns - 1.0)
            y = min(max(y, 0.0), rows - 1.0)
            j = min(int(x), max(columns - 2, 0))
            i = min(int(y), max(rows - 2, 0))
            f, g = np.float32(x - j), np.float32(y - i)
            j1 = min(j + 1, columns - 1)
            i1 = min(i + 1, rows - 1)
            if 1 <= j < columns - 2 and 1 <= i < rows - 2:
                a0, a1, a2, a3 = _cubic(f)
                b0, b1, b2, b3 = _cubic(g)
                upper = b0 * _across(image, i - 1, j, a0, a1, a2, a3) + b1 * _across(image, i, j, a0, a1, a2, a3)
                lower = b2 * _across(image, i + 1, j, a0, a1, a2, a3) + b3 * _across(image, i + 2, j, a0, a1, a2, a3)
                out[r, c] = upper + lower
            else:
                upper = image[i, j] + f * (image[i, j1] - image[i, j])
                lower = image[i1, j] + f * (image[i1, j1] - image[i1, j])
                out[r, c] = upper + g * (lower - upper)
            valid[r, c] = inside and seen[i, j] and seen[i1, j1]


def warm_up() -> None:
    """Compile the kernels."""
    out, mask = np.ones((2, 2), np.float32), np.ones((2, 2), np.bool_)
    warp(out, mask, np.eye(3), out.copy(), mask.copy())
