"""Make docs/quality.md: every algorithm, and RTK's FDK and SART, on the same views of the same test objects.

``bocage quality --all`` measures Bocage's own algorithms; this adds RTK's (the extra ``rtk``) to the table. Runs for
about half an hour. ``-o`` writes elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import rtk_peer

from app.cli.quality import Job, geometry_of, write_reports
from app.cli.terminal import progress_bar
from recon.algorithms import ALGORITHMS, build
from recon.progress import Progress
from recon.projections import ProjectionSet
from recon.quality.measure import measure_algorithm, measure_scene
from recon.quality.report import aligned, comparison_rows
from recon.quality.scene import Scene, simulate_scene
from recon.slab import PlaneGrid, SlabSource, SourceInfo
from recon.stored import Volume

ROOT = Path(__file__).parents[2]
COMMAND = "python tests/benchmarks/quality.py"
FIELD_MM = ((-60.0, 60.0), (-65.0, 65.0))
"""(along, across) of RTK's volume: it holds the whole body at all heights."""
FDK = {"hann": 1.0}
"""The window of Bocage's own default."""
SART = {"iterations": 2, "relaxation": 0.3}

Chain = Callable[..., tuple[np.ndarray, float]]


def by_rtk(
    chain: Chain, scene: Scene, projections: ProjectionSet, heights_mm: Sequence[float], progress: Progress
) -> SlabSource:
    """RTK's volume from views of the scene, on the detector's pixel as seen at the objects."""
    progress.step(0.0, "RTK")
    region, pixel = scene.region(*FIELD_MM), scene.pixel_mm
    grid = PlaneGrid.covering(region, pixel)
    views = np.asarray(projections.views, np.float32)
    if projections.kind == "counts":
        views = -np.log(np.maximum(views, 0.5) / np.float32(projections.air))
    setting = rtk_peer.Setting(tuned=scene.frame.sweep_axis == 1)
    pixels, _ = chain(np.ascontiguousarray(views), projections.geometry, list(heights_mm), grid, setting)
    ends = (float(heights_mm[0]), float(heights_mm[-1]))
    return Volume(np.ascontiguousarray(pixels), heights_mm, grid, SourceInfo("RTK", "1/mm", ends))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-o", "--output", type=Path, default=ROOT / "docs")
    options.add_argument("--pitch", type=float, help="detector pixel, mm")
    chosen = options.parse_args()
    with progress_bar() as progress:
        scene = simulate_scene(geometry_of(Job(pitch_mm=chosen.pitch)), progress=progress.part(0.0, 0.05))
        reports = [measure_algorithm(build(name), scene, progress=progress.part(0.05, 0.2)) for name in ALGORITHMS]
        if rtk_peer.available():
            for title, chain, settings in (
                ("RTK FDK", partial(rtk_peer.fdk, **FDK), FDK),
                ("RTK SART", partial(rtk_peer.sart, **SART), SART),
            ):
                run = partial(by_rtk, chain, scene)
                reports.append(measure_scene(run, scene, title, settings, progress=progress.part(0.2, 1.0)))
        else:
            print("note: RTK is not installed (pip install 'bocage[rtk]') and left out.")
    rows = comparison_rows(reports)
    print(aligned(rows, right=range(2, len(rows[0]))))
    chosen.output.mkdir(parents=True, exist_ok=True)
    for path in write_reports(chosen.output, reports, COMMAND):
        print(f"written: {path}")


if __name__ == "__main__":
    main()
