"""What the fuzz tests and the benchmark share: the corpus, small valid files, ways to damage them."""

from __future__ import annotations

import struct
import tarfile
from pathlib import Path
from typing import Any

import fixtures_dicom as fx
import numpy as np
from hypothesis import strategies as st
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from recon import trajectories

CORPUS = Path(__file__).parents[1] / "data" / "fuzz" / "corpus.tar.xz"
FILES = 950
STACK = (np.arange(5 * 32 * 32).reshape(5, 32, 32) * 13 % 4096).astype(np.uint16)

NAMES = (
    *("DX", "DX implicit", "DX deflated", "DX RLE", "DX JPEG-LS", "DX JPEG 2000", "Breast Projection"),
    *("Breast Tomosynthesis", "XA run", "projection", "CT"),
)
"""Of the seeds."""


def unpacked(folder: Path) -> list[Path]:
    """The corpus's files."""
    with tarfile.open(CORPUS) as archive:
        archive.extractall(folder, filter="data")
    return sorted(folder.rglob("*.dcm"))


def seeds(folder: Path) -> dict[str, bytes]:
    """Small valid files of each class and way of storing."""
    track = trajectories.linear_track(
        source_position_mm=np.linspace(-300, 300, 5), source_to_detector_mm=1800, pixel_pitch_mm=0.4, shape=(32, 32)
    )
    facts: dict[str, Any] = {"PixelSpacing": [0.2, 0.2], "DistanceSourceToDetector": "1800", "WindowWidth": "400"}

    def radiograph() -> Any:
        return fx.dataset(fx.DX_PRESENTATION, "DX", STACK[0], "dx", WindowCenter="100", **facts)

    fx.ct_slices(folder / "ct", (STACK[:1] - 1024).astype(np.int16))
    paths = {
        "DX": fx.save(radiograph(), folder / "dx.dcm"),
        "DX implicit": fx.save(radiograph(), folder / "implicit.dcm", "1.2.840.10008.1.2"),
        "DX deflated": fx.save(radiograph(), folder / "deflated.dcm", "1.2.840.10008.1.2.1.99"),
        "DX RLE": fx.save(radiograph(), folder / "rle.dcm", RLELossless, True),
        "DX JPEG-LS": fx.save(radiograph(), folder / "jls.dcm", JPEGLSLossless, True),
        "DX JPEG 2000": fx.save(radiograph(), folder / "j2k.dcm", JPEG2000Lossless, True),
        "Breast Projection": fx.breast_projections(folder / "bpx.dcm", STACK, np.linspace(-10, 10, 5)),
        "Breast Tomosynthesis": fx.volume_frames(folder / "bto.dcm", STACK),
        "XA run": fx.xa_run(folder / "xa.dcm", STACK, -20.0, 10.0),
        "projection": fx.dx_projections(folder / "dxp", STACK, track)[0],
        "CT": next((folder / "ct").iterdir()),
    }
    return {name: path.read_bytes() for name, path in paths.items()}


LENGTHS = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
REPRESENTATIONS = (b"SQ", b"OB", b"UN", b"DS", b"US", b"FD", b"ZZ", b"\x00\x00", b"PN", b"AT", b"OV", b"IS")


@st.composite
def mutations(draw: st.DrawFn, original: bytes) -> bytes:
    """A file with some of its header damaged: bits, lengths, representations, order, nesting, its end."""
    data = bytearray(original)
    header = min(len(data), 2600)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(132, max(133, min(header, len(data)) - 12)))
        kind = draw(st.sampled_from(("bit", "byte", "length", "long", "vr", "cut", "swap", "repeat", "nest", "pixels")))
        if kind == "bit":
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "byte":
            data[at] = draw(st.integers(0, 255))
        elif kind == "length":
            data[at : at + 2] = struct.pack("<H", draw(st.sampled_from(LENGTHS)) & 0xFFFF)
        elif kind == "long":
            data[at : at + 4] = struct.pack("<L", draw(st.sampled_from(LENGTHS)))
        elif kind == "vr":
            data[at : at + 2] = draw(st.sampled_from(REPRESENTATIONS))
        elif kind == "cut":
            del data[at + draw(st.integers(0, len(data) - at)) :]
        elif kind == "swap":
            size = draw(st.integers(1, 40))
            data[at : at + size], data[132 : 132 + size] = data[132 : 132 + size], data[at : at + size]
        elif kind == "repeat":
            data[at:at] = data[at : at + draw(st.integers(1, 200))]
        elif kind == "nest":
            data[at:at] = struct.pack("<HH2sHLHHL", 8, 0x1111, b"SQ", 0, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF)
        elif len(data) > 400:
            end = draw(st.integers(200, len(data) - 1))
            data[end] ^= draw(st.integers(1, 255))
        if len(data) < 150:
            break
    return bytes(data)


def element(tag: int, vr: bytes, value: bytes, length: int) -> bytes:
    """An element whose length need not be that of its value."""
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr
    if vr in (b"OB", b"OW", b"SQ", b"UN", b"UT"):
        return head + struct.pack("<HL", 0, length & 0xFFFFFFFF) + value
    return head + struct.pack("<H", length & 0xFFFF) + value


TAGS = (
    *(0x00080005, 0x00080008, 0x00080016, 0x00080018, 0x00080060, 0x00100010, 0x00181110, 0x0020000D, 0x0020000E),
    *(0x00280002, 0x00280004, 0x00280008, 0x00280010, 0x00280011, 0x00280030, 0x00280100, 0x00280101, 0x00280102),
    *(0x00280103, 0x00281050, 0x52009229, 0x52009230, 0x60000010, 0x7FE00010, 0x00091010, 0x00081111, 0xFFFEE000),
)


@st.composite
def structures(draw: st.DrawFn, depth: int = 3) -> bytes:
    """A data set that is made of elements of a kind, in any order, with lengths that are mostly right."""
    body = b""
    for _ in range(draw(st.integers(1, 12))):
        tag = draw(st.sampled_from(TAGS))
        if depth and draw(st.integers(0, 4)) == 0:
            inner = draw(structures(depth - 1))
            defined = draw(st.booleans())
            item = struct.pack("<HHL", 0xFFFE, 0xE000, len(inner) if defined else 0xFFFFFFFF) + inner
            item += b"" if defined else struct.pack("<HHL", 0xFFFE, 0xE00D, 0)
            ended = draw(st.booleans())
            item += b"" if defined or not ended else struct.pack("<HHL", 0xFFFE, 0xE0DD, 0)
            body += element(tag, b"SQ", item, len(item) if defined else 0xFFFFFFFF)
            continue
        vr = draw(st.sampled_from((b"UI", b"CS", b"DS", b"IS", b"US", b"OB", b"OW", b"UN", b"FD", b"PN", b"ZZ")))
        value = draw(
            st.one_of(
                st.binary(max_size=24),
                st.sampled_from(
                    (b"1.2.840.10008.5.1.4.1.1.1", b"1\\2\\nan", b"64", b"\x20\x00", b"\x10\x00", b"ISO_IR 6")
                ),
            )
        )
        wrong = draw(st.integers(0, 9)) == 0
        body += element(tag, vr, value, draw(st.sampled_from(LENGTHS)) if wrong else len(value))
    return body


def as_file(body: bytes, syntax: bytes = b"1.2.840.10008.1.2.1\x00") -> bytes:
    """With preamble and file meta information."""
    meta = element(0x00020010, b"UI", syntax, len(syntax))
    group = element(0x00020000, b"UL", struct.pack("<L", len(meta)), 4)
    known = element(0x00080016, b"UI", b"1.2.840.10008.5.1.4.1.1.1\x00", 26) + element(
        0x00080018, b"UI", b"1.2.3\x00", 6
    )
    return bytes(128) + b"DICM" + group + meta + known + body
