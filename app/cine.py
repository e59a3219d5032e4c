"""Cine through the heights: which frame is due. No Qt.

In *real time* where the playing stands is a pure function of the time since the start (`Cine.frame_at`): frames are
dropped rather than time stretched. With *every frame* the next one follows when the one before was shown (`Run`), and
the rate adapts.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["sweep", "loop", "once"]
"""There and back; from the lower end again; up to the upper end and no further."""
MODES: tuple[Mode, ...] = ("sweep", "loop", "once")

LONGEST_WAIT_S = 2.0
"""A frame that was not shown after so long (the computation failed) does not stop what is played."""


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
    mode : "sweep", "loop" or "once"
    every_frame : bool
        Whether no frame may be left out.
    """

    low_mm: float
    high_mm: float
    interval_mm: float
    fps: float
    mode: Mode = "sweep"
    every_frame: bool = False

    @property
    def steps(self) -> int:
        """Number of frames in the range."""
        return max(1, math.floor((self.high_mm - self.low_mm) / self.interval_mm + 1e-6) + 1)

    def height_mm(self, frame: int) -> float:
        """The height of a frame; frames beyond the range sweep back, start again or stay at the end."""
        steps = self.steps
        if steps == 1:
            return self.low_mm
        if self.mode == "sweep":
            frame %= 2 * (steps - 1)
            frame = min(frame, 2 * (steps - 1) - frame)
        elif self.mode == "loop":
            frame %= steps
        else:
            frame = min(frame, steps - 1)
        return self.low_mm + frame * self.interval_mm

    def is_last(self, frame: int) -> bool:
        """Whether playing ends with this frame."""
        return self.mode == "once" and frame >= self.steps - 1

    def frame_at(self, elapsed_s: float, start: int = 0) -> int:
        """The frame due `elapsed_s` after playing began at frame `start`."""
        return start + math.floor(elapsed_s * self.fps + 1e-9)

    def nearest_frame(self, height_mm: float) -> int:
        """The frame (on the way up) nearest to a height, where playing begins."""
        frame = round((height_mm - self.low_mm) / self.interval_mm)
        return min(max(frame, 0), self.steps - 1)

    def first_frame(self, height_mm: float) -> int:
        """Where playing begins from a height: there, but what is played once begins anew at its end."""
        frame = self.nearest_frame(height_mm)
        return 0 if self.is_last(frame) else frame


@dataclass
class Run:
    """Pictures that are played together by one clock.

    Attributes
    ----------
    cines : dict of str to Cine
        What is played of each picture, by UID; the first leads: its rate and its choice of frames hold for all.
    started_s : float
        When playing began, or went on after a change.
    starts : dict of str to int
        Frame of each picture at that time.
    count : int
        Frames since then.
    waiting : set
        Places that have not shown this frame yet (every frame).
    """

    cines: dict[str, Cine]
    started_s: float
    starts: dict[str, int]
    count: int = 0
    waiting: set[int] = field(default_factory=set)
    _advanced_s: float = -math.inf

    @property
    def leader(self) -> str:
        """UID of the first picture."""
        return next(iter(self.cines))

    @property
    def cine(self) -> Cine:
        """What leads."""
        return self.cines[self.leader]

    def frame(self, uid: str) -> int:
        """The frame of one picture now."""
        return self.starts[uid] + self.count

    def due(self, now_s: float) -> bool:
        """Whether other frames are due at `now_s`; then `count` tells them."""
        cine = self.cine
        if not cine.every_frame:
            count = cine.frame_at(now_s - self.started_s)
            changed, self.count = count != self.count, count
            return changed
        since = now_s - self._advanced_s
        if since < 1.0 / cine.fps - 1e-4 or (self.waiting and since < LONGEST_WAIT_S):
            return False
        # Kept to the clock where it can be kept, so that a late timer does not make every frame late.
        late = since - 1.0 / cine.fps
        self._advanced_s = now_s - (late if 0 <= late < 0.5 / cine.fps else 0.0)
        self.count += 1
        return True

    def keeps_up(self, now_s: float, needed_s: float) -> bool:
        """Whether there is time for something that takes so long before the next frame is due."""
        if self.cine.every_frame:
            return True
        return self.started_s + (self.count + 1) / self.cine.fps - now_s > needed_s

    def heights_mm(self) -> dict[str, float]:
        """The height of each picture now."""
        return {uid: cine.height_mm(self.frame(uid)) for uid, cine in self.cines.items()}

    @property
    def ended(self) -> bool:
        """Whether the leading picture has come to its end."""
        return self.cine.is_last(self.frame(self.leader))


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
