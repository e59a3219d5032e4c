"""Encapsulated files: PDF, CDA and the like (PS3.3 A.45), to be saved and opened elsewhere."""

from __future__ import annotations

from pathlib import Path

from app.dicom.read.classes import class_name
from app.dicom.read.documents.model import Attachment, Document
from app.dicom.read.documents.reports import report_facts
from app.dicom.read.model import ReadError
from app.dicom.read.safe import DicomFile, read_header, text, value, whole
from recon.messages import said

SUFFIXES = {
    "application/pdf": ".pdf",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "model/stl": ".stl",
    "model/obj": ".obj",
    "model/mtl": ".mtl",
}
PDF_HEAD = b"%PDF-"


def read_encapsulated(found: DicomFile) -> Document:
    """What an encapsulated file is; its bytes are read when it is saved."""
    dataset = found.dataset
    content = _content(found)
    media = text(dataset, "MIMETypeOfEncapsulatedDocument").lower()
    suffix = SUFFIXES.get(media, ".bin")
    notes = []
    if suffix == ".pdf" and not content.startswith(PDF_HEAD):
        notes.append(said("It calls itself a PDF, but does not begin like one."))
    if suffix == ".bin":
        notes.append(said("Its kind ({0}) is not known here; it is saved with the ending .bin.", media or "–"))
    title = text(dataset, "DocumentTitle") or class_name(text(dataset, "SOPClassUID"))
    size = len(content)
    shown = f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
    return Document(
        "file",
        title,
        found.path,
        facts=(*report_facts(dataset), (said("Kind"), media), (said("Size"), shown)),
        attachment=Attachment(media, suffix, size),
        notes=tuple(notes),
    )


def attached(path: Path) -> bytes:
    """The bytes of the encapsulated file.

    Raises
    ------
    ReadError
        When there are none.
    """
    return _content(read_header(path))


def _content(found: DicomFile) -> bytes:
    content = value(found.dataset, "EncapsulatedDocument")
    if not isinstance(content, bytes) or not content:
        raise ReadError(said("{0}: holds no document, although it should.", found.path.name))
    length = whole(found.dataset, "EncapsulatedDocumentLength")
    if length is not None and 0 < length <= len(content):
        return content[:length]
    # Padded to an even length (PS3.5 8.1).
    return content[:-1] if content.endswith(b"\x00") else content
