"""One request at a time, the newest wish wins, drafts while moving, full detail at rest."""

from dataclasses import replace

import numpy as np
import pytest

from recon.slab import PlaneGrid, Rect, Slab, SlabRequest
from widgets.slab_requests import REST_MS, SlabRequester


class Wish:
    """A requester whose wish is the height alone."""

    def __init__(self):
        self.height = 0.0
        self.sent: list[SlabRequest] = []
        self.requester = SlabRequester(lambda draft: SlabRequest(self.height, draft=draft))
        self.requester.wanted.connect(self.sent.append)

    def move(self, height):
        self.height = height
        self.requester.changed()

    def answer(self, draft=None):
        request = self.requester.outstanding
        grid = PlaneGrid.covering(Rect(0, 0, 1, 1), 1.0)
        made = request.draft if draft is None else draft
        self.requester.answered(Slab(np.zeros((1, 1), np.float32), grid, request.height_mm, 0.0, made))


@pytest.fixture
def wish(qapp):
    return Wish()


def _heights(wish):
    return [(request.height_mm, request.draft) for request in wish.sent]


def test_changes_within_one_turn_of_the_loop_are_one_request(wish, qtbot):
    for height in (1, 2, 3):
        wish.move(height)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    assert _heights(wish) == [(3, True)]


def test_only_the_newest_wish_follows_an_answer(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    for height in (2, 3, 4):
        wish.move(height)
        qtbot.wait(2)
    assert len(wish.sent) == 1
    wish.answer()
    assert _heights(wish) == [(1, True), (4, True)]


def test_full_detail_comes_after_rest_and_only_once(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    wish.answer()
    qtbot.wait(REST_MS // 3)
    assert len(wish.sent) == 1
    qtbot.waitUntil(lambda: len(wish.sent) == 2, timeout=4 * REST_MS)
    assert _heights(wish)[-1] == (1, False)
    assert not wish.requester.settled
    wish.answer()
    assert wish.requester.settled
    qtbot.wait(2 * REST_MS)
    assert len(wish.sent) == 2


def test_movement_puts_full_detail_off(wish, qtbot):
    wish.move(0)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    for height in range(1, 8):
        wish.answer()
        wish.move(height)
        qtbot.wait(REST_MS // 3)
    assert all(request.draft for request in wish.sent)
    assert wish.sent[-1].height_mm == 7


def test_rest_while_the_draft_is_still_computed_asks_for_full_detail_next(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    wish.move(2)
    qtbot.wait(2 * REST_MS)
    wish.answer()
    assert _heights(wish) == [(1, True), (2, False)]


def test_a_source_without_drafts_is_asked_once(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    wish.answer(draft=False)
    qtbot.wait(2 * REST_MS)
    assert len(wish.sent) == 1
    assert wish.requester.settled


def test_a_failure_does_not_block_the_next_wish(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    wish.move(2)
    wish.requester.failed()
    assert _heights(wish)[-1] == (2, True)


def test_changed_values_are_asked_for_again(wish, qtbot):
    wish.move(1)
    qtbot.waitUntil(lambda: len(wish.sent) == 1)
    wish.answer(draft=False)
    wish.requester.invalidate()
    qtbot.waitUntil(lambda: len(wish.sent) == 2)
    assert _heights(wish)[-1] == (1, True)


def test_a_viewport_asks_for_drafts_while_heights_change(make_viewport, source, qtbot):
    viewport = make_viewport(source, answer=False)
    viewport.set_slab(source.slab(viewport.asked[-1]))
    first = viewport.slab
    for height in (71.0, 72.0, 73.0):
        viewport.set_height(height)
    qtbot.waitUntil(lambda: len(viewport.asked) == 2)
    assert viewport.asked[-1].height_mm == 73.0
    assert viewport.asked[-1].draft
    viewport.set_thickness(10.0)
    qtbot.wait(20)
    assert len(viewport.asked) == 2
    assert viewport.slab is first
    viewport.set_slab(source.slab(viewport.asked[-1]))
    assert (viewport.asked[-1].height_mm, viewport.asked[-1].thickness_mm) == (73.0, 10.0)
    viewport.set_slab(source.slab(viewport.asked[-1]))
    qtbot.waitUntil(lambda: not viewport.asked[-1].draft)
    viewport.set_slab(source.slab(viewport.asked[-1]))
    assert viewport.settled


def test_another_source_starts_from_the_beginning(make_viewport, source, qtbot):
    viewport = make_viewport(source, answer=False)
    viewport.set_source(replace(source.info, height_range_mm=(0.0, 0.0)), source.footprint, source.native_pixel_mm)
    assert viewport.slab is None
    qtbot.waitUntil(lambda: len(viewport.asked) == 2)
    assert viewport.asked[-1].height_mm == 0.0


def test_a_hidden_viewport_asks_for_nothing(qtbot, source):
    from widgets.viewport import Viewport

    viewport = Viewport()
    qtbot.addWidget(viewport)
    asked = []
    viewport.slab_wanted.connect(asked.append)
    viewport.set_source(source.info, source.footprint, source.native_pixel_mm)
    viewport.set_height(50.0)
    qtbot.wait(2 * REST_MS)
    assert asked == []
