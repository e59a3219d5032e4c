"""Arrangements of viewports as values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.reading.layout import PANES, Layout, Split, grid, leaves


def shares_are_whole(node: object) -> bool:
    if isinstance(node, int):
        return True
    assert isinstance(node, Split)
    return (
        abs(sum(node.shares) - 1) < 1e-9 and len(node.parts) > 1 and all(shares_are_whole(part) for part in node.parts)
    )


def test_grids_number_their_places_from_the_upper_left() -> None:
    assert grid(1, 1) == 0
    assert list(leaves(grid(3, 3))) == list(range(9))
    assert grid(2, 2) == Split(False, (Split(True, (0, 1), (0.5, 0.5)), Split(True, (2, 3), (0.5, 0.5))), (0.5, 0.5))
    assert Layout.of_grid(2, 3, ("a", "b")).hung[:3] == ("a", "b", None)


def test_a_split_shares_the_room_of_its_neighbour() -> None:
    layout = Layout.of_grid(1, 2).split(1, True, 2)
    assert layout.root == Split(True, (0, 1, 2), (0.5, 0.25, 0.25))
    below = layout.split(0, False, 3)
    assert list(leaves(below.root)) == [0, 3, 1, 2]
    assert below.closed(3) == layout
    assert Layout.of_grid(1, 1).closed(0) == Layout.of_grid(1, 1)


def test_windows_of_their_own() -> None:
    layout = Layout.of_grid(1, 2, ("a", "b")).moved_out(1)
    assert (layout.root, layout.outside, layout.panes) == (0, (1,), (0, 1))
    assert layout.moved_in(1).root == Split.even(True, (0, 1))
    assert layout.moved_out(0) == layout
    # A grid in the main window leaves the places of the other windows alone.
    wide = layout.with_grid(1, 3)
    assert set(leaves(wide.root)) == {0, 2, 3}
    assert wide.outside == (1,)


@given(st.lists(st.tuples(st.sampled_from(["split", "close", "out", "in", "grid"]), st.integers(0, 11), st.booleans())))
def test_any_sequence_of_changes_leaves_a_sound_arrangement(steps: list[tuple[str, int, bool]]) -> None:
    layout = Layout.of_grid(1, 2)
    for what, number, flag in steps:
        pane = layout.panes[number % layout.count]
        if what == "split":
            new = layout.free_pane()
            layout = layout.split(pane, flag, new) if new is not None else layout
        elif what == "close":
            layout = layout.closed(pane)
        elif what == "out":
            layout = layout.moved_out(pane)
        elif what == "in":
            layout = layout.moved_in(pane)
        else:
            layout = layout.with_grid(1 + number % 3, 1 + (number // 3) % 3)
        assert len(set(layout.panes)) == layout.count <= PANES
        assert all(shares_are_whole(node) for node in (layout.root, *layout.outside))
        assert list(leaves(layout.root))
