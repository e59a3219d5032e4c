"""Cine through the heights by the wall clock: frames are dropped rather than time stretched.

Where the playing stands is a pure function of the time since the start (`Cine.height_mm`); the timer only asks for it.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Cine:
    """What is played.

    Attributes
    ----------
    low_mm, high_mm : float
        Range of heights, both ends shown.
    interval_mm : float
        Step between frames.
    fps : float
        Frames asked for per second.
    sweep : bool
        Back and forth; else from the lower end again.
    """

    low_mm: float
    high_mm: float
    interval_mm: float
    fps: float
    sweep: bool = True

    @property
    def steps(self) -> int:
        """Number of frames in the range."""
        return max(1, math.floor((self.high_mm - self.low_mm) / self.interval_mm + 1e-6) + 1)

    def height_mm(self, frame: int) -> float:
        """The height of a frame; frames beyond the range sweep back or start again."""
        steps = self.steps
        if steps == 1:
            return self.low_mm
        if self.sweep:
            frame %= 2 * (steps - 1)
            frame = min(frame, 2 * (steps - 1) - frame)
        else:
            frame %= steps
        return self.low_mm + frame * self.interval_mm

    def frame_at(self, elapsed_s: float, start: int = 0) -> int:
        """The frame due `elapsed_s` after playing began at frame `start`."""
        return start + math.floor(elapsed_s * self.fps + 1e-9)

    def nearest_frame(self, height_mm: float) -> int:
        """The frame (on the way up) nearest to a height, where playing begins."""
        frame = round((height_mm - self.low_mm) / self.interval_mm)
        return min(max(frame, 0), self.steps - 1)


class RateMeter:
    """Pictures per second that reached the screen, over the last `window_s` seconds."""

    def __init__(self, window_s: float = 1.5) -> None:
        self._window_s = window_s
        self._times: deque[float] = deque()

    def reset(self) -> None:
        """Forget what was counted."""
        self._times.clear()

    def count(self, now_s: float) -> float:
        """Count one picture shown at `now_s`; the rate, 0 until two have been shown."""
        self._times.append(now_s)
        while self._times and now_s - self._times[0] > self._window_s:
            self._times.popleft()
        span = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / span if span > 0 else 0.0
