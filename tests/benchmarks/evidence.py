"""Evidence objects there and back: how far measurements come to lie from where they stood, what validators say, times.

``python -m tests.benchmarks.evidence [--smoke] [--folder STUDY]``. Without a folder a small study is made, with every
kind of measurement on every kind of picture; with one (a folder of DICOM files) its own pictures are used.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TOLERANCE_MM = 1e-3
REPEATS = 5


def scaled(items: Any, factor: float) -> tuple[Any, ...]:
    """The measurements, that much larger."""
    return tuple(replace(item, points_mm=tuple((x * factor, y * factor) for x, y in item.points_mm)) for item in items)


def main() -> int:
    """Print the tables; 1 when a measurement came back elsewhere or a validator found an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one run of each instead of the median of five")
    parser.add_argument("--folder", type=Path, help="a study of one's own")
    options = parser.parse_args()
    from evidence_study import errors, load_study, look, measurements, write_study

    from app.dicom.evidence.places import places_of, space_planes
    from app.dicom.evidence.read import evidence_of
    from app.dicom.evidence.restore import Restorer
    from app.dicom.evidence.write import write_evidence

    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name) / "study"
        if options.folder is None:
            write_study(folder)
        study = load_study(folder)
        reading = study.reading
        looks = []
        for uid, picture in study.pictures.items():
            state = reading.of(uid)
            middle = sum(picture.source.info.height_range_mm) / 2
            height = state.reconstruction.stepped(middle, 0) if picture.has_planes and state.reconstruction else None
            footprint = picture.source.footprint(height or 0.0)
            factor = min(footprint.width, footprint.height) / 18.0
            own = scaled(measurements(height, spatial=picture.is_slices), factor)
            reading = reading.with_series(uid, replace(state, measurements=own))
            looks.append(look(uid, height, id=f"{len(looks):032x}"))
        times: dict[str, list[float]] = {"write": [], "read": [], "place": []}
        for run in range(1 if options.smoke else REPEATS):
            start = time.perf_counter()
            request = study.request(Path(name) / f"evidence-{run}", reading, key_images=tuple(looks))
            written = write_evidence(request)
            times["write"].append(time.perf_counter() - start)
            start = time.perf_counter()
            evidence = evidence_of(written.files)
            times["read"].append(time.perf_counter() - start)
            start = time.perf_counter()
            places = {uid: places_of(picture, study.pictures) for uid, picture in study.pictures.items()}
            known = {instance for place in places.values() for instance in place.headers}
            left = {key.instance for key in evidence.images} - known
            evidence = replace(evidence, planes=space_planes(written.files, left))
            restored = Restorer(evidence, places, study.pictures, study.reading).all()
            times["place"].append(time.perf_counter() - start)
        failed = report(study, reading, restored)
        found = {path: errors(path) for path in written.files}
        wrong = {path.name: lines for path, lines in found.items() if lines}
        size = sum(path.stat().st_size for path in written.files) / 1e6
        print(f"\n{len(written.files)} files, {size:.1f} MB; dciodvfy finds errors in {len(wrong)} of them")
        for path, lines in wrong.items():
            print(f"  {path}: {lines[0]}")
        for title, seconds in times.items():
            print(f"{title:6} {1000 * sorted(seconds)[len(seconds) // 2]:8.0f} ms")
    return 1 if failed or wrong else 0


def report(study: Any, reading: Any, restored: Any) -> bool:
    """The table of distances; whether one of them is too large or a measurement is missing."""
    print(f"{'picture':12} {'series':34} {'sent':>5} {'back':>5} {'worst mm':>10}")
    failed = False
    for uid, picture in study.pictures.items():
        before = {item.id: item for item in reading.of(uid).measurements}
        after = {item.id: item for item in restored.measurements.get(uid, ())}
        worst = max((apart(item, after[key]) for key, item in before.items() if key in after), default=math.nan)
        failed = failed or len(after) < len(before) or not worst <= TOLERANCE_MM
        series = picture.header.series_description[:34]
        print(f"{picture.kind:12} {series:34} {len(before):5} {len(after):5} {worst:10.1e}")
    return failed


def apart(one: Any, other: Any) -> float:
    """How far two measurements are from each other, mm."""
    between = [math.dist(a, b) for a, b in zip(one.points_mm, other.points_mm, strict=True)]
    return max(between + [abs(a - b) for a, b in zip(one.planes_mm, other.planes_mm, strict=True)])


if __name__ == "__main__":
    sys.exit(main())
