"""Solid shapes of constant attenuation with exact chord lengths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import said

Doubles = NDArray[np.float64]
Vector = tuple[float, float, float]


@runtime_checkable
class Shape(Protocol):
    """A solid in the world frame.

    Its attenuation (1/mm) is added to that of every other shape at the same place; negative values make holes.
    """

    @property
    def attenuation_per_mm(self) -> float:
        """Linear attenuation, 1/mm."""
        ...

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Lowest and highest corner of an axis-aligned box around it."""
        ...

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points, shape (..., 3), lie inside."""
        ...

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """Where rays ``source + t · ray`` enter and leave, as t; leave ≤ enter where they miss. ray: (..., 3)."""
        ...


@dataclass(frozen=True)
class Ellipsoid:
    """An ellipsoid whose semi-axes lie along the world axes."""

    centre_mm: Vector
    semi_axes_mm: Vector
    attenuation_per_mm: float

    def __post_init__(self) -> None:
        _positive("semi-axes", *self.semi_axes_mm)

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Axis-aligned box around it."""
        centre, half = np.asarray(self.centre_mm), np.asarray(self.semi_axes_mm)
        return centre - half, centre + half

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points lie inside."""
        scaled = (point_mm - np.asarray(self.centre_mm)) / np.asarray(self.semi_axes_mm)
        return np.asarray(np.sum(scaled * scaled, axis=-1) <= 1.0)

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """Solve |(source + t ray − centre) / semi-axes| = 1."""
        semi = np.asarray(self.semi_axes_mm)
        start = (source_mm - np.asarray(self.centre_mm)) / semi
        ray = ray_mm / semi
        a = np.einsum("...i,...i->...", ray, ray)
        # Foot of the perpendicular first: b² − ac loses digits when the source is far away.
        middle = -np.einsum("...i,i->...", ray, start) / a
        foot = start + middle[..., None] * ray
        rest = 1.0 - np.einsum("...i,...i->...", foot, foot)
        half = np.sqrt(np.maximum(rest, 0.0) / a)
        return middle - half, middle + half


@dataclass(frozen=True)
class Sphere:
    """A ball."""

    centre_mm: Vector
    radius_mm: float
    attenuation_per_mm: float

    def __post_init__(self) -> None:
        _positive("radius", self.radius_mm)

    def _ellipsoid(self) -> Ellipsoid:
        return Ellipsoid(self.centre_mm, (self.radius_mm,) * 3, self.attenuation_per_mm)

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Axis-aligned box around it."""
        return self._ellipsoid().bounds_mm()

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points lie inside."""
        return self._ellipsoid().contains(point_mm)

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """As for an ellipsoid."""
        return self._ellipsoid().chord(source_mm, ray_mm)


@dataclass(frozen=True)
class Box:
    """A box with its edges along the world axes."""

    centre_mm: Vector
    size_mm: Vector
    attenuation_per_mm: float

    def __post_init__(self) -> None:
        _positive("size", *self.size_mm)

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Axis-aligned box around it."""
        centre, half = np.asarray(self.centre_mm), np.asarray(self.size_mm) / 2
        return centre - half, centre + half

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points lie inside."""
        distance = np.abs(point_mm - np.asarray(self.centre_mm))
        return np.asarray(np.all(distance <= np.asarray(self.size_mm) / 2, axis=-1))

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """Intersection of three slabs."""
        low, high = self.bounds_mm()
        with np.errstate(divide="ignore", invalid="ignore"):
            first = (low - source_mm) / ray_mm
            second = (high - source_mm) / ray_mm
        # A ray parallel to a pair of faces and lying in one of them gives 0/0: it counts as outside.
        grazing = np.isnan(first) | np.isnan(second)
        enter = np.where(grazing, np.inf, np.minimum(first, second)).max(axis=-1)
        leave = np.where(grazing, -np.inf, np.maximum(first, second)).min(axis=-1)
        return enter, leave


@dataclass(frozen=True)
class Cylinder:
    """A straight, solid cylinder with flat ends; thin, it is a wire."""

    start_mm: Vector
    end_mm: Vector
    radius_mm: float
    attenuation_per_mm: float

    def __post_init__(self) -> None:
        _positive("radius", self.radius_mm)
        if self.start_mm == self.end_mm:
            raise BocageError(said("A cylinder needs two different ends."))

    def _axis(self) -> tuple[Doubles, Doubles, float]:
        start = np.asarray(self.start_mm, dtype=np.float64)
        along = np.asarray(self.end_mm, dtype=np.float64) - start
        length = float(np.linalg.norm(along))
        return start, along / length, length

    def bounds_mm(self) -> tuple[Doubles, Doubles]:
        """Axis-aligned box around it."""
        start, axis, length = self._axis()
        end = start + length * axis
        margin = self.radius_mm * np.sqrt(np.maximum(0.0, 1.0 - axis * axis))
        return np.minimum(start, end) - margin, np.maximum(start, end) + margin

    def contains(self, point_mm: Doubles) -> NDArray[np.bool_]:
        """Whether points lie inside."""
        start, axis, length = self._axis()
        offset = point_mm - start
        along = offset @ axis
        across = offset - along[..., None] * axis
        inside = np.einsum("...i,...i->...", across, across) <= self.radius_mm**2
        return np.asarray(inside & (along >= 0) & (along <= length))

    def chord(self, source_mm: Doubles, ray_mm: Doubles) -> tuple[Doubles, Doubles]:
        """Infinite cylinder cut by the two planes of its ends."""
        start, axis, length = self._axis()
        offset = source_mm - start
        ray_along, offset_along = ray_mm @ axis, float(offset @ axis)
        ray_across = ray_mm - ray_along[..., None] * axis
        offset_across = offset - offset_along * axis
        a = np.einsum("...i,...i->...", ray_across, ray_across)
        parallel = a < 1e-18 * np.einsum("...i,...i->...", ray_mm, ray_mm)
        a = np.where(parallel, 1.0, a)
        middle = -np.einsum("...i,i->...", ray_across, offset_across) / a
        foot = offset_across + middle[..., None] * ray_across
        rest = self.radius_mm**2 - np.einsum("...i,...i->...", foot, foot)
        half = np.sqrt(np.maximum(rest, 0.0) / a)
        inside = float(offset_across @ offset_across) <= self.radius_mm**2
        enter = np.where(parallel, -np.inf if inside else np.inf, middle - half)
        leave = np.where(parallel, np.inf if inside else -np.inf, middle + half)
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = -offset_along / ray_along, (length - offset_along) / ray_along
        between = 0.0 <= offset_along <= length
        level = ray_along == 0.0
        low = np.where(level, -np.inf if between else np.inf, np.minimum(first, second))
        high = np.where(level, np.inf if between else -np.inf, np.maximum(first, second))
        return np.maximum(enter, low), np.minimum(leave, high)


def _positive(name: str, *values: float) -> None:
    if not all(value > 0 and np.isfinite(value) for value in values):
        raise BocageError(said("The {0} of a phantom's part must be positive, found {1}.", name, values))
