"""What is on screen besides what can be undone: heights, the active viewport, zoom and turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PART = "view"
"""Name of its part in the journal."""


@dataclass(frozen=True)
class PaneView:
    """How a viewport looks at its picture.

    Attributes
    ----------
    quarter_turns, flip_horizontal, flip_vertical
        As in `widgets.view_transform.ViewTransform`.
    centre_mm : (x, y) or None
        None when the picture is fitted into the viewport.
    pixels_per_mm : float or None
    """

    quarter_turns: int = 0
    flip_horizontal: bool = False
    flip_vertical: bool = False
    centre_mm: tuple[float, float] | None = None
    pixels_per_mm: float | None = None


@dataclass(frozen=True)
class View:
    """The view of a study.

    Attributes
    ----------
    active : int
        The active viewport.
    maximised : int or None
    heights_mm : mapping of str to float
        By UID of the picture.
    panes : mapping of str to PaneView
        By number of the viewport.
    """

    active: int = 0
    maximised: int | None = None
    heights_mm: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    panes: Mapping[str, PaneView] = field(default_factory=lambda: MappingProxyType({}))
