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
STEP = 7.0
"""Distance of the points that stand for a line."""
RINGS = (1.0, 3.2, 6.5)
"""Distances that are tried, in `GAP`."""
ON_LINE, ON_INSIDE, ON_TEXT, TOO_FAR = 6.0, 4.0, 60.0, 0.6


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
    candidates = [_kept(place, item, size) for place in _candidates(item, own)]
    corner = np.array(candidates)
    low = corner - 3.0
    high = corner + (item.width + 3.0, item.height + 3.0)
    cost = ON_LINE * _within(low, high, drawn) + ON_INSIDE * _within(low, high, measured)
    for x0, y0, x1, y1 in boxes:
        across = np.minimum(high[:, 0], x1) - np.maximum(low[:, 0], x0)
        down = np.minimum(high[:, 1], y1) - np.maximum(low[:, 1], y0)
        cost += np.where((across > 0) & (down > 0), ON_TEXT, 0.0)
    if item.anchor is not None:
        own = np.array([item.anchor])
    nearest = np.clip(own[None], corner[:, None], (corner + (item.width, item.height))[:, None])
    cost += TOO_FAR * np.sqrt(((nearest - own[None]) ** 2).sum(axis=2)).min(axis=1)
    cost += 0.1 * np.arange(len(candidates))  # in their order where all else is equal
    return candidates[int(np.argmin(cost))]


def _candidates(item: Labelled, own: NDArray[np.float64]) -> list[Point]:
    (left, top), (right, bottom) = own.min(axis=0), own.max(axis=0)
    cx, cy = 0.5 * (left + right), 0.5 * (top + bottom)
    width, height = item.width, item.height
    end = own[int(np.argmax(own[:, 0] + 1e-3 * own[:, 1]))]
    start = own[int(np.argmin(own[:, 0] - 1e-3 * own[:, 1]))]
    if item.anchor is not None:
        left = right = cx = item.anchor[0]
        top = bottom = cy = item.anchor[1]
        end = start = np.array(item.anchor)
    places: list[Point] = []
    for ring in RINGS:
        gap = GAP * ring
        places += [
            (end[0] + gap, end[1] - 0.5 * height),
            (start[0] - gap - width, start[1] - 0.5 * height),
            (cx - 0.5 * width, bottom + gap),
            (cx - 0.5 * width, top - gap - height),
            (end[0] + gap, end[1] + gap),
            (end[0] + gap, end[1] - gap - height),
            (start[0] - gap - width, start[1] + gap),
            (start[0] - gap - width, start[1] - gap - height),
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
    return [(float(x), float(y)) for x, y in places]


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
        n = min(max(2, math.ceil(lengths[-1] / STEP) + 1), 400)
        along = np.linspace(0.0, lengths[-1], n)
        found.append(np.column_stack([np.interp(along, lengths, array[:, k]) for k in (0, 1)]))
    return np.concatenate(found)


def _inside(item: Labelled) -> NDArray[np.float64]:
    """Points of a coarse grid inside the first line."""
    if not item.inside or len(item.lines[0]) < 3:
        return np.zeros((0, 2))
    outline = np.asarray(item.lines[0], dtype=np.float64)
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    x, y = np.meshgrid(np.linspace(left, right, 14)[1:-1], np.linspace(top, bottom, 14)[1:-1])
    points = np.column_stack([x.ravel(), y.ravel()])
    a, b = outline, np.roll(outline, -1, axis=0)
    between = (a[None, :, 1] > points[:, None, 1]) != (b[None, :, 1] > points[:, None, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        at = slope * (points[:, None, 1] - a[None, :, 1]) + a[None, :, 0]
    return np.asarray(points[((between & (points[:, None, 0] < at)).sum(axis=1) % 2) == 1])


def _within(low: NDArray[np.float64], high: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many points lie in each box."""
    inside = (points[None] >= low[:, None]) & (points[None] <= high[:, None])
    return np.asarray(inside.all(axis=2).sum(axis=1), dtype=np.float64)


def _stacked(arrays: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.concatenate(arrays) if arrays else np.zeros((0, 2))
