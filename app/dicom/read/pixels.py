"""Stored pixel values, one frame at a time and by path.

Uncompressed frames come straight from the file, others are decoded in processes of their own (`decoder`).
Values are as stored: bits above Bits Stored (overlays of old files) are cleared, signed values are extended. Rescale,
padding and polarity are left to the callers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read import decoder
from app.dicom.read.elements import UNDEFINED
from app.dicom.read.model import ReadError
from app.dicom.read.safe import DicomFile, text, whole
from recon.messages import said
from recon.progress import SILENT, Progress

NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"})
MAX_FRAME_BYTES = 1 << 31
MAX_ARRAY_BYTES = 24 << 30
THREADS = 2


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


def read_frame(
    found: DicomFile, frame: int = 0, out: NDArray[Any] | None = None, progress: Progress = SILENT
) -> NDArray[Any]:
    """One frame's stored values.

    Parameters
    ----------
    found : DicomFile
    frame : int
    out : ndarray, shape (rows, columns), of the format's dtype, C-contiguous, optional
        Filled and returned.
    progress : Progress
        Its cancellation stops decoding.

    Raises
    ------
    ReadError
        Whatever a decoder does.
    """
    layout = pixel_format(found)
    if not 0 <= frame < layout.frames:
        raise ReadError(said("{0}: has no frame {1} (it has {2}).", found.path.name, frame + 1, layout.frames))
    usable = out is not None and out.dtype == layout.dtype and out.flags.c_contiguous
    image = out if usable and out is not None else np.empty((layout.rows, layout.columns), layout.dtype)
    if layout.native:
        _read_native(found, layout, frame, image)
    else:
        parts = found.parts[frame] if found.pixel_length == UNDEFINED else ()
        compressed = decoder.Frame(
            found.path,
            found.syntax,
            frame,
            parts,
            layout.rows,
            layout.columns,
            layout.bits_allocated,
            layout.signed,
        )
        decoder.POOL.decode(compressed, image, progress)
    _clean(image, layout)
    if out is None or image is out:
        return image
    out[...] = image
    return out


def read_coloured(found: DicomFile, frame: int, shape: tuple[int, int]) -> NDArray[Any]:
    """One frame of any photometric interpretation as pydicom gives it: colours as RGB, single bits as bytes.

    Returns
    -------
    ndarray of unsigned integers, shape (rows, columns) or (rows, columns, samples)
    """
    samples = whole(found.dataset, "SamplesPerPixel") or 1
    bits = 16 if (whole(found.dataset, "BitsAllocated") or 8) > 8 else 8
    picture = decoder.Frame(found.path, found.syntax, frame, (), *shape, bits, False, samples)
    return decoder.POOL.decode(picture)


def _read_native(found: DicomFile, layout: PixelFormat, frame: int, image: NDArray[Any]) -> None:
    size = layout.rows * layout.columns * layout.dtype.itemsize
    offset = (found.pixel_offset or 0) + frame * size
    truncated = said("{0}: truncated in image {1}. Copy it again.", found.path.name, frame + 1)
    if found.deflated is not None:
        if offset + size > len(found.deflated):
            raise ReadError(truncated)
        image[...] = np.frombuffer(found.deflated, layout.dtype, image.size, offset).reshape(image.shape)
        return
    try:
        with found.path.open("rb", buffering=0) as file:
            file.seek(offset)
            view = memoryview(image.reshape(-1).view(np.uint8).data)
            while view:
                count = file.readinto(view)
                if not count:
                    raise ReadError(truncated)
                view = view[count:]
    except FileNotFoundError:
        raise ReadError(said("{0}: the file is no longer there.", found.path.name)) from None
    except OSError as error:
        raise ReadError(
            said("{0}: cannot be read ({1}).", found.path.name, error.strerror or type(error).__name__)
        ) from None


def _clean(image: NDArray[Any], layout: PixelFormat) -> None:
    """Clear or extend the bits above Bits Stored, in place."""
    unused = layout.bits_allocated - layout.bits_stored
    if unused == 0:
        return
    if layout.signed:
        np.left_shift(image, unused, out=image)
        np.right_shift(image, unused, out=image)
    else:
        np.bitwise_and(image, image.dtype.type(layout.high), out=image)


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


def frames_wanted(files: Sequence[DicomFile], frames: Sequence[int] | None) -> list[tuple[DicomFile, int]]:
    """(file, frame) of each image; parameters as of `read_stack`."""
    if frames is None:
        frames = [0] * len(files)
    return list(zip(files if len(files) > 1 else [files[0]] * len(frames), frames, strict=True))


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
        The frame of each file; or the frames of the one file, in the order wanted.
    on_first : callable, optional
        Called with the middle image (rows, columns) as soon as it is read.
    mirror : bool
        Reverse the columns.
    """
    layout = pixel_format(files[0])
    wanted = frames_wanted(files, frames)
    check_alike(files, layout)
    name = files[0].path.name
    views = allocate((len(wanted), layout.rows, layout.columns), layout.dtype, name)

    def keep(index: int) -> None:
        found, frame = wanted[index]
        read_frame(found, frame, views[index], progress)
        if mirror:
            views[index] = views[index][:, ::-1].copy()

    middle = len(wanted) // 2
    progress.step(0.0, said("Reading images"))
    keep(middle)
    if on_first is not None:
        on_first(views[middle])
    rest = [index for index in range(len(wanted)) if index != middle]
    each_frame(rest, keep, layout, progress)
    return views


def each_frame(indices: Sequence[int], read: Callable[[int], object], layout: PixelFormat, progress: Progress) -> None:
    """Call ``read(index)`` for each frame, several at once; the first error ends it."""
    with ThreadPoolExecutor(THREADS if layout.native else decoder.PROCESSES) as threads:
        futures = [threads.submit(read, index) for index in indices]
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()
                progress.step(done / len(futures), said("Image {0} of {1}", done, len(futures)))
        finally:
            for future in futures:
                future.cancel()


def is_inverted(dataset: Any) -> bool:
    """MONOCHROME1: low values are bright. Presentation LUT Shape INVERSE only echoes it in DX and never adds to it."""
    return text(dataset, "PhotometricInterpretation").upper() == "MONOCHROME1"
