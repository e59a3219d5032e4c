"""The scale of a radiograph from a marker of known size. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from recon.errors import BocageError
from recon.messages import said

Point = tuple[float, float]
LEAST_PIXELS = 5
"""A marker drawn shorter than this calibrates nothing."""


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

    @classmethod
    def drawn(cls, known_mm: float, points_mm: tuple[Point, ...], pixel_mm: tuple[float, float]) -> Calibration:
        """The calibration by a marker with a line across it.

        Parameters
        ----------
        known_mm : float
            The marker's true size between the ends of the line.
        points_mm : tuple of (x, y)
            Its two ends.
        pixel_mm : (dx, dy)
            Of the picture.

        Raises
        ------
        BocageError
            The line is too short, or the size is none.
        """
        drawn, pixel = math.dist(*points_mm), max(pixel_mm)
        if not (math.isfinite(known_mm) and known_mm > 0):
            raise BocageError(
                said("A marker's size must be a positive number of millimetres, found {0}.", f"{known_mm:g}")
            )
        if drawn < LEAST_PIXELS * pixel:
            raise BocageError(
                said(
                    "The line across a marker must be {0} pixels long or more, found {1}: shorter ones cannot be "
                    "measured well enough to calibrate a picture.",
                    LEAST_PIXELS,
                    f"{drawn / pixel:.1f}",
                )
            )
        return cls(known_mm, drawn, points_mm, pixel)
