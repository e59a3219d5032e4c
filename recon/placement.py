"""Maps between the frames of two pictures: in a plane (a similarity), and in space (a rotation, a scale, an offset)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import BocageError
from recon.messages import said
from recon.slab import Rect

Point = tuple[float, float]
Row = tuple[float, float, float]


@dataclass(frozen=True)
class PlaneMap:
    """A similarity of the plane, p ↦ M p + o, in millimetres (x, y).

    Attributes
    ----------
    matrix : ((a, b), (c, d))
        A turn, perhaps a reflection, and one scale.
    offset : (x, y)
    """

    matrix: tuple[Point, Point] = ((1.0, 0.0), (0.0, 1.0))
    offset: Point = (0.0, 0.0)

    def __post_init__(self) -> None:
        (a, b), (c, d) = self.matrix
        determinant = a * d - b * c
        if not (math.isfinite(determinant) and abs(determinant) > 1e-12 and all(map(math.isfinite, self.offset))):
            raise BocageError(said("A map between two pictures must be finite and must have a scale."))

    @classmethod
    def similarity(
        cls, turn_deg: float = 0.0, scale: float = 1.0, shift_mm: Point = (0.0, 0.0), centre_mm: Point = (0.0, 0.0)
    ) -> PlaneMap:
        """R(turn) (p − centre) · scale + centre + shift; a positive turn goes from x to y (clockwise on a screen)."""
        cos, sin = scale * math.cos(math.radians(turn_deg)), scale * math.sin(math.radians(turn_deg))
        (x, y), (dx, dy) = centre_mm, shift_mm
        return cls(((cos, -sin), (sin, cos)), (x + dx - cos * x + sin * y, y + dy - sin * x - cos * y))

    @classmethod
    def projection(cls, source_mm: ArrayLike, from_height_mm: float, to_height_mm: float) -> PlaneMap:
        """The central projection between two planes of constant height: a homothety about the focal spot.

        Parameters
        ----------
        source_mm : (x, y, z)
            The focal spot; both heights must lie below it.
        """
        x, y, z = (float(value) for value in np.asarray(source_mm, dtype=np.float64))
        if not max(from_height_mm, to_height_mm) < z:
            raise BocageError(said("The planes must lie below the focal spot at {0:.0f} mm.", z))
        factor = (z - to_height_mm) / (z - from_height_mm)
        return cls(((factor, 0.0), (0.0, factor)), (x * (1 - factor), y * (1 - factor)))

    @classmethod
    def through(cls, carry: Callable[[Point], Point | None], about_mm: Point = (0.0, 0.0)) -> PlaneMap | None:
        """The map that `carry` does, found from where it takes three points; None where it takes one nowhere."""
        x, y = about_mm
        step = 100.0
        ends = [carry(point) for point in ((x, y), (x + step, y), (x, y + step))]
        if any(end is None for end in ends):
            return None
        (px, py), (qx, qy), (rx, ry) = (end for end in ends if end is not None)
        a, c, b, d = (qx - px) / step, (qy - py) / step, (rx - px) / step, (ry - py) / step
        return cls(((a, b), (c, d)), (px - a * x - b * y, py - c * x - d * y))

    def __call__(self, point: Point) -> Point:
        """Where a point goes."""
        (a, b), (c, d) = self.matrix
        x, y = point
        return (a * x + b * y + self.offset[0], c * x + d * y + self.offset[1])

    def then(self, other: PlaneMap) -> PlaneMap:
        """First this map, then the other."""
        (a, b), (c, d) = other.matrix
        (e, f), (g, h) = self.matrix
        return PlaneMap(((a * e + b * g, a * f + b * h), (c * e + d * g, c * f + d * h)), other(self.offset))

    @property
    def inverse(self) -> PlaneMap:
        """The way back."""
        (a, b), (c, d) = self.matrix
        k = 1.0 / (a * d - b * c)
        x, y = self.offset
        return PlaneMap(((d * k, -b * k), (-c * k, a * k)), (-k * (d * x - b * y), -k * (a * y - c * x)))

    @property
    def scale(self) -> float:
        """Millimetres behind the map for one before it."""
        (a, b), (c, d) = self.matrix
        return math.sqrt(abs(a * d - b * c))

    @property
    def turn_deg(self) -> float:
        """The turn, from x to y."""
        (a, _), (c, _) = self.matrix
        return math.degrees(math.atan2(c, a))

    @property
    def is_straight(self) -> bool:
        """Whether it neither turns nor reflects: pixels stay upright squares."""
        (a, b), (c, d) = self.matrix
        return a > 0 and d > 0 and max(abs(b), abs(c), abs(a - d)) <= 1e-9 * a

    def bounds(self, rect: Rect) -> Rect:
        """The smallest rectangle around where a rectangle goes."""
        corners = [self((x, y)) for x in (rect.x0, rect.x1) for y in (rect.y0, rect.y1)]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        return Rect(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class SpaceMap:
    """A similarity of space, p ↦ M p + o, in millimetres (x, y, z)."""

    matrix: tuple[Row, Row, Row] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    offset: Row = (0.0, 0.0, 0.0)

    @classmethod
    def of(cls, matrix: ArrayLike, offset: ArrayLike) -> SpaceMap:
        """From arrays of shape (3, 3) and (3,)."""
        rows = np.asarray(matrix, dtype=np.float64)
        if rows.shape != (3, 3) or not np.isfinite(rows).all() or abs(float(np.linalg.det(rows))) < 1e-9:
            raise BocageError(said("A map between two volumes must be finite and must have a scale."))
        return cls((_row(rows[0]), _row(rows[1]), _row(rows[2])), _row(np.asarray(offset, dtype=np.float64)))

    @classmethod
    def placed(
        cls,
        shift_mm: ArrayLike = (0.0, 0.0, 0.0),
        turn_deg: float = 0.0,
        tilt_x_deg: float = 0.0,
        tilt_y_deg: float = 0.0,
        scale: float = 1.0,
        centre_mm: ArrayLike = (0.0, 0.0, 0.0),
    ) -> SpaceMap:
        """R(p − c) · scale + c + shift, with R = Rz(turn) Ry(tilt_y) Rx(tilt_x), right-handed."""
        turned = rotation(turn_deg, tilt_x_deg, tilt_y_deg) * scale
        centre = np.asarray(centre_mm, dtype=np.float64)
        return cls.of(turned, centre + np.asarray(shift_mm, dtype=np.float64) - turned @ centre)

    def __call__(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Where points go, shape (..., 3)."""
        return np.asarray(points_mm, dtype=np.float64) @ np.asarray(self.matrix).T + np.asarray(self.offset)

    def then(self, other: SpaceMap) -> SpaceMap:
        """First this map, then the other."""
        return SpaceMap.of(np.asarray(other.matrix) @ np.asarray(self.matrix), other(self.offset))

    @property
    def inverse(self) -> SpaceMap:
        """The way back."""
        back = np.linalg.inv(np.asarray(self.matrix))
        return SpaceMap.of(back, -back @ np.asarray(self.offset))

    @property
    def angles_deg(self) -> tuple[float, float, float]:
        """(turn, tilt_x, tilt_y) with which `placed` makes the same rotation."""
        matrix = np.asarray(self.matrix)
        matrix = matrix / np.cbrt(np.linalg.det(matrix))
        tilt_y = math.asin(min(1.0, max(-1.0, -float(matrix[2, 0]))))
        turn = math.atan2(float(matrix[1, 0]), float(matrix[0, 0]))
        tilt_x = math.atan2(float(matrix[2, 1]), float(matrix[2, 2]))
        return (math.degrees(turn), math.degrees(tilt_x), math.degrees(tilt_y))


def rotation(turn_deg: float, tilt_x_deg: float, tilt_y_deg: float) -> NDArray[np.float64]:
    """Rz(turn) Ry(tilt_y) Rx(tilt_x), right-handed, shape (3, 3)."""
    (c, s), (cx, sx), (cy, sy) = (
        (math.cos(angle), math.sin(angle)) for angle in map(math.radians, (turn_deg, tilt_x_deg, tilt_y_deg))
    )
    about_z = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    about_y = np.array([[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]])
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, cx, -sx], [0.0, sx, cx]])
    return np.asarray(about_z @ about_y @ about_x)


def _row(values: NDArray[np.float64]) -> Row:
    return (float(values[0]), float(values[1]), float(values[2]))
