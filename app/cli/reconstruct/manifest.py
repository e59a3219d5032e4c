"""The manifest: a small file, written last, by which a finished result is recognised when a batch is resumed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.reconstruct.formats import MANIFEST
from app.cli.reconstruct.options import Options
from app.cli.reconstruct.series import Result
from app.replacing import replacing
from recon.errors import BocageError

if TYPE_CHECKING:
    from app.dicom.read import SeriesEntry

WHOLE_BYTES = 64 << 20
SAMPLES, SAMPLE_BYTES = 16, 1 << 20
"""Of larger files."""

FORMAT = "bocage-result"
VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """What a folder of slices holds and came from. No patient data.

    Attributes
    ----------
    run : str
        The batch that wrote it: of two attempts at one series, the second finds the first's work done.
    inputs : str
        A digest of the series, its files' names and what they hold (`inputs_of`).
    options : dict
        What was asked for, as `options_of` gives it.
    files : dict
        Name and size in bytes of each file.
    """

    run: str
    inputs: str
    options: dict[str, Any]
    files: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def is_complete(self, folder: Path) -> bool:
        """Whether every file is there with its size."""
        try:
            return all((folder / name).stat().st_size == size for name, size in self.files.items())
        except OSError:
            return False

    def differences(self, inputs: str, options: dict[str, Any]) -> str:
        """In words, how what is asked for now differs from what is there; empty if it does not."""
        changed = [
            f"{name} was {_words(self.options.get(name))}, now {_words(options.get(name))}"
            for name in sorted({*self.options, *options})
            if self.options.get(name) != options.get(name)
        ]
        if self.inputs != inputs:
            changed.insert(0, "the projections have changed since")
        return "; ".join(changed)


def options_of(options: Options) -> dict[str, Any]:
    """All that decides what comes out, as JSON has it; a geometry file by its contents."""
    region = options.region
    return {
        **options.computed(),
        "heights_mm": None if options.heights_mm is None else list(options.heights_mm),
        "interval_mm": options.interval_mm,
        "region_mm": None if region is None else [region.x0, region.y0, region.x1, region.y1],
        "pixel_mm": options.pixel_mm,
        "format": str(options.format),
        "object": str(options.dicom_object),
        "compression": str(options.compression),
        "orientation": options.orientation,
        "geometry_file": None if options.geometry_file is None else _digest(_contents(options.geometry_file)),
        "preset": options.preset,
        "kind": options.kind,
        "air": options.air,
    }


def inputs_of(entry: SeriesEntry, label: str) -> str:
    """A digest of a series: a view that arrives later, other pixels or another geometry file change it."""
    parts = [label]
    for path in entry.files:
        try:
            parts.append(f"{path.name} {_fingerprint(path)}")
        except OSError as error:
            raise BocageError(f"{path.name}: cannot be read ({error.strerror or type(error).__name__}).") from None
    if entry.geometry_path is not None:
        parts.append(_digest(_contents(entry.geometry_path)))
    return _digest("\n".join(parts).encode())


def read(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none, or none that can be understood."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT or data["version"] != VERSION:
            return None
        return Manifest(data["run"], data["inputs"], dict(data["options"]), dict(data["files"]), dict(data["facts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, run: str, inputs: str, options: dict[str, Any], result: Result) -> None:
    """Write the manifest of a result that is complete in a folder."""
    from app.dicom.write.series import version

    data = {
        "format": FORMAT,
        "version": VERSION,
        "program": f"Bocage {version()}",
        "run": run,
        "inputs": inputs,
        "options": options,
        "files": {path.name: path.stat().st_size for path in result.files},
        "facts": {
            "slices": len(result.heights_mm),
            "heights_mm": [result.heights_mm[0], result.heights_mm[-1]],
            "shape": list(result.shape),
            "notes": list(result.notes),
            "seconds": {name: round(seconds, 3) for name, seconds in result.seconds.items()},
        },
    }
    with replacing(folder / MANIFEST) as part:
        part.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BocageError(f"{path.name}: the geometry file cannot be read ({error.strerror}).") from None


def _fingerprint(path: Path) -> str:
    """A digest of a file; of one above 64 MB its size, the time of its last change, and samples all through it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= WHOLE_BYTES:
            return _digest(file.read())
        parts = [f"{size} {path.stat().st_mtime_ns}".encode()]
        for index in range(SAMPLES):
            file.seek(index * (size - SAMPLE_BYTES) // (SAMPLES - 1))
            parts.append(file.read(SAMPLE_BYTES))
    return _digest(b"".join(parts))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _words(value: Any) -> str:
    if value is None:
        return "not given"
    return f"{value:g}" if isinstance(value, float) else str(value)
