"""The distances of an acquisition: source to detector, source to the axis of rotation, source to the patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.dicom.read.companions import BreastAcquisition, DoseEvent
from app.dicom.read.safe import text
from app.dicom.read.sweep import is_c_arm
from app.dicom.read.views import ViewTags, attribute, column
from recon.messages import said
from recon.provenance import Source, Sourced

Array = NDArray[np.float64]
GEOMETRY = "XRayGeometrySequence"
AGREE = 0.02
POSSIBLE_MM = (100.0, 20000.0)
"""Distances beyond these are in another unit, or no distances (a Carestream DR 7500 writes 11.5)."""


@dataclass(frozen=True, eq=False)
class Distance:
    """One distance of every view, mm, with its source."""

    value_mm: Array
    stated: Sourced

    @property
    def name(self) -> str:
        """Of the attribute, without its tag."""
        return self.stated.where.split(" (")[0]


def _of_tags(views: Sequence[ViewTags], name: str, keywords: Sequence[str], note: str = "") -> Distance | None:
    for keyword in keywords:
        found = column(views, keyword, GEOMETRY)
        if found is not None and POSSIBLE_MM[0] <= float(found.min()) and float(found.max()) <= POSSIBLE_MM[1]:
            return Distance(found, Sourced(name, _spread(found), "mm", Source.DICOM, attribute(keyword), note))
    return None


def _spread(values: Array) -> float | tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return float(values[0]) if high - low < 0.05 else (low, high)


def constant(name: str, value: float, count: int, source: Source, where: str, note: str = "") -> Distance:
    """The same distance for all views."""
    return Distance(np.full(count, float(value)), Sourced(name, float(value), "mm", source, where, note))


def source_to_detector(
    views: Sequence[ViewTags], breast: BreastAcquisition | None = None, event: DoseEvent | None = None
) -> Distance | None:
    """Source-to-detector distance of every view: from the images, else from a companion."""
    keywords = ["DistanceSourceToDetector"]
    if text(views[0].dataset, "Modality") == "RTIMAGE":
        keywords.append("RTImageSID")
    return _of_tags(views, "distance", keywords) or _of_companions(
        "distance", "source_to_detector_mm", len(views), breast, event
    )


def impossible(views: Sequence[ViewTags]) -> str:
    """A phrase about a stated source-to-detector distance that cannot be one; "" when there is none."""
    found = column(views, "DistanceSourceToDetector", GEOMETRY)
    if found is None or (POSSIBLE_MM[0] <= float(found.min()) and float(found.max()) <= POSSIBLE_MM[1]):
        return ""
    return said(
        "{0} {1:g} mm, which no tube and detector stand apart", attribute("DistanceSourceToDetector"), float(found[0])
    )


def source_to_axis(
    views: Sequence[ViewTags],
    to_detector: Array | None,
    breast: BreastAcquisition | None = None,
    event: DoseEvent | None = None,
) -> Distance | None:
    """Source-to-axis distance of every view.

    For C-arms, Distance Source to Patient is that to the isocentre (PS3.3 C.8.7.5); elsewhere it is not, and is not
    used for it.
    """
    found = _of_tags(views, "pivot", ["DistanceSourceToIsocenter"])
    if found is None and text(views[0].dataset, "Modality") == "RTIMAGE":
        found = _of_tags(views, "pivot", ["RadiationMachineSAD"])
    if found is None and is_c_arm(views[0]):
        note: str = said("On C-arms this is the distance to the isocentre.")
        found = _of_tags(views, "pivot", ["DistanceSourceToPatient"], note)
        if found is not None and to_detector is not None and np.any(found.value_mm >= to_detector):
            found = None
    return found or _of_companions("pivot", "source_to_isocentre_mm", len(views), breast, event)


def _of_companions(
    name: str, what: str, count: int, breast: BreastAcquisition | None, event: DoseEvent | None
) -> Distance | None:
    keyword = "DistanceSourceToDetector" if name == "distance" else "DistanceSourceToIsocenter"
    value = getattr(breast, what) if breast is not None else None
    if value is not None and value > 0:
        return constant(name, value, count, Source.BREAST_OBJECT, attribute(keyword))
    value = getattr(event, what) if event is not None else None
    if value is not None and value > 0:
        code = "113750" if name == "distance" else "113748"
        title = attribute(keyword).split(" (")[0]
        return constant(name, value, count, Source.DOSE_REPORT, f"{title} ({code}, DCM)")
    return None


def object_distance(views: Sequence[ViewTags], to_detector: Array | None, notes: list[str]) -> Sourced | None:
    """Distance Source to Patient where it can be one: shorter than that to the detector.

    The stated magnification must agree with the stated distances; otherwise neither can be trusted.
    """
    behind = column(views, "DistanceSourceToPatient", GEOMETRY)
    if behind is None or to_detector is None or float(behind.min()) <= 0:
        return None
    where, note = attribute("DistanceSourceToPatient"), ""
    ratio = float(to_detector[0] / behind[0])
    if ratio <= 1.0 + 1e-6:
        note = said("It is not shorter than the distance to the detector, so it is not used.")
        return Sourced("object", _spread(behind), "mm", Source.DICOM, where, note)
    factor = column(views, "EstimatedRadiographicMagnificationFactor", GEOMETRY)
    if factor is not None and factor[0] > 0 and abs(ratio / float(factor[0]) - 1) > AGREE:
        note = said(
            "The stated magnification {0:g} disagrees with the stated distances ({1:.3f}); neither is used.",
            factor[0],
            ratio,
        )
        notes.append(note)
    return Sourced("object", _spread(behind), "mm", Source.DICOM, where, note)
