"""Voxel volumes of linear attenuation in the world frame, and a CT's way into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said

WATER_70_KEV_PER_MM = 0.0194
"""Linear attenuation of water near 70 keV, about the mean energy of a 120 kVp chest beam behind the patient
(NIST XCOM: 0.1929 cm²/g at 70 keV)."""

CHEST_PA = PatientFrame.from_letters("L", "F", "P")
"""Detector before the anterior chest, tube behind the back: world x to the patient's left, y to the feet, z to the
back."""


_BLURS_MM = (0.0, 1.0, 2.0, 4.0, 8.0, 12.0)
MAX_BLUR_MM = _BLURS_MM[-1]
"""Strongest blur of a body that is continued beyond its scan."""


@dataclass(frozen=True, eq=False)
class VoxelVolume:
    """Attenuation on an axis-aligned grid of the world frame.

    Attributes
    ----------
    attenuation : ndarray of float32, shape (z, y, x), C order
        Linear attenuation in 1/mm. Zero outside.
    origin_mm : (x, y, z)
        World position of the centre of voxel [0, 0, 0].
    spacing_mm : (x, y, z)
        Positive distances between neighbouring voxel centres.

    Raises
    ------
    BocageError
        When the array is not three-dimensional or the spacing is not positive.
    """

    attenuation: NDArray[np.float32]
    origin_mm: tuple[float, float, float]
    spacing_mm: tuple[float, float, float]

    def __post_init__(self) -> None:
        if self.attenuation.ndim != 3 or 0 in self.attenuation.shape:
            raise BocageError(said("A volume must be an array (z, y, x), found shape {0}.", self.attenuation.shape))
        if len(self.spacing_mm) != 3 or not all(value > 0 for value in self.spacing_mm):
            raise BocageError(
                said("The voxel spacing must be three positive lengths (x, y, z), found {0}.", self.spacing_mm)
            )
        if len(self.origin_mm) != 3 or not np.all(np.isfinite(self.origin_mm)):
            raise BocageError(
                said("The volume's origin must be three finite numbers (x, y, z), found {0}.", self.origin_mm)
            )
        array = np.ascontiguousarray(self.attenuation, dtype=np.float32)
        object.__setattr__(self, "attenuation", array)

    @cached_property
    def occupied(self) -> NDArray[np.bool_]:
        """Which rows along x hold anything, shape (z, y)."""
        return np.ascontiguousarray(self.attenuation.any(axis=2))

    @property
    def bounds_mm(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        """Lowest and highest voxel centres along world x, y and z."""
        sizes = self.attenuation.shape[::-1]
        x, y, z = (
            (origin, origin + (size - 1) * step)
            for origin, size, step in zip(self.origin_mm, sizes, self.spacing_mm, strict=True)
        )
        return x, y, z


def attenuation_from_hu(
    hu: NDArray[np.generic], water_per_mm: float = WATER_70_KEV_PER_MM, out: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Linear attenuation, 1/mm, of CT numbers: ``water · (1 + HU / 1000)``, never below zero.

    Parameters
    ----------
    hu : ndarray of real numbers
        Hounsfield units.
    water_per_mm : float
        Attenuation of water at the simulated energy. One energy stands for the whole spectrum, and bone is
        treated as dense water.
    out : ndarray of float32, optional
        Where to write; same shape as `hu`.
    """
    result = np.multiply(hu, np.float32(water_per_mm / 1000.0), out=out, dtype=np.float32, casting="unsafe")
    result += np.float32(water_per_mm)
    np.maximum(result, np.float32(0.0), out=result)
    return result


def place_ct(
    hu: NDArray[np.generic],
    spacing_mm: tuple[float, float, float],
    *,
    frame: PatientFrame = CHEST_PA,
    clearance_mm: float = 0.0,
    centre_mm: tuple[float, float] = (0.0, 0.0),
    extend_mm: Mapping[str, float] | None = None,
    soften: float = 0.0,
    water_per_mm: float = WATER_70_KEV_PER_MM,
) -> VoxelVolume:
    """Put a CT before the detector.

    Parameters
    ----------
    hu : ndarray, shape (slices, rows, columns)
        CT numbers with columns to the patient's left, rows to posterior and slices to the head.
    spacing_mm : (between slices, between rows, between columns)
    frame : PatientFrame
        Which patient direction each world axis points to; its axes must lie along the CT's axes.
    clearance_mm : float
        Height (world z) of the voxel plane nearest to the detector.
    centre_mm : (x, y)
        World position of the volume's centre, before the extension.
    extend_mm : mapping of a letter to a length, optional
        How far to repeat the CT's outermost slice towards a patient direction, e.g. ``{"H": 80, "F": 150}``: a body
        that goes on beyond the scan, as oblique rays need it.
    soften : float
        Blur of the repeated slices (standard deviation) per mm of distance from the scan, at most `MAX_BLUR_MM`:
        0 repeats them as they are, which draws streaks; a little shows no false detail.
    water_per_mm : float
        See `attenuation_from_hu`.

    Returns
    -------
    VoxelVolume

    Raises
    ------
    BocageError
        When the frame is oblique to the CT or an extension's letter is unknown.
    """
    if hu.ndim != 3:
        raise BocageError(said("A CT must be an array (slices, rows, columns), found shape {0}.", hu.shape))
    rows = np.asarray(frame.axes)
    if not np.allclose(np.abs(rows).max(axis=1), 1.0, atol=1e-6):
        raise BocageError(said("A CT can only be placed with the world axes along the patient's axes."))
    # Patient axes L, P, H are array axes 2, 1, 0.
    patient_axis = [int(np.argmax(np.abs(row))) for row in rows]
    signs = [1 if rows[axis, patient_axis[axis]] > 0 else -1 for axis in range(3)]
    array_axis = [2 - axis for axis in patient_axis]
    view = hu.transpose(array_axis[2], array_axis[1], array_axis[0])
    view = view[:: signs[2], :: signs[1], :: signs[0]]
    spacing = tuple(float(spacing_mm[axis]) for axis in array_axis)
    before, after = [0, 0, 0], [0, 0, 0]
    for letter, length in (extend_mm or {}).items():
        name = letter.upper()
        for axis in range(3):
            ends = frame.letters(np.eye(3)[axis]), frame.letters(-np.eye(3)[axis])
            if name in ends:
                target = after if name == ends[0] else before
                target[axis] = int(np.ceil(length / spacing[axis] - 1e-9))
                break
        else:
            raise BocageError(said('The volume can be extended towards R, L, A, P, H or F, found "{0}".', letter))
    sizes = view.shape[::-1]
    origin = [
        centre_mm[0] - (sizes[0] - 1) / 2 * spacing[0] - before[0] * spacing[0],
        centre_mm[1] - (sizes[1] - 1) / 2 * spacing[1] - before[1] * spacing[1],
        clearance_mm - before[2] * spacing[2],
    ]
    full = np.empty(tuple(sizes[axis] + before[axis] + after[axis] for axis in (2, 1, 0)), dtype=np.float32)
    inner = tuple(slice(before[axis], before[axis] + sizes[axis]) for axis in (2, 1, 0))
    attenuation_from_hu(view, water_per_mm, out=full[inner])
    for axis in range(3):
        _repeat_ends(full, 2 - axis, before[axis], after[axis], spacing[::-1], soften)
    return VoxelVolume(full, (origin[0], origin[1], origin[2]), (spacing[0], spacing[1], spacing[2]))


def _repeat_ends(
    array: NDArray[np.float32], axis: int, before: int, after: int, spacing_zyx: tuple[float, ...], soften: float
) -> None:
    moved = np.moveaxis(array, axis, 0)
    in_plane = tuple(step for index, step in enumerate(spacing_zyx) if index != axis)
    for count, edge, direction in ((before, before, -1), (after, moved.shape[0] - after - 1, 1)):
        if not count:
            continue
        if soften <= 0:
            moved[edge + direction :: direction][:count] = moved[edge]
            continue
        levels = [_blurred(moved[edge], sigma, in_plane) for sigma in _BLURS_MM]
        for step in range(1, count + 1):
            sigma = min(step * spacing_zyx[axis] * soften, _BLURS_MM[-1])
            upper = max(1, int(np.searchsorted(_BLURS_MM, sigma)))
            share = (sigma - _BLURS_MM[upper - 1]) / (_BLURS_MM[upper] - _BLURS_MM[upper - 1])
            moved[edge + direction * step] = levels[upper - 1] * (1 - share) + levels[upper] * share


def _blurred(plane: NDArray[np.float32], sigma_mm: float, spacing_mm: tuple[float, ...]) -> NDArray[np.float32]:
    if sigma_mm <= 0:
        return plane.copy()
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(plane, [sigma_mm / step for step in spacing_mm], mode="nearest", truncate=3.0))
