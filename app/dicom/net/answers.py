"""Data sets of questions and answers, as values; the guarded getters of the reader see to what servers make up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydicom.dataset import Dataset

from app.dicom.net.query import (
    FoundObject,
    FoundSeries,
    FoundStudy,
    Query,
    name_pattern,
)
from app.dicom.read.safe import text, whole, words
from app.dicom.receive.pdu import is_uid


def study_filters(query: Query) -> dict[str, str]:
    """The matching keys of a question for studies, by keyword."""
    wanted = {
        "PatientName": name_pattern(query.patient_name),
        "PatientID": query.patient_id.strip(),
        "AccessionNumber": query.accession.strip(),
        "StudyDate": query.dates,
        "ModalitiesInStudy": query.modality,
        "StudyInstanceUID": query.study_uid,
    }
    return {keyword: value for keyword, value in wanted.items() if value}


def question(level: str, keys: Iterable[str], matching: dict[str, str]) -> Dataset:
    """An identifier of C-FIND (PS3.4 C.4.1)."""
    data = Dataset()
    if any(not value.isascii() for value in matching.values()):
        data.SpecificCharacterSet = "ISO_IR 192"
    data.QueryRetrieveLevel = level
    for keyword in keys:
        setattr(data, keyword, matching.get(keyword, ""))
    for keyword, value in matching.items():
        setattr(data, keyword, value)
    return data


def study_of(node: str, data: Any) -> FoundStudy | None:
    """An answer for a study; None when it names none."""
    uid = text(data, "StudyInstanceUID")
    if not is_uid(uid):
        return None
    return FoundStudy(
        node,
        uid,
        text(data, "PatientName"),
        text(data, "PatientID"),
        text(data, "PatientBirthDate"),
        text(data, "PatientSex"),
        text(data, "StudyDate"),
        text(data, "StudyTime"),
        text(data, "StudyDescription"),
        text(data, "AccessionNumber"),
        words(data, "ModalitiesInStudy"),
        max(0, whole(data, "NumberOfStudyRelatedSeries") or 0),
        max(0, whole(data, "NumberOfStudyRelatedInstances") or 0),
    )


def series_of(node: str, study_uid: str, data: Any) -> FoundSeries | None:
    """An answer for a series; None when it names none."""
    uid = text(data, "SeriesInstanceUID")
    if not is_uid(uid):
        return None
    return FoundSeries(
        node,
        study_uid,
        uid,
        text(data, "SeriesNumber"),
        text(data, "Modality"),
        text(data, "SeriesDescription"),
        text(data, "BodyPartExamined"),
        max(0, whole(data, "NumberOfSeriesRelatedInstances") or 0),
    )


def object_of(study_uid: str, series_uid: str, data: Any) -> FoundObject | None:
    """An answer for an object; None when it names none."""
    uid, sop_class = text(data, "SOPInstanceUID"), text(data, "SOPClassUID")
    if not is_uid(uid):
        return None
    return FoundObject(study_uid, series_uid, uid, sop_class if is_uid(sop_class) else "")
