"""What a group of images is: projections, a volume, a radiograph, a run … or something that is named and not opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.dicom.read.classes import (
    BREAST_PROJECTION,
    BREAST_TOMOSYNTHESIS,
    CT,
    DX_FOR_PROCESSING,
    ENHANCED_SECTIONS,
    FRAMES,
    PROJECTION_IMAGES,
    RADIOGRAPHY,
    SECONDARY_CAPTURE,
    SECTIONS,
    UNSHOWN,
    class_name,
    is_document,
    is_video,
)
from app.dicom.read.model import SeriesKind
from app.dicom.read.safe import DicomFile, item, number, numbers, text, value, whole, words
from app.dicom.read.sweep import find_sweep
from app.dicom.read.views import views_of
from recon.messages import said

PER_FRAME = "PerFrameFunctionalGroupsSequence"
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
        For "other": why it is not opened. Else what it was recognised by, or what must be known of it.
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
    if is_document(sop):
        return Verdict("document", document_title(first), separate=True)
    refused = _refused(group[0])
    if refused is not None:
        return Verdict("other", refused[0], reason=refused[1])
    if not whole(first, "Rows") or not whole(first, "Columns"):
        return Verdict("other", class_name(sop), reason=said("{0} holds no image to show here.", class_name(sop)))
    frames = whole(first, "NumberOfFrames") or 1
    if is_coloured(first) or whole(first, "BitsAllocated") == 1:
        return _pictures(sop, frames)
    if sop in BREAST_PROJECTION:
        return _breast_projection(first, frames)
    if sop in ENHANCED_SECTIONS:
        return _enhanced(group, ENHANCED_SECTIONS[sop], frames)
    if sop in FRAMES:
        sections = frames > 1 and _distinct_frames(group[0])
        return Verdict("volume", FRAMES[sop], separate=True) if sections else _pictures(sop, frames)
    if sop in SECTIONS:
        return _sections(group, SECTIONS[sop])
    if sop == SECONDARY_CAPTURE and not _is_radiograph(first):
        return _pictures(sop, frames)
    if sop in PROJECTION_IMAGES:
        return _projection_images(group, PROJECTION_IMAGES[sop], frames, has_geometry_file)
    return _pictures(sop, frames)


def is_coloured(dataset: object) -> bool:
    """Whether pixels are colours rather than values."""
    photometric = text(dataset, "PhotometricInterpretation").upper()
    return (whole(dataset, "SamplesPerPixel") or 1) != 1 or photometric == "PALETTE COLOR"


def document_title(dataset: object) -> str:
    """What a document calls itself: its title, its label, or its class."""
    titled = text(item(dataset, "ConceptNameCodeSequence"), "CodeMeaning")
    label = text(dataset, "ContentDescription") or text(dataset, "ContentLabel")
    return titled or text(dataset, "DocumentTitle") or label or class_name(text(dataset, "SOPClassUID"))


def _pictures(sop: str, frames: int) -> Verdict:
    """What is shown as it is: frames to leaf through, or one picture."""
    name = FRAMES.get(sop) or (PROJECTION_IMAGES[sop] if sop == SECONDARY_CAPTURE else class_name(sop))
    return Verdict("cine" if frames > 1 else "image", name, separate=True)


def _breast_projection(dataset: object, frames: int) -> Verdict:
    """Sweeps; what was taken to aim (ImageType value 3, PS3.3 C.8.31.1) is only looked at."""
    kind = (*words(dataset, "ImageType"), "", "", "")[2].upper()
    if "SCOUT" in kind:
        return Verdict("cine" if frames > 1 else "radiograph", said("Breast scout"), separate=True)
    if kind.startswith("STEREO") and frames > 1:
        return Verdict("cine", said("Stereo views of the breast"), separate=True)
    return Verdict("projections", said("Breast projections"), separate=True)


def _enhanced(group: Sequence[DicomFile], name: str, frames: int) -> Verdict:
    first = group[0].dataset
    sop = text(first, "SOPClassUID")
    if sop == BREAST_TOMOSYNTHESIS and ("GENERATED_2D" in words(first, "ImageType") or (frames == 1 == len(group))):
        reason = said("Computed from the sweep, not an exposure of its own.")
        return Verdict("cine" if frames > 1 else "radiograph", said("Synthetic 2-D"), separate=True, reason=reason)
    if frames > 1:
        return Verdict("volume", name, separate=not _is_concatenation(group))
    return Verdict("volume", name)


def _is_concatenation(group: Sequence[DicomFile]) -> bool:
    """Whether the files are parts of one multi-frame object (PS3.3 C.7.6.16.2.2.4)."""
    names = {text(found.dataset, "ConcatenationUID") for found in group}
    return len(group) > 1 and len(names) == 1 and "" not in names


def _sections(group: Sequence[DicomFile], name: str) -> Verdict:
    first = group[0].dataset
    if "LOCALIZER" in words(first, "ImageType"):
        return Verdict("image", said("{0} localizer", name), separate=True)
    if name != "CT":
        return Verdict("volume", name)
    if text(first, "Modality").upper() == "MG" or text(first, "BodyPartExamined").upper() == "BREAST":
        return Verdict(
            "volume",
            said("Breast tomosynthesis stored as CT"),
            reason=said("Breast tomosynthesis in a CT object: its values are no Hounsfield units."),
        )
    return Verdict("volume", name)


def _is_radiograph(dataset: object) -> bool:
    """Whether a secondary capture is a digitised or converted radiograph rather than a picture of a screen."""
    stored = whole(dataset, "BitsStored") or 8
    return text(dataset, "Modality").upper() in RADIOGRAPHY and stored > 8


def _projection_images(group: Sequence[DicomFile], name: str, frames: int, has_geometry_file: bool) -> Verdict:
    datasets = [found.dataset for found in group]
    count = frames if len(group) == 1 else len(group)
    if len(group) > 1 and frames > 1:
        swept = all(_sweeps([dataset]) for dataset in datasets)
        title = said("{0} projections", name) if swept else said("{0} run", name)
        return Verdict("projections" if swept else "cine", title, separate=True)
    if count == 1:
        if _is_section(datasets[0]):
            return Verdict("volume", said("{0} slices", name), separate=True)
        return Verdict("radiograph", name, separate=True)
    if len(group) > 1 and (_distinct_positions(datasets) or _split_volume(datasets)):
        return Verdict("volume", said("{0} slices", name))
    if _sweeps(datasets) or has_geometry_file:
        return Verdict("projections", said("{0} projections", name))
    if frames > 1:
        reason = said(
            "Its views do not differ by any angle: a run in time, not a sweep. A geometry file beside it makes it a "
            "set of projections."
        )
        return Verdict("cine", said("{0} run", name), separate=True, reason=reason)
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


def _split_volume(datasets: Sequence[object]) -> bool:
    """Whether single images are the parts of one volume: they say so, or are parts of one concatenation.

    One image alone that says so may be a synthetic projection; only the series tells.
    """
    stated = all(text(dataset, "VolumetricProperties").upper() == "VOLUME" for dataset in datasets)
    joined = {text(dataset, "ConcatenationUID") for dataset in datasets}
    return stated or (len(joined) == 1 and "" not in joined)


def _distinct_frames(found: DicomFile) -> bool:
    """Whether the frames of an object lie at different places in the patient, or say that they are slices."""
    locations = numbers(found.dataset, "SliceLocationVector")
    if len(locations) > 1 and len(set(locations)) == len(locations):
        return True
    groups = [item(group, "PlanePositionSequence") for group in value(found.dataset, PER_FRAME) or ()]
    places = [numbers(group, "ImagePositionPatient") for group in groups]
    return len({place for place in places if len(place) == 3}) > max(1, len(places) // 2)


def _is_section(dataset: object) -> bool:
    """Whether a single image is a slice that was computed from a sweep, and not a radiograph."""
    derived = words(dataset, "ImageType")[:1] == ("DERIVED",)
    placed = len(numbers(dataset, "ImagePositionPatient")) == 3 and number(dataset, "TomoLayerHeight") is not None
    return derived and placed and text(dataset, "TomoClass").upper() == "TOMOSYNTHESIS"


def _sweeps(datasets: Sequence[object]) -> bool:
    return find_sweep(views_of(datasets)) is not None


def _distinct_positions(datasets: Sequence[object]) -> bool:
    """Whether the images lie at different places in the patient: sections, not projections."""
    for keyword in ("ImagePositionPatient", "TomoLayerHeight"):
        places = [numbers(dataset, keyword) for dataset in datasets]
        if all(places) and len({tuple(np.round(place, 4)) for place in places}) > len(places) // 2 > 0:
            return True
    return False


def _refused(found: DicomFile) -> tuple[str, str] | None:
    """What is recognised and not opened, and what to ask for instead."""
    dataset, sop = found.dataset, text(found.dataset, "SOPClassUID")
    creators = " ".join(
        text(dataset, key) for key in (0x00190010, 0x7E010010, 0x70290010, 0x70310010, 0x70330010, 0x70370010)
    ).upper()
    if value(dataset, 0x7E010010) is not None or "HLXR" in creators or "GITTV1.0" in creators:
        return (
            said("Hologic proprietary projections"),
            said(
                "Hologic's own compressed format (Secondary Capture with private elements), which only Hologic "
                "software reads. Ask your PACS or acquisition workstation for an export as Breast Tomosynthesis or "
                "Breast Projection X-Ray Image."
            ),
        )
    if sop == CT and any(
        value(dataset, key) is not None for key in (0x70290010, 0x70310010, 0x70330010, 0x70310011, 0x70310031)
    ):
        return (
            said("CT projections (DICOM-CT-PD)"),
            said(
                "Projections of a helical CT with a curved detector: not tomosynthesis, and not opened here. Open the "
                "reconstructed CT series."
            ),
        )
    if is_video(found.syntax):
        return (
            class_name(sop),
            said("A video stream (MPEG), which is not played here. Ask for the run as an uncompressed multi-frame."),
        )
    return UNSHOWN.get(sop)


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
