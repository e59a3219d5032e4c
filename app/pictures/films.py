"""Films of cine: animated GIF (Pillow) and MP4 with H.264 (PyAV, which brings FFmpeg). No Qt.

Frames are given one by one and are encoded as they come, so a film of any length takes the memory of a frame. A film
that is given up, or fails, leaves no file.
"""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.replacing import replacing
from recon.errors import BocageError
from recon.messages import said

Frame = NDArray[np.uint8]
"""(rows, columns, 3), red, green, blue."""

GREYS = 216
"""Of the 256 colours of a GIF; the others are for what is drawn over the picture."""
QUALITY = 16
"""H.264's constant rate factor: visually without loss for radiographs, about a tenth of the size."""


class Film(ABC):
    """Writes frames into a file.

    Parameters
    ----------
    path : Path
    fps : float
        Frames per second asked for.
    repeat : bool
        Whether it begins again by itself, where the format knows that (GIF).

    Attributes
    ----------
    fps : float
        Frames per second that the file says; formats may round it.
    """

    def __init__(self, path: Path, fps: float, *, repeat: bool = True) -> None:
        self.path, self.fps, self.repeat = path, fps, repeat

    @abstractmethod
    def add(self, frame: Frame) -> None:
        """Append a frame; all have the same size."""

    @abstractmethod
    def finish(self) -> None:
        """Write what is left and close the file; nothing happens the second time."""


class Gif(Film):
    """An animated GIF. Its delays are whole hundredths of a second."""

    def __init__(self, path: Path, fps: float, *, repeat: bool = True) -> None:
        super().__init__(path, fps, repeat=repeat)
        self._delay_ms = 10 * max(2, round(100 / fps))
        self.fps = 1000 / self._delay_ms
        self._file: Any = None
        self._palette = _palette()
        self._grey = np.rint(np.arange(256) * (GREYS - 1) / 255).astype(np.uint8)

    def add(self, frame: Frame) -> None:
        """Append a frame."""
        from PIL import GifImagePlugin, Image

        image = Image.fromarray(self._indices(frame), "P")
        image.putpalette(self._palette.tobytes())
        options = {"duration": self._delay_ms, "disposal": 1}
        if self._file is None:
            self._file = self.path.open("wb")
            again = {"loop": 0} if self.repeat else {}
            for block in GifImagePlugin.getheader(image, info={**again, **options})[0]:
                self._file.write(block)
        for block in GifImagePlugin.getdata(image, **options):
            self._file.write(block)

    def _indices(self, frame: Frame) -> NDArray[np.uint8]:
        """Greys by a table, and the few pixels in colour by their nearest one: Pillow's own search is too coarse."""
        indices = self._grey[frame[..., 1]]
        rows, columns = np.nonzero((frame[..., 0] != frame[..., 1]) | (frame[..., 2] != frame[..., 1]))
        if rows.size:
            colours, where = np.unique(frame[rows, columns], axis=0, return_inverse=True)
            apart = colours[:, None, :].astype(np.int32) - self._palette[None].astype(np.int32)
            nearest = (apart**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
            indices[rows, columns] = nearest[where.ravel()]
        return indices

    def finish(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.write(b";")
            self._file.close()
            self._file = None


class Mp4(Film):
    """H.264 in MP4, 4:2:0, which every player and every slide show opens."""

    def __init__(self, path: Path, fps: float, *, repeat: bool = True) -> None:
        super().__init__(path, fps, repeat=repeat)
        self._container: Any = None
        self._stream: Any = None

    def add(self, frame: Frame) -> None:
        """Append a frame; an odd row or column at the end is doubled, since the format knows even sizes only."""
        import av

        rows, columns = frame.shape[:2]
        frame = np.pad(frame, ((0, rows % 2), (0, columns % 2), (0, 0)), mode="edge")
        if self._container is None:
            self._container = av.open(str(self.path), "w", format="mp4", options={"movflags": "faststart"})
            rate = Fraction(self.fps).limit_denominator(1000)
            self._stream = self._container.add_stream("libx264", rate=rate)
            self._stream.width, self._stream.height = frame.shape[1], frame.shape[0]
            self._stream.pix_fmt = "yuv420p"
            self._stream.options = {"crf": str(QUALITY), "preset": "veryfast"}
        shown = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
        for packet in self._stream.encode(shown):
            self._container.mux(packet)

    def finish(self) -> None:
        """End the file."""
        if self._container is not None:
            for packet in self._stream.encode():
                self._container.mux(packet)
            self._container.close()
            self._container = None


@contextlib.contextmanager
def film(path: Path, fps: float, *, repeat: bool = True) -> Iterator[Film]:
    """The film that a file's ending asks for (``.gif`` or ``.mp4``); it is there when the block has ended.

    Raises
    ------
    BocageError
        Another ending, or the film could not be written.
    """
    kinds: dict[str, type[Film]] = {".gif": Gif, ".mp4": Mp4}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise BocageError(said('A film is written as .gif or .mp4, found "{0}".', path.suffix))
    with replacing(path) as part:
        made = kind(part, fps, repeat=repeat)
        try:
            yield made
            made.finish()
        except BaseException:
            with contextlib.suppress(Exception):
                made.finish()
            raise


def _palette() -> NDArray[np.uint8]:
    """Greys, and colours spread over the cube for what is drawn over the picture; (256, 3)."""
    palette = np.zeros((256, 3), np.uint8)
    palette[:GREYS] = np.linspace(0, 255, GREYS).round()[:, None]
    colours = [(r, g, b) for r in (70, 140, 200, 255) for g in (80, 170, 255) for b in (50, 130, 240)]
    palette[GREYS : GREYS + len(colours)] = colours
    return palette
