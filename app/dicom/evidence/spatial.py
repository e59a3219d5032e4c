"""Turns, flips and displayed areas: from a view of ours to the words of DICOM and back. No pydicom.

A presentation state turns first and flips afterwards (PS3.3 C.10.6); a view of ours flips the image's own axes first.
The displayed area is counted in the stored image, but its corners are named as they lie on the screen (C.10.4).
"""

from __future__ import annotations

from dataclasses import replace

from app.dicom.evidence.model import DisplayedArea
from app.dicom.evidence.places import Plane
from recon.slab import Rect
from widgets.view_transform import ViewTransform, bounding_rect

Matrix = tuple[tuple[int, int], tuple[int, int]]


def turn_and_flip(transform: ViewTransform, mirrored: bool = False) -> tuple[int, bool]:
    """Clockwise quarter turns, and whether left and right are exchanged after them.

    Parameters
    ----------
    mirrored : bool
        The picture shows the stored columns in reverse order.
    """
    (a, b), (c, d) = transform.matrix
    wanted = ((-a, b), (-c, d)) if mirrored else ((a, b), (c, d))
    for turns in range(4):
        for flip in (False, True):
            if _turned(turns, flip) == wanted:
                return turns, flip
    raise AssertionError("a view is one of eight")


def oriented(transform: ViewTransform, turns: int, flip: bool, mirrored: bool = False) -> ViewTransform:
    """The same place and scale, the other way round: the inverse of `turn_and_flip`."""
    for quarter in range(4):
        for horizontal in (False, True):
            found = replace(transform, quarter_turns=quarter, flip_horizontal=horizontal, flip_vertical=False)
            if turn_and_flip(found, mirrored) == (turns % 4, flip):
                return found
    raise AssertionError("a view is one of eight")


def _turned(turns: int, flip: bool) -> Matrix:
    (a, b), (c, d) = ViewTransform(quarter_turns=turns).matrix
    return ((-a, -b), (c, d)) if flip else ((a, b), (c, d))


def displayed_area(plane: Plane, transform: ViewTransform, extent_mm: tuple[float, float]) -> DisplayedArea:
    """What is visible of a stored image, in whole pixels: the empty room beside it is no part of it.

    The standard lets an area reach beyond its image, but validators take its negative pixels for large ones.

    Parameters
    ----------
    extent_mm : (width, height)
        As it lies on the screen.
    """
    scale = transform.pixels_per_mm
    size = (extent_mm[0] * scale, extent_mm[1] * scale)
    corners = (transform.to_world((0.0, 0.0), size), transform.to_world(size, size))
    (c0, r0), (c1, r1) = plane.to_pixels(corners)
    rows, columns = plane.grid.shape
    across, down = _whole(c0, c1, columns), _whole(r0, r1, rows)
    return DisplayedArea((across[0], down[0]), (across[1], down[1]))


def _whole(start: float, end: float, count: int) -> tuple[int, int]:
    """The pixels, from 1, at two edges in the same direction; at least one pixel, and all where none is seen."""
    low, high = max(round(min(start, end)), 0), min(round(max(start, end)), count)
    if min(start, end) >= count or max(start, end) <= 0:
        low, high = 0, count
    low = min(low, count - 1)
    high = max(high, low + 1)
    return (low + 1, high) if start <= end else (high, low + 1)


def area_rect(plane: Plane, area: DisplayedArea) -> Rect:
    """The displayed area in the picture's millimetres: the outer edges of its corner pixels."""
    (a, b), (c, d) = area.top_left, area.bottom_right
    columns, rows = (min(a, c) - 1, max(a, c)), (min(b, d) - 1, max(b, d))
    return bounding_rect(plane.to_mm(((columns[0], rows[0]), (columns[1], rows[1]))))


def on_screen(rect: Rect, transform: ViewTransform) -> tuple[float, float]:
    """Width and height of a rectangle as it lies on the screen."""
    return (rect.height, rect.width) if transform.quarter_turns % 2 else (rect.width, rect.height)
