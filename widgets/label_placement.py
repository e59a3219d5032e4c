"""Where the texts beside measurements go: near what they belong to, over nothing that is measured. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Box = tuple[float, float, float, float]
GAP = 9.0
"""Logical pixels between a text and what it belongs to."""
BORDER = 6.0
"""Logical pixels that stay free at the border of the view."""
STEP = 8.0
"""Distance of the points that stand for a line."""
RINGS = (1.0, 3.2, 6.5)
"""Distances that are tried, in `GAP`."""
ON_LINE, ON_INSIDE, ON_TEXT, TOO_FAR = 7.0, 8.0, 60.0, 0.6
"""What it costs to cover a point of a line, one of the inside, another text, and to be one pixel away."""
GOOD = 4.0
"""A place that costs no more besides its distance is taken at once."""


@dataclass(frozen=True)
class Labelled:
    """Something with a text, logical pixels.

    Attributes
    ----------
    lines : tuple of tuple of (x, y)
        What is drawn; a closed line's last point is its first again.
    inside : bool
        Whether what its (first) line surrounds must stay visible as well.
    width, height : float
        Of the text.
    fixed : bool
        The text stands at its first point and nowhere else.
    anchor : (x, y) or None
        Where the text belongs, if that is one place of it.
    """

    lines: tuple[tuple[Point, ...], ...]
    inside: bool
    width: float
    height: float
    fixed: bool = False
    anchor: Point | None = None


@lru_cache(maxsize=32)
def placed(items: tuple[Labelled, ...], size: Point, taken: tuple[Box, ...] = ()) -> tuple[Point, ...]:
    """The upper left corners of all texts, in their order; the first ones choose first.

    Parameters
    ----------
    items : tuple of Labelled
    size : (width, height)
        Of the view.
    taken : tuple of (x0, y0, x1, y1)
        Where something else is written.

    Notes
    -----
    Every text tries places around what it belongs to and takes the one that covers the least of what is drawn or
    measured and of earlier texts, and is nearest.
    """
    lines = [_points(item) for item in items]
    insides = [_inside(item) for item in items]
    drawn, measured = _stacked(lines), _stacked(insides)
    boxes: list[Box] = list(taken)
    for item, own in zip(items, lines, strict=True):
        if item.fixed:
            x, y = own[0]
            best = _kept((float(x), float(y)), item, size)
        else:
            best = _best(item, own, drawn, measured, boxes, size)
        boxes.append((*best, best[0] + item.width, best[1] + item.height))
    return tuple((box[0], box[1]) for box in boxes[len(taken) :])


def _best(
    item: Labelled,
    own: NDArray[np.float64],
    drawn: NDArray[np.float64],
    measured: NDArray[np.float64],
    boxes: list[Box],
    size: Point,
) -> Point:
    reach = np.array([item.width, item.height]) + GAP * RINGS[-1] + 4.0
    low, high = own.min(axis=0) - reach, own.max(axis=0) + reach
    near, around = (points[((points >= low) & (points <= high)).all(axis=1)] for points in (drawn, measured))
    belongs = own if item.anchor is None else np.array([item.anchor])
    found: list[tuple[float, Point]] = []
    for ring in RINGS:
        places = [_kept(place, item, size) for place in _candidates(item, own, GAP * ring)]
        cost = _cost(np.array(places), item, belongs, near, around, boxes)
        best = int(np.argmin(cost))
        found.append((float(cost[best]), places[best]))
        if cost[best] < GOOD + TOO_FAR * GAP * ring:
            break  # going farther away makes nothing better
    return min(found)[1]


def _cost(
    corner: NDArray[np.float64],
    item: Labelled,
    belongs: NDArray[np.float64],
    drawn: NDArray[np.float64],
    measured: NDArray[np.float64],
    boxes: list[Box],
) -> NDArray[np.float64]:
    size = np.array([item.width, item.height])
    low, high = corner - 3.0, corner + size + 3.0
    cost = ON_LINE * _within(low, high, drawn) + ON_INSIDE * _within(low, high, measured)
    if boxes:
        x0, y0, x1, y1 = np.array(boxes).T
        across = np.minimum(high[:, :1], x1) > np.maximum(low[:, :1], x0)
        down = np.minimum(high[:, 1:], y1) > np.maximum(low[:, 1:], y0)
        cost += ON_TEXT * (across & down).sum(axis=1)
    nearest = np.clip(belongs[None], corner[:, None], (corner + size)[:, None])
    cost += TOO_FAR * np.sqrt(((nearest - belongs[None]) ** 2).sum(axis=2).min(axis=1))
    return np.asarray(cost + 0.1 * np.arange(len(corner)))  # in their order where all else is equal


def _candidates(item: Labelled, own: NDArray[np.float64], gap: float) -> list[Point]:
    (left, top), (right, bottom) = own.min(axis=0).tolist(), own.max(axis=0).tolist()
    cx, cy = 0.5 * (left + right), 0.5 * (top + bottom)
    width, height = item.width, item.height
    ex, ey = own[int(np.argmax(own[:, 0] + 1e-3 * own[:, 1]))].tolist()
    sx, sy = own[int(np.argmin(own[:, 0] - 1e-3 * own[:, 1]))].tolist()
    if item.anchor is not None:
        left = right = cx = ex = sx = item.anchor[0]
        top = bottom = cy = ey = sy = item.anchor[1]
    return [
        (ex + gap, ey - 0.5 * height),
        (sx - gap - width, sy - 0.5 * height),
        (cx - 0.5 * width, bottom + gap),
        (cx - 0.5 * width, top - gap - height),
        (ex + gap, ey + gap),
        (ex + gap, ey - gap - height),
        (sx - gap - width, sy + gap),
        (sx - gap - width, sy - gap - height),
        (right + gap, cy - 0.5 * height),
        (left - gap - width, cy - 0.5 * height),
        (left, bottom + gap),
        (right - width, bottom + gap),
        (left, top - gap - height),
        (right - width, top - gap - height),
        (right + gap, top),
        (right + gap, bottom - height),
        (left - gap - width, top),
        (left - gap - width, bottom - height),
        (cx + gap, cy - gap - height),
        (cx + gap, cy + gap),
        (cx - gap - width, cy - gap - height),
        (cx - gap - width, cy + gap),
    ]


def _kept(place: Point, item: Labelled, size: Point) -> Point:
    """The place, moved into the view."""
    x = min(max(place[0], BORDER), max(BORDER, size[0] - item.width - BORDER))
    y = min(max(place[1], BORDER), max(BORDER, size[1] - item.height - BORDER))
    return (x, y)


def _points(item: Labelled) -> NDArray[np.float64]:
    """Points along the lines, one every few pixels."""
    found: list[NDArray[np.float64]] = []
    for line in item.lines:
        array = np.asarray(line, dtype=np.float64)
        if len(array) < 2:
            found.append(array)
            continue
        lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(array, axis=0).T))])
        n = min(max(2, math.ceil(lengths[-1] / STEP) + 1), 120)
        along = np.linspace(0.0, lengths[-1], n)
        found.append(np.column_stack([np.interp(along, lengths, array[:, k]) for k in (0, 1)]))
    return np.concatenate(found)


def _inside(item: Labelled) -> NDArray[np.float64]:
    """Points of a coarse grid inside the first line."""
    if not item.inside or len(item.lines[0]) < 3:
        return np.zeros((0, 2))
    outline = np.asarray(item.lines[0], dtype=np.float64)
    outline = outline[:: max(1, len(outline) // 48)]
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    x, y = np.meshgrid(np.linspace(left, right, 9)[1:-1], np.linspace(top, bottom, 9)[1:-1])
    points = np.column_stack([x.ravel(), y.ravel()])
    a, b = outline, np.roll(outline, -1, axis=0)
    between = (a[None, :, 1] > points[:, None, 1]) != (b[None, :, 1] > points[:, None, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        at = slope * (points[:, None, 1] - a[None, :, 1]) + a[None, :, 0]
    return np.asarray(points[((between & (points[:, None, 0] < at)).sum(axis=1) % 2) == 1])


def _within(low: NDArray[np.float64], high: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many points lie in each box."""
    if not len(points):
        return np.zeros(len(low))
    x, y = points[None, :, 0], points[None, :, 1]
    inside = (x >= low[:, :1]) & (x <= high[:, :1]) & (y >= low[:, 1:]) & (y <= high[:, 1:])
    return np.asarray(np.count_nonzero(inside, axis=1), dtype=np.float64)


def _stacked(arrays: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.concatenate(arrays) if arrays else np.zeros((0, 2))
