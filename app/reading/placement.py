"""How a picture's own frame lies in the common frame of what is read together. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from recon.placement import PlaneMap, Point, SpaceMap

Origin = Literal["none", "automatic", "user"]


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

    @cached_property
    def plane(self) -> PlaneMap:
        """From the picture's plane into the common frame: turn, scale and offset."""
        return PlaneMap.similarity(self.turn_deg, self.scale, (self.x_mm, self.y_mm), self.centre_mm[:2])

    @cached_property
    def space(self) -> SpaceMap:
        """From the picture's frame into the common one."""
        return SpaceMap.placed(
            (self.x_mm, self.y_mm, self.z_mm),
            self.turn_deg,
            self.tilt_x_deg,
            self.tilt_y_deg,
            self.scale,
            self.centre_mm,
        )

    def to_common(self, point: Point) -> Point:
        """Where a point (x, y) of the picture's plane lies in the common frame."""
        return self.plane(point)

    def from_common(self, point: Point) -> Point:
        """The inverse of `to_common`."""
        return self.plane.inverse(point)

    def height_to_common(self, height_mm: float) -> float:
        """The common height of one of the picture's own heights."""
        return height_mm + self.z_mm

    def height_from_common(self, height_mm: float) -> float:
        """The picture's own height of a common one."""
        return height_mm - self.z_mm
