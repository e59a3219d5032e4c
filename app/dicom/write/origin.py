"""Where a reconstruction comes from, as the modules of the standard say it; see `app.dicom.provenance`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydicom.dataset import Dataset

from app.dicom.provenance import (
    ACQUISITION_EQUIPMENT,
    PROCESSING_EQUIPMENT,
    SOURCE_IMAGE,
    contribution_texts,
    lines_of,
)
from app.dicom.write.facts import ReconstructionFacts, SourceImage, StudyFacts, plain_value, with_settings
from app.dicom.write.series import code, item, version
from app.dicom.write.texts import plain_text

DERIVATION = ("113085", "Spatial resampling")
"""The code of PS3.16 CID 7203 that comes nearest; it has none for a reconstruction from projections."""


def derivation_code() -> Dataset:
    """Derivation Code Sequence's item."""
    return code(*DERIVATION, scheme="DCM")


def source_items(recon: ReconstructionFacts, *, purpose: bool = True) -> list[Dataset]:
    """Source Image Sequence's items; with the purpose of the reference, where the sequence has a place for it."""
    purposes = [code(*SOURCE_IMAGE, scheme="DCM")] if purpose else None
    return [
        item(
            ReferencedSOPClassUID=source.sop_class_uid,
            ReferencedSOPInstanceUID=source.sop_instance_uid,
            PurposeOfReferenceCodeSequence=purposes,
        )
        for source in recon.sources
    ]


def add_references(data: Dataset, facts: StudyFacts, recon: ReconstructionFacts) -> None:
    """The Common Instance Reference module (PS3.3 C.12.2): every referenced image with its series and study."""
    own, others = _by_series(recon.sources, facts.study_uid)
    if own:
        data.ReferencedSeriesSequence = own
    if others:
        data.StudiesContainingOtherReferencedInstancesSequence = [
            item(StudyInstanceUID=study, ReferencedSeriesSequence=found) for study, found in others.items()
        ]


def _by_series(sources: Sequence[SourceImage], study_uid: str) -> tuple[list[Dataset], dict[str, list[Dataset]]]:
    series: dict[tuple[str, str], list[Dataset]] = {}
    for source in sources:
        if source.series_uid:
            found = item(ReferencedSOPClassUID=source.sop_class_uid, ReferencedSOPInstanceUID=source.sop_instance_uid)
            series.setdefault((source.study_uid or study_uid, source.series_uid), []).append(found)
    own: list[Dataset] = []
    others: dict[str, list[Dataset]] = {}
    for (study, uid), images in series.items():
        entry = item(SeriesInstanceUID=uid, ReferencedInstanceSequence=images)
        (own if study == study_uid else others.setdefault(study, [])).append(entry)
    return own, others


def add_equipment(data: Dataset, recon: ReconstructionFacts, created: datetime) -> None:
    """Contributing Equipment: the machine that exposed, and this program with all that it did."""
    items = []
    machine = dict(recon.acquisition.equipment) if recon.acquisition is not None else {}
    if machine.get("Manufacturer"):
        names = ("Manufacturer", "ManufacturerModelName", "StationName", "DeviceSerialNumber", "InstitutionName")
        known = {name: plain_text(machine.get(name), 16 if name == "StationName" else 64) or None for name in names}
        items.append(item(PurposeOfReferenceCodeSequence=[code(*ACQUISITION_EQUIPMENT, scheme="DCM")], **known))
    corrections = [with_settings(title, settings) for title, settings in recon.corrections.items()]
    parameters = {name: plain_value(value) for name, value in recon.parameters.items()}
    notes = (recon.geometry_note, "NOT FOR DIAGNOSIS")
    texts = contribution_texts(lines_of(recon.algorithm, parameters, corrections, recon.geometry_sources, notes))
    items += [
        item(
            PurposeOfReferenceCodeSequence=[code(*PROCESSING_EQUIPMENT, scheme="DCM")],
            Manufacturer="Bocage",
            ManufacturerModelName="Bocage",
            SoftwareVersions=f"Bocage {version()}",
            ContributionDateTime=created.strftime("%Y%m%d%H%M%S"),
            ContributionDescription=text,
        )
        for text in texts
    ]
    data.ContributingEquipmentSequence = items


def reconstruction_item(recon: ReconstructionFacts) -> Dataset:
    """X-Ray 3D Reconstruction Sequence's item (PS3.3 C.8.21.6), of the one acquisition."""
    return item(
        ApplicationName="Bocage",
        ApplicationVersion=version(),
        ApplicationManufacturer="Bocage",
        AlgorithmType=recon.algorithm_type,
        AlgorithmDescription=plain_text(with_settings(recon.algorithm, recon.parameters), 64),
        ReconstructionDescription=plain_text(recon.description, 64) or None,
        AcquisitionIndex=[1],
    )
