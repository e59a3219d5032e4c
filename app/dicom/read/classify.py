"""What a group of images is: projections, a volume, a radiograph, or something that is named and not opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.dicom.read.geometry import find_sweep
from app.dicom.read.model import SeriesKind
from app.dicom.read.safe import DicomFile, number, numbers, text, value, whole, words
from app.dicom.read.views import views_of
from recon.messages import said

BREAST_PROJECTION = ("1.2.840.10008.5.1.4.1.1.13.1.4", "1.2.840.10008.5.1.4.1.1.13.1.5")
BREAST_TOMOSYNTHESIS = "1.2.840.10008.5.1.4.1.1.13.1.3"
VOLUME_FRAMES = {
    BREAST_TOMOSYNTHESIS: said("Breast tomosynthesis"),
    "1.2.840.10008.5.1.4.1.1.13.1.1": said("X-ray 3D angiographic"),
    "1.2.840.10008.5.1.4.1.1.13.1.2": said("X-ray 3D craniofacial"),
    "1.2.840.10008.5.1.4.1.1.2.1": "CT",
    "1.2.840.10008.5.1.4.1.1.2.2": "CT",
    "1.2.840.10008.5.1.4.1.1.7.2": said("Secondary capture"),
    "1.2.840.10008.5.1.4.1.1.7.3": said("Secondary capture"),
}
VOLUME_SLICES = {
    "1.2.840.10008.5.1.4.1.1.2": "CT",
    "1.2.840.10008.5.1.4.1.1.4": "MR",
    "1.2.840.10008.5.1.4.1.1.128": "PET",
}
DX_FOR_PROCESSING = "1.2.840.10008.5.1.4.1.1.1.1.1"
PROJECTION_IMAGES = {
    "1.2.840.10008.5.1.4.1.1.1": "CR",
    "1.2.840.10008.5.1.4.1.1.1.1": "DX",
    DX_FOR_PROCESSING: "DX",
    "1.2.840.10008.5.1.4.1.1.1.2": "MG",
    "1.2.840.10008.5.1.4.1.1.1.2.1": "MG",
    "1.2.840.10008.5.1.4.1.1.1.3": "IO",
    "1.2.840.10008.5.1.4.1.1.1.3.1": "IO",
    "1.2.840.10008.5.1.4.1.1.12.1": "XA",
    "1.2.840.10008.5.1.4.1.1.12.1.1": "XA",
    "1.2.840.10008.5.1.4.1.1.12.2": "RF",
    "1.2.840.10008.5.1.4.1.1.12.2.1": "RF",
    "1.2.840.10008.5.1.4.1.1.481.1": "RTIMAGE",
    "1.2.840.10008.5.1.4.1.1.7": said("Secondary capture"),
}
LIKELY_SWEEP = 7
"""So many images of one size in one view are taken for a sweep even when nothing else says so."""


@dataclass(frozen=True)
class Verdict:
    """What a group is.

    Attributes
    ----------
    separate : bool
        Each file is an entry of its own.
    reason : str
        For "other": why it is not opened. For projections without angles: what they were recognised by.
    """

    kind: SeriesKind
    title: str
    separate: bool = False
    reason: str = ""


def classify(group: Sequence[DicomFile], has_geometry_file: bool) -> Verdict:
    """Classify images of one series, one SOP class and one size.

    Parameters
    ----------
    group : sequence of DicomFile
        Headers; multi-frame projections with their functional groups.
    has_geometry_file : bool
        A geometry file beside them describes exactly as many views of this size.
    """
    first = group[0].dataset
    sop = text(first, "SOPClassUID")
    refused = _refused(first)
    if refused:
        return Verdict("other", refused[0], reason=refused[1])
    if not whole(first, "Rows") or not whole(first, "Columns"):
        return Verdict("other", _class_name(sop), reason=said("{0} holds no image to show here.", _class_name(sop)))
    if (whole(first, "SamplesPerPixel") or 1) != 1:
        return Verdict(
            "other",
            _class_name(sop),
            reason=said("Colour images are not opened; X-ray images have one sample per pixel."),
        )
    frames = whole(first, "NumberOfFrames") or 1
    if sop in BREAST_PROJECTION:
        return Verdict("projections", said("Breast projections"))
    if sop in VOLUME_FRAMES and (frames > 1 or len(group) > 1):
        if frames > 1:
            return Verdict("volume", VOLUME_FRAMES[sop], separate=True)
        return Verdict("volume", VOLUME_FRAMES[sop])
    if sop in VOLUME_FRAMES:
        return Verdict("radiograph", said("Synthetic projection"), separate=True)
    if sop in VOLUME_SLICES:
        if "LOCALIZER" in words(first, "ImageType"):
            return Verdict(
                "other",
                said("{0} localizer", VOLUME_SLICES[sop]),
                reason=said("A localizer image of a scanner, not a section."),
            )
        return Verdict("volume", VOLUME_SLICES[sop])
    if sop in PROJECTION_IMAGES:
        return _projection_images(group, PROJECTION_IMAGES[sop], frames, has_geometry_file)
    return Verdict("other", _class_name(sop), reason=said("{0} is not opened by this version.", _class_name(sop)))


def _projection_images(group: Sequence[DicomFile], name: str, frames: int, has_geometry_file: bool) -> Verdict:
    datasets = [found.dataset for found in group]
    count = frames if len(group) == 1 else len(group)
    if len(group) > 1 and frames > 1:
        if all(_sweeps([dataset]) for dataset in datasets):
            return Verdict("projections", said("{0} projections", name), separate=True)
        return Verdict(
            "other",
            said("{0} runs", name),
            reason=said("Several multi-frame runs without view angles: fluoroscopy, not a sweep."),
        )
    if count == 1:
        return Verdict("radiograph", name, separate=True)
    if len(group) > 1 and _distinct_positions(datasets):
        return Verdict("volume", said("{0} slices", name))
    if _sweeps(datasets) or has_geometry_file:
        return Verdict("projections", said("{0} projections", name))
    if frames > 1:
        return Verdict(
            "other",
            said("{0} run", name),
            reason=said(
                "A multi-frame run whose views do not differ by any angle: fluoroscopy, not a sweep. A geometry "
                "file beside it makes it a set of projections."
            ),
        )
    same_view = (
        len({(text(d, "ViewPosition"), text(d, "ImageLaterality"), text(d, "BodyPartExamined")) for d in datasets}) == 1
    )
    sweep_stated = text(datasets[0], "TomoClass").upper() == "TOMOSYNTHESIS"
    derived = words(datasets[0], "ImageType")[:1] == ("DERIVED",)
    if same_view and sweep_stated and derived:
        return Verdict("volume", said("{0} slices", name))
    raw = text(datasets[0], "SOPClassUID") == DX_FOR_PROCESSING
    if same_view and (sweep_stated or (raw and count >= 5) or count >= LIKELY_SWEEP):
        return Verdict(
            "projections", said("{0} projections", name), reason=said("{0} images of one size and one view", count)
        )
    return Verdict("radiograph", name, separate=True)


def _sweeps(datasets: Sequence[object]) -> bool:
    return find_sweep(views_of(datasets)) is not None


def _distinct_positions(datasets: Sequence[object]) -> bool:
    """Whether the images lie at different places in the patient: sections, not projections."""
    for keyword in ("ImagePositionPatient", "TomoLayerHeight"):
        places = [numbers(dataset, keyword) for dataset in datasets]
        if all(places) and len({tuple(np.round(place, 4)) for place in places}) > len(places) // 2 > 0:
            return True
    return False


def _refused(dataset: object) -> tuple[str, str] | None:
    """Proprietary encodings that are recognised and not opened."""
    creators = " ".join(
        text(dataset, key) for key in (0x00190010, 0x7E010010, 0x70290010, 0x70310010, 0x70330010, 0x70370010)
    ).upper()
    if value(dataset, 0x7E010010) is not None or "HLXR" in creators or "GITTV1.0" in creators:
        return (
            said("Hologic proprietary projections"),
            (
                said(
                    "Hologic's own compressed format (Secondary Capture with private elements), which only Hologic "
                    "software reads. Ask for an export as Breast Tomosynthesis or Breast Projection X-Ray Image."
                )
            ),
        )
    if text(dataset, "SOPClassUID") == "1.2.840.10008.5.1.4.1.1.2" and any(
        value(dataset, key) is not None for key in (0x70290010, 0x70310010, 0x70330010, 0x70310011, 0x70310031)
    ):
        return (
            said("CT projections (DICOM-CT-PD)"),
            said("Projections of a helical CT with a curved detector: not tomosynthesis, and not opened here."),
        )
    return None


def _class_name(sop: str) -> str:
    from pydicom.uid import UID

    name = UID(sop).name
    return (
        said("An unknown kind of object") if name == sop else name.replace(" Image Storage", "").replace(" Storage", "")
    )


def series_number(dataset: object) -> int | None:
    """Series Number, or None."""
    return whole(dataset, "SeriesNumber")


def instance_key(found: DicomFile) -> tuple[float, str]:
    """Sorts files by Instance Number, then by natural order of the name."""
    at = number(found.dataset, "InstanceNumber")
    return (at if at is not None else float("inf"), natural(found.path))


def natural(path: Path) -> str:
    """A sort key that puts view2 before view10 and -8 before 4."""
    return re.sub(r"\d+", lambda match: match.group().zfill(12), path.name.lower())
