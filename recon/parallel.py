"""The threads of all kernels.

Kernels are compiled single-threaded with the GIL released (``nogil=True``) and handed tiles from here. Against
Numba's own parallel loops this compiles in a tenth of the time, may be called from several threads at once, and can
be cancelled between tiles.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache

from recon.progress import SILENT, Progress


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


THREADS = max(1, int(os.environ.get("BOCAGE_THREADS", "0")) or _processors())
"""Number of worker threads; the environment variable ``BOCAGE_THREADS`` overrides the processor count."""


_thread = threading.local()


def stand_back() -> None:
    """Give the calling thread helpers of its own, apart from those of threads that someone looks on at.

    Helpers have the priority of the thread that first needs them, so a thread that has lowered its own (long work in
    the background) does not hold up the others, nor is it helped by theirs.
    """
    _thread.behind = True


@cache
def _pool(behind: bool) -> ThreadPoolExecutor:
    name = "bocage-kernel-behind" if behind else "bocage-kernel"
    return ThreadPoolExecutor(max(1, THREADS - 1), thread_name_prefix=name)


def run_tiles(function: Callable[[int], object], count: int, progress: Progress = SILENT, text: str = "") -> None:
    """Call ``function(0) … function(count − 1)`` on all processors and wait.

    Tiles are taken in order by whichever thread is free: the caller's own, and those of the pool that have nothing
    else to do. So a slab asked for while all views are being filtered starts at once. The first exception stops the
    rest and is raised here; `progress` is told the done fraction and may cancel.
    """
    tiles = iter(range(count))
    done = 0

    def work() -> None:
        nonlocal done
        try:
            for tile in tiles:  # next() on a range iterator is atomic under the GIL
                function(tile)
                done += 1
                progress.step(done / count, text)
        except BaseException:
            for _ in tiles:
                pass
            raise

    pool = _pool(getattr(_thread, "behind", False))
    helpers = [pool.submit(work) for _ in range(min(THREADS, count) - 1)]
    try:
        work()
    finally:
        # Helpers that found no free thread are not needed any more.
        started = [helper for helper in helpers if not helper.cancel()]
        wait(started)
    for helper in started:
        helper.result()


def split(length: int, size: int) -> list[tuple[int, int]]:
    """Consecutive ranges (start, stop) of at most `size` covering ``range(length)``."""
    return [(start, min(start + size, length)) for start in range(0, length, size)]
