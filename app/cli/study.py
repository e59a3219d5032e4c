"""Opening a study for a command: which series, which geometry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.reconstruct.formats import is_result
from recon.errors import BocageError
from recon.geometry import Geometry
from recon.progress import Progress

if TYPE_CHECKING:
    from app.dicom.read import Catalogue, LoadedSeries, Problem, SeriesEntry


def find(study: Path, progress: Progress) -> Catalogue:
    """Everything in a folder, file or DICOMDIR."""
    if not study.exists():
        raise BocageError(f"{study}: there is no such file or folder.")
    from app.dicom.read import scan

    return scan([study], progress)


def sentence(problem: Problem) -> str:
    """Why a file was not opened, beginning with its name."""
    name = problem.path.name
    return problem.reason if problem.reason.startswith(f"{name}:") else f"{name}: {problem.reason}"


def choose(catalogue: Catalogue, study: Path, wanted: str | None, output: Path) -> list[SeriesEntry]:
    """The series of projections that are meant: the one that is named, or all.

    Parameters
    ----------
    output : Path
        Where results go; what is there already is not taken for projections.

    Raises
    ------
    BocageError
        When there is none, or the name does not say which.
    """
    entries = catalogue.series
    if wanted is not None:
        named = [entry for entry in entries if entry.uid.startswith(wanted) or entry.title == wanted]
        if len(named) != 1:
            found = "no series" if not named else f"{len(named)} series"
            raise BocageError(
                f'{study}: found {found} whose title is, or whose UID begins with, "{wanted}". See: bocage info {study}'
            )
        if named[0].kind != "projections":
            raise BocageError(f'{study}: series "{named[0].title}" holds no projections but a {named[0].kind}.')
        return named
    projections = [entry for entry in entries if entry.kind == "projections" and not is_result(entry.files[0], output)]
    if not projections:
        held = ", ".join(sorted({entry.kind for entry in entries})) or "nothing that can be opened"
        reasons = "".join(f" {sentence(problem)}" for problem in catalogue.problems[:3])
        raise BocageError(f"{study}: expected projections, found {held}.{reasons}")
    return projections


def load_projections(
    entry: SeriesEntry,
    progress: Progress,
    *,
    geometry_file: Path | None = None,
    preset: str | None = None,
    kind: str | None = None,
    air: float | None = None,
) -> LoadedSeries:
    """Load projections with the geometry that the data carry, or the one that the user gives."""
    from app.dicom.read import load

    if geometry_file is not None and preset is not None:
        raise BocageError("Give a geometry file or a preset, not both.")
    geometry = None
    if geometry_file is not None:
        geometry = read_geometry(geometry_file)
    elif preset is not None:
        geometry = preset_geometry(entry, preset)
    loaded = load(entry, geometry=geometry, kind=kind, air=air, progress=progress)
    if loaded.projections is None:
        raise BocageError(f'Series "{entry.title}" holds no projections.')
    if air is not None and loaded.projections.kind != "counts":
        loaded = replace(
            loaded, notes=(*loaded.notes, "The open field given is not used: the views are line integrals.")
        )
    return loaded


def read_geometry(path: Path) -> Geometry:
    """A geometry file, or a short trajectory description (`app.research.sidecar`)."""
    from app.research.sidecar import read_sidecar

    sidecar = read_sidecar(path)
    return Geometry.load(path) if sidecar is None else sidecar.geometry


def preset_geometry(entry: SeriesEntry, name: str) -> Geometry:
    """The geometry of a vendor preset for this series' images."""
    from app.dicom.read import view_grid
    from app.presets import find_preset

    shape, pitch = view_grid(entry)
    return find_preset(name).build(entry.n_images, shape, pitch)
