"""What becomes of every DICOM file that comes with pydicom, pydicom-data, pynetdicom and highdicom: a table.

``python -m tests.benchmarks.encodings [--smoke]``: each file is opened by itself, as if a user had chosen it. It is
opened, or refused with a sentence; anything else is a fault.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.dicom.read import load, scan, thumbnail
from recon.errors import BocageError

PACKAGES = ("pydicom", "data_store", "pynetdicom", "highdicom")
"""Import names; ``data_store`` is that of pydicom-data."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    result : "opened", "named", "refused" or "fault"
        Named ones are listed with a sentence that says why they are not shown.
    """

    path: Path
    result: str
    kind: str = ""
    title: str = ""
    sentence: str = ""


def shipped_files() -> list[Path]:
    """All files of the packages that are DICOM, or call themselves so; nothing is downloaded."""
    found = []
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        there = (path for path in sorted(Path(spec.origin).parent.rglob("*")) if path.is_file())
        found += [path for path in there if path.suffix == ".dcm" or _has_preamble(path)]
    return found


def _has_preamble(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(132)[128:] == b"DICM"


def outcomes(path: Path) -> Iterator[Outcome]:
    """Open one file: scan it, make its thumbnail, load it, take its first picture."""
    try:
        catalogue = scan(path)
    except Exception as error:
        yield Outcome(path, "fault", sentence=f"{type(error).__name__}: {error}")
        return
    for problem in catalogue.problems:
        yield Outcome(path, "refused", sentence=problem.reason)
    for entry in catalogue.series:
        try:
            if entry.kind == "other":
                yield Outcome(path, "named", entry.kind, entry.title, " ".join(entry.notes))
                continue
            thumbnail(entry)
            loaded = load(entry)
            if loaded.source is not None:
                low, _ = loaded.source.info.height_range_mm
                seen = loaded.source.slab(_request(low))
                if not np.isfinite(seen.pixels).any():
                    raise ValueError("nothing to be seen")
            yield Outcome(path, "opened", entry.kind, entry.title)
        except BocageError as error:
            yield Outcome(path, "refused", entry.kind, entry.title, str(error))
        except Exception as error:
            yield Outcome(path, "fault", entry.kind, entry.title, f"{type(error).__name__}: {error}")


def _request(height_mm: float) -> object:
    from recon.slab import SlabRequest

    return SlabRequest(height_mm)


def main() -> None:
    """Print the table and the count of each outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="every tenth file")
    files = shipped_files()
    if parser.parse_args().smoke:
        files = files[::10]
    counts: Counter[str] = Counter()
    print(f"{'file':44} {'outcome':8} {'kind':11} title or sentence")
    for path in files:
        for found in outcomes(path):
            counts[found.result] += 1
            print(f"{path.name[:44]:44} {found.result:8} {found.kind:11} {found.sentence or found.title}")
    print(f"{len(files)} files: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))


if __name__ == "__main__":
    main()
