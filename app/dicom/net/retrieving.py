"""A study fetched from a server: what is here already is left out, and what failed can be asked for again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.dicom.net.client import Client
from app.dicom.net.query import FoundObject, FoundSeries
from app.dicom.net.spool import Spool
from recon.errors import BocageError
from recon.messages import said
from recon.progress import SILENT, Progress

REPORT_S = 0.1


@dataclass(frozen=True)
class Fetching:
    """How far a retrieval is.

    Attributes
    ----------
    wanted, there : int
        Objects of the study, and those that are here by now.
    n_bytes : int
        That came in this run.
    """

    wanted: int
    there: int
    n_bytes: int = 0

    @property
    def fraction(self) -> float:
        """Done, 0 to 1."""
        return self.there / self.wanted if self.wanted else 0.0


@dataclass(frozen=True)
class Fetched:
    """What a retrieval came to.

    Attributes
    ----------
    folder : Path
        Where the study is.
    wanted, before, there : int
        Objects that the server has, those that were here before, and those that are here now.
    n_bytes : int
        That came in this run.
    text : str
        What failed, in a sentence; "" when all is there.
    """

    folder: Path
    wanted: int
    before: int
    there: int
    n_bytes: int
    text: str = ""

    @property
    def complete(self) -> bool:
        """Whether all that the server has is here."""
        return self.wanted > 0 and self.there == self.wanted


def retrieve(
    client: Client,
    study_uid: str,
    spool: Spool,
    progress: Progress = SILENT,
    *,
    series: Sequence[str] = (),
    told: Callable[[Fetching], object] = lambda _: None,
    on_series: Callable[[str, Path], object] = lambda *_: None,
) -> Fetched:
    """Fetch a study, or some of its series.

    Parameters
    ----------
    client : Client
    study_uid : str
    spool : Spool
    progress : Progress
    series : sequence of str
        Series UIDs; empty takes all.
    told : callable(Fetching)
        Called on this thread as objects arrive.
    on_series : callable(series_uid, folder)
        Called when a series is here whole.

    Raises
    ------
    BocageError
        When nothing could be asked, or not even a part could be fetched.
    Cancelled
        What arrived until then stays: the next call goes on from there.
    """
    folder = spool.study_folder(study_uid)
    spool.clean(time.time())
    chosen = [found for found in client.series(study_uid, progress) if not series or found.uid in series]
    chosen.sort(key=_order)
    wanted = {found.uid: client.objects(study_uid, found.uid, progress) for found in chosen}
    count = sum(map(len, wanted.values()))
    missing = {uid: spool.missing(objects) for uid, objects in wanted.items()}
    there = count - sum(map(len, missing.values()))
    before = there
    tally = _Tally(count, there, told)
    tally.tell()
    complaint = ""
    for uid, objects in wanted.items():
        due = missing[uid]
        if due:
            tally.begin(spool, due)
            text, gone = "", None
            try:
                text = client.fetch(due, len(due) == len(objects), spool, progress, tally.come)
            except BocageError as error:
                text, gone = str(error), error  # the server is gone: what came until now is kept
            left = tally.end()
            if gone is not None and not tally.there:
                raise gone
            if left:
                complaint = complaint or text or _left_out(client, left)
            if gone is not None:
                complaint = complaint or text
                break
        if objects and not spool.missing(objects):
            on_series(uid, folder)
    there, come = tally.there, tally.n_bytes
    if not count:
        complaint = said("{0}: it no longer has this study, or names none of its objects.", client.node.name)
    elif there < count:
        complaint = complaint or _left_out(client, count - there)
    else:
        complaint = ""
    return Fetched(folder, count, before, there, come, complaint)


class _Tally:
    """Counts what comes, and tells it now and then."""

    def __init__(self, wanted: int, there: int, told: Callable[[Fetching], object]) -> None:
        self.wanted, self.there, self.n_bytes = wanted, there, 0
        self._told, self._last = told, 0.0
        self._spool: Spool | None = None
        self._due: Sequence[FoundObject] = ()

    def begin(self, spool: Spool, due: Sequence[FoundObject]) -> None:
        """These are fetched now."""
        self._spool, self._due = spool, due

    def come(self, count: int) -> None:
        """Take note of bytes that came."""
        self.n_bytes += count
        if time.monotonic() - self._last >= REPORT_S:
            self.tell(len(self._due) - self._left())

    def end(self) -> int:
        """They are not fetched any more; how many are still missing."""
        left = self._left()
        self.there += len(self._due) - left
        self._due = ()
        self.tell()
        return left

    def tell(self, more: int = 0) -> None:
        """Tell how far it is."""
        self._last = time.monotonic()
        self._told(Fetching(self.wanted, self.there + more, self.n_bytes))

    def _left(self) -> int:
        return len(self._spool.missing(self._due)) if self._spool is not None else 0


def _left_out(client: Client, count: int) -> str:
    return said("{0}: {1} of the objects did not arrive.", client.node.name, count)


def _order(found: FoundSeries) -> tuple[int, int, str]:
    """Pictures before documents, then by number: what is read first comes first."""
    number = int(found.number) if found.number.lstrip("-").isdigit() and len(found.number) < 12 else 1 << 30
    return (found.modality in ("SR", "KO", "PR", "DOC", "SEG", "REG"), number, found.uid)
