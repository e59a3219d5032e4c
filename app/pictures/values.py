"""A slice's values as a 16-bit image, with what is needed to get them back and the size of its pixels. No Qt."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.replacing import replacing

MOST = 65535
Kind = Literal["tiff", "png"]


@dataclass(frozen=True)
class Scaled:
    """Values as 16-bit numbers.

    Attributes
    ----------
    pixels : ndarray of uint16, shape (rows, columns)
        0 where there is nothing (NaN); values begin at 1.
    slope, intercept : float
        A value is ``pixels × slope + intercept``.
    """

    pixels: NDArray[np.uint16]
    slope: float
    intercept: float


def scaled(values: NDArray[np.float32], low: float | None = None, high: float | None = None) -> Scaled:
    """Spread values over 16 bits.

    Parameters
    ----------
    values : ndarray of float, shape (rows, columns)
    low, high : float, optional
        Values of the ends (a window's edges); the least and the greatest value if not given. Beyond them is clipped.
    """
    finite = values[np.isfinite(values)]
    low = float(finite.min()) if low is None and finite.size else (low or 0.0)
    high = float(finite.max()) if high is None and finite.size else (high or 0.0)
    slope = (high - low) / (MOST - 1) if high > low else 1.0
    steps = np.rint((np.nan_to_num(values, nan=low).astype(np.float64) - low) / slope)
    pixels = (np.clip(steps, 0, MOST - 1) + 1).astype(np.uint16)
    pixels[~np.isfinite(values)] = 0
    return Scaled(pixels, slope, low - slope)


def write_values(
    path: Path, kind: Kind, image: Scaled, pixel_mm: tuple[float, float] | None, facts: dict[str, object]
) -> None:
    """Write a 16-bit image.

    Parameters
    ----------
    image : Scaled
    pixel_mm : (dx, dy) or None
        Size of a pixel, in the file's resolution; None where nothing gives a scale.
    facts : dict
        Written as JSON into the description (TIFF) or a text (PNG), with ``slope`` and ``intercept``.

    Raises
    ------
    BocageError
        The file could not be written.
    """
    facts = {"slope": image.slope, "intercept": image.intercept, "nothing": 0, **facts}
    with replacing(path) as part:
        if kind == "tiff":
            import tifffile

            resolution = (10 / pixel_mm[0], 10 / pixel_mm[1]) if pixel_mm is not None else None
            tifffile.imwrite(
                part,
                image.pixels,
                photometric="minisblack",
                description=json.dumps(facts),
                resolution=resolution,
                resolutionunit="CENTIMETER" if resolution is not None else None,
                compression="zlib",
                metadata=None,
            )
        else:
            part.write_bytes(_png(image.pixels, pixel_mm, json.dumps(facts)))


def _png(pixels: NDArray[np.uint16], pixel_mm: tuple[float, float] | None, text: str) -> bytes:
    """A greyscale PNG of 16 bits (ISO/IEC 15948): header, physical size, text, pixels, end."""
    rows, columns = pixels.shape
    lines = np.zeros((rows, 1 + 2 * columns), np.uint8)
    lines[:, 1:] = pixels.astype(">u2").view(np.uint8)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 16, 0, 0, 0, 0))]
    if pixel_mm is not None:
        per_metre = [round(1000 / size) for size in pixel_mm]
        parts.append(chunk(b"pHYs", struct.pack(">IIB", *per_metre, 1)))
    parts.append(chunk(b"iTXt", b"Description\0\0\0\0\0" + text.encode("utf-8")))
    parts += [chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)), chunk(b"IEND", b"")]
    return b"".join(parts)
