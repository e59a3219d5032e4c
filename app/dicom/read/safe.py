"""Guarded reading of DICOM headers: bounded in bytes, elements, nesting and time, whatever the file claims.

A file's claims are never trusted: a length beyond the end of the file is refused before memory is set aside,
deflated data sets are inflated up to a limit, and every number goes through `number`.
"""

from __future__ import annotations

import io
import logging
import math
import struct
import time
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydicom
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset, read_file_meta_info
from pydicom.tag import Tag
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian

from app.dicom.read.model import ReadError
from recon.messages import said

# Readers' warnings quote the values that they complain about, and values may name the patient.
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module=r"pydicom\..*")

MAX_READS = 3_000_000
MAX_SECONDS = 20.0
MAX_INFLATED = 1 << 30
PIXEL_TAG = 0x7FE00010
PIXEL_TAGS = (0x7FE00008, 0x7FE00009, PIXEL_TAG)
UNDEFINED = 0xFFFFFFFF
DIRECTORY = "1.2.840.10008.1.3.10"


class _Bounded:
    """A binary file that refuses reads beyond its end, endless parsing and endless time."""

    mode = "rb"

    def __init__(self, file: Any, size: int, name: str) -> None:
        self._file, self._size, self.name = file, size, name
        self._reads, self._deadline = 0, time.monotonic() + MAX_SECONDS
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        self._reads += 1
        if self._reads & 0xFFF == 0 and (self._reads > MAX_READS or time.monotonic() > self._deadline):
            raise ReadError(said("{0}: its header has too many elements to be an image.", self.name))
        if count > 1 << 16 and count > self._size - self._file.tell():
            raise ReadError(
                said(
                    "{0}: an element of {1} bytes is announced, but the file ends before; it is truncated or damaged.",
                    self.name,
                    count,
                )
            )
        return bytes(self._file.read(count))

    def close(self) -> None:
        self._file.close()


@dataclass(frozen=True, eq=False)
class DicomFile:
    """A header and where its pixel data lie.

    Attributes
    ----------
    dataset : Dataset
        Without pixel data.
    pixel_offset : int or None
        Byte offset of the pixel data's value in the file; None without pixel data (or in a deflated file).
    pixel_length : int
        Announced length; 0xFFFFFFFF when encapsulated.
    """

    path: Path
    dataset: Dataset
    syntax: str
    pixel_offset: int | None
    pixel_length: int = 0
    deflated: bytes | None = None


def is_dicom(path: Path) -> bool:
    """Whether the file starts like a DICOM file (PS3.10: 128 bytes, then DICM)."""
    with path.open("rb") as file:
        return file.read(132)[128:] == b"DICM"


def read_header(path: Path, tags: Sequence[str | int] | None = None) -> DicomFile:
    """Read a DICOM header.

    Parameters
    ----------
    path : Path
    tags : sequence of str or int, optional
        Keywords to keep; None keeps all.

    Raises
    ------
    ReadError
        With a sentence that names the file, for anything that cannot be read safely.
    """
    name = path.name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = _read(path, list(tags) if tags is not None else None)
    except ReadError:
        raise
    except RecursionError:
        raise ReadError(said("{0}: its sequences are nested too deep to be an image.", name)) from None
    except MemoryError:
        raise ReadError(said("{0}: its header does not fit into memory.", name)) from None
    except FileNotFoundError:
        raise ReadError(said("{0}: the file is no longer there.", name)) from None
    except OSError as error:
        raise ReadError(said("{0}: cannot be read ({1}).", name, error.strerror or type(error).__name__)) from None
    except BaseException as error:
        # Compiled plug-ins report their panics as BaseException.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise ReadError(said("{0}: not a valid DICOM file ({1} while reading).", name, type(error).__name__)) from None
    if not text(result.dataset, "SOPClassUID") or not text(result.dataset, "SOPInstanceUID"):
        if is_directory(result):
            return result
        raise ReadError(said("{0}: it names no SOP class or instance; the file is truncated or damaged.", name))
    return result


def is_directory(found: DicomFile) -> bool:
    """Whether the file is a DICOMDIR."""
    return text(getattr(found.dataset, "file_meta", None) or Dataset(), "MediaStorageSOPClassUID") == DIRECTORY


def _read(path: Path, tags: list[Any] | None) -> DicomFile:
    size = path.stat().st_size
    if size == 0:
        raise ReadError(said("{0}: the file is empty.", path.name))
    if size < 140:
        raise ReadError(said("{0}: {1} bytes are too few for a DICOM file.", path.name, size))
    meta = read_file_meta_info(path)
    syntax = str(meta.get("TransferSyntaxUID", ""))
    if not syntax:
        raise ReadError(
            said("{0}: its transfer syntax is not stated, so its pixels cannot be read reliably.", path.name)
        )
    if syntax == DeflatedExplicitVRLittleEndian:
        return _read_deflated(path, meta, tags)
    with path.open("rb") as file:
        bounded = _Bounded(file, size, path.name)
        dataset: Any = pydicom.dcmread(bounded, stop_before_pixels=True, specific_tags=tags)
        at = file.tell()
        offset, length = _pixel_start(file, at, syntax)
    return DicomFile(path, dataset, syntax, offset, length)


def _pixel_start(file: Any, at: int, syntax: str) -> tuple[int | None, int]:
    file.seek(at)
    head = file.read(12)
    if len(head) < 8:
        return None, 0
    order = ">" if syntax == "1.2.840.10008.1.2.2" else "<"
    group, element = struct.unpack(order + "HH", head[:4])
    if (group << 16) + element not in PIXEL_TAGS:
        return None, 0
    if syntax == "1.2.840.10008.1.2":
        return at + 8, struct.unpack("<L", head[4:8])[0]
    if len(head) < 12:
        return None, 0
    return at + 12, struct.unpack(order + "L", head[8:12])[0]


def _read_deflated(path: Path, meta: Any, tags: list[Any] | None) -> DicomFile:
    raw = path.read_bytes()
    start = 132 + 12 + int(meta.FileMetaInformationGroupLength)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    body = inflater.decompress(raw[start:], MAX_INFLATED)
    if inflater.unconsumed_tail:
        raise ReadError(said("{0}: its deflated content is larger than {1} MiB.", path.name, MAX_INFLATED >> 20))
    stream = io.BytesIO(body)

    def stop(tag: Any, vr: str | None, length: int) -> bool:  # noqa: ARG001 - the signature it is called with
        return int(tag) in PIXEL_TAGS

    bounded = _Bounded(stream, len(body), path.name)
    dataset = read_dataset(
        bounded,
        is_implicit_VR=False,
        is_little_endian=True,
        stop_when=stop,
        specific_tags=None if tags is None else [Tag(tag) for tag in tags],
    )
    kept: Any = pydicom.dataset.FileDataset(str(path), dataset, file_meta=meta)
    offset, length = _pixel_start(stream, stream.tell(), ExplicitVRLittleEndian)
    return DicomFile(path, kept, str(DeflatedExplicitVRLittleEndian), offset, length, deflated=body)


def check_complete(found: DicomFile) -> None:
    """Refuse images whose pixel data are not all there.

    Raises
    ------
    ReadError
        Naming the bytes expected and found.
    """
    dataset, name = found.dataset, found.path.name
    rows, columns = whole(dataset, "Rows"), whole(dataset, "Columns")
    if not rows or not columns:
        if "Image Storage" in UID(text(dataset, "SOPClassUID")).name:
            raise ReadError(
                said("{0}: should hold an image, but the file ends before it; it is truncated or damaged.", name)
            )
        return
    if found.pixel_offset is None:
        raise ReadError(
            said(
                "{0}: describes an image of {1} × {2} pixels, but the file ends before the pixels.", name, rows, columns
            )
        )
    size = found.path.stat().st_size if found.deflated is None else len(found.deflated)
    if found.pixel_length == UNDEFINED:
        _check_fragments(found, size)
        return
    bits = whole(dataset, "BitsAllocated") or 16
    samples, frames = whole(dataset, "SamplesPerPixel") or 1, whole(dataset, "NumberOfFrames") or 1
    expected = (rows * columns * samples * frames * bits + 7) // 8
    there = min(found.pixel_length, size - found.pixel_offset)
    if there < expected:
        raise ReadError(
            said(
                "{0}: truncated; {1} bytes of pixels are expected, {2} are there. Copy it again.",
                name,
                expected,
                max(there, 0),
            )
        )


def _check_fragments(found: DicomFile, size: int) -> None:
    at = found.pixel_offset or 0
    with found.path.open("rb") as file:
        for _ in range(1_000_000):
            file.seek(at)
            head = file.read(8)
            if len(head) == 8:
                group, element, length = struct.unpack("<HHL", head)
                if (group, element) == (0xFFFE, 0xE0DD):
                    return
                if (group, element) == (0xFFFE, 0xE000) and at + 8 + length <= size:
                    at += 8 + length
                    continue
            break
    raise ReadError(said("{0}: truncated; its compressed pixel data have no end. Copy it again.", found.path.name))


# -- values ------------------------------------------------------------------------------------------------------------


def value(dataset: Any, keyword: str | int) -> Any:
    """An element's value or None; never raises."""
    try:
        found = dataset.get(keyword)
    except Exception:  # a value that its representation forbids
        return None
    return None if found is None or found == "" else found


def text(dataset: Any, keyword: str | int) -> str:
    """An element's value as text, "" when absent; several values are joined by a backslash."""
    found = value(dataset, keyword)
    if found is None:
        return ""
    try:
        if isinstance(found, list | pydicom.multival.MultiValue):
            return "\\".join(str(item) for item in found).strip()
        return str(found).replace("\x00", "").strip()
    except Exception:
        return ""


def words(dataset: Any, keyword: str) -> tuple[str, ...]:
    """An element's values as texts."""
    joined = text(dataset, keyword)
    return tuple(part.strip() for part in joined.split("\\")) if joined else ()


def numbers(dataset: Any, keyword: str) -> tuple[float, ...]:
    """An element's values as finite floats; () when absent or when one is not a finite number."""
    found = value(dataset, keyword)
    if found is None:
        return ()
    try:
        items = [float(item) for item in (found if isinstance(found, list | pydicom.multival.MultiValue) else [found])]
    except (TypeError, ValueError, OverflowError):
        return ()
    return tuple(items) if all(math.isfinite(item) for item in items) else ()


def number(dataset: Any, keyword: str, low: float = -math.inf, high: float = math.inf) -> float | None:
    """The first value as a finite float in [low, high], or None; never raises."""
    found = numbers(dataset, keyword)
    return found[0] if found and low <= found[0] <= high else None


def whole(dataset: Any, keyword: str) -> int | None:
    """The first value as an int, or None."""
    found = number(dataset, keyword, -(2.0**53), 2.0**53)
    return None if found is None else int(found)


def item(dataset: Any, keyword: str, index: int = 0) -> Any:
    """An item of a sequence, or an empty data set; never raises."""
    found = value(dataset, keyword)
    try:
        return found[index] if found is not None and len(found) > index else Dataset()
    except Exception:
        return Dataset()


def items(dataset: Any, keyword: str) -> list[Any]:
    """The items of a sequence, [] when absent."""
    found = value(dataset, keyword)
    try:
        return list(found) if found is not None else []
    except Exception:
        return []
