"""How a picture's own frame lies in the common frame of what is read together. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Origin = Literal["none", "automatic", "user"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Placement:
    """Where a picture's own frame lies: an offset, a turn, and a scale.

    A point p of the picture, in millimetres of its own frame, lies at

        R(p - c) scale + c + (x, y, z)

    in the common frame, with c the `centre_mm` and R = Rz(turn) Ry(tilt_y) Rx(tilt_x), right-handed. The identity, with
    which every picture starts, says that its frame is the common one (pictures of one acquisition share theirs).

    Attributes
    ----------
    x_mm, y_mm, z_mm : float
        Offset; z is that of heights.
    turn_deg, tilt_x_deg, tilt_y_deg : float
        About the axes z, x and y.
    scale : float
        In the plane; 1 for anything with true millimetres.
    centre_mm : (x, y, z)
        What turns and scale leave in place, in the picture's own frame.
    origin : "none", "automatic" or "user"
        Where it comes from.
    note : str
        How far it can be trusted, for the reader.
    """

    x_mm: float = 0.0
    y_mm: float = 0.0
    z_mm: float = 0.0
    turn_deg: float = 0.0
    tilt_x_deg: float = 0.0
    tilt_y_deg: float = 0.0
    scale: float = 1.0
    centre_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    origin: Origin = "none"
    note: str = ""

    @property
    def is_identity(self) -> bool:
        """Whether the picture's frame is the common one."""
        return self.scale == 1.0 and not any(
            (self.x_mm, self.y_mm, self.z_mm, self.turn_deg, self.tilt_x_deg, self.tilt_y_deg)
        )

    def to_common(self, point: Point) -> Point:
        """Where a point (x, y) of the picture's plane lies in the common frame (turn, scale and offset)."""
        x, y = point[0] - self.centre_mm[0], point[1] - self.centre_mm[1]
        cos, sin = self._cos_sin()
        return (
            self.scale * (cos * x - sin * y) + self.centre_mm[0] + self.x_mm,
            self.scale * (sin * x + cos * y) + self.centre_mm[1] + self.y_mm,
        )

    def from_common(self, point: Point) -> Point:
        """The inverse of `to_common`."""
        x = (point[0] - self.centre_mm[0] - self.x_mm) / self.scale
        y = (point[1] - self.centre_mm[1] - self.y_mm) / self.scale
        cos, sin = self._cos_sin()
        return (cos * x + sin * y + self.centre_mm[0], -sin * x + cos * y + self.centre_mm[1])

    def height_to_common(self, height_mm: float) -> float:
        """The common height of one of the picture's own heights."""
        return height_mm + self.z_mm

    def height_from_common(self, height_mm: float) -> float:
        """The picture's own height of a common one."""
        return height_mm - self.z_mm

    def _cos_sin(self) -> tuple[float, float]:
        angle = math.radians(self.turn_deg)
        return (math.cos(angle), math.sin(angle))
