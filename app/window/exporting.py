"""Writing the slices on screen as DICOM."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.session import Picture, Reconstruction
from app.session.follow import heights_of
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.notes import Fact
from recon.progress import Progress
from widgets.window import Window


@dataclass(frozen=True)
class SliceExport:
    """How slices are written.

    Attributes
    ----------
    kind : str
        A word of `app.dicom.write.SliceKind`; "" is the one that fits best.
    encoding : str
        A word of `app.dicom.write.Encoding`.
    description : str
        Series description; "" is the usual one.
    frame : PatientFrame or None
        Where the images do not say it and the reader did.
    laterality, view_position, implant : str
        Of a breast; "" is what the images say.
    heights_mm : (low, high) or None
        Only slices between; None: the whole range that is read.
    """

    kind: str = ""
    encoding: str = "uncompressed"
    description: str = ""
    frame: PatientFrame | None = None
    laterality: str = ""
    view_position: str = ""
    implant: str = ""
    heights_mm: tuple[float, float] | None = None


@dataclass(frozen=True)
class Exported:
    """What was written, and a sentence about it."""

    folder: Path
    files: tuple[Path, ...]
    told: str


def export_slices(
    folder: Path,
    picture: Picture,
    reconstruction: Reconstruction,
    window: Any,
    entry: Any,
    progress: Progress,
    how: SliceExport | None = None,
) -> Exported:
    """Write the slices of the range as a DICOM series into a new folder below `folder`.

    Runs on a worker thread.

    Parameters
    ----------
    window : Window or LutWindow or None
        The one in force; a table is left out.
    entry : SeriesEntry or None
        Where the picture came from.
    how : SliceExport, optional

    Raises
    ------
    BocageError
        When nothing lies in the range, the kind does not fit, or the folder cannot be written.
    """
    from app.dicom.write import (
        Encoding,
        ReconstructionFacts,
        SliceKind,
        Sources,
        StudyFacts,
        read_sources,
        recommended,
        write_slices,
    )
    from recon.export import reconstruct_volume
    from recon.provenance import geometry_sources

    how = how or SliceExport()
    source: Any = picture.source
    if getattr(source, "is_preview", False):  # a coarse picture stands in while its views are filtered
        source = source.with_algorithm(source.algorithm, progress.part(0.0, 0.2))
        progress = progress.part(0.2, 1.0)
    heights = heights_of(reconstruction)
    if how.heights_mm is not None:
        low, high = how.heights_mm
        heights = [height for height in heights if low - 1e-6 <= height <= high + 1e-6]
    if not heights:
        raise BocageError(said("No slice lies in the range of heights; choose a larger one."))
    dicom = entry is not None and entry.format == "dicom"
    sources = read_sources(picture.files) if dicom and picture.is_live else Sources()
    said_by_reader = {"laterality": how.laterality, "view_position": how.view_position, "implant": how.implant}
    facts = StudyFacts.from_header(
        picture.header,
        picture.study_uid if dicom else "",
        sources.frame_of_reference_uid,
        **{**sources.facts, **{name: value for name, value in said_by_reader.items() if value}},
    )
    more = {"description": how.description} if how.description else {}
    # Of the source, not of the panel: planes that are still to be computed are not what is written.
    recon = ReconstructionFacts.of(
        source,
        sources.images,
        sources.acquisition,
        geometry_note="; ".join(note for note in picture.all_notes if not isinstance(note, Fact)),
        geometry_sources=geometry_sources(picture.projections.sources) if picture.projections is not None else (),
        window=(window.centre, window.width) if isinstance(window, Window) else None,
        **more,
    )
    frame = source.info.patient or how.frame
    target = _new_folder(folder, "slices")
    slabs = reconstruct_volume(source, heights, reconstruction.thickness_mm)
    written = write_slices(
        target,
        slabs,
        frame,
        facts,
        recon,
        progress,
        count=len(heights),
        kind=SliceKind(how.kind) if how.kind else recommended(facts, frame),
        encoding=Encoding(how.encoding),
    )
    algorithm = getattr(source, "algorithm", None)
    made = said(" ({0})", said(algorithm.title)) if algorithm is not None else ""
    if len(heights) == 1:
        told = said("1 slice{0} was written to {1}.", made, target)
    else:
        told = said("{0} slices{1} were written to {2}.", len(heights), made, target)
    return Exported(target, written.files, told)


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    return folder / f"{name}-{number}"
