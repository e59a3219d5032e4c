"""Shapes and contents of .npz, .npy and TIFF files, without trusting them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from app.dicom.read.model import ReadError
from recon.messages import said

MAX_BYTES = 24 << 30


def _npy_header(file: Any) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = npy.read_magic(file)
    reader = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = reader(file)
    return tuple(shape), dtype


def describe_npz(path: Path) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Shape and dtype of each array, from the headers alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = {}
            for name in archive.namelist():
                if name.endswith(".npy"):
                    with archive.open(name) as file:
                        arrays[name[:-4]] = _npy_header(file)
            return arrays
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ReadError(
            said("{0}: not a readable .npz file ({1}); copy or save it again.", path.name, type(error).__name__)
        ) from None


def describe_npy(path: Path) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and dtype of a .npy file."""
    try:
        with path.open("rb") as file:
            shape, dtype = _npy_header(file)
            start = file.tell()
    except (OSError, ValueError, EOFError) as error:
        raise ReadError(said("{0}: not a readable .npy file ({1}).", path.name, type(error).__name__)) from None
    expected = int(np.prod(shape, dtype=np.float64)) * dtype.itemsize
    if path.stat().st_size - start < expected:
        raise ReadError(said("{0}: truncated; {1} bytes are expected. Copy it again.", path.name, expected))
    return shape, dtype


def check_size(path: Path, shape: Sequence[int], dtype: np.dtype[Any]) -> None:
    """Refuse arrays that cannot be in memory, and such that are not real numbers."""
    if dtype.kind not in "iufb":
        raise ReadError(said("{0}: holds {1}; real numbers are expected.", path.name, dtype))
    size = float(np.prod(shape, dtype=np.float64)) * dtype.itemsize
    if size > MAX_BYTES:
        raise ReadError(
            said("{0}: an array of {1:.1f} GiB is announced; that is more than is opened.", path.name, size / 2**30)
        )


def read_npz(path: Path, key: str) -> NDArray[Any]:
    """One array of an .npz file; never unpickles."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return np.asarray(archive[key])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, MemoryError, NotImplementedError) as error:
        raise ReadError(
            said('{0}: its array "{1}" cannot be read ({2}).', path.name, key, type(error).__name__)
        ) from None
    except Exception as error:  # zlib.error and its like
        raise ReadError(said('{0}: its array "{1}" is damaged ({2}).', path.name, key, type(error).__name__)) from None


def read_scalar(path: Path, key: str) -> Any:
    """A number or a text kept in an .npz file."""
    found = read_npz(path, key)
    if found.size != 1 or found.dtype.kind not in "iufUS":
        raise ReadError(
            said('{0}: "{1}" must be one number or one word, found {2} {3}.', path.name, key, found.dtype, found.shape)
        )
    single = found.reshape(-1)[0]
    return single.decode("ascii", "replace") if isinstance(single, bytes) else single


def read_npy(path: Path) -> NDArray[Any]:
    """A .npy file; never unpickles."""
    try:
        return np.asarray(np.load(path, allow_pickle=False))
    except (OSError, ValueError, EOFError, MemoryError) as error:
        raise ReadError(said("{0}: cannot be read ({1}).", path.name, type(error).__name__)) from None


def describe_tiff(path: Path) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape (pages, rows, columns) or (rows, columns), and dtype, of a TIFF's first series."""
    import tifffile

    try:
        with tifffile.TiffFile(path) as tiff:
            if len(tiff.series) > 1 and len({page.shape for page in tiff.pages}) == 1:
                first = tiff.pages[0]
                return (len(tiff.pages), *first.shape), np.dtype(first.dtype)
            series = tiff.series[0]
            return tuple(series.shape), np.dtype(series.dtype)
    except Exception as error:
        raise ReadError(said("{0}: not a readable TIFF file ({1}).", path.name, type(error).__name__)) from None


def read_tiff(path: Path, page: int | None = None) -> NDArray[Any]:
    """All pages, or one."""
    import tifffile

    try:
        if page is not None:
            return np.asarray(tifffile.imread(path, key=page))
        shape, _ = describe_tiff(path)
        image = np.asarray(tifffile.imread(path, key=slice(None)))
        return image.reshape(shape)
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(
            said("{0}: cannot be decoded ({1}); save it uncompressed or with deflate.", path.name, type(error).__name__)
        ) from None
