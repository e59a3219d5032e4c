"""Where what is on screen is stored: from a picture's millimetres to the pixels of stored images, and to the patient.

Pixel coordinates are those of structured reports and presentation states: column and row from the upper left corner of
the first pixel, whose centre is at (0.5, 0.5) (PS3.3 C.10.5.1.2, C.18.6.1.1). Positions in space are patient
coordinates of a frame of reference. Slices computed from projections lie where `app.dicom.write` would store them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.dicom.evidence.model import Coordinates, ImageKey
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.slab import PlaneGrid
from widgets.measurements.plane import Points

if TYPE_CHECKING:
    from app.session.state import Picture

SAME_HEIGHT_MM = 1e-3
NO_PATIENT = PatientFrame(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))
"""Stands for a frame of reference whose axes are the acquisition's own: nobody knows how the patient lay."""
OWN_FRAME = uuid.UUID("1d0a6f2c-6d0e-5a41-8f2e-2f6f6a6ea2d5")
"""Names frames of reference that files do not name."""


@dataclass(frozen=True)
class Plane:
    """One stored image and where its pixels lie in a picture.

    Attributes
    ----------
    key : ImageKey
    sop_class_uid, series_uid : str
    grid : PlaneGrid
        In the picture's millimetres.
    height_mm : float or None
        Of the picture; the view's number for views; None where there is one plane only.
    mirrored : bool
        The picture shows the stored columns in reverse order.
    slope, intercept : float
        From values after the modality transform to those of the picture: ``value = slope × m + intercept``.
    shown_as : "line", "curve" or "colour"
        Whether that is true. Projections are shown as line integrals, which are a curve over the stored values
        (`shown_curve`).
    thickness_mm : float or None
        Of a slice.
    """

    key: ImageKey
    sop_class_uid: str
    series_uid: str
    grid: PlaneGrid
    height_mm: float | None = None
    mirrored: bool = False
    slope: float = 1.0
    intercept: float = 0.0
    shown_as: Literal["line", "curve", "colour"] = "line"
    thickness_mm: float | None = None

    def to_pixels(self, points_mm: Points) -> NDArray[np.float64]:
        """(column, row) of points of the picture, shape (n, 2)."""
        found = (np.asarray(points_mm, np.float64) - self.grid.origin_mm) / self.grid.spacing_mm + 0.5
        if self.mirrored:
            found[:, 0] = self.grid.shape[1] - found[:, 0]
        return np.asarray(found)

    def to_mm(self, pixels: Coordinates | NDArray[np.float64]) -> Points:
        """Points of the picture from (column, row)."""
        found = np.asarray(pixels, np.float64)[:, :2].copy()
        if self.mirrored:
            found[:, 0] = self.grid.shape[1] - found[:, 0]
        found = (found - 0.5) * self.grid.spacing_mm + self.grid.origin_mm
        return tuple((float(x), float(y)) for x, y in found)

    def holds(self, points_mm: Points) -> bool:
        """Whether all points lie on the image (its edges included)."""
        pixels, (rows, columns) = self.to_pixels(points_mm), self.grid.shape
        return bool((pixels >= 0).all() and (pixels <= (columns, rows)).all())


@dataclass(frozen=True, eq=False)
class Places:
    """Where a picture is stored.

    Attributes
    ----------
    uid : str
        Of the picture.
    planes : tuple of Plane
        From below; empty for slices that are computed.
    frame_of_reference : str
    frame : PatientFrame
        From the picture's millimetres to patient coordinates of that frame of reference.
    headers : mapping of str to Dataset
        Of the images that it was loaded from, by SOP Instance UID.
    series_uid : str
        Series Instance UID.
    """

    uid: str
    planes: tuple[Plane, ...] = ()
    frame_of_reference: str = ""
    frame: PatientFrame = NO_PATIENT
    headers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    series_uid: str = ""

    def at(self, height_mm: float | None) -> Plane | None:
        """The stored plane at exactly a height."""
        if len(self.planes) == 1 and (self.planes[0].height_mm is None or height_mm is None):
            return self.planes[0]
        return next(
            (
                plane
                for plane in self.planes
                if height_mm is not None
                and plane.height_mm is not None
                and abs(plane.height_mm - height_mm) <= SAME_HEIGHT_MM
            ),
            None,
        )

    def nearest(self, height_mm: float | None) -> Plane | None:
        """The stored plane nearest to a height."""
        return self.at(height_mm) or min(
            (plane for plane in self.planes if plane.height_mm is not None),
            key=lambda plane: abs((plane.height_mm or 0.0) - (height_mm or 0.0)),
            default=None,
        )

    def holding(self, key: ImageKey) -> Plane | None:
        """The plane that a reference means; of several frames the first."""
        for plane in self.planes:
            same = plane.key.instance == key.instance
            if same and (plane.key.frame == key.frame or 0 in (plane.key.frame, key.frame)):
                return plane
        return None

    def to_patient(self, points_mm: Points, heights_mm: Sequence[float]) -> NDArray[np.float64]:
        """Patient coordinates, shape (n, 3)."""
        world = np.column_stack([np.asarray(points_mm, np.float64), np.asarray(heights_mm, np.float64)])
        return self.frame.to_patient(world)

    def to_world(self, points: Coordinates) -> tuple[Points, tuple[float, ...]]:
        """Points and heights of the picture from patient coordinates."""
        world = self.frame.to_world(np.asarray(points, np.float64))
        return tuple((float(x), float(y)) for x, y, _ in world), tuple(float(z) for z in world[:, 2])


def named_frame(series_uid: str, what: str = "") -> str:
    """The UID of a frame of reference that no file names: always the same for a series."""
    return f"2.25.{uuid.uuid5(OWN_FRAME, f'{series_uid} {what}').int}"


def places_of(picture: Picture, pictures: Mapping[str, Picture]) -> Places:
    """Find where a picture is stored; reads headers, so never on the GUI thread.

    Parameters
    ----------
    pictures : mapping of str to Picture
        All that are loaded: the stack of views knows how the files of a sweep lie.

    Raises
    ------
    BocageError
        A file is no longer there, or is no DICOM file.
    """
    from app.dicom.read.safe import read_header, text

    files = [read_header(path) for path in picture.files]
    headers = {text(found.dataset, "SOPInstanceUID"): found.dataset for found in files}
    series = text(files[0].dataset, "SeriesInstanceUID") if files else ""
    frames = {text(found.dataset, "FrameOfReferenceUID") for found in files}
    named = frames.pop() if len(frames) == 1 else ""
    info = picture.source.info
    if picture.is_slices and info.patient is not None and (info.patient.located or picture.is_live):
        frame, reference = info.patient, named or named_frame(series)
    else:
        # Known or not, its directions have no place in the patient: a frame of its own, which misleads nobody.
        frame, reference = NO_PATIENT, named_frame(series, "own")
    places = Places(picture.uid, (), reference, frame, MappingProxyType(headers), series)
    if picture.is_live or not files:
        return places
    if picture.kind in ("projection", "views"):
        return replace(places, planes=_view_planes(picture, pictures, files))
    return replace(places, planes=_stored_planes(picture, files))


def grid_of(picture: Picture, height_mm: float) -> PlaneGrid:
    """The source's own pixels at a height."""
    footprint, (dx, dy) = picture.source.footprint(height_mm), picture.source.native_pixel_mm(height_mm)
    shape = (max(1, round(footprint.height / dy)), max(1, round(footprint.width / dx)))
    return PlaneGrid((footprint.x0 + dx / 2, footprint.y0 + dy / 2), (dx, dy), shape)


def stored_plane(found: Any, grid: PlaneGrid, frame: int, height_mm: float | None, **more: Any) -> Plane:
    """A stored image as a plane; `frame` is from 1 and left out where references to the image do not count frames."""
    from app.dicom.read.pixels import pixel_format
    from app.dicom.read.safe import text, value
    from app.dicom.read.voi import modality

    dataset = found.dataset
    transform = modality(dataset, pixel_format(found), max(frame - 1, 0))
    slope, intercept = (transform.slope, transform.intercept) if transform.mapped else (1.0, 0.0)
    counted = frame if value(dataset, "NumberOfFrames") is not None else 0
    return Plane(
        ImageKey(text(dataset, "SOPInstanceUID"), counted),
        text(dataset, "SOPClassUID"),
        text(dataset, "SeriesInstanceUID"),
        grid,
        height_mm,
        **{"slope": slope, "intercept": intercept, **more},
    )


def _stored_planes(picture: Picture, files: Sequence[Any]) -> tuple[Plane, ...]:
    """The planes of slices, runs and single images; none where what is seen was resorted from what is stored."""
    from app.dicom.read.safe import text

    known = {text(found.dataset, "SOPInstanceUID"): found for found in files}
    shown_as = "colour" if picture.kind == "image" else "line"
    planes = []
    for each in picture.planes:
        if each.instance not in known:
            return ()
        height = float(each.height_mm)
        own = height if picture.has_planes else None
        planes.append(stored_plane(known[each.instance], grid_of(picture, height), each.frame, own, shown_as=shown_as))
    return tuple(planes)


def _view_planes(picture: Picture, pictures: Mapping[str, Picture], files: Sequence[Any]) -> tuple[Plane, ...]:
    from app.session.state import VIEWS_SUFFIX, series_of

    stack = pictures.get(series_of(picture.uid) + VIEWS_SUFFIX)
    projections = getattr(stack.source, "projections", None) if stack is not None else None
    if projections is None:
        return ()
    several = len(files) == 1
    order = projections.file_order or range(projections.geometry.n_views)
    wanted = [(files[0], index + 1) if several else (files[view], 1) for view, index in enumerate(order)]
    more = {"mirrored": projections.mirrored, "shown_as": "curve"}
    if picture.kind == "projection":
        found, frame = wanted[len(wanted) // 2]
        return (stored_plane(found, grid_of(picture, 0.0), frame, None, **more),)
    return tuple(
        stored_plane(found, grid_of(picture, float(number)), frame, float(number), **more)
        for number, (found, frame) in enumerate(wanted, 1)
    )


def shown_curve(picture: Picture, plane: Plane) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Stored values of an image, ascending, and what each is shown as; None where that is no function of them.

    Reads and decodes the image: what a view is shown as depends on its own open field and exposure.
    """
    from app.dicom.read.pixels import pixel_format, read_frame
    from app.dicom.read.safe import read_header, text
    from app.dicom.read.voi import modality
    from recon.slab import SlabRequest

    for path in picture.files:
        found = read_header(path)
        if text(found.dataset, "SOPInstanceUID") == plane.key.instance:
            break
    else:
        return None
    frame = max(plane.key.frame - 1, 0)
    if not modality(found.dataset, pixel_format(found), frame).identity:
        return None
    stored = read_frame(found, frame)
    image = picture.source.slab(SlabRequest(plane.height_mm or 0.0)).pixels
    known = np.isfinite(image)
    if image.shape != stored.shape or not known.any():
        return None
    stored = stored[:, ::-1] if plane.mirrored else stored
    values, first, place = np.unique(stored[known], return_index=True, return_inverse=True)
    curve = image[known][first].astype(np.float64)
    if not np.allclose(curve[place], image[known], rtol=1e-4, atol=1e-5):
        return None
    return values.astype(np.float64), curve


# -- images that belong to no picture ------------------------------------------------------------------------------


@dataclass(frozen=True)
class SpacePlane:
    """An image's plane in a frame of reference.

    Attributes
    ----------
    corner_mm : (x, y, z)
        Centre of its first pixel, patient coordinates.
    right, down : (x, y, z)
        Unit vectors along its rows and columns.
    spacing_mm : (between columns, between rows)
    shape : (rows, columns)
    """

    frame_of_reference: str
    corner_mm: tuple[float, float, float]
    right: tuple[float, float, float]
    down: tuple[float, float, float]
    spacing_mm: tuple[float, float]
    shape: tuple[int, int]
    slope: float = 1.0
    intercept: float = 0.0
    thickness_mm: float | None = None

    def within(self, places: Places) -> Plane | None:
        """The same as a plane of a picture's frame; None when it does not lie in one of its slices."""
        if self.frame_of_reference != places.frame_of_reference:
            return None
        axes = np.asarray(places.frame.axes)
        right, down = axes @ np.asarray(self.right), axes @ np.asarray(self.down)
        x, y, z = (float(part) for part in places.frame.to_world(np.asarray(self.corner_mm)))
        if not (np.allclose(right, (1, 0, 0), atol=1e-3) and np.allclose(down, (0, 1, 0), atol=1e-3)):
            return None
        grid = PlaneGrid((x, y), self.spacing_mm, self.shape)
        return Plane(
            ImageKey(""),
            "",
            "",
            grid,
            z,
            slope=self.slope,
            intercept=self.intercept,
            thickness_mm=self.thickness_mm,
        )


@dataclass(frozen=True)
class LevelPlane:
    """A computed slice of a patient whose orientation nobody knows: its frame of reference and its height are known.

    Its pixels are those that the source has at the height.
    """

    frame_of_reference: str
    height_mm: float
    shape: tuple[int, int]
    slope: float = 1.0
    intercept: float = 0.0

    def within(self, places: Places, picture: Picture) -> Plane | None:
        """The same as a plane of the picture; None when it is of another one."""
        grid = grid_of(picture, self.height_mm)
        if self.frame_of_reference != places.frame_of_reference or grid.shape != self.shape:
            return None
        return Plane(ImageKey(""), "", "", grid, self.height_mm, slope=self.slope, intercept=self.intercept)


def space_planes(paths: Iterable[Path], wanted: set[str]) -> dict[ImageKey, SpacePlane | LevelPlane]:
    """Where images (by SOP Instance UID) lie in space, as far as their files say it; other files are passed over."""
    from app.dicom.read.pixels import pixel_format
    from app.dicom.read.safe import number, numbers, read_header, text
    from app.dicom.read.voi import modality

    found: dict[ImageKey, SpacePlane | LevelPlane] = {}
    left = set(wanted)
    for path in paths:
        if not left:
            break
        try:
            file = read_header(path)
            data = file.dataset
            instance = text(data, "SOPInstanceUID")
            position, directions = numbers(data, "ImagePositionPatient"), numbers(data, "ImageOrientationPatient")
            spacing = numbers(data, "PixelSpacing")
            if instance not in left:
                continue
            layout = pixel_format(file)
            transform = modality(data, layout)
        except BocageError:
            continue
        left.discard(instance)
        line = (transform.slope, transform.intercept) if transform.mapped else (1.0, 0.0)
        if len(position) != 3 or len(directions) != 6 or len(spacing) != 2:
            heights = numbers(data, "SliceLocationVector")
            if len(heights) == 1:
                shape, frame = (layout.rows, layout.columns), text(data, "FrameOfReferenceUID")
                found[ImageKey(instance)] = LevelPlane(frame, heights[0], shape, *line)
            continue
        found[ImageKey(instance)] = SpacePlane(
            text(data, "FrameOfReferenceUID"),
            (position[0], position[1], position[2]),
            (directions[0], directions[1], directions[2]),
            (directions[3], directions[4], directions[5]),
            (spacing[1], spacing[0]),
            (layout.rows, layout.columns),
            *line,
            number(data, "SliceThickness", 0.0),
        )
    return found
