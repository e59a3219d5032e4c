"""How a mouse drag changes a window. No Qt."""

from __future__ import annotations

import math

import numpy as np

from widgets.window import LutWindow, Window

WIDTH_PIXELS = 220.0
"""Dragging this far to the right makes the window e times wider."""
LEVEL_PIXELS = 350.0
"""Dragging this far down or up moves the centre by one width."""


def as_window(window: Window | LutWindow) -> Window:
    """Return a window to start a drag from: for a table, the ramp between its 2 % and 98 % display values."""
    if isinstance(window, Window):
        return window
    rising = np.flatnonzero((window.table > 0.02) & (window.table < 0.98))
    low, high = window.edges
    if rising.size > 1:
        low, high = window.first + float(rising[0]), window.first + float(rising[-1])
    return Window(0.5 * (low + high), max(high - low, 1.0), "linear_exact")


def dragged(window: Window | LutWindow, dx: float, dy: float, *, brighter_down: bool = True) -> Window:
    """Return the window after a drag by (dx, dy) pixels.

    Parameters
    ----------
    dx : float
        Pixels to the right: wider (less contrast). The width changes by the same factor for the same distance.
    dy : float
        Pixels down: brighter, that is, a lower centre (when `brighter_down`).
    brighter_down : bool
        False turns the vertical direction round (a preference, or an inverted display).
    """
    start = as_window(window)
    least = 1.0 if start.function == "linear" else max(abs(start.centre), 1.0) * 1e-9
    width = max(start.width * math.exp(dx / WIDTH_PIXELS), least)
    sign = -1.0 if brighter_down else 1.0
    return Window(start.centre + sign * dy * start.width / LEVEL_PIXELS, width, start.function)
