"""Measure the reconstruction: ``make bench``, or ``python tests/benchmarks/run.py --help``.

Everything is compared with *one read*: reading the views once from memory as float32 with all threads, in the same
run; and, where it is installed (the extra ``rtk``), with the Reconstruction Toolkit on the same data. ``--smoke`` runs
everything at tiny sizes and judges nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import frames
import peers
import rtk_peer
import start
from engine import COUNTS, Bench, measure, program, sizes, synthetic
from timing import Row, machine, peak_memory_mb

ROOT = Path(__file__).parents[2]
SIZES = ((25, 1011), (60, 1011), (25, 2022), (60, 2022))
NO_PEER = "RTK is not installed (pip install 'bocage[rtk]'); nothing was held against it."


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--smoke", action="store_true", help="tiny sizes, no judgement: does everything run?")
    options.add_argument("--views", type=int, default=60)
    options.add_argument("--size", type=int, default=2022, help="rows and columns of a view")
    options.add_argument("--repeats", type=int, default=7)
    options.add_argument("--no-peer", action="store_true", help="leave out RTK, which takes most of the time")
    options.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    chosen = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    views, size, slices, viewport, all_sizes = chosen.views, chosen.size, 64, 1000, SIZES
    if chosen.smoke:
        views, size, slices, viewport, all_sizes = 9, 300, 20, 120, ((5, 200),)
    from recon.warmup import compile_kernels

    compile_kernels()
    where = machine()
    bench = Bench(2 if chosen.smoke else max(5, chosen.repeats), judge=not chosen.smoke)
    sirt = measure(bench, views, size, slices, viewport)
    program(bench, views, size)
    _start(bench)
    _frames(bench, views, size, 0.5 if chosen.smoke else 4.0)
    held = _held_against(bench, views, size, 4 if chosen.smoke else 16, sirt) if not chosen.no_peer else ""
    one_read = bench.one_read
    grid = [["", "one read, ms", *(f"{count} slices" for count in COUNTS), "filtering, s"]]
    grid += [sizes(bench, *each) for each in all_sizes]
    bench.one_read = one_read
    facts = f"{views} views of {size} × {size}, uint16; peak memory {peak_memory_mb():.0f} MB\n{where}"
    print(bench.table.text())
    print(held)
    for row in grid:
        print("  ".join(cell.rjust(14) for cell in row))
    print(facts)
    if chosen.write:
        _write(bench, grid, facts, held)
    missed = [row.name for row in bench.table.rows if row.met is False]
    return 1 if missed and chosen.strict else 0


def _start(bench: Bench) -> None:
    """From a fresh interpreter to a window that answers."""
    nan = float("nan")
    window, imports = start.start_s(1 if not bench.judge else 5)
    value = f"{window:.2f} s, of it imports {imports:.2f} s"
    met = window <= start.TARGET_S if bench.judge else None
    bench.table.rows.append(Row("start to a usable window", nan, nan, nan, value, f"≤ {start.TARGET_S:g} s", met))


def _frames(bench: Bench, views: int, size: int, seconds: float) -> None:
    """Frames of the real window; judged where the reader's comfort was promised."""
    nan = float("nan")
    for found in frames.measure(views, size, seconds, (1920, 1200) if bench.judge else (900, 700)):
        promised = found.name.startswith("cine at 30 asked, 2")
        met = found.p95_ms <= frames.TARGET_P95_MS and found.fps >= frames.TARGET_FPS - 0.5
        met = met and found.blocked_ms <= frames.TARGET_BLOCK_MS
        value = f"{found.fps:.0f} frames/s, p95 {found.p95_ms:.0f}, worst {found.worst_ms:.0f} ms"
        target = "≥ 30 frames/s, p95 ≤ 40, never blocked > 50 ms" if promised else ""
        bench.table.rows.append(
            Row(found.name, nan, nan, nan, value, target, met if promised and bench.judge else None)
        )


def _held_against(bench: Bench, views: int, size: int, slices: int, sirt_ms: float) -> str:
    if not rtk_peer.available():
        return NO_PEER
    table, read = bench.table, bench.one_read
    peers.back_projection(table, read, views, size, slices, 3)
    data = synthetic(views, size)
    peers.whole_chain(table, read, data, slices)
    peers.sart(table, read, data, slices, sirt_ms)
    if not bench.judge:
        for index, row in enumerate(table.rows):
            table.rows[index] = row.unjudged()
    return ""


def _write(bench: Bench, grid: list[list[str]], facts: str, held: str) -> None:
    path = ROOT / "docs" / "benchmarks.md"
    path.parent.mkdir(exist_ok=True)
    table = ["| " + " | ".join(row) + " |" for row in grid]
    table.insert(1, "|---|" + "---:|" * (len(grid[0]) - 1))
    text = f"""# Benchmarks

Written by `make bench BENCH_OPTIONS=--write`. *One read* is reading the float32 views once from memory with all
threads; times are medians.

{facts}

{bench.table.markdown()}

{held}

## Sizes

Time of one slice in ms (and in reads), of so many computed together on conical grids; filtering of all views.

{chr(10).join(table)}
"""
    path.write_text(text.replace("\n\n\n", "\n\n"), encoding="utf-8")
    print(f"Written to {path.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
