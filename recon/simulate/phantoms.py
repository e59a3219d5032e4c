"""Analytic phantoms: solid shapes at known places, with exact line integrals."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.parallel import run_tiles
from recon.progress import SILENT, Progress
from recon.simulate.shapes import Box, Cylinder, Ellipsoid, Shape, Sphere, Vector

__all__ = [
    "Box",
    "Cylinder",
    "Ellipsoid",
    "Phantom",
    "Shape",
    "Sphere",
    "bead_column",
    "laterality_phantom",
    "letter_r",
    "sphere_phantom",
]

SOFT_TISSUE_PER_MM = 0.0194
METAL_PER_MM = 0.5


@dataclass(frozen=True)
class Phantom:
    """Shapes whose attenuations add.

    Attributes
    ----------
    shapes : tuple of Shape
    landmarks : mapping of a name to (x, y, z)
        Places in world mm that tests and measurements refer to.
    """

    shapes: tuple[Shape, ...]
    landmarks: Mapping[str, Vector] = field(default_factory=dict)

    def __add__(self, other: Phantom) -> Phantom:
        """Both phantoms together."""
        return Phantom(self.shapes + other.shapes, {**self.landmarks, **other.landmarks})

    def attenuation_at(self, point_mm: NDArray[np.float64]) -> NDArray[np.float32]:
        """Attenuation, 1/mm, at world points of shape (..., 3)."""
        point = np.asarray(point_mm, dtype=np.float64)
        total = np.zeros(point.shape[:-1])
        for shape in self.shapes:
            total += shape.attenuation_per_mm * shape.contains(point)
        return total.astype(np.float32)

    def line_integrals(
        self, geometry: Geometry, progress: Progress = SILENT, *, oversampling: int = 1
    ) -> NDArray[np.float32]:
        """Exact integrals along the rays from the source to the pixels.

        Parameters
        ----------
        geometry : Geometry
            Any flat detector.
        oversampling : int
            1 takes the ray to each pixel's centre; n averages the integrals of n × n rays evenly spread over the
            pixel, which thin wires and small beads need.

        Returns
        -------
        ndarray of float32, shape (views, rows, columns)
            Computed in float64. Parts behind the source or the detector do not count.
        """
        if oversampling < 1:
            raise BocageError(said("The oversampling must be at least 1, found {0}.", oversampling))
        out = np.zeros((geometry.n_views, *geometry.shape), dtype=np.float32)

        def one(view: int) -> None:
            out[view] = self._view(geometry, view, oversampling)

        run_tiles(one, geometry.n_views, progress, "Projecting the phantom")
        return out

    def _view(self, geometry: Geometry, view: int, oversampling: int) -> NDArray[np.float64]:
        total = np.zeros(geometry.shape)
        source = geometry.source_mm[view]
        fractions = (np.arange(oversampling) + 0.5) / oversampling - 0.5
        for shape in self.shapes:
            box = _shadow(shape, geometry, view)
            if box is None:
                continue
            row0, row1, column0, column1 = box
            rows, columns = np.arange(row0, row1)[:, None], np.arange(column0, column1)[None, :]
            length = np.zeros((row1 - row0, column1 - column0))
            for row_part, column_part in itertools.product(fractions, fractions):
                ray = geometry.pixel_to_world(view, *np.broadcast_arrays(rows + row_part, columns + column_part))
                ray -= source
                enter, leave = shape.chord(source, ray)
                through = np.minimum(leave, 1.0) - np.maximum(enter, 0.0)
                length += np.maximum(through, 0.0) * np.sqrt(np.einsum("...i,...i->...", ray, ray))
            total[row0:row1, column0:column1] += length * (shape.attenuation_per_mm / oversampling**2)
        return total


def _shadow(shape: Shape, geometry: Geometry, view: int) -> tuple[int, int, int, int] | None:
    """Rows and columns (start, stop) that can see a shape."""
    corners = np.array(list(itertools.product(*zip(*shape.bounds_mm(), strict=True))))
    single = Geometry(
        geometry.source_mm[view],
        geometry.detector_centre_mm[view],
        geometry.row_direction[view],
        geometry.column_direction[view],
        geometry.pixel_pitch_mm,
        geometry.shape,
    )
    row, column = single.project(corners)
    if not np.all(np.isfinite(row)):
        # A shape that reaches behind the source or the detector: look everywhere.
        return 0, geometry.shape[0], 0, geometry.shape[1]
    row0, row1 = max(0, int(np.floor(row.min())) - 1), min(geometry.shape[0], int(np.ceil(row.max())) + 2)
    column0, column1 = max(0, int(np.floor(column.min())) - 1), min(geometry.shape[1], int(np.ceil(column.max())) + 2)
    return (row0, row1, column0, column1) if row0 < row1 and column0 < column1 else None


def bead_column(
    heights_mm: Sequence[float],
    *,
    start_mm: tuple[float, float] = (0.0, 0.0),
    step_mm: tuple[float, float] = (6.0, 0.0),
    radius_mm: float = 1.0,
    attenuation_per_mm: float = METAL_PER_MM,
) -> Phantom:
    """Beads at the given heights, each moved by `step_mm` from the last so that no two share a ray.

    Landmarks ``bead 0``, ``bead 1`` … are their centres.
    """
    centres: list[Vector] = [
        (start_mm[0] + index * step_mm[0], start_mm[1] + index * step_mm[1], float(height))
        for index, height in enumerate(heights_mm)
    ]
    shapes = tuple(Sphere(centre, radius_mm, attenuation_per_mm) for centre in centres)
    return Phantom(shapes, {f"bead {index}": centre for index, centre in enumerate(centres)})


def letter_r(
    centre_mm: Vector, size_mm: float, *, stroke_mm: float = 2.0, attenuation_per_mm: float = METAL_PER_MM
) -> Phantom:
    """Build an upright letter R in a plane of constant height, readable when x points right and y down.

    The stem is a box, the bowl three cylinders and the leg one; `size_mm` is the letter's height. Landmark ``R`` is
    its centre, ``R stem`` the middle of the stem (left), ``R leg`` the foot of the leg (right below).
    """
    x, y, z = centre_mm
    half, wide, radius = size_mm / 2, size_mm * 0.3, stroke_mm / 2
    top, right, middle = y - half + radius, x + wide, y
    shapes: tuple[Shape, ...] = (
        Box((x - wide, y, z), (stroke_mm, size_mm, stroke_mm), attenuation_per_mm),
        Cylinder((x - wide + radius, top, z), (right, top, z), radius, attenuation_per_mm),
        Cylinder((x - wide + radius, middle, z), (right, middle, z), radius, attenuation_per_mm),
        Cylinder((right, top + radius, z), (right, middle - radius, z), radius, attenuation_per_mm),
        Cylinder((x, middle + radius, z), (right, y + half, z), radius, attenuation_per_mm),
    )
    marks: dict[str, Vector] = {"R": centre_mm, "R stem": (x - wide, y, z), "R leg": (right, y + half - radius, z)}
    return Phantom(shapes, marks)


def laterality_phantom(height_mm: float = 60.0, size_mm: float = 120.0) -> Phantom:
    """Build a phantom without mirror symmetry, for proofs of orientation in a PA set-up (x left, y feet, z back).

    A flat body of soft tissue; at `height_mm` a metal letter R at the patient's right (−x), above the middle, and a
    bead at the patient's left (+x) below it (landmark ``left bead``); 40 mm farther from the detector a second bead
    left of the middle near the head (``high bead``).
    """
    body = Box((0.0, 0.0, height_mm + 20.0), (0.9 * size_mm, size_mm, 80.0), SOFT_TISSUE_PER_MM)
    left: Vector = (0.3 * size_mm, 0.25 * size_mm, height_mm)
    high: Vector = (0.15 * size_mm, -0.35 * size_mm, height_mm + 40.0)
    beads = (Sphere(left, 0.025 * size_mm, METAL_PER_MM), Sphere(high, 0.02 * size_mm, METAL_PER_MM))
    letter = letter_r((-0.25 * size_mm, -0.15 * size_mm, height_mm), 0.3 * size_mm, stroke_mm=0.03 * size_mm)
    return Phantom((body, *beads), {"left bead": left, "high bead": high}) + letter


def sphere_phantom(
    heights_mm: Sequence[float] = (40.0, 90.0, 140.0), *, radius_mm: float = 3.0, spread_mm: float = 25.0
) -> Phantom:
    """Spheres at known heights off the middle and a thin oblique wire, in air.

    Landmarks ``sphere 0`` … are the centres; ``wire start`` and ``wire end`` the wire's ends (radius 0.25 mm,
    from 20 mm below the lowest sphere's height to 20 mm above the highest).
    """
    centres: list[Vector] = []
    for index, height in enumerate(heights_mm):
        angle = 2 * np.pi * index / max(1, len(heights_mm)) + 0.4
        centres.append((spread_mm * float(np.cos(angle)), spread_mm * float(np.sin(angle)), float(height)))
    start: Vector = (-1.6 * spread_mm, 1.2 * spread_mm, min(heights_mm) - 20.0)
    end: Vector = (1.6 * spread_mm, 1.6 * spread_mm, max(heights_mm) + 20.0)
    shapes = tuple(Sphere(centre, radius_mm, 0.05) for centre in centres)
    marks = {f"sphere {index}": centre for index, centre in enumerate(centres)}
    return Phantom((*shapes, Cylinder(start, end, 0.25, METAL_PER_MM)), {**marks, "wire start": start, "wire end": end})
