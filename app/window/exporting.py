"""Writing what is on screen: slices as DICOM, a viewport as a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from app.session import Picture, Reconstruction
from recon.progress import Progress
from recon.slab import PlaneGrid, Slab, SlabRequest
from widgets.window import Window

OnWritten = Callable[[str], None]


def heights_of(reconstruction: Reconstruction) -> list[float]:
    """The heights of the slices in the range, from the detector up."""
    return [reconstruction.low_mm + index * reconstruction.interval_mm for index in range(reconstruction.n_slices)]


def export_slices(
    folder: Path,
    picture: Picture,
    reconstruction: Reconstruction,
    window: Any,
    files: tuple[Path, ...],
    progress: Progress,
) -> str:
    """Write the slices of the range as a DICOM series into a new folder below `folder`.

    Runs on a worker thread.

    Returns
    -------
    str
        A sentence that says where they are.
    """
    from app.dicom.write import ReconstructionFacts, StudyFacts, source_images, write_slices

    source = picture.source
    heights = heights_of(reconstruction)
    references, frame_uid = source_images(files) if picture.is_live else ((), "")
    algorithm = reconstruction.algorithm
    geometry = picture.geometry if picture.is_live else None
    facts = StudyFacts.from_header(picture.header, picture.study_uid, frame_uid)
    recon = ReconstructionFacts(
        algorithm=str(getattr(algorithm, "title", "Stored slices")),
        parameters=asdict(algorithm) if algorithm is not None else {},
        unit=source.info.unit,
        n_views=geometry.n_views if geometry is not None else None,
        sweep_angle_deg=float(np.ptp(geometry.view_angle_deg)) if geometry is not None else None,
        source_to_detector_mm=float(geometry.source_distance_mm.mean()) if geometry is not None else None,
        detector_pitch_mm=geometry.pixel_pitch_mm if geometry is not None else None,
        geometry_note="; ".join(picture.all_notes),
        sources=references,
        window=(window.centre, window.width) if isinstance(window, Window) else None,
    )
    target = _new_folder(folder, "slices")
    slabs = _slabs(picture, reconstruction, heights)
    write_slices(target, slabs, source.info.patient, facts, recon, progress, count=len(heights))
    return f"{len(heights)} slices were written to {target}."


def _slabs(picture: Picture, reconstruction: Reconstruction, heights: list[float]) -> Iterator[Slab]:
    """All slices on one grid: the field and the pixel of the range's lower end, where the field is largest."""
    source: Any = picture.source
    low = heights[0]
    region, pixel = source.footprint(low), min(source.native_pixel_mm(low))
    if hasattr(source, "slabs"):
        grid = PlaneGrid.covering(region, pixel)
        block = 4
        for start in range(0, len(heights), block):
            yield from source.slabs(heights[start : start + block], reconstruction.thickness_mm, grid)
        return
    for height in heights:
        yield source.slab(SlabRequest(height, reconstruction.thickness_mm, region, pixel))


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    return folder / f"{name}-{number}"
