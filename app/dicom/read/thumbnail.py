"""Small pictures of series: one image is read, made small by area, windowed, bone white."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.model import SeriesEntry
from recon.errors import BocageError
from recon.messages import said


def thumbnail(entry: SeriesEntry, size: int = 128) -> NDArray[np.uint8]:
    """A small picture of a series.

    Parameters
    ----------
    entry : SeriesEntry
    size : int
        The longer side in pixels; small images are not enlarged.

    Returns
    -------
    ndarray of uint8, shape (rows, columns)
        Black where the series has no picture.

    Raises
    ------
    BocageError
        When its middle image cannot be read.
    """
    if entry.kind in ("document", "other"):
        return np.zeros((size, size), np.uint8)
    if entry.format != "dicom":
        from app.research import research_thumbnail

        image, inverted = research_thumbnail(entry)
    else:
        image, inverted = _dicom_image(entry)
    return render(image, inverted, size)


def _dicom_image(entry: SeriesEntry) -> tuple[NDArray[np.float32], bool]:
    from app.dicom.read.classify import is_coloured
    from app.dicom.read.colour import read_picture
    from app.dicom.read.pixels import is_inverted, pixel_format, read_frame
    from app.dicom.read.projections import meaning
    from app.dicom.read.safe import read_header, whole
    from app.dicom.read.stacks import frames_of
    from app.dicom.read.voi import modality, padding_mask

    places = entry.facts.get("places")
    file, frame = places[len(places) // 2] if places else (len(entry.files) // 2, -1)
    found = read_header(entry.files[file])
    if frame < 0:
        frame = frames_of(found) // 2 if len(entry.files) == 1 else 0
    if is_coloured(found.dataset) or whole(found.dataset, "BitsAllocated") == 1:
        seen = read_picture(found, frame)
        return np.asarray(seen.mean(axis=2) if seen.ndim == 3 else seen, np.float32), False
    layout = pixel_format(found)
    stored = read_frame(found, frame)
    image = modality(found.dataset, layout, frame).apply(stored)
    mask = padding_mask(stored, found.dataset)
    if mask is not None:
        image[mask] = np.nan
    if entry.kind != "projections":
        return image, is_inverted(found.dataset)
    means = meaning(found.dataset)
    return attenuation(image, means.kind == "counts", means.rising)


def attenuation(image: NDArray[np.float32], counts: bool, rising: bool = True) -> tuple[NDArray[np.float32], bool]:
    """Projections as attenuation (bone bright), and whether the picture is still to be inverted."""
    if counts and rising:
        # No counts at all: outside the detector's field, not the densest bone.
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(image > 0, -np.log(image), np.nan).astype(np.float32), False
    return image, not rising and not counts


def reduce(image: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Make an image small by block means; blocks without a value are NaN."""
    step = max(1, -(-max(image.shape) // size))
    rows, columns = (max(1, length // step) for length in image.shape)
    cut = image[: rows * step, : columns * step]
    if cut.shape != (rows * step, columns * step):
        return image
    blocks = cut.reshape(rows, step, columns, step)
    known = np.isfinite(blocks)
    if known.all():
        return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)
    count = known.sum(axis=(1, 3))
    total = np.where(known, blocks, 0.0).sum(axis=(1, 3))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / count, np.nan).astype(np.float32)


def render(image: NDArray[Any], inverted: bool, size: int) -> NDArray[np.uint8]:
    """A small 8-bit picture with a window over 2…98 %."""
    if image.ndim != 2 or 0 in image.shape:
        raise BocageError(said("A picture needs rows and columns, found an array of shape {0}.", tuple(image.shape)))
    small = reduce(np.asarray(image, dtype=np.float32), size)
    finite = small[np.isfinite(small)]
    if finite.size == 0:
        return np.zeros(small.shape, np.uint8)
    low, high = (float(value) for value in np.percentile(finite, (2, 98)))
    shown = np.clip((small - low) / max(high - low, 1e-12), 0.0, 1.0)
    if inverted:
        shown = 1.0 - shown
    return np.asarray(np.nan_to_num(shown, nan=0.0) * 255 + 0.5, dtype=np.uint8)
