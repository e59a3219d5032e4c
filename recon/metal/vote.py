"""Metal on which the views agree.

Candidates of all views are back-projected at low resolution; a place is metal when enough of the views that see it say
so, and the shadow of such places is what stays. What only some views took for metal, because bones stood behind one
another there, has no place (compare Gomi et al., PLoS ONE 14:e0222406, 2019).
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from recon.backproject import back_project
from recon.cone import Cone, offered_heights_mm
from recon.geometry import Geometry
from recon.messages import said
from recon.metal.search import Box, Mask, box_of
from recon.parallel import run_tiles, split
from recon.preprocess import LineIntegrals
from recon.progress import SILENT, Progress
from recon.projections import ProjectionSet
from recon.samples import Level, Samples, aligned
from recon.sweep import slopes

Doubles = NDArray[np.float64]

PLANES = 8
"""Planes compared at a time."""


def plane_heights(geometry: Geometry, source_mm: Doubles, pixel_mm: float) -> list[float]:
    """Heights between which no view's shadow moves by more than a pixel."""
    low, high = offered_heights_mm(geometry)
    high = max(high, low + pixel_mm)
    steepest = float(np.linalg.norm(slopes(source_mm), axis=1).max())
    count = max(2, int(np.ceil((high - low) * max(steepest, 1e-3) / pixel_mm)) + 1)
    return [float(height) for height in np.linspace(low, high, count)]


def agreed(masks: Mask, geometry: Geometry, share: float, progress: Progress = SILENT) -> Mask:
    """Shadows of the places that are metal in enough of the views that see them.

    Parameters
    ----------
    masks : ndarray of bool, shape (n, rows, columns)
        Candidates.
    geometry : Geometry
        Of the masks.
    share : float
        How many of the views that see a place must hold it for metal.

    Returns
    -------
    ndarray of bool, shape (n, rows, columns)
    """
    shadows = np.zeros_like(masks)
    lattice = LineIntegrals(ProjectionSet(masks.view(np.uint8), geometry))
    n, along, across = lattice.shape
    level = Level(Samples(n, along, across), lattice.first_mm, lattice.pitch_mm)

    def put(view: int) -> None:
        image = aligned((along, across))
        valid = lattice.view(view, image)
        level.samples.put(view, image)
        if valid is not None:
            level.samples.limit(view, valid)

    run_tiles(put, n)
    cone, used = Cone(lattice.source_mm), np.arange(n, dtype=np.int32)
    heights = plane_heights(geometry, lattice.source_mm, min(level.pitch_mm))
    blocks = split(len(heights), PLANES)
    for number, (start, stop) in enumerate(blocks):
        progress.step(number / len(blocks), said("Comparing the views"))
        block = heights[start:stop]
        plan = cone.plan(level, block, 0.0, used, lambda m: np.full(m.size, 1.0 / n))
        votes = back_project(level.samples, plan, level.shape)[..., :across]
        with np.errstate(invalid="ignore"):
            metal = votes >= share
        found = [(metal[k], box_of(metal[k]), z, cone.grid(level, z)) for k, z in enumerate(block)]

        def shade(view: int, found: list[Any] = found) -> None:
            for plane, box, height, grid in found:
                if box is not None:
                    matrix = to_plane(geometry, view, height, grid, lattice.turned)
                    row, column = _seen_from(matrix, box, geometry.shape)
                    _shade(plane, matrix, row.start, column.start, shadows[view, row, column])

        run_tiles(shade, n)
    return shadows


def to_plane(
    geometry: Geometry, view: int, height_mm: float, grid: tuple[float, float, float, float], turned: bool
) -> Doubles:
    """The map from a detector pixel (column, row, 1) to the (row, column, 1) of a grid at a height, up to scale.

    With the source S and a pixel at P the ray meets the height z at S + (P − S)·(S_z − z)/(S_z − P_z); times the
    denominator that is linear in P.

    Parameters
    ----------
    grid : (along, across, step along, step across)
        First pixel and spacing, mm; along is x when `turned`.
    """
    pixel = np.empty((3, 3))
    pixel[:, 0] = geometry.column_direction[view] * geometry.pixel_pitch_mm[1]
    pixel[:, 1] = geometry.row_direction[view] * geometry.pixel_pitch_mm[0]
    pixel[:, 2] = geometry.pixel_to_world(view, 0.0, 0.0)
    source = geometry.source_mm[view]
    pixel[:, 2] -= source
    depth = -pixel[2]
    x, y = (source[axis] * depth + pixel[axis] * (source[2] - height_mm) for axis in (0, 1))
    first, second = (x, y) if turned else (y, x)
    along, across, step_along, step_across = grid
    return np.stack(((first - along * depth) / step_along, (second - across * depth) / step_across, depth))


def _seen_from(matrix: Doubles, box: Box, shape: tuple[int, int]) -> Box:
    """Rows and columns of a view that can see a box of a plane."""
    corners = np.array(
        [(row, column, 1.0) for row in (box[0].start - 1, box[0].stop) for column in (box[1].start - 1, box[1].stop)]
    )
    x, y, w = np.linalg.inv(matrix) @ corners.T
    row, column = y / w, x / w
    return (
        slice(max(0, int(row.min())), max(0, min(shape[0], int(row.max()) + 2))),
        slice(max(0, int(column.min())), max(0, min(shape[1], int(column.max()) + 2))),
    )


@numba.njit(nogil=True, cache=True)
def _shade(metal: Mask, matrix: Doubles, row: int, column: int, out: Mask) -> None:
    """Mark the pixels of a part of a view, from [row, column] on, whose rays meet a plane's metal."""
    rows, columns = metal.shape
    m = matrix
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            x, y = float(column + c), float(row + r)
            w = 1.0 / (m[2, 0] * x + m[2, 1] * y + m[2, 2])
            i = int(np.floor((m[0, 0] * x + m[0, 1] * y + m[0, 2]) * w + 0.5))
            j = int(np.floor((m[1, 0] * x + m[1, 1] * y + m[1, 2]) * w + 0.5))
            if 0 <= i < rows and 0 <= j < columns and metal[i, j]:
                out[r, c] = True


def warm_up() -> None:
    """Compile the kernels."""
    metal, out = np.ones((2, 2), np.bool_), np.zeros((2, 2, 2), np.bool_)
    _shade(metal, np.eye(3), 0, 0, out[0, 0:2, 0:2])
