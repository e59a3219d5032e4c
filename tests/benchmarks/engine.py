"""What the benchmark measures of the engine itself: reading, filtering, slices, viewports, volumes, iterations."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from timing import Row, Table, timed

from recon.algorithms import FilteredBackProjection, build
from recon.backproject import padded
from recon.export import reconstruct_volume
from recon.live import LiveVolume
from recon.parallel import run_tiles, split
from recon.progress import SILENT
from recon.projections import ProjectionSet
from recon.samples import aligned
from recon.simulate.acquisition import linear_sweep
from recon.slab import PlaneGrid, SlabRequest
from recon.stack import StackProblem

ROOT = Path(__file__).parents[2]

HEIGHT_MM, THICKNESS_MM = 150.0, 10.0
BLOCK = 32
COUNTS = (1, 2, 4, 16, 64, 200)
"""Slices computed together, for the table of sizes."""


def synthetic(views: int, size: int) -> ProjectionSet:
    """Noisy counts like a chest's range: one frame, moved along from view to view."""
    geometry = linear_sweep(n_views=views, pixel_pitch_mm=404.4 / size, shape=(size, size), origin="file")
    rng = np.random.default_rng(0)
    frame = rng.integers(2000, 30000, (size, size), dtype=np.uint16)
    counts = np.empty((views, size, size), np.uint16)
    for view in range(views):
        counts[view] = np.roll(frame, 7 * view, axis=0)
    return ProjectionSet(counts, geometry, "counts", air=40000.0, saturation=65535.0)


@numba.njit(nogil=True, fastmath=True, cache=False)  # type: ignore[untyped-decorator]
def _sum(values: NDArray[np.float32]) -> np.float32:
    total = np.float32(0.0)
    for index in range(values.size):
        total += values[index]
    return total


class Reader:
    """Reads and copies float32 samples with all threads."""

    def __init__(self, samples: NDArray[np.float32]) -> None:
        self.flat = samples.reshape(-1)
        self.parts = split(self.flat.size, max(1, self.flat.size // 64))
        self.sums = np.zeros(len(self.parts), np.float32)

    def read(self) -> None:
        def part(index: int) -> None:
            start, stop = self.parts[index]
            self.sums[index] = _sum(self.flat[start:stop])

        run_tiles(part, len(self.parts))

    def copy(self, target: NDArray[np.float32]) -> None:
        pieces = split(target.size, max(1, target.size // 16))

        def part(index: int) -> None:
            start, stop = pieces[index]
            np.copyto(target[start:stop], self.flat[start:stop])

        run_tiles(part, len(pieces))


@dataclass
class Bench:
    """Collects rows; everything is told as it is measured."""

    repeats: int
    judge: bool
    table: Table = field(default_factory=Table)
    one_read: float = float("nan")
    read_ms: tuple[float, float] = (float("nan"), float("nan"))

    def add(
        self,
        name: str,
        function: Callable[[], object],
        *,
        per: int = 1,
        repeats: int | None = None,
        target: str = "",
        met: Callable[[float], bool] | None = None,
        value: Callable[[float], str] | None = None,
        warm_up: int = 1,
    ) -> float:
        print(f"… {name}", file=sys.stderr, flush=True)
        median, best = timed(function, repeats or self.repeats, per, warm_up)
        self.row(name, median, best, target, met(median) if met is not None else None, value(median) if value else "")
        return median

    def row(
        self, name: str, median: float, best: float, target: str = "", met: bool | None = None, value: str = ""
    ) -> None:
        verdict = met if self.judge else None
        self.table.rows.append(Row(name, median, best, median / self.one_read, value, target, verdict))

    def reads(self, median: float) -> float:
        return median / self.one_read

    def measure_read(self, views: int, size: int) -> Reader:
        """One read of as many float32 samples, which everything else is counted in."""
        reader = Reader(np.ones((views, size, size), np.float32))
        self.read_ms = timed(reader.read, self.repeats, warm_up=2)
        self.one_read = self.read_ms[0]
        return reader


def measure(bench: Bench, views: int, size: int, slices: int, viewport: int) -> float:
    """Reconstruction on synthetic counts; the time of a SIRT iteration of one slice, ms."""
    data = synthetic(views, size)
    reader = bench.measure_read(views, size)
    megabytes = reader.flat.nbytes / 1e6
    bench.row("one read", *bench.read_ms, value=f"{megabytes:.0f} MB, {megabytes / bench.one_read:.1f} GB/s")
    quarter = np.empty(max(1, reader.flat.size // 4), np.float32)

    def copy() -> None:
        for _ in range(4):
            reader.copy(quarter)

    bench.add("memory copy of the same (a quarter × 4)", copy)
    live = LiveVolume(data)
    bench.add(
        "filtering all views again (with coarser levels)",
        lambda: live.with_algorithm(refiltered(live)),
        repeats=max(3, bench.repeats // 2),
        target="≤ 1000 ms",
        met=lambda ms: ms <= 1000.0,
    )
    slices_of(bench, live, size)
    viewports(bench, live, viewport)
    volumes(bench, live, size, slices)
    iteration = iterations(bench, live, 40 if bench.judge else 4)
    after = timed(reader.read, bench.repeats)
    bench.row("one read, afterwards", *after)
    return iteration


def refiltered(live: LiveVolume) -> FilteredBackProjection:
    """An algorithm whose filter is another one."""
    return FilteredBackProjection(cutoff=0.9 if live.algorithm == FilteredBackProjection() else 1.0)


def slices_of(bench: Bench, live: LiveVolume, size: int) -> None:
    """Full-matrix slices on the detector's own pixel."""
    out = aligned((1, size, padded(size)))
    bare = bench.add(
        "thin slice on its conical grid",
        lambda: live.conical_slabs([HEIGHT_MM], out=out),
        target="≤ 1.5 reads",
        met=lambda ms: bench.reads(ms) <= 1.5,
    )
    bench.add(
        f"{THICKNESS_MM:g} mm slab on its conical grid",
        lambda: live.conical_slabs([HEIGHT_MM], THICKNESS_MM, out),
        value=lambda ms: f"{ms / bare:.2f} × thin",
    )
    # On a grid of square pixels that is not the conical one: what every picture and export pays.
    grid = PlaneGrid.covering(live.footprint(HEIGHT_MM), min(live.native_pixel_mm(HEIGHT_MM)) * 1.001)
    thin = bench.add(
        "thin slice with density on a regular grid",
        lambda: live.slabs([HEIGHT_MM], 0.0, grid),
        target="≤ 1.5 reads",
        met=lambda ms: bench.reads(ms) <= 1.5,
    )
    for averaging, name in (("rays", "along the rays"), ("vertical", "at fixed (x, y)")):
        bench.add(
            f"{THICKNESS_MM:g} mm slab on a regular grid, {name}",
            lambda averaging=averaging: live.slabs([HEIGHT_MM], THICKNESS_MM, grid, averaging=averaging),  # type: ignore[misc]
            value=lambda ms: f"{ms / thin:.2f} × thin",
        )


def viewports(bench: Bench, live: LiveVolume, pixels: int) -> None:
    """What a fitted viewport asks for while the height slider moves: every frame another height."""
    field = live.footprint(HEIGHT_MM)
    pixel = max(field.width, field.height) / pixels
    step = 0

    def frame(thickness: float, draft: bool) -> None:
        nonlocal step
        step += 1
        live.slab(SlabRequest(HEIGHT_MM + step % 20, thickness, field, pixel, draft))

    for thickness, draft in ((0.0, False), (THICKNESS_MM, False), (0.0, True), (THICKNESS_MM, True)):
        kind = "thin" if thickness == 0 else f"{thickness:g} mm"
        bench.add(
            f"viewport of {pixels}², fitted, {kind}{', while dragging' if draft else ''}",
            lambda thickness=thickness, draft=draft: frame(thickness, draft),  # type: ignore[misc]
            repeats=4 * bench.repeats,
            warm_up=2,
            target="≥ 60 frames/s",
            met=lambda ms: 1000.0 / ms >= 60.0,
            value=lambda ms: f"{1000.0 / ms:.0f} frames/s",
        )
    from widgets.window import Window
    from widgets.window_kernel import to_display

    slab = live.slab(SlabRequest(HEIGHT_MM, 0.0, field, pixel))
    bench.add(
        f"window and level of {pixels}²",
        lambda: to_display(slab.pixels, Window(0.0, 0.02, "linear_exact")),
        repeats=4 * bench.repeats,
        target="≤ 3 ms",
        met=lambda ms: ms <= 3.0,
    )


def volumes(bench: Bench, live: LiveVolume, size: int, slices: int) -> None:
    """Whole volumes, time of one slice."""
    heights = [HEIGHT_MM - slices / 2 + index for index in range(slices)]
    bench.add(
        f"volume of {slices} slices on conical grids, each",
        lambda: _volume(live, heights, size),
        per=slices,
        repeats=max(2, bench.repeats // 2),
        target="≤ 0.45 reads",
        met=lambda ms: bench.reads(ms) <= 0.45,
    )
    for thickness in (0.0, 3.0):

        def export(thickness: float = thickness) -> None:
            for _ in reconstruct_volume(live, heights, thickness):
                pass

        bench.add(
            f"volume of {slices} slices for export{f', {thickness:g} mm thick' if thickness else ''}, each",
            export,
            per=slices,
            repeats=max(2, bench.repeats // 2),
        )


def _volume(live: LiveVolume, heights: list[float], size: int) -> None:
    out = _kept(min(BLOCK, len(heights)), size)
    for start, stop in split(len(heights), BLOCK):
        live.conical_slabs(heights[start:stop], out=out[: stop - start])


_memory: dict[tuple[int, int], NDArray[np.float32]] = {}


def _kept(planes: int, size: int) -> NDArray[np.float32]:
    if (planes, size) not in _memory:
        _memory.clear()
        _memory[planes, size] = aligned((planes, size, padded(size)))
    return _memory[planes, size]


def iterations(bench: Bench, live: LiveVolume, planes: int) -> float:
    """Iterations of a stack; what one of SIRT takes for a slice, ms."""
    _memory.clear()
    heights = np.asarray(HEIGHT_MM - planes + 2.0 * np.arange(planes))
    each = float("nan")
    for name in ("sirt", "os-sart", "mlem", "huber"):
        print(f"… {name}", file=sys.stderr, flush=True)
        problem = StackProblem(live, heights, budget_bytes=1 << 40)
        run = build(name, {"iterations": 4}).run(problem, SILENT)  # type: ignore[attr-defined]
        next(run)
        times = []
        for _ in range(4):
            start = time.perf_counter()
            next(run)
            times.append(1e3 * (time.perf_counter() - start))
        median = float(np.median(times[1:]))
        target = "≤ 1600 ms" if name == "sirt" else ""
        title = f"{name}: an iteration of {planes} slices"
        bench.row(
            title, median, min(times), target, median <= 1600.0 if target else None, f"{median / planes:.0f} ms a slice"
        )
        if name == "sirt":
            each = median / planes
        del problem, run
    return each


def sizes(bench: Bench, views: int, size: int) -> list[str]:
    """One row of the table of sizes: reads for a slice, of so many computed together."""
    bench.measure_read(views, size)
    live = LiveVolume(synthetic(views, size))
    cells = [f"{views} × {size}²", f"{bench.one_read:.1f}"]
    for count in COUNTS:
        heights = [20.0 + index for index in range(count)]
        print(f"… {views} × {size}²: {count} slices", file=sys.stderr, flush=True)
        median, _ = timed(lambda heights=heights: _volume(live, heights, size), max(2, bench.repeats // 2), count)  # type: ignore[misc]
        cells.append(f"{median:.1f} ({median / bench.one_read:.2f})")
    _memory.clear()
    start = time.perf_counter()
    live.with_algorithm(refiltered(live))
    cells.append(f"{time.perf_counter() - start:.2f}")
    return cells


def program(bench: Bench, views: int, size: int) -> None:
    """Start of the command; from files to the first slice, and memory, in processes of their own."""
    bench.add(
        "bocage --help",
        lambda: subprocess.run(
            [sys.executable, "-m", "app", "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        ),
        target="≤ 500 ms",
        met=lambda ms: ms <= 500.0,
    )
    with tempfile.TemporaryDirectory() as folder:
        from app.dicom.write import StudyFacts, write_projections

        print("… writing a study", file=sys.stderr, flush=True)
        facts = StudyFacts(patient_name="Benchmark", patient_id="BENCHMARK", study_description="Benchmark")
        write_projections(Path(folder) / "views", synthetic(views, size), facts)
        runs = [_memory_of(folder, "files") for _ in range(3)]
        seconds = float(np.median([run["first_slice_s"] for run in runs]))
        bench.row(
            f"files to the first full-detail slice, {views} × {size}²", 1e3 * seconds,
            1e3 * min(run["first_slice_s"] for run in runs), "≤ 3000 ms", seconds <= 3.0,
        )  # fmt: skip
        few, many = (_memory_of(folder, "read", count) for count in (10, 1500 if bench.judge else 20))
        for name, run in (("10 heights", few), ("1500 heights", many)):
            used = (run["peak_mb"] - run["before_mb"]) / run["stored_mb"]
            bench.table.rows.append(
                Row(f"memory of live reading, {name}", float("nan"), float("nan"), float("nan"),
                    f"{used:.2f} × as stored ({run['stored_mb']:.0f} MB)", "≤ 2.2 ×",
                    used <= 2.2 if bench.judge else None)
            )  # fmt: skip
        few, many = (_memory_of(folder, "export", count) for count in ((64, 320) if bench.judge else (16, 48)))
        grown = many["peak_mb"] - few["peak_mb"]
        bench.table.rows.append(
            Row("memory of computing five times as many slices for writing", float("nan"), float("nan"), float("nan"),
                f"{grown:+.0f} MB", "≤ 50 MB", grown <= 50.0 if bench.judge else None)
        )  # fmt: skip


def _memory_of(folder: str, task: str, slices: int = 10) -> dict[str, Any]:
    print(f"… {task}, {slices} slices, in a process of its own", file=sys.stderr, flush=True)
    script = Path(__file__).with_name("live_memory.py")
    interval = 350.0 / max(slices, 10)
    command = [
        sys.executable,
        str(script),
        folder,
        "--task",
        task,
        "--slices",
        str(slices),
        "--interval",
        str(interval),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
