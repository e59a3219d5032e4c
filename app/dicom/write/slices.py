"""Reconstructed slices as a DICOM series, of the kind that is wanted (`app.dicom.write.kinds`).

All kinds hold the same stored values, mapping and geometry (`app.dicom.write.stack`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pydicom.dataset import Dataset

from app.dicom.write import frames, series, single
from app.dicom.write.encoding import Encoding, check_size, encoded
from app.dicom.write.facts import ReconstructionFacts, StudyFacts
from app.dicom.write.kinds import SliceKind, why_not
from app.dicom.write.series import WrittenSeries
from app.dicom.write.stack import Stack, spool_slabs
from recon.errors import BocageError
from recon.frame import PatientFrame
from recon.messages import said
from recon.progress import SILENT, Progress
from recon.slab import Slab

VOLUME_FILE = "volume.dcm"
_SPOOL = "slices.float32"
_WORK = "work"


def write_slices(
    folder: str | Path,
    slabs: Iterable[Slab],
    frame: PatientFrame | None,
    facts: StudyFacts,
    recon: ReconstructionFacts,
    progress: Progress = SILENT,
    *,
    count: int | None = None,
    kind: SliceKind = SliceKind.DX,
    encoding: Encoding = Encoding.NONE,
) -> WrittenSeries:
    """Write slices as one series.

    Parameters
    ----------
    folder : path
        Made if missing. Its files appear all together at the end; nothing is left after an error or cancellation.
    slabs : iterable of Slab
        All on one grid, heights ascending or descending. Taken one by one.
    frame : PatientFrame or None
        None: the orientation is unknown, and the files then say no position or orientation in the patient. Only a
        secondary capture may leave that out; DX slices written so lack the one value (Patient Orientation) that the
        standard demands.
    facts : StudyFacts
        With the study and frame of reference of the projections.
    recon : ReconstructionFacts
    count : int, optional
        Number of slabs, for the progress.
    kind : SliceKind
    encoding : Encoding

    Raises
    ------
    BocageError
        No slices, different grids, heights out of order, a kind that does not fit, or the folder cannot be written.
    """
    folder = Path(folder)
    reason = why_not(kind, facts, frame)
    if reason and not (kind is SliceKind.DX and frame is None):
        raise BocageError(said("{0} cannot be written. {1}", said(kind.label), reason))
    series_uid = facts.uid("series", kind, recon.series_number, recon.derivation())
    with series.atomic_folder(folder) as temporary:
        work = temporary / _WORK
        work.mkdir()
        spool = spool_slabs(work / _SPOOL, slabs, progress.part(0.0, 0.8), count)
        if kind.is_multiframe:
            check_size(spool.grid.shape, spool.count, encoding)
        mapping = spool.mapping(recon.unit)
        window = spool.window(mapping, recon.window)
        stack = Stack(spool, mapping, window, frame, facts, recon, series_uid, facts.now())
        write = _write_frames if kind.is_multiframe else _write_singles
        names = write(temporary, stack, kind, encoding, progress.part(0.8, 1.0))
        spool.path.unlink()
        work.rmdir()
    progress.step(1.0, said("{0} slices written", stack.spool.count))
    notes = () if frame is not None else (said("The patient's orientation is unknown; the slices say none."),)
    return WrittenSeries(folder, tuple(folder / name for name in names), series_uid, notes)


def _write_singles(folder: Path, stack: Stack, kind: SliceKind, encoding: Encoding, progress: Progress) -> list[str]:
    builders: dict[SliceKind, Callable[[Stack, int], Dataset]] = {
        SliceKind.DX: single.dx_slice,
        SliceKind.CT: single.ct_slice,
    }
    digits = max(3, len(str(stack.spool.count)))
    names = []
    for index, coded in enumerate(encoded(stack.images(progress), encoding)):
        names.append(f"slice_{index + 1:0{digits}d}.dcm")
        series.write_object(folder / names[-1], builders[kind](stack, index), [coded], 1, encoding)
    return names


def _write_frames(folder: Path, stack: Stack, kind: SliceKind, encoding: Encoding, progress: Progress) -> list[str]:
    data = frames.BUILDERS[kind](stack)
    images = encoded(stack.images(progress), encoding)
    series.write_object(folder / VOLUME_FILE, data, images, stack.spool.count, encoding)
    return [VOLUME_FILE]
