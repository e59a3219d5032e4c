"""What a file asks to be drawn over its images: overlay planes (PS3.3 C.9.2) and display shutters (C.7.6.11).

Overlay planes stand in repeating groups 6000, 6002 … 601E, as bits of their own or (retired) in the unused high bits of
the pixels. A plane may begin outside of the image and be larger than it; what lies outside is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import StoredPlane
from app.dicom.read.safe import DicomFile, numbers, text, value, whole, words
from recon.errors import BocageError

GROUPS = range(0x6000, 0x6020, 2)
MAX_SIDE = 1 << 15
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class OverlayPlane:
    """One plane of bits over an image.

    Attributes
    ----------
    bits : ndarray of bool, shape (frames, rows, columns)
        Cut to the image; one frame for all images, or one for each.
    corner : (row, column)
        Where it begins in the image, from 0.
    first_frame : int
        The image frame, from 0, that its first frame lies over.
    label : str
        As the file names it.
    """

    bits: Mask
    corner: tuple[int, int]
    first_frame: int = 0
    label: str = ""

    def over(self, frame: int, frames: int) -> Mask | None:
        """The bits over an image frame (from 0, of `frames`); None where it has none."""
        if self.bits.shape[0] == 1 and (frames == 1 or self.first_frame == 0):
            return self.bits[0]  # a plane of one frame belongs to all images (C.9.2.1.4)
        index = frame - self.first_frame
        return self.bits[index] if 0 <= index < self.bits.shape[0] else None


@dataclass(frozen=True, eq=False)
class Overlays:
    """All that is drawn over the images of a series.

    Attributes
    ----------
    shape : (rows, columns)
        Of the images.
    by_instance : mapping of str to (tuple of OverlayPlane, ndarray of bool or None, int)
        For each SOP Instance UID its planes, what its shutter hides, and its number of frames.
    planes : tuple of StoredPlane
        Of the picture, from below.
    """

    shape: tuple[int, int]
    by_instance: dict[str, tuple[tuple[OverlayPlane, ...], Mask | None, int]]
    planes: tuple[StoredPlane, ...]

    def at(self, height_mm: float) -> tuple[Mask | None, Mask | None]:
        """What is drawn, and what is hidden, of the image nearest to a height: shape (rows, columns) each."""
        plane = min(self.planes, key=lambda plane: abs(plane.height_mm - height_mm))
        found = self.by_instance.get(plane.instance)
        if found is None:
            return None, None
        overlays, hidden, frames = found
        drawn: Mask | None = None
        for overlay in overlays:
            bits = overlay.over(plane.frame - 1, frames)
            if bits is not None and bits.any():
                drawn = np.zeros(self.shape, bool) if drawn is None else drawn
                row, column = overlay.corner
                drawn[row : row + bits.shape[0], column : column + bits.shape[1]] |= bits
        return drawn, hidden

    @property
    def labels(self) -> tuple[str, ...]:
        """What the planes are called, each once."""
        found = (plane.label for planes, _, _ in self.by_instance.values() for plane in planes)
        return tuple(dict.fromkeys(label for label in found if label))


def overlays_of(
    files: DicomFile | Sequence[DicomFile], planes: Sequence[StoredPlane], *, mirror: bool = False
) -> Overlays | None:
    """What files ask to be drawn over their images; None when nothing.

    Parameters
    ----------
    files : DicomFile or sequence of DicomFile
        With all their elements.
    planes : sequence of StoredPlane
        Of the picture.
    mirror : bool
        The columns of the images were reversed on loading.
    """
    listed = [files] if isinstance(files, DicomFile) else list(files)
    by_instance: dict[str, tuple[tuple[OverlayPlane, ...], Mask | None, int]] = {}
    shape = (whole(listed[0].dataset, "Rows") or 0, whole(listed[0].dataset, "Columns") or 0)
    if min(shape) < 1 or max(shape) > MAX_SIDE:
        return None
    for found in listed:
        drawn, hidden = overlay_planes(found), shutter(found.dataset)
        if drawn or hidden is not None:
            frames = whole(found.dataset, "NumberOfFrames") or 1
            by_instance[text(found.dataset, "SOPInstanceUID")] = (drawn, hidden, frames)
    if not by_instance or not planes:
        return None
    found_all = Overlays(shape, by_instance, tuple(planes))
    return _mirrored(found_all) if mirror else found_all


def overlay_planes(found: DicomFile) -> tuple[OverlayPlane, ...]:
    """The overlay planes of a file; damaged ones are left out."""
    rows, columns = whole(found.dataset, "Rows") or 0, whole(found.dataset, "Columns") or 0
    made = (_plane(found, group, (rows, columns)) for group in GROUPS)
    return tuple(plane for plane in made if plane is not None)


def _plane(found: DicomFile, group: int, image: tuple[int, int]) -> OverlayPlane | None:
    dataset = found.dataset

    def tag(element: int) -> int:
        return (group << 16) | element

    rows, columns = whole(dataset, tag(0x0010)), whole(dataset, tag(0x0011))
    if not rows or not columns or rows < 1 or columns < 1 or max(rows, columns) > MAX_SIDE:
        return None
    origin = numbers(dataset, tag(0x0050)) or (1.0, 1.0)
    frames = min(whole(dataset, tag(0x0015)) or 1, 1 << 16)
    bits = _bits(found, group, (max(frames, 1), rows, columns))
    if bits is None or len(origin) != 2 or max(map(abs, origin)) > MAX_SIDE:
        return None
    row, column = (int(part) - 1 for part in origin)
    # Only what lies over the image.
    top, left = max(0, -row), max(0, -column)
    bottom, right = min(rows, image[0] - row), min(columns, image[1] - column)
    if bottom <= top or right <= left:
        return None
    first = (whole(dataset, tag(0x0051)) or 1) - 1
    label = text(dataset, tag(0x1500)) or text(dataset, tag(0x0022))
    return OverlayPlane(bits[:, top:bottom, left:right], (row + top, column + left), max(first, 0), label)


def _bits(found: DicomFile, group: int, shape: tuple[int, int, int]) -> Mask | None:
    """The bits of a plane: its own data, or a high bit of the pixels."""
    dataset = found.dataset
    data = value(dataset, (group << 16) | 0x3000)
    count = int(np.prod([float(length) for length in shape]))
    if count > 1 << 31:
        return None
    if isinstance(data, bytes):
        if len(data) * 8 < count:
            return None
        flat = np.unpackbits(np.frombuffer(data, np.uint8), count=count, bitorder="little")
        return flat.reshape(shape).astype(bool)
    position = whole(dataset, (group << 16) | 0x0102)
    allocated, stored = whole(dataset, "BitsAllocated") or 0, whole(dataset, "BitsStored") or 0
    if position is None or not stored <= position < allocated <= 16 or shape[0] != 1:
        return None
    try:
        raw = _all_bits(found)
    except BocageError:
        return None
    if raw.shape != shape[1:]:
        return None
    return np.asarray((raw.astype(np.uint16) >> np.uint16(position)) & np.uint16(1), bool)[None]


def _all_bits(found: DicomFile) -> NDArray[Any]:
    """The first frame with the bits above Bits Stored, which are cleared for everyone else."""
    from pydicom.dataset import Dataset

    from app.dicom.read.pixels import read_frame

    layout: Any = Dataset()
    for keyword in ("Rows", "Columns", "BitsAllocated", "NumberOfFrames"):
        number = whole(found.dataset, keyword)
        if number is not None:
            setattr(layout, keyword, number)
    layout.SamplesPerPixel, layout.PixelRepresentation = 1, 0
    layout.BitsStored = layout.BitsAllocated
    return read_frame(replace(found, dataset=layout))


def shutter(dataset: Any) -> Mask | None:
    """What the display shutter hides, shape (rows, columns); None without one.

    Rectangular, circular and polygonal shutters hide all outside of them, several what any hides.
    """
    rows, columns = whole(dataset, "Rows") or 0, whole(dataset, "Columns") or 0
    shapes = {word.upper() for word in words(dataset, "ShutterShape")}
    if not shapes or min(rows, columns) < 1 or max(rows, columns) > MAX_SIDE:
        return None
    hidden = np.zeros((rows, columns), bool)
    if "RECTANGULAR" in shapes:
        hidden |= _outside_rectangle(dataset, rows, columns)
    if "CIRCULAR" in shapes:
        centre, radius = numbers(dataset, "CenterOfCircularShutter"), whole(dataset, "RadiusOfCircularShutter")
        if len(centre) == 2 and radius is not None and radius > 0:
            y, x = np.ogrid[1 : rows + 1, 1 : columns + 1]
            hidden |= (y - centre[0]) ** 2 + (x - centre[1]) ** 2 > radius**2
    if "POLYGONAL" in shapes:
        corners = numbers(dataset, "VerticesOfThePolygonalShutter")
        if len(corners) >= 6 and len(corners) % 2 == 0:
            hidden |= ~_inside_polygon(np.array(corners).reshape(-1, 2), rows, columns)
    return hidden if hidden.any() and not hidden.all() else None


def _outside_rectangle(dataset: Any, rows: int, columns: int) -> Mask:
    left, right = whole(dataset, "ShutterLeftVerticalEdge"), whole(dataset, "ShutterRightVerticalEdge")
    top, bottom = whole(dataset, "ShutterUpperHorizontalEdge"), whole(dataset, "ShutterLowerHorizontalEdge")
    hidden = np.zeros((rows, columns), bool)
    if left is None or right is None or top is None or bottom is None:
        return hidden
    y, x = np.ogrid[1 : rows + 1, 1 : columns + 1]
    return np.asarray((x < left) | (x > right) | (y < top) | (y > bottom), bool)


def _inside_polygon(corners: NDArray[np.float64], rows: int, columns: int) -> Mask:
    """Pixel centres within a polygon of (row, column) vertices counted from 1, by the even-odd rule."""
    inside = np.zeros((rows, columns), bool)
    x = np.arange(1, columns + 1, dtype=np.float64)
    following = np.roll(corners, -1, axis=0)
    for row in range(rows):
        y = row + 1.0
        crossing = (corners[:, 0] <= y) != (following[:, 0] <= y)
        start, end = corners[crossing], following[crossing]
        at = start[:, 1] + (y - start[:, 0]) / (end[:, 0] - start[:, 0]) * (end[:, 1] - start[:, 1])
        inside[row] = (np.sum(at[:, None] <= x[None, :], axis=0) % 2).astype(bool)
    return inside


def _mirrored(found: Overlays) -> Overlays:
    def plane(one: OverlayPlane) -> OverlayPlane:
        row, column = one.corner
        left = found.shape[1] - column - one.bits.shape[2]
        return OverlayPlane(one.bits[:, :, ::-1], (row, left), one.first_frame, one.label)

    turned = {
        name: (tuple(map(plane, planes)), None if hidden is None else hidden[:, ::-1], frames)
        for name, (planes, hidden, frames) in found.by_instance.items()
    }
    return Overlays(found.shape, turned, found.planes)
