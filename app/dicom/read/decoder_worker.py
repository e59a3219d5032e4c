"""The program of a decoding process: frames are asked for on its input and given on its output.

It is started as a file of its own and imports nothing of the application: a tenth of a second after its start it
decodes. Compiled decoders hold the interpreter's lock, are led astray by damaged data, leak, and end their process;
here that ends this one. Memory and processor time are limited for each frame where the system can (not on Windows; on
macOS only the time).

A request is a line of JSON, an answer a line of JSON and, if all is well, the frame's bytes: little-endian integers of
the allocated size, rows × columns.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
import zlib
from typing import Any, BinaryIO

BASE_BYTES = 1 << 30
MEMORY_OF_FRAME, MEMORY_OF_DATA = 12, 4
BASE_SECONDS, SECONDS_OF_MEGAPIXEL = 1.5, 1.2

DECODERS: dict[str, tuple[str, ...]] = {
    "1.2.840.10008.1.2.5": ("rle",),
    "1.2.840.10008.1.2.4.50": ("jpeg8",),
    "1.2.840.10008.1.2.4.51": ("jpeg8",),
    "1.2.840.10008.1.2.4.57": ("ljpeg", "jpeg8"),
    "1.2.840.10008.1.2.4.70": ("ljpeg", "jpeg8"),
    "1.2.840.10008.1.2.4.80": ("jpegls",),
    "1.2.840.10008.1.2.4.81": ("jpegls",),
    "1.2.840.10008.1.2.4.90": ("jpeg2k",),
    "1.2.840.10008.1.2.4.91": ("jpeg2k",),
    "1.2.840.10008.1.2.4.110": ("jpegxl",),
    "1.2.840.10008.1.2.4.112": ("jpegxl",),
    "1.2.840.10008.1.2.4.201": ("htj2k", "jpeg2k"),
    "1.2.840.10008.1.2.4.202": ("htj2k", "jpeg2k"),
    "1.2.840.10008.1.2.4.203": ("htj2k", "jpeg2k"),
    "1.2.840.10008.1.2.8.1": ("deflate",),
}
"""Decoders of a transfer syntax (PS3.5 10), the fastest first; pydicom's come after them, and for all others.

`tests/benchmarks/reading.py` compares them. GDCM's JPEG 2000 is a third faster than this one, but is reached through
pydicom, which takes longer to import than is won on a single radiograph.
"""


class Refused(Exception):
    """An answer: what is wrong, and a detail for its sentence."""

    def __init__(self, what: str, detail: Any = None) -> None:
        super().__init__(what)
        self.what, self.detail = what, detail


def fragments(request: dict[str, Any]) -> bytes:
    """The frame's compressed bytes."""
    parts = []
    with open(request["path"], "rb") as file:
        for at, length in request["parts"]:
            file.seek(at)
            part = file.read(length)
            if len(part) < length:
                raise Refused("truncated")
            parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def stated_shape(data: bytes) -> tuple[int, int] | None:
    """Rows and columns that a JPEG, JPEG-LS or JPEG 2000 codestream states; None where it is not found."""
    if data[:2] == b"\xff\xd8":
        at = 2
        while at + 9 <= len(data):
            if data[at] != 0xFF:
                return None
            marker = data[at + 1]
            if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD8:
                at += 1 if marker == 0xFF else 2
                continue
            if (0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)) or marker == 0xF7:
                rows, columns = struct.unpack(">HH", data[at + 5 : at + 9])
                return (rows, columns) if rows and columns else None  # a DNL marker may follow
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        return None
    at = data[:4096].find(b"\xff\x4f\xff\x51")
    if at < 0 or at + 24 > len(data):
        return None
    width, height, x, y = struct.unpack(">4L", data[at + 8 : at + 24])
    return (height - y, width - x) if height > y and width > x else None


def run_length(data: bytes, request: dict[str, Any]) -> Any:
    """Decode RLE Lossless (PS3.5 G): one run-length coded segment for each byte of the samples, high byte first."""
    import imagecodecs
    import numpy as np

    size, count = request["bits_allocated"] // 8, request["rows"] * request["columns"]
    header = struct.unpack("<16L", data[:64])
    if header[0] != size:
        raise Refused("damaged")
    ends = [*header[2 : size + 1], len(data)]
    out = np.empty((count, size), np.uint8)
    for index, (start, end) in enumerate(zip(header[1 : size + 1], ends, strict=True)):
        segment = np.frombuffer(imagecodecs.packbits_decode(data[start:end]), np.uint8)
        if segment.size < count:
            raise Refused("damaged")
        out[:, size - 1 - index] = segment[:count]
    return out.reshape(-1).view(f"<u{size}").reshape(request["rows"], request["columns"])


def deflated(data: bytes, request: dict[str, Any]) -> Any:
    """Inflate a frame of Deflated Image Frame Compression (PS3.5 A.4.13)."""
    import numpy as np

    rows, columns, size = request["rows"], request["columns"], request["bits_allocated"] // 8
    raw = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, rows * columns * size)
    return np.frombuffer(raw, f"<u{size}").reshape(rows, columns)


def by_pydicom(request: dict[str, Any]) -> Any:
    """Decode with whatever pydicom finds."""
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    from pydicom.pixels import pixel_array

    return pixel_array(request["path"], index=request["frame"], raw=request["samples"] is None)


def announced(request: dict[str, Any]) -> tuple[int, ...]:
    """The shape that the header announces."""
    shape = (request["rows"], request["columns"])
    samples = request["samples"] or 1
    return shape if samples == 1 else (*shape, samples)


def decode(request: dict[str, Any]) -> Any:
    """Decode a frame; an integer array."""
    import imagecodecs

    shape = announced(request)
    names = DECODERS.get(request["syntax"], ())
    if request["parts"]:
        data = fragments(request)
        limit_memory(request, len(data))
        stated = stated_shape(data)
        if stated is not None and stated != shape:
            raise Refused("shape", stated)
        for name in names:
            with contextlib.suppress(Exception):
                if name == "rle":
                    return run_length(data, request)
                if name == "deflate":
                    return deflated(data, request)
                image = getattr(imagecodecs, f"{name}_decode")(data)
                if image.shape == shape and image.dtype.kind in "iu":
                    return image
    return by_pydicom(request)


def limit_memory(request: dict[str, Any], length: int) -> None:
    """Let the process have as much memory as the frame justifies."""
    try:
        import resource
    except ImportError:  # Windows
        return
    frame = request["rows"] * request["columns"] * (request["samples"] or 1) * request["bits_allocated"] // 8
    limit = BASE_BYTES + MEMORY_OF_FRAME * frame + MEMORY_OF_DATA * length
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with contextlib.suppress(ValueError, OSError):  # macOS
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def limit_time(seconds: float) -> None:
    """End the process after so much of its own processor time (the signal's default); 0 takes the limit away."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def answered(request: dict[str, Any]) -> tuple[dict[str, Any], bytes | memoryview]:
    """The answer to a request, and the bytes that follow it."""
    import numpy as np

    limit_time(BASE_SECONDS + SECONDS_OF_MEGAPIXEL * request["rows"] * request["columns"] / 1e6)
    try:
        limit_memory(request, 0)
        image = np.asarray(decode(request))
        if image.shape != announced(request) or image.dtype.kind not in "iu":
            raise Refused("shape", list(image.shape))
        kind = "i" if request["signed"] else "u"
        image = np.ascontiguousarray(image, dtype=f"<{kind}{request['bits_allocated'] // 8}")
        return {"bytes": image.nbytes}, memoryview(image.reshape(-1).view(np.uint8).data)
    except Refused as refused:
        return {"refused": refused.what, "detail": refused.detail}, b""
    except MemoryError:
        return {"refused": "memory"}, b""
    except OSError as error:
        return {"refused": "file", "detail": error.strerror or type(error).__name__}, b""
    except BaseException:  # a compiled decoder's panic is no Exception
        return {"refused": "damaged"}, b""
    finally:
        limit_time(0.0)


def quiet() -> BinaryIO:
    """The channel for answers; what decoders print goes nowhere."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
    return channel


def main() -> None:
    """Answer requests until the input ends, which it does when the program ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's affair
    channel = quiet()
    import imagecodecs  # noqa: F401 - before the first request is there

    for line in sys.stdin.buffer:
        head, body = answered(json.loads(line))
        channel.write(json.dumps(head).encode() + b"\n")
        channel.write(body)
        channel.flush()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
