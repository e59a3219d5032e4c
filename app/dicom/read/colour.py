"""Pixels that are not one value each: colours (RGB, YBR, palette) and single bits; for looking at only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from app.dicom.read.pixels import read_coloured
from app.dicom.read.safe import DicomFile, numbers, text, value, whole
from recon.messages import said

MAX_FRAME_BYTES = 1 << 30
BIG_ENDIAN = "1.2.840.10008.1.2.2"


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
        table, order = None, ">" if found.syntax == BIG_ENDIAN else "<"
        if len(descriptor) == 3:
            count, first, bits = (int(part) for part in descriptor)
            count = 65536 if count == 0 else count
            plain = value(dataset, f"{colour}PaletteColorLookupTableData")
            segments = value(dataset, f"Segmented{colour}PaletteColorLookupTableData")
            if isinstance(plain, bytes):
                table = _entries(plain, count, bits, order)
            elif isinstance(segments, bytes):
                table = expanded(segments, count, bits, order)
        if table is None or table.size < count or count < 1:
            raise ReadError(said("{0}: its colour table is damaged or missing.", found.path.name))
        # 16-bit entries may use the low byte alone.
        shift = 8 if bits == 16 and int(table.max(initial=0)) > 255 else 0
        index = np.clip(image.astype(np.int64) - first, 0, count - 1)
        channels.append((table >> shift).astype(np.uint8)[index])
    return np.stack(channels, axis=-1)


def _entries(data: bytes, count: int, bits: int, order: str) -> NDArray[Any]:
    """A table as it is stored; 8-bit entries may be written into words."""
    packed = bits == 8 and len(data) in (count, count + 1)
    return np.frombuffer(data if packed else data[: len(data) // 2 * 2], "u1" if packed else f"{order}u2")[:count]


def expanded(data: bytes, count: int, bits: int, order: str = "<") -> NDArray[Any] | None:
    """A segmented table written out (PS3.3 C.7.9.2), never longer than `count`; None when it is damaged.

    Segments are discrete (0), linear to a value (1), or copies of earlier segments (2).
    """
    words = np.frombuffer(data if bits == 8 else data[: len(data) // 2 * 2], "u1" if bits == 8 else f"{order}u2")
    out: list[int] = []
    repeats = count  # of segments that are copies, so that no table runs for ever

    def run(at: int, segments: int) -> int | None:
        nonlocal repeats
        while at + 2 <= words.size and segments > 0 and len(out) < count:
            code, length = int(words[at]), int(words[at + 1])
            segments -= 1
            if code == 0:
                out.extend(int(word) for word in words[at + 2 : at + 2 + length][: count - len(out)])
                at += 2 + length
            elif code == 1 and out and at + 3 <= words.size and length > 0:
                steps = np.linspace(out[-1], int(words[at + 2]), length + 1)[1:]
                out.extend(round(float(step)) for step in steps[: count - len(out)])
                at += 3
            elif code == 2 and at + 4 <= words.size:
                low, high = int(words[at + 2]), int(words[at + 3])
                place = (low | high << (8 if bits == 8 else 16)) // (1 if bits == 8 else 2)
                repeats -= 1
                if repeats < 0 or place >= at or run(place, length) is None:
                    return None
                at += 4
            else:
                return None
        return at

    if run(0, words.size) is None or len(out) < count:
        return None
    return np.array(out, np.uint16)
