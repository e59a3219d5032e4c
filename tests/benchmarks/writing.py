"""Writing slices as DICOM: time, size and memory by object and by compression, against a plain copy of the same bytes.

``python -m tests.benchmarks.writing [--smoke]`` (with ``--smoke`` small slices, in seconds)
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.dicom.write import Encoding, ReconstructionFacts, SliceKind, StudyFacts, write_slices
from recon.frame import PatientFrame
from recon.slab import PlaneGrid, Slab

CHEST = PatientFrame.from_letters("L", "F", "P")


def slabs(count: int, size: int) -> Iterator[Slab]:
    """Noisy slices with structure, as a sweep gives them."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:size, 0:size] / size
    for index in range(count):
        smooth = 0.02 + 0.004 * np.sin(9 * x + index / 5) * np.cos(7 * y)
        pixels = (smooth + rng.normal(0.0, 1e-4, (size, size))).astype(np.float32)
        yield Slab(pixels, PlaneGrid((0.0, 0.0), (0.4, 0.4), (size, size)), 2.0 * index, 3.0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true")
    smoke = parser.parse_args().smoke
    count, size = (4, 128) if smoke else (40, 1536)
    raw = 2 * count * size * size
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with (Path(folder) / "plain").open("wb") as file:
            for slab in slabs(count, size):
                slab.pixels.tofile(file)
                file.write(slab.pixels.astype(np.uint16).tobytes())
        plain = time.perf_counter() - start
        print(f"{count} slices of {size} x {size} ({raw / 1e6:.0f} MB); making and spooling them alone {plain:.2f} s")
        print(f"{'object':14}{'compression':14}{'s':>8}{'x plain':>9}{'size':>8}{'peak MB':>9}")
        for kind in (SliceKind.DX, SliceKind.ANGIOGRAPHIC):
            for encoding in Encoding:
                start = time.perf_counter()
                target = Path(folder) / f"{kind}-{encoding}"
                facts, recon = StudyFacts(), ReconstructionFacts("FBP")
                written = write_slices(
                    target, slabs(count, size), CHEST, facts, recon, count=count, kind=kind, encoding=encoding
                )
                seconds = time.perf_counter() - start
                share = sum(path.stat().st_size for path in written.files) / raw
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
                    1 << 20 if sys.platform == "darwin" else 1 << 10
                )
                print(f"{kind:14}{encoding:14}{seconds:8.2f}{seconds / plain:9.2f}{share:8.2f}{peak:9.0f}")
                for path in written.files:
                    path.unlink()


if __name__ == "__main__":
    main()
