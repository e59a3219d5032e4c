"""Acquisition geometry: for each view the source and the flat detector, in the world frame.

World frame, millimetres, right-handed: x along detector columns (right), y along detector rows (down), z from the
detector towards the tube; origin at the centre of the (virtual) detector's surface.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import GeometryError
from recon.frame import PatientFrame
from recon.messages import said
from recon.slab import Rect

Vectors = NDArray[np.float64]

FORMAT = "bocage-geometry"
VERSION = 1
PITCH_MM = (1e-5, 100.0)
FARTHEST_MM = 1e7
"""Bounds that no device exceeds (synchrotron beam lines included); beyond them a unit is wrong."""
ORIGINS = ("dicom", "rdsr", "file", "preset", "user")


@dataclass(frozen=True, eq=False)
class Geometry:
    """Source and flat detector for every view.

    Parameters
    ----------
    source_mm : array_like, shape (n, 3) or (3,)
        Focal spot of each view.
    detector_centre_mm : array_like, shape (n, 3) or (3,)
        Centre of the detector's active area, that is the point at index ((rows−1)/2, (columns−1)/2).
    row_direction : array_like, shape (n, 3) or (3,)
        Unit vector along increasing row index.
    column_direction : array_like, shape (n, 3) or (3,)
        Unit vector along increasing column index.
    pixel_pitch_mm : (between rows, between columns)
    shape : (rows, columns)
    origin : {"dicom", "rdsr", "file", "preset", "user"}
        Where the numbers come from.
    patient : PatientFrame or None
        Map to the patient; None if unknown.
    exposure : array_like, shape (n,), or None
        Relative exposure of each view (1 is the mean); None if equal or unknown.
    note : str

    Raises
    ------
    GeometryError
        With a sentence, when no real tube and detector can stand like this.
    """

    source_mm: Vectors
    detector_centre_mm: Vectors
    row_direction: Vectors
    column_direction: Vectors
    pixel_pitch_mm: tuple[float, float]
    shape: tuple[int, int]
    origin: str = "user"
    patient: PatientFrame | None = None
    exposure: NDArray[np.float64] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        arrays = {
            name: _vectors(getattr(self, name), name)
            for name in ("source_mm", "detector_centre_mm", "row_direction", "column_direction")
        }
        n = max(array.shape[0] for array in arrays.values())
        for name, array in arrays.items():
            if array.shape[0] not in (1, n):
                raise GeometryError(
                    said(
                        '"{0}" has {1} vectors, but another part of the geometry has {2}. Give one vector for '
                        "all views "
                        "or one for each view.",
                        name,
                        array.shape[0],
                        n,
                    )
                )
            filled = np.ascontiguousarray(np.broadcast_to(array, (n, 3)))
            filled.flags.writeable = False
            object.__setattr__(self, name, filled)
        pitch = _numbers(self.pixel_pitch_mm, 2, "pixel_pitch_mm")
        if not all(value > 0 for value in pitch):
            raise GeometryError(said("The pixel pitch must be positive, found {0:g} and {1:g} mm.", pitch[0], pitch[1]))
        if not all(PITCH_MM[0] <= value <= PITCH_MM[1] for value in pitch):
            raise GeometryError(
                said(
                    "The pixel pitch must lie between {0:g} and {1:g} mm, found {2:g} and {3:g} mm. Is it in "
                    "millimetres?",
                    PITCH_MM[0],
                    PITCH_MM[1],
                    pitch[0],
                    pitch[1],
                )
            )
        object.__setattr__(self, "pixel_pitch_mm", (pitch[0], pitch[1]))
        for name in ("source_mm", "detector_centre_mm"):
            far = float(np.abs(getattr(self, name)).max())
            if far > FARTHEST_MM:
                raise GeometryError(
                    said(
                        '"{0}" holds {1:.4g} mm, which no tube and detector stand apart. Is it in millimetres?',
                        name,
                        far,
                    )
                )
        sizes = _numbers(self.shape, 2, "shape")
        if not all(value >= 1 and value == int(value) for value in sizes):
            raise GeometryError(
                said("The detector must have at least one row and one column, found {0}.", tuple(self.shape))
            )
        object.__setattr__(self, "shape", (int(sizes[0]), int(sizes[1])))
        if self.origin not in ORIGINS:
            raise GeometryError(
                said('The origin of a geometry must be one of {0}, found "{1}".', ", ".join(ORIGINS), self.origin)
            )
        if self.exposure is not None:
            try:
                exposure = np.array(self.exposure, dtype=np.float64)
            except (TypeError, ValueError):
                exposure = np.empty(0)
            if exposure.shape != (n,) or not np.all(np.isfinite(exposure)) or np.any(exposure <= 0):
                raise GeometryError(said("The exposures must be {0} positive numbers, one for each view.", n))
            object.__setattr__(self, "exposure", exposure)
        self._check_axes()
        self._check_sources()

    def _check_axes(self) -> None:
        for name, label in (("row_direction", "row"), ("column_direction", "column")):
            lengths = np.linalg.norm(getattr(self, name), axis=1)
            bad = np.flatnonzero(np.abs(lengths - 1.0) > 1e-3)
            if bad.size:
                raise GeometryError(
                    said(
                        "The {0} direction of view {1} must be a unit vector, found length {2:.4g}.",
                        label,
                        bad[0] + 1,
                        lengths[bad[0]],
                    )
                )
        dots = np.abs(np.sum(self.row_direction * self.column_direction, axis=1))
        bad = np.flatnonzero(dots > 1e-3)
        if bad.size:
            angle = math.degrees(math.acos(min(1.0, float(dots[bad[0]]))))
            kind = said("collinear") if angle < 1.0 else said("at {0:.1f}° to each other", angle)
            raise GeometryError(
                said("The row and column directions of view {0} are {1}; they must be perpendicular.", bad[0] + 1, kind)
            )

    def _check_sources(self) -> None:
        distance = self.source_distance_mm
        behind = np.flatnonzero(distance <= 0)
        if behind.size:
            raise GeometryError(
                said(
                    "The source of view {0} lies behind its detector ({1:.1f} mm). The detector's front is where "
                    "column direction × row direction points; check the axes' signs.",
                    behind[0] + 1,
                    -distance[behind[0]],
                )
            )
        near = np.flatnonzero(distance < 1.0)
        if near.size:
            raise GeometryError(said("The source of view {0} lies in the plane of its detector.", near[0] + 1))
        low = np.flatnonzero(self.source_mm[:, 2] <= 0)
        if low.size:
            raise GeometryError(
                said(
                    "The source of view {0} lies at height {1:.1f} mm; it must lie above the plane z = 0 of the "
                    "world frame (z points from the detector towards the tube).",
                    low[0] + 1,
                    self.source_mm[low[0], 2],
                )
            )

    # -- facts -----------------------------------------------------------------------------------------------------

    @property
    def n_views(self) -> int:
        """Number of views."""
        return int(self.source_mm.shape[0])

    @property
    def normal(self) -> Vectors:
        """Unit normals of the detectors' fronts, shape (n, 3) (column direction × row direction)."""
        return np.cross(self.column_direction, self.row_direction)

    @property
    def source_distance_mm(self) -> NDArray[np.float64]:
        """Perpendicular distance of each source from its detector plane, shape (n,)."""
        return np.asarray(np.sum((self.source_mm - self.detector_centre_mm) * self.normal, axis=1))

    @property
    def is_flat(self) -> bool:
        """Whether every detector lies in the plane z = 0 along the world's axes; it may be moved there."""
        return bool(
            np.allclose(self.column_direction, (1.0, 0.0, 0.0), atol=1e-9)
            and np.allclose(self.row_direction, (0.0, 1.0, 0.0), atol=1e-9)
            and np.allclose(self.detector_centre_mm[:, 2], 0.0, atol=1e-9)
        )

    @property
    def is_rectified(self) -> bool:
        """Whether every detector is the same axis-aligned rectangle in the plane z = 0."""
        return self.is_flat and bool(np.allclose(self.detector_centre_mm, self.detector_centre_mm[0], atol=1e-9))

    @property
    def sweep_axis(self) -> int:
        """The world axis (0: x, 1: y) along which the sources spread most."""
        spread = np.ptp(self.source_mm[:, :2] / self.source_mm[:, 2:], axis=0)
        return 0 if spread[0] > spread[1] else 1

    @property
    def view_angle_deg(self) -> NDArray[np.float64]:
        """Angle of each source from the vertical, along the sweep, seen from where the central rays meet, shape (n,).

        That is the detector's middle when it stands still, the pivot when it turns with the tube.
        """
        axis, height = self.sweep_axis, self.convergence_height_mm
        middle = self.detector_centre_mm[:, axis].mean()
        return np.degrees(np.arctan2(self.source_mm[:, axis] - middle, self.source_mm[:, 2] - height))

    @property
    def sweep_angle_deg(self) -> float:
        """Full angle from the first to the last source, seen from where the central rays meet."""
        return float(np.ptp(self.view_angle_deg))

    @property
    def convergence_height_mm(self) -> float:
        """Height where the central rays (source to detector centre) of all views come nearest to each other.

        0 for a stationary detector, the pivot's height for tube and detector turning together.
        """
        direction = self.detector_centre_mm - self.source_mm
        direction = direction / np.linalg.norm(direction, axis=1, keepdims=True)
        # Least squares over points p: Σ |(I − dd')(p − source)|².
        projector = np.eye(3) - direction[:, :, None] * direction[:, None, :]
        matrix = projector.sum(axis=0)
        if np.linalg.cond(matrix) > 1e8:
            return 0.0
        return float(np.linalg.solve(matrix, np.einsum("nij,nj->i", projector, self.source_mm))[2])

    @property
    def detector_bounds(self) -> Rect:
        """Outer edges of the first view's detector, projected along z to the world plane, mm."""
        corners = self.pixel_to_world(
            0,
            np.array([-0.5, -0.5, self.shape[0] - 0.5, self.shape[0] - 0.5]),
            np.array([-0.5, self.shape[1] - 0.5, -0.5, self.shape[1] - 0.5]),
        )
        low, high = corners.min(axis=0), corners.max(axis=0)
        return Rect(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    # -- transforms ------------------------------------------------------------------------------------------------

    def pixel_to_world(self, view: int, row: ArrayLike, column: ArrayLike) -> Vectors:
        """World position of (fractional) pixel indices of one view, shape (..., 3)."""
        v = (np.asarray(row, dtype=np.float64) - (self.shape[0] - 1) / 2)[..., None] * self.pixel_pitch_mm[0]
        u = (np.asarray(column, dtype=np.float64) - (self.shape[1] - 1) / 2)[..., None] * self.pixel_pitch_mm[1]
        return np.asarray(
            self.detector_centre_mm[view] + v * self.row_direction[view] + u * self.column_direction[view]
        )

    def project(self, point_mm: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where world points fall on the detector of every view.

        Parameters
        ----------
        point_mm : array_like, shape (..., 3)

        Returns
        -------
        row, column : ndarrays, shape (n, ...)
            Fractional pixel indices; NaN for points not between source and detector plane.
        """
        point = np.asarray(point_mm, dtype=np.float64)
        shape = (self.n_views,) + (1,) * (point.ndim - 1) + (3,)
        source = self.source_mm.reshape(shape)
        centre = self.detector_centre_mm.reshape(shape)
        ray = point[None] - source
        normal = self.normal.reshape(shape)
        depth = -np.sum(ray * normal, axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(depth > 0, self.source_distance_mm.reshape(shape[:-1]) / depth, np.nan)
        hit = source + ray * scale[..., None] - centre
        row = np.sum(hit * self.row_direction.reshape(shape), axis=-1) / self.pixel_pitch_mm[0]
        column = np.sum(hit * self.column_direction.reshape(shape), axis=-1) / self.pixel_pitch_mm[1]
        return row + (self.shape[0] - 1) / 2, column + (self.shape[1] - 1) / 2

    def subset(self, views: Sequence[int] | NDArray[np.integer[Any]]) -> Geometry:
        """The geometry of some views, in the order given."""
        index = np.asarray(views, dtype=np.intp)
        return replace(
            self,
            source_mm=self.source_mm[index],
            detector_centre_mm=self.detector_centre_mm[index],
            row_direction=self.row_direction[index],
            column_direction=self.column_direction[index],
            exposure=None if self.exposure is None else self.exposure[index],
        )

    def equals(self, other: Geometry, tolerance: float = 1e-6) -> bool:
        """Whether two geometries describe the same views, to `tolerance` mm."""
        return (
            self.shape == other.shape
            and self.n_views == other.n_views
            and np.allclose(self.pixel_pitch_mm, other.pixel_pitch_mm, atol=tolerance)
            and all(
                np.allclose(getattr(self, name), getattr(other, name), atol=tolerance)
                for name in ("source_mm", "detector_centre_mm", "row_direction", "column_direction")
            )
        )

    # -- the geometry file -----------------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """The geometry file's object; vectors that are the same for all views are written once."""
        data: dict[str, Any] = {"format": FORMAT, "version": VERSION}
        for name in ("source_mm", "detector_centre_mm", "row_direction", "column_direction"):
            array = getattr(self, name)
            same = name != "source_mm" and bool(np.all(array == array[0]))
            data[name] = array[0].tolist() if same else array.tolist()
        data["pixel_pitch_mm"] = list(self.pixel_pitch_mm)
        data["shape"] = list(self.shape)
        data["origin"] = self.origin
        if self.patient is not None:
            names = [self.patient.letters(axis) for axis in np.eye(3)]
            if all(len(name) == 1 for name in names):
                data["patient"] = dict(zip("xyz", names, strict=True))
        if self.exposure is not None:
            data["exposure"] = self.exposure.tolist()
        if self.note:
            data["note"] = self.note
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, where: str = "The geometry") -> Geometry:
        """Read the geometry file's object; `where` names the file in errors."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise GeometryError(
                said('{0}: expected "format": "{1}", which names a Bocage geometry file.', where, FORMAT)
            )
        if data.get("version") != VERSION:
            raise GeometryError(said('{0}: expected "version": {1}, found {2!r}.', where, VERSION, data.get("version")))
        needed = ("source_mm", "detector_centre_mm", "row_direction", "column_direction", "pixel_pitch_mm", "shape")
        missing = [name for name in needed if name not in data]
        if missing:
            raise GeometryError(said("{0}: {1} missing.", where, ", ".join(missing)))
        patient = data.get("patient")
        if patient is not None and (not isinstance(patient, Mapping) or not {"x", "y", "z"} <= set(patient)):
            raise GeometryError(said('{0}: "patient" must name a letter for each of "x", "y" and "z".', where))
        try:
            return cls(
                source_mm=_vectors(data["source_mm"], "source_mm"),
                detector_centre_mm=_vectors(data["detector_centre_mm"], "detector_centre_mm"),
                row_direction=_vectors(data["row_direction"], "row_direction"),
                column_direction=_vectors(data["column_direction"], "column_direction"),
                pixel_pitch_mm=data["pixel_pitch_mm"],
                shape=data["shape"],
                origin=str(data.get("origin", "file")),
                patient=None if patient is None else PatientFrame.from_letters(*(str(patient[axis]) for axis in "xyz")),
                exposure=data.get("exposure"),
                note=str(data.get("note", "")),
            )
        except GeometryError as error:
            raise GeometryError(said("{0}: {1}", where, error)) from None

    def save(self, path: str | Path) -> None:
        """Write the geometry file."""
        Path(path).write_text(json.dumps(self.to_json(), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Geometry:
        """Read a geometry file; errors name it."""
        path = Path(path)
        try:
            # Editors on Windows begin files with a byte order mark, which utf-8-sig takes.
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise GeometryError(
                said("{0}: the geometry file cannot be read ({1}).", path.name, error.strerror)
            ) from None
        except (ValueError, RecursionError) as error:
            raise GeometryError(said("{0}: not a readable JSON file ({1}).", path.name, error)) from None
        return cls.from_json(data, where=path.name)


def _vectors(value: ArrayLike, name: str) -> Vectors:
    try:
        array = np.atleast_2d(np.array(value, dtype=np.float64))
    except (TypeError, ValueError):
        raise GeometryError(
            said('"{0}" must be a vector of three numbers, or one such vector for each view.', name)
        ) from None
    if array.ndim != 2 or array.shape[1] != 3 or array.shape[0] == 0:
        raise GeometryError(
            said('"{0}" must hold vectors of three numbers, found an array of shape {1}.', name, array.shape)
        )
    if not np.all(np.isfinite(array)):
        raise GeometryError(said('"{0}" holds a number that is not finite.', name))
    return array


def _numbers(value: Any, count: int, name: str) -> list[float]:
    try:
        numbers = [float(number) for number in value]
    except (TypeError, ValueError):
        raise GeometryError(said('"{0}" must be {1} numbers, found {2!r}.', name, count, value)) from None
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise GeometryError(said('"{0}" must be {1} finite numbers, found {2!r}.', name, count, value))
    return numbers
