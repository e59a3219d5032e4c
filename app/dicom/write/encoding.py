"""How pixel data are stored: uncompressed, or without loss by JPEG-LS, HTJ2K or RLE, frame by frame.

Frames are compressed on several threads, a few ahead of what is being written, so that memory holds a few frames and
not the volume. One frame is one fragment (PS3.5 A.4); the offset table is the basic one, which every station reads, and
the extended one (PS3.3 C.7.6.3.1.8) where offsets do not fit 32 bits.
"""

from __future__ import annotations

import os
import struct
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from recon.errors import BocageError
from recon.messages import mark, said

LARGEST = 0xFFFFFFFE
"""Bytes of an uncompressed Pixel Data element (PS3.5 7.1)."""
BASIC_TABLE_BYTES = 3 << 30
"""Of uncompressed pixels: beyond, compressed offsets might not fit the basic table, and the extended one is written."""
_ITEM = struct.pack("<HH", 0xFFFE, 0xE000)
_END = struct.pack("<HHL", 0xFFFE, 0xE0DD, 0)


class Encoding(StrEnum):
    """Transfer syntaxes that are written."""

    NONE = "uncompressed"
    JPEG_LS = "jpeg-ls"
    HTJ2K = "htj2k"
    RLE = "rle"

    @property
    def syntax(self) -> str:
        """Transfer Syntax UID."""
        return {
            "uncompressed": "1.2.840.10008.1.2.1",
            "jpeg-ls": "1.2.840.10008.1.2.4.80",
            "htj2k": "1.2.840.10008.1.2.4.201",
            "rle": "1.2.840.10008.1.2.5",
        }[self]

    @property
    def label(self) -> str:
        """What it is called."""
        return {
            "uncompressed": mark("Uncompressed"),
            "jpeg-ls": "JPEG-LS",
            "htj2k": "High-Throughput JPEG 2000",
            "rle": "RLE",
        }[self]

    @property
    def purpose(self) -> str:
        """When to choose it, in one line."""
        return {
            "uncompressed": mark("Every station opens it."),
            "jpeg-ls": mark("Smaller by a quarter to a half, without loss. Most stations open it."),
            "htj2k": mark("Smaller by a quarter to a half, without loss, fast to open. Only new stations read it."),
            "rle": mark("Without loss, hardly smaller where there is noise. Old stations open it."),
        }[self]


def encode(image: NDArray[np.uint16], encoding: Encoding) -> bytes:
    """One frame, of even length (PS3.5 8.2, A.4)."""
    if encoding is Encoding.NONE:
        return np.ascontiguousarray(image, dtype="<u2").tobytes()
    image = np.ascontiguousarray(image, dtype=np.uint16)
    if encoding is Encoding.RLE:
        from pydicom.pixels.encoders import RLELosslessEncoder

        coded = RLELosslessEncoder.encode(
            image,
            encoding_plugin="pylibjpeg",
            rows=image.shape[0],
            columns=image.shape[1],
            number_of_frames=1,
            samples_per_pixel=1,
            bits_allocated=16,
            bits_stored=16,
            pixel_representation=0,
            photometric_interpretation="MONOCHROME2",
        )
    else:
        import imagecodecs

        if encoding is Encoding.JPEG_LS:
            coded = bytes(imagecodecs.jpegls_encode(image, level=0))
        else:
            coded = bytes(imagecodecs.htj2k_encode(image, reversible=True))
    return coded if len(coded) % 2 == 0 else coded + b"\0"


def encoded(images: Iterable[NDArray[np.uint16]], encoding: Encoding, threads: int | None = None) -> Iterator[bytes]:
    """Frames in their order, compressed in parallel; at most twice as many as threads are held."""
    if encoding is Encoding.NONE:
        yield from (encode(image, encoding) for image in images)
        return
    workers = threads or max(1, min(8, os.cpu_count() or 1))
    pending: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="encode") as pool:
        try:
            for image in images:
                pending.append(pool.submit(encode, image, encoding))
                if len(pending) >= 2 * workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()


def check_size(shape: tuple[int, int], frames: int, encoding: Encoding) -> None:
    """Refuse what an uncompressed element cannot hold.

    Raises
    ------
    BocageError
    """
    size = 2 * shape[0] * shape[1] * frames
    if encoding is Encoding.NONE and size > LARGEST:
        raise BocageError(
            said(
                "{0} slices of {1} × {2} pixels are {3:.1f} GB, but an uncompressed DICOM object holds at most 4.3 GB. "
                "Choose compression, fewer slices, or one file for each slice.",
                frames,
                shape[0],
                shape[1],
                size / 1e9,
            )
        )


def write_pixels(
    path: Path,
    data: Any,
    frames: Iterable[bytes],
    count: int,
    encoding: Encoding,
    *,
    table_bytes: int = BASIC_TABLE_BYTES,
) -> None:
    """Write a data set and, after it, its pixel data frame by frame.

    Parameters
    ----------
    data : Dataset
        Without pixel data, with its file meta information; no element may follow the pixel data.
    frames : iterable of bytes
        As `encode` gives them; `count` of them.
    table_bytes : int
        Uncompressed size from which the extended offset table is written.
    """
    frame_bytes = 2 * int(data.Rows) * int(data.Columns)
    extended = encoding is not Encoding.NONE and frame_bytes * count >= table_bytes
    if extended:  # filled in once the lengths are known
        data.add_new("ExtendedOffsetTable", "OV", bytes(8 * count))
        data.add_new("ExtendedOffsetTableLengths", "OV", bytes(8 * count))
    data.save_as(path, enforce_file_format=True)
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        if encoding is Encoding.NONE:
            file.write(struct.pack("<HH2sHL", 0x7FE0, 0x0010, b"OW", 0, frame_bytes * count))
            for frame in frames:
                file.write(frame)
            return
        file.write(struct.pack("<HH2sHL", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF))
        basic = file.tell() + 8
        file.write(_ITEM + struct.pack("<L", 0 if extended else 4 * count) + bytes(0 if extended else 4 * count))
        offsets, lengths = _write_items(file, frames)
        file.write(_END)
        if extended:
            file.seek(end - 8 * count)
            file.write(np.array(lengths, "<u8").tobytes())
            file.seek(end - 16 * count - 12)
            file.write(np.array(offsets, "<u8").tobytes())
        else:
            file.seek(basic)
            file.write(np.array(offsets, "<u4").tobytes())


def _write_items(file: IO[bytes], frames: Iterable[bytes]) -> tuple[list[int], list[int]]:
    start = file.tell()
    offsets, lengths = [], []
    for frame in frames:
        offsets.append(file.tell() - start)
        lengths.append(len(frame))
        file.write(_ITEM + struct.pack("<L", len(frame)))
        file.write(frame)
    return offsets, lengths
