"""Test patterns for monitors, drawn for exactly the monitor's pixels. Arrays of P-values; NumPy only.

They follow the ideas of the AAPM TG-18 patterns (QC, UN, LN, LP) and are drawn here, for any number of pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recon.messages import mark

Pattern = Literal["quality", "bars", "lines", "grid", "uniform_10", "uniform_80", "meter"]
TITLES: dict[Pattern, str] = {
    "quality": mark("Quality overview"),
    "bars": mark("Greys and contrast steps"),
    "lines": mark("Line pairs, pixel by pixel"),
    "grid": mark("Geometry grid"),
    "uniform_10": mark("Uniformity, 10 %"),
    "uniform_80": mark("Uniformity, 80 %"),
    "meter": mark("Field for the meter"),
}
LOOK_FOR: dict[Pattern, str] = {
    "quality": mark(
        "All 18 greys differ; in each, two corners are just visible; the 5 % square is seen in black and the 95 % "
        "square in white; lines are crisp in the middle and the corners."
    ),
    "bars": mark("The stripes in every bar are equally visible; the ramp has no steps and no colour."),
    "lines": mark("Single lines are seen everywhere, and both halves look equally bright."),
    "grid": mark("Lines are straight, squares are square, and the border is seen on all sides."),
    "uniform_10": mark("The grey is even, without stains, edges or defective pixels."),
    "uniform_80": mark("The grey is even, without stains, edges or defective pixels."),
    "meter": mark("Hold the meter to the middle and write down what it shows."),
}
GREYS = tuple(range(0, 256, 15))
UNIFORM = {"uniform_10": 26, "uniform_80": 204}
SURROUND = 77
"""P-value around the meter's field: roughly a fifth of the brightest luminance on a calibrated monitor."""

Image = NDArray[np.uint8]


def pattern(name: Pattern, width: int, height: int, level: int = 0, surround: bool = False) -> Image:
    """A pattern as P-values.

    Parameters
    ----------
    name : str
    width, height : int
        Of the monitor, device pixels.
    level : int
        Of the meter's field.
    surround : bool
        The meter's field is a tenth of the area within a grey one (TG18-LN), instead of the whole screen.

    Returns
    -------
    ndarray of uint8, shape (height, width)
    """
    if name in UNIFORM:
        return np.full((height, width), UNIFORM[name], np.uint8)
    if name == "meter":
        return meter(width, height, level, surround)
    drawn: dict[str, Callable[[int, int], Image]] = {"quality": quality, "bars": bars, "lines": lines, "grid": grid}
    return drawn[name](width, height)


def meter(width: int, height: int, level: int, surround: bool = False) -> Image:
    """A field of one level."""
    image = np.full((height, width), SURROUND if surround else level, np.uint8)
    if surround:
        side = round((0.1 * width * height) ** 0.5)
        top, left = (height - side) // 2, (width - side) // 2
        image[top : top + side, left : left + side] = level
    return image


def quality(width: int, height: int) -> Image:
    """18 greys with barely visible corners, 5 and 95 %, ramps, line pairs, low-contrast discs, a grid."""
    image = np.full((height, width), 128, np.uint8)
    unit = max(8, min(width // 16, height // 12))
    _draw_grid(image, unit, 191)
    left, top = width // 2 - 4 * unit, height // 2 - 3 * unit
    # The greys stand around the middle in a ring, each beside greys not far from it.
    ring = [(column, 0) for column in range(1, 7)] + [(7, row) for row in range(1, 4)]
    ring += [(column, 4) for column in range(6, 0, -1)] + [(0, row) for row in range(3, 0, -1)]
    for (column, row), grey in zip(ring, GREYS, strict=True):
        y, x = top + int(row * 1.25 * unit), left + column * unit
        _patch(image[y : y + unit, x : x + unit], grey)
    centre_y, centre_x = top + int(2.5 * unit), left + 4 * unit
    _insets(image, centre_y, centre_x, unit)
    steps = np.round(np.linspace(0, 255, height - 2 * unit)).astype(np.uint8)
    image[unit : height - unit, unit // 2 : unit // 2 + unit] = steps[:, None]
    image[unit : height - unit, width - unit // 2 - unit : width - unit // 2] = steps[::-1, None]
    size = unit
    for y in (0, height - size):
        for x in (2 * unit, width - 2 * unit - size):
            _line_pairs(image[y : y + size, x : x + size])
    _contrast_row(image, height - int(2.2 * unit), unit)
    image[0, :] = image[-1, :] = 255
    image[:, 0] = image[:, -1] = 255
    return image


def bars(width: int, height: int) -> Image:
    """A ramp, and 18 bars with stripes 2, 4 and 8 levels from their ground."""
    image = np.zeros((height, width), np.uint8)
    ramp = height // 10
    image[:ramp] = np.round(np.linspace(0, 255, width)).astype(np.uint8)
    image[-ramp:] = image[:ramp, ::-1]
    edges = np.linspace(ramp, height - ramp, len(GREYS) + 1).astype(int)
    x = np.arange(width)
    for grey, y0, y1 in zip(GREYS, edges, edges[1:], strict=False):
        row = np.full(width, grey, np.int32)
        for part, (contrast, period) in enumerate(((2, 16), (4, 16), (8, 16), (2, 4), (4, 4), (8, 4))):
            start = int(width * (0.08 + 0.145 * part))
            inside = (x >= start) & (x < start + int(0.115 * width))
            sign = -1 if grey > 247 else 1
            row[inside & (x % period < period // 2)] += sign * contrast
        gap = max(1, (y1 - y0) // 8)
        image[y0:y1] = grey
        image[y0 + gap : y1 - gap] = np.clip(row, 0, 255).astype(np.uint8)
    return image


def lines(width: int, height: int) -> Image:
    """Black and white lines at the pixel limit: standing in the left half, lying in the right, with greys between."""
    image = np.full((height, width), 128, np.uint8)
    half = width // 2
    y, x = np.arange(height)[:, None], np.arange(width)[None, :]
    image[:, :half] = np.where(x[:, :half] % 2 == 0, 255, 0)
    image[:, half:] = np.where(y % 2 == 0, 255, 0)
    third = height // 3
    image[third : 2 * third, :half] = np.where(x[:, :half] // 2 % 2 == 0, 255, 0)
    image[third : 2 * third, half:] = np.where(y[third : 2 * third] // 2 % 2 == 0, 255, 0)
    image[2 * third :, :half] = np.where(x[:, :half] % 2 == 0, 140, 116)
    image[2 * third :, half:] = np.where(y[2 * third :] % 2 == 0, 140, 116)
    return image


def grid(width: int, height: int) -> Image:
    """Squares, circles in the middle and the corners, and the border."""
    image = np.zeros((height, width), np.uint8)
    unit = max(8, min(width, height) // 12)
    _draw_grid(image, unit, 160)
    y, x = np.arange(height)[:, None], np.arange(width)[None, :]
    for cy, cx, radius in (
        (height / 2, width / 2, 0.42 * min(width, height)),
        *((cy, cx, 1.5 * unit) for cy in (2 * unit, height - 2 * unit) for cx in (2 * unit, width - 2 * unit)),
    ):
        image[np.abs(np.hypot(y - cy, x - cx) - radius) < 1.0] = 255
    image[0, :] = image[-1, :] = 255
    image[:, 0] = image[:, -1] = 255
    return image


def _draw_grid(image: Image, unit: int, level: int) -> None:
    height, width = image.shape
    image[(height // 2) % unit :: unit, :] = level
    image[:, (width // 2) % unit :: unit] = level


def _patch(place: Image, grey: int) -> None:
    place[:] = grey
    side = place.shape[0] // 4
    darker, lighter = max(grey - 4, 0), min(grey + 4, 255)
    place[side // 2 : side // 2 + side, side // 2 : side // 2 + side] = darker if grey else lighter
    place[-side // 2 - side :, -side // 2 - side :][:side, :side] = lighter if grey < 255 else darker


def _insets(image: Image, y: int, x: int, unit: int) -> None:
    """Black with a 5 % square, white with a 95 % square, and line pairs between."""
    for offset, ground, inner in ((-2 * unit, 0, 13), (unit, 255, 242)):
        square = image[y - unit // 2 : y + unit // 2, x + offset : x + offset + unit]
        square[:] = ground
        margin = unit // 4
        square[margin:-margin, margin:-margin] = inner
    _line_pairs(image[y - unit : y + unit, x - unit + unit // 8 : x + unit - unit // 8])


def _line_pairs(place: Image) -> None:
    """Quarters: lines of one pixel and of two, standing and lying."""
    rows, columns = place.shape
    y, x = np.arange(rows)[:, None], np.arange(columns)[None, :]
    upper, left = y < rows // 2, x < columns // 2
    along = np.where(left, x, y)
    wide = np.where(upper, 1, 2)
    place[:] = np.where(along // wide % 2 == 0, 255, 0)


def _contrast_row(image: Image, y: int, unit: int) -> None:
    """Discs 1 … 14 levels from their ground, on dark, middle and light fields."""
    width = image.shape[1]
    fields = ((13, 1), (128, 1), (242, -1))
    length = 4 * unit
    for number, (ground, sign) in enumerate(fields):
        x0 = width // 2 - length * 3 // 2 + number * length
        field = image[y : y + unit, x0 : x0 + length - unit // 8]
        field[:] = ground
        rows, columns = np.arange(field.shape[0])[:, None], np.arange(field.shape[1])[None, :]
        for index, contrast in enumerate((1, 2, 3, 4, 6, 8, 14)):
            cx = field.shape[1] * (index + 0.5) / 7
            field[np.hypot(rows - unit / 2, columns - cx) < unit / 5] = ground + sign * contrast
