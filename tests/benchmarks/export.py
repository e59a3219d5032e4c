"""Export of a volume larger than memory: does what is held stay the same while the slices go by?

The case that is promised, 1500 slices of 2022 × 2022 from 60 views (24.5 GB; DICOM needs 37 GB while it writes):

    .venv/bin/python tests/benchmarks/export.py --format nifti --output /some/large/disk

A smaller one, a few seconds:

    .venv/bin/python tests/benchmarks/export.py --slices 200 --size 512 --views 15

Prints the anonymous memory of the process (RssAnon: what it has allocated, without files' pages; Linux) when a tenth of
the slices is written and at most afterwards. Exits with 1 when it has grown by more than a block of slices. The volume
is removed again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engine import synthetic
from timing import machine

from app.cli.reconstruct.formats import OutputFormat
from app.dicom.write import ReconstructionFacts, StudyFacts, write_slices
from app.export import write_nifti, write_npz, write_tiff
from recon.export import BLOCK_BYTES, reconstruct_volume
from recon.live import LiveVolume
from recon.slab import Slab

RANGE_MM = 750.0


def anonymous_mb() -> float:
    """What this process has allocated and holds, MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("RssAnon is known on Linux only.")


class Watched:
    """Slabs passed on, with the memory held at each."""

    def __init__(self, slabs: Iterator[Slab], count: int) -> None:
        self._slabs, self._count = slabs, count
        self.held: list[float] = []

    def __iter__(self) -> Iterator[Slab]:
        for index, slab in enumerate(self._slabs):
            self.held.append(anonymous_mb())
            if index % max(1, self._count // 20) == 0:
                print(f"… slice {index + 1} of {self._count}: {self.held[-1]:.0f} MB", file=sys.stderr, flush=True)
            yield slab


def write(form: OutputFormat, folder: Path, slabs: Watched, heights: list[float]) -> None:
    path = folder / "slices" if form == OutputFormat.DICOM else folder / form.file_name
    if form == OutputFormat.DICOM:
        write_slices(path, slabs, None, StudyFacts(), ReconstructionFacts("FBP"), count=len(heights))
    elif form == OutputFormat.NPZ:
        write_npz(path, slabs, heights)
    elif form == OutputFormat.TIFF:
        write_tiff(path, slabs, heights, {})
    else:
        write_nifti(path, slabs, heights, None, {})


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--slices", type=int, default=1500)
    options.add_argument("--size", type=int, default=2022, help="rows and columns of a view and of a slice")
    options.add_argument("--views", type=int, default=60)
    options.add_argument("--format", type=OutputFormat, default=OutputFormat.NIFTI, choices=list(OutputFormat))
    options.add_argument("--output", type=Path, default=None, help="folder on a disk with room; a temporary one")
    chosen = options.parse_args()
    needed = chosen.slices * chosen.size**2 * (6 if chosen.format == OutputFormat.DICOM else 4)
    folder = Path(tempfile.mkdtemp(prefix="bocage-export-", dir=chosen.output))
    try:
        if shutil.disk_usage(folder).free < 1.05 * needed:
            raise SystemExit(f"{folder}: {needed / 1e9:.1f} GB are needed; choose another disk by --output.")
        live = LiveVolume(synthetic(chosen.views, chosen.size))
        heights = [index * RANGE_MM / chosen.slices for index in range(chosen.slices)]
        slabs = Watched(reconstruct_volume(live, heights, pixel_mm=live.native_pixel_mm(0.0)[0]), chosen.slices)
        start = time.perf_counter()
        write(chosen.format, folder, slabs, heights)
        seconds, end = time.perf_counter() - start, anonymous_mb()
        written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    early = max(slabs.held[: max(1, chosen.slices // 10)])
    late = max(*slabs.held, end)
    print(f"{chosen.slices} slices of {chosen.size} × {chosen.size} as {chosen.format}: {written / 1e9:.2f} GB written")
    print(f"{seconds:.0f} s, {1000 * seconds / chosen.slices:.0f} ms a slice, computed and written")
    print(f"memory: at most {early:.0f} MB during the first tenth, {late:.0f} MB at any time")
    print(machine())
    return 0 if late <= early + BLOCK_BYTES / (1 << 20) else 1


if __name__ == "__main__":
    raise SystemExit(main())
