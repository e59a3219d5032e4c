"""What the millimetres of a picture are true for: from its source, its geometry and the reader's calibration. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.reading.calibration import Calibration
from app.reading.depth import effective_depth_mm
from recon.geometry import Geometry
from widgets.measurements.scale import Scale, ScaleKind, height_error, marker_relative, slice_relative

if TYPE_CHECKING:
    from app.session.state import Picture, SeriesState

BODY_MM = 250.0
"""How far above the detector a part of the body may lie, where nothing says more."""
MOST_DEPTH_MM = 200.0
"""No height is less certain than within this, even where too few views give no depth at all."""
_ASSUMED = ("preset", "user")


def picture_scale(picture: Picture, state: SeriesState, height_mm: float) -> Scale:
    """The scale of a picture at a height.

    Parameters
    ----------
    picture : Picture
    state : SeriesState
        What the reader did to it: thickness, calibration.
    height_mm : float
        Of the slice; without meaning for radiographs.
    """
    pixel = picture.source.native_pixel_mm(height_mm)
    if picture.is_slices:
        return _slice_scale(picture, state, height_mm, pixel)
    if state.calibration is not None:
        return marker_scale(state.calibration, pixel)
    return _radiograph_scale(cast(ScaleKind, picture.scale_kind), picture.geometry_at(height_mm), pixel)


def marker_scale(calibration: Calibration, pixel_mm: tuple[float, float]) -> Scale:
    """The scale of a radiograph that was calibrated by a marker."""
    relative = marker_relative(calibration.drawn_mm, calibration.pixel_mm)
    return Scale("marker", calibration.factor, pixel_mm, relative, marker_mm=calibration.known_mm)


def _slice_scale(picture: Picture, state: SeriesState, height_mm: float, pixel: tuple[float, float]) -> Scale:
    reconstruction = state.reconstruction
    thickness = reconstruction.thickness_mm if reconstruction is not None else 0.0
    if not picture.is_live:
        # A stored slice cannot say where between its neighbours a detail lies.
        error = height_error(thickness, picture.source.info.interval_mm)
        return Scale("slice", 1.0, pixel, 0.0, height_mm, error)
    seen = None
    if reconstruction is not None:
        seen = effective_depth_mm(picture.source, getattr(picture.source, "algorithm", None), reconstruction, height_mm)
    thickness = max(thickness, min(seen, MOST_DEPTH_MM)) if seen is not None else thickness
    error = height_error(thickness, reconstruction.interval_mm if reconstruction is not None else 0.0)
    geometry: Geometry | None = getattr(picture.source, "geometry", None) or picture.geometry
    if geometry is None:
        return Scale("slice", 1.0, pixel, 0.0, height_mm, error)
    above = float(geometry.source_mm[:, 2].mean()) - height_mm
    assumed = geometry.origin in _ASSUMED
    relative = slice_relative(error, above if above > 0 else None, assumed=assumed)
    return Scale("slice", 1.0, pixel, relative, height_mm, error, assumed)


def _radiograph_scale(kind: ScaleKind, geometry: Geometry | None, pixel: tuple[float, float]) -> Scale:
    if kind != "detector" or geometry is None:
        return Scale(kind, 1.0, pixel)
    distance = float(geometry.source_mm[0, 2] - geometry.detector_centre_mm[0, 2])
    height = min(BODY_MM, 0.5 * distance)
    if distance <= 0:
        return Scale(kind, 1.0, pixel)
    return Scale(kind, 1.0, pixel, shorter=height / distance, shorter_at_mm=height)
