"""Writing what is on screen: slices as DICOM, a viewport as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.session import Picture, Reconstruction
from app.session.follow import heights_of
from recon.messages import said
from recon.notes import Fact
from recon.progress import Progress
from widgets.window import Window


def export_slices(
    folder: Path, picture: Picture, reconstruction: Reconstruction, window: Any, entry: Any, progress: Progress
) -> str:
    """Write the slices of the range as a DICOM series into a new folder below `folder`.

    Runs on a worker thread.

    Parameters
    ----------
    window : Window or LutWindow or None
        The one in force; a table is left out.
    entry : SeriesEntry or None
        Where the picture came from.

    Returns
    -------
    str
        A sentence that says where they are.
    """
    from app.dicom.write import ReconstructionFacts, StudyFacts, source_images, write_slices
    from recon.export import reconstruct_volume

    source: Any = picture.source
    if getattr(source, "is_preview", False):  # a coarse picture stands in while its views are filtered
        source = source.with_algorithm(source.algorithm, progress.part(0.0, 0.2))
        progress = progress.part(0.2, 1.0)
    heights = heights_of(reconstruction)
    dicom = entry is not None and entry.format == "dicom"
    references, frame_uid = source_images(picture.files) if dicom and picture.is_live else ((), "")
    facts = StudyFacts.from_header(picture.header, picture.study_uid if dicom else "", frame_uid)
    # Of the source, not of the panel: planes that are still to be computed are not what is written.
    recon = ReconstructionFacts.of(
        source,
        references,
        geometry_note="; ".join(note for note in picture.all_notes if not isinstance(note, Fact)),
        window=(window.centre, window.width) if isinstance(window, Window) else None,
    )
    target = _new_folder(folder, "slices")
    slabs = reconstruct_volume(source, heights, reconstruction.thickness_mm)
    write_slices(target, slabs, source.info.patient, facts, recon, progress, count=len(heights))
    algorithm = getattr(source, "algorithm", None)
    made = said(" ({0})", said(algorithm.title)) if algorithm is not None else ""
    if len(heights) == 1:
        return said("1 slice{0} was written to {1}.", made, target)
    return said("{0} slices{1} were written to {2}.", len(heights), made, target)


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    return folder / f"{name}-{number}"
