"""Opening studies: find what is in folders and files, and load it.

`scan` reads headers only; `load` reads one series; `thumbnail` reads one image of it. What cannot be read is a
`Problem` with a sentence and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

from app.dicom.read.grid import view_grid
from app.dicom.read.model import (
    Catalogue,
    Header,
    LoadedSeries,
    MissingGeometry,
    Problem,
    ReadError,
    SeriesEntry,
    StudyEntry,
)
from app.dicom.read.scan import scan
from app.dicom.read.thumbnail import thumbnail
from app.reading.acquisition import GeometryChoice
from recon.geometry import Geometry
from recon.messages import said
from recon.progress import SILENT, Progress

__all__ = [
    "Catalogue",
    "Header",
    "LoadedSeries",
    "MissingGeometry",
    "Problem",
    "ReadError",
    "SeriesEntry",
    "StudyEntry",
    "load",
    "scan",
    "thumbnail",
    "view_grid",
]


def load(
    entry: SeriesEntry,
    *,
    geometry: Geometry | None = None,
    kind: str | None = None,
    air: float | None = None,
    progress: Progress = SILENT,
    on_first: Callable[[NDArray[Any]], None] | None = None,
    angle_sign: int = 1,
    reformat: str | None = None,
    choice: GeometryChoice | None = None,
) -> LoadedSeries:
    """Read a series into memory.

    Parameters
    ----------
    entry : SeriesEntry
        From `scan`.
    geometry : Geometry, optional
        For projections: used instead of what tags and files beside the images say. Its views are in the order of
        the instance numbers (or frames, or array index).
    kind : {"counts", "line_integrals"}, optional
        For projections: what the values are, instead of what the tags say.
    air : float, optional
        For counts: the open field's value.
    on_first : callable, optional
        Called with one middle image (rows, columns), stored values, before the rest is read; from this thread.
    angle_sign : {1, -1}
        −1 reverses the direction of a sweep that is known only by its angles.
    reformat : {"coronal"}, optional
        For axial volumes: resorted to coronal planes.
    choice : GeometryChoice, optional
        For projections: what the user says of their geometry, number by number.

    Raises
    ------
    MissingGeometry
        For projections whose geometry is not complete and not given.
    BocageError
        With a sentence, for anything else that cannot be read.
    """
    from app.dicom.read.projections import check_kind

    check_kind(kind)
    if angle_sign not in (1, -1):
        raise ReadError(said("The sign of the angles must be 1 or −1, found {0}.", angle_sign))
    if entry.kind == "other":
        reason = entry.notes[0] if entry.notes else said("this kind of object is not opened.")
        raise ReadError(said("{0}: {1}", entry.title, reason))
    if entry.format != "dicom":
        from app.research import load_research

        return load_research(entry, geometry, kind, air, progress, on_first, angle_sign, reformat, choice)
    if entry.kind == "projections":
        from app.dicom.read.projections import load_projections

        return load_projections(entry, geometry, kind, air, progress, on_first, angle_sign, choice)
    if entry.kind == "volume":
        from app.dicom.read.volumes import load_volume

        return load_volume(entry, progress, on_first, reformat)
    if entry.kind in ("cine", "image"):
        from app.dicom.read.runs import load_frames

        return load_frames(entry, progress)
    if entry.kind == "document":
        from app.dicom.read.documents import load_document

        return load_document(entry, progress)
    from app.dicom.read.radiographs import load_radiograph

    return load_radiograph(entry, progress)
