"""A server spoken to by DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pydicom.dataset import Dataset

from app.dicom.net.answers import object_of, series_of, study_filters, study_of
from app.dicom.net.arriving import Arrivals, SpoolError
from app.dicom.net.association import watched
from app.dicom.net.client import Told
from app.dicom.net.credentials import Credentials
from app.dicom.net.errors import NetworkError
from app.dicom.net.http import FAILURES, Session, connection_error, status_error
from app.dicom.net.multipart import CHUNK, Body, boundary_of, read_parts
from app.dicom.net.nodes import Node
from app.dicom.net.objects import SendObject
from app.dicom.net.query import (
    MOST,
    OBJECT_KEYS,
    SERIES_KEYS,
    STUDY_KEYS,
    FoundObject,
    FoundSeries,
    FoundStudy,
    Query,
    name_matches,
)
from app.dicom.net.spool import Spool
from app.dicom.net.storing import Answer, refusal
from app.dicom.read.safe import items, text, whole
from recon.errors import BocageError, Cancelled, disk_reason
from recon.messages import said
from recon.progress import SILENT, Progress

ACCEPT = 'multipart/related; type="application/dicom"; transfer-syntax=*'
"""As stored, in any transfer syntax (PS3.18 8.7.3.5.2)."""
PAGE = 1000
STOW_BYTES, STOW_OBJECTS = 8 << 20, 50
"""Objects go in one request up to this: small ones are not slowed down by answers."""


class WebClient:
    """See `app.dicom.net.client.Client`."""

    def __init__(self, node: Node, credentials: Credentials) -> None:
        self.node = node
        self._session = Session(node, credentials.secret(node) if node.authentication != "none" else "")
        self._made: Any = None

    def echo(self, progress: Progress = SILENT) -> float:
        """Ask for one study; milliseconds until the answer."""
        self._qido()
        start = time.perf_counter()
        self._ask("studies", {}, ("StudyInstanceUID",), progress, limit=1)
        return 1000 * (time.perf_counter() - start)

    # -- asking ----------------------------------------------------------------------------------------------------

    def studies(self, query: Query, progress: Progress = SILENT) -> list[FoundStudy]:
        """Studies, at most `MOST`."""
        filters = study_filters(query)
        found = self._studies(filters, progress)
        name = filters.get("PatientName", "")
        if not found and not name.isascii():
            # Orthanc's plug-in up to 1.7 takes escaped letters as they come: asked more widely, and sorted out here.
            wide = re.sub(r"[^\x00-\x7f*]+\**|\*+", "*", name)
            found = [
                study
                for study in self._studies({**filters, "PatientName": wide}, progress)
                if name_matches(name, study.patient_name)
            ]
        return found

    def _studies(self, filters: dict[str, str], progress: Progress) -> list[FoundStudy]:
        answers = self._ask("studies", filters, STUDY_KEYS, progress, limit=MOST)
        return [found for data in answers if (found := study_of(self.node.id, data)) is not None]

    def series(self, study_uid: str, progress: Progress = SILENT) -> list[FoundSeries]:
        """The series of a study."""
        answers = self._ask("series", {}, SERIES_KEYS, progress, study_instance_uid=study_uid)
        return [found for data in answers if (found := series_of(self.node.id, study_uid, data)) is not None]

    def objects(self, study_uid: str, series_uid: str, progress: Progress = SILENT) -> list[FoundObject]:
        """The objects of a series."""
        named = {"study_instance_uid": study_uid, "series_instance_uid": series_uid}
        found: dict[str, FoundObject] = {}
        while True:  # servers give so many at once as they like
            answers = self._ask("instances", {}, OBJECT_KEYS, progress, limit=PAGE, offset=len(found), **named)
            new = [item for data in answers if (item := object_of(study_uid, series_uid, data)) is not None]
            before = len(found)
            found.update({item.uid: item for item in new})
            if len(found) == before or len(new) < PAGE:
                return list(found.values())

    def _ask(
        self, level: str, filters: dict[str, str], fields: Sequence[str], progress: Progress, **options: Any
    ) -> Iterator[Any]:
        asking = getattr(self._qido(), f"search_for_{level}")
        with watched(progress, self._session.cut):
            try:
                answers = asking(search_filters=filters, fields=list(fields), **options)
            except (json.JSONDecodeError, UnicodeDecodeError):
                raise self._no_qido() from None
            except FAILURES as error:
                raise self._error(error) from None
            except (ValueError, KeyError, TypeError, AttributeError):
                raise self._no_qido() from None
        if not isinstance(answers, list):
            raise self._no_qido()
        return (data for answer in answers if (data := _data_set(answer)) is not None)

    def _qido(self) -> Any:
        if self._made is None:
            from dicomweb_client.api import DICOMwebClient

            self._made = DICOMwebClient(self.node.urls[0], session=self._session, permissive_uid=True)
            self._made.set_http_retry_params(retry=False)
        return self._made

    def _no_qido(self) -> NetworkError:
        return NetworkError(
            said("{0}: what answers there is not QIDO-RS. Check the address of the server.", self.node.name),
            lasting=True,
        )

    def _error(self, error: BaseException) -> NetworkError:
        response = getattr(error, "response", None)
        if response is not None:
            return status_error(self.node, int(response.status_code))
        return connection_error(self.node, error)

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
        arrivals = Arrivals(study_uid, {found.uid for found in wanted})
        place = f"{self.node.urls[1]}/studies/{study_uid}/series/{series_uid}"
        complaints: list[str] = []
        arrivals.begin()
        try:
            for url in [place] if whole else [f"{place}/instances/{found.uid}" for found in wanted]:
                progress.step(0.0)
                try:
                    self._fetch(url, spool, arrivals, progress, told)
                except _NotThere as error:
                    if whole:
                        raise
                    complaints.append(str(error))
        finally:
            arrivals.end()
        return next((text for text in (*complaints, *arrivals.refused) if text), "")

    def _fetch(self, url: str, spool: Spool, arrivals: Arrivals, progress: Progress, told: Told) -> None:
        with watched(progress, self._session.cut):
            try:
                with self._session.get(url, headers={"Accept": ACCEPT}, stream=True) as response:
                    if response.status_code in (404, 410):
                        raise _NotThere(said("{0}: it no longer has some of the objects.", self.node.name))
                    if response.status_code >= 400:
                        raise status_error(self.node, response.status_code)
                    self._copy(response, spool, arrivals, progress, told)
            except (BocageError, Cancelled):
                raise
            except FAILURES as error:
                raise self._error(error) from None
            except ValueError:
                raise NetworkError(
                    said("{0}: the connection ended before everything had arrived.", self.node.name)
                ) from None

    def _copy(self, response: Any, spool: Spool, arrivals: Arrivals, progress: Progress, told: Told) -> None:
        def read(count: int) -> bytes:
            if progress.cancelled:
                raise Cancelled
            try:
                data = bytes(response.raw.read(count, decode_content=True))
            except FAILURES as error:
                raise self._error(error) from None
            told(len(data))
            return data

        boundary = boundary_of(response.headers.get("Content-Type", ""))
        try:
            if boundary:
                read_parts(read, boundary, spool.part, arrivals.later)
                return
            arrival = spool.part()
            try:
                while data := read(CHUNK):
                    arrival.write(data)
            except BaseException:
                arrival.drop()
                raise
            arrivals.later(arrival)
        except OSError as error:  # the disk's: what the connection does was told where it was read
            raise SpoolError(
                said("{0}: what arrives cannot be written there ({1}).", spool.folder, disk_reason(error))
            ) from None

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(
        self,
        objects: Sequence[SendObject],
        answered: Callable[[SendObject, Answer], object],
        progress: Progress = SILENT,
        told: Told = lambda _: None,
    ) -> None:
        """Send objects in order; `answered` is called with the server's answer to each."""
        for group in _groups(objects):
            progress.step(0.0)
            good: list[SendObject] = []
            for found in group:
                try:
                    found.check_unchanged()
                    good.append(found)
                except NetworkError as error:
                    answered(found, Answer(False, str(error), lasting=True))
            if good:
                for found, answer in zip(good, self._stow(good, progress, told), strict=True):
                    answered(found, answer)

    def _stow(self, objects: Sequence[SendObject], progress: Progress, told: Told) -> list[Answer]:
        body = Body(objects, told)
        headers = {"Content-Type": body.content_type, "Accept": "application/dicom+json"}
        with watched(progress, self._session.cut):
            try:
                response = self._session.post(
                    f"{self.node.urls[2]}/studies", data=body, headers=headers, allow_redirects=False
                )
            except FAILURES as error:
                raise self._error(error) from None
        status = response.status_code
        if status not in (200, 202, 409):
            raise status_error(self.node, status)
        return _stow_answers(self.node, status, _json(response), objects)

    def holds(self, objects: Iterable[SendObject], progress: Progress = SILENT) -> set[str]:
        """The instance UIDs of those objects that the server says it has."""
        wanted = {(found.study_uid, found.series_uid) for found in objects}
        return {found.uid for study, series in wanted for found in self.objects(study, series, progress)}

    def close(self) -> None:
        """End what is open."""
        self._session.close()


class _NotThere(NetworkError):
    """An object that the server named is gone."""


def _data_set(answer: Any) -> Any:
    try:
        return Dataset.from_json(answer)
    except Exception:  # what a server makes up
        return None


def _json(response: Any) -> Any:
    try:
        found = response.json()
    except (ValueError, UnicodeDecodeError):
        return None
    return _data_set(found[0] if isinstance(found, list) and found else found)


def _groups(objects: Sequence[SendObject]) -> Iterator[list[SendObject]]:
    group: list[SendObject] = []
    size = 0
    for found in objects:
        if group and (size + found.size > STOW_BYTES or len(group) >= STOW_OBJECTS):
            yield group
            group, size = [], 0
        group.append(found)
        size += found.size
    if group:
        yield group


def _stow_answers(node: Node, status: int, data: Any, objects: Sequence[SendObject]) -> list[Answer]:
    """What a STOW answer says of each object (PS3.18 table I.2-1).

    The sequence of failures may be there and empty; without a readable answer only status 200 says that all is well.
    """
    if data is None:
        if status == 200:
            return [Answer(stored=True)] * len(objects)
        raise NetworkError(said("{0}: it stored only a part, and does not say which.", node.name))
    stored = {text(item, "ReferencedSOPInstanceUID") for item in items(data, "ReferencedSOPSequence")}
    failed = {
        text(item, "ReferencedSOPInstanceUID"): whole(item, "FailureReason") or 0
        for item in items(data, "FailedSOPSequence")
    }
    answers = []
    for found in objects:
        if found.sop_uid in failed:
            reason = failed[found.sop_uid]
            # 0x0111: it has it already.
            answers.append(Answer(True) if reason == 0x0111 else Answer(False, *refusal(node, reason)))
        elif found.sop_uid in stored or (status == 200 and not stored):
            answers.append(Answer(stored=True))
        else:
            answers.append(Answer(False, said("{0}: it did not say that it stored the object.", node.name)))
    return answers
