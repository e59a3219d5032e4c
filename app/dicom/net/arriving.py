"""What arrives is checked before it gets its name: it must be readable, and be what was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from app.dicom.net.objects import TAGS
from app.dicom.net.spool import Arrival
from app.dicom.read.model import ReadError
from app.dicom.read.safe import read_header, text
from recon.errors import BocageError, disk_reason
from recon.messages import said

STORED, NO_ROOM, MISMATCH, NOT_UNDERSTOOD = 0x0000, 0xA700, 0xA900, 0xC000


class SpoolError(BocageError):
    """What arrives cannot be kept: going on is of no use."""


@dataclass
class Arrivals:
    """Counts what arrives, and keeps what was asked for.

    Attributes
    ----------
    study_uid : str
        Nothing else is taken.
    wanted : collection of str, optional
        Instance UIDs; None takes whatever belongs to the study.
    """

    study_uid: str
    wanted: Collection[str] | None = None
    kept: list[Path] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    n_bytes: int = 0

    def take(self, arrival: Arrival, announced: str = "") -> int:
        """Keep or drop a whole object; a status of C-STORE.

        Parameters
        ----------
        arrival : Arrival
        announced : str
            The instance UID that came with it; "" if none did.

        Raises
        ------
        SpoolError
            The disk does not take it.
        """
        try:
            arrival.file.flush()
            size = arrival.path.stat().st_size
            names = {tag: text(read_header(arrival.path, TAGS).dataset, tag) for tag in TAGS}
        except ReadError:
            arrival.drop()
            self.refused.append(said("An object arrived damaged."))
            return NOT_UNDERSTOOD
        except OSError as error:
            raise self.full(arrival, error) from None
        uid = names["SOPInstanceUID"]
        asked = names["StudyInstanceUID"] == self.study_uid and (self.wanted is None or uid in self.wanted)
        if not asked or (announced and announced != uid) or not names["SeriesInstanceUID"]:
            arrival.drop()
            self.refused.append(said("An object arrived that was not asked for; it was not kept."))
            return MISMATCH
        try:
            self.kept.append(arrival.keep(self.study_uid, names["SeriesInstanceUID"], uid))
        except OSError as error:
            raise self.full(arrival, error) from None
        self.n_bytes += size
        return STORED

    def full(self, arrival: Arrival, error: OSError) -> SpoolError:
        """Drop what cannot be written; the error to raise."""
        arrival.drop()
        return SpoolError(
            said("{0}: what arrives cannot be written there ({1}).", arrival.path.parent, disk_reason(error))
        )
