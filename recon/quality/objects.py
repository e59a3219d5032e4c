"""Test objects: where they stand in an acquisition's field, and their exact projections.

All stand in a block of soft tissue, so that also algorithms that are not linear work at the brightness of a body. What
an object adds to an image is read from the difference to the block alone (`recon.quality.readings.Difference`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.geometry import Geometry
from recon.messages import said
from recon.quality.readings import Doubles
from recon.simulate.phantoms import METAL_PER_MM, SOFT_TISSUE_PER_MM, Phantom
from recon.simulate.shapes import Box, Cylinder, Shape, Sphere, Vector

MARGIN_PIXELS = 12
"""Around the shadows of everything, which filters need."""
OVERSAMPLING = 8
"""Rays along each axis of a pixel, for objects finer than a pixel."""
EDGE_OVERSAMPLING = 4
"""The same for the edges of large ones."""

BEAD_MM = 0.5
BALL_MM = 2.0
SLANT = 1 / 12
"""Tangent of a slanted wire's or edge's angle to the pixels: one row in twelve columns, 4.8°."""
TUNGSTEN_PER_MM = 7.0
"""Of fine wires and beads, at 60 keV (NIST XCOM: 3.71 cm²/g × 19.3 g/cm³)."""
BODY_MM = 100.0
"""Depth of the block."""


@dataclass(frozen=True)
class Frame:
    """A place in the field of view, and the directions along and across the sweep.

    Attributes
    ----------
    centre_mm : (x, y)
    sweep_axis : {0, 1}
        World axis along the sweep (0: x, 1: y).
    tube_mm : (x, y, z)
        Mean position of the tube.
    """

    centre_mm: tuple[float, float]
    sweep_axis: int
    tube_mm: Vector

    @classmethod
    def of(cls, geometry: Geometry, height_mm: float) -> Frame:
        """The middle of what all views see at a height."""
        source, middle = geometry.source_mm, geometry.detector_centre_mm
        share = (height_mm - middle[:, 2]) / (source[:, 2] - middle[:, 2])
        x, y = (middle + share[:, None] * (source - middle)).mean(axis=0)[:2]
        tube = source.mean(axis=0)
        return cls((float(x), float(y)), geometry.sweep_axis, (float(tube[0]), float(tube[1]), float(tube[2])))

    def place(self, along_mm: float, across_mm: float, height_mm: float) -> Vector:
        """World place of a point given along and across the sweep."""
        x, y = self.size(along_mm, across_mm, 0.0)[:2]
        return self.centre_mm[0] + x, self.centre_mm[1] + y, height_mm

    def size(self, along_mm: float, across_mm: float, depth_mm: float) -> Vector:
        """Lengths along and across the sweep, in world order."""
        return (along_mm, across_mm, depth_mm) if self.sweep_axis == 0 else (across_mm, along_mm, depth_mm)


@dataclass(frozen=True)
class TurnedBox:
    """A box turned about the vertical through its middle.

    Attributes
    ----------
    angle_deg : float
        From world x towards world y.
    """

    centre_mm: Vector
    size_mm: Vector
    angle_deg: float
    attenuation_per_mm: float

    def _turn(self, vector: Doubles) -> Doubles:
        """A vector in the box's own axes."""
        cosine, sine = math.cos(math.radians(self.angle_deg)), math.sin(math.radians(self.angle_deg))
        x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
        return np.stack((cosine * x + sine * y, cosine * y - sine * x, z), axis=-1)

    def _own(self) -> Box:
        return Box((0.0, 0.0, 0.0), self.size_mm, self.attenuation_per_mm)

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Axis-aligned box around it."""
        cosine = abs(math.cos(math.radians(self.angle_deg)))
        sine = abs(math.sin(math.radians(self.angle_deg)))
        width, length, depth = self.size_mm
        half = np.array([cosine * width + sine * length, sine * width + cosine * length, depth]) / 2
        return np.asarray(self.centre_mm) - half, np.asarray(self.centre_mm) + half

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points lie inside."""
        return self._own().contains(self._turn(point_mm - np.asarray(self.centre_mm)))

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """As for a box, in its own axes."""
        return self._own().chord(self._turn(source_mm - np.asarray(self.centre_mm)), self._turn(ray_mm))


# -- objects ---------------------------------------------------------------------------------------------------------


def body(frame: Frame, height_mm: float, along_mm: float, across_mm: float, depth_mm: float = BODY_MM) -> Phantom:
    """Build a uniform block of soft tissue whose middle lies at a height: what everything stands in."""
    place, size = frame.place(0.0, 0.0, height_mm), frame.size(along_mm, across_mm, depth_mm)
    return Phantom((Box(place, size, SOFT_TISSUE_PER_MM),))


def beads(places_mm: Sequence[Vector], diameter_mm: float, attenuation_per_mm: float = METAL_PER_MM) -> Phantom:
    """Build like metal beads."""
    return Phantom(tuple(Sphere(place, diameter_mm / 2, attenuation_per_mm) for place in places_mm))


def wire(
    frame: Frame, middle_mm: tuple[float, float], height_mm: float, length_mm: float, diameter_mm: float
) -> Phantom:
    """Build a level tungsten wire across the sweep, slanted by `SLANT`.

    Parameters
    ----------
    middle_mm : (along, across)
    """
    along, across = middle_mm
    ends = [
        frame.place(along + side * SLANT * length_mm / 2, across + side * length_mm / 2, height_mm) for side in (-1, 1)
    ]
    return Phantom((Cylinder(ends[0], ends[1], diameter_mm / 2, TUNGSTEN_PER_MM),))


def edge(
    frame: Frame, middle_mm: tuple[float, float], height_mm: float, size_mm: float, depth_mm: float = 1.0
) -> Phantom:
    """Build a level square metal plate whose edge across the sweep is slanted by `SLANT` and passes a point.

    Parameters
    ----------
    middle_mm : (along, across)
        Of the edge; the plate lies on its side of smaller `along`.
    """
    angle = math.atan(SLANT)
    along = middle_mm[0] - size_mm / 2 * math.cos(angle)
    across = middle_mm[1] + size_mm / 2 * math.sin(angle)
    turn = math.degrees(angle) * (1 if frame.sweep_axis == 1 else -1)
    place, size = frame.place(along, across, height_mm), (size_mm, size_mm, depth_mm)
    return Phantom((TurnedBox(place, size, turn, METAL_PER_MM),))


def discs(places_mm: Sequence[Vector], diameter_mm: float, depth_mm: float, contrast_per_mm: float) -> Phantom:
    """Build flat discs parallel to the slices, of more attenuation than what they stand in."""
    shapes: list[Shape] = []
    for x, y, z in places_mm:
        ends = (x, y, z - depth_mm / 2), (x, y, z + depth_mm / 2)
        shapes.append(Cylinder(*ends, diameter_mm / 2, contrast_per_mm))
    return Phantom(tuple(shapes))


def plate(frame: Frame, height_mm: float, along_mm: float, across_mm: float, depth_mm: float = 1.0) -> Phantom:
    """Build a level metal plate from the middle along the sweep; its edge there makes ripple in other planes.

    One edge alone: the copies of a second would strengthen or cancel those of the first, as their distance falls.
    """
    place, size = frame.place(along_mm / 2, 0.0, height_mm), frame.size(along_mm, across_mm, depth_mm)
    return Phantom((Box(place, size, METAL_PER_MM),))


# -- projections -----------------------------------------------------------------------------------------------------


def cropped(geometry: Geometry, phantom: Phantom, margin_pixels: int = MARGIN_PIXELS) -> Geometry:
    """The part of the detector on which a phantom's shadows fall in any view; the pixels stay where they are."""
    low, high = (np.array(ends) for ends in zip(*(shape.bounds_mm() for shape in phantom.shapes), strict=True))
    corners = np.stack(np.meshgrid(*zip(low.min(axis=0), high.max(axis=0), strict=True), indexing="ij"), axis=-1)
    indices = geometry.project(corners.reshape(-1, 3))
    ranges = []
    for index, size in zip(indices, geometry.shape, strict=True):
        if not np.isfinite(index).all():
            raise BocageError(
                said("The test objects do not stand between the tube and the detector; choose another height.")
            )
        first = max(0, math.floor(index.min()) - margin_pixels)
        stop = min(size, math.ceil(index.max()) + margin_pixels + 1)
        if stop - first < 8:
            raise BocageError(said("The detector does not see the test objects; choose another height."))
        ranges.append((first, stop))
    (row, row_stop), (column, column_stop) = ranges
    down, right = (
        ((first + stop - size) / 2) * pitch
        for (first, stop), size, pitch in zip(ranges, geometry.shape, geometry.pixel_pitch_mm, strict=True)
    )
    centre = geometry.detector_centre_mm + down * geometry.row_direction + right * geometry.column_direction
    return replace(geometry, detector_centre_mm=centre, shape=(row_stop - row, column_stop - column))


def seen_by_all(geometry: Geometry, places_mm: Sequence[Vector]) -> bool:
    """Whether every view sees all places."""
    return all(
        bool(np.all((index >= 0) & (index <= size - 1)))
        for index, size in zip(geometry.project(np.array(places_mm)), geometry.shape, strict=True)
    )
