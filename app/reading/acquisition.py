"""What the reader says about an acquisition where its files do not, or where they are wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

TRAJECTORIES = ("linear", "arc", "isocentric")
"""Straight track, arc over a detector that stands still, tube and detector turning together."""


@dataclass(frozen=True)
class GeometryChoice:
    """The reader's word on the geometry of projections; what is left open is read from the files.

    Attributes
    ----------
    file : str
        Path of a geometry file that is used in place of everything else; "" for none.
    preset : str
        Key of a vendor preset, for the numbers that nothing else gives.
    names : bool
        The numbers in the names of the image files are the view angles.
    reverse : bool
        The sweep runs the other way round.
    trajectory : {"", "linear", "arc", "isocentric"}
        How tube and detector move, where nothing says it.
    axis : {"", "x", "y"}
        Image axis along which the tube moves.
    source_to_detector_mm, source_to_pivot_mm : float or None
    pixel_pitch_mm : (between rows, between columns) or None
    angles_deg : (first, last) or None
        Evenly divided among the views.
    """

    file: str = ""
    preset: str = ""
    names: bool = False
    reverse: bool = False
    trajectory: str = ""
    axis: str = ""
    source_to_detector_mm: float | None = None
    source_to_pivot_mm: float | None = None
    pixel_pitch_mm: tuple[float, float] | None = None
    angles_deg: tuple[float, float] | None = None

    def with_values(self, **values: Any) -> GeometryChoice:
        """The same with other values."""
        return replace(self, **values)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self == GeometryChoice()
