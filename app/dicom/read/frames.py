"""Views that stay in their files until they are asked for.

Uncompressed frames are read where they lie each time; that takes a few milliseconds from the system's file cache, and a
study of half a gigabyte need not be held a second time beside its filtered views. Compressed ones are decoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from app.dicom.read.pixels import PixelFormat, check_alike, pixel_format, read_frame, read_stack
from app.dicom.read.safe import DicomFile
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import Views


class StoredFrames:
    """Frames of uncompressed files.

    Parameters
    ----------
    wanted : sequence of (DicomFile, frame)
    layout : PixelFormat
        Of all of them.
    mirror : bool
        Reverse the columns.
    """

    def __init__(self, wanted: Sequence[tuple[DicomFile, int]], layout: PixelFormat, mirror: bool = False) -> None:
        self._wanted, self._mirror = list(wanted), mirror
        self.shape = (len(self._wanted), layout.rows, layout.columns)
        self.dtype = layout.dtype

    def __getitem__(self, index: int) -> NDArray[Any]:
        """Read one frame."""
        found, frame = self._wanted[index]
        image = read_frame(found, frame)
        return np.ascontiguousarray(image[:, ::-1]) if self._mirror else image


class MappedViews:
    """Views with a function of (index, view) applied as they are taken."""

    def __init__(self, views: Views, dtype: Any, function: Callable[[int, NDArray[Any]], NDArray[Any]]) -> None:
        self._views, self._function = views, function
        self.shape = views.shape
        self.dtype = np.dtype(dtype)

    def __getitem__(self, index: int) -> NDArray[Any]:
        """One view."""
        return self._function(index, self._views[index])


def open_stack(
    files: Sequence[DicomFile],
    frames: Sequence[int] | None,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    *,
    mirror: bool = False,
) -> Views:
    """Many frames as stored values; parameters as of `read_stack`.

    Raises
    ------
    ReadError
        Also when a file is too short for its frames, before any of them is read.
    """
    layout = pixel_format(files[0])
    if not all(pixel_format(found).native and found.deflated is None for found in files):
        return read_stack(files, frames, progress, on_first, mirror=mirror)
    wanted = [(files[0], frame) for frame in frames] if frames is not None else [(found, 0) for found in files]
    check_alike(files, layout)
    for found, frame in wanted:
        _check_length(found, layout, frame)
    stored = StoredFrames(wanted, layout, mirror)
    if on_first is not None:
        on_first(stored[len(wanted) // 2])
    progress.step(1.0, said("Reading images"))
    return stored


def _check_length(found: DicomFile, layout: PixelFormat, frame: int) -> None:
    if not 0 <= frame < layout.frames:
        raise ReadError(said("{0}: has no frame {1} (it has {2}).", found.path.name, frame + 1, layout.frames))
    end = (found.pixel_offset or 0) + (frame + 1) * layout.rows * layout.columns * layout.dtype.itemsize
    try:
        size = found.path.stat().st_size
    except OSError as error:
        raise ReadError(
            said("{0}: cannot be read ({1}).", found.path.name, error.strerror or type(error).__name__)
        ) from None
    if size < end:
        raise ReadError(said("{0}: truncated in image {1}. Copy it again.", found.path.name, frame + 1))
