"""What must be known of a file to send it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.dicom.net.errors import NetworkError
from recon.messages import said

EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
IMPLICIT_LITTLE = "1.2.840.10008.1.2"
TAGS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")


@dataclass(frozen=True)
class SendObject:
    """A DICOM file that is to be sent as it is stored.

    Attributes
    ----------
    path : Path
    sop_class, sop_uid, study_uid, series_uid : str
    syntax : str
        Transfer syntax of the data set.
    offset : int
        Where the data set begins: after the file meta information (PS3.10 7.1).
    size, changed_ns : int
        Of the file when it was looked at.
    """

    path: Path
    sop_class: str
    sop_uid: str
    study_uid: str
    series_uid: str
    syntax: str
    offset: int
    size: int
    changed_ns: int

    def check_unchanged(self) -> None:
        """Refuse a file that has gone or is another one by now.

        Raises
        ------
        NetworkError
        """
        try:
            found = self.path.stat()
        except OSError:
            raise NetworkError(
                said("{0}: the file is no longer there, so it cannot be sent.", self.path.name), lasting=True
            ) from None
        if (found.st_size, found.st_mtime_ns) != (self.size, self.changed_ns):
            raise NetworkError(
                said("{0}: the file was changed after it was queued. Send it anew.", self.path.name), lasting=True
            )


def look(path: Path) -> SendObject:
    """Read what is needed to send a file.

    Raises
    ------
    BocageError
        With a sentence, when it is no DICOM file, or names no study.
    """
    from pynetdicom.dsutils import split_dataset

    from app.dicom.read.safe import is_directory, read_header, text

    found = path.stat()
    header = read_header(path, TAGS)
    if is_directory(header):
        raise NetworkError(said("{0}: is a table of contents (DICOMDIR), not an object.", path.name), lasting=True)
    _, offset = split_dataset(path)
    names = {tag: text(header.dataset, tag) for tag in TAGS}
    if not all(is_uid(value) for value in names.values()):
        raise NetworkError(
            said("{0}: its study, series or instance has no valid UID, so it cannot be sent.", path.name), lasting=True
        )
    return SendObject(
        path,
        names["SOPClassUID"],
        names["SOPInstanceUID"],
        names["StudyInstanceUID"],
        names["SeriesInstanceUID"],
        header.syntax,
        offset,
        found.st_size,
        found.st_mtime_ns,
    )


def is_uid(text: str) -> bool:
    """Whether a text is a UID (PS3.5 9.1), except that components may begin with 0, as some devices write them."""
    return 0 < len(text) <= 64 and all(part.isascii() and part.isdigit() for part in text.split("."))


def class_name(sop_class: str) -> str:
    """What a SOP class is called."""
    from pydicom.uid import UID

    return UID(sop_class).name
