"""The numbers of an acquisition with their sources: of the images, and of a geometry that is given whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.dicom.read.safe import text
from app.dicom.read.views import ViewTags, attribute, field_flipped, field_rotation
from recon.frame import PatientFrame
from recon.geometry import Geometry
from recon.messages import said
from recon.provenance import Source, Sourced, Sources, ordered


def of_views(views: Sequence[ViewTags], shape: tuple[int, int]) -> list[Sourced]:
    """Number and size of the views, and how the stored field of view lies on the detector."""
    first = views[0]
    framed = any(view.frame for view in views)
    counted: str = attribute("NumberOfFrames") if framed else said("number of files")
    numbers = [
        Sourced("views", float(len(views)), "", Source.DICOM, counted),
        Sourced("matrix", (float(shape[0]), float(shape[1])), "px", Source.DICOM,
                f"{attribute('Rows')}, {attribute('Columns')}"),
    ]  # fmt: skip
    stated = first.number("FieldOfViewRotation", "FieldOfViewSequence") is not None
    if stated or first.text("FieldOfViewHorizontalFlip", "FieldOfViewSequence"):
        turned: str = said("rotated by {0}°", field_rotation(first)) if field_rotation(first) else said("not rotated")
        value: str = said("{0}, flipped", turned) if field_flipped(first) else turned
        where = f"{attribute('FieldOfViewRotation')}, {attribute('FieldOfViewHorizontalFlip')}"
        numbers.append(Sourced("field", value, "", Source.DICOM, where))
    return numbers


def of_orientation(
    view: ViewTags | None, frame: PatientFrame | None, mirror: bool, source: Source = Source.DICOM
) -> Sourced:
    """Where the image's right and lower edge and the tube lie in the patient."""
    where: str = attribute("PatientOrientation") if source is Source.DICOM else ""
    if frame is None:
        unknown = said("Left and right of the patient are unknown.")
        return Sourced("patient", said("unknown"), "", Source.ASSUMED, where, unknown)
    right, down, tube = (frame.letters(axis) for axis in np.eye(3))
    if mirror and source is Source.DICOM and view is not None and text(view.dataset, "ViewPosition"):
        where += f", {attribute('ViewPosition')}"
    note: str = said("The images' columns are reversed on loading.") if mirror else ""
    return Sourced("patient", said("right {0}, down {1}, tube {2}", right, down, tube), "", source, where, note)


def axis_text(axis: int) -> str:
    """An image axis (0: x, 1: y) in words."""
    return said("x, across the image") if axis == 0 else said("y, down the image")


def measured(geometry: Geometry) -> list[Sourced]:
    """What follows from a geometry: where the sources stand."""
    low, high = geometry.source_mm.min(axis=0), geometry.source_mm.max(axis=0)
    parts = []
    for axis in range(3):
        if high[axis] - low[axis] < 0.05:
            parts.append(f"{'xyz'[axis]} {low[axis]:.0f}".replace("-", "−"))
        else:
            parts.append(f"{'xyz'[axis]} {low[axis]:.0f}…{high[axis]:.0f}".replace("-", "−"))
    return [
        Sourced("source", ", ".join(parts) + " mm", "", _origin_of(geometry), said("from angles and distances")),
    ]


def _origin_of(geometry: Geometry) -> Source:
    return {"dicom": Source.DICOM, "rdsr": Source.DOSE_REPORT, "file": Source.FILE, "preset": Source.PRESET}.get(
        geometry.origin, Source.USER
    )


def of_geometry(geometry: Geometry, told: Sources = (), source: Source | None = None) -> Sources:
    """The numbers of a geometry that is given whole: by a file, or by the program that calls.

    Parameters
    ----------
    told : tuple of Sourced
        What the file itself says of where its numbers come from; these keep their sources.
    source : Source, optional
        Of the rest; by default that of the geometry's origin.
    """
    origin = source or _origin_of(geometry)
    distance = geometry.source_distance_mm
    angles = geometry.view_angle_deg
    low, high = float(distance.min()), float(distance.max())
    still = geometry.is_rectified
    pose = said("stands still") if still else said("moves along") if geometry.is_flat else said("turns with the tube")
    facts = [
        Sourced("views", float(geometry.n_views), "", origin),
        Sourced("matrix", (float(geometry.shape[0]), float(geometry.shape[1])), "px", origin),
        Sourced("pitch", geometry.pixel_pitch_mm, "mm", origin),
        Sourced("angles", (float(angles[0]), float(angles[-1])), "°", origin),
        Sourced("axis", axis_text(geometry.sweep_axis), "", origin),
        Sourced("distance", low if high - low < 0.05 else (low, high), "mm", origin),
        Sourced("source", measured(geometry)[0].value, "", origin),
        Sourced("detector", pose, "", origin),
    ]
    if geometry.exposure is not None:
        facts.append(Sourced("exposure", (float(geometry.exposure.min()), float(geometry.exposure.max())), "", origin))
    if geometry.patient is not None:
        facts.append(of_orientation(None, geometry.patient, False, origin))
    return ordered((*facts, *told))
