"""The patient frame: which patient direction each world axis points to.

Patient coordinates are DICOM's (LPS: x to the patient's left, y posterior, z to the head), PS3.3 C.7.6.2.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import GeometryError
from recon.messages import said

LETTER_DIRECTIONS: dict[str, tuple[float, float, float]] = {
    "L": (1.0, 0.0, 0.0),
    "R": (-1.0, 0.0, 0.0),
    "P": (0.0, 1.0, 0.0),
    "A": (0.0, -1.0, 0.0),
    "H": (0.0, 0.0, 1.0),
    "F": (0.0, 0.0, -1.0),
}


def letters(direction: ArrayLike, *, tolerance: float = 0.05) -> str:
    """The DICOM orientation letters of a patient direction, the largest component first ("L", "LH", …).

    Parameters
    ----------
    direction : array_like, shape (3,)
        Direction in patient (LPS) coordinates; need not be normalised.
    tolerance : float
        Components below this share of the length are left out.
    """
    vector = np.asarray(direction, dtype=np.float64)
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        return ""
    vector = vector / length
    order = sorted(range(3), key=lambda axis: -abs(vector[axis]))
    pairs = ("LR", "PA", "HF")
    return "".join(pairs[axis][0 if vector[axis] > 0 else 1] for axis in order if abs(vector[axis]) > tolerance)


@dataclass(frozen=True)
class PatientFrame:
    """A rigid map from the world frame to the patient frame.

    Attributes
    ----------
    axes : tuple of three 3-tuples
        Patient (LPS) unit vectors of world x, y and z.
    origin_mm : 3-tuple
        Patient coordinates of the world origin; (0, 0, 0) when only directions are known.
    located : bool
        Whether `origin_mm` is a true position in the patient's frame of reference.
    """

    axes: tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    located: bool = False

    def __post_init__(self) -> None:
        matrix = np.asarray(self.axes, dtype=np.float64)
        if matrix.shape != (3, 3) or not np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-3):
            raise GeometryError(
                said("The patient directions of the world axes must be three perpendicular unit vectors.")
            )
        if np.linalg.det(matrix) < 0:
            raise GeometryError(
                said(
                    "The patient directions of the world axes make a mirror image (left-handed); a detector seen "
                    "from the tube cannot be mirrored. Check the signs of x, y and z."
                )
            )

    @classmethod
    def from_letters(cls, x: str, y: str, z: str) -> PatientFrame:
        """A frame whose axes point along single anatomical letters, e.g. ``("L", "F", "P")`` for a PA chest."""
        for name, letter in (("x", x), ("y", y), ("z", z)):
            if letter not in LETTER_DIRECTIONS:
                raise GeometryError(
                    said('The patient direction of {0} must be one of L R P A H F, found "{1}".', name, letter)
                )
        return cls((LETTER_DIRECTIONS[x], LETTER_DIRECTIONS[y], LETTER_DIRECTIONS[z]))

    def direction(self, world: ArrayLike) -> NDArray[np.float64]:
        """The patient direction of a world direction, shape (3,)."""
        return np.asarray(world, dtype=np.float64) @ np.asarray(self.axes, dtype=np.float64)

    def to_patient(self, world_mm: ArrayLike) -> NDArray[np.float64]:
        """Patient coordinates (mm, LPS) of world points, shape (..., 3)."""
        return self.direction(world_mm) + np.asarray(self.origin_mm, dtype=np.float64)

    def to_world(self, patient_mm: ArrayLike) -> NDArray[np.float64]:
        """World coordinates (mm) of patient points, shape (..., 3)."""
        offset = np.asarray(patient_mm, dtype=np.float64) - np.asarray(self.origin_mm, dtype=np.float64)
        return np.asarray(offset @ np.asarray(self.axes, dtype=np.float64).T)

    def letters(self, world: ArrayLike) -> str:
        """Orientation letters of a world direction."""
        return letters(self.direction(world))
