"""A server spoken to by DIMSE."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from app.dicom.net.answers import (
    object_of,
    question,
    series_of,
    study_filters,
    study_of,
)
from app.dicom.net.arriving import Arrivals
from app.dicom.net.association import hung_up_when_cancelled
from app.dicom.net.client import MoveTarget, Told
from app.dicom.net.errors import NetworkError
from app.dicom.net.finding import Finding, echo
from app.dicom.net.getting import Getting, identifier, move
from app.dicom.net.nodes import Node
from app.dicom.net.objects import SendObject
from app.dicom.net.query import MOST, OBJECT_KEYS, SERIES_KEYS, STUDY_KEYS, FoundObject, FoundSeries, FoundStudy, Query
from app.dicom.net.spool import Spool
from app.dicom.net.storing import Answer, Storing, in_associations
from app.dicom.net.transcode import Transcoder
from recon.errors import Cancelled
from recon.messages import said
from recon.progress import SILENT, Progress

AT_ONCE = 100
"""Objects that are named in one question: some servers read no longer lists."""
MOVE_S = 10.0
"""How long what a server says it has sent to our receiver may take to be in the spool."""


class DimseClient:
    """See `app.dicom.net.client.Client`."""

    def __init__(self, node: Node, target: MoveTarget | None = None, work: Path | None = None) -> None:
        self.node = node
        self._target = target
        self._finding: Finding | None = None
        self._getting: tuple[frozenset[str], Getting] | None = None
        self._transcoder = Transcoder(work)

    def echo(self, progress: Progress = SILENT) -> float:
        """Ask whether it is there; milliseconds until the answer."""
        return echo(self.node, progress)

    # -- asking ----------------------------------------------------------------------------------------------------

    def studies(self, query: Query, progress: Progress = SILENT) -> list[FoundStudy]:
        """Studies, at most `MOST`."""
        answers = self._ask(question("STUDY", STUDY_KEYS, study_filters(query)), progress, MOST)
        found = [study for answer in answers if (study := study_of(self.node.id, answer)) is not None]
        if query.modality:
            # The key is optional: servers that do not know it answer with everything (PS3.4 C.3.4).
            found = [study for study in found if not study.modalities or query.modality in study.modalities]
        return found

    def series(self, study_uid: str, progress: Progress = SILENT) -> list[FoundSeries]:
        """The series of a study."""
        answers = self._ask(question("SERIES", SERIES_KEYS, {"StudyInstanceUID": study_uid}), progress)
        return [found for answer in answers if (found := series_of(self.node.id, study_uid, answer)) is not None]

    def objects(self, study_uid: str, series_uid: str, progress: Progress = SILENT) -> list[FoundObject]:
        """The objects of a series."""
        named = {"StudyInstanceUID": study_uid, "SeriesInstanceUID": series_uid}
        answers = self._ask(question("IMAGE", OBJECT_KEYS, named), progress)
        return [found for answer in answers if (found := object_of(study_uid, series_uid, answer)) is not None]

    def _ask(self, wanted: object, progress: Progress, most: int = 1 << 31) -> list[object]:
        # The association is kept: series are asked for one after the other. A server may end it meanwhile.
        kept = self._finding is not None and self._finding.association.is_established
        if not kept:
            self._finding = Finding(self.node)
        assert self._finding is not None
        try:
            return self._finding.find(wanted, progress, most)
        except NetworkError as error:
            self._close_finding(failed=not error.lasting)
            if not kept or error.lasting:
                raise
            self._finding = Finding(self.node)
            return self._finding.find(wanted, progress, most)
        except Cancelled:
            self._close_finding(failed=True)
            raise

    def _close_finding(self, *, failed: bool = False) -> None:
        finding, self._finding = self._finding, None
        if finding is not None:
            finding.close(failed=failed)

    # -- fetching --------------------------------------------------------------------------------------------------

    def fetch(
        self,
        wanted: Sequence[FoundObject],
        whole: bool,
        spool: Spool,
        progress: Progress = SILENT,
        told: Told = lambda _: None,
    ) -> str:
        """Fetch objects of one series into the spool; what the server complained of."""
        if not wanted:
            return ""
        study_uid, series_uid = wanted[0].study_uid, wanted[0].series_uid
        if whole:
            questions = [identifier("SERIES", study_uid, series_uid)]
        else:
            uids = iter([found.uid for found in wanted])
            questions = []
            while names := list(islice(uids, AT_ONCE)):
                questions.append(identifier("IMAGE", study_uid, series_uid, names))
        if self.node.retrieve == "move":
            return self._move(questions, wanted, spool, progress)
        classes = frozenset(found.sop_class for found in wanted)
        arrivals = Arrivals(study_uid, {found.uid for found in wanted})
        getting = self._get_over(frozenset() if "" in classes else classes)
        arrivals.begin()
        try:
            complaints = [getting.get(asked, spool, arrivals, progress, told) for asked in questions]
        except BaseException:
            self._close_getting(failed=True)
            raise
        finally:
            arrivals.end()
        return next((text for text in (*complaints, *arrivals.refused) if text), "")

    def _get_over(self, classes: frozenset[str]) -> Getting:
        if self._getting is not None:
            known, getting = self._getting
            if getting.association.is_established and (classes and classes <= known):
                return getting
            self._close_getting()
        getting = Getting(self.node, classes)
        self._getting = (classes, getting)
        return getting

    def _close_getting(self, *, failed: bool = False) -> None:
        kept, self._getting = self._getting, None
        if kept is not None:
            kept[1].close(failed=failed)

    def _move(
        self, questions: Sequence[object], wanted: Sequence[FoundObject], spool: Spool, progress: Progress
    ) -> str:
        if self._target is None:
            raise NetworkError(
                said("{0}: C-MOVE needs the receiver of this computer. Switch it on, or choose C-GET.", self.node.name),
                lasting=True,
            )
        arrived = Spool(self._target.folder)
        complaints = [move(self.node, asked, self._target.ae_title, progress) for asked in questions]
        until = time.monotonic() + MOVE_S
        # The receiver writes in a process of its own, which may lag behind the server's last answer.
        while not any(complaints) and arrived.missing(wanted) and time.monotonic() < until:
            progress.step(0.0)
            time.sleep(0.05)
        if arrived.folder != spool.folder:
            spool.adopt(arrived, wanted)
        return next((text for text in complaints if text), "")

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(
        self,
        objects: Sequence[SendObject],
        answered: Callable[[SendObject, Answer], object],
        progress: Progress = SILENT,
        told: Told = lambda _: None,
    ) -> None:
        """Send objects in order; `answered` is called with the server's answer to each."""
        for group in in_associations(objects):
            progress.step(0.0)
            storing = Storing(self.node, group)
            failed = True
            try:
                with hung_up_when_cancelled(storing.association, progress):
                    for found in group:
                        answered(found, self._send_one(storing, found, progress, told))
                failed = False
            finally:
                storing.close(failed=failed)

    def _send_one(self, storing: Storing, found: SendObject, progress: Progress, told: Told) -> Answer:
        try:
            found.check_unchanged()
            context, syntax = storing.context(found.sop_class, found.syntax)
            if syntax == found.syntax:
                return storing.store(found, context, progress, told)
            with self._transcoder.as_syntax(found, syntax) as other:
                return storing.store(other, context, progress, told)
        except NetworkError as error:
            if not error.lasting:
                raise
            return Answer(False, str(error), lasting=True)

    def holds(self, objects: Iterable[SendObject], progress: Progress = SILENT) -> set[str]:
        """The instance UIDs of those objects that the server says it has."""
        wanted = {(found.study_uid, found.series_uid) for found in objects}
        return {found.uid for study, series in wanted for found in self.objects(study, series, progress)}

    def close(self) -> None:
        """End what is open."""
        self._close_finding()
        self._close_getting()
        self._transcoder.close()
