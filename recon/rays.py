"""The straight lines along which a radiograph is taken."""

from __future__ import annotations

from dataclasses import dataclass

from recon.geometry import Geometry


@dataclass(frozen=True)
class Ray:
    """A straight line from a focal spot through a point.

    Attributes
    ----------
    source_mm, through_mm : (x, y, z)
        World; `through_mm` lies on the detector as a rule.
    """

    source_mm: tuple[float, float, float]
    through_mm: tuple[float, float, float]

    def at(self, height_mm: float) -> tuple[float, float]:
        """Where the ray meets a height, world (x, y)."""
        (sx, sy, sz), (x, y, z) = self.source_mm, self.through_mm
        share = (sz - height_mm) / (sz - z)
        return sx + (x - sx) * share, sy + (y - sy) * share

    @classmethod
    def of_pixel(cls, geometry: Geometry, view: int, row: float, column: float) -> Ray:
        """The ray of a (fractional) pixel of one view."""
        x, y, z = geometry.pixel_to_world(view, row, column)
        sx, sy, sz = geometry.source_mm[view]
        return cls((float(sx), float(sy), float(sz)), (float(x), float(y), float(z)))
