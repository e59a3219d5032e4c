"""The map between the world plane (mm) and the widget (logical pixels): pan, zoom, flips, quarter turns. No Qt.

Order of the map: world point - centre, flips of the image's own axes, quarter turns clockwise, scale, + widget middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.slab import Rect

Size = tuple[float, float]
Point = tuple[float, float]
Pixel = TypeVar("Pixel", bound=np.generic)

# Rows: widget x and y in terms of (flipped) world x and y. Index: clockwise quarter turns (y points down the screen).
_TURNS: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = (
    ((1, 0), (0, 1)),
    ((0, -1), (1, 0)),
    ((-1, 0), (0, -1)),
    ((0, 1), (-1, 0)),
)

MINIMUM_PIXELS_PER_MM = 1e-3
MAXIMUM_PIXELS_PER_MM = 1e3


@dataclass(frozen=True)
class ViewTransform:
    """What part of the plane is shown, how large, and which way round.

    Attributes
    ----------
    centre_mm : (x, y)
        World point in the middle of the widget.
    pixels_per_mm : float
        Scale in logical (not device) pixels per mm.
    quarter_turns : int
        Clockwise quarter turns, 0…3, applied after the flips.
    flip_horizontal, flip_vertical : bool
        Mirror the image's own x or y axis (before the turns).
    """

    centre_mm: Point = (0.0, 0.0)
    pixels_per_mm: float = 1.0
    quarter_turns: int = 0
    flip_horizontal: bool = False
    flip_vertical: bool = False

    def __post_init__(self) -> None:
        if not MINIMUM_PIXELS_PER_MM <= self.pixels_per_mm <= MAXIMUM_PIXELS_PER_MM:
            clamped = min(max(self.pixels_per_mm, MINIMUM_PIXELS_PER_MM), MAXIMUM_PIXELS_PER_MM)
            object.__setattr__(self, "pixels_per_mm", clamped)
        if self.quarter_turns not in range(4):
            object.__setattr__(self, "quarter_turns", self.quarter_turns % 4)

    @property
    def matrix(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The orthogonal part: integer 2 x 2, rows are widget (x, y), columns world (x, y)."""
        (a, b), (c, d) = _TURNS[self.quarter_turns]
        fx = -1 if self.flip_horizontal else 1
        fy = -1 if self.flip_vertical else 1
        return ((a * fx, b * fy), (c * fx, d * fy))

    @property
    def right(self) -> tuple[int, int]:
        """World (x, y) direction of the screen's right."""
        return self.matrix[0]

    @property
    def down(self) -> tuple[int, int]:
        """World (x, y) direction of the screen's downward direction."""
        return self.matrix[1]

    def world_to_widget(self, points: ArrayLike, size: Size) -> NDArray[np.float64]:
        """Widget positions of world points.

        Parameters
        ----------
        points : array_like, shape (..., 2)
            World (x, y), mm.
        size : (width, height)
            Widget size, logical pixels.

        Returns
        -------
        ndarray, shape (..., 2)
            Widget (x, y), logical pixels; (0, 0) is the corner of the first pixel, not its centre.
        """
        offset = np.asarray(points, dtype=np.float64) - np.asarray(self.centre_mm)
        turned = offset @ np.asarray(self.matrix, dtype=np.float64).T
        return np.asarray(turned * self.pixels_per_mm + 0.5 * np.asarray(size, dtype=np.float64))

    def widget_to_world(self, points: ArrayLike, size: Size) -> NDArray[np.float64]:
        """World (x, y) in mm of widget positions, shape (..., 2); the inverse of `world_to_widget`."""
        offset = (np.asarray(points, dtype=np.float64) - 0.5 * np.asarray(size, dtype=np.float64)) / self.pixels_per_mm
        return np.asarray(offset @ np.asarray(self.matrix, dtype=np.float64) + np.asarray(self.centre_mm))

    def to_widget(self, point: Point, size: Size) -> Point:
        """One point of `world_to_widget`, as plain floats."""
        (a, b), (c, d) = self.matrix
        x, y = point[0] - self.centre_mm[0], point[1] - self.centre_mm[1]
        s = self.pixels_per_mm
        return ((a * x + b * y) * s + 0.5 * size[0], (c * x + d * y) * s + 0.5 * size[1])

    def to_world(self, point: Point, size: Size) -> Point:
        """One point of `widget_to_world`, as plain floats."""
        (a, b), (c, d) = self.matrix
        u = (point[0] - 0.5 * size[0]) / self.pixels_per_mm
        v = (point[1] - 0.5 * size[1]) / self.pixels_per_mm
        return (a * u + c * v + self.centre_mm[0], b * u + d * v + self.centre_mm[1])

    def fitted(self, rect: Rect, size: Size) -> ViewTransform:
        """Return the same orientation with `rect` (world mm) centred and as large as the widget allows."""
        width, height = (rect.height, rect.width) if self.quarter_turns % 2 else (rect.width, rect.height)
        if width <= 0 or height <= 0 or size[0] <= 0 or size[1] <= 0:
            return self
        return replace(self, centre_mm=rect.centre, pixels_per_mm=min(size[0] / width, size[1] / height))

    def zoomed_about(self, point: Point, factor: float) -> ViewTransform:
        """Zoomed by `factor` with the world `point` (mm) staying where it is on the screen."""
        scale = min(max(self.pixels_per_mm * factor, MINIMUM_PIXELS_PER_MM), MAXIMUM_PIXELS_PER_MM)
        ratio = self.pixels_per_mm / scale
        x = point[0] + (self.centre_mm[0] - point[0]) * ratio
        y = point[1] + (self.centre_mm[1] - point[1]) * ratio
        return replace(self, centre_mm=(x, y), pixels_per_mm=scale)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """Return the picture moved by (dx, dy) logical pixels on the screen."""
        (a, b), (c, d) = self.matrix
        x = self.centre_mm[0] - (a * dx + c * dy) / self.pixels_per_mm
        y = self.centre_mm[1] - (b * dx + d * dy) / self.pixels_per_mm
        return replace(self, centre_mm=(x, y))

    def rotated(self, quarter_turns: int) -> ViewTransform:
        """Turn the picture clockwise on the screen by quarter turns (negative: anticlockwise)."""
        return replace(self, quarter_turns=(self.quarter_turns + quarter_turns) % 4)

    def mirrored(self) -> ViewTransform:
        """Left and right of the *screen* exchanged, whatever the turns."""
        if self.quarter_turns % 2:
            return replace(self, flip_vertical=not self.flip_vertical)
        return replace(self, flip_horizontal=not self.flip_horizontal)

    def upended(self) -> ViewTransform:
        """Top and bottom of the *screen* exchanged, whatever the turns."""
        if self.quarter_turns % 2:
            return replace(self, flip_horizontal=not self.flip_horizontal)
        return replace(self, flip_vertical=not self.flip_vertical)

    def upright(self) -> ViewTransform:
        """No flips and no turns; the same place and scale."""
        return replace(self, quarter_turns=0, flip_horizontal=False, flip_vertical=False)

    def visible_rect(self, size: Size) -> Rect:
        """Return the world rectangle (mm) that a widget of `size` shows."""
        return bounding_rect([self.to_world((0.0, 0.0), size), self.to_world(size, size)])

    def widget_rect(self, rect: Rect, size: Size) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) on the widget, logical pixels, of a world rectangle."""
        ax, ay = self.to_widget((rect.x0, rect.y0), size)
        bx, by = self.to_widget((rect.x1, rect.y1), size)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def oriented(self, image: NDArray[Pixel]) -> NDArray[Pixel]:
        """Flip and turn an array (rows along world y, columns along world x) to how it is seen on the screen."""
        if self.flip_horizontal:
            image = image[:, ::-1]
        if self.flip_vertical:
            image = image[::-1]
        return np.ascontiguousarray(np.rot90(image, -self.quarter_turns))


def bounding_rect(points: Sequence[Point]) -> Rect:
    """Return the smallest rectangle around some points."""
    xs = [point[0] for point in points]
    ys = [point[1] for point in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))
