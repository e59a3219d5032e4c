"""Memory of reading a study live, and of writing a long range, in a process of their own: called by `run.py`.

``python tests/benchmarks/live_memory.py STUDY --task read|export|files`` prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np


def resident_mb(name: str = "VmRSS") -> float:
    """A figure of this process from the system, MB; NaN where it is not told."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return float("nan")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("study", type=Path)
    options.add_argument("--task", choices=("read", "export", "files"), required=True)
    options.add_argument("--slices", type=int, default=10)
    options.add_argument("--interval", type=float, default=0.5)
    chosen = options.parse_args()
    # Everything is imported and compiled before: what is asked is what a study adds.
    from app.dicom.read import load, scan
    from recon.export import reconstruct_volume
    from recon.live import LiveVolume
    from recon.slab import SlabRequest
    from recon.warmup import compile_kernels

    compile_kernels()
    before = resident_mb()
    start = time.perf_counter()
    catalogue = scan([chosen.study])
    entry = next(entry for study in catalogue.studies for entry in study.series if entry.kind == "projections")
    projections = load(entry).projections
    assert projections is not None
    live = LiveVolume(projections)
    first = live.slab(SlabRequest(150.0, 3.0))
    seconds = time.perf_counter() - start
    stored = float(np.prod([float(size) for size in projections.views.shape])) * projections.views.dtype.itemsize / 1e6
    facts = {"stored_mb": stored, "before_mb": before, "first_slice_s": seconds, "shape": list(first.pixels.shape)}
    if chosen.task == "read":
        low, _ = live.info.height_range_mm
        field = live.footprint(150.0)
        for index in range(chosen.slices):
            live.slab(SlabRequest(low + chosen.interval * index, 5.0 * (index % 2), field, field.width / 1000))
        # As the window does it: what is shown meanwhile needs no finest views.
        live = live.lightened() or live
        live = live.with_algorithm(type(live.algorithm)(cutoff=0.8))  # type: ignore[call-arg]
        live.slab(SlabRequest(150.0))
    elif chosen.task == "export":
        heights = [chosen.interval * index for index in range(chosen.slices)]
        for _ in reconstruct_volume(live, heights):
            pass
    facts |= {"peak_mb": resident_mb("VmHWM"), "kept_mb": live.nbytes / 1e6}
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
