"""Documents: structured reports, dose reports, key images, presentation states, encapsulated files."""

from __future__ import annotations

from app.dicom.read.classes import ENCAPSULATED, PRESENTATION_STATE, STRUCTURED_REPORT
from app.dicom.read.documents.model import Attachment, Document, Node, Reference, Table
from app.dicom.read.model import LoadedSeries, ReadError, SeriesEntry
from app.dicom.read.safe import read_header, text
from recon.messages import said
from recon.progress import SILENT, Progress

__all__ = ["Attachment", "Document", "Node", "Reference", "Table", "load_document", "read_document"]


def load_document(entry: SeriesEntry, progress: Progress = SILENT) -> LoadedSeries:
    """Load a document; see `app.dicom.read.load`."""
    progress.step(0.0, said("Reading the document"))
    document = read_document(entry)
    progress.step(1.0)
    return LoadedSeries(entry, document=document, notes=document.notes)


def read_document(entry: SeriesEntry) -> Document:
    """Read the document of an entry.

    Raises
    ------
    ReadError
        With a sentence that names the file.
    """
    found = read_header(entry.files[0])
    sop = text(found.dataset, "SOPClassUID")
    if sop.startswith(STRUCTURED_REPORT):
        from app.dicom.read.documents.reports import read_report

        return read_report(found)
    if sop.startswith(PRESENTATION_STATE):
        from app.dicom.read.documents.presentations import read_presentation

        return read_presentation(found)
    if sop.startswith(ENCAPSULATED):
        from app.dicom.read.documents.files import read_encapsulated

        return read_encapsulated(found)
    raise ReadError(said("{0}: holds no document.", entry.files[0].name))
