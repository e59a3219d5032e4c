"""Pixels that are not one value each: colours (RGB, YBR, palette) and single bits; for looking at only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from app.dicom.read.pixels import read_coloured
from app.dicom.read.pixels import read_coloured
from app.dicom.read.safe import DicomFile, numbers, text, value, whole
from recon.messages import said

MAX_FRAME_BYTES = 1 << 30


def frame_shape(found: DicomFile) -> tuple[int, int]:
    """Rows and columns of the frames; refuses what cannot be held."""
    dataset, name = found.dataset, found.path.name
    rows, columns = whole(dataset, "Rows") or 0, whole(dataset, "Columns") or 0
    samples = whole(dataset, "SamplesPerPixel") or 1
    bits = whole(dataset, "BitsAllocated") or 8
    if rows < 1 or columns < 1:
        raise ReadError(said("{0}: holds no image (it states neither rows nor columns).", name))
    if samples not in (1, 3, 4) or bits not in (1, 8, 16):
        raise ReadError(said("{0}: {1} samples of {2} bits per pixel are no picture known here.", name, samples, bits))
    if rows * columns * samples * max(bits, 8) // 8 > MAX_FRAME_BYTES:
        raise ReadError(said("{0}: a picture of {1} × {2} pixels is too large to be shown.", name, rows, columns))
    return rows, columns


def read_picture(found: DicomFile, frame: int = 0) -> NDArray[Any]:
    """One frame as it is to be seen.

    Parameters
    ----------
    found : DicomFile
    frame : int
        From 0.

    Returns
    -------
    ndarray of uint8, shape (rows, columns, 3) or (rows, columns)
        Red, green and blue; or 0 and 255 for single bits.

    Raises
    ------
    ReadError
        Whatever the decoder does.
    """
    shape = frame_shape(found)
    return _coloured(found, read_coloured(found, frame, shape))


def _coloured(found: DicomFile, image: NDArray[Any]) -> NDArray[Any]:
    """8-bit red, green and blue; the decoder has brought YBR to RGB (PS3.3 C.7.6.3.1.2)."""
    dataset = found.dataset
    if whole(dataset, "BitsAllocated") == 1:
        return (image != 0).astype(np.uint8) * np.uint8(255)
    if text(dataset, "PhotometricInterpretation").upper() == "PALETTE COLOR":
        return _palette(found, image)
    if image.ndim == 3 and image.shape[-1] == 4:
        image = image[..., :3]
    if image.dtype.itemsize == 1:
        return image.astype(np.uint8, copy=False)
    top = (1 << (whole(dataset, "BitsStored") or 16)) - 1
    return np.asarray(np.clip(image.astype(np.float32) * (255.0 / top) + 0.5, 0, 255), np.uint8)


def _palette(found: DicomFile, image: NDArray[Any]) -> NDArray[Any]:
    """Through the file's three tables (PS3.3 C.7.9)."""
    dataset = found.dataset
    channels = []
    for colour in ("Red", "Green", "Blue"):
        descriptor = numbers(dataset, f"{colour}PaletteColorLookupTableDescriptor")
        data = value(dataset, f"{colour}PaletteColorLookupTableData")
        if len(descriptor) != 3 or not isinstance(data, bytes):
            raise ReadError(said("{0}: its colour table is damaged or missing.", found.path.name))
        count, first, bits = (int(part) for part in descriptor)
        count = 65536 if count == 0 else count
        packed = bits == 8 and len(data) in (count, count + 1)
        table = np.frombuffer(data[: len(data) // 2 * 2] if not packed else data, "u1" if packed else "<u2")[:count]
        if table.size < count:
            raise ReadError(said("{0}: its colour table is damaged or missing.", found.path.name))
        # 8-bit entries may be written into words, and 16-bit ones may use the low byte alone.
        shift = 8 if bits == 16 and int(table.max(initial=0)) > 255 else 0
        index = np.clip(image.astype(np.int64) - first, 0, count - 1)
        channels.append((table >> shift).astype(np.uint8)[index])
    return np.stack(channels, axis=-1)
