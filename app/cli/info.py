"""``bocage info``: what a study holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.cli import study as studies
from app.cli.terminal import progress_bar
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.irregular import view_facts

if TYPE_CHECKING:
    from app.dicom.read import Header, SeriesEntry
    from recon.provenance import Sourced

ORIGINS = {
    "dicom": "the images' own attributes",
    "rdsr": "the dose report",
    "file": "a geometry file",
    "preset": "a preset",
    "user": "a geometry file written by hand",
}


def show_info(study: Path, *, geometry_file: Path | None = None, patient: bool = False) -> int:
    """Print what a study holds, its geometry and what is missing. No patient data unless asked for."""
    from app.dicom.read import MissingGeometry

    lines: list[str] = []
    with progress_bar() as progress:
        catalogue = studies.find(study, progress.part(0.0, 0.3))
        for number, entry in enumerate(catalogue.studies, start=1):
            header = entry.header
            lines.append(_joined(f"Study {number}", header.study_description, header.study_date))
            if patient:
                lines.append(
                    _joined("  Patient", header.patient_name, header.patient_id, header.birth_date, header.sex)
                )
            for series in entry.series:
                lines += _series(series, header)
                if series.kind == "projections":
                    lines.append(f"    {protocol_line(series.header.body_part or header.body_part)}")
                    try:
                        loaded = studies.load_projections(series, progress.part(0.3, 1.0), geometry_file=geometry_file)
                    except BocageError as error:
                        lines += [] if series.needs else [f"    {error}"]
                        if isinstance(error, MissingGeometry) and error.offered_deg:
                            low, high = min(error.offered_deg), max(error.offered_deg)
                            lines.append(
                                f"    the file names are numbers from {low:g} to {high:g}; if they are view angles, "
                                "confirm them in the window, or give a geometry file"
                            )
                        if isinstance(error, MissingGeometry):
                            lines.append(f"    --preset gives a nominal geometry: {preset_names()}")
                        continue
                    assert loaded.projections is not None
                    lines += geometry_lines(loaded.projections.geometry)
                    lines += source_lines(loaded.projections.sources)
                    lines += [f"    note: {note}" for note in loaded.notes if note not in series.notes]
        lines += [f"Not opened: {studies.sentence(problem)}" for problem in catalogue.problems]
    if not catalogue.studies and not catalogue.problems:
        raise BocageError(f"{study}: holds nothing that can be opened.")
    print("\n".join(lines))
    return 0


def _series(series: SeriesEntry, study: Header) -> list[str]:
    words = "view" if series.kind == "projections" else "image"
    plural = "" if series.n_images == 1 else "s"
    where = series.header.body_part or study.body_part
    lines = [
        _joined(f"  {series.title}", series.kind, series.modality, where, f"{series.n_images} {words}{plural}"),
        f"    series {series.uid}",
    ]
    lines += [f"    missing: {need}" for need in series.needs]
    lines += [f"    note: {note}" for note in series.notes]
    return lines


def geometry_lines(geometry: Geometry) -> list[str]:
    """The geometry in a few lines, with where it comes from."""
    rows, columns = geometry.shape
    distance = geometry.source_distance_mm
    spread = "" if np.ptp(distance) < 0.05 else f" to {distance.max():.1f}"
    angles = geometry.view_angle_deg
    lines = [
        f"    geometry from {ORIGINS.get(geometry.origin, geometry.origin)}",
        f"    {geometry.n_views} views of {rows} × {columns} at {geometry.pixel_pitch_mm[0]:g} mm",
        f"    angles {angles.min():.2f}° to {angles.max():.2f}°, along {'xy'[geometry.sweep_axis]}",
        f"    source to detector {distance.min():.1f}{spread} mm",
    ]
    lines += [f"    {fact}" for fact in view_facts(geometry)]
    if geometry.note:
        lines.append(f"    {geometry.note}")
    if geometry.patient is None:
        lines.append("    patient orientation unknown")
    else:
        names = [geometry.patient.letters(axis) for axis in np.eye(3)]
        lines.append(
            f"    patient: right in the image is {names[0]}, down is {names[1]}, towards the tube is {names[2]}"
        )
    return lines


def source_lines(sources: Iterable[Sourced]) -> list[str]:
    """Where every number comes from, with what must be known of it."""
    lines = []
    for item in sources:
        note = f" ({item.note})" if item.note and item.note not in item.where else ""
        mark = "?" if not item.is_certain else " "
        lines.append(f"  {mark} {item.sentence()}{note}")
    return ["    sources (? is assumed or nominal)", *(f"  {line}" for line in lines)] if lines else []


def protocol_line(body_part: str) -> str:
    """Which protocol belongs to a body part."""
    from app.protocols import protocol_for, protocols

    found = protocol_for(body_part)
    if found is None:
        part = f"the body part {body_part}" if body_part else "an unstated body part"
        return f"no protocol for {part}; --protocol offers {', '.join(protocol.key for protocol in protocols())}"
    return f"protocol {found.key} ({found.title}), from the body part {body_part}"


def preset_names() -> str:
    """The names of the geometry presets."""
    from app.presets import geometry_presets

    return ", ".join(preset.key for preset in geometry_presets())


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
