"""What the session asks of the rest of the program, in one place, imported at first use.

Tests put their own functions here; the window never imports DICOM or kernels while it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.imports import prepare_dicom
from recon.progress import Progress


def _scan(paths: list[Path], progress: Progress, on_found: Callable[[Any], None] | None) -> Any:
    prepare_dicom()
    from app.dicom.read import scan

    return scan(paths, progress, on_found)


def _load(entry: Any, **options: Any) -> Any:
    prepare_dicom()
    from app.dicom.read import load

    return load(entry, **options)


def _thumbnail(entry: Any) -> Any:
    prepare_dicom()
    from app.dicom.read import thumbnail

    return thumbnail(entry)


def _demonstration_case(progress: Progress) -> Path:
    from app.demo import demonstration_case

    return demonstration_case(progress)


def _live(projections: Any, algorithm: Any, progress: Progress, on_ready: Callable[[Any], None] | None = None) -> Any:
    from recon.live import LiveVolume

    return LiveVolume(projections, algorithm, progress, on_ready=on_ready)


def _presets() -> Any:
    from app.presets import geometry_presets

    return geometry_presets()


@dataclass(frozen=True)
class Services:
    """The functions behind opening and reconstructing; all of them are called on worker threads."""

    scan: Callable[..., Any] = _scan
    load: Callable[..., Any] = _load
    thumbnail: Callable[..., Any] = _thumbnail
    demonstration_case: Callable[[Progress], Path] = _demonstration_case
    live: Callable[..., Any] = _live
    presets: Callable[[], Any] = _presets
