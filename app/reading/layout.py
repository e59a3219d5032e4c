"""How the viewports are arranged: a tree of splits for each window, what hangs in them, how they go together. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

T = TypeVar("T")

PANES = 12
"""Viewports that can be shown at most: nine in the main window, three more on other monitors."""

CompareMode = Literal["swipe", "blink", "blend", "colour", "difference"]


@dataclass(frozen=True)
class Split:
    """Places side by side or one above the other.

    Attributes
    ----------
    beside : bool
        Side by side; else one above the other.
    parts : tuple of Node
        At least two, from the left or the top.
    shares : tuple of float
        Of the room, one for each part, summing to 1.
    """

    beside: bool
    parts: tuple[Node, ...]
    shares: tuple[float, ...]

    @classmethod
    def even(cls, beside: bool, parts: tuple[Node, ...]) -> Split:
        """Parts of the same size."""
        return cls(beside, parts, (1.0 / len(parts),) * len(parts))


Node = int | Split
"""A viewport's place (its index), or a split."""


@dataclass(frozen=True)
class Comparison:
    """A second picture laid over the one that hangs in a viewport.

    Attributes
    ----------
    over : str
        UID of the picture on top.
    mode : "swipe", "blink", "blend", "colour" or "difference"
    vertical : bool
        Whether the swipe line stands upright.
    """

    over: str
    mode: CompareMode = "swipe"
    vertical: bool = True


@dataclass(frozen=True)
class LinkSwitches:
    """What a viewport does together with the others that do the same."""

    height: bool = True
    pan_zoom: bool = True
    window: bool = False
    cine: bool = True
    cursor: bool = True

    @property
    def any(self) -> bool:
        """Whether anything is linked."""
        return self.height or self.pan_zoom or self.window or self.cine or self.cursor


def grid(rows: int, columns: int) -> Node:
    """Rows of places of the same size, numbered from the upper left."""
    lines = tuple(
        Split.even(True, tuple(range(row * columns, (row + 1) * columns))) if columns > 1 else row
        for row in range(rows)
    )
    return lines[0] if rows == 1 else Split.even(False, lines)


def leaves(node: Node) -> Iterator[int]:
    """The places of a tree, from the upper left."""
    if isinstance(node, int):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


def with_leaf_split(node: Node, pane: int, new: int, beside: bool) -> Node:
    """The tree with a new place beside or below one of its places."""
    if isinstance(node, int):
        return Split.even(beside, (node, new)) if node == pane else node
    if node.beside == beside and pane in node.parts:
        at = node.parts.index(pane)
        half = node.shares[at] / 2
        parts = (*node.parts[: at + 1], new, *node.parts[at + 1 :])
        return replace(node, parts=parts, shares=(*node.shares[:at], half, half, *node.shares[at + 1 :]))
    return replace(node, parts=tuple(with_leaf_split(part, pane, new, beside) for part in node.parts))


def without_leaf(node: Node, pane: int) -> Node | None:
    """The tree without one of its places, whose room goes to its neighbours; None when nothing is left."""
    if isinstance(node, int):
        return None if node == pane else node
    left = [(without_leaf(part, pane), share) for part, share in zip(node.parts, node.shares, strict=True)]
    kept = [(part, share) for part, share in left if part is not None]
    if not kept:
        return None
    if len(kept) == 1:
        return kept[0][0]
    total = sum(share for _, share in kept)
    return Split(node.beside, tuple(part for part, _ in kept), tuple(share / total for _, share in kept))


@dataclass(frozen=True)
class Layout:
    """How the viewports are arranged, and what hangs in them.

    Attributes
    ----------
    root : Node
        The arrangement in the main window.
    outside : tuple of Node
        Arrangements in windows of their own.
    hung : tuple of str or None
        UID of the picture in each place, also of places that are not shown.
    compared : tuple of Comparison or None
        What is laid over it.
    links : tuple of LinkSwitches
        What each place does together with the others.
    """

    root: Node = field(default_factory=lambda: grid(1, 2))
    outside: tuple[Node, ...] = ()
    hung: tuple[str | None, ...] = (None,) * PANES
    compared: tuple[Comparison | None, ...] = (None,) * PANES
    links: tuple[LinkSwitches, ...] = (LinkSwitches(),) * PANES

    @classmethod
    def of_grid(cls, rows: int, columns: int, hung: tuple[str | None, ...] = ()) -> Layout:
        """Rows and columns of viewports, and what hangs in the first of them."""
        return cls(grid(rows, columns), hung=(*hung, *(None,) * PANES)[:PANES])

    @property
    def panes(self) -> tuple[int, ...]:
        """The places that are shown, those of the main window first."""
        return tuple(pane for node in (self.root, *self.outside) for pane in leaves(node))

    @property
    def count(self) -> int:
        """Viewports in the arrangement."""
        return len(self.panes)

    def is_grid(self, rows: int, columns: int) -> bool:
        """Whether the main window shows such a grid, whatever the sizes."""
        return _shape(self.root) == _shape(grid(rows, columns))

    def with_grid(self, rows: int, columns: int) -> Layout:
        """A grid in the main window. What hung in it before stays in order."""
        before = list(leaves(self.root))
        outside = {pane for node in self.outside for pane in leaves(node)}
        free = [pane for pane in range(PANES) if pane not in outside]
        order = [*before, *(pane for pane in free if pane not in before)][: rows * columns]
        # Places of other windows stay theirs, so the grid is made of what is left.
        if len(order) < rows * columns:
            return self
        return replace(self, root=_renamed(grid(rows, columns), order))

    def with_hung(self, pane: int, uid: str | None) -> Layout:
        """The same with another picture in one viewport, and nothing over it."""
        return replace(self, hung=_put(self.hung, pane, uid), compared=_put(self.compared, pane, None))

    def with_compared(self, pane: int, comparison: Comparison | None) -> Layout:
        """The same with another picture over that of a viewport (None: nothing)."""
        return replace(self, compared=_put(self.compared, pane, comparison))

    def with_links(self, pane: int, links: LinkSwitches) -> Layout:
        """The same with other links of one viewport."""
        return replace(self, links=_put(self.links, pane, links))

    def free_pane(self) -> int | None:
        """A place that is not shown, preferably an empty one; None when all are."""
        spare = [pane for pane in range(PANES) if pane not in self.panes]
        return next((pane for pane in spare if self.hung[pane] is None), spare[0] if spare else None)

    def split(self, pane: int, beside: bool, new: int) -> Layout:
        """A new place beside (or below) a viewport."""
        trees = tuple(with_leaf_split(node, pane, new, beside) for node in (self.root, *self.outside))
        return replace(self, root=trees[0], outside=trees[1:])

    def closed(self, pane: int) -> Layout:
        """The same without a viewport; the last one of the main window stays."""
        root = without_leaf(self.root, pane)
        outside = tuple(found for node in self.outside if (found := without_leaf(node, pane)) is not None)
        return self if root is None else replace(self, root=root, outside=outside)

    def moved_out(self, pane: int) -> Layout:
        """A viewport of the main window in a window of its own; the last one stays."""
        if pane not in leaves(self.root):
            return self
        root = without_leaf(self.root, pane)
        if root is None:
            return self
        return replace(self, root=root, outside=(*self.outside, pane))

    def moved_in(self, pane: int) -> Layout:
        """A viewport of another window at the right of the main one's."""
        if pane in leaves(self.root):
            return self
        outside = tuple(found for node in self.outside if (found := without_leaf(node, pane)) is not None)
        root = self.root
        if isinstance(root, Split) and root.beside:
            share = 1.0 / (len(root.parts) + 1)
            root = Split(True, (*root.parts, pane), (*(each * (1 - share) for each in root.shares), share))
        else:
            root = Split.even(True, (root, pane))
        return replace(self, root=root, outside=outside)


def _put(items: tuple[T, ...], index: int, item: T) -> tuple[T, ...]:
    return (*items[:index], item, *items[index + 1 :])


def _shape(node: Node) -> object:
    return None if isinstance(node, int) else (node.beside, tuple(_shape(part) for part in node.parts))


def _renamed(node: Node, order: list[int]) -> Node:
    if isinstance(node, int):
        return order[node]
    return replace(node, parts=tuple(_renamed(part, order) for part in node.parts))
