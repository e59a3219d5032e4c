"""Measure the reconstruction: ``make bench``, or ``python tests/benchmarks/run.py --help``.

Everything is compared with *one read*: reading the same filtered samples once from memory as float32 with all
threads, in the same run. ``--smoke`` runs everything at tiny sizes and judges nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray
from timing import Row, Table, machine, peak_memory_mb, timed

from recon import trajectories
from recon.algorithms import FilteredBackProjection
from recon.backproject import padded
from recon.export import reconstruct_volume
from recon.live import LiveVolume
from recon.parallel import run_tiles, split
from recon.projections import ProjectionSet
from recon.samples import aligned
from recon.slab import PlaneGrid, SlabRequest

ROOT = Path(__file__).parents[2]

HEIGHT_MM, THICKNESS_MM = 150.0, 10.0
VOLUME_SLICES, BLOCK = 64, 16
VIEWPORT = 1000


def synthetic(views: int, size: int) -> ProjectionSet:
    """Noisy counts like a chest's range: one frame, moved along from view to view."""
    pitch = 404.4 / size
    reach = 1800.0 * np.tan(np.radians(15.0))
    geometry = trajectories.linear_track(
        source_position_mm=np.linspace(-reach, reach, views), source_to_detector_mm=1800.0, pixel_pitch_mm=pitch,
        shape=(size, size),
    )  # fmt: skip
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
    """Reads and copies the samples with all threads."""

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


class Bench:
    """Collects rows; everything is told as it is measured."""

    def __init__(self, repeats: int, judge: bool) -> None:
        self.repeats, self.judge = repeats, judge
        self.table = Table()
        self.one_read = float("nan")

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
        verdict = met(median) if met is not None and self.judge else None
        text = value(median) if value is not None else ""
        self.table.rows.append(Row(name, median, best, median / self.one_read, text, target, verdict))
        return median

    def reads(self, median: float) -> float:
        return median / self.one_read


def measure(bench: Bench, views: int, size: int, slices: int, viewport: int) -> None:
    """Reconstruction on synthetic counts."""
    data = synthetic(views, size)
    start = time.perf_counter()
    live = LiveVolume(data)
    built = (time.perf_counter() - start) * 1e3
    reader = Reader(np.ones((views, size, size), np.float32))
    before = timed(reader.read, bench.repeats, warm_up=2)
    bench.one_read = before[0]
    megabytes = reader.flat.nbytes / 1e6
    bench.table.rows.append(
        Row("one read, before", *before, 1.0, f"{megabytes:.0f} MB, {megabytes / before[0]:.1f} GB/s")
    )
    quarter = np.empty(max(1, reader.flat.size // 4), np.float32)

    def copy() -> None:
        for _ in range(4):
            reader.copy(quarter)

    bench.add("memory copy of the same (a quarter × 4)", copy)
    bench.table.rows.append(Row("counts to first filtered views, once", built, float("nan"), built / bench.one_read))
    bench.add(
        "filtering all views again (with coarser levels)",
        lambda: live.with_algorithm(refiltered(live)),
        repeats=max(2, bench.repeats // 2),
    )
    slices_of(bench, live, size)
    viewports(bench, live, viewport)
    volumes(bench, live, size, slices)
    after = timed(reader.read, bench.repeats)
    bench.table.rows.append(Row("one read, after", *after, after[0] / bench.one_read))


def refiltered(live: LiveVolume) -> FilteredBackProjection:
    """An algorithm whose filter is another one."""
    return FilteredBackProjection(cutoff=0.9 if live.algorithm == FilteredBackProjection() else 1.0)


def slices_of(bench: Bench, live: LiveVolume, size: int) -> None:
    """Full-matrix slices on the detector's own pixel."""
    out = aligned((1, size, padded(size)))
    bare = bench.add(
        "thin slice on its conical grid",
        lambda: live.conical_slabs([HEIGHT_MM], out=out),
        target="≤ 2 reads",
        met=lambda ms: bench.reads(ms) <= 2.0,
    )
    bench.add(
        f"{THICKNESS_MM:g} mm slab on its conical grid",
        lambda: live.conical_slabs([HEIGHT_MM], THICKNESS_MM, out),
        target="≤ 1.5 × thin",
        met=lambda ms: ms <= 1.5 * bare,
        value=lambda ms: f"{ms / bare:.2f} × thin",
    )
    # On a grid of square pixels that is not the conical one: what every picture and export pays.
    grid = PlaneGrid.covering(live.footprint(HEIGHT_MM), min(live.native_pixel_mm(HEIGHT_MM)) * 1.001)
    thin = bench.add(
        "thin slice on a regular grid",
        lambda: live.slabs([HEIGHT_MM], 0.0, grid),
        target="≤ 2 reads",
        met=lambda ms: bench.reads(ms) <= 2.0,
    )
    for averaging, name in (("rays", "along the rays"), ("vertical", "at fixed (x, y)")):
        bench.add(
            f"{THICKNESS_MM:g} mm slab on a regular grid, {name}",
            lambda averaging=averaging: live.slabs([HEIGHT_MM], THICKNESS_MM, grid, averaging=averaging),  # type: ignore[misc]
            target="≤ 1.5 × thin" if averaging == "rays" else "",
            met=(lambda ms: ms <= 1.5 * thin) if averaging == "rays" else None,
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
    block = min(BLOCK, slices)
    out = aligned((block, size, padded(size)))

    def bare() -> None:
        for start, stop in split(slices, block):
            live.conical_slabs(heights[start:stop], out=out[: stop - start])

    bench.add(
        f"volume of {slices} slices on conical grids, each",
        bare,
        per=slices,
        repeats=max(2, bench.repeats // 2),
        target="≤ 0.7 reads",
        met=lambda ms: bench.reads(ms) <= 0.7,
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
            target="≤ 0.7 reads" if thickness == 0 else "",
            met=(lambda ms: bench.reads(ms) <= 0.7) if thickness == 0 else None,
        )


def program(bench: Bench, smoke: bool) -> None:
    """Start of the command, and from files to the first slice."""
    bench.add(
        "bocage --help",
        lambda: subprocess.run(
            [sys.executable, "-m", "app", "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        ),
        target="≤ 500 ms",
        met=lambda ms: ms <= 500.0,
    )
    with tempfile.TemporaryDirectory() as folder:
        study = _study(Path(folder) if smoke else None)
        heights = iter(np.linspace(80.0, 160.0, 64))

        def open_study() -> None:
            from app.dicom.read import load, scan

            catalogue = scan([study])
            series = [entry for each in catalogue.studies for entry in each.series if entry.kind == "projections"]
            projections = load(series[0]).projections
            assert projections is not None
            live = LiveVolume(projections)
            live.slab(SlabRequest(float(next(heights)), 3.0, None, 0.5))

        bench.add("demonstration case: files to first slice", open_study, repeats=max(2, bench.repeats // 2), warm_up=1)


def _study(folder: Path | None) -> Path:
    from app.demo import demonstration_case

    if folder is None:
        print("… the demonstration case, made once", file=sys.stderr, flush=True)
        return demonstration_case()
    from app.simulate import SimulationSettings

    small = SimulationSettings(views=5, pixel_pitch_mm=6.0, shape=(70, 68), extend_mm={"H": 40.0, "F": 40.0})
    return demonstration_case(folder=folder, settings=small)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--smoke", action="store_true", help="tiny sizes, no judgement: does everything run?")
    options.add_argument("--views", type=int, default=60)
    options.add_argument("--size", type=int, default=2022, help="rows and columns of a view")
    options.add_argument("--repeats", type=int, default=7)
    options.add_argument("--write", action="store_true", help="write out/bench.md")
    options.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    chosen = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    views, size, slices, viewport = chosen.views, chosen.size, VOLUME_SLICES, VIEWPORT
    if chosen.smoke:
        views, size, slices, viewport = 9, 300, 20, 120
    from recon.warmup import compile_kernels

    compile_kernels()
    where = machine()
    bench = Bench(2 if chosen.smoke else max(5, chosen.repeats), judge=not chosen.smoke)
    measure(bench, views, size, slices, viewport)
    program(bench, chosen.smoke)
    facts = f"{views} views of {size} × {size}, uint16; peak memory {peak_memory_mb():.0f} MB\n{where}"
    print(bench.table.text())
    print(facts)
    if chosen.write:
        path = ROOT / "out" / "bench.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{bench.table.markdown()}\n\n{facts}\n", encoding="utf-8")
        print(f"Written to {path.relative_to(ROOT)}")
    missed = [row.name for row in bench.table.rows if row.met is False]
    return 1 if missed and chosen.strict else 0


if __name__ == "__main__":
    raise SystemExit(main())
