"""Guarded reading of DICOM headers: bounded in bytes, elements, nesting and time, whatever the file claims.

A file's claims are never trusted: `elements` walks through the data set first, deflated data sets are inflated up to a
limit, and every number goes through `number`.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pydicom
from pydicom.charset import convert_encodings, default_encoding
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filereader import read_sequence
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian
from pydicom.values import convert_string

from app.dicom.read.elements import MAX_HEADER, UNDEFINED, Element, FileSource, Outline, Source, Walker
from app.dicom.read.model import ReadError
from recon.memory import available_bytes
from recon.messages import said

# Readers' warnings quote the values that they complain about, and values may name the patient.
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module=r"pydicom\..*")

MAX_INFLATED = 256 << 20
"""Deflated data sets may become larger only as far as the image that they describe asks for it."""
INFLATE_STEP = 1 << 20
MAX_FRAMES, MAX_FRAGMENTS = 65_536, 1_000_000
CODESTREAMS = (b"\xff\xd8\xff", b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0c")
"""Of JPEG and JPEG-LS, of JPEG 2000 without and with a box around it."""
HEADER_BLOCK = 1 << 20
IMPLICIT, BIG_ENDIAN = "1.2.840.10008.1.2", "1.2.840.10008.1.2.2"
DIRECTORY = "1.2.840.10008.1.3.10"
CHARACTER_SET = 0x00080005


class _Inflated:
    """A deflated data set, inflated as far as it is asked for and no further than its limit."""

    def __init__(self, file: Any, at: int, name: str) -> None:
        file.seek(at)
        self._file, self._name = file, name
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self.data = bytearray()
        self.limit = MAX_INFLATED
        self.ended = False
        self.size = 1 << 62  # not known before the end

    def fetch(self, at: int, count: int) -> bytes:
        """So many bytes from a place on."""
        if at > self.limit:  # as lengths say; nothing need be inflated to refuse that
            raise self._too_large()
        self.inflate(at + count)
        return bytes(self.data[at : at + count])

    def inflate(self, length: int) -> None:
        """Inflate until there are so many bytes, or to the end."""
        while len(self.data) < length and not self.ended:
            packed = self._inflater.unconsumed_tail or self._file.read(INFLATE_STEP)
            step = self._inflater.decompress(packed, INFLATE_STEP)
            self.data += step
            if self._inflater.eof or (not packed and not step):
                self.ended, self.size = True, len(self.data)
            if len(self.data) > self.limit:
                raise self._too_large()

    def _too_large(self) -> ReadError:
        return ReadError(said("{0}: its deflated content is larger than {1} MiB.", self._name, self.limit >> 20))


Parts = tuple[tuple[int, int], ...]
"""(offset, length) in the file of each fragment of a frame."""


@dataclass(frozen=True, eq=False)
class DicomFile:
    """A header and where its pixel data lie.

    Attributes
    ----------
    dataset : Dataset
        Without pixel data.
    pixel_offset : int or None
        Byte offset of the pixel data's value in the file (in the inflated data set of a deflated file); None without
        pixel data.
    pixel_length : int
        Announced length; 0xFFFFFFFF when encapsulated.
    deflated : bytes or None
        The inflated data set, when the whole of a deflated file was read.
    size : int
        Of the file, or of the inflated data set.
    """

    path: Path
    dataset: Dataset
    syntax: str
    pixel_offset: int | None
    pixel_length: int = 0
    deflated: bytes | None = None
    size: int = 0

    @cached_property
    def parts(self) -> list[Parts]:
        """The fragments of each frame of encapsulated pixel data, from one look at the heads of all fragments."""
        return frame_parts(self)


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
        result = _read(path, None if tags is None else _numbers_of(tuple(tags)))
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
    except Exception as error:
        raise ReadError(said("{0}: not a valid DICOM file ({1} while reading).", name, type(error).__name__)) from None
    if not text(result.dataset, "SOPClassUID") or not text(result.dataset, "SOPInstanceUID"):
        if is_directory(result):
            return result
        raise ReadError(said("{0}: it names no SOP class or instance; the file is truncated or damaged.", name))
    return result


def is_directory(found: DicomFile) -> bool:
    """Whether the file is a DICOMDIR."""
    return text(getattr(found.dataset, "file_meta", None) or Dataset(), "MediaStorageSOPClassUID") == DIRECTORY


@lru_cache(maxsize=64)
def _numbers_of(tags: tuple[str | int, ...]) -> frozenset[int]:
    return frozenset({CHARACTER_SET, *(int(Tag(tag)) for tag in tags)})


def _read(path: Path, wanted: frozenset[int] | None) -> DicomFile:
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        if size == 0:
            raise ReadError(said("{0}: the file is empty.", path.name))
        if size < 140:
            raise ReadError(said("{0}: {1} bytes are too few for a DICOM file.", path.name, size))
        source: Source = FileSource(file, size)
        if source.fetch(128, 4) != b"DICM":
            raise ReadError(said("{0}: no DICOM file (the preamble of PS3.10 is missing).", path.name))
        outline = Walker(source, path.name).outline(132, False, stop=lambda tag: tag >> 16 != 2)
        meta = FileMetaDataset(_values(source, outline, True, None, path.name))
        syntax = text(meta, "TransferSyntaxUID")
        if not syntax:
            raise ReadError(
                said(
                    "{0}: its transfer syntax is not stated, so its pixels cannot be read reliably. Write it again "
                    "with one, or ask for another export.",
                    path.name,
                )
            )
        start, little = outline.end, syntax != BIG_ENDIAN
        packed = _Inflated(file, start, path.name) if syntax == DeflatedExplicitVRLittleEndian else None
        if packed is not None:
            source, start = packed, 0
        walker = Walker(source, path.name, little, wanted)
        outline = walker.outline(start, syntax == IMPLICIT)
        values = _values(source, outline, little, wanted, path.name)
        dataset: Any = FileDataset(path, values, None, meta, outline.implicit, little)
        # As `pydicom.dcmread` leaves it: texts and sequences are converted by it later.
        dataset.set_original_encoding(outline.implicit, little, _encoding(values))
        pixels = outline.pixels
        body = None
        if packed is not None:
            _inflate_rest(packed, dataset, pixels)
            # Many headers are kept while a folder is searched, which looks at no pixels.
            body = bytes(packed.data) if wanted is None else None
            size = len(packed.data)
    at, length = (None, 0) if pixels is None else (pixels.at, pixels.length)
    return DicomFile(path, dataset, syntax, at, length, body, size)


def _inflate_rest(packed: _Inflated, dataset: Any, pixels: Element | None) -> None:
    """Inflate the pixels, of which there may be as many as the image has."""
    if pixels is None or pixels.length == UNDEFINED:
        return
    with contextlib.suppress(ReadError):  # refused where the image is looked at
        packed.limit = max(packed.limit, min(pixels.at + stated_bytes(dataset) + 1, available_bytes() // 4))
    packed.fetch(pixels.at + pixels.length, 0)


def _values(
    source: Source, outline: Outline, little: bool, wanted: frozenset[int] | None, name: str
) -> dict[BaseTag, RawDataElement | DataElement]:
    """The elements of an outline with their values, as pydicom reads them."""
    kept = [element for element in outline.elements if wanted is None or element.tag in wanted]
    if sum(element.end - element.at for element in kept) > MAX_HEADER:
        raise ReadError(said("{0}: its header takes more than {1} MiB.", name, MAX_HEADER >> 20))
    first = kept[0].at if kept else 0
    block = source.fetch(first, outline.end - first) if outline.end - first <= HEADER_BLOCK else None
    encoding: Any = default_encoding
    found: dict[BaseTag, RawDataElement | DataElement] = {}
    for element in kept:
        at, length = element.at, element.length
        tag, vr = BaseTag(element.tag), element.vr
        end = element.end if length == UNDEFINED else at + length
        data = block[at - first : end - first] if block is not None else source.fetch(at, end - at)
        implicit = outline.implicit or vr is None
        if length == UNDEFINED and vr not in ("OB", "OW"):
            items = read_sequence(io.BytesIO(data), implicit, little, UNDEFINED, encoding)
            found[tag] = DataElement(tag, "SQ", items, at, is_undefined_length=True)
            continue
        found[tag] = RawDataElement(tag, vr, length, data, at, implicit, little)
        if tag == CHARACTER_SET:
            with contextlib.suppress(Exception):  # a character set that nobody knows: the default one
                encoding = convert_encodings(convert_string(data, little))
    return found


def _encoding(values: dict[BaseTag, RawDataElement | DataElement]) -> Any:
    element = values.get(BaseTag(CHARACTER_SET))
    try:
        return default_encoding if element is None else convert_encodings(convert_string(element.value or b"", True))
    except Exception:
        return default_encoding


# -- is everything there? ----------------------------------------------------------------------------------------------


def stated_bytes(dataset: Any) -> int:
    """Bytes of uncompressed pixels that a header announces; 0 where it describes no image."""
    rows, columns = whole(dataset, "Rows") or 0, whole(dataset, "Columns") or 0
    bits = whole(dataset, "BitsAllocated") or 16
    samples, frames = whole(dataset, "SamplesPerPixel") or 1, whole(dataset, "NumberOfFrames") or 1
    if samples == 3 and text(dataset, "PhotometricInterpretation").upper().endswith("_422"):
        samples = 2  # two pixels share their colour
    return max(0, (rows * columns * samples * frames * bits + 7) // 8)


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
    frames = whole(dataset, "NumberOfFrames") or 1
    if frames > MAX_FRAMES:
        raise ReadError(said("{0}: {1} frames are more than an image has.", name, frames))
    if found.pixel_length == UNDEFINED:
        _fragments(found)
        return
    expected = stated_bytes(dataset)
    there = min(found.pixel_length, found.size - found.pixel_offset)
    if there < expected:
        raise ReadError(
            said(
                "{0}: truncated; {1} bytes of pixels are expected, {2} are there. Copy it again.",
                name,
                expected,
                max(there, 0),
            )
        )


def frame_parts(found: DicomFile) -> list[Parts]:
    """Which fragments belong to which frame (PS3.5 A.4, PS3.3 C.7.6.3.1.8).

    As many fragments as frames are one each. Otherwise the Basic or the Extended Offset Table says where frames begin;
    without them, a fragment that begins like a codestream begins a frame.

    Raises
    ------
    ReadError
        When the fragments have no end, or cannot be told apart.
    """
    table, fragments, frames = _fragments(found)
    name = found.path.name
    if frames == 1:
        return [tuple(fragments)]
    if len(fragments) == frames:
        return [(fragment,) for fragment in fragments]
    first = fragments[0][0] - 8
    places = {offset - 8 - first: index for index, (offset, _) in enumerate(fragments)}
    for offsets in (_basic_offsets(found, table), _extended_offsets(found.dataset), _codestreams(found, fragments)):
        begins = [places.get(offset, -1) for offset in offsets]
        if len(begins) == frames and begins[0] == 0 and all(a < b for a, b in pairwise(begins)):
            return [tuple(fragments[a:b]) for a, b in pairwise([*begins, len(fragments)])]
    raise ReadError(
        said("{0}: its {1} compressed pieces cannot be divided into {2} images.", name, len(fragments), frames)
    )


def _fragments(found: DicomFile) -> tuple[tuple[int, int], list[tuple[int, int]], int]:
    """Basic Offset Table, fragments and number of frames; refused when there are fewer fragments than frames."""
    table, fragments = encapsulated(found)
    frames = max(1, whole(found.dataset, "NumberOfFrames") or 1)
    if len(fragments) < frames:
        raise ReadError(
            said(
                "{0}: truncated; {1} images are announced, {2} are there. Copy it again.",
                found.path.name,
                frames,
                len(fragments),
            )
        )
    return table, fragments, frames


def _basic_offsets(found: DicomFile, table: tuple[int, int]) -> list[int]:
    at, length = table
    with found.path.open("rb") as file:
        file.seek(at)
        data = file.read(min(length, 4 * MAX_FRAMES))
    return list(struct.unpack(f"<{len(data) // 4}L", data[: len(data) // 4 * 4]))


def _extended_offsets(dataset: Any) -> list[int]:
    data = value(dataset, "ExtendedOffsetTable")
    if not isinstance(data, bytes):
        return []
    return list(struct.unpack(f"<{len(data) // 8}Q", data[: len(data) // 8 * 8]))


def _codestreams(found: DicomFile, fragments: Sequence[tuple[int, int]]) -> list[int]:
    first = fragments[0][0]
    begins = []
    with found.path.open("rb", buffering=512) as file:
        for offset, _ in fragments:
            file.seek(offset)
            if file.read(4).startswith(CODESTREAMS):
                begins.append(offset - first)
    return begins


def encapsulated(found: DicomFile) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """Where the Basic Offset Table's value and the fragments' values lie (PS3.5 A.4): (offset, length) each.

    Raises
    ------
    ReadError
        When they have no end.
    """
    at = found.pixel_offset or 0
    places: list[tuple[int, int]] = []
    try:
        with found.path.open("rb", buffering=512) as file:
            while len(places) <= MAX_FRAGMENTS:
                file.seek(at)
                head = file.read(8)
                if len(head) < 8:
                    break
                group, element, length = struct.unpack("<HHL", head)
                if (group, element) == (0xFFFE, 0xE0DD) and len(places) > 1:
                    return places[0], places[1:]
                if (group, element) != (0xFFFE, 0xE000) or at + 8 + length > found.size:
                    break
                places.append((at + 8, length))
                at += 8 + length
    except OSError as error:
        raise ReadError(
            said("{0}: cannot be read ({1}).", found.path.name, error.strerror or type(error).__name__)
        ) from None
    raise ReadError(said("{0}: truncated; its compressed pixel data have no end. Copy it again.", found.path.name))


# -- values ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _tag_of(keyword: str | int) -> BaseTag | None:
    found = keyword if isinstance(keyword, int) else tag_for_keyword(keyword)
    return None if found is None else BaseTag(found)


def value(dataset: Any, keyword: str | int) -> Any:
    """An element's value or None; never raises."""
    try:
        tag = _tag_of(keyword)
        # By tag: keywords take a data set much longer.
        found = None if tag is None or tag not in dataset else dataset[tag].value
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


def words(dataset: Any, keyword: str | int) -> tuple[str, ...]:
    """An element's values as texts."""
    joined = text(dataset, keyword)
    return tuple(part.strip() for part in joined.split("\\")) if joined else ()


def numbers(dataset: Any, keyword: str | int) -> tuple[float, ...]:
    """An element's values as finite floats; () when absent or when one is not a finite number."""
    found = value(dataset, keyword)
    if found is None:
        return ()
    try:
        items = [float(item) for item in (found if isinstance(found, list | pydicom.multival.MultiValue) else [found])]
    except (TypeError, ValueError, OverflowError):
        return ()
    return tuple(items) if all(math.isfinite(item) for item in items) else ()


def number(dataset: Any, keyword: str | int, low: float = -math.inf, high: float = math.inf) -> float | None:
    """The first value as a finite float in [low, high], or None; never raises."""
    found = numbers(dataset, keyword)
    return found[0] if found and low <= found[0] <= high else None


def whole(dataset: Any, keyword: str | int) -> int | None:
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
