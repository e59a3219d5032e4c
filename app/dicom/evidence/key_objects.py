"""Key images as Key Object Selection documents (PS3.16 TID 2010).

A document has one description, so that key images with the same note share one. Each refers to an image, to the frame
of a multi-frame image, and to the presentation state that shows it as it was kept (PS3.3 C.18.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highdicom as hd
from pydicom.dataset import Dataset

from app.dicom.evidence import concepts
from app.dicom.evidence.document import add_common, person
from app.dicom.evidence.places import Plane
from app.dicom.evidence.request import Request


@dataclass(frozen=True)
class Kept:
    """A key image that is stored.

    Attributes
    ----------
    id : str
    plane : Plane
    presentation : Dataset or None
        The state that shows it.
    """

    id: str
    plane: Plane
    presentation: Dataset | None


def key_objects(
    request: Request,
    note: str,
    kept: Sequence[Kept],
    evidence: dict[str, Dataset],
    uids: tuple[str, str],
    numbers: tuple[int, int],
) -> Dataset:
    """One document.

    Parameters
    ----------
    evidence : dict of str to Dataset
        By SOP Instance UID.
    uids, numbers : (series, instance)
    """
    images = list({each.plane.key.instance: evidence[each.plane.key.instance] for each in kept}.values())
    reader = None
    if request.reader.strip():
        reader = hd.sr.ObserverContext(
            hd.sr.CodedConcept("121006", "DCM", "Person"),
            hd.sr.PersonObserverIdentifyingAttributes(name=person(request.reader)),
        )
    content = hd.ko.KeyObjectSelection(
        hd.sr.CodedConcept("113000", "DCM", "Of Interest"),
        images,
        observer_person_context=reader,
        description=note or None,
    )
    data = hd.ko.KeyObjectSelectionDocument(
        evidence=images,
        content=content,
        series_instance_uid=uids[0],
        series_number=numbers[0],
        sop_instance_uid=uids[1],
        instance_number=numbers[1],
        manufacturer=concepts.MANUFACTURER,
        institution_name=request.institution or None,
        series_description="Key images",
    )
    add_common(data)
    others = [item for item in data.ContentSequence if item.ValueType not in ("IMAGE", "COMPOSITE")]
    # The description stands before the images in the template.
    data.ContentSequence = [*others, *(_image(each) for each in kept)]
    _add_presentations(data, kept)
    return data


def _image(kept: Kept) -> Dataset:
    reference = Dataset()
    reference.ReferencedSOPClassUID = kept.plane.sop_class_uid
    reference.ReferencedSOPInstanceUID = kept.plane.key.instance
    if kept.plane.key.frame:
        reference.ReferencedFrameNumber = kept.plane.key.frame
    if kept.presentation is not None:
        shown = Dataset()
        shown.ReferencedSOPClassUID = kept.presentation.SOPClassUID
        shown.ReferencedSOPInstanceUID = kept.presentation.SOPInstanceUID
        reference.ReferencedSOPSequence = [shown]
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "IMAGE"
    item.ReferencedSOPSequence = [reference]
    # Type 3 in every content item (PS3.3 C.17.3); tells which key image it is when the document is read again.
    item.ObservationUID = concepts.uid_of(kept.id)
    return item


def _add_presentations(data: Dataset, kept: Sequence[Kept]) -> None:
    """The presentation states belong to the evidence, too (PS3.3 C.17.2)."""
    states = [each.presentation for each in kept if each.presentation is not None]
    if not states:
        return
    series: dict[str, list[Dataset]] = {}
    for found in states:
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = found.SOPClassUID, found.SOPInstanceUID
        series.setdefault(found.SeriesInstanceUID, []).append(item)
    study = data.CurrentRequestedProcedureEvidenceSequence[0]
    for uid, references in series.items():
        item = Dataset()
        item.SeriesInstanceUID, item.ReferencedSOPSequence = uid, references
        study.ReferencedSeriesSequence.append(item)
