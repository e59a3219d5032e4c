"""Texts keep clear of what is drawn, of what is measured and of each other."""

import itertools

import pytest

from widgets.label_placement import BORDER, Labelled, placed
from widgets.measurements.plane import segment_distance


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def box(place, item):
    return (*place, place[0] + item.width, place[1] + item.height)


def covers(rectangle, a, b):
    x0, y0, x1, y1 = rectangle
    steps = [(a[0] + t / 200 * (b[0] - a[0]), a[1] + t / 200 * (b[1] - a[1])) for t in range(201)]
    return any(x0 < x < x1 and y0 < y < y1 for x, y in steps)


SQUARE = ((200.0, 150.0), (300.0, 150.0), (300.0, 250.0), (200.0, 250.0), (200.0, 150.0))


def test_a_text_lies_beside_its_line():
    item = Labelled((((100.0, 100.0), (200.0, 130.0)),), False, 90.0, 17.0)
    (place,) = placed((item,), (600.0, 500.0))
    assert not covers(box(place, item), *item.lines[0])
    x0, y0, x1, y1 = box(place, item)
    nearest = min(segment_distance((x, y), *item.lines[0]) for x in (x0, x1) for y in (y0, y1, 0.5 * (y0 + y1)))
    assert nearest < 30


def test_texts_of_neighbours_do_not_overlap_and_leave_regions_free():
    items = tuple(Labelled((tuple((x + 130 * k, y) for x, y in SQUARE),), True, 150.0, 68.0) for k in (-1, 0, 1))
    places = placed(items, (700.0, 500.0))
    boxes = [box(place, item) for place, item in zip(places, items, strict=True)]
    for a, b in itertools.combinations(boxes, 2):
        assert not overlap(a, b)
    for rectangle, item in itertools.product(boxes, items):
        (x0, y0), _, (x1, y1), *_ = item.lines[0]
        assert not overlap(rectangle, (x0, y0, x1, y1))


@pytest.mark.parametrize("corner", [(5.0, 5.0), (590.0, 5.0), (5.0, 490.0), (590.0, 490.0)])
def test_texts_stay_in_the_view(corner):
    item = Labelled(((corner, (300.0, 250.0)),), False, 120.0, 34.0)
    (place,) = placed((item,), (600.0, 500.0))
    x0, y0, x1, y1 = box(place, item)
    assert x0 >= BORDER
    assert y0 >= BORDER
    assert x1 <= 600 - BORDER
    assert y1 <= 500 - BORDER


def test_texts_keep_clear_of_what_is_written_already():
    item = Labelled((((100.0, 100.0), (200.0, 100.0)),), False, 80.0, 17.0)
    (free,) = placed((item,), (600.0, 500.0))
    taken = box(free, item)
    (place,) = placed((item,), (600.0, 500.0), (taken,))
    assert not overlap(box(place, item), taken)


def test_a_text_stands_where_it_was_put():
    item = Labelled((((250.0, 200.0),),), False, 80.0, 17.0, fixed=True)
    assert placed((item,), (600.0, 500.0)) == ((250.0, 200.0),)
