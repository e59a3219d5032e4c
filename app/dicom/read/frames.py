"""Views and slices that stay in their files until they are asked for.

Uncompressed frames are read where they lie; that takes a few milliseconds from the system's file cache, and a study of
half a gigabyte need not be held a second time beside its filtered views. `KeptFrames` remembers what was looked at, so
that scrolling back costs nothing, and lets the frames that come next be decoded meanwhile.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read import decoder
from app.dicom.read.model import ReadError
from app.dicom.read.pixels import (
    PixelFormat,
    allocate,
    check_alike,
    each_frame,
    frames_wanted,
    pixel_format,
    read_frame,
    read_stack,
)
from app.dicom.read.safe import DicomFile
from recon.errors import BocageError
from recon.memory import available_bytes
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.projections import Views

AHEAD = 6
"""So many frames are decoded ahead in the direction of scrolling."""
KEPT_SHARE, LEAST_KEPT = 4, 256 << 20
"""Frames are kept up to this part of the free memory."""


class StoredFrames:
    """Frames of files, read each time they are asked for.

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
        self.layout = layout
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


class KeptFrames:
    """The planes of a stored volume (`recon.stored.PlaneReader`): frames that are kept once they were asked for.

    Parameters
    ----------
    views : Views
        Where frames come from.
    layout : PixelFormat
    name : str
        Of the file, for sentences.
    budget_bytes : int, optional
        What may be kept; the frames used longest ago go first. At least two frames are kept.

    Notes
    -----
    Every method may be called by any thread; a frame that two ask for is read once.
    """

    def __init__(self, views: Views, layout: PixelFormat, name: str, budget_bytes: int | None = None) -> None:
        self._views, self._layout, self._name = views, layout, name
        self.shape: tuple[int, int, int] = (int(views.shape[0]), int(views.shape[1]), int(views.shape[2]))
        self.dtype, self.ndim = views.dtype, 3
        plane = self.shape[1] * self.shape[2] * self.dtype.itemsize
        budget = max(LEAST_KEPT, available_bytes() // KEPT_SHARE) if budget_bytes is None else budget_bytes
        self._most = max(2, budget // max(1, plane))
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, NDArray[Any]] = OrderedDict()
        self._reading: dict[int, Future[NDArray[Any]]] = {}
        self._whole: NDArray[Any] | None = None
        self._last = -1
        self._ahead: list[int] = []
        self._runs_ahead = False

    @property
    def nbytes(self) -> int:
        """Bytes that are held now."""
        with self._lock:
            if self._whole is not None:
                return int(self._whole.nbytes)
            return sum(image.nbytes for image in self._kept.values())

    def __len__(self) -> int:
        """Number of frames."""
        return self.shape[0]

    def __getitem__(self, index: int) -> NDArray[Any]:
        """One frame, not to be changed."""
        index = range(self.shape[0])[index]
        step, self._last = index - self._last, index
        missed = self._here(index) is None
        image = self._take(index)
        if missed and abs(step) == 1 and not self._layout.native and decoder.PROCESSES > 1:
            self._read_ahead(range(index + step, index + step * (AHEAD + 1), step))
        return image

    def prepare(self, first: int, last: int) -> None:
        """Read frames `first` … `last` (included), several at once."""
        missing = [index for index in range(first, last + 1) if self._here(index) is None]
        if 1 < len(missing) <= self._most and not self._layout.native:
            each_frame(missing, self._take, self._layout, SILENT)

    def whole(self, progress: Progress = SILENT) -> NDArray[Any]:
        """All frames as one array (n, rows, columns), which is held from now on.

        Raises
        ------
        ReadError
            Also when they do not fit into memory.
        """
        if self._whole is None:
            pixels = allocate(self.shape, self.dtype, self._name)

            def keep(index: int) -> None:
                pixels[index] = self._take(index, keep=False)

            each_frame(range(self.shape[0]), keep, self._layout, progress)
            with self._lock:
                self._whole = pixels
                self._kept.clear()
        return self._whole

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """All frames."""
        pixels = self.whole()
        return np.array(pixels, dtype=dtype, copy=copy) if dtype is not None or copy else pixels

    def _here(self, index: int) -> NDArray[Any] | None:
        with self._lock:
            if self._whole is not None:
                return np.asarray(self._whole[index])
            found = self._kept.get(index)
            if found is not None:
                self._kept.move_to_end(index)
            return found

    def _take(self, index: int, keep: bool = True) -> NDArray[Any]:
        found = self._here(index)
        if found is not None:
            return found
        with self._lock:
            future = self._reading.get(index)
            mine = future is None
            if future is None:
                future = self._reading[index] = Future()
        if not mine:
            return future.result()
        try:
            image = self._views[index]
        except BaseException as error:
            with self._lock:
                del self._reading[index]
            future.set_exception(error)
            raise
        with self._lock:
            del self._reading[index]
            if keep and self._whole is None:
                self._kept[index] = image
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        future.set_result(image)
        return image

    def _read_ahead(self, indices: Iterable[int]) -> None:
        with self._lock:
            # No further than what may be kept, or the frames on screen would go for those to come.
            wanted = [i for i in indices if 0 <= i < self.shape[0] and i not in self._kept]
            self._ahead = wanted[: self._most // 2]
            if self._runs_ahead or not self._ahead:
                return
            self._runs_ahead = True
        threading.Thread(target=self._run_ahead, name="decoding-ahead", daemon=True).start()

    def _run_ahead(self) -> None:
        while True:
            with self._lock:
                if not self._ahead:
                    self._runs_ahead = False
                    return
                index = self._ahead.pop(0)
            try:
                self._take(index)
            except (BocageError, OSError):  # told when it is asked for
                continue


def open_stack(
    files: Sequence[DicomFile],
    frames: Sequence[int] | None,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    *,
    mirror: bool = False,
) -> Views:
    """Many frames as stored values; parameters as of `read_stack`. Compressed ones are decoded once.

    Raises
    ------
    ReadError
        Also when a file is too short for its frames, before any of them is read.
    """
    if not all(pixel_format(found).native and found.deflated is None for found in files):
        return read_stack(files, frames, progress, on_first, mirror=mirror)
    stored = stored_frames(files, frames, mirror=mirror)
    if on_first is not None:
        on_first(stored[stored.shape[0] // 2])
    progress.step(1.0, said("Reading images"))
    return stored


def stored_frames(files: Sequence[DicomFile], frames: Sequence[int] | None, *, mirror: bool = False) -> StoredFrames:
    """Frames that are read when they are asked for; parameters as of `read_stack`.

    Raises
    ------
    ReadError
        When a file has not all of its frames.
    """
    layout = pixel_format(files[0])
    check_alike(files, layout)
    wanted = frames_wanted(files, frames)
    for found, frame in wanted:
        _check_frame(found, layout, frame)
    return StoredFrames(wanted, layout, mirror)


def _check_frame(found: DicomFile, layout: PixelFormat, frame: int) -> None:
    if not 0 <= frame < layout.frames:
        raise ReadError(said("{0}: has no frame {1} (it has {2}).", found.path.name, frame + 1, layout.frames))
    if not pixel_format(found).native:
        return
    end = (found.pixel_offset or 0) + (frame + 1) * layout.rows * layout.columns * layout.dtype.itemsize
    if found.size < end:
        raise ReadError(said("{0}: truncated in image {1}. Copy it again.", found.path.name, frame + 1))
