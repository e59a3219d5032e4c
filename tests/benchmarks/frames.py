"""Frames as a reader sees them: paints of the real window while cine plays, the wheel turns and the window is dragged.

``python tests/benchmarks/frames.py --help``; `run.py` calls `measure`. The window is the program's own, with synthetic
projections in it. A *frame* is a paint of a viewport that shows another height than its paint before (for the window
drag: another window). Beside it a heartbeat of the GUI thread runs: its longest gap is the longest time for which the
window did not answer. A gap during which the GUI thread itself computed is told apart from one in which it was not
given a processor, so that a busy machine is not mistaken for a slow program.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

BEAT_MS = 2
SETTLE_MS = 250
VIEWS = ((1, 1, 1), (2, 1, 2), (4, 2, 2))
"""Number of viewports, rows and columns."""
THICKNESSES_MM = (5.0, 0.0, 10.0, 2.0)
TARGET_FPS, TARGET_P95_MS, TARGET_BLOCK_MS = 30.0, 40.0, 50.0


@dataclass
class Frames:
    """What was painted in one viewport.

    Attributes
    ----------
    times_s : list of float
        End of every paint with something new in it.
    """

    times_s: list[float] = field(default_factory=list)
    paint_ms: list[float] = field(default_factory=list)
    shown: object = None
    drafts: int = 0


@dataclass(frozen=True)
class Outcome:
    """Figures of one run.

    Attributes
    ----------
    fps, p95_ms, worst_ms : float
        Of the slowest viewport: frames per second; intervals between frames.
    draft_share : float
        Frames shown in draft detail, of all.
    paint_ms : float
        Median time of a paint.
    blocked_ms, blocked_cpu_ms : float
        The longest gap of the heartbeat; the most processor time of the GUI thread in any one gap.
    """

    name: str
    fps: float
    p95_ms: float
    worst_ms: float
    draft_share: float
    paint_ms: float
    blocked_ms: float
    blocked_cpu_ms: float
    frames: int

    def line(self) -> str:
        """As a row of text."""
        return (
            f"{self.name:56s} {self.fps:6.1f} {self.p95_ms:7.1f} {self.worst_ms:7.1f} {100 * self.draft_share:5.0f} "
            f"{self.paint_ms:6.2f} {self.blocked_ms:7.1f} {self.blocked_cpu_ms:7.1f}"
        )


HEAD = f"{'':56s} {'fps':>6s} {'p95 ms':>7s} {'worst':>7s} {'draft%':>5s} {'paint':>6s} {'gap ms':>7s} {'own ms':>7s}"


class Heartbeat:
    """Beats on the GUI thread; remembers its gaps."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self.longest_ms = self.most_cpu_ms = 0.0
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, 1e3 * (now - self._last))
        self.most_cpu_ms = max(self.most_cpu_ms, 1e3 * (cpu - self._cpu))
        self._last, self._cpu = now, cpu


class Recorder:
    """Watches the paints of all viewports; made before the first of them, for Qt looks a method up once."""

    def __init__(self) -> None:
        from widgets.viewport import Viewport

        self._frames: dict[int, Frames] = {}
        self._what: Callable[[Any], object] = id
        paint = Viewport.paintEvent

        def painted(view: Viewport, event: Any) -> None:
            start = time.perf_counter()
            paint(view, event)
            end = time.perf_counter()
            found = self._frames.get(id(view))
            if found is None or view.slab is None:
                return
            found.paint_ms.append(1e3 * (end - start))
            shown = self._what(view)
            if shown != found.shown:
                found.shown = shown
                found.times_s.append(end)
                found.drafts += view.slab.draft

        Viewport.paintEvent = painted  # type: ignore[method-assign]

    def start(self, panes: list[Any], what: Callable[[Any], object]) -> list[Frames]:
        """Record viewports from now on; ``what(viewport)`` is what makes a new frame when it changes."""
        self._what = what
        self._frames = {id(pane.viewport): Frames() for pane in panes}
        return list(self._frames.values())

    def stop(self) -> None:
        """Record nothing more."""
        self._frames = {}


class Station:
    """The window with pictures in it."""

    def __init__(self, views: int, size: int, window: tuple[int, int]) -> None:
        from engine import synthetic

        from app.gui import application
        from app.main_window import MainWindow
        from recon.live import LiveVolume

        self.app = application()
        self.recorder = Recorder()
        self.data = synthetic(views, size)
        self.live = LiveVolume(self.data)
        self.window = MainWindow()
        self.window.resize(*window)
        self.window.show()
        self.heartbeat = Heartbeat()

    def wait(self, ms: float) -> None:
        """Let the window work."""
        from PySide6.QtCore import QEventLoop, QTimer

        # Not QTest.qWait, which keeps the interpreter's lock while it sleeps and so stops every other thread.
        loop = QEventLoop()
        QTimer.singleShot(round(ms), loop.quit)
        loop.exec()

    def settle(self, limit_s: float = 60.0) -> None:
        """Wait until everything is on screen."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            self.wait(50)
            if self.window.settled:
                return

    def hang(self, pictures: list[Any], rows: int, columns: int) -> list[Any]:
        """Put pictures into viewports; the panes."""
        from app.reading.layout import grid

        session = self.window.session
        for picture in pictures:
            if picture.uid not in session.pictures:
                session.add_picture(picture)
        for number, picture in enumerate(pictures):
            if picture.kind == "volume":
                continue
            session.set_reconstruction(picture.uid, thickness_mm=THICKNESSES_MM[number])
        layout = session.layout
        hung: list[str | None] = [picture.uid for picture in pictures]
        hung += [None] * (len(layout.hung) - len(hung))
        session.set_layout(replace(layout, root=grid(rows, columns), hung=tuple(hung)))
        self.settle()
        return [self.window.panes[index] for index in range(rows * columns)]

    def close(self) -> None:
        """End its threads."""
        self.window.close()

    def slices(self, count: int) -> list[Any]:
        """So many pictures of live slices over the same projections, linked by height, of different thicknesses."""
        from app.session import Picture

        return [
            Picture(
                f"live{number}",
                "slices",
                self.live.excluding(()),
                "Slices",
                geometry=self.data.geometry,
                world="w",
                study_uid="s",
            )
            for number in range(count)
        ]

    def outcome(self, name: str, frames: list[Frames]) -> Outcome:
        """Figures of what was recorded."""
        intervals = [1e3 * np.diff(each.times_s) for each in frames]
        least = min(len(each.times_s) for each in frames)
        if least < 3:
            raise RuntimeError(f"{name}: a viewport showed {least} frames only.")
        return Outcome(
            name,
            min(len(each) / (each.sum() / 1e3) for each in intervals),
            max(float(np.percentile(each, 95)) for each in intervals),
            max(float(each.max()) for each in intervals),
            sum(each.drafts for each in frames) / sum(len(each.times_s) for each in frames),
            float(np.median(np.concatenate([each.paint_ms for each in frames]))),
            self.heartbeat.longest_ms,
            self.heartbeat.most_cpu_ms,
            least,
        )

    def record(
        self,
        name: str,
        panes: list[Any],
        seconds: float,
        what: Callable[[Any], object] = lambda view: view.slab.height_mm,
    ) -> Outcome:
        """Let the window work for some seconds and record it."""
        frames = self.recorder.start(panes, what)
        self.heartbeat.start()
        self.wait(1e3 * seconds)
        self.recorder.stop()
        return self.outcome(name, frames)

    def cine(self, name: str, panes: list[Any], fps: int, seconds: float) -> Outcome:
        """Play for some seconds."""
        window = self.window
        window.session.set_active(0)
        uid = panes[0].uid
        low, high = window.session.limits_mm(uid)
        window.cine.change(low_mm=low + 0.2 * (high - low), high_mm=low + 0.6 * (high - low), fps=fps, mode="sweep")
        window.set_playing(True)
        self.wait(SETTLE_MS)
        found = self.record(name, panes, seconds)
        window.set_playing(False)
        return found

    def volume(self, slices: int, size: int) -> Any:
        """A picture of stored slices."""
        from app.session import Picture
        from recon.slab import PlaneGrid, SourceInfo
        from recon.stored import Volume

        rng = np.random.default_rng(1)
        pixels = rng.integers(0, 4000, (slices, size, size), dtype=np.uint16)
        info = SourceInfo("Volume", "", (0.0, slices - 1.0), 1.0)
        source = Volume(pixels, np.arange(slices), PlaneGrid((-200.0, -200.0), (400.0 / size,) * 2, (size, size)), info)
        return Picture("volume", "volume", source, "Volume", world="volume", study_uid="volume")

    def wheel(self, name: str, panes: list[Any], seconds: float) -> Outcome:
        """Step through the slices as a wheel turned fast does, 40 steps a second."""
        from PySide6.QtCore import QTimer

        steps = iter(range(10**6))
        timer = QTimer()
        timer.timeout.connect(lambda: self.window.session.step_height(panes[0].uid, 1 if next(steps) // 60 % 2 else -1))
        timer.start(25)
        found = self.record(name, panes, seconds)
        timer.stop()
        self.settle()
        return found

    def window_drag(self, name: str, panes: list[Any], seconds: float) -> Outcome:
        """Drag window and level, 60 mouse moves a second."""
        from PySide6.QtCore import QTimer

        from widgets.window import Window

        view = panes[0].viewport
        first, steps = view.display_window, iter(range(10**6))
        assert isinstance(first, Window)

        def move() -> None:
            view.set_window(replace(first, width=first.width * (1.0 + 0.01 * (next(steps) % 100))))

        timer = QTimer()
        timer.timeout.connect(move)
        timer.start(16)
        found = self.record(name, panes[:1], seconds, lambda shown: shown.display_window)
        timer.stop()
        view.set_window(first)
        return found

    def while_loading(self, name: str, panes: list[Any], fps: int, seconds: float) -> Outcome:
        """Play while other projections are filtered on the loading thread."""
        from app.jobs import Callbacks
        from recon.live import LiveVolume

        done: list[bool] = []

        def work(progress: Any, _: Any) -> None:
            while not done:
                LiveVolume(self.data, progress=progress)

        self.window.loading.submit("load:benchmark", work, Callbacks())
        try:
            return self.cine(name, panes, fps, seconds)
        finally:
            done.append(True)
            self.window.loading.cancel("load:benchmark")
            self.settle()


def measure(
    views: int = 60, size: int = 2022, seconds: float = 4.0, window: tuple[int, int] = (1920, 1200)
) -> list[Outcome]:
    """Run everything; figures in the order in which they are shown."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BOCAGE_CONFIG"] = str(Path(folder) / "settings.ini")
        os.environ.setdefault("XDG_DATA_HOME", folder)
        station = Station(views, size, window)
        found: list[Outcome] = []

        def add(outcome: Outcome) -> None:
            print(outcome.line(), file=sys.stderr, flush=True)
            found.append(outcome)

        print(HEAD, file=sys.stderr)
        for count, rows, columns in VIEWS:
            panes = station.hang(station.slices(count), rows, columns)
            for fps in (30, 60):
                add(station.cine(f"cine at {fps} asked, {count} viewport{'s' * (count > 1)}", panes, fps, seconds))
                station.settle()
            if count == 2:
                add(station.while_loading("… at 30, 2 viewports, while another study loads", panes, 30, seconds))
                add(station.wheel("wheel, 2 viewports", panes, seconds))
                add(station.window_drag("window and level dragged", panes, seconds))
        panes = station.hang([station.volume(views, size)], 1, 1)
        add(station.cine("cine at 30 asked, stored volume", panes, 30, seconds))
        station.close()
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--smoke", action="store_true", help="tiny sizes")
    options.add_argument("--views", type=int, default=60)
    options.add_argument("--size", type=int, default=2022)
    options.add_argument("--seconds", type=float, default=4.0, help="for each run")
    options.add_argument("--window", default="1920x1200", help="size of the window in pixels")
    chosen = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from recon.warmup import compile_kernels

    compile_kernels()
    width, height = (int(part) for part in chosen.window.split("x"))
    if chosen.smoke:
        measure(9, 300, 0.5, (900, 700))
    else:
        measure(chosen.views, chosen.size, chosen.seconds, (width, height))
    print(f"threads left: {threading.active_count()}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
