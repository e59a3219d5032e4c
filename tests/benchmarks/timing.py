"""Timing, the table, and facts about the machine."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Row:
    """One measured thing.

    Attributes
    ----------
    name : str
    median_ms, best_ms : float
        Of one unit (one slice of a volume, one frame); NaN when it was not timed.
    reads : float
        Median over the median of one read.
    value : str
        Another figure, such as frames per second.
    target : str
    met : bool or None
        None without a target.
    """

    name: str
    median_ms: float
    best_ms: float
    reads: float
    value: str = ""
    target: str = ""
    met: bool | None = None

    def unjudged(self) -> Row:
        """The row without a verdict."""
        return replace(self, met=None)


@dataclass
class Table:
    """Rows as text for the terminal and as Markdown."""

    rows: list[Row] = field(default_factory=list)

    def cells(self) -> list[tuple[str, ...]]:
        head = ("", "median ms", "best ms", "× one read", "", "target", "")
        mark = {True: "✓", False: "✗", None: ""}
        return [head, *self._lines(mark)]

    def _lines(self, mark: dict[bool | None, str]) -> list[tuple[str, ...]]:
        return [
            (
                row.name,
                _number(row.median_ms),
                _number(row.best_ms),
                "" if np.isnan(row.reads) else f"{row.reads:.2f}",
                row.value,
                row.target,
                mark[row.met],
            )
            for row in self.rows
        ]

    def text(self) -> str:
        cells = self.cells()
        widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
        lines = []
        for row in cells:
            parts = [row[0].ljust(widths[0])]
            parts += [cell.rjust(width) for cell, width in zip(row[1:5], widths[1:5], strict=True)]
            parts += [row[5].ljust(widths[5]), row[6]]
            lines.append("  ".join(parts).rstrip())
        return "\n".join(lines)

    def markdown(self) -> str:
        cells = self.cells()
        rule = "|---|---:|---:|---:|---:|---|---|"
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([lines[0], rule, *lines[1:]])


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def timed(function: Callable[[], object], repeats: int, per: int = 1, warm_up: int = 1) -> tuple[float, float]:
    """Median and best wall-clock time in ms of one of `per` units, after `warm_up` untimed calls."""
    for _ in range(warm_up):
        function()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1e3 / per)
    return float(np.median(times)), float(np.min(times))


def machine() -> str:
    """Processor, cores, threads in use, versions."""
    import numba

    from recon.parallel import THREADS

    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        name = models[0] if models else name
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return (
        f"{name}, {os.cpu_count()} cores, {THREADS} threads used{load}; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}"
    )


def peak_memory_mb() -> float:
    """Most memory that this process ever held, MB; NaN where it is not known."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)
