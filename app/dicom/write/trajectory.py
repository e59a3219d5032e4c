"""What DICOM's angle attributes can say of a geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

TOLERANCE_MM = 1e-3
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Trajectory:
    """A tube on a straight track or on an arc, over a detector that stands still.

    Attributes
    ----------
    axis : int
        World axis of the sweep (0: x, 1: y).
    across_mm : float
        Where the tube moves on the other axis.
    angle_deg : tuple of float
        Of each view: of an arc about its pivot, of a track from the detector's middle; positive towards `axis`.
    source_to_detector_mm, source_to_pivot_mm : float
        At angle 0.
    """

    kind: Literal["linear", "arc"]
    axis: int
    across_mm: float
    angle_deg: tuple[float, ...]
    source_to_detector_mm: float
    source_to_pivot_mm: float | None = None


def trajectory_of(geometry: Any) -> Trajectory | None:
    """The track or arc of a geometry; None for anything else, and where the detector moves or is not centred."""
    if not geometry.is_rectified or np.abs(geometry.detector_centre_mm).max() > TOLERANCE_MM:
        return None
    axis = geometry.sweep_axis
    along, across, z = geometry.source_mm[:, axis], geometry.source_mm[:, 1 - axis], geometry.source_mm[:, 2]
    if np.ptp(across) > TOLERANCE_MM:
        return None
    aside = float(across.mean())
    if np.ptp(z) < TOLERANCE_MM:
        angles = np.degrees(np.arctan2(along, z.mean()))
        return Trajectory("linear", axis, aside, tuple(angles.tolist()), float(z.mean()))
    fitted = _arc(along, z)
    if fitted is None:
        return None
    pivot, radius = fitted
    angles = np.degrees(np.arctan2(along, z - pivot))
    return Trajectory("arc", axis, aside, tuple(angles.tolist()), pivot + radius, radius)


def positioner_angles(geometry: Any) -> tuple[float, ...]:
    """The machine's angle of every view in degrees: about the pivot of an arc, else from the detector's normal."""
    found = trajectory_of(geometry)
    return tuple(np.asarray(geometry.view_angle_deg).tolist()) if found is None else found.angle_deg


def _arc(along: Array, z: Array) -> tuple[float, float] | None:
    """Height of the pivot and radius of the circle through the sources, centred over the detector's middle."""
    if along.size < 3:
        return None
    # Circle about (0, pivot): along² + z² = (r² − pivot²) + 2·pivot·z, linear in the two unknowns.
    terms = np.stack([np.ones_like(z), 2.0 * z], axis=1)
    (constant, pivot), *_ = np.linalg.lstsq(terms, along**2 + z**2, rcond=None)
    squared = constant + pivot**2
    if squared <= 0:
        return None
    radius = float(np.sqrt(squared))
    if np.abs(np.hypot(along, z - pivot) - radius).max() > TOLERANCE_MM:
        return None
    return float(pivot), radius
