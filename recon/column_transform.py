"""The Fourier transform down the columns of an image, sixteen pairs of columns at a time.

The sweep runs along the first image axis, so the lines to filter are columns, and neighbouring columns lie side by side
in memory: every butterfly works on `recon.lanes`. Two real columns make one complex one, and since a filter needs
no order of frequencies, the forward transform (decimation in frequency) leaves them as they fall and the inverse
(decimation in time) takes them so: nothing is transposed and nothing is sorted. Cooley and Tukey, Math. Comp. 19:297
(1965); Gentleman and Sande, AFIPS 29:563 (1966).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numba
import numpy as np
from numpy.typing import NDArray

from recon.lanes import LANES, load, spread, store

Floats = NDArray[np.float32]

PAIR = 2 * LANES
"""Real columns in one transform."""


@dataclass(frozen=True, eq=False)
class Transform:
    """What the kernels need to know of a length.

    Attributes
    ----------
    length : int
        A product of 2, 3 and 5.
    radices : ndarray of int64
        Of the stages, first to last in the forward transform.
    twiddles : ndarray of float32
        Cosine and sine for each stage, each butterfly and each of its outputs but the first.
    order : ndarray of int64, shape (length,)
        Frequency index that the forward transform leaves at each place.
    """

    length: int
    radices: NDArray[np.int64]
    twiddles: Floats
    order: NDArray[np.int64]

    def arrange(self, gain: NDArray[np.float64]) -> Floats:
        """A real, even filter in the transform's own order, with the 1/length of the inverse.

        Parameters
        ----------
        gain : ndarray of float64, shape (length // 2 + 1,)
            At the frequencies 0, 1/length, … of a real transform, cycles per sample.
        """
        frequency = np.minimum(self.order, self.length - self.order)
        return (gain[frequency] / self.length).astype(np.float32)


def fast_length(least: int) -> int:
    """The smallest even product of 2, 3 and 5 that is not less."""
    length = max(2, least + least % 2)
    while True:
        rest = length
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return length
        length += 2


@cache
def transform(length: int) -> Transform:
    """The transform of a length that `fast_length` gave."""
    radices: list[int] = []
    rest = length
    for radix in (4, 2, 3, 5):
        while rest % radix == 0:
            radices.append(radix)
            rest //= radix
    tables = []
    size = length
    for radix in radices:
        angle = -2 * math.pi * np.arange(size // radix)[:, None] * np.arange(1, radix) / size
        tables.append(np.stack((np.cos(angle), np.sin(angle)), axis=-1).ravel())
        size //= radix
    order = np.zeros(1, np.int64)
    for radix in reversed(radices):
        order = np.concatenate([radix * order + first for first in range(radix)])
    return Transform(length, np.array(radices), np.concatenate(tables).astype(np.float32), order)


_HALF_ROOT3 = np.float32(math.sqrt(3.0) / 2)
_COS72, _SIN72 = np.float32(math.cos(0.4 * math.pi)), np.float32(math.sin(0.4 * math.pi))
_COS144, _SIN144 = np.float32(math.cos(0.8 * math.pi)), np.float32(math.sin(0.8 * math.pi))


@numba.njit(nogil=True, fastmath=True)
def _store_turned(re: Floats, im: Floats, at: int, x, y, c, s) -> None:  # type: ignore[no-untyped-def]
    """(x + iy)·(c + is)."""
    store(re, at, x * c - y * s)
    store(im, at, x * s + y * c)


@numba.njit(nogil=True, fastmath=True)
def _load_turned(re: Floats, im: Floats, at: int, c, s):  # type: ignore[no-untyped-def]
    """The number at a place times the conjugate of c + is."""
    x, y = load(re, at), load(im, at)
    return x * c + y * s, y * c - x * s


@numba.njit(nogil=True, fastmath=True)
def _three(x0, y0, x1, y1, x2, y2, sine):  # type: ignore[no-untyped-def]
    """Transform of three; `sine` is −√3/2 forward, +√3/2 backward."""
    half = spread(np.float32(0.5))
    ax, ay, bx, by = x1 + x2, y1 + y2, x1 - x2, y1 - y2
    cx, cy = x0 - half * ax, y0 - half * ay
    return x0 + ax, y0 + ay, cx - sine * by, cy + sine * bx, cx + sine * by, cy - sine * bx


@numba.njit(nogil=True, fastmath=True)
def _five(x0, y0, x1, y1, x2, y2, x3, y3, x4, y4, sign):  # type: ignore[no-untyped-def]
    """Transform of five; `sign` is −1 forward, +1 backward."""
    c1, c2, s1, s2 = spread(_COS72), spread(_COS144), sign * spread(_SIN72), sign * spread(_SIN144)
    ax, ay, bx, by = x1 + x4, y1 + y4, x1 - x4, y1 - y4
    cx, cy, dx, dy = x2 + x3, y2 + y3, x2 - x3, y2 - y3
    ex, ey, fx, fy = x0 + c1 * ax + c2 * cx, y0 + c1 * ay + c2 * cy, s1 * bx + s2 * dx, s1 * by + s2 * dy
    gx, gy, hx, hy = x0 + c2 * ax + c1 * cx, y0 + c2 * ay + c1 * cy, s2 * bx - s1 * dx, s2 * by - s1 * dy
    return x0 + ax + cx, y0 + ay + cy, ex - fy, ey + fx, gx - hy, gy + hx, gx + hy, gy - hx, ex + fy, ey - fx


@numba.njit(nogil=True, fastmath=True, cache=True)
def forward(re: Floats, im: Floats, length: int, radices: NDArray[np.int64], twiddles: Floats) -> None:
    """Transform in place; frequencies are left in `Transform.order`.

    Parameters
    ----------
    re, im : ndarray of float32, size length · 16
        Sample t of lane l at 16·t + l.
    """
    size, table = length, 0
    for radix in radices:
        part = size // radix
        step = part * LANES
        for j in range(part):
            t = table + 2 * (radix - 1) * j
            c1, s1 = spread(twiddles[t]), spread(twiddles[t + 1])
            if radix == 4:
                c2, s2, c3, s3 = (
                    spread(twiddles[t + 2]),
                    spread(twiddles[t + 3]),
                    spread(twiddles[t + 4]),
                    spread(twiddles[t + 5]),
                )
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0, x1, y1 = load(re, at), load(im, at), load(re, at + step), load(im, at + step)
                    x2, y2 = load(re, at + 2 * step), load(im, at + 2 * step)
                    x3, y3 = load(re, at + 3 * step), load(im, at + 3 * step)
                    ax, ay, bx, by = x0 + x2, y0 + y2, x0 - x2, y0 - y2
                    cx, cy, dx, dy = x1 + x3, y1 + y3, y1 - y3, x3 - x1
                    store(re, at, ax + cx)
                    store(im, at, ay + cy)
                    _store_turned(re, im, at + step, bx + dx, by + dy, c1, s1)
                    _store_turned(re, im, at + 2 * step, ax - cx, ay - cy, c2, s2)
                    _store_turned(re, im, at + 3 * step, bx - dx, by - dy, c3, s3)
            elif radix == 2:
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0, x1, y1 = load(re, at), load(im, at), load(re, at + step), load(im, at + step)
                    store(re, at, x0 + x1)
                    store(im, at, y0 + y1)
                    _store_turned(re, im, at + step, x0 - x1, y0 - y1, c1, s1)
            elif radix == 3:
                c2, s2 = spread(twiddles[t + 2]), spread(twiddles[t + 3])
                sine = spread(-_HALF_ROOT3)
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0, x1, y1, x2, y2 = _three(
                        load(re, at), load(im, at), load(re, at + step), load(im, at + step),
                        load(re, at + 2 * step), load(im, at + 2 * step), sine,
                    )  # fmt: skip
                    store(re, at, x0)
                    store(im, at, y0)
                    _store_turned(re, im, at + step, x1, y1, c1, s1)
                    _store_turned(re, im, at + 2 * step, x2, y2, c2, s2)
            else:
                c2, s2, c3, s3 = (
                    spread(twiddles[t + 2]),
                    spread(twiddles[t + 3]),
                    spread(twiddles[t + 4]),
                    spread(twiddles[t + 5]),
                )
                c4, s4 = spread(twiddles[t + 6]), spread(twiddles[t + 7])
                sign = spread(np.float32(-1.0))
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0, x1, y1, x2, y2, x3, y3, x4, y4 = _five(
                        load(re, at), load(im, at), load(re, at + step), load(im, at + step),
                        load(re, at + 2 * step), load(im, at + 2 * step), load(re, at + 3 * step),
                        load(im, at + 3 * step), load(re, at + 4 * step), load(im, at + 4 * step), sign,
                    )  # fmt: skip
                    store(re, at, x0)
                    store(im, at, y0)
                    _store_turned(re, im, at + step, x1, y1, c1, s1)
                    _store_turned(re, im, at + 2 * step, x2, y2, c2, s2)
                    _store_turned(re, im, at + 3 * step, x3, y3, c3, s3)
                    _store_turned(re, im, at + 4 * step, x4, y4, c4, s4)
        table += 2 * (radix - 1) * part
        size = part


@numba.njit(nogil=True, fastmath=True, cache=True)
def backward(re: Floats, im: Floats, length: int, radices: NDArray[np.int64], twiddles: Floats) -> None:
    """Undo `forward`, but for a factor of the length (`Transform.arrange`)."""
    part, table = 1, twiddles.size
    for stage in range(radices.size - 1, -1, -1):
        radix = radices[stage]
        size = part * radix
        table -= 2 * (radix - 1) * part
        step = part * LANES
        for j in range(part):
            t = table + 2 * (radix - 1) * j
            c1, s1 = spread(twiddles[t]), spread(twiddles[t + 1])
            if radix == 4:
                c2, s2, c3, s3 = (
                    spread(twiddles[t + 2]),
                    spread(twiddles[t + 3]),
                    spread(twiddles[t + 4]),
                    spread(twiddles[t + 5]),
                )
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0 = load(re, at), load(im, at)
                    x1, y1 = _load_turned(re, im, at + step, c1, s1)
                    x2, y2 = _load_turned(re, im, at + 2 * step, c2, s2)
                    x3, y3 = _load_turned(re, im, at + 3 * step, c3, s3)
                    ax, ay, bx, by = x0 + x2, y0 + y2, x0 - x2, y0 - y2
                    cx, cy, dx, dy = x1 + x3, y1 + y3, y3 - y1, x1 - x3
                    store(re, at, ax + cx)
                    store(im, at, ay + cy)
                    store(re, at + step, bx + dx)
                    store(im, at + step, by + dy)
                    store(re, at + 2 * step, ax - cx)
                    store(im, at + 2 * step, ay - cy)
                    store(re, at + 3 * step, bx - dx)
                    store(im, at + 3 * step, by - dy)
            elif radix == 2:
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x0, y0 = load(re, at), load(im, at)
                    x1, y1 = _load_turned(re, im, at + step, c1, s1)
                    store(re, at, x0 + x1)
                    store(im, at, y0 + y1)
                    store(re, at + step, x0 - x1)
                    store(im, at + step, y0 - y1)
            elif radix == 3:
                c2, s2 = spread(twiddles[t + 2]), spread(twiddles[t + 3])
                sine = spread(_HALF_ROOT3)
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x1, y1 = _load_turned(re, im, at + step, c1, s1)
                    x2, y2 = _load_turned(re, im, at + 2 * step, c2, s2)
                    x0, y0, x1, y1, x2, y2 = _three(load(re, at), load(im, at), x1, y1, x2, y2, sine)
                    store(re, at, x0)
                    store(im, at, y0)
                    store(re, at + step, x1)
                    store(im, at + step, y1)
                    store(re, at + 2 * step, x2)
                    store(im, at + 2 * step, y2)
            else:
                c2, s2, c3, s3 = (
                    spread(twiddles[t + 2]),
                    spread(twiddles[t + 3]),
                    spread(twiddles[t + 4]),
                    spread(twiddles[t + 5]),
                )
                c4, s4 = spread(twiddles[t + 6]), spread(twiddles[t + 7])
                sign = spread(np.float32(1.0))
                for block in range(0, length, size):
                    at = (block + j) * LANES
                    x1, y1 = _load_turned(re, im, at + step, c1, s1)
                    x2, y2 = _load_turned(re, im, at + 2 * step, c2, s2)
                    x3, y3 = _load_turned(re, im, at + 3 * step, c3, s3)
                    x4, y4 = _load_turned(re, im, at + 4 * step, c4, s4)
                    x0, y0, x1, y1, x2, y2, x3, y3, x4, y4 = _five(
                        load(re, at), load(im, at), x1, y1, x2, y2, x3, y3, x4, y4, sign
                    )
                    store(re, at, x0)
                    store(im, at, y0)
                    store(re, at + step, x1)
                    store(im, at + step, y1)
                    store(re, at + 2 * step, x2)
                    store(im, at + 2 * step, y2)
                    store(re, at + 3 * step, x3)
                    store(im, at + 3 * step, y3)
                    store(re, at + 4 * step, x4)
                    store(im, at + 4 * step, y4)
        part = size


@numba.njit(nogil=True, fastmath=True, cache=True)
def multiply(re: Floats, im: Floats, gain: Floats) -> None:
    """Each frequency times its gain."""
    for index in range(gain.size):
        factor = spread(gain[index])
        at = index * LANES
        store(re, at, load(re, at) * factor)
        store(im, at, load(im, at) * factor)
