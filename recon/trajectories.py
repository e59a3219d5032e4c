"""Trajectories: the geometries of the ways in which tube and detector are moved.

Everything is given in the world frame of `recon.geometry` (millimetres, x along columns, y along rows, z from the
detector towards the tube); every function returns a `Geometry`, raises `GeometryError` with a sentence when no device
could move so, and passes ``origin``, ``patient``, ``exposure`` and ``note`` on to it.

A path with a *fulcrum* is that of a classical tomograph: the detector moves opposite to the tube in its own plane,
z = 0, so that the central ray always passes through one point, the fulcrum on the z axis. Structures at its height
stand still on the detector. A fulcrum at height 0 is a detector that does not move.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recon.errors import GeometryError
from recon.geometry import Geometry, Vectors
from recon.messages import said

Doubles = NDArray[np.float64]
Pitch = float | tuple[float, float]

STEEPEST_DEG = 80.0
"""Rays flatter than this to the slices belong to no tomosynthesis; an angle in the wrong unit or frame does."""
FINE_STEPS = 4096
"""Points that a spiral's length is measured by."""


def linear_track(
    *,
    source_position_mm: ArrayLike,
    source_to_detector_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    sweep_axis: str = "y",
    **facts: Any,
) -> Geometry:
    """Tube on a straight track parallel to a stationary detector (GE VolumeRAD).

    Parameters
    ----------
    source_position_mm : array_like, shape (n,)
        Position of the source along the track, 0 above the detector's centre.
    source_to_detector_mm : float
        Distance of the track from the detector plane (SID of the central view).
    pixel_pitch_mm : float or (between rows, between columns)
    shape : (rows, columns)
    sweep_axis : {"y", "x"}
        Whether the track runs along the detector's rows (y, down) or columns (x, right).
    **facts
        ``origin``, ``patient``, ``exposure``, ``note`` of `Geometry`.
    """
    return pendulum(
        source_position_mm=source_position_mm,
        source_to_detector_mm=source_to_detector_mm,
        fulcrum_height_mm=0.0,
        pixel_pitch_mm=pixel_pitch_mm,
        shape=shape,
        sweep_axis=sweep_axis,
        **facts,
    )


def pendulum(
    *,
    source_position_mm: ArrayLike,
    source_to_detector_mm: float,
    fulcrum_height_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    sweep_axis: str = "y",
    **facts: Any,
) -> Geometry:
    """Tube on a straight track and the detector moving opposite to it in its plane (Shimadzu, Siemens).

    At the source position s the detector's centre stands at −s·f / (D − f), D being the track's and f the fulcrum's
    height (Grossmann's planigraph and its successors).

    Parameters
    ----------
    source_position_mm : array_like, shape (n,)
        Position of the source along the track, 0 above the fulcrum.
    source_to_detector_mm : float
        Distance of the track from the detector plane.
    fulcrum_height_mm : float
        Height of the fulcrum above the detector's surface.
    """
    along = _list(source_position_mm, said("positions of the source"))
    distance = _length(source_to_detector_mm, said("distance from source to detector"))
    source = np.zeros((along.size, 3))
    source[:, _axis(sweep_axis)] = along
    source[:, 2] = distance
    return _level(source, fulcrum_height_mm, pixel_pitch_mm, shape, facts)


def arc(
    *,
    angle_deg: ArrayLike,
    source_to_detector_mm: float,
    source_to_pivot_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    sweep_axis: str = "y",
    detector_angle_deg: ArrayLike = 0.0,
    **facts: Any,
) -> Geometry:
    """Tube on an arc about a pivot above a detector that stands still, or turns about its own middle (breast units).

    Parameters
    ----------
    angle_deg : array_like, shape (n,)
        Tube angle about the pivot from the slices' normal; positive moves the source towards positive `sweep_axis`.
    source_to_detector_mm, source_to_pivot_mm : float
        At angle 0. Their difference is the pivot's height above the detector.
    detector_angle_deg : array_like, shape (n,) or ()
        How far the detector is turned about its middle in each view, in the sense of the tube's angle: where both are
        equal it faces the tube. Hologic turns it by less.
    """
    angle = np.radians(_angles(angle_deg))
    tilt = np.radians(_angles(detector_angle_deg))
    if tilt.size not in (1, angle.size):
        raise GeometryError(
            said("The detector's angles must be one for all views, or {0}; found {1}.", angle.size, tilt.size)
        )
    distance, radius = _pivot(source_to_detector_mm, source_to_pivot_mm)
    source, axis = np.zeros((angle.size, 3)), _axis(sweep_axis)
    source[:, axis] = radius * np.sin(angle)
    source[:, 2] = distance - radius * (1.0 - np.cos(angle))
    if not tilt.any():
        return _level(source, 0.0, pixel_pitch_mm, shape, facts)
    return _turned(source, np.zeros(3), np.broadcast_to(tilt, angle.shape), axis, pixel_pitch_mm, shape, facts)


def isocentric(
    *,
    angle_deg: ArrayLike,
    source_to_detector_mm: float,
    source_to_axis_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    sweep_axis: str = "x",
    **facts: Any,
) -> Geometry:
    """Tube and detector rotating together about an axis (C-arms, linacs, breast units with a turning detector).

    The world origin is the detector's centre at angle 0; the rotation axis lies at height
    ``source_to_detector_mm − source_to_axis_mm`` and is perpendicular to `sweep_axis`.

    Parameters
    ----------
    angle_deg : array_like, shape (n,)
        Positive moves the source towards positive `sweep_axis`.
    source_to_detector_mm, source_to_axis_mm : float
    """
    angle = np.radians(_angles(angle_deg))
    distance, radius = _pivot(source_to_detector_mm, source_to_axis_mm)
    n, axis, height = angle.size, _axis(sweep_axis), distance - radius
    sine, cosine = np.sin(angle), np.cos(angle)
    source, centre = np.zeros((n, 3)), np.zeros((n, 3))
    source[:, axis], source[:, 2] = radius * sine, height + radius * cosine
    centre[:, axis], centre[:, 2] = -height * sine, height - height * cosine
    return _turned(source, centre, angle, axis, pixel_pitch_mm, shape, facts)


def ellipse(
    *,
    angle_deg: ArrayLike,
    radius_mm: float | tuple[float, float],
    source_to_detector_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    fulcrum_height_mm: float = 0.0,
    **facts: Any,
) -> Geometry:
    """Tube on an ellipse, or a circle, in a plane parallel to the detector.

    Parameters
    ----------
    angle_deg : array_like, shape (n,)
        Where each view stands on the path: the source is at (a·cos, b·sin) of it.
    radius_mm : float or (along x, along y)
        One number is a circle's radius; two are the semi-axes a and b.
    source_to_detector_mm : float
        Distance of the path's plane from the detector plane.
    fulcrum_height_mm : float
        Height that stands still on the detector, which moves opposite to the tube; 0 is a stationary detector.
    """
    angle = np.radians(_list(angle_deg, "angles"))
    pair = (radius_mm, radius_mm) if np.ndim(radius_mm) == 0 else radius_mm
    a, b = _numbers(pair, 2, "The radius must be one number, or two (along x, along y)")
    if not (a > 0 and b > 0):
        raise GeometryError(said("The radii of the tube's path must be positive, found {0:g} and {1:g} mm.", a, b))
    distance = _length(source_to_detector_mm, said("distance from source to detector"))
    source = np.stack((a * np.cos(angle), b * np.sin(angle), np.full(angle.size, distance)), axis=-1)
    return _level(source, fulcrum_height_mm, pixel_pitch_mm, shape, facts)


def spiral(
    *,
    n_views: int,
    turns: float,
    radius_mm: tuple[float, float],
    source_to_detector_mm: float,
    pixel_pitch_mm: Pitch,
    shape: tuple[int, int],
    fulcrum_height_mm: float = 0.0,
    **facts: Any,
) -> Geometry:
    """Tube on an Archimedean spiral in a plane parallel to the detector, the views evenly spaced along its length.

    Parameters
    ----------
    n_views : int
        The first at the inner, the last at the outer end, beginning on the positive x axis and turning towards y.
    turns : float
    radius_mm : (inner, outer)
        The distance from the axis grows evenly with the angle; the inner radius may be 0.
    source_to_detector_mm, fulcrum_height_mm : float
        As for `ellipse`.
    """
    if not (isinstance(n_views, int) and n_views >= 1):
        raise GeometryError(said("The number of views must be a whole number, at least 1; found {0!r}.", n_views))
    turns = _length(turns, said("number of turns"))
    inner, outer = _numbers(radius_mm, 2, "A spiral has an inner and an outer radius")
    if not 0 <= inner < outer:
        raise GeometryError(
            said(
                "A spiral's inner radius must be 0 or more and less than the outer; found {0:g} and {1:g} mm.",
                inner,
                outer,
            )
        )
    distance = _length(source_to_detector_mm, said("distance from source to detector"))
    # Equal steps of the length ∫ √(r² + (dr/dφ)²) dφ: the tube moves at constant speed.
    angle = np.linspace(0.0, 2 * math.pi * turns, FINE_STEPS)
    radius = inner + (outer - inner) * angle / angle[-1]
    speed = np.hypot(radius, (outer - inner) / angle[-1])
    length = np.concatenate(([0.0], np.cumsum(0.5 * (speed[1:] + speed[:-1]))))
    angle = np.interp(np.linspace(0.0, length[-1], n_views), length, angle)
    radius = inner + (outer - inner) * angle / (2 * math.pi * turns)
    source = np.stack((radius * np.cos(angle), radius * np.sin(angle), np.full(n_views, distance)), axis=-1)
    return _level(source, fulcrum_height_mm, pixel_pitch_mm, shape, facts)


def _turned(
    source: Vectors, centre: Vectors, tilt: Doubles, axis: int, pixel_pitch_mm: Pitch, shape: tuple[int, int],
    facts: dict[str, Any],
) -> Geometry:  # fmt: skip
    """Detectors turned about the line through their middle perpendicular to the sweep, by angles in radians."""
    turned, fixed = np.zeros_like(source), np.zeros_like(source)
    turned[:, axis], turned[:, 2] = np.cos(tilt), -np.sin(tilt)
    fixed[:, 1 - axis] = 1.0
    column, row = (turned, fixed) if axis == 0 else (fixed, turned)
    return Geometry(source, centre, row, column, _pitch(pixel_pitch_mm), shape, **facts)


def _level(
    source: Vectors, fulcrum_height_mm: float, pixel_pitch_mm: Pitch, shape: tuple[int, int], facts: dict[str, Any]
) -> Geometry:
    """Detectors in the plane z = 0 along the world's axes, moved so that the central rays pass the fulcrum."""
    (fulcrum,) = _numbers((fulcrum_height_mm,), 1, "The fulcrum's height is one number")
    lowest = float(source[:, 2].min())
    if not 0 <= fulcrum < lowest:
        raise GeometryError(
            said("The fulcrum must lie between the detector and the tube ({0:g} mm), found {1:g} mm.", lowest, fulcrum)
        )
    steepest = float(np.degrees(np.arctan2(np.hypot(source[:, 0], source[:, 1]), source[:, 2] - fulcrum)).max())
    if steepest > STEEPEST_DEG:
        raise GeometryError(
            said(
                "The central ray of a view stands {0:.1f}° from the detector's normal; at most {1:g}° make "
                "slices. Check the tube's positions and distances, in millimetres.",
                steepest,
                STEEPEST_DEG,
            )
        )
    centre = np.zeros_like(source)
    centre[:, :2] = -source[:, :2] * (fulcrum / (source[:, 2:] - fulcrum))
    return Geometry(
        source, centre, np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), _pitch(pixel_pitch_mm), shape, **facts
    )


def _numbers(value: Any, count: int, sentence: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(number) for number in value)
    except (TypeError, ValueError):
        numbers = ()
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise GeometryError(said("{0}, found {1!r}.", sentence, value))
    return numbers


def _list(value: ArrayLike, name: str) -> Doubles:
    try:
        array = np.asarray(value, dtype=np.float64).ravel()
    except (TypeError, ValueError):
        array = np.empty(0)
    if array.size == 0 or not np.all(np.isfinite(array)):
        raise GeometryError(said("The {0} must be finite numbers, at least one.", name))
    return array


def _angles(value: ArrayLike) -> Doubles:
    angle = _list(value, "angles")
    steepest = float(np.abs(angle).max())
    if steepest > STEEPEST_DEG:
        raise GeometryError(
            said(
                "The tube's angles must lie between −{0:g}° and {0:g}° from the detector's normal, found {1:g}°. "
                "Give them relative to the middle of the sweep, in degrees.",
                STEEPEST_DEG,
                steepest,
            )
        )
    return angle


def _length(value: float, name: str) -> float:
    (number,) = _numbers((value,), 1, f"The {name} must be a positive number")
    if number <= 0:
        raise GeometryError(said("The {0} must be a positive number, found {1:g}.", name, number))
    return number


def _pivot(source_to_detector_mm: float, source_to_pivot_mm: float) -> tuple[float, float]:
    distance = _length(source_to_detector_mm, said("distance from source to detector"))
    radius = _length(source_to_pivot_mm, said("distance from source to the axis of rotation"))
    if radius > distance * (1 + 1e-9):
        raise GeometryError(
            said(
                "The axis of rotation must lie between source and detector, found {0:g} mm from the source to "
                "the axis and {1:g} mm to the detector.",
                radius,
                distance,
            )
        )
    return distance, radius


def _pitch(value: Pitch) -> tuple[float, float]:
    pair = (value, value) if np.ndim(value) == 0 else value
    between_rows, between_columns = _numbers(pair, 2, "The pixel pitch must be one number, or two (rows, columns)")
    return between_rows, between_columns


def _axis(name: str) -> int:
    if name not in ("x", "y"):
        raise GeometryError(said('The sweep axis must be "x" or "y", found "{0}".', name))
    return 0 if name == "x" else 1
