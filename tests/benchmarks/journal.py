"""How long it takes from a change to its having been read back from the disk, and what the GUI thread pays for it.

Run with ``python -m tests.benchmarks.journal [changes]``; one change every 10 ms, as a fast hand makes them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np


def main(count: int = 500) -> None:
    """Print the times."""
    from app.journal.desk import Entry
    from app.journal.parts import changed_parts
    from app.journal.store import Study
    from app.journal.writer import Writer
    from app.session.state import Reading
    from widgets.measurements import Measurement

    with tempfile.TemporaryDirectory(prefix="bocage-journal-") as folder:
        writer = Writer(Path(folder))
        study = Study("1.2.3")
        reading, paid = Reading(), []
        for number in range(count):
            state = reading.of("1.2.3.4")
            items = (*state.measurements[:49], Measurement.new("length", ((0.0, 0.0), (float(number), 1.0)), 5.0))
            after = reading.with_series("1.2.3.4", replace(state, measurements=items))
            started = time.perf_counter()
            parts = tuple(changed_parts(reading, after))
            writer.put(Entry(study, "do", "length measurement", "", False, time.time(), parts))
            paid.append(1e6 * (time.perf_counter() - started))
            reading = after
            time.sleep(0.01)
        writer.flush()
        taken = 1000 * np.asarray(writer.latencies_s)
        writer.close()
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    p50, p95 = np.percentile(taken, (50, 95))
    print(f"{taken.size} changes with up to 50 measurements, file {size / 1e6:.2f} MB")
    print(f"from the change to read back: median {p50:.1f} ms, p95 {p95:.1f} ms, worst {taken.max():.1f} ms")
    print(f"on the GUI thread: median {np.median(paid):.0f} µs, p95 {np.percentile(paid, 95):.0f} µs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
