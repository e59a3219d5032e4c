"""What arrives is checked before it gets its name: it must be readable, and be what was asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from app.dicom.net.objects import BIG_ENDIAN, DEFLATED, IMPLICIT_LITTLE, read_meta
from app.dicom.net.spool import Arrival
from app.dicom.receive.identity import GARBAGE, Unreadable, identify
from recon.errors import BocageError, disk_reason
from recon.messages import said

STORED, NO_ROOM, MISMATCH, NOT_UNDERSTOOD = 0x0000, 0xA700, 0xA900, 0xC000


AHEAD = 32
"""Objects that wait to be checked and written; each has an open file."""


class SpoolError(BocageError):
    """What arrives cannot be kept: going on is of no use."""


@dataclass
class Arrivals:
    """Keeps what arrives and was asked for, and says what did not fit.

    Attributes
    ----------
    study_uid : str
        Nothing else is taken.
    wanted : collection of str, optional
        Instance UIDs; None takes whatever belongs to the study.
    """

    study_uid: str
    wanted: Collection[str] | None = None
    refused: list[str] = field(default_factory=list)
    _pool: ThreadPoolExecutor | None = None
    _due: deque[Future[int]] = field(default_factory=deque)

    def begin(self) -> None:
        """Check and write on a thread of its own from now on, while the next object comes."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bocage-arrivals")

    def later(self, arrival: Arrival, announced: str = "") -> None:
        """Have a whole object kept or dropped (`take`); waits when too many are due.

        Raises
        ------
        SpoolError
            The disk did not take one of those before.
        """
        assert self._pool is not None
        self._due.append(self._pool.submit(self.take, arrival, announced))
        while self._due and (self._due[0].done() or len(self._due) > AHEAD):
            self._due.popleft().result()

    def end(self) -> None:
        """Wait until all are kept or dropped.

        Raises
        ------
        SpoolError
        """
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True)
        while self._due:
            self._due.popleft().result()

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
            with arrival.reading() as file:
                meta = read_meta(file)
                if meta is None or meta.syntax in (BIG_ENDIAN, DEFLATED):
                    raise Unreadable(GARBAGE)
                names = identify(file, meta.offset, arrival.size, explicit=meta.syntax != IMPLICIT_LITTLE)
        except Unreadable as error:
            arrival.drop()
            self.refused.append(said("An object arrived damaged. {0}", error.args[0]))
            return NOT_UNDERSTOOD
        except OSError as error:
            raise full(arrival, error) from None
        asked = names.study == self.study_uid and (self.wanted is None or names.sop_instance in self.wanted)
        if not asked or (announced and announced != names.sop_instance):
            arrival.drop()
            self.refused.append(said("An object arrived that was not asked for; it was not kept."))
            return MISMATCH
        try:
            arrival.keep(names.study, names.series, names.sop_instance)
        except OSError as error:
            raise full(arrival, error) from None
        return STORED


def full(arrival: Arrival, error: OSError) -> SpoolError:
    """Drop what cannot be written; the error to raise."""
    arrival.drop()
    return SpoolError(said("{0}: what arrives cannot be written there ({1}).", arrival.folder, disk_reason(error)))
