"""The size and the pixel pitch of the views of a series, before it is loaded (for geometry presets)."""

from __future__ import annotations

from app.dicom.read.model import ReadError, SeriesEntry
from recon.messages import said


def view_grid(entry: SeriesEntry) -> tuple[tuple[int, int], tuple[float, float] | None]:
    """Rows and columns of the views, and their pitch (between rows, between columns) where the file states it.

    Raises
    ------
    ReadError
        When the file does not say the size of its images.
    """
    if entry.format != "dicom":
        shape = entry.facts.get("shape", ())
        if len(shape) != 3:
            raise ReadError(said('"{0}" holds no views.', entry.title))
        return (int(shape[1]), int(shape[2])), None
    from app.dicom.read.safe import read_header, whole
    from app.dicom.read.views import detector_pitch, views_of

    header = read_header(entry.files[0])
    rows, columns = whole(header.dataset, "Rows"), whole(header.dataset, "Columns")
    if not rows or not columns:
        raise ReadError(said("{0}: expected an image, found no rows and columns.", entry.files[0].name))
    pitch = detector_pitch(views_of([header.dataset])[0])
    return (rows, columns), None if pitch is None else pitch.value_mm
