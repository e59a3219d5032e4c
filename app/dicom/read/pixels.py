"""Stored pixel values, one frame at a time and by path; uncompressed frames straight from the file.

Values are as stored: bits above Bits Stored (overlays of old files) are cleared, signed values are extended. Rescale,
padding and polarity are left to the callers.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from app.dicom.read.safe import UNDEFINED, DicomFile, text, whole
from recon.messages import said
from recon.progress import SILENT, Progress

NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"})
MAX_FRAME_BYTES = 1 << 31
MAX_ARRAY_BYTES = 24 << 30
THREADS = 2
POOL_PIXELS = 8_000_000
POOL_MEMORY = 8 << 30
POOL_SECONDS = 120.0


@dataclass(frozen=True)
class PixelFormat:
    """How the pixels of a file are stored.

    Attributes
    ----------
    dtype : numpy.dtype
        Of what `read_frame` returns.
    """

    rows: int
    columns: int
    frames: int
    bits_allocated: int
    bits_stored: int
    signed: bool
    native: bool

    @property
    def dtype(self) -> np.dtype[Any]:
        """Little-endian integers of the allocated size."""
        size = max(1, self.bits_allocated // 8)
        return np.dtype(f"<{'i' if self.signed else 'u'}{size}")

    @property
    def low(self) -> int:
        """The lowest storable value."""
        return -(1 << (self.bits_stored - 1)) if self.signed else 0

    @property
    def high(self) -> int:
        """The highest storable value."""
        return (1 << (self.bits_stored - 1)) - 1 if self.signed else (1 << self.bits_stored) - 1


Task = tuple[Path, str, PixelFormat, int]


def pixel_format(found: DicomFile) -> PixelFormat:
    """The pixel format; refuses what cannot be an X-ray image."""
    dataset, name = found.dataset, found.path.name
    rows, columns = whole(dataset, "Rows") or 0, whole(dataset, "Columns") or 0
    allocated = whole(dataset, "BitsAllocated") or 0
    stored = whole(dataset, "BitsStored") or allocated
    if rows < 1 or columns < 1:
        raise ReadError(said("{0}: holds no image (it states neither rows nor columns).", name))
    if (whole(dataset, "SamplesPerPixel") or 1) != 1:
        raise ReadError(said("{0}: a colour image; X-ray images have one sample per pixel.", name))
    if allocated not in (8, 16, 32) or not 1 <= stored <= allocated:
        raise ReadError(
            said("{0}: {1} of {2} bits per pixel; 8, 16 or 32 allocated bits are expected.", name, stored, allocated)
        )
    if rows * columns * allocated // 8 > MAX_FRAME_BYTES:
        raise ReadError(said("{0}: an image of {1} × {2} pixels is larger than any detector.", name, rows, columns))
    native = found.syntax in NATIVE and found.pixel_length != UNDEFINED
    frames = max(1, whole(dataset, "NumberOfFrames") or 1)
    signed = whole(dataset, "PixelRepresentation") == 1
    return PixelFormat(rows, columns, frames, allocated, stored, signed, native)


def allocate(shape: tuple[int, int, int], dtype: Any, name: str) -> NDArray[Any]:
    """An uninitialised array, refused when it cannot be in memory."""
    size = int(np.prod([float(length) for length in shape])) * np.dtype(dtype).itemsize
    if size > min(MAX_ARRAY_BYTES, int(0.8 * _memory())):
        raise ReadError(
            said(
                "{0}: {1} images of {2} × {3} need {4:.1f} GiB of memory.",
                name,
                shape[0],
                shape[1],
                shape[2],
                size / 2**30,
            )
        )
    try:
        return np.empty(shape, dtype)
    except MemoryError:
        raise ReadError(said("{0}: not enough memory for {1:.1f} GiB of images.", name, size / 2**30)) from None


def _memory() -> float:
    """The machine's memory in bytes, where the system tells."""
    try:
        return float(os.sysconf("SC_PHYS_PAGES")) * float(os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, OSError, ValueError):
        return float(2 * MAX_ARRAY_BYTES)


def read_frame(found: DicomFile, frame: int = 0, out: NDArray[Any] | None = None) -> NDArray[Any]:
    """One frame's stored values.

    Parameters
    ----------
    found : DicomFile
    frame : int
    out : ndarray, shape (rows, columns), of the format's dtype, C-contiguous, optional
        Filled and returned.
    """
    layout = pixel_format(found)
    if not 0 <= frame < layout.frames:
        raise ReadError(said("{0}: has no frame {1} (it has {2}).", found.path.name, frame + 1, layout.frames))
    if layout.native:
        image = _read_native(found, layout, frame, out)
    else:
        image = decode(found.path, found.syntax, layout, frame)
    image = _clean(image, layout)
    if out is None:
        return image
    if image is not out:
        out[...] = image
    return out


def _read_native(found: DicomFile, layout: PixelFormat, frame: int, out: NDArray[Any] | None) -> NDArray[Any]:
    size = layout.rows * layout.columns * layout.dtype.itemsize
    offset = (found.pixel_offset or 0) + frame * size
    if found.deflated is not None:
        flat = np.frombuffer(found.deflated, layout.dtype, layout.rows * layout.columns, offset)
        return flat.reshape(layout.rows, layout.columns).copy()
    usable = out is not None and out.dtype == layout.dtype and out.flags.c_contiguous
    image = out if usable and out is not None else np.empty((layout.rows, layout.columns), layout.dtype)
    try:
        with found.path.open("rb", buffering=0) as file:
            file.seek(offset)
            view = memoryview(image.reshape(-1).view(np.uint8).data)
            done = 0
            while done < size:
                count = file.readinto(view[done:])
                if not count:
                    raise ReadError(said("{0}: truncated in image {1}. Copy it again.", found.path.name, frame + 1))
                done += count
    except OSError as error:
        raise ReadError(
            said("{0}: cannot be read ({1}).", found.path.name, error.strerror or type(error).__name__)
        ) from None
    return image


def decode(path: Path, syntax: str, layout: PixelFormat, frame: int) -> NDArray[Any]:
    """Decode one frame of a compressed (or otherwise unusual) file.

    Raises
    ------
    ReadError
        Whatever the decoder does.
    """
    from pydicom.pixels import pixel_array
    from pydicom.uid import UID

    name, kind = path.name, UID(syntax).name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = np.asarray(pixel_array(path, index=frame, raw=True))
    except MemoryError:
        raise ReadError(said("{0}: not enough memory to decode it ({1}).", name, kind)) from None
    except BaseException as error:
        # A decoder's panic is a BaseException; it must not end the program.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise ReadError(
            said(
                "{0}: image {1} cannot be decoded ({2}); it is damaged or of an unknown variant.", name, frame + 1, kind
            )
        ) from None
    if image.shape != (layout.rows, layout.columns) or image.dtype.kind not in "iu":
        raise ReadError(
            said(
                "{0}: decoded to {1}, but {2} × {3} pixels are announced.",
                name,
                image.shape,
                layout.rows,
                layout.columns,
            )
        )
    return image


def _clean(image: NDArray[Any], layout: PixelFormat) -> NDArray[Any]:
    """Clear or extend the bits above Bits Stored, in place where possible."""
    unused = layout.bits_allocated - layout.bits_stored
    if image.dtype != layout.dtype:
        image = image.astype(layout.dtype)
    if unused == 0:
        return image
    if not image.flags.writeable:
        image = image.copy()
    if layout.signed:
        np.left_shift(image, unused, out=image)
        np.right_shift(image, unused, out=image)
    else:
        np.bitwise_and(image, image.dtype.type(layout.high), out=image)
    return image


def check_alike(files: Sequence[DicomFile], layout: PixelFormat) -> None:
    """Refuse images of another size or kind than the first."""
    for found in files[1:]:
        other = pixel_format(found)
        if (other.rows, other.columns) != (layout.rows, layout.columns):
            raise ReadError(
                said("{0}: {1} × {2} pixels among images of another size.", found.path.name, other.rows, other.columns)
            )
        if other.dtype != layout.dtype:
            raise ReadError(said("{0}: its pixels are stored otherwise than those of its series.", found.path.name))


def read_stack(
    files: Sequence[DicomFile],
    frames: Sequence[int] | None,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    *,
    mirror: bool = False,
) -> NDArray[Any]:
    """Many frames as one array (n, rows, columns) of stored values.

    Parameters
    ----------
    files : sequence of DicomFile
        One file for each image; or one multi-frame file, with `frames`.
    frames : sequence of int or None
        The frames of the one file, in the order wanted.
    on_first : callable, optional
        Called with the middle image (rows, columns) as soon as it is read.
    mirror : bool
        Reverse the columns.
    """
    layout = pixel_format(files[0])
    wanted = [(files[0], frame) for frame in frames] if frames is not None else [(found, 0) for found in files]
    check_alike(files, layout)
    name = files[0].path.name
    views = allocate((len(wanted), layout.rows, layout.columns), layout.dtype, name)

    def keep(index: int, image: NDArray[Any] | None) -> None:
        found, frame = wanted[index]
        if image is None:
            read_frame(found, frame, views[index])
        else:
            views[index] = _clean(image, layout)
        if mirror:
            views[index] = views[index][:, ::-1].copy()

    middle = len(wanted) // 2
    progress.step(0.0, said("Reading images"))
    keep(middle, None)
    if on_first is not None:
        on_first(views[middle])
    rest = [index for index in range(len(wanted)) if index != middle]
    tasks = [(wanted[index][0].path, wanted[index][0].syntax, layout, wanted[index][1]) for index in rest]
    done = 1
    for index, image in zip(rest, _images(rest, tasks, keep, layout), strict=True):
        if image is not None:
            keep(index, image)
        done += 1
        progress.step(done / len(wanted), said("Image {0} of {1}", done, len(wanted)))
    return views


def _images(
    indices: Sequence[int],
    tasks: Sequence[Task],
    keep: Callable[[int, NDArray[Any] | None], None],
    layout: PixelFormat,
) -> Iterator[NDArray[Any] | None]:
    """The images in order: kept already (None) when read by threads, or as decoded by other processes."""
    if not layout.native and len(tasks) * layout.rows * layout.columns >= POOL_PIXELS:
        pool = _decoding_pool()
        if pool is not None:
            with _shut(pool):
                yield from _decoded(pool, tasks)
            return
    with ThreadPoolExecutor(THREADS if layout.native else 1) as threads:
        futures = [threads.submit(keep, index, None) for index in indices]
        try:
            for future in futures:
                future.result()
                yield None
        finally:
            for future in futures:
                future.cancel()


# -- decoding in other processes ---------------------------------------------------------------------------------------
# Compiled decoders hold the interpreter's lock for up to a second an image, and some end the process on damaged data.


def _decoding_pool() -> ProcessPoolExecutor | None:
    """Two decoding processes; None where they cannot be started (a script without a main guard)."""
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(THREADS, get_context("spawn"), _limit_memory)
    try:
        pool.submit(_ready).result(timeout=60)
    except Exception:
        pool.shutdown(wait=False, cancel_futures=True)
        return None
    return pool


def _ready() -> bool:
    return True


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (POOL_MEMORY, POOL_MEMORY))


@contextmanager
def _shut(pool: ProcessPoolExecutor) -> Iterator[None]:
    try:
        yield
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _decoded(pool: ProcessPoolExecutor, tasks: Sequence[Task]) -> Iterator[NDArray[Any]]:
    # A few images ahead, so that memory holds no second copy of the series.
    waiting = [pool.submit(decode, *task) for task in tasks[: 2 * THREADS]]
    for index, task in enumerate(tasks):
        try:
            image = waiting[index].result(timeout=POOL_SECONDS)
        except BrokenExecutor:
            raise ReadError(
                said("{0}: image {1} made the decoder fail; it is damaged.", task[0].name, task[3] + 1)
            ) from None
        except TimeoutError:
            raise ReadError(
                said("{0}: image {1} takes too long to decode; it is damaged.", task[0].name, task[3] + 1)
            ) from None
        waiting[index] = Future()
        ahead = len(waiting)
        if ahead < len(tasks):
            waiting.append(pool.submit(decode, *tasks[ahead]))
        yield image


def is_inverted(dataset: Any) -> bool:
    """MONOCHROME1: low values are bright. Presentation LUT Shape INVERSE only echoes it in DX and never adds to it."""
    return text(dataset, "PhotometricInterpretation").upper() == "MONOCHROME1"
