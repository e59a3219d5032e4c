"""The scale of a radiograph from a marker of known size. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Calibration:
    """A marker of known size that the reader drew on a radiograph.

    Attributes
    ----------
    known_mm : float
        What the marker measures in truth.
    drawn_mm : float
        What it measured in the picture's own millimetres (pixels where it has no scale).
    points_mm : tuple of (x, y)
        Where it was drawn, in the picture's own millimetres.
    pixel_mm : float
        The picture's pixel, which bounds how well its ends can be placed.
    """

    known_mm: float
    drawn_mm: float
    points_mm: tuple[Point, ...]
    pixel_mm: float

    @property
    def factor(self) -> float:
        """Millimetres in the marker's plane for one of the picture's own."""
        return self.known_mm / self.drawn_mm
